//! One of the two papers: who signed what, when, with which annexes and deliberation (CO-1, CO-2).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendrier::date_en_francais;

use super::codes::codes;
use super::montre::{Montre, joint};
use super::section::section;
use super::valeur::{derniere, liste, lue};

section! {
    /// A convention métier or a convention d'utilisation as a paper.
    pub struct Papier {
        champs {
            /// Whether the text is known or only cited by the other paper (003).
            presence: Presence = "Texte",
            /// Title.
            intitule: String = "Intitulé",
            /// Who is party to it.
            parties: Vec<Role> = "Parties",
            /// Number of originals.
            originaux: u32 = "Exemplaires originaux",
            /// Place of signature.
            lieu: String = "Lieu de signature",
            /// Year printed where the date is left open (000).
            annee: i32 = "Année imprimée",
            /// Who signs, by quality.
            signataires: Vec<Signataire> = "Signataires",
            /// Date of each party's signature.
            dates: Vec<DateSignature> = "Dates de signature",
            /// Reference of the convention at the caisse.
            reference: String = "Référence",
            /// Name of the signed file.
            fichier: String = "Fichier signé",
            /// Deliberation that authorised the partenaire to sign.
            deliberation: Deliberation = "Délibération",
            /// Annexes.
            annexes: Vec<Annexe> = "Annexes",
        }
    }
}

codes! {
    /// How a paper is known.
    pub enum Presence {
        /// Its text was transcribed.
        Texte = "texte", "texte connu";
        /// Only cited by the other paper.
        Citee = "citee", "seulement citée";
    }
}

codes! {
    /// A party's place in a paper.
    pub enum Role {
        /// The caisse.
        Caisse = "caisse", "la caisse";
        /// The CARSAT.
        Carsat = "carsat", "la CARSAT";
        /// The partenaire.
        Partenaire = "partenaire", "le partenaire";
        /// The union, for its members.
        Union = "union", "l'union départementale";
    }
}

codes! {
    /// What an annexe holds.
    pub enum AnnexeObjet {
        /// Personal data.
        DonneesPersonnelles = "donnees_personnelles", "protection des données personnelles";
        /// Contacts.
        Contacts = "contacts", "fiche des contacts";
    }
}

/// Somebody who signs, by quality only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signataire {
    /// For whom.
    pub partie: Role,
    /// Quality (« La Directrice de la CPAM »).
    pub qualite: String,
    /// Signed « par délégation » or « pour ».
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub par_delegation: bool,
}

/// Date of one party's signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateSignature {
    /// Whose.
    pub partie: Role,
    /// When.
    pub le: NaiveDate,
}

/// An annexe of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annexe {
    /// What it holds.
    pub objet: AnnexeObjet,
    /// Whether it is joined or only cited.
    pub jointe: bool,
}

/// Votes of a deliberation, as far as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vote {
    /// For.
    pub pour: u32,
    /// Against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contre: Option<u32>,
    /// Abstentions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abstentions: Option<u32>,
}

/// The deliberation of the partenaire's body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deliberation {
    /// Body (« Bureau »).
    pub organe: String,
    /// Number.
    pub numero: String,
    /// Date.
    pub le: NaiveDate,
    /// Votes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<Vote>,
    /// Receipt by the préfecture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recue_prefecture: Option<NaiveDate>,
    /// Number of the act at the préfecture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acte: Option<String>,
}

impl Montre for Signataire {
    fn montre(&self) -> String {
        let delegation = if self.par_delegation { ", par délégation" } else { "" };
        format!("pour {} : {}{delegation}", self.partie.libelle(), self.qualite)
    }
}

impl Montre for DateSignature {
    fn montre(&self) -> String {
        format!("{} : {}", self.partie.libelle(), date_en_francais(self.le))
    }
}

impl Montre for Annexe {
    fn montre(&self) -> String {
        format!("{}{}", self.objet.libelle(), if self.jointe { "" } else { " (citée, non jointe)" })
    }
}

impl Montre for Vote {
    fn montre(&self) -> String {
        joint([
            Some(format!("{} pour", self.pour)),
            self.contre.map(|n| format!("{n} contre")),
            self.abstentions.map(|n| format!("abstentions : {n}")),
        ])
    }
}

impl Montre for Deliberation {
    fn montre(&self) -> String {
        joint([
            Some(format!("{} n° {} du {}", self.organe, self.numero, date_en_francais(self.le))),
            self.vote.map(|v| v.montre()),
            self.recue_prefecture.map(|le| format!("reçue en préfecture le {}", date_en_francais(le))),
            self.acte.as_ref().map(|a| format!("acte {a}")),
        ])
    }
}

impl Papier {
    /// Whether the paper is only cited (003): its reference and file are then asked (CO-2).
    #[must_use]
    pub fn est_cite(&self) -> bool {
        lue(self.presence.as_ref()) == Some(&Presence::Citee)
    }

    /// Who is party to it.
    #[must_use]
    pub fn parties(&self) -> &[Role] {
        liste(self.parties.as_ref())
    }

    /// When a party signed.
    #[must_use]
    pub fn signe_le(&self, partie: Role) -> Option<NaiveDate> {
        liste(self.dates.as_ref()).iter().find(|d| d.partie == partie).map(|d| d.le)
    }

    /// The parties whose date is missing.
    #[must_use]
    pub fn sans_date(&self) -> Vec<Role> {
        self.parties().iter().copied().filter(|p| self.signe_le(*p).is_none()).collect()
    }

    /// When the last party signed; nothing while one date is missing (usage art. 8.1; ours for 002's métier).
    #[must_use]
    pub fn derniere_signature(&self) -> Option<NaiveDate> {
        if !self.sans_date().is_empty() {
            return None;
        }
        derniere(self.parties().iter().filter_map(|p| self.signe_le(*p)))
    }

    /// The parties whose date is not in the year printed on the paper.
    #[must_use]
    pub fn hors_annee(&self) -> Vec<Role> {
        use chrono::Datelike;
        let Some(annee) = lue(self.annee.as_ref()) else {
            return Vec::new();
        };
        liste(self.dates.as_ref()).iter().filter(|d| d.le.year() != *annee).map(|d| d.partie).collect()
    }

    /// Who signs for a party, by quality.
    #[must_use]
    pub fn signataires(&self, partie: Role) -> Vec<&Signataire> {
        liste(self.signataires.as_ref()).iter().filter(|s| s.partie == partie).collect()
    }

    /// The formal mentions of the printed convention (CO-9): title, place, originals, deliberation.
    #[must_use]
    pub fn mentions(&self) -> String {
        joint([
            lue(self.intitule.as_ref()).cloned(),
            lue(self.lieu.as_ref()).map(|l| format!("fait à {l}")),
            lue(self.originaux.as_ref()).map(|n| format!("en {n} exemplaires")),
            lue(self.deliberation.as_ref()).map(Montre::montre),
        ])
    }

    /// Whether an annexe is joined.
    #[must_use]
    pub fn annexe_jointe(&self, objet: AnnexeObjet) -> bool {
        liste(self.annexes.as_ref()).iter().any(|a| a.objet == objet && a.jointe)
    }
}
