//! Which policies are attached where.

use doorward_directory::change::organization::{policies, target};
use doorward_directory::organization::{PolicyKind, Target};
use doorward_directory::refusal::OrganizationFault;
use doorward_gate::{Permit, Question};
use doorward_wire::organizations as wire;
use doorward_wire::{ApiError, Nothing};

use super::ask::{self, About, Audience};
use super::policies::about;
use super::{page, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// A question about a policy and one about its target, both with the policy's type.
fn about_both(
    call: &Call<'_>,
    action: &'static str,
    policy: &str,
    target: &str,
) -> Result<Vec<Question>, ApiError> {
    let question = ask::question(call, action, About::target(call, target)?, Audience::Delegates)?;
    let question = ask::with_type_of(call, question, &ask::id(call, policy)?);
    Ok(vec![about(call, action, policy, Audience::Delegates)?, question])
}

/// The root, unit or account of an id.
fn found(call: &Call<'_>, id: &str) -> Result<Target, ApiError> {
    target(call.snapshot(), id).ok_or_else(|| ask::refused(call, OrganizationFault::NoSuchTarget))
}

impl Operation for wire::AttachPolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &wire::AttachPolicyRequest) -> Result<Vec<Question>, ApiError> {
        about_both(call, "organizations:AttachPolicy", &input.policy_id, &input.target_id)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::AttachPolicyRequest,
    ) -> Result<Nothing, ApiError> {
        let id = ask::id(call, &input.policy_id)?;
        call.change(|draft| policies::attach(draft, call.account, &id, &input.target_id))?;
        Ok(Nothing {})
    }
}

impl Operation for wire::DetachPolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &wire::DetachPolicyRequest) -> Result<Vec<Question>, ApiError> {
        about_both(call, "organizations:DetachPolicy", &input.policy_id, &input.target_id)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::DetachPolicyRequest,
    ) -> Result<Nothing, ApiError> {
        let id = ask::id(call, &input.policy_id)?;
        call.change(|draft| policies::detach(draft, call.account, &id, &input.target_id))?;
        Ok(Nothing {})
    }
}

/// Lists what is attached to the target itself; nothing of a type that is not enabled.
impl Operation for wire::ListPoliciesForTarget {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &wire::ListPoliciesForTargetRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let about = About::target(call, &input.target_id)?;
        let question = ask::question(call, "organizations:ListPoliciesForTarget", about, Audience::Readers)?;
        Ok(vec![ask::with_type(question, &input.filter)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListPoliciesForTargetRequest,
    ) -> Result<wire::ListPoliciesForTargetResponse, ApiError> {
        let own = ask::own(call)?;
        let snapshot = call.snapshot();
        let target = found(call, &input.target_id)?;
        let attached = snapshot.attached(&target).zip(PolicyKind::of_name(&input.filter));
        let mut ids =
            attached.map(|(attached, kind)| attached.policies(&own.types, kind)).unwrap_or_default();
        ids.sort();
        let policies = ids.iter().filter_map(|id| snapshot.control_policy(id));
        let token = input.next_token.as_deref();
        let (policies, next_token) =
            page::of(call, policies, |policy| policy.id.to_string(), token, input.max_results)?;
        let policies = policies.into_iter().map(|policy| render::policy_summary(own, policy)).collect();
        Ok(wire::ListPoliciesForTargetResponse { policies: Some(policies), next_token })
    }
}

impl Operation for wire::ListTargetsForPolicy {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &wire::ListTargetsForPolicyRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![about(call, "organizations:ListTargetsForPolicy", &input.policy_id, Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListTargetsForPolicyRequest,
    ) -> Result<wire::ListTargetsForPolicyResponse, ApiError> {
        let own = ask::own(call)?;
        let id = ask::id(call, &input.policy_id)?;
        if call.snapshot().control_policy(&id).is_none() {
            return Err(ask::refused(call, OrganizationFault::NoSuchPolicy));
        }
        let targets = policies::targets(call.snapshot(), &id);
        let token = input.next_token.as_deref();
        let (targets, next_token) =
            page::of(call, targets, |target| target.id(own), token, input.max_results)?;
        let targets = targets.iter().map(|target| render::target(call.snapshot(), own, target)).collect();
        Ok(wire::ListTargetsForPolicyResponse { targets: Some(targets), next_token })
    }
}

/// There are no effective policies: service and resource control policies have none, and of AWS's other types this server has
/// none.
///
/// The page lets every account of the organization ask. Whether a member may ask about another account than its own is
/// UNCONFIRMED (effective-policy-of-others); here only those that may read the organization can.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeEffectivePolicy.html>
impl Operation for wire::DescribeEffectivePolicy {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &wire::DescribeEffectivePolicyRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let own = call.account.to_string();
        let asked = input.target_id.as_deref().unwrap_or(&own);
        let audience = if asked == own { Audience::Everyone } else { Audience::Readers };
        let about = About::target(call, asked)?;
        let question = ask::question(call, "organizations:DescribeEffectivePolicy", about, audience)?;
        Ok(vec![ask::with_type(question, &input.policy_type)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::DescribeEffectivePolicyRequest,
    ) -> Result<wire::DescribeEffectivePolicyResponse, ApiError> {
        ask::own(call)?;
        if let Some(id) = &input.target_id {
            found(call, id)?;
        }
        Err(ask::refused(call, OrganizationFault::NoEffectivePolicy))
    }
}
