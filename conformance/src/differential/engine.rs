//! The engine as the comparison uses it: the one place that knows how it is called.

use std::sync::OnceLock;

use doorward_engine::{CompiledPolicies, Listing, Shelf, decide, explain, open_keys};
use doorward_policy::Effect;
use doorward_policy::explain::{CheckEffect, Claim, Decision, Explanation, Layer};
use doorward_policy::request::{Attachments, Choices, Request};
use doorward_spec::Judgement;

/// Bytes of plans that the shelf keeps: so few that what crowded policies need is let go now and then.
const SHELF_BYTES: usize = 64 * 1024;

/// In how many ways a decision can be asked for, besides the plain one.
const WAYS: usize = 4;

/// Policies made ready once, to be asked many questions in every way that there is.
pub struct Engine {
    compiled: CompiledPolicies,
    choices: Choices,
    plain: doorward_engine::Policies,
    /// Made for the tags of the first request that is asked.
    for_tags: OnceLock<doorward_engine::Policies>,
    shelf: Shelf,
    listing: Listing,
}

impl Engine {
    /// Makes policies ready.
    #[must_use]
    pub fn new(policies: &Attachments, choices: &Choices) -> Self {
        let compiled = CompiledPolicies::new(policies);
        let plain = doorward_engine::Policies::new(compiled.clone(), *choices);
        let (shelf, listing) = (Shelf::new(SHELF_BYTES), Listing::new(compiled.clone()));
        Self { compiled, choices: *choices, plain, for_tags: OnceLock::new(), shelf, listing }
    }

    /// The decision, which must be the same in every way of asking for it.
    ///
    /// # Errors
    /// What the ways say that differ.
    pub fn decide(&self, request: &Request) -> Result<Decision, String> {
        let plain = decide(request, &self.plain);
        (0..WAYS).try_fold(plain, |_, way| self.decide_also(request, way))
    }

    /// The decision, which must be the same in one other way of asking for it.
    ///
    /// # Errors
    /// What the two ways say, where they differ.
    pub fn decide_also(&self, request: &Request, way: usize) -> Result<Decision, String> {
        let Request { requester, action, resource, context } = request;
        let decision = decide(request, &self.plain);
        let (way, other) = match way % WAYS {
            0 => ("prepared for tags", decide(request, self.for_tags(request))),
            1 => {
                let shelved = self.shelf.prepare_listed(&self.listing, self.choices, context);
                ("from the shelf", decide(request, &shelved))
            }
            2 => {
                ("asked resource by resource", self.plain.asking(requester, action, context).decide(resource))
            }
            _ => {
                let mut asking = self.for_tags(request).asking(requester, action, context);
                ("asked resource by resource, for tags", asking.decide(resource))
            }
        };
        if other == decision {
            Ok(decision)
        } else {
            Err(format!("the engine decides {decision:?}, but {way} {other:?}"))
        }
    }

    fn for_tags(&self, request: &Request) -> &doorward_engine::Policies {
        let prepare =
            || doorward_engine::Policies::for_tags(self.compiled.clone(), self.choices, &request.context);
        self.for_tags.get_or_init(prepare)
    }

    /// The explanation.
    #[must_use]
    pub fn explain(&self, request: &Request) -> Explanation {
        explain(request, &self.plain)
    }

    /// Whether a request without one of its keys is decided alike, if the engine does not name that key as one that may
    /// matter. `place` chooses the key.
    pub(super) fn is_open(&self, request: &Request, place: usize) -> Result<(), String> {
        let keys: Vec<&str> = request.context.iter().map(|(key, _)| key).collect();
        let Some(key) = place.checked_rem(keys.len()).and_then(|place| keys.get(place)) else {
            return Ok(());
        };
        let mut without = request.clone();
        without.context.remove(key);
        let (with, less) = (decide(request, &self.plain), decide(&without, &self.plain));
        let folded = key.to_lowercase();
        if with == less || open_keys(&without, &self.plain).iter().any(|open| open.folded() == folded) {
            Ok(())
        } else {
            Err(format!(
                "without `{key}` the engine decides {less:?}, with it {with:?}, and does not name it as open"
            ))
        }
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
