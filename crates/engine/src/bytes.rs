//! Comparing short texts without calling out for it.
//!
//! The texts that a decision compares are names and the beginnings of ARNs, of a few dozen bytes. Eight bytes at a time,
//! in line, that takes less than a call of the C library's comparison, which is made for long ones.

/// Whether two texts are the same.
#[inline]
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && alike(one, other)
}

/// Words to compare texts with.
#[derive(Clone, Default, Debug)]
pub(crate) struct Words {
    sorted: Box<[Box<str>]>,
    /// What tells most words apart, and short ones for certain; empty where there are many.
    gists: Box<[Gist]>,
}

/// The length of a text, and its first and last bytes: all there is of a text of up to [`WHOLE_MAX`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Gist {
    length: usize,
    first: u64,
    last: u64,
}

/// The length of the longest texts that are the same if their gists are.
const WHOLE_MAX: usize = 16;

/// How many words are compared one by one.
const COMPARED_MAX: usize = 8;

impl Words {
    pub(crate) fn new(mut words: Vec<Box<str>>) -> Self {
        words.sort_unstable();
        words.dedup();
        let gists = if words.len() <= COMPARED_MAX { words.as_slice() } else { &[] };
        Self { gists: gists.iter().map(|word| Gist::of(word.as_bytes())).collect(), sorted: words.into() }
    }

    /// The words, in order.
    pub(crate) fn sorted(&self) -> &[Box<str>] {
        &self.sorted
    }

    /// Whether the text is one of the words.
    #[inline]
    pub(crate) fn hold(&self, text: &str) -> bool {
        if self.gists.is_empty() {
            return self.hold_among_many(text);
        }
        let gist = Gist::of(text.as_bytes());
        let place = self.gists.iter().position(|one| *one == gist);
        place.is_some() && (text.len() <= WHOLE_MAX || self.hold_among_many(text))
    }

    #[cold]
    fn hold_among_many(&self, text: &str) -> bool {
        self.sorted.binary_search_by(|word| (**word).cmp(text)).is_ok()
    }
}

impl Gist {
    #[inline]
    fn of(text: &[u8]) -> Self {
        let (first, last) = match (text.first_chunk(), text.last_chunk()) {
            (Some(first), Some(last)) => (u64::from_ne_bytes(*first), u64::from_ne_bytes(*last)),
            (_, _) => (word(text), 0),
        };
        Self { length: text.len(), first, last }
    }
}

/// Where the first of `wanted`, which are ASCII, stands. For short texts; for long ones there is `memchr`.
#[inline]
pub(crate) fn first_of<const N: usize>(text: &[u8], wanted: [u8; N]) -> Option<usize> {
    let Some(last) = text.last_chunk::<8>() else {
        return text.iter().position(|byte| wanted.contains(byte));
    };
    let (words, _) = text.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        if let Some(place) = first_in(*word, wanted) {
            return Some(index * 8 + place);
        }
    }
    // The last eight bytes overlap with words in which there is none.
    first_in(*last, wanted).map(|place| text.len() - 8 + place)
}

#[inline]
fn first_in<const N: usize>(word: [u8; 8], wanted: [u8; N]) -> Option<usize> {
    let word = u64::from_le_bytes(word);
    // Borrows set bits falsely, but only above the lowest that is set truly.
    let found = wanted.iter().fold(0, |found, byte| {
        let zero = word ^ (ONES * u64::from(*byte));
        found | zero.wrapping_sub(ONES) & !zero
    });
    let found = found & HIGHS;
    (found != 0).then(|| (found.trailing_zeros() / 8) as usize)
}

const ONES: u64 = u64::MAX / 255;
const HIGHS: u64 = ONES * 0x80;

/// Whether `text` begins with `beginning`.
#[inline]
pub(crate) fn begins(text: &[u8], beginning: &[u8]) -> bool {
    text.get(..beginning.len()).is_some_and(|start| alike(start, beginning))
}

/// Whether two texts of one length are the same.
#[inline]
fn alike(one: &[u8], other: &[u8]) -> bool {
    let (words, _) = one.as_chunks::<8>();
    let (other_words, _) = other.as_chunks::<8>();
    if words
        .iter()
        .zip(other_words)
        .any(|(one, other)| u64::from_ne_bytes(*one) != u64::from_ne_bytes(*other))
    {
        return false;
    }
    match (one.last_chunk::<8>(), other.last_chunk::<8>()) {
        // The last eight bytes overlap with words that are compared already: that costs less than telling them apart.
        (Some(one), Some(other)) => u64::from_ne_bytes(*one) == u64::from_ne_bytes(*other),
        (_, _) => word(one) == word(other),
    }
}

/// A text of fewer than eight bytes as a number, different for different texts of one length.
#[inline]
fn word(text: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        return u64::from(u32::from_ne_bytes(*first)) << 32 | u64::from(u32::from_ne_bytes(*last));
    }
    match (text.first_chunk::<2>(), text.last_chunk::<2>(), text) {
        (Some(first), Some(last), _) => {
            u64::from(u16::from_ne_bytes(*first)) << 16 | u64::from(u16::from_ne_bytes(*last))
        }
        (_, _, [byte]) => u64::from(*byte),
        (_, _, _) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_slices_compare(one in "[ab]{0,20}", other in "[ab]{0,20}", place in 0usize..20) {
            let (one, mut other) = (one.into_bytes(), other.into_bytes());
            prop_assert_eq!(same(&one, &other), one == other);
            prop_assert_eq!(begins(&one, &other), one.starts_with(&other));
            let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
            for count in [1, 20] {
                let words: Vec<String> = (0..count).map(|count| text(&other) + &"c".repeat(count)).collect();
                let held = Words::new(words.iter().map(|word| word.as_str().into()).collect());
                prop_assert_eq!(held.hold(&text(&one)), words.contains(&text(&one)));
                prop_assert!(held.hold(&text(&other)));
            }
            let wanted = |byte: &u8| *byte == b'b' || *byte == b'*';
            prop_assert_eq!(first_of(&one, [b'b', b'*']), one.iter().position(wanted));
            prop_assert_eq!(first_of(&one, [b'c']), None);
            other.clone_from(&one);
            prop_assert!(same(&one, &other) && begins(&one, &other));
            if let Some(byte) = other.get_mut(place) {
                *byte = b'c';
                prop_assert!(!same(&one, &other) && !begins(&one, &other));
            }
        }
    }
}
