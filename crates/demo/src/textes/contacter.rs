//! « Contacter votre organisme d'assurance Maladie »: what the structure wants to know, and what the caisse answers.

/// Object and message.
pub(crate) const MESSAGES: [(&str, &str); 14] = [
    ("Suivi d’un dossier déposé", "Nous avons déposé le dossier de {qui} en agence il y a six semaines. Est-il bien enregistré, et manque-t-il quelque chose ?"),
    ("Changement d’adresse", "{Qui} a quitté l’hébergement d’urgence et dispose d’un logement depuis le 1er du mois. L’adresse a-t-elle été mise à jour ?"),
    ("Changement de coordonnées bancaires", "Le compte de {qui} a été fermé par la banque. Comment transmettre le nouveau relevé d’identité sans passer par le compte en ligne ?"),
    ("Rattachement des enfants", "{Qui} a la garde de ses deux enfants depuis septembre. Faut-il une démarche de chaque parent pour le rattachement ?"),
    ("Fin de contrat", "Le contrat de {qui} s’est terminé le mois dernier. Les droits sont-ils maintenus sans démarche ?"),
    ("Arrivée dans le département", "{Qui} arrive d’un autre département et n’a reçu aucun courrier. Le changement de caisse est-il fait ?"),
    ("Courrier non compris", "{Qui} a reçu une demande de pièces et ne comprend pas ce qui est attendu. Pouvez-vous nous dire quels justificatifs manquent ?"),
    ("Mesure de protection", "Le jugement de curatelle de {qui} a été rendu. À quel service l’adresser pour que les courriers nous parviennent ?"),
    ("Compte en ligne bloqué", "{Qui} ne parvient plus à ouvrir son compte en ligne et n’a plus accès à l’ancienne adresse électronique. Quelle est la marche à suivre ?"),
    ("Nom mal orthographié", "Le nom de {qui} est écrit sans apostrophe sur tous les courriers. Comment le faire corriger ?"),
    ("Interlocuteur pour un dossier complexe", "Plusieurs démarches sont en cours pour {qui} et les réponses se contredisent. Un seul agent pourrait-il suivre l’ensemble ?"),
    ("Délai de traitement", "La demande date de plus de deux mois et {qui} s’inquiète. Avez-vous une date prévisible de réponse ?"),
    ("Justificatif demandé par un bailleur", "Le bailleur veut savoir si le dossier est en cours. Un simple accusé de réception suffirait."),
    ("Double dossier", "Deux numéros de dossier circulent pour {qui}, sous l’ancien et le nouveau nom. Peuvent-ils être réunis ?"),
];

/// What an agent answers in the end.
pub(crate) const REPONSES: [&str; 6] = [
    "Bonjour, le dossier est complet et en cours d’étude. La personne recevra un courrier sous quinze jours.",
    "Bonjour, l’adresse est à jour depuis ce matin. Les prochains courriers partiront à la bonne adresse.",
    "Bonjour, les droits sont maintenus un an sans démarche. Une attestation peut être demandée ici même.",
    "Bonjour, deux justificatifs manquent : l’avis d’imposition et une pièce d’identité lisible. Ils peuvent être joints à cette demande.",
    "Bonjour, le changement de caisse est fait. Une nouvelle attestation est partie au domicile.",
    "Bonjour, je reprends l’ensemble du dossier. Vous pouvez m’écrire ici, je vous tiens au courant de chaque étape.",
];
