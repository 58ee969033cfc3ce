//! The sources of settings, one over the other.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use doorward_directory::{Limits, STALENESS_MAX};
use doorward_gate::PLAN_BYTES_MAX;
use doorward_policy::request::Choices;
use doorward_server::limits::{DRAIN_DELAY, DRAIN_TIME};
use doorward_sigv4::{AccessKeyId, AccessKeyKind, SecretAccessKey};
use zeroize::Zeroizing;

use super::keys::{self, SETTINGS};
use super::{
    Config, ConfigError, Drain, FixedKey, LogFormat, MasterKeySource, Place, TlsFiles, VaultSettings,
    VaultToken, etcd, file,
};
use crate::vault::Address;

/// The prefix of every variable of ours.
const PREFIX: &str = "DOORWARD_";
const CONFIG: &str = "DOORWARD_CONFIG";
const MASTER_KEY: &str = "DOORWARD_MASTER_KEY";
const VAULT_TOKEN: &str = "DOORWARD_MASTER_KEY_VAULT_TOKEN";
const ROOT_ID: &str = "DOORWARD_ROOT_ACCESS_KEY_ID";
const ROOT_SECRET: &str = "DOORWARD_ROOT_SECRET_ACCESS_KEY";
const ETCD_PASSWORD: &str = "DOORWARD_ETCD_PASSWORD";

/// The variables that are no settings of the file: where the file is, and secrets.
pub(super) const VARIABLES: [&str; 7] =
    [CONFIG, MASTER_KEY, NEW_MASTER_KEY, VAULT_TOKEN, ROOT_ID, ROOT_SECRET, ETCD_PASSWORD];

/// The variable that holds the master key that shall take the place of the present one.
pub const NEW_MASTER_KEY: &str = "DOORWARD_NEW_MASTER_KEY";

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    Default,
    /// A line of the configuration file.
    File {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
    },
    /// A variable of the environment.
    Environment(String),
    /// A flag.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { file, line } => write!(f, "{file}:{line}"),
            Self::Environment(variable) => write!(f, "environment {variable}"),
            Self::Flag(flag) => write!(f, "flag {flag}"),
        }
    }
}

/// A value that a source sets.
pub(super) struct Found {
    pub(super) key: &'static str,
    pub(super) text: String,
    pub(super) origin: Origin,
}

/// Values given by flags: the setting's key, the flag, the value.
pub type Flags = Vec<(&'static str, &'static str, Option<String>)>;

/// Everything that settings can come from.
#[derive(Debug, Default)]
pub struct Sources {
    /// The flag `--config`.
    pub config: Option<String>,
    /// The other flags.
    pub flags: Flags,
    /// The environment.
    pub environment: Vec<(OsString, OsString)>,
}

/// The environment, as far as it is ours.
#[derive(Default)]
struct Environment {
    found: Vec<Found>,
    config: Option<String>,
    master_key: Option<Zeroizing<String>>,
    vault_token: Option<Zeroizing<String>>,
    root_id: Option<String>,
    root_secret: Option<SecretAccessKey>,
    etcd_password: Option<Zeroizing<String>>,
}

pub(super) type Values = BTreeMap<&'static str, Found>;

impl Config {
    /// Reads all sources.
    ///
    /// # Errors
    /// [`ConfigError`]: the first thing that is wrong.
    pub fn read(sources: Sources) -> Result<Self, ConfigError> {
        let environment = Environment::read(&sources.environment)?;
        let mut found = match sources.config.as_ref().or(environment.config.as_ref()) {
            None => Vec::new(),
            Some(name) => {
                let text = std::fs::read_to_string(name).map_err(|error| ConfigError::Unreadable {
                    file: name.clone(),
                    reason: error.to_string(),
                })?;
                file::read(name, &text)?
            }
        };
        let Environment {
            found: variables,
            root_id,
            root_secret,
            master_key,
            vault_token,
            etcd_password,
            ..
        } = environment;
        found.extend(variables);
        found.extend(
            sources
                .flags
                .into_iter()
                .filter_map(|(key, flag, text)| Some(Found { key, text: text?, origin: Origin::Flag(flag) })),
        );
        // The later source goes before the earlier.
        let mut values: Values = found.into_iter().map(|found| (found.key, found)).collect();
        for setting in SETTINGS.iter() {
            if let Some(text) = keys::default(setting.key) {
                let key = setting.key;
                values.entry(key).or_insert(Found { key, text, origin: Origin::Default });
            }
        }
        let root_key = root_key(root_id, root_secret)?;
        let fallback = data_directory(&sources.environment);
        settle(&mut values, fallback, Secrets { master_key, vault_token, etcd_password, root_key })
    }
}

impl Environment {
    fn read(variables: &[(OsString, OsString)]) -> Result<Self, ConfigError> {
        let mut environment = Self::default();
        for (name, value) in variables {
            let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else { continue };
            let origin = Origin::Environment(name.to_owned());
            let secret = [MASTER_KEY, NEW_MASTER_KEY, VAULT_TOKEN, ROOT_ID, ROOT_SECRET, ETCD_PASSWORD]
                .into_iter()
                .find(|known| *known == name);
            let Some(text) = value.to_str() else {
                return Err(match secret {
                    Some(variable) => ConfigError::Secret { variable, rule: "text" },
                    None => unknown(origin, name.to_owned()),
                });
            };
            match name {
                CONFIG => environment.config = Some(text.to_owned()),
                MASTER_KEY => environment.master_key = Some(Zeroizing::new(text.to_owned())),
                VAULT_TOKEN => environment.vault_token = Some(Zeroizing::new(text.to_owned())),
                ETCD_PASSWORD => environment.etcd_password = Some(Zeroizing::new(text.to_owned())),
                // Read by those who change the master key.
                NEW_MASTER_KEY => {}
                ROOT_ID => environment.root_id = Some(text.to_owned()),
                ROOT_SECRET => environment.root_secret = Some(SecretAccessKey::new(text)),
                _ => match SETTINGS.iter().find(|setting| keys::variable(setting.key) == name) {
                    Some(setting) => {
                        environment.found.push(Found { key: setting.key, text: text.to_owned(), origin });
                    }
                    None => return Err(unknown(origin, name.to_owned())),
                },
            }
        }
        Ok(environment)
    }
}

fn root_key(id: Option<String>, secret: Option<SecretAccessKey>) -> Result<Option<FixedKey>, ConfigError> {
    match (id, secret) {
        (None, None) => Ok(None),
        (Some(id), Some(secret)) => {
            let parsed = id
                .parse::<AccessKeyId>()
                .ok()
                .filter(|id| id.as_str().starts_with(AccessKeyKind::LongTerm.prefix()));
            let rule = "`AKIA` and 16 more capital letters and digits";
            let id = parsed.ok_or(ConfigError::Secret { variable: ROOT_ID, rule })?;
            let usable = secret.expose().bytes().all(|byte| byte.is_ascii_graphic());
            if secret.expose().len() < 16 || !usable {
                let rule = "at least 16 visible ASCII characters";
                return Err(ConfigError::Secret { variable: ROOT_SECRET, rule });
            }
            Ok(Some(FixedKey { id, secret }))
        }
        _ => Err(ConfigError::Together(
            "DOORWARD_ROOT_ACCESS_KEY_ID and DOORWARD_ROOT_SECRET_ACCESS_KEY go together: set both or neither",
        )),
    }
}

/// What the environment alone gives.
struct Secrets {
    master_key: Option<Zeroizing<String>>,
    vault_token: Option<Zeroizing<String>>,
    etcd_password: Option<Zeroizing<String>>,
    root_key: Option<FixedKey>,
}

/// Parses every value, and shows them.
fn settle(values: &mut Values, fallback: Option<PathBuf>, secrets: Secrets) -> Result<Config, ConfigError> {
    let Secrets { master_key, vault_token, etcd_password, root_key } = secrets;
    if !values.contains_key("data") {
        let directory = fallback.clone().ok_or(ConfigError::NoDataDirectory)?;
        let text = directory.display().to_string();
        values.insert("data", Found { key: "data", text, origin: Origin::Default });
    }
    let data = match parsed(values, "data", path)?.ok_or(ConfigError::NoDataDirectory)? {
        name if name.as_os_str() == "etcd" => {
            Place::Etcd(Box::new(etcd::place(values, fallback, etcd_password)?))
        }
        other => {
            etcd::unused(values, etcd_password.as_ref())?;
            if other.as_os_str() == "memory" { Place::Memory } else { Place::Directory(other) }
        }
    };
    let vault = vault(values, vault_token)?;
    let master_key = master_key_source(values, &data, master_key, vault)?;
    let (mut limits, mut choices) = (Limits::default(), Choices::default());
    for setting in SETTINGS.iter() {
        if let Some(quota) = keys::quota(&mut limits, setting.key)
            && let Some(number) = parsed(values, setting.key, |text| text.parse().ok())?
        {
            *quota = number;
        }
        if setting.key.starts_with("choices.") {
            parsed(values, setting.key, |word| keys::choose(&mut choices, setting.key, word))?;
        }
    }
    let files = (parsed(values, "tls.certificate", path)?, parsed(values, "tls.key", path)?);
    let tls = match files {
        (None, None) => None,
        (Some(certificate), Some(key)) => Some(TlsFiles { certificate, key }),
        _ => {
            return Err(ConfigError::Together(
                "`tls.certificate` and `tls.key` go together: set both or neither",
            ));
        }
    };
    let fallback = std::net::SocketAddr::from(([127, 0, 0, 1], 8426));
    Ok(Config {
        listen: parsed(values, "listen", |text| text.parse().ok())?.unwrap_or(fallback),
        account: parsed(values, "account", |text| text.parse().ok())?,
        log_format: parsed(values, "log.format", log_format)?.unwrap_or(LogFormat::Plain),
        issuer_base: parsed(values, "web_identity.issuer_base", keys::issuer_base)?,
        role_templates: parsed(values, "role_templates", path)?,
        providers: parsed(values, "delegation.providers", path)?,
        plan_bytes_max: parsed(values, "plans.bytes_max", keys::plan_bytes)?.unwrap_or(PLAN_BYTES_MAX),
        reads: parsed(values, "consistency.reads", keys::reads)?.unwrap_or_default(),
        staleness_max: parsed(values, "consistency.staleness_max_s", keys::staleness)?
            .unwrap_or(STALENESS_MAX),
        traces: traces(values)?,
        metrics: parsed(values, "metrics.listen", |text| text.parse().ok())?,
        drain: Drain {
            delay: parsed(values, "drain.delay_s", |text| keys::drain(text, 0))?.unwrap_or(DRAIN_DELAY),
            time: parsed(values, "drain.time_s", |text| keys::drain(text, 1))?.unwrap_or(DRAIN_TIME),
        },
        log_level: parsed(values, "log.level", log_level)?.unwrap_or(tracing::Level::INFO),
        shown: shown(values, &master_key, root_key.as_ref()),
        data,
        master_key,
        tls,
        limits,
        choices,
        root_key,
    })
}

fn master_key_source(
    values: &Values,
    data: &Place,
    given: Option<Zeroizing<String>>,
    vault: Option<VaultSettings>,
) -> Result<MasterKeySource, ConfigError> {
    let file = parsed(values, "master_key_file", path)?;
    if let Some(vault) = vault {
        if given.is_some() || file.is_some() {
            return Err(ConfigError::Together(
                "the master key is given twice, by `master_key.vault` and by DOORWARD_MASTER_KEY or `master_key_file`: set one of them",
            ));
        }
        return Ok(MasterKeySource::Vault(vault));
    }
    match (given, file, data) {
        (Some(_), Some(_), _) => Err(ConfigError::Together(
            "the master key is given twice, by DOORWARD_MASTER_KEY and by `master_key_file`: set one of them",
        )),
        (Some(text), None, _) => Ok(MasterKeySource::Environment(text)),
        (None, Some(file), _) => Ok(MasterKeySource::File(file)),
        (None, None, data) => Ok(match data.local() {
            None => MasterKeySource::Fresh,
            Some(directory) => MasterKeySource::File(directory.join("master.key")),
        }),
    }
}

/// How to reach Vault, if it holds the master key.
fn vault(values: &Values, token: Option<Zeroizing<String>>) -> Result<Option<VaultSettings>, ConfigError> {
    let address = |text: &str| Address::of(text).map(|address| (text.to_owned(), address.is_encrypted()));
    let path_name = |text: &str| keys::vault_name(text, usize::MAX);
    let key = parsed(values, "master_key.vault.key", |text| keys::vault_name(text, 1))?;
    let (address, ca) =
        (parsed(values, "master_key.vault.address", address)?, parsed(values, "master_key.vault.ca", path)?);
    let namespace = parsed(values, "master_key.vault.namespace", path_name)?;
    let mount = parsed(values, "master_key.vault.mount", path_name)?.unwrap_or_else(|| "transit".to_owned());
    let token_file = parsed(values, "master_key.vault.token_file", path)?;
    let (Some((address, encrypted)), Some(key)) = (address, key) else {
        let given =
            values.keys().any(|key| key.starts_with("master_key.vault.") && *key != "master_key.vault.mount");
        return if given || token.is_some() {
            Err(ConfigError::Together("`master_key.vault` needs `address` and `key`"))
        } else {
            Ok(None)
        };
    };
    if encrypted && ca.is_none() {
        return Err(ConfigError::Together(
            "`master_key.vault` needs `ca`: who vouches for the server's certificate",
        ));
    }
    let token = match (token, token_file) {
        (Some(token), None) => VaultToken::Environment(token),
        (None, Some(file)) => VaultToken::File(file),
        (Some(_), Some(_)) | (None, None) => {
            return Err(ConfigError::Together(
                "`master_key.vault` needs a token: set `token_file` or DOORWARD_MASTER_KEY_VAULT_TOKEN, not both",
            ));
        }
    };
    Ok(Some(VaultSettings { address, key, mount, token, ca, namespace }))
}

/// Where spans are sent.
fn traces(values: &Values) -> Result<Option<(http::Uri, Option<PathBuf>)>, ConfigError> {
    let (endpoint, ca) =
        (parsed(values, "traces.endpoint", keys::collector)?, parsed(values, "traces.ca", path)?);
    match (&endpoint, &ca) {
        (None, None) => Ok(None),
        (Some(endpoint), _) if (endpoint.scheme_str() == Some("https")) == ca.is_some() => {
            Ok(Some((endpoint.clone(), ca)))
        }
        (_, _) => Err(ConfigError::Together(
            "`traces.endpoint` with `https:` and `traces.ca` go together: set both, or an endpoint with `http:`",
        )),
    }
}

/// The value of a setting, if it has one.
pub(super) fn parsed<T>(
    values: &Values,
    key: &'static str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, ConfigError> {
    let Some(found) = values.get(key) else { return Ok(None) };
    match parse(&found.text) {
        Some(value) => Ok(Some(value)),
        None => {
            let rule = keys::setting(key).map_or("another value", |setting| setting.rule);
            Err(ConfigError::Value { origin: found.origin.clone(), key, rule, value: found.text.clone() })
        }
    }
}

pub(super) fn path(text: &str) -> Option<PathBuf> {
    (!text.is_empty()).then(|| PathBuf::from(text))
}

fn log_format(text: &str) -> Option<LogFormat> {
    match text {
        "plain" => Some(LogFormat::Plain),
        "json" => Some(LogFormat::Json),
        _ => None,
    }
}

fn log_level(text: &str) -> Option<tracing::Level> {
    match text {
        "error" => Some(tracing::Level::ERROR),
        "warn" => Some(tracing::Level::WARN),
        "info" => Some(tracing::Level::INFO),
        "debug" => Some(tracing::Level::DEBUG),
        "trace" => Some(tracing::Level::TRACE),
        _ => None,
    }
}

/// The platform's directory for data of this user.
///
/// Source: <https://specifications.freedesktop.org/basedir/latest/>; on macOS, Apple's Application Support.
fn data_directory(environment: &[(OsString, OsString)]) -> Option<PathBuf> {
    let variable = |name: &str| {
        let found = environment.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| PathBuf::from(value)).filter(|path| path.is_absolute())
    };
    let base = match cfg!(target_os = "macos") {
        true => variable("HOME").map(|home| home.join("Library/Application Support")),
        false => variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|home| home.join(".local/share"))),
    };
    base.map(|base| base.join("doorward"))
}

/// The settings as a configuration file, each with its origin; secrets by origin alone.
fn shown(values: &Values, master_key: &MasterKeySource, root_key: Option<&FixedKey>) -> String {
    let mut text = String::new();
    for setting in SETTINGS.iter() {
        let Some(found) = values.get(setting.key) else { continue };
        let value = match setting.kind {
            keys::Kind::Text => toml::Value::String(found.text.clone()).to_string(),
            keys::Kind::Number => found.text.clone(),
        };
        text.push_str(&format!("{} = {value} # {}\n", setting.key, found.origin));
    }
    text.push_str(&match master_key {
        MasterKeySource::Environment(_) => format!("# the master key: environment {MASTER_KEY}\n"),
        MasterKeySource::File(file) => format!("# the master key: file {}\n", file.display()),
        MasterKeySource::Vault(vault) => {
            format!("# the master key: key {} of Vault at {}\n", vault.key, vault.address)
        }
        MasterKeySource::Fresh => "# the master key: made at the start, kept in memory\n".to_owned(),
    });
    if let Some(key) = root_key {
        text.push_str(&format!("# the first root access key: {}, environment {ROOT_ID}\n", key.id));
    }
    text
}

/// The error for a key or variable that there is not, with the nearest one that there is.
pub(super) fn unknown(origin: Origin, key: String) -> ConfigError {
    let known: Vec<String> = match origin {
        Origin::Environment(_) => {
            let settings = SETTINGS.iter().map(|setting| keys::variable(setting.key));
            settings.chain(VARIABLES.map(str::to_owned)).collect()
        }
        Origin::Default | Origin::File { .. } | Origin::Flag(_) => {
            SETTINGS.iter().map(|setting| setting.key.to_owned()).collect()
        }
    };
    let distances = known.into_iter().map(|name| (distance(&name, &key), name));
    let nearest = distances.min().filter(|(distance, _)| *distance <= 3).map(|(_, name)| name);
    ConfigError::Unknown { origin, key, nearest }
}

/// How many letters have to be changed, added or taken away to make one of the other.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, left) in one.bytes().enumerate() {
        let mut next = vec![line + 1];
        for ((right, &above_left), &above) in other.bytes().zip(&row).zip(row.iter().skip(1)) {
            let before = next.last().copied().unwrap_or_default();
            let replaced = above_left + usize::from(left != right);
            next.push(replaced.min(above + 1).min(before + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: (&str, &str) = ("HOME", "/home/me");

    fn read(file: Option<&str>, environment: &[(&str, &str)], flags: Flags) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("d.toml");
        let config = file.map(|text| {
            std::fs::write(&name, text).unwrap();
            name.display().to_string()
        });
        let environment = environment.iter().map(|(name, value)| (name.into(), value.into())).collect();
        let place = format!("{}/", folder.path().display());
        Config::read(Sources { config, flags, environment })
            .map_err(|error| error.to_string().replace(&place, ""))
    }

    #[test]
    fn flags_go_before_the_environment_and_that_before_the_file() {
        let file = Some("listen = '127.0.0.1:1'\nlog.level = 'error'\ndata = '/file'\n");
        let environment = [HOME, ("DOORWARD_LISTEN", "127.0.0.1:2"), ("DOORWARD_LOG_LEVEL", "warn")];
        let flags = vec![("listen", "--listen", Some("127.0.0.1:3".to_owned())), ("data", "--data", None)];
        let config = read(file, &environment, flags).unwrap();
        assert_eq!(config.listen.port(), 3);
        assert_eq!(config.log_level, tracing::Level::WARN);
        assert_eq!(config.data, Place::Directory("/file".into()));
        for line in [
            "listen = \"127.0.0.1:3\" # flag --listen\n",
            "log.level = \"warn\" # environment DOORWARD_LOG_LEVEL\n",
            "d.toml:3\n",
            "log.format = \"plain\" # default\n",
            "limits.users_per_account = 5000 # default\n",
            "# the master key: file /file/master.key\n",
        ] {
            assert!(config.shown.contains(line), "{line} in {}", config.shown);
        }
        let again: toml::Table = config.shown.parse().unwrap();
        assert_eq!(again["log"]["level"].as_str(), Some("warn"));
    }

    #[test]
    fn data_is_in_the_platforms_directory() {
        let home = read(None, &[HOME], vec![]).unwrap();
        let xdg = read(None, &[HOME, ("XDG_DATA_HOME", "/data")], vec![]).unwrap();
        if !cfg!(target_os = "macos") {
            assert_eq!(home.data, Place::Directory("/home/me/.local/share/doorward".into()));
            assert_eq!(xdg.data, Place::Directory("/data/doorward".into()));
        }
        let memory = read(None, &[("DOORWARD_DATA", "memory")], vec![]).unwrap();
        assert_eq!((memory.data, memory.master_key), (Place::Memory, MasterKeySource::Fresh));
        assert!(read(None, &[], vec![]).unwrap_err().contains("--data"));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        const ID: (&str, &str) = ("DOORWARD_ROOT_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
        type Row = (Option<&'static str>, &'static [(&'static str, &'static str)], &'static str);
        let rows: &[Row] = &[
            (
                None,
                &[("DOORWARD_LISTN", "x")],
                "environment DOORWARD_LISTN: there is no setting `DOORWARD_LISTN`; did you mean `DOORWARD_LISTEN`?",
            ),
            (None, &[("DOORWARD_X", "secret")], "environment DOORWARD_X: there is no setting `DOORWARD_X`"),
            (
                None,
                &[("DOORWARD_LISTEN", "8426")],
                "environment DOORWARD_LISTEN: `listen` must be an address and a port, such as `127.0.0.1:8426`, got `8426`",
            ),
            (
                Some("log.level = 'loud'"),
                &[],
                "d.toml:1: `log.level` must be `error`, `warn`, `info`, `debug` or `trace`, got `loud`",
            ),
            (
                Some("choices.not_principal = 'x'"),
                &[],
                "d.toml:1: `choices.not_principal` must be `whole_chain` or `any_entry`, got `x`",
            ),
            (
                None,
                &[("DOORWARD_LIMITS_USERS_PER_ACCOUNT", "-1")],
                "environment DOORWARD_LIMITS_USERS_PER_ACCOUNT: `limits.users_per_account` must be a whole number from 0 to 4294967295, got `-1`",
            ),
            (
                None,
                &[("DOORWARD_ACCOUNT", "1")],
                "environment DOORWARD_ACCOUNT: `account` must be an account id of twelve digits, got `1`",
            ),
            (
                None,
                &[("DOORWARD_DATA", "")],
                "environment DOORWARD_DATA: `data` must be a directory, `memory` or `etcd`, got ``",
            ),
            (Some("data = 'etcd'"), &[], "`data = \"etcd\"` needs `etcd.endpoints`"),
            (
                Some("data = 'etcd'\netcd.endpoints = '10.0.0.1:2379'"),
                &[],
                "d.toml:2: `etcd.endpoints` must be addresses such as `https://10.0.0.1:2379`, with commas between them, got `10.0.0.1:2379`",
            ),
            (
                Some("data = 'etcd'\netcd.endpoints = 'https://a:1'"),
                &[],
                "endpoints of `etcd.endpoints` with `https:` need `etcd.ca`",
            ),
            (
                Some("data = 'etcd'\netcd.endpoints = 'http://a:1'\netcd.prefix = 'p'"),
                &[],
                "d.toml:3: `etcd.prefix` must be 1 to 64 printable ASCII characters, the last of them `/`, got `p`",
            ),
            (
                Some("data = 'etcd'\netcd.endpoints = 'http://a:1'\netcd.user = 'u'"),
                &[],
                "`etcd.user` goes with a password, by DOORWARD_ETCD_PASSWORD or by `etcd.password_file`",
            ),
            (
                Some("data = '/d'\netcd.endpoints = 'http://a:1'"),
                &[],
                "`state`, the settings `etcd.…` and DOORWARD_ETCD_PASSWORD count with `data = \"etcd\"` alone",
            ),
            (
                Some("traces.endpoint = 'localhost:4318'"),
                &[],
                "d.toml:1: `traces.endpoint` must be an address such as `http://127.0.0.1:4318`, without query, got `localhost:4318`",
            ),
            (
                Some("traces.endpoint = 'https://collector:4318'"),
                &[],
                "`traces.endpoint` with `https:` and `traces.ca` go together: set both, or an endpoint with `http:`",
            ),
            (
                Some("traces.ca = 'ca.pem'"),
                &[],
                "`traces.endpoint` with `https:` and `traces.ca` go together: set both, or an endpoint with `http:`",
            ),
            (
                Some("metrics.listen = 'on'"),
                &[],
                "d.toml:1: `metrics.listen` must be an address and a port, such as `127.0.0.1:8427`, got `on`",
            ),
            (
                Some("drain.delay_s = 3601"),
                &[],
                "d.toml:1: `drain.delay_s` must be a whole number of seconds from 0 to 3600, got `3601`",
            ),
            (
                None,
                &[("DOORWARD_DRAIN_TIME_S", "0")],
                "environment DOORWARD_DRAIN_TIME_S: `drain.time_s` must be a whole number of seconds from 1 to 3600, got `0`",
            ),
            (Some("tls.key = 'x'"), &[], "`tls.certificate` and `tls.key` go together: set both or neither"),
            (
                None,
                &[ID],
                "DOORWARD_ROOT_ACCESS_KEY_ID and DOORWARD_ROOT_SECRET_ACCESS_KEY go together: set both or neither",
            ),
            (
                None,
                &[
                    ("DOORWARD_ROOT_ACCESS_KEY_ID", "test"),
                    ("DOORWARD_ROOT_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG"),
                ],
                "DOORWARD_ROOT_ACCESS_KEY_ID must be `AKIA` and 16 more capital letters and digits",
            ),
            (
                None,
                &[ID, ("DOORWARD_ROOT_SECRET_ACCESS_KEY", "short")],
                "DOORWARD_ROOT_SECRET_ACCESS_KEY must be at least 16 visible ASCII characters",
            ),
            (
                None,
                &[("DOORWARD_MASTER_KEY", "a"), ("DOORWARD_MASTER_KEY_FILE", "b")],
                "the master key is given twice, by DOORWARD_MASTER_KEY and by `master_key_file`: set one of them",
            ),
            (Some("master_key.vault.key = 'x'"), &[], "`master_key.vault` needs `address` and `key`"),
            (
                Some("[master_key.vault]\nkey = 'x'\naddress = 'https://vault'"),
                &[],
                "`master_key.vault` needs `ca`: who vouches for the server's certificate",
            ),
            (
                Some("[master_key.vault]\nkey = 'x'\naddress = 'http://localhost'"),
                &[],
                "`master_key.vault` needs a token: set `token_file` or DOORWARD_MASTER_KEY_VAULT_TOKEN, not both",
            ),
            (
                Some("[master_key.vault]\nkey = 'x/y'"),
                &[],
                "d.toml:2: `master_key.vault.key` must be the name of a key: letters, digits, `-`, `_` and `.`, got `x/y`",
            ),
            (
                Some("[master_key.vault]\nkey = 'x'\naddress = 'http://localhost'\ntoken_file = 't'"),
                &[("DOORWARD_MASTER_KEY", "a")],
                "the master key is given twice, by `master_key.vault` and by DOORWARD_MASTER_KEY or `master_key_file`: set one of them",
            ),
            (
                None,
                &[("DOORWARD_CONFIG", "/nowhere.toml")],
                "the configuration file `/nowhere.toml` cannot be read: No such file or directory (os error 2)",
            ),
        ];
        for (file, environment, expected) in rows {
            let environment: Vec<_> = [HOME].into_iter().chain(environment.iter().copied()).collect();
            assert_eq!(read(*file, &environment, vec![]).unwrap_err(), *expected);
        }
    }

    #[test]
    fn an_installation_in_etcd() {
        let file =
            "data = 'etcd'\netcd.endpoints = 'https://a:1, https://b:2'\netcd.ca = 'ca.pem'\netcd.user = 'u'";
        let config = read(Some(file), &[HOME, ("DOORWARD_ETCD_PASSWORD", "hunter2")], vec![]).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
        let Place::Etcd(etcd) = &config.data else { panic!("{:?}", config.data) };
        assert_eq!(etcd.endpoints, ["https://a:1", "https://b:2"]);
        assert_eq!(etcd.prefix, "doorward/");
        if !cfg!(target_os = "macos") {
            assert_eq!(etcd.state, PathBuf::from("/home/me/.local/share/doorward"));
        }
        assert_eq!(config.master_key, MasterKeySource::File(etcd.state.join("master.key")));
    }

    #[test]
    fn plans_have_room_as_it_is_said() {
        let refused = |value| {
            let rule = "a whole number of bytes from 1048576 to 1099511627776";
            Err(format!("flag --plans-bytes-max: `plans.bytes_max` must be {rule}, got `{value}`"))
        };
        for (value, expected) in [
            ("1048576", Ok(1 << 20)),
            ("1099511627776", Ok(1 << 40)),
            ("1048575", refused("1048575")),
            ("1099511627777", refused("1099511627777")),
            ("0", refused("0")),
            ("-1", refused("-1")),
            ("64MiB", refused("64MiB")),
            ("1e9", refused("1e9")),
            ("", refused("")),
            ("99999999999999999999999", refused("99999999999999999999999")),
        ] {
            let flags = vec![("plans.bytes_max", "--plans-bytes-max", Some(value.to_owned()))];
            let environment = [HOME, ("DOORWARD_PLANS_BYTES_MAX", "2097152")];
            let config = read(Some("plans.bytes_max = 3145728"), &environment, flags);
            assert_eq!(config.map(|config| config.plan_bytes_max), expected);
        }
        let environment =
            read(Some("plans.bytes_max = 3145728"), &[HOME, ("DOORWARD_PLANS_BYTES_MAX", "2097152")], vec![]);
        assert_eq!(environment.unwrap().plan_bytes_max, 2 << 20);
        assert_eq!(
            read(Some("plans.bytes_max = 3_145_728"), &[HOME], vec![]).unwrap().plan_bytes_max,
            3 << 20
        );
        assert_eq!(read(None, &[HOME], vec![]).unwrap().plan_bytes_max, 64 << 20);
    }

    #[test]
    fn secrets_are_not_shown() {
        let environment = [
            HOME,
            ("DOORWARD_MASTER_KEY_VAULT_TOKEN", "hvs.bWFzdGVy"),
            ("DOORWARD_MASTER_KEY_VAULT_KEY", "doorward"),
            ("DOORWARD_MASTER_KEY_VAULT_ADDRESS", "http://127.0.0.1:8200"),
            ("DOORWARD_NEW_MASTER_KEY", "bWFzdGVy"),
            ("DOORWARD_ROOT_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
            ("DOORWARD_ROOT_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG"),
        ];
        let config = read(None, &environment, vec![]).unwrap();
        assert!(config.shown.contains("AKIAIOSFODNN7EXAMPLE"));
        assert!(!config.shown.contains("bWFzdGVy") && !config.shown.contains("wJalr"), "{}", config.shown);
    }

    #[test]
    fn distances_count_letters() {
        for (one, other, expected) in
            [("", "", 0), ("a", "", 1), ("listen", "listn", 1), ("level", "lvel", 1), ("abc", "xyz", 3)]
        {
            assert_eq!((distance(one, other), distance(other, one)), (expected, expected), "{one} {other}");
        }
    }
}
