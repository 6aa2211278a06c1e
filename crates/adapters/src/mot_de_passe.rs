//! Password hashing with argon2id, a bounded number of hashes at a time.
//! The password rules live in `domain`; the count of tries lives in `app`.

use std::sync::Arc;
use std::time::Duration;

use app::ports::{HashError, PasswordHasher, Verification};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use async_trait::async_trait;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Memory of one hash in KiB when the configuration says nothing.
pub const MEMOIRE_KIO: u32 = 47_104;
/// How many callers may wait for a core; the next one is told to come back.
pub const FILE_D_ATTENTE: usize = 64;
/// How long a caller waits for a core before it is told to come back.
pub const ATTENTE: Duration = Duration::from_secs(3);

/// Makes and compares argon2id hashes (t = 1, p = 1), at most `cores` at a time.
///
/// Callers beyond that wait in order of arrival, at most [`FILE_D_ATTENTE`] of them and each at most [`ATTENTE`].
/// Never call it while a write transaction is open.
#[derive(Debug, Clone)]
pub struct Argon2Hasher {
    argon2: Argon2<'static>,
    /// A hash nobody has the password of, compared when the compte is unknown.
    decoy: Arc<str>,
    cores: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    patience: Duration,
}

impl Argon2Hasher {
    /// A hasher that spends `memoire_kio` KiB a hash and runs `simultanes` at a time (0 counts as 1). Costs one hash.
    pub fn new(memoire_kio: u32, simultanes: usize) -> Result<Self, HashError> {
        let params = Params::new(memoire_kio, 1, 1, None).map_err(|e| HashError::Setting(e.to_string()))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let decoy = hash_now(&argon2, "nobody signs in with this")?;
        Ok(Self {
            argon2,
            decoy: decoy.into(),
            cores: Arc::new(Semaphore::new(simultanes.max(1))),
            queue: Arc::new(Semaphore::new(FILE_D_ATTENTE)),
            patience: ATTENTE,
        })
    }

    /// The permit travels into the thread: a caller that gives up does not free a core that is still hashing.
    async fn on_a_core<T, F>(&self, work: F) -> Result<T, HashError>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, HashError> + Send + 'static,
    {
        let core = self.next_core().await?;
        let done = tokio::task::spawn_blocking(move || {
            let _core = core;
            work()
        });
        done.await.map_err(|e| HashError::Failed(e.to_string()))?
    }

    /// Tokio hands freed permits to waiters in order, so a newcomer never overtakes.
    async fn next_core(&self) -> Result<OwnedSemaphorePermit, HashError> {
        if let Ok(core) = self.cores.clone().try_acquire_owned() {
            return Ok(core);
        }
        let _place = self.queue.try_acquire().map_err(|_| HashError::Busy)?;
        match tokio::time::timeout(self.patience, self.cores.clone().acquire_owned()).await {
            Ok(Ok(core)) => Ok(core),
            Ok(Err(_)) | Err(_) => Err(HashError::Busy),
        }
    }
}

#[async_trait]
impl PasswordHasher for Argon2Hasher {
    /// The PHC string to store, with a salt of its own.
    async fn hash(&self, mot_de_passe: String) -> Result<String, HashError> {
        let argon2 = self.argon2.clone();
        self.on_a_core(move || hash_now(&argon2, &mot_de_passe)).await
    }

    async fn verify(&self, mot_de_passe: String, empreinte: Option<String>) -> Result<Verification, HashError> {
        let argon2 = self.argon2.clone();
        let decoy = self.decoy.clone();
        self.on_a_core(move || match empreinte {
            Some(empreinte) => verify_now(&argon2, &mot_de_passe, &empreinte),
            None => verify_now(&argon2, &mot_de_passe, &decoy).map(|_| Verification::Wrong),
        })
        .await
    }
}

fn hash_now(argon2: &Argon2<'_>, mot_de_passe: &str) -> Result<String, HashError> {
    let hash = argon2.hash_password(mot_de_passe.as_bytes()).map_err(|e| HashError::Failed(e.to_string()))?;
    Ok(hash.to_string())
}

fn verify_now(argon2: &Argon2<'_>, mot_de_passe: &str, empreinte: &str) -> Result<Verification, HashError> {
    let stored = PasswordHash::new(empreinte).map_err(|e| HashError::Failed(format!("unreadable stored hash: {e}")))?;
    match argon2.verify_password(mot_de_passe.as_bytes(), &stored) {
        Ok(()) => Ok(Verification::Right { rehash: is_outdated(argon2, &stored) }),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(Verification::Wrong),
        Err(e) => Err(HashError::Failed(format!("unreadable stored hash: {e}"))),
    }
}

fn is_outdated(argon2: &Argon2<'_>, stored: &PasswordHash) -> bool {
    let current = argon2.params();
    let same = Params::try_from(stored)
        .is_ok_and(|p| (p.m_cost(), p.t_cost(), p.p_cost()) == (current.m_cost(), current.t_cost(), current.p_cost()));
    !same || stored.algorithm != Algorithm::Argon2id.ident() || stored.version != Some(Version::V0x13.into())
}

#[cfg(test)]
mod tests;
