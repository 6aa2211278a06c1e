//! Eight tasks at once, on both databases: nothing is lost and no quota is passed.

use super::banc::{Banc, MOT, avec, banc, identite, requete};
use app::compte::{Choisi, Invitation, Par, invite, second_factor};
use domain::compte::{Compteur, Profil};
use domain::droits::{Portee, Raison, Rattachement, soi};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::StoreError;
use store::compte::{self, Compte, SecondFacteur, tentatives};

const TACHES: usize = 8;
const FOIS: usize = 40;

async fn ensemble<F>(tache: impl Fn(usize) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let taches: Vec<_> = (0..TACHES).map(|n| tokio::spawn(tache(n))).collect();
    for t in taches {
        t.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_try_is_lost_in_a_counter() {
    let banc = Arc::new(banc().await);
    let cle = [9; 32];
    ensemble(|_| {
        let banc = Arc::clone(&banc);
        async move {
            for _ in 0..FOIS {
                let tx = banc.ctx.store.begin_write().await.unwrap();
                let now = banc.ctx.now();
                let lu = tentatives::compteur(&tx, &cle, now).await.unwrap();
                let suivant = Compteur { verifications: lu.verifications + 1, ..lu };
                tentatives::save(&tx, &cle, &suivant).await.unwrap();
                tx.commit().await.unwrap();
            }
        }
    })
    .await;
    let tx = banc.ctx.store.begin_write().await.unwrap();
    let compteur = tentatives::compteur(&tx, &cle, banc.ctx.now()).await.unwrap();
    assert_eq!(compteur.verifications as usize, TACHES * FOIS);
}

async fn change(banc: &Banc, id: domain::ids::CompteId, verrou: bool) -> Result<(), StoreError> {
    let tx = banc.ctx.store.begin_write().await?;
    let portee = Portee::Soi(id);
    let lu = if verrou {
        compte::lock(&tx, &portee, id, banc.ctx.now()).await?
    } else {
        compte::load(&tx, &portee, id, banc.ctx.now()).await?
    };
    let lu = lu.unwrap();
    let facteur = lu.second_facteur.clone().unwrap();
    let pas = Some(facteur.pas.unwrap() + 1);
    let suivant = Compte { second_facteur: Some(SecondFacteur { pas, ..facteur }), ..lu };
    compte::save(&tx, &soi(id, suivant.etat).unwrap(), &suivant).await?;
    tx.commit().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_change_of_a_compte_is_lost_with_the_lock_or_with_the_version_alone() {
    let banc = Arc::new(banc().await);
    let id = banc.technicien().await.compte;
    let avant = banc.compte(id).await;
    ensemble(|n| {
        let banc = Arc::clone(&banc);
        async move {
            for _ in 0..FOIS {
                loop {
                    match change(&banc, id, n % 2 == 0).await {
                        Ok(()) => break,
                        Err(StoreError::Conflict) => {}
                        Err(autre) => panic!("{autre}"),
                    }
                }
            }
        }
    })
    .await;
    let apres = banc.compte(id).await;
    let pas = |c: &Compte| c.second_facteur.as_ref().unwrap().pas.unwrap();
    assert_eq!(pas(&apres) - pas(&avant), (TACHES * FOIS) as i64);
    assert_eq!(apres.version - avant.version, (TACHES * FOIS) as i64);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_compte_locked_by_one_task_does_not_conflict_with_the_next() {
    let banc = Arc::new(banc().await);
    let id = banc.technicien().await.compte;
    ensemble(|_| {
        let banc = Arc::clone(&banc);
        async move {
            for _ in 0..FOIS {
                change(&banc, id, true).await.unwrap();
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn creations_at_the_same_instant_never_pass_the_quota() {
    let banc = Arc::new(banc().await);
    let (partenaire, _) = banc.partenaire("001-var").await;
    let rattachement = Rattachement::Partenaire(partenaire);
    ensemble(|n| {
        let banc = Arc::clone(&banc);
        async move {
            for m in 0..4 {
                // The same name for all: the identifiants are disputed too.
                let identite = identite("Même", "Nom", &format!("t{n}.{m}@grimaud.example"));
                let profil = Profil::Technicien;
                let invitation = Invitation { profil, rattachement, identite, services: vec![] };
                let _ = invite(&banc.ctx, &requete(), Par::Systeme(Raison::Demonstration), &invitation).await;
            }
        }
    })
    .await;
    let tx = banc.ctx.store.begin_read().await.unwrap();
    assert_eq!(compte::count(&tx, rattachement, Profil::Technicien, banc.ctx.now()).await.unwrap(), 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_brought_by_eight_at_once_works_for_one() {
    let banc = Arc::new(banc().await);
    let i = identite("Maëlle", "Corvalenne", "maelle.corvalenne@grimaud.example");
    let jeton = banc.jeton_du_lien(&banc.invite("001-var", Profil::Technicien, &i).await.unwrap());
    let reussites = Arc::new(AtomicUsize::new(0));
    ensemble(|_| {
        let (banc, jeton, reussites) = (Arc::clone(&banc), jeton.clone(), Arc::clone(&reussites));
        async move {
            if matches!(banc.choisit(&jeton, MOT).await, Ok(Choisi::Invitation(_))) {
                reussites.fetch_add(1, Ordering::SeqCst);
            }
        }
    })
    .await;
    assert_eq!(reussites.load(Ordering::SeqCst), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_code_shown_by_several_sessions_at_once_opens_one() {
    let banc = Arc::new(banc().await);
    let p = banc.technicien().await;
    banc.avance(chrono::TimeDelta::seconds(60));
    let code = banc.code(&p.secret);
    let mut jetons = vec![];
    for _ in 0..4 {
        jetons.push(banc.entre(&p.identifiant, MOT).await.unwrap().jeton);
    }
    let jetons = Arc::new(jetons);
    let reussites = Arc::new(AtomicUsize::new(0));
    ensemble(|n| {
        let (banc, jetons, code) = (Arc::clone(&banc), Arc::clone(&jetons), code.clone());
        let reussites = Arc::clone(&reussites);
        async move {
            // Two tasks a session: the same form sent twice, too.
            let outcome = second_factor(&banc.ctx, &avec(&jetons[n / 2]), &code).await;
            reussites.fetch_add(usize::from(outcome.is_ok()), Ordering::SeqCst);
        }
    })
    .await;
    assert_eq!(reussites.load(Ordering::SeqCst), 1);
}

/// Forty creations at once on the last place of 25 (HA-2), with the lock, and with the index alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_forty_creations_at_twenty_four_of_twenty_five_exactly_one_succeeds() {
    let banc = Arc::new(banc().await);
    let (partenaire, _) = banc.partenaire("000-tarn-et-garonne").await;
    let rattachement = Rattachement::Partenaire(partenaire);
    let cree = |n: usize| {
        let banc = Arc::clone(&banc);
        async move {
            let identite = identite("Même", "Nom", &format!("t{n}@departement-82.example"));
            let invitation = Invitation { profil: Profil::Technicien, rattachement, identite, services: vec![] };
            invite(&banc.ctx, &requete(), Par::Systeme(Raison::Demonstration), &invitation).await
        }
    };
    for n in 0..24 {
        cree(n).await.unwrap();
    }
    let taches: Vec<_> = (100..140).map(|n| tokio::spawn(cree(n))).collect();
    let mut reussies = 0;
    for t in taches {
        match t.await.unwrap() {
            Ok(_) => reussies += 1,
            Err(app::AppError::Saisie(e)) => assert_eq!(e[0].champ, "profil"),
            Err(autre) => panic!("{autre}"),
        }
    }
    assert_eq!(reussies, 1);
    let tx = banc.ctx.store.begin_read().await.unwrap();
    assert_eq!(compte::count(&tx, rattachement, Profil::Technicien, banc.ctx.now()).await.unwrap(), 25);
}

/// Without any lock, no two comptes take one place: the index refuses the second.
#[tokio::test]
async fn two_comptes_never_hold_the_same_place() {
    let banc = banc().await;
    let (partenaire, _) = banc.partenaire("001-var").await;
    let a = banc.technicien().await.compte;
    let i = identite("Une", "Autre", "une.autre@ccas-grimaud.example");
    let b = banc.invite("001-var", Profil::Technicien, &i).await.unwrap().compte;
    let acteur = domain::droits::Acteur::Systeme(Raison::Tache);
    let permis = domain::droits::systeme::permis::<domain::droits::Habiliter>(&acteur).unwrap();
    let tx = banc.ctx.store.begin_write().await.unwrap();
    // Both hold the first two places; a third place for one of them is fine, beyond the quota there is none.
    compte::take_place(&tx, &permis, (b, partenaire, Profil::Technicien), 5).await.unwrap();
    let plein = compte::take_place(&tx, &permis, (a, partenaire, Profil::Technicien), 1).await;
    assert!(matches!(plein, Err(StoreError::Conflict)), "{plein:?}");
}

/// HA-9: one administrateur national always stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_administrateurs_nationaux_who_close_each_other_at_once_one_stays() {
    for _ in 0..8 {
        let banc = Arc::new(banc().await);
        let mut deux = vec![];
        for nom in ["Alphe", "Bethe"] {
            let i = identite("Admin", nom, &format!("{nom}@national.example"));
            let profil = Profil::AdministrateurNational;
            let invite = banc.invite_dans(Rattachement::National, profil, &i).await.unwrap();
            deux.push(banc.active(&invite).await);
        }
        let ferme = |qui: usize| {
            let (banc, jeton, cible) = (Arc::clone(&banc), deux[qui].jeton.clone(), deux[1 - qui].compte);
            tokio::spawn(async move { app::compte::deactivate(&banc.ctx, &avec(&jeton), cible).await.is_ok() })
        };
        let (a, b) = (ferme(0), ferme(1));
        let done = [a.await.unwrap(), b.await.unwrap()];
        assert_eq!(done.iter().filter(|done| **done).count(), 1, "{done:?}");
    }
}
