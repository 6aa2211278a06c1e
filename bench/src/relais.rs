//! A mail relay on loopback that takes every mail and keeps none: the server sends its mails as in production.

use crate::Outcome;
use std::net::Ipv4Addr;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Starts it; gives its port. It ends with the runtime.
///
/// # Errors
/// When no port can be had.
pub async fn start() -> Outcome<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(async move { talk(stream).await.unwrap_or_default() });
        }
    });
    Ok(port)
}

async fn talk(stream: TcpStream) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 localhost\r\n").await?;
    let mut inside = false;
    while let Some(line) = lines.next_line().await? {
        let answer: &[u8] = match (inside, line.as_str()) {
            (true, ".") => {
                inside = false;
                b"250 taken\r\n"
            }
            (true, _) => continue,
            (false, "DATA") => {
                inside = true;
                b"354 go on\r\n"
            }
            (false, "QUIT") => return write.write_all(b"221 bye\r\n").await,
            (false, _) => b"250 fine\r\n",
        };
        write.write_all(answer).await?;
    }
    Ok(())
}
