//! What each setting is for, for people: `doorward settings`, and the page made from it.

use doorward_directory::Limits;
use doorward_directory::snapshot::UNIT_DEPTH_MAX;

use super::keys::{self, SETTINGS};

/// What a setting does, in words.
struct About {
    key: &'static str,
    /// What holds where nobody sets it, if that is not a value.
    otherwise: &'static str,
    text: &'static str,
}

const fn about(key: &'static str, otherwise: &'static str, text: &'static str) -> About {
    About { key, otherwise, text }
}

/// Settings that belong together.
struct Group {
    title: &'static str,
    settings: &'static [About],
}

const GROUPS: [Group; 11] = [
    Group {
        title: "Where the installation is",
        settings: &[
            about(
                "data",
                "the user's data directory",
                "The data directory; `memory` to keep nothing; `etcd` for the cluster of `etcd.endpoints`.",
            ),
            about("state", "as `data` would be", "With `etcd`: the directory for what is this server's own."),
            about("account", "random", "The management account's number. Counts on the first start."),
        ],
    },
    Group {
        title: "The cluster, with `data = \"etcd\"`",
        settings: &[
            about("etcd.endpoints", "needed", "The addresses of the members."),
            about("etcd.prefix", "`doorward/`", "What all keys begin with."),
            about("etcd.ca", "needed for `https:`", "Certificates of the CAs of the members, PEM."),
            about("etcd.certificate", "none", "This server's own certificate for etcd, PEM."),
            about("etcd.key", "none", "Its private key, PEM."),
            about("etcd.user", "none", "A user of etcd."),
            about("etcd.password_file", "none", "A file with its password and nothing else."),
        ],
    },
    Group {
        title: "Where it listens",
        settings: &[
            about("listen", "", "Address and port; with port 0 the system chooses one."),
            about("tls.certificate", "none: HTTP", "The certificate chain, the server's own first, PEM."),
            about("tls.key", "none", "Its private key, PEM."),
            about(
                "web_identity.issuer_base",
                "where the server listens",
                "The address at which others reach this server: web identity tokens name their issuer below it, and \
                 whoever verifies them fetches the keys there.",
            ),
        ],
    },
    Group {
        title: "The master key",
        settings: &[
            about(
                "master_key_file",
                "`master.key` in the data directory",
                "The file of the master key, made on the first start. Without it the store cannot be opened.",
            ),
            about("master_key.vault.address", "none", "The server whose transit engine has the master key."),
            about("master_key.vault.key", "needed with an address", "The name of the key there."),
            about("master_key.vault.mount", "", "Where the engine is mounted."),
            about(
                "master_key.vault.token_file",
                "none",
                "A file with the token, read again whenever Vault is asked.",
            ),
            about(
                "master_key.vault.ca",
                "needed for `https:`",
                "Certificates of the CAs of the server's certificate, PEM.",
            ),
            about("master_key.vault.namespace", "none", "The namespace of the engine."),
        ],
    },
    Group {
        title: "Several servers on one store",
        settings: &[
            about(
                "consistency.reads",
                "",
                "`own_writes`: requests are answered as of all writes acknowledged before them, by whichever server. `any`: \
                 as of what this server happens to know.",
            ),
            about(
                "consistency.staleness_max_s",
                "",
                "For how many seconds requests are answered on what is known while the store does not answer. Then they \
                 are refused with 503.",
            ),
        ],
    },
    Group {
        title: "The log",
        settings: &[
            about("log.format", "", "How lines are written to standard error."),
            about("log.level", "", "The least level that is written."),
        ],
    },
    Group {
        title: "Metrics and traces",
        settings: &[
            about(
                "metrics.listen",
                "none: not served",
                "The address and port where metrics are served, to whoever asks.",
            ),
            about(
                "traces.endpoint",
                "none: not sent",
                "Where spans are sent, to a collector of OpenTelemetry, by OTLP over HTTP.",
            ),
            about("traces.ca", "needed for `https:`", "Certificates of the CAs of the collector, PEM."),
        ],
    },
    Group {
        title: "Stopping",
        settings: &[
            about(
                "drain.delay_s",
                "",
                "For how many seconds a server that is asked to stop goes on, saying so on `/readyz`. Set it to longer than a \
                 balancer takes to notice.",
            ),
            about("drain.time_s", "", "How many seconds requests in flight may take after that."),
        ],
    },
    Group {
        title: "What is read at the start",
        settings: &[
            about("role_templates", "none", "The directory of role templates."),
            about(
                "delegation.providers",
                "none",
                "A file that registers product providers for temporary delegation.",
            ),
        ],
    },
    Group {
        title: "Memory",
        settings: &[about(
            "plans.bytes_max",
            "",
            "Memory for what policies say about actions, kept between requests. What finds no room is put together anew \
             for each request.",
        )],
    },
    Group {
        title: "Readings of what AWS does not publish",
        settings: &[
            about(
                "choices.trust_policy_boundary",
                "",
                "Whether a permissions boundary `limits` what a trust policy grants to the user that it names, or to \
                 everyone, or is `ignored` there.",
            ),
            about(
                "choices.plain_everyone",
                "",
                "Whether a permissions boundary and session policies `limits` or are `ignored` for what a resource policy of \
                 the same account grants to `\"*\"` without narrowing it by `aws:PrincipalArn`.",
            ),
            about(
                "choices.not_principal",
                "",
                "Whether `NotPrincipal` exempts a session if it names the `whole_chain` (session, role, account), or if it \
                 names `any_entry` of it.",
            ),
        ],
    },
];

/// The variables of the environment that are no settings of the file.
const VARIABLES: [(&str, &str); 7] = [
    ("DOORWARD_CONFIG", "The configuration file, TOML, as the flag `--config`."),
    ("DOORWARD_MASTER_KEY", "The master key itself: 32 bytes in base64."),
    (
        "DOORWARD_NEW_MASTER_KEY",
        "The master key that shall take its place, for `doorward keys rotate master`.",
    ),
    ("DOORWARD_MASTER_KEY_VAULT_TOKEN", "The token for Vault."),
    ("DOORWARD_ROOT_ACCESS_KEY_ID", "The first root access key. Counts on the first start."),
    ("DOORWARD_ROOT_SECRET_ACCESS_KEY", "Its secret."),
    ("DOORWARD_ETCD_PASSWORD", "The password for etcd."),
];

/// One setting, as it is shown.
pub struct Shown {
    /// Its key in the file.
    pub key: &'static str,
    /// The variable that sets it.
    pub variable: String,
    /// What it is where nobody sets it.
    pub default: String,
    /// What a value must be.
    pub rule: &'static str,
    /// What it does.
    pub about: String,
}

/// A heading, and the settings below it.
pub type Section = (&'static str, Vec<Shown>);

/// Every setting, by group; the quotas last.
pub fn sections() -> Vec<Section> {
    let group = |group: &Group| {
        let settings = group.settings.iter();
        (group.title, settings.map(|about| shown(about.key, about.otherwise, about.text)).collect())
    };
    let quotas = Limits::ABOUT.iter().map(|(key, doc)| shown(key, "", first_paragraph(doc).as_str()));
    GROUPS.iter().map(group).chain([("Quotas", quotas.collect())]).collect()
}

/// The variables that are no settings, with what each is for.
pub const fn variables() -> &'static [(&'static str, &'static str)] {
    &VARIABLES
}

fn shown(key: &'static str, otherwise: &str, text: &str) -> Shown {
    let default = keys::default(key).map(|value| format!("`{value}`"));
    Shown {
        key,
        variable: keys::variable(key),
        default: default.unwrap_or_else(|| otherwise.to_owned()),
        rule: SETTINGS.iter().find(|setting| setting.key == key).map_or("", |setting| setting.rule),
        about: text.to_owned(),
    }
}

/// How the code links to the one number that a quota's comment names.
const DEPTH_LINK: &str = "[`UNIT_DEPTH_MAX`](crate::snapshot::UNIT_DEPTH_MAX)";

/// What a comment in the code says before its sources, on one line.
fn first_paragraph(doc: &str) -> String {
    let lines = doc.lines().map(str::trim).take_while(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ").replace(DEPTH_LINK, &UNIT_DEPTH_MAX.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::config::layers;

    #[test]
    fn every_setting_is_told_once() {
        let told: Vec<&str> = sections().iter().flat_map(|(_, shown)| shown).map(|shown| shown.key).collect();
        let settings: BTreeSet<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
        assert_eq!(told.iter().copied().collect::<BTreeSet<_>>(), settings);
        assert_eq!(told.len(), settings.len());
        let named: BTreeSet<&str> = VARIABLES.iter().map(|(name, _)| *name).collect();
        assert_eq!(named, layers::VARIABLES.into_iter().collect());
    }

    #[test]
    fn what_holds_otherwise_is_told() {
        for (_, settings) in sections() {
            for shown in settings {
                assert!(!shown.default.is_empty() && !shown.rule.is_empty(), "{}", shown.key);
                assert!(shown.about.ends_with('.') && !shown.about.contains("crate::"), "{}", shown.about);
            }
        }
    }
}
