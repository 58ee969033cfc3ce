//! Calls to the members of a cluster: one at a time, the next when it fails.

use std::future::Future;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use http::uri::PathAndQuery;
use tokio::time::{Instant, timeout, timeout_at};
use tonic::client::Grpc;
use tonic::metadata::{Ascii, MetadataValue};
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};
use tonic::{Code, Request, Status, Streaming};
use tonic_prost::ProstCodec;

use super::failure::{CallError, Failure};
use super::group::Line;
use super::layout::Layout;
use super::proto::{
    AuthenticateRequest, AuthenticateResponse, RangeRequest, RangeResponse, TxnRequest, TxnResponse,
    WatchCreateRequest, WatchRequest, WatchResponse, revision_of,
};
use super::{Login, OpenError, Options, Tls};
use crate::Health;

/// The largest message taken from a member: a page of a range, or a part of a watch's events.
const ANSWER_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Between two rounds of the members.
const PAUSE: Duration = Duration::from_millis(50);

/// How long making a connection may take.
const CONNECT: Duration = Duration::from_millis(1500);

/// How often a connection in use is asked whether it lives. Members refuse to be asked more than every 5 s.
///
/// Source: <https://etcd.io/docs/v3.6/op-guide/configuration/> (`--grpc-keepalive-min-time`)
const ALIVE_INTERVAL: Duration = Duration::from_secs(6);

/// How long it has to answer that.
const ALIVE_TIMEOUT: Duration = Duration::from_secs(2);

/// Bytes of one stream, and of all of one connection, that may be on the way.
const WINDOW_BYTES: u32 = 8 * 1024 * 1024;

const AUTHENTICATE: &str = "/etcdserverpb.Auth/Authenticate";

type AuthToken = MetadataValue<Ascii>;

struct Member {
    endpoint: String,
    channel: Channel,
}

/// The cluster, as one store uses it.
pub struct Link {
    pub layout: Layout,
    /// How long a call has in all, with all its attempts.
    pub patience: Duration,
    /// The revision of the fence: what commits expect of it.
    pub fence: AtomicI64,
    /// The commits that wait.
    pub line: Line,
    /// A revision of the whole cluster that has been.
    seen: AtomicI64,
    attempt: Duration,
    members: Vec<Member>,
    current: AtomicUsize,
    login: Option<Login>,
    token: RwLock<Option<AuthToken>>,
    outcomes: Mutex<Outcomes>,
}

/// The last failures, if nothing has succeeded since.
#[derive(Default)]
struct Outcomes {
    read: Option<Arc<Failure>>,
    write: Option<Arc<Failure>>,
}

impl Link {
    /// Prepares the connections of the store with this name; makes none yet. Within a runtime.
    pub fn new(options: Options, name: [u8; 8]) -> Result<Self, OpenError> {
        let layout = Layout::new(&options.prefix)?;
        if options.endpoints.is_empty() {
            return Err(OpenError::NoEndpoint);
        }
        let member = |endpoint: &String| {
            Ok(Member { endpoint: endpoint.clone(), channel: channel(endpoint, options.tls.as_ref())? })
        };
        let members = options.endpoints.iter().map(member).collect::<Result<Vec<_>, OpenError>>()?;
        Ok(Self {
            layout,
            patience: options.patience,
            fence: AtomicI64::new(0),
            line: Line::new(name),
            seen: AtomicI64::new(0),
            attempt: options.attempt,
            members,
            current: AtomicUsize::new(0),
            login: options.login,
            token: RwLock::new(None),
            outcomes: Mutex::default(),
        })
    }

    /// A revision that the cluster has been at.
    pub fn seen(&self) -> i64 {
        self.seen.load(Ordering::SeqCst)
    }

    fn see(&self, revision: i64) {
        self.seen.fetch_max(revision, Ordering::SeqCst);
    }

    /// Reads a range, linearizably unless it names a revision, from whichever member answers.
    pub async fn range(&self, request: RangeRequest) -> Result<RangeResponse, CallError> {
        let answer: RangeResponse = self.insist("/etcdserverpb.KV/Range", request).await?;
        self.see(revision_of(answer.header.as_ref()));
        Ok(answer)
    }

    /// Does a transaction that may be done any number of times.
    pub async fn repeat(&self, request: TxnRequest) -> Result<TxnResponse, CallError> {
        let answer: TxnResponse = self.insist("/etcdserverpb.KV/Txn", request).await?;
        self.see(revision_of(answer.header.as_ref()));
        Ok(answer)
    }

    /// Does a transaction, asking one member once.
    pub async fn once(&self, request: TxnRequest) -> Result<TxnResponse, CallError> {
        let answer: TxnResponse = self.call("/etcdserverpb.KV/Txn", request).await?;
        self.see(revision_of(answer.header.as_ref()));
        Ok(answer)
    }

    /// Asks until a member answers, as long as patience lasts.
    async fn insist<M, R>(&self, path: &'static str, message: M) -> Result<R, CallError>
    where
        M: prost::Message + Clone + 'static,
        R: prost::Message + Default + 'static,
    {
        let deadline = Instant::now() + self.patience;
        let outcome = loop {
            match self.call(path, message.clone()).await {
                Err(error @ (CallError::NotDone(_) | CallError::Unknown(_))) => {
                    if !self.pause(deadline).await {
                        break Err(error);
                    }
                }
                Err(CallError::Stranger(failure)) => {
                    if let Err(error) = self.enter(failure, deadline).await {
                        break Err(error);
                    }
                }
                outcome => break outcome,
            }
        };
        self.note_read(outcome)
    }

    fn note_read<R>(&self, outcome: Result<R, CallError>) -> Result<R, CallError> {
        let failed = match &outcome {
            Ok(_) | Err(CallError::Compacted | CallError::TooLarge) => None,
            Err(
                CallError::NotDone(failure)
                | CallError::Stranger(failure)
                | CallError::Refused(failure)
                | CallError::Unknown(failure),
            ) => Some(Arc::clone(failure)),
        };
        self.lock().read = failed;
        outcome
    }

    /// Notes how the last write ended.
    pub fn note_write(&self, failed: Option<Arc<Failure>>) {
        self.lock().write = failed;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Outcomes> {
        self.outcomes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the last calls say, without asking again.
    pub fn health(&self) -> Health {
        let outcomes = self.lock();
        match (&outcomes.read, &outcomes.write) {
            (Some(cause), _) => Health::Unavailable { cause: cause.clone() },
            (None, Some(cause)) => Health::Degraded { cause: cause.clone() },
            (None, None) => Health::Ready,
        }
    }

    /// Waits a little before the next attempt; `false` if there is no time for one.
    pub async fn pause(&self, deadline: Instant) -> bool {
        // One failed member is no reason to wait; a round of them is.
        let round = self.current.load(Ordering::Relaxed).is_multiple_of(self.members.len());
        if round || self.members.len() == 1 {
            tokio::time::sleep(PAUSE).await;
        }
        Instant::now() < deadline
    }

    /// Gets a new token.
    pub async fn enter(&self, refused: Arc<Failure>, deadline: Instant) -> Result<(), CallError> {
        let Some(login) = &self.login else { return Err(CallError::Refused(refused)) };
        let request =
            || AuthenticateRequest { name: login.user.clone(), password: login.password.expose().to_owned() };
        loop {
            match self.call(AUTHENTICATE, request()).await {
                Ok(AuthenticateResponse { token }) => {
                    let token = AuthToken::try_from(token).map_err(|_| {
                        CallError::refused(Failure::Garbage { what: "the token is not text" })
                    })?;
                    *self.token.write().unwrap_or_else(PoisonError::into_inner) = Some(token);
                    return Ok(());
                }
                Err(CallError::NotDone(_) | CallError::Unknown(_)) if self.pause(deadline).await => {}
                Err(error) => return Err(CallError::Refused(error.failure())),
            }
        }
    }

    /// Whether there is a token, where one is needed. Without one a member might take the name in one's certificate for
    /// the user.
    fn is_known(&self) -> Result<(), CallError> {
        let token = self.token.read().unwrap_or_else(PoisonError::into_inner);
        if self.login.is_none() || token.is_some() {
            return Ok(());
        }
        Err(CallError::Stranger(Arc::new(Failure::Login { message: "there is no token yet".to_owned() })))
    }

    fn member(&self, turn: usize) -> Option<&Member> {
        self.members.get(turn % self.members.len())
    }

    fn request<M>(&self, message: M) -> Request<M> {
        let mut request = Request::new(message);
        // A member that has lost its leader says so, instead of keeping the caller waiting.
        request.metadata_mut().insert("hasleader", AuthToken::from_static("true"));
        if let Some(token) = self.token.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
            request.metadata_mut().insert("token", token.clone());
        }
        request
    }

    /// Asks one member once, and lets the next have its turn if that fails.
    pub async fn call<M, R>(&self, path: &'static str, message: M) -> Result<R, CallError>
    where
        M: prost::Message + 'static,
        R: prost::Message + Default + 'static,
    {
        if path != AUTHENTICATE {
            self.is_known()?;
        }
        let ask = |channel| async move {
            let (mut grpc, request) = (client(channel), self.request(message));
            grpc.ready().await.map_err(|error| Status::from_error(Box::new(error)))?;
            let codec = ProstCodec::<M, R>::default();
            grpc.unary(request, PathAndQuery::from_static(path), codec).await.map(tonic::Response::into_inner)
        };
        self.attempt(ask).await
    }

    /// Opens a stream of changes.
    pub async fn watch(&self, request: WatchCreateRequest) -> Result<Streaming<WatchResponse>, CallError> {
        use tokio_stream::StreamExt as _;
        self.is_known()?;
        let request = WatchRequest { create: Some(request) };
        // The stream of requests stays open: its end would be the end of the watch.
        let requests = tokio_stream::once(request).chain(tokio_stream::pending());
        let ask = |channel| async move {
            let (mut grpc, request) = (client(channel), self.request(requests));
            grpc.ready().await.map_err(|error| Status::from_error(Box::new(error)))?;
            let codec = ProstCodec::<WatchRequest, WatchResponse>::default();
            let path = PathAndQuery::from_static("/etcdserverpb.Watch/Watch");
            grpc.streaming(request, path, codec).await.map(tonic::Response::into_inner)
        };
        self.attempt(ask).await
    }

    async fn attempt<R, F>(&self, ask: impl FnOnce(Channel) -> F) -> Result<R, CallError>
    where
        F: Future<Output = Result<R, Status>>,
    {
        let turn = self.current.load(Ordering::Relaxed);
        let Some(member) = self.member(turn) else {
            return Err(CallError::refused(Failure::Ended));
        };
        let outcome = match timeout(self.attempt, ask(member.channel.clone())).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(status)) => self.classify(&member.endpoint, &status),
            Err(_) => CallError::unknown(Failure::Slow {
                endpoint: member.endpoint.clone(),
                attempt_ms: self.attempt.as_millis(),
            }),
        };
        if matches!(outcome, CallError::NotDone(_) | CallError::Unknown(_)) {
            self.turn_from(turn);
        }
        Err(outcome)
    }

    /// Leaves the member that had this turn, unless others have already.
    fn turn_from(&self, turn: usize) {
        let _ =
            self.current.compare_exchange(turn, turn.wrapping_add(1), Ordering::Relaxed, Ordering::Relaxed);
    }

    /// Leaves the present member: what it says cannot be relied on at the moment.
    pub fn turn(&self) {
        self.turn_from(self.current.load(Ordering::Relaxed));
    }

    /// The next message of a stream within an attempt's time, or by `deadline` if that is later.
    pub async fn next(
        &self,
        stream: &mut Streaming<WatchResponse>,
        deadline: Instant,
    ) -> Result<WatchResponse, CallError> {
        let endpoint = || "watch".to_owned();
        match timeout_at(deadline, stream.message()).await {
            Ok(Ok(Some(response))) => Ok(response),
            Ok(Ok(None)) => {
                let reason = "the stream of changes ended".to_owned();
                Err(CallError::unknown(Failure::Unreachable { endpoint: endpoint(), reason }))
            }
            Ok(Err(status)) => Err(self.classify("watch", &status)),
            Err(_) => {
                let attempt_ms = self.attempt.as_millis();
                Err(CallError::unknown(Failure::Slow { endpoint: endpoint(), attempt_ms }))
            }
        }
    }

    /// What a status says about whether the call was done, and whether to try again.
    ///
    /// Source: <https://pkg.go.dev/go.etcd.io/etcd/api/v3/v3rpc/rpctypes> for the texts.
    pub fn classify(&self, endpoint: &str, status: &Status) -> CallError {
        let said = status.message();
        let (endpoint, message) = (endpoint.to_owned(), said.to_owned());
        if never_connected(status) {
            return CallError::NotDone(Arc::new(Failure::Unreachable { endpoint, reason: reason(status) }));
        }
        let answer = Failure::Answer { endpoint: endpoint.clone(), message: message.clone() };
        let has = |text: &str| said.contains(text);
        if has("required revision has been compacted") {
            return CallError::Compacted;
        }
        if has("database space exceeded") {
            return CallError::refused(Failure::NoSpace);
        }
        if has("etcdserver: no leader") || has("too many requests") {
            return CallError::NotDone(Arc::new(answer));
        }
        if has("authentication failed") {
            return CallError::refused(Failure::Login { message });
        }
        if has("invalid auth token") || has("auth store is old") || has("user name is empty") {
            return CallError::Stranger(Arc::new(Failure::Login { message }));
        }
        match status.code() {
            Code::PermissionDenied => {
                CallError::refused(Failure::Permission { prefix: self.layout.prefix().to_owned() })
            }
            Code::Unauthenticated => CallError::Stranger(Arc::new(Failure::Login { message })),
            Code::OutOfRange if has("decoded message length too large") => CallError::TooLarge,
            Code::InvalidArgument | Code::DataLoss | Code::Unimplemented => CallError::refused(answer),
            Code::Ok
            | Code::Cancelled
            | Code::Unknown
            | Code::DeadlineExceeded
            | Code::NotFound
            | Code::AlreadyExists
            | Code::ResourceExhausted
            | Code::FailedPrecondition
            | Code::Aborted
            | Code::OutOfRange
            | Code::Internal
            | Code::Unavailable => {
                let reason = reason(status);
                CallError::unknown(Failure::Unreachable { endpoint, reason })
            }
        }
    }
}

/// Whether the failure was in making a connection, so that nothing was sent.
fn never_connected(status: &Status) -> bool {
    chain(status).any(|error| error.is::<tonic::ConnectError>())
}

fn chain(status: &Status) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(std::error::Error::source(status), |error| error.source())
}

/// The innermost of what went wrong, in one line.
fn reason(status: &Status) -> String {
    chain(status).last().map_or_else(|| status.message().to_owned(), ToString::to_string).replace('\n', " ")
}

fn client(channel: Channel) -> Grpc<Channel> {
    Grpc::new(channel).max_decoding_message_size(ANSWER_BYTES_MAX)
}

/// A connection to come.
fn channel(endpoint: &str, tls: Option<&Tls>) -> Result<Channel, OpenError> {
    let refused = |reason: String| OpenError::Endpoint { endpoint: endpoint.to_owned(), reason };
    let encrypted = match endpoint.split_once("://") {
        Some(("https", _)) => true,
        Some(("http", _)) => false,
        Some(_) | None => return Err(refused("it has to begin with `http://` or `https://`".to_owned())),
    };
    let mut made = Endpoint::from_shared(endpoint.to_owned()).map_err(|error| refused(error.to_string()))?;
    match (encrypted, tls) {
        (true, Some(tls)) => {
            made = made.tls_config(tls_config(tls)).map_err(|error| refused(error.to_string()))?;
        }
        (false, None) => {}
        (true, None) => return Err(refused("`https://` needs the certificate of a CA".to_owned())),
        (false, Some(_)) => return Err(refused("certificates need `https://`".to_owned())),
    }
    let made = made
        .connect_timeout(CONNECT)
        .http2_keep_alive_interval(ALIVE_INTERVAL)
        .keep_alive_timeout(ALIVE_TIMEOUT)
        .initial_stream_window_size(WINDOW_BYTES)
        .initial_connection_window_size(WINDOW_BYTES * 2)
        .tcp_nodelay(true);
    Ok(made.connect_lazy())
}

fn tls_config(tls: &Tls) -> ClientTlsConfig {
    let config = ClientTlsConfig::new().ca_certificate(Certificate::from_pem(&tls.ca));
    match &tls.identity {
        Some((certificate, key)) => config.identity(Identity::from_pem(certificate, key.expose())),
        None => config,
    }
}
