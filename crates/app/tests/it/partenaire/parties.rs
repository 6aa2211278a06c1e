//! The caisse and the CARSAT have the same sheet as a structure (PA-1): the same fields, the same history, told the same way.

use super::{champs, convention, preuves, told};
use app::AppError;
use app::partenaire::{Cible, edit_dpo, edit_faits, sheet};
use domain::convention::{DpoSaisi, FaitsSaisis, Role};
use domain::preuve::Nature;
use testkit::TestApp;

const CLE: &str = "001-var";

async fn cible(app: &TestApp, role: Role) -> Cible {
    Cible { cle: CLE.to_owned(), role, version: convention(app, CLE).await.version }
}

#[tokio::test]
async fn the_sheets_of_caisse_and_carsat_are_kept_checked_dated_and_told_like_a_structure_s() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    for role in [Role::Caisse, Role::Carsat] {
        let as_is = FaitsSaisis::from(convention(&app, CLE).await.dossier.stipulations.partie(role));
        let wrong = FaitsSaisis {
            nom_court: " ".into(),
            siret: "123".into(),
            standard: "appelez-nous".into(),
            courriel: "personne".into(),
            ..as_is.clone()
        };
        let told_at = champs(edit_faits(&app.ctx, &referent, &cible(&app, role).await, &wrong).await);
        assert_eq!(told_at, ["nom_court", "siret", "standard", "courriel"], "{role:?}");
        let before = app.mails().len();
        let faits = FaitsSaisis { adresse: "3 place d’Essai, 83000 Toulon".into(), ..as_is };
        edit_faits(&app.ctx, &referent, &cible(&app, role).await, &faits).await.unwrap();
        app.run_jobs().await;
        let feuille = sheet(&app.ctx, &referent, CLE).await.unwrap();
        let adresse = feuille.dossier.stipulations.partie(role).adresse.as_ref().unwrap();
        assert_eq!(adresse.valeur, "3 place d’Essai, 83000 Toulon", "{role:?}");
        assert_eq!((feuille.histoire[0].partie, feuille.histoire[0].le), (role, app.ctx.now()));
        assert_eq!(preuves(&app, CLE).await[0].nature, Nature::Changement);
        let told = told(&app, before);
        for signatory in ["accueil@ccas-grimaud.example", "service-social@carsat-sud-est.example"] {
            assert!(told.iter().any(|(to, _)| to == signatory), "{role:?}: {told:?}");
        }
        app.advance(chrono::TimeDelta::seconds(1));
    }
    let officer =
        DpoSaisi { courriel: "dpo@ailleurs.example".into(), adresse: "3 place d’Essai, 83000 Toulon".into() };
    edit_dpo(&app.ctx, &referent, &cible(&app, Role::Caisse).await, &officer).await.unwrap();
    let dpo = convention(&app, CLE).await.dossier.stipulations.caisse.dpo().cloned().unwrap();
    assert_eq!(dpo.courriel.as_deref(), Some("dpo@ailleurs.example"), "any valid address will do");
    assert_eq!(dpo.adresse.as_deref(), Some("3 place d’Essai, 83000 Toulon"));
    let gestionnaire = app.requete("83.gestionnaire").await;
    let faits = FaitsSaisis::from(&convention(&app, CLE).await.dossier.stipulations.caisse);
    let refused = edit_faits(&app.ctx, &gestionnaire, &cible(&app, Role::Caisse).await, &faits).await;
    assert!(matches!(refused, Err(AppError::Interdit(_))), "{refused:?}");
}
