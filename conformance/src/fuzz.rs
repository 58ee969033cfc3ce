//! What fuzzing asks of a sequence of bytes: one function for each target in `fuzz/`, which panics where something is wrong.
//!
//! They stand here and not there so that the lints see them, and the tests run them on the seeds and on random bytes
//! where there is no fuzzer.

mod patterns;

use doorward_engine::policy::request::Request;
use doorward_engine::schema;
use doorward_policy::explain::{Explanation, StatementPlace};
use doorward_policy::request::{Attached, Attachments};
use doorward_policy::{Document, Kind, Position, Span};

use crate::differential::{Engine, compare_scenario, scenario_policies};
use crate::generate::{self, Dice};

pub use patterns::pattern;

/// A target: its name, which is that of the program and of the folder of seeds, and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 4] =
    [("parse", parse), ("pattern", pattern), ("decide", decide_as_model), ("explain", explain_truly)];

/// The kinds of policy, by the first byte of an input.
const KINDS: [Kind; 8] = [
    Kind::Managed,
    Kind::Inline,
    Kind::Trust,
    Kind::Session,
    Kind::Resource,
    Kind::ServiceControl,
    Kind::ResourceControl,
    Kind::Endpoint,
];

/// Reads a policy of the kind that the first byte says: the rest as it is; or, where the byte is 128 or more, a random
/// policy made from the rest with one piece of its text put elsewhere.
///
/// # Panics
/// When a span or position lies outside the text, or when what is printed is not read back as the same.
pub fn parse(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let Some(kind) = KINDS.get(usize::from(*first) % KINDS.len()) else { return };
    let text = if *first < 128 { String::from_utf8_lossy(rest).into_owned() } else { shuffled(rest, *kind) };
    match Document::parse(&text, *kind) {
        Ok(document) => check_document(&document, &text, *kind),
        Err(malformed) => {
            check_span(malformed.span, &text);
            assert!(!malformed.message.is_empty() && !malformed.detail.is_empty(), "{malformed:?}");
        }
    }
}

/// The text of a random policy in which a piece is copied to another place, or taken away.
fn shuffled(bytes: &[u8], kind: Kind) -> String {
    let mut dice = Dice::scripted(bytes);
    let (from, length, to) = (dice.next(), dice.below(24), dice.next());
    let mut characters: Vec<char> = generate::policy(&mut dice, kind).to_string().chars().collect();
    let place = |number: u64, end: usize| usize::try_from(number % (end as u64 + 1)).unwrap_or(0);
    let from = place(from, characters.len());
    let piece: Vec<char> = characters.iter().skip(from).take(length).copied().collect();
    match to % 3 {
        0 => drop(characters.splice(from..from + piece.len(), [])),
        1 => {
            let to = place(to / 3, characters.len());
            drop(characters.splice(to..to, piece));
        }
        _ => {}
    }
    characters.into_iter().collect()
}

fn check_span(span: Span, text: &str) {
    let (start, end) = (span.start as usize, span.end as usize);
    assert!(text.get(start..end).is_some(), "{span:?} is not in the text of {} bytes", text.len());
}

fn check_document(document: &Document, text: &str, kind: Kind) {
    assert_eq!(&*document.text, text);
    for statement in &document.statements {
        check_span(statement.span, text);
        for test in &statement.conditions {
            check_span(test.operator_span, text);
            check_span(test.key_span, text);
            test.values.iter().for_each(|value| check_span(value.span, text));
        }
        statement.action.patterns().iter().for_each(|pattern| check_span(pattern.span, text));
        let resources = statement.resource.iter().flat_map(|resource| resource.patterns());
        resources.for_each(|pattern| check_span(pattern.span, text));
        let principals = statement.principal.iter().flat_map(|principal| principal.entries());
        principals.for_each(|entry| check_span(entry.span, text));
    }
    let canonical = document.canonical();
    let again = Document::parse(&canonical, kind);
    assert!(again.is_ok(), "{canonical}: {again:?}");
    let again = again.map(|again| again.canonical());
    assert_eq!(again.as_deref(), Ok(&*canonical));
}

/// How many requests a scenario made from bytes has: fewer than others, so that more bytes are tried.
const REQUESTS: usize = 6;

/// Engine and model answer alike, on policies and requests made from the bytes.
///
/// # Panics
/// When they do not.
pub fn decide_as_model(bytes: &[u8]) {
    let scenario = generate::scenario_of(&mut Dice::scripted(bytes), REQUESTS);
    let compared = compare_scenario(0, &scenario);
    assert!(
        compared.is_ok(),
        "{}",
        compared.err().map(|difference| difference.to_string()).unwrap_or_default()
    );
}

/// An explanation says what was decided, and points to where it says it points.
///
/// # Panics
/// When it does not.
pub fn explain_truly(bytes: &[u8]) {
    let scenario = generate::scenario_of(&mut Dice::scripted(bytes), REQUESTS);
    let (policies, choices) = scenario_policies(&scenario);
    let engine = Engine::new(&policies, &choices);
    for request in &scenario.requests {
        let explanation = engine.explain(request);
        assert_eq!(Ok(explanation.decision), engine.decide(request), "{request:?}");
        check_explanation(&explanation, request, &policies);
    }
}

fn check_explanation(explanation: &Explanation, request: &Request, policies: &Attachments) {
    assert_eq!(explanation.action, request.action);
    assert_eq!(explanation.resource, request.resource.arn);
    let checks = schema::evaluation(explanation);
    assert!(checks.is_object(), "{checks}");
    for check in &explanation.checks {
        let matched = check.matched.iter().map(|matched| &matched.place);
        for place in matched.chain(check.missed.iter().map(|missed| &missed.place)) {
            check_place(place, policies);
        }
    }
}

/// The place is one of a statement of the policies.
fn check_place(place: &StatementPlace, policies: &Attachments) {
    let is_there = attached(policies).filter(|attached| attached.source == place.policy).any(|attached| {
        let document = &attached.document;
        document.statements.get(place.index).is_some_and(|statement| {
            statement.sid.as_deref() == place.sid.as_deref()
                && statement.effect == place.effect
                && statement.span == place.span
                && place.position == Position::at(&document.text, place.span.start)
        })
    });
    assert!(is_there, "no statement stands at {place:?}");
}

fn attached(policies: &Attachments) -> impl Iterator<Item = &Attached> {
    let rails = policies.service_control.iter().chain(&policies.resource_control);
    let guardrails = rails.flat_map(|rails| rails.levels.iter().flat_map(|level| &level.policies));
    let single = policies.boundary.iter().chain(&policies.endpoint).chain(&policies.resource);
    policies.identity.iter().chain(policies.session.iter().flatten()).chain(single).chain(guardrails)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// Inputs that the fuzzer begins with, those that once failed, and as many random ones as take a second.
    #[test]
    fn seeds_and_random_bytes() {
        for (name, target) in TARGETS {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds").join(name);
            let mut seeds = 0;
            for entry in std::fs::read_dir(&folder).unwrap() {
                target(&std::fs::read(entry.unwrap().path()).unwrap());
                seeds += 1;
            }
            assert!(seeds > 0, "{name} has no seeds");
            let mut dice = Dice::new(1);
            for _ in 0..300 {
                let length = dice.below(200);
                let bytes: Vec<u8> = (0..length).map(|_| dice.below(256) as u8).collect();
                target(&bytes);
            }
        }
    }

    #[test]
    #[should_panic(expected = "is not in the text")]
    fn spans_are_checked() {
        check_span(Span { start: 1, end: 2 }, "\u{e9}");
    }
}
