//! Nothing is orphaned when a compte closes (DE-6).

use super::{Scene, saisie};
use app::compte::deactivate;
use app::demande::{DemandeDeComplement, ask, take_next};

const DEMANDE: DemandeDeComplement<'static> = DemandeDeComplement {
    version: 2,
    motif: "piece_manquante",
    texte: "Il manque la copie du bail.",
    reponse_avant: ["22", "1", "2029"],
};

#[tokio::test]
async fn the_colleagues_are_told_each_once_when_who_filed_has_left() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let gestionnaire = scene.signin("82.gestionnaire").await;
    deactivate(ctx, &gestionnaire, scene.monde.qui("82.technicien").id()).await.unwrap();
    let agent = scene.signin("82.agent").await;
    take_next(ctx, &agent).await.unwrap();
    scene.jobs().await;
    let before = scene.essai.mailer.sent().len();
    ask(ctx, &agent, &reference, &DEMANDE).await.unwrap();
    for day in ["2029-01-15", "2029-01-22", "2029-01-31", "2029-02-07"] {
        scene.essai.clock.set(format!("{day}T11:00:00Z").parse().unwrap());
        scene.jobs().await;
    }
    let sent = scene.essai.mailer.sent().split_off(before);
    let subjects: Vec<&str> = sent.iter().map(|m| m.sujet.as_str()).collect();
    let kinds =
        ["du nouveau", "réponse est attendue", "réponse est attendue", "sera clôturée", "clôturée sans réponse"];
    assert_eq!(subjects.len(), kinds.len(), "{subjects:?}");
    assert!(subjects.iter().zip(kinds).all(|(sujet, kind)| sujet.contains(kind)), "{subjects:?}");
    let to: std::collections::BTreeSet<&str> = sent.iter().map(|m| m.destinataire.as_str()).collect();
    assert_eq!(to.len(), 1, "the one colleague left: {to:?}");
}
