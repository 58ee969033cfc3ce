//! The same decision, with everything that led to it.

use doorward_policy::explain::{
    Check, CheckEffect, Claim, Clause, Decision, Element, Explanation, Grant, Layer, StatementMatch,
    StatementMiss, StatementPlace,
};
use doorward_policy::request::{Choices, ContextValue, Request, Requester};
use doorward_policy::{ConditionTest, Effect, Places, PrincipalClause, ResourceClause, Span, Statement};

use crate::actions;
use crate::compile::{CompiledAttached, CompiledPolicies, CompiledStatement};
use crate::decide::{Findings, Standing, conclude, is_implied, needs_session, sufficient};
use crate::message::denial;
use crate::policies::Policies;
use crate::principals::{Claims, Reach};
use crate::question::{Group, Question};
use crate::remedy;

/// Decides a request as [`decide`](crate::decide()) does, and says why: every check with its effect, the statements
/// that matched, those about the action that did not and what they failed on, and what would turn the decision.
///
/// Looks at every statement and allocates freely: for people, logs and tests, not for every request.
#[must_use]
pub fn explain(request: &Request, policies: &Policies) -> Explanation {
    let question = Question::new(request, policies.attached(), policies.choices());
    let (decision, readings) = decision(&question);
    let remedy = remedy::remedy(&question, decision, &readings);
    let mut explanation = Explanation {
        decision,
        message: None,
        principal: name(&request.requester),
        action: request.action.clone(),
        resource: request.resource.arn.clone(),
        context: request.context.clone(),
        checks: filed(&question, readings),
        remedy,
    };
    explanation.message = denial(request, &explanation);
    explanation
}

/// The decision and the checks of [`explain`], without what would turn it: searching that is what costs most there.
///
/// Looks at every statement and allocates freely.
#[must_use]
pub fn checks(request: &Request, policies: &Policies) -> (Decision, Vec<Check>) {
    let question = Question::new(request, policies.attached(), policies.choices());
    let (decision, readings) = decision(&question);
    (decision, filed(&question, readings))
}

/// The checks that come of readings.
fn filed(question: &Question<'_>, readings: Vec<Reading>) -> Vec<Check> {
    let said: Vec<Said> = readings.iter().map(Reading::said).collect();
    let findings = findings(question, &said);
    readings.into_iter().map(|reading| check(question, &findings, reading)).collect()
}

/// The decision alone, of policies that are not prepared.
pub(crate) fn decide_attached(request: &Request, policies: &CompiledPolicies, choices: &Choices) -> Decision {
    decision(&Question::new(request, policies, choices)).0
}

/// The decision, and the readings that lead to it; none where nothing is asked of policies.
fn decision(question: &Question<'_>) -> (Decision, Vec<Reading>) {
    if question.is_always_allowed() {
        return (Decision::Allow(Grant::Always), Vec::new());
    }
    let readings = read(question);
    let denied = readings.iter().find(|reading| reading.has(Effect::Deny));
    let decision = match denied {
        Some(reading) => Decision::ExplicitDeny(reading.layer),
        None => {
            let said: Vec<Said> = readings.iter().map(Reading::said).collect();
            conclude(&question.stand, &findings(question, &said))
        }
    };
    (decision, readings)
}

/// What the policies of one check say about a request.
#[derive(Clone)]
pub(crate) struct Reading {
    pub(crate) layer: Layer,
    pub(crate) target: String,
    pub(crate) matched: Vec<StatementMatch>,
    /// The claims of the matching statements, one by one.
    pub(crate) claims: Vec<Claims>,
    pub(crate) missed: Vec<StatementMiss>,
}

impl Reading {
    pub(crate) fn has(&self, effect: Effect) -> bool {
        self.matched.iter().any(|matched| matched.place.effect == effect)
    }

    /// What the reading adds to the findings.
    pub(crate) fn said(&self) -> Said {
        let allows = self.matched.iter().zip(&self.claims);
        let granted = allows
            .filter(|(matched, _)| matched.place.effect == Effect::Allow)
            .fold(Claims::NONE, |all, (_, claims)| all.with(*claims));
        Said { layer: self.layer, allows: self.has(Effect::Allow), granted }
    }
}

/// What a check allows.
pub(crate) struct Said {
    pub(crate) layer: Layer,
    /// Whether any statement allows.
    pub(crate) allows: bool,
    /// All claims of the statements that allow.
    pub(crate) granted: Claims,
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
        claims: Vec::new(),
        missed: Vec::new(),
    };
    for policy in group.policies {
        let document = policy.document.document();
        let places = Places::of(&document.text);
        for (index, statement) in document.statements.iter().enumerate() {
            if actions::include(&statement.action, question.action.as_str()) {
                let place = place(policy, &places, index, statement);
                let compiled = CompiledStatement::new(statement, document);
                let read = Read { question, places: &places, statement, compiled: &compiled };
                read.file(&mut reading, place);
            }
        }
    }
    reading
}

/// A statement about the request's action.
struct Read<'a> {
    question: &'a Question<'a>,
    /// The places in the text of its policy.
    places: &'a Places<'a>,
    statement: &'a Statement,
    compiled: &'a CompiledStatement,
}

impl Read<'_> {
    /// Files the statement under those that matched or those that did not.
    fn file(&self, reading: &mut Reading, place: StatementPlace) {
        let (failures, claims) = match self.question.reach(self.compiled, reading.layer) {
            Reach::No => (self.principal().into_iter().collect(), None),
            Reach::Unclaimed => (Vec::new(), Some(Claims::NONE)),
            Reach::Claimed(claims) => (Vec::new(), Some(claims)),
        };
        let about = self.question.is_about_resource(self.compiled);
        let resource = (!about).then(|| self.resource()).flatten();
        let context = &self.question.request.context;
        let tests = self.statement.conditions.iter().zip(&self.compiled.tests);
        let (holding, failing): (Vec<_>, Vec<_>) = tests.partition(|(_, test)| test.holds(context));
        let conditions = |tests: Vec<(&ConditionTest, _)>| {
            tests.into_iter().map(|(written, _)| self.condition(written)).collect::<Vec<_>>()
        };
        match claims {
            Some(claims) if about && failing.is_empty() => {
                let conditions = conditions(holding);
                reading.matched.push(StatementMatch { place, claim: claims.strongest(), conditions });
                reading.claims.push(claims);
            }
            Some(_) | None => {
                let failures = failures.into_iter().chain(resource).chain(conditions(failing)).collect();
                reading.missed.push(StatementMiss { place, failures });
            }
        }
    }

    fn principal(&self) -> Option<Clause> {
        let clause = self.statement.principal.as_ref()?;
        let element = match clause {
            PrincipalClause::Principal(_) => Element::Principal,
            PrincipalClause::NotPrincipal(_) => Element::NotPrincipal,
        };
        let entries = clause.entries().iter().map(|entry| (entry.text.as_str(), entry.span));
        Some(self.clause(element, entries, Some(vec![name(&self.question.request.requester)])))
    }

    fn resource(&self) -> Option<Clause> {
        let clause = self.statement.resource.as_ref()?;
        let element = match clause {
            ResourceClause::Resource(_) => Element::Resource,
            ResourceClause::NotResource(_) => Element::NotResource,
        };
        let patterns = clause.patterns().iter().map(|pattern| (pattern.text.as_str(), pattern.span));
        Some(self.clause(element, patterns, Some(vec![self.question.request.resource.arn.clone()])))
    }

    fn condition(&self, test: &ConditionTest) -> Clause {
        let found = self.question.request.context.value(test.key.folded()).map(|value| match value {
            ContextValue::Single(value) => vec![value.clone()],
            ContextValue::Multiple(values) => values.clone(),
        });
        let element = Element::Condition { operator: test.operator.to_string(), key: test.key.to_string() };
        let values = test.values.iter().map(|value| (value.text.as_str(), value.span));
        let Clause { wanted, span, .. } = self.clause(element.clone(), values, None);
        let span = Span { start: test.key_span.start, end: span.end.max(test.key_span.end) };
        Clause { element, wanted, found, span, position: self.places.at(span.start) }
    }

    /// A clause of these values, which stand from the first to the last of their places.
    fn clause<'v>(
        &self,
        element: Element,
        values: impl Iterator<Item = (&'v str, Span)> + Clone,
        found: Option<Vec<String>>,
    ) -> Clause {
        let wanted = values.clone().map(|(text, _)| text.to_owned()).collect();
        let whole = values
            .map(|(_, span)| span)
            .reduce(|all, span| Span { start: all.start.min(span.start), end: all.end.max(span.end) });
        let span = whole.unwrap_or(Span { start: self.statement.span.start, end: self.statement.span.start });
        Clause { element, wanted, found, span, position: self.places.at(span.start) }
    }
}

fn place(
    policy: &CompiledAttached,
    places: &Places<'_>,
    index: usize,
    statement: &Statement,
) -> StatementPlace {
    StatementPlace {
        policy: policy.source.as_ref().clone(),
        sid: statement.sid.as_deref().map(str::to_owned),
        index,
        effect: statement.effect,
        span: statement.span,
        position: places.at(statement.span.start),
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

/// What the checks allow: [`Findings`], from the statements that matched.
pub(crate) fn findings(question: &Question<'_>, said: &[Said]) -> Findings {
    let of = |layer| said.iter().filter(move |said| said.layer == layer);
    let allow = |layer| of(layer).all(|said| said.allows);
    let requester = &question.request.requester;
    let rails = |rails: Option<_>, layer| rails.is_none() || (of(layer).next().is_some() && allow(layer));
    Findings {
        resource_control: rails(question.resource_control(), Layer::ResourceControl),
        service_control: rails(question.service_control(), Layer::ServiceControl),
        endpoint: allow(Layer::Endpoint),
        granted: of(question.stand.resource_layer()).fold(Claims::NONE, |all, said| all.with(said.granted)),
        identity: is_implied(requester) || of(Layer::Identity).any(|said| said.allows),
        boundary: allow(Layer::Boundary),
        session: allow(Layer::Session),
    }
}

/// The check that comes of a reading.
fn check(question: &Question<'_>, findings: &Findings, reading: Reading) -> Check {
    let effect = effect(question, findings, &reading);
    let Reading { layer, target, matched, missed, claims: _ } = reading;
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
