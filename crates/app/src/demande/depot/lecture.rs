//! The fields of a form, one by one, with what is wrong with them.

use super::{Besoin, MOTIF_MAX, PRECISIONS_MAX, UNKNOWN};
use crate::demande::guard;
use crate::error::ErreurChamp;
use chrono::NaiveDate;
use domain::convention::SousType;
use domain::demande::Sorte;
use store::brouillon::Saisie;

/// Every field of every kind, in the order of the pages.
const PAGE: [&str; 31] = [
    "assure",
    "civilite",
    "nom",
    "prenom",
    "naissance_jour",
    "departement",
    "caisse",
    "objet",
    "etude",
    "autre_etude",
    "difficultes",
    "handicap",
    "criteres",
    "motif",
    "mode",
    "demi_journees",
    "documents",
    "autre_document",
    "qualite",
    "recours",
    "urgent",
    "motif_urgence",
    "echeance_jour",
    "precisions",
    "joindre",
    "telephone",
    "information",
    "informee_jour",
    "informee_mois",
    "informee_annee",
    "accord",
];

/// Sorts faults as the page shows their fields.
pub(in crate::demande) fn in_page_order(mut erreurs: Vec<ErreurChamp>) -> Vec<ErreurChamp> {
    erreurs.sort_by_key(|e| PAGE.iter().position(|champ| *champ == e.champ).unwrap_or(PAGE.len()));
    erreurs
}

/// First value of a field.
pub(in crate::demande) fn one<'a>(saisie: &'a Saisie, champ: &str) -> &'a str {
    saisie.0.get(champ).and_then(|v| v.first()).map_or("", String::as_str)
}

fn all<'a>(saisie: &'a Saisie, champ: &str) -> impl Iterator<Item = &'a str> {
    saisie.0.get(champ).into_iter().flatten().map(String::as_str)
}

/// A form under the eye.
pub(super) struct Lecture<'a> {
    saisie: &'a Saisie,
    pub(super) aujourdhui: NaiveDate,
    erreurs: Vec<ErreurChamp>,
}

impl<'a> Lecture<'a> {
    pub(super) const fn new(saisie: &'a Saisie, aujourdhui: NaiveDate) -> Self {
        Self { saisie, aujourdhui, erreurs: Vec::new() }
    }

    /// Everything that was wrong.
    pub(super) fn finish(self) -> Result<(), Vec<ErreurChamp>> {
        if self.erreurs.is_empty() { Ok(()) } else { Err(in_page_order(self.erreurs)) }
    }

    pub(super) fn error(&mut self, champ: &str, message: impl Into<String>) {
        self.erreurs.push(ErreurChamp::new(champ, message));
    }

    /// First value of a field, trimmed.
    pub(super) fn value(&self, champ: &str) -> &'a str {
        one(self.saisie, champ).trim()
    }

    /// Whether a lone box was ticked.
    pub(super) fn ticked(&self, champ: &str) -> bool {
        one(self.saisie, champ) == "oui"
    }

    /// A code that must be there; `absent` says what to choose.
    pub(super) fn code<T>(&mut self, champ: &str, read: impl Fn(&str) -> Option<T>, absent: &str) -> Option<T> {
        let found = read(self.value(champ));
        if found.is_none() {
            self.error(champ, absent);
        }
        found
    }

    /// A code that may be left out, but not invented.
    pub(super) fn optional<T>(&mut self, champ: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let code = self.value(champ);
        let found = read(code);
        if found.is_none() && !code.is_empty() {
            self.error(champ, UNKNOWN);
        }
        found
    }

    /// Codes, each once, in the order of the page; an unknown one is a fault.
    pub(super) fn codes<T: Ord>(&mut self, champ: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
        let mut found = Vec::new();
        for code in all(self.saisie, champ).filter(|code| !code.is_empty()) {
            let Some(value) = read(code) else {
                self.error(champ, UNKNOWN);
                return None;
            };
            found.push(value);
        }
        found.sort_unstable();
        found.dedup();
        Some(found)
    }

    /// A free text, guarded.
    pub(super) fn text(&mut self, champ: &str, longueur_max: usize) -> String {
        guard::text(champ, one(self.saisie, champ), longueur_max, &mut self.erreurs)
    }

    /// A free text that is asked for when `needed`; what was typed in a field that does not count is read by the
    /// guard all the same.
    pub(super) fn needed(&mut self, champ: &str, longueur_max: usize, needed: bool, absent: &str) -> String {
        let texte = self.text(champ, longueur_max);
        if needed && texte.is_empty() {
            self.error(champ, absent);
        }
        if needed { texte } else { String::new() }
    }

    /// The three fields of a date that may be left empty as a whole. `Err` when something is typed that is no day.
    pub(super) fn day(&self, nom: &str) -> Result<Option<NaiveDate>, ()> {
        let part = |p: &str| self.value(&format!("{nom}_{p}"));
        let (jour, mois, annee) = (part("jour"), part("mois"), part("annee"));
        if [jour, mois, annee].iter().all(|p| p.is_empty()) {
            return Ok(None);
        }
        // Four digits: « 29 » would be a year of the first century.
        let annee = Some(annee).filter(|a| a.len() == 4).and_then(|a| a.parse().ok());
        let date = || NaiveDate::from_ymd_opt(annee?, mois.parse().ok()?, jour.parse().ok()?);
        date().map(Some).ok_or(())
    }

    /// What the kind asks.
    pub(super) fn besoin(&mut self, sorte: Sorte) -> Option<Besoin> {
        match sorte {
            Sorte::Contacter => self.contacter(),
            Sorte::Etude => self.etude(),
            Sorte::Difficulte => self.difficulte(),
            Sorte::RendezVous => self.rendez_vous(),
            Sorte::Document => self.document(),
        }
    }

    /// The one longer text of every kind.
    pub(super) fn precisions(&mut self, sorte: Sorte) -> String {
        let texte = self.text("precisions", PRECISIONS_MAX);
        let absent = match sorte {
            Sorte::Contacter => "Écrivez votre message.",
            Sorte::Difficulte => "Décrivez la situation en quelques mots, sans donnée de santé.",
            Sorte::Etude | Sorte::RendezVous | Sorte::Document => return texte,
        };
        if texte.is_empty() {
            self.error("precisions", absent);
        }
        texte
    }

    /// Why it is urgent (DE-4).
    pub(super) fn urgence(&mut self) -> Option<String> {
        let urgent = self.ticked("urgent");
        let absent = "Dites en quelques mots pourquoi la demande est urgente.";
        let motif = self.needed("motif_urgence", MOTIF_MAX, urgent, absent);
        urgent.then_some(motif)
    }
}

/// Reads a sub-kind of this kind only.
pub(super) fn sous_type(sorte: Sorte) -> impl Fn(&str) -> Option<SousType> {
    move |code| SousType::du_code(code).filter(|t| t.fonctionnalite() == sorte.fonctionnalite())
}

/// A domain message as a sentence.
pub(super) fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let point = if message.ends_with('.') { "" } else { "." };
    format!("{first}{}{point}", letters.as_str())
}
