//! Identifiant, password, the page asked for, engagements.

use super::banc::{Banc, MOT, avec, banc, champs, identite, requete};
use app::compte::{self, Accord, Choisi, Identifiants};
use app::error::AppError;
use chrono::TimeDelta;
use domain::compte::engagements::Nature;
use domain::compte::{Etape, EtatCompte, Profil};

#[tokio::test]
async fn a_wrong_password_and_an_unknown_identifiant_get_the_same_answer() {
    let banc = banc().await;
    let p = banc.technicien().await;
    let texte = |r: Result<_, AppError>| match r {
        Err(AppError::Saisie(e)) => e,
        autre => panic!("{:?}", autre.map(|_: compte::Ouverture| ())),
    };
    let faux = texte(banc.entre(&p.identifiant, "un autre mot de passe").await);
    assert_eq!(faux, texte(banc.entre("personne.inconnue", "un autre mot de passe").await));
    assert_eq!(faux, texte(banc.entre(&"x".repeat(5000), &"y".repeat(5000)).await));
    assert_eq!(champs(banc.entre(" ", "").await), ["identifiant", "mot_de_passe"]);
}

#[tokio::test]
async fn each_step_changes_the_token_and_the_old_one_opens_nothing() {
    let banc = banc().await;
    let p = banc.technicien().await;
    banc.avance(TimeDelta::seconds(60));
    let premier = banc.entre(&format!(" {} ", p.identifiant.to_uppercase()), MOT).await.unwrap();
    assert_eq!(premier.etape, Etape::SecondFacteur);
    let tx = banc.ctx.store.begin_read().await.unwrap();
    let refus = compte::load_acteur(&banc.ctx, &tx, &avec(&premier.jeton)).await;
    assert!(matches!(refus, Err(AppError::SessionFermee)), "a password alone gives no acteur");
    drop(tx);
    let second = compte::second_factor(&banc.ctx, &avec(&premier.jeton), &banc.code(&p.secret)).await.unwrap();
    assert_eq!(second.etape, Etape::Ouverte);
    assert_ne!(second.jeton, premier.jeton);
    assert!(matches!(compte::session(&banc.ctx, &avec(&premier.jeton)).await, Err(AppError::SessionFermee)));
    compte::session(&banc.ctx, &avec(&second.jeton)).await.unwrap();
}

#[tokio::test]
async fn the_page_asked_for_comes_back_after_the_sign_in_and_never_another_site() {
    let banc = banc().await;
    let p = banc.technicien().await;
    for (demande, garde) in [("/demandes/AB12?page=2", Some("/demandes/AB12?page=2")), ("//mal.example/", None)] {
        banc.avance(TimeDelta::seconds(60));
        let saisie = Identifiants { retour: Some(demande.to_owned()), ..Banc::saisie(&p.identifiant, MOT) };
        let premier = compte::sign_in(&banc.ctx, &requete(), saisie).await.unwrap();
        let fin = compte::second_factor(&banc.ctx, &avec(&premier.jeton), &banc.code(&p.secret)).await.unwrap();
        assert_eq!(fin.retour.as_ref().map(domain::compte::Retour::as_str), garde);
    }
}

#[tokio::test]
async fn nothing_opens_before_both_texts_are_accepted_in_their_version() {
    let banc = banc().await;
    let i = identite("Maëlle", "Corvalenne", "maelle.corvalenne@grimaud.example");
    let invite = banc.invite("001-var", Profil::Technicien, &i).await.unwrap();
    let Ok(Choisi::Invitation(o)) = banc.choisit(&banc.jeton_du_lien(&invite), MOT).await else { panic!() };
    let (_, codes, o) = banc.enrole(&o).await;
    assert_eq!(codes.len(), 10);
    let textes = compte::to_accept(&banc.ctx, &avec(&o.jeton)).await.unwrap();
    assert_eq!(textes.iter().map(|t| t.nature).collect::<Vec<_>>(), Nature::TOUTES);
    let accord = |n: Nature, version: &str| Accord { nature: n, version: version.to_owned() };
    let cgu = accord(Nature::Cgu, Nature::Cgu.version());
    assert_eq!(champs(compte::accept(&banc.ctx, &avec(&o.jeton), &[]).await), ["cgu", "engagements"]);
    let perime = [cgu.clone(), accord(Nature::Engagements, "0")];
    assert_eq!(champs(compte::accept(&banc.ctx, &avec(&o.jeton), &perime).await), ["engagements"]);
    assert!(matches!(compte::list_sessions(&banc.ctx, &avec(&o.jeton)).await, Err(AppError::SessionFermee)));
    let fin = banc.accepte(&o.jeton).await;
    assert_eq!(fin.etape, Etape::Ouverte);
    let tx = banc.ctx.store.begin_read().await.unwrap();
    let gardees = store::compte::acceptations::list(&tx, invite.compte).await.unwrap();
    assert_eq!(
        gardees.iter().map(|a| (a.nature, a.le)).collect::<Vec<_>>(),
        Nature::TOUTES.map(|n| (n, banc.ctx.now()))
    );
}

#[tokio::test]
async fn somebody_who_accepted_an_earlier_version_accepts_again_before_anything_opens() {
    let banc = banc().await;
    // Raising a version is a change of the code; what it makes of a compte is one with another version accepted.
    let i = identite("Ancienne", "Version", "ancienne.version@ccas-grimaud.example");
    let invite = banc.invite("001-var", Profil::Technicien, &i).await.unwrap();
    let Choisi::Invitation(o) = banc.choisit(&banc.jeton_du_lien(&invite), MOT).await.unwrap() else {
        panic!("the link works")
    };
    let (_, _, o) = banc.enrole(&o).await;
    let tx = banc.ctx.store.begin_write().await.unwrap();
    let permis = domain::droits::soi(invite.compte, EtatCompte::Invite).unwrap();
    for nature in Nature::TOUTES {
        let a = store::compte::acceptations::Acceptation { nature, version: "0".to_owned(), le: banc.ctx.now() };
        store::compte::acceptations::insert(&tx, &permis, banc.ctx.new_id(), &a).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(compte::to_accept(&banc.ctx, &avec(&o.jeton)).await.unwrap().len(), 2, "both again");
    let o = banc.accepte(&o.jeton).await;
    assert_eq!(o.etape, Etape::Ouverte);
    let vu = compte::show_own(&banc.ctx, &avec(&o.jeton)).await.unwrap();
    let versions: Vec<_> = vu.acceptations.iter().map(|(_, v, _)| v.as_str()).collect();
    assert_eq!(versions.iter().filter(|v| **v == "0").count(), 2, "the former ones are kept: {versions:?}");
    let csv = compte::export_acceptances(&banc.ctx, &avec(&o.jeton)).await.unwrap();
    assert_eq!(csv.lines().count(), 5, "{csv}");
}
