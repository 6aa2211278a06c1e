//! Too many tries: how long to wait and what to do meanwhile.

use crate::frame::Frame;
use crate::pages::Page;
use askama::Template;

/// What was tried too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Essai {
    /// A password at the sign-in, or a link asked for.
    Connexion,
    /// A code of the second factor.
    Code,
    /// The present password, to change it.
    MotDePasse,
}

impl Essai {
    const fn que_faire(self) -> &'static str {
        match self {
            Self::Connexion => {
                "Vérifiez d’ici là votre identifiant et votre mot de passe. Si vous avez oublié votre mot de passe, choisissez-en un autre : cela lève l’attente."
            }
            Self::Code => {
                "Vérifiez que l’heure de votre téléphone est réglée automatiquement : un téléphone en avance ou en retard donne des codes faux. Un code de secours fonctionne aussi, après l’attente."
            }
            Self::MotDePasse => "Si vous avez oublié votre mot de passe, déconnectez-vous puis choisissez-en un autre.",
        }
    }
}

/// Answers 429.
#[derive(Template)]
#[template(path = "compte/attente.html")]
pub struct AttentePage {
    page: Page,
    duree: String,
    que_faire: &'static str,
    oubli: bool,
    contact: Option<String>,
}

impl AttentePage {
    /// `secondes` is the time to wait before the next try.
    #[must_use]
    pub fn new(frame: &Frame, essai: Essai, secondes: u32) -> Self {
        Self {
            page: Page::new(frame, "Trop de tentatives").unmarked(),
            duree: duree(secondes),
            que_faire: essai.que_faire(),
            oubli: essai == Essai::Connexion,
            contact: frame.config().operator.contact.clone(),
        }
    }
}

/// A wait in words, rounded up: never too short.
fn duree(secondes: u32) -> String {
    let (nombre, unite) = match secondes {
        0..=59 => (secondes.max(1), "seconde"),
        60..=5_400 => (secondes.div_ceil(60), "minute"),
        _ => (secondes.div_ceil(3_600), "heure"),
    };
    format!("{nombre} {unite}{}", if nombre > 1 { "s" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::duree;

    #[test]
    fn a_wait_is_said_in_words_and_never_too_short() {
        let said = [0, 1, 42, 60, 61, 120, 3_600, 5_401, 86_000].map(duree);
        let expected = [
            "1 seconde",
            "1 seconde",
            "42 secondes",
            "1 minute",
            "2 minutes",
            "2 minutes",
            "60 minutes",
            "2 heures",
            "24 heures",
        ];
        assert_eq!(said, expected);
    }
}
