//! The processes: one chromedriver on a port of its own and the Chromium it starts, both gone with the value.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// What to type on Debian when Chromium is missing.
pub const INSTALL: &str = "sudo apt-get install chromium chromium-driver";

/// chromedriver, the profile folder of the Chromium it starts, and their end.
pub(crate) struct Driver {
    child: Child,
    profile: TempDir,
    pub(crate) port: u16,
    pub(crate) chromium: PathBuf,
}

impl Driver {
    pub(crate) fn start() -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let [chromium, chromedriver] =
            ["chromium", "chromedriver"].map(|program| find(program, &path).unwrap_or_else(|e| panic!("{e}")));
        let profile = tempfile::Builder::new().prefix("chromium-").tempdir().expect("a temporary folder");
        let mut child = Command::new(chromedriver)
            // Chromium leaves folders of its own behind when it is killed: here they go with the profile.
            .env("TMPDIR", profile.path())
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let stdout = BufReader::new(child.stdout.take().expect("a piped output"));
        let port = stdout.lines().map_while(Result::ok).find_map(|line| announced_port(&line));
        let Some(port) = port else {
            let _ = child.kill();
            panic!("chromedriver ended without saying its port; is it whole? {INSTALL}")
        };
        Self { child, profile, port, chromium }
    }

    pub(crate) fn profile(&self) -> &Path {
        self.profile.path()
    }
}

impl Drop for Driver {
    /// chromedriver killed alone would leave its Chromium behind, so those that use our profile folder go first.
    fn drop(&mut self) {
        for pid in using(self.profile.path()) {
            let _ = Command::new("kill").args(["-KILL", &pid.to_string()]).stderr(Stdio::null()).status();
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn announced_port(line: &str) -> Option<u16> {
    line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok()
}

/// The program's full path, or what to install.
fn find(program: &str, path: &OsStr) -> Result<PathBuf, String> {
    std::env::split_paths(path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
        .ok_or_else(|| format!("{program} is missing; install it with: {INSTALL}"))
}

/// Processes whose command line names this folder.
pub(crate) fn using(folder: &Path) -> Vec<u32> {
    let folder = folder.to_string_lossy();
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|entry| {
            let pid = entry.file_name().to_str()?.parse().ok()?;
            let command = std::fs::read(entry.path().join("cmdline")).ok()?;
            String::from_utf8_lossy(&command).contains(&*folder).then_some(pid)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_chromium_is_an_error_that_says_what_to_install() {
        let empty = tempfile::tempdir().unwrap();
        let error = find("chromium", empty.path().as_os_str()).unwrap_err();
        assert_eq!(error, "chromium is missing; install it with: sudo apt-get install chromium chromium-driver");
    }

    #[test]
    fn the_port_is_read_from_the_line_that_announces_it() {
        assert_eq!(announced_port("ChromeDriver was started successfully on port 40123."), Some(40123));
        assert_eq!(announced_port("Starting ChromeDriver 120.0.1 on port 0"), None);
    }
}
