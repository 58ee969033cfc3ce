//! The store in etcd: that it conforms, and what it does when the cluster, or somebody else in it, misbehaves.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicUsize;
use std::time::Instant;

use super::*;
use crate::conformance::cluster::{Cluster, PASSWORD, Plan};
use crate::conformance::{self, Fixture};
use crate::{Expected, HistoryLimit, Scan, Value, Write};

/// Stores under prefixes of their own.
struct UnderPrefixes {
    cluster: Arc<Cluster>,
    made: AtomicUsize,
}

impl UnderPrefixes {
    fn of(cluster: Cluster) -> Self {
        Self { cluster: Arc::new(cluster), made: AtomicUsize::new(0) }
    }

    fn store(&self) -> Etcd {
        let prefix = format!("doorward/{}/", self.made.load(Ordering::SeqCst));
        Etcd::open(self.cluster.options(&prefix)).unwrap()
    }
}

impl Fixture for UnderPrefixes {
    fn open(&self, history: HistoryLimit) -> Arc<dyn Store> {
        self.made.fetch_add(1, Ordering::SeqCst);
        let store = self.store();
        match history.commits {
            // The suite's word for as much as there is.
            100_000 => Arc::new(store),
            _ => Arc::new(Forgetful { store, cluster: Arc::clone(&self.cluster) }),
        }
    }

    fn reopen(&self, store: Arc<dyn Store>, _: HistoryLimit) -> Option<Arc<dyn Store>> {
        drop(store);
        Some(Arc::new(self.store()))
    }
}

/// A store whose cluster is compacted at each commit.
struct Forgetful {
    store: Etcd,
    cluster: Arc<Cluster>,
}

impl Store for Forgetful {
    fn revision(&self) -> Result<Revision, ReadError> {
        self.store.revision()
    }

    fn snapshot(&self) -> Result<Box<dyn Snapshot>, ReadError> {
        self.store.snapshot()
    }

    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError> {
        let revision = self.store.commit(transaction)?;
        self.cluster.compact(revision.0);
        Ok(revision)
    }

    fn watch(&self, after: Revision) -> Result<Box<dyn Watch>, WatchError> {
        self.store.watch(after)
    }

    fn health(&self) -> Health {
        self.store.health()
    }
}

#[test]
fn conforms() {
    conformance::run(&UnderPrefixes::of(Cluster::start(&Plan::default())));
}

#[test]
fn conforms_with_tls_and_a_password() {
    let plan = Plan { members: 1, tls: true, login: true, quota_bytes: None };
    conformance::run(&UnderPrefixes::of(Cluster::start(&plan)));
}

fn key(text: &str) -> Key {
    Key::new(text).unwrap()
}

fn put(store: &Etcd, name: &str, value: &str) -> Result<Revision, CommitError> {
    let write = (key(name), Write::Put(Value::new(value).unwrap()));
    store.commit(Transaction::new(vec![], vec![write]).unwrap())
}

/// Ten writers that count up a key of their own each, and what each had acknowledged last, while `fault` happens.
fn counts(store: &Etcd, fault: impl FnOnce()) -> Vec<(u64, u64)> {
    let stop = std::sync::atomic::AtomicBool::new(false);
    let count = |writer: usize| {
        let (mut acknowledged, mut tried) = (0, 0);
        while !stop.load(Ordering::SeqCst) {
            tried += 1;
            if put(store, &format!("writer/{writer}"), &tried.to_string()).is_ok() {
                acknowledged = tried;
            }
        }
        (acknowledged, tried)
    };
    std::thread::scope(|scope| {
        let count = &count;
        let writers: Vec<_> = (0..10).map(|writer| scope.spawn(move || count(writer))).collect();
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(fault));
        stop.store(true, Ordering::SeqCst);
        outcome.unwrap();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    })
}

/// Waits until `store` has taken ten more commits.
fn await_commits(store: &Etcd) {
    let deadline = Instant::now() + Duration::from_secs(30);
    for n in 0..10 {
        while put(store, "probe", &n.to_string()).is_err() {
            assert!(Instant::now() < deadline, "no commits any more");
        }
    }
}

/// Breaks a member under commits, and checks that nothing acknowledged was lost and that a watch saw all of it once.
fn survives(fault: impl FnOnce(&mut Cluster, usize)) {
    let mut cluster = Cluster::start(&Plan::default());
    let store = Etcd::open(cluster.options("doorward/")).unwrap();
    let mut watch = store.watch(Revision::ZERO).unwrap();
    let counts = counts(&store, || {
        await_commits(&store);
        let leader = cluster.leader();
        fault(&mut cluster, leader);
        await_commits(&store);
    });
    let other = Etcd::open(cluster.options("doorward/")).unwrap();
    for (writer, (acknowledged, tried)) in counts.into_iter().enumerate() {
        let found = other.read(&key(&format!("writer/{writer}"))).unwrap().unwrap();
        let found: u64 = std::str::from_utf8(found.value.as_bytes()).unwrap().parse().unwrap();
        assert!((acknowledged..=tried).contains(&found), "{acknowledged} acknowledged, {found} found");
        assert!(acknowledged > 0);
    }
    let snapshot = other.snapshot().unwrap();
    let (mut entries, mut last) = (BTreeMap::new(), Revision::ZERO);
    while last < snapshot.revision() {
        let change = watch.next(Duration::from_secs(20)).unwrap().expect("changes that were committed");
        assert!(change.revision > last, "each change once and in order");
        last = change.revision;
        for (key, write) in &change.writes {
            let Write::Put(value) = write else { panic!("nothing was deleted") };
            let value = value.as_bytes().to_vec();
            let number: u64 = std::str::from_utf8(&value).unwrap().parse().unwrap();
            let before = entries.insert(key.clone(), number);
            let grew = before.is_none_or(|before| number > before || key.as_bytes() == b"probe");
            assert!(grew, "{key}: {before:?}, then {number}");
        }
    }
    let stored: Vec<Key> = Scan::new(&*snapshot, KeyRange::all()).map(|entry| entry.unwrap().0).collect();
    assert_eq!(entries.into_keys().collect::<Vec<_>>(), stored);
}

#[test]
fn a_killed_leader_loses_nothing() {
    survives(|cluster, leader| {
        cluster.kill(leader);
    });
}

#[test]
fn a_paused_leader_loses_nothing() {
    survives(|cluster, leader| cluster.pause(leader));
}

#[test]
fn a_member_that_lost_its_data_comes_back() {
    survives(|cluster, leader| cluster.replace(leader));
}

#[test]
fn two_stores_are_one() {
    let cluster = Cluster::start(&Plan::default());
    let open = || Etcd::open(cluster.options("doorward/")).unwrap();
    // At the same moment, on nothing.
    let (one, other) = std::thread::scope(|scope| {
        let other = scope.spawn(open);
        (open(), other.join().unwrap())
    });
    let mut watch = other.watch(other.revision().unwrap()).unwrap();
    let revision = put(&one, "a", "1").unwrap();
    assert_eq!(other.revision().unwrap(), revision);
    assert_eq!(other.read(&key("a")).unwrap().unwrap().revision, revision);
    assert_eq!(watch.next(Duration::from_secs(20)).unwrap().unwrap().revision, revision);
    let check = (key("a"), Expected::Revision(revision));
    let write = || vec![(key("a"), Write::Delete)];
    let changed = other.commit(Transaction::new(vec![check.clone()], write()).unwrap()).unwrap();
    let refused = one.commit(Transaction::new(vec![check], write()).unwrap()).unwrap_err();
    assert!(matches!(refused, CommitError::Conflict { actual: None, .. }), "{refused}");
    assert_eq!(one.revision().unwrap(), changed);
}

#[test]
fn others_may_write_and_compact() {
    let cluster = Cluster::start(&Plan { members: 1, ..Plan::default() });
    let store = Etcd::open(cluster.options("doorward/")).unwrap();
    let revision = put(&store, "a", "1").unwrap();
    let snapshot = store.snapshot().unwrap();
    let mut early = store.watch(Revision::ZERO).unwrap();
    for n in 0..20 {
        cluster.etcdctl(&["put", "other/application", &n.to_string()]);
    }
    assert_eq!(store.revision().unwrap(), revision, "it did not change");
    cluster.compact(revision.0 + 15);
    // Nothing of the store's was lost after its revision, although etcd has forgotten what came right after that.
    let mut watch = store.watch(revision).unwrap();
    let Err(WatchError::Compacted { oldest, .. }) = early.next(Duration::from_secs(20)) else {
        panic!("it was not told")
    };
    assert_eq!(oldest, revision);
    assert!(matches!(snapshot.read(&key("a")), Err(ReadError::Compacted { .. })));
    let next = put(&store, "b", "2").unwrap();
    assert_eq!(watch.next(Duration::from_secs(20)).unwrap().unwrap().revision, next);
    assert_eq!(store.read(&key("a")).unwrap().unwrap().revision, revision);
}

#[test]
fn what_is_not_a_stores_is_refused_and_left() {
    let cluster = Cluster::start(&Plan { members: 1, ..Plan::default() });
    let foreign = |key: &str| {
        format!(
            "the key `{key}` in etcd is not Doorward's: choose another prefix, or remove what is under this one"
        )
    };
    let newer =
        "etcd holds format 9 of the store, and this program knows up to format 1; use a newer program";
    for (name, value, text) in [
        ("1/something", "else", foreign("1/something")),
        ("2/format", "something else", foreign("2/format")),
        ("3/format", "doorward-store 9", newer.to_owned()),
        ("4/format", "doorward-store 1", foreign("4/format")),
    ] {
        cluster.etcdctl(&["put", name, value]);
        let prefix = &name[..2];
        for _ in 0..2 {
            let refused = Etcd::open(cluster.options(prefix)).err().unwrap().to_string();
            assert_eq!(refused, text, "{name}");
        }
        assert_eq!(cluster.etcdctl(&["get", "--prefix", prefix]), format!("{name}\n{value}\n"));
    }
}

#[test]
fn what_others_write_into_a_store_is_an_error() {
    let cluster = Cluster::start(&Plan { members: 1, ..Plan::default() });
    let store = Etcd::open(cluster.options("doorward/")).unwrap();
    let revision = put(&store, "a", "1").unwrap();
    let mut watch = store.watch(revision).unwrap();
    cluster.etcdctl(&["put", "doorward/entry/a", "not a value of the store"]);
    let damaged = "the entry of the key `doorward/entry/a` is damaged";
    assert_eq!(store.read(&key("a")).unwrap_err().to_string(), damaged);
    assert_eq!(store.range(&KeyRange::all(), PageSize::MAX).unwrap_err().to_string(), damaged);
    let told = watch.next(Duration::from_secs(20)).unwrap_err().to_string();
    assert!(told.contains("the key `doorward/entry/a` in etcd was not written by Doorward"), "{told}");
    put(&store, "a", "2").unwrap();
    assert_eq!(store.read(&key("a")).unwrap().unwrap().value.as_bytes(), b"2");

    let revision = store.revision().unwrap();
    let mut watch = store.watch(revision).unwrap();
    cluster.etcdctl(&["put", "doorward/stray", "value"]);
    let told = watch.next(Duration::from_secs(20)).unwrap_err().to_string();
    assert!(told.contains("`doorward/stray`"), "{told}");

    cluster.etcdctl(&["del", "--prefix", "doorward/"]);
    let Err(CommitError::Unavailable { cause }) = put(&store, "a", "3") else { panic!("it was written") };
    let text = "the store under `doorward/` in etcd was removed or replaced while it was in use: start again";
    assert_eq!(cause.to_string(), text);
}

#[test]
fn a_full_cluster_says_what_to_do() {
    let plan = Plan { members: 1, quota_bytes: Some(16 * 1024 * 1024), ..Plan::default() };
    let cluster = Cluster::start(&plan);
    let store = Etcd::open(cluster.options("doorward/")).unwrap();
    let large = "v".repeat(1024 * 1024);
    // The same key, so that nearly all of it is history, which compaction frees.
    let refused = (0..64).find_map(|_| put(&store, "k", &large).err()).expect("it was refused");
    let CommitError::Unavailable { cause } = refused else { panic!("{refused}") };
    assert!(cause.to_string().contains("out of space (NOSPACE)"), "{cause}");
    assert!(matches!(store.health(), Health::Degraded { .. }));
    assert!(store.read(&key("k")).unwrap().is_some(), "reads go on");

    cluster.compact(store.revision().unwrap().0);
    cluster.etcdctl(&["defrag"]);
    cluster.etcdctl(&["alarm", "disarm"]);
    put(&store, "k", &large).unwrap();
    assert!(matches!(store.health(), Health::Ready));
}

#[test]
fn a_wrong_password_and_a_cluster_that_is_not_there() {
    let mut cluster = Cluster::start(&Plan { members: 1, login: true, ..Plan::default() });
    let options = |user: &str, password: &str, prefix: &str| {
        let mut options = cluster.options(prefix);
        options.login = Some(Login { user: user.to_owned(), password: Secret::new(password) });
        options.patience = Duration::from_millis(500);
        options
    };
    let cause = |options: Options| {
        let error = Etcd::open(options).err().unwrap();
        std::error::Error::source(&error).unwrap().to_string()
    };
    let refused = cause(options("doorward", "wrong", "doorward/"));
    assert!(refused.contains("etcd refuses the user or the password"), "{refused}");
    let mut anonymous = options("", "", "doorward/");
    anonymous.login = None;
    let refused = cause(anonymous);
    assert!(refused.contains("etcd refuses the user or the password"), "{refused}");
    let refused = cause(options("doorward", PASSWORD, "elsewhere/"));
    assert!(refused.contains("grant it readwrite on all keys with the prefix `elsewhere/`"), "{refused}");

    let (gone, began) = (options("doorward", PASSWORD, "doorward/"), Instant::now());
    cluster.kill(0);
    let refused = cause(gone);
    assert!(refused.contains("cannot be reached"), "{refused}");
    assert!(began.elapsed() < Duration::from_secs(20));
}

#[test]
fn options_that_cannot_be() {
    let check = |options: Options, text: &str| {
        assert_eq!(Etcd::open(options).err().unwrap().to_string(), text);
    };
    let address = || vec!["http://127.0.0.1:1".to_owned()];
    let tls = || Some(Tls { ca: Vec::new(), identity: None });
    check(Options::new(vec![]), "no endpoint of etcd is named");
    check(
        Options::new(vec!["127.0.0.1:2379".to_owned()]),
        "the endpoint `127.0.0.1:2379` of etcd cannot be used: it has to begin with `http://` or `https://`",
    );
    check(
        Options { tls: tls(), ..Options::new(address()) },
        "the endpoint `http://127.0.0.1:1` of etcd cannot be used: certificates need `https://`",
    );
    check(
        Options::new(vec!["https://127.0.0.1:1".to_owned()]),
        "the endpoint `https://127.0.0.1:1` of etcd cannot be used: `https://` needs the certificate of a CA",
    );
    check(
        Options { prefix: "doorward".to_owned(), ..Options::new(address()) },
        "the prefix `doorward` cannot be used: it has to be 1 to 64 printable ASCII characters, the last of them `/`",
    );
}
