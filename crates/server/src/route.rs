//! Where requests go: read within limits, sent to their door, answered, logged.

use std::future::poll_fn;
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use bytes::Bytes;
use doorward_gate::{Gate, Transport};
use doorward_wire::answer::{Answer, Format, json_failure};
use doorward_wire::{ApiError, errors as wire_errors};
use http::{Method, Request, Response};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use tracing::{Instrument as _, Span};

use crate::limits::{BODY_BYTES_MAX, BODY_READ_TIME};
use crate::metrics::Tally;
use crate::newest::{self, Newest};
use crate::received::{Received, RequestIds};
use crate::reply::{Connection, Reply, ReplyBody, errors};
use crate::state::{Readiness, State};
use crate::trace::{self, Traced};
use crate::writes::{NotRun, Writes};
use crate::{administration, json, query, web_identity};

/// Who is at the other end of a connection.
pub(crate) struct Peer {
    pub(crate) source_ip: IpAddr,
    /// The same as the log shows it.
    shown_ip: Box<str>,
    pub(crate) transport: Transport,
}

impl Peer {
    pub(crate) fn new(source_ip: IpAddr, transport: Transport) -> Self {
        Self { source_ip, shown_ip: source_ip.to_string().into(), transport }
    }
}

/// What every request of a connection needs.
pub(crate) struct Hall {
    pub(crate) state: Arc<State>,
    pub(crate) writes: Writes,
    pub(crate) newest: Newest,
    pub(crate) ids: Arc<RequestIds>,
    pub(crate) tally: Arc<Tally>,
    pub(crate) peer: Peer,
}

/// Where a request is being answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On a loop of connections, which must not wait.
    Loop,
    /// On a thread that may wait for the disk, or take long.
    Pool,
}

/// Answers a request.
pub(crate) async fn answer(hall: &Hall, request: Request<Incoming>) -> Response<ReplyBody> {
    let begun = Instant::now();
    let _in_flight = hall.tally.request();
    let state = &hall.state;
    let Ok(id) = hall.ids.next(state.random()) else {
        tracing::error!("the source of randomness failed");
        return failure(&ApiError::internal_failure(), "").into_response("");
    };
    let traced = if state.is_traced() { Traced::of(request.headers(), &id) } else { None };
    let span = traced.as_ref().map_or_else(Span::none, |traced| traced.span(request.method(), &id));
    let reply = match request.uri().path() {
        "/" => api(hall, request, &id, &span).await,
        "/healthz" => probe(&request, &id, || Reply::text(200, "ok\n")),
        "/readyz" => probe(&request, &id, || ready(state)),
        path if web_identity::is_here(path) => probe(&request, &id, || issuer(state, path)),
        _ => Reply::of(Answer {
            http_status: 404,
            content_type: "text/xml",
            body: "<UnknownOperationException/>".to_owned(),
        }),
    };
    let took = begun.elapsed();
    hall.tally.answered(&reply, took);
    trace::note(&span, &reply);
    log(&reply, &hall.peer, &id, traced.as_ref(), took);
    let connection = if state.is_leaving() { Connection::Closed } else { reply.connection };
    Reply { connection, ..reply }.into_response(&id)
}

/// One line for each request, and one more for what failed inside. Nothing in them is secret: no header, parameter or body.
fn log(reply: &Reply, peer: &Peer, id: &str, traced: Option<&Traced>, took: Duration) {
    let duration_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    if let Some(cause) = reply.cause.as_deref() {
        tracing::error!(operation = reply.operation, request_id = id, cause, "a request failed inside");
    }
    tracing::info!(
        operation = reply.operation,
        caller = reply.caller.as_deref(),
        status = reply.answer.http_status,
        code = reply.code.as_deref(),
        revision = reply.revision.map(|revision| revision.0),
        request_id = id,
        trace_id = traced.map(|traced| traced.trace_id.as_str()),
        source_ip = %peer.shown_ip,
        duration_us,
        "request"
    );
}

fn failure(error: &ApiError, id: &str) -> Reply {
    Reply::failure(error, Format::Xml, id)
}

fn not_allowed(allowed: &'static str, id: &str) -> Reply {
    let message = "The specified method is not allowed against this resource.";
    let reply = failure(&ApiError::new(&errors::METHOD_NOT_ALLOWED, message), id);
    // Nothing is known of the body, if there is one.
    Reply { connection: Connection::Closed, allowed: Some(allowed), ..reply }
}

fn probe(request: &Request<Incoming>, id: &str, answer: impl FnOnce() -> Reply) -> Reply {
    match *request.method() {
        Method::GET | Method::HEAD => answer(),
        _ => not_allowed("GET, HEAD", id),
    }
}

/// What is said before it is known how much there is to load.
const LOADING: &str = "not ready: the policy state is being loaded\n";

fn ready(state: &State) -> Reply {
    match state.readiness() {
        Readiness::Ready => Reply::text(200, "ready\n"),
        Readiness::Alone { revision, reason, left } => {
            let seconds = left.as_secs();
            let rest = format!("answers are of revision {revision}, for {seconds} s yet: {reason}");
            Reply::text(200, format!("ready, without the store: {rest}\n"))
        }
        Readiness::ReadOnly(cause) => Reply::text(200, format!("ready, without writes: {cause}\n")),
        Readiness::Stopping => Reply::text(503, "not ready: stopping\n"),
        Readiness::Loading { read, about: Some(about), migrating_to } => {
            let what =
                migrating_to.map_or_else(|| "loading".to_owned(), |to| format!("migrating to format {to}"));
            Reply::text(503, format!("not ready: {what}: {read} of about {about} records\n"))
        }
        Readiness::Loading { about: None, .. } => Reply::text(503, LOADING),
        Readiness::NotFollowing(fault) => Reply::text(503, format!("not ready: {fault}\n")),
        Readiness::Unreachable(cause) => Reply::text(503, format!("not ready: {cause}\n")),
    }
}

fn issuer(state: &State, path: &str) -> Reply {
    match state.gate() {
        Some(gate) => web_identity::answer(gate, path, state.now()),
        None => Reply::text(503, LOADING),
    }
}

async fn api(hall: &Hall, request: Request<Incoming>, id: &str, span: &Span) -> Reply {
    let Hall { state, writes, newest, peer, .. } = hall;
    let (parts, body) = request.into_parts();
    if parts.method == Method::HEAD && parts.uri.query().is_none() {
        return query::about();
    }
    if !matches!(parts.method, Method::GET | Method::POST) {
        return not_allowed("GET, POST", id);
    }
    let body = match read(body).await {
        Ok(body) => body,
        Err(fault) => return Reply { connection: Connection::Closed, ..failure(&fault.error(), id) },
    };
    let received = Received {
        method: parts.method,
        uri: parts.uri,
        headers: parts.headers,
        body,
        source_ip: peer.source_ip,
        transport: peer.transport,
        id: id.to_owned(),
        now: state.now(),
    };
    let Some(gate) = state.gate() else {
        let message = "The policy state is being loaded.";
        return failure(&ApiError::new(&wire_errors::SERVICE_UNAVAILABLE, message), id);
    };
    let settled = newest::settle(gate.directory(), state.reads(), newest, &received.headers);
    if let Err(error) = settled.instrument(tracing::trace_span!(parent: span, "store revision")).await {
        return Protocol::of(&received).failure(&error, id);
    }
    match span.in_scope(|| here(gate, &received, Place::Loop)) {
        Some(reply) => reply,
        None => elsewhere(gate, writes, received, span.clone()).await,
    }
}

/// Answers in the pool.
async fn elsewhere(gate: &Gate, writes: &Writes, received: Received, span: Span) -> Reply {
    let (id, protocol) = (received.id.clone(), Protocol::of(&received));
    let gate = gate.clone();
    let task = move || span.in_scope(|| here(&gate, &received, Place::Pool));
    let error = match writes.run(task).await {
        Ok(Some(reply)) => return reply,
        Err(NotRun::Full) => ApiError::throttling(),
        Ok(None) | Err(NotRun::Lost) => ApiError::internal_failure(),
    };
    protocol.failure(&error, &id)
}

/// The protocol that a request speaks, for errors that come from no door.
#[derive(Clone, Copy)]
enum Protocol {
    Query(Format),
    Json,
}

impl Protocol {
    fn of(received: &Received) -> Self {
        if received.headers.contains_key(administration::TARGET) {
            Self::Json
        } else {
            Self::Query(query::format(received))
        }
    }

    fn failure(self, error: &ApiError, id: &str) -> Reply {
        match self {
            Self::Query(format) => Reply::failure(error, format, id),
            Self::Json => Reply { code: Some(error.code.clone()), ..Reply::of(json_failure(error)) },
        }
    }
}

/// Answers on this thread. A panic costs the request, not the server.
fn here(gate: &Gate, received: &Received, place: Place) -> Option<Reply> {
    let answered = catch_unwind(AssertUnwindSafe(|| door(gate, received, place)));
    answered.unwrap_or_else(|_| {
        tracing::error!(request_id = received.id, "a request panicked");
        Some(Protocol::of(received).failure(&ApiError::internal_failure(), &received.id))
    })
}

fn door(gate: &Gate, received: &Received, place: Place) -> Option<Reply> {
    if !received.headers.contains_key(administration::TARGET) {
        return query::answer(gate, received, place);
    }
    match json::operation(received) {
        Some(shape) => json::answer(gate, received, place, shape),
        None => administration::answer(gate, received, place),
    }
}

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unread {
    TooLarge,
    TooSlow,
    Broken,
}

impl Unread {
    fn error(self) -> ApiError {
        match self {
            Self::TooLarge => ApiError::new(
                &errors::REQUEST_ENTITY_TOO_LARGE,
                format!("The request body must not be longer than {BODY_BYTES_MAX} bytes."),
            ),
            Self::TooSlow => ApiError::new(
                &errors::REQUEST_TIMEOUT,
                format!("The request body did not arrive within {} seconds.", BODY_READ_TIME.as_secs()),
            ),
            Self::Broken => ApiError::malformed_input("the request body did not arrive whole"),
        }
    }
}

async fn read(body: Incoming) -> Result<Bytes, Unread> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    // Told before it is sent: a client that waits for `100 Continue` need not send it.
    let told = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if told > BODY_BYTES_MAX {
        return Err(Unread::TooLarge);
    }
    let mut body = pin!(Limited::new(body, BODY_BYTES_MAX).collect());
    let read = match at_hand(body.as_mut()).await {
        Some(read) => Ok(read),
        None => tokio::time::timeout(BODY_READ_TIME, body).await,
    };
    match read {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Unread::TooLarge),
        Ok(Err(_)) => Err(Unread::Broken),
        Err(_) => Err(Unread::TooSlow),
    }
}

/// What a future comes to without waiting for anybody. Most bodies come with their heads, and are handed over once they
/// have been asked for: to set a timer for each would take longer than to read them.
async fn at_hand<F: Future>(mut future: Pin<&mut F>) -> Option<F::Output> {
    let mut asked = false;
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if asked => Poll::Ready(None),
        Poll::Pending => {
            asked = true;
            context.waker().wake_by_ref();
            Poll::Pending
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Write as _};
    use std::sync::{Arc, Mutex};

    use doorward_directory::bootstrap::{FirstStart, bootstrap};
    use doorward_directory::migration::{Step, migrate};
    use doorward_directory::random::SystemRandom;
    use doorward_directory::seal::{MasterKey, Sealer};
    use doorward_directory::snapshot::Progress;
    use doorward_directory::{Directory, Limits, Opening, STALENESS_MAX};
    use doorward_store::{Key, Memory, Store as _, Transaction, Value, Write};
    use jiff::Timestamp;
    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Metadata, Subscriber};

    use super::*;

    /// Keeps what is logged, a line for each event.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<String>>>);

    struct Line(String);

    impl Visit for Line {
        fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
            write!(self.0, " {field}={value:?}").unwrap();
        }
    }

    impl Subscriber for Log {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn new_span(&self, _: &Attributes<'_>) -> Id {
            Id::from_u64(1)
        }

        fn record(&self, _: &Id, _: &Record<'_>) {}

        fn record_follows_from(&self, _: &Id, _: &Id) {}

        fn event(&self, event: &Event<'_>) {
            let mut line = Line(event.metadata().level().to_string());
            event.record(&mut line);
            self.0.lock().unwrap().push(line.0);
        }

        fn enter(&self, _: &Id) {}

        fn exit(&self, _: &Id) {}
    }

    /// What is logged of a request that is answered with this error.
    fn logged(error: &ApiError) -> Vec<String> {
        let kept = Log::default();
        let peer = Peer::new(IpAddr::from([127, 0, 0, 1]), Transport::Plain);
        tracing::subscriber::with_default(kept.clone(), || {
            log(&failure(error, "id-1"), &peer, "id-1", None, Duration::ZERO)
        });
        kept.0.lock().unwrap().clone()
    }

    #[test]
    fn what_failed_inside_is_logged_with_its_cause() {
        let cause = std::io::Error::other("the disk is full");
        let lines = logged(&ApiError::internal_failure().caused_by(&cause));
        let [error, request] = lines.as_slice() else { panic!("{lines:?}") };
        assert!(
            error.starts_with("ERROR") && error.contains("the disk is full") && error.contains("id-1"),
            "{error}"
        );
        assert!(request.starts_with("INFO") && request.contains("InternalFailure"), "{request}");
        let lines = logged(&ApiError::validation_error("no"));
        assert!(lines.len() == 1 && lines[0].starts_with("INFO"), "{lines:?}");
    }

    fn ready_text(state: &State) -> (u16, String) {
        let reply = ready(state);
        (reply.answer.http_status, reply.answer.body)
    }

    #[test]
    fn it_is_said_how_far_the_store_is_migrated() {
        const TOY: &[Step] =
            &[Step { what: "nothing", rewrite: |key, body| Ok(vec![(key.to_vec(), body.to_vec())]) }];
        let store = Arc::new(Memory::default());
        // Format 1, of version 0, and a record.
        for (key, value) in [("iam/format", &[1, 0x82, 1, 0x61, b'0'][..]), ("iam/alias/x", &[1, 7])] {
            let write = (Key::new(key).unwrap(), Write::Put(Value::new(value).unwrap()));
            store.commit(Transaction::new(vec![], vec![write]).unwrap()).unwrap();
        }
        let state = State::new(store.clone(), Timestamp::now, Arc::new(SystemRandom));
        migrate(&*store, TOY, "1", state.progress()).unwrap();
        let expected = "not ready: migrating to format 2: 2 of about 2 records\n";
        assert_eq!(ready_text(&state), (503, expected.to_owned()));
    }

    #[test]
    fn it_is_said_how_far_the_state_is_loaded() {
        let random = Arc::new(SystemRandom);
        let store = Arc::new(Memory::default());
        let state = State::new(store.clone(), Timestamp::now, random.clone());
        assert_eq!(ready_text(&state), (503, LOADING.to_owned()));
        let open = |progress: &Progress| {
            let sealer = Arc::new(Sealer::new(&MasterKey::from_bytes([7; 32]), random.clone()).unwrap());
            let (store, limits) = (store.clone(), Limits::default());
            let (random, staleness_max) = (random.clone(), STALENESS_MAX);
            let opening = Opening { store, sealer, limits, random, staleness_max };
            Directory::open_watched(opening, progress).unwrap()
        };
        let account = "123456789012".parse().unwrap();
        let first = FirstStart { account, account_name: "a".into(), root_key: None };
        bootstrap(&open(&Progress::default()), &first, Timestamp::now()).unwrap();
        // The format, the installation, its keys, its account and the root user's key; the gate is not open yet.
        open(state.progress());
        let expected = "not ready: loading: 5 of about 5 records\n";
        assert_eq!(ready_text(&state), (503, expected.to_owned()));
        let response = ready(&state).into_response("id");
        assert_eq!(response.headers()["retry-after"], "1");
    }
}
