//! Reading a backup: verifying it, taking its entries, restoring it.

use std::io::{Read, Seek};

use doorward_store::fill::{FillError, fill};
use doorward_store::{Key, Revision, Store, Value};

use crate::frame::{FrameReader, Kind, ReadError};
use crate::{Contents, Header};

/// What a backup that is whole says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Who made it, when, and of which revision.
    pub header: Header,
    /// How much it holds.
    pub contents: Contents,
}

/// Why a backup was not restored.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RestoreError {
    /// The file is damaged. Nothing was written.
    #[error(transparent)]
    File(#[from] ReadError),
    /// The store was not filled.
    #[error(transparent)]
    Store(#[from] FillError<ReadError>),
}

/// The entries of a backup, sorted by key. Ends after the first error, and without one only where the whole file matches
/// its checksums.
pub struct Entries<R> {
    frames: FrameReader<R>,
    header: Header,
    block: std::vec::IntoIter<(Key, Value)>,
    last: Option<Key>,
    seen: Contents,
    state: State,
}

enum State {
    Reading,
    Whole,
    Failed,
}

/// Begins to read a backup.
///
/// # Errors
/// [`ReadError`]: it is no backup, a newer program made it, or its header is damaged.
pub fn entries<R: Read>(from: R) -> Result<Entries<R>, ReadError> {
    let mut frames = FrameReader::begin(from)?;
    let (kind, payload) = frames.frame()?;
    if kind != Kind::Header {
        return Err(frames.malformed("it is no header"));
    }
    let header = json(&frames, &payload)?;
    frames.advance(payload.len());
    let block = Vec::new().into_iter();
    Ok(Entries { frames, header, block, last: None, seen: Contents::default(), state: State::Reading })
}

/// Reads a backup to its end, and says what it holds.
///
/// # Errors
/// [`ReadError`] for the first damage.
pub fn verify(from: impl Read) -> Result<Verified, ReadError> {
    let mut entries = entries(from)?;
    entries.by_ref().try_for_each(|entry| entry.map(drop))?;
    Ok(Verified { header: entries.header, contents: entries.seen })
}

/// Verifies a backup, and then fills an empty store with it. Returns what it held, and the revision at which the store
/// is whole.
///
/// `name` is what a store says that was not filled to its end. `progress` is told how many entries the store was given.
///
/// # Errors
/// [`RestoreError`].
pub fn restore(
    file: &mut (impl Read + Seek),
    store: &dyn Store,
    name: &str,
    progress: &mut dyn FnMut(u64),
) -> Result<(Verified, Revision), RestoreError> {
    let verified = verify(&mut *file)?;
    file.rewind().map_err(ReadError::from)?;
    // What is read the second time is verified again: somebody may have changed the file meanwhile.
    let revision = fill(store, name, entries(file)?, progress)?;
    Ok((verified, revision))
}

impl<R: Read> Entries<R> {
    /// What the backup says before its entries.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    fn advance(&mut self) -> Result<(), ReadError> {
        let (kind, payload) = self.frames.frame()?;
        match kind {
            Kind::Header => return Err(self.frames.malformed("it is a second header")),
            Kind::Block => self.block = self.read_block(&payload)?.into_iter(),
            Kind::End => {
                let stated: Contents = json(&self.frames, &payload)?;
                if stated != self.seen {
                    let Contents { entries, .. } = stated;
                    let reason = format!("it says {entries} entries, and {} were there", self.seen.entries);
                    return Err(self.frames.malformed(reason));
                }
                self.frames.advance(payload.len());
                self.frames.end()?;
                self.state = State::Whole;
                return Ok(());
            }
        }
        self.frames.advance(payload.len());
        Ok(())
    }

    fn read_block(&mut self, mut rest: &[u8]) -> Result<Vec<(Key, Value)>, ReadError> {
        let mut block = Vec::new();
        while !rest.is_empty() {
            let (key, value, after) =
                entry(rest).ok_or_else(|| self.frames.malformed("an entry is cut off"))?;
            let limit = |error: doorward_store::LimitError| self.frames.malformed(error.to_string());
            let (key, value) = (Key::new(key).map_err(limit)?, Value::new(value).map_err(limit)?);
            if self.last.as_ref().is_some_and(|last| *last >= key) {
                return Err(self.frames.malformed(format!("the key `{key}` is not in order")));
            }
            self.seen.entries += 1;
            self.seen.bytes += (key.as_bytes().len() + value.as_bytes().len()) as u64;
            self.last = Some(key.clone());
            block.push((key, value));
            rest = after;
        }
        Ok(block)
    }
}

impl<R: Read> Iterator for Entries<R> {
    type Item = Result<(Key, Value), ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(entry) = self.block.next() {
                return Some(Ok(entry));
            }
            match self.state {
                State::Whole | State::Failed => return None,
                State::Reading => {
                    if let Err(error) = self.advance() {
                        self.state = State::Failed;
                        return Some(Err(error));
                    }
                }
            }
        }
    }
}

/// The first entry of a block: its key, its value, and what follows.
fn entry(block: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let (key_length, rest) = block.split_first_chunk()?;
    let (value_length, rest) = rest.split_first_chunk()?;
    let (key, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*key_length)))?;
    let value_length = usize::try_from(u32::from_be_bytes(*value_length)).ok()?;
    let (value, rest) = rest.split_at_checked(value_length)?;
    Some((key, value, rest))
}

fn json<T: serde::de::DeserializeOwned>(
    frames: &FrameReader<impl Read>,
    payload: &[u8],
) -> Result<T, ReadError> {
    serde_json::from_slice(payload).map_err(|error| frames.malformed(error.to_string()))
}
