//! A database from before the history: its index of names is taken over, and finds what it found.

use crate::brut::Brut;
use crate::monde::{AGENT, C2S, DROITS, Depot, ICI, Monde, agent, apres, nous, superviseur};
use domain::droits;
use store::demande::{Criteres, Depart, Tranche, search_nom};

const SQLITE: &str = include_str!("../../migrations/sqlite/0001_socle.sql");
const POSTGRES: &str = include_str!("../../migrations/postgres/0001_socle.sql");

/// Takes back migrations 6 and 7, rows and all; the later ones touch other tables and stay.
async fn back(m: &Monde) {
    let mut db = Brut::main(&m.base).await;
    let socle = if db.is_sqlite() { SQLITE } else { POSTGRES };
    let start = socle.find("CREATE TABLE demande_nom (").unwrap();
    let table = &socle[start..start + socle[start..].find(';').unwrap()];
    for sql in [
        "CREATE TABLE garde AS SELECT jeton, demande_id FROM demande_nom",
        "DROP TABLE demande_nom",
        table,
        "CREATE INDEX demande_nom_demande ON demande_nom (demande_id)",
        "INSERT INTO demande_nom (jeton, demande_id) SELECT jeton, demande_id FROM garde",
        "DROP TABLE garde",
        "DROP INDEX demande_historique_etat",
        "DROP INDEX demande_historique_sorte",
        "DELETE FROM _sqlx_migrations WHERE version IN (6, 7)",
    ] {
        db.run(sql).await;
    }
}

#[tokio::test]
async fn names_filed_before_the_history_are_found_after_it() {
    let m = Monde::new().await;
    for (n, (nom, service)) in (0..).zip([("Carpentier", DROITS), ("Carrière", C2S), ("Le Goff", DROITS)]) {
        m.depose(&Depot { nom: nom.to_owned(), service, transmise_le: apres(n), ..Depot::default() }).await;
    }
    let tokens = Brut::main(&m.base).await.number("SELECT COUNT(*) FROM demande_nom").await;
    back(&m).await;
    m.store.close().await.unwrap();
    let store = m.base.store().await;
    assert_eq!(Brut::main(&m.base).await.number("SELECT COUNT(*) FROM demande_nom").await, tokens, "each row");
    let tx = store.begin_read().await.unwrap();
    let tranche = Tranche { depart: Depart::Debut, nombre: 10 };
    for (acteur, expected) in [
        (nous(), vec!["Carrière", "Carpentier"]),
        (superviseur(ICI), vec!["Carrière", "Carpentier"]),
        (agent(AGENT, ICI, &[DROITS]), vec!["Carpentier"]),
        (agent(AGENT, ICI, &[C2S]), vec!["Carrière"]),
    ] {
        let portee = droits::lire_demandes(&acteur).unwrap();
        let found = search_nom(&tx, &portee, "car", &Criteres::default(), tranche).await.unwrap();
        assert_eq!(found.lignes.iter().map(|l| l.nom.as_str()).collect::<Vec<_>>(), expected);
    }
}
