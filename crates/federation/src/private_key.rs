//! Private keys with which encrypted SAML assertions are opened.

use aws_lc_rs::rsa;
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::{Error, PemObject as _};
use zeroize::Zeroizing;

/// What is wrong with a private key. No text repeats any of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PrivateKeyFault {
    /// There is no private key in PEM.
    #[error("it is not a private key in PEM, unencrypted")]
    NotPem,
    /// The key is not RSA, or its parts do not fit.
    #[error("it is not an RSA key of 2048 to 8192 bits")]
    NotRsa,
}

/// Checks that a text is an RSA private key in PEM, PKCS#8 or PKCS#1.
///
/// AWS's page says that it decrypts what was encrypted with AES, under a key that the identity provider encrypts for this
/// one; RSA is what SAML has for that. That other kinds of key are refused is UNCONFIRMED (saml-private-key).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html>
///
/// # Errors
/// [`PrivateKeyFault`].
pub fn check(pem: &str) -> Result<(), PrivateKeyFault> {
    let read = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_: Error| PrivateKeyFault::NotPem)?;
    let key = Zeroizing::new(read);
    let read = match &*key {
        PrivateKeyDer::Pkcs8(der) => rsa::KeyPair::from_pkcs8(der.secret_pkcs8_der()),
        PrivateKeyDer::Pkcs1(der) => rsa::KeyPair::from_der(der.secret_pkcs1_der()),
        PrivateKeyDer::Sec1(_) | _ => return Err(PrivateKeyFault::NotRsa),
    };
    read.map(drop).map_err(|_| PrivateKeyFault::NotRsa)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rsa_keys_in_pem_are_taken() {
        let good = include_str!("../../../conformance/saml/private-key.pem");
        assert_eq!(check(good), Ok(()));
        assert_eq!(check(include_str!("../../../conformance/saml/private-key.pkcs1.pem")), Ok(()));
        assert_eq!(check(&format!("Bag Attributes\n{good}")), Ok(()));
        let elliptic = include_str!("../../../conformance/saml/private-key.ec.pem");
        let truncated = good.replacen("MII", "MIA", 1);
        for (text, fault) in [
            ("", PrivateKeyFault::NotPem),
            ("not a key", PrivateKeyFault::NotPem),
            (&good.replace("PRIVATE", "PUBLIC"), PrivateKeyFault::NotPem),
            (&good.replace("PRIVATE", "ENCRYPTED PRIVATE"), PrivateKeyFault::NotPem),
            (elliptic, PrivateKeyFault::NotRsa),
            (&truncated, PrivateKeyFault::NotRsa),
        ] {
            assert_eq!(check(text), Err(fault), "{text}");
        }
    }
}
