//! Billing transfers between organizations.
//!
//! There is no billing here to transfer. AWS has an answer for accounts of which the same is true: an invitation is refused
//! with `TARGET_ACCOUNT_VALIDATION_FAILURE`. So no transfer is ever there, and lists of them are empty.
//!
//! Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteOrganizationToTransferResponsibility.html#API_InviteOrganizationToTransferResponsibility_Errors>

use doorward_directory::refusal::{HandshakeConstraint, OrganizationFault};
use doorward_gate::{Permit, Question};
use doorward_wire::ApiError;
use doorward_wire::organizations as wire;

use super::ask::{self, Audience};
use super::page;
use crate::call::Call;
use crate::operation::{Access, Operation};

/// A question about transfers: about none in particular, since there is none.
fn question(call: &Call<'_>, action: &'static str) -> Result<Question, ApiError> {
    ask::about_nothing(call, action, Audience::Nobody)
}

/// The answer to a request that names a transfer.
fn none(call: &Call<'_>) -> Result<ApiError, ApiError> {
    ask::own(call)?;
    Ok(ask::refused(call, OrganizationFault::NoSuchTransfer))
}

/// The token of the page after an empty one, which is none.
///
/// # Errors
/// `InvalidInputException` for a token that this server never gave.
fn no_page(call: &Call<'_>, token: Option<&str>, max: Option<i64>) -> Result<Option<String>, ApiError> {
    ask::own(call)?;
    let page = page::of(call, Vec::<String>::new(), String::clone, token, max)?;
    Ok(page.1)
}

impl Operation for wire::InviteOrganizationToTransferResponsibility {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &wire::InviteOrganizationToTransferResponsibilityRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let question = question(call, "organizations:InviteOrganizationToTransferResponsibility")?;
        ask::tagging(call, question, Audience::Nobody, input.tags.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: wire::InviteOrganizationToTransferResponsibilityRequest,
    ) -> Result<wire::InviteOrganizationToTransferResponsibilityResponse, ApiError> {
        ask::own(call)?;
        Err(ask::refused(call, HandshakeConstraint::NoBilling))
    }
}

impl Operation for wire::DescribeResponsibilityTransfer {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &wire::DescribeResponsibilityTransferRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![question(call, "organizations:DescribeResponsibilityTransfer")?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: wire::DescribeResponsibilityTransferRequest,
    ) -> Result<wire::DescribeResponsibilityTransferResponse, ApiError> {
        Err(none(call)?)
    }
}

impl Operation for wire::UpdateResponsibilityTransfer {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &wire::UpdateResponsibilityTransferRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![question(call, "organizations:UpdateResponsibilityTransfer")?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: wire::UpdateResponsibilityTransferRequest,
    ) -> Result<wire::UpdateResponsibilityTransferResponse, ApiError> {
        Err(none(call)?)
    }
}

impl Operation for wire::TerminateResponsibilityTransfer {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &wire::TerminateResponsibilityTransferRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![question(call, "organizations:TerminateResponsibilityTransfer")?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: wire::TerminateResponsibilityTransferRequest,
    ) -> Result<wire::TerminateResponsibilityTransferResponse, ApiError> {
        Err(none(call)?)
    }
}

impl Operation for wire::ListInboundResponsibilityTransfers {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &wire::ListInboundResponsibilityTransfersRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![question(call, "organizations:ListInboundResponsibilityTransfers")?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListInboundResponsibilityTransfersRequest,
    ) -> Result<wire::ListInboundResponsibilityTransfersResponse, ApiError> {
        if input.id.is_some() {
            return Err(none(call)?);
        }
        let next_token = no_page(call, input.next_token.as_deref(), input.max_results)?;
        let responsibility_transfers = Some(Vec::new());
        Ok(wire::ListInboundResponsibilityTransfersResponse { responsibility_transfers, next_token })
    }
}

impl Operation for wire::ListOutboundResponsibilityTransfers {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &wire::ListOutboundResponsibilityTransfersRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![question(call, "organizations:ListOutboundResponsibilityTransfers")?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListOutboundResponsibilityTransfersRequest,
    ) -> Result<wire::ListOutboundResponsibilityTransfersResponse, ApiError> {
        let next_token = no_page(call, input.next_token.as_deref(), input.max_results)?;
        let responsibility_transfers = Some(Vec::new());
        Ok(wire::ListOutboundResponsibilityTransfersResponse { responsibility_transfers, next_token })
    }
}
