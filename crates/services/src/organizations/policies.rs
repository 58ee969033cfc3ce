//! Service and resource control policies, and the types of policy.

use doorward_directory::change::organization::policies::{self, ControlPolicyUpdate, NewControlPolicy};
use doorward_directory::organization::{ControlPolicy, PolicyKind};
use doorward_directory::refusal::OrganizationFault;
use doorward_gate::{Permit, Question};
use doorward_wire::organizations as wire;
use doorward_wire::{ApiError, Nothing};

use super::ask::{self, About, Audience};
use super::{page, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// A question about a policy by its id.
pub(super) fn about(
    call: &Call<'_>,
    action: &'static str,
    id: &str,
    audience: Audience,
) -> Result<Question, ApiError> {
    let id = ask::id(call, id)?;
    let question = ask::question(call, action, About::policy(call, &id), audience)?;
    Ok(ask::with_type_of(call, question, &id))
}

impl Operation for wire::CreatePolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &wire::CreatePolicyRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_nothing(call, "organizations:CreatePolicy", Audience::Delegates)?;
        let question = ask::with_type(question, &input.r#type);
        ask::tagging(call, question, Audience::Delegates, input.tags.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::CreatePolicyRequest,
    ) -> Result<wire::CreatePolicyResponse, ApiError> {
        let kind = ask::kind(call, &input.r#type)?;
        let tags = ask::tags(input.tags);
        let (name, description) = (input.name.as_str(), input.description.as_str());
        let new = NewControlPolicy { kind, name, description, content: &input.content, tags: &tags };
        let policy = call.change(|draft| {
            let policy = policies::create(draft, call.account, &new)?;
            Ok(draft.snapshot().organization().map(|own| render::policy(own, &policy)))
        })?;
        Ok(wire::CreatePolicyResponse { policy })
    }
}

impl Operation for wire::UpdatePolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &wire::UpdatePolicyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![about(call, "organizations:UpdatePolicy", &input.policy_id, Audience::Delegates)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::UpdatePolicyRequest,
    ) -> Result<wire::UpdatePolicyResponse, ApiError> {
        let id = ask::id(call, &input.policy_id)?;
        let update = ControlPolicyUpdate {
            name: input.name.as_deref(),
            description: input.description.as_deref(),
            content: input.content.as_deref(),
        };
        let policy = call.change(|draft| {
            let policy = policies::update(draft, call.account, &id, &update)?;
            Ok(draft.snapshot().organization().map(|own| render::policy(own, &policy)))
        })?;
        Ok(wire::UpdatePolicyResponse { policy })
    }
}

impl Operation for wire::DeletePolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &wire::DeletePolicyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![about(call, "organizations:DeletePolicy", &input.policy_id, Audience::Delegates)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::DeletePolicyRequest,
    ) -> Result<Nothing, ApiError> {
        let id = ask::id(call, &input.policy_id)?;
        call.change(|draft| policies::delete(draft, call.account, &id))?;
        Ok(Nothing {})
    }
}

impl Operation for wire::DescribePolicy {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &wire::DescribePolicyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![about(call, "organizations:DescribePolicy", &input.policy_id, Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::DescribePolicyRequest,
    ) -> Result<wire::DescribePolicyResponse, ApiError> {
        let own = ask::own(call)?;
        let policy = call.snapshot().control_policy(&ask::id(call, &input.policy_id)?);
        let policy = policy.ok_or_else(|| ask::refused(call, OrganizationFault::NoSuchPolicy))?;
        Ok(wire::DescribePolicyResponse { policy: Some(render::policy(own, policy)) })
    }
}

/// Lists none of the types that bind nobody: this server has none of them.
impl Operation for wire::ListPolicies {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &wire::ListPoliciesRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_nothing(call, "organizations:ListPolicies", Audience::Readers)?;
        Ok(vec![ask::with_type(question, &input.filter)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListPoliciesRequest,
    ) -> Result<wire::ListPoliciesResponse, ApiError> {
        let own = ask::own(call)?;
        let mut policies: Vec<&ControlPolicy> = Vec::new();
        if let Some(kind) = PolicyKind::of_name(&input.filter) {
            policies.push(kind.managed());
            policies.extend(call.snapshot().control_policies().filter(|policy| policy.kind == kind));
        }
        policies.sort_by(|one, other| one.id.cmp(&other.id));
        let token = input.next_token.as_deref();
        let (policies, next_token) =
            page::of(call, policies, |policy| policy.id.to_string(), token, input.max_results)?;
        let policies = policies.into_iter().map(|policy| render::policy_summary(own, policy)).collect();
        Ok(wire::ListPoliciesResponse { policies: Some(policies), next_token })
    }
}

/// A question about the root of the types of policy.
fn about_type(
    call: &Call<'_>,
    action: &'static str,
    root: &str,
    kind: &str,
) -> Result<Vec<Question>, ApiError> {
    let question = ask::question(call, action, About::target(call, root)?, Audience::Delegates)?;
    Ok(vec![ask::with_type(question, kind)])
}

impl Operation for wire::EnablePolicyType {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &wire::EnablePolicyTypeRequest) -> Result<Vec<Question>, ApiError> {
        about_type(call, "organizations:EnablePolicyType", &input.root_id, &input.policy_type)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::EnablePolicyTypeRequest,
    ) -> Result<wire::EnablePolicyTypeResponse, ApiError> {
        let kind = ask::kind(call, &input.policy_type)?;
        let own = call.change(|draft| policies::enable_type(draft, call.account, &input.root_id, kind))?;
        Ok(wire::EnablePolicyTypeResponse { root: Some(render::root(&own)) })
    }
}

impl Operation for wire::DisablePolicyType {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &wire::DisablePolicyTypeRequest) -> Result<Vec<Question>, ApiError> {
        about_type(call, "organizations:DisablePolicyType", &input.root_id, &input.policy_type)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::DisablePolicyTypeRequest,
    ) -> Result<wire::DisablePolicyTypeResponse, ApiError> {
        let kind = ask::kind(call, &input.policy_type)?;
        let own = call.change(|draft| policies::disable_type(draft, call.account, &input.root_id, kind))?;
        Ok(wire::DisablePolicyTypeResponse { root: Some(render::root(&own)) })
    }
}
