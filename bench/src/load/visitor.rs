//! One visitor: a connection that is kept open, cookies, compressed answers as browsers ask for them.

use crate::Outcome;
use flate2::read::GzDecoder;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use std::io::Read as _;
use std::net::Ipv4Addr;
use tokio::net::TcpStream;

/// Redirections that are followed.
const SUITES: usize = 5;

/// An answer.
#[derive(Debug)]
pub struct Reponse {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Where it was found, after redirections.
    pub path: String,
    octets: Bytes,
}

impl Reponse {
    /// Bytes of the body, as they came over the wire.
    pub fn taille(&self) -> usize {
        self.octets.len()
    }

    /// The body as text.
    ///
    /// # Errors
    /// When it is not what its headers say.
    pub fn texte(&self) -> Outcome<String> {
        let gzip = self.headers.get(CONTENT_ENCODING).is_some_and(|value| value == "gzip");
        let mut text = String::new();
        if gzip {
            GzDecoder::new(self.octets.as_ref()).read_to_string(&mut text)?;
        } else {
            text.push_str(std::str::from_utf8(&self.octets)?);
        }
        Ok(text)
    }

    /// Where it sends to.
    pub fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION)?.to_str().ok()
    }
}

/// One visitor.
pub struct Visiteur {
    port: u16,
    adresse: String,
    envoi: SendRequest<Full<Bytes>>,
    cookies: Vec<(String, String)>,
}

impl Visiteur {
    /// Connects; the number is the network address that the proxy would say.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn open(port: u16, numero: usize) -> Outcome<Self> {
        let envoi = connect(port).await?;
        let (high, low) = ((numero / 250) % 250, numero % 250);
        Ok(Self { port, adresse: format!("198.18.{high}.{}", low + 1), envoi, cookies: Vec::new() })
    }

    /// Another visitor with the same session, on a connection of its own.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn again(&self) -> Outcome<Self> {
        let (port, adresse, cookies) = (self.port, self.adresse.clone(), self.cookies.clone());
        Ok(Self { port, adresse, envoi: connect(port).await?, cookies })
    }

    /// Speaks from another network address from now on.
    pub fn moves(&mut self, numero: usize) {
        self.adresse = format!("198.19.{}.{}", (numero / 250) % 250, numero % 250 + 1);
    }

    /// Asks for a page; follows nothing.
    ///
    /// # Errors
    /// When the connection breaks.
    pub async fn get(&mut self, path: &str) -> Outcome<Reponse> {
        self.send(Method::GET, path, None).await
    }

    /// Sends a form; follows nothing.
    ///
    /// # Errors
    /// When the connection breaks.
    pub async fn post(&mut self, path: &str, (kind, body): (&str, Bytes)) -> Outcome<Reponse> {
        self.send(Method::POST, path, Some((kind, body))).await
    }

    /// Sends a form and goes where it leads.
    ///
    /// # Errors
    /// When the connection breaks, or it leads on and on.
    pub async fn submit(&mut self, path: &str, form: (&str, Bytes)) -> Outcome<Reponse> {
        let mut answer = self.post(path, form).await?;
        for _ in 0..SUITES {
            let Some(next) = answer.location().filter(|_| answer.status.is_redirection()).map(str::to_owned) else {
                return Ok(answer);
            };
            answer = self.get(&next).await?;
        }
        Err(format!("{path} leads on and on").into())
    }

    async fn send(&mut self, method: Method, path: &str, form: Option<(&str, Bytes)>) -> Outcome<Reponse> {
        // The server closes what was idle for some seconds.
        if self.envoi.ready().await.is_err() {
            self.envoi = connect(self.port).await?;
            self.envoi.ready().await?;
        }
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, format!("localhost:{}", self.port))
            .header(ACCEPT_ENCODING, "gzip")
            .header("x-forwarded-for", &self.adresse);
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, pairs.join("; "));
        }
        let body = match form {
            Some((kind, body)) => {
                let origin = format!("http://localhost:{}", self.port);
                request = request.header(ORIGIN, origin).header(CONTENT_TYPE, kind);
                body
            }
            None => Bytes::new(),
        };
        let (parts, body) = self.envoi.send_request(request.body(Full::new(body))?).await?.into_parts();
        let octets = body.collect().await?.to_bytes();
        self.keep(&parts.headers);
        Ok(Reponse { status: parts.status, headers: parts.headers, path: path.to_owned(), octets })
    }

    fn keep(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) else { continue };
            self.cookies.retain(|(known, _)| known != name);
            if !cookie.contains("Max-Age=0") {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    /// Forgets a cookie.
    pub fn forget(&mut self, name: &str) {
        self.cookies.retain(|(known, _)| known != name);
    }
}

async fn connect(port: u16) -> Outcome<SendRequest<Full<Bytes>>> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await?;
    stream.set_nodelay(true)?;
    let (envoi, connection) = handshake(TokioIo::new(stream)).await?;
    // It ends with the visitor; what breaks it is told to the request.
    tokio::spawn(connection);
    Ok(envoi)
}
