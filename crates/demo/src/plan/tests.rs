use std::collections::{BTreeMap, BTreeSet};

use domain::demande::Issue;

use super::*;
use crate::conventions::{complements, conventions, fictives};
use crate::personnes::LIENS;
use crate::remplir::PERIODE;
use crate::scenario::Act;

fn dossiers() -> Vec<Dossier> {
    let files: Vec<(String, String)> = conventions().into_iter().chain([complements()]).chain(fictives()).collect();
    app::convention::assemble(&app::convention::lis(&files).unwrap(), &[]).unwrap()
}

fn year(dossiers: &[Dossier], nombre: usize) -> Vec<Plan> {
    let cadre = |(place, lien): (usize, &'static Lien)| Cadre {
        place,
        lien,
        dossier: dossiers.iter().find(|d| d.cle == lien.cle).unwrap(),
        zone: if lien.departement == "57" { Zone::AlsaceMoselle } else { Zone::Metropole },
    };
    let cadres: Vec<Cadre<'_>> = LIENS.iter().enumerate().map(cadre).collect();
    draw(&HasardSeme::new(5), &cadres, nombre, PERIODE)
}

fn percent(part: usize, of: usize) -> usize {
    (part * 100 + of / 2) / of
}

#[test]
fn the_whole_year_holds_what_it_has_to_show() {
    let dossiers = dossiers();
    let plans = year(&dossiers, 2000);
    assert!((1995..=2010).contains(&plans.len()), "{}", plans.len());
    assert_eq!(percent(plans.iter().filter(|p| p.urgent).count(), plans.len()), 6);
    assert_eq!(plans.iter().filter(|p| p.piece).count(), 61);
    assert_eq!(plans.iter().filter(|p| p.acts.iter().any(|(_, a)| *a == Act::Complement)).count(), 20);
    let of = |sorte| percent(plans.iter().filter(|p| p.sorte == sorte).count(), plans.len());
    let shares = Sorte::TOUTES.map(of);
    for (share, wanted) in shares.into_iter().zip([10, 32, 8, 12, 37]) {
        assert!(share.abs_diff(wanted) <= 1, "{shares:?}");
    }
    for issue in Issue::TOUTES {
        assert!(plans.iter().any(|p| p.acts.iter().any(|(_, a)| *a == Act::Close(issue))), "{issue:?}");
    }
    let cancelled = plans.iter().filter(|p| p.acts.iter().any(|(_, a)| *a == Act::Cancel)).count();
    assert!((60..150).contains(&cancelled), "{cancelled}");
}

#[test]
fn a_thread_has_one_to_six_lines_once_it_is_closed() {
    let dossiers = dossiers();
    let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
    for plan in year(&dossiers, 2000) {
        let writes = |a: &Act| {
            matches!(
                a,
                Act::Ask | Act::Answer | Act::Tell | Act::Complement | Act::Complete | Act::Reopen | Act::Close(_)
            )
        };
        if plan.acts.iter().any(|(_, a)| matches!(a, Act::Close(_))) {
            *lengths.entry(plan.acts.iter().filter(|(_, a)| writes(a)).count()).or_default() += 1;
        }
    }
    assert_eq!(lengths.keys().copied().collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6], "{lengths:?}");
}

#[test]
fn nobody_files_what_the_convention_does_not_open() {
    let dossiers = dossiers();
    for plan in year(&dossiers, 800) {
        let dossier = dossiers.iter().find(|d| d.cle == LIENS[plan.lien].cle).unwrap();
        let fonction = plan.sorte.fonctionnalite();
        assert!(dossier.stipule(fonction), "{plan:?}");
        assert!(plan.sujet.sous_type.is_none_or(|t| dossier.sous_types(fonction).contains(&t)), "{plan:?}");
    }
}

#[test]
fn a_small_year_shows_every_open_kind_and_the_first_stages() {
    let dossiers = dossiers();
    let plans = year(&dossiers, 160);
    for place in 0..LIENS.len() {
        let kinds: BTreeSet<Sorte> = plans.iter().filter(|p| p.lien == place).map(|p| p.sorte).collect();
        assert!(kinds.len() >= 3, "{place}: {kinds:?}");
    }
    let stages: BTreeSet<Repere> = plans.iter().filter_map(|p| p.repere).collect();
    assert_eq!(stages.len(), 10);
}

#[test]
fn homonyms_live_in_two_departements_and_have_two_birth_dates() {
    let dossiers = dossiers();
    let plans = year(&dossiers, 2000);
    let people = |nom: &str| -> BTreeSet<(usize, [String; 3])> {
        plans.iter().filter(|p| p.assure.nom == nom).map(|p| (p.lien, p.assure.naissance.clone())).collect()
    };
    for nom in ["Dubosquet", "Rochefontaine"] {
        let found = people(nom);
        assert!(found.iter().any(|a| found.iter().any(|b| a.1 == b.1 && a.0 != b.0)), "{found:?}");
        assert!(found.iter().any(|a| found.iter().any(|b| a.0 == b.0 && a.1 != b.1)), "{found:?}");
    }
}

#[test]
fn many_people_come_back() {
    let dossiers = dossiers();
    let plans = year(&dossiers, 400);
    let people: BTreeSet<_> =
        plans.iter().map(|p| (p.lien, &p.assure.nom, &p.assure.prenom, &p.assure.naissance)).collect();
    assert!(people.len() < plans.len() * 85 / 100 && people.len() > plans.len() / 2, "{}", people.len());
}
