//! The search for bad input: hill climbing over policies, resource and context.
//!
//! From every family of [`adversarial`](crate::adversarial) it goes on by small changes of patterns, values, actions and
//! names, keeps what takes longer, and starts again elsewhere when nothing does. What it tries depends on the seed
//! alone; what it keeps, on the clock.

use std::time::{Duration, Instant};

use doorward_engine::{CompiledPolicies, Policies, decide};
use doorward_policy::request::Choices;
use serde_json::Value;

use crate::adversarial::{ARN_CHARACTERS_MAX, Adversary, POLICY_CHARACTERS_MAX, characters, families};
use crate::measure::processor_time;
use crate::twister::Twister;
use crate::workload::Workload;

/// How often one input is measured; the quickest counts, because everything else that happens only adds.
const TRIES: usize = 5;

/// How long one measurement takes at least.
const TRY: Duration = Duration::from_micros(200);

/// What patterns and values are made of.
const LETTERS: [&str; 8] = ["a", "b", "*", "?", "a*", "a?", "aa", "*a"];

/// An input, and what it costs.
#[derive(Clone, Debug)]
pub struct Found {
    /// The family that it came from, and the policies and the request as they are now.
    pub adversary: Adversary,
    /// Nanoseconds of processor time of one decision.
    pub nanoseconds: f64,
    /// The same of the first decision, which pays for the plan too, once.
    pub first_nanoseconds: f64,
}

/// Each family as it is written, the worst first.
#[must_use]
pub fn written() -> Vec<Found> {
    let mut found: Vec<Found> = families().into_iter().filter_map(cost).collect();
    sort(&mut found);
    found
}

/// Climbs from each family for its share of the time; the worst first.
#[must_use]
pub fn search(seed: u32, time: Duration) -> Vec<Found> {
    let mut twister = Twister::new(seed);
    let starts = written();
    let share = time / u32::try_from(starts.len().max(1)).unwrap_or(u32::MAX);
    let mut found: Vec<Found> = starts.into_iter().map(|start| climb(&mut twister, start, share)).collect();
    sort(&mut found);
    found
}

fn sort(found: &mut [Found]) {
    found.sort_by(|one, other| other.nanoseconds.total_cmp(&one.nanoseconds));
}

fn climb(twister: &mut Twister, start: Found, time: Duration) -> Found {
    let end = Instant::now() + time;
    let mut best = start;
    while Instant::now() < end {
        let mut next = best.adversary.clone();
        // Several at once, sometimes: some walls are too high for one step.
        for _ in 0..=twister.below(3) {
            change(twister, &mut next.workload);
        }
        if let Some(found) = cost(next).filter(|found| found.nanoseconds > best.nanoseconds * 1.02) {
            best = found;
        }
    }
    best
}

/// What an input costs; `None` when it breaks a limit or the grammar.
fn cost(adversary: Adversary) -> Option<Found> {
    let policies = adversary.workload.get("identity_policies")?.as_array()?;
    let documents = policies.iter().filter_map(|policy| policy.get("Document"));
    if documents.map(characters).any(|characters| characters > POLICY_CHARACTERS_MAX) {
        return None;
    }
    let workload = Workload::read(adversary.workload.clone()).ok()?;
    let compiled = CompiledPolicies::new(&workload.policies);
    let question = workload.questions.first()?;
    let policies = || Policies::new(compiled.clone(), Choices::default());
    let kept = policies();
    let nanoseconds = quickest(|| decide(&question.request, &kept));
    let first = processor_time();
    std::hint::black_box(decide(&question.request, &policies()));
    let first_nanoseconds = processor_time().saturating_sub(first).as_secs_f64() * 1e9;
    Some(Found { adversary, nanoseconds, first_nanoseconds })
}

fn quickest<T>(mut work: impl FnMut() -> T) -> f64 {
    let mut once = |times: u32| {
        let start = processor_time();
        for _ in 0..times {
            std::hint::black_box(work());
        }
        processor_time().saturating_sub(start)
    };
    let mut times = 1;
    while times < 1 << 20 && once(times) < TRY {
        times *= 2;
    }
    let quickest = (0..TRIES).map(|_| once(times)).min().unwrap_or_default();
    quickest.as_secs_f64() * 1e9 / f64::from(times)
}

/// Changes one thing: a text in a policy, the resource's name, or a value of the context.
fn change(twister: &mut Twister, workload: &mut Value) {
    match twister.below(10) {
        0 | 1 => {
            if let Some(Value::String(resource)) = workload.pointer_mut("/requests/0/resource") {
                *resource = changed(twister, resource, "arn:aws:s3:::b/".len());
                *resource = resource.chars().take(ARN_CHARACTERS_MAX).collect();
            }
        }
        2 => {
            if let Some(context) = workload.pointer_mut("/requests/0/context") {
                change_some_text(twister, context);
            }
        }
        _ => {
            let policies = workload.pointer_mut("/identity_policies").and_then(Value::as_array_mut);
            let Some(policies) = policies else { return };
            let place = twister.below(policies.len());
            let statements =
                policies.get_mut(place).and_then(|policy| policy.pointer_mut("/Document/Statement"));
            let Some(statements) = statements.and_then(Value::as_array_mut) else { return };
            let place = twister.below(statements.len());
            if let Some(statement) = statements.get_mut(place) {
                let parts = ["Resource", "NotResource", "Condition", "Condition", "Action"];
                if let Some(part) = statement.get_mut(twister.pick(&parts)) {
                    change_some_text(twister, part);
                }
            }
        }
    }
}

/// Goes down one random way, and changes the text at its end, or the list that it is in.
fn change_some_text(twister: &mut Twister, value: &mut Value) {
    match value {
        Value::String(text) => {
            let kept = if text.starts_with("arn:") { "arn:aws:s3:::b/".len() } else { "s3:".len() };
            *text = changed(twister, text, kept.min(text.len()));
        }
        Value::Array(several) if several.is_empty() => {}
        Value::Array(several) => {
            let place = twister.below(several.len());
            match twister.below(4) {
                0 => {
                    several.swap_remove(place);
                }
                1 => several.extend(several.get(place).cloned()),
                _ => several.get_mut(place).into_iter().for_each(|one| change_some_text(twister, one)),
            }
        }
        Value::Object(members) => {
            let place = twister.below(members.len());
            members.values_mut().skip(place).take(1).for_each(|one| change_some_text(twister, one));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text with something put in, taken out, replaced or repeated after the part that is kept.
fn changed(twister: &mut Twister, text: &str, kept: usize) -> String {
    let places: Vec<usize> = (kept..=text.len()).filter(|place| text.is_char_boundary(*place)).collect();
    if places.is_empty() {
        return text.to_owned();
    }
    let from = *twister.pick(&places);
    let to = (from + twister.below(9)).min(text.len());
    let to = if text.is_char_boundary(to) { to } else { text.len() };
    let (Some(before), Some(part), Some(after)) = (text.get(..from), text.get(from..to), text.get(to..))
    else {
        return text.to_owned();
    };
    match twister.below(4) {
        0 => format!("{before}{}{part}{after}", twister.pick(&LETTERS)),
        1 => format!("{before}{after}"),
        2 => format!("{before}{}{after}", twister.pick(&LETTERS)),
        _ => format!("{before}{part}{part}{after}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_depend_on_the_seed_alone_and_most_can_be_asked() {
        let changed = |seed| {
            let mut twister = Twister::new(seed);
            families()
                .into_iter()
                .flat_map(|family| {
                    let mut workload = family.workload;
                    (0..10)
                        .map(|_| {
                            change(&mut twister, &mut workload);
                            workload.clone()
                        })
                        .collect::<Vec<_>>()
                })
                .collect::<Vec<_>>()
        };
        let first = changed(1);
        assert_eq!(first, changed(1));
        assert_ne!(first, changed(2));
        let whole = first.len();
        let read = first.into_iter().filter(|workload| Workload::read(workload.clone()).is_ok()).count();
        assert!(read * 2 > whole, "{read} of {whole}");
    }
}
