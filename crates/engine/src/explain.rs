//! The same decision, with everything that led to it.

use doorward_policy::explain::{
    Check, CheckEffect, Claim, Decision, Explanation, Failure, Grant, Layer, StatementMatch, StatementMiss,
    StatementPlace,
};
use doorward_policy::request::{Choices, ContextValue, Request, Requester};
use doorward_policy::{ConditionTest, Effect, Position, Statement};

use crate::actions;
use crate::compile::{CompiledAttached, CompiledPolicies, CompiledStatement};
use crate::decide::{Findings, Standing, conclude, is_implied, needs_session, sufficient};
use crate::policies::Policies;
use crate::principals::{Claims, Reach};
use crate::question::{Group, Question};
use crate::remedy;

/// Decides a request as [`decide`](crate::decide()) does, and says why: every check with its effect, the statements
/// that matched, those about the action that did not and what they failed on, and what would remove the reason for a
/// denial.
///
/// Looks at every statement and allocates freely: for people, logs and tests, not for every request.
#[must_use]
pub fn explain(request: &Request, policies: &Policies) -> Explanation {
    explain_attached(request, policies.attached(), policies.choices())
}

/// The same, of policies that are not prepared.
pub(crate) fn explain_attached(
    request: &Request,
    policies: &CompiledPolicies,
    choices: &Choices,
) -> Explanation {
    let question = Question::new(request, policies, choices);
    let explained = |decision, checks, remedy| Explanation {
        decision,
        action: request.action.clone(),
        resource: request.resource.arn.clone(),
        context: request.context.clone(),
        checks,
        remedy,
    };
    if question.is_always_allowed() {
        return explained(Decision::Allow(Grant::Always), Vec::new(), None);
    }
    let readings = read(&question);
    let findings = findings(&question, &readings);
    let denied = readings.iter().find(|reading| reading.has(Effect::Deny));
    let decision = match denied {
        Some(reading) => Decision::ExplicitDeny(reading.layer),
        None => conclude(&question.stand, &findings),
    };
    let checks: Vec<Check> =
        readings.into_iter().map(|reading| check(&question, &findings, reading)).collect();
    let remedy = remedy::remedy(request, decision, &checks);
    explained(decision, checks, remedy)
}

/// What the policies of one check say about a request.
struct Reading {
    layer: Layer,
    target: String,
    matched: Vec<StatementMatch>,
    missed: Vec<StatementMiss>,
    /// All claims of the matching `Allow` statements.
    granted: Claims,
}

impl Reading {
    fn has(&self, effect: Effect) -> bool {
        self.matched.iter().any(|matched| matched.place.effect == effect)
    }
}

/// Reads the policies of every layer that applies, and of none where a layer without policies has a say.
fn read(question: &Question<'_>) -> Vec<Reading> {
    let mut readings: Vec<Reading> = question.groups().map(|group| read_group(question, &group)).collect();
    let standing = question.stand.standing;
    let has_no_say = |reading: &Reading| {
        reading.layer == Layer::Identity
            && standing == Standing::Outsider
            && question.policies.identity.is_empty()
    };
    readings.retain(|reading| !has_no_say(reading));
    if question.policies.resource.is_none() && resource_is_needed(question) {
        add_empty(question, &mut readings, question.stand.resource_layer());
    }
    if question.policies.session.is_none() && needs_session(&question.request.requester) {
        add_empty(question, &mut readings, Layer::Session);
    }
    readings
}

/// Adds a layer without policies at its place in the order.
fn add_empty(question: &Question<'_>, readings: &mut Vec<Reading>, layer: Layer) {
    let place = readings.partition_point(|reading| reading.layer < layer);
    readings.insert(place, read_group(question, &Group { layer, node: None, policies: &[] }));
}

/// Whether nothing can be allowed unless the resource's policy names the requester.
fn resource_is_needed(question: &Question<'_>) -> bool {
    match question.stand.standing {
        Standing::Outsider | Standing::Foreigner => true,
        Standing::Root | Standing::Member => question.stand.must_be_named(),
    }
}

fn read_group(question: &Question<'_>, group: &Group<'_>) -> Reading {
    let mut reading = Reading {
        layer: group.layer,
        target: target(question, group),
        matched: Vec::new(),
        missed: Vec::new(),
        granted: Claims::NONE,
    };
    for policy in group.policies {
        let document = policy.document.document();
        for (index, statement) in document.statements.iter().enumerate() {
            if actions::include(&statement.action, question.action.as_str()) {
                let place = place(policy, index, statement);
                let compiled = CompiledStatement::new(statement, document);
                read_statement(question, &mut reading, place, statement, &compiled);
            }
        }
    }
    reading
}

/// Files a statement about the action under those that matched or those that did not.
fn read_statement(
    question: &Question<'_>,
    reading: &mut Reading,
    place: StatementPlace,
    statement: &Statement,
    compiled: &CompiledStatement,
) {
    let reach = question.reach(compiled, reading.layer);
    let mut failures = Vec::new();
    if matches!(reach, Reach::No) {
        failures.push(Failure::Principal);
    }
    if !question.is_about_resource(compiled) {
        failures.push(Failure::Resource);
    }
    let context = &question.request.context;
    let failed = statement.conditions.iter().zip(&compiled.tests).filter(|(_, test)| !test.holds(context));
    failures.extend(failed.map(|(written, _)| condition(question, written)));
    if !failures.is_empty() {
        reading.missed.push(StatementMiss { place, failures });
        return;
    }
    let claims = match reach {
        Reach::No | Reach::Unclaimed => Claims::NONE,
        Reach::Claimed(claims) => claims,
    };
    if place.effect == Effect::Allow {
        reading.granted = reading.granted.with(claims);
    }
    reading.matched.push(StatementMatch { place, claim: claims.strongest() });
}

fn place(policy: &CompiledAttached, index: usize, statement: &Statement) -> StatementPlace {
    StatementPlace {
        policy: policy.source.as_ref().clone(),
        sid: statement.sid.as_deref().map(str::to_owned),
        index,
        effect: statement.effect,
        span: statement.span,
        position: Position::at(&policy.document.document().text, statement.span.start),
    }
}

fn condition(question: &Question<'_>, test: &ConditionTest) -> Failure {
    let found = question.request.context.value(test.key.folded()).map(|value| match value {
        ContextValue::Single(value) => vec![value.clone()],
        ContextValue::Multiple(values) => values.clone(),
    });
    Failure::Condition {
        operator: test.operator.to_string(),
        key: test.key.to_string(),
        wanted: test.values.iter().map(|value| value.text.to_string()).collect(),
        found,
        span: test.key_span,
    }
}

/// What a check asks: an organization's node, the endpoint, the resource, or the principal.
fn target(question: &Question<'_>, group: &Group<'_>) -> String {
    let request = question.request;
    match group.layer {
        Layer::ResourceControl | Layer::ServiceControl => group.node.unwrap_or_default().to_owned(),
        Layer::Endpoint => {
            group.policies.first().map(|policy| policy.source.attached_to.clone()).unwrap_or_default()
        }
        Layer::Resource | Layer::Trust => request.resource.arn.clone(),
        Layer::Identity | Layer::Boundary => {
            request.requester.principal_arn().unwrap_or_else(|| name(&request.requester))
        }
        Layer::Session => name(&request.requester),
    }
}

/// What to call a requester: its ARN, or what it has instead of one.
pub(crate) fn name(requester: &Requester) -> String {
    match requester {
        Requester::Anonymous => "anonymous".to_owned(),
        Requester::Service { names, .. } => names.first().cloned().unwrap_or_default(),
        Requester::Federated { provider } => provider.clone(),
        Requester::Root { .. }
        | Requester::User { .. }
        | Requester::RoleSession { .. }
        | Requester::FederatedUser { .. } => requester.arn().unwrap_or_default(),
    }
}

/// What the readings allow: [`Findings`], from the statements that matched.
fn findings(question: &Question<'_>, readings: &[Reading]) -> Findings {
    let of = |layer| readings.iter().filter(move |reading| reading.layer == layer);
    let allow = |layer| of(layer).all(|reading| reading.has(Effect::Allow));
    let requester = &question.request.requester;
    let rails = |rails: Option<_>, layer| rails.is_none() || (of(layer).next().is_some() && allow(layer));
    Findings {
        resource_control: rails(question.resource_control(), Layer::ResourceControl),
        service_control: rails(question.service_control(), Layer::ServiceControl),
        endpoint: allow(Layer::Endpoint),
        granted: of(question.stand.resource_layer())
            .fold(Claims::NONE, |all, reading| all.with(reading.granted)),
        identity: is_implied(requester) || of(Layer::Identity).any(|reading| reading.has(Effect::Allow)),
        boundary: allow(Layer::Boundary),
        session: allow(Layer::Session),
    }
}

/// The check that comes of a reading.
fn check(question: &Question<'_>, findings: &Findings, reading: Reading) -> Check {
    let effect = effect(question, findings, &reading);
    let Reading { layer, target, matched, missed, granted: _ } = reading;
    Check { layer, target, effect, matched, missed }
}

fn effect(question: &Question<'_>, findings: &Findings, reading: &Reading) -> CheckEffect {
    if reading.has(Effect::Deny) {
        return CheckEffect::ExplicitDeny;
    }
    let allows = match reading.layer {
        Layer::Resource | Layer::Trust => !findings.granted.is_empty(),
        Layer::Identity => findings.identity,
        Layer::ResourceControl
        | Layer::ServiceControl
        | Layer::Endpoint
        | Layer::Boundary
        | Layer::Session => reading.has(Effect::Allow),
    };
    if allows {
        CheckEffect::Allow
    } else if is_needed(question, findings, reading.layer) {
        CheckEffect::ImplicitDeny
    } else {
        CheckEffect::NoImpact
    }
}

/// Whether the layer's allow is needed, given what the other layers say.
fn is_needed(question: &Question<'_>, findings: &Findings, layer: Layer) -> bool {
    let standing = question.stand.standing;
    match layer {
        Layer::ResourceControl | Layer::ServiceControl | Layer::Endpoint => true,
        Layer::Resource | Layer::Trust => resource_is_needed(question),
        Layer::Identity => match standing {
            Standing::Outsider => false,
            Standing::Foreigner => true,
            Standing::Root | Standing::Member => {
                findings.granted.strongest().is_none_or(|claim| claim == Claim::Account)
            }
        },
        Layer::Boundary | Layer::Session => match standing {
            Standing::Outsider => false,
            Standing::Foreigner | Standing::Root => true,
            Standing::Member => sufficient(&question.stand, findings).is_empty(),
        },
    }
}
