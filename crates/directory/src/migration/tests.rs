//! Migrations by steps of a toy kind, cut off after every commit.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use doorward_store::embedded::Options;
use doorward_store::{Embedded, Health, Memory, Snapshot, Watch, WatchError};

use super::*;
use crate::change::users;
use crate::limits::Limits;
use crate::testing::{account, add_user, open, outcome, started};

/// To format 2 every body grows; to format 3 what begins with `old` moves, and what is a pair is two records.
const TOY: &[Step] = &[
    Step {
        what: "bodies end with a mark",
        rewrite: |key, body| Ok(vec![(key.to_vec(), [body, b"!"].concat())]),
    },
    Step { what: "names are new", rewrite: renamed },
];

fn renamed(key: &[u8], body: &[u8]) -> Result<Rewritten, String> {
    let text = std::str::from_utf8(key).map_err(|error| error.to_string())?;
    if text.contains("/broken/") {
        return Err("it is broken".to_owned());
    }
    if text.contains("/gone/") {
        return Ok(Vec::new());
    }
    if text.contains("/pair/") {
        let half = |name: &str| (text.replace("/pair/", name).into_bytes(), body.to_vec());
        return Ok(vec![half("/left/"), half("/right/")]);
    }
    // Behind all others, so that it is come across again.
    Ok(vec![(text.replace("/old/", "/zold/").into_bytes(), body.to_vec())])
}

/// What stands in a store: text but for the first byte, and long bodies cut.
fn all(store: &dyn Store) -> Vec<String> {
    let mut all = Vec::new();
    let snapshot = store.snapshot().unwrap();
    let mut see = |seen: doorward_store::Seen<'_>| {
        if seen.key != format::KEY {
            let key = String::from_utf8_lossy(seen.key);
            let (first, body) = seen.value.split_first().unwrap();
            let end = String::from_utf8_lossy(&body[body.len().saturating_sub(8)..]);
            all.push(format!("{key} {first} {} {end}", body.len()));
        }
        ControlFlow::Continue(())
    };
    snapshot.for_each(&KeyRange::all(), &mut see).unwrap();
    all
}

/// Records of format 1 with bodies of `length`, sixty of each kind.
fn fill(store: &dyn Store, length: usize) {
    let put = |key: String, value: Vec<u8>| {
        let write = (Key::new(key).unwrap(), Write::Put(Value::new(value).unwrap()));
        store.commit(Transaction::new(vec![], vec![write]).unwrap()).unwrap();
    };
    let first = Format { number: 1, program: "0.0.1".into(), becoming: None };
    put("iam/format".to_owned(), first.encode().unwrap());
    for number in 0..60 {
        for kind in ["gone", "old", "pair", "plain"] {
            put(format!("iam/{kind}/{number:02}"), [&[1][..], &vec![b'x'; length]].concat());
        }
    }
}

/// What [`fill`] becomes.
fn expected(length: usize) -> Vec<String> {
    let tail = |number: usize, kind: &str| {
        format!("iam/{kind}/{number:02} 3 {} {}!", length + 1, "x".repeat(length.min(7)))
    };
    let kinds = ["left", "plain", "right", "zold"];
    kinds.iter().flat_map(|kind| (0..60).map(move |number| tail(number, kind))).collect()
}

fn run(store: &dyn Store) -> Result<Option<Migrated>, MigrateError> {
    migrate(store, TOY, "9.9.9", &Progress::default())
}

/// A store that fails for good after so many commits; the last one happens, and is not acknowledged.
struct Dying<'a> {
    inner: &'a dyn Store,
    left: AtomicUsize,
}

impl Store for Dying<'_> {
    fn revision(&self) -> Result<Revision, ReadError> {
        self.inner.revision()
    }

    fn snapshot(&self) -> Result<Box<dyn Snapshot>, ReadError> {
        self.inner.snapshot()
    }

    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError> {
        let cause = Arc::new(std::io::Error::other("the power is off"));
        let left = self.left.load(Ordering::Relaxed);
        self.left.store(left.saturating_sub(1), Ordering::Relaxed);
        match left {
            0 => Err(CommitError::Unavailable { cause }),
            1 => self.inner.commit(transaction).and(Err(CommitError::Unknown { cause })),
            _ => self.inner.commit(transaction),
        }
    }

    fn watch(&self, after: Revision) -> Result<Box<dyn Watch>, WatchError> {
        self.inner.watch(after)
    }

    fn health(&self) -> Health {
        self.inner.health()
    }
}

/// Cuts a migration off after `commits`, and goes on; whether there was anything to go on with.
fn cut_off(store: &dyn Store, commits: usize) -> bool {
    let dying = Dying { inner: store, left: AtomicUsize::new(commits) };
    let died = run(&dying).is_err();
    if died {
        // Between the two, nobody takes it for whole.
        let half = pending(&*store.snapshot().unwrap(), TOY);
        assert!(commits == 0 || half.is_err() || half.unwrap().is_none_or(|(_, to)| to == 3));
        run(store).unwrap();
    }
    died
}

#[test]
fn a_migration_goes_on_wherever_it_was_cut_off() {
    for length in [3, 100_000] {
        let mut commits = 0;
        loop {
            let store = Memory::default();
            fill(&store, length);
            let died = cut_off(&store, commits);
            assert_eq!(all(&store), expected(length), "{commits} commits");
            let (format, _) = format::of(&*store.snapshot().unwrap()).unwrap().unwrap();
            assert_eq!((format.number, &*format.program, format.becoming), (3, "9.9.9", None));
            if !died {
                break;
            }
            // Bytes make many transactions; what happens at each is the same.
            commits += if length > 1000 && commits > 4 { 7 } else { 1 };
        }
        assert!(commits > 6, "{commits} commits were enough");
    }
}

#[test]
fn a_migration_goes_on_in_a_file_that_is_opened_again() {
    for commits in [0, 1, 2, 4, 6, 9] {
        let directory = tempfile::tempdir().unwrap();
        let embedded = || Embedded::open(directory.path(), Options::default()).unwrap();
        let store = embedded();
        fill(&store, 3);
        let dying = Dying { inner: &store, left: AtomicUsize::new(commits) };
        let died = run(&dying).is_err();
        drop(store);
        let store = embedded();
        assert_eq!(run(&store).unwrap().is_some(), died);
        assert_eq!(all(&store), expected(3), "{commits} commits");
    }
}

#[test]
fn servers_that_start_at_once_migrate_once() {
    let store = Memory::default();
    fill(&store, 3);
    std::thread::scope(|scope| {
        let servers: Vec<_> = (0..4).map(|_| scope.spawn(|| run(&store))).collect();
        for server in servers {
            server.join().unwrap().unwrap();
        }
    });
    assert_eq!(all(&store), expected(3));
    assert_eq!(run(&store).unwrap(), None);
}

#[test]
fn what_cannot_be_migrated_is_named_and_left() {
    let store = Memory::default();
    fill(&store, 3);
    let broken = |value: &[u8]| {
        let write = (Key::new("iam/broken/1").unwrap(), Write::Put(Value::new(value).unwrap()));
        store.commit(Transaction::new(vec![], vec![write]).unwrap()).unwrap();
    };
    for (value, reason) in [
        (
            &b"\x09x"[..],
            "the record of the key `iam/broken/1` cannot be migrated to format 2: its format is 9",
        ),
        (b"", "the record of the key `iam/broken/1` cannot be migrated to format 2: it is empty"),
        (b"\x01x", "the record of the key `iam/broken/1` cannot be migrated to format 3: it is broken"),
    ] {
        broken(value);
        assert_eq!(run(&store).unwrap_err().to_string(), reason);
    }
    let found = pending(&*store.snapshot().unwrap(), TOY).unwrap().unwrap();
    assert_eq!((found.0.number, found.0.becoming, found.1), (2, Some(3), 3));
}

#[test]
fn later_formats_are_refused_and_empty_stores_have_none() {
    let store = Memory::default();
    assert_eq!(run(&store).unwrap(), None);
    fill(&store, 3);
    run(&store).unwrap();
    let older = migrate(&store, &TOY[..1], "1.1.1", &Progress::default()).unwrap_err();
    assert!(
        older.to_string().starts_with("the store has format 3, of Doorward 9.9.9, and this is"),
        "{older}"
    );
    assert_eq!(all(&store), expected(3));
}

/// A server of the old version on a store that another begins to migrate: it stops writing, and says why.
#[test]
fn who_knows_the_old_format_only_writes_no_more() {
    let store = Arc::new(Memory::default());
    let first = started();
    for entry in Scan::new(&*first.stored().unwrap(), KeyRange::all()) {
        let (key, entry) = entry.unwrap();
        let write = (key, Write::Put(entry.value));
        store.commit(Transaction::new(vec![], vec![write]).unwrap()).unwrap();
    }
    let directory = open(Arc::clone(&store) as Arc<dyn Store>, Limits::default(), 5);
    let mut begun = false;
    let refused = outcome(&directory, |draft| {
        // The migration begins while a change is planned.
        if !begun {
            begun = true;
            let (format, revision) = format::of(&*store.snapshot().unwrap()).unwrap().unwrap();
            let next = Format { becoming: Some(2), program: "9.9.9".into(), ..format };
            commit(&*store, declare(&next, revision).unwrap()).unwrap();
        }
        add_user(draft, "late")
    });
    assert!(refused.starts_with("ServiceUnavailable"), "{refused}");
    assert!(!all(&*store).iter().any(|record| record.contains("late")));
    let deadline = Instant::now() + Duration::from_secs(10);
    while directory.health().is_ok() && Instant::now() < deadline {
        std::thread::yield_now();
    }
    let reason = directory.health().unwrap_err().reason;
    assert!(reason.contains("the store has format 2, of Doorward 9.9.9"), "{reason}");
    let after = outcome(&directory, |draft| users::delete(draft, account(), "late"));
    assert!(after.starts_with("ServiceUnavailable"), "{after}");
}
