//! The settings as the program uses them, once checked.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use domain::demande::Delais;
use vault::MasterKey;

use super::Network;

/// All settings, checked one by one and together. Its `Debug` shows no secret.
#[derive(Debug)]
pub struct Config {
    /// Name of the product on pages and in mails.
    pub nom_produit: String,
    /// Where the pages are served.
    pub adresse: SocketAddr,
    /// Where health and metrics are served.
    pub adresse_gestion: SocketAddr,
    /// Origin users type (`https://…`), without a path or a final slash.
    pub url_publique: String,
    /// Proxies whose forwarded headers are believed; none by default.
    pub mandataires: Vec<Network>,
    /// Folder of the application's own files.
    pub dossier_donnees: PathBuf,
    /// The database.
    pub base: Base,
    /// Key that wraps all others.
    pub cle_maitresse: MasterKey,
    /// Who runs the installation, for the public pages.
    pub exploitant: Exploitant,
    /// Mail relay; without one no mail leaves.
    pub smtp: Option<Smtp>,
    /// Where files of demandes are kept.
    pub objets: Objets,
    /// Who looks for viruses; without one files wait.
    pub antivirus: Option<Antivirus>,
    /// Logs of the program (not the journal of JO-1).
    pub journal_logs: Logs,
    /// What one client may take of the server.
    pub limites: Limites,
    /// Cost of a password hash.
    pub argon2: Argon2,
    /// The worker.
    pub travaux: Travaux,
    /// Days of the complement loop and of the reopening (DE-7, DE-8).
    pub complement: Delais,
    /// How long running requests and jobs may go on after a stop is asked.
    pub arret: Duration,
}

/// Text that is never shown; ask for it by [`Secret::expose`].
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub(super) String);

impl Secret {
    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// Which database (architecture, point 9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// Embedded; the folder of its files.
    Sqlite(PathBuf),
    /// PostgreSQL; both addresses may carry a password.
    Postgres {
        /// Role of the running application.
        application: Secret,
        /// Role that owns the schema and migrates it; `None` when the application's own does.
        proprietaire: Option<Secret>,
    },
}

/// Who runs the installation; what is not set is said to be missing on the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exploitant {
    /// Legal name.
    pub nom: Option<String>,
    /// Postal address.
    pub adresse: Option<String>,
    /// Who answers for what is published.
    pub publication: Option<String>,
    /// Who hosts the portal, with address.
    pub hebergeur: Option<String>,
    /// How to reach the data protection officer.
    pub dpo: Option<String>,
    /// Functional address for help and outages.
    pub contact: Option<String>,
}

/// Mail relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Smtp {
    /// Host name.
    pub hote: String,
    /// Port.
    pub port: u16,
    /// Protection of the connection.
    pub chiffrement: Chiffrement,
    /// User and password, when the relay asks for them.
    pub identite: Option<(String, Secret)>,
    /// Sender of all mails, `name <address>` or the address alone.
    pub expediteur: String,
}

/// Where files of demandes are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Objets {
    /// A folder of this machine.
    Dossier(PathBuf),
    /// A bucket.
    Seau(Bucket),
}

/// A bucket that speaks S3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Address of the service.
    pub adresse: String,
    /// Region.
    pub region: String,
    /// Name.
    pub seau: String,
    /// Id and secret of the access key.
    pub cles: (String, Secret),
}

/// The virus scanner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Antivirus {
    /// Socket of clamd.
    pub socket: PathBuf,
    /// Longest analysis of one file.
    pub delai: Duration,
}

/// Protection of the connection to the mail relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chiffrement {
    /// Plain connection turned into TLS before anything is said; refused by the relay is a failure.
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// None.
    Aucun,
}

/// Logs of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Logs {
    /// Shape of a line.
    pub format: LogFormat,
    /// Least serious level written.
    pub niveau: LogLevel,
}

/// Shape of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For eyes.
    Texte,
    /// One JSON object a line, for machines.
    Json,
}

/// Least serious level written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    /// Failures.
    Error,
    /// And what may become one.
    Warn,
    /// And one line a request.
    Info,
    /// And the steps of the program's own code.
    Debug,
}

/// What one client may take of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limites {
    /// Time to send a request's head; also how long an idle connection is kept.
    pub entetes: Duration,
    /// Time to send a request's whole body.
    pub corps: Duration,
    /// Connections served at once; more wait to be accepted.
    pub connexions: usize,
    /// Forms with files read at once; one more is asked to come back.
    pub fichiers: usize,
}

/// Cost of a password hash (`security.md`, sign-in).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argon2 {
    /// Memory, in KiB.
    pub memoire_kio: u32,
}

/// The worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Travaux {
    /// Whether `serve` runs it too; always so on SQLite.
    pub integres: bool,
}
