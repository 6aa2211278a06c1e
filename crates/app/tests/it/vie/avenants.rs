//! Avenants: versions, the day they take effect, their differences.

use super::*;
use app::convention::{
    Apport, AvenantError, ImportError, NouvelAvenant, Signature, Valeurs, amend, compare, import, version_whole,
};
use domain::convention::{Fonctionnalite, Quota, Role};

const CLE: &str = "001-var";

fn signed(par: &[(Role, &str)]) -> Vec<Signature> {
    par.iter().map(|(partie, jour)| Signature { partie: *partie, le: le(jour) }).collect()
}

fn avenant(effet: &str, valeurs: Valeurs) -> NouvelAvenant<'static> {
    NouvelAvenant {
        papier: "utilisation",
        objet: "Plus de comptes pour les techniciens.",
        signatures: signed(&[(Role::Caisse, "2029-01-04"), (Role::Partenaire, "2029-01-05")]),
        effet_le: le(effet),
        apport: Apport::Valeurs(Box::new(valeurs)),
    }
}

fn quota(techniciens: u32) -> Valeurs {
    Valeurs { quotas: Some(Quota { gestionnaires: 2, techniciens }), ..Valeurs::default() }
}

fn fields_of(outcome: Result<i64, AvenantError>) -> Vec<String> {
    match outcome {
        Err(AvenantError::App(AppError::Saisie(erreurs))) => erreurs.into_iter().map(|e| e.champ).collect(),
        other => panic!("{other:?}"),
    }
}

async fn quota_now(app: &TestApp) -> Option<u32> {
    row(app, CLE).await.dossier.quota(Some(8)).ok().map(|q| q.techniciens)
}

#[tokio::test]
async fn an_avenant_of_the_future_takes_effect_on_its_day_and_the_old_version_stays_readable() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    let before = quota_now(&app).await;
    let numero = amend(&app.ctx, &referent, (CLE, version(&app, CLE).await), &avenant("2029-02-01", quota(7))).await;
    assert_eq!(numero.unwrap(), 1);
    app.run_jobs().await;
    assert_eq!(quota_now(&app).await, before, "not yet");
    let waiting = compare(&app.ctx, &referent, CLE, (None, None)).await.unwrap();
    assert!(waiting.a_venir && waiting.differences.len() == 1, "{:?}", waiting.differences);
    // One minute before midnight in Paris, then midnight.
    app.set_time(at("2029-01-31T22:59:00Z"));
    app.run_jobs().await;
    assert_eq!(quota_now(&app).await, before);
    app.set_time(at("2029-01-31T23:00:00Z"));
    let mails = app.mails().len();
    app.run_jobs().await;
    app.run_jobs().await;
    assert_eq!(quota_now(&app).await, Some(7));
    let told = subjects(&app, mails);
    assert_eq!(
        told.iter().filter(|t| t.starts_with("accueil@ccas-grimaud.example") && t.contains("avenant n° 1")).count(),
        1,
        "{told:?}"
    );
    let referent = app.requete("83.referent").await;
    let shown = compare(&app.ctx, &referent, CLE, (Some(1), Some(2))).await.unwrap();
    let [difference] = shown.differences.as_slice() else { panic!("{:?}", shown.differences) };
    assert_eq!(difference.chemin, "habilitations.quotas");
    let (apres, source) = difference.apres.clone().unwrap();
    assert_eq!(apres, "2 gestionnaires et 7 techniciens");
    assert_eq!(source.unwrap().mention(), "avenant n° 1 du 1er février 2029");
    let (first, dossier) = version_whole(&app.ctx, &referent, CLE, 1).await.unwrap();
    assert_eq!((first.numero, dossier.quota(Some(8)).unwrap().techniciens), (1, before.unwrap()));
    let unknown = compare(&app.ctx, &referent, CLE, (Some(1), Some(9))).await;
    assert!(matches!(unknown, Err(AppError::Introuvable)));
}

#[tokio::test]
async fn an_avenant_is_signed_by_every_party_before_its_day_and_changes_something() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    let at = (CLE, version(&app, CLE).await);
    let amended = |n: NouvelAvenant<'static>| {
        let (ctx, requete) = (app.ctx.clone(), referent.clone());
        async move { fields_of(amend(&ctx, &requete, at, &n).await) }
    };
    let one = signed(&[(Role::Caisse, "2029-01-04")]);
    assert_eq!(
        amended(NouvelAvenant { signatures: one, ..avenant("2029-02-01", quota(7)) }).await,
        ["signature_partenaire"]
    );
    // The métier of the Var has three parties.
    assert_eq!(
        amended(NouvelAvenant { papier: "metier", ..avenant("2029-02-01", quota(7)) }).await,
        ["signature_carsat"]
    );
    let late = signed(&[(Role::Caisse, "2029-01-04"), (Role::Partenaire, "2029-02-05")]);
    assert_eq!(
        amended(NouvelAvenant { signatures: late, ..avenant("2029-02-10", quota(7)) }).await,
        ["signature_partenaire"]
    );
    assert_eq!(amended(avenant("2029-01-04", quota(7))).await, ["effet_le"]);
    assert_eq!(amended(avenant("2029-02-01", Valeurs::default())).await, ["changements"]);
    assert_eq!(amended(NouvelAvenant { objet: " ", ..avenant("2029-02-01", quota(7)) }).await, ["objet"]);
    let nothing_left = Valeurs { fonctions: Some(vec![]), ..Valeurs::default() };
    assert_eq!(amended(avenant("2029-02-01", nothing_left)).await, ["fonctions"]);
    assert_eq!(version(&app, CLE).await, at.1, "nothing was written");
}

#[tokio::test]
async fn an_avenant_of_today_closes_a_function_at_once_and_what_it_adds_waits_for_the_caisse() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    let kept = vec![Fonctionnalite::Contact, Fonctionnalite::Historique];
    let valeurs = Valeurs { fonctions: Some(kept), ..Valeurs::default() };
    amend(&app.ctx, &referent, (CLE, version(&app, CLE).await), &avenant("2029-01-08", valeurs)).await.unwrap();
    let row = row(&app, CLE).await;
    assert!(!row.dossier.stipule(Fonctionnalite::Document) && row.dossier.stipule(Fonctionnalite::Contact));
    assert!(row.dossier.fonctionnalite_ouverte(Fonctionnalite::Contact, &row.actes));
}

#[tokio::test]
async fn a_whole_convention_comes_as_a_file_with_precise_errors_and_keeps_what_the_caisse_gave() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    let text = testkit::demo::conventions()[1].1.clone();
    let file = |text: String| NouvelAvenant {
        apport: Apport::Fichier("avenant.toml".to_owned(), text),
        ..avenant("2029-01-08", Valeurs::default())
    };
    let wrong = text.replace("[fonctions]", "[fonctions]\ncouleur = \"bleu\"");
    let outcome = amend(&app.ctx, &referent, (CLE, version(&app, CLE).await), &file(wrong.clone())).await;
    let Err(AvenantError::Fichier(erreurs)) = outcome else { panic!("{outcome:?}") };
    let line = 1 + wrong.lines().position(|l| l.starts_with("couleur")).unwrap();
    assert_eq!((erreurs[0].ligne, erreurs[0].champ.as_str()), (line, "fonctions.couleur"));
    let other = testkit::demo::conventions()[0].1.clone();
    let outcome = amend(&app.ctx, &referent, (CLE, version(&app, CLE).await), &file(other)).await;
    assert!(matches!(outcome, Err(AvenantError::Fichier(e)) if e.iter().any(|e| e.champ == "cle")));
    let right = text.replace(
        "mois = { valeur = 12, article = \"métier art. 9.1\" }",
        "mois = { valeur = 24, article = \"avenant n° 1\" }",
    );
    assert_ne!(right, text);
    amend(&app.ctx, &referent, (CLE, version(&app, CLE).await), &file(right)).await.unwrap();
    let dossier = row(&app, CLE).await.dossier;
    assert_eq!(dossier.stipulations.duree.mois.as_ref().unwrap().valeur, 24);
    assert_eq!(dossier.lacunes(), [], "complements stay");
}

#[tokio::test]
async fn the_papers_imported_again_never_take_an_avenant_back() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    let (name, text) = testkit::demo::conventions()[1].clone();
    amend(&app.ctx, &referent, (CLE, version(&app, CLE).await), &avenant("2029-01-08", quota(7))).await.unwrap();
    let before = row(&app, CLE).await;
    for dry_run in [true, false] {
        let again = import(&app.ctx, &[(name.clone(), text.clone())], dry_run).await;
        let Err(ImportError::Fichiers(erreurs)) = again else { panic!("{again:?}") };
        let [erreur] = erreurs.as_slice() else { panic!("{erreurs:?}") };
        let line = 1 + text.lines().position(|l| l.starts_with("cle = ")).unwrap();
        assert_eq!((&erreur.fichier, erreur.ligne, erreur.champ.as_str()), (&name, line, "cle"));
        assert!(erreur.raison.starts_with("l’avenant n° 1 du 8 janvier 2029 est en vigueur"), "{}", erreur.raison);
    }
    let after = row(&app, CLE).await;
    assert_eq!((&after.dossier, after.version), (&before.dossier, before.version));
    // What stands beside the papers still comes in.
    let beside = "mention = \"essai\"\n\n[complement.001-var.partenaire]\nsite = \"https://ccas-grimaud.example\"\n";
    import(&app.ctx, &[("complement.toml".to_owned(), beside.to_owned())], false).await.unwrap();
    assert_eq!(quota_now(&app).await, Some(7));
}

#[tokio::test]
async fn the_papers_imported_again_are_kept_while_an_avenant_waits_for_its_day() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    amend(&app.ctx, &referent, (CLE, version(&app, CLE).await), &avenant("2029-02-01", quota(7))).await.unwrap();
    let file = testkit::demo::conventions()[1].clone();
    import(&app.ctx, &[file], false).await.unwrap();
    app.set_time(at("2029-02-01T09:00:00Z"));
    app.run_jobs().await;
    assert_eq!(quota_now(&app).await, Some(7));
}
