//! The object that an address names.

use crate::error::PageError;
use axum::extract::{FromRequestParts, Path};
use http::request::Parts;
use std::str::FromStr;

/// The one parameter of the path, read; what cannot be one is unknown, like any other.
#[derive(Debug, Clone, Copy)]
pub struct Named<T>(pub T);

/// The two parameters of a path, the second inside the first.
#[derive(Debug, Clone, Copy)]
pub struct NamedIn<A, B>(pub A, pub B);

impl<S: Send + Sync, A: FromStr + Send, B: FromStr + Send> FromRequestParts<S> for NamedIn<A, B> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        let unknown = |_| PageError::not_found();
        let Path((a, b)) = Path::<(String, String)>::from_request_parts(parts, state).await.map_err(unknown)?;
        match (a.parse(), b.parse()) {
            (Ok(a), Ok(b)) => Ok(Self(a, b)),
            _ => Err(PageError::not_found()),
        }
    }
}

impl<S: Send + Sync, T: FromStr + Send> FromRequestParts<S> for Named<T> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| PageError::not_found())?;
        text.parse().map(Self).map_err(|_| PageError::not_found())
    }
}
