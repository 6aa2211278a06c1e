//! The annexes: the sheet of contacts of every party, and personal data.

use super::donnees;
use super::parties::partie;
use super::redaction::{Corps, Redaction, dite, liste, majuscule};
use domain::convention::{Dossier, Interlocuteur, Montre, Partie, Role};

pub(super) fn redige(dossier: &Dossier, r: &mut Redaction) {
    let fiches: Vec<(Role, Vec<(String, String)>)> =
        Role::TOUS.iter().map(|role| (*role, fiche(partie(dossier, *role)))).filter(|(_, f)| !f.is_empty()).collect();
    if !fiches.is_empty() {
        r.partie("Annexe : fiche des contacts");
        for (role, lignes) in fiches {
            let nom = partie(dossier, role).nom_affiche();
            r.phrase(if nom.is_empty() { format!("{}.", majuscule(role.libelle())) } else { format!("{nom}.") });
            r.ajoute(Corps::default().mentions(lignes));
        }
    }
    let protection = donnees::annexe(dossier);
    if !protection.est_vide() {
        r.partie("Annexe : protection des données personnelles");
        r.ajoute(protection);
    }
}

fn fiche(p: &Partie) -> Vec<(String, String)> {
    let ligne = |nom: &str, valeur: Option<String>| valeur.map(|v| (nom.to_owned(), v));
    let mut lignes: Vec<(String, String)> = [
        ligne("Site internet", dite(&p.site).cloned()),
        ligne("Standard", dite(&p.standard).cloned()),
        ligne("Adresse de contact", dite(&p.courriel).cloned()),
        ligne("SIRET", dite(&p.siret).cloned()),
        ligne("Numéro RNA", dite(&p.rna).cloned()),
        ligne("Numéro FINESS", dite(&p.finess).cloned()),
        ligne("Domaines de messagerie", dite(&p.domaines).map(|d| d.join(", "))),
        ligne("Délégué à la protection des données", p.dpo().map(Montre::montre)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let roles = liste(&p.interlocuteurs).iter().map(|i| (majuscule(i.theme.libelle()), role(i)));
    let personnes = liste(&p.coordonnees).iter().map(|c| {
        let themes: Vec<&str> = c.themes.iter().map(|t| t.libelle()).collect();
        let joindre: Vec<&str> =
            [Some(c.nom.as_str()), Some(c.courriel.as_str()), c.telephone.as_deref()].into_iter().flatten().collect();
        (majuscule(&themes.join(" et ")), joindre.join(", "))
    });
    lignes.extend(roles);
    lignes.extend(personnes);
    lignes
}

fn role(i: &Interlocuteur) -> String {
    if i.nombre > 1 { format!("{} ({} personnes)", i.role, i.nombre) } else { i.role.clone() }
}
