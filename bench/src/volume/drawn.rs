//! The volume that is drawn: a seed for each demande, so that any of them can be drawn again by its place alone.

use super::names::{draw, one};
use super::{Demande, Ligne, Organisation, Personne};
use chrono::{DateTime, TimeDelta, Utc};
use domain::demande::Etat;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

const ORGANISATIONS: usize = 200;
const PERSONNES: usize = 2_000;
/// Persons of the caisse, who come first.
const CAISSE: usize = 80;
/// Days over which the demandes were filed: less than half a year, so that nothing is archived while it is measured.
const JOURS: i64 = 150;
/// A demande that waits for its partner waits less than the days of the first reminder.
const ATTENTE_H: i64 = 120;
const SEED: u64 = 0x4550;

const MOTS: [&str; 20] = [
    "droits",
    "attestation",
    "courrier",
    "dossier",
    "changement",
    "adresse",
    "renouvellement",
    "carte",
    "situation",
    "ressources",
    "conseil",
    "explication",
    "document",
    "famille",
    "travail",
    "rendez",
    "reprise",
    "soins",
    "mutuelle",
    "justificatif",
];

/// Structures and persons.
pub fn everybody() -> (Vec<Organisation>, Vec<Personne>) {
    let mut hasard = StdRng::seed_from_u64(SEED);
    let organisations = (0..ORGANISATIONS)
        .map(|n| Organisation { slug: format!("structure-{n:03}"), nom: format!("Centre social de Mesure {n:03}") });
    let personnes = (0..PERSONNES).map(|n| {
        let (prenom, nom) = draw(&mut hasard);
        Personne {
            identifiant: format!("personne.{n:04}"),
            courriel: format!("personne.{n:04}@mesure.example"),
            organisation: n.checked_sub(CAISSE).and_then(|n| n.checked_rem(ORGANISATIONS)),
            prenom,
            nom,
        }
    });
    (organisations.collect(), personnes.collect())
}

/// The demande of a place: 40 in 100 are open.
pub fn demande(personnes: &[Personne], organisations: usize, place: usize, present: DateTime<Utc>) -> Demande {
    let hasard = &mut StdRng::seed_from_u64(SEED.wrapping_mul(31).wrapping_add(place as u64));
    let techniciens = personnes.len().saturating_sub(CAISSE).max(1);
    let auteur = CAISSE + hasard.random_range(0..techniciens);
    let organisation = personnes.get(auteur).and_then(|p| p.organisation).unwrap_or(place % organisations.max(1));
    let agent = hasard.random_range(0..CAISSE);
    let etat = state(hasard.random_range(0..100));
    let (prenom, nom) = draw(hasard);
    let modifiee = present - age(hasard, etat);
    let creee = match etat {
        Etat::Transmise => modifiee,
        _ => modifiee - TimeDelta::minutes(hasard.random_range(60..20_000)),
    };
    let lignes = thread(hasard, (auteur, agent), (creee, modifiee), etat);
    let sujet = words(hasard, 4);
    Demande { organisation, auteur, agent: Some(agent), prenom, nom, sujet, etat, creee, modifiee, lignes }
}

fn state(cent: u32) -> Etat {
    match cent {
        0..20 => Etat::Transmise,
        20..32 => Etat::PriseEnCharge,
        32..36 => Etat::AttentePartenaire,
        36..40 => Etat::AttenteInterne,
        _ => Etat::Cloturee,
    }
}

fn age(hasard: &mut StdRng, etat: Etat) -> TimeDelta {
    match etat {
        Etat::AttentePartenaire => TimeDelta::minutes(hasard.random_range(60..ATTENTE_H * 60)),
        _ => TimeDelta::seconds(hasard.random_range(3_600..(JOURS - 15) * 86_400)),
    }
}

/// Three lines between filing and state; what is asked of the partner is the last one.
fn thread(
    hasard: &mut StdRng,
    (auteur, agent): (usize, usize),
    (creee, modifiee): (DateTime<Utc>, DateTime<Utc>),
    etat: Etat,
) -> Vec<Ligne> {
    let writers = if etat == Etat::AttentePartenaire { [auteur, auteur, agent] } else { [auteur, agent, auteur] };
    let step = (modifiee - creee) / 3;
    let line = |(n, auteur): (i32, usize)| {
        let le = if n == 2 { modifiee } else { creee + step * n };
        Ligne { auteur, le, texte: words(hasard, 25) }
    };
    (0..).zip(writers).map(line).collect()
}

/// So many words.
fn words(hasard: &mut StdRng, count: usize) -> String {
    (0..count).map(|_| one(hasard, &MOTS)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::volume::Volume;
    use domain::demande::Etat;

    #[test]
    fn forty_in_a_hundred_are_open_each_with_three_lines_and_the_same_when_drawn_again() {
        let volume = Volume::drawn(5_000, "2026-06-01T08:00:00Z".parse().unwrap());
        let all: Vec<_> = (0..volume.len()).map(|n| volume.demande(n).unwrap()).collect();
        let open = all.iter().filter(|d| d.etat.est_ouverte()).count();
        assert!((1_900..2_100).contains(&open), "{open}");
        assert!(all.iter().all(|d| d.lignes.len() == 3 && d.lignes.is_sorted_by_key(|l| l.le)));
        assert_eq!(volume.demande(4_321).unwrap(), all[4_321]);
        assert!(volume.demande(5_000).is_none());
    }

    #[test]
    fn whoever_files_belongs_to_the_structure_and_nothing_is_due_or_archived_yet() {
        let present = "2026-06-01T08:00:00Z".parse().unwrap();
        let volume = Volume::drawn(500, present);
        for demande in (0..500).filter_map(|n| volume.demande(n)) {
            assert_eq!(volume.personnes[demande.auteur].organisation, Some(demande.organisation));
            assert!(demande.creee <= demande.modifiee && demande.modifiee < present);
            assert!(present - demande.modifiee < chrono::TimeDelta::days(150));
            let waits = demande.etat == Etat::AttentePartenaire;
            assert!(!waits || present - demande.modifiee < chrono::TimeDelta::days(6));
        }
    }
}
