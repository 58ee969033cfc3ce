//! The settings: their keys, what they must be, and what they are by default.

use doorward_directory::Limits;
use doorward_gate::PLAN_BYTES_MAX;
use doorward_policy::request::{Choices, Exemption, Limit};

/// One setting.
pub(super) struct Setting {
    /// Its key in the file, dotted.
    pub(super) key: &'static str,
    /// What a value must be, after “must be”.
    pub(super) rule: &'static str,
    /// How the file writes it.
    pub(super) kind: Kind,
}

/// How the file writes a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// As a string.
    Text,
    /// As a number.
    Number,
}

const NUMBER: &str = "a whole number from 0 to 4294967295";
const PLAN_BYTES: &str = "a whole number of bytes from 1048576 to 1099511627776";
const ISSUER_BASE_RULE: &str =
    "an address such as `https://iam.example.com`, without query, fragment or slash at its end";
const LIMIT_WORDS: &str = "`limits` or `ignored`";

const fn text(key: &'static str, rule: &'static str) -> Setting {
    Setting { key, rule, kind: Kind::Text }
}

const fn number(key: &'static str) -> Setting {
    Setting { key, rule: NUMBER, kind: Kind::Number }
}

/// Every setting, in the order in which they are shown.
pub(super) static SETTINGS: [Setting; 51] = [
    text("data", "a directory, or `memory`"),
    text("listen", "an address and a port, such as `127.0.0.1:8426`"),
    text("account", "an account id of twelve digits"),
    text("master_key_file", "a file"),
    text("log.format", "`plain` or `json`"),
    text("log.level", "`error`, `warn`, `info`, `debug` or `trace`"),
    text("tls.certificate", "a file"),
    text("tls.key", "a file"),
    text("web_identity.issuer_base", ISSUER_BASE_RULE),
    Setting { key: "plans.bytes_max", rule: PLAN_BYTES, kind: Kind::Number },
    number("limits.users_per_account"),
    number("limits.groups_per_account"),
    number("limits.roles_per_account"),
    number("limits.policies_per_account"),
    number("limits.instance_profiles_per_account"),
    number("limits.groups_per_user"),
    number("limits.policies_per_user"),
    number("limits.policies_per_group"),
    number("limits.policies_per_role"),
    number("limits.access_keys_per_user"),
    number("limits.mfa_devices_per_user"),
    number("limits.mfa_devices_per_account"),
    number("limits.versions_per_policy"),
    number("limits.tags_per_entity"),
    number("limits.managed_policy_characters"),
    number("limits.user_inline_characters"),
    number("limits.group_inline_characters"),
    number("limits.role_inline_characters"),
    number("limits.trust_policy_characters"),
    number("limits.signing_certificates_per_user"),
    number("limits.ssh_keys_per_user"),
    number("limits.service_credentials_per_user"),
    number("limits.server_certificates_per_account"),
    number("limits.oidc_providers_per_account"),
    number("limits.client_ids_per_oidc_provider"),
    number("limits.thumbprints_per_oidc_provider"),
    number("limits.saml_providers_per_account"),
    number("limits.keys_per_saml_provider"),
    number("limits.private_keys_per_saml_provider"),
    number("limits.accounts_per_organization"),
    number("limits.units_per_organization"),
    number("limits.unit_depth"),
    number("limits.service_control_policies_per_organization"),
    number("limits.resource_control_policies_per_organization"),
    number("limits.service_control_policies_per_target"),
    number("limits.resource_control_policies_per_target"),
    number("limits.control_policy_characters"),
    number("limits.invitations_per_day"),
    text("choices.trust_policy_boundary", LIMIT_WORDS),
    text("choices.plain_everyone", LIMIT_WORDS),
    text("choices.not_principal", "`whole_chain` or `any_entry`"),
];

/// The setting of a key.
pub(super) fn setting(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

/// The variable that sets it, such as `DOORWARD_LOG_LEVEL`.
pub(super) fn variable(key: &str) -> String {
    format!("DOORWARD_{}", key.replace('.', "_").to_ascii_uppercase())
}

/// The bytes that a text of [`PLAN_BYTES`] says.
pub(super) fn plan_bytes(text: &str) -> Option<usize> {
    let bytes = text.parse().ok().filter(|bytes| (1u64 << 20..=1 << 40).contains(bytes))?;
    usize::try_from(bytes).ok()
}

/// The address that a text of [`ISSUER_BASE_RULE`] says.
pub(super) fn issuer_base(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/[]%@".contains(&byte);
    let host = !rest.is_empty() && !rest.starts_with('/') && !rest.ends_with('/');
    (host && rest.bytes().all(sound)).then(|| text.to_owned())
}

/// The quota that a key `limits.…` names.
pub(super) fn quota<'l>(limits: &'l mut Limits, key: &str) -> Option<&'l mut u32> {
    Some(match key.strip_prefix("limits.")? {
        "users_per_account" => &mut limits.users_per_account,
        "groups_per_account" => &mut limits.groups_per_account,
        "roles_per_account" => &mut limits.roles_per_account,
        "policies_per_account" => &mut limits.policies_per_account,
        "instance_profiles_per_account" => &mut limits.instance_profiles_per_account,
        "groups_per_user" => &mut limits.groups_per_user,
        "policies_per_user" => &mut limits.policies_per_user,
        "policies_per_group" => &mut limits.policies_per_group,
        "policies_per_role" => &mut limits.policies_per_role,
        "access_keys_per_user" => &mut limits.access_keys_per_user,
        "mfa_devices_per_user" => &mut limits.mfa_devices_per_user,
        "mfa_devices_per_account" => &mut limits.mfa_devices_per_account,
        "versions_per_policy" => &mut limits.versions_per_policy,
        "tags_per_entity" => &mut limits.tags_per_entity,
        "managed_policy_characters" => &mut limits.managed_policy_characters,
        "user_inline_characters" => &mut limits.user_inline_characters,
        "group_inline_characters" => &mut limits.group_inline_characters,
        "role_inline_characters" => &mut limits.role_inline_characters,
        "trust_policy_characters" => &mut limits.trust_policy_characters,
        "signing_certificates_per_user" => &mut limits.signing_certificates_per_user,
        "ssh_keys_per_user" => &mut limits.ssh_keys_per_user,
        "service_credentials_per_user" => &mut limits.service_credentials_per_user,
        "server_certificates_per_account" => &mut limits.server_certificates_per_account,
        "oidc_providers_per_account" => &mut limits.oidc_providers_per_account,
        "client_ids_per_oidc_provider" => &mut limits.client_ids_per_oidc_provider,
        "thumbprints_per_oidc_provider" => &mut limits.thumbprints_per_oidc_provider,
        "saml_providers_per_account" => &mut limits.saml_providers_per_account,
        "keys_per_saml_provider" => &mut limits.keys_per_saml_provider,
        "private_keys_per_saml_provider" => &mut limits.private_keys_per_saml_provider,
        "accounts_per_organization" => &mut limits.accounts_per_organization,
        "units_per_organization" => &mut limits.units_per_organization,
        "unit_depth" => &mut limits.unit_depth,
        "service_control_policies_per_organization" => &mut limits.service_control_policies_per_organization,
        "resource_control_policies_per_organization" => {
            &mut limits.resource_control_policies_per_organization
        }
        "service_control_policies_per_target" => &mut limits.service_control_policies_per_target,
        "resource_control_policies_per_target" => &mut limits.resource_control_policies_per_target,
        "control_policy_characters" => &mut limits.control_policy_characters,
        "invitations_per_day" => &mut limits.invitations_per_day,
        _ => return None,
    })
}

/// Takes a word for a key `choices.…`; `None` for any other word or key.
pub(super) fn choose(choices: &mut Choices, key: &str, word: &str) -> Option<()> {
    let limit = || match word {
        "limits" => Some(Limit::Limits),
        "ignored" => Some(Limit::Ignored),
        _ => None,
    };
    match key {
        "choices.trust_policy_boundary" => choices.trust_policy_boundary = limit()?,
        "choices.plain_everyone" => choices.plain_everyone = limit()?,
        "choices.not_principal" => {
            choices.not_principal = match word {
                "whole_chain" => Exemption::WholeChain,
                "any_entry" => Exemption::AnyEntry,
                _ => return None,
            }
        }
        _ => return None,
    }
    Some(())
}

/// What a setting is by default, where that is a text.
pub(super) fn default(key: &str) -> Option<String> {
    let mut limits = Limits::default();
    if let Some(quota) = quota(&mut limits, key) {
        return Some(quota.to_string());
    }
    let text = match key {
        "plans.bytes_max" => return Some(PLAN_BYTES_MAX.to_string()),
        "listen" => "127.0.0.1:8426",
        "log.format" => "plain",
        "log.level" => "info",
        "choices.trust_policy_boundary" | "choices.plain_everyone" => "limits",
        "choices.not_principal" => "whole_chain",
        _ => return None,
    };
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_issuers_can_be_written_behind() {
        for (text, taken) in [
            ("https://iam.example.com", true),
            ("https://example.com:8443/aws", true),
            ("http://127.0.0.1:8426", true),
            ("http://[::1]:8426", true),
            ("", false),
            ("iam.example.com", false),
            ("ftp://iam.example.com", false),
            ("https://", false),
            ("https:///path", false),
            ("https://iam.example.com/", false),
            ("https://iam.example.com?x", false),
            ("https://iam.example.com#x", false),
            ("https://iam example.com", false),
        ] {
            assert_eq!(issuer_base(text).is_some(), taken, "{text}");
        }
    }

    #[test]
    fn every_key_is_taken_and_defaults_are_those_of_the_types() {
        for setting in &SETTINGS {
            let (mut limits, mut choices) = (Limits::default(), Choices::default());
            let default = default(setting.key);
            if setting.key.starts_with("limits.") {
                assert!(quota(&mut limits, setting.key).is_some(), "{}", setting.key);
            }
            if setting.key.starts_with("choices.") {
                assert!(choose(&mut choices, setting.key, &default.unwrap()).is_some(), "{}", setting.key);
                assert_eq!(choices, Choices::default(), "{}", setting.key);
            }
        }
        let quotas = SETTINGS.iter().filter(|setting| setting.key.starts_with("limits.")).count();
        assert_eq!(quotas * size_of::<u32>(), size_of::<Limits>(), "a quota has no setting");
    }
}
