//! The steps of a request: `AssociateDelegationRequest`, `UpdateDelegationRequest`, `AcceptDelegationRequest`,
//! `RejectDelegationRequest` and `SendDelegationToken`.

use doorward_directory::change::delegation;
use doorward_directory::delegation::{Approval, Approver};
use doorward_gate::session::Subject;
use doorward_gate::{Permit, Question};
use doorward_policy::request::Requester;
use doorward_wire::{ApiError, Nothing, iam};

use super::{about, caller};
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for iam::AssociateDelegationRequest {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::AssociateDelegationRequestRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![about(call, "iam:AssociateDelegationRequest", &input.delegation_request_id)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::AssociateDelegationRequestRequest,
    ) -> Result<Nothing, ApiError> {
        let (caller, id) = (caller(call), &input.delegation_request_id);
        call.change(|draft| delegation::associate(draft, call.account, &caller, id))?;
        Ok(Nothing {})
    }
}

impl Operation for iam::UpdateDelegationRequest {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::UpdateDelegationRequestRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![about(call, "iam:UpdateDelegationRequest", &input.delegation_request_id)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UpdateDelegationRequestRequest,
    ) -> Result<Nothing, ApiError> {
        let (id, notes) = (&input.delegation_request_id, input.notes.as_deref());
        call.change(|draft| delegation::update(draft, call.account, id, notes))?;
        Ok(Nothing {})
    }
}

/// The owner has no permission for this one by itself.
impl Operation for iam::AcceptDelegationRequest {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::AcceptDelegationRequestRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![about(call, "iam:AcceptDelegationRequest", &input.delegation_request_id)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::AcceptDelegationRequestRequest,
    ) -> Result<Nothing, ApiError> {
        let approval = Approval { identity: caller(call), approver: approver(call)? };
        call.change(|draft| {
            delegation::accept(draft, call.account, &input.delegation_request_id, &approval)
        })?;
        Ok(Nothing {})
    }
}

/// Who accepts, as it is found again when the provider trades in its token.
///
/// A session that is held to policies of its own accepts nothing: what it grants would not be held to them. What AWS does
/// with such is UNCONFIRMED (delegation-approver-session).
fn approver(call: &Call<'_>) -> Result<Approver, ApiError> {
    let held = || call.fault("InvalidInput", "These credentials cannot accept a delegation request.");
    match (call.caller.requester(), call.caller.session().map(|session| &session.subject)) {
        (Requester::Root { .. }, None | Some(Subject::Root)) => Ok(Approver::Root),
        (Requester::User { id, .. }, None | Some(Subject::User(_))) => {
            id.parse().map(Approver::User).map_err(|_| ApiError::internal_failure())
        }
        (Requester::RoleSession { .. }, Some(Subject::Role(session))) if session.policies.is_none() => {
            Ok(Approver::Role {
                role: session.role,
                session: session.name.as_str().into(),
                tags: session.tags.clone(),
                transitive: session.transitive.clone(),
                source_identity: session.source_identity.as_deref().map(Into::into),
            })
        }
        // Whoever else there is, or will be: not these three, so not to be found again.
        _ => Err(held()),
    }
}

impl Operation for iam::RejectDelegationRequest {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::RejectDelegationRequestRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![about(call, "iam:RejectDelegationRequest", &input.delegation_request_id)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::RejectDelegationRequestRequest,
    ) -> Result<Nothing, ApiError> {
        let (id, notes) = (&input.delegation_request_id, input.notes.as_deref());
        call.change(|draft| delegation::reject(draft, call.account, id, notes))?;
        Ok(Nothing {})
    }
}

impl Operation for iam::SendDelegationToken {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::SendDelegationTokenRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![about(call, "iam:SendDelegationToken", &input.delegation_request_id)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::SendDelegationTokenRequest,
    ) -> Result<Nothing, ApiError> {
        let (caller, id) = (caller(call), &input.delegation_request_id);
        call.change(|draft| delegation::send(draft, call.account, &caller, id))?;
        Ok(Nothing {})
    }
}
