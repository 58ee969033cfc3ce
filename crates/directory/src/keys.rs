//! Where each record stands in the store: the only place that knows the layout.
//!
//! Everything of the directory begins with [`PREFIX`]. Entities stand under their account and folded name, so that the
//! store itself keeps names unique; what belongs to an entity stands under its unique id, so that it survives a rename.
//!
//! | key | record |
//! |---|---|
//! | `iam/format` | in which format all of this is |
//! | `iam/installation` | what the first start made |
//! | `iam/keyring` | the keys that seal secrets, wrapped |
//! | `iam/account/{account}` | an account |
//! | `iam/alias/{alias}` | the account of an alias |
//! | `iam/user/{account}/{name}`, `group`, `role`, `policy`, `profile` likewise | an entity |
//! | `iam/version/{policy id}/{number}` | a version of a managed policy |
//! | `iam/inline/{owner id}/{name}` | an inline policy |
//! | `iam/key/{access key id}` | an access key |
//! | `iam/login/{user id}` | a login profile |
//! | `iam/mfa/{account}/{path and name}` | a virtual MFA device |
//! | `iam/password-policy/{account}` | what passwords of an account must be like |
//! | `iam/issuer/{account}` | the issuer of an account's web identity tokens |
//! | `iam/oidc/{account}/{host and path}` | an OpenID Connect provider |
//! | `iam/saml/{account}/{name}` | a SAML provider |
//! | `iam/service/{name}` | a registered service |
//! | `iam/server-certificate/{account}/{name}` | a server certificate |
//! | `iam/signing-certificate/{account}/{id}` | a signing certificate |
//! | `iam/ssh-key/{user id}/{id}` | an SSH public key |
//! | `iam/service-credential/{user id}/{id}` | a user's credential for a service |
//! | `iam/linked-deletion/{account}/{uuid}` | the deletion of a service-linked role |
//! | `iam/credential-report/{account}` | an account's credential report |
//! | `iam/key-use/{access key id}`, `role-use/{role id}` | when it was last used |
//! | `iam/report/{account}/{id}` | a report of last access |
//! | `iam/delegation/…` | temporary delegation: see [`delegation`] |
//! | `iam/organization/…` | the organization and what is in it: see [`organization`] |
//! | `iam/guard/{id}` | nothing: its revision says when something was last linked to the entity |
//! | `iam/fence/{account}/{kind}` | how many entities of a kind there were when it was last written |

pub(crate) mod delegation;
pub(crate) mod organization;

use std::fmt::{self, Write as _};
use std::str::FromStr;
use std::sync::Arc;

use doorward_policy::AccountId;
use doorward_sigv4::AccessKeyId;

use self::organization::Place;
use crate::managed::VersionNumber;
use crate::unique_id::UniqueId;
use crate::usage::Used;

/// What every key of the directory begins with.
pub(crate) const PREFIX: &str = "iam/";

/// The key of one record.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[expect(clippy::enum_variant_names, reason = "an access key is called so")]
pub(crate) enum Key {
    Format,
    Installation,
    Keyring,
    Account(AccountId),
    Alias(Arc<str>),
    User(AccountId, Arc<str>),
    Group(AccountId, Arc<str>),
    Role(AccountId, Arc<str>),
    Policy(AccountId, Arc<str>),
    Profile(AccountId, Arc<str>),
    Version(UniqueId, VersionNumber),
    Inline(UniqueId, Arc<str>),
    AccessKey(AccessKeyId),
    Login(UniqueId),
    /// Path and name, which begin with a slash.
    MfaDevice(AccountId, Arc<str>),
    PasswordPolicy(AccountId),
    Issuer(AccountId),
    Oidc(AccountId, Arc<str>),
    Saml(AccountId, Arc<str>),
    Service(Arc<str>),
    ServerCertificate(AccountId, Arc<str>),
    SigningCertificate(AccountId, Arc<str>),
    SshKey(UniqueId, Arc<str>),
    ServiceCredential(UniqueId, Arc<str>),
    LinkedDeletion(AccountId, Arc<str>),
    CredentialReport(AccountId),
    KeyUse(AccessKeyId),
    RoleUse(UniqueId),
    Report(AccountId, Arc<str>),
    Delegation(delegation::Place),
    Organization(Place),
    Guard(UniqueId),
    Fence(AccountId, Counted),
}

/// The kinds of entity that an account may only have so many of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Counted {
    Users,
    Groups,
    Roles,
    Policies,
    Profiles,
    ServerCertificates,
    OidcProviders,
    SamlProviders,
    MfaDevices,
    DelegationRequests,
}

/// A key in the store that this version of the directory does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the key `{0}` is none that this version knows")]
pub struct UnknownKey(pub String);

impl Counted {
    const ALL: [Self; 10] = [
        Self::Users,
        Self::Groups,
        Self::Roles,
        Self::Policies,
        Self::Profiles,
        Self::ServerCertificates,
        Self::OidcProviders,
        Self::SamlProviders,
        Self::MfaDevices,
        Self::DelegationRequests,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Groups => "groups",
            Self::Roles => "roles",
            Self::Policies => "policies",
            Self::Profiles => "profiles",
            Self::ServerCertificates => "server-certificates",
            Self::OidcProviders => "oidc-providers",
            Self::SamlProviders => "saml-providers",
            Self::MfaDevices => "mfa",
            Self::DelegationRequests => "delegation-requests",
        }
    }
}

impl Key {
    /// Where it stands when something was last used.
    pub(crate) const fn of_use(used: Used) -> Self {
        match used {
            Used::Key(id) => Self::KeyUse(id),
            Used::Role(id) => Self::RoleUse(id),
        }
    }

    /// The bytes of the key in the store.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.to_string().into_bytes()
    }

    /// The key of these bytes, which begin with [`PREFIX`].
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, UnknownKey> {
        let refuse = || UnknownKey(bytes.escape_ascii().to_string());
        let text = std::str::from_utf8(bytes).map_err(|_| refuse())?;
        let key = text.strip_prefix(PREFIX).and_then(Self::parse).ok_or_else(refuse)?;
        // One key per record: leading zeros and the like would make two.
        if key.is_written(text) { Ok(key) } else { Err(refuse()) }
    }

    /// Whether this is its text. Allocates nothing: it is asked for every record.
    fn is_written(&self, text: &str) -> bool {
        let mut rest = Rest(text);
        write!(rest, "{self}").is_ok() && rest.0.is_empty()
    }

    fn parse(text: &str) -> Option<Self> {
        if text == "format" {
            return Some(Self::Format);
        }
        if text == "installation" {
            return Some(Self::Installation);
        }
        if text == "keyring" {
            return Some(Self::Keyring);
        }
        let (kind, rest) = text.split_once('/')?;
        match kind {
            "account" => rest.parse().ok().map(Self::Account),
            "alias" => Some(Self::Alias(rest.into())),
            "user" => named(rest).map(|(account, name)| Self::User(account, name)),
            "group" => named(rest).map(|(account, name)| Self::Group(account, name)),
            "role" => named(rest).map(|(account, name)| Self::Role(account, name)),
            "policy" => named(rest).map(|(account, name)| Self::Policy(account, name)),
            "profile" => named(rest).map(|(account, name)| Self::Profile(account, name)),
            "version" => {
                let (id, number) = named(rest)?;
                Some(Self::Version(id, VersionNumber(number.parse().ok()?)))
            }
            "inline" => named(rest).map(|(id, name)| Self::Inline(id, name)),
            "key" => rest.parse().ok().map(Self::AccessKey),
            "mfa" => placed(rest).map(|(account, place)| Self::MfaDevice(account, place)),
            "login" => rest.parse().ok().map(Self::Login),
            "password-policy" => rest.parse().ok().map(Self::PasswordPolicy),
            "issuer" => rest.parse().ok().map(Self::Issuer),
            "oidc" => {
                // An address has slashes of its own.
                let (account, url) = rest.split_once('/')?;
                (!url.is_empty()).then_some(Self::Oidc(account.parse().ok()?, url.into()))
            }
            "saml" => named(rest).map(|(account, name)| Self::Saml(account, name)),
            "service" => Some(Self::Service(rest.into())),
            "server-certificate" => named(rest).map(|(account, name)| Self::ServerCertificate(account, name)),
            "signing-certificate" => named(rest).map(|(account, id)| Self::SigningCertificate(account, id)),
            "ssh-key" => named(rest).map(|(user, id)| Self::SshKey(user, id)),
            "service-credential" => named(rest).map(|(user, id)| Self::ServiceCredential(user, id)),
            "linked-deletion" => named(rest).map(|(account, id)| Self::LinkedDeletion(account, id)),
            "credential-report" => rest.parse().ok().map(Self::CredentialReport),
            "key-use" => rest.parse().ok().map(Self::KeyUse),
            "role-use" => rest.parse().ok().map(Self::RoleUse),
            "report" => named(rest).map(|(account, id)| Self::Report(account, id)),
            "delegation" => delegation::Place::parse(rest).map(Self::Delegation),
            "organization" => Place::parse(rest).map(Self::Organization),
            "guard" => rest.parse().ok().map(Self::Guard),
            "fence" => {
                let (account, kind) = named(rest)?;
                Some(Self::Fence(account, Counted::ALL.into_iter().find(|counted| counted.name() == &*kind)?))
            }
            _ => None,
        }
    }
}

/// What of a text is still to be compared with what is written.
struct Rest<'a>(&'a str);

impl fmt::Write for Rest<'_> {
    fn write_str(&mut self, written: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(written).ok_or(fmt::Error)?;
        Ok(())
    }
}

/// `owner/name`, neither empty, the name without slashes.
fn named<Owner: FromStr>(text: &str) -> Option<(Owner, Arc<str>)> {
    let (owner, name) = text.split_once('/')?;
    let sound = !name.is_empty() && !name.contains('/');
    if sound { Some((owner.parse().ok()?, name.into())) } else { None }
}

/// `owner/path/name`, the name not empty.
fn placed(text: &str) -> Option<(AccountId, Arc<str>)> {
    let (owner, place) = text.split_at_checked(text.find('/')?)?;
    if place.ends_with('/') { None } else { Some((owner.parse().ok()?, place.into())) }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(PREFIX)?;
        match self {
            Self::Format => f.write_str("format"),
            Self::Installation => f.write_str("installation"),
            Self::Keyring => f.write_str("keyring"),
            Self::Account(account) => write!(f, "account/{account}"),
            Self::Alias(alias) => write!(f, "alias/{alias}"),
            Self::User(account, name) => write!(f, "user/{account}/{name}"),
            Self::Group(account, name) => write!(f, "group/{account}/{name}"),
            Self::Role(account, name) => write!(f, "role/{account}/{name}"),
            Self::Policy(account, name) => write!(f, "policy/{account}/{name}"),
            Self::Profile(account, name) => write!(f, "profile/{account}/{name}"),
            Self::Version(id, number) => write!(f, "version/{id}/{:010}", number.0),
            Self::Inline(id, name) => write!(f, "inline/{id}/{name}"),
            Self::AccessKey(id) => write!(f, "key/{id}"),
            Self::Login(user) => write!(f, "login/{user}"),
            Self::MfaDevice(account, place) => write!(f, "mfa/{account}{place}"),
            Self::PasswordPolicy(account) => write!(f, "password-policy/{account}"),
            Self::Issuer(account) => write!(f, "issuer/{account}"),
            Self::Oidc(account, url) => write!(f, "oidc/{account}/{url}"),
            Self::Saml(account, name) => write!(f, "saml/{account}/{name}"),
            Self::Service(name) => write!(f, "service/{name}"),
            Self::ServerCertificate(account, name) => write!(f, "server-certificate/{account}/{name}"),
            Self::SigningCertificate(account, id) => write!(f, "signing-certificate/{account}/{id}"),
            Self::SshKey(user, id) => write!(f, "ssh-key/{user}/{id}"),
            Self::ServiceCredential(user, id) => write!(f, "service-credential/{user}/{id}"),
            Self::LinkedDeletion(account, id) => write!(f, "linked-deletion/{account}/{id}"),
            Self::CredentialReport(account) => write!(f, "credential-report/{account}"),
            Self::KeyUse(id) => write!(f, "key-use/{id}"),
            Self::RoleUse(id) => write!(f, "role-use/{id}"),
            Self::Report(account, id) => write!(f, "report/{account}/{id}"),
            Self::Delegation(place) => write!(f, "delegation/{place}"),
            Self::Organization(place) => write!(f, "organization/{place}"),
            Self::Guard(id) => write!(f, "guard/{id}"),
            Self::Fence(account, counted) => write!(f, "fence/{account}/{}", counted.name()),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A key of every kind.
    pub(crate) const EXAMPLES: &[&str] = &[
        "iam/format",
        "iam/installation",
        "iam/keyring",
        "iam/account/123456789012",
        "iam/alias/example",
        "iam/user/123456789012/bob",
        "iam/group/123456789012/admins",
        "iam/role/123456789012/ci",
        "iam/policy/123456789012/read",
        "iam/profile/123456789012/web",
        "iam/version/ANPACKCEVSQ6C2EXAMPLE/0000000001",
        "iam/inline/AIDACKCEVSQ6C2EXAMPLE/Own",
        "iam/key/AKIAIOSFODNN7EXAMPLE",
        "iam/login/AIDACKCEVSQ6C2EXAMPLE",
        "iam/mfa/123456789012/phone",
        "iam/mfa/123456789012/team/a/phone",
        "iam/password-policy/123456789012",
        "iam/issuer/123456789012",
        "iam/oidc/123456789012/server.example.com/realms/main/",
        "iam/saml/123456789012/adfs",
        "iam/service/ec2.amazonaws.com",
        "iam/server-certificate/123456789012/web",
        "iam/signing-certificate/123456789012/TA7SMP42TDN5Z26OBPJE7EXAMPLE",
        "iam/ssh-key/AIDACKCEVSQ6C2EXAMPLE/APKAEIBAERJR2EXAMPLE",
        "iam/service-credential/AIDACKCEVSQ6C2EXAMPLE/ACCAEXAMPLE123EXAMPLE",
        "iam/linked-deletion/123456789012/0b8c7a9e-4f3d-4c1a-9d2e-6f5b4a3c2d1e",
        "iam/credential-report/123456789012",
        "iam/key-use/AKIAIOSFODNN7EXAMPLE",
        "iam/role-use/AROACKCEVSQ6C2EXAMPLE",
        "iam/report/123456789012/00000000-0000-4000-8000-000000000000",
        "iam/delegation/request/123456789012/9f86d081",
        "iam/delegation/notice/00000000-0000-4000-8000-000000000000/0000000001",
        "iam/organization/itself",
        "iam/organization/unit/ou-abcd-12345678",
        "iam/organization/member/123456789012",
        "iam/organization/policy/p-12345678",
        "iam/organization/handshake/h-12345678",
        "iam/organization/creation/car-12345678",
        "iam/guard/AGPACKCEVSQ6C2EXAMPLE",
        "iam/fence/123456789012/users",
    ];

    #[test]
    fn keys_read_back() {
        for text in EXAMPLES {
            assert_eq!(Key::read(text.as_bytes()).unwrap().to_string(), *text);
        }
    }

    #[test]
    fn other_keys_are_unknown() {
        for text in [
            "user/123456789012/bob",
            "iam/",
            "iam/user/1/bob",
            "iam/user/123456789012/",
            "iam/oidc/123456789012/",
            "iam/saml/123456789012/a/b",
            "iam/user/123456789012/a/b",
            "iam/version/ANPACKCEVSQ6C2EXAMPLE/1",
            "iam/fence/123456789012/cats",
            "iam/mfa/123456789012",
            "iam/mfa/123456789012/",
            "iam/mfa/123456789012/team/",
            "iam/cat/1",
            "iam/delegation/request/123456789012",
            "iam/delegation/notice/x/1",
            "iam/delegation/notice//0000000001",
            "iam/delegation/cat/1",
            "iam/organization/unit/ou-1",
            "iam/organization/cat",
        ] {
            assert_eq!(Key::read(text.as_bytes()), Err(UnknownKey(text.to_owned())));
        }
        assert!(Key::read(b"iam/user/123456789012/\xff").is_err());
    }
}
