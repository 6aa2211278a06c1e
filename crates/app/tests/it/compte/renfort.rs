//! Step-up: an act on comptes asks for a second factor shown in the last five minutes (security, « Sign-in »).

use super::banc::{avec, banc, champs};
use app::compte::{self, second_factor};
use chrono::TimeDelta;
use domain::compte::EtatCompte;

#[tokio::test]
async fn closing_a_compte_asks_for_a_code_once_five_minutes_are_over() {
    let banc = banc().await;
    let (p, gestionnaire) = (banc.technicien().await, banc.gestionnaire().await);
    let jeton = banc.entre_en_entier(&gestionnaire).await.jeton;
    banc.avance(TimeDelta::seconds(5 * 60 + 1));
    let late = compte::deactivate(&banc.ctx, &avec(&jeton), p.compte).await;
    assert_eq!(champs(late), ["code"]);
    assert_eq!(banc.compte(p.compte).await.etat, EtatCompte::Actif, "nothing was done");

    let renewed = second_factor(&banc.ctx, &avec(&jeton), &banc.code(&gestionnaire.secret)).await.unwrap();
    compte::deactivate(&banc.ctx, &avec(&renewed.jeton), p.compte).await.unwrap();
    assert_eq!(banc.compte(p.compte).await.etat, EtatCompte::Inactif);
}

#[tokio::test]
async fn five_minutes_after_the_code_an_act_needs_none() {
    let banc = banc().await;
    let (p, gestionnaire) = (banc.technicien().await, banc.gestionnaire().await);
    let jeton = banc.entre_en_entier(&gestionnaire).await.jeton;
    banc.avance(TimeDelta::minutes(5));
    compte::deactivate(&banc.ctx, &avec(&jeton), p.compte).await.unwrap();
}
