//! Listening: one thread accepts connections and deals them out to one loop per processor.
//!
//! The loops do not share work, so nothing is handed between processors while a connection lives. Each having a listening
//! socket of its own (`SO_REUSEPORT`) would spare the dealing out, but would also let a second server of the same user
//! share the address without anybody noticing, and take half of the requests to another installation.

use std::io;
use std::net::SocketAddr;
use std::num::NonZero;
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use crate::connection::{Arriving, Visit};
use crate::limits::{ACCEPT_PAUSE, BACKLOG, CONNECTIONS_MAX, STOP_TIME, WRITES_AT_ONCE_MAX};
use crate::newest::Newest;
use crate::state::State;
use crate::tls::Encryption;
use crate::writes::Writes;
use crate::{notices, rotation, uses};

/// An address taken, on which nothing is answered yet.
pub struct Address {
    runtime: Runtime,
    listener: TcpListener,
    address: SocketAddr,
}

impl Address {
    /// Takes an address. With port 0 the system chooses one.
    ///
    /// # Errors
    /// Whatever the system says: the address is taken, or is not this machine's.
    pub fn take(address: SocketAddr) -> io::Result<Self> {
        let runtime =
            Builder::new_current_thread().enable_all().max_blocking_threads(WRITES_AT_ONCE_MAX).build()?;
        let guard = runtime.enter();
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // So that a restart does not have to wait for connections of the server before to be forgotten.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        let listener = socket.listen(BACKLOG)?;
        let address = listener.local_addr()?;
        drop(guard);
        Ok(Self { runtime, listener, address })
    }

    /// The address, with the port that was chosen.
    #[must_use]
    pub fn socket(&self) -> SocketAddr {
        self.address
    }
}

/// A running server. Dropping it without [`stop`](Self::stop) leaves its threads to the end of the process.
pub struct Running {
    state: Arc<State>,
    stop: watch::Sender<()>,
    /// Gives back the runtime whose blocking threads the loops use.
    acceptor: JoinHandle<Runtime>,
    loops: Vec<JoinHandle<()>>,
}

/// How a server stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// Every request in flight was answered.
    Cleanly,
    /// Some were not within [`STOP_TIME`], and were cut off.
    CutOff,
}

/// Starts to serve.
///
/// # Errors
/// The system refuses a thread.
pub fn start(address: Address, state: Arc<State>, encryption: &Encryption) -> io::Result<Running> {
    let Address { runtime, listener, .. } = address;
    let (stop, stopping) = watch::channel(());
    let writes = Writes::on(runtime.handle().clone());
    let newest = Newest::start(Arc::clone(&state))?;
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mut loops = Vec::with_capacity(processors);
    let mut dealt = Vec::with_capacity(processors);
    for number in 0..processors {
        let (deal, arrivals) = unbounded_channel();
        let visit = Visit {
            state: Arc::clone(&state),
            writes: writes.clone(),
            newest: newest.clone(),
            ids: Arc::default(),
            encryption: encryption.clone(),
            stopping: stopping.clone(),
        };
        let one = Builder::new_current_thread().enable_all().build()?;
        let thread = std::thread::Builder::new().name(format!("door-{number}"));
        loops.push(thread.spawn(move || one.block_on(serve(arrivals, visit)))?);
        dealt.push(deal);
    }
    let thread = std::thread::Builder::new().name("acceptor".to_owned());
    let saving = uses::keep_saving(Arc::clone(&state), writes.clone(), stopping.clone());
    let delivering = notices::keep_delivering(Arc::clone(&state), writes.clone(), stopping.clone());
    let rotating = rotation::keep_rotating(Arc::clone(&state), writes, stopping.clone());
    let acceptor = thread.spawn(move || {
        runtime.spawn(saving);
        runtime.spawn(delivering);
        runtime.spawn(rotating);
        runtime.block_on(accept(listener, dealt, stopping));
        runtime
    })?;
    Ok(Running { state, stop, acceptor, loops })
}

impl Running {
    /// Stops: no further connections or requests, and [`STOP_TIME`] for those in flight.
    pub fn stop(self) -> Stopped {
        let asked = std::time::Instant::now();
        // Fails only if every loop is gone already.
        let _ = self.stop.send(());
        // A thread that panicked has said so on its way down. The acceptor closes the listening socket; the pool must
        // outlive the loops, which wait for the writes of the requests that they still serve.
        let pool = self.acceptor.join();
        for thread in self.loops {
            let _ = thread.join();
        }
        uses::save(&self.state);
        if let Ok(pool) = pool {
            pool.shutdown_timeout(STOP_TIME.saturating_sub(asked.elapsed()));
        }
        if asked.elapsed() < STOP_TIME { Stopped::Cleanly } else { Stopped::CutOff }
    }
}

/// Accepts until the server is to stop.
async fn accept(
    listener: TcpListener,
    loops: Vec<UnboundedSender<Arriving>>,
    mut stopping: watch::Receiver<()>,
) {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut next = loops.iter().cycle();
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let accepted = tokio::select! {
            _ = stopping.changed() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted.and_then(|(stream, peer)| Ok((detached(stream)?, peer))) {
            Ok((stream, peer)) => {
                if let Some(deal) = next.next() {
                    // A loop that is gone takes its connections with it; the next one is alive.
                    let _ = deal.send(Arriving { stream, peer, place });
                }
            }
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// A connection out of the acceptor's loop, to be taken up by another.
fn detached(stream: TcpStream) -> io::Result<std::net::TcpStream> {
    stream.set_nodelay(true)?;
    stream.into_std()
}

/// One loop: serves the connections dealt to it until the server is to stop.
async fn serve(mut arrivals: UnboundedReceiver<Arriving>, visit: Visit) {
    let mut visits = JoinSet::new();
    let mut stopping = visit.stopping.clone();
    loop {
        tokio::select! {
            _ = stopping.changed() => break,
            Some(_) = visits.join_next() => {}
            arriving = arrivals.recv() => match arriving {
                Some(arriving) => { visits.spawn(visit.clone().serve(arriving)); }
                None => break,
            },
        }
    }
    let all_left = async { while visits.join_next().await.is_some() {} };
    if tokio::time::timeout(STOP_TIME, all_left).await.is_err() {
        tracing::warn!("requests in flight were cut off");
    }
}
