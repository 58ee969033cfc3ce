//! X.509 certificates of identity providers.

use std::collections::BTreeSet;

use aws_lc_rs::rsa;
use jiff::Timestamp;
use x509_cert::Certificate;
use x509_cert::der::{Decode as _, Encode as _};

/// The smallest RSA key of a signing certificate, in bits.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html>
const RSA_BITS_MIN: u32 = 1024;

/// The object identifier of RSA keys.
const RSA_ENCRYPTION: &str = "1.2.840.113549.1.1.1";

/// A certificate that an identity provider signs with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SigningCertificate {
    /// The certificate, DER.
    pub der: Vec<u8>,
    /// Its public key, the DER of a `SubjectPublicKeyInfo`.
    pub public_key: Vec<u8>,
    /// When it ends.
    pub not_after: Timestamp,
}

/// What is wrong with a certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateFault {
    /// The bytes are no X.509 certificate.
    #[error("a certificate is not X.509: {0}")]
    NotX509(String),
    /// An extension stands in it twice.
    #[error("a certificate has the extension `{0}` more than once")]
    RepeatedExtension(String),
    /// Its RSA key does not read.
    #[error("a certificate has an RSA key that cannot be used")]
    BadKey,
    /// Its RSA key is too short; it has so many bits.
    #[error("a certificate has an RSA key of {0} bits, {RSA_BITS_MIN} are needed")]
    ShortKey(u32),
}

/// Reads a certificate. That it is used after it has ended is not a fault: identity providers keep to the key in it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html>
///
/// # Errors
/// [`CertificateFault`].
pub fn read(der: &[u8]) -> Result<SigningCertificate, CertificateFault> {
    let not_x509 = |error: x509_cert::der::Error| CertificateFault::NotX509(error.to_string());
    let certificate = Certificate::from_der(der).map_err(not_x509)?;
    let body = certificate.tbs_certificate();
    let mut seen = BTreeSet::new();
    for extension in body.extensions().into_iter().flatten() {
        let id = extension.extn_id.to_string();
        if !seen.insert(id.clone()) {
            return Err(CertificateFault::RepeatedExtension(id));
        }
    }
    let key = body.subject_public_key_info();
    let public_key = key.to_der().map_err(not_x509)?;
    if key.algorithm.oid.to_string() == RSA_ENCRYPTION {
        long_enough(key.subject_public_key.raw_bytes())?;
    }
    let seconds = body.validity().not_after.to_unix_duration().as_secs();
    // One that does not end says the last second of the year 9999, a day after the last that there is here.
    // Source: https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5
    let seconds = i64::try_from(seconds).ok().map(|seconds| seconds.min(Timestamp::MAX.as_second()));
    let not_after = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let not_after =
        not_after.ok_or_else(|| CertificateFault::NotX509("its end is out of range".to_owned()))?;
    Ok(SigningCertificate { der: der.to_vec(), public_key, not_after })
}

/// Checks the length of an `RSAPublicKey`.
fn long_enough(key: &[u8]) -> Result<(), CertificateFault> {
    rsa::PublicKey::from_der(key).map_err(|_| CertificateFault::BadKey)?;
    let (modulus, _) = crate::issue::rsa_parts(key).ok_or(CertificateFault::BadKey)?;
    let zeros = modulus.first().map_or(0, |byte| byte.leading_zeros());
    let bits = u32::try_from(modulus.len() * 8).unwrap_or(u32::MAX).saturating_sub(zeros);
    if bits < RSA_BITS_MIN { Err(CertificateFault::ShortKey(bits)) } else { Ok(()) }
}
