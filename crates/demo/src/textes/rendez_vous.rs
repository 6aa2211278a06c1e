//! « Demander un rendez-vous pour un assuré »: why, and what has to be foreseen.

/// Needs and motives told in words, for an appointment with the caisse.
pub(crate) const BESOINS: [&str; 8] = [
    "Faire le point sur les droits de la famille avant la fin du contrat.",
    "{Qui} sera accompagné par notre service. Un bureau fermé serait préférable.",
    "Prévoir un interprète en dari si possible ; sinon nous viendrons avec un bénévole.",
    "{Qui} travaille de nuit : le matin tôt ne convient pas.",
    "Démarches à reprendre depuis le début, compter un temps long.",
    "{Qui} vient en bus de l’autre bout du département : un seul déplacement serait souhaitable.",
    "Remplir ensemble le formulaire de la Complémentaire santé solidaire.",
    "",
];

/// The same for the examen de prévention.
pub(crate) const EXAMENS: [&str; 4] = [
    "Proposé lors de l’entretien d’accueil, {qui} est intéressé et disponible en semaine.",
    "{Qui} viendra avec sa sœur, qui a la même invitation : deux rendez-vous proches seraient pratiques.",
    "Centre le plus proche de la gare si possible.",
    "",
];

/// What an agent answers in the end.
pub(crate) const REPONSES: [&str; 5] = [
    "Bonjour, la personne est attendue mardi à 10 h à l’agence, bureau 3. Merci de lui rappeler d’apporter une pièce d’identité.",
    "Bonjour, rendez-vous téléphonique fixé jeudi entre 14 h et 15 h au numéro connu.",
    "Bonjour, la permanence du 12 est encore libre à 9 h 30 : la place est réservée.",
    "Bonjour, le centre d’examens propose le vendredi 8 h 15. Une convocation part au domicile.",
    "Bonjour, la personne ne s’est pas présentée. Une nouvelle demande reste possible.",
];
