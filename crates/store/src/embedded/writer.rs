//! The thread that writes: batches, their commit, and what happens when it fails.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender};
use std::sync::{Arc, PoisonError};

use super::database::{self, Database, ENTRIES, REVISION_ROW, STORE};
use super::view::{View, decode_revision, encode};
use super::{BATCH_BYTES_MAX, BATCH_COMMITS_MAX, Failure, LastFailure, Medium, OpenError, Options};
use crate::feed::Feed;
use crate::{Change, CommitError, Key, Revision, Transaction, Write};

type Outcome = Result<Revision, CommitError>;

/// A commit that waits for its outcome.
pub(super) struct Request {
    pub(super) transaction: Transaction,
    pub(super) reply: SyncSender<Outcome>,
}

/// What the writing thread owns. The database is dropped before the medium, which excludes other processes.
pub(super) struct Writer {
    database: Database,
    medium: Box<dyn Medium>,
    options: Options,
    feed: Arc<Feed<View>>,
    /// Why the database must be opened anew before the next batch.
    broken: Option<Arc<Failure>>,
    last_failure: Arc<LastFailure>,
}

/// A batch that was not made durable.
enum Halt {
    /// The file holds nothing of it.
    Before(Arc<Failure>),
    /// The file holds all of it or nothing.
    During(Arc<Failure>, Vec<Outcome>),
}

impl<E: Into<Failure>> From<E> for Halt {
    fn from(error: E) -> Self {
        Self::Before(Arc::new(error.into()))
    }
}

impl Writer {
    pub(super) fn new(
        database: Database,
        medium: Box<dyn Medium>,
        options: Options,
        feed: Arc<Feed<View>>,
        last_failure: Arc<LastFailure>,
    ) -> Self {
        Self { database, medium, options, feed, broken: None, last_failure }
    }

    /// Writes until the store is dropped.
    pub(super) fn run(mut self, requests: &Receiver<Request>) {
        while let Ok(first) = requests.recv() {
            self.write(&collect(first, requests));
        }
    }

    fn write(&mut self, batch: &[Request]) {
        if let Err(failure) = self.recover() {
            return answer(batch, &refused(batch, &failure));
        }
        match catch_unwind(AssertUnwindSafe(|| self.commit(batch))) {
            Ok(Ok(outcomes)) => answer(batch, &outcomes),
            Ok(Err(Halt::Before(failure))) => {
                self.broken_by(&failure);
                answer(batch, &refused(batch, &failure));
            }
            Ok(Err(Halt::During(failure, outcomes))) => {
                self.broken_by(&failure);
                answer(batch, &unknown(batch, &outcomes, &failure));
            }
            Err(_) => {
                let failure = Arc::new(Failure::Panic);
                self.broken_by(&failure);
                // A panic may leave locks behind that readers of the old database would trip over.
                let _ = self.recover();
                let unknown = CommitError::Unknown { cause: failure };
                answer(batch, &vec![Err(unknown); batch.len()]);
            }
        }
    }

    /// Makes the batch durable, publishes it, and returns its outcomes.
    fn commit(&self, batch: &[Request]) -> Result<Vec<Outcome>, Halt> {
        let transaction = database::begin_write(&self.database.redb)?;
        let staged = stage(&transaction, batch, self.feed.revision())?;
        if let Some(failure) = self.database.shield.failure() {
            return Err(Halt::Before(failure));
        }
        if staged.changes.is_empty() {
            transaction.abort()?;
            return Ok(staged.outcomes);
        }
        let (changes, outcomes) = (staged.changes, staged.outcomes);
        let committed = transaction.commit().map_err(Failure::from);
        let during = |failure| Halt::During(failure, outcomes.clone());
        // The shield's word first: behind it redb has seen no failure, or a consequence of this one.
        if let Some(failure) = self.database.shield.failure() {
            return Err(during(failure));
        }
        committed.map_err(|failure| during(Arc::new(failure)))?;
        let view = View::of(&self.database);
        let (view, _) = view.map_err(|error| during(Arc::new(Failure::Reopen(Box::new(error)))))?;
        self.feed.publish(|published, _| {
            *published = view;
            ((), changes)
        });
        *self.last_failure.lock().unwrap_or_else(PoisonError::into_inner) = None;
        Ok(outcomes)
    }

    fn broken_by(&mut self, failure: &Arc<Failure>) {
        self.broken = Some(Arc::clone(failure));
        *self.last_failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(failure));
    }

    /// Opens the file anew if the last batch failed.
    fn recover(&mut self) -> Result<(), Arc<Failure>> {
        let Some(broken) = &self.broken else { return Ok(()) };
        if let Failure::Sync(_) = **broken {
            return Err(Arc::clone(broken));
        }
        match self.reopen() {
            Ok(()) => {
                self.broken = None;
                Ok(())
            }
            Err(error) => {
                let failure = if let OpenError::Disk(failure) = error {
                    failure
                } else {
                    Arc::new(Failure::Reopen(Box::new(error)))
                };
                self.broken_by(&failure);
                Err(failure)
            }
        }
    }

    fn reopen(&mut self) -> Result<(), OpenError> {
        // Readers keep the old database until the new one is there. Nothing writes through it any more: only this
        // thread writes, and giving it up closes its file first.
        let database = database::open(self.medium.as_ref(), self.options.cache_bytes)?;
        let (view, revision) = View::of(&database)?;
        self.feed.reset(view, revision);
        std::mem::replace(&mut self.database, database).give_up();
        Ok(())
    }
}

/// The first request and those that have arrived meanwhile, up to the limits of a batch.
fn collect(first: Request, requests: &Receiver<Request>) -> Vec<Request> {
    let mut bytes = first.transaction.bytes();
    let mut batch = vec![first];
    while batch.len() < BATCH_COMMITS_MAX && bytes < BATCH_BYTES_MAX {
        let Ok(request) = requests.try_recv() else { break };
        bytes += request.transaction.bytes();
        batch.push(request);
    }
    batch
}

fn answer(batch: &[Request], outcomes: &[Outcome]) {
    for (request, outcome) in batch.iter().zip(outcomes) {
        // The caller waits for its answer, so there is always someone to take it, unless its thread was killed.
        let _ = request.reply.send(outcome.clone());
    }
}

/// Nothing of the batch was written.
fn refused(batch: &[Request], failure: &Arc<Failure>) -> Vec<Outcome> {
    batch.iter().map(|_| Err(CommitError::Unavailable { cause: Arc::clone(failure) as _ })).collect()
}

/// All of the batch that would have been written may have been. Conflicts are not passed on either: they may be with
/// commits of the batch that did not happen.
fn unknown(batch: &[Request], outcomes: &[Outcome], failure: &Arc<Failure>) -> Vec<Outcome> {
    let outcome = |(request, outcome): (&Request, &Outcome)| {
        let cause = Arc::clone(failure) as _;
        if outcome.is_ok() && !request.transaction.writes().is_empty() {
            Err(CommitError::Unknown { cause })
        } else {
            Err(CommitError::Unavailable { cause })
        }
    };
    batch.iter().zip(outcomes).map(outcome).collect()
}

type Entries<'a> = redb::Table<'a, &'static [u8], &'static [u8]>;

/// A batch as far as it has been applied to a redb transaction.
struct Staged {
    revision: Revision,
    outcomes: Vec<Outcome>,
    changes: Vec<Change>,
}

/// Applies the batch, each commit after those before it, to `transaction`.
fn stage(
    transaction: &redb::WriteTransaction,
    batch: &[Request],
    revision: Revision,
) -> Result<Staged, Failure> {
    let mut entries = transaction.open_table(ENTRIES)?;
    let mut staged = Staged { revision, outcomes: Vec::with_capacity(batch.len()), changes: Vec::new() };
    for request in batch {
        let outcome = match conflict(&entries, &request.transaction)? {
            Some(conflict) => Err(conflict),
            None => {
                let writes = apply(&mut entries, &request.transaction, Revision(staged.revision.0 + 1))?;
                if !writes.is_empty() {
                    staged.revision.0 += 1;
                    staged.changes.push(Change { revision: staged.revision, writes });
                }
                Ok(staged.revision)
            }
        };
        staged.outcomes.push(outcome);
    }
    if !staged.changes.is_empty() {
        transaction.open_table(STORE)?.insert(REVISION_ROW, staged.revision.0)?;
    }
    Ok(staged)
}

/// Why `transaction` must not happen: its first check that does not hold, or cannot be made.
fn conflict(entries: &Entries<'_>, transaction: &Transaction) -> Result<Option<CommitError>, Failure> {
    use redb::ReadableTable;
    for (key, expected) in transaction.checks() {
        let stored = entries.get(key.as_bytes())?;
        let actual = match stored.map(|stored| decode_revision(key.as_bytes(), stored.value())).transpose() {
            Ok(actual) => actual,
            Err(damaged) => return Ok(Some(CommitError::Unavailable { cause: Arc::new(damaged) })),
        };
        if !expected.holds(actual) {
            return Ok(Some(CommitError::Conflict { key: key.clone(), expected: *expected, actual }));
        }
    }
    Ok(None)
}

/// Does the writes of `transaction`, and returns those that change something.
fn apply(
    entries: &mut Entries<'_>,
    transaction: &Transaction,
    revision: Revision,
) -> Result<Vec<(Key, Write)>, Failure> {
    let mut writes = Vec::with_capacity(transaction.writes().len());
    for (key, write) in transaction.writes() {
        let changed = match write {
            Write::Put(value) => {
                entries.insert(key.as_bytes(), encode(revision, value).as_slice())?;
                true
            }
            Write::Delete => entries.remove(key.as_bytes())?.is_some(),
        };
        if changed {
            writes.push((key.clone(), write.clone()));
        }
    }
    Ok(writes)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::*;
    use crate::conformance::disk::{Disk, Fault};
    use crate::{Expected, HistoryLimit, Value};

    fn writer(disk: &Disk) -> Writer {
        let options = Options::default();
        let database = database::open_or_create(disk, options.cache_bytes).unwrap();
        let (view, revision) = View::of(&database).unwrap();
        let feed = Arc::new(Feed::new(view, revision, HistoryLimit::default()));
        Writer::new(database, Box::new(disk.clone()), options, feed, Arc::default())
    }

    /// A transaction that expects `name` to be as given, and writes it.
    fn transaction(name: &str, expected: Expected) -> Transaction {
        let key = Key::new(name).unwrap();
        let write = Write::Put(Value::new("written").unwrap());
        Transaction::new(vec![(key.clone(), expected)], vec![(key, write)]).unwrap()
    }

    /// The outcomes of the transactions as one batch: a revision, or the first word of the error.
    fn batch(writer: &mut Writer, transactions: Vec<Transaction>) -> Vec<Result<u64, &'static str>> {
        let channel = |transaction| {
            let (reply, answer) = sync_channel(1);
            (Request { transaction, reply }, answer)
        };
        let (requests, answers): (Vec<_>, Vec<_>) = transactions.into_iter().map(channel).unzip();
        writer.write(&requests);
        let outcome = |outcome: Outcome| match outcome {
            Ok(revision) => Ok(revision.0),
            Err(CommitError::Conflict { .. }) => Err("conflict"),
            Err(CommitError::Unavailable { .. }) => Err("unavailable"),
            Err(CommitError::Unknown { .. }) => Err("unknown"),
        };
        answers.into_iter().map(|answer| outcome(answer.recv().unwrap())).collect()
    }

    fn three() -> Vec<Transaction> {
        vec![
            transaction("a", Expected::Absent),
            transaction("a", Expected::Absent),
            transaction("a", Expected::Revision(Revision(1))),
            transaction("b", Expected::Absent),
        ]
    }

    #[test]
    fn a_batch_is_judged_in_order_and_synced_once() {
        let disk = Disk::default();
        let mut writer = writer(&disk);
        let start = disk.syncs();
        assert_eq!(batch(&mut writer, vec![transaction("z", Expected::Absent)]), [Ok(1)]);
        let alone = disk.syncs() - start;
        let name = |name| transaction(name, Expected::Absent);
        let outcomes = batch(
            &mut writer,
            vec![
                name("a"),
                name("a"),
                transaction("a", Expected::Revision(Revision(2))),
                name("z"),
                name("b"),
            ],
        );
        assert_eq!(outcomes, [Ok(2), Err("conflict"), Ok(3), Err("conflict"), Ok(4)]);
        assert_eq!(disk.syncs() - start, 2 * alone, "as many as one commit");
        assert_eq!(batch(&mut writer, vec![name("a"), name("z")]), [Err("conflict"), Err("conflict")]);
        assert_eq!(disk.syncs() - start, 2 * alone, "nothing to make durable");
    }

    #[test]
    fn a_failed_batch_answers_everyone_and_no_conflict_with_what_did_not_happen() {
        let mut seen = std::collections::BTreeSet::new();
        for at in 0..40 {
            let disk = Disk::default();
            let mut writer = writer(&disk);
            disk.fail(at, Fault::Once);
            let outcomes = batch(&mut writer, three());
            let expected: [&[Result<u64, &str>]; 3] = [
                &[Err("unavailable"); 4],
                &[Err("unknown"), Err("unavailable"), Err("unknown"), Err("unknown")],
                &[Ok(1), Err("conflict"), Ok(2), Ok(3)],
            ];
            let found = expected.iter().position(|expected| outcomes == *expected);
            seen.insert(found.unwrap_or_else(|| panic!("{outcomes:?}")));
        }
        assert!(seen.contains(&1) && seen.contains(&2), "{seen:?}");
    }

    #[test]
    fn a_panic_acknowledges_no_one() {
        let disk = Disk::default();
        let mut writer = writer(&disk);
        disk.fail(0, Fault::Panic);
        assert_eq!(batch(&mut writer, three()), [Err("unknown"); 4]);
        assert_eq!(
            batch(&mut writer, three()),
            [Ok(1), Err("conflict"), Ok(2), Ok(3)],
            "and the next goes on"
        );
    }
}
