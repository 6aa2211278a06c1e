//! Mail: one message at a time, as text and as HTML, to a relay or to the demo's folder.
//! What a mail says lives in `app`; nothing here reads a mailbox (RG-6). An error repeats neither an address nor
//! a relay's sentence, so that the outbox and the logs may keep it.

mod aucun;
mod fichiers;
mod message;
mod smtp;

use app::ports::{Envoi, SendError};
pub use aucun::SansRelais;
pub use fichiers::{BoiteFichiers, Courriel};
pub use smtp::{Chiffrement, MailerSmtp, ReglageSmtp};

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
    #[error("smtp.chiffrement = \"aucun\" needs a relay on this machine (localhost, 127.0.0.1, ::1)")]
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
    if id.is_empty() || id.len() > 64 || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return Err(SendError::Permanent("identifiant: letters, digits and hyphens, 64 at most".into()));
    }
    if envoi.sujet.chars().any(char::is_control) {
        return Err(SendError::Permanent("sujet: a control character".into()));
    }
    match envoi.destinataire.parse::<lettre::Address>() {
        Ok(_) => Ok(()),
        Err(_) => Err(SendError::Permanent("destinataire: not a mail address".into())),
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
            corps: format!("Bonjour,\n\n.\nRéférence : D-2029-ABCD\n{}\n", "é".repeat(900)),
            html: "<!DOCTYPE html>\n<p>Bonjour,</p>\n\n<p>Référence : D-2029-ABCD</p>\n".into(),
            identifiant: "0190a6de-0000-7000-8000-000000000001".into(),
            date: chrono::DateTime::from_timestamp(1_862_143_500, 0).unwrap(),
        }
    }

    #[test]
    fn a_mail_that_could_add_a_header_or_leave_the_folder_is_refused() {
        let with = |change: fn(&mut Envoi)| {
            let mut envoi = envoi();
            change(&mut envoi);
            check(&envoi)
        };
        assert!(with(|_| ()).is_ok());
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
