//! An axum server that answers with as many bytes as it is asked for, as its own process.

use super::Limite;
use crate::Outcome;
use crate::load::{Mesures, Visiteur};
use crate::proc::{Cpu, ticks_per_second};
use axum::Router;
use axum::extract::Path;
use axum::response::Html;
use axum::routing::get;
use std::net::Ipv4Addr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Serves until the process is ended.
///
/// # Errors
/// When the port cannot be had.
pub async fn serve(port: u16) -> Outcome<()> {
    // As many threads as the product's server has.
    let served = std::thread::spawn(move || -> Outcome<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let answer = |Path(size): Path<usize>| async move { Html("x".repeat(size)) };
            let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
            Ok(axum::serve(listener, Router::new().route("/{size}", get(answer))).await?)
        })
    });
    tokio::task::spawn_blocking(move || served.join().map_err(|_| "the bare server broke")).await??
}

struct Nu(Child);

impl Drop for Nu {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Measures each size at 8 connections, and the first at 1 and 32 too.
///
/// # Errors
/// When the server does not start or a connection breaks.
pub async fn measure(sizes: &[u64], duree: Duration) -> Outcome<Vec<Limite>> {
    let port = crate::server::free_port()?;
    let mut command = Command::new(std::env::current_exe()?);
    let child = command.arg("--nue").arg(port.to_string()).stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    let nu = Nu(child);
    let begun = Instant::now();
    while Visiteur::open(port, 0).await.is_err() {
        if begun.elapsed() > Duration::from_secs(10) {
            return Err("the bare server does not answer".into());
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let mut found = Vec::new();
    for size in sizes {
        found.push(one((port, nu.0.id()), (*size, 8), duree).await?);
    }
    if let Some(first) = sizes.first() {
        for connexions in [1, 32] {
            found.push(one((port, nu.0.id()), (*first, connexions), duree).await?);
        }
    }
    Ok(found)
}

async fn one((port, pid): (u16, u32), (size, connexions): (u64, usize), duree: Duration) -> Outcome<Limite> {
    let ticks = ticks_per_second()?;
    let mut visitors = Vec::new();
    for numero in 0..connexions {
        visitors.push(Visiteur::open(port, numero).await?);
    }
    let before = Cpu::of(pid, false);
    let begun = Instant::now();
    let tasks = visitors.into_iter().map(|mut visitor| {
        tokio::spawn(async move {
            let (mut mesures, path) = (Mesures::default(), format!("/{size}"));
            while begun.elapsed() < duree {
                let asked = Instant::now();
                match visitor.get(&path).await {
                    Ok(answer) => mesures.add(asked.elapsed(), answer.taille()),
                    Err(error) => mesures.fail(error.to_string()),
                }
            }
            mesures
        })
    });
    let mut mesures = Mesures::default();
    for task in tasks.collect::<Vec<_>>() {
        mesures.extend(task.await?);
    }
    let (duree, cpu) = (begun.elapsed(), Some(Cpu::of(pid, false).since(&before, ticks)));
    Ok(Limite { connexions, taille: Some(size), mesures, duree, cpu })
}
