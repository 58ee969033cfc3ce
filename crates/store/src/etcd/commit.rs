//! Commits: each one transaction of etcd, done at most once.
//!
//! A commit checks the fence beside its own checks, and puts a token that is its alone into the head. When its
//! outcome is not known, the fence is moved, so that the commit cannot be done any more, and the head's history up to
//! there tells whether it was. Only then may it be sent again.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use tokio::time::Instant;

use super::failure::{CallError, Failure};
use super::layout::{self, Token, probe, revision};
use super::link::Link;
use super::proto::{
    CREATE, Compare, DeleteRangeRequest, EQUAL, GREATER, KeyValue, MOD, Operation, Outcome, PutRequest,
    RequestOp, ResponseOp, Target, TxnRequest, TxnResponse, WatchCreateRequest, revision_of,
};
use crate::{CommitError, Expected, Key, Revision, Transaction, Write};

/// How often keys that a commit deletes, and that were there when it looked, may be gone when it deletes them.
const LOST_WITNESSES_MAX: usize = 16;

/// Does `transaction`.
pub async fn commit(link: &Link, transaction: &Transaction, token: Token) -> Result<Revision, CommitError> {
    let outcome = if transaction.writes().is_empty() {
        ask(link, transaction.checks()).await.map(|(head, _)| head)
    } else if transaction.writes().iter().any(|(_, write)| matches!(write, Write::Put(_))) {
        write(link, transaction, token, None).await
    } else {
        delete(link, transaction, token).await
    };
    link.note_write(match &outcome {
        Ok(_) | Err(Ended::Conflict(_) | Ended::NoWitness) => None,
        Err(Ended::Unavailable(failure) | Ended::Unknown(failure)) => Some(Arc::clone(failure)),
    });
    outcome.map_err(|ended| match ended {
        Ended::Conflict(conflict) => *conflict,
        Ended::Unavailable(cause) => CommitError::Unavailable { cause },
        Ended::Unknown(cause) => CommitError::Unknown { cause },
        Ended::NoWitness => {
            CommitError::Unavailable { cause: Arc::new(Failure::Garbage { what: "keys come and go" }) }
        }
    })
}

/// Why a commit was not done.
enum Ended {
    Conflict(Box<CommitError>),
    Unavailable(Arc<Failure>),
    Unknown(Arc<Failure>),
    /// Whatever there was to delete is gone.
    NoWitness,
}

impl From<CallError> for Ended {
    fn from(error: CallError) -> Self {
        Self::Unavailable(error.failure())
    }
}

fn unavailable(failure: Failure) -> Ended {
    Ended::Unavailable(Arc::new(failure))
}

/// Deletions alone, which are no change if nothing they name is there.
async fn delete(link: &Link, transaction: &Transaction, token: Token) -> Result<Revision, Ended> {
    for _ in 0..LOST_WITNESSES_MAX {
        let (head, at) = ask(link, transaction.checks()).await?;
        let Some(witness) = first_present(link, transaction, at).await? else { return Ok(head) };
        match write(link, transaction, token, Some(witness)).await {
            Err(Ended::NoWitness) => {}
            outcome => return outcome,
        }
    }
    Err(Ended::NoWitness)
}

/// The first key to delete that was there at the revision `at` of the cluster.
async fn first_present(link: &Link, transaction: &Transaction, at: i64) -> Result<Option<Key>, Ended> {
    let keys: Vec<&Key> = transaction.writes().iter().map(|(key, _)| key).collect();
    let read = |key: &&Key| {
        let mut request = probe(link.layout.entry(key));
        request.revision = at;
        RequestOp::from(Operation::Range(request))
    };
    let request = TxnRequest { success: keys.iter().map(read).collect(), ..TxnRequest::default() };
    let answer = link.repeat(request).await?;
    let found = first_keys(&answer)?;
    Ok(keys.into_iter().zip(found).find(|(_, found)| found.is_some()).map(|(key, _)| key.clone()))
}

/// Whether `checks` hold: the store's revision then, and the cluster's.
async fn ask(link: &Link, checks: &[(Key, Expected)]) -> Result<(Revision, i64), Ended> {
    let mut reads: Vec<RequestOp> = reads(link, checks);
    reads.push(Operation::Range(probe(link.layout.head())).into());
    let answer = link.repeat(TxnRequest { success: reads, ..TxnRequest::default() }).await?;
    let mut found = first_keys(&answer)?;
    let head = found.pop().flatten().map_or(Revision::ZERO, |head| revision(head.mod_revision));
    conflict(checks, &found).map_or(Ok((head, revision_of(answer.header.as_ref()))), Err)
}

fn reads(link: &Link, checks: &[(Key, Expected)]) -> Vec<RequestOp> {
    checks.iter().map(|(key, _)| Operation::Range(probe(link.layout.entry(key))).into()).collect()
}

/// What each read of an answer found first.
fn first_keys(answer: &TxnResponse) -> Result<Vec<Option<&KeyValue>>, Ended> {
    answer.responses.iter().map(first_key).collect()
}

fn first_key(response: &ResponseOp) -> Result<Option<&KeyValue>, Ended> {
    match &response.response {
        Some(Outcome::Range(range)) => Ok(range.kvs.first()),
        Some(Outcome::Put(_) | Outcome::Delete(_)) | None => {
            Err(unavailable(Failure::Garbage { what: "a read without a range" }))
        }
    }
}

/// The first of `checks` that does not hold, given what was found for each.
fn conflict(checks: &[(Key, Expected)], found: &[Option<&KeyValue>]) -> Option<Ended> {
    checks.iter().zip(found).find_map(|((key, expected), found)| {
        let actual = found.map(|found| revision(found.mod_revision));
        let (key, expected) = (key.clone(), *expected);
        (!expected.holds(actual))
            .then(|| Ended::Conflict(Box::new(CommitError::Conflict { key, expected, actual })))
    })
}

/// Sends the transaction until it is done or refused, and never while it may still be done.
async fn write(
    link: &Link,
    transaction: &Transaction,
    token: Token,
    witness: Option<Key>,
) -> Result<Revision, Ended> {
    let deadline = Instant::now() + link.patience;
    loop {
        let (fence, base) = (link.fence.load(Ordering::SeqCst), link.seen());
        let request = request(link, transaction, token, fence, witness.as_ref());
        match link.once(request).await {
            Ok(answer) if answer.succeeded => return Ok(revision(revision_of(answer.header.as_ref()))),
            Ok(answer) => refused(link, transaction, &answer, fence, witness.is_some())?,
            Err(CallError::NotDone(failure)) => {
                if !link.pause(deadline).await {
                    return Err(Ended::Unavailable(failure));
                }
            }
            Err(CallError::Stranger(failure)) => link.enter(failure, deadline).await?,
            Err(CallError::Refused(failure)) => return Err(Ended::Unavailable(failure)),
            Err(error @ (CallError::Unknown(_) | CallError::Compacted | CallError::TooLarge)) => {
                let failure = error.failure();
                match fate(link, token, fence, base).await {
                    Ok(Fate::Written(revision)) => return Ok(revision),
                    Ok(Fate::NotWritten) if Instant::now() < deadline => {}
                    Ok(Fate::NotWritten) => return Err(Ended::Unavailable(failure)),
                    Err(_) => return Err(Ended::Unknown(failure)),
                }
            }
        }
    }
}

/// What a refusal says: that the fence was moved, which is nobody's conflict, or a conflict.
fn refused(
    link: &Link,
    transaction: &Transaction,
    answer: &TxnResponse,
    fence: i64,
    witness: bool,
) -> Result<(), Ended> {
    let mut found = first_keys(answer)?;
    let Some(now) = found.pop().flatten() else { return Err(replaced(link)) };
    if let Some(conflict) = conflict(transaction.checks(), &found) {
        return Err(conflict);
    }
    if now.mod_revision != fence {
        link.fence.fetch_max(now.mod_revision, Ordering::SeqCst);
        return if now.mod_revision > fence { Ok(()) } else { Err(replaced(link)) };
    }
    if witness {
        return Err(Ended::NoWitness);
    }
    Err(unavailable(Failure::Garbage { what: "a refusal although all checks hold" }))
}

fn replaced(link: &Link) -> Ended {
    unavailable(Failure::Replaced { prefix: link.layout.prefix().to_owned() })
}

fn request(
    link: &Link,
    transaction: &Transaction,
    token: Token,
    fence: i64,
    witness: Option<&Key>,
) -> TxnRequest {
    let checks = transaction.checks();
    let mut compare: Vec<_> =
        checks.iter().map(|(key, expected)| condition(link.layout.entry(key), *expected)).collect();
    compare.extend(witness.map(|key| condition(link.layout.entry(key), Expected::Present)));
    compare.push(is_at(link.layout.fence(), fence));
    let mut success: Vec<RequestOp> =
        transaction.writes().iter().map(|write| operation(link, write)).collect();
    // Last, so that a watcher knows by it that it has seen all of the commit.
    success.push(put(link.layout.head(), &token));
    let mut failure = reads(link, checks);
    failure.push(Operation::Range(probe(link.layout.fence())).into());
    TxnRequest { compare, success, failure }
}

fn operation(link: &Link, (key, write): &(Key, Write)) -> RequestOp {
    match write {
        Write::Put(value) => put(link.layout.entry(key), &layout::encode(key, value)),
        Write::Delete => {
            Operation::Delete(DeleteRangeRequest { key: link.layout.entry(key), ..Default::default() }).into()
        }
    }
}

pub fn put(key: Vec<u8>, value: &[u8]) -> RequestOp {
    Operation::Put(PutRequest { key, value: value.to_vec() }).into()
}

fn condition(key: Vec<u8>, expected: Expected) -> Compare {
    let (result, target, union) = match expected {
        Expected::Absent => (EQUAL, CREATE, Target::Create(0)),
        Expected::Present => (GREATER, CREATE, Target::Create(0)),
        // To etcd, 0 is a key that does not exist; no key ever is at -1.
        Expected::Revision(Revision(0)) => (EQUAL, MOD, Target::Mod(-1)),
        Expected::Revision(Revision(number)) => {
            (EQUAL, MOD, Target::Mod(i64::try_from(number).unwrap_or(-1)))
        }
    };
    Compare { result, target, key, target_union: Some(union), range_end: Vec::new() }
}

fn is_at(key: Vec<u8>, revision: i64) -> Compare {
    Compare {
        result: EQUAL,
        target: MOD,
        key,
        target_union: Some(Target::Mod(revision)),
        range_end: Vec::new(),
    }
}

/// What became of a commit.
enum Fate {
    Written(Revision),
    /// It was not done and never will be.
    NotWritten,
}

/// Finds out what became of the commit with `token`, sent when the fence was at `fence` and the cluster at `base` or
/// later.
async fn fate(link: &Link, token: Token, fence: i64, base: i64) -> Result<Fate, CallError> {
    let head = move_fence(link, token, fence).await?;
    let Some(head) = head else { return Ok(Fate::NotWritten) };
    if head.value == token {
        return Ok(Fate::Written(revision(head.mod_revision)));
    }
    if head.mod_revision <= base {
        return Ok(Fate::NotWritten);
    }
    let deadline = Instant::now() + link.patience;
    loop {
        match search(link, token, base, head.mod_revision, deadline).await {
            Err(CallError::NotDone(_) | CallError::Unknown(_)) if link.pause(deadline).await => link.turn(),
            Err(CallError::Stranger(failure)) => link.enter(failure, deadline).await?,
            outcome => return outcome,
        }
    }
}

/// Moves the fence away from `fence`, unless it was moved already. Returns the head after that.
async fn move_fence(link: &Link, token: Token, fence: i64) -> Result<Option<KeyValue>, CallError> {
    let head = || RequestOp::from(Operation::Range(layout::get(link.layout.head())));
    let request = TxnRequest {
        compare: vec![is_at(link.layout.fence(), fence)],
        success: vec![head(), put(link.layout.fence(), &token)],
        failure: vec![head(), Operation::Range(probe(link.layout.fence())).into()],
    };
    let answer = link.repeat(request).await?;
    let mut ranges = answer.responses.iter().map(|response| match &response.response {
        Some(Outcome::Range(range)) => range.kvs.first(),
        Some(Outcome::Put(_) | Outcome::Delete(_)) | None => None,
    });
    let (head, moved) = (ranges.next().flatten().cloned(), ranges.next().flatten());
    let now = if answer.succeeded {
        Some(revision_of(answer.header.as_ref()))
    } else {
        moved.map(|moved| moved.mod_revision)
    };
    match now {
        Some(now) if now > fence => {
            link.fence.fetch_max(now, Ordering::SeqCst);
            Ok(head)
        }
        Some(_) | None => {
            Err(CallError::refused(Failure::Replaced { prefix: link.layout.prefix().to_owned() }))
        }
    }
}

/// Looks for `token` in what was put into the head after `base`, until the revision `end` of it.
async fn search(
    link: &Link,
    token: Token,
    base: i64,
    end: i64,
    deadline: Instant,
) -> Result<Fate, CallError> {
    let start_revision = base + 1;
    let request = WatchCreateRequest { key: link.layout.head(), start_revision, ..Default::default() };
    let mut stream = link.watch(request).await?;
    loop {
        let response = link.next(&mut stream, deadline).await?;
        if response.canceled {
            return Err(CallError::Compacted);
        }
        for head in response.events.iter().filter_map(|event| event.kv.as_ref()) {
            if head.value == token {
                return Ok(Fate::Written(revision(head.mod_revision)));
            }
            if head.mod_revision >= end {
                return Ok(Fate::NotWritten);
            }
        }
    }
}
