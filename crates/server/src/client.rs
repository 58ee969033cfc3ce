//! Asking a server over HTTP: one request, one answer, on a connection of their own, for callers that wait.

use std::io::{self, Read};
use std::net::SocketAddr;
use std::time::Duration;

use bytes::{Buf as _, Bytes};
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio_rustls::TlsConnector;

use crate::tls::Trust;

/// Sends one request to the first of `addresses` that can be reached, and answers with the head of what comes back; its
/// body is read while it comes. `patience` is how long may pass until there is a connection, then until there is an
/// answer, and then until each further part of it. The request must bring its `host`.
///
/// # Errors
/// Nobody can be reached, the server is not trusted, does not answer in HTTP, or is too slow.
pub fn ask(
    addresses: &[SocketAddr],
    trust: Option<&Trust>,
    request: Request<Bytes>,
    patience: Duration,
) -> io::Result<Response<Answer>> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let answer = runtime.block_on(async {
        let stream = within(patience, "no connection", connect(addresses, trust)).await?;
        within(patience, "no answer", exchange(stream, request)).await
    })?;
    Ok(answer.map(|body| Answer { runtime, body, part: Bytes::new(), patience }))
}

/// Waits for an outcome, but not for long.
async fn within<T>(
    patience: Duration,
    missing: &str,
    outcome: impl Future<Output = io::Result<T>>,
) -> io::Result<T> {
    let late = || io::Error::new(io::ErrorKind::TimedOut, format!("{missing} within {patience:?}"));
    tokio::time::timeout(patience, outcome).await.map_err(|_| late())?
}

async fn connect(addresses: &[SocketAddr], trust: Option<&Trust>) -> io::Result<Box<dyn Stream>> {
    let stream = TcpStream::connect(addresses).await?;
    stream.set_nodelay(true)?;
    Ok(match trust {
        None => Box::new(stream),
        Some(trust) => Box::new(TlsConnector::from(trust.config()).connect(trust.server(), stream).await?),
    })
}

/// Something to read from and to write to.
trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

async fn exchange(stream: Box<dyn Stream>, request: Request<Bytes>) -> io::Result<Response<Incoming>> {
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    // What ends the connection early is told to whoever waits for the answer or reads it.
    tokio::spawn(connection);
    sender.send_request(request.map(Full::new)).await.map_err(io::Error::other)
}

/// The body of an answer, while it comes. One that is cut off is an error.
pub struct Answer {
    runtime: Runtime,
    body: Incoming,
    part: Bytes,
    patience: Duration,
}

impl Read for Answer {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.part.is_empty() {
            let next = async { self.body.frame().await.transpose().map_err(io::Error::other) };
            match self.runtime.block_on(within(self.patience, "no further part of the answer", next))? {
                None => return Ok(0),
                // Trailers say nothing that is wanted.
                Some(frame) => self.part = frame.into_data().unwrap_or_default(),
            }
        }
        let length = into.len().min(self.part.len());
        let (taken, _) = into.split_at_mut(length);
        self.part.copy_to_slice(taken);
        Ok(length)
    }
}
