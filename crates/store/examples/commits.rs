//! How many commits a second the embedded store makes durable: `cargo run --release --example commits -- DIRECTORY`.
//!
//! Each commit checks and writes one key of its own, with a value of 1 kB, for about three seconds.

#![expect(clippy::print_stdout, reason = "the numbers are what it is for")]

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use doorward_store::embedded::{Embedded, Options};
use doorward_store::{Expected, Key, KeyRange, Scan, Store, Transaction, Value, Write};

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let directory = std::env::args().nth(1).ok_or("name a directory that does not exist yet")?;
    let store = Embedded::open(Path::new(&directory), Options::default())?;
    for threads in [1, 8, 64] {
        let start = Instant::now();
        let commits = commit_from(&store, threads, start + Duration::from_secs(3))?;
        println!("{threads} threads: {:.0} commits/s", f64::from(commits) / start.elapsed().as_secs_f64());
    }
    drop(store);
    let start = Instant::now();
    let store = Embedded::open(Path::new(&directory), Options::default())?;
    println!("opened again in {:?}", start.elapsed());
    let start = Instant::now();
    let entries = Scan::new(&*store.snapshot()?, KeyRange::all()).count();
    println!("{entries} entries read in {:?}", start.elapsed());
    Ok(())
}

/// Commits from so many threads until `end`; returns how often.
fn commit_from(store: &dyn Store, threads: u32, end: Instant) -> Result<u32, Box<dyn Error + Send + Sync>> {
    let commit = |thread: u32| {
        let mut commits = 0;
        while Instant::now() < end {
            let key = Key::new(format!("{threads}/{thread}/{commits}"))?;
            let write = Write::Put(Value::new([7; 1000])?);
            store.commit(Transaction::new(vec![(key.clone(), Expected::Absent)], vec![(key, write)])?)?;
            commits += 1;
        }
        Ok(commits)
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|thread| scope.spawn(move || commit(thread))).collect();
        threads.into_iter().map(|thread| thread.join().map_err(|_| "a thread panicked")?).sum()
    })
}
