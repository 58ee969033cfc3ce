//! Where things are in etcd, and in which form.
//!
//! Under the prefix there are `entry/` with the store's entries; `head`, which every commit that changes something
//! writes, so that its revision is the store's; `fence`, which every commit checks, so that whoever writes it stops
//! the commits under way; and `format`.

use crate::{Entry, Key, KeyRange, ReadError, Revision, Value};

use super::proto::{KeyValue, RangeRequest};
use super::{OpenError, PREFIX_BYTES_MAX};

/// The form of what is stored.
const FORMAT: u64 = 1;

const FORMAT_NAME: &str = "doorward-store";

/// Bytes before the value: CRC-32 of key and value, big-endian. It tells a value cut short or put under another key.
const SUM_BYTES: usize = 4;

/// What tells one commit from all others.
pub type Token = [u8; 16];

/// The keys under one prefix.
#[derive(Debug)]
pub struct Layout {
    prefix: String,
}

impl Layout {
    pub fn new(prefix: &str) -> Result<Self, OpenError> {
        let bytes = prefix.as_bytes();
        let plain = bytes.iter().all(u8::is_ascii_graphic) && prefix.ends_with('/');
        if !plain || bytes.len() > PREFIX_BYTES_MAX {
            return Err(OpenError::Prefix { prefix: prefix.to_owned() });
        }
        Ok(Self { prefix: prefix.to_owned() })
    }

    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    fn named(&self, name: &str) -> Vec<u8> {
        [self.prefix.as_bytes(), name.as_bytes()].concat()
    }

    pub fn head(&self) -> Vec<u8> {
        self.named("head")
    }

    pub fn fence(&self) -> Vec<u8> {
        self.named("fence")
    }

    pub fn format(&self) -> Vec<u8> {
        self.named("format")
    }

    pub fn entry(&self, key: &Key) -> Vec<u8> {
        [self.prefix.as_bytes(), b"entry/", key.as_bytes()].concat()
    }

    /// Start and end of everything under the prefix.
    pub fn everything(&self) -> (Vec<u8>, Vec<u8>) {
        (self.named(""), after(&self.prefix))
    }

    /// Start and end of the entries of `range`.
    pub fn entries(&self, range: &KeyRange) -> (Vec<u8>, Vec<u8>) {
        let start = [self.prefix.as_bytes(), b"entry/", range.start()].concat();
        let end = range.end().map(|end| [self.prefix.as_bytes(), b"entry/", end].concat());
        (start, end.unwrap_or_else(|| after(&self.named_text("entry/"))))
    }

    fn named_text(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// The store's key for a key of etcd; `None` if it is not an entry's.
    pub fn key_of(&self, raw: &[u8]) -> Option<Key> {
        let key = raw.strip_prefix(self.prefix.as_bytes())?.strip_prefix(b"entry/")?;
        Key::new(key).ok()
    }
}

/// The first key after all that begin with `prefix`, which ends with `/`.
fn after(prefix: &str) -> Vec<u8> {
    let mut end = prefix.as_bytes().to_vec();
    if let Some(last) = end.last_mut() {
        *last += 1;
    }
    end
}

/// What is stored for `value` under `key`.
pub fn encode(key: &Key, value: &Value) -> Vec<u8> {
    [&sum(key, value.as_bytes())[..], value.as_bytes()].concat()
}

/// The value in what is stored under `key`.
pub fn decode(key: &Key, stored: &[u8]) -> Option<Value> {
    let (found, value) = stored.split_at_checked(SUM_BYTES)?;
    if found != sum(key, value) {
        return None;
    }
    Value::new(value).ok()
}

fn sum(key: &Key, value: &[u8]) -> [u8; SUM_BYTES] {
    let mut sum = crc32fast::Hasher::new();
    sum.update(key.as_bytes());
    sum.update(value);
    sum.finalize().to_be_bytes()
}

/// A key and an entry as etcd holds them.
pub fn entry_of(layout: &Layout, found: &KeyValue) -> Result<(Key, Entry), ReadError> {
    let damaged = || ReadError::Damaged { key: found.key.escape_ascii().to_string() };
    let key = layout.key_of(&found.key).ok_or_else(damaged)?;
    let value = decode(&key, &found.value).ok_or_else(damaged)?;
    Ok((key, Entry { value, revision: revision(found.mod_revision) }))
}

/// Revisions of etcd are never negative.
pub fn revision(raw: i64) -> Revision {
    Revision(raw.unsigned_abs())
}

/// What the format key holds.
pub fn format_mark() -> Vec<u8> {
    format!("{FORMAT_NAME} {FORMAT}").into_bytes()
}

/// Refuses all formats but this one.
pub fn check_format(layout: &Layout, stored: &[u8]) -> Result<(), OpenError> {
    let key = || layout.named_text("format");
    let version = std::str::from_utf8(stored)
        .ok()
        .and_then(|text| text.strip_prefix(FORMAT_NAME))
        .and_then(|text| text.strip_prefix(' ')?.parse::<u64>().ok());
    match version {
        Some(FORMAT) => Ok(()),
        Some(found) if found > FORMAT => Err(OpenError::Newer { found, known: FORMAT }),
        Some(_) | None => Err(OpenError::Foreign { key: key() }),
    }
}

/// A read of one key.
pub fn get(key: Vec<u8>) -> RangeRequest {
    RangeRequest { key, ..RangeRequest::default() }
}

/// A read of when one key was written.
pub fn probe(key: Vec<u8>) -> RangeRequest {
    RangeRequest { key, keys_only: true, ..RangeRequest::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes() {
        let long = format!("{}/", "p".repeat(64));
        let fits = format!("{}/", "p".repeat(63));
        for (prefix, good) in [
            ("doorward/", true),
            ("/a/b/", true),
            (fits.as_str(), true),
            (long.as_str(), false),
            ("doorward", false),
            ("", false),
            ("a b/", false),
            ("é/", false),
        ] {
            assert_eq!(Layout::new(prefix).is_ok(), good, "`{prefix}`");
        }
    }

    #[test]
    fn values_know_their_key_and_their_end() {
        let (key, other) = (Key::new("a").unwrap(), Key::new("b").unwrap());
        let value = Value::new("value").unwrap();
        let stored = encode(&key, &value);
        assert_eq!(decode(&key, &stored), Some(value));
        assert_eq!(decode(&other, &stored), None);
        assert_eq!(decode(&key, b"value"), None);
        for cut in 0..stored.len() {
            assert_eq!(decode(&key, &stored[..cut]), None, "{cut} bytes");
        }
    }

    #[test]
    fn formats() {
        let layout = Layout::new("p/").unwrap();
        for (stored, text) in [
            (&b"doorward-store 1"[..], None),
            (
                b"doorward-store 2",
                Some(
                    "etcd holds format 2 of the store, and this program knows up to format 1; use a newer program",
                ),
            ),
            (
                b"doorward-store",
                Some(
                    "the key `p/format` in etcd is not Doorward's: choose another prefix, or remove what is under this one",
                ),
            ),
            (
                b"\xff",
                Some(
                    "the key `p/format` in etcd is not Doorward's: choose another prefix, or remove what is under this one",
                ),
            ),
        ] {
            let said = check_format(&layout, stored).err().map(|error| error.to_string());
            assert_eq!(said.as_deref(), text);
        }
    }
}
