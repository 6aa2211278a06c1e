//! The two conventions between a caisse and a partenaire as one document (CO-9): every article in the portal's own
//! words, made of what this dossier states and of nothing else. A clause that no paper states has no sentence; what is
//! missing stands in a list of its own, never as a blank. Any version of a dossier prints.

mod annexes;
mod comptes;
mod donnees;
mod durees;
mod fonctions;
mod metier;
mod parties;
mod redaction;
mod utilisation;

use super::{Bloc, Imprime};
use domain::convention::{Dossier, Source};
use redaction::Redaction;

/// The conventions of a dossier, as a page and a PDF show them. The document is a project as long as a party has not
/// signed, and says so in its title.
#[must_use]
pub fn convention(dossier: &Dossier) -> Imprime {
    let mut redaction = Redaction::default();
    manques(dossier, &mut redaction);
    metier::redige(dossier, &mut redaction);
    utilisation::redige(dossier, &mut redaction);
    annexes::redige(dossier, &mut redaction);
    origines(dossier, &mut redaction);
    let projet = if est_signee(dossier) { "Conventions" } else { "Projet de conventions" };
    let s = &dossier.stipulations;
    let titre = match (s.caisse.nom_affiche(), s.partenaire.nom_affiche()) {
        ("", "") => projet.to_owned(),
        ("", nom) | (nom, "") => format!("{projet} : {nom}"),
        (caisse, partenaire) => format!("{projet} entre {caisse} et {partenaire}"),
    };
    let emetteur = s.caisse.nom_complet().unwrap_or("Espace Partenaires");
    Imprime {
        titre: redaction::propre(&titre),
        emetteur: redaction::propre(emetteur),
        langue: "fr",
        blocs: redaction.blocs,
    }
}

/// Whether every party has signed both papers.
fn est_signee(dossier: &Dossier) -> bool {
    dossier.metier_en_vigueur_le().is_some() && dossier.utilisation_en_vigueur_le().is_some()
}

/// What is missing, at the head of the document: a reader must not take a project for a convention.
fn manques(dossier: &Dossier, redaction: &mut Redaction) {
    let lacunes = dossier.lacunes();
    if lacunes.is_empty() {
        return;
    }
    redaction.blocs.push(Bloc::Intertitre("Ce qui manque encore".to_owned()));
    redaction.phrase(if est_signee(dossier) {
        "Ces conventions sont signées. La caisse ne peut pas encore en ouvrir l'usage sur le portail :"
    } else {
        "Ce document est un projet : il n'engage personne avant d'être complet et signé de toutes les parties."
    });
    redaction.liste(lacunes.into_iter().map(|l| l.raison).collect());
}

/// The values that no signed paper gives, each with where it comes from (CO-12).
fn origines(dossier: &Dossier, redaction: &mut Redaction) {
    let hors_texte = |source: &Source| !matches!(source, Source::Article(_));
    let lignes: Vec<String> = dossier
        .parametres()
        .into_iter()
        .filter_map(|p| {
            let source = p.source.filter(hors_texte)?;
            Some(format!("{}, {} : {}", p.theme, minuscule(p.libelle), source.mention()))
        })
        .collect();
    if lignes.is_empty() {
        return;
    }
    redaction.blocs.push(Bloc::Intertitre("Valeurs que les textes signés n’écrivent pas".to_owned()));
    redaction.phrase("Le portail les applique ; elles ne sont pas des clauses de la convention.");
    redaction.liste(lignes);
}

/// A label inside a sentence. A word of capitals stays (« SIRET »).
fn minuscule(libelle: &str) -> String {
    let sigle = libelle.chars().nth(1).is_some_and(char::is_uppercase);
    let mut lettres = libelle.chars();
    match lettres.next() {
        Some(premiere) if !sigle => premiere.to_lowercase().chain(lettres).collect(),
        _ => libelle.to_owned(),
    }
}
