//! The journey of a demande through the pages, as both sides walk it.

use chrono::TimeDelta;
use http::StatusCode;
use testkit::{Client, TestApp};

const FORM: &str = "/demandes/nouvelle/document";

/// A complete form.
fn fields<'a>(brouillon: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("brouillon", brouillon),
        ("civilite", "madame"),
        ("nom", "Œuvrard d’Àlban"),
        ("prenom", "Maëlys"),
        ("naissance_jour", "9"),
        ("naissance_mois", "11"),
        ("naissance_annee", "1972"),
        ("departement", "82"),
        ("documents", "attestation_droits"),
        ("documents", "carte_vitale"),
        ("information", "entretien"),
        ("precisions", "Carte perdue lors du déménagement."),
    ];
    for (name, value) in changes {
        all.retain(|(k, _)| k != name);
        all.push((name, value));
    }
    all
}

async fn draft_id(client: &mut Client) -> String {
    client.get(FORM).await.attr("input[name=brouillon]", "value").expect("the form gives the draft its id")
}

pub(crate) async fn file(client: &mut Client) -> String {
    let id = draft_id(client).await;
    let check = client.post(FORM, &fields(&id, &[])).await;
    assert_eq!((check.status, check.location()), (StatusCode::SEE_OTHER, format!("/brouillons/{id}").as_str()));
    client.get(check.location()).await;
    let sent = client.post(&format!("/brouillons/{id}/envoyer"), &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.main_text());
    sent.location().trim_start_matches("/demandes/").trim_end_matches("/accuse").to_owned()
}

#[tokio::test]
async fn a_technicien_files_in_four_loads_and_reads_the_receipt() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("82.technicien").await;
    assert!(technicien.get("/").await.main_text().contains("Demander un document"));
    let form = technicien.get(FORM).await;
    assert!(
        form.main_text().contains("à l’adresse de l’assuré connue de la caisse")
            || form.main_text().contains("adresse"),
        "the route is shown"
    );
    let id = draft_id(&mut technicien).await;
    technicien.post(FORM, &fields(&id, &[])).await;
    let check = technicien.get(&format!("/brouillons/{id}")).await;
    assert_eq!(check.h1(), "Vérifiez votre demande");
    for shown in
        ["Œuvrard d’Àlban", "Maëlys", "9 novembre 1972", "82", "Attestation de droits", "CPAM de Tarn-et-Garonne"]
    {
        assert!(check.main_text().contains(shown), "{shown} on the check page");
    }
    let sent = technicien.post(&format!("/brouillons/{id}/envoyer"), &[]).await;
    let receipt = technicien.get(sent.location()).await;
    for mention in ["EP-", "8 janvier 2029 à 9 h", "Service des droits", "15 janvier 2029", "CPAM de Tarn-et-Garonne"]
    {
        assert!(receipt.main_text().contains(mention), "{mention} on the receipt: {}", receipt.main_text());
    }
    let list = technicien.get("/demandes").await;
    assert!(list.main_text().contains("Transmise"));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_double_click_files_once() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("82.technicien").await;
    let id = draft_id(&mut technicien).await;
    technicien.post(FORM, &fields(&id, &[])).await;
    technicien.get(&format!("/brouillons/{id}")).await;
    let mut other_click = technicien.clone();
    let path = format!("/brouillons/{id}/envoyer");
    let (one, two) = tokio::join!(technicien.post(&path, &[]), other_click.post(&path, &[]));
    assert_eq!(one.location(), two.location());
    assert!(one.location().ends_with("/accuse"));
    assert_eq!(technicien.get("/demandes").await.texts("tbody tr").len(), 1);
}

#[tokio::test]
async fn a_refused_form_answers_422_with_a_summary_and_keeps_what_was_typed() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("82.technicien").await;
    let id = draft_id(&mut technicien).await;
    let page =
        technicien.post(FORM, &fields(&id, &[("naissance_mois", "13"), ("information", ""), ("nom", "Durand2")])).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.title().starts_with("Erreur : "));
    assert_eq!(page.texts(".govuk-error-summary a").len(), 3, "{:?}", page.texts(".govuk-error-summary"));
    assert_eq!(page.attr("#prenom", "value").as_deref(), Some("Maëlys"));
    assert!(page.body.contains("Carte perdue lors du déménagement."));
    assert!(page.attr("input[value=carte_vitale]", "checked").is_some(), "boxes stay ticked");
    let again = technicien.get(&format!("{FORM}?brouillon={id}")).await;
    assert_eq!(again.attr("#prenom", "value").as_deref(), Some("Maëlys"), "the draft is kept");
}

#[tokio::test]
async fn a_nir_is_refused_on_both_sides_and_never_echoed() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("82.technicien").await;
    let id = draft_id(&mut technicien).await;
    let key = 97 - (2_720_982_899_004_u64 % 97);
    let nir = format!("2 72 09 82 899 004 {key:02}");
    let text = format!("Elle a donné le {nir} au téléphone.");
    let page = technicien.post(FORM, &fields(&id, &[("precisions", &text), ("nom", &nir)])).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!page.body.contains("899") && page.body.contains("au téléphone"), "taken out, the rest kept");
    let reference = file(&mut technicien).await;
    let mut agent = app.signed("82.agent").await;
    agent.get(&format!("/demandes/{reference}")).await;
    agent.post(&format!("/demandes/{reference}/prendre"), &[("version", "1")]).await;
    for (path, field) in [("messages", "texte"), ("cloturer", "reponse_finale")] {
        let form = [("version", "2"), ("issue", "satisfaite"), (field, text.as_str())];
        let form = if path == "messages" { vec![form[0], form[2]] } else { form.to_vec() };
        let page = agent.post(&format!("/demandes/{reference}/{path}"), &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(!page.body.contains("899") && page.body.contains("au téléphone"), "{path}");
    }
}

#[tokio::test]
async fn a_stale_form_gets_a_conflict_page_with_both_versions_and_writes_nothing() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("82.technicien").await;
    let reference = file(&mut technicien).await;
    let path = format!("/demandes/{reference}/messages");
    technicien.post(&path, &[("version", "1"), ("texte", "Premier message.")]).await;
    let mut colleague = app.signed("82.technicien2").await;
    let page = colleague.post(&path, &[("version", "1"), ("texte", "Message du collègue.")]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.main_text().contains("Premier message."), "what is there now");
    assert!(page.body.contains("Message du collègue."), "what was typed");
    let version = page.attr("input[name=version]", "value").expect("a form to send again");
    let again = colleague.post(&path, &[("version", &version), ("texte", "Message du collègue.")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    let fiche = colleague.get(&format!("/demandes/{reference}")).await.main_text();
    assert!(fiche.contains("Premier message.") && fiche.contains("Message du collègue."));
}

#[tokio::test]
async fn the_agent_takes_the_next_answers_closes_and_the_technicien_reads_it() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("82.technicien").await;
    let reference = file(&mut technicien).await;
    let mut agent = app.signed("82.agent").await;
    assert!(agent.get("/file").await.main_text().contains(&reference));
    let taken = agent.post("/file/suivante", &[]).await;
    assert!(taken.location().starts_with(&format!("/demandes/{reference}")), "{}", taken.location());
    let fiche = agent.get(&format!("/demandes/{reference}")).await;
    assert!(fiche.main_text().contains("Œuvrard d’Àlban") && fiche.main_text().contains("Carte perdue"));
    agent
        .post(
            &format!("/demandes/{reference}/messages"),
            &[("version", "2"), ("texte", "Le formulaire part aujourd’hui.")],
        )
        .await;
    let closing = [("version", "3"), ("issue", "satisfaite"), ("reponse_finale", "")];
    let closed = agent.post(&format!("/demandes/{reference}/cloturer"), &closing).await;
    assert!(closed.location().starts_with("/file"), "{} {}", closed.status, closed.location());
    app.run_jobs().await;
    let home = technicien.get("/").await.main_text();
    assert!(home.contains(&reference), "the answer is to be read: {home}");
    let fiche = technicien.get(&format!("/demandes/{reference}")).await.main_text();
    assert!(fiche.contains("Clôturée") && fiche.contains("Le formulaire part aujourd’hui."));
    assert!(!fiche.contains("agent Persona"), "the agent's name stays inside the caisse");
}

#[tokio::test]
async fn an_unknown_field_is_refused_and_an_ended_session_asks_to_sign_in_again() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("82.technicien").await;
    let id = draft_id(&mut technicien).await;
    let page = technicien.post(FORM, &fields(&id, &[("nir", "1")])).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    app.advance(TimeDelta::minutes(31));
    let page = technicien.get("/demandes").await;
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, "/connexion?retour=%2Fdemandes"));
}

#[tokio::test]
async fn malakoff_reads_that_documents_go_to_the_known_address() {
    let app = TestApp::monde().await;
    let mut malakoff = app.signed("92.technicien").await;
    let form = malakoff.get(FORM).await;
    assert!(form.main_text().contains("adresse"), "{}", form.main_text());
    assert!(!form.body.contains("name=\"qualite\""), "nothing to choose");
    let mut departement = app.signed("82.technicien").await;
    assert!(departement.get(FORM).await.body.contains("name=\"qualite\""), "the département may act as tuteur");
}

#[tokio::test]
async fn a_draft_sent_from_another_window_is_not_written_again() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("82.technicien").await;
    let id = draft_id(&mut technicien).await;
    technicien.post(FORM, &fields(&id, &[])).await;
    technicien.get(&format!("/brouillons/{id}")).await;
    technicien.post(&format!("/brouillons/{id}/envoyer"), &[]).await;
    let late = technicien.post(FORM, &fields(&id, &[("prenom", "Autre")])).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(late.attr("#prenom", "value").as_deref(), Some("Autre"), "what was typed is kept");
    assert_ne!(late.attr("input[name=brouillon]", "value"), Some(id), "under a new draft");
}

#[tokio::test]
async fn an_act_that_the_state_forbids_says_what_happened_and_leads_back() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("82.technicien").await;
    let reference = file(&mut technicien).await;
    let path = format!("/demandes/{reference}");
    let mut agent = app.signed("82.agent").await;
    agent.get("/file").await;
    agent.post("/file/suivante", &[]).await;
    assert_eq!(agent.post("/file/suivante", &[]).await.location(), "/file?vide=1", "an empty queue is said");
    let cancel = technicien.get(&format!("{path}/annuler")).await;
    assert_eq!(cancel.status, StatusCode::CONFLICT);
    assert!(cancel.body.contains(&format!("href=\"{path}\"")), "a way back");
    let mut colleague = app.signed("82.agent2").await;
    colleague.get(&path).await;
    let answer = colleague.post(&format!("{path}/messages"), &[("version", "2"), ("texte", "Bonjour")]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.main_text().contains("prise en charge par une autre personne"));
}

#[tokio::test]
async fn the_receipt_is_downloaded_as_a_pdf_by_both_sides() {
    let app = TestApp::monde().await;
    let mut technicien = app.signed("82.technicien").await;
    let reference = file(&mut technicien).await;
    let receipt = technicien.get(&format!("/demandes/{reference}/accuse")).await;
    assert!(receipt.main_text().contains("Accusé de réception") && receipt.main_text().contains("Service en charge"));
    let path = receipt.attr("main a[href$='.pdf']", "href").expect("a link to the PDF");
    let pdf = technicien.get(&path).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (StatusCode::OK, "application/pdf"));
    let name = format!("attachment; filename=\"accuse-{reference}.pdf\"");
    assert_eq!((pdf.header("content-disposition"), pdf.header("cache-control")), (name.as_str(), "no-store"));
    assert!(pdf.body.starts_with("%PDF-1.7"));
    let mut agent = app.signed("82.agent").await;
    assert_eq!(agent.get(&path).await.body, pdf.body, "the same file for the desk");
}
