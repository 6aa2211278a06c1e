//! Files of drafts and demandes (PJ-1 to PJ-3). A file is inspected, sealed and stored before any transaction; its row, the
//! act that has it analysed and the journal are one transaction. Nobody opens it before the analysis found nothing.

mod attach;
mod detach;
mod download;
mod list;
mod message;
mod prepare;

pub use attach::attach_to_draft;
pub use detach::detach;
pub use download::{Telechargement, download};
pub use list::list_of_draft;
pub use store::piece_jointe::Piece;

pub(crate) use download::fetch;
pub(crate) use message::{Preparees, attach_to_message, prepare_all};

use crate::context::Contexte;
use crate::error::Outcome;
use domain::droits::{Deposer, Permis};
use domain::ids::{BrouillonId, CaisseId, DemandeId, PieceJointeId};
use domain::piece_jointe::Refus;
use store::WriteTx;

/// A file as a browser sent it.
#[derive(Clone)]
pub struct FichierRecu {
    /// Its name: anything.
    pub nom: String,
    /// Its bytes.
    pub octets: Vec<u8>,
}

/// A file that was not kept, for who sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusee {
    /// Its name, made fit to be shown.
    pub nom: String,
    /// Why.
    pub refus: Refus,
}

/// What became of the files sent together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jointes {
    /// How many are there now.
    pub gardees: usize,
    /// Those that are not.
    pub refusees: Vec<Refusee>,
}

/// What the keys of this installation begin with in the object store: no other master key gives it, so that two
/// installations may share a bucket and neither takes the other's files for orphans.
pub(crate) fn prefixe(ctx: &Contexte) -> String {
    let mark = ctx.store.keyring().mac("objets").sign(b"installation");
    mark.iter().take(8).map(|b| format!("{b:02x}")).chain(["-".to_owned()]).collect()
}

/// Key of a file in the object store.
pub(crate) fn cle_objet(ctx: &Contexte, id: PieceJointeId) -> String {
    format!("{}{}", prefixe(ctx), id.get().simple())
}

/// The draft's files go with its demande, in the transaction of its filing.
pub(crate) async fn at_filing(
    tx: &WriteTx,
    permis: &Permis<Deposer>,
    brouillon: BrouillonId,
    (caisse, demande): (CaisseId, DemandeId),
) -> Outcome<()> {
    store::piece_jointe::file(tx, permis, brouillon, (caisse, demande)).await?;
    Ok(())
}
