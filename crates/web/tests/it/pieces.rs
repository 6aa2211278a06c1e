//! Files through the pages: sending, list, opening.

use app::demande::submit;
use chrono::TimeDelta;
use domain::demande::Sorte;
use domain::ids::BrouillonId;
use domain::piece_jointe::TAILLE_MAX;
use http::StatusCode;
use testkit::client::part;
use testkit::depot::draft;
use testkit::fichiers::{Antivirus, pdf};
use testkit::saisies::{Champs, saisie};
use testkit::{Client, TestApp};

async fn opened(app: &TestApp) -> (Client, app::Requete, BrouillonId, String) {
    let requete = app.requete("82.technicien").await;
    let saisie = saisie(Sorte::Document).with("departement", "82");
    let id = draft(&app.ctx, &requete, Sorte::Document, &saisie).await;
    let client = app.signed("82.technicien").await;
    (client, requete, id, format!("/brouillons/{id}/pieces"))
}

#[tokio::test]
async fn a_file_is_sent_listed_with_its_state_and_taken_out() {
    let app = TestApp::monde().await;
    let (mut client, _, _, path) = opened(&app).await;
    let page = client.get(&path).await;
    assert!(page.main_text().contains("PDF, JPEG ou PNG, 10 Mo au plus par fichier, 10 fichiers au plus."));
    let sent = client.post_files(&path, &[], &[("attestation.pdf", &pdf("a")), ("note.pdf", &pdf("b"))]).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, path.as_str()));
    let page = client.get(&path).await;
    assert!(page.main_text().contains("attestation.pdf") && page.main_text().contains("En cours d’analyse"));
    assert!(page.texts("a[download]").is_empty(), "nothing of a draft is opened before its analysis");
    app.run_jobs().await;
    assert!(client.get(&path).await.main_text().contains("Analysé, aucun virus trouvé"));
    let piece = client.get(&path).await.attr("input[name=piece]", "value").unwrap();
    let gone = client.post(&format!("{path}/retirer"), &[("piece", &piece)]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    let left = client.get(&path).await.main_text();
    assert!(!left.contains("attestation.pdf") && left.contains("note.pdf"));
}

#[tokio::test]
async fn what_is_refused_is_said_in_plain_words_and_what_is_good_stays() {
    let app = TestApp::monde().await;
    let (mut client, _, _, path) = opened(&app).await;
    let sent = client.post_files(&path, &[], &[("bon.pdf", &pdf("a")), ("virus.exe", b"MZ programme")]).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.title().starts_with("Erreur : "));
    let text = sent.main_text();
    assert!(text.contains("« virus.exe » : Ce fichier n’est ni un PDF") || text.contains("virus.exe"), "{text}");
    assert!(text.contains("bon.pdf") && text.contains("ni une image JPEG ou PNG"));
    let none = client.post_files(&path, &[], &[("", b"")]).await;
    assert!(none.main_text().contains("Choisissez au moins un fichier"));
}

#[tokio::test]
async fn a_file_over_the_limit_is_refused_by_itself_and_a_body_over_all_limits_is_cut() {
    let app = TestApp::monde().await;
    let (mut client, _, _, path) = opened(&app).await;
    let large = vec![b'x'; TAILLE_MAX + 1];
    let sent = client.post_files(&path, &[], &[("bon.pdf", &pdf("a")), ("lourd.pdf", &large)]).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.main_text().contains("dépasse 10 Mo") && sent.main_text().contains("bon.pdf"));
    let many: Vec<(&str, &[u8])> = (0..11).map(|_| ("x.pdf", large.as_slice())).collect();
    let cut = client.post_files(&path, &[], &many).await;
    assert_eq!(cut.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(cut.body.contains("EP-413") && cut.body.contains("Rien n’a été enregistré"));
    assert_eq!(client.get(&path).await.texts("input[name=piece]").len(), 1, "what was there before stays");
}

#[tokio::test]
async fn files_pass_the_same_gate_as_every_form() {
    let app = TestApp::monde().await;
    let (mut client, _, _, path) = opened(&app).await;
    let jeton = client.get(&path).await.attr("input[name=_jeton]", "value").unwrap();
    let token = || part("_jeton", None, jeton.as_bytes());
    let file = |name: &str| part(name, Some("a.pdf"), &pdf("a"));
    for (what, parts, status) in [
        ("no token", file("pieces"), StatusCode::FORBIDDEN),
        ("token too late", [file("pieces"), token()].concat(), StatusCode::FORBIDDEN),
        ("false token", [part("_jeton", None, b"faux"), file("pieces")].concat(), StatusCode::FORBIDDEN),
        ("file in another field", [token(), file("autre")].concat(), StatusCode::BAD_REQUEST),
        ("unknown field", [token(), part("role", None, b"x"), file("pieces")].concat(), StatusCode::BAD_REQUEST),
        ("no part at all", Vec::new(), StatusCode::FORBIDDEN),
    ] {
        let page = client.post_parts(&path, parts).await;
        assert_eq!(page.status, status, "{what}");
    }
    assert!(client.get(&path).await.texts("input[name=piece]").is_empty());
    assert!(app.objets().all().is_empty(), "nothing was stored");
    let elsewhere = client.post_parts("/deconnexion", [token(), file("pieces")].concat()).await;
    assert_eq!(elsewhere.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "a form without files takes none");
}

#[tokio::test]
async fn an_opened_file_can_do_nothing_in_a_browser() {
    let app = TestApp::monde().await;
    let (mut client, requete, id, path) = opened(&app).await;
    client.post_files(&path, &[], &[("Été.pdf", &pdf("a"))]).await;
    let piece = client.get(&path).await.attr("input[name=piece]", "value").unwrap();
    let reference = submit(&app.ctx, &requete, id).await.unwrap();
    let address = format!("/demandes/{reference}/pieces/{piece}");
    let early = client.get(&address).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    assert!(early.main_text().contains("attend son analyse"));
    app.run_jobs().await;
    let file = client.get(&address).await;
    assert_eq!((file.status, file.body.as_bytes()), (StatusCode::OK, pdf("a").as_slice()));
    for (name, value) in [
        ("content-type", "application/pdf"),
        ("content-disposition", "attachment; filename=\"_t_.pdf\"; filename*=UTF-8''%C3%89t%C3%A9.pdf"),
        ("content-security-policy", "sandbox; default-src 'none'"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(file.header(name), value, "{name}");
    }
    let foreign = app.signed("83.technicien").await.get(&address).await;
    let unknown = client.get(&format!("/demandes/{reference}/pieces/{id}")).await;
    assert_eq!((foreign.status, unknown.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
}

#[tokio::test]
async fn without_a_scanner_the_page_says_that_files_wait_and_a_virus_that_it_is_gone() {
    let app = TestApp::monde().await;
    app.antivirus().play(Antivirus::Debranche);
    let (mut client, _, _, path) = opened(&app).await;
    client.post_files(&path, &[], &[("a.pdf", &pdf("a"))]).await;
    assert!(client.get(&path).await.main_text().contains("Aucun antivirus n’est branché"));
    app.antivirus().play(Antivirus::Infecte);
    app.advance(TimeDelta::minutes(2));
    app.run_jobs().await;
    let text = client.get(&path).await.main_text();
    assert!(
        text.contains("Refusé : l’analyse y a trouvé un virus") && text.contains("ne partira pas avec la demande"),
        "{text}"
    );
    assert!(!text.contains("Aucun antivirus"));
}
