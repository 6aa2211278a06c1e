use super::{attach, draft, fichier, list};
use crate::demande::{Scene, saisie};
use app::AppError;
use app::demande::{Ecrit, discard, reply_with_files, show, submit};
use app::piece_jointe::{FichierRecu, attach_to_draft, detach};
use chrono::TimeDelta;
use domain::piece_jointe::{Etat, NOMBRE_MAX, Refus, Sens, TAILLE_MAX, TypeFichier};
use testkit::fichiers::pdf;

#[tokio::test]
async fn a_file_is_kept_under_a_clean_name_and_waits() {
    let scene = Scene::new().await;
    let (requete, id) = draft(&scene).await;
    let jointes = attach(&scene, &requete, id, vec![fichier("C:\\scans\\bulletin\u{202e}.exe", "a")]).await;
    assert_eq!((jointes.gardees, jointes.refusees.len()), (1, 0));
    let pieces = list(&scene, &requete, id).await;
    assert_eq!(pieces.len(), 1);
    assert_eq!(pieces[0].nom.as_str(), "bulletin.exe.pdf");
    assert_eq!((pieces[0].type_fichier, pieces[0].etat), (TypeFichier::Pdf, Etat::Quarantaine));
    assert_eq!(pieces[0].taille, pdf("a").len() as u64);
}

#[tokio::test]
async fn what_may_not_be_kept_is_told_and_the_rest_stays() {
    let scene = Scene::new().await;
    let (requete, id) = draft(&scene).await;
    let faux = FichierRecu { nom: "dossier/photo.jpg".to_owned(), octets: b"MZ un programme".to_vec() };
    let lourd = FichierRecu { nom: "lourd.pdf".to_owned(), octets: vec![b' '; TAILLE_MAX + 1] };
    let jointes = attach(&scene, &requete, id, vec![faux, fichier("bon.pdf", "a"), lourd]).await;
    assert_eq!(jointes.gardees, 1);
    let told: Vec<_> = jointes.refusees.iter().map(|r| (r.nom.as_str(), r.refus)).collect();
    assert_eq!(told, [("photo.jpg", Refus::TypeInconnu), ("lourd.pdf", Refus::TropLourd)]);
    assert_eq!(scene.essai.objets.all().len(), 1, "nothing is stored of what was refused");
}

#[tokio::test]
async fn a_nir_in_a_name_is_taken_out() {
    let scene = Scene::new().await;
    let (requete, id) = draft(&scene).await;
    attach(&scene, &requete, id, vec![fichier("attestation 1 85 05 78 999 084 80.pdf", "a")]).await;
    let nom = list(&scene, &requete, id).await.remove(0).nom;
    assert!(!nom.as_str().contains("084"), "{}", nom.as_str());
}

#[tokio::test]
async fn ten_files_fit_and_the_eleventh_is_told() {
    let scene = Scene::new().await;
    let (requete, id) = draft(&scene).await;
    let all = (0..=NOMBRE_MAX).map(|n| fichier(&format!("{n}.pdf"), &n.to_string())).collect();
    let jointes = attach(&scene, &requete, id, all).await;
    assert_eq!(jointes.gardees, NOMBRE_MAX);
    assert_eq!(jointes.refusees[0].refus, Refus::TropNombreux);
    let later = attach(&scene, &requete, id, vec![fichier("encore.pdf", "encore")]).await;
    assert_eq!((later.gardees, later.refusees.len()), (0, 1));
    assert_eq!(list(&scene, &requete, id).await.len(), NOMBRE_MAX);
}

#[tokio::test]
async fn the_same_file_sent_twice_is_there_once() {
    let scene = Scene::new().await;
    let (requete, id) = draft(&scene).await;
    for _ in 0..2 {
        let jointes = attach(&scene, &requete, id, vec![fichier("a.pdf", "a")]).await;
        assert_eq!((jointes.gardees, jointes.refusees.len()), (1, 0));
    }
    assert_eq!(list(&scene, &requete, id).await.len(), 1);
}

#[tokio::test]
async fn two_windows_never_get_past_the_limit() {
    let scene = Scene::new().await;
    let (requete, id) = draft(&scene).await;
    let half = |from: usize| (from..from + 8).map(|n| fichier(&format!("{n}.pdf"), &n.to_string())).collect();
    let ctx = &scene.essai.ctx;
    let both = tokio::join!(attach_to_draft(ctx, &requete, id, half(0)), attach_to_draft(ctx, &requete, id, half(100)));
    let there = list(&scene, &requete, id).await.len();
    assert!((8..=NOMBRE_MAX).contains(&there), "{there}");
    assert!(both.0.is_ok() || both.1.is_ok());
}

#[tokio::test]
async fn a_file_taken_out_is_gone_and_its_bytes_are_collected() {
    let scene = Scene::new().await;
    let (requete, id) = draft(&scene).await;
    attach(&scene, &requete, id, vec![fichier("a.pdf", "a"), fichier("b.pdf", "b")]).await;
    let piece = list(&scene, &requete, id).await[0].id;
    detach(&scene.essai.ctx, &requete, id, piece).await.unwrap();
    detach(&scene.essai.ctx, &requete, id, piece).await.expect("a second click finds what it asked for");
    assert_eq!(list(&scene, &requete, id).await[0].nom.as_str(), "b.pdf");
    scene.essai.clock.advance(TimeDelta::hours(7 * 24 + 1));
    scene.jobs().await;
    assert_eq!(scene.essai.objets.all().len(), 1);
}

#[tokio::test]
async fn a_draft_that_goes_takes_its_files_along() {
    let scene = Scene::new().await;
    let (requete, thrown) = draft(&scene).await;
    attach(&scene, &requete, thrown, vec![fichier("a.pdf", "a")]).await;
    discard(&scene.essai.ctx, &requete, thrown).await.unwrap();
    let left = scene.draft(&requete, &saisie("82")).await;
    attach(&scene, &requete, left, vec![fichier("b.pdf", "b")]).await;
    scene.jobs().await;
    assert_eq!(scene.essai.objets.all().len(), 2, "too young to be orphans");
    scene.essai.clock.advance(TimeDelta::days(31));
    scene.jobs().await;
    assert!(scene.essai.objets.all().is_empty(), "one was thrown away, the other has expired");
}

#[tokio::test]
async fn filing_takes_the_files_along_to_both_sides() {
    let scene = Scene::new().await;
    let (requete, id) = draft(&scene).await;
    attach(&scene, &requete, id, vec![fichier("a.pdf", "a"), fichier("b.pdf", "b")]).await;
    let reference = submit(&scene.essai.ctx, &requete, id).await.unwrap();
    for nom in ["82.technicien", "82.agent"] {
        let requete = scene.signin(nom).await;
        let pieces = show(&scene.essai.ctx, &requete, &reference).await.unwrap().pieces;
        let shown: Vec<_> = pieces.iter().map(|p| (p.nom.as_str(), p.sens)).collect();
        assert_eq!(shown, [("a.pdf", Sens::Entrante), ("b.pdf", Sens::Entrante)], "{nom}");
    }
}

#[tokio::test]
async fn files_come_with_an_answer_all_or_none() {
    let scene = Scene::new().await;
    let technicien = scene.signin("82.technicien").await;
    let reference = scene.file(&technicien, &saisie("82")).await;
    let ctx = &scene.essai.ctx;
    let faux = FichierRecu { nom: "x.pdf".to_owned(), octets: b"rien".to_vec() };
    let version = show(ctx, &technicien, &reference).await.unwrap().demande.version;
    let ecrit = Ecrit { version, texte: "Voici.", fichiers: vec![fichier("a.pdf", "a"), faux] };
    let refused = reply_with_files(ctx, &technicien, &reference, ecrit).await;
    assert!(matches!(&refused, Err(AppError::Saisie(e)) if e[0].champ == "pieces" && e[0].message.contains("x.pdf")));
    assert!(show(ctx, &technicien, &reference).await.unwrap().echanges.is_empty());
    let ecrit = Ecrit { version, texte: "Voici.", fichiers: vec![fichier("a.pdf", "a")] };
    reply_with_files(ctx, &technicien, &reference, ecrit).await.unwrap();
    let fiche = show(ctx, &technicien, &reference).await.unwrap();
    assert_eq!(fiche.pieces[0].message, Some(fiche.echanges[0].message.id));
}
