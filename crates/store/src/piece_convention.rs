//! Files of conventions (CO-1): the signed paper, the deliberation, proofs. Sealed under the caisse's key as the files of
//! demandes are, analysed by the same reconciler, never given to anybody before it found nothing.

use crate::db::{Tx, WriteTx};
use crate::entity::convention;
use crate::entity::piece_convention::{ActiveModel, Column, Entity, Model};
use crate::error::StoreError;
use crate::keys::{open, seal};
use crate::piece_jointe::Nouvelle;
use crate::quarantaine::{Ecartee, Ou, Quarantaine};
use chrono::{DateTime, Utc};
use domain::droits::{Permis, Verser};
use domain::ids::{CaisseId, CompteId, ConventionId, PieceJointeId};
use domain::piece_jointe::{Etat, NomDeFichier, SortePiece, TypeFichier};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vault::{DataKey, Place, Scope, ScopeKey};

/// Name of the table, to which sealed values are bound.
const TABLE: &str = "piece_convention";

/// A file of a convention, as lists show it.
#[derive(Clone, Debug)]
pub struct PieceConvention {
    /// Id.
    pub id: PieceJointeId,
    /// Of which convention.
    pub convention: ConventionId,
    /// What it is.
    pub sorte: SortePiece,
    /// Cleaned name.
    pub nom: NomDeFichier,
    /// True kind.
    pub type_fichier: TypeFichier,
    /// Bytes kept.
    pub taille: u64,
    /// SHA-256 of the bytes as they were sent.
    pub empreinte: String,
    /// Whether it may be opened.
    pub etat: Etat,
    /// Who sent it.
    pub auteur: CompteId,
    /// When it came.
    pub recue_le: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
struct Scelle {
    nom: String,
    type_fichier: String,
    taille: u64,
    empreinte: String,
}

const fn corrupt(column: &'static str, row: Uuid) -> StoreError {
    StoreError::Corrupt { table: TABLE, column, row }
}

const fn place(row: Uuid) -> Place<'static> {
    Place { table: TABLE, column: "cle", row }
}

/// Adds a file to a convention of a caisse.
///
/// # Errors
/// The database's or the vault's error.
pub async fn insert(
    tx: &WriteTx,
    _: &Permis<Verser>,
    (caisse, convention, sorte): (CaisseId, ConventionId, SortePiece),
    (n, auteur): (&Nouvelle<'_>, CompteId),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    tx.ensure_key(Scope::Caisse(caisse.get()), now).await?;
    let key = tx.caisse_key(caisse).await?;
    let scelle = Scelle {
        nom: n.nom.as_str().to_owned(),
        type_fichier: n.type_fichier.code().to_owned(),
        taille: n.taille,
        empreinte: data_encoding::HEXLOWER.encode(n.empreinte),
    };
    let row = ActiveModel {
        id: Set(n.id.get()),
        convention_id: Set(convention.get()),
        sorte: Set(sorte.code().to_owned()),
        auteur_id: Set(auteur.get()),
        scelle: Set(seal(&key, TABLE, n.id.get(), &scelle)?),
        cle: Set(Some(n.cle.wrap(&key, &place(n.id.get()))?)),
        etat: Set(Etat::Quarantaine.code().to_owned()),
        recue_le: Set(now),
        essayee_le: Set(DateTime::UNIX_EPOCH),
        analysee_le: Set(None),
        version: Set(1),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

fn piece(key: &ScopeKey, m: &Model) -> Result<PieceConvention, StoreError> {
    let scelle: Scelle = open(key, TABLE, m.id, &m.scelle)?;
    let type_fichier = TypeFichier::from_code(&scelle.type_fichier).ok_or_else(|| corrupt("scelle", m.id))?;
    Ok(PieceConvention {
        id: PieceJointeId::new(m.id),
        convention: ConventionId::new(m.convention_id),
        sorte: SortePiece::from_code(&m.sorte).ok_or_else(|| corrupt("sorte", m.id))?,
        nom: NomDeFichier::clean(&scelle.nom, type_fichier),
        type_fichier,
        taille: scelle.taille,
        empreinte: scelle.empreinte,
        etat: Etat::from_code(&m.etat).ok_or_else(|| corrupt("etat", m.id))?,
        auteur: CompteId::new(m.auteur_id),
        recue_le: m.recue_le,
    })
}

/// The files of a convention that was loaded in scope, the newest first.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn of_convention(
    tx: &Tx,
    (caisse, convention): (CaisseId, ConventionId),
) -> Result<Vec<PieceConvention>, StoreError> {
    let rows = Entity::find()
        .filter(Column::ConventionId.eq(convention.get()))
        .order_by(Column::RecueLe, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .all(&tx.inner)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let key = tx.caisse_key(caisse).await?;
    rows.iter().map(|m| piece(&key, m)).collect()
}

/// A file of a convention that was loaded in scope, with its key while it has one.
///
/// # Errors
/// As for [`of_convention`].
pub async fn one(
    tx: &Tx,
    (caisse, convention): (CaisseId, ConventionId),
    id: PieceJointeId,
) -> Result<Option<(PieceConvention, Option<DataKey>)>, StoreError> {
    let found = Entity::find_by_id(id.get()).filter(Column::ConventionId.eq(convention.get()));
    let Some(m) = found.one(&tx.inner).await? else { return Ok(None) };
    let key = tx.caisse_key(caisse).await?;
    Ok(Some((piece(&key, &m)?, unwrap_key(&key, &m)?)))
}

fn unwrap_key(key: &ScopeKey, m: &Model) -> Result<Option<DataKey>, StoreError> {
    let unwrap = |wrapped: &Vec<u8>| DataKey::unwrap(key, &place(m.id), wrapped).map_err(|_| corrupt("cle", m.id));
    m.cle.as_ref().map(unwrap).transpose()
}

/// The key of a file in quarantine; none when it is gone or analysed.
pub(crate) async fn waiting_key(tx: &Tx, id: PieceJointeId) -> Result<Option<DataKey>, StoreError> {
    let found = Entity::find_by_id(id.get()).filter(Entity::en_attente()).one(&tx.inner).await?;
    let Some(m) = found else { return Ok(None) };
    let caisse: Option<Uuid> = convention::Entity::find_by_id(m.convention_id)
        .select_only()
        .column(convention::Column::CaisseId)
        .into_tuple()
        .one(&tx.inner)
        .await?;
    let key = tx.caisse_key(caisse.map(CaisseId::new).ok_or_else(|| corrupt("convention_id", m.id))?).await?;
    Ok(Some(unwrap_key(&key, &m)?.ok_or_else(|| corrupt("cle", m.id))?))
}

/// Who sent a file, and the key of its convention.
pub(crate) async fn owner(tx: &Tx, id: PieceJointeId) -> Result<Ecartee, StoreError> {
    let m = Entity::find_by_id(id.get()).one(&tx.inner).await?.ok_or(StoreError::Conflict)?;
    let cle: Option<String> = convention::Entity::find_by_id(m.convention_id)
        .select_only()
        .column(convention::Column::Cle)
        .into_tuple()
        .one(&tx.inner)
        .await?;
    let ou = Ou::Convention(cle.ok_or_else(|| corrupt("convention_id", m.id))?);
    Ok(Ecartee { auteur: CompteId::new(m.auteur_id), ou })
}
