//! Registered letters: days and parties in clear, for the rules; number and texts sealed (CO-5).

use super::Enregistree;
use crate::db::{Tx, WriteTx};
use crate::entity::convention;
use crate::entity::convention_lettre::{ActiveModel, Column, Entity, Model};
use crate::error::StoreError;
use crate::keys::{open, seal};
use chrono::{DateTime, Utc};
use domain::convention::{self as regles, NatureLettre, PapierVise, Role};
use domain::droits::{Conduire, Permis};
use domain::ids::{CaisseId, CompteId, ConventionId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, JoinType, Order, QueryFilter, QueryOrder, QuerySelect, RelationDef, Set,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

/// What stands on a letter. Sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TexteLettre {
    /// Number of the registered letter.
    pub numero: String,
    /// What it says.
    pub motif: String,
    /// How the breach was repaired.
    #[serde(default)]
    pub reparation: String,
}

/// A letter with its texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lettre {
    /// What the rules need.
    pub lettre: regles::Lettre,
    /// What stands on it.
    pub texte: TexteLettre,
    /// Who recorded it.
    pub saisie_par: Option<CompteId>,
    /// When.
    pub saisie_le: DateTime<Utc>,
    /// Grows with every change.
    pub version: i64,
}

fn rule(m: &Model) -> Result<regles::Lettre, StoreError> {
    let corrupt = |column| StoreError::Corrupt { table: "convention_lettre", column, row: m.id };
    Ok(regles::Lettre {
        id: m.id,
        papier: PapierVise::du_code(&m.papier).ok_or(corrupt("papier"))?,
        nature: NatureLettre::du_code(&m.nature).ok_or(corrupt("nature"))?,
        par: Role::du_code(&m.par).ok_or(corrupt("par"))?,
        envoyee_le: m.envoyee_le,
        recue_le: m.recue_le,
        reparee_le: m.reparee_le,
    })
}

/// The letters of a convention that was loaded in scope, oldest first.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn lettres(tx: &Tx, e: &Enregistree) -> Result<Vec<Lettre>, StoreError> {
    let rows = Entity::find()
        .filter(Column::ConventionId.eq(e.id.get()))
        .order_by(Column::EnvoyeeLe, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .all(&tx.inner)
        .await?;
    let mut found = Vec::new();
    for m in rows {
        found.push(whole(tx, e.caisse, m).await?);
    }
    Ok(found)
}

async fn whole(tx: &Tx, caisse: CaisseId, m: Model) -> Result<Lettre, StoreError> {
    let key = tx.caisse_key(caisse).await?;
    Ok(Lettre {
        lettre: rule(&m)?,
        texte: open(&key, "convention_lettre", m.id, &m.scelle)?,
        saisie_par: m.saisie_par.map(CompteId::new),
        saisie_le: m.saisie_le,
        version: m.version,
    })
}

/// One letter of a convention that was loaded in scope.
///
/// # Errors
/// As for [`lettres`].
pub async fn lettre(tx: &Tx, e: &Enregistree, id: Uuid) -> Result<Option<Lettre>, StoreError> {
    let found = Entity::find_by_id(id).filter(Column::ConventionId.eq(e.id.get())).one(&tx.inner).await?;
    match found {
        Some(m) => Ok(Some(whole(tx, e.caisse, m).await?)),
        None => Ok(None),
    }
}

/// The letters of every convention of a caisse, without their texts: one query for its calendar.
///
/// # Errors
/// As for [`lettres`].
pub async fn lettres_de(tx: &Tx, caisse: CaisseId) -> Result<HashMap<ConventionId, Vec<regles::Lettre>>, StoreError> {
    let on: RelationDef =
        Entity::belongs_to(convention::Entity).from(Column::ConventionId).to(convention::Column::Id).into();
    let rows = Entity::find()
        .join(JoinType::InnerJoin, on)
        .filter(convention::Column::CaisseId.eq(caisse.get()))
        .order_by(Column::EnvoyeeLe, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .all(&tx.inner)
        .await?;
    let mut found: HashMap<ConventionId, Vec<regles::Lettre>> = HashMap::new();
    for m in rows {
        found.entry(ConventionId::new(m.convention_id)).or_default().push(rule(&m)?);
    }
    Ok(found)
}

/// Adds a letter.
///
/// # Errors
/// The database's error.
pub async fn ajouter_lettre(
    tx: &WriteTx,
    permis: &Permis<Conduire>,
    e: &Enregistree,
    (lettre, texte): (&regles::Lettre, &TexteLettre),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let key = tx.caisse_key(e.caisse).await?;
    let row = ActiveModel {
        id: Set(lettre.id),
        convention_id: Set(e.id.get()),
        papier: Set(lettre.papier.code().to_owned()),
        nature: Set(lettre.nature.code().to_owned()),
        par: Set(lettre.par.code().to_owned()),
        envoyee_le: Set(lettre.envoyee_le),
        recue_le: Set(lettre.recue_le),
        reparee_le: Set(lettre.reparee_le),
        scelle: Set(seal(&key, "convention_lettre", lettre.id, texte)?),
        saisie_par: Set(permis.auteur().map(CompteId::get)),
        saisie_le: Set(now),
        version: Set(1),
    };
    tx.add(row).await.map_err(StoreError::from_insert)?;
    Ok(())
}

/// Writes receipt and repair over the version read.
///
/// # Errors
/// [`StoreError::Conflict`] when the letter changed in between, or the database's error.
pub async fn modifier_lettre(
    tx: &WriteTx,
    _: &Permis<Conduire>,
    e: &Enregistree,
    l: &Lettre,
) -> Result<(), StoreError> {
    let key = tx.caisse_key(e.caisse).await?;
    let change = Entity::update_many()
        .col_expr(Column::RecueLe, Expr::value(l.lettre.recue_le))
        .col_expr(Column::RepareeLe, Expr::value(l.lettre.reparee_le))
        .col_expr(Column::Scelle, Expr::value(seal(&key, "convention_lettre", l.lettre.id, &l.texte)?))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(l.lettre.id))
        .filter(Column::ConventionId.eq(e.id.get()))
        .filter(Column::Version.eq(l.version));
    match change.exec(&tx.inner).await?.rows_affected {
        1 => Ok(()),
        _ => Err(StoreError::Conflict),
    }
}
