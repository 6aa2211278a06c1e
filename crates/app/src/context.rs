//! What every use case receives: the context of the process, and who asks.

use crate::compte::Vu;
use crate::error::{AppError, Outcome};
use crate::ports::{Clock, FileInspector, Imprimeur, Mailer, ObjectStore, PasswordHasher, Random, VirusScanner};
use chrono::{DateTime, Utc};
use domain::demande::Delais;
use domain::droits::Acteur;
use domain::ids::{CaisseId, CompteId, PartenaireId, uuid_v7};
use std::sync::{Arc, Mutex, PoisonError};
use store::Store;
use store::journal::{self, Entree, Readings, Resultat};
use uuid::Uuid;

/// Settings that use cases read.
#[derive(Clone, Debug)]
pub struct Reglages {
    /// Address of the site, for links in mails; without a final slash.
    pub url_publique: String,
    /// Name of the product in mails.
    pub nom_produit: String,
    /// Days of the complement loop and of the reopening (DE-7, DE-8).
    pub complement: Delais,
    /// Whether this is a demonstration: only there may a persona act without a session.
    pub demonstration: bool,
}

/// What files pass through.
#[derive(Clone)]
pub struct Fichiers {
    /// Where sealed bytes are kept.
    pub objets: Arc<dyn ObjectStore>,
    /// Who looks for viruses; used by the worker only.
    pub antivirus: Arc<dyn VirusScanner>,
    /// Who tells the true kind.
    pub inspecteur: Arc<dyn FileInspector>,
}

/// The process, as use cases see it. Cheap to clone.
#[derive(Clone)]
pub struct Contexte {
    /// The databases.
    pub store: Store,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// Passwords.
    pub hasher: Arc<dyn PasswordHasher>,
    /// Mails; used by the worker only.
    pub mailer: Arc<dyn Mailer>,
    /// Printed documents.
    pub imprimeur: Arc<dyn Imprimeur>,
    /// Files of demandes.
    pub fichiers: Fichiers,
    /// The journal's writer of readings.
    pub readings: Readings,
    /// Settings.
    pub reglages: Arc<Reglages>,
    /// The last id given.
    pub ids: Ids,
}

/// Keeps the ids of one process in the order they were given, also within one millisecond: rows of one instant are
/// listed by id.
#[derive(Clone, Debug, Default)]
pub struct Ids(Arc<Mutex<u128>>);

impl Ids {
    fn after(&self, candidate: Uuid) -> Uuid {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *last = candidate.as_u128().max(last.saturating_add(1));
        Uuid::from_u128(*last)
    }
}

impl Contexte {
    /// Whether files are analysed at all; without a scanner they wait, and pages say so.
    #[must_use]
    pub fn antivirus_branche(&self) -> bool {
        self.fichiers.antivirus.est_branche()
    }

    /// Now, in whole microseconds.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let now = self.clock.now();
        DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
    }

    /// A new id: UUIDv7 of now, after every id given before by this process.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        self.ids.after(uuid_v7(self.now().timestamp_millis().unsigned_abs(), &self.random_bytes()))
    }

    /// A new id that tells nothing of when it was made (facts).
    #[must_use]
    pub fn random_id(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.random_bytes()).into_uuid()
    }

    /// Random bytes.
    #[must_use]
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes);
        bytes
    }
}

/// Through what somebody asks.
#[derive(Clone, Debug)]
pub enum Appelant {
    /// Hash of the session's token.
    Session([u8; 32]),
    /// A persona while the demonstration is filled. Refused anywhere else.
    Demonstration(CompteId),
}

/// Who asks, and from where.
#[derive(Clone, Debug)]
pub struct Requete {
    /// Through what.
    pub appelant: Option<Appelant>,
    /// Request id, shown on error pages and written to log and journal.
    pub id: String,
    /// Network address.
    pub adresse: Option<String>,
    /// Who asks, as the guard of a page read it a moment ago; nobody for a form, whose body may take minutes to arrive.
    /// Reading use cases take it; writing ones read again inside their transaction.
    pub vu: Option<Arc<Vu>>,
}

impl Requete {
    /// A request of the system itself.
    #[must_use]
    pub fn systeme(id: impl Into<String>) -> Self {
        Self { appelant: None, id: id.into(), adresse: None, vu: None }
    }
}

/// What a journal row is about.
#[derive(Clone, Debug, Default)]
pub struct Objet {
    /// Kind of object.
    pub nature: &'static str,
    /// Which one: an id or a reference, never a name.
    pub id: Option<String>,
    /// Tenant on the desk side.
    pub caisse: Option<CaisseId>,
    /// Tenant on the partner side.
    pub partenaire: Option<PartenaireId>,
}

impl Contexte {
    /// A journal row of this request; `details` holds codes and counts only.
    #[must_use]
    pub fn entree(&self, requete: &Requete, acteur: &Acteur, action: &'static str, objet: Objet) -> Entree {
        Entree {
            id: self.new_id(),
            le: self.now(),
            requete: requete.id.clone(),
            acteur: acteur.code(),
            compte: acteur.compte(),
            action,
            objet: objet.nature,
            objet_id: objet.id,
            caisse: objet.caisse,
            partenaire: objet.partenaire,
            adresse: requete.adresse.clone(),
            resultat: Resultat::Fait,
            details: "{}".to_owned(),
        }
    }

    /// Writes the row of a writing use case in its own transaction: call it last, before the commit.
    ///
    /// # Errors
    /// The database's error: the use case must fail too.
    pub async fn journal(&self, tx: &store::WriteTx, entree: Entree) -> Outcome<()> {
        journal::write(tx, entree);
        Ok(())
    }

    /// Records a reading; the answer may go only when this returns.
    ///
    /// # Errors
    /// [`AppError::Journal`] when it cannot be recorded.
    pub async fn record(&self, entree: Entree) -> Outcome<()> {
        self.readings.record(entree).await.map_err(AppError::from)
    }

    /// Records a refusal and gives the error back; a journal that cannot be written takes precedence (503).
    pub async fn refuse(
        &self,
        requete: &Requete,
        acteur: &Acteur,
        (action, objet): (&'static str, Objet),
        cause: AppError,
    ) -> AppError {
        let mut entree = self.entree(requete, acteur, action, objet);
        entree.resultat = Resultat::Refus;
        match self.record(entree).await {
            Ok(()) => cause,
            Err(journal) => journal,
        }
    }
}
