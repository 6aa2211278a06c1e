//! The process put together: databases opened, ports chosen, caisses installed, one context for every use case.

use std::sync::Arc;
use std::time::Duration;

use adapters::antivirus::{Clamd, SansAntivirus};
use adapters::courriel::{Chiffrement, MailerSmtp, ReglageSmtp, SansRelais};
use adapters::hasard::OsRandom;
use adapters::horloge::SystemClock;
use adapters::inspection::Inspecteur;
use adapters::mot_de_passe::Argon2Hasher;
use adapters::objets::{Objets, S3};
use app::context::Ids;
use app::ports::{Clock, Imprimeur, Mailer, PasswordHasher, Random};
use app::{Contexte, Fichiers, Reglages};
use chrono::{DateTime, Utc};
use store::journal::{Readings, seal};
use store::{Database, Store, StoreError};
use vault::{Keyring, MasterKey};

use crate::config::{self, Base, Config, Smtp};
use crate::echec::Echec;

/// How long one mail may take.
const MAIL_TIME: Duration = Duration::from_secs(30);

/// What stands behind the ports.
pub struct Ports {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// Passwords.
    pub hasher: Arc<dyn PasswordHasher>,
    /// Mails.
    pub mailer: Arc<dyn Mailer>,
    /// Printed documents.
    pub imprimeur: Arc<dyn Imprimeur>,
    /// Files.
    pub fichiers: Fichiers,
}

impl Ports {
    /// The ports of a real installation.
    ///
    /// # Errors
    /// [`Echec::Entree`] for a setting that cannot work.
    pub fn of(config: &Config) -> Result<Self, Echec> {
        Ok(Self {
            clock: Arc::new(SystemClock),
            random: Arc::new(OsRandom),
            hasher: hasher(config.argon2.memoire_kio)?,
            mailer: mailer(config)?,
            imprimeur: imprimeur()?,
            fichiers: fichiers(&config.objets, config.antivirus.as_ref())?,
        })
    }
}

/// Object store, scanner and inspector.
///
/// # Errors
/// [`Echec::Entree`] when folder or bucket cannot be used.
pub fn fichiers(objets: &config::Objets, antivirus: Option<&config::Antivirus>) -> Result<Fichiers, Echec> {
    let objets = match objets {
        config::Objets::Dossier(dossier) => Objets::folder(dossier),
        config::Objets::Seau(b) => {
            let (region, seau) = (b.region.clone(), b.seau.clone());
            let cles = (b.cles.0.clone(), b.cles.1.expose().to_owned());
            Objets::bucket(&S3 { adresse: b.adresse.clone(), region, seau, cles })
        }
    };
    let objets = objets.map_err(|e| Echec::Entree(format!("pièces jointes : {e}")))?;
    Ok(Fichiers {
        objets: Arc::new(objets),
        antivirus: match antivirus {
            Some(a) => Arc::new(Clamd { socket: a.socket.clone(), delai: a.delai }),
            None => Arc::new(SansAntivirus),
        },
        inspecteur: Arc::new(Inspecteur::default()),
    })
}

/// argon2id with this memory, one hash at a time on each core.
///
/// # Errors
/// [`Echec::Entree`] when the memory cannot be used.
pub fn hasher(memoire_kio: u32) -> Result<Arc<dyn PasswordHasher>, Echec> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let hasher = Argon2Hasher::new(memoire_kio, cores).map_err(|e| Echec::Entree(format!("argon2 : {e}")))?;
    Ok(Arc::new(hasher))
}

/// The printer with the shipped fonts.
///
/// # Errors
/// [`Echec::Panne`] when they cannot be read.
pub fn imprimeur() -> Result<Arc<dyn Imprimeur>, Echec> {
    Ok(Arc::new(adapters::imprimeur::Imprimeur::new().map_err(|e| Echec::panne("impression", e))?))
}

fn mailer(config: &Config) -> Result<Arc<dyn Mailer>, Echec> {
    let Some(smtp) = &config.smtp else { return Ok(Arc::new(SansRelais)) };
    let domaine = config.url_publique.split("://").nth(1).unwrap_or_default();
    let domaine = domaine.split(':').next().unwrap_or_default().to_owned();
    let mailer = MailerSmtp::new(&relay(smtp, domaine)).map_err(|e| Echec::Entree(format!("smtp : {e}")))?;
    Ok(Arc::new(mailer))
}

fn relay(smtp: &Smtp, domaine: String) -> ReglageSmtp {
    ReglageSmtp {
        hote: smtp.hote.clone(),
        port: smtp.port,
        chiffrement: match smtp.chiffrement {
            config::Chiffrement::Starttls => Chiffrement::Starttls,
            config::Chiffrement::Tls => Chiffrement::Tls,
            config::Chiffrement::Aucun => Chiffrement::Aucun,
        },
        identifiants: smtp.identite.as_ref().map(|(user, secret)| (user.clone(), secret.expose().to_owned())),
        expediteur: smtp.expediteur.clone(),
        domaine,
        delai: MAIL_TIME,
        autorite: None,
    }
}

fn database(base: &Base) -> Database {
    match base {
        Base::Sqlite(folder) => Database::Sqlite(folder.clone()),
        Base::Postgres { application, proprietaire } => Database::Postgres {
            url: application.expose().to_owned(),
            proprietaire: proprietaire.as_ref().map(|p| p.expose().to_owned()),
        },
    }
}

/// The databases for a command that only reads: nothing is created, migrated or locked.
pub struct Lecture {
    /// The databases.
    pub store: Store,
}

impl Lecture {
    /// Opens what the settings name.
    ///
    /// # Errors
    /// [`Echec`]; another master key, or no database yet, is [`Echec::Entree`].
    pub async fn of(config: Config) -> Result<Self, Echec> {
        let keyring = Keyring::new(config.cle_maitresse);
        let store = Store::open_for_reading(&database(&config.base), keyring).await.map_err(|e| match e {
            StoreError::File { path, .. } => Echec::Entree(format!("il n’y a pas encore de base de données : {path}")),
            other => other.into(),
        })?;
        Ok(Self { store })
    }

    /// The present.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        SystemClock.now()
    }

    /// Closes the databases.
    ///
    /// # Errors
    /// The database's error.
    pub async fn close(self) -> Result<(), Echec> {
        Ok(self.store.close().await?)
    }
}

/// The open installation.
pub struct Atelier {
    /// What use cases receive.
    pub ctx: Contexte,
}

impl Atelier {
    /// Opens and migrates the databases, checks the master key, installs the caisses that are missing.
    ///
    /// # Errors
    /// [`Echec`]; another process on the same files, or another master key, is [`Echec::Entree`].
    pub async fn open(base: &Base, cle: MasterKey, ports: Ports, reglages: Reglages) -> Result<Self, Echec> {
        if let Base::Sqlite(folder) = base {
            std::fs::create_dir_all(folder).map_err(|e| Echec::panne(&folder.display().to_string(), e))?;
        }
        let store = Store::open(&database(base), Keyring::new(cle)).await?;
        Self::on(store, ports, reglages).await
    }

    /// On databases that are open; installs the caisses that are missing.
    ///
    /// # Errors
    /// The database's error.
    pub async fn on(store: Store, ports: Ports, reglages: Reglages) -> Result<Self, Echec> {
        let readings = Readings::start(store.clone());
        let Ports { clock, random, hasher, mailer, imprimeur, fichiers } = ports;
        let ctx = Contexte {
            store,
            clock,
            random,
            hasher,
            mailer,
            imprimeur,
            fichiers,
            readings,
            reglages: Arc::new(reglages),
            ids: Ids::default(),
        };
        app::caisse::install(&ctx).await?;
        Ok(Self { ctx })
    }

    /// As [`Self::open`], from the settings.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn of(config: Config) -> Result<Self, Echec> {
        let reglages = Reglages {
            url_publique: config.url_publique.clone(),
            nom_produit: config.nom_produit.clone(),
            complement: config.complement.clone(),
            demonstration: false,
        };
        let ports = Ports::of(&config)?;
        Self::open(&config.base, config.cle_maitresse, ports, reglages).await
    }

    /// Seals what the journal has not sealed yet and closes the databases.
    ///
    /// # Errors
    /// The database's error.
    pub async fn close(self) -> Result<(), Echec> {
        while seal(&self.ctx.store, self.ctx.now()).await? > 0 {}
        let store = self.ctx.store.clone();
        // The journal's writer ends with its last handle, and holds the lock until then.
        drop(self.ctx);
        tokio::task::yield_now().await;
        Ok(store.close().await?)
    }
}
