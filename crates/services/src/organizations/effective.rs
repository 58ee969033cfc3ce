//! What comes together of the management policies over an account.
//!
//! This server has the types of policy that bind who may do what, and none of those. They are never enabled, and AWS answers
//! as much: there is no effective policy of the type.
//!
//! Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_effective.html>

use doorward_directory::refusal::OrganizationFault;
use doorward_gate::{Permit, Question};
use doorward_wire::ApiError;
use doorward_wire::organizations as wire;

use super::ask::{self, About, Audience};
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for wire::ListAccountsWithInvalidEffectivePolicy {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &wire::ListAccountsWithInvalidEffectivePolicyRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let action = "organizations:ListAccountsWithInvalidEffectivePolicy";
        let question = ask::about_nothing(call, action, Audience::Readers)?;
        Ok(vec![ask::with_type(question, &input.policy_type)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: wire::ListAccountsWithInvalidEffectivePolicyRequest,
    ) -> Result<wire::ListAccountsWithInvalidEffectivePolicyResponse, ApiError> {
        ask::own(call)?;
        Err(ask::refused(call, OrganizationFault::NoEffectivePolicy))
    }
}

impl Operation for wire::ListEffectivePolicyValidationErrors {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &wire::ListEffectivePolicyValidationErrorsRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let about = About::account(call, ask::id(call, &input.account_id)?);
        let action = "organizations:ListEffectivePolicyValidationErrors";
        let question = ask::question(call, action, about, Audience::Readers)?;
        Ok(vec![ask::with_type(question, &input.policy_type)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListEffectivePolicyValidationErrorsRequest,
    ) -> Result<wire::ListEffectivePolicyValidationErrorsResponse, ApiError> {
        ask::own(call)?;
        if call.snapshot().member(ask::id(call, &input.account_id)?).is_none() {
            return Err(ask::refused(call, OrganizationFault::NoSuchAccount));
        }
        Err(ask::refused(call, OrganizationFault::NoEffectivePolicy))
    }
}
