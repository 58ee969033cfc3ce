//! Random policies and requests that follow the grammar, from a seed.
//!
//! A [`Scenario`] is one set of policies and a few dozen requests to it. The policies are made for some of the requests:
//! their patterns, principals and values are mostly those of a request, a little wider, or just beside it. The other
//! requests are these again, or differ in one respect: in a tag, in the case of a letter, in who asks. So what a policy
//! names and what a request asks meet often, are near misses where they do not, and whoever remembers an answer, or a
//! part of it, for longer than it holds is found out.

mod patterns;
mod policies;
mod requests;
mod values;
mod words;

pub use requests::{request, variant};

use doorward_policy::Kind;
use doorward_policy::request::Request;
use policies::Theme;
use serde_json::{Map, Value};

/// A set of policies, and the requests to ask it.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The members `policies`, `principal_ids` and `choices` of a case ([`crate::cases`]).
    pub members: Map<String, Value>,
    /// The requests, in the order in which to ask them.
    pub requests: Vec<Request>,
}

/// How many requests a scenario has.
pub const REQUESTS: usize = 32;

/// How many of a scenario's requests its policies are made for, at most.
const THEMES: usize = 3;

/// A random set of policies with [`REQUESTS`] requests.
///
/// # Panics
/// When the grammar refuses nearly everything that is generated.
#[must_use]
pub fn scenario(dice: &mut Dice) -> Scenario {
    scenario_of(dice, REQUESTS)
}

/// A random set of policies with so many requests, or a few more.
///
/// # Panics
/// When the grammar refuses nearly everything that is generated.
#[must_use]
pub fn scenario_of(dice: &mut Dice, count: usize) -> Scenario {
    let mut requests = dice.some(1, THEMES, request);
    let theme = Theme::new(dice, &requests);
    let members = policies::policies(dice, &theme);
    while requests.len() < count {
        let next = if dice.percent(12) {
            request(dice)
        } else {
            let of = dice.pick(&requests).clone();
            variant(dice, &of)
        };
        requests.push(next);
    }
    Scenario { members, requests }
}

/// A random policy of a kind, for random requests.
///
/// # Panics
/// When the grammar refuses nearly everything that is generated.
#[must_use]
pub fn policy(dice: &mut Dice, kind: Kind) -> Value {
    let requests = [request(dice)];
    let theme = Theme::new(dice, &requests);
    policies::document(dice, kind, &theme)
}

/// Random policies of every kind, with ids and choices: the members `policies`, `principal_ids` and `choices` of a case.
///
/// # Panics
/// When the grammar refuses nearly everything that is generated.
#[must_use]
pub fn policies(dice: &mut Dice) -> Map<String, Value> {
    scenario(dice).members
}

/// A source of random numbers that gives the same sequence for the same seed, everywhere (SplitMix64).
///
/// Source: <https://dl.acm.org/doi/10.1145/2660193.2660195>
#[derive(Clone, Debug)]
pub struct Dice {
    state: u64,
    /// Bytes that come first, each as the highest bits of one number; the last is the next.
    script: Vec<u8>,
}

impl Dice {
    /// The sequence of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed, script: Vec::new() }
    }

    /// A sequence that begins as the bytes say, one number for each, so that a change of a byte changes one choice.
    #[must_use]
    pub fn scripted(bytes: &[u8]) -> Self {
        Self { state: 0, script: bytes.iter().rev().copied().collect() }
    }

    /// The next number, any of 64 bits.
    #[expect(clippy::should_implement_trait, reason = "it never ends, and is no use as an iterator")]
    pub fn next(&mut self) -> u64 {
        let mixed = self.mixed();
        self.script.pop().map_or(mixed, |byte| u64::from(byte) << 56 | mixed >> 8)
    }

    fn mixed(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `end`, which it is not; 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.next()) * end as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// Yes, so many times in a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    ///
    /// # Panics
    /// When there is none.
    pub fn pick<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        let index = self.below(several.len());
        #[expect(clippy::expect_used, reason = "the lists are constants with something in them")]
        several.get(index).expect("a list to pick from has something in it")
    }

    /// From `from` to `to` of something, made one by one.
    pub fn some<T>(&mut self, from: usize, to: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = from + self.below(to + 1 - from);
        (0..count).map(|_| make(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_is_fixed() {
        let mut dice = Dice::new(0);
        assert_eq!(dice.next(), 0xe220_a839_7b1d_cdaf);
        assert_eq!(dice.next(), 0x6e78_9e6a_a1b9_65f4);
        let mut scripted = Dice::scripted(&[0xff, 0]);
        assert_eq!([scripted.next() >> 56, scripted.next() >> 56], [0xff, 0]);
        assert_eq!(scripted.next(), 0x06c4_5d18_8009_454f);
        let mut counts = [0usize; 3];
        for _ in 0..3000 {
            counts[dice.below(3)] += 1;
        }
        assert!(counts.iter().all(|count| (800..1200).contains(count)), "{counts:?}");
    }
}
