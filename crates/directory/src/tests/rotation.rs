//! Keys change under a living directory: nothing stops opening, wherever the change is cut off.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use doorward_federation::issue::{Algorithm, SigningKey};
use doorward_store::{
    CommitError, Health, Memory, ReadError, Revision, Store, Transaction, Watch, WatchError,
};
use jiff::{SignedDuration, Timestamp};

use crate::bootstrap::{FirstStart, bootstrap};
use crate::certificate::ServerMaterial;
use crate::change::keys::{self as access_keys, KeyHolder};
use crate::change::passwords::Reset;
use crate::change::saml::NewSamlProvider;
use crate::change::server_certificates::NewServerCertificate;
use crate::change::{Draft, issuers, keyring, passwords, saml, server_certificates};
use crate::directory::{OpenError, STALENESS_MAX};
use crate::keyring::{
    DataKey, KeyState, PUBLISHED_BEFORE, SESSION_KEY_KEPT, SESSION_KEY_SEALS, Step, Wrapped,
};
use crate::keys::Key;
use crate::limits::Limits;
use crate::name::Path;
use crate::refusal::Refusal;
use crate::seal::{self, MasterKey, Purpose, Sealer, Wrap};
use crate::testing::*;
use crate::{Directory, Opening};

/// A store whose commits fail from the Nth one on: half of them before, half after they were made.
struct Crashing {
    inner: Memory,
    left: AtomicI64,
}

impl Crashing {
    fn new() -> Arc<Self> {
        Arc::new(Self { inner: Memory::default(), left: AtomicI64::new(i64::MAX) })
    }
}

impl Store for Crashing {
    fn revision(&self) -> Result<Revision, ReadError> {
        self.inner.revision()
    }

    fn snapshot(&self) -> Result<Box<dyn doorward_store::Snapshot>, ReadError> {
        self.inner.snapshot()
    }

    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError> {
        let cause = Arc::new(std::io::Error::other("the server was stopped"));
        match self.left.fetch_sub(1, Ordering::Relaxed) {
            0 => {
                self.inner.commit(transaction)?;
                Err(CommitError::Unknown { cause })
            }
            ..0 => Err(CommitError::Unavailable { cause }),
            1.. => self.inner.commit(transaction),
        }
    }

    fn watch(&self, after: Revision) -> Result<Box<dyn Watch>, WatchError> {
        self.inner.watch(after)
    }

    fn health(&self) -> Health {
        self.inner.health()
    }
}

/// A master key, by the byte that it is full of.
type MasterKeyNumber = u8;

const MASTER: MasterKeyNumber = 7;

fn master(number: MasterKeyNumber) -> Arc<dyn Wrap> {
    MasterKey::from_bytes([number; 32]).wrapping(Arc::new(Counter::default())).unwrap()
}

fn open_under(store: Arc<dyn Store>, number: MasterKeyNumber, seed: u64) -> Result<Directory, OpenError> {
    let random = Arc::new(Counter::from(seed << 32));
    let sealer = Arc::new(Sealer::new(&MasterKey::from_bytes([number; 32]), random.clone()).unwrap());
    Directory::open(Opening {
        store,
        sealer,
        limits: Limits::default(),
        random,
        staleness_max: STALENESS_MAX,
    })
}

/// What must go on opening.
#[derive(PartialEq, Debug)]
struct Secrets(Vec<Vec<u8>>);

/// A directory with something of every kind that is sealed, and several records of the most common one.
fn filled(store: Arc<dyn Store>) -> Directory {
    let directory = open_under(store, MASTER, 0).unwrap();
    let first = FirstStart { account: account(), account_name: "example".into(), root_key: None };
    bootstrap(&directory, &first, now()).unwrap();
    let material = ServerMaterial::read(pem!("leaf.pem"), pem!("leaf.key.pem"), None, now()).unwrap();
    let token_key = SigningKey::generate(Algorithm::Es384).unwrap();
    let metadata = include_str!("../../../../conformance/saml/metadata.xml");
    let saml_key = include_str!("../../../../conformance/saml/private-key.pem");
    let plan = |draft: &mut Draft<'_>| {
        for user in 0..34 {
            add_user(draft, &format!("u{user}"))?;
        }
        passwords::create(draft, account(), "u0", &first_password(), Reset::NotRequired)?;
        add_device(draft, "u0", "phone")?;
        let (web, adfs, tags) = (name("web"), name("adfs"), &[]);
        let new = NewServerCertificate { name: web, path: Path::root(), material: &material, tags };
        server_certificates::upload(draft, account(), &new)?;
        let private_key = Some(saml_key);
        let new = NewSamlProvider { name: &adfs, metadata, encryption: None, private_key, tags };
        saml::create(draft, account(), &new)?;
        issuers::enable(draft, account(), std::slice::from_ref(&token_key))
    };
    directory.change(now(), plan).unwrap();
    for user in 0..34 {
        let user = format!("u{user}");
        let create = |draft: &mut Draft<'_>| access_keys::create(draft, account(), KeyHolder::User(&user));
        directory.change(now(), create).unwrap();
    }
    directory
}

/// Opens everything there is.
fn secrets(directory: &Directory) -> Secrets {
    let (snapshot, sealer) = (directory.snapshot(), directory.sealer());
    let mut all = Vec::new();
    for user in 0..34 {
        let user = snapshot.user(account(), &format!("u{user}")).unwrap();
        for key in snapshot.access_keys(&crate::access_key::KeyOwner::User(user.id)) {
            all.push(key.secret(sealer).unwrap().expose().as_bytes().to_vec());
        }
    }
    let user = snapshot.user(account(), "u0").unwrap().id;
    let (login, place) = (snapshot.login_profile(user).unwrap(), Key::Login(user).bytes());
    all.extend(login.sealed().map(|sealed| sealer.open(Purpose::Password, &place, sealed).unwrap().to_vec()));
    let device = snapshot.mfa_device(&serial_number("phone")).unwrap();
    let place = Key::MfaDevice(account(), device.place()).bytes();
    all.push(sealer.open(Purpose::MfaSeed, &place, &device.sealed_seed).unwrap().to_vec());
    all.push(snapshot.server_certificate(account(), "web").unwrap().private_key(sealer).unwrap().to_vec());
    let provider = snapshot.saml_provider(account(), "adfs").unwrap();
    all.push(provider.private_key(sealer, &provider.private_keys[0]).unwrap().to_vec());
    let issuer = snapshot.issuer(account()).unwrap();
    all.push(issuer.open(sealer, &issuer.keys[0]).unwrap().to_pkcs8().unwrap().to_vec());
    Secrets(all)
}

/// The numbers of keys, and what they are for.
type States = Vec<(u32, KeyState)>;

fn states(directory: &Directory) -> (States, States) {
    let snapshot = directory.snapshot();
    let ring = snapshot.keyring().unwrap();
    let data = ring.data.iter().map(|key| (key.id, key.state)).collect();
    (data, ring.sessions.iter().map(|key| (key.id, key.state)).collect())
}

/// Lets the keyring's clock run, a moment at a time, until nothing is due for longer than anything takes.
fn run(directory: &Directory, from: Timestamp) -> Result<Vec<Step>, Refusal> {
    let (mut steps, mut at) = (Vec::new(), from);
    for _ in 0..8 {
        at += PUBLISHED_BEFORE;
        steps.extend(directory.advance_keys(at)?);
    }
    Ok(steps)
}

#[test]
fn a_data_key_changes_and_everything_opens_all_the_while() {
    let store = Crashing::new();
    let directory = filled(store.clone());
    let before = secrets(&directory);
    assert_eq!(states(&directory), (vec![(1, KeyState::Current)], vec![(2, KeyState::Current)]));
    assert_eq!(directory.change(now(), keyring::rotate_data).unwrap().0, 3);
    let again = directory.change(now(), keyring::rotate_data).unwrap_err().to_string();
    assert_eq!(again, "The specified value for ring is invalid: the data key changes already.");
    assert_eq!(directory.advance_keys(now()).unwrap(), []);
    let uses: usize = directory.snapshot().data_key_uses().values().sum();
    // 35 access keys, a password, a seed, three private keys, a session key.
    assert_eq!(uses, 41);
    let steps = run(&directory, now()).unwrap();
    assert_eq!(steps, [Step::DataTurned(3), Step::Resealed(uses), Step::DataDropped(1)]);
    assert_eq!(states(&directory).0, [(3, KeyState::Current)]);
    assert_eq!(secrets(&directory), before);
    assert_eq!(directory.snapshot().data_key_uses(), [(3, uses)].into());
    assert_reloads(&directory);
    drop(directory);
    assert_eq!(secrets(&open_under(store, MASTER, 1).unwrap()), before);
}

/// Whatever commit a server is stopped at, before it or right after it, the next one goes on and ends where it should.
#[test]
fn a_rotation_that_is_cut_off_anywhere_is_taken_up_again() {
    let mut cut = 0;
    loop {
        let store = Crashing::new();
        let directory = filled(store.clone());
        let (before, token) = (secrets(&directory), session(&directory));
        directory.change(now(), keyring::rotate_data).unwrap();
        directory.change(now(), keyring::rotate_sessions).unwrap();
        store.left.store(cut, Ordering::Relaxed);
        let ended = run(&directory, now());
        store.left.store(i64::MAX, Ordering::Relaxed);
        drop(directory);
        let directory = open_under(store, MASTER, 1).unwrap();
        assert_eq!(secrets(&directory), before, "cut off at commit {cut}");
        run(&directory, now() + PUBLISHED_BEFORE * 8).unwrap();
        let sessions = vec![(2, KeyState::Old), (4, KeyState::Current)];
        assert_eq!(states(&directory), (vec![(3, KeyState::Current)], sessions), "cut off at commit {cut}");
        assert_eq!(secrets(&directory), before, "cut off at commit {cut}");
        assert!(is_open(&directory, &token), "cut off at commit {cut}");
        if ended.is_ok() {
            break;
        }
        cut += 1;
    }
    assert!(cut > 5, "only {cut} commits");
}

fn session(directory: &Directory) -> Vec<u8> {
    directory.sealer().seal(Purpose::SessionToken, b"", b"a session").unwrap()
}

fn is_open(directory: &Directory, token: &[u8]) -> bool {
    directory.sealer().open(Purpose::SessionToken, b"", token).is_ok()
}

#[test]
fn sessions_outlive_their_key_and_the_key_the_sessions() {
    let directory = started();
    let first = session(&directory);
    assert_eq!(directory.change(now(), keyring::rotate_sessions).unwrap().0, 3);
    let again = directory.change(now(), keyring::rotate_sessions).unwrap_err().to_string();
    assert_eq!(again, "The specified value for ring is invalid: session key 3 is about to seal.");
    assert!(first.starts_with(&2u32.to_be_bytes()) && session(&directory).starts_with(&2u32.to_be_bytes()));
    let turned = now() + PUBLISHED_BEFORE;
    assert_eq!(directory.advance_keys(turned).unwrap(), [Step::SessionsTurned(3)]);
    let second = session(&directory);
    assert!(second.starts_with(&3u32.to_be_bytes()) && is_open(&directory, &first));
    let second_moment = SignedDuration::from_secs(1);
    // The keyring keeps whole seconds.
    for (at, gone) in [(turned + SESSION_KEY_KEPT - second_moment, false), (turned + SESSION_KEY_KEPT, true)]
    {
        let steps = directory.advance_keys(at).unwrap();
        assert_eq!(steps, if gone { vec![Step::SessionDropped(2)] } else { vec![] });
        assert_eq!((is_open(&directory, &first), is_open(&directory, &second)), (!gone, true));
    }
    assert_reloads(&directory);
}

/// Two servers on one store: each opens what the other has just sealed, at every step.
#[test]
fn two_servers_follow_each_other() {
    let store = Crashing::new();
    let one = filled(store.clone());
    let other = open_under(store.clone(), MASTER, 2).unwrap();
    let follow = || {
        let newest = store.revision().unwrap();
        for directory in [&one, &other] {
            directory.snapshot_at(newest, Duration::from_secs(10)).unwrap();
        }
    };
    let before = secrets(&other);
    one.change(now(), keyring::rotate_data).unwrap();
    other.change(now(), keyring::rotate_sessions).unwrap();
    let mut at = now();
    for step in 0..8 {
        follow();
        let tokens = [session(&one), session(&other)];
        assert!(tokens.iter().all(|token| is_open(&one, token) && is_open(&other, token)), "step {step}");
        let user = format!("u{step}");
        let create = |draft: &mut Draft<'_>| access_keys::create(draft, account(), KeyHolder::User(&user));
        let made = one.change(at, create).unwrap().0;
        follow();
        let seen = other.snapshot().access_key(made.key.id).unwrap().secret(other.sealer()).unwrap();
        assert_eq!(seen.expose(), made.secret.expose(), "step {step}");
        let delete = |draft: &mut Draft<'_>| {
            access_keys::delete(draft, account(), KeyHolder::User(&user), &made.key.id.to_string())
        };
        other.change(at, delete).unwrap();
        at += PUBLISHED_BEFORE;
        follow();
        std::thread::scope(|scope| {
            scope.spawn(|| one.advance_keys(at).unwrap());
            scope.spawn(|| other.advance_keys(at).unwrap());
        });
    }
    follow();
    assert_eq!(states(&one), states(&other));
    assert_eq!(states(&one).0, [(3, KeyState::Current)]);
    assert_eq!((secrets(&one), secrets(&other)), (Secrets(before.0.clone()), before));
}

/// Whoever seals at the moment in which a key goes plans anew.
#[test]
fn nothing_is_stored_under_a_key_that_has_gone() {
    let directory = filled(Crashing::new());
    directory.change(now(), keyring::rotate_data).unwrap();
    let mut plans = 0;
    let create = |draft: &mut Draft<'_>| {
        plans += 1;
        let made = access_keys::create(draft, account(), KeyHolder::User("u1"))?;
        if plans == 1 {
            run(&directory, now()).unwrap();
        }
        Ok(made)
    };
    let made = directory.change(now(), create).unwrap().0;
    assert_eq!(plans, 2);
    assert_eq!(made.key.secret(directory.sealer()).unwrap().expose(), made.secret.expose());
    assert_eq!(directory.snapshot().data_key_uses().into_keys().collect::<Vec<_>>(), [3]);
}

/// Nobody has to think of it: a session key makes room for another one after a week, once.
#[test]
fn session_keys_change_by_themselves() {
    let directory = filled(Crashing::new());
    let second = SignedDuration::from_secs(1);
    let later = now() + SESSION_KEY_SEALS;
    assert_eq!(directory.advance_keys(later - second).unwrap(), []);
    assert_eq!(directory.advance_keys(later).unwrap(), [Step::SessionsMade(3)]);
    assert_eq!(directory.advance_keys(later + second).unwrap(), []);
    let turned = later + PUBLISHED_BEFORE;
    assert_eq!(directory.advance_keys(turned).unwrap(), [Step::SessionsTurned(3)]);
    assert_eq!(directory.advance_keys(turned + SESSION_KEY_KEPT).unwrap(), [Step::SessionDropped(2)]);
    // Counted from when it began to seal. A clock that goes back makes nothing.
    assert_eq!(directory.advance_keys(turned + SESSION_KEY_SEALS - second).unwrap(), []);
    assert_eq!(directory.advance_keys(now()).unwrap(), []);
    assert_eq!(directory.advance_keys(turned + SESSION_KEY_SEALS).unwrap(), [Step::SessionsMade(4)]);
}

/// A password that was compared before its hash was sealed anew is still compared.
#[test]
fn passwords_change_while_they_are_sealed_anew() {
    let directory = filled(Crashing::new());
    let snapshot = directory.snapshot();
    let user = snapshot.user(account(), "u0").unwrap();
    let new = directory.new_password(&snapshot, user, "Correct-horse-2").unwrap();
    directory.change(now(), keyring::rotate_data).unwrap();
    run(&directory, now()).unwrap();
    let update =
        |draft: &mut Draft<'_>| passwords::update(draft, account(), "u0", Some(&new), None).map(drop);
    assert_eq!(outcome(&directory, update), "ok");
}

fn rewrapped(directory: &Directory, old: MasterKeyNumber, new: MasterKeyNumber) -> Vec<(u32, Wrapped)> {
    let snapshot = directory.snapshot();
    let ring = snapshot.keyring().unwrap();
    let wrap = |key: &DataKey| {
        let again = seal::rewrapped(key.id, &key.wraps[0].bytes, &*master(old), &*master(new)).unwrap();
        (key.id, Wrapped { master: master(new).name().into(), bytes: again.into() })
    };
    ring.data.iter().map(wrap).collect()
}

#[test]
fn a_master_key_changes() {
    let store = Crashing::new();
    let directory = filled(store.clone());
    let before = secrets(&directory);
    let opens = |number, seed| match open_under(store.clone(), number, seed) {
        Ok(directory) => secrets(&directory) == before,
        Err(OpenError::WrongMasterKey(_)) => false,
        Err(error) => panic!("{error}"),
    };
    assert!(opens(7, 1) && !opens(8, 2));
    let wraps = rewrapped(&directory, 7, 8);
    directory.change(now(), |draft| keyring::add_master(draft, &wraps)).unwrap();
    // Again, as after an answer that was lost.
    directory.change(now(), |draft| keyring::add_master(draft, &wraps)).unwrap();
    assert!(opens(7, 3) && opens(8, 4) && !opens(9, 5));
    let third = rewrapped(&directory, 7, 9);
    for (plan, expected) in [
        (
            &(|draft: &mut Draft<'_>| keyring::add_master(draft, &third)) as &dyn Fn(&mut Draft<'_>) -> _,
            "ValidationError: The specified value for wraps is invalid: the master key changes already, to another one",
        ),
        (
            &|draft| keyring::rotate_data(draft).map(drop),
            "ValidationError: The specified value for ring is invalid: the master key changes: data key 1 is under",
        ),
        (
            &|draft| keyring::keep_master(draft, "key/0"),
            "ValidationError: The specified value for master is invalid: `key/0` does not open the data keys",
        ),
    ] {
        let refused = outcome(&directory, plan);
        assert!(refused.starts_with(expected), "{refused}");
    }
    for _ in 0..2 {
        directory.change(now(), |draft| keyring::keep_master(draft, master(8).name())).unwrap();
    }
    assert!(!opens(7, 6) && opens(8, 7));
    // The server that has the old one goes on, and makes no key that only that one would open.
    assert_eq!(secrets(&directory), before);
    assert!(outcome(&directory, keyring::rotate_data).contains("this server has `key/"));
    let directory = open_under(store.clone(), 8, 8).unwrap();
    directory.change(now(), keyring::rotate_data).unwrap();
    run(&directory, now()).unwrap();
    assert_eq!(secrets(&directory), before);
    assert_reloads(&directory);
}

#[test]
fn wraps_of_other_keys_are_refused() {
    let directory = started();
    let wraps = rewrapped(&directory, 7, 8);
    let other = rewrapped(&directory, 7, 9);
    for wrong in [vec![], vec![(3, wraps[0].1.clone())], [wraps.clone(), other].concat()] {
        let refused = outcome(&directory, |draft| keyring::add_master(draft, &wrong));
        assert!(
            refused.starts_with("ValidationError: The specified value for wraps is invalid"),
            "{refused}"
        );
    }
    let snapshot = directory.snapshot();
    let key = &snapshot.keyring().unwrap().data[0];
    assert!(seal::rewrapped(1, &key.wraps[0].bytes, &*master(8), &*master(9)).is_err());
    assert!(seal::rewrapped(2, &key.wraps[0].bytes, &*master(7), &*master(9)).is_err());
}
