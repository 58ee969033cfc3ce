//! Quotas.
//!
//! Every number is AWS's default, with its page; an operator may raise (or lower) each of them in [`Limits`].
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>

/// Users in an account.
pub const USERS_PER_ACCOUNT: u32 = 5000;
/// Groups in an account.
pub const GROUPS_PER_ACCOUNT: u32 = 300;
/// Roles in an account.
pub const ROLES_PER_ACCOUNT: u32 = 1000;
/// Customer managed policies in an account.
pub const POLICIES_PER_ACCOUNT: u32 = 1500;
/// Instance profiles in an account.
pub const INSTANCE_PROFILES_PER_ACCOUNT: u32 = 1000;
/// Groups that a user is a member of.
pub const GROUPS_PER_USER: u32 = 10;
/// Managed policies attached to a user.
pub const POLICIES_PER_USER: u32 = 10;
/// Managed policies attached to a group.
pub const POLICIES_PER_GROUP: u32 = 10;
/// Managed policies attached to a role.
pub const POLICIES_PER_ROLE: u32 = 10;
/// Access keys of a user, of an account's root user, and of a service.
pub const ACCESS_KEYS_PER_USER: u32 = 2;
/// MFA devices of a user, and of an account's root user.
pub const MFA_DEVICES_PER_USER: u32 = 8;
/// Virtual MFA devices in an account, whoever has them: as many as users.
pub const MFA_DEVICES_PER_ACCOUNT: u32 = USERS_PER_ACCOUNT;
/// Versions of a managed policy.
pub const VERSIONS_PER_POLICY: u32 = 5;
/// Tags of one entity.
pub const TAGS_PER_ENTITY: u32 = 50;
/// Characters of a managed policy, white space not counted.
pub const MANAGED_POLICY_CHARACTERS: u32 = 6144;
/// Characters of all inline policies of a user together, white space not counted.
pub const USER_INLINE_CHARACTERS: u32 = 2048;
/// Characters of all inline policies of a group together, white space not counted.
pub const GROUP_INLINE_CHARACTERS: u32 = 5120;
/// Characters of all inline policies of a role together, white space not counted.
pub const ROLE_INLINE_CHARACTERS: u32 = 10_240;
/// Characters of a role's trust policy, white space not counted.
pub const TRUST_POLICY_CHARACTERS: u32 = 2048;
/// The shortest maximum session duration of a role, in seconds.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
pub const ROLE_SESSION_S_MIN: u32 = 3600;
/// The longest maximum session duration of a role, in seconds.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
pub const ROLE_SESSION_S_MAX: u32 = 43_200;
/// Signing certificates of a user, and of an account's root user.
/// OpenID Connect providers in an account.
pub const OIDC_PROVIDERS_PER_ACCOUNT: u32 = 100;
/// Client ids of an OpenID Connect provider.
pub const CLIENT_IDS_PER_OIDC_PROVIDER: u32 = 100;
/// Thumbprints of an OpenID Connect provider.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>
pub const THUMBPRINTS_PER_OIDC_PROVIDER: u32 = 5;
/// SAML providers in an account.
pub const SAML_PROVIDERS_PER_ACCOUNT: u32 = 100;
/// Certificates for signatures in the metadata of a SAML provider.
pub const KEYS_PER_SAML_PROVIDER: u32 = 10;
/// Private keys of a SAML provider.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html>, `PrivateKeyList`
pub const PRIVATE_KEYS_PER_SAML_PROVIDER: u32 = 2;
/// Signing certificates of a user; reported, none can be made.
pub const SIGNING_CERTIFICATES_PER_USER: u32 = 2;
/// SSH public keys of a user.
pub const SSH_KEYS_PER_USER: u32 = 5;
/// Credentials of a user for one service.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html>
pub const SERVICE_CREDENTIALS_PER_USER: u32 = 2;
/// Server certificates of an account.
pub const SERVER_CERTIFICATES_PER_ACCOUNT: u32 = 20;
/// Versions of all managed policies of an account together; reported only.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html>
pub const POLICY_VERSIONS_IN_USE: u32 = 10_000;
/// Accounts in an organization, its management account and open invitations counted.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
pub const ACCOUNTS_PER_ORGANIZATION: u32 = 10;
/// Organizational units in an organization.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
pub const UNITS_PER_ORGANIZATION: u32 = 2000;
/// How deep organizational units may stand in each other under the root.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
pub const UNIT_DEPTH: u32 = 5;
/// Service control policies of an organization.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
pub const SERVICE_CONTROL_POLICIES_PER_ORGANIZATION: u32 = 10_000;
/// Resource control policies of an organization.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
pub const RESOURCE_CONTROL_POLICIES_PER_ORGANIZATION: u32 = 1000;
/// Service control policies attached to a root, unit or account.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
pub const SERVICE_CONTROL_POLICIES_PER_TARGET: u32 = 5;
/// Resource control policies attached to a root, unit or account, `RCPFullAWSAccess` counted.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
pub const RESOURCE_CONTROL_POLICIES_PER_TARGET: u32 = 5;
/// Characters of a service or resource control policy, white space counted.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
pub const CONTROL_POLICY_CHARACTERS: u32 = 5120;
/// Invitations that an organization sends within 24 hours.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
pub const INVITATIONS_PER_DAY: u32 = 20;

/// The quotas of an installation. [`Limits::default`] is AWS's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// See [`USERS_PER_ACCOUNT`].
    pub users_per_account: u32,
    /// See [`GROUPS_PER_ACCOUNT`].
    pub groups_per_account: u32,
    /// See [`ROLES_PER_ACCOUNT`].
    pub roles_per_account: u32,
    /// See [`POLICIES_PER_ACCOUNT`].
    pub policies_per_account: u32,
    /// See [`INSTANCE_PROFILES_PER_ACCOUNT`].
    pub instance_profiles_per_account: u32,
    /// See [`GROUPS_PER_USER`].
    pub groups_per_user: u32,
    /// See [`POLICIES_PER_USER`].
    pub policies_per_user: u32,
    /// See [`POLICIES_PER_GROUP`].
    pub policies_per_group: u32,
    /// See [`POLICIES_PER_ROLE`].
    pub policies_per_role: u32,
    /// See [`ACCESS_KEYS_PER_USER`].
    pub access_keys_per_user: u32,
    /// See [`MFA_DEVICES_PER_USER`].
    pub mfa_devices_per_user: u32,
    /// See [`MFA_DEVICES_PER_ACCOUNT`].
    pub mfa_devices_per_account: u32,
    /// See [`VERSIONS_PER_POLICY`].
    pub versions_per_policy: u32,
    /// See [`TAGS_PER_ENTITY`].
    pub tags_per_entity: u32,
    /// See [`MANAGED_POLICY_CHARACTERS`].
    pub managed_policy_characters: u32,
    /// See [`USER_INLINE_CHARACTERS`].
    pub user_inline_characters: u32,
    /// See [`GROUP_INLINE_CHARACTERS`].
    pub group_inline_characters: u32,
    /// See [`ROLE_INLINE_CHARACTERS`].
    pub role_inline_characters: u32,
    /// See [`TRUST_POLICY_CHARACTERS`].
    pub trust_policy_characters: u32,
    /// See [`SIGNING_CERTIFICATES_PER_USER`].
    pub signing_certificates_per_user: u32,
    /// See [`SSH_KEYS_PER_USER`].
    pub ssh_keys_per_user: u32,
    /// See [`SERVICE_CREDENTIALS_PER_USER`].
    pub service_credentials_per_user: u32,
    /// See [`SERVER_CERTIFICATES_PER_ACCOUNT`].
    pub server_certificates_per_account: u32,
    /// See [`OIDC_PROVIDERS_PER_ACCOUNT`].
    pub oidc_providers_per_account: u32,
    /// See [`CLIENT_IDS_PER_OIDC_PROVIDER`].
    pub client_ids_per_oidc_provider: u32,
    /// See [`THUMBPRINTS_PER_OIDC_PROVIDER`].
    pub thumbprints_per_oidc_provider: u32,
    /// See [`SAML_PROVIDERS_PER_ACCOUNT`].
    pub saml_providers_per_account: u32,
    /// See [`KEYS_PER_SAML_PROVIDER`].
    pub keys_per_saml_provider: u32,
    /// See [`PRIVATE_KEYS_PER_SAML_PROVIDER`].
    pub private_keys_per_saml_provider: u32,
    /// See [`ACCOUNTS_PER_ORGANIZATION`].
    pub accounts_per_organization: u32,
    /// See [`UNITS_PER_ORGANIZATION`].
    pub units_per_organization: u32,
    /// See [`UNIT_DEPTH`].
    pub unit_depth: u32,
    /// See [`SERVICE_CONTROL_POLICIES_PER_ORGANIZATION`].
    pub service_control_policies_per_organization: u32,
    /// See [`RESOURCE_CONTROL_POLICIES_PER_ORGANIZATION`].
    pub resource_control_policies_per_organization: u32,
    /// See [`SERVICE_CONTROL_POLICIES_PER_TARGET`].
    pub service_control_policies_per_target: u32,
    /// See [`RESOURCE_CONTROL_POLICIES_PER_TARGET`].
    pub resource_control_policies_per_target: u32,
    /// See [`CONTROL_POLICY_CHARACTERS`].
    pub control_policy_characters: u32,
    /// See [`INVITATIONS_PER_DAY`].
    pub invitations_per_day: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            users_per_account: USERS_PER_ACCOUNT,
            groups_per_account: GROUPS_PER_ACCOUNT,
            roles_per_account: ROLES_PER_ACCOUNT,
            policies_per_account: POLICIES_PER_ACCOUNT,
            instance_profiles_per_account: INSTANCE_PROFILES_PER_ACCOUNT,
            groups_per_user: GROUPS_PER_USER,
            policies_per_user: POLICIES_PER_USER,
            policies_per_group: POLICIES_PER_GROUP,
            policies_per_role: POLICIES_PER_ROLE,
            access_keys_per_user: ACCESS_KEYS_PER_USER,
            mfa_devices_per_user: MFA_DEVICES_PER_USER,
            mfa_devices_per_account: MFA_DEVICES_PER_ACCOUNT,
            versions_per_policy: VERSIONS_PER_POLICY,
            tags_per_entity: TAGS_PER_ENTITY,
            managed_policy_characters: MANAGED_POLICY_CHARACTERS,
            user_inline_characters: USER_INLINE_CHARACTERS,
            group_inline_characters: GROUP_INLINE_CHARACTERS,
            role_inline_characters: ROLE_INLINE_CHARACTERS,
            trust_policy_characters: TRUST_POLICY_CHARACTERS,
            signing_certificates_per_user: SIGNING_CERTIFICATES_PER_USER,
            ssh_keys_per_user: SSH_KEYS_PER_USER,
            service_credentials_per_user: SERVICE_CREDENTIALS_PER_USER,
            server_certificates_per_account: SERVER_CERTIFICATES_PER_ACCOUNT,
            oidc_providers_per_account: OIDC_PROVIDERS_PER_ACCOUNT,
            client_ids_per_oidc_provider: CLIENT_IDS_PER_OIDC_PROVIDER,
            thumbprints_per_oidc_provider: THUMBPRINTS_PER_OIDC_PROVIDER,
            saml_providers_per_account: SAML_PROVIDERS_PER_ACCOUNT,
            keys_per_saml_provider: KEYS_PER_SAML_PROVIDER,
            private_keys_per_saml_provider: PRIVATE_KEYS_PER_SAML_PROVIDER,
            accounts_per_organization: ACCOUNTS_PER_ORGANIZATION,
            units_per_organization: UNITS_PER_ORGANIZATION,
            unit_depth: UNIT_DEPTH,
            service_control_policies_per_organization: SERVICE_CONTROL_POLICIES_PER_ORGANIZATION,
            resource_control_policies_per_organization: RESOURCE_CONTROL_POLICIES_PER_ORGANIZATION,
            service_control_policies_per_target: SERVICE_CONTROL_POLICIES_PER_TARGET,
            resource_control_policies_per_target: RESOURCE_CONTROL_POLICIES_PER_TARGET,
            control_policy_characters: CONTROL_POLICY_CHARACTERS,
            invitations_per_day: INVITATIONS_PER_DAY,
        }
    }
}
