//! Fictional assurés: names of many shapes, birth dates known to the day, the month or the year, homonyms.

use crate::hasard::HasardSeme;
use domain::assure::Civilite;

const PRENOMS_F: [&str; 28] = [
    "Marie",
    "Zoé",
    "Fatima",
    "Anne-Sophie",
    "Cœurine",
    "Lætitia",
    "Yamina",
    "Jeanne",
    "Noëlle",
    "Ingrid",
    "Aminata",
    "Maëva",
    "Léa",
    "Rose-May",
    "Svetlana",
    "Thi Lan",
    "Hélène",
    "Dolorès",
    "Ségolène",
    "Chloé",
    "Mei",
    "Océane",
    "Assia",
    "Madeleine",
    "Gaëlle",
    "Olympe",
    "Ève",
    "Marie-Ange",
];

const PRENOMS_M: [&str; 28] = [
    "Jean",
    "Loïc",
    "Mohamed",
    "Jean-François",
    "Raphaël",
    "Œdipe",
    "Ahmed",
    "Benoît",
    "Noël",
    "Gwenaël",
    "Mamadou",
    "Théo",
    "José",
    "Pierre-Yves",
    "Dragan",
    "Van Tuan",
    "Jérôme",
    "François",
    "Cédric",
    "Élie",
    "Wei",
    "Maël",
    "Karim",
    "Gérard",
    "Joël",
    "Ulrich",
    "Éloi",
    "Jean-Baptiste",
];

const NOMS: [&str; 44] = [
    "Lefèbvre-Marsac",
    "D’Oriac",
    "Benhaddou",
    "N’Guessanne",
    "Le Goadec",
    "de La Roncière",
    "Lœwenbruck",
    "Çelikman",
    "Muñozar",
    "Dupontel",
    "Traorême",
    "El Khattouf",
    "Nguyenne",
    "Vanderbeck",
    "Kowalzik",
    "Martinelli",
    "Delacroisette",
    "O’Brannigan",
    "Bœufgras",
    "Saint-Ouradou",
    "L’Hermitte",
    "Garcialos",
    "Petitjeanne",
    "Haddadou",
    "Müllerot",
    "Ferreirinha",
    "Rakotomanga",
    "Tavaresco",
    "Boisgontier",
    "Da Silveira",
    "Ait-Messaoud",
    "Mac Léodan",
    "Jourdanet",
    "Barthélemine",
    "Ozgülen",
    "Popescane",
    "Renouardet",
    "Sow-Diarrane",
    "Thévenotte",
    "Ucciarelli",
    "Von Brandis",
    "Wacquiez",
    "Yildirane",
    "Zimmerlin",
];

/// Two people who are not the same and are called the same: born on other days.
const HOMONYMES: [(&str, &str); 2] = [("Martine", "Dubosquet"), ("Alain", "Rochefontaine")];

/// Somebody a demande is about, as a technicien types it.
#[derive(Clone, Debug)]
pub(crate) struct Assure {
    pub(crate) civilite: Civilite,
    pub(crate) nom: String,
    pub(crate) prenom: String,
    /// Day, month, year; empty where the papers do not say.
    pub(crate) naissance: [String; 3],
}

/// Draws somebody.
pub(crate) fn draw(hasard: &HasardSeme) -> Assure {
    let madame = hasard.percent(55);
    let (civilite, prenoms) = if madame { (Civilite::Madame, &PRENOMS_F) } else { (Civilite::Monsieur, &PRENOMS_M) };
    let (prenom, nom) = if hasard.percent(5) {
        HOMONYMES.get(usize::from(!madame)).copied().unwrap_or_default()
    } else {
        (hasard.one(prenoms).copied().unwrap_or_default(), hasard.one(&NOMS).copied().unwrap_or_default())
    };
    // Some people have one name only.
    let prenom = if hasard.percent(3) { "" } else { prenom };
    Assure { civilite, nom: nom.to_owned(), prenom: prenom.to_owned(), naissance: birth(hasard) }
}

fn birth(hasard: &HasardSeme) -> [String; 3] {
    let annee = 1937 + hasard.below(70);
    let (mois, jour) = (1 + hasard.below(12), 1 + hasard.below(28));
    match hasard.below(100) {
        0..=3 => [String::new(), String::new(), annee.to_string()],
        4..=5 => [String::new(), mois.to_string(), annee.to_string()],
        _ => [jour.to_string(), mois.to_string(), annee.to_string()],
    }
}
