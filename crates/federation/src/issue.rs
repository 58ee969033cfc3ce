//! Web identity tokens that are made here: keys, signatures, and the public halves that others verify with.
//!
//! A token is a JSON Web Signature in its compact form. Making one takes a few lines over `aws-lc-rs`, and the dangers of
//! such tokens lie in verifying them; so there is no library for it here.
//!
//! Source: <https://www.rfc-editor.org/rfc/rfc7515>, <https://www.rfc-editor.org/rfc/rfc7518>

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use x509_cert::der::asn1::UintRef;
use x509_cert::der::{Decode as _, Reader as _, SliceReader};
use zeroize::Zeroizing;

/// How a token is signed.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html>, `SigningAlgorithm`
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Algorithm {
    /// RSA with SHA-256, keys of 2048 bits.
    Rs256,
    /// ECDSA on the curve P-384 with SHA-384.
    Es384,
}

/// A word that names no algorithm.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no signing algorithm: there are RS256 and ES384")]
pub struct NotAnAlgorithm(pub String);

impl Algorithm {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Rs256, Self::Es384];

    /// Its name in tokens and requests.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es384 => "ES384",
        }
    }
}

impl FromStr for Algorithm {
    type Err = NotAnAlgorithm;

    fn from_str(text: &str) -> Result<Self, NotAnAlgorithm> {
        let found = Self::ALL.into_iter().find(|algorithm| algorithm.name() == text);
        found.ok_or_else(|| NotAnAlgorithm(text.to_owned()))
    }
}

/// A key that cannot be made, read or used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a signing key cannot be made, read or used")]
pub struct KeyFailed;

/// A key that tokens are signed with. `Debug` does not show it.
pub struct SigningKey(Pair);

enum Pair {
    Rsa(Box<RsaKeyPair>),
    P384(Box<EcdsaKeyPair>),
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({}, redacted)", self.algorithm().name())
    }
}

/// The public half of a signing key: numbers, big-endian.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PublicKey {
    /// RSA.
    Rsa {
        /// The modulus, without leading zeros.
        modulus: Vec<u8>,
        /// The exponent, without leading zeros.
        exponent: Vec<u8>,
    },
    /// A point of P-384; both numbers have 48 bytes.
    P384 {
        /// The first coordinate.
        x: Vec<u8>,
        /// The second coordinate.
        y: Vec<u8>,
    },
}

/// The length of a coordinate of P-384, in bytes.
const P384_BYTES: usize = 48;

impl SigningKey {
    /// A new key, from the operating system's randomness. RSA takes a tenth of a second or so.
    ///
    /// # Errors
    /// [`KeyFailed`] if there is no randomness.
    pub fn generate(algorithm: Algorithm) -> Result<Self, KeyFailed> {
        let pair = match algorithm {
            Algorithm::Rs256 => RsaKeyPair::generate(KeySize::Rsa2048).map(|pair| Pair::Rsa(Box::new(pair))),
            Algorithm::Es384 => EcdsaKeyPair::generate(&ECDSA_P384_SHA384_FIXED_SIGNING)
                .map(|pair| Pair::P384(Box::new(pair))),
        };
        pair.map(Self).map_err(|_| KeyFailed)
    }

    /// The key that [`to_pkcs8`](Self::to_pkcs8) wrote.
    ///
    /// # Errors
    /// [`KeyFailed`] if the bytes are no key for this algorithm.
    pub fn from_pkcs8(algorithm: Algorithm, der: &[u8]) -> Result<Self, KeyFailed> {
        let pair = match algorithm {
            Algorithm::Rs256 => RsaKeyPair::from_pkcs8(der).map(|pair| Pair::Rsa(Box::new(pair))),
            Algorithm::Es384 => EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_FIXED_SIGNING, der)
                .map(|pair| Pair::P384(Box::new(pair))),
        };
        pair.map(Self).map_err(|_| KeyFailed)
    }

    /// The key as PKCS#8, DER, in clear: to be sealed at once.
    ///
    /// # Errors
    /// [`KeyFailed`].
    pub fn to_pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, KeyFailed> {
        match &self.0 {
            Pair::Rsa(pair) => {
                let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| KeyFailed)?;
                Ok(Zeroizing::new(der.as_ref().to_vec()))
            }
            Pair::P384(pair) => {
                let der = pair.to_pkcs8v1().map_err(|_| KeyFailed)?;
                Ok(Zeroizing::new(der.as_ref().to_vec()))
            }
        }
    }

    /// How it signs.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        match &self.0 {
            Pair::Rsa(_) => Algorithm::Rs256,
            Pair::P384(_) => Algorithm::Es384,
        }
    }

    /// Its public half.
    ///
    /// # Errors
    /// [`KeyFailed`].
    pub fn public(&self) -> Result<PublicKey, KeyFailed> {
        match &self.0 {
            Pair::Rsa(pair) => {
                let (modulus, exponent) = rsa_parts(pair.public_key().as_ref()).ok_or(KeyFailed)?;
                Ok(PublicKey::Rsa { modulus, exponent })
            }
            Pair::P384(pair) => {
                // An uncompressed point: a four, and both coordinates.
                let (four, point) = pair.public_key().as_ref().split_first().ok_or(KeyFailed)?;
                let (x, y) = point.split_at_checked(P384_BYTES).ok_or(KeyFailed)?;
                if *four != 4 || y.len() != P384_BYTES {
                    return Err(KeyFailed);
                }
                Ok(PublicKey::P384 { x: x.to_vec(), y: y.to_vec() })
            }
        }
    }

    /// A token that says `claims`, signed, naming the key by `key_id`. RSA takes a millisecond or so.
    ///
    /// # Errors
    /// [`KeyFailed`].
    pub fn sign(&self, key_id: &str, claims: &Value) -> Result<String, KeyFailed> {
        let header = json!({"alg": self.algorithm().name(), "kid": key_id, "typ": "JWT"});
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&header), part(claims));
        let signature = self.signature(signed.as_bytes())?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    fn signature(&self, message: &[u8]) -> Result<Vec<u8>, KeyFailed> {
        let random = SystemRandom::new();
        match &self.0 {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                let signed = pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature);
                signed.map(|()| signature).map_err(|_| KeyFailed)
            }
            Pair::P384(pair) => {
                let signature = pair.sign(&random, message).map_err(|_| KeyFailed)?;
                Ok(signature.as_ref().to_vec())
            }
        }
    }
}

impl PublicKey {
    /// How tokens that it verifies are signed.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        match self {
            Self::Rsa { .. } => Algorithm::Rs256,
            Self::P384 { .. } => Algorithm::Es384,
        }
    }

    /// The key as a JSON Web Key for signatures.
    ///
    /// Source: <https://www.rfc-editor.org/rfc/rfc7517>
    #[must_use]
    pub fn jwk(&self, key_id: &str) -> Value {
        let number = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let algorithm = self.algorithm().name();
        match self {
            Self::Rsa { modulus, exponent } => json!({
                "kty": "RSA", "use": "sig", "alg": algorithm, "kid": key_id,
                "n": number(modulus), "e": number(exponent),
            }),
            Self::P384 { x, y } => json!({
                "kty": "EC", "use": "sig", "alg": algorithm, "kid": key_id, "crv": "P-384",
                "x": number(x), "y": number(y),
            }),
        }
    }
}

/// The modulus and exponent of an `RSAPublicKey`, DER.
pub(crate) fn rsa_parts(der: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut reader = SliceReader::new(der).ok()?;
    let parts = reader.sequence(|inner| {
        let (modulus, exponent) = (UintRef::decode(inner)?, UintRef::decode(inner)?);
        Ok::<_, x509_cert::der::Error>((modulus.as_bytes().to_vec(), exponent.as_bytes().to_vec()))
    });
    parts.ok()
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{
        ECDSA_P384_SHA384_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
    };

    use super::*;

    fn verifies(key: &PublicKey, token: &str) -> bool {
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        match key {
            PublicKey::Rsa { modulus, exponent } => RsaPublicKeyComponents { n: modulus, e: exponent }
                .verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &signature)
                .is_ok(),
            PublicKey::P384 { x, y } => {
                let point = [&[4], &x[..], &y[..]].concat();
                UnparsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, point)
                    .verify(signed.as_bytes(), &signature)
                    .is_ok()
            }
        }
    }

    #[test]
    fn what_is_signed_is_verified_with_the_public_half_and_no_other() {
        for algorithm in Algorithm::ALL {
            let key = SigningKey::generate(algorithm).unwrap();
            let other = SigningKey::generate(algorithm).unwrap();
            let again = SigningKey::from_pkcs8(algorithm, &key.to_pkcs8().unwrap()).unwrap();
            assert_eq!(again.public(), key.public());
            let token = again.sign("k", &json!({"sub": "x"})).unwrap();
            assert!(verifies(&key.public().unwrap(), &token), "{algorithm:?}");
            assert!(!verifies(&other.public().unwrap(), &token), "{algorithm:?}");
            assert!(!verifies(&key.public().unwrap(), &token.replacen('.', ".e30", 1)), "{algorithm:?}");
        }
        let key = SigningKey::generate(Algorithm::Es384).unwrap();
        assert!(SigningKey::from_pkcs8(Algorithm::Rs256, &key.to_pkcs8().unwrap()).is_err());
        assert_eq!(format!("{key:?}"), "SigningKey(ES384, redacted)");
    }

    #[test]
    fn algorithms_are_named_exactly() {
        assert_eq!("RS256".parse(), Ok(Algorithm::Rs256));
        assert_eq!("ES384".parse(), Ok(Algorithm::Es384));
        for text in ["none", "HS256", "rs256", "ES256", ""] {
            assert_eq!(text.parse::<Algorithm>(), Err(NotAnAlgorithm(text.to_owned())));
        }
    }
}
