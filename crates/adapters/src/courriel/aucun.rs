//! No relay: every mail waits for its next try.

use app::ports::{Envoi, Mailer, SendError};
use async_trait::async_trait;

/// Stands behind the port when the installation has no relay.
#[derive(Debug, Clone, Copy, Default)]
pub struct SansRelais;

#[async_trait]
impl Mailer for SansRelais {
    async fn send(&self, _: &Envoi) -> Result<(), SendError> {
        Err(SendError::Transient("no relay is set (smtp.hote)".to_owned()))
    }
}
