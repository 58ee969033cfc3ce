//! Commits: a transaction of etcd for one or a group of them, done at most once.
//!
//! A transaction checks the fence beside the commits' own checks, and puts a token that is its alone into the head. When
//! its outcome is not known, the fence is moved, so that it cannot be done any more, and the head's history up to there
//! tells whether it was. Only then may it be sent again.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use tokio::time::Instant;

use super::failure::{CallError, Failure};
use super::group::{Member, enter};
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
pub async fn commit(link: &Arc<Link>, transaction: Transaction) -> Result<Revision, CommitError> {
    let outcome = if transaction.writes().is_empty() {
        ask(link, transaction.checks()).await.map(|(head, _)| head)
    } else if transaction.writes().iter().any(|(_, write)| matches!(write, Write::Put(_))) {
        enter(link, &Arc::new(transaction), None).await
    } else {
        delete(link, &Arc::new(transaction)).await
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
#[derive(Clone)]
pub enum Ended {
    /// One of its checks does not hold.
    Conflict(Box<CommitError>),
    /// It was not done and never will be.
    Unavailable(Arc<Failure>),
    /// It was done or it was not.
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
async fn delete(link: &Arc<Link>, transaction: &Arc<Transaction>) -> Result<Revision, Ended> {
    for _ in 0..LOST_WITNESSES_MAX {
        let (head, at) = ask(link, transaction.checks()).await?;
        let Some(witness) = first_present(link, transaction, at).await? else { return Ok(head) };
        match enter(link, transaction, Some(witness)).await {
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
    let mut reads: Vec<RequestOp> = checks.iter().map(|(key, _)| look(link, key)).collect();
    reads.push(Operation::Range(probe(link.layout.head())).into());
    let answer = link.repeat(TxnRequest { success: reads, ..TxnRequest::default() }).await?;
    let mut found = first_keys(&answer)?;
    let head = found.pop().flatten().map_or(Revision::ZERO, |head| revision(head.mod_revision));
    conflict(checks, &found).map_or(Ok((head, revision_of(answer.header.as_ref()))), Err)
}

fn look(link: &Link, key: &Key) -> RequestOp {
    Operation::Range(probe(link.layout.entry(key))).into()
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

/// Sends a group until each of its commits is done or refused, and never while it may still be done.
pub async fn send(link: Arc<Link>, group: Vec<Member>) {
    let token = link.line.token();
    let mut group = in_time(&link, group);
    let Some(deadline) = group.iter().map(|member| member.deadline).min() else { return };
    while !group.is_empty() {
        let (fence, base) = (link.fence.load(Ordering::SeqCst), link.seen());
        let outcome = match link.once(request(&link, &group, token, fence)).await {
            Ok(answer) if answer.succeeded => Some(Ok(revision(revision_of(answer.header.as_ref())))),
            Ok(answer) => refused(&link, &mut group, &answer, fence).err().map(Err),
            Err(error) => settle(&link, error, Sent { token, fence, base, deadline }).await,
        };
        if let Some(outcome) = outcome {
            return group.into_iter().for_each(|member| member.answer(outcome.clone()));
        }
    }
}

/// Those that may still be sent; the others, which have waited for transactions that hung, are told.
fn in_time(link: &Link, group: Vec<Member>) -> Vec<Member> {
    let now = Instant::now();
    let (timely, late): (Vec<_>, Vec<_>) = group.into_iter().partition(|member| member.deadline > now);
    for member in late {
        let (endpoint, attempt_ms) = ("the cluster".to_owned(), link.patience.as_millis());
        member.answer(Err(unavailable(Failure::Slow { endpoint, attempt_ms })));
    }
    timely
}

/// A transaction that was sent.
struct Sent {
    token: Token,
    /// Where the fence was, and the cluster or later.
    fence: i64,
    base: i64,
    /// Until when it may be sent again.
    deadline: Instant,
}

/// What a failed call comes to; `None` if the transaction was not done, and may be sent again.
async fn settle(link: &Link, error: CallError, sent: Sent) -> Option<Result<Revision, Ended>> {
    match error {
        CallError::NotDone(failure) => {
            (!link.pause(sent.deadline).await).then_some(Err(Ended::Unavailable(failure)))
        }
        CallError::Stranger(failure) => {
            link.enter(failure, sent.deadline).await.err().map(|error| Err(error.into()))
        }
        CallError::Refused(failure) => Some(Err(Ended::Unavailable(failure))),
        error @ (CallError::Unknown(_) | CallError::Compacted | CallError::TooLarge) => {
            let failure = error.failure();
            match fate(link, sent.token, sent.fence, sent.base).await {
                Ok(Fate::Written(revision)) => Some(Ok(revision)),
                Ok(Fate::NotWritten) if Instant::now() < sent.deadline => None,
                Ok(Fate::NotWritten) => Some(Err(Ended::Unavailable(failure))),
                Err(_) => Some(Err(Ended::Unknown(failure))),
            }
        }
    }
}

/// What a refusal says: that some commits conflict, which are told so and leave the group, or that the fence was moved,
/// which is nobody's conflict.
fn refused(link: &Link, group: &mut Vec<Member>, answer: &TxnResponse, fence: i64) -> Result<(), Ended> {
    let mut found = first_keys(answer)?;
    let Some(now) = found.pop().flatten() else { return Err(replaced(link)) };
    let (mut found, mut staying, count) = (found.as_slice(), Vec::new(), group.len());
    for member in group.drain(..) {
        let (own, witness, others) = shares(&member, found);
        found = others;
        match (conflict(member.transaction.checks(), own), witness) {
            (Some(conflict), _) => member.answer(Err(conflict)),
            (None, Some(None)) => member.answer(Err(Ended::NoWitness)),
            (None, Some(Some(_)) | None) => staying.push(member),
        }
    }
    *group = staying;
    let is_told = group.len() < count;
    match now.mod_revision {
        moved if moved > fence => link.fence.fetch_max(moved, Ordering::SeqCst),
        moved if moved < fence => return Err(replaced(link)),
        same if is_told => same,
        _ => return Err(unavailable(Failure::Garbage { what: "a refusal although all checks hold" })),
    };
    Ok(())
}

/// What a commit's checks found, and its witness if it has one, and what the others' did.
#[expect(clippy::type_complexity, reason = "three parts of one slice")]
fn shares<'f, 'a>(
    member: &Member,
    found: &'f [Option<&'a KeyValue>],
) -> (&'f [Option<&'a KeyValue>], Option<Option<&'a KeyValue>>, &'f [Option<&'a KeyValue>]) {
    let (own, rest) = found.split_at_checked(member.transaction.checks().len()).unwrap_or((found, &[]));
    match (&member.witness, rest) {
        (Some(_), [witness, others @ ..]) => (own, Some(*witness), others),
        (Some(_), []) => (own, Some(None), rest),
        (None, _) => (own, None, rest),
    }
}

fn replaced(link: &Link) -> Ended {
    unavailable(Failure::Replaced { prefix: link.layout.prefix().to_owned() })
}

fn request(link: &Link, group: &[Member], token: Token, fence: i64) -> TxnRequest {
    let (mut compare, mut failure, mut writes) = (Vec::new(), Vec::new(), Vec::new());
    for member in group {
        let witness = member.witness.iter().map(|key| (key, Expected::Present));
        let checks = member.transaction.checks().iter().map(|(key, expected)| (key, *expected));
        for (key, expected) in checks.chain(witness) {
            compare.push(condition(link.layout.entry(key), expected));
            failure.push(look(link, key));
        }
        writes.extend(member.transaction.writes());
    }
    compare.push(is_at(link.layout.fence(), fence));
    failure.push(Operation::Range(probe(link.layout.fence())).into());
    // Watchers are told them in this order.
    writes.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    let mut success: Vec<RequestOp> = writes.into_iter().map(|write| operation(link, write)).collect();
    // Last, so that a watcher knows by it that it has seen all of the transaction.
    success.push(put(link.layout.head(), &token));
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
