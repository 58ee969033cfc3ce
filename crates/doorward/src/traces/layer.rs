//! From the spans of `tracing` to those of OpenTelemetry.

use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;
use std::time::{SystemTime, UNIX_EPOCH};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use super::collector::Parcel;
use super::messages::{FAILED, KeyValue, Kind, Span, Status, Value};

/// Spans of our own crates have targets that begin so.
const OWN: &str = "doorward";

/// Hands spans on as they end. What finds no room is dropped, and counted.
pub struct Spans {
    pub(super) parcels: SyncSender<Parcel>,
    pub(super) dropped: Arc<AtomicU64>,
}

/// A span that has not ended.
struct Open {
    span: Span,
    /// The request's own span id, and how many spans are below it.
    family: Arc<Family>,
    service: String,
    method: String,
}

struct Family {
    trace_id: Vec<u8>,
    first: u64,
    others: AtomicU64,
}

/// What a span's fields say.
#[derive(Default)]
struct Fields {
    trace_id: String,
    span_id: String,
    parent_span_id: String,
    attributes: Vec<(&'static str, Value)>,
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "trace_id" => value.clone_into(&mut self.trace_id),
            "span_id" => value.clone_into(&mut self.span_id),
            "parent_span_id" => value.clone_into(&mut self.parent_span_id),
            name => self.attributes.push((name, Value::Text(value.to_owned()))),
        }
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.attributes.push((field.name(), Value::Number(i64::try_from(value).unwrap_or(i64::MAX))));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.attributes.push((field.name(), Value::Text(format!("{value:?}"))));
    }
}

impl Spans {
    /// Whether something is a span of ours.
    pub fn takes(metadata: &Metadata<'_>) -> bool {
        metadata.is_span() && metadata.target().starts_with(OWN)
    }
}

impl Open {
    /// The span of a request; `None` for what says that it is one, and does not say which.
    fn request(fields: Fields) -> Option<Self> {
        let trace_id = bytes(&fields.trace_id)?;
        let first = u64::from_str_radix(&fields.span_id, 16).ok()?;
        let family = Family { trace_id, first, others: AtomicU64::new(0) };
        let parent = bytes(&fields.parent_span_id)?;
        let mut open = Self::new(Arc::new(family), first, parent, Kind::Server, "request");
        open.note(fields);
        Some(open)
    }

    /// A span within another one.
    fn within(parent: &Self, name: &str, fields: Fields) -> Self {
        let family = Arc::clone(&parent.family);
        // No two of a trace are the same: requests have their ids by chance, and what is below one those that follow.
        let own = family.first.wrapping_add(family.others.fetch_add(1, Ordering::Relaxed) + 1);
        let kind = if name.starts_with("store ") { Kind::Client } else { Kind::Internal };
        let mut open = Self::new(family, own, parent.span.span_id.clone(), kind, name);
        open.note(fields);
        open
    }

    fn new(family: Arc<Family>, own: u64, parent_span_id: Vec<u8>, kind: Kind, name: &str) -> Self {
        let span = Span {
            trace_id: family.trace_id.clone(),
            span_id: own.to_be_bytes().to_vec(),
            parent_span_id,
            name: name.to_owned(),
            kind: kind.into(),
            start_time_unix_nano: now(),
            ..Span::default()
        };
        Self { span, family, service: String::new(), method: String::new() }
    }

    fn note(&mut self, fields: Fields) {
        for (name, value) in fields.attributes {
            match (name, &value) {
                ("rpc.service", Value::Text(service)) => service.clone_into(&mut self.service),
                ("rpc.method", Value::Text(method)) => method.clone_into(&mut self.method),
                ("http.response.status_code", Value::Number(500..)) => {
                    self.span.status = Some(Status { code: FAILED });
                }
                _ => {}
            }
            self.span.attributes.push(KeyValue::of(name, value));
        }
    }

    fn end(mut self) -> Span {
        if !self.method.is_empty() {
            self.span.name = format!("{}/{}", self.service, self.method);
        }
        self.span.end_time_unix_nano = now();
        self.span
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Spans {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let open = if fields.trace_id.is_empty() {
            let Some(parent) = span.parent() else { return };
            let extensions = parent.extensions();
            extensions.get::<Open>().map(|parent| Open::within(parent, span.name(), fields))
        } else {
            Open::request(fields)
        };
        if let Some(open) = open {
            span.extensions_mut().insert(open);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let mut fields = Fields::default();
        values.record(&mut fields);
        if let Some(open) = span.extensions_mut().get_mut::<Open>() {
            open.note(fields);
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else { return };
        let Some(open) = span.extensions_mut().remove::<Open>() else { return };
        if self.parcels.try_send(Parcel::Span(open.end())).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// The bytes of hexadecimal digits.
fn bytes(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, sync_channel};

    use tracing_subscriber::filter::filter_fn;
    use tracing_subscriber::layer::SubscriberExt as _;

    use super::*;

    fn spans(room: usize, act: impl FnOnce()) -> (Vec<Span>, u64) {
        let (parcels, received): (_, Receiver<Parcel>) = sync_channel(room);
        let dropped = Arc::new(AtomicU64::new(0));
        let spans = Spans { parcels, dropped: Arc::clone(&dropped) }.with_filter(filter_fn(Spans::takes));
        tracing::subscriber::with_default(tracing_subscriber::registry().with(spans), act);
        let found = received.try_iter().filter_map(|parcel| match parcel {
            Parcel::Span(span) => Some(span),
            Parcel::Flush(_) => None,
        });
        (found.collect(), dropped.load(Ordering::Relaxed))
    }

    fn request() -> tracing::Span {
        let (trace_id, span_id) = ("0af7651916cd43dd8448eb211c80319c", "ffffffffffffffff");
        tracing::trace_span!(
            "request",
            trace_id,
            span_id,
            parent_span_id = Some("00f067aa0ba902b7"),
            rpc.service = tracing::field::Empty,
            rpc.method = tracing::field::Empty,
            http.response.status_code = tracing::field::Empty,
        )
    }

    #[test]
    fn a_request_and_what_is_within_it() {
        let (found, dropped) = spans(9, || {
            let request = request();
            request.in_scope(|| {
                tracing::trace_span!("decide").in_scope(|| drop(tracing::trace_span!("store commit")))
            });
            tracing::trace_span!(parent: &request, "authenticate", count = 7u64).in_scope(|| {});
            tracing::trace_span!("of no request").in_scope(|| {});
            tracing::trace_span!(target: "hyper", "of others").in_scope(|| {});
            request.record("rpc.service", "iam").record("rpc.method", "GetRole");
            request.record("http.response.status_code", 503u16);
        });
        let names: Vec<_> = found.iter().map(|span| span.name.as_str()).collect();
        assert_eq!(
            (names.as_slice(), dropped),
            (&["store commit", "decide", "authenticate", "iam/GetRole"][..], 0)
        );
        let [commit, decide, authenticate, request] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(request.parent_span_id, 0x00f0_67aa_0ba9_02b7_u64.to_be_bytes());
        assert_eq!((request.kind(), request.status.as_ref().unwrap().code), (Kind::Server, FAILED));
        assert_eq!((commit.kind(), decide.kind()), (Kind::Client, Kind::Internal));
        for (child, parent) in [(commit, decide), (decide, request), (authenticate, request)] {
            assert_eq!((&child.parent_span_id, &child.trace_id), (&parent.span_id, &request.trace_id));
            assert!(child.start_time_unix_nano >= parent.start_time_unix_nano);
            assert!(child.end_time_unix_nano <= request.end_time_unix_nano);
        }
        let mut ids: Vec<_> = found.iter().map(|span| &span.span_id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 4, "each has its own");
        assert_eq!(authenticate.attributes, [KeyValue::of("count", Value::Number(7))]);
    }

    #[test]
    fn what_finds_no_room_is_dropped_and_counted() {
        let (found, dropped) = spans(1, || (0..3).for_each(|_| drop(request())));
        assert_eq!((found.len(), dropped), (1, 2));
    }
}
