//! The settings: their keys, what they must be, and what they are by default.

use std::sync::LazyLock;
use std::time::Duration;

use doorward_directory::{Limits, STALENESS_MAX};
use doorward_gate::PLAN_BYTES_MAX;
use doorward_policy::request::{Choices, Exemption, Limit};
use doorward_server::Reads;
use doorward_server::limits::{DRAIN_DELAY, DRAIN_TIME};
use doorward_store::etcd::PREFIX_BYTES_MAX;
use http::Uri;

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
const STALENESS: &str = "a whole number of seconds from 1 to 86400";
const DRAIN_DELAY_RULE: &str = "a whole number of seconds from 0 to 3600";
const DRAIN_TIME_RULE: &str = "a whole number of seconds from 1 to 3600";
const READS: &str = "`own_writes` or `any`";
const VAULT_ADDRESS_RULE: &str =
    "`https://`, a host and perhaps a port; `http://` only for this machine, such as `http://127.0.0.1:8200`";
const ENDPOINTS_RULE: &str = "addresses such as `https://10.0.0.1:2379`, with commas between them";
const TRACES_RULE: &str = "an address such as `http://127.0.0.1:4318`, without query";
const LIMIT_WORDS: &str = "`limits` or `ignored`";

const fn text(key: &'static str, rule: &'static str) -> Setting {
    Setting { key, rule, kind: Kind::Text }
}

const fn number(key: &'static str) -> Setting {
    Setting { key, rule: NUMBER, kind: Kind::Number }
}

/// Every setting, in the order in which they are shown: those of the server, the quotas, the choices.
pub(super) static SETTINGS: LazyLock<Vec<Setting>> = LazyLock::new(|| {
    let quotas = Limits::KEYS.iter().map(|key| number(key));
    OF_THE_SERVER.into_iter().chain(quotas).chain(CHOICES).collect()
});

const OF_THE_SERVER: [Setting; 33] = [
    text("data", "a directory, `memory` or `etcd`"),
    text("state", "a directory"),
    text("etcd.endpoints", ENDPOINTS_RULE),
    text("etcd.prefix", "1 to 64 printable ASCII characters, the last of them `/`"),
    text("etcd.ca", "a file"),
    text("etcd.certificate", "a file"),
    text("etcd.key", "a file"),
    text("etcd.user", "a name"),
    text("etcd.password_file", "a file"),
    text("listen", "an address and a port, such as `127.0.0.1:8426`"),
    text("account", "an account id of twelve digits"),
    text("master_key_file", "a file"),
    text("master_key.vault.address", VAULT_ADDRESS_RULE),
    text("master_key.vault.key", "the name of a key: letters, digits, `-`, `_` and `.`"),
    text("master_key.vault.mount", "a path of letters, digits, `-`, `_`, `.` and `/`"),
    text("master_key.vault.token_file", "a file"),
    text("master_key.vault.ca", "a file"),
    text("master_key.vault.namespace", "a path of letters, digits, `-`, `_`, `.` and `/`"),
    text("role_templates", "a directory"),
    text("log.format", "`plain` or `json`"),
    text("log.level", "`error`, `warn`, `info`, `debug` or `trace`"),
    text("tls.certificate", "a file"),
    text("tls.key", "a file"),
    text("web_identity.issuer_base", ISSUER_BASE_RULE),
    text("delegation.providers", "a file"),
    Setting { key: "plans.bytes_max", rule: PLAN_BYTES, kind: Kind::Number },
    text("consistency.reads", READS),
    Setting { key: "consistency.staleness_max_s", rule: STALENESS, kind: Kind::Number },
    text("traces.endpoint", TRACES_RULE),
    text("traces.ca", "a file"),
    text("metrics.listen", "an address and a port, such as `127.0.0.1:8427`"),
    Setting { key: "drain.delay_s", rule: DRAIN_DELAY_RULE, kind: Kind::Number },
    Setting { key: "drain.time_s", rule: DRAIN_TIME_RULE, kind: Kind::Number },
];

const CHOICES: [Setting; 3] = [
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

/// The time that a text of [`STALENESS`] says.
pub(super) fn staleness(text: &str) -> Option<Duration> {
    let seconds = text.parse().ok().filter(|seconds| (1..=86_400).contains(seconds))?;
    Some(Duration::from_secs(seconds))
}

/// The time that a text of [`DRAIN_DELAY_RULE`] says, or of [`DRAIN_TIME_RULE`] if it is at least `least` seconds.
pub(super) fn drain(text: &str, least: u64) -> Option<Duration> {
    let seconds = text.parse().ok().filter(|seconds| (least..=3_600).contains(seconds))?;
    Some(Duration::from_secs(seconds))
}

/// The word that a text of [`READS`] says.
pub(super) fn reads(text: &str) -> Option<Reads> {
    match text {
        "own_writes" => Some(Reads::OwnWrites),
        "any" => Some(Reads::Any),
        _ => None,
    }
}

/// The address that a text of [`ISSUER_BASE_RULE`] says.
pub(super) fn issuer_base(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/[]%@".contains(&byte);
    let host = !rest.is_empty() && !rest.starts_with('/') && !rest.ends_with('/');
    (host && rest.bytes().all(sound)).then(|| text.to_owned())
}

/// A name in Vault: of one part for a key, of several for a path.
pub(super) fn vault_name(text: &str, parts_max: usize) -> Option<String> {
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let part = |part: &str| !part.is_empty() && part.bytes().all(sound) && part != "." && part != "..";
    (text.split('/').count() <= parts_max && text.split('/').all(part)).then(|| text.to_owned())
}

/// The addresses that a text of [`ENDPOINTS_RULE`] says.
pub(super) fn endpoints(text: &str) -> Option<Vec<String>> {
    let address = |text: &str| {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
        (!rest.is_empty() && rest.bytes().all(sound)).then(|| text.to_owned())
    };
    text.split(',').map(|part| address(part.trim())).collect()
}

/// The address that a text of [`TRACES_RULE`] says.
pub(super) fn collector(text: &str) -> Option<Uri> {
    let uri: Uri = text.parse().ok()?;
    let scheme = matches!(uri.scheme_str(), Some("http" | "https"));
    let plain = uri.query().is_none() && !text.contains(['#', '@']);
    (scheme && plain && uri.host().is_some_and(|host| !host.is_empty())).then_some(uri)
}

/// A prefix of keys in etcd.
pub(super) fn prefix(text: &str) -> Option<String> {
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic()) && text.ends_with('/');
    (plain && text.len() <= PREFIX_BYTES_MAX).then(|| text.to_owned())
}

/// The quota that a key `limits.…` names.
pub(super) fn quota<'l>(limits: &'l mut Limits, key: &str) -> Option<&'l mut u32> {
    limits.keyed(key)
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
        "consistency.staleness_max_s" => return Some(STALENESS_MAX.as_secs().to_string()),
        "drain.delay_s" => return Some(DRAIN_DELAY.as_secs().to_string()),
        "drain.time_s" => return Some(DRAIN_TIME.as_secs().to_string()),
        "consistency.reads" => "own_writes",
        "listen" => "127.0.0.1:8426",
        "log.format" => "plain",
        "master_key.vault.mount" => "transit",
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
        for setting in SETTINGS.iter() {
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
    }
}
