//! Transactions: what must hold, and what to write if it does.

use crate::{Key, Revision, Value};

/// The most checks, and the most writes, of one transaction: etcd takes 128 of each, and the backend on it adds up to two.
///
/// Source: <https://etcd.io/docs/v3.6/op-guide/configuration/> (`--max-txn-ops`, counted per list).
pub const OPERATIONS_MAX: usize = 126;

/// The most bytes of one transaction: the keys of its checks, and the keys and values of its writes.
///
/// Source: <https://etcd.io/docs/v3.6/dev-guide/limit/> (1.5 MiB per request; the rest is room for framing).
pub const TRANSACTION_BYTES_MAX: usize = 1_250_000;

/// What a transaction expects of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// The key does not exist.
    Absent,
    /// The key exists, whatever its revision.
    Present,
    /// The key exists and was last written by the commit of this revision.
    Revision(Revision),
}

impl Expected {
    /// Whether a key last written at `actual` (`None`: it does not exist) is as expected.
    pub fn holds(self, actual: Option<Revision>) -> bool {
        match self {
            Self::Absent => actual.is_none(),
            Self::Present => actual.is_some(),
            Self::Revision(revision) => actual == Some(revision),
        }
    }
}

/// What a transaction does to a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Sets the value, whether the key existed or not.
    Put(Value),
    /// Removes the key. Nothing happens if it does not exist.
    Delete,
}

/// A transaction that no backend may apply.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidTransaction {
    /// There is neither a check nor a write.
    #[error("the transaction has neither a check nor a write")]
    Empty,
    /// More checks than [`OPERATIONS_MAX`].
    #[error("the transaction has {count} checks, more than the {OPERATIONS_MAX} it may have")]
    TooManyChecks {
        /// Number of checks given.
        count: usize,
    },
    /// More writes than [`OPERATIONS_MAX`].
    #[error("the transaction has {count} writes, more than the {OPERATIONS_MAX} it may have")]
    TooManyWrites {
        /// Number of writes given.
        count: usize,
    },
    /// More bytes than [`TRANSACTION_BYTES_MAX`].
    #[error("the transaction has {bytes} bytes, more than the {TRANSACTION_BYTES_MAX} it may have")]
    TooLarge {
        /// Bytes of all keys and values given.
        bytes: usize,
    },
    /// Two checks of one key.
    #[error("the transaction checks the key `{key}` more than once")]
    DuplicateCheck {
        /// The key.
        key: Key,
    },
    /// Two writes to one key.
    #[error("the transaction writes the key `{key}` more than once")]
    DuplicateWrite {
        /// The key.
        key: Key,
    },
}

/// Checks and writes that happen together or not at all.
///
/// A key may be both checked and written. A transaction without writes asks whether its checks hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    checks: Vec<(Key, Expected)>,
    writes: Vec<(Key, Write)>,
}

impl Transaction {
    /// Makes a transaction that does `writes`, in the order of their keys, if all `checks` hold.
    ///
    /// # Errors
    /// [`InvalidTransaction`] if it is empty, breaks a limit, or names a key twice in one of the lists.
    pub fn new(
        checks: Vec<(Key, Expected)>,
        mut writes: Vec<(Key, Write)>,
    ) -> Result<Self, InvalidTransaction> {
        if checks.is_empty() && writes.is_empty() {
            return Err(InvalidTransaction::Empty);
        }
        if checks.len() > OPERATIONS_MAX {
            return Err(InvalidTransaction::TooManyChecks { count: checks.len() });
        }
        if writes.len() > OPERATIONS_MAX {
            return Err(InvalidTransaction::TooManyWrites { count: writes.len() });
        }
        let bytes = bytes_of(&checks, &writes);
        if bytes > TRANSACTION_BYTES_MAX {
            return Err(InvalidTransaction::TooLarge { bytes });
        }
        writes.sort_by(|(left, _), (right, _)| left.cmp(right));
        if let Some(key) = first_duplicate(writes.iter().map(|(key, _)| key)) {
            return Err(InvalidTransaction::DuplicateWrite { key });
        }
        let mut checked: Vec<&Key> = checks.iter().map(|(key, _)| key).collect();
        checked.sort();
        if let Some(key) = first_duplicate(checked.into_iter()) {
            return Err(InvalidTransaction::DuplicateCheck { key });
        }
        Ok(Self { checks, writes })
    }

    /// What must hold, in the order given: a conflict names the first that does not.
    pub fn checks(&self) -> &[(Key, Expected)] {
        &self.checks
    }

    /// What to write, in the order of the keys, each key once.
    pub fn writes(&self) -> &[(Key, Write)] {
        &self.writes
    }

    /// Bytes of all keys and values; at most [`TRANSACTION_BYTES_MAX`].
    pub fn bytes(&self) -> usize {
        bytes_of(&self.checks, &self.writes)
    }
}

fn bytes_of(checks: &[(Key, Expected)], writes: &[(Key, Write)]) -> usize {
    let checked: usize = checks.iter().map(|(key, _)| key.as_bytes().len()).sum();
    checked + writes.iter().map(|(key, write)| write_bytes(key, write)).sum::<usize>()
}

/// Bytes of the key and of the value it is given.
pub(crate) fn write_bytes(key: &Key, write: &Write) -> usize {
    key.as_bytes().len()
        + match write {
            Write::Put(value) => value.as_bytes().len(),
            Write::Delete => 0,
        }
}

/// The first of the sorted `keys` that equals its neighbour.
fn first_duplicate<'a>(keys: impl Iterator<Item = &'a Key> + Clone) -> Option<Key> {
    keys.clone().zip(keys.skip(1)).find(|(left, right)| left == right).map(|(key, _)| key.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        Key::new(text).unwrap()
    }

    fn put(text: &str, value_bytes: usize) -> (Key, Write) {
        (key(text), Write::Put(Value::new(vec![0; value_bytes]).unwrap()))
    }

    fn check(checks: Vec<(Key, Expected)>, writes: Vec<(Key, Write)>, expected: Result<(), &str>) {
        let made = Transaction::new(checks, writes).map(|_| ()).map_err(|error| error.to_string());
        assert_eq!(made, expected.map_err(str::to_owned));
    }

    #[test]
    fn limits() {
        let checks = |count: usize| (0..count).map(|n| (key(&n.to_string()), Expected::Absent)).collect();
        let writes = |count: usize| (0..count).map(|n| put(&n.to_string(), 0)).collect();
        check(vec![], vec![], Err("the transaction has neither a check nor a write"));
        check(checks(126), writes(126), Ok(()));
        check(checks(127), vec![], Err("the transaction has 127 checks, more than the 126 it may have"));
        check(vec![], writes(127), Err("the transaction has 127 writes, more than the 126 it may have"));
        check(vec![(key("abc"), Expected::Absent)], vec![put("a", 624_996), put("b", 624_999)], Ok(()));
        check(
            vec![(key("abc"), Expected::Absent)],
            vec![put("a", 624_997), put("b", 624_999)],
            Err("the transaction has 1250001 bytes, more than the 1250000 it may have"),
        );
    }

    #[test]
    fn duplicates() {
        let (a, b) = ((key("a"), Expected::Absent), (key("b"), Expected::Absent));
        let twice = Err("the transaction checks the key `a` more than once");
        check(vec![a.clone(), b, (key("a"), Expected::Present)], vec![], twice);
        let twice = Err("the transaction writes the key `a` more than once");
        check(vec![], vec![put("a", 0), put("b", 0), (key("a"), Write::Delete)], twice);
        check(vec![a], vec![put("a", 0)], Ok(()));
    }

    #[test]
    fn writes_are_sorted_and_checks_are_not() {
        let checks = vec![(key("z"), Expected::Absent), (key("a"), Expected::Absent)];
        let made = Transaction::new(checks.clone(), vec![put("z", 1), put("a", 1)]).unwrap();
        assert_eq!(made.writes(), [put("a", 1), put("z", 1)]);
        assert_eq!(made.checks(), checks);
    }

    #[test]
    fn expectations() {
        let (one, two) = (Revision(1), Revision(2));
        for (expected, actual, holds) in [
            (Expected::Absent, None, true),
            (Expected::Absent, Some(one), false),
            (Expected::Present, None, false),
            (Expected::Present, Some(one), true),
            (Expected::Revision(one), None, false),
            (Expected::Revision(one), Some(one), true),
            (Expected::Revision(one), Some(two), false),
        ] {
            assert_eq!(expected.holds(actual), holds, "{expected:?} of {actual:?}");
        }
    }
}
