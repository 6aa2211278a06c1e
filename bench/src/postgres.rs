//! A cluster of PostgreSQL of our own, in a folder that is removed, reached by its socket alone, with durable commits.

use crate::Outcome;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a start may take.
const START: Duration = Duration::from_secs(20);

/// A running cluster; stopped when dropped.
pub struct Cluster {
    folder: TempDir,
    child: Child,
}

impl Cluster {
    /// Makes and starts one. As root it runs as `postgres` or, where there is no such user, as `nobody`.
    ///
    /// # Errors
    /// When PostgreSQL is not installed, or does not start.
    pub fn start() -> Outcome<Self> {
        let bin =
            newest(Path::new("/usr/lib/postgresql")).ok_or("PostgreSQL is missing: apt-get install postgresql")?;
        // Short: the path of a socket has 107 bytes.
        let folder = TempDir::with_prefix_in("ep-pg-", "/tmp")?;
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755))?;
        let user = unprivileged();
        if let Some(user) = &user {
            run(Command::new("chown").arg(user).arg(folder.path()))?;
        }
        let data = folder.path().join("data");
        let mut initdb = as_user(user.as_deref(), &bin.join("initdb"));
        initdb.arg("-D").arg(&data).args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8"]);
        run(initdb.current_dir(folder.path()))?;
        let mut postgres = as_user(user.as_deref(), &bin.join("postgres"));
        postgres.arg("-D").arg(&data).arg("-k").arg(folder.path());
        postgres.args(["-c", "listen_addresses=", "-c", "fsync=on", "-c", "max_connections=100"]);
        let child = postgres.current_dir(folder.path()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let cluster = Self { folder, child };
        cluster.wait(&bin)?;
        Ok(cluster)
    }

    fn wait(&self, bin: &Path) -> Outcome<()> {
        let begun = Instant::now();
        while begun.elapsed() < START {
            let mut ready = Command::new(bin.join("pg_isready"));
            ready.args(["-q", "-U", "postgres", "-h"]).arg(self.folder.path());
            if ready.status()?.success() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err("PostgreSQL did not start".into())
    }

    /// Address of its database.
    pub fn url(&self) -> String {
        format!("postgres://postgres@localhost/postgres?host={}", self.folder.path().display())
    }

    /// The process that starts all others.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGINT drops the clients and leaves whole files; nobody reads them, but the shared memory is given back.
        let _ = Command::new("kill").arg("-INT").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

fn run(command: &mut Command) -> Outcome<()> {
    let out = command.stdout(Stdio::null()).stderr(Stdio::piped()).output()?;
    if out.status.success() {
        return Ok(());
    }
    Err(format!("{:?}: {}", command.get_program(), String::from_utf8_lossy(&out.stderr).trim()).into())
}

/// The newest version's programs, which Debian keeps out of PATH.
fn newest(folder: &Path) -> Option<PathBuf> {
    let versions = std::fs::read_dir(folder).ok()?.filter_map(|entry| {
        let entry = entry.ok()?;
        Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin")))
    });
    versions.filter(|(_, bin)| bin.join("initdb").is_file()).max().map(|(_, bin)| bin)
}

/// PostgreSQL refuses to run as root.
fn unprivileged() -> Option<String> {
    let said = |args: &[&str]| {
        let out = Command::new("id").args(args).output().ok().filter(|out| out.status.success())?;
        Some(String::from_utf8_lossy(&out.stdout).trim().to_owned())
    };
    (said(&["-u"])? == "0").then(|| said(&["-un", "postgres"]).unwrap_or_else(|| "nobody".to_owned()))
}

/// setpriv, unlike su, becomes the program and keeps its pid.
fn as_user(user: Option<&str>, program: &Path) -> Command {
    let Some(user) = user else { return Command::new(program) };
    let mut command = Command::new("setpriv");
    command.args(["--reuid", user, "--regid"]).arg(group(user)).args(["--clear-groups", "--"]).arg(program);
    command
}

fn group(user: &str) -> String {
    let out = Command::new("id").args(["-gn", user]).output();
    out.map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned()).unwrap_or_else(|_| user.to_owned())
}
