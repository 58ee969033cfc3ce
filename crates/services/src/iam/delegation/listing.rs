//! Reading requests: `GetDelegationRequest` and `ListDelegationRequests`.

use doorward_directory::delegation::DelegationRequest;
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, iam};

use super::{about, as_owner, ask, check, found, is_caller, render, with_owner};
use crate::call::Call;
use crate::iam::page;
use crate::operation::{Access, Operation};

/// The check of the caller's permissions is done when it is asked for, and needs no second call.
impl Operation for iam::GetDelegationRequest {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::GetDelegationRequestRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![about(call, "iam:GetDelegationRequest", &input.delegation_request_id)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetDelegationRequestRequest,
    ) -> Result<iam::GetDelegationRequestResponse, ApiError> {
        let request = found(call, &input.delegation_request_id)?;
        let asked = input.delegation_permission_check == Some(true);
        let covered = asked.then(|| check::covers(call, &request.permission.policy)).transpose()?;
        Ok(iam::GetDelegationRequestResponse {
            delegation_request: Some(render(call, request)),
            permission_check_status: covered.map(|_| "COMPLETE".to_owned()),
            permission_check_result: covered.map(|covered| covered.name().to_owned()),
        })
    }
}

/// Lists the requests that have an owner in the caller's account. Who names itself as the owner needs no permission.
impl Operation for iam::ListDelegationRequests {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::ListDelegationRequestsRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let resource = ask::unstored(call.account, "delegation-request", "*");
        let question = Question::new("iam:ListDelegationRequests", resource, call.account);
        Ok(vec![match &input.owner_id {
            Some(owner) if own(call, owner) => as_owner(call, with_owner(question, owner)),
            Some(owner) => with_owner(question, owner),
            None => question,
        }])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListDelegationRequestsRequest,
    ) -> Result<iam::ListDelegationRequestsResponse, ApiError> {
        let asked = |request: &&DelegationRequest| {
            let owner = request.owner.as_ref();
            let by = match &input.owner_id {
                // Those of someone else who had the name are not shown to whoever has it now.
                Some(id) if own(call, id) => owner.is_some_and(|owner| is_caller(call, owner)),
                Some(id) => owner.is_some_and(|owner| *owner.arn == **id),
                None => true,
            };
            by && !request.is_forgotten(call.now())
        };
        let all = call.snapshot().owned_delegation_requests(call.account).filter(asked);
        let (page, marker) =
            page::of(all, |request| request.id.to_string(), input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListDelegationRequestsResponse {
            delegation_requests: Some(page.into_iter().map(|request| render(call, request)).collect()),
            is_truncated: Some(marker.is_some()),
            marker,
        })
    }
}

/// Whether an owner's ARN is the caller's.
fn own(call: &Call<'_>, owner: &str) -> bool {
    call.caller.arn().is_some_and(|arn| arn == owner)
}
