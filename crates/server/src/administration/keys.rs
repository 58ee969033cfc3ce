//! The keys of the installation, and those of root users and services: shown, and changed while everybody uses them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use doorward_directory::access_key::KeyOwner;
use doorward_directory::change::{Draft, issuers, keyring, keys, services};
use doorward_directory::issuer::Vending;
use doorward_directory::keyring::{KeyState, Wrapped};
use doorward_directory::{Directory, Refusal, Revision, Snapshot};
use doorward_federation::issue::{Algorithm, SigningKey};
use doorward_policy::AccountId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{KeyShown, account_id};

/// A ring of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyRing {
    /// The keys that seal what is stored.
    Data,
    /// The keys that seal sessions.
    Sessions,
    /// The keys that sign web identity tokens.
    Tokens,
}

impl KeyRing {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Sessions => "sessions",
            Self::Tokens => "tokens",
        }
    }
}

/// Output of `ListKeys`: every key that Doorward keeps for itself.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeyRings {
    /// The names of the master keys that open every data key: one, or two while the master key changes.
    pub masters: Vec<String>,
    /// The keys, those of a ring in the order in which they were made.
    pub keys: Vec<KeyRow>,
}

/// A key, as this door shows it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeyRow {
    /// Its ring.
    pub ring: KeyRing,
    /// What tells it from others: a number, or the id that tokens call it by.
    pub id: String,
    /// The account, for a key that signs tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// `next`, `current` or `old`.
    pub state: String,
    /// When it was made, ISO 8601; for a key that signs tokens, from when on it signs.
    pub made: String,
    /// How many values in the store it has sealed, for a data key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<usize>,
    /// What comes next, in words; nothing for a key that stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Input of `RotateKeys`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct KeysToRotate {
    /// The ring that shall have a new key.
    pub ring: KeyRing,
    /// The account whose tokens are meant; all accounts that issue tokens, where none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

/// Input and output of `AddMasterKey`, and output of `GetWrappedKeys`: the data keys as master keys wrap them.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct WrappedKeys {
    /// Them.
    pub keys: Vec<WrappedKey>,
}

/// A data key as one master key wraps it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct WrappedKey {
    /// The data key.
    pub id: u32,
    /// The name of the master key.
    pub master: String,
    /// What it makes of the data key, in base64.
    pub wrapped: String,
}

/// Input of `KeepMasterKey`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct MasterToKeep {
    /// The name of the master key that alone shall open the data keys.
    pub master: String,
}

/// Input of `RotateAccessKey`: whose access key shall have a successor. One of the two fields.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct HolderOfKey {
    /// A service, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The root user of this account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

/// Output of `RotateAccessKey`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AccessKeyRotated {
    /// The new one.
    pub access_key: KeyShown,
    /// The one before, which goes on working until the next rotation, or until it is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub still_valid: Option<String>,
    /// The ones before that, which are deleted.
    #[serde(default)]
    pub deleted: Vec<String>,
}

/// Every key of the installation.
#[must_use]
pub fn key_rings(snapshot: &Snapshot, now: Timestamp) -> KeyRings {
    let Some(ring) = snapshot.keyring() else { return KeyRings { masters: Vec::new(), keys: Vec::new() } };
    let uses = snapshot.data_key_uses();
    let data = ring.data.iter().map(|key| {
        let values = uses.get(&key.id).copied().unwrap_or_default();
        let next = match key.state {
            KeyState::Next => Some("seals within seconds".to_owned()),
            KeyState::Current => None,
            KeyState::Old if values > 0 => Some(format!("{values} values to be sealed anew")),
            KeyState::Old => Some("goes within seconds".to_owned()),
        };
        row(KeyRing::Data, key.id.to_string(), key.state, key.created, Some(values), next)
    });
    let sessions = ring.sessions.iter().map(|key| {
        let next = match key.state {
            KeyState::Next => Some("seals within seconds".to_owned()),
            KeyState::Current => key.yields().map(|yields| format!("another one from {yields} on")),
            KeyState::Old => key.ends().map(|ends| format!("goes at {ends}")),
        };
        row(KeyRing::Sessions, key.id.to_string(), key.state, key.created, None, next)
    });
    let tokens = snapshot.accounts().flat_map(|account| token_rows(snapshot, account.id, now));
    KeyRings {
        masters: ring.masters().into_iter().map(str::to_owned).collect(),
        keys: data.chain(sessions).chain(tokens).collect(),
    }
}

fn row(
    ring: KeyRing,
    id: String,
    state: KeyState,
    made: Timestamp,
    values: Option<usize>,
    next: Option<String>,
) -> KeyRow {
    let (state, made) = (state.name().to_owned(), made.to_string());
    KeyRow { ring, id, account: None, state, made, values, next }
}

fn token_rows(snapshot: &Snapshot, account: AccountId, now: Timestamp) -> Vec<KeyRow> {
    let Some(issuer) = snapshot.issuer(account) else { return Vec::new() };
    let rows = issuer.published(now).map(|key| {
        let current = issuer.signing_key(key.public.algorithm(), now).is_some_and(|found| found.id == key.id);
        let (state, next) = match (current, key.signs_from > now) {
            (true, _) => (KeyState::Current, None),
            (false, true) => (KeyState::Next, Some(format!("signs from {}", key.signs_from))),
            (false, false) => (KeyState::Old, Some("goes when its last token has ended".to_owned())),
        };
        let row = row(KeyRing::Tokens, key.id.to_string(), state, key.signs_from, None, next);
        KeyRow { account: Some(account.to_string()), ..row }
    });
    rows.collect()
}

/// Begins to rotate a ring: makes a new key, which takes over once everybody can know it.
///
/// # Errors
/// [`Refusal`]: a rotation of the ring is under way, the account is not there or issues no tokens, or the store failed.
pub fn rotate_keys(
    directory: &Directory,
    now: Timestamp,
    asked: &KeysToRotate,
) -> Result<(KeyRings, Revision), Refusal> {
    if asked.account.is_some() && asked.ring != KeyRing::Tokens {
        let reason = "only keys that sign tokens are of one account".to_owned();
        return Err(Refusal::InvalidValue { field: "account", reason });
    }
    let revision = match asked.ring {
        KeyRing::Data => directory.change(now, keyring::rotate_data)?.1,
        KeyRing::Sessions => directory.change(now, keyring::rotate_sessions)?.1,
        KeyRing::Tokens => rotate_tokens(directory, now, asked.account.as_deref())?,
    };
    tracing::info!(ring = asked.ring.name(), "a key was made");
    Ok((key_rings(&directory.snapshot(), now), revision))
}

/// Gives an account, or all that issue tokens, new keys of the kinds that they have.
fn rotate_tokens(directory: &Directory, now: Timestamp, account: Option<&str>) -> Result<Revision, Refusal> {
    let snapshot = directory.snapshot();
    let accounts: Vec<AccountId> = match account {
        Some(id) => vec![account_id("account", id)?],
        None => {
            let issues = |id: &AccountId| {
                snapshot.issuer(*id).is_some_and(|issuer| issuer.vending == Vending::Enabled)
            };
            snapshot.accounts().map(|account| account.id).filter(issues).collect()
        }
    };
    let mut newest = snapshot.revision();
    for account in accounts {
        for algorithm in Algorithm::ALL {
            let key = SigningKey::generate(algorithm)?;
            newest = directory.change(now, |draft| issuers::replace(draft, account, &key))?.1;
        }
    }
    Ok(newest)
}

/// The data keys, as each master key wraps them.
#[must_use]
pub fn wrapped_keys(snapshot: &Snapshot) -> WrappedKeys {
    let data = snapshot.keyring().into_iter().flat_map(|ring| &ring.data);
    let wraps = data.flat_map(|key| key.wraps.iter().map(|wrapped| (key.id, wrapped)));
    WrappedKeys { keys: wraps.map(|(id, wrapped)| WrappedKey::of(id, wrapped)).collect() }
}

impl WrappedKey {
    /// A wrapped key, as it is sent.
    #[must_use]
    pub fn of(id: u32, wrapped: &Wrapped) -> Self {
        Self { id, master: wrapped.master.to_string(), wrapped: STANDARD.encode(&wrapped.bytes) }
    }

    fn read(&self) -> Result<(u32, Wrapped), Refusal> {
        let bytes = STANDARD.decode(&self.wrapped).map_err(|_| Refusal::InvalidValue {
            field: "wrapped",
            reason: "it must be in base64".to_owned(),
        })?;
        Ok((self.id, Wrapped { master: self.master.as_str().into(), bytes: bytes.into() }))
    }
}

/// Has another master key open the data keys, beside the present one.
///
/// # Errors
/// [`Refusal`]: these are not the data keys, another change of the master key is under way, or the store failed.
pub fn add_master_key(
    directory: &Directory,
    now: Timestamp,
    wraps: &WrappedKeys,
) -> Result<Revision, Refusal> {
    let wraps = wraps.keys.iter().map(WrappedKey::read).collect::<Result<Vec<_>, _>>()?;
    let revision = directory.change(now, |draft| keyring::add_master(draft, &wraps))?.1;
    let master = wraps.first().map(|(_, wrapped)| &*wrapped.master);
    tracing::info!(master, "another master key opens the data keys");
    Ok(revision)
}

/// Has one master key alone open the data keys.
///
/// # Errors
/// [`Refusal`]: it does not open all of them, or the store failed.
pub fn keep_master_key(
    directory: &Directory,
    now: Timestamp,
    keep: &MasterToKeep,
) -> Result<Revision, Refusal> {
    let revision = directory.change(now, |draft| keyring::keep_master(draft, &keep.master))?.1;
    tracing::info!(master = keep.master, "this master key alone opens the data keys");
    Ok(revision)
}

/// Makes a new access key for a service or for an account's root user. The one before goes on working until the next
/// rotation; any older one is deleted.
///
/// # Errors
/// [`Refusal`]: there is no such service or account, both or none are named, or the store failed.
pub fn rotate_access_key(
    directory: &Directory,
    now: Timestamp,
    holder: &HolderOfKey,
) -> Result<(AccessKeyRotated, Revision), Refusal> {
    let account = holder.account.as_deref().map(|id| account_id("account", id)).transpose()?;
    let of = |draft: &Draft<'_>, owner: &KeyOwner| -> Vec<String> {
        draft.snapshot().access_keys(owner).map(|key| key.id.to_string()).collect()
    };
    let plan = |draft: &mut Draft<'_>| {
        let (before, made, after) = match (&holder.service, account) {
            (Some(name), None) => {
                let owner = KeyOwner::Service(name.as_str().into());
                (of(draft, &owner), services::rotate(draft, name)?, of(draft, &owner))
            }
            (None, Some(id)) => {
                let owner = KeyOwner::Root(id);
                (of(draft, &owner), keys::rotate_root(draft, id)?, of(draft, &owner))
            }
            (Some(_), Some(_)) | (None, None) => {
                let reason = "name a service or an account".to_owned();
                return Err(Refusal::InvalidValue { field: "service", reason });
            }
        };
        let (kept, deleted): (Vec<_>, Vec<_>) = before.into_iter().partition(|id| after.contains(id));
        Ok((made, kept, deleted))
    };
    let ((made, mut kept, deleted), revision) = directory.change(now, plan)?;
    let access_key = KeyShown::of(made);
    tracing::info!(key = access_key.access_key_id, ?kept, ?deleted, "an access key has a successor");
    Ok((AccessKeyRotated { access_key, still_valid: kept.pop(), deleted }, revision))
}
