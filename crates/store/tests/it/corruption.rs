//! An impossible row is an error that names it, never a default (architecture, rule 5).

use crate::brut::Brut;
use crate::monde::{Depot, ICI, Monde, NOTRE_CONVENTION, TECHNICIEN, agent, instant, nous, uuid};
use domain::demande::Sorte;
use domain::droits;
use domain::ids::{BrouillonId, MessageId};
use store::StoreError;
use store::brouillon::Saisie;
use store::demande::{Cote, Onglet, ecrire, file, load};
use uuid::Uuid;

#[track_caller]
fn corrupt<T>(outcome: Result<T, StoreError>) -> (&'static str, &'static str, Uuid) {
    match outcome {
        Err(StoreError::Corrupt { table, column, row }) => (table, column, row),
        Err(e) => panic!("{e}"),
        Ok(_) => panic!("accepted"),
    }
}

async fn read_error(m: &Monde, reference: &str) -> (&'static str, &'static str, Uuid) {
    let tx = m.store.begin_read().await.unwrap();
    corrupt(load(&tx, &droits::lire_demandes(&nous()).unwrap(), reference).await)
}

#[tokio::test]
async fn values_that_the_domain_does_not_know_are_named() {
    let m = Monde::new().await;
    let reference = m.depose(&Depot::default()).await;
    let id = m.lue(&reference).await.id.get();
    let mut db = Brut::main(&m.base).await;
    for column in ["etat", "sorte", "civilite", "issue"] {
        db.uncheck("demande", column).await;
    }
    let agent = db.id(agent(crate::monde::AGENT, ICI, &[]).compte().unwrap().get());
    let cases = [
        ("etat = 'perdue'".to_owned(), "etat"),
        ("etat = 'brouillon'".to_owned(), "etat"),
        ("etat = 'cloturee'".to_owned(), "issue"),
        ("etat = 'cloturee', issue = 'magnifique'".to_owned(), "issue"),
        ("etat = 'prise_en_charge'".to_owned(), "agent_id"),
        (format!("agent_id = {agent}"), "agent_id"),
        ("issue = 'satisfaite'".to_owned(), "issue"),
        ("sorte = 'autre'".to_owned(), "sorte"),
        ("civilite = 'docteur'".to_owned(), "civilite"),
        ("delai_jours = -1".to_owned(), "delai_jours"),
    ];
    for (change, column) in cases {
        db.run(&format!("UPDATE demande SET {change}")).await;
        assert_eq!(read_error(&m, &reference).await, ("demande", column, id), "{change}");
        let reset = "etat = 'transmise', issue = NULL, agent_id = NULL, sorte = 'document', civilite = 'madame', delai_jours = 10";
        db.run(&format!("UPDATE demande SET {reset}")).await;
    }
    assert_eq!(m.lue(&reference).await.id.get(), id, "whole again");
}

#[tokio::test]
async fn a_flipped_bit_anywhere_in_a_sealed_content_is_named() {
    let m = Monde::new().await;
    let reference = m.depose(&Depot::default()).await;
    let id = m.lue(&reference).await.id.get();
    let mut db = Brut::main(&m.base).await;
    let sealed = db.blobs("SELECT scelle FROM demande").await.remove(0);
    for place in [0, 1, 12, 24, 25, sealed.len() / 2, sealed.len() - 1] {
        let mut bad = sealed.clone();
        bad[place] ^= 1;
        db.run(&format!("UPDATE demande SET scelle = {}", db.bytes(&bad))).await;
        assert_eq!(read_error(&m, &reference).await, ("demande", "scelle", id), "byte {place}");
    }
    let tx = m.store.begin_read().await.unwrap();
    let portee = droits::lire_demandes(&nous()).unwrap();
    assert_eq!(
        corrupt(file(&tx, &portee, Onglet::APrendre, None, 10).await),
        ("demande", "scelle", id),
        "in lists too"
    );
    db.run(&format!("UPDATE demande SET scelle = {}", db.bytes(b""))).await;
    assert_eq!(read_error(&m, &reference).await, ("demande", "scelle", id), "empty");
}

#[tokio::test]
async fn a_sealed_content_moved_to_another_row_is_named() {
    let m = Monde::new().await;
    let one = m.depose(&Depot::default()).await;
    let other = m.depose(&Depot { nom: "Delmas".to_owned(), ..Depot::default() }).await;
    let mut db = Brut::main(&m.base).await;
    let sql = format!(
        "UPDATE demande SET scelle = (SELECT scelle FROM demande WHERE reference = '{one}') WHERE reference = '{other}'"
    );
    let id = m.lue(&other).await.id.get();
    db.run(&sql).await;
    assert_eq!(read_error(&m, &other).await, ("demande", "scelle", id));
    assert_eq!(m.lue(&one).await.contenu.nom, "Carpentier");
}

#[tokio::test]
async fn impossible_lines_events_and_receipts_are_named() {
    let m = Monde::new().await;
    let reference = m.depose(&Depot::default()).await;
    let lue = m.lue(&reference).await;
    let line = MessageId::new(uuid());
    let tx = m.store.begin_write().await.unwrap();
    let permis = droits::repondre(&nous()).unwrap();
    ecrire(&tx, &permis, &lue, (line, Cote::Partenaire, "Bonjour"), instant()).await.unwrap();
    tx.commit().await.unwrap();

    let mut db = Brut::main(&m.base).await;
    let sealed = db.blobs("SELECT scelle FROM demande").await.remove(0);
    db.run(&format!("UPDATE message SET scelle = {}", db.bytes(&sealed))).await;
    let tx = m.store.begin_read().await.unwrap();
    assert_eq!(corrupt(store::demande::messages(&tx, &lue).await), ("message", "scelle", line.get()));
    drop(tx);

    db.uncheck("message", "cote").await;
    db.uncheck("evenement", "cote").await;
    db.run("UPDATE message SET cote = 'tiers'").await;
    db.run("UPDATE evenement SET cote = 'tiers'").await;
    let tx = m.store.begin_read().await.unwrap();
    assert_eq!(corrupt(store::demande::messages(&tx, &lue).await), ("message", "cote", line.get()));
    let (table, column, _) = corrupt(store::demande::evenements(&tx, &lue).await);
    assert_eq!((table, column), ("evenement", "cote"));
    drop(tx);

    db.run("UPDATE evenement SET cote = 'systeme', vers = 'ailleurs'").await;
    db.run("UPDATE accuse SET document = '{}'").await;
    let tx = m.store.begin_read().await.unwrap();
    let (table, column, _) = corrupt(store::demande::evenements(&tx, &lue).await);
    assert_eq!((table, column), ("evenement", "vers"));
    assert_eq!(corrupt(store::demande::accuse(&tx, &lue).await), ("accuse", "document", lue.id.get()));
    drop(tx);
    db.run("DELETE FROM accuse").await;
    let tx = m.store.begin_read().await.unwrap();
    assert_eq!(corrupt(store::demande::accuse(&tx, &lue).await), ("accuse", "document", lue.id.get()));
}

#[tokio::test]
async fn an_impossible_draft_is_named() {
    let m = Monde::new().await;
    let id = BrouillonId::new(uuid());
    let permis = droits::garder_brouillon(&nous(), Sorte::Document).unwrap();
    let tx = m.store.begin_write().await.unwrap();
    store::brouillon::insert(&tx, &permis, id, (Sorte::Document, &Saisie::default()), instant()).await.unwrap();
    tx.commit().await.unwrap();
    let mut db = Brut::main(&m.base).await;
    db.run("UPDATE brouillon SET sorte = 'autre'").await;
    let tx = m.store.begin_read().await.unwrap();
    assert_eq!(corrupt(store::brouillon::load(&tx, TECHNICIEN, id).await), ("brouillon", "sorte", id.get()));
}

#[tokio::test]
async fn impossible_conventions_caisses_and_services_are_named() {
    let m = Monde::new().await;
    let mut db = Brut::main(&m.base).await;
    let ours = db.id(NOTRE_CONVENTION.get());
    db.run(&format!("UPDATE convention SET document = '{{\"cle\":1}}' WHERE id = {ours}")).await;
    let tx = m.store.begin_read().await.unwrap();
    let found = corrupt(store::convention::all(&tx).await);
    assert_eq!(found, ("convention", "document", NOTRE_CONVENTION.get()));
    drop(tx);
    db.uncheck("caisse", "zone").await;
    db.uncheck("service", "delai_jours").await;
    let here = db.id(ICI.get());
    db.run(&format!("UPDATE caisse SET zone = 'lune' WHERE id = {here}")).await;
    db.run("UPDATE service SET delai_jours = -1").await;
    let tx = m.store.begin_read().await.unwrap();
    assert_eq!(corrupt(store::caisse::all(&tx).await), ("caisse", "zone", ICI.get()));
    let (table, column, _) = corrupt(store::caisse::services(&tx, ICI).await);
    assert_eq!((table, column), ("service", "delai_jours"));
    drop(tx);
    db.run(&format!("UPDATE caisse SET zone = 'metropole', departements = '' WHERE id = {here}")).await;
    let tx = m.store.begin_read().await.unwrap();
    assert_eq!(corrupt(store::caisse::all(&tx).await), ("caisse", "departements", ICI.get()));
}

#[tokio::test]
async fn a_wrapped_key_that_was_changed_is_named() {
    let m = Monde::new().await;
    let reference = m.depose(&Depot::default()).await;
    let Monde { store, base } = m;
    store.close().await.unwrap();
    let mut db = Brut::main(&base).await;
    let sql = format!("UPDATE trousseau SET cle = {} WHERE portee = '{ICI}'", db.bytes(&[1; 73]));
    assert_eq!(db.run(&sql).await, 1);
    let m = Monde { store: base.store().await, base };
    assert_eq!(read_error(&m, &reference).await, ("trousseau", "cle", ICI.get()));
}
