//! « Signaler une situation de difficultés d'accès aux droits et aux soins »: the situation, without any health data.

use domain::convention::SousType;

/// Nature of the difficulty, with its share in a hundred and what is written about it.
pub(crate) const DIFFICULTES: [(SousType, usize, &[&str]); 4] = [
    (
        SousType::DifficulteDroits,
        42,
        &[
            "Trois démarches commencées en deux ans, aucune n’a abouti. {Qui} n’ouvre plus son courrier et a besoin d’être accompagné pas à pas.",
            "Droits fermés après un déménagement, dossier renvoyé d’une caisse à l’autre. Personne ne semble en charge.",
            "{Qui} n’a jamais eu de droits à son nom : rattachement au conjoint jusqu’à la séparation, rien depuis.",
            "L’identité n’est pas certifiée faute d’acte de naissance traduit, tout est bloqué depuis un an.",
        ],
    ),
    (
        SousType::DifficulteSoins,
        28,
        &[
            "{Qui} reporte ses rendez-vous faute de pouvoir avancer les frais. Un accompagnement dans les démarches est souhaité.",
            "Aucun médecin traitant déclaré malgré plusieurs recherches ; {qui} ne se déplace qu’en bus.",
            "Renoncement repéré lors de l’entretien : {qui} ne sait pas vers qui se tourner et accepte d’être rappelé.",
        ],
    ),
    (
        SousType::DifficulteNumerique,
        20,
        &[
            "{Qui} n’a ni ordinateur ni téléphone récent. Toutes les démarches demandées sont en ligne.",
            "Lecture difficile : les courriels ne sont pas lus. Un échange de vive voix est nécessaire.",
            "Le compte en ligne a été créé par un tiers, {qui} n’en a plus les codes.",
        ],
    ),
    (
        SousType::SituationComplexe,
        10,
        &[
            "Séparation, perte du logement et changement de caisse le même mois. Plusieurs services interviennent, sans coordination.",
            "Famille de cinq personnes, situations de droits toutes différentes. Nous souhaitons un point commun.",
        ],
    ),
];

/// What the Mission accompagnement santé answers in the end.
pub(crate) const REPONSES: [&str; 5] = [
    "Bonjour, la personne a été jointe : un accompagnement est ouvert, premier rendez-vous fixé avec elle.",
    "Bonjour, les droits sont rétablis. La conseillère reste en lien avec la personne pendant trois mois.",
    "Bonjour, après deux appels sans réponse nous avons écrit à la personne. Vous pouvez lui dire de rappeler le 3646.",
    "Bonjour, un médecin traitant a été trouvé avec la personne et la déclaration est faite.",
    "Bonjour, la situation relève d’un autre régime. Les coordonnées utiles ont été données à la personne.",
];
