//! A request as it arrived.

use std::net::IpAddr;

/// A request before anybody is known to have sent it.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'r> {
    /// The HTTP request, as it came off the wire.
    pub request: doorward_sigv4::Request<'r>,
    /// Where it came from.
    pub source_ip: IpAddr,
    /// How it came.
    pub transport: Transport,
    /// The signing name of the service that it asks, such as `iam`.
    pub service: &'static str,
    /// The operation that it asks for, such as `CreateRole`.
    pub operation: &'static str,
}

/// How a request came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Transport {
    /// In clear.
    Plain,
    /// Over TLS: `aws:SecureTransport` is true.
    Tls,
}

impl<'r> Arrival<'r> {
    /// The one value of a header; `None` when it is missing, repeated or not text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&'r str> {
        let mut values = self.request.headers.iter().filter(|(own, _)| own.eq_ignore_ascii_case(name));
        let (_, value) = values.next()?;
        if values.next().is_some() { None } else { std::str::from_utf8(value).ok() }
    }
}
