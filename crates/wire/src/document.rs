//! Policy documents in answers.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters.
const RESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A policy document as IAM returns it: percent-encoded, a space as `%20`, unreserved characters as they are.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html>.
pub fn percent_encode_document(document: &str) -> String {
    // A third of the bytes of a policy take three; what is handed on may live long, and is no longer than it must be.
    let mut encoded = String::with_capacity(document.len() * 2);
    encoded.extend(utf8_percent_encode(document, &RESERVED));
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_percent_encoded() {
        let rows = [
            ("", ""),
            ("aZ09-._~", "aZ09-._~"),
            (r#"{"Action": "s3:*"}"#, "%7B%22Action%22%3A%20%22s3%3A%2A%22%7D"),
            ("a+b/c%\n", "a%2Bb%2Fc%25%0A"),
            ("é", "%C3%A9"),
        ];
        for (document, expected) in rows {
            assert_eq!(percent_encode_document(document), expected);
        }
    }
}
