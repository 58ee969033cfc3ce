//! Asking everybody for their values.

use doorward_directory::Snapshot;
use doorward_directory::keyring::KeyState;
use doorward_gate::Gate;
use jiff::Timestamp;

use super::samples::{Samples, Value};
use super::tally::{CODES, Outcome, SERVICES, Sum};
use super::{Board, process};
use crate::backup;
use crate::state::Readiness;

impl Board {
    /// The values of all metrics now. Waits for nobody, and asks nothing of the store's disk or network.
    pub(super) fn collect(&self) -> Samples {
        let mut samples = Samples::default();
        let mut sum = Sum::default();
        self.tallies.iter().for_each(|tally| tally.add_to(&mut sum));
        put_sum(&mut samples, &sum);
        let state = &self.state;
        let ready = match state.readiness() {
            Readiness::Ready | Readiness::ReadOnly(_) | Readiness::Alone { .. } => 1.0,
            Readiness::Stopping
            | Readiness::Loading { .. }
            | Readiness::NotFollowing(_)
            | Readiness::Unreachable(_) => 0.0,
        };
        samples.put("doorward_ready", ready);
        samples.put("doorward_stopping", if state.is_leaving() { 1.0 } else { 0.0 });
        samples.put_if(
            "doorward_directory_load_duration_seconds",
            state.loaded_in().map(|took| took.as_secs_f64()),
        );
        samples.put("process_start_time_seconds", seconds(state.begun()));
        self.store.put(&mut samples);
        if let Some(gate) = state.gate() {
            put_directory(&mut samples, gate, state.now());
        }
        samples.put_if("doorward_certificate_expiry_timestamp_seconds", self.certificate_ends.map(seconds));
        if let Some((finished, revision)) = backup::last() {
            samples.put("doorward_backup_timestamp_seconds", seconds(finished));
            samples.put("doorward_backup_revision", count(revision.0));
        }
        let version = [("version", env!("CARGO_PKG_VERSION"))];
        samples.put_of("doorward_build_info", &version, Value::Number(1.0));
        process::put(&mut samples);
        samples
    }
}

fn put_sum(samples: &mut Samples, sum: &Sum) {
    for ((service, operation), outcomes) in &sum.operations {
        for (outcome, number) in Outcome::ALL.iter().zip(outcomes).filter(|(_, number)| **number > 0) {
            let labels = [("service", *service), ("operation", *operation), ("outcome", outcome.name())];
            samples.put_of("doorward_requests", &labels, Value::Number(count(*number)));
        }
    }
    for (service, counted) in SERVICES.iter().zip(sum.durations) {
        samples.put_of("doorward_request_duration_seconds", &[("service", service)], Value::Times(counted));
    }
    for ((kind, layer), number) in &sum.denials {
        let labels = [("kind", *kind), ("layer", *layer)];
        samples.put_of("doorward_denials", &labels, Value::Number(count(*number)));
    }
    for (code, number) in CODES.iter().zip(sum.codes).filter(|(_, number)| *number > 0) {
        samples.put_of("doorward_authentication_failures", &[("code", code)], Value::Number(count(number)));
    }
    for (metric, number) in [
        ("doorward_requests_in_flight", sum.in_flight),
        ("doorward_connections_accepted", sum.accepted),
        ("doorward_connections", sum.open),
        ("doorward_tls_failures", sum.tls_failures),
    ] {
        samples.put(metric, count(number));
    }
}

fn put_directory(samples: &mut Samples, gate: &Gate, now: Timestamp) {
    let directory = gate.directory();
    let snapshot = directory.snapshot();
    samples.put("doorward_directory_revision", count(snapshot.revision().0));
    samples.put("doorward_directory_age_seconds", directory.age().as_secs_f64());
    for (kind, number) in snapshot.counts() {
        let number = Value::Number(count(u64::try_from(number).unwrap_or(u64::MAX)));
        samples.put_of("doorward_directory_records", &[("kind", kind)], number);
    }
    samples.put("doorward_plans_bytes", count(u64::try_from(gate.plan_bytes()).unwrap_or(u64::MAX)));
    put_keys(samples, &snapshot, now);
}

fn put_keys(samples: &mut Samples, snapshot: &Snapshot, now: Timestamp) {
    let Some(ring) = snapshot.keyring() else { return };
    let data: Vec<_> = ring.data.iter().map(|key| (key.state, key.since)).collect();
    let sessions: Vec<_> = ring.sessions.iter().map(|key| (key.state, key.since)).collect();
    for (ring, keys) in [("data", data), ("sessions", sessions)] {
        for state in [KeyState::Next, KeyState::Current, KeyState::Old] {
            let number = keys.iter().filter(|(own, _)| *own == state).count();
            let number = Value::Number(count(u64::try_from(number).unwrap_or(u64::MAX)));
            samples.put_of("doorward_keys", &[("ring", ring), ("state", state.name())], number);
        }
        if let Some((_, since)) = keys.iter().find(|(state, _)| *state == KeyState::Current) {
            let age = Value::Number(now.duration_since(*since).as_secs_f64());
            samples.put_of("doorward_key_age_seconds", &[("ring", ring)], age);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "the text format has no greater numbers")]
pub(super) fn count(number: u64) -> f64 {
    number as f64
}

fn seconds(time: Timestamp) -> f64 {
    time.as_duration().as_secs_f64()
}
