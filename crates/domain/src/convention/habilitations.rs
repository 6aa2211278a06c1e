//! Comptes: quotas, delays of habilitation, departures (HA-2 to HA-10).

use serde::{Deserialize, Serialize};

use super::Dossier;
use super::codes::codes;
use super::montre::Montre;
use super::quotas::Quotas;
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

impl Montre for Delai {
    fn montre(&self) -> String {
        format!("{} {} {}", self.jours, self.unite.libelle(), self.depart.libelle())
    }
}

impl Dossier {
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
