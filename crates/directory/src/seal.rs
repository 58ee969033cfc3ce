//! Sealing: secrets are stored under a master key, never in clear.
//!
//! A sealed value is `key id ‖ nonce ‖ ciphertext ‖ tag`: AES-256-GCM under a key derived by HKDF-SHA-256 from the master
//! key, one per [`Purpose`], with a random nonce. The place where a value belongs (its key in the store) is
//! authenticated with it, so a sealed value moved to another place does not open.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::random::{NoRandomness, Random};

/// The length of a master key, in bytes.
pub const MASTER_KEY_BYTES: usize = 32;

/// How many random bytes the name of a file says in which a key is written before it has its own name.
const DRAFT_SUFFIX_BYTES: usize = 16;

/// What such a name ends with.
const DRAFT_END: &str = ".new";

/// The first byte of every value sealed under the present master key. Another byte will mean another key.
const KEY_ID: u8 = 1;

/// The secret under which all secrets of an installation are sealed. Wiped from memory when dropped; never shown.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; MASTER_KEY_BYTES]>);

/// Why there is no master key.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MasterKeyError {
    /// The text is not 32 bytes in base64.
    #[error("a master key must be 32 bytes written in base64")]
    Text,
    /// The file cannot be read or written.
    #[error("the master key file `{path}` cannot be used")]
    File {
        /// The file.
        path: String,
        /// What failed.
        #[source]
        cause: std::io::Error,
    },
    /// Others than the owner may read the file.
    #[error("the master key file `{path}` can be read by others: its mode must be 0600 or 0400")]
    Exposed {
        /// The file.
        path: String,
    },
    /// No key could be made.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl MasterKey {
    /// The key of these bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; MASTER_KEY_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The key that a text says in base64, white space around it ignored.
    ///
    /// # Errors
    /// [`MasterKeyError::Text`], which does not repeat the text.
    pub fn from_text(text: &str) -> Result<Self, MasterKeyError> {
        let bytes = Zeroizing::new(STANDARD.decode(text.trim()).map_err(|_| MasterKeyError::Text)?);
        let mut key = Self(Zeroizing::new([0; MASTER_KEY_BYTES]));
        if bytes.len() != MASTER_KEY_BYTES {
            return Err(MasterKeyError::Text);
        }
        key.0.copy_from_slice(&bytes);
        Ok(key)
    }

    /// The key in a file, made there (readable by its owner only, and synced) if the file does not exist.
    ///
    /// # Errors
    /// [`MasterKeyError`] if the file cannot be used, is open to others, or does not hold a key.
    pub fn load_or_make(path: &Path, random: &dyn Random) -> Result<Self, MasterKeyError> {
        let key = match std::fs::metadata(path) {
            Ok(found) => Self::load(path, &found)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Self::make(path, random)?,
            Err(cause) => return Err(file_error(path, cause)),
        };
        remove_drafts(path).map_err(|cause| file_error(path, cause))?;
        Ok(key)
    }

    fn load(path: &Path, found: &std::fs::Metadata) -> Result<Self, MasterKeyError> {
        if is_exposed(found) {
            return Err(MasterKeyError::Exposed { path: path.display().to_string() });
        }
        let text = std::fs::read_to_string(path).map_err(|cause| file_error(path, cause))?;
        Self::from_text(&Zeroizing::new(text))
    }

    fn make(path: &Path, random: &dyn Random) -> Result<Self, MasterKeyError> {
        let mut key = Self(Zeroizing::new([0; MASTER_KEY_BYTES]));
        random.fill(&mut key.0[..])?;
        let text = Zeroizing::new(format!("{}\n", STANDARD.encode(*key.0)));
        let mut suffix = [0; DRAFT_SUFFIX_BYTES];
        random.fill(&mut suffix)?;
        write_private(path, suffix, text.as_bytes()).map_err(|cause| file_error(path, cause))?;
        Ok(key)
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(redacted)")
    }
}

fn file_error(path: &Path, cause: std::io::Error) -> MasterKeyError {
    MasterKeyError::File { path: path.display().to_string(), cause }
}

#[cfg(unix)]
fn is_exposed(found: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    found.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
fn is_exposed(_found: &std::fs::Metadata) -> bool {
    false
}

/// Writes a file that must not exist yet, whole or not at all after a crash: a store sealed under a key that is not on
/// disk could never be opened again. It is written under another name and then linked, which fails if another process
/// was faster. The other name is new each time: what a crash has left stands in nobody's way.
fn write_private(path: &Path, suffix: [u8; DRAFT_SUFFIX_BYTES], bytes: &[u8]) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{:032x}{DRAFT_END}", u128::from_be_bytes(suffix)));
    let draft = path.with_file_name(name);
    let linked = write_synced(&draft, bytes).and_then(|()| std::fs::hard_link(&draft, path));
    let removed = remove(&draft);
    linked.and(removed)?;
    std::fs::File::open(folder(path))?.sync_all()
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Removes what crashes have left of keys being made: they hold a key, perhaps this one.
fn remove_drafts(path: &Path) -> std::io::Result<()> {
    let Some(own) = path.file_name().and_then(std::ffi::OsStr::to_str) else { return Ok(()) };
    let is_draft = |name: &str| {
        let suffix = name.strip_prefix(own).and_then(|rest| rest.strip_prefix('.')?.strip_suffix(DRAFT_END));
        suffix.is_some_and(|suffix| {
            suffix.len() == 2 * DRAFT_SUFFIX_BYTES && suffix.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    };
    // A key may be read in a folder that may not be listed.
    let Ok(entries) = std::fs::read_dir(folder(path)) else { return Ok(()) };
    for entry in entries {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(is_draft) {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Removes a file, if nobody else has.
fn remove(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

fn write_synced(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

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

/// A value that does not open: it was sealed under another key, for another purpose or place, or was tampered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value does not open: another master key sealed it, or it was changed or moved")]
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
}

/// Seals and opens under one master key. Cheap to share by reference; keys are derived once, here.
pub struct Sealer {
    access_key: LessSafeKey,
    mfa_seed: LessSafeKey,
    password: LessSafeKey,
    installation: LessSafeKey,
    session_token: LessSafeKey,
    server_certificate: LessSafeKey,
    authorization_message: LessSafeKey,
    saml_private_key: LessSafeKey,
    token_key: LessSafeKey,
    exchange_token: LessSafeKey,
    random: Arc<dyn Random>,
}

impl Sealer {
    /// A sealer under `master`, with nonces from `random`. A random 96-bit nonce is safe for 2³² values per purpose.
    ///
    /// # Errors
    /// [`SealFailed::Refused`] if the keys cannot be derived.
    pub fn new(master: &MasterKey, random: Arc<dyn Random>) -> Result<Self, SealFailed> {
        Ok(Self {
            access_key: derive(master, b"doorward access key secret")?,
            mfa_seed: derive(master, b"doorward mfa seed")?,
            password: derive(master, b"doorward password hash")?,
            installation: derive(master, b"doorward installation")?,
            session_token: derive(master, b"doorward session token")?,
            server_certificate: derive(master, b"doorward server certificate")?,
            authorization_message: derive(master, b"doorward authorization message")?,
            saml_private_key: derive(master, b"doorward saml private key")?,
            token_key: derive(master, b"doorward token key")?,
            exchange_token: derive(master, b"doorward exchange token")?,
            random,
        })
    }

    /// Seals `plain` for `purpose`, to be opened at `place` only. The result is 29 bytes longer.
    ///
    /// # Errors
    /// [`SealFailed`].
    pub fn seal(&self, purpose: Purpose, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealFailed> {
        let mut nonce = [0; NONCE_LEN];
        self.random.fill(&mut nonce)?;
        let mut sealed = Vec::with_capacity(1 + NONCE_LEN + plain.len() + AES_256_GCM.tag_len());
        sealed.push(KEY_ID);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let (_, body) = sealed.split_at_mut(1 + NONCE_LEN);
        let tag = self
            .key(purpose)
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(place), body)
            .map_err(|_| SealFailed::Refused)?;
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
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
        let (&[key_id], rest) = sealed.split_first_chunk().ok_or(SealBroken)?;
        let (nonce, body) = rest.split_first_chunk::<NONCE_LEN>().ok_or(SealBroken)?;
        if key_id != KEY_ID {
            return Err(SealBroken);
        }
        let mut plain = Zeroizing::new(body.to_vec());
        let length = self
            .key(purpose)
            .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(place), &mut plain)
            .map_err(|_| SealBroken)?
            .len();
        plain.truncate(length);
        Ok(plain)
    }

    const fn key(&self, purpose: Purpose) -> &LessSafeKey {
        match purpose {
            Purpose::AccessKey => &self.access_key,
            Purpose::MfaSeed => &self.mfa_seed,
            Purpose::Password => &self.password,
            Purpose::Installation => &self.installation,
            Purpose::SessionToken => &self.session_token,
            Purpose::ServerCertificate => &self.server_certificate,
            Purpose::AuthorizationMessage => &self.authorization_message,
            Purpose::SamlPrivateKey => &self.saml_private_key,
            Purpose::TokenKey => &self.token_key,
            Purpose::ExchangeToken => &self.exchange_token,
        }
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer(redacted)")
    }
}

fn derive(master: &MasterKey, label: &[u8]) -> Result<LessSafeKey, SealFailed> {
    let secret = Salt::new(HKDF_SHA256, &[]).extract(&master.0[..]);
    let labels = [label];
    let material = secret.expand(&labels, &AES_256_GCM).map_err(|_| SealFailed::Refused)?;
    Ok(LessSafeKey::new(UnboundKey::from(material)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Counter;

    fn sealer(master: u8) -> Sealer {
        Sealer::new(&MasterKey::from_bytes([master; 32]), Arc::new(Counter::default())).unwrap()
    }

    #[test]
    fn opens_only_where_it_was_sealed() {
        let sealed = sealer(1).seal(Purpose::AccessKey, b"place", b"secret").unwrap();
        assert_eq!(sealed.len(), 6 + 29);
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
        for (master, purpose, place, opens) in [
            (1, Purpose::AccessKey, &b"place"[..], true),
            (2, Purpose::AccessKey, b"place", false),
            (1, Purpose::Installation, b"place", false),
            (1, Purpose::SessionToken, b"place", false),
            (1, Purpose::ServerCertificate, b"place", false),
            (1, Purpose::AccessKey, b"other", false),
        ] {
            let opened = sealer(master).open(purpose, place, &sealed);
            assert_eq!(opened.map(|plain| plain.to_vec()).ok(), opens.then(|| b"secret".to_vec()));
        }
    }

    #[test]
    fn every_changed_or_missing_byte_breaks_it() {
        let sealer = sealer(1);
        let sealed = sealer.seal(Purpose::Installation, b"", b"secret").unwrap();
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert_eq!(sealer.open(Purpose::Installation, b"", &changed), Err(SealBroken), "byte {index}");
            assert_eq!(sealer.open(Purpose::Installation, b"", &sealed[..index]), Err(SealBroken));
        }
    }

    #[test]
    fn the_same_value_never_looks_the_same() {
        let sealer = sealer(1);
        let seal = || sealer.seal(Purpose::SessionToken, b"", b"secret").unwrap();
        assert_ne!(seal(), seal());
    }

    #[test]
    fn master_keys_are_read_and_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let made = MasterKey::load_or_make(&path, &Counter::default()).unwrap();
        let read = MasterKey::load_or_make(&path, &Counter::default()).unwrap();
        assert_eq!(made.0, read.0);
        assert_eq!(format!("{made:?}"), "MasterKey(redacted)");
        for text in ["", "short", &STANDARD.encode([0; 31]), &STANDARD.encode([0; 33])] {
            assert!(matches!(MasterKey::from_text(text), Err(MasterKeyError::Text)), "{text}");
        }
    }

    #[test]
    fn drafts_that_a_crash_left_are_in_nobodys_way_and_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        let names = || {
            let names = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
            let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
            names.sort();
            names
        };
        let left = [
            &*format!("master.key.{}.new", "0a".repeat(16)),
            "master.key.mine.new",
            &*format!("other.key.{}.new", "0a".repeat(16)),
        ];
        for _ in ["made", "read"] {
            for name in left {
                std::fs::write(folder.path().join(name), "a key").unwrap();
            }
            MasterKey::load_or_make(&path, &Counter::default()).unwrap();
            assert_eq!(names(), ["master.key", left[1], left[2]]);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_key_file_open_to_others_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        MasterKey::load_or_make(&path, &Counter::default()).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let refused = MasterKey::load_or_make(&path, &Counter::default());
        assert!(matches!(refused, Err(MasterKeyError::Exposed { .. })));
    }
}
