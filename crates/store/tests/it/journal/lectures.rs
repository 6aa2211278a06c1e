//! Readings: durable when the answer goes, refused when they cannot be.

use super::entree;
use crate::brut::Brut;
use crate::monde::Monde;
use store::journal::Readings;

#[tokio::test(flavor = "multi_thread")]
async fn thirty_two_readings_at_once_are_all_there_when_answered() {
    let m = Monde::new().await;
    let readings = Readings::start(m.store.clone());
    let waiting: Vec<_> = (0..32)
        .map(|n| {
            let (readings, base) = (readings.clone(), entree(&n.to_string()));
            tokio::spawn(async move { readings.record(base).await })
        })
        .collect();
    for one in waiting {
        one.await.unwrap().unwrap();
    }
    let mut db = Brut::journal(&m.base).await;
    assert_eq!(db.number("SELECT COUNT(DISTINCT objet_id) FROM journal_lecture").await, 32);
}

#[tokio::test]
async fn a_reading_is_there_as_soon_as_it_is_answered() {
    let m = Monde::new().await;
    let readings = Readings::start(m.store.clone());
    let mut db = Brut::journal(&m.base).await;
    for n in 1..=5 {
        readings.record(entree("x")).await.unwrap();
        assert_eq!(db.number("SELECT COUNT(*) FROM journal_lecture").await, n);
    }
}

#[tokio::test]
async fn a_journal_that_cannot_be_written_says_so() {
    let m = Monde::new().await;
    let readings = Readings::start(m.store.clone());
    readings.record(entree("x")).await.unwrap();
    m.store.clone().close().await.unwrap();
    assert!(readings.record(entree("y")).await.is_err());
}

#[tokio::test]
async fn a_row_that_is_refused_says_so_and_the_writer_goes_on() {
    let m = Monde::new().await;
    let readings = Readings::start(m.store.clone());
    let row = entree("x");
    readings.record(row.clone()).await.unwrap();
    assert!(readings.record(row).await.is_err(), "the same id twice");
    readings.record(entree("y")).await.unwrap();
}

#[tokio::test]
async fn a_row_of_a_write_leaves_with_the_transaction_that_fails() {
    let m = Monde::new().await;
    let tx = m.store.begin_write().await.unwrap();
    store::journal::write(&tx, entree("x"));
    drop(tx);
    drop(m.store.begin_write().await.unwrap());
    let mut db = Brut::main(&m.base).await;
    assert_eq!(db.number("SELECT COUNT(*) FROM journal_ecriture").await, 0);
}
