//! Steering: committee and yearly review (PI-1, PI-2).

use serde::{Deserialize, Serialize};

use super::Dossier;
use super::codes::codes;
use super::montre::Montre;
use super::section::section;
use super::valeur::{lue, vrai};

section! {
    /// How the partnership is followed.
    pub struct Suivi {
        champs {
            /// Committee.
            comite: Comite = "Comité de pilotage",
            /// Yearly review.
            bilan: Bilan = "Bilan annuel",
            /// Regular meetings beside the committee.
            points_reguliers: bool = "Instances ou points de rencontre réguliers",
        }
    }
}

codes! {
    /// Who writes the yearly review.
    pub enum AuteurBilan {
        /// Each party its own part.
        ChaquePartie = "chaque_partie", "chaque partie";
        /// The caisse alone.
        Caisse = "caisse", "la caisse seule";
    }
}

/// The committee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comite {
    /// Meetings a year.
    pub par_an: u32,
    /// Useful persons beside the référents (000).
    pub personnes_utiles: bool,
}

/// The yearly review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilan {
    /// Who writes it.
    pub par: AuteurBilan,
    /// It records the difficulties of the year (002).
    pub difficultes: bool,
}

impl Montre for Comite {
    fn montre(&self) -> String {
        let qui = if self.personnes_utiles { "référents et toute personne utile" } else { "référents au moins" };
        format!("{} réunion par an, {qui}", self.par_an)
    }
}

impl Montre for Bilan {
    fn montre(&self) -> String {
        format!("par {}{}", self.par.libelle(), if self.difficultes { ", avec les difficultés de l'année" } else { "" })
    }
}

impl Dossier {
    /// The committee, where the convention has one (PI-2).
    #[must_use]
    pub fn comite(&self) -> Option<Comite> {
        lue(self.stipulations.suivi.comite.as_ref()).copied()
    }

    /// Who writes the yearly review and what it holds (PI-1).
    #[must_use]
    pub fn bilan(&self) -> Option<Bilan> {
        lue(self.stipulations.suivi.bilan.as_ref()).copied()
    }

    /// Whether meetings beside the committee are foreseen.
    #[must_use]
    pub fn prevoit_points_reguliers(&self) -> bool {
        vrai(self.stipulations.suivi.points_reguliers.as_ref())
    }
}
