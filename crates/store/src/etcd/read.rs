//! Reads: the head, entries, and snapshots.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Engine;
use super::failure::{CallError, Failure};
use super::layout::{entry_of, get, probe, revision};
use super::link::Link;
use super::proto::{KeyValue, RangeRequest, RangeResponse, revision_of};
use crate::{Entry, Key, KeyRange, PAGE_BYTES_MAX, Page, PageSize, ReadError, Revision, Snapshot};

/// How many bytes of a range one answer should have, about: etcd limits answers by entries only.
const ANSWER_BYTES: usize = 4 * 1024 * 1024;

/// How many entries are asked for before it is known how large they are.
const FIRST_ENTRIES: usize = 64;

/// How much more may be asked for than the time before.
const GROWTH: usize = 16;

/// The store's revision, and a revision of the cluster at which it is that: that of `at`, or now if `at` is 0.
pub async fn head(link: &Link, at: i64) -> Result<(Revision, i64), CallError> {
    let mut request = probe(link.layout.head());
    request.revision = at;
    let answer = link.range(request).await?;
    let head = answer.kvs.first().map_or(Revision::ZERO, |head| revision(head.mod_revision));
    Ok((head, if at == 0 { revision_of(answer.header.as_ref()) } else { at }))
}

/// What a failed read is to the caller; `at` is the store's revision that was to be read.
pub fn read_error(error: CallError, at: Revision) -> ReadError {
    match error {
        CallError::Compacted => ReadError::Compacted { revision: at },
        error @ (CallError::NotDone(_)
        | CallError::Stranger(_)
        | CallError::Refused(_)
        | CallError::Unknown(_)
        | CallError::TooLarge) => ReadError::Unavailable { cause: error.failure() },
    }
}

/// Reads one key at a revision of the cluster, 0 for now.
async fn entry(link: &Link, key: &Key, at: i64) -> Result<Option<KeyValue>, CallError> {
    let mut request = get(link.layout.entry(key));
    request.revision = at;
    Ok(link.range(request).await?.kvs.into_iter().next())
}

/// Reads one key as it is now.
pub async fn newest(link: &Link, key: &Key) -> Result<Option<Entry>, ReadError> {
    let found = entry(link, key, 0).await.map_err(|error| read_error(error, Revision::ZERO))?;
    found.map(|found| entry_of(&link.layout, &found).map(|(_, entry)| entry)).transpose()
}

/// The store at one revision. It is read at the revision the whole cluster had then, which other applications' writes
/// bring closer to what compaction leaves than the store's own.
pub struct EtcdSnapshot {
    pub engine: Arc<Engine>,
    /// The store's revision.
    pub revision: Revision,
    /// The cluster's.
    pub at: i64,
    /// How many entries the next answer should have, as those before were large.
    pub entries: Arc<AtomicUsize>,
}

impl EtcdSnapshot {
    /// The store as it is now.
    pub fn newest(engine: &Arc<Engine>) -> Result<Self, ReadError> {
        let found = engine.wait(|link| async move { head(&link, 0).await });
        let (revision, at) = found?.map_err(|error| read_error(error, Revision::ZERO))?;
        let entries = Arc::new(AtomicUsize::new(FIRST_ENTRIES));
        Ok(Self { engine: Arc::clone(engine), revision, at, entries })
    }
}

impl Snapshot for EtcdSnapshot {
    fn revision(&self) -> Revision {
        self.revision
    }

    fn read(&self, key: &Key) -> Result<Option<Entry>, ReadError> {
        let (at, wanted) = (self.at, key.clone());
        let found = self.engine.wait(move |link| async move { entry(&link, &wanted, at).await })?;
        let found = found.map_err(|error| read_error(error, self.revision))?;
        found.map(|found| entry_of(self.engine.layout(), &found).map(|(_, entry)| entry)).transpose()
    }

    fn range(&self, range: &KeyRange, size: PageSize) -> Result<Page, ReadError> {
        let (range, at, revision) = (range.clone(), self.at, self.revision);
        let entries = Arc::clone(&self.entries);
        let read =
            move |link: Arc<Link>| async move { page(&link, range, size, at, revision, &entries).await };
        self.engine.wait(read)?
    }
}

async fn page(
    link: &Link,
    range: KeyRange,
    size: PageSize,
    at: i64,
    revision: Revision,
    estimate: &AtomicUsize,
) -> Result<Page, ReadError> {
    let mut page = Page { entries: Vec::new(), rest: None, revision };
    let (mut rest, mut bytes) = (Some(range), 0);
    while let Some(left) = rest.take().filter(|left| !left.is_empty()) {
        if page.entries.len() == size.entries() || bytes >= PAGE_BYTES_MAX {
            page.rest = Some(left);
            break;
        }
        let answer = part(link, &left, size.entries() - page.entries.len(), at, estimate).await;
        let answer = answer.map_err(|error| read_error(error, revision))?;
        for found in &answer.kvs {
            if bytes >= PAGE_BYTES_MAX {
                break;
            }
            let (key, entry) = entry_of(&link.layout, found)?;
            bytes += key.as_bytes().len() + entry.value.as_bytes().len();
            page.entries.push((key, entry));
        }
        let cut = page.entries.last().filter(|(key, _)| {
            answer.more || answer.kvs.last().is_some_and(|last| last.key != link.layout.entry(key))
        });
        if answer.more && answer.kvs.is_empty() {
            let cause = Arc::new(Failure::Garbage { what: "a range with more entries and none" });
            return Err(ReadError::Unavailable { cause });
        }
        rest = cut.map(|(key, _)| left.rest([key.as_bytes(), &[0]].concat()));
    }
    Ok(page)
}

/// Reads the next entries of a range, at most `most`, and as many as fit into an answer.
async fn part(
    link: &Link,
    range: &KeyRange,
    most: usize,
    at: i64,
    estimate: &AtomicUsize,
) -> Result<RangeResponse, CallError> {
    let (key, range_end) = link.layout.entries(range);
    let mut entries = estimate.load(Ordering::Relaxed).clamp(1, most);
    loop {
        let limit = i64::try_from(entries).unwrap_or(i64::MAX);
        let (key, range_end) = (key.clone(), range_end.clone());
        let request = RangeRequest { key, range_end, limit, revision: at, keys_only: false };
        match link.range(request).await {
            Err(CallError::TooLarge) if entries > 1 => entries = entries.div_ceil(4),
            Err(error) => return Err(error),
            Ok(answer) => {
                let bytes: usize = answer.kvs.iter().map(|kv| kv.key.len() + kv.value.len()).sum();
                if let Some(each) = bytes.checked_div(answer.kvs.len()) {
                    let fit = (ANSWER_BYTES / each.max(1)).clamp(1, entries.saturating_mul(GROWTH));
                    estimate.store(fit, Ordering::Relaxed);
                }
                return Ok(answer);
            }
        }
    }
}
