//! The demonstration's folder: what may become one, what is kept, what is begun again.

use std::path::Path;
use std::sync::Arc;

use adapters::mot_de_passe::Argon2Hasher;
use app::ports::Clock as _;
use chrono::{NaiveDate, TimeDelta};
use demo::{Fichier, PRESENT, Taille};
use server::demonstration::{Bureau, Demonstration, Ouverture};
use server::echec::Echec;
use web::routes::demo::{DemoDesk as _, Step};

use crate::{names, run, stderr};

/// One convention and few demandes, with a cheap hash: the rest is the demonstration's own way.
async fn open(folder: &Path, neuf: bool) -> Result<Demonstration, Echec> {
    sized(folder, neuf, 4).await
}

async fn sized(folder: &Path, neuf: bool, demandes: usize) -> Result<Demonstration, Echec> {
    let ouverture = Ouverture {
        dossier: folder.to_owned(),
        neuf,
        url: "http://localhost:8080".to_owned(),
        taille: Taille { conventions: 1, demandes },
        hasher: Arc::new(Argon2Hasher::new(64, 2).unwrap()),
        antivirus: None,
    };
    ouverture.open().await
}

async fn opened(folder: &Path, neuf: bool) -> Demonstration {
    match open(folder, neuf).await {
        Ok(demonstration) => demonstration,
        Err(echec) => panic!("{}", echec.message()),
    }
}

#[tokio::test]
async fn an_empty_folder_is_filled_and_opened_again_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo");
    let first = opened(&path, false).await;
    assert!(first.remplie);
    assert!(first.horloge.now() - PRESENT < TimeDelta::minutes(1));
    first.horloge.advance(TimeDelta::days(7)).unwrap();
    let accounts = first.fichier.clone();
    first.atelier.close().await.unwrap();
    let again = opened(&path, false).await;
    assert!(!again.remplie && again.fichier == accounts);
    assert!(again.horloge.now() - PRESENT >= TimeDelta::days(7));
}

#[tokio::test]
async fn demo_json_says_profile_organisation_login_password_and_secret_of_every_account() {
    let folder = tempfile::tempdir().unwrap();
    drop(opened(folder.path(), false).await);
    let text = std::fs::read(folder.path().join("demo.json")).unwrap();
    let value: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let accounts = value["accounts"].as_array().unwrap();
    let mut profiles: Vec<&str> = accounts.iter().map(|a| a["profile"].as_str().unwrap()).collect();
    profiles.sort_unstable();
    profiles.dedup();
    assert_eq!(
        profiles,
        [
            "administrateur_local",
            "administrateur_national",
            "agent",
            "dpo",
            "gestionnaire",
            "referent",
            "responsable",
            "superviseur",
            "technicien"
        ]
    );
    for account in accounts {
        for field in ["organisation", "login", "password", "totp_secret"] {
            assert!(!account[field].as_str().unwrap().is_empty(), "{account}");
        }
        let secret = account["totp_secret"].as_str().unwrap();
        assert!(secret.bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b)), "{secret}");
    }
    let parsed: Fichier = serde_json::from_slice(&text).unwrap();
    assert_eq!(parsed.accounts.len(), accounts.len());
}

#[tokio::test]
async fn every_account_signs_in_with_its_password_and_code_and_stands_at_no_further_step() {
    let folder = tempfile::tempdir().unwrap();
    let demonstration = opened(folder.path(), false).await;
    let ctx = &demonstration.atelier.ctx;
    for account in &demonstration.fichier.accounts {
        let identifiants = app::compte::Identifiants {
            identifiant: account.login.clone(),
            mot_de_passe: account.password.clone(),
            ..Default::default()
        };
        let requete = app::Requete::systeme("essai");
        let ouverture = app::compte::sign_in(ctx, &requete, identifiants).await.expect(&account.login);
        let appelant = Some(app::Appelant::Session(app::compte::jeton::empreinte(&ouverture.jeton)));
        let code = app::compte::code_at(&account.totp_secret, ctx.now()).unwrap();
        let requete = app::Requete { appelant, ..requete };
        let open = app::compte::second_factor(ctx, &requete, &code).await.expect(&account.login);
        assert_eq!(open.etape, domain::compte::Etape::Ouverte, "{}", account.login);
    }
}

#[tokio::test]
async fn a_filling_that_was_killed_is_begun_again() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(".demo"), "").unwrap();
    std::fs::write(folder.path().join("espace.sqlite"), "torn").unwrap();
    std::fs::write(folder.path().join("cle"), "torn").unwrap();
    let demonstration = opened(folder.path(), false).await;
    assert!(demonstration.remplie && !demonstration.fichier.accounts.is_empty());
}

#[tokio::test]
async fn a_folder_of_somebody_else_is_refused_untouched_even_when_a_new_start_is_asked() {
    for neuf in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("demo.json"), "{}").unwrap();
        std::fs::write(folder.path().join("these.odt"), "chapitre 1").unwrap();
        let refused = open(folder.path(), neuf).await.err().unwrap();
        assert_eq!(refused.code(), 2);
        assert_eq!(names(folder.path()), ["demo.json", "these.odt"]);
    }
}

#[tokio::test]
async fn a_new_start_keeps_what_is_not_the_demonstration_s_and_forgets_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let first = opened(folder.path(), false).await;
    first.horloge.advance(TimeDelta::days(30)).unwrap();
    first.atelier.close().await.unwrap();
    std::fs::write(folder.path().join("notes.txt"), "à moi").unwrap();
    let again = opened(folder.path(), true).await;
    assert!(again.remplie && again.horloge.now() - PRESENT < TimeDelta::minutes(1));
    assert!(names(folder.path()).contains(&"notes.txt".to_owned()));
}

#[tokio::test]
async fn a_folder_in_use_is_refused_to_a_second_process_also_to_begin_again() {
    let folder = tempfile::tempdir().unwrap();
    let _first = opened(folder.path(), false).await;
    for neuf in [false, true] {
        let refused = open(folder.path(), neuf).await.err().unwrap();
        assert_eq!(refused.code(), 2);
        assert!(refused.message().contains("un autre processus utilise déjà ces données"), "{}", refused.message());
    }
    assert!(folder.path().join("demo.json").is_file());
}

#[tokio::test]
async fn the_desk_moves_the_clock_and_shows_codes_and_mails() {
    let folder = tempfile::tempdir().unwrap();
    let demonstration = opened(folder.path(), false).await;
    let bureau = Bureau::new(&demonstration);
    let before = bureau.show().await.ok().unwrap();
    assert!(before.mail_count > 20 && before.mails.len() == 20);
    assert!(before.mails.windows(2).all(|w| w[0].date >= w[1].date));
    assert!(before.organisations.iter().flat_map(|o| &o.1).all(|a| a.code.len() == 6));
    bureau.advance(Step::HalfYear).await.ok().unwrap();
    let after = bureau.show().await.ok().unwrap();
    assert!(after.now - before.now > TimeDelta::days(180));
    let tx = demonstration.atelier.ctx.store.begin_read().await.unwrap();
    let (waiting, _) = store::outbox::backlog(&tx).await.unwrap();
    assert_eq!(waiting, 0, "due jobs have run");
}

/// The mails of one demande: when, and the words after the name of the product.
async fn mails_of(demonstration: &Demonstration, reference: &str) -> Vec<(NaiveDate, String)> {
    let (mails, _) = demonstration.boite.last(usize::MAX).await.unwrap();
    let of = mails.into_iter().filter(|m| m.sujet.contains(reference) && m.date > PRESENT).rev();
    let words = |sujet: &str| sujet.rsplit_once(reference).map_or("", |(_, after)| after).trim().to_owned();
    of.map(|m| (m.date.date_naive(), words(&m.sujet))).collect()
}

#[tokio::test]
async fn each_step_of_a_complement_comes_on_its_day_when_the_clock_is_moved_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let Ok(demonstration) = sized(folder.path(), false, 40).await else { panic!("not filled") };
    let bureau = Bureau::new(&demonstration);
    let first = &demonstration.fichier.tour[0];
    assert!(first.what.contains("complément"), "{first:?}");
    let reference = first.path.rsplit('/').next().unwrap();
    let tx = demonstration.atelier.ctx.store.begin_read().await.unwrap();
    let demande = store::demande::load(&tx, &domain::droits::Portee::Tout, reference).await.unwrap().unwrap();
    let asked = store::demande::complements(&tx, demande.id).await.unwrap()[0].demande_le.date_naive();
    drop(tx);
    assert_eq!(mails_of(&demonstration, reference).await, []);
    let mut wanted = Vec::new();
    for (step, days) in [(Step::Week, 7), (Step::Week, 14), (Step::Week, 23), (Step::Week, 30)] {
        bureau.advance(step).await.ok().unwrap();
        wanted.push(asked + TimeDelta::days(days));
        let days: Vec<NaiveDate> = mails_of(&demonstration, reference).await.into_iter().map(|m| m.0).collect();
        assert_eq!(days, wanted);
    }
    let words: Vec<String> = mails_of(&demonstration, reference).await.into_iter().map(|m| m.1).collect();
    assert!(words[2].starts_with("sera clôturée le"), "{words:?}");
    assert_eq!(words[3], "clôturée sans réponse");
}

#[tokio::test]
async fn a_password_of_the_filling_is_hashed_anew_at_the_first_sign_in() {
    let folder = tempfile::tempdir().unwrap();
    let demonstration = opened(folder.path(), false).await;
    let ctx = &demonstration.atelier.ctx;
    let account = &demonstration.fichier.accounts[0];
    let hash = async || {
        let tx = ctx.store.begin_read().await.unwrap();
        store::compte::by_identifiant(&tx, &account.login, ctx.now())
            .await
            .unwrap()
            .unwrap()
            .mot_de_passe
            .unwrap()
            .empreinte
    };
    let before = hash().await;
    let identifiants = app::compte::Identifiants {
        identifiant: account.login.clone(),
        mot_de_passe: account.password.clone(),
        ..Default::default()
    };
    app::compte::sign_in(ctx, &app::Requete::systeme("essai"), identifiants).await.unwrap();
    assert!(before.contains("m=256,") && hash().await.contains("m=64,"), "{before}");
}

#[test]
fn the_command_refuses_a_folder_of_somebody_else_with_2() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("these.odt"), "chapitre 1").unwrap();
    let output = run(folder.path(), &["demo", "--port", "0", "--data-dir", "."], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("ce dossier n’est pas vide"), "{}", stderr(&output));
    assert_eq!(names(folder.path()), ["these.odt"]);
}
