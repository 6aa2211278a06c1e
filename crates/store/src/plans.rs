//! Plans on SQLite of the lists about structures, conventions and comptes, as they were looked at: each finds its rows by
//! an index; where the order is not the index's, what is sorted is one caisse's or one structure's.

use crate::test_base::{id, sqlite, sqlite_plan};
use crate::{actualite, compte, convention, demarche, echange, partenaire, registre, revue};
use chrono::{DateTime, NaiveDate, Utc};
use domain::compte::Profil;
use domain::droits::Portee;
use domain::ids::{ActualiteId, CaisseId, ConventionId, DemarcheId, EchangeId, PartenaireId, RevueId};
use std::fmt::Write;

/// Writes down what SQLite would do for one list.
macro_rules! plan {
    ($text:ident, $store:ident, $what:expr, $query:expr) => {{
        writeln!($text, "{}", $what).unwrap();
        for step in sqlite_plan(&$store, $query).await {
            assert!(!step.starts_with("SCAN"), "{}: {step}", $what);
            writeln!($text, "    {step}").unwrap();
        }
    }};
}

#[tokio::test]
async fn every_list_about_structures_finds_its_rows_by_an_index() {
    let (_folder, store) = sqlite().await;
    let (caisse, structure) = (CaisseId::new(id(1)), PartenaireId::new(id(2)));
    let desk = Portee::Caisse(caisse);
    let ours = Portee::Partenaire { partenaire: structure, caisses: vec![caisse] };
    let now = DateTime::<Utc>::from_timestamp(1_862_000_000, 0).unwrap();
    let day = NaiveDate::from_ymd_opt(2029, 1, 8).unwrap();
    let mut text = String::new();
    for (who, portee) in [("caisse", &desk), ("structure", &ours)] {
        for vue in [demarche::Vue::ATraiter, demarche::Vue::AVenir, demarche::Vue::Toutes] {
            let query = demarche::listes::list_query(portee, vue, None, 50);
            plan!(text, store, format!("démarches {vue:?}, {who}"), query);
        }
        for vue in [revue::Vue::Ouvertes, revue::Vue::Attestees] {
            let query = revue::listes::list_query((portee, revue::Sujet::Structures), vue, None, 50);
            plan!(text, store, format!("revues {vue:?}, {who}"), query);
        }
        let query = registre::list_query((portee, registre::Sujet::Structures), &registre::Filtre::default(), None, 50);
        plan!(text, store, format!("preuves, {who}"), query);
    }
    let bureau = (&desk, revue::Sujet::Bureau);
    plan!(text, store, "revues du bureau", revue::listes::list_query(bureau, revue::Vue::Ouvertes, None, 50));
    let due = Some((day, DemarcheId::new(id(3))));
    plan!(text, store, "départs à faire", demarche::listes::dues_query(day, due, 50));
    let due = Some((day, RevueId::new(id(3))));
    plan!(text, store, "revues à rappeler", revue::listes::rappels_query(day, due, 50));
    plan!(text, store, "conventions d'une caisse", convention::listes::of_caisse_query(caisse));
    let after = Some(ConventionId::new(id(3)));
    plan!(text, store, "conventions à suivre", convention::listes::a_suivre_query(now, (after, 50)));
    let after = ("CCAS".to_owned(), "001".to_owned());
    plan!(text, store, "structures d'une caisse", partenaire::of_caisse_query(caisse, "", Some(&after), 50));
    plan!(text, store, "comptes d'une structure", compte::liste::query(structure, (Some("a"), 50), now));
    plan!(text, store, "structures et leurs comptes", compte::liste::structures_query(caisse, (Some("a"), 50), now));
    let profils = [Profil::Agent, Profil::Superviseur];
    plan!(text, store, "comptes du bureau", compte::bureau::administered_query(&desk, &profils, (Some("a"), 50), now));
    plan!(text, store, "agents annoncés", compte::annonces::page_query(caisse, Some((now, id(3))), 50));
    let before = (now, ActualiteId::new(id(3)));
    plan!(text, store, "actualités", actualite::list_query(&[caisse], false, Some(&before), 50));
    let before = (now, EchangeId::new(id(3)));
    plan!(text, store, "échanges", echange::list_query(ConventionId::new(id(4)), Some(&before), 50));
    insta::assert_snapshot!(text);
}
