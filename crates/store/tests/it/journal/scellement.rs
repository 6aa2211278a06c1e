//! The sealer: every row once, in the end.

use super::{ecrit, lit, plus_tard};
use crate::brut::Brut;
use crate::monde::{Monde, instant, uuid};
use store::journal::{Sealer, seal, verify};

/// A row with a number of its own choosing, as a slower node's transaction ends after faster ones.
async fn late(db: &mut Brut, numero: i64) {
    let overriding = if db.is_sqlite() { "" } else { "OVERRIDING SYSTEM VALUE " };
    let sql = format!(
        "INSERT INTO journal_ecriture (numero, id, le, requete, acteur, action, objet, resultat, details) {overriding}\
         VALUES ({numero}, {}, '2029-01-08T08:00:00+00:00', 'r', 'agent', 'a', 'o', 'fait', '{{}}')",
        db.id(uuid())
    );
    db.run(&sql).await;
}

#[tokio::test]
async fn rows_of_both_kinds_are_sealed_once() {
    let m = Monde::new().await;
    ecrit(&m.store, 3).await;
    lit(&m.store, 2).await;
    let mut sealer = Sealer::default();
    assert_eq!(sealer.seal(&m.store, instant()).await.unwrap(), 5);
    assert_eq!(sealer.seal(&m.store, instant()).await.unwrap(), 0, "twice");
    assert_eq!(seal(&m.store, instant()).await.unwrap(), 0, "from the start");
    ecrit(&m.store, 1).await;
    assert_eq!(sealer.seal(&m.store, instant()).await.unwrap(), 1);
    assert_eq!(verify(&m.store, plus_tard()).await.unwrap(), Ok(6));
}

#[tokio::test]
async fn more_rows_than_one_slice_are_sealed_at_once() {
    let m = Monde::new().await;
    ecrit(&m.store, 2_345).await;
    assert_eq!(seal(&m.store, instant()).await.unwrap(), 2_345);
    assert_eq!(verify(&m.store, plus_tard()).await.unwrap(), Ok(2_345));
}

#[tokio::test]
async fn a_row_that_ends_out_of_order_is_sealed_later() {
    let m = Monde::new().await;
    let mut db = Brut::main(&m.base).await;
    late(&mut db, 10).await;
    let mut sealer = Sealer::default();
    assert_eq!(sealer.seal(&m.store, instant()).await.unwrap(), 1);
    late(&mut db, 4).await;
    assert_eq!(sealer.seal(&m.store, instant()).await.unwrap(), 1);
    assert_eq!(verify(&m.store, plus_tard()).await.unwrap(), Ok(2));
}

/// The window was closed by every full slice: a row behind it waited for the next start of the process.
#[tokio::test]
async fn a_row_that_ends_out_of_order_behind_a_full_slice_is_sealed_later() {
    let m = Monde::new().await;
    ecrit(&m.store, 1).await;
    let mut db = Brut::main(&m.base).await;
    late(&mut db, 1_000).await;
    ecrit_after(&mut db, 2_200).await;
    let mut sealer = Sealer::default();
    assert_eq!(sealer.seal(&m.store, instant()).await.unwrap(), 1_202);
    assert_eq!(sealer.seal(&m.store, instant()).await.unwrap(), 0);
    late(&mut db, 900).await;
    assert_eq!(sealer.seal(&m.store, instant()).await.unwrap(), 1);
    assert_eq!(verify(&m.store, plus_tard()).await.unwrap(), Ok(1_203));
}

async fn ecrit_after(db: &mut Brut, last: i64) {
    db.run("BEGIN").await;
    for numero in 1_001..=last {
        late(db, numero).await;
    }
    db.run("COMMIT").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_sealers_at_once_add_each_row_once() {
    let m = Monde::new().await;
    let (one, two) = (m.store.clone(), m.store.clone());
    let mut total = 0;
    for _ in 0..20 {
        ecrit(&m.store, 7).await;
        let a = tokio::spawn({
            let one = one.clone();
            async move { seal(&one, instant()).await }
        });
        let b = tokio::spawn({
            let two = two.clone();
            async move { seal(&two, instant()).await }
        });
        total += a.await.unwrap().unwrap() + b.await.unwrap().unwrap();
    }
    assert_eq!(total, 140);
    assert_eq!(verify(&m.store, plus_tard()).await.unwrap(), Ok(140));
}

#[tokio::test(flavor = "multi_thread")]
async fn verifying_while_rows_are_written_and_sealed_finds_nothing_wrong() {
    let m = Monde::new().await;
    let store = m.store.clone();
    let writer = tokio::spawn(async move {
        for _ in 0..30 {
            ecrit(&store, 3).await;
            seal(&store, instant()).await.unwrap();
        }
    });
    while !writer.is_finished() {
        let found = verify(&m.store, instant()).await.unwrap();
        assert!(found.is_ok(), "{found:?}");
    }
    writer.await.unwrap();
    assert_eq!(verify(&m.store, plus_tard()).await.unwrap(), Ok(90));
}
