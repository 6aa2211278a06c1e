//! An [`Envoi`] as an RFC 5322 message: text and HTML, UTF-8, marked as written by a machine.

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};

use super::{Envoi, SendError, check};
use std::time::SystemTime;

/// The message for `envoi`, from `expediteur`, with the id `<identifiant@domaine>`.
pub(super) fn compose(envoi: &Envoi, expediteur: &Mailbox, domaine: &str) -> Result<Message, SendError> {
    check(envoi)?;
    let to: Address = envoi.destinataire.parse().map_err(refused)?;
    let message = Message::builder()
        .date(SystemTime::from(envoi.date))
        .from(expediteur.clone())
        .to(Mailbox::new(None, to))
        .subject(&envoi.sujet)
        .message_id(Some(message_id(envoi, domaine)))
        .raw_header(raw("Auto-Submitted", "auto-generated"))
        // Keeps Exchange from answering an absence message to an address that nobody reads.
        .raw_header(raw("X-Auto-Response-Suppress", "All"));
    let parts = MultiPart::alternative()
        .boundary(format!("partie-{}", envoi.identifiant))
        .singlepart(SinglePart::plain(envoi.corps.clone()))
        .singlepart(SinglePart::html(envoi.html.clone()));
    message.multipart(parts).map_err(refused)
}

/// The value of `Message-ID`: the same for every try, so that a receiver can drop a second copy.
pub(super) fn message_id(envoi: &Envoi, domaine: &str) -> String {
    format!("<{}@{domaine}>", envoi.identifiant)
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.into())
}

fn refused(error: impl std::fmt::Display) -> SendError {
    SendError::Permanent(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::tests::envoi;
    use super::*;

    fn text() -> String {
        let from: Mailbox = "Espace Partenaires <ne-pas-repondre@portail.example>".parse().unwrap();
        String::from_utf8(compose(&envoi(), &from, "portail.example").unwrap().formatted()).unwrap()
    }

    #[test]
    fn the_headers_say_who_when_and_that_a_machine_wrote() {
        let text = text();
        let (headers, _) = text.split_once("\r\n\r\n").unwrap();
        for line in [
            "From: \"Espace Partenaires\" <ne-pas-repondre@portail.example>",
            "To: lea.martin@ccas-valbrune.test",
            "Message-ID: <0190a6de-0000-7000-8000-000000000001@portail.example>",
            "Auto-Submitted: auto-generated",
            "X-Auto-Response-Suppress: All",
            "Date: Wed, 03 Jan 2029 14:05:00 +0000",
            "MIME-Version: 1.0",
        ] {
            assert!(headers.lines().any(|l| l == line), "{line} missing in:\n{headers}");
        }
        assert!(headers.contains("multipart/alternative"), "{headers}");
    }

    #[test]
    fn the_text_comes_first_and_the_same_mail_is_the_same_bytes() {
        let once = text();
        let (plain, html) = (once.find("text/plain; charset=utf-8"), once.find("text/html; charset=utf-8"));
        assert!(plain.is_some() && plain < html, "{once}");
        assert_eq!(once, text());
    }

    #[test]
    fn nothing_on_the_wire_is_longer_than_a_line_of_mail_or_outside_ascii() {
        let text = text();
        assert!(text.is_ascii());
        assert!(text.split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n'])));
    }
}
