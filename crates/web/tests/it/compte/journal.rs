//! What the log of a sign-in says, and what it never says.

use super::*;
use std::sync::{Arc, Mutex};

/// What the log says, kept in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_names_routes_and_no_token_identifiant_or_password() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(move || writer.clone());
    // For the whole binary: the lines of the trials running beside this one are read too.
    tracing::subscriber::set_global_default(subscriber.finish()).unwrap();
    let app = TestApp::new().await;
    let mut client = app.client();
    let personne = activate(&app, &mut client).await;
    let lien = app.last_link();
    client.get(&lien).await;
    app.client().post("/connexion", &[("identifiant", &personne.identifiant), ("mot_de_passe", AUTRE)]).await;
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("/invitation/{jeton}"), "{text}");
    let jeton = lien.rsplit('/').next().unwrap();
    let session = client.cookie("__Host-session").unwrap();
    for secret in [jeton, session, &personne.identifiant, &personne.secret, &personne.codes[0], MOT, AUTRE] {
        assert!(!text.contains(secret), "{secret}");
    }
}
