//! The tables, in Markdown.

use crate::Outcome;
use crate::journeys::Resultat;
use crate::limits::Limite;
use crate::load::Mesures;
use crate::measure::Trouve;
use crate::proc::Memory;
use std::fmt::Write as _;
use std::time::Duration;

/// The machine, as the system tells it.
///
/// # Errors
/// When /proc cannot be read.
pub fn machine() -> Outcome<String> {
    let cpu = std::fs::read_to_string("/proc/cpuinfo")?;
    let named = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    };
    let model = named(&cpu, "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = named(&std::fs::read_to_string("/proc/meminfo")?, "MemTotal").unwrap_or_default();
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease")?;
    let day = crate::now().date_naive();
    Ok(format!(
        "Measured on {day}: {model}, {cores} cores, {memory} of memory, Linux {}. Server, database and load share it.\n",
        kernel.trim()
    ))
}

/// Everything about a run.
pub fn tables(found: &Trouve) -> String {
    let mut text = format!("## {}, {} demandes\n\n", found.sorte.nom(), found.demandes);
    journeys(&mut text, &found.phases);
    text.push_str("\n### With 32 sign-ins at the same time\n\n");
    journeys(&mut text, &found.orage);
    let _ = write!(
        text,
        "\nSign-ins meanwhile: {} done, {} failed.\n\n### This machine’s limits\n\n",
        found.entrees.count(),
        found.entrees.erreurs
    );
    limits(&mut text, found);
    let _ = write!(
        text,
        "\nStart with this database to the first answer: {} ms. Filling: {:.0} demandes a second.\n\n",
        found.depart.as_millis(),
        rate(found.demandes, found.remplissage)
    );
    memory(&mut text, "server", &found.memoire.0);
    if let Some(base) = &found.memoire.1 {
        memory(&mut text, "database", base);
    }
    text
}

const HEAD: &str = "| journey | connections | a second | p50 ms | p95 ms | p99 ms | CPU server ms | CPU database ms | \
                    CPU load ms | kB | errors |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";

fn journeys(text: &mut String, phases: &[Resultat]) {
    text.push_str(HEAD);
    for phase in phases {
        let mut mesures = phase.mesures.clone();
        let count = mesures.count();
        let base = phase.cpu_base.map_or_else(|| "in the server".to_owned(), |cpu| per(cpu, count));
        let _ = writeln!(
            text,
            "| {} | {} | {:.0} | {} | {} | {base} | {} | {:.1} | {} |",
            phase.parcours.libelle(),
            phase.connexions,
            rate(count, phase.duree),
            waits(&mut mesures),
            per(phase.cpu_serveur, count),
            per(phase.cpu_charge, count),
            kilobytes(mesures.size()),
            mesures.erreurs,
        );
    }
}

/// p50, p95 and p99.
fn waits(mesures: &mut Mesures) -> String {
    [50, 95, 99].map(|percent| millis(mesures.percentile(percent))).join(" | ")
}

fn limits(text: &mut String, found: &Trouve) {
    text.push_str("| limit | connections | a second | p50 ms | p95 ms | p99 ms | CPU ms | kB |\n");
    text.push_str("|---|--:|--:|--:|--:|--:|--:|--:|\n");
    let groups = [
        ("bare axum answer", &found.limites.reponses),
        ("insert and durable commit", &found.limites.ecritures),
        ("argon2 alone", &found.limites.argon),
    ];
    for (name, rows) in groups {
        for row in rows {
            limit(text, name, row);
        }
    }
}

fn limit(text: &mut String, name: &str, row: &Limite) {
    let mut mesures = row.mesures.clone();
    let count = mesures.count();
    let cpu = row.cpu.map_or_else(|| "–".to_owned(), |cpu| per(cpu, count));
    let size = row.taille.map_or_else(|| "–".to_owned(), |size| format!("{:.1}", kilobytes(size)));
    let rate = rate(count, row.duree);
    let _ = writeln!(text, "| {name} | {} | {rate:.0} | {} | {cpu} | {size} |", row.connexions, waits(&mut mesures));
}

fn memory(text: &mut String, who: &str, memory: &Memory) {
    let _ = writeln!(
        text,
        "Memory of the {who} after the run: {:.0} MB resident, {:.0} MB proportional, {:.0} MB private (pages of unchanged files left out).",
        megabytes(memory.resident),
        megabytes(memory.proportional),
        megabytes(memory.private)
    );
}

/// Processor time of an operation at each volume, and how much more it is than at the smallest.
pub fn growth(found: &mut [(usize, Vec<Resultat>)]) -> String {
    let mut text = "## Growth, SQLite, 8 connections\n\n".to_owned();
    text.push_str(
        "| journey | demandes | a second | p50 ms | p95 ms | p99 ms | CPU server ms | more than at first | errors |\n",
    );
    text.push_str("|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    let first: Vec<Duration> = found.first().map(|(_, phases)| phases.iter().map(each).collect()).unwrap_or_default();
    for place in 0..first.len() {
        for (nombre, phases) in found.iter_mut() {
            let (Some(phase), Some(first)) = (phases.get_mut(place), first.get(place)) else { continue };
            let more = each(phase).as_secs_f64() / first.as_secs_f64().max(1e-9) * 100.0 - 100.0;
            let _ = writeln!(
                text,
                "| {} | {nombre} | {:.0} | {} | {} | {more:+.0} % | {} |",
                phase.parcours.libelle(),
                rate(phase.mesures.count(), phase.duree),
                waits(&mut phase.mesures),
                millis(each(phase)),
                phase.mesures.erreurs
            );
        }
    }
    text
}

/// Processor time of the server for one operation.
fn each(phase: &Resultat) -> Duration {
    phase.cpu_serveur / u32::try_from(phase.mesures.count()).unwrap_or(u32::MAX).max(1)
}

fn per(cpu: Duration, count: usize) -> String {
    if count == 0 { "–".to_owned() } else { millis(cpu / u32::try_from(count).unwrap_or(u32::MAX)) }
}

fn millis(duration: Duration) -> String {
    format!("{:.2}", duration.as_secs_f64() * 1000.0)
}

fn rate(count: usize, duration: Duration) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / duration.as_secs_f64().max(1e-9)
}

fn kilobytes(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1000.0
}

fn megabytes(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1000).unwrap_or(u32::MAX)) / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journeys::Parcours;

    fn phase(millis: u64) -> Resultat {
        let mut mesures = Mesures::default();
        for _ in 0..10 {
            mesures.add(Duration::from_millis(2), 4_000);
        }
        Resultat {
            parcours: Parcours::File,
            connexions: 8,
            mesures,
            duree: Duration::from_secs(1),
            cpu_serveur: Duration::from_millis(millis),
            cpu_base: None,
            cpu_charge: Duration::from_millis(1),
            echantillons: Vec::new(),
        }
    }

    #[test]
    fn a_journey_is_one_row_with_its_cost_for_each_operation() {
        let mut text = String::new();
        journeys(&mut text, &[phase(15)]);
        let row = "| J1 queue of a service | 8 | 10 | 2.00 | 2.00 | 2.00 | 1.50 | in the server | 0.10 | 4.0 | 0 |";
        assert_eq!(text.lines().last(), Some(row));
    }

    #[test]
    fn growth_is_told_against_the_smallest_volume() {
        let text = growth(&mut [(10, vec![phase(10)]), (100, vec![phase(13)])]);
        assert!(text.contains("| 10 | 10 | 2.00 | 2.00 | 2.00 | 1.00 | +0 % | 0 |"), "{text}");
        assert!(text.contains("| 100 | 10 | 2.00 | 2.00 | 2.00 | 1.30 | +30 % | 0 |"), "{text}");
    }
}
