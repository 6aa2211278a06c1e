//! Errors as pages: a stable code, a sentence, the request id and the way out (architecture, point 8).
//!
//! A handler returns [`PageError`]; the edge layer turns it into the page. The cause is logged there
//! once, with its chain, and never shown. A form that is refused is not an error: it answers 422 with
//! its own page.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{HeaderValue, RETRY_AFTER};
use std::error::Error;
use std::fmt::Write;
use std::sync::Arc;

/// What went wrong, as far as the person in front of the page is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 400: the browser sent something no page of ours sends.
    Malformed,
    /// 400: a field the form does not have.
    UnknownField,
    /// 303: the session ended between the check and the act; the edge sends the person to sign in.
    SessionEnded,
    /// 403: the act is not open to this profil or at this time.
    Forbidden,
    /// 403: the form came from another site or without an origin.
    ForeignOrigin,
    /// 403: the form's token is missing or too old.
    StaleForm,
    /// 404: unknown, or not yours; nobody can tell which.
    NotFound,
    /// 405: the address exists, not in this way.
    MethodNotAllowed,
    /// 409: changed by somebody else in the meantime.
    Conflict,
    /// 413: more than the form accepts.
    TooLarge,
    /// 415: not sent as a form.
    UnsupportedType,
    /// 429: too often; seconds to wait.
    TooManyRequests(u32),
    /// 500: our failure.
    Internal,
    /// 503: not now; seconds to wait.
    Unavailable(u32),
}

/// Status, stable code, title, sentence, way out.
type Words = (StatusCode, &'static str, &'static str, &'static str, &'static str);

impl Kind {
    fn words(self) -> Words {
        match self {
            Self::Malformed => (
                StatusCode::BAD_REQUEST,
                "EP-400",
                "Demande illisible",
                "Le portail n’a pas pu lire ce que votre navigateur a envoyé.",
                "Revenez à la page précédente, rechargez-la et recommencez. Rien n’a été enregistré.",
            ),
            Self::UnknownField => (
                StatusCode::BAD_REQUEST,
                "EP-400-CHAMP",
                "Formulaire refusé",
                "Le formulaire reçu contient un champ que cette page ne propose pas.",
                "Rechargez la page et remplissez de nouveau le formulaire. Rien n’a été enregistré.",
            ),
            Self::SessionEnded => (
                StatusCode::SEE_OTHER,
                "EP-303",
                "Session terminée",
                "Votre session est terminée.",
                "Connectez-vous de nouveau.",
            ),
            Self::Forbidden => (
                StatusCode::FORBIDDEN,
                "EP-403",
                "Accès refusé",
                "Votre profil ne permet pas cette action.",
                "Si vous pensez devoir y accéder, adressez-vous au gestionnaire de votre structure ou à votre caisse.",
            ),
            Self::ForeignOrigin => (
                StatusCode::FORBIDDEN,
                "EP-403-ORIGINE",
                "Envoi refusé",
                "Ce formulaire n’a pas été envoyé depuis le portail.",
                "Ouvrez la page depuis le portail et recommencez. Rien n’a été enregistré.",
            ),
            Self::StaleForm => (
                StatusCode::FORBIDDEN,
                "EP-403-JETON",
                "La page a expiré",
                "Cette page est restée ouverte trop longtemps, ou votre session a changé depuis.",
                "Revenez à la page précédente, rechargez-la et envoyez de nouveau. Rien n’a été enregistré.",
            ),
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "EP-404",
                "Page introuvable",
                "Cette page n’existe pas, n’existe plus ou ne vous est pas accessible.",
                "Vérifiez l’adresse, ou passez par l’accueil pour retrouver ce que vous cherchez.",
            ),
            Self::MethodNotAllowed => (
                StatusCode::METHOD_NOT_ALLOWED,
                "EP-405",
                "Action impossible à cette adresse",
                "Cette adresse ne s’ouvre pas de cette façon.",
                "Passez par les liens et les boutons du portail.",
            ),
            other => other.words_of_load_and_failure(),
        }
    }

    fn words_of_load_and_failure(self) -> Words {
        match self {
            Self::Conflict => (
                StatusCode::CONFLICT,
                "EP-409",
                "Modifié entre-temps",
                "Une autre personne a modifié cet élément pendant que vous l’aviez ouvert.",
                "Votre modification n’a pas été enregistrée. Rouvrez la page pour voir la version actuelle.",
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "EP-413",
                "Envoi trop volumineux",
                "Ce que vous avez envoyé dépasse la taille acceptée.",
                "Réduisez le texte ou les fichiers, puis recommencez. Rien n’a été enregistré.",
            ),
            Self::UnsupportedType => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "EP-415",
                "Format refusé",
                "Le portail n’accepte pas ce format d’envoi.",
                "Utilisez le formulaire de la page. Rien n’a été enregistré.",
            ),
            Self::TooManyRequests(_) => (
                StatusCode::TOO_MANY_REQUESTS,
                "EP-429",
                "Trop de tentatives",
                "Vous avez répété cette action trop souvent en peu de temps.",
                "Patientez un moment avant de recommencer.",
            ),
            Self::Unavailable(_) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "EP-503",
                "Service momentanément indisponible",
                "Le portail ne peut pas répondre pour le moment.",
                "Recommencez dans quelques minutes. Si c’est urgent, utilisez l’autre canal de votre caisse.",
            ),
            _ => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "EP-500",
                "Le portail a rencontré une erreur",
                "Votre action n’a pas pu aboutir à cause d’une erreur de notre côté.",
                "Recommencez dans quelques minutes. Si l’erreur se répète, signalez-la avec la référence ci-dessous.",
            ),
        }
    }
}

/// An error on its way to becoming a page.
#[derive(Debug, Clone)]
pub struct PageError {
    kind: Kind,
    sentence: Option<String>,
    cause: Option<Arc<dyn Error + Send + Sync>>,
}

impl PageError {
    /// An error without a cause worth logging.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self { kind, sentence: None, cause: None }
    }

    /// The one answer for what is unknown and for what belongs to others.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(Kind::NotFound)
    }

    /// The act is refused to a person who may know that the object exists.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::new(Kind::Forbidden)
    }

    /// Our failure; the cause goes to the log only.
    #[must_use]
    pub fn internal(cause: impl Error + Send + Sync + 'static) -> Self {
        Self::new(Kind::Internal).because(cause)
    }

    pub(crate) fn internal_without_cause() -> Self {
        Self::new(Kind::Internal)
    }

    /// Adds the cause for the log.
    #[must_use]
    pub fn because(mut self, cause: impl Error + Send + Sync + 'static) -> Self {
        self.cause = Some(Arc::new(cause));
        self
    }

    /// Replaces the sentence by a more precise one. Never quote what was typed. Without effect on 404:
    /// unknown and foreign must not differ.
    #[must_use]
    pub fn saying(mut self, sentence: impl Into<String>) -> Self {
        if self.kind != Kind::NotFound {
            self.sentence = Some(sentence.into());
        }
        self
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.kind.words().0
    }

    /// The code shown to people and written in logs; never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.kind.words().1
    }

    pub(crate) fn title(&self) -> &'static str {
        self.kind.words().2
    }

    pub(crate) fn sentence(&self) -> &str {
        self.sentence.as_deref().unwrap_or(self.kind.words().3)
    }

    pub(crate) fn way_out(&self) -> &'static str {
        self.kind.words().4
    }

    /// Cause and causes of the cause, for the log line at the edge.
    pub(crate) fn chain(&self) -> Option<String> {
        let cause = self.cause.as_ref()?;
        let mut text = cause.to_string();
        let mut next = cause.source();
        while let Some(deeper) = next {
            let _ = write!(text, ": {deeper}");
            next = deeper.source();
        }
        Some(text)
    }
}

impl IntoResponse for PageError {
    /// The bare status; the edge layer writes the page, which needs the request's frame.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Kind::TooManyRequests(seconds) | Kind::Unavailable(seconds) = self.kind {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_has_the_whole_chain_and_the_page_none_of_it() {
        #[derive(Debug, thiserror::Error)]
        #[error("cannot read the demande")]
        struct Outer(#[source] std::io::Error);
        let error = PageError::internal(Outer(std::io::Error::other("disk on fire")));
        assert_eq!(error.chain().unwrap(), "cannot read the demande: disk on fire");
        assert!(!error.sentence().contains("disk"));
    }

    #[test]
    fn a_not_found_page_cannot_be_made_different() {
        let error = PageError::not_found().saying("elle est à une autre structure");
        assert_eq!(error.sentence(), PageError::not_found().sentence());
    }
}
