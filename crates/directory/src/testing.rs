//! What tests share: repeatable randomness, a directory in memory, and short ways to fill it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use doorward_policy::AccountId;
use doorward_store::{KeyRange, Memory, Scan, Store, Transaction, Write};
use jiff::Timestamp;

use crate::bootstrap::{FirstStart, bootstrap};
use crate::change::{Draft, groups, mfa, policies, roles, users};
use crate::directory::{Directory, Opening, STALENESS_MAX};
use crate::identity::{Group, Role, User};
use crate::integrity;
use crate::keys::{Key, PREFIX};
use crate::limits::Limits;
use crate::managed::ManagedPolicy;
use crate::mfa::totp::step;
use crate::name::{Name, Path};
use crate::password::{NewPassword, PasswordHash};
use crate::portable::{self, Secrets};
use crate::random::{NoRandomness, Random};
use crate::record::decode;
use crate::refusal::Refusal;
use crate::seal::{MasterKey, Sealer};
use crate::snapshot::{Progress, Snapshot};
use crate::tags::Tag;
use crate::text::Texts;

/// Bytes that never repeat and are the same in every run.
#[derive(Default)]
pub(crate) struct Counter(AtomicU64);

impl From<u64> for Counter {
    fn from(first: u64) -> Self {
        Self(AtomicU64::new(first))
    }
}

impl Random for Counter {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        for chunk in bytes.chunks_mut(8) {
            // SplitMix64's mixing function: a bijection, so distinct counts give distinct bytes.
            let mut word = self.0.fetch_add(1, Ordering::Relaxed).wrapping_add(0x9e37_79b9_7f4a_7c15);
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let word = (word ^ (word >> 31)).to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

pub(crate) const ACCOUNT: &str = "123456789012";
pub(crate) const OTHER: &str = "210987654321";
pub(crate) const ANY: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#;
pub(crate) const DENY: &str =
    r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}"#;

pub(crate) fn account() -> AccountId {
    ACCOUNT.parse().unwrap()
}

pub(crate) fn now() -> Timestamp {
    "2026-11-22T10:00:00.75Z".parse().unwrap()
}

/// A trust policy that lets this principal (a key and a value, as in JSON) assume the role.
pub(crate) fn trusting(principal: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{{principal}}},"Action":"sts:AssumeRole"}}]}}"#
    )
}

pub(crate) fn sealer() -> Arc<Sealer> {
    Arc::new(Sealer::new(&MasterKey::from_bytes([7; 32]), Arc::new(Counter::default())).unwrap())
}

pub(crate) fn open(store: Arc<dyn Store>, limits: Limits, seed: u64) -> Directory {
    open_with(store, limits, seed, STALENESS_MAX)
}

pub(crate) fn open_with(
    store: Arc<dyn Store>,
    limits: Limits,
    seed: u64,
    staleness_max: Duration,
) -> Directory {
    let random = Arc::new(Counter(AtomicU64::new(seed << 32)));
    Directory::open(Opening { store, sealer: sealer(), limits, random, staleness_max }).unwrap()
}

/// A directory in memory after its first start, with one account.
pub(crate) fn started_with(limits: Limits) -> Directory {
    let directory = open(Arc::new(Memory::default()), limits, 0);
    let first = FirstStart { account: account(), account_name: "example".into(), root_key: None };
    bootstrap(&directory, &first, now()).unwrap();
    directory
}

pub(crate) fn started() -> Directory {
    started_with(Limits::default())
}

/// One step of a scripted test: an operation, and how it must end.
pub(crate) type Step = (fn(&mut Draft<'_>) -> Result<(), Refusal>, &'static str);

/// Runs an operation: `ok`, or the code and text of its refusal.
pub(crate) fn outcome<T>(
    directory: &Directory,
    plan: impl FnMut(&mut Draft<'_>) -> Result<T, Refusal>,
) -> String {
    match directory.change(now(), plan) {
        Ok(_) => "ok".to_owned(),
        Err(refusal) => format!("{}: {refusal}", refusal.code()),
    }
}

/// Runs the steps one after the other, each a change of its own.
pub(crate) fn check(directory: &Directory, steps: &[Step]) {
    for (number, (operation, expected)) in steps.iter().enumerate() {
        assert_eq!(outcome(directory, operation), *expected, "step {}", number + 1);
    }
    assert_reloads(directory);
}

/// What was folded change by change is what loading from scratch gives, and it holds together.
pub(crate) fn assert_reloads(directory: &Directory) {
    assert_folded(directory);
    let report = integrity::check(&*directory.stored().unwrap(), Some(directory.sealer())).unwrap();
    assert_eq!(report.findings, [], "what changes leave behind holds together");
    assert_portable(directory);
}

/// What a record says to the rest of the crate: its line of an export knows nothing of the types that read it.
pub(crate) fn meaning(key: &[u8], value: &[u8]) -> String {
    let key = Key::read(key).unwrap();
    format!("{:?}", decode(&key, value, &Texts::default()).unwrap())
}

/// Names the file to which `cargo xtask formats` has tests write the records that they come across.
const RECORDS: &str = "DOORWARD_RECORDS";

/// Writes a record down as fixtures have it: its key, its bytes in hexadecimal, its line of an export, and
/// what it says to the rest of the crate.
fn note(file: &std::path::Path, key: &doorward_store::Key, value: &doorward_store::Value, line: &str) {
    let hex: String = value.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let fact = meaning(key.as_bytes(), value.as_bytes());
    let mut file = std::fs::OpenOptions::new().append(true).create(true).open(file).unwrap();
    // At once, because other tests write to it too.
    std::io::Write::write_all(&mut file, format!("{key}\t{hex}\t{line}\t{fact}\n").as_bytes()).unwrap();
}

/// Every record comes back from its line of an export as it was; and what comes back without secrets holds together, but
/// for the keys that it is given anew.
fn assert_portable(directory: &Directory) {
    let (stored, left) = (directory.stored().unwrap(), Memory::default());
    for entry in Scan::new(&*stored, KeyRange::prefix(PREFIX.as_bytes())) {
        let (key, entry) = entry.unwrap();
        let line = portable::line(key.as_bytes(), entry.value.as_bytes(), Secrets::Sealed).unwrap();
        if let Some(file) = std::env::var_os(RECORDS) {
            note(file.as_ref(), &key, &entry.value, &line);
        }
        let omitted = portable::line(key.as_bytes(), entry.value.as_bytes(), Secrets::Omitted).unwrap();
        if let Some((key, value)) = portable::assert_bare(&line, &omitted) {
            left.commit(Transaction::new(vec![], vec![(key, Write::Put(value))]).unwrap()).unwrap();
        }
        assert_eq!(portable::entry(&line), Ok((key, entry.value)), "{line}");
    }
    let report = integrity::check(&*left.snapshot().unwrap(), None).unwrap();
    let others: Vec<_> = report.findings.iter().filter(|found| found.key != "iam/keyring").collect();
    assert!(others.is_empty(), "without secrets: {others:?}");
}

/// What was folded change by change is what loading from scratch gives.
pub(crate) fn assert_folded(directory: &Directory) {
    let folded = directory.snapshot();
    let loaded = Snapshot::load(&*directory.store().snapshot().unwrap(), &Progress::default()).unwrap();
    assert_eq!(folded.revision(), loaded.revision());
    assert!(*folded == loaded, "the snapshot folded from changes is not the one loaded from the store");
}

pub(crate) fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

pub(crate) fn path(text: &str) -> Path {
    Path::new(text).unwrap()
}

pub(crate) fn tags(pairs: &[(&str, &str)]) -> Vec<Tag> {
    pairs.iter().map(|(key, value)| Tag { key: (*key).into(), value: (*value).into() }).collect()
}

pub(crate) fn add_user(draft: &mut Draft<'_>, text: &str) -> Result<User, Refusal> {
    let new = users::NewUser { name: name(text), path: Path::root(), tags: &[], boundary: None };
    users::create(draft, account(), &new)
}

pub(crate) fn add_group(draft: &mut Draft<'_>, text: &str) -> Result<Group, Refusal> {
    groups::create(draft, account(), name(text), Path::root())
}

pub(crate) fn add_role(draft: &mut Draft<'_>, text: &str, trust: &str) -> Result<Role, Refusal> {
    let new = roles::NewRole {
        name: name(text),
        path: Path::root(),
        trust,
        description: None,
        max_session_s: None,
        tags: &[],
        boundary: None,
    };
    roles::create(draft, account(), &new)
}

pub(crate) fn add_policy(draft: &mut Draft<'_>, text: &str) -> Result<ManagedPolicy, Refusal> {
    let new = policies::NewPolicy {
        name: name(text),
        path: Path::root(),
        document: ANY,
        description: None,
        tags: &[],
    };
    policies::create(draft, account(), &new)
}

pub(crate) fn policy_arn(text: &str) -> String {
    format!("arn:aws:iam::{ACCOUNT}:policy/{text}")
}

/// Trusted by nobody in particular: every account's root may assume it, once its own account lets it.
pub(crate) fn open_trust() -> String {
    trusting(r#""AWS":"*""#)
}

/// A password for a user who has none. Its hash is made once: that takes long.
pub(crate) fn first_password() -> NewPassword<'static> {
    const TEXT: &str = "Correct-horse-1";
    static HASH: LazyLock<PasswordHash> = LazyLock::new(|| PasswordHash::new(TEXT, [1; 16]).unwrap());
    NewPassword { text: TEXT, hash: HASH.clone(), compared: None, remembered: 0 }
}

/// Makes a device of this name the second factor of a user.
pub(crate) fn add_device(draft: &mut Draft<'_>, user: &str, text: &str) -> Result<(), Refusal> {
    let made = mfa::create(draft, account(), name(text), Path::root(), &[])?;
    let codes = [0, 1].map(|later| made.seed.code(step(now()) + later));
    let holder = mfa::MfaHolder::User(user);
    mfa::enable(draft, account(), holder, &serial_number(text), codes.each_ref().map(String::as_str))
}

pub(crate) fn serial_number(text: &str) -> String {
    format!("arn:aws:iam::{ACCOUNT}:mfa/{text}")
}

/// One of the certificates and keys of `conformance/certificates`.
macro_rules! pem {
    ($file:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../conformance/certificates/", $file))
    };
}
pub(crate) use pem;
