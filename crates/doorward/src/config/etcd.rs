//! The settings of an installation in etcd.

use std::path::PathBuf;

use zeroize::Zeroizing;

use super::keys;
use super::layers::{Values, parsed, path};
use super::{ConfigError, EtcdPlace, PasswordSource, TlsFiles};

/// The settings that count with `data = "etcd"` alone.
const KEYS: [&str; 8] = [
    "state",
    "etcd.endpoints",
    "etcd.prefix",
    "etcd.ca",
    "etcd.certificate",
    "etcd.key",
    "etcd.user",
    "etcd.password_file",
];

/// Refuses what would be of no effect, because the installation is not in etcd.
///
/// # Errors
/// [`ConfigError::Together`]: a setting of etcd is set.
pub(super) fn unused(values: &Values, password: Option<&Zeroizing<String>>) -> Result<(), ConfigError> {
    if password.is_some() || KEYS.iter().any(|key| values.contains_key(key)) {
        return Err(ConfigError::Together(
            "`state`, the settings `etcd.…` and DOORWARD_ETCD_PASSWORD count with `data = \"etcd\"` alone",
        ));
    }
    Ok(())
}

/// The cluster that the settings say; `fallback` is the default data directory.
///
/// # Errors
/// [`ConfigError`]: a value is wrong, or one is missing that another needs.
pub(super) fn place(
    values: &Values,
    fallback: Option<PathBuf>,
    password: Option<Zeroizing<String>>,
) -> Result<EtcdPlace, ConfigError> {
    let state = parsed(values, "state", path)?.or(fallback).ok_or(ConfigError::NoDataDirectory)?;
    let Some(endpoints) = parsed(values, "etcd.endpoints", keys::endpoints)? else {
        return Err(ConfigError::Together("`data = \"etcd\"` needs `etcd.endpoints`"));
    };
    let prefix = parsed(values, "etcd.prefix", keys::prefix)?;
    let prefix = prefix.unwrap_or_else(|| doorward_store::etcd::PREFIX.to_owned());
    let ca = parsed(values, "etcd.ca", path)?;
    if ca.is_none() && endpoints.iter().any(|endpoint| endpoint.starts_with("https:")) {
        return Err(ConfigError::Together("endpoints of `etcd.endpoints` with `https:` need `etcd.ca`"));
    }
    if ca.is_some() && endpoints.iter().any(|endpoint| endpoint.starts_with("http:")) {
        return Err(ConfigError::Together(
            "`etcd.ca` is set, and an endpoint of `etcd.endpoints` begins with `http:`",
        ));
    }
    let files = (parsed(values, "etcd.certificate", path)?, parsed(values, "etcd.key", path)?);
    let identity = match files {
        (None, None) => None,
        (Some(certificate), Some(key)) if ca.is_some() => Some(TlsFiles { certificate, key }),
        (Some(_), Some(_)) => {
            return Err(ConfigError::Together("`etcd.certificate` and `etcd.key` need `etcd.ca`"));
        }
        (Some(_), None) | (None, Some(_)) => {
            return Err(ConfigError::Together(
                "`etcd.certificate` and `etcd.key` go together: set both or neither",
            ));
        }
    };
    let login = login(values, password)?;
    Ok(EtcdPlace { state, endpoints, prefix, ca, identity, login })
}

fn login(
    values: &Values,
    password: Option<Zeroizing<String>>,
) -> Result<Option<(String, PasswordSource)>, ConfigError> {
    let name = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let user = parsed(values, "etcd.user", name)?;
    let file = parsed(values, "etcd.password_file", path)?;
    let source = match (password, file) {
        (Some(_), Some(_)) => {
            return Err(ConfigError::Together(
                "the password is given twice, by DOORWARD_ETCD_PASSWORD and by `etcd.password_file`: set one of them",
            ));
        }
        (Some(password), None) => Some(PasswordSource::Environment(password)),
        (None, Some(file)) => Some(PasswordSource::File(file)),
        (None, None) => None,
    };
    match (user, source) {
        (Some(user), Some(source)) => Ok(Some((user, source))),
        (None, None) => Ok(None),
        (Some(_), None) | (None, Some(_)) => Err(ConfigError::Together(
            "`etcd.user` goes with a password, by DOORWARD_ETCD_PASSWORD or by `etcd.password_file`",
        )),
    }
}
