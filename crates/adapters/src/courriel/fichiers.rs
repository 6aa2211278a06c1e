//! The demo's mailbox: a folder with one readable `.eml` file a mail.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use app::ports::Mailer;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use lettre::message::header::{Date, Header as _, Headers};

use super::{Envoi, SendError, SettingError, check};

const SUFFIX: &str = ".eml";

/// Writes mails into a folder instead of sending them, and reads them back.
#[derive(Debug, Clone)]
pub struct BoiteFichiers {
    dossier: PathBuf,
}

/// A mail read back from the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Courriel {
    /// The id it was sent with.
    pub identifiant: String,
    /// When it was asked for, in whole seconds.
    pub date: DateTime<Utc>,
    /// The address it was for.
    pub destinataire: String,
    /// Its subject.
    pub sujet: String,
    /// Its text, lines ended by `\n`.
    pub corps: String,
    /// Its HTML part.
    pub html: String,
}

impl BoiteFichiers {
    /// A mailbox in `dossier`, made if it is not there.
    pub fn new(dossier: impl Into<PathBuf>) -> Result<Self, SettingError> {
        let dossier = dossier.into();
        std::fs::create_dir_all(&dossier).map_err(|e| SettingError::Folder(e.to_string()))?;
        Ok(Self { dossier })
    }

    /// The last mails of the folder, the last one first (by `identifiant`), and how many there are in all. Other files are
    /// passed over; only what is given is read, so that a mailbox of thousands opens like one of ten.
    pub async fn last(&self, count: usize) -> std::io::Result<(Vec<Courriel>, usize)> {
        let mut entries = tokio::fs::read_dir(&self.dossier).await?;
        let mut identifiants = Vec::new();
        while let Some(entry) = entries.next_entry().await? {
            identifiants.extend(identifiant(&entry.path()));
        }
        identifiants.sort_unstable_by(|a, b| b.cmp(a));
        let mut mails = Vec::new();
        for identifiant in &identifiants {
            if mails.len() == count {
                break;
            }
            let text = tokio::fs::read_to_string(self.dossier.join(format!("{identifiant}{SUFFIX}"))).await?;
            mails.extend(parse(identifiant.clone(), &text));
        }
        Ok((mails, identifiants.len()))
    }
}

#[async_trait]
impl Mailer for BoiteFichiers {
    /// Writes one mail; the same `identifiant` twice leaves one file, and a crash leaves a whole file or none.
    async fn send(&self, envoi: &Envoi) -> Result<(), SendError> {
        check(envoi)?;
        let path = self.dossier.join(format!("{}{SUFFIX}", envoi.identifiant));
        let partial = path.with_extension("partial");
        let written = async {
            tokio::fs::write(&partial, render(envoi)).await?;
            tokio::fs::rename(&partial, &path).await
        };
        written.await.map_err(|e| SendError::Transient(e.to_string()))
    }
}

fn identifiant(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_str()?.strip_suffix(SUFFIX)?.to_owned())
}

/// Headers in UTF-8 as RFC 6532 allows, so that the file reads well in an editor too.
fn render(envoi: &Envoi) -> String {
    let mut headers = Headers::new();
    headers.set(Date::new(envoi.date.into()));
    let date = headers.get_raw("Date").unwrap_or_default();
    let unix = |text: &str| text.replace("\r\n", "\n");
    let limite = format!("partie-{}", envoi.identifiant);
    let entete = |kind: &str| format!("--{limite}\nContent-Type: {kind}; charset=utf-8\n{ENCODAGE}");
    format!(
        "Date: {date}\nTo: {}\nSubject: {}\nAuto-Submitted: auto-generated\nMIME-Version: 1.0\n\
         Content-Type: multipart/alternative; boundary=\"{limite}\"\n\n{}{}\n{}{}\n--{limite}--\n",
        envoi.destinataire,
        envoi.sujet,
        entete("text/plain"),
        unix(&envoi.corps),
        entete("text/html"),
        unix(&envoi.html),
    )
}

/// Last header of a part, and the empty line after it.
const ENCODAGE: &str = "Content-Transfer-Encoding: 8bit\n\n";

fn parse(identifiant: String, text: &str) -> Option<Courriel> {
    let (headers, parts) = text.split_once("\n\n")?;
    let limite = format!("\n--partie-{identifiant}");
    let mut parts = parts.split(&limite).filter_map(|part| Some(part.split_once(ENCODAGE)?.1.to_owned()));
    let value = |name: &str| headers.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(": "));
    Some(Courriel {
        identifiant,
        date: Date::parse(value("Date")?).map(|date| SystemTime::from(date).into()).ok()?,
        destinataire: value("To")?.to_owned(),
        sujet: value("Subject")?.to_owned(),
        corps: parts.next()?,
        html: parts.next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::envoi;
    use super::*;

    fn mailbox() -> (tempfile::TempDir, BoiteFichiers) {
        let folder = tempfile::tempdir().unwrap();
        let mailbox = BoiteFichiers::new(folder.path().join("courriels")).unwrap();
        (folder, mailbox)
    }

    async fn all(mailbox: &BoiteFichiers) -> Vec<Courriel> {
        mailbox.last(usize::MAX).await.unwrap().0
    }

    #[tokio::test]
    async fn a_mail_comes_back_as_it_was_written() {
        let (_folder, mailbox) = mailbox();
        let sent = envoi();
        mailbox.send(&sent).await.unwrap();
        let Envoi { destinataire, sujet, corps, html, identifiant, date } = sent;
        assert_eq!(all(&mailbox).await, [Courriel { identifiant, date, destinataire, sujet, corps, html }]);
    }

    #[tokio::test]
    async fn a_body_with_a_blank_line_or_a_header_look_alike_stays_a_body() {
        let (_folder, mailbox) = mailbox();
        let corps = "To: personne\n\nSubject: rien\r\n".to_owned();
        mailbox.send(&Envoi { corps, ..envoi() }).await.unwrap();
        let mails = all(&mailbox).await;
        assert_eq!(mails[0].corps, "To: personne\n\nSubject: rien\n");
        assert_eq!(mails[0].destinataire, "lea.martin@ccas-valbrune.test");
    }

    #[tokio::test]
    async fn the_same_mail_sent_twice_is_there_once() {
        let (_folder, mailbox) = mailbox();
        mailbox.send(&envoi()).await.unwrap();
        mailbox.send(&envoi()).await.unwrap();
        assert_eq!(all(&mailbox).await.len(), 1);
        assert_eq!(std::fs::read_dir(&mailbox.dossier).unwrap().count(), 1);
    }

    #[tokio::test]
    async fn the_last_mail_is_listed_first_and_other_files_are_passed_over() {
        let (_folder, mailbox) = mailbox();
        for identifiant in ["01-b", "01-c", "01-a"] {
            mailbox.send(&Envoi { identifiant: identifiant.into(), ..envoi() }).await.unwrap();
        }
        std::fs::write(mailbox.dossier.join("01-d.partial"), "To: x").unwrap();
        std::fs::write(mailbox.dossier.join("01-e.eml"), "torn").unwrap();
        let ids = |mails: Vec<Courriel>| mails.into_iter().map(|c| c.identifiant).collect::<Vec<_>>();
        assert_eq!(ids(all(&mailbox).await), ["01-c", "01-b", "01-a"]);
        let (two, count) = mailbox.last(2).await.unwrap();
        assert_eq!((ids(two), count), (vec!["01-c".to_owned(), "01-b".to_owned()], 4), "the torn one is counted");
    }

    #[tokio::test]
    async fn a_refused_mail_writes_nothing() {
        let (_folder, mailbox) = mailbox();
        let sent = mailbox.send(&Envoi { identifiant: "../evasion".into(), ..envoi() }).await;
        assert!(matches!(sent, Err(SendError::Permanent(_))));
        assert_eq!(all(&mailbox).await, []);
    }
}
