//! What a gestionnaire attests before he creates a technicien, and again of every compte he keeps at each review (HA-5):
//! each apart, in the words that were on the page.

/// One attestation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Attestation {
    /// Employed by the structure, or a volunteer of it.
    Lien,
    /// Professional equipment, protected.
    Equipement,
    /// A professional address, in Europe.
    Adresse,
}

impl Attestation {
    /// All, in the order of the page.
    pub const TOUTES: [Self; 3] = [Self::Lien, Self::Equipement, Self::Adresse];

    /// Version of the sentences of both pages; raise it with every change of one of them.
    pub const VERSION: &'static str = "1";

    /// Name of its box.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Lien => "atteste_lien",
            Self::Equipement => "atteste_equipement",
            Self::Adresse => "atteste_adresse",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|a| a.code() == code)
    }

    /// The sentence attested of one person, whose compte is created.
    #[must_use]
    pub const fn texte(self) -> &'static str {
        match self {
            Self::Lien => {
                "Cette personne est agent, salariée ou bénévole de la structure et a besoin du portail pour ses missions."
            }
            Self::Equipement => "Elle travaille sur un équipement professionnel, à jour et protégé par un antivirus.",
            Self::Adresse => {
                "Son adresse électronique est professionnelle, donnée par la structure, et hébergée en Europe."
            }
        }
    }

    /// The sentence attested again at a review, of everybody whose compte is kept.
    #[must_use]
    pub const fn texte_de_revue(self) -> &'static str {
        match self {
            Self::Lien => "Chaque titulaire d’un compte conservé est employé par la structure, salarié ou bénévole.",
            Self::Equipement => "Chacun utilise un équipement professionnel protégé par un antivirus.",
            Self::Adresse => {
                "Chaque adresse électronique est professionnelle, propre à la structure et hébergée en Europe."
            }
        }
    }

    /// What is wrong where it is not ticked.
    #[must_use]
    pub const fn manque(self) -> &'static str {
        match self {
            Self::Lien => {
                "Attestez que cette personne est agent, salariée ou bénévole de la structure. Sinon, elle ne peut pas avoir de compte."
            }
            Self::Equipement => {
                "Attestez que son équipement est professionnel et protégé par un antivirus. Sinon, elle ne peut pas avoir de compte."
            }
            Self::Adresse => {
                "Attestez que son adresse est professionnelle et en Europe. Sinon, elle ne peut pas avoir de compte."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_read_back_from_its_code_and_says_what_the_convention_asks() {
        for a in Attestation::TOUTES {
            assert_eq!(Attestation::from_code(a.code()), Some(a));
        }
        for texte in [Attestation::texte, Attestation::texte_de_revue] {
            let tout = Attestation::TOUTES.map(texte).join(" ");
            for mot in ["salarié", "bénévole", "professionnel", "antivirus", "adresse électronique", "Europe"] {
                assert!(tout.contains(mot), "{mot}: {tout}");
            }
        }
    }
}
