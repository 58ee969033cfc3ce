//! Whoever asks without a signature, because the request brings a proof of its own.

use std::sync::Arc;

use doorward_directory::Snapshot;
use jiff::Timestamp;

use crate::Gate;
use crate::authenticate::Unauthenticated;

/// Somebody of whom nothing is known yet. Carries the one snapshot of the directory that its whole request sees; there is
/// no permit for it, until its proof makes a caller of it.
#[derive(Clone)]
pub struct Stranger {
    snapshot: Arc<Snapshot>,
    now: Timestamp,
}

impl Gate {
    /// Lets a request in that nobody signs: those of `AssumeRoleWithSAML` and `AssumeRoleWithWebIdentity`. A signature, if
    /// there is one, says nothing here.
    ///
    /// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>
    ///
    /// # Errors
    /// [`Unauthenticated::StateUnknown`] when the directory does not follow its store.
    pub fn receive(&self, now: Timestamp) -> Result<Stranger, Unauthenticated> {
        self.directory.health().map_err(Unauthenticated::StateUnknown)?;
        Ok(Stranger { snapshot: self.directory.snapshot(), now })
    }
}

impl Stranger {
    /// The directory as this request sees it.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// When the request arrived.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }
}
