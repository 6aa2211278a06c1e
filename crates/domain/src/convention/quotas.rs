//! How many comptes a convention allows (HA-2).

use serde::{Deserialize, Serialize};

use super::Dossier;
use super::acces::ProfilPartenaire;
use super::montre::Montre;
use super::partie::Membres;
use super::valeur::lue;

/// One bracket of members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tranche {
    /// From this number of members.
    pub de: u32,
    /// To this one; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub a: Option<u32>,
    /// Gestionnaires at most.
    pub gestionnaires: u32,
    /// Techniciens at most.
    pub techniciens: u32,
}

/// How many comptes a convention allows (HA-2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Quotas {
    /// The same whatever the size.
    Fixe(Quota),
    /// By number of members.
    Tranches(Vec<Tranche>),
}

/// Places of each profil.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// Gestionnaires at most.
    pub gestionnaires: u32,
    /// Techniciens at most.
    pub techniciens: u32,
}

impl Quota {
    /// Places of one profil.
    #[must_use]
    pub const fn places(self, profil: ProfilPartenaire) -> u32 {
        match profil {
            ProfilPartenaire::Gestionnaire => self.gestionnaires,
            ProfilPartenaire::Technicien => self.techniciens,
        }
    }
}

/// Why no compte can be created at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QuotaFerme {
    /// No paper gives a number.
    #[error("la convention ne fixe pas le nombre de comptes")]
    NonStipule,
    /// Brackets, and no declared number of members.
    #[error("le nombre de membres de la structure n'est pas déclaré")]
    MembresInconnus,
    /// Brackets, and none holds this number.
    #[error("aucune tranche ne correspond au nombre de membres déclaré")]
    HorsTranches,
}

/// Why one more compte cannot be created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefusCompte {
    /// Creation is closed.
    #[error(transparent)]
    Ferme(QuotaFerme),
    /// All places are taken.
    #[error("les {places} places prévues par la convention sont prises")]
    Complet {
        /// Places of the profil.
        places: u32,
    },
}

impl Montre for Quota {
    fn montre(&self) -> String {
        let s = |n: u32| if n > 1 { "s" } else { "" };
        format!(
            "{} gestionnaire{} et {} technicien{}",
            self.gestionnaires,
            s(self.gestionnaires),
            self.techniciens,
            s(self.techniciens)
        )
    }
}

impl Montre for Tranche {
    fn montre(&self) -> String {
        let membres = self
            .a
            .map_or_else(|| format!("à partir de {} membres", self.de), |a| format!("de {} à {a} membres", self.de));
        let quota = Quota { gestionnaires: self.gestionnaires, techniciens: self.techniciens };
        format!("{membres} : {}", quota.montre())
    }
}

impl Montre for Quotas {
    fn montre(&self) -> String {
        match self {
            Self::Fixe(quota) => quota.montre(),
            Self::Tranches(tranches) => tranches.montre(),
        }
    }
}

impl Dossier {
    /// The number of members declared for the partenaire.
    #[must_use]
    pub fn membres(&self) -> Option<u32> {
        lue(self.stipulations.partenaire.membres.as_ref()).map(|m| m.nombre)
    }

    /// The places that the convention gives to a structure of `membres` members (HA-2).
    ///
    /// # Errors
    /// Creation is closed: the number of places is not stated, or depends on a number of members that is unknown.
    pub fn quota(&self, membres: Option<u32>) -> Result<Quota, QuotaFerme> {
        match lue(self.stipulations.habilitations.quotas.as_ref()).ok_or(QuotaFerme::NonStipule)? {
            Quotas::Fixe(quota) => Ok(*quota),
            Quotas::Tranches(tranches) => {
                let membres = membres.ok_or(QuotaFerme::MembresInconnus)?;
                tranches
                    .iter()
                    .find(|t| t.de <= membres && t.a.is_none_or(|a| membres <= a))
                    .map(|t| Quota { gestionnaires: t.gestionnaires, techniciens: t.techniciens })
                    .ok_or(QuotaFerme::HorsTranches)
            }
        }
    }

    /// The bracket of a structure of `membres` members; none where the number of places does not depend on it.
    #[must_use]
    pub fn tranche(&self, membres: Option<u32>) -> Option<Tranche> {
        match (lue(self.stipulations.habilitations.quotas.as_ref()), membres) {
            (Some(Quotas::Tranches(tranches)), Some(membres)) => {
                tranches.iter().find(|t| t.de <= membres && t.a.is_none_or(|a| membres <= a)).copied()
            }
            _ => None,
        }
    }

    /// The number of members that counts: the latest declared, here or in the convention (HA-2).
    #[must_use]
    pub fn membres_retenus(&self, declares: Option<Membres>) -> Option<Membres> {
        let ecrits = lue(self.stipulations.partenaire.membres.as_ref()).copied();
        match (ecrits, declares) {
            (Some(e), Some(d)) => Some(if d.au >= e.au { d } else { e }),
            (ecrits, declares) => declares.or(ecrits),
        }
    }

    /// Whether one more compte may be created when `occupes` places (active and invited) are taken (HA-2), in a structure
    /// of `membres` members.
    ///
    /// # Errors
    /// The quota is closed or full.
    pub fn peut_creer(&self, profil: ProfilPartenaire, occupes: u32, membres: Option<u32>) -> Result<(), RefusCompte> {
        let places = self.quota(membres).map_err(RefusCompte::Ferme)?.places(profil);
        if occupes < places { Ok(()) } else { Err(RefusCompte::Complet { places }) }
    }
}
