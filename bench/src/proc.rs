//! What /proc tells of processes: processor time, memory, children.

use crate::Outcome;
use std::collections::BTreeMap;
use std::process::Command;
use std::time::Duration;

/// Processor time of some processes at an instant, by their ids.
#[derive(Clone, Debug, Default)]
pub struct Cpu(BTreeMap<u32, Ticks>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ticks {
    /// Its own.
    own: u64,
    /// Of its children that ended and were waited for.
    ended: u64,
}

/// Memory of processes, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// Resident, shared pages counted whole.
    pub resident: u64,
    /// Proportional: a shared page counts as its part.
    pub proportional: u64,
    /// Of nobody else, pages of files that were not changed left out: the system takes those back when it wants.
    pub private: u64,
}

/// Ticks of a second.
pub fn ticks_per_second() -> Outcome<u64> {
    let out = Command::new("getconf").arg("CLK_TCK").output()?;
    Ok(String::from_utf8_lossy(&out.stdout).trim().parse()?)
}

impl Cpu {
    /// Of these processes, with those that they started when `family`.
    pub fn of(pid: u32, family: bool) -> Self {
        let pids = if family { tree(pid) } else { vec![pid] };
        Self(pids.into_iter().filter_map(|pid| Some((pid, stat(pid)?.0))).collect())
    }

    /// What was used since an earlier look. A process that ended meanwhile is known by what its parent waited for.
    pub fn since(&self, before: &Self, ticks: u64) -> Duration {
        let used = |pid: &u32, now: &Ticks| {
            let then = before.0.get(pid).copied().unwrap_or_default();
            now.own.saturating_sub(then.own) + now.ended.saturating_sub(then.ended)
        };
        let spent: u64 = self.0.iter().map(|(pid, now)| used(pid, now)).sum();
        // What an ended process had used before the first look came back with its end.
        let known: u64 = before.0.iter().filter(|(pid, _)| !self.0.contains_key(pid)).map(|(_, t)| t.own).sum();
        Duration::from_micros(spent.saturating_sub(known) * 1_000_000 / ticks.max(1))
    }
}

/// A process and everything below it.
fn tree(root: u32) -> Vec<u32> {
    let all: Vec<(u32, u32)> = std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|pid| Some((pid, stat(pid)?.1)))
        .collect();
    let mut found = vec![root];
    let mut next = 0;
    while let Some(parent) = found.get(next).copied() {
        found.extend(all.iter().filter(|(_, of)| *of == parent).map(|(pid, _)| *pid));
        next += 1;
    }
    found
}

/// Ticks and parent.
fn stat(pid: u32) -> Option<(Ticks, u32)> {
    parse_stat(&std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

/// The name of the program stands in brackets and may hold anything.
fn parse_stat(text: &str) -> Option<(Ticks, u32)> {
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |place: usize| fields.get(place)?.parse::<u64>().ok();
    let ticks = Ticks { own: number(11)? + number(12)?, ended: number(13)? + number(14)? };
    Some((ticks, u32::try_from(number(1)?).ok()?))
}

/// Memory of a process, with those that it started when `family`.
pub fn memory(pid: u32, family: bool) -> Memory {
    let pids = if family { tree(pid) } else { vec![pid] };
    let read = |pid: &u32| std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok();
    pids.iter().filter_map(read).map(|text| parse_rollup(&text)).fold(Memory::default(), |sum, one| Memory {
        resident: sum.resident + one.resident,
        proportional: sum.proportional + one.proportional,
        private: sum.private + one.private,
    })
}

fn parse_rollup(text: &str) -> Memory {
    let kib = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) * 1024
    };
    Memory { resident: kib("Rss"), proportional: kib("Pss"), private: kib("Private_Dirty") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_with_brackets_in_its_name_is_read() {
        let text = "42 (a) b (c)) S 7 42 42 0 -1 4194560 1 2 3 4 100 20 5 6 20 0 1 0 9 9 9";
        assert_eq!(parse_stat(text), Some((Ticks { own: 120, ended: 11 }, 7)));
    }

    #[test]
    fn the_parts_of_memory_are_read_in_bytes() {
        let text = "55-7f ---p 0 [rollup]\nRss:     1700 kB\nPss:      203 kB\nPss_Dirty: 112 kB\nPrivate_Clean: 40 kB\nPrivate_Dirty: 112 kB\n";
        let memory = Memory { resident: 1700 * 1024, proportional: 203 * 1024, private: 112 * 1024 };
        assert_eq!(parse_rollup(text), memory);
    }

    #[test]
    fn a_child_that_ended_counts_what_it_used_since_the_first_look() {
        let at = |list: &[(u32, u64, u64)]| {
            Cpu(list.iter().map(|(p, own, ended)| (*p, Ticks { own: *own, ended: *ended })).collect())
        };
        let (before, after) = (at(&[(1, 10, 0), (2, 50, 0)]), at(&[(1, 12, 70), (3, 5, 0)]));
        assert_eq!(after.since(&before, 100), Duration::from_millis(270));
    }

    #[test]
    fn this_process_is_seen_to_work() {
        let me = std::process::id();
        let before = Cpu::of(me, true);
        let begun = std::time::Instant::now();
        while begun.elapsed() < Duration::from_millis(60) {}
        assert!(Cpu::of(me, true).since(&before, ticks_per_second().unwrap()) >= Duration::from_millis(10));
        assert!(memory(me, false).private > 0);
    }
}
