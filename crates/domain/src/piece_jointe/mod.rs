//! Files of demandes: their names, their kinds, their limits, their states, and why one is refused (PJ-1 to PJ-3).

mod etat;
mod nom;
mod refus;
mod sorte;
mod type_fichier;

pub use etat::{ANALYSES, Analyse, Etat, Verdict, apres};
pub use nom::{NOM_MAX, NomDeFichier};
pub use refus::{Refus, check_size};
pub use sorte::SortePiece;
pub use type_fichier::TypeFichier;

/// Greatest file, in bytes: 10 Mo.
pub const TAILLE_MAX: usize = 10 * 1024 * 1024;

/// Greatest number of files of one draft, and of one message.
pub const NOMBRE_MAX: usize = 10;

/// Which way a file goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sens {
    /// From the structure to the caisse.
    Entrante,
    /// From the caisse to the structure.
    Sortante,
}

impl Sens {
    /// Both.
    pub const TOUS: [Self; 2] = [Self::Entrante, Self::Sortante];

    /// Stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Entrante => "entrante",
            Self::Sortante => "sortante",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|s| s.code() == code)
    }
}
