//! Sending through an SMTP relay.

use std::net::IpAddr;
use std::time::Duration;

use app::ports::Mailer;
use async_trait::async_trait;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::message::compose;
use super::{Envoi, SendError, SettingError};

/// How the connection to the relay is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chiffrement {
    /// In clear, then encrypted before anything is said (port 587); a relay that does not offer it gets no mail.
    Starttls,
    /// Encrypted from the first byte (port 465).
    Tls,
    /// In clear: a relay on the same machine only.
    Aucun,
}

/// Where and how mails leave. It holds a password, so it has no `Debug`.
#[derive(Clone)]
pub struct ReglageSmtp {
    /// Name or address of the relay; the name its certificate must carry.
    pub hote: String,
    /// Port of the relay.
    pub port: u16,
    /// Protection of the connection.
    pub chiffrement: Chiffrement,
    /// User and password, where the relay asks for them.
    pub identifiants: Option<(String, String)>,
    /// Sender, `name <address>` or a bare address; bounces come back to it.
    pub expediteur: String,
    /// Our domain: right side of `Message-ID` and the name said in EHLO.
    pub domaine: String,
    /// How long one mail may take from connecting to the relay's answer.
    pub delai: Duration,
    /// PEM certificates trusted beside the public authorities, for a relay with a private one.
    pub autorite: Option<Vec<u8>>,
}

/// Sends each mail over a connection of its own.
#[derive(Debug, Clone)]
pub struct MailerSmtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    expediteur: Mailbox,
    domaine: String,
    delai: Duration,
}

impl MailerSmtp {
    /// A mailer for these settings; connects to nothing yet.
    pub fn new(reglage: &ReglageSmtp) -> Result<Self, SettingError> {
        let expediteur = reglage.expediteur.parse().map_err(|_| SettingError::Sender)?;
        if !is_domain(&reglage.domaine) {
            return Err(SettingError::Domain);
        }
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&reglage.hote)
            .port(reglage.port)
            .tls(tls(reglage)?)
            .timeout(Some(reglage.delai))
            .hello_name(ClientId::Domain(reglage.domaine.clone()));
        if let Some((user, password)) = &reglage.identifiants {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self { transport: builder.build(), expediteur, domaine: reglage.domaine.clone(), delai: reglage.delai })
    }
}

#[async_trait]
impl Mailer for MailerSmtp {
    /// `Ok` means that the relay has taken charge of the mail.
    /// A try that times out after the text was sent may arrive twice, with the same `Message-ID`.
    async fn send(&self, envoi: &Envoi) -> Result<(), SendError> {
        let message = compose(envoi, &self.expediteur, &self.domaine)?;
        match tokio::time::timeout(self.delai, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(classify(&error)),
            Err(_) => Err(SendError::Transient("timeout".into())),
        }
    }
}

fn tls(reglage: &ReglageSmtp) -> Result<Tls, SettingError> {
    if reglage.chiffrement == Chiffrement::Aucun {
        return if is_loopback(&reglage.hote) { Ok(Tls::None) } else { Err(SettingError::ClearText) };
    }
    let authority = |e: lettre::transport::smtp::Error| SettingError::Authority(e.to_string());
    let mut parameters = TlsParameters::builder(reglage.hote.clone());
    if let Some(pem) = &reglage.autorite {
        parameters = parameters.add_root_certificate(Certificate::from_pem(pem).map_err(authority)?);
    }
    let parameters = parameters.build_rustls().map_err(authority)?;
    Ok(match reglage.chiffrement {
        Chiffrement::Tls => Tls::Wrapper(parameters),
        Chiffrement::Starttls | Chiffrement::Aucun => Tls::Required(parameters),
    })
}

fn is_loopback(hote: &str) -> bool {
    hote == "localhost" || hote.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn is_domain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
}

/// A relay's sentence may repeat the address, so only its code is kept. 530–539 speak of our credentials, not of
/// this mail: they are worth another try once the setting is right.
fn classify(error: &lettre::transport::smtp::Error) -> SendError {
    let Some(code) = error.status().map(u16::from) else {
        let kind = if error.is_timeout() {
            "timeout".to_owned()
        } else {
            std::error::Error::source(error).map_or_else(|| error.to_string(), |s| format!("{error}: {s}"))
        };
        return SendError::Transient(kind);
    };
    let reason = format!("the relay answered {code}");
    if error.is_permanent() && !(530..540).contains(&code) {
        SendError::Permanent(reason)
    } else {
        SendError::Transient(reason)
    }
}
