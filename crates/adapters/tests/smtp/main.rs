//! The SMTP mailer against a relay: a scripted one for what goes wrong, a real one (aiosmtpd) for what goes right.
//!
//! The real one is Debian's `python3-aiosmtpd`: the server crates of the registry either pull a banned TLS
//! library or have had no release for years, and a decoder that is not ours is worth more here. Its tests are
//! marked `ignore`, which `cargo test` reports by name; `scripts/test` installs the package and runs them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod relais;

use std::time::Duration;

use adapters::courriel::{Chiffrement, MailerSmtp, ReglageSmtp, SettingError};
use app::ports::{Envoi, Mailer as _, SendError};
use relais::{RelaisReel, scripted};

fn reglage(port: u16) -> ReglageSmtp {
    ReglageSmtp {
        hote: "localhost".into(),
        port,
        chiffrement: Chiffrement::Aucun,
        identifiants: None,
        expediteur: "Espace Partenaires <ne-pas-repondre@portail.example>".into(),
        domaine: "portail.example".into(),
        delai: Duration::from_secs(10),
        autorite: None,
    }
}

fn envoi(destinataire: &str) -> Envoi {
    Envoi {
        destinataire: destinataire.into(),
        sujet: "Votre demande D-2029-ABCD a bien été reçue par la caisse de Tarn-et-Garonne".into(),
        corps: format!("Bonjour,\n\n.\n..deux points\nÀ bientôt ! {}\n", "ligne sans fin ".repeat(100)),
        html: "<!DOCTYPE html>\n<p>Bonjour,</p>\n<p>À bientôt !</p>\n".into(),
        identifiant: "0190a6de-0000-7000-8000-000000000001".into(),
        date: chrono::DateTime::from_timestamp(1_862_143_500, 0).unwrap(),
    }
}

async fn send(reglage: &ReglageSmtp, destinataire: &str) -> Result<(), SendError> {
    MailerSmtp::new(reglage).unwrap().send(&envoi(destinataire)).await
}

#[tokio::test]
async fn a_refusal_of_the_mail_is_permanent_and_one_for_now_is_transient() {
    for (answer, permanent) in [("550 no", true), ("552 no", true), ("451 later", false), ("421 away", false)] {
        let port = scripted(vec![("RCPT", answer)]).await;
        let error = send(&reglage(port), "lea.martin@ccas.test").await.unwrap_err();
        assert_eq!(matches!(error, SendError::Permanent(_)), permanent, "{answer}: {error}");
    }
}

#[tokio::test]
async fn an_error_never_repeats_the_address() {
    let port = scripted(vec![("RCPT", "550 <lea.martin@ccas.test> unknown")]).await;
    let error = send(&reglage(port), "lea.martin@ccas.test").await.unwrap_err();
    assert_eq!(error.to_string(), "mail refused: the relay answered 550");
}

#[tokio::test]
async fn a_refusal_of_our_credentials_is_not_the_mail_s_fault() {
    let port = scripted(vec![("EHLO", "250-relay\r\n250 AUTH PLAIN"), ("AUTH", "535 bad credentials")]).await;
    let with = ReglageSmtp { identifiants: Some(("portail".into(), "secret".into())), ..reglage(port) };
    let error = send(&with, "lea.martin@ccas.test").await.unwrap_err();
    assert_eq!(error.to_string(), "mail not sent, try again: the relay answered 535");
}

#[tokio::test]
async fn an_absent_relay_is_transient() {
    // Port 1: no other test of this machine can take it in between.
    let error = send(&reglage(1), "lea.martin@ccas.test").await.unwrap_err();
    assert!(matches!(error, SendError::Transient(_)), "{error}");
}

#[tokio::test]
async fn a_silent_relay_costs_no_more_than_the_delay() {
    let port = scripted(vec![("RCPT", "")]).await;
    let with = ReglageSmtp { delai: Duration::from_millis(300), ..reglage(port) };
    let start = std::time::Instant::now();
    let error = send(&with, "lea.martin@ccas.test").await.unwrap_err();
    assert_eq!(error.to_string(), "mail not sent, try again: timeout");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_relay_that_does_not_offer_encryption_gets_no_mail() {
    let port = scripted(vec![]).await;
    let with = ReglageSmtp { chiffrement: Chiffrement::Starttls, ..reglage(port) };
    assert!(matches!(send(&with, "lea.martin@ccas.test").await, Err(SendError::Transient(_))));
}

#[test]
fn clear_text_is_for_a_relay_on_this_machine_only() {
    let at = |hote: &str| MailerSmtp::new(&ReglageSmtp { hote: hote.into(), ..reglage(25) }).err();
    for hote in ["localhost", "127.0.0.1", "127.8.8.8", "::1"] {
        assert_eq!(at(hote), None, "{hote}");
    }
    for hote in ["relais.example", "192.0.2.1", "localhost.example", "127.0.0.1.example"] {
        assert_eq!(at(hote), Some(SettingError::ClearText), "{hote}");
    }
}

#[test]
fn a_setting_that_cannot_work_is_named() {
    let with = |change: fn(&mut ReglageSmtp)| {
        let mut reglage = reglage(25);
        change(&mut reglage);
        MailerSmtp::new(&reglage).err()
    };
    assert_eq!(with(|r| r.expediteur = "portail".into()), Some(SettingError::Sender));
    assert_eq!(with(|r| r.domaine = "portail.example>".into()), Some(SettingError::Domain));
    let authority = with(|r| {
        r.chiffrement = Chiffrement::Tls;
        r.autorite = Some(b"-----BEGIN CERTIFICATE-----\nrien\n-----END CERTIFICATE-----\n".into());
    });
    assert!(matches!(authority, Some(SettingError::Authority(_))), "{authority:?}");
}

#[tokio::test]
#[ignore = "needs Debian's python3-aiosmtpd; scripts/test runs it"]
async fn a_mail_read_back_from_a_real_relay_is_the_one_sent() {
    let mut relais = RelaisReel::start("clear");
    send(&reglage(relais.port), "lea.martin@ccas.test").await.unwrap();
    let mail = relais.next_mail();
    let sent = envoi("lea.martin@ccas.test");
    assert_eq!(mail["hello"], "portail.example");
    assert_eq!(mail["from"], "ne-pas-repondre@portail.example");
    assert_eq!(mail["to"], serde_json::json!(["lea.martin@ccas.test"]));
    assert_eq!(mail["body"], sent.corps);
    assert_eq!(mail["html"], sent.html);
    assert_eq!(mail["encoding"], "quoted-printable");
    assert_eq!(mail["defects"], serde_json::json!([]));
    let header = |name: &str| mail["headers"][name].as_str().unwrap_or_default().to_owned();
    assert_eq!(header("Subject"), sent.sujet);
    assert_eq!(header("To"), "lea.martin@ccas.test");
    assert_eq!(header("From"), "Espace Partenaires <ne-pas-repondre@portail.example>");
    assert_eq!(header("Date"), "Wed, 03 Jan 2029 14:05:00 +0000");
    assert_eq!(header("Message-ID"), "<0190a6de-0000-7000-8000-000000000001@portail.example>");
    assert_eq!(header("Auto-Submitted"), "auto-generated");
}

#[tokio::test]
#[ignore = "needs Debian's python3-aiosmtpd; scripts/test runs it"]
async fn a_real_relay_s_refusals_are_told_apart() {
    let relais = RelaisReel::start("clear");
    let for_good = send(&reglage(relais.port), "inconnu@ccas.test").await.unwrap_err();
    assert_eq!(for_good.to_string(), "mail refused: the relay answered 550");
    let for_now = send(&reglage(relais.port), "plus-tard@ccas.test").await.unwrap_err();
    assert_eq!(for_now.to_string(), "mail not sent, try again: the relay answered 451");
}

#[tokio::test]
#[ignore = "needs Debian's python3-aiosmtpd and openssl; scripts/test runs it"]
async fn an_encrypted_relay_is_believed_with_its_own_authority_only() {
    for (mode, chiffrement) in [("starttls", Chiffrement::Starttls), ("tls", Chiffrement::Tls)] {
        let mut relais = RelaisReel::start(mode);
        let stranger = ReglageSmtp { chiffrement, ..reglage(relais.port) };
        let refused = send(&stranger, "lea.martin@ccas.test").await;
        assert!(matches!(refused, Err(SendError::Transient(_))), "{mode}: {refused:?}");
        let known = ReglageSmtp { autorite: Some(relais.authority()), ..stranger };
        send(&known, "lea.martin@ccas.test").await.unwrap();
        let mail = relais.next_mail();
        assert_eq!((&mail["encrypted"], &mail["body"]), (&true.into(), &envoi("x").corps.into()), "{mode}");
    }
}
