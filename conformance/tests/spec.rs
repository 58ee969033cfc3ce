//! Every case, on the reference model.

use doorward_conformance::cases::{self, Disagreement, MatchedPlace};
use doorward_spec::{Judgement, judge};

fn agree(wrong: &[Disagreement]) {
    let lines: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} cases:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn decisions() {
    let all = cases::all().unwrap();
    agree(&cases::disagreements(&all, |request, policies, choices| {
        judge(request, policies, choices).decision
    }));
}

#[test]
fn matched_statements() {
    let all = cases::all().unwrap();
    agree(&cases::matched_disagreements(&all, |request, policies, choices| {
        places(&judge(request, policies, choices))
    }));
}

fn places(judgement: &Judgement) -> Vec<MatchedPlace> {
    let mut places = Vec::new();
    for (place, check) in judgement.checks.iter().enumerate() {
        let level = judgement.checks.iter().take(place).filter(|other| other.layer == check.layer).count();
        places.extend(check.matched.iter().map(|matched| MatchedPlace {
            layer: check.layer,
            level,
            policy: matched.policy,
            statement: matched.statement,
            claim: matched.claim(),
        }));
    }
    places
}

/// How many cases at least are examples that AWS's own pages work through.
const EXAMPLES_MIN: usize = 150;

/// A case without these shows nothing, and a suite that lost its files would pass.
#[test]
fn cases_are_complete() {
    let all = cases::all().unwrap();
    assert!(all.len() >= 250, "only {} cases", all.len());
    for case in &all {
        assert!(case.source.starts_with("https://"), "{}: source", case.id);
        assert!(!case.title.is_empty(), "{}: title", case.id);
    }
    let examples = all.iter().filter(|case| case.example).count();
    assert!(examples >= EXAMPLES_MIN, "only {examples} examples of AWS's pages");
    for allowed in [true, false] {
        let share = all.iter().filter(|case| case.expect.decision.is_allowed() == allowed).count();
        assert!(share * 4 > all.len(), "{share} of {} cases are decided {allowed}", all.len());
    }
}

/// What the list of vectors says is held to by a case is.
#[test]
fn vectors_name_cases() {
    let path = cases::directory().join("../vectors.md");
    let text = std::fs::read_to_string(path).unwrap();
    let all = cases::all().unwrap();
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert_eq!(rows.len(), 46);
    for row in rows {
        let place = row.split('|').nth(3).unwrap();
        let names: Vec<&str> = place.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "{row}");
        for name in names.into_iter().filter(|name| !name.contains('/')) {
            assert!(all.iter().any(|case| case.id == name), "no case `{name}`");
        }
    }
}
