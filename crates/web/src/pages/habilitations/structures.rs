//! The structures of a caisse for its référent: who has a gestionnaire, the link of the first one, closing one.

use super::demarches::FAITS;
use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::composants::{
    Button, Cell, Choice, Link, Radios, Select, SummaryList, SummaryRow, Table, TextArea, WarningText,
};
use crate::pages::feuille::{FeuillePage, Formulaire, done};
use crate::pages::mots::instant;
use crate::pages::renfort::code_de_renfort;
use app::habilitation::{Equipe, Structure};

/// Address of the list.
pub const PATH: &str = "/habilitations/structures";

/// Structures, with the form that sends the link.
#[must_use]
pub fn list_page(frame: &Frame, structures: &[Structure], form: &FormState, fait: Option<&str>) -> FeuillePage {
    let headings = ["Structure", "Gestionnaires"].map(Cell::new).into();
    let table = structures.iter().fold(Table::new("Structures", headings).hide_caption(), |table, s| {
        let has = if s.gestionnaire { "Voir les gestionnaires" } else { "Aucun gestionnaire" };
        let href = format!("{PATH}/{}", s.choix.convention);
        table.row(vec![Cell::new(s.choix.nom.as_str()), Cell::new(Link::new(has, href))])
    });
    let mut choices = vec![Choice::new("", "Choisir")];
    let without = structures.iter().filter(|s| !s.gestionnaire);
    choices.extend(without.map(|s| Choice::new(s.choix.convention.to_string(), s.choix.nom.as_str())));
    let page = FeuillePage::new(frame, "Structures et gestionnaires", form)
        .retour("Retour", "/habilitations")
        .avis(done(fait, &FAITS))
        .with(&table)
        .titre("Envoyer le lien du premier gestionnaire");
    if choices.len() == 1 && !form.has_errors() {
        return page.phrase("Chaque structure a un gestionnaire : il fait les demandes suivantes sur le portail.");
    }
    let formulaire = Formulaire::post(frame, "/habilitations/lien")
        .with(&Select::new("convention", "Structure sans gestionnaire", choices).form(form))
        .with(&Button::submit("Envoyer le lien"));
    page.phrase("Le lien part à l’adresse de contact de la convention. Il sert une fois et reste valable 7 jours.")
        .with(&formulaire)
}

/// The gestionnaires of a structure, with the form that closes one.
#[must_use]
pub fn team_page(frame: &Frame, equipe: &Equipe, form: &FormState, fait: Option<&str>) -> FeuillePage {
    let title = format!("Gestionnaires – {}", equipe.structure);
    let mut page = FeuillePage::new(frame, title, form).retour("Retour", PATH).avis(done(fait, &FAITS));
    if equipe.gestionnaires.is_empty() {
        return page.phrase("Cette structure n’a pas de gestionnaire.");
    }
    for g in &equipe.gestionnaires {
        let seen = g.derniere_connexion.map_or_else(|| "jamais".to_owned(), |le| instant(equipe.zone, le));
        page = page.with(&SummaryList::new(vec![
            SummaryRow::new("Gestionnaire", g.identite.nom_affiche()),
            SummaryRow::new("Adresse électronique", g.identite.courriel.as_str()),
            SummaryRow::new("Téléphone", g.identite.telephone.clone().unwrap_or_default()),
            SummaryRow::new("Dernière connexion", seen),
        ]));
    }
    let choices = equipe.gestionnaires.iter().map(|g| Choice::new(g.id.to_string(), g.identite.nom_affiche()));
    let closes = "Le compte se ferme aussitôt et ses sessions s’arrêtent. Les comptes des techniciens restent ouverts.";
    let formulaire = Formulaire::post(frame, format!("{PATH}/{}", equipe.convention))
        .with(&WarningText::new(closes))
        .with(&Radios::new("compte", "Quel compte inactiver ?", choices.collect()).form(form))
        .with(&TextArea::new("motif", "Motif de la décision", 1000).rows(3).form(form))
        .with_some(code_de_renfort(frame, form))
        .hidden("convention", equipe.convention.to_string())
        .with(&Button::submit("Inactiver ce gestionnaire").warning());
    page.titre("Inactiver un gestionnaire")
        .phrase("Le dernier gestionnaire ne s’inactive pas ici : son départ se signale avec son successeur.")
        .with(&formulaire)
}
