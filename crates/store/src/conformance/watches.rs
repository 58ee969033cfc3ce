//! Watches, history, closing and opening again.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::{AMPLE, Fixture, Random, delete, key, put, text_of, value, write};
use crate::{
    Change, Expected, HistoryLimit, Key, KeyRange, Revision, Scan, Store, Value, Watch, WatchError, Write,
};

/// Longer than any backend takes to hand out what it has; only a failing case waits for it.
const PATIENCE: Duration = Duration::from_secs(20);

/// The next change, which there must be.
fn next(watch: &mut dyn Watch) -> Arc<Change> {
    let change = watch.next(PATIENCE).unwrap();
    change.unwrap_or_else(|| panic!("no change within {PATIENCE:?}"))
}

/// Writes `n` commits and returns what a watch should say of them.
fn write_some(store: &dyn Store, n: usize) -> Vec<Change> {
    let change = |n: usize| {
        let writes = vec![put(&format!("k/{}", n % 3), &n.to_string()), put("last", &n.to_string())];
        Change { revision: write(store, &writes), writes }
    };
    (0..n).map(change).collect()
}

/// The changes `watch` has at once, or will have: as many as `expected`, and then no more.
fn check(watch: &mut dyn Watch, expected: &[Change]) {
    for change in expected {
        assert_eq!(*next(watch), *change);
        assert_eq!(watch.position(), change.revision);
    }
    assert_eq!(watch.try_next().unwrap(), None);
}

pub(super) fn from_the_start(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let start = store.revision().unwrap();
    let mut early = store.watch(start).unwrap();
    assert_eq!(early.position(), start);
    assert_eq!(early.try_next().unwrap(), None);
    let changes = write_some(&*store, 10);
    check(&mut *early, &changes);
    check(&mut *store.watch(start).unwrap(), &changes);
}

pub(super) fn from_later(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let mut changes = write_some(&*store, 10);
    let mut watches: Vec<_> = changes.iter().map(|change| store.watch(change.revision).unwrap()).collect();
    changes.extend(write_some(&*store, 3));
    for (n, watch) in watches.iter_mut().enumerate() {
        check(&mut **watch, &changes[n + 1..]);
    }
}

pub(super) fn ahead(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let current = write(&*store, &[put("a", "1")]);
    let after = Revision(current.0 + 1);
    let refused = store.watch(after).err();
    assert_eq!(refused, Some(WatchError::Ahead { after, current }));
}

pub(super) fn waiting(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let mut watch = store.watch(store.revision().unwrap()).unwrap();
    assert_eq!(watch.next(Duration::from_millis(5)).unwrap(), None);
    std::thread::scope(|scope| {
        let waiter = scope.spawn(move || next(&mut *watch));
        let revision = write(&*store, &[put("a", "1")]);
        assert_eq!(waiter.join().unwrap().revision, revision);
    });
}

pub(super) fn effective(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let start = write(&*store, &[put("a", "1"), put("b", "1")]);
    let mut watch = store.watch(start).unwrap();
    write(&*store, &[delete("missing")]);
    super::commit(&*store, &[("a", Expected::Absent)], &[put("a", "2")]).unwrap_err();
    super::commit(&*store, &[("a", Expected::Present)], &[]).unwrap();
    let revision = write(&*store, &[put("c", "1"), delete("b"), delete("missing")]);
    check(&mut *watch, &[Change { revision, writes: vec![delete("b"), put("c", "1")] }]);
}

pub(super) fn many_writers(fixture: &dyn Fixture) {
    const THREADS: usize = 8;
    const TIMES: usize = 25;
    let store = fixture.open(AMPLE);
    let start = store.revision().unwrap();
    let watch = || {
        let (mut watch, mut told, mut changes) = (store.watch(start).unwrap(), 0, Vec::new());
        while told < THREADS * TIMES {
            let change = next(&mut *watch);
            told += change.writes.len();
            changes.push((change.revision, change.writes.clone()));
        }
        changes
    };
    let (seen, mut committed) = std::thread::scope(|scope| {
        let watchers: Vec<_> = (0..3).map(|_| scope.spawn(watch)).collect();
        let writer = |thread: usize| {
            let write_one =
                |n: usize| (write(&*store, &[put(&format!("k/{thread}"), &n.to_string())]), thread, n);
            (0..TIMES).map(write_one).collect::<Vec<_>>()
        };
        let writers: Vec<_> = (0..THREADS).map(|thread| scope.spawn(move || writer(thread))).collect();
        let committed: Vec<_> = writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect();
        let seen: Vec<_> = watchers.into_iter().map(|watcher| watcher.join().unwrap()).collect();
        (seen, committed)
    });
    committed.sort_unstable();
    // Commits that were made at once may share a revision, and are one change then.
    let mut expected = BTreeMap::<_, Vec<_>>::new();
    for (revision, thread, n) in committed {
        expected.entry(revision).or_default().push(put(&format!("k/{thread}"), &n.to_string()));
    }
    let expected: Vec<_> = expected.into_iter().collect();
    for changes in seen {
        assert_eq!(changes, expected);
    }
}

type Entries = BTreeMap<Key, (Value, Revision)>;

fn entries(store: &dyn Store) -> (Entries, Revision) {
    let snapshot = store.snapshot().unwrap();
    let all = Scan::new(&*snapshot, KeyRange::all()).map(|item| {
        let (key, entry) = item.unwrap();
        (key, (entry.value, entry.revision))
    });
    (all.collect(), snapshot.revision())
}

pub(super) fn snapshot_then_watch(fixture: &dyn Fixture) {
    const THREADS: u64 = 4;
    let store = fixture.open(AMPLE);
    let writer = |thread: u64| {
        let mut random = Random::new(thread);
        for _ in 0..40 {
            let name = format!("k/{}", random.below(10));
            let change =
                if random.below(4) == 0 { delete(&name) } else { put(&name, &random.number().to_string()) };
            write(&*store, &[change, put(&format!("writer/{thread}"), "was here")]);
        }
    };
    // Readers start at whatever moment they are given; each must arrive at the same whole.
    let reader = || entries(&*store);
    let starts: Vec<_> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..THREADS).map(|thread| scope.spawn(move || writer(thread))).collect();
        let starts = (0..20).map(|_| reader()).collect();
        writers.into_iter().for_each(|writer| writer.join().unwrap());
        starts
    });
    let (whole, end) = entries(&*store);
    for (mut entries, start) in starts {
        let mut watch = store.watch(start).unwrap();
        while watch.position() < end {
            let change = next(&mut *watch);
            for (key, write) in &change.writes {
                match write {
                    Write::Put(value) => entries.insert(key.clone(), (value.clone(), change.revision)),
                    Write::Delete => entries.remove(key),
                };
            }
        }
        assert_eq!(entries, whole, "from revision {start}");
    }
}

pub(super) fn compacted(fixture: &dyn Fixture) {
    let store = fixture.open(HistoryLimit { commits: 5, bytes: 1 << 20 });
    let start = store.revision().unwrap();
    let mut behind = store.watch(start).unwrap();
    let changes = write_some(&*store, 12);
    let Err(WatchError::Compacted { after, oldest }) = behind.next(PATIENCE) else {
        panic!("history was kept")
    };
    assert_eq!(after, start);
    assert_eq!(store.watch(start).err(), Some(WatchError::Compacted { after, oldest }), "a new watch");
    assert!(behind.try_next().is_err(), "for good");
    let kept: Vec<_> = changes.iter().filter(|change| change.revision > oldest).cloned().collect();
    assert!(kept.len() <= 5);
    check(&mut *store.watch(oldest).unwrap(), &kept);
    let last = changes[11].revision;
    check(&mut *store.watch(last).unwrap(), &[]);
}

pub(super) fn closed(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let mut watch = store.watch(store.revision().unwrap()).unwrap();
    let changes = write_some(&*store, 3);
    std::thread::scope(|scope| {
        let watcher = scope.spawn(move || {
            for change in &changes {
                assert_eq!(*next(&mut *watch), *change);
            }
            watch.next(PATIENCE)
        });
        drop(store);
        assert_eq!(watcher.join().unwrap(), Err(WatchError::Closed));
    });
}

pub(super) fn reopen(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    write_some(&*store, 10);
    write(&*store, &[delete("k/1")]);
    let before = entries(&*store);
    let Some(store) = fixture.reopen(store, AMPLE) else { return };
    assert_eq!(entries(&*store), before);
    let (_, revision) = before;
    assert_eq!(store.revision().unwrap(), revision);

    let mut watch = store.watch(revision).unwrap();
    let writes = vec![put("k/1", "again")];
    let again = super::commit(&*store, &[("k/1", Expected::Absent)], &writes).unwrap();
    assert!(again > revision);
    check(&mut *watch, &[Change { revision: again, writes }]);
    assert_eq!(value(&*store, "k/1").as_deref(), Some("again"));
    assert_eq!(text_of(&store.read(&key("k/0")).unwrap().unwrap().value), "9");
}
