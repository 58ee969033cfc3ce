//! The engine under the embedded store, as whoever uses it alone would.

use std::path::Path;

use redb::{Database, TableDefinition};

use crate::drive::Failure;
use crate::figures::entry;

const TABLE: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("figures");

/// A redb database in a file of its own.
pub struct Raw(Database);

impl Raw {
    /// Makes the file.
    ///
    /// # Errors
    /// redb or the disk refuse.
    pub fn create(file: &Path) -> Result<Self, Failure> {
        Ok(Self(Database::create(file).map_err(Failure::of)?))
    }

    /// Puts one entry, in a transaction of its own, which is on disk when this returns.
    ///
    /// # Errors
    /// redb or the disk refuse.
    pub fn put(&self, number: usize) -> Result<(), Failure> {
        let (key, value) = entry(number);
        let mut transaction = self.0.begin_write().map_err(Failure::of)?;
        // As in the store: a crash must not cost a repair of the whole file.
        transaction.set_quick_repair(true);
        {
            let mut table = transaction.open_table(TABLE).map_err(Failure::of)?;
            table.insert(key.as_bytes(), value.as_bytes()).map_err(Failure::of)?;
        }
        transaction.commit().map_err(Failure::of)
    }
}
