//! What follows the literal beginning of a pattern: pieces of text with `*` between them.

use std::sync::OnceLock;

use memchr::memmem::Finder;

use super::occurrences::{Occurrences, Rare};
use super::text::{ONE, RUN, literal};
use crate::bytes::begins;

/// A pattern behind its literal beginning, split at each `*`. The first piece stands at the start of the text, the last
/// one at its end, the others in between in their order, each as early as it can.
///
/// Matching takes time in proportion to text and pattern; for pieces with `?`, to a sixty-fourth of their product.
#[derive(Debug)]
pub(crate) struct Glob {
    first: Piece,
    /// `None` where there is no `*`: then `first` is the whole pattern.
    last: Option<Piece>,
    between: Box<[Piece]>,
    /// The fewest bytes that match.
    shortest: usize,
}

#[derive(Debug)]
struct Piece {
    bytes: Box<[u8]>,
    /// Whether [`ONE`] is among the bytes.
    wild: bool,
    mark: Option<Mark>,
    /// For texts that are too long to try every place; made when the first comes.
    finder: OnceLock<Box<Finder<'static>>>,
}

/// Up to how many bytes of text every place that holds a piece's rarest byte is tried.
const TRIED_MAX: usize = 96;

impl Glob {
    /// The glob of an encoded pattern without its literal beginning.
    pub(crate) fn new(pattern: &[u8]) -> Self {
        let mut pieces: Vec<Piece> = pattern.split(|byte| *byte == RUN).map(Piece::new).collect();
        let shortest = pieces.iter().map(|piece| piece.bytes.len()).sum();
        let last = if pieces.len() > 1 { pieces.pop() } else { None };
        let mut pieces = pieces.into_iter();
        let first = pieces.next().unwrap_or_else(|| Piece::new(&[]));
        Self { first, last, between: pieces.filter(|piece| !piece.bytes.is_empty()).collect(), shortest }
    }

    /// Whether there is a `?`, which stands for a character, not a byte.
    pub(crate) fn has_one(&self) -> bool {
        self.pieces().any(|piece| piece.wild)
    }

    /// What any text must hold to match: the marks of the longest piece without `?`.
    pub(crate) fn marks(&self) -> Marks {
        let runs = self.pieces().flat_map(|piece| piece.bytes.split(|byte| *byte == ONE));
        Marks::wanted(runs.max_by_key(|run| run.len()).unwrap_or_default())
    }

    /// The byte with which every text that matches ends, where there is one.
    pub(crate) fn last_byte(&self) -> Option<u8> {
        let last = self.last.as_ref().unwrap_or(&self.first);
        last.bytes.last().copied().filter(|byte| *byte != ONE)
    }

    pub(crate) const fn shortest(&self) -> usize {
        self.shortest
    }

    fn pieces(&self) -> impl Iterator<Item = &Piece> {
        std::iter::once(&self.first).chain(&self.between).chain(&self.last)
    }

    /// Whether the whole of `text` matches. `?` stands for one byte.
    #[inline]
    pub(crate) fn matches(&self, text: &[u8]) -> bool {
        let Some(last) = &self.last else {
            return text.len() == self.shortest && self.first.begins(text);
        };
        if text.len() < self.shortest || !self.first.begins(text) {
            return false;
        }
        let end = text.len() - last.bytes.len();
        if !text.get(end..).is_some_and(|tail| last.begins(tail)) {
            return false;
        }
        let mut search = Search { text: text.get(..end).unwrap_or_default(), occurrences: None };
        let mut from = self.first.bytes.len();
        for piece in &self.between {
            let Some(place) = piece.find(&mut search, from) else { return false };
            from = place + piece.bytes.len();
        }
        true
    }

    /// The bytes that the glob takes outside of itself.
    pub(crate) fn heap_bytes(&self) -> usize {
        let own = size_of_val(&*self.between);
        let piece = |piece: &Piece| piece.bytes.len();
        own + self.pieces().map(piece).sum::<usize>()
    }
}

impl Piece {
    fn new(bytes: &[u8]) -> Self {
        let wild = literal(bytes).len() < bytes.len();
        Self { bytes: bytes.into(), wild, mark: Mark::of(bytes), finder: OnceLock::new() }
    }

    /// Whether `text` begins with the piece.
    #[inline]
    fn begins(&self, text: &[u8]) -> bool {
        if self.bytes.is_empty() {
            return true;
        }
        if !self.wild {
            return begins(text, &self.bytes);
        }
        text.len() >= self.bytes.len()
            && self.bytes.iter().zip(text).all(|(wanted, byte)| wanted == byte || *wanted == ONE)
    }

    /// The first place from `from` on where the piece stands in the text that is searched.
    #[inline]
    fn find(&self, search: &mut Search<'_>, from: usize) -> Option<usize> {
        let text = search.text.get(from..)?;
        let found = if text.len() <= TRIED_MAX || self.bytes.len() == 1 {
            self.try_each(text)
        } else if self.wild {
            return search.find(&self.bytes, from);
        } else {
            self.finder.get_or_init(|| Box::new(Finder::new(&self.bytes).into_owned())).find(text)
        };
        found.map(|place| from + place)
    }

    fn try_each(&self, text: &[u8]) -> Option<usize> {
        let places = (text.len() + 1).checked_sub(self.bytes.len())?;
        let Some(mark) = self.mark else {
            return (0..places).find(|place| text.get(*place..).is_some_and(|rest| self.begins(rest)));
        };
        let marks = text.get(mark.offset..mark.offset + places)?;
        let candidates = memchr::memchr_iter(mark.byte, marks);
        candidates.into_iter().find(|place| text.get(*place..).is_some_and(|rest| self.begins(rest)))
    }
}

/// A text in which the pieces of a glob are looked for.
struct Search<'t> {
    text: &'t [u8],
    /// Where its bytes stand, once a piece with `?` has asked.
    occurrences: Option<Occurrences>,
}

impl Search<'_> {
    /// The first place from `from` on where a piece with `?` stands.
    fn find(&mut self, piece: &[u8], from: usize) -> Option<usize> {
        let occurrences = self.occurrences.get_or_insert_with(|| {
            let mut occurrences = Occurrences::default();
            occurrences.fill_bytes(self.text);
            occurrences
        });
        if let Rare::Found(place) = occurrences.find_bytes(piece, ONE, self.text, from) {
            return place;
        }
        let wanted = (0u32..).zip(piece).filter(|(_, byte)| **byte != ONE);
        let classes: Option<Vec<_>> =
            wanted.map(|(offset, byte)| Some((offset, occurrences.class_of_byte(*byte)?))).collect();
        let stands = |place: usize| {
            let there = self.text.get(place..).unwrap_or_default();
            piece.iter().zip(there).all(|(wanted, byte)| wanted == byte || *wanted == ONE)
        };
        occurrences.find(&classes?, piece.len(), from, stands)
    }
}

/// The byte of a piece that texts hold least often, to look for first.
#[derive(Clone, Copy, Debug)]
struct Mark {
    byte: u8,
    offset: usize,
}

impl Mark {
    fn of(bytes: &[u8]) -> Option<Self> {
        let fixed = bytes.iter().enumerate().filter(|(_, byte)| **byte != ONE);
        let (offset, byte) =
            fixed.min_by_key(|(_, byte)| FREQUENT.iter().position(|other| other == *byte))?;
        Some(Self { byte: *byte, offset })
    }
}

/// What names in ARNs are mostly made of, rarest first; what is not here is rarer still.
const FREQUENT: [u8; 40] = *b"zqxjkvywf9876543gb:_pmhudl20.cn1soriate/";

/// How far apart the marks of a text stand, and how long each is, in bytes.
const STRIDE: usize = 4;

/// The marks that a piece of a pattern leaves in any text that holds it, as bits of [`marks`]. Which of its bytes they are
/// made of depends on where in the text the piece stands: one set for each remainder.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marks([u64; STRIDE]);

impl Marks {
    pub(crate) fn wanted(piece: &[u8]) -> Self {
        let mut wanted = Self::default();
        for (skipped, set) in wanted.0.iter_mut().enumerate() {
            *set = marks(piece.get(skipped..).unwrap_or_default());
        }
        wanted
    }

    /// Whether a text with these marks may hold the piece; if not, it does not.
    #[inline]
    pub(crate) fn may_be_in(&self, seen: u64) -> bool {
        self.0.iter().any(|wanted| wanted & !seen == 0)
    }
}

/// The marks of a text: every four bytes, from the first one on, as one of 64 bits.
#[inline]
pub(crate) fn marks(text: &[u8]) -> u64 {
    let (words, _) = text.as_chunks::<STRIDE>();
    words.iter().fold(0, |seen, word| seen | 1 << (u32::from_le_bytes(*word).wrapping_mul(0x9e37_79b1) >> 26))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(pattern: &str) -> Vec<u8> {
        let byte = |byte| match byte {
            b'*' => RUN,
            b'?' => ONE,
            other => other,
        };
        pattern.bytes().map(byte).collect()
    }

    fn check(pattern: &str, text: &str, matches: bool) {
        let glob = Glob::new(&encoded(pattern));
        assert_eq!(glob.matches(text.as_bytes()), matches, "`{pattern}` on `{text}`");
        assert!(!matches || glob.marks().may_be_in(marks(text.as_bytes())), "`{pattern}` on `{text}`");
        let last = glob.last_byte().is_none_or(|last| text.as_bytes().last() == Some(&last));
        assert!(!matches || last, "`{pattern}` on `{text}`");
    }

    #[test]
    fn wildcards() {
        let long = "x".repeat(200);
        for (pattern, text, matches) in [
            ("*", "", true),
            ("*", "a:/b", true),
            ("?", "", false),
            ("?", "a", true),
            ("?", "ab", false),
            ("*a", "aba", true),
            ("*ab*cd", "xabyabzcd", true),
            ("*ab*cd", "xabcde", false),
            ("?b*c", "abc", true),
            ("?b*c", "abd", false),
            ("*b?c*d", "aXbYbZcWd", true),
            ("*b?c*d", "aXbYbcWd", false),
            ("*?", "", false),
            ("?*?", "a", false),
            ("?*?", "ab", true),
            ("*aab", "aaaab", true),
            ("*ab*ab", "ab", false),
            ("*ab*ab", "abab", true),
            ("*a*a*a*", "aa", false),
            ("*needle*", &format!("{long}needle{long}"), true),
            ("*needle*", &format!("{long}needl{long}"), false),
            ("*y*z", &format!("{long}y{long}z"), true),
            ("*y*z", &format!("{long}{long}z"), false),
            ("*n??dle*", &format!("{long}needle{long}"), true),
            ("*n????????????dle*", &format!("{long}n{long}dle", long = &long[..12]), true),
            ("*a?b*", &("ab".repeat(60) + "acb"), true),
            ("*a?b*", &"ab".repeat(60), false),
            ("*a?b?a*", &("ab".repeat(60) + "acb"), false),
        ] {
            check(pattern, text, matches);
        }
    }
}
