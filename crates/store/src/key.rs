//! Keys, values and ranges of keys.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Bound;
use std::sync::Arc;

/// The longest key, in bytes (1 KiB).
pub const KEY_BYTES_MAX: usize = 1024;

/// The longest value, in bytes (1 MiB).
///
/// Source: <https://etcd.io/docs/v3.6/dev-guide/limit/> (1.5 MiB per request; the rest is room for keys).
pub const VALUE_BYTES_MAX: usize = 1024 * 1024;

/// A key or value that breaks a limit of the store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LimitError {
    /// The key has no bytes.
    #[error("a key needs at least one byte")]
    KeyEmpty,
    /// The key is longer than [`KEY_BYTES_MAX`].
    #[error("the key is {bytes} bytes long, more than the {KEY_BYTES_MAX} a key may have")]
    KeyTooLong {
        /// Length of the refused key.
        bytes: usize,
    },
    /// A page size is zero or more than [`PAGE_ENTRIES_MAX`](crate::PAGE_ENTRIES_MAX).
    #[error("a page has 1 to {} entries, not {entries}", crate::PAGE_ENTRIES_MAX)]
    PageSize {
        /// The refused number of entries.
        entries: usize,
    },
    /// The value is longer than [`VALUE_BYTES_MAX`].
    #[error("the value is {bytes} bytes long, more than the {VALUE_BYTES_MAX} a value may have")]
    ValueTooLong {
        /// Length of the refused value.
        bytes: usize,
    },
}

/// A key: 1 to [`KEY_BYTES_MAX`] bytes, ordered byte by byte. Cloning shares the bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Arc<[u8]>);

impl Key {
    /// Makes a key of `bytes`.
    ///
    /// # Errors
    /// [`LimitError::KeyEmpty`] or [`LimitError::KeyTooLong`].
    pub fn new(bytes: impl AsRef<[u8]>) -> Result<Self, LimitError> {
        let bytes = bytes.as_ref();
        match bytes.len() {
            0 => Err(LimitError::KeyEmpty),
            1..=KEY_BYTES_MAX => Ok(Self(bytes.into())),
            bytes => Err(LimitError::KeyTooLong { bytes }),
        }
    }

    /// The bytes of the key.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Key {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

// Sound because `Key` compares and hashes exactly as its bytes do.
impl Borrow<[u8]> for Key {
    fn borrow(&self) -> &[u8] {
        &self.0
    }
}

/// Readable bytes as they are, the others as `\x..`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.escape_ascii().fmt(f)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key(`{self}`)")
    }
}

/// A value: 0 to [`VALUE_BYTES_MAX`] bytes. Cloning shares the bytes.
///
/// Values may hold secrets, so neither `Debug` nor any error shows their bytes.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Value(Arc<[u8]>);

impl Value {
    /// Makes a value of `bytes`.
    ///
    /// # Errors
    /// [`LimitError::ValueTooLong`].
    pub fn new(bytes: impl AsRef<[u8]>) -> Result<Self, LimitError> {
        let bytes = bytes.as_ref();
        if bytes.len() > VALUE_BYTES_MAX {
            return Err(LimitError::ValueTooLong { bytes: bytes.len() });
        }
        Ok(Self(bytes.into()))
    }

    /// The bytes of the value.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Value {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Value({} bytes)", self.0.len())
    }
}

/// The inclusive start and the exclusive end of a range, as ordered maps want them.
pub(crate) type Bounds<'a> = (Bound<&'a [u8]>, Bound<&'a [u8]>);

/// The keys from a start, inclusive, to an end, exclusive. An end at or before the start makes an empty range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRange {
    start: Vec<u8>,
    end: Option<Vec<u8>>,
}

impl KeyRange {
    /// Every key.
    pub fn all() -> Self {
        Self { start: Vec::new(), end: None }
    }

    /// The keys `start <= key < end`. The bounds need not be keys: an empty `start` is before every key.
    pub fn new(start: impl Into<Vec<u8>>, end: impl Into<Vec<u8>>) -> Self {
        Self { start: start.into(), end: Some(end.into()) }
    }

    /// The keys from `start` on.
    pub fn from(start: impl Into<Vec<u8>>) -> Self {
        Self { start: start.into(), end: None }
    }

    /// The keys that begin with `prefix`.
    pub fn prefix(prefix: &[u8]) -> Self {
        // The first byte string after all that begin with the prefix: drop trailing 0xff, add one to the last byte.
        let end = prefix.iter().rposition(|byte| *byte != u8::MAX).map(|last| {
            let mut end: Vec<u8> = prefix.iter().take(last + 1).copied().collect();
            if let Some(byte) = end.last_mut() {
                *byte += 1;
            }
            end
        });
        Self { start: prefix.to_vec(), end }
    }

    /// What is left of this range at and after `start`.
    #[must_use]
    pub fn rest(&self, start: impl Into<Vec<u8>>) -> Self {
        Self { start: start.into().max(self.start.clone()), end: self.end.clone() }
    }

    /// The inclusive start; empty if the range starts before every key.
    pub fn start(&self) -> &[u8] {
        &self.start
    }

    /// The exclusive end; `None` if the range goes on to the last key.
    pub fn end(&self) -> Option<&[u8]> {
        self.end.as_deref()
    }

    /// Whether no key can be in the range.
    pub fn is_empty(&self) -> bool {
        self.end.as_ref().is_some_and(|end| *end <= self.start)
    }

    /// Whether `key` is in the range.
    pub fn contains(&self, key: &[u8]) -> bool {
        self.start.as_slice() <= key && self.end.as_ref().is_none_or(|end| key < end.as_slice())
    }

    /// The range as bounds, for an ordered map; `None` if it [is empty](Self::is_empty), which ordered maps refuse.
    pub(crate) fn bounds(&self) -> Option<Bounds<'_>> {
        if self.is_empty() {
            return None;
        }
        let end = self.end.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
        Some((Bound::Included(&self.start), end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_have_limits() {
        assert_eq!(Key::new([]), Err(LimitError::KeyEmpty));
        assert!(Key::new([0; KEY_BYTES_MAX]).is_ok());
        let long = Key::new([0; KEY_BYTES_MAX + 1]).unwrap_err();
        assert_eq!(long.to_string(), "the key is 1025 bytes long, more than the 1024 a key may have");
        assert!(Value::new([]).is_ok());
        assert!(Value::new(vec![0; VALUE_BYTES_MAX]).is_ok());
        let long = Value::new(vec![0; VALUE_BYTES_MAX + 1]).unwrap_err();
        assert_eq!(
            long.to_string(),
            "the value is 1048577 bytes long, more than the 1048576 a value may have"
        );
    }

    #[test]
    fn debug_shows_keys_and_hides_values() {
        assert_eq!(format!("{:?}", Key::new(b"user/\xff").unwrap()), "Key(`user/\\xff`)");
        assert_eq!(format!("{:?}", Value::new(b"secret").unwrap()), "Value(6 bytes)");
    }

    #[test]
    fn prefix_ends_after_the_last_key_with_it() {
        for (prefix, end) in [
            (&b"a"[..], Some(&b"b"[..])),
            (b"a/", Some(b"a0")),
            (b"a\xff", Some(b"b")),
            (b"\xff\xff", None),
            (b"", None),
        ] {
            assert_eq!(KeyRange::prefix(prefix).end(), end, "prefix {prefix:?}");
        }
    }

    #[test]
    fn ranges_contain_start_and_not_end() {
        let range = KeyRange::new("b", "d");
        for (key, inside) in [("a", false), ("b", true), ("c", true), ("c\u{7f}", true), ("d", false)] {
            assert_eq!(range.contains(key.as_bytes()), inside, "key {key}");
        }
        assert!(KeyRange::new("d", "b").is_empty());
        assert!(KeyRange::new("b", "b").is_empty());
        assert!(!KeyRange::all().is_empty());
        assert_eq!(range.rest("c"), KeyRange::new("c", "d"));
        assert_eq!(range.rest("a"), range);
    }
}
