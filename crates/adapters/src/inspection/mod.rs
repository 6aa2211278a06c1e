//! What a file truly is: its first bytes, then a full read of it. A PDF stays as it is and must be passive; an image is
//! decoded and written anew, so that neither metadata nor anything hidden behind it is kept (security, « Files »).

mod image;
mod lexique;
mod mesure;
mod pdf;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_pdf;

use app::ports::{FileInspector, InspectError, Inspecte};
use async_trait::async_trait;
use domain::piece_jointe::{Refus, TypeFichier, check_size};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Reads files on threads of their own.
pub struct Inspecteur {
    places: Arc<Semaphore>,
}

/// Longest wait for a place, and then for the reading.
const DELAI: Duration = Duration::from_secs(30);

impl Inspecteur {
    /// At most so many files at once: one may take some 300 Mo of memory while it is open.
    #[must_use]
    pub fn new(places: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(places.max(1))) }
    }
}

impl Default for Inspecteur {
    fn default() -> Self {
        Self::new(2)
    }
}

#[async_trait]
impl FileInspector for Inspecteur {
    async fn inspect(&self, octets: Vec<u8>) -> Result<Inspecte, InspectError> {
        let failed = |e: &dyn std::fmt::Display| InspectError::Failed(e.to_string());
        let place = timeout(DELAI, self.places.clone().acquire_owned()).await;
        let place = place.map_err(|_| InspectError::Busy)?.map_err(|e| failed(&e))?;
        // A panic of a parser stays in its thread; its message may quote the file and is not kept.
        let work = tokio::task::spawn_blocking(move || {
            // Held as long as the thread works, whoever still waits for it.
            let _place = place;
            read(octets)
        });
        let read = timeout(DELAI, work).await.map_err(|_| InspectError::Busy)?;
        read.map_err(|_| InspectError::Failed("a parser panicked".to_owned()))?.map_err(InspectError::Refus)
    }
}

/// Reads a file to its end.
fn read(octets: Vec<u8>) -> Result<Inspecte, Refus> {
    check_size(octets.len())?;
    let type_fichier = TypeFichier::announced(&octets).ok_or_else(|| hidden(&octets))?;
    if is_archive(&octets) {
        return Err(Refus::Polyglotte);
    }
    let octets = match type_fichier {
        TypeFichier::Pdf => pdf::check(octets)?,
        TypeFichier::Jpeg | TypeFichier::Png => image::rewrite(&octets, type_fichier)?,
    };
    Ok(Inspecte { type_fichier, octets })
}

/// A PDF that begins with something else is two files in one; anything else is just no kind of ours.
fn hidden(octets: &[u8]) -> Refus {
    if contains(head(octets), b"%PDF-") { Refus::Polyglotte } else { Refus::TypeInconnu }
}

/// Where programs look for the header of a PDF.
fn head(octets: &[u8]) -> &[u8] {
    octets.get(..1024).unwrap_or(octets)
}

/// Whether a ZIP reader would open it: the directory of an archive stands at its end (Java, Office and HTML archives too).
fn is_archive(octets: &[u8]) -> bool {
    let start = octets.len().saturating_sub(65_557);
    let tail = octets.get(start..).unwrap_or(octets);
    contains(tail, b"PK\x05\x06") && contains(octets, b"PK\x01\x02")
}

fn contains(octets: &[u8], word: &[u8]) -> bool {
    octets.windows(word.len()).any(|w| w == word)
}
