//! ClamAV through the socket of its daemon: one INSTREAM command per file. Nothing of a file is written to the log.

use app::ports::{Constat, ScannerAway, VirusScanner};
use async_trait::async_trait;
use std::path::PathBuf;
use std::time::Duration;

/// No scanner: files wait.
pub struct SansAntivirus;

#[async_trait]
impl VirusScanner for SansAntivirus {
    fn est_branche(&self) -> bool {
        false
    }

    async fn scan(&self, _: &[u8]) -> Result<Constat, ScannerAway> {
        Err(ScannerAway("none is configured".to_owned()))
    }
}

/// Bytes sent at once; the daemon reads the length of each piece first.
#[cfg(unix)]
const PIECE: usize = 64 * 1024;
/// Greatest file sent; what we keep is far below, and the daemon has a limit of its own.
const MOST: usize = 100 * 1024 * 1024;
/// Longest answer read.
#[cfg(unix)]
const ANSWER: u64 = 4096;

/// The daemon behind a socket. It must run with `AlertExceedsMax` and `AlertEncrypted`: without them it answers « OK » for
/// a file over its limits, or one it has no password for, and nothing in the answer tells.
pub struct Clamd {
    /// Path of its socket.
    pub socket: PathBuf,
    /// Longest whole exchange, analysis included.
    pub delai: Duration,
}

impl Clamd {
    /// Asks the daemon whether it is there.
    ///
    /// # Errors
    /// [`ScannerAway`].
    pub async fn ping(&self) -> Result<(), ScannerAway> {
        match self.ask(b"zPING\0", None).await?.as_str() {
            "PONG" => Ok(()),
            other => Err(ScannerAway(format!("unexpected answer to PING: {other}"))),
        }
    }

    async fn ask(&self, command: &[u8], octets: Option<&[u8]>) -> Result<String, ScannerAway> {
        match tokio::time::timeout(self.delai, self.exchange(command, octets)).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(ScannerAway(error.to_string())),
            Err(_) => Err(ScannerAway(format!("no answer within {} s", self.delai.as_secs()))),
        }
    }

    #[cfg(unix)]
    async fn exchange(&self, command: &[u8], octets: Option<&[u8]>) -> std::io::Result<String> {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let mut socket = tokio::net::UnixStream::connect(&self.socket).await?;
        socket.write_all(command).await?;
        let sent = match octets {
            Some(octets) => stream(&mut socket, octets).await,
            None => Ok(()),
        };
        let mut answer = Vec::new();
        let read = socket.take(ANSWER).read_to_end(&mut answer).await;
        // A daemon that refuses the size answers and closes before it has read everything: its answer counts.
        if answer.is_empty() {
            sent?;
            read?;
            return Err(std::io::Error::other("closed without an answer"));
        }
        let text = String::from_utf8_lossy(&answer);
        Ok(text.trim_matches(['\0', '\n', ' ']).to_owned())
    }

    #[cfg(not(unix))]
    async fn exchange(&self, _: &[u8], _: Option<&[u8]>) -> std::io::Result<String> {
        Err(std::io::Error::other("sockets of this kind exist on Unix only"))
    }
}

#[cfg(unix)]
async fn stream(socket: &mut tokio::net::UnixStream, octets: &[u8]) -> std::io::Result<()> {
    use tokio::io::AsyncWriteExt as _;
    for piece in octets.chunks(PIECE) {
        let length = u32::try_from(piece.len()).map_err(std::io::Error::other)?;
        socket.write_all(&length.to_be_bytes()).await?;
        socket.write_all(piece).await?;
    }
    socket.write_all(&[0; 4]).await
}

#[async_trait]
impl VirusScanner for Clamd {
    fn est_branche(&self) -> bool {
        true
    }

    async fn scan(&self, octets: &[u8]) -> Result<Constat, ScannerAway> {
        if octets.len() > MOST {
            return Ok(Constat::Illisible("over the size that is sent".to_owned()));
        }
        verdict(&self.ask(b"zINSTREAM\0", Some(octets)).await?)
    }
}

/// Reads the daemon's answer. « Found » also says that it gave up looking; an error of its own is no verdict.
fn verdict(answer: &str) -> Result<Constat, ScannerAway> {
    let said = answer.strip_prefix("stream:").unwrap_or(answer).trim();
    if said == "OK" {
        return Ok(Constat::Sain);
    }
    if let Some(name) = said.strip_suffix("FOUND") {
        let name = name.trim();
        let unread = name.starts_with("Heuristics.Limits.Exceeded") || name.starts_with("Heuristics.Encrypted");
        return Ok(if unread { Constat::Illisible(name.to_owned()) } else { Constat::Infecte(name.to_owned()) });
    }
    if said.contains("size limit exceeded") {
        return Ok(Constat::Illisible(said.to_owned()));
    }
    Err(ScannerAway(format!("unexpected answer: {}", said.chars().take(100).collect::<String>())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_of_the_daemon_is_read() {
        assert_eq!(verdict("stream: OK").unwrap(), Constat::Sain);
        assert_eq!(verdict("stream: Win.Test.X FOUND").unwrap(), Constat::Infecte("Win.Test.X".to_owned()));
        for unread in [
            "stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND",
            "stream: Heuristics.Encrypted.PDF FOUND",
            "INSTREAM size limit exceeded. ERROR",
        ] {
            assert!(matches!(verdict(unread).unwrap(), Constat::Illisible(_)), "{unread}");
        }
        for away in ["", "stream: Can't allocate memory ERROR", "UNKNOWN COMMAND", "OK FOUND OUT"] {
            assert!(verdict(away).is_err(), "{away}");
        }
    }

    #[tokio::test]
    async fn a_daemon_that_is_not_there_is_away() {
        let folder = tempfile::tempdir().unwrap();
        let clamd = Clamd { socket: folder.path().join("none"), delai: Duration::from_secs(5) };
        assert!(clamd.scan(b"x").await.is_err());
        assert!(clamd.ping().await.is_err());
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_daemon_that_accepts_and_says_nothing_is_away() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("mute");
        let _listener = tokio::net::UnixListener::bind(&socket).unwrap();
        let clamd = Clamd { socket, delai: Duration::from_millis(50) };
        assert!(clamd.scan(b"x").await.unwrap_err().to_string().contains("no answer"));
    }

    #[tokio::test]
    async fn without_a_scanner_nothing_is_ever_found_clean() {
        assert!(!SansAntivirus.est_branche());
        assert!(SansAntivirus.scan(b"x").await.is_err());
    }
}
