//! Why the cluster did not do as it was asked.

use std::sync::Arc;

use super::proto::KeyValue;

/// Why the cluster did not do as it was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// A member of the cluster cannot be reached.
    #[error("etcd at `{endpoint}` cannot be reached: {reason}")]
    Unreachable {
        /// Which.
        endpoint: String,
        /// Why, in one line.
        reason: String,
    },
    /// A member did not answer in time.
    #[error("etcd at `{endpoint}` did not answer within {attempt_ms} ms")]
    Slow {
        /// Which.
        endpoint: String,
        /// How long it had.
        attempt_ms: u128,
    },
    /// A member answered with an error.
    #[error("etcd at `{endpoint}` answered: {message}")]
    Answer {
        /// Which.
        endpoint: String,
        /// What it said.
        message: String,
    },
    /// The database has reached its quota.
    #[error(
        "etcd is out of space (NOSPACE): compact and defragment it or raise --quota-backend-bytes, then \
         `etcdctl alarm disarm`"
    )]
    NoSpace,
    /// The cluster wants a user and a password, and not these.
    #[error("etcd refuses the user or the password that it was given, or wants one: {message}")]
    Login {
        /// What it said.
        message: String,
    },
    /// The user may not do it.
    #[error("the user has no permission in etcd: grant it readwrite on all keys with the prefix `{prefix}`")]
    Permission {
        /// The prefix of the store.
        prefix: String,
    },
    /// The store is not the one that was opened.
    #[error("the store under `{prefix}` in etcd was removed or replaced while it was in use: start again")]
    Replaced {
        /// The prefix of the store.
        prefix: String,
    },
    /// Something that is not a store wrote under the prefix.
    #[error("the key `{key}` in etcd was not written by Doorward: remove it, or choose another prefix")]
    Foreign {
        /// The key.
        key: String,
    },
    /// An answer that is none.
    #[error("etcd answered something that this program does not understand: {what}")]
    Garbage {
        /// What is wrong with it.
        what: &'static str,
    },
    /// What was written since cannot be read any more.
    #[error("etcd was compacted before the outcome of the commit could be read")]
    Compacted,
    /// A task of the store panicked.
    #[error("the connection to etcd ended")]
    Ended,
}

impl Failure {
    /// The failure of a key that has no business under the prefix.
    pub(super) fn foreign(found: &KeyValue) -> Self {
        Self::Foreign { key: found.key.escape_ascii().to_string() }
    }
}

/// How one call ended that did not end well.
#[derive(Debug)]
pub(super) enum CallError {
    /// Nothing was done, and another member may do it.
    NotDone(Arc<Failure>),
    /// Nothing was done, and the token has to be made anew.
    Stranger(Arc<Failure>),
    /// Nothing was done, and asking again will not help.
    Refused(Arc<Failure>),
    /// It was done or it was not.
    Unknown(Arc<Failure>),
    /// The revision asked for is gone.
    Compacted,
    /// The answer is larger than this side takes.
    TooLarge,
}

impl CallError {
    /// Asking again will not help.
    pub(super) fn refused(failure: Failure) -> Self {
        Self::Refused(Arc::new(failure))
    }

    /// It was done or it was not.
    pub(super) fn unknown(failure: Failure) -> Self {
        Self::Unknown(Arc::new(failure))
    }

    /// The failure, where the special cases do not matter.
    pub(super) fn failure(self) -> Arc<Failure> {
        match self {
            Self::NotDone(failure)
            | Self::Stranger(failure)
            | Self::Refused(failure)
            | Self::Unknown(failure) => failure,
            Self::Compacted => Arc::new(Failure::Compacted),
            Self::TooLarge => Arc::new(Failure::Garbage { what: "it is too large" }),
        }
    }
}
