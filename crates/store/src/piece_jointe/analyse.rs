//! What the analysis needs of a file of a draft or a demande: its key, and whom to tell.

use super::{corrupt, unwrap_key};
use crate::db::Tx;
use crate::entity::demande;
use crate::entity::piece_jointe::{Entity, Model};
use crate::error::StoreError;
use crate::quarantaine::{Ecartee, Ou, Quarantaine};
use domain::ids::{BrouillonId, CompteId, PieceJointeId};
use sea_orm::{EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;
use vault::{DataKey, Scope};

/// The key of a file in quarantine; none when it is gone or analysed.
pub(crate) async fn waiting_key(tx: &Tx, id: PieceJointeId) -> Result<Option<DataKey>, StoreError> {
    let found = Entity::find_by_id(id.get()).filter(Entity::en_attente()).one(&tx.inner).await?;
    let Some(m) = found else { return Ok(None) };
    let key = tx.key(scope(tx, &m).await?).await?;
    Ok(Some(unwrap_key(&key, &m)?.ok_or_else(|| corrupt("cle", m.id))?))
}

async fn scope(tx: &Tx, m: &Model) -> Result<Scope, StoreError> {
    let Some(id) = m.demande_id else { return Ok(Scope::Comptes) };
    let caisse: Option<Uuid> = demande::Entity::find_by_id(id)
        .select_only()
        .column(demande::Column::CaisseId)
        .into_tuple()
        .one(&tx.inner)
        .await?;
    caisse.map(Scope::Caisse).ok_or_else(|| corrupt("demande_id", m.id))
}

/// Who sent a file, and where it is.
pub(crate) async fn owner(tx: &Tx, id: PieceJointeId) -> Result<Ecartee, StoreError> {
    let m = Entity::find_by_id(id.get()).one(&tx.inner).await?.ok_or(StoreError::Conflict)?;
    let ou = match (m.brouillon_id, m.demande_id) {
        (Some(brouillon), _) => Ou::Brouillon(BrouillonId::new(brouillon)),
        (None, Some(demande)) => Ou::Demande(reference(tx, demande).await?.ok_or_else(|| corrupt("demande_id", m.id))?),
        (None, None) => return Err(corrupt("brouillon_id", m.id)),
    };
    Ok(Ecartee { auteur: CompteId::new(m.auteur_id), ou })
}

async fn reference(tx: &Tx, id: Uuid) -> Result<Option<String>, StoreError> {
    let found = demande::Entity::find_by_id(id).select_only().column(demande::Column::Reference);
    Ok(found.into_tuple().one(&tx.inner).await?)
}
