//! The convention d'utilisation: the portal, its comptes, what each side answers for.

use super::redaction::{Corps, Redaction, dite, et, liste, vraie};
use super::{comptes, donnees, durees, fonctions, metier, parties};
use domain::convention::Dossier;

pub(super) fn redige(dossier: &Dossier, r: &mut Redaction) {
    let papier = &dossier.stipulations.utilisation;
    let titre = dite(&papier.intitule).map_or("Convention d'utilisation", String::as_str);
    r.partie(format!("Seconde partie : {titre}"));
    r.phrase("Elle s'appuie sur la convention métier de la première partie, signée avant elle ou le même jour.");
    r.article("Parties", parties::designe(dossier, papier));
    if dossier.stipulations.metier.est_cite() {
        r.article("Public concerné", metier::public(dossier));
    }
    r.article("Fonctionnalités", fonctions::offertes(dossier));
    r.article("Remise des documents", fonctions::remise(dossier));
    r.article("Accès au portail", fonctions::acces(dossier));
    r.article("Habilitation des comptes", comptes::ouverture(dossier));
    r.article("Nombre de comptes", comptes::nombre(dossier));
    r.article("Changement, départ et suppression", comptes::changement(dossier));
    r.article("Conditions d'utilisation", conditions());
    r.article("Disponibilité et assistance", assistance(dossier));
    r.article("Sécurité des accès", securite());
    r.article("Revue d'habilitation", comptes::revue(dossier));
    r.article("Données personnelles sur le portail", donnees::portail());
    r.article("Propriété intellectuelle", propriete());
    r.article("Confidentialité et conservation", donnees::conservation(dossier));
    r.article("Entrée en vigueur, durée, modification et fin", durees::utilisation(dossier));
    r.article("Signatures et annexes", parties::signe(papier));
}

fn conditions() -> Corps {
    let engagements = [
        "travailler depuis le seul territoire européen",
        "se servir du portail à des fins professionnelles, pour les seuls buts des deux conventions et des conditions générales",
        "se connecter depuis un équipement professionnel protégé par un antivirus",
        "ne déposer que des fichiers nécessaires au dossier, sans virus et lisibles",
    ];
    Corps::default().liste("Le partenaire s'engage à :", engagements.map(str::to_owned).to_vec())
}

fn assistance(dossier: &Dossier) -> Corps {
    let e = &dossier.stipulations.echanges;
    let moyens: Vec<&str> = liste(&e.moyens_support).iter().map(|m| m.libelle()).collect();
    Corps::default()
        .phrase("Le portail est ouvert tous les jours, à toute heure, sauf force majeure, maintenance ou panne ; une maintenance est annoncée à l'avance autant que possible.")
        .quand(vraie(&e.secours), "Pendant une interruption, la caisse assure les mêmes services par un autre canal.")
        .phrase("La caisse désigne un interlocuteur local, qui répond ou transmet au support national. Le partenaire lui donne ce qu'il faut pour comprendre la difficulté.")
        .si((!moyens.is_empty()).then(|| format!("On joint cet interlocuteur par : {}.", et(&moyens))))
}

fn securite() -> Corps {
    Corps::default()
        .phrase("Gestionnaires et techniciens gardent pour eux leur identifiant et leur mot de passe, et ne diffusent pas au-dehors les données auxquelles ils ont accès.")
        .phrase("En cas de fraude, de perte, de vol ou d'usage contraire à la convention, le partenaire le signale aussitôt, par un moyen qui en donne la preuve. Quel que soit celui qui le constate, le compte est inactivé immédiatement ; si c'est la caisse, elle en informe le partenaire par un moyen qui en donne la preuve.")
        .phrase("Le directeur de la caisse peut exclure un utilisateur ; l'exclusion est immédiate et notifiée au partenaire. Si l'usage du portail est détourné ou contraire à la convention ou aux conditions générales, la caisse peut couper l'accès de toute la structure.")
}

fn propriete() -> Corps {
    Corps::default()
        .phrase("Le portail, ses textes et ses supports restent la propriété de l'Assurance Maladie. Une partie demande l'accord écrit de l'autre avant de publier son travail.")
}
