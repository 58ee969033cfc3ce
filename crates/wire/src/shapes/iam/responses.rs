//! The outputs of IAM, version 2010-05-08.
//!
//! Written by `cargo xtask generate` from `botocore/data/iam/2010-05-08` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

use crate::macros::structure;

structure! {
    /// The output of `AcquireRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AcquireRole.html>
    Record AcquireRoleResponse {
        role: super::Role = required "Role" ROLE;
    }
}

structure! {
    /// The output of `CreateAccessKey`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html>
    Record CreateAccessKeyResponse {
        access_key: super::AccessKey = required "AccessKey" ACCESS_KEY;
    }
}

structure! {
    /// The output of `CreateDelegationRequest`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateDelegationRequest.html>
    #[derive(Default)]
    Record CreateDelegationRequestResponse {
        console_deep_link: Option<String> = optional "ConsoleDeepLink" CONSOLE_DEEP_LINK_TYPE;
        delegation_request_id: Option<String> = optional "DelegationRequestId" DELEGATION_REQUEST_ID_TYPE;
    }
}

structure! {
    /// The output of `CreateGroup`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html>
    Record CreateGroupResponse {
        group: super::Group = required "Group" GROUP;
    }
}

structure! {
    /// The output of `CreateInstanceProfile`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html>
    Record CreateInstanceProfileResponse {
        instance_profile: super::InstanceProfile = required "InstanceProfile" INSTANCE_PROFILE;
    }
}

structure! {
    /// The output of `CreateLoginProfile`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html>
    Record CreateLoginProfileResponse {
        login_profile: super::LoginProfile = required "LoginProfile" LOGIN_PROFILE;
    }
}

structure! {
    /// The output of `CreateOpenIDConnectProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>
    #[derive(Default)]
    Record CreateOpenIDConnectProviderResponse {
        open_id_connect_provider_arn: Option<String> = optional "OpenIDConnectProviderArn" ARN_TYPE;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The output of `CreatePolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>
    #[derive(Default)]
    Record CreatePolicyResponse {
        policy: Option<super::Policy> = optional "Policy" POLICY;
    }
}

structure! {
    /// The output of `CreatePolicyVersion`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html>
    #[derive(Default)]
    Record CreatePolicyVersionResponse {
        policy_version: Option<super::PolicyVersion> = optional "PolicyVersion" POLICY_VERSION;
    }
}

structure! {
    /// The output of `CreateRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
    Record CreateRoleResponse {
        role: super::Role = required "Role" ROLE;
    }
}

structure! {
    /// The output of `CreateSAMLProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html>
    #[derive(Default)]
    Record CreateSAMLProviderResponse {
        saml_provider_arn: Option<String> = optional "SAMLProviderArn" ARN_TYPE;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The output of `CreateServiceLinkedRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html>
    #[derive(Default)]
    Record CreateServiceLinkedRoleResponse {
        role: Option<super::Role> = optional "Role" ROLE;
    }
}

structure! {
    /// The output of `CreateServiceSpecificCredential`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html>
    #[derive(Default)]
    Record CreateServiceSpecificCredentialResponse {
        service_specific_credential: Option<super::ServiceSpecificCredential> = optional "ServiceSpecificCredential" SERVICE_SPECIFIC_CREDENTIAL;
    }
}

structure! {
    /// The output of `CreateUser`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html>
    #[derive(Default)]
    Record CreateUserResponse {
        user: Option<super::User> = optional "User" USER;
    }
}

structure! {
    /// The output of `CreateVirtualMFADevice`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html>
    Record CreateVirtualMFADeviceResponse {
        virtual_mfa_device: super::VirtualMFADevice = required "VirtualMFADevice" VIRTUAL_MFA_DEVICE;
    }
}

structure! {
    /// The output of `DeleteServiceLinkedRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html>
    Record DeleteServiceLinkedRoleResponse {
        deletion_task_id: String = required "DeletionTaskId" DELETION_TASK_ID_TYPE;
    }
}

structure! {
    /// The output of `DisableOrganizationsRootCredentialsManagement`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootCredentialsManagement.html>
    #[derive(Default)]
    Record DisableOrganizationsRootCredentialsManagementResponse {
        organization_id: Option<String> = optional "OrganizationId" ORGANIZATION_ID_TYPE;
        enabled_features: Option<Vec<String>> = optional "EnabledFeatures" FEATURES_LIST_TYPE;
    }
}

structure! {
    /// The output of `DisableOrganizationsRootSessions`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootSessions.html>
    #[derive(Default)]
    Record DisableOrganizationsRootSessionsResponse {
        organization_id: Option<String> = optional "OrganizationId" ORGANIZATION_ID_TYPE;
        enabled_features: Option<Vec<String>> = optional "EnabledFeatures" FEATURES_LIST_TYPE;
    }
}

structure! {
    /// The output of `EnableOrganizationsRootCredentialsManagement`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootCredentialsManagement.html>
    #[derive(Default)]
    Record EnableOrganizationsRootCredentialsManagementResponse {
        organization_id: Option<String> = optional "OrganizationId" ORGANIZATION_ID_TYPE;
        enabled_features: Option<Vec<String>> = optional "EnabledFeatures" FEATURES_LIST_TYPE;
    }
}

structure! {
    /// The output of `EnableOrganizationsRootSessions`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootSessions.html>
    #[derive(Default)]
    Record EnableOrganizationsRootSessionsResponse {
        organization_id: Option<String> = optional "OrganizationId" ORGANIZATION_ID_TYPE;
        enabled_features: Option<Vec<String>> = optional "EnabledFeatures" FEATURES_LIST_TYPE;
    }
}

structure! {
    /// The output of `EnableOutboundWebIdentityFederation`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOutboundWebIdentityFederation.html>
    #[derive(Default)]
    Record EnableOutboundWebIdentityFederationResponse {
        issuer_identifier: Option<String> = optional "IssuerIdentifier" STRING_TYPE;
    }
}

structure! {
    /// The output of `GenerateCredentialReport`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html>
    #[derive(Default)]
    Record GenerateCredentialReportResponse {
        state: Option<String> = optional "State" REPORT_STATE_TYPE;
        description: Option<String> = optional "Description" REPORT_STATE_DESCRIPTION_TYPE;
    }
}

structure! {
    /// The output of `GenerateOrganizationsAccessReport`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateOrganizationsAccessReport.html>
    #[derive(Default)]
    Record GenerateOrganizationsAccessReportResponse {
        job_id: Option<String> = optional "JobId" JOB_ID_TYPE;
    }
}

structure! {
    /// The output of `GenerateServiceLastAccessedDetails`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateServiceLastAccessedDetails.html>
    #[derive(Default)]
    Record GenerateServiceLastAccessedDetailsResponse {
        job_id: Option<String> = optional "JobId" JOB_ID_TYPE;
    }
}

structure! {
    /// The output of `GetAccessKeyLastUsed`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html>
    #[derive(Default)]
    Record GetAccessKeyLastUsedResponse {
        user_name: Option<String> = optional "UserName" EXISTING_USER_NAME_TYPE;
        access_key_last_used: Option<super::AccessKeyLastUsed> = optional "AccessKeyLastUsed" ACCESS_KEY_LAST_USED;
    }
}

structure! {
    /// The output of `GetAccountAuthorizationDetails`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>
    #[derive(Default)]
    Record GetAccountAuthorizationDetailsResponse {
        user_detail_list: Option<Vec<super::UserDetail>> = optional "UserDetailList" USER_DETAIL_LIST_TYPE;
        group_detail_list: Option<Vec<super::GroupDetail>> = optional "GroupDetailList" GROUP_DETAIL_LIST_TYPE;
        role_detail_list: Option<Vec<super::RoleDetail>> = optional "RoleDetailList" ROLE_DETAIL_LIST_TYPE;
        policies: Option<Vec<super::ManagedPolicyDetail>> = optional "Policies" MANAGED_POLICY_DETAIL_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `GetAccountPasswordPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html>
    Record GetAccountPasswordPolicyResponse {
        password_policy: super::PasswordPolicy = required "PasswordPolicy" PASSWORD_POLICY;
    }
}

structure! {
    /// The output of `GetAccountProperties`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountProperties.html>
    #[derive(Default)]
    Record GetAccountPropertiesResponse {
        properties: Option<std::collections::BTreeMap<String, String>> = optional "Properties" ACCOUNT_PROPERTIES_MAP_TYPE;
    }
}

structure! {
    /// The output of `GetAccountSummary`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html>
    #[derive(Default)]
    Record GetAccountSummaryResponse {
        summary_map: Option<std::collections::BTreeMap<String, i64>> = optional "SummaryMap" SUMMARY_MAP_TYPE;
    }
}

structure! {
    /// The output of `GetContextKeysForCustomPolicy` and of `GetContextKeysForPrincipalPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html>, <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html>
    #[derive(Default)]
    Record GetContextKeysForPolicyResponse {
        context_key_names: Option<Vec<String>> = optional "ContextKeyNames" CONTEXT_KEY_NAMES_RESULT_LIST_TYPE;
    }
}

structure! {
    /// The output of `GetCredentialReport`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html>
    #[derive(Default)]
    Record GetCredentialReportResponse {
        content: Option<Vec<u8>> = optional "Content" REPORT_CONTENT_TYPE;
        report_format: Option<String> = optional "ReportFormat" REPORT_FORMAT_TYPE;
        generated_time: Option<jiff::Timestamp> = optional "GeneratedTime" DATE_TYPE;
    }
}

structure! {
    /// The output of `GetDelegationRequest`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetDelegationRequest.html>
    #[derive(Default)]
    Record GetDelegationRequestResponse {
        delegation_request: Option<super::DelegationRequest> = optional "DelegationRequest" DELEGATION_REQUEST;
        permission_check_status: Option<String> = optional "PermissionCheckStatus" PERMISSION_CHECK_STATUS_TYPE;
        permission_check_result: Option<String> = optional "PermissionCheckResult" PERMISSION_CHECK_RESULT_TYPE;
    }
}

structure! {
    /// The output of `GetGroupPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroupPolicy.html>
    Record GetGroupPolicyResponse {
        group_name: String = required "GroupName" GROUP_NAME_TYPE;
        policy_name: String = required "PolicyName" POLICY_NAME_TYPE;
        policy_document: String = required "PolicyDocument" POLICY_DOCUMENT_TYPE;
    }
}

structure! {
    /// The output of `GetGroup`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html>
    Record GetGroupResponse {
        group: super::Group = required "Group" GROUP;
        users: Vec<super::User> = required "Users" USER_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `GetHumanReadableSummary`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetHumanReadableSummary.html>
    #[derive(Default)]
    Record GetHumanReadableSummaryResponse {
        summary_content: Option<String> = optional "SummaryContent" SUMMARY_CONTENT_TYPE;
        locale: Option<String> = optional "Locale" LOCALE_TYPE;
        summary_state: Option<String> = optional "SummaryState" SUMMARY_STATE_TYPE;
    }
}

structure! {
    /// The output of `GetInstanceProfile`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html>
    Record GetInstanceProfileResponse {
        instance_profile: super::InstanceProfile = required "InstanceProfile" INSTANCE_PROFILE;
    }
}

structure! {
    /// The output of `GetLoginProfile`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html>
    Record GetLoginProfileResponse {
        login_profile: super::LoginProfile = required "LoginProfile" LOGIN_PROFILE;
    }
}

structure! {
    /// The output of `GetMFADevice`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetMFADevice.html>
    Record GetMFADeviceResponse {
        user_name: Option<String> = optional "UserName" USER_NAME_TYPE;
        serial_number: String = required "SerialNumber" SERIAL_NUMBER_TYPE;
        enable_date: Option<jiff::Timestamp> = optional "EnableDate" DATE_TYPE;
        certifications: Option<std::collections::BTreeMap<String, String>> = optional "Certifications" CERTIFICATION_MAP_TYPE;
    }
}

structure! {
    /// The output of `GetOpenIDConnectProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html>
    #[derive(Default)]
    Record GetOpenIDConnectProviderResponse {
        url: Option<String> = optional "Url" OPEN_ID_CONNECT_PROVIDER_URL_TYPE;
        client_id_list: Option<Vec<String>> = optional "ClientIDList" CLIENT_ID_LIST_TYPE;
        thumbprint_list: Option<Vec<String>> = optional "ThumbprintList" THUMBPRINT_LIST_TYPE;
        create_date: Option<jiff::Timestamp> = optional "CreateDate" DATE_TYPE;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The output of `GetOrganizationsAccessReport`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOrganizationsAccessReport.html>
    Record GetOrganizationsAccessReportResponse {
        job_status: String = required "JobStatus" JOB_STATUS_TYPE;
        job_creation_date: jiff::Timestamp = required "JobCreationDate" DATE_TYPE;
        job_completion_date: Option<jiff::Timestamp> = optional "JobCompletionDate" DATE_TYPE;
        number_of_services_accessible: Option<i64> = optional "NumberOfServicesAccessible" INTEGER_TYPE;
        number_of_services_not_accessed: Option<i64> = optional "NumberOfServicesNotAccessed" INTEGER_TYPE;
        access_details: Option<Vec<super::AccessDetail>> = optional "AccessDetails" ACCESS_DETAILS;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        error_details: Option<super::ErrorDetails> = optional "ErrorDetails" ERROR_DETAILS;
    }
}

structure! {
    /// The output of `GetOutboundWebIdentityFederationInfo`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOutboundWebIdentityFederationInfo.html>
    #[derive(Default)]
    Record GetOutboundWebIdentityFederationInfoResponse {
        issuer_identifier: Option<String> = optional "IssuerIdentifier" STRING_TYPE;
        jwt_vending_enabled: Option<bool> = optional "JwtVendingEnabled" BOOLEAN_TYPE;
    }
}

structure! {
    /// The output of `GetPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html>
    #[derive(Default)]
    Record GetPolicyResponse {
        policy: Option<super::Policy> = optional "Policy" POLICY;
    }
}

structure! {
    /// The output of `GetPolicyVersion`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html>
    #[derive(Default)]
    Record GetPolicyVersionResponse {
        policy_version: Option<super::PolicyVersion> = optional "PolicyVersion" POLICY_VERSION;
    }
}

structure! {
    /// The output of `GetRolePolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html>
    Record GetRolePolicyResponse {
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        policy_name: String = required "PolicyName" POLICY_NAME_TYPE;
        policy_document: String = required "PolicyDocument" POLICY_DOCUMENT_TYPE;
    }
}

structure! {
    /// The output of `GetRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html>
    Record GetRoleResponse {
        role: super::Role = required "Role" ROLE;
    }
}

structure! {
    /// The output of `GetRoleTemplateVersion`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRoleTemplateVersion.html>
    Record GetRoleTemplateVersionResponse {
        role_template_version: super::RoleTemplateVersion = required "RoleTemplateVersion" ROLE_TEMPLATE_VERSION;
    }
}

structure! {
    /// The output of `GetSAMLProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html>
    #[derive(Default)]
    Record GetSAMLProviderResponse {
        saml_provider_uuid: Option<String> = optional "SAMLProviderUUID" PRIVATE_KEY_ID_TYPE;
        saml_metadata_document: Option<String> = optional "SAMLMetadataDocument" SAML_METADATA_DOCUMENT_TYPE;
        create_date: Option<jiff::Timestamp> = optional "CreateDate" DATE_TYPE;
        valid_until: Option<jiff::Timestamp> = optional "ValidUntil" DATE_TYPE;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAG_LIST_TYPE;
        assertion_encryption_mode: Option<String> = optional "AssertionEncryptionMode" ASSERTION_ENCRYPTION_MODE_TYPE;
        private_key_list: Option<Vec<super::SAMLPrivateKey>> = optional "PrivateKeyList" PRIVATE_KEY_LIST;
    }
}

structure! {
    /// The output of `GetSSHPublicKey`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSSHPublicKey.html>
    #[derive(Default)]
    Record GetSSHPublicKeyResponse {
        ssh_public_key: Option<super::SSHPublicKey> = optional "SSHPublicKey" SSH_PUBLIC_KEY;
    }
}

structure! {
    /// The output of `GetServerCertificate`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServerCertificate.html>
    Record GetServerCertificateResponse {
        server_certificate: super::ServerCertificate = required "ServerCertificate" SERVER_CERTIFICATE;
    }
}

structure! {
    /// The output of `GetServiceLastAccessedDetails`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetails.html>
    Record GetServiceLastAccessedDetailsResponse {
        job_status: String = required "JobStatus" JOB_STATUS_TYPE;
        job_type: Option<String> = optional "JobType" ACCESS_ADVISOR_USAGE_GRANULARITY_TYPE;
        job_creation_date: jiff::Timestamp = required "JobCreationDate" DATE_TYPE;
        services_last_accessed: Vec<super::ServiceLastAccessed> = required "ServicesLastAccessed" SERVICES_LAST_ACCESSED;
        job_completion_date: jiff::Timestamp = required "JobCompletionDate" DATE_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
        error: Option<super::ErrorDetails> = optional "Error" ERROR_DETAILS;
    }
}

structure! {
    /// The output of `GetServiceLastAccessedDetailsWithEntities`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetailsWithEntities.html>
    Record GetServiceLastAccessedDetailsWithEntitiesResponse {
        job_status: String = required "JobStatus" JOB_STATUS_TYPE;
        job_creation_date: jiff::Timestamp = required "JobCreationDate" DATE_TYPE;
        job_completion_date: jiff::Timestamp = required "JobCompletionDate" DATE_TYPE;
        entity_details_list: Vec<super::EntityDetails> = required "EntityDetailsList" ENTITY_DETAILS_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
        error: Option<super::ErrorDetails> = optional "Error" ERROR_DETAILS;
    }
}

structure! {
    /// The output of `GetServiceLinkedRoleDeletionStatus`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html>
    Record GetServiceLinkedRoleDeletionStatusResponse {
        status: String = required "Status" DELETION_TASK_STATUS_TYPE;
        reason: Option<super::DeletionTaskFailureReasonType> = optional "Reason" DELETION_TASK_FAILURE_REASON_TYPE;
    }
}

structure! {
    /// The output of `GetUserPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUserPolicy.html>
    Record GetUserPolicyResponse {
        user_name: String = required "UserName" EXISTING_USER_NAME_TYPE;
        policy_name: String = required "PolicyName" POLICY_NAME_TYPE;
        policy_document: String = required "PolicyDocument" POLICY_DOCUMENT_TYPE;
    }
}

structure! {
    /// The output of `GetUser`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html>
    Record GetUserResponse {
        user: super::User = required "User" USER;
    }
}

structure! {
    /// The output of `ListAccessKeys`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html>
    Record ListAccessKeysResponse {
        access_key_metadata: Vec<super::AccessKeyMetadata> = required "AccessKeyMetadata" ACCESS_KEY_METADATA_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListAccountAliases`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html>
    Record ListAccountAliasesResponse {
        account_aliases: Vec<String> = required "AccountAliases" ACCOUNT_ALIAS_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListAttachedGroupPolicies`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedGroupPolicies.html>
    #[derive(Default)]
    Record ListAttachedGroupPoliciesResponse {
        attached_policies: Option<Vec<super::AttachedPolicy>> = optional "AttachedPolicies" ATTACHED_POLICIES_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListAttachedRolePolicies`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html>
    #[derive(Default)]
    Record ListAttachedRolePoliciesResponse {
        attached_policies: Option<Vec<super::AttachedPolicy>> = optional "AttachedPolicies" ATTACHED_POLICIES_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListAttachedUserPolicies`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html>
    #[derive(Default)]
    Record ListAttachedUserPoliciesResponse {
        attached_policies: Option<Vec<super::AttachedPolicy>> = optional "AttachedPolicies" ATTACHED_POLICIES_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListDelegationRequests`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListDelegationRequests.html>
    #[derive(Default)]
    Record ListDelegationRequestsResponse {
        delegation_requests: Option<Vec<super::DelegationRequest>> = optional "DelegationRequests" DELEGATION_REQUESTS_LIST_TYPE;
        marker: Option<String> = optional "Marker" MARKER_TYPE;
        is_truncated: Option<bool> = optional "isTruncated" BOOLEAN_TYPE;
    }
}

structure! {
    /// The output of `ListEntitiesForPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html>
    #[derive(Default)]
    Record ListEntitiesForPolicyResponse {
        policy_groups: Option<Vec<super::PolicyGroup>> = optional "PolicyGroups" POLICY_GROUP_LIST_TYPE;
        policy_users: Option<Vec<super::PolicyUser>> = optional "PolicyUsers" POLICY_USER_LIST_TYPE;
        policy_roles: Option<Vec<super::PolicyRole>> = optional "PolicyRoles" POLICY_ROLE_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListGroupPolicies`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupPolicies.html>
    Record ListGroupPoliciesResponse {
        policy_names: Vec<String> = required "PolicyNames" POLICY_NAME_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListGroupsForUser`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html>
    Record ListGroupsForUserResponse {
        groups: Vec<super::Group> = required "Groups" GROUP_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListGroups`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html>
    Record ListGroupsResponse {
        groups: Vec<super::Group> = required "Groups" GROUP_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListInstanceProfileTags`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfileTags.html>
    Record ListInstanceProfileTagsResponse {
        tags: Vec<super::Tag> = required "Tags" TAG_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListInstanceProfilesForRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html>
    Record ListInstanceProfilesForRoleResponse {
        instance_profiles: Vec<super::InstanceProfile> = required "InstanceProfiles" INSTANCE_PROFILE_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListInstanceProfiles`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html>
    Record ListInstanceProfilesResponse {
        instance_profiles: Vec<super::InstanceProfile> = required "InstanceProfiles" INSTANCE_PROFILE_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListMFADeviceTags`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADeviceTags.html>
    Record ListMFADeviceTagsResponse {
        tags: Vec<super::Tag> = required "Tags" TAG_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListMFADevices`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html>
    Record ListMFADevicesResponse {
        mfa_devices: Vec<super::MFADevice> = required "MFADevices" MFA_DEVICE_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListOpenIDConnectProviderTags`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviderTags.html>
    Record ListOpenIDConnectProviderTagsResponse {
        tags: Vec<super::Tag> = required "Tags" TAG_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListOpenIDConnectProviders`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html>
    #[derive(Default)]
    Record ListOpenIDConnectProvidersResponse {
        open_id_connect_provider_list: Option<Vec<super::OpenIDConnectProviderListEntry>> = optional "OpenIDConnectProviderList" OPEN_ID_CONNECT_PROVIDER_LIST_TYPE;
    }
}

structure! {
    /// The output of `ListOrganizationsFeatures`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html>
    #[derive(Default)]
    Record ListOrganizationsFeaturesResponse {
        organization_id: Option<String> = optional "OrganizationId" ORGANIZATION_ID_TYPE;
        enabled_features: Option<Vec<String>> = optional "EnabledFeatures" FEATURES_LIST_TYPE;
    }
}

structure! {
    /// The output of `ListPoliciesGrantingServiceAccess`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPoliciesGrantingServiceAccess.html>
    Record ListPoliciesGrantingServiceAccessResponse {
        policies_granting_service_access: Vec<super::ListPoliciesGrantingServiceAccessEntry> = required "PoliciesGrantingServiceAccess" LIST_POLICY_GRANTING_SERVICE_ACCESS_RESPONSE_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListPolicies`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html>
    #[derive(Default)]
    Record ListPoliciesResponse {
        policies: Option<Vec<super::Policy>> = optional "Policies" POLICY_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListPolicyTags`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyTags.html>
    Record ListPolicyTagsResponse {
        tags: Vec<super::Tag> = required "Tags" TAG_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListPolicyVersions`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicyVersions.html>
    #[derive(Default)]
    Record ListPolicyVersionsResponse {
        versions: Option<Vec<super::PolicyVersion>> = optional "Versions" POLICY_DOCUMENT_VERSION_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListRolePolicies`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html>
    Record ListRolePoliciesResponse {
        policy_names: Vec<String> = required "PolicyNames" POLICY_NAME_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListRoleTags`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html>
    Record ListRoleTagsResponse {
        tags: Vec<super::Tag> = required "Tags" TAG_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListRoles`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html>
    Record ListRolesResponse {
        roles: Vec<super::Role> = required "Roles" ROLE_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListSAMLProviderTags`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviderTags.html>
    Record ListSAMLProviderTagsResponse {
        tags: Vec<super::Tag> = required "Tags" TAG_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListSAMLProviders`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSAMLProviders.html>
    #[derive(Default)]
    Record ListSAMLProvidersResponse {
        saml_provider_list: Option<Vec<super::SAMLProviderListEntry>> = optional "SAMLProviderList" SAML_PROVIDER_LIST_TYPE;
    }
}

structure! {
    /// The output of `ListSSHPublicKeys`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html>
    #[derive(Default)]
    Record ListSSHPublicKeysResponse {
        ssh_public_keys: Option<Vec<super::SSHPublicKeyMetadata>> = optional "SSHPublicKeys" SSH_PUBLIC_KEY_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListServerCertificateTags`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificateTags.html>
    Record ListServerCertificateTagsResponse {
        tags: Vec<super::Tag> = required "Tags" TAG_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListServerCertificates`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html>
    Record ListServerCertificatesResponse {
        server_certificate_metadata_list: Vec<super::ServerCertificateMetadata> = required "ServerCertificateMetadataList" SERVER_CERTIFICATE_METADATA_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListServiceSpecificCredentials`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html>
    #[derive(Default)]
    Record ListServiceSpecificCredentialsResponse {
        service_specific_credentials: Option<Vec<super::ServiceSpecificCredentialMetadata>> = optional "ServiceSpecificCredentials" SERVICE_SPECIFIC_CREDENTIALS_LIST_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
    }
}

structure! {
    /// The output of `ListSigningCertificates`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html>
    Record ListSigningCertificatesResponse {
        certificates: Vec<super::SigningCertificate> = required "Certificates" CERTIFICATE_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListUserPolicies`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html>
    Record ListUserPoliciesResponse {
        policy_names: Vec<String> = required "PolicyNames" POLICY_NAME_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListUserTags`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserTags.html>
    Record ListUserTagsResponse {
        tags: Vec<super::Tag> = required "Tags" TAG_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListUsers`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html>
    Record ListUsersResponse {
        users: Vec<super::User> = required "Users" USER_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `ListVirtualMFADevices`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html>
    Record ListVirtualMFADevicesResponse {
        virtual_mfa_devices: Vec<super::VirtualMFADevice> = required "VirtualMFADevices" VIRTUAL_MFA_DEVICE_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `PutAccountProperties`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutAccountProperties.html>
    #[derive(Default)]
    Record PutAccountPropertiesResponse {
    }
}

structure! {
    /// The output of `ResetServiceSpecificCredential`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResetServiceSpecificCredential.html>
    #[derive(Default)]
    Record ResetServiceSpecificCredentialResponse {
        service_specific_credential: Option<super::ServiceSpecificCredential> = optional "ServiceSpecificCredential" SERVICE_SPECIFIC_CREDENTIAL;
    }
}

structure! {
    /// The output of `SimulateCustomPolicy` and of `SimulatePrincipalPolicy`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html>, <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>
    #[derive(Default)]
    Record SimulatePolicyResponse {
        evaluation_results: Option<Vec<super::EvaluationResult>> = optional "EvaluationResults" EVALUATION_RESULTS_LIST_TYPE;
        is_truncated: Option<bool> = optional "IsTruncated" BOOLEAN_TYPE;
        marker: Option<String> = optional "Marker" RESPONSE_MARKER_TYPE;
    }
}

structure! {
    /// The output of `UpdateRoleDescription`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html>
    #[derive(Default)]
    Record UpdateRoleDescriptionResponse {
        role: Option<super::Role> = optional "Role" ROLE;
    }
}

structure! {
    /// The output of `UpdateRole`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html>
    #[derive(Default)]
    Record UpdateRoleResponse {
    }
}

structure! {
    /// The output of `UpdateSAMLProvider`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html>
    #[derive(Default)]
    Record UpdateSAMLProviderResponse {
        saml_provider_arn: Option<String> = optional "SAMLProviderArn" ARN_TYPE;
    }
}

structure! {
    /// The output of `UploadSSHPublicKey`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html>
    #[derive(Default)]
    Record UploadSSHPublicKeyResponse {
        ssh_public_key: Option<super::SSHPublicKey> = optional "SSHPublicKey" SSH_PUBLIC_KEY;
    }
}

structure! {
    /// The output of `UploadServerCertificate`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadServerCertificate.html>
    #[derive(Default)]
    Record UploadServerCertificateResponse {
        server_certificate_metadata: Option<super::ServerCertificateMetadata> = optional "ServerCertificateMetadata" SERVER_CERTIFICATE_METADATA;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// The output of `UploadSigningCertificate`. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html>
    Record UploadSigningCertificateResponse {
        certificate: super::SigningCertificate = required "Certificate" SIGNING_CERTIFICATE;
    }
}
