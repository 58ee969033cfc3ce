//! Quotas.
//!
//! Every number is AWS's default, with its page; an operator may raise (or lower) each of them in [`Limits`]. The table below
//! is the only place that names them: the constants, the fields, the keys of the configuration and `--print-config` come of it.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>

/// The shortest maximum session duration of a role, in seconds.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
pub const ROLE_SESSION_S_MIN: u32 = 3600;
/// The longest maximum session duration of a role, in seconds.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
pub const ROLE_SESSION_S_MAX: u32 = 43_200;
/// Versions of all managed policies of an account together; reported only.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html>
pub const POLICY_VERSIONS_IN_USE: u32 = 10_000;

/// Makes a table of quotas: a constant with AWS's default and a field of [`Limits`] for each line.
macro_rules! quotas {
    ($($(#[doc = $doc:literal])+ $field:ident, $default:ident = $number:expr;)+) => {
        $($(#[doc = $doc])+ pub const $default: u32 = $number;)+

        /// The quotas of an installation. [`Limits::default`] is AWS's.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct Limits {
            $($(#[doc = $doc])+ pub $field: u32,)+
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($field: $default,)+ }
            }
        }

        impl Limits {
            /// The key of every quota in a configuration, such as `limits.users_per_account`, in the order in which they
            /// are shown.
            pub const KEYS: &[&str] = &[$(concat!("limits.", stringify!($field)),)+];

            /// What every key limits, in the order of [`Self::KEYS`]: the documentation of its field.
            pub const ABOUT: &[(&str, &str)] =
                &[$((concat!("limits.", stringify!($field)), concat!($($doc, "\n"),+)),)+];

            /// The quota of a key; `None` for a key that is none's.
            #[must_use]
            pub fn keyed(&mut self, key: &str) -> Option<&mut u32> {
                $(if key == concat!("limits.", stringify!($field)) {
                    return Some(&mut self.$field);
                })+
                None
            }
        }
    };
}

quotas! {
    /// Users in an account.
    users_per_account, USERS_PER_ACCOUNT = 5000;
    /// Groups in an account.
    groups_per_account, GROUPS_PER_ACCOUNT = 300;
    /// Roles in an account.
    roles_per_account, ROLES_PER_ACCOUNT = 1000;
    /// Customer managed policies in an account.
    policies_per_account, POLICIES_PER_ACCOUNT = 1500;
    /// Instance profiles in an account.
    instance_profiles_per_account, INSTANCE_PROFILES_PER_ACCOUNT = 1000;
    /// Groups that a user is a member of.
    groups_per_user, GROUPS_PER_USER = 10;
    /// Managed policies attached to a user.
    policies_per_user, POLICIES_PER_USER = 10;
    /// Managed policies attached to a group.
    policies_per_group, POLICIES_PER_GROUP = 10;
    /// Managed policies attached to a role.
    policies_per_role, POLICIES_PER_ROLE = 10;
    /// Access keys of a user, of an account's root user, and of a service.
    access_keys_per_user, ACCESS_KEYS_PER_USER = 2;
    /// MFA devices of a user, and of an account's root user.
    mfa_devices_per_user, MFA_DEVICES_PER_USER = 8;
    /// Virtual MFA devices in an account, whoever has them: as many as users.
    mfa_devices_per_account, MFA_DEVICES_PER_ACCOUNT = USERS_PER_ACCOUNT;
    /// Versions of a managed policy.
    versions_per_policy, VERSIONS_PER_POLICY = 5;
    /// Tags of one entity.
    tags_per_entity, TAGS_PER_ENTITY = 50;
    /// Characters of a managed policy, white space not counted.
    managed_policy_characters, MANAGED_POLICY_CHARACTERS = 6144;
    /// Characters of all inline policies of a user together, white space not counted.
    user_inline_characters, USER_INLINE_CHARACTERS = 2048;
    /// Characters of all inline policies of a group together, white space not counted.
    group_inline_characters, GROUP_INLINE_CHARACTERS = 5120;
    /// Characters of all inline policies of a role together, white space not counted.
    role_inline_characters, ROLE_INLINE_CHARACTERS = 10_240;
    /// Characters of a role's trust policy, white space not counted.
    trust_policy_characters, TRUST_POLICY_CHARACTERS = 2048;
    /// Signing certificates of a user, and of an account's root user.
    signing_certificates_per_user, SIGNING_CERTIFICATES_PER_USER = 2;
    /// SSH public keys of a user.
    ssh_keys_per_user, SSH_KEYS_PER_USER = 5;
    /// Credentials of a user for one service.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html>
    service_credentials_per_user, SERVICE_CREDENTIALS_PER_USER = 2;
    /// Server certificates of an account.
    server_certificates_per_account, SERVER_CERTIFICATES_PER_ACCOUNT = 20;
    /// OpenID Connect providers in an account.
    oidc_providers_per_account, OIDC_PROVIDERS_PER_ACCOUNT = 100;
    /// Client ids of an OpenID Connect provider.
    client_ids_per_oidc_provider, CLIENT_IDS_PER_OIDC_PROVIDER = 100;
    /// Thumbprints of an OpenID Connect provider.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>
    thumbprints_per_oidc_provider, THUMBPRINTS_PER_OIDC_PROVIDER = 5;
    /// SAML providers in an account.
    saml_providers_per_account, SAML_PROVIDERS_PER_ACCOUNT = 100;
    /// Certificates for signatures in the metadata of a SAML provider.
    keys_per_saml_provider, KEYS_PER_SAML_PROVIDER = 10;
    /// Private keys of a SAML provider.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html>, `PrivateKeyList`
    private_keys_per_saml_provider, PRIVATE_KEYS_PER_SAML_PROVIDER = 2;
    /// Accounts in an organization, its management account and open invitations counted.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
    accounts_per_organization, ACCOUNTS_PER_ORGANIZATION = 10;
    /// Organizational units in an organization.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
    units_per_organization, UNITS_PER_ORGANIZATION = 2000;
    /// How deep organizational units may stand in each other under the root. Whatever is set here, they do not stand deeper than
    /// [`UNIT_DEPTH_MAX`](crate::snapshot::UNIT_DEPTH_MAX).
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
    unit_depth, UNIT_DEPTH = 5;
    /// Service control policies of an organization.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
    service_control_policies_per_organization, SERVICE_CONTROL_POLICIES_PER_ORGANIZATION = 10_000;
    /// Resource control policies of an organization.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
    resource_control_policies_per_organization, RESOURCE_CONTROL_POLICIES_PER_ORGANIZATION = 1000;
    /// Service control policies attached to a root, unit or account.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
    service_control_policies_per_target, SERVICE_CONTROL_POLICIES_PER_TARGET = 5;
    /// Resource control policies attached to a root, unit or account, `RCPFullAWSAccess` counted.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
    resource_control_policies_per_target, RESOURCE_CONTROL_POLICIES_PER_TARGET = 5;
    /// Characters of a service or resource control policy, white space counted.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
    control_policy_characters, CONTROL_POLICY_CHARACTERS = 5120;
    /// Invitations that an organization sends within 24 hours.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
    invitations_per_day, INVITATIONS_PER_DAY = 20;
    /// Delegation requests of a product provider, those counted that have ended and can still be read. AWS publishes no
    /// number.
    delegation_requests_per_provider, DELEGATION_REQUESTS_PER_PROVIDER = 5000;
    /// Characters of the policy that a delegation request asks for, its template filled in.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/temporary-delegation-policy-templates.html>
    delegated_policy_characters, DELEGATED_POLICY_CHARACTERS = 2048;
}
