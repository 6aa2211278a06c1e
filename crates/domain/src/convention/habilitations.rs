//! Comptes: quotas, delays of habilitation, departures (HA-2 to HA-10).

use serde::{Deserialize, Serialize};

use super::Dossier;
use super::acces::ProfilPartenaire;
use super::codes::codes;
use super::montre::Montre;
use super::section::section;
use super::valeur::{lue, vrai};

section! {
    /// How many comptes, and within which delays they are opened and closed.
    pub struct Habilitations {
        champs {
            /// How many comptes of each profil.
            quotas: Quotas = "Nombre de comptes",
            /// The caisse accredits a gestionnaire within this delay of the request.
            gestionnaire_apres_demande: Delai = "Habilitation du gestionnaire, après la demande",
            /// The caisse accredits a gestionnaire within this delay of the signature.
            gestionnaire_apres_signature: Delai = "Habilitation du gestionnaire, après la signature",
            /// The gestionnaire creates his techniciens within this delay (HA-4).
            techniciens: Delai = "Habilitation des techniciens",
            /// A departure of a gestionnaire is told this long before.
            depart_gestionnaire: Delai = "Préavis du départ d'un gestionnaire",
            /// When the successor is asked for (HA-8).
            successeur: Successeur = "Coordonnées du successeur",
            /// What happens with several caisses is stated (CO-6).
            plusieurs_caisses: bool = "Clause pour plusieurs caisses",
            /// Months after which an inactivated compte is deleted (HA-10).
            suppression_mois: u32 = "Suppression des comptes inactivés, en mois",
            /// Regular review of comptes (HA-12).
            revue_reguliere: bool = "Revue d'habilitation régulière ou sur demande",
        }
    }
}

codes! {
    /// Unit of a delay.
    pub enum Unite {
        /// Working days of the caisse's zone.
        Ouvres = "ouvres", "jours ouvrés";
        /// Calendar days, said so.
        Calendaires = "calendaires", "jours calendaires";
        /// « Jours » without more: counted as calendar days (ours).
        Jours = "jours", "jours";
    }
}

codes! {
    /// What a delay runs from.
    pub enum DepartDelai {
        /// Receipt of the request by the caisse.
        ReceptionDemande = "reception_demande", "à compter de la réception de la demande";
        /// Signature of the usage convention.
        Signature = "signature", "à compter de la signature de la convention d'utilisation";
        /// Receipt of the mail that confirms the gestionnaire's profile.
        ReceptionCourriel = "reception_courriel", "à compter de la réception du courriel confirmant le profil gestionnaire";
        /// Back from the wished date.
        AvantDateSouhaitee = "avant_date_souhaitee", "avant la date d'inactivation souhaitée";
    }
}

codes! {
    /// When the details of a successor are asked.
    pub enum Successeur {
        /// Always.
        Toujours = "toujours", "toujours demandées";
        /// Of the last gestionnaire only.
        DernierSeulement = "dernier_seulement", "demandées au dernier gestionnaire seulement";
    }
}

/// A delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delai {
    /// How many days.
    pub jours: u32,
    /// Which days.
    pub unite: Unite,
    /// From when.
    pub depart: DepartDelai,
}

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

impl Montre for Delai {
    fn montre(&self) -> String {
        format!("{} {} {}", self.jours, self.unite.libelle(), self.depart.libelle())
    }
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

    /// Whether one more compte may be created when `occupes` places (active and invited) are taken (HA-2).
    ///
    /// # Errors
    /// The quota is closed or full.
    pub fn peut_creer(&self, profil: ProfilPartenaire, occupes: u32) -> Result<(), RefusCompte> {
        let places = self.quota(self.membres()).map_err(RefusCompte::Ferme)?.places(profil);
        if occupes < places { Ok(()) } else { Err(RefusCompte::Complet { places }) }
    }

    /// Whether quotas depend on the number of members.
    #[must_use]
    pub fn quotas_par_tranches(&self) -> bool {
        matches!(lue(self.stipulations.habilitations.quotas.as_ref()), Some(Quotas::Tranches(_)))
    }

    /// The delays in which the caisse accredits a gestionnaire, each with what it runs from; none in 003 (HA-3).
    #[must_use]
    pub fn delais_gestionnaire(&self) -> Vec<Delai> {
        let h = &self.stipulations.habilitations;
        [&h.gestionnaire_apres_demande, &h.gestionnaire_apres_signature]
            .into_iter()
            .filter_map(|d| lue(d.as_ref()).copied())
            .collect()
    }

    /// The delay in which a gestionnaire creates his techniciens (HA-4, 000 only).
    #[must_use]
    pub fn delai_techniciens(&self) -> Option<Delai> {
        lue(self.stipulations.habilitations.techniciens.as_ref()).copied()
    }

    /// How long before the wished date a departure is told (HA-8).
    #[must_use]
    pub fn preavis_depart(&self) -> Option<Delai> {
        lue(self.stipulations.habilitations.depart_gestionnaire.as_ref()).copied()
    }

    /// Whether the successor's details are asked of a gestionnaire who leaves (HA-8).
    #[must_use]
    pub fn successeur_exige(&self, dernier_gestionnaire: bool) -> bool {
        match lue(self.stipulations.habilitations.successeur.as_ref()) {
            Some(Successeur::Toujours) => true,
            Some(Successeur::DernierSeulement) | None => dernier_gestionnaire,
        }
    }

    /// Whether the convention itself says what happens when other caisses remain; elsewhere it is our rule (CO-6).
    #[must_use]
    pub fn clause_plusieurs_caisses(&self) -> bool {
        vrai(self.stipulations.habilitations.plusieurs_caisses.as_ref())
    }

    /// Months after which an inactivated compte is deleted (HA-10).
    #[must_use]
    pub fn suppression_comptes_mois(&self) -> Option<u32> {
        lue(self.stipulations.habilitations.suppression_mois.as_ref()).copied()
    }
}
