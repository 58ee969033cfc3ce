//! Prints how long a directory takes to load, how much memory it takes, and what it costs to publish a change, at several
//! sizes. Each size is loaded by a process of its own.
//!
//! ```text
//! cargo run --release -p doorward-bench-directory target/bench 10000 100000 1000000
//! ```
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command speaks on its terminal")]

use std::error::Error;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::{Duration, Instant};

use doorward_directory::random::SystemRandom;
use doorward_directory::sample::{Sample, published};
use doorward_directory::seal::{MasterKey, Sealer};
use doorward_directory::{Directory, Limits, Opening, Revision, STALENESS_MAX};
use doorward_store::Embedded;
use doorward_store::embedded::Options;

/// What the server gives its store for pages of the file.
const CACHE_BYTES: usize = 8 * 1024 * 1024;

/// How many changes are published to see what one costs.
const CHANGES: u32 = 10_000;

type Failure = Box<dyn Error + Send + Sync>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ended = match arguments.as_slice() {
        ["load", folder, size] => load(Path::new(folder), size),
        [folder, sizes @ ..] if !sizes.is_empty() => all(Path::new(folder), sizes),
        _ => Err("a folder for results and one or more numbers of principals are needed".into()),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Makes what stores are missing, measures each in a process of its own, and writes what was measured.
fn all(folder: &Path, sizes: &[&str]) -> Result<(), Failure> {
    let mut rows = Vec::new();
    for size in sizes {
        let store = folder.join(format!("directory-{size}"));
        if !store.exists() {
            make(&store, size.parse()?)?;
        }
        let mut command = Command::new(std::env::current_exe()?);
        let output = command.arg("load").arg(&store).arg(size).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        let row: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        println!("{row}");
        rows.push(row);
    }
    std::fs::write(folder.join("directory.json"), serde_json::to_string_pretty(&rows)?)?;
    Ok(())
}

/// Makes a store, under another name until it is complete.
fn make(store: &Path, principals: u32) -> Result<(), Failure> {
    let unfinished = store.with_extension("unfinished");
    if unfinished.exists() {
        std::fs::remove_dir_all(&unfinished)?;
    }
    let embedded = Embedded::open(&unfinished, Options::default())?;
    Sample::of(principals).fill(&embedded, &*sealer()?)?;
    drop(embedded);
    Ok(std::fs::rename(unfinished, store)?)
}

fn sealer() -> Result<Arc<Sealer>, Failure> {
    Ok(Arc::new(Sealer::new(&MasterKey::from_bytes([7; 32]), Arc::new(SystemRandom))?))
}

/// Loads a store, publishes changes, and prints what that took.
fn load(folder: &Path, size: &str) -> Result<(), Failure> {
    let sample = Sample::of(size.parse()?);
    let before = memory()?;
    let began = Instant::now();
    let options = Options { cache_bytes: CACHE_BYTES, ..Options::default() };
    let store = Arc::new(Embedded::open(folder, options)?);
    let (sealer, random) = (sealer()?, Arc::new(SystemRandom));
    let directory = Directory::open(Opening {
        store,
        sealer,
        limits: Limits::default(),
        random,
        staleness_max: STALENESS_MAX,
    })?;
    let loaded = began.elapsed();
    let after = memory()?;
    let changes = changes(&directory, &sample)?;
    let place = |share: usize| changes.get(changes.len() * share / 100).map(Duration::as_nanos);
    let row = serde_json::json!({
        "principals": sample.principals,
        "documents": sample.documents,
        "file_bytes": std::fs::metadata(folder.join("store.redb")).map(|file| file.len()).ok(),
        "load_ms": loaded.as_millis(),
        "rss_bytes": after.now,
        "peak_bytes": after.peak,
        "bytes_per_principal": after.now.saturating_sub(before.now) / u64::from(sample.principals.max(1)),
        "publish_ns_p50": place(50),
        "publish_ns_p99": place(99),
        "publish_ns_max": changes.last().map(Duration::as_nanos),
        "rss_bytes_after_changes": memory()?.now,
    });
    println!("{row}");
    Ok(())
}

/// What each of many changes took to publish, the shortest first: half of them of roles that are there, half of new ones.
fn changes(directory: &Directory, sample: &Sample) -> Result<Vec<Duration>, Failure> {
    let mut snapshot = directory.snapshot();
    let mut taken = Vec::new();
    for (number, revision) in (0..CHANGES).zip(snapshot.revision().0 + 1..) {
        let old = number.wrapping_mul(0x9e37_79b1) % sample.principals / 21 * 21 + 1;
        let role = if number % 2 == 0 { old } else { sample.principals + number };
        let change = sample.change(role, Revision(revision))?;
        let began = Instant::now();
        snapshot = published(&snapshot, &change)?;
        taken.push(began.elapsed());
    }
    taken.sort_unstable();
    Ok(taken)
}

/// Memory of this process, in bytes.
struct Memory {
    now: u64,
    peak: u64,
}

fn memory() -> Result<Memory, Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let bytes = |name: &str| {
        let rest = status.lines().find_map(|line| line.strip_prefix(name))?;
        rest.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kibibytes| kibibytes << 10)
    };
    let both = bytes("VmRSS:").zip(bytes("VmHWM:"));
    let (now, peak) = both.ok_or("the system does not say how much memory is in use")?;
    Ok(Memory { now, peak })
}
