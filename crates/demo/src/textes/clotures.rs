//! What an agent writes when closing.

use super::Sujet;
use domain::demande::Issue;

const HORS_COMPETENCE: [&str; 3] = [
    "La personne relève d’un autre régime : merci de vous adresser à la Mutualité sociale agricole.",
    "La personne dépend de la caisse de son département de résidence, qui suit son dossier.",
    "Cette démarche ne relève pas de l’Assurance Maladie : la caisse d’allocations familiales vous répondra.",
];

const SANS_SUITE: [&str; 3] = [
    "La personne a fait la démarche sur son compte en ligne entre-temps : nous refermons la demande.",
    "Vous nous avez indiqué par téléphone que la demande n’avait plus d’objet. Nous la refermons.",
    "Une demande identique, plus récente, est en cours : nous répondons sur celle-ci.",
];

/// The texts that fit an outcome of a subject.
pub(crate) fn cloture(sujet: &Sujet, issue: Issue) -> &'static [&'static str] {
    match issue {
        Issue::Satisfaite => sujet.accorde,
        Issue::Partielle => sujet.partiel,
        Issue::Refusee => sujet.refuse,
        Issue::HorsCompetence => &HORS_COMPETENCE,
        Issue::SansSuite => &SANS_SUITE,
    }
}
