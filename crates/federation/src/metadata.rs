//! What a SAML 2.0 identity provider says of itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

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

/// A time of XML Schema. SAML has them in UTC, with or without saying so.
fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse().ok().or_else(|| format!("{text}Z").parse().ok())
}
