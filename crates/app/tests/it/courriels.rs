//! The text of every mail, from samples.

use app::mails::comptes::Lettre;
use app::mails::{Mail, Pour, push};
use std::fmt::Write;
use testkit::TestApp;

#[tokio::test]
async fn every_mail_reads_as_the_checked_in_text_and_holds_numbers_and_links_only() {
    let app = TestApp::monde().await;
    let compte = app.monde.qui("82.technicien").id();
    let reference = || "EP-M3FJ-C7RP-TW5".to_owned();
    let references = |n: usize| ["EP-M3FJ-C7RP-TW5", "EP-3222-2222-224"].map(str::to_owned)[..n].to_vec();
    let mails = [
        Mail::Invitation { compte },
        Mail::MotDePasseOublie { compte },
        Mail::MotDePasseChange { compte },
        Mail::Accuse { compte, reference: reference() },
        Mail::Nouvelle { compte, reference: reference() },
        Mail::Recapitulatif { compte, references: references(1) },
        Mail::Recapitulatif { compte, references: references(2) },
    ];
    let jour = chrono::NaiveDate::from_ymd_opt(2029, 7, 8).unwrap();
    let pour = Pour::Personne(compte);
    let letters = [
        Lettre::Inactive { suppression: jour },
        Lettre::Reactive,
        Lettre::Signale { suppression: jour },
        Lettre::Exclu { suppression: jour },
        Lettre::SuppressionProche { suppression: jour },
        Lettre::SignaleAutre { cible: domain::ids::CompteId::new(uuid::Uuid::from_u128(7)) },
        Lettre::ExcluAutre { cible: domain::ids::CompteId::new(uuid::Uuid::from_u128(7)) },
        Lettre::FermeAilleurs { cible: domain::ids::CompteId::new(uuid::Uuid::from_u128(7)) },
        Lettre::SignaleBureau { cible: domain::ids::CompteId::new(uuid::Uuid::from_u128(7)) },
        Lettre::MembresDeclares { structure: "CCAS de Grimaud".to_owned(), slug: "ccas-grimaud".to_owned() },
        Lettre::QuotaDepasse,
        Lettre::AgentAnnonce,
    ];
    let mails: Vec<Mail> = mails.into_iter().chain(letters.map(|lettre| Mail::Comptes { pour, lettre })).collect();
    let before = app.mails().len();
    for mail in &mails {
        let tx = app.ctx.store.begin_write().await.unwrap();
        push(&app.ctx, &tx, mail).await.unwrap();
        tx.commit().await.unwrap();
        app.run_jobs().await;
    }
    let mut text = String::new();
    for envoi in &app.mails()[before..] {
        assert!(envoi.sujet.starts_with("Espace Partenaires : "), "{}", envoi.sujet);
        for line in envoi.corps.lines().filter(|l| !l.is_empty()) {
            let start: String = line.chars().take_while(|c| !"&<>'\"".contains(*c)).collect();
            let start = start.split("https://").next().unwrap();
            assert!(envoi.html.contains(start), "the page lacks: {start}");
        }
        let links = |part: &str| part.matches("https://portail.example/").count();
        assert_eq!(links(&envoi.html), 2 * links(&envoi.corps), "each address is a link that shows itself");
        writeln!(text, "== {}\n{}\n", envoi.sujet, without_tokens(&envoi.corps)).unwrap();
    }
    insta::assert_snapshot!("courriels", text);
}

/// One-time tokens are different in every run of the world.
fn without_tokens(corps: &str) -> String {
    let shown = |line: &str| match line.rsplit_once('/') {
        Some((start, jeton)) if jeton.len() > 30 => format!("{start}/…"),
        _ => line.to_owned(),
    };
    corps.lines().map(shown).collect::<Vec<_>>().join("\n")
}
