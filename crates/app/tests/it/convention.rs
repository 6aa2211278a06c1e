//! Importing, showing and activating conventions.

use app::convention::{ActivationError, Effet, ImportError, activate, import, show};
use chrono::NaiveDate;
use domain::droits::Raison;
use testkit::base::TestBase;
use testkit::contexte::Essai;

async fn empty() -> (TestBase, Essai) {
    let base = TestBase::new().await;
    let essai = Essai::new(base.store().await, 3);
    app::caisse::install(&essai.ctx).await.unwrap();
    (base, essai)
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2028, 1, 3).unwrap()
}

#[tokio::test]
async fn as_the_papers_stand_no_convention_can_be_active_and_with_complements_all_can() {
    let (_base, essai) = empty().await;
    let rapports = import(&essai.ctx, &testkit::demo::conventions(), false).await.unwrap();
    assert_eq!(rapports.len(), 5);
    for r in &rapports {
        assert!(r.effet == Effet::Ajoutee && r.lacunes > 0, "{r:?}");
        let refused = activate(&essai.ctx, Raison::Import, &r.cle, day()).await;
        assert!(matches!(refused, Err(ActivationError::Incomplete(lacunes)) if lacunes.len() == r.lacunes));
        let text = show(&essai.ctx, &r.cle).await.unwrap().unwrap();
        assert!(text.contains("usage"), "values show their articles");
    }
    let rapports = import(&essai.ctx, &[testkit::demo::complements()], false).await.unwrap();
    for r in &rapports {
        assert!(r.effet == Effet::Modifiee && r.lacunes == 0, "{r:?}");
        activate(&essai.ctx, Raison::Import, &r.cle, day()).await.unwrap();
        let text = show(&essai.ctx, &r.cle).await.unwrap().unwrap();
        assert!(text.contains("fictif, pour la démonstration"));
    }
}

#[tokio::test]
async fn an_import_again_changes_nothing_and_a_dry_run_changes_nothing() {
    let (_base, essai) = empty().await;
    let mut files = testkit::demo::conventions().to_vec();
    files.push(testkit::demo::complements());
    import(&essai.ctx, &files, true).await.unwrap();
    assert_eq!(show(&essai.ctx, "001-var").await.unwrap(), None, "a dry run leaves nothing");
    import(&essai.ctx, &files, false).await.unwrap();
    let before = show(&essai.ctx, "001-var").await.unwrap();
    for again in import(&essai.ctx, &files, false).await.unwrap() {
        assert_eq!(again.effet, Effet::Inchangee, "{again:?}");
    }
    // The papers alone keep what complements gave.
    for again in import(&essai.ctx, &testkit::demo::conventions(), false).await.unwrap() {
        assert_eq!(again.effet, Effet::Inchangee, "{again:?}");
    }
    assert_eq!(show(&essai.ctx, "001-var").await.unwrap(), before);
}

#[tokio::test]
async fn one_bad_file_keeps_all_out_and_names_file_line_field_and_reason() {
    let (_base, essai) = empty().await;
    let mut files = testkit::demo::conventions().to_vec();
    let (name, text) = &mut files[2];
    let name = name.clone();
    *text = text.replace("[fonctions]", "[fonctions]\ncouleur = \"bleu\"");
    let Err(ImportError::Fichiers(erreurs)) = import(&essai.ctx, &files, false).await else { panic!("accepted") };
    let erreur = erreurs.iter().find(|e| e.champ.contains("couleur")).expect("the unknown key is named");
    assert_eq!(erreur.fichier, name);
    assert!(erreur.ligne > 1 && !erreur.raison.is_empty());
    for (cle, _) in testkit::demo::conventions() {
        assert_eq!(show(&essai.ctx, cle.trim_end_matches(".toml")).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_caisse_that_is_not_known_is_named_with_its_file() {
    let (_base, essai) = empty().await;
    let (name, text) = testkit::demo::conventions()[0].clone();
    let text = text.replace("cle_caisse = \"tarn-et-garonne\"", "cle_caisse = \"atlantide\"");
    let Err(ImportError::Fichiers(erreurs)) = import(&essai.ctx, &[(name.clone(), text)], false).await else {
        panic!("accepted")
    };
    assert_eq!((erreurs[0].fichier.as_str(), erreurs[0].champ.as_str()), (name.as_str(), "cle_caisse"));
}
