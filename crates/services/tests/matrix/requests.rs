//! One request for every operation, and the world in which it succeeds for whoever may make it.

use std::sync::LazyLock;

use doorward_directory::certificate::{ServerMaterial, SigningMaterial};
use doorward_directory::change::boundaries::Bounded;
use doorward_directory::change::passwords::Reset;
use doorward_directory::change::policies::Standing;
use doorward_directory::change::tags::Tagged;
use doorward_directory::change::{self, Holder};
use doorward_directory::password::{NewPassword, PasswordPolicy};
use doorward_directory::service_credential::ServiceKind;
use doorward_directory::ssh_key::SshMaterial;
use doorward_directory::{Name, Path, Refusal, Tag};
use doorward_federation::issue::{Algorithm, SigningKey};

use crate::delegation;
use crate::door::{self, Device, Door, MANAGEMENT, OTHER, account, allows, trusts};
use crate::organization::{self, Names};

/// Parameters; a value may be `{…}`, see [`World::filled`].
pub type Parameters = &'static [(&'static str, &'static str)];

const USER: (&str, &str) = ("UserName", "user");
const GROUP: (&str, &str) = ("GroupName", "group");
const ROLE: (&str, &str) = ("RoleName", "role");
const PROFILE: (&str, &str) = ("InstanceProfileName", "profile");
const POLICY: (&str, &str) = ("PolicyArn", "arn:aws:iam::111111111111:policy/policy");
const SPARE_ARN: &str = "arn:aws:iam::111111111111:policy/spare";
const SPARE: (&str, &str) = ("PolicyArn", SPARE_ARN);
const BOUNDARY: (&str, &str) = ("PermissionsBoundary", SPARE_ARN);
const INLINE: (&str, &str) = ("PolicyName", "inline-0");
const DOCUMENT: (&str, &str) = ("PolicyDocument", "{document}");
const KEY: (&str, &str) = ("AccessKeyId", "{key}");
const TAG_KEY: (&str, &str) = ("Tags.member.1.Key", "team");
const TAG_VALUE: (&str, &str) = ("Tags.member.1.Value", "blue");
const DELEGATION: (&str, &str) = ("DelegationRequestId", "{delegation-id}");
const OLD_TAG: (&str, &str) = ("TagKeys.member.1", "team");
const OIDC: (&str, &str) =
    ("OpenIDConnectProviderArn", "arn:aws:iam::111111111111:oidc-provider/idp.example");
const SAML: (&str, &str) = ("SAMLProviderArn", "arn:aws:iam::111111111111:saml-provider/saml");
const METADATA: (&str, &str) = ("SAMLMetadataDocument", METADATA_DOCUMENT);
const METADATA_DOCUMENT: &str = include_str!("../../../../conformance/saml/metadata.xml");
const CERTIFICATE: (&str, &str) = ("ServerCertificateName", "certificate");
const SIGNING: (&str, &str) = ("CertificateId", "{signing}");
const SSH_KEY: (&str, &str) = ("SSHPublicKeyId", "{ssh-key}");
const CREDENTIAL: (&str, &str) = ("ServiceSpecificCredentialId", "{credential}");
const INACTIVE: (&str, &str) = ("Status", "Inactive");
/// A token that says it is of the provider; nobody has signed it.
const TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL2lkcC5leGFtcGxlIiwiYXVkIjoiYXBwIiwic3ViIjoic29tZWJvZHkifQ.c2lnbmF0dXJl";
/// A SAML response that says nothing.
const RESPONSE: &str = "PHA6UmVzcG9uc2UgeG1sbnM6cD0idXJuOm9hc2lzOm5hbWVzOnRjOlNBTUw6Mi4wOnByb3RvY29sIi8+";
/// A report that the caller has asked for.
const JOB: (&str, &str) = ("JobId", "{job}");
const SOURCE: (&str, &str) = ("PolicySourceArn", "arn:aws:iam::111111111111:user/user");
const SIMULATED: (&str, &str) = ("ActionNames.member.1", "s3:PutObject");
const SPARE_VERSION: (&str, &str) = ("VersionId", "v2");

const TEMPLATE: (&str, &str) =
    ("TemplateArn", "arn:aws:iam::aws:role-template/iam.amazonaws.com/PowerUserRoleTemplate:1");
const PHONE: (&str, &str) = ("SerialNumber", "arn:aws:iam::111111111111:mfa/phone");
const SPARE_PHONE: (&str, &str) = ("SerialNumber", "arn:aws:iam::111111111111:mfa/spare");

/// The password of whoever has one.
const PASSWORD: &str = "Password-1";
const CONTROL: (&str, &str) = ("PolicyId", "{control}");
const CONTROL_TYPE: (&str, &str) = ("Type", "SERVICE_CONTROL_POLICY");
const TARGET: (&str, &str) = ("TargetId", "{unit}");
const MEMBER: (&str, &str) = ("AccountId", OTHER);
const ADMINISTRATOR: (&str, &str) = ("AccountId", "{administrator}");
const TRUSTED: (&str, &str) = ("ServicePrincipal", "config.amazonaws.com");
const HANDSHAKE: (&str, &str) = ("HandshakeId", "{handshake}");

/// Every operation, in the order of services and names.
pub const REQUESTS: &[(&str, Parameters)] = &[
    ("iam:AcceptDelegationRequest", &[DELEGATION]),
    (
        "iam:AcquireRole",
        &[
            TEMPLATE,
            ("ReplacementValues.entry.1.key", "RoleName"),
            ("ReplacementValues.entry.1.value.Values.member.1", "new"),
            ("ReplacementValues.entry.2.key", "AWSServiceName"),
            ("ReplacementValues.entry.2.value.Values.member.1", "ec2.amazonaws.com"),
        ],
    ),
    ("iam:AddClientIDToOpenIDConnectProvider", &[OIDC, ("ClientID", "new")]),
    ("iam:AddRoleToInstanceProfile", &[("InstanceProfileName", "empty"), ROLE]),
    ("iam:AddUserToGroup", &[("GroupName", "empty"), USER]),
    ("iam:AssociateDelegationRequest", &[DELEGATION]),
    ("iam:AttachGroupPolicy", &[GROUP, SPARE]),
    ("iam:AttachRolePolicy", &[ROLE, SPARE]),
    ("iam:AttachUserPolicy", &[USER, SPARE]),
    ("iam:ChangePassword", &[("OldPassword", PASSWORD), ("NewPassword", "New-password-1")]),
    ("iam:CreateAccessKey", &[USER]),
    ("iam:CreateAccountAlias", &[("AccountAlias", "new-alias")]),
    (
        "iam:CreateDelegationRequest",
        &[
            ("Description", "to look"),
            ("Permissions.PolicyTemplateArn", "arn:aws:iam::aws:delegation-template/example.com/Read"),
            ("Permissions.Parameters.member.1.Name", "bucketName"),
            ("Permissions.Parameters.member.1.Type", "string"),
            ("Permissions.Parameters.member.1.Values.member.1", "photos"),
            ("Permissions.Parameters.member.2.Name", "isWriter"),
            ("Permissions.Parameters.member.2.Type", "string"),
            ("Permissions.Parameters.member.2.Values.member.1", "False"),
            ("RequestorWorkflowId", "workflow"),
            ("NotificationChannel", "arn:aws:sns:us-east-1:111111111111:delegation"),
            ("SessionDuration", "3600"),
        ],
    ),
    ("iam:CreateGroup", &[("GroupName", "new")]),
    ("iam:CreateInstanceProfile", &[("InstanceProfileName", "new")]),
    ("iam:CreateLoginProfile", &[("UserName", "empty"), ("Password", PASSWORD)]),
    ("iam:CreateOpenIDConnectProvider", &[("Url", "https://new.example")]),
    ("iam:CreatePolicy", &[("PolicyName", "new"), DOCUMENT]),
    ("iam:CreatePolicyVersion", &[POLICY, DOCUMENT]),
    ("iam:CreateRole", &[("RoleName", "new"), ("AssumeRolePolicyDocument", "{trust}")]),
    ("iam:CreateSAMLProvider", &[("Name", "new"), METADATA]),
    ("iam:CreateServiceLinkedRole", &[("AWSServiceName", "autoscaling.amazonaws.com")]),
    ("iam:CreateServiceSpecificCredential", &[USER, ("ServiceName", "bedrock.amazonaws.com")]),
    ("iam:CreateUser", &[("UserName", "new")]),
    ("iam:CreateVirtualMFADevice", &[("VirtualMFADeviceName", "new")]),
    ("iam:DeactivateMFADevice", &[USER, PHONE]),
    ("iam:DeleteAccessKey", &[USER, KEY]),
    ("iam:DeleteAccountAlias", &[("AccountAlias", "alias")]),
    ("iam:DeleteAccountPasswordPolicy", &[]),
    ("iam:DeleteGroup", &[("GroupName", "empty")]),
    ("iam:DeleteGroupPolicy", &[GROUP, INLINE]),
    ("iam:DeleteInstanceProfile", &[("InstanceProfileName", "empty")]),
    ("iam:DeleteLoginProfile", &[USER]),
    ("iam:DeleteOpenIDConnectProvider", &[OIDC]),
    ("iam:DeletePolicy", &[SPARE]),
    ("iam:DeletePolicyVersion", &[POLICY, SPARE_VERSION]),
    ("iam:DeleteRole", &[("RoleName", "empty")]),
    ("iam:DeleteRolePermissionsBoundary", &[ROLE]),
    ("iam:DeleteRolePolicy", &[ROLE, INLINE]),
    ("iam:DeleteSAMLProvider", &[SAML]),
    ("iam:DeleteSSHPublicKey", &[USER, SSH_KEY]),
    ("iam:DeleteServerCertificate", &[CERTIFICATE]),
    ("iam:DeleteServiceLinkedRole", &[("RoleName", "AWSServiceRoleForBatch")]),
    ("iam:DeleteServiceSpecificCredential", &[USER, CREDENTIAL]),
    ("iam:DeleteSigningCertificate", &[USER, SIGNING]),
    ("iam:DeleteUser", &[("UserName", "empty")]),
    ("iam:DeleteUserPermissionsBoundary", &[USER]),
    ("iam:DeleteUserPolicy", &[USER, INLINE]),
    ("iam:DeleteVirtualMFADevice", &[SPARE_PHONE]),
    ("iam:DetachGroupPolicy", &[GROUP, POLICY]),
    ("iam:DetachRolePolicy", &[ROLE, POLICY]),
    ("iam:DetachUserPolicy", &[USER, POLICY]),
    ("iam:DisableOrganizationsRootCredentialsManagement", &[]),
    ("iam:DisableOrganizationsRootSessions", &[]),
    ("iam:DisableOutboundWebIdentityFederation", &[]),
    (
        "iam:EnableMFADevice",
        &[USER, SPARE_PHONE, ("AuthenticationCode1", "{spare-1}"), ("AuthenticationCode2", "{spare-2}")],
    ),
    ("iam:EnableOrganizationsRootCredentialsManagement", &[]),
    ("iam:EnableOrganizationsRootSessions", &[]),
    ("iam:EnableOutboundWebIdentityFederation", &[]),
    ("iam:GenerateCredentialReport", &[]),
    ("iam:GenerateOrganizationsAccessReport", &[("EntityPath", "o-abcdefghij/r-abcd")]),
    ("iam:GenerateServiceLastAccessedDetails", &[("Arn", "arn:aws:iam::111111111111:user/user")]),
    ("iam:GetAccessKeyLastUsed", &[KEY]),
    ("iam:GetAccountAuthorizationDetails", &[]),
    ("iam:GetAccountPasswordPolicy", &[]),
    ("iam:GetAccountProperties", &[]),
    ("iam:GetAccountSummary", &[]),
    ("iam:GetContextKeysForCustomPolicy", &[("PolicyInputList.member.1", "{document}")]),
    ("iam:GetContextKeysForPrincipalPolicy", &[SOURCE]),
    ("iam:GetCredentialReport", &[]),
    ("iam:GetDelegationRequest", &[DELEGATION]),
    ("iam:GetGroup", &[GROUP]),
    ("iam:GetGroupPolicy", &[GROUP, INLINE]),
    ("iam:GetHumanReadableSummary", &[("EntityArn", "{delegation-arn}")]),
    ("iam:GetInstanceProfile", &[PROFILE]),
    ("iam:GetLoginProfile", &[USER]),
    ("iam:GetMFADevice", &[USER, PHONE]),
    ("iam:GetOpenIDConnectProvider", &[OIDC]),
    ("iam:GetOrganizationsAccessReport", &[JOB]),
    ("iam:GetOutboundWebIdentityFederationInfo", &[]),
    ("iam:GetPolicy", &[POLICY]),
    ("iam:GetPolicyVersion", &[POLICY, SPARE_VERSION]),
    ("iam:GetRole", &[ROLE]),
    ("iam:GetRolePolicy", &[ROLE, INLINE]),
    ("iam:GetRoleTemplateVersion", &[TEMPLATE]),
    ("iam:GetSAMLProvider", &[SAML]),
    ("iam:GetSSHPublicKey", &[USER, SSH_KEY, ("Encoding", "PEM")]),
    ("iam:GetServerCertificate", &[CERTIFICATE]),
    ("iam:GetServiceLastAccessedDetails", &[JOB]),
    ("iam:GetServiceLastAccessedDetailsWithEntities", &[JOB, ("ServiceNamespace", "s3")]),
    ("iam:GetServiceLinkedRoleDeletionStatus", &[("DeletionTaskId", "{task}")]),
    ("iam:GetUser", &[USER]),
    ("iam:GetUserPolicy", &[USER, INLINE]),
    ("iam:ListAccessKeys", &[USER]),
    ("iam:ListAccountAliases", &[]),
    ("iam:ListAttachedGroupPolicies", &[GROUP]),
    ("iam:ListAttachedRolePolicies", &[ROLE]),
    ("iam:ListAttachedUserPolicies", &[USER]),
    ("iam:ListDelegationRequests", &[]),
    ("iam:ListEntitiesForPolicy", &[POLICY]),
    ("iam:ListGroupPolicies", &[GROUP]),
    ("iam:ListGroups", &[]),
    ("iam:ListGroupsForUser", &[USER]),
    ("iam:ListInstanceProfileTags", &[PROFILE]),
    ("iam:ListInstanceProfiles", &[]),
    ("iam:ListInstanceProfilesForRole", &[ROLE]),
    ("iam:ListMFADeviceTags", &[PHONE]),
    ("iam:ListMFADevices", &[USER]),
    ("iam:ListOpenIDConnectProviderTags", &[OIDC]),
    ("iam:ListOpenIDConnectProviders", &[]),
    ("iam:ListOrganizationsFeatures", &[]),
    ("iam:ListPolicies", &[]),
    (
        "iam:ListPoliciesGrantingServiceAccess",
        &[("Arn", "arn:aws:iam::111111111111:user/user"), ("ServiceNamespaces.member.1", "s3")],
    ),
    ("iam:ListPolicyTags", &[POLICY]),
    ("iam:ListPolicyVersions", &[POLICY]),
    ("iam:ListRolePolicies", &[ROLE]),
    ("iam:ListRoleTags", &[ROLE]),
    ("iam:ListRoles", &[]),
    ("iam:ListSAMLProviderTags", &[SAML]),
    ("iam:ListSAMLProviders", &[]),
    ("iam:ListSSHPublicKeys", &[USER]),
    ("iam:ListServerCertificateTags", &[CERTIFICATE]),
    ("iam:ListServerCertificates", &[]),
    ("iam:ListServiceSpecificCredentials", &[USER]),
    ("iam:ListSigningCertificates", &[USER]),
    ("iam:ListUserPolicies", &[USER]),
    ("iam:ListUserTags", &[USER]),
    ("iam:ListUsers", &[]),
    ("iam:ListVirtualMFADevices", &[]),
    (
        "iam:PutAccountProperties",
        &[("Properties.entry.1.key", "RoleManager/Enabled"), ("Properties.entry.1.value", "true")],
    ),
    ("iam:PutGroupPolicy", &[GROUP, INLINE, DOCUMENT]),
    ("iam:PutRolePermissionsBoundary", &[ROLE, BOUNDARY]),
    ("iam:PutRolePolicy", &[ROLE, INLINE, DOCUMENT]),
    ("iam:PutUserPermissionsBoundary", &[USER, BOUNDARY]),
    ("iam:PutUserPolicy", &[USER, INLINE, DOCUMENT]),
    ("iam:RejectDelegationRequest", &[DELEGATION]),
    ("iam:RemoveClientIDFromOpenIDConnectProvider", &[OIDC, ("ClientID", "app")]),
    ("iam:RemoveRoleFromInstanceProfile", &[PROFILE, ROLE]),
    ("iam:RemoveUserFromGroup", &[GROUP, USER]),
    ("iam:ResetServiceSpecificCredential", &[USER, CREDENTIAL]),
    (
        "iam:ResyncMFADevice",
        &[USER, PHONE, ("AuthenticationCode1", "{phone-1}"), ("AuthenticationCode2", "{phone-2}")],
    ),
    ("iam:SendDelegationToken", &[DELEGATION]),
    ("iam:SetDefaultPolicyVersion", &[POLICY, SPARE_VERSION]),
    ("iam:SetSecurityTokenServicePreferences", &[("GlobalEndpointTokenVersion", "v2Token")]),
    ("iam:SimulateCustomPolicy", &[("PolicyInputList.member.1", "{document}"), SIMULATED]),
    ("iam:SimulatePrincipalPolicy", &[SOURCE, SIMULATED]),
    ("iam:TagInstanceProfile", &[PROFILE, TAG_KEY, TAG_VALUE]),
    ("iam:TagMFADevice", &[PHONE, TAG_KEY, TAG_VALUE]),
    ("iam:TagOpenIDConnectProvider", &[OIDC, TAG_KEY, TAG_VALUE]),
    ("iam:TagPolicy", &[POLICY, TAG_KEY, TAG_VALUE]),
    ("iam:TagRole", &[ROLE, TAG_KEY, TAG_VALUE]),
    ("iam:TagSAMLProvider", &[SAML, TAG_KEY, TAG_VALUE]),
    ("iam:TagServerCertificate", &[CERTIFICATE, TAG_KEY, TAG_VALUE]),
    ("iam:TagUser", &[USER, TAG_KEY, TAG_VALUE]),
    ("iam:UntagInstanceProfile", &[PROFILE, OLD_TAG]),
    ("iam:UntagMFADevice", &[PHONE, OLD_TAG]),
    ("iam:UntagOpenIDConnectProvider", &[OIDC, OLD_TAG]),
    ("iam:UntagPolicy", &[POLICY, OLD_TAG]),
    ("iam:UntagRole", &[ROLE, OLD_TAG]),
    ("iam:UntagSAMLProvider", &[SAML, OLD_TAG]),
    ("iam:UntagServerCertificate", &[CERTIFICATE, OLD_TAG]),
    ("iam:UntagUser", &[USER, OLD_TAG]),
    ("iam:UpdateAccessKey", &[USER, KEY, ("Status", "Inactive")]),
    ("iam:UpdateAccountPasswordPolicy", &[("MinimumPasswordLength", "12")]),
    ("iam:UpdateAssumeRolePolicy", &[ROLE, ("PolicyDocument", "{trust}")]),
    ("iam:UpdateDelegationRequest", &[DELEGATION]),
    ("iam:UpdateGroup", &[GROUP, ("NewGroupName", "new")]),
    ("iam:UpdateLoginProfile", &[USER, ("Password", "New-password-1")]),
    (
        "iam:UpdateOpenIDConnectProviderThumbprint",
        &[OIDC, ("ThumbprintList.member.1", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")],
    ),
    ("iam:UpdateRole", &[ROLE, ("Description", "new")]),
    ("iam:UpdateRoleDescription", &[ROLE, ("Description", "new")]),
    ("iam:UpdateSAMLProvider", &[SAML, METADATA]),
    ("iam:UpdateSSHPublicKey", &[USER, SSH_KEY, INACTIVE]),
    ("iam:UpdateServerCertificate", &[CERTIFICATE, ("NewServerCertificateName", "new")]),
    ("iam:UpdateServiceSpecificCredential", &[USER, CREDENTIAL, INACTIVE]),
    ("iam:UpdateSigningCertificate", &[USER, SIGNING, INACTIVE]),
    ("iam:UpdateUser", &[USER, ("NewUserName", "new")]),
    ("iam:UploadSSHPublicKey", &[USER, ("SSHPublicKeyBody", "{ssh}")]),
    (
        "iam:UploadServerCertificate",
        &[
            ("ServerCertificateName", "new"),
            ("CertificateBody", "{certificate}"),
            ("PrivateKey", "{private-key}"),
        ],
    ),
    ("iam:UploadSigningCertificate", &[USER, ("CertificateBody", "{certificate}")]),
    ("organizations:AcceptHandshake", &[HANDSHAKE]),
    ("organizations:AttachPolicy", &[CONTROL, TARGET]),
    ("organizations:CancelHandshake", &[HANDSHAKE]),
    ("organizations:CloseAccount", &[MEMBER]),
    ("organizations:CreateAccount", &[("Email", "new@example.com"), ("AccountName", "new")]),
    ("organizations:CreateGovCloudAccount", &[("AccountName", "gov"), ("Email", "gov@example.com")]),
    ("organizations:CreateOrganization", &[]),
    ("organizations:CreateOrganizationalUnit", &[("ParentId", "{root}"), ("Name", "new")]),
    (
        "organizations:CreatePolicy",
        &[CONTROL_TYPE, ("Name", "new"), ("Description", ""), ("Content", "{document}")],
    ),
    ("organizations:DeclineHandshake", &[HANDSHAKE]),
    ("organizations:DeleteOrganization", &[]),
    ("organizations:DeleteOrganizationalUnit", &[("OrganizationalUnitId", "{empty}")]),
    ("organizations:DeletePolicy", &[CONTROL]),
    ("organizations:DeleteResourcePolicy", &[]),
    ("organizations:DeregisterDelegatedAdministrator", &[ADMINISTRATOR, TRUSTED]),
    ("organizations:DescribeAccount", &[MEMBER]),
    ("organizations:DescribeCreateAccountStatus", &[("CreateAccountRequestId", "{creation}")]),
    ("organizations:DescribeEffectivePolicy", &[("PolicyType", "TAG_POLICY"), ("TargetId", OTHER)]),
    ("organizations:DescribeHandshake", &[HANDSHAKE]),
    ("organizations:DescribeOrganization", &[]),
    ("organizations:DescribeOrganizationalUnit", &[("OrganizationalUnitId", "{unit}")]),
    ("organizations:DescribePolicy", &[CONTROL]),
    ("organizations:DescribeResourcePolicy", &[]),
    ("organizations:DescribeResponsibilityTransfer", &[("Id", "rt-12345678")]),
    ("organizations:DetachPolicy", &[("PolicyId", "{attached}"), TARGET]),
    ("organizations:DisableAWSServiceAccess", &[("ServicePrincipal", "sso.amazonaws.com")]),
    ("organizations:DisablePolicyType", &[("RootId", "{root}"), ("PolicyType", "SERVICE_CONTROL_POLICY")]),
    ("organizations:EnableAWSServiceAccess", &[TRUSTED]),
    ("organizations:EnableAllFeatures", &[]),
    ("organizations:EnablePolicyType", &[("RootId", "{root}"), ("PolicyType", "RESOURCE_CONTROL_POLICY")]),
    (
        "organizations:InviteAccountToOrganization",
        &[("Target", r#"json:{"Type":"ACCOUNT","Id":"444444444444"}"#)],
    ),
    (
        "organizations:InviteOrganizationToTransferResponsibility",
        &[
            ("Type", "BILLING"),
            ("Target", r#"json:{"Type":"ACCOUNT","Id":"444444444444"}"#),
            ("StartTimestamp", "json:1798761600"),
            ("SourceName", "transfer"),
        ],
    ),
    ("organizations:LeaveOrganization", &[]),
    ("organizations:ListAWSServiceAccessForOrganization", &[]),
    ("organizations:ListAccounts", &[]),
    ("organizations:ListAccountsForParent", &[("ParentId", "{unit}")]),
    ("organizations:ListAccountsWithInvalidEffectivePolicy", &[("PolicyType", "TAG_POLICY")]),
    ("organizations:ListChildren", &[("ParentId", "{unit}"), ("ChildType", "ACCOUNT")]),
    ("organizations:ListCreateAccountStatus", &[]),
    ("organizations:ListDelegatedAdministrators", &[]),
    ("organizations:ListDelegatedServicesForAccount", &[ADMINISTRATOR]),
    (
        "organizations:ListEffectivePolicyValidationErrors",
        &[("AccountId", OTHER), ("PolicyType", "TAG_POLICY")],
    ),
    ("organizations:ListHandshakesForAccount", &[]),
    ("organizations:ListHandshakesForOrganization", &[]),
    ("organizations:ListInboundResponsibilityTransfers", &[("Type", "BILLING")]),
    ("organizations:ListOrganizationalUnitsForParent", &[("ParentId", "{root}")]),
    ("organizations:ListOutboundResponsibilityTransfers", &[("Type", "BILLING")]),
    ("organizations:ListParents", &[("ChildId", "{unit}")]),
    ("organizations:ListPolicies", &[("Filter", "SERVICE_CONTROL_POLICY")]),
    ("organizations:ListPoliciesForTarget", &[TARGET, ("Filter", "SERVICE_CONTROL_POLICY")]),
    ("organizations:ListRoots", &[]),
    ("organizations:ListTagsForResource", &[("ResourceId", "{unit}")]),
    ("organizations:ListTargetsForPolicy", &[CONTROL]),
    ("organizations:MoveAccount", &[MEMBER, ("SourceParentId", "{root}"), ("DestinationParentId", "{unit}")]),
    ("organizations:PutResourcePolicy", &[("Content", "{delegation}")]),
    ("organizations:RegisterDelegatedAdministrator", &[MEMBER, TRUSTED]),
    ("organizations:RemoveAccountFromOrganization", &[MEMBER]),
    (
        "organizations:TagResource",
        &[("ResourceId", "{unit}"), ("Tags", r#"json:[{"Key":"team","Value":"blue"}]"#)],
    ),
    ("organizations:TerminateResponsibilityTransfer", &[("Id", "rt-12345678")]),
    ("organizations:UntagResource", &[("ResourceId", "{unit}"), ("TagKeys", r#"json:["team"]"#)]),
    ("organizations:UpdateOrganizationalUnit", &[("OrganizationalUnitId", "{unit}"), ("Name", "new")]),
    ("organizations:UpdatePolicy", &[CONTROL, ("Name", "new")]),
    ("organizations:UpdateResponsibilityTransfer", &[("Id", "rt-12345678"), ("Name", "new")]),
    ("sts:AssumeRole", &[("RoleArn", "arn:aws:iam::111111111111:role/role"), ("RoleSessionName", "session")]),
    (
        "sts:AssumeRoleWithSAML",
        &[
            ("RoleArn", "arn:aws:iam::111111111111:role/role"),
            ("PrincipalArn", "arn:aws:iam::111111111111:saml-provider/saml"),
            ("SAMLAssertion", RESPONSE),
        ],
    ),
    (
        "sts:AssumeRoleWithWebIdentity",
        &[
            ("RoleArn", "arn:aws:iam::111111111111:role/role"),
            ("RoleSessionName", "session"),
            ("WebIdentityToken", TOKEN),
        ],
    ),
    (
        "sts:AssumeRoot",
        &[
            ("TargetPrincipal", OTHER),
            ("TaskPolicyArn.arn", "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"),
        ],
    ),
    ("sts:DecodeAuthorizationMessage", &[("EncodedMessage", "{message}")]),
    ("sts:GetAccessKeyInfo", &[KEY]),
    ("sts:GetCallerIdentity", &[]),
    ("sts:GetDelegatedAccessToken", &[("TradeInToken", "{trade-in}")]),
    ("sts:GetFederationToken", &[("Name", "name")]),
    ("sts:GetSessionToken", &[]),
    ("sts:GetWebIdentityToken", &[("Audience.member.1", "app"), ("SigningAlgorithm", "ES384")]),
];

/// Gives a user of the management account a password. It is hashed once for all worlds.
pub fn give_password(door: &Door, name: &str) {
    static HASHED: LazyLock<NewPassword<'static>> = LazyLock::new(|| {
        let door = Door::new();
        door.user("someone", &[]);
        let snapshot = door.directory().snapshot();
        let user = snapshot.user(account(MANAGEMENT), "someone").unwrap();
        door.directory().new_password(&snapshot, user, PASSWORD).unwrap()
    });
    let here = account(MANAGEMENT);
    door.change(|draft| change::passwords::create(draft, here, name, &HASHED, Reset::NotRequired));
}

/// An account with one of everything, and one of everything that nothing depends on.
pub struct World {
    pub door: Door,
    key: String,
    phone: Device,
    spare_phone: Device,
    message: String,
    /// The ids of what the user has.
    signing: String,
    ssh_key: String,
    credential: String,
    task: String,
    organization: Names,
}

/// One of the certificates and keys of `conformance/certificates`.
macro_rules! pem {
    ($file:literal) => {
        include_str!(concat!("../../../../conformance/certificates/", $file))
    };
}

/// One identity provider of each kind.
fn furnish_providers(draft: &mut change::Draft<'_>, tags: &[Tag]) -> Result<(), Refusal> {
    let (url, client_ids) = ("https://idp.example", &["app".to_owned()]);
    let oidc = change::oidc::NewOidcProvider { url, client_ids, thumbprints: &[], tags };
    change::oidc::create(draft, account(MANAGEMENT), &oidc)?;
    let (name, metadata) = (&Name::new("saml")?, METADATA_DOCUMENT);
    let saml = change::saml::NewSamlProvider { name, metadata, encryption: None, private_key: None, tags };
    change::saml::create(draft, account(MANAGEMENT), &saml).map(drop)
}

impl World {
    /// The world for an operation: identities are proved to others in it, unless that is what the operation brings about.
    pub fn of(operation: &str) -> Self {
        let mut door = Door::new();
        let trust = trusts("arn:aws:iam::111111111111:root");
        let document = allows("s3:GetObject", "*");
        let key = door.tagged_user(MANAGEMENT, "user", &[("team", "red")], &[&document]).id;
        door.tagged_role(MANAGEMENT, "role", &trust, &[("team", "red")], &[&document]);
        door.role("empty", &trust, &[]);
        door.group("group", &[&document], &["user"]);
        door.group("empty", &[], &[]);
        door.managed("spare", &document);
        let policy = door.managed("policy", &document);
        let tags = door::tags(&[("team", "red")]);
        let here = account(MANAGEMENT);
        let name = |text| Name::new(text).unwrap();
        door.change(|draft| {
            let (name_empty, path) = (name("empty"), Path::root());
            let empty = change::users::NewUser { name: name_empty, path, tags: &[], boundary: None };
            change::users::create(draft, here, &empty)?;
            change::profiles::create(draft, here, name("profile"), Path::root(), &tags)?;
            change::profiles::add_role(draft, here, "profile", "role")?;
            change::profiles::create(draft, here, name("empty"), Path::root(), &[])?;
            change::policies::create_version(draft, here, &policy, &document, Standing::Spare)?;
            change::tags::put(draft, here, Tagged::Policy(&policy), &tags)?;
            for holder in [Holder::User("user"), Holder::Group("group"), Holder::Role("role")] {
                change::attachments::attach(draft, here, holder, &policy)?;
            }
            for bounded in [Bounded::User("user"), Bounded::Role("role")] {
                change::boundaries::put(draft, here, bounded, &policy)?;
            }
            change::passwords::put_policy(draft, here, PasswordPolicy::default())?;
            furnish_providers(draft, &tags)?;
            change::accounts::put_alias(draft, here, "alias")
        });
        give_password(&door, "user");
        let [signing, ssh_key, credential] = credentials(&door);
        let task = door.change(|draft| {
            for service in ["batch.amazonaws.com", "ecs.amazonaws.com"] {
                let new = change::linked_roles::NewLinkedRole { service, suffix: None, description: None };
                change::linked_roles::create(draft, here, &new)?;
            }
            change::credential_reports::generate(draft, here)?;
            change::linked_roles::delete(draft, here, "AWSServiceRoleForECS").map(|deletion| deletion.task())
        });
        let denied = door.user("denied", &[]);
        let message = door.call(&denied, "iam:ListUsers", &[]).denial.unwrap();
        let (phone, spare_phone) = (door.device_of("user", "phone"), door.device("spare"));
        let outbound = operation.contains("Outbound") || operation.contains("GetWebIdentityToken");
        if outbound && !operation.contains("Enable") {
            let key = SigningKey::generate(Algorithm::Es384).unwrap();
            let keys = std::slice::from_ref(&key);
            door.change(|draft| change::issuers::enable(draft, here, keys));
        }
        let mut organization = organization::make(&door, operation);
        organization.extend(delegation::make(&mut door, operation));
        Self { door, key, phone, spare_phone, message, signing, ssh_key, credential, task, organization }
    }

    /// The parameters, with what only this world knows.
    pub fn filled(&self, parameters: Parameters) -> Vec<(&'static str, String)> {
        let fill = |value: &str| match value {
            "{document}" => allows("s3:PutObject", "*"),
            "{trust}" => trusts("arn:aws:iam::111111111111:root"),
            "{key}" => self.key.clone(),
            "{message}" => self.message.clone(),
            "{signing}" => self.signing.clone(),
            "{ssh-key}" => self.ssh_key.clone(),
            "{credential}" => self.credential.clone(),
            "{certificate}" => pem!("leaf.pem").to_owned(),
            "{private-key}" => pem!("leaf.key.pem").to_owned(),
            "{ssh}" => pem!("ssh.pub").to_owned(),
            "{task}" => self.task.clone(),
            "{phone-1}" => self.phone.code(self.door.now(), 1),
            "{phone-2}" => self.phone.code(self.door.now(), 2),
            "{spare-1}" => self.spare_phone.code(self.door.now(), 1),
            "{spare-2}" => self.spare_phone.code(self.door.now(), 2),
            other => match other.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                Some(name) => self.organization.get(name).cloned().unwrap_or_else(|| other.to_owned()),
                None => other.to_owned(),
            },
        };
        parameters.iter().map(|(name, value)| (*name, fill(value))).collect()
    }
}

/// Gives the user one credential of every kind and the account a server certificate; answers the ids of the user's.
fn credentials(door: &Door) -> [String; 3] {
    let signing = SigningMaterial::read(pem!("root.pem"), door.now()).unwrap();
    let ssh = SshMaterial::read(pem!("ssh.other.pub")).unwrap();
    let server = ServerMaterial::read(pem!("curve.pem"), pem!("curve.key.pem"), None, door.now()).unwrap();
    let (here, tags) = (account(MANAGEMENT), door::tags(&[("team", "red")]));
    let new = change::server_certificates::NewServerCertificate {
        name: Name::new("certificate").unwrap(),
        path: Path::root(),
        material: &server,
        tags: &tags,
    };
    door.change(|draft| {
        change::server_certificates::upload(draft, here, &new)?;
        let holder = change::keys::KeyHolder::User("user");
        let signing = change::signing_certificates::upload(draft, here, holder, &signing)?;
        let ssh = change::ssh_keys::upload(draft, here, "user", &ssh)?;
        let git = ServiceKind::CodeCommit;
        let credential = change::service_credentials::create(draft, here, "user", git, None)?.credential;
        Ok([signing.id, ssh.id, credential.id].map(|id| id.to_string()))
    })
}
