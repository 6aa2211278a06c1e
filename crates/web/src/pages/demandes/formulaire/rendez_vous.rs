//! « Demander un rendez-vous pour un assuré »: what for, in which way, when.

use super::{HINT, PRECISIONS_MAX, folded, information, recours, urgence};
use crate::pages::FormState;
use crate::pages::composants::{Checkboxes, Choice, Fieldset, Markup, Radios, TextArea};
use crate::pages::mots::{en_tete, label};
use app::demande::Formulaire;
use domain::convention::SousType;
use domain::demande::{DemiJournee, ModeRendezVous};

/// Fields of the part that may stay closed.
const FOLDED: [&str; 4] = ["precisions", "urgent", "motif_urgence", "demi_journees"];

pub(super) fn block(modele: &Formulaire, form: &FormState) -> Markup {
    let motifs = modele.sous_types.iter().map(|t| motif(*t, modele, form)).collect();
    let modes = ModeRendezVous::TOUS.iter().map(|m| Choice::new(m.code(), en_tete(m.libelle()))).collect();
    let group = Fieldset::new("Le rendez-vous")
        .with(&Radios::new("motif", "Motif du rendez-vous", motifs).form(form))
        .with(&Radios::new("mode", "Comment doit-il se tenir ?", modes).form(form));
    let besoins = TextArea::new("precisions", "Besoins pratiques", PRECISIONS_MAX)
        .rows(4)
        .optional()
        .hint(format!("Un interprète, un accès sans marche, une personne qui accompagne… {HINT}"))
        .form(form);
    let reste = Markup::of(&urgence(Markup::default(), form)).and(&besoins);
    let group = match recours(&modele.recours, form) {
        // One question more: what is optional steps back.
        Some(motif) => group.with(&motif).with(&folded(
            "Ajouter des disponibilités, une urgence, des besoins pratiques",
            Markup::of(&demi_journees(form)).and_markup(&reste),
            &FOLDED,
            form,
        )),
        None => group.with(&demi_journees(form)).with(&folded(
            "Ajouter une urgence ou des besoins pratiques",
            reste,
            &["precisions", "urgent", "motif_urgence"],
            form,
        )),
    };
    group.into()
}

fn motif(sorte: SousType, modele: &Formulaire, form: &FormState) -> Choice {
    let choice = Choice::new(sorte.code(), label(sorte.libelle()));
    match sorte {
        SousType::RendezVousExamen if modele.accord_examen => choice.reveals(information::accord(
            "Comment la personne a-t-elle donné son accord ?",
            "La convention demande son accord pour cet examen.",
            form,
        )),
        _ => choice,
    }
}

fn demi_journees(form: &FormState) -> Checkboxes {
    let choices = DemiJournee::TOUTES.iter().map(|d| Choice::new(d.code(), en_tete(d.libelle()))).collect();
    Checkboxes::new("demi_journees", "Disponibilités de la personne", choices)
        .optional()
        .hint("Aucune case cochée : la caisse propose.")
        .form(form)
}
