//! The directory of what is the server's own: who can read it, whether there is room, and how long the disk takes to keep.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::Finding;
use crate::config::{Config, MasterKeySource};

/// Less free space than this, in bytes, is a problem: a copy of a small store, and its log.
const FREE_BYTES_MIN: u64 = 64 << 20;

/// Of a file system with less than this share free, in percent, people want to know.
const FREE_PERCENT_WARNED: u64 = 10;

/// What everybody would call slow for a disk that keeps a database.
const SYNC_TIME_WARNED: Duration = Duration::from_millis(50);

/// How often the disk is asked to keep something.
const SYNCS: usize = 9;

/// How much is written each time: a page.
const SYNC_BYTES: usize = 4096;

/// Bits of a mode that let anybody but the owner in.
const OTHERS: u32 = 0o077;

/// Looks at the directory.
pub fn examine(directory: &Path, config: &Config) -> Vec<Finding> {
    if !directory.exists() {
        let says = format!("`{}` is not there yet", directory.display());
        return vec![Finding::unknown("disk", says)];
    }
    let secret = match &config.master_key {
        MasterKeySource::File(file) => Some(file.clone()),
        MasterKeySource::Environment(_) | MasterKeySource::Vault(_) | MasterKeySource::Fresh => None,
    };
    vec![space(directory), private(directory, secret), syncs(directory)]
}

fn space(directory: &Path) -> Finding {
    let found = match rustix::fs::statvfs(directory) {
        Ok(found) => found,
        Err(error) => return Finding::unknown("disk space", format!("cannot be told: {error}")),
    };
    let (free, whole) = (found.f_bavail * found.f_frsize, found.f_blocks * found.f_frsize);
    judged_space(free, whole, (found.f_favail, found.f_files))
}

fn judged_space(free: u64, whole: u64, (files_left, files): (u64, u64)) -> Finding {
    let says = format!("{} MiB of {} MiB are free", free >> 20, whole >> 20);
    let remedy = "make room; without it writes are refused, while reads and decisions go on";
    // File systems without a fixed number of files say 0 of 0.
    if files > 0 && files_left == 0 {
        return Finding::problem("disk space", "the file system takes no further file", remedy);
    }
    if free < FREE_BYTES_MIN {
        return Finding::problem("disk space", says, remedy);
    }
    if free < whole / 100 * FREE_PERCENT_WARNED {
        return Finding::warning("disk space", says, remedy);
    }
    Finding::ok("disk space", says)
}

fn private(directory: &Path, master_key: Option<PathBuf>) -> Finding {
    let own = ["store.redb", "credentials"].map(|name| directory.join(name));
    let files = [directory.to_owned()].into_iter().chain(own).chain(master_key);
    let open: Vec<String> = files
        .filter(|path| path.metadata().is_ok_and(|found| found.permissions().mode() & OTHERS != 0))
        .map(|path| format!("`{}`", path.display()))
        .collect();
    if open.is_empty() {
        return Finding::ok("file modes", "nobody but the owner can read what is there");
    }
    let says = format!("others than the owner may read or write {}", open.join(", "));
    Finding::problem("file modes", says, format!("chmod go= {}", open.join(" ").replace('`', "'")))
}

fn syncs(directory: &Path) -> Finding {
    match sync_time(directory) {
        Ok(time) => judged_syncs(time),
        Err(error) => {
            let says = format!("nothing can be written to `{}`: {error}", directory.display());
            Finding::problem("disk writes", says, "run the server, and this, as the owner of the directory")
        }
    }
}

fn judged_syncs(time: Duration) -> Finding {
    let says = format!("the disk takes {:.1} ms to keep a page (median)", time.as_secs_f64() * 1e3);
    if time < SYNC_TIME_WARNED {
        return Finding::ok("disk writes", says);
    }
    let remedy = "every write takes at least as long: use a local disk that is quicker, or has less to do";
    Finding::warning("disk writes", says, remedy)
}

/// The median time to write a page and have it kept.
fn sync_time(directory: &Path) -> io::Result<Duration> {
    let path = directory.join(format!("doctor.{}.new", std::process::id()));
    let mut file = OpenOptions::new().write(true).create_new(true).open(&path)?;
    // Its name is of no use from here on; what is open stays until it is closed.
    std::fs::remove_file(&path)?;
    let mut times = Vec::with_capacity(SYNCS);
    for _ in 0..SYNCS {
        let begun = Instant::now();
        file.write_all(&[0; SYNC_BYTES])?;
        file.sync_data()?;
        times.push(begun.elapsed());
    }
    times.sort_unstable();
    Ok(times.get(SYNCS / 2).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};

    use super::*;
    use crate::doctor::Verdict;

    #[test]
    fn room_is_judged() {
        const GIB: u64 = 1 << 30;
        for (free, whole, files, expected) in [
            (5 * GIB, 10 * GIB, (5, 10), Verdict::Ok),
            (5 * GIB, 10 * GIB, (0, 0), Verdict::Ok),
            (GIB / 2, 10 * GIB, (5, 10), Verdict::Warning),
            (GIB / 32, GIB / 16, (5, 10), Verdict::Problem),
            (5 * GIB, 10 * GIB, (0, 10), Verdict::Problem),
        ] {
            assert_eq!(judged_space(free, whole, files).verdict, expected, "{free} of {whole}, {files:?}");
        }
        assert_eq!(judged_syncs(Duration::from_millis(4)).verdict, Verdict::Ok);
        assert_eq!(judged_syncs(Duration::from_millis(60)).verdict, Verdict::Warning);
    }

    #[test]
    fn what_others_can_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let (directory, key) = (folder.path().join("d"), folder.path().join("k"));
        crate::files::make_folder(&directory).unwrap();
        crate::files::replace(&key, "secret").unwrap();
        assert_eq!(private(&directory, Some(key.clone())).verdict, Verdict::Ok);
        fs::set_permissions(&key, Permissions::from_mode(0o640)).unwrap();
        let finding = private(&directory, Some(key.clone()));
        assert_eq!(finding.verdict, Verdict::Problem);
        assert_eq!(finding.remedy, Some(format!("chmod go= '{}'", key.display())));
        // Looking leaves nothing behind.
        assert_ne!(syncs(&directory).verdict, Verdict::Problem);
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 0);
        assert_eq!(syncs(&folder.path().join("nowhere")).verdict, Verdict::Problem);
    }
}
