//! Plans of the lists on SQLite: each follows its index, none reads every demande.

use super::empreinte::doublon_query;
use super::file::{Onglet, en_attente_query, file_query, terminees_query, unread_query};
use super::listes::{Curseur, structure_query};
use super::recents::recents_query;
use crate::test_base::{id, sorts, sqlite, sqlite_plan as plan};
use chrono::{DateTime, Utc};
use domain::demande::{Etat, Sorte};
use domain::droits::Portee;
use domain::ids::{CaisseId, CompteId, DemandeId, PartenaireId, ServiceId};

fn uses(plan: &[String], index: &str) -> bool {
    plan.iter().any(|l| l.starts_with("SEARCH demande USING INDEX ") && l.contains(&format!("INDEX {index} ")))
}

#[tokio::test]
async fn every_list_follows_its_index_and_none_scans() {
    let (_folder, store) = sqlite().await;
    let caisse = CaisseId::new(id(1));
    let service = |n| ServiceId::new(id(n));
    let one = Portee::Services { caisse, services: vec![service(2)] };
    let two = Portee::Services { caisse, services: vec![service(2), service(3)] };
    let whole = Portee::Caisse(caisse);
    let ours = Portee::Partenaire { partenaire: PartenaireId::new(id(4)), caisses: vec![caisse, CaisseId::new(id(5))] };
    let cursor = Some(Curseur {
        urgent: true,
        transmise_le: DateTime::<Utc>::from_timestamp(1_862_000_000, 0).unwrap(),
        id: DemandeId::new(id(6)),
    });
    for after in [None, cursor] {
        // In the order of the index: a page reads what it shows.
        for (portee, index) in [(&one, "demande_file"), (&whole, "demande_file_caisse")] {
            let found = plan(&store, file_query(portee, Onglet::APrendre, after, 50)).await;
            assert!(uses(&found, index) && !sorts(&found), "{portee:?}: {found:#?}");
        }
        let found = plan(&store, structure_query(&ours, false, after, 50)).await;
        assert!(uses(&found, "demande_partenaire") && !sorts(&found), "{found:#?}");
        let begins = found.iter().any(|l| l.contains("(partenaire_id=? AND transmise_le<?)"));
        assert_eq!(begins, after.is_some(), "a later page begins at its cursor: {found:#?}");
        let found = plan(&store, structure_query(&ours, true, after, 50)).await;
        assert!(uses(&found, "demande_a_lire"), "{found:#?}");
        // Several services: what waits at the caisse, in order. What is treated and an agent's own: by an index, then sorted.
        let found = plan(&store, file_query(&two, Onglet::APrendre, after, 50)).await;
        assert!(uses(&found, "demande_file_caisse") && !sorts(&found), "{found:#?}");
        for portee in [&one, &two, &whole] {
            let found = plan(&store, terminees_query(portee, Etat::Cloturee, after, 50)).await;
            assert!(uses(&found, "demande_terminee") && !sorts(&found), "{portee:?}: {found:#?}");
        }
        let found = plan(&store, file_query(&whole, Onglet::EnAttente, after, 50)).await;
        assert!(uses(&found, "demande_file_caisse") && !sorts(&found), "{found:#?}");
        let found = plan(&store, en_attente_query(&ours, 10)).await;
        assert!(uses(&found, "demande_partenaire_attente") && !sorts(&found), "{found:#?}");
        for portee in [&one, &whole] {
            let found = plan(&store, file_query(portee, Onglet::Miennes(CompteId::new(id(7))), after, 50)).await;
            assert!(found.iter().all(|l| !l.starts_with("SCAN")), "{found:#?}");
        }
    }
}

#[tokio::test]
async fn counters_of_what_is_to_be_read_look_at_unread_demandes_alone() {
    let (_folder, store) = sqlite().await;
    let caisse = CaisseId::new(id(1));
    let ours = Portee::Partenaire { partenaire: PartenaireId::new(id(4)), caisses: vec![caisse] };
    let one = Portee::Services { caisse, services: vec![ServiceId::new(id(2))] };
    let agent = Some(CompteId::new(id(7)));
    for (portee, agent, index) in [
        (&ours, None, "demande_a_lire"),
        (&one, agent, "demande_a_lire_desk"),
        (&Portee::Caisse(caisse), agent, "demande_a_lire_desk"),
    ] {
        let found = plan(&store, unread_query(portee, agent)).await;
        assert!(uses(&found, index), "{portee:?}: {found:#?}");
    }
}

#[tokio::test]
async fn an_authors_latest_demandes_come_in_the_order_of_their_index() {
    let (_folder, store) = sqlite().await;
    let ours = Portee::Partenaire { partenaire: PartenaireId::new(id(4)), caisses: vec![CaisseId::new(id(1))] };
    let found = plan(&store, recents_query(&ours, CompteId::new(id(7)), 30)).await;
    assert!(uses(&found, "demande_auteur") && !sorts(&found), "{found:#?}");
    assert!(found.iter().any(|l| l.contains("(partenaire_id=? AND auteur_id=?)")), "{found:#?}");
}

#[tokio::test]
async fn a_duplicate_is_looked_for_from_its_fingerprint() {
    let (_folder, store) = sqlite().await;
    let caisse = CaisseId::new(id(1));
    let ours = Portee::Partenaire { partenaire: PartenaireId::new(id(4)), caisses: vec![caisse] };
    let found = plan(&store, doublon_query(&ours, caisse, Sorte::Document, vec![1; 16])).await;
    let starts = found.iter().any(|l| l.starts_with("SEARCH demande_empreinte USING PRIMARY KEY (empreinte=?"));
    assert!(starts && found.iter().all(|l| !l.starts_with("SCAN demande")), "{found:#?}");
}
