//! How soon one server decides by what another has written: two directories on one store, under load.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use doorward_directory::bootstrap::{FirstStart, bootstrap};
use doorward_directory::change::{Draft, Holder, inline, users};
use doorward_directory::random::SystemRandom;
use doorward_directory::refusal::Refusal;
use doorward_directory::seal::{MasterKey, Sealer};
use doorward_directory::{Directory, Limits, Name, Opening, Path, STALENESS_MAX, Snapshot};
use doorward_engine::policy::AccountId;
use doorward_engine::policy::explain::{Decision, Grant};
use doorward_engine::policy::request::{Choices, Request, Requester, Resource};
use doorward_engine::{CompiledPolicies, Policies, decide};
use doorward_store::Store;
use jiff::Timestamp;

use crate::drive::Failure;
use crate::figures::Propagation;

/// How many write to the one server meanwhile.
const WRITERS: usize = 64;

/// How long a server waits between two decisions for the same watcher.
const DECIDED_EVERY: Duration = Duration::from_millis(1);

/// How long a decision may be in coming.
const PATIENCE: Duration = Duration::from_secs(10);

/// The user who is decided upon.
const SUBJECT: &str = "subject";

const INLINE: &str = "p";

/// Opens a directory on a store, which may have one already.
///
/// # Errors
/// The store or the system's randomness fails.
pub fn directory(store: Arc<dyn Store>) -> Result<Directory, Failure> {
    let random = Arc::new(SystemRandom);
    let sealer = Sealer::new(&MasterKey::from_bytes([7; 32]), random.clone()).map_err(Failure::of)?;
    let (limits, staleness_max) = (Limits::default(), STALENESS_MAX);
    let opening = Opening { store, sealer: Arc::new(sealer), limits, random, staleness_max };
    Directory::open(opening).map_err(Failure::of)
}

/// Times how long `reading` takes to decide by what `writing` has acknowledged, for so many watchers, each of whom asks
/// again and again, while others write to `writing`.
///
/// # Errors
/// A directory refuses a change, or a decision does not come.
pub fn decisions(
    backend: &'static str,
    watchers: usize,
    time: Duration,
    writing: &Directory,
    reading: &Directory,
) -> Result<Propagation, Failure> {
    let account: AccountId = "123456789012".parse().map_err(Failure::of)?;
    prepare(writing, account)?;
    let round = &Round::default();
    let mut times = std::thread::scope(|scope| {
        let busy: Vec<_> =
            (0..WRITERS).map(|n| scope.spawn(move || keep_writing(writing, account, n, round))).collect();
        let asking: Vec<_> =
            (0..watchers).map(|_| scope.spawn(|| keep_deciding(reading, account, round))).collect();
        let mut written = Ok(());
        let begun = Instant::now();
        while begun.elapsed() < time && written.is_ok() {
            written = one_round(writing, account, watchers, round);
        }
        round.stop.store(true, Ordering::Relaxed);
        let busy: Result<(), Failure> =
            busy.into_iter().try_for_each(|one| one.join().map_err(|_| Failure::Panicked)?);
        let asked: Result<Vec<_>, Failure> =
            asking.into_iter().map(|one| one.join().map_err(|_| Failure::Panicked)?).collect();
        written.and(busy)?;
        Ok::<_, Failure>(asked?.concat())
    })?;
    Ok(Propagation::of(backend, watchers, &mut times))
}

/// What the watchers wait for.
#[derive(Default)]
struct Round {
    /// The newest number that the subject may do, and when that was acknowledged.
    written: Mutex<Option<(usize, Instant)>>,
    /// How many watchers have seen it.
    seen: AtomicUsize,
    stop: AtomicBool,
}

impl Round {
    fn written(&self) -> Option<(usize, Instant)> {
        *self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn goes_on(&self) -> bool {
        !self.stop.load(Ordering::Relaxed)
    }
}

/// Makes the users, unless they are there.
fn prepare(directory: &Directory, account: AccountId) -> Result<(), Failure> {
    let first = FirstStart { account, account_name: "reliability".into(), root_key: None };
    bootstrap(directory, &first, Timestamp::now()).map_err(Failure::of)?;
    let names = (0..WRITERS).map(writer).chain([SUBJECT.to_owned()]);
    for name in names.filter(|name| directory.snapshot().user(account, name).is_none()) {
        change(directory, |draft| {
            let user = users::NewUser {
                name: Name::new(name.as_str())?,
                path: Path::root(),
                tags: &[],
                boundary: None,
            };
            users::create(draft, account, &user).map(drop)
        })?;
    }
    Ok(())
}

fn change(
    directory: &Directory,
    plan: impl FnMut(&mut Draft<'_>) -> Result<(), Refusal>,
) -> Result<(), Failure> {
    directory.change(Timestamp::now(), plan).map(drop).map_err(Failure::of)
}

fn writer(number: usize) -> String {
    format!("writer-{number}")
}

/// Lets a user do one thing, by its number, and nothing else.
fn allow(directory: &Directory, account: AccountId, user: &str, number: usize) -> Result<(), Failure> {
    let document = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"s3:GetObject","Resource":"{}"}}}}"#,
        thing(number)
    );
    change(directory, |draft| inline::put(draft, account, Holder::User(user), &Name::new(INLINE)?, &document))
}

fn thing(number: usize) -> String {
    format!("arn:aws:s3:::bucket/{number}")
}

fn keep_writing(
    directory: &Directory,
    account: AccountId,
    number: usize,
    round: &Round,
) -> Result<(), Failure> {
    let mut count = 0;
    while round.goes_on() {
        allow(directory, account, &writer(number), count)?;
        count += 1;
    }
    Ok(())
}

/// Writes what all watchers then wait for, and waits until they have it.
fn one_round(writing: &Directory, account: AccountId, watchers: usize, round: &Round) -> Result<(), Failure> {
    let number = round.written().map_or(0, |(number, _)| number + 1);
    allow(writing, account, SUBJECT, number)?;
    let acknowledged = Instant::now();
    round.seen.store(0, Ordering::SeqCst);
    *round.written.lock().unwrap_or_else(PoisonError::into_inner) = Some((number, acknowledged));
    while round.seen.load(Ordering::SeqCst) < watchers {
        if acknowledged.elapsed() > PATIENCE || !round.goes_on() {
            return Err(Failure::Broken("a server does not decide by what another has written".to_owned()));
        }
        std::thread::sleep(DECIDED_EVERY);
    }
    Ok(())
}

/// How long after each acknowledgement it was decided by what was acknowledged.
fn keep_deciding(directory: &Directory, account: AccountId, round: &Round) -> Result<Vec<Duration>, Failure> {
    let (mut times, mut last) = (Vec::new(), None);
    while round.goes_on() {
        if let Some((number, acknowledged)) = round.written()
            && last != Some(number)
            && may(&directory.snapshot(), account, number)?
        {
            times.push(acknowledged.elapsed());
            last = Some(number);
            round.seen.fetch_add(1, Ordering::SeqCst);
        }
        std::thread::sleep(DECIDED_EVERY);
    }
    Ok(times)
}

/// Whether the subject may do the thing of this number.
fn may(snapshot: &Snapshot, account: AccountId, number: usize) -> Result<bool, Failure> {
    let Some(user) = snapshot.user(account, SUBJECT) else { return Ok(false) };
    let Some(permissions) = snapshot.user_permissions(user.id) else { return Ok(false) };
    let permissions = permissions.map_err(Failure::of)?;
    let (identity, boundary) = (permissions.identity, permissions.boundary);
    let attached = CompiledPolicies { identity, boundary, ..CompiledPolicies::default() };
    let policies = Policies::new(attached, Choices::default());
    let requester =
        Requester::User { account, id: user.id.to_string(), path: "/".into(), name: SUBJECT.into() };
    let request = Request {
        context: requester.context(),
        requester,
        action: "s3:GetObject".into(),
        resource: Resource { arn: thing(number), account: Some(account) },
    };
    Ok(decide(&request, &policies) == Decision::Allow(Grant::Identity))
}

#[cfg(test)]
mod tests {
    use doorward_store::Memory;

    use super::*;

    #[test]
    fn decisions_are_timed() {
        let store: Arc<dyn Store> = Arc::new(Memory::default());
        let [writing, reading] = [(); 2].map(|()| directory(Arc::clone(&store)).unwrap());
        let row = decisions("memory", 3, Duration::from_millis(30), &writing, &reading).unwrap();
        assert!(row.times > 0 && row.times.is_multiple_of(3), "{row:?}");
        assert!(row.p50_us <= row.p99_us && row.p99_us <= row.max_us, "{row:?}");
    }
}
