//! A request body that must arrive whole within a time, however regularly it drips.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::BoxError;
use axum::body::HttpBody;
use hyper::body::{Bytes, Frame, Incoming, SizeHint};
use tokio::time::Sleep;

/// Whether the body was given up for being late; shared with the [`TimedBody`].
#[derive(Debug, Clone, Default)]
pub(super) struct Late(Arc<AtomicBool>);

impl Late {
    pub(super) fn happened(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// The body, failing with [`TooLate`] when its time is over.
pub(super) struct TimedBody {
    incoming: Incoming,
    deadline: Pin<Box<Sleep>>,
    late: Late,
}

impl TimedBody {
    /// The clock starts here, when the head has been read.
    pub(super) fn new(incoming: Incoming, time: Duration) -> (Self, Late) {
        let late = Late::default();
        let body = Self { incoming, deadline: Box::pin(tokio::time::sleep(time)), late: late.clone() };
        (body, late)
    }
}

impl HttpBody for TimedBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        // First what has arrived: a handler that was busy is not the client's slowness.
        if let Poll::Ready(frame) = Pin::new(&mut self.incoming).poll_frame(context) {
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        ready!(self.deadline.as_mut().poll(context));
        self.late.0.store(true, Ordering::Release);
        Poll::Ready(Some(Err(TooLate.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

/// The body did not arrive in time.
#[derive(Debug)]
struct TooLate;

impl fmt::Display for TooLate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request's body did not arrive in time")
    }
}

impl std::error::Error for TooLate {}
