//! What a technicien typed for « Demander un document », read field by field: everything wrong is said at once.

use super::guard;
use crate::error::ErreurChamp;
use chrono::NaiveDate;
use domain::assure::{Civilite, DateNaissance, NomPropre};
use domain::caisse::Departement;
use domain::convention::Dossier;
use domain::convention::{Fonctionnalite, ObjetAccord, Qualite, SousType};
use domain::demande::Mode;
use store::brouillon::Saisie;

/// Longest free text.
const PRECISIONS_MAX: usize = 2_000;
/// Longest reason and document name.
const MOTIF_MAX: usize = 300;

/// A value that the page did not offer.
const UNKNOWN: &str = "Cette réponse n’est pas proposée : choisissez-en une autre.";

/// The fields of the form, read.
#[derive(Clone, Debug)]
pub struct Depot {
    /// Civilité.
    pub civilite: Civilite,
    /// Nom; the only name when the person has one.
    pub nom: NomPropre,
    /// Prénom.
    pub prenom: Option<NomPropre>,
    /// Date of birth, as known.
    pub naissance: DateNaissance,
    /// Département of residence.
    pub departement: Departement,
    /// Caisse chosen by hand.
    pub caisse: Option<String>,
    /// Documents asked for.
    pub documents: Vec<SousType>,
    /// Name of a document outside the list.
    pub autre_document: String,
    /// Quality stated for this person (PA-2).
    pub qualite: Option<Qualite>,
    /// How the person was informed (DE-3).
    pub information: Mode,
    /// When.
    pub informee_le: NaiveDate,
    /// How the person agreed, when said.
    pub accord: Option<Mode>,
    /// Why it is urgent, when it is (DE-4).
    pub urgence: Option<String>,
    /// Free text.
    pub precisions: String,
}

/// First value of a field.
pub(super) fn one<'a>(saisie: &'a Saisie, champ: &str) -> &'a str {
    saisie.0.get(champ).and_then(|v| v.first()).map_or("", String::as_str)
}

fn all<'a>(saisie: &'a Saisie, champ: &str) -> impl Iterator<Item = &'a str> {
    saisie.0.get(champ).into_iter().flatten().map(String::as_str)
}

struct Lecture<'a> {
    saisie: &'a Saisie,
    erreurs: Vec<ErreurChamp>,
}

impl Lecture<'_> {
    fn error(&mut self, champ: &str, message: impl Into<String>) {
        self.erreurs.push(ErreurChamp::new(champ, message));
    }

    fn code<T>(&mut self, champ: &str, read: impl Fn(&str) -> Option<T>, absent: &str) -> Option<T> {
        let found = read(one(self.saisie, champ));
        if found.is_none() {
            self.error(champ, absent);
        }
        found
    }

    /// A code that may be left out, but not invented.
    fn optional<T>(&mut self, champ: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let code = one(self.saisie, champ);
        let found = read(code);
        if found.is_none() && !code.is_empty() {
            self.error(champ, UNKNOWN);
        }
        found
    }

    fn noms(&mut self) -> Option<(NomPropre, Option<NomPropre>)> {
        let (nom, prenom) = (one(self.saisie, "nom").trim(), one(self.saisie, "prenom").trim());
        if nom.is_empty() && prenom.is_empty() {
            self.error("nom", "Indiquez le nom de la personne. Si elle n’en porte qu’un, le prénom peut rester vide.");
            return None;
        }
        let mut parse = |champ: &str, texte: &str| {
            NomPropre::parse(texte)
                .map_err(|e| self.erreurs.push(ErreurChamp::new(champ, sentence(&e.to_string()))))
                .ok()
        };
        if nom.is_empty() {
            return Some((parse("prenom", prenom)?, None));
        }
        let nom = parse("nom", nom);
        let prenom = if prenom.is_empty() { Some(None) } else { parse("prenom", prenom).map(Some) };
        Some((nom?, prenom?))
    }

    fn naissance(&mut self, aujourdhui: NaiveDate) -> Option<DateNaissance> {
        let part = |c| one(self.saisie, c);
        let read =
            DateNaissance::parse(part("naissance_jour"), part("naissance_mois"), part("naissance_annee"), aujourdhui);
        read.map_err(|e| self.error("naissance_jour", sentence(&e.to_string()))).ok()
    }

    fn informee_le(&mut self, aujourdhui: NaiveDate) -> Option<NaiveDate> {
        let part = |c: &str| one(self.saisie, c).trim().to_owned();
        let (jour, mois, annee) = (part("informee_jour"), part("informee_mois"), part("informee_annee"));
        if jour.is_empty() && mois.is_empty() && annee.is_empty() {
            return Some(aujourdhui);
        }
        let date = || NaiveDate::from_ymd_opt(annee.parse().ok()?, mois.parse().ok()?, jour.parse().ok()?);
        match date() {
            Some(d) if d > aujourdhui => {
                self.error("informee_jour", "La date d’information ne peut pas être dans le futur.");
                None
            }
            Some(d) => Some(d),
            None => {
                self.error(
                    "informee_jour",
                    "Indiquez un jour, un mois et une année qui existent, ou laissez vide pour aujourd’hui.",
                );
                None
            }
        }
    }

    fn urgence(&mut self) -> Option<String> {
        let motif = guard::text("motif_urgence", one(self.saisie, "motif_urgence"), MOTIF_MAX, &mut self.erreurs);
        let urgent = one(self.saisie, "urgent") == "oui";
        if urgent && motif.is_empty() {
            self.error("motif_urgence", "Dites en quelques mots pourquoi la demande est urgente.");
        }
        urgent.then_some(motif)
    }

    fn documents(&mut self) -> (Vec<SousType>, String) {
        let mut documents = Vec::new();
        for code in all(self.saisie, "documents") {
            match SousType::du_code(code) {
                Some(document) => documents.push(document),
                None => self.error("documents", UNKNOWN),
            }
        }
        documents.sort_unstable();
        documents.dedup();
        let autre = guard::text("autre_document", one(self.saisie, "autre_document"), MOTIF_MAX, &mut self.erreurs);
        if documents.is_empty() && !self.erreurs.iter().any(|e| e.champ == "documents") {
            self.error("documents", "Cochez au moins un document.");
        } else if documents.contains(&SousType::AutreDocument) && autre.is_empty() {
            self.error("autre_document", "Dites quel autre document vous demandez.");
        }
        (documents, autre)
    }
}

/// A domain message as a sentence.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let point = if message.ends_with('.') { "" } else { "." };
    format!("{first}{}{point}", letters.as_str())
}

impl Depot {
    /// Reads the form on a civil day.
    ///
    /// # Errors
    /// Every field to mend, in the order of the page.
    pub fn read(saisie: &Saisie, aujourdhui: NaiveDate) -> Result<Self, Vec<ErreurChamp>> {
        let mut l = Lecture { saisie, erreurs: Vec::new() };
        let civilite = l.code("civilite", Civilite::parse, "Choisissez « Madame » ou « Monsieur ».");
        let noms = l.noms();
        let naissance = l.naissance(aujourdhui);
        let departement = l.code(
            "departement",
            |c| Departement::parse(c).ok(),
            "Indiquez le numéro du département de résidence, par exemple 82.",
        );
        let (documents, autre_document) = l.documents();
        let information =
            l.code("information", Mode::from_code, "Dites comment la personne a été informée de cette demande.");
        let informee_le = l.informee_le(aujourdhui);
        let urgence = l.urgence();
        let precisions = guard::text("precisions", one(saisie, "precisions"), PRECISIONS_MAX, &mut l.erreurs);
        let caisse = Some(one(saisie, "caisse").to_owned()).filter(|c| !c.is_empty());
        let qualite = l.optional("qualite", Qualite::du_code);
        let accord = l.optional("accord", Mode::from_code);
        match (civilite, noms, naissance, departement, information, informee_le, l.erreurs.is_empty()) {
            (
                Some(civilite),
                Some((nom, prenom)),
                Some(naissance),
                Some(departement),
                Some(information),
                Some(informee_le),
                true,
            ) => Ok(Self {
                civilite,
                nom,
                prenom,
                naissance,
                departement,
                caisse,
                documents,
                autre_document,
                qualite,
                information,
                informee_le,
                accord,
                urgence,
                precisions,
            }),
            _ => Err(l.erreurs),
        }
    }

    /// Checks against the conventions what the fields alone cannot tell: documents and quality that this convention
    /// knows, agreement where it asks one (CO-7, PA-2, DE-3).
    ///
    /// # Errors
    /// Every field to mend.
    pub fn fits(&self, dossier: &Dossier) -> Result<(), Vec<ErreurChamp>> {
        let mut erreurs = Vec::new();
        let connus = dossier.sous_types(Fonctionnalite::Document);
        if let Some(inconnu) = self.documents.iter().find(|d| !connus.contains(d)) {
            let message = format!("La convention avec cette caisse ne prévoit pas « {} ».", inconnu.libelle());
            erreurs.push(ErreurChamp::new("documents", message));
        }
        if let Some(qualite) = self.qualite
            && !dossier.stipulations.partenaire.a_qualite(qualite)
        {
            erreurs.push(ErreurChamp::new("qualite", "Cette qualité n’est pas enregistrée pour votre structure."));
        }
        let examen = self.documents.contains(&SousType::InvitationExamen);
        if examen && dossier.accord_requis(ObjetAccord::ExamenPrevention) && self.accord.is_none() {
            let message = "La convention demande l’accord de la personne pour l’examen de prévention : dites comment elle l’a donné.";
            erreurs.push(ErreurChamp::new("accord", message));
        }
        if erreurs.is_empty() { Ok(()) } else { Err(erreurs) }
    }
}
