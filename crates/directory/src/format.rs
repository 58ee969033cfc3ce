//! In which format a store is: one record, read before all others, that every version of the program can read.
//!
//! Its own form never changes: one byte, `FORM`, and CBOR, to which fields may be added. Every commit checks that it is as
//! it was. So whoever begins to migrate a store stops the writes of everybody who knows the old format alone, and the next
//! thing these see is a format that they do not serve.

use std::fmt;

use doorward_store::{KeyRange, PageSize, Revision, Snapshot};
use minicbor::{Decode, Encode};

use crate::keys::Key;
use crate::record::{self, BadRecord};
use crate::snapshot::LoadError;

/// The format that this version writes, and the only one it serves. Stores in older ones are migrated: see
/// [`crate::migration`].
pub const FORMAT: u32 = record::FORMAT as u32;

/// The first byte of the record, whatever the format it tells of.
pub(crate) const FORM: u8 = 1;

/// Where the record stands.
pub(crate) const KEY: &[u8] = b"iam/format";

/// This version of the program.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// The longest name of a version, in bytes.
const PROGRAM_BYTES_MAX: usize = 64;

/// The format of a store.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Format {
    /// Its number, from 1.
    pub number: u32,
    /// The version of the program that brought the store to it, or is about to.
    pub program: Box<str>,
    /// The format that the store is being migrated to. Meanwhile there are records of both.
    pub becoming: Option<u32>,
}

/// A store in a format that cannot be served as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unservable {
    /// A later version wrote it.
    #[error(
        "the store has format {}, of Doorward {}, and this is Doorward {PROGRAM}, which knows no format after {known}: run \
         Doorward {} or later, or restore a backup that was made before the store had format {}",
        found.newest(), found.program, found.program, found.newest()
    )]
    Newer {
        /// What was found.
        found: Format,
        /// The newest format that is known.
        known: u32,
    },
    /// An earlier version wrote it, or it is in the middle of being migrated.
    #[error(
        "the store has {found}, and Doorward {PROGRAM} serves format {known}: `doorward serve` migrates it when it starts"
    )]
    Older {
        /// What was found.
        found: Format,
        /// The format that is served.
        known: u32,
    },
    /// It has records, and none that says its format.
    #[error(
        "the store does not say in which format it is: the record `iam/format` is missing; restore a backup, or find out \
         who else writes to the store"
    )]
    Missing,
}

/// The format that a store says it has, and the commit that wrote so; `None` in an empty store, and in one that does not say.
///
/// # Errors
/// [`LoadError::Store`] if the store cannot be read, [`LoadError::Record`] if the record is none.
pub fn of(stored: &dyn Snapshot) -> Result<Option<(Format, Revision)>, LoadError> {
    let page = stored.range(&KeyRange::prefix(KEY), PageSize::MAX)?;
    let found = page.entries.first().filter(|(key, _)| key.as_bytes() == KEY);
    found.map(|(_, entry)| Ok((read(entry.value.as_bytes())?, entry.revision))).transpose()
}

/// What a record of a format says.
pub(crate) fn read(record: &[u8]) -> Result<Format, LoadError> {
    let bad = |reason| BadRecord { key: Key::Format.to_string(), reason };
    Ok(Format::decode(record).map_err(bad)?)
}

impl Format {
    /// The format of what this version writes.
    pub(crate) fn current() -> Self {
        Self { number: FORMAT, program: PROGRAM.into(), becoming: None }
    }

    /// The newest format that there are records of.
    #[must_use]
    pub fn newest(&self) -> u32 {
        self.becoming.map_or(self.number, |to| to.max(self.number))
    }

    /// Whether a version whose newest format is `known` can serve the store as it is.
    ///
    /// # Errors
    /// [`Unservable`] if not.
    pub(crate) fn served_by(&self, known: u32) -> Result<(), Unservable> {
        let found = self.clone();
        if self.newest() > known {
            return Err(Unservable::Newer { found, known });
        }
        if self.number == known && self.becoming.is_none() {
            return Ok(());
        }
        Err(Unservable::Older { found, known })
    }

    /// The record.
    pub(crate) fn encode(&self) -> Result<Vec<u8>, String> {
        let record = FormatRecord { number: self.number, program: &self.program, becoming: self.becoming };
        let mut bytes = vec![FORM];
        minicbor::encode(&record, &mut bytes).map_err(|error| error.to_string())?;
        Ok(bytes)
    }

    /// What a record says, by this version or a later one: fields that are not known are passed over.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, String> {
        let Some((&FORM, body)) = bytes.split_first() else {
            return Err("it is not the form of a format's record".to_owned());
        };
        let record: FormatRecord<'_> = minicbor::decode(body).map_err(|error| error.to_string())?;
        let FormatRecord { number, program, becoming } = record;
        if number == 0 || becoming.is_some_and(|to| to <= number) {
            return Err(format!("there is no format {number} that becomes {becoming:?}"));
        }
        if program.len() > PROGRAM_BYTES_MAX || !program.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("it names no version of the program".to_owned());
        }
        Ok(Self { number, program: program.into(), becoming })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.becoming {
            None => write!(f, "format {}", self.number),
            Some(to) => write!(f, "format {}, half migrated to {to}", self.number),
        }
    }
}

#[derive(Encode, Decode)]
struct FormatRecord<'b> {
    #[n(0)]
    number: u32,
    #[b(1)]
    program: &'b str,
    #[n(2)]
    becoming: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(number: u32, becoming: Option<u32>) -> Format {
        Format { number, program: "9.8.7".into(), becoming }
    }

    #[test]
    fn formats_read_back_whatever_later_versions_add() {
        for format in [format(1, None), format(7, Some(8)), Format::current()] {
            assert_eq!(Format::decode(&format.encode().unwrap()), Ok(format));
        }
        // An array of five where this version writes two or three.
        let later = [FORM, 0x85, 0x02, 0x65, b'9', b'.', b'8', b'.', b'7', 0xf6, 0x18, 0x2a, 0x61, b'x'];
        assert_eq!(Format::decode(&later), Ok(format(2, None)));
        for bad in [&b""[..], b"\x02\x82\x01\x61x", b"\x01", b"\x01\x82\x00\x61x", b"\x01\x82\x01\x61\n"] {
            assert!(Format::decode(bad).is_err(), "{bad:?}");
        }
        assert!(Format::decode(&format(3, Some(3)).encode().unwrap()).is_err());
    }

    #[test]
    fn only_the_known_format_is_served_and_the_others_say_what_to_do() {
        let check = |found: Format, expected: &str| {
            let told = found.served_by(2).map_or_else(|error| error.to_string(), |()| "served".to_owned());
            assert_eq!(told.replace(PROGRAM, "0"), expected);
        };
        check(format(2, None), "served");
        check(
            format(3, None),
            "the store has format 3, of Doorward 9.8.7, and this is Doorward 0, which knows no format after 2: run Doorward \
             9.8.7 or later, or restore a backup that was made before the store had format 3",
        );
        check(
            format(2, Some(3)),
            "the store has format 3, of Doorward 9.8.7, and this is Doorward 0, which knows no format after 2: run Doorward \
             9.8.7 or later, or restore a backup that was made before the store had format 3",
        );
        check(
            format(1, None),
            "the store has format 1, and Doorward 0 serves format 2: `doorward serve` migrates it when it starts",
        );
        check(
            format(1, Some(2)),
            "the store has format 1, half migrated to 2, and Doorward 0 serves format 2: `doorward serve` migrates it when \
             it starts",
        );
    }
}
