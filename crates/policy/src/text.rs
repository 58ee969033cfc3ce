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
/// count of one more owner. Compared, sorted and hashed as the `str` that it is. 16 bytes.
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
    /// The piece of the source, or [`WHOLE`], which is no piece of anything.
    piece: (u32, u32),
}

/// A text that is the whole of its source, whatever its length.
const WHOLE: (u32, u32) = (u32::MAX, 0);

/// What pieces share.
struct Source {
    text: Arc<str>,
    /// The text in lower case, where it differs.
    folded: Option<Box<str>>,
    /// Whether pieces can share it: they begin and end where characters do, and their lower case has the same offsets.
    /// That is so of ASCII. A document may hold other characters, which are not folded then, and pieces with such
    /// characters stand alone.
    shared: bool,
    /// Whether there is a `$` in it.
    dollars: bool,
}

impl Text {
    /// The text.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        self.of(&self.source.text)
    }

    /// The text in lower case, as [`str::to_lowercase`] has it.
    #[must_use]
    #[inline]
    pub fn folded(&self) -> &str {
        self.of(self.source.folded.as_deref().unwrap_or(&self.source.text))
    }

    /// This piece of the source or of its lower case.
    #[inline]
    fn of<'a>(&self, whole: &'a str) -> &'a str {
        let (start, end) = self.piece;
        whole.get(start as usize..end as usize).unwrap_or(whole)
    }

    /// The piece of this text between two of its offsets; the empty text where there is no such piece.
    #[inline]
    pub(crate) fn piece(&self, range: Range<usize>) -> Self {
        let (start, end) = self.place();
        if !self.source.shared || range.start > range.end || range.end > end - start {
            return Self::from(self.get(range).unwrap_or(""));
        }
        match (u32::try_from(start + range.start), u32::try_from(start + range.end)) {
            (Ok(start), Ok(end)) => Self { source: Arc::clone(&self.source), piece: (start, end) },
            (_, _) => Self::from(self.get(range).unwrap_or("")),
        }
    }

    /// Where it begins and ends in its source.
    fn place(&self) -> (usize, usize) {
        if self.piece == WHOLE {
            return (0, self.source.text.len());
        }
        (self.piece.0 as usize, self.piece.1 as usize)
    }

    /// How many bytes it has.
    #[inline]
    pub(crate) fn length(&self) -> usize {
        let (start, end) = self.place();
        end - start
    }

    /// Whether there may be a `$` in it. Not so in most documents.
    #[inline]
    pub(crate) fn may_have_dollars(&self) -> bool {
        self.source.dollars
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
        // All of it, without stopping at the first: that takes wide instructions.
        let dollars = text.bytes().fold(false, |found, byte| found | (byte == b'$'));
        let source = Source { text: text.into(), folded, shared: true, dollars };
        Self { source: Arc::new(source), ascii: text.is_ascii() }
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
    #[inline]
    pub(crate) fn text(&self, scalar: Scalar<'_>) -> Text {
        let Span { start, end } = scalar.span;
        let piece = match ((end - start) as usize).checked_sub(scalar.text.len()) {
            Some(0) => (start, end),
            Some(2) => (start + 1, end - 1),
            Some(_) | None => return Text::from(scalar.text),
        };
        if !self.ascii && !scalar.text.is_ascii() {
            return Text::from(scalar.text);
        }
        Text { source: Arc::clone(&self.source), piece }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        effort::took(text.len());
        let shared = text.is_ascii();
        let folds = !shared || text.bytes().any(|byte| byte.is_ascii_uppercase());
        let folded = folds.then(|| text.to_lowercase().into_boxed_str());
        let dollars = text.contains('$');
        Self { source: Arc::new(Source { text: text.into(), folded, shared, dollars }), piece: WHOLE }
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
