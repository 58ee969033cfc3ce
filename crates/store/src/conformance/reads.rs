//! Reads, ranges, pages and snapshots.

use std::ops::ControlFlow;

use super::{AMPLE, Fixture, delete, key, put, text_of, value, write};
use crate::{Key, KeyRange, PAGE_BYTES_MAX, PageSize, Revision, Scan, Seen, Snapshot, Value, Write};

pub(super) fn empty(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let snapshot = store.snapshot().unwrap();
    assert_eq!(snapshot.revision(), store.revision().unwrap());
    assert_eq!(store.read(&key("a")).unwrap(), None);
    let page = store.range(&KeyRange::all(), PageSize::MAX).unwrap();
    assert!(page.entries.is_empty() && page.rest.is_none());
}

pub(super) fn basics(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let first = write(&*store, &[put("a", "1"), put("b", "")]);
    assert!(first > Revision::ZERO);
    assert_eq!(store.read(&key("a")).unwrap().unwrap().revision, first);
    assert_eq!(value(&*store, "a").as_deref(), Some("1"));
    assert_eq!(value(&*store, "b").as_deref(), Some(""), "an empty value is a value");

    let second = write(&*store, &[put("a", "2")]);
    assert_eq!(store.read(&key("a")).unwrap().unwrap().revision, second);
    assert_eq!(store.read(&key("b")).unwrap().unwrap().revision, first);
    assert_eq!(value(&*store, "a").as_deref(), Some("2"));

    let third = write(&*store, &[delete("a"), put("c", "3")]);
    assert_eq!(value(&*store, "a"), None);
    assert_eq!(value(&*store, "c").as_deref(), Some("3"));
    assert_eq!(store.revision().unwrap(), third);
}

/// The keys of `range`, read page by page.
fn keys(snapshot: &dyn Snapshot, range: KeyRange) -> Vec<Vec<u8>> {
    Scan::new(snapshot, range).map(|item| item.unwrap().0.as_bytes().to_vec()).collect()
}

pub(super) fn ordering(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let ordered: &[&[u8]] =
        &[b"\0", b"\0\0", b"\x01", b"A", b"a", b"a\0", b"a/", b"aa", b"b", b"\x7f", b"\x80", b"\xff"];
    let writes: Vec<_> = ordered
        .iter()
        .rev()
        .map(|bytes| (Key::new(bytes).unwrap(), Write::Put(Value::new(bytes).unwrap())))
        .collect();
    write(&*store, &writes);
    assert_eq!(keys(&*store.snapshot().unwrap(), KeyRange::all()), ordered);
}

pub(super) fn ranges(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    write(&*store, &["a", "a/1", "a/2", "a0", "b", "c"].map(|text| put(text, text)));
    let snapshot = store.snapshot().unwrap();
    let cases: &[(KeyRange, &[&str])] = &[
        (KeyRange::all(), &["a", "a/1", "a/2", "a0", "b", "c"]),
        (KeyRange::prefix(b"a/"), &["a/1", "a/2"]),
        (KeyRange::prefix(b"a"), &["a", "a/1", "a/2", "a0"]),
        (KeyRange::prefix(b""), &["a", "a/1", "a/2", "a0", "b", "c"]),
        (KeyRange::prefix(b"\xff"), &[]),
        (KeyRange::from("b"), &["b", "c"]),
        (KeyRange::from("d"), &[]),
        (KeyRange::new("a/2", "b"), &["a/2", "a0"]),
        (KeyRange::new("", "a"), &[]),
        (KeyRange::new("a", "a"), &[]),
        (KeyRange::new("c", "a"), &[]),
        (KeyRange::new("a/11", "a/19"), &[]),
    ];
    for (range, expected) in cases {
        let expected: Vec<_> = expected.iter().map(|text| text.as_bytes().to_vec()).collect();
        assert_eq!(keys(&*snapshot, range.clone()), expected, "{range:?}");
    }
}

pub(super) fn pages(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let names: Vec<String> = (0..25).map(|n| format!("k/{n:02}")).collect();
    let revision = write(&*store, &names.iter().map(|name| put(name, name)).collect::<Vec<_>>());
    write(&*store, &[put("z", "outside")]);
    for size in [1, 2, 7, 24, 25, 26] {
        let mut rest = Some(KeyRange::prefix(b"k/"));
        let mut seen = Vec::new();
        while let Some(range) = rest {
            let page = store.range(&range, PageSize::new(size).unwrap()).unwrap();
            assert!(page.entries.len() <= size);
            assert!(page.entries.len() == size || page.rest.is_none(), "a short page is the last");
            assert_eq!(page.revision, store.revision().unwrap());
            assert!(page.entries.iter().all(|(_, entry)| entry.revision == revision));
            seen.extend(page.entries.iter().map(|(_, entry)| text_of(&entry.value)));
            rest = page.rest;
        }
        assert_eq!(seen, names, "pages of {size}");
    }
    assert!(PageSize::new(0).is_err());
    assert!(PageSize::new(PageSize::MAX.entries() + 1).is_err());
}

pub(super) fn large_pages(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let value = Value::new(vec![7; 1_000_000]).unwrap();
    let count = PAGE_BYTES_MAX / value.as_bytes().len() + 3;
    for n in 0..count {
        write(&*store, &[(key(&format!("{n:03}")), Write::Put(value.clone()))]);
    }
    let page = store.range(&KeyRange::all(), PageSize::MAX).unwrap();
    let bytes: usize = page.entries.iter().map(|(_, entry)| entry.value.as_bytes().len()).sum();
    assert!(
        page.rest.is_some() && bytes < PAGE_BYTES_MAX + value.as_bytes().len(),
        "{bytes} bytes in a page"
    );
    assert_eq!(keys(&*store.snapshot().unwrap(), KeyRange::all()).len(), count);
}

pub(super) fn snapshots(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let revision = write(&*store, &[put("a", "old"), put("b", "old")]);
    let snapshot = store.snapshot().unwrap();
    for n in 0..20 {
        write(&*store, &[put("a", &format!("new {n}")), delete("b"), put(&format!("c/{n}"), "new")]);
    }
    assert_eq!(snapshot.revision(), revision);
    assert_eq!(text_of(&snapshot.read(&key("a")).unwrap().unwrap().value), "old");
    assert_eq!(keys(&*snapshot, KeyRange::all()), [b"a", b"b"]);
    assert_eq!(snapshot.range(&KeyRange::all(), PageSize::MAX).unwrap().revision, revision);
    assert_eq!(keys(&*store.snapshot().unwrap(), KeyRange::all()).len(), 21);
}

pub(super) fn shown(fixture: &dyn Fixture) {
    let store = fixture.open(AMPLE);
    let writes: Vec<_> = (0..100).map(|n| put(&format!("a/{n:03}"), &format!("{n}"))).collect();
    write(&*store, &writes);
    write(&*store, &[put("a/007", "again"), put("b", "other")]);
    let snapshot = store.snapshot().unwrap();
    for (range, most) in [
        (KeyRange::all(), usize::MAX),
        (KeyRange::prefix(b"a/"), usize::MAX),
        (KeyRange::prefix(b"a/"), 5),
        (KeyRange::new("b", "a"), usize::MAX),
    ] {
        let mut found = Vec::new();
        let mut see = |Seen { key, value, revision }: Seen<'_>| {
            found.push((key.to_vec(), value.to_vec(), revision));
            if found.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        snapshot.for_each(&range, &mut see).unwrap();
        let scanned = Scan::new(&*snapshot, range).map(Result::unwrap).take(most);
        let scanned: Vec<_> = scanned
            .map(|(key, entry)| (key.as_bytes().to_vec(), entry.value.as_bytes().to_vec(), entry.revision))
            .collect();
        assert_eq!(found, scanned);
    }
    assert!(snapshot.about_how_many().is_none_or(|about| about > 0));
}
