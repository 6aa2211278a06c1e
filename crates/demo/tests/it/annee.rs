use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike as _, Utc};
use demo::Taille;
use domain::calendrier::{Zone, est_jour_ouvre, jour_civil};
use domain::compte::EtatCompte;
use domain::demande::{Etat, Issue, Sorte};
use domain::droits::Portee;
use store::demande::{Complement, Demande, Ligne};

use crate::remplie::Remplie;

const TOUTES: u64 = 10_000;

async fn demandes(remplie: &Remplie) -> Vec<(Demande, Vec<Complement>)> {
    let tx = remplie.essai.ctx.store.begin_read().await.unwrap();
    let lignes: Vec<Ligne> = store::demande::structure(&tx, &Portee::Tout, false, None, TOUTES).await.unwrap();
    let mut demandes = Vec::new();
    for ligne in lignes {
        let demande = store::demande::load(&tx, &Portee::Tout, &ligne.reference).await.unwrap().unwrap();
        let complements = store::demande::complements(&tx, demande.id).await.unwrap();
        demandes.push((demande, complements));
    }
    demandes
}

#[tokio::test]
async fn a_year_shows_every_kind_state_and_outcome_and_the_complement_at_each_stage() {
    let remplie = Remplie::new(Taille { conventions: 2, demandes: 70 }).await;
    let demandes = demandes(&remplie).await;
    let states: BTreeSet<&str> = demandes.iter().map(|(d, _)| d.etat.etat().code()).collect();
    let wanted = Etat::TOUS.iter().filter(|e| !matches!(e, Etat::Brouillon | Etat::Purgee)).map(|e| e.code());
    assert_eq!(states, wanted.collect());
    let kinds: BTreeSet<Sorte> = demandes.iter().map(|(d, _)| d.sorte).collect();
    assert_eq!(kinds.len(), 5);
    let issues: BTreeSet<&str> = demandes.iter().filter_map(|(d, _)| d.etat.issue()).map(Issue::code).collect();
    assert_eq!(issues.len(), 5, "{issues:?}");
    steps_came_on_their_days(&demandes);
    nothing_is_left_to_do(&remplie).await;
    drafts_wait(&remplie).await;
}

/// Reminders 7 and 14 days after the asking, the notice on the 23rd, the closing on the 30th or later by what the notice
/// came late, each at eight in the morning of the first working day from then on.
fn steps_came_on_their_days(demandes: &[(Demande, Vec<Complement>)]) {
    let mut stages: BTreeMap<(u32, bool, &str), usize> = BTreeMap::new();
    for (demande, complements) in demandes {
        for c in complements {
            let asked = civil_day(c.demande_le);
            if let Some(le) = c.relance_le {
                let days = [7, 14][usize::try_from(c.relances).unwrap() - 1];
                assert_eq!(civil_day(le), working_day_after(asked, days), "{c:?}");
                assert_eq!(le.with_timezone(&Zone::Metropole.fuseau()).hour(), 8);
            }
            if let Some(notice) = c.avis_le.map(civil_day) {
                assert_eq!(notice, working_day_after(asked, 23), "{c:?}");
                if demande.etat.issue() == Some(Issue::SansSuite) {
                    let closing = working_day_after(asked, 30).max(working_day_after(notice, 7));
                    assert_eq!(c.fin_le.map(civil_day), Some(closing), "{c:?}");
                }
            }
            *stages.entry((c.relances, c.avis_le.is_some(), demande.etat.etat().code())).or_default() += 1;
        }
    }
    for stage in [
        (0, false, "attente_partenaire"),
        (1, false, "attente_partenaire"),
        (2, false, "attente_partenaire"),
        (2, true, "attente_partenaire"),
        (2, true, "cloturee"),
        (2, true, "prise_en_charge"),
    ] {
        assert!(stages.contains_key(&stage), "{stage:?} is not among {stages:?}");
    }
}

fn civil_day(le: DateTime<Utc>) -> NaiveDate {
    jour_civil(Zone::Metropole, le)
}

/// The first working day that comes at least so many days later.
fn working_day_after(from: NaiveDate, days: usize) -> NaiveDate {
    from.iter_days().skip(days).find(|day| est_jour_ouvre(Zone::Metropole, *day)).unwrap()
}

/// The first start of the worker finds nothing: no mail goes out at once.
async fn nothing_is_left_to_do(remplie: &Remplie) {
    let ctx = &remplie.essai.ctx;
    let before = remplie.essai.mailer.sent().len();
    ctx.store.begin_read().await.map(drop).unwrap();
    app::jobs::run_due(ctx).await.unwrap();
    assert_eq!(remplie.essai.mailer.sent().len(), before);
    let late: Vec<_> = remplie.essai.mailer.sent().into_iter().filter(|m| m.date > demo::PRESENT).collect();
    assert_eq!(late, []);
}

async fn drafts_wait(remplie: &Remplie) {
    let tx = remplie.essai.ctx.store.begin_read().await.unwrap();
    let mut drafts = 0;
    for account in &remplie.fichier.accounts {
        let compte =
            store::compte::by_identifiant(&tx, &account.login, remplie.essai.ctx.now()).await.unwrap().unwrap();
        drafts += store::brouillon::list(&tx, compte.id).await.unwrap().len();
    }
    assert!(drafts >= 2, "{drafts}");
}

#[tokio::test]
async fn a_structure_with_two_caisses_files_at_both_and_comptes_stand_in_three_states() {
    let remplie = Remplie::new(Taille { conventions: 6, demandes: 12 }).await;
    let metz = demandes(&remplie).await.into_iter().filter(|(d, _)| ["57", "54"].contains(&d.departement.as_str()));
    let caisses: BTreeSet<_> = metz.map(|(d, _)| (d.partenaire, d.caisse)).collect();
    assert_eq!(caisses.len(), 2);
    assert_eq!(caisses.iter().map(|c| c.0).collect::<BTreeSet<_>>().len(), 1);
    let tx = remplie.essai.ctx.store.begin_read().await.unwrap();
    for (login, etat) in [
        ("oceane.villebrumier-lac", EtatCompte::Invite),
        ("ulysse.montegran", EtatCompte::Actif),
        ("barnabe.lauzertin", EtatCompte::Inactif),
        ("gatien.puymirolat", EtatCompte::Invite),
    ] {
        let compte = store::compte::by_identifiant(&tx, login, remplie.essai.ctx.now()).await.unwrap().expect(login);
        assert_eq!(compte.etat, etat, "{login}");
    }
    drop(tx);
    let invited =
        remplie.essai.mailer.sent().into_iter().filter(|m| m.destinataire.starts_with("oceane.villebrumier-lac"));
    assert_eq!(invited.count(), 1, "the mail is there, the link is not used");
    assert!(remplie.fichier.tour.iter().any(|p| p.path.starts_with("/invitation/")));
    assert!(
        remplie
            .fichier
            .tour
            .iter()
            .all(|p| remplie.fichier.accounts.iter().any(|a| a.login == p.login) || p.login.is_empty())
    );
}

#[tokio::test]
async fn a_paper_that_comes_with_a_demande_waits_in_quarantine_without_a_scanner() {
    let remplie = Remplie::new(Taille { conventions: 1, demandes: 34 }).await;
    let piste = remplie.fichier.tour.iter().find(|p| p.what.contains("pièce jointe")).expect("a file");
    let requete = remplie.requete(&piste.login).await;
    let reference = piste.path.rsplit('/').next().unwrap();
    let fiche = app::demande::show(&remplie.essai.ctx, &requete, reference).await.unwrap();
    assert_eq!(fiche.pieces.len(), 1);
    let piece = &fiche.pieces[0];
    assert!(piece.nom.as_str().ends_with(".pdf") && piece.taille > 2_000, "{piece:?}");
}

#[test]
fn the_whole_demonstration_is_two_thousand_demandes() {
    let taille = Taille::default();
    assert_eq!(taille.conventions * taille.demandes, 2_000);
    assert!(TimeDelta::days(371) == demo::PRESENT - demo::DEBUT);
}
