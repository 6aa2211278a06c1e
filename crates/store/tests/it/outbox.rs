//! Deferred acts: leases, back-off, giving up, forgetting.

use crate::brut::Brut;
use crate::monde::{Monde, instant, uuid};
use chrono::{DateTime, TimeDelta, Utc};
use store::StoreError;
use store::outbox::{Acte, backlog, claim, fail, finish, forget_finished, push};
use uuid::Uuid;

async fn pushed(m: &Monde, count: usize) -> Vec<Uuid> {
    let tx = m.store.begin_write().await.unwrap();
    let mut ids = Vec::new();
    for n in 0..count {
        let id = uuid();
        push(&tx, id, "courriel", &serde_json::json!({ "n": n }), instant());
        ids.push(id);
    }
    tx.commit().await.unwrap();
    ids
}

async fn claimed(m: &Monde, now: DateTime<Utc>) -> Vec<Acte> {
    let tx = m.store.begin_write().await.unwrap();
    let acts = claim(&tx, 10, now).await.unwrap();
    tx.commit().await.unwrap();
    acts
}

async fn failed(m: &Monde, acte: &Acte, permanent: bool, now: DateTime<Utc>) -> bool {
    let tx = m.store.begin_write().await.unwrap();
    let given_up = fail(&tx, acte, "away", permanent, now).await.unwrap();
    tx.commit().await.unwrap();
    given_up
}

async fn finished(m: &Monde, acte: &Acte, now: DateTime<Utc>) -> bool {
    let tx = m.store.begin_write().await.unwrap();
    let finished = finish(&tx, acte, now).await.unwrap();
    tx.commit().await.unwrap();
    finished
}

async fn waiting(m: &Monde) -> (u64, u64) {
    backlog(&m.store.begin_read().await.unwrap()).await.unwrap()
}

fn at(seconds: i64) -> DateTime<Utc> {
    instant() + TimeDelta::seconds(seconds)
}

#[tokio::test]
async fn an_act_is_claimed_with_its_parameters_oldest_first() {
    let m = Monde::new().await;
    let ids = pushed(&m, 3).await;
    assert!(claimed(&m, at(-1)).await.is_empty(), "not before its time");
    let acts = claimed(&m, at(0)).await;
    assert_eq!(acts.iter().map(|a| a.id).collect::<Vec<_>>(), ids);
    assert_eq!((acts[1].cree_le, acts[1].bail_jusqu_a), (at(0), at(120)));
    assert_eq!((acts[1].nature.as_str(), acts[1].parametres.as_str(), acts[1].essai), ("courriel", r#"{"n":1}"#, 1));
}

#[tokio::test]
async fn an_act_is_not_claimed_while_leased_and_again_after() {
    let m = Monde::new().await;
    let id = pushed(&m, 1).await[0];
    assert_eq!(claimed(&m, at(0)).await.len(), 1);
    assert!(claimed(&m, at(1)).await.is_empty());
    assert!(claimed(&m, at(120)).await.is_empty(), "the last instant of the lease");
    let again = claimed(&m, at(121)).await;
    assert_eq!(again.iter().map(|a| (a.id, a.essai)).collect::<Vec<_>>(), [(id, 2)]);
    assert!(finished(&m, &again[0], at(122)).await);
    assert!(!finished(&m, &again[0], at(123)).await, "once");
    assert!(claimed(&m, at(100_000)).await.is_empty());
    assert_eq!(waiting(&m).await, (0, 0));
}

#[tokio::test]
async fn an_act_that_fails_waits_longer_each_time_and_is_given_up_at_the_tenth() {
    let m = Monde::new().await;
    pushed(&m, 1).await;
    let (mut now, mut waits) = (0, Vec::new());
    for essai in 1..=10 {
        let acts = claimed(&m, at(now)).await;
        assert_eq!(acts.iter().map(|a| a.essai).collect::<Vec<_>>(), [essai]);
        assert_eq!(failed(&m, &acts[0], false, at(now)).await, essai == 10);
        if essai < 10 {
            assert_eq!(waiting(&m).await, (1, 0));
            let wait = 30 << essai;
            assert!(claimed(&m, at(now + wait - 1)).await.is_empty(), "too early after {essai}");
            waits.push(wait);
            now += wait;
        }
    }
    assert!(waits.windows(2).all(|w| w[0] < w[1]));
    assert!(claimed(&m, at(now + 1_000_000)).await.is_empty());
    assert_eq!(waiting(&m).await, (0, 1));
    let mut db = Brut::main(&m.base).await;
    assert_eq!(db.texts("SELECT erreur FROM outbox").await, [["away"]]);
}

#[tokio::test]
async fn a_permanent_failure_is_given_up_at_once() {
    let m = Monde::new().await;
    pushed(&m, 2).await;
    let acts = claimed(&m, at(0)).await;
    assert!(failed(&m, &acts[0], true, at(0)).await);
    assert_eq!(waiting(&m).await, (1, 1));
}

/// A late failure used to free, or give up, what a colleague had taken or finished in between.
#[tokio::test]
async fn whoever_lost_the_lease_cannot_fail_the_act_of_a_colleague() {
    let m = Monde::new().await;
    pushed(&m, 1).await;
    let late = claimed(&m, at(0)).await.remove(0);
    let colleague = claimed(&m, at(200)).await.remove(0);
    for permanent in [true, false] {
        assert!(!failed(&m, &late, permanent, at(201)).await);
        assert_eq!(waiting(&m).await, (1, 0));
        assert!(claimed(&m, at(319)).await.is_empty(), "the colleague still has it");
    }
    assert!(finished(&m, &colleague, at(320)).await);
    assert!(!failed(&m, &colleague, true, at(321)).await);
    assert_eq!(waiting(&m).await, (0, 0));
}

/// A late success used to finish what a colleague was trying again, or had given up.
#[tokio::test]
async fn whoever_lost_the_lease_cannot_finish_the_act_of_a_colleague() {
    let m = Monde::new().await;
    pushed(&m, 1).await;
    let late = claimed(&m, at(0)).await.remove(0);
    let colleague = claimed(&m, at(200)).await.remove(0);
    assert!(!finished(&m, &late, at(201)).await);
    assert_eq!(waiting(&m).await, (1, 0));
    assert!(claimed(&m, at(319)).await.is_empty(), "the colleague still has it");
    assert!(failed(&m, &colleague, true, at(319)).await);
    assert!(!finished(&m, &colleague, at(320)).await);
    assert_eq!(waiting(&m).await, (0, 1), "given up stays given up");
}

#[tokio::test]
async fn what_is_finished_is_forgotten_in_slices_and_nothing_else_is() {
    let m = Monde::new().await;
    pushed(&m, 203).await;
    let tx = m.store.begin_write().await.unwrap();
    let acts = claim(&tx, 202, at(0)).await.unwrap();
    for acte in &acts[..201] {
        assert!(finish(&tx, acte, at(10)).await.unwrap());
    }
    tx.commit().await.unwrap();
    assert!(finished(&m, &acts[201], at(20)).await);
    let mut gone = Vec::new();
    for _ in 0..3 {
        let tx = m.store.begin_write().await.unwrap();
        gone.push(forget_finished(&tx, at(11)).await.unwrap());
        tx.commit().await.unwrap();
    }
    assert_eq!(gone, [200, 1, 0]);
    let mut db = Brut::main(&m.base).await;
    assert_eq!(db.number("SELECT COUNT(*) FROM outbox").await, 2);
}

#[tokio::test]
async fn an_act_leaves_with_the_transaction_that_fails_and_an_id_is_taken_once() {
    let m = Monde::new().await;
    let id = uuid();
    let tx = m.store.begin_write().await.unwrap();
    push(&tx, id, "courriel", &serde_json::json!({}), instant());
    drop(tx);
    assert_eq!(waiting(&m).await, (0, 0));
    let tx = m.store.begin_write().await.unwrap();
    push(&tx, id, "courriel", &serde_json::json!({}), instant());
    push(&tx, id, "x", &serde_json::json!({}), instant());
    assert!(matches!(tx.commit().await, Err(StoreError::Taken)));
    assert_eq!(waiting(&m).await, (0, 0));
}
