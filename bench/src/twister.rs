//! Random numbers that come out the same everywhere: the Mersenne Twister (MT19937), drawn from as Python's `random` module
//! draws from it, so that a workload can be made anew, and checked, in either language.
//!
//! Source: <https://docs.python.org/3/library/random.html>, and M. Matsumoto, T. Nishimura, "Mersenne Twister", ACM TOMACS 8
//! (1998).

/// How many words the state has, and how far apart the words are that are mixed.
const WORDS: usize = 624;
const DISTANCE: usize = 397;

/// A source of random numbers.
#[derive(Debug)]
pub struct Twister {
    state: [u32; WORDS],
    next: usize,
}

impl Twister {
    /// As Python's `random.Random(seed)`.
    #[must_use]
    pub fn new(seed: u32) -> Self {
        let mut twister = Self { state: started(19_650_218), next: WORDS };
        twister.stir(seed);
        twister
    }

    /// Mixes a seed of one word into the state: the reference implementation's `init_by_array`.
    fn stir(&mut self, seed: u32) {
        let mut place = 1;
        for _ in 0..WORDS {
            let mixed = (self.at(place) ^ grown(self.at(place - 1), 1_664_525)).wrapping_add(seed);
            place = self.put(place, mixed);
        }
        for _ in 1..WORDS {
            let index = u32::try_from(place).unwrap_or_default();
            let mixed = (self.at(place) ^ grown(self.at(place - 1), 1_566_083_941)).wrapping_sub(index);
            place = self.put(place, mixed);
        }
        self.put(0, 0x8000_0000);
    }

    fn at(&self, place: usize) -> u32 {
        self.state.get(place % WORDS).copied().unwrap_or_default()
    }

    /// Sets a word and returns the next place; past the end the last word is also the one before the first.
    fn put(&mut self, place: usize, word: u32) -> usize {
        if let Some(found) = self.state.get_mut(place) {
            *found = word;
        }
        if place + 1 < WORDS {
            return place + 1;
        }
        if let Some(first) = self.state.first_mut() {
            *first = word;
        }
        1
    }

    fn turn(&mut self) {
        for place in 0..WORDS {
            let word = (self.at(place) & 0x8000_0000) | (self.at(place + 1) & 0x7fff_ffff);
            let odd = if word & 1 == 1 { 0x9908_b0df } else { 0 };
            let mixed = self.at(place + DISTANCE) ^ (word >> 1) ^ odd;
            if let Some(found) = self.state.get_mut(place) {
                *found = mixed;
            }
        }
        self.next = 0;
    }

    /// Thirty-two random bits.
    pub fn word(&mut self) -> u32 {
        if self.next >= WORDS {
            self.turn();
        }
        let mut word = self.at(self.next);
        self.next += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    /// A number from 0 up to, but not including, 1.
    pub fn fraction(&mut self) -> f64 {
        let (high, low) = (self.word() >> 5, self.word() >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
    }

    /// A number below `bound`, which is at most 2³¹; 0 when that is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bits = usize::BITS - bound.leading_zeros();
        if bits == 0 {
            return 0;
        }
        loop {
            let drawn = (self.word() >> (u32::BITS - bits.min(u32::BITS))) as usize;
            if drawn < bound {
                return drawn;
            }
        }
    }

    /// One of several.
    #[expect(clippy::indexing_slicing, reason = "a number below the length, of lists that are not empty")]
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// So many of several, none twice, in random order. As Python's `sample` does it with up to 21 to choose from.
    pub fn sample<T: Clone>(&mut self, from: &[T], count: usize) -> Vec<T> {
        let mut pool = from.to_vec();
        (0..count.min(from.len()))
            .map(|_| {
                let drawn = self.below(pool.len());
                pool.swap_remove(drawn)
            })
            .collect()
    }
}

fn started(seed: u32) -> [u32; WORDS] {
    let mut last = seed;
    let mut index = 0u32;
    [(); WORDS].map(|()| {
        let word = if index == 0 { seed } else { grown(last, 1_812_433_253).wrapping_add(index) };
        (last, index) = (word, index + 1);
        word
    })
}

fn grown(word: u32, factor: u32) -> u32 {
    (word ^ (word >> 30)).wrapping_mul(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Python 3.11 prints for `r = random.Random(seed)` and these calls one after the other.
    #[test]
    fn draws_as_python_does() {
        let mut twister = Twister::new(350);
        assert_eq!(twister.word(), 3_822_273_810);
        assert!((twister.fraction() - 0.3629113942570601).abs() < 1e-16);
        assert_eq!((0..5).map(|_| twister.below(400)).collect::<Vec<_>>(), [92, 205, 343, 160, 333]);
        assert_eq!(twister.sample(&["a", "b", "c", "d", "e"], 3), ["c", "e", "a"]);
        let sum = (0..2_000).fold(0u64, |sum, _| sum + u64::from(twister.word()));
        assert_eq!(sum, 4_344_181_591_130);
    }
}
