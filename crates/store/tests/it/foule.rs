//! Ten thousand demandes of one name: pages without gap or double while others arrive, on both databases, and no more
//! rows opened than are shown.

use crate::brut::Brut;
use crate::monde::{
    AGENT, AILLEURS, C2S, DROITS, Depot, ICI, Monde, NOTRE_CONVENTION, NOUS, SERVICE_AILLEURS, TECHNICIEN, agent,
    apres, contenu, nous, technicien, uuid,
};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::assure::cle_de_nom;
use domain::demande::Etat;
use domain::droits::{self, Acteur, Portee};
use domain::ids::CaisseId;
use std::collections::BTreeSet;
use store::demande::{Criteres, Depart, LUES, Ligne, Tranche, historique, search_nom};
use testkit::base::keyring;
use uuid::Uuid;
use vault::{Place, Scope, ScopeKey};

/// Demandes of a crowd.
const FOULE: i64 = 10_000;

/// Rows put in at once, as an import would: sealed and blinded like any other, without a use case.
async fn crowd(m: &Monde, caisse: CaisseId, depots: &[Depot]) {
    let mut db = Brut::main(&m.base).await;
    let scope = Scope::Caisse(caisse.get());
    let wrapped = db.blobs(&format!("SELECT cle FROM trousseau WHERE portee = '{}'", caisse.get())).await.remove(0);
    let key = keyring().unwrap_key(scope, &wrapped).unwrap();
    for lot in depots.chunks(500) {
        let (mut demandes, mut noms) = (Vec::new(), Vec::new());
        for depot in lot {
            row(&db, &key, depot, &mut demandes, &mut noms);
        }
        db.run(&format!(
            "INSERT INTO demande (id, reference, caisse_id, service_id, partenaire_id, convention_id, auteur_id, sorte, \
             sous_types, canal, urgent, departement, civilite, scelle, etat, etat_depuis, transmise_le, echeance, \
             delai_jours, non_lus_partenaire, non_lus_desk, cle_idempotence, version) VALUES {}",
            demandes.join(",")
        ))
        .await;
        db.run(&format!(
            "INSERT INTO demande_nom (jeton, transmise_le, demande_id, partenaire_id, service_id) VALUES {}",
            noms.join(",")
        ))
        .await;
    }
    if !db.is_sqlite() {
        // What the server does by itself a minute later.
        db.run("ANALYZE").await;
    }
}

fn row(db: &Brut, key: &ScopeKey, d: &Depot, demandes: &mut Vec<String>, noms: &mut Vec<String>) {
    let row = uuid();
    let plain = serde_json::to_vec(&contenu(d)).unwrap();
    let scelle = key.seal(&Place { table: "demande", column: "scelle", row }, &plain).unwrap();
    let (id, le) = (db.id(row), written(d.transmise_le));
    let urgent = if db.is_sqlite() { "0" } else { "FALSE" };
    let ids = [d.caisse.get(), d.service.get(), d.partenaire.get(), NOTRE_CONVENTION.get(), TECHNICIEN.get()];
    demandes.push(format!(
        "({id}, 'R{}', {}, 'document', '', 'portail', {urgent}, '82', 'madame', {}, 'transmise', '{le}', '{le}', \
         '2029-01-22', 10, 0, 0, {}, 1)",
        row.simple(),
        ids.map(|i| db.id(i)).join(", "),
        db.bytes(&scelle),
        db.id(uuid()),
    ));
    for jeton in vault::name_tokens(&cle_de_nom(&d.nom), &cle_de_nom(&d.prenom)) {
        let jeton = db.bytes(&key.blind("demande.nom", &jeton));
        noms.push(format!("({jeton}, '{le}', {id}, {}, {})", db.id(d.partenaire.get()), db.id(d.service.get())));
    }
}

/// An instant as the store writes it on SQLite; PostgreSQL reads the same.
fn written(le: DateTime<Utc>) -> String {
    le.to_rfc3339_opts(SecondsFormat::AutoSi, false)
}

/// Many of one nom, some of them filed at the same microsecond, from two services.
fn many(caisse: CaisseId, services: &[domain::ids::ServiceId]) -> Vec<Depot> {
    (0..FOULE)
        .map(|n| Depot {
            nom: "Martinerie".to_owned(),
            prenom: if n % 100 == 0 { "Zoé".to_owned() } else { "Léa".to_owned() },
            caisse,
            service: services[usize::try_from(n).unwrap() % services.len()],
            transmise_le: apres(n / 3 * 1_000),
            ..Depot::default()
        })
        .collect()
}

/// Rows on a page.
const PAGE: usize = 100;

async fn page(m: &Monde, portee: &Portee, typed: &str, depart: Depart) -> Vec<Ligne> {
    let tx = m.store.begin_read().await.unwrap();
    let tranche = Tranche { depart, nombre: PAGE as u64 };
    search_nom(&tx, portee, typed, &Criteres::default(), tranche).await.unwrap().lignes
}

fn key(l: &Ligne) -> (DateTime<Utc>, Uuid) {
    (l.transmise_le, l.id.get())
}

#[tokio::test]
async fn ten_thousand_of_one_prefix_page_without_gap_or_double_while_others_arrive() {
    let m = Monde::new().await;
    crowd(&m, ICI, &many(ICI, &[DROITS, C2S])).await;
    let portee = droits::lire_historique(&nous()).unwrap();
    let (mut seen, mut depart): (Vec<Ligne>, _) = (Vec::new(), Depart::Debut);
    loop {
        let rows = page(&m, &portee, "MART", depart).await;
        let Some(last) = rows.last() else { break };
        assert!(
            rows.len() == PAGE || seen.len() + rows.len() == usize::try_from(FOULE).unwrap(),
            "a page is full or last"
        );
        depart = Depart::Apres(last.curseur());
        seen.extend(rows);
        if seen.len() % 1_000 == 0 {
            // Newer ones: they stand before what was read, and must not move it.
            let late = Depot { nom: "Martel".to_owned(), transmise_le: apres(FOULE * 1_000), ..Depot::default() };
            m.depose(&late).await;
        }
    }
    assert_eq!(seen.len(), usize::try_from(FOULE).unwrap());
    assert!(seen.windows(2).all(|w| key(&w[0]) > key(&w[1])), "in order, each once");
    // And back again: what arrived meanwhile stands at the beginning.
    let mut back = Vec::new();
    let mut depart = Depart::Avant(seen[5_000].curseur());
    loop {
        let rows = page(&m, &portee, "mart", depart).await;
        let Some(first) = rows.first() else { break };
        depart = Depart::Avant(first.curseur());
        back.splice(0..0, rows);
    }
    let before: Vec<_> = seen[..5_000].iter().map(key).collect();
    assert_eq!(back.iter().filter(|l| l.nom == "Martinerie").map(key).collect::<Vec<_>>(), before);
    assert_eq!(back.len(), 5_000 + usize::try_from(FOULE / 1_000).unwrap());
}

#[tokio::test]
async fn two_caisses_are_merged_in_one_order() {
    let m = Monde::new().await;
    let both = technicien(TECHNICIEN, NOUS, &[ICI, AILLEURS]);
    let mut there = many(AILLEURS, &[SERVICE_AILLEURS]);
    there.truncate(200);
    let mut here = many(ICI, &[DROITS]);
    here.truncate(330);
    crowd(&m, AILLEURS, &there).await;
    crowd(&m, ICI, &here).await;
    let found = all(&m, &both, "martin").await;
    assert_eq!(found.len(), 530);
    assert!(found.windows(2).all(|w| key(&w[0]) > key(&w[1])), "one order");
    assert_eq!(found.iter().map(|l| l.caisse.clone()).collect::<BTreeSet<_>>().len(), 2);
    assert_eq!(all(&m, &nous(), "martin").await.len(), 330, "who has one caisse searches that one");
    let tx = m.store.begin_read().await.unwrap();
    let portee = droits::lire_historique(&both).unwrap();
    let listed = historique(&tx, &portee, &Criteres::default(), Tranche { depart: Depart::Debut, nombre: 600 }).await;
    assert_eq!(listed.unwrap().iter().map(key).collect::<Vec<_>>(), found.iter().map(key).collect::<Vec<_>>());
}

async fn all(m: &Monde, acteur: &Acteur, typed: &str) -> Vec<Ligne> {
    let portee = droits::lire_historique(acteur).unwrap();
    let mut found: Vec<Ligne> = Vec::new();
    loop {
        let depart = found.last().map_or(Depart::Debut, |l| Depart::Apres(l.curseur()));
        let rows = page(m, &portee, typed, depart).await;
        if rows.is_empty() {
            return found;
        }
        found.extend(rows);
    }
}

/// The instant as the store writes it, for a count by hand.
async fn filed_since(m: &Monde, service: domain::ids::ServiceId, le: DateTime<Utc>) -> u64 {
    let mut db = Brut::main(&m.base).await;
    let (service, le) = (db.id(service.get()), written(le));
    let sql = format!("SELECT COUNT(*) FROM demande WHERE service_id = {service} AND transmise_le >= '{le}'");
    u64::try_from(db.number(&sql).await).unwrap()
}

#[tokio::test]
async fn an_agent_who_searches_a_common_name_reads_a_bounded_part_a_page_and_misses_nobody() {
    let m = Monde::new().await;
    crowd(&m, ICI, &many(ICI, &[DROITS, C2S])).await;
    let tx = m.store.begin_read().await.unwrap();
    let none = Criteres { etat: Some(Etat::Annulee), ..Criteres::default() };
    for service in [DROITS, C2S] {
        let portee = droits::lire_file(&agent(AGENT, ICI, &[service])).unwrap();
        // Nobody: the page stops after so many rows of his services, and says where to go on.
        let tranche = Tranche { depart: Depart::Debut, nombre: 26 };
        let found = search_nom(&tx, &portee, "martin", &none, tranche).await.unwrap();
        let reached = found.reste.expect("there is more to read");
        let read = filed_since(&m, service, reached.transmise_le).await;
        assert!(found.lignes.is_empty() && (LUES..=LUES + 2).contains(&read), "{read} rows of the index");
        // One in a hundred, all of them in one of the services: pages that are not full, and all of them.
        let (mut zoes, mut pages, mut depart) = (BTreeSet::new(), 0, Some(Depart::Debut));
        while let Some(from) = depart {
            let tranche = Tranche { depart: from, nombre: 40 };
            let found = search_nom(&tx, &portee, "zoe martinerie", &Criteres::default(), tranche).await.unwrap();
            assert!(found.lignes.iter().all(|l| l.prenom == "Zoé" && zoes.insert(l.id.get())), "each once");
            depart = found.reste.map(Depart::Apres);
            pages += 1;
        }
        assert_eq!(zoes.len(), if service == DROITS { 100 } else { 0 });
        // Two runs, the word and its beginning, share what is read.
        assert_eq!(pages, 6, "five thousand rows, a thousand a page");
    }
}
