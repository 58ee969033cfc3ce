//! The operations of IAM, version 2010-05-08.
//!
//! Written by `cargo xtask generate` from `botocore/data/iam/2010-05-08` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

use crate::macros::operation;
use crate::shape::Authentication;

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AcceptDelegationRequest.html>
    AcceptDelegationRequest ACCEPT_DELEGATION_REQUEST (super::AcceptDelegationRequestRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE, &super::errors::CONCURRENT_MODIFICATION],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AcceptDelegationRequest.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AcquireRole.html>
    AcquireRole ACQUIRE_ROLE (super::AcquireRoleRequest) -> super::AcquireRoleResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("AcquireRoleResult"),
        errors: &[&super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::ENTITY_ALREADY_EXISTS, &super::errors::ROLE_MODIFIED, &super::errors::NAME_CONFLICT, &super::errors::MALFORMED_POLICY_DOCUMENT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE, &super::errors::NO_SUCH_ENTITY, &super::errors::ROLE_TEMPLATE_DISABLED],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AcquireRole.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html>
    AddClientIDToOpenIDConnectProvider ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER (super::AddClientIDToOpenIDConnectProviderRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::CONCURRENT_MODIFICATION, &super::errors::INVALID_INPUT, &super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html>
    AddRoleToInstanceProfile ADD_ROLE_TO_INSTANCE_PROFILE (super::AddRoleToInstanceProfileRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::ENTITY_ALREADY_EXISTS, &super::errors::LIMIT_EXCEEDED, &super::errors::UNMODIFIABLE_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html>
    AddUserToGroup ADD_USER_TO_GROUP (super::AddUserToGroupRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AssociateDelegationRequest.html>
    AssociateDelegationRequest ASSOCIATE_DELEGATION_REQUEST (super::AssociateDelegationRequestRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AssociateDelegationRequest.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html>
    AttachGroupPolicy ATTACH_GROUP_POLICY (super::AttachGroupPolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::POLICY_NOT_ATTACHABLE, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html>
    AttachRolePolicy ATTACH_ROLE_POLICY (super::AttachRolePolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::UNMODIFIABLE_ENTITY, &super::errors::POLICY_NOT_ATTACHABLE, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html>
    AttachUserPolicy ATTACH_USER_POLICY (super::AttachUserPolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::POLICY_NOT_ATTACHABLE, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html>
    ChangePassword CHANGE_PASSWORD (super::ChangePasswordRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_USER_TYPE, &super::errors::LIMIT_EXCEEDED, &super::errors::ENTITY_TEMPORARILY_UNMODIFIABLE, &super::errors::PASSWORD_POLICY_VIOLATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html>
    CreateAccessKey CREATE_ACCESS_KEY (super::CreateAccessKeyRequest) -> super::CreateAccessKeyResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("CreateAccessKeyResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html>
    CreateAccountAlias CREATE_ACCOUNT_ALIAS (super::CreateAccountAliasRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::CONCURRENT_MODIFICATION, &super::errors::ENTITY_ALREADY_EXISTS, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateDelegationRequest.html>
    CreateDelegationRequest CREATE_DELEGATION_REQUEST (super::CreateDelegationRequestRequest) -> super::CreateDelegationRequestResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("CreateDelegationRequestResult"),
        errors: &[&super::errors::ENTITY_ALREADY_EXISTS, &super::errors::SERVICE_FAILURE, &super::errors::INVALID_INPUT, &super::errors::LIMIT_EXCEEDED, &super::errors::CONCURRENT_MODIFICATION],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateDelegationRequest.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html>
    CreateGroup CREATE_GROUP (super::CreateGroupRequest) -> super::CreateGroupResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("CreateGroupResult"),
        errors: &[&super::errors::LIMIT_EXCEEDED, &super::errors::ENTITY_ALREADY_EXISTS, &super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html>
    CreateInstanceProfile CREATE_INSTANCE_PROFILE (super::CreateInstanceProfileRequest) -> super::CreateInstanceProfileResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("CreateInstanceProfileResult"),
        errors: &[&super::errors::ENTITY_ALREADY_EXISTS, &super::errors::INVALID_INPUT, &super::errors::LIMIT_EXCEEDED, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html>
    CreateLoginProfile CREATE_LOGIN_PROFILE (super::CreateLoginProfileRequest) -> super::CreateLoginProfileResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("CreateLoginProfileResult"),
        errors: &[&super::errors::ENTITY_ALREADY_EXISTS, &super::errors::NO_SUCH_ENTITY, &super::errors::PASSWORD_POLICY_VIOLATION, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>
    CreateOpenIDConnectProvider CREATE_OPEN_ID_CONNECT_PROVIDER (super::CreateOpenIDConnectProviderRequest) -> super::CreateOpenIDConnectProviderResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("CreateOpenIDConnectProviderResult"),
        errors: &[&super::errors::INVALID_INPUT, &super::errors::ENTITY_ALREADY_EXISTS, &super::errors::LIMIT_EXCEEDED, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE, &super::errors::OPEN_ID_IDP_COMMUNICATION_ERROR],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>
    CreatePolicy CREATE_POLICY (super::CreatePolicyRequest) -> super::CreatePolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("CreatePolicyResult"),
        errors: &[&super::errors::INVALID_INPUT, &super::errors::LIMIT_EXCEEDED, &super::errors::ENTITY_ALREADY_EXISTS, &super::errors::MALFORMED_POLICY_DOCUMENT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html>
    CreatePolicyVersion CREATE_POLICY_VERSION (super::CreatePolicyVersionRequest) -> super::CreatePolicyVersionResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("CreatePolicyVersionResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::MALFORMED_POLICY_DOCUMENT, &super::errors::INVALID_INPUT, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
    CreateRole CREATE_ROLE (super::CreateRoleRequest) -> super::CreateRoleResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("CreateRoleResult"),
        errors: &[&super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::ENTITY_ALREADY_EXISTS, &super::errors::MALFORMED_POLICY_DOCUMENT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html>
    CreateSAMLProvider CREATE_SAML_PROVIDER (super::CreateSAMLProviderRequest) -> super::CreateSAMLProviderResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("CreateSAMLProviderResult"),
        errors: &[&super::errors::INVALID_INPUT, &super::errors::ENTITY_ALREADY_EXISTS, &super::errors::LIMIT_EXCEEDED, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html>
    CreateServiceLinkedRole CREATE_SERVICE_LINKED_ROLE (super::CreateServiceLinkedRoleRequest) -> super::CreateServiceLinkedRoleResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("CreateServiceLinkedRoleResult"),
        errors: &[&super::errors::INVALID_INPUT, &super::errors::LIMIT_EXCEEDED, &super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html>
    CreateServiceSpecificCredential CREATE_SERVICE_SPECIFIC_CREDENTIAL (super::CreateServiceSpecificCredentialRequest) -> super::CreateServiceSpecificCredentialResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("CreateServiceSpecificCredentialResult"),
        errors: &[&super::errors::LIMIT_EXCEEDED, &super::errors::NO_SUCH_ENTITY, &super::errors::NOT_SUPPORTED_SERVICE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html>
    CreateUser CREATE_USER (super::CreateUserRequest) -> super::CreateUserResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("CreateUserResult"),
        errors: &[&super::errors::LIMIT_EXCEEDED, &super::errors::ENTITY_ALREADY_EXISTS, &super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html>
    CreateVirtualMFADevice CREATE_VIRTUAL_MFA_DEVICE (super::CreateVirtualMFADeviceRequest) -> super::CreateVirtualMFADeviceResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("CreateVirtualMFADeviceResult"),
        errors: &[&super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::ENTITY_ALREADY_EXISTS, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html>
    DeactivateMFADevice DEACTIVATE_MFA_DEVICE (super::DeactivateMFADeviceRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ENTITY_TEMPORARILY_UNMODIFIABLE, &super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE, &super::errors::CONCURRENT_MODIFICATION],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html>
    DeleteAccessKey DELETE_ACCESS_KEY (super::DeleteAccessKeyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html>
    DeleteAccountAlias DELETE_ACCOUNT_ALIAS (super::DeleteAccountAliasRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::CONCURRENT_MODIFICATION, &super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html>
    DeleteAccountPasswordPolicy DELETE_ACCOUNT_PASSWORD_POLICY (crate::Nothing) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html>
    DeleteGroup DELETE_GROUP (super::DeleteGroupRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::DELETE_CONFLICT, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroupPolicy.html>
    DeleteGroupPolicy DELETE_GROUP_POLICY (super::DeleteGroupPolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroupPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html>
    DeleteInstanceProfile DELETE_INSTANCE_PROFILE (super::DeleteInstanceProfileRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::DELETE_CONFLICT, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html>
    DeleteLoginProfile DELETE_LOGIN_PROFILE (super::DeleteLoginProfileRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ENTITY_TEMPORARILY_UNMODIFIABLE, &super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html>
    DeleteOpenIDConnectProvider DELETE_OPEN_ID_CONNECT_PROVIDER (super::DeleteOpenIDConnectProviderRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::INVALID_INPUT, &super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html>
    DeletePolicy DELETE_POLICY (super::DeletePolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::DELETE_CONFLICT, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html>
    DeletePolicyVersion DELETE_POLICY_VERSION (super::DeletePolicyVersionRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::DELETE_CONFLICT, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html>
    DeleteRole DELETE_ROLE (super::DeleteRoleRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::DELETE_CONFLICT, &super::errors::LIMIT_EXCEEDED, &super::errors::UNMODIFIABLE_ENTITY, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html>
    DeleteRolePermissionsBoundary DELETE_ROLE_PERMISSIONS_BOUNDARY (super::DeleteRolePermissionsBoundaryRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::UNMODIFIABLE_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html>
    DeleteRolePolicy DELETE_ROLE_POLICY (super::DeleteRolePolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::UNMODIFIABLE_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSAMLProvider.html>
    DeleteSAMLProvider DELETE_SAML_PROVIDER (super::DeleteSAMLProviderRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::INVALID_INPUT, &super::errors::LIMIT_EXCEEDED, &super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSAMLProvider.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSSHPublicKey.html>
    DeleteSSHPublicKey DELETE_SSH_PUBLIC_KEY (super::DeleteSSHPublicKeyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSSHPublicKey.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServerCertificate.html>
    DeleteServerCertificate DELETE_SERVER_CERTIFICATE (super::DeleteServerCertificateRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::DELETE_CONFLICT, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServerCertificate.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html>
    DeleteServiceLinkedRole DELETE_SERVICE_LINKED_ROLE (super::DeleteServiceLinkedRoleRequest) -> super::DeleteServiceLinkedRoleResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("DeleteServiceLinkedRoleResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceSpecificCredential.html>
    DeleteServiceSpecificCredential DELETE_SERVICE_SPECIFIC_CREDENTIAL (super::DeleteServiceSpecificCredentialRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceSpecificCredential.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSigningCertificate.html>
    DeleteSigningCertificate DELETE_SIGNING_CERTIFICATE (super::DeleteSigningCertificateRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSigningCertificate.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html>
    DeleteUser DELETE_USER (super::DeleteUserRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::LIMIT_EXCEEDED, &super::errors::NO_SUCH_ENTITY, &super::errors::DELETE_CONFLICT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html>
    DeleteUserPermissionsBoundary DELETE_USER_PERMISSIONS_BOUNDARY (super::DeleteUserPermissionsBoundaryRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html>
    DeleteUserPolicy DELETE_USER_POLICY (super::DeleteUserPolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html>
    DeleteVirtualMFADevice DELETE_VIRTUAL_MFA_DEVICE (super::DeleteVirtualMFADeviceRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::DELETE_CONFLICT, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE, &super::errors::CONCURRENT_MODIFICATION],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachGroupPolicy.html>
    DetachGroupPolicy DETACH_GROUP_POLICY (super::DetachGroupPolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachGroupPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html>
    DetachRolePolicy DETACH_ROLE_POLICY (super::DetachRolePolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::UNMODIFIABLE_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html>
    DetachUserPolicy DETACH_USER_POLICY (super::DetachUserPolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootCredentialsManagement.html>
    DisableOrganizationsRootCredentialsManagement DISABLE_ORGANIZATIONS_ROOT_CREDENTIALS_MANAGEMENT (super::DisableOrganizationsRootCredentialsManagementRequest) -> super::DisableOrganizationsRootCredentialsManagementResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("DisableOrganizationsRootCredentialsManagementResult"),
        errors: &[&super::errors::SERVICE_ACCESS_NOT_ENABLED, &super::errors::ACCOUNT_NOT_MANAGEMENT_OR_DELEGATED_ADMINISTRATOR, &super::errors::ORGANIZATION_NOT_FOUND, &super::errors::ORGANIZATION_NOT_IN_ALL_FEATURES_MODE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootCredentialsManagement.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootSessions.html>
    DisableOrganizationsRootSessions DISABLE_ORGANIZATIONS_ROOT_SESSIONS (super::DisableOrganizationsRootSessionsRequest) -> super::DisableOrganizationsRootSessionsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("DisableOrganizationsRootSessionsResult"),
        errors: &[&super::errors::SERVICE_ACCESS_NOT_ENABLED, &super::errors::ACCOUNT_NOT_MANAGEMENT_OR_DELEGATED_ADMINISTRATOR, &super::errors::ORGANIZATION_NOT_FOUND, &super::errors::ORGANIZATION_NOT_IN_ALL_FEATURES_MODE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootSessions.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOutboundWebIdentityFederation.html>
    DisableOutboundWebIdentityFederation DISABLE_OUTBOUND_WEB_IDENTITY_FEDERATION (crate::Nothing) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::FEATURE_DISABLED],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOutboundWebIdentityFederation.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html>
    EnableMFADevice ENABLE_MFA_DEVICE (super::EnableMFADeviceRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ENTITY_ALREADY_EXISTS, &super::errors::ENTITY_TEMPORARILY_UNMODIFIABLE, &super::errors::INVALID_AUTHENTICATION_CODE, &super::errors::LIMIT_EXCEEDED, &super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE, &super::errors::CONCURRENT_MODIFICATION],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootCredentialsManagement.html>
    EnableOrganizationsRootCredentialsManagement ENABLE_ORGANIZATIONS_ROOT_CREDENTIALS_MANAGEMENT (super::EnableOrganizationsRootCredentialsManagementRequest) -> super::EnableOrganizationsRootCredentialsManagementResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("EnableOrganizationsRootCredentialsManagementResult"),
        errors: &[&super::errors::SERVICE_ACCESS_NOT_ENABLED, &super::errors::ACCOUNT_NOT_MANAGEMENT_OR_DELEGATED_ADMINISTRATOR, &super::errors::ORGANIZATION_NOT_FOUND, &super::errors::ORGANIZATION_NOT_IN_ALL_FEATURES_MODE, &super::errors::CALLER_IS_NOT_MANAGEMENT_ACCOUNT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootCredentialsManagement.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootSessions.html>
    EnableOrganizationsRootSessions ENABLE_ORGANIZATIONS_ROOT_SESSIONS (super::EnableOrganizationsRootSessionsRequest) -> super::EnableOrganizationsRootSessionsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("EnableOrganizationsRootSessionsResult"),
        errors: &[&super::errors::SERVICE_ACCESS_NOT_ENABLED, &super::errors::ACCOUNT_NOT_MANAGEMENT_OR_DELEGATED_ADMINISTRATOR, &super::errors::ORGANIZATION_NOT_FOUND, &super::errors::ORGANIZATION_NOT_IN_ALL_FEATURES_MODE, &super::errors::CALLER_IS_NOT_MANAGEMENT_ACCOUNT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootSessions.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOutboundWebIdentityFederation.html>
    EnableOutboundWebIdentityFederation ENABLE_OUTBOUND_WEB_IDENTITY_FEDERATION (crate::Nothing) -> super::EnableOutboundWebIdentityFederationResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("EnableOutboundWebIdentityFederationResult"),
        errors: &[&super::errors::FEATURE_ENABLED],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOutboundWebIdentityFederation.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html>
    GenerateCredentialReport GENERATE_CREDENTIAL_REPORT (crate::Nothing) -> super::GenerateCredentialReportResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GenerateCredentialReportResult"),
        errors: &[&super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateOrganizationsAccessReport.html>
    GenerateOrganizationsAccessReport GENERATE_ORGANIZATIONS_ACCESS_REPORT (super::GenerateOrganizationsAccessReportRequest) -> super::GenerateOrganizationsAccessReportResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GenerateOrganizationsAccessReportResult"),
        errors: &[&super::errors::REPORT_GENERATION_LIMIT_EXCEEDED],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateOrganizationsAccessReport.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateServiceLastAccessedDetails.html>
    GenerateServiceLastAccessedDetails GENERATE_SERVICE_LAST_ACCESSED_DETAILS (super::GenerateServiceLastAccessedDetailsRequest) -> super::GenerateServiceLastAccessedDetailsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GenerateServiceLastAccessedDetailsResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateServiceLastAccessedDetails.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html>
    GetAccessKeyLastUsed GET_ACCESS_KEY_LAST_USED (super::GetAccessKeyLastUsedRequest) -> super::GetAccessKeyLastUsedResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetAccessKeyLastUsedResult"),
        errors: &[],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>
    GetAccountAuthorizationDetails GET_ACCOUNT_AUTHORIZATION_DETAILS (super::GetAccountAuthorizationDetailsRequest) -> super::GetAccountAuthorizationDetailsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetAccountAuthorizationDetailsResult"),
        errors: &[&super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html>
    GetAccountPasswordPolicy GET_ACCOUNT_PASSWORD_POLICY (crate::Nothing) -> super::GetAccountPasswordPolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetAccountPasswordPolicyResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountProperties.html>
    GetAccountProperties GET_ACCOUNT_PROPERTIES (super::GetAccountPropertiesRequest) -> super::GetAccountPropertiesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetAccountPropertiesResult"),
        errors: &[&super::errors::INVALID_INPUT, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountProperties.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html>
    GetAccountSummary GET_ACCOUNT_SUMMARY (crate::Nothing) -> super::GetAccountSummaryResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetAccountSummaryResult"),
        errors: &[&super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html>
    GetContextKeysForCustomPolicy GET_CONTEXT_KEYS_FOR_CUSTOM_POLICY (super::GetContextKeysForCustomPolicyRequest) -> super::GetContextKeysForPolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetContextKeysForCustomPolicyResult"),
        errors: &[&super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html>
    GetContextKeysForPrincipalPolicy GET_CONTEXT_KEYS_FOR_PRINCIPAL_POLICY (super::GetContextKeysForPrincipalPolicyRequest) -> super::GetContextKeysForPolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetContextKeysForPrincipalPolicyResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html>
    GetCredentialReport GET_CREDENTIAL_REPORT (crate::Nothing) -> super::GetCredentialReportResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetCredentialReportResult"),
        errors: &[&super::errors::REPORT_NOT_PRESENT, &super::errors::REPORT_EXPIRED, &super::errors::REPORT_IN_PROGRESS, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetDelegationRequest.html>
    GetDelegationRequest GET_DELEGATION_REQUEST (super::GetDelegationRequestRequest) -> super::GetDelegationRequestResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetDelegationRequestResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetDelegationRequest.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html>
    GetGroup GET_GROUP (super::GetGroupRequest) -> super::GetGroupResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetGroupResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["Users"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroupPolicy.html>
    GetGroupPolicy GET_GROUP_POLICY (super::GetGroupPolicyRequest) -> super::GetGroupPolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetGroupPolicyResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroupPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetHumanReadableSummary.html>
    GetHumanReadableSummary GET_HUMAN_READABLE_SUMMARY (super::GetHumanReadableSummaryRequest) -> super::GetHumanReadableSummaryResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetHumanReadableSummaryResult"),
        errors: &[&super::errors::INVALID_INPUT, &super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetHumanReadableSummary.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html>
    GetInstanceProfile GET_INSTANCE_PROFILE (super::GetInstanceProfileRequest) -> super::GetInstanceProfileResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetInstanceProfileResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html>
    GetLoginProfile GET_LOGIN_PROFILE (super::GetLoginProfileRequest) -> super::GetLoginProfileResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetLoginProfileResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetMFADevice.html>
    GetMFADevice GET_MFA_DEVICE (super::GetMFADeviceRequest) -> super::GetMFADeviceResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetMFADeviceResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetMFADevice.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html>
    GetOpenIDConnectProvider GET_OPEN_ID_CONNECT_PROVIDER (super::GetOpenIDConnectProviderRequest) -> super::GetOpenIDConnectProviderResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetOpenIDConnectProviderResult"),
        errors: &[&super::errors::INVALID_INPUT, &super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOrganizationsAccessReport.html>
    GetOrganizationsAccessReport GET_ORGANIZATIONS_ACCESS_REPORT (super::GetOrganizationsAccessReportRequest) -> super::GetOrganizationsAccessReportResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetOrganizationsAccessReportResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOrganizationsAccessReport.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOutboundWebIdentityFederationInfo.html>
    GetOutboundWebIdentityFederationInfo GET_OUTBOUND_WEB_IDENTITY_FEDERATION_INFO (crate::Nothing) -> super::GetOutboundWebIdentityFederationInfoResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetOutboundWebIdentityFederationInfoResult"),
        errors: &[&super::errors::FEATURE_DISABLED],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOutboundWebIdentityFederationInfo.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html>
    GetPolicy GET_POLICY (super::GetPolicyRequest) -> super::GetPolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetPolicyResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html>
    GetPolicyVersion GET_POLICY_VERSION (super::GetPolicyVersionRequest) -> super::GetPolicyVersionResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetPolicyVersionResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html>
    GetRole GET_ROLE (super::GetRoleRequest) -> super::GetRoleResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetRoleResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html>
    GetRolePolicy GET_ROLE_POLICY (super::GetRolePolicyRequest) -> super::GetRolePolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetRolePolicyResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRoleTemplateVersion.html>
    GetRoleTemplateVersion GET_ROLE_TEMPLATE_VERSION (super::GetRoleTemplateVersionRequest) -> super::GetRoleTemplateVersionResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetRoleTemplateVersionResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRoleTemplateVersion.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html>
    GetSAMLProvider GET_SAML_PROVIDER (super::GetSAMLProviderRequest) -> super::GetSAMLProviderResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetSAMLProviderResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSSHPublicKey.html>
    GetSSHPublicKey GET_SSH_PUBLIC_KEY (super::GetSSHPublicKeyRequest) -> super::GetSSHPublicKeyResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetSSHPublicKeyResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::UNRECOGNIZED_PUBLIC_KEY_ENCODING],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSSHPublicKey.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServerCertificate.html>
    GetServerCertificate GET_SERVER_CERTIFICATE (super::GetServerCertificateRequest) -> super::GetServerCertificateResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetServerCertificateResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServerCertificate.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetails.html>
    GetServiceLastAccessedDetails GET_SERVICE_LAST_ACCESSED_DETAILS (super::GetServiceLastAccessedDetailsRequest) -> super::GetServiceLastAccessedDetailsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetServiceLastAccessedDetailsResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetails.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetailsWithEntities.html>
    GetServiceLastAccessedDetailsWithEntities GET_SERVICE_LAST_ACCESSED_DETAILS_WITH_ENTITIES (super::GetServiceLastAccessedDetailsWithEntitiesRequest) -> super::GetServiceLastAccessedDetailsWithEntitiesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetServiceLastAccessedDetailsWithEntitiesResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetailsWithEntities.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html>
    GetServiceLinkedRoleDeletionStatus GET_SERVICE_LINKED_ROLE_DELETION_STATUS (super::GetServiceLinkedRoleDeletionStatusRequest) -> super::GetServiceLinkedRoleDeletionStatusResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetServiceLinkedRoleDeletionStatusResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html>
    GetUser GET_USER (super::GetUserRequest) -> super::GetUserResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetUserResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html>
    GetUserPolicy GET_USER_POLICY (super::GetUserPolicyRequest) -> super::GetUserPolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetUserPolicyResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html>
    ListAccessKeys LIST_ACCESS_KEYS (super::ListAccessKeysRequest) -> super::ListAccessKeysResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListAccessKeysResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["AccessKeyMetadata"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html>
    ListAccountAliases LIST_ACCOUNT_ALIASES (super::ListAccountAliasesRequest) -> super::ListAccountAliasesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListAccountAliasesResult"),
        errors: &[&super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["AccountAliases"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedGroupPolicies.html>
    ListAttachedGroupPolicies LIST_ATTACHED_GROUP_POLICIES (super::ListAttachedGroupPoliciesRequest) -> super::ListAttachedGroupPoliciesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListAttachedGroupPoliciesResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["AttachedPolicies"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedGroupPolicies.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html>
    ListAttachedRolePolicies LIST_ATTACHED_ROLE_POLICIES (super::ListAttachedRolePoliciesRequest) -> super::ListAttachedRolePoliciesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListAttachedRolePoliciesResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["AttachedPolicies"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html>
    ListAttachedUserPolicies LIST_ATTACHED_USER_POLICIES (super::ListAttachedUserPoliciesRequest) -> super::ListAttachedUserPoliciesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListAttachedUserPoliciesResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["AttachedPolicies"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListDelegationRequests.html>
    ListDelegationRequests LIST_DELEGATION_REQUESTS (super::ListDelegationRequestsRequest) -> super::ListDelegationRequestsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListDelegationRequestsResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE, &super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListDelegationRequests.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html>
    ListEntitiesForPolicy LIST_ENTITIES_FOR_POLICY (super::ListEntitiesForPolicyRequest) -> super::ListEntitiesForPolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListEntitiesForPolicyResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["PolicyGroups", "PolicyUsers", "PolicyRoles"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupPolicies.html>
    ListGroupPolicies LIST_GROUP_POLICIES (super::ListGroupPoliciesRequest) -> super::ListGroupPoliciesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListGroupPoliciesResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["PolicyNames"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupPolicies.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html>
    ListGroups LIST_GROUPS (super::ListGroupsRequest) -> super::ListGroupsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListGroupsResult"),
        errors: &[&super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["Groups"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html>
    ListGroupsForUser LIST_GROUPS_FOR_USER (super::ListGroupsForUserRequest) -> super::ListGroupsForUserResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListGroupsForUserResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["Groups"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfileTags.html>
    ListInstanceProfileTags LIST_INSTANCE_PROFILE_TAGS (super::ListInstanceProfileTagsRequest) -> super::ListInstanceProfileTagsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListInstanceProfileTagsResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["Tags"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfileTags.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html>
    ListInstanceProfiles LIST_INSTANCE_PROFILES (super::ListInstanceProfilesRequest) -> super::ListInstanceProfilesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListInstanceProfilesResult"),
        errors: &[&super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["InstanceProfiles"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html>
    ListInstanceProfilesForRole LIST_INSTANCE_PROFILES_FOR_ROLE (super::ListInstanceProfilesForRoleRequest) -> super::ListInstanceProfilesForRoleResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListInstanceProfilesForRoleResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["InstanceProfiles"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADeviceTags.html>
    ListMFADeviceTags LIST_MFA_DEVICE_TAGS (super::ListMFADeviceTagsRequest) -> super::ListMFADeviceTagsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListMFADeviceTagsResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["Tags"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADeviceTags.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html>
    ListMFADevices LIST_MFA_DEVICES (super::ListMFADevicesRequest) -> super::ListMFADevicesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListMFADevicesResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["MFADevices"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviderTags.html>
    ListOpenIDConnectProviderTags LIST_OPEN_ID_CONNECT_PROVIDER_TAGS (super::ListOpenIDConnectProviderTagsRequest) -> super::ListOpenIDConnectProviderTagsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListOpenIDConnectProviderTagsResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE, &super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["Tags"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviderTags.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html>
    ListOpenIDConnectProviders LIST_OPEN_ID_CONNECT_PROVIDERS (super::ListOpenIDConnectProvidersRequest) -> super::ListOpenIDConnectProvidersResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListOpenIDConnectProvidersResult"),
        errors: &[&super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html>
    ListOrganizationsFeatures LIST_ORGANIZATIONS_FEATURES (super::ListOrganizationsFeaturesRequest) -> super::ListOrganizationsFeaturesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListOrganizationsFeaturesResult"),
        errors: &[&super::errors::SERVICE_ACCESS_NOT_ENABLED, &super::errors::ACCOUNT_NOT_MANAGEMENT_OR_DELEGATED_ADMINISTRATOR, &super::errors::ORGANIZATION_NOT_FOUND, &super::errors::ORGANIZATION_NOT_IN_ALL_FEATURES_MODE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html>
    ListPolicies LIST_POLICIES (super::ListPoliciesRequest) -> super::ListPoliciesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListPoliciesResult"),
        errors: &[&super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["Policies"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPoliciesGrantingServiceAccess.html>
    ListPoliciesGrantingServiceAccess LIST_POLICIES_GRANTING_SERVICE_ACCESS (super::ListPoliciesGrantingServiceAccessRequest) -> super::ListPoliciesGrantingServiceAccessResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListPoliciesGrantingServiceAccessResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPoliciesGrantingServiceAccess.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html>
    ListPolicyTags LIST_POLICY_TAGS (super::ListPolicyTagsRequest) -> super::ListPolicyTagsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListPolicyTagsResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE, &super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["Tags"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html>
    ListPolicyVersions LIST_POLICY_VERSIONS (super::ListPolicyVersionsRequest) -> super::ListPolicyVersionsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListPolicyVersionsResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["Versions"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html>
    ListRolePolicies LIST_ROLE_POLICIES (super::ListRolePoliciesRequest) -> super::ListRolePoliciesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListRolePoliciesResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["PolicyNames"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html>
    ListRoleTags LIST_ROLE_TAGS (super::ListRoleTagsRequest) -> super::ListRoleTagsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListRoleTagsResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["Tags"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html>
    ListRoles LIST_ROLES (super::ListRolesRequest) -> super::ListRolesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListRolesResult"),
        errors: &[&super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["Roles"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviderTags.html>
    ListSAMLProviderTags LIST_SAML_PROVIDER_TAGS (super::ListSAMLProviderTagsRequest) -> super::ListSAMLProviderTagsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListSAMLProviderTagsResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE, &super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["Tags"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviderTags.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviders.html>
    ListSAMLProviders LIST_SAML_PROVIDERS (super::ListSAMLProvidersRequest) -> super::ListSAMLProvidersResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListSAMLProvidersResult"),
        errors: &[&super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviders.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html>
    ListSSHPublicKeys LIST_SSH_PUBLIC_KEYS (super::ListSSHPublicKeysRequest) -> super::ListSSHPublicKeysResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListSSHPublicKeysResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["SSHPublicKeys"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificateTags.html>
    ListServerCertificateTags LIST_SERVER_CERTIFICATE_TAGS (super::ListServerCertificateTagsRequest) -> super::ListServerCertificateTagsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListServerCertificateTagsResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["Tags"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificateTags.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html>
    ListServerCertificates LIST_SERVER_CERTIFICATES (super::ListServerCertificatesRequest) -> super::ListServerCertificatesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListServerCertificatesResult"),
        errors: &[&super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["ServerCertificateMetadataList"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html>
    ListServiceSpecificCredentials LIST_SERVICE_SPECIFIC_CREDENTIALS (super::ListServiceSpecificCredentialsRequest) -> super::ListServiceSpecificCredentialsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListServiceSpecificCredentialsResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::NOT_SUPPORTED_SERVICE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html>
    ListSigningCertificates LIST_SIGNING_CERTIFICATES (super::ListSigningCertificatesRequest) -> super::ListSigningCertificatesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListSigningCertificatesResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["Certificates"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html>
    ListUserPolicies LIST_USER_POLICIES (super::ListUserPoliciesRequest) -> super::ListUserPoliciesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListUserPoliciesResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["PolicyNames"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html>
    ListUserTags LIST_USER_TAGS (super::ListUserTagsRequest) -> super::ListUserTagsResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListUserTagsResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["Tags"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html>
    ListUsers LIST_USERS (super::ListUsersRequest) -> super::ListUsersResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListUsersResult"),
        errors: &[&super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["Users"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html>
    ListVirtualMFADevices LIST_VIRTUAL_MFA_DEVICES (super::ListVirtualMFADevicesRequest) -> super::ListVirtualMFADevicesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ListVirtualMFADevicesResult"),
        errors: &[],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["VirtualMFADevices"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutAccountProperties.html>
    PutAccountProperties PUT_ACCOUNT_PROPERTIES (super::PutAccountPropertiesRequest) -> super::PutAccountPropertiesResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("PutAccountPropertiesResult"),
        errors: &[&super::errors::INVALID_INPUT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutAccountProperties.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html>
    PutGroupPolicy PUT_GROUP_POLICY (super::PutGroupPolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::LIMIT_EXCEEDED, &super::errors::MALFORMED_POLICY_DOCUMENT, &super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html>
    PutRolePermissionsBoundary PUT_ROLE_PERMISSIONS_BOUNDARY (super::PutRolePermissionsBoundaryRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::UNMODIFIABLE_ENTITY, &super::errors::POLICY_NOT_ATTACHABLE, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html>
    PutRolePolicy PUT_ROLE_POLICY (super::PutRolePolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::LIMIT_EXCEEDED, &super::errors::MALFORMED_POLICY_DOCUMENT, &super::errors::NO_SUCH_ENTITY, &super::errors::UNMODIFIABLE_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html>
    PutUserPermissionsBoundary PUT_USER_PERMISSIONS_BOUNDARY (super::PutUserPermissionsBoundaryRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::POLICY_NOT_ATTACHABLE, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html>
    PutUserPolicy PUT_USER_POLICY (super::PutUserPolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::LIMIT_EXCEEDED, &super::errors::MALFORMED_POLICY_DOCUMENT, &super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RejectDelegationRequest.html>
    RejectDelegationRequest REJECT_DELEGATION_REQUEST (super::RejectDelegationRequestRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_RejectDelegationRequest.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html>
    RemoveClientIDFromOpenIDConnectProvider REMOVE_CLIENT_ID_FROM_OPEN_ID_CONNECT_PROVIDER (super::RemoveClientIDFromOpenIDConnectProviderRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::CONCURRENT_MODIFICATION, &super::errors::INVALID_INPUT, &super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html>
    RemoveRoleFromInstanceProfile REMOVE_ROLE_FROM_INSTANCE_PROFILE (super::RemoveRoleFromInstanceProfileRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::UNMODIFIABLE_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html>
    RemoveUserFromGroup REMOVE_USER_FROM_GROUP (super::RemoveUserFromGroupRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResetServiceSpecificCredential.html>
    ResetServiceSpecificCredential RESET_SERVICE_SPECIFIC_CREDENTIAL (super::ResetServiceSpecificCredentialRequest) -> super::ResetServiceSpecificCredentialResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("ResetServiceSpecificCredentialResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResetServiceSpecificCredential.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html>
    ResyncMFADevice RESYNC_MFA_DEVICE (super::ResyncMFADeviceRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::INVALID_AUTHENTICATION_CODE, &super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE, &super::errors::CONCURRENT_MODIFICATION],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SendDelegationToken.html>
    SendDelegationToken SEND_DELEGATION_TOKEN (super::SendDelegationTokenRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_SendDelegationToken.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html>
    SetDefaultPolicyVersion SET_DEFAULT_POLICY_VERSION (super::SetDefaultPolicyVersionRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetSecurityTokenServicePreferences.html>
    SetSecurityTokenServicePreferences SET_SECURITY_TOKEN_SERVICE_PREFERENCES (super::SetSecurityTokenServicePreferencesRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetSecurityTokenServicePreferences.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html>
    SimulateCustomPolicy SIMULATE_CUSTOM_POLICY (super::SimulateCustomPolicyRequest) -> super::SimulatePolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("SimulateCustomPolicyResult"),
        errors: &[&super::errors::INVALID_INPUT, &super::errors::POLICY_EVALUATION],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["EvaluationResults"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>
    SimulatePrincipalPolicy SIMULATE_PRINCIPAL_POLICY (super::SimulatePrincipalPolicyRequest) -> super::SimulatePolicyResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("SimulatePrincipalPolicyResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::POLICY_EVALUATION],
        authentication: Authentication::Signed,
        pagination: Some(crate::shape::Pagination { input_token: "Marker", output_token: "Marker", limit_key: "MaxItems", more_results: "IsTruncated", result_keys: &["EvaluationResults"] }),
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagInstanceProfile.html>
    TagInstanceProfile TAG_INSTANCE_PROFILE (super::TagInstanceProfileRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::LIMIT_EXCEEDED, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagInstanceProfile.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagMFADevice.html>
    TagMFADevice TAG_MFA_DEVICE (super::TagMFADeviceRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::INVALID_INPUT, &super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagMFADevice.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagOpenIDConnectProvider.html>
    TagOpenIDConnectProvider TAG_OPEN_ID_CONNECT_PROVIDER (super::TagOpenIDConnectProviderRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagOpenIDConnectProvider.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html>
    TagPolicy TAG_POLICY (super::TagPolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html>
    TagRole TAG_ROLE (super::TagRoleRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagSAMLProvider.html>
    TagSAMLProvider TAG_SAML_PROVIDER (super::TagSAMLProviderRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagSAMLProvider.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagServerCertificate.html>
    TagServerCertificate TAG_SERVER_CERTIFICATE (super::TagServerCertificateRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::LIMIT_EXCEEDED, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagServerCertificate.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html>
    TagUser TAG_USER (super::TagUserRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagInstanceProfile.html>
    UntagInstanceProfile UNTAG_INSTANCE_PROFILE (super::UntagInstanceProfileRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagInstanceProfile.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagMFADevice.html>
    UntagMFADevice UNTAG_MFA_DEVICE (super::UntagMFADeviceRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagMFADevice.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagOpenIDConnectProvider.html>
    UntagOpenIDConnectProvider UNTAG_OPEN_ID_CONNECT_PROVIDER (super::UntagOpenIDConnectProviderRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagOpenIDConnectProvider.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html>
    UntagPolicy UNTAG_POLICY (super::UntagPolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html>
    UntagRole UNTAG_ROLE (super::UntagRoleRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagSAMLProvider.html>
    UntagSAMLProvider UNTAG_SAML_PROVIDER (super::UntagSAMLProviderRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagSAMLProvider.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagServerCertificate.html>
    UntagServerCertificate UNTAG_SERVER_CERTIFICATE (super::UntagServerCertificateRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagServerCertificate.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html>
    UntagUser UNTAG_USER (super::UntagUserRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html>
    UpdateAccessKey UPDATE_ACCESS_KEY (super::UpdateAccessKeyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE, &super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html>
    UpdateAccountPasswordPolicy UPDATE_ACCOUNT_PASSWORD_POLICY (super::UpdateAccountPasswordPolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::MALFORMED_POLICY_DOCUMENT, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html>
    UpdateAssumeRolePolicy UPDATE_ASSUME_ROLE_POLICY (super::UpdateAssumeRolePolicyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::MALFORMED_POLICY_DOCUMENT, &super::errors::LIMIT_EXCEEDED, &super::errors::UNMODIFIABLE_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateDelegationRequest.html>
    UpdateDelegationRequest UPDATE_DELEGATION_REQUEST (super::UpdateDelegationRequestRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateDelegationRequest.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html>
    UpdateGroup UPDATE_GROUP (super::UpdateGroupRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::ENTITY_ALREADY_EXISTS, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html>
    UpdateLoginProfile UPDATE_LOGIN_PROFILE (super::UpdateLoginProfileRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::ENTITY_TEMPORARILY_UNMODIFIABLE, &super::errors::NO_SUCH_ENTITY, &super::errors::PASSWORD_POLICY_VIOLATION, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html>
    UpdateOpenIDConnectProviderThumbprint UPDATE_OPEN_ID_CONNECT_PROVIDER_THUMBPRINT (super::UpdateOpenIDConnectProviderThumbprintRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::CONCURRENT_MODIFICATION, &super::errors::INVALID_INPUT, &super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html>
    UpdateRole UPDATE_ROLE (super::UpdateRoleRequest) -> super::UpdateRoleResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("UpdateRoleResult"),
        errors: &[&super::errors::UNMODIFIABLE_ENTITY, &super::errors::NO_SUCH_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html>
    UpdateRoleDescription UPDATE_ROLE_DESCRIPTION (super::UpdateRoleDescriptionRequest) -> super::UpdateRoleDescriptionResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("UpdateRoleDescriptionResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::UNMODIFIABLE_ENTITY, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html>
    UpdateSAMLProvider UPDATE_SAML_PROVIDER (super::UpdateSAMLProviderRequest) -> super::UpdateSAMLProviderResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("UpdateSAMLProviderResult"),
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE, &super::errors::CONCURRENT_MODIFICATION],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSSHPublicKey.html>
    UpdateSSHPublicKey UPDATE_SSH_PUBLIC_KEY (super::UpdateSSHPublicKeyRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSSHPublicKey.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServerCertificate.html>
    UpdateServerCertificate UPDATE_SERVER_CERTIFICATE (super::UpdateServerCertificateRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::ENTITY_ALREADY_EXISTS, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServerCertificate.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServiceSpecificCredential.html>
    UpdateServiceSpecificCredential UPDATE_SERVICE_SPECIFIC_CREDENTIAL (super::UpdateServiceSpecificCredentialRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServiceSpecificCredential.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSigningCertificate.html>
    UpdateSigningCertificate UPDATE_SIGNING_CERTIFICATE (super::UpdateSigningCertificateRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::SERVICE_FAILURE, &super::errors::INVALID_INPUT],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSigningCertificate.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html>
    UpdateUser UPDATE_USER (super::UpdateUserRequest) -> crate::Nothing {
        http_method: "POST",
        http_path: "/",
        result: None,
        errors: &[&super::errors::NO_SUCH_ENTITY, &super::errors::LIMIT_EXCEEDED, &super::errors::ENTITY_ALREADY_EXISTS, &super::errors::ENTITY_TEMPORARILY_UNMODIFIABLE, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html>
    UploadSSHPublicKey UPLOAD_SSH_PUBLIC_KEY (super::UploadSSHPublicKeyRequest) -> super::UploadSSHPublicKeyResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("UploadSSHPublicKeyResult"),
        errors: &[&super::errors::LIMIT_EXCEEDED, &super::errors::NO_SUCH_ENTITY, &super::errors::INVALID_PUBLIC_KEY, &super::errors::DUPLICATE_SSH_PUBLIC_KEY, &super::errors::UNRECOGNIZED_PUBLIC_KEY_ENCODING],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadServerCertificate.html>
    UploadServerCertificate UPLOAD_SERVER_CERTIFICATE (super::UploadServerCertificateRequest) -> super::UploadServerCertificateResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("UploadServerCertificateResult"),
        errors: &[&super::errors::LIMIT_EXCEEDED, &super::errors::INVALID_INPUT, &super::errors::ENTITY_ALREADY_EXISTS, &super::errors::MALFORMED_CERTIFICATE, &super::errors::KEY_PAIR_MISMATCH, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadServerCertificate.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html>
    UploadSigningCertificate UPLOAD_SIGNING_CERTIFICATE (super::UploadSigningCertificateRequest) -> super::UploadSigningCertificateResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("UploadSigningCertificateResult"),
        errors: &[&super::errors::LIMIT_EXCEEDED, &super::errors::ENTITY_ALREADY_EXISTS, &super::errors::MALFORMED_CERTIFICATE, &super::errors::INVALID_CERTIFICATE, &super::errors::DUPLICATE_CERTIFICATE, &super::errors::NO_SUCH_ENTITY, &super::errors::CONCURRENT_MODIFICATION, &super::errors::SERVICE_FAILURE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html",
    }
}
