//! News told at once or once a working day (RG-6).

use super::{Scene, saisie};
use app::demande::{Cloture, close, counters, home, queue, reply, show, take};
use app::notification::choose;
use app::ports::Envoi;
use app::{AppError, Requete};
use chrono::{DateTime, Utc};
use domain::droits::Refus;

/// Mails on news since the last look, addressed to the technicien of a département.
fn news(scene: &Scene) -> Vec<Envoi> {
    scene.essai.mailer.sent().into_iter().filter(|m| m.sujet.contains("du nouveau")).collect()
}

fn at(scene: &Scene, instant: &str) {
    scene.essai.clock.set(instant.parse::<DateTime<Utc>>().unwrap());
}

/// Signs both sides in; sessions end, so it is done again after a jump of the clock.
async fn both(scene: &Scene, departement: &str) -> (Requete, Requete) {
    let technicien = scene.signin(&format!("{departement}.technicien")).await;
    (technicien, scene.signin(&format!("{departement}.agent")).await)
}

/// Files a demande that the agent has in charge.
async fn taken(scene: &Scene, (technicien, agent): &(Requete, Requete), departement: &str) -> String {
    let reference = scene.file(technicien, &saisie(departement)).await;
    take(&scene.essai.ctx, agent, &reference, 1).await.unwrap();
    reference
}

async fn answer(scene: &Scene, agent: &Requete, reference: &str) {
    let version = show(&scene.essai.ctx, agent, reference).await.unwrap().demande.version;
    reply(&scene.essai.ctx, agent, reference, version, "Voici la réponse.").await.unwrap();
}

#[tokio::test]
async fn at_once_is_the_default_and_an_answer_that_closes_is_told_once() {
    let scene = Scene::new().await;
    let both = both(&scene, "82").await;
    let reference = taken(&scene, &both, "82").await;
    answer(&scene, &both.1, &reference).await;
    scene.jobs().await;
    assert_eq!(news(&scene).len(), 1);
    let version = show(&scene.essai.ctx, &both.1, &reference).await.unwrap().demande.version;
    let cloture = Cloture { version, issue: "satisfaite", texte: "C’est fait." };
    close(&scene.essai.ctx, &both.1, &reference, &cloture).await.unwrap();
    scene.jobs().await;
    assert_eq!(news(&scene).len(), 2, "one act, one mail");
}

#[tokio::test]
async fn news_of_a_friday_evening_are_one_mail_on_monday_at_eight() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    at(&scene, "2029-01-12T16:00:00Z");
    let both = both(&scene, "82").await;
    choose(ctx, &both.0, "par_jour").await.unwrap();
    let (first, second) = (taken(&scene, &both, "82").await, taken(&scene, &both, "82").await);
    for reference in [&first, &second, &first] {
        answer(&scene, &both.1, reference).await;
    }
    for silent in ["2029-01-12T18:00:00Z", "2029-01-13T07:00:00Z", "2029-01-14T09:00:00Z", "2029-01-15T06:59:59Z"] {
        at(&scene, silent);
        scene.jobs().await;
        assert_eq!(news(&scene).len(), 0, "{silent}");
    }
    at(&scene, "2029-01-15T07:00:00Z");
    scene.jobs().await;
    scene.jobs().await;
    let sent = news(&scene);
    assert_eq!(sent.len(), 1, "one mail, although the job ran twice");
    assert_eq!(sent[0].sujet, "Espace Partenaires : du nouveau sur 2 demandes");
    for reference in [&first, &second] {
        let line = format!("{reference} : https://portail.example/demandes/{reference}\n");
        assert_eq!(sent[0].corps.matches(&line).count(), 1, "{}", sent[0].corps);
    }
    for name in ["Lefèvre", "Zoé", "1985", "attestation", "réponse."] {
        assert!(!sent[0].corps.contains(name), "{name} in a mail");
    }
    // What comes after eight waits for Tuesday.
    let (_, agent) = both_again(&scene).await;
    answer(&scene, &agent, &second).await;
    at(&scene, "2029-01-15T20:00:00Z");
    scene.jobs().await;
    assert_eq!(news(&scene).len(), 1);
    at(&scene, "2029-01-16T09:00:00Z");
    scene.jobs().await;
    assert_eq!(news(&scene)[1].sujet, format!("Espace Partenaires : du nouveau sur la demande {second}"));
}

async fn both_again(scene: &Scene) -> (Requete, Requete) {
    both(scene, "82").await
}

#[tokio::test]
async fn a_holiday_of_the_caisse_puts_the_mail_off() {
    let scene = Scene::new().await;
    // Good Friday, 30 March 2029, is a holiday in Moselle only; Easter Monday, 2 April, everywhere.
    for (departement, evening, silent, sent) in [
        ("83", "2029-03-29T16:00:00Z", "2029-03-30T05:59:59Z", "2029-03-30T06:00:00Z"),
        ("57", "2029-03-29T16:00:00Z", "2029-04-02T12:00:00Z", "2029-04-03T06:00:00Z"),
        ("82", "2029-03-30T16:00:00Z", "2029-04-02T12:00:00Z", "2029-04-03T06:00:00Z"),
    ] {
        let before = news(&scene).len();
        at(&scene, evening);
        let both = both(&scene, departement).await;
        choose(&scene.essai.ctx, &both.0, "par_jour").await.unwrap();
        let reference = taken(&scene, &both, departement).await;
        answer(&scene, &both.1, &reference).await;
        at(&scene, silent);
        scene.jobs().await;
        assert_eq!(news(&scene).len(), before, "{departement}");
        at(&scene, sent);
        scene.jobs().await;
        assert_eq!(news(&scene).len(), before + 1, "{departement}");
    }
}

#[tokio::test]
async fn nothing_is_lost_when_the_choice_changes_while_news_wait() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let both = both(&scene, "82").await;
    let (first, second) = (taken(&scene, &both, "82").await, taken(&scene, &both, "82").await);
    choose(ctx, &both.0, "par_jour").await.unwrap();
    answer(&scene, &both.1, &first).await;
    choose(ctx, &both.0, "tout_de_suite").await.unwrap();
    answer(&scene, &both.1, &second).await;
    scene.jobs().await;
    assert!(news(&scene).iter().all(|m| m.sujet.contains(&second)) && news(&scene).len() == 1);
    at(&scene, "2029-01-09T07:00:00Z");
    scene.jobs().await;
    assert!(news(&scene)[1].sujet.contains(&first));
}

#[tokio::test]
async fn a_compte_that_is_closed_meanwhile_receives_nothing_and_nothing_waits_for_it() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let both = both(&scene, "82").await;
    let reference = taken(&scene, &both, "82").await;
    choose(ctx, &both.0, "par_jour").await.unwrap();
    answer(&scene, &both.1, &reference).await;
    let gestionnaire = scene.signin("82.gestionnaire").await;
    app::compte::deactivate(ctx, &gestionnaire, scene.monde.qui("82.technicien").id()).await.unwrap();
    answer(&scene, &both.1, &reference).await;
    at(&scene, "2029-01-09T07:00:00Z");
    scene.jobs().await;
    // His colleague is told in his place of what came after (DE-6).
    let told: Vec<String> = news(&scene).into_iter().map(|m| m.destinataire).collect();
    assert!(matches!(&told[..], [one] if one.starts_with("technicien2.")), "{told:?}");
    let tx = ctx.store.begin_read().await.unwrap();
    assert_eq!(store::avis::due(&tx, "2030-01-01T00:00:00Z".parse().unwrap()).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_at_eight_send_one_mail() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let both = both(&scene, "82").await;
    choose(ctx, &both.0, "par_jour").await.unwrap();
    let reference = taken(&scene, &both, "82").await;
    answer(&scene, &both.1, &reference).await;
    at(&scene, "2029-01-09T07:00:00Z");
    let nodes: Vec<_> = (0..6)
        .map(|_| {
            tokio::spawn({
                let ctx = ctx.clone();
                async move { app::jobs::run_due(&ctx).await }
            })
        })
        .collect();
    for node in nodes {
        node.await.unwrap().unwrap();
    }
    assert_eq!(news(&scene).len(), 1);
}

#[tokio::test]
async fn only_those_whom_a_demande_concerns_choose_and_only_a_known_word() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    for nom in ["82.technicien", "82.agent", "82.superviseur"] {
        let requete = scene.signin(nom).await;
        choose(ctx, &requete, "par_jour").await.unwrap();
        let vu = app::compte::show_own(ctx, &requete).await.unwrap();
        assert_eq!(vu.rythme, Some(app::notification::Rythme::ParJour), "{nom}");
        assert!(matches!(choose(ctx, &requete, "jamais").await, Err(AppError::Saisie(_))));
    }
    for nom in ["82.gestionnaire", "82.dpo", "national"] {
        let requete = scene.signin(nom).await;
        let refused = choose(ctx, &requete, "par_jour").await;
        assert!(matches!(refused, Err(AppError::Interdit(Refus::ActeInterdit))), "{nom}: {refused:?}");
        assert_eq!(app::compte::show_own(ctx, &requete).await.unwrap().rythme, None);
    }
}

#[tokio::test]
async fn counters_of_what_is_to_be_read_fall_when_it_is_read() {
    let scene = Scene::new().await;
    let ctx = &scene.essai.ctx;
    let both = both(&scene, "82").await;
    let (first, second) = (taken(&scene, &both, "82").await, taken(&scene, &both, "82").await);
    for reference in [&first, &first, &second] {
        answer(&scene, &both.1, reference).await;
    }
    let unread = async || home(ctx, &both.0).await.unwrap().nombre_a_lire;
    assert_eq!(unread().await, 2, "demandes, not lines");
    show(ctx, &both.0, &first).await.unwrap();
    assert_eq!(unread().await, 1);
    let stranger = scene.signin("83.technicien").await;
    assert_eq!(home(ctx, &stranger).await.unwrap().nombre_a_lire, 0);
    let version = show(ctx, &both.0, &first).await.unwrap().demande.version;
    reply(ctx, &both.0, &first, version, "Merci, encore une question.").await.unwrap();
    let counted = async |requete: &Requete| {
        let miennes = queue(ctx, requete, app::demande::Vue::Miennes, None).await.unwrap().nombres.a_lire;
        assert_eq!(miennes, counters(ctx, requete).await.unwrap().nombres.a_lire);
        miennes
    };
    assert_eq!(counted(&both.1).await, 1);
    let colleague = scene.signin("82.agent2").await;
    assert_eq!(counted(&colleague).await, 0, "a colleague's demande is not his");
    show(ctx, &both.1, &first).await.unwrap();
    assert_eq!(counted(&both.1).await, 0);
}
