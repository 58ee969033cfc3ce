//! The operations of Organizations, version 2016-11-28.
//!
//! Written by `cargo xtask generate` from `botocore/data/organizations/2016-11-28` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

use crate::macros::operation;
use crate::shape::Authentication;

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html>
    AcceptHandshake ACCEPT_HANDSHAKE (super::AcceptHandshakeRequest) -> super::AcceptHandshakeResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::HANDSHAKE_CONSTRAINT_VIOLATION, &super::errors::HANDSHAKE_NOT_FOUND, &super::errors::INVALID_HANDSHAKE_TRANSITION, &super::errors::HANDSHAKE_ALREADY_IN_STATE, &super::errors::INVALID_INPUT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::ACCESS_DENIED_FOR_DEPENDENCY, &super::errors::CONSTRAINT_VIOLATION, &super::errors::MASTER_CANNOT_LEAVE_ORGANIZATION],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html>
    AttachPolicy ATTACH_POLICY (super::AttachPolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::DUPLICATE_POLICY_ATTACHMENT, &super::errors::INVALID_INPUT, &super::errors::POLICY_NOT_FOUND, &super::errors::POLICY_TYPE_NOT_ENABLED, &super::errors::SERVICE, &super::errors::TARGET_NOT_FOUND, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT, &super::errors::POLICY_CHANGES_IN_PROGRESS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CancelHandshake.html>
    CancelHandshake CANCEL_HANDSHAKE (super::CancelHandshakeRequest) -> super::CancelHandshakeResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::CONCURRENT_MODIFICATION, &super::errors::HANDSHAKE_NOT_FOUND, &super::errors::INVALID_HANDSHAKE_TRANSITION, &super::errors::HANDSHAKE_ALREADY_IN_STATE, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CancelHandshake.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CloseAccount.html>
    CloseAccount CLOSE_ACCOUNT (super::CloseAccountRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::ACCOUNT_ALREADY_CLOSED, &super::errors::ACCOUNT_NOT_FOUND, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONFLICT, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CloseAccount.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html>
    CreateAccount CREATE_ACCOUNT (super::CreateAccountRequest) -> super::CreateAccountResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::FINALIZING_ORGANIZATION, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateGovCloudAccount.html>
    CreateGovCloudAccount CREATE_GOV_CLOUD_ACCOUNT (super::CreateGovCloudAccountRequest) -> super::CreateGovCloudAccountResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::FINALIZING_ORGANIZATION, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateGovCloudAccount.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html>
    CreateOrganization CREATE_ORGANIZATION (super::CreateOrganizationRequest) -> super::CreateOrganizationResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::ALREADY_IN_ORGANIZATION, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::ACCESS_DENIED_FOR_DEPENDENCY],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganizationalUnit.html>
    CreateOrganizationalUnit CREATE_ORGANIZATIONAL_UNIT (super::CreateOrganizationalUnitRequest) -> super::CreateOrganizationalUnitResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::DUPLICATE_ORGANIZATIONAL_UNIT, &super::errors::INVALID_INPUT, &super::errors::PARENT_NOT_FOUND, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganizationalUnit.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html>
    CreatePolicy CREATE_POLICY (super::CreatePolicyRequest) -> super::CreatePolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::DUPLICATE_POLICY, &super::errors::INVALID_INPUT, &super::errors::MALFORMED_POLICY_DOCUMENT, &super::errors::POLICY_TYPE_NOT_AVAILABLE_FOR_ORGANIZATION, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeclineHandshake.html>
    DeclineHandshake DECLINE_HANDSHAKE (super::DeclineHandshakeRequest) -> super::DeclineHandshakeResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::CONCURRENT_MODIFICATION, &super::errors::HANDSHAKE_NOT_FOUND, &super::errors::INVALID_HANDSHAKE_TRANSITION, &super::errors::HANDSHAKE_ALREADY_IN_STATE, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeclineHandshake.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteOrganization.html>
    DeleteOrganization DELETE_ORGANIZATION (crate::Nothing) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::ORGANIZATION_NOT_EMPTY, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteOrganization.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteOrganizationalUnit.html>
    DeleteOrganizationalUnit DELETE_ORGANIZATIONAL_UNIT (super::DeleteOrganizationalUnitRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::INVALID_INPUT, &super::errors::ORGANIZATIONAL_UNIT_NOT_EMPTY, &super::errors::ORGANIZATIONAL_UNIT_NOT_FOUND, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteOrganizationalUnit.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeletePolicy.html>
    DeletePolicy DELETE_POLICY (super::DeletePolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::INVALID_INPUT, &super::errors::POLICY_IN_USE, &super::errors::POLICY_NOT_FOUND, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeletePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteResourcePolicy.html>
    DeleteResourcePolicy DELETE_RESOURCE_POLICY (crate::Nothing) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::SERVICE, &super::errors::UNSUPPORTED_API_ENDPOINT, &super::errors::TOO_MANY_REQUESTS, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::RESOURCE_POLICY_NOT_FOUND],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteResourcePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeregisterDelegatedAdministrator.html>
    DeregisterDelegatedAdministrator DEREGISTER_DELEGATED_ADMINISTRATOR (super::DeregisterDelegatedAdministratorRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::ACCOUNT_NOT_FOUND, &super::errors::ACCOUNT_NOT_REGISTERED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::TOO_MANY_REQUESTS, &super::errors::SERVICE, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeregisterDelegatedAdministrator.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeAccount.html>
    DescribeAccount DESCRIBE_ACCOUNT (super::DescribeAccountRequest) -> super::DescribeAccountResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::ACCOUNT_NOT_FOUND, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeAccount.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeCreateAccountStatus.html>
    DescribeCreateAccountStatus DESCRIBE_CREATE_ACCOUNT_STATUS (super::DescribeCreateAccountStatusRequest) -> super::DescribeCreateAccountStatusResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CREATE_ACCOUNT_STATUS_NOT_FOUND, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeCreateAccountStatus.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeEffectivePolicy.html>
    DescribeEffectivePolicy DESCRIBE_EFFECTIVE_POLICY (super::DescribeEffectivePolicyRequest) -> super::DescribeEffectivePolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONSTRAINT_VIOLATION, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::TARGET_NOT_FOUND, &super::errors::EFFECTIVE_POLICY_NOT_FOUND, &super::errors::INVALID_INPUT, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeEffectivePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeHandshake.html>
    DescribeHandshake DESCRIBE_HANDSHAKE (super::DescribeHandshakeRequest) -> super::DescribeHandshakeResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::CONCURRENT_MODIFICATION, &super::errors::HANDSHAKE_NOT_FOUND, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeHandshake.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html>
    DescribeOrganization DESCRIBE_ORGANIZATION (crate::Nothing) -> super::DescribeOrganizationResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganizationalUnit.html>
    DescribeOrganizationalUnit DESCRIBE_ORGANIZATIONAL_UNIT (super::DescribeOrganizationalUnitRequest) -> super::DescribeOrganizationalUnitResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::INVALID_INPUT, &super::errors::ORGANIZATIONAL_UNIT_NOT_FOUND, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganizationalUnit.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html>
    DescribePolicy DESCRIBE_POLICY (super::DescribePolicyRequest) -> super::DescribePolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::INVALID_INPUT, &super::errors::POLICY_NOT_FOUND, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeResourcePolicy.html>
    DescribeResourcePolicy DESCRIBE_RESOURCE_POLICY (crate::Nothing) -> super::DescribeResourcePolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::SERVICE, &super::errors::UNSUPPORTED_API_ENDPOINT, &super::errors::TOO_MANY_REQUESTS, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::RESOURCE_POLICY_NOT_FOUND, &super::errors::CONSTRAINT_VIOLATION],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeResourcePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeResponsibilityTransfer.html>
    DescribeResponsibilityTransfer DESCRIBE_RESPONSIBILITY_TRANSFER (super::DescribeResponsibilityTransferRequest) -> super::DescribeResponsibilityTransferResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::RESPONSIBILITY_TRANSFER_NOT_FOUND, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeResponsibilityTransfer.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DetachPolicy.html>
    DetachPolicy DETACH_POLICY (super::DetachPolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::POLICY_NOT_ATTACHED, &super::errors::POLICY_NOT_FOUND, &super::errors::SERVICE, &super::errors::TARGET_NOT_FOUND, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT, &super::errors::POLICY_CHANGES_IN_PROGRESS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DetachPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisableAWSServiceAccess.html>
    DisableAWSServiceAccess DISABLE_AWS_SERVICE_ACCESS (super::DisableAWSServiceAccessRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisableAWSServiceAccess.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisablePolicyType.html>
    DisablePolicyType DISABLE_POLICY_TYPE (super::DisablePolicyTypeRequest) -> super::DisablePolicyTypeResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::POLICY_TYPE_NOT_ENABLED, &super::errors::ROOT_NOT_FOUND, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT, &super::errors::POLICY_CHANGES_IN_PROGRESS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisablePolicyType.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnableAWSServiceAccess.html>
    EnableAWSServiceAccess ENABLE_AWS_SERVICE_ACCESS (super::EnableAWSServiceAccessRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnableAWSServiceAccess.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnableAllFeatures.html>
    EnableAllFeatures ENABLE_ALL_FEATURES (super::EnableAllFeaturesRequest) -> super::EnableAllFeaturesResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::HANDSHAKE_CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnableAllFeatures.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnablePolicyType.html>
    EnablePolicyType ENABLE_POLICY_TYPE (super::EnablePolicyTypeRequest) -> super::EnablePolicyTypeResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::POLICY_TYPE_ALREADY_ENABLED, &super::errors::ROOT_NOT_FOUND, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::POLICY_TYPE_NOT_AVAILABLE_FOR_ORGANIZATION, &super::errors::UNSUPPORTED_API_ENDPOINT, &super::errors::POLICY_CHANGES_IN_PROGRESS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnablePolicyType.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html>
    InviteAccountToOrganization INVITE_ACCOUNT_TO_ORGANIZATION (super::InviteAccountToOrganizationRequest) -> super::InviteAccountToOrganizationResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::ACCOUNT_OWNER_NOT_VERIFIED, &super::errors::CONCURRENT_MODIFICATION, &super::errors::HANDSHAKE_CONSTRAINT_VIOLATION, &super::errors::DUPLICATE_HANDSHAKE, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::FINALIZING_ORGANIZATION, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteOrganizationToTransferResponsibility.html>
    InviteOrganizationToTransferResponsibility INVITE_ORGANIZATION_TO_TRANSFER_RESPONSIBILITY (super::InviteOrganizationToTransferResponsibilityRequest) -> super::InviteOrganizationToTransferResponsibilityResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::DUPLICATE_HANDSHAKE, &super::errors::HANDSHAKE_CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteOrganizationToTransferResponsibility.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html>
    LeaveOrganization LEAVE_ORGANIZATION (crate::Nothing) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::ACCOUNT_NOT_FOUND, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::MASTER_CANNOT_LEAVE_ORGANIZATION, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAWSServiceAccessForOrganization.html>
    ListAWSServiceAccessForOrganization LIST_AWS_SERVICE_ACCESS_FOR_ORGANIZATION (super::ListAWSServiceAccessForOrganizationRequest) -> super::ListAWSServiceAccessForOrganizationResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["EnabledServicePrincipals"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAWSServiceAccessForOrganization.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html>
    ListAccounts LIST_ACCOUNTS (super::ListAccountsRequest) -> super::ListAccountsResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["Accounts"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html>
    ListAccountsForParent LIST_ACCOUNTS_FOR_PARENT (super::ListAccountsForParentRequest) -> super::ListAccountsForParentResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::INVALID_INPUT, &super::errors::PARENT_NOT_FOUND, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["Accounts"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsWithInvalidEffectivePolicy.html>
    ListAccountsWithInvalidEffectivePolicy LIST_ACCOUNTS_WITH_INVALID_EFFECTIVE_POLICY (super::ListAccountsWithInvalidEffectivePolicyRequest) -> super::ListAccountsWithInvalidEffectivePolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONSTRAINT_VIOLATION, &super::errors::EFFECTIVE_POLICY_NOT_FOUND, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::INVALID_INPUT, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["Accounts"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsWithInvalidEffectivePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListChildren.html>
    ListChildren LIST_CHILDREN (super::ListChildrenRequest) -> super::ListChildrenResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::INVALID_INPUT, &super::errors::PARENT_NOT_FOUND, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["Children"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListChildren.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListCreateAccountStatus.html>
    ListCreateAccountStatus LIST_CREATE_ACCOUNT_STATUS (super::ListCreateAccountStatusRequest) -> super::ListCreateAccountStatusResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["CreateAccountStatuses"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListCreateAccountStatus.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedAdministrators.html>
    ListDelegatedAdministrators LIST_DELEGATED_ADMINISTRATORS (super::ListDelegatedAdministratorsRequest) -> super::ListDelegatedAdministratorsResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::TOO_MANY_REQUESTS, &super::errors::SERVICE, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["DelegatedAdministrators"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedAdministrators.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedServicesForAccount.html>
    ListDelegatedServicesForAccount LIST_DELEGATED_SERVICES_FOR_ACCOUNT (super::ListDelegatedServicesForAccountRequest) -> super::ListDelegatedServicesForAccountResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::ACCOUNT_NOT_FOUND, &super::errors::ACCOUNT_NOT_REGISTERED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::TOO_MANY_REQUESTS, &super::errors::SERVICE, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["DelegatedServices"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedServicesForAccount.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListEffectivePolicyValidationErrors.html>
    ListEffectivePolicyValidationErrors LIST_EFFECTIVE_POLICY_VALIDATION_ERRORS (super::ListEffectivePolicyValidationErrorsRequest) -> super::ListEffectivePolicyValidationErrorsResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONSTRAINT_VIOLATION, &super::errors::EFFECTIVE_POLICY_NOT_FOUND, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::ACCOUNT_NOT_FOUND, &super::errors::INVALID_INPUT, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["EffectivePolicyValidationErrors"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListEffectivePolicyValidationErrors.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListHandshakesForAccount.html>
    ListHandshakesForAccount LIST_HANDSHAKES_FOR_ACCOUNT (super::ListHandshakesForAccountRequest) -> super::ListHandshakesForAccountResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::CONCURRENT_MODIFICATION, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["Handshakes"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListHandshakesForAccount.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListHandshakesForOrganization.html>
    ListHandshakesForOrganization LIST_HANDSHAKES_FOR_ORGANIZATION (super::ListHandshakesForOrganizationRequest) -> super::ListHandshakesForOrganizationResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["Handshakes"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListHandshakesForOrganization.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListInboundResponsibilityTransfers.html>
    ListInboundResponsibilityTransfers LIST_INBOUND_RESPONSIBILITY_TRANSFERS (super::ListInboundResponsibilityTransfersRequest) -> super::ListInboundResponsibilityTransfersResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::RESPONSIBILITY_TRANSFER_NOT_FOUND, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListInboundResponsibilityTransfers.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOrganizationalUnitsForParent.html>
    ListOrganizationalUnitsForParent LIST_ORGANIZATIONAL_UNITS_FOR_PARENT (super::ListOrganizationalUnitsForParentRequest) -> super::ListOrganizationalUnitsForParentResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::INVALID_INPUT, &super::errors::PARENT_NOT_FOUND, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["OrganizationalUnits"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOrganizationalUnitsForParent.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOutboundResponsibilityTransfers.html>
    ListOutboundResponsibilityTransfers LIST_OUTBOUND_RESPONSIBILITY_TRANSFERS (super::ListOutboundResponsibilityTransfersRequest) -> super::ListOutboundResponsibilityTransfersResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOutboundResponsibilityTransfers.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html>
    ListParents LIST_PARENTS (super::ListParentsRequest) -> super::ListParentsResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CHILD_NOT_FOUND, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["Parents"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPolicies.html>
    ListPolicies LIST_POLICIES (super::ListPoliciesRequest) -> super::ListPoliciesResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["Policies"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPolicies.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPoliciesForTarget.html>
    ListPoliciesForTarget LIST_POLICIES_FOR_TARGET (super::ListPoliciesForTargetRequest) -> super::ListPoliciesForTargetResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TARGET_NOT_FOUND, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["Policies"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPoliciesForTarget.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListRoots.html>
    ListRoots LIST_ROOTS (super::ListRootsRequest) -> super::ListRootsResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["Roots"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListRoots.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTagsForResource.html>
    ListTagsForResource LIST_TAGS_FOR_RESOURCE (super::ListTagsForResourceRequest) -> super::ListTagsForResourceResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::TARGET_NOT_FOUND, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "", more_results: "", result_keys: &["Tags"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTagsForResource.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTargetsForPolicy.html>
    ListTargetsForPolicy LIST_TARGETS_FOR_POLICY (super::ListTargetsForPolicyRequest) -> super::ListTargetsForPolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::INVALID_INPUT, &super::errors::POLICY_NOT_FOUND, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "NextToken", output_token: "NextToken", limit_key: "MaxResults", more_results: "", result_keys: &["Targets"] }),
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTargetsForPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html>
    MoveAccount MOVE_ACCOUNT (super::MoveAccountRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::INVALID_INPUT, &super::errors::SOURCE_PARENT_NOT_FOUND, &super::errors::DESTINATION_PARENT_NOT_FOUND, &super::errors::DUPLICATE_ACCOUNT, &super::errors::ACCOUNT_NOT_FOUND, &super::errors::TOO_MANY_REQUESTS, &super::errors::CONCURRENT_MODIFICATION, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::SERVICE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_PutResourcePolicy.html>
    PutResourcePolicy PUT_RESOURCE_POLICY (super::PutResourcePolicyRequest) -> super::PutResourcePolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::SERVICE, &super::errors::UNSUPPORTED_API_ENDPOINT, &super::errors::TOO_MANY_REQUESTS, &super::errors::CONCURRENT_MODIFICATION, &super::errors::INVALID_INPUT, &super::errors::CONSTRAINT_VIOLATION, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_PutResourcePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_RegisterDelegatedAdministrator.html>
    RegisterDelegatedAdministrator REGISTER_DELEGATED_ADMINISTRATOR (super::RegisterDelegatedAdministratorRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::ACCOUNT_ALREADY_REGISTERED, &super::errors::ACCOUNT_NOT_FOUND, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::TOO_MANY_REQUESTS, &super::errors::SERVICE, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_RegisterDelegatedAdministrator.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_RemoveAccountFromOrganization.html>
    RemoveAccountFromOrganization REMOVE_ACCOUNT_FROM_ORGANIZATION (super::RemoveAccountFromOrganizationRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::ACCOUNT_NOT_FOUND, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::MASTER_CANNOT_LEAVE_ORGANIZATION, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_RemoveAccountFromOrganization.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_TagResource.html>
    TagResource TAG_RESOURCE (super::TagResourceRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::CONCURRENT_MODIFICATION, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::TARGET_NOT_FOUND, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_TagResource.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_TerminateResponsibilityTransfer.html>
    TerminateResponsibilityTransfer TERMINATE_RESPONSIBILITY_TRANSFER (super::TerminateResponsibilityTransferRequest) -> super::TerminateResponsibilityTransferResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::RESPONSIBILITY_TRANSFER_NOT_FOUND, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT, &super::errors::RESPONSIBILITY_TRANSFER_ALREADY_IN_STATUS, &super::errors::INVALID_RESPONSIBILITY_TRANSFER_TRANSITION],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_TerminateResponsibilityTransfer.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UntagResource.html>
    UntagResource UNTAG_RESOURCE (super::UntagResourceRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::CONCURRENT_MODIFICATION, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::TARGET_NOT_FOUND, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_UntagResource.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdateOrganizationalUnit.html>
    UpdateOrganizationalUnit UPDATE_ORGANIZATIONAL_UNIT (super::UpdateOrganizationalUnitRequest) -> super::UpdateOrganizationalUnitResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::DUPLICATE_ORGANIZATIONAL_UNIT, &super::errors::INVALID_INPUT, &super::errors::ORGANIZATIONAL_UNIT_NOT_FOUND, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdateOrganizationalUnit.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdatePolicy.html>
    UpdatePolicy UPDATE_POLICY (super::UpdatePolicyRequest) -> super::UpdatePolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::CONSTRAINT_VIOLATION, &super::errors::DUPLICATE_POLICY, &super::errors::INVALID_INPUT, &super::errors::MALFORMED_POLICY_DOCUMENT, &super::errors::POLICY_NOT_FOUND, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT, &super::errors::POLICY_CHANGES_IN_PROGRESS],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdatePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdateResponsibilityTransfer.html>
    UpdateResponsibilityTransfer UPDATE_RESPONSIBILITY_TRANSFER (super::UpdateResponsibilityTransferRequest) -> super::UpdateResponsibilityTransferResponse {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ACCESS_DENIED, &super::errors::AWS_ORGANIZATIONS_NOT_IN_USE, &super::errors::RESPONSIBILITY_TRANSFER_NOT_FOUND, &super::errors::CONSTRAINT_VIOLATION, &super::errors::INVALID_INPUT, &super::errors::SERVICE, &super::errors::TOO_MANY_REQUESTS, &super::errors::UNSUPPORTED_API_ENDPOINT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdateResponsibilityTransfer.html",
    }
}
