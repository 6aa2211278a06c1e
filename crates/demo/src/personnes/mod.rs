//! The personas: fictional people of seven caisses and six structures, and the conventions between them.

mod caisses;
mod structures;

use domain::compte::Profil;

pub(crate) use caisses::BUREAUX;
pub(crate) use structures::STRUCTURES;

/// How far a persona's compte goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Devenir {
    /// At work from the first day on.
    Reste,
    /// Left in the autumn: the gestionnaire closed the compte.
    Parti,
    /// Invited in the last days: the mail is not opened yet.
    Invite,
    /// Invited in the autumn: the mail was never opened, its link has expired.
    Oublie,
}

/// A persona.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Personne {
    pub(crate) prenom: &'static str,
    pub(crate) nom: &'static str,
    pub(crate) profil: Profil,
    /// Codes of the services of an agent.
    pub(crate) services: &'static [&'static str],
    pub(crate) fonction: &'static str,
    pub(crate) devenir: Devenir,
}

/// The desk of a caisse.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bureau {
    /// Slug of the caisse.
    pub(crate) caisse: &'static str,
    /// Domain of its addresses.
    pub(crate) domaine: &'static str,
    pub(crate) personnes: &'static [Personne],
}

/// The people of a structure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Structure {
    /// Domain of its addresses.
    pub(crate) domaine: &'static str,
    /// Slug of the caisse whose référent accredits its gestionnaires.
    pub(crate) caisse: &'static str,
    pub(crate) personnes: &'static [Personne],
}

/// A convention: who it binds, and its part in the year.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lien {
    /// Key of the convention.
    pub(crate) cle: &'static str,
    /// Slug of its caisse.
    pub(crate) caisse: &'static str,
    /// Place of its structure in [`STRUCTURES`].
    pub(crate) structure: usize,
    /// Département of residence that leads to this caisse.
    pub(crate) departement: &'static str,
    /// Its part in a hundred demandes of all.
    pub(crate) part: usize,
}

const fn l(
    cle: &'static str,
    (caisse, departement): (&'static str, &'static str),
    structure: usize,
    part: usize,
) -> Lien {
    Lien { cle, caisse, structure, departement, part }
}

/// The five conventions that were published, then the three that are fictional: two structures bound to a second caisse,
/// and a second member of a union.
pub(crate) static LIENS: [Lien; 8] = [
    l("000-tarn-et-garonne", ("tarn-et-garonne", "82"), 0, 24),
    l("001-var", ("var", "83"), 1, 11),
    l("002-moselle", ("moselle", "57"), 2, 22),
    l("003-hauts-de-seine", ("hauts-de-seine", "92"), 3, 14),
    l("004-rhone", ("rhone", "69"), 4, 12),
    l("010-fictive-meurthe-et-moselle", ("meurthe-et-moselle", "54"), 2, 7),
    l("011-fictive-isere", ("isere", "38"), 4, 4),
    l("012-fictive-union-69", ("rhone", "69"), 5, 6),
];

const fn p(prenom: &'static str, nom: &'static str, profil: Profil, fonction: &'static str) -> Personne {
    Personne { prenom, nom, profil, services: &[], fonction, devenir: Devenir::Reste }
}

/// The first account of the installation.
pub(crate) const NATIONAL: Personne =
    p("Ombeline", "Castaneix", Profil::AdministrateurNational, "Administratrice nationale");

#[cfg(test)]
mod tests {
    use super::*;
    use domain::demande::SERVICES;
    use std::collections::BTreeSet;

    #[test]
    fn every_service_that_receives_demandes_has_an_agent_at_every_caisse() {
        for bureau in &BUREAUX {
            for code in ["droits", "c2s", "ame", "action_sociale", "misas", "centre_examens"] {
                let there = bureau.personnes.iter().any(|p| p.profil == Profil::Agent && p.services.contains(&code));
                assert!(there, "{}: {code}", bureau.caisse);
            }
            let known = |code: &&str| SERVICES.iter().any(|s| s.code == *code);
            assert!(bureau.personnes.iter().flat_map(|p| p.services).all(known));
        }
    }

    #[test]
    fn nobody_has_the_name_of_somebody_else_and_the_parts_make_a_hundred() {
        let bureaux = BUREAUX.iter().flat_map(|b| b.personnes);
        let everybody: Vec<_> = bureaux.chain(STRUCTURES.iter().flat_map(|s| s.personnes)).collect();
        let names: BTreeSet<_> = everybody.iter().map(|p| (p.prenom, p.nom)).collect();
        assert_eq!(names.len(), everybody.len());
        assert_eq!(LIENS.iter().map(|l| l.part).sum::<usize>(), 100);
    }

    #[test]
    fn two_structures_have_two_caisses_and_two_members_of_one_union_have_the_same() {
        let of = |structure| LIENS.iter().filter(move |l| l.structure == structure).map(|l| l.caisse);
        assert_eq!(of(2).collect::<Vec<_>>(), ["moselle", "meurthe-et-moselle"]);
        assert_eq!(of(4).collect::<Vec<_>>(), ["rhone", "isere"]);
        assert_eq!(of(5).collect::<Vec<_>>(), ["rhone"]);
        for lien in &LIENS {
            assert!(BUREAUX.iter().any(|b| b.caisse == lien.caisse) && STRUCTURES.get(lien.structure).is_some());
        }
    }
}
