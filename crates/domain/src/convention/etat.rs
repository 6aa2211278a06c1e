//! State of a convention and the acts recorded on it. Nothing becomes active by itself: activation is an act (CO-12).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::codes::codes;
use super::fonctions::Fonctionnalite;
use super::lettres::{CauseFin, PapierVise};
use super::valeur::lue;
use super::{Dossier, Lacune};
use uuid::Uuid;

/// What the caisse decided on a convention; recorded by use cases, never read from a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Actes {
    /// Day of activation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activee_le: Option<NaiveDate>,
    /// Functions switched on (CO-7).
    pub fonctionnalites: BTreeSet<Fonctionnalite>,
    /// A recorded end of the usage convention alone (CO-5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fin: Option<Fin>,
    /// A recorded end of the métier convention: the usage convention ends with it (CO-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fin_metier: Option<Fin>,
    /// Day from which the structure is cut (PA-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coupee_le: Option<NaiveDate>,
    /// Another caisse has cut the structure, and this one has not decided yet (PA-3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gel: Option<Gel>,
}

/// What another caisse's cut does here: the comptes stand still until this caisse reopens its own access, or the other
/// one takes its cut back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gel {
    /// Since when.
    pub le: NaiveDate,
    /// Key of the caisse that cut.
    pub par: String,
}

/// A recorded end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fin {
    /// First day without access.
    pub le: NaiveDate,
    /// Why, in French.
    pub motif: String,
    /// Which paper ends.
    #[serde(default)]
    pub papier: PapierVise,
    /// By what; nothing where an old record does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<CauseFin>,
    /// The registered letter it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lettre: Option<Uuid>,
}

impl Fin {
    /// An end of the usage convention of which nothing else is known.
    #[must_use]
    pub fn new(le: NaiveDate, motif: impl Into<String>) -> Self {
        Self { le, motif: motif.into(), papier: PapierVise::Utilisation, cause: None, lettre: None }
    }
}

impl Actes {
    /// The end that closes access: the earlier of both papers' (the usage ends with the métier, CO-2).
    #[must_use]
    pub fn fin_acces(&self) -> Option<&Fin> {
        [&self.fin, &self.fin_metier].into_iter().flatten().min_by_key(|f| f.le)
    }

    /// The end recorded for a paper.
    #[must_use]
    pub fn fin_de(&self, papier: PapierVise) -> Option<&Fin> {
        match papier {
            PapierVise::Metier => self.fin_metier.as_ref(),
            PapierVise::Utilisation => self.fin_acces(),
        }
    }
}

codes! {
    /// State of a convention on a day.
    pub enum Etat {
        /// Something other than a signature is missing.
        Projet = "projet", "projet";
        /// Only signatures are missing.
        ASigner = "a_signer", "à signer";
        /// Complete, in force, and not yet activated.
        Activable = "activable", "prête à activer";
        /// Complete and activated, not yet in force.
        AVenir = "a_venir", "à venir";
        /// Active.
        Active = "active", "active";
        /// Ended, by an act or without renewal.
        Terminee = "terminee", "terminée";
    }
}

impl Dossier {
    /// State on `aujourdhui` (civil day of the caisse). Lacunes come before everything but an end, so a convention
    /// that lost a needed value falls back to *projet* and its access closes.
    #[must_use]
    pub fn etat(&self, actes: &Actes, aujourdhui: NaiveDate) -> Etat {
        if actes.fin_acces().is_some_and(|f| f.le <= aujourdhui) {
            return Etat::Terminee;
        }
        let lacunes = self.lacunes();
        if !lacunes.is_empty() {
            return if lacunes.iter().all(Lacune::est_signature) { Etat::ASigner } else { Etat::Projet };
        }
        let Some(debut) = self.utilisation_en_vigueur_le() else {
            return Etat::ASigner;
        };
        if self.est_echue(aujourdhui) {
            return Etat::Terminee;
        }
        match actes.activee_le {
            Some(activee) if activee <= aujourdhui && debut <= aujourdhui => Etat::Active,
            Some(_) => Etat::AVenir,
            None => Etat::Activable,
        }
    }

    /// Whether the only term is past: without tacit renewal a convention ends by itself.
    #[must_use]
    pub fn est_echue(&self, aujourdhui: NaiveDate) -> bool {
        lue(self.stipulations.duree.renouvellement.as_ref()).is_none()
            && self.prochaine_echeance(aujourdhui).is_some_and(|e| e <= aujourdhui)
    }

    /// The acts of an activation on `le`, every stated function switched on; the caisse may then switch some off.
    ///
    /// # Errors
    /// What activation still lacks.
    pub fn active(&self, le: NaiveDate) -> Result<Actes, Vec<Lacune>> {
        let lacunes = self.lacunes();
        if !lacunes.is_empty() {
            return Err(lacunes);
        }
        let fonctionnalites = Fonctionnalite::TOUS.iter().copied().filter(|f| self.stipule(*f)).collect();
        Ok(Actes { activee_le: Some(le), fonctionnalites, ..Actes::default() })
    }
}
