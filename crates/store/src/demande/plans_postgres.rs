//! The history and the search by name on PostgreSQL, among forty thousand demandes, ten thousand of them of one name: the
//! rows read are counted, not only the plan looked at. Without a server (`EP_TEST_POSTGRES`) there is nothing to look at.

use super::criteres::{Criteres, Depart, Tranche};
use super::historique::history_query;
use super::listes::Curseur;
use super::plans_recherche::combinations;
use super::recherche::{Suites, rows_query, suite_query};
use crate::test_base::{id, keyring, postgres_plan as done};
use crate::{Database, Store};
use chrono::{DateTime, TimeDelta, Utc};
use domain::demande::{Etat, Sorte};
use domain::droits::Portee;
use domain::ids::{CaisseId, DemandeId, PartenaireId, ServiceId};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use vault::{Scope, ScopeKey};

const CAISSE: CaisseId = CaisseId::new(uuid::Uuid::from_u128(1));
/// Rows of a page and one more.
const PAGE: u64 = 26;

/// Demandes of four structures and two services in turn; each filter of [`combinations`] leaves some of them.
const FOULE: &str = "SET session_replication_role = replica;
INSERT INTO caisse (id, slug, nom, type_de_caisse, departements, zone, cree_le)
  VALUES (lpad('1', 32, '0')::uuid, 'ici', 'Ici', 'CPAM', '82', 'metropole', now());
INSERT INTO service (id, caisse_id, code, nom, delai_jours)
  SELECT lpad(s, 32, '0')::uuid, lpad('1', 32, '0')::uuid, s, s, 10 FROM unnest(ARRAY['2', '3']) AS s;
INSERT INTO partenaire (id, slug, nom, nom_court, cree_le)
  SELECT lpad(p, 32, '0')::uuid, p, p, p, now() FROM unnest(ARRAY['4', '5', '6', '7']) AS p;
INSERT INTO demande SELECT lpad(to_hex(4096 + n), 32, '0')::uuid, 'R' || n, lpad('1', 32, '0')::uuid,
  lpad((2 + n % 2)::text, 32, '0')::uuid, lpad((4 + n / 7 % 4)::text, 32, '0')::uuid, lpad('6', 32, '0')::uuid,
  lpad((6 + n / 11 % 9)::text, 32, '0')::uuid, CASE WHEN n % 50 = 0 THEN 'document' ELSE 'etude' END, '', 'portail', FALSE,
  '82', 'madame', repeat('x', 400)::bytea,
  CASE WHEN n % 100 = 0 THEN 'attente_partenaire' WHEN n % 5 = 0 THEN 'transmise' ELSE 'cloturee' END, NULL, now(), NULL,
  TIMESTAMPTZ '2029-01-01' + n * INTERVAL '1 minute', DATE '2029-01-22', 10, 0, 0, lpad(to_hex(n), 32, '0')::uuid, 1
  FROM generate_series(1, 40000) AS n;";

/// A database of this test's own, and its name.
async fn opened(admin: &str) -> (Store, String, PgConnection) {
    let name = format!("ep_plans_{}", std::process::id());
    let mut conn = PgConnection::connect(admin).await.unwrap();
    conn.execute(AssertSqlSafe(format!("CREATE DATABASE {name}"))).await.unwrap();
    let (rest, query) = admin.split_once('?').unwrap_or((admin, ""));
    let url = format!("{}/{name}?{query}", rest.rsplit_once('/').unwrap().0);
    let store = Store::open(&Database::Postgres { url: url.clone(), proprietaire: None }, keyring()).await.unwrap();
    (store, name, PgConnection::connect(&url).await.unwrap())
}

/// The crowd, all of them called Martin and every tenth Zoé.
async fn fill(conn: &mut PgConnection, key: &ScopeKey) {
    conn.execute(FOULE).await.unwrap();
    for (word, share) in [("martin", 1), ("zoe", 10)] {
        let jeton: String = key.blind(super::NOM, word).iter().map(|b| format!("{b:02x}")).collect();
        let sql = format!(
            "INSERT INTO demande_nom (jeton, partenaire_id, service_id, transmise_le, demande_id) SELECT \
             '\\x{jeton}'::bytea, partenaire_id, service_id, transmise_le, id FROM demande \
             WHERE substr(reference, 2)::int % {share} = 0"
        );
        conn.execute(AssertSqlSafe(sql)).await.unwrap();
    }
    conn.execute("VACUUM ANALYZE").await.unwrap();
}

/// Rows of demandes and of the blind index that were looked at, those that a condition threw away too.
fn looked_at(plan: &[String]) -> u64 {
    let number = |line: &str, before: &str| -> Option<u64> {
        let rest = line.split(before).nth(1)?;
        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    };
    let (mut sum, mut loops) = (0, 0);
    for line in plan {
        if line.contains("actual rows=") {
            let ours = line.contains(" on demande");
            loops = if ours { number(line, " loops=").unwrap() } else { 0 };
            sum += number(line, "actual rows=").unwrap() * loops;
        }
        sum += number(line, "Rows Removed by Filter: ").unwrap_or(0) * loops;
        sum += number(line, "Rows Removed by Index Recheck: ").unwrap_or(0) * loops;
    }
    sum
}

fn in_full(plan: &[String]) -> bool {
    plan.iter().any(|l| l.contains("Seq Scan on demande"))
}

/// From the first page on, and from the middle in both directions.
fn departs() -> [Depart; 3] {
    let transmise_le = "2029-01-14T21:20:00Z".parse::<DateTime<Utc>>().unwrap();
    let middle = Curseur { urgent: false, transmise_le, id: DemandeId::new(id(4096 + 20_000)) };
    [Depart::Debut, Depart::Apres(middle), Depart::Avant(middle)]
}

async fn history_is_read_from_an_index(store: &Store, ours: &Portee) {
    for depart in departs() {
        let tranche = Tranche { depart, nombre: PAGE };
        for criteres in combinations() {
            // Days in the middle of the crowd.
            let day = |le: Option<DateTime<Utc>>, n| {
                le.and("2029-01-14T00:00:00Z".parse().ok()).map(|le: DateTime<Utc>| le + TimeDelta::days(n))
            };
            let criteres = Criteres { depuis: day(criteres.depuis, 0), avant: day(criteres.avant, 2), ..criteres };
            let plan = done(store, history_query(ours, &criteres, tranche)).await;
            assert!(!in_full(&plan), "{criteres:?} {depart:?}: {plan:#?}");
        }
        let one = [
            Criteres::default(),
            Criteres { etat: Some(Etat::AttentePartenaire), ..Criteres::default() },
            Criteres { sorte: Some(Sorte::Document), ..Criteres::default() },
            Criteres { auteur: Some(domain::ids::CompteId::new(id(7))), ..Criteres::default() },
        ];
        for criteres in one {
            let plan = done(store, history_query(ours, &criteres, tranche)).await;
            assert!(looked_at(&plan) <= PAGE, "{criteres:?} {depart:?}: {plan:#?}");
        }
    }
}

async fn a_search_is_read_from_an_index(store: &Store, key: &ScopeKey, portee: &Portee, index: &str) {
    let mut suites = Suites::default();
    suites.add(key, portee, &vault::name_lookups("zoe martin"));
    for suite in &suites.suites {
        for depart in departs() {
            let tranche = Tranche { depart, nombre: PAGE };
            let plan = done(store, suite_query(suite, &Criteres::default(), tranche)).await;
            assert!(plan.iter().any(|l| l.contains("Index Only Scan") && l.contains(index)), "{plan:#?}");
            assert!(looked_at(&plan) <= PAGE, "{plan:#?}");
        }
    }
    for count in [PAGE, 400] {
        let place =
            |n: u64| Curseur { urgent: false, transmise_le: DateTime::UNIX_EPOCH, id: DemandeId::new(id(n.into())) };
        let candidates: Vec<Curseur> = (0..count).map(|n| place(4096 + 20_000 + n)).collect();
        for criteres in combinations() {
            let plan = done(store, rows_query(portee, &criteres, &suites.autres, &candidates)).await;
            // Each demande, and one probe for the second word.
            assert!(!in_full(&plan) && looked_at(&plan) <= 2 * count, "{criteres:?}: {plan:#?}");
        }
    }
}

#[tokio::test]
async fn a_page_among_forty_thousand_reads_the_rows_it_shows() {
    let Ok(admin) = std::env::var("EP_TEST_POSTGRES") else { return };
    let (store, name, mut conn) = opened(&admin).await;
    let wrapped = store.keyring().generate(Scope::Caisse(CAISSE.get())).unwrap();
    let key = store.keyring().unwrap_key(Scope::Caisse(CAISSE.get()), &wrapped).unwrap();
    fill(&mut conn, &key).await;
    let ours = Portee::Partenaire { partenaire: PartenaireId::new(id(4)), caisses: vec![CAISSE] };
    history_is_read_from_an_index(&store, &ours).await;
    let desk = Portee::Services { caisse: CAISSE, services: vec![ServiceId::new(id(2)), ServiceId::new(id(3))] };
    for (portee, index) in
        [(ours, "demande_nom_pkey"), (desk, "demande_nom_service"), (Portee::Caisse(CAISSE), "demande_nom_caisse")]
    {
        a_search_is_read_from_an_index(&store, &key, &portee, index).await;
    }
    store.close().await.unwrap();
    drop(conn);
    let mut conn = PgConnection::connect(&admin).await.unwrap();
    conn.execute(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).await.unwrap();
}
