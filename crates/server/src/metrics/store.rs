//! A store that counts what is done with it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use doorward_store::{
    CommitError, Entry, Health, Key, KeyRange, Page, PageSize, ReadError, Revision, Snapshot, Store,
    Transaction, Watch, WatchError,
};

use super::histogram::Histogram;
use super::samples::{Samples, Value};

/// What can come of a transaction.
const COMMIT_OUTCOMES: [&str; 4] = ["committed", "conflict", "unavailable", "unknown"];

/// Another store, counted.
pub struct CountedStore {
    store: Arc<dyn Store>,
    commits: [AtomicU64; COMMIT_OUTCOMES.len()],
    commit_time: Histogram,
    revision_time: Histogram,
    watches: [AtomicU64; 2],
}

impl CountedStore {
    /// The same store, from now on counted.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Self {
        let (commits, watches) = (Default::default(), Default::default());
        let (commit_time, revision_time) = (Histogram::default(), Histogram::default());
        Self { store, commits, commit_time, revision_time, watches }
    }

    pub(super) fn put(&self, samples: &mut Samples) {
        let number = |count: &AtomicU64| Value::Number(super::collect::count(count.load(Ordering::Relaxed)));
        for (outcome, count) in COMMIT_OUTCOMES.iter().zip(&self.commits) {
            samples.put_of("doorward_store_commits", &[("outcome", outcome)], number(count));
        }
        for (outcome, count) in ["begun", "failed"].iter().zip(&self.watches) {
            samples.put_of("doorward_store_watches", &[("outcome", outcome)], number(count));
        }
        for (metric, histogram) in [
            ("doorward_store_commit_duration_seconds", &self.commit_time),
            ("doorward_store_revision_duration_seconds", &self.revision_time),
        ] {
            samples.put_of(metric, &[], Value::Times(histogram.counted()));
        }
        let health = match self.store.health() {
            Health::Ready => "ready",
            Health::Degraded { .. } => "degraded",
            Health::ReadOnly { .. } => "read_only",
            Health::Unavailable { .. } => "unavailable",
        };
        for state in ["ready", "degraded", "read_only", "unavailable"] {
            let value = Value::Number(if state == health { 1.0 } else { 0.0 });
            samples.put_of("doorward_store_health", &[("state", state)], value);
        }
    }
}

fn count_one<const N: usize>(counts: &[AtomicU64; N], at: usize) {
    if let Some(count) = counts.get(at) {
        count.fetch_add(1, Ordering::Relaxed);
    }
}

impl Store for CountedStore {
    fn revision(&self) -> Result<Revision, ReadError> {
        let begun = Instant::now();
        let revision = self.store.revision();
        self.revision_time.note(begun.elapsed());
        revision
    }

    fn snapshot(&self) -> Result<Box<dyn Snapshot>, ReadError> {
        self.store.snapshot()
    }

    fn read(&self, key: &Key) -> Result<Option<Entry>, ReadError> {
        self.store.read(key)
    }

    fn range(&self, range: &KeyRange, size: PageSize) -> Result<Page, ReadError> {
        self.store.range(range, size)
    }

    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError> {
        let _span = tracing::trace_span!("store commit").entered();
        let begun = Instant::now();
        let committed = self.store.commit(transaction);
        self.commit_time.note(begun.elapsed());
        let outcome = match &committed {
            Ok(_) => 0,
            Err(CommitError::Conflict { .. }) => 1,
            Err(CommitError::Unavailable { .. }) => 2,
            // Whatever else comes to be, nothing more is known of it.
            Err(_) => 3,
        };
        count_one(&self.commits, outcome);
        committed
    }

    fn watch(&self, after: Revision) -> Result<Box<dyn Watch>, WatchError> {
        let watch = self.store.watch(after);
        count_one(&self.watches, usize::from(watch.is_err()));
        watch
    }

    fn health(&self) -> Health {
        self.store.health()
    }

    fn is_shared(&self) -> bool {
        self.store.is_shared()
    }
}
