//! An explanation as JSON, in one schema for every door.
//!
//! `action`, `resource`, `context`, `evaluatedEffect` and `matchedPolicies` are those of AWS's own `Evaluation`; the
//! rest is beyond it.
//!
//! Source: <https://docs.aws.amazon.com/iam-toolbox/latest/APIReference/API_Evaluation.html>

use doorward_policy::Effect;
use doorward_policy::explain::{
    Check, CheckEffect, Claim, Clause, Decision, Edit, Element, Explanation, Grant, Layer, Remedy, Setting,
    StatementMatch, StatementMiss, StatementPlace,
};
use doorward_policy::request::{Context, ContextValue, Source};
use serde_json::{Map, Value, json};

/// The explanation as one JSON object.
///
/// - `principal`: who asked; `message`: the text with which AWS refuses, `null` where the request is allowed.
/// - `action`, `resource`: as asked; `context`: an object of strings, and of lists of strings for multivalued keys.
/// - `evaluatedEffect`: `ALLOW`, `IMPLICIT_DENY` or `EXPLICIT_DENY`.
/// - `reason`: `{"layer"}` of a denial; `{"grant", "claim"?}` of what is allowed.
/// - `matchedPolicies`: the policies whose statements made the decision; none for an implicit denial. Each has a `uri`
///   (the ARN of a managed policy, an opaque text otherwise), a `name`, `attachedTo`, and `matchedStatements`, each
///   with `sid` (one is made up where there is none), `evaluatedEffect` (`ALLOW` or `DENY`), `index` from 0, `line` and
///   `column` from 1, the bytes `start` and `end`, its `conditions`, and perhaps a `claim`.
/// - `checks`: in order, each with `layer`, `target`, `effect` (also `NO_IMPACT`), its `matchedPolicies`, and
///   `missedStatements` with the `policy`, the statement's members as above, and `failures`.
/// - Conditions and failures have a `part` (`PRINCIPAL`, `NOT_PRINCIPAL`, `RESOURCE`, `NOT_RESOURCE`, or `CONDITION` with
///   its `operator` and `key`), the policy's values as `wanted`, the request's as `found` (`null` for a missing key), and
///   the place: `line`, `column`, `start`, `end`.
/// - `remedy`: what would turn the decision. `edits`, each of `kind` `remove` or `grant` with `layer` and `target`: the
///   `statement` to take out, or to put in, and then the `nearest` statement that is there, or `null`. `settings`: each a
///   `key` and a `value`, `null` where it would have to be missing. Each list is complete by itself, and empty where no such
///   way is known.
#[must_use]
pub fn evaluation(explanation: &Explanation) -> Value {
    json!({
        "principal": explanation.principal,
        "message": explanation.message,
        "action": explanation.action,
        "resource": explanation.resource,
        "context": context(&explanation.context),
        "evaluatedEffect": effect(explanation.decision).name(),
        "reason": reason(explanation.decision),
        "matchedPolicies": policies(deciding(explanation)),
        "checks": explanation.checks.iter().map(check).collect::<Vec<_>>(),
        "remedy": remedy(&explanation.remedy),
    })
}

/// The name of a layer in the schema.
#[must_use]
pub const fn layer_name(layer: Layer) -> &'static str {
    match layer {
        Layer::ResourceControl => "RESOURCE_CONTROL_POLICY",
        Layer::ServiceControl => "SERVICE_CONTROL_POLICY",
        Layer::Endpoint => "VPC_ENDPOINT_POLICY",
        Layer::Resource => "RESOURCE_POLICY",
        Layer::Trust => "TRUST_POLICY",
        Layer::Identity => "IDENTITY_POLICY",
        Layer::Boundary => "PERMISSIONS_BOUNDARY",
        Layer::Session => "SESSION_POLICY",
    }
}

/// The name of a claim in the schema.
#[must_use]
pub const fn claim_name(claim: Claim) -> &'static str {
    match claim {
        Claim::Account => "ACCOUNT",
        Claim::Role => "ROLE",
        Claim::Provider => "PROVIDER",
        Claim::Service => "SERVICE",
        Claim::IssuingUser => "ISSUING_USER",
        Claim::User => "USER",
        Claim::Everyone => "EVERYONE",
        Claim::Session => "SESSION",
    }
}

const fn effect(decision: Decision) -> CheckEffect {
    match decision {
        Decision::Allow(_) => CheckEffect::Allow,
        Decision::ImplicitDeny(_) => CheckEffect::ImplicitDeny,
        Decision::ExplicitDeny(_) => CheckEffect::ExplicitDeny,
    }
}

fn reason(decision: Decision) -> Value {
    match decision {
        Decision::ImplicitDeny(layer) | Decision::ExplicitDeny(layer) => json!({"layer": layer_name(layer)}),
        Decision::Allow(Grant::Always) => json!({"grant": "ALWAYS"}),
        Decision::Allow(Grant::Root) => json!({"grant": "ROOT"}),
        Decision::Allow(Grant::Identity) => json!({"grant": "IDENTITY"}),
        Decision::Allow(Grant::Resource(claim)) => json!({"grant": "RESOURCE", "claim": claim_name(claim)}),
        Decision::Allow(Grant::Both(claim)) => json!({"grant": "BOTH", "claim": claim_name(claim)}),
    }
}

fn context(context: &Context) -> Value {
    let value = |value: &ContextValue| match value {
        ContextValue::Single(value) => json!(value),
        ContextValue::Multiple(values) => json!(values),
    };
    Value::Object(context.iter().map(|(name, found)| (name.to_owned(), value(found))).collect())
}

/// The statements that made the decision: those of the checks and of the effect that it comes from.
fn deciding(explanation: &Explanation) -> impl Iterator<Item = &StatementMatch> {
    let (from, wanted) = match explanation.decision {
        Decision::Allow(_) => (None, Some(Effect::Allow)),
        Decision::ExplicitDeny(layer) => (Some(layer), Some(Effect::Deny)),
        Decision::ImplicitDeny(layer) => (Some(layer), None),
    };
    let checks = explanation.checks.iter().filter(move |check| from.is_none_or(|layer| check.layer == layer));
    checks.flat_map(|check| &check.matched).filter(move |matched| Some(matched.place.effect) == wanted)
}

fn check(check: &Check) -> Value {
    json!({
        "layer": layer_name(check.layer),
        "target": check.target,
        "effect": check.effect.name(),
        "matchedPolicies": policies(check.matched.iter()),
        "missedStatements": check.missed.iter().map(missed).collect::<Vec<_>>(),
    })
}

/// Statements by policy, in order.
fn policies<'a>(statements: impl Iterator<Item = &'a StatementMatch>) -> Value {
    let mut policies: Vec<(&Source, Vec<Value>)> = Vec::new();
    for matched in statements {
        let mut members = statement(&matched.place);
        members.insert("conditions".to_owned(), clauses(&matched.conditions));
        if let Some(claim) = matched.claim {
            members.insert("claim".to_owned(), json!(claim_name(claim)));
        }
        match policies.last_mut() {
            Some((source, statements)) if **source == matched.place.policy => statements.push(members.into()),
            Some(_) | None => policies.push((&matched.place.policy, vec![members.into()])),
        }
    }
    let policy = |(source, statements): (&Source, Vec<Value>)| {
        let mut members = policy(source);
        members.insert("matchedStatements".to_owned(), statements.into());
        Value::Object(members)
    };
    policies.into_iter().map(policy).collect()
}

fn policy(source: &Source) -> Map<String, Value> {
    let uri = source.arn.clone().unwrap_or_else(|| format!("inline:{}#{}", source.attached_to, source.name));
    members([("uri", json!(uri)), ("name", json!(source.name)), ("attachedTo", json!(source.attached_to))])
}

fn statement(place: &StatementPlace) -> Map<String, Value> {
    let sid = place.sid.clone().filter(|sid| !sid.is_empty());
    let effect = match place.effect {
        Effect::Allow => "ALLOW",
        Effect::Deny => "DENY",
    };
    members([
        ("sid", json!(sid.unwrap_or_else(|| format!("Statement{}", place.index + 1)))),
        ("evaluatedEffect", json!(effect)),
        ("index", json!(place.index)),
        ("line", json!(place.position.line)),
        ("column", json!(place.position.column)),
        ("start", json!(place.span.start)),
        ("end", json!(place.span.end)),
    ])
}

fn members<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn placed(place: &StatementPlace) -> Map<String, Value> {
    let mut members = statement(place);
    members.insert("policy".to_owned(), policy(&place.policy).into());
    members
}

fn missed(miss: &StatementMiss) -> Value {
    let mut members = placed(&miss.place);
    members.insert("failures".to_owned(), clauses(&miss.failures));
    members.into()
}

fn clauses(clauses: &[Clause]) -> Value {
    clauses.iter().map(clause).collect()
}

fn clause(clause: &Clause) -> Value {
    let part = match &clause.element {
        Element::Principal => "PRINCIPAL",
        Element::NotPrincipal => "NOT_PRINCIPAL",
        Element::Resource => "RESOURCE",
        Element::NotResource => "NOT_RESOURCE",
        Element::Condition { .. } => "CONDITION",
    };
    let mut members = members([
        ("part", json!(part)),
        ("wanted", json!(clause.wanted)),
        ("found", json!(clause.found)),
        ("line", json!(clause.position.line)),
        ("column", json!(clause.position.column)),
        ("start", json!(clause.span.start)),
        ("end", json!(clause.span.end)),
    ]);
    if let Element::Condition { operator, key } = &clause.element {
        members.insert("operator".to_owned(), json!(operator));
        members.insert("key".to_owned(), json!(key));
    }
    members.into()
}

fn remedy(remedy: &Remedy) -> Value {
    json!({
        "edits": remedy.edits.iter().map(edit).collect::<Vec<_>>(),
        "settings": remedy.settings.iter().map(setting).collect::<Vec<_>>(),
    })
}

fn edit(edit: &Edit) -> Value {
    match edit {
        Edit::Remove { layer, target, place } => json!({
            "kind": "remove",
            "layer": layer_name(*layer),
            "target": target,
            "statement": placed(place),
        }),
        Edit::Grant { layer, target, statement, nearest } => json!({
            "kind": "grant",
            "layer": layer_name(*layer),
            "target": target,
            // What is no JSON, which a grant never is, is shown as text.
            "statement": serde_json::from_str(statement).unwrap_or_else(|_| json!(statement)),
            "nearest": nearest.as_ref().map(missed),
        }),
    }
}

fn setting(setting: &Setting) -> Value {
    json!({"key": setting.key, "value": setting.value})
}
