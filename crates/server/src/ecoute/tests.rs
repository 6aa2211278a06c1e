//! Real sockets on the loopback: what slow, idle and many clients get, and how a stop ends.

use std::time::Instant;

use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::*;

const SHORT: Duration = Duration::from_millis(200);
const LONG: Duration = Duration::from_secs(20);

struct Server {
    address: SocketAddr,
    stop: Stop,
    serving: JoinHandle<Ended>,
    entered: mpsc::UnboundedReceiver<()>,
}

/// Routes: `/` at once, `/slow` after a while, `/stuck` never, `/echo` the length of its body.
async fn start(limits: Limites, delay: Duration) -> Server {
    let (enter, entered) = mpsc::unbounded_channel();
    let wait = move |time: Duration| {
        let enter = enter.clone();
        async move {
            enter.send(()).unwrap();
            tokio::time::sleep(time).await;
            "done"
        }
    };
    let stuck = wait.clone();
    let router = Router::new()
        .route("/", get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() }))
        .route("/slow", get(move || wait(SHORT)))
        .route("/stuck", get(move || stuck(LONG)))
        .route("/echo", post(|body: String| async move { body.len().to_string() }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stop = Stop::by_hand(delay);
    let serving = tokio::spawn(serve(listener, router, limits, stop.clone()));
    Server { address, stop, serving, entered }
}

fn limits() -> Limites {
    Limites { entetes: LONG, corps: LONG, connexions: 16, fichiers: 8 }
}

impl Server {
    async fn connect(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        stream
    }
}

/// All the server says until it closes.
async fn rest(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    let reading = stream.read_to_end(&mut said);
    // A connection closed with bytes unread ends in a reset: what came before counts.
    let _ = tokio::time::timeout(LONG / 2, reading).await.expect("the connection stays open");
    String::from_utf8(said).unwrap()
}

const GET: &str = "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn a_request_is_answered_and_knows_its_peer() {
    let server = start(limits(), LONG).await;
    let mut client = server.connect(GET).await;
    let said = rest(&mut client).await;
    assert!(said.starts_with("HTTP/1.1 200") && said.ends_with(&client.local_addr().unwrap().to_string()), "{said}");
}

#[tokio::test]
async fn a_head_that_drips_is_cut() {
    let server = start(Limites { entetes: SHORT, ..limits() }, LONG).await;
    let started = Instant::now();
    let mut client = server.connect("GET / HTTP/1.1\r\nhost").await;
    let said = rest(&mut client).await;
    assert!(!said.contains("200 OK"), "{said}");
    assert!(started.elapsed() >= SHORT);
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let server = start(Limites { entetes: SHORT, ..limits() }, LONG).await;
    let mut silent = server.connect("").await;
    rest(&mut silent).await;
    let mut kept = server.connect("GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(rest(&mut kept).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_body_that_drips_is_told_408_whatever_the_handler_made_of_it() {
    let server = start(Limites { corps: SHORT, ..limits() }, LONG).await;
    let mut client = server.connect("POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 90\r\n\r\n").await;
    let (mut read, mut write) = client.split();
    let drip = async {
        loop {
            tokio::time::sleep(SHORT / 8).await;
            if write.write_all(b"x").await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    };
    let mut said = vec![0; 4096];
    let length = tokio::select! {
        () = drip => 0,
        length = read.read(&mut said) => length.unwrap(),
    };
    let said = String::from_utf8_lossy(&said[..length]);
    assert!(said.starts_with("HTTP/1.1 408") && said.contains("connection: close"), "{said}");
}

#[tokio::test]
async fn a_body_in_time_is_read() {
    let server = start(Limites { corps: LONG, ..limits() }, LONG).await;
    let mut client =
        server.connect("POST /echo HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 6\r\n\r\nabc").await;
    tokio::time::sleep(SHORT / 4).await;
    client.write_all(b"def").await.unwrap();
    let said = rest(&mut client).await;
    assert!(said.starts_with("HTTP/1.1 200") && said.ends_with("\r\n\r\n6"), "{said}");
}

#[tokio::test]
async fn a_head_without_end_is_refused() {
    let server = start(limits(), LONG).await;
    let head = format!("GET / HTTP/1.1\r\nx: {}\r\n\r\n", "a".repeat(4 * HEAD_BYTES));
    let mut client = TcpStream::connect(server.address).await.unwrap();
    // The server may close before all is written.
    let _ = client.write_all(head.as_bytes()).await;
    let said = rest(&mut client).await;
    assert!(!said.contains("200 OK"), "{said}");
}

#[tokio::test]
async fn connections_beyond_the_bound_wait_for_a_slot() {
    let mut server = start(Limites { connexions: 1, ..limits() }, LONG).await;
    let mut first = server.connect("GET /slow HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    server.entered.recv().await.unwrap();
    let started = Instant::now();
    let mut second = server.connect(GET).await;
    assert!(rest(&mut second).await.starts_with("HTTP/1.1 200"));
    assert!(started.elapsed() >= SHORT / 2, "the second did not wait");
    assert!(rest(&mut first).await.ends_with("done"));
}

#[tokio::test]
async fn a_stop_finishes_the_running_request_and_takes_no_other() {
    let mut server = start(limits(), LONG).await;
    let mut idle = server.connect("GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let mut running = server.connect("GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    server.entered.recv().await.unwrap();
    server.stop.ask();
    assert!(rest(&mut running).await.ends_with("done"), "the running request was not finished");
    rest(&mut idle).await;
    assert_eq!(server.serving.await.unwrap(), Ended::Clean);
    assert!(TcpStream::connect(server.address).await.is_err(), "the socket is still open");
}

#[tokio::test]
async fn a_stop_cuts_what_outlasts_its_delay() {
    let mut server = start(limits(), SHORT).await;
    let mut stuck = server.connect("GET /stuck HTTP/1.1\r\nhost: a\r\n\r\n").await;
    server.entered.recv().await.unwrap();
    server.stop.ask();
    assert_eq!(server.serving.await.unwrap(), Ended::Cut(1));
    assert_eq!(rest(&mut stuck).await, "");
}

#[tokio::test]
async fn a_stop_without_connections_is_immediate() {
    let server = start(limits(), LONG).await;
    let started = Instant::now();
    server.stop.ask();
    assert_eq!(server.serving.await.unwrap(), Ended::Clean);
    assert!(started.elapsed() < LONG / 4);
}
