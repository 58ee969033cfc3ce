//! Inline policies of users, groups and roles.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html>

use doorward_directory::change::{Holder, inline};
use doorward_directory::refusal::HolderKind;
use doorward_directory::{Refusal, UniqueId};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam, percent_encode_document};

use super::{ask, groups, page, roles, users};
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for iam::PutUserPolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::PutUserPolicyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_user(call, "iam:PutUserPolicy", &input.user_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::PutUserPolicyRequest,
    ) -> Result<Nothing, ApiError> {
        put(call, Holder::User(&input.user_name), &input.policy_name, &input.policy_document)
    }
}

impl Operation for iam::PutGroupPolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::PutGroupPolicyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_group(call, "iam:PutGroupPolicy", &input.group_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::PutGroupPolicyRequest,
    ) -> Result<Nothing, ApiError> {
        put(call, Holder::Group(&input.group_name), &input.policy_name, &input.policy_document)
    }
}

impl Operation for iam::PutRolePolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::PutRolePolicyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_role(call, "iam:PutRolePolicy", &input.role_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::PutRolePolicyRequest,
    ) -> Result<Nothing, ApiError> {
        put(call, Holder::Role(&input.role_name), &input.policy_name, &input.policy_document)
    }
}

fn put(call: &Call<'_>, holder: Holder<'_>, name: &str, document: &str) -> Result<Nothing, ApiError> {
    let name = ask::name(name)?;
    call.change(|draft| inline::put(draft, call.account, holder, &name, document))?;
    Ok(Nothing {})
}

impl Operation for iam::GetUserPolicy {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::GetUserPolicyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_user(call, "iam:GetUserPolicy", &input.user_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetUserPolicyRequest,
    ) -> Result<iam::GetUserPolicyResponse, ApiError> {
        let user = users::found(call, &input.user_name)?;
        let policy_document = document(call, user.id, HolderKind::User, &input.policy_name)?;
        let user_name = user.name.to_string();
        Ok(iam::GetUserPolicyResponse { user_name, policy_name: input.policy_name, policy_document })
    }
}

impl Operation for iam::GetGroupPolicy {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::GetGroupPolicyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_group(call, "iam:GetGroupPolicy", &input.group_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetGroupPolicyRequest,
    ) -> Result<iam::GetGroupPolicyResponse, ApiError> {
        let group = groups::found(call, &input.group_name)?;
        let policy_document = document(call, group.id, HolderKind::Group, &input.policy_name)?;
        let group_name = group.name.to_string();
        Ok(iam::GetGroupPolicyResponse { group_name, policy_name: input.policy_name, policy_document })
    }
}

impl Operation for iam::GetRolePolicy {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::GetRolePolicyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_role(call, "iam:GetRolePolicy", &input.role_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetRolePolicyRequest,
    ) -> Result<iam::GetRolePolicyResponse, ApiError> {
        let role = roles::found(call, &input.role_name)?;
        let policy_document = document(call, role.id, HolderKind::Role, &input.policy_name)?;
        let role_name = role.name.to_string();
        Ok(iam::GetRolePolicyResponse { role_name, policy_name: input.policy_name, policy_document })
    }
}

/// The text of an inline policy, encoded as answers have it. Its name is found as written only.
fn document(call: &Call<'_>, holder: UniqueId, kind: HolderKind, name: &str) -> Result<String, ApiError> {
    let policy = call.snapshot().inline(holder).find(|policy| *policy.name == *name);
    let missing = || Refusal::NoSuchInlinePolicy { holder: kind, name: name.to_owned() };
    let policy = policy.ok_or_else(|| call.refused(&missing()))?;
    Ok(percent_encode_document(policy.text.text()))
}

impl Operation for iam::ListUserPolicies {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::ListUserPoliciesRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_user(call, "iam:ListUserPolicies", &input.user_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListUserPoliciesRequest,
    ) -> Result<iam::ListUserPoliciesResponse, ApiError> {
        let user = users::found(call, &input.user_name)?;
        let (policy_names, marker) = names(call, user.id, input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListUserPoliciesResponse { policy_names, is_truncated: Some(marker.is_some()), marker })
    }
}

impl Operation for iam::ListGroupPolicies {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::ListGroupPoliciesRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_group(call, "iam:ListGroupPolicies", &input.group_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListGroupPoliciesRequest,
    ) -> Result<iam::ListGroupPoliciesResponse, ApiError> {
        let group = groups::found(call, &input.group_name)?;
        let (policy_names, marker) = names(call, group.id, input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListGroupPoliciesResponse { policy_names, is_truncated: Some(marker.is_some()), marker })
    }
}

impl Operation for iam::ListRolePolicies {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::ListRolePoliciesRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_role(call, "iam:ListRolePolicies", &input.role_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListRolePoliciesRequest,
    ) -> Result<iam::ListRolePoliciesResponse, ApiError> {
        let role = roles::found(call, &input.role_name)?;
        let (policy_names, marker) = names(call, role.id, input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListRolePoliciesResponse { policy_names, is_truncated: Some(marker.is_some()), marker })
    }
}

fn names(
    call: &Call<'_>,
    holder: UniqueId,
    marker: Option<&str>,
    items_max: Option<i64>,
) -> Result<(Vec<String>, Option<String>), ApiError> {
    let names = call.snapshot().inline(holder).map(|policy| policy.name.to_string());
    page::of(names, String::clone, marker, items_max)
}

impl Operation for iam::DeleteUserPolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::DeleteUserPolicyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_user(call, "iam:DeleteUserPolicy", &input.user_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteUserPolicyRequest,
    ) -> Result<Nothing, ApiError> {
        delete(call, Holder::User(&input.user_name), &input.policy_name)
    }
}

impl Operation for iam::DeleteGroupPolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::DeleteGroupPolicyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_group(call, "iam:DeleteGroupPolicy", &input.group_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteGroupPolicyRequest,
    ) -> Result<Nothing, ApiError> {
        delete(call, Holder::Group(&input.group_name), &input.policy_name)
    }
}

impl Operation for iam::DeleteRolePolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::DeleteRolePolicyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_role(call, "iam:DeleteRolePolicy", &input.role_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteRolePolicyRequest,
    ) -> Result<Nothing, ApiError> {
        delete(call, Holder::Role(&input.role_name), &input.policy_name)
    }
}

fn delete(call: &Call<'_>, holder: Holder<'_>, name: &str) -> Result<Nothing, ApiError> {
    call.change(|draft| inline::delete(draft, call.account, holder, name))?;
    Ok(Nothing {})
}
