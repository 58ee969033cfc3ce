//! Percent-escapes, as signatures want them (RFC 3986, upper-case digits, a space is `%20`), and splitting.

use std::borrow::Cow;

use crate::Rejection;

/// What is wrong with an escape.
pub(crate) enum Escape {
    /// The text ends within the escape.
    Cut,
    /// These two characters are not hexadecimal digits.
    NotHex([u8; 2]),
}

impl From<Escape> for Rejection {
    fn from(escape: Escape) -> Self {
        match escape {
            Escape::Cut => Self::EscapeCut,
            Escape::NotHex(digits) => {
                Self::EscapeNotHex { digits: String::from_utf8_lossy(&digits).into_owned() }
            }
        }
    }
}

/// Reads the two digits after a `%`.
pub(crate) fn hex_pair(bytes: &mut impl Iterator<Item = u8>) -> Result<u8, Escape> {
    let (Some(high), Some(low)) = (bytes.next(), bytes.next()) else { return Err(Escape::Cut) };
    match (nibble(high), nibble(low)) {
        (Some(high), Some(low)) => Ok(high << 4 | low),
        _ => Err(Escape::NotHex([high, low])),
    }
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Letters, digits, `-`, `.`, `_` and `~` are never escaped.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>
pub(crate) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// Writes one byte, escaped unless it is unreserved.
pub(crate) fn push_escaped(out: &mut Vec<u8>, byte: u8) {
    if is_unreserved(byte) {
        out.push(byte);
        return;
    }
    let digit = |value: u8| if value < 10 { b'0' + value } else { b'A' + value - 10 };
    out.extend_from_slice(&[b'%', digit(byte >> 4), digit(byte & 15)]);
}

/// Escapes a text.
pub(crate) fn escape(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + 16);
    text.bytes().for_each(|byte| push_escaped(&mut out, byte));
    String::from_utf8_lossy(&out).into_owned()
}

/// Unescapes one name or value of a query string; `None` if that is not UTF-8.
///
/// Cost: allocates only if there is something to unescape.
pub(crate) fn unescape(raw: &str) -> Result<Option<Cow<'_, str>>, Rejection> {
    if !raw.contains(['%', '+']) {
        return Ok(Some(Cow::Borrowed(raw)));
    }
    let mut out = Vec::with_capacity(raw.len());
    let mut bytes = raw.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => hex_pair(&mut bytes)?,
            other => other,
        });
    }
    Ok(String::from_utf8(out).ok().map(Cow::Owned))
}

/// Splits at ASCII separators.
///
/// Looks at bytes: `str::split` looks for characters, and took most of the time of finding a signature.
pub(crate) fn pieces(text: &str, is_separator: impl Fn(u8) -> bool) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.bytes().position(&is_separator) else {
            rest = None;
            return Some(text);
        };
        rest = text.get(end + 1..);
        text.get(..end)
    })
}
