//! From an empty database to the whole volume: conventions through the import that a real installation has, comptes through
//! the store, demandes in bulk. The journal holds the rows of the imports alone: no act of the past is told there.

mod comptes;
mod conventions;
mod demandes;
mod installation;
mod tirage;

pub use comptes::{Acces, MOT_DE_PASSE};
pub use demandes::Ecrites;
pub use installation::ARGON2_KIO;

use crate::Outcome;
use crate::volume::Volume;
use chrono::{DateTime, Utc};
use domain::ids::{CaisseId, ConventionId, PartenaireId, ServiceId};
use installation::Installation;
use std::time::{Duration, Instant};
use store::Store;

/// Slug of the caisse where everything is filed, so that its desk searches the whole volume.
const CAISSE: &str = "meurthe-et-moselle";

/// A structure with its convention.
#[derive(Clone, Copy, Debug)]
pub struct Lien {
    /// The structure.
    pub partenaire: PartenaireId,
    /// Its convention with the caisse.
    pub convention: ConventionId,
}

/// What the rows refer to.
#[derive(Clone, Debug)]
pub struct Cadre {
    /// The caisse.
    pub caisse: CaisseId,
    /// Its services: code, id, name, delay in jours ouvrés.
    pub services: Vec<(String, ServiceId, String, u32)>,
    /// Structures, in the order of the volume.
    pub liens: Vec<Lien>,
}

impl Cadre {
    /// The id of a service.
    ///
    /// # Errors
    /// When the caisse has none of that code.
    pub fn service(&self, code: &str) -> Outcome<&(String, ServiceId, String, u32)> {
        Ok(self.services.iter().find(|s| s.0 == code).ok_or_else(|| format!("no service {code}"))?)
    }
}

/// The filled database, as the load needs it.
pub struct Rempli {
    /// What the rows refer to.
    pub cadre: Cadre,
    /// Who may sign in, in the order of the volume.
    pub acces: Vec<Acces>,
    /// The demandes.
    pub ecrites: Ecrites,
    /// How long it took to write the demandes.
    pub duree: Duration,
}

/// Fills and closes.
///
/// # Errors
/// The first thing that could not be written; the database is to be thrown away then.
pub async fn fill(store: Store, volume: &Volume, present: DateTime<Utc>) -> Outcome<Rempli> {
    let installation = Installation::on(store)?;
    let cadre = conventions::install(&installation.ctx, volume, present).await?;
    let acces = comptes::open(&installation.ctx, volume, &cadre, present).await?;
    let begun = Instant::now();
    let ecrites = demandes::write(&installation.ctx.store, volume, (&cadre, &acces)).await?;
    let duree = begun.elapsed();
    installation.close().await?;
    Ok(Rempli { cadre, acces, ecrites, duree })
}
