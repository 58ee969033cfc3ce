//! An installation: its store, its master key, its directory, and its first start.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use doorward_directory::access_key::KeyOwner;
use doorward_directory::bootstrap::{FirstStart, Started, bootstrap};
use doorward_directory::random::{Random, SystemRandom};
use doorward_directory::seal::{MASTER_KEY_BYTES, MasterKey, Sealer, Wrap};
use doorward_directory::snapshot::Progress;
use doorward_directory::{Directory, Opening, Refusal};
use doorward_policy::AccountId;
use doorward_server::administration::random_account_id;
use doorward_sigv4::{AccessKeyId, AccessKeyKind, SecretAccessKey};
use doorward_store::embedded::{OpenError, Options};
use doorward_store::etcd::{self, Etcd, Failure, Login, Secret, Tls};
use doorward_store::{Embedded, Memory, Revision, Store};
use jiff::Timestamp;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::arguments;
use crate::config::{Config, EtcdPlace, FixedKey, MasterKeySource, PasswordSource, Place, Sources};
use crate::credentials::{Credentials, Keys, ROOT_PROFILE};
use crate::files;
use crate::vault::Vault;

/// Memory for pages of the store's file. Everything is read once, at the start, and answered from memory after that; the
/// cache serves writes alone.
const CACHE_BYTES: usize = 8 * 1024 * 1024;

/// How often a cluster that does not answer is tried before a start fails; each time it has 10 s.
const ETCD_OPENINGS_MAX: usize = 6;

/// The file that a store is kept in: where there is none, there is no installation.
const STORE_FILE: &str = "store.redb";

/// What the management account is called.
pub const ACCOUNT_NAME: &str = "management";

/// What a start found.
#[derive(Debug)]
pub enum Start {
    /// An empty store: the account and its root user's key were made. The secret is here only for an installation that
    /// keeps nothing on disk.
    First(Option<Keys>),
    /// An installation.
    Later,
}

/// How an installation is found.
pub enum Found {
    /// A server, or another command, has it open.
    Server,
    /// Nobody else has it open.
    Store(Arc<dyn Store>),
}

/// The settings of an installation that a command is about.
///
/// # Errors
/// The configuration is wrong.
pub fn config(options: &arguments::Installation) -> Result<Config> {
    let flags = vec![
        ("data", "--data", options.data.clone()),
        ("master_key_file", "--master-key-file", options.master_key_file.clone()),
    ];
    let environment = std::env::vars_os().collect();
    Ok(Config::read(Sources { config: options.config.clone(), flags, environment })?)
}

/// Finds an installation that is there; its data directory. Whether a server has it is told by the store's lock.
///
/// # Errors
/// There is none, or it cannot be opened.
pub fn find(config: &Config) -> Result<(PathBuf, Found)> {
    let place = match &config.data {
        Place::Memory => bail!("an installation in memory is reached by its server alone: give --data"),
        // Servers and commands share it.
        Place::Etcd(etcd) => return Ok((etcd.state.clone(), Found::Store(open_store(&config.data)?))),
        Place::Directory(place) => place,
    };
    if !place.join(STORE_FILE).exists() {
        bail!("there is no installation in `{}`: `doorward serve` makes one", place.display());
    }
    match open_store(&config.data) {
        Ok(store) => Ok((place.clone(), Found::Store(store))),
        Err(error) if matches!(error.downcast_ref(), Some(OpenError::InUse { .. })) => {
            Ok((place.clone(), Found::Server))
        }
        Err(error) => Err(error),
    }
}

/// The sealer of an installation whose master key is at hand; `None` where its file is not there.
///
/// # Errors
/// The master key cannot be used.
pub fn sealer_at_hand(config: &Config) -> Result<Option<Arc<Sealer>>> {
    if matches!(&config.master_key, MasterKeySource::File(file) if !file.exists()) {
        return Ok(None);
    }
    let master = master_key(&config.master_key, Revision::ZERO)?;
    Ok(Some(Arc::new(Sealer::under(master, Arc::new(SystemRandom)))))
}

/// Opens the store, and so claims the place.
///
/// # Errors
/// Another process has it, or it cannot be used.
pub fn open_store(place: &Place) -> Result<Arc<dyn Store>> {
    Ok(match place {
        Place::Memory => Arc::new(Memory::default()),
        Place::Directory(directory) => {
            let options = Options { cache_bytes: CACHE_BYTES, ..Options::default() };
            Arc::new(Embedded::open(directory, options).map_err(|error| named(directory, error))?)
        }
        Place::Etcd(place) => Arc::new(open_etcd(place)?),
    })
}

/// An error with the file that it is about, and what can be done.
fn named(directory: &Path, error: OpenError) -> anyhow::Error {
    if matches!(error, OpenError::InUse { .. } | OpenError::Directory { .. } | OpenError::Thread(_)) {
        return error.into();
    }
    let file = directory.join(STORE_FILE);
    anyhow::Error::new(error).context(format!(
        "`{}` was left as it is; if another file belongs there, put that in its place, or restore a backup into another \
         directory",
        file.display()
    ))
}

/// Takes the directory of what is a server's own, where that is not taken with the store; it is given back when what is
/// returned is dropped.
///
/// # Errors
/// Another server has it, or it cannot be used.
pub fn claim(place: &Place) -> Result<Option<File>> {
    let Place::Etcd(etcd) = place else { return Ok(None) };
    let state = &etcd.state;
    let unusable = || format!("the state directory `{}` cannot be used", state.display());
    files::make_folder(state).with_context(unusable)?;
    let lock = File::create(state.join("lock")).with_context(unusable)?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(lock)),
        Err(std::fs::TryLockError::WouldBlock) => {
            bail!("the state directory `{}` is in use by another server: give each its own", state.display())
        }
        Err(std::fs::TryLockError::Error(error)) => Err(error).with_context(unusable),
    }
}

fn open_etcd(place: &EtcdPlace) -> Result<Etcd> {
    let options = etcd_options(place)?;
    for _ in 1..ETCD_OPENINGS_MAX {
        match Etcd::open(options.clone()) {
            Err(etcd::OpenError::Unavailable(failure)) if may_pass(&failure) => {
                tracing::warn!(reason = failure.to_string(), "waiting for etcd");
            }
            outcome => return Ok(outcome?),
        }
    }
    Ok(Etcd::open(options)?)
}

/// Whether waiting may help.
fn may_pass(failure: &Failure) -> bool {
    matches!(failure, Failure::Unreachable { .. } | Failure::Slow { .. })
}

/// How an etcd cluster is reached.
///
/// # Errors
/// A file that is named cannot be read.
pub fn etcd_options(place: &EtcdPlace) -> Result<etcd::Options> {
    let read = |path: &Path| std::fs::read(path).with_context(|| format!("cannot read `{}`", path.display()));
    let text = |path: &Path| {
        let text = std::fs::read_to_string(path).map(Zeroizing::new);
        text.with_context(|| format!("cannot read `{}`", path.display()))
    };
    let mut options = etcd::Options::new(place.endpoints.clone());
    options.prefix.clone_from(&place.prefix);
    if let Some(ca) = &place.ca {
        let identity = match &place.identity {
            None => None,
            Some(files) => Some((read(&files.certificate)?, Secret::new(text(&files.key)?.as_str()))),
        };
        options.tls = Some(Tls { ca: read(ca)?, identity });
    }
    if let Some((user, source)) = &place.login {
        let password = match source {
            PasswordSource::Environment(text) => Secret::new(text.as_str()),
            PasswordSource::File(path) => Secret::new(text(path)?.trim_end_matches(['\r', '\n'])),
        };
        options.login = Some(Login { user: user.clone(), password });
    }
    Ok(options)
}

/// Loads the directory from a store, and notes in `progress` how far it has come.
///
/// # Errors
/// There is no master key, or another one than the store's; or the store cannot be read.
pub fn open_directory(
    config: &Config,
    store: &Arc<dyn Store>,
    progress: &Progress,
) -> Result<Arc<Directory>> {
    let random = Arc::new(SystemRandom);
    let master = master_key(&config.master_key, store.revision()?)?;
    let sealer = Arc::new(Sealer::under(master, random.clone()));
    let store = Arc::clone(store);
    let (limits, staleness_max) = (config.limits, config.staleness_max);
    let opening = Opening { store, sealer, limits, random, staleness_max };
    Ok(Arc::new(Directory::open_watched(opening, progress)?))
}

/// The master key of a source, for a store that has come to `revision`: before its first one, a file may be made.
///
/// # Errors
/// There is none there, or it cannot be used.
pub fn master_key(source: &MasterKeySource, revision: Revision) -> Result<Arc<dyn Wrap>> {
    let key = match source {
        MasterKeySource::Vault(settings) => return Ok(Arc::new(Vault::new(settings.clone()))),
        MasterKeySource::Environment(text) => {
            MasterKey::from_text(text).context("DOORWARD_MASTER_KEY cannot be used")?
        }
        MasterKeySource::Fresh => {
            let mut bytes = Zeroizing::new([0; MASTER_KEY_BYTES]);
            SystemRandom.fill(&mut *bytes)?;
            MasterKey::from_bytes(*bytes)
        }
        // A new key would open nothing of what is there.
        MasterKeySource::File(file) if revision != Revision::ZERO && !file.exists() => bail!(
            "the store is sealed under a master key, and its file `{}` is missing: put it back, or name it with \
             --master-key-file",
            file.display()
        ),
        MasterKeySource::File(file) => MasterKey::load_or_make(file, &SystemRandom)?,
    };
    Ok(key.wrapping(Arc::new(SystemRandom))?)
}

/// Makes what an installation begins with, unless it is there, and checks that it is the one asked for.
///
/// The credentials are written before the commit that makes them good. So a crash in between leaves a key that opens
/// nothing and is replaced at the next start, and never an account that nobody has the key of.
///
/// # Errors
/// A file cannot be written, the store fails, or the installation is another one than asked for.
pub fn first_start(config: &Config, directory: &Directory, now: Timestamp) -> Result<Start> {
    let snapshot = directory.snapshot();
    if let Some(installation) = snapshot.installation() {
        let account = installation.management_account;
        check_account(config, account)?;
        return check_root_key(config, directory, account).map(|()| Start::Later);
    }
    let account = match config.account {
        Some(account) => account,
        None => random_account_id(&|bytes| SystemRandom.fill(bytes))?,
    };
    let FixedKey { id, secret } = match &config.root_key {
        Some(key) => key.clone(),
        None => new_key(account)?,
    };
    let keys = Keys { access_key_id: id.to_string(), secret_access_key: secret.clone() };
    let file = config.data.local().map(Credentials::of);
    let before = file.as_ref().map(|file| put_root(file, &keys)).transpose()?.flatten();
    let kept = if file.is_none() { Some(keys) } else { None };
    let first = FirstStart { account, account_name: ACCOUNT_NAME.into(), root_key: Some((id, secret)) };
    let begun = bootstrap(directory, &first, now).map_err(|refusal| {
        // What callers hear tells them nothing of keys; who starts the server must know.
        if let Refusal::Failed(failure) = refusal { anyhow::Error::new(failure) } else { refusal.into() }
    });
    match begun? {
        Started::New(_) => Ok(Start::First(kept)),
        Started::Already(account) => {
            if let Some(file) = file.filter(|_| config.root_key.is_none()) {
                let undone =
                    before.map_or_else(|| file.remove(ROOT_PROFILE), |old| file.put(ROOT_PROFILE, &old));
                undone.with_context(|| not_written(file.path()))?;
            }
            joined(config, directory, account)
        }
    }
}

/// Writes the root user's profile, and returns what it was.
///
/// # Errors
/// The file cannot be read or written.
pub fn put_root(file: &Credentials, keys: &Keys) -> Result<Option<Keys>> {
    let before = file.profile(ROOT_PROFILE).with_context(|| not_written(file.path()))?;
    file.put(ROOT_PROFILE, keys).with_context(|| not_written(file.path()))?;
    Ok(before)
}

/// Serves the installation that another server has made while this one was about to.
fn joined(config: &Config, directory: &Directory, account: AccountId) -> Result<Start> {
    directory.open_keys().context(
        "another server made the installation at the same moment, under another master key: give this server that \
         one's, in the place of its own",
    )?;
    check_account(config, account)?;
    check_root_key(config, directory, account).map(|()| Start::Later)
}

/// The error text when a credentials file cannot be written.
pub fn not_written(path: &Path) -> String {
    format!("the credentials file `{}` cannot be written", path.display())
}

/// A new access key for the root user of an account.
///
/// # Errors
/// There is no randomness.
pub fn new_key(account: AccountId) -> Result<FixedKey> {
    let (mut tail, mut secret) = ([0; 5], Zeroizing::new([0; 30]));
    SystemRandom.fill(&mut tail)?;
    SystemRandom.fill(&mut *secret)?;
    let id = AccessKeyId::encode(AccessKeyKind::LongTerm, account.number(), tail)?;
    Ok(FixedKey { id, secret: SecretAccessKey::from_random(&secret) })
}

fn check_account(config: &Config, found: AccountId) -> Result<()> {
    match config.account {
        Some(asked) if asked != found => bail!(
            "the installation's management account is {found}, not {asked}: `account` counts on the first start only"
        ),
        Some(_) | None => Ok(()),
    }
}

fn check_root_key(config: &Config, directory: &Directory, account: AccountId) -> Result<()> {
    let Some(FixedKey { id, secret }) = &config.root_key else { return Ok(()) };
    let snapshot = directory.snapshot();
    let found = snapshot.access_key(*id).filter(|key| key.owner == KeyOwner::Root(account));
    let found = found.map(|key| key.secret(directory.sealer())).transpose()?;
    let same =
        found.is_some_and(|found| bool::from(found.expose().as_bytes().ct_eq(secret.expose().as_bytes())));
    if same {
        return Ok(());
    }
    bail!(
        "DOORWARD_ROOT_ACCESS_KEY_ID and DOORWARD_ROOT_SECRET_ACCESS_KEY are not a root access key of this \
         installation: they count on the first start only"
    )
}
