//! What use cases need from outside, as traits. `adapters` makes them real, `testkit` makes them predictable.

use crate::imprime::Imprime;
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::piece_jointe::{Refus, TypeFichier};

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

/// A mail to send, as text and as HTML: no personal data of an assuré (RG-6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envoi {
    /// One bare address.
    pub destinataire: String,
    /// One line.
    pub sujet: String,
    /// Plain text.
    pub corps: String,
    /// The same words as an HTML page.
    pub html: String,
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

/// Why the object store did not answer.
#[derive(Debug, thiserror::Error)]
#[error("object store: {0}")]
pub struct ObjectError(pub String);

/// Keeps sealed bytes under opaque keys: a folder or a bucket. It never sees a plain byte, a name or a kind.
#[async_trait]
pub trait ObjectStore: Send + Sync {
    /// Keeps the bytes; they are durable when this returns.
    ///
    /// # Errors
    /// [`ObjectError`]: away, full, or refusing; nothing is known of what was written.
    async fn put(&self, cle: &str, octets: Vec<u8>) -> Result<(), ObjectError>;

    /// The bytes; none when there is no such key.
    ///
    /// # Errors
    /// [`ObjectError`].
    async fn get(&self, cle: &str) -> Result<Option<Vec<u8>>, ObjectError>;

    /// Removes a key; nothing happens when it is gone already.
    ///
    /// # Errors
    /// [`ObjectError`].
    async fn delete(&self, cle: &str) -> Result<(), ObjectError>;

    /// Every key, in no order.
    ///
    /// # Errors
    /// [`ObjectError`].
    async fn list(&self) -> Result<Vec<String>, ObjectError>;
}

/// What a scanner found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constat {
    /// Nothing.
    Sain,
    /// A virus, by the scanner's name for it.
    Infecte(String),
    /// It could not look inside: the scanner's reason.
    Illisible(String),
}

/// The scanner did not answer: ask again later.
#[derive(Debug, thiserror::Error)]
#[error("virus scanner away: {0}")]
pub struct ScannerAway(pub String);

/// Looks for viruses; slow, never called while a transaction is open.
#[async_trait]
pub trait VirusScanner: Send + Sync {
    /// Whether there is a scanner at all; without one files wait, and pages say so.
    fn est_branche(&self) -> bool;

    /// Looks at plain bytes.
    ///
    /// # Errors
    /// [`ScannerAway`].
    async fn scan(&self, octets: &[u8]) -> Result<Constat, ScannerAway>;
}

/// A file that may be kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Inspecte {
    /// Its true kind.
    pub type_fichier: TypeFichier,
    /// What is kept: images are written anew, without metadata.
    pub octets: Vec<u8>,
}

/// Why a file may not be kept, or was not read.
#[derive(Debug, thiserror::Error)]
pub enum InspectError {
    /// The reason, for who sent it.
    #[error("file refused: {}", .0.code())]
    Refus(Refus),
    /// Too many files at once, or one that takes too long: to be sent again later.
    #[error("file not inspected in time")]
    Busy,
    /// Our own failure.
    #[error("file not inspected: {0}")]
    Failed(String),
}

/// Tells the true kind of a file by reading all of it; costs processor time, never called while a transaction is open.
#[async_trait]
pub trait FileInspector: Send + Sync {
    /// Reads a file to its end.
    ///
    /// # Errors
    /// [`InspectError`].
    async fn inspect(&self, octets: Vec<u8>) -> Result<Inspecte, InspectError>;
}
