//! Secrets: the access key's, and the signing key derived from it.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// The last part of every credential scope, and the last message of the key derivation.
pub(crate) const TERMINATOR: &str = "aws4_request";

/// Lower-case hexadecimal of 256 bits.
pub(crate) type Hex256 = [u8; 64];

type HmacSha256 = Hmac<Sha256>;

/// A secret access key. Wiped from memory when dropped; `Debug` does not show it.
///
/// AWS issues 40 characters of the base64 alphabet; any text is accepted here, because keys are also
/// brought along from elsewhere.
#[derive(Clone)]
pub struct SecretAccessKey(Zeroizing<String>);

/// Its one field wipes itself.
impl ZeroizeOnDrop for SecretAccessKey {}

impl SecretAccessKey {
    /// Takes over the text of a secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// A new secret of AWS's shape, 40 base64 characters, from 30 bytes of the caller's randomness.
    pub fn from_random(bytes: &[u8; 30]) -> Self {
        Self(Zeroizing::new(STANDARD.encode(bytes)))
    }

    /// The text, for whoever must store it or hand it to its owner once.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretAccessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretAccessKey(redacted)")
    }
}

/// What a signing key is good for: one day, one region, one service.
///
/// With the access key id it is the key under which to cache a [`SigningKey`].
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scope<'a> {
    /// The day in UTC, `YYYYMMDD`.
    pub date: &'a str,
    /// The region, for instance `us-east-1`.
    pub region: &'a str,
    /// The signing name of the service, for instance `iam`.
    pub service: &'a str,
}

/// The key that signs requests of one [`Scope`]. Wiped from memory when dropped; `Debug` does not show it.
///
/// Cost: deriving one takes four HMACs (about a microsecond), so keep it for the day it is valid. Signing
/// with it takes one HMAC, of which the key's own two blocks are already done.
#[derive(Clone)]
pub struct SigningKey(HmacSha256);

impl SigningKey {
    /// Derives the key of one day, region and service.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>
    pub fn derive(secret: &SecretAccessKey, scope: &Scope<'_>) -> Self {
        let mut initial = Zeroizing::new(Vec::with_capacity(4 + secret.expose().len()));
        initial.extend_from_slice(b"AWS4");
        initial.extend_from_slice(secret.expose().as_bytes());
        let date = link(&initial, scope.date);
        let region = link(date.as_ref(), scope.region);
        let service = link(region.as_ref(), scope.service);
        Self(keyed(link(service.as_ref(), TERMINATOR).as_ref()))
    }

    /// Signs a text given in pieces.
    pub(crate) fn sign(&self, pieces: &[&[u8]]) -> Hex256 {
        let mut mac = self.0.clone();
        for piece in pieces {
            mac.update(piece);
        }
        lower_hex(mac.finalize().into_bytes().into())
    }
}

/// The two hash states an HMAC holds wipe themselves; the test below keeps it so.
impl ZeroizeOnDrop for SigningKey {}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(redacted)")
    }
}

/// SHA-256 in lower-case hexadecimal, as signatures want every hash.
pub(crate) fn sha256_hex(bytes: &[u8]) -> Hex256 {
    lower_hex(Sha256::digest(bytes).into())
}

/// SHA-256 in base64: what AWS shows instead of an `Authorization` header it could not read.
pub(crate) fn sha256_base64(bytes: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(bytes))
}

#[expect(clippy::expect_used, reason = "64 digits are what 32 bytes take")]
fn lower_hex(bytes: [u8; 32]) -> Hex256 {
    let mut text = [0; 64];
    hex::encode_to_slice(bytes, &mut text).expect("64 digits fit 32 bytes");
    text
}

fn link(key: &[u8], message: &str) -> Zeroizing<[u8; 32]> {
    let mut mac = keyed(key);
    mac.update(message.as_bytes());
    Zeroizing::new(mac.finalize().into_bytes().into())
}

#[expect(clippy::expect_used, reason = "HMAC is defined for a key of any length")]
fn keyed(key: &[u8]) -> HmacSha256 {
    HmacSha256::new_from_slice(key).expect("any length is a key")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-examples.html>
    #[test]
    fn derives_the_published_sample_keys() {
        let secret = SecretAccessKey::new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        for (date, published) in [
            ("20120215", "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d"),
            ("20150830", "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9"),
        ] {
            let published = keyed(&hex::decode(published).unwrap());
            let derived = SigningKey::derive(&secret, &Scope { date, region: "us-east-1", service: "iam" });
            assert_eq!(derived.sign(&[b"te", b"xt"]), SigningKey(published).sign(&[b"text"]), "{date}");
        }
    }

    #[test]
    fn secrets_do_not_show() {
        let secret = SecretAccessKey::from_random(&[7; 30]);
        assert_eq!(secret.expose().len(), 40);
        let key = SigningKey::derive(&secret, &Scope { date: "20150830", region: "r", service: "s" });
        assert_eq!(format!("{secret:?} {key:?}"), "SecretAccessKey(redacted) SigningKey(redacted)");
    }

    #[test]
    fn secrets_are_wiped() {
        fn wiped<T: ZeroizeOnDrop>() {}
        wiped::<Zeroizing<String>>();
        wiped::<<Sha256 as hmac::EagerHash>::Core>();
    }
}
