//! The life of sessions, and the end of comptes.

use super::banc::{MOT, avec, banc, champs, identite};
use app::compte;
use app::error::AppError;
use chrono::TimeDelta;
use domain::compte::{EtatCompte, Profil};
use domain::droits::Rattachement;

#[tokio::test]
async fn a_session_ends_after_half_an_hour_without_activity() {
    let banc = banc().await;
    let p = banc.technicien().await;
    for _ in 0..3 {
        banc.avance(TimeDelta::minutes(29));
        compte::session(&banc.ctx, &avec(&p.jeton)).await.unwrap();
    }
    banc.avance(TimeDelta::minutes(30));
    assert!(matches!(compte::session(&banc.ctx, &avec(&p.jeton)).await, Err(AppError::SessionFermee)));
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_whatever_its_activity() {
    let banc = banc().await;
    let p = banc.technicien().await;
    for _ in 0..36 {
        banc.avance(TimeDelta::minutes(19) + TimeDelta::seconds(59));
        let vue = compte::extend_session(&banc.ctx, &avec(&p.jeton)).await.unwrap();
        assert!(vue.idle_expire_le <= vue.expire_le);
    }
    banc.avance(TimeDelta::seconds(36));
    assert!(matches!(compte::extend_session(&banc.ctx, &avec(&p.jeton)).await, Err(AppError::SessionFermee)));
}

#[tokio::test]
async fn activity_is_noted_at_most_once_a_minute() {
    let banc = banc().await;
    let p = banc.technicien().await;
    let debut = banc.ctx.now();
    banc.avance(TimeDelta::seconds(59));
    compte::session(&banc.ctx, &avec(&p.jeton)).await.unwrap();
    let vue_le = async || compte::list_sessions(&banc.ctx, &avec(&p.jeton)).await.unwrap()[0].vue_le;
    assert_eq!(vue_le().await, debut);
    banc.avance(TimeDelta::seconds(1));
    compte::session(&banc.ctx, &avec(&p.jeton)).await.unwrap();
    assert_eq!(vue_le().await, debut + TimeDelta::seconds(60));
}

#[tokio::test]
async fn one_lists_and_ends_one_s_own_sessions_only() {
    let banc = banc().await;
    let (p, autre) = (banc.technicien().await, banc.gestionnaire().await);
    let ici = banc.entre_en_entier(&p).await.jeton;
    let listees = compte::list_sessions(&banc.ctx, &avec(&ici)).await.unwrap();
    assert_eq!(listees.iter().map(|s| s.courante).collect::<Vec<_>>(), [true, false]);
    let refus = compte::revoke_session(&banc.ctx, &avec(&autre.jeton), &listees[1].cle).await;
    assert!(matches!(refus, Err(AppError::Introuvable)));
    compte::revoke_session(&banc.ctx, &avec(&ici), &listees[1].cle).await.unwrap();
    assert!(matches!(compte::session(&banc.ctx, &avec(&p.jeton)).await, Err(AppError::SessionFermee)));
    compte::session(&banc.ctx, &avec(&ici)).await.unwrap();
}

#[tokio::test]
async fn signing_out_ends_the_session_and_twice_is_no_error() {
    let banc = banc().await;
    let p = banc.technicien().await;
    for _ in 0..2 {
        compte::sign_out(&banc.ctx, &avec(&p.jeton)).await.unwrap();
        assert!(matches!(compte::session(&banc.ctx, &avec(&p.jeton)).await, Err(AppError::SessionFermee)));
    }
}

#[tokio::test]
async fn a_closed_compte_loses_its_sessions_its_links_and_its_sign_in() {
    let banc = banc().await;
    let (p, gestionnaire) = (banc.technicien().await, banc.gestionnaire().await);
    compte::deactivate(&banc.ctx, &avec(&gestionnaire.jeton), p.compte).await.unwrap();
    assert!(matches!(compte::session(&banc.ctx, &avec(&p.jeton)).await, Err(AppError::SessionFermee)));
    assert_eq!(champs(banc.entre(&p.identifiant, MOT).await), ["mot_de_passe"]);
    let avant = banc.courriels().await.len();
    compte::forgot_password(&banc.ctx, &super::banc::requete(), &p.identifiant).await.unwrap();
    assert_eq!(banc.courriels().await.len(), avant);
    assert_eq!(banc.compte(p.compte).await.etat, EtatCompte::Inactif);
    let encore = compte::deactivate(&banc.ctx, &avec(&gestionnaire.jeton), p.compte).await;
    assert!(matches!(encore, Err(AppError::Conflit)));
}

#[tokio::test]
async fn a_compte_of_another_structure_is_unknown_and_a_technicien_closes_nobody() {
    let banc = banc().await;
    let (p, gestionnaire) = (banc.technicien().await, banc.gestionnaire().await);
    let i = identite("Ailleurs", "Personne", "personne@departement-82.example");
    let ailleurs = banc.invite("000-tarn-et-garonne", Profil::Technicien, &i).await.unwrap();
    let ferme = async |jeton: &str, cible| compte::deactivate(&banc.ctx, &avec(jeton), cible).await;
    assert!(matches!(ferme(&gestionnaire.jeton, ailleurs.compte).await, Err(AppError::Introuvable)));
    assert!(matches!(ferme(&gestionnaire.jeton, gestionnaire.compte).await, Err(AppError::Interdit(_))));
    assert!(matches!(ferme(&p.jeton, p.compte).await, Err(AppError::Interdit(_))));
}

#[tokio::test]
async fn what_is_over_is_removed_and_what_lives_is_kept() {
    let banc = banc().await;
    let p = banc.technicien().await;
    let (_, caisse) = banc.partenaire("001-var").await;
    let i = identite("Agente", "Une", "agente.une@cpam-var.example");
    banc.invite_dans(Rattachement::Caisse(caisse), Profil::Agent, &i).await.unwrap();
    app::jobs::run_due(&banc.ctx).await.unwrap();
    compte::session(&banc.ctx, &avec(&p.jeton)).await.unwrap();
    let expire = async || {
        let tx = banc.ctx.store.begin_write().await.unwrap();
        let gone = store::compte::expire(&tx, banc.ctx.now()).await.unwrap();
        tx.commit().await.unwrap();
        gone
    };
    banc.avance(TimeDelta::days(3));
    // The session, and the counters of code and password.
    assert!(expire().await >= 2);
    assert_eq!(expire().await, 0);
    banc.avance(TimeDelta::days(35));
    assert_eq!(expire().await, 2, "the two invitations");
}
