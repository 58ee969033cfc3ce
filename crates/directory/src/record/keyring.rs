//! The record of the installation's keys.

use minicbor::{Decode, Encode};

use super::{Reason, time};
use crate::keyring::{DataKey, KeyState, Keyring, SessionKey, Wrapped};

#[derive(Encode, Decode)]
pub(super) struct KeyringRecord<'b> {
    #[b(0)]
    data: Vec<DataKeyRecord<'b>>,
    #[b(1)]
    sessions: Vec<SessionKeyRecord<'b>>,
    #[n(2)]
    last_id: u32,
}

#[derive(Encode, Decode, Clone, Copy)]
#[cbor(index_only)]
enum StateRecord {
    #[n(0)]
    Next,
    #[n(1)]
    Current,
    #[n(2)]
    Old,
}

#[derive(Encode, Decode)]
struct DataKeyRecord<'b> {
    #[n(0)]
    id: u32,
    #[n(1)]
    state: StateRecord,
    #[n(2)]
    created_s: i64,
    #[n(3)]
    since_s: i64,
    #[cbor(n(4), with = "minicbor::bytes")]
    fingerprint: [u8; 8],
    #[b(5)]
    wraps: Vec<WrappedRecord<'b>>,
}

#[derive(Encode, Decode)]
struct WrappedRecord<'b> {
    #[b(0)]
    master: &'b str,
    #[cbor(b(1), with = "minicbor::bytes")]
    bytes: &'b [u8],
}

#[derive(Encode, Decode)]
struct SessionKeyRecord<'b> {
    #[n(0)]
    id: u32,
    #[n(1)]
    state: StateRecord,
    #[n(2)]
    created_s: i64,
    #[n(3)]
    since_s: i64,
    #[cbor(n(4), with = "minicbor::bytes")]
    fingerprint: [u8; 8],
    #[cbor(b(5), with = "minicbor::bytes")]
    sealed: &'b [u8],
}

impl<'b> KeyringRecord<'b> {
    pub(super) fn of(ring: &'b Keyring) -> Self {
        let wrapped = |wrapped: &'b Wrapped| WrappedRecord { master: &wrapped.master, bytes: &wrapped.bytes };
        let data = ring.data.iter().map(|key| DataKeyRecord {
            id: key.id,
            state: StateRecord::of(key.state),
            created_s: key.created.as_second(),
            since_s: key.since.as_second(),
            fingerprint: key.fingerprint,
            wraps: key.wraps.iter().map(wrapped).collect(),
        });
        let sessions = ring.sessions.iter().map(|key| SessionKeyRecord {
            id: key.id,
            state: StateRecord::of(key.state),
            created_s: key.created.as_second(),
            since_s: key.since.as_second(),
            fingerprint: key.fingerprint,
            sealed: &key.sealed,
        });
        Self { data: data.collect(), sessions: sessions.collect(), last_id: ring.last_id }
    }

    pub(super) fn read(self) -> Result<Keyring, Reason> {
        let wrapped = |wrapped: &WrappedRecord<'_>| Wrapped {
            master: wrapped.master.into(),
            bytes: wrapped.bytes.into(),
        };
        let data = self.data.into_iter().map(|key| {
            Ok(DataKey {
                id: key.id,
                state: key.state.read(),
                created: time(key.created_s)?,
                since: time(key.since_s)?,
                fingerprint: key.fingerprint,
                wraps: key.wraps.iter().map(wrapped).collect(),
            })
        });
        let sessions = self.sessions.into_iter().map(|key| {
            Ok(SessionKey {
                id: key.id,
                state: key.state.read(),
                created: time(key.created_s)?,
                since: time(key.since_s)?,
                fingerprint: key.fingerprint,
                sealed: key.sealed.into(),
            })
        });
        Ok(Keyring {
            data: data.collect::<Result<_, Reason>>()?,
            sessions: sessions.collect::<Result<_, Reason>>()?,
            last_id: self.last_id,
        })
    }
}

impl StateRecord {
    const fn of(state: KeyState) -> Self {
        match state {
            KeyState::Next => Self::Next,
            KeyState::Current => Self::Current,
            KeyState::Old => Self::Old,
        }
    }

    const fn read(self) -> KeyState {
        match self {
            Self::Next => KeyState::Next,
            Self::Current => KeyState::Current,
            Self::Old => KeyState::Old,
        }
    }
}
