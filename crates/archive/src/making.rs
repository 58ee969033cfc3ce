//! Making a backup.

use std::io::{self, Write};

use doorward_store::fill::unfinished;
use doorward_store::{Key, KeyRange, Scan, Snapshot, Value};

use crate::frame::{BLOCK_BYTES, FrameWriter, Kind};
use crate::{Contents, Header, Made};

/// Why a backup was not made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The store cannot be read.
    #[error("the store cannot be backed up")]
    Store(#[from] doorward_store::ReadError),
    /// The store is not whole.
    #[error(
        "the store holds a part of `{source_name}`, whose restore was interrupted: it is not worth a backup"
    )]
    Unfinished {
        /// What it was being restored from.
        source_name: String,
    },
    /// The file cannot be written.
    #[error("the backup cannot be written")]
    Output(#[from] io::Error),
}

/// Writes all entries of a snapshot. `progress` is told what was written so far, once for each block.
///
/// The output is flushed, not synced.
///
/// # Errors
/// [`WriteError`]; then what was written is no backup, and reads as cut off.
pub fn write(
    snapshot: &dyn Snapshot,
    made: &Made,
    out: impl Write,
    progress: &mut dyn FnMut(Contents),
) -> Result<Contents, WriteError> {
    if let Some(source_name) = unfinished(snapshot)? {
        return Err(WriteError::Unfinished { source_name });
    }
    let mut out = FrameWriter::begin(out)?;
    let header = Header { made: made.clone(), revision: snapshot.revision().0 };
    out.frame(Kind::Header, &json(&header)?)?;
    let (mut contents, mut block) = (Contents::default(), Vec::new());
    for entry in Scan::new(snapshot, KeyRange::all()) {
        let (key, entry) = entry?;
        put(&mut block, &key, &entry.value)?;
        contents.entries += 1;
        contents.bytes += (key.as_bytes().len() + entry.value.as_bytes().len()) as u64;
        if block.len() >= BLOCK_BYTES {
            out.frame(Kind::Block, &block)?;
            block.clear();
            progress(contents);
        }
    }
    if !block.is_empty() {
        out.frame(Kind::Block, &block)?;
    }
    out.frame(Kind::End, &json(&contents)?)?;
    out.end()?;
    progress(contents);
    Ok(contents)
}

/// Adds an entry to a block.
fn put(block: &mut Vec<u8>, key: &Key, value: &Value) -> io::Result<()> {
    let (key, value) = (key.as_bytes(), value.as_bytes());
    let lengths = (u16::try_from(key.len()), u32::try_from(value.len()));
    let (Ok(key_length), Ok(value_length)) = lengths else { return Err(io::ErrorKind::InvalidInput.into()) };
    block.extend_from_slice(&key_length.to_be_bytes());
    block.extend_from_slice(&value_length.to_be_bytes());
    block.extend_from_slice(key);
    block.extend_from_slice(value);
    Ok(())
}

fn json(value: &impl serde::Serialize) -> io::Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(io::Error::from)
}
