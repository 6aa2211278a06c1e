//! What a sign-in costs: one comparison for anybody, never while a write transaction is open.

use super::banc::{AUTRE_MOT, Banc, MOT, avec, banc, champs, requete};
use app::compte::{self, Changement};
use app::context::Contexte;
use app::ports::{HashError, PasswordHasher, Verification};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::Store;

/// Notes each call, and whether the database's one writer was free meanwhile.
struct Temoin {
    store: Store,
    appels: Mutex<Vec<(bool, bool)>>,
    perime: bool,
}

impl Temoin {
    async fn note(&self, avec_empreinte: bool) {
        let libre = tokio::time::timeout(Duration::from_millis(500), self.store.begin_write()).await.is_ok();
        self.appels.lock().unwrap().push((avec_empreinte, libre));
    }
}

#[async_trait::async_trait]
impl PasswordHasher for Temoin {
    async fn hash(&self, mot_de_passe: String) -> Result<String, HashError> {
        self.note(false).await;
        Ok(format!("plain:{mot_de_passe}"))
    }

    async fn verify(&self, mot_de_passe: String, empreinte: Option<String>) -> Result<Verification, HashError> {
        self.note(empreinte.is_some()).await;
        let juste = empreinte.is_some_and(|e| e.ends_with(&format!(":{mot_de_passe}")));
        Ok(if juste { Verification::Right { rehash: self.perime } } else { Verification::Wrong })
    }
}

fn observe(banc: &Banc, perime: bool) -> (Contexte, Arc<Temoin>) {
    let temoin = Arc::new(Temoin { store: banc.ctx.store.clone(), appels: Mutex::default(), perime });
    (Contexte { hasher: temoin.clone(), ..banc.ctx.clone() }, temoin)
}

#[tokio::test]
async fn anybody_costs_one_comparison_and_no_writer_waits_for_it() {
    let banc = banc().await;
    let p = banc.technicien().await;
    let (ctx, temoin) = observe(&banc, false);
    let entre =
        async |identifiant: &str, mot: &str| compte::sign_in(&ctx, &requete(), Banc::saisie(identifiant, mot)).await;
    entre(&p.identifiant, MOT).await.unwrap();
    assert_eq!(champs(entre(&p.identifiant, AUTRE_MOT).await), ["mot_de_passe"]);
    assert_eq!(champs(entre("personne.inconnue", MOT).await), ["mot_de_passe"]);
    assert_eq!(champs(entre(&p.identifiant, &"x".repeat(5000)).await), ["mot_de_passe"]);
    assert_eq!(*temoin.appels.lock().unwrap(), [(true, true), (true, true), (false, true), (true, true)]);
}

#[tokio::test]
async fn a_refused_try_costs_no_comparison() {
    let banc = banc().await;
    let (ctx, temoin) = observe(&banc, false);
    for _ in 0..8 {
        let _ = compte::sign_in(&ctx, &requete(), Banc::saisie("personne.inconnue", MOT)).await;
    }
    assert_eq!(temoin.appels.lock().unwrap().len(), 5);
}

#[tokio::test]
async fn changing_a_password_hashes_outside_any_transaction() {
    let banc = banc().await;
    let p = banc.technicien().await;
    let (ctx, temoin) = observe(&banc, false);
    let (actuel, mot_de_passe) = (MOT.to_owned(), AUTRE_MOT.to_owned());
    let saisie = Changement { actuel, confirmation: mot_de_passe.clone(), mot_de_passe };
    compte::change_password(&ctx, &avec(&p.jeton), saisie).await.unwrap();
    assert_eq!(*temoin.appels.lock().unwrap(), [(true, true), (false, true)]);
}

#[tokio::test]
async fn an_old_hash_is_replaced_at_the_sign_in_and_keeps_its_age() {
    let banc = banc().await;
    let p = banc.technicien().await;
    let avant = banc.compte(p.compte).await.mot_de_passe.unwrap();
    banc.avance(chrono::TimeDelta::days(3));
    let (ctx, temoin) = observe(&banc, true);
    compte::sign_in(&ctx, &requete(), Banc::saisie(&p.identifiant, MOT)).await.unwrap();
    assert_eq!(*temoin.appels.lock().unwrap(), [(true, true), (false, true)]);
    assert_eq!(banc.compte(p.compte).await.mot_de_passe.unwrap().le, avant.le);
    assert!(banc.compte(p.compte).await.version > 0);
}
