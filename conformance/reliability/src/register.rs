//! Whether the history of one register is linearizable, by the algorithm of Wing and Gong as Lowe extended it.
//!
//! Source: <https://www.cs.cmu.edu/~wing/publications/WingGong93.pdf>
//! Source: <https://arxiv.org/abs/1504.00204>

use std::time::Instant;

use todc_utils::linearizability::WGLChecker;
use todc_utils::linearizability::history::{Action, History};
use todc_utils::specifications::Specification;

use crate::history::{Event, Expected, Outcome, Token, What};

/// What a register does: it holds a value or none.
struct Register;

/// An operation with what came of it, as far as that restricts the order.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// Found this.
    Read(Option<Token>),
    /// Wrote this, whatever was there.
    Write(Token),
    /// Wrote this in the place of that.
    Swapped { from: Option<Token>, to: Token },
    /// Did not, because something else was there.
    NotSwapped { from: Option<Token> },
    /// Did so or not, depending on what was there.
    MaybeSwapped { from: Option<Token>, to: Token },
}

impl Specification for Register {
    type State = Option<Token>;
    type Operation = Step;

    fn init() -> Self::State {
        None
    }

    fn apply(step: &Step, state: &Self::State) -> (bool, Self::State) {
        match *step {
            Step::Read(found) => (found == *state, *state),
            Step::Write(token) => (true, Some(token)),
            Step::Swapped { from, to } => (from == *state, Some(to)),
            Step::NotSwapped { from } => (from != *state, *state),
            Step::MaybeSwapped { from, to } => (true, if from == *state { Some(to) } else { *state }),
        }
    }
}

/// Whether there is an order of the events, which are all of one register that held nothing at first, in which each finds
/// what the one before has left, and each lies between its call and its return.
///
/// What nobody knows the outcome of may happen at any time after its call. If it never happens, that is as if it happened
/// after everything else.
#[must_use]
pub fn is_linearizable(events: &[&Event]) -> bool {
    let mut points = Vec::new();
    for (process, event) in events.iter().enumerate() {
        let Some((step, ends)) = step(event) else { continue };
        points.push((Some(event.called), process, Action::Call(step)));
        points.push((ends, process, Action::Response(step)));
    }
    if points.is_empty() {
        return true;
    }
    // What has no end ends last. Of a call and a return at the same instant the call comes first: they overlap.
    points.sort_by_key(|(at, _, action)| (at.is_none(), *at, matches!(action, Action::Response(_))));
    let actions = points.into_iter().map(|(_, process, action)| (process, action)).collect();
    WGLChecker::<Register>::is_linearizable(History::from_actions(actions))
}

/// What an event was, and when it ended at the latest; `None` for an event that must not have had any effect.
fn step(event: &Event) -> Option<(Step, Option<Instant>)> {
    let token_of = |expected: Expected| match expected {
        Expected::Absent => None,
        Expected::Found(found) => Some(found.token),
    };
    let returned = Some(event.returned);
    Some(match event.what {
        What::Read(found) => (Step::Read(found.map(|found| found.token)), returned),
        What::Write { token, expected, outcome } => match (outcome, expected.map(token_of)) {
            (Outcome::Acknowledged(_), None) => (Step::Write(token), returned),
            (Outcome::Acknowledged(_), Some(from)) => (Step::Swapped { from, to: token }, returned),
            (Outcome::Conflict, Some(from)) => (Step::NotSwapped { from }, returned),
            (Outcome::Unknown, None) => (Step::Write(token), None),
            (Outcome::Unknown, Some(from)) => (Step::MaybeSwapped { from, to: token }, None),
            (Outcome::Conflict, None) | (Outcome::Refused, _) => return None,
        },
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use doorward_store::Revision;

    use super::*;
    use crate::history::Found;

    fn found(token: Token) -> Found {
        Found { token, revision: Revision(token) }
    }

    fn read(token: Token) -> What {
        What::Read((token != 0).then(|| found(token)))
    }

    fn write(token: Token, outcome: Outcome) -> What {
        What::Write { token, expected: None, outcome }
    }

    /// A write of `token` that expects `from`; 0 is nothing.
    fn swap(from: Token, token: Token, outcome: Outcome) -> What {
        let expected = if from == 0 { Expected::Absent } else { Expected::Found(found(from)) };
        What::Write { token, expected: Some(expected), outcome }
    }

    const OK: Outcome = Outcome::Acknowledged(Revision(9));

    /// Events with the milliseconds of their calls and returns.
    fn check(events: &[(u64, u64, What)], linearizable: bool) {
        let start = Instant::now();
        let at = |milliseconds: u64| start + Duration::from_millis(milliseconds);
        let event = |(called, returned, what): &(u64, u64, What)| Event {
            register: 0,
            called: at(*called),
            returned: at(*returned),
            what: what.clone(),
        };
        let events: Vec<Event> = events.iter().map(event).collect();
        let events: Vec<&Event> = events.iter().collect();
        assert_eq!(is_linearizable(&events), linearizable, "{events:?}");
    }

    #[test]
    fn what_was_acknowledged_is_there() {
        check(&[], true);
        check(&[(0, 1, read(0)), (2, 3, write(1, OK)), (4, 5, read(1))], true);
        check(&[(2, 3, write(1, OK)), (4, 5, read(0))], false);
        check(&[(0, 1, read(1)), (2, 3, write(1, OK))], false);
        check(&[(0, 3, write(1, OK)), (1, 2, read(1)), (1, 2, read(0))], true);
        check(&[(0, 9, write(1, OK)), (1, 2, read(1)), (3, 4, read(0))], false);
        check(&[(0, 1, write(1, OK)), (1, 2, write(2, OK)), (3, 4, read(1))], true);
        check(&[(0, 1, write(1, OK)), (2, 3, write(2, OK)), (4, 5, read(1))], false);
    }

    #[test]
    fn no_update_is_lost() {
        check(&[(0, 1, swap(0, 1, OK)), (2, 3, swap(1, 2, OK)), (4, 5, read(2))], true);
        check(&[(0, 1, swap(0, 1, OK)), (2, 5, swap(1, 2, OK)), (2, 5, swap(1, 3, OK))], false);
        check(&[(0, 1, swap(0, 1, OK)), (2, 3, swap(0, 2, Outcome::Conflict))], true);
        check(&[(0, 1, swap(0, 1, OK)), (2, 3, swap(1, 2, Outcome::Conflict))], false);
    }

    #[test]
    fn what_nobody_knows_may_happen_at_any_time_or_never() {
        let unknown = write(1, Outcome::Unknown);
        check(&[(0, 1, unknown.clone()), (2, 3, read(0))], true);
        check(&[(0, 1, unknown.clone()), (2, 3, read(1))], true);
        check(&[(0, 1, unknown.clone()), (2, 3, read(0)), (4, 5, read(1))], true);
        check(&[(0, 1, unknown.clone()), (2, 3, read(1)), (4, 5, read(0))], false);
        check(&[(2, 3, unknown), (0, 1, read(1))], false);
        let maybe = swap(1, 2, Outcome::Unknown);
        check(&[(0, 1, swap(0, 1, OK)), (2, 3, maybe.clone()), (4, 5, read(2))], true);
        check(&[(0, 1, swap(0, 1, OK)), (2, 3, maybe), (4, 5, read(1))], true);
    }

    #[test]
    fn what_was_refused_never_happened() {
        check(&[(0, 1, write(1, Outcome::Refused)), (2, 3, read(0))], true);
        check(&[(0, 1, write(1, Outcome::Refused)), (2, 3, read(1))], false);
    }
}
