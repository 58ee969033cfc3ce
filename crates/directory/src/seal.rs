//! Sealing: secrets are stored under data keys, and these under a master key; never in clear.
//!
//! A sealed value is `key id ‖ nonce ‖ ciphertext ‖ tag`: AES-256-GCM under a key derived by HKDF-SHA-256 from the key that
//! the id names, one per [`Purpose`], with a random nonce. The place where a value belongs (its key in the store) is
//! authenticated with it, so a sealed value moved to another place does not open.
//!
//! Which keys there are, the installation's [`Keyring`] says. A [`Sealer`] has them open, and
//! follows it as the directory does.

use std::fmt;
use std::sync::Arc;

use arc_swap::ArcSwap;
use aws_lc_rs::aead::{AES_256_GCM, LessSafeKey, NONCE_LEN, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use zeroize::Zeroizing;

use crate::keyring::{DataKey, KEY_BYTES, KeyState, Keyring, SessionKey, Wrapped};
use crate::random::{NoRandomness, Random};
use crate::snapshot::Stored;

mod keys;
mod master;
mod wrap;

pub(crate) use keys::Keys;
pub use master::{MASTER_KEY_BYTES, MasterKey, MasterKeyError};
pub(crate) use wrap::hexadecimal;
pub use wrap::{Reach, Wrap, WrapFailed};

/// By how many bytes a sealed value is longer than what is in it: the id of its key, nonce and tag.
pub const SEAL_BYTES: usize = KEY_ID_BYTES + NONCE_LEN + 16;

const KEY_ID_BYTES: usize = 4;

/// What tells a key from others, without telling the key.
pub(crate) type Fingerprint = [u8; 8];

/// What a value is sealed for. Each has a key of its own, so that a value sealed for one does not open for another.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Purpose {
    /// The secret of an access key.
    AccessKey,
    /// The seed of a virtual MFA device.
    MfaSeed,
    /// The hash of a password.
    Password,
    /// The keys of the installation.
    Installation,
    /// The token of a session.
    SessionToken,
    /// The private key of a server certificate.
    ServerCertificate,
    /// The explanation of a denial, handed to whoever was denied.
    AuthorizationMessage,
    /// A private key of a SAML provider.
    SamlPrivateKey,
    /// A key that web identity tokens are signed with.
    TokenKey,
    /// What a product provider trades in for credentials.
    ExchangeToken,
}

/// Which keys a purpose has its own derived from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ring {
    /// Those of what is stored.
    Data,
    /// Those of what is handed out, to come back within days.
    Sessions,
}

impl Purpose {
    /// The ring of its keys.
    #[must_use]
    pub const fn ring(self) -> Ring {
        match self {
            Self::AccessKey
            | Self::MfaSeed
            | Self::Password
            | Self::Installation
            | Self::ServerCertificate
            | Self::SamlPrivateKey
            | Self::TokenKey => Ring::Data,
            Self::SessionToken | Self::AuthorizationMessage | Self::ExchangeToken => Ring::Sessions,
        }
    }
}

/// A value that does not open: it was sealed under a key that there is not, for another purpose or place, or was tampered
/// with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value does not open: a key that is not known sealed it, or it was changed or moved")]
pub struct SealBroken;

/// A value that could not be sealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SealFailed {
    /// No nonce could be made.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The cipher refused: the value is longer than it can seal (64 GiB).
    #[error("the cipher refused to seal")]
    Refused,
    /// There is no key to seal with: before the first start, or while a new one cannot be opened.
    #[error("there is no key to seal with, or it cannot be opened yet")]
    NoKey,
    /// A new data key cannot be wrapped.
    #[error("a new data key cannot be wrapped under the master key")]
    Unwrapped(#[from] WrapFailed),
}

/// A key of the installation that cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unopened {
    /// The data key is wrapped under other master keys than the one given.
    #[error("data key {id} is wrapped under {masters}, and this server's master key is `{own}`")]
    OtherMaster {
        /// The data key.
        id: u32,
        /// The master keys under which it is.
        masters: String,
        /// The one given.
        own: String,
    },
    /// The data key does not open under the master key.
    #[error("data key {id} cannot be opened: {cause}")]
    Data {
        /// The data key.
        id: u32,
        /// Why.
        cause: WrapFailed,
    },
    /// The session key does not open under its data key.
    #[error("session key {id} cannot be opened")]
    Session {
        /// The session key.
        id: u32,
    },
}

/// Whether a service may be asked to open a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Asking {
    /// It may; that can take seconds.
    Allowed,
    /// It may not.
    NotNow,
}

/// Seals and opens under the keys of one installation, which it has from the directory that it belongs to: before that
/// has had its first start there are none. Cheap to share by reference; keys are derived once.
pub struct Sealer {
    master: Arc<dyn Wrap>,
    random: Arc<dyn Random>,
    keys: ArcSwap<Keys>,
}

impl Sealer {
    /// A sealer under `master`, with nonces and keys from `random`.
    ///
    /// # Errors
    /// [`SealFailed::Refused`] if nothing can be derived from the key.
    pub fn new(master: &MasterKey, random: Arc<dyn Random>) -> Result<Self, SealFailed> {
        Ok(Self::under(master.wrapping(Arc::clone(&random))?, random))
    }

    /// A sealer under a master key, wherever that is.
    #[must_use]
    pub fn under(master: Arc<dyn Wrap>, random: Arc<dyn Random>) -> Self {
        Self { master, random, keys: ArcSwap::default() }
    }

    /// The name of its master key: see [`Wrap::name`].
    #[must_use]
    pub fn master(&self) -> &str {
        self.master.name()
    }

    /// Seals `plain` for `purpose`, to be opened at `place` only. The result is [`SEAL_BYTES`] longer. What is to be stored
    /// is sealed by the change that stores it.
    ///
    /// # Errors
    /// [`SealFailed`].
    pub fn seal(&self, purpose: Purpose, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealFailed> {
        self.keys.load().seal(&*self.random, purpose, place, plain)
    }

    /// Opens what [`Sealer::seal`] made for the same purpose and place.
    ///
    /// # Errors
    /// [`SealBroken`].
    pub fn open(
        &self,
        purpose: Purpose,
        place: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealBroken> {
        self.keys.load().open(purpose, place, sealed)
    }

    pub(crate) fn keys(&self) -> Arc<Keys> {
        self.keys.load_full()
    }

    pub(crate) fn random(&self) -> &dyn Random {
        &*self.random
    }

    /// Makes a data key that is wrapped under the master key. The first of an installation seals at once.
    pub(crate) fn new_data_key(&self, id: u32, now: jiff::Timestamp) -> Result<DataKey, SealFailed> {
        let mut plain = Zeroizing::new([0; KEY_ID_BYTES + KEY_BYTES]);
        let (head, key) = plain.split_at_mut(KEY_ID_BYTES);
        head.copy_from_slice(&id.to_be_bytes());
        self.random.fill(key)?;
        let fingerprint = fingerprint(key)?;
        let wrapped =
            Wrapped { master: self.master.name().into(), bytes: self.master.wrap(&plain[..])?.into() };
        let (state, wraps) = (KeyState::Next, vec![wrapped]);
        Ok(DataKey { id, fingerprint, state, created: now, since: now, wraps })
    }

    /// Opens the keys of a keyring that are not open yet. Those that can be opened are, also where another cannot.
    pub(crate) fn follow(&self, ring: Option<&Arc<Stored<Keyring>>>, asking: Asking) -> Result<(), Unopened> {
        let before = self.keys.load();
        if before.are_of(ring) {
            return Ok(());
        }
        let Some(ring) = ring else {
            self.keys.store(Arc::default());
            return Ok(());
        };
        let (keys, opened) = self.opened(&before, ring, asking);
        self.keys.store(Arc::new(if opened.is_ok() { keys.complete(ring) } else { keys }));
        opened
    }

    /// The keys of a keyring, as many as can be opened, and what stands in the way of the first that cannot.
    pub(crate) fn opened(
        &self,
        before: &Keys,
        ring: &Keyring,
        asking: Asking,
    ) -> (Keys, Result<(), Unopened>) {
        let (mut keys, mut failed) = (Keys::default(), Ok(()));
        let mut fail = |unopened| {
            if failed.is_ok() {
                failed = Err(unopened);
            }
        };
        for key in &ring.data {
            match before.reused(key.id, &key.fingerprint) {
                Some(known) => keys.put(known, key.state),
                None => match self.open_data(key, asking) {
                    Ok(plain) => match keys::Opened::new(key.id, Ring::Data, &plain) {
                        Ok(opened) => keys.put(opened, key.state),
                        Err(_) => fail(Unopened::Data { id: key.id, cause: WrapFailed::Broken }),
                    },
                    Err(unopened) => fail(unopened),
                },
            }
        }
        for key in &ring.sessions {
            match before.reused(key.id, &key.fingerprint).or_else(|| open_session(&keys, key)) {
                Some(opened) => keys.put(opened, key.state),
                None => fail(Unopened::Session { id: key.id }),
            }
        }
        (keys, failed)
    }

    fn open_data(&self, key: &DataKey, asking: Asking) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        if self.master.reach() == Reach::Service && asking == Asking::NotNow {
            let cause =
                WrapFailed::Service("the service that has the master key is not asked yet".to_owned());
            return Err(Unopened::Data { id: key.id, cause });
        }
        key.open(&*self.master)
    }
}

impl DataKey {
    /// The key itself, by a master key under which it is wrapped.
    pub(crate) fn open(&self, master: &dyn Wrap) -> Result<Zeroizing<Vec<u8>>, Unopened> {
        let failed = |cause| Unopened::Data { id: self.id, cause };
        let own = self.wraps.iter().find(|wrapped| *wrapped.master == *master.name());
        let own = own.ok_or_else(|| Unopened::OtherMaster {
            id: self.id,
            masters: self.masters(),
            own: master.name().to_owned(),
        })?;
        let key = unwrapped(self.id, &own.bytes, master).map_err(failed)?;
        let same = fingerprint(&key).is_ok_and(|fingerprint| fingerprint == self.fingerprint);
        if same { Ok(key) } else { Err(failed(WrapFailed::Broken)) }
    }
}

/// The data key of this id, which a master key has wrapped.
fn unwrapped(id: u32, wrapped: &[u8], master: &dyn Wrap) -> Result<Zeroizing<Vec<u8>>, WrapFailed> {
    let plain = master.open(wrapped)?;
    let (head, key) = plain.split_first_chunk::<KEY_ID_BYTES>().ok_or(WrapFailed::Broken)?;
    let sound = *head == id.to_be_bytes() && key.len() == KEY_BYTES;
    if sound { Ok(Zeroizing::new(key.to_vec())) } else { Err(WrapFailed::Broken) }
}

/// The data key of this id, as a new master key wraps it where an old one has.
///
/// # Errors
/// [`Unopened`] if `old` does not open it, or `new` does not wrap it so that it opens it again: what nobody could open must
/// not take the place of what can be opened.
pub fn rewrapped(id: u32, wrapped: &[u8], old: &dyn Wrap, new: &dyn Wrap) -> Result<Vec<u8>, Unopened> {
    let failed = |cause| Unopened::Data { id, cause };
    let key = unwrapped(id, wrapped, old).map_err(failed)?;
    let plain = Zeroizing::new([&id.to_be_bytes()[..], &key].concat());
    let again = new.wrap(&plain).map_err(failed)?;
    if *unwrapped(id, &again, new).map_err(failed)? != *key {
        return Err(failed(WrapFailed::Broken));
    }
    Ok(again)
}

fn open_session(keys: &Keys, key: &SessionKey) -> Option<Arc<keys::Opened>> {
    let plain = keys.open(Purpose::Installation, &key.place(), &key.sealed).ok()?;
    if fingerprint(&plain).ok()? != key.fingerprint {
        return None;
    }
    keys::Opened::new(key.id, Ring::Sessions, &plain).ok()
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer(redacted)")
    }
}

/// The id of the key that sealed a value.
pub(crate) fn key_of(sealed: &[u8]) -> Option<u32> {
    sealed.first_chunk().map(|id| u32::from_be_bytes(*id))
}

/// A key's fingerprint.
pub(crate) fn fingerprint(key: &[u8]) -> Result<Fingerprint, SealFailed> {
    let mut print = Fingerprint::default();
    let secret = Salt::new(HKDF_SHA256, &[]).extract(key);
    let labels = [&b"doorward key name"[..]];
    let material = secret.expand(&labels, PrintLength).map_err(|_| SealFailed::Refused)?;
    material.fill(&mut print).map_err(|_| SealFailed::Refused)?;
    Ok(print)
}

struct PrintLength;

impl KeyType for PrintLength {
    fn len(&self) -> usize {
        size_of::<Fingerprint>()
    }
}

fn derive(key: &[u8], label: &[u8]) -> Result<LessSafeKey, SealFailed> {
    let secret = Salt::new(HKDF_SHA256, &[]).extract(key);
    let labels = [label];
    let material = secret.expand(&labels, &AES_256_GCM).map_err(|_| SealFailed::Refused)?;
    Ok(LessSafeKey::new(UnboundKey::from(material)))
}
