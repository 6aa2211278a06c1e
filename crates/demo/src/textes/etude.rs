//! « Soumettre une demande d'étude de dossier »: what is told of the situation.

use super::Sujet;
use domain::convention::SousType;

const RESSOURCES: (&str, &str) = (
    "Bonjour, quelles ont été les ressources du foyer sur les douze derniers mois ?",
    "Bonjour, le RSA seul depuis avril, un contrat à mi-temps avant cette date.",
);
const FOYER: (&str, &str) = (
    "Bonjour, qui vit au foyer aujourd’hui ? Notre dossier mentionne encore le conjoint.",
    "Bonjour, {qui} vit seul{e} avec ses enfants depuis l’été, la séparation est déclarée.",
);
const ARRIVEE: (&str, &str) = (
    "Bonjour, depuis quelle date la personne réside-t-elle en France de manière continue ?",
    "Bonjour, depuis quatorze mois. L’attestation d’hébergement de l’association le confirme.",
);
const TITRE: (&str, &str) = (
    "Bonjour, le titre de séjour que nous avons est périmé. Le renouvellement est-il fait ?",
    "Bonjour, oui, le récépissé a été remis la semaine dernière, {qui} l’a déposé en agence.",
);
const DEVIS: (&str, &str) = (
    "Bonjour, le devis est-il signé, et une autre aide a-t-elle été demandée ?",
    "Bonjour, le devis est signé. Le fonds du département a refusé, il ne reste que votre aide.",
);
const COURRIER: (&str, &str) = (
    "Bonjour, à quel courrier vous référez-vous ? Plusieurs ont été envoyés.",
    "Bonjour, celui du mois dernier, qui demande un remboursement en une fois.",
);

/// Studies asked for.
pub(super) const SUJETS: [Sujet; 6] = [
    Sujet {
        sous_type: Some(SousType::C2s),
        part: 46,
        objet: "",
        textes: &[
            "Première demande. Les ressources ont baissé depuis la fin du contrat, en août. Avis d’imposition et bulletins de salaire disponibles.",
            "Renouvellement à faire avant la fin du mois. {Qui} ne peut pas remplir le formulaire en ligne.",
            "Le couple s’est séparé cet été : merci d’étudier la situation de {qui} seul{e}, avec deux enfants à charge.",
            "{Qui} perçoit le RSA depuis le mois dernier. Le formulaire papier envoyé en septembre est resté sans réponse.",
            "La participation demandée semble calculée sur les revenus d’il y a deux ans. Un nouvel avis d’imposition est disponible.",
        ],
        echanges: &[RESSOURCES, FOYER],
        accorde: &[
            "Bonjour, la complémentaire est accordée à compter du 1er du mois. La notification part par courrier.",
            "Bonjour, le renouvellement est enregistré sans interruption de droits.",
        ],
        partiel: &[
            "L’étude est favorable avec participation : la personne doit retourner le bulletin d’adhésion signé.",
            "La complémentaire est accordée pour les enfants ; les ressources de l’adulte dépassent le plafond.",
        ],
        refuse: &[
            "Après étude, les ressources dépassent le plafond de peu. Une nouvelle demande est possible dans trois mois.",
        ],
    },
    Sujet {
        sous_type: Some(SousType::Puma),
        part: 26,
        objet: "",
        textes: &[
            "{Qui} est en France depuis plus de trois mois, hébergement attesté par notre service. Aucun droit ouvert à ce jour.",
            "Retour de l’étranger après quatre ans de travail au Canada. Les droits ont été fermés au départ.",
            "Fin du statut d’étudiant : {qui} ne relève plus d’aucun régime depuis octobre.",
            "Le titre de séjour a été renouvelé, les droits sont restés suspendus. Copie du titre disponible.",
            "{Qui} sort d’une période sans domicile. Une domiciliation a été accordée par le CCAS.",
        ],
        echanges: &[ARRIVEE, TITRE],
        accorde: &[
            "Bonjour, les droits de base sont ouverts. La personne peut mettre à jour sa carte dès la semaine prochaine.",
            "Bonjour, les droits sont rétablis depuis la date du changement de situation.",
        ],
        partiel: &["Les droits sont ouverts pour l’adulte ; pour les enfants, l’acte de naissance est encore attendu."],
        refuse: &["La résidence stable n’est pas établie par les pièces reçues. Une nouvelle demande reste possible."],
    },
    Sujet {
        sous_type: Some(SousType::Ame),
        part: 14,
        objet: "",
        textes: &[
            "Première demande. Présence en France depuis plus de trois mois : factures et attestation d’hébergement réunies.",
            "Renouvellement : l’ancienne carte prend fin dans six semaines. Ressources inchangées.",
            "Le dossier déposé au printemps a été retourné pour une pièce illisible. Nous le complétons.",
        ],
        echanges: &[ARRIVEE, RESSOURCES],
        accorde: &["Bonjour, l’aide est accordée pour un an. La carte est à retirer à l’agence, sur convocation."],
        partiel: &["L’aide est accordée à l’adulte ; pour le conjoint, un justificatif de présence manque encore."],
        refuse: &["La présence de plus de trois mois n’est pas établie. Les justificatifs peuvent être complétés."],
    },
    Sujet {
        sous_type: Some(SousType::AideIndividuelle),
        part: 9,
        objet: "",
        textes: &[
            "Reste à charge de 340 euros sur un devis, les revenus de {qui} ne permettent pas l’avance.",
            "Demande d’aide pour un reste à charge après remboursement. Devis et avis d’imposition disponibles.",
            "Situation budgétaire étudiée avec {qui} : aucune marge avant la fin de l’année.",
        ],
        echanges: &[DEVIS, RESSOURCES],
        accorde: &["Bonjour, l’aide est accordée pour 250 euros, versés directement au fournisseur."],
        partiel: &["La commission accorde la moitié du montant demandé. Le reste peut être étalé par le fournisseur."],
        refuse: &["La commission n’a pas retenu la demande : la dépense était déjà engagée."],
    },
    Sujet {
        sous_type: Some(SousType::AutreEtude),
        part: 3,
        objet: "Échéancier pour un trop-perçu",
        textes: &["{Qui} conteste un indu réclamé par courrier et souhaite un échéancier."],
        echanges: &[COURRIER],
        accorde: &["Bonjour, un échéancier de dix mois est accordé. Le courrier part cette semaine."],
        partiel: &["L’échéancier est accordé ; la contestation est transmise à la commission."],
        refuse: &["Le délai de contestation est passé. Un échéancier peut être demandé à tout moment."],
    },
    Sujet {
        sous_type: Some(SousType::AutreEtude),
        part: 2,
        objet: "Rattachement d’un ascendant",
        textes: &["Rattachement d’un ascendant arrivé cet été au domicile de la famille."],
        echanges: &[ARRIVEE],
        accorde: &["Bonjour, le dossier est ouvert au nom de l’ascendant. Un courrier lui est adressé."],
        partiel: &["Le dossier est ouvert ; la prise d’effet dépend du titre de séjour attendu."],
        refuse: &["Le rattachement n’existe plus dans ce cas : une demande au nom de la personne est à déposer."],
    },
];

/// Why it is urgent.
pub(super) const URGENCES: [&str; 4] = [
    "Les droits prennent fin vendredi et rien ne prend la suite.",
    "Expulsion du logement prévue lundi, le dossier doit être complet avant.",
    "Le rendez-vous à la préfecture est fixé dans trois jours.",
    "La personne quitte l’hébergement demain et ne pourra plus être jointe.",
];
