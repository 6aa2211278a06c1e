//! Clocks: the system's, and the demonstration's, which runs ahead of it and can be moved forward.
//! The only place of the workspace that reads the system's time for a use case.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use app::ports::Clock;
use chrono::{DateTime, TimeDelta, Utc};

/// The system's time.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock; everybody else receives it")]
    fn now(&self) -> DateTime<Utc> {
        let now = Utc::now();
        DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
    }
}

/// The demonstration's time: the system's plus an offset kept in a file. It never goes back, not even when the system's does.
#[derive(Debug)]
pub struct DemoClock {
    file: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Clone, Copy)]
struct State {
    offset: TimeDelta,
    last: DateTime<Utc>,
}

impl DemoClock {
    /// The clock whose offset is in `file`; nothing when there is no such file.
    ///
    /// # Errors
    /// When the file cannot be read or is not an offset.
    pub fn open(file: impl Into<PathBuf>) -> io::Result<Option<Self>> {
        let file = file.into();
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let micros =
            text.trim().parse().map_err(|_| io::Error::other("the demo's clock is not a number of microseconds"))?;
        let offset = TimeDelta::microseconds(micros);
        Ok(Some(Self { file, state: Mutex::new(State { offset, last: shifted(offset) }) }))
    }

    /// A clock that shows `now` from here on; its file is written.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn start(file: impl Into<PathBuf>, now: DateTime<Utc>) -> io::Result<Self> {
        let file = file.into();
        let offset = now - SystemClock.now();
        keep(&file, offset)?;
        Ok(Self { file, state: Mutex::new(State { offset, last: now }) })
    }

    /// Moves the clock forward; durable when this returns. A step that is not forward changes nothing.
    ///
    /// # Errors
    /// When the file cannot be written; the clock stays where it was.
    pub fn advance(&self, step: TimeDelta) -> io::Result<DateTime<Utc>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if step > TimeDelta::zero() {
            let offset = state.offset.checked_add(&step).ok_or_else(|| io::Error::other("too far"))?;
            keep(&self.file, offset)?;
            state.offset = offset;
        }
        Ok(state.read())
    }
}

impl State {
    fn read(&mut self) -> DateTime<Utc> {
        self.last = self.last.max(shifted(self.offset));
        self.last
    }
}

impl Clock for DemoClock {
    fn now(&self) -> DateTime<Utc> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).read()
    }
}

fn shifted(offset: TimeDelta) -> DateTime<Utc> {
    SystemClock.now().checked_add_signed(offset).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Whole or not at all, also when the machine stops in between.
fn keep(file: &Path, offset: TimeDelta) -> io::Result<()> {
    let micros = offset.num_microseconds().ok_or_else(|| io::Error::other("too far"))?;
    write_whole(file, format!("{micros}\n").as_bytes())
}

/// Writes a file beside its place, makes it durable, then puts it there.
///
/// # Errors
/// When one of the steps fails; the file that was there is then untouched.
pub fn write_whole(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let partial = file.with_extension("partial");
    let mut written = File::create(&partial)?;
    written.write_all(bytes)?;
    written.sync_all()?;
    fs::rename(&partial, file)?;
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monday() -> DateTime<Utc> {
        "2029-01-08T08:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_demo_clock_opened_again_goes_on_from_where_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("horloge");
        assert!(DemoClock::open(&file).unwrap().is_none());
        let clock = DemoClock::start(&file, monday()).unwrap();
        clock.advance(TimeDelta::days(7)).unwrap();
        let before = clock.now();
        let again = DemoClock::open(&file).unwrap().unwrap();
        let gap = again.now() - before;
        assert!(gap >= TimeDelta::zero() && gap < TimeDelta::minutes(1), "{gap}");
        assert!(before - monday() >= TimeDelta::days(7));
    }

    #[test]
    fn a_demo_clock_moves_forward_only() {
        let folder = tempfile::tempdir().unwrap();
        let clock = DemoClock::start(folder.path().join("horloge"), monday()).unwrap();
        let before = clock.now();
        assert!(clock.advance(TimeDelta::days(-1)).unwrap() >= before);
        assert!(clock.advance(TimeDelta::zero()).unwrap() - before < TimeDelta::minutes(1));
    }

    #[test]
    fn a_file_that_is_no_offset_is_an_error_and_not_a_new_clock() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("horloge");
        fs::write(&file, "demain").unwrap();
        assert!(DemoClock::open(&file).is_err());
    }

    #[test]
    fn the_system_s_time_has_whole_microseconds() {
        assert_eq!(SystemClock.now().timestamp_subsec_nanos() % 1_000, 0);
    }
}
