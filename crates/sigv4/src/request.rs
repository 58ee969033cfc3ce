//! The request as it came off the wire.

use std::fmt;

use crate::Rejection;

/// An HTTP request, borrowed from whoever received it. Nothing in it has been decoded.
///
/// A signature covers the bytes the client sent, so a server must hand over what it read, not what its
/// framework made of it: a router that decodes the path or rewrites `Host` breaks every signature.
#[derive(Clone, Copy)]
pub struct Request<'r> {
    /// The method, as sent, for instance `POST`.
    pub method: &'r str,
    /// The path as sent, still percent-encoded, without the query string. Empty means `/`.
    pub path: &'r str,
    /// What follows `?`, as sent, still percent-encoded; empty if there is none.
    pub query: &'r str,
    /// Names and values in the order received. Names in any case; a repeated header is several pairs.
    ///
    /// An HTTP/2 server may pass the `:authority` pseudo-header instead of `host`.
    pub headers: &'r [(&'r str, &'r [u8])],
    /// The whole body.
    pub body: &'r [u8],
}

impl<'r> Request<'r> {
    /// All values of one header, in the order received.
    ///
    /// `host` and `:authority` are one header with two names: HTTP/2 clients sign either, and servers
    /// differ in which of the two they pass on.
    pub(crate) fn header_values<'n>(&self, name: &'n str) -> impl Iterator<Item = &'r [u8]> + use<'r, 'n> {
        let wanted = match name {
            "host" if !self.has(name) => ":authority",
            ":authority" if !self.has(name) => "host",
            _ => name,
        };
        self.headers.iter().filter(move |(own, _)| own.eq_ignore_ascii_case(wanted)).map(|(_, value)| *value)
    }

    /// The one value of a header that means nothing if it is given twice.
    ///
    /// # Errors
    ///
    /// [`Rejection::Repeated`] if there is more than one, [`Rejection::NotText`] if it is not UTF-8.
    pub(crate) fn single_header(&self, name: &'static str) -> Result<Option<&'r str>, Rejection> {
        let mut values = self.header_values(name);
        let Some(value) = values.next() else { return Ok(None) };
        if values.next().is_some() {
            return Err(Rejection::Repeated { name: name.to_owned() });
        }
        match std::str::from_utf8(value) {
            Ok(text) => Ok(Some(text.trim_ascii())),
            Err(_) => Err(Rejection::NotText { name: name.to_owned() }),
        }
    }

    fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name))
    }
}

/// Shows no header value and no body: they carry credentials.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| *name).collect();
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("header_names", &names)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_do_not_show() {
        let headers: [(&str, &[u8]); 2] = [("authorization", b"secret"), ("x-amz-security-token", b"secret")];
        let request = Request {
            method: "POST",
            path: "/",
            query: "X-Amz-Signature=secret",
            headers: &headers,
            body: b"secret",
        };
        assert!(!format!("{request:?}").contains("secret"));
    }
}
