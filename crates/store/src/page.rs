//! Revisions, entries, and pages of entries.

use std::fmt;

use crate::{Key, KeyRange, LimitError, ReadError, Snapshot, Value};

/// The most entries of one page.
pub const PAGE_ENTRIES_MAX: usize = 10_000;

/// A page ends with the entry that brings it to this many bytes of keys and values (16 MiB), even if more were asked.
pub const PAGE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// A state of the store: each commit that changes something has a greater one than all commits before it.
///
/// All writes of one commit share it. Backends of this crate count by one; a shared store may skip numbers, so a
/// missing number is no sign of a missed commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub u64);

impl Revision {
    /// The revision before every commit.
    pub const ZERO: Self = Self(0);
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What the store holds for one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The value.
    pub value: Value,
    /// The commit that last wrote the key.
    pub revision: Revision,
}

/// How many entries a page may have at most: 1 to [`PAGE_ENTRIES_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSize(usize);

impl PageSize {
    /// As many as there can be.
    pub const MAX: Self = Self(PAGE_ENTRIES_MAX);

    /// At most `entries`.
    ///
    /// # Errors
    /// [`LimitError::PageSize`] unless `entries` is from 1 to [`PAGE_ENTRIES_MAX`].
    pub fn new(entries: usize) -> Result<Self, LimitError> {
        match entries {
            1..=PAGE_ENTRIES_MAX => Ok(Self(entries)),
            entries => Err(LimitError::PageSize { entries }),
        }
    }

    /// The number of entries.
    pub fn entries(self) -> usize {
        self.0
    }
}

/// Entries of a range, in the order of their keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The entries from the start of the range on.
    pub entries: Vec<(Key, Entry)>,
    /// The range of what did not fit; `None` if nothing is left. There may turn out to be nothing in it.
    pub rest: Option<KeyRange>,
    /// The state of the store that the entries are of.
    pub revision: Revision,
}

/// Fills one page from the entries of `range`, in order.
pub(crate) fn page(
    range: &KeyRange,
    size: PageSize,
    revision: Revision,
    found: impl Iterator<Item = Result<(Key, Entry), ReadError>>,
) -> Result<Page, ReadError> {
    let mut entries = Vec::new();
    let mut bytes = 0;
    for item in found {
        let (key, entry) = item?;
        if entries.len() == size.entries() || bytes >= PAGE_BYTES_MAX {
            return Ok(Page { entries, rest: Some(range.rest(key.as_bytes())), revision });
        }
        bytes += key.as_bytes().len() + entry.value.as_bytes().len();
        entries.push((key, entry));
    }
    Ok(Page { entries, rest: None, revision })
}

/// All entries of a range at the revision of one snapshot, read page by page. Ends after the first error.
pub struct Scan<'a> {
    snapshot: &'a dyn Snapshot,
    rest: Option<KeyRange>,
    entries: std::vec::IntoIter<(Key, Entry)>,
}

impl<'a> Scan<'a> {
    /// Reads `range` of `snapshot`.
    pub fn new(snapshot: &'a dyn Snapshot, range: KeyRange) -> Self {
        Self { snapshot, rest: Some(range), entries: Vec::new().into_iter() }
    }
}

impl Iterator for Scan<'_> {
    type Item = Result<(Key, Entry), ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(entry) = self.entries.next() {
                return Some(Ok(entry));
            }
            let range = self.rest.take()?;
            match self.snapshot.range(&range, PageSize::MAX) {
                Ok(page) => {
                    self.rest = page.rest;
                    self.entries = page.entries.into_iter();
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
