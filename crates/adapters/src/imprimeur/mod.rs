//! Printed documents as tagged PDF files that meet PDF/UA-1 (architecture, point 14): `krilla` writes, the layout is
//! ours. In order: a text becomes lines (`texte`), blocks become sheets (`composition`, `tableau`), sheets
//! become a file (`dessin`). krilla's validator refuses what does not meet the standard.

mod composition;
mod dessin;
#[cfg(test)]
mod essais;
mod police;
mod tableau;
mod texte;

use app::imprime::Imprime;
use app::ports::PrintError;
use async_trait::async_trait;
use police::Polices;
use std::sync::Arc;

/// The printer of this process: its fonts are read once.
#[derive(Clone)]
pub struct Imprimeur(Arc<Polices>);

impl Imprimeur {
    /// A printer with the fonts that are shipped.
    ///
    /// # Errors
    /// [`PrintError::Failed`] when a shipped font cannot be read.
    pub fn new() -> Result<Self, PrintError> {
        Ok(Self(Arc::new(Polices::new()?)))
    }
}

#[async_trait]
impl app::ports::Imprimeur for Imprimeur {
    async fn print(&self, imprime: Imprime) -> Result<Vec<u8>, PrintError> {
        let polices = self.0.clone();
        let work = tokio::task::spawn_blocking(move || pdf(&polices, &imprime));
        // What a panic says may quote the document: it is not passed on.
        work.await.unwrap_or_else(|_| Err(PrintError::Failed("the layout stopped".to_owned())))
    }
}

fn pdf(polices: &Polices, imprime: &Imprime) -> Result<Vec<u8>, PrintError> {
    dessin::write(polices, composition::compose(polices, imprime))
}
