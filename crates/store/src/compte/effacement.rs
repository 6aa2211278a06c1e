//! Deletion of comptes (HA-10). Every reading hides a compte from its instant on; what is here only erases.

use super::TRANCHE;
use super::agregat::courriel_index;
use super::modele::Identite;
use super::oubli::oublie;
use crate::db::{Tx, WriteTx};
use crate::entity::{avis, brouillon, code_secours, compte, compte_service, lien, navigateur, preference, session};
use crate::error::StoreError;
use crate::keys::seal;
use crate::piece_jointe;
use chrono::{DateTime, Utc};
use domain::compte::Profil;
use domain::droits::{Effacer, Permis};
use domain::ids::CompteId;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;
use vault::Scope;

/// Comptes whose instant is over and that are not erased yet, at most 200.
///
/// # Errors
/// The database's error.
pub async fn due(tx: &Tx, now: DateTime<Utc>) -> Result<Vec<CompteId>, StoreError> {
    ids(tx, compte::Column::SupprimerLe.lte(now)).await
}

/// Closed comptes that are deleted before an instant, whose persons were not told yet, at most 200.
///
/// # Errors
/// The database's error.
pub async fn to_announce(tx: &Tx, now: DateTime<Utc>, before: DateTime<Utc>) -> Result<Vec<CompteId>, StoreError> {
    let soon = compte::Column::SupprimerLe.gt(now).and(compte::Column::SupprimerLe.lte(before));
    ids(tx, soon.and(compte::Column::SuppressionAnnonceeLe.is_null())).await
}

async fn ids(tx: &Tx, which: SimpleExpr) -> Result<Vec<CompteId>, StoreError> {
    let ids: Vec<Uuid> = compte::Entity::find()
        .select_only()
        .column(compte::Column::Id)
        .filter(compte::Column::SupprimerLe.is_not_null())
        .filter(compte::Column::EffaceLe.is_null())
        .filter(which)
        .order_by(compte::Column::SupprimerLe, Order::Asc)
        .limit(TRANCHE)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    Ok(ids.into_iter().map(CompteId::new).collect())
}

/// Notes that the person is told of the deletion; gives whether nobody noted it before.
///
/// # Errors
/// The database's error.
pub async fn announced(
    tx: &WriteTx,
    _: &Permis<Effacer>,
    compte: CompteId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let change = compte::Entity::update_many()
        .col_expr(compte::Column::SuppressionAnnonceeLe, Expr::value(Some(now)))
        .filter(compte::Column::Id.eq(compte.get()))
        .filter(compte::Column::SupprimerLe.gt(now))
        .filter(compte::Column::SuppressionAnnonceeLe.is_null());
    Ok(change.exec(&tx.inner).await?.rows_affected == 1)
}

/// Erases who the person was, here and in every other row that still says it, frees identifiant and address, removes what
/// belonged to the compte. Its row stays as a pseudonym for demandes and journal; proofs stay (JO-2). Gives whether there
/// was something to erase: the second of two finds nothing.
///
/// # Errors
/// The database's or the vault's error.
pub async fn erase(
    tx: &WriteTx,
    permis: &Permis<Effacer>,
    compte: CompteId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    gone(tx, permis, (compte, false), now).await
}

/// As [`erase`], for a person who comes back to the same structure at the same address: what was announced and allowed
/// for that address is the new compte's.
///
/// # Errors
/// As for [`erase`].
pub async fn make_room(
    tx: &WriteTx,
    permis: &Permis<Effacer>,
    compte: CompteId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    gone(tx, permis, (compte, true), now).await
}

async fn gone(
    tx: &WriteTx,
    _: &Permis<Effacer>,
    (compte, revient): (CompteId, bool),
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    use compte::Column;
    let id = compte.get();
    let Some(known) = compte::Entity::find_by_id(id).one(&tx.inner).await? else { return Ok(false) };
    let key = tx.key(Scope::Comptes).await?;
    let nobody = Identite {
        nom: String::new(),
        prenom: String::new(),
        courriel: String::new(),
        telephone: None,
        fonction: None,
    };
    let change = compte::Entity::update_many()
        .col_expr(Column::EffaceLe, Expr::value(Some(now)))
        .col_expr(Column::Identifiant, Expr::value(pseudonyme(compte)))
        .col_expr(Column::CourrielIndex, Expr::value(courriel_index(&key, &pseudonyme(compte))))
        .col_expr(Column::Scelle, Expr::value(seal(&key, "compte", id, &nobody)?))
        .col_expr(Column::MotDePasse, Expr::cust("NULL"))
        .col_expr(Column::MotDePasseLe, Expr::cust("NULL"))
        .col_expr(Column::Totp, Expr::cust("NULL"))
        .col_expr(Column::TotpPas, Expr::cust("NULL"))
        .col_expr(Column::DerniereConnexionLe, Expr::cust("NULL"))
        .col_expr(Column::Place, Expr::cust("NULL"))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::SupprimerLe.lte(now))
        .filter(Column::EffaceLe.is_null());
    if change.exec(&tx.inner).await?.rows_affected != 1 {
        return Ok(false);
    }
    oublie(tx, &known, revient).await?;
    forget(tx, id).await?;
    Ok(true)
}

/// What the identifiant of an erased compte becomes: longer than anything that is typed.
fn pseudonyme(compte: CompteId) -> String {
    format!("compte-supprime-{}-sans-identifiant-ni-adresse", compte.get().simple())
}

async fn forget(tx: &WriteTx, id: Uuid) -> Result<(), StoreError> {
    code_secours::Entity::delete_many().filter(code_secours::Column::CompteId.eq(id)).exec(&tx.inner).await?;
    lien::Entity::delete_many().filter(lien::Column::CompteId.eq(id)).exec(&tx.inner).await?;
    session::Entity::delete_many().filter(session::Column::CompteId.eq(id)).exec(&tx.inner).await?;
    navigateur::Entity::delete_many().filter(navigateur::Column::CompteId.eq(id)).exec(&tx.inner).await?;
    preference::Entity::delete_many().filter(preference::Column::CompteId.eq(id)).exec(&tx.inner).await?;
    avis::Entity::delete_many().filter(avis::Column::CompteId.eq(id)).exec(&tx.inner).await?;
    compte_service::Entity::delete_many().filter(compte_service::Column::CompteId.eq(id)).exec(&tx.inner).await?;
    let drafts: Vec<Uuid> = brouillon::Entity::find()
        .select_only()
        .column(brouillon::Column::Id)
        .filter(brouillon::Column::CompteId.eq(id))
        .into_tuple()
        .all(&tx.inner)
        .await?;
    piece_jointe::remove_of_drafts(tx, &drafts).await?;
    brouillon::Entity::delete_many().filter(brouillon::Column::CompteId.eq(id)).exec(&tx.inner).await?;
    Ok(())
}

/// The deleted compte, not erased yet, that still holds an address for a profil: who opens another one erases it first.
///
/// # Errors
/// The database's error.
pub async fn holding(
    tx: &WriteTx,
    (courriel, profil): (&str, Profil),
    now: DateTime<Utc>,
) -> Result<Option<CompteId>, StoreError> {
    tx.ensure_key(Scope::Comptes, now).await?;
    let key = tx.key(Scope::Comptes).await?;
    let found: Option<Uuid> = compte::Entity::find()
        .select_only()
        .column(compte::Column::Id)
        .filter(compte::Column::CourrielIndex.eq(courriel_index(&key, courriel)))
        .filter(compte::Column::Profil.eq(profil.code()))
        .filter(compte::Column::SupprimerLe.lte(now))
        .into_tuple()
        .one(&tx.inner)
        .await?;
    Ok(found.map(CompteId::new))
}
