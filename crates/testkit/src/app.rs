//! The whole application in process: use cases, jobs and router over a database of its own.

use crate::base::TestBase;
use crate::client::{Client, ORIGINE};
use crate::contexte::Essai;
use crate::fichiers::{MemoryObjects, ScriptedScanner};
use crate::monde::Monde;
use ::app::Contexte;
use ::app::Requete;
use ::app::compte::{Identite, Invitation, Par, invite};
use ::app::ports::Envoi;
use axum::Router;
use chrono::{DateTime, TimeDelta, Utc};
use domain::compte::{EtatCompte, Profil};
use domain::droits::{Raison, Rattachement};
use domain::ids::{CaisseId, CompteId};
use std::sync::Arc;
use store::journal::seal;
use web::config::{DEFAULT_AFFILIATION, DEFAULT_PRODUCT, Operator, WebConfig};
use web::jeton::Jetons;
use web::registry::{Registry, Route};
use web::sessions::SessionsStockees;
use web::state::WebState;

/// Request id of every answer.
pub const REQUETE: &str = "req-essai";

/// The application of one test.
pub struct TestApp {
    /// What use cases receive.
    pub ctx: Contexte,
    /// The routes with their layers.
    pub router: Router,
    /// What is declared, for the matrix.
    pub routes: Vec<Route>,
    /// The personas; nobody in an empty application.
    pub monde: Monde,
    essai: Essai,
    // Last: the database is dropped after those who use it.
    base: TestBase,
}

impl TestApp {
    /// An application with the caisses and nobody in it.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn new() -> Self {
        let base = TestBase::new().await;
        let essai = Essai::new(base.store().await, 1);
        ::app::caisse::install(&essai.ctx).await.expect("caisses");
        Self::on(base, essai, Monde::default())
    }

    /// An application with the five conventions active and every persona.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn monde() -> Self {
        let (base, monde) = Box::pin(Monde::base()).await;
        let essai = Essai::new(base.store().await, 2);
        Self::on(base, essai, monde)
    }

    fn on(base: TestBase, essai: Essai, monde: Monde) -> Self {
        let ctx = essai.ctx.clone();
        let registry = registry(&ctx, ORIGINE, None);
        let routes = registry.routes().to_vec();
        let router = registry.into_router().with_state(WebState::new(ctx.clone()));
        Self { ctx, router, routes, monde, essai, base }
    }

    /// The routes for another origin, with the band of the demonstration if there is a text for it.
    pub(crate) fn registry(&self, origine: &str, demo: Option<String>) -> Registry<WebState> {
        registry(&self.ctx, origine, demo)
    }

    /// A code of this second factor that has not been used; the clock moves by half a minute.
    ///
    /// # Panics
    /// When the seed is none.
    #[must_use]
    pub fn code(&self, secret: &str) -> String {
        self.advance(TimeDelta::seconds(30));
        ::app::compte::code_at(secret, self.ctx.now()).expect("code")
    }

    /// Opens one more persona, named `place.role`.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn enter(&mut self, nom: &str, profil: Profil, rattachement: Rattachement) {
        let (lieu, role) = nom.split_once('.').expect("place.role");
        let persona = crate::monde::open(&self.essai, profil, rattachement, Vec::new(), (lieu, role)).await;
        self.monde.0.insert(nom.to_owned(), persona);
    }

    /// Imports and activates the three fictional conventions: two structures with a second caisse, a second member of a
    /// union.
    ///
    /// # Panics
    /// When one is refused.
    pub async fn with_fictives(&self) {
        ::app::convention::import(&self.ctx, &demo::fictives(), false).await.expect("conventions");
        let le = chrono::NaiveDate::from_ymd_opt(2028, 1, 3).expect("day");
        for cle in ["010-fictive-meurthe-et-moselle", "011-fictive-isere", "012-fictive-union-69"] {
            ::app::convention::activate(&self.ctx, Raison::Demonstration, cle, le).await.expect("activates");
        }
    }

    /// A visitor who is signed in as a persona, by password and second factor.
    ///
    /// # Panics
    /// When the sign-in fails.
    pub async fn signed(&self, nom: &str) -> Client {
        let ouverture = self.monde.open(&self.essai, nom).await;
        let mut client = self.client();
        client.set_cookie(web::frame::SESSION_COOKIE, &ouverture.jeton);
        client
    }

    /// As [`Self::signed`], for a use case.
    ///
    /// # Panics
    /// When the sign-in fails.
    pub async fn requete(&self, nom: &str) -> ::app::Requete {
        self.monde.signin(&self.essai, nom).await
    }

    /// A visitor.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// A caisse by its word.
    ///
    /// # Panics
    /// When there is none.
    pub async fn caisse(&self, slug: &str) -> CaisseId {
        let tx = self.ctx.store.begin_read().await.expect("read");
        store::caisse::by_slug(&tx, slug).await.expect("caisses").expect("a caisse").id
    }

    /// Opens a compte, as the system does at the installation, and sends its mail; gives the identifiant. The link is
    /// then [`Self::last_link`].
    ///
    /// # Panics
    /// When it is refused.
    pub async fn invite(&self, profil: Profil, rattachement: Rattachement, nom: &str) -> String {
        let identite = Identite {
            nom: nom.to_owned(),
            prenom: "Camille".to_owned(),
            courriel: format!("camille.{}@organisme.example", nom.to_lowercase()),
            telephone: None,
            fonction: None,
        };
        let invitation = Invitation { profil, rattachement, identite, services: Vec::new() };
        let requete = Requete::systeme("test");
        let par = Par::Systeme(Raison::Installation);
        let invite = invite(&self.ctx, &requete, par, &invitation).await.expect("invited");
        self.run_jobs().await;
        invite.identifiant
    }

    /// A technicien of a structure who was invited and tries nothing: the one of before, unless somebody closed it.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn invited(&self, slug: &str) -> CompteId {
        let tx = self.ctx.store.begin_read().await.expect("read");
        let partenaire = store::partenaire::by_slug(&tx, slug).await.expect("reads").expect("a structure").id;
        let page = store::compte::liste::page(&tx, partenaire, (None, 500), self.ctx.now()).await.expect("reads");
        drop(tx);
        if let Some(l) = page.iter().find(|l| l.nom.ends_with("Cible") && l.etat == EtatCompte::Invite) {
            return l.id;
        }
        let identite = Identite {
            nom: "Cible".to_owned(),
            prenom: "Camille".to_owned(),
            courriel: format!("cible.{}@organisme.example", self.ctx.new_id().simple()),
            telephone: None,
            fonction: None,
        };
        let (profil, rattachement) = (Profil::Technicien, Rattachement::Partenaire(partenaire));
        let invitation = Invitation { profil, rattachement, identite, services: Vec::new() };
        let par = Par::Systeme(Raison::Installation);
        invite(&self.ctx, &Requete::systeme("test"), par, &invitation).await.expect("invited").compte
    }

    /// Moves a caisse to another zone of the country.
    ///
    /// # Panics
    /// When the database refuses it.
    pub async fn stands_in(&self, caisse: &str, zone: domain::calendrier::Zone) {
        let sql = format!("UPDATE caisse SET zone = '{}' WHERE slug = '{caisse}'", zone.as_str());
        crate::operateur::run(&self.base, &sql).await;
    }

    /// Moves the clock forward; no job runs by itself.
    pub fn advance(&self, by: TimeDelta) {
        self.essai.clock.advance(by);
    }

    /// Sets the clock.
    pub fn set_time(&self, to: DateTime<Utc>) {
        self.essai.clock.set(to);
    }

    /// Runs every job that is due and seals the journal.
    ///
    /// # Panics
    /// When a job fails or an act of the outbox is left over.
    pub async fn run_jobs(&self) {
        Box::pin(::app::jobs::run_due(&self.ctx)).await.expect("jobs run");
        while seal(&self.ctx.store, self.ctx.now()).await.expect("journal is sealed") > 0 {}
        let tx = self.ctx.store.begin_read().await.expect("read");
        let left = store::outbox::backlog(&tx).await.expect("outbox");
        assert_eq!(left, (0, 0), "acts of the outbox waiting, given up");
    }

    /// What is in the object store.
    #[must_use]
    pub fn objets(&self) -> &MemoryObjects {
        &self.essai.objets
    }

    /// The scanner.
    #[must_use]
    pub fn antivirus(&self) -> &ScriptedScanner {
        &self.essai.antivirus
    }

    /// Every mail sent so far, oldest first.
    #[must_use]
    pub fn mails(&self) -> Vec<Envoi> {
        self.essai.mailer.sent()
    }

    /// The path of the link in the last mail.
    ///
    /// # Panics
    /// When there is no mail, or no link in it.
    #[must_use]
    pub fn last_link(&self) -> String {
        let mails = self.mails();
        let corps = &mails.last().expect("a mail").corps;
        let rest = corps.split_once(ORIGINE).expect("a link").1;
        rest.split_whitespace().next().expect("a link").to_owned()
    }
}

fn registry(ctx: &Contexte, origine: &str, demo: Option<String>) -> Registry<WebState> {
    let mut config = config(ctx);
    (config.origins, config.demo) = (vec![origine.to_owned()], demo);
    let mut registry = Registry::new(Arc::new(config));
    web::routes::declare_public(&mut registry).expect("public routes");
    web::routes::declare_comptes(&mut registry).expect("routes of comptes");
    web::routes::declare_demandes(&mut registry).expect("routes of demandes");
    web::routes::declare_partenaires(&mut registry).expect("routes of structures");
    registry
}

fn config(ctx: &Contexte) -> WebConfig {
    let visits = ctx.clone();
    WebConfig {
        product: DEFAULT_PRODUCT.to_owned(),
        affiliation: DEFAULT_AFFILIATION.to_owned(),
        demo: None,
        origins: Vec::new(),
        jetons: Jetons::new([3; 32]),
        // Always the same, so that two answers can be compared byte for byte.
        request_ids: Arc::new(|| REQUETE.to_owned()),
        visits: Arc::new(move || visits.random_bytes::<16>().iter().map(|b| format!("{b:02x}")).collect()),
        sessions: Arc::new(SessionsStockees::new(ctx.clone())),
        operator: Operator::default(),
        announcements: Vec::new(),
        places: web::extract::fichiers::Places::default(),
    }
}
