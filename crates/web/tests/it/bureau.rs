//! The desk's day through the pages: answer and next, complement, notes, waits, reopening.

use super::demandes::file;
use http::StatusCode;
use testkit::{Client, TestApp};

const NOTE: &str = "Voir avec Maryvonne avant lundi";

async fn taken(app: &TestApp) -> (Client, Client, String) {
    let mut technicien = app.signed("82.technicien").await;
    let reference = file(&mut technicien).await;
    let mut agent = app.signed("82.agent").await;
    agent.get("/file").await;
    agent.post("/file/suivante", &[]).await;
    agent.get(&format!("/demandes/{reference}")).await;
    (technicien, agent, reference)
}

async fn ask(agent: &mut Client, reference: &str, version: &str) -> testkit::Page {
    let form = [
        ("version", version),
        ("motif", "piece_manquante"),
        ("complement", "Il manque la copie du bail."),
        ("reponse_avant_jour", "22"),
        ("reponse_avant_mois", "1"),
        ("reponse_avant_annee", "2029"),
    ];
    agent.post(&format!("/demandes/{reference}/complement"), &form).await
}

#[tokio::test]
async fn from_the_queue_an_answer_is_sent_in_two_loads_and_the_next_one_is_there() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("82.technicien").await;
    let (first, second) = (file(&mut technicien).await, file(&mut technicien).await);
    let mut agent = app.signed("82.agent").await;
    agent.get("/file").await;
    let taken = agent.post("/file/suivante", &[]).await;
    let page = agent.get(taken.location()).await;
    let main = page.texts("form[action$=messages] button");
    assert_eq!(main.first().map(String::as_str), Some("Répondre et passer à la suivante"));
    let answer = [("version", "2"), ("texte", "C’est parti ce matin."), ("suite", "oui")];
    let sent = agent.post(&format!("/demandes/{first}/messages"), &answer).await;
    assert_eq!(sent.location(), format!("/demandes/{second}?repondue={first}"));
    let next = agent.get(sent.location()).await.main_text();
    assert!(next.contains(&format!("Réponse envoyée sur la demande {first}.")), "{next}");
    let close = [("version", "2"), ("issue", "satisfaite"), ("reponse_finale", ""), ("suite", "oui")];
    let closed = agent.post(&format!("/demandes/{second}/cloturer"), &close).await;
    assert_eq!(closed.location(), format!("/file?cloturee={second}"), "nothing is left to take");
    assert!(agent.get(closed.location()).await.main_text().contains(&format!("Demande {second} clôturée.")));
}

#[tokio::test]
async fn a_complement_is_asked_shown_answered_and_given_back() {
    let app = TestApp::monde().await;
    let (mut technicien, mut agent, reference) = taken(&app).await;
    let path = format!("/demandes/{reference}");
    let wrong = [("version", "2"), ("motif", ""), ("complement", "Le bail"), ("reponse_avant_jour", "40")];
    let wrong: Vec<_> =
        wrong.into_iter().chain([("reponse_avant_mois", "1"), ("reponse_avant_annee", "2029")]).collect();
    let page = agent.post(&format!("{path}/complement"), &wrong).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.texts(".govuk-error-summary a").len(), 2, "{:?}", page.texts(".govuk-error-summary"));
    assert!(page.attr("details[open]", "open").is_some() && page.body.contains("Le bail"));
    let asked = ask(&mut agent, &reference, "2").await;
    assert_eq!(asked.location(), format!("{path}?fait=complement"), "{}", asked.main_text());
    assert!(agent.get("/file?vue=en-attente").await.main_text().contains(&reference));
    assert!(technicien.get("/").await.main_text().contains("Compléments demandés par la caisse"));
    let fiche = technicien.get(&path).await;
    for said in ["La caisse attend une réponse", "copie du bail", "22 janvier 2029", "7 février 2029"] {
        assert!(fiche.main_text().contains(said), "{said}");
    }
    let version = fiche.attr("input[name=version]", "value").unwrap();
    let answer = [("version", version.as_str()), ("texte", "Voici le bail.")];
    technicien.post(&format!("{path}/messages"), &answer).await;
    let fiche = agent.get(&path).await.main_text();
    assert!(fiche.contains("Voici le bail.") && fiche.contains("Prise en charge") && !fiche.contains("clôture le"));
}

#[tokio::test]
async fn no_page_of_the_partner_holds_an_internal_note() {
    let app = TestApp::monde().await;
    let (mut technicien, mut agent, reference) = taken(&app).await;
    let path = format!("/demandes/{reference}");
    let noted = agent.post(&format!("{path}/notes"), &[("note", NOTE)]).await;
    assert_eq!(noted.location(), format!("{path}?fait=note"));
    let held = [("version", "2"), ("note_attente", NOTE)];
    agent.post(&format!("{path}/attente-interne"), &held).await;
    assert_eq!(agent.get(&path).await.texts("#notes-titre ~ ol li").len(), 2);
    for route in app.routes.iter().filter(|r| r.method == http::Method::GET) {
        let address = route.path.replace("{reference}", &reference);
        if address.contains('{') {
            continue;
        }
        assert!(!technicien.get(&address).await.body.contains("Maryvonne"), "{address}");
    }
    let conflict = technicien.post(&format!("{path}/messages"), &[("version", "1"), ("texte", "Bonjour")]).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    assert!(!conflict.body.contains("Maryvonne"));
    app.run_jobs().await;
    assert!(!app.mails().iter().any(|m| m.corps.contains("Maryvonne") || m.sujet.contains("Maryvonne")));
}

#[tokio::test]
async fn the_second_of_two_gets_a_conflict_with_his_text_for_every_act() {
    let app = TestApp::monde().await;
    let (_, mut agent, reference) = taken(&app).await;
    let path = format!("/demandes/{reference}");
    agent.post(&format!("{path}/messages"), &[("version", "2"), ("texte", "Un mot.")]).await;
    let stale = ask(&mut agent, &reference, "2").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("copie du bail"), "what was typed is kept");
    let stale = agent.post(&format!("{path}/attente-interne"), &[("version", "2"), ("note_attente", NOTE)]).await;
    assert!(stale.status == StatusCode::CONFLICT && stale.body.contains(NOTE));
    let stale = agent.post(&format!("{path}/reprendre"), &[("version", "1")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let close = [("version", "3"), ("issue", "satisfaite"), ("reponse_finale", "")];
    agent.post(&format!("{path}/cloturer"), &close).await;
    let stale = agent.post(&format!("{path}/rouvrir"), &[("version", "3"), ("motif_reouverture", "Erreur.")]).await;
    assert!(stale.status == StatusCode::CONFLICT && stale.body.contains("Erreur."));
    let open = agent.post(&format!("{path}/rouvrir"), &[("version", "4"), ("motif_reouverture", "Erreur.")]).await;
    assert_eq!(open.location(), format!("{path}?fait=rouverte"));
}

#[tokio::test]
async fn a_closed_demande_is_opened_again_by_writing_and_no_longer_once_the_time_is_over() {
    let app = TestApp::monde().await;
    let (mut technicien, mut agent, reference) = taken(&app).await;
    let path = format!("/demandes/{reference}");
    let close = [("version", "2"), ("issue", "satisfaite"), ("reponse_finale", "")];
    agent.post(&format!("{path}/cloturer"), &close).await;
    let fiche = technicien.get(&path).await;
    assert!(
        fiche.main_text().contains("Écrire au service la rouvre, jusqu’au 7 février 2029"),
        "{}",
        fiche.main_text()
    );
    app.advance(chrono::TimeDelta::days(31));
    let mut technicien = app.signed("82.technicien").await;
    let fiche = technicien.get(&path).await;
    assert!(fiche.main_text().contains("ne reçoit plus de message"));
    let late = technicien.post(&format!("{path}/messages"), &[("version", "3"), ("texte", "Encore")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.main_text().contains("Le délai pour rouvrir cette demande est passé"));
}
