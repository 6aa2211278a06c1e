//! Criteria of fragility ticked when a difficulty is reported (DE-13): social facts alone, none of them tells anything
//! of health. The list is ours; the conventions say that the service social defines it.

use super::codes::reponses;

reponses! {
    /// A social fact about the person's situation.
    pub enum Critere (TOUS) {
        /// Nobody around.
        Isolement = "isolement", "isolement familial ou social";
        /// No stable home.
        SansDomicileStable = "sans_domicile_stable", "absence de domicile stable";
        /// Language.
        Langue = "langue", "barrière de la langue ou difficulté avec l’écrit";
        /// Digital.
        Numerique = "numerique", "difficultés avec le numérique";
        /// Rights have ended or never began.
        RuptureDroits = "rupture_droits", "rupture ou absence de droits à l’assurance maladie";
        /// Income.
        PerteRevenus = "perte_revenus", "perte ou baisse importante de revenus";
        /// Family event.
        EvenementFamilial = "evenement_familial", "séparation, veuvage ou autre changement familial";
        /// Protection by a judge.
        MesureProtection = "mesure_protection", "mesure de protection juridique en cours ou demandée";
        /// Out of an institution.
        SortieInstitution = "sortie_institution", "sortie d’un établissement ou d’une institution";
        /// A young adult without family support.
        JeuneSansSoutien = "jeune_sans_soutien", "jeune adulte sans soutien familial";
        /// Helps somebody close.
        Aidant = "aidant", "aidant d’un proche";
        /// Gave up.
        RenoncementDemarches = "renoncement_demarches", "renoncement aux démarches";
        /// Far from care: no doctor, no appointment for long, without a word on why.
        EloignementSoins = "eloignement_soins", "éloignement du système de soins, sans urgence";
    }
}

impl Critere {
    /// Whether it is a matter for the service social, beyond the access to rights and care.
    #[must_use]
    pub const fn est_social(self) -> bool {
        match self {
            Self::Isolement
            | Self::SansDomicileStable
            | Self::PerteRevenus
            | Self::EvenementFamilial
            | Self::MesureProtection
            | Self::SortieInstitution
            | Self::JeuneSansSoutien
            | Self::Aidant => true,
            Self::Langue
            | Self::Numerique
            | Self::RuptureDroits
            | Self::RenoncementDemarches
            | Self::EloignementSoins => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demande::{DemiJournee, ModeRendezVous};
    use std::collections::HashSet;

    #[test]
    fn every_code_of_a_list_is_read_back_as_itself_and_stands_once() {
        for critere in Critere::TOUS {
            assert_eq!(Critere::from_code(critere.code()), Some(*critere));
        }
        let codes: HashSet<_> = Critere::TOUS.iter().map(|c| c.code()).collect();
        let libelles: HashSet<_> = Critere::TOUS.iter().map(|c| c.libelle()).collect();
        assert_eq!((codes.len(), libelles.len()), (Critere::TOUS.len(), Critere::TOUS.len()));
        assert_eq!(DemiJournee::TOUTES.len(), 10);
        assert!(DemiJournee::TOUTES.iter().all(|j| DemiJournee::from_code(j.code()) == Some(*j)));
        assert!(ModeRendezVous::TOUS.iter().all(|m| ModeRendezVous::from_code(m.code()) == Some(*m)));
        assert_eq!(Critere::from_code("maladie_chronique"), None);
    }

    #[test]
    fn no_criterion_speaks_of_health() {
        let health = ["malad", "patholog", "handicap", "médic", "traitement", "psych", "addict", "grossesse", "soign"];
        for critere in Critere::TOUS {
            let libelle = critere.libelle().replace("assurance maladie", "");
            assert!(health.iter().all(|mot| !libelle.contains(mot)), "{libelle}");
        }
    }
}
