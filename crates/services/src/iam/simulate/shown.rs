//! From what the judge says to what the simulator answers.

use std::collections::{BTreeMap, BTreeSet};

use doorward_engine::{CompiledAttached, CompiledPolicies};
use doorward_policy::explain::{Check, CheckEffect, Decision, Layer, StatementPlace};
use doorward_policy::{Arn, Effect, Places};
use doorward_wire::iam;

use super::scenario::Judged;

/// A decision in the simulator's words, the least restrictive first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Word {
    Allowed,
    ImplicitDeny,
    ExplicitDeny,
}

impl Word {
    const fn of(decision: Decision) -> Self {
        match decision {
            Decision::Allow(_) => Self::Allowed,
            Decision::ImplicitDeny(_) => Self::ImplicitDeny,
            Decision::ExplicitDeny(_) => Self::ExplicitDeny,
        }
    }

    /// What a check does by itself: what is not allowed is denied, whether or not another allows.
    const fn of_check(effect: CheckEffect) -> Self {
        match effect {
            CheckEffect::Allow => Self::Allowed,
            CheckEffect::NoImpact | CheckEffect::ImplicitDeny => Self::ImplicitDeny,
            CheckEffect::ExplicitDeny => Self::ExplicitDeny,
        }
    }

    fn text(self) -> String {
        let text = match self {
            Self::Allowed => "allowed",
            Self::ImplicitDeny => "implicitDeny",
            Self::ExplicitDeny => "explicitDeny",
        };
        text.to_owned()
    }
}

/// The result for an action: over all resources together, and for each where they were named.
///
/// `EvalResourceName` is `*`: which types of resource an action has is not known here.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html>
pub(super) fn result(
    action: &str,
    judged: &[Judged],
    is_specific: bool,
    policies: &CompiledPolicies,
) -> iam::EvaluationResult {
    let each: Vec<Shown<'_>> = judged.iter().map(|judged| Shown { judged, policies }).collect();
    let most = each.iter().map(Shown::word).max().unwrap_or(Word::ImplicitDeny);
    let statements: BTreeSet<Place> =
        each.iter().filter(|shown| shown.word() == most).flat_map(Shown::statements).collect();
    let missing: BTreeSet<&String> = judged.iter().flat_map(|judged| &judged.missing).collect();
    let barred = judged.iter().any(is_barred);
    let details = each.iter().fold(BTreeMap::new(), |mut all, shown| {
        for (kind, word) in shown.details() {
            let most = all.entry(kind).or_insert(word);
            *most = word.max(*most);
        }
        all
    });
    iam::EvaluationResult {
        eval_action_name: action.to_owned(),
        eval_resource_name: Some("*".to_owned()),
        eval_decision: most.text(),
        matched_statements: Some(statements.into_iter().map(Place::shown).collect()),
        missing_context_values: Some(missing.into_iter().cloned().collect()),
        organizations_decision_detail: Some(iam::OrganizationsDecisionDetail {
            allowed_by_organizations: Some(!barred),
        }),
        permissions_boundary_decision_detail: boundary(policies, each.iter().all(Shown::boundary_allows)),
        eval_decision_details: (is_specific && !barred).then(|| texts(details)),
        resource_specific_results: is_specific.then(|| each.iter().map(Shown::specific).collect()),
    }
}

fn texts(details: BTreeMap<&'static str, Word>) -> BTreeMap<String, String> {
    details.into_iter().map(|(kind, word)| (kind.to_owned(), word.text())).collect()
}

/// Whether the organization's policies stand in the way.
fn is_barred(judged: &Judged) -> bool {
    let denies = |check: &Check| check.layer == Layer::ServiceControl && check.effect != CheckEffect::Allow;
    let said = match judged.decision {
        Decision::ImplicitDeny(layer) | Decision::ExplicitDeny(layer) => layer == Layer::ServiceControl,
        Decision::Allow(_) => false,
    };
    said || judged.checks.iter().any(denies)
}

fn boundary(policies: &CompiledPolicies, allows: bool) -> Option<iam::PermissionsBoundaryDecisionDetail> {
    let detail = iam::PermissionsBoundaryDecisionDetail { allowed_by_permissions_boundary: Some(allows) };
    policies.boundary.as_ref().map(|_| detail)
}

/// What was judged, with the policies that it was judged by.
struct Shown<'a> {
    judged: &'a Judged,
    policies: &'a CompiledPolicies,
}

impl<'a> Shown<'a> {
    fn word(&self) -> Word {
        Word::of(self.judged.decision)
    }

    fn specific(&self) -> iam::ResourceSpecificResult {
        let missing = self.judged.missing.clone();
        let details = self.judged.is_foreign && !is_barred(self.judged);
        iam::ResourceSpecificResult {
            eval_resource_name: self.judged.resource.clone(),
            eval_resource_decision: self.word().text(),
            matched_statements: Some(self.statements().into_iter().map(Place::shown).collect()),
            missing_context_values: Some(missing),
            eval_decision_details: details.then(|| texts(self.details().collect())),
            permissions_boundary_decision_detail: boundary(self.policies, self.boundary_allows()),
        }
    }

    fn boundary_allows(&self) -> bool {
        let mut boundary = self.judged.checks.iter().filter(|check| check.layer == Layer::Boundary);
        boundary.all(|check| check.effect == CheckEffect::Allow)
    }

    /// What each type of policy says of a resource of another account. The names of the types are
    /// UNCONFIRMED (simulator-decision-details).
    fn details(&self) -> impl Iterator<Item = (&'static str, Word)> {
        let foreign = self.judged.checks.iter().filter(|_| self.judged.is_foreign);
        foreign.filter_map(|check| {
            let kind = match check.layer {
                Layer::Identity => "IAM Policy",
                Layer::Resource | Layer::Trust => "Resource Policy",
                Layer::Boundary => "Permissions Boundary Policy",
                Layer::ResourceControl | Layer::ServiceControl | Layer::Endpoint | Layer::Session => {
                    return None;
                }
            };
            Some((kind, Word::of_check(check.effect)))
        })
    }

    /// The statements that made the decision, of identity-based and resource-based policies: what allows, where it is
    /// allowed; what denies, where it is explicitly denied; where nothing allows, none.
    fn statements(&self) -> BTreeSet<Place> {
        let wanted = match self.word() {
            Word::Allowed => Effect::Allow,
            Word::ExplicitDeny if !is_barred(self.judged) => Effect::Deny,
            Word::ExplicitDeny | Word::ImplicitDeny => return BTreeSet::new(),
        };
        let checks = self.judged.checks.iter().filter_map(|check| Some((kind(check.layer)?, check)));
        let matched =
            checks.flat_map(|(kind, check)| check.matched.iter().map(move |matched| (kind, matched)));
        matched
            .filter(|(_, matched)| matched.place.effect == wanted)
            .filter_map(|(kind, matched)| Place::of(self.policies, kind, &matched.place))
            .collect()
    }
}

/// The type under which a layer's statements are shown. Recorded for identity-based policies; for those of resources it is
/// UNCONFIRMED (simulator-source-policy).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Statement.html>
const fn kind(layer: Layer) -> Option<&'static str> {
    match layer {
        Layer::Identity => Some("IAM Policy"),
        Layer::Resource | Layer::Trust => Some("Resource Policy"),
        Layer::ResourceControl
        | Layer::ServiceControl
        | Layer::Endpoint
        | Layer::Boundary
        | Layer::Session => None,
    }
}

/// Where a statement stands, in the order of answers.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    kind: &'static str,
    policy: String,
    start: (u32, u32),
    end: (u32, u32),
}

impl Place {
    /// Places are told as AWS tells them: just after the statement's opening brace, and just after its closing one.
    fn of(policies: &CompiledPolicies, kind: &'static str, place: &StatementPlace) -> Option<Self> {
        let policy = self::policies(policies).find(|policy| *policy.source == place.policy)?;
        let name = name(policy)?;
        let text = &policy.document.document().text;
        let places = Places::of(text);
        let at = |offset| {
            let position = places.at(offset);
            (position.line, position.column)
        };
        Some(Self { kind, policy: name, start: at(place.span.start + 1), end: at(place.span.end) })
    }

    fn shown(self) -> iam::Statement {
        let position = |(line, column): (u32, u32)| iam::Position {
            line: Some(i64::from(line)),
            column: Some(i64::from(column)),
        };
        iam::Statement {
            source_policy_id: Some(self.policy),
            source_policy_type: Some(self.kind.to_owned()),
            start_position: Some(position(self.start)),
            end_position: Some(position(self.end)),
        }
    }
}

/// What a policy is called: a managed one by its name, an inline one `user_NAME_POLICY`, a given one by its place in the
/// request; `None` for one that stands in where none was given.
fn name(policy: &CompiledAttached) -> Option<String> {
    let source = &policy.source;
    match (&source.arn, holder(&source.attached_to)) {
        (None, Some((kind, holder))) => Some(format!("{kind}_{holder}_{}", source.name)),
        (Some(_), _) | (None, None) => Some(source.name.clone()).filter(|name| !name.is_empty()),
    }
}

/// The kind and the name of what has this ARN.
pub(super) fn holder(arn: &str) -> Option<(&str, &str)> {
    let resource = arn.splitn(6, ':').nth(5)?;
    let (kind, path_and_name) = resource.split_once('/')?;
    let name = path_and_name.rsplit('/').next()?;
    arn.parse::<Arn>().is_ok().then_some((kind, name))
}

/// Every policy of the caller and the resource, the organization's left out.
pub(super) fn policies(policies: &CompiledPolicies) -> impl Iterator<Item = &CompiledAttached> {
    let more = policies.boundary.iter().chain(&policies.resource);
    policies.identity.iter().chain(more).chain(policies.session.iter().flatten())
}
