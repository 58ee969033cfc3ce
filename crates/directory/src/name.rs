//! Names and paths of entities.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use crate::words::Words;

/// The longest name of anything: users and roles have shorter ones.
const NAME_CHARACTERS_MAX: usize = 128;

/// The path of what was given none.
const ROOT: &str = "/";

/// The longest path.
const PATH_CHARACTERS_MAX: usize = 512;

/// The name of a user, group, role, policy or instance profile: 1 to 128 characters of `[A-Za-z0-9_+=,.@-]`.
/// Kept as written, compared without regard to case. Cloning shares the text.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names>
#[derive(Clone)]
pub struct Name {
    written: Arc<str>,
    folded: Arc<str>,
}

/// Why a text is not a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a name: it must have 1 to 128 letters, digits or characters of _+=,.@-")]
pub struct NotAName(pub String);

impl Name {
    /// The name written like this.
    ///
    /// # Errors
    /// [`NotAName`] if it is empty, too long, or has another character.
    pub fn new(text: &str) -> Result<Self, NotAName> {
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_+=,.@-".contains(&byte));
        if text.is_empty() || text.len() > NAME_CHARACTERS_MAX || !plain {
            return Err(NotAName(text.to_owned()));
        }
        let written: Arc<str> = text.into();
        let folded = if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            text.to_ascii_lowercase().into()
        } else {
            Arc::clone(&written)
        };
        Ok(Self { written, folded })
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// In lower case: what is unique, and what lists are ordered by.
    #[must_use]
    pub fn folded(&self) -> &Arc<str> {
        &self.folded
    }

    /// Whether both are written alike, case included.
    #[must_use]
    pub fn is_written(&self, text: &str) -> bool {
        *self.written == *text
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.folded == other.folded
    }
}

impl Eq for Name {}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded.cmp(&other.folded)
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded.hash(state);
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.written, f)
    }
}

/// The path of an entity: `/`, or `/…/` of printable ASCII, at most 512 characters. Part of its ARN, not of what makes
/// its name unique. Cloning shares the text.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names>
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(
    /// `None` for `/`, which most have.
    Option<Arc<str>>,
);

/// Why a text is not a path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a path: it must begin and end with / and have printable ASCII characters between")]
pub struct NotAPath(pub String);

impl Path {
    /// The path written like this.
    ///
    /// # Errors
    /// [`NotAPath`] if it does not begin and end with `/`, is too long, or has another character.
    pub fn new(text: &str) -> Result<Self, NotAPath> {
        let printable = text.bytes().all(|byte| (0x21..=0x7e).contains(&byte));
        let framed = text.starts_with('/') && text.ends_with('/');
        let sound = printable && framed && text.len() <= PATH_CHARACTERS_MAX;
        if !sound {
            return Err(NotAPath(text.to_owned()));
        }
        Ok(Self((text != ROOT).then(|| text.into())))
    }

    /// `/`, which entities have that were given none.
    #[must_use]
    pub fn root() -> Self {
        Self(None)
    }

    /// The text, slashes at both ends.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or(ROOT)
    }

    /// The same path, its text shared with all others of `words`.
    pub(crate) fn shared(self, words: &Words) -> Self {
        Self(self.0.map(|text| words.shared(text)))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_case_and_ignore_it() {
        let (upper, lower) = (Name::new("ProdRole").unwrap(), Name::new("prodrole").unwrap());
        assert_eq!(upper, lower);
        assert_eq!((upper.as_str(), &**upper.folded()), ("ProdRole", "prodrole"));
        assert!(Arc::ptr_eq(&lower.written, &lower.folded));
        let long = "x".repeat(129);
        for text in ["", "a b", "a/b", "\u{e9}", "a:b", &long] {
            assert_eq!(Name::new(text).unwrap_err(), NotAName(text.to_owned()));
        }
    }

    #[test]
    fn paths_begin_and_end_with_a_slash() {
        let long = format!("/{}/", "x".repeat(511));
        for (text, accepted) in [
            ("/", true),
            ("/a/", true),
            ("/a/b/", true),
            ("", false),
            ("a", false),
            ("/a", false),
            ("a/", false),
        ] {
            assert_eq!(Path::new(text).is_ok(), accepted, "{text}");
        }
        assert!(Path::new("/a b/").is_err() && Path::new(&long).is_err());
    }
}
