//! Ordered keys, compare-and-commit transactions, revisions and watch: where Doorward keeps what it must not forget.
//!
//! A [`Store`] is a sorted map of byte strings. A [`Transaction`] names what must hold and what to write then; it
//! happens as a whole or not at all, and an acknowledged one survives the death of the process and of the machine (in
//! backends that outlive it). Each commit that changes something gives the store a greater [`Revision`]. A
//! [`Snapshot`] is the whole store at one revision; a [`Watch`] hands out what changed after one, without gaps, or
//! says that it cannot. Snapshot then watch is how a reader starts, and how it starts over.
//!
//! It is not a database: it has no queries, no types, no secondary keys. Its values may be secrets, which it neither
//! encrypts nor shows in errors. Everything is synchronous; a backend may run threads of its own.
//!
//! ```
//! use doorward_store::{Expected, Key, Memory, Revision, Store, Transaction, Value, Write};
//!
//! let store = Memory::default();
//! let key = Key::new("user/AIDAEXAMPLE")?;
//! let create = Transaction::new(
//!     vec![(key.clone(), Expected::Absent)],
//!     vec![(key.clone(), Write::Put(Value::new("alice")?))],
//! )?;
//! let revision = store.commit(create.clone())?;
//! assert!(store.commit(create).is_err(), "it exists now");
//! assert_eq!(store.read(&key)?.map(|entry| entry.revision), Some(revision));
//!
//! let mut watch = store.watch(Revision::ZERO)?;
//! let change = watch.try_next()?.ok_or("one commit to see")?;
//! assert_eq!(change.revision, revision);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Reading order: `key`, `page` and `transaction` are the words, this page the promises; `feed` is what the backends
//! share; [`Memory`] is the shortest backend, [`embedded`] the durable one of one machine, and `etcd` (with the feature of
//! that name) the one that many share. The module `conformance` (with the feature of that name) is the suite that says
//! what a backend is; with the feature `cluster` it also starts clusters of etcd for tests.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
pub mod embedded;
mod error;
#[cfg(feature = "etcd")]
pub mod etcd;
mod feed;
pub mod fill;
mod key;
mod memory;
mod page;
mod transaction;

pub use embedded::Embedded;
pub use error::{Cause, CommitError, ReadError, WatchError};
#[cfg(feature = "etcd")]
pub use etcd::Etcd;
pub use feed::HistoryLimit;
pub use key::{KEY_BYTES_MAX, Key, KeyRange, LimitError, VALUE_BYTES_MAX, Value};
pub use memory::Memory;
pub use page::{Entry, PAGE_BYTES_MAX, PAGE_ENTRIES_MAX, Page, PageSize, Revision, Scan};
pub use transaction::{
    Expected, InvalidTransaction, OPERATIONS_MAX, TRANSACTION_BYTES_MAX, Transaction, Write,
};

/// An ordered map of keys to values with atomic commits. Used from many threads at once, usually as `Arc<dyn Store>`.
///
/// Reads are linearizable: they see every commit acknowledged before they began.
pub trait Store: Send + Sync {
    /// The revision of the newest commit; [`Revision::ZERO`] in a local store that has none.
    ///
    /// # Errors
    /// [`ReadError::Unavailable`] if the store cannot be asked.
    fn revision(&self) -> Result<Revision, ReadError>;

    /// The whole store as it is now, at one revision.
    ///
    /// # Errors
    /// [`ReadError::Unavailable`] if the store cannot be asked.
    fn snapshot(&self) -> Result<Box<dyn Snapshot>, ReadError>;

    /// What the store holds for `key`; `None` if the key does not exist.
    ///
    /// # Errors
    /// [`ReadError`] if the store cannot be read.
    fn read(&self, key: &Key) -> Result<Option<Entry>, ReadError> {
        self.snapshot()?.read(key)
    }

    /// The first entries of `range`, at most `size` of them, at one revision.
    ///
    /// # Errors
    /// [`ReadError`] if the store cannot be read.
    fn range(&self, range: &KeyRange, size: PageSize) -> Result<Page, ReadError> {
        self.snapshot()?.range(range, size)
    }

    /// Does the writes of `transaction` if all its checks hold, and returns once that is durable.
    ///
    /// Returns the revision of the commit, or the store's present one if nothing changed: there was no write, or only
    /// deletions of keys that do not exist. Putting the value a key already has is a change. It is greater than that of
    /// every commit acknowledged before this one began; commits under way at the same time may share one.
    ///
    /// # Errors
    /// [`CommitError::Conflict`] and [`CommitError::Unavailable`]: nothing was written. [`CommitError::Unknown`]: all
    /// or nothing was written.
    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError>;

    /// The changes after the revision `after`, and then those to come.
    ///
    /// # Errors
    /// [`WatchError::Compacted`] if some of them are gone, [`WatchError::Ahead`] if the store has not come that far.
    fn watch(&self, after: Revision) -> Result<Box<dyn Watch>, WatchError>;

    /// Whether the store can serve. Asks nothing of the disk.
    fn health(&self) -> Health;

    /// Whether other processes may write to it too. Then whoever watches may be behind without knowing: only
    /// [`revision`](Self::revision) tells how far the store has come.
    fn is_shared(&self) -> bool {
        false
    }
}

/// The whole store at one revision, however long it is kept.
///
/// Keeping one keeps what was deleted since from being reused, so it should not outlive its purpose.
pub trait Snapshot: Send {
    /// The revision.
    fn revision(&self) -> Revision;

    /// What the store held for `key`; `None` if the key did not exist.
    ///
    /// # Errors
    /// [`ReadError`] if the store cannot be read, or no longer has this revision.
    fn read(&self, key: &Key) -> Result<Option<Entry>, ReadError>;

    /// The first entries of `range`, at most `size` of them and about [`PAGE_BYTES_MAX`] bytes. [`Scan`] goes on from
    /// page to page.
    ///
    /// # Errors
    /// [`ReadError`] if the store cannot be read, or no longer has this revision.
    fn range(&self, range: &KeyRange, size: PageSize) -> Result<Page, ReadError>;

    /// Shows the entries of `range` in the order of their keys, until `see` breaks off. Where a backend can, entries are
    /// shown where they lie and nothing is copied.
    ///
    /// # Errors
    /// [`ReadError`] if the store cannot be read, or no longer has this revision. What came before has been shown.
    fn for_each(
        &self,
        range: &KeyRange,
        see: &mut dyn FnMut(Seen<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let mut rest = Some(range.clone());
        while let Some(range) = rest {
            let page = self.range(&range, PageSize::MAX)?;
            for (key, Entry { value, revision }) in &page.entries {
                let seen = Seen { key: key.as_bytes(), value: value.as_bytes(), revision: *revision };
                if see(seen).is_break() {
                    return Ok(());
                }
            }
            rest = page.rest;
        }
        Ok(())
    }

    /// About how many entries there are, where that can be said without reading them.
    fn about_how_many(&self) -> Option<u64> {
        None
    }
}

/// An entry as a [`Snapshot`] shows it.
///
/// Values may hold secrets, so this has no `Debug`.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The key.
    pub key: &'a [u8],
    /// The value.
    pub value: &'a [u8],
    /// The commit that last wrote the key.
    pub revision: Revision,
}

/// The changes of a store, oldest first, each exactly once.
pub trait Watch: Send {
    /// The next change; `None` if there is none within `timeout`.
    ///
    /// # Errors
    /// [`WatchError::Compacted`] if the watcher fell so far behind that changes it has not seen are gone;
    /// [`WatchError::Closed`] if the store was closed and all its changes have been seen. Both are for good.
    fn next(&mut self, timeout: Duration) -> Result<Option<Arc<Change>>, WatchError>;

    /// The next change if there already is one.
    ///
    /// # Errors
    /// Those of [`next`](Self::next).
    fn try_next(&mut self) -> Result<Option<Arc<Change>>, WatchError> {
        self.next(Duration::ZERO)
    }

    /// The revision of the newest change handed out; before the first, the one the watch was started after.
    fn position(&self) -> Revision;
}

/// What one commit changed, or several that were made at once and share a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The revision.
    pub revision: Revision,
    /// What was written, in the order of the keys. Deletions of keys that did not exist are left out.
    pub writes: Vec<(Key, Write)>,
}

/// Whether a store can serve.
#[derive(Debug, Clone)]
pub enum Health {
    /// It reads and writes.
    Ready,
    /// It reads. The last write failed; the next commit tries again.
    Degraded {
        /// What failed.
        cause: Cause,
    },
    /// It reads, and refuses writes until it is opened anew.
    ReadOnly {
        /// What failed.
        cause: Cause,
    },
    /// It cannot be reached.
    Unavailable {
        /// What failed.
        cause: Cause,
    },
}
