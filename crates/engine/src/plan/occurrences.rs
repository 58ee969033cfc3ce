//! Finding pieces with `?`, 64 places of a text at a time.

/// A character that a piece wants, as its class, so far behind the piece's start.
pub(super) type WantedAt = (u32, u16);

/// How many characters share a page of [`Occurrences`].
const PAGE: usize = 64;

/// Where in a text each of its characters stands: a bit for each place.
///
/// A piece such as `a?b` stands wherever there is an `a`, and a `b` two places further. Each character that it wants takes
/// out the places where it is not, the rarest first; so a piece that nearly fits everywhere costs a sixty-fourth of trying
/// each place, and one that fits hardly anywhere a few steps.
#[derive(Default, Debug)]
pub(super) struct Occurrences {
    /// How many characters the text has.
    length: usize,
    /// How many words a set of places has: one more than it needs, which is always 0.
    stride: usize,
    /// The class of each byte; 0 for those that are not in the text.
    bytes: Vec<u16>,
    /// The same of characters beyond ASCII, on pages of those that share all but their last six bits; only pages with a
    /// character of the text are there. Looked up by number: characters chosen to collide in a hash would cost their square.
    pages: Vec<[u16; PAGE]>,
    /// The place of each page in [`Occurrences::pages`], counted from 1; 0 for those that are not there.
    page_places: Vec<u16>,
    /// For each class how often it occurs, and where.
    counts: Vec<u32>,
    places: Vec<u64>,
    /// Where each character starts; empty where all are ASCII.
    starts: Vec<u32>,
    /// The places that are still possible for the piece that is being looked for.
    possible: Vec<u64>,
}

impl Occurrences {
    /// Takes in a text, instead of the last one.
    pub(super) fn fill(&mut self, text: &str) {
        if text.is_ascii() {
            return self.fill_bytes(text.as_bytes());
        }
        self.clear();
        let starts = (0u32..).zip(text.bytes()).filter(|(_, byte)| byte & 0xc0 != 0x80);
        self.starts.extend(starts.map(|(place, _)| place));
        self.start(self.starts.len());
        self.page_places.resize(char::MAX as usize / PAGE + 1, 0);
        for (place, character) in text.chars().enumerate() {
            match u8::try_from(character) {
                Ok(byte) if byte.is_ascii() => self.note_byte(byte, place),
                Ok(_) | Err(_) => self.note_other(character, place),
            }
        }
    }

    /// Takes in a text, instead of the last one, in which each byte counts as a character.
    pub(super) fn fill_bytes(&mut self, text: &[u8]) {
        self.clear();
        self.start(text.len());
        for (place, byte) in text.iter().enumerate() {
            self.note_byte(*byte, place);
        }
    }

    fn clear(&mut self) {
        self.counts.clear();
        self.counts.push(0);
        self.places.clear();
        self.starts.clear();
        self.pages.clear();
        self.page_places.clear();
        self.bytes.clear();
        self.bytes.resize(256, 0);
    }

    fn start(&mut self, length: usize) {
        self.length = length;
        self.stride = length / 64 + 2;
        self.places.resize(self.stride, 0);
        self.possible.clear();
        self.possible.resize(self.stride, 0);
    }

    fn note_byte(&mut self, byte: u8, place: usize) {
        let class = match self.bytes.get(usize::from(byte)) {
            Some(0) | None => self.new_class(),
            Some(class) => *class,
        };
        self.bytes.get_mut(usize::from(byte)).into_iter().for_each(|known| *known = class);
        self.note(class, place);
    }

    fn note_other(&mut self, character: char, place: usize) {
        let class = match self.class_of_other(character) {
            Some(class) => class,
            None => self.new_other(character),
        };
        self.note(class, place);
    }

    /// A class for a character beyond ASCII that has none yet.
    fn new_other(&mut self, character: char) -> u16 {
        let class = self.new_class();
        let (page, line) = (character as usize / PAGE, character as usize % PAGE);
        let Some(place) = self.page_places.get_mut(page) else { return class };
        if *place == 0 {
            self.pages.push([0; PAGE]);
            // There are 17,408 pages.
            *place = u16::try_from(self.pages.len()).unwrap_or(0);
        }
        let page = usize::from(*place).checked_sub(1).and_then(|place| self.pages.get_mut(place));
        page.and_then(|page| page.get_mut(line)).into_iter().for_each(|known| *known = class);
        class
    }

    fn class_of_other(&self, character: char) -> Option<u16> {
        let place = self.page_places.get(character as usize / PAGE)?;
        let page = self.pages.get(usize::from(*place).checked_sub(1)?)?;
        page.get(character as usize % PAGE).copied().filter(|class| *class != 0)
    }

    /// A class that nothing has yet. There are at most as many as characters in a text; those of a text of more than
    /// 65,534 different ones share the last.
    fn new_class(&mut self) -> u16 {
        let class = u16::try_from(self.counts.len()).unwrap_or(u16::MAX);
        if usize::from(class) == self.counts.len() {
            self.counts.push(0);
            self.places.resize(self.places.len() + self.stride, 0);
        }
        class
    }

    fn note(&mut self, class: u16, place: usize) {
        let class = usize::from(class);
        if let Some(count) = self.counts.get_mut(class) {
            *count += 1;
        }
        if let Some(word) = self.places.get_mut(class * self.stride + place / 64) {
            *word |= 1 << (place % 64);
        }
    }

    /// The class of a character; `None` where the text does not have it.
    #[inline]
    pub(super) fn class(&self, character: char) -> Option<u16> {
        match u8::try_from(character) {
            Ok(byte) if byte.is_ascii() => self.class_of_byte(byte),
            Ok(_) | Err(_) => self.class_of_other(character),
        }
    }

    /// The class of a byte of a text that was taken in as bytes; `None` where the text does not have it.
    #[inline]
    pub(super) fn class_of_byte(&self, byte: u8) -> Option<u16> {
        self.bytes.get(usize::from(byte)).copied().filter(|class| *class != 0)
    }

    /// The first place from `from` on, counted in characters, where a piece stands that is so many characters long and
    /// wants these. Where few places are left, `stands` is asked, given the byte of the text.
    pub(super) fn find(
        &mut self,
        wanted: &[WantedAt],
        length: usize,
        from: usize,
        mut stands: impl FnMut(usize) -> bool,
    ) -> Option<usize> {
        let left = self.narrow(wanted, length, from, FEW_MAX)?;
        let mut place = first_bit(&self.possible, 0)?;
        while left == Left::Few && !stands(self.byte_of(place, 0)) {
            place = first_bit(&self.possible, place + 1)?;
        }
        Some(place)
    }

    /// The same of a text and a piece that are bytes, in which `any` is any of them. Does without working out what the piece
    /// wants, where one of its bytes is rare.
    pub(super) fn find_bytes(&self, piece: &[u8], any: u8, text: &[u8], from: usize) -> Rare {
        let mut rarest = (u32::MAX, 0, 0);
        for (offset, byte) in piece.iter().enumerate().filter(|(_, byte)| **byte != any) {
            let Some(class) = self.class_of_byte(*byte) else { return Rare::Found(None) };
            let count = self.counts.get(usize::from(class)).copied().unwrap_or(0);
            if count < rarest.0 {
                rarest = (count, offset, usize::from(class));
            }
        }
        let (count, offset, class) = rarest;
        if count > RARE_MAX {
            return Rare::Not;
        }
        let row = self.places.get(class * self.stride..(class + 1) * self.stride).unwrap_or_default();
        let stands = |start: &usize| {
            let there = text.get(*start..).unwrap_or_default();
            there.len() >= piece.len()
                && piece.iter().zip(there).all(|(wanted, byte)| wanted == byte || *wanted == any)
        };
        let mut places =
            std::iter::successors(first_bit(row, from + offset), |place| first_bit(row, place + 1));
        Rare::Found(places.find_map(|place| place.checked_sub(offset).filter(stands)))
    }

    /// All places where the piece stands, appended to `all` as a set of [`Occurrences::words`] words; `None` where there are
    /// none.
    pub(super) fn find_all(&mut self, wanted: &[WantedAt], length: usize, all: &mut Vec<u64>) -> Option<()> {
        self.narrow(wanted, length, 0, 0)?;
        all.extend_from_slice(&self.possible);
        Some(())
    }

    /// Whether each byte counts as a character.
    pub(super) fn is_of_bytes(&self) -> bool {
        self.starts.is_empty()
    }

    pub(super) const fn words(&self) -> usize {
        self.stride
    }

    /// Leaves what is possible, if anything is; `few` places of one word are left to be asked about.
    fn narrow(&mut self, wanted: &[WantedAt], length: usize, from: usize, few: u32) -> Option<Left> {
        let end = (self.length + 1).checked_sub(length).filter(|end| *end > from)?;
        let count = |class: u16| self.counts.get(usize::from(class)).copied().unwrap_or(0);
        let rarest = wanted.iter().enumerate().min_by_key(|(_, (_, class))| count(*class));
        let rarest = rarest.map_or(0, |(index, _)| index);
        let (mut low, mut high) = (from / 64, (end - 1) / 64 + 1);
        self.possible.fill(0);
        let possible = self.possible.get_mut(..high)?;
        possible.get_mut(low..)?.fill(u64::MAX);
        *possible.get_mut(low)? &= u64::MAX << (from % 64);
        *possible.get_mut(high - 1)? &= u64::MAX >> (63 - (end - 1) % 64);
        // From the rarest on, and from the start to it.
        let (before, behind) = wanted.split_at_checked(rarest)?;
        for (offset, class) in behind.iter().chain(before) {
            let (skipped, shift) = (*offset as usize / 64, *offset as usize % 64);
            let row = usize::from(*class) * self.stride + skipped;
            let here = self.places.get(row + low..row + high)?;
            let next = self.places.get(row + low + 1..row + high + 1)?;
            let possible = possible.get_mut(low..high)?;
            let mut any = 0;
            for ((word, here), next) in possible.iter_mut().zip(here).zip(next) {
                // Shifted twice, because a shift by all 64 bits is none.
                *word &= here >> shift | next << 1 << (63 - shift);
                any |= *word;
            }
            if any == 0 {
                return None;
            }
            low += possible.iter().position(|word| *word != 0)?;
            high -= possible.iter().rev().position(|word| *word != 0)?;
            if high - low == 1 && any.count_ones() <= few {
                return Some(Left::Few);
            }
        }
        Some(Left::All)
    }

    /// How many characters stand before a byte of the text, at which a character starts.
    pub(super) fn place_of(&self, byte: usize) -> usize {
        if self.starts.is_empty() {
            byte
        } else {
            self.starts.partition_point(|start| (*start as usize) < byte)
        }
    }

    /// Where a character starts, given how many stand before it; the end of the text, of `bytes` bytes, where it has no
    /// more.
    pub(super) fn byte_of(&self, place: usize, bytes: usize) -> usize {
        if self.starts.is_empty() {
            place
        } else {
            self.starts.get(place).map_or(bytes, |start| *start as usize)
        }
    }
}

/// How few places are asked about one by one.
const FEW_MAX: u32 = 2;

/// How often a byte stands in a text at most that is rare.
const RARE_MAX: u32 = 16;

/// What is left of the places of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Left {
    /// Those where the piece stands.
    All,
    /// Few, among them those where the piece stands.
    Few,
}

/// Where a piece stands one of whose bytes is rare in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rare {
    Found(Option<usize>),
    /// None of its bytes is.
    Not,
}

/// The first place of a set from `from` on.
pub(super) fn first_bit(set: &[u64], from: usize) -> Option<usize> {
    let mut words = set.iter().enumerate().skip(from / 64);
    let (index, first) = words.next()?;
    let first = first & u64::MAX << (from % 64);
    let (index, word) = if first != 0 {
        (index, first)
    } else {
        words.map(|(index, word)| (index, *word)).find(|(_, word)| *word != 0)?
    };
    Some(index * 64 + word.trailing_zeros() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(piece: &str, text: &str) {
        let mut occurrences = Occurrences::default();
        occurrences.fill("something else \u{e8}");
        occurrences.fill(text);
        let (wanted, characters): (Vec<char>, Vec<char>) = (piece.chars().collect(), text.chars().collect());
        let stands = |place: &usize| {
            let there = characters.get(*place..place + wanted.len());
            there.is_some_and(|there| {
                there.iter().zip(&wanted).all(|(there, wanted)| *wanted == '?' || wanted == there)
            })
        };
        let classes: Option<Vec<WantedAt>> = (0u32..)
            .zip(&wanted)
            .filter(|(_, character)| **character != '?')
            .map(|(offset, character)| Some((offset, occurrences.class(*character)?)))
            .collect();
        for from in [0, 1, 5, 63, 64, 100, 200] {
            let found = classes.as_ref().and_then(|classes| {
                occurrences.find(classes, wanted.len(), from, |byte| stands(&text[..byte].chars().count()))
            });
            if text.is_ascii() {
                let rare = occurrences.find_bytes(piece.as_bytes(), b'?', text.as_bytes(), from);
                assert!(rare == Rare::Not || rare == Rare::Found(found), "`{piece}` in `{text}` from {from}");
            }
            assert_eq!(found, (from..=characters.len()).find(stands), "`{piece}` in `{text}` from {from}");
        }
        let mut all = Vec::new();
        let found =
            classes.as_ref().and_then(|classes| occurrences.find_all(classes, wanted.len(), &mut all));
        assert_eq!(found.is_some(), !all.is_empty());
        let set = |place: &usize| all.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1);
        assert!((0..=characters.len()).all(|place| set(&place) == stands(&place)), "`{piece}` in `{text}`");
    }

    proptest! {
        #[test]
        fn as_trying_each_place(piece in "[ab?]{1,12}", long in "[ab\u{e9}?]{60,80}", text in "[ab]{0,200}") {
            check(&piece, &text);
            check(&long, &text);
        }

        #[test]
        fn characters_beyond_ascii(piece in "[a\u{e9}\u{20ac}?]{1,8}", text in "[ab\u{e9}\u{20ac}\u{1f600}]{0,200}") {
            check(&piece, &text);
        }
    }

    #[test]
    fn characters_of_one_page_and_of_others() {
        let text = "\u{80}\u{81}\u{bf}\u{c0}\u{ffff}\u{10000}\u{10ffff}a\u{10ffc0}\u{80}";
        for piece in [
            "\u{80}",
            "\u{bf}\u{c0}",
            "\u{10ffff}a",
            "\u{10ffff}?\u{10ffc0}",
            "\u{82}",
            "\u{ffff}?\u{10ffff}",
        ] {
            check(piece, text);
        }
        // As many pages as a resource has room for.
        let far: String = (0..680).filter_map(|page| char::from_u32(0x1_0000 + page * 64)).collect();
        check("\u{10000}?\u{10080}", &far);
    }

    #[test]
    fn pieces_at_every_place() {
        for place in 0..450 {
            let text = "a".repeat(place) + "bac";
            check("b?c", &(text.clone() + &"a".repeat(70)));
            check("c??", &text);
            check("a???", &text);
        }
    }

    #[test]
    fn texts_of_nothing_but_different_characters() {
        for length in [1, 2, 3, 5, 8, 16, 31, 64, 100, 128, 300] {
            let characters: Vec<char> = ('\u{e8}'..).take(length + 1).collect();
            let text: String = characters[..length].iter().collect();
            for character in &characters {
                check(&format!("{character}?"), &text);
                check(&character.to_string(), &text);
            }
        }
    }

    #[test]
    fn pieces_that_nearly_fit_everywhere() {
        let text = "a".repeat(2_000);
        check(&("a?".repeat(500) + "b"), &text);
        check(&("a?".repeat(40) + "b"), &(text.clone() + "b"));
        check(&"?".repeat(2_001), &text);
        check(&"?".repeat(2_000), &text);
    }
}
