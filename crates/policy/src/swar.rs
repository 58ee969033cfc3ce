//! Looking for bytes, eight at once.
//!
//! A word holds eight bytes, the first one lowest. A mask of a word has the highest bit of each byte that was looked for.

use crate::effort;

const ONES: u64 = u64::MAX / 255;
const HIGHS: u64 = ONES * 0x80;

/// The first byte at or after `start` that a JSON string may not hold as it is: a quote, a backslash or a control
/// character. The end where there is none.
pub(crate) fn string_end(bytes: &[u8], start: usize) -> usize {
    let (words, rest) = bytes.get(start..).unwrap_or_default().as_chunks::<8>();
    let mut at = start;
    for word in words {
        let word = u64::from_le_bytes(*word);
        // Borrows set bits falsely, but only above the lowest that is set truly.
        let below_space = word.wrapping_sub(ONES * 0x20) & !word;
        let found = (lowest(word, b'"') | lowest(word, b'\\') | below_space) & HIGHS;
        effort::took(8);
        if found != 0 {
            return at + first(found);
        }
        at += 8;
    }
    effort::took(rest.len());
    at + rest.iter().position(|&byte| byte < 0x20 || byte == b'"' || byte == b'\\').unwrap_or(rest.len())
}

/// Where `wanted` first stands.
pub(crate) fn find(bytes: &[u8], wanted: u8) -> Option<usize> {
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        effort::took(8);
        let found = lowest(u64::from_le_bytes(*word), wanted) & HIGHS;
        if found != 0 {
            return Some(index * 8 + first(found));
        }
    }
    effort::took(rest.len());
    rest.iter().position(|&byte| byte == wanted).map(|at| bytes.len() - rest.len() + at)
}

/// Where the first five colons stand, and how many of them there are; the other places are zero.
pub(crate) fn colons(bytes: &[u8]) -> ([usize; 5], usize) {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut places = [0; 5];
    let mut count = 0;
    for (index, word) in words.iter().enumerate() {
        effort::took(8);
        let mut found = each(u64::from_le_bytes(*word), b':');
        while found != 0 {
            match places.get_mut(count) {
                Some(place) => *place = index * 8 + first(found),
                None => return (places, count),
            }
            count += 1;
            found &= found - 1;
        }
    }
    let rest = rest.iter().enumerate().filter(|(_, byte)| **byte == b':').map(|(at, _)| words.len() * 8 + at);
    for (place, at) in places.iter_mut().skip(count).zip(rest) {
        *place = at;
        count += 1;
    }
    (places, count)
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
        for start in 0..=bytes.len() {
            let expected = bytes[start..].iter().position(special).map_or(bytes.len(), |at| start + at);
            assert_eq!(string_end(bytes, start), expected, "{bytes:?} from {start}");
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
