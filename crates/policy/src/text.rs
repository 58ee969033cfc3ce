//! Pieces of a document's text.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::sync::Arc;

use crate::effort;
use crate::span::Span;

/// A piece of text: a `str` that owns what it stands in, and knows its lower-case form.
///
/// The pieces of a document share the document's text: a piece with its lower case costs no allocation, and a clone the
/// count of one more owner. Compared, sorted and hashed as the `str` that it is. 24 bytes.
///
/// ```
/// use doorward_policy::Text;
///
/// let text = Text::from("s3:GetObject");
/// assert!(text == "s3:GetObject" && text.starts_with("s3:"));
/// assert_eq!(text.folded(), "s3:getobject");
/// ```
#[derive(Clone)]
pub struct Text {
    source: Arc<Source>,
    start: usize,
    end: usize,
}

/// What pieces share.
struct Source {
    text: Arc<str>,
    /// The text in lower case, where it differs.
    folded: Option<Box<str>>,
    /// Whether the two have the same offsets, so that pieces can share them: that is so in ASCII. A document may hold
    /// other characters, which are not folded then, and pieces with such characters stand alone.
    aligned: bool,
}

impl Text {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.source.text.get(self.start..self.end).unwrap_or("")
    }

    /// The text in lower case, as [`str::to_lowercase`] has it.
    #[must_use]
    pub fn folded(&self) -> &str {
        match &self.source.folded {
            None => self.as_str(),
            Some(folded) if self.start == 0 && self.end == self.source.text.len() => folded,
            Some(folded) => folded.get(self.start..self.end).unwrap_or(""),
        }
    }

    /// The piece of this text between two of its offsets; the empty text where there is no such piece.
    pub(crate) fn piece(&self, range: Range<usize>) -> Self {
        match self.get(range.clone()) {
            Some(_) if self.source.aligned => Self {
                source: Arc::clone(&self.source),
                start: self.start + range.start,
                end: self.start + range.end,
            },
            piece => Self::from(piece.unwrap_or("")),
        }
    }
}

/// The text of a document, of which pieces are wanted.
pub(crate) struct Whole {
    source: Arc<Source>,
    ascii: bool,
}

/// A string or another scalar of a document, escapes resolved, and where it stands, quotes included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scalar<'t> {
    pub(crate) text: &'t str,
    pub(crate) span: Span,
}

impl Whole {
    pub(crate) fn new(text: &str) -> Self {
        let folded = Some(text.to_ascii_lowercase().into_boxed_str());
        Self { source: Arc::new(Source { text: text.into(), folded, aligned: true }), ascii: text.is_ascii() }
    }

    /// The text itself, for the document to keep.
    pub(crate) fn into_text(self) -> Arc<str> {
        Arc::clone(&self.source.text)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.source.text
    }

    /// The piece that a scalar is. A string that had escapes is shorter than what was written, and stands alone; so does
    /// one whose lower case may have another length.
    pub(crate) fn text(&self, scalar: Scalar<'_>) -> Text {
        let (start, end) = (scalar.span.start as usize, scalar.span.end as usize);
        let quotes = (end - start).saturating_sub(scalar.text.len());
        let (start, end) = match quotes {
            0 => (start, end),
            2 => (start + 1, end - 1),
            _ => return Text::from(scalar.text),
        };
        if !self.ascii && !scalar.text.is_ascii() {
            return Text::from(scalar.text);
        }
        Text { source: Arc::clone(&self.source), start, end }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        effort::took(text.len());
        let aligned = text.is_ascii();
        let folds = !aligned || text.bytes().any(|byte| byte.is_ascii_uppercase());
        let folded = folds.then(|| text.to_lowercase().into_boxed_str());
        Self { source: Arc::new(Source { text: text.into(), folded, aligned }), start: 0, end: text.len() }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl Default for Text {
    fn default() -> Self {
        "".into()
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}
