//! The durable store of a single server: one file in a directory, through redb.
//!
//! **Writing.** One thread writes. Commits that arrive while it waits for the disk become one redb transaction: each
//! is checked in turn against the store and the commits before it in the batch, and all are answered after the batch
//! is on disk. Every batch also saves redb's allocator state (quick repair), so opening after a crash takes
//! milliseconds whatever the size of the file.
//!
//! **Reading.** After each batch the writer publishes a redb read transaction together with the changes. Readers share
//! it, so a snapshot is free and sees only what is on disk.
//!
//! **History** for watchers is kept in memory only, up to [`HistoryLimit`]. After opening, a watch can start from the
//! current revision; whoever watches lives in this process and has to load the store anyway.
//!
//! **Failure.** After a failed write nothing of the batch is acknowledged, readers keep the last acknowledged state, and
//! the next commit first opens the file anew, as after a crash. Commits that were being made durable get
//! [`CommitError::Unknown`]; if the file turns out to hold them, the store moves on to their revision and watchers are
//! told to start over. After a failed sync the store refuses writes until it is opened anew: the kernel may have dropped
//! the unwritten pages and will not say so again. Check the disk before doing so.
//!
//! **Exclusion.** The directory holds a locked file, `lock`, with the process id of the owner. The lock ends with the
//! process, however it ends.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use crate::feed::{Feed, FeedWatch};
use crate::{
    Cause, CommitError, Entry, Health, HistoryLimit, Key, KeyRange, Page, PageSize, ReadError, Revision,
    Seen, Snapshot, Store, Transaction, Watch, WatchError,
};

mod database;
mod directory;
mod shield;
mod view;
mod writer;

#[cfg(test)]
mod faults;
#[cfg(test)]
mod tests;

pub use directory::Medium;
pub use redb::StorageBackend;

use view::View;
use writer::{Request, Writer};

/// The version of what the file holds. Raised when an older program could misread it.
pub const FORMAT: u64 = 1;

/// The most commits that wait for the writer; further callers wait for room.
pub const QUEUE_COMMITS_MAX: usize = 256;

/// The most commits of one batch.
pub const BATCH_COMMITS_MAX: usize = 256;

/// A batch ends with the commit that brings it to this many bytes of keys and values (8 MiB).
pub const BATCH_BYTES_MAX: usize = 8 * 1024 * 1024;

/// What an embedded store may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Memory for the pages of the file, in bytes.
    pub cache_bytes: usize,
    /// Memory for the changes that watchers can ask for.
    pub history: HistoryLimit,
}

impl Default for Options {
    /// 64 MiB of pages, and [`HistoryLimit::default`].
    fn default() -> Self {
        Self { cache_bytes: 64 * 1024 * 1024, history: HistoryLimit::default() }
    }
}

/// A store that was not opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// Another process, or this one, has the directory open.
    #[error("the data directory `{}` is in use{}", .directory.display(), by(*.pid))]
    InUse {
        /// The directory.
        directory: PathBuf,
        /// The process that holds it, if it said so.
        pid: Option<u32>,
    },
    /// The directory, or a file in it, cannot be created, opened or locked.
    #[error("the data directory `{}` cannot be used", .directory.display())]
    Directory {
        /// The directory.
        directory: PathBuf,
        /// What failed.
        #[source]
        source: io::Error,
    },
    /// The file failed while it was being opened.
    #[error("the store's file cannot be opened")]
    File(#[source] io::Error),
    /// The disk failed while the file was being opened.
    #[error("the store's file cannot be brought up to date")]
    Disk(#[source] Arc<Failure>),
    /// The file is not a redb file, or damaged.
    #[error("the store's file cannot be read")]
    Engine(#[source] Box<redb::Error>),
    /// The file was written by a newer program.
    #[error(
        "the store's file has format {found}, and this program knows up to format {FORMAT}; use a newer program"
    )]
    NewerFormat {
        /// The format of the file.
        found: u64,
    },
    /// The file is redb's but not a store's.
    #[error("the file is not a store's: {reason}")]
    Foreign {
        /// What is missing or wrong.
        reason: &'static str,
    },
    /// The system refused a thread.
    #[error("the writer of the store cannot be started")]
    Thread(#[source] io::Error),
}

fn by(pid: Option<u32>) -> String {
    pid.map_or_else(String::new, |pid| format!(" by process {pid}"))
}

impl<E: Into<redb::Error>> From<E> for OpenError {
    fn from(error: E) -> Self {
        Self::Engine(Box::new(error.into()))
    }
}

/// Why a write failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// Writing or growing the file failed, for example because the disk is full.
    #[error("writing to the store's file failed")]
    Write(#[source] io::Error),
    /// The system could not say that what was written is on disk.
    #[error("forcing the store's file to disk failed; writes are refused until the store is opened anew")]
    Sync(#[source] io::Error),
    /// redb failed.
    #[error("the storage engine failed")]
    Engine(#[source] Box<redb::Error>),
    /// The writer panicked.
    #[error("the writer of the store panicked")]
    Panic,
    /// The file could not be opened anew after a failure.
    #[error("opening the store's file anew after a failed write failed")]
    Reopen(#[source] Box<OpenError>),
    /// The store was closed.
    #[error("the store is closed")]
    Closed,
}

impl<E: Into<redb::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Engine(Box::new(error.into()))
    }
}

/// The last failure, if no write has succeeded since.
type LastFailure = Mutex<Option<Arc<Failure>>>;

/// A [`Store`] in one file of a directory.
///
/// Dropping it finishes the commits under way and closes the file. Snapshots that outlive it may fail.
pub struct Embedded {
    /// `None` only while dropping.
    queue: Option<SyncSender<Request>>,
    writer: Option<JoinHandle<()>>,
    feed: Arc<Feed<View>>,
    failure: Arc<LastFailure>,
}

impl Embedded {
    /// Opens the store in `directory`, creating both if need be, for the owner's eyes only.
    ///
    /// # Errors
    /// [`OpenError`]: the directory is in use or unusable, or the file is damaged, newer or something else.
    pub fn open(directory: &Path, options: Options) -> Result<Self, OpenError> {
        Self::open_on(Box::new(directory::Directory::claim(directory)?), options)
    }

    /// Opens the store kept on `medium`.
    ///
    /// # Errors
    /// [`OpenError`]: the medium fails, or what it holds is damaged, newer or something else.
    pub fn open_on(medium: Box<dyn Medium>, options: Options) -> Result<Self, OpenError> {
        let database = database::open_or_create(medium.as_ref(), options.cache_bytes)?;
        let (view, revision) = View::of(&database)?;
        let feed = Arc::new(Feed::new(view, revision, options.history));
        let failure = Arc::new(LastFailure::default());
        let (queue, requests) = sync_channel(QUEUE_COMMITS_MAX);
        let writer = Writer::new(database, medium, options, Arc::clone(&feed), Arc::clone(&failure));
        let thread = std::thread::Builder::new().name("store-writer".to_owned());
        let writer = thread.spawn(move || writer.run(&requests)).map_err(OpenError::Thread)?;
        Ok(Self { queue: Some(queue), writer: Some(writer), feed, failure })
    }

    /// Asks the newest view, and once more if a newer one has replaced it while it was asked.
    fn ask<R>(&self, question: impl Fn(&EmbeddedSnapshot) -> Result<R, ReadError>) -> Result<R, ReadError> {
        let (view, revision) = self.feed.view();
        let first = EmbeddedSnapshot { view, revision };
        question(&first).or_else(|error| {
            let (view, revision) = self.feed.view();
            if view.is(&first.view) { Err(error) } else { question(&EmbeddedSnapshot { view, revision }) }
        })
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(writer) = self.writer.take() {
            // A writer that panicked has acknowledged nothing it should not have; there is no one left to tell.
            let _ = writer.join();
        }
        self.feed.close();
    }
}

impl Store for Embedded {
    fn revision(&self) -> Result<Revision, ReadError> {
        Ok(self.feed.revision())
    }

    fn snapshot(&self) -> Result<Box<dyn Snapshot>, ReadError> {
        let (view, revision) = self.feed.view();
        Ok(Box::new(EmbeddedSnapshot { view, revision }))
    }

    fn read(&self, key: &Key) -> Result<Option<Entry>, ReadError> {
        self.ask(|snapshot| snapshot.read(key))
    }

    fn range(&self, range: &KeyRange, size: PageSize) -> Result<Page, ReadError> {
        self.ask(|snapshot| snapshot.range(range, size))
    }

    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError> {
        let closed: Cause = Arc::new(Failure::Closed);
        let Some(queue) = &self.queue else { return Err(CommitError::Unavailable { cause: closed }) };
        let (reply, answer) = sync_channel(1);
        if queue.send(Request { transaction, reply }).is_err() {
            return Err(CommitError::Unavailable { cause: closed });
        }
        answer.recv().unwrap_or_else(|_| Err(CommitError::Unknown { cause: Arc::new(Failure::Panic) }))
    }

    fn watch(&self, after: Revision) -> Result<Box<dyn Watch>, WatchError> {
        Ok(Box::new(FeedWatch::new(Arc::clone(&self.feed), after)?))
    }

    fn health(&self) -> Health {
        if self.writer.as_ref().is_none_or(JoinHandle::is_finished) {
            return Health::ReadOnly { cause: Arc::new(Failure::Closed) };
        }
        let failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(failure) = failure else { return Health::Ready };
        match *failure {
            Failure::Sync(_) => Health::ReadOnly { cause: failure },
            Failure::Write(_)
            | Failure::Engine(_)
            | Failure::Panic
            | Failure::Reopen(_)
            | Failure::Closed => Health::Degraded { cause: failure },
        }
    }
}

struct EmbeddedSnapshot {
    view: View,
    revision: Revision,
}

impl Snapshot for EmbeddedSnapshot {
    fn revision(&self) -> Revision {
        self.revision
    }

    fn read(&self, key: &Key) -> Result<Option<Entry>, ReadError> {
        self.view.read(key)
    }

    fn range(&self, range: &KeyRange, size: PageSize) -> Result<Page, ReadError> {
        self.view.range(range, size, self.revision)
    }

    fn for_each(
        &self,
        range: &KeyRange,
        see: &mut dyn FnMut(Seen<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        self.view.for_each(range, see)
    }

    fn about_how_many(&self) -> Option<u64> {
        self.view.len()
    }
}
