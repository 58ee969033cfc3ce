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
        let mut place = Self { line: 1, column: 1 };
        for (index, character) in text.char_indices() {
            if index >= offset as usize {
                break;
            }
            if character == '\n' {
                place.line += 1;
                place.column = 1;
            } else {
                place.column += 1;
            }
        }
        place
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

    #[test]
    fn counts_lines_and_characters() {
        let text = "ab\n\u{e9}d\n";
        for (offset, line, column) in [(0, 1, 1), (2, 1, 3), (3, 2, 1), (5, 2, 2), (7, 3, 1), (99, 3, 1)] {
            assert_eq!(Position::at(text, offset), Position { line, column }, "offset {offset}");
        }
    }
}
