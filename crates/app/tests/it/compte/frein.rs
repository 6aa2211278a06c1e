//! The throttle as somebody at the door meets it.

use super::banc::{AUTRE_MOT, Banc, MOT, avec, banc, champs, identite, requete};
use app::compte::{self, Changement, Choisi, Identifiants};
use app::context::Requete;
use app::error::{AppError, Outcome};
use chrono::TimeDelta;
use domain::compte::Profil;

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

/// Tries until the throttle refuses: each try, and the refusal too, is one row of the journal (JO-1).
async fn journal_du_frein<T>(banc: &Banc, essai: impl AsyncFn() -> Outcome<T>) {
    for n in 0..200 {
        let mut freine = false;
        let tente = async { freine = matches!(essai().await, Err(AppError::TropDEssais(_))) };
        assert_eq!(banc.ecrit(tente).await.0, 1, "try {n}");
        if freine {
            return;
        }
    }
    panic!("never slowed");
}

#[tokio::test]
async fn a_try_that_the_throttle_refuses_is_in_the_journal() {
    let banc = banc().await;
    let (p, autre) = (banc.technicien().await, banc.gestionnaire().await);
    let ouverture = banc.entre(&p.identifiant, MOT).await.unwrap();
    journal_du_frein(&banc, async || compte::second_factor(&banc.ctx, &avec(&ouverture.jeton), "000000").await).await;
    let changement = || Changement {
        actuel: "faux".to_owned(),
        mot_de_passe: AUTRE_MOT.to_owned(),
        confirmation: AUTRE_MOT.to_owned(),
    };
    let change = async || compte::change_password(&banc.ctx, &avec(&autre.jeton), changement()).await;
    journal_du_frein(&banc, change).await;
    let i = identite("Invitée", "Encore", "invitee.encore@grimaud.example");
    let invite = banc.invite("001-var", Profil::Technicien, &i).await.unwrap();
    let Choisi::Invitation(o) = banc.choisit(&banc.jeton_du_lien(&invite), MOT).await.unwrap() else { panic!() };
    compte::begin_enrolment(&banc.ctx, &avec(&o.jeton)).await.unwrap();
    journal_du_frein(&banc, async || compte::confirm_enrolment(&banc.ctx, &avec(&o.jeton), "000000").await).await;
}

#[tokio::test]
async fn a_link_that_the_throttle_refuses_is_in_the_journal_and_nothing_is_sent() {
    let banc = banc().await;
    let p = banc.technicien().await;
    for saisi in [p.identifiant.as_str(), "inconnu.total"] {
        for n in 0..7 {
            let demande = async { compte::forgot_password(&banc.ctx, &requete(), saisi).await.unwrap() };
            assert_eq!(banc.ecrit(demande).await, (1, u64::from(n < 5)), "{saisi} {n}");
        }
    }
    journal_du_frein(&banc, async || compte::forgot_password(&banc.ctx, &requete(), "inconnu.total").await).await;
}
