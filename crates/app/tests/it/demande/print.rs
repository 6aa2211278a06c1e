use super::{Scene, saisie};
use app::demande::{print_receipt, receipt};
use app::imprime::{Bloc, Imprime};
use app::ports::{Imprimeur, PrintError};
use app::{AppError, Contexte};
use async_trait::async_trait;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::Barrier;

/// A printer whose every print differs, and that waits for a second one to print at the same time.
struct Together(AtomicU32, Barrier);

#[async_trait]
impl Imprimeur for Together {
    async fn print(&self, _: Imprime) -> Result<Vec<u8>, PrintError> {
        self.1.wait().await;
        Ok(self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes().to_vec())
    }
}

/// A printer that keeps what it was given.
#[derive(Default)]
struct Kept(Mutex<Option<Imprime>>);

#[async_trait]
impl Imprimeur for Kept {
    async fn print(&self, imprime: Imprime) -> Result<Vec<u8>, PrintError> {
        *self.0.lock().unwrap() = Some(imprime);
        Ok(Vec::new())
    }
}

/// A printer that is out of order.
struct Broken;

#[async_trait]
impl Imprimeur for Broken {
    async fn print(&self, _: Imprime) -> Result<Vec<u8>, PrintError> {
        Err(PrintError::Refused("TooLongString".to_owned()))
    }
}

#[tokio::test]
async fn the_receipt_holds_the_legal_mentions_and_names_nobody() {
    let scene = Scene::new().await;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let recu = receipt(&scene.essai.ctx, &technicien, &reference).await.unwrap();
    let imprime = app::imprime::accuse(&recu);
    let mentions = imprime.blocs.iter().find_map(|b| if let Bloc::Mentions(m) = b { Some(m) } else { None }).unwrap();
    let value = |nom: &str| mentions.iter().find(|(n, _)| n == nom).map(|(_, v)| v.as_str()).unwrap_or_default();
    assert_eq!(value("Référence"), reference);
    assert_eq!((value("Objet"), value("Reçue le")), ("Demander un document", "8 janvier 2029 à 9 h 00"));
    assert_eq!(
        (value("Caisse"), value("Service en charge")),
        (recu.accuse.caisse.as_str(), recu.accuse.service.as_str())
    );
    for nom in ["Téléphone", "Courriel", "Adresse postale"] {
        assert!(!value(nom).is_empty(), "{nom}: {mentions:?}");
    }
    assert!(value("Réponse prévisible").starts_with("Sous 5 jours ouvrés, soit le 15 janvier 2029"), "{mentions:?}");
    let all = format!("{imprime:?}");
    for name in ["Lefèvre", "Müller", "Zoé", "1985", "attestation"] {
        assert!(!all.contains(name), "{name} on the receipt");
    }
    assert!(!all.contains("silence"), "what silence means is not said where no data says it");
    let mut silent = recu.clone();
    silent.accuse.silence = Some("Sans réponse sous deux mois, la demande est rejetée.".to_owned());
    let last = app::imprime::accuse(&silent).blocs.pop();
    assert_eq!(last, Some(Bloc::Paragraphe("Sans réponse sous deux mois, la demande est rejetée.".to_owned())));
}

#[tokio::test]
async fn the_pdf_is_a_print_of_what_the_page_shows() {
    let scene = Scene::new().await;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let kept = Arc::new(Kept::default());
    let ctx = Contexte { imprimeur: kept.clone(), ..scene.essai.ctx.clone() };
    print_receipt(&ctx, &technicien, &reference).await.unwrap();
    let recu = receipt(&ctx, &technicien, &reference).await.unwrap();
    assert_eq!(kept.0.lock().unwrap().take(), Some(app::imprime::accuse(&recu)));
}

#[tokio::test]
async fn the_pdf_is_made_once_then_handed_out_as_issued_to_both_sides() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let broken = Contexte { imprimeur: Arc::new(Broken), ..ctx.clone() };
    let failed = print_receipt(&broken, &technicien, &reference).await;
    assert!(matches!(failed, Err(AppError::Interne(_))), "{failed:?}");
    let first = print_receipt(ctx, &technicien, &reference).await.unwrap();
    assert!(first.starts_with(b"%PDF-1.7"));
    for nom in ["82.technicien", "82.technicien2", "82.agent", "82.superviseur"] {
        let requete = scene.signin(nom).await;
        assert_eq!(print_receipt(&broken, &requete, &reference).await.unwrap(), first, "{nom}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_first_requests_at_once_are_answered_with_the_same_bytes() {
    let scene = Scene::new().await;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let together = Together(AtomicU32::new(0), Barrier::new(2));
    let ctx = Contexte { imprimeur: Arc::new(together), ..scene.essai.ctx.clone() };
    let (one, other) =
        tokio::join!(print_receipt(&ctx, &technicien, &reference), print_receipt(&ctx, &technicien, &reference));
    let one = one.unwrap();
    assert_eq!(one, other.unwrap());
    assert_eq!(print_receipt(&ctx, &technicien, &reference).await.unwrap(), one);
}
