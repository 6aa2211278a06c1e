//! The server as its own process, with the settings of production. Loopback stands for the proxy in front of it: each
//! connection of the load says whom it forwards, as a proxy does, so that the slowing of an address stays on.

use crate::Outcome;
use crate::database::Base;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long the first answer may take.
const START: Duration = Duration::from_secs(60);

/// A running server; stopped when dropped.
pub struct Serveur {
    child: Child,
    /// Port of its pages.
    pub port: u16,
    /// From the start of the process to its first answer.
    pub depart: Duration,
}

/// Whether the program is there.
///
/// # Errors
/// With the command that builds it.
pub fn require(program: &Path) -> Outcome<()> {
    if program.is_file() {
        return Ok(());
    }
    crate::tell("building the server");
    let built = Command::new("cargo").args(["build", "--release", "-p", "server"]).status();
    if program.is_file() && built.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    Err(format!("{} is missing: cargo build --release -p server", program.display()).into())
}

impl Serveur {
    /// Starts it on a filled database.
    ///
    /// # Errors
    /// When it ends, or does not answer.
    pub async fn start(program: &Path, base: &Base, relais: u16) -> Outcome<Self> {
        let (port, gestion) = (free_port()?, free_port()?);
        let journal = std::fs::File::create(base.dossier.path().join("serveur.log"))?;
        let settings = [
            ("ADRESSE", format!("127.0.0.1:{port}")),
            ("ADRESSE_GESTION", format!("127.0.0.1:{gestion}")),
            ("URL_PUBLIQUE", format!("http://localhost:{port}")),
            ("MANDATAIRES", "127.0.0.1".to_owned()),
            ("DOSSIER_DONNEES", base.dossier.path().display().to_string()),
            ("BASE", base.setting()),
            ("CLE_MAITRESSE", base.cle.clone()),
            ("SMTP_HOTE", "127.0.0.1".to_owned()),
            ("SMTP_PORT", relais.to_string()),
            ("SMTP_CHIFFREMENT", "aucun".to_owned()),
            // Every connection of the load may send a file at once.
            ("LIMITES_FICHIERS", "64".to_owned()),
            ("SMTP_EXPEDITEUR", "ne-pas-repondre@mesure.example".to_owned()),
        ];
        let settings = settings.map(|(name, value)| (format!("ESPACE_PARTENAIRES_{name}"), value));
        let begun = Instant::now();
        let mut command = Command::new(program);
        command.arg("serve").envs(settings).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::from(journal));
        let mut server = Self { child: command.spawn()?, port, depart: Duration::ZERO };
        while !answers(port).await {
            if let Some(status) = server.child.try_wait()? {
                let log = std::fs::read_to_string(base.dossier.path().join("serveur.log")).unwrap_or_default();
                return Err(format!("the server ended with {status}: {log}").into());
            }
            if begun.elapsed() > START {
                return Err("the server does not answer".into());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        server.depart = begun.elapsed();
        Ok(server)
    }

    /// Its id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Serveur {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// Whether the sign-in page comes.
async fn answers(port: u16) -> bool {
    let Ok(mut visitor) = crate::load::Visiteur::open(port, 0).await else { return false };
    visitor.get("/connexion").await.is_ok_and(|answer| answer.status.is_success())
}

/// A port that nobody has.
pub fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
