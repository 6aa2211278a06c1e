//! Mails on structures: sheets, cuts, exchanges, news. Each letter is a template; its HTML part is made of its text.

use crate::context::Contexte;
use askama::Template;
use chrono::NaiveDate;
use domain::calendrier::date_en_francais;
use domain::convention::ObjetFiche;
use serde::{Deserialize, Serialize};

/// A letter: what it needs beside the name of whom it is for. Names of organisations, keys and codes only; news are
/// the caisse's own words to all its partners.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "lettre", rename_all = "snake_case")]
pub enum Lettre {
    /// A sheet changed (PA-4): to all signatories.
    Fiche {
        /// Key of the convention.
        cle: String,
        /// Whose sheet, by its short name.
        partie: String,
        /// What changed.
        objet: ObjetFiche,
    },
    /// The caisse has cut the structure (PA-3): to the structure.
    Coupure {
        /// Name of the caisse.
        caisse: String,
    },
    /// Another caisse has cut a structure (PA-3): to this caisse.
    Gel {
        /// Key of this caisse's convention.
        cle: String,
        /// Short name of the structure.
        structure: String,
        /// Name of the caisse that cut.
        par: String,
    },
    /// A cut was taken back, or an access reopened (PA-3): to both sides.
    Reouverture {
        /// Name of the caisse whose access is open again.
        caisse: String,
        /// Short name of the structure.
        structure: String,
    },
    /// A member leaves its union (CO-8): to both sides.
    SortieUnion {
        /// Key of the convention.
        cle: String,
        /// Short name of the union.
        union: String,
        /// Short name of the structure.
        structure: String,
        /// First day without cover.
        le: NaiveDate,
    },
    /// The structure stays in its union after all (CO-8).
    MaintienUnion {
        /// Key of the convention.
        cle: String,
        /// Short name of the structure.
        structure: String,
    },
    /// A line in the thread between référents (PA-5): to the other side.
    Echange {
        /// Key of the convention.
        cle: String,
        /// Names of the two sides.
        entre: String,
    },
    /// News of the caisse (PA-5): to the unique address of each structure.
    Actualite {
        /// Name of the caisse.
        caisse: String,
        /// Title.
        titre: String,
        /// Text.
        texte: String,
    },
    /// A file of a convention was refused by the analysis (PJ-1): to who sent it.
    PieceEcartee {
        /// Key of the convention.
        cle: String,
        /// A virus was found; otherwise the analysis could not read it.
        virus: bool,
    },
}

#[derive(Template)]
#[template(path = "courriels/partenaires.txt", escape = "none")]
struct Corps<'a> {
    nom: &'a str,
    paragraphes: Vec<String>,
    lien: Option<String>,
}

/// Subject without the product's name, paragraphs, path of the page.
type Texte = (String, Vec<String>, Option<String>);

impl Lettre {
    /// Subject and text.
    pub(super) fn render(&self, ctx: &Contexte, nom: &str) -> (String, askama::Result<String>) {
        let (sujet, paragraphes, chemin) = self.texte();
        let lien = chemin.map(|chemin| format!("{}{chemin}", ctx.reglages.url_publique));
        (format!("{} : {sujet}", ctx.reglages.nom_produit), Corps { nom, paragraphes, lien }.render())
    }

    fn texte(&self) -> Texte {
        match self {
            Self::Fiche { cle, partie, objet } => fiche(cle, partie, *objet),
            Self::Coupure { .. } | Self::Gel { .. } | Self::Reouverture { .. } => self.coupure(),
            Self::SortieUnion { .. } | Self::MaintienUnion { .. } => self.union(),
            Self::Echange { cle, entre } => (
                "un message sur votre convention".to_owned(),
                vec![format!(
                    "Un message vous attend dans l’échange entre {entre}. Il ne concerne aucun assuré : le dossier d’une personne ne se discute que dans sa demande."
                )],
                Some(format!("/conventions/{cle}/echanges")),
            ),
            Self::Actualite { caisse, titre, texte } => (
                format!("{caisse}, {titre}"),
                vec![format!("{caisse} vous informe :"), titre.clone(), texte.clone()],
                None,
            ),
            Self::PieceEcartee { cle, virus } => {
                let cause = if *virus {
                    "l’analyse antivirus y a trouvé un virus"
                } else {
                    "l’analyse n’a pas pu le lire"
                };
                (
                    "une pièce de convention refusée".to_owned(),
                    vec![format!(
                        "Un fichier que vous avez joint à une convention est refusé : {cause}. Son contenu est détruit."
                    )],
                    Some(format!("/conventions/{cle}/pieces")),
                )
            }
        }
    }

    fn coupure(&self) -> Texte {
        match self {
            Self::Coupure { caisse } => (
                "accès de votre structure suspendu".to_owned(),
                vec![
                    format!("{caisse} a suspendu l’accès de votre structure au portail. Les comptes de votre structure ne peuvent plus se connecter."),
                    "La décision et ses motifs vous sont adressés par un courrier dont la remise est prouvée. Pour toute question, adressez-vous à votre interlocuteur à la caisse.".to_owned(),
                ],
                None,
            ),
            Self::Gel { cle, structure, par } => (
                format!("accès de {structure} gelé, votre décision est attendue"),
                vec![
                    format!("{par} a coupé l’accès de {structure}. Les comptes de cette structure sont gelés partout, y compris auprès de votre caisse."),
                    "Vous seul décidez de rouvrir, ou non, l’accès à votre caisse :".to_owned(),
                ],
                Some(format!("/conventions/{cle}/coupure")),
            ),
            Self::Reouverture { caisse, structure } => (
                format!("accès de {structure} rouvert"),
                vec![format!("{caisse} a rouvert à {structure} l’accès au portail pour ce qui la concerne. Les comptes actifs de la structure peuvent se connecter de nouveau.")],
                Some("/connexion".to_owned()),
            ),
            _ => (String::new(), Vec::new(), None),
        }
    }

    fn union(&self) -> Texte {
        match self {
            Self::SortieUnion { cle, union, structure, le } => {
                let jour = date_en_francais(*le);
                (
                    format!("{structure} quitte {union} le {jour}"),
                    vec![
                        format!(
                            "{structure} quitte {union}. À compter du {jour}, la convention de l’union ne couvre plus cette structure : son accès au portail se ferme ce jour-là."
                        ),
                        "Une convention métier propre à la structure peut prendre la suite. La convention se lit ici :"
                            .to_owned(),
                    ],
                    Some(format!("/conventions/{cle}/fiche")),
                )
            }
            Self::MaintienUnion { cle, structure } => (
                format!("{structure} reste couvert par son union"),
                vec![format!(
                    "La sortie annoncée de {structure} est annulée : la convention de l’union continue de couvrir cette structure."
                )],
                Some(format!("/conventions/{cle}/fiche")),
            ),
            _ => (String::new(), Vec::new(), None),
        }
    }
}

fn fiche(cle: &str, partie: &str, objet: ObjetFiche) -> Texte {
    let quoi = match objet {
        ObjetFiche::Faits => "la fiche",
        ObjetFiche::Dpo => "le délégué à la protection des données",
        ObjetFiche::Interlocuteur => "un interlocuteur",
    };
    (
        format!("changement de contact, {partie}"),
        vec![format!("Pour {partie}, {quoi} a changé. La fiche à jour et la date de ce changement se lisent ici :")],
        Some(format!("/conventions/{cle}/fiche")),
    )
}
