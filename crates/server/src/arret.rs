//! Graceful stop: who asked for it, and until when what is running may go on.

use std::io;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// A stop that may be asked once and becomes final after a delay. Clones share it.
#[derive(Debug, Clone)]
pub struct Stop {
    asked: CancellationToken,
    over: CancellationToken,
}

impl Stop {
    /// A stop asked by SIGTERM or SIGINT; a second signal ends the delay at once. Call it inside the runtime, before
    /// anything is served: the signals are caught from here on.
    ///
    /// # Errors
    /// When the system does not let the signals be caught.
    pub fn on_signals(delay: Duration) -> io::Result<Self> {
        let mut signals = Signals::catch()?;
        let stop = Self::by_hand(delay);
        let watched = stop.clone();
        tokio::spawn(async move {
            signals.next().await;
            tracing::info!(delay_s = delay.as_secs(), "stop asked");
            watched.ask();
            signals.next().await;
            tracing::warn!("second signal: what is running is cut");
            watched.over.cancel();
        });
        Ok(stop)
    }

    /// A stop that only [`Stop::ask`] asks. Call it inside the runtime.
    #[must_use]
    pub fn by_hand(delay: Duration) -> Self {
        let stop = Self { asked: CancellationToken::new(), over: CancellationToken::new() };
        let watched = stop.clone();
        tokio::spawn(async move {
            watched.asked.cancelled().await;
            tokio::select! {
                () = tokio::time::sleep(delay) => watched.over.cancel(),
                () = watched.over.cancelled() => {}
            }
        });
        stop
    }

    /// Asks for the stop; asking again changes nothing.
    pub fn ask(&self) {
        self.asked.cancel();
    }

    /// Cancelled when the stop is asked: take no new work. For the worker and other loops.
    #[must_use]
    pub fn token(&self) -> CancellationToken {
        self.asked.clone()
    }

    /// Waits until the stop is asked.
    pub async fn asked(&self) {
        self.asked.cancelled().await;
    }

    /// Waits until the delay after the stop is over: what still runs is given up.
    pub async fn over(&self) {
        self.over.cancelled().await;
    }

    /// Result of the work, or `None` when it was not done by the end of the delay.
    pub async fn finish<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            done = work => Some(done),
            () = self.over() => None,
        }
    }
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn catch() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[expect(clippy::unnecessary_wraps, reason = "same shape as on Unix")]
    fn catch() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_millis(100);
    const LONG: Duration = Duration::from_secs(20);

    #[tokio::test]
    async fn work_done_within_the_delay_is_finished() {
        let stop = Stop::by_hand(LONG);
        stop.ask();
        assert_eq!(stop.finish(tokio::time::sleep(SHORT)).await, Some(()));
    }

    #[tokio::test]
    async fn work_that_outlasts_the_delay_is_given_up() {
        let stop = Stop::by_hand(SHORT);
        stop.ask();
        assert_eq!(stop.finish(tokio::time::sleep(LONG)).await, None);
    }

    #[tokio::test]
    async fn nothing_is_given_up_before_the_stop_is_asked() {
        let stop = Stop::by_hand(SHORT / 10);
        assert_eq!(stop.finish(tokio::time::sleep(SHORT)).await, Some(()));
        assert!(!stop.token().is_cancelled());
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_first_signal_asks_and_a_second_ends_the_delay() {
        let send = || {
            let kill = format!("kill -TERM {}", std::process::id());
            std::process::Command::new("sh").args(["-c", &kill]).status().unwrap()
        };
        let stop = Stop::on_signals(LONG).unwrap();
        send();
        tokio::time::timeout(LONG / 2, stop.asked()).await.unwrap();
        assert_eq!(tokio::time::timeout(SHORT, stop.over()).await.ok(), None);
        send();
        tokio::time::timeout(LONG / 2, stop.over()).await.unwrap();
    }
}
