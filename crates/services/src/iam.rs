//! IAM.
//!
//! Every operation acts in the caller's own account. Resources, actions and condition keys are those of the service
//! authorization reference.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html>

mod access_keys;
mod account;
pub(crate) mod ask;
mod attachments;
mod authorization_details;
mod boundaries;
mod groups;
mod inline;
mod instance_profiles;
pub(crate) mod page;
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
pub(crate) static ROWS: [Row; 83] = [
    Row::of::<iam::AddRoleToInstanceProfile>(),
    Row::of::<iam::AddUserToGroup>(),
    Row::of::<iam::AttachGroupPolicy>(),
    Row::of::<iam::AttachRolePolicy>(),
    Row::of::<iam::AttachUserPolicy>(),
    Row::of::<iam::CreateAccessKey>(),
    Row::of::<iam::CreateAccountAlias>(),
    Row::of::<iam::CreateGroup>(),
    Row::of::<iam::CreateInstanceProfile>(),
    Row::of::<iam::CreatePolicy>(),
    Row::of::<iam::CreatePolicyVersion>(),
    Row::of::<iam::CreateRole>(),
    Row::of::<iam::CreateUser>(),
    Row::of::<iam::DeleteAccessKey>(),
    Row::of::<iam::DeleteAccountAlias>(),
    Row::of::<iam::DeleteGroup>(),
    Row::of::<iam::DeleteGroupPolicy>(),
    Row::of::<iam::DeleteInstanceProfile>(),
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
    Row::of::<iam::GetAccountAuthorizationDetails>(),
    Row::of::<iam::GetAccountSummary>(),
    Row::of::<iam::GetGroup>(),
    Row::of::<iam::GetGroupPolicy>(),
    Row::of::<iam::GetInstanceProfile>(),
    Row::of::<iam::GetPolicy>(),
    Row::of::<iam::GetPolicyVersion>(),
    Row::of::<iam::GetRole>(),
    Row::of::<iam::GetRolePolicy>(),
    Row::of::<iam::GetUser>(),
    Row::of::<iam::GetUserPolicy>(),
    Row::of::<iam::ListAccessKeys>(),
    Row::of::<iam::ListAccountAliases>(),
    Row::of::<iam::ListAttachedGroupPolicies>(),
    Row::of::<iam::ListAttachedRolePolicies>(),
    Row::of::<iam::ListAttachedUserPolicies>(),
    Row::of::<iam::ListEntitiesForPolicy>(),
    Row::of::<iam::ListGroupPolicies>(),
    Row::of::<iam::ListGroups>(),
    Row::of::<iam::ListGroupsForUser>(),
    Row::of::<iam::ListInstanceProfileTags>(),
    Row::of::<iam::ListInstanceProfiles>(),
    Row::of::<iam::ListInstanceProfilesForRole>(),
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
    Row::of::<iam::RemoveRoleFromInstanceProfile>(),
    Row::of::<iam::RemoveUserFromGroup>(),
    Row::of::<iam::SetDefaultPolicyVersion>(),
    Row::of::<iam::TagInstanceProfile>(),
    Row::of::<iam::TagPolicy>(),
    Row::of::<iam::TagRole>(),
    Row::of::<iam::TagUser>(),
    Row::of::<iam::UntagInstanceProfile>(),
    Row::of::<iam::UntagPolicy>(),
    Row::of::<iam::UntagRole>(),
    Row::of::<iam::UntagUser>(),
    Row::of::<iam::UpdateAccessKey>(),
    Row::of::<iam::UpdateAssumeRolePolicy>(),
    Row::of::<iam::UpdateGroup>(),
    Row::of::<iam::UpdateRole>(),
    Row::of::<iam::UpdateRoleDescription>(),
    Row::of::<iam::UpdateUser>(),
];
