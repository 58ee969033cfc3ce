//! What a backend is: the cases every [`Store`] has to pass.
//!
//! A backend's tests implement [`Fixture`] and call [`run`]. Cases ask only for what [`Store`] promises, so revisions
//! may have gaps; they use few keys and small values, so that a backend across a network passes in seconds.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "this module is tests, which fail by panicking"
)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::{CommitError, Expected, HistoryLimit, Key, Revision, Store, Transaction, Value, Write};

#[cfg(any(feature = "cluster", all(test, feature = "etcd")))]
pub mod cluster;
mod commits;
pub mod disk;
mod random;
mod reads;
mod watches;

pub use random::Random;

/// How a backend is made for a case.
pub trait Fixture {
    /// A new, empty store that keeps at most `history`, or as little as it can.
    fn open(&self, history: HistoryLimit) -> Arc<dyn Store>;

    /// Closes `store`, made by [`open`](Self::open) and nowhere else in use, and opens what it left behind; `None` if
    /// it leaves nothing.
    fn reopen(&self, store: Arc<dyn Store>, history: HistoryLimit) -> Option<Arc<dyn Store>>;
}

/// One case: its name and what it does.
pub type Case = (&'static str, fn(&dyn Fixture));

/// Every case.
pub const CASES: &[Case] = &[
    ("an empty store", reads::empty),
    ("write, read, overwrite, delete", reads::basics),
    ("keys are ordered byte by byte", reads::ordering),
    ("ranges and prefixes", reads::ranges),
    ("pages", reads::pages),
    ("a page ends after so many bytes", reads::large_pages),
    ("a snapshot stays as it was", reads::snapshots),
    ("what is shown is what is read", reads::shown),
    ("the largest key, value and transaction", commits::limits),
    ("every expectation, met and unmet", commits::expectations),
    ("a conflict names the first key and changes nothing", commits::conflicts),
    ("checks without writes", commits::checks_only),
    ("commits that change nothing", commits::nothing),
    ("one revision for all writes of a commit, and greater each time", commits::revisions),
    ("no lost update", commits::counters),
    ("one winner among many", commits::winner),
    ("a model agrees on random transactions", commits::model),
    ("a watch from the start", watches::from_the_start),
    ("a watch from the middle and from the end", watches::from_later),
    ("a watch ahead of the store", watches::ahead),
    ("a watch that waits", watches::waiting),
    ("changes leave out what did not change", watches::effective),
    ("no gap and no duplicate among many writers", watches::many_writers),
    ("a snapshot and a watch make the whole", watches::snapshot_then_watch),
    ("history that is gone", watches::compacted),
    ("a closed store", watches::closed),
    ("open again", watches::reopen),
];

/// Runs every case on stores of `fixture`.
///
/// # Panics
/// Naming every case that failed.
pub fn run(fixture: &dyn Fixture) {
    let failed = |(_, case): &&Case| catch_unwind(AssertUnwindSafe(|| case(fixture))).is_err();
    let failed: Vec<&str> = CASES.iter().filter(failed).map(|(name, _)| *name).collect();
    assert!(failed.is_empty(), "cases that failed: {failed:#?}");
}

/// History enough for every case that does not ask for less.
const AMPLE: HistoryLimit = HistoryLimit { commits: 100_000, bytes: 256 * 1024 * 1024 };

/// `text` as a key.
fn key(text: &str) -> Key {
    Key::new(text).unwrap()
}

/// A write of `value` under `text`.
fn put(text: &str, value: &str) -> (Key, Write) {
    (key(text), Write::Put(Value::new(value).unwrap()))
}

fn delete(text: &str) -> (Key, Write) {
    (key(text), Write::Delete)
}

/// Commits `writes` if `checks` hold.
fn commit(
    store: &dyn Store,
    checks: &[(&str, Expected)],
    writes: &[(Key, Write)],
) -> Result<Revision, CommitError> {
    let checks = checks.iter().map(|(text, expected)| (key(text), *expected)).collect();
    store.commit(Transaction::new(checks, writes.to_vec()).unwrap())
}

/// Commits `writes`, which nothing can refuse.
fn write(store: &dyn Store, writes: &[(Key, Write)]) -> Revision {
    commit(store, &[], writes).unwrap()
}

/// The value under `text`, as text.
fn value(store: &dyn Store, text: &str) -> Option<String> {
    store.read(&key(text)).unwrap().map(|entry| text_of(&entry.value))
}

fn text_of(value: &Value) -> String {
    String::from_utf8(value.as_bytes().to_vec()).unwrap()
}
