//! The benchmark: fills a volume, starts the release server as its own process with production settings and measures over
//! HTTP what its users wait for, beside what this machine can do at all. Its database folder is thrown away.
//!
//! Lives here: the drawn or imported volume, the load and its journeys, the measures and their tables. May not live here:
//! a rule, or anything that the product needs.

mod database;
mod fill;
mod growth;
mod journeys;
mod limits;
mod load;
mod measure;
mod postgres;
mod proc;
mod relais;
mod report;
mod server;
mod truth;
mod volume;

use clap::{Parser, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

/// What may go wrong, in words for the terminal.
type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Which databases are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Bases {
    /// Embedded.
    Sqlite,
    /// A cluster of its own.
    Postgres,
    /// One after the other.
    Both,
}

/// Measures Espace Partenaires; the tables go to standard output, what happens meanwhile to standard error.
#[derive(Debug, Parser)]
#[command(name = "bench")]
struct Options {
    /// Which database.
    #[arg(long, value_enum, default_value = "sqlite")]
    database: Bases,
    /// How many demandes are drawn.
    #[arg(long, default_value_t = 100_000)]
    demandes: usize,
    /// Seconds of each phase, at most.
    #[arg(long, default_value_t = 5)]
    secondes: u64,
    /// Loads organisations.csv, users.csv, tickets.csv and messages.csv of this folder; nothing is drawn then.
    #[arg(long, value_name = "DIR")]
    import: Option<PathBuf>,
    /// Keeps the filled server running with known accounts, for another generator; measures nothing.
    #[arg(long)]
    serve: bool,
    /// Measures J1, J2, J3 and J6 at 10 000, 100 000 and 1 000 000 demandes on SQLite.
    #[arg(long)]
    growth: bool,
    /// Volumes of the growth.
    #[arg(long, value_delimiter = ',', default_value = "10000,100000,1000000", requires = "growth")]
    volumes: Vec<usize>,
    /// The server's program.
    #[arg(long, default_value = "target/release/espace-partenaires")]
    programme: PathBuf,
    /// Answers with this many bytes and does nothing else: the program starts itself so to measure a bare answer.
    #[arg(long, hide = true)]
    nue: Option<u16>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    // The load has one thread: it must leave the machine to the server.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let done = runtime.map_err(Into::into).and_then(|runtime| runtime.block_on(until_stopped(run(&options))));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whoever is stopped puts away what it started: the server, the cluster, the folders.
async fn until_stopped(run: impl Future<Output = Outcome<()>>) -> Outcome<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        biased;
        done = run => done,
        _ = terminate.recv() => Err("stopped".into()),
        _ = tokio::signal::ctrl_c() => Err("interrupted".into()),
    }
}

async fn run(options: &Options) -> Outcome<()> {
    if let Some(port) = options.nue {
        return limits::bare_server(port).await;
    }
    server::require(&options.programme)?;
    let phase = Duration::from_secs(options.secondes.max(1));
    if options.growth {
        return growth::run(&options.programme, &options.volumes, phase).await;
    }
    let bases: &[database::Sorte] = match options.database {
        Bases::Sqlite => &[database::Sorte::Sqlite],
        Bases::Postgres => &[database::Sorte::Postgres],
        Bases::Both => &[database::Sorte::Postgres, database::Sorte::Sqlite],
    };
    println!("{}", report::machine()?);
    for base in bases {
        let volume = match &options.import {
            Some(folder) => volume::import(folder)?,
            None => volume::Volume::drawn(options.demandes, now()),
        };
        let (site, volume) = measure::Site::open(*base, volume, &options.programme).await?;
        if options.serve {
            return site.serve(&volume).await;
        }
        let found = site.measure(&volume, phase).await?;
        println!("{}", report::tables(&found));
    }
    Ok(())
}

/// Now, in whole microseconds.
fn now() -> chrono::DateTime<chrono::Utc> {
    use app::ports::Clock as _;
    adapters::horloge::SystemClock.now()
}

/// Says on standard error what is being done.
fn tell(what: &str) {
    eprintln!("bench: {what}");
}
