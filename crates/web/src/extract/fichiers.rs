//! A form with files, read part by part: the token comes first, then fields and files, each within its limit.

use crate::error::{Kind, PageError};
use crate::jeton::TOKEN_FIELD;
use crate::registry::{FORM_LIMIT, Route};
use app::piece_jointe::FichierRecu;
use axum::body::Body;
use axum::extract::FromRequestParts;
use domain::piece_jointe::TAILLE_MAX;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http_body_util::{LengthLimitError, Limited};
use multer::{Field, Multipart};
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Most parts of one form.
const PARTS: usize = 500;

/// Seconds after which to send a form again when too many are read.
const ENCORE: u32 = 30;

/// Places for forms with files that are read at once: one may hold a hundred megabytes in memory.
#[derive(Clone)]
pub struct Places(Arc<Semaphore>);

impl Places {
    /// So many.
    #[must_use]
    pub fn new(nombre: usize) -> Self {
        Self(Arc::new(Semaphore::new(nombre)))
    }
}

impl Default for Places {
    /// Those of an installation that sets none.
    fn default() -> Self {
        Self::new(8)
    }
}

/// A place among the forms with files that are read; none for any other request.
///
/// # Errors
/// [`Kind::Unavailable`] when all are taken: nothing of the body was read.
pub(crate) fn place<B>(
    places: &Places,
    route: &Route,
    request: &http::Request<B>,
) -> Result<Option<OwnedSemaphorePermit>, PageError> {
    if route.files.is_none() || request.method().is_safe() || !is_multipart(request.headers()) {
        return Ok(None);
    }
    places.0.clone().try_acquire_owned().map(Some).map_err(|_| PageError::new(Kind::Unavailable(ENCORE)))
}

/// The files of a form whose token was checked; taken once, by the handler.
#[derive(Clone, Default)]
pub(crate) struct Files(Arc<Mutex<Vec<FichierRecu>>>);

/// A form that came without files.
pub(crate) fn none() -> Files {
    Files::default()
}

/// The files that came with a form; none when it was sent without any.
pub struct ReceivedFiles(pub Vec<FichierRecu>);

impl<S: Sync> FromRequestParts<S> for ReceivedFiles {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, PageError> {
        let files = parts.extensions.remove::<Files>().ok_or_else(PageError::internal_without_cause)?;
        let mut kept = files.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Self(std::mem::take(&mut *kept)))
    }
}

/// Whether the body says that it is a form with files.
pub(crate) fn is_multipart(headers: &HeaderMap) -> bool {
    let sent = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    sent.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("multipart/form-data"))
}

/// Reads the whole form. `allow` is asked for the token before any other part is looked at; the stream is cut where it
/// passes `limit` bytes. Of a file that is too large only so much is kept that it can be refused by itself.
pub(crate) async fn read(
    body: Body,
    kind: &str,
    (name, limit): (&'static str, usize),
    allow: impl Fn(Option<&str>) -> Result<(), PageError>,
) -> Result<(Vec<(String, String)>, Files), PageError> {
    let boundary = multer::parse_boundary(kind).map_err(|_| PageError::new(Kind::Malformed))?;
    let stream = Body::new(Limited::new(body, limit)).into_data_stream();
    let mut parts = Multipart::new(stream, boundary);
    let (mut pairs, mut files) = (Vec::new(), Vec::new());
    // Without a token in a header, the first part must be one.
    let mut allowed = allow(None).is_ok();
    let mut room = FORM_LIMIT;
    while let Some(part) = parts.next_field().await.map_err(|e| told(&e))? {
        if pairs.len() + files.len() >= PARTS {
            return Err(PageError::new(Kind::Malformed));
        }
        let field = part.name().unwrap_or_default().to_owned();
        if let Some(nom) = part.file_name().map(str::to_owned) {
            if !allowed {
                return Err(PageError::new(Kind::StaleForm));
            }
            if field != name {
                return Err(PageError::new(Kind::UnknownField));
            }
            let octets = content(part, TAILLE_MAX + 1).await?;
            // A browser sends an empty part when nothing was chosen.
            if !(nom.is_empty() && octets.is_empty()) {
                files.push(FichierRecu { nom, octets });
            }
            continue;
        }
        let value = text(part, &mut room).await?;
        if field == TOKEN_FIELD {
            allow(Some(&value))?;
            allowed = true;
        }
        if !allowed {
            return Err(PageError::new(Kind::StaleForm));
        }
        pairs.push((field, value));
    }
    if !allowed {
        return Err(PageError::new(Kind::StaleForm));
    }
    Ok((pairs, Files(Arc::new(Mutex::new(files)))))
}

/// The bytes of a part, at most so many; what follows is read and left.
async fn content(mut part: Field<'_>, most: usize) -> Result<Vec<u8>, PageError> {
    let mut octets = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|e| told(&e))? {
        let room = most.saturating_sub(octets.len()).min(chunk.len());
        octets.extend_from_slice(chunk.get(..room).unwrap_or_default());
    }
    Ok(octets)
}

/// A field's text, as a plain form would give it; all fields together have the room of a plain form.
async fn text(part: Field<'_>, room: &mut usize) -> Result<String, PageError> {
    let octets = content(part, room.saturating_add(1)).await?;
    *room = room.checked_sub(octets.len()).ok_or_else(|| PageError::new(Kind::TooLarge))?;
    let text = String::from_utf8(octets).ok().filter(|text| !text.contains('\0'));
    text.map(|text| text.replace("\r\n", "\n")).ok_or_else(|| PageError::new(Kind::Malformed))
}

/// Too large, or broken off. What was sent is not repeated.
fn told(error: &multer::Error) -> PageError {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(deeper) = cause {
        if deeper.downcast_ref::<LengthLimitError>().is_some() {
            return PageError::new(Kind::TooLarge);
        }
        cause = deeper.source();
    }
    PageError::new(Kind::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Access;
    use axum::response::IntoResponse as _;
    use http::StatusCode;

    fn form(kind: &str) -> http::Request<()> {
        http::Request::post("/").header(CONTENT_TYPE, kind).body(()).unwrap()
    }

    #[test]
    fn one_form_too_many_is_sent_away_before_it_is_read_and_other_requests_are_not() {
        let route = Route::post("/x", Access::Public).files("pieces");
        let sent = form("multipart/form-data; boundary=x");
        let places = Places::new(2);
        let taken: Vec<_> = (0..2).map(|_| place(&places, &route, &sent).unwrap()).collect();
        let refused = place(&places, &route, &sent).unwrap_err().into_response();
        assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(refused.headers().contains_key(http::header::RETRY_AFTER));
        assert!(place(&places, &route, &form("application/x-www-form-urlencoded")).unwrap().is_none());
        assert!(place(&places, &Route::post("/x", Access::Public), &sent).unwrap().is_none());
        drop(taken);
        assert!(place(&places, &route, &sent).unwrap().is_some());
    }
}
