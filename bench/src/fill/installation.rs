//! The use cases' context on an open database: no mail leaves, no file comes.

use crate::Outcome;
use adapters::antivirus::SansAntivirus;
use adapters::courriel::SansRelais;
use adapters::hasard::OsRandom;
use adapters::horloge::SystemClock;
use adapters::imprimeur::Imprimeur;
use adapters::inspection::Inspecteur;
use adapters::mot_de_passe::Argon2Hasher;
use adapters::objets::Objets;
use app::context::Ids;
use app::{Contexte, Fichiers, Reglages};
use std::sync::Arc;
use store::Store;
use store::journal::Readings;
use tempfile::TempDir;

/// Memory of a password hash in production, in KiB.
pub const ARGON2_KIO: u32 = 47_104;

/// What fills.
pub struct Installation {
    /// What use cases receive.
    pub ctx: Contexte,
    _objets: TempDir,
}

impl Installation {
    /// On an open database.
    ///
    /// # Errors
    /// When a port cannot be made.
    pub fn on(store: Store) -> Outcome<Self> {
        let objets = TempDir::new()?;
        let ctx = Contexte {
            readings: Readings::start(store.clone()),
            store,
            clock: Arc::new(SystemClock),
            random: Arc::new(OsRandom),
            hasher: Arc::new(Argon2Hasher::new(ARGON2_KIO, 2)?),
            mailer: Arc::new(SansRelais),
            imprimeur: Arc::new(Imprimeur::new()?),
            fichiers: Fichiers {
                objets: Arc::new(Objets::folder(objets.path())?),
                antivirus: Arc::new(SansAntivirus),
                inspecteur: Arc::new(Inspecteur::default()),
            },
            reglages: Arc::new(Reglages {
                url_publique: "http://localhost".to_owned(),
                nom_produit: "Espace Partenaires".to_owned(),
                complement: domain::demande::Delais::default(),
                demonstration: false,
            }),
            ids: Ids::default(),
        };
        Ok(Self { ctx, _objets: objets })
    }

    /// Seals the journal and closes the database.
    ///
    /// # Errors
    /// The database's error.
    pub async fn close(self) -> Outcome<()> {
        while store::journal::seal(&self.ctx.store, self.ctx.now()).await? > 0 {}
        let store = self.ctx.store.clone();
        drop(self.ctx);
        // The journal's writer ends with its last handle, and holds the lock until then.
        tokio::task::yield_now().await;
        Ok(store.close().await?)
    }
}
