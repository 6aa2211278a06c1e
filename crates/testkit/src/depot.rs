//! Drafts, their files and demandes made by the use cases, without a page.

use ::app::demande::{Saisie, form, save_draft, submit};
use ::app::piece_jointe::{FichierRecu, attach_to_draft, list_of_draft};
use ::app::{Contexte, Requete};
use domain::demande::Sorte;
use domain::ids::{BrouillonId, PieceJointeId};

/// Keeps a draft; gives its id.
///
/// # Panics
/// When it is refused.
pub async fn draft(ctx: &Contexte, requete: &Requete, sorte: Sorte, saisie: &Saisie) -> BrouillonId {
    let id = form(ctx, requete, sorte, None).await.expect("a form").brouillon;
    save_draft(ctx, requete, sorte, id, saisie).await.expect("a draft");
    id
}

/// Keeps a draft for a document with one file, and sends it; gives the reference and the file, which waits for its analysis.
///
/// # Panics
/// When something of it is refused.
pub async fn file_with(
    ctx: &Contexte,
    requete: &Requete,
    saisie: &Saisie,
    (nom, octets): (&str, Vec<u8>),
) -> (String, PieceJointeId) {
    let id = draft(ctx, requete, Sorte::Document, saisie).await;
    let fichier = FichierRecu { nom: nom.to_owned(), octets };
    let jointes = attach_to_draft(ctx, requete, id, vec![fichier]).await.expect("files");
    assert!(jointes.refusees.is_empty(), "{:?}", jointes.refusees);
    let piece = list_of_draft(ctx, requete, id).await.expect("its files").first().expect("a file").id;
    (submit(ctx, requete, id).await.expect("filed"), piece)
}
