//! What use cases need from outside, as traits. `adapters` makes them real, `testkit` makes them predictable.

use crate::imprime::Imprime;
use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// The clock. Values are whole microseconds (architecture, rule 9).
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// The source of randomness for ids, references and tokens.
pub trait Random: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// What comparing a password with a stored hash found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verification {
    /// Not this password, or no such compte.
    Wrong,
    /// This password.
    Right {
        /// The stored hash was made with other settings than today's: store a fresh one.
        rehash: bool,
    },
}

/// Why no hash was made or compared.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// Too many sign-ins at once: answer 503 with `Retry-After: 3`.
    #[error("every core is hashing and the queue is full or too slow")]
    Busy,
    /// The memory setting is outside what argon2 accepts.
    #[error("unusable argon2 setting: {0}")]
    Setting(String),
    /// The stored hash cannot be read, or hashing failed.
    #[error("password hashing failed: {0}")]
    Failed(String),
}

/// Hashes passwords; slow by design, never called while a write transaction is open.
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// The text to store for a password.
    ///
    /// # Errors
    /// [`HashError`].
    async fn hash(&self, mot_de_passe: String) -> Result<String, HashError>;

    /// Whether a password is the one a hash was made from. Without a hash (unknown compte) it costs the same time.
    ///
    /// # Errors
    /// [`HashError`].
    async fn verify(&self, mot_de_passe: String, empreinte: Option<String>) -> Result<Verification, HashError>;
}

/// A mail to send: plain text, no personal data of an assuré (RG-6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envoi {
    /// One bare address.
    pub destinataire: String,
    /// One line.
    pub sujet: String,
    /// Plain text.
    pub corps: String,
    /// Id of the outbox row: the same id sent twice is the same mail.
    pub identifiant: String,
    /// When it was asked for: the same at every try.
    pub date: DateTime<Utc>,
}

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Try again later.
    #[error("mail not sent, try again: {0}")]
    Transient(String),
    /// Trying again will not help.
    #[error("mail refused: {0}")]
    Permanent(String),
}

/// Sends mails.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands a mail over.
    ///
    /// # Errors
    /// [`SendError`].
    async fn send(&self, envoi: &Envoi) -> Result<(), SendError>;
}

/// Why a document was not printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// What was made does not meet the accessibility standard: it is not handed out.
    #[error("document refused: {0}")]
    Refused(String),
    /// The printer itself failed: its font, its thread.
    #[error("printing failed: {0}")]
    Failed(String),
}

/// Makes PDF files of documents: tagged, PDF/UA-1. Work of the processor: an implementation keeps it off the threads
/// that serve requests.
#[async_trait]
pub trait Imprimeur: Send + Sync {
    /// The bytes of the PDF; the same document gives the same bytes.
    ///
    /// # Errors
    /// [`PrintError`].
    async fn print(&self, imprime: Imprime) -> Result<Vec<u8>, PrintError>;
}
