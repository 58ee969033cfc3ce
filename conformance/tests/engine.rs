//! Every case, on the engine.

use doorward_conformance::cases::{self, Disagreement, MatchedPlace};
use doorward_engine::{CompiledPolicies, decide, denial, explain};
use doorward_policy::explain::Explanation;
use doorward_policy::request::{Attachments, Choices};

fn agree(wrong: &[Disagreement]) {
    let lines: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{} cases:\n{}", lines.len(), lines.join("\n"));
}

fn prepared(policies: &Attachments, choices: &Choices) -> doorward_engine::Policies {
    doorward_engine::Policies::new(CompiledPolicies::new(policies), *choices)
}

#[test]
fn decisions() {
    let all = cases::all().unwrap();
    agree(&cases::disagreements(&all, |request, policies, choices| {
        decide(request, &prepared(policies, choices))
    }));
    agree(&cases::disagreements(&all, |request, policies, choices| {
        explain(request, &prepared(policies, choices)).decision
    }));
}

#[test]
fn matched_statements() {
    let all = cases::all().unwrap();
    agree(&cases::matched_disagreements(&all, |request, policies, choices| {
        places(&explain(request, &prepared(policies, choices)))
    }));
}

#[test]
fn denial_texts() {
    let mut checked = 0;
    for case in cases::all().unwrap() {
        let Some(suffix) = &case.expect.message_suffix else { continue };
        let explanation = explain(&case.request, &prepared(&case.policies, &case.choices));
        let text = denial(&case.request, &explanation).unwrap_or_default();
        assert!(text.ends_with(&**suffix), "{}: `{text}` does not end with `{suffix}`", case.id);
        checked += 1;
    }
    assert!(checked > 0, "some cases name the text of their denial");
}

/// The matched statements. The name of a policy that a case does not name ends in its place.
fn places(explanation: &Explanation) -> Vec<MatchedPlace> {
    let mut places = Vec::new();
    for (place, check) in explanation.checks.iter().enumerate() {
        let level = explanation.checks.iter().take(place).filter(|other| other.layer == check.layer).count();
        places.extend(check.matched.iter().map(|matched| {
            let number = matched.place.policy.name.rsplit('-').next().and_then(|number| number.parse().ok());
            MatchedPlace {
                layer: check.layer,
                level,
                policy: number.unwrap_or(0),
                statement: matched.place.index,
                claim: matched.claim,
            }
        }));
    }
    places
}
