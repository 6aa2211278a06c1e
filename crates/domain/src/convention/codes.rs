//! How a closed list of codes is declared: the code of files and tables, and the French label, side by side.

/// Declares an enum whose variants have a code (files, JSON, database) and a French label (pages).
macro_rules! codes {
    ($(#[$doc:meta])* pub enum $nom:ident { $($(#[$vdoc:meta])* $variante:ident = $code:literal, $libelle:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $nom { $($(#[$vdoc])* #[serde(rename = $code)] $variante,)* }

        impl $nom {
            /// All values, in the order of the pages.
            pub const TOUS: &'static [Self] = &[$(Self::$variante,)*];

            /// The code of files and tables.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variante => $code,)* }
            }

            /// The French label.
            #[must_use]
            pub const fn libelle(self) -> &'static str {
                match self { $(Self::$variante => $libelle,)* }
            }

            /// The value of a code, none for an unknown one.
            #[must_use]
            pub fn du_code(code: &str) -> Option<Self> {
                Self::TOUS.iter().copied().find(|v| v.code() == code)
            }
        }

        impl $crate::convention::Montre for $nom {
            fn montre(&self) -> String { self.libelle().to_owned() }
        }
    };
}
pub(super) use codes;
