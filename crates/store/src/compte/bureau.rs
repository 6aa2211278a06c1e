//! Comptes as those who administer them see and change them: lists, services, identity, attachment (HA-7, HA-8, CA-4).

use super::agregat::{courriel_index, of, visible, within};
use super::modele::{Compte, Identite};
use crate::db::{Tx, WriteTx};
use crate::entity::{compte, compte_service};
use crate::error::StoreError;
use crate::keys::seal;
use chrono::{DateTime, Utc};
use domain::compte::{EtatCompte, Profil};
use domain::droits::{Acte, Permis, Portee, Rattachement};
use domain::ids::{CompteId, PartenaireId, ServiceId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select, Set,
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;
use vault::Scope;

async fn all(tx: &Tx, rows: Vec<compte::Model>) -> Result<Vec<Compte>, StoreError> {
    let mut found = Vec::with_capacity(rows.len());
    for m in rows {
        found.push(of(tx, m).await?);
    }
    Ok(found)
}

/// Comptes of some profils in a scope, in the order of their identifiants, beyond the one named, at most so many.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn administered(
    tx: &Tx,
    portee: &Portee,
    profils: &[Profil],
    (apres, nombre): (Option<CompteId>, u64),
    now: DateTime<Utc>,
) -> Result<Vec<Compte>, StoreError> {
    let from = match apres {
        Some(id) => compte::Entity::find_by_id(id.get()).filter(within(portee)).one(&tx.inner).await?,
        None => None,
    };
    let apres = from.as_ref().map(|m| m.identifiant.as_str());
    all(tx, administered_query(portee, profils, (apres, nombre), now).all(&tx.inner).await?).await
}

pub(crate) fn administered_query(
    portee: &Portee,
    profils: &[Profil],
    (apres, nombre): (Option<&str>, u64),
    now: DateTime<Utc>,
) -> Select<compte::Entity> {
    let query = compte::Entity::find()
        .filter(within(portee))
        .filter(visible(now))
        .filter(compte::Column::Profil.is_in(profils.iter().map(|p| p.code())))
        .order_by(compte::Column::Identifiant, Order::Asc)
        .limit(nombre);
    match apres {
        Some(apres) => query.filter(compte::Column::Identifiant.gt(apres)),
        None => query,
    }
}

fn in_use(rattachement: Rattachement) -> Condition {
    let tenant = match rattachement {
        Rattachement::Partenaire(p) => compte::Column::PartenaireId.eq(p.get()),
        Rattachement::Caisse(c) => compte::Column::CaisseId.eq(c.get()),
        Rattachement::National => compte::Column::PartenaireId.is_null().and(compte::Column::CaisseId.is_null()),
    };
    let states = [EtatCompte::Invite.code(), EtatCompte::Actif.code()];
    Condition::all().add(tenant).add(compte::Column::Etat.is_in(states))
}

/// The comptes in use of a tenant, invited ones too, by profil and identifiant: what a review is about.
///
/// # Errors
/// As for [`administered`].
pub async fn in_use_of(tx: &Tx, rattachement: Rattachement) -> Result<Vec<Compte>, StoreError> {
    let rows = compte::Entity::find()
        .filter(in_use(rattachement))
        .order_by(compte::Column::Profil, Order::Asc)
        .order_by(compte::Column::Identifiant, Order::Asc);
    all(tx, rows.all(&tx.inner).await?).await
}

/// As [`in_use_of`], locked until the end of the transaction.
///
/// # Errors
/// As for [`administered`].
pub async fn lock_in_use_of(tx: &WriteTx, rattachement: Rattachement) -> Result<Vec<Compte>, StoreError> {
    let rows = compte::Entity::find()
        .filter(in_use(rattachement))
        .order_by(compte::Column::Profil, Order::Asc)
        .order_by(compte::Column::Identifiant, Order::Asc)
        .lock(LockType::Update);
    all(tx, rows.all(&tx.inner).await?).await
}

/// The ids of the comptes of a profil and of some states of a tenant, the first opened first.
///
/// # Errors
/// The database's error.
pub async fn ids(
    tx: &Tx,
    rattachement: Rattachement,
    profil: Profil,
    etats: &[EtatCompte],
) -> Result<Vec<CompteId>, StoreError> {
    let ids: Vec<Uuid> = compte::Entity::find()
        .select_only()
        .column(compte::Column::Id)
        .filter(in_use(rattachement))
        .filter(compte::Column::Profil.eq(profil.code()))
        .filter(compte::Column::Etat.is_in(etats.iter().map(|e| e.code())))
        .order_by(compte::Column::CreeLe, Order::Asc)
        .order_by(compte::Column::Id, Order::Asc)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    Ok(ids.into_iter().map(CompteId::new).collect())
}

/// Whether a structure has ever had a compte of a profil, whatever became of it: its row stays when it is erased (HA-10).
///
/// # Errors
/// The database's error.
pub async fn ever(tx: &Tx, partenaire: PartenaireId, profil: Profil) -> Result<bool, StoreError> {
    let found: Option<Uuid> = compte::Entity::find()
        .select_only()
        .column(compte::Column::Id)
        .filter(compte::Column::PartenaireId.eq(partenaire.get()))
        .filter(compte::Column::Profil.eq(profil.code()))
        .limit(1)
        .into_tuple()
        .one(&tx.inner)
        .await?;
    Ok(found.is_some())
}

/// Seals another identity over the version read; its address is found by the new one from now on (HA-7).
///
/// # Errors
/// [`StoreError::Conflict`] when the compte changed in between or lies outside the proof's scope;
/// [`StoreError::Taken`] when the address serves another compte of the same profil.
pub async fn change_identity<A: Acte>(
    tx: &WriteTx,
    permis: &Permis<A>,
    lu: &Compte,
    identite: &Identite,
) -> Result<(), StoreError> {
    let key = tx.key(Scope::Comptes).await?;
    let change = compte::Entity::update_many()
        .col_expr(compte::Column::Scelle, seal(&key, "compte", lu.id.get(), identite)?.into())
        .col_expr(compte::Column::CourrielIndex, courriel_index(&key, &identite.courriel).into())
        .col_expr(compte::Column::Version, Expr::col(compte::Column::Version).add(1))
        .filter(compte::Column::Id.eq(lu.id.get()))
        .filter(within(permis.portee()))
        .filter(compte::Column::Version.eq(lu.version));
    match change.exec(&tx.inner).await.map_err(StoreError::from_insert)?.rows_affected {
        1 => Ok(()),
        _ => Err(StoreError::Conflict),
    }
}

/// Attaches the techniciens of a gestionnaire to another one (HA-8); gives how many.
///
/// # Errors
/// The database's error.
pub async fn reattach<A: Acte>(
    tx: &WriteTx,
    permis: &Permis<A>,
    ancien: CompteId,
    nouveau: CompteId,
) -> Result<u64, StoreError> {
    let change = compte::Entity::update_many()
        .col_expr(compte::Column::GestionnaireId, Expr::value(Some(nouveau.get())))
        .col_expr(compte::Column::Version, Expr::col(compte::Column::Version).add(1))
        .filter(compte::Column::GestionnaireId.eq(ancien.get()))
        .filter(within(permis.portee()));
    Ok(change.exec(&tx.inner).await?.rows_affected)
}

/// Puts services in the place of those of an agent that was locked in scope.
///
/// # Errors
/// The database's error.
pub async fn replace_services<A: Acte>(
    tx: &WriteTx,
    _: &Permis<A>,
    compte: CompteId,
    services: &[ServiceId],
) -> Result<(), StoreError> {
    use compte_service::{ActiveModel, Column, Entity};
    Entity::delete_many().filter(Column::CompteId.eq(compte.get())).exec(&tx.inner).await?;
    let rows = services.iter().map(|s| ActiveModel { compte_id: Set(compte.get()), service_id: Set(s.get()) });
    Entity::insert_many(rows).exec_without_returning(&tx.inner).await?;
    Ok(())
}

/// The services of some agents: one query.
///
/// # Errors
/// The database's error.
pub async fn services_of(tx: &Tx, comptes: &[CompteId]) -> Result<HashMap<CompteId, Vec<ServiceId>>, StoreError> {
    use compte_service::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::CompteId.is_in(comptes.iter().map(|c| c.get())))
        .order_by(Column::ServiceId, Order::Asc);
    let mut found: HashMap<CompteId, Vec<ServiceId>> = HashMap::new();
    for m in rows.all(&tx.inner).await? {
        found.entry(CompteId::new(m.compte_id)).or_default().push(ServiceId::new(m.service_id));
    }
    Ok(found)
}

/// The structures, of some, that have a gestionnaire in use: one query.
///
/// # Errors
/// The database's error.
pub async fn with_gestionnaire(tx: &Tx, partenaires: &[PartenaireId]) -> Result<HashSet<PartenaireId>, StoreError> {
    let rows: Vec<Uuid> = compte::Entity::find()
        .select_only()
        .column(compte::Column::PartenaireId)
        .filter(compte::Column::PartenaireId.is_in(partenaires.iter().map(|p| p.get())))
        .filter(compte::Column::Profil.eq(Profil::Gestionnaire.code()))
        .filter(compte::Column::Etat.is_in([EtatCompte::Invite.code(), EtatCompte::Actif.code()]))
        .into_tuple()
        .all(&tx.inner)
        .await?;
    Ok(rows.into_iter().map(PartenaireId::new).collect())
}
