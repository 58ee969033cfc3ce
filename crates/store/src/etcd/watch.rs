//! Watching: a task that follows the cluster, and a queue from it to whoever watches.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::Engine;
use super::failure::{CallError, Failure};
use super::layout::{decode, format_mark, revision};
use super::link::Link;
use super::proto::{DELETED, Event, WatchCreateRequest, WatchResponse};
use super::read::head;
use crate::transaction::write_bytes;
use crate::{Change, Key, Revision, WatchError, Write};

/// What waits in the queue of one watcher at most; the cluster keeps the rest.
const QUEUE_CHANGES_MAX: usize = 4096;

/// And how many bytes of it (32 MiB).
const QUEUE_BYTES_MAX: usize = 32 * 1024 * 1024;

/// How long it may be quiet before the watcher asks whether it has missed something: a member that is paused or cut
/// off says nothing either.
const QUIET: Duration = Duration::from_secs(1);

/// Changes on their way to the watcher.
#[derive(Default)]
struct Queue {
    state: Mutex<State>,
    filled: Condvar,
    emptied: Notify,
}

#[derive(Default)]
struct State {
    changes: VecDeque<Arc<Change>>,
    bytes: usize,
    end: Option<WatchError>,
}

impl Queue {
    /// Nothing is done under the lock that could leave it half done.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn push(&self, change: Change) {
        loop {
            let emptied = self.emptied.notified();
            {
                let state = self.lock();
                if state.changes.len() < QUEUE_CHANGES_MAX && state.bytes < QUEUE_BYTES_MAX {
                    break;
                }
            }
            emptied.await;
        }
        let mut state = self.lock();
        state.bytes += bytes_of(&change);
        state.changes.push_back(Arc::new(change));
        drop(state);
        self.filled.notify_all();
    }

    fn end(&self, error: WatchError) {
        self.lock().end = Some(error);
        self.filled.notify_all();
    }

    fn next(&self, timeout: Duration) -> Result<Option<Arc<Change>>, WatchError> {
        // `None`: the timeout is past what the clock can say, so there is no deadline.
        let deadline = std::time::Instant::now().checked_add(timeout);
        let mut state = self.lock();
        loop {
            if let Some(change) = state.changes.pop_front() {
                state.bytes -= bytes_of(&change);
                drop(state);
                self.emptied.notify_one();
                return Ok(Some(change));
            }
            if let Some(error) = &state.end {
                return Err(error.clone());
            }
            let left =
                deadline.map_or(Duration::MAX, |at| at.saturating_duration_since(std::time::Instant::now()));
            if left.is_zero() {
                return Ok(None);
            }
            state = self.filled.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

fn bytes_of(change: &Change) -> usize {
    change.writes.iter().map(|(key, write)| write_bytes(key, write)).sum()
}

/// A watch of the cluster. It begins to follow when it is first asked.
pub struct EtcdWatch {
    engine: Arc<Engine>,
    queue: Arc<Queue>,
    start: Option<Follower>,
    task: Option<JoinHandle<()>>,
    after: Revision,
}

impl EtcdWatch {
    /// Watches what comes after `after`.
    pub fn new(
        engine: &Arc<Engine>,
        after: Revision,
        closed: watch::Receiver<Option<Revision>>,
    ) -> Result<Self, WatchError> {
        let from = engine
            .wait(move |link| async move { start(&link, after, 0).await })
            .map_err(|error| WatchError::Unavailable { reason: one_line(&error) })??;
        let queue = Arc::new(Queue::default());
        let start = Follower { queue: Arc::clone(&queue), closed, position: after, from };
        Ok(Self { engine: Arc::clone(engine), queue, start: Some(start), task: None, after })
    }
}

impl crate::Watch for EtcdWatch {
    fn next(&mut self, timeout: Duration) -> Result<Option<Arc<Change>>, WatchError> {
        if let Some(follower) = self.start.take() {
            self.task = self.engine.spawn(move |link| follower.run(link));
        }
        let change = self.queue.next(timeout)?;
        if let Some(change) = &change {
            self.after = change.revision;
        }
        Ok(change)
    }

    fn position(&self) -> Revision {
        self.after
    }
}

impl Drop for EtcdWatch {
    fn drop(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }
}

/// An error and what caused it, in one line.
fn one_line(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

fn unavailable(error: CallError) -> WatchError {
    WatchError::Unavailable { reason: one_line(&*error.failure()) }
}

/// The revision of the cluster from which on to watch so that nothing after the store's revision `after` is missed;
/// all is known up to the cluster's revision `known`.
///
/// Other applications make compaction pass revisions at which this store did not change: only the head tells whether
/// anything was missed.
async fn start(link: &Link, after: Revision, known: i64) -> Result<i64, WatchError> {
    let (current, at) = head(link, 0).await.map_err(unavailable)?;
    if current < after {
        return Err(WatchError::Ahead { after, current });
    }
    if current == after {
        return Ok(at);
    }
    let from = i64::try_from(after.0).unwrap_or(i64::MAX).max(known).max(1);
    loop {
        match head(link, from).await {
            Ok(_) => return Ok(from),
            Err(CallError::Compacted) => {}
            Err(error) => return Err(unavailable(error)),
        }
        let compacted = compacted(link).await.map_err(unavailable)?;
        match head(link, compacted).await {
            Ok((oldest, _)) if oldest <= after => return Ok(compacted),
            Ok((oldest, _)) => return Err(WatchError::Compacted { after, oldest }),
            // Compacted again meanwhile.
            Err(CallError::Compacted) => {}
            Err(error) => return Err(unavailable(error)),
        }
    }
}

/// The revision up to which the cluster was compacted: a watch from before it is told.
async fn compacted(link: &Link) -> Result<i64, CallError> {
    let deadline = Instant::now() + link.patience;
    let request = || WatchCreateRequest { key: link.layout.head(), start_revision: 1, ..Default::default() };
    loop {
        match told(link, request(), deadline).await {
            Err(CallError::NotDone(_) | CallError::Unknown(_)) if link.pause(deadline).await => link.turn(),
            Err(CallError::Stranger(failure)) => link.enter(failure, deadline).await?,
            outcome => return outcome,
        }
    }
}

async fn told(link: &Link, request: WatchCreateRequest, deadline: Instant) -> Result<i64, CallError> {
    let mut stream = link.watch(request).await?;
    loop {
        let response = link.next(&mut stream, deadline).await?;
        if response.compact_revision > 0 {
            return Ok(response.compact_revision);
        }
    }
}

/// Follows the cluster for one watcher.
struct Follower {
    queue: Arc<Queue>,
    /// Set when the store is closed, to the newest revision that was acknowledged by it.
    closed: watch::Receiver<Option<Revision>>,
    /// The newest revision of the store that is in the queue.
    position: Revision,
    /// Everything is known up to this revision of the cluster.
    from: i64,
}

/// Why one stream of changes ended.
enum Break {
    /// Another may go on.
    Again,
    /// For good.
    End(WatchError),
}

impl Follower {
    async fn run(mut self, link: Arc<Link>) {
        let mut failing_since = None;
        loop {
            let before = self.position;
            let Break::End(error) = self.stream(&link).await else {
                if self.position > before {
                    failing_since = None;
                }
                let since = *failing_since.get_or_insert_with(Instant::now);
                match self.resume(&link, since).await {
                    Ok(()) => continue,
                    Err(error) => return self.queue.end(error),
                }
            };
            return self.queue.end(error);
        }
    }

    /// Finds out where to go on.
    async fn resume(&mut self, link: &Link, since: Instant) -> Result<(), WatchError> {
        if let Some(last) = *self.closed.borrow()
            && (self.position >= last || since.elapsed() > link.patience)
        {
            return Err(WatchError::Closed);
        }
        link.pause(Instant::now()).await;
        self.from = start(link, self.position, self.from).await?;
        Ok(())
    }

    async fn stream(&mut self, link: &Link) -> Break {
        let (key, range_end) = link.layout.everything();
        // From what is known, inclusive: etcd refuses it if that is compacted, and tells nothing of a revision that
        // is just what it was compacted to and may have lost its deletions.
        let request = WatchCreateRequest { key, range_end, start_revision: self.from.max(1), fragment: true };
        let mut stream = match link.watch(request).await {
            Ok(stream) => stream,
            Err(error) => return self.broken(link, error).await,
        };
        let (mut part, mut stalled) = (Part::default(), false);
        loop {
            let response = tokio::select! {
                response = link.next(&mut stream, Instant::now() + QUIET * 3600) => response,
                () = self.quiet() => {
                    match self.is_behind(link).await {
                        Ok(true) if stalled => {
                            link.turn();
                            return Break::Again;
                        }
                        Ok(behind) => stalled = behind,
                        Err(end) => return end,
                    }
                    continue;
                }
            };
            let response = match response {
                Ok(response) => response,
                Err(error) => return self.broken(link, error).await,
            };
            stalled = false;
            if let Err(end) = self.take(link, &mut part, response).await {
                return end;
            }
            if self.is_closed() {
                return Break::End(WatchError::Closed);
            }
        }
    }

    fn is_closed(&self) -> bool {
        self.closed.borrow().is_some_and(|last| self.position >= last)
    }

    /// Waits until it has been quiet for a while, or the store was closed.
    async fn quiet(&mut self) {
        let mut closed = self.closed.clone();
        let was_closed = closed.borrow_and_update().is_some();
        tokio::select! {
            () = tokio::time::sleep(QUIET) => {}
            _ = closed.changed(), if !was_closed => {}
        }
    }

    /// Whether the store has changes that have not come; notes how far there are none.
    async fn is_behind(&mut self, link: &Link) -> Result<bool, Break> {
        if self.is_closed() {
            return Err(Break::End(WatchError::Closed));
        }
        match head(link, 0).await {
            Ok((current, at)) if current == self.position => {
                self.from = self.from.max(at);
                Ok(false)
            }
            Ok((current, _)) if current < self.position => {
                Err(Break::End(WatchError::Ahead { after: self.position, current }))
            }
            Ok(_) => Ok(true),
            Err(error) => Err(Break::End(unavailable(error))),
        }
    }

    async fn broken(&self, link: &Link, error: CallError) -> Break {
        match error {
            CallError::NotDone(_) | CallError::Unknown(_) | CallError::Compacted => {
                link.turn();
                Break::Again
            }
            CallError::Stranger(failure) => match link.enter(failure, Instant::now() + link.patience).await {
                Ok(()) => Break::Again,
                Err(error) => Break::End(unavailable(error)),
            },
            error @ (CallError::Refused(_) | CallError::TooLarge) => Break::End(unavailable(error)),
        }
    }

    /// Takes the events of one response.
    async fn take(&mut self, link: &Link, part: &mut Part, response: WatchResponse) -> Result<(), Break> {
        if response.canceled {
            return Err(match response.compact_revision {
                0 if response.cancel_reason.contains("permission denied") => {
                    let prefix = link.layout.prefix().to_owned();
                    Break::End(unavailable(CallError::refused(Failure::Permission { prefix })))
                }
                _ => Break::Again,
            });
        }
        for event in response.events {
            let Some(raw) = event.kv.as_ref().map(|kv| kv.mod_revision) else { continue };
            if raw > self.from {
                self.event(link, part, event, raw).await.map_err(Break::End)?;
            }
        }
        // All of a revision is in one response, or in the fragments of one.
        if !response.fragment && !part.writes.is_empty() {
            return Err(Break::End(part.foreign()));
        }
        Ok(())
    }

    async fn event(
        &mut self,
        link: &Link,
        part: &mut Part,
        event: Event,
        raw: i64,
    ) -> Result<(), WatchError> {
        let Some(kv) = event.kv else { return Ok(()) };
        if part.revision != raw && !part.writes.is_empty() {
            return Err(part.foreign());
        }
        part.revision = raw;
        let deleted = event.kind == DELETED;
        if kv.key == link.layout.head() && !deleted {
            let change = Change { revision: revision(raw), writes: std::mem::take(&mut part.writes) };
            (self.position, self.from) = (change.revision, raw);
            self.queue.push(change).await;
            return Ok(());
        }
        let makes = kv.key == link.layout.format() && kv.value == format_mark();
        if !deleted && (makes || kv.key == link.layout.fence()) {
            return Ok(());
        }
        let foreign = || unavailable(CallError::refused(Failure::foreign(&kv)));
        let key = link.layout.key_of(&kv.key).ok_or_else(foreign)?;
        let write =
            if deleted { Write::Delete } else { Write::Put(decode(&key, &kv.value).ok_or_else(foreign)?) };
        part.writes.push((key, write));
        Ok(())
    }
}

/// The writes of one revision, as far as they have come.
#[derive(Default)]
struct Part {
    revision: i64,
    writes: Vec<(Key, Write)>,
}

impl Part {
    /// A revision that ended without the head, which each commit writes last.
    fn foreign(&self) -> WatchError {
        let key = self.writes.first().map_or_else(String::new, |(key, _)| format!("entry/{key}"));
        unavailable(CallError::refused(Failure::Foreign { key }))
    }
}
