//! What callers of the hasher may count on.

use super::*;

const CHEAP: u32 = 64;

fn hasher(memoire_kio: u32) -> Argon2Hasher {
    Argon2Hasher::new(memoire_kio, 2).unwrap()
}

#[tokio::test]
async fn the_right_password_is_recognised_and_another_is_not() {
    let h = hasher(CHEAP);
    let stored = h.hash("neuf chevaux bleus dorment".into()).await.unwrap();
    let right = h.verify("neuf chevaux bleus dorment".into(), Some(stored.clone())).await.unwrap();
    assert_eq!(right, Verification::Right { rehash: false });
    assert_eq!(h.verify("neuf chevaux bleus".into(), Some(stored)).await.unwrap(), Verification::Wrong);
}

#[tokio::test]
async fn the_stored_form_names_argon2id_and_its_cost_and_never_repeats() {
    let h = hasher(CHEAP);
    let (one, two) = (h.hash("x".into()).await.unwrap(), h.hash("x".into()).await.unwrap());
    assert!(one.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{one}");
    assert_ne!(one, two);
}

#[tokio::test]
async fn a_hash_made_with_another_cost_is_right_and_asks_to_be_made_again() {
    let old = hasher(CHEAP).hash("x".into()).await.unwrap();
    let found = hasher(CHEAP * 2).verify("x".into(), Some(old)).await.unwrap();
    assert_eq!(found, Verification::Right { rehash: true });
}

#[tokio::test]
async fn an_argon2i_hash_asks_to_be_made_again() {
    let params = Params::new(CHEAP, 1, 1, None).unwrap();
    let argon2i = Argon2::new(Algorithm::Argon2i, Version::V0x13, params);
    let old = hash_now(&argon2i, "x").unwrap();
    let found = hasher(CHEAP).verify("x".into(), Some(old)).await.unwrap();
    assert_eq!(found, Verification::Right { rehash: true });
}

#[tokio::test]
async fn nobody_signs_in_as_an_unknown_compte_not_even_with_the_decoy() {
    let h = hasher(CHEAP);
    let found = h.verify("nobody signs in with this".into(), None).await.unwrap();
    assert_eq!(found, Verification::Wrong);
}

#[tokio::test]
async fn an_unknown_compte_costs_the_hash_of_a_known_one() {
    let mut h = hasher(CHEAP);
    assert!(h.decoy.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{}", h.decoy);
    // Not timed, which would fail on a busy machine: a decoy that cannot be read shows that it is really compared.
    h.decoy = "illisible".into();
    assert!(matches!(h.verify("y".into(), None).await, Err(HashError::Failed(_))));
}

#[tokio::test]
async fn an_unreadable_stored_hash_is_an_error_and_not_a_wrong_password() {
    let found = hasher(CHEAP).verify("x".into(), Some("motdepasse".into())).await;
    assert!(matches!(found, Err(HashError::Failed(_))), "{found:?}");
}

#[test]
fn a_memory_below_eight_kibibytes_is_refused() {
    assert!(matches!(Argon2Hasher::new(4, 1), Err(HashError::Setting(_))));
}

#[tokio::test]
async fn a_caller_who_waited_too_long_is_told_to_come_back() {
    let mut h = Argon2Hasher::new(CHEAP, 1).unwrap();
    assert_eq!(h.patience, Duration::from_secs(3));
    h.patience = Duration::from_millis(50);
    let _busy = h.cores.clone().acquire_owned().await.unwrap();
    let start = std::time::Instant::now();
    assert!(matches!(h.hash("x".into()).await, Err(HashError::Busy)));
    assert!(start.elapsed() >= h.patience, "{:?}", start.elapsed());
    assert_eq!(h.queue.available_permits(), FILE_D_ATTENTE);
}

#[tokio::test]
async fn sixty_four_callers_wait_in_order_and_the_next_is_told_at_once() {
    let mut h = Argon2Hasher::new(CHEAP, 1).unwrap();
    h.patience = Duration::from_secs(60);
    let busy = h.cores.clone().acquire_owned().await.unwrap();
    let (done, mut order) = tokio::sync::mpsc::unbounded_channel();
    for rank in 0..64 {
        let (h, done) = (h.clone(), done.clone());
        tokio::spawn(async move {
            let core = h.next_core().await.unwrap();
            done.send(rank).unwrap();
            drop(core);
        });
        tokio::task::yield_now().await;
    }
    let start = std::time::Instant::now();
    assert!(matches!(h.next_core().await, Err(HashError::Busy)));
    assert!(start.elapsed() < h.patience / 2);
    drop(busy);
    for rank in 0..64 {
        assert_eq!(order.recv().await, Some(rank));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_caller_who_gives_up_does_not_free_the_core_it_used() {
    let h = Argon2Hasher::new(CHEAP, 1).unwrap();
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let (started, has_started) = tokio::sync::oneshot::channel();
    let task = tokio::spawn({
        let h = h.clone();
        async move {
            h.on_a_core(move || {
                started.send(()).unwrap();
                wait.recv().map_err(|e| HashError::Failed(e.to_string()))
            })
            .await
        }
    });
    has_started.await.unwrap();
    task.abort();
    assert!(task.await.unwrap_err().is_cancelled());
    assert_eq!(h.cores.available_permits(), 0);
    go.send(()).unwrap();
    let _core = tokio::time::timeout(Duration::from_secs(10), h.cores.acquire()).await.unwrap().unwrap();
}
