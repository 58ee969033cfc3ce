//! One connection: TLS if asked for, then HTTP/1.1 until either side has enough.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;

use doorward_gate::Transport;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, watch};

use crate::drain::{Phase, reached};
use crate::limits::{HANDSHAKE_TIME, HEADER_BYTES_MAX, HEADER_READ_TIME, LAST_REQUEST_TIME};
use crate::metrics::Tally;
use crate::newest::Newest;
use crate::received::RequestIds;
use crate::route::{self, Hall, Peer};
use crate::state::State;
use crate::tls::Encryption;
use crate::writes::Writes;

/// A connection just accepted.
pub(crate) struct Arriving {
    pub(crate) stream: std::net::TcpStream,
    pub(crate) peer: SocketAddr,
    /// Counts it among the connections as long as it lives.
    pub(crate) place: OwnedSemaphorePermit,
}

/// What every connection of a loop needs.
#[derive(Clone)]
pub(crate) struct Visit {
    pub(crate) state: Arc<State>,
    pub(crate) writes: Writes,
    pub(crate) newest: Newest,
    pub(crate) ids: Arc<RequestIds>,
    pub(crate) tally: Arc<Tally>,
    pub(crate) encryption: Encryption,
    pub(crate) stopping: watch::Receiver<Phase>,
}

impl Visit {
    /// Serves a connection to its end.
    pub(crate) async fn serve(self, arriving: Arriving) {
        let Arriving { stream, peer, place } = arriving;
        let _place = place;
        let tally = Arc::clone(&self.tally);
        let _open = tally.connection();
        let stream = match TcpStream::from_std(stream) {
            Ok(stream) => stream,
            Err(error) => return tracing::warn!(%error, "cannot take up a connection"),
        };
        let source_ip = peer.ip();
        match self.encryption.clone() {
            Encryption::Plain => self.http(stream, Peer::new(source_ip, Transport::Plain)).await,
            Encryption::Tls(certificate) => {
                match tokio::time::timeout(HANDSHAKE_TIME, certificate.acceptor.accept(stream)).await {
                    Ok(Ok(stream)) => self.http(stream, Peer::new(source_ip, Transport::Tls)).await,
                    Ok(Err(error)) => {
                        tally.no_tls();
                        tracing::debug!(%error, %source_ip, "no TLS with a client");
                    }
                    Err(_) => {
                        tally.no_tls();
                        tracing::debug!(%source_ip, "a client was too slow to agree on TLS");
                    }
                }
            }
        }
    }

    async fn http(self, stream: impl AsyncRead + AsyncWrite + Unpin, peer: Peer) {
        let Self { state, writes, newest, ids, tally, mut stopping, .. } = self;
        // One count for all that a request needs, and one that other connections do not touch.
        let hall = Arc::new(Hall { state, writes, newest, ids, tally, peer });
        let source_ip = hall.peer.source_ip;
        let answer = service_fn(move |request| {
            let hall = Arc::clone(&hall);
            async move { Ok::<_, Infallible>(route::answer(&hall, request).await) }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_READ_TIME)
            .max_header_size(HEADER_BYTES_MAX)
            .serve_connection(TokioIo::new(stream), answer);
        let mut connection = pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = reached(Phase::Closing, &mut stopping) => {
                // Its next answer closes it, since the state is being left.
                match tokio::time::timeout(LAST_REQUEST_TIME, connection.as_mut()).await {
                    Ok(ended) => ended,
                    Err(_) => {
                        connection.as_mut().graceful_shutdown();
                        connection.await
                    }
                }
            }
        };
        if let Err(error) = ended {
            tracing::debug!(%error, %source_ip, "a connection ended early");
        }
    }
}
