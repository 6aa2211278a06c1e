//! Plans of the history's filters and of the search by name on SQLite: each combination follows an
//! index in the order of the page, none scans or sorts.

use super::criteres::{Criteres, Depart, Tranche};
use super::historique::{authors_query, history_query};
use super::listes::Curseur;
use super::recherche::{Suites, rows_query, suite_query};
use crate::test_base::{id, sorts, sqlite, sqlite_plan as plan};
use chrono::{DateTime, Utc};
use domain::demande::{Etat, Sorte};
use domain::droits::Portee;
use domain::ids::{CaisseId, CompteId, DemandeId, PartenaireId, ServiceId};
use uuid::Uuid;
use vault::Scope;

const CAISSE: CaisseId = CaisseId::new(Uuid::from_u128(1));

fn cursor() -> Curseur {
    let transmise_le = DateTime::<Utc>::from_timestamp(1_862_000_000, 0).unwrap();
    Curseur { urgent: false, transmise_le, id: DemandeId::new(id(6)) }
}

fn departs() -> [Tranche; 3] {
    [Depart::Debut, Depart::Apres(cursor()), Depart::Avant(cursor())].map(|depart| Tranche { depart, nombre: 26 })
}

/// Every combination of the filters.
pub(super) fn combinations() -> Vec<Criteres> {
    let day = |n: i64| DateTime::<Utc>::from_timestamp(1_862_000_000 + n, 0);
    let bit = |n: u32, place: u32| n & (1 << place) != 0;
    (0..64)
        .map(|n| Criteres {
            etat: bit(n, 0).then_some(Etat::AttentePartenaire),
            sorte: bit(n, 1).then_some(Sorte::Document),
            auteur: bit(n, 2).then_some(CompteId::new(id(7))),
            caisse: bit(n, 3).then_some(CAISSE),
            depuis: day(0).filter(|_| bit(n, 4)),
            avant: day(90).filter(|_| bit(n, 5)),
        })
        .collect()
}

fn ours(caisses: Vec<CaisseId>) -> Portee {
    Portee::Partenaire { partenaire: PartenaireId::new(id(4)), caisses }
}

/// The step that reads demandes first; caisse and structure, being known, may come before.
fn first(plan: &[String]) -> &str {
    plan.iter().find(|l| l.starts_with("SEARCH demande")).unwrap()
}

fn direct(plan: &[String]) -> bool {
    !sorts(plan) && plan.iter().all(|l| !l.starts_with("SCAN "))
}

#[tokio::test]
async fn every_combination_of_filters_follows_an_index_in_the_order_of_the_page() {
    let (_folder, store) = sqlite().await;
    for portee in [ours(vec![CAISSE]), ours(vec![CAISSE, CaisseId::new(id(5))])] {
        for tranche in departs() {
            for criteres in combinations() {
                let found = plan(&store, history_query(&portee, &criteres, tranche)).await;
                assert!(direct(&found), "{criteres:?} {tranche:?}: {found:#?}");
                // One of these filters is the beginning of the index; what else is asked is looked at on the way.
                let index = match (criteres.auteur.is_some(), criteres.etat.is_some(), criteres.sorte.is_some()) {
                    (false, false, false) => vec!["demande_partenaire "],
                    _ => vec!["demande_auteur ", "demande_historique_"],
                };
                let starts = |i: &&str| first(&found).contains(&format!("SEARCH demande USING INDEX {i}"));
                assert!(index.iter().any(starts), "{criteres:?}: {found:#?}");
            }
        }
    }
}

#[tokio::test]
async fn the_authors_of_a_structure_are_found_by_one_probe_each() {
    let (_folder, store) = sqlite().await;
    let found = plan(&store, authors_query(&ours(vec![CAISSE]))).await;
    assert!(found.iter().all(|l| !l.starts_with("SCAN ")), "{found:#?}");
    assert!(found.iter().any(|l| l.contains("demande_auteur (partenaire_id=? AND auteur_id=?)")), "{found:#?}");
}

#[tokio::test]
async fn a_search_by_name_reads_the_blind_index_in_the_order_of_the_page_and_then_single_demandes() {
    let (_folder, store) = sqlite().await;
    let wrapped = store.keyring().generate(Scope::Caisse(CAISSE.get())).unwrap();
    let key = store.keyring().unwrap_key(Scope::Caisse(CAISSE.get()), &wrapped).unwrap();
    let services = Portee::Services { caisse: CAISSE, services: vec![ServiceId::new(id(2)), ServiceId::new(id(3))] };
    let cases = [
        (ours(vec![CAISSE, CaisseId::new(id(5))]), "PRIMARY KEY (jeton=? AND partenaire_id=?"),
        (services, "COVERING INDEX demande_nom_service (jeton=? AND service_id=?"),
        (Portee::Caisse(CAISSE), "COVERING INDEX demande_nom_caisse (jeton=?"),
    ];
    for (portee, index) in cases {
        for typed in ["car", "carpentier", "carpentier lea"] {
            let mut suites = Suites::default();
            suites.add(&key, &portee, &vault::name_lookups(typed));
            let suite = suites.suites.pop().unwrap();
            for tranche in departs() {
                for criteres in combinations() {
                    let found = plan(&store, suite_query(&suite, &criteres, tranche)).await;
                    let [only] = found.as_slice() else { panic!("{found:#?}") };
                    assert!(only.starts_with("SEARCH demande_nom ") && only.contains(index), "{criteres:?}: {only}");
                    let late = tranche.depart != Depart::Debut;
                    assert!(!late || only.contains("transmise_le"), "begins there: {only}");
                }
            }
            for criteres in combinations() {
                let found = plan(&store, rows_query(&portee, &criteres, &suites.autres, &[cursor(); 400])).await;
                assert!(direct(&found), "{portee:?} {criteres:?}: {found:#?}");
                assert!(first(&found).contains("sqlite_autoindex_demande_1 (id=?)"), "{criteres:?}: {found:#?}");
            }
        }
    }
}
