//! Personal data: what is written on the portal, what the annexe asks of both sides.

use super::redaction::{Corps, dite, liste, vraie};
use domain::convention::{CadreViolation, ClauseViolation, Cote, Dossier, ExerciceDroits, FaitViolation, Notification};

pub(super) fn portail() -> Corps {
    Corps::default()
        .phrase("Chaque partie respecte le règlement général sur la protection des données et la loi Informatique et libertés.")
        .phrase("Les textes libres ne contiennent ni numéro de sécurité sociale, ni donnée de santé, ni rien d'inutile, d'inadapté ou d'excessif. Le numéro peut figurer dans une pièce jointe.")
}

pub(super) fn conservation(dossier: &Dossier) -> Corps {
    let d = &dossier.stipulations.donnees;
    let fichier = dossier
        .conservation_fichier_echange()
        .map(|c| format!("Le fichier d'échange est supprimé {} mois après sa réception.", c.mois_apres_reception));
    Corps::default()
        .phrase("Chaque partie garde confidentiel ce qu'elle apprend par le portail et répond de ses agents.")
        .quand(
            vraie(&d.conservation_sure),
            "Pendant toute la convention, documents et informations sont conservés en lieu sûr.",
        )
        .si(fichier)
        .quand(
            dossier.destruction_attestee(),
            "À la fin de la convention, le partenaire détruit les données personnelles qu'il détient et l'atteste.",
        )
}

/// The annexe on personal data.
pub(super) fn annexe(dossier: &Dossier) -> Corps {
    let d = &dossier.stipulations.donnees;
    let responsable = dite(&d.responsable).map(|cote| match cote {
        Cote::AssuranceMaladie => "L'Assurance Maladie est responsable du traitement.",
        Cote::Partenaire => "Le partenaire est responsable du traitement.",
        Cote::Ensemble => "Les parties sont responsables du traitement, chacune pour ce qui la concerne.",
    });
    let droits = dossier.exercice_droits().map(|e| droits(dossier, e));
    let clauses: Vec<String> = liste(&d.violations).iter().map(violation).collect();
    let sans_clause = clauses.is_empty() && (responsable.is_some() || droits.is_some());
    Corps::default()
        .si(responsable.map(str::to_owned))
        .si(droits)
        .quand(vraie(&d.rectification_annoncee), "Toute rectification est annoncée sans délai à l'autre partie.")
        .liste("En cas de violation de données :", clauses)
        .quand(sans_clause, "La convention n'écrit pas de délai pour annoncer une violation de données.")
        .quand(
            vraie(&d.sous_traitance_autorisee),
            "Le partenaire ne sous-traite qu'avec l'autorisation préalable et écrite de la caisse.",
        )
        .quand(vraie(&d.registres_propres), "Chaque partie tient son propre registre des traitements.")
}

fn droits(dossier: &Dossier, exercice: ExerciceDroits) -> String {
    let s = &dossier.stipulations;
    let aupres = |nom: &str, postal: bool| {
        let moyen = if postal { ", par courrier postal" } else { "" };
        format!(
            "La personne exerce ses droits auprès du délégué à la protection des données ({nom}){moyen} ; la caisse lui apporte son aide."
        )
    };
    match exercice {
        ExerciceDroits::DpoPartenaireCourriel => aupres(nom(s.partenaire.nom_affiche(), "le partenaire"), false),
        ExerciceDroits::DpoPartenairePostal => aupres(nom(s.partenaire.nom_affiche(), "le partenaire"), true),
        ExerciceDroits::DpoUnionPostal => aupres(nom(s.union.nom_affiche(), "l'union"), true),
        ExerciceDroits::Conjoint => {
            "Les deux parties répondent ensemble, de manière coordonnée, aux personnes qui exercent leurs droits."
                .to_owned()
        }
    }
}

fn nom<'a>(nom: &'a str, sinon: &'a str) -> &'a str {
    if nom.is_empty() { sinon } else { nom }
}

fn violation(c: &ClauseViolation) -> String {
    let qui = match c.de {
        Cote::Partenaire => "le partenaire prévient la caisse",
        Cote::AssuranceMaladie => "la caisse prévient le partenaire",
        Cote::Ensemble => "chaque partie prévient l'autre",
    };
    let fait = match c.fait {
        FaitViolation::Suspicion => "dès la suspicion d'une violation",
        FaitViolation::Violation => "dès la violation",
    };
    let manquement = if c.manquement { " ou d'un manquement" } else { "" };
    let cadre = match c.cadre {
        CadreViolation::Convention => "dans le cadre de la convention",
        CadreViolation::Transferts => "pour les transferts faits hors du portail",
    };
    let suite = match c.notification {
        Notification::Caisse => "la caisse décide de la notification",
        Notification::Conjointe => "les parties en décident ensemble",
    };
    format!("{qui} en {} heures, {fait}{manquement}, {cadre} ; {suite}", c.heures)
}
