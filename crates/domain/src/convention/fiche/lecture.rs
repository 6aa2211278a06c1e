//! How the fields of a sheet are read: each refusal stands at its field, all of them are told at once.

use super::RefusFiche;
use crate::compte::est_courriel;

/// Reads fields one after the other and keeps what is refused.
#[derive(Default)]
pub(super) struct Lecture(pub(super) Vec<RefusFiche>);

impl Lecture {
    pub(super) fn refuse(&mut self, champ: &'static str, message: impl Into<String>) {
        self.0.push(RefusFiche { champ, message: message.into() });
    }

    /// A text of a reasonable length; none when nothing was typed.
    pub(super) fn texte(&mut self, champ: &'static str, typed: &str, max: usize) -> Option<String> {
        let texte = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        if texte.chars().count() > max {
            self.refuse(champ, format!("Ce texte dépasse {max} caractères : abrégez-le."));
        }
        (!texte.is_empty()).then_some(texte)
    }

    pub(super) fn exige(&mut self, champ: &'static str, typed: &str, message: &str) -> String {
        self.texte(champ, typed, 200).unwrap_or_else(|| {
            self.refuse(champ, message);
            String::new()
        })
    }

    /// A text that a rule accepts.
    pub(super) fn conforme(
        &mut self,
        (champ, typed): (&'static str, &str),
        rule: impl Fn(&str) -> bool,
        message: &str,
    ) -> Option<String> {
        let texte = self.texte(champ, typed, 300)?;
        if !rule(&texte) {
            self.refuse(champ, message);
        }
        Some(texte)
    }

    pub(super) fn courriel(&mut self, champ: &'static str, typed: &str) -> Option<String> {
        self.conforme(
            (champ, typed),
            est_courriel,
            "Saisissez une seule adresse électronique, par exemple accueil@structure.fr.",
        )
    }

    pub(super) fn telephone(&mut self, champ: &'static str, typed: &str) -> Option<String> {
        self.conforme((champ, typed), est_telephone, "Saisissez un numéro de téléphone, par exemple 01 99 00 12 34.")
    }
}

fn est_telephone(texte: &str) -> bool {
    let chiffres = texte.chars().filter(char::is_ascii_digit).count();
    (4..=15).contains(&chiffres) && texte.chars().all(|c| c.is_ascii_digit() || " .-+()".contains(c))
}

pub(super) fn est_domaine(texte: &str) -> bool {
    est_courriel(&format!("a@{texte}"))
}

pub(super) fn est_site(texte: &str) -> bool {
    let sans = texte.strip_prefix("https://").or_else(|| texte.strip_prefix("http://")).unwrap_or(texte);
    est_domaine(sans.split('/').next().unwrap_or_default()) && !texte.contains(char::is_whitespace)
}

pub(super) fn est_rna(texte: &str) -> bool {
    texte.strip_prefix('W').is_some_and(|reste| reste.len() == 9 && reste.bytes().all(|b| b.is_ascii_digit()))
}

pub(super) fn est_finess(texte: &str) -> bool {
    texte.len() == 9 && texte.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}
