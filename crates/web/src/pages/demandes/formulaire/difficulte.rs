//! The second page of « Signaler une situation de difficultés d'accès aux droits et aux soins d'un assuré »: what is
//! difficult, the criteria of the service social, how to reach the person.

use super::{HINT, PRECISIONS_MAX, urgence};
use crate::pages::FormState;
use crate::pages::composants::{Checkboxes, Choice, Fieldset, Markup, Radios, TextArea, TextInput};
use crate::pages::mots::{capital, label};
use app::demande::Formulaire;
use domain::convention::SousType;
use domain::demande::Critere;

pub(super) fn block(modele: &Formulaire, form: &FormState) -> Markup {
    let natures = modele.sous_types.iter().map(|t: &SousType| Choice::new(t.code(), label(t.libelle()))).collect();
    let handicap = Choice::new("oui", "La situation est liée à un handicap").hint("Sans autre détail.");
    let group = Fieldset::new("Les difficultés")
        .with(&Checkboxes::new("difficultes", "Nature des difficultés", natures).hint("Une ou plusieurs.").form(form))
        .with(&Checkboxes::new("handicap", "Handicap", vec![handicap]).optional().form(form));
    let group = if modele.criteres { group.with(&criteres(form)) } else { group };
    let suite = Fieldset::new("Le contexte")
        .with(&urgence(Markup::default(), form))
        .with(&TextArea::new("precisions", "La situation, en quelques mots", PRECISIONS_MAX).hint(HINT).form(form))
        .with(&joindre(form));
    Markup::of(&group).and(&suite)
}

fn criteres(form: &FormState) -> Checkboxes {
    let choices = Critere::TOUS.iter().map(|c| Choice::new(c.code(), capital(c.libelle()))).collect();
    Checkboxes::new("criteres", "Critères de fragilité", choices)
        .optional()
        .hint("Définis par le service social ; ils servent à proposer les bons relais. Cochez sans aucun détail de santé.")
        .form(form)
}

/// Through the technicien unless said otherwise: the one answer that is presumed, since it sends nothing more.
fn joindre(form: &FormState) -> Radios {
    let numero = TextInput::new("telephone", "Numéro de téléphone de la personne")
        .hint("Il est effacé avec la demande.")
        .telephone()
        .autocomplete("off")
        .form(form);
    let choices = vec![
        Choice::new("technicien", "Par vous"),
        Choice::new("telephone", "Par téléphone, directement").reveals(numero),
    ];
    let presumed;
    let form = if form.value("joindre").is_empty() {
        presumed = form.clone().with("joindre", "technicien");
        &presumed
    } else {
        form
    };
    Radios::new("joindre", "Comment la caisse peut-elle joindre la personne ?", choices).form(form)
}
