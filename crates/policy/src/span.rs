//! Where something stands in a policy's text.

/// A run of bytes in the text of a document: `start` inclusive, `end` exclusive.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just past the last byte.
    pub end: u32,
}

/// A place in a text as people count: both 1-based; columns count characters, lines end at line feed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Position {
    /// 1 for the first line.
    pub line: u32,
    /// 1 for the first character of a line.
    pub column: u32,
}

impl Position {
    /// The place of the byte at `offset` in `text`; an offset past the end is the place just after the text.
    /// Costs one pass over the text before it.
    #[must_use]
    pub fn at(text: &str, offset: u32) -> Self {
        let before = text.as_bytes().get(..offset as usize).unwrap_or(text.as_bytes());
        before.iter().fold(Self { line: 1, column: 1 }, Self::after)
    }

    /// The place after one more byte. Bytes that continue a character do not count.
    const fn after(self, byte: &u8) -> Self {
        match byte {
            b'\n' => Self { line: self.line + 1, column: 1 },
            0x80..0xC0 => self,
            _ => Self { line: self.line, column: self.column + 1 },
        }
    }
}

/// The places of one text, to look up many: [`Position::at`] reads the text up to the place each time, which for every
/// statement of a long document comes to the square of its length.
///
/// ```
/// use doorward_policy::Places;
///
/// let text = "{\n  \"Version\": \"2012-10-17\"\n}";
/// assert_eq!(Places::of(text).at(4).to_string(), "2:3");
/// ```
#[derive(Clone, Debug)]
pub struct Places<'a> {
    text: &'a str,
    /// The place of every so many bytes, from the first.
    marks: Vec<Position>,
}

/// How many bytes there are from one mark to the next.
const MARK: usize = 512;

impl<'a> Places<'a> {
    /// Reads the text once.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / MARK + 1);
        let mut place = Position { line: 1, column: 1 };
        for run in text.as_bytes().chunks(MARK) {
            marks.push(place);
            place = run.iter().fold(place, Position::after);
        }
        Self { text, marks }
    }

    /// The place of the byte at `offset`; an offset past the end is the place just after the text. As [`Position::at`],
    /// but reads no more than 512 bytes.
    #[must_use]
    pub fn at(&self, offset: u32) -> Position {
        let offset = self.text.len().min(offset as usize);
        let index = (offset / MARK).min(self.marks.len().saturating_sub(1));
        let mark = self.marks.get(index).copied().unwrap_or(Position { line: 1, column: 1 });
        let run = self.text.as_bytes().get(index * MARK..offset).unwrap_or_default();
        run.iter().fold(mark, Position::after)
    }
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn many_places_are_as_single_ones(text in "[a\n\u{e9}\u{1f600}]{0,900}") {
            let places = Places::of(&text);
            for (offset, _) in text.char_indices().chain([(text.len(), ' '), (text.len() + 9, ' ')]) {
                let offset = u32::try_from(offset).unwrap();
                prop_assert_eq!(places.at(offset), Position::at(&text, offset), "offset {}", offset);
            }
        }
    }

    #[test]
    fn counts_lines_and_characters() {
        let text = "ab\n\u{e9}d\n";
        for (offset, line, column) in [(0, 1, 1), (2, 1, 3), (3, 2, 1), (5, 2, 2), (7, 3, 1), (99, 3, 1)] {
            assert_eq!(Position::at(text, offset), Position { line, column }, "offset {offset}");
        }
    }
}
