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

/// For how many records wrong guesses are remembered at most. Those of longest ago are forgotten then.
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
    /// Whether no guess at this record counts now, right or wrong.
    pub(super) fn is_closed(&self, record: &Key, now: Timestamp) -> bool {
        let wrong = self.lock().get(record).copied();
        wrong.is_some_and(|wrong| wrong.open_again().is_none_or(|open| now < open))
    }

    /// Counts a wrong guess.
    pub(super) fn count(&self, record: Key, now: Timestamp) {
        let mut all = self.lock();
        if all.len() >= RECORDS_MAX
            && let Some(oldest) =
                all.iter().min_by_key(|(_, wrong)| wrong.last).map(|(record, _)| record.clone())
        {
            all.remove(&oldest);
        }
        let wrong = all.entry(record).or_insert(Wrong { count: 0, last: now });
        *wrong = Wrong { count: wrong.count.saturating_add(1), last: now };
    }

    /// Forgets the wrong guesses before a right one.
    pub(super) fn forget(&self, record: &Key) {
        self.lock().remove(record);
    }

    // Nothing is done under this lock that could leave it half done.
    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Wrong>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wrong {
    /// When guesses count again; `None` for a time beyond all times.
    fn open_again(self) -> Option<Timestamp> {
        let Some(more) = self.count.checked_sub(GUESSES_MAX) else { return Some(self.last) };
        let closed_s = CLOSED_S_MIN.saturating_mul(1 << more.min(16)).min(CLOSED_S_MAX);
        self.last.checked_add(SignedDuration::from_secs(closed_s)).ok()
    }
}
