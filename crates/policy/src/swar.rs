//! Looking for bytes, eight at once.
//!
//! A word holds eight bytes, the first one lowest. A mask of a word has the highest bit of each byte that was looked for.

use crate::effort;

const ONES: u64 = u64::MAX / 255;
const HIGHS: u64 = ONES * 0x80;

/// Where a text has bytes that a JSON string may not hold as they are: quotes, backslashes and control characters.
///
/// A byte for each of the text's, one or zero: the compiler finds wide instructions to make them, and looking for the next
/// takes fewer steps than looking at the text.
pub(crate) struct Ends(Vec<u8>);

impl Ends {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        effort::took(bytes.len());
        let mut marks = Vec::with_capacity(bytes.len() + 8);
        marks.extend(bytes.iter().map(|&byte| u8::from((byte < 0x20) | (byte == b'"') | (byte == b'\\'))));
        // The end of the text ends a string too, and is found as part of a whole word.
        marks.extend([1; 8]);
        Self(marks)
    }

    /// The first of them at or after `start`; the end of the text where there is none.
    #[inline]
    pub(crate) fn next(&self, start: usize) -> usize {
        let mut rest = self.0.get(start..).unwrap_or_default();
        while let Some((word, after)) = rest.split_first_chunk::<8>() {
            effort::took(8);
            let word = u64::from_le_bytes(*word);
            if word != 0 {
                return self.0.len() - rest.len() + first(word);
            }
            rest = after;
        }
        self.0.len().saturating_sub(8)
    }
}

/// Where `wanted` first stands.
#[inline]
pub(crate) fn find(bytes: &[u8], wanted: u8) -> Option<usize> {
    let Some(last) = bytes.last_chunk::<8>() else {
        effort::took(bytes.len());
        return bytes.iter().position(|&byte| byte == wanted);
    };
    let (words, _) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        effort::took(8);
        let found = lowest(u64::from_le_bytes(*word), wanted) & HIGHS;
        if found != 0 {
            return Some(index * 8 + first(found));
        }
    }
    // The last eight bytes overlap with words in which it is not.
    effort::took(8);
    let found = lowest(u64::from_le_bytes(*last), wanted) & HIGHS;
    (found != 0).then(|| bytes.len() - 8 + first(found))
}

/// Where the first five colons stand, and how many of them there are; the other places are zero.
#[inline]
pub(crate) fn colons(bytes: &[u8]) -> ([usize; 5], usize) {
    let (words, rest) = bytes.as_chunks::<8>();
    let (mut places, mut count) = ([0; 5], 0);
    let mut note = |word, start| {
        effort::took(8);
        let mut found = each(word, b':');
        while found != 0
            && let Some(place) = places.get_mut(count)
        {
            *place = start + first(found);
            count += 1;
            found &= found - 1;
        }
        count == 5
    };
    let mut start = 0;
    for word in words {
        if note(u64::from_le_bytes(*word), start) {
            return (places, 5);
        }
        start += 8;
    }
    if !rest.is_empty() {
        note(last(bytes, rest), start);
    }
    (places, count)
}

/// The `rest` of `bytes` after its words, as a word that ends in zeros.
#[inline]
fn last(bytes: &[u8], rest: &[u8]) -> u64 {
    match bytes.last_chunk::<8>() {
        Some(word) => u64::from_le_bytes(*word) >> (8 * (8 - rest.len())),
        None => rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    }
}

/// Which byte of a word the lowest bit of a mask belongs to.
const fn first(mask: u64) -> usize {
    (mask.trailing_zeros() / 8) as usize
}

/// A mask with the lowest byte that is `wanted`, and perhaps others above it.
const fn lowest(word: u64, wanted: u8) -> u64 {
    let zero = word ^ (ONES * wanted as u64);
    zero.wrapping_sub(ONES) & !zero
}

/// The mask of exactly the bytes that are `wanted`.
const fn each(word: u64, wanted: u8) -> u64 {
    let zero = word ^ (ONES * wanted as u64);
    !(((zero & !HIGHS) + !HIGHS) | zero | !HIGHS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(bytes: &[u8]) {
        let special = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
        let ends = Ends::of(bytes);
        for start in 0..=bytes.len() {
            let expected = bytes[start..].iter().position(special).map_or(bytes.len(), |at| start + at);
            assert_eq!(ends.next(start), expected, "{bytes:?} from {start}");
        }
        for wanted in [b'$', b':', 0, 0x80] {
            let expected = bytes.iter().position(|&byte| byte == wanted);
            assert_eq!(find(bytes, wanted), expected, "{wanted} in {bytes:?}");
        }
        let expected: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at] == b':').take(5).collect();
        let (places, count) = colons(bytes);
        assert_eq!(places[..count], expected[..], "{bytes:?}");
        assert!(places[count..].iter().all(|&place| place == 0));
    }

    #[test]
    fn neighbours_do_not_hide_what_is_looked_for() {
        for byte in 0..=255 {
            for neighbour in [b':', b';', b'9', b'"', b'!', b'#', b'\\', b'$', 0, 1, 0x1F, 0x20, 0x80, 0xFF] {
                check(&[neighbour, byte, neighbour, byte, byte, neighbour, b'x', byte, neighbour, byte]);
            }
        }
    }

    proptest! {
        #[test]
        fn as_one_by_one(bytes in any::<Vec<u8>>(), close in "[:$\"\\\\ -~]{0,40}") {
            check(&bytes);
            check(close.as_bytes());
        }
    }
}
