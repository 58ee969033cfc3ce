//! Connections that pass through this program, and what becomes of their bytes there.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use crate::drive::Failure;

/// How many bytes are passed on at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// How often it is looked whether bytes that wait may go on.
const LOOKED_EVERY: Duration = Duration::from_millis(1);

/// Where bytes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To whom the relay is for.
    There,
    /// Back to who has connected.
    Back,
}

/// What becomes of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// They go on.
    Pass,
    /// They go on when they may, as in a network that has been cut and will be mended.
    Wait,
    /// Nobody gets them, and the connection ends.
    Swallow,
    /// Others come instead, and the connection ends.
    Garble,
}

/// Who decides what becomes of bytes.
pub trait Rule: Send + Sync {
    /// Who has connected, by the first that was said.
    fn source(&self, first: &[u8]) -> usize;

    /// What becomes of bytes that have come on a connection of `source`.
    fn judge(&self, source: usize, way: Way) -> Verdict;

    /// Called after bytes were swallowed or garbled.
    fn spoiled(&self);
}

/// A port on this machine from which everything goes to another, if a rule lets it.
pub struct Relay {
    port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    target: u16,
    rule: Arc<dyn Rule>,
    stop: AtomicBool,
    /// Both ends of each connection, as long as bytes go through it.
    open: Mutex<Vec<Weak<TcpStream>>>,
}

impl Relay {
    /// Listens, and connects to `target` for everybody who comes.
    ///
    /// # Errors
    /// There is no port.
    pub fn start(target: u16, rule: Arc<dyn Rule>) -> Result<Self, Failure> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(Failure::of)?;
        let port = listener.local_addr().map_err(Failure::of)?.port();
        let shared = Arc::new(Shared { target, rule, stop: AtomicBool::new(false), open: Mutex::default() });
        let listening = Arc::clone(&shared);
        std::thread::spawn(move || listening.listen(&listener));
        Ok(Self { port, shared })
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Ends all connections.
    pub fn hang_up(&self) {
        for connection in self.shared.open().drain(..).filter_map(|end| end.upgrade()) {
            connection.shutdown(Shutdown::Both).ok();
        }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        self.hang_up();
        // Wakes whoever listens.
        TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).ok();
    }
}

impl Shared {
    fn open(&self) -> std::sync::MutexGuard<'_, Vec<Weak<TcpStream>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn listen(self: &Arc<Self>, listener: &TcpListener) {
        while !self.stop.load(Ordering::SeqCst) {
            let client = match listener.accept() {
                Ok((client, _)) => client,
                Err(error) => {
                    eprintln!("a relay cannot accept a connection: {error}");
                    std::thread::sleep(LOOKED_EVERY);
                    continue;
                }
            };
            let relay = Arc::clone(self);
            // A connection that fails is one that ends.
            std::thread::spawn(move || relay.connect(client).ok());
        }
    }

    fn connect(self: &Arc<Self>, client: TcpStream) -> std::io::Result<()> {
        let server = TcpStream::connect((Ipv4Addr::LOCALHOST, self.target))?;
        let (client, server) = (Arc::new(client), Arc::new(server));
        client.set_nodelay(true)?;
        server.set_nodelay(true)?;
        let mut open = self.open();
        open.retain(|end| end.strong_count() > 0);
        open.extend([&client, &server].map(Arc::downgrade));
        drop(open);
        let mut chunk = vec![0; CHUNK_BYTES];
        let length = (&*client).read(&mut chunk)?;
        chunk.truncate(length);
        let source = self.rule.source(&chunk);
        let (answers, asker, relay) = (Arc::clone(&server), Arc::clone(&client), Arc::clone(self));
        std::thread::spawn(move || relay.pump(source, Way::Back, Vec::new(), &answers, &asker));
        self.pump(source, Way::There, chunk, &client, &server);
        Ok(())
    }

    /// Passes on what is in `chunk`, and then what comes, until either side ends.
    fn pump(&self, source: usize, way: Way, mut chunk: Vec<u8>, mut from: &TcpStream, to: &TcpStream) {
        while self.pass(source, way, &mut chunk, to) {
            chunk.resize(CHUNK_BYTES, 0);
            match from.read(&mut chunk) {
                Ok(1..) if self.stop.load(Ordering::SeqCst) => break,
                Ok(length @ 1..) => chunk.truncate(length),
                Ok(_) | Err(_) => break,
            }
        }
        from.shutdown(Shutdown::Both).ok();
        to.shutdown(Shutdown::Both).ok();
    }

    /// Whether the connection goes on.
    fn pass(&self, source: usize, way: Way, chunk: &mut [u8], mut to: &TcpStream) -> bool {
        loop {
            if chunk.is_empty() {
                return true;
            }
            match self.rule.judge(source, way) {
                Verdict::Pass => return to.write_all(chunk).is_ok(),
                Verdict::Wait if self.stop.load(Ordering::SeqCst) => return false,
                Verdict::Wait => std::thread::sleep(LOOKED_EVERY),
                Verdict::Swallow => {
                    self.rule.spoiled();
                    return false;
                }
                Verdict::Garble => {
                    self.rule.spoiled();
                    garble(chunk);
                    to.write_all(chunk).ok();
                    return false;
                }
            }
        }
    }
}

/// What a proxy says that has nobody to ask.
const PAGE: &[u8] = b"HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\n\r\n<html><h1>502</h1></html>";

/// Makes something else of an answer: a page of HTML as far as it fits, or every bit turned, by the number of its bytes.
fn garble(chunk: &mut [u8]) {
    if chunk.len().is_multiple_of(2) {
        chunk.iter_mut().for_each(|byte| *byte = !*byte);
    } else {
        chunk.iter_mut().zip(PAGE.iter().cycle()).for_each(|(byte, other)| *byte = *other);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    struct Always {
        back: Verdict,
        spoiled: AtomicUsize,
    }

    impl Rule for Always {
        fn source(&self, first: &[u8]) -> usize {
            first.len()
        }

        fn judge(&self, source: usize, way: Way) -> Verdict {
            assert_eq!(source, 4, "`ping`");
            if way == Way::Back { self.back } else { Verdict::Pass }
        }

        fn spoiled(&self) {
            self.spoiled.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// What comes back of `pong` before the connection ends, and how often bytes were spoiled.
    fn check(back: Verdict) -> (Vec<u8>, usize) {
        let server = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let rule = Arc::new(Always { back, spoiled: AtomicUsize::new(0) });
        let relay = Relay::start(server.local_addr().unwrap().port(), Arc::<Always>::clone(&rule)).unwrap();
        let mut client = TcpStream::connect((Ipv4Addr::LOCALHOST, relay.port())).unwrap();
        client.write_all(b"ping").unwrap();
        let (mut there, _) = server.accept().unwrap();
        let mut heard = [0; 4];
        there.read_exact(&mut heard).unwrap();
        assert_eq!(&heard, b"ping");
        there.write_all(b"pong").unwrap();
        drop(there);
        if back == Verdict::Wait {
            relay.hang_up();
        }
        let mut answer = Vec::new();
        client.read_to_end(&mut answer).ok();
        (answer, rule.spoiled.load(Ordering::SeqCst))
    }

    #[test]
    fn bytes_go_on_or_not() {
        for (verdict, answer, spoiled) in [
            (Verdict::Pass, b"pong".to_vec(), 0),
            (Verdict::Wait, Vec::new(), 0),
            (Verdict::Swallow, Vec::new(), 1),
            (Verdict::Garble, b"pong".iter().map(|byte| !byte).collect(), 1),
        ] {
            assert_eq!(check(verdict), (answer, spoiled), "{verdict:?}");
        }
    }
}
