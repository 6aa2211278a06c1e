//! « Demander un document »: which ones, in which quality; where they will go is shown, not chosen (PA-2).

use super::{HINT, PRECISIONS_MAX, information, urgence};
use crate::pages::FormState;
use crate::pages::composants::{Checkboxes, Choice, Fieldset, InsetText, Markup, Radios, TextArea, TextInput};
use crate::pages::mots::{en_tete, label};
use app::demande::Formulaire;
use domain::convention::{Qualite, SousType};

pub(super) fn block(modele: &Formulaire, form: &FormState) -> Markup {
    let choices = modele.sous_types.iter().map(|d| document(*d, modele, form)).collect();
    let group = Fieldset::new("La demande")
        .with(&Checkboxes::new("documents", "Documents demandés", choices).hint("Un ou plusieurs.").form(form));
    let group = if modele.qualites.is_empty() { group } else { group.with(&qualites(&modele.qualites, form)) };
    let group = group
        .with(&urgence(Markup::default(), form))
        .with(&TextArea::new("precisions", "Précisions", PRECISIONS_MAX).rows(4).optional().hint(HINT).form(form));
    Markup::of(&group).and(&InsetText::new(route(&modele.qualites)))
}

fn document(sorte: SousType, modele: &Formulaire, form: &FormState) -> Choice {
    let choice = Choice::new(sorte.code(), label(sorte.libelle()));
    match sorte {
        SousType::AutreDocument => {
            choice.reveals(TextInput::new("autre_document", "Lequel ?").hint(HINT).autocomplete("off").form(form))
        }
        SousType::InvitationExamen if modele.accord_examen => choice.reveals(information::accord(
            "Comment la personne a-t-elle donné son accord ?",
            "La convention demande son accord pour cet examen.",
            form,
        )),
        _ => choice,
    }
}

fn qualites(qualites: &[Qualite], form: &FormState) -> Radios {
    let mut choices: Vec<_> = qualites.iter().map(|q| Choice::new(q.code(), en_tete(q.libelle()))).collect();
    choices.push(Choice::new("", "Aucune de ces qualités"));
    Radios::new("qualite", "En quelle qualité agissez-vous pour cette personne ?", choices)
        .hint("Avec l’une de ces qualités, les documents vous parviennent par Espace Partenaires.")
        .optional()
        .form(form)
}

fn route(qualites: &[Qualite]) -> String {
    let known = "Les documents seront envoyés à l’adresse de la personne connue de la caisse.";
    let portal = match qualites {
        [] => String::new(),
        some => format!(
            " Si vous agissez en qualité de {}, ils vous parviendront par Espace Partenaires.",
            some.iter().map(|q| label(q.libelle())).collect::<Vec<_>>().join(", de ")
        ),
    };
    format!("{known}{portal} C’est la convention qui fixe cette voie.")
}
