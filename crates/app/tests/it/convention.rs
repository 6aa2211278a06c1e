//! Importing, showing and activating conventions.

use app::convention::{ActivationError, Effet, ImportError, activate, import, show, switch};
use chrono::NaiveDate;
use domain::convention::{Actes, Fin, Fonctionnalite};
use domain::droits::{Acteur, Importer, Raison, systeme};
use store::convention::by_cle;
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
        let text = show(&essai.ctx.store, &r.cle).await.unwrap().unwrap();
        assert!(text.contains("usage"), "values show their articles");
    }
    let rapports = import(&essai.ctx, &[testkit::demo::complements()], false).await.unwrap();
    for r in &rapports {
        assert!(r.effet == Effet::Modifiee && r.lacunes == 0, "{r:?}");
        activate(&essai.ctx, Raison::Import, &r.cle, day()).await.unwrap();
        let text = show(&essai.ctx.store, &r.cle).await.unwrap().unwrap();
        assert!(text.contains("fictif, pour la démonstration"));
    }
}

#[tokio::test]
async fn an_import_again_changes_nothing_and_a_dry_run_changes_nothing() {
    let (_base, essai) = empty().await;
    let mut files = testkit::demo::conventions().to_vec();
    files.push(testkit::demo::complements());
    import(&essai.ctx, &files, true).await.unwrap();
    assert_eq!(show(&essai.ctx.store, "001-var").await.unwrap(), None, "a dry run leaves nothing");
    import(&essai.ctx, &files, false).await.unwrap();
    let before = show(&essai.ctx.store, "001-var").await.unwrap();
    for again in import(&essai.ctx, &files, false).await.unwrap() {
        assert_eq!(again.effet, Effet::Inchangee, "{again:?}");
    }
    // The papers alone keep what complements gave.
    for again in import(&essai.ctx, &testkit::demo::conventions(), false).await.unwrap() {
        assert_eq!(again.effet, Effet::Inchangee, "{again:?}");
    }
    assert_eq!(show(&essai.ctx.store, "001-var").await.unwrap(), before);
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
        assert_eq!(show(&essai.ctx.store, cle.trim_end_matches(".toml")).await.unwrap(), None);
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

#[tokio::test]
async fn an_import_moves_no_known_convention_to_another_caisse_or_partenaire() {
    let (_base, essai) = empty().await;
    let (name, text) = testkit::demo::conventions()[0].clone();
    import(&essai.ctx, &[(name.clone(), text.clone())], false).await.unwrap();
    let before = show(&essai.ctx.store, "000-tarn-et-garonne").await.unwrap();
    let moves = [
        ("cle_caisse", "cle_caisse = \"tarn-et-garonne\"", "cle_caisse = \"var\""),
        ("cle_partenaire", "cle_partenaire = \"departement-tarn-et-garonne\"", "cle_partenaire = \"ccas-grimaud\""),
    ];
    for (champ, ici, ailleurs) in moves {
        let moved = text.replace(ici, ailleurs);
        assert_ne!(moved, text);
        let Err(ImportError::Fichiers(erreurs)) = import(&essai.ctx, &[(name.clone(), moved)], false).await else {
            panic!("{champ}: moved")
        };
        let [erreur] = erreurs.as_slice() else { panic!("{erreurs:?}") };
        let line = 1 + text.lines().position(|l| l.starts_with("cle = ")).unwrap();
        assert_eq!((&erreur.fichier, erreur.ligne, erreur.champ.as_str()), (&name, line, champ));
        assert!(erreur.raison.contains("ne peut pas passer à"), "{}", erreur.raison);
        assert_eq!(show(&essai.ctx.store, "000-tarn-et-garonne").await.unwrap(), before);
    }
}

#[tokio::test]
async fn the_convention_of_a_second_partner_leaves_the_sheet_of_the_caisse_as_it_is() {
    let (_base, essai) = empty().await;
    let (_, text) = testkit::demo::conventions()[0].clone();
    let mut files = testkit::demo::conventions().to_vec();
    files.push(testkit::demo::complements());
    import(&essai.ctx, &files, false).await.unwrap();
    let sheet = || async {
        let tx = essai.ctx.store.begin_read().await.unwrap();
        let c = store::caisse::by_slug(&tx, "tarn-et-garonne").await.unwrap().unwrap();
        (c.telephone, c.courriel, c.adresse, c.autre_canal)
    };
    let before = sheet().await;
    assert!(before.0.is_some() && before.1.is_some() && before.2.is_some() && before.3.is_some(), "{before:?}");
    let second = text
        .replace("cle = \"000-tarn-et-garonne\"", "cle = \"900-seconde\"")
        .replace("cle_partenaire = \"departement-tarn-et-garonne\"", "cle_partenaire = \"seconde\"")
        .replace("592 boulevard Blaise Doumerc", "1 rue de la Seconde");
    import(&essai.ctx, &[("seconde.toml".to_owned(), second)], false).await.unwrap();
    assert_eq!(sheet().await, before);
}

#[tokio::test]
async fn an_activation_comes_once_not_before_the_convention_and_loses_no_act() {
    let (_base, essai) = empty().await;
    let mut files = testkit::demo::conventions().to_vec();
    files.push(testkit::demo::complements());
    import(&essai.ctx, &files, false).await.unwrap();
    let cle = "000-tarn-et-garonne";
    let signed = NaiveDate::from_ymd_opt(2023, 9, 18).unwrap();
    let early = activate(&essai.ctx, Raison::Import, cle, signed.pred_opt().unwrap()).await;
    assert!(matches!(early, Err(ActivationError::AvantVigueur(le)) if le == signed), "{early:?}");
    activate(&essai.ctx, Raison::Import, cle, day()).await.unwrap();
    let acts = |essai: &Essai| {
        let store = essai.ctx.store.clone();
        async move { by_cle(&store.begin_read().await.unwrap(), cle).await.unwrap().unwrap() }
    };
    let off = (Fonctionnalite::Document, false);
    assert!(switch(&essai.ctx, Raison::Import, cle, off).await.unwrap());
    let before = acts(&essai).await;
    let again = activate(&essai.ctx, Raison::Import, cle, signed).await;
    assert!(matches!(again, Err(ActivationError::DejaActivee(le)) if le == day()), "{again:?}");
    assert_eq!(acts(&essai).await.actes, before.actes);
    for cut in [false, true] {
        let mut row = acts(&essai).await;
        row.actes = Actes::default();
        if cut {
            row.actes.coupee_le = Some(day());
        } else {
            row.actes.fin = Some(Fin::new(day(), "résiliée"));
        }
        let tx = essai.ctx.store.begin_write().await.unwrap();
        let permis = systeme::permis::<Importer>(&Acteur::Systeme(Raison::Import)).unwrap();
        store::convention::update(&tx, &permis, &row, essai.ctx.now()).await.unwrap();
        tx.commit().await.unwrap();
        let ended = activate(&essai.ctx, Raison::Import, cle, day()).await;
        assert!(matches!(ended, Err(ActivationError::Terminee)), "{ended:?}");
        assert_eq!(acts(&essai).await.actes, row.actes);
    }
}
