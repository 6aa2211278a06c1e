//! Internal notes: sealed like the thread, loaded for the desk alone (DE-10).

use super::agregat::Demande;
use crate::db::{Tx, WriteTx};
use crate::entity::note_interne::{ActiveModel, Column, Entity};
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, Utc};
use domain::droits::{Instruire, Permis, Portee};
use domain::ids::CompteId;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, Set};
use uuid::Uuid;

/// A line that no partner ever sees.
#[derive(Clone, Debug)]
pub struct Note {
    /// Who wrote.
    pub auteur: CompteId,
    /// Text.
    pub texte: String,
    /// When.
    pub ecrite_le: DateTime<Utc>,
}

/// Adds a note. The demande keeps its version: nobody's form becomes stale, and the partner cannot tell.
///
/// # Errors
/// [`StoreError::Conflict`] outside the proof's scope, or the database's error.
pub async fn noter(
    tx: &WriteTx,
    permis: &Permis<Instruire>,
    lue: &Demande,
    (id, texte): (Uuid, &str),
    le: DateTime<Utc>,
) -> Result<(), StoreError> {
    let inside = match permis.portee() {
        Portee::Services { caisse, services } => *caisse == lue.caisse && services.contains(&lue.service),
        Portee::Caisse(caisse) => *caisse == lue.caisse,
        Portee::Partenaire { .. } | Portee::Soi(_) | Portee::Tout => false,
    };
    let auteur = permis.auteur().filter(|_| inside).ok_or(StoreError::Conflict)?;
    let key = tx.caisse_key(lue.caisse).await?;
    let row = ActiveModel {
        id: Set(id),
        demande_id: Set(lue.id.get()),
        auteur_id: Set(auteur.get()),
        scelle: Set(seal(&key, "note_interne", id, &texte)?),
        ecrite_le: Set(le),
    };
    tx.add(row).await?;
    Ok(())
}

/// The notes of a demande that was loaded in scope, oldest first. `portee` is the reader's: a partner's sees none.
///
/// # Errors
/// The database's error.
pub async fn notes(tx: &Tx, portee: &Portee, demande: &Demande) -> Result<Vec<Note>, StoreError> {
    if !matches!(portee, Portee::Services { .. } | Portee::Caisse(_)) {
        return Ok(Vec::new());
    }
    let key = tx.caisse_key(demande.caisse).await?;
    let rows = Entity::find()
        .filter(Column::DemandeId.eq(demande.id.get()))
        .order_by(Column::EcriteLe, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .all(&tx.inner)
        .await?;
    let of = |m: crate::entity::note_interne::Model| {
        Ok(Note {
            auteur: CompteId::new(m.auteur_id),
            texte: open(&key, "note_interne", m.id, &m.scelle)?,
            ecrite_le: m.ecrite_le,
        })
    };
    rows.into_iter().map(of).collect()
}
