//! A party: the caisse, the partenaire, the CARSAT, the union (PA-1). One sheet for all four.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendrier::{Zone, date_en_francais};

use super::codes::codes;
use super::fonctions::Qualite;
use super::montre::{Montre, joint};
use super::section::section;
use super::valeur::{liste, lue};

section! {
    /// The sheet of a party (PA-1). Contacts are given by complements: the project names no real person.
    pub struct Partie {
        champs {
            /// Full name.
            nom: String = "Nom",
            /// Short name of pages.
            nom_court: String = "Nom court",
            /// Names under which the papers call it (« ci-après dénommé »).
            denominations: Vec<String> = "Dénominations dans les textes",
            /// Category.
            categorie: Categorie = "Catégorie",
            /// Legal form, where a paper says it.
            forme_juridique: String = "Forme juridique",
            /// Postal address.
            adresse: String = "Adresse",
            /// Who represents it, by quality.
            representant: String = "Représentée par",
            /// Web site.
            site: String = "Site internet",
            /// Telephone switchboard.
            standard: String = "Standard téléphonique",
            /// SIRET, 14 digits; asked before activation.
            siret: String = "SIRET",
            /// RNA of an association; those of Alsace-Moselle have none.
            rna: String = "Numéro RNA",
            /// FINESS of an establishment.
            finess: String = "Numéro FINESS",
            /// Number of members with its date: opens the brackets of quotas (HA-2).
            membres: Membres = "Nombre de membres",
            /// The one contact address; never a compte (HA-1).
            courriel: String = "Adresse de contact unique",
            /// E-mail domains accepted for comptes (HA-5).
            domaines: Vec<String> = "Domaines de messagerie",
            /// Qualities recorded on the partenaire (PA-2).
            qualites: Vec<Qualite> = "Qualités",
            /// Its data protection officer.
            dpo: Dpo = "Délégué à la protection des données",
            /// Persons to talk to by theme, by role only.
            interlocuteurs: Vec<Interlocuteur> = "Interlocuteurs",
            /// How to reach them.
            coordonnees: Vec<Coordonnees> = "Coordonnées des interlocuteurs",
            /// Zone of public holidays of the caisse.
            zone: Zone = "Zone des jours fériés",
        }
    }
}

codes! {
    /// Kind of party.
    pub enum Categorie {
        /// Caisse primaire.
        Cpam = "cpam", "caisse primaire d'assurance maladie";
        /// Carsat or Cramif.
        Carsat = "carsat", "caisse d'assurance retraite et de la santé au travail";
        /// Centre communal (or intercommunal) d'action sociale.
        Ccas = "ccas", "centre communal d'action sociale";
        /// Conseil départemental.
        ConseilDepartemental = "conseil_departemental", "conseil départemental";
        /// Intercommunal body.
        Epci = "epci", "établissement public de coopération intercommunale";
        /// Departmental union of CCAS.
        Union = "union", "union départementale de CCAS";
    }
}

codes! {
    /// What an interlocuteur is there for.
    pub enum Theme {
        /// Référent of the métier convention (art. 4, 001 annexe 1).
        Referent = "referent", "référent de la convention";
        /// Follow-up and security of exchanges (002 art. 4.1).
        Suivi = "suivi", "suivi de la convention";
        /// Access to rights (002 art. 4.2).
        AccesDroits = "acces_droits", "accès aux droits";
        /// Examen de prévention en santé (002 art. 4.2).
        ExamenPrevention = "examen_prevention", "examen de prévention en santé";
        /// Maintenance and failures of the portal (usage art. 3.3).
        Support = "support", "aide à l'utilisation du portail";
    }
}

/// Number of members of the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membres {
    /// How many.
    pub nombre: u32,
    /// Date of the count.
    pub au: NaiveDate,
}

/// How to reach a data protection officer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dpo {
    /// E-mail, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub courriel: Option<String>,
    /// Postal address, where rights are exercised by post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adresse: Option<String>,
}

/// A role that the papers give to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interlocuteur {
    /// What for.
    pub theme: Theme,
    /// Function in the organisation, as far as the paper says it.
    pub role: String,
    /// How many persons hold it.
    #[serde(default = "un")]
    pub nombre: u32,
}

/// How to reach an interlocuteur.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coordonnees {
    /// What for.
    pub themes: Vec<Theme>,
    /// Name of the person.
    pub nom: String,
    /// Function in the organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// E-mail.
    pub courriel: String,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
}

const fn un() -> u32 {
    1
}

impl Montre for Zone {
    fn montre(&self) -> String {
        self.as_str().to_owned()
    }
}

impl Montre for Membres {
    fn montre(&self) -> String {
        format!("{} au {}", self.nombre, date_en_francais(self.au))
    }
}

impl Montre for Dpo {
    fn montre(&self) -> String {
        let vu = joint([self.courriel.clone(), self.adresse.clone()]);
        if vu.is_empty() { "désigné, coordonnées non écrites".to_owned() } else { vu }
    }
}

impl Montre for Interlocuteur {
    fn montre(&self) -> String {
        let nombre = if self.nombre > 1 { format!(" ({} personnes)", self.nombre) } else { String::new() };
        format!("{} : {}{nombre}", self.theme.libelle(), self.role)
    }
}

impl Montre for Coordonnees {
    fn montre(&self) -> String {
        let themes = self.themes.iter().map(|t| t.libelle()).collect::<Vec<_>>().join(" et ");
        format!(
            "{themes} : {}",
            joint([Some(self.nom.clone()), self.role.clone(), Some(self.courriel.clone()), self.telephone.clone(),])
        )
    }
}

impl Partie {
    /// Whether the dossier knows this party at all.
    #[must_use]
    pub const fn est_connue(&self) -> bool {
        self.nom.is_some()
    }

    /// The short name of pages, else the full one; empty when the party is unknown.
    #[must_use]
    pub fn nom_affiche(&self) -> &str {
        lue(self.nom_court.as_ref()).or(lue(self.nom.as_ref())).map_or("", String::as_str)
    }

    /// The names under which a printed convention calls the party (CO-9): the papers' own.
    #[must_use]
    pub fn denominations(&self) -> &[String] {
        liste(self.denominations.as_ref())
    }

    /// Full name, as on the printed convention.
    #[must_use]
    pub fn nom_complet(&self) -> Option<&str> {
        lue(self.nom.as_ref()).map(String::as_str)
    }

    /// The zone whose holidays the delays of this caisse skip.
    #[must_use]
    pub fn zone(&self) -> Option<Zone> {
        lue(self.zone.as_ref()).copied()
    }

    /// Where its data protection officer is reached.
    #[must_use]
    pub fn dpo(&self) -> Option<&Dpo> {
        lue(self.dpo.as_ref())
    }

    /// Category, legal form and representative in one line, for the sheet of the party.
    #[must_use]
    pub fn statut(&self) -> String {
        joint([
            lue(self.categorie.as_ref()).map(|c| c.libelle().to_owned()),
            lue(self.forme_juridique.as_ref()).cloned(),
            lue(self.representant.as_ref()).map(|r| format!("représenté par : {r}")),
        ])
    }

    /// Postal address and web site in one line.
    #[must_use]
    pub fn ou_ecrire(&self) -> String {
        joint([lue(self.adresse.as_ref()).cloned(), lue(self.site.as_ref()).cloned()])
    }

    /// The roles that the papers name for a theme.
    #[must_use]
    pub fn roles(&self, theme: Theme) -> Vec<&Interlocuteur> {
        liste(self.interlocuteurs.as_ref()).iter().filter(|i| i.theme == theme).collect()
    }

    /// The persons to reach for a theme (DI-1, PA-1).
    #[must_use]
    pub fn joindre(&self, theme: Theme) -> Vec<&Coordonnees> {
        liste(self.coordonnees.as_ref()).iter().filter(|c| c.themes.contains(&theme)).collect()
    }

    /// The addresses to which this party is told of its convention: the one of contact, then those of its référents;
    /// each once (CO-10, 002 art. 4.2).
    #[must_use]
    pub fn adresses(&self) -> Vec<&str> {
        let contact = lue(self.courriel.as_ref()).map(String::as_str);
        let referents = self.joindre(Theme::Referent).into_iter().map(|c| c.courriel.as_str());
        let mut adresses: Vec<&str> = Vec::new();
        for adresse in contact.into_iter().chain(referents) {
            if !adresses.iter().any(|a| a.eq_ignore_ascii_case(adresse)) {
                adresses.push(adresse);
            }
        }
        adresses
    }

    /// Whether an address is one of several people: the unique one, or one under which the sheet names two (001 annexe 1).
    /// It is a contact, never a compte (HA-1).
    #[must_use]
    pub fn est_partagee(&self, adresse: &str) -> bool {
        let meme = |a: &str| a.trim().eq_ignore_ascii_case(adresse.trim());
        let noms = liste(self.coordonnees.as_ref()).iter().filter(|c| meme(&c.courriel)).map(|c| c.nom.as_str());
        lue(self.courriel.as_ref()).is_some_and(|c| meme(c)) || noms.collect::<BTreeSet<_>>().len() > 1
    }

    /// Whether the partenaire has this quality.
    #[must_use]
    pub fn a_qualite(&self, qualite: Qualite) -> bool {
        liste(self.qualites.as_ref()).contains(&qualite)
    }
}
