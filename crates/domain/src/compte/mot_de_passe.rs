//! What a password must be: long, not guessable, not a usual one, not made of what everybody knows of its owner.
//!
//! No class of characters is asked for. Nothing here keeps, prints or hashes the password.

use unicode_normalization::UnicodeNormalization;
use zxcvbn::Score;

/// The longest password accepted, in characters.
pub const LONGUEUR_MAX: usize = 128;

/// Words that everybody tries on this portal, whoever its owner is.
const DU_PORTAIL: [&str; 7] =
    ["ameli", "espacepartenaires", "assurancemaladie", "securitesociale", "cpam", "ccas", "carsat"];

/// Words of a structure's name that say nothing of it, and are left to passphrases.
const ORDINAIRES: [&str; 26] = [
    "accueil",
    "action",
    "agglomeration",
    "association",
    "centre",
    "communal",
    "communale",
    "commune",
    "communaute",
    "conseil",
    "contact",
    "departement",
    "departemental",
    "direction",
    "example",
    "france",
    "intercommunal",
    "maison",
    "metropole",
    "municipal",
    "pour",
    "service",
    "social",
    "sociale",
    "test",
    "ville",
];

/// Usual French passwords and what they are lengthened with; the general ones are known to the estimator.
const COURANTS: &str = include_str!("../data/mots-de-passe-courants.txt");

/// What is wrong with a password, in words for the field. Several may be true at once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Defaut {
    /// Too few characters.
    #[error("le mot de passe doit compter au moins {min} caractères")]
    TropCourt {
        /// How many are needed.
        min: usize,
    },
    /// Too many characters.
    #[error("le mot de passe doit compter au plus {max} caractères")]
    TropLong {
        /// How many are accepted.
        max: usize,
    },
    /// A character that no keyboard types (line break, NUL, other control).
    #[error("le mot de passe contient un caractère qui ne s'affiche pas")]
    CaractereInterdit,
    /// Made of usual passwords, one after the other.
    #[error("ce mot de passe fait partie des plus courants : choisissez-en un autre")]
    TropCourant,
    /// Holds the owner's name, address or structure, or a word of the portal.
    #[error(
        "le mot de passe ne doit contenir ni votre nom, ni votre adresse électronique, ni le nom de votre structure, \
         ni un mot du portail comme « ameli »"
    )]
    MotDuContexte,
    /// Quickly guessed by the usual tools.
    #[error("ce mot de passe serait vite deviné : ajoutez des mots sans rapport entre eux")]
    Devinable,
}

/// The rules for one kind of profil.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Politique {
    min: usize,
}

impl Politique {
    /// The rules of partner profils, or of the desk's (and national) ones.
    #[must_use]
    pub fn pour(desk: bool) -> Self {
        Self { min: if desk { 16 } else { 15 } }
    }

    /// Checks a password against its owner's words (nom, prénom, e-mail, identifiant, structure).
    ///
    /// Characters are counted after composition (`é` is one however it was typed). A too long one is not estimated
    /// at all, so that the cost stays bounded.
    ///
    /// # Errors
    /// Everything that is wrong, in the order in which it is to be shown.
    pub fn verifie(&self, mot: &str, contexte: &[&str]) -> Result<(), Vec<Defaut>> {
        let mot = forme_comparee(mot);
        let longueur = mot.chars().count();
        if longueur > LONGUEUR_MAX {
            return Err(vec![Defaut::TropLong { max: LONGUEUR_MAX }]);
        }
        let mut defauts = Vec::new();
        if longueur < self.min {
            defauts.push(Defaut::TropCourt { min: self.min });
        }
        if mot.chars().any(char::is_control) {
            defauts.push(Defaut::CaractereInterdit);
        }
        let plie = plie(&mot);
        let interdits = mots_du_contexte(contexte);
        if interdits.iter().any(|interdit| plie.contains(interdit.as_str())) {
            defauts.push(Defaut::MotDuContexte);
        }
        if est_courant(&plie) {
            defauts.push(Defaut::TropCourant);
        } else if longueur >= self.min && est_devinable(&mot, &interdits) {
            defauts.push(Defaut::Devinable);
        }
        if defauts.is_empty() { Ok(()) } else { Err(defauts) }
    }

    /// The rules in French, to be shown before anything is typed (HA-6).
    #[must_use]
    pub fn regles(&self) -> Vec<String> {
        vec![
            format!("{} caractères au moins, {LONGUEUR_MAX} au plus ; les espaces et les accents comptent", self.min),
            "aucun type de caractère n'est imposé : une suite de mots sans rapport entre eux convient très bien".to_owned(),
            "ni votre nom, ni votre adresse électronique, ni le nom de votre structure, ni un mot du portail comme « ameli »"
                .to_owned(),
            "ni un mot de passe courant, ni une suite facile à deviner".to_owned(),
        ]
    }
}

/// The one form in which a password is checked and hashed: canonical composition, so that the same accents typed on
/// two systems open the same compte.
#[must_use]
pub fn forme_comparee(mot: &str) -> String {
    mot.nfc().collect()
}

fn est_devinable(mot: &str, interdits: &[String]) -> bool {
    let connus: Vec<&str> = interdits.iter().map(String::as_str).collect();
    zxcvbn::zxcvbn(mot, &connus).score() < Score::Three
}

/// Words of four letters and more that must not be in the password, folded.
fn mots_du_contexte(contexte: &[&str]) -> Vec<String> {
    let entiers = contexte.iter().map(|texte| plie(texte));
    let morceaux = contexte.iter().flat_map(|texte| texte.split(|c: char| !c.is_alphanumeric()).map(plie));
    let mut mots: Vec<String> = entiers
        .chain(morceaux)
        .chain(DU_PORTAIL.into_iter().map(str::to_owned))
        .filter(|mot| mot.chars().count() >= 4 && !ORDINAIRES.contains(&mot.as_str()))
        .collect();
    mots.sort_unstable();
    mots.dedup();
    mots
}

/// Letters and digits only, without accents nor case, with the usual replacements undone (`@`, `0`, `3`, `$` …).
fn plie(texte: &str) -> String {
    texte
        .nfd()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            '@' | '4' => Some('a'),
            '0' => Some('o'),
            '1' | '!' => Some('i'),
            '3' | '€' => Some('e'),
            '5' | '$' => Some('s'),
            c => c.is_alphanumeric().then_some(c),
        })
        .collect()
}

/// Whether the whole password is usual words put one after the other, lengthened by digits.
fn est_courant(plie: &str) -> bool {
    let signes: Vec<char> = plie.chars().collect();
    let courants: Vec<Vec<char>> = COURANTS
        .lines()
        .filter(|ligne| !ligne.is_empty() && !ligne.starts_with('#'))
        .map(|ligne| self::plie(ligne).chars().collect())
        .collect();
    // atteint[n]: the n first signs are covered by usual words and digits.
    let mut atteint = vec![false; signes.len() + 1];
    if let Some(depart) = atteint.first_mut() {
        *depart = true;
    }
    let mut un_mot = false;
    for rang in 0..signes.len() {
        if !atteint.get(rang).copied().unwrap_or_default() {
            continue;
        }
        let suite = signes.get(rang..).unwrap_or_default();
        let chiffre = suite.first().is_some_and(|c| c.is_ascii_digit() || "aoeis".contains(*c));
        if chiffre && let Some(case) = atteint.get_mut(rang + 1) {
            *case = true;
        }
        for mot in courants.iter().filter(|mot| suite.starts_with(mot)) {
            un_mot = true;
            if let Some(case) = atteint.get_mut(rang + mot.len()) {
                *case = true;
            }
        }
    }
    un_mot && atteint.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests;
