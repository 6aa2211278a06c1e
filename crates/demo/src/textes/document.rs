//! « Demander un document ».

use super::Sujet;
use domain::convention::SousType;

const ADRESSE: (&str, &str) = (
    "Bonjour, l’adresse que vous indiquez n’est pas celle que nous avons. Pouvez-vous la confirmer ?",
    "Bonjour, je confirme l’adresse : {qui} y habite depuis le début de l’année.",
);
const EN_LIGNE: (&str, &str) = (
    "Bonjour, pouvez-vous nous dire si la personne a déjà fait cette demande sur son compte en ligne ?",
    "Bonjour, non, aucune démarche en ligne n’a été faite : {qui} n’a pas accès à Internet.",
);
const FAMILLE: (&str, &str) = (
    "Bonjour, le document demandé couvre-t-il toute la famille ou la personne seule ?",
    "Bonjour, pour toute la famille si c’est possible. Merci beaucoup.",
);
const IDENTITE: (&str, &str) = (
    "Bonjour, la pièce d’identité que nous avons n’est plus valable. Une copie récente peut être déposée en agence.",
    "Bonjour, {qui} passera à l’agence jeudi avec l’original. Merci pour votre retour rapide.",
);
const COMMUNE: (&str, &str) = (
    "Bonjour, nous avons deux personnes du même nom. Pouvez-vous préciser la commune de naissance ?",
    "Bonjour, {elle} est né{e} à Ville-Exemple, comme l’indique sa pièce d’identité.",
);
const DATE: (&str, &str) = (
    "Bonjour, à partir de quelle date l’attestation doit-elle être établie ?",
    "Bonjour, à compter du premier du mois si c’est possible.",
);

const ENVOYE: [&str; 3] = [
    "Bonjour, le document a été envoyé ce jour à l’adresse connue. Comptez cinq jours de délai postal.",
    "Bonjour, c’est fait : le courrier part ce soir.",
    "Bonjour, le document est édité. Il arrivera au domicile dans la semaine.",
];
const SEULE: [&str; 2] = [
    "Le document est établi pour la personne seule ; les enfants sont rattachés à l’autre parent.",
    "Le document est envoyé pour l’année en cours ; pour l’an passé, la caisse précédente est compétente.",
];
const FERME: [&str; 2] = [
    "Les droits sont fermés depuis le changement de situation : le document ne peut pas être établi. Une étude de dossier peut être demandée.",
    "La personne n’a pas répondu à la demande de mise à jour de son adresse : nous ne pouvons pas envoyer le document.",
];

const fn s(
    sous_type: SousType,
    part: usize,
    objet: &'static str,
    (textes, echanges): (&'static [&'static str], &'static [(&'static str, &'static str)]),
) -> Sujet {
    Sujet {
        sous_type: Some(sous_type),
        part,
        objet,
        textes,
        echanges,
        accorde: &ENVOYE,
        partiel: &SEULE,
        refuse: &FERME,
    }
}

/// Documents asked for.
pub(super) const SUJETS: [Sujet; 9] = [
    s(
        SousType::AttestationDroits,
        46,
        "",
        (
            &[
                "Le bailleur demande une attestation de droits de moins de trois mois pour compléter le dossier de logement.",
                "{Qui} n’arrive plus à se connecter à son compte en ligne et en a besoin pour une inscription en formation.",
                "Attestation demandée par l’employeur avant le début du contrat, lundi prochain si possible.",
                "Première demande : {qui} vient de s’installer dans le département et n’a reçu aucun courrier.",
                "L’attestation reçue porte l’ancienne adresse. La nouvelle a été déclarée au guichet le mois dernier.",
                "Besoin pour le rattachement des deux enfants auprès de la complémentaire.",
                "",
            ],
            &[ADRESSE, EN_LIGNE, FAMILLE, DATE, COMMUNE],
        ),
    ),
    s(
        SousType::CarteVitale,
        22,
        "",
        (
            &[
                "Carte perdue lors d’un déménagement. La déclaration de perte a été faite par téléphone.",
                "{Qui} a envoyé photo et pièce d’identité il y a deux mois et n’a pas reçu la carte.",
                "La carte reçue comporte une erreur dans le prénom (le trait d’union manque).",
                "Première carte : les droits sont ouverts mais le formulaire ne semble pas être arrivé.",
                "Carte volée avec le portefeuille. {Qui} n’a pas de téléphone pour faire la démarche en ligne.",
            ],
            &[ADRESSE, IDENTITE, EN_LIGNE],
        ),
    ),
    s(
        SousType::CertificatCeam,
        9,
        "",
        (
            &[
                "Départ le mois prochain pour un contrat saisonnier en Espagne.",
                "Séjour de trois semaines dans la famille, au Portugal. {Qui} n’a pas d’accès à Internet.",
                "Voyage scolaire en Italie du fils aîné, départ dans un mois.",
            ],
            &[ADRESSE, EN_LIGNE],
        ),
    ),
    s(
        SousType::InvitationExamen,
        9,
        "",
        (
            &[
                "{Qui} souhaite faire le point et serait disponible tous les matins.",
                "Proposé lors de l’entretien d’accueil. Préférence pour un mardi ou un jeudi.",
                "{Qui} viendra accompagné{e} par le service ; merci d’indiquer l’adresse du centre le plus proche.",
            ],
            &[ADRESSE],
        ),
    ),
    s(
        SousType::BonMtDents,
        5,
        "",
        (
            &[
                "Le courrier d’invitation n’est pas arrivé à la nouvelle adresse.",
                "La famille a changé de domicile cet été et n’a pas reçu le bon.",
            ],
            &[ADRESSE],
        ),
    ),
    s(
        SousType::BonVaccinationDepistage,
        5,
        "",
        (
            &[
                "Bon égaré, {qui} demande s’il peut être envoyé à nouveau.",
                "Le bon reçu est au nom d’un précédent occupant du logement.",
            ],
            &[ADRESSE],
        ),
    ),
    s(
        SousType::AutreDocument,
        2,
        "Relevé de prestations de l’année 2027",
        (&["Demandé par le tribunal dans le cadre de la mesure en cours."], &[DATE]),
    ),
    s(
        SousType::AutreDocument,
        1,
        "Attestation de paiement d’indemnités",
        (&["Nécessaire pour le dossier de retraite, la caisse de retraite a relancé."], &[DATE]),
    ),
    s(
        SousType::AutreDocument,
        1,
        "Duplicata du dernier courrier de la caisse",
        (&["{Qui} a égaré le courrier et ne sait plus ce qui était demandé."], &[ADRESSE]),
    ),
];

/// Why it is urgent.
pub(super) const URGENCES: [&str; 4] = [
    "Le logement est attribué sous 48 heures si le dossier est complet.",
    "Début de contrat demain matin, l’employeur attend le document.",
    "Départ à l’étranger dans trois jours.",
    "L’inscription se ferme vendredi.",
];
