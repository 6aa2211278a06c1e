//! A phase: some connections, each waiting for its answer before it goes on, for some seconds at most.

use super::{Parcours, Travail, perform};
use crate::Outcome;
use crate::fill::Acces;
use crate::load::{Formulaire, Mesures, Visiteur};
use crate::proc::Cpu;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// One answer in so many is compared with the database.
const COMPARE: usize = 100;

/// An answer to be compared.
pub struct Echantillon {
    /// Who asked.
    pub acces: Acces,
    /// What was asked.
    pub travail: Travail,
    /// Where the page was found.
    pub path: String,
    /// The page.
    pub texte: String,
}

/// A connection with what it does.
pub struct Poste {
    acces: Acces,
    visiteur: Visiteur,
    jeton: Formulaire,
    travaux: Vec<Travail>,
}

/// A phase that is ready.
pub struct Phase {
    parcours: Parcours,
    postes: Vec<Poste>,
}

/// What came of a phase.
pub struct Resultat {
    /// Which journey.
    pub parcours: Parcours,
    /// How many connections.
    pub connexions: usize,
    /// Waits and failures.
    pub mesures: Mesures,
    /// How long it took.
    pub duree: Duration,
    /// Processor time of the server.
    pub cpu_serveur: Duration,
    /// Of the database's processes; none on SQLite.
    pub cpu_base: Option<Duration>,
    /// Of the load itself.
    pub cpu_charge: Duration,
    /// Answers to be compared.
    pub echantillons: Vec<Echantillon>,
}

impl Phase {
    /// An empty one.
    pub const fn new(parcours: Parcours) -> Self {
        Self { parcours, postes: Vec::new() }
    }

    /// Adds a connection.
    pub fn add(&mut self, (acces, jeton): (Acces, Formulaire), visiteur: Visiteur, travaux: Vec<Travail>) {
        self.postes.push(Poste { acces, visiteur, jeton, travaux });
    }

    /// Runs it; `server` and `base` are the processes whose time is counted.
    ///
    /// # Errors
    /// When a task breaks.
    pub async fn run(self, duree: Duration, (server, base): (u32, Option<u32>)) -> Outcome<Resultat> {
        let (parcours, connexions) = (self.parcours, self.postes.len());
        let ticks = crate::proc::ticks_per_second()?;
        let look = || (Cpu::of(server, false), base.map(|pid| Cpu::of(pid, true)), Cpu::of(std::process::id(), false));
        let before = look();
        let begun = Instant::now();
        let end = begun + duree;
        let tasks: Vec<_> = self.postes.into_iter().zip(0..).map(|(p, n)| tokio::spawn(work(p, n, end))).collect();
        let (mut mesures, mut echantillons) = (Mesures::default(), Vec::new());
        for task in tasks {
            let (mine, seen) = task.await?;
            mesures.extend(mine);
            echantillons.extend(seen);
        }
        let duree = begun.elapsed();
        let after = look();
        let cpu_base = after.1.zip(before.1).map(|(after, before)| after.since(&before, ticks));
        Ok(Resultat {
            parcours,
            connexions,
            mesures,
            duree,
            cpu_serveur: after.0.since(&before.0, ticks),
            cpu_base,
            cpu_charge: after.2.since(&before.2, ticks),
            echantillons,
        })
    }
}

async fn work(poste: Poste, numero: u64, end: Instant) -> (Mesures, Vec<Echantillon>) {
    let Poste { acces, mut visiteur, jeton, travaux } = poste;
    let mut hasard = StdRng::seed_from_u64(numero);
    let (mut mesures, mut echantillons) = (Mesures::default(), Vec::new());
    for (rang, travail) in (usize::try_from(numero).unwrap_or(0)..).zip(travaux) {
        if Instant::now() >= end {
            break;
        }
        if matches!(travail, Travail::Entrer(_)) {
            visiteur.moves(rang * 64 + usize::try_from(numero).unwrap_or(0));
        }
        match perform(&mut visiteur, &travail, (&jeton, &mut hasard)).await {
            Ok((waited, answer)) => {
                mesures.add(waited, answer.taille());
                if rang % COMPARE == 0 && !matches!(travail, Travail::Entrer(_)) {
                    match answer.texte() {
                        Ok(texte) => {
                            echantillons.push(Echantillon { acces: acces.clone(), travail, path: answer.path, texte });
                        }
                        Err(error) => mesures.fail(error.to_string()),
                    }
                }
            }
            Err(error) => mesures.fail(error.to_string()),
        }
    }
    (mesures, echantillons)
}

/// Sign-ins on so many connections until they are told to stop; gives how many there were.
pub fn storm(
    postes: Vec<(Visiteur, Formulaire, Vec<Travail>)>,
    stop: &Arc<AtomicBool>,
) -> Vec<tokio::task::JoinHandle<Mesures>> {
    let tasks = postes.into_iter().zip(0..).map(|((mut visiteur, jeton, travaux), numero)| {
        let stop = stop.clone();
        tokio::spawn(async move {
            let (mut mesures, mut hasard) = (Mesures::default(), StdRng::seed_from_u64(numero));
            for (rang, travail) in travaux.into_iter().enumerate() {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                visiteur.moves(10_000 + rang * 64 + usize::try_from(numero).unwrap_or(0));
                match perform(&mut visiteur, &travail, (&jeton, &mut hasard)).await {
                    Ok((waited, answer)) => mesures.add(waited, answer.taille()),
                    Err(error) => mesures.fail(error.to_string()),
                }
            }
            mesures
        })
    });
    tasks.collect()
}
