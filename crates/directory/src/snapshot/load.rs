//! Reading the whole directory from its store: on several threads, with the same result as on one.
//!
//! The caller reads the store and fills batches; each of some threads decodes every so-manieth of them; one folds what
//! was decoded, in the order in which it was read. What fits one batch is read without any of this.

use std::iter;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, Scope, ScopedJoinHandle, available_parallelism};

use doorward_store::fill::unfinished;
use doorward_store::{KeyRange, Revision, Seen};

use super::table::Table;
use super::{LoadError, Snapshot, Stored};
use crate::format::{self, FORMAT, Unservable};
use crate::keys::{Key, PREFIX};
use crate::managed::InlinePolicy;
use crate::record::{Fact, decode};
use crate::text::Texts;
use crate::unique_id::UniqueId;

/// A batch is full when its keys and values have this many bytes (32 KiB). Small: to free more than 64 KiB at once makes
/// the system's allocator tidy up each time.
const BATCH_BYTES: usize = 32 * 1024;

/// How many records a batch has at most.
const BATCH_RECORDS: usize = 128;

/// How many threads decode at most: one folds as much as about three decode.
const DECODERS_MAX: usize = 4;

/// How many batches wait for each thread: enough that none waits for the next.
const BATCHES_WAITING: usize = 16;

/// How far a directory has been read from its store. Watched from other threads while it is.
#[derive(Default, Debug)]
pub struct Progress {
    read: AtomicU64,
    about: AtomicU64,
    /// The format that records are being brought to; none while it is 0.
    migrating_to: AtomicU32,
}

impl Progress {
    /// How many records have been read.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// How many there are in all, more or less; `None` where the store does not say, or was not asked yet.
    #[must_use]
    pub fn about(&self) -> Option<u64> {
        Some(self.about.load(Ordering::Relaxed)).filter(|about| *about > 0)
    }

    /// The format that records are being migrated to, before they are read; `None` while they are read.
    #[must_use]
    pub fn migrating_to(&self) -> Option<u32> {
        Some(self.migrating_to.load(Ordering::Relaxed)).filter(|format| *format > 0)
    }

    pub(crate) fn begin_migration(&self, to: u32, about: Option<u64>) {
        self.begin(about);
        self.migrating_to.store(to, Ordering::Relaxed);
    }

    fn begin(&self, about: Option<u64>) {
        self.migrating_to.store(0, Ordering::Relaxed);
        self.read.store(0, Ordering::Relaxed);
        self.about.store(about.unwrap_or_default(), Ordering::Relaxed);
    }

    pub(crate) fn add(&self, records: usize) {
        self.read.fetch_add(u64::try_from(records).unwrap_or_default(), Ordering::Relaxed);
    }
}

impl Snapshot {
    /// The directory at the revision of a store's snapshot. Costs a pass over all its records.
    pub(crate) fn load(
        stored: &dyn doorward_store::Snapshot,
        progress: &Progress,
    ) -> Result<Self, LoadError> {
        let decoders = available_parallelism().map_or(1, usize::from).min(DECODERS_MAX);
        Self::load_in(stored, progress, decoders, BATCH_RECORDS)
    }

    /// As [`load`](Self::load), with so many threads that decode batches of so many records.
    pub(crate) fn load_in(
        stored: &dyn doorward_store::Snapshot,
        progress: &Progress,
        decoders: usize,
        batch_records: usize,
    ) -> Result<Self, LoadError> {
        if let Some(source) = unfinished(stored)? {
            return Err(LoadError::Unfinished(source));
        }
        if let Some((format, _)) = format::of(stored)? {
            format.served_by(FORMAT)?;
        }
        progress.begin(stored.about_how_many());
        let snapshot = Self::read_all(stored, progress, decoders, batch_records)?;
        // An empty store is in every format.
        if snapshot.format.is_none() && snapshot.installation.is_some() {
            return Err(Unservable::Missing.into());
        }
        Ok(snapshot)
    }

    fn read_all(
        stored: &dyn doorward_store::Snapshot,
        progress: &Progress,
        decoders: usize,
        batch_records: usize,
    ) -> Result<Self, LoadError> {
        let mut snapshot = Self::empty();
        snapshot.revision = stored.revision();
        std::thread::scope(|scope| {
            let texts = Arc::clone(&snapshot.texts);
            let mut first = Some(snapshot);
            let (mut line, mut failed) = (None, None);
            let mut batch = Batch::default();
            let mut see = |seen: Seen<'_>| {
                batch.add(seen);
                if !batch.is_full(batch_records) {
                    return ControlFlow::Continue(());
                }
                if let Some(snapshot) = first.take() {
                    match Line::start(scope, snapshot, progress, &texts, decoders) {
                        Ok(started) => line = Some(started),
                        Err(error) => failed = Some(LoadError::Thread(error)),
                    }
                }
                let sent = line.as_mut().is_some_and(|line| line.send(std::mem::take(&mut batch)));
                if sent { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            };
            stored.for_each(&KeyRange::prefix(PREFIX.as_bytes()), &mut see)?;
            match (failed, line, first) {
                (Some(error), ..) => Err(error),
                (None, Some(line), _) => line.finish(batch),
                (None, None, snapshot) => {
                    let mut snapshot = snapshot.unwrap_or_else(Self::empty);
                    for (key, fact, revision) in batch.decoded(&texts)? {
                        snapshot.set(&key, Some((fact, revision)));
                    }
                    progress.add(batch.records.len());
                    Ok(snapshot)
                }
            }
        })
    }
}

/// Records as they are stored, one after the other.
#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    /// Of each record how long its key is, how long its value, and its revision.
    records: Vec<(usize, usize, Revision)>,
}

type Decoded = Vec<(Key, Fact, Revision)>;

impl Batch {
    fn add(&mut self, seen: Seen<'_>) {
        self.bytes.extend_from_slice(seen.key);
        self.bytes.extend_from_slice(seen.value);
        self.records.push((seen.key.len(), seen.value.len(), seen.revision));
    }

    fn is_full(&self, records: usize) -> bool {
        self.bytes.len() >= BATCH_BYTES || self.records.len() >= records
    }

    fn decoded(&self, texts: &Texts) -> Result<Decoded, LoadError> {
        let mut rest = &*self.bytes;
        let mut take = |length| {
            let (taken, left) = rest.split_at_checked(length).unwrap_or_default();
            rest = left;
            taken
        };
        let decode = |(key, value, revision): &(usize, usize, Revision)| {
            let key = Key::read(take(*key))?;
            let fact = decode(&key, take(*value), texts)?;
            Ok((key, fact, *revision))
        };
        self.records.iter().map(decode).collect()
    }
}

/// The threads through which batches go. Batch by batch they take turns, so that the order of the batches is the order
/// of the turns.
struct Line<'scope> {
    decoders: Vec<SyncSender<Batch>>,
    turn: usize,
    folder: ScopedJoinHandle<'scope, Result<Snapshot, LoadError>>,
}

impl<'scope> Line<'scope> {
    fn start<'env: 'scope>(
        scope: &'scope Scope<'scope, 'env>,
        snapshot: Snapshot,
        progress: &'env Progress,
        texts: &Arc<Texts>,
        decoders: usize,
    ) -> std::io::Result<Self> {
        let (mut senders, mut receivers) = (Vec::new(), Vec::new());
        for _ in 0..decoders {
            let (sender, batches) = sync_channel::<Batch>(BATCHES_WAITING);
            let (decoded, receiver) = sync_channel(BATCHES_WAITING);
            let texts = Arc::clone(texts);
            let work = move || {
                // Whoever folds stops listening at the first fault.
                batches
                    .iter()
                    .map(|batch| batch.decoded(&texts))
                    .try_for_each(|facts| decoded.send(facts))
                    .ok()
            };
            Builder::new().name("decode".to_owned()).spawn_scoped(scope, work)?;
            senders.push(sender);
            receivers.push(receiver);
        }
        let fold = move || fold(snapshot, &receivers, progress);
        let folder = Builder::new().name("fold".to_owned()).spawn_scoped(scope, fold)?;
        Ok(Self { decoders: senders, turn: 0, folder })
    }

    /// Hands on a batch; false if nobody takes it any more.
    fn send(&mut self, batch: Batch) -> bool {
        let turn = self.turn % self.decoders.len();
        self.turn += 1;
        self.decoders.get(turn).is_some_and(|decoder| decoder.send(batch).is_ok())
    }

    /// What was folded, with one last batch. A thread that panicked panics here, or at the end of the scope.
    fn finish(mut self, last: Batch) -> Result<Snapshot, LoadError> {
        self.send(last);
        drop(self.decoders);
        self.folder.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

/// Folds batches in turn until whose turn it is has no more: then nobody has.
fn fold(
    snapshot: Snapshot,
    receivers: &[Receiver<Result<Decoded, LoadError>>],
    progress: &Progress,
) -> Result<Snapshot, LoadError> {
    let mut folding = Folding { snapshot, inline: Vec::new(), holder: None };
    for receiver in iter::repeat_with(|| receivers).flatten() {
        let Ok(batch) = receiver.recv() else { break };
        let batch = batch?;
        progress.add(batch.len());
        batch.into_iter().for_each(|record| folding.add(record));
    }
    folding.finish()
}

/// A snapshot whose largest tables are made at the end, all at once.
struct Folding {
    snapshot: Snapshot,
    /// Inline policies by holder, of those who are complete.
    inline: Vec<(UniqueId, Arc<[Stored<InlinePolicy>]>)>,
    /// The holder whose inline policies are being read: they come one after the other, ordered by name.
    holder: Option<(UniqueId, Vec<Stored<InlinePolicy>>)>,
}

impl Folding {
    fn add(&mut self, (key, fact, revision): (Key, Fact, Revision)) {
        match (key, fact) {
            (Key::Inline(holder, _), Fact::Inline(value)) => {
                let policy = Stored { value, revision };
                match &mut self.holder {
                    Some((same, policies)) if *same == holder => policies.push(policy),
                    other => {
                        let before = other.replace((holder, vec![policy]));
                        self.inline.extend(before.map(|(holder, policies)| (holder, policies.into())));
                    }
                }
            }
            // Nothing is replaced, and everything is indexed at the end.
            (key, fact) => drop(self.snapshot.place(&key, Some((fact, revision)))),
        }
    }

    /// Makes the indexes, by unique id on a thread of their own.
    fn finish(self) -> Result<Snapshot, LoadError> {
        let Self { mut snapshot, inline, holder } = self;
        let last = holder.map(|(holder, policies)| (holder, policies.into()));
        let accounts = snapshot.accounts.clone();
        let count = accounts.values().map(|holdings| holdings.entity_count()).sum();
        let entities = || accounts.values().flat_map(|holdings| holdings.entities());
        std::thread::scope(|scope| {
            let by_id = || {
                let inline = Table::of(inline.len() + 1, inline.into_iter().chain(last));
                (Table::of(count, entities().map(|entity| (entity.id(), entity))), inline)
            };
            let by_id = Builder::new().spawn_scoped(scope, by_id).map_err(LoadError::Thread)?;
            entities().for_each(|entity| snapshot.link(&entity));
            let (entities, inline) = by_id.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (snapshot.entities, snapshot.inline) = (entities, inline);
            Ok(snapshot)
        })
    }
}
