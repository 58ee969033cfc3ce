//! RSA public keys as SSH and as PEM write them.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use pem_rfc7468::LineEnding;
use x509_cert::der::asn1::{AnyRef, BitStringRef, ObjectIdentifier, UintRef};
use x509_cert::der::{Decode as _, Encode as _, Reader as _, SliceReader};
use x509_cert::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};

use crate::x509::only_block;

/// What SSH calls an RSA key.
const SSH_RSA: &str = "ssh-rsa";

/// The shortest modulus, in bits.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html>
const BITS_MIN: usize = 2048;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// Why a text is not a public key that can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAPublicKey {
    /// It is neither an `ssh-rsa` line nor PEM.
    Encoding,
    /// It is one of them, and broken or too short.
    Key,
}

/// The modulus and exponent of an RSA key, without leading zeros.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct RsaPublicKey {
    modulus: Box<[u8]>,
    exponent: Box<[u8]>,
}

impl RsaPublicKey {
    /// The key that a text says: `ssh-rsa`, the key in Base64 and perhaps a comment, or a public key in PEM.
    pub(crate) fn from_text(text: &str) -> Result<Self, NotAPublicKey> {
        let text = text.trim();
        if text.starts_with("-----BEGIN ") {
            return Self::from_pem(text);
        }
        let mut words = text.split_ascii_whitespace();
        if words.next() != Some(SSH_RSA) || text.contains(['\r', '\n']) {
            return Err(NotAPublicKey::Encoding);
        }
        let blob = words.next().and_then(|word| STANDARD.decode(word).ok()).ok_or(NotAPublicKey::Key)?;
        Self::from_blob(&blob).filter(Self::is_sound).ok_or(NotAPublicKey::Key)
    }

    fn from_pem(text: &str) -> Result<Self, NotAPublicKey> {
        let block = only_block(text).map_err(|_| NotAPublicKey::Key)?;
        let key = match block.label {
            "PUBLIC KEY" => Self::from_spki(&block.der),
            "RSA PUBLIC KEY" => Self::from_pkcs1(&block.der),
            _ => return Err(NotAPublicKey::Encoding),
        };
        key.filter(Self::is_sound).ok_or(NotAPublicKey::Key)
    }

    /// The key in the form that SSH sends.
    pub(crate) fn from_blob(blob: &[u8]) -> Option<Self> {
        let (name, rest) = field(blob)?;
        let (exponent, rest) = field(rest)?;
        let (modulus, rest) = field(rest)?;
        let key = Self { modulus: positive(modulus)?, exponent: positive(exponent)? };
        (name == SSH_RSA.as_bytes() && rest.is_empty()).then_some(key)
    }

    fn from_spki(der: &[u8]) -> Option<Self> {
        let info = SubjectPublicKeyInfoRef::from_der(der).ok()?;
        if info.algorithm.oid != RSA {
            return None;
        }
        Self::from_pkcs1(info.subject_public_key.as_bytes()?)
    }

    fn from_pkcs1(der: &[u8]) -> Option<Self> {
        let mut reader = SliceReader::new(der).ok()?;
        let key = reader.sequence(|reader| {
            let (modulus, exponent) = (UintRef::decode(reader)?, UintRef::decode(reader)?);
            Ok::<_, x509_cert::der::Error>(Self {
                modulus: modulus.as_bytes().into(),
                exponent: exponent.as_bytes().into(),
            })
        });
        key.ok().filter(|_| reader.is_finished())
    }

    /// Long enough, and odd, as every RSA key is.
    fn is_sound(&self) -> bool {
        let odd = |number: &[u8]| number.last().is_some_and(|byte| byte & 1 == 1);
        let leading = self.modulus.first().map_or(8, |byte| byte.leading_zeros());
        let unused = usize::try_from(leading).unwrap_or(8);
        let long = (self.modulus.len() * 8).saturating_sub(unused) >= BITS_MIN;
        long && odd(&self.modulus) && odd(&self.exponent) && *self.exponent != [1]
    }

    /// The form that SSH sends.
    pub(crate) fn blob(&self) -> Vec<u8> {
        let mut blob = Vec::with_capacity(self.modulus.len() + 32);
        append(&mut blob, SSH_RSA.as_bytes(), false);
        for number in [&self.exponent, &self.modulus] {
            append(&mut blob, number, number.first().is_some_and(|byte| byte & 0x80 != 0));
        }
        blob
    }

    /// The line of `authorized_keys`, without a comment.
    pub(crate) fn line(&self) -> String {
        format!("{SSH_RSA} {}", STANDARD.encode(self.blob()))
    }

    /// The key in PEM; `None` if it is longer than DER can say.
    pub(crate) fn pem(&self) -> Option<String> {
        let numbers = [UintRef::new(&self.modulus).ok()?, UintRef::new(&self.exponent).ok()?];
        let key = numbers.to_der().ok()?;
        let info = SubjectPublicKeyInfoRef {
            algorithm: AlgorithmIdentifierRef { oid: RSA, parameters: Some(AnyRef::NULL) },
            subject_public_key: BitStringRef::from_bytes(&key).ok()?,
        };
        pem_rfc7468::encode_string("PUBLIC KEY", LineEnding::LF, &info.to_der().ok()?).ok()
    }

    /// The MD5 digest of the key as SSH sends it, as `16:27:…`: sixteen bytes, 47 characters.
    ///
    /// UNCONFIRMED (ssh-fingerprint): AWS says MD5, and not of which form of the key; this is what `ssh-keygen -l -E md5`
    /// shows.
    pub(crate) fn fingerprint(&self) -> String {
        let mut text = String::with_capacity(47);
        for (place, byte) in Md5::digest(self.blob()).iter().enumerate() {
            let separator = if place == 0 { "" } else { ":" };
            // Writing to a string does not fail.
            write!(text, "{separator}{byte:02x}").unwrap_or_default();
        }
        text
    }
}

/// The first field of a message of SSH, and what follows it.
fn field(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

/// A number above zero, written as short as it can be.
fn positive(bytes: &[u8]) -> Option<Box<[u8]>> {
    match bytes {
        [0, rest @ ..] if rest.first().is_some_and(|byte| byte & 0x80 != 0) => Some(rest.into()),
        [first, ..] if (1..0x80).contains(first) => Some(bytes.into()),
        _ => None,
    }
}

fn append(message: &mut Vec<u8>, bytes: &[u8], padded: bool) {
    let length = u32::try_from(bytes.len() + usize::from(padded)).unwrap_or(u32::MAX);
    message.extend_from_slice(&length.to_be_bytes());
    if padded {
        message.push(0);
    }
    message.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::pem;

    #[test]
    fn a_key_is_the_same_in_every_form() {
        let line = pem!("ssh.pub");
        let key = RsaPublicKey::from_text(line).unwrap();
        // As `ssh-keygen -l -E md5` shows it.
        assert_eq!(key.fingerprint(), "c1:a1:76:5f:48:41:2e:57:c7:4a:71:98:41:fd:c0:ff");
        assert_eq!(key.fingerprint().len(), 47);
        assert_eq!(format!("{} ana@example\n", key.line()), line);
        assert_eq!(key.pem().as_deref(), Some(pem!("ssh.pem")));
        for text in [pem!("ssh.pem"), pem!("ssh.pkcs1.pem"), &key.line(), &key.pem().unwrap()] {
            assert_eq!(RsaPublicKey::from_text(text).as_ref(), Ok(&key), "{text}");
        }
        assert_ne!(RsaPublicKey::from_text(pem!("ssh.other.pub")).unwrap().fingerprint(), key.fingerprint());
    }

    #[test]
    fn other_texts_are_no_keys() {
        let line = pem!("ssh.pub");
        let two_lines = format!("{line}{line}");
        let truncated: String = line.chars().take(100).collect();
        let long = format!(
            "ssh-rsa {}",
            STANDARD.encode([RsaPublicKey::from_text(line).unwrap().blob(), vec![0]].concat())
        );
        for (text, fault) in [
            ("", NotAPublicKey::Encoding),
            ("ssh-rsa", NotAPublicKey::Key),
            ("ssh-rsa not-base64!", NotAPublicKey::Key),
            (&truncated, NotAPublicKey::Key),
            (&long, NotAPublicKey::Key),
            (&two_lines, NotAPublicKey::Encoding),
            (pem!("ssh.short.pub"), NotAPublicKey::Key),
            (pem!("ssh.edwards.pub"), NotAPublicKey::Encoding),
            (pem!("ssh.curve.pem"), NotAPublicKey::Key),
            (pem!("leaf.pem"), NotAPublicKey::Encoding),
            (pem!("leaf.key.pem"), NotAPublicKey::Encoding),
            ("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", NotAPublicKey::Key),
        ] {
            assert_eq!(RsaPublicKey::from_text(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn numbers_have_one_spelling() {
        for (bytes, number) in [
            (&[1][..], Some(&[1][..])),
            (&[0, 0x80], Some(&[0x80])),
            (&[0x7f, 0xff], Some(&[0x7f, 0xff])),
            (&[], None),
            (&[0], None),
            (&[0, 1], None),
            (&[0x80], None),
            (&[0, 0, 0x80], None),
        ] {
            assert_eq!(positive(bytes).as_deref(), number, "{bytes:?}");
        }
    }

    #[test]
    fn no_part_of_a_key_passes_for_the_whole() {
        let blob = RsaPublicKey::from_text(pem!("ssh.pub")).unwrap().blob();
        assert!(RsaPublicKey::from_blob(&blob).is_some());
        for length in 0..blob.len() {
            assert_eq!(RsaPublicKey::from_blob(&blob[..length]), None, "{length} bytes");
        }
        let pem = pem!("ssh.pem").trim();
        for length in 0..pem.len() {
            assert!(RsaPublicKey::from_text(&pem[..length]).is_err(), "{length} characters");
        }
    }
}
