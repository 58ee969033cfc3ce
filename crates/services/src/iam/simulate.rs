//! The policy simulator: what policies would decide, asked of the judge that decides everything else.
//!
//! A simulation sees the policies that it is given and those of its source, and nothing else: no policy of a resource, no
//! tag of one, no key of a request that nobody passes.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html>

mod entries;
mod exclusions;
mod given;
mod handling;
mod scenario;
mod shown;
mod source;

use doorward_engine::CompiledPolicies;
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, iam};

pub(super) use self::given::document;
use self::scenario::{Resources, Scenario};
pub(super) use self::source::Source;
use super::ask;
use crate::call::Call;
use crate::fault;
use crate::operation::{Access, Operation};

/// The answer to an input that no simulation can be made of. (Texts: ours.)
pub(super) fn invalid(call: &Call<'_>, message: impl Into<String>) -> ApiError {
    call.fault("InvalidInput", message)
}

/// What is known of a caller other than the source is what its ARN says: no tags, no unique id. Whoever may simulate one
/// entity's policies learns nothing of another.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>
impl Operation for iam::SimulatePrincipalPolicy {
    const ACCESS: Access = Access::LongRead;

    fn questions(
        call: &Call<'_>,
        input: &iam::SimulatePrincipalPolicyRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let source = Source::parse(call, &input.policy_source_arn)?;
        Ok(vec![source.question(call, "iam:SimulatePrincipalPolicy")])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::SimulatePrincipalPolicyRequest,
    ) -> Result<iam::SimulatePolicyResponse, ApiError> {
        let source = Source::parse(call, &input.policy_source_arn)?;
        let stored = source.stored(call)?;
        let caller = match input.caller_arn.as_deref() {
            Some(arn) if arn != input.policy_source_arn => Source::parse(call, arn)?.named(),
            Some(_) | None => stored.clone(),
        };
        let mut policies = call
            .gate
            .policies_of(call.snapshot(), &stored.requester)
            .map_err(|cause| fault::unreadable(&cause))?;
        exclusions::apply(call, &mut policies, input.policy_exclusion_list.as_deref().unwrap_or_default())?;
        let more = input.policy_input_list.unwrap_or_default();
        policies.identity.extend(given::identity(call, "PolicyInputList", &more)?);
        let boundary = input.permissions_boundary_policy_input_list.unwrap_or_default();
        if let Some(boundary) = given::boundary(call, &boundary)? {
            policies.boundary = Some(boundary);
        }
        let resources = Resources {
            arns: input.resource_arns,
            owner: input.resource_owner,
            policy: input.resource_policy,
            handling: input.resource_handling_option,
        };
        let entries = input.context_entries.unwrap_or_default();
        let scenario = Scenario::new(call, caller, &policies, &resources, &input.action_names, &entries)?;
        scenario.page(call, &input.action_names, input.marker.as_deref(), input.max_items)
    }
}

/// Without `CallerArn` nothing is known of who calls but that it belongs to the account that asks.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html>
impl Operation for iam::SimulateCustomPolicy {
    const ACCESS: Access = Access::LongRead;

    fn questions(call: &Call<'_>, _: &iam::SimulateCustomPolicyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:SimulateCustomPolicy"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::SimulateCustomPolicyRequest,
    ) -> Result<iam::SimulatePolicyResponse, ApiError> {
        let caller = match input.caller_arn.as_deref() {
            Some(arn) => Source::parse(call, arn)?.named(),
            None if input.resource_policy.is_some() => {
                return Err(invalid(call, "CallerArn is required when ResourcePolicy is specified."));
            }
            None => source::Simulated::unknown(call.account),
        };
        let mut policies = CompiledPolicies {
            identity: given::identity(call, "PolicyInputList", &input.policy_input_list)?,
            ..CompiledPolicies::default()
        };
        let boundary = input.permissions_boundary_policy_input_list.unwrap_or_default();
        policies.boundary = given::boundary(call, &boundary)?;
        let levels = input.ordered_organization_policy_input_list.unwrap_or_default();
        policies.service_control = given::organization(call, caller.account, &levels)?;
        let resources = Resources {
            arns: input.resource_arns,
            owner: input.resource_owner,
            policy: input.resource_policy,
            handling: input.resource_handling_option,
        };
        let entries = input.context_entries.unwrap_or_default();
        let scenario = Scenario::new(call, caller, &policies, &resources, &input.action_names, &entries)?;
        scenario.page(call, &input.action_names, input.marker.as_deref(), input.max_items)
    }
}
