//! What an encoded authorization message says once it is decoded.

use doorward_policy::explain::{Decision, Explanation, StatementPlace};
use doorward_policy::request::{Context, ContextValue, FederationIssuer, Request, Requester};
use doorward_policy::{ConditionTest, Effect, Principal, PrincipalClause, PrincipalEntry, Statement};
use serde_json::{Value, json};

use crate::compile::{CompiledAttached, CompiledPolicies};
use crate::explain::name;

/// The message that `DecodeAuthorizationMessage` answers with, for a request that was explained under these policies:
/// whether it was allowed, whether a statement denied it and which, and the principal, action, resource and keys of
/// the request. Principals are given by their unique ids where they have one; the action has no prefix.
///
/// The forms of conditions, and of `NotPrincipal`, `NotAction` and `NotResource`, which are listed like their positive
/// counterparts, are UNCONFIRMED (decoded-message).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/sts_example_sts_DecodeAuthorizationMessage_section.html>
#[must_use]
pub fn decoded_message(request: &Request, policies: &CompiledPolicies, explanation: &Explanation) -> Value {
    let requester = &request.requester;
    let action = request.action.split_once(':').map_or(request.action.as_str(), |(_, action)| action);
    let denying = match explanation.decision {
        Decision::ExplicitDeny(layer) => Some(layer),
        Decision::Allow(_) | Decision::ImplicitDeny(_) => None,
    };
    let checks = explanation.checks.iter().filter(|check| Some(check.layer) == denying);
    let denials =
        checks.flat_map(|check| &check.matched).filter(|matched| matched.place.effect == Effect::Deny);
    let statements = denials.filter_map(|matched| {
        let written = find(policies, &matched.place)?;
        Some(statement(written, &matched.place, requester))
    });
    json!({
        "allowed": explanation.decision.is_allowed(),
        "explicitDeny": denying.is_some(),
        "matchedStatements": items(statements),
        "failures": items(std::iter::empty()),
        "context": {
            "principal": {"id": session_id(requester), "arn": name(requester)},
            "action": action,
            "resource": request.resource.arn,
            "conditions": items(context(&request.context)),
        },
    })
}

fn items(items: impl Iterator<Item = Value>) -> Value {
    json!({"items": items.collect::<Vec<_>>()})
}

fn values<'a>(values: impl Iterator<Item = &'a str>) -> Value {
    items(values.map(|value| json!({"value": value})))
}

/// The statement that stands at the place.
fn find<'a>(policies: &'a CompiledPolicies, place: &StatementPlace) -> Option<&'a Statement> {
    let CompiledPolicies {
        identity,
        boundary,
        session,
        service_control,
        resource_control,
        endpoint,
        resource,
    } = policies;
    let nodes = service_control.iter().chain(resource_control).flat_map(|rails| &rails.levels);
    let all = nodes
        .flat_map(|level| &level.policies)
        .chain(endpoint)
        .chain(resource)
        .chain(identity)
        .chain(boundary)
        .chain(session.iter().flatten());
    let is_meant = |policy: &&CompiledAttached| *policy.source == place.policy;
    all.filter(is_meant)
        .filter_map(|policy| policy.document.document().statements.get(place.index))
        .find(|statement| statement.span == place.span)
}

fn statement(statement: &Statement, place: &StatementPlace, requester: &Requester) -> Value {
    let principals = match &statement.principal {
        None => values(std::iter::once(entity_id(requester).as_str())),
        Some(PrincipalClause::Principal(entries) | PrincipalClause::NotPrincipal(entries)) => {
            values(entries.iter().map(entry_id))
        }
    };
    let resources = statement.resource.as_ref().map_or(&[][..], |clause| clause.patterns());
    json!({
        "statementId": place.sid.as_deref().unwrap_or(""),
        "effect": match place.effect {
            Effect::Allow => "ALLOW",
            Effect::Deny => "DENY",
        },
        "principals": principals,
        "principalGroups": items(std::iter::empty()),
        "actions": values(statement.action.patterns().iter().map(|pattern| pattern.text.as_str())),
        "resources": values(resources.iter().map(|pattern| pattern.text.as_str())),
        "conditions": items(statement.conditions.iter().map(condition)),
    })
}

fn condition(test: &ConditionTest) -> Value {
    let wanted = values(test.values.iter().map(|value| value.text.as_str()));
    json!({"key": test.key.as_str(), "operator": test.operator.to_string(), "values": wanted})
}

fn context(context: &Context) -> impl Iterator<Item = Value> {
    context.iter().map(|(key, value)| {
        let found = match value {
            ContextValue::Single(value) => values(std::iter::once(value.as_str())),
            ContextValue::Multiple(several) => values(several.iter().map(String::as_str)),
        };
        json!({"key": key, "values": found})
    })
}

/// The unique id by which an entry is bound, else its text.
fn entry_id(entry: &PrincipalEntry) -> &str {
    match &entry.principal {
        Principal::User { id: Some(id), .. } | Principal::Role { id: Some(id), .. } => id,
        Principal::User { id: None, .. }
        | Principal::Role { id: None, .. }
        | Principal::Anyone
        | Principal::Account(_)
        | Principal::AssumedRole { .. }
        | Principal::FederatedUser { .. }
        | Principal::UniqueId(_)
        | Principal::Service(_)
        | Principal::Federated(_)
        | Principal::CanonicalUser(_) => &entry.text,
    }
}

/// The unique id of the user or role that the requester is or was issued by; the account's id for its root user.
fn entity_id(requester: &Requester) -> String {
    match requester {
        Requester::User { id, .. } => id.clone(),
        Requester::RoleSession { role_id, .. } => role_id.clone(),
        Requester::FederatedUser { issuer: FederationIssuer::User { id, .. }, .. } => id.clone(),
        Requester::FederatedUser { account, issuer: FederationIssuer::Root, .. }
        | Requester::Root { account } => account.to_string(),
        Requester::Anonymous | Requester::Service { .. } | Requester::Federated { .. } => name(requester),
    }
}

/// The value of `aws:userid`, or what the requester has instead.
fn session_id(requester: &Requester) -> String {
    match requester.context().value("aws:userid") {
        Some(ContextValue::Single(id)) => id.clone(),
        Some(ContextValue::Multiple(_)) | None => name(requester),
    }
}
