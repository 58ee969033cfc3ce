//! What requests are answered from.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use doorward_directory::Revision;
use doorward_directory::directory::{Following, NotFollowing};
use doorward_directory::random::Random;
use doorward_directory::snapshot::Progress;
use doorward_gate::Gate;
use doorward_store::{Health, Store};
use jiff::Timestamp;

use crate::newest::Reads;

/// What every door opens onto: the gate, once the policy state behind it is loaded.
pub struct State {
    store: Arc<dyn Store>,
    clock: fn() -> Timestamp,
    random: Arc<dyn Random>,
    progress: Progress,
    gate: OnceLock<Gate>,
    reads: Reads,
    leaving: AtomicBool,
    traced: bool,
    begun: Timestamp,
    /// How long it took until the gate was there.
    loaded_in: OnceLock<Duration>,
}

/// Whether requests are answered.
#[derive(Debug)]
pub enum Readiness {
    /// They are, on the present state.
    Ready,
    /// They are, and changes are refused: the store takes no writes.
    ReadOnly(String),
    /// They are, on a state that stays as it is: the store does not answer.
    Alone {
        /// The state.
        revision: Revision,
        /// Why, in one line.
        reason: String,
        /// For how long yet.
        left: Duration,
    },
    /// They are, but not for long: the server is asked to stop.
    Stopping,
    /// The policy state is not loaded yet.
    Loading {
        /// How many of its records are read.
        read: u64,
        /// About how many there are, if that is known.
        about: Option<u64>,
        /// The format that they are being migrated to, before they are read.
        migrating_to: Option<u32>,
    },
    /// The policy state may be old.
    NotFollowing(NotFollowing),
    /// The store cannot be reached.
    Unreachable(String),
}

impl State {
    /// A state before anything is loaded: the server answers that it is not ready.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, clock: fn() -> Timestamp, random: Arc<dyn Random>) -> Self {
        let (progress, gate, reads) = (Progress::default(), OnceLock::new(), Reads::default());
        let leaving = AtomicBool::new(false);
        Self {
            store,
            clock,
            random,
            progress,
            gate,
            reads,
            leaving,
            traced: false,
            begun: clock(),
            loaded_in: OnceLock::new(),
        }
    }

    /// How far the policy state is loaded: for whoever loads it to say.
    #[must_use]
    pub const fn progress(&self) -> &Progress {
        &self.progress
    }

    /// The same state, from which requests are answered that are as new as this.
    #[must_use]
    pub fn with_reads(self, reads: Reads) -> Self {
        Self { reads, ..self }
    }

    /// The same state, whose requests have spans that tell their places in traces.
    #[must_use]
    pub fn traced(self) -> Self {
        Self { traced: true, ..self }
    }

    pub(crate) const fn is_traced(&self) -> bool {
        self.traced
    }

    /// Opens the doors: from now on requests are answered by `gate`. A second gate is not taken.
    pub fn open(&self, gate: Gate) {
        // The first one is as good: there is one installation behind a state.
        if self.gate.set(gate).is_ok() {
            let took = self.now().duration_since(self.begun);
            // Nobody sets it but who sets the gate.
            let _ = self.loaded_in.set(took.try_into().unwrap_or_default());
        }
    }

    /// Whether requests are answered.
    #[must_use]
    pub fn readiness(&self) -> Readiness {
        if self.is_leaving() {
            return Readiness::Stopping;
        }
        let Some(gate) = self.gate.get() else {
            let (read, about) = (self.progress.read(), self.progress.about());
            return Readiness::Loading { read, about, migrating_to: self.progress.migrating_to() };
        };
        match gate.directory().following() {
            Err(fault) => return Readiness::NotFollowing(fault),
            Ok(Following::Alone { reason, left, .. }) => {
                let revision = gate.directory().snapshot().revision();
                return Readiness::Alone { revision, reason, left };
            }
            Ok(Following::Current) => {}
        }
        match self.store.health() {
            Health::Ready => Readiness::Ready,
            Health::Degraded { cause } | Health::ReadOnly { cause } => Readiness::ReadOnly(cause.to_string()),
            Health::Unavailable { cause } => Readiness::Unreachable(cause.to_string()),
        }
    }

    /// From now on, the server is not ready, and each answer is the last of its connection.
    pub(crate) fn leave(&self) {
        self.leaving.store(true, Ordering::Relaxed);
    }

    /// When the server began.
    pub(crate) const fn begun(&self) -> Timestamp {
        self.begun
    }

    /// How long it took until requests were answered, once they are.
    pub(crate) fn loaded_in(&self) -> Option<Duration> {
        self.loaded_in.get().copied()
    }

    pub(crate) fn is_leaving(&self) -> bool {
        self.leaving.load(Ordering::Relaxed)
    }

    pub(crate) fn gate(&self) -> Option<&Gate> {
        self.gate.get()
    }

    pub(crate) const fn reads(&self) -> Reads {
        self.reads
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn random(&self) -> &dyn Random {
        &*self.random
    }
}

#[cfg(test)]
mod tests {
    use doorward_directory::random::SystemRandom;
    use doorward_store::Memory;

    use super::*;

    #[test]
    fn nothing_is_ready_before_a_gate() {
        let state = State::new(Arc::new(Memory::default()), Timestamp::now, Arc::new(SystemRandom));
        assert!(matches!(state.readiness(), Readiness::Loading { read: 0, about: None, migrating_to: None }));
        assert!(state.gate().is_none());
        state.leave();
        assert!(matches!(state.readiness(), Readiness::Stopping));
    }
}
