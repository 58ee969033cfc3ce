//! The directory over a store: snapshots that follow it, and changes to it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use doorward_store::{CommitError, Health, ReadError, Revision, Store, Watch, WatchError};
use jiff::Timestamp;

use self::certainty::Certainty;
use self::guesses::Guesses;
use crate::change::Draft;
use crate::change::carried::Rehearsal;
use crate::limits::Limits;
use crate::random::Random;
use crate::refusal::{Failure, Refusal};
use crate::seal::{Asking, Sealer, Unopened, WrapFailed};
use crate::snapshot::{LoadError, Progress, Snapshot};
use crate::usage::Book;

pub use guesses::{CLOSED_S_MAX, CLOSED_S_MIN, GUESSES_MAX};
pub use passwords::HASHES_AT_ONCE_MAX;

mod certainty;
mod codes;
mod guesses;
mod passwords;
mod rotation;

/// How many changes one directory works on at once; others wait. Below what fences allow for: see
/// [`crate::change`].
pub const CHANGES_AT_ONCE_MAX: usize = 128;

/// How often a change is planned anew when others were faster.
const ATTEMPTS_MAX: usize = 64;

/// After so many lost races a change takes its turn with the other losers, so that the many do not starve the few.
const ATTEMPTS_BEFORE_QUEUE: usize = 2;

/// How long a change waits to see a commit in the directory's own snapshot.
const CATCH_UP: Duration = Duration::from_secs(10);

/// How long the follower sleeps at most before it looks whether it should stop.
const POLL: Duration = Duration::from_millis(50);

/// How often the store is loaded in a row because its history does not reach back to the load before.
const LOADS_MAX: usize = 16;

/// How many changes go into one published snapshot at most.
const CHANGES_PER_SNAPSHOT_MAX: usize = 256;

/// What a directory is opened with.
pub struct Opening {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// What seals the secrets in it.
    pub sealer: Arc<Sealer>,
    /// The quotas.
    pub limits: Limits,
    /// Where ids and secrets come from.
    pub random: Arc<dyn Random>,
    /// For how long snapshots may be read after they are certain to have had everything that a shared store had. Counts
    /// for no other store.
    pub staleness_max: Duration,
}

/// How long snapshots may be read while a shared store cannot be asked, unless it is said otherwise.
pub const STALENESS_MAX: Duration = Duration::from_secs(300);

/// How a directory follows its store, as long as its snapshots may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Following {
    /// As it should.
    Current,
    /// The store does not answer: snapshots stay as they are.
    Alone {
        /// Why, in one line.
        reason: String,
        /// For how long they may have missed something.
        age: Duration,
        /// For how long they may still be read.
        left: Duration,
    },
}

/// Why a directory cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The store's records cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The store cannot be watched.
    #[error(transparent)]
    Watch(#[from] WatchError),
    /// The store's secrets were sealed under another master key.
    #[error("the master key is not the one under which the secrets of this installation are sealed")]
    WrongMasterKey(#[source] Unopened),
    /// The service that has the master key does not open the data keys.
    #[error("the keys of this installation cannot be opened")]
    KeyService(#[source] Unopened),
    /// The thread that follows the store cannot be started.
    #[error("the thread that follows the store cannot be started")]
    Thread(#[source] std::io::Error),
}

/// The directory does not follow its store any more: its snapshot may be old, and must not be trusted to deny.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the directory does not follow its store: {reason}")]
pub struct NotFollowing {
    /// What stopped it, in one line.
    pub reason: String,
}

/// Why there is no snapshot that has everything the store has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotNewest {
    /// The store does not answer.
    #[error(transparent)]
    NotFollowing(#[from] NotFollowing),
    /// The directory does not come along.
    #[error(transparent)]
    TooFarBehind(#[from] TooFarBehind),
}

/// The directory has not come as far as it was asked to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the directory is at revision {current} and has not come to {wanted} in time")]
pub struct TooFarBehind {
    /// The revision asked for.
    pub wanted: Revision,
    /// The revision that it has come to.
    pub current: Revision,
}

/// All accounts of an installation and what they hold, kept in a [`Store`].
///
/// Reading never waits: [`snapshot`](Self::snapshot) hands out the newest of a chain of immutable views. One thread
/// folds what the store reports into new ones, whichever server of the installation wrote it. Dropping the directory
/// stops the thread.
pub struct Directory {
    store: Arc<dyn Store>,
    sealer: Arc<Sealer>,
    limits: Limits,
    random: Arc<dyn Random>,
    shared: Arc<Shared>,
    permits: Permits,
    hashes: Permits,
    guesses: Guesses,
    queue: Mutex<()>,
    book: Book,
    /// Since when nothing is seen under old data keys, and the last key that there was then.
    unused: Mutex<Option<(u32, Timestamp)>>,
    follower: Option<JoinHandle<()>>,
}

/// What the follower publishes.
struct Shared {
    current: ArcSwap<Snapshot>,
    /// Has the keys open under which the snapshot's secrets are sealed.
    sealer: Arc<Sealer>,
    trouble: Mutex<Trouble>,
    /// Whether there is a fault, for those who need not know which. Written under the lock of `trouble`, with it.
    faulty: AtomicBool,
    published: Condvar,
    stop: AtomicBool,
    /// How certain it is that there is nothing newer. `None` for a store that is not shared: there it always is.
    certainty: Option<Certainty>,
}

/// What is wrong, as far as anything is.
#[derive(Default)]
struct Trouble {
    /// Why snapshots must not be read.
    fault: Option<NotFollowing>,
    /// Why a shared store did not answer when it was last asked.
    alone: Option<String>,
}

impl Directory {
    /// Loads everything from the store, at one revision, and follows it from there.
    ///
    /// # Errors
    /// [`OpenError`]: among others for any record that does not read back, with its key.
    pub fn open(opening: Opening) -> Result<Self, OpenError> {
        Self::open_watched(opening, &Progress::default())
    }

    /// As [`open`](Self::open), saying meanwhile how far it has come.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn open_watched(opening: Opening, progress: &Progress) -> Result<Self, OpenError> {
        let Opening { store, sealer, limits, random, staleness_max } = opening;
        let (snapshot, watch) = start(&*store, progress)?;
        sealer.follow(snapshot.stored_keyring(), Asking::Allowed).map_err(|unopened| match unopened {
            Unopened::Data { cause: WrapFailed::Service(_), .. } => OpenError::KeyService(unopened),
            Unopened::Data { .. } | Unopened::OtherMaster { .. } | Unopened::Session { .. } => {
                OpenError::WrongMasterKey(unopened)
            }
        })?;
        let shared = Arc::new(Shared {
            current: ArcSwap::from_pointee(snapshot),
            trouble: Mutex::default(),
            sealer: Arc::clone(&sealer),
            faulty: AtomicBool::new(false),
            published: Condvar::new(),
            stop: AtomicBool::new(false),
            certainty: store.is_shared().then(|| Certainty::new(staleness_max)),
        });
        let (followed, publishing) = (Arc::clone(&store), Arc::clone(&shared));
        let follower = std::thread::Builder::new()
            .name("directory".to_owned())
            .spawn(move || publishing.follow(&*followed, watch))
            .map_err(OpenError::Thread)?;
        let (permits, hashes) = (Permits::of(CHANGES_AT_ONCE_MAX), Permits::of(HASHES_AT_ONCE_MAX));
        Ok(Self {
            store,
            sealer,
            limits,
            random,
            shared,
            permits,
            hashes,
            guesses: Guesses::default(),
            queue: Mutex::new(()),
            book: Book::default(),
            unused: Mutex::default(),
            follower: Some(follower),
        })
    }

    /// The newest snapshot. Never waits; costs tens of nanoseconds.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.shared.current.load_full()
    }

    /// A snapshot at `revision` or later: what whoever made or saw that revision must read.
    ///
    /// # Errors
    /// [`TooFarBehind`] if the directory has not come that far within `patience`.
    pub fn snapshot_at(&self, revision: Revision, patience: Duration) -> Result<Arc<Snapshot>, TooFarBehind> {
        self.shared.wait_for(revision, patience)
    }

    /// A snapshot that has everything the store had when this was asked: of a shared store, what other servers have
    /// written. Costs a question to the store, if it is shared.
    ///
    /// # Errors
    /// [`TooFarBehind`] if the directory has not come that far within `patience`; [`NotFollowing`] if the store does not
    /// answer, which takes as long as the store allows itself.
    pub fn newest_snapshot(&self, patience: Duration) -> Result<Arc<Snapshot>, NotNewest> {
        if self.shared.certainty.is_none() {
            return Ok(self.snapshot());
        }
        let newest = self.store.revision().map_err(|error| NotFollowing { reason: error.to_string() })?;
        Ok(self.shared.wait_for(newest, patience)?)
    }

    /// Whether snapshots may be read: they follow the store, or have done so recently enough.
    ///
    /// # Errors
    /// [`NotFollowing`] if not: decisions on them would be on old policies.
    pub fn health(&self) -> Result<(), NotFollowing> {
        if self.follower.as_ref().is_some_and(JoinHandle::is_finished) {
            self.shared.ended();
        }
        let stale = self.shared.certainty.as_ref().is_some_and(|certainty| certainty.left().is_none());
        if !stale && !self.shared.faulty.load(Ordering::Acquire) {
            return Ok(());
        }
        self.following().map(drop)
    }

    /// How snapshots follow the store.
    ///
    /// # Errors
    /// Those of [`health`](Self::health).
    pub fn following(&self) -> Result<Following, NotFollowing> {
        self.shared.following()
    }

    /// For how long snapshots may have missed something that others wrote; zero where nobody else writes to the store.
    #[must_use]
    pub fn age(&self) -> Duration {
        self.shared.certainty.as_ref().map_or(Duration::ZERO, Certainty::age)
    }

    /// Whether other servers may write to the store too.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.shared.certainty.is_some()
    }

    /// The quotas.
    #[must_use]
    pub const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The store that it is kept in, as it is now.
    ///
    /// # Errors
    /// [`ReadError`] if the store cannot be read.
    pub fn stored(&self) -> Result<Box<dyn doorward_store::Snapshot>, ReadError> {
        self.store.snapshot()
    }

    /// What opens the secrets in snapshots.
    #[must_use]
    pub fn sealer(&self) -> &Sealer {
        &self.sealer
    }

    /// Changes the directory: `plan` says what to write, given the newest snapshot; what it writes happens in one
    /// transaction, and only if everything it relied on still is as it was. If others were faster, it plans again.
    ///
    /// Returns what `plan` returned and the revision of the change, once that is durable and in
    /// [`snapshot`](Self::snapshot). A plan that writes nothing changes nothing, and returns the revision it saw.
    ///
    /// # Errors
    /// The [`Refusal`] of `plan`; [`Refusal::ConcurrentModification`] if others were faster too often;
    /// [`Refusal::Unavailable`] or [`Refusal::Failed`] if the store failed.
    pub fn change<T>(
        &self,
        now: Timestamp,
        mut plan: impl FnMut(&mut Draft<'_>) -> Result<T, Refusal>,
    ) -> Result<(T, Revision), Refusal> {
        self.health().map_err(|error| Refusal::Unavailable(error.into()))?;
        let _permit = self.permits.take();
        let mut turn = None;
        for attempt in 0..ATTEMPTS_MAX {
            if attempt == ATTEMPTS_BEFORE_QUEUE {
                turn = Some(self.queue.lock().unwrap_or_else(PoisonError::into_inner));
            }
            let base = self.snapshot();
            let mut draft = self.draft(&base, now);
            let result = plan(&mut draft)?;
            let Some(transaction) = draft.into_transaction()? else {
                return Ok((result, base.revision()));
            };
            match self.store.commit(transaction) {
                Ok(revision) => {
                    // The change is made, whether or not the snapshot comes along. Until it does, nothing may be decided
                    // on it.
                    if let Err(behind) = self.shared.wait_for(revision, CATCH_UP) {
                        self.shared.behind(&behind);
                    }
                    return Ok((result, revision));
                }
                Err(CommitError::Conflict { .. }) => self.catch_up()?,
                Err(error) => return Err(self.not_committed(error)),
            }
        }
        drop(turn);
        Err(Refusal::ConcurrentModification)
    }

    /// Changes that are tried one after the other without being made: to know of every refusal before the first change.
    #[must_use]
    pub fn rehearsal(&self) -> Rehearsal<'_> {
        Rehearsal { directory: self, view: Snapshot::clone(&self.snapshot()) }
    }

    pub(crate) fn draft<'s>(&'s self, base: &'s Snapshot, now: Timestamp) -> Draft<'s> {
        Draft::new(base, now, &*self.random, &self.limits, &self.sealer)
    }

    /// What a failed commit comes to: a store that cannot be reached may be soon; one that takes no writes, such as on a
    /// full disk, needs somebody to see to it.
    fn not_committed(&self, error: CommitError) -> Refusal {
        match (&error, self.store.health()) {
            (CommitError::Unavailable { .. }, Health::Unavailable { .. }) => {
                Refusal::Unavailable(error.into())
            }
            _ => Refusal::Failed(error.into()),
        }
    }

    pub(crate) const fn book(&self) -> &Book {
        &self.book
    }

    #[cfg(test)]
    pub(crate) fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// Waits until the snapshot has everything that the store has now.
    fn catch_up(&self) -> Result<(), Refusal> {
        let unavailable = |failure: Failure| Refusal::Unavailable(failure);
        let newest = self.store.revision().map_err(|error| unavailable(error.into()))?;
        self.shared.wait_for(newest, CATCH_UP).map_err(|error| unavailable(error.into())).map(drop)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        if let Some(follower) = self.follower.take() {
            // A follower that panicked has nothing more to say.
            follower.join().ok();
        }
    }
}

fn load(store: &dyn Store, progress: &Progress) -> Result<Snapshot, LoadError> {
    Snapshot::load(&*store.snapshot()?, progress)
}

/// The store at one revision, and what comes after it. Starts over where history is shorter than loading takes, or the
/// revision is compacted away while it is read, which can happen a few times in a row and not for long.
fn start(store: &dyn Store, progress: &Progress) -> Result<(Snapshot, Box<dyn Watch>), Stopped> {
    for _ in 1..LOADS_MAX {
        let snapshot = match load(store, progress) {
            Err(LoadError::Store(ReadError::Compacted { .. })) => continue,
            loaded => loaded?,
        };
        match store.watch(snapshot.revision()) {
            Err(WatchError::Compacted { .. } | WatchError::Ahead { .. }) => {}
            watch => return Ok((snapshot, watch?)),
        }
    }
    let snapshot = load(store, progress)?;
    let watch = store.watch(snapshot.revision())?;
    Ok((snapshot, watch))
}

/// Why the store cannot be followed.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error(transparent)]
    Watch(#[from] WatchError),
}

impl Stopped {
    /// Whether trying again is of no use: a record will not read back next time either, and a closed store stays so.
    const fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Load(LoadError::Format(_) | LoadError::Key(_) | LoadError::Record(_))
                | Self::Watch(WatchError::Closed)
        )
    }
}

impl From<Stopped> for OpenError {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Load(error) => Self::Load(error),
            Stopped::Watch(error) => Self::Watch(error),
        }
    }
}

impl Shared {
    /// Publishes what the store reports until told to stop. Where it cannot be followed it says so and, unless that is
    /// of no use, goes on when it can: from where it was, or from the start if what came after that is gone.
    fn follow(&self, store: &dyn Store, watch: Box<dyn Watch>) {
        let mut watch = Ok(watch);
        while !self.stop.load(Ordering::Relaxed) {
            // A watch that has failed is not asked again: it goes on from where it is, not from where the snapshot is.
            watch = match watch {
                Ok(mut watch) => match self.advance(&mut *watch) {
                    Ok(()) => Ok(watch),
                    Err(stopped) => self.resume(store, stopped),
                },
                Err(stopped) => self.resume(store, stopped),
            };
            if let Err(stopped) = &watch {
                self.say(stopped);
                if stopped.is_final() {
                    return;
                }
                std::thread::park_timeout(POLL);
            }
            self.confirm(store);
        }
    }

    /// Watches the store again.
    fn resume(&self, store: &dyn Store, stopped: Stopped) -> Result<Box<dyn Watch>, Stopped> {
        if stopped.is_final() {
            return Err(stopped);
        }
        if let Stopped::Watch(WatchError::Unavailable { .. }) = stopped {
            // What failed may fail again at once.
            std::thread::park_timeout(POLL);
            match store.watch(self.current.load().revision()) {
                Err(WatchError::Compacted { .. } | WatchError::Ahead { .. }) => {}
                watch => return Ok(watch?),
            }
        }
        let begun = Instant::now();
        let (snapshot, watch) = start(store, &Progress::default())?;
        tracing::warn!(revision = snapshot.revision().0, "the directory was loaded anew");
        self.publish(snapshot);
        self.certainty.iter().for_each(|certainty| certainty.loaded(begun));
        Ok(watch)
    }

    /// Asks a shared store how far it has come, if it is time to.
    fn confirm(&self, store: &dyn Store) {
        let Some(certainty) = self.certainty.as_ref().filter(|certainty| certainty.is_due()) else { return };
        let asked = Instant::now();
        match store.revision() {
            Ok(newest) => {
                certainty.answered(asked, newest, self.current.load().revision());
                if self.lock().alone.take().is_some() {
                    tracing::info!("the store answers again");
                }
            }
            Err(error) => self.alone(&mut self.lock(), error.to_string()),
        }
    }

    /// Waits a while for changes and publishes them, several at once if they have piled up.
    fn advance(&self, watch: &mut dyn Watch) -> Result<(), Stopped> {
        let Some(change) = watch.next(POLL)? else { return Ok(()) };
        let mut next = Snapshot::clone(&self.current.load());
        next.fold(&change)?;
        let mut failed = None;
        for _ in 1..CHANGES_PER_SNAPSHOT_MAX {
            match watch.try_next() {
                Ok(Some(change)) => next.fold(&change)?,
                Ok(None) => break,
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
        }
        // What came before a failure came.
        self.publish(next);
        failed.map_or(Ok(()), |error| Err(error.into()))
    }

    fn publish(&self, next: Snapshot) {
        let revision = next.revision();
        // First, so that nobody sees a secret under a key that is not open yet.
        if let Err(unopened) = self.sealer.follow(next.stored_keyring(), Asking::NotNow) {
            tracing::debug!(%unopened, "a key waits to be opened");
        }
        self.current.store(Arc::new(next));
        if let Some(certainty) = &self.certainty {
            certainty.came_to(revision);
        }
        // Under the lock, so that no one who has just looked can miss the call.
        self.note(&mut self.lock(), None);
        self.published.notify_all();
    }

    fn say(&self, stopped: &Stopped) {
        let mut trouble = self.lock();
        if self.certainty.is_some() && !stopped.is_final() {
            self.alone(&mut trouble, stopped.to_string());
        } else {
            self.raise(&mut trouble, stopped.to_string());
        }
        self.published.notify_all();
    }

    /// Notes that a shared store does not answer. Snapshots may be read for a while yet.
    fn alone(&self, trouble: &mut Trouble, reason: String) {
        if trouble.alone.is_none() {
            tracing::warn!(reason, "the store does not answer");
        }
        trouble.alone = Some(reason);
    }

    fn following(&self) -> Result<Following, NotFollowing> {
        let Trouble { fault, alone } = &*self.lock();
        if let Some(fault) = fault {
            return Err(fault.clone());
        }
        let Some(certainty) = &self.certainty else { return Ok(Following::Current) };
        let age = certainty.age();
        match (alone, certainty.left()) {
            (None, Some(_)) => Ok(Following::Current),
            (Some(reason), Some(left)) => Ok(Following::Alone { reason: reason.clone(), age, left }),
            (reason, None) => {
                let reason = reason.as_deref().unwrap_or("its snapshot has not come as far as the store");
                let seconds = age.as_secs();
                Err(NotFollowing {
                    reason: format!("{reason}; for {seconds} s it may have missed something"),
                })
            }
        }
    }

    /// Notes that the snapshot is old, until the next one is published; unless it has come along meanwhile, for then
    /// there may be no next one for long.
    fn behind(&self, behind: &TooFarBehind) {
        let mut trouble = self.lock();
        if self.current.load().revision() < behind.wanted {
            self.raise(&mut trouble, behind.to_string());
        }
    }

    /// Notes that nobody follows the store any more, unless it is known why.
    fn ended(&self) {
        let mut trouble = self.lock();
        if trouble.fault.is_none() {
            self.note(&mut trouble, Some(NotFollowing { reason: "its follower has ended".to_owned() }));
        }
    }

    /// Notes a fault, and says it if it is the first.
    fn raise(&self, trouble: &mut Trouble, reason: String) {
        if trouble.fault.is_none() {
            tracing::error!(reason, "the directory does not follow its store");
        }
        self.note(trouble, Some(NotFollowing { reason }));
    }

    /// Notes a fault, or that there is none. `trouble` is what the lock guards.
    fn note(&self, trouble: &mut Trouble, now: Option<NotFollowing>) {
        self.faulty.store(now.is_some(), Ordering::Release);
        trouble.fault = now;
    }

    fn wait_for(&self, revision: Revision, patience: Duration) -> Result<Arc<Snapshot>, TooFarBehind> {
        let current = self.current.load_full();
        if current.revision() >= revision {
            return Ok(current);
        }
        let deadline = Instant::now().checked_add(patience);
        let mut trouble = self.lock();
        loop {
            let snapshot = self.current.load_full();
            if snapshot.revision() >= revision {
                return Ok(snapshot);
            }
            let left = deadline.map_or(Duration::MAX, |at| at.saturating_duration_since(Instant::now()));
            if left.is_zero() || trouble.fault.is_some() {
                return Err(TooFarBehind { wanted: revision, current: snapshot.revision() });
            }
            trouble = self.published.wait_timeout(trouble, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    // Nothing is done under this lock that could leave it half done.
    fn lock(&self) -> MutexGuard<'_, Trouble> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets so many through at once.
struct Permits {
    most: usize,
    taken: Mutex<usize>,
    returned: Condvar,
}

/// The right to be under way, until dropped.
struct Permit<'a>(&'a Permits);

impl Permits {
    fn of(most: usize) -> Self {
        Self { most, taken: Mutex::default(), returned: Condvar::default() }
    }

    fn take(&self) -> Permit<'_> {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |taken: &mut usize| *taken >= self.most;
        *self.returned.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner) += 1;
        Permit(self)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.0.taken.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.returned.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use doorward_store::Change;

    use super::*;

    fn at(revision: u64) -> Snapshot {
        let mut snapshot = Snapshot::empty();
        snapshot.fold(&Change { revision: Revision(revision), writes: [].into() }).unwrap();
        snapshot
    }

    #[test]
    fn a_snapshot_that_comes_late_leaves_no_fault() {
        for (published, healthy) in [(1, false), (2, true), (3, true)] {
            let shared = Shared {
                current: ArcSwap::from_pointee(Snapshot::empty()),
                trouble: Mutex::default(),
                sealer: crate::testing::sealer(),
                faulty: AtomicBool::new(false),
                published: Condvar::new(),
                stop: AtomicBool::new(false),
                certainty: None,
            };
            let behind = shared.wait_for(Revision(2), Duration::ZERO).unwrap_err();
            shared.publish(at(published));
            shared.behind(&behind);
            assert_eq!(shared.lock().fault.is_none(), healthy, "revision {published}");
            assert_eq!(shared.faulty.load(Ordering::Acquire), !healthy, "revision {published}");
            shared.publish(at(4));
            assert!(shared.lock().fault.is_none());
        }
    }
}
