//! A store that fails: nothing is claimed that did not happen, and the directory says so.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

use doorward_store::{
    CommitError, Health, HistoryLimit, Key, Memory, ReadError, Revision, Snapshot, Store, Transaction, Value,
    Watch, WatchError, Write,
};

use crate::directory::{OpenError, STALENESS_MAX};
use crate::limits::Limits;
use crate::testing::*;

const SOUND: u8 = 0;
const UNAVAILABLE: u8 = 1;
const UNKNOWN: u8 = 2;
const UNREACHABLE: u8 = 3;

/// A store whose commits fail when told to.
struct Failing {
    inner: Memory,
    mode: AtomicU8,
}

impl Store for Failing {
    fn revision(&self) -> Result<Revision, ReadError> {
        self.inner.revision()
    }

    fn snapshot(&self) -> Result<Box<dyn Snapshot>, ReadError> {
        self.inner.snapshot()
    }

    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError> {
        let cause = Arc::new(std::io::Error::other("disk full"));
        match self.mode.load(Ordering::Relaxed) {
            UNAVAILABLE | UNREACHABLE => Err(CommitError::Unavailable { cause }),
            UNKNOWN => {
                self.inner.commit(transaction)?;
                Err(CommitError::Unknown { cause })
            }
            _ => self.inner.commit(transaction),
        }
    }

    fn watch(&self, after: Revision) -> Result<Box<dyn Watch>, WatchError> {
        self.inner.watch(after)
    }

    fn health(&self) -> Health {
        let cause = Arc::new(std::io::Error::other("no route"));
        match self.mode.load(Ordering::Relaxed) {
            UNREACHABLE => Health::Unavailable { cause },
            _ => self.inner.health(),
        }
    }
}

fn raw(key: &str, value: &[u8]) -> Transaction {
    let write = (Key::new(key).unwrap(), Write::Put(Value::new(value).unwrap()));
    Transaction::new(Vec::new(), vec![write]).unwrap()
}

#[test]
fn failed_commits_are_refused() {
    let store = Arc::new(Failing { inner: Memory::default(), mode: AtomicU8::new(SOUND) });
    let directory = open(store.clone(), Limits::default(), 0);
    let create = |id: &'static str| {
        let id = id.parse().unwrap();
        outcome(&directory, |draft| crate::change::accounts::create(draft, id, "x"))
    };
    let unavailable = "ServiceUnavailable: The request has failed due to a temporary failure of the server.";
    let failed = "ServiceFailure: The request processing has failed because of an unknown error, exception or failure.";
    for (mode, refused) in [(UNREACHABLE, unavailable), (UNAVAILABLE, failed)] {
        store.mode.store(mode, Ordering::Relaxed);
        assert_eq!(create(ACCOUNT), refused);
        assert_eq!(directory.snapshot().account(account()), None);
    }
    store.mode.store(UNKNOWN, Ordering::Relaxed);
    assert_eq!(create(ACCOUNT), failed);
    store.mode.store(SOUND, Ordering::Relaxed);
    // This time the failed commit had been made after all.
    assert_eq!(create(ACCOUNT), "EntityAlreadyExists: Account 123456789012 already exists.");
    assert_eq!(create(OTHER), "ok");
}

#[test]
fn bad_records_fail_the_start_by_name() {
    for (key, value, text) in [
        (
            "iam/account/123456789012",
            &[7u8][..],
            "the record of the key `iam/account/123456789012` cannot be read: its format is 7, and this version knows 1 only",
        ),
        ("iam/cats/1", b"", "the key `iam/cats/1` is none that this version knows"),
    ] {
        let store = Arc::new(Memory::default());
        store.commit(raw(key, value)).unwrap();
        let (limits, random) = (Limits::default(), Arc::new(Counter::default()));
        let opening =
            crate::Opening { store, sealer: sealer(), limits, random, staleness_max: STALENESS_MAX };
        let Err(error @ OpenError::Load(_)) = crate::Directory::open(opening) else { panic!("{key}") };
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn a_record_that_cannot_be_followed_stops_the_directory() {
    let store = Arc::new(Memory::default());
    let directory = open(store.clone(), Limits::default(), 0);
    assert_eq!(directory.health(), Ok(()));
    let revision = store.commit(raw("iam/installation", &[7])).unwrap();
    directory.snapshot_at(revision, Duration::from_secs(10)).unwrap_err();
    let reason = directory.health().unwrap_err().reason;
    assert!(reason.starts_with("the record of the key `iam/installation` cannot be read"), "{reason}");
    let refused = outcome(&directory, |draft| crate::change::accounts::create(draft, account(), "x"));
    assert!(refused.starts_with("ServiceUnavailable"), "{refused}");
}

#[test]
fn keys_of_others_are_left_alone() {
    let store = Arc::new(Memory::default());
    let directory = open(store.clone(), Limits::default(), 0);
    let revision = store.commit(raw("audit/1", &[7])).unwrap();
    let snapshot = directory.snapshot_at(revision, Duration::from_secs(10)).unwrap();
    assert_eq!(snapshot.accounts().count(), 0);
    assert_reloads(&directory);
}

#[test]
fn a_follower_that_fell_behind_starts_over() {
    // With so little history, every burst of commits leaves the follower behind.
    let history = HistoryLimit { commits: 1, bytes: usize::MAX };
    let store = Arc::new(Memory::new(history));
    let directory = open(store.clone(), Limits::default(), 0);
    let mut last = Revision::ZERO;
    for number in 0..2000u16 {
        last = store.commit(raw("audit/1", &number.to_le_bytes())).unwrap();
    }
    // Where it falls behind again while it starts over, it says so, and those who wait are not kept.
    let begun = Instant::now();
    while directory.snapshot_at(last, Duration::from_secs(10)).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", directory.health());
        std::thread::yield_now();
    }
    assert_eq!(outcome(&directory, |draft| crate::change::accounts::create(draft, account(), "x")), "ok");
    assert_eq!(directory.health(), Ok(()));
    assert_folded(&directory);
}
