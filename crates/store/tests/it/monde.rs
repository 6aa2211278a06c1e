//! Two caisses, three services, two structures, their conventions and comptes: the smallest world in which every
//! scope has somebody outside it.

use crate::brut::Brut;
use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use domain::assure::{Civilite, cle_de_nom};
use domain::caisse::{Departement, TypeDeCaisse};
use domain::calendrier::Zone;
use domain::compte::Profil;
use domain::convention::{Actes, Dossier};
use domain::demande::Sorte;
use domain::droits::{self, Acces, Acteur, ActeurCompte, Importer, Permis, Raison, Rattachement};
use domain::ids::{CaisseId, CompteId, ConventionId, DemandeId, PartenaireId, ServiceId};
use std::sync::atomic::{AtomicU64, Ordering};
use store::caisse::{Caisse, Service};
use store::convention::Enregistree;
use store::demande::{Accuse, Contenu, Demande, Nouvelle};
use store::partenaire::Partenaire;
use store::{Store, StoreError};
use testkit::base::TestBase;
use uuid::Uuid;

static NEXT: AtomicU64 = AtomicU64::new(1);

/// An id of its own.
pub fn uuid() -> Uuid {
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut random = [0; 10];
    random[2..].copy_from_slice(&n.to_be_bytes());
    domain::ids::uuid_v7(1_862_000_000_000, &random)
}

/// Monday 8 January 2029, 8 h UTC.
pub fn instant() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2029, 1, 8, 8, 0, 0).unwrap()
}

pub fn apres(micros: i64) -> DateTime<Utc> {
    instant() + TimeDelta::microseconds(micros)
}

pub const ICI: CaisseId = CaisseId::new(Uuid::from_u128(0x1c1));
pub const AILLEURS: CaisseId = CaisseId::new(Uuid::from_u128(0xa11));
pub const DROITS: ServiceId = ServiceId::new(Uuid::from_u128(0x5e1));
pub const C2S: ServiceId = ServiceId::new(Uuid::from_u128(0x5e2));
pub const SERVICE_AILLEURS: ServiceId = ServiceId::new(Uuid::from_u128(0x5e3));
pub const NOUS: PartenaireId = PartenaireId::new(Uuid::from_u128(0x901));
pub const EUX: PartenaireId = PartenaireId::new(Uuid::from_u128(0x902));
pub const NOTRE_CONVENTION: ConventionId = ConventionId::new(Uuid::from_u128(0xc01));
pub const LEUR_CONVENTION: ConventionId = ConventionId::new(Uuid::from_u128(0xc02));
pub const TECHNICIEN: CompteId = CompteId::new(Uuid::from_u128(0xe01));
pub const LEUR_TECHNICIEN: CompteId = CompteId::new(Uuid::from_u128(0xe02));
pub const AGENT: CompteId = CompteId::new(Uuid::from_u128(0xe03));
pub const AGENT_AILLEURS: CompteId = CompteId::new(Uuid::from_u128(0xe04));
pub const AGENTS: u128 = 0xea0;

/// Agents of the service « droits », eight of them.
pub fn agent_numero(n: u128) -> CompteId {
    CompteId::new(Uuid::from_u128(AGENTS + n))
}

pub struct Monde {
    pub store: Store,
    // Dropped after the store: on PostgreSQL it drops the database.
    pub base: TestBase,
}

pub fn importer() -> Permis<Importer> {
    droits::systeme::permis(&Acteur::Systeme(Raison::Import)).unwrap()
}

fn acteur(compte: CompteId, profil: Profil, rattachement: Rattachement) -> ActeurCompte {
    ActeurCompte { compte, profil, rattachement, services: vec![], acces: vec![] }
}

/// A technicien of a structure whose conventions open « Demander un document » at some caisses.
pub fn technicien(compte: CompteId, partenaire: PartenaireId, caisses: &[CaisseId]) -> Acteur {
    let acces = |caisse: &CaisseId| Acces {
        convention: NOTRE_CONVENTION,
        caisse: *caisse,
        sortes: vec![Sorte::Document],
        historique: true,
    };
    let mut a = acteur(compte, Profil::Technicien, Rattachement::Partenaire(partenaire));
    a.acces = caisses.iter().map(acces).collect();
    Acteur::Compte(a)
}

/// The technicien who files in most tests.
pub fn nous() -> Acteur {
    technicien(TECHNICIEN, NOUS, &[ICI])
}

/// An agent of some services of a caisse.
pub fn agent(compte: CompteId, caisse: CaisseId, services: &[ServiceId]) -> Acteur {
    let mut a = acteur(compte, Profil::Agent, Rattachement::Caisse(caisse));
    a.services = services.to_vec();
    Acteur::Compte(a)
}

/// A superviseur of a caisse.
pub fn superviseur(caisse: CaisseId) -> Acteur {
    Acteur::Compte(acteur(AGENT, Profil::Superviseur, Rattachement::Caisse(caisse)))
}

/// A demande to file, with what tests vary.
#[derive(Clone)]
pub struct Depot {
    pub auteur: Acteur,
    pub partenaire: PartenaireId,
    pub caisse: CaisseId,
    pub service: ServiceId,
    pub nom: String,
    pub prenom: String,
    pub precisions: String,
    pub urgent: bool,
    pub transmise_le: DateTime<Utc>,
    pub cle: Uuid,
}

impl Default for Depot {
    fn default() -> Self {
        Self {
            auteur: nous(),
            partenaire: NOUS,
            caisse: ICI,
            service: DROITS,
            nom: "Carpentier".to_owned(),
            prenom: "Léa".to_owned(),
            precisions: String::new(),
            urgent: false,
            transmise_le: instant(),
            cle: uuid(),
        }
    }
}

pub fn accuse() -> Accuse {
    Accuse {
        caisse: "CPAM d’ici".to_owned(),
        service: "Droits".to_owned(),
        telephone: Some("01 99 00 12 34".to_owned()),
        courriel: None,
        adresse: None,
        delai_jours: 10,
        echeance: NaiveDate::from_ymd_opt(2029, 1, 22).unwrap(),
        voie: Some("domicile".to_owned()),
        silence: None,
    }
}

pub fn contenu(d: &Depot) -> Contenu {
    Contenu {
        nom: d.nom.clone(),
        prenom: d.prenom.clone(),
        naissance: "1961-03-14".to_owned(),
        precisions: d.precisions.clone(),
        motif_urgence: String::new(),
        autre_document: String::new(),
        information: "orale".to_owned(),
        informee_le: NaiveDate::from_ymd_opt(2029, 1, 5).unwrap(),
        accord: None,
        accord_le: None,
        qualite: None,
        objet: String::new(),
        autre_etude: String::new(),
        echeance_urgence: None,
        recours: None,
        handicap: false,
        criteres: Vec::new(),
        telephone: String::new(),
        mode: None,
        demi_journees: Vec::new(),
    }
}

impl Monde {
    pub async fn new() -> Self {
        let base = TestBase::new().await;
        let store = base.store().await;
        Self::on(store, base).await
    }

    /// The same world through a store that was opened otherwise.
    pub async fn on(store: Store, base: TestBase) -> Self {
        peuple(&store).await.unwrap();
        comptes(&base).await;
        Self { store, base }
    }

    /// Files; gives the public number.
    pub async fn depose(&self, d: &Depot) -> String {
        self.essaie_deposer(d).await.unwrap()
    }

    pub async fn essaie_deposer(&self, d: &Depot) -> Result<String, StoreError> {
        let id = uuid();
        let reference = format!("R{}", id.simple());
        let cles = (cle_de_nom(&d.nom), cle_de_nom(&d.prenom));
        let permis = droits::deposer(&d.auteur, d.caisse, Sorte::Document).unwrap();
        let nouvelle = Nouvelle {
            id: DemandeId::new(id),
            reference: &reference,
            caisse: d.caisse,
            service: d.service,
            partenaire: d.partenaire,
            convention: NOTRE_CONVENTION,
            auteur: d.auteur.compte().unwrap(),
            sorte: Sorte::Document,
            sous_types: "attestation".to_owned(),
            departement: "82",
            civilite: Civilite::Madame,
            contenu: &contenu(d),
            cles_nom: (&cles.0, &cles.1),
            urgent: d.urgent,
            transmise_le: d.transmise_le,
            echeance: NaiveDate::from_ymd_opt(2029, 1, 22).unwrap(),
            delai_jours: 10,
            cle_idempotence: d.cle,
            accuse: &accuse(),
        };
        let tx = self.store.begin_write().await?;
        store::demande::insert(&tx, &permis, &nouvelle, uuid()).await?;
        tx.commit().await?;
        Ok(reference)
    }

    /// Loads as an actor sees it.
    pub async fn vue(&self, acteur: &Acteur, reference: &str) -> Option<Demande> {
        let portee = droits::lire_demandes(acteur).unwrap();
        let tx = self.store.begin_read().await.unwrap();
        store::demande::load(&tx, &portee, reference).await.unwrap()
    }

    /// Loads as the technicien who filed.
    pub async fn lue(&self, reference: &str) -> Demande {
        self.vue(&nous(), reference).await.unwrap()
    }
}

async fn peuple(store: &Store) -> Result<(), StoreError> {
    let permis = importer();
    let tx = store.begin_write().await?;
    for (id, slug) in [(ICI, "ici"), (AILLEURS, "ailleurs")] {
        store::caisse::insert(&tx, &permis, &une_caisse(id, slug), instant()).await?;
    }
    for (id, caisse, code) in [(DROITS, ICI, "droits"), (C2S, ICI, "c2s"), (SERVICE_AILLEURS, AILLEURS, "droits")] {
        store::caisse::insert_service(&tx, &permis, &un_service(id, caisse, code)).await?;
    }
    for (id, slug) in [(NOUS, "nous"), (EUX, "eux")] {
        let p = Partenaire {
            id,
            slug: slug.to_owned(),
            nom: slug.to_owned(),
            nom_court: slug.to_owned(),
            departement: None,
        };
        store::partenaire::insert(&tx, &permis, &p, instant()).await?;
    }
    for (id, cle, partenaire) in [(NOTRE_CONVENTION, "nous-ici", NOUS), (LEUR_CONVENTION, "eux-ici", EUX)] {
        let dossier = Dossier { cle: cle.to_owned(), ..Dossier::default() };
        let e = Enregistree { id, caisse: ICI, partenaire, dossier, actes: Actes::default(), version: 1 };
        store::convention::insert(&tx, &permis, &e, instant()).await?;
    }
    tx.commit().await
}

pub fn une_caisse(id: CaisseId, slug: &str) -> Caisse {
    Caisse {
        id,
        fiche: domain::caisse::Caisse {
            slug: slug.to_owned(),
            nom: format!("CPAM {slug}"),
            type_de_caisse: TypeDeCaisse::Cpam,
            departements: vec![Departement::parse("82").unwrap()],
            zone: Zone::parse("metropole").unwrap(),
        },
        telephone: None,
        courriel: None,
        adresse: None,
        autre_canal: None,
    }
}

fn un_service(id: ServiceId, caisse: CaisseId, code: &str) -> Service {
    Service {
        id,
        caisse,
        code: code.to_owned(),
        nom: format!("Service {code}"),
        telephone: None,
        courriel: None,
        adresse: None,
        delai_jours: 10,
    }
}

/// Rows of comptes that other rows refer to; how comptes are written has tests of its own.
async fn comptes(base: &TestBase) {
    let mut db = Brut::main(base).await;
    let partner = [(TECHNICIEN, NOUS), (LEUR_TECHNICIEN, EUX)].map(|(c, p)| (c, "technicien", Some(p.get()), None));
    let mut all = partner.to_vec();
    all.extend([(AGENT, ICI), (AGENT_AILLEURS, AILLEURS)].map(|(c, k)| (c, "agent", None, Some(k.get()))));
    all.extend((0..8).map(|n| (agent_numero(n), "agent", None, Some(ICI.get()))));
    for (id, profil, partenaire, caisse) in all {
        let optional = |id: Option<Uuid>| id.map_or_else(|| "NULL".to_owned(), |i| db.id(i));
        let sql = format!(
            "INSERT INTO compte (id, identifiant, profil, partenaire_id, caisse_id, etat, scelle, courriel_index, version, \
             cree_le) VALUES ({}, 'c-{}', '{profil}', {}, {}, 'actif', {}, {}, 1, '2029-01-08T08:00:00+00:00')",
            db.id(id.get()),
            id.get().simple(),
            optional(partenaire),
            optional(caisse),
            db.bytes(b"-"),
            db.bytes(id.get().as_bytes()),
        );
        db.run(&sql).await;
    }
}
