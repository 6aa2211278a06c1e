//! « Signaler une situation de difficultés d'accès aux droits et aux soins »: the situation, without any health data.

use super::Sujet;
use domain::convention::SousType;

const JOINDRE: (&str, &str) = (
    "Bonjour, deux appels sont restés sans réponse. À quel moment la personne est-elle joignable ?",
    "Bonjour, {elle} est là le matin avant 9 heures. Je l’ai prévenu{e} de votre appel.",
);
const DEMARCHES: (&str, &str) = (
    "Bonjour, quelles démarches ont déjà été tentées, et auprès de qui ?",
    "Bonjour, deux dossiers papier l’an passé et un rendez-vous en agence en mars, sans suite.",
);
const ENSEMBLE: (&str, &str) = (
    "Bonjour, un premier échange à trois serait-il possible dans vos locaux ?",
    "Bonjour, oui, le mardi après-midi nous convient, une salle est libre.",
);

const REPONSES: [&str; 4] = [
    "Bonjour, la personne a été jointe : un accompagnement est ouvert, premier rendez-vous fixé avec elle.",
    "Bonjour, les droits sont rétablis. La conseillère reste en lien avec la personne pendant trois mois.",
    "Bonjour, le dossier est repris depuis le début avec la personne. Vous serez informés de la suite.",
    "Bonjour, un médecin traitant a été trouvé avec la personne et la déclaration est faite.",
];
const PARTIEL: [&str; 2] = [
    "Les droits sont ouverts ; l’accompagnement se poursuit avec l’espace France services le plus proche.",
    "Après deux appels sans réponse nous avons écrit à la personne. Vous pouvez lui dire de rappeler le 3646.",
];
const REFUSE: [&str; 2] = [
    "La personne ne souhaite pas être accompagnée pour le moment. Un nouveau signalement reste possible.",
    "La personne est déjà accompagnée par notre service depuis deux mois : le suivi continue dans ce cadre.",
];

const fn d(sous_type: SousType, part: usize, textes: &'static [&'static str]) -> Sujet {
    Sujet {
        sous_type: Some(sous_type),
        part,
        objet: "",
        textes,
        echanges: &[JOINDRE, DEMARCHES, ENSEMBLE],
        accorde: &REPONSES,
        partiel: &PARTIEL,
        refuse: &REFUSE,
    }
}

/// Natures of difficulty.
pub(super) const SUJETS: [Sujet; 4] = [
    d(
        SousType::DifficulteDroits,
        42,
        &[
            "Trois démarches commencées en deux ans, aucune n’a abouti. {Qui} n’ouvre plus son courrier et a besoin d’être accompagné{e} pas à pas.",
            "Droits fermés après un déménagement, dossier renvoyé d’une caisse à l’autre. Personne ne semble en charge.",
            "{Qui} n’a jamais eu de droits à son nom : rattachement au conjoint jusqu’à la séparation, rien depuis.",
            "L’identité n’est pas certifiée faute d’acte de naissance traduit, tout est bloqué depuis un an.",
        ],
    ),
    d(
        SousType::DifficulteSoins,
        28,
        &[
            "{Qui} reporte ses rendez-vous faute de pouvoir avancer les frais. Un accompagnement dans les démarches est souhaité.",
            "Aucun médecin traitant déclaré malgré plusieurs recherches ; {qui} ne se déplace qu’en bus.",
            "Renoncement repéré lors de l’entretien : {qui} ne sait pas vers qui se tourner et accepte d’être rappelé{e}.",
        ],
    ),
    d(
        SousType::DifficulteNumerique,
        20,
        &[
            "{Qui} n’a ni ordinateur ni téléphone récent. Toutes les démarches demandées sont en ligne.",
            "Lecture difficile : les courriels ne sont pas lus. Un échange de vive voix est nécessaire.",
            "Le compte en ligne a été créé par un tiers, {qui} n’en a plus les codes.",
        ],
    ),
    d(
        SousType::SituationComplexe,
        10,
        &[
            "Séparation, perte du logement et changement de caisse le même mois. Plusieurs services interviennent, sans coordination.",
            "Famille de cinq personnes, situations de droits toutes différentes. Nous souhaitons un point commun.",
        ],
    ),
];
