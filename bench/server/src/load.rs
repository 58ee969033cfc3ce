//! The load: many connections, each asking again as soon as it is answered.

use std::net::TcpStream;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::runtime::Builder;
use tokio::task::JoinSet;

use crate::exchange::{Answer, Asked, Failure};

/// How many connections ask at a time.
pub const CONNECTIONS: usize = 64;

/// How many threads drive the connections.
pub const GENERATORS: usize = 2;

/// How many requests are measured in a run.
pub const REQUESTS: usize = 50_000;

/// How many requests are sent before, so that caches, memory and connections are as they will be.
pub const WARM_UP: usize = 5_000;

/// How long the requests of a run may take together.
const RUN_TIME_MAX: Duration = Duration::from_secs(120);

/// Open connections, and what is asked over them.
pub struct Load {
    asked: Arc<[Asked]>,
    streams: Vec<TcpStream>,
}

/// What is left to ask, by number.
struct Left {
    next: AtomicUsize,
    end: usize,
}

impl Left {
    fn take(&self) -> Option<usize> {
        let next = |next| (next < self.end).then_some(next + 1);
        self.next.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next).ok()
    }
}

/// What a run took.
#[derive(Debug)]
pub struct Taken {
    /// From the first request to the last answer.
    pub time: Duration,
    /// How long each answer took, the shortest first.
    pub latencies: Vec<Duration>,
}

impl Taken {
    /// The time within which so many of a hundred answers came, in milliseconds.
    pub fn within_ms(&self, percent: usize) -> f64 {
        let last = (self.latencies.len() * percent).div_ceil(100).saturating_sub(1);
        self.latencies.get(last).copied().unwrap_or_default().as_secs_f64() * 1e3
    }
}

impl Load {
    /// Opens the connections, to ask these over; all go to one server.
    ///
    /// # Errors
    /// The server does not accept them, or nothing is asked.
    pub fn open(asked: Vec<Asked>) -> Result<Self, Failure> {
        let address =
            asked.first().ok_or(std::io::ErrorKind::InvalidInput).map_err(std::io::Error::from)?.address;
        let mut streams = Vec::with_capacity(CONNECTIONS);
        for _ in 0..CONNECTIONS {
            let stream = TcpStream::connect(address)?;
            stream.set_nodelay(true)?;
            stream.set_nonblocking(true)?;
            streams.push(stream);
        }
        Ok(Self { asked: asked.into(), streams })
    }

    /// Asks what has these numbers, over all connections together, and checks every answer. Behind the last of what is
    /// asked comes the first again.
    ///
    /// # Errors
    /// The first failure: of a connection, or an answer other than expected.
    pub fn run(&self, requests: Range<usize>) -> Result<Taken, Failure> {
        let left = Arc::new(Left { next: requests.start.into(), end: requests.end });
        let start = Instant::now();
        let latencies = std::thread::scope(|scope| {
            let shares = self.streams.chunks(CONNECTIONS.div_ceil(GENERATORS));
            let threads: Vec<_> = shares.map(|share| scope.spawn(|| self.drive(share, &left))).collect();
            let ended = threads.into_iter().map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|_| Err(std::io::Error::other("a thread of the load died").into()))
            });
            ended.collect::<Result<Vec<_>, Failure>>()
        })?;
        let time = start.elapsed();
        let mut latencies = latencies.concat();
        latencies.sort_unstable();
        Ok(Taken { time, latencies })
    }

    /// One thread: its share of the connections.
    fn drive(&self, share: &[TcpStream], left: &Arc<Left>) -> Result<Vec<Duration>, Failure> {
        let all = async {
            let mut connections = JoinSet::new();
            for stream in share {
                let stream = tokio::net::TcpStream::from_std(stream.try_clone()?)?;
                connections.spawn(converse(stream, Arc::clone(&self.asked), Arc::clone(left)));
            }
            let mut latencies = Vec::new();
            while let Some(ended) = connections.join_next().await {
                latencies.extend(ended.map_err(std::io::Error::other)??);
            }
            Ok(latencies)
        };
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let timed = async { tokio::time::timeout(RUN_TIME_MAX, all).await };
        runtime.block_on(timed).unwrap_or(Err(Failure::Late(RUN_TIME_MAX)))
    }
}

/// One connection: asks as long as requests are left, and says how long each answer took.
async fn converse(
    mut stream: tokio::net::TcpStream,
    all: Arc<[Asked]>,
    left: Arc<Left>,
) -> Result<Vec<Duration>, Failure> {
    let mut latencies = Vec::new();
    let mut received = Vec::new();
    while let Some(asked) = left.take().and_then(|number| all.get(number % all.len())) {
        received.clear();
        let start = Instant::now();
        stream.write_all(&asked.message).await?;
        let answer = loop {
            if stream.read_buf(&mut received).await? == 0 {
                return Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof).into());
            }
            if let Some(answer) = Answer::read(&received)? {
                break answer;
            }
        };
        latencies.push(start.elapsed());
        answer.holding(&asked.expected)?;
    }
    Ok(latencies)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bare;

    const REQUEST: &[u8] = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\n\r\n.";

    const OTHER: &[u8] = b"POST /other HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n";

    /// What becomes of 1,000 requests to a bare server that answers `arn:x`.
    fn check(expected: &str) -> Result<usize, String> {
        let address = bare::listen("arn:x".into()).unwrap();
        let asked = Asked { address, message: REQUEST.to_vec(), expected: expected.to_owned() };
        let other = Asked { message: OTHER.to_vec(), ..asked.clone() };
        let load = Load::open(vec![asked, other]).unwrap();
        let taken = load.run(500..1_500).map_err(|failure| failure.to_string())?;
        assert!(taken.latencies.is_sorted());
        assert!(taken.latencies.iter().all(|latency| *latency <= taken.time));
        Ok(taken.latencies.len())
    }

    #[test]
    fn every_answer_counts_and_is_checked() {
        assert_eq!(check("arn:x"), Ok(1_000));
        assert_eq!(check("arn:y"), Err("answered 200 without `arn:y`: `arn:x`".to_owned()));
    }
}
