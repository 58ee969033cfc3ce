//! Finding a piece with `?` in a long text, in bounded time.

use super::text::ONE;

/// The longest text that is searched so, in bytes: twice what AWS allows an ARN to have.
const TEXT_BYTES_MAX: usize = 4_096;

const WORDS: usize = TEXT_BYTES_MAX / 64;

/// How many places are few enough to be tried one by one.
const TRIED_MAX: u32 = 8;

/// A bit for each place of a text.
type Places = [u64; WORDS];

/// The first place in `text` where `piece` stands, in which [`ONE`] is any byte.
///
/// Keeps a set of the places that are still possible, and takes out, for one byte of the piece after the other, those
/// where the text has another byte: 64 places at a time. So a piece that nearly fits everywhere, such as `a?a?a?b` in a text
/// of `a`s, costs a sixty-fourth of trying each place. Texts longer than any ARN are tried place by place.
pub(super) fn find(piece: &[u8], text: &[u8]) -> Option<usize> {
    let count = (text.len() + 1).checked_sub(piece.len())?;
    if text.len() > TEXT_BYTES_MAX {
        return (0..count).find(|place| stands(piece, text, *place));
    }
    let mut possible: Places = [0; WORDS];
    for (index, word) in possible.iter_mut().enumerate() {
        *word = match count.saturating_sub(index * 64) {
            0 => 0,
            rest if rest < 64 => (1 << rest) - 1,
            _ => u64::MAX,
        };
    }
    let mut done = [false; 256];
    for byte in piece.iter().filter(|byte| **byte != ONE) {
        if left(&possible) <= TRIED_MAX {
            break;
        }
        let done = done.get_mut(usize::from(*byte))?;
        if !std::mem::replace(done, true) {
            narrow(&mut possible, piece, *byte, &occurrences(text, *byte));
        }
    }
    each(&possible).find(|place| stands(piece, text, *place))
}

fn stands(piece: &[u8], text: &[u8], place: usize) -> bool {
    let there = text.get(place..).unwrap_or_default();
    there.len() >= piece.len()
        && piece.iter().zip(there).all(|(wanted, byte)| wanted == byte || *wanted == ONE)
}

fn left(places: &Places) -> u32 {
    places.iter().map(|word| word.count_ones()).sum()
}

/// The places, first to last.
fn each(places: &Places) -> impl Iterator<Item = usize> {
    places.iter().enumerate().flat_map(|(index, word)| {
        let some = |word: u64| (word != 0).then_some(word);
        let bits = std::iter::successors(some(*word), move |word| some(word & (word - 1)));
        bits.map(move |word| index * 64 + word.trailing_zeros() as usize)
    })
}

fn occurrences(text: &[u8], byte: u8) -> Places {
    let mut places = [0; WORDS];
    for (word, bytes) in places.iter_mut().zip(text.chunks(64)) {
        *word = bytes.iter().rev().fold(0, |word, other| word << 1 | u64::from(*other == byte));
    }
    places
}

/// Takes out the places at which the piece would have `byte` where the text does not.
fn narrow(possible: &mut Places, piece: &[u8], byte: u8, occurring: &Places) {
    for (offset, _) in piece.iter().enumerate().filter(|(_, other)| **other == byte) {
        let (skipped, shift) = (offset / 64, offset % 64);
        let low = occurring.get(skipped..).unwrap_or_default();
        let high = low.iter().skip(1).chain(std::iter::repeat(&0));
        let mut any = 0;
        let following = low.iter().zip(high).chain(std::iter::repeat((&0, &0)));
        for (word, (low, high)) in possible.iter_mut().zip(following) {
            // Shifted twice, because a shift by all 64 bits is none.
            *word &= low >> shift | high << 1 << (63 - shift);
            any |= *word;
        }
        if any == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encoded(piece: &str) -> Vec<u8> {
        piece.bytes().map(|byte| if byte == b'?' { ONE } else { byte }).collect()
    }

    fn tried(piece: &[u8], text: &[u8]) -> Option<usize> {
        (0..=text.len()).find(|place| stands(piece, text, *place))
    }

    #[test]
    fn pieces_that_nearly_fit_everywhere() {
        let text = "a".repeat(2_000);
        for (piece, expected) in
            [("a?".repeat(500) + "b", None), ("a?".repeat(500), Some(0)), ("?".repeat(2_001), None)]
        {
            assert_eq!(find(&encoded(&piece), text.as_bytes()), expected);
        }
        let ending = text + "b";
        assert_eq!(find(&encoded(&("a?".repeat(40) + "b")), ending.as_bytes()), Some(1_920));
    }

    proptest! {
        #[test]
        fn as_trying_each_place(piece in "[ab?]{1,40}", texts in prop::collection::vec("[ab]{0,60}", 1..80)) {
            let (piece, text) = (encoded(&piece), texts.concat().into_bytes());
            prop_assert_eq!(find(&piece, &text), tried(&piece, &text));
            let repeated: Vec<u8> = text.iter().copied().cycle().take(text.len() * 3).collect();
            prop_assert_eq!(find(&piece, &repeated), tried(&piece, &repeated));
        }
    }
}
