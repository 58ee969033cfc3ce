//! Random policies and requests that follow the grammar, from a seed.
//!
//! The alphabets are small, so that what a policy names and what a request asks often meet, and are near-misses where
//! they do not: wildcards beside colons, names that differ in case, variables that nothing resolves, keys that are
//! missing, empty, or have several values.

mod policies;
mod requests;
mod words;

pub use policies::policies;
pub use requests::request;

/// A source of random numbers that gives the same sequence for the same seed, everywhere (SplitMix64).
///
/// Source: <https://dl.acm.org/doi/10.1145/2660193.2660195>
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The sequence of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number, any of 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
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
        let mut counts = [0usize; 3];
        for _ in 0..3000 {
            counts[dice.below(3)] += 1;
        }
        assert!(counts.iter().all(|count| (800..1200).contains(count)), "{counts:?}");
    }
}
