//! Stores with a fault of their own are found out.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use doorward_store::{
    CommitError, Entry, Health, Key, Memory, ReadError, Revision, Snapshot, Store, Transaction, Watch,
    WatchError,
};

use crate::drive::{Plan, drive};
use crate::load::Target;
use crate::slot::Slot;
use crate::verdict::Row;

/// What is wrong with a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Nothing,
    /// It acknowledges what it has not written.
    Forgets,
    /// It writes whatever is there.
    Overwrites,
    /// It says that it has not written what it has.
    Denies,
    /// It answers from a moment ago.
    Lags,
    /// It tells other revisions than it has given.
    Miscounts,
}

/// A store that is wrong now and then.
struct Faulty {
    inner: Memory,
    wrong: Wrong,
    calls: AtomicU64,
    before: std::sync::Mutex<Option<Box<dyn Snapshot>>>,
}

/// Of so many calls one goes wrong.
const RATE: u64 = 97;

impl Faulty {
    fn new(wrong: Wrong) -> Self {
        Self {
            inner: Memory::default(),
            wrong,
            calls: AtomicU64::new(0),
            before: std::sync::Mutex::default(),
        }
    }

    fn turn(&self) -> bool {
        self.calls.fetch_add(1, Ordering::Relaxed) % RATE == RATE - 1
    }
}

impl Store for Faulty {
    fn revision(&self) -> Result<Revision, ReadError> {
        self.inner.revision()
    }

    fn snapshot(&self) -> Result<Box<dyn Snapshot>, ReadError> {
        self.inner.snapshot()
    }

    fn read(&self, key: &Key) -> Result<Option<Entry>, ReadError> {
        if self.wrong != Wrong::Lags {
            return self.inner.read(key);
        }
        let mut before = self.before.lock().unwrap();
        if before.is_none() || self.turn() {
            *before = Some(self.inner.snapshot()?);
        }
        before.as_ref().unwrap().read(key)
    }

    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError> {
        let wrong = self.turn();
        match self.wrong {
            Wrong::Forgets if wrong => self.inner.revision().map_err(|_| unreachable!()),
            Wrong::Overwrites => {
                let blind = Transaction::new(Vec::new(), transaction.writes().to_vec()).unwrap();
                self.inner.commit(blind)
            }
            Wrong::Denies if wrong => {
                self.inner.commit(transaction)?;
                Err(CommitError::Unavailable { cause: Arc::new(std::io::Error::other("it was not so")) })
            }
            Wrong::Miscounts if wrong => Ok(Revision(self.inner.commit(transaction)?.0 + 1)),
            Wrong::Nothing | Wrong::Forgets | Wrong::Denies | Wrong::Lags | Wrong::Miscounts => {
                self.inner.commit(transaction)
            }
        }
    }

    fn watch(&self, after: Revision) -> Result<Box<dyn Watch>, WatchError> {
        self.inner.watch(after)
    }

    fn health(&self) -> Health {
        Health::Ready
    }
}

fn judged(wrong: Wrong) -> Row {
    let slot = Slot::default();
    slot.put(Some(Arc::new(Faulty::new(wrong))));
    let plan = Plan { clients: 4, time: Duration::from_millis(50), seed: 1 };
    let targets = vec![&slot as &dyn Target; plan.clients];
    let driven = drive(plan, &targets, Some(&slot), || Ok(())).unwrap();
    driven.judge("faulty", "none", plan, &*slot.store().unwrap()).unwrap()
}

#[test]
fn each_fault_is_found() {
    for (wrong, found) in [
        (Wrong::Nothing, (|row| row.is_sound()) as fn(&Row) -> bool),
        (Wrong::Forgets, |row| row.lost > 0),
        (Wrong::Overwrites, |row| !row.linearizable),
        (Wrong::Denies, |row| row.refused_yet_there > 0),
        (Wrong::Lags, |row| !row.linearizable),
        (Wrong::Miscounts, |row| !row.revisions),
    ] {
        let row = judged(wrong);
        assert!(found(&row), "{wrong:?}: {row:?}");
        assert_eq!(row.is_sound(), wrong == Wrong::Nothing, "{row:?}");
    }
}
