//! The day of an end begins where the caisse stands: seven zones, a month's end, a change of clocks (CO-6).

use super::*;
use chrono::TimeDelta;
use domain::calendrier::Zone;
use domain::compte::{EtatCompte, Profil};
use domain::convention::Fin;
use domain::demande::debut_de_jour;
use domain::droits::{Acteur, Importer, Raison, Rattachement, systeme};
use domain::identifiants::{Siren, Siret};
use std::collections::BTreeMap;

/// One caisse of each zone.
const CAISSES: [(&str, Zone); 7] = [
    ("var", Zone::Metropole),
    ("moselle", Zone::AlsaceMoselle),
    ("guadeloupe", Zone::Guadeloupe),
    ("martinique", Zone::Martinique),
    ("guyane", Zone::Guyane),
    ("reunion", Zone::Reunion),
    ("mayotte", Zone::Mayotte),
];

/// The complements of the Var for another convention, with the SIRET of its own structure.
fn section(complements: &str, cle: &str, siret: &Siret) -> String {
    let mut out = String::from("mention = \"essai\"\n");
    let mut ours = false;
    for line in complements.lines() {
        if line.starts_with('[') {
            ours = line.starts_with("[complement.001-var.");
        }
        if ours && line.starts_with("siret = ") {
            // Each structure has its own.
            out.push_str(&format!("siret = \"{}\"\n", siret.canonique()));
        } else if ours {
            out.push_str(&line.replace("001-var", cle));
            out.push('\n');
        }
    }
    out
}

/// A structure of its own at each caisse, whose convention ends on a day, with one compte that was invited.
async fn world(fin: NaiveDate) -> TestApp {
    let app = TestApp::new().await;
    let (text, complements) = (testkit::demo::conventions()[1].1.clone(), testkit::demo::complements().1);
    for (racine, (slug, zone)) in (90_000..).zip(CAISSES) {
        let siret = Siret::depuis_siren(&Siren::depuis_racine(racine), 1);
        let cle = format!("9-{slug}");
        let text = text
            .replace("cle = \"001-var\"", &format!("cle = \"{cle}\""))
            .replace("cle_caisse = \"var\"", &format!("cle_caisse = \"{slug}\""))
            .replace("cle_partenaire = \"ccas-grimaud\"", &format!("cle_partenaire = \"s-{slug}\""))
            .replace("\"metropole\"", &format!("\"{}\"", zone.as_str()));
        let files = [("c.toml".to_owned(), text), ("k.toml".to_owned(), section(&complements, &cle, &siret))];
        app::convention::import(&app.ctx, &files, false).await.unwrap();
        app::convention::activate(&app.ctx, Raison::Import, &cle, le("2028-01-03")).await.unwrap();
        let partenaire = row(&app, &cle).await.partenaire;
        app.invite(
            Profil::Gestionnaire,
            Rattachement::Partenaire(partenaire),
            &format!("Nom{}", slug.replace('-', "")),
        )
        .await;
        let mut c = row(&app, &cle).await;
        c.actes.fin = Some(Fin::new(fin, "essai"));
        let permis = systeme::permis::<Importer>(&Acteur::Systeme(Raison::Import)).unwrap();
        let tx = app.ctx.store.begin_write().await.unwrap();
        store::convention::update(&tx, &permis, &c, app.ctx.now()).await.unwrap();
        tx.commit().await.unwrap();
    }
    app.run_jobs().await;
    app
}

async fn open(app: &TestApp, slug: &str) -> usize {
    let partenaire = row(app, &format!("9-{slug}")).await.partenaire;
    let tx = app.ctx.store.begin_read().await.unwrap();
    let comptes = store::compte::in_use_of(&tx, Rattachement::Partenaire(partenaire)).await.unwrap();
    assert!(comptes.iter().all(|c| c.etat == EtatCompte::Invite));
    comptes.len()
}

async fn closes_at_midnight_there(jour: &str) {
    let fin = le(jour);
    let app = world(fin).await;
    let mut instants: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for (slug, zone) in CAISSES {
        instants.entry(debut_de_jour(zone, fin)).or_default().push(slug);
    }
    for (midnight, slugs) in instants {
        app.set_time(midnight - TimeDelta::seconds(1));
        app.run_jobs().await;
        for slug in &slugs {
            assert_eq!(open(&app, slug).await, 1, "{slug}: the eve, {midnight}");
        }
        app.set_time(midnight);
        app.run_jobs().await;
        for slug in &slugs {
            assert_eq!(open(&app, slug).await, 0, "{slug}: on the day, {midnight}");
        }
    }
}

#[tokio::test]
async fn an_end_on_the_last_of_february_of_a_leap_year_closes_at_midnight_in_each_zone() {
    closes_at_midnight_there("2032-02-29").await;
}

#[tokio::test]
async fn an_end_on_the_day_of_a_change_of_clocks_closes_at_midnight_in_each_zone() {
    // 25 March 2029: the clocks of the mainland go forward.
    closes_at_midnight_there("2029-03-25").await;
}
