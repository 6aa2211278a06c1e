//! Proofs: lists, one, export, how long they are kept (JO-2).

use super::{accepted, asked, fields};
use app::AppError;
use app::registre::{Filtres, export, imprime, list, show};
use app::revue::Reponse;
use chrono::NaiveDate;
use domain::convention::Fin;
use domain::droits::{Acteur, Importer, Raison, systeme};
use domain::habilitation::Decision;
use domain::preuve::Nature;
use store::convention::Enregistree;
use testkit::TestApp;

/// All that is listed, but what everybody accepted at his first sign-in.
async fn all(app: &TestApp, nom: &str, filtres: &Filtres) -> Vec<app::registre::Resume> {
    let requete = app.requete(nom).await;
    let mut listed = list(&app.ctx, &requete, filtres, None).await.unwrap().preuves;
    listed.retain(|r| r.preuve.nature != Nature::Attestation);
    listed
}

/// Lines of an export, the heading left out, but what everybody accepted.
fn lines(file: &str) -> Vec<&str> {
    file.split("\r\n").skip(1).filter(|l| !l.is_empty() && !l.contains(";Attestation;")).collect()
}

#[tokio::test]
async fn each_side_sees_its_proofs_and_filters_them() {
    let app = TestApp::monde().await;
    asked(&app, "82", "Delorme").await;
    let first = asked(&app, "83", "Delorme").await;
    accepted(&app, "83", first).await.unwrap();
    let every = Filtres::default();
    for (nom, seen) in [("82.referent", 1), ("82.dpo", 1), ("82.gestionnaire", 1), ("83.gestionnaire", 2)] {
        assert_eq!(all(&app, nom, &every).await.len(), seen, "{nom}");
    }
    let none = Filtres { nature: "revue".to_owned(), ..Filtres::default() };
    assert!(all(&app, "83.referent", &none).await.is_empty());
    let today = app.ctx.now().date_naive();
    let day = Filtres { du: Some(today), au: Some(today), ..Filtres::default() };
    assert_eq!(all(&app, "83.referent", &day).await.len(), 2);
    let before = Filtres { au: today.pred_opt(), ..Filtres::default() };
    assert!(all(&app, "83.referent", &before).await.is_empty());
    let referent = app.requete("83.referent").await;
    let wrong = Filtres { nature: "autre".to_owned(), ..Filtres::default() };
    assert_eq!(fields(list(&app.ctx, &referent, &wrong, None).await), ["nature"]);
    let id = all(&app, "82.referent", &every).await[0].preuve.id;
    assert!(matches!(show(&app.ctx, &referent, id).await, Err(AppError::Introuvable)));
    assert!(all(&app, "82.administrateur", &every).await.is_empty(), "those of structures are not his");
    for nom in ["82.agent", "82.technicien", "national"] {
        let other = app.requete(nom).await;
        assert!(matches!(list(&app.ctx, &other, &every, None).await, Err(AppError::Interdit(_))), "{nom}");
    }
}

#[tokio::test]
async fn the_export_has_a_line_each_and_is_in_the_journal() {
    let app = TestApp::monde().await;
    asked(&app, "82", "Delorme").await;
    let dpo = app.requete("82.dpo").await;
    let file = export(&app.ctx, &dpo, &Filtres::default()).await.unwrap();
    assert!(file.starts_with("\u{feff}Date;Nature;Structure;Par;Numéro;Contenu\r\n"), "{file}");
    assert!(matches!(lines(&file)[..], [one] if one.contains(";Habilitation;")), "{file}");
    assert_eq!(file.matches(";Attestation;").count(), file.matches("\r\n").count() - 2, "one line each: {file}");
}

/// Ends the convention of 82 on a day.
pub(super) async fn ended(app: &TestApp, le: NaiveDate) {
    let tx = app.ctx.store.begin_write().await.unwrap();
    let lue = store::convention::by_cle(&tx, "000-tarn-et-garonne").await.unwrap().unwrap();
    let mut actes = lue.actes.clone();
    actes.fin = Some(Fin::new(le, "fin"));
    let permis = systeme::permis::<Importer>(&Acteur::Systeme(Raison::Import)).unwrap();
    let changed = Enregistree { actes, ..lue };
    store::convention::update(&tx, &permis, &changed, app.ctx.now()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_proof_is_kept_for_the_life_of_its_convention_and_five_years() {
    let app = TestApp::monde().await;
    asked(&app, "82", "Delorme").await;
    let referent = app.requete("82.referent").await;
    let id = all(&app, "82.referent", &Filtres::default()).await[0].preuve.id;
    assert_eq!(show(&app.ctx, &referent, id).await.unwrap().conservee_jusqu_au, None);
    let today = app.ctx.now().date_naive();
    ended(&app, today).await;
    let fiche = show(&app.ctx, &referent, id).await.unwrap();
    let five = today.checked_add_months(chrono::Months::new(60));
    assert_eq!(fiche.conservee_jusqu_au, five);
    assert!(format!("{:?}", imprime(&fiche)).contains("Conservation"));
}

#[tokio::test]
async fn the_review_of_the_desk_is_read_by_who_made_it_and_by_the_dpo_not_by_a_colleague() {
    let app = TestApp::monde().await;
    let local = app.requete("82.administrateur").await;
    let id = app::revue::begin(&app.ctx, &local).await.unwrap();
    let fiche = app::revue::show(&app.ctx, &local, id).await.unwrap();
    let decisions = fiche.lignes.iter().map(|l| (l.compte, Decision::Conserver)).collect();
    let reponse = Reponse { version: fiche.revue.version, decisions, attestations: Vec::new() };
    app::revue::answer(&app.ctx, &local, id, &reponse).await.unwrap();
    asked(&app, "82", "Delorme").await;
    let every = Filtres::default();
    let desk = all(&app, "82.administrateur", &every).await;
    assert_eq!(desk.len(), 1);
    assert_eq!(all(&app, "82.dpo", &every).await.len(), 2);
    let seen = all(&app, "82.referent", &every).await;
    assert!(seen.len() == 1 && seen[0].preuve.id != desk[0].preuve.id, "{seen:?}");
    let referent = app.requete("82.referent").await;
    let one = show(&app.ctx, &referent, desk[0].preuve.id).await;
    assert!(matches!(one, Err(AppError::Introuvable)));
    let file = export(&app.ctx, &referent, &every).await.unwrap();
    assert_eq!(lines(&file).len(), 1, "{file}");
}
