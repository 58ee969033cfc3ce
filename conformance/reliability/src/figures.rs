//! How fast a store commits beside the engine under it, and how soon watchers know.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use doorward_store::{Key, Revision, Store, Transaction, Value, Write};
use serde::Serialize;

use crate::drive::Failure;

/// How many writers commit at a time.
pub const WRITERS: [usize; 2] = [1, 64];

/// How many watchers follow at a time.
pub const WATCHERS: [usize; 3] = [1, 10, 100];

/// How often a store and its engine have their turn.
const TURNS: u32 = 8;

/// How long the value of a commit is, in bytes: about a role's.
const VALUE_BYTES: usize = 1_000;

/// How long writers pause between two commits while watchers are timed, so that the time to commit is not what is measured.
const PAUSE: Duration = Duration::from_millis(2);

/// How long a watcher may take to come along at the end.
const CATCH_UP: Duration = Duration::from_secs(10);

/// How often it is looked whether a writer has failed.
const LOOKED_EVERY: Duration = Duration::from_millis(5);

/// How long a watch waits.
const PATIENCE: Duration = Duration::from_millis(50);

/// Commits per second, beside the engine's own.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Throughput {
    /// What was measured.
    pub backend: &'static str,
    /// How many writers there were.
    pub writers: usize,
    /// Commits per second.
    pub commits_per_second: f64,
    /// What the engine does without us, by as many writers, in the same run.
    pub raw_per_second: f64,
    /// The one by the other.
    pub ratio: f64,
}

/// How long after a commit was acknowledged watchers knew of it, in microseconds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Propagation {
    /// What was measured.
    pub backend: &'static str,
    /// How many watchers there were.
    pub watchers: usize,
    /// How many times were taken.
    pub times: usize,
    /// The median.
    pub p50_us: u64,
    /// Of a hundred times the longest but one.
    pub p99_us: u64,
    /// The longest.
    pub max_us: u64,
}

/// Commits per second by so many writers, each of which calls `commit` with a number that nobody else has.
pub fn per_second(
    writers: usize,
    time: Duration,
    commit: impl Fn(usize) -> Result<(), Failure> + Sync,
) -> Result<f64, Failure> {
    let (numbers, done, stop) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let failed = Mutex::new(None);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..writers {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    match commit(numbers.fetch_add(1, Ordering::Relaxed)) {
                        Ok(()) => _ = done.fetch_add(1, Ordering::Relaxed),
                        Err(failure) => {
                            *failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
                            stop.store(true, Ordering::Relaxed);
                        }
                    }
                }
            });
        }
        while begun.elapsed() < time && !stop.load(Ordering::Relaxed) {
            std::thread::sleep(LOOKED_EVERY);
        }
        stop.store(true, Ordering::Relaxed);
    });
    match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(failure) => Err(failure),
        None => Ok(done.into_inner() as f64 / begun.elapsed().as_secs_f64()),
    }
}

/// The key and value of the commit of this number.
pub fn entry(number: usize) -> (String, String) {
    (format!("figure/{number:012}"), format!("{number:0VALUE_BYTES$}"))
}

/// Makes the commit of this number.
///
/// # Errors
/// The store refuses.
pub fn commit(store: &dyn Store, number: usize) -> Result<Revision, Failure> {
    let (key, value) = entry(number);
    let (key, value) = (Key::new(key).map_err(Failure::of)?, Value::new(value).map_err(Failure::of)?);
    let transaction = Transaction::new(Vec::new(), vec![(key, Write::Put(value))]).map_err(Failure::of)?;
    store.commit(transaction).map_err(Failure::of)
}

/// Measures a store and the engine under it, for a while each, in turns: what else the machine does meets both.
///
/// # Errors
/// Either of them refuses a commit.
pub fn throughput(
    backend: &'static str,
    writers: usize,
    time: Duration,
    store: &dyn Store,
    raw: impl Fn(usize) -> Result<(), Failure> + Sync,
) -> Result<Throughput, Failure> {
    let (mut own, mut engine) = (0.0, 0.0);
    for _ in 0..TURNS {
        own += per_second(writers, time / TURNS, |number| commit(store, number).map(drop))?;
        engine += per_second(writers, time / TURNS, &raw)?;
    }
    let turns = f64::from(TURNS);
    let (commits_per_second, raw_per_second, ratio) = (own / turns, engine / turns, own / engine);
    Ok(Throughput { backend, writers, commits_per_second, raw_per_second, ratio })
}

/// Times how long watchers of `watched` take to know what is committed to `written`, which may be another server's.
///
/// # Errors
/// A commit is refused, a watch ends, or a watcher does not come along.
pub fn propagation(
    backend: &'static str,
    watchers: usize,
    time: Duration,
    written: &dyn Store,
    watched: &Arc<dyn Store>,
) -> Result<Propagation, Failure> {
    let start = watched.revision().map_err(Failure::of)?;
    let newest = Mutex::new(None::<Revision>);
    let (acknowledged, seen) = std::thread::scope(|scope| {
        let newest = &newest;
        let following: Vec<_> =
            (0..watchers).map(|_| scope.spawn(move || follow(&**watched, start, newest))).collect();
        let mut acknowledged = Vec::new();
        let begun = Instant::now();
        let mut outcome = Ok(());
        while begun.elapsed() < time && outcome.is_ok() {
            match commit(written, acknowledged.len()) {
                Ok(revision) => acknowledged.push((revision, Instant::now())),
                Err(failure) => outcome = Err(failure),
            }
            std::thread::sleep(PAUSE);
        }
        let last = acknowledged.last().map_or(start, |(revision, _)| *revision);
        *newest.lock().unwrap_or_else(PoisonError::into_inner) = Some(last);
        let seen: Result<Vec<_>, Failure> =
            following.into_iter().map(|one| one.join().map_err(|_| Failure::Panicked)?).collect();
        outcome.and(seen).map(|seen| (acknowledged, seen))
    })?;
    let mut times: Vec<Duration> = Vec::with_capacity(acknowledged.len() * watchers);
    for seen in &seen {
        // Each watcher is told every commit, in the same order as they were made.
        for ((revision, told), (other, known)) in acknowledged.iter().zip(seen) {
            if revision != other {
                return Err(Failure::Broken(format!("a watcher was told of {other} instead of {revision}")));
            }
            times.push(known.saturating_duration_since(*told));
        }
    }
    Ok(Propagation::of(backend, watchers, &mut times))
}

impl Propagation {
    /// The row of these times.
    #[must_use]
    pub fn of(backend: &'static str, watchers: usize, times: &mut [Duration]) -> Self {
        let [p50_us, p99_us, max_us] = times_of(times);
        Self { backend, watchers, times: times.len(), p50_us, p99_us, max_us }
    }
}

/// The median, the longest but one of a hundred, and the longest, in microseconds; sorts them.
pub fn times_of(times: &mut [Duration]) -> [u64; 3] {
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1)));
    let microseconds =
        |share| at(share).map_or(0, |time| u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
    [50, 99, 100].map(microseconds)
}

/// The commits that a watcher was told of, and when, until it has come to the newest.
fn follow(
    store: &dyn Store,
    after: Revision,
    newest: &Mutex<Option<Revision>>,
) -> Result<Vec<(Revision, Instant)>, Failure> {
    let mut watch = store.watch(after).map_err(Failure::of)?;
    let mut seen = Vec::new();
    let mut waited = None;
    loop {
        if let Some(change) = watch.next(PATIENCE).map_err(Failure::of)? {
            seen.push((change.revision, Instant::now()));
            continue;
        }
        let newest = *newest.lock().unwrap_or_else(PoisonError::into_inner);
        if newest.is_some_and(|newest| watch.position() >= newest) {
            return Ok(seen);
        }
        let since = *waited.get_or_insert_with(Instant::now);
        if newest.is_some() && since.elapsed() > CATCH_UP {
            return Err(Failure::Broken("a watcher does not come along".to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use doorward_store::Memory;

    use super::*;

    #[test]
    fn watchers_are_timed() {
        let store: Arc<dyn Store> = Arc::new(Memory::default());
        let time = Duration::from_millis(60);
        let row = propagation("memory", 3, time, &*store, &store).unwrap();
        assert!(row.times > 0 && row.times.is_multiple_of(3), "{row:?}");
        assert!(row.p50_us <= row.p99_us && row.p99_us <= row.max_us, "{row:?}");
    }

    #[test]
    fn commits_are_counted() {
        let store = Memory::default();
        let row = throughput("memory", 2, Duration::from_millis(30), &store, |_| Ok(())).unwrap();
        assert!(row.commits_per_second > 0.0 && row.raw_per_second > 0.0 && row.ratio > 0.0, "{row:?}");
        let failure = per_second(2, Duration::from_secs(60), |_| Err(Failure::Gone));
        assert!(matches!(failure, Err(Failure::Gone)));
    }
}
