//! The shapes of Organizations, version 2016-11-28.
//!
//! Written by `cargo xtask generate` from `botocore/data/organizations/2016-11-28` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

pub mod errors;
mod members;
mod operations;
mod requests;
mod responses;
mod structures;

use crate::shape::{OperationShape, Protocol, ServiceShape};

pub use operations::{
    AcceptHandshake, AttachPolicy, CancelHandshake, CloseAccount, CreateAccount, CreateGovCloudAccount,
    CreateOrganization, CreateOrganizationalUnit, CreatePolicy, DeclineHandshake, DeleteOrganization,
    DeleteOrganizationalUnit, DeletePolicy, DeleteResourcePolicy, DeregisterDelegatedAdministrator,
    DescribeAccount, DescribeCreateAccountStatus, DescribeEffectivePolicy, DescribeHandshake,
    DescribeOrganization, DescribeOrganizationalUnit, DescribePolicy, DescribeResourcePolicy,
    DescribeResponsibilityTransfer, DetachPolicy, DisableAWSServiceAccess, DisablePolicyType,
    EnableAWSServiceAccess, EnableAllFeatures, EnablePolicyType, InviteAccountToOrganization,
    InviteOrganizationToTransferResponsibility, LeaveOrganization, ListAWSServiceAccessForOrganization,
    ListAccounts, ListAccountsForParent, ListAccountsWithInvalidEffectivePolicy, ListChildren,
    ListCreateAccountStatus, ListDelegatedAdministrators, ListDelegatedServicesForAccount,
    ListEffectivePolicyValidationErrors, ListHandshakesForAccount, ListHandshakesForOrganization,
    ListInboundResponsibilityTransfers, ListOrganizationalUnitsForParent, ListOutboundResponsibilityTransfers,
    ListParents, ListPolicies, ListPoliciesForTarget, ListRoots, ListTagsForResource, ListTargetsForPolicy,
    MoveAccount, PutResourcePolicy, RegisterDelegatedAdministrator, RemoveAccountFromOrganization,
    TagResource, TerminateResponsibilityTransfer, UntagResource, UpdateOrganizationalUnit, UpdatePolicy,
    UpdateResponsibilityTransfer,
};
pub use requests::{
    AcceptHandshakeRequest, AttachPolicyRequest, CancelHandshakeRequest, CloseAccountRequest,
    CreateAccountRequest, CreateGovCloudAccountRequest, CreateOrganizationRequest,
    CreateOrganizationalUnitRequest, CreatePolicyRequest, DeclineHandshakeRequest,
    DeleteOrganizationalUnitRequest, DeletePolicyRequest, DeregisterDelegatedAdministratorRequest,
    DescribeAccountRequest, DescribeCreateAccountStatusRequest, DescribeEffectivePolicyRequest,
    DescribeHandshakeRequest, DescribeOrganizationalUnitRequest, DescribePolicyRequest,
    DescribeResponsibilityTransferRequest, DetachPolicyRequest, DisableAWSServiceAccessRequest,
    DisablePolicyTypeRequest, EnableAWSServiceAccessRequest, EnableAllFeaturesRequest,
    EnablePolicyTypeRequest, InviteAccountToOrganizationRequest,
    InviteOrganizationToTransferResponsibilityRequest, ListAWSServiceAccessForOrganizationRequest,
    ListAccountsForParentRequest, ListAccountsRequest, ListAccountsWithInvalidEffectivePolicyRequest,
    ListChildrenRequest, ListCreateAccountStatusRequest, ListDelegatedAdministratorsRequest,
    ListDelegatedServicesForAccountRequest, ListEffectivePolicyValidationErrorsRequest,
    ListHandshakesForAccountRequest, ListHandshakesForOrganizationRequest,
    ListInboundResponsibilityTransfersRequest, ListOrganizationalUnitsForParentRequest,
    ListOutboundResponsibilityTransfersRequest, ListParentsRequest, ListPoliciesForTargetRequest,
    ListPoliciesRequest, ListRootsRequest, ListTagsForResourceRequest, ListTargetsForPolicyRequest,
    MoveAccountRequest, PutResourcePolicyRequest, RegisterDelegatedAdministratorRequest,
    RemoveAccountFromOrganizationRequest, TagResourceRequest, TerminateResponsibilityTransferRequest,
    UntagResourceRequest, UpdateOrganizationalUnitRequest, UpdatePolicyRequest,
    UpdateResponsibilityTransferRequest,
};
pub use responses::{
    AcceptHandshakeResponse, CancelHandshakeResponse, CreateAccountResponse, CreateGovCloudAccountResponse,
    CreateOrganizationResponse, CreateOrganizationalUnitResponse, CreatePolicyResponse,
    DeclineHandshakeResponse, DescribeAccountResponse, DescribeCreateAccountStatusResponse,
    DescribeEffectivePolicyResponse, DescribeHandshakeResponse, DescribeOrganizationResponse,
    DescribeOrganizationalUnitResponse, DescribePolicyResponse, DescribeResourcePolicyResponse,
    DescribeResponsibilityTransferResponse, DisablePolicyTypeResponse, EnableAllFeaturesResponse,
    EnablePolicyTypeResponse, InviteAccountToOrganizationResponse,
    InviteOrganizationToTransferResponsibilityResponse, ListAWSServiceAccessForOrganizationResponse,
    ListAccountsForParentResponse, ListAccountsResponse, ListAccountsWithInvalidEffectivePolicyResponse,
    ListChildrenResponse, ListCreateAccountStatusResponse, ListDelegatedAdministratorsResponse,
    ListDelegatedServicesForAccountResponse, ListEffectivePolicyValidationErrorsResponse,
    ListHandshakesForAccountResponse, ListHandshakesForOrganizationResponse,
    ListInboundResponsibilityTransfersResponse, ListOrganizationalUnitsForParentResponse,
    ListOutboundResponsibilityTransfersResponse, ListParentsResponse, ListPoliciesForTargetResponse,
    ListPoliciesResponse, ListRootsResponse, ListTagsForResourceResponse, ListTargetsForPolicyResponse,
    PutResourcePolicyResponse, TerminateResponsibilityTransferResponse, UpdateOrganizationalUnitResponse,
    UpdatePolicyResponse, UpdateResponsibilityTransferResponse,
};
pub use structures::{
    Account, Child, CreateAccountStatus, DelegatedAdministrator, DelegatedService, EffectivePolicy,
    EffectivePolicyValidationError, EnabledServicePrincipal, Handshake, HandshakeFilter, HandshakeParty,
    HandshakeResource, Organization, OrganizationalUnit, Parent, Policy, PolicySummary, PolicyTargetSummary,
    PolicyTypeSummary, ResourcePolicy, ResourcePolicySummary, ResponsibilityTransfer, Root, Tag,
    TransferParticipant,
};

/// The service. <https://docs.aws.amazon.com/organizations/latest/APIReference/Welcome.html>
pub static SERVICE: ServiceShape = ServiceShape {
    id: "Organizations",
    signing_name: "organizations",
    api_version: "2016-11-28",
    protocol: Protocol::Json11,
    namespace: "",
    target_prefix: "AWSOrganizationsV20161128",
    operations: OPERATIONS,
};

/// Every operation, sorted by name.
pub static OPERATIONS: &[&OperationShape] = &[
    &operations::ACCEPT_HANDSHAKE,
    &operations::ATTACH_POLICY,
    &operations::CANCEL_HANDSHAKE,
    &operations::CLOSE_ACCOUNT,
    &operations::CREATE_ACCOUNT,
    &operations::CREATE_GOV_CLOUD_ACCOUNT,
    &operations::CREATE_ORGANIZATION,
    &operations::CREATE_ORGANIZATIONAL_UNIT,
    &operations::CREATE_POLICY,
    &operations::DECLINE_HANDSHAKE,
    &operations::DELETE_ORGANIZATION,
    &operations::DELETE_ORGANIZATIONAL_UNIT,
    &operations::DELETE_POLICY,
    &operations::DELETE_RESOURCE_POLICY,
    &operations::DEREGISTER_DELEGATED_ADMINISTRATOR,
    &operations::DESCRIBE_ACCOUNT,
    &operations::DESCRIBE_CREATE_ACCOUNT_STATUS,
    &operations::DESCRIBE_EFFECTIVE_POLICY,
    &operations::DESCRIBE_HANDSHAKE,
    &operations::DESCRIBE_ORGANIZATION,
    &operations::DESCRIBE_ORGANIZATIONAL_UNIT,
    &operations::DESCRIBE_POLICY,
    &operations::DESCRIBE_RESOURCE_POLICY,
    &operations::DESCRIBE_RESPONSIBILITY_TRANSFER,
    &operations::DETACH_POLICY,
    &operations::DISABLE_AWS_SERVICE_ACCESS,
    &operations::DISABLE_POLICY_TYPE,
    &operations::ENABLE_AWS_SERVICE_ACCESS,
    &operations::ENABLE_ALL_FEATURES,
    &operations::ENABLE_POLICY_TYPE,
    &operations::INVITE_ACCOUNT_TO_ORGANIZATION,
    &operations::INVITE_ORGANIZATION_TO_TRANSFER_RESPONSIBILITY,
    &operations::LEAVE_ORGANIZATION,
    &operations::LIST_AWS_SERVICE_ACCESS_FOR_ORGANIZATION,
    &operations::LIST_ACCOUNTS,
    &operations::LIST_ACCOUNTS_FOR_PARENT,
    &operations::LIST_ACCOUNTS_WITH_INVALID_EFFECTIVE_POLICY,
    &operations::LIST_CHILDREN,
    &operations::LIST_CREATE_ACCOUNT_STATUS,
    &operations::LIST_DELEGATED_ADMINISTRATORS,
    &operations::LIST_DELEGATED_SERVICES_FOR_ACCOUNT,
    &operations::LIST_EFFECTIVE_POLICY_VALIDATION_ERRORS,
    &operations::LIST_HANDSHAKES_FOR_ACCOUNT,
    &operations::LIST_HANDSHAKES_FOR_ORGANIZATION,
    &operations::LIST_INBOUND_RESPONSIBILITY_TRANSFERS,
    &operations::LIST_ORGANIZATIONAL_UNITS_FOR_PARENT,
    &operations::LIST_OUTBOUND_RESPONSIBILITY_TRANSFERS,
    &operations::LIST_PARENTS,
    &operations::LIST_POLICIES,
    &operations::LIST_POLICIES_FOR_TARGET,
    &operations::LIST_ROOTS,
    &operations::LIST_TAGS_FOR_RESOURCE,
    &operations::LIST_TARGETS_FOR_POLICY,
    &operations::MOVE_ACCOUNT,
    &operations::PUT_RESOURCE_POLICY,
    &operations::REGISTER_DELEGATED_ADMINISTRATOR,
    &operations::REMOVE_ACCOUNT_FROM_ORGANIZATION,
    &operations::TAG_RESOURCE,
    &operations::TERMINATE_RESPONSIBILITY_TRANSFER,
    &operations::UNTAG_RESOURCE,
    &operations::UPDATE_ORGANIZATIONAL_UNIT,
    &operations::UPDATE_POLICY,
    &operations::UPDATE_RESPONSIBILITY_TRANSFER,
];

/// Calls a macro with the names of all operations of [`organizations`](crate::organizations), separated by spaces.
#[macro_export]
macro_rules! every_organizations_operation {
    ($call:ident) => {
        $call! {
            AcceptHandshake AttachPolicy CancelHandshake CloseAccount CreateAccount CreateGovCloudAccount
            CreateOrganization CreateOrganizationalUnit CreatePolicy DeclineHandshake DeleteOrganization
            DeleteOrganizationalUnit DeletePolicy DeleteResourcePolicy DeregisterDelegatedAdministrator
            DescribeAccount DescribeCreateAccountStatus DescribeEffectivePolicy DescribeHandshake
            DescribeOrganization DescribeOrganizationalUnit DescribePolicy DescribeResourcePolicy
            DescribeResponsibilityTransfer DetachPolicy DisableAWSServiceAccess DisablePolicyType
            EnableAWSServiceAccess EnableAllFeatures EnablePolicyType InviteAccountToOrganization
            InviteOrganizationToTransferResponsibility LeaveOrganization ListAWSServiceAccessForOrganization
            ListAccounts ListAccountsForParent ListAccountsWithInvalidEffectivePolicy ListChildren
            ListCreateAccountStatus ListDelegatedAdministrators ListDelegatedServicesForAccount
            ListEffectivePolicyValidationErrors ListHandshakesForAccount ListHandshakesForOrganization
            ListInboundResponsibilityTransfers ListOrganizationalUnitsForParent
            ListOutboundResponsibilityTransfers ListParents ListPolicies ListPoliciesForTarget ListRoots
            ListTagsForResource ListTargetsForPolicy MoveAccount PutResourcePolicy
            RegisterDelegatedAdministrator RemoveAccountFromOrganization TagResource
            TerminateResponsibilityTransfer UntagResource UpdateOrganizationalUnit UpdatePolicy
            UpdateResponsibilityTransfer
        }
    };
}
