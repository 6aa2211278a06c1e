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
