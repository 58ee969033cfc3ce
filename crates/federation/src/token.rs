//! Web identity tokens of others, taken apart. Nothing here is believed yet: no signature has been verified.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

/// A token whose signature nobody has verified.
#[derive(Clone, PartialEq, Debug)]
pub struct Unverified {
    /// What it says of its signature.
    pub header: Map<String, Value>,
    /// What it says.
    pub claims: Map<String, Value>,
}

/// A text that is no JSON Web Token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is not a signed JSON Web Token in compact form")]
pub struct NotAToken;

/// Takes a token apart: three parts in base64url, the first two of them JSON objects, the first naming an algorithm.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc7519#section-7.2>
///
/// # Errors
/// [`NotAToken`].
pub fn read(text: &str) -> Result<Unverified, NotAToken> {
    let mut parts = text.split('.');
    let (Some(header), Some(claims), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(NotAToken);
    };
    let (header, claims) = (object(header)?, object(claims)?);
    let signed = URL_SAFE_NO_PAD.decode(signature).is_ok_and(|bytes| !bytes.is_empty());
    if signed && header.get("alg").is_some_and(Value::is_string) {
        Ok(Unverified { header, claims })
    } else {
        Err(NotAToken)
    }
}

fn object(part: &str) -> Result<Map<String, Value>, NotAToken> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| NotAToken)?;
    serde_json::from_slice(&bytes).map_err(|_| NotAToken)
}

impl Unverified {
    /// Who it says has issued it.
    #[must_use]
    pub fn issuer(&self) -> Option<&str> {
        self.claims.get("iss")?.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(header: &str, claims: &str, signature: &str) -> String {
        let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
        format!("{}.{}.{}", part(header), part(claims), part(signature))
    }

    #[test]
    fn tokens_are_taken_apart() {
        let read = read(&token(r#"{"alg":"RS256"}"#, r#"{"iss":"https://a.example"}"#, "s")).unwrap();
        assert_eq!(read.issuer(), Some("https://a.example"));
        assert_eq!(read.header.get("alg"), Some(&Value::from("RS256")));
        let silent = super::read(&token(r#"{"alg":"RS256"}"#, r#"{"iss":7}"#, "s")).unwrap();
        assert_eq!(silent.issuer(), None);
    }

    #[test]
    fn anything_else_is_no_token() {
        let good = token(r#"{"alg":"RS256"}"#, "{}", "s");
        assert!(read(&good).is_ok());
        for text in [
            "",
            "opaque-access-token",
            "a.b",
            "a.b.c",
            &format!("{good}.x"),
            &good.replace('.', ".="),
            &token("{}", "{}", "s"),
            &token(r#"{"alg":1}"#, "{}", "s"),
            &token(r#"{"alg":"RS256"}"#, "[]", "s"),
            &token(r#"{"alg":"RS256"}"#, "{", "s"),
            // Unsigned, whatever its header says.
            &token(r#"{"alg":"none"}"#, "{}", ""),
        ] {
            assert_eq!(read(text), Err(NotAToken), "{text}");
        }
    }
}
