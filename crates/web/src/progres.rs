//! Answers for the script that shows how far the sending of files has come (`envoi.mjs`). It follows
//! redirections unseen, which would open the next page twice: where to go comes in a header instead.

use crate::registry::Route;
use axum::response::{IntoResponse, Response};
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};

/// Header of a request that the script sends.
const ASKED: &str = "ep-envoi";
/// Header of the answer that says where to go.
const SUITE: &str = "ep-suite";

/// Whether the script sends this form with files.
pub(crate) fn asked(route: &Route, headers: &HeaderMap) -> bool {
    route.files.is_some() && headers.contains_key(ASKED)
}

/// Where an accepted form leads, as a header: 204.
pub(crate) fn told(answer: Response) -> Response {
    let Some(suite) = answer.headers().get(LOCATION).cloned() else { return answer };
    (StatusCode::NO_CONTENT, [(SUITE, suite)]).into_response()
}
