//! Files of drafts and demandes (PJ-1, PJ-3): what is known of each is sealed, its key is wrapped beside it, its bytes
//! are in the object store. A row that goes takes the key with it: what is left in the store cannot be opened any more,
//! and is collected as an orphan.

mod analyse;
mod brouillon;
mod demande;
#[cfg(test)]
mod plans;

pub(crate) use analyse::{owner, waiting_key};
pub use brouillon::{add_to_draft, file, of_draft, remove_from_draft};
pub use demande::{add_to_message, of_demande, one_of_demande};

use crate::db::{Tx, WriteTx};
use crate::entity::piece_jointe::{self, ActiveModel, Model};
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, Utc};
use domain::ids::{BrouillonId, CompteId, DemandeId, MessageId, PieceJointeId};
use domain::piece_jointe::{Etat, NomDeFichier, Sens, TypeFichier};
use sea_orm::sea_query::DeleteStatement;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QueryTrait, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vault::{DataKey, Place, ScopeKey};

/// Name of the table, to which sealed values are bound.
const TABLE: &str = "piece_jointe";

/// A file, as lists and pages show it.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Id.
    pub id: PieceJointeId,
    /// Cleaned name.
    pub nom: NomDeFichier,
    /// True kind.
    pub type_fichier: TypeFichier,
    /// Bytes kept.
    pub taille: u64,
    /// SHA-256 of the bytes as they were sent: the same file sent twice is told by it.
    pub empreinte: Vec<u8>,
    /// Whether it may be opened.
    pub etat: Etat,
    /// Which way it goes.
    pub sens: Sens,
    /// Who sent it.
    pub auteur: CompteId,
    /// The line of the thread it came with; none when it came with the filing.
    pub message: Option<MessageId>,
    /// When it came.
    pub recue_le: DateTime<Utc>,
    /// When it was analysed.
    pub analysee_le: Option<DateTime<Utc>>,
}

/// A file to add.
pub struct Nouvelle<'a> {
    /// Id; its bytes are in the object store under it already, sealed with `cle`.
    pub id: PieceJointeId,
    /// Cleaned name.
    pub nom: &'a NomDeFichier,
    /// True kind.
    pub type_fichier: TypeFichier,
    /// Bytes kept.
    pub taille: u64,
    /// SHA-256 of the bytes as they were sent.
    pub empreinte: &'a [u8],
    /// Key its bytes are sealed with.
    pub cle: &'a DataKey,
}

/// What is sealed of a file: its name often holds a person's.
#[derive(Serialize, Deserialize)]
struct Scelle {
    nom: String,
    type_fichier: String,
    taille: u64,
    empreinte: String,
}

/// Where a file lies.
enum Lieu {
    Brouillon(BrouillonId),
    Message(DemandeId, MessageId),
}

const fn place(row: Uuid) -> Place<'static> {
    Place { table: TABLE, column: "cle", row }
}

const fn corrupt(column: &'static str, row: Uuid) -> StoreError {
    StoreError::Corrupt { table: TABLE, column, row }
}

fn sealed(key: &ScopeKey, n: &Nouvelle<'_>) -> Result<Vec<u8>, StoreError> {
    let scelle = Scelle {
        nom: n.nom.as_str().to_owned(),
        type_fichier: n.type_fichier.code().to_owned(),
        taille: n.taille,
        empreinte: data_encoding::HEXLOWER.encode(n.empreinte),
    };
    seal(key, TABLE, n.id.get(), &scelle)
}

fn unwrap_key(key: &ScopeKey, m: &Model) -> Result<Option<DataKey>, StoreError> {
    let unwrap = |wrapped: &Vec<u8>| DataKey::unwrap(key, &place(m.id), wrapped).map_err(|_| corrupt("cle", m.id));
    m.cle.as_ref().map(unwrap).transpose()
}

fn piece(key: &ScopeKey, m: &Model) -> Result<Piece, StoreError> {
    let scelle: Scelle = open(key, TABLE, m.id, &m.scelle)?;
    let broken = || corrupt("scelle", m.id);
    let type_fichier = TypeFichier::from_code(&scelle.type_fichier).ok_or_else(broken)?;
    Ok(Piece {
        id: PieceJointeId::new(m.id),
        // Cleaned again, never refused: a name must not close the page of its demande.
        nom: NomDeFichier::clean(&scelle.nom, type_fichier),
        type_fichier,
        taille: scelle.taille,
        empreinte: data_encoding::HEXLOWER.decode(scelle.empreinte.as_bytes()).map_err(|_| broken())?,
        etat: Etat::from_code(&m.etat).ok_or_else(|| corrupt("etat", m.id))?,
        sens: Sens::from_code(&m.sens).ok_or_else(|| corrupt("sens", m.id))?,
        auteur: CompteId::new(m.auteur_id),
        message: m.message_id.map(MessageId::new),
        recue_le: m.recue_le,
        analysee_le: m.analysee_le,
    })
}

fn row(
    key: &ScopeKey,
    n: &Nouvelle<'_>,
    (lieu, sens, auteur): (&Lieu, Sens, CompteId),
    now: DateTime<Utc>,
) -> Result<ActiveModel, StoreError> {
    let (brouillon, demande, message) = match lieu {
        Lieu::Brouillon(b) => (Some(b.get()), None, None),
        Lieu::Message(d, m) => (None, Some(d.get()), Some(m.get())),
    };
    Ok(ActiveModel {
        id: Set(n.id.get()),
        brouillon_id: Set(brouillon),
        demande_id: Set(demande),
        message_id: Set(message),
        auteur_id: Set(auteur.get()),
        sens: Set(sens.code().to_owned()),
        scelle: Set(sealed(key, n)?),
        cle: Set(Some(n.cle.wrap(key, &place(n.id.get()))?)),
        etat: Set(Etat::Quarantaine.code().to_owned()),
        recue_le: Set(now),
        // Never tried: before all those that were.
        essayee_le: Set(DateTime::UNIX_EPOCH),
        analysee_le: Set(None),
        version: Set(1),
    })
}

/// Removes the files of a draft of this compte, which is about to go.
pub(crate) fn remove_of_draft(compte: CompteId, id: BrouillonId) -> DeleteStatement {
    piece_jointe::Entity::delete_many()
        .filter(piece_jointe::Column::BrouillonId.eq(id.get()))
        .filter(piece_jointe::Column::AuteurId.eq(compte.get()))
        .into_query()
}

/// Removes the files of drafts that are about to go.
pub(crate) async fn remove_of_drafts(tx: &WriteTx, drafts: &[Uuid]) -> Result<(), StoreError> {
    piece_jointe::Entity::delete_many()
        .filter(piece_jointe::Column::BrouillonId.is_in(drafts.iter().copied()))
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// The rows of a draft, oldest first.
async fn rows_of_draft(tx: &Tx, compte: CompteId, id: BrouillonId) -> Result<Vec<Model>, StoreError> {
    Ok(piece_jointe::Entity::find()
        .filter(piece_jointe::Column::BrouillonId.eq(id.get()))
        .filter(piece_jointe::Column::AuteurId.eq(compte.get()))
        .order_by(piece_jointe::Column::RecueLe, Order::Asc)
        .order_by(piece_jointe::Column::Id, Order::Asc)
        .all(&tx.inner)
        .await?)
}
