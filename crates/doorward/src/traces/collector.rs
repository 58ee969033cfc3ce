//! Sending spans to a collector.

use std::io::Read as _;
use std::net::ToSocketAddrs as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use bytes::Bytes;
use doorward_server::client;
use doorward_server::tls::Trust;
use http::header::{CONTENT_TYPE, HOST};
use http::{Request, Uri};
use prost::Message as _;

use super::layer::Spans;
use super::messages::{
    ExportTraceServiceRequest, KeyValue, Resource, ResourceSpans, Scope, ScopeSpans, Span,
};

/// How many spans wait to be sent, at most. Further ones are dropped.
const WAITING_MAX: usize = 8192;

/// How many are sent at once, at most.
const TOGETHER_MAX: usize = 512;

/// How long the first of them waits for others.
const GATHERED_FOR: Duration = Duration::from_secs(1);

/// How long a collector has to take a connection, to answer, and to go on.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often the log says that spans are lost, at most.
const COMPLAINED_EVERY: Duration = Duration::from_secs(60);

/// How much of a collector's answer is read.
const ANSWER_BYTES_MAX: u64 = 64 * 1024;

/// Where OTLP takes spans, below an address that names no path.
const PATH: &str = "/v1/traces";

/// What is handed to the thread that sends.
pub enum Parcel {
    Span(Span),
    /// Whoever holds the other end waits until everything before this is sent.
    Flush(SyncSender<()>),
}

/// A collector, and how to reach it.
pub struct Collector {
    host: String,
    port: u16,
    authority: String,
    path: String,
    trust: Option<Trust>,
}

impl Collector {
    /// The collector at an address such as `https://collector.example.com:4318`, for which an issuer in `issuers`, a PEM
    /// file, vouches.
    ///
    /// # Errors
    /// The address names no host, or the file cannot be used.
    pub fn new(endpoint: &Uri, issuers: Option<&Path>) -> Result<Self> {
        let (Some(host), Some(authority)) = (endpoint.host(), endpoint.authority()) else {
            bail!("`{endpoint}` names no host")
        };
        let host = host.trim_matches(['[', ']']).to_owned();
        let trust = issuers.map(|issuers| Trust::issued(issuers, &host)).transpose()?;
        let port = endpoint.port_u16().unwrap_or(if trust.is_some() { 443 } else { 80 });
        let path = if endpoint.path() == "/" { PATH } else { endpoint.path() };
        Ok(Self { host, port, authority: authority.to_string(), path: path.to_owned(), trust })
    }

    fn send(&self, spans: Vec<Span>) -> Result<()> {
        let addresses: Vec<_> = (self.host.as_str(), self.port).to_socket_addrs()?.collect();
        let request = Request::post(&self.path)
            .header(HOST, &self.authority)
            .header(CONTENT_TYPE, "application/x-protobuf")
            .body(Bytes::from(message(spans).encode_to_vec()))?;
        let (head, body) = client::ask(&addresses, self.trust.as_ref(), request, PATIENCE)?.into_parts();
        let mut answer = Vec::new();
        body.take(ANSWER_BYTES_MAX).read_to_end(&mut answer)?;
        ensure!(head.status.is_success(), "it answers {}", head.status);
        Ok(())
    }
}

fn message(spans: Vec<Span>) -> ExportTraceServiceRequest {
    let version = env!("CARGO_PKG_VERSION");
    let attributes =
        vec![KeyValue::text("service.name", "doorward"), KeyValue::text("service.version", version)];
    let scope = Some(Scope { name: "doorward".to_owned(), version: version.to_owned() });
    let scope_spans = vec![ScopeSpans { scope, spans }];
    let resource_spans = vec![ResourceSpans { resource: Some(Resource { attributes }), scope_spans }];
    ExportTraceServiceRequest { resource_spans }
}

/// The sending of spans, under way.
pub struct Traces {
    parcels: SyncSender<Parcel>,
}

impl Traces {
    /// Waits until what has ended is sent, or lost, but not for longer than a collector's patience.
    pub fn flush(self) {
        let (sent, heard) = sync_channel(1);
        if self.parcels.try_send(Parcel::Flush(sent)).is_ok() {
            // Nobody is left to care if it takes longer.
            let _ = heard.recv_timeout(PATIENCE);
        }
    }
}

/// Starts to send spans to a collector: what collects them, and what ends it.
///
/// # Errors
/// The system refuses the thread.
pub fn start(collector: Collector) -> Result<(Spans, Traces)> {
    let (parcels, received) = sync_channel(WAITING_MAX);
    let dropped = Arc::new(AtomicU64::new(0));
    let spans = Spans { parcels: parcels.clone(), dropped: Arc::clone(&dropped) };
    let thread = std::thread::Builder::new().name("traces".to_owned());
    thread.spawn(move || run(&collector, &received, &dropped)).context("traces cannot be sent")?;
    Ok((spans, Traces { parcels }))
}

fn run(collector: &Collector, received: &Receiver<Parcel>, dropped: &AtomicU64) {
    let mut complained: Option<Instant> = None;
    let mut lost = 0;
    let mut open = true;
    while open {
        let (spans, waiting);
        (spans, waiting, open) = gather(received);
        let number = spans.len() as u64;
        let sent = if spans.is_empty() { Ok(()) } else { collector.send(spans) };
        lost += dropped.swap(0, Ordering::Relaxed);
        if let Err(error) = &sent {
            lost += number;
            tracing::debug!(error = format!("{error:#}"), "spans cannot be sent");
        }
        let due = complained.is_none_or(|then| then.elapsed() >= COMPLAINED_EVERY);
        if lost > 0 && due {
            let reason = sent.err().map_or_else(|| "it is too slow".to_owned(), |error| format!("{error:#}"));
            let collector = &collector.authority;
            tracing::warn!(collector, spans = lost, reason, "spans were lost on the way to the collector");
            (complained, lost) = (Some(Instant::now()), 0);
        }
        if let Some(waiting) = waiting {
            // It may have waited long enough.
            let _ = waiting.try_send(());
        }
    }
}

/// Spans to be sent together, whoever waits for that, and whether there can be more.
fn gather(received: &Receiver<Parcel>) -> (Vec<Span>, Option<SyncSender<()>>, bool) {
    let mut spans = Vec::new();
    let mut end = None;
    while spans.len() < TOGETHER_MAX {
        let parcel = match end {
            None => received.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(end) => received.recv_timeout(Instant::saturating_duration_since(&end, Instant::now())),
        };
        match parcel {
            Ok(Parcel::Span(span)) => spans.push(span),
            Ok(Parcel::Flush(waiting)) => return (spans, Some(waiting), true),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return (spans, None, false),
        }
        end = end.or_else(|| Some(Instant::now() + GATHERED_FOR));
    }
    (spans, None, true)
}
