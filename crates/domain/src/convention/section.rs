//! How a group of parameters is declared, read, walked and completed: one declaration, no list to keep by hand.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Montre, Source, Valeur};

/// What reads the parameters of a dossier from somewhere (a TOML file, in `app`). Errors are the reader's own:
/// it notes them and goes on, so that all are told at once.
pub trait Lecteur {
    /// Reads the parameter `champ` of the current table, if it is there and right.
    fn valeur<T: DeserializeOwned>(&mut self, champ: &'static str) -> Option<Valeur<T>>;
    /// Reads the sub-table `champ`; an absent one is empty.
    fn section<S: Section>(&mut self, champ: &'static str) -> S;
}

/// One parameter as a page shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parametre {
    /// Path in the file (`habilitations.quotas`).
    pub chemin: String,
    /// French label of the table.
    pub theme: &'static str,
    /// French label of the parameter.
    pub libelle: &'static str,
    /// The value in French; `None` when nothing states it.
    pub valeur: Option<String>,
    /// Where the value comes from.
    pub source: Option<Source>,
}

/// A value that a complement gives although the dossier already has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// Path of the parameter.
    pub chemin: String,
    /// Source of the value that stands.
    pub source: Source,
}

/// A group of parameters.
pub trait Section: Default {
    /// Reads all parameters.
    fn lis<L: Lecteur>(lecteur: &mut L) -> Self;
    /// Visits all parameters, stated or not.
    fn parcours(&self, prefixe: &str, theme: &'static str, visite: &mut dyn FnMut(Parametre));
    /// Adds the parameters of `autre`. What a complement gave is replaced; any other value stays and is a contradiction.
    fn ajoute(&mut self, autre: &Self, prefixe: &str, contradictions: &mut Vec<Contradiction>);
    /// Puts every parameter that `autre` states in the place of one's own: what an avenant does (CO-4).
    fn remplace(&mut self, autre: &Self);
    /// Keeps only the parameters whose source is accepted.
    fn garde(&mut self, accepte: &dyn Fn(&Source) -> bool);
}

/// Path of `champ` under `prefixe`.
pub(super) fn chemin(prefixe: &str, champ: &str) -> String {
    if prefixe.is_empty() { champ.to_owned() } else { format!("{prefixe}.{champ}") }
}

/// The parameter as a page shows it.
pub(super) fn parametre<T: Montre>(
    chemin: String,
    theme: &'static str,
    libelle: &'static str,
    valeur: Option<&Valeur<T>>,
) -> Parametre {
    Parametre {
        chemin,
        theme,
        libelle,
        valeur: valeur.map(|v| v.valeur.montre()),
        source: valeur.map(|v| v.source.clone()),
    }
}

/// Adds one parameter.
pub(super) fn ajoute_un<T: Clone>(
    ici: &mut Option<Valeur<T>>,
    autre: Option<&Valeur<T>>,
    chemin: String,
    contradictions: &mut Vec<Contradiction>,
) {
    match (ici.as_ref(), autre) {
        (_, None) => {}
        (None, Some(valeur)) => *ici = Some(valeur.clone()),
        // The sheet is kept by people: a file neither takes its place nor contradicts it.
        (Some(_), Some(valeur)) if valeur.source.est_fiche() => *ici = Some(valeur.clone()),
        (Some(present), Some(_)) if present.source.est_fiche() => {}
        (Some(present), Some(valeur)) if present.source.est_complement() => *ici = Some(valeur.clone()),
        (Some(present), Some(_)) => contradictions.push(Contradiction { chemin, source: present.source.clone() }),
    }
}

/// Declares a [`Section`]: `champs` are parameters (`nom: Type = "libellé"`), `sections` are tables inside it.
macro_rules! section {
    (
        $(#[$doc:meta])*
        pub struct $nom:ident {
            $(sections { $($(#[$sdoc:meta])* $section:ident: $stype:ty = $slibelle:literal,)* })?
            champs { $($(#[$cdoc:meta])* $champ:ident: $ctype:ty = $clibelle:literal,)* }
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct $nom {
            $($($(#[$sdoc])* pub $section: $stype,)*)?
            $($(#[$cdoc])* #[serde(skip_serializing_if = "Option::is_none")] pub $champ: Option<$crate::convention::Valeur<$ctype>>,)*
        }

        impl $crate::convention::Section for $nom {
            fn lis<L: $crate::convention::Lecteur>(lecteur: &mut L) -> Self {
                Self {
                    $($($section: lecteur.section(stringify!($section)),)*)?
                    $($champ: lecteur.valeur(stringify!($champ)),)*
                }
            }

            fn parcours(&self, prefixe: &str, theme: &'static str, visite: &mut dyn FnMut($crate::convention::Parametre)) {
                let _ = theme;
                $($(self.$section.parcours(&$crate::convention::section::chemin(prefixe, stringify!($section)), $slibelle, visite);)*)?
                $(visite($crate::convention::section::parametre(
                    $crate::convention::section::chemin(prefixe, stringify!($champ)), theme, $clibelle, self.$champ.as_ref()));)*
            }

            fn ajoute(&mut self, autre: &Self, prefixe: &str, contradictions: &mut Vec<$crate::convention::Contradiction>) {
                $($(self.$section.ajoute(&autre.$section, &$crate::convention::section::chemin(prefixe, stringify!($section)), contradictions);)*)?
                $($crate::convention::section::ajoute_un(
                    &mut self.$champ, autre.$champ.as_ref(),
                    $crate::convention::section::chemin(prefixe, stringify!($champ)), contradictions);)*
            }

            fn remplace(&mut self, autre: &Self) {
                $($(self.$section.remplace(&autre.$section);)*)?
                $(if autre.$champ.is_some() {
                    self.$champ.clone_from(&autre.$champ);
                })*
            }

            fn garde(&mut self, accepte: &dyn Fn(&$crate::convention::Source) -> bool) {
                $($(self.$section.garde(accepte);)*)?
                $(self.$champ.take_if(|v| !accepte(&v.source));)*
            }
        }
    };
}
pub(super) use section;
