//! The values of a document's elements, each read and checked on its own; the order of checking is the kinds' affair.

use std::collections::HashSet;

use crate::action::{ActionClause, ActionPattern};
use crate::condition::{ConditionTest, ConditionValue, Family, Operator};
use crate::document::{Effect, Version};
use crate::draft::{self, Draft, DraftStatement, DraftTest, List, Nulls, Text};
use crate::fault::{Fault, Refusal};
use crate::json::{Node, Value};
use crate::key::ContextKey;
use crate::principal::{Principal, PrincipalEntry, PrincipalKey};
use crate::resource::{ResourceClause, ResourceForm, ResourcePattern};
use crate::span::Span;
use crate::template::Template;
use crate::value::Instant;

pub(crate) fn refuse<T>(fault: Fault, span: Span) -> Result<T, Refusal> {
    Err(Refusal { fault, span })
}

/// The version that counts: a document that names none is of `2008-10-17`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html>
pub(crate) fn version(draft: &Draft<'_>) -> Result<Version, Refusal> {
    match &draft.version {
        None => Ok(Version::V2008),
        Some(Text { text, span }) => match &**text {
            "2012-10-17" => Ok(Version::V2012),
            "2008-10-17" => Ok(Version::V2008),
            _ => refuse(Fault::Version(text.to_string()), *span),
        },
    }
}

/// The effect, by its exact name. A name in the wrong case has a fault of its own.
pub(crate) fn effect(draft: &DraftStatement<'_>) -> Result<Effect, Refusal> {
    let Some(Text { text, span }) = &draft.effect else {
        return refuse(Fault::NoEffect, draft.span);
    };
    match &**text {
        "Allow" => Ok(Effect::Allow),
        "Deny" => Ok(Effect::Deny),
        _ if text.eq_ignore_ascii_case("Allow") || text.eq_ignore_ascii_case("Deny") => {
            refuse(Fault::EffectCase(text.to_string()), *span)
        }
        _ => refuse(Fault::Effect(text.to_string()), *span),
    }
}

/// Checks that no two statements share an id; empty ids do not count.
pub(crate) fn sids_differ(drafts: &[DraftStatement<'_>]) -> Result<(), Refusal> {
    let mut seen = HashSet::new();
    for Text { text, span } in drafts.iter().filter_map(|draft| draft.sid.as_ref()) {
        if !text.is_empty() && !seen.insert(&**text) {
            return refuse(Fault::RepeatedSid(text.to_string()), *span);
        }
    }
    Ok(())
}

/// Checks that statement ids are made of letters and digits.
pub(crate) fn sids_are_plain(drafts: &[DraftStatement<'_>]) -> Result<(), Refusal> {
    drafts.iter().filter_map(|draft| draft.sid.as_ref()).try_for_each(sid_is_plain)
}

/// Checks that a statement id is made of letters and digits, as IAM demands; services with resource policies differ.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html>
pub(crate) fn sid_is_plain(sid: &Text<'_>) -> Result<(), Refusal> {
    if sid.text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        Ok(())
    } else {
        refuse(Fault::Sid(sid.text.to_string()), sid.span)
    }
}

/// Checks that an element and its negation do not stand together, empty or not.
pub(crate) fn not_both(
    one: Option<&List<'_>>,
    other: Option<&List<'_>>,
    names: (&'static str, &'static str),
) -> Result<(), Refusal> {
    match (one, other) {
        (Some(_), Some(list)) => refuse(Fault::Both(names.0, names.1), list.span),
        (None | Some(_), None) | (None, Some(_)) => Ok(()),
    }
}

/// The tests of a statement's `Condition`.
pub(crate) fn tests(condition: Option<Node<'_>>, version: Version) -> Result<Vec<ConditionTest>, Refusal> {
    let Some(node) = condition else {
        return Ok(Vec::new());
    };
    draft::conditions(node)?.into_iter().map(|draft| test(draft, version)).collect()
}

fn test(draft: DraftTest<'_>, version: Version) -> Result<ConditionTest, Refusal> {
    let Ok(operator) = draft.operator.text.parse::<Operator>() else {
        return refuse(Fault::Operator(draft.operator.text.to_string()), draft.operator.span);
    };
    let version = if operator.comparison.reads_variables() { version } else { Version::V2008 };
    let value = |Text { text, span }: Text<'_>| {
        let template = template(&text, span, version)?;
        Ok(ConditionValue { text: text.into_owned(), span, template })
    };
    Ok(ConditionTest {
        operator,
        operator_span: draft.operator.span,
        key: ContextKey::new(&draft.key.text),
        key_span: draft.key.span,
        values: draft.values.into_iter().map(value).collect::<Result<_, _>>()?,
    })
}

/// Checks that values compared as dates are dates.
pub(crate) fn dates(tests: &[ConditionTest]) -> Result<(), Refusal> {
    for test in tests.iter().filter(|test| test.operator.comparison.family() == Family::Date) {
        for value in &test.values {
            if !Instant::is_writable(&value.text) {
                return refuse(Fault::Date(value.text.clone()), value.span);
            }
        }
    }
    Ok(())
}

fn template(text: &str, span: Span, version: Version) -> Result<Template, Refusal> {
    Template::parse(text, version).map_err(|malformed| Refusal { fault: Fault::Variable(malformed.0), span })
}

/// What the statement says about actions. Their forms are checked with [`action_form`].
pub(crate) fn actions(draft: &DraftStatement<'_>) -> Result<ActionClause, Refusal> {
    not_both(draft.action.as_ref(), draft.not_action.as_ref(), ("Action", "NotAction"))?;
    let patterns = |list: &List<'_>| {
        let patterns = list.items.iter().filter_map(|(text, span)| {
            let text = text.as_deref()?;
            let folded = if text == "*:*" { "*".to_owned() } else { text.to_lowercase() };
            Some(ActionPattern { text: text.to_owned(), folded, span: *span })
        });
        patterns.collect::<Vec<_>>()
    };
    let clause = match (&draft.action, &draft.not_action) {
        (Some(list), _) => ActionClause::Action(patterns(list)),
        (None, Some(list)) => ActionClause::NotAction(patterns(list)),
        (None, None) => return refuse(Fault::NoAction, draft.span),
    };
    if clause.patterns().is_empty() { refuse(Fault::NoAction, draft.span) } else { Ok(clause) }
}

/// Checks the forms of all `Action` lists, then of all `NotAction` lists.
pub(crate) fn action_forms(clauses: &[ActionClause]) -> Result<(), Refusal> {
    let listed = clauses.iter().filter(|clause| matches!(clause, ActionClause::Action(_)));
    let excepted = clauses.iter().filter(|clause| matches!(clause, ActionClause::NotAction(_)));
    listed.chain(excepted).flat_map(ActionClause::patterns).try_for_each(action_form)
}

/// Checks the form of one action: `*`, or `vendor:name` with one colon, the vendor made of letters, digits, `-` and
/// `.`. The name may be anything. `*:*`, which is
/// another way to write `*`, is the only form whose vendor may be a wildcard.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
pub(crate) fn action_form(pattern: &ActionPattern) -> Result<(), Refusal> {
    let ActionPattern { text, span, .. } = pattern;
    if text == "*" || text == "*:*" {
        return Ok(());
    }
    let Some((vendor, name)) = text.split_once(':') else {
        return refuse(Fault::ActionVendorMissing(text.clone()), *span);
    };
    if name.contains(':') {
        return refuse(Fault::ActionColons(text.clone()), *span);
    }
    if vendor.is_empty() {
        return refuse(Fault::ActionVendorMissing(text.clone()), *span);
    }
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    if vendor.bytes().all(fits) { Ok(()) } else { refuse(Fault::ActionVendor(vendor.to_owned()), *span) }
}

/// What the statement says about resources. `None` when it says nothing: absent, or an empty list.
pub(crate) fn resources(
    draft: &DraftStatement<'_>,
    version: Version,
) -> Result<Option<ResourceClause>, Refusal> {
    not_both(draft.resource.as_ref(), draft.not_resource.as_ref(), ("Resource", "NotResource"))?;
    let patterns = |list: &List<'_>| {
        let patterns = list.items.iter().map(|(text, span)| resource(text.as_deref(), *span, version));
        patterns.collect::<Result<Vec<_>, _>>()
    };
    let clause = match (&draft.resource, &draft.not_resource) {
        (Some(list), _) => ResourceClause::Resource(patterns(list)?),
        (None, Some(list)) => ResourceClause::NotResource(patterns(list)?),
        (None, None) => return Ok(None),
    };
    Ok(Some(clause).filter(|clause| !clause.patterns().is_empty()))
}

fn resource(text: Option<&str>, span: Span, version: Version) -> Result<ResourcePattern, Refusal> {
    let Some(text) = text else {
        return Ok(ResourcePattern { text: "null".to_owned(), span, form: ResourceForm::Nothing });
    };
    match ResourceForm::parse(text, version) {
        Ok(Some(form)) => Ok(ResourcePattern { text: text.to_owned(), span, form }),
        Ok(None) => refuse(Fault::ResourceNotArn(text.to_owned()), span),
        Err(malformed) => refuse(Fault::Variable(malformed.0), span),
    }
}

/// The principals that an object lists, in order. The element is not empty and names somebody under every key.
pub(crate) fn principals(node: Node<'_>) -> Result<Vec<PrincipalEntry>, Refusal> {
    let span = node.span;
    let members = draft::members(node, "Principal")?;
    let mut entries = Vec::new();
    for member in members {
        let Some(key) = PrincipalKey::named(&member.name) else {
            return refuse(Fault::PrincipalKey(member.name.to_string()), member.name_span);
        };
        let list = draft::strings(&member.name, member.value, Nulls::Refused)?;
        if list.items.is_empty() {
            return refuse(Fault::EmptyPrincipal, list.span);
        }
        for (text, span) in list.items {
            let text = text.unwrap_or_default().into_owned();
            let Some(principal) = Principal::parse(key, &text) else {
                return refuse(Fault::Principal { key, value: text }, span);
            };
            entries.push(PrincipalEntry { text, span, principal });
        }
    }
    if entries.is_empty() { refuse(Fault::EmptyPrincipal, span) } else { Ok(entries) }
}

/// The principals of a policy in which the text `*` may stand for everyone.
pub(crate) fn principals_or_everyone(node: Node<'_>) -> Result<Vec<PrincipalEntry>, Refusal> {
    let span = node.span;
    match &node.value {
        Value::String(text) if text == "*" => {
            Ok(vec![PrincipalEntry { text: text.to_string(), span, principal: Principal::Anyone }])
        }
        Value::Object(_) => principals(node),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            refuse(Fault::PrincipalType, span)
        }
    }
}
