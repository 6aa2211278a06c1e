//! One SIRET, one structure: whoever enters it, and also when two do at once (PA-1).

use super::{champs, convention, overwrite};
use app::convention::{ImportError, Saisi, complete, import};
use app::partenaire::{Cible, create, edit_faits};
use domain::compte::Profil;
use domain::convention::{Actes, FaitsSaisis, Role, Source};
use domain::droits::{Acteur, Importer, Raison, Rattachement, systeme};
use domain::identifiants::{Siren, Siret};
use std::sync::Arc;
use store::StoreError;
use testkit::TestApp;

/// Of no structure of the world.
const LIBRE: &str = "00083101600019";

fn saisis(nom: &str, siret: &str) -> FaitsSaisis {
    let nom = nom.to_owned();
    FaitsSaisis { nom: nom.clone(), nom_court: nom, siret: siret.to_owned(), ..FaitsSaisis::default() }
}

async fn siret_of(app: &TestApp, cle: &str) -> String {
    convention(app, cle).await.dossier.stipulations.partenaire.siret.unwrap().valeur
}

/// How many structures another name may find.
async fn structures(app: &TestApp, noms: &[&str]) -> usize {
    let tx = app.ctx.store.begin_read().await.unwrap();
    let slugs: Vec<String> = noms.iter().map(|n| domain::partenaire::slug(n)).collect();
    store::partenaire::slugs(&tx, &slugs).await.unwrap().len()
}

#[tokio::test]
async fn the_database_refuses_the_siret_of_another_structure() {
    let app = TestApp::monde().await;
    let theirs = siret_of(&app, "000-tarn-et-garonne").await;
    let ours = convention(&app, "001-var").await.partenaire;
    let permis = systeme::permis::<Importer>(&Acteur::Systeme(Raison::Import)).unwrap();
    let tx = app.ctx.store.begin_write().await.unwrap();
    let taken = store::partenaire::note_siret(&tx, &permis, ours, Some(&theirs)).await;
    assert!(matches!(taken, Err(StoreError::Taken)), "{taken:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_referents_who_enter_one_structure_at_once_the_second_is_told_at_its_field() {
    let mut app = TestApp::monde().await;
    let var = app.caisse("var").await;
    app.enter("83.referent2", Profil::Referent, Rattachement::Caisse(var)).await;
    let referents = [app.requete("83.referent").await, app.requete("83.referent2").await];
    for round in 0..8 {
        let siret = Siret::depuis_siren(&Siren::depuis_racine(90_000 + round), 1);
        let noms = ["un", "deux"].map(|rang| format!("Essai {round} {rang}"));
        let both = [0, 1].map(|n: usize| {
            let (ctx, requete) = (app.ctx.clone(), referents[n].clone());
            let saisis = saisis(&noms[n], siret.canonique());
            tokio::spawn(async move { create(&ctx, &requete, &saisis).await })
        });
        let mut done = Vec::new();
        for one in both {
            done.push(one.await.unwrap());
        }
        let (made, refused): (Vec<_>, Vec<_>) = done.into_iter().partition(Result::is_ok);
        assert_eq!((made.len(), refused.len()), (1, 1), "{refused:?}");
        assert_eq!(champs(refused.into_iter().next().unwrap()), ["siret"]);
        assert_eq!(structures(&app, &noms.each_ref().map(String::as_str)).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_caisses_that_enter_one_structure_at_once_share_it() {
    let app = Arc::new(TestApp::monde().await);
    let referents = [app.requete("83.referent").await, app.requete("57.referent").await];
    let noms = ["Essai un", "Essai deux"];
    let both = [0, 1].map(|n| {
        let (ctx, requete) = (app.ctx.clone(), referents[n].clone());
        tokio::spawn(async move { create(&ctx, &requete, &saisis(noms[n], LIBRE)).await.unwrap() })
    });
    let mut known = Vec::new();
    for one in both {
        known.push(one.await.unwrap().connue);
    }
    known.sort_unstable();
    assert_eq!(known, [false, true]);
    assert_eq!(structures(&app, &noms).await, 1);
}

#[tokio::test]
async fn neither_a_sheet_nor_a_filling_takes_the_siret_of_another_structure() {
    let app = TestApp::monde().await;
    let theirs = siret_of(&app, "000-tarn-et-garonne").await;
    let referent = app.requete("83.referent").await;
    let mut ours = convention(&app, "001-var").await;
    let cible = Cible { cle: "001-var".into(), role: Role::Partenaire, version: ours.version };
    let mut faits = FaitsSaisis::from(&ours.dossier.stipulations.partenaire);
    faits.siret = theirs.clone();
    assert_eq!(champs(edit_faits(&app.ctx, &referent, &cible, &faits).await), ["siret"]);
    ours.actes = Actes::default();
    let siret = ours.dossier.stipulations.partenaire.siret.as_mut().unwrap();
    siret.source = Source::Complement("essai".to_owned());
    overwrite(&app, &ours).await;
    let version = convention(&app, "001-var").await.version;
    let spaced = format!("{} {}", &theirs[..9], &theirs[9..]);
    let filled = [("siret".to_owned(), Saisi::Texte(spaced))];
    assert_eq!(champs(complete(&app.ctx, &referent, ("001-var", version), &filled).await), ["siret"]);
    assert_ne!(siret_of(&app, "001-var").await, theirs, "nothing is kept");
}

#[tokio::test]
async fn an_import_names_the_line_that_gives_the_siret_of_another_structure() {
    let app = TestApp::monde().await;
    let theirs = siret_of(&app, "001-var").await;
    let text = testkit::demo::conventions()[1].1.clone();
    let second = text
        .replace("cle = \"001-var\"", "cle = \"901-seconde\"")
        .replace("cle_partenaire = \"ccas-grimaud\"", "cle_partenaire = \"seconde\"");
    let complement = format!("mention = \"essai\"\n\n[complement.901-seconde.partenaire]\nsiret = \"{theirs}\"\n");
    let files = [("seconde.toml".to_owned(), second), ("complement.toml".to_owned(), complement)];
    let Err(ImportError::Fichiers(erreurs)) = import(&app.ctx, &files, false).await else { panic!("accepted") };
    let [erreur] = erreurs.as_slice() else { panic!("{erreurs:?}") };
    assert_eq!((erreur.fichier.as_str(), erreur.ligne), ("complement.toml", 4));
    assert_eq!(erreur.champ, "partenaire.siret");
    assert!(erreur.raison.contains("une autre structure"), "{}", erreur.raison);
    assert_eq!(structures(&app, &["seconde"]).await, 0, "nothing is kept");
}
