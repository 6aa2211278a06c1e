//! Mails on conventions: reminders, renewals, letters, ends (CO-3 to CO-5, CO-10, CO-11). One template, whose paragraphs
//! are the letter's; its HTML part is made of its text.

use crate::context::Contexte;
use askama::Template;
use chrono::NaiveDate;
use domain::calendrier::date_en_francais;
use domain::convention::{CauseFin, Fonctionnalite, NatureLettre, NatureRappel, PapierVise};
use serde::{Deserialize, Serialize};

/// What is told: codes, days and numbers of demandes only, nobody's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sujet {
    /// A term, a window comes near (CO-10).
    Rappel {
        /// Which reminder.
        nature: NatureRappel,
        /// The day it speaks of.
        pour: NaiveDate,
        /// The term.
        echeance: NaiveDate,
    },
    /// It was renewed tacitly (CO-3).
    Renouvellement {
        /// First day of the new term.
        le: NaiveDate,
        /// The shared evaluation of the first year is due.
        evaluation: bool,
    },
    /// It opens rights from a day on (CO-12).
    Activation {
        /// First day.
        le: NaiveDate,
    },
    /// A function was switched (CO-7).
    Fonction {
        /// Which.
        fonction: Fonctionnalite,
        /// On or off.
        ouverte: bool,
    },
    /// An avenant was recorded (CO-4).
    Avenant {
        /// Its number.
        numero: i64,
        /// First day.
        le: NaiveDate,
        /// Whether it is in force now.
        applique: bool,
    },
    /// An avenant no longer fits on its day (CO-4): told to the caisse alone.
    AvenantEcarte {
        /// Its number.
        numero: i64,
        /// The day it was to be in force.
        le: NaiveDate,
    },
    /// The shared evaluation of the first year was made (CO-3).
    Evaluation {
        /// Its day.
        le: NaiveDate,
    },
    /// A registered letter was recorded (CO-5).
    Lettre {
        /// Which paper.
        papier: PapierVise,
        /// What it says.
        nature: NatureLettre,
        /// First day on which the other party may act, where it is known.
        possible: Option<NaiveDate>,
    },
    /// The breach was repaired.
    Reparation {
        /// Which paper.
        papier: PapierVise,
    },
    /// An end is recorded: access closes on that day.
    Fin {
        /// Which paper.
        papier: PapierVise,
        /// By what.
        cause: CauseFin,
        /// First day without access.
        le: NaiveDate,
        /// What is open, a line each.
        #[serde(default)]
        ouvertes: Vec<String>,
    },
    /// Access has closed.
    FinEffective {
        /// Since when.
        le: NaiveDate,
        /// Whether the comptes of the structure were closed too.
        comptes: bool,
        /// What is open, a line each.
        #[serde(default)]
        ouvertes: Vec<String>,
    },
    /// How what is open goes on was written down (CO-11).
    BonneFin {
        /// What is open, a line each.
        #[serde(default)]
        ouvertes: Vec<String>,
    },
}

/// A letter: on which convention, and what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lettre {
    /// Key of the convention.
    pub cle: String,
    /// Short names of structure and caisse.
    pub parties: String,
    /// Whether its reader may open the page of the convention; otherwise the link leads to what he may open.
    pub caisse: bool,
    /// What is told.
    pub sujet: Sujet,
}

#[derive(Template)]
#[template(path = "courriels/convention.txt", escape = "none")]
struct Texte<'a> {
    produit: &'a str,
    nom: &'a str,
    quoi: &'a str,
    suite: Option<&'a str>,
    lien: &'a str,
}

impl Lettre {
    /// Subject and text.
    pub(super) fn render(&self, ctx: &Contexte, nom: &str) -> (String, askama::Result<String>) {
        let produit = ctx.reglages.nom_produit.as_str();
        let (objet, quoi, suite) = self.words();
        let lien = format!("{}{}", ctx.reglages.url_publique, self.path());
        let texte = Texte { produit, nom, quoi: &quoi, suite: suite.as_deref(), lien: &lien };
        (format!("{produit} : {objet}"), texte.render())
    }

    fn path(&self) -> String {
        let fin = matches!(self.sujet, Sujet::Fin { .. } | Sujet::FinEffective { .. } | Sujet::BonneFin { .. });
        match (self.caisse, fin) {
            (_, true) => format!("/conventions/{}/bonne-fin", self.cle),
            (true, false) => format!("/conventions/{}", self.cle),
            (false, false) => "/".to_owned(),
        }
    }

    /// Subject, paragraph, second paragraph.
    fn words(&self) -> (String, String, Option<String>) {
        let parties = &self.parties;
        match &self.sujet {
            Sujet::Rappel { nature, pour, echeance } => reminder(parties, *nature, (*pour, *echeance)),
            Sujet::AvenantEcarte { numero, le } => left(parties, *numero, *le),
            Sujet::Evaluation { le } => (
                "évaluation de la première année enregistrée".to_owned(),
                format!("L’évaluation partagée de la première année de la convention entre {parties} a eu lieu le {}.", day(*le)),
                None,
            ),
            Sujet::Renouvellement { le, evaluation } => (
                "convention renouvelée".to_owned(),
                format!("La convention entre {parties} est renouvelée tacitement à compter du {}.", day(*le)),
                evaluation.then(|| {
                    "L’évaluation partagée de la première année est à faire. Elle n’empêche pas le renouvellement et peut conduire à un avenant.".to_owned()
                }),
            ),
            Sujet::Activation { le } => (
                "convention activée".to_owned(),
                format!("La convention entre {parties} ouvre l’accès au portail à compter du {}.", day(*le)),
                None,
            ),
            Sujet::Fonction { fonction, ouverte } => function(parties, *fonction, *ouverte),
            Sujet::Avenant { numero, le, applique } => (
                format!("avenant n° {numero}"),
                format!(
                    "L’avenant n° {numero} à la convention entre {parties} {} le {}.",
                    if *applique { "est en vigueur depuis" } else { "est enregistré. Il prend effet" },
                    day(*le)
                ),
                None,
            ),
            Sujet::Lettre { papier, nature, possible } => letter(parties, (*papier, *nature), *possible),
            Sujet::Reparation { papier } => (
                "manquement réparé".to_owned(),
                format!("Le manquement signalé pour {} entre {parties} est réparé : la mise en demeure est close et la convention continue.", words_of(*papier)),
                None,
            ),
            autre => end(parties, autre),
        }
    }
}

fn day(le: NaiveDate) -> String {
    date_en_francais(le)
}

/// What is open, below a paragraph: the page itself asks for a compte, which an end may have closed.
fn listed(texte: &str, ouvertes: &[String]) -> String {
    let mut lignes = vec!["Demandes ouvertes, et suite de chacune :"];
    lignes.extend(if ouvertes.is_empty() { vec!["aucune"] } else { ouvertes.iter().map(String::as_str).collect() });
    format!("{texte}\n\n{}", lignes.join("\n"))
}

fn left(parties: &str, numero: i64, le: NaiveDate) -> (String, String, Option<String>) {
    let quoi = format!(
        "L’avenant n° {numero} à la convention entre {parties}, prévu pour le {}, n’a pas pris effet : il ne correspond plus à la convention.",
        day(le)
    );
    let suite = "La convention reste comme elle était : vérifiez l’avenant, puis enregistrez-en un nouveau.".to_owned();
    (format!("avenant n° {numero} sans effet"), quoi, Some(suite))
}

fn words_of(papier: PapierVise) -> String {
    papier.libelle().replace('\'', "’")
}

fn reminder(
    parties: &str,
    nature: NatureRappel,
    (pour, echeance): (NaiveDate, NaiveDate),
) -> (String, String, Option<String>) {
    let (objet, quoi) = match nature {
        NatureRappel::Terme90 | NatureRappel::Terme30 | NatureRappel::Terme7 => (
            format!("échéance de convention le {}", day(echeance)),
            format!("La convention entre {parties} arrive à son échéance le {}.", day(echeance)),
        ),
        NatureRappel::Ouverture30 | NatureRappel::Ouverture7 => (
            format!("période de résiliation à partir du {}", day(pour)),
            format!(
                "Chaque partie à la convention entre {parties} pourra y mettre fin par lettre recommandée à partir du {}, avant son échéance du {}.",
                day(pour),
                day(echeance)
            ),
        ),
        NatureRappel::Cloture7 => (
            format!("fin de la période de résiliation le {}", day(pour)),
            format!(
                "Le {} est le dernier jour pour mettre fin par lettre recommandée à la convention entre {parties} avant son échéance du {}.",
                day(pour),
                day(echeance)
            ),
        ),
    };
    let suite = "À son échéance, la convention est renouvelée ou prend fin selon ce qu’elle prévoit.".to_owned();
    (objet, quoi, Some(suite))
}

fn function(parties: &str, fonction: Fonctionnalite, ouverte: bool) -> (String, String, Option<String>) {
    let mot = if ouverte { "ouverte" } else { "fermée" };
    let nom = fonction.libelle().replace('\'', "’");
    let quoi = format!(
        "La caisse a {} la fonction « {nom} » de la convention entre {parties}.",
        if ouverte { "ouvert" } else { "fermé" }
    );
    (format!("fonction {mot}"), quoi, None)
}

fn letter(
    parties: &str,
    (papier, nature): (PapierVise, NatureLettre),
    possible: Option<NaiveDate>,
) -> (String, String, Option<String>) {
    let lettre = nature.libelle().replace('\'', "’");
    let quoi = format!("Une lettre recommandée est enregistrée pour {} entre {parties} : {lettre}.", words_of(papier));
    let suite = possible.map(|le| {
        format!("La partie qui a écrit pourrait mettre fin à la convention à partir du {}. Rien ne prend fin sans un acte de sa part.", day(le))
    });
    ("lettre recommandée enregistrée".to_owned(), quoi, suite)
}

fn end(parties: &str, sujet: &Sujet) -> (String, String, Option<String>) {
    match sujet {
        Sujet::Fin { papier, cause, le, ouvertes } => (
            format!("fin de convention le {}", day(*le)),
            format!(
                "La fin de {} entre {parties} est enregistrée ({}). L’accès au portail pour cette caisse ferme le {}.",
                words_of(*papier),
                cause.libelle().replace('\'', "’"),
                day(*le)
            ),
            Some(listed("La caisse termine ce qui est ouvert, même après la fermeture de l’accès.", ouvertes)),
        ),
        Sujet::FinEffective { le, comptes, ouvertes } => (
            "accès fermé".to_owned(),
            format!(
                "La convention entre {parties} a pris fin : l’accès pour cette caisse est fermé depuis le {}.",
                day(*le)
            ),
            Some(listed(
                if *comptes {
                    "Aucune autre convention de la structure ne reste ouverte : tous ses comptes sont inactivés."
                } else {
                    "La structure garde son accès aux autres caisses avec lesquelles elle a une convention."
                },
                ouvertes,
            )),
        ),
        Sujet::BonneFin { ouvertes } => (
            "suite des demandes ouvertes".to_owned(),
            format!("Ce qui reste ouvert à la fin de la convention entre {parties} a été mis à jour."),
            Some(listed("La caisse termine ce qui est ouvert, même après la fermeture de l’accès.", ouvertes)),
        ),
        _ => (String::new(), String::new(), None),
    }
}
