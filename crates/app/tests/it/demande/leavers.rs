//! Nothing is orphaned when a compte closes (DE-6).

use super::{Scene, saisie};
use app::Requete;
use app::compte::deactivate;
use app::demande::{Cloture, DemandeDeComplement, ask, close, reply, show, take_next};
use chrono::TimeDelta;
use domain::demande::Etat;

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
    let mut sent = scene.essai.mailer.sent().split_off(before);
    // In these weeks conventions have their own reminders.
    sent.retain(|m| m.corps.contains(&reference));
    let subjects: Vec<&str> = sent.iter().map(|m| m.sujet.as_str()).collect();
    let kinds =
        ["du nouveau", "réponse est attendue", "réponse est attendue", "sera clôturée", "clôturée sans réponse"];
    assert_eq!(subjects.len(), kinds.len(), "{subjects:?}");
    assert!(subjects.iter().zip(kinds).all(|(sujet, kind)| sujet.contains(kind)), "{subjects:?}");
    let to: std::collections::BTreeSet<&str> = sent.iter().map(|m| m.destinataire.as_str()).collect();
    assert_eq!(to.len(), 1, "the one colleague left: {to:?}");
}

/// A demande that 82.agent has in charge, and who filed it.
async fn taken(scene: &Scene) -> (Requete, Requete, String) {
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let agent = scene.signin("82.agent").await;
    take_next(&scene.essai.ctx, &agent).await.unwrap();
    (technicien, agent, reference)
}

async fn agent_leaves(scene: &Scene) {
    let administrateur = scene.signin("82.administrateur").await;
    deactivate(&scene.essai.ctx, &administrateur, scene.monde.qui("82.agent").id()).await.unwrap();
}

/// What the partner wrote is the next thing that the service's queue gives to a colleague, who reads it.
async fn assert_queued(scene: &Scene, reference: &str, texte: &str) {
    let ctx = &scene.essai.ctx;
    let colleague = scene.signin("82.agent2").await;
    let waiting = show(ctx, &colleague, reference).await.unwrap().demande;
    assert_eq!((waiting.etat.etat(), waiting.etat.agent()), (Etat::Transmise, None));
    assert_eq!(take_next(ctx, &colleague).await.unwrap().as_deref(), Some(reference));
    let fiche = show(ctx, &colleague, reference).await.unwrap();
    assert_eq!(fiche.echanges.last().unwrap().message.texte, texte);
    assert_eq!(fiche.demande.etat.agent(), Some(scene.monde.qui("82.agent2").id()));
}

#[tokio::test]
async fn an_answer_for_an_agent_who_has_left_goes_to_the_queue_and_the_wait_ends_as_ever() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let (_, agent, reference) = taken(&scene).await;
    ask(ctx, &agent, &reference, &DEMANDE).await.unwrap();
    agent_leaves(&scene).await;
    scene.essai.clock.advance(TimeDelta::days(2));
    let technicien = scene.signin("82.technicien").await;
    reply(ctx, &technicien, &reference, 4, "Voici le bail.").await.unwrap();
    let fiche = show(ctx, &technicien, &reference).await.unwrap();
    assert!(fiche.complement.is_none());
    assert_eq!((fiche.horloges.total, fiche.horloges.net), (2, 0));
    assert_eq!(fiche.demande.echeance, fiche.horloges.echeance_nette, "lists read the net day");
    assert_queued(&scene, &reference, "Voici le bail.").await;
}

#[tokio::test]
async fn what_the_partner_reopens_after_its_agent_has_left_goes_to_the_queue() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let (technicien, agent, reference) = taken(&scene).await;
    close(ctx, &agent, &reference, &Cloture { version: 2, issue: "satisfaite", texte: "" }).await.unwrap();
    agent_leaves(&scene).await;
    reply(ctx, &technicien, &reference, 3, "Il manque une page.").await.unwrap();
    assert_eq!(scene.facts("cloture").await, 0, "what is open again is not counted as closed");
    assert_queued(&scene, &reference, "Il manque une page.").await;
}
