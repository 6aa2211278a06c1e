//! What social workers and agents write: short, useful, without any health data. A question stands beside its answer
//! and a subject beside its outcomes, so that a thread reads as one conversation.

mod clotures;
mod contacter;
mod difficulte;
mod document;
mod echanges;
mod etude;
mod rendez_vous;

use domain::assure::Civilite;
use domain::convention::SousType;
use domain::demande::Sorte;

pub(crate) use clotures::cloture;
pub(crate) use echanges::{ATTENTES, COMPLEMENTS, NOTES, POINTS, REOUVERTURES};

/// What a demande is about, and what is written about it until it is closed.
#[derive(Debug)]
pub(crate) struct Sujet {
    /// Sub-kind; none for « Contacter ».
    pub(crate) sous_type: Option<SousType>,
    /// How many of a hundred demandes of the kind.
    pub(crate) part: usize,
    /// Object of a « Contacter », name of what is outside the list.
    pub(crate) objet: &'static str,
    /// What the technicien tells.
    pub(crate) textes: &'static [&'static str],
    /// What the caisse asks on the way, with the answer.
    pub(crate) echanges: &'static [(&'static str, &'static str)],
    /// What is written when it was done.
    pub(crate) accorde: &'static [&'static str],
    /// What is written when it was done in part.
    pub(crate) partiel: &'static [&'static str],
    /// What is written when it was refused.
    pub(crate) refuse: &'static [&'static str],
}

/// The subjects of a kind.
pub(crate) const fn sujets(sorte: Sorte) -> &'static [Sujet] {
    match sorte {
        Sorte::Contacter => &contacter::SUJETS,
        Sorte::Etude => &etude::SUJETS,
        Sorte::Difficulte => &difficulte::SUJETS,
        Sorte::RendezVous => &rendez_vous::SUJETS,
        Sorte::Document => &document::SUJETS,
    }
}

/// Why a demande of this kind is urgent.
pub(crate) const fn urgences(sorte: Sorte) -> &'static [&'static str] {
    match sorte {
        Sorte::Document => &document::URGENCES,
        Sorte::RendezVous => &rendez_vous::URGENCES,
        Sorte::Contacter | Sorte::Etude | Sorte::Difficulte => &etude::URGENCES,
    }
}

/// Puts the person where the text speaks of her or him: « {Qui} », « {qui} », « {elle} », and the « {e} » of an agreement.
pub(crate) fn say(texte: &str, civilite: Civilite) -> String {
    let (elle, e) = match civilite {
        Civilite::Madame => ("elle", "e"),
        Civilite::Monsieur => ("il", ""),
    };
    let qui = civilite.libelle();
    texte.replace("{Qui}", qui).replace("{qui}", &qui.to_lowercase()).replace("{elle}", elle).replace("{e}", e)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::garde::masque;

    fn all() -> impl Iterator<Item = &'static str> {
        let sujets = Sorte::TOUTES.into_iter().flat_map(sujets);
        let said = sujets.flat_map(|s| {
            let lists = [s.textes, s.accorde, s.partiel, s.refuse].into_iter().flatten().copied();
            lists.chain(s.echanges.iter().flat_map(|e| [e.0, e.1])).chain([s.objet])
        });
        let loops = COMPLEMENTS.iter().flat_map(|c| [c.demande, c.reponse]);
        let urgent = Sorte::TOUTES.into_iter().flat_map(urgences).copied();
        said.chain(loops).chain(urgent).chain(NOTES).chain(ATTENTES).chain(POINTS).chain(REOUVERTURES)
    }

    #[test]
    fn every_kind_has_subjects_whose_shares_make_a_hundred_and_every_outcome_its_words() {
        for sorte in Sorte::TOUTES {
            assert_eq!(sujets(sorte).iter().map(|s| s.part).sum::<usize>(), 100, "{sorte:?}");
            for s in sujets(sorte) {
                assert!(!s.accorde.is_empty() && !s.partiel.is_empty() && !s.refuse.is_empty(), "{s:?}");
                assert!(!s.textes.is_empty(), "{s:?}");
                assert!(s.accorde.iter().chain(s.partiel).chain(s.refuse).all(|t| !t.is_empty()), "{s:?}");
                assert_eq!(s.sous_type.is_none(), sorte == Sorte::Contacter, "{s:?}");
            }
        }
    }

    #[test]
    fn every_text_is_whole_french_typography_without_a_number_that_the_guard_takes_out() {
        for texte in all() {
            assert_eq!(masque(texte), texte);
            assert!(!texte.contains('\''), "{texte}");
            let said = say(texte, Civilite::Madame);
            assert!(!said.contains(['{', '}']), "{said}");
            assert!(texte.is_empty() || !texte.ends_with(char::is_whitespace), "{texte}");
        }
    }

    #[test]
    fn a_text_agrees_with_the_person() {
        let texte = "{Qui} est accompagné{e}, {elle} viendra.";
        assert_eq!(say(texte, Civilite::Madame), "Madame est accompagnée, elle viendra.");
        assert_eq!(say(texte, Civilite::Monsieur), "Monsieur est accompagné, il viendra.");
    }
}
