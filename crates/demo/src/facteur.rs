//! The mailman of the filling: a persona reads mail too.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use app::ports::{Envoi, Mailer, SendError};

/// Sends on, and remembers the last text to each address.
pub(crate) struct Facteur {
    suivant: Arc<dyn Mailer>,
    derniers: Mutex<HashMap<String, String>>,
}

impl Facteur {
    pub(crate) fn new(suivant: Arc<dyn Mailer>) -> Self {
        Self { suivant, derniers: Mutex::default() }
    }

    /// The token at the end of the link of the last mail to an address.
    pub(crate) fn jeton(&self, adresse: &str, chemin: &str) -> Option<String> {
        let derniers = self.derniers.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, apres) = derniers.get(adresse)?.split_once(&format!("{chemin}/"))?;
        apres.split_whitespace().next().map(str::to_owned)
    }
}

#[async_trait::async_trait]
impl Mailer for Facteur {
    async fn send(&self, envoi: &Envoi) -> Result<(), SendError> {
        self.suivant.send(envoi).await?;
        let mut derniers = self.derniers.lock().unwrap_or_else(PoisonError::into_inner);
        derniers.insert(envoi.destinataire.clone(), envoi.corps.clone());
        Ok(())
    }
}
