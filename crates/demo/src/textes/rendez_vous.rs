//! « Demander un rendez-vous pour un assuré »: why, and what has to be foreseen.

use super::Sujet;
use domain::convention::SousType;

const CRENEAU: (&str, &str) = (
    "Bonjour, rien avant trois semaines à l’agence demandée. L’agence voisine conviendrait-elle ?",
    "Bonjour, oui, {qui} peut s’y rendre en bus. Le matin de préférence.",
);
const SUJET: (&str, &str) = (
    "Bonjour, pour préparer l’échange : quelles démarches sont à voir en premier ?",
    "Bonjour, le renouvellement de la Complémentaire santé solidaire, puis l’adresse.",
);
const ACCOMPAGNE: (&str, &str) = (
    "Bonjour, la personne sera-t-elle accompagnée le jour du rendez-vous ?",
    "Bonjour, oui, une collègue viendra avec {qui} si le rendez-vous n’est pas un lundi.",
);

/// Appointments asked for.
pub(super) const SUJETS: [Sujet; 2] = [
    Sujet {
        sous_type: Some(SousType::RendezVousCaisse),
        part: 75,
        objet: "",
        textes: &[
            "Faire le point sur les droits de la famille avant la fin du contrat.",
            "{Qui} sera accompagné{e} par notre service. Un bureau fermé serait préférable.",
            "Prévoir un interprète en dari si possible ; sinon nous viendrons avec un bénévole.",
            "{Qui} travaille de nuit : le matin tôt ne convient pas.",
            "Démarches à reprendre depuis le début, compter un temps long.",
            "{Qui} vient en bus de l’autre bout du département : un seul déplacement serait souhaitable.",
            "Remplir ensemble le formulaire de la Complémentaire santé solidaire.",
            "",
        ],
        echanges: &[CRENEAU, SUJET, ACCOMPAGNE],
        accorde: &[
            "Bonjour, la personne est attendue mardi à 10 h à l’agence, bureau 3. Merci de lui rappeler d’apporter une pièce d’identité.",
            "Bonjour, rendez-vous fixé jeudi entre 14 h et 15 h, selon le mode demandé. Une confirmation part au domicile.",
            "Bonjour, la permanence du 12 est encore libre à 9 h 30 : la place est réservée.",
        ],
        partiel: &["Un rendez-vous téléphonique est fixé lundi à 11 h ; l’agence n’a rien avant un mois."],
        refuse: &["La démarche a été faite par téléphone avec la personne : un rendez-vous n’est plus utile."],
    },
    Sujet {
        sous_type: Some(SousType::RendezVousExamen),
        part: 25,
        objet: "",
        textes: &[
            "Proposé lors de l’entretien d’accueil, {qui} est intéressé{e} et disponible en semaine.",
            "{Qui} viendra avec sa sœur, qui a la même invitation : deux rendez-vous proches seraient pratiques.",
            "Centre le plus proche de la gare si possible.",
            "",
        ],
        echanges: &[CRENEAU, ACCOMPAGNE],
        accorde: &[
            "Bonjour, le centre d’examens propose le vendredi à 8 h 15. Une convocation part au domicile.",
            "Bonjour, place réservée jeudi en huit. Le centre appellera la personne la veille.",
        ],
        partiel: &["Le rendez-vous est fixé pour une seule des deux personnes : la seconde recevra un courrier."],
        refuse: &["Un examen a déjà eu lieu il y a moins de cinq ans : le suivant n’est pas encore ouvert."],
    },
];

/// Why it is urgent.
pub(super) const URGENCES: [&str; 3] = [
    "Les droits prennent fin à la fin de la semaine.",
    "{Qui} quitte le département dans dix jours.",
    "La place d’hébergement dépend de la situation de droits, réponse attendue vendredi.",
];
