//! Listening: one thread accepts connections and deals them out to one loop per processor.
//!
//! The loops do not share work, so nothing is handed between processors while a connection lives. Each having a listening
//! socket of its own (`SO_REUSEPORT`) would spare the dealing out, but would also let a second server of the same user
//! share the address without anybody noticing, and take half of the requests to another installation.

use std::io;
use std::iter::Cycle;
use std::net::SocketAddr;
use std::num::NonZero;
use std::slice::Iter;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;

use crate::connection::{Arriving, Visit};
use crate::drain::{Hurry, Phase, reached};
use crate::limits::{ACCEPT_PAUSE, BACKLOG, CONNECTIONS_MAX, PULSE, WRITES_AT_ONCE_MAX};
use crate::metrics::{Board, CountedStore, Tally};
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
    hurry: Hurry,
    begun: Instant,
    tallies: Arc<[Arc<Tally>]>,
    certificate_ends: Option<Timestamp>,
    /// Gives back the runtime whose blocking threads the loops use.
    acceptor: JoinHandle<Runtime>,
    /// Each tells how many connections it had to cut off.
    loops: Vec<JoinHandle<usize>>,
}

/// Whether the loops of a server move. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Pulse {
    begun: Instant,
    tallies: Arc<[Arc<Tally>]>,
}

impl Pulse {
    /// For how long a loop has not moved, if one has not for `limit`. Each moves at least once a second.
    #[must_use]
    pub fn hung_for(&self, limit: Duration) -> Option<Duration> {
        let now = self.begun.elapsed();
        let ages = self.tallies.iter().map(|tally| now.saturating_sub(tally.pulse()));
        ages.max().filter(|age| *age >= limit)
    }
}

/// How a server stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// Every request in flight was answered.
    Cleanly,
    /// Some were not in time, and were cut off.
    CutOff {
        /// The connections that they came by.
        connections: usize,
    },
}

/// Starts to serve.
///
/// # Errors
/// The system refuses a thread.
pub fn start(address: Address, state: Arc<State>, encryption: &Encryption) -> io::Result<Running> {
    let begun = Instant::now();
    let Address { runtime, listener, .. } = address;
    let (phase, stopping) = watch::channel(Phase::Serving);
    let writes = Writes::on(runtime.handle().clone());
    let newest = Newest::start(Arc::clone(&state))?;
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mut loops = Vec::with_capacity(processors);
    let mut dealt = Vec::with_capacity(processors);
    let tallies: Arc<[Arc<Tally>]> = (0..processors).map(|_| Arc::default()).collect();
    for (number, tally) in tallies.iter().enumerate() {
        let (deal, arrivals) = unbounded_channel();
        let visit = Visit {
            state: Arc::clone(&state),
            writes: writes.clone(),
            newest: newest.clone(),
            ids: Arc::default(),
            tally: Arc::clone(tally),
            encryption: encryption.clone(),
            stopping: stopping.clone(),
        };
        let one = Builder::new_current_thread().enable_all().build()?;
        let thread = std::thread::Builder::new().name(format!("door-{number}"));
        loops.push(thread.spawn(move || one.block_on(serve(arrivals, visit, begun)))?);
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
    Ok(Running {
        state,
        hurry: Hurry(Arc::new(phase)),
        begun,
        tallies,
        certificate_ends: encryption.ends(),
        acceptor,
        loops,
    })
}

impl Running {
    /// The way to have it wait for nobody, once it is being stopped.
    #[must_use]
    pub fn hurry(&self) -> Hurry {
        self.hurry.clone()
    }

    /// Where the values of all metrics are found, with those of the store that the state is in.
    #[must_use]
    pub fn board(&self, store: Arc<CountedStore>) -> Board {
        let (state, tallies) = (Arc::clone(&self.state), Arc::clone(&self.tallies));
        Board { state, tallies, store, certificate_ends: self.certificate_ends }
    }

    /// How its loops do.
    #[must_use]
    pub fn pulse(&self) -> Pulse {
        Pulse { begun: self.begun, tallies: Arc::clone(&self.tallies) }
    }

    /// Says on `/readyz` that it is about to stop, and closes connections after their next answers. It goes on to accept
    /// and to answer.
    pub fn leave(&self) {
        self.state.leave();
        self.hurry.advance(Phase::Leaving);
    }

    /// Stops: no further connections, and `time` for the requests in flight.
    pub fn stop(self, time: Duration) -> Stopped {
        let begun = Instant::now();
        self.leave();
        self.hurry.advance(Phase::Closing);
        let hurry = self.hurry.clone();
        let (all_left, left) = channel::<()>();
        let late = move || {
            if left.recv_timeout(time) == Err(RecvTimeoutError::Timeout) {
                hurry.cut_off();
            }
        };
        // A thread that panicked has said so on its way down. The acceptor closes the listening socket; the pool must
        // outlive the loops, which wait for the writes of the requests that they still serve.
        let (pool, connections) = std::thread::scope(|scope| {
            scope.spawn(late);
            let pool = self.acceptor.join();
            let connections = self.loops.into_iter().filter_map(|one| one.join().ok()).sum();
            drop(all_left);
            (pool, connections)
        });
        uses::save(&self.state);
        if let Ok(pool) = pool {
            pool.shutdown_timeout(time.saturating_sub(begun.elapsed()));
        }
        if connections == 0 { Stopped::Cleanly } else { Stopped::CutOff { connections } }
    }
}

/// Accepts until the server is to stop, and at last what has connected until then.
async fn accept(
    listener: TcpListener,
    loops: Vec<UnboundedSender<Arriving>>,
    mut stopping: watch::Receiver<Phase>,
) {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut dealer = Dealer { loops: loops.iter().cycle() };
    loop {
        let arrives = async { (Arc::clone(&places).acquire_owned().await, listener.accept().await) };
        let (place, accepted) = tokio::select! {
            () = reached(Phase::Closing, &mut stopping) => break,
            arrived = arrives => arrived,
        };
        let Ok(place) = place else { return };
        let accepted = accepted.and_then(|(stream, peer)| Ok((stream.into_std()?, peer)));
        if let Err(error) = accepted.and_then(|(stream, peer)| dealer.deal(stream, peer, place)) {
            tracing::warn!(%error, "cannot accept a connection");
            tokio::time::sleep(ACCEPT_PAUSE).await;
        }
    }
    // Closing the socket resets the connections in its queue, whose clients take themselves for connected.
    let Ok(listener) = listener.into_std() else { return };
    while let Ok((stream, peer)) = listener.accept() {
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else { return };
        if let Err(error) = dealer.deal(stream, peer, place) {
            tracing::warn!(%error, "cannot accept a connection");
        }
    }
}

/// Deals connections out to the loops, in turn.
struct Dealer<'l> {
    loops: Cycle<Iter<'l, UnboundedSender<Arriving>>>,
}

impl Dealer<'_> {
    fn deal(
        &mut self,
        stream: std::net::TcpStream,
        peer: SocketAddr,
        place: OwnedSemaphorePermit,
    ) -> io::Result<()> {
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        if let Some(next) = self.loops.next() {
            // A loop that is gone takes its connections with it; the next one is alive.
            let _ = next.send(Arriving { stream, peer, place });
        }
        Ok(())
    }
}

/// One loop: serves the connections dealt to it until no further ones come and all have ended, or are to be cut off; how
/// many those were.
async fn serve(mut arrivals: UnboundedReceiver<Arriving>, visit: Visit, begun: Instant) -> usize {
    let mut visits = JoinSet::new();
    let mut stopping = visit.stopping.clone();
    let mut pulse = tokio::time::interval(PULSE);
    loop {
        tokio::select! {
            _ = pulse.tick() => visit.tally.beat(begun.elapsed()),
            Some(_) = visits.join_next() => {}
            arriving = arrivals.recv() => match arriving {
                Some(arriving) => { visits.spawn(visit.clone().serve(arriving)); }
                None => break,
            },
        }
    }
    loop {
        tokio::select! {
            _ = pulse.tick() => visit.tally.beat(begun.elapsed()),
            ended = visits.join_next() => if ended.is_none() { break },
            () = reached(Phase::CutOff, &mut stopping) => break,
        }
    }
    // From now on nothing more is expected of it.
    visit.tally.beat(Duration::MAX);
    visits.len()
}
