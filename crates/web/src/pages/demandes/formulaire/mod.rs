//! The forms of the five kinds (DE-1): one page each, two for the difficulty report; at most ten questions where the
//! convention asks nothing special. Common blocks in `assure` and `information`, one file a kind.

mod assure;
mod contacter;
mod difficulte;
mod document;
mod etude;
mod fichiers;
mod information;
mod rendez_vous;

use crate::frame::Frame;
use crate::pages::composants::{
    BackLink, Button, Checkboxes, Choice, Details, ErrorSummary, Markup, Radios, TextInput,
};
use crate::pages::mots::{draft_path, en_tete, form_path, label, situation_path};
use crate::pages::{FormState, Page};
use app::demande::{Formulaire, OuvertA, VERSION};
use app::piece_jointe::Piece;
use askama::Template;
use domain::convention::MotifRecours;
use domain::demande::Sorte;
use domain::ids::BrouillonId;
use fichiers::Fichiers;

/// Characters of the long text that the page announces.
const PRECISIONS_MAX: u32 = 2_000;

/// Fields of the second page of the difficulty report; every other one is on the first page.
pub const SITUATION: [&str; 8] =
    ["difficultes", "handicap", "criteres", "joindre", "telephone", "precisions", "urgent", "motif_urgence"];

/// Said under every free text.
const HINT: &str = "Seulement ce qui est utile à la demande : ni donnée de santé, ni numéro de sécurité sociale.";

/// The form of a kind, new or going on with a draft: its first page where it has two.
#[derive(Template)]
#[template(path = "demandes/nouvelle.html")]
pub struct NouvelleDemandePage {
    page: Page,
    erreurs: ErrorSummary,
    retour: BackLink,
    etape: Option<&'static str>,
    action: &'static str,
    brouillon: String,
    version: String,
    publics: Vec<String>,
    regime_general: bool,
    blocs: Markup,
    fichiers: Option<Fichiers>,
    envoyer: Button,
}

impl NouvelleDemandePage {
    /// The form as the use case describes it, with what was typed and refused.
    #[must_use]
    pub fn new(frame: &Frame, modele: &Formulaire, brouillon: BrouillonId, form: &FormState) -> Self {
        let sorte = modele.sorte;
        let general = |o: &OuvertA| o.dossier().public().is_some_and(|p| p.regime_general_seul);
        let said = modele.publics.iter().any(|p| p.contains("régime général"));
        let besoin = match sorte {
            Sorte::Contacter => contacter::block(form),
            Sorte::Etude => etude::block(modele, form),
            // Asked on its second page.
            Sorte::Difficulte => Markup::default(),
            Sorte::RendezVous => rendez_vous::block(modele, form),
            Sorte::Document => document::block(modele, form),
        };
        Self {
            page: Page::new(frame, sorte.libelle()).form(form),
            erreurs: form.summary(),
            retour: BackLink::to("Accueil", "/"),
            etape: (sorte == Sorte::Difficulte).then_some("Étape 1 sur 2"),
            action: form_path(sorte),
            brouillon: brouillon.to_string(),
            version: form.value(VERSION).to_owned(),
            publics: modele.publics.iter().map(|p| label(p)).collect(),
            regime_general: !said && modele.ouvertes.iter().any(general),
            blocs: Markup::of(&assure::block(sorte, modele, form))
                .and_markup(&besoin)
                .and_markup(&information::block(sorte, modele, form)),
            fichiers: (sorte != Sorte::Difficulte).then(|| Fichiers::new(form)),
            envoyer: Button::submit("Continuer"),
        }
    }

    /// The same form with the files that the draft already has; `branche` when those that wait will be analysed.
    #[must_use]
    pub fn with_pieces(mut self, pieces: &[Piece], branche: bool) -> Self {
        self.fichiers = self.fichiers.map(|f| f.with_pieces(pieces, branche));
        self
    }
}

/// The second page of the difficulty report.
#[derive(Template)]
#[template(path = "demandes/situation.html")]
pub struct SituationPage {
    page: Page,
    erreurs: ErrorSummary,
    retour: BackLink,
    sorte: &'static str,
    action: String,
    version: String,
    blocs: Markup,
    fichiers: Fichiers,
    envoyer: Button,
}

impl SituationPage {
    /// What the draft already holds, with what was refused.
    #[must_use]
    pub fn new(frame: &Frame, modele: &Formulaire, brouillon: BrouillonId, form: &FormState) -> Self {
        Self {
            page: Page::new(frame, "La situation").form(form),
            erreurs: form.summary(),
            retour: BackLink::to("La personne", draft_path(Sorte::Difficulte, brouillon)),
            sorte: Sorte::Difficulte.libelle(),
            action: situation_path(brouillon),
            version: form.value(VERSION).to_owned(),
            blocs: difficulte::block(modele, form),
            fichiers: Fichiers::new(form),
            envoyer: Button::submit("Continuer"),
        }
    }

    /// The same form with the files that the draft already has; `branche` when those that wait will be analysed.
    #[must_use]
    pub fn with_pieces(mut self, pieces: &[Piece], branche: bool) -> Self {
        self.fichiers = self.fichiers.with_pieces(pieces, branche);
        self
    }
}

/// Where a field of a draft is changed.
pub(super) fn field_path(sorte: Sorte, brouillon: BrouillonId, champ: &str) -> String {
    let page = match sorte {
        Sorte::Difficulte if SITUATION.contains(&champ) => situation_path(brouillon),
        _ => draft_path(sorte, brouillon),
    };
    format!("{page}#{champ}")
}

/// « Urgent », with its reason and what else is asked then (DE-4).
fn urgence(suite: Markup, form: &FormState) -> Checkboxes {
    let motif = TextInput::new("motif_urgence", "Pourquoi est-ce urgent ?").hint(HINT).autocomplete("off").form(form);
    let urgent = Choice::new("oui", "La demande est urgente")
        .hint("Elle sera traitée en premier.")
        .reveals(Markup::of(&motif).and_markup(&suite));
    Checkboxes::new("urgent", "Urgence", vec![urgent]).optional().form(form)
}

/// The reason of recourse, where a convention limits it (DE-15).
fn recours(motifs: &[MotifRecours], form: &FormState) -> Option<Radios> {
    let choices: Vec<_> = motifs.iter().map(|m| Choice::new(m.code(), en_tete(m.libelle()))).collect();
    let question = "Pourquoi faire cette demande à la place de la personne ?";
    (!choices.is_empty()).then(|| {
        Radios::new("recours", question, choices).hint("La convention la réserve à ces situations.").form(form)
    })
}

/// What may stay closed; open as soon as one of its fields holds something or is refused.
fn folded(summary: &str, content: impl Into<Markup>, champs: &[&str], form: &FormState) -> Details {
    let used = champs.iter().any(|champ| !form.value(champ).is_empty() || form.error(champ).is_some());
    let details = Details::new(summary, content);
    if used { details.open() } else { details }
}
