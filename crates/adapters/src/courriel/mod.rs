//! Mail: one plain text message at a time, to a relay or to the demo's folder.
//! What a mail says lives in `app`; nothing here reads a mailbox (RG-6).

mod fichiers;
mod message;
mod smtp;

use std::time::SystemTime;

pub use fichiers::{BoiteFichiers, Courriel};
pub use smtp::{Chiffrement, MailerSmtp, ReglageSmtp};

/// One mail to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envoi {
    /// One bare address, without a display name.
    pub destinataire: String,
    /// One line, without personal data of an assuré.
    pub sujet: String,
    /// Plain text; any line ending.
    pub corps: String,
    /// The outbox row's id (letters, digits, hyphens). The same id sent twice is the same mail: it becomes the
    /// `Message-ID`, and the file name of [`BoiteFichiers`], which lists in the order of these ids.
    pub identifiant: String,
    /// When the mail was written, in whole seconds; with `None` a relay gets the machine's time and a file no date.
    pub date: Option<SystemTime>,
}

/// Why a mail did not leave. Neither variant repeats an address or a server's sentence, so both may be logged.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SendError {
    /// Try again later: the relay is away, busy, or refuses *us* (certificate, credentials).
    #[error("mail not sent, try again: {0}")]
    Transient(String),
    /// Trying again will not help: the relay refuses this mail, or it cannot be written.
    #[error("mail refused: {0}")]
    Permanent(String),
}

/// Why a mailer cannot be built from its settings.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SettingError {
    /// The sender is not an address.
    #[error("smtp.expediteur is not a mail address")]
    Sender,
    /// The domain of message ids is empty or has a character that no domain has.
    #[error("smtp.domaine is not a domain name")]
    Domain,
    /// Mail in clear is accepted on the loopback interface only.
    #[error(
        "smtp.chiffrement = \"aucun\" needs a relay on this machine (localhost, 127.0.0.1, ::1)"
    )]
    ClearText,
    /// The certificate authority is not PEM, or TLS cannot start with it.
    #[error("smtp.autorite is not a usable PEM certificate: {0}")]
    Authority(String),
    /// The folder of mails cannot be made.
    #[error("the folder of mails cannot be made: {0}")]
    Folder(String),
}

/// What every mailer refuses before it does anything: an id that could leave the folder, a line that could add a header.
fn check(envoi: &Envoi) -> Result<(), SendError> {
    let id = &envoi.identifiant;
    if id.is_empty() || id.len() > 64 || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    {
        return Err(SendError::Permanent(
            "identifiant: letters, digits and hyphens, 64 at most".into(),
        ));
    }
    if envoi.sujet.chars().any(char::is_control) {
        return Err(SendError::Permanent("sujet: a control character".into()));
    }
    match envoi.destinataire.parse::<lettre::Address>() {
        Ok(_) => Ok(()),
        Err(_) => Err(SendError::Permanent(
            "destinataire: not a mail address".into(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mail with accents, a long line and a line that is a single dot.
    pub(super) fn envoi() -> Envoi {
        Envoi {
            destinataire: "lea.martin@ccas-valbrune.test".into(),
            sujet: "Votre demande a bien été reçue".into(),
            corps: format!(
                "Bonjour,\n\n.\nRéférence : D-2029-ABCD\n{}\n",
                "é".repeat(900)
            ),
            identifiant: "0190a6de-0000-7000-8000-000000000001".into(),
            date: Some(SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_862_143_500)),
        }
    }

    #[test]
    fn a_mail_that_could_add_a_header_or_leave_the_folder_is_refused() {
        let with = |change: fn(&mut Envoi)| {
            let mut envoi = envoi();
            change(&mut envoi);
            check(&envoi)
        };
        assert_eq!(with(|_| ()), Ok(()));
        for change in [
            (|e| e.sujet = "Bonjour\r\nBcc: autre@exemple.test".into()) as fn(&mut Envoi),
            |e| e.identifiant = "../evasion".into(),
            |e| e.identifiant = String::new(),
            |e| e.identifiant = "a".repeat(65),
            |e| e.destinataire = "lea.martin@ccas-valbrune.test\r\nBcc: x@exemple.test".into(),
            |e| e.destinataire = "lea.martin".into(),
            |e| e.destinataire = "Léa <lea.martin@ccas-valbrune.test>".into(),
        ] {
            assert!(matches!(with(change), Err(SendError::Permanent(_))));
        }
    }
}
