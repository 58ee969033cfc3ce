//! `doorward restore`, and `doorward migrate`, which is the same without a file between.

use std::fs::File;
use std::io::{BufReader, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use doorward_archive::entries;
use doorward_directory::format::{self, Unservable};
use doorward_directory::migration::{STEPS, migrate as migrate_format};
use doorward_directory::random::SystemRandom;
use doorward_directory::seal::Sealer;
use doorward_directory::snapshot::Progress as Loading;
use doorward_directory::{Directory, Limits, Opening, STALENESS_MAX, directory};
use doorward_store::fill::{FillError, check_empty as check_store_empty, fill};
use doorward_store::{Key, KeyRange, Memory, PageSize, ReadError, Scan, Store, Value};

use crate::config::{Config, Place};
use crate::installation::Found;
use crate::progress::{Progress, grouped};
use crate::{arguments, installation};

/// The records by which a master key is known to be the installation's.
const SEALED_FIRST: [&[u8]; 3] = [b"iam/format", b"iam/installation", b"iam/keyring"];

/// Restores a backup into an empty place.
///
/// # Errors
/// The file is damaged, the place is not empty, or the master key is another one.
pub fn restore(options: &arguments::Restore) -> Result<()> {
    let begun = Instant::now();
    let (config, path) = (installation::config(&options.installation)?, Path::new(&options.file));
    let place = directory_of(&config.data)?;
    let unreadable = || format!("`{}` cannot be restored", path.display());
    let mut file = File::open(path).with_context(unreadable)?;
    let known = first_pass(&file).with_context(unreadable)?;
    let known = readable(known).with_context(unreadable)?;
    let checked = check_master_key(&config, &known)?;
    file.rewind()?;
    let restored = entries(BufReader::new(file)).with_context(unreadable)?;
    let header = restored.header().clone();
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let count = fill_place(&config.data, &name, restored, "restoring")?;
    let seconds = begun.elapsed().as_secs_f64();
    let mut said = anstream::stderr();
    writeln!(
        said,
        "Restored {} entries of revision {}, backed up at {} by version {}, to `{}` in {seconds:.1} s.",
        grouped(count),
        header.revision,
        header.made.created,
        header.made.program,
        place.display()
    )?;
    if !checked {
        writeln!(
            said,
            "The master key is not here, and so was not checked: `doorward serve` needs the one of the installation \
             that was backed up, in `{}` or wherever --master-key-file says.",
            place.join("master.key").display()
        )?;
    }
    Ok(())
}

/// Copies a whole installation from one place to another.
///
/// # Errors
/// The one is not there or in use, or the other is not empty.
pub fn migrate(options: &arguments::Migrate) -> Result<()> {
    let begun = Instant::now();
    let at = |place: &String| {
        installation::config(&arguments::Installation { data: Some(place.clone()), ..Default::default() })
    };
    let (from, to) = (at(&options.from)?, at(&options.to)?);
    let (place, Found::Store(store)) = installation::find(&from)? else {
        bail!(
            "`{}` is in use: stop its server first, so that nothing is written that is not copied",
            options.from
        );
    };
    let target = directory_of(&to.data)?;
    let snapshot = store.snapshot()?;
    let scan = Scan::new(&*snapshot, KeyRange::all());
    let all = scan.map(|entry| entry.map(|(key, entry)| (key, entry.value)));
    let count = fill_place(&to.data, &place.display().to_string(), all, "copying")?;
    let seconds = begun.elapsed().as_secs_f64();
    writeln!(
        anstream::stderr(),
        "Copied {} entries of revision {} from `{}` to `{}` in {seconds:.1} s. The master key and the credentials file \
         are not copied: put them there, or name them.",
        grouped(count),
        snapshot.revision(),
        place.display(),
        target.display()
    )?;
    Ok(())
}

fn directory_of(place: &Place) -> Result<&PathBuf> {
    match place {
        Place::Directory(directory) => Ok(directory),
        Place::Etcd(etcd) => Ok(&etcd.state),
        Place::Memory => {
            bail!("what is put into memory is gone with this command: give a directory with --data")
        }
    }
}

/// Reads the whole file, so that nothing of a damaged one is written; the records that a master key is checked by.
fn first_pass(file: &File) -> Result<Vec<(Key, Value)>> {
    let (mut known, mut count) = (Vec::new(), 0);
    let mut progress = Progress::new("verifying");
    for entry in entries(BufReader::new(file))? {
        let (key, value) = entry?;
        count += 1;
        progress.at(count);
        if is_sealed_first(&key) {
            known.push((key, value));
        }
    }
    Ok(known)
}

/// Whether a record is one of those that a master key is checked by.
pub fn is_sealed_first(key: &Key) -> bool {
    SEALED_FIRST.contains(&key.as_bytes())
}

/// A store of nothing but the records that a master key is checked by, in the format of this version: so it is known that what
/// is put somewhere can be migrated later, and served.
///
/// # Errors
/// The format is a later one, or none.
pub fn readable(known: Vec<(Key, Value)>) -> Result<Arc<Memory>> {
    let store = Memory::default();
    fill(&store, "the check of the format", known.into_iter().map(Ok::<_, ReadError>), &mut |_| {})?;
    let snapshot = store.snapshot()?;
    let is_empty = snapshot.range(&KeyRange::all(), PageSize::MAX)?.entries.is_empty();
    if !is_empty && format::of(&*snapshot)?.is_none() {
        return Err(Unservable::Missing.into());
    }
    migrate_format(&store, STEPS, env!("CARGO_PKG_VERSION"), &Loading::default())?;
    Ok(Arc::new(store))
}

/// Whether the master key was checked: it is not here in a restore on another machine, until somebody brings it.
///
/// # Errors
/// It is another installation's.
pub fn check_master_key(config: &Config, known: &Arc<Memory>) -> Result<bool> {
    let Some(sealer) = installation::sealer_at_hand(config)? else { return Ok(false) };
    open(Arc::clone(known) as Arc<dyn Store>, sealer)?;
    Ok(true)
}

/// Opens a store with nothing but defaults.
///
/// # Errors
/// The master key is another one, or a record does not read back.
pub fn open(store: Arc<dyn Store>, sealer: Arc<Sealer>) -> Result<Directory, directory::OpenError> {
    let random = Arc::new(SystemRandom);
    Directory::open(Opening {
        store,
        sealer,
        limits: Limits::default(),
        random,
        staleness_max: STALENESS_MAX,
    })
}

/// Fills an empty place; how many entries it was given.
///
/// # Errors
/// It is not empty, or does not take them.
pub fn fill_place<E: std::error::Error + Send + Sync + 'static>(
    place: &Place,
    name: &str,
    entries: impl Iterator<Item = Result<(Key, Value), E>>,
    what: &'static str,
) -> Result<u64> {
    let store = installation::open_store(place)?;
    let (mut progress, mut count) = (Progress::new(what), 0);
    let filled = fill(&*store, name, entries, &mut |so_far| {
        count = so_far;
        progress.at(so_far);
    });
    drop(progress);
    let shown = directory_of(place)?.display();
    match filled {
        Ok(_) => Ok(count),
        Err(error @ (FillError::NotEmpty { .. } | FillError::Unfinished { .. })) => not_empty(place, error),
        Err(error) => Err(error).with_context(|| {
            format!(
                "`{shown}` is not whole, and no server will take it: delete its `store.redb` and begin again"
            )
        }),
    }
}

/// Refuses a place that holds anything, before what is to go there is made.
///
/// # Errors
/// It is not empty, or cannot be opened.
pub fn check_empty(place: &Place) -> Result<()> {
    directory_of(place)?;
    let checked = check_store_empty::<ReadError>(&*installation::open_store(place)?);
    checked.or_else(|error| not_empty(place, error))
}

fn not_empty<T, E: std::error::Error + Send + Sync + 'static>(
    place: &Place,
    error: FillError<E>,
) -> Result<T> {
    let shown = directory_of(place)?.display();
    let empty = "give an empty place, or move its `store.redb` away first";
    Err(error).with_context(|| format!("nothing was written to `{shown}`: {empty}"))
}
