//! The table against its documentation, the order of the sources, and what a wrong setting is told.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args as _, FromArgMatches as _};

use super::table::{Kind, SETTINGS};
use super::*;

const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

fn env(pairs: &[(&str, &str)]) -> Vec<(OsString, OsString)> {
    let key = ("ESPACE_PARTENAIRES_CLE_MAITRESSE", KEY);
    std::iter::once(&key).chain(pairs).map(|(name, value)| (name.into(), value.into())).collect()
}

fn flags(arguments: &[&str]) -> Flags {
    let command = Flags::augment_args(clap::Command::new("essai").no_binary_name(true));
    Flags::from_arg_matches(&command.try_get_matches_from(arguments).unwrap()).unwrap()
}

fn file(text: &str) -> (tempfile::TempDir, Flags) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reglages.toml");
    std::fs::write(&path, text).unwrap();
    (folder, Flags { file: Some(path), ..Flags::default() })
}

fn faults_of_env(pairs: &[(&str, &str)]) -> String {
    load(&Flags::default(), env(pairs)).unwrap_err().to_string()
}

/// Faults of a file, with the folder's name taken out.
fn faults_of_file(text: &str) -> String {
    let (folder, flags) = file(text);
    let said = load(&flags, env(&[])).unwrap_err().to_string();
    said.replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn the_documentation_is_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/configuration.md");
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == reference(), "docs/configuration.md is not what `espace-partenaires config reference` writes");
}

#[test]
fn the_example_of_the_documentation_is_accepted() {
    let text = reference();
    let example = text.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let said = faults_of_file(example);
    assert_eq!(said.lines().filter(|line| !line.contains("cle")).count(), 0, "{said}");
}

#[test]
fn every_setting_has_a_name_of_its_own_everywhere() {
    let variables: BTreeSet<String> = SETTINGS.iter().map(|setting| setting.env()).collect();
    assert_eq!(variables.len(), SETTINGS.len());
    let flags: Vec<String> = SETTINGS.iter().filter_map(|setting| setting.flag()).collect();
    assert_eq!(flags.iter().collect::<BTreeSet<_>>().len(), flags.len());
    Flags::augment_args(clap::Command::new("essai")).debug_assert();
}

#[test]
fn no_secret_has_a_flag() {
    for setting in SETTINGS {
        let secret = matches!(setting.kind, Kind::Secret | Kind::Database);
        assert_eq!(setting.flag().is_none(), secret, "{}", setting.key);
    }
}

#[test]
fn the_defaults_and_a_master_key_are_enough() {
    let config = load(&Flags::default(), env(&[])).unwrap();
    assert_eq!(config.adresse.to_string(), "127.0.0.1:8080");
    assert_eq!(config.base, Base::Sqlite(PathBuf::from("donnees")));
    assert_eq!(config.argon2, Argon2 { memoire_kio: 47_104 });
    assert!(config.smtp.is_none() && config.mandataires.is_empty() && config.travaux.integres);
}

#[test]
fn a_flag_wins_over_a_variable_over_the_file_over_the_default() {
    let (_folder, from_file) = file("nom_produit = 'fichier'\n[limites]\ncorps_s = 7\nentetes_s = 8\n");
    let variables = env(&[("ESPACE_PARTENAIRES_NOM_PRODUIT", "variable"), ("ESPACE_PARTENAIRES_LIMITES_CORPS_S", "9")]);
    let both = Flags { file: from_file.file.clone(), ..flags(&["--nom-produit", "option"]) };
    let name = |flags: &Flags, variables| load(flags, variables).unwrap().nom_produit;
    assert_eq!(name(&both, variables.clone()), "option");
    assert_eq!(name(&from_file, variables.clone()), "variable");
    assert_eq!(name(&from_file, env(&[])), "fichier");
    assert_eq!(name(&Flags::default(), env(&[])), "Espace Partenaires");
    let limites = load(&both, variables).unwrap().limites;
    assert_eq!((limites.corps.as_secs(), limites.entetes.as_secs(), limites.connexions), (9, 8, 1024));
}

#[test]
fn the_file_may_be_named_by_a_variable() {
    let (_folder, flags) = file("nom_produit = 'fichier'");
    let path = flags.file.unwrap();
    let config = load(&Flags::default(), env(&[("ESPACE_PARTENAIRES_CONFIG", path.to_str().unwrap())])).unwrap();
    assert_eq!(config.nom_produit, "fichier");
}

#[test]
fn an_empty_variable_counts_as_absent() {
    let config = load(&Flags::default(), env(&[("ESPACE_PARTENAIRES_NOM_PRODUIT", "")])).unwrap();
    assert_eq!(config.nom_produit, "Espace Partenaires");
}

#[test]
fn every_fault_of_a_file_is_told_with_its_line_and_reason() {
    let said = faults_of_file(
        "adresse = 'ici'\nurl = 'x'\n\n[smtp]\nhote = 'relais.example'\nport = 'mille'\nexpediteur = 'personne'\nhotte = 1\n[argon2]\nmemoire_kio = 8192\n",
    );
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        [
            "reglages.toml, ligne 1 : adresse : attendu « adresse IP:port », trouvé « ici »",
            "reglages.toml, ligne 2 : url : réglage inconnu",
            "reglages.toml, ligne 6 : smtp.port : attendu un nombre entier, trouvé un texte",
            "reglages.toml, ligne 7 : smtp.expediteur : attendu « adresse » ou « Nom <adresse> », trouvé « personne »",
            "reglages.toml, ligne 8 : smtp.hotte : réglage inconnu",
            "reglages.toml, ligne 10 : argon2.memoire_kio : attendu un nombre entier de 47104 à 4194304, trouvé « 8192 »",
        ]
    );
}

#[test]
fn a_file_that_is_no_toml_is_told_by_line_without_its_text() {
    let said = faults_of_file("adresse = '127.0.0.1:1'\n[smtp]\nmot_de_passe = tres-secret\n");
    assert!(said.starts_with("reglages.toml, ligne 3 : ") && !said.contains("tres"), "{said}");
    assert_eq!(
        faults_of_file("adresse = 'a'\nadresse = 'b'\n"),
        "reglages.toml, ligne 2 : « adresse » est donné deux fois"
    );
    assert_eq!(
        faults_of_file("smtp = 4\n"),
        "reglages.toml, ligne 1 : smtp : attendu une table [smtp], trouvé un nombre entier"
    );
}

#[test]
fn a_missing_file_is_a_fault() {
    let flags = Flags { file: Some("/nulle/part.toml".into()), ..Flags::default() };
    assert!(load(&flags, env(&[])).unwrap_err().to_string().contains("/nulle/part.toml"));
}

#[test]
fn an_unknown_variable_of_ours_is_refused_and_others_are_left_alone() {
    assert_eq!(
        faults_of_env(&[("ESPACE_PARTENAIRES_ADRESE", "x"), ("PATH", "/bin")]),
        "variable ESPACE_PARTENAIRES_ADRESE : aucun réglage ne porte ce nom"
    );
}

#[test]
fn a_wrong_flag_is_named() {
    let said = load(&flags(&["--limites-corps-s", "0"]), env(&[])).unwrap_err().to_string();
    assert_eq!(said, "option --limites-corps-s : limites.corps_s : attendu un nombre entier de 1 à 3600, trouvé « 0 »");
    assert!(load(&Flags::default().with("rien", "1"), env(&[])).is_err());
}

mod values;
