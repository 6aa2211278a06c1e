//! « Contacter votre organisme d'assurance Maladie »: an object and a message.

use super::{HINT, PRECISIONS_MAX, folded, urgence};
use crate::pages::FormState;
use crate::pages::composants::{Fieldset, Markup, TextArea, TextInput};

pub(super) fn block(form: &FormState) -> Markup {
    let group = Fieldset::new("Votre message")
        .with(
            &TextInput::new("objet", "Objet")
                .hint("En quelques mots, 120 caractères au plus.")
                .autocomplete("off")
                .form(form),
        )
        // Folded: with the agreement that some conventions ask, the page would have eleven questions.
        .with(&folded("La demande est urgente", urgence(Markup::default(), form), &["urgent", "motif_urgence"], form))
        .with(&TextArea::new("precisions", "Message", PRECISIONS_MAX).hint(HINT).form(form));
    group.into()
}
