//! The engine as the comparison uses it: the one place that knows how it is called.

use doorward_engine::{CompiledPolicies, decide, explain};
use doorward_policy::Effect;
use doorward_policy::explain::{CheckEffect, Claim, Decision, Explanation, Layer};
use doorward_policy::request::{Choices, Policies, Request};
use doorward_spec::Judgement;

/// Policies made ready once, to be asked many questions.
pub(super) struct Engine {
    compiled: CompiledPolicies,
    choices: Choices,
}

impl Engine {
    pub(super) fn new(policies: &Policies, choices: &Choices) -> Self {
        Self { compiled: CompiledPolicies::new(policies), choices: *choices }
    }

    pub(super) fn decide(&self, request: &Request) -> Decision {
        decide(request, &self.compiled, &self.choices)
    }

    pub(super) fn explain(&self, request: &Request) -> Explanation {
        explain(request, &self.compiled, &self.choices)
    }
}

/// A check in the terms that engine and model share.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct CheckSeen {
    layer: Layer,
    /// The node of the organization, for its policies.
    node: Option<String>,
    effect: CheckEffect,
    matched: Vec<StatementSeen>,
}

#[derive(PartialEq, Eq, Debug)]
struct StatementSeen {
    /// The policy's name ends in its place.
    policy: usize,
    statement: usize,
    effect: Effect,
    claim: Option<Claim>,
}

fn node(layer: Layer, target: &str) -> Option<String> {
    matches!(layer, Layer::ResourceControl | Layer::ServiceControl).then(|| target.to_owned())
}

/// What the engine checked.
pub(super) fn checks(explanation: &Explanation) -> Vec<CheckSeen> {
    let check = |check: &doorward_policy::explain::Check| CheckSeen {
        layer: check.layer,
        node: node(check.layer, &check.target),
        effect: check.effect,
        matched: check
            .matched
            .iter()
            .map(|matched| StatementSeen {
                policy: place_in_name(&matched.place.policy.name),
                statement: matched.place.index,
                effect: matched.place.effect,
                claim: matched.claim,
            })
            .collect(),
    };
    explanation.checks.iter().map(check).collect()
}

/// The number at the end of a policy's name; 0 where a layer has one policy, named without a number.
fn place_in_name(name: &str) -> usize {
    name.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// What the model checked.
pub(super) fn judged_checks(judgement: &Judgement) -> Vec<CheckSeen> {
    let check = |check: &doorward_spec::LayerCheck| CheckSeen {
        layer: check.layer,
        node: node(check.layer, &check.target),
        effect: check.effect,
        matched: check
            .matched
            .iter()
            .map(|matched| StatementSeen {
                policy: matched.policy,
                statement: matched.statement,
                effect: matched.effect,
                claim: matched.claim(),
            })
            .collect(),
    };
    judgement.checks.iter().map(check).collect()
}
