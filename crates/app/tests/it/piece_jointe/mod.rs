//! Files from the sending to the opening (PJ-1 to PJ-3).

mod analyse;
mod attach;
mod brouillons;
mod portee;
mod scelle;

use crate::demande::{Scene, saisie};
use app::Requete;
use app::piece_jointe::{FichierRecu, Jointes, Piece, attach_to_draft, list_of_draft};
use domain::ids::BrouillonId;
use testkit::fichiers::pdf;

pub fn fichier(nom: &str, texte: &str) -> FichierRecu {
    FichierRecu { nom: nom.to_owned(), octets: pdf(texte) }
}

/// A technicien with a draft.
pub async fn draft(scene: &Scene) -> (Requete, BrouillonId) {
    let requete = scene.signin("82.technicien").await;
    let id = scene.draft(&requete, &saisie("82")).await;
    (requete, id)
}

pub async fn attach(scene: &Scene, requete: &Requete, id: BrouillonId, fichiers: Vec<FichierRecu>) -> Jointes {
    attach_to_draft(&scene.essai.ctx, requete, id, fichiers).await.unwrap()
}

pub async fn list(scene: &Scene, requete: &Requete, id: BrouillonId) -> Vec<Piece> {
    list_of_draft(&scene.essai.ctx, requete, id).await.unwrap()
}
