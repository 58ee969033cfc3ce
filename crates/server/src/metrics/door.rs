//! The address at which metrics are fetched.

use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT, ALLOW, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use prometheus_client::encoding::text;
use prometheus_client::registry::Registry;
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Board;
use crate::limits::{ACCEPT_PAUSE, HANDSHAKE_TIME, METRICS_CONNECTIONS_MAX};

/// The path of the metrics.
const PATH: &str = "/metrics";

/// Source: <https://prometheus.io/docs/instrumenting/exposition_formats/>
const PLAIN: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Source: <https://prometheus.io/docs/specs/om/open_metrics_spec/#media-type>
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// An address taken for metrics.
pub struct MetricsAddress(TcpListener);

impl MetricsAddress {
    /// Takes an address. With port 0 the system chooses one.
    ///
    /// # Errors
    /// Whatever the system says: the address is taken, or is not this machine's.
    pub fn take(address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(Self(listener))
    }

    /// The address, with the port that was chosen.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn socket(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// Serves metrics there, on a thread of its own, as long as the process lives: also while the server loads and stops.
///
/// # Errors
/// The system refuses the thread.
pub fn expose(address: MetricsAddress, board: Board) -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let thread = std::thread::Builder::new().name("metrics".to_owned());
    thread.spawn(move || {
        if let Err(error) = runtime.block_on(accept(address.0, Arc::new(board))) {
            tracing::error!(%error, "metrics are not served any more");
        }
    })?;
    Ok(())
}

async fn accept(listener: TcpListener, board: Arc<Board>) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let places = Arc::new(Semaphore::new(METRICS_CONNECTIONS_MAX));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return Ok(()) };
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(serve(stream, Arc::clone(&board), place))),
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection for metrics");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

async fn serve(stream: TcpStream, board: Arc<Board>, _place: OwnedSemaphorePermit) {
    let answer = service_fn(|request: Request<hyper::body::Incoming>| {
        let answer = answer(&board, request.method(), request.uri().path(), request.headers());
        async { Ok::<_, Infallible>(answer) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HANDSHAKE_TIME)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), answer);
    if let Err(error) = connection.await {
        tracing::debug!(%error, "a connection for metrics ended early");
    }
}

fn answer(board: &Board, method: &Method, path: &str, headers: &HeaderMap) -> Response<Full<Bytes>> {
    let said = |status, text: &'static str| {
        let mut response = Response::new(Full::from(text));
        *response.status_mut() = status;
        response
    };
    if path != PATH {
        return said(StatusCode::NOT_FOUND, "metrics are at /metrics\n");
    }
    if !matches!(*method, Method::GET | Method::HEAD) {
        let mut response = said(StatusCode::METHOD_NOT_ALLOWED, "");
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let open = headers
        .get_all(ACCEPT)
        .iter()
        .any(|value| value.to_str().is_ok_and(|text| text.contains("application/openmetrics-text")));
    let Some(text) = written(board) else {
        return said(StatusCode::INTERNAL_SERVER_ERROR, "the metrics cannot be written\n");
    };
    let (kind, text) = if open { (OPEN_METRICS, text) } else { (PLAIN, plain(&text)) };
    let mut response = Response::new(Full::from(text));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// All metrics as OpenMetrics.
fn written(board: &Board) -> Option<String> {
    let mut registry = Registry::default();
    registry.register_collector(Box::new(board.collect()));
    let mut text = String::new();
    text::encode(&mut text, &registry).ok().map(|()| text)
}

/// The same in the older format, in which a counter is called as its sample is, and nothing says where the text ends.
fn plain(text: &str) -> String {
    let counters: Vec<&str> = text.lines().filter_map(counter_name).collect();
    let mut plain = String::with_capacity(text.len());
    for line in text.lines().filter(|line| *line != "# EOF") {
        let mut words = line.splitn(4, ' ');
        if let (Some("#"), Some(about @ ("HELP" | "TYPE")), Some(name), Some(rest)) =
            (words.next(), words.next(), words.next(), words.next())
        {
            let ending = if counters.contains(&name) { "_total" } else { "" };
            plain.push_str(&format!("# {about} {name}{ending} {rest}\n"));
        } else {
            plain.push_str(line);
            plain.push('\n');
        }
    }
    plain
}

/// The name of the counter whose sort a line tells.
fn counter_name(line: &str) -> Option<&str> {
    line.strip_prefix("# TYPE ")?.strip_suffix(" counter")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use doorward_directory::random::SystemRandom;
    use doorward_store::Memory;

    use super::*;
    use crate::metrics::{CountedStore, METRICS, Sort, Tally};
    use crate::state::State;

    fn board() -> Board {
        let store = Arc::new(CountedStore::new(Arc::new(Memory::default())));
        let state = State::new(store.clone(), jiff::Timestamp::now, Arc::new(SystemRandom));
        let tallies: Arc<[Arc<Tally>]> = [Arc::default()].into();
        Board { state: Arc::new(state), tallies, store, certificate_ends: None }
    }

    fn fetched(method: &Method, path: &str, accept: Option<&'static str>) -> (u16, String, Option<String>) {
        let mut headers = HeaderMap::new();
        if let Some(accept) = accept {
            headers.insert(ACCEPT, HeaderValue::from_static(accept));
        }
        let response = answer(&board(), method, path, &headers);
        let kind = response.headers().get(CONTENT_TYPE).map(|kind| kind.to_str().unwrap().to_owned());
        let status = response.status().as_u16();
        let body = http_body_util::BodyExt::collect(response.into_body());
        let runtime = Builder::new_current_thread().build().unwrap();
        let bytes = runtime.block_on(body).unwrap().to_bytes();
        (status, String::from_utf8(bytes.to_vec()).unwrap(), kind)
    }

    #[test]
    fn formats_are_chosen() {
        let open = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5";
        for (accept, kind, ends) in
            [(None, PLAIN, false), (Some("*/*"), PLAIN, false), (Some(open), OPEN_METRICS, true)]
        {
            let (status, text, found) = fetched(&Method::GET, PATH, accept);
            assert_eq!((status, found.as_deref()), (200, Some(kind)));
            assert_eq!(text.ends_with("# EOF\n"), ends, "{text}");
            let of_counter = "# TYPE process_cpu_seconds_total counter\n";
            assert_eq!(text.contains(of_counter), !ends, "{text}");
            assert!(text.contains("\nprocess_cpu_seconds_total "), "{text}");
            assert!(text.contains("\ndoorward_ready 0"), "{text}");
        }
        assert_eq!(fetched(&Method::GET, "/", None).0, 404);
        assert_eq!(fetched(&Method::POST, PATH, None).0, 405);
    }

    #[test]
    fn every_metric_is_described_and_none_other_has_a_value() {
        let (_, text, _) = fetched(&Method::GET, PATH, Some("application/openmetrics-text"));
        let found: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")).collect();
        let expected: Vec<String> =
            METRICS.iter().map(|metric| format!("{} {}", metric.name, metric.sort.name())).collect();
        assert_eq!(found, expected);
        let names: BTreeSet<_> = METRICS.iter().map(|metric| metric.name).collect();
        assert_eq!(names.len(), METRICS.len(), "each name once");
        assert!(board().collect().names().all(|name| names.contains(name)));
        for metric in METRICS.iter().filter(|metric| metric.sort == Sort::Counter) {
            assert!(!metric.name.ends_with("_total"), "{}", metric.name);
        }
    }

    #[test]
    fn the_page_lists_every_metric_and_no_other() {
        let page = include_str!("../../../../docs/metrics.md");
        let found: Vec<&str> = page
            .lines()
            .filter(|line| line.starts_with("| `doorward_") || line.starts_with("| `process_"))
            .collect();
        let rows: Vec<String> = METRICS
            .iter()
            .map(|metric| {
                let ending = if metric.sort == Sort::Counter { "_total" } else { "" };
                let labels: Vec<String> = metric.labels.iter().map(|label| format!("`{label}`")).collect();
                let (name, sort, help) = (metric.name, metric.sort.name(), metric.help);
                format!("| `{name}{ending}` | {sort} | {} | {help} |", labels.join(", "))
            })
            .collect();
        assert_eq!(found, rows, "the page should have these rows:\n{}", rows.join("\n"));
    }
}
