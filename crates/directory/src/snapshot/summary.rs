//! An account in numbers.

use std::collections::BTreeMap;

use doorward_policy::AccountId;

use super::Snapshot;
use crate::access_key::KeyOwner;
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
            summary.insert("MFADevices", count(held.devices.len()));
            let in_use = held.devices.values().filter(|device| device.assigned.is_some()).count();
            summary.insert("MFADevicesInUse", count(in_use));
            let versions = held.policies.values().map(|policy| self.versions(policy.id).len()).sum();
            summary.insert("PolicyVersionsInUse", count(versions));
        }
        let root_has_keys = self.access_keys(&KeyOwner::Root(account)).next().is_some();
        let root_has_device = self.mfa_devices_of(MfaOwner::Root(account)).len() > 0;
        summary.insert("AccountMFAEnabled", i64::from(root_has_device));
        summary.insert("AccountAccessKeysPresent", i64::from(root_has_keys));
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
        ("SigningCertificatesPerUserQuota", limits::SIGNING_CERTIFICATES_PER_USER),
        ("ServerCertificatesQuota", limits::SERVER_CERTIFICATES_PER_ACCOUNT),
        ("PolicyVersionsInUseQuota", limits::POLICY_VERSIONS_IN_USE),
        // Session tokens are the same in all regions: what AWS calls version 2.
        ("GlobalEndpointTokenVersion", 2),
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
