//! The commands, one file each. A command reads what it is given, calls a use case and prints what came of it.

mod admin;
mod config;
mod convention;
mod demo;
mod journal;
mod serve;

use std::io;

use crate::atelier::{Atelier, Lecture};
use crate::check;
use crate::cli::{AdminAction, Commande, ConfigAction, ConventionAction, JournalAction, Reglages};
use crate::config::{Config, load};
use crate::echec::Echec;
use crate::journaux;

/// Runs a command to its end.
///
/// # Errors
/// [`Echec`], whose text goes to standard error.
pub fn run(commande: Commande) -> Result<(), Echec> {
    match commande {
        Commande::Check { kind } => check::run(kind, io::stdin().lock(), io::stdout().lock()).or_else(|e| {
            if e.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(Echec::panne("vérification", e)) }
        }),
        Commande::Config { action: ConfigAction::Reference } => {
            print(&crate::config::reference());
            Ok(())
        }
        Commande::Config { action: ConfigAction::Check(reglages) } => config::check(&reglages),
        other => runtime()?.block_on(run_async(other)),
    }
}

async fn run_async(commande: Commande) -> Result<(), Echec> {
    match commande {
        Commande::Demo(options) => demo::run(options).await,
        Commande::Serve(reglages) => serve::run(&reglages).await,
        Commande::Worker(reglages) => serve::worker(&reglages).await,
        Commande::Migrate(reglages) => {
            open(&reglages).await?.close().await?;
            print("Les tables sont à jour.\n");
            Ok(())
        }
        Commande::Convention { action } => match action {
            ConventionAction::Import { files, dry_run, reglages } => {
                convention::import(&reglages, &files, dry_run).await
            }
            ConventionAction::Show { cle, reglages } => convention::show(&reglages, &cle).await,
            ConventionAction::Activate { cle, le, reglages } => convention::activate(&reglages, &cle, le).await,
            ConventionAction::Fonction { cle, fonction, sens, reglages } => {
                convention::switch(&reglages, &cle, (fonction, sens.ouvrir)).await
            }
        },
        Commande::Admin { action: AdminAction::Invite { courriel, nom, prenom, reglages } } => {
            admin::invite(&reglages, app::compte::Administrateur { nom, prenom, courriel }).await
        }
        Commande::Journal { action: JournalAction::Verify(reglages) } => journal::verify(&reglages).await,
        Commande::Check { .. } | Commande::Config { .. } => Ok(()),
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Echec> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|e| Echec::panne("démarrage", e))
}

/// The settings, with logging set up as they say.
fn settings(reglages: &Reglages) -> Result<Config, Echec> {
    let config = load(&reglages.flags, std::env::vars_os())?;
    journaux::init(config.journal_logs).map_err(|e| Echec::panne("journal technique", e))?;
    Ok(config)
}

/// For a command that only reads: on SQLite also beside a running server.
async fn read(reglages: &Reglages) -> Result<Lecture, Echec> {
    Lecture::of(settings(reglages)?).await
}

async fn open(reglages: &Reglages) -> Result<Atelier, Echec> {
    Atelier::of(settings(reglages)?).await
}

/// Standard output; a reader that went away is no failure.
fn print(text: &str) {
    use std::io::Write as _;
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
