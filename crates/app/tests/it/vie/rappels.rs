//! Reminders and tacit renewals: once each, whatever the worker went through (CO-3, CO-10).

use super::*;
use chrono::TimeDelta;

const CONTACT: &str = "direction-solidarites@metz-metropole.example";

/// What one contact of the Moselle was told, day by day at nine, between two days.
async fn told(app: &TestApp, who: &str, (from, to): (&str, &str), step: i64) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let (mut now, end) = (at(&format!("{from}T09:00:00Z")), at(&format!("{to}T09:00:00Z")));
    while now <= end {
        app.set_time(now);
        let before = app.mails().len();
        app.run_jobs().await;
        app.run_jobs().await;
        // Reviews of comptes have reminders of their own (HA-12).
        let convention = |m: &&app::ports::Envoi| m.destinataire == who && !m.sujet.contains("revue d’habilitation");
        for mail in app.mails()[before..].iter().filter(convention) {
            let sujet = mail.sujet.trim_start_matches("Espace Partenaires : ").to_owned();
            found.push((now.date_naive().to_string(), sujet));
        }
        now += TimeDelta::days(step);
    }
    found
}

async fn contact(app: &TestApp, cle: &str) -> String {
    row(app, cle).await.dossier.stipulations.partenaire.adresses()[0].to_owned()
}

#[tokio::test]
async fn each_reminder_goes_once_on_its_day_and_the_renewal_too() {
    let app = TestApp::monde().await;
    let who = contact(&app, "002-moselle").await;
    let found = told(&app, &who, ("2029-07-20", "2029-12-01"), 1).await;
    let expected = [
        ("2029-07-26", "période de résiliation à partir du 25 août 2029"),
        ("2029-08-18", "période de résiliation à partir du 25 août 2029"),
        ("2029-08-27", "échéance de convention le 25 novembre 2029"),
        ("2029-10-26", "échéance de convention le 25 novembre 2029"),
        ("2029-11-17", "fin de la période de résiliation le 24 novembre 2029"),
        ("2029-11-18", "échéance de convention le 25 novembre 2029"),
        ("2029-11-25", "convention renouvelée"),
    ];
    let expected: Vec<_> = expected.iter().map(|(d, s)| ((*d).to_owned(), (*s).to_owned())).collect();
    assert_eq!(found, expected, "{CONTACT}");
}

#[tokio::test]
async fn a_reminder_missed_is_sent_late_once_while_the_term_is_ahead_and_never_after() {
    let app = TestApp::monde().await;
    let who = contact(&app, "001-var").await;
    // The worker stops on 25 January and comes back on 10 April: 22 days before the term of 2 May.
    let found = told(&app, &who, ("2029-01-25", "2029-04-10"), 75).await;
    let late: Vec<_> = found.iter().map(|(d, s)| (d.as_str(), s.as_str())).collect();
    assert_eq!(late, [("2029-04-10", "échéance de convention le 2 mai 2029")], "one mail for 90 and 30 days");
    // It stops again until after the term: only the renewal is told.
    let found = told(&app, &who, ("2029-05-20", "2029-05-22"), 1).await;
    let late: Vec<_> = found.iter().map(|(d, s)| (d.as_str(), s.as_str())).collect();
    assert_eq!(late, [("2029-05-20", "convention renouvelée")]);
}

#[tokio::test]
async fn reminders_wait_for_eight_in_the_morning_of_the_caisse() {
    let app = TestApp::monde().await;
    let who = contact(&app, "001-var").await;
    let count = |app: &TestApp| app.mails().iter().filter(|m| m.destinataire == who).count();
    let before = count(&app);
    // 1 February 2029 is 90 days before 2 May.
    app.set_time(at("2029-02-01T06:59:00Z"));
    app.run_jobs().await;
    assert_eq!(count(&app), before);
    // Also when something else has the convention looked at before.
    put(&app, &*row(&app, "001-var").await).await;
    app.run_jobs().await;
    assert_eq!(count(&app), before);
    app.set_time(at("2029-02-01T07:00:00Z"));
    app.run_jobs().await;
    assert_eq!(count(&app), before + 1);
}

#[tokio::test]
async fn a_convention_that_ends_has_no_reminder_and_no_renewal() {
    let app = TestApp::monde().await;
    let referent = app.requete("83.referent").await;
    write(&app, &referent, "001-var", &letter("metier", "mise_en_demeure", "2028-12-05")).await;
    let fin = asked("metier", "manquement", "2029-05-02");
    let at_version = ("001-var", version(&app, "001-var").await);
    app::convention::end(&app.ctx, &referent, at_version, &fin).await.unwrap();
    app.run_jobs().await;
    let who = contact(&app, "001-var").await;
    let found = told(&app, &who, ("2029-01-25", "2029-06-01"), 3).await;
    let subjects: Vec<_> = found.iter().map(|(_, s)| s.as_str()).collect();
    assert_eq!(subjects, ["accès fermé"]);
}

#[tokio::test]
async fn a_reminder_goes_to_the_referents_of_both_sides() {
    let app = TestApp::monde().await;
    app.run_jobs().await;
    // Ninety days before the term of 2 May.
    app.set_time(at("2029-02-01T09:00:00Z"));
    let before = app.mails().len();
    app.run_jobs().await;
    let told = subjects(&app, before);
    let reminded =
        |who: &str| told.iter().any(|t| t.starts_with(who) && t.ends_with("échéance de convention le 2 mai 2029"));
    for who in [
        "accueil@ccas-grimaud.example",
        "clelie.rocamart@ccas-grimaud.example",
        "gestionnaire.83@",
        "partenaires@cpam-var.example",
        "honorine.castelbrun@cpam-var.example",
        "referent.83@",
    ] {
        assert!(reminded(who), "{who}: {told:?}");
    }
}
