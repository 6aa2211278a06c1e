//! Search by name through the blind index (architecture, point 15).

use crate::brut::Brut;
use crate::monde::{
    AGENT, AILLEURS, C2S, DROITS, Depot, ICI, LEUR_TECHNICIEN, Monde, NOUS, SERVICE_AILLEURS, TECHNICIEN, agent, apres,
    nous, superviseur, technicien,
};
use domain::droits::{self, Acteur};
use domain::ids::CaisseId;
use std::collections::BTreeSet;
use store::demande::{Criteres, Depart, Tranche, search_nom};

async fn found(m: &Monde, acteur: &Acteur, caisse: CaisseId, typed: &str) -> Vec<String> {
    let portee = droits::lire_demandes(acteur).unwrap();
    let tx = m.store.begin_read().await.unwrap();
    let criteres = Criteres { caisse: Some(caisse), ..Criteres::default() };
    let rows = search_nom(&tx, &portee, typed, &criteres, first(50)).await.unwrap();
    rows.lignes.into_iter().map(|l| format!("{} {}", l.prenom, l.nom)).collect()
}

fn first(nombre: u64) -> Tranche {
    Tranche { depart: Depart::Debut, nombre }
}

async fn named(m: &Monde, names: &[(&str, &str)]) {
    for (n, (nom, prenom)) in (0..).zip(names) {
        let depot =
            Depot { nom: (*nom).to_owned(), prenom: (*prenom).to_owned(), transmise_le: apres(n), ..Depot::default() };
        m.depose(&depot).await;
    }
}

#[tokio::test]
async fn a_name_is_found_by_its_beginning_its_words_and_the_prenom() {
    let m = Monde::new().await;
    named(&m, &[("Carpentier", "Léa"), ("Carrière", "Hugo"), ("de la Tour-d’Auvergne", "Anne-Lise"), ("Le", "Bo")])
        .await;
    let cases: [(&str, &[&str]); 19] = [
        ("carpentier", &["Léa Carpentier"]),
        ("CARPENTIER", &["Léa Carpentier"]),
        ("car", &["Hugo Carrière", "Léa Carpentier"]),
        ("carp", &["Léa Carpentier"]),
        ("carpent", &["Léa Carpentier"]),
        ("carpentiere", &[]),
        ("carpenX", &[]),
        ("carriere", &["Hugo Carrière"]),
        ("lea", &["Léa Carpentier"]),
        ("Léa Carpentier", &["Léa Carpentier"]),
        ("carpentier lea", &["Léa Carpentier"]),
        ("carpentier hugo", &[]),
        ("le", &["Bo Le"]),
        ("tour", &["Anne-Lise de la Tour-d’Auvergne"]),
        ("auvergne anne", &["Anne-Lise de la Tour-d’Auvergne"]),
        ("lise", &["Anne-Lise de la Tour-d’Auvergne"]),
        ("lis", &[]),
        ("", &[]),
        (" - ", &[]),
    ];
    for (typed, expected) in cases {
        assert_eq!(found(&m, &nous(), ICI, typed).await, expected, "« {typed} »");
    }
}

#[tokio::test]
async fn names_that_share_their_beginning_are_told_apart_after_opening() {
    let m = Monde::new().await;
    named(&m, &[("Fontaine", "Léa"), ("Fontainier", "Hugo"), ("Fontaimont", "Zoé")]).await;
    assert_eq!(found(&m, &nous(), ICI, "fontaini").await, ["Hugo Fontainier"]);
    assert_eq!(found(&m, &nous(), ICI, "fontain").await, ["Hugo Fontainier", "Léa Fontaine"]);
}

#[tokio::test]
async fn rows_that_only_look_alike_do_not_crowd_out_the_one_searched() {
    let m = Monde::new().await;
    named(&m, &[("Fontainier", "Hugo")]).await;
    for n in 0..7 {
        m.depose(&Depot { nom: "Fontaine".to_owned(), transmise_le: apres(10 + n), ..Depot::default() }).await;
    }
    let portee = droits::lire_demandes(&nous()).unwrap();
    let tx = m.store.begin_read().await.unwrap();
    let rows = search_nom(&tx, &portee, "fontainier", &Criteres::default(), first(2)).await.unwrap();
    assert_eq!(rows.lignes.iter().map(|l| l.nom.as_str()).collect::<Vec<_>>(), ["Fontainier"]);
    assert_eq!(
        search_nom(&tx, &portee, "fontai", &Criteres::default(), first(3)).await.unwrap().lignes.len(),
        3,
        "no more than asked for"
    );
}

#[tokio::test]
async fn nobody_searches_across_caisses_structures_or_services() {
    let m = Monde::new().await;
    let two = technicien(TECHNICIEN, NOUS, &[ICI, AILLEURS]);
    m.depose(&Depot { auteur: two.clone(), ..Depot::default() }).await;
    let there = Depot {
        auteur: two.clone(),
        caisse: AILLEURS,
        service: SERVICE_AILLEURS,
        prenom: "Zoé".to_owned(),
        ..Depot::default()
    };
    m.depose(&there).await;
    assert_eq!(found(&m, &two, ICI, "carpentier").await, ["Léa Carpentier"]);
    assert_eq!(found(&m, &two, AILLEURS, "carpentier").await, ["Zoé Carpentier"]);
    assert_eq!(found(&m, &superviseur(ICI), ICI, "carpentier").await, ["Léa Carpentier"]);
    assert!(found(&m, &superviseur(ICI), AILLEURS, "carpentier").await.is_empty());
    assert!(found(&m, &nous(), AILLEURS, "carpentier").await.is_empty());
    assert!(found(&m, &agent(AGENT, ICI, &[C2S]), ICI, "carpentier").await.is_empty());
    assert_eq!(found(&m, &agent(AGENT, ICI, &[DROITS]), ICI, "carpentier").await.len(), 1);
    let other = technicien(LEUR_TECHNICIEN, crate::monde::EUX, &[ICI, AILLEURS]);
    assert!(found(&m, &other, ICI, "carpentier").await.is_empty());
}

#[tokio::test]
async fn the_same_name_leaves_other_values_in_the_index_of_another_caisse() {
    let m = Monde::new().await;
    let two = technicien(TECHNICIEN, NOUS, &[ICI, AILLEURS]);
    m.depose(&Depot { auteur: two.clone(), ..Depot::default() }).await;
    m.depose(&Depot { auteur: two, caisse: AILLEURS, service: SERVICE_AILLEURS, ..Depot::default() }).await;
    let mut db = Brut::main(&m.base).await;
    let mut sets = Vec::new();
    for caisse in [ICI, AILLEURS] {
        let id = db.id(caisse.get());
        let sql = format!("SELECT jeton FROM demande_nom JOIN demande ON id = demande_id WHERE caisse_id = {id}");
        sets.push(db.blobs(&sql).await.into_iter().collect::<BTreeSet<_>>());
    }
    assert_eq!(sets.iter().map(BTreeSet::len).collect::<Vec<_>>(), [6, 6]);
    assert!(sets[0].is_disjoint(&sets[1]));
    assert!(sets.iter().flatten().all(|jeton| jeton.len() == 16));
}
