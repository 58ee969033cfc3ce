//! Where a request belongs in a trace, as its caller tells and as its own id makes it.
//!
//! Source: <https://www.w3.org/TR/trace-context/>

use http::{HeaderMap, HeaderName, Method};
use tracing::{Span, field};

use crate::reply::Reply;

/// The header that tells the caller's place.
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// The length of what version 00 of the header has.
const LENGTH: usize = 55;

/// A request's place in a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Traced {
    /// 32 hexadecimal digits.
    pub(crate) trace_id: String,
    /// 16 of them.
    span_id: String,
    /// The same of whatever the caller did when it asked.
    parent_span_id: Option<String>,
}

impl Traced {
    /// The place of a request with these headers, answered under this id; `None` if its caller does not want a record.
    ///
    /// Without a sound header, the request begins a trace that has its own id's digits: whoever knows the one knows the other.
    pub(crate) fn of(headers: &HeaderMap, request_id: &str) -> Option<Self> {
        let own = request_id.replace('-', "");
        let span_id = own.get(16..)?.to_owned();
        let mut values = headers.get_all(TRACEPARENT).iter();
        let only = values.next().filter(|_| values.next().is_none());
        match only.and_then(|value| parent(value.to_str().ok()?)) {
            None => Some(Self { trace_id: own, span_id, parent_span_id: None }),
            Some((_, _, false)) => None,
            Some((trace_id, parent, true)) => {
                let (trace_id, parent_span_id) = (trace_id.to_owned(), Some(parent.to_owned()));
                Some(Self { trace_id, span_id, parent_span_id })
            }
        }
    }

    /// The span of the request.
    ///
    /// Source: <https://opentelemetry.io/docs/specs/semconv/rpc/rpc-spans/>, and for AWS's APIs
    /// <https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/>
    pub(crate) fn span(&self, method: &Method, request_id: &str) -> Span {
        tracing::trace_span!(
            "request",
            trace_id = self.trace_id,
            span_id = self.span_id,
            parent_span_id = self.parent_span_id,
            http.request.method = method.as_str(),
            aws.request_id = request_id,
            rpc.system = field::Empty,
            rpc.service = field::Empty,
            rpc.method = field::Empty,
            http.response.status_code = field::Empty,
            error.r#type = field::Empty,
        )
    }
}

/// Notes in a request's span what came of it.
pub(crate) fn note(span: &Span, reply: &Reply) {
    if let (Some(service), Some(operation)) = (reply.service, reply.operation) {
        span.record("rpc.system", "aws-api").record("rpc.service", service).record("rpc.method", operation);
    }
    span.record("http.response.status_code", reply.answer.http_status);
    if let Some(code) = reply.code.as_deref() {
        span.record("error.type", code);
    }
}

/// The trace, the parent, and whether it is recorded, that a header's value says; `None` if it is not sound.
fn parent(value: &str) -> Option<(&str, &str, bool)> {
    let digits = |text: &str| text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let id = |text: &str| digits(text) && text.bytes().any(|byte| byte != b'0');
    let mut parts = value.get(..LENGTH)?.split('-');
    let (version, trace_id, span_id, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let lengths = [version.len(), trace_id.len(), span_id.len(), flags.len()];
    if lengths != [2, 32, 16, 2] || !digits(version) || !id(trace_id) || !id(span_id) || !digits(flags) {
        return None;
    }
    // Later versions may have more behind it, and the first one has not.
    let rest = value.get(LENGTH..)?;
    let sound = match version {
        "ff" => false,
        "00" => rest.is_empty(),
        _ => rest.is_empty() || rest.starts_with('-'),
    };
    let sampled = u8::from_str_radix(flags, 16).ok()? & 1 == 1;
    sound.then_some((trace_id, span_id, sampled))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    const ID: &str = "01234567-89ab-4def-8123-456789abcdef";
    const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
    const PARENT: &str = "b7ad6b7169203331";

    fn check(values: &[&str]) -> Option<Traced> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(TRACEPARENT, HeaderValue::from_str(value).unwrap());
        }
        Traced::of(&headers, ID)
    }

    #[test]
    fn callers_tell_their_place() {
        let joined = Some(Traced {
            trace_id: TRACE.to_owned(),
            span_id: "8123456789abcdef".to_owned(),
            parent_span_id: Some(PARENT.to_owned()),
        });
        for (value, expected) in [
            (format!("00-{TRACE}-{PARENT}-01"), joined.clone()),
            (format!("00-{TRACE}-{PARENT}-03"), joined.clone()),
            (format!("cc-{TRACE}-{PARENT}-01"), joined.clone()),
            (format!("cc-{TRACE}-{PARENT}-01-more"), joined),
            (format!("00-{TRACE}-{PARENT}-00"), None),
        ] {
            assert_eq!(check(&[&value]), expected, "{value}");
        }
    }

    #[test]
    fn what_is_not_sound_is_not_told() {
        let own = Traced {
            trace_id: "0123456789ab4def8123456789abcdef".to_owned(),
            span_id: "8123456789abcdef".to_owned(),
            parent_span_id: None,
        };
        let sound = format!("00-{TRACE}-{PARENT}-01");
        assert_eq!(check(&[]), Some(own.clone()));
        assert_eq!(check(&[&sound, &sound]), Some(own.clone()), "twice");
        for value in [
            String::new(),
            format!("ff-{TRACE}-{PARENT}-01"),
            format!("00-{TRACE}-{PARENT}-01-more"),
            format!("cc-{TRACE}-{PARENT}-01more"),
            format!("00-{TRACE}-{PARENT}-0"),
            format!("00-{TRACE}-{PARENT}-zz"),
            format!("00-{}-{PARENT}-01", TRACE.to_uppercase()),
            format!("00-{}-{PARENT}-01", "0".repeat(32)),
            format!("00-{TRACE}-{}-01", "0".repeat(16)),
            format!("00-{TRACE}{PARENT}-01-01"),
            "00-é".repeat(14),
        ] {
            assert_eq!(check(&[&value]), Some(own.clone()), "{value}");
        }
    }
}
