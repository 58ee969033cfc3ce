//! Over a real store: everything is there after a restart, and no secret is there in clear.

use std::sync::Arc;

use doorward_sigv4::SecretAccessKey;
use doorward_store::Embedded;
use doorward_store::embedded::Options;

use crate::bootstrap::{FirstStart, Started, bootstrap};
use crate::change::keys::{self, KeyHolder};
use crate::change::services;
use crate::directory::OpenError;
use crate::limits::Limits;
use crate::seal::{MasterKey, Sealer};
use crate::testing::*;
use crate::{Directory, Opening};

fn start(folder: &std::path::Path, master: u8) -> Result<Directory, OpenError> {
    let random = Arc::new(Counter::default());
    let sealer = Arc::new(Sealer::new(&MasterKey::from_bytes([master; 32]), random.clone()).unwrap());
    let store = Arc::new(Embedded::open(folder, Options::default()).unwrap());
    Directory::open(Opening { store, sealer, limits: Limits::default(), random })
}

#[test]
fn a_restart_changes_nothing_and_reveals_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let given =
        ("AKIAIOSFODNN7EXAMPLE".parse().unwrap(), SecretAccessKey::new("a-secret-of-the-operators-choice"));
    let first = FirstStart { account: account(), account_name: "x".into(), root_key: Some(given.clone()) };
    let directory = start(folder.path(), 1).unwrap();
    let Started::New(root) = bootstrap(&directory, &first, now()).unwrap() else { panic!() };
    assert_eq!(root.key.id, given.0);
    let (secrets, _) = directory
        .change(now(), |draft| {
            add_user(draft, "bob")?;
            let user = keys::create(draft, account(), KeyHolder::User("bob"))?;
            let service = services::register(draft, account(), "ci.example.internal")?.1;
            Ok([user.secret, service.secret])
        })
        .unwrap();
    let session_key = directory.snapshot().installation().unwrap().session_key(directory.sealer()).unwrap();
    let before = directory.snapshot();
    drop(directory);

    let needles: Vec<&[u8]> = secrets
        .iter()
        .chain([&given.1])
        .map(|secret| secret.expose().as_bytes())
        .chain([&session_key[..]])
        .collect();
    let mut bytes = 0;
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let content = std::fs::read(file.unwrap().path()).unwrap();
        bytes += content.len();
        for needle in &needles {
            assert!(
                !content.windows(needle.len()).any(|window| window == *needle),
                "a secret is stored in clear"
            );
        }
        // The search would have found what is in clear.
        assert!(content.len() < 10_000 || content.windows(3).any(|window| window == b"bob"));
    }
    assert!(bytes > 10_000);

    assert!(matches!(start(folder.path(), 2), Err(OpenError::WrongMasterKey)));

    let directory = start(folder.path(), 1).unwrap();
    assert!(*directory.snapshot() == *before);
    assert!(matches!(bootstrap(&directory, &first, now()).unwrap(), Started::Already(id) if id == account()));
    assert_eq!(directory.snapshot().revision(), before.revision());
    let again = directory.snapshot().access_key(given.0).unwrap().secret(directory.sealer()).unwrap();
    assert_eq!(again.expose(), given.1.expose());
    let same = directory.snapshot().installation().unwrap().session_key(directory.sealer()).unwrap();
    assert_eq!(same, session_key);
}
