//! The wrapped keys: one row per caisse and one for comptes, and the check value of the master key.

use crate::db::{Store, Tx, WriteTx};
use crate::entity::{reglage, trousseau};
use crate::error::StoreError;
use chrono::{DateTime, Utc};
use domain::ids::CaisseId;
use sea_orm::{ActiveModelTrait, EntityTrait, Set, TryInsertResult};
use serde::{Serialize, de::DeserializeOwned};
use std::sync::{Arc, PoisonError};
use uuid::Uuid;
use vault::{Place, Scope, ScopeKey};

const CHECK: &str = "cle_maitresse_controle";

fn name(scope: Scope) -> String {
    match scope {
        Scope::Comptes => "comptes".to_owned(),
        Scope::Caisse(id) => id.to_string(),
    }
}

/// What names the row in an error: the caisse, or nil for comptes.
const fn id(scope: Scope) -> Uuid {
    match scope {
        Scope::Comptes => Uuid::nil(),
        Scope::Caisse(id) => id,
    }
}

impl Store {
    /// Refuses a master key that is not the one the database was filled with; the first start records it.
    pub(crate) async fn check_master_key(&self) -> Result<(), StoreError> {
        let tx = self.begin_write().await?;
        if !self.accepts_master_key(&tx).await? {
            let mine = data_encoding::HEXLOWER.encode(&self.keyring().check_value());
            reglage::ActiveModel { cle: Set(CHECK.to_owned()), valeur: Set(mine) }.insert(&tx.inner).await?;
        }
        tx.commit().await
    }

    /// Refuses another master key; gives whether one is recorded at all.
    pub(crate) async fn accepts_master_key(&self, tx: &Tx) -> Result<bool, StoreError> {
        let Some(row) = reglage::Entity::find_by_id(CHECK).one(&tx.inner).await? else { return Ok(false) };
        let stored = data_encoding::HEXLOWER.decode(row.valeur.as_bytes()).unwrap_or_default();
        if self.keyring().accepts(&stored) { Ok(true) } else { Err(StoreError::WrongMasterKey) }
    }
}

impl WriteTx {
    /// Makes and stores the key of a scope unless it has one.
    ///
    /// # Errors
    /// The database's or the vault's error.
    pub async fn ensure_key(&self, scope: Scope, now: DateTime<Utc>) -> Result<(), StoreError> {
        // The ring holds keys that were committed: one look at the database a process.
        if self.keyring.key(scope).is_some()
            || trousseau::Entity::find_by_id(name(scope)).one(&self.inner).await?.is_some()
        {
            return Ok(());
        }
        let cle = self.keyring.generate(scope)?;
        let row = trousseau::ActiveModel { portee: Set(name(scope)), cle: Set(cle.clone()), cree_le: Set(now) };
        // On PostgreSQL a colleague may be making it too: the second waits for the first, then finds its key.
        let insert =
            trousseau::Entity::insert(row).on_conflict_do_nothing().exec_without_returning(&self.inner).await?;
        if matches!(insert, TryInsertResult::Inserted(1)) {
            let key = self.keyring.unwrap_key(scope, &cle)?;
            self.fresh.lock().unwrap_or_else(PoisonError::into_inner).insert(scope, key);
        }
        Ok(())
    }
}

impl Tx {
    /// The key of a scope, unlocked once per process.
    pub(crate) async fn key(&self, scope: Scope) -> Result<Arc<ScopeKey>, StoreError> {
        // The ring holds committed keys only: one made by a transaction that fails must not seal anything afterwards.
        let fresh = self.fresh.lock().unwrap_or_else(PoisonError::into_inner).get(&scope).cloned();
        if let Some(key) = fresh.or_else(|| self.keyring.key(scope)) {
            return Ok(key);
        }
        let row = trousseau::Entity::find_by_id(name(scope)).one(&self.inner).await?;
        let corrupt = |column| StoreError::Corrupt { table: "trousseau", column, row: id(scope) };
        let row = row.ok_or(corrupt("portee"))?;
        self.keyring.unlock(scope, &row.cle).map_err(|_| corrupt("cle"))?;
        self.keyring.key(scope).ok_or(StoreError::WrongMasterKey)
    }

    pub(crate) async fn caisse_key(&self, caisse: CaisseId) -> Result<Arc<ScopeKey>, StoreError> {
        self.key(Scope::Caisse(caisse.get())).await
    }
}

/// Seals a value as one blob bound to its place.
pub(crate) fn seal<T: Serialize>(
    key: &ScopeKey,
    table: &'static str,
    row: Uuid,
    value: &T,
) -> Result<Vec<u8>, StoreError> {
    let plain = serde_json::to_vec(value)?;
    Ok(key.seal(&Place { table, column: "scelle", row }, &plain)?)
}

/// Opens a blob sealed by [`seal`].
pub(crate) fn open<T: DeserializeOwned>(
    key: &ScopeKey,
    table: &'static str,
    row: Uuid,
    sealed: &[u8],
) -> Result<T, StoreError> {
    let plain = key.open(&Place { table, column: "scelle", row }, sealed).map_err(|_| StoreError::Corrupt {
        table,
        column: "scelle",
        row,
    })?;
    serde_json::from_slice(&plain).map_err(|_| StoreError::Corrupt { table, column: "scelle", row })
}
