//! The file: what `mc admin cluster iam export` writes, a zip archive of JSON files.
//!
//! A field that is not known here may limit what somebody may do; so it is an error, and not left out. Secrets are in the
//! file in clear, and are wiped from memory.
//!
//! Source: <https://github.com/minio/minio>, `cmd/admin-handlers-users.go`, `ExportIAM`

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use doorward_sigv4::SecretAccessKey;
use jiff::Timestamp;
use serde::de::{DeserializeOwned, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use zeroize::Zeroizing;
use zip::ZipArchive;
use zip::result::ZipError;

/// The directory within the archive.
const FOLDER: &str = "iam-assets";

/// How large one of the files may be when unpacked, in bytes: hundreds of thousands of users.
const BYTES_MAX: u64 = 256 << 20;

/// All of it, by names.
#[derive(Debug, Default)]
pub struct Assets {
    /// The policies.
    pub policies: Named<Box<RawValue>>,
    /// The users, whose names are the ids of their access keys.
    pub users: Named<User>,
    /// The groups.
    pub groups: Named<Group>,
    /// The service accounts, by the ids of their access keys.
    pub service_accounts: Named<ServiceAccount>,
    /// Which policies users have.
    pub user_policies: Named<Mapping>,
    /// Which policies groups have.
    pub group_policies: Named<Mapping>,
    /// Which policies users of an identity provider have, by what it calls them.
    pub outside_users: Named<Mapping>,
    /// Which policies groups of an identity provider have, by what it calls them.
    pub outside_groups: Named<Mapping>,
}

/// A user.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct User {
    /// The secret of its access key.
    #[serde(default, deserialize_with = "secret")]
    pub secret_key: Option<SecretAccessKey>,
    /// Whether it may do anything.
    pub status: Status,
    /// Not filled in by exports; where it is, it counts as a mapping.
    #[serde(default)]
    pub policy: String,
}

/// A group.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Group {
    /// Whether its policies count.
    pub status: Status,
    /// The names of its members.
    #[serde(default)]
    pub members: Option<Vec<String>>,
    #[serde(default, rename = "version")]
    _version: IgnoredAny,
    #[serde(default, rename = "updatedAt")]
    _updated: IgnoredAny,
}

/// An access key of a user, which may be restricted further.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ServiceAccount {
    /// Whose it is.
    pub parent: String,
    /// Its secret.
    #[serde(default, deserialize_with = "secret")]
    pub secret_key: Option<SecretAccessKey>,
    /// Whether it counts.
    pub status: Status,
    /// What it is restricted to, beside what its parent may.
    #[serde(default)]
    pub session_policy: Option<Box<RawValue>>,
    /// When it ends.
    #[serde(default)]
    pub expiration: Option<Timestamp>,
    /// What its session token says.
    #[serde(default)]
    pub claims: Option<BTreeMap<String, serde_json::Value>>,
    /// As in the name of the entry.
    #[serde(default, rename = "accessKey")]
    _access_key: IgnoredAny,
    /// Those of the parent.
    #[serde(default, rename = "groups")]
    _groups: IgnoredAny,
    #[serde(default, rename = "name")]
    _name: IgnoredAny,
    #[serde(default, rename = "description")]
    _description: IgnoredAny,
    #[serde(default, rename = "apiVersion")]
    _version: IgnoredAny,
}

/// The policies that somebody has.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Mapping {
    /// Their names, with commas between them.
    policy: String,
    #[serde(default, rename = "version")]
    _version: IgnoredAny,
    #[serde(default, rename = "updatedAt")]
    _updated: IgnoredAny,
}

impl Mapping {
    /// The names of the policies.
    pub fn policies(&self) -> impl Iterator<Item = &str> {
        split(&self.policy)
    }
}

/// The names in a text with commas between them.
pub fn split(names: &str) -> impl Iterator<Item = &str> {
    names.split(',').map(str::trim).filter(|name| !name.is_empty())
}

/// A secret; an empty one is none.
fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SecretAccessKey>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok((!text.is_empty()).then(|| SecretAccessKey::new(text)))
}

/// Whether something counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
pub enum Status {
    /// It does.
    #[serde(rename = "enabled", alias = "on")]
    Enabled,
    /// It does not.
    #[serde(rename = "disabled", alias = "off")]
    Disabled,
}

/// Things by their names, none of which stands twice.
#[derive(Debug)]
pub struct Named<T>(pub BTreeMap<String, T>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Once<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Once<T> {
            type Value = Named<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Named<T>, A::Error> {
                let mut named = BTreeMap::new();
                while let Some(name) = access.next_key::<String>()? {
                    let value = access.next_value()?;
                    if named.insert(name.clone(), value).is_some() {
                        return Err(A::Error::custom(format!("`{name}` stands twice")));
                    }
                }
                Ok(Named(named))
            }
        }

        deserializer.deserialize_map(Once(std::marker::PhantomData))
    }
}

/// Reads the archive.
///
/// # Errors
/// It is not such an archive, or a file in it is damaged, too large, or has a field that is not known.
pub fn read(path: &Path) -> Result<Assets> {
    let archive = ZipArchive::new(File::open(path)?);
    let mut archive = archive.context("it is not what `mc admin cluster iam export` writes")?;
    let assets = Assets {
        policies: part(&mut archive, "policies.json")?,
        users: part(&mut archive, "users.json")?,
        groups: part(&mut archive, "groups.json")?,
        service_accounts: part(&mut archive, "svcaccts.json")?,
        user_policies: part(&mut archive, "user_mappings.json")?,
        group_policies: part(&mut archive, "group_mappings.json")?,
        outside_users: part(&mut archive, "stsuser_mappings.json")?,
        outside_groups: part(&mut archive, "stsgroup_mappings.json")?,
    };
    if !archive.file_names().any(|name| name.is_ok_and(|name| name.starts_with(FOLDER))) {
        bail!("it is not what `mc admin cluster iam export` writes: it has no directory `{FOLDER}`");
    }
    Ok(assets)
}

/// One of the files; an older MinIO may not have written it.
fn part<T: DeserializeOwned>(archive: &mut ZipArchive<File>, name: &str) -> Result<Named<T>> {
    let name = format!("{FOLDER}/{name}");
    let file = match archive.by_name(&name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(Named::default()),
        Err(error) => return Err(error).with_context(|| format!("`{name}` in it")),
    };
    let mut text = Zeroizing::new(Vec::new());
    let unreadable = || format!("`{name}` in it cannot be read");
    file.take(BYTES_MAX + 1).read_to_end(&mut text).with_context(unreadable)?;
    if text.len() as u64 > BYTES_MAX {
        return Err(io::Error::other(format!("it has more than {BYTES_MAX} bytes"))).with_context(unreadable);
    }
    serde_json::from_slice(&text).with_context(|| format!("`{name}` in it is not understood"))
}
