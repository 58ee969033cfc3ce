//! Configuration: a file, the environment, flags; the later goes before the earlier, and what is unknown is an error.
//!
//! Every setting has a key, such as `log.level`. In the file it is written so; in the environment `DOORWARD_LOG_LEVEL`.
//! A value is text until all sources are read, and then parsed once, so that the same rule and the same error text
//! hold wherever it came from.

mod etcd;
mod file;
mod keys;
mod layers;
pub mod reference;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use doorward_directory::Limits;
use doorward_policy::AccountId;
use doorward_policy::request::Choices;
use doorward_server::Reads;
use doorward_sigv4::{AccessKeyId, SecretAccessKey};
use zeroize::Zeroizing;

pub use layers::{NEW_MASTER_KEY, Origin, Sources};

/// Where an installation is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In memory, gone when the server stops.
    Memory,
    /// In a directory.
    Directory(PathBuf),
    /// In an etcd cluster.
    Etcd(Box<EtcdPlace>),
}

impl Place {
    /// Where this server keeps what is its own: credentials, where it listens; `None` if it keeps nothing.
    pub fn local(&self) -> Option<&Path> {
        match self {
            Self::Memory => None,
            Self::Directory(directory) => Some(directory),
            Self::Etcd(etcd) => Some(&etcd.state),
        }
    }
}

/// An etcd cluster, and what of the installation is on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EtcdPlace {
    /// The directory for what is this server's own.
    pub state: PathBuf,
    /// The addresses of the members.
    pub endpoints: Vec<String>,
    /// What all keys begin with.
    pub prefix: String,
    /// Certificates of the CAs of the members, PEM.
    pub ca: Option<PathBuf>,
    /// This server's own certificate and its key, PEM.
    pub identity: Option<TlsFiles>,
    /// The user, and where the password is.
    pub login: Option<(String, PasswordSource)>,
}

/// Where a password is. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub enum PasswordSource {
    /// The environment holds it.
    Environment(Zeroizing<String>),
    /// A file holds it, and nothing else.
    File(PathBuf),
}

impl std::fmt::Debug for PasswordSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Environment(_) => f.write_str("Environment(***)"),
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
        }
    }
}

/// Where the master key comes from. `Debug` does not show the key.
#[derive(Clone, PartialEq, Eq)]
pub enum MasterKeySource {
    /// The environment holds it.
    Environment(Zeroizing<String>),
    /// A file holds it.
    File(PathBuf),
    /// Vault holds it.
    Vault(VaultSettings),
    /// It is made at each start, for an installation in memory.
    Fresh,
}

/// A key of Vault's transit engine, and how to reach it.
#[derive(Clone, PartialEq, Eq)]
pub struct VaultSettings {
    /// `https://host:port`.
    pub address: String,
    /// The key's name.
    pub key: String,
    /// Where the engine is mounted.
    pub mount: String,
    /// What proves to Vault who asks.
    pub token: VaultToken,
    /// Who vouches for Vault's certificate, PEM.
    pub ca: Option<PathBuf>,
    /// The namespace, if Vault has such.
    pub namespace: Option<String>,
}

/// Where the token for Vault is.
#[derive(Clone, PartialEq, Eq)]
pub enum VaultToken {
    /// The environment holds it.
    Environment(Zeroizing<String>),
    /// A file holds it, and is read whenever Vault is asked: agents renew it there.
    File(PathBuf),
}

impl std::fmt::Debug for MasterKeySource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Environment(_) => f.write_str("Environment(***)"),
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            Self::Vault(vault) => f.debug_tuple("Vault").field(&vault.address).field(&vault.key).finish(),
            Self::Fresh => f.write_str("Fresh"),
        }
    }
}

/// The form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// Lines for people.
    Plain,
    /// A JSON object on each line.
    Json,
}

/// The certificate and key files of TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The chain, PEM.
    pub certificate: PathBuf,
    /// The private key, PEM.
    pub key: PathBuf,
}

/// An access key that is fixed by the environment.
#[derive(Debug, Clone)]
pub struct FixedKey {
    /// Its id.
    pub id: AccessKeyId,
    /// Its secret.
    pub secret: SecretAccessKey,
}

/// How a server stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drain {
    /// For how long it goes on as before, saying that it will stop.
    pub delay: Duration,
    /// How long requests in flight may take after that.
    pub time: Duration,
}

/// The settings in effect.
#[derive(Debug)]
pub struct Config {
    /// Where the installation is kept.
    pub data: Place,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// The number that the management account must have.
    pub account: Option<AccountId>,
    /// Where the master key comes from.
    pub master_key: MasterKeySource,
    /// The form of the log.
    pub log_format: LogFormat,
    /// The least level that is logged.
    pub log_level: tracing::Level,
    /// How to serve HTTPS, if so.
    pub tls: Option<TlsFiles>,
    /// The quotas.
    pub limits: Limits,
    /// The readings of what AWS does not publish.
    pub choices: Choices,
    /// Under which address others find the issuers of web identity tokens; where it listens, if that is not said.
    pub issuer_base: Option<String>,
    /// The directory of the role templates.
    pub role_templates: Option<PathBuf>,
    /// The file that registers product providers, if there is one.
    pub providers: Option<PathBuf>,
    /// About how many bytes the plans of policies may take that are kept between requests.
    pub plan_bytes_max: usize,
    /// How new what requests are answered from must be.
    pub reads: Reads,
    /// For how long requests are answered while a shared store does not answer.
    pub staleness_max: Duration,
    /// Where spans are sent, if they are, and who vouches for whoever is there, PEM.
    pub traces: Option<(http::Uri, Option<PathBuf>)>,
    /// Where metrics are served, if they are.
    pub metrics: Option<SocketAddr>,
    /// How the server stops.
    pub drain: Drain,
    /// The root user's first access key, if the environment fixes it.
    pub root_key: Option<FixedKey>,
    /// Every value as text, with where it comes from, to be shown.
    pub shown: String,
}

/// What is wrong with the configuration.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration file `{file}` cannot be read: {reason}")]
    Unreadable {
        /// The file.
        file: String,
        /// What failed.
        reason: String,
    },
    /// The file is not TOML.
    #[error("{file}:{line}: {reason}")]
    NotToml {
        /// The file.
        file: String,
        /// The line.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// A key, or a variable of the environment, that there is not.
    #[error("{origin}: there is no setting `{key}`{}", near(.nearest))]
    Unknown {
        /// Where it is.
        origin: Origin,
        /// The key.
        key: String,
        /// The key that may have been meant.
        nearest: Option<String>,
    },
    /// A value that its setting cannot have.
    #[error("{origin}: `{key}` must be {rule}, got `{value}`")]
    Value {
        /// Where it is.
        origin: Origin,
        /// The key.
        key: &'static str,
        /// What it must be.
        rule: &'static str,
        /// The value.
        value: String,
    },
    /// A secret value that its setting cannot have; it is not repeated.
    #[error("{variable} must be {rule}")]
    Secret {
        /// The variable.
        variable: &'static str,
        /// What it must be.
        rule: &'static str,
    },
    /// A setting that does not go without another, or with it.
    #[error("{0}")]
    Together(&'static str),
    /// No data directory is known.
    #[error("no data directory is known, because HOME is not set: give one with --data")]
    NoDataDirectory,
}

fn near(nearest: &Option<String>) -> String {
    nearest.as_ref().map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}
