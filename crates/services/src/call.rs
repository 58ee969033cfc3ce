//! One call of an operation: who calls, and what it may use.

use std::cell::Cell;

use doorward_directory::change::Draft;
use doorward_directory::change::organization::Progress;
use doorward_directory::{Directory, Refusal, Revision, Snapshot};
use doorward_gate::{Caller, Gate};
use doorward_policy::AccountId;
use doorward_wire::ApiError;
use doorward_wire::shape::OperationShape;
use jiff::Timestamp;

use crate::fault;

/// A call on its way through its operation.
pub struct Call<'c> {
    /// Who calls; carries the snapshot that the call sees.
    pub caller: &'c Caller,
    /// The gate that let it in.
    pub gate: &'c Gate,
    /// The shape of the operation called.
    pub operation: &'static OperationShape,
    /// The caller's account: where IAM operations look and write.
    pub account: AccountId,
    revision: Cell<Option<Revision>>,
    /// Whether the call would be permitted on a newer snapshot too.
    still_permitted: &'c dyn Fn(&Snapshot) -> bool,
}

impl<'c> Call<'c> {
    /// A call by `caller`. `still_permitted` asks again on a newer snapshot.
    ///
    /// # Errors
    /// `AccessDenied` for a caller without an account, which has nothing to call on.
    pub fn new(
        gate: &'c Gate,
        caller: &'c Caller,
        operation: &'static OperationShape,
        still_permitted: &'c dyn Fn(&Snapshot) -> bool,
    ) -> Result<Self, ApiError> {
        let account = caller.account().ok_or_else(|| ApiError::access_denied("the caller has no account"))?;
        Ok(Self { caller, gate, operation, account, revision: Cell::new(None), still_permitted })
    }

    /// The directory as this call sees it.
    #[must_use]
    pub fn snapshot(&self) -> &'c Snapshot {
        self.caller.snapshot()
    }

    /// The directory itself.
    #[must_use]
    pub fn directory(&self) -> &'c Directory {
        self.gate.directory()
    }

    /// When the call arrived.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.caller.now()
    }

    /// The revision of the call's write, once it has written.
    #[must_use]
    pub fn revision(&self) -> Option<Revision> {
        self.revision.get()
    }

    /// Changes the directory in one transaction, durable when this returns. `plan` may run more than once.
    ///
    /// It plans on the newest snapshot, while permission was asked on the call's own. Where others have written in
    /// between, permission is asked again on the newest: what was renamed, revoked or deleted since then counts.
    ///
    /// # Errors
    /// The refusal in AWS's words; then nothing has changed.
    pub fn change<T>(
        &self,
        mut plan: impl FnMut(&mut Draft<'_>) -> Result<T, Refusal>,
    ) -> Result<T, ApiError> {
        let changed = self.directory().change(self.now(), |draft| {
            let newest = draft.snapshot();
            if newest.revision() != self.snapshot().revision() && !(self.still_permitted)(newest) {
                return Err(Refusal::ConcurrentModification);
            }
            plan(draft)
        });
        let (value, revision) = changed.map_err(|refusal| self.refused(&refusal))?;
        self.revision.set(Some(revision));
        Ok(value)
    }

    /// Changes the directory in as many transactions as it takes. What is done stays done if a later one is refused.
    ///
    /// # Errors
    /// As [`change`](Self::change).
    pub(crate) fn change_in_parts(
        &self,
        mut plan: impl FnMut(&mut Draft<'_>) -> Result<Progress, Refusal>,
    ) -> Result<(), ApiError> {
        while self.change(&mut plan)? == Progress::Unfinished {}
        Ok(())
    }

    /// Notes the revision of a write that was made beside [`change`](Self::change).
    pub(crate) fn wrote(&self, revision: Revision) {
        self.revision.set(Some(revision));
    }

    /// The answer to a refusal.
    #[must_use]
    pub fn refused(&self, refusal: &Refusal) -> ApiError {
        fault::refused(self.operation, refusal)
    }

    /// An error that the operation's service knows, by its code.
    #[must_use]
    pub fn fault(&self, code: &str, message: impl Into<String>) -> ApiError {
        fault::with_code(self.operation, code, message.into())
    }
}
