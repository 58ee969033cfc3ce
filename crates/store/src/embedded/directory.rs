//! The directory of a store: its lock and its file.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use redb::StorageBackend;
use redb::backends::FileBackend;

use super::OpenError;

/// The file that holds the store.
const STORE_FILE: &str = "store.redb";

/// The file that is to hold the store, until it does.
const NEW_FILE: &str = "store.redb.new";

/// The file whose lock says that the directory is in use. It is never removed: a removed file can still be locked.
const LOCK_FILE: &str = "lock";

/// Where the bytes of a store are, opened once at the start and again after each failed write.
///
/// Whoever implements it sees to it that no other process uses the same bytes while it exists.
pub trait Medium: Send {
    /// Opens the bytes that were [kept](Self::keep); `None` if none were.
    ///
    /// # Errors
    /// Whatever the system says.
    fn open(&self) -> io::Result<Option<Box<dyn StorageBackend>>>;

    /// Opens new, empty bytes, in the place of others that were not kept. Called only if none were.
    ///
    /// # Errors
    /// Whatever the system says.
    fn create(&self) -> io::Result<Box<dyn StorageBackend>>;

    /// Makes the created bytes, which are complete and on disk, those that are opened from now on.
    ///
    /// # Errors
    /// Whatever the system says.
    fn keep(&self) -> io::Result<()>;
}

/// A directory of the file system, locked as long as this exists.
pub(super) struct Directory {
    path: PathBuf,
    _lock: File,
}

impl Directory {
    /// Creates the directory if need be, and locks it.
    pub(super) fn claim(path: &Path) -> Result<Self, OpenError> {
        let fail = |source| OpenError::Directory { directory: path.to_owned(), source };
        create(path).map_err(fail)?;
        let mut lock = private_file().truncate(false).open(path.join(LOCK_FILE)).map_err(fail)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(OpenError::InUse { directory: path.to_owned(), pid: owner(&mut lock) });
            }
            Err(TryLockError::Error(source)) => return Err(fail(source)),
        }
        sign(&mut lock).map_err(fail)?;
        Ok(Self { path: path.to_owned(), _lock: lock })
    }
}

impl Medium for Directory {
    fn open(&self) -> io::Result<Option<Box<dyn StorageBackend>>> {
        match OpenOptions::new().read(true).write(true).open(self.path.join(STORE_FILE)) {
            Ok(file) => backend(file).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn create(&self) -> io::Result<Box<dyn StorageBackend>> {
        backend(private_file().truncate(true).open(self.path.join(NEW_FILE))?)
    }

    fn keep(&self) -> io::Result<()> {
        fs::rename(self.path.join(NEW_FILE), self.path.join(STORE_FILE))?;
        // The name of a file is durable only once its directory is.
        File::open(&self.path)?.sync_all()
    }
}

fn backend(file: File) -> io::Result<Box<dyn StorageBackend>> {
    Ok(Box::new(FileBackend::new(file).map_err(io::Error::other)?))
}

/// Creates `path` and what is missing above it, each durable before the next.
fn create(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = parent.unwrap_or_else(|| Path::new("."));
    create(parent)?;
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    File::open(parent)?.sync_all()
}

fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Writes this process's id into the lock file.
fn sign(lock: &mut File) -> io::Result<()> {
    lock.set_len(0)?;
    lock.rewind()?;
    writeln!(lock, "{}", std::process::id())
}

/// The process id in the lock file, if there is one.
fn owner(lock: &mut File) -> Option<u32> {
    let mut text = String::new();
    lock.take(16).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
