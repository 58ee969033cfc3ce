//! Identity providers: those that sign tokens (OpenID Connect), and those that sign assertions (SAML 2.0).

use std::fmt;
use std::sync::Arc;

use doorward_policy::AccountId;
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::keys::Key;
use crate::name::Name;
use crate::seal::{Purpose, SealBroken, Sealer};
use crate::tags::Tags;

/// The longest address of a provider, its `https://` included.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>, `Url`
const URL_CHARACTERS_MAX: usize = 255;

/// The scheme that every address has.
const SCHEME: &str = "https://";

/// An OpenID Connect provider.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html>
#[derive(Clone, PartialEq, Debug)]
pub struct OidcProvider {
    /// Its account.
    pub account: AccountId,
    /// Whose tokens it stands for.
    pub url: ProviderUrl,
    /// The audiences that its tokens may have, in the order in which they were added; no two are the same.
    pub client_ids: Vec<Box<str>>,
    /// SHA-1 digests of certificates, as they were given, in lower case.
    pub thumbprints: Vec<Box<str>>,
    /// When it was made, in whole seconds.
    pub created: Timestamp,
    /// Its tags.
    pub tags: Tags,
}

/// A SAML 2.0 provider. Its private keys are sealed.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html>
#[derive(Clone, PartialEq, Debug)]
pub struct SamlProvider {
    /// Its account.
    pub account: AccountId,
    /// At most 128 characters.
    pub name: Name,
    /// What tells it from one of the same name before or after it: 26 characters of `[A-Z2-7]`.
    pub id: Box<str>,
    /// What the identity provider says of itself, as it was handed in.
    pub metadata: Arc<str>,
    /// When it was made, in whole seconds.
    pub created: Timestamp,
    /// When what it says of itself ends, in whole seconds.
    pub valid_until: Timestamp,
    /// Whether assertions have to be encrypted, if that was said.
    pub encryption: Option<Encryption>,
    /// The keys that open encrypted assertions, in the order in which they were added.
    pub private_keys: Vec<SamlPrivateKey>,
    /// Its tags.
    pub tags: Tags,
}

/// A private key of a SAML provider.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SamlPrivateKey {
    /// 26 characters of `[A-Z2-7]`.
    pub id: Box<str>,
    /// When it was added, in whole seconds.
    pub created: Timestamp,
    pub(crate) sealed: Box<[u8]>,
}

/// Whether assertions have to be encrypted.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html>
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Encryption {
    /// They have to.
    Required,
    /// They may be.
    Allowed,
}

impl Encryption {
    /// The word in requests and answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Required => "Required",
            Self::Allowed => "Allowed",
        }
    }
}

impl OidcProvider {
    /// `arn:aws:iam::A:oidc-provider/host/path`.
    #[must_use]
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::{}:oidc-provider/{}", self.account, self.url)
    }
}

impl SamlProvider {
    /// `arn:aws:iam::A:saml-provider/name`.
    #[must_use]
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::{}:saml-provider/{}", self.account, self.name)
    }

    /// A private key, PEM as it was handed in.
    ///
    /// # Errors
    /// [`SealBroken`] if the master key is another one, or the key was moved here from elsewhere.
    pub fn private_key(
        &self,
        sealer: &Sealer,
        key: &SamlPrivateKey,
    ) -> Result<Zeroizing<Vec<u8>>, SealBroken> {
        sealer.open(Purpose::SamlPrivateKey, &self.place(&key.id), &key.sealed)
    }

    /// Where a private key belongs: it opens nowhere else.
    pub(crate) fn place(&self, key: &str) -> Vec<u8> {
        let provider = Key::Saml(self.account, Arc::clone(self.name.folded()));
        [&provider.bytes()[..], b"/", self.id.as_bytes(), b"/", key.as_bytes()].concat()
    }
}

/// The address of an OpenID Connect provider, without its `https://`: a host and, perhaps, a path. A slash at its end
/// belongs to it. Kept as written; two addresses are the same if they differ only in the case of the host.
///
/// That AWS compares hosts without regard to case is UNCONFIRMED (provider-host-case): here a second provider of the same
/// host is refused, and tokens are taken only from an issuer that is written the same.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html>
#[derive(Clone)]
pub struct ProviderUrl {
    written: Arc<str>,
    folded: Arc<str>,
}

/// Why a text is not the address of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAProviderUrl {
    /// It has no scheme or no host, or has a character that addresses do not have.
    #[error("Invalid Open ID Connect Provider URL")]
    Malformed,
    /// It has another scheme.
    #[error("Invalid Open ID Connect Provider URL. The URL must begin with https://.")]
    Scheme,
    /// It has a port. (Text: ours.)
    #[error("Invalid Open ID Connect Provider URL. The URL must not have a port number.")]
    Port,
    /// It has a query or a fragment. (Text: ours.)
    #[error("Invalid Open ID Connect Provider URL. The URL must not have a query or a fragment.")]
    Query,
}

impl ProviderUrl {
    /// The address that this text, with its `https://`, is.
    ///
    /// AWS's page advises against a port; that AWS refuses it is UNCONFIRMED (provider-port). `*` and `$` are refused too,
    /// because policies would take them for more than characters.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>, `Url`
    ///
    /// # Errors
    /// [`NotAProviderUrl`].
    pub fn new(text: &str) -> Result<Self, NotAProviderUrl> {
        if text.len() > URL_CHARACTERS_MAX {
            return Err(NotAProviderUrl::Malformed);
        }
        match text.strip_prefix(SCHEME) {
            Some(rest) => Self::without_scheme(rest),
            None if text
                .split_once("://")
                .is_some_and(|(scheme, host)| is_word(scheme) && !host.is_empty()) =>
            {
                Err(NotAProviderUrl::Scheme)
            }
            None => Err(NotAProviderUrl::Malformed),
        }
    }

    /// The address that this text is, as it stands in an ARN.
    ///
    /// # Errors
    /// [`NotAProviderUrl`].
    pub fn without_scheme(text: &str) -> Result<Self, NotAProviderUrl> {
        if text.contains(['?', '#']) {
            return Err(NotAProviderUrl::Query);
        }
        let (host, path) = text.split_at(text.find('/').unwrap_or(text.len()));
        if let Some((name, port)) = host.split_once(':')
            && is_host(name)
            && port.bytes().all(|byte| byte.is_ascii_digit())
        {
            return Err(NotAProviderUrl::Port);
        }
        let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%!&'()+,;=:@".contains(&byte);
        if !is_host(host) || !path.bytes().all(sound) {
            return Err(NotAProviderUrl::Malformed);
        }
        let folded = format!("{}{path}", host.to_ascii_lowercase());
        Ok(Self { written: text.into(), folded: folded.into() })
    }

    /// As it was written, without scheme.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// With its host in lower case: what is unique, and what lists are ordered by.
    #[must_use]
    pub fn folded(&self) -> &Arc<str> {
        &self.folded
    }

    /// With its scheme.
    #[must_use]
    pub fn with_scheme(&self) -> String {
        format!("{SCHEME}{}", self.written)
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        let sound = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        !label.is_empty() && sound
    };
    text.split('.').all(label)
}

impl PartialEq for ProviderUrl {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for ProviderUrl {}

impl fmt::Display for ProviderUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl fmt::Debug for ProviderUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.written, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_hosts_with_paths() {
        for text in [
            "server.example.com",
            "server.example.com/",
            "Server.example.com/realms/Main",
            "oidc.eks.eu-central-1.amazonaws.com/id/9C6F5B9C7E8D5F0A1B2C3D4E5F607182",
            "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/",
            "localhost",
        ] {
            let url = ProviderUrl::new(&format!("https://{text}")).unwrap();
            assert_eq!((url.as_str(), url.with_scheme()), (text, format!("https://{text}")));
        }
        let one = ProviderUrl::new("https://A.example/B").unwrap();
        assert_eq!(&**one.folded(), "a.example/B");
    }

    #[test]
    fn other_texts_are_not() {
        use NotAProviderUrl::{Malformed, Port, Query, Scheme};
        let long = format!("https://{}", "a".repeat(248));
        for (text, fault) in [
            ("", Malformed),
            ("server.example.com", Malformed),
            ("https:/server.example.com", Malformed),
            ("https://", Malformed),
            ("https:///path", Malformed),
            ("https://a..b", Malformed),
            ("https://user@server.example.com", Malformed),
            ("https://[::1]/", Malformed),
            ("https://a b", Malformed),
            ("https://a/*", Malformed),
            ("https://a/${x}", Malformed),
            ("https://a/\u{e9}", Malformed),
            ("://a", Malformed),
            ("http://", Malformed),
            (&long, Malformed),
            ("http://server.example.com", Scheme),
            ("HTTPS://server.example.com", Scheme),
            ("https://server.example.com:8443", Port),
            ("https://server.example.com:443/path", Port),
            ("https://server.example.com?x=1", Query),
            ("https://server.example.com/path#x", Query),
        ] {
            assert_eq!(ProviderUrl::new(text).unwrap_err(), fault, "{text}");
        }
        assert!(ProviderUrl::new(&long[..255]).is_ok());
    }
}
