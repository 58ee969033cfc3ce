//! The engine and the reference model, asked the same random questions.
//!
//! Both must give the same decision, with the same layer or grant; and the engine's explanation must hold the same
//! checks with the same effects and the same matching statements as the model's judgement. Where they part, the case is
//! made as small as it gets while they still do, and is printed in the format of [`crate::cases`].

mod printing;
mod shrinking;

use std::collections::HashMap;

use doorward_engine::policy::explain::{CheckEffect, Claim, Decision, Layer};
use doorward_engine::policy::request::{Policies, Request};
use doorward_engine::{CompiledPolicies, decide, explain};
use doorward_policy::Effect;
use doorward_policy::explain::Explanation;
use doorward_spec::{Judgement, judge};
use serde_json::Value;

use crate::generate::{self, Dice};

/// How many requests each set of policies is asked.
const REQUESTS_PER_POLICIES: u64 = 32;

/// How many cases were decided how.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    /// The number of cases by decision.
    pub decisions: HashMap<Decision, u64>,
}

impl Tally {
    /// How many cases there were.
    #[must_use]
    pub fn cases(&self) -> u64 {
        self.decisions.values().sum()
    }

    /// How many cases were decided in a way that `is_meant` names.
    pub fn count(&self, is_meant: impl Fn(Decision) -> bool) -> u64 {
        self.decisions.iter().filter(|(decision, _)| is_meant(**decision)).map(|(_, count)| count).sum()
    }

    /// Adds the cases of another tally.
    pub fn add(&mut self, other: &Self) {
        for (decision, count) in &other.decisions {
            *self.decisions.entry(*decision).or_default() += count;
        }
    }
}

/// A case in which engine and model part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The seed that leads to it.
    pub seed: u64,
    /// What they say.
    pub answers: String,
    /// The smallest case found, as it stands in a file of cases; it expects what the model says.
    pub case: String,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "seed {}: {}\n{}", self.seed, self.answers, self.case)
    }
}

/// Asks about as many cases as demanded, from the policies of `seed`, `seed + 1` and so on.
///
/// # Errors
/// The first [`Difference`].
///
/// # Panics
/// When the generator makes what cannot be read.
pub fn compare(seed: u64, cases: u64) -> Result<Tally, Box<Difference>> {
    let mut tally = Tally::default();
    for seed in (seed..).take(usize::try_from(cases.div_ceil(REQUESTS_PER_POLICIES)).unwrap_or(usize::MAX)) {
        let mut dice = Dice::new(seed);
        let members = generate::policies(&mut dice);
        let (policies, choices) = printing::policies(&members);
        let prepared = doorward_engine::Policies::new(CompiledPolicies::new(&policies), choices);
        for _ in 0..REQUESTS_PER_POLICIES {
            let request = generate::request(&mut dice);
            match agree(&request, &policies, &prepared) {
                Ok(decision) => *tally.decisions.entry(decision).or_default() += 1,
                Err(_) => return Err(Box::new(difference(seed, printing::case(&members, &request)))),
            }
        }
    }
    Ok(tally)
}

fn difference(seed: u64, case: Value) -> Difference {
    let differs = |case: &Value| answers(case).is_some();
    let mut smallest = shrinking::shrink(case, differs);
    let answers = answers(&smallest).unwrap_or_default();
    if let (Some(judged), Some(members)) = (judged(&smallest), smallest.as_object_mut()) {
        members.insert("expect".to_owned(), printing::expect(&judged));
    }
    let case = serde_json::to_string_pretty(&smallest).unwrap_or_default();
    Difference { seed, answers, case }
}

/// What engine and model say where they part; `None` where they agree, and for what is no case.
fn answers(case: &Value) -> Option<String> {
    let case = printing::read(case)?;
    let compiled = CompiledPolicies::new(&case.policies);
    let prepared = doorward_engine::Policies::new(compiled, case.choices);
    agree(&case.request, &case.policies, &prepared).err()
}

fn judged(case: &Value) -> Option<Judgement> {
    let case = printing::read(case)?;
    Some(judge(&case.request, &case.policies, &case.choices))
}

/// Asks both. The error says what each answers.
fn agree(
    request: &Request,
    policies: &Policies,
    prepared: &doorward_engine::Policies,
) -> Result<Decision, String> {
    let judged = judge(request, policies, prepared.choices());
    let decided = decide(request, prepared);
    let explained = explain(request, prepared);
    if decided != judged.decision {
        return Err(format!("the engine decides {decided:?}, the model {:?}", judged.decision));
    }
    if explained.decision != decided {
        return Err(format!("the engine decides {decided:?} and explains {:?}", explained.decision));
    }
    let (engine, model) = (explained_checks(&explained), judged_checks(&judged));
    if engine == model {
        return Ok(decided);
    }
    let parts = (0..engine.len().max(model.len())).find(|place| engine.get(*place) != model.get(*place));
    let (engine, model) = parts.map_or((None, None), |place| (engine.get(place), model.get(place)));
    Err(format!("the engine checks {engine:?}, the model {model:?}"))
}

/// A check in the terms that engine and model share.
#[derive(PartialEq, Eq, Debug)]
struct CheckSeen {
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

fn explained_checks(explanation: &Explanation) -> Vec<CheckSeen> {
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

fn judged_checks(judgement: &Judgement) -> Vec<CheckSeen> {
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
