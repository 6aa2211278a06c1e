//! What happens to a file before any transaction: its true kind, its name, its key, its place in the object store.

use super::{FichierRecu, Refusee, cle_objet};
use crate::context::Contexte;
use crate::error::{AppError, Outcome};
use crate::ports::{InspectError, Inspecte};
use domain::garde::masque;
use domain::ids::PieceJointeId;
use domain::piece_jointe::{NomDeFichier, TypeFichier, check_size};
use sha2::{Digest, Sha256};
use store::piece_jointe::Nouvelle;
use vault::DataKey;

/// Seconds after which to try again when files cannot be kept now.
const ENCORE: u32 = 30;

/// A file whose sealed bytes are in the object store, without a row yet: without one it is collected as an orphan.
pub(super) struct Preparee {
    id: PieceJointeId,
    nom: NomDeFichier,
    type_fichier: TypeFichier,
    taille: u64,
    pub(super) empreinte: Vec<u8>,
    cle: DataKey,
}

impl Preparee {
    pub(super) fn nouvelle(&self) -> Nouvelle<'_> {
        Nouvelle {
            id: self.id,
            nom: &self.nom,
            type_fichier: self.type_fichier,
            taille: self.taille,
            empreinte: &self.empreinte,
            cle: &self.cle,
        }
    }
}

/// SHA-256 of the bytes as sent.
pub(super) fn empreinte(octets: &[u8]) -> Vec<u8> {
    Sha256::digest(octets).to_vec()
}

/// Inspects, seals and stores one file; a reason for who sent it when it may not be kept.
pub(super) async fn prepare(ctx: &Contexte, recu: FichierRecu) -> Outcome<Result<Preparee, Refusee>> {
    // A NIR in a name would be shown and downloaded with it (GA-1).
    let nom = masque(&recu.nom);
    let refused = |refus| Ok(Err(Refusee { nom: NomDeFichier::shown(&nom), refus }));
    if let Err(refus) = check_size(recu.octets.len()) {
        return refused(refus);
    }
    let empreinte = empreinte(&recu.octets);
    let Inspecte { type_fichier, octets } = match ctx.fichiers.inspecteur.inspect(recu.octets).await {
        Ok(inspecte) => inspecte,
        Err(InspectError::Refus(refus)) => return refused(refus),
        Err(InspectError::Busy) => return Err(AppError::Occupe(ENCORE)),
        Err(InspectError::Failed(cause)) => return Err(AppError::Interne(cause)),
    };
    let id = PieceJointeId::new(ctx.new_id());
    let taille = u64::try_from(octets.len()).unwrap_or(u64::MAX);
    let (cle, scelle) = seal(id, octets).await?;
    ctx.fichiers.objets.put(&cle_objet(ctx, id), scelle).await.map_err(|error| {
        tracing::error!(%error, "file not stored");
        AppError::Occupe(ENCORE)
    })?;
    let nom = NomDeFichier::clean(&nom, type_fichier);
    Ok(Ok(Preparee { id, nom, type_fichier, taille, empreinte, cle }))
}

/// On a thread of its own: ten megabytes take a few milliseconds of processor.
async fn seal(id: PieceJointeId, octets: Vec<u8>) -> Outcome<(DataKey, Vec<u8>)> {
    let sealed = tokio::task::spawn_blocking(move || {
        let cle = DataKey::generate()?;
        let scelle = cle.seal(id.get(), &octets)?;
        Ok((cle, scelle))
    });
    let sealed: Result<_, vault::VaultError> = sealed.await.map_err(|e| AppError::Interne(e.to_string()))?;
    sealed.map_err(|e| AppError::Interne(e.to_string()))
}
