//! Backups come back as they were; no damage goes unnoticed; what was not restored to its end is recognized.

use std::io::Cursor;

use crate::{Damage, Made, ReadError, RestoreError, restore, verify, write};
use doorward_store::fill::{FillError, unfinished};
use doorward_store::{
    Cause, CommitError, Health, Key, KeyRange, Memory, ReadError as StoreReadError, Revision, Scan, Snapshot,
    Store, Transaction, Value, Watch, WatchError, Write,
};
use proptest::prelude::*;

type Entry = (Vec<u8>, Vec<u8>);

fn made() -> Made {
    Made { program: "0.1.0".to_owned(), created: "2026-11-22T10:00:00Z".parse().unwrap() }
}

fn holding(entries: &[Entry]) -> Memory {
    let store = Memory::default();
    for (key, value) in entries {
        let write = (Key::new(key).unwrap(), Write::Put(Value::new(value).unwrap()));
        store.commit(Transaction::new(vec![], vec![write]).unwrap()).unwrap();
    }
    store
}

fn held(store: &dyn Store) -> Vec<Entry> {
    let snapshot = store.snapshot().unwrap();
    let entries = Scan::new(&*snapshot, KeyRange::all()).map(|entry| {
        let (key, entry) = entry.unwrap();
        (key.as_bytes().to_vec(), entry.value.as_bytes().to_vec())
    });
    entries.collect()
}

fn backup(store: &dyn Store) -> Vec<u8> {
    let mut file = Vec::new();
    write(&*store.snapshot().unwrap(), &made(), &mut file, &mut |_| {}).unwrap();
    file
}

fn small() -> Vec<u8> {
    let entries: Vec<Entry> =
        (0..20).map(|number| (format!("iam/{number:02}").into(), vec![b'v'; number])).collect();
    backup(&holding(&entries))
}

/// Several blocks.
fn large() -> Vec<u8> {
    let entries: Vec<Entry> =
        (0..10).map(|number| (format!("iam/{number:02}").into(), vec![b'v'; 100_000])).collect();
    backup(&holding(&entries))
}

fn damage(file: &[u8]) -> Damage {
    match verify(file) {
        Err(ReadError::Damaged(damage)) => damage,
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_backed_up_comes_back(
        entries in prop::collection::btree_map(
            prop::collection::vec(any::<u8>(), 1..40),
            prop_oneof![8 => prop::collection::vec(any::<u8>(), 0..200), 1 => (0..600_000_usize).prop_map(|n| vec![7; n])],
            0..60,
        )
    ) {
        let entries: Vec<Entry> = entries.into_iter().collect();
        let store = holding(&entries);
        let file = backup(&store);
        let elsewhere = Memory::default();
        let (verified, revision) =
            restore(&mut Cursor::new(&file), &elsewhere, "backup", &mut |_| {}).unwrap();
        prop_assert_eq!(verified.contents.entries, entries.len() as u64);
        prop_assert_eq!(verified.header.revision, store.revision().unwrap().0);
        prop_assert_eq!(elsewhere.revision().unwrap(), revision);
        prop_assert_eq!(held(&elsewhere), entries);
        // Nothing of it depends on the store but the revision.
        let revision = |file: &[u8]| verify(file).unwrap().contents;
        prop_assert_eq!(revision(&backup(&elsewhere)), revision(&file));
    }
}

#[test]
fn every_flipped_byte_is_found() {
    let mut file = small();
    assert!(verify(file.as_slice()).is_ok());
    for at in 0..file.len() {
        for bit in [0x01, 0x20, 0x80] {
            file[at] ^= bit;
            assert!(verify(file.as_slice()).is_err(), "byte {at}, bit {bit:#x}");
            file[at] ^= bit;
        }
    }
}

#[test]
fn every_cut_is_found() {
    let file = small();
    for length in 0..file.len() {
        assert!(verify(&file[..length]).is_err(), "{length} bytes of {}", file.len());
    }
    let mut longer = file.clone();
    longer.push(0);
    assert_eq!(damage(&longer), Damage::Longer { at: file.len() as u64 });
}

#[test]
fn damage_is_named_with_its_place() {
    let file = large();
    let parts: Vec<u64> = {
        let (mut at, mut parts) = ("doorward backup 1\n".len(), vec![]);
        while at < file.len() {
            parts.push(at as u64);
            let length = u32::from_be_bytes(file[at + 1..at + 5].try_into().unwrap());
            at += 5 + length as usize + 32;
        }
        parts
    };
    assert_eq!(parts.len(), 6, "a header, four blocks, an end");
    for (part, at) in (0..).zip(parts) {
        let place = usize::try_from(at).unwrap();
        let mut damaged = file.clone();
        damaged[place + 6] ^= 1;
        assert_eq!(damage(&damaged), Damage::Checksum { part, at });
        for cut in [place, place + 1, place + 6] {
            assert_eq!(damage(&file[..cut]), Damage::CutOff { part, at });
        }
    }
}

#[test]
fn parts_cannot_be_left_out_or_swapped() {
    let file = large();
    let first = "doorward backup 1\n".len();
    let span = |at: usize| 5 + u32::from_be_bytes(file[at + 1..at + 5].try_into().unwrap()) as usize + 32;
    let one = first + span(first);
    let two = one + span(one);
    let three = two + span(two);
    let without = [&file[..one], &file[two..]].concat();
    assert!(matches!(damage(&without), Damage::Checksum { part: 1, .. }));
    let swapped = [&file[..one], &file[two..three], &file[one..two], &file[three..]].concat();
    assert!(matches!(damage(&swapped), Damage::Checksum { part: 1, .. }));
}

#[test]
fn other_files_are_refused_with_the_reason() {
    for (file, expected) in [
        (&b""[..], "it is not a backup: it does not begin with `doorward backup`"),
        (
            b"redb\x1a\x0a and so on, and on, and on",
            "it is not a backup: it does not begin with `doorward backup`",
        ),
        (b"doorward backup x\n", "it is not a backup: it does not begin with `doorward backup`"),
        (
            b"doorward backup 2\n",
            "it has format 2, and this program reads up to format 1: use a newer program",
        ),
        (b"doorward backup 1\n", "it is cut off in part 0, which begins at byte 18"),
    ] {
        assert_eq!(damage(file).to_string(), expected);
    }
}

#[test]
fn nothing_is_written_of_a_damaged_file_or_into_a_store_in_use() {
    let mut damaged = large();
    let last = damaged.len() - 10;
    damaged[last] ^= 1;
    let store = Memory::default();
    let error = restore(&mut Cursor::new(&damaged), &store, "backup", &mut |_| {}).unwrap_err();
    assert!(matches!(error, RestoreError::File(_)));
    assert_eq!(store.revision().unwrap(), Revision::ZERO);
    let used = holding(&[(b"iam/a".to_vec(), vec![])]);
    let error = restore(&mut Cursor::new(&large()), &used, "backup", &mut |_| {}).unwrap_err();
    assert!(matches!(error, RestoreError::Store(FillError::NotEmpty { .. })), "{error}");
    assert_eq!(held(&used).len(), 1);
}

/// A store that fails after so many commits, as one whose process is killed.
struct Dying {
    store: Memory,
    commits: std::sync::atomic::AtomicI64,
}

impl Store for Dying {
    fn revision(&self) -> Result<Revision, StoreReadError> {
        self.store.revision()
    }

    fn snapshot(&self) -> Result<Box<dyn Snapshot>, StoreReadError> {
        self.store.snapshot()
    }

    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError> {
        if self.commits.fetch_sub(1, std::sync::atomic::Ordering::SeqCst) <= 0 {
            return Err(CommitError::Unavailable { cause: Cause::from(Box::from("killed")) });
        }
        self.store.commit(transaction)
    }

    fn watch(&self, after: Revision) -> Result<Box<dyn Watch>, WatchError> {
        self.store.watch(after)
    }

    fn health(&self) -> Health {
        self.store.health()
    }
}

#[test]
fn a_restore_that_ends_early_leaves_a_store_that_says_so() {
    let entries: Vec<Entry> = (0..1000).map(|number| (format!("iam/{number:04}").into(), vec![1])).collect();
    let file = backup(&holding(&entries));
    // The mark, eight transactions, and the mark taken away.
    for commits in 1..10 {
        let store = Dying { store: Memory::default(), commits: commits.into() };
        restore(&mut Cursor::new(&file), &store, "the backup", &mut |_| {}).unwrap_err();
        let snapshot = store.store.snapshot().unwrap();
        assert_eq!(unfinished(&*snapshot).unwrap().as_deref(), Some("the backup"), "{commits} commits");
        assert!(write(&*snapshot, &made(), Vec::new(), &mut |_| {}).is_err(), "and it cannot be backed up");
    }
    let store = Dying { store: Memory::default(), commits: 10.into() };
    restore(&mut Cursor::new(&file), &store, "the backup", &mut |_| {}).unwrap();
    assert_eq!(held(&store.store), entries);
}
