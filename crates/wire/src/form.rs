//! The parameters of a query request, from the query string of a `GET` or the body of a `POST`.

use std::borrow::Cow;
use std::fmt;

use crate::error::ApiError;

/// The greatest number of parameters in one request. The largest request of the IAM model, a list of 200 values beside
/// fifty tags, needs fewer than 500.
pub const PARAMETERS_MAX: usize = 10_000;

/// Parameters that carry the signature and never belong to an operation.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>.
const SIGNATURE_PARAMETERS: [&str; 7] = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-Security-Token",
    "X-Amz-Signature",
    "X-Amz-SignedHeaders",
];

/// The decoded parameters of a request, in their order. Signature parameters are left out.
#[derive(Clone, PartialEq, Eq)]
pub struct Form<'a> {
    parameters: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

/// Names only: values may be passwords.
impl fmt::Debug for Form<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.parameters.iter().map(|(name, _)| name)).finish()
    }
}

impl<'a> Form<'a> {
    /// Reads the query string (without `?`) and the form body; either may be empty. A `+` is a space.
    ///
    /// # Errors
    /// `MalformedInput` for a percent escape that is not one, text that is not UTF-8, or more than [`PARAMETERS_MAX`]
    /// parameters.
    pub fn parse(query: &'a str, body: &'a [u8]) -> Result<Form<'a>, ApiError> {
        let mut parameters = Vec::with_capacity(16);
        for pair in [query.as_bytes(), body].into_iter().flat_map(|part| part.split(|&byte| byte == b'&')) {
            if pair.is_empty() {
                continue;
            }
            if parameters.len() == PARAMETERS_MAX {
                return Err(ApiError::malformed_input(format!("more than {PARAMETERS_MAX} parameters")));
            }
            let mut halves = pair.splitn(2, |&byte| byte == b'=');
            let name = unescape(halves.next().unwrap_or_default())?;
            let value = unescape(halves.next().unwrap_or_default())?;
            if !(name.starts_with("X-Amz-") && SIGNATURE_PARAMETERS.contains(&name.as_ref())) {
                parameters.push((name, value));
            }
        }
        Ok(Form { parameters })
    }

    /// The value of a parameter; `None` when it is not there.
    ///
    /// # Errors
    /// `MalformedInput` when it is there twice.
    pub fn value(&self, name: &str) -> Result<Option<&str>, ApiError> {
        let mut values = self.parameters.iter().filter(|(candidate, _)| candidate == name);
        let first = values.next();
        if values.next().is_some() {
            return Err(twice(name));
        }
        Ok(first.map(|(_, value)| value.as_ref()))
    }

    /// The parameters of the operation: all but `Action` and `Version`.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters
            .iter()
            .map(|(name, value)| (name.as_ref(), value.as_ref()))
            .filter(|(name, _)| !matches!(*name, "Action" | "Version"))
    }
}

pub(crate) fn twice(name: &str) -> ApiError {
    ApiError::malformed_input(format!("parameter `{name}` is given twice"))
}

fn unescape(text: &[u8]) -> Result<Cow<'_, str>, ApiError> {
    let not_utf8 = || ApiError::malformed_input("a parameter is not UTF-8 text");
    if !text.iter().any(|byte| matches!(byte, b'%' | b'+')) {
        return std::str::from_utf8(text).map(Cow::Borrowed).map_err(|_| not_utf8());
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'%' | b'+')) {
        let (plain, from) = rest.split_at(at);
        out.extend_from_slice(plain);
        match from {
            [b'+', after @ ..] => {
                out.push(b' ');
                rest = after;
            }
            [b'%', high, low, after @ ..] => {
                out.push(hexadecimal(*high, *low).ok_or_else(not_an_escape)?);
                rest = after;
            }
            _ => return Err(not_an_escape()),
        }
    }
    out.extend_from_slice(rest);
    String::from_utf8(out).map(Cow::Owned).map_err(|_| not_utf8())
}

fn not_an_escape() -> ApiError {
    ApiError::malformed_input("a percent sign without two hexadecimal digits")
}

fn hexadecimal(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some(digit(high)? << 4 | digit(low)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pairs = &'static [(&'static str, &'static str)];

    #[test]
    fn forms_are_decoded() {
        let rows: &[(&str, &str, Pairs)] = &[
            ("", "", &[]),
            ("", "a=1&b=2", &[("a", "1"), ("b", "2")]),
            ("a=1", "b=2", &[("a", "1"), ("b", "2")]),
            ("&&a=1&", "", &[("a", "1")]),
            ("a", "b=", &[("a", ""), ("b", "")]),
            ("a=1=2", "", &[("a", "1=2")]),
            ("a%2Eb=%C3%A9+%2B%41", "", &[("a.b", "é +A")]),
            ("Action=X&Version=Y&c=1", "", &[("c", "1")]),
            ("X-Amz-Date=1&X-Amz-Signature=2&X-Amz-Other=3", "", &[("X-Amz-Other", "3")]),
        ];
        for (query, body, expected) in rows {
            let form = Form::parse(query, body.as_bytes()).unwrap();
            assert_eq!(form.members().collect::<Vec<_>>(), *expected, "{query} {body}");
        }
    }

    #[test]
    fn what_is_no_form_is_refused() {
        let many = "a=1&".repeat(PARAMETERS_MAX + 1);
        let rows: &[(&[u8], &str)] = &[
            (b"a=%", "a percent sign without two hexadecimal digits"),
            (b"a=%2", "a percent sign without two hexadecimal digits"),
            (b"a=%zz", "a percent sign without two hexadecimal digits"),
            (b"a=%+1", "a percent sign without two hexadecimal digits"),
            (b"a=%ff", "a parameter is not UTF-8 text"),
            (b"a=\xff", "a parameter is not UTF-8 text"),
            (b"%c3=1", "a parameter is not UTF-8 text"),
            (many.as_bytes(), "more than 10000 parameters"),
        ];
        for (body, expected) in rows {
            let error = Form::parse("", body).unwrap_err();
            assert_eq!((error.code.as_ref(), error.message.as_str()), ("MalformedInput", *expected));
        }
        let form = Form::parse("Action=A&Action=B", b"").unwrap();
        assert_eq!(form.value("Action").unwrap_err().message, "parameter `Action` is given twice");
        assert_eq!(form.value("Version"), Ok(None));
    }
}
