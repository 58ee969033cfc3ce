//! What a store has acknowledged survives `kill -9`, and no transaction survives by half.
//!
//! This process starts itself as a child that commits from many threads and names each acknowledged commit on its
//! standard output; kills it after a number of them that differs each time; opens the store and looks.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "this is a test: it panics, and talks to its runner"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use doorward_store::embedded::{Embedded, Options};
use doorward_store::{Expected, Key, KeyRange, Scan, Store, Transaction, Value, Write};

const NAME: &str = "acknowledged_commits_survive_kill";

/// Commits to be acknowledged in all, and times to be killed, at least.
const ACKNOWLEDGED_MIN: usize = 10_000;
const KILLS_MIN: usize = 20;

const THREADS: u64 = 16;

/// A commit: the thread that made it and its number there.
type Token = (u64, u64);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["child", directory, first] => child(Path::new(directory), first.parse().unwrap()),
        // What test runners ask of a test binary.
        _ if arguments.contains(&"--list") => {
            if !arguments.contains(&"--ignored") {
                println!("{NAME}: test");
            }
        }
        _ => {
            let summary = acknowledged_commits_survive_kill();
            println!("test {NAME} ... ok ({summary})");
        }
    }
}

fn key(text: &str) -> Key {
    Key::new(text).unwrap()
}

fn open(directory: &Path) -> Embedded {
    Embedded::open(directory, Options::default()).unwrap()
}

/// Commits until it is killed; each thread counts from `first`.
fn child(directory: &Path, first: u64) {
    let store = open(directory);
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let store = &store;
            scope.spawn(move || {
                for number in first.. {
                    commit(store, (thread, number));
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "{thread} {number}").unwrap();
                    out.flush().unwrap();
                }
            });
        }
    });
}

/// Commits three keys of the token's own, and the thread's head if it is as this thread left it.
fn commit(store: &Embedded, (thread, number): Token) {
    let text = format!("{thread:02}/{number:012}");
    let value = Value::new(&text).unwrap();
    let head = key(&format!("head/{thread:02}"));
    let expected = store.read(&head).unwrap();
    let expected = expected.map_or(Expected::Absent, |entry| Expected::Revision(entry.revision));
    let mut writes = vec![(head.clone(), Write::Put(value.clone()))];
    writes.extend(
        ["a", "b", "c"].map(|part| (key(&format!("token/{text}/{part}")), Write::Put(value.clone()))),
    );
    store.commit(Transaction::new(vec![(head, expected)], writes).unwrap()).unwrap();
}

fn token(text: &str) -> Token {
    let (thread, number) = text.split_once(['/', ' ']).unwrap();
    (thread.parse().unwrap(), number.parse().unwrap())
}

/// Starts a child, kills it after `count` acknowledgements, and returns all it made.
fn run_and_kill(directory: &Path, first: u64, count: usize) -> Vec<Token> {
    let mut child: Child = Command::new(std::env::current_exe().unwrap())
        .args(["child", directory.to_str().unwrap(), &first.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut acknowledged = Vec::new();
    let mut read = |acknowledged: &mut Vec<Token>| {
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        // A line cut off by the kill says nothing.
        line.strip_suffix('\n').map(|line| acknowledged.push(token(line))).is_some()
    };
    while acknowledged.len() < count {
        assert!(read(&mut acknowledged), "the child ended by itself");
    }
    child.kill().unwrap();
    let status = child.wait().unwrap();
    assert!(!status.success() && status.code().is_none(), "the child ended by itself: {status}");
    while read(&mut acknowledged) {}
    acknowledged
}

/// The tokens in the store; every one must be whole, and the newest of each thread its head.
fn tokens(directory: &Path) -> BTreeSet<Token> {
    let store = open(directory);
    let snapshot = store.snapshot().unwrap();
    let mut parts = BTreeMap::new();
    let mut newest = BTreeMap::new();
    for item in Scan::new(&*snapshot, KeyRange::prefix(b"token/")) {
        let (key, entry) = item.unwrap();
        let value = std::str::from_utf8(entry.value.as_bytes()).unwrap();
        assert!(key.as_bytes().starts_with(format!("token/{value}/").as_bytes()), "{key} holds {value}");
        let (count, revision) = parts.entry(token(value)).or_insert((0, entry.revision));
        *count += 1;
        assert_eq!(*revision, entry.revision, "{value} is of one commit");
        newest.insert(token(value).0, value.to_owned());
    }
    for ((thread, number), (count, _)) in &parts {
        assert_eq!(*count, 3, "half of commit {number} of thread {thread}");
    }
    for (thread, value) in newest {
        let head = snapshot.read(&key(&format!("head/{thread:02}"))).unwrap().unwrap();
        assert_eq!(head.value.as_bytes(), value.as_bytes(), "the head of thread {thread}");
    }
    assert_eq!(snapshot.revision().0, parts.len() as u64, "each commit has a revision");
    parts.into_keys().collect()
}

fn acknowledged_commits_survive_kill() -> String {
    let directory = tempfile::tempdir().unwrap();
    let mut acknowledged = BTreeSet::new();
    let mut kills = 0;
    // Differs with each run, as the moment of a kill does anyway.
    let mut seed = u64::from(std::process::id());
    while acknowledged.len() < ACKNOWLEDGED_MIN || kills < KILLS_MIN {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // One in eight is killed while it opens the store, or soon after.
        let count = if seed >> 61 == 0 { 0 } else { usize::try_from((seed >> 32) % 900).unwrap() };
        let first = kills as u64 * 1_000_000;
        acknowledged.extend(run_and_kill(directory.path(), first, count));
        kills += 1;
        let there = tokens(directory.path());
        let lost: Vec<_> = acknowledged.difference(&there).collect();
        assert!(lost.is_empty(), "lost after kill {kills}: {lost:?}");
    }
    format!("{} commits acknowledged, {kills} kills", acknowledged.len())
}
