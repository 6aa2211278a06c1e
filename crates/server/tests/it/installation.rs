//! The demonstration's people and demandes on a test's own database, served in process over a real socket.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use adapters::mot_de_passe::Argon2Hasher;
use app::context::Ids;
use app::ports::Mailer;
use app::{Contexte, Reglages};
use demo::{CompteDemo, Taille};
use server::arret::Stop;
use server::atelier::Atelier;
use server::config::{Limites, LogFormat, LogLevel, Logs};
use server::echec::Echec;
use server::{Plan, Service, origines};
use store::journal::Readings;
use testkit::adapters::{ManualClock, SeededRandom};
use testkit::base::TestBase;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use web::config::Operator;

use crate::navigateur::Navigateur;

/// A filled installation. No worker runs: a test says when the jobs run.
pub struct Installation {
    /// What use cases receive.
    pub ctx: Contexte,
    /// The clock, at the demonstration's present.
    pub clock: Arc<ManualClock>,
    /// Everybody.
    pub accounts: Vec<CompteDemo>,
    listener: TcpListener,
}

impl Installation {
    /// Fills an empty database, every mail going to `mailer`.
    pub async fn filled(base: &TestBase, taille: Taille, mailer: Arc<dyn Mailer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (store, clock) = (base.store().await, Arc::new(ManualClock::default()));
        let ctx = Contexte {
            readings: Readings::start(store.clone()),
            store,
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(3)),
            hasher: Arc::new(Argon2Hasher::new(64, 2).unwrap()),
            mailer,
            imprimeur: testkit::adapters::imprimeur(),
            fichiers: testkit::fichiers::fichiers(),
            reglages: Arc::new(Reglages {
                url_publique: format!("http://localhost:{}", listener.local_addr().unwrap().port()),
                nom_produit: "Espace Partenaires".to_owned(),
                complement: domain::demande::Delais::default(),
                demonstration: true,
            }),
            ids: Ids::default(),
        };
        app::caisse::install(&ctx).await.unwrap();
        let fichier = demo::fill(&ctx, taille).await.unwrap();
        clock.set(demo::PRESENT);
        Self { ctx, clock, accounts: fichier.accounts, listener }
    }

    /// The first account of a profil whose organisation holds a word.
    pub fn compte(&self, profil: &str, organisation: &str) -> CompteDemo {
        let found = self.accounts.iter().find(|a| a.profile == profil && a.organisation.contains(organisation));
        found.unwrap_or_else(|| panic!("{profil} of {organisation}")).clone()
    }

    /// Serves the pages until the stop.
    pub fn serve(self) -> Servie {
        let url = self.ctx.reglages.url_publique.clone();
        let port = self.listener.local_addr().unwrap().port();
        let stop = Stop::by_hand(Duration::from_secs(5));
        let delay = Duration::from_secs(60);
        let plan = Plan {
            pages: vec![self.listener],
            gestion: None,
            origines: origines(&url),
            operator: Operator { contact: Some("aide@installation.example".to_owned()), ..Operator::default() },
            mandataires: Vec::new(),
            limites: Limites { entetes: delay, corps: delay, connexions: 64, fichiers: 8 },
            travaux: false,
            demo: None,
        };
        let service = Service::new(Atelier { ctx: self.ctx.clone() });
        let served = tokio::spawn(service.run(plan, stop.clone()));
        Servie { ctx: self.ctx, clock: self.clock, port, stop, served }
    }
}

/// An installation that is being served.
pub struct Servie {
    /// What use cases receive.
    pub ctx: Contexte,
    /// The clock.
    pub clock: Arc<ManualClock>,
    /// Where, on loopback.
    pub port: u16,
    stop: Stop,
    served: JoinHandle<Result<(), Echec>>,
}

impl Servie {
    /// Somebody who has signed in. The clock moves by half a minute, so that a code is never used twice.
    pub async fn signed(&self, compte: &CompteDemo) -> Navigateur {
        self.clock.advance(chrono::TimeDelta::seconds(30));
        let mut client = Navigateur::new(self.port);
        client.signs_in(compte, app::ports::Clock::now(&*self.clock)).await;
        client
    }

    /// Stops as a signal would.
    pub async fn stop(self) {
        self.stop.ask();
        self.served.await.unwrap().unwrap_or_else(|e| panic!("{}", e.message()));
    }
}

/// Log lines, kept in memory.
#[derive(Clone, Default)]
pub struct Lignes(Arc<Mutex<Vec<u8>>>);

impl Lignes {
    /// A subscriber as the program's own, at its most talkative, that writes here.
    pub fn subscriber(&self) -> impl tracing::Subscriber + Send + Sync + use<> {
        let lines = self.clone();
        let logs = Logs { format: LogFormat::Json, niveau: LogLevel::Debug };
        server::journaux::subscriber(logs, false, move || lines.clone())
    }

    /// What was written so far.
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()).unwrap()
    }
}

impl io::Write for Lignes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
