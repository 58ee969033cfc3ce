//! X.509 certificates and the private keys that belong to them, as PEM: read to be kept, not to be trusted.
//!
//! What is read here is shown to whoever owns it. Whether a certificate is to be believed is asked elsewhere.

use aws_lc_rs::rsa::KeyPair as RsaKeyPair;
use aws_lc_rs::signature::{
    self, ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING,
    EcdsaKeyPair, UnparsedPublicKey, VerificationAlgorithm,
};
use jiff::Timestamp;
use pem_rfc7468::Decoder;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Decode as _, Header, Reader as _, SliceReader};
use zeroize::Zeroizing;

/// What a PEM text begins and ends a block with.
const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const P521: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");
const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const RSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
const RSA_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");
const ECDSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const ECDSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
const ECDSA_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.4");

/// A text that is not what it should be, in PEM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unreadable;

/// One certificate.
pub(crate) struct Certificate {
    /// All of it.
    pub(crate) der: Vec<u8>,
    /// The part that is signed, as it was written.
    signed: Vec<u8>,
    parsed: x509_cert::Certificate,
}

/// One block of a PEM text.
pub(crate) struct Block<'t> {
    /// What it says it is, such as `CERTIFICATE`.
    pub(crate) label: &'t str,
    /// What is in it.
    pub(crate) der: Zeroizing<Vec<u8>>,
}

/// The blocks of a PEM text, with nothing but white space around them: AWS takes no text beside them either.
pub(crate) fn blocks(text: &str) -> Result<Vec<Block<'_>>, Unreadable> {
    let mut blocks = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let length = block_length(rest).ok_or(Unreadable)?;
        let (block, after) = rest.split_at_checked(length).ok_or(Unreadable)?;
        let mut decoder = Decoder::new_detect_wrap(block.as_bytes()).map_err(|_| Unreadable)?;
        let mut der = Zeroizing::new(Vec::with_capacity(decoder.remaining_len()));
        decoder.decode_to_end(&mut der).map_err(|_| Unreadable)?;
        blocks.push(Block { label: decoder.type_label(), der });
        rest = after.trim_start();
    }
    Ok(blocks)
}

/// How long the block is that a text begins with.
fn block_length(text: &str) -> Option<usize> {
    let end = text.strip_prefix(BEGIN)?.find(END)? + BEGIN.len() + END.len();
    Some(end + text.get(end..)?.find(DASHES)? + DASHES.len())
}

/// The one block of a PEM text.
pub(crate) fn only_block(text: &str) -> Result<Block<'_>, Unreadable> {
    let mut blocks = blocks(text)?;
    let block = blocks.pop().ok_or(Unreadable)?;
    if blocks.is_empty() { Ok(block) } else { Err(Unreadable) }
}

impl Certificate {
    /// The one certificate in a PEM text.
    pub(crate) fn from_pem(text: &str) -> Result<Self, Unreadable> {
        Self::from_block(only_block(text)?)
    }

    /// The certificate in a block.
    pub(crate) fn from_block(mut block: Block<'_>) -> Result<Self, Unreadable> {
        if block.label != "CERTIFICATE" {
            return Err(Unreadable);
        }
        let der = std::mem::take(&mut *block.der);
        let parsed = x509_cert::Certificate::from_der(&der).map_err(|_| Unreadable)?;
        let signed = signed_part(&der).map_err(|_| Unreadable)?.to_vec();
        Ok(Self { der, signed, parsed })
    }

    /// When it begins to be valid.
    pub(crate) fn begins(&self) -> Result<Timestamp, Unreadable> {
        timestamp(self.parsed.tbs_certificate().validity().not_before)
    }

    /// The last moment at which it is valid.
    pub(crate) fn ends(&self) -> Result<Timestamp, Unreadable> {
        timestamp(self.parsed.tbs_certificate().validity().not_after)
    }

    /// Whether its key is one that can sign here: RSA, or of one of the curves of NIST.
    pub(crate) fn has_known_key(&self) -> bool {
        let algorithm = &self.parsed.tbs_certificate().subject_public_key_info().algorithm;
        algorithm.oid == RSA || self.curve().is_some()
    }

    /// Whether `issuer` signed it, under the name that it says.
    pub(crate) fn is_issued_by(&self, issuer: &Self) -> bool {
        if self.parsed.tbs_certificate().issuer() != issuer.parsed.tbs_certificate().subject()
            || self.parsed.signature_algorithm() != self.parsed.tbs_certificate().signature()
        {
            return false;
        }
        let verify = || {
            let algorithm = issuer.algorithm(self.parsed.signature_algorithm().oid)?;
            let signature = self.parsed.signature().as_bytes()?;
            UnparsedPublicKey::new(algorithm, issuer.key()?).verify(&self.signed, signature).ok()
        };
        verify().is_some()
    }

    /// Whether it is about the public half of this private key.
    pub(crate) fn belongs_to(&self, key: &PrivateKey) -> bool {
        self.key().is_some_and(|own| own == &*key.public)
    }

    fn key(&self) -> Option<&[u8]> {
        self.parsed.tbs_certificate().subject_public_key_info().subject_public_key.as_bytes()
    }

    fn curve(&self) -> Option<ObjectIdentifier> {
        let algorithm = &self.parsed.tbs_certificate().subject_public_key_info().algorithm;
        let curve: ObjectIdentifier = algorithm.parameters.as_ref()?.decode_as().ok()?;
        (algorithm.oid == EC && [P256, P384, P521].contains(&curve)).then_some(curve)
    }

    /// How signatures of this kind by its key are verified. Signatures over SHA-1 are not.
    fn algorithm(&self, signature: ObjectIdentifier) -> Option<&'static dyn VerificationAlgorithm> {
        if self.parsed.tbs_certificate().subject_public_key_info().algorithm.oid == RSA {
            return match signature {
                RSA_SHA256 => Some(&signature::RSA_PKCS1_2048_8192_SHA256),
                RSA_SHA384 => Some(&signature::RSA_PKCS1_2048_8192_SHA384),
                RSA_SHA512 => Some(&signature::RSA_PKCS1_2048_8192_SHA512),
                _ => None,
            };
        }
        match (self.curve()?, signature) {
            (P256, ECDSA_SHA256) => Some(&signature::ECDSA_P256_SHA256_ASN1),
            (P256, ECDSA_SHA384) => Some(&signature::ECDSA_P256_SHA384_ASN1),
            (P384, ECDSA_SHA256) => Some(&signature::ECDSA_P384_SHA256_ASN1),
            (P384, ECDSA_SHA384) => Some(&signature::ECDSA_P384_SHA384_ASN1),
            (P521, ECDSA_SHA256) => Some(&signature::ECDSA_P521_SHA256_ASN1),
            (P521, ECDSA_SHA384) => Some(&signature::ECDSA_P521_SHA384_ASN1),
            (P521, ECDSA_SHA512) => Some(&signature::ECDSA_P521_SHA512_ASN1),
            _ => None,
        }
    }
}

/// The first element of a certificate: what its signature is of.
fn signed_part(der: &[u8]) -> Result<&[u8], x509_cert::der::Error> {
    let mut reader = SliceReader::new(der)?;
    Header::decode(&mut reader)?;
    reader.tlv_bytes()
}

/// Certificates without an end say that it is the last second of the year 9999, a day after the last that there is here.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5>
fn timestamp(time: x509_cert::time::Time) -> Result<Timestamp, Unreadable> {
    let second = i64::try_from(time.to_unix_duration().as_secs()).map_err(|_| Unreadable)?;
    Timestamp::from_second(second.min(Timestamp::MAX.as_second())).map_err(|_| Unreadable)
}

/// A private key: only its public half is kept, to be compared.
pub(crate) struct PrivateKey {
    /// As certificates write it.
    public: Box<[u8]>,
}

impl PrivateKey {
    /// The one private key in a PEM text, RSA of 2,048 bits or more or of one of the curves of NIST, and not encrypted.
    pub(crate) fn from_pem(text: &str) -> Result<Self, Unreadable> {
        let block = only_block(text)?;
        let public = match block.label {
            "RSA PRIVATE KEY" => RsaKeyPair::from_der(&block.der).ok().map(|key| public_half(&key)),
            "EC PRIVATE KEY" => of_a_curve(&block.der),
            "PRIVATE KEY" => {
                let rsa = RsaKeyPair::from_pkcs8(&block.der).ok().map(|key| public_half(&key));
                rsa.or_else(|| of_a_curve(&block.der))
            }
            _ => None,
        };
        public.map(|public| Self { public }).ok_or(Unreadable)
    }
}

fn of_a_curve(der: &[u8]) -> Option<Box<[u8]>> {
    [&ECDSA_P256_SHA256_ASN1_SIGNING, &ECDSA_P384_SHA384_ASN1_SIGNING, &ECDSA_P521_SHA512_ASN1_SIGNING]
        .into_iter()
        .find_map(|curve| EcdsaKeyPair::from_private_key_der(curve, der).ok())
        .map(|key| public_half(&key))
}

fn public_half(key: &impl signature::KeyPair) -> Box<[u8]> {
    key.public_key().as_ref().into()
}

#[cfg(test)]
mod tests {
    use x509_cert::time::Time;

    use super::*;
    use crate::testing::pem;

    #[test]
    fn a_certificate_without_an_end_is_read() {
        let ends = timestamp(Time::INFINITY).unwrap();
        assert_eq!(ends.as_second(), Timestamp::MAX.as_second());
        assert_eq!(Timestamp::from_second(ends.as_second()).unwrap(), ends);
    }

    #[test]
    fn texts_are_read_block_by_block_and_nothing_is_passed_over() {
        let leaf = pem!("leaf.pem");
        let two = format!("{leaf}\n \t{}", pem!("root.pem"));
        let one_line = {
            let body: String = leaf.lines().filter(|line| !line.starts_with('-')).collect();
            format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----")
        };
        let labels = |text: &str| {
            blocks(text).map(|blocks| blocks.iter().map(|block| block.label.to_owned()).collect::<Vec<_>>())
        };
        let certificate = "CERTIFICATE".to_owned();
        for (text, expected) in [
            (leaf.to_owned(), Ok(vec![certificate.clone()])),
            (leaf.replace('\n', "\r\n"), Ok(vec![certificate.clone()])),
            (one_line, Ok(vec![certificate.clone()])),
            (two, Ok(vec![certificate.clone(), certificate])),
            (String::new(), Ok(Vec::new())),
            (format!("subject: leaf\n{leaf}"), Err(Unreadable)),
            (format!("{leaf}and so on"), Err(Unreadable)),
            (leaf.replace("-----END CERTIFICATE-----", ""), Err(Unreadable)),
            (leaf.replace("END CERTIFICATE", "END OTHER"), Err(Unreadable)),
            (leaf.replacen('M', "!", 1), Err(Unreadable)),
        ] {
            assert_eq!(labels(&text), expected, "{text}");
        }
    }

    #[test]
    fn certificates_say_who_issued_them() {
        let read = |text| Certificate::from_pem(text).map_err(|_| "unreadable").unwrap();
        let (root, intermediate) = (read(pem!("root.pem")), read(pem!("intermediate.pem")));
        let (leaf, curve, forged) =
            (read(pem!("leaf.pem")), read(pem!("curve.pem")), read(pem!("forged.pem")));
        for (issued, issuer, expected) in [
            (&leaf, &intermediate, true),
            (&intermediate, &root, true),
            (&curve, &root, true),
            (&root, &root, true),
            (&leaf, &root, false),
            (&intermediate, &leaf, false),
            (&forged, &intermediate, false),
        ] {
            assert_eq!(issued.is_issued_by(issuer), expected);
        }
        assert_eq!(leaf.begins().unwrap().to_string(), "2020-01-01T00:00:00Z");
        assert_eq!(leaf.ends().unwrap().to_string(), "2099-01-01T00:00:00Z");
        let known = [leaf, curve, read(pem!("edwards.pem"))].map(|certificate| certificate.has_known_key());
        assert_eq!(known, [true, true, false]);
        assert!(Certificate::from_pem(pem!("leaf.key.pem")).is_err());
        assert!(Certificate::from_pem(&format!("{}{}", pem!("leaf.pem"), pem!("root.pem"))).is_err());
    }

    #[test]
    fn private_keys_belong_to_one_certificate() {
        let belongs = |certificate: &str, key: &str| {
            let certificate = Certificate::from_pem(certificate).map_err(|_| "unreadable").unwrap();
            PrivateKey::from_pem(key).map(|key| certificate.belongs_to(&key))
        };
        for (certificate, key, expected) in [
            (pem!("leaf.pem"), pem!("leaf.key.pem"), Ok(true)),
            (pem!("leaf.pem"), pem!("leaf.pkcs1.key.pem"), Ok(true)),
            (pem!("leaf.pem"), pem!("other.key.pem"), Ok(false)),
            (pem!("leaf.pem"), pem!("curve.key.pem"), Ok(false)),
            (pem!("curve.pem"), pem!("curve.key.pem"), Ok(true)),
            (pem!("leaf.pem"), pem!("leaf.encrypted.key.pem"), Err(Unreadable)),
            (pem!("leaf.pem"), pem!("leaf.pem"), Err(Unreadable)),
            (pem!("leaf.pem"), pem!("ssh.pem"), Err(Unreadable)),
        ] {
            assert_eq!(belongs(certificate, key), expected, "{key}");
        }
    }

    #[test]
    fn no_part_of_a_text_passes_for_the_whole() {
        let reads = |text: &str| Certificate::from_pem(text).is_ok() || PrivateKey::from_pem(text).is_ok();
        for whole in [pem!("leaf.pem"), pem!("leaf.key.pem"), pem!("curve.key.pem")] {
            let whole = whole.trim();
            assert!(reads(whole));
            for length in 0..whole.len() {
                assert!(!reads(&whole[..length]), "{length} characters");
                assert!(!reads(&whole[length + 1..]), "all but {} characters", length + 1);
            }
        }
    }

    #[test]
    fn no_changed_certificate_keeps_its_issuer() {
        let issuer = Certificate::from_pem(pem!("intermediate.pem")).map_err(|_| "unreadable").unwrap();
        let leaf = only_block(pem!("leaf.pem")).map_err(|_| "unreadable").unwrap().der.to_vec();
        let issued = |der: Vec<u8>| {
            let block = Block { label: "CERTIFICATE", der: Zeroizing::new(der) };
            Certificate::from_block(block).is_ok_and(|leaf| leaf.is_issued_by(&issuer))
        };
        assert!(issued(leaf.clone()));
        for place in 0..leaf.len() {
            let mut changed = leaf.clone();
            changed[place] ^= 1;
            assert!(!issued(changed), "byte {place}");
        }
    }
}
