//! What everybody accepts at the first sign-in, in his own name, and again when the text changes (HA-6, HA-15).

use super::Profil;
use super::conditions::ARTICLES;

/// What is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nature {
    /// General conditions of use (HA-6).
    Cgu,
    /// Personal engagements of art. 3.1, 4.1 and 6 (HA-15).
    Engagements,
}

impl Nature {
    /// Both, in the order of the page.
    pub const TOUTES: [Self; 2] = [Self::Cgu, Self::Engagements];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cgu => "cgu",
            Self::Engagements => "engagements",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|n| n.code() == code)
    }

    /// Version in force; raise it with every change of the text, and everybody accepts again.
    #[must_use]
    pub const fn version(self) -> &'static str {
        match self {
            Self::Cgu | Self::Engagements => "1",
        }
    }

    /// Title on the page.
    #[must_use]
    pub const fn titre(self) -> &'static str {
        match self {
            Self::Cgu => "Conditions générales d’utilisation",
            Self::Engagements => "Mes engagements personnels",
        }
    }

    /// The text, one sentence an entry.
    #[must_use]
    pub fn texte(self, profil: Profil) -> Vec<&'static str> {
        match (self, profil) {
            (Self::Cgu, _) => ARTICLES.iter().flat_map(|a| a.alineas).copied().collect(),
            (Self::Engagements, Profil::Gestionnaire) => PERSONNELS.iter().chain(&GESTIONNAIRE).copied().collect(),
            (Self::Engagements, _) => PERSONNELS.to_vec(),
        }
    }
}

/// What everybody engages to, whatever the profil: art. 3.1, 4.1 and 6, and confidentiality.
const PERSONNELS: [&str; 7] = [
    "J’utilise le portail pour mes seules missions professionnelles au sein de ma structure ou de ma caisse.",
    "Je me connecte depuis un équipement professionnel à jour et protégé par un antivirus.",
    "Je me connecte uniquement depuis le territoire européen, départements et régions d’outre-mer compris.",
    "Je garde pour moi seul mon identifiant, mon mot de passe et mon second facteur, et je signale aussitôt leur perte, leur vol ou un usage qui n’est pas le mien.",
    "Je ne communique les données obtenues par le portail à aucune personne qui n’a pas à les connaître, et je ne les utilise pour rien d’autre que la demande concernée.",
    "J’écris ce qui est utile au traitement de la demande, et rien de plus : ni donnée de santé, ni numéro de sécurité sociale dans les textes libres.",
    "Je respecte la confidentialité de ces informations, y compris après la fin de mes fonctions.",
];

/// What the gestionnaire engages to besides.
const GESTIONNAIRE: [&str; 1] =
    ["Je ferme sans attendre le compte d’une personne qui quitte la structure ou n’en a plus l’usage."];

/// The engagements of everybody, then those that a gestionnaire takes besides: for the page of the conditions.
#[must_use]
pub const fn par_profil() -> (&'static [&'static str], &'static [&'static str]) {
    (&PERSONNELS, &GESTIONNAIRE)
}

/// What is still to be accepted, given what was: nature and version.
#[must_use]
pub fn manquants(acceptes: &[(Nature, String)]) -> Vec<Nature> {
    let accepte = |n: Nature| acceptes.iter().any(|(nature, version)| *nature == n && version == n.version());
    Nature::TOUTES.into_iter().filter(|n| !accepte(*n)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_texts_are_accepted_in_the_version_in_force() {
        let en_vigueur = |n: Nature| (n, n.version().to_owned());
        assert_eq!(manquants(&[]), Nature::TOUTES.to_vec());
        assert_eq!(manquants(&[en_vigueur(Nature::Cgu)]), vec![Nature::Engagements]);
        assert!(manquants(&Nature::TOUTES.map(en_vigueur)).is_empty());
    }

    #[test]
    fn a_new_version_is_accepted_again() {
        let ancienne = (Nature::Cgu, "0".to_owned());
        assert_eq!(
            manquants(&[ancienne, (Nature::Engagements, Nature::Engagements.version().to_owned())]),
            vec![Nature::Cgu]
        );
    }

    #[test]
    fn the_text_names_what_the_conventions_ask_of_each_user() {
        for profil in Profil::TOUS {
            let texte = Nature::Engagements.texte(profil).join(" ");
            for mot in ["professionnel", "territoire européen", "identifiant", "données", "confidentialité"] {
                assert!(texte.contains(mot), "{profil:?} {mot}");
            }
        }
    }
}
