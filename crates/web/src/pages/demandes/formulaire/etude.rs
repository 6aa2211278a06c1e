//! « Soumettre une demande d'étude de dossier »: which study, the reason of recourse where the convention limits it, urgency
//! with the day by which it matters.

use super::{HINT, PRECISIONS_MAX, folded, recours, urgence};
use crate::pages::FormState;
use crate::pages::composants::{Choice, DateInput, Fieldset, Markup, Radios, TextArea, TextInput};
use crate::pages::mots::label;
use app::demande::Formulaire;
use domain::convention::SousType;

pub(super) fn block(modele: &Formulaire, form: &FormState) -> Markup {
    let choices = modele.sous_types.iter().map(|t| study(*t, form)).collect();
    let echeance = DateInput::new("echeance", "Avant quelle date ? (facultatif)")
        .hint("La date à partir de laquelle une réponse arriverait trop tard.")
        .form(form);
    let group = Fieldset::new("L’étude demandée").with(&Radios::new("etude", "Type d’étude", choices).form(form));
    let precisions = TextArea::new("precisions", "Précisions", PRECISIONS_MAX).rows(4).optional().hint(HINT).form(form);
    let group = match recours(&modele.recours, form) {
        // One question more: the optional text steps back.
        Some(motif) => group.with(&motif).with(&urgence(Markup::of(&echeance), form)).with(&folded(
            "Ajouter des précisions",
            precisions,
            &["precisions"],
            form,
        )),
        None => group.with(&urgence(Markup::of(&echeance), form)).with(&precisions),
    };
    group.into()
}

fn study(sorte: SousType, form: &FormState) -> Choice {
    let choice = Choice::new(sorte.code(), label(sorte.libelle()));
    match sorte {
        SousType::AutreEtude => {
            choice.reveals(TextInput::new("autre_etude", "Laquelle ?").hint(HINT).autocomplete("off").form(form))
        }
        _ => choice,
    }
}
