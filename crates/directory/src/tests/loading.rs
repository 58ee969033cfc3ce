//! Loading on many threads gives what folding record by record gives.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use doorward_store::{
    CommitError, Entry, Health, KeyRange, Memory, Page, PageSize, ReadError, Revision, Scan, Store,
    Transaction, Value, Watch, WatchError, Write,
};
use proptest::prelude::*;

use crate::directory::STALENESS_MAX;
use crate::keys::{Key, PREFIX};
use crate::limits::Limits;
use crate::record::decode;
use crate::sample::Sample;
use crate::snapshot::{LoadError, Progress, Snapshot};
use crate::testing::{Counter, sealer};
use crate::{Directory, Opening};

/// Every record in turn, on this thread.
fn serially(stored: &dyn doorward_store::Snapshot) -> Snapshot {
    let mut snapshot = Snapshot::empty();
    for item in Scan::new(stored, KeyRange::prefix(PREFIX.as_bytes())) {
        let (key, entry) = item.unwrap();
        let key = Key::read(key.as_bytes()).unwrap();
        let fact = decode(&key, entry.value.as_bytes(), snapshot.texts()).unwrap();
        snapshot.set(&key, Some((fact, entry.revision)));
    }
    snapshot.at(stored.revision())
}

fn write(store: &Memory, key: &str, write: Write) {
    let key = doorward_store::Key::new(key).unwrap();
    store.commit(Transaction::new(Vec::new(), vec![(key, write)]).unwrap()).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn on_many_threads_is_on_one(
        principals in 0_u32..400,
        accounts in 1_u32..5,
        gone in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
        decoders in 1_usize..5,
        batch_records in 1_usize..200,
    ) {
        let store = Memory::default();
        Sample { principals, accounts, documents: 200 }.fill(&store, &sealer()).unwrap();
        let keys: Vec<_> = Scan::new(&*store.snapshot().unwrap(), KeyRange::all())
            .map(|item| String::from_utf8(item.unwrap().0.as_bytes().to_vec()).unwrap())
            // Without it nothing is loaded.
            .filter(|key| key != "iam/format")
            .collect();
        gone.iter().for_each(|index| write(&store, index.get::<String>(&keys), Write::Delete));
        let (stored, progress) = (store.snapshot().unwrap(), Progress::default());
        let loaded = Snapshot::load_in(&*stored, &progress, decoders, batch_records).unwrap();
        prop_assert!(loaded == serially(&*stored));
        prop_assert_eq!(Some(progress.read()), progress.about());
    }
}

#[test]
fn a_bad_record_anywhere_is_an_error() {
    let bad = || Write::Put(Value::new([9]).unwrap());
    for (key, put) in [
        ("iam/account/000000000001", bad()),
        ("iam/role/111111111111/service-0000100-worker", bad()),
        ("iam/zebra", bad()),
    ] {
        let store = Memory::default();
        Sample { principals: 300, accounts: 2, documents: 100 }.fill(&store, &sealer()).unwrap();
        write(&store, key, put);
        for batch_records in [1, 7, 10_000] {
            let stored = store.snapshot().unwrap();
            let error = Snapshot::load_in(&*stored, &Progress::default(), 2, batch_records).unwrap_err();
            assert!(matches!(error, LoadError::Key(_) | LoadError::Record(_)), "{key}: {error}");
            assert!(error.to_string().contains(key), "{error}");
        }
    }
}

/// A store in which some revisions are gone before they are read to their end.
struct Compacting {
    inner: Memory,
    left: AtomicUsize,
}

struct Gone(Box<dyn doorward_store::Snapshot>);

impl doorward_store::Snapshot for Gone {
    fn revision(&self) -> Revision {
        self.0.revision()
    }

    fn read(&self, key: &doorward_store::Key) -> Result<Option<Entry>, ReadError> {
        self.0.read(key)
    }

    fn range(&self, _range: &KeyRange, _size: PageSize) -> Result<Page, ReadError> {
        Err(ReadError::Compacted { revision: self.revision() })
    }
}

impl Store for Compacting {
    fn revision(&self) -> Result<Revision, ReadError> {
        self.inner.revision()
    }

    fn snapshot(&self) -> Result<Box<dyn doorward_store::Snapshot>, ReadError> {
        let snapshot = self.inner.snapshot()?;
        let gone = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        Ok(if gone.is_ok() { Box::new(Gone(snapshot)) } else { snapshot })
    }

    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError> {
        self.inner.commit(transaction)
    }

    fn watch(&self, after: Revision) -> Result<Box<dyn Watch>, WatchError> {
        self.inner.watch(after)
    }

    fn health(&self) -> Health {
        self.inner.health()
    }
}

#[test]
fn a_revision_that_goes_while_it_is_read_is_left_for_a_newer_one() {
    for (gone, opens) in [(1, true), (3, true), (1_000, false)] {
        let store = Compacting { inner: Memory::default(), left: AtomicUsize::new(gone) };
        Sample { principals: 300, accounts: 2, documents: 100 }.fill(&store.inner, &sealer()).unwrap();
        let random = Arc::new(Counter::default());
        let staleness_max = STALENESS_MAX;
        let opened = Directory::open(Opening {
            store: Arc::new(store),
            sealer: sealer(),
            limits: Limits::default(),
            random,
            staleness_max,
        });
        assert_eq!(opened.is_ok(), opens, "{gone}");
    }
}
