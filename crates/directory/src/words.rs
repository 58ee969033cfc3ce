//! Short texts that many entities have in common, each kept once.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// How many words there are at least before those that nobody uses are looked for.
const SWEEP_AFTER_MIN: usize = 1024;

/// Names and paths in use. What nobody holds any more is dropped now and then.
#[derive(Default)]
pub(crate) struct Words(Mutex<Set>);

#[derive(Default)]
struct Set {
    words: HashSet<Arc<str>>,
    /// How many were left after the last sweep.
    swept: usize,
}

impl Words {
    /// The one allocation of this text, which is `word` if there is no other.
    pub(crate) fn shared(&self, word: Arc<str>) -> Arc<str> {
        let mut set = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = set.words.get(&word) {
            return Arc::clone(held);
        }
        if set.words.len() >= SWEEP_AFTER_MIN.max(2 * set.swept) {
            set.words.retain(|word| Arc::strong_count(word) > 1);
            set.swept = set.words.len();
        }
        set.words.insert(Arc::clone(&word));
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_words_are_one_and_unused_ones_are_forgotten() {
        let words = Words::default();
        let one = words.shared("access".into());
        assert!(Arc::ptr_eq(&one, &words.shared("access".into())));
        (0..10 * SWEEP_AFTER_MIN).for_each(|number| drop(words.shared(number.to_string().into())));
        assert!(words.0.lock().unwrap().words.len() <= 2 * SWEEP_AFTER_MIN);
        assert!(Arc::ptr_eq(&one, &words.shared("access".into())));
    }
}
