//! What the cases mean that are written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use doorward_policy::explain::{Decision, Grant};
use doorward_policy::request::{
    Attached, Attachments, Choices, Context, ContextValue, Exemption, FederationIssuer, Guardrails, Level,
    Limit, Request, Requester, Resource, SessionOrigin, Source,
};
use doorward_policy::{Document, Kind, Principal, PrincipalClause};
use serde_json::{Map, Value};

use super::{
    CaseText, ChoicesText, DecisionText, ExemptionText, ExpectText, FileText, GrantText, GuardrailsText,
    IssuerText, LevelText, LimitText, NamedText, PoliciesText, RequesterText, RulesText,
};
use crate::cases::{Case, Expect, Unusable};

/// The cases that a file's text holds.
pub(in super::super) fn cases(text: &str, path: &Path) -> Result<Vec<Case>, Unusable> {
    let not_cases = |source| Unusable::NotCases { path: path.to_owned(), source };
    let FileText { fixtures, defaults, cases } = serde_json::from_str(text).map_err(not_cases)?;
    let read = |(index, mut written): (usize, Map<String, Value>)| {
        let id = written.get("id").and_then(Value::as_str).map_or_else(|| format!("#{index}"), str::to_owned);
        for (name, value) in &defaults {
            written.entry(name).or_insert_with(|| value.clone());
        }
        case(Value::Object(written), &fixtures).map_err(|fault| Unusable::Case {
            path: path.to_owned(),
            id,
            fault,
        })
    };
    cases.into_iter().enumerate().map(read).collect()
}

fn case(written: Value, fixtures: &BTreeMap<String, Value>) -> Result<Case, String> {
    let expanded = expand(written, fixtures, 0)?;
    let text: CaseText = serde_json::from_value(expanded).map_err(|error| error.to_string())?;
    let requester = requester(text.requester);
    let mut context = requester.context();
    for (tag, value) in &text.principal_tags {
        context.put(&format!("aws:PrincipalTag/{tag}"), value);
    }
    for (key, value) in text.context {
        put(&mut context, &key, value)?;
    }
    let resource = Resource { arn: text.resource.arn, account: text.resource.account };
    Ok(Case {
        id: text.id,
        title: text.title,
        rules: rules(text.rule)?,
        source: text.source,
        example: text.example,
        confidence: text.confidence,
        request: Request { requester, action: text.action, resource, context },
        policies: policies(text.policies, &text.principal_ids)?,
        choices: choices(&text.choices),
        expect: expect(text.expect)?,
    })
}

/// The rules that a case names: at least one, each once.
fn rules(text: RulesText) -> Result<Vec<String>, String> {
    let rules = match text {
        RulesText::One(rule) => vec![rule],
        RulesText::Several(rules) => rules,
    };
    let distinct: BTreeSet<&String> = rules.iter().collect();
    if rules.is_empty() || rules.iter().any(String::is_empty) || distinct.len() < rules.len() {
        return Err(format!("rule: {rules:?} is not one or several rules, each named once"));
    }
    Ok(rules)
}

/// Fixtures may name fixtures, this many deep.
const FIXTURE_DEPTH_MAX: usize = 8;

/// Puts fixtures where they are named.
fn expand(value: Value, fixtures: &BTreeMap<String, Value>, depth: usize) -> Result<Value, String> {
    match value {
        Value::String(text) => match text.strip_prefix('@') {
            None => Ok(Value::String(text)),
            Some(name) if depth == FIXTURE_DEPTH_MAX => Err(format!("fixture `{name}` is nested too deep")),
            Some(name) => match fixtures.get(name) {
                Some(fixture) => expand(fixture.clone(), fixtures, depth + 1),
                None => Err(format!("there is no fixture `{name}`")),
            },
        },
        Value::Array(items) => {
            let items = items.into_iter().map(|item| expand(item, fixtures, depth));
            items.collect::<Result<_, _>>().map(Value::Array)
        }
        Value::Object(members) => {
            let members =
                members.into_iter().map(|(name, value)| Ok((name, expand(value, fixtures, depth)?)));
            members.collect::<Result<_, String>>().map(Value::Object)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(value),
    }
}

fn requester(text: RequesterText) -> Requester {
    match text {
        RequesterText::Anonymous => Requester::Anonymous,
        RequesterText::Root { account } => Requester::Root { account },
        RequesterText::User { account, id, path, name } => Requester::User { account, id, path, name },
        RequesterText::RoleSession { account, role_id, role_path, role_name, session_name, provider } => {
            let origin = provider.map_or(SessionOrigin::AssumeRole, SessionOrigin::Provider);
            Requester::RoleSession { account, role_id, role_path, role_name, session_name, origin }
        }
        RequesterText::FederatedUser { account, name, issuer } => {
            let issuer = match issuer {
                IssuerText::Root => FederationIssuer::Root,
                IssuerText::User { id, path, name } => FederationIssuer::User { id, path, name },
            };
            Requester::FederatedUser { account, name, issuer }
        }
        RequesterText::Service { names, account } => Requester::Service { names, account },
        RequesterText::Federated { provider } => Requester::Federated { provider },
    }
}

fn put(context: &mut Context, key: &str, value: Value) -> Result<(), String> {
    match value {
        Value::Null => context.remove(key),
        Value::Array(items) => {
            let values = items.into_iter().map(|item| scalar(key, item)).collect::<Result<_, _>>()?;
            context.insert(key, ContextValue::Multiple(values));
        }
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            context.put(key, &scalar(key, value)?);
        }
    }
    Ok(())
}

fn scalar(key: &str, value: Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text),
        Value::Bool(truth) => Ok(truth.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => {
            Err(format!("context key `{key}`: `{value}` is not a text, number, boolean, or list of these"))
        }
    }
}

fn policies(text: PoliciesText, ids: &BTreeMap<String, String>) -> Result<Attachments, String> {
    let one = |value: Option<Value>, kind, slot: &str| {
        value.map(|value| attached(value, kind, slot, ids)).transpose()
    };
    let list = |values: Vec<Value>, kind, slot: &str| -> Result<Vec<Attached>, String> {
        let numbered = values.into_iter().enumerate();
        numbered.map(|(index, value)| attached(value, kind, &format!("{slot}-{index}"), ids)).collect()
    };
    let guardrails = |text: Option<GuardrailsText>, kind, slot: &str| -> Result<Option<Guardrails>, String> {
        let Some(GuardrailsText { management_account, levels }) = text else { return Ok(None) };
        let level = |LevelText { target, policies }| {
            let policies = list(policies, kind, &format!("{slot}-{target}"))?;
            Ok(Level { target, policies })
        };
        let levels = levels.into_iter().map(level).collect::<Result<_, String>>()?;
        Ok(Some(Guardrails { management_account, levels }))
    };
    if text.resource.is_some() && text.trust.is_some() {
        return Err("policies: a resource has one policy, `resource` or `trust`".to_owned());
    }
    let resource = one(text.resource, Kind::Resource, "resource")?;
    Ok(Attachments {
        identity: list(text.identity, Kind::Inline, "identity")?,
        boundary: one(text.boundary, Kind::Managed, "boundary")?,
        session: text.session.map(|values| list(values, Kind::Session, "session")).transpose()?,
        service_control: guardrails(text.service_control, Kind::ServiceControl, "service-control")?,
        resource_control: guardrails(text.resource_control, Kind::ResourceControl, "resource-control")?,
        endpoint: one(text.endpoint, Kind::Endpoint, "endpoint")?,
        resource: resource.or(one(text.trust, Kind::Trust, "trust")?),
    })
}

/// A policy as it stands in a case: named, or an object as AWS writes it, or its text.
fn attached(
    written: Value,
    kind: Kind,
    slot: &str,
    ids: &BTreeMap<String, String>,
) -> Result<Attached, String> {
    let fault = |error: &dyn std::fmt::Display| format!("policy `{slot}`: {error}");
    let named = if written.get("document").is_some() {
        serde_json::from_value(written).map_err(|error| fault(&error))?
    } else {
        NamedText { document: written, name: None, arn: None, attached_to: None }
    };
    let text = match named.document {
        Value::String(text) => text,
        document @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            document.to_string()
        }
    };
    let mut document =
        Document::parse(&text, kind).map_err(|error| fault(&format!("{error} ({})", error.detail)))?;
    bind(&mut document, ids);
    let source = Source {
        name: named.name.unwrap_or_else(|| slot.to_owned()),
        arn: named.arn,
        attached_to: named.attached_to.unwrap_or_default(),
    };
    Ok(Attached { document: Arc::new(document), source })
}

/// Binds principal ARNs to unique ids, as storing a policy does.
fn bind(document: &mut Document, ids: &BTreeMap<String, String>) {
    for statement in &mut document.statements {
        let Some(PrincipalClause::Principal(entries) | PrincipalClause::NotPrincipal(entries)) =
            &mut statement.principal
        else {
            continue;
        };
        for entry in entries {
            match &mut entry.principal {
                Principal::User { arn, id } | Principal::Role { arn, id } => {
                    *id = ids.get(arn.as_str()).cloned();
                }
                Principal::Anyone
                | Principal::Account(_)
                | Principal::AssumedRole { .. }
                | Principal::FederatedUser { .. }
                | Principal::UniqueId(_)
                | Principal::Service(_)
                | Principal::Federated(_)
                | Principal::CanonicalUser(_) => {}
            }
        }
    }
}

fn choices(text: &ChoicesText) -> Choices {
    let limit = |limit: LimitText| match limit {
        LimitText::Limits => Limit::Limits,
        LimitText::Ignored => Limit::Ignored,
    };
    Choices {
        trust_policy_boundary: limit(text.trust_policy_boundary),
        plain_everyone: limit(text.plain_everyone),
        not_principal: match text.not_principal {
            ExemptionText::WholeChain => Exemption::WholeChain,
            ExemptionText::AnyEntry => Exemption::AnyEntry,
        },
    }
}

fn expect(text: ExpectText) -> Result<Expect, String> {
    let decision = match (text.decision, text.grant, text.layer) {
        (DecisionText::Allow, Some(grant), None) => Decision::Allow(match grant {
            GrantText::Always => Grant::Always,
            GrantText::Root => Grant::Root,
            GrantText::Identity => Grant::Identity,
            GrantText::Resource(claim) => Grant::Resource(claim),
            GrantText::Both(claim) => Grant::Both(claim),
        }),
        (DecisionText::ImplicitDeny, None, Some(layer)) => Decision::ImplicitDeny(layer),
        (DecisionText::ExplicitDeny, None, Some(layer)) => Decision::ExplicitDeny(layer),
        (DecisionText::Allow, _, _) => {
            return Err("expect: `allow` takes a `grant` and no `layer`".to_owned());
        }
        (DecisionText::ImplicitDeny | DecisionText::ExplicitDeny, _, _) => {
            return Err("expect: a denial takes a `layer` and no `grant`".to_owned());
        }
    };
    Ok(Expect { decision, matched: text.matched, message_suffix: text.message_suffix })
}
