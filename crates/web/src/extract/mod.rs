//! What handlers take out of a request.

pub mod form;

pub use form::{Form, ReceivedForm};
