//! An installation: its store, its master key, its directory, and its first start.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use doorward_directory::access_key::KeyOwner;
use doorward_directory::bootstrap::{FirstStart, Started, bootstrap};
use doorward_directory::random::{Random, SystemRandom};
use doorward_directory::seal::{MASTER_KEY_BYTES, MasterKey, Sealer};
use doorward_directory::{Directory, Opening};
use doorward_policy::AccountId;
use doorward_server::administration::random_account_id;
use doorward_sigv4::{AccessKeyId, AccessKeyKind, SecretAccessKey};
use doorward_store::embedded::{OpenError, Options};
use doorward_store::{Embedded, Memory, Revision, Store};
use jiff::Timestamp;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::arguments;
use crate::config::{Config, FixedKey, MasterKeySource, Place, Sources};
use crate::credentials::{Credentials, Keys, ROOT_PROFILE};

/// Memory for pages of the store's file. Everything is read once, at the start, and answered from memory after that; the
/// cache serves writes alone.
const CACHE_BYTES: usize = 8 * 1024 * 1024;

/// The file that a store is kept in: where there is none, there is no installation.
const STORE_FILE: &str = "store.redb";

/// What the management account is called.
const ACCOUNT_NAME: &str = "management";

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
    let Place::Directory(place) = &config.data else {
        bail!("an installation in memory is reached by its server alone: give --data");
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
    let master = master_key(config, Revision::ZERO)?;
    Ok(Some(Arc::new(Sealer::new(&master, Arc::new(SystemRandom))?)))
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
            Arc::new(Embedded::open(directory, options)?)
        }
    })
}

/// Loads the directory from a store.
///
/// # Errors
/// There is no master key, or another one than the store's; or the store cannot be read.
pub fn open_directory(config: &Config, store: &Arc<dyn Store>) -> Result<Arc<Directory>> {
    let master = master_key(config, store.revision()?)?;
    let random = Arc::new(SystemRandom);
    let sealer = Arc::new(Sealer::new(&master, random.clone())?);
    let store = Arc::clone(store);
    Ok(Arc::new(Directory::open(Opening { store, sealer, limits: config.limits, random })?))
}

fn master_key(config: &Config, revision: Revision) -> Result<MasterKey> {
    Ok(match &config.master_key {
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
    })
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
    let kept = match &config.data {
        Place::Memory => Some(keys),
        Place::Directory(directory) => {
            let file = Credentials::of(directory);
            file.put(ROOT_PROFILE, &keys).with_context(|| not_written(file.path()))?;
            None
        }
    };
    let first = FirstStart { account, account_name: ACCOUNT_NAME.into(), root_key: Some((id, secret)) };
    match bootstrap(directory, &first, now)? {
        Started::New(_) => Ok(Start::First(kept)),
        Started::Already(_) => bail!("another server made the installation at the same moment: start again"),
    }
}

/// The error text when a credentials file cannot be written.
pub fn not_written(path: &Path) -> String {
    format!("the credentials file `{}` cannot be written", path.display())
}

fn new_key(account: AccountId) -> Result<FixedKey> {
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
