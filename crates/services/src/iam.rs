//! IAM.
//!
//! Every operation acts in the caller's own account. Resources, actions and condition keys are those of the service
//! authorization reference.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html>

mod access_keys;
mod account;
pub(crate) mod ask;
mod authorization_details;
mod groups;
mod instance_profiles;
mod page;
mod render;
mod roles;
mod users;

use doorward_wire::iam;

use crate::table::Row;

/// The operations of IAM that this server has.
pub(crate) static ROWS: [Row; 36] = [
    Row::of::<iam::AddRoleToInstanceProfile>(),
    Row::of::<iam::AddUserToGroup>(),
    Row::of::<iam::CreateAccessKey>(),
    Row::of::<iam::CreateAccountAlias>(),
    Row::of::<iam::CreateGroup>(),
    Row::of::<iam::CreateInstanceProfile>(),
    Row::of::<iam::CreateRole>(),
    Row::of::<iam::CreateUser>(),
    Row::of::<iam::DeleteAccessKey>(),
    Row::of::<iam::DeleteAccountAlias>(),
    Row::of::<iam::DeleteGroup>(),
    Row::of::<iam::DeleteInstanceProfile>(),
    Row::of::<iam::DeleteRole>(),
    Row::of::<iam::DeleteUser>(),
    Row::of::<iam::GetAccountAuthorizationDetails>(),
    Row::of::<iam::GetAccountSummary>(),
    Row::of::<iam::GetGroup>(),
    Row::of::<iam::GetInstanceProfile>(),
    Row::of::<iam::GetRole>(),
    Row::of::<iam::GetUser>(),
    Row::of::<iam::ListAccessKeys>(),
    Row::of::<iam::ListAccountAliases>(),
    Row::of::<iam::ListGroups>(),
    Row::of::<iam::ListGroupsForUser>(),
    Row::of::<iam::ListInstanceProfiles>(),
    Row::of::<iam::ListInstanceProfilesForRole>(),
    Row::of::<iam::ListRoles>(),
    Row::of::<iam::ListUsers>(),
    Row::of::<iam::RemoveRoleFromInstanceProfile>(),
    Row::of::<iam::RemoveUserFromGroup>(),
    Row::of::<iam::UpdateAccessKey>(),
    Row::of::<iam::UpdateAssumeRolePolicy>(),
    Row::of::<iam::UpdateGroup>(),
    Row::of::<iam::UpdateRole>(),
    Row::of::<iam::UpdateRoleDescription>(),
    Row::of::<iam::UpdateUser>(),
];
