//! What must not happen by the way: comptes kept by a projet, an access closed by an avenant or a filling, one bad row that
//! stops the others (CO-4, CO-6, CO-10, CO-12).

use super::*;
use app::convention::{
    Apport, AvenantError, NouvelAvenant, Pages, Saisi, Signature, amend, calendar, compare, complete,
};
use domain::compte::EtatCompte;
use domain::convention::{Fin, Gel, Role, Situation, Source, Stipulations, Valeur};
use domain::droits::{self, Acteur, Portee, Raison};
use store::convention::Version;

const VAR: &str = "001-var";
const AUTRE: &str = "010-fictive-meurthe-et-moselle";

async fn ends_on(app: &TestApp, cle: &str, jour: &str) {
    let mut row = row(app, cle).await;
    row.actes.fin = Some(Fin::new(le(jour), "essai"));
    put(app, &row).await;
}

/// The other convention of the structure of the Moselle, complete and never activated.
async fn with_projet() -> TestApp {
    let app = TestApp::monde().await;
    app::convention::import(&app.ctx, &testkit::demo::fictives(), false).await.unwrap();
    app.run_jobs().await;
    app
}

#[tokio::test]
async fn a_convention_that_was_never_activated_keeps_no_compte_open() {
    let app = with_projet().await;
    ends_on(&app, "002-moselle", "2029-01-10").await;
    app.set_time(at("2029-01-10T09:00:00Z"));
    app.run_jobs().await;
    let id = app.monde.qui("57.gestionnaire").id();
    let tx = app.ctx.store.begin_read().await.unwrap();
    let compte = store::compte::load(&tx, &Portee::Soi(id), id, app.ctx.now()).await.unwrap().unwrap();
    assert_eq!(compte.etat, EtatCompte::Inactif);
}

#[tokio::test]
async fn a_convention_that_was_never_activated_tells_of_no_closed_access() {
    let app = with_projet().await;
    ends_on(&app, AUTRE, "2029-01-10").await;
    app.set_time(at("2029-01-10T09:00:00Z"));
    let before = app.mails().len();
    app.run_jobs().await;
    let told = subjects(&app, before);
    assert!(!told.iter().any(|t| t.contains("accès fermé")), "{told:?}");
}

#[tokio::test]
async fn an_avenant_that_would_end_the_access_is_refused() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    let text = testkit::demo::conventions()[1].1.clone();
    let without = text.replace("renouvellement = { valeur = \"tacite\", article = \"métier art. 9.2\" }\n", "");
    assert_ne!(text, without);
    for effet in ["2029-01-08", "2029-02-01"] {
        let avenant = NouvelAvenant {
            papier: "utilisation",
            objet: "Sans renouvellement.",
            signatures: [(Role::Caisse, "2029-01-04"), (Role::Partenaire, "2029-01-05")]
                .map(|(partie, jour)| Signature { partie, le: le(jour) })
                .to_vec(),
            effet_le: le(effet),
            apport: Apport::Fichier("avenant.toml".to_owned(), without.clone()),
        };
        let outcome = amend(&app.ctx, &referent, (VAR, version(&app, VAR).await), &avenant).await;
        let Err(AvenantError::App(AppError::Saisie(erreurs))) = outcome else { panic!("{outcome:?}") };
        assert_eq!(erreurs[0].champ, "changements");
        assert!(erreurs[0].message.contains("fermerait l’accès"), "{}", erreurs[0].message);
    }
}

/// An avenant of a past day, as the base holds it.
async fn waiting(app: &TestApp, cle: &str, changements: &str) {
    let row = row(app, cle).await;
    let permis = droits::conduire(&Acteur::Systeme(Raison::Tache), row.caisse).unwrap();
    let first = Version {
        id: app.ctx.new_id(),
        numero: 1,
        objet: "Convention d’origine".to_owned(),
        effet_le: le("2024-01-01"),
        signatures: Vec::new(),
        changements: None,
        dossier: Some(row.dossier.clone()),
        auteur: None,
        enregistree_le: app.ctx.now(),
        appliquee_le: Some(app.ctx.now()),
    };
    let second = Version {
        id: app.ctx.new_id(),
        numero: 2,
        effet_le: le("2029-01-10"),
        changements: Some(changements.to_owned()),
        dossier: None,
        appliquee_le: None,
        ..first.clone()
    };
    let tx = app.ctx.store.begin_write().await.unwrap();
    for v in [first, second] {
        store::convention::ajouter_version(&tx, &permis, &row, &v).await.unwrap();
    }
    tx.commit().await.unwrap();
    put(app, &row).await;
}

#[tokio::test]
async fn a_convention_that_fails_holds_up_no_other() {
    let app = TestApp::monde().await;
    for cle in ["000-tarn-et-garonne", "002-moselle", "003-hauts-de-seine"] {
        waiting(&app, cle, "{").await;
    }
    app.set_time(at("2029-02-15T09:00:00Z"));
    let before = app.mails().len();
    app.run_jobs().await;
    let told = subjects(&app, before);
    for jour in ["2 mai 2029", "17 mars 2029"] {
        assert!(told.iter().any(|t| t.ends_with(&format!("échéance de convention le {jour}"))), "{jour}: {told:?}");
    }
}

#[tokio::test]
async fn an_avenant_that_no_longer_fits_is_told_once_to_the_caisse_and_stays_on_its_home() {
    let app = TestApp::monde().await;
    let mut faux = Stipulations::default();
    let source = Source::Article("avenant n° 1".to_owned());
    faux.partenaire.siret = Some(Valeur { valeur: "123".to_owned(), source });
    waiting(&app, VAR, &serde_json::json!({ "partiel": faux }).to_string()).await;
    app.run_jobs().await;
    let before = app.mails().len();
    app.set_time(at("2029-01-10T09:00:00Z"));
    app.run_jobs().await;
    put(&app, &*row(&app, VAR).await).await;
    app.run_jobs().await;
    let told: Vec<_> = subjects(&app, before).into_iter().filter(|t| t.contains("avenant n° 1 sans effet")).collect();
    assert!(told.iter().any(|t| t.starts_with("referent.83")), "{told:?}");
    assert!(!told.iter().any(|t| t.starts_with("gestionnaire.83") || t.starts_with("accueil@")), "{told:?}");
    let alone: std::collections::BTreeSet<_> = told.iter().collect();
    assert_eq!(alone.len(), told.len(), "once each: {told:?}");
    let referent = app.requete("83.referent").await;
    let seen = calendar(&app.ctx, &referent, Pages::default()).await.unwrap();
    let line = seen.a_suivre.iter().find(|a| a.texte.contains("L’avenant n° 1")).expect("on the home");
    assert!(line.retard && line.le == Some(le("2029-01-10")), "{line:?}");
    let shown = compare(&app.ctx, &referent, VAR, (None, None)).await.unwrap();
    assert!(shown.differences.iter().any(|d| d.chemin == "partenaire.siret"), "{:?}", shown.differences);
}

#[tokio::test]
async fn of_two_avenants_of_one_day_that_no_longer_fit_each_is_told() {
    let app = TestApp::monde().await;
    let mut faux = Stipulations::default();
    let source = Source::Article("avenant".to_owned());
    faux.partenaire.siret = Some(Valeur { valeur: "123".to_owned(), source });
    let changements = serde_json::json!({ "partiel": faux }).to_string();
    waiting(&app, VAR, &changements).await;
    let row = row(&app, VAR).await;
    let permis = droits::conduire(&Acteur::Systeme(Raison::Tache), row.caisse).unwrap();
    let tx = app.ctx.store.begin_write().await.unwrap();
    let second = store::convention::versions(&tx, &row).await.unwrap().pop().unwrap();
    let third = Version { id: app.ctx.new_id(), numero: 3, ..second };
    store::convention::ajouter_version(&tx, &permis, &row, &third).await.unwrap();
    tx.commit().await.unwrap();
    let before = app.mails().len();
    app.set_time(at("2029-01-10T09:00:00Z"));
    app.run_jobs().await;
    put(&app, &*super::row(&app, VAR).await).await;
    app.run_jobs().await;
    let told = subjects(&app, before);
    for numero in [1, 2] {
        let sans_effet = format!("avenant n° {numero} sans effet");
        let to_referent = |t: &&String| t.starts_with("referent.83") && t.contains(&sans_effet);
        assert_eq!(told.iter().filter(to_referent).count(), 1, "{numero}: {told:?}");
    }
    let referent = app.requete("83.referent").await;
    let seen = calendar(&app.ctx, &referent, Pages::default()).await.unwrap();
    assert_eq!(seen.a_suivre.iter().filter(|a| a.texte.contains("n’a pas pris effet")).count(), 2);
}

#[tokio::test]
async fn filling_an_active_convention_replaces_nothing_and_a_date_to_come_is_refused() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    let mut row = row(&app, VAR).await;
    let complement = Source::Complement("essai".to_owned());
    row.dossier.stipulations.duree.mois = Some(Valeur { valeur: 12, source: complement });
    put(&app, &row).await;
    for (nom, saisi) in [("mois", Saisi::Nombre(24)), ("siret", Saisi::Texte("000 831 016 00019".to_owned()))] {
        let refusal = complete(&app.ctx, &referent, (VAR, version(&app, VAR).await), &[(nom.to_owned(), saisi)]).await;
        assert_eq!(refused(refusal)[0].0, "completer", "{nom} is not offered");
    }
    // Not yet activated: what is lacking afterwards must have lacked before, and no date lies ahead.
    row = super::row(&app, VAR).await;
    row.actes = domain::convention::Actes::default();
    put(&app, &row).await;
    let nothing = [("mois".to_owned(), Saisi::Nombre(0))];
    let refusal = complete(&app.ctx, &referent, (VAR, version(&app, VAR).await), &nothing).await;
    assert_eq!(refused(refusal)[0].0, "mois");
    let champs = app::convention::offered(&*super::row(&app, VAR).await);
    let signature = champs.iter().find(|c| c.nom.starts_with("signature_")).expect("the caisse gave the dates");
    let ahead = [(signature.nom.clone(), Saisi::Date(le("2029-01-09")))];
    let refusal = complete(&app.ctx, &referent, (VAR, version(&app, VAR).await), &ahead).await;
    assert_eq!(refused(refusal)[0], (signature.nom.clone(), "Cette date ne peut pas être à venir.".to_owned()));
}

#[tokio::test]
async fn a_convention_that_another_caisse_has_frozen_is_shown_so() {
    let app = TestApp::monde().await;
    let mut row = row(&app, VAR).await;
    row.actes.gel = Some(Gel { le: le("2029-01-08"), par: "moselle".to_owned() });
    put(&app, &row).await;
    let referent = app.requete("83.referent").await;
    let seen = calendar(&app.ctx, &referent, Pages::default()).await.unwrap();
    assert_eq!(seen.conventions[0].situation, Situation::Gelee);
}

#[tokio::test]
async fn mails_say_who_may_act_and_promise_no_renewal() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    write(&app, &referent, VAR, &letter("metier", "mise_en_demeure", "2028-12-05")).await;
    app.run_jobs().await;
    let mails = app.mails();
    let letter = mails.iter().find(|m| m.sujet.contains("lettre recommandée")).expect("a mail");
    assert!(letter.corps.contains("La partie qui a écrit pourrait mettre fin"), "{}", letter.corps);
    app.set_time(at("2029-02-15T09:00:00Z"));
    app.run_jobs().await;
    let mails = app.mails();
    let reminder = mails.iter().find(|m| m.sujet.contains("échéance de convention")).expect("a mail");
    assert!(reminder.corps.contains("renouvelée ou prend fin"), "{}", reminder.corps);
}
