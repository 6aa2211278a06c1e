//! Fictional assurés: names of many shapes, birth dates known to the day, the month or the year, homonyms, people who come back.

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
    "Ondine",
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

/// People whose names meet: the same name and birth date in two départements, the same name born on other days. The place
/// of a convention, civilité, nom, prénom, birth date.
pub(crate) const HOMONYMES: [(usize, Civilite, &str, &str, [u32; 3]); 8] = [
    (2, Civilite::Madame, "Dubosquet", "Martine", [14, 3, 1962]),
    (5, Civilite::Madame, "Dubosquet", "Martine", [14, 3, 1962]),
    (4, Civilite::Madame, "Dubosquet", "Martine", [14, 3, 1962]),
    (2, Civilite::Madame, "Dubosquet", "Martine", [9, 10, 1988]),
    (0, Civilite::Monsieur, "Rochefontaine", "Alain", [2, 9, 1971]),
    (0, Civilite::Monsieur, "Rochefontaine", "Alain", [21, 11, 1984]),
    (3, Civilite::Monsieur, "Rochefontaine", "Alain", [2, 9, 1971]),
    (7, Civilite::Madame, "Dubosquet-Ferrand", "Martine", [30, 6, 1957]),
];

/// Somebody a demande is about, as a technicien types it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assure {
    pub(crate) civilite: Civilite,
    pub(crate) nom: String,
    pub(crate) prenom: String,
    /// Day, month, year; empty where the papers do not say.
    pub(crate) naissance: [String; 3],
}

/// The homonyms of a convention.
pub(crate) fn homonymes(lien: usize) -> Vec<Assure> {
    let here = HOMONYMES.iter().filter(|h| h.0 == lien);
    here.map(|(_, civilite, nom, prenom, naissance)| Assure {
        civilite: *civilite,
        nom: (*nom).to_owned(),
        prenom: (*prenom).to_owned(),
        naissance: naissance.map(|part| part.to_string()),
    })
    .collect()
}

/// Draws somebody.
pub(crate) fn draw(hasard: &HasardSeme) -> Assure {
    let madame = hasard.percent(55);
    let (civilite, prenoms) = if madame { (Civilite::Madame, &PRENOMS_F) } else { (Civilite::Monsieur, &PRENOMS_M) };
    let (prenom, nom) =
        (hasard.one(prenoms).copied().unwrap_or_default(), hasard.one(&NOMS).copied().unwrap_or_default());
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

/// The people whom one structure accompanies at one caisse: many of them come back.
#[derive(Default)]
pub(crate) struct Connus(Vec<Assure>);

impl Connus {
    /// Somebody new, or somebody known.
    pub(crate) fn draw(&mut self, hasard: &HasardSeme) -> Assure {
        if hasard.percent(30)
            && let Some(connu) = hasard.one(&self.0)
        {
            return connu.clone();
        }
        let nouveau = draw(hasard);
        self.0.push(nouveau.clone());
        nouveau
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::personnes::{BUREAUX, NATIONAL, STRUCTURES};

    /// Mails name whom they are sent to: with a name that both have, nobody could tell whether one names an assuré.
    #[test]
    fn nobody_with_a_compte_bears_a_name_of_an_assure() {
        let bureaux = BUREAUX.iter().flat_map(|b| b.personnes);
        let comptes = bureaux.chain(STRUCTURES.iter().flat_map(|s| s.personnes)).chain([&NATIONAL]);
        let borne: Vec<&str> = comptes.flat_map(|p| [p.prenom, p.nom]).collect();
        let drawn = PRENOMS_F.iter().chain(&PRENOMS_M).chain(&NOMS).copied();
        let shared = drawn.chain(HOMONYMES.iter().flat_map(|h| [h.2, h.3])).filter(|name| borne.contains(name));
        assert_eq!(shared.collect::<Vec<_>>(), Vec::<&str>::new());
    }
}
