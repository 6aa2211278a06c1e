//! Opening a file of a demande: one that the analysis found clean, by somebody who reads the demande.

use super::cle_objet;
use crate::compte::seen;
use crate::context::{Contexte, Objet, Requete};
use crate::error::{AppError, Outcome};
use domain::droits::Acteur;
use domain::ids::PieceJointeId;
use domain::piece_jointe::{NomDeFichier, TypeFichier};
use store::piece_jointe;
use vault::DataKey;

/// A file on its way to who asked for it.
pub struct Telechargement {
    /// Its name.
    pub nom: NomDeFichier,
    /// Its kind.
    pub type_fichier: TypeFichier,
    /// Its bytes.
    pub octets: Vec<u8>,
}

/// The bytes of a file of a demande.
///
/// # Errors
/// [`AppError::Introuvable`] when demande or file is unknown or out of scope, [`AppError::PieceFermee`] when it is not
/// « saine », [`AppError::Occupe`] when the object store does not answer.
pub async fn download(
    ctx: &Contexte,
    requete: &Requete,
    reference: &str,
    id: PieceJointeId,
) -> Outcome<Telechargement> {
    let (piece, cle, entree) = {
        let tx = ctx.store.begin_read().await?;
        let acteur = Acteur::Compte(seen(ctx, &tx, requete).await?.acteur.clone());
        let (demande, _) = crate::demande::in_scope(&tx, &acteur, reference).await?;
        let found = piece_jointe::one_of_demande(&tx, &demande, id).await?;
        let (piece, cle) = found.ok_or(AppError::Introuvable)?;
        let objet = Objet {
            nature: "piece_jointe",
            id: Some(id.to_string()),
            caisse: Some(demande.caisse),
            partenaire: Some(demande.partenaire),
        };
        (piece, cle, ctx.entree(requete, &acteur, "piece.read", objet))
    };
    let cle = cle.filter(|_| piece.etat.est_servie()).ok_or(AppError::PieceFermee(piece.etat))?;
    let octets = fetch(ctx, id, cle).await?;
    ctx.record(entree).await?;
    Ok(Telechargement { nom: piece.nom, type_fichier: piece.type_fichier, octets })
}

/// The plain bytes of a file whose key was unwrapped.
pub(crate) async fn fetch(ctx: &Contexte, id: PieceJointeId, cle: DataKey) -> Outcome<Vec<u8>> {
    let scelle = ctx.fichiers.objets.get(&cle_objet(ctx, id)).await.map_err(|error| {
        tracing::error!(%error, "file not fetched");
        AppError::Occupe(30)
    })?;
    let scelle = scelle.ok_or_else(|| AppError::Interne(format!("bytes of file {id} missing")))?;
    let opened = tokio::task::spawn_blocking(move || cle.open(id.get(), &scelle).map(|plain| plain.to_vec())).await;
    opened.map_err(|e| AppError::Interne(e.to_string()))?.map_err(|e| AppError::Interne(format!("file {id}: {e}")))
}
