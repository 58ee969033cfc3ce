//! What a run has shown.

use std::collections::{BTreeMap, BTreeSet};

use doorward_store::Revision;
use serde::Serialize;

use crate::history::{History, Outcome, Token};
use crate::register::is_linearizable;
use crate::watching::Watched;

/// A row of the report: one backend under one fault.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// What was tested.
    pub backend: &'static str,
    /// What was done to it.
    pub fault: &'static str,
    /// How often.
    pub faults: usize,
    /// How long the clients worked, in seconds.
    pub seconds: f64,
    /// How many clients there were.
    pub clients: usize,
    /// How many operations had an answer.
    pub operations: usize,
    /// Writes that were acknowledged.
    pub acknowledged: usize,
    /// Those of them that are not in the store at the end.
    pub lost: usize,
    /// Writes whose outcome nobody was told.
    pub unknown: usize,
    /// Writes that were said not to have happened.
    pub refused: usize,
    /// Those of them that are in the store at the end.
    pub refused_yet_there: usize,
    /// How many histories, each of one register, were checked.
    pub histories: usize,
    /// Whether all of them are linearizable.
    pub linearizable: bool,
    /// Whether revisions grow with time, and each acknowledged write has the revision it was told.
    pub revisions: bool,
    /// Writes that a watcher was told: all that are in the store, if all went well.
    pub watched: usize,
    /// Writes in the store at the end that it was not told, or was told twice or wrongly.
    pub watched_wrong: usize,
    /// The longest time without an acknowledgement, in milliseconds.
    pub longest_pause_ms: u64,
}

/// How a run was made.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// What was tested.
    pub backend: &'static str,
    /// What was done to it.
    pub fault: &'static str,
    /// How often.
    pub faults: usize,
    /// How long the clients worked, in seconds.
    pub seconds: f64,
    /// How many there were.
    pub clients: usize,
}

impl Row {
    /// Judges a run by what the clients saw, what is in the store at the end, and what a watcher was told, if there was one.
    #[must_use]
    pub fn judge(
        run: Run,
        history: &History,
        there: &BTreeMap<Token, Revision>,
        watched: Option<&Watched>,
    ) -> Self {
        let with = |wanted: fn(Outcome) -> bool| -> BTreeSet<Token> {
            history.writes().filter(|(_, _, outcome)| wanted(*outcome)).map(|(_, token, _)| token).collect()
        };
        let acknowledged = with(|outcome| matches!(outcome, Outcome::Acknowledged(_)));
        let refused = with(|outcome| matches!(outcome, Outcome::Refused | Outcome::Conflict));
        let told = history.writes().all(|(_, token, outcome)| match outcome {
            Outcome::Acknowledged(revision) => there.get(&token).is_none_or(|found| *found == revision),
            Outcome::Conflict | Outcome::Refused | Outcome::Unknown => true,
        });
        let settled = history.settled(there);
        let registers = settled.registers();
        Self {
            backend: run.backend,
            fault: run.fault,
            faults: run.faults,
            seconds: (run.seconds * 10.0).round() / 10.0,
            clients: run.clients,
            operations: history.events.len(),
            acknowledged: acknowledged.len(),
            lost: acknowledged.iter().filter(|token| !there.contains_key(token)).count(),
            unknown: with(|outcome| outcome == Outcome::Unknown).len(),
            refused: refused.len(),
            refused_yet_there: refused.iter().filter(|token| there.contains_key(token)).count(),
            histories: registers.len(),
            linearizable: registers.values().all(|events| is_linearizable(events)),
            revisions: told && history.revisions_grow(),
            watched: watched.map_or(0, Watched::writes),
            watched_wrong: watched.map_or(0, |watched| watched.wrong(there)),
            longest_pause_ms: u64::try_from(history.longest_pause().as_millis()).unwrap_or(u64::MAX),
        }
    }

    /// Whether nothing is wrong, and the run was one that could have shown it: writes were made, and faults.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let nothing_wrong = self.lost == 0
            && self.refused_yet_there == 0
            && self.linearizable
            && self.revisions
            && self.watched_wrong == 0;
        nothing_wrong && self.acknowledged > 0 && self.faults > 0
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::history::{Event, Found, What};

    const RUN: Run = Run { backend: "b", fault: "f", faults: 1, seconds: 1.0, clients: 1 };

    fn write(token: Token, outcome: Outcome) -> Event {
        let now = Instant::now();
        Event {
            register: 0,
            called: now,
            returned: now,
            what: What::Write { token, expected: None, outcome },
        }
    }

    fn judged(events: Vec<Event>, there: &[(Token, u64)]) -> Row {
        let there = there.iter().map(|(token, revision)| (*token, Revision(*revision))).collect();
        Row::judge(RUN, &History { events }, &there, None)
    }

    #[test]
    fn each_wrong_is_told() {
        let ok = |token| write(token, Outcome::Acknowledged(Revision(token)));
        let row = judged(
            vec![ok(1), ok(2), write(3, Outcome::Refused), write(4, Outcome::Unknown)],
            &[(1, 1), (2, 2)],
        );
        assert!(row.is_sound(), "{row:?}");
        assert_eq!((row.acknowledged, row.refused, row.unknown, row.operations), (2, 1, 1, 4));
        let row = judged(vec![ok(1), ok(2)], &[(1, 1)]);
        assert_eq!((row.lost, row.is_sound()), (1, false));
        let row = judged(vec![ok(1), write(3, Outcome::Refused)], &[(1, 1), (3, 2)]);
        assert_eq!((row.refused_yet_there, row.is_sound()), (1, false));
        let row = judged(vec![ok(1)], &[(1, 7)]);
        assert_eq!((row.revisions, row.is_sound()), (false, false));
        let never = Found { token: 9, revision: Revision(9) };
        let now = Instant::now();
        let read = Event { register: 0, called: now, returned: now, what: What::Read(Some(never)) };
        let row = judged(vec![ok(1), read], &[(1, 1)]);
        assert_eq!((row.linearizable, row.is_sound()), (false, false));
        assert!(!judged(vec![], &[]).is_sound(), "nothing was shown");
    }
}
