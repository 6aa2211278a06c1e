//! The binary as a process that serves, and that can be killed.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest a start may take on a busy machine.
const START: Duration = Duration::from_secs(60);

/// A port of loopback that nobody uses now.
pub fn port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

/// The command with these words, in a folder, without any setting from outside.
pub fn commande(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_espace-partenaires"));
    command.current_dir(folder).args(words);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("ESPACE_PARTENAIRES_") {
            command.env_remove(name);
        }
    }
    command
}

/// A server that ends with this value.
pub struct Serveur {
    child: Child,
}

impl Serveur {
    /// Starts it in a folder, its logs added to the file `journal.log` there; returns when it answers on its port.
    pub async fn start(folder: &Path, words: &[&str], port: u16) -> Self {
        let log = || std::fs::File::options().create(true).append(true).open(folder.join("journal.log")).unwrap();
        let mut command = commande(folder, words);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log()).spawn().unwrap();
        let mut serveur = Self { child };
        let begun = Instant::now();
        // The socket is open before the data is: a connection waits in the queue until the server takes it.
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if let Some(status) = serveur.child.try_wait().unwrap() {
                panic!("ended with {status}: {}", std::fs::read_to_string(folder.join("journal.log")).unwrap());
            }
            assert!(begun.elapsed() < START, "not there after {START:?}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        serveur
    }

    /// SIGKILL: nothing of the process runs any more when this returns.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Serveur {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
