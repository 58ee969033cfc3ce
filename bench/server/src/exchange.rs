//! One request, and its answer.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long a server may take to answer a request.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(10);

/// A request, and what its answer must hold.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Whom to ask.
    pub address: SocketAddr,
    /// The request: its head, signed, and its body.
    pub message: Vec<u8>,
    /// What the body of the answer must hold.
    pub expected: String,
}

/// An answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// The body.
    pub body: String,
}

/// Why an exchange failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The connection failed, or was closed in the middle of an answer.
    #[error("a connection failed: {0}")]
    Connection(#[from] std::io::Error),
    /// The answer is not HTTP as these servers speak it.
    #[error("an answer is not understood: `{0}`")]
    Unreadable(String),
    /// The answer is not what was to be expected.
    #[error("answered {status} without `{expected}`: `{body}`")]
    Unexpected {
        /// The status of HTTP.
        status: u16,
        /// What the body should hold.
        expected: String,
        /// The body.
        body: String,
    },
    /// The requests of a run took too long together.
    #[error("a run took longer than {} s", .0.as_secs())]
    Late(Duration),
}

impl Answer {
    /// The answer at the beginning of what was received; `None` while it is not all there.
    ///
    /// # Errors
    /// It has no status or no length.
    pub fn read(received: &[u8]) -> Result<Option<Self>, Failure> {
        let Some(head_length) = received.windows(4).position(|four| four == b"\r\n\r\n") else {
            return Ok(None);
        };
        let (head, rest) = received.split_at(head_length);
        let head = String::from_utf8_lossy(head);
        let unreadable = || Failure::Unreadable(head.clone().into_owned());
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(unreadable)?;
        let length = head.lines().filter_map(|line| line.split_once(':')).find_map(|(name, value)| {
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok()).flatten()
        });
        let body = rest.get(4..).and_then(|rest| rest.get(..length?));
        match (length, body) {
            (None, _) => Err(unreadable()),
            (Some(_), None) => Ok(None),
            (Some(_), Some(body)) => {
                Ok(Some(Self { status, body: String::from_utf8_lossy(body).into_owned() }))
            }
        }
    }

    /// The same answer, if it is 200 and holds what it should.
    ///
    /// # Errors
    /// It is or does not.
    pub fn holding(self, expected: &str) -> Result<Self, Failure> {
        if self.status == 200 && self.body.contains(expected) {
            return Ok(self);
        }
        Err(Failure::Unexpected { status: self.status, expected: expected.to_owned(), body: self.body })
    }
}

/// A connection, over which one request after the other is asked.
pub struct Conversation {
    stream: TcpStream,
}

impl Conversation {
    /// Opens one.
    ///
    /// # Errors
    /// The server does not accept it.
    pub fn open(address: SocketAddr) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(ANSWER_TIME_MAX))?;
        Ok(Self { stream })
    }

    /// Asks once.
    ///
    /// # Errors
    /// There is no answer, or it is not what was expected.
    pub fn ask(&mut self, asked: &Asked) -> Result<Answer, Failure> {
        self.stream.write_all(&asked.message)?;
        let (mut received, mut piece) = (Vec::new(), vec![0; PIECE_BYTES]);
        loop {
            let length = self.stream.read(&mut piece)?;
            received.extend(piece.iter().take(length));
            match Answer::read(&received)? {
                Some(answer) => return answer.holding(&asked.expected),
                None if length == 0 => {
                    return Err(std::io::Error::from(std::io::ErrorKind::UnexpectedEof).into());
                }
                None => {}
            }
        }
    }
}

/// How much is read at a time.
const PIECE_BYTES: usize = 1 << 16;

/// Asks once, over a connection of its own.
///
/// # Errors
/// As for [`Conversation`].
pub fn ask(asked: &Asked) -> Result<Answer, Failure> {
    Conversation::open(asked.address)?.ask(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The answer in what was received, as text.
    fn check(received: &str, expected: &str) {
        let found = match Answer::read(received.as_bytes()) {
            Ok(None) => "more to come".to_owned(),
            Ok(Some(answer)) => match answer.holding("arn:x") {
                Ok(answer) => answer.body,
                Err(failure) => failure.to_string(),
            },
            Err(failure) => failure.to_string(),
        };
        assert_eq!(found, expected, "{received:?}");
    }

    #[test]
    fn answers() {
        let whole = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nx: y\r\n\r\n<arn:x>";
        check(whole, "<arn:x>");
        check(&format!("{whole}HTTP/1.1 500"), "<arn:x>");
        for end in 0..whole.len() {
            check(&whole[..end], "more to come");
        }
        check(&whole.replace("200", "403"), "answered 403 without `arn:x`: `<arn:x>`");
        check(&whole.replace(":x", ":y"), "answered 200 without `arn:x`: `<arn:y>`");
        check("HTTP/1.1 200 OK\r\n\r\n", "an answer is not understood: `HTTP/1.1 200 OK`");
        check("HTTP/1.1\r\n\r\n", "an answer is not understood: `HTTP/1.1`");
    }
}
