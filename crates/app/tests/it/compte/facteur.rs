//! The second factor: nobody skips it, a code works once, ten recovery codes.

use super::banc::{Banc, MOT, Personne, avec, banc, champs};
use app::compte;
use app::error::AppError;
use chrono::TimeDelta;
use domain::compte::Etape;

async fn a_la_porte(banc: &Banc, p: &Personne) -> String {
    banc.entre(&p.identifiant, MOT).await.unwrap().jeton
}

#[tokio::test]
async fn a_code_works_once_within_one_step_on_each_side() {
    let banc = banc().await;
    let p = banc.technicien().await;
    banc.avance(TimeDelta::seconds(60));
    let code = banc.code(&p.secret);
    let jeton = a_la_porte(&banc, &p).await;
    compte::second_factor(&banc.ctx, &avec(&jeton), &code).await.unwrap();
    let jeton = a_la_porte(&banc, &p).await;
    assert_eq!(champs(compte::second_factor(&banc.ctx, &avec(&jeton), &code).await), ["code"], "the same code again");
    let suivant = compte::code_at(&p.secret, banc.ctx.now() + TimeDelta::seconds(30)).unwrap();
    let loin = compte::code_at(&p.secret, banc.ctx.now() + TimeDelta::seconds(90)).unwrap();
    assert_eq!(champs(compte::second_factor(&banc.ctx, &avec(&jeton), &loin).await), ["code"], "a code of later");
    compte::second_factor(&banc.ctx, &avec(&jeton), &suivant).await.unwrap();
}

#[tokio::test]
async fn a_recovery_code_works_once_however_it_is_typed() {
    let banc = banc().await;
    let p = banc.technicien().await;
    let jeton = a_la_porte(&banc, &p).await;
    let saisi = format!(" {} ", p.codes[3].to_lowercase().replace('-', " "));
    compte::second_factor(&banc.ctx, &avec(&jeton), &saisi).await.unwrap();
    let jeton = a_la_porte(&banc, &p).await;
    assert_eq!(champs(compte::second_factor(&banc.ctx, &avec(&jeton), &p.codes[3]).await), ["code"]);
    compte::second_factor(&banc.ctx, &avec(&jeton), &p.codes[4]).await.unwrap();
    let tx = banc.ctx.store.begin_read().await.unwrap();
    assert_eq!(store::compte::codes::left(&tx, p.compte).await.unwrap(), 8);
}

#[tokio::test]
async fn codes_of_another_compte_open_nothing() {
    let banc = banc().await;
    let (p, autre) = (banc.technicien().await, banc.gestionnaire().await);
    let jeton = a_la_porte(&banc, &p).await;
    banc.avance(TimeDelta::seconds(60));
    for code in [banc.code(&autre.secret), autre.codes[0].clone(), String::new(), "12345".to_owned()] {
        assert_eq!(champs(compte::second_factor(&banc.ctx, &avec(&jeton), &code).await), ["code"]);
    }
}

#[tokio::test]
async fn codes_are_throttled_too() {
    let banc = banc().await;
    let p = banc.technicien().await;
    let jeton = a_la_porte(&banc, &p).await;
    for _ in 0..5 {
        assert_eq!(champs(compte::second_factor(&banc.ctx, &avec(&jeton), "no-code").await), ["code"]);
    }
    banc.avance(TimeDelta::seconds(59));
    let refus = compte::second_factor(&banc.ctx, &avec(&jeton), &banc.code(&p.secret)).await;
    assert!(matches!(refus, Err(AppError::TropDEssais(1))));
    banc.avance(TimeDelta::seconds(1));
    compte::second_factor(&banc.ctx, &avec(&jeton), &banc.code(&p.secret)).await.unwrap();
}

#[tokio::test]
async fn the_seed_is_the_same_until_it_is_confirmed_and_a_wrong_code_does_not_confirm() {
    let banc = banc().await;
    let i = super::banc::identite("Maëlle", "Corvalenne", "maelle.corvalenne@grimaud.example");
    let invite = banc.invite("001-var", domain::compte::Profil::Technicien, &i).await.unwrap();
    let Ok(compte::Choisi::Invitation(o)) = banc.choisit(&banc.jeton_du_lien(&invite), MOT).await else { panic!() };
    let requete = avec(&o.jeton);
    let premier = compte::begin_enrolment(&banc.ctx, &requete).await.unwrap();
    let second = compte::begin_enrolment(&banc.ctx, &requete).await.unwrap();
    assert_eq!(premier.secret, second.secret);
    assert!(
        premier.uri.starts_with("otpauth://totp/Espace%20Partenaires:maelle.corvalenne?secret="),
        "{}",
        premier.uri
    );
    assert_eq!(champs(compte::confirm_enrolment(&banc.ctx, &requete, "000000").await), ["code"]);
    assert!(!banc.compte(invite.compte).await.est_enrole());
    // Signing in again leads to the same step, never past it, with another seed: the first session is over.
    let o = banc.entre(&invite.identifiant, MOT).await.unwrap();
    assert_eq!(o.etape, Etape::Enrolement);
    let nouveau = compte::begin_enrolment(&banc.ctx, &avec(&o.jeton)).await.unwrap();
    assert_ne!(nouveau.secret, premier.secret);
    let ancien = compte::confirm_enrolment(&banc.ctx, &requete, &banc.code(&premier.secret)).await;
    assert!(matches!(ancien, Err(AppError::SessionFermee)));
}

#[tokio::test]
async fn a_code_in_an_open_session_is_a_step_up() {
    let banc = banc().await;
    let p = banc.technicien().await;
    banc.avance(TimeDelta::minutes(10));
    let avant = compte::session(&banc.ctx, &avec(&p.jeton)).await.unwrap();
    let o = compte::second_factor(&banc.ctx, &avec(&p.jeton), &banc.code(&p.secret)).await.unwrap();
    let apres = compte::session(&banc.ctx, &avec(&o.jeton)).await.unwrap();
    assert_eq!(apres.renforcee_le, Some(banc.ctx.now()));
    assert_eq!(apres.expire_le, avant.expire_le, "a step-up does not make the session longer");
    assert!(matches!(compte::session(&banc.ctx, &avec(&p.jeton)).await, Err(AppError::SessionFermee)));
}
