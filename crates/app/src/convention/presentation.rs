//! `convention show`: every value with its source, then what activation lacks (CO-9, CO-12).

use std::fmt::Write as _;

use domain::convention::{Dossier, Parametre, PorteeRecours, ProfilPartenaire, Voie};

/// The dossier in French: what the papers say by theme, each value with its source, what they leave open, what
/// follows from them, and what activation lacks.
#[must_use]
pub fn presente(dossier: &Dossier) -> String {
    let mut texte = format!("Convention {}\nCaisse : {}\nPartenaire : {}\n", dossier.cle, dossier.cle_caisse, dossier.cle_partenaire);
    let parametres = dossier.parametres();
    let mut theme = "";
    for p in &parametres {
        let Some(valeur) = &p.valeur else { continue };
        if p.theme != theme {
            theme = p.theme;
            ligne(&mut texte, &format!("\n{theme}"));
        }
        let source = p.source.as_ref().map(domain::convention::Source::mention).unwrap_or_default();
        ligne(&mut texte, &format!("  {} : {valeur} [{source}]", p.libelle));
    }
    ligne(&mut texte, "\nNon écrit");
    ligne(&mut texte, &format!("  {}", non_ecrits(&parametres)));
    consequences(dossier, &mut texte);
    let lacunes = dossier.lacunes();
    if lacunes.is_empty() {
        ligne(&mut texte, "\nRien ne manque pour activer la convention.");
    } else {
        ligne(&mut texte, "\nCe qui manque pour activer la convention");
        for lacune in lacunes {
            ligne(&mut texte, &format!("  - {} ({})", lacune.raison, lacune.champ));
        }
    }
    texte
}

/// What the portal computes from the values: places, delivery, reasons asked, delays.
fn consequences(dossier: &Dossier, texte: &mut String) {
    ligne(texte, "\nCe que le portail en tire");
    let places = dossier.quota(dossier.membres()).map_or_else(
        |ferme| format!("création fermée : {ferme}"),
        |q| format!("{} gestionnaire(s), {} technicien(s)", q.places(ProfilPartenaire::Gestionnaire), q.places(ProfilPartenaire::Technicien)),
    );
    ligne(texte, &format!("  Places : {places}"));
    let portail = domain::convention::Qualite::TOUS.iter().filter(|q| dossier.voie_de_remise(Some(**q)) == Voie::Portail).map(|q| q.libelle());
    let portail = portail.collect::<Vec<_>>().join(", ");
    let remise = if portail.is_empty() { "toujours à l'adresse connue".to_owned() } else { format!("à l'adresse connue, par le portail pour : {portail}") };
    ligne(texte, &format!("  Documents : {remise}"));
    for pour in PorteeRecours::TOUS {
        let motifs = dossier.motifs_recours(*pour);
        if !motifs.is_empty() {
            let motifs = motifs.iter().map(|m| m.libelle()).collect::<Vec<_>>().join(" ou ");
            ligne(texte, &format!("  Motif demandé, {} : {motifs}", pour.libelle()));
        }
    }
}

fn non_ecrits(parametres: &[Parametre]) -> String {
    let connu = |p: &&Parametre| p.valeur.is_none();
    parametres.iter().filter(connu).map(|p| p.chemin.clone()).collect::<Vec<_>>().join(", ")
}

fn ligne(texte: &mut String, contenu: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(texte, "{contenu}");
}
