//! « Soumettre une demande d'étude de dossier »: what is told of the situation.

use domain::convention::SousType;

/// Kinds of study, with their share in a hundred and what is written about them.
pub(crate) const ETUDES: [(SousType, usize, &[&str]); 5] = [
    (
        SousType::C2s,
        46,
        &[
            "Première demande. Les ressources ont baissé depuis la fin du contrat, en août. Avis d’imposition et bulletins de salaire disponibles.",
            "Renouvellement à faire avant la fin du mois. {Qui} ne peut pas remplir le formulaire en ligne.",
            "Le couple s’est séparé cet été : merci d’étudier la situation de {qui} seule, avec deux enfants à charge.",
            "{Qui} perçoit le RSA depuis le mois dernier. Le formulaire papier envoyé en septembre est resté sans réponse.",
            "La participation demandée semble calculée sur les revenus d’il y a deux ans. Nouvel avis d’imposition joint.",
        ],
    ),
    (
        SousType::Puma,
        26,
        &[
            "{Qui} est en France depuis plus de trois mois, hébergement attesté par notre service. Aucun droit ouvert à ce jour.",
            "Retour de l’étranger après quatre ans de travail au Canada. Les droits ont été fermés au départ.",
            "Fin du statut d’étudiant : {qui} ne relève plus d’aucun régime depuis octobre.",
            "Le titre de séjour a été renouvelé, les droits sont restés suspendus. Copie du titre disponible.",
            "{Qui} sort d’une période sans domicile. Une domiciliation a été accordée par le CCAS.",
        ],
    ),
    (
        SousType::Ame,
        14,
        &[
            "Première demande. Présence en France depuis plus de trois mois : factures et attestation d’hébergement réunies.",
            "Renouvellement : l’ancienne carte prend fin dans six semaines. Ressources inchangées.",
            "Le dossier déposé au printemps a été retourné pour une pièce illisible. Nous le complétons.",
        ],
    ),
    (
        SousType::AideIndividuelle,
        9,
        &[
            "Reste à charge de 340 euros sur un devis, les revenus de {qui} ne permettent pas l’avance.",
            "Demande d’aide pour un reste à charge après remboursement. Devis et avis d’imposition disponibles.",
            "Situation budgétaire étudiée avec {qui} : aucune marge avant la fin de l’année.",
        ],
    ),
    (
        SousType::AutreEtude,
        5,
        &[
            "{Qui} conteste un indu réclamé par courrier et souhaite un échéancier.",
            "Rattachement d’un ascendant arrivé cet été au domicile de la famille.",
        ],
    ),
];

/// Names of studies outside the list.
pub(crate) const AUTRES: [&str; 3] =
    ["Échéancier pour un trop-perçu", "Rattachement d’un ascendant", "Régularisation de droits sur deux années"];

/// Why it is urgent.
pub(crate) const URGENCES: [&str; 4] = [
    "Les droits prennent fin vendredi et rien ne prend la suite.",
    "La pharmacie n’accepte plus de faire l’avance depuis lundi.",
    "Le rendez-vous est fixé dans dix jours et ne pourra pas être réglé.",
    "La personne repousse ses rendez-vous faute de couverture.",
];

/// What an agent answers in the end.
pub(crate) const REPONSES: [&str; 6] = [
    "Bonjour, la complémentaire est accordée à compter du 1er du mois. La notification part par courrier.",
    "Bonjour, les droits de base sont ouverts. La personne peut mettre à jour sa carte dès la semaine prochaine.",
    "Bonjour, l’étude est favorable avec participation : la personne doit retourner le bulletin d’adhésion signé.",
    "Bonjour, l’aide est accordée pour 250 euros, versés directement au fournisseur.",
    "Bonjour, le renouvellement est enregistré sans interruption de droits.",
    "Bonjour, après étude les ressources dépassent le plafond de peu. Une nouvelle demande est possible dans trois mois.",
];
