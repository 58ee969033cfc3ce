//! Finding many texts in one pass: an automaton of Aho and Corasick, in space proportional to the texts.

use std::collections::VecDeque;

/// No state, no text.
pub(super) const NONE: u32 = u32::MAX;

/// Where every search begins.
pub(super) const ROOT: u32 = 0;

/// Numbered texts, to be found in any other.
///
/// A text that ends where another one ends is reached from that over links, not listed with it, so that texts that are
/// all parts of one another do not take their square. Texts on one run of links have numbers one after another: a search
/// that wants a few of many skips the others 64 at a time.
#[derive(Debug)]
pub(super) struct Automaton {
    /// Level by level, so that the states that follow one stand together.
    states: Box<[State]>,
    /// The byte that leads to each state.
    firsts: Box<[u8]>,
    /// The states that follow the root, by byte: most steps end here.
    from_root: Box<[u32]>,
    texts: Box<[Ending]>,
}

#[derive(Clone, Copy, Default, Debug)]
struct State {
    following: u32,
    following_count: u32,
    /// The state of the longest end of this state's text that is the beginning of some text.
    fallback: u32,
    /// The longest text that ends here.
    ending: u32,
}

/// One of the texts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ending {
    pub(super) length: u32,
    /// The shortest text of this run: those with numbers from it to this one's all end where this one does.
    pub(super) last_of_run: u32,
    /// The text that follows the run, or [`NONE`].
    pub(super) after_run: u32,
}

impl Automaton {
    /// The automaton of `sorted` texts, no two alike and none empty, and the number that each got.
    pub(super) fn new(sorted: &[&[u8]]) -> (Self, Vec<u32>) {
        let mut growing = Growing::default();
        growing.grow(sorted);
        let shorter = growing.link(sorted);
        let (numbers, texts) = number_by_runs(sorted, &shorter);
        let renumbered = |old: u32| numbers.get(old as usize).copied().unwrap_or(NONE);
        for state in &mut growing.states {
            state.ending = renumbered(state.ending);
        }
        let mut from_root = vec![ROOT; 256];
        if let Some(root) = growing.states.first() {
            for place in root.following..root.following + root.following_count {
                let byte = growing.firsts.get(place as usize).copied().unwrap_or_default();
                from_root.get_mut(usize::from(byte)).into_iter().for_each(|next| *next = place);
            }
        }
        let automaton = Self {
            states: growing.states.into(),
            firsts: growing.firsts.into(),
            from_root: from_root.into(),
            texts: texts.into(),
        };
        (automaton, numbers)
    }

    /// The state after one more byte, and the longest text that ends there, or [`NONE`].
    #[inline]
    pub(super) fn step(&self, mut state: u32, byte: u8) -> (u32, u32) {
        let next = loop {
            if state == ROOT {
                break self.from_root.get(usize::from(byte)).copied().unwrap_or(ROOT);
            }
            let Some(here) = self.states.get(state as usize) else { break ROOT };
            let start = here.following as usize;
            let firsts = self.firsts.get(start..start + here.following_count as usize).unwrap_or_default();
            let index = if firsts.len() <= COMPARED_MAX {
                firsts.iter().position(|first| *first == byte)
            } else {
                memchr::memchr(byte, firsts)
            };
            match index {
                Some(index) => break here.following + index as u32,
                None => state = here.fallback,
            }
        };
        (next, self.states.get(next as usize).map_or(NONE, |state| state.ending))
    }

    pub(super) fn texts(&self) -> &[Ending] {
        &self.texts
    }

    /// The bytes that the automaton takes.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.states)
            + self.firsts.len()
            + size_of_val(&*self.from_root)
            + size_of_val(&*self.texts)
    }
}

/// How many following states are told apart one by one.
const COMPARED_MAX: usize = 8;

#[derive(Default)]
struct Growing {
    states: Vec<State>,
    firsts: Vec<u8>,
}

impl Growing {
    fn add(&mut self, byte: u8) {
        self.states.push(State::default());
        self.firsts.push(byte);
    }

    /// Makes the states, level by level.
    fn grow(&mut self, sorted: &[&[u8]]) {
        self.add(0);
        let mut tasks = VecDeque::from([(0, 0..sorted.len(), 0)]);
        while let Some((state, mut places, depth)) = tasks.pop_front() {
            let byte_at = |place: usize| sorted.get(place).and_then(|text| text.get(depth)).copied();
            let mut made = State { following: number(self.states.len()), ending: NONE, ..State::default() };
            if !places.is_empty() && byte_at(places.start).is_none() {
                made.ending = number(places.start);
                places.start += 1;
            }
            while let Some(byte) = byte_at(places.start).filter(|_| !places.is_empty()) {
                let alike = (places.start..places.end).take_while(|place| byte_at(*place) == Some(byte));
                let end = places.start + alike.count();
                tasks.push_back((self.states.len(), places.start..end, depth + 1));
                made.following_count += 1;
                self.add(byte);
                places.start = end;
            }
            self.states.get_mut(state).into_iter().for_each(|state| *state = made);
        }
    }

    /// Links states with their fallbacks. Answers for each text the longest other one that ends where it ends.
    fn link(&mut self, sorted: &[&[u8]]) -> Vec<u32> {
        let mut shorter = vec![NONE; sorted.len()];
        for place in 0..self.states.len() {
            let Some(state) = self.states.get(place).copied() else { break };
            for next in state.following..state.following + state.following_count {
                let byte = self.firsts.get(next as usize).copied().unwrap_or_default();
                let fallback = if place == 0 { ROOT } else { self.fallback(state.fallback, byte) };
                let inherited = self
                    .states
                    .get(fallback as usize)
                    .filter(|_| fallback != ROOT)
                    .map_or(NONE, |state| state.ending);
                let Some(next) = self.states.get_mut(next as usize) else { break };
                next.fallback = fallback;
                match shorter.get_mut(next.ending as usize) {
                    Some(shorter) => *shorter = inherited,
                    None => next.ending = inherited,
                }
            }
        }
        shorter
    }

    fn fallback(&self, mut state: u32, byte: u8) -> u32 {
        loop {
            let Some(here) = self.states.get(state as usize) else { return ROOT };
            let start = here.following as usize;
            let firsts = self.firsts.get(start..start + here.following_count as usize).unwrap_or_default();
            if let Some(index) = memchr::memchr(byte, firsts) {
                return here.following + index as u32;
            }
            if state == ROOT {
                return ROOT;
            }
            state = here.fallback;
        }
    }
}

/// Numbers texts so that from each one on the way to ever shorter texts there are few runs of numbers that go down one by
/// one: of the longer texts that lead to one, that with most behind it is in its run. `shorter` is the next shorter text
/// of each. A way has at most as many runs as the number of texts has binary digits.
fn number_by_runs(sorted: &[&[u8]], shorter: &[u32]) -> (Vec<u32>, Vec<Ending>) {
    let length = |place: u32| sorted.get(place as usize).map_or(0, |text| text.len());
    let mut by_length: Vec<u32> = (0..number(sorted.len())).collect();
    by_length.sort_by_key(|place| length(*place));
    let mut sizes = vec![1u32; sorted.len()];
    let mut heavy = vec![NONE; sorted.len()];
    let size = |sizes: &[u32], place: u32| sizes.get(place as usize).copied().unwrap_or(0);
    for place in by_length.iter().rev() {
        let own = size(&sizes, *place);
        let Some(next) = shorter.get(*place as usize).copied().filter(|next| *next != NONE) else { continue };
        let heaviest = heavy.get(next as usize).map_or(0, |heavy| size(&sizes, *heavy));
        sizes.get_mut(next as usize).into_iter().for_each(|size| *size += own);
        if own > heaviest {
            heavy.get_mut(next as usize).into_iter().for_each(|heavy| *heavy = *place);
        }
    }
    let mut numbers = vec![NONE; sorted.len()];
    let mut texts = Vec::with_capacity(sorted.len());
    for first in by_length {
        if numbers.get(first as usize).is_none_or(|number| *number != NONE) {
            continue;
        }
        let after_run = shorter.get(first as usize).and_then(|next| numbers.get(*next as usize)).copied();
        let last_of_run = number(texts.len());
        let mut place = first;
        while let Some(own) = numbers.get_mut(place as usize) {
            *own = number(texts.len());
            let length = number(length(place));
            texts.push(Ending { length, last_of_run, after_run: after_run.unwrap_or(NONE) });
            place = heavy.get(place as usize).copied().unwrap_or(NONE);
        }
    }
    (numbers, texts)
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn found(texts: &BTreeSet<String>, along: &str) -> Vec<(usize, String)> {
        let sorted: Vec<&[u8]> = texts.iter().map(String::as_bytes).collect();
        let (automaton, numbers) = Automaton::new(&sorted);
        let mut found = Vec::new();
        let mut state = ROOT;
        for (place, byte) in along.bytes().enumerate() {
            let mut ending;
            (state, ending) = automaton.step(state, byte);
            while let Some(text) = automaton.texts().get(ending as usize) {
                let index = numbers.iter().position(|number| *number == ending).unwrap();
                found.push((place + 1, String::from_utf8(sorted[index].to_vec()).unwrap()));
                assert_eq!(text.length as usize, sorted[index].len());
                ending = if ending > text.last_of_run { ending - 1 } else { text.after_run };
            }
        }
        found.sort();
        found
    }

    proptest! {
        #[test]
        fn finds_each_text_everywhere(texts in prop::collection::btree_set("[abc]{1,6}", 0..40), along in "[abcd]{0,60}") {
            let mut expected: Vec<(usize, String)> = Vec::new();
            for end in 1..=along.len() {
                let ends = texts.iter().filter(|text| along[..end].ends_with(text.as_str()));
                expected.extend(ends.map(|text| (end, text.clone())));
            }
            expected.sort();
            prop_assert_eq!(found(&texts, &along), expected);
        }
    }

    #[test]
    fn texts_that_are_parts_of_each_other_take_no_square() {
        let texts: BTreeSet<String> = (1..=300).map(|length| "a".repeat(length)).collect();
        assert_eq!(found(&texts, &"a".repeat(300)).len(), 300 * 301 / 2);
        let sorted: Vec<&[u8]> = texts.iter().map(String::as_bytes).collect();
        let (automaton, _) = Automaton::new(&sorted);
        assert!(automaton.bytes() < 301 * 40 + 2_000);
    }

    /// What has most behind it is in the run of what it ends in, not what is longest.
    #[test]
    fn ways_to_shorter_texts_have_few_runs() {
        let chain = (1..=60).map(|length| "a".repeat(length));
        let beside = (1..=60).map(|length| "b".repeat(70) + &"a".repeat(length));
        let texts: BTreeSet<String> = chain.chain(beside).collect();
        let sorted: Vec<&[u8]> = texts.iter().map(String::as_bytes).collect();
        let (automaton, numbers) = Automaton::new(&sorted);
        for number in numbers {
            let ending = automaton.texts().get(number as usize);
            let next = |ending: &&Ending| automaton.texts().get(ending.after_run as usize);
            let runs = std::iter::successors(ending, next).count();
            assert!(runs <= 2, "{runs} runs");
        }
    }
}
