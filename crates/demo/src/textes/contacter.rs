//! « Contacter votre organisme d'assurance Maladie »: what the structure wants to know, and what the caisse answers.

use super::Sujet;

const QUAND: (&str, &str) = (
    "Bonjour, à quelle date et dans quelle agence le dossier a-t-il été remis ?",
    "Bonjour, le 3 du mois dernier, à l’accueil de l’agence principale. {Qui} a gardé le reçu.",
);
const QUEL: (&str, &str) = (
    "Bonjour, de quel courrier s’agit-il ? La date suffit.",
    "Bonjour, celui daté du 12, deux pages, à en-tête du service des droits.",
);
const PERSONNE: (&str, &str) = (
    "Bonjour, la personne a-t-elle donné son accord pour que nous vous répondions sur l’état de son dossier ?",
    "Bonjour, oui, {elle} l’a donné lors de l’entretien, en présence de ma collègue.",
);

const PARTIEL: [&str; 2] = [
    "Une partie est faite ; pour le reste, la personne recevra un courrier sous quinze jours.",
    "Le dossier est enregistré, l’étude n’est pas terminée. Vous pouvez suivre la suite par une nouvelle demande.",
];
const REFUSE: [&str; 2] = [
    "Sans l’accord de la personne, nous ne pouvons rien dire de son dossier. Une nouvelle demande reste possible.",
    "Cette modification ne peut être faite que par la personne, en agence ou sur son compte en ligne.",
];

const fn m(
    part: usize,
    objet: &'static str,
    textes: &'static [&'static str],
    echanges: &'static [(&'static str, &'static str)],
    accorde: &'static [&'static str],
) -> Sujet {
    Sujet { sous_type: None, part, objet, textes, echanges, accorde, partiel: &PARTIEL, refuse: &REFUSE }
}

/// Objects with their message.
pub(super) const SUJETS: [Sujet; 14] = [
    m(
        10,
        "Suivi d’un dossier déposé",
        &[
            "Nous avons déposé le dossier de {qui} en agence il y a six semaines. Est-il bien enregistré, et manque-t-il quelque chose ?",
        ],
        &[QUAND, PERSONNE],
        &["Bonjour, le dossier est complet et en cours d’étude. La personne recevra un courrier sous quinze jours."],
    ),
    m(
        9,
        "Changement d’adresse",
        &[
            "{Qui} a quitté l’hébergement d’urgence et dispose d’un logement depuis le 1er du mois. L’adresse a-t-elle été mise à jour ?",
        ],
        &[PERSONNE],
        &["Bonjour, l’adresse est à jour depuis ce matin. Les prochains courriers partiront à la bonne adresse."],
    ),
    m(
        7,
        "Changement de coordonnées bancaires",
        &[
            "Le compte de {qui} a été fermé par la banque. Comment transmettre le nouveau relevé d’identité sans passer par le compte en ligne ?",
        ],
        &[],
        &[
            "Bonjour, le relevé peut être remis à l’accueil, avec une pièce d’identité. La mise à jour prend deux jours.",
        ],
    ),
    m(
        7,
        "Rattachement des enfants",
        &[
            "{Qui} a la garde de ses deux enfants depuis septembre. Faut-il une démarche de chaque parent pour le rattachement ?",
        ],
        &[PERSONNE],
        &["Bonjour, la demande d’un seul parent suffit. Le formulaire part par courrier au domicile."],
    ),
    m(
        7,
        "Fin de contrat",
        &["Le contrat de {qui} s’est terminé le mois dernier. Les droits sont-ils maintenus sans démarche ?"],
        &[],
        &["Bonjour, les droits sont maintenus un an sans démarche. Une attestation peut être demandée ici même."],
    ),
    m(
        8,
        "Arrivée dans le département",
        &["{Qui} arrive d’un autre département et n’a reçu aucun courrier. Le changement de caisse est-il fait ?"],
        &[PERSONNE],
        &["Bonjour, le changement de caisse est fait. Une nouvelle attestation est partie au domicile."],
    ),
    m(
        8,
        "Courrier non compris",
        &[
            "{Qui} a reçu une demande de pièces et ne comprend pas ce qui est attendu. Pouvez-vous nous dire quels justificatifs manquent ?",
        ],
        &[QUEL],
        &["Bonjour, deux justificatifs manquent : l’avis d’imposition et une pièce d’identité lisible."],
    ),
    m(
        6,
        "Mesure de protection",
        &[
            "Le jugement de curatelle de {qui} a été rendu. À quel service l’adresser pour que les courriers nous parviennent ?",
        ],
        &[],
        &[
            "Bonjour, le jugement est à adresser au service des droits. Les courriers partiront ensuite à votre adresse.",
        ],
    ),
    m(
        7,
        "Compte en ligne bloqué",
        &[
            "{Qui} ne parvient plus à ouvrir son compte en ligne et n’a plus accès à l’ancienne adresse électronique. Quelle est la marche à suivre ?",
        ],
        &[PERSONNE],
        &["Bonjour, l’accès est réinitialisé. Un code provisoire part par courrier au domicile."],
    ),
    m(
        6,
        "Nom mal orthographié",
        &["Le nom de {qui} est écrit sans apostrophe sur tous les courriers. Comment le faire corriger ?"],
        &[],
        &["Bonjour, l’état civil est corrigé. La correction apparaîtra sur les prochains courriers."],
    ),
    m(
        6,
        "Interlocuteur pour un dossier complexe",
        &[
            "Plusieurs démarches sont en cours pour {qui} et les réponses se contredisent. Un seul agent pourrait-il suivre l’ensemble ?",
        ],
        &[PERSONNE],
        &[
            "Bonjour, je reprends l’ensemble du dossier. Vous pouvez m’écrire ici, je vous tiens au courant de chaque étape.",
        ],
    ),
    m(
        8,
        "Délai de traitement",
        &["La demande date de plus de deux mois et {qui} s’inquiète. Avez-vous une date prévisible de réponse ?"],
        &[QUAND],
        &["Bonjour, la réponse est prévue avant la fin du mois. Le dossier ne nécessite rien de plus."],
    ),
    m(
        5,
        "Justificatif demandé par un bailleur",
        &["Le bailleur veut savoir si le dossier est en cours. Un simple accusé de réception suffirait."],
        &[],
        &["Bonjour, un accusé de réception est envoyé au domicile. Il peut être remis au bailleur."],
    ),
    m(
        6,
        "Double dossier",
        &["Deux numéros de dossier circulent pour {qui}, sous l’ancien et le nouveau nom. Peuvent-ils être réunis ?"],
        &[QUEL],
        &["Bonjour, les deux dossiers sont réunis sous le nom actuel. Aucune démarche n’est à refaire."],
    ),
];
