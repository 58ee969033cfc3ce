//! Over a real store: everything is there after a restart, and no secret is there in clear.

use std::sync::Arc;

use doorward_federation::issue::{Algorithm, SigningKey};
use doorward_sigv4::SecretAccessKey;
use doorward_store::Embedded;
use doorward_store::embedded::Options;

use crate::bootstrap::{FirstStart, Started, bootstrap};
use crate::certificate::ServerMaterial;
use crate::change::keys::{self, KeyHolder};
use crate::change::passwords::{self, Reset};
use crate::change::saml::{self, NewSamlProvider};
use crate::change::server_certificates::{self, NewServerCertificate};
use crate::change::{Draft, issuers, mfa, service_credentials, services};
use crate::directory::OpenError;
use crate::keys::Key;
use crate::limits::Limits;
use crate::name::Path;
use crate::seal::{MasterKey, Purpose, Sealer};
use crate::service_credential::ServiceKind;
use crate::testing::*;
use crate::{Directory, Opening, STALENESS_MAX};

fn start(folder: &std::path::Path, master: u8) -> Result<Directory, OpenError> {
    let random = Arc::new(Counter::default());
    let sealer = Arc::new(Sealer::new(&MasterKey::from_bytes([master; 32]), random.clone()).unwrap());
    let store = Arc::new(Embedded::open(folder, Options::default()).unwrap());
    Directory::open(Opening {
        store,
        sealer,
        limits: Limits::default(),
        random,
        staleness_max: STALENESS_MAX,
    })
}

fn contains(content: &[u8], needle: &[u8]) -> bool {
    content.windows(needle.len()).any(|window| window == needle)
}

/// A line out of a key's PEM, however the rest of it may be kept.
fn line(pem: &str) -> Vec<u8> {
    pem.lines().nth(1).unwrap().as_bytes().to_vec()
}

/// Something of every kind that has a secret, and the secrets.
fn fill(directory: &Directory) -> Vec<(&'static str, Vec<u8>)> {
    directory.change(now(), |draft| add_user(draft, "bob")).unwrap();
    let snapshot = directory.snapshot();
    let user = snapshot.user(account(), "bob").unwrap();
    let text = "Correct-horse-battery-1";
    let password = directory.new_password(&snapshot, user, text).unwrap();
    let (leaf, leaf_key) = (pem!("leaf.pem"), pem!("leaf.key.pem"));
    let material = ServerMaterial::read(leaf, leaf_key, None, now()).unwrap();
    let token_key = SigningKey::generate(Algorithm::Es384).unwrap();
    let metadata = include_str!("../../../../conformance/saml/metadata.xml");
    let saml_key = include_str!("../../../../conformance/saml/private-key.pem");
    let plan = |draft: &mut Draft<'_>| {
        let (adfs, tags) = (name("adfs"), &[]);
        let key = keys::create(draft, account(), KeyHolder::User("bob"))?;
        let service = services::register(draft, account(), "ci.example.internal")?.1;
        let seed = mfa::create(draft, account(), name("phone"), Path::root(), &[])?.seed;
        passwords::create(draft, account(), "bob", &password, Reset::NotRequired)?;
        let new = NewServerCertificate { name: name("web"), path: Path::root(), material: &material, tags };
        server_certificates::upload(draft, account(), &new)?;
        let new =
            NewSamlProvider { name: &adfs, metadata, encryption: None, private_key: Some(saml_key), tags };
        saml::create(draft, account(), &new)?;
        issuers::enable(draft, account(), std::slice::from_ref(&token_key))?;
        let git = service_credentials::create(draft, account(), "bob", ServiceKind::CodeCommit, None)?;
        let logs = service_credentials::create(draft, account(), "bob", ServiceKind::Logs, None)?;
        Ok(vec![
            ("a user's key", key.secret.expose().as_bytes().to_vec()),
            ("a service's key", service.secret.expose().as_bytes().to_vec()),
            ("a seed", seed.0.to_vec()),
            ("a seed as it is shown", seed.base32().as_bytes().to_vec()),
            ("a password for a service", git.secret.as_bytes().to_vec()),
            ("a key for a service", logs.secret.as_bytes().to_vec()),
        ])
    };
    let (mut secrets, _) = directory.change(now(), plan).unwrap();
    let snapshot = directory.snapshot();
    let login = snapshot.login_profile(user.id).unwrap();
    let place = Key::Login(user.id).bytes();
    let hash = directory.sealer().open(Purpose::Password, &place, &login.sealed_hash).unwrap();
    secrets.extend([
        ("a password", text.as_bytes().to_vec()),
        ("a password's hash", hash[hash.len() - 16..].to_vec()),
        ("a server's key", line(leaf_key)),
        ("a SAML provider's key", line(saml_key)),
        ("a key of an issuer", token_key.to_pkcs8().unwrap().to_vec()),
    ]);
    secrets
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
    let mut secrets = fill(&directory);
    secrets.push(("the operator's key", given.1.expose().as_bytes().to_vec()));
    let token = directory.sealer().seal(Purpose::SessionToken, b"", b"a session").unwrap();
    let before = directory.snapshot();
    drop(directory);

    let mut bytes = 0;
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let content = std::fs::read(file.unwrap().path()).unwrap();
        bytes += content.len();
        for (what, secret) in &secrets {
            assert!(secret.len() >= 16 && !contains(&content, secret), "{what} is stored in clear");
        }
        // The search would have found what is in clear.
        assert!(content.len() < 10_000 || contains(&content, b"bob"));
    }
    assert!(bytes > 10_000);

    assert!(matches!(start(folder.path(), 2), Err(OpenError::WrongMasterKey(_))));

    let directory = start(folder.path(), 1).unwrap();
    assert!(*directory.snapshot() == *before);
    assert!(matches!(bootstrap(&directory, &first, now()).unwrap(), Started::Already(id) if id == account()));
    assert_eq!(directory.snapshot().revision(), before.revision());
    let again = directory.snapshot().access_key(given.0).unwrap().secret(directory.sealer()).unwrap();
    assert_eq!(again.expose(), given.1.expose());
    let session = directory.sealer().open(Purpose::SessionToken, b"", &token).unwrap();
    assert_eq!(*session, b"a session");
}
