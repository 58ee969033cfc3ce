//! The keys of an installation: which there are, what they are for now, and what comes next.
//!
//! *Data keys* seal what is stored. They are stored wrapped under a master key, which itself is not in the store. *Session
//! keys* seal what is handed out; they are stored sealed under a data key.
//!
//! A new key is published first ([`KeyState::Next`]), so that every server has it when another seals with it. Then it
//! seals ([`KeyState::Current`]), and the one before opens ([`KeyState::Old`]) until nothing needs it: a data key until all
//! that it sealed is sealed anew, a session key until the last session has ended. [`crate::change::keyring`] does it.

use jiff::{SignedDuration, Timestamp};

use crate::seal::{Fingerprint, hexadecimal};

/// The length of data and session keys, in bytes.
pub const KEY_BYTES: usize = 32;

/// How long a new key is published before anything is sealed with it. Servers follow each other within a fraction of a
/// second.
pub const PUBLISHED_BEFORE: SignedDuration = SignedDuration::from_secs(5);

/// How long an old session key is kept: the longest session there can be, and some time for clocks that differ.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>, `DurationSeconds` (36 hours);
/// sessions of roles and of temporary delegation end after 12 hours at most.
pub const SESSION_KEY_KEPT: SignedDuration = SignedDuration::from_hours(37);

/// For how long a session key seals before another one takes its place by itself. Each seal takes a random nonce, and
/// AES-GCM allows a key 2^32 of them: all servers together would have to seal 7,100 times a second for all of the time.
///
/// Source: <https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf>, section 8.3
pub const SESSION_KEY_SEALS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The keys of an installation, in the order in which they were made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Keyring {
    /// The data keys. One is current.
    pub data: Vec<DataKey>,
    /// The session keys. One is current.
    pub sessions: Vec<SessionKey>,
    /// The last id that was given to a key of either kind: none is given twice.
    pub(crate) last_id: u32,
}

/// What a key is for now.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum KeyState {
    /// Published; it does not seal yet.
    Next,
    /// It seals.
    Current,
    /// It opens what it sealed.
    Old,
}

/// A key that seals what is stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DataKey {
    /// Its number, which everything that it seals begins with.
    pub id: u32,
    /// What it is for now.
    pub state: KeyState,
    /// When it was made, in whole seconds.
    pub created: Timestamp,
    /// Since when it is in its state, in whole seconds.
    pub since: Timestamp,
    /// The key as master keys wrap it: one, or two while the master key changes.
    pub wraps: Vec<Wrapped>,
    pub(crate) fingerprint: Fingerprint,
}

/// A data key as a master key wraps it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wrapped {
    /// The name of the master key: see [`Wrap::name`](crate::seal::Wrap::name).
    pub master: Box<str>,
    /// What it makes of the data key.
    pub bytes: Box<[u8]>,
}

/// A key that seals sessions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionKey {
    /// Its number, which everything that it seals begins with.
    pub id: u32,
    /// What it is for now.
    pub state: KeyState,
    /// When it was made, in whole seconds.
    pub created: Timestamp,
    /// Since when it is in its state, in whole seconds.
    pub since: Timestamp,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) sealed: Box<[u8]>,
}

impl KeyState {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Next => "next",
            Self::Current => "current",
            Self::Old => "old",
        }
    }
}

impl Keyring {
    /// The names of the master keys that open every data key.
    #[must_use]
    pub fn masters(&self) -> Vec<&str> {
        let Some((first, others)) = self.data.split_first() else { return Vec::new() };
        let names = first.wraps.iter().map(|wrapped| &*wrapped.master);
        names.filter(|name| others.iter().all(|key| key.is_under(name))).collect()
    }

    /// Whether a data key is on its way in or out.
    #[must_use]
    pub fn rotates_data(&self) -> bool {
        self.data.len() > 1
    }

    /// Whether there is something to do by now.
    #[must_use]
    pub fn is_due(&self, now: Timestamp) -> bool {
        let data = self.data.iter().any(|key| key.state == KeyState::Old || turns(key.state, key.since, now));
        let sessions = self.sessions.iter().any(|key| key.is_over(now) || turns(key.state, key.since, now));
        data || sessions || self.wants_session_key(now)
    }

    /// Whether the session key that seals has done so for long enough, and none is about to take its place.
    pub(crate) fn wants_session_key(&self, now: Timestamp) -> bool {
        let sealed_for_long = |key: &SessionKey| key.yields().is_some_and(|yields| yields <= now);
        let is_next = |key: &SessionKey| key.state == KeyState::Next;
        self.sessions.iter().any(sealed_for_long) && !self.sessions.iter().any(is_next)
    }
}

/// Whether a key that is next has been published for long enough.
pub(crate) fn turns(state: KeyState, since: Timestamp, now: Timestamp) -> bool {
    state == KeyState::Next && now.duration_since(since) >= PUBLISHED_BEFORE
}

impl DataKey {
    /// What tells it from other keys, in hexadecimal; no secret.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hexadecimal(&self.fingerprint)
    }

    /// Whether a master key of this name opens it.
    #[must_use]
    pub fn is_under(&self, master: &str) -> bool {
        self.wraps.iter().any(|wrapped| *wrapped.master == *master)
    }

    pub(crate) fn masters(&self) -> String {
        let names: Vec<String> = self.wraps.iter().map(|wrapped| format!("`{}`", wrapped.master)).collect();
        names.join(" and ")
    }
}

impl SessionKey {
    /// What tells it from other keys, in hexadecimal; no secret.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hexadecimal(&self.fingerprint)
    }

    /// When it goes, if that is known.
    #[must_use]
    pub fn ends(&self) -> Option<Timestamp> {
        if self.state != KeyState::Old {
            return None;
        }
        self.since.checked_add(SESSION_KEY_KEPT).ok()
    }

    /// When another one is made to take its place, if it is the one that seals.
    #[must_use]
    pub fn yields(&self) -> Option<Timestamp> {
        if self.state != KeyState::Current {
            return None;
        }
        self.since.checked_add(SESSION_KEY_SEALS).ok()
    }

    /// Whether the last session that it sealed has ended.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.ends().is_some_and(|ends| ends <= now)
    }

    /// Where it belongs: it opens nowhere else.
    pub(crate) fn place(&self) -> Vec<u8> {
        session_place(self.id)
    }
}

/// Where the session key of this id belongs.
pub(crate) fn session_place(id: u32) -> Vec<u8> {
    format!("session key {id}").into_bytes()
}

/// How many values a data key has sealed that are in the store.
pub type Uses = std::collections::BTreeMap<u32, usize>;

/// What a rotation has just done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// From now on the data key seals.
    DataTurned(u32),
    /// So many values were sealed anew.
    Resealed(usize),
    /// The data key is gone: nothing was sealed under it any more.
    DataDropped(u32),
    /// The session key was made, because the one before has sealed for long.
    SessionsMade(u32),
    /// From now on the session key seals.
    SessionsTurned(u32),
    /// The session key is gone: the last session under it has ended.
    SessionDropped(u32),
}
