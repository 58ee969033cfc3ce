//! One call of an operation: who calls, and what it may use.

use std::cell::{Cell, RefCell};

use doorward_directory::change::Draft;
use doorward_directory::{Directory, Refusal, Revision, Snapshot};
use doorward_gate::{Caller, Gate, Question};
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
    /// The ARNs that permission was asked for.
    asked: RefCell<Vec<String>>,
}

impl<'c> Call<'c> {
    /// A call by `caller`.
    ///
    /// # Errors
    /// `AccessDenied` for a caller without an account, which has nothing to call on.
    pub fn new(
        gate: &'c Gate,
        caller: &'c Caller,
        operation: &'static OperationShape,
    ) -> Result<Self, ApiError> {
        let account = caller.account().ok_or_else(|| ApiError::access_denied("the caller has no account"))?;
        Ok(Self { caller, gate, operation, account, revision: Cell::new(None), asked: RefCell::default() })
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

    /// Remembers what permission is asked for, so that nothing else can be changed.
    pub(crate) fn remember(&self, questions: &[Question]) {
        *self.asked.borrow_mut() = questions.iter().map(|question| question.resource.clone()).collect();
    }

    /// Changes the directory in one transaction, durable when this returns. `plan` may run more than once.
    ///
    /// It plans on the newest snapshot, permission was asked on the call's own: what was renamed, moved, made or
    /// deleted in between under a name that was asked about is not what was allowed to be changed.
    ///
    /// # Errors
    /// The refusal in AWS's words; then nothing has changed.
    pub fn change<T>(
        &self,
        mut plan: impl FnMut(&mut Draft<'_>) -> Result<T, Refusal>,
    ) -> Result<T, ApiError> {
        let changed = self.directory().change(self.now(), |draft| {
            self.unmoved(draft.snapshot())?;
            plan(draft)
        });
        let (value, revision) = changed.map_err(|refusal| self.refused(&refusal))?;
        self.revision.set(Some(revision));
        Ok(value)
    }

    /// Whether everything that was asked about is still what it was.
    fn unmoved(&self, newest: &Snapshot) -> Result<(), Refusal> {
        let own = self.snapshot();
        if own.revision() == newest.revision() {
            return Ok(());
        }
        let asked = self.asked.borrow();
        let moved = asked.iter().any(|arn| own.namesake(arn) != newest.namesake(arn));
        if moved { Err(Refusal::ConcurrentModification) } else { Ok(()) }
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
