//! IAM.
//!
//! Every operation acts in the caller's own account. Resources, actions and condition keys are those of the service
//! authorization reference.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html>

pub(crate) mod ask;
mod attachments;
mod boundaries;
mod inline;
mod page;
mod policies;
mod policy_entities;
mod policy_versions;
mod render;
mod roles;
mod tags;
mod users;

use doorward_wire::iam;

use crate::table::Row;

/// The operations of IAM that this server has.
pub(crate) static ROWS: [Row; 59] = [
    Row::of::<iam::AttachGroupPolicy>(),
    Row::of::<iam::AttachRolePolicy>(),
    Row::of::<iam::AttachUserPolicy>(),
    Row::of::<iam::CreatePolicy>(),
    Row::of::<iam::CreatePolicyVersion>(),
    Row::of::<iam::CreateRole>(),
    Row::of::<iam::CreateUser>(),
    Row::of::<iam::DeleteGroupPolicy>(),
    Row::of::<iam::DeletePolicy>(),
    Row::of::<iam::DeletePolicyVersion>(),
    Row::of::<iam::DeleteRole>(),
    Row::of::<iam::DeleteRolePermissionsBoundary>(),
    Row::of::<iam::DeleteRolePolicy>(),
    Row::of::<iam::DeleteUser>(),
    Row::of::<iam::DeleteUserPermissionsBoundary>(),
    Row::of::<iam::DeleteUserPolicy>(),
    Row::of::<iam::DetachGroupPolicy>(),
    Row::of::<iam::DetachRolePolicy>(),
    Row::of::<iam::DetachUserPolicy>(),
    Row::of::<iam::GetGroupPolicy>(),
    Row::of::<iam::GetPolicy>(),
    Row::of::<iam::GetPolicyVersion>(),
    Row::of::<iam::GetRole>(),
    Row::of::<iam::GetRolePolicy>(),
    Row::of::<iam::GetUser>(),
    Row::of::<iam::GetUserPolicy>(),
    Row::of::<iam::ListAttachedGroupPolicies>(),
    Row::of::<iam::ListAttachedRolePolicies>(),
    Row::of::<iam::ListAttachedUserPolicies>(),
    Row::of::<iam::ListEntitiesForPolicy>(),
    Row::of::<iam::ListGroupPolicies>(),
    Row::of::<iam::ListInstanceProfileTags>(),
    Row::of::<iam::ListPolicies>(),
    Row::of::<iam::ListPolicyTags>(),
    Row::of::<iam::ListPolicyVersions>(),
    Row::of::<iam::ListRolePolicies>(),
    Row::of::<iam::ListRoleTags>(),
    Row::of::<iam::ListRoles>(),
    Row::of::<iam::ListUserPolicies>(),
    Row::of::<iam::ListUserTags>(),
    Row::of::<iam::ListUsers>(),
    Row::of::<iam::PutGroupPolicy>(),
    Row::of::<iam::PutRolePermissionsBoundary>(),
    Row::of::<iam::PutRolePolicy>(),
    Row::of::<iam::PutUserPermissionsBoundary>(),
    Row::of::<iam::PutUserPolicy>(),
    Row::of::<iam::SetDefaultPolicyVersion>(),
    Row::of::<iam::TagInstanceProfile>(),
    Row::of::<iam::TagPolicy>(),
    Row::of::<iam::TagRole>(),
    Row::of::<iam::TagUser>(),
    Row::of::<iam::UntagInstanceProfile>(),
    Row::of::<iam::UntagPolicy>(),
    Row::of::<iam::UntagRole>(),
    Row::of::<iam::UntagUser>(),
    Row::of::<iam::UpdateAssumeRolePolicy>(),
    Row::of::<iam::UpdateRole>(),
    Row::of::<iam::UpdateRoleDescription>(),
    Row::of::<iam::UpdateUser>(),
];
