//! The field « code » of forms whose act asks for a second factor shown in the last five minutes.

use crate::frame::Frame;
use crate::pages::FormState;
use crate::pages::composants::{TextInput, Width};

/// The field, where a second factor was not shown lately or the code typed was refused; nothing otherwise.
#[must_use]
pub fn code_de_renfort(frame: &Frame, form: &FormState) -> Option<TextInput> {
    code_nomme(frame, form, "code")
}

/// As [`code_de_renfort`], under another name: a page with two forms has two fields.
#[must_use]
pub fn code_nomme(frame: &Frame, form: &FormState, nom: &'static str) -> Option<TextInput> {
    let fresh = frame.signed().is_some_and(|s| s.renforcee) && form.error(nom).is_none();
    let field = TextInput::new(nom, "Code de votre application")
        .hint("Cet acte est protégé. 6 chiffres, renouvelés toutes les 30 secondes, ou un code de secours.")
        .autocomplete("one-time-code")
        .width(Width::Medium);
    (!fresh).then(|| field.form(form))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::SignedIn;
    use crate::testing::{config, signed};
    use domain::compte::Profil;

    fn frame(renforcee: bool) -> Frame {
        let frame = Frame::new(config(), "req".into(), "/".into());
        frame.sign(SignedIn { renforcee, ..signed(Profil::Gestionnaire) });
        frame
    }

    #[test]
    fn the_code_is_asked_for_unless_it_was_shown_lately() {
        assert!(code_de_renfort(&frame(true), &FormState::new()).is_none());
        assert!(code_de_renfort(&frame(false), &FormState::new()).is_some());
    }

    #[test]
    fn a_refused_code_is_asked_for_again() {
        let mut form = FormState::new();
        form.refuse("code", "Ce code n’est pas valable.");
        assert!(code_de_renfort(&frame(true), &form).is_some());
    }
}
