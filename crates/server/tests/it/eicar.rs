//! A virus through the form, against a real daemon whose socket `EP_TEST_CLAMD` names (PJ-1).

use std::sync::Arc;
use std::time::Duration;

use adapters::antivirus::Clamd;
use app::AppError;
use app::demande::{show, submit};
use app::piece_jointe::{download, list_of_draft};
use domain::demande::Sorte;
use domain::ids::BrouillonId;
use domain::piece_jointe::Etat;
use testkit::fichiers::pdf;
use testkit::saisies::{Champs, saisie};
use testkit::{Client, Page, TestApp};

/// The harmless file that every scanner takes for a virus, in two halves: whole, it would be found in this repository.
fn eicar() -> String {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].concat()
}

fn clamd(app: &TestApp) -> app::Contexte {
    let socket = std::env::var_os("EP_TEST_CLAMD").expect("EP_TEST_CLAMD names the socket of a clamd");
    let mut ctx = app.ctx.clone();
    ctx.fichiers.antivirus = Arc::new(Clamd { socket: socket.into(), delai: Duration::from_secs(60) });
    ctx
}

const FORM: &str = "/demandes/nouvelle/document";

/// Fills in the form as a browser does, with these files; gives the draft's id and the answer.
async fn send(client: &mut Client, files: &[(&str, &[u8])]) -> (BrouillonId, Page) {
    let id = client.get(FORM).await.attr("input[name=brouillon]", "value").unwrap();
    let fields = saisie(Sorte::Document).with("departement", "82").with("brouillon", &id);
    let answer = client.post_files(FORM, &fields.pairs(), files).await;
    (id.parse().unwrap(), answer)
}

#[tokio::test]
#[ignore = "needs clamd (Debian: clamav-daemon)"]
async fn a_virus_sent_through_the_form_is_at_no_instant_downloadable_and_its_author_is_told() {
    let app = TestApp::monde().await;
    let (ctx, requete) = (clamd(&app), app.requete("82.technicien").await);
    let mut client = app.signed("82.technicien").await;
    let files: [(&str, &[u8]); 2] = [("bulletin.pdf", &pdf(&eicar())), ("propre.pdf", &pdf("bonjour"))];
    let (id, sent) = send(&mut client, &files).await;
    assert_eq!((sent.status.as_u16(), sent.location()), (303, format!("/brouillons/{id}").as_str()));
    assert!(client.get(sent.location()).await.main_text().contains("bulletin.pdf"));
    let pieces = list_of_draft(&ctx, &requete, id).await.unwrap();
    let reference = submit(&ctx, &requete, id).await.unwrap();
    let virus = pieces.iter().find(|p| p.nom.as_str() == "bulletin.pdf").unwrap().id;

    let (fiche, address) = (format!("/demandes/{reference}"), format!("/demandes/{reference}/pieces/{virus}"));
    let before = download(&ctx, &requete, &reference, virus).await;
    assert!(matches!(before, Err(AppError::PieceFermee(Etat::Quarantaine))));
    let waiting = client.get(&fiche).await;
    assert!(waiting.main_text().contains("bulletin.pdf") && waiting.texts(".ep-pieces a").is_empty());
    assert_eq!(client.get(&address).await.status, 409);
    let jobs = tokio::spawn({
        let ctx = ctx.clone();
        async move { app::jobs::run_due(&ctx).await.unwrap() }
    });
    let mut during = 0;
    while !jobs.is_finished() || during == 0 {
        assert!(download(&ctx, &requete, &reference, virus).await.is_err());
        assert_eq!(client.get(&address).await.status, 409, "not through the page either");
        during += 1;
        tokio::task::yield_now().await;
    }
    jobs.await.unwrap();
    let after = download(&ctx, &requete, &reference, virus).await;
    assert!(matches!(after, Err(AppError::PieceFermee(Etat::Infectee))));
    let page = client.get(&address).await;
    assert_eq!(page.status, 409);
    assert!(page.main_text().contains("L’analyse a trouvé un virus dans ce fichier"), "{}", page.main_text());

    let page = client.get(&fiche).await;
    assert!(page.main_text().contains("Refusé : l’analyse y a trouvé un virus"), "{}", page.main_text());
    assert_eq!(page.texts(".ep-pieces a"), ["propre.pdf"], "the author is told on the page, the rest is there");

    let fiche = show(&ctx, &requete, &reference).await.unwrap();
    let clean = fiche.pieces.iter().find(|p| p.nom.as_str() == "propre.pdf").unwrap();
    assert_eq!(clean.etat, Etat::Saine);
    assert_eq!(download(&ctx, &requete, &reference, clean.id).await.unwrap().octets, pdf("bonjour"));
    let told = app.mails().into_iter().find(|m| m.sujet.contains("fichier refusé")).expect("the author is told");
    assert!(told.corps.contains(&reference) && !told.corps.contains("bulletin"));
    let kept = app.objets().all();
    assert_eq!(kept.len(), 1, "of the virus nothing is left");
}

#[tokio::test]
#[ignore = "needs clamd (Debian: clamav-daemon)"]
async fn a_virus_waits_while_the_daemon_is_away_and_is_found_when_it_is_back() {
    let app = TestApp::monde().await;
    let (back, requete) = (clamd(&app), app.requete("82.technicien").await);
    let mut away = back.clone();
    away.fichiers.antivirus = Arc::new(Clamd { socket: "/nonexistent/clamd".into(), delai: Duration::from_secs(5) });
    let mut client = app.signed("82.technicien").await;
    let (id, _) = send(&mut client, &[("a.pdf", &pdf(&eicar()))]).await;
    app::jobs::run_due(&away).await.unwrap();
    assert_eq!(list_of_draft(&away, &requete, id).await.unwrap()[0].etat, Etat::Quarantaine);
    app.advance(chrono::TimeDelta::minutes(2));
    app::jobs::run_due(&back).await.unwrap();
    assert_eq!(list_of_draft(&back, &requete, id).await.unwrap()[0].etat, Etat::Infectee);
}
