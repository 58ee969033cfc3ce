//! Certificates that are kept for those who own them: signing certificates of users, server certificates of accounts.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use doorward_policy::AccountId;
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::access_key::{KeyOwner, KeyStatus};
use crate::identity::arn;
use crate::name::{Name, Path};
use crate::refusal::credentials::CredentialFault;
use crate::seal::{Purpose, SealBroken, Sealer};
use crate::tags::Tags;
use crate::unique_id::{UniqueId, letter};
use crate::x509::{Certificate, PrivateKey, Unreadable, blocks};

/// A certificate that a user, or an account's root user, signs requests to other services with.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SigningCertificate.html>
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SigningCertificate {
    /// 32 characters of Base32, made of the certificate: an account has each certificate once.
    pub id: Arc<str>,
    /// The account that it belongs to.
    pub account: AccountId,
    /// Whose it is: a user's or the root user's.
    pub owner: KeyOwner,
    /// Whether it may be used.
    pub status: KeyStatus,
    /// When it was uploaded, in whole seconds.
    pub uploaded: Timestamp,
    /// The certificate in PEM, as it was uploaded.
    pub body: Arc<str>,
}

/// A certificate for servers with its private key, which is sealed here.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html>
#[derive(Clone, PartialEq, Debug)]
pub struct ServerCertificate {
    /// Its account.
    pub account: AccountId,
    /// `ASCA…`.
    pub id: UniqueId,
    /// At most 128 characters.
    pub name: Name,
    /// Its path.
    pub path: Path,
    /// When it was uploaded, in whole seconds.
    pub uploaded: Timestamp,
    /// The last second in which it is valid.
    pub expires: Timestamp,
    /// The certificate in PEM, as it was uploaded.
    pub body: Arc<str>,
    /// The certificates that it was issued by, in PEM, as they were uploaded.
    pub chain: Option<Arc<str>>,
    /// Its tags.
    pub tags: Tags,
    pub(crate) sealed_key: Arc<[u8]>,
}

impl ServerCertificate {
    /// `arn:aws:iam::A:server-certificate/path/name`.
    #[must_use]
    pub fn arn(&self) -> String {
        arn(self.account, "server-certificate", &self.path, &self.name)
    }

    /// The private key in PEM, as it was uploaded. No operation of the API shows it.
    ///
    /// # Errors
    /// [`SealBroken`] if the master key is another one, or the stored key was tampered with or moved here from another
    /// certificate.
    pub fn private_key(&self, sealer: &Sealer) -> Result<Zeroizing<Vec<u8>>, SealBroken> {
        sealer.open(Purpose::ServerCertificate, self.id.as_str().as_bytes(), &self.sealed_key)
    }
}

/// A certificate that can be kept as a signing certificate.
#[derive(Clone, Debug)]
pub struct SigningMaterial {
    pub(crate) id: Arc<str>,
    pub(crate) body: Arc<str>,
}

impl SigningMaterial {
    /// Reads a certificate in PEM that is valid at `now`. Costs one parse.
    ///
    /// UNCONFIRMED (invalid-certificate): which certificates AWS calls invalid rather than malformed or expired. Here it is
    /// those that are not valid yet, and those whose key is neither RSA nor of a curve of NIST.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html>
    ///
    /// # Errors
    /// [`CredentialFault`]: it is no certificate, not valid now, or of a key that nothing here can verify with.
    pub fn read(body: &str, now: Timestamp) -> Result<Self, CredentialFault> {
        let certificate =
            Certificate::from_pem(body).map_err(|Unreadable| CredentialFault::NotACertificate)?;
        match validity(&certificate, now)? {
            Validity::Now(_) if certificate.has_known_key() => {}
            Validity::Now(_) => return Err(CredentialFault::UnknownCertificateKey),
            Validity::Past => return Err(CredentialFault::ExpiredCertificate),
            Validity::Future => return Err(CredentialFault::EarlySigningCertificate),
        }
        Ok(Self { id: fingerprint(&certificate), body: body.into() })
    }
}

/// A certificate, its private key and its chain, found to belong together.
#[derive(Clone)]
pub struct ServerMaterial {
    pub(crate) expires: Timestamp,
    pub(crate) body: Arc<str>,
    pub(crate) chain: Option<Arc<str>>,
    pub(crate) private_key: Zeroizing<String>,
}

impl fmt::Debug for ServerMaterial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServerMaterial(expires {}, private key redacted)", self.expires)
    }
}

impl ServerMaterial {
    /// Reads a certificate that is valid at `now`, with its private key and the certificates that issued it, nearest
    /// first, all in PEM. Costs a signature per certificate of the chain.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs_manage.html>
    ///
    /// # Errors
    /// [`CredentialFault`]: one of them cannot be read, or they do not belong together.
    pub fn read(
        body: &str,
        private_key: &str,
        chain: Option<&str>,
        now: Timestamp,
    ) -> Result<Self, CredentialFault> {
        let certificate =
            Certificate::from_pem(body).map_err(|Unreadable| CredentialFault::NotACertificate)?;
        let expires = match validity(&certificate, now)? {
            Validity::Now(ends) => ends,
            Validity::Past => return Err(CredentialFault::ExpiredCertificate),
            Validity::Future => return Err(CredentialFault::EarlyServerCertificate),
        };
        let key = PrivateKey::from_pem(private_key).map_err(|Unreadable| CredentialFault::NotAPrivateKey)?;
        if !certificate.belongs_to(&key) {
            return Err(CredentialFault::KeyPairMismatch);
        }
        if let Some(chain) = chain {
            check_chain(certificate, chain)?;
        }
        Ok(Self {
            expires,
            body: body.into(),
            chain: chain.map(Into::into),
            private_key: Zeroizing::new(private_key.to_owned()),
        })
    }
}

/// How many certificates a chain has at most: each costs a signature to verify. AWS publishes no number, only that a chain has
/// 2,097,152 characters.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadServerCertificate.html>
pub const CHAIN_CERTIFICATES_MAX: usize = 10;

/// Whether each certificate of a chain issued the one before it, the first the leaf. Of a chain that is too long, the first
/// certificate that is too many is invalid.
///
/// UNCONFIRMED (chain-index): AWS says at which index a chain is invalid, and -1 of one that does not begin with the issuer
/// of the certificate; here the index is that of the certificate that the next one did not issue.
fn check_chain(leaf: Certificate, chain: &str) -> Result<(), CredentialFault> {
    let whole = || CredentialFault::BrokenChain { index: -1 };
    let blocks = blocks(chain).map_err(|Unreadable| whole())?;
    if blocks.is_empty() {
        return Err(whole());
    }
    if blocks.len() > CHAIN_CERTIFICATES_MAX {
        let index = i64::try_from(CHAIN_CERTIFICATES_MAX).unwrap_or(i64::MAX);
        return Err(CredentialFault::BrokenChain { index });
    }
    let mut issued = leaf;
    for (index, block) in (-1_i64..).zip(blocks) {
        let fault = CredentialFault::BrokenChain { index };
        let issuer = Certificate::from_block(block).ok().filter(|issuer| issued.is_issued_by(issuer));
        issued = issuer.ok_or(fault)?;
    }
    Ok(())
}

/// When a certificate is valid, as seen from some moment.
enum Validity {
    Past,
    /// Until then, to the second.
    Now(Timestamp),
    Future,
}

fn validity(certificate: &Certificate, now: Timestamp) -> Result<Validity, CredentialFault> {
    let malformed = |Unreadable| CredentialFault::NotACertificate;
    let (begins, ends) = (certificate.begins().map_err(malformed)?, certificate.ends().map_err(malformed)?);
    // The last second belongs to it.
    Ok(if now < begins {
        Validity::Future
    } else if now.as_second() > ends.as_second() {
        Validity::Past
    } else {
        Validity::Now(ends)
    })
}

/// The id of a signing certificate: the first 160 bits of its digest, in Base32.
fn fingerprint(certificate: &Certificate) -> Arc<str> {
    let digest = digest(&SHA256, &certificate.der);
    digest.as_ref().chunks(5).take(4).flat_map(base32).collect::<String>().into()
}

/// Five bytes as eight characters.
fn base32(bytes: &[u8]) -> impl Iterator<Item = char> + use<> {
    let number = bytes.iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    (0..8).rev().map(move |place| {
        let [.., low] = (number >> (5 * place)).to_be_bytes();
        char::from(letter(low))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{now, pem};

    fn outcome<T>(result: Result<T, CredentialFault>) -> Result<(), CredentialFault> {
        result.map(drop)
    }

    #[test]
    fn signing_certificates_are_valid_now() {
        for (body, expected) in [
            (pem!("leaf.pem"), Ok(())),
            (pem!("curve.pem"), Ok(())),
            (pem!("alone.pem"), Ok(())),
            (pem!("expired.pem"), Err(CredentialFault::ExpiredCertificate)),
            (pem!("early.pem"), Err(CredentialFault::EarlySigningCertificate)),
            (pem!("edwards.pem"), Err(CredentialFault::UnknownCertificateKey)),
            (pem!("leaf.key.pem"), Err(CredentialFault::NotACertificate)),
            ("nonsense", Err(CredentialFault::NotACertificate)),
        ] {
            assert_eq!(outcome(SigningMaterial::read(body, now())), expected, "{body}");
        }
        let id = SigningMaterial::read(pem!("leaf.pem"), now()).unwrap().id;
        assert_eq!(id, SigningMaterial::read(pem!("leaf.pem").trim(), now()).unwrap().id);
        assert_eq!(id.len(), 32);
        assert!(id.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7')), "{id}");
        assert_ne!(id, SigningMaterial::read(pem!("root.pem"), now()).unwrap().id);
    }

    #[test]
    fn the_last_second_belongs_to_a_certificate() {
        let at = |text: &str| outcome(SigningMaterial::read(pem!("expired.pem"), text.parse().unwrap()));
        assert_eq!(at("2019-12-31T23:59:59.999Z"), Err(CredentialFault::EarlySigningCertificate));
        assert_eq!(at("2020-01-01T00:00:00Z"), Ok(()));
        assert_eq!(at("2021-01-01T00:00:00.999Z"), Ok(()));
        assert_eq!(at("2021-01-01T00:00:01Z"), Err(CredentialFault::ExpiredCertificate));
    }

    #[test]
    fn server_certificates_come_with_their_key_and_issuers() {
        let (leaf, key) = (pem!("leaf.pem"), pem!("leaf.key.pem"));
        let join = |files: &[&str]| files.concat();
        let (root, intermediate) = (pem!("root.pem"), pem!("intermediate.pem"));
        let broken = |index| Err(CredentialFault::BrokenChain { index });
        for (body, key, chain, expected) in [
            (leaf, key, None, Ok(())),
            (leaf, pem!("leaf.pkcs1.key.pem"), Some(join(&[intermediate])), Ok(())),
            (leaf, key, Some(join(&[intermediate, root])), Ok(())),
            (pem!("curve.pem"), pem!("curve.key.pem"), Some(join(&[root])), Ok(())),
            (leaf, key, Some(join(&[root])), broken(-1)),
            (leaf, key, Some(join(&[root, intermediate])), broken(-1)),
            (leaf, key, Some(join(&[leaf, intermediate])), broken(-1)),
            (leaf, key, Some(join(&[intermediate, pem!("alone.pem")])), broken(0)),
            (leaf, key, Some(join(&[intermediate, root, intermediate])), broken(1)),
            (leaf, key, Some(join(&[&[intermediate][..], &[root; 9]].concat())), Ok(())),
            (leaf, key, Some(join(&[&[intermediate][..], &[root; 10]].concat())), broken(10)),
            (leaf, key, Some(join(&["text\n", intermediate])), broken(-1)),
            (leaf, key, Some(String::new()), broken(-1)),
            (leaf, key, Some(key.to_owned()), broken(-1)),
            (pem!("forged.pem"), key, Some(join(&[intermediate])), broken(-1)),
            (leaf, pem!("other.key.pem"), None, Err(CredentialFault::KeyPairMismatch)),
            (leaf, pem!("leaf.encrypted.key.pem"), None, Err(CredentialFault::NotAPrivateKey)),
            (leaf, leaf, None, Err(CredentialFault::NotAPrivateKey)),
            (key, key, None, Err(CredentialFault::NotACertificate)),
            (pem!("expired.pem"), key, None, Err(CredentialFault::ExpiredCertificate)),
            (pem!("early.pem"), key, None, Err(CredentialFault::EarlyServerCertificate)),
        ] {
            let read = ServerMaterial::read(body, key, chain.as_deref(), now());
            assert_eq!(outcome(read), expected, "{body}{chain:?}");
        }
    }

    #[test]
    fn private_keys_are_not_shown() {
        let material = ServerMaterial::read(pem!("leaf.pem"), pem!("leaf.key.pem"), None, now()).unwrap();
        let shown = format!("{material:?}");
        assert_eq!(shown, "ServerMaterial(expires 2099-01-01T00:00:00Z, private key redacted)");
    }
}
