//! The bench of these tests: installed caisses, imported and activated conventions, a clock that stands still.

use app::compte::{self, Accord, Choisi, Choix, Identifiants, Invitation, Invite, Ouverture, Par};
use app::context::Ids;
use app::context::{Appelant, Contexte, Reglages, Requete};
use app::error::{AppError, Outcome};
use chrono::{NaiveDate, TimeDelta};
use domain::compte::engagements::Nature;
use domain::compte::{Etape, Profil};
use domain::droits::{Portee, Raison, Rattachement};
use domain::ids::{CaisseId, CompteId, PartenaireId};
use std::sync::Arc;
use store::compte::{Compte, Identite};
use store::journal::Readings;
use testkit::adapters::{ManualClock, MemoryMailer, PlainHasher, SeededRandom};
use testkit::base::TestBase;

/// A password that every profil may use.
pub const MOT: &str = "girafe-violet-41-parapente";
/// Another one.
pub const AUTRE_MOT: &str = "tambour orange 17 boussole";

/// Everything a test needs.
pub struct Banc {
    pub ctx: Contexte,
    pub clock: Arc<ManualClock>,
    pub mailer: Arc<MemoryMailer>,
    pub base: TestBase,
}

/// A signed-in person.
#[derive(Clone)]
pub struct Personne {
    pub compte: CompteId,
    pub identifiant: String,
    pub secret: String,
    pub codes: Vec<String>,
    pub jeton: String,
}

pub fn requete() -> Requete {
    Requete { appelant: None, id: "essai".to_owned(), adresse: Some("192.0.2.7".to_owned()), vu: None }
}

pub fn avec(jeton: &str) -> Requete {
    Requete { appelant: Some(Appelant::Session(compte::jeton::empreinte(jeton))), ..requete() }
}

pub fn identite(prenom: &str, nom: &str, courriel: &str) -> Identite {
    let (nom, prenom, courriel) = (nom.to_owned(), prenom.to_owned(), courriel.to_owned());
    Identite { nom, prenom, courriel, telephone: None, fonction: None }
}

/// The fields of a form's errors.
pub fn champs<T>(outcome: Outcome<T>) -> Vec<String> {
    match outcome {
        Err(AppError::Saisie(erreurs)) => erreurs.into_iter().map(|e| e.champ).collect(),
        Err(autre) => panic!("{autre}"),
        Ok(_) => panic!("accepted"),
    }
}

/// An empty installation.
pub async fn banc_vide() -> Banc {
    let base = TestBase::new().await;
    let store = base.store().await;
    let clock = Arc::new(ManualClock::default());
    let mailer = Arc::new(MemoryMailer::default());
    let reglages = Reglages {
        url_publique: "https://portail.test".to_owned(),
        nom_produit: "Espace Partenaires".to_owned(),
        complement: domain::demande::Delais::default(),
        demonstration: false,
    };
    let ctx = Contexte {
        readings: Readings::start(store.clone()),
        store,
        clock: clock.clone(),
        random: Arc::new(SeededRandom::new(1)),
        hasher: Arc::new(PlainHasher),
        mailer: mailer.clone(),
        imprimeur: testkit::adapters::imprimeur(),
        fichiers: testkit::fichiers::fichiers(),
        reglages: Arc::new(reglages),
        ids: Ids::default(),
    };
    Banc { ctx, clock, mailer, base }
}

/// An installation with two live conventions: 000 (1 gestionnaire, 25 techniciens) and 001 (2 and 5).
pub async fn banc() -> Banc {
    let banc = banc_vide().await;
    app::caisse::install(&banc.ctx).await.unwrap();
    let fichiers = [
        ("000.toml", include_str!("../../../../../demo/conventions/000-tarn-et-garonne.toml")),
        ("001.toml", include_str!("../../../../../demo/conventions/001-var.toml")),
        ("complements.toml", &complements()),
    ];
    let fichiers: Vec<_> = fichiers.iter().map(|(n, c)| ((*n).to_owned(), (*c).to_owned())).collect();
    app::convention::import(&banc.ctx, &fichiers, false).await.unwrap();
    for cle in ["000-tarn-et-garonne", "001-var"] {
        let le = NaiveDate::from_ymd_opt(2028, 6, 1).unwrap();
        app::convention::activate(&banc.ctx, Raison::Demonstration, cle, le).await.unwrap();
    }
    banc
}

/// Complements of the two conventions only.
fn complements() -> String {
    let tout = include_str!("../../../../../demo/complements.toml");
    let mut garde = true;
    let lignes = tout.lines().filter(|ligne| {
        if ligne.starts_with("[complement.") {
            garde = ligne.starts_with("[complement.000") || ligne.starts_with("[complement.001");
        }
        garde
    });
    lignes.collect::<Vec<_>>().join("\n")
}

impl Banc {
    pub async fn partenaire(&self, cle: &str) -> (PartenaireId, CaisseId) {
        let tx = self.ctx.store.begin_read().await.unwrap();
        let dossier = store::convention::by_cle(&tx, cle).await.unwrap().unwrap();
        (dossier.partenaire, dossier.caisse)
    }

    pub async fn compte(&self, id: CompteId) -> Compte {
        let tx = self.ctx.store.begin_read().await.unwrap();
        store::compte::load(&tx, &Portee::Tout, id, self.ctx.now()).await.unwrap().unwrap()
    }

    pub fn avance(&self, duree: TimeDelta) {
        self.clock.advance(duree);
    }

    /// Invites a person in a structure, as the system.
    pub async fn invite(&self, cle: &str, profil: Profil, i: &Identite) -> Outcome<Invite> {
        let (partenaire, _) = self.partenaire(cle).await;
        let rattachement = Rattachement::Partenaire(partenaire);
        self.invite_dans(rattachement, profil, i).await
    }

    pub async fn invite_dans(&self, rattachement: Rattachement, profil: Profil, i: &Identite) -> Outcome<Invite> {
        let mut services = vec![];
        if let (Profil::Agent, Rattachement::Caisse(caisse)) = (profil, rattachement) {
            let tx = self.ctx.store.begin_read().await.unwrap();
            services = store::caisse::services(&tx, caisse).await.unwrap().iter().take(1).map(|s| s.id).collect();
        }
        let invitation = Invitation { profil, rattachement, identite: i.clone(), services };
        compte::invite(&self.ctx, &requete(), Par::Systeme(Raison::Demonstration), &invitation).await
    }

    /// The token in the mail of an invitation.
    pub fn jeton_du_lien(&self, invite: &Invite) -> String {
        compte::lien::jeton(&self.ctx, invite.courrier)
    }

    /// From the link to the session at the enrolment.
    pub async fn choisit(&self, jeton: &str, mot: &str) -> Outcome<Choisi> {
        let choix = Choix { jeton: jeton.to_owned(), mot_de_passe: mot.to_owned(), confirmation: mot.to_owned() };
        compte::choose_password(&self.ctx, &requete(), choix).await
    }

    /// The whole first sign-in of an invited person.
    pub async fn active(&self, invite: &Invite) -> Personne {
        let Choisi::Invitation(ouverture) = self.choisit(&self.jeton_du_lien(invite), MOT).await.unwrap() else {
            panic!("the link works")
        };
        let (secret, codes, ouverture) = self.enrole(&ouverture).await;
        assert_eq!(ouverture.etape, Etape::Engagements);
        let ouverture = self.accepte(&ouverture.jeton).await;
        assert_eq!(ouverture.etape, Etape::Ouverte);
        let (compte, identifiant) = (invite.compte, invite.identifiant.clone());
        Personne { compte, identifiant, secret, codes, jeton: ouverture.jeton }
    }

    pub async fn enrole(&self, ouverture: &Ouverture) -> (String, Vec<String>, Ouverture) {
        assert_eq!(ouverture.etape, Etape::Enrolement);
        let requete = avec(&ouverture.jeton);
        let secret = compte::begin_enrolment(&self.ctx, &requete).await.unwrap().secret;
        let confirme = compte::confirm_enrolment(&self.ctx, &requete, &self.code(&secret)).await.unwrap();
        (secret, confirme.codes, confirme.ouverture)
    }

    pub fn code(&self, secret: &str) -> String {
        compte::code_at(secret, self.ctx.now()).unwrap()
    }

    pub async fn accepte(&self, jeton: &str) -> Ouverture {
        let accords = Nature::TOUTES.map(|n| Accord { nature: n, version: n.version().to_owned() });
        compte::accept(&self.ctx, &avec(jeton), &accords).await.unwrap()
    }

    /// An active technicien of convention 001.
    pub async fn technicien(&self) -> Personne {
        let i = identite("Maëlle", "Corvalenne", "maelle.corvalenne@grimaud.example");
        let invite = self.invite("001-var", Profil::Technicien, &i).await.unwrap();
        self.active(&invite).await
    }

    /// An active gestionnaire of convention 001.
    pub async fn gestionnaire(&self) -> Personne {
        let i = identite("Armel", "Quintane", "armel.quintane@grimaud.example");
        let invite = self.invite("001-var", Profil::Gestionnaire, &i).await.unwrap();
        self.active(&invite).await
    }

    pub async fn entre(&self, identifiant: &str, mot: &str) -> Outcome<Ouverture> {
        compte::sign_in(&self.ctx, &requete(), Self::saisie(identifiant, mot)).await
    }

    pub fn saisie(identifiant: &str, mot: &str) -> Identifiants {
        let (identifiant, mot_de_passe) = (identifiant.to_owned(), mot.to_owned());
        Identifiants { identifiant, mot_de_passe, ..Identifiants::default() }
    }

    /// Password and code: an open session, half a minute later so that the code is a new one.
    pub async fn entre_en_entier(&self, p: &Personne) -> Ouverture {
        self.avance(TimeDelta::seconds(60));
        let ouverture = self.entre(&p.identifiant, MOT).await.unwrap();
        compte::second_factor(&self.ctx, &avec(&ouverture.jeton), &self.code(&p.secret)).await.unwrap()
    }

    /// Rows of the journal and of the outbox that something writes.
    pub async fn ecrit(&self, acte: impl Future<Output = ()>) -> (u64, u64) {
        let en_attente = async || store::outbox::backlog(&self.ctx.store.begin_read().await.unwrap()).await.unwrap().0;
        store::journal::seal(&self.ctx.store, self.ctx.now()).await.unwrap();
        let avant = en_attente().await;
        acte.await;
        let journal = store::journal::seal(&self.ctx.store, self.ctx.now()).await.unwrap();
        (journal, en_attente().await - avant)
    }

    /// Sends what waits in the outbox; gives the bodies sent so far.
    pub async fn courriels(&self) -> Vec<String> {
        app::jobs::work_off(&self.ctx).await.unwrap();
        self.mailer.sent().into_iter().map(|e| e.corps).collect()
    }
}
