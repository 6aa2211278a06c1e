//! argon2 alone, as the product is set, with as many sign-ins in flight as the journey has connections.

use super::Limite;
use crate::Outcome;
use crate::fill::{ARGON2_KIO, MOT_DE_PASSE};
use crate::load::Mesures;
use adapters::mot_de_passe::Argon2Hasher;
use app::ports::PasswordHasher as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Measures 1, 8 and 32 in flight.
///
/// # Errors
/// When a password cannot be hashed.
pub async fn measure(duree: Duration) -> Outcome<Vec<Limite>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let hasher = Arc::new(Argon2Hasher::new(ARGON2_KIO, cores)?);
    let empreinte = hasher.hash(MOT_DE_PASSE.to_owned()).await?;
    let mut found = Vec::new();
    for connexions in [1, 8, 32] {
        let begun = Instant::now();
        let tasks = (0..connexions).map(|_| {
            let (hasher, empreinte) = (hasher.clone(), empreinte.clone());
            tokio::spawn(async move {
                let mut mesures = Mesures::default();
                while begun.elapsed() < duree {
                    let asked = Instant::now();
                    match hasher.verify(MOT_DE_PASSE.to_owned(), Some(empreinte.clone())).await {
                        Ok(_) => mesures.add(asked.elapsed(), 0),
                        Err(error) => mesures.fail(error.to_string()),
                    }
                }
                mesures
            })
        });
        let mut mesures = Mesures::default();
        for task in tasks.collect::<Vec<_>>() {
            mesures.extend(task.await?);
        }
        found.push(Limite { connexions, taille: None, mesures, duree: begun.elapsed(), cpu: None });
    }
    Ok(found)
}
