//! A request whose body has been read.

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use doorward_directory::random::{NoRandomness, Random};
use doorward_gate::{Arrival, Transport};
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::{HeaderMap, Method, Uri};
use jiff::Timestamp;

/// A request, whole.
pub(crate) struct Received {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) source_ip: IpAddr,
    pub(crate) transport: Transport,
    /// The id under which it is answered.
    pub(crate) id: String,
    /// When its body was read.
    pub(crate) now: Timestamp,
}

/// What is wrong with the headers that describe a body.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BodyKind {
    /// The content type is missing, repeated, or another one.
    #[error("the body must have the content type `{wanted}`, got {}", quoted(.found))]
    ContentType { wanted: &'static str, found: Vec<String> },
    /// The text is in another encoding.
    #[error("the body must be UTF-8, got the charset `{0}`")]
    Charset(String),
    /// The body is compressed.
    #[error("the body must not be encoded, got the content encoding `{0}`")]
    Encoded(String),
}

fn quoted(found: &[String]) -> String {
    match found {
        [] => "none".to_owned(),
        many => many.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(" and "),
    }
}

impl Received {
    /// The one value of a header; `None` when it is missing, repeated or not text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let first = values.next()?;
        if values.next().is_some() { None } else { first.to_str().ok() }
    }

    /// The query string, as sent; empty if there is none.
    pub(crate) fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// Shows the request to `look` as the gate sees it.
    pub(crate) fn arrive<T>(
        &self,
        service: &'static str,
        operation: &'static str,
        look: impl FnOnce(Arrival<'_>) -> T,
    ) -> T {
        let headers: Vec<(&str, &[u8])> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        let request = doorward_sigv4::Request {
            method: self.method.as_str(),
            path: self.uri.path(),
            query: self.query(),
            headers: &headers,
            body: &self.body,
        };
        let (source_ip, transport) = (self.source_ip, self.transport);
        look(Arrival { request, source_ip, transport, service, operation })
    }

    /// Checks that a body, if there is one, is what its door reads.
    pub(crate) fn check_body(&self, wanted: &'static str) -> Result<(), BodyKind> {
        if self.body.is_empty() {
            return Ok(());
        }
        if let Some(encoding) = self.headers.get(CONTENT_ENCODING)
            && !encoding.as_bytes().eq_ignore_ascii_case(b"identity")
        {
            return Err(BodyKind::Encoded(String::from_utf8_lossy(encoding.as_bytes()).into_owned()));
        }
        let mut types = self.headers.get_all(CONTENT_TYPE).iter();
        let only = types.next().filter(|_| types.next().is_none()).and_then(|one| one.to_str().ok());
        let mut parts = only.unwrap_or_default().split(';').map(str::trim);
        if !parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case(wanted)) {
            let types = self.headers.get_all(CONTENT_TYPE).iter();
            let found = types.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
            return Err(BodyKind::ContentType { wanted, found: found.collect() });
        }
        for (name, value) in parts.filter_map(|parameter| parameter.split_once('=')) {
            let value = value.trim().trim_matches('"');
            if name.trim().eq_ignore_ascii_case("charset") && !value.eq_ignore_ascii_case("utf-8") {
                return Err(BodyKind::Charset(value.to_owned()));
            }
        }
        Ok(())
    }
}

/// Request ids: random UUIDs. They are no secret, so the randomness of many is taken at once.
#[derive(Debug, Default)]
pub(crate) struct RequestIds {
    left: Mutex<Vec<[u8; ID_BYTES]>>,
}

/// The bytes of an id.
const ID_BYTES: usize = 16;

/// For how many ids randomness is taken at once.
const IDS_AT_ONCE: usize = 64;

impl RequestIds {
    /// A new one.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub(crate) fn next(&self, random: &dyn Random) -> Result<String, NoRandomness> {
        // Nothing is done under this lock that could leave it half done.
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = match left.pop() {
            Some(bytes) => bytes,
            None => {
                let mut bytes = [0; ID_BYTES * IDS_AT_ONCE];
                random.fill(&mut bytes)?;
                let (first, others) =
                    bytes.as_chunks::<ID_BYTES>().0.split_first().unwrap_or((&[0; ID_BYTES], &[]));
                left.extend_from_slice(others);
                *first
            }
        };
        drop(left);
        let mut text = uuid::Uuid::encode_buffer();
        Ok(uuid::Builder::from_random_bytes(bytes)
            .into_uuid()
            .hyphenated()
            .encode_lower(&mut text)
            .to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use doorward_directory::random::SystemRandom;

    use super::*;

    const FORM: &str = "application/x-www-form-urlencoded";

    fn check(headers: &[(&'static str, &'static str)], body: &'static str) -> Result<(), String> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        let received = Received {
            method: Method::POST,
            uri: Uri::from_static("/"),
            headers: map,
            body: Bytes::from_static(body.as_bytes()),
            source_ip: IpAddr::from([127, 0, 0, 1]),
            transport: Transport::Plain,
            id: String::new(),
            now: Timestamp::UNIX_EPOCH,
        };
        received.check_body(FORM).map_err(|fault| fault.to_string())
    }

    #[test]
    fn bodies_are_forms() {
        let wanted = |got| Err(format!("the body must have the content type `{FORM}`, got {got}"));
        let kind = "content-type";
        for (headers, body, expected) in [
            (vec![], "", Ok(())),
            (vec![(kind, "application/json")], "", Ok(())),
            (vec![(kind, FORM)], "a=1", Ok(())),
            (vec![(kind, "Application/X-WWW-form-urlencoded ; Charset=\"UTF-8\"")], "a=1", Ok(())),
            (vec![(kind, FORM), ("content-encoding", "identity")], "a=1", Ok(())),
            (vec![], "a=1", wanted("none")),
            (vec![(kind, "application/json")], "a=1", wanted("`application/json`")),
            (vec![(kind, FORM), (kind, FORM)], "a=1", wanted(&format!("`{FORM}` and `{FORM}`"))),
            (
                vec![(kind, "application/x-www-form-urlencoded; charset=latin1")],
                "a=1",
                Err("the body must be UTF-8, got the charset `latin1`".to_owned()),
            ),
            (
                vec![(kind, FORM), ("content-encoding", "gzip")],
                "a=1",
                Err("the body must not be encoded, got the content encoding `gzip`".to_owned()),
            ),
        ] {
            assert_eq!(check(&headers, body), expected.map_err(|text: String| text), "{headers:?}");
        }
    }

    #[test]
    fn request_ids_are_random_uuids() {
        struct Broken;
        impl Random for Broken {
            fn fill(&self, _: &mut [u8]) -> Result<(), NoRandomness> {
                Err(NoRandomness("broken".to_owned()))
            }
        }
        struct Sevens;
        impl Random for Sevens {
            fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
                bytes.fill(0x77);
                Ok(())
            }
        }
        let ids = RequestIds::default();
        assert!(ids.next(&Broken).is_err());
        for _ in 0..IDS_AT_ONCE {
            assert_eq!(ids.next(&Sevens).unwrap(), "77777777-7777-4777-b777-777777777777");
        }
        assert!(ids.next(&Broken).is_err());
        let all: BTreeSet<String> = (0..3 * IDS_AT_ONCE).map(|_| ids.next(&SystemRandom).unwrap()).collect();
        assert_eq!(all.len(), 3 * IDS_AT_ONCE);
    }
}
