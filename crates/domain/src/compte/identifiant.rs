//! The personal identifiant: `prenom.nom`, unique per compte, one per profil for a person who has two (HA-1).

use crate::assure::cle_de_nom;
use crate::compte::Profil;

/// The longest identifiant, typed or made.
pub const LONGUEUR_MAX: usize = 64;

/// Letters kept of prénom and of nom.
const MORCEAU_MAX: usize = 24;

/// An identifiant for a person: `prenom.nom`, `prenom.nom2` when `rang` others bear it, `.g` at the end for a
/// gestionnaire. `rang` counts from 0.
#[must_use]
pub fn propose(prenom: &str, nom: &str, profil: Profil, rang: u32) -> String {
    let base = [morceau(prenom), morceau(nom)].into_iter().filter(|m| !m.is_empty()).collect::<Vec<_>>().join(".");
    let base = if base.is_empty() { "compte".to_owned() } else { base };
    let numero = if rang == 0 { String::new() } else { (rang + 1).to_string() };
    let fin = if profil == Profil::Gestionnaire { ".g" } else { "" };
    format!("{base}{numero}{fin}")
}

fn morceau(nom: &str) -> String {
    let cle = cle_de_nom(nom);
    let mots: Vec<&str> = cle.split(|c: char| !c.is_ascii_alphanumeric()).filter(|m| !m.is_empty()).collect();
    mots.join("-").chars().take(MORCEAU_MAX).collect::<String>().trim_end_matches('-').to_owned()
}

/// The compared form of what was typed: without spaces around, in lower case. A text that no identifiant can be is
/// cut, and so never found.
#[must_use]
pub fn compare(saisi: &str) -> String {
    saisi.trim().to_lowercase().chars().take(LONGUEUR_MAX + 1).collect()
}

/// The compared form of an e-mail address, for « one address once per profil » (HA-1).
#[must_use]
pub fn compare_courriel(saisi: &str) -> String {
    saisi.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn it_is_made_of_prenom_and_nom_without_accents() {
        assert_eq!(propose("Anne-Élise", "Lœuil d’Ambre", Profil::Technicien, 0), "anne-elise.loeuil-d-ambre");
        assert_eq!(propose("Solveig", "Tarrabie", Profil::Agent, 2), "solveig.tarrabie3");
        assert_eq!(propose("", "", Profil::Agent, 0), "compte");
    }

    #[test]
    fn a_gestionnaire_has_another_one_than_the_same_person_as_technicien() {
        assert_eq!(propose("Ulysse", "Montégran", Profil::Gestionnaire, 0), "ulysse.montegran.g");
        assert_eq!(propose("Ulysse", "Montégran", Profil::Gestionnaire, 1), "ulysse.montegran2.g");
    }

    proptest! {
        #[test]
        fn it_is_short_plain_and_found_again_as_typed(prenom in "\\PC{0,60}", nom in "\\PC{0,60}", rang in 0..2000u32) {
            for profil in [Profil::Technicien, Profil::Gestionnaire] {
                let identifiant = propose(&prenom, &nom, profil, rang);
                prop_assert!(identifiant.len() <= LONGUEUR_MAX);
                prop_assert!(identifiant.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-'));
                prop_assert_eq!(compare(&format!("  {} ", identifiant.to_uppercase())), identifiant);
            }
        }

        #[test]
        fn every_rank_gives_another_one(nom in "[a-z]{1,30}", a in 0..2000u32, b in 0..2000u32) {
            prop_assume!(a != b);
            prop_assert_ne!(propose("x", &nom, Profil::Agent, a), propose("x", &nom, Profil::Agent, b));
        }
    }
}
