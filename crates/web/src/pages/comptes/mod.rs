//! Pages on the comptes of a structure: the gestionnaire's home, one compte, the forms of every act on it.

mod acte;
mod actes;
mod adresses;
mod annonces;
mod fiche;
mod liste;
mod reglages;
mod structures;
#[cfg(test)]
mod tests;

pub use actes::{
    annonce, creation, exclusion, fermeture, invitation, membres, reouverture, retrait, signalement,
    signalement_du_mien,
};
pub use adresses::AdressesPage;
pub use annonces::AnnoncesPage;
pub use fiche::{ComptePage, PreuvePage};
pub use liste::ComptesPage;
pub use reglages::ages;
pub use structures::StructuresPage;

use super::composants::{Tag, TagColour};
use domain::compte::EtatCompte;
use domain::ids::CompteId;

/// Address of a compte, and of an act on it.
pub(crate) fn compte_path(id: CompteId, acte: &str) -> String {
    if acte.is_empty() { format!("/comptes/{id}") } else { format!("/comptes/{id}/{acte}") }
}

/// A state as a word.
fn etat(etat: EtatCompte, expiree: bool) -> Tag {
    match etat {
        EtatCompte::Invite if expiree => Tag::new("Invitation expirée", TagColour::Red),
        EtatCompte::Invite => Tag::new("Invité", TagColour::Blue),
        EtatCompte::Actif => Tag::new("Actif", TagColour::Green),
        EtatCompte::Inactif => Tag::new("Fermé", TagColour::Grey),
        EtatCompte::Exclu => Tag::new("Exclu", TagColour::Red),
    }
}

/// What was just done, by the word of an address.
#[must_use]
pub fn fait(code: &str) -> Option<&'static str> {
    Some(match code {
        "cree" => "Le compte est créé. La personne reçoit un courriel d’invitation.",
        "ferme" => "Le compte est fermé. La personne est prévenue par courriel.",
        "rouvert" => "Le compte est rouvert. La personne est prévenue par courriel.",
        "invite" => "L’invitation est renvoyée. L’ancien lien ne fonctionne plus.",
        "signale" => "Le compte est fermé aussitôt et ses sessions sont coupées. La preuve datée est ci-dessous.",
        "exclu" => "L’utilisateur est exclu. La décision est notifiée à la structure.",
        "annonce" => "Le nouvel agent est annoncé à la caisse.",
        "membres" => "Le nombre de membres est enregistré.",
        "admise" => "L’adresse est admise.",
        "retiree" => "L’adresse n’est plus admise. Les comptes qui l’utilisent restent ouverts.",
        "traitee" => "C’est noté : une formation est proposée.",
        "ages" => "La décision est enregistrée.",
        _ => return None,
    })
}
