//! What one loop of connections counts.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use doorward_policy::explain::{Decision, Layer};

use super::histogram::{Counted, Histogram};
use crate::reply::Reply;

/// The services that requests are for; the last one stands for those that found none.
pub(super) const SERVICES: [&str; 5] = ["doorward", "iam", "organizations", "sts", NONE];

/// The service and operation of requests that found none.
const NONE: &str = "none";

/// The codes with which senders are turned away; the last one stands for all others.
pub(super) const CODES: [&str; 14] = [
    "AccessDenied",
    "AccessDeniedException",
    "ExpiredToken",
    "ExpiredTokenException",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "InvalidClientTokenId",
    "UnrecognizedClientException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "RequestExpired",
    "SignatureDoesNotMatch",
    "InvalidSignatureException",
    "other",
];

/// What came of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Answered,
    Denied,
    Unauthenticated,
    Throttled,
    Refused,
    Failed,
}

impl Outcome {
    pub(super) const ALL: [Self; 6] =
        [Self::Answered, Self::Denied, Self::Unauthenticated, Self::Throttled, Self::Refused, Self::Failed];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Denied => "denied",
            Self::Unauthenticated => "unauthenticated",
            Self::Throttled => "throttled",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }

    fn of(reply: &Reply) -> Self {
        let code = reply.code.as_deref().unwrap_or_default();
        match reply.answer.http_status {
            0..400 => Self::Answered,
            500.. => Self::Failed,
            _ if code.starts_with("Throttling") => Self::Throttled,
            _ if reply.caller.is_none() && CODES.contains(&code) => Self::Unauthenticated,
            _ if code.starts_with("AccessDenied") => Self::Denied,
            _ => Self::Refused,
        }
    }
}

/// The layers of policies that deny, and what they are called.
pub(super) const fn layer_name(layer: Layer) -> &'static str {
    match layer {
        Layer::ResourceControl => "resource_control",
        Layer::ServiceControl => "service_control",
        Layer::Endpoint => "endpoint",
        Layer::Resource => "resource",
        Layer::Trust => "trust",
        Layer::Identity => "identity",
        Layer::Boundary => "boundary",
        Layer::Session => "session",
    }
}

/// Requests of one operation. The names are the table's own, so where they lie tells them apart; those that are told apart
/// in vain are added up by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) service: &'static str,
    pub(super) operation: &'static str,
    pub(super) outcomes: [u64; Outcome::ALL.len()],
}

/// Requests by operation, denials by kind and layer.
#[derive(Debug, Default)]
struct Rows {
    operations: HashMap<(usize, usize), Row>,
    denials: HashMap<(&'static str, &'static str), u64>,
}

/// What one loop counts. Other loops do not touch it, and who reads it does not keep it.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    rows: Mutex<Rows>,
    durations: [Histogram; SERVICES.len()],
    codes: [AtomicU64; CODES.len()],
    in_flight: AtomicU64,
    accepted: AtomicU64,
    open: AtomicU64,
    tls_failures: AtomicU64,
    /// When the loop last moved, in milliseconds since the server began.
    pulse_ms: AtomicU64,
}

/// One more that goes on, until this is dropped.
pub(crate) struct InFlight<'t>(&'t AtomicU64);

impl<'t> InFlight<'t> {
    fn of(count: &'t AtomicU64) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Tally {
    /// A connection is served.
    pub(crate) fn connection(&self) -> InFlight<'_> {
        self.accepted.fetch_add(1, Ordering::Relaxed);
        InFlight::of(&self.open)
    }

    /// A request is being answered.
    pub(crate) fn request(&self) -> InFlight<'_> {
        InFlight::of(&self.in_flight)
    }

    /// The loop moves, so long after the server began.
    pub(crate) fn beat(&self, now: Duration) {
        self.pulse_ms.store(u64::try_from(now.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// When it last did.
    pub(crate) fn pulse(&self) -> Duration {
        Duration::from_millis(self.pulse_ms.load(Ordering::Relaxed))
    }

    /// A connection came to no agreement on TLS.
    pub(crate) fn no_tls(&self) {
        self.tls_failures.fetch_add(1, Ordering::Relaxed);
    }

    /// A request was answered.
    pub(crate) fn answered(&self, reply: &Reply, time: Duration) {
        let (service, operation) = match (reply.service, reply.operation) {
            (Some(service), Some(operation)) => (service, operation),
            _ => (NONE, NONE),
        };
        let outcome = Outcome::of(reply);
        if let Some(histogram) = position(&SERVICES, service).and_then(|at| self.durations.get(at)) {
            histogram.note(time);
        }
        if outcome == Outcome::Unauthenticated {
            let code = position(&CODES, reply.code.as_deref().unwrap_or_default());
            if let Some(count) = code.and_then(|at| self.codes.get(at)) {
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
        let mut rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        let place = (service.as_ptr().addr(), operation.as_ptr().addr());
        let row = rows.operations.entry(place).or_insert(Row { service, operation, outcomes: [0; 6] });
        if let Some(count) = row.outcomes.get_mut(outcome as usize) {
            *count += 1;
        }
        if let Some((kind, layer)) = reply.denied.and_then(denial) {
            *rows.denials.entry((kind, layer)).or_default() += 1;
        }
    }

    /// Adds what was counted here to `sum`.
    pub(super) fn add_to(&self, sum: &mut Sum) {
        {
            let rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
            for row in rows.operations.values() {
                let own = sum.operations.entry((row.service, row.operation)).or_default();
                own.iter_mut().zip(row.outcomes).for_each(|(own, count)| *own += count);
            }
            for (of, count) in &rows.denials {
                *sum.denials.entry(*of).or_default() += count;
            }
        }
        for (own, histogram) in sum.durations.iter_mut().zip(&self.durations) {
            own.add(&histogram.counted());
        }
        for (own, count) in sum.codes.iter_mut().zip(&self.codes) {
            *own += count.load(Ordering::Relaxed);
        }
        sum.in_flight += self.in_flight.load(Ordering::Relaxed);
        sum.accepted += self.accepted.load(Ordering::Relaxed);
        sum.open += self.open.load(Ordering::Relaxed);
        sum.tls_failures += self.tls_failures.load(Ordering::Relaxed);
    }
}

/// What all loops have counted.
#[derive(Debug, Default)]
pub(super) struct Sum {
    pub(super) operations:
        std::collections::BTreeMap<(&'static str, &'static str), [u64; Outcome::ALL.len()]>,
    pub(super) denials: std::collections::BTreeMap<(&'static str, &'static str), u64>,
    pub(super) durations: [Counted; SERVICES.len()],
    pub(super) codes: [u64; CODES.len()],
    pub(super) in_flight: u64,
    pub(super) accepted: u64,
    pub(super) open: u64,
    pub(super) tls_failures: u64,
}

/// Where a name is in a list; the last place for those that are not in it.
fn position(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|own| *own == name).or(names.len().checked_sub(1))
}

/// A denial's kind and layer; `None` for what is none.
const fn denial(decision: Decision) -> Option<(&'static str, &'static str)> {
    match decision {
        Decision::Allow(_) => None,
        Decision::ImplicitDeny(layer) => Some(("implicit", layer_name(layer))),
        Decision::ExplicitDeny(layer) => Some(("explicit", layer_name(layer))),
    }
}

#[cfg(test)]
mod tests {
    use doorward_wire::answer::Answer;

    use super::*;

    fn reply(http_status: u16, code: Option<&'static str>, caller: Option<&str>) -> Reply {
        let answer = Answer { http_status, content_type: "text/xml", body: String::new() };
        let (service, operation) = (Some("iam"), Some("GetRole"));
        Reply {
            code: code.map(Into::into),
            caller: caller.map(Into::into),
            service,
            operation,
            ..Reply::of(answer)
        }
    }

    #[test]
    fn what_came_of_requests() {
        let caller = Some("arn:aws:iam::123456789012:user/a");
        for (status, code, caller, expected) in [
            (200, None, caller, Outcome::Answered),
            (403, Some("AccessDenied"), caller, Outcome::Denied),
            (403, Some("AccessDenied"), None, Outcome::Unauthenticated),
            (400, Some("AccessDeniedException"), caller, Outcome::Denied),
            (403, Some("SignatureDoesNotMatch"), None, Outcome::Unauthenticated),
            (400, Some("Throttling"), None, Outcome::Throttled),
            (400, Some("ValidationError"), None, Outcome::Refused),
            (404, Some("NoSuchEntity"), caller, Outcome::Refused),
            (500, Some("InternalFailure"), caller, Outcome::Failed),
            (503, Some("ServiceUnavailable"), None, Outcome::Failed),
        ] {
            assert_eq!(Outcome::of(&reply(status, code, caller)), expected, "{status} {code:?}");
        }
    }

    #[test]
    fn loops_are_added_up() {
        let tallies = [Tally::default(), Tally::default()];
        let denied = Decision::ExplicitDeny(Layer::Boundary);
        for tally in &tallies {
            let _open = tally.connection();
            drop(tally.request());
            tally.answered(&reply(200, None, None), Duration::from_micros(70));
            tally.answered(&reply(403, Some("RequestExpired"), None), Duration::ZERO);
            let reply = Reply { denied: Some(denied), ..reply(403, Some("AccessDenied"), Some("arn")) };
            tally.answered(&reply, Duration::ZERO);
            let other = Answer { http_status: 404, content_type: "text/xml", body: String::new() };
            tally.answered(&Reply::of(other), Duration::ZERO);
        }
        let mut sum = Sum::default();
        tallies.iter().for_each(|tally| tally.add_to(&mut sum));
        let rows: Vec<_> = sum.operations.into_iter().collect();
        assert_eq!(rows, [(("iam", "GetRole"), [2, 2, 2, 0, 0, 0]), (("none", "none"), [0, 0, 0, 0, 2, 0])]);
        assert_eq!(sum.denials.into_iter().collect::<Vec<_>>(), [(("explicit", "boundary"), 2)]);
        assert_eq!(sum.codes.iter().sum::<u64>(), 2);
        assert_eq!(sum.durations.map(|counted| counted.count()), [0, 6, 0, 0, 2]);
        assert_eq!((sum.accepted, sum.open, sum.in_flight), (2, 0, 0));
    }
}
