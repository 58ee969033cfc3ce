//! The yardstick: a server of the same make as Doorward's (the same HTTP library, one thread that accepts, one loop per
//! processor) that reads each request and answers with the same body each time.

use std::convert::Infallible;
use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::num::NonZero;
use std::process::Stdio;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::CONTENT_TYPE;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::runtime::Builder;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::BARE;
use crate::process::Process;

/// How long a client may be silent; as Doorward's server has it.
const HEADER_READ_TIME: Duration = Duration::from_secs(60);

/// A bare server in a process of its own, so that its processor time is told apart; it ends with this one.
pub struct Bare {
    process: Process,
    address: SocketAddr,
}

impl Bare {
    /// Starts one that answers with this body.
    ///
    /// # Errors
    /// It cannot be started, or does not say where it listens.
    pub fn start(body: &str) -> Result<Self, Box<dyn Error>> {
        let program = std::env::current_exe()?;
        let length = body.len().to_string();
        let mut process = Process::start(&program, &[BARE, &length], &[], Stdio::piped())?;
        process.tell(body.as_bytes())?;
        let address = process.line()?.trim().parse()?;
        Ok(Self { process, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.process.pid()
    }
}

/// The bare server's own process: takes so many bytes of body from standard input, says where it listens, and serves
/// until standard input is closed.
///
/// # Errors
/// The length is none, the body is shorter, or there is no port.
pub fn serve(length: &str) -> Result<(), Box<dyn Error>> {
    let mut body = vec![0; length.parse()?];
    std::io::stdin().read_exact(&mut body)?;
    let address = listen(body.into())?;
    writeln!(std::io::stdout(), "{address}")?;
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

/// Serves on a port of the loopback address, in threads of its own, to the end of the process.
///
/// # Errors
/// The system refuses a port or a thread.
pub fn listen(body: Bytes) -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    let mut loops = Vec::new();
    for _ in 0..std::thread::available_parallelism().map_or(1, NonZero::get) {
        let (deal, arrivals) = unbounded_channel();
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let body = body.clone();
        std::thread::spawn(move || runtime.block_on(serve_all(arrivals, body)));
        loops.push(deal);
    }
    std::thread::spawn(move || accept(&listener, &loops));
    Ok(address)
}

fn accept(listener: &TcpListener, loops: &[UnboundedSender<std::net::TcpStream>]) {
    for (stream, deal) in listener.incoming().flatten().zip(loops.iter().cycle()) {
        // A loop lives as long as the process.
        let _ = deal.send(stream);
    }
}

async fn serve_all(mut arrivals: UnboundedReceiver<std::net::TcpStream>, body: Bytes) {
    while let Some(stream) = arrivals.recv().await {
        tokio::spawn(serve_one(stream, body.clone()));
    }
}

/// One connection. If it fails, whoever opened it will say so.
async fn serve_one(stream: std::net::TcpStream, body: Bytes) {
    let ready = stream.set_nodelay(true).and_then(|()| stream.set_nonblocking(true));
    let Ok(stream) = ready.and_then(|()| tokio::net::TcpStream::from_std(stream)) else { return };
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_READ_TIME)
        .serve_connection(TokioIo::new(stream), service_fn(|request| answer(request, body.clone())));
    let _ = connection.await;
}

async fn answer(request: Request<Incoming>, body: Bytes) -> Result<Response<Full<Bytes>>, Infallible> {
    // Read to its end, as a server must before it can say anything about it.
    let _ = request.into_body().collect().await;
    let mut response = Response::new(Full::new(body));
    response.headers_mut().insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static("text/xml"));
    Ok(response)
}
