//! « Pièces jointes », at the end of the last page of every form: the files that the draft already has, each with a box
//! that takes it out when the form is sent, and the field for more. Boxes rather than buttons: a button before « Continuer »
//! would be pressed by Enter in any field.

use crate::pages::FormState;
use crate::pages::composants::{Checkboxes, Choice, FileInput, Markup, html_safe};
use crate::pages::pieces::{CHAMP, RETIRER, about};
use app::piece_jointe::Piece;
use askama::Template;

/// The block.
#[derive(Template)]
#[template(source = "{{ joints }}{{ champ }}", ext = "html")]
pub(super) struct Fichiers {
    joints: Markup,
    champ: FileInput,
}

html_safe!(Fichiers);

impl Fichiers {
    pub(super) fn new(form: &FormState) -> Self {
        let champ = FileInput::new(CHAMP, "Pièces jointes").optional().form(form);
        Self { joints: Markup::default(), champ }
    }

    /// With the files that are there.
    pub(super) fn with_pieces(mut self, pieces: &[Piece], branche: bool) -> Self {
        let choice = |p: &Piece| {
            Choice::new(p.id.to_string(), format!("Retirer « {} »", p.nom.as_str())).hint(about(p, branche))
        };
        if !pieces.is_empty() {
            let boxes = Checkboxes::new(RETIRER, "Fichiers déjà joints", pieces.iter().map(choice).collect());
            self.joints = boxes.hint("Gardés avec votre brouillon. Cochez ceux à retirer.").into();
        }
        self
    }
}
