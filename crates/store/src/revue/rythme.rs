//! When reviews open by themselves: what a caisse set, the last review, and the first compte there is to review.

use crate::db::{Tx, WriteTx};
use crate::entity::{compte, convention, revue, revue_rythme};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::compte::EtatCompte;
use domain::droits::{Acte, Permis};
use domain::habilitation::EtatRevue;
use domain::ids::{CaisseId, ConventionId, PartenaireId};
use sea_orm::sea_query::{Condition, Expr, OnConflict, Query};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect, Set};
use std::collections::HashMap;
use uuid::Uuid;

/// A convention whose structure has no open review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// Convention.
    pub convention: ConventionId,
    /// Caisse.
    pub caisse: CaisseId,
    /// Structure.
    pub partenaire: PartenaireId,
}

/// Months between two reviews of a convention's structure or of a caisse's desk, where they were set.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn rythme(tx: &Tx, objet: Uuid) -> Result<Option<u32>, StoreError> {
    let Some(m) = revue_rythme::Entity::find_by_id(objet).one(&tx.inner).await? else { return Ok(None) };
    let corrupt = StoreError::Corrupt { table: "revue_rythme", column: "mois", row: objet };
    u32::try_from(m.mois).map(Some).map_err(|_| corrupt)
}

/// Sets the months between two reviews. The caller has loaded the convention or the caisse in scope.
///
/// # Errors
/// [`StoreError::Conflict`] without a compte in the proof, or the database's error.
pub async fn set_rythme<A: Acte>(
    tx: &WriteTx,
    permis: &Permis<A>,
    (objet, mois): (Uuid, u32),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    use revue_rythme::Column;
    let auteur = permis.auteur().ok_or(StoreError::Conflict)?;
    let row = revue_rythme::ActiveModel {
        objet_id: Set(objet),
        mois: Set(i64::from(mois)),
        fixe_par: Set(auteur.get()),
        fixe_le: Set(now),
    };
    let again =
        OnConflict::column(Column::ObjetId).update_columns([Column::Mois, Column::FixePar, Column::FixeLe]).to_owned();
    revue_rythme::Entity::insert(row).on_conflict(again).exec_without_returning(&tx.inner).await?;
    Ok(())
}

/// Conventions without an open review and without one opened since an instant, by id, beyond the one named.
///
/// # Errors
/// The database's error.
pub async fn sans_revue(
    tx: &Tx,
    depuis: DateTime<Utc>,
    apres: Option<ConventionId>,
    nombre: u64,
) -> Result<Vec<Dossier>, StoreError> {
    use convention::Column;
    let recent = Query::select()
        .expr(Expr::val(1))
        .from(revue::Entity)
        .and_where(revue::Column::ConventionId.into_expr().equals((convention::Entity, Column::Id)))
        .cond_where(
            Condition::any()
                .add(revue::Column::Etat.eq(EtatRevue::Ouverte.code()))
                .add(revue::Column::OuverteLe.gt(depuis)),
        )
        .take();
    let mut query = convention::Entity::find()
        .select_only()
        .column(Column::Id)
        .column(Column::CaisseId)
        .column(Column::PartenaireId)
        .filter(Expr::exists(recent).not())
        .order_by(Column::Id, Order::Asc)
        .limit(nombre);
    if let Some(apres) = apres {
        query = query.filter(Column::Id.gt(apres.get()));
    }
    let rows: Vec<(Uuid, Uuid, Uuid)> = query.into_tuple().all(&tx.inner).await?;
    let of = |(convention, caisse, partenaire)| Dossier {
        convention: ConventionId::new(convention),
        caisse: CaisseId::new(caisse),
        partenaire: PartenaireId::new(partenaire),
    };
    Ok(rows.into_iter().map(of).collect())
}

/// When the last review of each of some conventions was answered (or opened, while it waits).
///
/// # Errors
/// The database's error.
pub async fn dernieres(
    tx: &Tx,
    conventions: &[ConventionId],
) -> Result<HashMap<ConventionId, DateTime<Utc>>, StoreError> {
    use revue::Column;
    let rows: Vec<(Uuid, DateTime<Utc>, Option<DateTime<Utc>>)> = revue::Entity::find()
        .select_only()
        .column(Column::ConventionId)
        .column(Column::OuverteLe)
        .column(Column::AttesteeLe)
        .filter(Column::ConventionId.is_in(conventions.iter().map(|c| c.get())))
        .into_tuple()
        .all(&tx.inner)
        .await?;
    let mut found: HashMap<ConventionId, DateTime<Utc>> = HashMap::new();
    for (convention, ouverte, attestee) in rows {
        let le = attestee.unwrap_or(ouverte);
        let known = found.entry(ConventionId::new(convention)).or_insert(le);
        *known = Ord::max(le, *known);
    }
    Ok(found)
}

/// When the first of the comptes that are in use in each of some structures was opened.
///
/// # Errors
/// The database's error.
pub async fn premiers_comptes(
    tx: &Tx,
    partenaires: &[PartenaireId],
) -> Result<HashMap<PartenaireId, DateTime<Utc>>, StoreError> {
    use compte::Column;
    let rows: Vec<(Uuid, DateTime<Utc>)> = compte::Entity::find()
        .select_only()
        .column(Column::PartenaireId)
        .column(Column::CreeLe)
        .filter(Column::PartenaireId.is_in(partenaires.iter().map(|p| p.get())))
        .filter(Column::Etat.is_in([EtatCompte::Invite.code(), EtatCompte::Actif.code()]))
        .into_tuple()
        .all(&tx.inner)
        .await?;
    let mut found: HashMap<PartenaireId, DateTime<Utc>> = HashMap::new();
    for (partenaire, le) in rows {
        let known = found.entry(PartenaireId::new(partenaire)).or_insert(le);
        *known = Ord::min(le, *known);
    }
    Ok(found)
}

/// When the last review of the desk of a caisse was answered or opened, and when its first compte in use was opened.
///
/// # Errors
/// The database's error.
pub async fn bureau(tx: &Tx, caisse: CaisseId) -> Result<(Option<DateTime<Utc>>, Option<DateTime<Utc>>), StoreError> {
    let derniere = revue::Entity::find()
        .filter(revue::Column::CaisseId.eq(caisse.get()))
        .filter(revue::Column::ConventionId.is_null())
        .order_by(revue::Column::OuverteLe, Order::Desc)
        .limit(1)
        .one(&tx.inner)
        .await?;
    let premier: Option<DateTime<Utc>> = compte::Entity::find()
        .select_only()
        .column(compte::Column::CreeLe)
        .filter(compte::Column::CaisseId.eq(caisse.get()))
        .filter(compte::Column::Etat.is_in([EtatCompte::Invite.code(), EtatCompte::Actif.code()]))
        .order_by(compte::Column::CreeLe, Order::Asc)
        .limit(1)
        .into_tuple()
        .one(&tx.inner)
        .await?;
    Ok((derniere.map(|m| m.attestee_le.unwrap_or(m.ouverte_le)), premier))
}
