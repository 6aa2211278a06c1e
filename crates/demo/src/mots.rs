//! The passwords of the demonstration: fictional, written down beside the data.

use crate::hasard::HasardSeme;

/// Words of passwords: without relation to each other, to a place or to a person.
const MOTS: [&str; 48] = [
    "tilleul",
    "bascule",
    "orage",
    "cadenas",
    "lucarne",
    "phare",
    "guidon",
    "pommier",
    "cerceau",
    "tambour",
    "falaise",
    "bobine",
    "girouette",
    "papier",
    "boussole",
    "chevron",
    "damier",
    "enclume",
    "fourmi",
    "galet",
    "hublot",
    "ivoire",
    "jonquille",
    "kayak",
    "lampion",
    "marelle",
    "navette",
    "osier",
    "pinceau",
    "quille",
    "rosace",
    "sablier",
    "toupie",
    "usine",
    "violon",
    "wagon",
    "yaourt",
    "zinc",
    "abricot",
    "brioche",
    "colline",
    "dentelle",
    "escale",
    "fuseau",
    "grenier",
    "hamac",
    "igloo",
    "javelot",
];

/// Draws a password.
pub(crate) fn mot_de_passe(hasard: &HasardSeme) -> String {
    let mots: Vec<&str> = (0..3).filter_map(|_| hasard.one(&MOTS)).copied().collect();
    format!("{}-{:02}", mots.join("-"), hasard.below(100))
}
