//! The backup that a running server streams: made on a thread of its own, sent block by block as the client takes it.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use doorward_archive::{Made, write};
use doorward_directory::{Directory, Revision};
use doorward_wire::ApiError;
use hyper::body::{Body, Frame};
use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::limits::BACKUP_STALL_TIME;

/// How many pieces wait for the client. A piece is about a block of the file.
const PIECES_WAITING_MAX: usize = 4;

/// Pieces are put together up to this many bytes.
const PIECE_BYTES: usize = 256 * 1024;

/// Whether one is under way in this process. One keeps the store from reusing what is deleted meanwhile, and is enough.
static UNDER_WAY: AtomicBool = AtomicBool::new(false);

/// When the last complete one was begun, and its revision.
static LAST: Mutex<Option<(Timestamp, Revision)>> = Mutex::new(None);

/// The body of the answer.
#[derive(Debug)]
pub(crate) struct Stream(Receiver<io::Result<Bytes>>);

/// Begins a backup of what the store holds now; its revision, and the stream of the file.
///
/// A client that takes nothing for [`BACKUP_STALL_TIME`] is given up. Whatever goes wrong on the way ends the stream
/// early, and the file says that it is cut off.
///
/// # Errors
/// One is under way already, or the store cannot be read.
pub(crate) fn begin(directory: &Directory, now: Timestamp) -> Result<(Revision, Stream), ApiError> {
    let turn = Turn::take().ok_or_else(ApiError::throttling)?;
    let stored = directory.stored().map_err(|error| ApiError::internal_failure().caused_by(&error))?;
    let revision = stored.revision();
    let (sender, receiver) = channel(PIECES_WAITING_MAX);
    let made = Made { program: env!("CARGO_PKG_VERSION").to_owned(), created: now };
    let runtime = Handle::current();
    let work = move || {
        let _turn = turn;
        let mut pieces = Pieces { runtime, sender, piece: Vec::with_capacity(PIECE_BYTES) };
        let written = write(&*stored, &made, &mut pieces, &mut |_| {});
        if let Err(error) = written {
            tracing::warn!(error = &error as &dyn std::error::Error, "a backup was not finished");
            // The client may be what is gone.
            let _ = pieces.sender.try_send(Err(io::Error::other(error)));
        } else {
            *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, revision));
        }
    };
    let thread = std::thread::Builder::new().name("backup".to_owned());
    thread.spawn(work).map_err(|error| ApiError::internal_failure().caused_by(&error))?;
    Ok((revision, Stream(receiver)))
}

/// When the last complete backup through this process was begun, and its revision; `None` before the first.
pub(crate) fn last() -> Option<(Timestamp, Revision)> {
    *LAST.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The right to make a backup.
struct Turn;

impl Turn {
    fn take() -> Option<Self> {
        // None is made where one is taken: dropping it would give the other's back.
        if UNDER_WAY.swap(true, Ordering::AcqRel) { None } else { Some(Self) }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        UNDER_WAY.store(false, Ordering::Release);
    }
}

/// Hands pieces to the loop that serves the client, and waits while it has enough of them.
struct Pieces {
    runtime: Handle,
    sender: Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl Pieces {
    fn send(&mut self) -> io::Result<()> {
        let piece = Bytes::from(std::mem::take(&mut self.piece));
        let sent = self
            .runtime
            .block_on(async { tokio::time::timeout(BACKUP_STALL_TIME, self.sender.send(Ok(piece))).await });
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(io::ErrorKind::BrokenPipe.into()),
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE_BYTES {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() { Ok(()) } else { self.send() }
    }
}

impl Body for Stream {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_at_a_time() {
        let first = Turn::take().unwrap();
        for _ in 0..3 {
            assert!(Turn::take().is_none());
        }
        drop(first);
        assert!(Turn::take().is_some());
    }
}
