//! Filling an empty store from elsewhere: a backup, an export, another store.
//!
//! It takes more commits than one, and each is durable. So the first leaves a mark and the last takes it away; a store
//! with the mark holds an unknown part of what it was to hold, and whoever would serve from it refuses:
//! [`unfinished`]. Every write expects its key to be absent, so that nobody who writes at the same time goes unnoticed.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

use crate::{
    CommitError, Expected, InvalidTransaction, Key, KeyRange, LimitError, OPERATIONS_MAX, PageSize,
    ReadError, Revision, Snapshot, Store, TRANSACTION_BYTES_MAX, Transaction, Value, Write,
};

/// The key of the mark. Its value says what the store was being filled from.
pub const MARK: &str = "doorward/filling";

/// How many commits are under way at once: backends sync several together.
const COMMITS_AT_ONCE: usize = 8;

/// Why a store was not filled. `E` is what the source of the entries fails with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FillError<E: std::error::Error + 'static> {
    /// There is something in the store.
    #[error("the store is not empty: it holds the key `{key}`")]
    NotEmpty {
        /// The first key found.
        key: String,
    },
    /// The store was being filled before, and that was interrupted.
    #[error("the store holds a part of `{source_name}`, whose restore was interrupted")]
    Unfinished {
        /// What it was being filled from.
        source_name: String,
    },
    /// Somebody else writes to the store.
    #[error("somebody else writes to the store")]
    Contended(#[source] CommitError),
    /// The store failed.
    #[error("the store does not take the entries")]
    Commit(#[source] CommitError),
    /// The store cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// An entry that a store cannot hold.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// The entries do not make a transaction: a key comes twice.
    #[error(transparent)]
    Transaction(#[from] InvalidTransaction),
    /// The source of the entries failed.
    #[error(transparent)]
    Source(E),
}

/// What the store was being filled from when that was interrupted; `None` in a store that is whole, or empty.
///
/// # Errors
/// [`ReadError`] if the store cannot be read.
pub fn unfinished(snapshot: &dyn Snapshot) -> Result<Option<String>, ReadError> {
    // `prefix`: the mark is a key, and ranges need none to be made.
    let page = snapshot.range(&KeyRange::prefix(MARK.as_bytes()), PageSize::MAX)?;
    let mark = page.entries.first();
    Ok(mark.map(|(_, entry)| String::from_utf8_lossy(entry.value.as_bytes()).into_owned()))
}

/// Fills an empty store with entries, which must come sorted, and returns the revision at which it is whole.
///
/// `source` is what is said about a store that was not filled to its end. `progress` is told the number of entries
/// handed to the store so far. Memory does not depend on how many there are.
///
/// # Errors
/// [`FillError`]. With [`NotEmpty`](FillError::NotEmpty) and [`Unfinished`](FillError::Unfinished) nothing was written;
/// with the others the store may be marked as unfinished.
pub fn fill<E: std::error::Error + 'static>(
    store: &dyn Store,
    source: &str,
    entries: impl Iterator<Item = Result<(Key, Value), E>>,
    progress: &mut dyn FnMut(u64),
) -> Result<Revision, FillError<E>> {
    check_empty(store)?;
    let mark = Key::new(MARK)?;
    let marking = (mark.clone(), Write::Put(Value::new(source)?));
    commit(store, Transaction::new(vec![(mark.clone(), Expected::Absent)], vec![marking])?)?;
    let (batches, taken) = sync_channel(COMMITS_AT_ONCE);
    let (taken, failed) = (Mutex::new(taken), Mutex::new(None));
    let sent = std::thread::scope(|scope| {
        for _ in 0..COMMITS_AT_ONCE {
            scope.spawn(|| commit_all(store, &taken, &failed));
        }
        send(entries, batches, progress)
    });
    if let Some(error) = failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(refused(error));
    }
    sent?;
    let done = Transaction::new(vec![(mark.clone(), Expected::Present)], vec![(mark, Write::Delete)])?;
    commit(store, done)
}

/// Whether a store may be filled.
///
/// # Errors
/// [`NotEmpty`](FillError::NotEmpty), [`Unfinished`](FillError::Unfinished), or the store cannot be read.
pub fn check_empty<E: std::error::Error + 'static>(store: &dyn Store) -> Result<(), FillError<E>> {
    let snapshot = store.snapshot()?;
    if let Some(source_name) = unfinished(&*snapshot)? {
        return Err(FillError::Unfinished { source_name });
    }
    let found = snapshot.range(&KeyRange::all(), PageSize::new(1)?)?;
    match found.entries.first() {
        Some((key, _)) => Err(FillError::NotEmpty { key: key.to_string() }),
        None => Ok(()),
    }
}

/// Puts entries together into transactions and hands them over. Stops early, and without an error of its own, when
/// nobody takes them any more.
fn send<E: std::error::Error + 'static>(
    entries: impl Iterator<Item = Result<(Key, Value), E>>,
    batches: SyncSender<Transaction>,
    progress: &mut dyn FnMut(u64),
) -> Result<(), FillError<E>> {
    let (mut batch, mut bytes, mut count) = (Vec::new(), 0, 0_u64);
    for entry in entries {
        let (key, value) = entry.map_err(FillError::Source)?;
        // The key is in a check and in a write.
        let more = 2 * key.as_bytes().len() + value.as_bytes().len();
        if batch.len() == OPERATIONS_MAX || bytes + more > TRANSACTION_BYTES_MAX {
            if batches.send(absent(std::mem::take(&mut batch))?).is_err() {
                return Ok(());
            }
            bytes = 0;
            progress(count);
        }
        bytes += more;
        count += 1;
        batch.push((key, value));
    }
    if !batch.is_empty() {
        // As above: whoever stopped taking them has left the reason.
        let _ = batches.send(absent(batch)?);
    }
    progress(count);
    Ok(())
}

/// Writes keys that must not be there.
fn absent(batch: Vec<(Key, Value)>) -> Result<Transaction, InvalidTransaction> {
    let checks = batch.iter().map(|(key, _)| (key.clone(), Expected::Absent)).collect();
    let writes = batch.into_iter().map(|(key, value)| (key, Write::Put(value))).collect();
    Transaction::new(checks, writes)
}

/// Commits what comes until there is no more, or somebody fails.
fn commit_all(store: &dyn Store, taken: &Mutex<Receiver<Transaction>>, failed: &Mutex<Option<CommitError>>) {
    let lock = || failed.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let next = taken.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(transaction) = next else { return };
        // Whoever comes after a failure takes what is left and drops it, so that the sender comes to its end.
        if lock().is_some() {
            continue;
        }
        if let Err(error) = store.commit(transaction) {
            lock().get_or_insert(error);
        }
    }
}

fn commit<E: std::error::Error + 'static>(
    store: &dyn Store,
    transaction: Transaction,
) -> Result<Revision, FillError<E>> {
    store.commit(transaction).map_err(refused)
}

fn refused<E: std::error::Error + 'static>(error: CommitError) -> FillError<E> {
    match error {
        error @ CommitError::Conflict { .. } => FillError::Contended(error),
        error @ (CommitError::Unavailable { .. } | CommitError::Unknown { .. }) => FillError::Commit(error),
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::{Memory, Scan};

    #[derive(Debug, thiserror::Error)]
    #[error("the source broke")]
    struct Broken;

    fn entry(number: usize) -> (Key, Value) {
        // Every hundredth value is long, so that bytes end a transaction as well as numbers do.
        let length = if number.is_multiple_of(100) { 600_000 } else { number % 50 };
        (Key::new(format!("iam/{number:06}")).unwrap(), Value::new(vec![b'x'; length]).unwrap())
    }

    fn all(store: &Memory) -> Vec<(Key, Value)> {
        let snapshot = store.snapshot().unwrap();
        let entries = Scan::new(&*snapshot, KeyRange::all());
        entries.map(|entry| entry.map(|(key, entry)| (key, entry.value)).unwrap()).collect()
    }

    #[test]
    fn everything_arrives_and_the_mark_goes() {
        for count in [0, 1, 127, 128, 129, 1000] {
            let store = Memory::default();
            let entries: Vec<_> = (0..count).map(entry).collect();
            let mut seen = 0;
            let given = entries.iter().cloned().map(Ok::<_, Infallible>);
            let revision = fill(&store, "a test", given, &mut |count| seen = count).unwrap();
            assert_eq!(all(&store), entries, "{count}");
            assert_eq!(seen, count as u64);
            assert_eq!(store.revision().unwrap(), revision);
        }
    }

    #[test]
    fn what_is_there_is_left_alone() {
        let store = Memory::default();
        let one = || [Ok::<_, Infallible>(entry(1))].into_iter();
        fill(&store, "one", one(), &mut |_| {}).unwrap();
        let error = fill(&store, "two", one(), &mut |_| {}).unwrap_err();
        assert_eq!(error.to_string(), "the store is not empty: it holds the key `iam/000001`");
        assert_eq!(all(&store).len(), 1);
    }

    #[test]
    fn an_interrupted_fill_is_recognized() {
        let store = Memory::default();
        let broken = (0..500).map(|number| Ok(entry(number))).chain([Err(Broken)]);
        let error = fill(&store, "backup.doorward", broken, &mut |_| {}).unwrap_err();
        assert_eq!(error.to_string(), "the source broke");
        assert_eq!(unfinished(&*store.snapshot().unwrap()).unwrap().as_deref(), Some("backup.doorward"));
        let again = fill(&store, "again", std::iter::empty::<Result<_, Infallible>>(), &mut |_| {});
        assert_eq!(
            again.unwrap_err().to_string(),
            "the store holds a part of `backup.doorward`, whose restore was interrupted"
        );
    }

    #[test]
    fn a_key_that_comes_twice_and_another_writer_are_noticed() {
        let store = Memory::default();
        let twice = [entry(1), entry(1)].into_iter().map(Ok::<_, Infallible>);
        assert!(matches!(fill(&store, "x", twice, &mut |_| {}), Err(FillError::Transaction(_))));
        let store = Memory::default();
        let other = Transaction::new(vec![], vec![(entry(1).0, Write::Put(entry(1).1))]).unwrap();
        let entries = (0..1000).map(|number| {
            if number == 0 {
                store.commit(other.clone()).unwrap();
            }
            Ok::<_, Infallible>(entry(number))
        });
        assert!(matches!(fill(&store, "x", entries, &mut |_| {}), Err(FillError::Contended(_))));
        assert!(unfinished(&*store.snapshot().unwrap()).unwrap().is_some());
    }
}
