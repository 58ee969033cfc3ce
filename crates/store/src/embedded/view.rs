//! Reading the entries as they were after one batch.

use std::ops::ControlFlow;
use std::sync::Arc;

use redb::{ReadOnlyTable, ReadableDatabase, ReadableTableMetadata};

use super::OpenError;
use super::database::{Database, ENTRIES, REVISION_ROW, STORE};
use crate::page::page;
use crate::{Entry, Key, KeyRange, Page, PageSize, ReadError, Revision, Seen, Value};

/// The entries after one batch; it keeps its pages from being reused.
#[derive(Clone)]
pub(super) struct View(Arc<ReadOnlyTable<&'static [u8], &'static [u8]>>);

impl View {
    /// The entries as they are now, and their revision.
    pub(super) fn of(database: &Database) -> Result<(Self, Revision), OpenError> {
        let transaction = database.redb.begin_read()?;
        let revision = transaction.open_table(STORE)?.get(REVISION_ROW)?.map(|row| row.value());
        let revision = revision.ok_or(OpenError::Foreign { reason: "it does not say its revision" })?;
        Ok((Self(Arc::new(transaction.open_table(ENTRIES)?)), Revision(revision)))
    }

    /// Whether the two are one.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    pub(super) fn read(&self, key: &Key) -> Result<Option<Entry>, ReadError> {
        match self.0.get(key.as_bytes()).map_err(unavailable)? {
            Some(stored) => decode(key.as_bytes(), stored.value()).map(Some),
            None => Ok(None),
        }
    }

    pub(super) fn range(
        &self,
        range: &KeyRange,
        size: PageSize,
        revision: Revision,
    ) -> Result<Page, ReadError> {
        let Some(bounds) = range.bounds() else { return page(range, size, revision, std::iter::empty()) };
        let found = self.0.range::<&[u8]>(bounds).map_err(unavailable)?.map(|item| {
            let (key, stored) = item.map_err(unavailable)?;
            let entry = decode(key.value(), stored.value())?;
            let key = Key::new(key.value()).map_err(|_| damaged(key.value()))?;
            Ok((key, entry))
        });
        page(range, size, revision, found)
    }

    pub(super) fn for_each(
        &self,
        range: &KeyRange,
        see: &mut dyn FnMut(Seen<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let Some(bounds) = range.bounds() else { return Ok(()) };
        for item in self.0.range::<&[u8]>(bounds).map_err(unavailable)? {
            let (key, stored) = item.map_err(unavailable)?;
            let (key, stored) = (key.value(), stored.value());
            let (revision, value) = stored.split_first_chunk().ok_or_else(|| damaged(key))?;
            if see(Seen { key, value, revision: Revision(u64::from_be_bytes(*revision)) }).is_break() {
                return Ok(());
            }
        }
        Ok(())
    }

    pub(super) fn len(&self) -> Option<u64> {
        self.0.len().ok()
    }
}

/// What is stored for a value written at `revision`.
pub(super) fn encode(revision: Revision, value: &Value) -> Vec<u8> {
    [&revision.0.to_be_bytes(), value.as_bytes()].concat()
}

/// The revision of a stored entry.
pub(super) fn decode_revision(key: &[u8], stored: &[u8]) -> Result<Revision, ReadError> {
    let (revision, _) = stored.split_first_chunk().ok_or_else(|| damaged(key))?;
    Ok(Revision(u64::from_be_bytes(*revision)))
}

fn decode(key: &[u8], stored: &[u8]) -> Result<Entry, ReadError> {
    let (revision, value) = stored.split_first_chunk().ok_or_else(|| damaged(key))?;
    let value = Value::new(value).map_err(|_| damaged(key))?;
    Ok(Entry { value, revision: Revision(u64::from_be_bytes(*revision)) })
}

fn damaged(key: &[u8]) -> ReadError {
    ReadError::Damaged { key: key.escape_ascii().to_string() }
}

fn unavailable(error: redb::StorageError) -> ReadError {
    ReadError::Unavailable { cause: Arc::new(redb::Error::from(error)) }
}
