//! Records of every format that there has been: what was stored once is read as what it was, and written as it was.
//!
//! The fixtures are in `conformance/formats`; `cargo xtask formats` makes that of the newest.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;
use std::path::PathBuf;
use std::sync::Arc;

use doorward_store::{Key as StoreKey, KeyRange, Memory, Scan, Store, Transaction, Value, Write};

use crate::format::FORMAT;
use crate::keys::{Key, tests::EXAMPLES};
use crate::limits::Limits;
use crate::migration::{STEPS, migrate};
use crate::portable::{self, Secrets};
use crate::snapshot::{Progress, Snapshot};
use crate::testing::{meaning, open};

/// What to do when a record is not what it was.
const REMEDY: &str = "the form of a stored record has changed, and what installations hold would not be read: take the change \
                      back, or make a new format with a migration, as docs/decisions/0033-format.md tells";

/// A record of a fixture: its key, its bytes, what it is in an export of this version, and what it says.
type Kept = (String, Vec<u8>, String, String);

fn fixture(format: u32) -> Vec<Kept> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../conformance/formats");
    let file = folder.join(format!("{format}/records.tsv"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| {
        panic!("there is no fixture of format {format} ({error}): `cargo xtask formats` makes it")
    });
    let kept = |line: &str| {
        let [key, hex, export, meaning] = line.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let pairs = (0..hex.len()).step_by(2);
        let bytes = pairs.map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
        (key.to_owned(), bytes, export.to_owned(), meaning.to_owned())
    };
    text.lines().filter(|line| !line.starts_with('#')).map(kept).collect()
}

/// A store with the records of a fixture, brought to the format of this version.
fn migrated(kept: &BTreeMap<String, (Vec<u8>, String)>) -> Memory {
    let store = Memory::default();
    for (key, (bytes, _)) in kept {
        let write = (StoreKey::new(key).unwrap(), Write::Put(Value::new(bytes).unwrap()));
        store.commit(Transaction::new(vec![], vec![write]).unwrap()).unwrap();
    }
    migrate(&store, STEPS, "0.0.0", &Progress::default()).unwrap();
    store
}

/// The records of a fixture as stores: a key that is there several times is in as many of them, and others are in all.
fn stores(format: u32) -> Vec<BTreeMap<String, (Vec<u8>, String)>> {
    let mut by_key: BTreeMap<String, Vec<(Vec<u8>, String)>> = BTreeMap::new();
    for (key, bytes, line, _) in fixture(format) {
        by_key.entry(key).or_default().push((bytes, line));
    }
    let most = by_key.values().map(Vec::len).max().unwrap_or_default();
    let store = |turn: usize| {
        let one = |(key, kept): (&String, &Vec<(Vec<u8>, String)>)| {
            (key.clone(), kept[turn.min(kept.len() - 1)].clone())
        };
        by_key.iter().map(one).collect()
    };
    (0..most).map(store).collect()
}

#[test]
fn what_was_stored_in_any_format_is_what_it_was() {
    let others = |line: &String| !line.starts_with(r#"{"key":"format""#);
    for (format, kept) in
        (1..=FORMAT).flat_map(|format| stores(format).into_iter().map(move |kept| (format, kept)))
    {
        let store = migrated(&kept);
        let snapshot = store.snapshot().unwrap();
        let read: BTreeSet<String> = Scan::new(&*snapshot, KeyRange::all())
            .map(Result::unwrap)
            .map(|(key, entry)| {
                let line = portable::line(key.as_bytes(), entry.value.as_bytes(), Secrets::Sealed);
                line.unwrap_or_else(|error| panic!("{error}; {REMEDY}"))
            })
            .filter(others)
            .collect();
        let kept: BTreeSet<String> = kept.into_values().map(|(_, line)| line).filter(others).collect();
        assert!(read == kept, "of format {format}: {:#?}; {REMEDY}", read.symmetric_difference(&kept));
        Snapshot::load(&*snapshot, &Progress::default()).unwrap();
    }
}

#[test]
fn a_server_opens_what_was_stored_in_any_format() {
    for format in 1..=FORMAT {
        let first = stores(format).swap_remove(0);
        open(Arc::new(migrated(&first)), Limits::default(), 1).health().unwrap();
    }
}

#[test]
fn records_of_this_format_are_written_as_they_were() {
    for (key, bytes, line, said) in fixture(FORMAT) {
        let says = meaning(key.as_bytes(), &bytes);
        assert!(
            says == said,
            "`{key}` says {says}, and said {said}; {REMEDY}; if only names in the code have changed, run `cargo xtask formats`"
        );
        let (written_key, written) = portable::entry(&line).unwrap_or_else(|bad| panic!("{bad}; {REMEDY}"));
        assert_eq!(written_key.to_string(), key);
        assert!(written.as_bytes() == bytes, "`{key}` is written otherwise than it was; {REMEDY}");
    }
}

#[test]
fn there_is_a_record_of_every_kind_and_a_fixture_of_every_format() {
    let kind = |text: &str| {
        let key = Key::read(text.as_bytes()).unwrap();
        let place = text.split('/').take(3).collect::<Vec<_>>().join("/");
        let within = matches!(key, Key::Delegation(_) | Key::Organization(_)).then_some(place);
        (discriminant(&key), within)
    };
    for format in 1..=FORMAT {
        let kept = fixture(format);
        for example in EXAMPLES {
            assert!(
                kept.iter().any(|(key, ..)| kind(key) == kind(example)),
                "format {format} has no record such as `{example}`: a new kind of record needs one, by `cargo xtask formats`"
            );
        }
    }
    assert_eq!(
        usize::try_from(FORMAT),
        Ok(STEPS.len() + 1),
        "each format but the first has a step that leads to it"
    );
}
