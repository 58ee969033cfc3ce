//! Breaks stores while they are written to, and says what came of it.
//!
//! ```text
//! cargo run --release -p doorward-reliability                       # every backend under every fault, and figures
//! cargo run --release -p doorward-reliability -- --short            # the same, a second each
//! cargo run --release -p doorward-reliability -- --fault power-cut --seconds 60 --seed 7
//! cargo run --release -p doorward-reliability -- --figures --seconds 5
//! ```
//!
//! Clients write to registers, read them, and swap what they have seen for something else, all at once, while a fault happens
//! again and again. At the end nothing that was acknowledged may be missing, nothing that was refused may be there, each
//! register's history must be linearizable, revisions must grow with time, and a watcher must have been told all of it once.
//!
//! Reading order: [`history`], [`register`] and [`verdict`] judge; [`load`] and [`watching`] are the clients; [`drive`] is
//! a run; [`disks`], [`killed`], [`clusters`] and [`severed`], by [`relay`], are the faults; [`measure`] takes [`figures`] of stores that nothing is done to, beside
//! [`raw`] engines.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks on its terminal")]

mod clusters;
mod deciding;
mod disks;
mod drive;
mod figures;
mod history;
mod killed;
mod load;
mod measure;
mod raw;
mod recovering;
mod register;
mod relay;
mod severed;
mod slot;
mod verdict;
mod watching;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use clap::Parser;
use serde::Serialize;

use crate::clusters::ClusterFault;
use crate::disks::DiskFault;
use crate::drive::{Failure, Plan};
use crate::measure::Figure;
use crate::severed::NetworkFault;
use crate::verdict::Row;

/// Breaks stores while they are written to, and checks that nothing was lost and every history is linearizable.
#[derive(Parser)]
#[command(name = "doorward-reliability")]
struct Arguments {
    /// Only this backend.
    #[arg(long)]
    backend: Option<String>,
    /// Only this fault.
    #[arg(long)]
    fault: Option<String>,
    /// For how long each fault is tried, in seconds.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    seconds: u64,
    /// A second for each.
    #[arg(long, conflicts_with = "seconds")]
    short: bool,
    /// How many clients work at once [default: 8; on a cluster 24, so that commits wait for each other and go together].
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=32))]
    clients: Option<u16>,
    /// What the clients' choices come from; when the faults happen depends on the machine too.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only the figures: commits per second beside the engine alone, how soon others know, how soon a lost leader is
    /// replaced. They follow the faults unless one is chosen.
    #[arg(long, conflicts_with = "fault")]
    figures: bool,
    /// Where the rows go, as a JSON array.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// How many clients work at once on a store of its own.
const CLIENTS: u16 = 8;

/// How many work at once on a cluster, by two stores: so many that commits wait for each other, and share transactions.
const CLUSTER_CLIENTS: u16 = 24;

/// A backend under a fault.
struct Trial {
    backend: &'static str,
    fault: &'static str,
    run: Box<dyn Fn(Plan) -> Result<Row, Failure> + Sync>,
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    if let [word, data, socket] = arguments.as_slice()
        && word == killed::CHILD
    {
        return ended(killed::serve(Path::new(data), Path::new(socket)).map(|()| true));
    }
    let arguments = Arguments::parse();
    ended(if arguments.figures { figures_alone(&arguments).map(|()| true) } else { try_all(&arguments) })
}

fn ended(sound: Result<bool, Failure>) -> ExitCode {
    match sound {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn trials() -> Vec<Trial> {
    let disk = |fault: DiskFault| {
        let run = Box::new(move |plan| disks::run(fault, plan));
        Trial { backend: "embedded", fault: fault.name(), run }
    };
    let killed = Trial { backend: "embedded", fault: "kill-9", run: Box::new(killed::run) };
    let cluster = |fault: ClusterFault| {
        let run = Box::new(move |plan| clusters::run(fault, plan));
        Trial { backend: "etcd", fault: fault.name(), run }
    };
    let network = |fault: NetworkFault| {
        let run = Box::new(move |plan| severed::run(fault, plan));
        Trial { backend: "etcd", fault: fault.name(), run }
    };
    let embedded = DiskFault::ALL.into_iter().map(disk).chain([killed]);
    let cluster = ClusterFault::ALL.into_iter().map(cluster);
    embedded.chain(cluster).chain(NetworkFault::ALL.into_iter().map(network)).collect()
}

/// Answers whether every trial was sound.
fn try_all(arguments: &Arguments) -> Result<bool, Failure> {
    let wanted = |wish: &Option<String>, name: &str| wish.as_ref().is_none_or(|wish| wish == name);
    let chosen: Vec<Trial> = trials()
        .into_iter()
        .filter(|trial| wanted(&arguments.backend, trial.backend) && wanted(&arguments.fault, trial.fault))
        .collect();
    if chosen.is_empty() {
        let known: Vec<String> =
            trials().iter().map(|trial| format!("{} {}", trial.backend, trial.fault)).collect();
        return Err(Failure::Broken(format!("there is no such trial; there are: {}", known.join(", "))));
    }
    let plan = |backend: &str| {
        let usual = if backend == "etcd" { CLUSTER_CLIENTS } else { CLIENTS };
        let clients = arguments.clients.unwrap_or(usual).into();
        Plan { clients, time: arguments.time(), seed: arguments.seed }
    };
    println!("{HEAD}");
    let rows = all_of(&chosen, &plan, if arguments.short { SHORT_AT_ONCE } else { 1 })?;
    let sound = rows.iter().all(Row::is_sound);
    let mut rows: Vec<_> = rows.into_iter().map(Shown::Trial).collect();
    if !arguments.short && arguments.fault.is_none() {
        let figures = measure::measure(arguments.backend.as_deref(), arguments.figure_time())?;
        rows.extend(figures.into_iter().map(Shown::Figure));
    }
    put(arguments, &rows)?;
    Ok(sound)
}

/// How many trials run at once in short: they wait for elections most of the time.
const SHORT_AT_ONCE: usize = 3;

/// Runs trials, so many at once; their rows in the same order.
fn all_of(
    trials: &[Trial],
    plan: &(dyn Fn(&str) -> Plan + Sync),
    at_once: usize,
) -> Result<Vec<Row>, Failure> {
    let (next, rows) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let work = || {
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(trial) = trials.get(place) else { return Ok(()) };
            let row = (trial.run)(plan(trial.backend))?;
            println!("{}", line(&row));
            rows.lock().unwrap_or_else(PoisonError::into_inner).insert(place, row);
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..at_once).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().unwrap_or(Err(Failure::Panicked)))
    })?;
    Ok(rows.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect())
}

/// A row of the whole report.
#[derive(Serialize)]
#[serde(untagged)]
enum Shown {
    Trial(Row),
    Figure(Figure),
}

/// For how long each figure is measured at most.
const FIGURE_TIME_MAX: Duration = Duration::from_secs(8);

/// Measures, and writes nothing but that.
fn figures_alone(arguments: &Arguments) -> Result<(), Failure> {
    let rows = measure::measure(arguments.backend.as_deref(), arguments.figure_time())?;
    put(arguments, &rows)
}

impl Arguments {
    fn time(&self) -> Duration {
        Duration::from_secs(if self.short { 1 } else { self.seconds })
    }

    /// Figures settle sooner than faults come to an end.
    fn figure_time(&self) -> Duration {
        self.time().min(FIGURE_TIME_MAX)
    }
}

/// Writes rows where they are wanted.
fn put(arguments: &Arguments, rows: &impl Serialize) -> Result<(), Failure> {
    let Some(out) = &arguments.out else { return Ok(()) };
    let text = serde_json::to_string_pretty(rows).map_err(Failure::of)?;
    std::fs::write(out, text + "\n").map_err(Failure::of)
}

/// The head of the table that is printed.
const HEAD: &str = "\
| Backend | Fault | Faults | Acknowledged | Lost | Unknown | Refused | Refused, yet there | Histories | Linearizable | Revisions | Watched | Watched wrong | Longest pause, ms |
|---|---|--:|--:|--:|--:|--:|--:|--:|---|---|--:|--:|--:|";

fn line(row: &Row) -> String {
    let said = |sound: bool| if sound { "yes" } else { "**no**" };
    format!(
        "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
        row.backend,
        row.fault,
        row.faults,
        row.acknowledged,
        row.lost,
        row.unknown,
        row.refused,
        row.refused_yet_there,
        row.histories,
        said(row.linearizable),
        said(row.revisions),
        row.watched,
        row.watched_wrong,
        row.longest_pause_ms
    )
}
