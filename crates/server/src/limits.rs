//! What a client may use up: sizes, counts and times.
//!
//! AWS publishes none of these for IAM and STS; the numbers leave room above the largest request of their models.

use std::time::Duration;

/// The largest body of a request, in bytes (1 MiB). The largest of IAM's documents has 131,072 characters, which percent
/// encoding may triple.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;

/// The largest request line and headers together, in bytes (64 KiB). A presigned request carries its session token in
/// the request line. There may be 100 headers.
pub const HEADER_BYTES_MAX: usize = 64 * 1024;

/// How long a client may take to send its headers; an idle connection is closed after as long.
pub const HEADER_READ_TIME: Duration = Duration::from_secs(60);

/// How long a client may take to send its body.
pub const BODY_READ_TIME: Duration = Duration::from_secs(30);

/// How long a client may take to agree on TLS.
pub const HANDSHAKE_TIME: Duration = Duration::from_secs(10);

/// The most connections at a time; further ones wait to be accepted.
pub const CONNECTIONS_MAX: usize = 8192;

/// The most connections for metrics at a time.
pub const METRICS_CONNECTIONS_MAX: usize = 16;

/// The connections that the system holds ready to be accepted.
pub const BACKLOG: u32 = 1024;

/// The most writes that wait for the disk at a time, one thread each. The store commits them together.
pub const WRITES_AT_ONCE_MAX: usize = 64;

/// The most writes that wait for the disk or for a thread; further ones are answered with `Throttling`.
pub const WRITES_WAITING_MAX: usize = 1024;

/// For how long a server that is asked to stop goes on as before, unless it is said otherwise: not at all, since nobody may
/// be there who looks.
pub const DRAIN_DELAY: Duration = Duration::ZERO;

/// How long requests in flight may take to end after that, unless it is said otherwise.
pub const DRAIN_TIME: Duration = Duration::from_secs(10);

/// For how long a connection without a request is kept for one, once the server takes no further connections. A client that
/// does not pause has sent its next request by then, and learns from the answer that it must connect elsewhere.
pub const LAST_REQUEST_TIME: Duration = Duration::from_millis(250);

/// How often the uses of access keys and roles are written to the store. As many are lost if the server is killed; AWS
/// shows them hours late.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html>
pub const USES_SAVED_EVERY: Duration = Duration::from_secs(60);

/// How often notices of temporary delegation are delivered.
pub const NOTICES_DELIVERED_EVERY: Duration = Duration::from_secs(1);

/// How long a request waits for a revision that it asks for.
pub const REVISION_WAIT: Duration = Duration::from_secs(5);

/// How long a request that asks for nothing waits to learn how far a shared store has come, and to come as far.
pub const NEWEST_WAIT: Duration = Duration::from_secs(1);

/// How often each loop of connections notes that it lives.
pub const PULSE: Duration = Duration::from_secs(1);

/// How often it is looked whether a key of the installation is due for something. Costs nothing when none is.
pub const KEYS_LOOKED_AT_EVERY: Duration = Duration::from_secs(1);
/// How long a client that is sent a backup may take nothing of it before it is given up.
pub const BACKUP_STALL_TIME: Duration = Duration::from_secs(30);

/// How long the server waits before it accepts again when the system is out of descriptors or memory.
pub const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
