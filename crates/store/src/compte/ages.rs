//! How old passwords may grow at a caisse (HA-14); no row where nothing was decided.

use crate::db::{Tx, WriteTx};
use crate::entity::reglage_compte::{ActiveModel, Column, Entity};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::compte::AgesMotDePasse;
use domain::droits::{Habiliter, Permis, Portee};
use domain::ids::CaisseId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, Set};
use std::collections::HashMap;

/// What some caisses decided, with the version of each; those that decided nothing are not there.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn some(tx: &Tx, caisses: &[CaisseId]) -> Result<HashMap<CaisseId, (AgesMotDePasse, i64)>, StoreError> {
    if caisses.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find().filter(Column::CaisseId.is_in(caisses.iter().map(|c| c.get()))).all(&tx.inner).await?;
    rows.into_iter()
        .map(|m| {
            let days = |days: Option<i64>| match days.map(u32::try_from).transpose() {
                Ok(days) => Ok(days),
                Err(_) => Err(StoreError::Corrupt { table: "reglage_compte", column: "jours", row: m.caisse_id }),
            };
            let ages = AgesMotDePasse { partenaire: days(m.jours_partenaire)?, desk: days(m.jours_desk)? };
            Ok((CaisseId::new(m.caisse_id), (ages, m.version)))
        })
        .collect()
}

/// Writes what the caisse of the proof decided over the version read; 0 where there was nothing.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody decided in between, or without a caisse in the proof.
pub async fn save(
    tx: &WriteTx,
    permis: &Permis<Habiliter>,
    (ages, version): (AgesMotDePasse, i64),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let Portee::Caisse(caisse) = permis.portee() else { return Err(StoreError::Conflict) };
    let (partenaire, desk) = (ages.partenaire.map(i64::from), ages.desk.map(i64::from));
    if version == 0 {
        let row = ActiveModel {
            caisse_id: Set(caisse.get()),
            jours_partenaire: Set(partenaire),
            jours_desk: Set(desk),
            version: Set(1),
            modifie_le: Set(now),
        };
        return match tx.add(row).await.map_err(StoreError::from_insert) {
            Ok(_) => Ok(()),
            Err(StoreError::Taken) => Err(StoreError::Conflict),
            Err(other) => Err(other),
        };
    }
    let change = Entity::update_many()
        .col_expr(Column::JoursPartenaire, Expr::value(partenaire))
        .col_expr(Column::JoursDesk, Expr::value(desk))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .col_expr(Column::ModifieLe, now.into())
        .filter(Column::CaisseId.eq(caisse.get()))
        .filter(Column::Version.eq(version));
    match change.exec(&tx.inner).await?.rows_affected {
        1 => Ok(()),
        _ => Err(StoreError::Conflict),
    }
}
