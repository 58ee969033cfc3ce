//! From one format of the store to the next.
//!
//! Every step rewrites every record, even where only its first byte changes. So each record itself says whether it is of the
//! old format or of the new, a migration can be cut off after any of its commits, and whoever goes on needs to know nothing
//! more: what is new already is passed over. The record of the [format](mod@crate::format) is written first, which stops
//! all servers that know the old format alone, and last; and every commit in between checks that it is as it was. Several
//! servers that start at once may take part in the same migration: each record is checked to be as it was read.
//!
//! How a stored record is changed is told in `docs/decisions/0033-format.md`.

use doorward_store::{
    CommitError, Expected, InvalidTransaction, Key, KeyRange, LimitError, OPERATIONS_MAX, ReadError,
    Revision, Scan, Store, TRANSACTION_BYTES_MAX, Transaction, Value, Write,
};

use crate::format::{self, Format, Unservable};
use crate::keys::PREFIX;
use crate::snapshot::{LoadError, Progress};

/// The steps of this version: the first leads from format 1 to 2. There has been one format so far.
pub const STEPS: &[Step] = &[];

/// How often in a row a migration begins anew because others wrote or read what it was about to.
const ATTEMPTS_MAX: usize = 64;

/// What stands in the place of one record: keys, and bodies without their first byte. The record itself goes if its key is
/// not among them.
pub type Rewritten = Vec<(Vec<u8>, Vec<u8>)>;

/// From one format to the next.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// What changes, for the log.
    pub what: &'static str,
    /// What becomes of one record, given its key and its body without the first byte; or why it cannot be.
    ///
    /// It must depend on nothing else: when it is asked, others may be of either format.
    pub rewrite: fn(&[u8], &[u8]) -> Result<Rewritten, String>,
}

/// What a migration has done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Migrated {
    /// The format before.
    pub from: u32,
    /// The format after; the same if there was nothing to do.
    pub to: u32,
    /// How many records this server rewrote.
    pub records: u64,
}

/// Why a store was not migrated. It may be migrated in part; the next attempt goes on from there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigrateError {
    /// The format cannot be read, or is a later one.
    #[error(transparent)]
    Format(#[from] LoadError),
    /// The store cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The store failed.
    #[error("the migration stopped, and goes on at the next start: the store does not take it")]
    Commit(#[source] CommitError),
    /// Others write to the store, and are none that migrate.
    #[error("the migration does not come to an end: somebody else writes to the store")]
    Contended,
    /// A record that cannot be brought to the new format.
    #[error("the record of the key `{key}` cannot be migrated to format {to}: {reason}")]
    Record {
        /// Its key.
        key: String,
        /// The format that it was to have.
        to: u32,
        /// What is wrong with it.
        reason: String,
    },
    /// What a record becomes is more than a store can hold, or write at once.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// As above.
    #[error(transparent)]
    Transaction(#[from] InvalidTransaction),
}

/// From which format to which a store would be migrated; `None` if it has the newest, or is empty.
///
/// # Errors
/// [`LoadError`] if the format cannot be read, or is a later one than the steps lead to.
pub fn pending(
    stored: &dyn doorward_store::Snapshot,
    steps: &[Step],
) -> Result<Option<(Format, u32)>, LoadError> {
    let Some((format, _)) = format::of(stored)? else { return Ok(None) };
    let newest = newest(steps);
    match format.served_by(newest) {
        Ok(()) => Ok(None),
        Err(Unservable::Older { found, .. }) => Ok(Some((found, newest))),
        Err(error) => Err(error.into()),
    }
}

/// Brings a store to the newest format, from whatever format and from the middle of a migration. `program` is the version
/// that does so.
///
/// # Errors
/// [`MigrateError`]. What was done is kept.
pub fn migrate(
    store: &dyn Store,
    steps: &[Step],
    program: &str,
    progress: &Progress,
) -> Result<Option<Migrated>, MigrateError> {
    let Some((first, _)) = pending(&*store.snapshot()?, steps)? else { return Ok(None) };
    let mut records = 0;
    let mut attempts = 0;
    while attempts < ATTEMPTS_MAX {
        let before = records;
        match advance(store, steps, program, progress, &mut records) {
            Ok(true) => return Ok(Some(Migrated { from: first.number, to: newest(steps), records })),
            Ok(false) => attempts = 0,
            Err(error) if is_contention(&error) => {
                attempts = if records > before { 0 } else { attempts + 1 };
            }
            Err(error) => return Err(error),
        }
    }
    Err(MigrateError::Contended)
}

/// The format that the steps lead to.
fn newest(steps: &[Step]) -> u32 {
    u32::try_from(steps.len()).map_or(u32::MAX, |steps| steps.saturating_add(1))
}

const fn is_contention(error: &MigrateError) -> bool {
    matches!(
        error,
        MigrateError::Commit(CommitError::Conflict { .. }) | MigrateError::Read(ReadError::Compacted { .. })
    )
}

/// Does the next thing: begins a step, or rewrites records and ends it. Whether the store has the newest format.
fn advance(
    store: &dyn Store,
    steps: &[Step],
    program: &str,
    progress: &Progress,
    records: &mut u64,
) -> Result<bool, MigrateError> {
    let snapshot = store.snapshot()?;
    let Some((_, to)) = pending(&*snapshot, steps)? else { return Ok(true) };
    let Some((format, revision)) = format::of(&*snapshot)? else { return Ok(true) };
    let index = usize::try_from(format.number).map_or(usize::MAX, |number| number - 1);
    let Some(step) = steps.get(index) else { return Ok(true) };
    let next = format.number + 1;
    if format.becoming.is_none() {
        tracing::warn!(from = format.number, to = next, newest = to, what = step.what, "migrating the store");
        let begun = Format { becoming: Some(next), program: program.into(), ..format };
        commit(store, declare(&begun, revision)?)?;
        return Ok(false);
    }
    progress.begin_migration(next, snapshot.about_how_many());
    let mut batch = Batch::new(revision)?;
    for entry in Scan::new(&*snapshot, KeyRange::prefix(PREFIX.as_bytes())) {
        let (key, entry) = entry?;
        progress.add(1);
        if let Some(rewrite) = rewritten(step, format.number, &key, &entry.value)? {
            if !batch.has_room(&key, &rewrite) {
                *records += batch.commit(store)?;
            }
            batch.add(key, entry.revision, rewrite);
        }
    }
    *records += batch.commit(store)?;
    let ended = Format { number: next, program: program.into(), becoming: None };
    commit(store, declare(&ended, revision)?)?;
    tracing::warn!(format = next, "the store is migrated");
    Ok(false)
}

/// What stands in the place of a record; `None` if it is of the new format already.
fn rewritten(
    step: &Step,
    from: u32,
    key: &Key,
    value: &Value,
) -> Result<Option<Vec<(Key, Value)>>, MigrateError> {
    if key.as_bytes() == format::KEY {
        return Ok(None);
    }
    let to = from + 1;
    let bad = |reason: String| MigrateError::Record { key: key.to_string(), to, reason };
    let (first, body) = value.as_bytes().split_first().ok_or_else(|| bad("it is empty".to_owned()))?;
    if u32::from(*first) == to {
        return Ok(None);
    }
    if u32::from(*first) != from {
        return Err(bad(format!("its format is {first}")));
    }
    let byte = u8::try_from(to).map_err(|error| bad(error.to_string()))?;
    let records = (step.rewrite)(key.as_bytes(), body).map_err(bad)?;
    let stored = |(key, body): (Vec<u8>, Vec<u8>)| {
        Ok((Key::new(key)?, Value::new([std::slice::from_ref(&byte), &body].concat())?))
    };
    records.into_iter().map(stored).collect::<Result<Vec<_>, LimitError>>().map(Some).map_err(Into::into)
}

/// Writes the format, if it is as it was.
fn declare(format: &Format, as_of: Revision) -> Result<Transaction, MigrateError> {
    let key = Key::new(format::KEY)?;
    let record = format.encode().map_err(|reason| MigrateError::Record {
        key: key.to_string(),
        to: format.number,
        reason,
    })?;
    let write = (key.clone(), Write::Put(Value::new(record)?));
    Ok(Transaction::new(vec![(key, Expected::Revision(as_of))], vec![write])?)
}

fn commit(store: &dyn Store, transaction: Transaction) -> Result<(), MigrateError> {
    store.commit(transaction).map(drop).map_err(MigrateError::Commit)
}

/// Records that are rewritten in one transaction.
struct Batch {
    format: Key,
    as_of: Revision,
    checks: Vec<(Key, Expected)>,
    writes: Vec<(Key, Write)>,
    bytes: usize,
    records: u64,
}

impl Batch {
    fn new(as_of: Revision) -> Result<Self, MigrateError> {
        let format = Key::new(format::KEY)?;
        Ok(Self { format, as_of, checks: Vec::new(), writes: Vec::new(), bytes: 0, records: 0 })
    }

    /// Whether what becomes of one more record fits as well. Into an empty batch it is put in any case, and the store says
    /// what it thinks of it.
    fn has_room(&self, key: &Key, records: &[(Key, Value)]) -> bool {
        let bytes = self.bytes + Self::bytes_of(key, records) + 2 * self.format.as_bytes().len();
        // One check is the format's, one write may be the record's own deletion.
        let operations = self.checks.len().max(self.writes.len()) + records.len() + 2;
        self.checks.is_empty() || (bytes <= TRANSACTION_BYTES_MAX && operations <= OPERATIONS_MAX)
    }

    fn bytes_of(key: &Key, records: &[(Key, Value)]) -> usize {
        let one = |(key, value): &(Key, Value)| 2 * key.as_bytes().len() + value.as_bytes().len();
        2 * key.as_bytes().len() + records.iter().map(one).sum::<usize>()
    }

    fn add(&mut self, key: Key, revision: Revision, records: Vec<(Key, Value)>) {
        self.bytes += Self::bytes_of(&key, &records);
        self.records += 1;
        let stays = records.iter().any(|(new, _)| *new == key);
        for (new, value) in records {
            if new != key {
                self.checks.push((new.clone(), Expected::Absent));
            }
            self.writes.push((new, Write::Put(value)));
        }
        if !stays {
            self.writes.push((key.clone(), Write::Delete));
        }
        self.checks.push((key, Expected::Revision(revision)));
    }

    /// Writes what is there, and is empty then; how many records that was.
    fn commit(&mut self, store: &dyn Store) -> Result<u64, MigrateError> {
        if self.checks.is_empty() {
            return Ok(0);
        }
        self.checks.push((self.format.clone(), Expected::Revision(self.as_of)));
        let (checks, writes) = (std::mem::take(&mut self.checks), std::mem::take(&mut self.writes));
        self.bytes = 0;
        commit(store, Transaction::new(checks, writes)?)?;
        Ok(std::mem::take(&mut self.records))
    }
}

#[cfg(test)]
mod tests;
