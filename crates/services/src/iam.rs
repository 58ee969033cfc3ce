//! IAM.
//!
//! Every operation acts in the caller's own account. Resources, actions and condition keys are those of the service
//! authorization reference.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html>

pub(crate) mod ask;
mod page;
mod render;
mod roles;
mod users;

use doorward_wire::iam;

use crate::table::Row;

/// The operations of IAM that this server has.
pub(crate) static ROWS: [Row; 12] = [
    Row::of::<iam::CreateRole>(),
    Row::of::<iam::CreateUser>(),
    Row::of::<iam::DeleteRole>(),
    Row::of::<iam::DeleteUser>(),
    Row::of::<iam::GetRole>(),
    Row::of::<iam::GetUser>(),
    Row::of::<iam::ListRoles>(),
    Row::of::<iam::ListUsers>(),
    Row::of::<iam::UpdateAssumeRolePolicy>(),
    Row::of::<iam::UpdateRole>(),
    Row::of::<iam::UpdateRoleDescription>(),
    Row::of::<iam::UpdateUser>(),
];
