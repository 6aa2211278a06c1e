//! The scanner against a real daemon, whose socket `EP_TEST_CLAMD` names; `scripts/test` starts one.
#![expect(clippy::expect_used, reason = "a test that panics is a test that fails")]

use adapters::antivirus::Clamd;
use app::ports::{Constat, VirusScanner};
use std::time::Duration;

fn clamd() -> Clamd {
    let socket = std::env::var_os("EP_TEST_CLAMD").expect("EP_TEST_CLAMD names the socket of a clamd");
    Clamd { socket: socket.into(), delai: Duration::from_secs(60) }
}

/// The harmless file that every scanner takes for a virus, in two halves: whole, it would be found in this repository.
fn eicar() -> Vec<u8> {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].concat().into_bytes()
}

#[tokio::test]
#[ignore = "needs clamd (Debian: clamav-daemon)"]
async fn the_daemon_answers_and_tells_a_virus_from_a_letter() {
    clamd().ping().await.unwrap();
    assert_eq!(clamd().scan(b"Bonjour, voici l'attestation.").await.unwrap(), Constat::Sain);
    assert!(matches!(clamd().scan(&eicar()).await.unwrap(), Constat::Infecte(name) if name.contains("Eicar")));
}

#[tokio::test]
#[ignore = "needs clamd (Debian: clamav-daemon)"]
async fn the_greatest_file_is_read_to_its_end() {
    let mut large = vec![b' '; 10 * 1024 * 1024];
    assert_eq!(clamd().scan(&large).await.unwrap(), Constat::Sain);
    large.splice(0..0, eicar());
    assert!(matches!(clamd().scan(&large).await.unwrap(), Constat::Infecte(_)));
}
