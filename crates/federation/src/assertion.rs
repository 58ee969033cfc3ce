//! SAML responses of others, opened. Nothing here is believed yet: no signature has been verified.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::xml::{self, Part, XmlFault};

/// The namespace of SAML's messages.
const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";

/// Why a text is no SAML response.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AssertionFault {
    /// It is not base64, or not of UTF-8.
    #[error("it is not UTF-8 in base64")]
    Base64,
    /// It is not XML as it should be.
    #[error(transparent)]
    Xml(#[from] XmlFault),
    /// It is something else.
    #[error("its element is not a Response of SAML 2.0")]
    NotAResponse,
}

/// The XML of a SAML response, which is well formed and one.
///
/// # Errors
/// [`AssertionFault`].
pub fn open(encoded: &str) -> Result<String, AssertionFault> {
    let compact: String = encoded.split_ascii_whitespace().collect();
    let bytes = STANDARD.decode(compact).map_err(|_| AssertionFault::Base64)?;
    let document = String::from_utf8(bytes).map_err(|_| AssertionFault::Base64)?;
    let mut root = None;
    xml::walk(&document, |part| {
        if let Part::Begin(element) = part {
            root.get_or_insert_with(|| (element.namespace, element.name) == (PROTOCOL, "Response"));
        }
        Ok::<(), AssertionFault>(())
    })?;
    if root == Some(true) { Ok(document) } else { Err(AssertionFault::NotAResponse) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(document: &str, expected: Result<(), &str>) {
        let outcome = open(&STANDARD.encode(document)).map(drop).map_err(|fault| fault.to_string());
        assert_eq!(outcome, expected.map_err(str::to_owned), "{document}");
    }

    #[test]
    fn responses_are_opened() {
        check(r#"<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"><a/></p:Response>"#, Ok(()));
        check(r#"<Response xmlns="urn:x"/>"#, Err("its element is not a Response of SAML 2.0"));
        check(
            r#"<p:LogoutResponse xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"/>"#,
            Err("its element is not a Response of SAML 2.0"),
        );
        check(r#"<!DOCTYPE a><a/>"#, Err("it has a document type declaration"));
        assert_eq!(open("<Response/>"), Err(AssertionFault::Base64));
        assert_eq!(open("//79"), Err(AssertionFault::Base64));
    }
}
