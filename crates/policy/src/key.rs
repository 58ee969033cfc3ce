//! Condition context keys: compared without regard to case.

use std::fmt;
use std::hash::{Hash, Hasher};

/// The name of a condition context key, such as `aws:PrincipalTag/team`.
///
/// Kept as written, compared by its lower-case form: names, tag keys in them included, are case-insensitive.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
#[derive(Clone)]
pub struct ContextKey {
    written: Box<str>,
    folded: Box<str>,
}

impl ContextKey {
    /// The key with this name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { written: name.into(), folded: fold(name).into() }
    }

    /// The name as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The name by which keys are compared, sorted and looked up.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.folded
    }
}

/// The form of a key's name by which names are compared: lower case.
#[must_use]
pub fn fold(name: &str) -> String {
    name.to_lowercase()
}

impl PartialEq for ContextKey {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
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
        self.folded.cmp(&other.folded)
    }
}

impl Hash for ContextKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded.hash(state);
    }
}

impl fmt::Display for ContextKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl fmt::Debug for ContextKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.written, f)
    }
}
