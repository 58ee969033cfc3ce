//! What the keyring wants done, a step at a time: any server does it, and goes on where another was stopped.

use std::sync::PoisonError;

use jiff::Timestamp;

use super::Directory;
use crate::change::keyring;
use crate::keyring::{KeyState, Keyring, PUBLISHED_BEFORE, Step};
use crate::keys::Key;
use crate::refusal::Refusal;
use crate::seal::{Asking, Unopened};

/// How many records are sealed anew in one change. Those that can be large are alone.
const RESEALED_AT_ONCE: usize = 32;

/// How many changes are made in a row before whoever asked looks up.
const CHANGES_IN_A_ROW: usize = 64;

impl Directory {
    /// Opens the keys of the keyring that are not open yet: those that another server has just made, where a service has
    /// the master key. Costs nothing if all are.
    ///
    /// # Errors
    /// [`Unopened`] for the first that still does not open. What it has sealed does not open here until it does.
    pub fn open_keys(&self) -> Result<(), Unopened> {
        let snapshot = self.snapshot();
        let followed = self.sealer.follow(snapshot.stored_keyring(), Asking::Allowed);
        // Whoever follows the store may have been faster, with a newer one.
        let newer = self.snapshot();
        match newer.stored_keyring().zip(snapshot.stored_keyring()) {
            Some((new, old)) if !std::sync::Arc::ptr_eq(new, old) => {
                self.sealer.follow(Some(new), Asking::Allowed)
            }
            Some(_) | None => followed,
        }
    }

    /// Does what the keyring wants done by now, or a part of it that takes about a second: turns keys that have been
    /// published for long enough, seals old values anew, and drops keys that nothing needs. What was done; nothing, if
    /// nothing is due.
    ///
    /// # Errors
    /// [`Refusal`], of a change that could not be made. The next call tries again.
    pub fn advance_keys(&self, now: Timestamp) -> Result<Vec<Step>, Refusal> {
        let snapshot = self.snapshot();
        let Some(ring) = snapshot.keyring().filter(|ring| ring.is_due(now)) else { return Ok(Vec::new()) };
        let mut steps = self.change(now, keyring::turn)?.0;
        if steps.is_empty() && ring.data.iter().any(|key| key.state == KeyState::Old) {
            steps.extend(self.reseal(ring, now)?);
            if steps.is_empty() && self.unused_for_long(ring, now) {
                steps = self.change(now, keyring::drop_data)?.0;
            }
        }
        Ok(steps)
    }

    fn reseal(&self, ring: &Keyring, now: Timestamp) -> Result<Option<Step>, Refusal> {
        let current = ring.data.iter().find(|key| key.state == KeyState::Current);
        let Some(current) = current.map(|key| key.id) else { return Ok(None) };
        let (small, large): (Vec<Key>, Vec<Key>) =
            self.snapshot().sealed_under_others(current).into_iter().partition(is_small);
        let batches = small.chunks(RESEALED_AT_ONCE).chain(large.chunks(1));
        let mut count = 0;
        for batch in batches.take(CHANGES_IN_A_ROW) {
            count += self.change(now, |draft| keyring::reseal(draft, batch))?.0;
        }
        Ok((!small.is_empty() || !large.is_empty()).then_some(Step::Resealed(count)))
    }

    /// Whether this server has seen for a while that nothing is sealed under old data keys: by then no request has a
    /// snapshot any more in which something is.
    fn unused_for_long(&self, ring: &Keyring, now: Timestamp) -> bool {
        let mut seen = self.unused.lock().unwrap_or_else(PoisonError::into_inner);
        match *seen {
            Some((last, since)) if last == ring.last_id => now.duration_since(since) >= PUBLISHED_BEFORE,
            Some(_) | None => {
                *seen = Some((ring.last_id, now));
                false
            }
        }
    }
}

const fn is_small(key: &Key) -> bool {
    matches!(key, Key::AccessKey(_) | Key::Login(_) | Key::MfaDevice(..))
}
