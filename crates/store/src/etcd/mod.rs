//! A [`Store`] in an etcd cluster: any number of servers share it.
//!
//! Each commit is a transaction of etcd that compares revisions and then writes; its revision is etcd's. Commits that
//! wait at the same time may share a transaction and so a revision: see `group`. Other
//! applications may use the same cluster: the store's revision is that of one key, `head`, which every commit writes,
//! so that it stands still while others write. See `layout` for the keys, `commit` for how a commit whose answer was
//! lost is settled, `watch` for how nothing is missed.
//!
//! It runs a small runtime of its own; nothing of it shows. Every call ends in bounded time: see [`Options`].

use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::sync::watch::{Sender, channel};
use tokio::task::JoinHandle;
use zeroize::Zeroizing;

use self::failure::CallError;
use self::layout::{Layout, check_format, format_mark, get};
use self::link::Link;
use self::proto::{
    CREATE, Compare, EQUAL, KeyValue, Operation, Outcome, RangeRequest, Target, TxnRequest, TxnResponse,
    revision_of,
};
use self::read::EtcdSnapshot;
use self::watch::EtcdWatch;
use crate::{
    Cause, CommitError, Entry, Health, Key, KeyRange, Page, PageSize, ReadError, Revision, Snapshot, Store,
    Transaction, Watch, WatchError,
};

pub use failure::Failure;

mod commit;
mod failure;
mod group;
mod layout;
mod link;
pub(crate) mod proto;
mod read;
#[cfg(test)]
mod tests;
mod watch;

/// The longest prefix, in bytes.
pub const PREFIX_BYTES_MAX: usize = 64;

/// The prefix unless another is chosen.
pub const PREFIX: &str = "doorward/";

/// How a cluster is reached and how long one waits for it.
#[derive(Debug, Clone)]
pub struct Options {
    /// The addresses of the members, such as `https://10.0.0.1:2379`; one suffices, but does not survive its failure.
    pub endpoints: Vec<String>,
    /// What all keys begin with: 1 to [`PREFIX_BYTES_MAX`] printable ASCII characters, the last of them `/`. No other
    /// application's keys may begin with it.
    pub prefix: String,
    /// Encryption; `None` for `http://`.
    pub tls: Option<Tls>,
    /// Who one is, where the cluster asks.
    pub login: Option<Login>,
    /// How long one member has to answer.
    pub attempt: Duration,
    /// How long the members have together. A commit whose outcome is not known then has the same time again to
    /// become known.
    pub patience: Duration,
}

impl Options {
    /// The cluster at `endpoints`, without encryption or a password; 3 s for an attempt and 10 s in all.
    pub fn new(endpoints: Vec<String>) -> Self {
        let (attempt, patience) = (Duration::from_secs(3), Duration::from_secs(10));
        Self { endpoints, prefix: PREFIX.to_owned(), tls: None, login: None, attempt, patience }
    }
}

/// Encryption to the cluster.
#[derive(Debug, Clone)]
pub struct Tls {
    /// Certificates of the CAs that may have signed the members' certificates, as PEM.
    pub ca: Vec<u8>,
    /// One's own certificate and its key, as PEM, where the cluster asks for one.
    pub identity: Option<(Vec<u8>, Secret)>,
}

/// A user of etcd.
#[derive(Debug, Clone)]
pub struct Login {
    /// The name.
    pub user: String,
    /// The password.
    pub password: Secret,
}

/// A password or a private key as text: not shown, and wiped when dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Keeps `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// Why the store cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// No member is named.
    #[error("no endpoint of etcd is named")]
    NoEndpoint,
    /// An endpoint cannot be one.
    #[error("the endpoint `{endpoint}` of etcd cannot be used: {reason}")]
    Endpoint {
        /// What was given.
        endpoint: String,
        /// What is wrong with it, in one line.
        reason: String,
    },
    /// The prefix cannot be one.
    #[error(
        "the prefix `{prefix}` cannot be used: it has to be 1 to {PREFIX_BYTES_MAX} printable ASCII characters, the \
         last of them `/`"
    )]
    Prefix {
        /// What was given.
        prefix: String,
    },
    /// Something else is under the prefix.
    #[error(
        "the key `{key}` in etcd is not Doorward's: choose another prefix, or remove what is under this one"
    )]
    Foreign {
        /// The first key that is not the store's.
        key: String,
    },
    /// A newer program wrote the store.
    #[error(
        "etcd holds format {found} of the store, and this program knows up to format {known}; use a newer program"
    )]
    Newer {
        /// The format in etcd.
        found: u64,
        /// The newest format this program knows.
        known: u64,
    },
    /// The cluster did not answer, or refused.
    #[error("the store in etcd cannot be opened")]
    Unavailable(#[source] Arc<Failure>),
    /// The runtime cannot be started.
    #[error("the threads that talk to etcd cannot be started")]
    Runtime(#[source] std::io::Error),
    /// The system has no randomness.
    #[error("the system has no random numbers")]
    Random(#[source] getrandom::Error),
}

impl From<CallError> for OpenError {
    fn from(error: CallError) -> Self {
        Self::Unavailable(error.failure())
    }
}

/// The runtime and what runs on it.
struct Engine {
    /// `None` only while dropping.
    runtime: Option<Runtime>,
    link: Arc<Link>,
}

impl Engine {
    /// Does `work` on the runtime, and waits for it. It waits without a runtime of its own, so it may be called from
    /// anywhere.
    fn wait<T, F>(&self, work: impl FnOnce(Arc<Link>) -> F) -> Result<T, ReadError>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        let (reply, answer) = std::sync::mpsc::sync_channel(1);
        let work = work(Arc::clone(&self.link));
        if let Some(runtime) = &self.runtime {
            // Whoever asked is waiting, or has gone and needs no answer.
            runtime.spawn(async move { reply.send(work.await).ok() });
        }
        answer.recv().map_err(|_| ReadError::Unavailable { cause: Arc::new(Failure::Ended) })
    }

    fn spawn<F>(&self, work: impl FnOnce(Arc<Link>) -> F) -> Option<JoinHandle<()>>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Some(self.runtime.as_ref()?.spawn(work(Arc::clone(&self.link))))
    }

    fn layout(&self) -> &Layout {
        &self.link.layout
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Does not wait, and so may happen anywhere.
            runtime.shutdown_background();
        }
    }
}

/// A [`Store`] in an etcd cluster. Dropping it lets its watches have what it has committed, and ends them.
pub struct Etcd {
    engine: Arc<Engine>,
    acknowledged: AtomicU64,
    closed: Sender<Option<Revision>>,
}

impl Etcd {
    /// Opens the store under the prefix, creating it if nothing is there.
    ///
    /// # Errors
    /// [`OpenError`]: an option is wrong, the cluster does not answer within the patience, or what is under the
    /// prefix is newer or something else.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        let mut name = [0; 8];
        getrandom::fill(&mut name).map_err(OpenError::Random)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("store-etcd")
            .enable_all()
            .build()
            .map_err(OpenError::Runtime)?;
        let link = {
            let _within = runtime.enter();
            Arc::new(Link::new(options, name)?)
        };
        let engine = Arc::new(Engine { runtime: Some(runtime), link });
        let opened = engine.wait(|link| async move { prepare(&link, name).await });
        opened.map_err(|_| OpenError::Unavailable(Arc::new(Failure::Ended)))??;
        let (closed, _) = channel(None);
        Ok(Self { engine, acknowledged: AtomicU64::new(0), closed })
    }
}

/// Makes the store if nothing is there, or checks that it is one.
async fn prepare(link: &Link, name: [u8; 8]) -> Result<(), OpenError> {
    let (key, range_end) = link.layout.everything();
    let nothing = Compare {
        result: EQUAL,
        target: CREATE,
        key: key.clone(),
        target_union: Some(Target::Create(0)),
        range_end,
    };
    let (_, range_end) = link.layout.everything();
    let first = RangeRequest { key, range_end, limit: 1, keys_only: true, ..RangeRequest::default() };
    let read = |request| Operation::Range(request).into();
    let request = TxnRequest {
        compare: vec![nothing],
        success: vec![
            commit::put(link.layout.format(), &format_mark()),
            commit::put(link.layout.fence(), &name),
        ],
        failure: vec![read(get(link.layout.format())), read(get(link.layout.fence())), read(first)],
    };
    let answer = link.repeat(request).await?;
    let fence =
        if answer.succeeded { revision_of(answer.header.as_ref()) } else { found_fence(link, &answer)? };
    link.fence.store(fence, Ordering::SeqCst);
    Ok(())
}

/// The fence of a store that was there.
fn found_fence(link: &Link, answer: &TxnResponse) -> Result<i64, OpenError> {
    let mut found = answer.responses.iter().map(|response| match &response.response {
        Some(Outcome::Range(range)) => range.kvs.first(),
        Some(Outcome::Put(_) | Outcome::Delete(_)) | None => None,
    });
    let mut next = || found.next().flatten();
    let (format, fence, first): (Option<&KeyValue>, Option<&KeyValue>, Option<&KeyValue>) =
        (next(), next(), next());
    let named = |key: &[u8]| OpenError::Foreign { key: key.escape_ascii().to_string() };
    let Some(format) = format else {
        return Err(named(first.map_or(link.layout.prefix().as_bytes(), |first| &first.key)));
    };
    check_format(&link.layout, &format.value)?;
    fence.map(|fence| fence.mod_revision).ok_or_else(|| named(&link.layout.format()))
}

#[cfg(any(test, feature = "cluster"))]
impl Etcd {
    /// One put of etcd, with none of the store's promises: what commits are measured against. Whether it was done.
    pub fn put_raw(&self, key: &[u8], value: &[u8]) -> bool {
        let put = proto::PutRequest { key: key.to_vec(), value: value.to_vec() };
        let done = self.engine.wait(move |link| async move {
            link.call::<_, proto::PutResponse>("/etcdserverpb.KV/Put", put).await.is_ok()
        });
        done.unwrap_or(false)
    }
}

impl Drop for Etcd {
    fn drop(&mut self) {
        self.closed.send_replace(Some(Revision(self.acknowledged.load(Ordering::SeqCst))));
    }
}

impl Store for Etcd {
    fn revision(&self) -> Result<Revision, ReadError> {
        let head = self.engine.wait(|link| async move { read::head(&link, 0).await })?;
        head.map(|(revision, _)| revision).map_err(|error| read::read_error(error, Revision::ZERO))
    }

    fn snapshot(&self) -> Result<Box<dyn Snapshot>, ReadError> {
        Ok(Box::new(EtcdSnapshot::newest(&self.engine)?))
    }

    fn read(&self, key: &Key) -> Result<Option<Entry>, ReadError> {
        let key = key.clone();
        self.engine.wait(move |link| async move { read::newest(&link, &key).await })?
    }

    fn range(&self, range: &KeyRange, size: PageSize) -> Result<Page, ReadError> {
        EtcdSnapshot::newest(&self.engine)?.range(range, size)
    }

    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError> {
        let outcome = self.engine.wait(move |link| async move { commit::commit(&link, transaction).await });
        let cause = || -> Cause { Arc::new(Failure::Ended) };
        let revision = outcome.map_err(|_| CommitError::Unknown { cause: cause() })??;
        self.acknowledged.fetch_max(revision.0, Ordering::SeqCst);
        Ok(revision)
    }

    fn watch(&self, after: Revision) -> Result<Box<dyn Watch>, WatchError> {
        Ok(Box::new(EtcdWatch::new(&self.engine, after, self.closed.subscribe())?))
    }

    fn health(&self) -> Health {
        self.engine.link.health()
    }

    fn is_shared(&self) -> bool {
        true
    }
}
