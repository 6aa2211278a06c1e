//! The demonstration's data folder: what may become one, how it is filled, and how it is opened again.
//!
//! `.demo` is written first and says that the folder is ours; `demo.json` is written last and says that it is filled. A
//! filling that was killed in between is thrown away and begun again.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use adapters::courriel::BoiteFichiers;
use adapters::hasard::OsRandom;
use adapters::horloge::{DemoClock, write_whole};
use app::Reglages;
use app::ports::{Clock, PasswordHasher};
use chrono::{DateTime, Utc};
use demo::{Fichier, Taille};
use store::Store;
use vault::{Keyring, MasterKey};

use crate::atelier::{Atelier, Ports, fichiers, hasher, imprimeur};
use crate::config::{Antivirus, Base, Objets};
use crate::echec::Echec;

mod bureau;

pub use bureau::Bureau;

const MARK: &str = ".demo";
const ACCOUNTS: &str = "demo.json";
const KEY: &str = "cle";
const CLOCK: &str = "horloge";
const LOCK: &str = "verrou";
const MAILS: &str = "courriels";
const OBJECTS: &str = "objets";

/// Memory of a password hash while the folder is filled: the passwords are written down in clear beside it, and the
/// first sign-in replaces the hash by one of the served setting, as it does wherever the setting was raised.
const FILL_ARGON2_KIO: u32 = 256;

/// What a filling makes, the lock aside.
const FILES: [&str; 11] = [
    ACCOUNTS,
    "demo.partial",
    KEY,
    CLOCK,
    "horloge.partial",
    "espace.sqlite",
    "espace.sqlite-wal",
    "espace.sqlite-shm",
    "journal.sqlite",
    "journal.sqlite-wal",
    "journal.sqlite-shm",
];

/// How a demonstration is opened.
pub struct Ouverture {
    /// Its folder.
    pub dossier: PathBuf,
    /// Whether to begin again.
    pub neuf: bool,
    /// Address of the site, for links in mails.
    pub url: String,
    /// How much to fill.
    pub taille: Taille,
    /// Passwords.
    pub hasher: Arc<dyn PasswordHasher>,
    /// Who looks for viruses; without one files wait.
    pub antivirus: Option<Antivirus>,
}

/// An open demonstration.
pub struct Demonstration {
    /// What is served.
    pub atelier: Atelier,
    /// Its clock.
    pub horloge: Arc<DemoClock>,
    /// Its mailbox.
    pub boite: BoiteFichiers,
    /// Its accounts.
    pub fichier: Fichier,
    /// Whether it was filled just now.
    pub remplie: bool,
}

/// What a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Etat {
    /// Not there, or empty.
    Vide,
    /// Marked as ours, not filled to the end.
    Inachevee,
    /// Ours and filled.
    Prete,
    /// Somebody else's.
    Etrangere,
}

fn state(folder: &Path) -> io::Result<Etat> {
    let mut entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Etat::Vide),
        Err(error) => return Err(error),
    };
    if entries.next().is_none() {
        return Ok(Etat::Vide);
    }
    Ok(match (folder.join(MARK).is_file(), folder.join(ACCOUNTS).is_file()) {
        (false, _) => Etat::Etrangere,
        (true, false) => Etat::Inachevee,
        (true, true) => Etat::Prete,
    })
}

impl Ouverture {
    /// Opens the demonstration; fills it when it is not, or when a new one is asked for.
    ///
    /// # Errors
    /// [`Echec::Entree`] for a folder that is not a demonstration's, or one that another process uses: nothing is changed.
    pub async fn open(&self) -> Result<Demonstration, Echec> {
        let name = self.dossier.display();
        let state = state(&self.dossier).map_err(|e| Echec::Entree(format!("{name} : dossier illisible ({e})")))?;
        match state {
            Etat::Etrangere => Err(Echec::Entree(format!(
                "{name} : ce dossier n’est pas vide et n’est pas celui d’une démonstration ; rien n’y a été changé. \
                 En choisir un autre avec --data-dir."
            ))),
            Etat::Prete if !self.neuf => self.reopen().await,
            _ => self.fill().await,
        }
    }

    async fn reopen(&self) -> Result<Demonstration, Echec> {
        let text = fs::read(self.dossier.join(ACCOUNTS)).map_err(|e| Echec::panne(ACCOUNTS, e))?;
        let fichier = serde_json::from_slice(&text).map_err(|e| Echec::panne(ACCOUNTS, e))?;
        let horloge = DemoClock::open(self.dossier.join(CLOCK)).map_err(|e| Echec::panne(CLOCK, e))?;
        let horloge = Arc::new(
            horloge.ok_or_else(|| Echec::Panne("horloge : fichier absent ; recommencer avec --fresh".to_owned()))?,
        );
        let boite = self.mailbox()?;
        let atelier = self.atelier(self.key()?, horloge.clone(), &boite).await?;
        Ok(Demonstration { atelier, horloge, boite, fichier, remplie: false })
    }

    async fn fill(&self) -> Result<Demonstration, Echec> {
        let told = |e: io::Error| Echec::panne(&self.dossier.display().to_string(), e);
        fs::create_dir_all(&self.dossier).map_err(told)?;
        File::create(self.dossier.join(MARK)).and_then(|f| f.sync_all()).map_err(told)?;
        self.clear()?;
        let key = MasterKey::generate().map_err(|e| Echec::panne(KEY, e))?;
        write_secret(&self.dossier.join(KEY), key.to_hex().as_bytes()).map_err(told)?;
        let boite = self.mailbox()?;
        let fichier = alone(|| self.fill_databases(Keyring::new(key), &boite))?;
        let horloge = Arc::new(DemoClock::start(self.dossier.join(CLOCK), demo::PRESENT).map_err(told)?);
        let atelier = self.atelier(self.key()?, horloge.clone(), &boite).await?;
        let text = serde_json::to_vec_pretty(&fichier).map_err(|e| Echec::panne(ACCOUNTS, e))?;
        write_whole(&self.dossier.join(ACCOUNTS), &text).map_err(told)?;
        Ok(Demonstration { atelier, horloge, boite, fichier, remplie: true })
    }

    /// Fills the databases without waiting for the disk at each of tens of thousands of commits, then has the files
    /// written through. What a power cut tears before `demo.json` is there is thrown away at the next start; what is
    /// served is opened anew, with the durability of every installation.
    async fn fill_databases(&self, keys: Keyring, boite: &BoiteFichiers) -> Result<Fichier, Echec> {
        let told = |e: io::Error| Echec::panne(&self.dossier.display().to_string(), e);
        let store = Store::open_disposable(&self.dossier, keys).await?;
        let ports = self.ports(Arc::new(Fixe(demo::DEBUT)), hasher(FILL_ARGON2_KIO)?, boite)?;
        let atelier = Atelier::on(store, ports, self.reglages()).await?;
        let fichier = demo::fill(&atelier.ctx, self.taille).await.map_err(|e| Echec::panne("remplissage", e))?;
        while store::journal::seal(&atelier.ctx.store, demo::PRESENT).await? > 0 {}
        atelier.close().await?;
        for name in ["espace.sqlite", "journal.sqlite"] {
            File::open(self.dossier.join(name)).and_then(|f| f.sync_all()).map_err(told)?;
        }
        Ok(fichier)
    }

    /// Throws away what a filling made, and nothing else; refused while another process serves it.
    fn clear(&self) -> Result<(), Echec> {
        let told = |e: io::Error| Echec::panne(&self.dossier.display().to_string(), e);
        let lock = self.dossier.join(LOCK);
        let file = File::options().create(true).truncate(false).write(true).open(&lock).map_err(told)?;
        if file.try_lock().is_err() {
            return Err(store::StoreError::Locked(lock.display().to_string()).into());
        }
        let gone = |removed: io::Result<()>| match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(told(error)),
            _ => Ok(()),
        };
        for name in FILES {
            gone(fs::remove_file(self.dossier.join(name)))?;
        }
        gone(fs::remove_dir_all(self.dossier.join(OBJECTS)))?;
        gone(fs::remove_dir_all(self.dossier.join(MAILS)))
    }

    fn key(&self) -> Result<MasterKey, Echec> {
        let key = fs::read_to_string(self.dossier.join(KEY)).map_err(|e| Echec::panne(KEY, e))?;
        MasterKey::parse(&key).map_err(|e| Echec::panne(KEY, e))
    }

    fn mailbox(&self) -> Result<BoiteFichiers, Echec> {
        BoiteFichiers::new(self.dossier.join(MAILS)).map_err(|e| Echec::panne(MAILS, e))
    }

    async fn atelier(&self, key: MasterKey, clock: Arc<dyn Clock>, boite: &BoiteFichiers) -> Result<Atelier, Echec> {
        let ports = self.ports(clock, self.hasher.clone(), boite)?;
        Atelier::open(&Base::Sqlite(self.dossier.clone()), key, ports, self.reglages()).await
    }

    fn ports(
        &self,
        clock: Arc<dyn Clock>,
        hasher: Arc<dyn PasswordHasher>,
        boite: &BoiteFichiers,
    ) -> Result<Ports, Echec> {
        let (random, mailer) = (Arc::new(OsRandom), Arc::new(boite.clone()));
        let objets = Objets::Dossier(self.dossier.join(OBJECTS));
        let fichiers = fichiers(&objets, self.antivirus.as_ref())?;
        Ok(Ports { clock, random, hasher, mailer, imprimeur: imprimeur()?, fichiers })
    }

    fn reglages(&self) -> Reglages {
        Reglages {
            url_publique: self.url.clone(),
            nom_produit: "Espace Partenaires".to_owned(),
            complement: domain::demande::Delais::default(),
            demonstration: true,
        }
    }
}

/// Runs one long line of work to its end on a thread that stays on one processor. Each statement passes from its task to
/// the database's thread and back; between two processors that costs more than the statement itself.
/// Blocks: nothing is served before.
fn alone<T: Send>(work: impl AsyncFnOnce() -> Result<T, Echec> + Send) -> Result<T, Echec> {
    let run = || {
        stay_here();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(|e| Echec::panne("remplissage", e))?.block_on(work())
    };
    let done = std::thread::scope(|scope| scope.spawn(run).join());
    done.unwrap_or_else(|_| Err(Echec::Panne("remplissage : interrompu".to_owned())))
}

/// Keeps this thread, and those it starts, where it runs. Where that is not allowed the work is only slower.
fn stay_here() {
    #[cfg(target_os = "linux")]
    {
        use rustix::thread::{CpuSet, sched_getcpu, sched_setaffinity};
        let (mut here, processor) = (CpuSet::new(), sched_getcpu());
        if processor >= CpuSet::MAX_CPU {
            return;
        }
        here.set(processor);
        if let Err(error) = sched_setaffinity(None, &here) {
            tracing::debug!(%error, "processor not chosen");
        }
    }
}

/// Stands still: the installation is the first thing that happens.
struct Fixe(DateTime<Utc>);

impl Clock for Fixe {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }
}

/// A new file that nobody else on the machine may read.
fn write_secret(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = File::options();
    options.create_new(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.write_all(b"\n")?;
    file.sync_all()
}
