//! What social workers and agents write: short, useful, without any health data.

use domain::convention::SousType;
use domain::demande::Issue;

/// Documents asked for, with their share in a hundred and what is written about them.
pub(crate) const DOCUMENTS: [(SousType, usize, &[&str]); 7] = [
    (
        SousType::AttestationDroits,
        46,
        &[
            "Le bailleur demande une attestation de droits de moins de trois mois pour compléter le dossier de logement.",
            "{Qui} n’arrive plus à se connecter à son compte en ligne et en a besoin pour une inscription en formation.",
            "Attestation demandée par l’employeur avant le début du contrat, lundi prochain si possible.",
            "Première demande : {qui} vient de s’installer dans le département et n’a reçu aucun courrier.",
            "L’attestation reçue porte l’ancienne adresse. La nouvelle a été déclarée au guichet le mois dernier.",
            "Besoin pour le rattachement des deux enfants auprès de la complémentaire.",
            "",
        ],
    ),
    (
        SousType::CarteVitale,
        22,
        &[
            "Carte perdue lors d’un déménagement. La déclaration de perte a été faite par téléphone.",
            "{Qui} a envoyé photo et pièce d’identité il y a deux mois et n’a pas reçu la carte.",
            "La carte reçue comporte une erreur dans le prénom (le trait d’union manque).",
            "Première carte : les droits sont ouverts mais le formulaire ne semble pas être arrivé.",
            "Carte volée avec le portefeuille. {Qui} n’a pas de téléphone pour faire la démarche en ligne.",
        ],
    ),
    (
        SousType::CertificatCeam,
        9,
        &[
            "Départ le mois prochain pour un contrat saisonnier en Espagne.",
            "Séjour de trois semaines dans la famille, au Portugal. {Qui} n’a pas d’accès à Internet.",
            "Voyage scolaire en Italie du fils aîné, départ dans un mois.",
        ],
    ),
    (
        SousType::InvitationExamen,
        9,
        &[
            "{Qui} souhaite faire le point et serait disponible tous les matins.",
            "Proposé lors de l’entretien d’accueil. Préférence pour un mardi ou un jeudi.",
            "{Qui} viendra accompagnée par le service ; merci d’indiquer l’adresse du centre le plus proche.",
        ],
    ),
    (
        SousType::BonMtDents,
        5,
        &[
            "Le courrier d’invitation n’est pas arrivé à la nouvelle adresse.",
            "La famille a changé de domicile cet été et n’a pas reçu le bon.",
        ],
    ),
    (
        SousType::BonVaccinationDepistage,
        5,
        &[
            "Bon égaré, {qui} demande s’il peut être envoyé à nouveau.",
            "Le bon reçu est au nom d’un précédent occupant du logement.",
        ],
    ),
    (
        SousType::AutreDocument,
        4,
        &[
            "Demandé par le tribunal dans le cadre de la mesure en cours.",
            "Nécessaire pour le dossier de retraite, la caisse de retraite a relancé.",
        ],
    ),
];

/// Names of documents outside the list.
pub(crate) const AUTRES: [&str; 3] = [
    "Relevé de prestations de l’année 2027",
    "Attestation de paiement d’indemnités",
    "Duplicata du dernier courrier de la caisse",
];

/// Why it is urgent.
pub(crate) const URGENCES: [&str; 4] = [
    "Le logement est attribué sous 48 heures si le dossier est complet.",
    "Début de contrat demain matin, l’employeur attend le document.",
    "Départ à l’étranger dans trois jours.",
    "L’inscription se ferme vendredi.",
];

/// What an agent asks.
pub(crate) const QUESTIONS: [&str; 6] = [
    "Bonjour, l’adresse que vous indiquez n’est pas celle que nous avons. Pouvez-vous la confirmer ?",
    "Bonjour, le dossier comporte deux personnes du même nom. Pouvez-vous préciser la commune de naissance ?",
    "Bonjour, pouvez-vous nous dire si la personne a déjà fait cette demande sur son compte en ligne ?",
    "Bonjour, le document demandé couvre-t-il toute la famille ou la personne seule ?",
    "Bonjour, la pièce d’identité que nous avons n’est plus valable. Une copie récente peut être déposée en agence.",
    "Bonjour, à partir de quelle date l’attestation doit-elle être établie ?",
];

/// What a technicien answers.
pub(crate) const REPONSES: [&str; 6] = [
    "Bonjour, je confirme l’adresse : {qui} y habite depuis le début de l’année.",
    "Bonjour, {qui} passera à l’agence jeudi avec l’original. Merci pour votre retour rapide.",
    "Bonjour, non, aucune démarche en ligne n’a été faite.",
    "Bonjour, pour la personne seule. Merci beaucoup.",
    "Merci de votre réponse. La famille a bien pris note, je reviens vers vous si besoin.",
    "Bonjour, à compter du premier du mois si c’est possible.",
];

/// What an agent writes on the way.
pub(crate) const POINTS: [&str; 3] = [
    "Bonjour, votre demande est en cours, le document part cette semaine.",
    "Bonjour, nous avons relancé le service qui fabrique les cartes.",
    "Merci pour ces précisions, je mets le dossier à jour.",
];

/// What an agent writes when closing; empty where the outcome says everything.
pub(crate) const fn cloture(issue: Issue) -> &'static [&'static str] {
    match issue {
        Issue::Satisfaite => &[
            "Bonjour, le document a été envoyé ce jour à l’adresse connue. Comptez cinq jours de délai postal.",
            "Bonjour, c’est fait : le courrier part ce soir.",
            "",
        ],
        Issue::Partielle => &[
            "L’attestation est envoyée. Pour la carte, la personne doit d’abord fournir une photo récente.",
            "Le document est établi pour la personne seule ; les enfants sont rattachés à l’autre parent.",
        ],
        Issue::Refusee => &[
            "Les droits sont fermés depuis le changement de situation : le document ne peut pas être établi. Une étude de dossier peut être demandée.",
            "La personne n’a pas répondu à la demande de mise à jour de son adresse : nous ne pouvons pas envoyer le document.",
        ],
        Issue::HorsCompetence => &[
            "La personne relève d’un autre régime : merci de vous adresser à la Mutualité sociale agricole.",
            "Ce document est établi par la caisse du département où la personne habitait à cette date.",
        ],
        Issue::SansSuite => &[
            "Sans nouvelles depuis notre question, nous refermons la demande. Vous pouvez en déposer une autre.",
            "La personne a obtenu le document sur son compte en ligne entre-temps.",
        ],
    }
}

/// Puts « Madame » or « Monsieur » where the text speaks of the person.
pub(crate) fn say(texte: &str, civilite: &str) -> String {
    let minuscule = civilite.to_lowercase();
    texte.replace("{Qui}", civilite).replace("{qui}", &minuscule)
}
