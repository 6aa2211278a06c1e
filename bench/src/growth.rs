//! What a larger volume costs: J1, J2, J3 and J6 on SQLite, the same load on each volume.

use crate::database::Sorte;
use crate::journeys::{Parcours, Resultat};
use crate::measure::Site;
use crate::volume::Volume;
use crate::{Outcome, report};
use std::path::Path;
use std::time::Duration;

/// Journeys that must not grow with the volume.
const PARCOURS: [Parcours; 4] = [Parcours::File, Parcours::Fiche, Parcours::Recherche, Parcours::Depot];
const CONNEXIONS: usize = 8;

/// Measures each volume and prints the table.
///
/// # Errors
/// The first thing that does not work.
pub async fn run(program: &Path, volumes: &[usize], phase: Duration) -> Outcome<()> {
    let mut found: Vec<(usize, Vec<Resultat>)> = Vec::new();
    for nombre in volumes {
        let (site, volume) = Site::open(Sorte::Sqlite, Volume::drawn(*nombre, crate::now()), program).await?;
        let mut equipe = site.team().await?;
        let mut pioche = site.draws(&volume, &equipe);
        let mut phases = Vec::new();
        for parcours in PARCOURS {
            phases.push(site.phase((&mut equipe, &mut pioche), (parcours, CONNEXIONS), phase).await?);
        }
        found.push((*nombre, phases));
    }
    println!("{}", report::machine()?);
    println!("{}", report::growth(&mut found));
    Ok(())
}
