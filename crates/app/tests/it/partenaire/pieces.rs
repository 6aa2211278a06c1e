//! Files of conventions: inspected, sealed, analysed, read by both sides (CO-1, PJ-1).

use super::champs;
use app::AppError;
use app::partenaire::{attach, document, document_pdf, download, files};
use app::piece_jointe::FichierRecu;
use domain::piece_jointe::Etat;
use testkit::TestApp;
use testkit::fichiers::pdf;

const CLE: &str = "001-var";

fn signed() -> Vec<FichierRecu> {
    vec![FichierRecu { nom: "convention signée.pdf".into(), octets: pdf("convention") }]
}

#[tokio::test]
async fn the_referent_attaches_the_signed_paper_and_both_sides_open_it_once_it_is_clean() {
    let app = TestApp::monde().await;
    let (referent, gestionnaire) = (app.requete("83.referent").await, app.requete("83.gestionnaire").await);
    attach(&app.ctx, &referent, CLE, ("utilisation", signed())).await.unwrap();
    let piece = files(&app.ctx, &gestionnaire, CLE).await.unwrap().pieces[0].clone();
    let early = download(&app.ctx, &gestionnaire, CLE, piece.id).await;
    assert!(matches!(early, Err(AppError::PieceFermee(Etat::Quarantaine))), "nobody before the analysis");
    for octets in app.objets().all().values() {
        assert!(!octets.windows(5).any(|w| w == b"%PDF-"), "sealed at rest");
    }
    app.run_jobs().await;
    for reader in [&referent, &gestionnaire] {
        assert_eq!(download(&app.ctx, reader, CLE, piece.id).await.unwrap().octets, pdf("convention"));
    }
    let shown = files(&app.ctx, &referent, CLE).await.unwrap();
    assert!(shown.au_bureau && !files(&app.ctx, &gestionnaire, CLE).await.unwrap().au_bureau);
    assert_eq!(shown.pieces[0].sorte.libelle(), "Convention d’utilisation signée");
}

#[tokio::test]
async fn what_is_no_file_of_ours_is_refused_and_an_infected_one_is_destroyed_and_told() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    assert_eq!(champs(attach(&app.ctx, &referent, CLE, ("rien", Vec::new())).await), ["sorte", "pieces"]);
    let page = vec![FichierRecu { nom: "page.html".into(), octets: b"<html>".to_vec() }];
    assert_eq!(champs(attach(&app.ctx, &referent, CLE, ("autre", page)).await), ["pieces"]);
    assert!(files(&app.ctx, &referent, CLE).await.unwrap().pieces.is_empty());
    app.antivirus().play(testkit::fichiers::Antivirus::Infecte);
    let before = app.mails().len();
    attach(&app.ctx, &referent, CLE, ("deliberation", signed())).await.unwrap();
    app.run_jobs().await;
    let piece = files(&app.ctx, &referent, CLE).await.unwrap().pieces[0].clone();
    assert_eq!(piece.etat, Etat::Infectee);
    assert!(matches!(download(&app.ctx, &referent, CLE, piece.id).await, Err(AppError::PieceFermee(_))));
    assert!(app.mails()[before..].iter().any(|m| m.sujet.contains("pièce de convention refusée")));
}

#[tokio::test]
async fn an_old_file_is_not_taken_for_an_orphan() {
    let app = TestApp::monde().await;
    attach(&app.ctx, &app.requete("83.referent").await, CLE, ("metier", signed())).await.unwrap();
    app.advance(chrono::TimeDelta::days(30));
    app.run_jobs().await;
    let referent = app.requete("83.referent").await;
    let piece = files(&app.ctx, &referent, CLE).await.unwrap().pieces[0].clone();
    assert!(download(&app.ctx, &referent, CLE, piece.id).await.is_ok());
}

#[tokio::test]
async fn files_and_document_are_for_the_two_sides_of_the_convention_alone() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    attach(&app.ctx, &referent, CLE, ("metier", signed())).await.unwrap();
    app.run_jobs().await;
    let id = files(&app.ctx, &referent, CLE).await.unwrap().pieces[0].id;
    let theirs = app.requete("83.gestionnaire").await;
    assert!(matches!(attach(&app.ctx, &theirs, CLE, ("autre", signed())).await, Err(AppError::Interdit(_))));
    for foreign in ["57.referent", "82.gestionnaire"] {
        let foreign = app.requete(foreign).await;
        assert!(matches!(download(&app.ctx, &foreign, CLE, id).await, Err(AppError::Introuvable)));
        assert!(matches!(document(&app.ctx, &foreign, CLE).await, Err(AppError::Introuvable)));
        let other =
            if app.monde.qui("57.referent").id() == app.monde.qui("57.referent").id() { "002-moselle" } else { CLE };
        assert!(matches!(download(&app.ctx, &foreign, other, id).await, Err(AppError::Introuvable)));
    }
    for reader in [&referent, &theirs] {
        assert!(document(&app.ctx, reader, CLE).await.unwrap().titre.contains("CCAS de Grimaud"));
        assert!(document_pdf(&app.ctx, reader, CLE).await.unwrap().starts_with(b"%PDF-"));
    }
    let technicien = app.requete("83.technicien").await;
    assert!(matches!(document(&app.ctx, &technicien, CLE).await, Err(AppError::Interdit(_))));
}
