//! Letters, dates and repairs are records of their own, beside the convention (CO-5, JO-2).

use super::*;
use app::convention::{end, receive_letter, repair};
use domain::preuve::Nature;
use store::preuve::Preuve;

const CLE: &str = "003-hauts-de-seine";

/// The proofs of a nature, the first made first.
async fn of(app: &TestApp, nature: Nature) -> Vec<Preuve> {
    let partenaire = row(app, CLE).await.partenaire;
    let tx = app.ctx.store.begin_read().await.unwrap();
    let mut found = store::preuve::of_partenaire(&tx, partenaire).await.unwrap();
    found.retain(|p| p.nature == nature);
    found.reverse();
    found
}

fn says(p: &Preuve, label: &str, value: &str) -> bool {
    p.contenu.iter().any(|(l, v)| l == label && v == value)
}

#[tokio::test]
async fn each_letter_its_receipt_its_repair_and_the_end_leave_a_proof_with_their_dates() {
    let app = TestApp::monde().await;
    let referent = app.requete("92.referent").await;
    let first = write(&app, &referent, CLE, &letter("utilisation", "mise_en_demeure", "2028-11-01")).await;
    let at = async || (CLE, version(&app, CLE).await);
    app.advance(chrono::TimeDelta::seconds(1));
    receive_letter(&app.ctx, &referent, at().await, (first, le("2028-11-03"))).await.unwrap();
    app.advance(chrono::TimeDelta::seconds(1));
    repair(&app.ctx, &referent, at().await, (first, le("2028-11-20"), "Chacun a son compte.")).await.unwrap();
    app.advance(chrono::TimeDelta::seconds(1));
    let again = write(&app, &referent, CLE, &letter("utilisation", "mise_en_demeure", "2028-12-01")).await;
    app.advance(chrono::TimeDelta::seconds(1));
    receive_letter(&app.ctx, &referent, at().await, (again, le("2028-12-05"))).await.unwrap();
    app.advance(chrono::TimeDelta::seconds(1));
    write(&app, &referent, CLE, &letter("utilisation", "seconde_lettre", "2029-01-06")).await;
    let letters = of(&app, Nature::Lettre).await;
    assert_eq!(letters.len(), 6, "{letters:?}");
    assert!(says(&letters[0], "Envoyée le", "1er novembre 2028") && says(&letters[0], "Numéro", "1A 000 000 0000 1"));
    assert!(says(&letters[1], "Reçue le", "3 novembre 2028"), "{:?}", letters[1]);
    assert!(says(&letters[2], "Réparé le", "20 novembre 2028"), "{:?}", letters[2]);
    assert!(says(&letters[2], "Réparation", "Chacun a son compte."));
    assert!(says(&letters[5], "Envoyée le", "6 janvier 2029"), "{:?}", letters[5]);
    let moi = app.monde.qui("92.referent").id();
    assert!(letters.iter().all(|p| p.auteur == Some(moi) && p.convention.is_some()));
    assert_eq!(of(&app, Nature::Resiliation).await.len(), 0);
    end(&app.ctx, &app.requete("92.referent").await, at().await, &asked("utilisation", "manquement", "2029-01-15"))
        .await
        .unwrap();
    let ends = of(&app, Nature::Resiliation).await;
    assert!(ends.len() == 1 && ends[0].contenu.iter().any(|(_, v)| v.contains("15 janvier 2029")), "{ends:?}");
}
