//! The throttle as somebody at the door meets it.

use super::banc::{AUTRE_MOT, Banc, MOT, avec, banc, champs, requete};
use app::compte::{self, Identifiants};
use app::context::Requete;
use app::error::AppError;
use chrono::TimeDelta;

#[tokio::test]
async fn five_failures_cost_a_minute_known_or_unknown_even_with_the_right_password() {
    let banc = banc().await;
    let p = banc.technicien().await;
    for identifiant in [p.identifiant.as_str(), "personne.inconnue"] {
        for _ in 0..5 {
            assert_eq!(champs(banc.entre(identifiant, AUTRE_MOT).await), ["mot_de_passe"]);
        }
        assert!(matches!(banc.entre(identifiant, MOT).await, Err(AppError::TropDEssais(60))), "{identifiant}");
    }
    banc.avance(TimeDelta::seconds(60));
    banc.entre(&p.identifiant, MOT).await.unwrap();
}

#[tokio::test]
async fn a_known_browser_is_not_locked_out_by_the_failures_of_others() {
    let banc = banc().await;
    let p = banc.technicien().await;
    let cookie = compte::remember_browser(&banc.ctx, &avec(&p.jeton), None).await.unwrap().unwrap();
    assert_eq!(compte::remember_browser(&banc.ctx, &avec(&p.jeton), Some(&cookie)).await.unwrap(), None);
    for _ in 0..5 {
        assert_eq!(champs(banc.entre(&p.identifiant, AUTRE_MOT).await), ["mot_de_passe"]);
    }
    assert!(matches!(banc.entre(&p.identifiant, MOT).await, Err(AppError::TropDEssais(_))));
    let faux = Identifiants { navigateur: Some("autre".to_owned()), ..Banc::saisie(&p.identifiant, MOT) };
    assert!(matches!(compte::sign_in(&banc.ctx, &requete(), faux).await, Err(AppError::TropDEssais(_))));
    let chez_soi = Identifiants { navigateur: Some(cookie), ..Banc::saisie(&p.identifiant, MOT) };
    compte::sign_in(&banc.ctx, &requete(), chez_soi).await.unwrap();
}

#[tokio::test]
async fn an_address_is_slowed_after_100_tries_and_other_addresses_are_not() {
    let banc = banc().await;
    let p = banc.technicien().await;
    for n in 0..99 {
        assert_eq!(champs(banc.entre(&format!("inconnu{n}"), MOT).await), ["mot_de_passe"]);
    }
    banc.entre(&p.identifiant, MOT).await.unwrap();
    assert!(matches!(banc.entre(&p.identifiant, MOT).await, Err(AppError::TropDEssais(5))));
    let ailleurs = Requete { adresse: Some("198.51.100.4".to_owned()), ..requete() };
    compte::sign_in(&banc.ctx, &ailleurs, Banc::saisie(&p.identifiant, MOT)).await.unwrap();
    banc.avance(TimeDelta::seconds(5));
    banc.entre(&p.identifiant, MOT).await.unwrap();
}

#[tokio::test]
async fn a_day_sees_fifteen_checks_from_unknown_browsers() {
    let banc = banc().await;
    let p = banc.technicien().await;
    for _ in 0..15 {
        banc.entre(&p.identifiant, MOT).await.unwrap();
    }
    let Err(AppError::TropDEssais(attente)) = banc.entre(&p.identifiant, MOT).await else { panic!("refused") };
    banc.avance(TimeDelta::seconds(i64::from(attente)));
    banc.entre(&p.identifiant, MOT).await.unwrap();
}
