//! How a closed list of answers of a form is declared: the code that is posted and stored, and the French words.

/// Declares an enum of answers, each with its code and its words, in the order shown.
macro_rules! reponses {
    ($(#[$doc:meta])* pub enum $nom:ident ($toutes:ident) { $($(#[$vdoc:meta])* $variante:ident = $code:literal, $libelle:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $nom { $($(#[$vdoc])* $variante,)* }

        impl $nom {
            /// Every answer, in the order shown.
            pub const $toutes: &'static [Self] = &[$(Self::$variante,)*];

            /// Posted and stored code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variante => $code,)* }
            }

            /// Reads a code; none for one that was never offered.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                Self::$toutes.iter().copied().find(|v| v.code() == code)
            }

            /// The words shown.
            #[must_use]
            pub const fn libelle(self) -> &'static str {
                match self { $(Self::$variante => $libelle,)* }
            }
        }
    };
}
pub(super) use reponses;
