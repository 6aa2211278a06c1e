//! Complements: what the caisse asks for, and how the structure gives it.

/// Code of the reason and text of an agent.
pub(crate) const DEMANDES: [(&str, &str); 8] = [
    ("piece_manquante", "Il manque l’avis d’imposition de l’an passé. Une copie suffit, toutes les pages."),
    ("piece_manquante", "Merci de joindre une attestation d’hébergement datée et signée, avec la pièce d’identité de l’hébergeant."),
    ("piece_illisible", "La copie de la pièce d’identité est trop sombre : la date de validité ne se lit pas."),
    ("piece_illisible", "La seconde page du justificatif est coupée en bas. Pouvez-vous la joindre à nouveau ?"),
    ("information_a_preciser", "À quelle date la personne est-elle arrivée dans le département ?"),
    ("information_a_preciser", "Quelles personnes vivent au foyer, et depuis quand ?"),
    ("identite_a_confirmer", "Deux personnes portent ce nom et cette date de naissance. Quelle est la commune de naissance ?"),
    ("accord_ou_mandat", "Le jugement de curatelle n’est pas au dossier. Merci d’en joindre la première page."),
];

/// What the structure answers when it gives what was missing.
pub(crate) const REPONSES: [&str; 7] = [
    "Bonjour, voici la pièce demandée. {Qui} nous l’a apportée ce matin.",
    "Bonjour, la copie est refaite, elle est lisible cette fois. Merci.",
    "Bonjour, l’arrivée date du 2 du mois dernier, comme l’indique le bail.",
    "Bonjour, le foyer compte trois personnes depuis janvier.",
    "Bonjour, la commune de naissance est bien celle de la pièce d’identité jointe.",
    "Bonjour, nous avons relancé {qui}, la pièce est jointe.",
    "Bonjour, désolée pour l’attente : le document vient d’arriver.",
];

/// Notes that only the desk reads.
pub(crate) const NOTES: [&str; 5] = [
    "Vu avec l’unité régimes : pas d’autre dossier ouvert.",
    "À rapprocher du dossier de la sœur, même adresse.",
    "Attente du retour de l’autre caisse, relancée ce jour.",
    "Pièce reçue en agence le même jour, numérisée.",
    "Appel de la structure : rappeler après 14 h.",
];
