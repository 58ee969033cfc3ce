//! Files that are replaced whole: another process sees the old one or the new one, and so does the next start after a
//! crash.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Replaces the file at `path` by one that only its owner can read.
///
/// # Errors
/// Whatever the system says; then the old file is as it was.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let draft = path.with_extension(format!("{}.new", std::process::id()));
    let written = write_private(&draft, text).and_then(|()| fs::rename(&draft, path));
    if let Err(error) = written {
        // What is left of the draft is of no use, and the first error says why.
        let _ = fs::remove_file(&draft);
        return Err(error);
    }
    File::open(folder(path))?.sync_all()
}

/// The directory that a file is in.
pub fn folder(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Makes a directory for its owner alone, with those above it, unless it is there.
pub fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// A file that is being written beside the place it is for, and is nowhere until it is whole.
pub struct Draft {
    target: PathBuf,
    draft: PathBuf,
    file: File,
}

impl Draft {
    /// A file for `target`, where there must be none. Only its owner can read it.
    ///
    /// # Errors
    /// There is a file, or none can be made.
    pub fn beside(target: &Path) -> io::Result<Self> {
        if target.exists() {
            return Err(taken(target));
        }
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.new", std::process::id()));
        let draft = target.with_file_name(name);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options
            .open(&draft)
            .map_err(|error| io::Error::new(error.kind(), format!("`{}`: {error}", draft.display())))?;
        Ok(Self { target: target.to_owned(), draft, file })
    }

    /// The file to write to.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Puts the file in its place, once it is on disk.
    ///
    /// # Errors
    /// There is a file meanwhile, or the system fails.
    pub fn keep(self) -> io::Result<()> {
        self.file.sync_all()?;
        // Unlike a rename, a link replaces nothing. Where there are no links, the look before has to do.
        match fs::hard_link(&self.draft, &self.target) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(taken(&self.target)),
            Err(_) if self.target.exists() => return Err(taken(&self.target)),
            Err(_) => fs::rename(&self.draft, &self.target)?,
        }
        File::open(folder(&self.target))?.sync_all()
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // It is in its place, or of no use.
        let _ = fs::remove_file(&self.draft);
    }
}

fn taken(target: &Path) -> io::Error {
    let text = format!("`{}` is there already, and is not overwritten", target.display());
    io::Error::new(io::ErrorKind::AlreadyExists, text)
}
