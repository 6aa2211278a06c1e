//! The forms that write to a demande: a message, a closing, a complement, an internal wait, a note, a reopening. Each
//! carries the version it was made from, except a note, which changes nothing that others could overwrite.

use crate::pages::FormState;
use crate::pages::composants::{
    Button, ButtonGroup, Choice, DateInput, FileInput, Hidden, Markup, Radios, TextArea, html_safe,
};
use crate::pages::jour_en_lettres;
use crate::pages::pieces::CHAMP;
use app::demande::{Cote, Fiche};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use domain::demande::{Etat, Issue, MotifComplement};

/// Characters of a message that the page announces.
const TEXTE_MAX: u32 = 4_000;

/// Said under every free text.
const TEXTE: &str = "Seulement ce qui est utile à la demande : ni donnée de santé, ni numéro de sécurité sociale.";

/// A form of the page of a demande: where it goes, its fields, its buttons.
#[derive(Debug, Template)]
#[template(path = "demandes/_ecrit.html")]
pub(super) struct Ecrit {
    reference: String,
    chemin: &'static str,
    jeton: String,
    fichiers: bool,
    champs: Markup,
    boutons: Markup,
}

html_safe!(Ecrit);

impl Ecrit {
    fn new(jeton: String, fiche: &Fiche, chemin: &'static str) -> Self {
        let version = Hidden::new("version", fiche.demande.version.to_string());
        let reference = fiche.demande.reference.clone();
        Self { reference, chemin, jeton, fichiers: false, champs: Markup::of(&version), boutons: Markup::default() }
    }

    fn field(mut self, field: &impl Template) -> Self {
        self.champs = self.champs.and(field);
        self
    }

    /// The field that takes files.
    fn files(mut self, form: &FormState) -> Self {
        self.fichiers = true;
        self.field(&FileInput::new(CHAMP, "Pièces jointes").optional().form(form))
    }

    fn button(mut self, button: Button) -> Self {
        self.boutons = button.into();
        self
    }

    /// The act, and the same act with the next demande of the queue after it.
    fn buttons(mut self, suivante: &str, seul: &str) -> Self {
        let next = Button::submit(suivante).named("suite", "oui");
        self.boutons = ButtonGroup::new(&next).with(&Button::submit(seul).secondary()).into();
        self
    }
}

fn text(name: &'static str, label: &str) -> TextArea {
    TextArea::new(name, label, TEXTE_MAX).rows(5).hint(TEXTE)
}

/// A line for the thread.
pub(super) fn message(jeton: String, fiche: &Fiche, form: &FormState) -> Ecrit {
    let ecrit = Ecrit::new(jeton, fiche, "messages");
    if fiche.cote == Cote::Caisse {
        let ecrit = ecrit.field(&text("texte", "Votre réponse au partenaire").form(form));
        return ecrit.buttons("Répondre et passer à la suivante", "Répondre");
    }
    let (label, envoyer) = match fiche.demande.etat.etat() {
        Etat::AttentePartenaire => ("Votre réponse au service", "Envoyer la réponse"),
        Etat::Cloturee => ("Votre message au service", "Envoyer et rouvrir la demande"),
        _ => ("Votre message au service", "Envoyer le message"),
    };
    let ecrit = ecrit.field(&text("texte", label).form(form)).files(form);
    ecrit.button(Button::submit(envoyer).secondary())
}

/// The outcome and, if wanted, a last answer.
pub(super) fn closing(jeton: String, fiche: &Fiche, form: &FormState) -> Ecrit {
    let issues = Issue::TOUTES.map(|i| Choice::new(i.code(), i.libelle()));
    let texte = TextArea::new("reponse_finale", "Réponse au partenaire", TEXTE_MAX)
        .rows(5)
        .hint(format!("Facultative si la demande est satisfaite. {TEXTE}"));
    Ecrit::new(jeton, fiche, "cloturer")
        .field(&Radios::new("issue", "Issue de la demande", issues.into()).form(form))
        .field(&texte.form(form))
        .buttons("Clôturer et passer à la suivante", "Clôturer la demande")
}

/// What is missing, in which words, until when (DE-8).
pub(super) fn complement(jeton: String, fiche: &Fiche, form: &FormState) -> Ecrit {
    let motifs = MotifComplement::TOUS.map(|m| Choice::new(m.code(), m.libelle()));
    let (proposee, derniere) = fiche.reponse;
    let form = preset(form, proposee);
    let jour = DateInput::new("reponse_avant", "Réponse attendue au plus tard le").hint(format!(
        "Sans réponse, le partenaire est relancé, prévenu, puis la demande est clôturée le {}.",
        jour_en_lettres(derniere)
    ));
    Ecrit::new(jeton, fiche, "complement")
        .field(&Radios::new("motif", "Ce qui manque", motifs.into()).form(&form))
        .field(&text("complement", "Ce que vous demandez au partenaire").form(&form))
        .field(&jour.form(&form))
        .buttons("Demander et passer à la suivante", "Demander le complément")
}

/// The form with a day proposed where none was typed.
fn preset(form: &FormState, jour: NaiveDate) -> FormState {
    if form.pairs().any(|(name, _)| name.starts_with("reponse_avant")) {
        return form.clone();
    }
    let parts = [("jour", jour.day()), ("mois", jour.month()), ("annee", jour.year().unsigned_abs())];
    parts.into_iter().fold(form.clone(), |form, (part, n)| form.with(format!("reponse_avant_{part}"), n.to_string()))
}

/// Waiting for somebody inside the caisse.
pub(super) fn hold(jeton: String, fiche: &Fiche, form: &FormState) -> Ecrit {
    let note = TextArea::new("note_attente", "Ce que vous attendez, et de qui", TEXTE_MAX).rows(3);
    Ecrit::new(jeton, fiche, "attente-interne")
        .field(&note.hint(format!("Note interne : le partenaire ne la voit pas. {TEXTE}")).form(form))
        .button(Button::submit("Mettre en attente interne").secondary())
}

/// A line that only the desk sees.
pub(super) fn note(jeton: String, fiche: &Fiche, form: &FormState) -> Ecrit {
    let note = TextArea::new("note", "Note interne", TEXTE_MAX).rows(3);
    let mut ecrit = Ecrit::new(jeton, fiche, "notes");
    ecrit.champs = Markup::default();
    ecrit
        .field(&note.hint(format!("Le partenaire ne la voit jamais. {TEXTE}")).form(form))
        .button(Button::submit("Enregistrer la note").secondary())
}

/// Opening again, with the reason that the partner reads.
pub(super) fn reopening(jeton: String, fiche: &Fiche, form: &FormState) -> Ecrit {
    let motif = TextArea::new("motif_reouverture", "Pourquoi la demande est rouverte", TEXTE_MAX).rows(3);
    Ecrit::new(jeton, fiche, "rouvrir")
        .field(&motif.hint(format!("Le partenaire lit ce texte dans les échanges. {TEXTE}")).form(form))
        .button(Button::submit("Rouvrir la demande").secondary())
}

/// Going on after a wait.
pub(super) fn resume(jeton: String, fiche: &Fiche) -> Ecrit {
    Ecrit::new(jeton, fiche, "reprendre").button(Button::submit("Reprendre le traitement").secondary())
}
