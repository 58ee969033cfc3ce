//! A store that is taken away and put back while clients use it.

use std::sync::{Arc, PoisonError, RwLock};

use doorward_store::{CommitError, Entry, Key, Revision, Store, Transaction};

use crate::load::{Target, Unanswered};

/// Holds a store, or none at the moment.
#[derive(Default)]
pub struct Slot(RwLock<Option<Arc<dyn Store>>>);

impl Slot {
    /// The store, if there is one at the moment.
    pub fn store(&self) -> Option<Arc<dyn Store>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts a store in the place of another.
    pub fn put(&self, store: Option<Arc<dyn Store>>) -> Option<Arc<dyn Store>> {
        std::mem::replace(&mut *self.0.write().unwrap_or_else(PoisonError::into_inner), store)
    }

    /// Takes the store away, and waits until nobody uses it any more and it is closed.
    pub fn close(&self) {
        if let Some(mut store) = self.put(None) {
            while Arc::get_mut(&mut store).is_none() {
                std::thread::yield_now();
            }
        }
    }
}

impl Target for Slot {
    fn read(&self, key: &Key) -> Result<Option<Entry>, Unanswered> {
        Target::read(&*self.store().ok_or(Unanswered)?, key)
    }

    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError> {
        let cause = || Arc::new(std::io::Error::other("there is no store at the moment"));
        let store = self.store().ok_or_else(|| CommitError::Unavailable { cause: cause() })?;
        Target::commit(&*store, transaction)
    }
}
