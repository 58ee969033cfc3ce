//! Every write and sync of a workload fails once, in every way; what was acknowledged must be there, and whole.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::conformance::Random;
use crate::conformance::disk::{Disk, Fault, Loss};
use crate::{Expected, Scan, Value, Write};

/// How many commits a workload has.
const TOKENS: usize = 8;

const LOSSES: [Loss; 4] = [Loss::None, Loss::All, Loss::Some, Loss::Sectors];

fn key(text: &str) -> Key {
    Key::new(text).unwrap()
}

fn put(text: &str, value: &str) -> (Key, Write) {
    (key(text), Write::Put(Value::new(value).unwrap()))
}

/// A value of 3 to 24 kB that tells its token.
fn filler(token: usize) -> String {
    format!("{token:06}").repeat(500 + token % TOKENS * 300)
}

/// The transaction of a token: three keys of its own, and two that every transaction overwrites, one of them long
/// enough to make the file grow.
fn transaction(token: usize) -> Transaction {
    let text = format!("{token:06}");
    let own = ["a", "b", "c"].map(|part| put(&format!("token/{text}/{part}"), &text));
    let shared = [put("head", &text), put("filler", &filler(token))];
    let absent = vec![(key(&format!("token/{text}/a")), Expected::Absent)];
    Transaction::new(absent, [&own[..], &shared[..]].concat()).unwrap()
}

/// The same, with half a megabyte more.
fn large_transaction(token: usize) -> Transaction {
    let (small, large) = (transaction(token), put(&format!("large/{token}"), &"x".repeat(500_000)));
    Transaction::new(small.checks().to_vec(), [small.writes(), &[large]].concat()).unwrap()
}

/// What became of the tokens.
#[derive(Debug, Default)]
struct Outcomes {
    acknowledged: BTreeSet<usize>,
    unknown: BTreeSet<usize>,
}

impl Outcomes {
    fn note(&mut self, token: usize, outcome: &Result<Revision, CommitError>) {
        match outcome {
            Ok(_) => self.acknowledged.insert(token),
            Err(CommitError::Unknown { .. }) => self.unknown.insert(token),
            Err(CommitError::Unavailable { .. }) => false,
            Err(CommitError::Conflict { .. }) => panic!("token {token} was never written before"),
        };
    }
}

/// The tokens in the store; each must be there whole, and the shared keys must be of the newest commit.
fn tokens(store: &Embedded) -> BTreeSet<usize> {
    let snapshot = store.snapshot().unwrap();
    let mut parts = std::collections::BTreeMap::<usize, (usize, Revision)>::new();
    for item in Scan::new(&*snapshot, KeyRange::prefix(b"token/")) {
        let (key, entry) = item.unwrap();
        let token: usize = std::str::from_utf8(entry.value.as_bytes()).unwrap().parse().unwrap();
        assert!(key.as_bytes().starts_with(format!("token/{token:06}/").as_bytes()));
        let (count, revision) = parts.entry(token).or_insert((0, entry.revision));
        *count += 1;
        assert_eq!(*revision, entry.revision, "token {token} is of one commit");
    }
    assert!(parts.values().all(|(count, _)| *count == 3), "half a transaction: {parts:?}");
    if let Some((newest, (_, revision))) = parts.iter().max_by_key(|(_, (_, revision))| *revision) {
        let text = format!("{newest:06}");
        for (name, value) in [("head", text.clone()), ("filler", filler(*newest))] {
            let entry = snapshot.read(&key(name)).unwrap().unwrap();
            assert_eq!((entry.revision, entry.value.as_bytes()), (*revision, value.as_bytes()), "{name}");
        }
        assert_eq!(snapshot.revision(), *revision);
    }
    assert_eq!(snapshot.revision().0, parts.len() as u64);
    parts.into_keys().collect()
}

/// The store holds what was acknowledged, and beyond that only what may have been written.
fn check(store: &Embedded, outcomes: &Outcomes) {
    let there = tokens(store);
    assert!(there.is_superset(&outcomes.acknowledged), "lost: {outcomes:?}, there: {there:?}");
    let may = &outcomes.acknowledged | &outcomes.unknown;
    assert!(there.is_subset(&may), "refused but there: {outcomes:?}, there: {there:?}");
}

fn check_after_crash(disk: &Disk, outcomes: &Outcomes, random: &mut Random) {
    for loss in LOSSES {
        let store = Embedded::open_on(Box::new(disk.crash(loss, random)), Options::default());
        check(&store.unwrap_or_else(|error| panic!("after {loss:?}: {error:?}")), outcomes);
    }
}

/// Commits every token in turn, and checks after each that the store can be read.
fn work(store: &Embedded) -> Outcomes {
    let mut outcomes = Outcomes::default();
    for token in 0..TOKENS {
        outcomes.note(token, &store.commit(transaction(token)));
        check(store, &outcomes);
    }
    outcomes
}

#[test]
fn every_operation_fails_in_every_way() {
    let disk = Disk::default();
    let store = Embedded::open_on(Box::new(disk.clone()), Options::default()).unwrap();
    let before = disk.operations();
    assert_eq!(work(&store).acknowledged.len(), TOKENS);
    let operations = disk.operations() - before;
    assert!(operations > 4 * TOKENS, "{operations} operations");

    let mut random = Random::new(7);
    let (mut failed_syncs, mut failed_writes, mut panicked) = (0, 0, 0);
    for fault in [Fault::Once, Fault::Lasting, Fault::Torn, Fault::Panic] {
        for at in 0..operations {
            let disk = Disk::default();
            let store = Embedded::open_on(Box::new(disk.clone()), Options::default()).unwrap();
            disk.fail(at, fault);
            let outcomes = work(&store);
            check_after_crash(&disk, &outcomes, &mut random);
            assert!(outcomes.unknown.len() <= 1, "{fault:?} of {at}: {outcomes:?}");
            let last = outcomes.acknowledged.contains(&(TOKENS - 1));
            match (store.health(), fault) {
                (Health::ReadOnly { .. }, _) => failed_syncs += 1,
                (_, Fault::Lasting) => assert!(!last),
                // Of the last commit's operations, those after it is durable fail no one.
                (Health::Ready, Fault::Once | Fault::Torn) => {
                    failed_writes += 1;
                    assert!(last || at + 8 > operations, "{fault:?} of {at}: {outcomes:?}");
                }
                (Health::Ready | Health::Degraded { .. }, Fault::Panic) => panicked += 1,
                (Health::Degraded { .. }, _) => assert!(!last, "{fault:?} of {at}: {outcomes:?}"),
                (Health::Unavailable { .. }, _) => panic!("an embedded store can always be reached"),
            }
        }
    }
    assert!(failed_syncs > TOKENS && failed_writes > TOKENS && panicked > TOKENS);
}

#[test]
fn opening_fails_or_works_but_never_harms() {
    let disk = Disk::default();
    let store = Embedded::open_on(Box::new(disk.clone()), Options::default()).unwrap();
    let outcomes = work(&store);
    let mut random = Random::new(8);
    for at in 0..40 {
        for fault in [Fault::Once, Fault::Lasting, Fault::Torn] {
            let disk = disk.crash(Loss::Some, &mut random);
            disk.fail(at, fault);
            if let Ok(store) = Embedded::open_on(Box::new(disk.clone()), Options::default()) {
                check(&store, &outcomes);
            }
            check_after_crash(&disk, &outcomes, &mut random);

            let empty = Disk::default();
            empty.fail(at, fault);
            drop(Embedded::open_on(Box::new(empty.clone()), Options::default()));
            check_after_crash(&empty, &Outcomes::default(), &mut random);
        }
    }
}

#[test]
fn what_was_seen_after_a_process_died_survives_a_power_cut() {
    let mut undecided = 0;
    for at in 0..80 {
        let disk = Disk::default();
        let store = Embedded::open_on(Box::new(disk.clone()), Options::default()).unwrap();
        disk.fail(at, Fault::Lasting);
        let outcomes = work(&store);
        drop(store);
        disk.heal();
        let store = Embedded::open_on(Box::new(disk.clone()), Options::default()).unwrap();
        let seen = tokens(&store);
        undecided += (&seen - &outcomes.acknowledged).len();
        let found = disk.crash(Loss::All, &mut Random::new(0));
        let store = Embedded::open_on(Box::new(found), Options::default()).unwrap();
        assert_eq!(tokens(&store), seen, "{outcomes:?}");
    }
    assert!(undecided > 0, "no fault left a commit that was seen without having been acknowledged");
}

#[test]
fn opening_after_a_crash_needs_no_full_repair() {
    let disk = Disk::default();
    let store = Embedded::open_on(Box::new(disk.clone()), Options::default()).unwrap();
    work(&store);
    let mut random = Random::new(11);
    for loss in LOSSES {
        let mut builder = redb::Builder::new();
        builder.set_repair_callback(redb::RepairSession::abort);
        let opened = builder.create_with_backend(disk.crash(loss, &mut random));
        assert!(opened.is_ok(), "after {loss:?}: {opened:?}");
    }
}

#[test]
fn a_full_disk_refuses_and_recovers() {
    let disk = Disk::default();
    let store = Embedded::open_on(Box::new(disk.clone()), Options::default()).unwrap();
    disk.limit(Some(disk.bytes() + 4_000_000));
    let mut outcomes = Outcomes::default();
    let refused = loop {
        let token = outcomes.acknowledged.len();
        let outcome = store.commit(large_transaction(token));
        outcomes.note(token, &outcome);
        check(&store, &outcomes);
        match outcome {
            Ok(_) => assert!(token < 100, "the disk never filled up"),
            Err(refused) => break refused,
        }
    };
    let mut text = refused.to_string();
    let mut source = std::error::Error::source(&refused);
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    assert!(
        text.starts_with("the store does not take writes: writing to the store's file failed: "),
        "{text}"
    );
    assert!(matches!(store.health(), Health::Degraded { .. }));
    assert!(store.commit(large_transaction(998)).is_err(), "still full");
    check(&store, &outcomes);

    disk.limit(None);
    outcomes.note(999, &store.commit(large_transaction(999)));
    assert!(outcomes.acknowledged.contains(&999));
    assert!(matches!(store.health(), Health::Ready));
    check(&store, &outcomes);
    check_after_crash(&disk, &outcomes, &mut Random::new(9));
}

#[test]
fn many_threads_and_a_failing_disk() {
    const THREADS: usize = 8;
    let mut random = Random::new(10);
    for round in 0..60 {
        let disk = Disk::default();
        let store = Embedded::open_on(Box::new(disk.clone()), Options::default()).unwrap();
        let fault = [Fault::Once, Fault::Lasting, Fault::Torn, Fault::Panic][round % 4];
        disk.fail(usize::try_from(random.below(60)).unwrap(), fault);
        let tokens = AtomicUsize::new(0);
        let outcomes = Mutex::new(Outcomes::default());
        std::thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    for _ in 0..5 {
                        let token = tokens.fetch_add(1, Ordering::SeqCst);
                        let outcome = store.commit(transaction(token));
                        outcomes.lock().unwrap().note(token, &outcome);
                    }
                });
            }
        });
        let outcomes = outcomes.into_inner().unwrap();
        check(&store, &outcomes);
        check_after_crash(&disk, &outcomes, &mut random);
    }
}

/// The changes a watch has, and then why it cannot go on, if it cannot.
fn drain(watch: &mut dyn Watch) -> (Vec<u64>, Option<WatchError>) {
    let mut seen = Vec::new();
    loop {
        match watch.try_next() {
            Ok(Some(change)) => seen.push(change.revision.0),
            Ok(None) => return (seen, None),
            Err(error) => return (seen, Some(error)),
        }
    }
}

#[test]
fn watchers_see_no_gap_after_a_failure() {
    let mut restarted = 0;
    for at in 0..80 {
        let disk = Disk::default();
        let store = Embedded::open_on(Box::new(disk.clone()), Options::default()).unwrap();
        let mut watch = store.watch(Revision::ZERO).unwrap();
        disk.fail(at, Fault::Torn);
        let outcomes = work(&store);
        let there = u64::try_from(tokens(&store).len()).unwrap();
        let (seen, end) = drain(&mut *watch);
        match end {
            None => assert_eq!(seen, (1..=there).collect::<Vec<_>>(), "{outcomes:?}"),
            Some(WatchError::Compacted { oldest, .. }) => {
                restarted += 1;
                assert!(!outcomes.unknown.is_empty());
                let (seen, end) = drain(&mut *store.watch(oldest).unwrap());
                assert_eq!((seen, end), ((oldest.0 + 1..=there).collect(), None));
            }
            Some(other) => panic!("{other}"),
        }
    }
    assert!(restarted > 0, "no fault left a commit whose outcome was unknown and that happened");
}
