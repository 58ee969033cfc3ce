//! The inputs of IAM, version 2010-05-08.
//!
//! Written by `cargo xtask generate` from `botocore/data/iam/2010-05-08` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

use crate::macros::structure;

structure! {
    /// The input of `AcceptDelegationRequest`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AcceptDelegationRequest.html>
    Record AcceptDelegationRequestRequest {
        delegation_request_id: String = required "DelegationRequestId" DELEGATION_REQUEST_ID_TYPE;
    }
}

structure! {
    /// The input of `AcquireRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AcquireRole.html>
    Record AcquireRoleRequest {
        template_arn: String = required "TemplateArn" ARN_TYPE;
        template_minor_version: Option<i64> = optional "TemplateMinorVersion" INTEGER_TYPE;
        replacement_values: Option<std::collections::BTreeMap<String, super::ReplacementValueEntry>> = optional "ReplacementValues" MAP_STRING_REPLACEMENT_VALUE_ENTRY;
    }
}

structure! {
    /// The input of `AddClientIDToOpenIDConnectProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html>
    Record AddClientIDToOpenIDConnectProviderRequest {
        open_id_connect_provider_arn: String = required "OpenIDConnectProviderArn" ARN_TYPE;
        client_id: String = required "ClientID" CLIENT_ID_TYPE;
    }
}

structure! {
    /// The input of `AddRoleToInstanceProfile`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html>
    Record AddRoleToInstanceProfileRequest {
        instance_profile_name: String = required "InstanceProfileName" INSTANCE_PROFILE_NAME_TYPE;
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
    }
}

structure! {
    /// The input of `AddUserToGroup`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html>
    Record AddUserToGroupRequest {
        group_name: String = required "GroupName" GROUP_NAME_TYPE;
        user_name: String = required "UserName" EXISTING_USER_NAME_TYPE;
    }
}

structure! {
    /// The input of `AssociateDelegationRequest`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AssociateDelegationRequest.html>
    Record AssociateDelegationRequestRequest {
        delegation_request_id: String = required "DelegationRequestId" DELEGATION_REQUEST_ID_TYPE;
    }
}

structure! {
    /// The input of `AttachGroupPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachGroupPolicy.html>
    Record AttachGroupPolicyRequest {
        group_name: String = required "GroupName" GROUP_NAME_TYPE;
        policy_arn: String = required "PolicyArn" ARN_TYPE;
    }
}

structure! {
    /// The input of `AttachRolePolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html>
    Record AttachRolePolicyRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        policy_arn: String = required "PolicyArn" ARN_TYPE;
    }
}

structure! {
    /// The input of `AttachUserPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html>
    Record AttachUserPolicyRequest {
        user_name: String = required "UserName" USER_NAME_TYPE;
        policy_arn: String = required "PolicyArn" ARN_TYPE;
    }
}

structure! {
    /// The input of `ChangePassword`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html>
    Record ChangePasswordRequest {
        old_password: crate::Secret<String> = required "OldPassword" PASSWORD_TYPE;
        new_password: crate::Secret<String> = required "NewPassword" PASSWORD_TYPE;
    }
}

structure! {
    /// The input of `CreateAccessKey`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html>
    #[derive(Default)]
    Record CreateAccessKeyRequest {
        user_name: Option<String> = optional "UserName" EXISTING_USER_NAME_TYPE;
    }
}

structure! {
    /// The input of `CreateAccountAlias`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html>
    Record CreateAccountAliasRequest {
        account_alias: String = required "AccountAlias" ACCOUNT_ALIAS_TYPE;
    }
}

structure! {
    /// The input of `CreateDelegationRequest`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateDelegationRequest.html>
    Record CreateDelegationRequestRequest {
        owner_account_id: Option<String> = optional "OwnerAccountId" ACCOUNT_ID_TYPE;
        description: String = required "Description" DELEGATION_REQUEST_DESCRIPTION_TYPE;
        permissions: super::DelegationPermission = required "Permissions" DELEGATION_PERMISSION;
        request_message: Option<String> = optional "RequestMessage" REQUEST_MESSAGE_TYPE;
        requestor_workflow_id: String = required "RequestorWorkflowId" REQUESTOR_WORKFLOW_ID_TYPE;
        redirect_url: Option<String> = optional "RedirectUrl" REDIRECT_URL_TYPE;
        notification_channel: String = required "NotificationChannel" NOTIFICATION_CHANNEL_TYPE;
        session_duration: i64 = required "SessionDuration" SESSION_DURATION_TYPE;
        only_send_by_owner: Option<bool> = optional "OnlySendByOwner" BOOLEAN_TYPE;
    }
}

structure! {
    /// The input of `CreateGroup`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html>
    Record CreateGroupRequest {
        path: Option<String> = optional "Path" PATH_TYPE;
        group_name: String = required "GroupName" GROUP_NAME_TYPE;
    }
}

structure! {
    /// The input of `CreateInstanceProfile`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html>
    Record CreateInstanceProfileRequest {
        instance_profile_name: String = required "InstanceProfileName" INSTANCE_PROFILE_NAME_TYPE;
        path: Option<String> = optional "Path" PATH_TYPE;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The input of `CreateLoginProfile`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html>
    #[derive(Default)]
    Record CreateLoginProfileRequest {
        user_name: Option<String> = optional "UserName" USER_NAME_TYPE;
        password: Option<crate::Secret<String>> = optional "Password" PASSWORD_TYPE;
        password_reset_required: Option<bool> = optional "PasswordResetRequired" BOOLEAN_TYPE;
    }
}

structure! {
    /// The input of `CreateOpenIDConnectProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>
    Record CreateOpenIDConnectProviderRequest {
        url: String = required "Url" OPEN_ID_CONNECT_PROVIDER_URL_TYPE;
        client_id_list: Option<Vec<String>> = optional "ClientIDList" CLIENT_ID_LIST_TYPE;
        thumbprint_list: Option<Vec<String>> = optional "ThumbprintList" THUMBPRINT_LIST_TYPE;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The input of `CreatePolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>
    Record CreatePolicyRequest {
        policy_name: String = required "PolicyName" POLICY_NAME_TYPE;
        path: Option<String> = optional "Path" POLICY_PATH_TYPE;
        policy_document: String = required "PolicyDocument" POLICY_DOCUMENT_TYPE;
        description: Option<String> = optional "Description" POLICY_DESCRIPTION_TYPE;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The input of `CreatePolicyVersion`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html>
    Record CreatePolicyVersionRequest {
        policy_arn: String = required "PolicyArn" ARN_TYPE;
        policy_document: String = required "PolicyDocument" POLICY_DOCUMENT_TYPE;
        set_as_default: Option<bool> = optional "SetAsDefault" BOOLEAN_TYPE;
    }
}

structure! {
    /// The input of `CreateRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
    Record CreateRoleRequest {
        path: Option<String> = optional "Path" PATH_TYPE;
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        assume_role_policy_document: String = required "AssumeRolePolicyDocument" POLICY_DOCUMENT_TYPE;
        description: Option<String> = optional "Description" ROLE_DESCRIPTION_TYPE;
        max_session_duration: Option<i64> = optional "MaxSessionDuration" ROLE_MAX_SESSION_DURATION_TYPE;
        permissions_boundary: Option<String> = optional "PermissionsBoundary" ARN_TYPE;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The input of `CreateSAMLProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html>
    Record CreateSAMLProviderRequest {
        saml_metadata_document: String = required "SAMLMetadataDocument" SAML_METADATA_DOCUMENT_TYPE;
        name: String = required "Name" SAML_PROVIDER_NAME_TYPE;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAG_LIST_TYPE;
        assertion_encryption_mode: Option<String> = optional "AssertionEncryptionMode" ASSERTION_ENCRYPTION_MODE_TYPE;
        add_private_key: Option<crate::Secret<String>> = optional "AddPrivateKey" PRIVATE_KEY_TYPE;
    }
}

structure! {
    /// The input of `CreateServiceLinkedRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html>
    Record CreateServiceLinkedRoleRequest {
        aws_service_name: String = required "AWSServiceName" GROUP_NAME_TYPE;
        description: Option<String> = optional "Description" ROLE_DESCRIPTION_TYPE;
        custom_suffix: Option<String> = optional "CustomSuffix" CUSTOM_SUFFIX_TYPE;
    }
}

structure! {
    /// The input of `CreateServiceSpecificCredential`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html>
    Record CreateServiceSpecificCredentialRequest {
        user_name: String = required "UserName" USER_NAME_TYPE;
        service_name: String = required "ServiceName" SERVICE_NAME;
        credential_age_days: Option<i64> = optional "CredentialAgeDays" CREDENTIAL_AGE_DAYS;
    }
}

structure! {
    /// The input of `CreateUser`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html>
    Record CreateUserRequest {
        path: Option<String> = optional "Path" PATH_TYPE;
        user_name: String = required "UserName" USER_NAME_TYPE;
        permissions_boundary: Option<String> = optional "PermissionsBoundary" ARN_TYPE;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The input of `CreateVirtualMFADevice`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html>
    Record CreateVirtualMFADeviceRequest {
        path: Option<String> = optional "Path" PATH_TYPE;
        virtual_mfa_device_name: String = required "VirtualMFADeviceName" VIRTUAL_MFA_DEVICE_NAME;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The input of `DeactivateMFADevice`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html>
    Record DeactivateMFADeviceRequest {
        user_name: Option<String> = optional "UserName" EXISTING_USER_NAME_TYPE;
        serial_number: String = required "SerialNumber" SERIAL_NUMBER_TYPE;
    }
}

structure! {
    /// The input of `DeleteAccessKey`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html>
    Record DeleteAccessKeyRequest {
        user_name: Option<String> = optional "UserName" EXISTING_USER_NAME_TYPE;
        access_key_id: String = required "AccessKeyId" ACCESS_KEY_ID_TYPE;
    }
}

structure! {
    /// The input of `DeleteAccountAlias`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html>
    Record DeleteAccountAliasRequest {
        account_alias: String = required "AccountAlias" ACCOUNT_ALIAS_TYPE;
    }
}

structure! {
    /// The input of `DeleteGroupPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroupPolicy.html>
    Record DeleteGroupPolicyRequest {
        group_name: String = required "GroupName" GROUP_NAME_TYPE;
        policy_name: String = required "PolicyName" POLICY_NAME_TYPE;
    }
}

structure! {
    /// The input of `DeleteGroup`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html>
    Record DeleteGroupRequest {
        group_name: String = required "GroupName" GROUP_NAME_TYPE;
    }
}

structure! {
    /// The input of `DeleteInstanceProfile`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html>
    Record DeleteInstanceProfileRequest {
        instance_profile_name: String = required "InstanceProfileName" INSTANCE_PROFILE_NAME_TYPE;
    }
}

structure! {
    /// The input of `DeleteLoginProfile`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html>
    #[derive(Default)]
    Record DeleteLoginProfileRequest {
        user_name: Option<String> = optional "UserName" USER_NAME_TYPE;
    }
}

structure! {
    /// The input of `DeleteOpenIDConnectProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html>
    Record DeleteOpenIDConnectProviderRequest {
        open_id_connect_provider_arn: String = required "OpenIDConnectProviderArn" ARN_TYPE;
    }
}

structure! {
    /// The input of `DeletePolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html>
    Record DeletePolicyRequest {
        policy_arn: String = required "PolicyArn" ARN_TYPE;
    }
}

structure! {
    /// The input of `DeletePolicyVersion`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html>
    Record DeletePolicyVersionRequest {
        policy_arn: String = required "PolicyArn" ARN_TYPE;
        version_id: String = required "VersionId" POLICY_VERSION_ID_TYPE;
    }
}

structure! {
    /// The input of `DeleteRolePermissionsBoundary`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html>
    Record DeleteRolePermissionsBoundaryRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
    }
}

structure! {
    /// The input of `DeleteRolePolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html>
    Record DeleteRolePolicyRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        policy_name: String = required "PolicyName" POLICY_NAME_TYPE;
    }
}

structure! {
    /// The input of `DeleteRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html>
    Record DeleteRoleRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
    }
}

structure! {
    /// The input of `DeleteSAMLProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSAMLProvider.html>
    Record DeleteSAMLProviderRequest {
        saml_provider_arn: String = required "SAMLProviderArn" ARN_TYPE;
    }
}

structure! {
    /// The input of `DeleteSSHPublicKey`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSSHPublicKey.html>
    Record DeleteSSHPublicKeyRequest {
        user_name: String = required "UserName" USER_NAME_TYPE;
        ssh_public_key_id: String = required "SSHPublicKeyId" PUBLIC_KEY_ID_TYPE;
    }
}

structure! {
    /// The input of `DeleteServerCertificate`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServerCertificate.html>
    Record DeleteServerCertificateRequest {
        server_certificate_name: String = required "ServerCertificateName" SERVER_CERTIFICATE_NAME_TYPE;
    }
}

structure! {
    /// The input of `DeleteServiceLinkedRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html>
    Record DeleteServiceLinkedRoleRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
    }
}

structure! {
    /// The input of `DeleteServiceSpecificCredential`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceSpecificCredential.html>
    Record DeleteServiceSpecificCredentialRequest {
        user_name: Option<String> = optional "UserName" USER_NAME_TYPE;
        service_specific_credential_id: String = required "ServiceSpecificCredentialId" SERVICE_SPECIFIC_CREDENTIAL_ID;
    }
}

structure! {
    /// The input of `DeleteSigningCertificate`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteSigningCertificate.html>
    Record DeleteSigningCertificateRequest {
        user_name: Option<String> = optional "UserName" EXISTING_USER_NAME_TYPE;
        certificate_id: String = required "CertificateId" CERTIFICATE_ID_TYPE;
    }
}

structure! {
    /// The input of `DeleteUserPermissionsBoundary`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html>
    Record DeleteUserPermissionsBoundaryRequest {
        user_name: String = required "UserName" USER_NAME_TYPE;
    }
}

structure! {
    /// The input of `DeleteUserPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPolicy.html>
    Record DeleteUserPolicyRequest {
        user_name: String = required "UserName" EXISTING_USER_NAME_TYPE;
        policy_name: String = required "PolicyName" POLICY_NAME_TYPE;
    }
}

structure! {
    /// The input of `DeleteUser`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html>
    Record DeleteUserRequest {
        user_name: String = required "UserName" EXISTING_USER_NAME_TYPE;
    }
}

structure! {
    /// The input of `DeleteVirtualMFADevice`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html>
    Record DeleteVirtualMFADeviceRequest {
        serial_number: String = required "SerialNumber" SERIAL_NUMBER_TYPE;
    }
}

structure! {
    /// The input of `DetachGroupPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachGroupPolicy.html>
    Record DetachGroupPolicyRequest {
        group_name: String = required "GroupName" GROUP_NAME_TYPE;
        policy_arn: String = required "PolicyArn" ARN_TYPE;
    }
}

structure! {
    /// The input of `DetachRolePolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html>
    Record DetachRolePolicyRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        policy_arn: String = required "PolicyArn" ARN_TYPE;
    }
}

structure! {
    /// The input of `DetachUserPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html>
    Record DetachUserPolicyRequest {
        user_name: String = required "UserName" USER_NAME_TYPE;
        policy_arn: String = required "PolicyArn" ARN_TYPE;
    }
}

structure! {
    /// The input of `DisableOrganizationsRootCredentialsManagement`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootCredentialsManagement.html>
    #[derive(Default)]
    Record DisableOrganizationsRootCredentialsManagementRequest {
    }
}

structure! {
    /// The input of `DisableOrganizationsRootSessions`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootSessions.html>
    #[derive(Default)]
    Record DisableOrganizationsRootSessionsRequest {
    }
}

structure! {
    /// The input of `EnableMFADevice`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html>
    Record EnableMFADeviceRequest {
        user_name: String = required "UserName" EXISTING_USER_NAME_TYPE;
        serial_number: String = required "SerialNumber" SERIAL_NUMBER_TYPE;
        authentication_code1: String = required "AuthenticationCode1" AUTHENTICATION_CODE_TYPE;
        authentication_code2: String = required "AuthenticationCode2" AUTHENTICATION_CODE_TYPE;
    }
}

structure! {
    /// The input of `EnableOrganizationsRootCredentialsManagement`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootCredentialsManagement.html>
    #[derive(Default)]
    Record EnableOrganizationsRootCredentialsManagementRequest {
    }
}

structure! {
    /// The input of `EnableOrganizationsRootSessions`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootSessions.html>
    #[derive(Default)]
    Record EnableOrganizationsRootSessionsRequest {
    }
}

structure! {
    /// The input of `GenerateOrganizationsAccessReport`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateOrganizationsAccessReport.html>
    Record GenerateOrganizationsAccessReportRequest {
        entity_path: String = required "EntityPath" ORGANIZATIONS_ENTITY_PATH_TYPE;
        organizations_policy_id: Option<String> = optional "OrganizationsPolicyId" ORGANIZATIONS_POLICY_ID_TYPE;
    }
}

structure! {
    /// The input of `GenerateServiceLastAccessedDetails`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateServiceLastAccessedDetails.html>
    Record GenerateServiceLastAccessedDetailsRequest {
        arn: String = required "Arn" ARN_TYPE;
        granularity: Option<String> = optional "Granularity" ACCESS_ADVISOR_USAGE_GRANULARITY_TYPE;
    }
}

structure! {
    /// The input of `GetAccessKeyLastUsed`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html>
    Record GetAccessKeyLastUsedRequest {
        access_key_id: String = required "AccessKeyId" ACCESS_KEY_ID_TYPE;
    }
}

structure! {
    /// The input of `GetAccountAuthorizationDetails`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>
    #[derive(Default)]
    Record GetAccountAuthorizationDetailsRequest {
        filter: Option<Vec<String>> = optional "Filter" ENTITY_LIST_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
    }
}

structure! {
    /// The input of `GetAccountProperties`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountProperties.html>
    #[derive(Default)]
    Record GetAccountPropertiesRequest {
    }
}

structure! {
    /// The input of `GetContextKeysForCustomPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html>
    Record GetContextKeysForCustomPolicyRequest {
        policy_input_list: Vec<String> = required "PolicyInputList" SIMULATION_POLICY_LIST_TYPE;
    }
}

structure! {
    /// The input of `GetContextKeysForPrincipalPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html>
    Record GetContextKeysForPrincipalPolicyRequest {
        policy_source_arn: String = required "PolicySourceArn" ARN_TYPE;
        policy_input_list: Option<Vec<String>> = optional "PolicyInputList" SIMULATION_POLICY_LIST_TYPE;
    }
}

structure! {
    /// The input of `GetDelegationRequest`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetDelegationRequest.html>
    Record GetDelegationRequestRequest {
        delegation_request_id: String = required "DelegationRequestId" DELEGATION_REQUEST_ID_TYPE;
        delegation_permission_check: Option<bool> = optional "DelegationPermissionCheck" BOOLEAN_TYPE;
    }
}

structure! {
    /// The input of `GetGroupPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroupPolicy.html>
    Record GetGroupPolicyRequest {
        group_name: String = required "GroupName" GROUP_NAME_TYPE;
        policy_name: String = required "PolicyName" POLICY_NAME_TYPE;
    }
}

structure! {
    /// The input of `GetGroup`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html>
    Record GetGroupRequest {
        group_name: String = required "GroupName" GROUP_NAME_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `GetHumanReadableSummary`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetHumanReadableSummary.html>
    Record GetHumanReadableSummaryRequest {
        entity_arn: String = required "EntityArn" ARN_TYPE;
        locale: Option<String> = optional "Locale" LOCALE_TYPE;
    }
}

structure! {
    /// The input of `GetInstanceProfile`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html>
    Record GetInstanceProfileRequest {
        instance_profile_name: String = required "InstanceProfileName" INSTANCE_PROFILE_NAME_TYPE;
    }
}

structure! {
    /// The input of `GetLoginProfile`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html>
    #[derive(Default)]
    Record GetLoginProfileRequest {
        user_name: Option<String> = optional "UserName" USER_NAME_TYPE;
    }
}

structure! {
    /// The input of `GetMFADevice`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetMFADevice.html>
    Record GetMFADeviceRequest {
        serial_number: String = required "SerialNumber" SERIAL_NUMBER_TYPE;
        user_name: Option<String> = optional "UserName" USER_NAME_TYPE;
    }
}

structure! {
    /// The input of `GetOpenIDConnectProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html>
    Record GetOpenIDConnectProviderRequest {
        open_id_connect_provider_arn: String = required "OpenIDConnectProviderArn" ARN_TYPE;
    }
}

structure! {
    /// The input of `GetOrganizationsAccessReport`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOrganizationsAccessReport.html>
    Record GetOrganizationsAccessReportRequest {
        job_id: String = required "JobId" JOB_ID_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        sort_key: Option<String> = optional "SortKey" SORT_KEY_TYPE;
    }
}

structure! {
    /// The input of `GetPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html>
    Record GetPolicyRequest {
        policy_arn: String = required "PolicyArn" ARN_TYPE;
    }
}

structure! {
    /// The input of `GetPolicyVersion`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html>
    Record GetPolicyVersionRequest {
        policy_arn: String = required "PolicyArn" ARN_TYPE;
        version_id: String = required "VersionId" POLICY_VERSION_ID_TYPE;
    }
}

structure! {
    /// The input of `GetRolePolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html>
    Record GetRolePolicyRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        policy_name: String = required "PolicyName" POLICY_NAME_TYPE;
    }
}

structure! {
    /// The input of `GetRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html>
    Record GetRoleRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
    }
}

structure! {
    /// The input of `GetRoleTemplateVersion`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRoleTemplateVersion.html>
    Record GetRoleTemplateVersionRequest {
        template_arn: String = required "TemplateArn" ARN_TYPE;
        minor_version: Option<i64> = optional "MinorVersion" MINOR_VERSION_TYPE;
    }
}

structure! {
    /// The input of `GetSAMLProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html>
    Record GetSAMLProviderRequest {
        saml_provider_arn: String = required "SAMLProviderArn" ARN_TYPE;
    }
}

structure! {
    /// The input of `GetSSHPublicKey`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSSHPublicKey.html>
    Record GetSSHPublicKeyRequest {
        user_name: String = required "UserName" USER_NAME_TYPE;
        ssh_public_key_id: String = required "SSHPublicKeyId" PUBLIC_KEY_ID_TYPE;
        encoding: String = required "Encoding" ENCODING_TYPE;
    }
}

structure! {
    /// The input of `GetServerCertificate`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServerCertificate.html>
    Record GetServerCertificateRequest {
        server_certificate_name: String = required "ServerCertificateName" SERVER_CERTIFICATE_NAME_TYPE;
    }
}

structure! {
    /// The input of `GetServiceLastAccessedDetails`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetails.html>
    Record GetServiceLastAccessedDetailsRequest {
        job_id: String = required "JobId" JOB_ID_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
    }
}

structure! {
    /// The input of `GetServiceLastAccessedDetailsWithEntities`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetailsWithEntities.html>
    Record GetServiceLastAccessedDetailsWithEntitiesRequest {
        job_id: String = required "JobId" JOB_ID_TYPE;
        service_namespace: String = required "ServiceNamespace" SERVICE_NAMESPACE_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
    }
}

structure! {
    /// The input of `GetServiceLinkedRoleDeletionStatus`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html>
    Record GetServiceLinkedRoleDeletionStatusRequest {
        deletion_task_id: String = required "DeletionTaskId" DELETION_TASK_ID_TYPE;
    }
}

structure! {
    /// The input of `GetUserPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html>
    Record GetUserPolicyRequest {
        user_name: String = required "UserName" EXISTING_USER_NAME_TYPE;
        policy_name: String = required "PolicyName" POLICY_NAME_TYPE;
    }
}

structure! {
    /// The input of `GetUser`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html>
    #[derive(Default)]
    Record GetUserRequest {
        user_name: Option<String> = optional "UserName" EXISTING_USER_NAME_TYPE;
    }
}

structure! {
    /// The input of `ListAccessKeys`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html>
    #[derive(Default)]
    Record ListAccessKeysRequest {
        user_name: Option<String> = optional "UserName" EXISTING_USER_NAME_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListAccountAliases`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html>
    #[derive(Default)]
    Record ListAccountAliasesRequest {
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListAttachedGroupPolicies`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedGroupPolicies.html>
    Record ListAttachedGroupPoliciesRequest {
        group_name: String = required "GroupName" GROUP_NAME_TYPE;
        path_prefix: Option<String> = optional "PathPrefix" POLICY_PATH_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListAttachedRolePolicies`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html>
    Record ListAttachedRolePoliciesRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        path_prefix: Option<String> = optional "PathPrefix" POLICY_PATH_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListAttachedUserPolicies`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html>
    Record ListAttachedUserPoliciesRequest {
        user_name: String = required "UserName" USER_NAME_TYPE;
        path_prefix: Option<String> = optional "PathPrefix" POLICY_PATH_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListDelegationRequests`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListDelegationRequests.html>
    #[derive(Default)]
    Record ListDelegationRequestsRequest {
        owner_id: Option<String> = optional "OwnerId" OWNER_ID_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListEntitiesForPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html>
    Record ListEntitiesForPolicyRequest {
        policy_arn: String = required "PolicyArn" ARN_TYPE;
        entity_filter: Option<String> = optional "EntityFilter" ENTITY_TYPE;
        path_prefix: Option<String> = optional "PathPrefix" PATH_TYPE;
        policy_usage_filter: Option<String> = optional "PolicyUsageFilter" POLICY_USAGE_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListGroupPolicies`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupPolicies.html>
    Record ListGroupPoliciesRequest {
        group_name: String = required "GroupName" GROUP_NAME_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListGroupsForUser`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html>
    Record ListGroupsForUserRequest {
        user_name: String = required "UserName" EXISTING_USER_NAME_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListGroups`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html>
    #[derive(Default)]
    Record ListGroupsRequest {
        path_prefix: Option<String> = optional "PathPrefix" PATH_PREFIX_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListInstanceProfileTags`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfileTags.html>
    Record ListInstanceProfileTagsRequest {
        instance_profile_name: String = required "InstanceProfileName" INSTANCE_PROFILE_NAME_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListInstanceProfilesForRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html>
    Record ListInstanceProfilesForRoleRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListInstanceProfiles`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html>
    #[derive(Default)]
    Record ListInstanceProfilesRequest {
        path_prefix: Option<String> = optional "PathPrefix" PATH_PREFIX_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListMFADeviceTags`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADeviceTags.html>
    Record ListMFADeviceTagsRequest {
        serial_number: String = required "SerialNumber" SERIAL_NUMBER_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListMFADevices`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html>
    #[derive(Default)]
    Record ListMFADevicesRequest {
        user_name: Option<String> = optional "UserName" EXISTING_USER_NAME_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListOpenIDConnectProviderTags`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviderTags.html>
    Record ListOpenIDConnectProviderTagsRequest {
        open_id_connect_provider_arn: String = required "OpenIDConnectProviderArn" ARN_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListOpenIDConnectProviders`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html>
    #[derive(Default)]
    Record ListOpenIDConnectProvidersRequest {
    }
}

structure! {
    /// The input of `ListOrganizationsFeatures`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html>
    #[derive(Default)]
    Record ListOrganizationsFeaturesRequest {
    }
}

structure! {
    /// The input of `ListPoliciesGrantingServiceAccess`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPoliciesGrantingServiceAccess.html>
    Record ListPoliciesGrantingServiceAccessRequest {
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        arn: String = required "Arn" ARN_TYPE;
        service_namespaces: Vec<String> = required "ServiceNamespaces" SERVICE_NAMESPACE_LIST_TYPE;
    }
}

structure! {
    /// The input of `ListPolicies`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html>
    #[derive(Default)]
    Record ListPoliciesRequest {
        scope: Option<String> = optional "Scope" POLICY_SCOPE_TYPE;
        only_attached: Option<bool> = optional "OnlyAttached" BOOLEAN_TYPE;
        path_prefix: Option<String> = optional "PathPrefix" POLICY_PATH_TYPE;
        policy_usage_filter: Option<String> = optional "PolicyUsageFilter" POLICY_USAGE_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListPolicyTags`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html>
    Record ListPolicyTagsRequest {
        policy_arn: String = required "PolicyArn" ARN_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListPolicyVersions`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html>
    Record ListPolicyVersionsRequest {
        policy_arn: String = required "PolicyArn" ARN_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListRolePolicies`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html>
    Record ListRolePoliciesRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListRoleTags`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html>
    Record ListRoleTagsRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListRoles`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html>
    #[derive(Default)]
    Record ListRolesRequest {
        path_prefix: Option<String> = optional "PathPrefix" PATH_PREFIX_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListSAMLProviderTags`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviderTags.html>
    Record ListSAMLProviderTagsRequest {
        saml_provider_arn: String = required "SAMLProviderArn" ARN_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListSAMLProviders`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviders.html>
    #[derive(Default)]
    Record ListSAMLProvidersRequest {
    }
}

structure! {
    /// The input of `ListSSHPublicKeys`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html>
    #[derive(Default)]
    Record ListSSHPublicKeysRequest {
        user_name: Option<String> = optional "UserName" USER_NAME_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListServerCertificateTags`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificateTags.html>
    Record ListServerCertificateTagsRequest {
        server_certificate_name: String = required "ServerCertificateName" SERVER_CERTIFICATE_NAME_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListServerCertificates`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html>
    #[derive(Default)]
    Record ListServerCertificatesRequest {
        path_prefix: Option<String> = optional "PathPrefix" PATH_PREFIX_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListServiceSpecificCredentials`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html>
    #[derive(Default)]
    Record ListServiceSpecificCredentialsRequest {
        user_name: Option<String> = optional "UserName" USER_NAME_TYPE;
        service_name: Option<String> = optional "ServiceName" SERVICE_NAME;
        all_users: Option<bool> = optional "AllUsers" ALL_USERS;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListSigningCertificates`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html>
    #[derive(Default)]
    Record ListSigningCertificatesRequest {
        user_name: Option<String> = optional "UserName" EXISTING_USER_NAME_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListUserPolicies`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html>
    Record ListUserPoliciesRequest {
        user_name: String = required "UserName" EXISTING_USER_NAME_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListUserTags`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html>
    Record ListUserTagsRequest {
        user_name: String = required "UserName" EXISTING_USER_NAME_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListUsers`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html>
    #[derive(Default)]
    Record ListUsersRequest {
        path_prefix: Option<String> = optional "PathPrefix" PATH_PREFIX_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `ListVirtualMFADevices`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html>
    #[derive(Default)]
    Record ListVirtualMFADevicesRequest {
        assignment_status: Option<String> = optional "AssignmentStatus" ASSIGNMENT_STATUS_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
    }
}

structure! {
    /// The input of `PutAccountProperties`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutAccountProperties.html>
    Record PutAccountPropertiesRequest {
        properties: std::collections::BTreeMap<String, String> = required "Properties" ACCOUNT_PROPERTIES_MAP_TYPE;
    }
}

structure! {
    /// The input of `PutGroupPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutGroupPolicy.html>
    Record PutGroupPolicyRequest {
        group_name: String = required "GroupName" GROUP_NAME_TYPE;
        policy_name: String = required "PolicyName" POLICY_NAME_TYPE;
        policy_document: String = required "PolicyDocument" POLICY_DOCUMENT_TYPE;
    }
}

structure! {
    /// The input of `PutRolePermissionsBoundary`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html>
    Record PutRolePermissionsBoundaryRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        permissions_boundary: String = required "PermissionsBoundary" ARN_TYPE;
    }
}

structure! {
    /// The input of `PutRolePolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html>
    Record PutRolePolicyRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        policy_name: String = required "PolicyName" POLICY_NAME_TYPE;
        policy_document: String = required "PolicyDocument" POLICY_DOCUMENT_TYPE;
    }
}

structure! {
    /// The input of `PutUserPermissionsBoundary`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html>
    Record PutUserPermissionsBoundaryRequest {
        user_name: String = required "UserName" USER_NAME_TYPE;
        permissions_boundary: String = required "PermissionsBoundary" ARN_TYPE;
    }
}

structure! {
    /// The input of `PutUserPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html>
    Record PutUserPolicyRequest {
        user_name: String = required "UserName" EXISTING_USER_NAME_TYPE;
        policy_name: String = required "PolicyName" POLICY_NAME_TYPE;
        policy_document: String = required "PolicyDocument" POLICY_DOCUMENT_TYPE;
    }
}

structure! {
    /// The input of `RejectDelegationRequest`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RejectDelegationRequest.html>
    Record RejectDelegationRequestRequest {
        delegation_request_id: String = required "DelegationRequestId" DELEGATION_REQUEST_ID_TYPE;
        notes: Option<String> = optional "Notes" NOTES_TYPE;
    }
}

structure! {
    /// The input of `RemoveClientIDFromOpenIDConnectProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html>
    Record RemoveClientIDFromOpenIDConnectProviderRequest {
        open_id_connect_provider_arn: String = required "OpenIDConnectProviderArn" ARN_TYPE;
        client_id: String = required "ClientID" CLIENT_ID_TYPE;
    }
}

structure! {
    /// The input of `RemoveRoleFromInstanceProfile`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html>
    Record RemoveRoleFromInstanceProfileRequest {
        instance_profile_name: String = required "InstanceProfileName" INSTANCE_PROFILE_NAME_TYPE;
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
    }
}

structure! {
    /// The input of `RemoveUserFromGroup`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html>
    Record RemoveUserFromGroupRequest {
        group_name: String = required "GroupName" GROUP_NAME_TYPE;
        user_name: String = required "UserName" EXISTING_USER_NAME_TYPE;
    }
}

structure! {
    /// The input of `ResetServiceSpecificCredential`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResetServiceSpecificCredential.html>
    Record ResetServiceSpecificCredentialRequest {
        user_name: Option<String> = optional "UserName" USER_NAME_TYPE;
        service_specific_credential_id: String = required "ServiceSpecificCredentialId" SERVICE_SPECIFIC_CREDENTIAL_ID;
    }
}

structure! {
    /// The input of `ResyncMFADevice`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html>
    Record ResyncMFADeviceRequest {
        user_name: String = required "UserName" EXISTING_USER_NAME_TYPE;
        serial_number: String = required "SerialNumber" SERIAL_NUMBER_TYPE;
        authentication_code1: String = required "AuthenticationCode1" AUTHENTICATION_CODE_TYPE;
        authentication_code2: String = required "AuthenticationCode2" AUTHENTICATION_CODE_TYPE;
    }
}

structure! {
    /// The input of `SendDelegationToken`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SendDelegationToken.html>
    Record SendDelegationTokenRequest {
        delegation_request_id: String = required "DelegationRequestId" DELEGATION_REQUEST_ID_TYPE;
    }
}

structure! {
    /// The input of `SetDefaultPolicyVersion`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html>
    Record SetDefaultPolicyVersionRequest {
        policy_arn: String = required "PolicyArn" ARN_TYPE;
        version_id: String = required "VersionId" POLICY_VERSION_ID_TYPE;
    }
}

structure! {
    /// The input of `SetSecurityTokenServicePreferences`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetSecurityTokenServicePreferences.html>
    Record SetSecurityTokenServicePreferencesRequest {
        global_endpoint_token_version: String = required "GlobalEndpointTokenVersion" GLOBAL_ENDPOINT_TOKEN_VERSION;
    }
}

structure! {
    /// The input of `SimulateCustomPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html>
    Record SimulateCustomPolicyRequest {
        policy_input_list: Vec<String> = required "PolicyInputList" SIMULATION_POLICY_LIST_TYPE;
        permissions_boundary_policy_input_list: Option<Vec<String>> = optional "PermissionsBoundaryPolicyInputList" SIMULATION_POLICY_LIST_TYPE;
        ordered_organization_policy_input_list: Option<Vec<super::OrderedOrganizationPolicyType>> = optional "OrderedOrganizationPolicyInputList" ORGANIZATION_POLICY_LIST_TYPE;
        action_names: Vec<String> = required "ActionNames" ACTION_NAME_LIST_TYPE;
        resource_arns: Option<Vec<String>> = optional "ResourceArns" RESOURCE_NAME_LIST_TYPE;
        resource_policy: Option<String> = optional "ResourcePolicy" POLICY_DOCUMENT_TYPE;
        resource_owner: Option<String> = optional "ResourceOwner" RESOURCE_NAME_TYPE;
        caller_arn: Option<String> = optional "CallerArn" RESOURCE_NAME_TYPE;
        context_entries: Option<Vec<super::ContextEntry>> = optional "ContextEntries" CONTEXT_ENTRY_LIST_TYPE;
        resource_handling_option: Option<String> = optional "ResourceHandlingOption" RESOURCE_HANDLING_OPTION_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
    }
}

structure! {
    /// The input of `SimulatePrincipalPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>
    Record SimulatePrincipalPolicyRequest {
        policy_source_arn: String = required "PolicySourceArn" ARN_TYPE;
        policy_input_list: Option<Vec<String>> = optional "PolicyInputList" SIMULATION_POLICY_LIST_TYPE;
        permissions_boundary_policy_input_list: Option<Vec<String>> = optional "PermissionsBoundaryPolicyInputList" SIMULATION_POLICY_LIST_TYPE;
        policy_exclusion_list: Option<Vec<super::PolicyIdentifier>> = optional "PolicyExclusionList" POLICY_EXCLUSIONS_LIST_TYPE;
        action_names: Vec<String> = required "ActionNames" ACTION_NAME_LIST_TYPE;
        resource_arns: Option<Vec<String>> = optional "ResourceArns" RESOURCE_NAME_LIST_TYPE;
        resource_policy: Option<String> = optional "ResourcePolicy" POLICY_DOCUMENT_TYPE;
        resource_owner: Option<String> = optional "ResourceOwner" RESOURCE_NAME_TYPE;
        caller_arn: Option<String> = optional "CallerArn" RESOURCE_NAME_TYPE;
        context_entries: Option<Vec<super::ContextEntry>> = optional "ContextEntries" CONTEXT_ENTRY_LIST_TYPE;
        resource_handling_option: Option<String> = optional "ResourceHandlingOption" RESOURCE_HANDLING_OPTION_TYPE;
        max_items: Option<i64> = optional "MaxItems" MAX_ITEMS_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
    }
}

structure! {
    /// The input of `TagInstanceProfile`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagInstanceProfile.html>
    Record TagInstanceProfileRequest {
        instance_profile_name: String = required "InstanceProfileName" INSTANCE_PROFILE_NAME_TYPE;
        tags: Vec<super::Tag> = required "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The input of `TagMFADevice`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagMFADevice.html>
    Record TagMFADeviceRequest {
        serial_number: String = required "SerialNumber" SERIAL_NUMBER_TYPE;
        tags: Vec<super::Tag> = required "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The input of `TagOpenIDConnectProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagOpenIDConnectProvider.html>
    Record TagOpenIDConnectProviderRequest {
        open_id_connect_provider_arn: String = required "OpenIDConnectProviderArn" ARN_TYPE;
        tags: Vec<super::Tag> = required "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The input of `TagPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagPolicy.html>
    Record TagPolicyRequest {
        policy_arn: String = required "PolicyArn" ARN_TYPE;
        tags: Vec<super::Tag> = required "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The input of `TagRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html>
    Record TagRoleRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        tags: Vec<super::Tag> = required "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The input of `TagSAMLProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagSAMLProvider.html>
    Record TagSAMLProviderRequest {
        saml_provider_arn: String = required "SAMLProviderArn" ARN_TYPE;
        tags: Vec<super::Tag> = required "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The input of `TagServerCertificate`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagServerCertificate.html>
    Record TagServerCertificateRequest {
        server_certificate_name: String = required "ServerCertificateName" SERVER_CERTIFICATE_NAME_TYPE;
        tags: Vec<super::Tag> = required "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The input of `TagUser`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagUser.html>
    Record TagUserRequest {
        user_name: String = required "UserName" EXISTING_USER_NAME_TYPE;
        tags: Vec<super::Tag> = required "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The input of `UntagInstanceProfile`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagInstanceProfile.html>
    Record UntagInstanceProfileRequest {
        instance_profile_name: String = required "InstanceProfileName" INSTANCE_PROFILE_NAME_TYPE;
        tag_keys: Vec<String> = required "TagKeys" TAG_KEY_LIST_TYPE;
    }
}

structure! {
    /// The input of `UntagMFADevice`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagMFADevice.html>
    Record UntagMFADeviceRequest {
        serial_number: String = required "SerialNumber" SERIAL_NUMBER_TYPE;
        tag_keys: Vec<String> = required "TagKeys" TAG_KEY_LIST_TYPE;
    }
}

structure! {
    /// The input of `UntagOpenIDConnectProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagOpenIDConnectProvider.html>
    Record UntagOpenIDConnectProviderRequest {
        open_id_connect_provider_arn: String = required "OpenIDConnectProviderArn" ARN_TYPE;
        tag_keys: Vec<String> = required "TagKeys" TAG_KEY_LIST_TYPE;
    }
}

structure! {
    /// The input of `UntagPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagPolicy.html>
    Record UntagPolicyRequest {
        policy_arn: String = required "PolicyArn" ARN_TYPE;
        tag_keys: Vec<String> = required "TagKeys" TAG_KEY_LIST_TYPE;
    }
}

structure! {
    /// The input of `UntagRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagRole.html>
    Record UntagRoleRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        tag_keys: Vec<String> = required "TagKeys" TAG_KEY_LIST_TYPE;
    }
}

structure! {
    /// The input of `UntagSAMLProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagSAMLProvider.html>
    Record UntagSAMLProviderRequest {
        saml_provider_arn: String = required "SAMLProviderArn" ARN_TYPE;
        tag_keys: Vec<String> = required "TagKeys" TAG_KEY_LIST_TYPE;
    }
}

structure! {
    /// The input of `UntagServerCertificate`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagServerCertificate.html>
    Record UntagServerCertificateRequest {
        server_certificate_name: String = required "ServerCertificateName" SERVER_CERTIFICATE_NAME_TYPE;
        tag_keys: Vec<String> = required "TagKeys" TAG_KEY_LIST_TYPE;
    }
}

structure! {
    /// The input of `UntagUser`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UntagUser.html>
    Record UntagUserRequest {
        user_name: String = required "UserName" EXISTING_USER_NAME_TYPE;
        tag_keys: Vec<String> = required "TagKeys" TAG_KEY_LIST_TYPE;
    }
}

structure! {
    /// The input of `UpdateAccessKey`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html>
    Record UpdateAccessKeyRequest {
        user_name: Option<String> = optional "UserName" EXISTING_USER_NAME_TYPE;
        access_key_id: String = required "AccessKeyId" ACCESS_KEY_ID_TYPE;
        status: String = required "Status" STATUS_TYPE;
    }
}

structure! {
    /// The input of `UpdateAccountPasswordPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html>
    #[derive(Default)]
    Record UpdateAccountPasswordPolicyRequest {
        minimum_password_length: Option<i64> = optional "MinimumPasswordLength" MINIMUM_PASSWORD_LENGTH_TYPE;
        require_symbols: Option<bool> = optional "RequireSymbols" BOOLEAN_TYPE;
        require_numbers: Option<bool> = optional "RequireNumbers" BOOLEAN_TYPE;
        require_uppercase_characters: Option<bool> = optional "RequireUppercaseCharacters" BOOLEAN_TYPE;
        require_lowercase_characters: Option<bool> = optional "RequireLowercaseCharacters" BOOLEAN_TYPE;
        allow_users_to_change_password: Option<bool> = optional "AllowUsersToChangePassword" BOOLEAN_TYPE;
        max_password_age: Option<i64> = optional "MaxPasswordAge" MAX_PASSWORD_AGE_TYPE;
        password_reuse_prevention: Option<i64> = optional "PasswordReusePrevention" PASSWORD_REUSE_PREVENTION_TYPE;
        hard_expiry: Option<bool> = optional "HardExpiry" BOOLEAN_OBJECT_TYPE;
    }
}

structure! {
    /// The input of `UpdateAssumeRolePolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html>
    Record UpdateAssumeRolePolicyRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        policy_document: String = required "PolicyDocument" POLICY_DOCUMENT_TYPE;
    }
}

structure! {
    /// The input of `UpdateDelegationRequest`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateDelegationRequest.html>
    Record UpdateDelegationRequestRequest {
        delegation_request_id: String = required "DelegationRequestId" DELEGATION_REQUEST_ID_TYPE;
        notes: Option<String> = optional "Notes" NOTES_TYPE;
    }
}

structure! {
    /// The input of `UpdateGroup`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html>
    Record UpdateGroupRequest {
        group_name: String = required "GroupName" GROUP_NAME_TYPE;
        new_path: Option<String> = optional "NewPath" PATH_TYPE;
        new_group_name: Option<String> = optional "NewGroupName" GROUP_NAME_TYPE;
    }
}

structure! {
    /// The input of `UpdateLoginProfile`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html>
    Record UpdateLoginProfileRequest {
        user_name: String = required "UserName" USER_NAME_TYPE;
        password: Option<crate::Secret<String>> = optional "Password" PASSWORD_TYPE;
        password_reset_required: Option<bool> = optional "PasswordResetRequired" BOOLEAN_OBJECT_TYPE;
    }
}

structure! {
    /// The input of `UpdateOpenIDConnectProviderThumbprint`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html>
    Record UpdateOpenIDConnectProviderThumbprintRequest {
        open_id_connect_provider_arn: String = required "OpenIDConnectProviderArn" ARN_TYPE;
        thumbprint_list: Vec<String> = required "ThumbprintList" THUMBPRINT_LIST_TYPE;
    }
}

structure! {
    /// The input of `UpdateRoleDescription`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html>
    Record UpdateRoleDescriptionRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        description: String = required "Description" ROLE_DESCRIPTION_TYPE;
    }
}

structure! {
    /// The input of `UpdateRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html>
    Record UpdateRoleRequest {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        description: Option<String> = optional "Description" ROLE_DESCRIPTION_TYPE;
        max_session_duration: Option<i64> = optional "MaxSessionDuration" ROLE_MAX_SESSION_DURATION_TYPE;
    }
}

structure! {
    /// The input of `UpdateSAMLProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html>
    Record UpdateSAMLProviderRequest {
        saml_metadata_document: Option<String> = optional "SAMLMetadataDocument" SAML_METADATA_DOCUMENT_TYPE;
        saml_provider_arn: String = required "SAMLProviderArn" ARN_TYPE;
        assertion_encryption_mode: Option<String> = optional "AssertionEncryptionMode" ASSERTION_ENCRYPTION_MODE_TYPE;
        add_private_key: Option<crate::Secret<String>> = optional "AddPrivateKey" PRIVATE_KEY_TYPE;
        remove_private_key: Option<String> = optional "RemovePrivateKey" PRIVATE_KEY_ID_TYPE;
    }
}

structure! {
    /// The input of `UpdateSSHPublicKey`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSSHPublicKey.html>
    Record UpdateSSHPublicKeyRequest {
        user_name: String = required "UserName" USER_NAME_TYPE;
        ssh_public_key_id: String = required "SSHPublicKeyId" PUBLIC_KEY_ID_TYPE;
        status: String = required "Status" STATUS_TYPE;
    }
}

structure! {
    /// The input of `UpdateServerCertificate`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServerCertificate.html>
    Record UpdateServerCertificateRequest {
        server_certificate_name: String = required "ServerCertificateName" SERVER_CERTIFICATE_NAME_TYPE;
        new_path: Option<String> = optional "NewPath" PATH_TYPE;
        new_server_certificate_name: Option<String> = optional "NewServerCertificateName" SERVER_CERTIFICATE_NAME_TYPE;
    }
}

structure! {
    /// The input of `UpdateServiceSpecificCredential`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServiceSpecificCredential.html>
    Record UpdateServiceSpecificCredentialRequest {
        user_name: Option<String> = optional "UserName" USER_NAME_TYPE;
        service_specific_credential_id: String = required "ServiceSpecificCredentialId" SERVICE_SPECIFIC_CREDENTIAL_ID;
        status: String = required "Status" STATUS_TYPE;
    }
}

structure! {
    /// The input of `UpdateSigningCertificate`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSigningCertificate.html>
    Record UpdateSigningCertificateRequest {
        user_name: Option<String> = optional "UserName" EXISTING_USER_NAME_TYPE;
        certificate_id: String = required "CertificateId" CERTIFICATE_ID_TYPE;
        status: String = required "Status" STATUS_TYPE;
    }
}

structure! {
    /// The input of `UpdateUser`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html>
    Record UpdateUserRequest {
        user_name: String = required "UserName" EXISTING_USER_NAME_TYPE;
        new_path: Option<String> = optional "NewPath" PATH_TYPE;
        new_user_name: Option<String> = optional "NewUserName" USER_NAME_TYPE;
    }
}

structure! {
    /// The input of `UploadSSHPublicKey`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html>
    Record UploadSSHPublicKeyRequest {
        user_name: String = required "UserName" USER_NAME_TYPE;
        ssh_public_key_body: String = required "SSHPublicKeyBody" PUBLIC_KEY_MATERIAL_TYPE;
    }
}

structure! {
    /// The input of `UploadServerCertificate`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadServerCertificate.html>
    Record UploadServerCertificateRequest {
        path: Option<String> = optional "Path" PATH_TYPE;
        server_certificate_name: String = required "ServerCertificateName" SERVER_CERTIFICATE_NAME_TYPE;
        certificate_body: String = required "CertificateBody" CERTIFICATE_BODY_TYPE;
        private_key: crate::Secret<String> = required "PrivateKey" PRIVATE_KEY_TYPE;
        certificate_chain: Option<String> = optional "CertificateChain" CERTIFICATE_CHAIN_TYPE;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The input of `UploadSigningCertificate`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html>
    Record UploadSigningCertificateRequest {
        user_name: Option<String> = optional "UserName" EXISTING_USER_NAME_TYPE;
        certificate_body: String = required "CertificateBody" CERTIFICATE_BODY_TYPE;
    }
}
