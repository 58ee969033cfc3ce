//! How certain it is that a snapshot has everything that a shared store has.
//!
//! A watch that is quiet says nothing: there may be nothing to tell, or nobody who tells it. So the follower asks the store
//! now and then how far it has come. Once the snapshot has come as far, it is certain to have had everything at the time of
//! asking.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use doorward_store::Revision;

/// How often the follower of a shared store asks how far the store has come.
const CONFIRMED_EVERY: Duration = Duration::from_millis(500);

/// What is known of when a snapshot had everything.
pub(super) struct Certainty {
    /// What `confirmed_us` counts from.
    begun: Instant,
    /// The latest time at which it is certain to have had everything, in microseconds.
    confirmed_us: AtomicU64,
    /// For how long after that it may be read.
    staleness_max: Duration,
    /// What the store has answered that the snapshot has not come to yet: when it was asked, and how far it had come.
    ahead: Mutex<Option<(Instant, Revision)>>,
}

impl Certainty {
    /// Of a snapshot that was just read from the store.
    pub(super) fn new(staleness_max: Duration) -> Self {
        let (begun, confirmed_us) = (Instant::now(), AtomicU64::new(0));
        Self { begun, confirmed_us, staleness_max, ahead: Mutex::default() }
    }

    /// Whether the store should be asked again.
    pub(super) fn is_due(&self) -> bool {
        self.unsettled().is_none() && self.age() >= CONFIRMED_EVERY
    }

    /// For how long the snapshot may have missed something.
    pub(super) fn age(&self) -> Duration {
        let confirmed = Duration::from_micros(self.confirmed_us.load(Ordering::Relaxed));
        self.begun.elapsed().saturating_sub(confirmed)
    }

    /// For how long it may still be read; `None` if it must not be.
    pub(super) fn left(&self) -> Option<Duration> {
        self.staleness_max.checked_sub(self.age())
    }

    /// Notes what the store answered when it was asked: how far it had come.
    pub(super) fn answered(&self, asked: Instant, store: Revision, snapshot: Revision) {
        *self.lock() = Some((asked, store));
        self.came_to(snapshot);
    }

    /// Notes how far the snapshot has come.
    pub(super) fn came_to(&self, snapshot: Revision) {
        let mut ahead = self.lock();
        if let Some((asked, store)) = *ahead
            && snapshot >= store
        {
            self.confirm(asked);
            *ahead = None;
        }
    }

    /// Notes that the snapshot was read from the store anew, which was begun then. What the store answered before counts no
    /// more: it may have been put back to an earlier state.
    pub(super) fn loaded(&self, begun: Instant) {
        *self.lock() = None;
        self.confirm(begun);
    }

    /// Notes that the snapshot had everything that the store had then.
    fn confirm(&self, then: Instant) {
        let microseconds = then.saturating_duration_since(self.begun).as_micros();
        self.confirmed_us.fetch_max(u64::try_from(microseconds).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    fn unsettled(&self) -> Option<(Instant, Revision)> {
        *self.lock()
    }

    // Nothing is done under this lock that could leave it half done.
    fn lock(&self) -> std::sync::MutexGuard<'_, Option<(Instant, Revision)>> {
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snapshot_is_confirmed_once_it_has_come_as_far_as_the_store_had() {
        let certainty = Certainty::new(Duration::from_secs(100));
        let confirmed = || certainty.confirmed_us.load(Ordering::Relaxed);
        let at = |seconds| certainty.begun + Duration::from_secs(seconds);
        certainty.answered(at(5), Revision(7), Revision(7));
        assert_eq!(confirmed(), 5_000_000);
        certainty.answered(at(9), Revision(8), Revision(7));
        assert!(!certainty.is_due(), "an answer is waited for");
        certainty.came_to(Revision(7));
        assert_eq!(confirmed(), 5_000_000, "not there yet");
        certainty.came_to(Revision(9));
        assert_eq!(confirmed(), 9_000_000, "when it was asked, not when it came");
        certainty.confirm(at(3));
        assert_eq!(confirmed(), 9_000_000, "certainty is not lost");
    }

    #[test]
    fn staleness_is_bounded() {
        let certainty = Certainty::new(Duration::ZERO);
        while certainty.age().is_zero() {
            std::thread::yield_now();
        }
        assert_eq!(certainty.left(), None);
        let certainty = Certainty::new(Duration::from_secs(1000));
        assert!(certainty.left().is_some_and(|left| left > Duration::from_secs(900)));
    }
}
