//! The redb file of a store: opening it, and what its tables are.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use redb::{ReadableDatabase, StorageBackend, TableDefinition, TableHandle};

use super::shield::{Shield, Shielded};
use super::{FORMAT, Failure, Medium, OpenError};

/// The entries: under each key its revision, eight bytes big-endian, and then its value.
pub(super) const ENTRIES: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("entries");

/// The numbers of the store as a whole. Its name and the row [`FORMAT_ROW`] are the same in every format.
pub(super) const STORE: TableDefinition<'_, &str, u64> = TableDefinition::new("doorward-store");

/// The row of [`STORE`] that holds the format.
const FORMAT_ROW: &str = "format";

/// The row of [`STORE`] that holds the revision of the newest commit.
pub(super) const REVISION_ROW: &str = "revision";

/// An open redb file and the shield under it.
pub(super) struct Database {
    pub(super) redb: redb::Database,
    pub(super) shield: Arc<Shield>,
}

impl Database {
    /// Itself, unless its file has failed.
    fn sound(self) -> Result<Self, OpenError> {
        match self.shield.failure() {
            None => Ok(self),
            Some(failure) => Err(OpenError::Disk(failure)),
        }
    }

    /// Closes a database whose writer failed. What a panic left behind can make redb panic again while it is dropped.
    pub(super) fn give_up(self) {
        self.shield.close();
        let _ = catch_unwind(AssertUnwindSafe(|| drop(self.redb)));
    }
}

/// Opens the store kept on `medium`, or makes an empty one if there is none.
pub(super) fn open_or_create(medium: &dyn Medium, cache_bytes: usize) -> Result<Database, OpenError> {
    if let Some(file) = medium.open().map_err(OpenError::File)? {
        return open_file(file, cache_bytes);
    }
    create(medium, cache_bytes)?;
    open(medium, cache_bytes)
}

/// Opens the store kept on `medium`.
pub(super) fn open(medium: &dyn Medium, cache_bytes: usize) -> Result<Database, OpenError> {
    let gone = || OpenError::File(io::ErrorKind::NotFound.into());
    open_file(medium.open().map_err(OpenError::File)?.ok_or_else(gone)?, cache_bytes)
}

fn open_file(file: Box<dyn StorageBackend>, cache_bytes: usize) -> Result<Database, OpenError> {
    // redb would make a database of it.
    if file.len().map_err(OpenError::File)? == 0 {
        return Err(OpenError::Foreign { reason: "it is empty" });
    }
    let database = start(file, cache_bytes)?;
    check_format(&database.redb)?;
    // After a crash the file may show writes that are not on disk yet; nobody may see them before they are.
    Shielded(Arc::clone(&database.shield)).sync_data().map_err(OpenError::File)?;
    database.sound()
}

/// Makes an empty store. It is kept only once it is complete: a power cut leaves a store or nothing, never a file that
/// could be mistaken for a damaged store.
fn create(medium: &dyn Medium, cache_bytes: usize) -> Result<(), OpenError> {
    let database = start(medium.create().map_err(OpenError::File)?, cache_bytes)?;
    initialise(&database.redb)?;
    drop(database.sound()?);
    medium.keep().map_err(OpenError::File)
}

fn start(file: Box<dyn StorageBackend>, cache_bytes: usize) -> Result<Database, OpenError> {
    let shield = Arc::new(Shield::new(file));
    let shielded = Shielded(Arc::clone(&shield));
    let redb = redb::Builder::new().set_cache_size(cache_bytes).create_with_backend(shielded)?;
    Ok(Database { redb, shield })
}

/// A write transaction that is on disk once it is committed, and after which opening is quick.
pub(super) fn begin_write(redb: &redb::Database) -> Result<redb::WriteTransaction, Failure> {
    let mut transaction = redb.begin_write()?;
    transaction.set_durability(redb::Durability::Immediate)?;
    transaction.set_quick_repair(true);
    Ok(transaction)
}

fn initialise(redb: &redb::Database) -> Result<(), OpenError> {
    let transaction = begin_write(redb).map_err(|failure| OpenError::Disk(Arc::new(failure)))?;
    {
        transaction.open_table(ENTRIES)?;
        let mut store = transaction.open_table(STORE)?;
        store.insert(FORMAT_ROW, FORMAT)?;
        store.insert(REVISION_ROW, 0)?;
    }
    Ok(transaction.commit()?)
}

fn check_format(redb: &redb::Database) -> Result<(), OpenError> {
    let transaction = redb.begin_read()?;
    if !transaction.list_tables()?.any(|table| table.name() == STORE.name()) {
        return Err(OpenError::Foreign { reason: "it has no table `doorward-store`" });
    }
    match transaction.open_table(STORE)?.get(FORMAT_ROW)?.map(|row| row.value()) {
        Some(FORMAT) => Ok(()),
        Some(found) if found > FORMAT => Err(OpenError::NewerFormat { found }),
        Some(_) => Err(OpenError::Foreign { reason: "its format is not one that was ever used" }),
        None => Err(OpenError::Foreign { reason: "it does not say its format" }),
    }
}
