//! What can go wrong when reading, committing and watching.

use std::error::Error;
use std::sync::Arc;

use crate::{Expected, Key, Revision};

/// Why a backend failed. Shared, because one failed write fails every commit that waited for it.
pub type Cause = Arc<dyn Error + Send + Sync>;

/// A read that has no answer.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The store cannot be read.
    #[error("the store cannot be read")]
    Unavailable {
        /// What failed.
        #[source]
        cause: Cause,
    },
    /// The store no longer has the revision of the snapshot: take another snapshot.
    #[error("revision {revision} is no longer in the store")]
    Compacted {
        /// The revision asked for.
        revision: Revision,
    },
    /// What is stored under the key is not an entry.
    #[error("the entry of the key `{key}` is damaged")]
    Damaged {
        /// The key.
        key: String,
    },
}

/// A commit that was not acknowledged.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum CommitError {
    /// A check does not hold. Nothing was written.
    #[error("the key `{key}` is not as expected ({})", conflict(*expected, *actual))]
    Conflict {
        /// The first key, in the order of the checks, that is not as expected.
        key: Key,
        /// What was expected.
        expected: Expected,
        /// The commit that last wrote the key; `None` if the key does not exist.
        actual: Option<Revision>,
    },
    /// The store does not take writes at the moment. Nothing was written.
    #[error("the store does not take writes")]
    Unavailable {
        /// What failed.
        #[source]
        cause: Cause,
    },
    /// The store failed while committing. Either all of the transaction was written or nothing; reading tells which.
    #[error("the store failed during the commit, which may or may not have been written")]
    Unknown {
        /// What failed.
        #[source]
        cause: Cause,
    },
}

fn conflict(expected: Expected, actual: Option<Revision>) -> String {
    let expected = match expected {
        Expected::Absent => "absent".to_owned(),
        Expected::Present => "present".to_owned(),
        Expected::Revision(revision) => format!("revision {revision}"),
    };
    let actual = actual.map_or_else(|| "absent".to_owned(), |revision| format!("revision {revision}"));
    format!("expected {expected}, found {actual}")
}

/// A watch that cannot go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WatchError {
    /// Changes after the revision asked for are no longer in the store. The caller has missed some: it takes a
    /// snapshot and watches from the snapshot's revision.
    #[error("the changes after revision {after} are gone; the oldest that can be watched from is {oldest}")]
    Compacted {
        /// The revision up to which the watcher knows the store.
        after: Revision,
        /// The smallest revision a watch can start after.
        oldest: Revision,
    },
    /// The revision asked for is greater than the store's: the caller has seen another store, or this one before an
    /// older copy of it was restored.
    #[error("revision {after} is ahead of the store, which is at {current}")]
    Ahead {
        /// The revision asked for.
        after: Revision,
        /// The revision of the store.
        current: Revision,
    },
    /// The store was closed, and all its changes have been handed out.
    #[error("the store was closed")]
    Closed,
    /// The store cannot be watched.
    #[error("the store cannot be watched: {reason}")]
    Unavailable {
        /// What failed, in one line.
        reason: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conflict_says_what_was_expected_and_found() {
        for (expected, actual, text) in [
            (Expected::Absent, Some(Revision(7)), "expected absent, found revision 7"),
            (Expected::Present, None, "expected present, found absent"),
            (Expected::Revision(Revision(3)), Some(Revision(7)), "expected revision 3, found revision 7"),
        ] {
            let error = CommitError::Conflict { key: Key::new("user/a").unwrap(), expected, actual };
            assert_eq!(error.to_string(), format!("the key `user/a` is not as expected ({text})"));
        }
    }
}
