//! Organizations.
//!
//! Operations act in the organization that the caller's account belongs to. Most are for its management account; members
//! that administer a service for it may read, and its resource policy can let others do what AWS lets be delegated.
//! Resources, actions and condition keys are those of the service authorization reference.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html>

mod accounts;
mod administrators;
mod ask;
mod attachments;
mod creation;
mod effective;
mod handshakes;
mod itself;
mod linked_role;
mod membership;
mod page;
mod policies;
mod render;
mod resource_policy;
mod tags;
mod transfers;
mod tree;
mod units;

use doorward_wire::organizations;

use crate::table::Row;

/// The operations of Organizations that this server has.
pub(crate) static ROWS: [Row; 63] = [
    Row::of::<organizations::AcceptHandshake>(),
    Row::of::<organizations::AttachPolicy>(),
    Row::of::<organizations::CancelHandshake>(),
    Row::of::<organizations::CloseAccount>(),
    Row::of::<organizations::CreateAccount>(),
    Row::of::<organizations::CreateGovCloudAccount>(),
    Row::of::<organizations::CreateOrganization>(),
    Row::of::<organizations::CreateOrganizationalUnit>(),
    Row::of::<organizations::CreatePolicy>(),
    Row::of::<organizations::DeclineHandshake>(),
    Row::of::<organizations::DeleteOrganization>(),
    Row::of::<organizations::DeleteOrganizationalUnit>(),
    Row::of::<organizations::DeletePolicy>(),
    Row::of::<organizations::DeleteResourcePolicy>(),
    Row::of::<organizations::DeregisterDelegatedAdministrator>(),
    Row::of::<organizations::DescribeAccount>(),
    Row::of::<organizations::DescribeCreateAccountStatus>(),
    Row::of::<organizations::DescribeEffectivePolicy>(),
    Row::of::<organizations::DescribeHandshake>(),
    Row::of::<organizations::DescribeOrganization>(),
    Row::of::<organizations::DescribeOrganizationalUnit>(),
    Row::of::<organizations::DescribePolicy>(),
    Row::of::<organizations::DescribeResourcePolicy>(),
    Row::of::<organizations::DescribeResponsibilityTransfer>(),
    Row::of::<organizations::DetachPolicy>(),
    Row::of::<organizations::DisableAWSServiceAccess>(),
    Row::of::<organizations::DisablePolicyType>(),
    Row::of::<organizations::EnableAWSServiceAccess>(),
    Row::of::<organizations::EnableAllFeatures>(),
    Row::of::<organizations::EnablePolicyType>(),
    Row::of::<organizations::InviteAccountToOrganization>(),
    Row::of::<organizations::InviteOrganizationToTransferResponsibility>(),
    Row::of::<organizations::LeaveOrganization>(),
    Row::of::<organizations::ListAWSServiceAccessForOrganization>(),
    Row::of::<organizations::ListAccounts>(),
    Row::of::<organizations::ListAccountsForParent>(),
    Row::of::<organizations::ListAccountsWithInvalidEffectivePolicy>(),
    Row::of::<organizations::ListChildren>(),
    Row::of::<organizations::ListCreateAccountStatus>(),
    Row::of::<organizations::ListDelegatedAdministrators>(),
    Row::of::<organizations::ListDelegatedServicesForAccount>(),
    Row::of::<organizations::ListEffectivePolicyValidationErrors>(),
    Row::of::<organizations::ListHandshakesForAccount>(),
    Row::of::<organizations::ListHandshakesForOrganization>(),
    Row::of::<organizations::ListInboundResponsibilityTransfers>(),
    Row::of::<organizations::ListOrganizationalUnitsForParent>(),
    Row::of::<organizations::ListOutboundResponsibilityTransfers>(),
    Row::of::<organizations::ListParents>(),
    Row::of::<organizations::ListPolicies>(),
    Row::of::<organizations::ListPoliciesForTarget>(),
    Row::of::<organizations::ListRoots>(),
    Row::of::<organizations::ListTagsForResource>(),
    Row::of::<organizations::ListTargetsForPolicy>(),
    Row::of::<organizations::MoveAccount>(),
    Row::of::<organizations::PutResourcePolicy>(),
    Row::of::<organizations::RegisterDelegatedAdministrator>(),
    Row::of::<organizations::RemoveAccountFromOrganization>(),
    Row::of::<organizations::TagResource>(),
    Row::of::<organizations::TerminateResponsibilityTransfer>(),
    Row::of::<organizations::UntagResource>(),
    Row::of::<organizations::UpdateOrganizationalUnit>(),
    Row::of::<organizations::UpdatePolicy>(),
    Row::of::<organizations::UpdateResponsibilityTransfer>(),
];
