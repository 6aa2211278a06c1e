//! What is missing and how it comes, and what the desk writes on the way.

/// What an agent asks for, and how the structure gives it.
#[derive(Debug)]
pub(crate) struct Complement {
    /// Code of the reason.
    pub(crate) motif: &'static str,
    /// What the agent writes.
    pub(crate) demande: &'static str,
    /// What the technicien answers.
    pub(crate) reponse: &'static str,
}

const fn c(motif: &'static str, demande: &'static str, reponse: &'static str) -> Complement {
    Complement { motif, demande, reponse }
}

/// Complements asked for.
pub(crate) const COMPLEMENTS: [Complement; 8] = [
    c(
        "piece_manquante",
        "Il manque l’avis d’imposition de l’an passé. Une copie suffit, toutes les pages.",
        "Bonjour, {qui} nous a apporté l’avis d’imposition ce matin, il vous est remis en agence cet après-midi.",
    ),
    c(
        "piece_manquante",
        "Merci de nous faire parvenir une attestation d’hébergement datée et signée, avec la pièce d’identité de l’hébergeant.",
        "Bonjour, l’hébergeant a signé l’attestation hier. Elle part par courrier avec la copie de sa pièce d’identité.",
    ),
    c(
        "piece_illisible",
        "La copie de la pièce d’identité est trop sombre : la date de validité ne se lit pas.",
        "Bonjour, la copie est refaite, elle est lisible cette fois. Merci.",
    ),
    c(
        "piece_illisible",
        "La seconde page du justificatif est coupée en bas. Pouvez-vous la transmettre à nouveau ?",
        "Bonjour, désolée pour la page coupée : la voici entière.",
    ),
    c(
        "information_a_preciser",
        "À quelle date la personne est-elle arrivée dans le département ?",
        "Bonjour, l’arrivée date du 2 du mois dernier, comme l’indique le bail.",
    ),
    c(
        "information_a_preciser",
        "Quelles personnes vivent au foyer, et depuis quand ?",
        "Bonjour, le foyer compte trois personnes depuis janvier : {qui} et ses deux enfants.",
    ),
    c(
        "identite_a_confirmer",
        "Deux personnes portent ce nom et cette date de naissance. Quelle est la commune de naissance ?",
        "Bonjour, la commune de naissance est celle qui figure sur la pièce d’identité déposée en agence.",
    ),
    c(
        "accord_ou_mandat",
        "Le jugement de curatelle n’est pas au dossier. Merci d’en transmettre la première page.",
        "Bonjour, nous avons demandé le jugement au tribunal. La première page est arrivée, nous la transmettons.",
    ),
];

/// Notes that only the desk reads.
pub(crate) const NOTES: [&str; 6] = [
    "Vu avec l’unité régimes : pas d’autre dossier ouvert.",
    "À rapprocher du dossier de la sœur, même adresse.",
    "Attente du retour de l’autre caisse, relancée ce jour.",
    "Pièce reçue en agence le même jour, numérisée.",
    "Appel de la structure : rappeler après 14 h.",
    "Deux comptes à ce nom dans la base : bien vérifier la date de naissance.",
];

/// What is waited for inside the caisse, and from whom: colleagues alone read it.
pub(crate) const ATTENTES: [&str; 4] = [
    "Retour de l’unité régimes, demandé ce jour.",
    "Mutation en cours depuis l’autre caisse : dossier annoncé sous huit jours.",
    "Avis de la commission, prochaine séance jeudi.",
    "Vérification de l’état civil par le service national.",
];

/// What an agent writes on the way.
pub(crate) const POINTS: [&str; 4] = [
    "Bonjour, votre demande est en cours, nous revenons vers vous cette semaine.",
    "Bonjour, nous avons interrogé le service concerné et attendons son retour.",
    "Bonjour, le dossier est complet. Merci pour ces éléments.",
    "Bonjour, un collègue reprend la demande pendant mon absence, les délais sont inchangés.",
];

/// Why a technicien opens a closed demande again.
pub(crate) const REOUVERTURES: [&str; 3] = [
    "Bonjour, {qui} n’a rien reçu à ce jour. Pouvez-vous vérifier l’adresse d’envoi ?",
    "Bonjour, le courrier est arrivé avec une erreur dans le nom. Pourriez-vous le refaire ?",
    "Bonjour, il manque la seconde page dans ce qui a été reçu au domicile. Merci de votre aide.",
];
