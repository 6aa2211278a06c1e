//! A context of use cases on a test's database, with the predictable ports at hand.

use crate::adapters::{ManualClock, MemoryMailer, PlainHasher, SeededRandom, imprimeur};
use app::context::Ids;
use app::{Contexte, Reglages};
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
}

impl Essai {
    /// On an open store, with a seed for the randomness.
    #[must_use]
    pub fn new(store: Store, seed: u64) -> Self {
        let (clock, mailer) = (Arc::new(ManualClock::default()), Arc::new(MemoryMailer::default()));
        let ctx = Contexte {
            readings: Readings::start(store.clone()),
            store,
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(seed)),
            hasher: Arc::new(PlainHasher),
            mailer: mailer.clone(),
            imprimeur: imprimeur(),
            reglages: Arc::new(Reglages {
                url_publique: "https://portail.example".to_owned(),
                nom_produit: "Espace Partenaires".to_owned(),
                complement: domain::demande::Delais::default(),
                demonstration: false,
            }),
            ids: Ids::default(),
        };
        Self { ctx, clock, mailer }
    }
}
