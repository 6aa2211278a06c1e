//! Files made predictable: an object store in memory, a scanner that answers as it is told. The inspector is the real one.

use ::adapters::inspection::Inspecteur;
use ::app::Fichiers;
use ::app::ports::{Constat, ObjectError, ObjectStore, ScannerAway, VirusScanner};
use async_trait::async_trait;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What files pass through where a test does not look: objects in memory, nothing ever found.
#[must_use]
pub fn fichiers() -> Fichiers {
    Fichiers {
        objets: Arc::new(MemoryObjects::default()),
        antivirus: Arc::new(ScriptedScanner::default()),
        inspecteur: Arc::new(Inspecteur::default()),
    }
}

/// Objects in memory; may be told to be away.
#[derive(Default)]
pub struct MemoryObjects {
    kept: Mutex<BTreeMap<String, Vec<u8>>>,
    away: Mutex<bool>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl MemoryObjects {
    /// Everything that is kept.
    #[must_use]
    pub fn all(&self) -> BTreeMap<String, Vec<u8>> {
        locked(&self.kept).clone()
    }

    /// From now on every call fails, or works again.
    pub fn set_away(&self, away: bool) {
        *locked(&self.away) = away;
    }

    fn there(&self) -> Result<MutexGuard<'_, BTreeMap<String, Vec<u8>>>, ObjectError> {
        if *locked(&self.away) { Err(ObjectError("away in the test".to_owned())) } else { Ok(locked(&self.kept)) }
    }
}

#[async_trait]
impl ObjectStore for MemoryObjects {
    async fn put(&self, cle: &str, octets: Vec<u8>) -> Result<(), ObjectError> {
        self.there()?.insert(cle.to_owned(), octets);
        Ok(())
    }

    async fn get(&self, cle: &str) -> Result<Option<Vec<u8>>, ObjectError> {
        Ok(self.there()?.get(cle).cloned())
    }

    async fn delete(&self, cle: &str) -> Result<(), ObjectError> {
        self.there()?.remove(cle);
        Ok(())
    }

    async fn list(&self) -> Result<Vec<String>, ObjectError> {
        Ok(self.there()?.keys().cloned().collect())
    }
}

/// What the scanner of a test does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Antivirus {
    /// Finds nothing.
    #[default]
    Sain,
    /// Finds a virus in everything.
    Infecte,
    /// Reads nothing.
    Illisible,
    /// Does not answer.
    Absent,
    /// There is none.
    Debranche,
}

/// A scanner that answers as it was last told, and keeps what it was shown.
#[derive(Default)]
pub struct ScriptedScanner {
    role: Mutex<Antivirus>,
    seen: Mutex<Vec<Vec<u8>>>,
}

impl ScriptedScanner {
    /// From now on it answers so.
    pub fn play(&self, role: Antivirus) {
        *locked(&self.role) = role;
    }

    /// Every content it was shown.
    #[must_use]
    pub fn seen(&self) -> Vec<Vec<u8>> {
        locked(&self.seen).clone()
    }
}

#[async_trait]
impl VirusScanner for ScriptedScanner {
    fn est_branche(&self) -> bool {
        *locked(&self.role) != Antivirus::Debranche
    }

    async fn scan(&self, octets: &[u8]) -> Result<Constat, ScannerAway> {
        locked(&self.seen).push(octets.to_vec());
        match *locked(&self.role) {
            Antivirus::Sain => Ok(Constat::Sain),
            Antivirus::Infecte => Ok(Constat::Infecte("Essai".to_owned())),
            Antivirus::Illisible => Ok(Constat::Illisible("too deep".to_owned())),
            Antivirus::Absent | Antivirus::Debranche => Err(ScannerAway("away in the test".to_owned())),
        }
    }
}

/// A small PDF that is a PDF: one blank page, told from another by its text.
#[must_use]
pub fn pdf(texte: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_owned(),
        format!("({texte})"),
    ];
    let mut octets = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        offsets.push(octets.len());
        octets.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let start = octets.len();
    octets.extend(b"xref\n0 5\n0000000000 65535 f \n");
    for offset in offsets {
        octets.extend(format!("{offset:010} 00000 n \n").into_bytes());
    }
    octets.extend(format!("trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    octets
}
