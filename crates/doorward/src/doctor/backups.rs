//! Backups: whether the newest is sound, and how old it is.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use doorward_archive::{Header, verify};
use jiff::Timestamp;

use super::Finding;
use crate::arguments;
use crate::progress::grouped;

/// Looks at the newest of the backups that are named.
pub fn examine(options: &arguments::Doctor, now: Timestamp) -> Finding {
    let Some(path) = &options.backups else {
        return Finding::unknown("backup", "not looked at; --backups names a backup, or a directory of them");
    };
    match newest(Path::new(path)) {
        Ok(Some(file)) => judged(&file, options.backup_hours_max, now),
        Ok(None) => Finding::problem(
            "backup",
            format!("there is none in `{path}`"),
            "doorward backup FILE, every day",
        ),
        Err(error) => {
            Finding::problem("backup", format!("{error:#}"), "name a backup, or a directory of them")
        }
    }
}

/// The file itself, or the file of a directory that was written last.
fn newest(path: &Path) -> Result<Option<PathBuf>> {
    let unreadable = || format!("`{}` cannot be read", path.display());
    if !path.metadata().with_context(unreadable)?.is_dir() {
        return Ok(Some(path.to_owned()));
    }
    let mut found = Vec::new();
    for entry in path.read_dir().with_context(unreadable)? {
        let (entry, about) =
            entry.and_then(|entry| Ok((entry.path(), entry.metadata()?))).with_context(unreadable)?;
        if about.is_file() {
            found.push((about.modified().with_context(unreadable)?, entry));
        }
    }
    Ok(found.into_iter().max().map(|(_, file)| file))
}

fn judged(file: &Path, hours_max: u32, now: Timestamp) -> Finding {
    let shown = file.display();
    let read = File::open(file).map_err(anyhow::Error::new);
    let verified = match read.and_then(|file| Ok(verify(BufReader::new(file))?)) {
        Ok(verified) => verified,
        Err(error) => {
            let remedy = "make another one, and keep those before it";
            return Finding::problem("backup", format!("`{shown}`: {error:#}"), remedy);
        }
    };
    let Header { made, revision } = verified.header;
    let hours = now.duration_since(made.created).as_hours();
    let entries = grouped(verified.contents.entries);
    let says =
        format!("`{shown}` is sound, {hours} hours old, of revision {revision}, with {entries} entries");
    if hours >= i64::from(hours_max) {
        let remedy = format!("make one more often than every {hours_max} hours: what is newer would be lost");
        return Finding::warning("backup", says, remedy);
    }
    Finding::ok("backup", says)
}

#[cfg(test)]
mod tests {
    use doorward_archive::{Made, write};
    use doorward_store::{Memory, Store as _};
    use jiff::SignedDuration;

    use super::*;
    use crate::doctor::Verdict;

    #[test]
    fn the_newest_backup_counts() {
        let (folder, now) = (tempfile::tempdir().unwrap(), Timestamp::now());
        let options = |path: PathBuf| arguments::Doctor {
            backups: Some(path.display().to_string()),
            backup_hours_max: 26,
            ..arguments::Doctor::default()
        };
        let verdict = |path: PathBuf| examine(&options(path), now).verdict;
        assert_eq!(verdict(folder.path().to_owned()), Verdict::Problem);
        assert_eq!(verdict(folder.path().join("nowhere")), Verdict::Problem);
        for (name, hours, expected) in [("a", 50, Verdict::Warning), ("b", 2, Verdict::Ok)] {
            let created = now - SignedDuration::from_hours(hours);
            let made = Made { program: "0".to_owned(), created };
            let mut file = File::create(folder.path().join(name)).unwrap();
            write(&*Memory::default().snapshot().unwrap(), &made, &mut file, &mut |_| {}).unwrap();
            file.set_modified((now - SignedDuration::from_hours(hours)).into()).unwrap();
            assert_eq!(verdict(folder.path().join(name)), expected, "{name}");
            assert_eq!(verdict(folder.path().to_owned()), expected, "{name}, by its directory");
        }
        std::fs::write(folder.path().join("c"), "nothing of the kind").unwrap();
        assert_eq!(verdict(folder.path().to_owned()), Verdict::Problem);
        assert_eq!(examine(&arguments::Doctor::default(), now).verdict, Verdict::Unknown);
    }
}
