//! What each connection of a phase will do, drawn before the clock runs: ids over the whole volume, forms with their
//! tokens.

use super::session::Session;
use super::{Equipe, FORMULAIRE, Parcours, Travail};
use crate::Outcome;
use crate::fill::{Acces, Rempli};
use crate::load::Formulaire;
use crate::volume::{Volume, prefix};
use domain::compte::Profil;
use domain::ids::CompteId;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::collections::HashMap;

/// Words of the texts.
const MOTS: [&str; 8] = ["dossier", "courrier", "attestation", "famille", "adresse", "reprise", "conseil", "soins"];
/// Operations of one connection in a phase of reading, at most.
const LECTURES: usize = 20_000;

/// Where operations are drawn from. What can be done only once is taken out.
pub struct Pioche<'a> {
    volume: &'a Volume,
    references: &'a [String],
    en_charge: HashMap<CompteId, Vec<(String, i64)>>,
    entrants: Vec<String>,
    entres: usize,
    hasard: StdRng,
}

impl<'a> Pioche<'a> {
    /// Of a filled database; who is in the team does not sign in a second time.
    pub fn new(volume: &'a Volume, rempli: &'a Rempli, equipe: &Equipe) -> Self {
        let mut en_charge: HashMap<CompteId, Vec<(String, i64)>> = HashMap::new();
        for (agent, reference, version) in &rempli.ecrites.en_charge {
            en_charge.entry(*agent).or_default().push((reference.clone(), *version));
        }
        let known = |a: &&Acces| equipe.techniciens.iter().all(|s| s.acces.compte != a.compte);
        let entrants = rempli.acces.iter().filter(|a| a.profil == Profil::Technicien).filter(known);
        let entrants = entrants.map(|a| a.identifiant.clone()).collect();
        let references = &rempli.ecrites.references;
        Self { volume, references, en_charge, entrants, entres: 0, hasard: StdRng::seed_from_u64(99) }
    }

    fn reference(&mut self) -> String {
        let place = self.hasard.random_range(0..self.references.len().max(1));
        self.references.get(place).cloned().unwrap_or_default()
    }

    fn nom(&mut self) -> String {
        let place = self.hasard.random_range(0..self.volume.len().max(1));
        self.volume.demande(place).map(|d| prefix(&d.nom)).unwrap_or_default()
    }

    fn texte(&mut self, taille: usize) -> String {
        let mut texte = String::new();
        while texte.len() < taille {
            texte.push_str(MOTS.get(self.hasard.random_range(0..MOTS.len())).copied().unwrap_or_default());
            texte.push(' ');
        }
        texte.truncate(taille);
        // It ends with a letter: spaces at the end are not kept.
        texte.trim_end().to_owned() + "x"
    }

    /// The next one who signs in.
    pub fn entrant(&mut self) -> String {
        self.entres += 1;
        self.entrants.get(self.entres % self.entrants.len().max(1)).cloned().unwrap_or_default()
    }
}

/// What one connection does in a phase of so many connections.
///
/// # Errors
/// When a form cannot be fetched.
pub async fn works(
    pioche: &mut Pioche<'_>,
    session: &mut Session,
    (parcours, connexions): (Parcours, usize),
) -> Outcome<Vec<Travail>> {
    Ok(match parcours {
        Parcours::File => vec![Travail::Page("/file".to_owned()); LECTURES],
        Parcours::Accueil => vec![Travail::Page("/".to_owned()); LECTURES],
        Parcours::Fiche => {
            (0..LECTURES / connexions).map(|_| Travail::Page(format!("/demandes/{}", pioche.reference()))).collect()
        }
        Parcours::Recherche => (0..LECTURES / connexions).map(|_| Travail::Chercher(pioche.nom())).collect(),
        Parcours::Depot | Parcours::DepotPiece => {
            let piece = parcours == Parcours::DepotPiece;
            let most = if piece { 400 } else { 1_200 };
            let mut works = Vec::new();
            for _ in 0..(most / connexions).clamp(20, 400) {
                let page = session.visiteur.get(FORMULAIRE).await?.texte()?;
                works.push(Travail::Deposer { formulaire: Formulaire::of(&page)?, texte: pioche.texte(199), piece });
            }
            works
        }
        Parcours::Reponse => closings(pioche, session.acces.compte),
        Parcours::Connexion => (0..(600 / connexions).max(8)).map(|_| Travail::Entrer(pioche.entrant())).collect(),
    })
}

/// A third of what the agent has in charge: there are three phases.
fn closings(pioche: &mut Pioche<'_>, agent: CompteId) -> Vec<Travail> {
    let mine = pioche.en_charge.entry(agent).or_default();
    let taken = mine.len().div_ceil(3).min(400);
    let drawn: Vec<_> = mine.drain(..taken).collect();
    let close = |(reference, version)| Travail::Clore { reference, version, texte: pioche.texte(120) };
    drawn.into_iter().map(close).collect()
}
