//! What local backends publish: the newest view, its revision, and the changes that led there.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::transaction::write_bytes;
use crate::{Change, Revision, Watch, WatchError};

/// How much history a local backend keeps in memory for its watchers. Whichever limit is reached first counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistoryLimit {
    /// The most commits.
    pub commits: usize,
    /// The most bytes of keys and values.
    pub bytes: usize,
}

impl Default for HistoryLimit {
    /// 10,000 commits or 64 MiB.
    fn default() -> Self {
        Self { commits: 10_000, bytes: 64 * 1024 * 1024 }
    }
}

/// The newest view `V`, published together with the changes that led to it: whoever sees a revision in the one finds
/// it in the other.
pub(crate) struct Feed<V> {
    state: Mutex<State<V>>,
    published: Condvar,
    limit: HistoryLimit,
}

struct State<V> {
    view: V,
    revision: Revision,
    /// Every change after this revision is in `changes`.
    oldest: Revision,
    changes: VecDeque<Arc<Change>>,
    bytes: usize,
    closed: bool,
}

impl<V: Clone> Feed<V> {
    pub(crate) fn new(view: V, revision: Revision, limit: HistoryLimit) -> Self {
        let (oldest, changes) = (revision, VecDeque::new());
        let state = State { view, revision, oldest, changes, bytes: 0, closed: false };
        Self { state: Mutex::new(state), published: Condvar::new(), limit }
    }

    pub(crate) fn view(&self) -> (V, Revision) {
        let state = self.lock();
        (state.view.clone(), state.revision)
    }

    pub(crate) fn revision(&self) -> Revision {
        self.lock().revision
    }

    /// Lets `update` change the view, and publishes the changes it returns, oldest first.
    pub(crate) fn publish<R>(&self, update: impl FnOnce(&mut V, Revision) -> (R, Vec<Change>)) -> R {
        let mut state = self.lock();
        let revision = state.revision;
        let (result, changes) = update(&mut state.view, revision);
        for change in changes {
            state.record(change, self.limit);
        }
        drop(state);
        self.published.notify_all();
        result
    }

    /// Publishes a view whose history is not known: unless it is of the same revision, watchers must start over.
    pub(crate) fn reset(&self, view: V, revision: Revision) {
        let mut state = self.lock();
        state.view = view;
        if state.revision != revision {
            (state.revision, state.oldest, state.bytes) = (revision, revision, 0);
            state.changes.clear();
        }
        drop(state);
        self.published.notify_all();
    }

    /// Lets watchers have what was published, and then [`WatchError::Closed`].
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.published.notify_all();
    }

    // A view is replaced or changed as the last step of every update, so what a panic leaves behind is whole.
    fn lock(&self) -> MutexGuard<'_, State<V>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<V> State<V> {
    fn record(&mut self, change: Change, limit: HistoryLimit) {
        self.revision = change.revision;
        self.bytes += bytes_of(&change);
        self.changes.push_back(Arc::new(change));
        while self.changes.len() > limit.commits || self.bytes > limit.bytes {
            let Some(dropped) = self.changes.pop_front() else { break };
            self.bytes -= bytes_of(&dropped);
            self.oldest = dropped.revision;
        }
    }

    /// The first change after `after`; `None` if there is none yet.
    fn after(&self, after: Revision) -> Result<Option<Arc<Change>>, WatchError> {
        if after < self.oldest {
            return Err(WatchError::Compacted { after, oldest: self.oldest });
        }
        let next = self.changes.partition_point(|change| change.revision <= after);
        match self.changes.get(next) {
            None if self.closed => Err(WatchError::Closed),
            found => Ok(found.cloned()),
        }
    }
}

fn bytes_of(change: &Change) -> usize {
    change.writes.iter().map(|(key, write)| write_bytes(key, write)).sum()
}

/// A watch of a [`Feed`].
pub(crate) struct FeedWatch<V> {
    feed: Arc<Feed<V>>,
    after: Revision,
}

impl<V: Clone> FeedWatch<V> {
    /// Watches `feed` for what comes after `after`.
    pub(crate) fn new(feed: Arc<Feed<V>>, after: Revision) -> Result<Self, WatchError> {
        let state = feed.lock();
        if after > state.revision {
            return Err(WatchError::Ahead { after, current: state.revision });
        }
        state.after(after)?;
        drop(state);
        Ok(Self { feed, after })
    }
}

impl<V: Clone + Send> Watch for FeedWatch<V> {
    fn next(&mut self, timeout: Duration) -> Result<Option<Arc<Change>>, WatchError> {
        // `None`: the timeout is past what the clock can say, so there is no deadline.
        let deadline = Instant::now().checked_add(timeout);
        let mut state = self.feed.lock();
        loop {
            if let Some(change) = state.after(self.after)? {
                self.after = change.revision;
                return Ok(Some(change));
            }
            let left = deadline.map_or(Duration::MAX, |at| at.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return Ok(None);
            }
            let waited = self.feed.published.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn position(&self) -> Revision {
        self.after
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Key, Value, Write};

    /// Publishes the revisions given, each with ten bytes of one key.
    fn publish(feed: &Feed<()>, revisions: std::ops::RangeInclusive<u64>) {
        let writes = || vec![(Key::new("k").unwrap(), Write::Put(Value::new([0; 9]).unwrap()))];
        let change = |revision| Change { revision: Revision(revision), writes: writes() };
        feed.publish(|(), _| ((), revisions.map(change).collect()));
    }

    /// What a watch after `after` has: the revisions, or the oldest that can be watched from.
    fn check(feed: &Arc<Feed<()>>, after: u64, expected: Result<&[u64], u64>) {
        let seen = FeedWatch::new(Arc::clone(feed), Revision(after)).map(|mut watch| {
            std::iter::from_fn(|| watch.try_next().unwrap())
                .map(|change| change.revision.0)
                .collect::<Vec<_>>()
        });
        let seen = seen.map_err(|error| {
            let WatchError::Compacted { oldest, .. } = error else { panic!("{error}") };
            oldest.0
        });
        assert_eq!(seen.as_deref().map_err(|oldest| *oldest), expected, "after {after}");
    }

    #[test]
    fn history_is_bounded_by_commits_and_by_bytes() {
        for limit in [HistoryLimit { commits: 3, bytes: 1000 }, HistoryLimit { commits: 1000, bytes: 39 }] {
            let feed = Arc::new(Feed::new((), Revision::ZERO, limit));
            publish(&feed, 1..=2);
            check(&feed, 0, Ok(&[1, 2]));
            publish(&feed, 3..=5);
            check(&feed, 1, Err(2));
            check(&feed, 2, Ok(&[3, 4, 5]));
        }
        let feed = Arc::new(Feed::new((), Revision::ZERO, HistoryLimit { commits: 0, bytes: 0 }));
        publish(&feed, 1..=2);
        check(&feed, 1, Err(2));
        check(&feed, 2, Ok(&[]));
    }

    #[test]
    fn a_reset_forgets_history_unless_nothing_happened() {
        let feed = Arc::new(Feed::new((), Revision::ZERO, HistoryLimit { commits: 3, bytes: 1000 }));
        publish(&feed, 1..=3);
        feed.reset((), Revision(3));
        check(&feed, 0, Ok(&[1, 2, 3]));
        feed.reset((), Revision(5));
        check(&feed, 3, Err(5));
        publish(&feed, 6..=7);
        check(&feed, 3, Err(5));
        check(&feed, 5, Ok(&[6, 7]));
        publish(&feed, 8..=9);
        check(&feed, 5, Err(6));
    }
}
