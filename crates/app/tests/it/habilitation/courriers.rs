//! The text of every letter on habilitations, departures and reviews, from samples.

use app::mails::habilitations::Lettre;
use app::mails::{Mail, Pour, push};
use domain::habilitation::NatureDemarche;
use domain::ids::{DemarcheId, RevueId};
use std::fmt::Write;
use testkit::TestApp;
use uuid::Uuid;

#[tokio::test]
async fn every_letter_reads_as_the_checked_in_text_and_says_no_name_but_the_readers() {
    let app = TestApp::monde().await;
    let demarche = DemarcheId::new(Uuid::from_u128(7));
    let revue = RevueId::new(Uuid::from_u128(8));
    let echeance = "2029-03-31".parse().unwrap();
    let recue = |n: NatureDemarche| Lettre::Recue { demarche, nature: n.code().to_owned() };
    let letters = [
        Lettre::Premiere { lien: Uuid::from_u128(9) },
        Lettre::Transmise,
        recue(NatureDemarche::Habilitation),
        recue(NatureDemarche::Changement),
        recue(NatureDemarche::Depart),
        Lettre::Retiree { demarche },
        Lettre::Acceptee { demarche },
        Lettre::Refusee { demarche },
        Lettre::Faite { demarche },
        Lettre::Empechee { demarche },
        Lettre::Inactive,
        Lettre::Revue { revue, echeance },
        Lettre::Rappel { revue, echeance, en_retard: false },
        Lettre::Rappel { revue, echeance, en_retard: true },
        Lettre::Attestee { revue },
    ];
    let before = app.mails().len();
    let pour = Pour::Compte(app.monde.qui("82.gestionnaire").id());
    for lettre in letters {
        let tx = app.ctx.store.begin_write().await.unwrap();
        push(&app.ctx, &tx, &Mail::Habilitations { pour, lettre }).await.unwrap();
        tx.commit().await.unwrap();
        app.run_jobs().await;
    }
    let mut text = String::new();
    for envoi in &app.mails()[before..] {
        let links = |part: &str| part.matches("https://portail.example/").count();
        assert_eq!(links(&envoi.html), 2 * links(&envoi.corps), "each address is a link that shows itself");
        assert!(envoi.corps.starts_with("Bonjour ") && !envoi.corps.contains("\n\n\n"), "{}", envoi.corps);
        let shown = |line: &str| match line.rsplit_once('/') {
            Some((start, jeton)) if jeton.len() > 40 => format!("{start}/…"),
            _ => line.to_owned(),
        };
        let corps = envoi.corps.lines().map(shown).collect::<Vec<_>>().join("\n");
        writeln!(text, "== {}\n{corps}\n", envoi.sujet).unwrap();
    }
    insta::assert_snapshot!("courriers_habilitations", text);
}
