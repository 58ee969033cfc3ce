//! Comparing short texts without calling out for it.
//!
//! The texts that a decision compares are names and the beginnings of ARNs, of a few dozen bytes. Eight bytes at a time,
//! in line, that takes less than a call of the C library's comparison, which is made for long ones.

/// Whether two texts are the same.
#[inline]
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && alike(one, other)
}

/// How many words are compared one by one.
const COMPARED_MAX: usize = 8;

/// Whether `text` is one of `sorted`.
#[inline]
pub(crate) fn is_one_of(text: &str, sorted: &[Box<str>]) -> bool {
    if sorted.len() <= COMPARED_MAX {
        return sorted.iter().any(|word| same(word.as_bytes(), text.as_bytes()));
    }
    sorted.binary_search_by(|word| (**word).cmp(text)).is_ok()
}

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
            other.clone_from(&one);
            prop_assert!(same(&one, &other) && begins(&one, &other));
            if let Some(byte) = other.get_mut(place) {
                *byte = b'c';
                prop_assert!(!same(&one, &other) && !begins(&one, &other));
            }
        }
    }
}
