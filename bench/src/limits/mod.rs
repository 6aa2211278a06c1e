//! What this machine can do at all, measured in the same run: a bare answer, a durable commit, a password's hash.

mod argon;
mod bare;
mod commit;

pub use bare::serve as bare_server;

use crate::database::Base;
use crate::load::Mesures;
use crate::{Outcome, tell};
use std::time::Duration;

/// One limit at some connections, or at some at once.
pub struct Limite {
    /// Connections.
    pub connexions: usize,
    /// Bytes of the answer, where it has some.
    pub taille: Option<u64>,
    /// Waits.
    pub mesures: Mesures,
    /// How long it took.
    pub duree: Duration,
    /// Processor time of whoever answered; none where it is the load's own process.
    pub cpu: Option<Duration>,
}

/// All of them.
pub struct Limites {
    /// A bare axum answer, of the size of each journey's page.
    pub reponses: Vec<Limite>,
    /// A row inserted and committed durably.
    pub ecritures: Vec<Limite>,
    /// argon2 with our parameters.
    pub argon: Vec<Limite>,
}

/// Measures them; `sizes` are those of the journeys' answers, in bytes on the wire.
///
/// # Errors
/// When one cannot be measured.
pub async fn measure(base: &Base, sizes: &[u64], phase: Duration) -> Outcome<Limites> {
    tell("measuring the machine's limits");
    let short = phase.min(Duration::from_secs(2));
    Ok(Limites {
        reponses: bare::measure(sizes, short).await?,
        ecritures: commit::measure(base, short).await?,
        argon: argon::measure(short).await?,
    })
}
