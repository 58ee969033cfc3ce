//! Attaching managed policies to users, groups and roles.
//!
//! The resource is the user, group or role; the policy is the condition key `iam:PolicyARN`.

use doorward_directory::UniqueId;
use doorward_directory::change::{Holder, attachments};
use doorward_directory::managed::ManagedPolicy;
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam};

use super::{ask, groups, page, policies, roles, users};
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for iam::AttachUserPolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::AttachUserPolicyRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_user(call, "iam:AttachUserPolicy", &input.user_name);
        Ok(vec![ask::with_policy_arn(call, question, &input.policy_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::AttachUserPolicyRequest,
    ) -> Result<Nothing, ApiError> {
        attach(call, Holder::User(&input.user_name), &input.policy_arn)
    }
}

impl Operation for iam::AttachGroupPolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::AttachGroupPolicyRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_group(call, "iam:AttachGroupPolicy", &input.group_name);
        Ok(vec![ask::with_policy_arn(call, question, &input.policy_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::AttachGroupPolicyRequest,
    ) -> Result<Nothing, ApiError> {
        attach(call, Holder::Group(&input.group_name), &input.policy_arn)
    }
}

impl Operation for iam::AttachRolePolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::AttachRolePolicyRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_role(call, "iam:AttachRolePolicy", &input.role_name);
        Ok(vec![ask::with_policy_arn(call, question, &input.policy_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::AttachRolePolicyRequest,
    ) -> Result<Nothing, ApiError> {
        attach(call, Holder::Role(&input.role_name), &input.policy_arn)
    }
}

fn attach(call: &Call<'_>, holder: Holder<'_>, arn: &str) -> Result<Nothing, ApiError> {
    call.change(|draft| attachments::attach(draft, call.account, holder, arn))?;
    Ok(Nothing {})
}

impl Operation for iam::DetachUserPolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::DetachUserPolicyRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_user(call, "iam:DetachUserPolicy", &input.user_name);
        Ok(vec![ask::with_policy_arn(call, question, &input.policy_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DetachUserPolicyRequest,
    ) -> Result<Nothing, ApiError> {
        detach(call, Holder::User(&input.user_name), &input.policy_arn)
    }
}

impl Operation for iam::DetachGroupPolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::DetachGroupPolicyRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_group(call, "iam:DetachGroupPolicy", &input.group_name);
        Ok(vec![ask::with_policy_arn(call, question, &input.policy_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DetachGroupPolicyRequest,
    ) -> Result<Nothing, ApiError> {
        detach(call, Holder::Group(&input.group_name), &input.policy_arn)
    }
}

impl Operation for iam::DetachRolePolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::DetachRolePolicyRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_role(call, "iam:DetachRolePolicy", &input.role_name);
        Ok(vec![ask::with_policy_arn(call, question, &input.policy_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DetachRolePolicyRequest,
    ) -> Result<Nothing, ApiError> {
        detach(call, Holder::Role(&input.role_name), &input.policy_arn)
    }
}

fn detach(call: &Call<'_>, holder: Holder<'_>, arn: &str) -> Result<Nothing, ApiError> {
    call.change(|draft| attachments::detach(draft, call.account, holder, arn))?;
    Ok(Nothing {})
}

impl Operation for iam::ListAttachedUserPolicies {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::ListAttachedUserPoliciesRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_user(call, "iam:ListAttachedUserPolicies", &input.user_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListAttachedUserPoliciesRequest,
    ) -> Result<iam::ListAttachedUserPoliciesResponse, ApiError> {
        let user = users::found(call, &input.user_name)?;
        let path = input.path_prefix.as_deref();
        let (policies, marker) =
            attached(call, &user.attached, path, input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListAttachedUserPoliciesResponse {
            attached_policies: Some(policies),
            is_truncated: Some(marker.is_some()),
            marker,
        })
    }
}

impl Operation for iam::ListAttachedGroupPolicies {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::ListAttachedGroupPoliciesRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_group(call, "iam:ListAttachedGroupPolicies", &input.group_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListAttachedGroupPoliciesRequest,
    ) -> Result<iam::ListAttachedGroupPoliciesResponse, ApiError> {
        let group = groups::found(call, &input.group_name)?;
        let path = input.path_prefix.as_deref();
        let (policies, marker) =
            attached(call, &group.attached, path, input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListAttachedGroupPoliciesResponse {
            attached_policies: Some(policies),
            is_truncated: Some(marker.is_some()),
            marker,
        })
    }
}

impl Operation for iam::ListAttachedRolePolicies {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::ListAttachedRolePoliciesRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_role(call, "iam:ListAttachedRolePolicies", &input.role_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListAttachedRolePoliciesRequest,
    ) -> Result<iam::ListAttachedRolePoliciesResponse, ApiError> {
        let role = roles::found(call, &input.role_name)?;
        let path = input.path_prefix.as_deref();
        let (policies, marker) =
            attached(call, &role.attached, path, input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListAttachedRolePoliciesResponse {
            attached_policies: Some(policies),
            is_truncated: Some(marker.is_some()),
            marker,
        })
    }
}

/// One page of the policies with these ids whose path begins with `path_prefix`, ordered by name.
fn attached(
    call: &Call<'_>,
    ids: &[UniqueId],
    path_prefix: Option<&str>,
    marker: Option<&str>,
    items_max: Option<i64>,
) -> Result<(Vec<iam::AttachedPolicy>, Option<String>), ApiError> {
    let path_prefix = path_prefix.unwrap_or("/");
    let policies = ids.iter().filter_map(|id| call.snapshot().policy_with_id(*id));
    let policies = policies.filter(|policy| policy.path.as_str().starts_with(path_prefix));
    let mut policies: Vec<&ManagedPolicy> = policies.map(|policy| &**policy).collect();
    policies.sort_by_cached_key(|policy| policies::place(policy));
    let place = |policy: &&ManagedPolicy| policies::place(policy);
    let (policies, marker) = page::of(policies, place, marker, items_max)?;
    let shown = policies.into_iter().map(|policy| iam::AttachedPolicy {
        policy_name: Some(policy.name.to_string()),
        policy_arn: Some(policy.arn()),
    });
    Ok((shown.collect(), marker))
}
