//! A run on one database: filled, served, measured.

use crate::database::{Base, Sorte};
use crate::fill::{self, Acces, Rempli};
use crate::journeys::{Equipe, Parcours, Phase, Pioche, Resultat, Session, Travail, storm, works};
use crate::limits::{self, Limites};
use crate::load::{Formulaire, Mesures, Visiteur};
use crate::proc::{self, Memory};
use crate::server::Serveur;
use crate::volume::Volume;
use crate::{Outcome, tell};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use store::Store;

/// Connections of the phases.
const CONNEXIONS: [usize; 3] = [1, 8, 32];
/// Connections of the storm of sign-ins, and of those who work meanwhile.
const ORAGE: usize = 32;
const AU_TRAVAIL: usize = 8;

/// A filled database that is served.
pub struct Site {
    base: Base,
    serveur: Serveur,
    rempli: Rempli,
    lecture: Store,
    volume: usize,
}

/// Everything that a run found.
pub struct Trouve {
    /// On which database.
    pub sorte: Sorte,
    /// How many demandes there were.
    pub demandes: usize,
    /// How long they took to be written.
    pub remplissage: Duration,
    /// From the start of the server to its first answer.
    pub depart: Duration,
    /// Every phase.
    pub phases: Vec<Resultat>,
    /// J1 to J3 during the storm.
    pub orage: Vec<Resultat>,
    /// The storm's own sign-ins.
    pub entrees: Mesures,
    /// Memory of the server, and of the database's processes, after everything.
    pub memoire: (Memory, Option<Memory>),
    /// What the machine can do.
    pub limites: Limites,
}

impl Site {
    /// Fills a database and starts the server on it.
    ///
    /// # Errors
    /// The first thing that does not work.
    pub async fn open(sorte: Sorte, volume: Volume, program: &Path) -> Outcome<(Self, Volume)> {
        let base = Base::new(sorte)?;
        tell(&format!("filling {} with {} demandes", sorte.nom(), volume.len()));
        let rempli = fill::fill(base.to_fill().await?, &volume, crate::now()).await?;
        let rate = f64::from(u32::try_from(volume.len()).unwrap_or(u32::MAX)) / rempli.duree.as_secs_f64().max(0.001);
        tell(&format!("filled in {:.1} s, {rate:.0} demandes a second", rempli.duree.as_secs_f64()));
        base.settle().await?;
        let relais = crate::relais::start().await?;
        let serveur = Serveur::start(program, &base, relais).await?;
        tell(&format!("first answer after {} ms", serveur.depart.as_millis()));
        let lecture = base.to_read().await?;
        let demandes = volume.len();
        Ok((Self { base, serveur, rempli, lecture, volume: demandes }, volume))
    }

    /// Says how to sign in and waits for the end of the server.
    ///
    /// # Errors
    /// When the terminal goes away.
    pub async fn serve(self, volume: &Volume) -> Outcome<()> {
        println!("url = \"http://localhost:{}\"", self.serveur.port);
        println!("password = \"{}\"", fill::MOT_DE_PASSE);
        println!("demandes = {}", volume.len());
        println!("\n# login, profile, seed of the second factor (base 32, 6 digits, 30 s)");
        for acces in &self.rempli.acces {
            println!("{},{},{}", acces.identifiant, acces.profil.code(), acces.secret);
        }
        tell("serving until interrupted");
        Ok(tokio::signal::ctrl_c().await?)
    }

    /// Runs every phase.
    ///
    /// # Errors
    /// When a sign-in fails or a task breaks; failures of operations are counted instead.
    pub async fn measure(self, volume: &Volume, phase: Duration) -> Outcome<Trouve> {
        let mut equipe = self.team().await?;
        let mut pioche = Pioche::new(volume, &self.rempli, &equipe);
        let mut phases = Vec::new();
        for parcours in Parcours::TOUS {
            for connexions in CONNEXIONS {
                phases.push(self.phase((&mut equipe, &mut pioche), (parcours, connexions), phase).await?);
            }
        }
        let (orage, entrees) = self.storm((&mut equipe, &mut pioche), phase).await?;
        let base = self.base.cluster.as_ref().map(|cluster| proc::memory(cluster.pid(), true));
        let memoire = (proc::memory(self.serveur.pid(), false), base);
        let sizes: Vec<u64> = phases.iter().filter(|p| p.connexions == 8).map(|p| p.mesures.size()).collect();
        let limites = limits::measure(&self.base, &sizes, phase).await?;
        Ok(Trouve {
            sorte: self.base.sorte,
            demandes: self.volume,
            remplissage: self.rempli.duree,
            depart: self.serveur.depart,
            phases,
            orage,
            entrees,
            memoire,
            limites,
        })
    }

    /// Signs everybody in.
    ///
    /// # Errors
    /// When a sign-in fails.
    pub async fn team(&self) -> Outcome<Equipe> {
        tell("signing in");
        let charge = |a: &Acces| self.rempli.ecrites.en_charge.iter().filter(|(agent, ..)| *agent == a.compte).count();
        Equipe::enter(self.serveur.port, &self.rempli.acces, ORAGE, charge).await
    }

    /// Where operations are drawn from.
    pub fn draws<'a>(&'a self, volume: &'a Volume, equipe: &Equipe) -> Pioche<'a> {
        Pioche::new(volume, &self.rempli, equipe)
    }

    /// Prepares, runs and compares one phase.
    ///
    /// # Errors
    /// When a form cannot be fetched or a task breaks.
    pub async fn phase(
        &self,
        (equipe, pioche): (&mut Equipe, &mut Pioche<'_>),
        (parcours, connexions): (Parcours, usize),
        duree: Duration,
    ) -> Outcome<Resultat> {
        let ready = self.ready((equipe, pioche), (parcours, connexions)).await?;
        let base = self.base.cluster.as_ref().map(crate::postgres::Cluster::pid);
        let mut found = ready.run(duree, (self.serveur.pid(), base)).await?;
        for seen in std::mem::take(&mut found.echantillons) {
            if let Err(error) = crate::truth::compare(&self.lecture, &self.rempli.cadre, &seen).await {
                found.mesures.fail(error.to_string());
            }
        }
        let waited = found.mesures.percentile(50);
        let count = found.mesures.count();
        tell(&format!("{} × {connexions}: {count} operations, p50 {waited:.1?}", parcours.libelle()));
        if let Some(first) = &found.mesures.premiere {
            tell(&format!("{} failures, the first: {first}", found.mesures.erreurs));
        }
        Ok(found)
    }

    async fn ready(
        &self,
        (equipe, pioche): (&mut Equipe, &mut Pioche<'_>),
        (parcours, connexions): (Parcours, usize),
    ) -> Outcome<Phase> {
        let mut phase = Phase::new(parcours);
        let sessions: &mut [Session] = match parcours {
            Parcours::File | Parcours::Reponse => &mut equipe.agents,
            Parcours::Fiche | Parcours::Recherche => &mut equipe.superviseurs,
            _ => &mut equipe.techniciens,
        };
        for session in sessions.iter_mut().take(connexions) {
            let travaux = works(pioche, session, (parcours, connexions)).await?;
            let (visiteur, jeton) = match parcours {
                Parcours::Connexion => self.stranger().await?,
                _ => (session.visiteur.again().await?, session.jeton.clone()),
            };
            phase.add((session.acces.clone(), jeton), visiteur, travaux);
        }
        Ok(phase)
    }

    /// Somebody who is not signed in, with the sign-in page's form.
    async fn stranger(&self) -> Outcome<(Visiteur, Formulaire)> {
        let mut visiteur = Visiteur::open(self.serveur.port, 0).await?;
        let jeton = Formulaire::of(&visiteur.get("/connexion").await?.texte()?)?;
        Ok((visiteur, jeton))
    }

    /// J1 to J3 while 32 others sign in again and again.
    async fn storm(
        &self,
        (equipe, pioche): (&mut Equipe, &mut Pioche<'_>),
        duree: Duration,
    ) -> Outcome<(Vec<Resultat>, Mesures)> {
        let (mut found, mut entrees) = (Vec::new(), Mesures::default());
        for parcours in [Parcours::File, Parcours::Fiche, Parcours::Depot] {
            let mut postes = Vec::new();
            for _ in 0..ORAGE {
                let (visiteur, jeton) = self.stranger().await?;
                let travaux = (0..60).map(|_| Travail::Entrer(pioche.entrant())).collect();
                postes.push((visiteur, jeton, travaux));
            }
            let ready = self.ready((equipe, pioche), (parcours, AU_TRAVAIL)).await?;
            let stop = Arc::new(AtomicBool::new(false));
            let storm = storm(postes, &stop);
            let base = self.base.cluster.as_ref().map(crate::postgres::Cluster::pid);
            let mut mine = ready.run(duree, (self.serveur.pid(), base)).await?;
            stop.store(true, Ordering::Relaxed);
            for task in storm {
                entrees.extend(task.await?);
            }
            let p99 = mine.mesures.percentile(99);
            tell(&format!("{} × {AU_TRAVAIL} during the storm: p99 {p99:.1?}", parcours.libelle()));
            found.push(mine);
        }
        Ok((found, entrees))
    }
}
