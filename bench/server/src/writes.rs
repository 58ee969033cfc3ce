//! `CreateRole` by 64 writers, beside the store alone.
//!
//! Each role is durable before it is answered, and so is each commit. The store commits together what waits for the disk,
//! whoever asks; what the server makes of it is the ratio.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use doorward_store::embedded::Options;
use doorward_store::{Embedded, Expected, Key, KeyRange, Scan, Store, Transaction, Value, Write};

use crate::doorward::{Doorward, escaped, trust_in_account};
use crate::load::{CONNECTIONS, Load};
use crate::process::processor_time;

/// How many roles are made, and how many commits, in a round; and how many before, that do not count.
const WRITES: usize = 4_000;
const WARM_UP: usize = 400;

/// How often both are measured; the median counts.
pub const ROUNDS: usize = 3;

/// What a round took.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    /// Roles made per second.
    pub roles_per_second: f64,
    /// The time within which half of the answers came, and 99 of 100, in milliseconds.
    pub p50_ms: f64,
    /// The same for 99 of 100.
    pub p99_ms: f64,
    /// The server's processor time per role, in microseconds.
    pub server_us: f64,
    /// Commits of the bare store per second.
    pub commits_per_second: f64,
    /// What one commit writes.
    pub commit: Shape,
}

/// What one commit writes, on average.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Records.
    pub records: usize,
    /// Bytes of their keys and values together.
    pub bytes: usize,
}

/// One round in an empty folder, which is left full.
///
/// # Errors
/// The server or the store refuse something, or the disk.
pub fn round(folder: &Path) -> Result<Round, Box<dyn Error>> {
    let data = folder.join("data");
    let server = Doorward::start(&data)?;
    let trust = escaped(&trust_in_account());
    let roles = (0..WARM_UP + WRITES).map(|number| {
        let parameters = format!("CreateRole&RoleName=role{number}&AssumeRolePolicyDocument={trust}");
        server.iam_request(&parameters, &format!(":role/role{number}</Arn>"))
    });
    let load = Load::open(roles.collect::<Result<_, _>>()?)?;
    load.run(0..WARM_UP)?;
    let before = processor_time(server.pid())?;
    let taken = load.run(WARM_UP..WARM_UP + WRITES)?;
    let used = processor_time(server.pid())?.saturating_sub(before);
    drop((load, server));
    let commit = shape(&data)?;
    Ok(Round {
        roles_per_second: WRITES as f64 / taken.time.as_secs_f64(),
        p50_ms: taken.within_ms(50),
        p99_ms: taken.within_ms(99),
        server_us: used.as_secs_f64() * 1e6 / WRITES as f64,
        commits_per_second: commits_per_second(&folder.join("store"), commit)?,
        commit,
    })
}

/// What each role has left in the store. That the server's first start left something too does not show in thousands.
fn shape(data: &Path) -> Result<Shape, Box<dyn Error>> {
    let store = Embedded::open(data, Options::default())?;
    let snapshot = store.snapshot()?;
    let (mut records, mut bytes) = (0, 0);
    for entry in Scan::new(&*snapshot, KeyRange::all()) {
        let (key, entry) = entry?;
        records += 1;
        bytes += key.as_bytes().len() + entry.value.as_bytes().len();
    }
    let roles = WARM_UP + WRITES;
    Ok(Shape { records: records / roles, bytes: bytes / roles })
}

/// How often a store in an empty folder commits as much in a second, asked by as many threads as there were connections.
fn commits_per_second(folder: &Path, commit: Shape) -> Result<f64, Box<dyn Error>> {
    let store = Embedded::open(folder, Options::default())?;
    commit_all(&store, commit, 0..WARM_UP)?;
    let begun = Instant::now();
    commit_all(&store, commit, WARM_UP..WARM_UP + WRITES)?;
    Ok(WRITES as f64 / begun.elapsed().as_secs_f64())
}

fn commit_all(
    store: &Embedded,
    commit: Shape,
    numbers: std::ops::Range<usize>,
) -> Result<(), Box<dyn Error>> {
    let failed = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..CONNECTIONS)
            .map(|writer| {
                let own = numbers.clone().skip(writer).step_by(CONNECTIONS);
                scope.spawn(move || own.map(|number| commit_one(store, commit, number)).find_map(Result::err))
            })
            .collect();
        writers
            .into_iter()
            .find_map(|writer| writer.join().unwrap_or_else(|_| Some("a writer died".to_owned())))
    });
    failed.map_or(Ok(()), |failure| Err(failure.into()))
}

fn commit_one(store: &Embedded, commit: Shape, number: usize) -> Result<(), String> {
    let value = vec![0; (commit.bytes / commit.records.max(1)).saturating_sub(32)];
    let write = |record: usize| {
        let key = Key::new(format!("{:032}", number * 16 + record)).map_err(|error| error.to_string())?;
        let value = Value::new(&value).map_err(|error| error.to_string())?;
        Ok::<_, String>((key, Write::Put(value)))
    };
    let writes = (0..commit.records).map(write).collect::<Result<Vec<_>, _>>()?;
    let checks = writes.iter().map(|(key, _)| (key.clone(), Expected::Absent)).collect();
    let transaction = Transaction::new(checks, writes).map_err(|error| error.to_string())?;
    store.commit(transaction).map(drop).map_err(|error| error.to_string())
}
