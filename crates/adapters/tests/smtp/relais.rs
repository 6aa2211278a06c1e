//! The two relays of these tests.

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt};

const INSTALL: &str = "sudo apt-get install python3-aiosmtpd openssl";

/// The port of a relay that answers each command as SMTP does, except the commands of `answers`;
/// an empty answer is silence.
pub async fn scripted(answers: Vec<(&'static str, &'static str)>) -> u16 {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (read, mut write) = stream.into_split();
            let mut lines = tokio::io::BufReader::new(read).lines();
            write.write_all(b"220 relay\r\n").await.unwrap();
            while let Ok(Some(line)) = lines.next_line().await {
                let scripted = answers.iter().find(|(command, _)| line.starts_with(command));
                let answer = match scripted {
                    Some((_, "")) => continue,
                    Some((_, answer)) => answer,
                    None => "250 OK",
                };
                if write.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
                    break;
                }
            }
        }
    });
    port
}

/// aiosmtpd in a process of its own, which ends with this value, or with the test's process.
pub struct RelaisReel {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    certificate: tempfile::TempDir,
    /// Where it listens, on 127.0.0.1.
    pub port: u16,
}

impl RelaisReel {
    /// Starts it in mode `clear`, `starttls` or `tls`.
    pub fn start(mode: &str) -> Self {
        let certificate = tempfile::tempdir().unwrap();
        let mut command = Command::new("/usr/bin/python3");
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtp/serveur.py")).arg(mode);
        if mode != "clear" {
            certify(certificate.path());
            command.arg(certificate.path().join("cert.pem")).arg(certificate.path().join("key.pem"));
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.next().and_then(Result::ok).and_then(|line| line.parse().ok());
        let Some(port) = port else { panic!("no SMTP server; install it with: {INSTALL}") };
        Self { child, lines, certificate, port }
    }

    /// The next mail it took; waits for it.
    pub fn next_mail(&mut self) -> serde_json::Value {
        serde_json::from_str(&self.lines.next().unwrap().unwrap()).unwrap()
    }

    /// The certificate to trust.
    pub fn authority(&self) -> Vec<u8> {
        std::fs::read(self.certificate.path().join("cert.pem")).unwrap()
    }
}

impl Drop for RelaisReel {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A self-signed certificate for `localhost`, good for a day.
fn certify(folder: &std::path::Path) {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-nodes", "-days", "1", "-subj", "/CN=localhost", "-newkey", "ec"])
        .args(["-pkeyopt", "ec_paramgen_curve:P-256", "-keyout", "key.pem", "-out", "cert.pem"])
        .args(["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"])
        .current_dir(folder)
        .output();
    assert!(made.is_ok_and(|m| m.status.success()), "no certificate; install openssl with: {INSTALL}");
}
