//! What is wished of an appointment (RV-1): how it is held, and when.

use super::codes::reponses;

reponses! {
    /// How an appointment is held.
    pub enum ModeRendezVous (TOUS) {
        /// At an agency of the caisse.
        Agence = "agence", "dans une agence de la caisse";
        /// By telephone.
        Telephone = "telephone", "par téléphone";
        /// By video.
        Visio = "visio", "en visioconférence";
        /// In the rooms of the structure.
        Partenaire = "partenaire", "dans vos locaux";
    }
}

reponses! {
    /// A half-day of the week that suits the person.
    pub enum DemiJournee (TOUTES) {
        /// Monday morning.
        LundiMatin = "lundi_matin", "lundi matin";
        /// Monday afternoon.
        LundiApresMidi = "lundi_apres_midi", "lundi après-midi";
        /// Tuesday morning.
        MardiMatin = "mardi_matin", "mardi matin";
        /// Tuesday afternoon.
        MardiApresMidi = "mardi_apres_midi", "mardi après-midi";
        /// Wednesday morning.
        MercrediMatin = "mercredi_matin", "mercredi matin";
        /// Wednesday afternoon.
        MercrediApresMidi = "mercredi_apres_midi", "mercredi après-midi";
        /// Thursday morning.
        JeudiMatin = "jeudi_matin", "jeudi matin";
        /// Thursday afternoon.
        JeudiApresMidi = "jeudi_apres_midi", "jeudi après-midi";
        /// Friday morning.
        VendrediMatin = "vendredi_matin", "vendredi matin";
        /// Friday afternoon.
        VendrediApresMidi = "vendredi_apres_midi", "vendredi après-midi";
    }
}
