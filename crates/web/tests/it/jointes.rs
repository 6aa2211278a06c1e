//! Files where they are sent: with the forms of the five kinds, and with the partner's line in the thread (PJ-1).

use app::demande::Saisie;
use domain::demande::Sorte;
use http::header::HeaderName;
use http::{HeaderMap, StatusCode};
use testkit::fichiers::{Antivirus, pdf};
use testkit::saisies::{Champs, saisie};
use testkit::{Client, Page, TestApp};

const QUI: &str = "83.technicien";
/// Fields of the second page of the difficulty report.
const SECOND: [&str; 4] = ["difficultes", "joindre", "precisions", "urgent"];

type Fichiers<'a> = &'a [(&'a str, &'a [u8])];

fn form_path(sorte: Sorte) -> String {
    format!("/demandes/nouvelle/{}", sorte.code().replace('_', "-"))
}

/// Opens the last page of a kind's form; gives its path, the draft's id and the fields it sends.
async fn last_page(client: &mut Client, sorte: Sorte) -> (String, String, Saisie) {
    let (path, full) = (form_path(sorte), saisie(sorte));
    let id = client.get(&path).await.attr("input[name=brouillon]", "value").unwrap();
    if sorte != Sorte::Difficulte {
        return (path, id.clone(), full.with("brouillon", &id));
    }
    let (second, first) = full.0.into_iter().partition(|(champ, _)| SECOND.contains(&champ.as_str()));
    let first = Saisie(first).with("brouillon", &id);
    assert_eq!(client.post(&path, &first.pairs()).await.status, StatusCode::SEE_OTHER);
    (format!("/brouillons/{id}/situation"), id, Saisie(second))
}

/// Names of the files listed on a page.
fn listed(page: &Page) -> Vec<String> {
    page.texts(".ep-pieces > li > :first-child")
}

#[tokio::test]
async fn each_kind_takes_files_with_its_form_in_no_more_steps() {
    let app = TestApp::monde().await;
    let mut client = app.signed(QUI).await;
    for sorte in Sorte::TOUTES {
        let (path, id, fields) = last_page(&mut client, sorte).await;
        let files: Fichiers<'_> = &[("bail.pdf", &pdf("bail")), ("loyer.pdf", &pdf("loyer"))];
        let next = client.post_files(&path, &fields.pairs(), files).await;
        assert_eq!(next.location(), format!("/brouillons/{id}"), "{sorte:?}: {}", next.main_text());
        let check = client.get(next.location()).await;
        assert!(check.main_text().contains("bail.pdf (PDF, ") && check.main_text().contains("En cours d’analyse"));
        let receipt = client.post(&format!("/brouillons/{id}/envoyer"), &[]).await;
        let demande = receipt.location().trim_end_matches("/accuse").to_owned();
        assert!(demande.starts_with("/demandes/EP-"), "{sorte:?}: {}", receipt.main_text());
        assert_eq!(listed(&client.get(&demande).await), ["bail.pdf", "loyer.pdf"], "{sorte:?}");
    }
}

#[tokio::test]
async fn without_a_file_and_with_an_old_form_everything_is_as_before() {
    let app = TestApp::monde().await;
    let mut client = app.signed(QUI).await;
    for sorte in Sorte::TOUTES {
        let (path, id, fields) = last_page(&mut client, sorte).await;
        assert_eq!(client.post_files(&path, &fields.pairs(), &[]).await.location(), format!("/brouillons/{id}"));
        assert_eq!(client.post(&path, &fields.pairs()).await.location(), format!("/brouillons/{id}"), "{sorte:?}");
        let check = client.get(&format!("/brouillons/{id}")).await.main_text();
        assert!(check.contains("Aucune pièce jointe"), "{check}");
    }
}

#[tokio::test]
async fn a_form_refused_keeps_its_files_and_its_text_and_names_each_refused_file() {
    let app = TestApp::monde().await;
    let mut client = app.signed(QUI).await;
    for sorte in Sorte::TOUTES {
        let (path, id, fields) = last_page(&mut client, sorte).await;
        // Where nothing of the form itself is wrong, the refused files alone stop it.
        let broken = sorte == Sorte::Contacter || sorte == Sorte::Difficulte;
        let typed = if broken { fields.clone().with("precisions", "") } else { fields.clone() };
        let files: Fichiers<'_> = &[("bail.pdf", &pdf("bail")), ("vide.pdf", b""), ("outil.exe", b"MZ programme")];
        let page = client.post_files(&path, &typed.pairs(), files).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{sorte:?}");
        let told = page.text("#pieces-erreur");
        assert!(told.contains("« vide.pdf » : Ce fichier est vide"), "{sorte:?}: {told}");
        assert!(told.contains("« outil.exe » : Ce fichier n’est ni un PDF") || told.contains("outil"), "{told}");
        assert!(page.attr(".govuk-error-summary a[href='#pieces']", "href").is_some());
        assert_eq!(page.texts(".govuk-error-summary a").len(), 1 + usize::from(broken), "{sorte:?}");
        assert!(page.main_text().contains("Retirer « bail.pdf »"), "{sorte:?}: {}", page.main_text());
        let form = if sorte == Sorte::Difficulte { path.clone() } else { format!("{path}?brouillon={id}") };
        let again = client.get(&form).await;
        assert_eq!(again.texts("input[name=retirer]").len(), 1, "{sorte:?}: kept with the draft");
        let done = client.post_files(&path, &fields.pairs(), &[]).await;
        assert_eq!(done.location(), format!("/brouillons/{id}"), "{sorte:?}: {}", done.main_text());
        assert!(client.get(done.location()).await.main_text().contains("bail.pdf"), "{sorte:?}");
    }
}

#[tokio::test]
async fn a_box_takes_a_file_out_and_what_is_typed_beside_it_stays() {
    let app = TestApp::monde().await;
    let mut client = app.signed(QUI).await;
    let (path, id, fields) = last_page(&mut client, Sorte::Document).await;
    client.post_files(&path, &fields.pairs(), &[("bail.pdf", &pdf("bail"))]).await;
    let form = format!("{path}?brouillon={id}");
    let piece = client.get(&form).await.attr("input[name=retirer]", "value").unwrap();
    let changed = fields.clone().with("civilite", "").with("retirer", &piece);
    let files: Fichiers<'_> = &[("loyer.pdf", &pdf("loyer"))];
    let page = client.post_files(&path, &changed.pairs(), files).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "an answer is missing");
    assert!(page.main_text().contains("loyer.pdf") && !page.main_text().contains("bail.pdf"));
    assert_eq!(page.attr("#prenom", "value").as_deref(), Some("Zoé"));
    let twice = client.post_files(&path, &fields.clone().with("retirer", &piece).pairs(), &[]).await;
    assert_eq!(twice.status, StatusCode::SEE_OTHER, "a second click changes nothing");
    for wrong in ["x", ""] {
        let page = client.post(&path, &fields.clone().with("retirer", wrong).with("retirer", wrong).pairs()).await;
        assert!(page.status != StatusCode::INTERNAL_SERVER_ERROR, "{wrong}");
    }
    let mut other = app.signed("82.technicien").await;
    let (path, _, fields) = last_page(&mut other, Sorte::Document).await;
    let left = client.get(&form).await.attr("input[name=retirer]", "value").unwrap();
    other.post(&path, &fields.with("retirer", &left).with("departement", "82").pairs()).await;
    assert_eq!(client.get(&form).await.texts("input[name=retirer]").len(), 1, "nobody takes out another's file");
}

#[tokio::test]
async fn files_that_cannot_be_kept_now_lose_nothing_of_the_text() {
    let app = TestApp::monde().await;
    let mut client = app.signed(QUI).await;
    let (path, id, fields) = last_page(&mut client, Sorte::Document).await;
    app.objets().set_away(true);
    let page = client.post_files(&path, &fields.pairs(), &[("bail.pdf", &pdf("bail"))]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text("#pieces-erreur").contains("Votre saisie est gardée"), "{}", page.main_text());
    assert_eq!(page.attr("#nom", "value").as_deref(), Some("Lefèvre-Müller"));
    let on = client.post_files(&path, &fields.pairs(), &[]).await;
    assert_eq!(on.location(), format!("/brouillons/{id}"), "one may go on without the files");
}

#[tokio::test]
async fn an_answer_takes_files_and_they_stand_at_their_line_on_both_sides() {
    let app = TestApp::monde().await;
    let mut partner = app.signed("82.technicien").await;
    let reference = crate::demandes::file(&mut partner).await;
    let (fiche, messages) = (format!("/demandes/{reference}"), format!("/demandes/{reference}/messages"));
    let page = partner.get(&fiche).await;
    assert!(page.attr("form[enctype='multipart/form-data'] #pieces", "multiple").is_some());
    let version = page.attr("form[action$=messages] input[name=version]", "value").unwrap();
    let fields = [("version", version.as_str()), ("texte", "Voici le bail.")];
    let refused = partner.post_files(&messages, &fields, &[("bail.pdf", &pdf("bail")), ("outil.exe", b"MZ")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = refused.text("#pieces-erreur");
    assert!(told.contains("« outil.exe »") && told.contains("choisissez-les de nouveau"), "{told}");
    assert_eq!(refused.text("#texte"), "Voici le bail.", "what was typed stays");
    assert!(partner.get(&fiche).await.main_text().contains("Aucun message"), "nothing was sent");
    let none = partner.post_files(&messages, &[("version", &version), ("texte", "")], &[("outil.exe", b"MZ")]).await;
    assert_eq!(none.texts(".govuk-error-summary a").len(), 2, "text and files are told at once");
    let sent = partner.post_files(&messages, &fields, &[("bail.pdf", &pdf("bail"))]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.main_text());
    app.run_jobs().await;
    let mut desk = app.signed("82.agent").await;
    for side in [&mut partner, &mut desk] {
        let page = side.get(&fiche).await;
        assert_eq!(page.texts(".ep-fil .ep-pieces a"), ["bail.pdf"], "{}", page.main_text());
        let address = page.attr(".ep-fil .ep-pieces a", "href").unwrap();
        assert_eq!(side.get(&address).await.body.as_bytes(), pdf("bail"));
    }
}

#[tokio::test]
async fn the_desk_sends_no_file_with_an_answer() {
    let app = TestApp::monde().await;
    let mut partner = app.signed("82.technicien").await;
    let reference = crate::demandes::file(&mut partner).await;
    let mut desk = app.signed("82.agent").await;
    desk.post(&format!("/demandes/{reference}/prendre"), &[("version", "1")]).await;
    let page = desk.get(&format!("/demandes/{reference}")).await;
    assert!(page.attr("input[type=file]", "id").is_none());
    let version = page.attr("form[action$=messages] input[name=version]", "value").unwrap();
    let fields = [("version", version.as_str()), ("texte", "Voici.")];
    let files: Fichiers<'_> = &[("decision.pdf", &pdf("decision"))];
    let sent = desk.post_files(&format!("/demandes/{reference}/messages"), &fields, files).await;
    assert_eq!(sent.status, StatusCode::BAD_REQUEST);
    assert!(app.objets().all().is_empty(), "nothing was stored");
}

#[tokio::test]
async fn a_demande_says_why_a_file_waits_or_was_refused() {
    let app = TestApp::monde().await;
    app.antivirus().play(Antivirus::Debranche);
    let mut client = app.signed(QUI).await;
    let (path, id, fields) = last_page(&mut client, Sorte::Document).await;
    client.post_files(&path, &fields.pairs(), &[("bail.pdf", &pdf("bail"))]).await;
    let receipt = client.post(&format!("/brouillons/{id}/envoyer"), &[]).await;
    let demande = receipt.location().trim_end_matches("/accuse").to_owned();
    let mut desk = app.signed("83.agent").await;
    for side in [&mut client, &mut desk] {
        let text = side.get(&demande).await.main_text();
        assert!(text.contains("En attente d’analyse : aucun antivirus n’est branché"), "{text}");
    }
    app.antivirus().play(Antivirus::Infecte);
    app.advance(chrono::TimeDelta::minutes(2));
    app.run_jobs().await;
    for side in [&mut client, &mut desk] {
        let page = side.get(&demande).await;
        assert!(page.main_text().contains("Refusé : l’analyse y a trouvé un virus"), "{}", page.main_text());
        assert!(page.texts(".ep-pieces a").is_empty());
    }
}

#[tokio::test]
async fn the_script_that_shows_the_progress_is_told_where_to_go_and_gets_refused_pages_whole() {
    let app = TestApp::monde().await;
    let mut client = app.signed(QUI).await;
    let asked = || HeaderMap::from_iter([(HeaderName::from_static("ep-envoi"), "1".parse().unwrap())]);
    let (path, id, fields) = last_page(&mut client, Sorte::Document).await;
    let done = client.post_with(&path, &fields.pairs(), asked()).await;
    assert_eq!((done.status, done.header("ep-suite")), (StatusCode::NO_CONTENT, format!("/brouillons/{id}").as_str()));
    assert!(done.location().is_empty() && done.body.is_empty());
    let refused = client.post_with(&path, &fields.clone().with("civilite", "").pairs(), asked()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.title().starts_with("Erreur : ") && refused.header("ep-suite").is_empty());
    app.advance(chrono::TimeDelta::days(1));
    let ended = client.post_with(&path, &fields.pairs(), asked()).await;
    assert_eq!(
        (ended.status, ended.location()),
        (StatusCode::SEE_OTHER, "/connexion"),
        "the script follows and sees it"
    );
}
