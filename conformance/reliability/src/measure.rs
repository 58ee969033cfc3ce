//! Figures of each backend, with nothing done to it.

use std::sync::Arc;
use std::time::Duration;

use doorward_store::conformance::cluster::{Cluster, Plan as Members};
use doorward_store::embedded::Options;
use doorward_store::etcd::Etcd;
use doorward_store::{Embedded, Store};
use serde::Serialize;

use crate::deciding::{decisions, directory};
use crate::drive::Failure;
use crate::figures::{self, Propagation, Throughput};
use crate::raw::Raw;
use crate::recovering::{Recovery, leader_loss};

/// A row of what was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "figure", rename_all = "kebab-case")]
pub enum Figure {
    /// Commits per second.
    Throughput(Throughput),
    /// How soon watchers of the store know.
    Propagation(Propagation),
    /// How soon another server decides by it.
    Decision(Propagation),
    /// How long until it commits again.
    Recovery(Recovery),
}

/// Measures the backends, or only one of them, and prints each row as it comes.
///
/// # Errors
/// A store or an engine fails, or there is no etcd on this machine.
pub fn measure(only: Option<&str>, time: Duration) -> Result<Vec<Figure>, Failure> {
    let mut rows = Vec::new();
    if only.is_none_or(|only| only == "embedded") {
        embedded(time, &mut rows)?;
    }
    if only.is_none_or(|only| only == "etcd") {
        etcd(time, &mut rows)?;
    }
    Ok(rows)
}

fn embedded(time: Duration, rows: &mut Vec<Figure>) -> Result<(), Failure> {
    let folder = tempfile::tempdir().map_err(Failure::of)?;
    let store: Arc<dyn Store> =
        Arc::new(Embedded::open(&folder.path().join("data"), Options::default()).map_err(Failure::of)?);
    let raw = Raw::create(&folder.path().join("raw.redb"))?;
    for writers in figures::WRITERS {
        let row = figures::throughput("embedded", writers, time, &*store, |number| raw.put(number))?;
        took(Figure::Throughput(row), rows);
    }
    for watchers in figures::WATCHERS {
        let row = figures::propagation("embedded", watchers, time, &*store, &store)?;
        took(Figure::Propagation(row), rows);
    }
    Ok(())
}

/// On a cluster of three members: one store writes, and the watchers follow another.
fn etcd(time: Duration, rows: &mut Vec<Figure>) -> Result<(), Failure> {
    let mut cluster = Cluster::start(&Members::default());
    let open = |prefix| Etcd::open(cluster.options(prefix)).map_err(Failure::of);
    let (written, raw) = (open("figures/")?, open("raw/")?);
    let watched: Arc<dyn Store> = Arc::new(open("figures/")?);
    for writers in figures::WRITERS {
        let put = |number| {
            let (key, value) = figures::entry(number);
            let done = raw.put_raw(format!("raw/{key}").as_bytes(), value.as_bytes());
            if done { Ok(()) } else { Err(Failure::Broken("etcd refused a put".to_owned())) }
        };
        let row = figures::throughput("etcd", writers, time, &written, put)?;
        took(Figure::Throughput(row), rows);
    }
    for watchers in figures::WATCHERS {
        let row = figures::propagation("etcd", watchers, time, &written, &watched)?;
        took(Figure::Propagation(row), rows);
    }
    let server = || directory(Arc::new(open("servers/")?));
    let [one, other] = [server()?, server()?];
    for watchers in figures::WATCHERS {
        took(Figure::Decision(decisions("etcd", watchers, time, &one, &other)?), rows);
    }
    took(Figure::Recovery(leader_loss(&mut cluster, &written)?), rows);
    Ok(())
}

/// Prints a row and keeps it.
fn took(row: Figure, rows: &mut Vec<Figure>) {
    println!("{}", said(&row));
    rows.push(row);
}

fn said(row: &Figure) -> String {
    match row {
        Figure::Throughput(row) => {
            let Throughput { backend, writers, commits_per_second, raw_per_second, ratio } = row;
            let percent = ratio * 100.0;
            format!(
                "{backend}, {writers} writers: {commits_per_second:.0} commits/s, {raw_per_second:.0} by the engine \
                 alone, {percent:.0} %"
            )
        }
        Figure::Propagation(row) => format!("{}: known after {}", watched(row), after(row)),
        Figure::Decision(row) => format!("{}: decided after {}", watched(row), after(row)),
        Figure::Recovery(row) => {
            let Recovery { backend, fault, times, p50_ms, max_ms } = row;
            format!(
                "{backend}, {fault}: acknowledges again after {p50_ms} ms (median), {max_ms} ms (longest) of {times}"
            )
        }
    }
}

fn watched(row: &Propagation) -> String {
    format!("{}, {} watchers", row.backend, row.watchers)
}

fn after(row: &Propagation) -> String {
    let Propagation { times, p50_us, p99_us, max_us, .. } = row;
    format!("{p50_us} µs (median), {p99_us} µs (p99), {max_us} µs (longest) of {times}")
}
