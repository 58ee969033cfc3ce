//! IAM.
//!
//! Every operation acts in the caller's own account. Resources, actions and condition keys are those of the service
//! authorization reference.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html>

mod access_keys;
mod account;
mod account_properties;
pub(crate) mod ask;
mod attachments;
mod authorization_details;
mod boundaries;
mod context_keys;
mod credential_reports;
mod delegation;
mod groups;
mod inline;
mod instance_profiles;
mod last_accessed;
mod last_used;
pub(crate) mod linked_roles;
mod mfa;
mod mfa_listing;
mod oidc_providers;
mod outbound;
pub(crate) mod page;
mod password_policy;
mod passwords;
mod picture;
mod policies;
mod policy_entities;
mod policy_versions;
mod provider_tags;
mod render;
mod role_templates;
mod roles;
mod root_access;
mod saml_providers;
mod server_certificates;
mod service_access;
mod service_credentials;
mod signing_certificates;
mod simulate;
mod ssh_public_keys;
mod tags;
mod users;

use doorward_wire::iam;

use crate::table::Row;

/// The operations of IAM that this server has.
pub(crate) static ROWS: [Row; 180] = [
    Row::of::<iam::AcceptDelegationRequest>(),
    Row::of::<iam::AcquireRole>(),
    Row::of::<iam::AddClientIDToOpenIDConnectProvider>(),
    Row::of::<iam::AddRoleToInstanceProfile>(),
    Row::of::<iam::AddUserToGroup>(),
    Row::of::<iam::AssociateDelegationRequest>(),
    Row::of::<iam::AttachGroupPolicy>(),
    Row::of::<iam::AttachRolePolicy>(),
    Row::of::<iam::AttachUserPolicy>(),
    Row::of::<iam::ChangePassword>(),
    Row::of::<iam::CreateAccessKey>(),
    Row::of::<iam::CreateAccountAlias>(),
    Row::of::<iam::CreateDelegationRequest>(),
    Row::of::<iam::CreateGroup>(),
    Row::of::<iam::CreateInstanceProfile>(),
    Row::of::<iam::CreateLoginProfile>(),
    Row::of::<iam::CreateOpenIDConnectProvider>(),
    Row::of::<iam::CreatePolicy>(),
    Row::of::<iam::CreatePolicyVersion>(),
    Row::of::<iam::CreateRole>(),
    Row::of::<iam::CreateSAMLProvider>(),
    Row::of::<iam::CreateServiceLinkedRole>(),
    Row::of::<iam::CreateServiceSpecificCredential>(),
    Row::of::<iam::CreateUser>(),
    Row::of::<iam::CreateVirtualMFADevice>(),
    Row::of::<iam::DeactivateMFADevice>(),
    Row::of::<iam::DeleteAccessKey>(),
    Row::of::<iam::DeleteAccountAlias>(),
    Row::of::<iam::DeleteAccountPasswordPolicy>(),
    Row::of::<iam::DeleteGroup>(),
    Row::of::<iam::DeleteGroupPolicy>(),
    Row::of::<iam::DeleteInstanceProfile>(),
    Row::of::<iam::DeleteLoginProfile>(),
    Row::of::<iam::DeleteOpenIDConnectProvider>(),
    Row::of::<iam::DeletePolicy>(),
    Row::of::<iam::DeletePolicyVersion>(),
    Row::of::<iam::DeleteRole>(),
    Row::of::<iam::DeleteRolePermissionsBoundary>(),
    Row::of::<iam::DeleteRolePolicy>(),
    Row::of::<iam::DeleteSAMLProvider>(),
    Row::of::<iam::DeleteSSHPublicKey>(),
    Row::of::<iam::DeleteServerCertificate>(),
    Row::of::<iam::DeleteServiceLinkedRole>(),
    Row::of::<iam::DeleteServiceSpecificCredential>(),
    Row::of::<iam::DeleteSigningCertificate>(),
    Row::of::<iam::DeleteUser>(),
    Row::of::<iam::DeleteUserPermissionsBoundary>(),
    Row::of::<iam::DeleteUserPolicy>(),
    Row::of::<iam::DeleteVirtualMFADevice>(),
    Row::of::<iam::DetachGroupPolicy>(),
    Row::of::<iam::DetachRolePolicy>(),
    Row::of::<iam::DetachUserPolicy>(),
    Row::of::<iam::DisableOrganizationsRootCredentialsManagement>(),
    Row::of::<iam::DisableOrganizationsRootSessions>(),
    Row::of::<iam::DisableOutboundWebIdentityFederation>(),
    Row::of::<iam::EnableMFADevice>(),
    Row::of::<iam::EnableOrganizationsRootCredentialsManagement>(),
    Row::of::<iam::EnableOrganizationsRootSessions>(),
    Row::of::<iam::EnableOutboundWebIdentityFederation>(),
    Row::of::<iam::GenerateCredentialReport>(),
    Row::of::<iam::GenerateOrganizationsAccessReport>(),
    Row::of::<iam::GenerateServiceLastAccessedDetails>(),
    Row::of::<iam::GetAccessKeyLastUsed>(),
    Row::gathered::<iam::GetAccountAuthorizationDetails>(),
    Row::of::<iam::GetAccountPasswordPolicy>(),
    Row::of::<iam::GetAccountProperties>(),
    Row::of::<iam::GetAccountSummary>(),
    Row::of::<iam::GetContextKeysForCustomPolicy>(),
    Row::of::<iam::GetContextKeysForPrincipalPolicy>(),
    Row::of::<iam::GetCredentialReport>(),
    Row::of::<iam::GetDelegationRequest>(),
    Row::of::<iam::GetGroup>(),
    Row::of::<iam::GetGroupPolicy>(),
    Row::of::<iam::GetHumanReadableSummary>(),
    Row::of::<iam::GetInstanceProfile>(),
    Row::of::<iam::GetLoginProfile>(),
    Row::of::<iam::GetMFADevice>(),
    Row::of::<iam::GetOpenIDConnectProvider>(),
    Row::of::<iam::GetOrganizationsAccessReport>(),
    Row::of::<iam::GetOutboundWebIdentityFederationInfo>(),
    Row::of::<iam::GetPolicy>(),
    Row::of::<iam::GetPolicyVersion>(),
    Row::of::<iam::GetRole>(),
    Row::of::<iam::GetRolePolicy>(),
    Row::of::<iam::GetRoleTemplateVersion>(),
    Row::of::<iam::GetSAMLProvider>(),
    Row::of::<iam::GetSSHPublicKey>(),
    Row::of::<iam::GetServerCertificate>(),
    Row::of::<iam::GetServiceLastAccessedDetails>(),
    Row::of::<iam::GetServiceLastAccessedDetailsWithEntities>(),
    Row::of::<iam::GetServiceLinkedRoleDeletionStatus>(),
    Row::of::<iam::GetUser>(),
    Row::of::<iam::GetUserPolicy>(),
    Row::of::<iam::ListAccessKeys>(),
    Row::of::<iam::ListAccountAliases>(),
    Row::of::<iam::ListAttachedGroupPolicies>(),
    Row::of::<iam::ListAttachedRolePolicies>(),
    Row::of::<iam::ListAttachedUserPolicies>(),
    Row::of::<iam::ListDelegationRequests>(),
    Row::of::<iam::ListEntitiesForPolicy>(),
    Row::of::<iam::ListGroupPolicies>(),
    Row::of::<iam::ListGroups>(),
    Row::of::<iam::ListGroupsForUser>(),
    Row::of::<iam::ListInstanceProfileTags>(),
    Row::of::<iam::ListInstanceProfiles>(),
    Row::of::<iam::ListInstanceProfilesForRole>(),
    Row::of::<iam::ListMFADeviceTags>(),
    Row::of::<iam::ListMFADevices>(),
    Row::of::<iam::ListOpenIDConnectProviderTags>(),
    Row::of::<iam::ListOpenIDConnectProviders>(),
    Row::of::<iam::ListOrganizationsFeatures>(),
    Row::of::<iam::ListPolicies>(),
    Row::of::<iam::ListPoliciesGrantingServiceAccess>(),
    Row::of::<iam::ListPolicyTags>(),
    Row::of::<iam::ListPolicyVersions>(),
    Row::of::<iam::ListRolePolicies>(),
    Row::of::<iam::ListRoleTags>(),
    Row::of::<iam::ListRoles>(),
    Row::of::<iam::ListSAMLProviderTags>(),
    Row::of::<iam::ListSAMLProviders>(),
    Row::of::<iam::ListSSHPublicKeys>(),
    Row::of::<iam::ListServerCertificateTags>(),
    Row::of::<iam::ListServerCertificates>(),
    Row::of::<iam::ListServiceSpecificCredentials>(),
    Row::of::<iam::ListSigningCertificates>(),
    Row::of::<iam::ListUserPolicies>(),
    Row::of::<iam::ListUserTags>(),
    Row::of::<iam::ListUsers>(),
    Row::of::<iam::ListVirtualMFADevices>(),
    Row::of::<iam::PutAccountProperties>(),
    Row::of::<iam::PutGroupPolicy>(),
    Row::of::<iam::PutRolePermissionsBoundary>(),
    Row::of::<iam::PutRolePolicy>(),
    Row::of::<iam::PutUserPermissionsBoundary>(),
    Row::of::<iam::PutUserPolicy>(),
    Row::of::<iam::RejectDelegationRequest>(),
    Row::of::<iam::RemoveClientIDFromOpenIDConnectProvider>(),
    Row::of::<iam::RemoveRoleFromInstanceProfile>(),
    Row::of::<iam::RemoveUserFromGroup>(),
    Row::of::<iam::ResetServiceSpecificCredential>(),
    Row::of::<iam::ResyncMFADevice>(),
    Row::of::<iam::SendDelegationToken>(),
    Row::of::<iam::SetDefaultPolicyVersion>(),
    Row::of::<iam::SetSecurityTokenServicePreferences>(),
    Row::of::<iam::SimulateCustomPolicy>(),
    Row::of::<iam::SimulatePrincipalPolicy>(),
    Row::of::<iam::TagInstanceProfile>(),
    Row::of::<iam::TagMFADevice>(),
    Row::of::<iam::TagOpenIDConnectProvider>(),
    Row::of::<iam::TagPolicy>(),
    Row::of::<iam::TagRole>(),
    Row::of::<iam::TagSAMLProvider>(),
    Row::of::<iam::TagServerCertificate>(),
    Row::of::<iam::TagUser>(),
    Row::of::<iam::UntagInstanceProfile>(),
    Row::of::<iam::UntagMFADevice>(),
    Row::of::<iam::UntagOpenIDConnectProvider>(),
    Row::of::<iam::UntagPolicy>(),
    Row::of::<iam::UntagRole>(),
    Row::of::<iam::UntagSAMLProvider>(),
    Row::of::<iam::UntagServerCertificate>(),
    Row::of::<iam::UntagUser>(),
    Row::of::<iam::UpdateAccessKey>(),
    Row::of::<iam::UpdateAccountPasswordPolicy>(),
    Row::of::<iam::UpdateAssumeRolePolicy>(),
    Row::of::<iam::UpdateDelegationRequest>(),
    Row::of::<iam::UpdateGroup>(),
    Row::of::<iam::UpdateLoginProfile>(),
    Row::of::<iam::UpdateOpenIDConnectProviderThumbprint>(),
    Row::of::<iam::UpdateRole>(),
    Row::of::<iam::UpdateRoleDescription>(),
    Row::of::<iam::UpdateSAMLProvider>(),
    Row::of::<iam::UpdateSSHPublicKey>(),
    Row::of::<iam::UpdateServerCertificate>(),
    Row::of::<iam::UpdateServiceSpecificCredential>(),
    Row::of::<iam::UpdateSigningCertificate>(),
    Row::of::<iam::UpdateUser>(),
    Row::of::<iam::UploadSSHPublicKey>(),
    Row::of::<iam::UploadServerCertificate>(),
    Row::of::<iam::UploadSigningCertificate>(),
];
