//! What everybody accepts at the first sign-in, in his own name, and again when the text changes (HA-6, HA-15).

use super::Profil;

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
            (Self::Cgu, _) => CGU.to_vec(),
            (Self::Engagements, Profil::Gestionnaire) => PERSONNELS.iter().chain(&GESTIONNAIRE).copied().collect(),
            (Self::Engagements, _) => PERSONNELS.to_vec(),
        }
    }
}

const CGU: [&str; 6] = [
    "Le portail sert à transmettre et à suivre des demandes pour des assurés, dans le cadre des conventions signées entre la caisse et la structure.",
    "Le compte est personnel. Il est ouvert pour un seul profil et ne se prête pas.",
    "Le numéro de sécurité sociale, les données de santé et les propos sans rapport avec la demande ne doivent pas être saisis.",
    "Les connexions, les consultations et les actions sont enregistrées dans un journal conservé douze mois.",
    "La caisse peut fermer un compte sans délai en cas de fraude, de perte ou de vol des identifiants, ou d’usage contraire à la convention.",
    "Si le portail est indisponible, les demandes passent par les autres canaux prévus par la convention.",
];

const PERSONNELS: [&str; 6] = [
    "J’utilise le portail pour mon activité professionnelle seulement.",
    "Je me connecte depuis un équipement professionnel protégé par un antivirus à jour.",
    "Je me connecte depuis le territoire européen.",
    "Je garde pour moi mon identifiant, mon mot de passe et mes codes, et je signale aussitôt leur perte ou leur vol.",
    "Je ne communique les données des assurés à personne qui n’a pas à les connaître, et je n’en garde pas de copie sans nécessité.",
    "Je reste tenu à la confidentialité, y compris quand je n’utilise plus le portail.",
];

const GESTIONNAIRE: [&str; 1] =
    ["Je ferme sans attendre le compte d’une personne qui quitte la structure ou n’en a plus l’usage."];

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
