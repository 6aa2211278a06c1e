//! Mails on habilitations, departures, reviews. Each letter is a template; its HTML part is made of its text.

use crate::compte::lien;
use crate::context::Contexte;
use crate::habilitation::LIEN_JOURS;
use askama::Template;
use chrono::NaiveDate;
use domain::calendrier::date_en_francais;
use domain::habilitation::NatureDemarche;
use domain::ids::{DemarcheId, RevueId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A letter: what it needs beside the name of whom it is for. Ids and codes only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "lettre", rename_all = "snake_case")]
pub enum Lettre {
    /// The link for the first gestionnaire, to the contact address of the structure (HA-3).
    Premiere {
        /// What its token is derived from.
        lien: Uuid,
    },
    /// What was filled in behind the link is with the caisse.
    Transmise,
    /// The caisse received a form.
    Recue {
        /// The form.
        demarche: DemarcheId,
        /// Code of what it asks for.
        nature: String,
    },
    /// The structure withdrew a form.
    Retiree {
        /// The form.
        demarche: DemarcheId,
    },
    /// The caisse accepted a form.
    Acceptee {
        /// The form.
        demarche: DemarcheId,
    },
    /// The caisse refused a form; its page says why.
    Refusee {
        /// The form.
        demarche: DemarcheId,
    },
    /// A departure was done on its day.
    Faite {
        /// The form.
        demarche: DemarcheId,
    },
    /// A departure could not be done on its day; its page says why.
    Empechee {
        /// The form.
        demarche: DemarcheId,
    },
    /// The caisse closed a gestionnaire.
    Inactive,
    /// A review waits for its answer (HA-12).
    Revue {
        /// The review.
        revue: RevueId,
        /// Day by which to answer.
        echeance: NaiveDate,
    },
    /// A review that is not answered yet.
    Rappel {
        /// The review.
        revue: RevueId,
        /// Day by which to answer.
        echeance: NaiveDate,
        /// Whether that day has passed.
        en_retard: bool,
    },
    /// A review was answered: to the caisse.
    Attestee {
        /// The review.
        revue: RevueId,
    },
}

#[derive(Template)]
#[template(path = "courriels/habilitation.txt", escape = "none")]
struct Corps<'a> {
    nom: &'a str,
    texte: String,
    lien: Option<String>,
    suite: Option<&'a str>,
}

/// Subject, text, path of the page, and what stands below the link.
type Mots = (String, String, Option<String>, Option<&'static str>);

impl Lettre {
    /// Subject and text.
    pub(super) fn render(&self, ctx: &Contexte, nom: &str) -> (String, askama::Result<String>) {
        let (sujet, texte, chemin, suite) = self.mots(ctx);
        let lien = chemin.map(|chemin| format!("{}{chemin}", ctx.reglages.url_publique));
        (format!("{} : {sujet}", ctx.reglages.nom_produit), Corps { nom, texte, lien, suite }.render())
    }

    fn mots(&self, ctx: &Contexte) -> Mots {
        let page = |demarche: &DemarcheId| Some(format!("/habilitations/{demarche}"));
        let produit = ctx.reglages.nom_produit.as_str();
        match self {
            Self::Premiere { lien: id } => (
                "désignez votre premier gestionnaire".to_owned(),
                format!("Votre structure a signé une convention avec la caisse pour utiliser {produit}. Désignez la personne qui en sera le premier gestionnaire : elle ouvrira ensuite les comptes de vos collègues.\n\nCe lien ouvre le formulaire. Il ne sert qu’une fois et reste valable {LIEN_JOURS} jours :"),
                Some(format!("/habilitation/{}", lien::jeton(ctx, *id))),
                Some("Le lien a expiré ? Ouvrez-le tout de même : la page vous proposera d’en recevoir un autre."),
            ),
            Self::Transmise => (
                "votre demande d’habilitation est transmise".to_owned(),
                "La demande d’habilitation de votre premier gestionnaire est transmise à la caisse. La personne désignée recevra un courriel d’invitation quand la caisse l’aura acceptée.\n\nVous n’êtes pas à l’origine de cette demande ? Signalez-le à la caisse.".to_owned(),
                None,
                None,
            ),
            Self::Recue { demarche, nature } => {
                let objet = NatureDemarche::from_code(nature).map_or("démarche", NatureDemarche::libelle);
                let texte = "Une structure vous a transmis une démarche. Elle attend votre décision :".to_owned();
                (format!("à traiter, {}", lower(objet)), texte, page(demarche), None)
            }
            Self::Retiree { demarche } => (
                "démarche retirée".to_owned(),
                "La structure a retiré une démarche : elle n’est plus à traiter.".to_owned(),
                page(demarche),
                None,
            ),
            Self::Acceptee { demarche } => (
                "démarche acceptée".to_owned(),
                "La caisse a accepté votre démarche. Ce qui a été décidé se lit sur sa page :".to_owned(),
                page(demarche),
                Some("Vous n’êtes pas concerné par cette démarche, ou vous ne la reconnaissez pas ? Signalez-le à la caisse."),
            ),
            Self::Refusee { demarche } => (
                "démarche refusée".to_owned(),
                "La caisse a refusé votre démarche. Le motif se lit sur sa page ; sans compte, demandez-le à la caisse.".to_owned(),
                page(demarche),
                None,
            ),
            other => other.mots_des_dates(),
        }
    }

    fn mots_des_dates(&self) -> Mots {
        let page = |demarche: &DemarcheId| Some(format!("/habilitations/{demarche}"));
        let revue_page = |revue: &RevueId| Some(format!("/revues/{revue}"));
        match self {
            Self::Faite { demarche } => (
                "départ d’un gestionnaire effectué".to_owned(),
                "Le jour du départ est venu : le compte du gestionnaire qui part est inactivé. Si un successeur était désigné, son compte est ouvert et il a reçu son invitation.".to_owned(),
                page(demarche),
                None,
            ),
            Self::Empechee { demarche } => (
                "départ d’un gestionnaire en attente".to_owned(),
                "Le jour du départ est venu, mais le compte ne peut pas encore être inactivé. La raison et ce qu’il faut faire se lisent sur la page de la démarche :".to_owned(),
                page(demarche),
                None,
            ),
            Self::Inactive => (
                "compte de gestionnaire inactivé".to_owned(),
                "La caisse a inactivé un compte de gestionnaire de votre structure. Sa décision et son motif se lisent parmi les preuves ; les comptes des techniciens restent ouverts.".to_owned(),
                Some("/preuves".to_owned()),
                None,
            ),
            Self::Revue { revue, echeance } => (
                format!("revue d’habilitation à faire avant le {}", date_en_francais(*echeance)),
                "Une revue d’habilitation est ouverte : dites pour chaque compte s’il est conservé ou inactivé.".to_owned(),
                revue_page(revue),
                None,
            ),
            Self::Rappel { revue, echeance, en_retard } => {
                let jour = date_en_francais(*echeance);
                let (sujet, texte) = if *en_retard {
                    ("revue d’habilitation en retard", format!("La revue d’habilitation attendue le {jour} n’est pas encore faite."))
                } else {
                    ("rappel, revue d’habilitation", format!("La revue d’habilitation est attendue le {jour} au plus tard."))
                };
                (sujet.to_owned(), texte, revue_page(revue), None)
            }
            Self::Attestee { revue } => (
                "revue d’habilitation attestée".to_owned(),
                "Une structure a fait sa revue d’habilitation. L’attestation datée et son tableau se lisent et s’impriment :".to_owned(),
                revue_page(revue),
                None,
            ),
            _ => (String::new(), String::new(), None, None),
        }
    }
}

/// The words of a page inside a sentence.
fn lower(libelle: &str) -> String {
    let mut signes = libelle.chars();
    signes.next().map(|c| c.to_lowercase().collect::<String>()).unwrap_or_default() + signes.as_str()
}
