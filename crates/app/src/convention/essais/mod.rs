//! Tests of reading, assembling and printing, on the five conventions of the demo.

mod documentation;
mod faits;
mod fichiers;
mod parties;

use chrono::NaiveDate;
use domain::convention::*;

use super::{ErreurImport, assemble, lis};

const FICHIERS: [(&str, &str); 5] = [
    ("000-tarn-et-garonne.toml", include_str!("../../../../../demo/conventions/000-tarn-et-garonne.toml")),
    ("001-var.toml", include_str!("../../../../../demo/conventions/001-var.toml")),
    ("002-moselle.toml", include_str!("../../../../../demo/conventions/002-moselle.toml")),
    ("003-hauts-de-seine.toml", include_str!("../../../../../demo/conventions/003-hauts-de-seine.toml")),
    ("004-rhone.toml", include_str!("../../../../../demo/conventions/004-rhone.toml")),
];
const COMPLEMENTS: &str = include_str!("../../../../../demo/complements.toml");

fn fichiers(liste: &[(&str, &str)]) -> Vec<(String, String)> {
    liste.iter().map(|(nom, contenu)| ((*nom).to_owned(), (*contenu).to_owned())).collect()
}

/// The five as their papers stand.
pub(super) fn papiers() -> Vec<Dossier> {
    assemble(&lis(&fichiers(&FICHIERS)).unwrap(), &[]).unwrap()
}

/// The five with the demo's complements.
pub(super) fn complets() -> Vec<Dossier> {
    let complements = lis(&fichiers(&[("complements.toml", COMPLEMENTS)])).unwrap();
    let mut dossiers = assemble(&complements, &papiers()).unwrap();
    dossiers.sort_by(|a, b| a.cle.cmp(&b.cle));
    dossiers
}

fn le(date: &str) -> NaiveDate {
    date.parse().unwrap()
}

fn erreurs(contenu: &str) -> Vec<ErreurImport> {
    lis(&fichiers(&[("essai.toml", contenu)])).unwrap_err()
}

fn raisons(dossier: &Dossier) -> Vec<String> {
    dossier.lacunes().into_iter().map(|l| l.champ).collect()
}

fn couple(dossier: &Dossier, membres: Option<u32>) -> (u32, u32) {
    let quota = dossier.quota(membres).unwrap();
    (quota.gestionnaires, quota.techniciens)
}
