//! The object that an address names.

use crate::error::PageError;
use axum::extract::{FromRequestParts, Path};
use http::request::Parts;
use std::str::FromStr;

/// The one parameter of the path, read; what cannot be one is unknown, like any other.
#[derive(Debug, Clone, Copy)]
pub struct Named<T>(pub T);

impl<S: Send + Sync, T: FromStr + Send> FromRequestParts<S> for Named<T> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| PageError::not_found())?;
        text.parse().map(Self).map_err(|_| PageError::not_found())
    }
}
