//! A context of use cases on a test's database, with the predictable ports at hand.

use crate::adapters::{ManualClock, MemoryMailer, PlainHasher, SeededRandom, imprimeur};
use crate::fichiers::{MemoryObjects, ScriptedScanner};
use ::adapters::inspection::Inspecteur;
use app::context::Ids;
use app::{Contexte, Fichiers, Reglages};
use std::sync::Arc;
use store::Store;
use store::journal::Readings;

/// A context with its clock and its mailbox.
#[derive(Clone)]
pub struct Essai {
    /// What use cases receive.
    pub ctx: Contexte,
    /// The clock, to be moved.
    pub clock: Arc<ManualClock>,
    /// The mailbox.
    pub mailer: Arc<MemoryMailer>,
    /// The object store.
    pub objets: Arc<MemoryObjects>,
    /// The scanner.
    pub antivirus: Arc<ScriptedScanner>,
}

impl Essai {
    /// On an open store, with a seed for the randomness.
    #[must_use]
    pub fn new(store: Store, seed: u64) -> Self {
        let (clock, mailer) = (Arc::new(ManualClock::default()), Arc::new(MemoryMailer::default()));
        let (objets, antivirus) = (Arc::new(MemoryObjects::default()), Arc::new(ScriptedScanner::default()));
        let ctx = Contexte {
            readings: Readings::start(store.clone()),
            store,
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(seed)),
            hasher: Arc::new(PlainHasher),
            mailer: mailer.clone(),
            imprimeur: imprimeur(),
            fichiers: Fichiers {
                objets: objets.clone(),
                antivirus: antivirus.clone(),
                inspecteur: Arc::new(Inspecteur::default()),
            },
            reglages: Arc::new(Reglages {
                url_publique: "https://portail.example".to_owned(),
                nom_produit: "Espace Partenaires".to_owned(),
                complement: domain::demande::Delais::default(),
                demonstration: false,
            }),
            ids: Ids::default(),
        };
        Self { ctx, clock, mailer, objets, antivirus }
    }
}
