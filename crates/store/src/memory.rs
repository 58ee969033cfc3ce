//! A store in memory, for tests and for servers that may forget.

use std::collections::BTreeMap;
use std::collections::btree_map;
use std::sync::Arc;

use crate::feed::{Feed, FeedWatch};
use crate::page::page;
use crate::{
    Change, CommitError, Entry, Health, HistoryLimit, Key, KeyRange, Page, PageSize, ReadError, Revision,
    Snapshot, Store, Transaction, Watch, WatchError, Write,
};

type Entries = Arc<BTreeMap<Key, Entry>>;

/// A [`Store`] that is gone when it is dropped.
///
/// A snapshot costs nothing until the next commit, which then copies the map once.
pub struct Memory {
    feed: Arc<Feed<Entries>>,
}

impl Memory {
    /// An empty store that keeps as much history as `history` says.
    pub fn new(history: HistoryLimit) -> Self {
        Self { feed: Arc::new(Feed::new(Entries::default(), Revision::ZERO, history)) }
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new(HistoryLimit::default())
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.feed.close();
    }
}

impl Store for Memory {
    fn revision(&self) -> Result<Revision, ReadError> {
        Ok(self.feed.revision())
    }

    fn snapshot(&self) -> Result<Box<dyn Snapshot>, ReadError> {
        let (entries, revision) = self.feed.view();
        Ok(Box::new(MemorySnapshot { entries, revision }))
    }

    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError> {
        self.feed.publish(|entries, revision| match apply(entries, revision, &transaction) {
            Ok(Some(change)) => (Ok(change.revision), vec![change]),
            Ok(None) => (Ok(revision), vec![]),
            Err(conflict) => (Err(conflict), vec![]),
        })
    }

    fn watch(&self, after: Revision) -> Result<Box<dyn Watch>, WatchError> {
        Ok(Box::new(FeedWatch::new(Arc::clone(&self.feed), after)?))
    }

    fn health(&self) -> Health {
        Health::Ready
    }
}

/// What `transaction` changes, done to `entries`; `None` if it changes nothing.
fn apply(
    entries: &mut Entries,
    revision: Revision,
    transaction: &Transaction,
) -> Result<Option<Change>, CommitError> {
    for (key, expected) in transaction.checks() {
        let actual = entries.get(key).map(|entry| entry.revision);
        if !expected.holds(actual) {
            return Err(CommitError::Conflict { key: key.clone(), expected: *expected, actual });
        }
    }
    let changes = |(key, write): &&(Key, Write)| match write {
        Write::Put(_) => true,
        Write::Delete => entries.contains_key(key),
    };
    let writes: Vec<(Key, Write)> = transaction.writes().iter().filter(changes).cloned().collect();
    if writes.is_empty() {
        return Ok(None);
    }
    let revision = Revision(revision.0 + 1);
    let entries = Arc::make_mut(entries);
    for (key, write) in &writes {
        match write {
            Write::Put(value) => entries.insert(key.clone(), Entry { value: value.clone(), revision }),
            Write::Delete => entries.remove(key),
        };
    }
    Ok(Some(Change { revision, writes }))
}

struct MemorySnapshot {
    entries: Entries,
    revision: Revision,
}

impl Snapshot for MemorySnapshot {
    fn revision(&self) -> Revision {
        self.revision
    }

    fn read(&self, key: &Key) -> Result<Option<Entry>, ReadError> {
        Ok(self.entries.get(key).cloned())
    }

    fn range(&self, range: &KeyRange, size: PageSize) -> Result<Page, ReadError> {
        let found = match range.bounds() {
            Some(bounds) => self.entries.range::<[u8], _>(bounds),
            None => btree_map::Range::default(),
        };
        page(range, size, self.revision, found.map(|(key, entry)| Ok((key.clone(), entry.clone()))))
    }

    fn about_how_many(&self) -> Option<u64> {
        u64::try_from(self.entries.len()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::{self, Fixture};

    struct InMemory;

    impl Fixture for InMemory {
        fn open(&self, history: HistoryLimit) -> Arc<dyn Store> {
            Arc::new(Memory::new(history))
        }

        fn reopen(&self, _closed: Arc<dyn Store>, _history: HistoryLimit) -> Option<Arc<dyn Store>> {
            None
        }
    }

    #[test]
    fn conforms() {
        conformance::run(&InMemory);
    }
}
