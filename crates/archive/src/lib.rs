//! Backups: a whole store at one revision in one file, with checksums that find every damage.
//!
//! [`write()`] takes a snapshot of a store and writes a file; [`verify`] reads the whole of a file and says what it holds, or
//! where it is damaged; [`entries`] hands out what it holds; [`restore`] verifies first and then fills an empty store.
//! Memory does not depend on the size.
//!
//! The file holds the entries as they are stored. Secrets in them are as sealed as they were: the key that seals them is
//! not in the file, and nothing is sealed in addition.
//!
//! ```
//! use std::io::Cursor;
//!
//! use doorward_archive::{Made, restore, verify, write};
//! use doorward_store::{Key, Memory, Store, Transaction, Value, Write};
//!
//! let store = Memory::default();
//! let write_one = (Key::new("iam/a")?, Write::Put(Value::new("one")?));
//! store.commit(Transaction::new(vec![], vec![write_one])?)?;
//!
//! let made = Made { program: "0.1.0".into(), created: "2026-11-22T10:00:00Z".parse()? };
//! let mut file = Vec::new();
//! let written = write(&*store.snapshot()?, &made, &mut file, &mut |_| {})?;
//! assert_eq!(verify(file.as_slice())?.contents, written);
//!
//! let elsewhere = Memory::default();
//! restore(&mut Cursor::new(&file), &elsewhere, "backup", &mut |_| {})?;
//! assert_eq!(elsewhere.read(&Key::new("iam/a")?)?.map(|entry| entry.value), Some(Value::new("one")?));
//!
//! let damaged = file.len() - 50;
//! file[damaged] ^= 1;
//! assert!(verify(file.as_slice()).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Reading order: `frame` is the form of the file, `making` and `reading` the two directions.

mod frame;
mod making;
mod reading;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use frame::{BLOCK_BYTES, Damage, FORMAT, ReadError};
pub use making::{WriteError, write};
pub use reading::{Entries, RestoreError, Verified, entries, restore, verify};

/// Who makes a backup, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The version of the program.
    pub program: String,
    /// The time.
    pub created: Timestamp,
}

/// What a backup says before its entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Who made it, and when.
    #[serde(flatten)]
    pub made: Made,
    /// The revision of the store that it holds.
    pub revision: u64,
}

/// How much a backup holds. It stands at the end of the file, where it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    /// How many entries.
    pub entries: u64,
    /// How many bytes their keys and values have.
    pub bytes: u64,
}
