//! Tracked forms, reviews, proofs and comptes of the desk as pages.

use domain::compte::attestations::Attestation;
use http::StatusCode;
use testkit::{Client, Page, TestApp};

fn refused_at(page: &Page) -> Vec<String> {
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.main_text());
    assert!(page.title().starts_with("Erreur"), "{}", page.title());
    page.texts(".govuk-error-summary__list a")
}

/// The fields of a person, all filled.
fn person<'a>(prefixe: &str, nom: &'a str, courriel: &'a str) -> Vec<(String, &'a str)> {
    [
        ("civilite", "madame"),
        ("nom", nom),
        ("prenom", "Ombeline"),
        ("fonction", "Responsable"),
        ("telephone", "01 99 00 56 78"),
        ("courriel", courriel),
    ]
    .map(|(champ, valeur)| (format!("{prefixe}{champ}"), valeur))
    .to_vec()
}

async fn send(client: &mut Client, path: &str, fields: &[(String, &str)]) -> Page {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), *v)).collect();
    client.post(path, &fields).await
}

#[tokio::test]
async fn a_gestionnaire_asks_and_the_referent_refuses_with_a_reason_that_is_read() {
    let app = TestApp::monde().await;
    let mut gestionnaire = app.signed("82.gestionnaire").await;
    let form = gestionnaire.get("/habilitations/nouvelle").await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.main_text());
    let cle = form.attr("input[name=cle]", "value").unwrap();
    let empty = gestionnaire.post("/habilitations/nouvelle", &[("cle", &cle)]).await;
    assert_eq!(refused_at(&empty).len(), 6);
    let mut fields = person("", "Delorme", "ombeline@departement-82.example");
    fields.push(("cle".to_owned(), &cle));
    let sent = send(&mut gestionnaire, "/habilitations/nouvelle", &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.main_text());
    let address = sent.location().split('?').next().unwrap().to_owned();
    let mut referent = app.signed("82.referent").await;
    let queue = referent.get("/habilitations").await;
    assert!(queue.main_text().contains("Ombeline Delorme"), "{}", queue.main_text());
    let fiche = referent.get(&address).await;
    let version = fiche.attr("input[name=version]", "value").unwrap();
    let nothing = referent.post(&format!("{address}/refuser"), &[("version", &version), ("motif", "")]).await;
    assert_eq!(refused_at(&nothing).len(), 1);
    let motif = "Un seul gestionnaire est prévu.";
    let done = referent.post(&format!("{address}/refuser"), &[("version", &version), ("motif", motif)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let read = gestionnaire.get(&address).await;
    assert!(read.main_text().contains(motif) && read.main_text().contains("Refusée"), "{}", read.main_text());
}

#[tokio::test]
async fn accepting_asks_for_the_second_factor_once_it_is_old() {
    let app = TestApp::monde().await;
    let mut gestionnaire = app.signed("83.gestionnaire").await;
    let form = gestionnaire.get("/habilitations/nouvelle").await;
    let cle = form.attr("input[name=cle]", "value").unwrap();
    let mut fields = person("", "Delorme", "ombeline@ccas-grimaud.example");
    fields.push(("cle".to_owned(), &cle));
    let sent = send(&mut gestionnaire, "/habilitations/nouvelle", &fields).await;
    let address = sent.location().split('?').next().unwrap().to_owned();
    let mut referent = app.signed("83.referent").await;
    app.advance(chrono::TimeDelta::minutes(6));
    let fiche = referent.get(&address).await;
    assert!(fiche.attr("input[name=code]", "id").is_some());
    let version = fiche.attr("input[name=version]", "value").unwrap();
    let without = referent.post(&format!("{address}/accepter"), &[("version", &version)]).await;
    assert_eq!(refused_at(&without).len(), 1);
    let code = app.code(&app.monde.qui("83.referent").secret);
    let done = referent.post(&format!("{address}/accepter"), &[("version", &version), ("code", &code)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.main_text());
    assert!(referent.get(&address).await.main_text().contains("Faite"));
}

#[tokio::test]
async fn a_departure_keeps_what_was_typed_and_says_the_notice() {
    let app = TestApp::monde().await;
    let mut gestionnaire = app.signed("82.gestionnaire").await;
    let form = gestionnaire.get("/habilitations/depart").await;
    assert!(form.main_text().contains("15 jours calendaires"), "{}", form.main_text());
    let cle = form.attr("input[name=cle]", "value").unwrap();
    let compte = app.monde.qui("82.gestionnaire").id().to_string();
    let mut fields = person("successeur_", "Delorme", "pas une adresse");
    let day = [("souhaite_jour", "20"), ("souhaite_mois", "2"), ("souhaite_annee", "2031")];
    fields.extend([("cle".to_owned(), cle.as_str()), ("compte".to_owned(), compte.as_str())]);
    fields.extend(day.map(|(k, v)| (k.to_owned(), v)));
    let wrong = send(&mut gestionnaire, "/habilitations/depart", &fields).await;
    assert_eq!(refused_at(&wrong).len(), 1);
    assert_eq!(wrong.attr("input[name=successeur_nom]", "value").as_deref(), Some("Delorme"));
    for (k, v) in &mut fields {
        if k == "successeur_courriel" {
            *v = "ombeline@departement-82.example";
        }
    }
    let sent = send(&mut gestionnaire, "/habilitations/depart", &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.main_text());
}

#[tokio::test]
async fn a_review_is_answered_printed_and_exported() {
    let app = TestApp::monde().await;
    let mut gestionnaire = app.signed("82.gestionnaire").await;
    let begun = gestionnaire.post("/revues/commencer", &[]).await;
    let address = begun.location().to_owned();
    let page = gestionnaire.get(&address).await;
    assert!(page.main_text().contains("3 comptes à revoir"), "{}", page.main_text());
    let version = page.attr("input[name=version]", "value").unwrap();
    let all = gestionnaire.post(&address, &[("version", &version), ("tout", "conserver")]).await;
    assert_eq!(all.body.matches("value=\"conserver\" checked").count(), 3, "{}", all.body);
    let ids = ["82.gestionnaire", "82.technicien", "82.technicien2"].map(|nom| app.monde.qui(nom).id());
    let names = ids.map(|id| format!("decision_{id}"));
    let mut fields: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), "conserver")).collect();
    fields[2].1 = "inactiver";
    fields.push(("version", &version));
    assert_eq!(refused_at(&gestionnaire.post(&address, &fields).await).len(), 1, "the attestations");
    fields.extend(Attestation::TOUTES.map(|a| ("attestations", a.code())));
    let done = gestionnaire.post(&address, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.main_text());
    let read = gestionnaire.get(&address).await;
    assert!(read.main_text().contains("Attestation de revue d’habilitation"), "{}", read.main_text());
    let pdf = gestionnaire.get(&format!("{address}/attestation.pdf")).await;
    assert!(pdf.body.starts_with("%PDF"), "{}", pdf.status);
    let csv = gestionnaire.get(&format!("{address}/tableau.csv")).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(csv.body.lines().count(), 4);
    let mut dpo = app.signed("82.dpo").await;
    let proofs = dpo.get("/preuves?nature=revue").await;
    assert_eq!(proofs.texts("tbody tr").len(), 1, "{}", proofs.main_text());
    let wrong = dpo.get("/preuves?du_jour=31&du_mois=2&du_annee=2029").await;
    assert_eq!(refused_at(&wrong).len(), 1);
    let export = dpo.get("/preuves/export.csv?nature=revue").await;
    assert!(export.body.starts_with('\u{feff}') && export.body.lines().count() == 2, "{}", export.body);
}

#[tokio::test]
async fn an_administrateur_local_opens_and_closes_comptes_and_opens_no_demande() {
    let app = TestApp::monde().await;
    let mut local = app.signed("82.administrateur").await;
    assert_eq!(local.get("/administration/comptes").await.texts("tbody tr").len(), 7);
    let missing = local.post("/administration/comptes/nouveau", &[("profil", "agent")]).await;
    assert!(refused_at(&missing).len() >= 3);
    let forged = local.post("/administration/comptes/nouveau", &[("profil", "administrateur_national")]).await;
    assert_eq!(refused_at(&forged).len(), 1);
    let fields = [
        ("profil", "superviseur"),
        ("nom", "Essai"),
        ("prenom", "Camille"),
        ("courriel", "camille.essai@essai.example"),
    ];
    let made = local.post("/administration/comptes/nouveau", &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.main_text());
    let agent = format!("/administration/comptes/{}", app.monde.qui("82.agent").id());
    let confirm = local.get(&format!("{agent}/inactiver")).await;
    assert!(confirm.main_text().contains("retournent dans la file"), "{}", confirm.main_text());
    let closed = local.post(&format!("{agent}/inactiver"), &[]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.main_text());
    assert!(local.get(&agent).await.main_text().contains("Rouvrir"));
    for path in ["/file", "/demandes"] {
        assert_eq!(local.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn a_guessed_link_of_the_first_gestionnaire_says_nothing() {
    let app = TestApp::monde().await;
    let mut visitor = app.client().from("192.0.2.77");
    let page = visitor.get("/habilitation/devine").await;
    assert_eq!((page.status, page.h1().as_str()), (StatusCode::NOT_FOUND, "Ce lien n’est pas valable"));
    let posted = visitor.post("/habilitation/devine", &[("nom", "x")]).await;
    assert_ne!(posted.status, StatusCode::OK, "{}", posted.main_text());
}

#[tokio::test]
async fn a_review_goes_on_when_a_compte_of_its_table_was_closed_meanwhile() {
    let app = TestApp::monde().await;
    let mut gestionnaire = app.signed("82.gestionnaire").await;
    let address = gestionnaire.post("/revues/commencer", &[]).await.location().to_owned();
    let page = gestionnaire.get(&address).await;
    let version = page.attr("input[name=version]", "value").unwrap();
    let gone = app.monde.qui("82.technicien2").id();
    let ids = ["82.gestionnaire", "82.technicien"].map(|nom| app.monde.qui(nom).id());
    let me = app.requete("82.gestionnaire").await;
    app::compte::deactivate(&app.ctx, &me, gone).await.unwrap();
    let names = [ids[0], ids[1], gone].map(|id| format!("decision_{id}"));
    let mut fields: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), "conserver")).collect();
    fields.push(("version", &version));
    fields.extend(Attestation::TOUTES.map(|a| ("attestations", a.code())));
    let again = gestionnaire.post(&address, &fields).await;
    assert_eq!(refused_at(&again).len(), 1, "{}", again.main_text());
    assert_eq!(again.body.matches("value=\"conserver\" checked").count(), 2, "{}", again.body);
    fields.remove(2);
    let done = gestionnaire.post(&address, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.main_text());
    fields.push(("decision_autre", "conserver"));
    assert_eq!(gestionnaire.post(&address, &fields).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_administrateur_local_reads_the_proofs_of_his_desk() {
    let app = TestApp::monde().await;
    let mut local = app.signed("82.administrateur").await;
    assert_eq!(local.get("/preuves").await.status, StatusCode::OK);
}

#[tokio::test]
async fn closing_a_gestionnaire_says_that_it_is_done() {
    let app = TestApp::monde().await;
    let mut referent = app.signed("82.referent").await;
    let requete = app.requete("82.referent").await;
    let convention = app::habilitation::structures(&app.ctx, &requete).await.unwrap()[0].choix.convention;
    let page = referent.get(&format!("/habilitations/structures/{convention}?fait=ferme")).await;
    assert!(page.body.contains("Le compte est inactivé"), "{}", page.main_text());
}
