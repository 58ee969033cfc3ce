//! What a SAML 2.0 identity provider says of itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use crate::certificate::{self, CertificateFault, SigningCertificate};
use crate::xml::{self, Element, Part};

pub use crate::xml::XmlFault;

/// The namespace of SAML metadata.
const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
/// The namespace of XML signatures.
const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
/// The protocol that an identity provider must speak.
const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";

/// A metadata document, read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Metadata {
    /// The name by which the identity provider calls itself: the `Issuer` of its assertions.
    pub entity_id: String,
    /// When the document ends, if it says so.
    pub valid_until: Option<Timestamp>,
    /// The certificates that assertions may be signed with; at least one.
    pub certificates: Vec<SigningCertificate>,
    /// Where users sign in; as many as the document names.
    pub sign_on: Vec<SignOn>,
}

/// An address at which users sign in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignOn {
    /// How requests get there, such as `urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST`.
    pub binding: String,
    /// The address.
    pub location: String,
}

/// What is wrong with a metadata document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MetadataFault {
    /// It is not XML as it should be.
    #[error(transparent)]
    Xml(#[from] XmlFault),
    /// It is about something else.
    #[error("its element is not an EntityDescriptor of SAML 2.0 metadata")]
    NotAnEntity,
    /// It does not say who the identity provider is.
    #[error("its EntityDescriptor has no entityID")]
    NoEntityId,
    /// A time does not read.
    #[error("the time `{0}` in it is not one in UTC")]
    Time(String),
    /// It does not describe an identity provider, or describes several.
    #[error("it has {0} elements IDPSSODescriptor for SAML 2.0, one is needed")]
    Descriptors(usize),
    /// A certificate is not base64.
    #[error("a certificate in it is not base64")]
    Base64,
    /// A certificate cannot be used.
    #[error(transparent)]
    Certificate(#[from] CertificateFault),
    /// There is no certificate for signatures.
    #[error("it has no certificate that assertions are signed with")]
    NoCertificate,
    /// A sign-in address is incomplete.
    #[error("a SingleSignOnService in it has no Binding or no Location")]
    SignOn,
}

/// Where in a document the reader stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Entity,
    Descriptor,
    /// A key, for signatures or for both uses.
    Key,
    KeyInfo,
    X509,
    Certificate,
    /// Anything else, with all that is in it.
    Other,
}

#[derive(Default)]
struct Reading {
    places: Vec<Place>,
    entity_id: Option<String>,
    valid_until: Option<Timestamp>,
    descriptors: usize,
    certificates: Vec<SigningCertificate>,
    sign_on: Vec<SignOn>,
    /// The certificate being read, base64.
    encoded: String,
}

/// Reads a metadata document: an `EntityDescriptor` with one `IDPSSODescriptor` and at least one certificate.
///
/// Whether it has ended is for the caller to ask, who knows the time. Signatures of the document itself are not verified:
/// whoever hands it in is authenticated already.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html>
///
/// # Errors
/// [`MetadataFault`].
pub fn read(document: &str) -> Result<Metadata, MetadataFault> {
    let mut reading = Reading::default();
    xml::walk(document, |part| reading.see(&part))?;
    if reading.descriptors != 1 {
        return Err(MetadataFault::Descriptors(reading.descriptors));
    }
    if reading.certificates.is_empty() {
        return Err(MetadataFault::NoCertificate);
    }
    Ok(Metadata {
        entity_id: reading.entity_id.ok_or(MetadataFault::NoEntityId)?,
        valid_until: reading.valid_until,
        certificates: reading.certificates,
        sign_on: reading.sign_on,
    })
}

impl Reading {
    fn see(&mut self, part: &Part<'_>) -> Result<(), MetadataFault> {
        match part {
            Part::Begin(element) => {
                let place = self.begin(element)?;
                self.places.push(place);
                Ok(())
            }
            Part::End => match self.places.pop() {
                Some(Place::Certificate) => self.certificate(),
                Some(_) | None => Ok(()),
            },
            Part::Text(text) => {
                if self.places.last() == Some(&Place::Certificate) {
                    self.encoded.push_str(text);
                }
                Ok(())
            }
        }
    }

    fn begin(&mut self, element: &Element<'_>) -> Result<Place, MetadataFault> {
        let Some(place) = self.places.last() else {
            return self.entity(element);
        };
        Ok(match (place, element.namespace, element.name) {
            (Place::Entity, METADATA, "IDPSSODescriptor") => self.descriptor(element)?,
            (Place::Descriptor, METADATA, "KeyDescriptor") => match element.attribute("use")?.as_deref() {
                None | Some("signing") => Place::Key,
                Some(_) => Place::Other,
            },
            (Place::Descriptor, METADATA, "SingleSignOnService") => self.sign_on(element)?,
            (Place::Key, SIGNATURE, "KeyInfo") => Place::KeyInfo,
            (Place::KeyInfo, SIGNATURE, "X509Data") => Place::X509,
            (Place::X509, SIGNATURE, "X509Certificate") => Place::Certificate,
            _ => Place::Other,
        })
    }

    fn entity(&mut self, element: &Element<'_>) -> Result<Place, MetadataFault> {
        if (element.namespace, element.name) != (METADATA, "EntityDescriptor") {
            return Err(MetadataFault::NotAnEntity);
        }
        self.entity_id = element.attribute("entityID")?.filter(|id| !id.is_empty());
        self.end_at_most(element)?;
        Ok(Place::Entity)
    }

    fn descriptor(&mut self, element: &Element<'_>) -> Result<Place, MetadataFault> {
        let protocols = element.attribute("protocolSupportEnumeration")?.unwrap_or_default();
        if !protocols.split_ascii_whitespace().any(|protocol| protocol == PROTOCOL) {
            return Ok(Place::Other);
        }
        self.descriptors += 1;
        self.end_at_most(element)?;
        Ok(Place::Descriptor)
    }

    fn sign_on(&mut self, element: &Element<'_>) -> Result<Place, MetadataFault> {
        let (binding, location) = (element.attribute("Binding")?, element.attribute("Location")?);
        let (Some(binding), Some(location)) = (binding, location) else {
            return Err(MetadataFault::SignOn);
        };
        self.sign_on.push(SignOn { binding, location });
        Ok(Place::Other)
    }

    /// The document ends when the first of its parts does.
    fn end_at_most(&mut self, element: &Element<'_>) -> Result<(), MetadataFault> {
        if let Some(text) = element.attribute("validUntil")? {
            let end = time(&text).ok_or(MetadataFault::Time(text))?;
            self.valid_until = Some(self.valid_until.map_or(end, |other| other.min(end)));
        }
        Ok(())
    }

    fn certificate(&mut self) -> Result<(), MetadataFault> {
        let encoded: String = self.encoded.split_whitespace().collect();
        self.encoded.clear();
        let der = STANDARD.decode(encoded).map_err(|_| MetadataFault::Base64)?;
        self.certificates.push(certificate::read(&der)?);
        Ok(())
    }
}

/// A time of XML Schema. SAML has them in UTC, with or without saying so. What does not end says the last second of the year
/// 9999, a day after the last that there is here.
fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let plain = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    let known = || text.parse().or_else(|_| format!("{text}Z").parse()).ok();
    let beyond = || {
        let local: DateTime = plain.contains('T').then_some(plain)?.parse().ok()?;
        (local > Offset::UTC.to_datetime(Timestamp::MAX)).then_some(())?;
        Timestamp::from_second(Timestamp::MAX.as_second()).ok()
    };
    known().or_else(beyond)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = include_str!("../../../conformance/saml/metadata.xml");
    const SHORT: &str = include_str!("../../../conformance/saml/certificate.short.base64");

    /// Reads the good document with one text replaced; the fault, or `ok`.
    #[track_caller]
    fn check(from: &str, to: &str, expected: &str) {
        assert!(GOOD.contains(from), "{from}");
        let outcome =
            read(&GOOD.replace(from, to)).map_or_else(|fault| fault.to_string(), |_| "ok".to_owned());
        assert!(outcome.starts_with(expected), "{outcome}");
    }

    #[test]
    fn a_document_is_read() {
        let read = read(GOOD).unwrap();
        assert_eq!(read.entity_id, "https://idp.example/saml");
        assert_eq!((read.valid_until, read.certificates.len()), (None, 2));
        assert!(read.certificates[0].not_after > "2100-01-01T00:00:00Z".parse().unwrap());
        assert_ne!(read.certificates[0].public_key, read.certificates[1].public_key);
        assert_eq!(read.sign_on.len(), 2);
        assert_eq!(read.sign_on[0].location, "https://idp.example/sso?a=1&b=2");
    }

    #[test]
    fn it_may_never_end() {
        for (text, expected) in [
            ("9999-12-31T23:59:59Z", Some("9999-12-30T22:00:00Z")),
            ("9999-12-31T23:59:59.9999999", Some("9999-12-30T22:00:00Z")),
            ("9999-12-30T21:59:59Z", Some("9999-12-30T21:59:59Z")),
            ("9999-12-31T25:00:00Z", None),
            ("9999-12-31", None),
            ("never", None),
        ] {
            assert_eq!(time(text), expected.map(|text| text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn it_ends_when_its_first_part_does() {
        let ending = GOOD
            .replace("entityID", r#"validUntil="2030-01-01T00:00:00Z" entityID"#)
            .replace("<md:IDPSSODescriptor", r#"<md:IDPSSODescriptor validUntil="2029-06-30T12:00:00.5""#);
        assert_eq!(read(&ending).unwrap().valid_until, Some("2029-06-30T12:00:00.5Z".parse().unwrap()));
    }

    #[test]
    fn other_documents_are_refused() {
        check(r#"entityID="https://idp.example/saml""#, "", "its EntityDescriptor has no entityID");
        check(
            r#"entityID="https://idp.example/saml""#,
            r#"entityID="""#,
            "its EntityDescriptor has no entityID",
        );
        check("SAML:2.0:metadata", "SAML:1.1:metadata", "its element is not an EntityDescriptor");
        check("md:EntityDescriptor", "md:EntitiesDescriptor", "its element is not an EntityDescriptor");
        check("SAML:2.0:protocol", "SAML:1.1:protocol", "it has 0 elements IDPSSODescriptor");
        check("IDPSSODescriptor", "SPSSODescriptor", "it has 0 elements IDPSSODescriptor");
        let second =
            r#"<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/>"#;
        check(
            "</md:EntityDescriptor>",
            &format!("{second}</md:EntityDescriptor>"),
            "it has 2 elements IDPSSODescriptor",
        );
        check("entityID", r#"validUntil="tomorrow" entityID"#, "the time `tomorrow` in it is not one in UTC");
        check("<ds:X509Certificate>", "<ds:X509Certificate>!", "a certificate in it is not base64");
        check("<ds:X509Certificate>", "<ds:X509Certificate>AAAA", "a certificate is not X.509: ");
        check("X509Certificate", "X509SubjectName", "it has no certificate that assertions are signed with");
        check(
            r#" Location="https://idp.example/sso""#,
            "",
            "a SingleSignOnService in it has no Binding or no Location",
        );
    }

    #[test]
    fn keys_for_encryption_do_not_sign() {
        let encryption = GOOD.replace("<md:KeyDescriptor>", r#"<md:KeyDescriptor use="encryption">"#);
        assert_eq!(read(&encryption).unwrap().certificates.len(), 1);
        let foreign = GOOD.replace("<md:KeyDescriptor>", r#"<KeyDescriptor xmlns="urn:x">"#);
        let foreign =
            foreign.replacen("</md:KeyDescriptor>\n    <md:NameID", "</KeyDescriptor>\n    <md:NameID", 1);
        assert_eq!(read(&foreign).unwrap().certificates.len(), 1);
    }

    #[test]
    fn short_keys_are_refused() {
        let (start, end) =
            ("<ds:KeyInfo><ds:X509Data><ds:X509Certificate>", "</ds:X509Certificate></ds:X509Data>");
        let (before, rest) = GOOD.split_once(start).unwrap();
        let (_, after) = rest.split_once(end).unwrap();
        let fault = read(&format!("{before}{start}{SHORT}{end}{after}")).unwrap_err();
        let (short, unusable) = (CertificateFault::ShortKey(512), CertificateFault::BadKey);
        assert!([short, unusable].map(MetadataFault::Certificate).contains(&fault), "{fault}");
    }

    /// Whatever is broken off or overwritten, the answer is a verdict and no panic.
    #[test]
    fn broken_documents_get_a_verdict() {
        for at in (0..GOOD.trim_end().len()).step_by(3) {
            assert!(read(&GOOD[..at]).is_err(), "{at} bytes");
            for byte in ["<", ">", "&", "\"", "/", "\0", "A"] {
                let broken = format!("{}{byte}{}", &GOOD[..at], &GOOD[at + 1..]);
                if let Ok(read) = read(&broken) {
                    assert!(!read.entity_id.is_empty() && !read.certificates.is_empty());
                }
            }
        }
    }

    #[test]
    fn hostile_xml_is_refused() {
        let declaration = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
        let entity = format!(r#"{declaration}<!DOCTYPE md:EntityDescriptor [<!ENTITY e "x">]>"#);
        check(declaration, &entity, "it has a document type declaration");
        check(declaration, &format!("\u{feff}{declaration}"), "it begins with a byte order mark");
        check("encoding=\"UTF-8\"", "encoding=\"UTF-16\"", "it says that it is not XML 1.0 in UTF-8");
        check(r#"version="1.0""#, r#"version="1.1""#, "it says that it is not XML 1.0 in UTF-8");
        check("urn:oasis:names:tc:SAML:2.0:nameid-format", "&e;", "it names the entity `e`");
        check("https://idp.example/saml", "&e;", "it is not well-formed XML: ");
        check("</md:EntityDescriptor>", "", "it is not ");
        check("</md:EntityDescriptor>", "</md:EntityDescriptor>x", "it is not one element");
        check("</md:EntityDescriptor>", "</md:EntityDescriptor><a/>", "it is not one element");
        check("</md:EntityDescriptor>", "</md:Entity>", "it is not well-formed XML: ");
        check(" entityID", r#" a="1" a="2" entityID"#, "it is not well-formed XML: ");
        check("<md:NameIDFormat>", "<md:NameIDFormat><x:y/>", "it is not well-formed XML: ");
        let deep = format!("{}{}", "<a>".repeat(70), "</a>".repeat(70));
        check(
            "<md:NameIDFormat>",
            &format!("<md:NameIDFormat>{deep}"),
            "it is nested deeper than 64 elements",
        );
        for text in ["", "   ", "not xml", "<!-- -->"] {
            assert!(read(text).is_err(), "{text}");
        }
        check("<md:NameIDFormat>", "<md:NameIDFormat><!-- c --><?p i?>&#65;&amp;<![CDATA[<]]>", "ok");
    }
}
