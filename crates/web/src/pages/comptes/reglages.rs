//! How old passwords may grow at a caisse (HA-14): the form of its administrateur local.

use super::acte::Acte;
use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::composants::{
    Button, DateInput, Fieldset, Hidden, Markup, SummaryList, SummaryRow, TextArea, TextInput, Width,
};
use crate::pages::feuille::FeuillePage;
use app::compte::ReglageAges;

/// The decision in force, and the form for another.
#[must_use]
pub fn ages(frame: &Frame, reglage: &ReglageAges, form: &FormState) -> FeuillePage {
    let jours = |j: Option<u32>| j.map_or("jamais".to_owned(), |j| format!("tous les {j} jours"));
    let champ = |nom: &str, libelle: &str| {
        TextInput::new(nom, libelle)
            .hint("Entre 30 et 730 jours. Laissez vide pour ne plus demander de changement : la décision est gardée comme preuve.")
            .digits()
            .form(form)
    };
    let decision = Fieldset::new("La décision de la caisse")
        .with(&TextInput::new("auteur", "Prise par (nom et fonction)").width(Width::TwoThirds).form(form))
        .with(&DateInput::new("decision", "Date de la décision").form(form))
        .with(&TextArea::new("motif", "Motif", 500).rows(3).form(form));
    let acte = Acte {
        titre: "Changement périodique des mots de passe".to_owned(),
        action: "/reglages/mots-de-passe".to_owned(),
        retour: ("Accueil", "/".to_owned()),
        intro: vec![format!("{}. Une structure liée à plusieurs caisses suit la plus stricte.", reglage.caisse)],
        resume: Some(SummaryList::new(vec![
            SummaryRow::new("Comptes des structures", jours(reglage.ages.partenaire)),
            SummaryRow::new("Comptes de la caisse", jours(reglage.ages.desk)),
        ])),
        attention: None,
        champs: Markup::of(&Hidden::new("version", reglage.version.to_string()))
            .and(&champ("jours_partenaire", "Comptes des structures : jours"))
            .and(&champ("jours_desk", "Comptes de la caisse : jours"))
            .and(&decision),
        bouton: Button::submit("Enregistrer la décision"),
        protege: true,
    };
    acte.page(frame, form)
}
