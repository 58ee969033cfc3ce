//! Loading on many threads gives what folding record by record gives.

use doorward_store::{KeyRange, Memory, Scan, Store, Transaction, Value, Write};
use proptest::prelude::*;

use crate::keys::{Key, PREFIX};
use crate::record::decode;
use crate::sample::Sample;
use crate::snapshot::{LoadError, Progress, Snapshot};
use crate::testing::sealer;

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
