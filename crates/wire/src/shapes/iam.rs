//! The shapes of IAM, version 2010-05-08.
//!
//! Written by `cargo xtask generate` from `botocore/data/iam/2010-05-08` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

pub mod errors;
mod members;
mod operations;
mod requests;
mod responses;
mod structures;

use crate::shape::{OperationShape, Protocol, ServiceShape};

pub use operations::{
    AcceptDelegationRequest, AcquireRole, AddClientIDToOpenIDConnectProvider, AddRoleToInstanceProfile,
    AddUserToGroup, AssociateDelegationRequest, AttachGroupPolicy, AttachRolePolicy, AttachUserPolicy,
    ChangePassword, CreateAccessKey, CreateAccountAlias, CreateDelegationRequest, CreateGroup,
    CreateInstanceProfile, CreateLoginProfile, CreateOpenIDConnectProvider, CreatePolicy, CreatePolicyVersion,
    CreateRole, CreateSAMLProvider, CreateServiceLinkedRole, CreateServiceSpecificCredential, CreateUser,
    CreateVirtualMFADevice, DeactivateMFADevice, DeleteAccessKey, DeleteAccountAlias,
    DeleteAccountPasswordPolicy, DeleteGroup, DeleteGroupPolicy, DeleteInstanceProfile, DeleteLoginProfile,
    DeleteOpenIDConnectProvider, DeletePolicy, DeletePolicyVersion, DeleteRole, DeleteRolePermissionsBoundary,
    DeleteRolePolicy, DeleteSAMLProvider, DeleteSSHPublicKey, DeleteServerCertificate,
    DeleteServiceLinkedRole, DeleteServiceSpecificCredential, DeleteSigningCertificate, DeleteUser,
    DeleteUserPermissionsBoundary, DeleteUserPolicy, DeleteVirtualMFADevice, DetachGroupPolicy,
    DetachRolePolicy, DetachUserPolicy, DisableOrganizationsRootCredentialsManagement,
    DisableOrganizationsRootSessions, DisableOutboundWebIdentityFederation, EnableMFADevice,
    EnableOrganizationsRootCredentialsManagement, EnableOrganizationsRootSessions,
    EnableOutboundWebIdentityFederation, GenerateCredentialReport, GenerateOrganizationsAccessReport,
    GenerateServiceLastAccessedDetails, GetAccessKeyLastUsed, GetAccountAuthorizationDetails,
    GetAccountPasswordPolicy, GetAccountProperties, GetAccountSummary, GetContextKeysForCustomPolicy,
    GetContextKeysForPrincipalPolicy, GetCredentialReport, GetDelegationRequest, GetGroup, GetGroupPolicy,
    GetHumanReadableSummary, GetInstanceProfile, GetLoginProfile, GetMFADevice, GetOpenIDConnectProvider,
    GetOrganizationsAccessReport, GetOutboundWebIdentityFederationInfo, GetPolicy, GetPolicyVersion, GetRole,
    GetRolePolicy, GetRoleTemplateVersion, GetSAMLProvider, GetSSHPublicKey, GetServerCertificate,
    GetServiceLastAccessedDetails, GetServiceLastAccessedDetailsWithEntities,
    GetServiceLinkedRoleDeletionStatus, GetUser, GetUserPolicy, ListAccessKeys, ListAccountAliases,
    ListAttachedGroupPolicies, ListAttachedRolePolicies, ListAttachedUserPolicies, ListDelegationRequests,
    ListEntitiesForPolicy, ListGroupPolicies, ListGroups, ListGroupsForUser, ListInstanceProfileTags,
    ListInstanceProfiles, ListInstanceProfilesForRole, ListMFADeviceTags, ListMFADevices,
    ListOpenIDConnectProviderTags, ListOpenIDConnectProviders, ListOrganizationsFeatures, ListPolicies,
    ListPoliciesGrantingServiceAccess, ListPolicyTags, ListPolicyVersions, ListRolePolicies, ListRoleTags,
    ListRoles, ListSAMLProviderTags, ListSAMLProviders, ListSSHPublicKeys, ListServerCertificateTags,
    ListServerCertificates, ListServiceSpecificCredentials, ListSigningCertificates, ListUserPolicies,
    ListUserTags, ListUsers, ListVirtualMFADevices, PutAccountProperties, PutGroupPolicy,
    PutRolePermissionsBoundary, PutRolePolicy, PutUserPermissionsBoundary, PutUserPolicy,
    RejectDelegationRequest, RemoveClientIDFromOpenIDConnectProvider, RemoveRoleFromInstanceProfile,
    RemoveUserFromGroup, ResetServiceSpecificCredential, ResyncMFADevice, SendDelegationToken,
    SetDefaultPolicyVersion, SetSecurityTokenServicePreferences, SimulateCustomPolicy,
    SimulatePrincipalPolicy, TagInstanceProfile, TagMFADevice, TagOpenIDConnectProvider, TagPolicy, TagRole,
    TagSAMLProvider, TagServerCertificate, TagUser, UntagInstanceProfile, UntagMFADevice,
    UntagOpenIDConnectProvider, UntagPolicy, UntagRole, UntagSAMLProvider, UntagServerCertificate, UntagUser,
    UpdateAccessKey, UpdateAccountPasswordPolicy, UpdateAssumeRolePolicy, UpdateDelegationRequest,
    UpdateGroup, UpdateLoginProfile, UpdateOpenIDConnectProviderThumbprint, UpdateRole, UpdateRoleDescription,
    UpdateSAMLProvider, UpdateSSHPublicKey, UpdateServerCertificate, UpdateServiceSpecificCredential,
    UpdateSigningCertificate, UpdateUser, UploadSSHPublicKey, UploadServerCertificate,
    UploadSigningCertificate,
};
pub use requests::{
    AcceptDelegationRequestRequest, AcquireRoleRequest, AddClientIDToOpenIDConnectProviderRequest,
    AddRoleToInstanceProfileRequest, AddUserToGroupRequest, AssociateDelegationRequestRequest,
    AttachGroupPolicyRequest, AttachRolePolicyRequest, AttachUserPolicyRequest, ChangePasswordRequest,
    CreateAccessKeyRequest, CreateAccountAliasRequest, CreateDelegationRequestRequest, CreateGroupRequest,
    CreateInstanceProfileRequest, CreateLoginProfileRequest, CreateOpenIDConnectProviderRequest,
    CreatePolicyRequest, CreatePolicyVersionRequest, CreateRoleRequest, CreateSAMLProviderRequest,
    CreateServiceLinkedRoleRequest, CreateServiceSpecificCredentialRequest, CreateUserRequest,
    CreateVirtualMFADeviceRequest, DeactivateMFADeviceRequest, DeleteAccessKeyRequest,
    DeleteAccountAliasRequest, DeleteGroupPolicyRequest, DeleteGroupRequest, DeleteInstanceProfileRequest,
    DeleteLoginProfileRequest, DeleteOpenIDConnectProviderRequest, DeletePolicyRequest,
    DeletePolicyVersionRequest, DeleteRolePermissionsBoundaryRequest, DeleteRolePolicyRequest,
    DeleteRoleRequest, DeleteSAMLProviderRequest, DeleteSSHPublicKeyRequest, DeleteServerCertificateRequest,
    DeleteServiceLinkedRoleRequest, DeleteServiceSpecificCredentialRequest, DeleteSigningCertificateRequest,
    DeleteUserPermissionsBoundaryRequest, DeleteUserPolicyRequest, DeleteUserRequest,
    DeleteVirtualMFADeviceRequest, DetachGroupPolicyRequest, DetachRolePolicyRequest, DetachUserPolicyRequest,
    DisableOrganizationsRootCredentialsManagementRequest, DisableOrganizationsRootSessionsRequest,
    EnableMFADeviceRequest, EnableOrganizationsRootCredentialsManagementRequest,
    EnableOrganizationsRootSessionsRequest, GenerateOrganizationsAccessReportRequest,
    GenerateServiceLastAccessedDetailsRequest, GetAccessKeyLastUsedRequest,
    GetAccountAuthorizationDetailsRequest, GetAccountPropertiesRequest, GetContextKeysForCustomPolicyRequest,
    GetContextKeysForPrincipalPolicyRequest, GetDelegationRequestRequest, GetGroupPolicyRequest,
    GetGroupRequest, GetHumanReadableSummaryRequest, GetInstanceProfileRequest, GetLoginProfileRequest,
    GetMFADeviceRequest, GetOpenIDConnectProviderRequest, GetOrganizationsAccessReportRequest,
    GetPolicyRequest, GetPolicyVersionRequest, GetRolePolicyRequest, GetRoleRequest,
    GetRoleTemplateVersionRequest, GetSAMLProviderRequest, GetSSHPublicKeyRequest,
    GetServerCertificateRequest, GetServiceLastAccessedDetailsRequest,
    GetServiceLastAccessedDetailsWithEntitiesRequest, GetServiceLinkedRoleDeletionStatusRequest,
    GetUserPolicyRequest, GetUserRequest, ListAccessKeysRequest, ListAccountAliasesRequest,
    ListAttachedGroupPoliciesRequest, ListAttachedRolePoliciesRequest, ListAttachedUserPoliciesRequest,
    ListDelegationRequestsRequest, ListEntitiesForPolicyRequest, ListGroupPoliciesRequest,
    ListGroupsForUserRequest, ListGroupsRequest, ListInstanceProfileTagsRequest,
    ListInstanceProfilesForRoleRequest, ListInstanceProfilesRequest, ListMFADeviceTagsRequest,
    ListMFADevicesRequest, ListOpenIDConnectProviderTagsRequest, ListOpenIDConnectProvidersRequest,
    ListOrganizationsFeaturesRequest, ListPoliciesGrantingServiceAccessRequest, ListPoliciesRequest,
    ListPolicyTagsRequest, ListPolicyVersionsRequest, ListRolePoliciesRequest, ListRoleTagsRequest,
    ListRolesRequest, ListSAMLProviderTagsRequest, ListSAMLProvidersRequest, ListSSHPublicKeysRequest,
    ListServerCertificateTagsRequest, ListServerCertificatesRequest, ListServiceSpecificCredentialsRequest,
    ListSigningCertificatesRequest, ListUserPoliciesRequest, ListUserTagsRequest, ListUsersRequest,
    ListVirtualMFADevicesRequest, PutAccountPropertiesRequest, PutGroupPolicyRequest,
    PutRolePermissionsBoundaryRequest, PutRolePolicyRequest, PutUserPermissionsBoundaryRequest,
    PutUserPolicyRequest, RejectDelegationRequestRequest, RemoveClientIDFromOpenIDConnectProviderRequest,
    RemoveRoleFromInstanceProfileRequest, RemoveUserFromGroupRequest, ResetServiceSpecificCredentialRequest,
    ResyncMFADeviceRequest, SendDelegationTokenRequest, SetDefaultPolicyVersionRequest,
    SetSecurityTokenServicePreferencesRequest, SimulateCustomPolicyRequest, SimulatePrincipalPolicyRequest,
    TagInstanceProfileRequest, TagMFADeviceRequest, TagOpenIDConnectProviderRequest, TagPolicyRequest,
    TagRoleRequest, TagSAMLProviderRequest, TagServerCertificateRequest, TagUserRequest,
    UntagInstanceProfileRequest, UntagMFADeviceRequest, UntagOpenIDConnectProviderRequest, UntagPolicyRequest,
    UntagRoleRequest, UntagSAMLProviderRequest, UntagServerCertificateRequest, UntagUserRequest,
    UpdateAccessKeyRequest, UpdateAccountPasswordPolicyRequest, UpdateAssumeRolePolicyRequest,
    UpdateDelegationRequestRequest, UpdateGroupRequest, UpdateLoginProfileRequest,
    UpdateOpenIDConnectProviderThumbprintRequest, UpdateRoleDescriptionRequest, UpdateRoleRequest,
    UpdateSAMLProviderRequest, UpdateSSHPublicKeyRequest, UpdateServerCertificateRequest,
    UpdateServiceSpecificCredentialRequest, UpdateSigningCertificateRequest, UpdateUserRequest,
    UploadSSHPublicKeyRequest, UploadServerCertificateRequest, UploadSigningCertificateRequest,
};
pub use responses::{
    AcquireRoleResponse, CreateAccessKeyResponse, CreateDelegationRequestResponse, CreateGroupResponse,
    CreateInstanceProfileResponse, CreateLoginProfileResponse, CreateOpenIDConnectProviderResponse,
    CreatePolicyResponse, CreatePolicyVersionResponse, CreateRoleResponse, CreateSAMLProviderResponse,
    CreateServiceLinkedRoleResponse, CreateServiceSpecificCredentialResponse, CreateUserResponse,
    CreateVirtualMFADeviceResponse, DeleteServiceLinkedRoleResponse,
    DisableOrganizationsRootCredentialsManagementResponse, DisableOrganizationsRootSessionsResponse,
    EnableOrganizationsRootCredentialsManagementResponse, EnableOrganizationsRootSessionsResponse,
    EnableOutboundWebIdentityFederationResponse, GenerateCredentialReportResponse,
    GenerateOrganizationsAccessReportResponse, GenerateServiceLastAccessedDetailsResponse,
    GetAccessKeyLastUsedResponse, GetAccountAuthorizationDetailsResponse, GetAccountPasswordPolicyResponse,
    GetAccountPropertiesResponse, GetAccountSummaryResponse, GetContextKeysForPolicyResponse,
    GetCredentialReportResponse, GetDelegationRequestResponse, GetGroupPolicyResponse, GetGroupResponse,
    GetHumanReadableSummaryResponse, GetInstanceProfileResponse, GetLoginProfileResponse,
    GetMFADeviceResponse, GetOpenIDConnectProviderResponse, GetOrganizationsAccessReportResponse,
    GetOutboundWebIdentityFederationInfoResponse, GetPolicyResponse, GetPolicyVersionResponse,
    GetRolePolicyResponse, GetRoleResponse, GetRoleTemplateVersionResponse, GetSAMLProviderResponse,
    GetSSHPublicKeyResponse, GetServerCertificateResponse, GetServiceLastAccessedDetailsResponse,
    GetServiceLastAccessedDetailsWithEntitiesResponse, GetServiceLinkedRoleDeletionStatusResponse,
    GetUserPolicyResponse, GetUserResponse, ListAccessKeysResponse, ListAccountAliasesResponse,
    ListAttachedGroupPoliciesResponse, ListAttachedRolePoliciesResponse, ListAttachedUserPoliciesResponse,
    ListDelegationRequestsResponse, ListEntitiesForPolicyResponse, ListGroupPoliciesResponse,
    ListGroupsForUserResponse, ListGroupsResponse, ListInstanceProfileTagsResponse,
    ListInstanceProfilesForRoleResponse, ListInstanceProfilesResponse, ListMFADeviceTagsResponse,
    ListMFADevicesResponse, ListOpenIDConnectProviderTagsResponse, ListOpenIDConnectProvidersResponse,
    ListOrganizationsFeaturesResponse, ListPoliciesGrantingServiceAccessResponse, ListPoliciesResponse,
    ListPolicyTagsResponse, ListPolicyVersionsResponse, ListRolePoliciesResponse, ListRoleTagsResponse,
    ListRolesResponse, ListSAMLProviderTagsResponse, ListSAMLProvidersResponse, ListSSHPublicKeysResponse,
    ListServerCertificateTagsResponse, ListServerCertificatesResponse, ListServiceSpecificCredentialsResponse,
    ListSigningCertificatesResponse, ListUserPoliciesResponse, ListUserTagsResponse, ListUsersResponse,
    ListVirtualMFADevicesResponse, PutAccountPropertiesResponse, ResetServiceSpecificCredentialResponse,
    SimulatePolicyResponse, UpdateRoleDescriptionResponse, UpdateRoleResponse, UpdateSAMLProviderResponse,
    UploadSSHPublicKeyResponse, UploadServerCertificateResponse, UploadSigningCertificateResponse,
};
pub use structures::{
    AccessDetail, AccessKey, AccessKeyLastUsed, AccessKeyMetadata, AttachedPermissionsBoundary,
    AttachedPolicy, ContextEntry, DelegationPermission, DelegationRequest, DeletionTaskFailureReasonType,
    EntityDetails, EntityInfo, ErrorDetails, EvaluationResult, Group, GroupDetail, InlinePolicy,
    InlinePolicyIdentifierType, InstanceProfile, ListPoliciesGrantingServiceAccessEntry, LoginProfile,
    MFADevice, ManagedPolicyDetail, OpenIDConnectProviderListEntry, OrderedOrganizationPolicyType,
    OrganizationsDecisionDetail, ParameterDefinition, PasswordPolicy, PermissionsBoundaryDecisionDetail,
    Policy, PolicyDetail, PolicyGrantingServiceAccess, PolicyGroup, PolicyIdentifier, PolicyParameter,
    PolicyRole, PolicyUser, PolicyVersion, Position, ReplacementValueEntry, ResourceSpecificResult, Role,
    RoleDetail, RoleLastUsed, RoleTemplateVersion, RoleUsageType, SAMLPrivateKey, SAMLProviderListEntry,
    SSHPublicKey, SSHPublicKeyMetadata, ServerCertificate, ServerCertificateMetadata, ServiceLastAccessed,
    ServiceSpecificCredential, ServiceSpecificCredentialMetadata, SigningCertificate, SourceRoleTemplate,
    Statement, Tag, TagTemplate, TrackedActionLastAccessed, User, UserDetail, VirtualMFADevice,
};

/// The service. <https://docs.aws.amazon.com/IAM/latest/APIReference/Welcome.html>
pub static SERVICE: ServiceShape = ServiceShape {
    id: "IAM",
    signing_name: "iam",
    api_version: "2010-05-08",
    protocol: Protocol::Query,
    namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    target_prefix: "",
    operations: OPERATIONS,
};

/// Every operation, sorted by name.
pub static OPERATIONS: &[&OperationShape] = &[
    &operations::ACCEPT_DELEGATION_REQUEST,
    &operations::ACQUIRE_ROLE,
    &operations::ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER,
    &operations::ADD_ROLE_TO_INSTANCE_PROFILE,
    &operations::ADD_USER_TO_GROUP,
    &operations::ASSOCIATE_DELEGATION_REQUEST,
    &operations::ATTACH_GROUP_POLICY,
    &operations::ATTACH_ROLE_POLICY,
    &operations::ATTACH_USER_POLICY,
    &operations::CHANGE_PASSWORD,
    &operations::CREATE_ACCESS_KEY,
    &operations::CREATE_ACCOUNT_ALIAS,
    &operations::CREATE_DELEGATION_REQUEST,
    &operations::CREATE_GROUP,
    &operations::CREATE_INSTANCE_PROFILE,
    &operations::CREATE_LOGIN_PROFILE,
    &operations::CREATE_OPEN_ID_CONNECT_PROVIDER,
    &operations::CREATE_POLICY,
    &operations::CREATE_POLICY_VERSION,
    &operations::CREATE_ROLE,
    &operations::CREATE_SAML_PROVIDER,
    &operations::CREATE_SERVICE_LINKED_ROLE,
    &operations::CREATE_SERVICE_SPECIFIC_CREDENTIAL,
    &operations::CREATE_USER,
    &operations::CREATE_VIRTUAL_MFA_DEVICE,
    &operations::DEACTIVATE_MFA_DEVICE,
    &operations::DELETE_ACCESS_KEY,
    &operations::DELETE_ACCOUNT_ALIAS,
    &operations::DELETE_ACCOUNT_PASSWORD_POLICY,
    &operations::DELETE_GROUP,
    &operations::DELETE_GROUP_POLICY,
    &operations::DELETE_INSTANCE_PROFILE,
    &operations::DELETE_LOGIN_PROFILE,
    &operations::DELETE_OPEN_ID_CONNECT_PROVIDER,
    &operations::DELETE_POLICY,
    &operations::DELETE_POLICY_VERSION,
    &operations::DELETE_ROLE,
    &operations::DELETE_ROLE_PERMISSIONS_BOUNDARY,
    &operations::DELETE_ROLE_POLICY,
    &operations::DELETE_SAML_PROVIDER,
    &operations::DELETE_SSH_PUBLIC_KEY,
    &operations::DELETE_SERVER_CERTIFICATE,
    &operations::DELETE_SERVICE_LINKED_ROLE,
    &operations::DELETE_SERVICE_SPECIFIC_CREDENTIAL,
    &operations::DELETE_SIGNING_CERTIFICATE,
    &operations::DELETE_USER,
    &operations::DELETE_USER_PERMISSIONS_BOUNDARY,
    &operations::DELETE_USER_POLICY,
    &operations::DELETE_VIRTUAL_MFA_DEVICE,
    &operations::DETACH_GROUP_POLICY,
    &operations::DETACH_ROLE_POLICY,
    &operations::DETACH_USER_POLICY,
    &operations::DISABLE_ORGANIZATIONS_ROOT_CREDENTIALS_MANAGEMENT,
    &operations::DISABLE_ORGANIZATIONS_ROOT_SESSIONS,
    &operations::DISABLE_OUTBOUND_WEB_IDENTITY_FEDERATION,
    &operations::ENABLE_MFA_DEVICE,
    &operations::ENABLE_ORGANIZATIONS_ROOT_CREDENTIALS_MANAGEMENT,
    &operations::ENABLE_ORGANIZATIONS_ROOT_SESSIONS,
    &operations::ENABLE_OUTBOUND_WEB_IDENTITY_FEDERATION,
    &operations::GENERATE_CREDENTIAL_REPORT,
    &operations::GENERATE_ORGANIZATIONS_ACCESS_REPORT,
    &operations::GENERATE_SERVICE_LAST_ACCESSED_DETAILS,
    &operations::GET_ACCESS_KEY_LAST_USED,
    &operations::GET_ACCOUNT_AUTHORIZATION_DETAILS,
    &operations::GET_ACCOUNT_PASSWORD_POLICY,
    &operations::GET_ACCOUNT_PROPERTIES,
    &operations::GET_ACCOUNT_SUMMARY,
    &operations::GET_CONTEXT_KEYS_FOR_CUSTOM_POLICY,
    &operations::GET_CONTEXT_KEYS_FOR_PRINCIPAL_POLICY,
    &operations::GET_CREDENTIAL_REPORT,
    &operations::GET_DELEGATION_REQUEST,
    &operations::GET_GROUP,
    &operations::GET_GROUP_POLICY,
    &operations::GET_HUMAN_READABLE_SUMMARY,
    &operations::GET_INSTANCE_PROFILE,
    &operations::GET_LOGIN_PROFILE,
    &operations::GET_MFA_DEVICE,
    &operations::GET_OPEN_ID_CONNECT_PROVIDER,
    &operations::GET_ORGANIZATIONS_ACCESS_REPORT,
    &operations::GET_OUTBOUND_WEB_IDENTITY_FEDERATION_INFO,
    &operations::GET_POLICY,
    &operations::GET_POLICY_VERSION,
    &operations::GET_ROLE,
    &operations::GET_ROLE_POLICY,
    &operations::GET_ROLE_TEMPLATE_VERSION,
    &operations::GET_SAML_PROVIDER,
    &operations::GET_SSH_PUBLIC_KEY,
    &operations::GET_SERVER_CERTIFICATE,
    &operations::GET_SERVICE_LAST_ACCESSED_DETAILS,
    &operations::GET_SERVICE_LAST_ACCESSED_DETAILS_WITH_ENTITIES,
    &operations::GET_SERVICE_LINKED_ROLE_DELETION_STATUS,
    &operations::GET_USER,
    &operations::GET_USER_POLICY,
    &operations::LIST_ACCESS_KEYS,
    &operations::LIST_ACCOUNT_ALIASES,
    &operations::LIST_ATTACHED_GROUP_POLICIES,
    &operations::LIST_ATTACHED_ROLE_POLICIES,
    &operations::LIST_ATTACHED_USER_POLICIES,
    &operations::LIST_DELEGATION_REQUESTS,
    &operations::LIST_ENTITIES_FOR_POLICY,
    &operations::LIST_GROUP_POLICIES,
    &operations::LIST_GROUPS,
    &operations::LIST_GROUPS_FOR_USER,
    &operations::LIST_INSTANCE_PROFILE_TAGS,
    &operations::LIST_INSTANCE_PROFILES,
    &operations::LIST_INSTANCE_PROFILES_FOR_ROLE,
    &operations::LIST_MFA_DEVICE_TAGS,
    &operations::LIST_MFA_DEVICES,
    &operations::LIST_OPEN_ID_CONNECT_PROVIDER_TAGS,
    &operations::LIST_OPEN_ID_CONNECT_PROVIDERS,
    &operations::LIST_ORGANIZATIONS_FEATURES,
    &operations::LIST_POLICIES,
    &operations::LIST_POLICIES_GRANTING_SERVICE_ACCESS,
    &operations::LIST_POLICY_TAGS,
    &operations::LIST_POLICY_VERSIONS,
    &operations::LIST_ROLE_POLICIES,
    &operations::LIST_ROLE_TAGS,
    &operations::LIST_ROLES,
    &operations::LIST_SAML_PROVIDER_TAGS,
    &operations::LIST_SAML_PROVIDERS,
    &operations::LIST_SSH_PUBLIC_KEYS,
    &operations::LIST_SERVER_CERTIFICATE_TAGS,
    &operations::LIST_SERVER_CERTIFICATES,
    &operations::LIST_SERVICE_SPECIFIC_CREDENTIALS,
    &operations::LIST_SIGNING_CERTIFICATES,
    &operations::LIST_USER_POLICIES,
    &operations::LIST_USER_TAGS,
    &operations::LIST_USERS,
    &operations::LIST_VIRTUAL_MFA_DEVICES,
    &operations::PUT_ACCOUNT_PROPERTIES,
    &operations::PUT_GROUP_POLICY,
    &operations::PUT_ROLE_PERMISSIONS_BOUNDARY,
    &operations::PUT_ROLE_POLICY,
    &operations::PUT_USER_PERMISSIONS_BOUNDARY,
    &operations::PUT_USER_POLICY,
    &operations::REJECT_DELEGATION_REQUEST,
    &operations::REMOVE_CLIENT_ID_FROM_OPEN_ID_CONNECT_PROVIDER,
    &operations::REMOVE_ROLE_FROM_INSTANCE_PROFILE,
    &operations::REMOVE_USER_FROM_GROUP,
    &operations::RESET_SERVICE_SPECIFIC_CREDENTIAL,
    &operations::RESYNC_MFA_DEVICE,
    &operations::SEND_DELEGATION_TOKEN,
    &operations::SET_DEFAULT_POLICY_VERSION,
    &operations::SET_SECURITY_TOKEN_SERVICE_PREFERENCES,
    &operations::SIMULATE_CUSTOM_POLICY,
    &operations::SIMULATE_PRINCIPAL_POLICY,
    &operations::TAG_INSTANCE_PROFILE,
    &operations::TAG_MFA_DEVICE,
    &operations::TAG_OPEN_ID_CONNECT_PROVIDER,
    &operations::TAG_POLICY,
    &operations::TAG_ROLE,
    &operations::TAG_SAML_PROVIDER,
    &operations::TAG_SERVER_CERTIFICATE,
    &operations::TAG_USER,
    &operations::UNTAG_INSTANCE_PROFILE,
    &operations::UNTAG_MFA_DEVICE,
    &operations::UNTAG_OPEN_ID_CONNECT_PROVIDER,
    &operations::UNTAG_POLICY,
    &operations::UNTAG_ROLE,
    &operations::UNTAG_SAML_PROVIDER,
    &operations::UNTAG_SERVER_CERTIFICATE,
    &operations::UNTAG_USER,
    &operations::UPDATE_ACCESS_KEY,
    &operations::UPDATE_ACCOUNT_PASSWORD_POLICY,
    &operations::UPDATE_ASSUME_ROLE_POLICY,
    &operations::UPDATE_DELEGATION_REQUEST,
    &operations::UPDATE_GROUP,
    &operations::UPDATE_LOGIN_PROFILE,
    &operations::UPDATE_OPEN_ID_CONNECT_PROVIDER_THUMBPRINT,
    &operations::UPDATE_ROLE,
    &operations::UPDATE_ROLE_DESCRIPTION,
    &operations::UPDATE_SAML_PROVIDER,
    &operations::UPDATE_SSH_PUBLIC_KEY,
    &operations::UPDATE_SERVER_CERTIFICATE,
    &operations::UPDATE_SERVICE_SPECIFIC_CREDENTIAL,
    &operations::UPDATE_SIGNING_CERTIFICATE,
    &operations::UPDATE_USER,
    &operations::UPLOAD_SSH_PUBLIC_KEY,
    &operations::UPLOAD_SERVER_CERTIFICATE,
    &operations::UPLOAD_SIGNING_CERTIFICATE,
];

/// Calls a macro with the names of all operations of [`iam`](crate::iam), separated by spaces.
#[macro_export]
macro_rules! every_iam_operation {
    ($call:ident) => {
        $call! {
            AcceptDelegationRequest AcquireRole AddClientIDToOpenIDConnectProvider AddRoleToInstanceProfile
            AddUserToGroup AssociateDelegationRequest AttachGroupPolicy AttachRolePolicy AttachUserPolicy
            ChangePassword CreateAccessKey CreateAccountAlias CreateDelegationRequest CreateGroup
            CreateInstanceProfile CreateLoginProfile CreateOpenIDConnectProvider CreatePolicy
            CreatePolicyVersion CreateRole CreateSAMLProvider CreateServiceLinkedRole
            CreateServiceSpecificCredential CreateUser CreateVirtualMFADevice DeactivateMFADevice
            DeleteAccessKey DeleteAccountAlias DeleteAccountPasswordPolicy DeleteGroup DeleteGroupPolicy
            DeleteInstanceProfile DeleteLoginProfile DeleteOpenIDConnectProvider DeletePolicy
            DeletePolicyVersion DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy DeleteSAMLProvider
            DeleteSSHPublicKey DeleteServerCertificate DeleteServiceLinkedRole
            DeleteServiceSpecificCredential DeleteSigningCertificate DeleteUser DeleteUserPermissionsBoundary
            DeleteUserPolicy DeleteVirtualMFADevice DetachGroupPolicy DetachRolePolicy DetachUserPolicy
            DisableOrganizationsRootCredentialsManagement DisableOrganizationsRootSessions
            DisableOutboundWebIdentityFederation EnableMFADevice EnableOrganizationsRootCredentialsManagement
            EnableOrganizationsRootSessions EnableOutboundWebIdentityFederation GenerateCredentialReport
            GenerateOrganizationsAccessReport GenerateServiceLastAccessedDetails GetAccessKeyLastUsed
            GetAccountAuthorizationDetails GetAccountPasswordPolicy GetAccountProperties GetAccountSummary
            GetContextKeysForCustomPolicy GetContextKeysForPrincipalPolicy GetCredentialReport
            GetDelegationRequest GetGroup GetGroupPolicy GetHumanReadableSummary GetInstanceProfile
            GetLoginProfile GetMFADevice GetOpenIDConnectProvider GetOrganizationsAccessReport
            GetOutboundWebIdentityFederationInfo GetPolicy GetPolicyVersion GetRole GetRolePolicy
            GetRoleTemplateVersion GetSAMLProvider GetSSHPublicKey GetServerCertificate
            GetServiceLastAccessedDetails GetServiceLastAccessedDetailsWithEntities
            GetServiceLinkedRoleDeletionStatus GetUser GetUserPolicy ListAccessKeys ListAccountAliases
            ListAttachedGroupPolicies ListAttachedRolePolicies ListAttachedUserPolicies
            ListDelegationRequests ListEntitiesForPolicy ListGroupPolicies ListGroups ListGroupsForUser
            ListInstanceProfileTags ListInstanceProfiles ListInstanceProfilesForRole ListMFADeviceTags
            ListMFADevices ListOpenIDConnectProviderTags ListOpenIDConnectProviders ListOrganizationsFeatures
            ListPolicies ListPoliciesGrantingServiceAccess ListPolicyTags ListPolicyVersions ListRolePolicies
            ListRoleTags ListRoles ListSAMLProviderTags ListSAMLProviders ListSSHPublicKeys
            ListServerCertificateTags ListServerCertificates ListServiceSpecificCredentials
            ListSigningCertificates ListUserPolicies ListUserTags ListUsers ListVirtualMFADevices
            PutAccountProperties PutGroupPolicy PutRolePermissionsBoundary PutRolePolicy
            PutUserPermissionsBoundary PutUserPolicy RejectDelegationRequest
            RemoveClientIDFromOpenIDConnectProvider RemoveRoleFromInstanceProfile RemoveUserFromGroup
            ResetServiceSpecificCredential ResyncMFADevice SendDelegationToken SetDefaultPolicyVersion
            SetSecurityTokenServicePreferences SimulateCustomPolicy SimulatePrincipalPolicy
            TagInstanceProfile TagMFADevice TagOpenIDConnectProvider TagPolicy TagRole TagSAMLProvider
            TagServerCertificate TagUser UntagInstanceProfile UntagMFADevice UntagOpenIDConnectProvider
            UntagPolicy UntagRole UntagSAMLProvider UntagServerCertificate UntagUser UpdateAccessKey
            UpdateAccountPasswordPolicy UpdateAssumeRolePolicy UpdateDelegationRequest UpdateGroup
            UpdateLoginProfile UpdateOpenIDConnectProviderThumbprint UpdateRole UpdateRoleDescription
            UpdateSAMLProvider UpdateSSHPublicKey UpdateServerCertificate UpdateServiceSpecificCredential
            UpdateSigningCertificate UpdateUser UploadSSHPublicKey UploadServerCertificate
            UploadSigningCertificate
        }
    };
}
