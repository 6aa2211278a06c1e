//! Binary `espace-partenaires`: reads its command line and runs one command; everything else is in the library.

use std::process::ExitCode;

use server::cli::{Lecture, read};
use server::commandes;

/// A request makes and drops thousands of small pieces: the system's allocator took a seventh of its time.
#[global_allocator]
static MEMOIRE: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match read(std::env::args_os()) {
        Lecture::Aide(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Lecture::Refus(text) => {
            eprint!("{text}");
            ExitCode::from(2)
        }
        Lecture::Commande(commande) => match commandes::run(*commande) {
            Ok(()) => ExitCode::SUCCESS,
            Err(echec) => {
                eprintln!("{}", echec.message());
                ExitCode::from(echec.code())
            }
        },
    }
}
