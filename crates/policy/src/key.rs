//! Condition context keys: compared without regard to case.

use std::fmt;
use std::hash::{Hash, Hasher};

use crate::text::Text;

mod known;

pub(crate) use known::{KNOWN, known};

/// The name of a condition context key, such as `aws:PrincipalTag/team`.
///
/// Kept as written, compared by its lower-case form: names, tag keys in them included, are case-insensitive.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
#[derive(Clone)]
pub struct ContextKey {
    name: Text,
    hash: u64,
}

impl ContextKey {
    /// The key with this name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self::of(name.into())
    }

    pub(crate) fn of(name: Text) -> Self {
        Self { hash: number(name.folded()), name }
    }

    /// The name as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// The name by which keys are compared, sorted and looked up.
    #[must_use]
    pub fn folded(&self) -> &str {
        self.name.folded()
    }

    /// A short stand-in for the folded name. Different names may share it, but for the best-known ones, which have small
    /// numbers of their own.
    #[must_use]
    pub const fn hash(&self) -> u64 {
        self.hash
    }
}

/// The form of a key's name by which names are compared: lower case.
#[must_use]
pub fn fold(name: &str) -> String {
    name.to_lowercase()
}

/// A short stand-in for a name, the same for one in ASCII and its folded form: the place of a well-known name among
/// [`KNOWN`], a greater number for others.
pub(crate) fn number(name: &str) -> u64 {
    let hash = hash(name.as_bytes());
    known(hash, name).map_or(hash | 1 << 63, u64::from)
}

/// A hash of a name that does not depend on the case of ASCII letters, eight bytes at a time. Nothing depends on two names
/// having two of them.
pub(crate) const fn hash(name: &[u8]) -> u64 {
    const LOWER: u64 = 0x2020_2020_2020_2020;
    let (mut words, mut rest) = name.as_chunks::<8>();
    let mut hash = name.len() as u64;
    while let [word, others @ ..] = words {
        hash = mix(hash, u64::from_le_bytes(*word) | LOWER);
        words = others;
    }
    let mut tail = 0;
    while let [byte, others @ ..] = rest {
        tail = tail << 8 | (*byte | 0x20) as u64;
        rest = others;
    }
    let hash = mix(hash, tail);
    hash ^ (hash >> 32)
}

const fn mix(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl PartialEq for ContextKey {
    fn eq(&self, other: &Self) -> bool {
        self.folded() == other.folded()
    }
}

impl Eq for ContextKey {}

impl PartialOrd for ContextKey {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ContextKey {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.folded().cmp(other.folded())
    }
}

impl Hash for ContextKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded().hash(state);
    }
}

impl fmt::Display for ContextKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for ContextKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
