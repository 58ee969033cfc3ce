//! An account in numbers.

use std::collections::BTreeMap;

use doorward_policy::AccountId;

use super::Snapshot;
use crate::access_key::KeyOwner;
use crate::account::TokenVersion;
use crate::limits::{self, Limits};
use crate::mfa::MfaOwner;

impl Snapshot {
    /// The counts and quotas of an account, under AWS's names. What the directory does not hold counts zero.
    /// Costs a step per policy of the account, for their versions, and per MFA device.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html>
    #[must_use]
    pub fn account_summary(&self, account: AccountId, limits: &Limits) -> BTreeMap<&'static str, i64> {
        let mut summary = quotas(limits);
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        if let Some(held) = self.holdings(account) {
            summary.insert("Users", count(held.users.len()));
            summary.insert("Groups", count(held.groups.len()));
            summary.insert("Roles", count(held.roles.len()));
            summary.insert("Policies", count(held.policies.len()));
            summary.insert("InstanceProfiles", count(held.profiles.len()));
            summary.insert("Providers", count(held.oidc.len() + held.saml.len()));
            summary.insert("MFADevices", count(held.devices.len()));
            let in_use = held.devices.values().filter(|device| device.assigned.is_some()).count();
            summary.insert("MFADevicesInUse", count(in_use));
            let versions = held.policies.values().map(|policy| self.versions(policy.id).len()).sum();
            summary.insert("PolicyVersionsInUse", count(versions));
            summary.insert("ServerCertificates", count(held.server_certificates.len()));
        }
        let root_has_keys = self.access_keys(&KeyOwner::Root(account)).next().is_some();
        let token_version = self.account(account).map_or(TokenVersion::One, |found| found.token_version);
        summary.insert("GlobalEndpointTokenVersion", i64::from(token_version.number()));
        let root_has_device = self.mfa_devices_of(MfaOwner::Root(account)).len() > 0;
        summary.insert("AccountMFAEnabled", i64::from(root_has_device));
        summary.insert("AccountAccessKeysPresent", i64::from(root_has_keys));
        let root_signs = self.signing_certificates(&KeyOwner::Root(account)).next().is_some();
        summary.insert("AccountSigningCertificatesPresent", i64::from(root_signs));
        summary
    }
}

fn quotas(limits: &Limits) -> BTreeMap<&'static str, i64> {
    let quotas = [
        ("UsersQuota", limits.users_per_account),
        ("GroupsQuota", limits.groups_per_account),
        ("RolesQuota", limits.roles_per_account),
        ("PoliciesQuota", limits.policies_per_account),
        ("InstanceProfilesQuota", limits.instance_profiles_per_account),
        ("GroupsPerUserQuota", limits.groups_per_user),
        ("AttachedPoliciesPerUserQuota", limits.policies_per_user),
        ("AttachedPoliciesPerGroupQuota", limits.policies_per_group),
        ("AttachedPoliciesPerRoleQuota", limits.policies_per_role),
        ("AccessKeysPerUserQuota", limits.access_keys_per_user),
        ("VersionsPerPolicyQuota", limits.versions_per_policy),
        ("PolicySizeQuota", limits.managed_policy_characters),
        ("UserPolicySizeQuota", limits.user_inline_characters),
        ("GroupPolicySizeQuota", limits.group_inline_characters),
        ("RolePolicySizeQuota", limits.role_inline_characters),
        ("AssumeRolePolicySizeQuota", limits.trust_policy_characters),
        ("SigningCertificatesPerUserQuota", limits.signing_certificates_per_user),
        ("ServerCertificatesQuota", limits.server_certificates_per_account),
        ("PolicyVersionsInUseQuota", limits::POLICY_VERSIONS_IN_USE),
    ];
    let zeros = [
        "Users",
        "Groups",
        "Roles",
        "Policies",
        "InstanceProfiles",
        "PolicyVersionsInUse",
        "ServerCertificates",
        "MFADevices",
        "MFADevicesInUse",
        "Providers",
        "AccountMFAEnabled",
        "AccountPasswordPresent",
        "AccountSigningCertificatesPresent",
    ];
    let zeros = zeros.into_iter().map(|name| (name, 0));
    quotas.into_iter().map(|(name, limit)| (name, i64::from(limit))).chain(zeros).collect()
}
