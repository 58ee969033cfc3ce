//! How often a code or a password may be guessed.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::keys::Key;

/// How many wrong guesses in a row a device, or the password of a login profile that is to be changed, takes before it is
/// closed for a while. AWS does not say what it does; without this, whoever has a user's access key finds a code in hours.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc4226#section-7.3>
pub const GUESSES_MAX: u32 = 5;

/// For how long it is closed at first, in seconds; every further wrong guess doubles it.
pub const CLOSED_S_MIN: i64 = 30;

/// For how long it is closed at most, in seconds.
pub const CLOSED_S_MAX: i64 = 900;

/// For how many records wrong guesses are remembered at most. Then those of longest ago are forgotten, of closed records
/// last.
const RECORDS_MAX: usize = 10_000;

/// The wrong guesses in a row at the records of devices and login profiles, since this server started.
#[derive(Default)]
pub(super) struct Guesses(Mutex<HashMap<Key, Wrong>>);

#[derive(Clone, Copy)]
struct Wrong {
    count: u32,
    last: Timestamp,
}

impl Guesses {
    /// Begins a guess at this record, and counts it as wrong until [`forget`](Self::forget) says otherwise: so guesses that
    /// are compared at the same time do not pass each other. `false` if none counts now, right or wrong.
    pub(super) fn begin(&self, record: &Key, now: Timestamp) -> bool {
        let mut all = self.lock();
        if let Some(wrong) = all.get_mut(record) {
            if wrong.is_closed(now) {
                return false;
            }
            *wrong = Wrong { count: wrong.count.saturating_add(1), last: now };
            return true;
        }
        if all.len() >= RECORDS_MAX {
            let first = all.iter().min_by_key(|(_, wrong)| (wrong.is_closed(now), wrong.last));
            if let Some(first) = first.map(|(record, _)| record.clone()) {
                all.remove(&first);
            }
        }
        all.insert(record.clone(), Wrong { count: 1, last: now });
        true
    }

    /// Forgets all guesses: one was right.
    pub(super) fn forget(&self, record: &Key) {
        self.lock().remove(record);
    }

    // Nothing is done under this lock that could leave it half done.
    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Wrong>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wrong {
    fn is_closed(self, now: Timestamp) -> bool {
        self.open_again().is_none_or(|open| now < open)
    }

    /// When guesses count again; `None` for a time beyond all times.
    fn open_again(self) -> Option<Timestamp> {
        let Some(more) = self.count.checked_sub(GUESSES_MAX) else { return Some(self.last) };
        let closed_s = CLOSED_S_MIN.saturating_mul(1 << more.min(16)).min(CLOSED_S_MAX);
        self.last.checked_add(SignedDuration::from_secs(closed_s)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{account, now};

    fn key(number: usize) -> Key {
        Key::MfaDevice(account(), number.to_string().into())
    }

    fn later(seconds: i64) -> Timestamp {
        now() + SignedDuration::from_secs(seconds)
    }

    #[test]
    fn guesses_count_when_they_begin() {
        let guesses = Guesses::default();
        let begun = std::thread::scope(|scope| {
            let all: Vec<_> = (0..16).map(|_| scope.spawn(|| guesses.begin(&key(0), now()))).collect();
            all.into_iter().map(|one| usize::from(one.join().unwrap())).sum::<usize>()
        });
        assert_eq!(begun, 5);
        assert!(!guesses.begin(&key(0), later(CLOSED_S_MIN - 1)));
        assert!(guesses.begin(&key(0), later(CLOSED_S_MIN)));
        assert!(!guesses.begin(&key(0), later(3 * CLOSED_S_MIN - 1)));
        guesses.forget(&key(0));
        assert!(guesses.begin(&key(0), later(CLOSED_S_MIN)));
    }

    #[test]
    fn closed_records_are_forgotten_last() {
        let guesses = Guesses::default();
        (0..GUESSES_MAX).for_each(|_| assert!(guesses.begin(&key(0), now())));
        (1..RECORDS_MAX).for_each(|number| assert!(guesses.begin(&key(number), later(1))));
        assert!(!guesses.begin(&key(0), later(2)));
        // A record that is there makes room for nothing.
        assert!(guesses.begin(&key(1), later(2)));
        assert_eq!(guesses.lock().len(), RECORDS_MAX);
        assert!(guesses.begin(&key(RECORDS_MAX), later(3)));
        assert_eq!(guesses.lock().len(), RECORDS_MAX);
        assert!(!guesses.begin(&key(0), later(4)));
        assert_eq!(guesses.lock().get(&key(1)).map(|wrong| wrong.count), Some(2));
    }
}
