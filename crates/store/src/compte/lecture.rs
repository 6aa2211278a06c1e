//! Reading comptes: in scope, by what was typed at the sign-in, and the few words that other pages show of them.

use super::agregat::{courriel_index, of, visible, within};
use super::modele::{Compte, Identite};
use crate::db::{Tx, WriteTx};
use crate::entity::{compte, compte_service, reglage};
use crate::error::StoreError;
use crate::keys::open;
use chrono::{DateTime, Utc};
use domain::compte::{EtatCompte, Profil};
use domain::droits::{Portee, Rattachement};
use domain::ids::{CompteId, PartenaireId, ServiceId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;
use vault::Scope;

/// To whom a mail goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destinataire {
    /// Address.
    pub courriel: String,
    /// « Prénom Nom ».
    pub nom_affiche: String,
    /// What is typed at the sign-in.
    pub identifiant: String,
    /// Profil; none for a contact address.
    pub profil: Option<Profil>,
}

/// The compte of an id, if it lies in the scope.
///
/// # Errors
/// [`StoreError::Corrupt`] for an impossible row, or the database's error.
pub async fn load(tx: &Tx, portee: &Portee, id: CompteId, now: DateTime<Utc>) -> Result<Option<Compte>, StoreError> {
    match compte::Entity::find_by_id(id.get()).filter(within(portee)).filter(visible(now)).one(&tx.inner).await? {
        Some(m) => Ok(Some(of(tx, m).await?)),
        None => Ok(None),
    }
}

/// The compte of an identifiant in its compared form: for somebody who has not shown who he is.
///
/// # Errors
/// As for [`load`].
pub async fn by_identifiant(tx: &Tx, identifiant: &str, now: DateTime<Utc>) -> Result<Option<Compte>, StoreError> {
    let found = compte::Entity::find().filter(compte::Column::Identifiant.eq(identifiant)).filter(visible(now));
    match found.one(&tx.inner).await? {
        Some(m) => Ok(Some(of(tx, m).await?)),
        None => Ok(None),
    }
}

/// The comptes of an e-mail address, one a profil at most (HA-1).
///
/// # Errors
/// As for [`load`].
pub async fn by_courriel(tx: &Tx, courriel: &str, now: DateTime<Utc>) -> Result<Vec<Compte>, StoreError> {
    // Without any compte there is no key yet.
    if compte::Entity::find()
        .select_only()
        .column(compte::Column::Id)
        .into_tuple::<Uuid>()
        .one(&tx.inner)
        .await?
        .is_none()
    {
        return Ok(Vec::new());
    }
    let key = tx.key(Scope::Comptes).await?;
    let rows = compte::Entity::find()
        .filter(compte::Column::CourrielIndex.eq(courriel_index(&key, courriel)))
        .filter(visible(now))
        .order_by(compte::Column::Identifiant, Order::Asc);
    let mut found = Vec::new();
    for m in rows.all(&tx.inner).await? {
        found.push(of(tx, m).await?);
    }
    Ok(found)
}

/// Whether an identifiant is taken, for each of some.
///
/// # Errors
/// The database's error.
pub async fn identifiants(tx: &Tx, candidats: &[String]) -> Result<Vec<String>, StoreError> {
    Ok(compte::Entity::find()
        .select_only()
        .column(compte::Column::Identifiant)
        .filter(compte::Column::Identifiant.is_in(candidats))
        .into_tuple()
        .all(&tx.inner)
        .await?)
}

fn tenant(rattachement: Rattachement) -> Expr {
    match rattachement {
        Rattachement::Partenaire(p) => compte::Column::PartenaireId.eq(p.get()),
        Rattachement::Caisse(c) => compte::Column::CaisseId.eq(c.get()),
        Rattachement::National => compte::Column::PartenaireId.is_null().and(compte::Column::CaisseId.is_null()),
    }
}

/// How many comptes of a profil count in a quota (HA-2: active and invited ones).
///
/// # Errors
/// The database's error.
pub async fn count(tx: &Tx, rattachement: Rattachement, profil: Profil, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let comptes = EtatCompte::TOUS.into_iter().filter(|e| e.compte_dans_le_quota()).map(EtatCompte::code);
    let found = compte::Entity::find()
        .filter(tenant(rattachement))
        .filter(compte::Column::Profil.eq(profil.code()))
        .filter(compte::Column::Etat.is_in(comptes))
        .filter(visible(now));
    Ok(found.count(&tx.inner).await?)
}

/// The active techniciens of a structure, by id.
///
/// # Errors
/// The database's error.
pub async fn techniciens(tx: &Tx, partenaire: PartenaireId, now: DateTime<Utc>) -> Result<Vec<CompteId>, StoreError> {
    actifs(tx, Rattachement::Partenaire(partenaire), Profil::Technicien, now).await
}

/// The active comptes of a profil at one tenant, by id.
///
/// # Errors
/// The database's error.
pub async fn actifs(
    tx: &Tx,
    rattachement: Rattachement,
    profil: Profil,
    now: DateTime<Utc>,
) -> Result<Vec<CompteId>, StoreError> {
    let ids: Vec<Uuid> = compte::Entity::find()
        .select_only()
        .column(compte::Column::Id)
        .filter(tenant(rattachement))
        .filter(compte::Column::Profil.eq(profil.code()))
        .filter(compte::Column::Etat.eq(EtatCompte::Actif.code()))
        .filter(visible(now))
        .order_by(compte::Column::Id, Order::Asc)
        .into_tuple()
        .all(&tx.inner)
        .await?;
    Ok(ids.into_iter().map(CompteId::new).collect())
}

/// When the mail that confirms the profil of a compte was handed over (HA-4); none while it was not.
///
/// # Errors
/// The database's error.
pub async fn confirmed(tx: &Tx, id: CompteId) -> Result<Option<DateTime<Utc>>, StoreError> {
    let found: Option<Option<DateTime<Utc>>> = compte::Entity::find_by_id(id.get())
        .select_only()
        .column(compte::Column::ConfirmeLe)
        .into_tuple()
        .one(&tx.inner)
        .await?;
    Ok(found.flatten())
}

/// Notes that this mail was handed over; the first one counts.
///
/// # Errors
/// The database's error.
pub async fn confirm(tx: &WriteTx, id: CompteId, now: DateTime<Utc>) -> Result<(), StoreError> {
    compte::Entity::update_many()
        .col_expr(compte::Column::ConfirmeLe, Expr::value(Some(now)))
        .filter(compte::Column::Id.eq(id.get()))
        .filter(compte::Column::ConfirmeLe.is_null())
        .exec(&tx.inner)
        .await?;
    Ok(())
}

/// Takes the installation's turn until the end of the transaction: before creating the first administrator.
///
/// # Errors
/// The database's error.
pub async fn lock_installation(tx: &WriteTx) -> Result<(), StoreError> {
    reglage::Entity::find().lock(LockType::Update).all(&tx.inner).await?;
    Ok(())
}

/// Services of an agent.
///
/// # Errors
/// The database's error.
pub async fn services(tx: &Tx, compte: CompteId) -> Result<Vec<ServiceId>, StoreError> {
    let rows = compte_service::Entity::find()
        .filter(compte_service::Column::CompteId.eq(compte.get()))
        .order_by(compte_service::Column::ServiceId, Order::Asc);
    Ok(rows.all(&tx.inner).await?.into_iter().map(|m| ServiceId::new(m.service_id)).collect())
}

/// To whom a mail goes; nobody when the compte is gone or closed.
///
/// # Errors
/// As for [`load`].
pub async fn destinataire(tx: &Tx, id: CompteId, now: DateTime<Utc>) -> Result<Option<Destinataire>, StoreError> {
    let vivant = |c: &Compte| matches!(c.etat, EtatCompte::Invite | EtatCompte::Actif);
    Ok(load(tx, &Portee::Soi(id), id, now).await?.filter(vivant).map(to))
}

/// The person behind a compte, whatever its state: to be told of its closing. Nobody once it is deleted.
///
/// # Errors
/// As for [`load`].
pub async fn personne(tx: &Tx, id: CompteId, now: DateTime<Utc>) -> Result<Option<Destinataire>, StoreError> {
    Ok(load(tx, &Portee::Soi(id), id, now).await?.map(to))
}

fn to(c: Compte) -> Destinataire {
    Destinataire {
        nom_affiche: c.identite.nom_affiche(),
        courriel: c.identite.courriel,
        identifiant: c.identifiant,
        profil: Some(c.profil),
    }
}

/// What is shown in the place of somebody whose compte is deleted (HA-10).
pub const SUPPRIME: &str = "Compte supprimé";

/// Display names of some comptes, for threads and lists: one query. One that is deleted is [`SUPPRIME`].
///
/// # Errors
/// As for [`load`].
pub async fn noms(tx: &Tx, ids: &[CompteId], now: DateTime<Utc>) -> Result<HashMap<CompteId, String>, StoreError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, Vec<u8>, Option<DateTime<Utc>>)> = compte::Entity::find()
        .select_only()
        .column(compte::Column::Id)
        .column(compte::Column::Scelle)
        .column(compte::Column::SupprimerLe)
        .filter(compte::Column::Id.is_in(ids.iter().map(|i| i.get())))
        .into_tuple()
        .all(&tx.inner)
        .await?;
    let key = tx.key(Scope::Comptes).await?;
    rows.into_iter()
        .map(|(id, scelle, supprimer_le)| {
            if supprimer_le.is_some_and(|le| le <= now) {
                return Ok((CompteId::new(id), SUPPRIME.to_owned()));
            }
            let identite: Identite = open(&key, "compte", id, &scelle)?;
            Ok((CompteId::new(id), identite.nom_affiche()))
        })
        .collect()
}
