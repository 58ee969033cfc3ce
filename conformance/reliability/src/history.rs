//! What clients asked of a store and were told, and when.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use doorward_store::Revision;

/// How long after its call a write that nobody was told of may have happened, if nothing tells.
const OPEN_END: Duration = Duration::from_secs(86_400);

/// The number of a value. No two writes of a run write the same.
pub type Token = u64;

/// What one client asked and was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Which register it was about.
    pub register: u64,
    /// When it was asked.
    pub called: Instant,
    /// When the answer came.
    pub returned: Instant,
    /// What it was, and what came of it.
    pub what: What,
}

/// An operation with its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A read, and what it found.
    Read(Option<Found>),
    /// A write.
    Write {
        /// What was to be written.
        token: Token,
        /// What the register had to hold for it; `None` if anything would do.
        expected: Option<Expected>,
        /// What came of it.
        outcome: Outcome,
    },
}

/// What a write expected to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Nothing.
    Absent,
    /// What an earlier read or write has left there.
    Found(Found),
}

/// A value and the revision that wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The value.
    pub token: Token,
    /// Who wrote it.
    pub revision: Revision,
}

/// What came of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was acknowledged.
    Acknowledged(Revision),
    /// It was refused, since the register was not as expected.
    Conflict,
    /// It was refused for another reason; it must not have happened.
    Refused,
    /// Nobody knows; it may have happened, or may yet.
    Unknown,
}

/// Everything that the clients of a run saw.
#[derive(Debug, Default)]
pub struct History {
    /// In no order.
    pub events: Vec<Event>,
}

impl History {
    /// The events of each register, in the order in which they were asked.
    #[must_use]
    pub fn registers(&self) -> BTreeMap<u64, Vec<&Event>> {
        let mut registers = BTreeMap::<u64, Vec<&Event>>::new();
        for event in &self.events {
            registers.entry(event.register).or_default().push(event);
        }
        registers.values_mut().for_each(|events| events.sort_by_key(|event| event.called));
        registers
    }

    /// Every write, with its token and outcome.
    pub fn writes(&self) -> impl Iterator<Item = (&Event, Token, Outcome)> {
        self.events.iter().filter_map(|event| match event.what {
            What::Write { token, outcome, .. } => Some((event, token, outcome)),
            What::Read(_) => None,
        })
    }

    /// The same, in which the outcome of every write is known by what the store holds at the end: each write has a key of its
    /// own there, with the revision that wrote it. What nobody was told and is not there never happened, and is left out. What
    /// is there happened before any write of a greater revision was acknowledged.
    ///
    /// Without this the search for an order would have to try each such write at each place.
    #[must_use]
    pub fn settled(&self, there: &BTreeMap<Token, Revision>) -> Self {
        let acknowledged = |(event, _, outcome): (&Event, _, _)| match outcome {
            Outcome::Acknowledged(revision) => Some((revision, event.returned)),
            Outcome::Conflict | Outcome::Refused | Outcome::Unknown => None,
        };
        let mut ends = BTreeMap::<Revision, Instant>::new();
        // Writes that were made at once may share a revision.
        for (revision, end) in self.writes().filter_map(acknowledged) {
            ends.entry(revision).and_modify(|earlier| *earlier = end.min(*earlier)).or_insert(end);
        }
        let mut earliest = None;
        for end in ends.values_mut().rev() {
            earliest = earliest.map_or(Some(*end), |earlier: Instant| Some(earlier.min(*end)));
            *end = earliest.unwrap_or(*end);
        }
        let settle = |event: &Event| {
            let What::Write { token, expected, outcome: Outcome::Unknown } = event.what else {
                return Some(event.clone());
            };
            let revision = *there.get(&token)?;
            let later = ends.range(Revision(revision.0 + 1)..).next();
            let returned = later.map_or(event.returned + OPEN_END, |(_, end)| *end).max(event.called);
            let what = What::Write { token, expected, outcome: Outcome::Acknowledged(revision) };
            Some(Event { returned, what, ..event.clone() })
        };
        Self { events: self.events.iter().filter_map(settle).collect() }
    }

    /// Whether each acknowledged write has a greater revision than every one that was acknowledged before it was asked,
    /// and no two of one register the same.
    #[must_use]
    pub fn revisions_grow(&self) -> bool {
        let acknowledged = |(event, _, outcome)| match outcome {
            Outcome::Acknowledged(revision) => Some((event, revision)),
            Outcome::Conflict | Outcome::Refused | Outcome::Unknown => None,
        };
        let mut writes: Vec<(&Event, Revision)> = self.writes().filter_map(acknowledged).collect();
        writes.sort_by_key(|(_, revision)| *revision);
        // In the order of revisions, none may have ended before an earlier one, or one of its own revision, was asked.
        let mut latest_call: Option<Instant> = None;
        writes.chunk_by(|(_, left), (_, right)| left == right).all(|same| {
            latest_call = latest_call.max(same.iter().map(|(event, _)| event.called).max());
            let registers: BTreeSet<u64> = same.iter().map(|(event, _)| event.register).collect();
            let sound = |(event, _): &(&Event, _)| latest_call.is_none_or(|call| event.returned >= call);
            registers.len() == same.len() && same.iter().all(sound)
        })
    }

    /// The longest time between two acknowledgements that came one after the other.
    #[must_use]
    pub fn longest_pause(&self) -> Duration {
        let acknowledged = |(event, _, outcome): (&Event, _, _)| {
            matches!(outcome, Outcome::Acknowledged(_)).then_some(event.returned)
        };
        let mut times: Vec<Instant> = self.writes().filter_map(acknowledged).collect();
        times.sort_unstable();
        let pauses = times.windows(2).map(|pair| match pair {
            [left, right] => *right - *left,
            _ => Duration::ZERO,
        });
        pauses.max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Acknowledged writes to registers, each called and returned so many milliseconds from the start, with a revision.
    fn check(writes: &[(u64, u64, u64, u64)], grow: bool) {
        let start = Instant::now();
        let event = |(register, called, returned, revision): &(u64, u64, u64, u64)| Event {
            register: *register,
            called: start + Duration::from_millis(*called),
            returned: start + Duration::from_millis(*returned),
            what: What::Write {
                token: *revision,
                expected: None,
                outcome: Outcome::Acknowledged(Revision(*revision)),
            },
        };
        let history = History { events: writes.iter().map(event).collect() };
        assert_eq!(history.revisions_grow(), grow, "{writes:?}");
    }

    #[test]
    fn revisions_follow_time() {
        check(&[], true);
        check(&[(0, 0, 1, 1), (0, 2, 3, 2)], true);
        check(&[(0, 0, 1, 2), (0, 2, 3, 1)], false);
        check(&[(0, 0, 3, 2), (0, 2, 4, 1)], true);
        check(&[(0, 0, 9, 3), (0, 1, 2, 2), (0, 3, 4, 1)], false);
        check(&[(0, 0, 3, 1), (0, 2, 4, 1)], false);
        check(&[(0, 0, 3, 1), (1, 2, 4, 1)], true);
        check(&[(0, 0, 1, 1), (1, 2, 4, 1)], false);
    }

    #[test]
    fn what_nobody_was_told_is_settled_by_what_is_there() {
        let start = Instant::now();
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        let event = |called, returned, token, outcome| Event {
            register: 0,
            called: at(called),
            returned: at(returned),
            what: What::Write { token, expected: None, outcome },
        };
        let ok = |revision| Outcome::Acknowledged(Revision(revision));
        let events = vec![
            event(0, 1, 1, Outcome::Unknown),
            event(0, 1, 2, Outcome::Unknown),
            event(2, 9, 3, ok(5)),
            event(3, 6, 4, ok(7)),
        ];
        let there = [(1, Revision(4)), (3, Revision(5)), (4, Revision(7))].into();
        let expected = vec![event(0, 6, 1, ok(4)), event(2, 9, 3, ok(5)), event(3, 6, 4, ok(7))];
        assert_eq!(History { events }.settled(&there).events, expected);
    }

    #[test]
    fn a_pause_is_between_acknowledgements() {
        let start = Instant::now();
        let event = |returned, outcome| Event {
            register: 0,
            called: start,
            returned: start + Duration::from_millis(returned),
            what: What::Write { token: 1, expected: None, outcome },
        };
        let ok = Outcome::Acknowledged(Revision(1));
        let events = vec![event(9, ok), event(1, ok), event(4, Outcome::Refused), event(7, Outcome::Unknown)];
        assert_eq!(History { events }.longest_pause(), Duration::from_millis(8));
        assert_eq!(History::default().longest_pause(), Duration::ZERO);
    }
}
