//! The référent's calendar: the figures of the five conventions, and who reads it.

use super::*;
use app::convention::{Pages, calendar};
use domain::convention::{NatureEcheance, Situation};

/// Convention, its days ahead on 8 January 2029, its state: six days a week from their papers and complements.
#[tokio::test]
async fn the_calendar_of_the_five_conventions_says_their_terms_and_states() {
    let app = TestApp::monde().await;
    let expected = [
        ("82", "000-tarn-et-garonne", vec![("2029-09-11", NatureEcheance::Renouvellement)]),
        ("83", "001-var", vec![("2029-05-02", NatureEcheance::Renouvellement)]),
        (
            "57",
            "002-moselle",
            vec![
                ("2029-08-25", NatureEcheance::OuvertureFenetre),
                ("2029-11-24", NatureEcheance::FermetureFenetre),
                ("2029-11-25", NatureEcheance::Renouvellement),
            ],
        ),
        ("92", "003-hauts-de-seine", vec![("2029-01-23", NatureEcheance::Renouvellement)]),
        ("69", "004-rhone", vec![("2029-03-17", NatureEcheance::Renouvellement)]),
    ];
    for (lieu, cle, jours) in expected {
        let referent = app.requete(&format!("{lieu}.referent")).await;
        let seen = calendar(&app.ctx, &referent, Pages::default()).await.unwrap();
        let found: Vec<_> = seen.jours.iter().map(|j| (j.echeance.le, j.echeance.nature)).collect();
        assert_eq!(found, jours.into_iter().map(|(jour, n)| (le(jour), n)).collect::<Vec<_>>(), "{cle}");
        let [ligne] = seen.conventions.as_slice() else { panic!("{cle}: {:?}", seen.conventions) };
        assert_eq!((ligne.cle.as_str(), ligne.situation), (cle, Situation::Renouvelee));
        assert_eq!((ligne.metier, ligne.utilisation), (Situation::Renouvelee, Situation::Renouvelee));
        // The evaluation of the first year is due after it and stops nothing (000, 001, 004).
        let due = ["000-tarn-et-garonne", "001-var", "004-rhone"].contains(&cle);
        assert_eq!(seen.a_suivre.iter().any(|a| a.retard && a.texte.contains("première année")), due, "{cle}");
        let fiche = fiche(&app, &referent, cle).await;
        let years = if cle == "002-moselle" { 4 } else { 5 };
        assert_eq!((fiche.metier.1, fiche.utilisation.1), (years, years), "{cle}: renewals");
    }
}

#[tokio::test]
async fn an_evaluation_that_is_made_is_no_longer_due() {
    let app = TestApp::monde().await;
    let referent = app.requete("82.referent").await;
    let cle = "000-tarn-et-garonne";
    let made = |jour: &str| (le(jour), "Bilan partagé, aucun changement demandé.");
    let at = (cle, version(&app, cle).await);
    let early = app::convention::evaluate(&app.ctx, &referent, at, made("2029-02-01")).await;
    assert_eq!(refused(early)[0].0, "evaluee_le");
    let before = app.mails().len();
    app::convention::evaluate(&app.ctx, &referent, at, made("2029-01-05")).await.unwrap();
    app.run_jobs().await;
    let told = subjects(&app, before);
    for who in ["gestionnaire.82", "referent.82"] {
        assert!(told.iter().any(|t| t.starts_with(who) && t.contains("évaluation")), "{who}: {told:?}");
    }
    let tx = app.ctx.store.begin_read().await.unwrap();
    let proofs = store::preuve::of_partenaire(&tx, row(&app, cle).await.partenaire).await.unwrap();
    let evaluated = |p: &&store::preuve::Preuve| p.contenu.iter().any(|(_, valeur)| valeur.contains("5 janvier 2029"));
    assert_eq!(proofs.iter().filter(evaluated).count(), 1, "{proofs:?}");
    drop(tx);
    let seen = calendar(&app.ctx, &referent, Pages::default()).await.unwrap();
    assert_eq!(seen.a_suivre, []);
    assert_eq!(fiche(&app, &referent, cle).await.evaluation, Some((le("2024-09-11"), true)));
}

#[tokio::test]
async fn only_the_referent_of_the_caisse_reads_and_conducts() {
    let app = TestApp::monde().await;
    let ici = app.requete("82.referent").await;
    for stranger in ["83.referent", "57.referent"] {
        let requete = app.requete(stranger).await;
        let read = sheet(&app.ctx, &requete, "000-tarn-et-garonne", None).await;
        assert!(matches!(read, Err(AppError::Introuvable)), "{stranger}");
        let at = ("000-tarn-et-garonne", version(&app, "000-tarn-et-garonne").await);
        let wrote = record_letter(&app.ctx, &requete, at, &letter("metier", "mise_en_demeure", "2029-01-05")).await;
        assert!(matches!(wrote, Err(AppError::Introuvable)), "{stranger}");
    }
    for other in ["82.gestionnaire", "82.technicien", "82.agent", "82.superviseur", "82.responsable", "82.dpo"] {
        let requete = app.requete(other).await;
        let read = sheet(&app.ctx, &requete, "000-tarn-et-garonne", None).await;
        assert!(matches!(read, Err(AppError::Interdit(_))), "{other}");
        let seen = calendar(&app.ctx, &requete, Pages::default()).await;
        assert!(matches!(seen, Err(AppError::Interdit(_))), "{other}");
    }
    let unknown = sheet(&app.ctx, &ici, "000-inconnue", None).await;
    assert!(matches!(unknown, Err(AppError::Introuvable)));
    let stale =
        record_letter(&app.ctx, &ici, ("000-tarn-et-garonne", 0), &letter("metier", "mise_en_demeure", "2029-01-05"))
            .await;
    assert!(matches!(stale, Err(AppError::Conflit)));
}
