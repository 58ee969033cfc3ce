//! Commits: expectations, conflicts, revisions, and many threads at once.

use std::collections::BTreeMap;

use super::{AMPLE, Fixture, Random, commit, delete, key, put, text_of, value, write};
use crate::{
    CommitError, Entry, Expected, KEY_BYTES_MAX, Key, KeyRange, OPERATIONS_MAX, Revision, Scan, Store,
    TRANSACTION_BYTES_MAX, Transaction, VALUE_BYTES_MAX, Value, Write,
};

pub(super) fn limits(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let long = Key::new(vec![b'k'; KEY_BYTES_MAX]).unwrap();
    let large = Value::new(vec![b'v'; VALUE_BYTES_MAX]).unwrap();
    let fill = Value::new(vec![b'f'; TRANSACTION_BYTES_MAX - KEY_BYTES_MAX - VALUE_BYTES_MAX - 1]).unwrap();
    write(&*store, &[(long.clone(), Write::Put(large.clone())), (key("f"), Write::Put(fill.clone()))]);
    assert_eq!(store.read(&long).unwrap().unwrap().value, large);
    assert_eq!(store.read(&key("f")).unwrap().unwrap().value, fill);

    let names: Vec<String> = (0..OPERATIONS_MAX).map(|n| format!("many/{n:03}")).collect();
    let absent: Vec<_> = names.iter().map(|name| (name.as_str(), Expected::Absent)).collect();
    let writes: Vec<_> = names.iter().map(|name| put(name, name)).collect();
    let revision = commit(&*store, &absent, &writes).unwrap();
    let last = store.read(&key(&names[OPERATIONS_MAX - 1])).unwrap().unwrap();
    assert_eq!(last.revision, revision);
    let refused = commit(&*store, &absent, &writes).unwrap_err();
    assert!(matches!(refused, CommitError::Conflict { key, .. } if key.as_bytes() == names[0].as_bytes()));
}

pub(super) fn expectations(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let old = write(&*store, &[put("there", "0")]);
    let now = write(&*store, &[put("there", "1")]);
    for (name, expected, met) in [
        ("there", Expected::Absent, false),
        ("there", Expected::Present, true),
        ("there", Expected::Revision(now), true),
        ("there", Expected::Revision(old), false),
        ("there", Expected::Revision(Revision(now.0 + 1)), false),
        ("there", Expected::Revision(Revision::ZERO), false),
        ("missing", Expected::Absent, true),
        ("missing", Expected::Present, false),
        ("missing", Expected::Revision(now), false),
        ("missing", Expected::Revision(Revision::ZERO), false),
    ] {
        let before = store.revision().unwrap();
        let outcome = commit(&*store, &[(name, expected)], &[put("mark", name)]);
        let case = format!("{name} {expected:?}");
        if met {
            assert!(outcome.unwrap() > before, "{case}");
            continue;
        }
        let Err(CommitError::Conflict { key, expected: named, actual }) = outcome else {
            panic!("{case}: {outcome:?}")
        };
        assert_eq!((key.as_bytes(), named), (name.as_bytes(), expected), "{case}");
        assert_eq!(actual, (name == "there").then_some(now), "{case}");
        assert_eq!(store.revision().unwrap(), before, "{case}");
    }
}

pub(super) fn conflicts(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let revision = write(&*store, &[put("a", "1"), put("b", "1")]);
    let checks = [("a", Expected::Present), ("z", Expected::Present), ("b", Expected::Absent)];
    let refused = commit(&*store, &checks, &[put("a", "2"), delete("b"), put("c", "2")]).unwrap_err();
    let CommitError::Conflict { key, expected, actual } = refused else { panic!("{refused:?}") };
    assert_eq!((key.as_bytes(), expected, actual), (&b"z"[..], Expected::Present, None));
    assert_eq!(store.revision().unwrap(), revision);
    assert_eq!(value(&*store, "a").as_deref(), Some("1"));
    assert_eq!(value(&*store, "b").as_deref(), Some("1"));
    assert_eq!(value(&*store, "c"), None);
}

pub(super) fn checks_only(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let revision = write(&*store, &[put("a", "1")]);
    assert_eq!(commit(&*store, &[("a", Expected::Revision(revision))], &[]).unwrap(), revision);
    assert!(commit(&*store, &[("a", Expected::Absent)], &[]).is_err());
    assert_eq!(store.revision().unwrap(), revision);
}

pub(super) fn nothing(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let revision = write(&*store, &[put("a", "1")]);
    assert_eq!(write(&*store, &[delete("b"), delete("c")]), revision, "no such keys");
    let again = write(&*store, &[put("a", "1")]);
    assert!(again > revision, "putting the same value is a change");
    let mixed = write(&*store, &[delete("a"), delete("b")]);
    assert!(mixed > again);
    assert_eq!(store.revision().unwrap(), mixed);
}

pub(super) fn revisions(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let mut last = store.revision().unwrap();
    for n in 0..50 {
        let text = n.to_string();
        let revision = write(&*store, &[put("a", &text), put("b", &text), put(&format!("c/{n}"), &text)]);
        assert!(revision > last);
        for name in ["a", "b", &format!("c/{n}")] {
            assert_eq!(store.read(&key(name)).unwrap().unwrap().revision, revision);
        }
        assert_eq!(store.revision().unwrap(), revision);
        last = revision;
    }
}

/// Adds one to the number under `name`, however often it has to try.
fn increment(store: &dyn Store, name: &str) {
    loop {
        let entry = store.read(&key(name)).unwrap();
        let number: u64 = entry.as_ref().map_or(0, |entry| text_of(&entry.value).parse().unwrap());
        let expected = entry.map_or(Expected::Absent, |entry| Expected::Revision(entry.revision));
        match commit(store, &[(name, expected)], &[put(name, &(number + 1).to_string())]) {
            Ok(_) => return,
            Err(CommitError::Conflict { .. }) => {}
            Err(other) => panic!("{other}"),
        }
    }
}

pub(super) fn counters(fixture: &dyn Fixture) {
    const THREADS: usize = 8;
    const TIMES: usize = 40;
    let store = fixture.open(AMPLE);
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let store = &*store;
            scope.spawn(move || {
                for n in 0..TIMES {
                    increment(store, ["x", "y", "z"][(thread + n) % 3]);
                }
            });
        }
    });
    let sum: usize =
        ["x", "y", "z"].iter().map(|name| value(&*store, name).unwrap().parse::<usize>().unwrap()).sum();
    assert_eq!(sum, THREADS * TIMES);
}

pub(super) fn winner(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    for round in 0..10 {
        let name = format!("name/{round}");
        let claims: Vec<bool> = std::thread::scope(|scope| {
            let (store, name) = (&*store, name.as_str());
            let claim = |thread: usize| {
                let thread = thread.to_string();
                commit(store, &[(name, Expected::Absent)], &[put(name, &thread)]).is_ok()
            };
            let threads: Vec<_> = (0..8).map(|thread| scope.spawn(move || claim(thread))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(claims.iter().filter(|won| **won).count(), 1);
        let owner: usize = value(&*store, &name).unwrap().parse().unwrap();
        assert!(claims[owner]);
    }
}

type Model = BTreeMap<Key, Entry>;

/// A transaction of few keys, so that checks often hold and often do not.
fn random_transaction(random: &mut Random, model: &Model) -> Transaction {
    let keys: Vec<Key> = (0..8).filter(|_| random.below(3) == 0).map(|n| key(&format!("k/{n}"))).collect();
    let mut checks = Vec::new();
    for key in &keys {
        let actual = model.get(key).map(|entry| entry.revision);
        match (random.below(8), actual) {
            (0, _) => checks.push((key.clone(), Expected::Absent)),
            (1, _) => checks.push((key.clone(), Expected::Present)),
            (2..5, Some(revision)) => checks.push((key.clone(), Expected::Revision(revision))),
            (2..5, None) => checks.push((key.clone(), Expected::Absent)),
            (5, Some(revision)) => checks.push((key.clone(), Expected::Revision(Revision(revision.0 - 1)))),
            _ => {}
        }
    }
    let mut writes = vec![put("always", "written")];
    for key in keys {
        match random.below(3) {
            0 => writes.push((key, Write::Delete)),
            1 => writes.push((key, Write::Put(Value::new(random.number().to_string()).unwrap()))),
            _ => {}
        }
    }
    Transaction::new(checks, writes).unwrap()
}

pub(super) fn model(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let mut random = Random::new(1);
    let mut model = Model::new();
    let (mut committed, mut refused) = (0, 0);
    for _ in 0..300 {
        let transaction = random_transaction(&mut random, &model);
        let actual = |key: &Key| model.get(key).map(|entry| entry.revision);
        let unmet = transaction.checks().iter().find(|(key, expected)| !expected.holds(actual(key))).cloned();
        match (store.commit(transaction.clone()), unmet) {
            (Ok(revision), None) => {
                for (key, write) in transaction.writes() {
                    match write {
                        Write::Put(value) => {
                            model.insert(key.clone(), Entry { value: value.clone(), revision });
                        }
                        Write::Delete => {
                            model.remove(key);
                        }
                    }
                }
                committed += 1;
            }
            (Err(CommitError::Conflict { key, .. }), Some((unmet, _))) if key == unmet => refused += 1,
            (outcome, unmet) => panic!("{transaction:?}: {outcome:?}, unmet: {unmet:?}"),
        }
    }
    assert!(committed > 50 && refused > 50, "{committed} committed, {refused} refused");
    let snapshot = store.snapshot().unwrap();
    let entries: Model = Scan::new(&*snapshot, KeyRange::all()).map(Result::unwrap).collect();
    assert_eq!(entries, model);
}
