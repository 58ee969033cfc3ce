//! Master keys: made once, kept in a file or handed in as text.

use std::fmt;
use std::path::Path;

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

/// The secret under which all secrets of an installation are sealed. Wiped from memory when dropped; never shown.
#[derive(Clone)]
pub struct MasterKey(pub(super) Zeroizing<[u8; MASTER_KEY_BYTES]>);

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
    use std::os::unix::fs::MetadataExt as _;
    exposes(found.mode(), found.uid(), found.gid())
}

/// Whether others than a file's owner may use it. A file of root's that only root and its own group may read is how
/// systemd hands a credential to a service: the group's bit stands for the list of those who may, which has the service
/// alone.
///
/// Source: <https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#LoadCredential=ID:PATH>
#[cfg(unix)]
const fn exposes(mode: u32, uid: u32, gid: u32) -> bool {
    mode & 0o077 != 0 && !(mode & 0o777 == 0o440 && uid == 0 && gid == 0)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Counter;

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

    #[cfg(unix)]
    #[test]
    fn files_of_others_are_exposed() {
        for (mode, uid, gid, expected) in [
            (0o100_600, 1000, 1000, false),
            (0o100_400, 0, 0, false),
            (0o100_440, 0, 0, false),
            (0o100_640, 0, 0, true),
            (0o100_440, 0, 4, true),
            (0o100_440, 1000, 0, true),
            (0o100_460, 0, 0, true),
            (0o100_444, 0, 0, true),
            (0o100_604, 0, 0, true),
            (0o100_640, 1000, 1000, true),
        ] {
            assert_eq!(exposes(mode, uid, gid), expected, "{mode:o} {uid} {gid}");
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
