//! Several servers on one store, and a store that does not answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

use doorward_store::{
    Change, CommitError, Health, HistoryLimit, Memory, ReadError, Revision, Snapshot, Store, Transaction,
    Watch, WatchError,
};

use crate::directory::{Directory, Following, NotNewest, STALENESS_MAX};
use crate::limits::Limits;
use crate::testing::*;

const SOUND: u8 = 0;
/// Everything fails.
const AWAY: u8 = 1;
/// Watches tell nothing and do not fail.
const QUIET: u8 = 2;
/// The watch hands one change over, and then the store is away.
const LAST: u8 = 3;

/// One server's way to a store that others use too.
struct Remote {
    inner: Arc<Memory>,
    mode: Arc<AtomicU8>,
}

impl Remote {
    fn to(inner: &Arc<Memory>) -> Arc<Self> {
        Arc::new(Self { inner: Arc::clone(inner), mode: Arc::default() })
    }

    fn is(&self, mode: u8) {
        self.mode.store(mode, Ordering::Relaxed);
    }

    fn away(&self) -> bool {
        self.mode.load(Ordering::Relaxed) == AWAY
    }

    fn cause() -> Arc<std::io::Error> {
        Arc::new(std::io::Error::other("no route"))
    }
}

impl Store for Remote {
    fn revision(&self) -> Result<Revision, ReadError> {
        if self.away() { Err(ReadError::Unavailable { cause: Self::cause() }) } else { self.inner.revision() }
    }

    fn snapshot(&self) -> Result<Box<dyn Snapshot>, ReadError> {
        if self.away() { Err(ReadError::Unavailable { cause: Self::cause() }) } else { self.inner.snapshot() }
    }

    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError> {
        if self.away() {
            return Err(CommitError::Unavailable { cause: Self::cause() });
        }
        self.inner.commit(transaction)
    }

    fn watch(&self, after: Revision) -> Result<Box<dyn Watch>, WatchError> {
        if self.away() {
            return Err(WatchError::Unavailable { reason: "no route".to_owned() });
        }
        Ok(Box::new(RemoteWatch {
            inner: self.inner.watch(after)?,
            held: None,
            mode: Arc::clone(&self.mode),
        }))
    }

    fn health(&self) -> Health {
        if self.away() { Health::Unavailable { cause: Self::cause() } } else { Health::Ready }
    }

    fn is_shared(&self) -> bool {
        true
    }
}

struct RemoteWatch {
    inner: Box<dyn Watch>,
    /// A change that is not told yet.
    held: Option<Arc<Change>>,
    mode: Arc<AtomicU8>,
}

impl Watch for RemoteWatch {
    fn next(&mut self, timeout: Duration) -> Result<Option<Arc<Change>>, WatchError> {
        let change = match self.held.take() {
            None => self.inner.next(timeout)?,
            held => held,
        };
        // Now, not before: whoever switches the mode and then writes must not see the change come through in the old one.
        match self.mode.load(Ordering::Relaxed) {
            AWAY => Err(WatchError::Unavailable { reason: "the stream ended".to_owned() }),
            QUIET => {
                if change.is_some() {
                    std::thread::park_timeout(timeout);
                }
                self.held = change;
                Ok(None)
            }
            LAST => {
                if change.is_some() {
                    self.mode.store(AWAY, Ordering::Relaxed);
                }
                Ok(change)
            }
            _ => Ok(change),
        }
    }

    fn position(&self) -> Revision {
        self.inner.position()
    }
}

fn follow(store: &Arc<Remote>, seed: u64, staleness_max: Duration) -> Directory {
    open_with(Arc::<Remote>::clone(store), Limits::default(), seed, staleness_max)
}

fn create(directory: &Directory, id: &'static str) -> String {
    outcome(directory, |draft| crate::change::accounts::create(draft, id.parse().unwrap(), "x"))
}

/// Waits until `held` holds, for ten seconds at most.
fn until(what: &str, held: impl Fn() -> bool) {
    let begun = Instant::now();
    while !held() {
        assert!(begun.elapsed() < Duration::from_secs(10), "{what}");
        std::thread::yield_now();
    }
}

fn reason(directory: &Directory) -> Option<String> {
    match directory.following() {
        Ok(Following::Alone { reason, .. }) => Some(reason),
        _ => None,
    }
}

#[test]
fn what_one_writes_the_other_sees_when_it_asks() {
    let store = Arc::new(Memory::default());
    let [left, right] = [0, 1].map(|seed| follow(&Remote::to(&store), seed, STALENESS_MAX));
    for (writer, reader, id) in [(&left, &right, ACCOUNT), (&right, &left, OTHER)] {
        assert_eq!(create(writer, id), "ok");
        let snapshot = reader.newest_snapshot(Duration::from_secs(10)).unwrap();
        assert!(snapshot.account(id.parse().unwrap()).is_some(), "{id}");
    }
    assert!(left.is_shared());
    assert!(!started().is_shared());
}

#[test]
fn without_its_store_a_directory_reads_on_and_comes_back() {
    // So little history that what happens meanwhile is gone in the second round.
    for history in [HistoryLimit::default(), HistoryLimit { commits: 1, bytes: usize::MAX }] {
        let store = Arc::new(Memory::new(history));
        let [here, there] = [Remote::to(&store), Remote::to(&store)];
        let [left, right] = [(&here, 0), (&there, 1)].map(|(way, seed)| follow(way, seed, STALENESS_MAX));
        here.is(AWAY);
        until("it notices", || reason(&left).is_some());
        assert_eq!(left.health(), Ok(()));
        let refused = create(&left, ACCOUNT);
        assert!(refused.starts_with("ServiceUnavailable"), "{refused}");
        let unasked = left.newest_snapshot(Duration::from_secs(10)).unwrap_err();
        assert!(matches!(unasked, NotNewest::NotFollowing(_)), "{unasked}");
        for id in [ACCOUNT, OTHER] {
            assert_eq!(create(&right, id), "ok");
        }
        assert!(left.snapshot().account(account()).is_none());
        here.is(SOUND);
        until("it comes back", || left.following() == Ok(Following::Current) && reason(&left).is_none());
        until("it comes along", || left.snapshot().account(account()).is_some());
        assert_folded(&left);
    }
}

/// A change that was taken from a watch just before it failed is not lost with it.
#[test]
fn nothing_is_missed_where_a_watch_fails() {
    let store = Arc::new(Memory::default());
    let [here, there] = [Remote::to(&store), Remote::to(&store)];
    let [left, right] = [(&here, 0), (&there, 1)].map(|(store, seed)| follow(store, seed, STALENESS_MAX));
    here.is(LAST);
    assert_eq!(create(&right, ACCOUNT), "ok");
    until("it is alone", || reason(&left).is_some());
    assert_eq!(create(&right, OTHER), "ok");
    here.is(SOUND);
    until("it comes along", || left.snapshot().account(OTHER.parse().unwrap()).is_some());
    assert!(left.snapshot().account(account()).is_some());
    assert_folded(&left);
}

#[test]
fn what_has_been_too_long_without_its_store_is_not_read() {
    for (mode, text) in [(AWAY, "no route"), (QUIET, "has not come as far as the store")] {
        let store = Arc::new(Memory::default());
        let [here, there] = [Remote::to(&store), Remote::to(&store)];
        let left = follow(&here, 0, Duration::from_secs(1));
        let right = follow(&there, 1, STALENESS_MAX);
        here.is(mode);
        assert_eq!(create(&right, ACCOUNT), "ok");
        until("it is refused", || left.health().is_err());
        let said = left.following().map_err(|fault| fault.reason).unwrap_err();
        assert!(said.contains(text) || said.contains("the stream ended"), "{said}");
        here.is(SOUND);
        until("it comes back", || left.health().is_ok());
        assert!(left.newest_snapshot(Duration::from_secs(10)).unwrap().account(account()).is_some());
    }
}
