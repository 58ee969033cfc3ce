//! Bringing a store to the format of this version, when a server starts.
//!
//! There is no way back but a backup. So one is made first, beside what is the server's own, where nothing was migrated yet:
//! whoever upgrades a program seldom thinks of it. It is deleted by nobody; the log names it.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use doorward_archive::{Made, write};
use doorward_directory::migration::{Step, migrate, pending};
use doorward_directory::snapshot::Progress;
use doorward_store::Store;
use jiff::Timestamp;

use crate::config::Place;
use crate::files::Draft;

/// This version.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// Migrates a store that needs it, and makes a backup before.
///
/// # Errors
/// The store has the format of a later version, the backup cannot be written, or the store fails.
pub fn upgrade(place: &Place, store: &dyn Store, steps: &[Step], progress: &Progress) -> Result<()> {
    let snapshot = store.snapshot()?;
    let Some((format, to)) = pending(&*snapshot, steps)? else { return Ok(()) };
    // In the middle of a migration there is nothing to go back to; the backup was made when it began.
    if let Some(folder) = place.local().filter(|_| format.becoming.is_none()) {
        let file = keep(folder, to, &*snapshot).context(
            "the store was not migrated: the backup before it cannot be made; make room, or give the directory back",
        )?;
        tracing::warn!(file = %file.display(), "made a backup of the store before it is migrated");
    }
    drop(snapshot);
    migrate(store, steps, PROGRAM, progress)?;
    Ok(())
}

/// Writes the backup, unless one of this revision is there.
fn keep(folder: &Path, to: u32, snapshot: &dyn doorward_store::Snapshot) -> Result<PathBuf> {
    let file = folder.join(format!("before-format-{to}-at-{}.backup", snapshot.revision()));
    if file.exists() {
        return Ok(file);
    }
    let mut draft = Draft::beside(&file)?;
    let mut out = BufWriter::new(draft.file());
    let made = Made { program: PROGRAM.to_owned(), created: Timestamp::now() };
    write(snapshot, &made, &mut out, &mut |_| {})?;
    out.flush()?;
    drop(out);
    draft.keep()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use doorward_archive::restore;
    use doorward_store::{Key, KeyRange, Memory, Scan, Transaction, Value, Write};

    use super::*;

    const TOY: &[Step] =
        &[Step { what: "nothing", rewrite: |key, body| Ok(vec![(key.to_vec(), body.to_vec())]) }];

    fn put(store: &Memory, key: &str, value: &[u8]) {
        let write = (Key::new(key).unwrap(), Write::Put(Value::new(value).unwrap()));
        store.commit(Transaction::new(vec![], vec![write]).unwrap()).unwrap();
    }

    fn all(store: &Memory) -> Vec<(String, Vec<u8>)> {
        let snapshot = store.snapshot().unwrap();
        let entries = Scan::new(&*snapshot, KeyRange::all());
        entries
            .map(|entry| {
                entry.map(|(key, entry)| (key.to_string(), entry.value.as_bytes().to_vec())).unwrap()
            })
            .collect()
    }

    #[test]
    fn what_was_there_is_kept_beside_before_it_is_migrated() {
        let folder = tempfile::tempdir().unwrap();
        let (place, store) = (Place::Directory(folder.path().to_owned()), Memory::default());
        let upgrade = |store: &Memory| upgrade(&place, store, TOY, &Progress::default());
        upgrade(&store).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "an empty store needs none");
        // Format 1, of version 0, and a record.
        put(&store, "iam/format", &[1, 0x82, 1, 0x61, b'0']);
        put(&store, "iam/alias/x", &[1, 7]);
        let before = all(&store);
        upgrade(&store).unwrap();
        upgrade(&store).unwrap();
        assert_eq!(all(&store)[0], ("iam/alias/x".to_owned(), vec![2, 7]));
        let files: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(files, [folder.path().join("before-format-2-at-2.backup")]);
        let restored = Memory::default();
        restore(&mut std::fs::File::open(&files[0]).unwrap(), &restored, "backup", &mut |_| {}).unwrap();
        assert_eq!(all(&restored), before);
    }

    #[test]
    fn without_room_for_a_backup_nothing_is_migrated() {
        let folder = tempfile::tempdir().unwrap();
        let (place, store) = (Place::Directory(folder.path().join("gone")), Memory::default());
        put(&store, "iam/format", &[1, 0x82, 1, 0x61, b'0']);
        let before = all(&store);
        let refused = upgrade(&place, &store, TOY, &Progress::default()).unwrap_err();
        assert!(refused.to_string().starts_with("the store was not migrated"), "{refused:#}");
        assert_eq!(all(&store), before);
    }
}
