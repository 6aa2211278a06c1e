//! The world of tests: the five conventions active, and a persona of each profil, made through the use cases once per
//! server or process and then copied.
//!
//! A persona is named `department.role`: `82.technicien` is of the Département de Tarn-et-Garonne, `82.agent` of its
//! caisse. Departments: 82 (Tarn-et-Garonne), 83 (Var), 57 (Moselle), 92 (Hauts-de-Seine), 69 (Rhône).

use crate::base::{TestBase, template_from};
use crate::contexte::Essai;
use app::compte::{self, Accord, Choisi, Choix, Identifiants, Identite, Invitation, Ouverture, Par};
use app::{Appelant, Contexte, Requete};
use chrono::{NaiveDate, TimeDelta};
use domain::compte::Profil;
use domain::compte::engagements::Nature;
use domain::droits::{Raison, Rattachement};
use domain::ids::{CaisseId, CompteId, PartenaireId, ServiceId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Department, key of the convention, caisse, partenaire.
const LIEUX: [(&str, &str, &str, &str); 5] = [
    ("82", "000-tarn-et-garonne", "tarn-et-garonne", "departement-tarn-et-garonne"),
    ("83", "001-var", "var", "ccas-grimaud"),
    ("57", "002-moselle", "moselle", "metz-metropole"),
    ("92", "003-hauts-de-seine", "hauts-de-seine", "ccas-malakoff"),
    ("69", "004-rhone", "rhone", "ccas-pierre-benite"),
];

/// Roles beside a structure, then beside a caisse; the service of an agent.
const ROLES: [(&str, Profil, Option<&str>); 11] = [
    ("gestionnaire", Profil::Gestionnaire, None),
    ("technicien", Profil::Technicien, None),
    ("technicien2", Profil::Technicien, None),
    ("agent", Profil::Agent, Some("droits")),
    ("agent2", Profil::Agent, Some("droits")),
    ("examens", Profil::Agent, Some("centre_examens")),
    ("superviseur", Profil::Superviseur, None),
    ("referent", Profil::Referent, None),
    ("responsable", Profil::Responsable, None),
    ("dpo", Profil::Dpo, None),
    ("administrateur", Profil::AdministrateurLocal, None),
];

/// Password of every persona.
pub const MOT_DE_PASSE: &str = "quatre moulins tournent bleus";

/// A persona.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Persona {
    /// Its compte.
    pub compte: uuid::Uuid,
    /// What is typed at the sign-in.
    pub identifiant: String,
    /// Seed of the second factor, base 32.
    pub secret: String,
}

impl Persona {
    /// Its compte.
    #[must_use]
    pub fn id(&self) -> CompteId {
        CompteId::new(self.compte)
    }
}

/// Every persona by name.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Monde(pub BTreeMap<String, Persona>);

impl Monde {
    /// A persona.
    ///
    /// # Panics
    /// When nobody has this name.
    #[must_use]
    pub fn qui(&self, nom: &str) -> &Persona {
        self.0.get(nom).unwrap_or_else(|| panic!("no persona {nom}"))
    }

    /// A fresh database that already holds the world; the context is not open yet.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn base() -> (TestBase, Self) {
        template_from("ep_monde", |base| async move {
            let essai = Essai::new(base.store().await, 1);
            // Large without optimisation: off the stack of the test.
            let monde = Box::pin(fill(&essai)).await;
            let text = serde_json::to_string(&monde).expect("personas as text");
            essai.ctx.store.clone().close().await.expect("closes");
            text
        })
        .await
        .map_text(|text| serde_json::from_str(&text).expect("personas"))
    }

    /// Signs a persona in as its user would; gives the request of its session. The clock moves by half a minute, so that
    /// a code is never used twice.
    ///
    /// # Panics
    /// When the sign-in fails.
    pub async fn signin(&self, essai: &Essai, nom: &str) -> Requete {
        request(&self.open(essai, nom).await)
    }

    /// As [`Self::signin`]; gives what a browser would keep.
    ///
    /// # Panics
    /// When the sign-in fails.
    pub async fn open(&self, essai: &Essai, nom: &str) -> Ouverture {
        let persona = self.qui(nom);
        essai.clock.advance(TimeDelta::seconds(30));
        let saisi = Identifiants {
            identifiant: persona.identifiant.clone(),
            mot_de_passe: MOT_DE_PASSE.to_owned(),
            ..Identifiants::default()
        };
        let anonyme = Requete::systeme("essai");
        let ouverture = compte::sign_in(&essai.ctx, &anonyme, saisi).await.expect("password accepted");
        let code = compte::code_at(&persona.secret, essai.ctx.now()).expect("code");
        let ouverture = compte::second_factor(&essai.ctx, &request(&ouverture), &code).await.expect("code accepted");
        assert_eq!(ouverture.etape, domain::compte::Etape::Ouverte, "{nom} signs in");
        ouverture
    }
}

fn request(ouverture: &Ouverture) -> Requete {
    Requete {
        appelant: Some(Appelant::Session(compte::jeton::empreinte(&ouverture.jeton))),
        id: "essai".to_owned(),
        adresse: Some("192.0.2.1".to_owned()),
        vu: None,
    }
}

async fn fill(essai: &Essai) -> Monde {
    let ctx = &essai.ctx;
    app::caisse::install(ctx).await.expect("caisses");
    Box::pin(app::convention::import(ctx, &demo::conventions(), false)).await.expect("conventions");
    Box::pin(app::convention::import(ctx, &[demo::complements()], false)).await.expect("complements");
    let mut monde = Monde::default();
    for (departement, cle, caisse, partenaire) in LIEUX {
        let le = NaiveDate::from_ymd_opt(2028, 1, 3).expect("day");
        Box::pin(app::convention::activate(ctx, Raison::Demonstration, cle, le)).await.expect("activates");
        let (caisse, partenaire) = tenants(ctx, caisse, partenaire).await;
        for (role, profil, service) in ROLES {
            let rattachement = match profil {
                Profil::Gestionnaire | Profil::Technicien => Rattachement::Partenaire(partenaire),
                _ => Rattachement::Caisse(caisse),
            };
            let services = match service {
                Some(code) => vec![service_of(ctx, caisse, code).await],
                None => vec![],
            };
            let persona = Box::pin(open(essai, profil, rattachement, services, (departement, role))).await;
            monde.0.insert(format!("{departement}.{role}"), persona);
        }
    }
    let national =
        open(essai, Profil::AdministrateurNational, Rattachement::National, vec![], ("fr", "national")).await;
    monde.0.insert("national".to_owned(), national);
    Box::pin(app::jobs::run_due(ctx)).await.expect("jobs");
    monde
}

async fn tenants(ctx: &Contexte, caisse: &str, partenaire: &str) -> (CaisseId, PartenaireId) {
    let tx = ctx.store.begin_read().await.expect("reads");
    let caisse = store::caisse::by_slug(&tx, caisse).await.expect("reads").expect("caisse").id;
    let partenaire = store::partenaire::by_slug(&tx, partenaire).await.expect("reads").expect("partenaire").id;
    (caisse, partenaire)
}

async fn service_of(ctx: &Contexte, caisse: CaisseId, code: &str) -> ServiceId {
    let tx = ctx.store.begin_read().await.expect("reads");
    store::caisse::service(&tx, caisse, code).await.expect("reads").expect("service").id
}

/// Opens a compte as its user would, up to an open session.
pub(crate) async fn open(
    essai: &Essai,
    profil: Profil,
    rattachement: Rattachement,
    services: Vec<ServiceId>,
    (lieu, role): (&str, &str),
) -> Persona {
    let ctx = &essai.ctx;
    let domaine = match (rattachement, lieu) {
        (Rattachement::Partenaire(_), "82") => "departement-82.example",
        _ => "essai.example",
    };
    let lettres: String =
        lieu.bytes().map(|b| if b.is_ascii_digit() { char::from(b'a' + (b - b'0')) } else { char::from(b) }).collect();
    let identite = Identite {
        nom: format!("Persona {}", lettres.to_uppercase()),
        prenom: role.chars().map(|c| if c == '2' { 'b' } else { c }).collect(),
        courriel: format!("{role}.{lieu}@{domaine}"),
        telephone: Some("01 99 00 12 34".to_owned()),
        fonction: None,
    };
    let invitation = Invitation { profil, rattachement, identite, services };
    let anonyme = Requete::systeme("monde");
    let invite =
        compte::invite(ctx, &anonyme, Par::Systeme(Raison::Demonstration), &invitation).await.expect("invites");
    let choix = Choix {
        jeton: compte::lien::jeton(ctx, invite.courrier),
        mot_de_passe: MOT_DE_PASSE.to_owned(),
        confirmation: MOT_DE_PASSE.to_owned(),
    };
    let Choisi::Invitation(ouverture) = compte::choose_password(ctx, &anonyme, choix).await.expect("password") else {
        panic!("the link works")
    };
    let secret = compte::begin_enrolment(ctx, &request(&ouverture)).await.expect("enrolment").secret;
    let code = compte::code_at(&secret, ctx.now()).expect("code");
    let confirme = compte::confirm_enrolment(ctx, &request(&ouverture), &code).await.expect("code accepted");
    let accords = Nature::TOUTES.map(|nature| Accord { nature, version: nature.version().to_owned() });
    compte::accept(ctx, &request(&confirme.ouverture), &accords).await.expect("accepts");
    Persona { compte: invite.compte.get(), identifiant: invite.identifiant, secret }
}
