//! The embedded store: that it conforms, and what it does when the disk fails.

use std::path::PathBuf;
use std::sync::Arc;

use super::*;
use crate::conformance::{self, Fixture, disk};

/// Stores in directories of their own.
struct InDirectories {
    root: tempfile::TempDir,
    made: std::sync::atomic::AtomicUsize,
}

impl InDirectories {
    fn newest(&self) -> PathBuf {
        self.root.path().join(self.made.load(std::sync::atomic::Ordering::SeqCst).to_string())
    }
}

fn open(path: &Path, history: HistoryLimit) -> Arc<dyn Store> {
    Arc::new(Embedded::open(path, Options { history, ..Options::default() }).unwrap())
}

impl Fixture for InDirectories {
    fn open(&self, history: HistoryLimit) -> Arc<dyn Store> {
        self.made.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        open(&self.newest(), history)
    }

    fn reopen(&self, store: Arc<dyn Store>, history: HistoryLimit) -> Option<Arc<dyn Store>> {
        drop(store);
        Some(open(&self.newest(), history))
    }
}

#[test]
fn conforms() {
    conformance::run(&InDirectories { root: tempfile::tempdir().unwrap(), made: 0.into() });
}

/// Opens `path` and returns why not.
fn refusal(path: &Path) -> OpenError {
    match Embedded::open(path, Options::default()) {
        Ok(_) => panic!("it was opened"),
        Err(error) => error,
    }
}

#[test]
fn a_directory_in_use_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("deep/data");
    let first = Embedded::open(&path, Options::default()).unwrap();
    let text = format!("the data directory `{}` is in use by process {}", path.display(), std::process::id());
    assert_eq!(refusal(&path).to_string(), text);
    drop(first);
    drop(Embedded::open(&path, Options::default()).unwrap());
}

#[cfg(unix)]
#[test]
fn files_are_for_the_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("data");
    let _store = Embedded::open(&path, Options::default()).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o700);
    let files: Vec<_> = std::fs::read_dir(&path).unwrap().map(|entry| mode(&entry.unwrap().path())).collect();
    assert_eq!(files, [0o600, 0o600]);
}

/// A redb file in `directory` in which `name` has the rows given.
fn make_file(directory: &Path, name: &str, rows: &[(&str, u64)]) {
    std::fs::create_dir_all(directory).unwrap();
    let file = redb::Database::create(directory.join("store.redb")).unwrap();
    let transaction = file.begin_write().unwrap();
    {
        let mut table = transaction.open_table(redb::TableDefinition::<&str, u64>::new(name)).unwrap();
        for (row, number) in rows {
            table.insert(row, number).unwrap();
        }
    }
    transaction.commit().unwrap();
}

#[test]
fn other_files_are_refused() {
    let root = tempfile::tempdir().unwrap();
    let newer = "the store's file has format 2, and this program knows up to format 1; use a newer program";
    let cases: [(&str, &[_], &str); 4] = [
        ("doorward-store", &[("format", 2), ("revision", 0)], newer),
        (
            "doorward-store",
            &[("format", 0)],
            "the file is not a store's: its format is not one that was ever used",
        ),
        ("doorward-store", &[("revision", 0)], "the file is not a store's: it does not say its format"),
        ("other", &[], "the file is not a store's: it has no table `doorward-store`"),
    ];
    for (n, (table, rows, text)) in cases.into_iter().enumerate() {
        let path = root.path().join(n.to_string());
        make_file(&path, table, rows);
        assert_eq!(refusal(&path).to_string(), text);
        assert_eq!(refusal(&path).to_string(), text, "and is left as it was");
    }
    let path = root.path().join("text");
    std::fs::create_dir_all(&path).unwrap();
    std::fs::write(path.join("store.redb"), "not a database").unwrap();
    assert_eq!(refusal(&path).to_string(), "the store's file cannot be read");

    std::fs::write(path.join("store.redb"), "").unwrap();
    let text = "the file is not a store's: it is empty";
    assert_eq!(refusal(&path).to_string(), text, "an emptied store is not a new one");
    assert_eq!(std::fs::metadata(path.join("store.redb")).unwrap().len(), 0, "and is left as it was");

    let path = root.path().join("file");
    std::fs::write(&path, "").unwrap();
    let text = format!("the data directory `{}` cannot be used", path.display());
    assert_eq!(refusal(&path).to_string(), text);
}

#[test]
fn a_damaged_entry_is_an_error_and_not_a_value() {
    let disk = disk::Disk::default();
    let store = Embedded::open_on(Box::new(disk.clone()), Options::default()).unwrap();
    drop(store);
    let file = redb::Builder::new().create_with_backend(disk.clone()).unwrap();
    let transaction = file.begin_write().unwrap();
    transaction.open_table(database::ENTRIES).unwrap().insert(&b"a"[..], &b"short"[..]).unwrap();
    transaction.commit().unwrap();
    drop(file);

    let store = Embedded::open_on(Box::new(disk), Options::default()).unwrap();
    let key = Key::new("a").unwrap();
    assert_eq!(store.read(&key).unwrap_err().to_string(), "the entry of the key `a` is damaged");
    assert!(store.range(&KeyRange::all(), PageSize::MAX).is_err());
    let check = Transaction::new(vec![(key.clone(), crate::Expected::Present)], vec![]).unwrap();
    assert!(matches!(store.commit(check), Err(CommitError::Unavailable { .. })));
    let replace = crate::Write::Put(crate::Value::new("whole").unwrap());
    store.commit(Transaction::new(vec![], vec![(key.clone(), replace)]).unwrap()).unwrap();
    assert_eq!(store.read(&key).unwrap().unwrap().value.as_bytes(), b"whole");
}
