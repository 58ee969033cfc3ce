//! The values of a document's elements, each read and checked on its own; the order of checking is the kinds' affair.

use std::collections::HashSet;

use crate::action::{ActionClause, ActionPattern};
use crate::condition::{ConditionTest, ConditionValue, Family, Operator};
use crate::document::{Effect, Version};
use crate::draft::{self, Draft, DraftStatement, Item, List, Nulls};
use crate::fault::{Fault, Refusal};
use crate::json::{Member, Node, Value};
use crate::key::{self, ContextKey};
use crate::principal::{Principal, PrincipalEntry, PrincipalKey};
use crate::resource::{Fields, ResourceClause, ResourceForm, ResourcePattern};
use crate::span::Span;
use crate::swar;
use crate::template::Template;
use crate::text::{Scalar, Text, Whole};
use crate::value::Instant;

pub(crate) fn refuse<T>(fault: Fault, span: Span) -> Result<T, Refusal> {
    Err(Refusal { fault, span })
}

/// The version that counts: a document that names none is of `2008-10-17`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html>
pub(crate) fn version(draft: &Draft<'_>) -> Result<Version, Refusal> {
    match draft.version {
        None => Ok(Version::V2008),
        Some(Scalar { text: "2012-10-17", .. }) => Ok(Version::V2012),
        Some(Scalar { text: "2008-10-17", .. }) => Ok(Version::V2008),
        Some(Scalar { text, span }) => refuse(Fault::Version(text.to_owned()), span),
    }
}

/// The effect, by its exact name. A name in the wrong case has a fault of its own.
#[inline]
pub(crate) fn effect(draft: &DraftStatement<'_>) -> Result<Effect, Refusal> {
    let Some(Scalar { text, span }) = draft.effect else {
        return refuse(Fault::NoEffect, draft.span);
    };
    match text {
        "Allow" => Ok(Effect::Allow),
        "Deny" => Ok(Effect::Deny),
        _ if text.eq_ignore_ascii_case("Allow") || text.eq_ignore_ascii_case("Deny") => {
            refuse(Fault::EffectCase(text.to_owned()), span)
        }
        _ => refuse(Fault::Effect(text.to_owned()), span),
    }
}

/// Checks that no two statements share an id; empty ids do not count.
pub(crate) fn sids_differ(drafts: &[DraftStatement<'_>]) -> Result<(), Refusal> {
    let sids = || drafts.iter().filter_map(|draft| draft.sid).filter(|sid| !sid.text.is_empty());
    // The same ids have the same numbers: where no number comes twice, no id does.
    let mut numbers: Vec<u64> = sids().map(|sid| key::hash(sid.text.as_bytes())).collect();
    numbers.sort_unstable();
    if numbers.is_sorted_by(|one, next| one < next) {
        return Ok(());
    }
    let mut seen = HashSet::with_capacity(drafts.len());
    match sids().find(|sid| !seen.insert(sid.text)) {
        Some(Scalar { text, span }) => refuse(Fault::RepeatedSid(text.to_owned()), span),
        None => Ok(()),
    }
}

/// Checks that statement ids are made of letters and digits.
pub(crate) fn sids_are_plain(drafts: &[DraftStatement<'_>]) -> Result<(), Refusal> {
    drafts.iter().filter_map(|draft| draft.sid).try_for_each(sid_is_plain)
}

/// Checks that a statement id is made of letters and digits, as IAM demands; services with resource policies differ.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html>
pub(crate) fn sid_is_plain(sid: Scalar<'_>) -> Result<(), Refusal> {
    if sid.text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        Ok(())
    } else {
        refuse(Fault::Sid(sid.text.to_owned()), sid.span)
    }
}

/// Checks that an element and its negation do not stand together, empty or not.
pub(crate) fn not_both(
    one: Option<List<'_>>,
    other: Option<List<'_>>,
    names: (&'static str, &'static str),
) -> Result<(), Refusal> {
    match (one, other) {
        (Some(_), Some(list)) => refuse(Fault::Both(names.0, names.1), list.span()),
        (None | Some(_), None) | (None, Some(_)) => Ok(()),
    }
}

/// The tests of a statement's `Condition`. An operator without keys tests nothing and leaves no trace, whatever its name.
pub(crate) fn tests(
    condition: Option<Node<'_>>,
    version: Version,
    whole: &Whole,
) -> Result<Vec<ConditionTest>, Refusal> {
    let Some(node) = condition else {
        return Ok(Vec::new());
    };
    // A guess that spares most documents copying: half of what stands there is names, and few have so many tests.
    let mut tests = Vec::with_capacity(node.inner_count().div_ceil(2).min(TESTS_GUESSED_MAX));
    match each_test(node, version, whole, &mut tests) {
        Ok(()) => Ok(tests),
        // What is wrong with the shape comes first, wherever it stands.
        Err(refusal) => draft::condition(node).and(Err(refusal)),
    }
}

/// For no more tests than this is room made before they are seen.
const TESTS_GUESSED_MAX: usize = 8;

fn each_test(
    node: Node<'_>,
    version: Version,
    whole: &Whole,
    tests: &mut Vec<ConditionTest>,
) -> Result<(), Refusal> {
    for Member { name, value } in draft::members(node, "Condition")? {
        let keys = draft::members(value, name.text)?;
        if keys.is_empty() {
            continue;
        }
        let Ok(operator) = name.text.parse::<Operator>() else {
            return refuse(Fault::Operator(name.text.to_owned()), name.span);
        };
        for key in keys {
            tests.push(test(operator, name.span, key, version, whole)?);
        }
    }
    Ok(())
}

fn test(
    operator: Operator,
    operator_span: Span,
    key: Member<'_>,
    version: Version,
    whole: &Whole,
) -> Result<ConditionTest, Refusal> {
    let version = if operator.comparison.reads_variables() { version } else { Version::V2008 };
    let scalars = key.value.one_or_many();
    let mut values = Vec::with_capacity(scalars.at_most());
    for node in scalars {
        let scalar = draft::scalar(key.name.text, node)?;
        let text = whole.text(scalar);
        let template = template(&text, scalar.span, version)?;
        values.push(ConditionValue { text, span: scalar.span, template });
    }
    let name = ContextKey::of(whole.text(key.name));
    Ok(ConditionTest { operator, operator_span, key: name, key_span: key.name.span, values })
}

/// Checks that values compared as dates are dates.
pub(crate) fn dates(tests: &[ConditionTest]) -> Result<(), Refusal> {
    for test in tests.iter().filter(|test| test.operator.comparison.family() == Family::Date) {
        for value in &test.values {
            if !Instant::is_writable(&value.text) {
                return refuse(Fault::Date(value.text.to_string()), value.span);
            }
        }
    }
    Ok(())
}

fn template(text: &Text, span: Span, version: Version) -> Result<Template, Refusal> {
    Template::of(text, version).map_err(|malformed| Refusal { fault: Fault::Variable(malformed.0), span })
}

/// What the statement says about actions. Their forms are checked with [`action_form`].
pub(crate) fn actions(draft: &DraftStatement<'_>, whole: &Whole) -> Result<ActionClause, Refusal> {
    not_both(draft.action, draft.not_action, ("Action", "NotAction"))?;
    let patterns = |list: List<'_>| {
        let mut patterns = Vec::with_capacity(list.count());
        for scalar in list.strings() {
            patterns.push(ActionPattern { text: whole.text(scalar), span: scalar.span });
        }
        patterns
    };
    let clause = match (draft.action, draft.not_action) {
        (Some(list), _) => ActionClause::Action(patterns(list)),
        (None, Some(list)) => ActionClause::NotAction(patterns(list)),
        (None, None) => return refuse(Fault::NoAction, draft.span),
    };
    if clause.patterns().is_empty() { refuse(Fault::NoAction, draft.span) } else { Ok(clause) }
}

/// Checks the forms of all `Action` lists, then of all `NotAction` lists.
pub(crate) fn action_forms<'a>(
    clauses: impl Iterator<Item = &'a ActionClause> + Clone,
) -> Result<(), Refusal> {
    let is_listed = |clause: &&ActionClause| matches!(clause, ActionClause::Action(_));
    for clause in clauses.clone().filter(is_listed) {
        clause.patterns().iter().try_for_each(action_form)?;
    }
    for clause in clauses.filter(|clause| !is_listed(clause)) {
        clause.patterns().iter().try_for_each(action_form)?;
    }
    Ok(())
}

/// Checks the form of one action: `*`, or `vendor:name` with one colon, the vendor made of letters, digits, `-` and
/// `.`. The name may be anything. `*:*`, which is
/// another way to write `*`, is the only form whose vendor may be a wildcard.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
#[inline]
pub(crate) fn action_form(pattern: &ActionPattern) -> Result<(), Refusal> {
    let ActionPattern { text, span } = pattern;
    let text = text.as_str();
    if text == "*" || text == "*:*" {
        return Ok(());
    }
    let ([colon, ..], colon_count) = swar::colons(text.as_bytes());
    match (colon, colon_count) {
        (_, 0) | (0, 1) => return refuse(Fault::ActionVendorMissing(text.to_owned()), *span),
        (_, 1) => {}
        (_, _) => return refuse(Fault::ActionColons(text.to_owned()), *span),
    }
    let vendor = text.get(..colon).unwrap_or_default();
    let fits = |byte: u8| VENDOR_BYTES.get(usize::from(byte)) == Some(&true);
    if vendor.bytes().all(fits) { Ok(()) } else { refuse(Fault::ActionVendor(vendor.to_owned()), *span) }
}

/// Which bytes a vendor is made of.
const VENDOR_BYTES: [bool; 256] = {
    let mut fit = [false; 256];
    let (mut byte, mut rest): (u8, &mut [bool]) = (0, &mut fit);
    while let Some((fits, others)) = rest.split_first_mut() {
        *fits = byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
        (byte, rest) = (byte.wrapping_add(1), others);
    }
    fit
};

/// What the statement says about resources. `None` when it says nothing: absent, or an empty list.
pub(crate) fn resources(
    draft: &DraftStatement<'_>,
    version: Version,
    whole: &Whole,
) -> Result<Option<ResourceClause>, Refusal> {
    not_both(draft.resource, draft.not_resource, ("Resource", "NotResource"))?;
    let patterns = |list: List<'_>| {
        let mut patterns = Vec::with_capacity(list.count());
        for item in list.items() {
            patterns.push(match item {
                Item::String(scalar) => resource(scalar, &Fields::of(scalar.text), version, whole)?,
                Item::Null(span) => no_resource(span, whole),
            });
        }
        Ok(patterns)
    };
    let clause = match (draft.resource, draft.not_resource) {
        (Some(list), _) => ResourceClause::Resource(patterns(list)?),
        (None, Some(list)) => ResourceClause::NotResource(patterns(list)?),
        (None, None) => return Ok(None),
    };
    Ok(Some(clause).filter(|clause| !clause.patterns().is_empty()))
}

/// One resource pattern, whose text is split already.
#[inline]
pub(crate) fn resource(
    scalar: Scalar<'_>,
    fields: &Fields<'_>,
    version: Version,
    whole: &Whole,
) -> Result<ResourcePattern, Refusal> {
    let (text, span) = (whole.text(scalar), scalar.span);
    match ResourceForm::of(&text, fields, version) {
        Ok(Some(form)) => Ok(ResourcePattern { text, span, form }),
        Ok(None) => refuse(Fault::ResourceNotArn(scalar.text.to_owned()), span),
        Err(malformed) => refuse(Fault::Variable(malformed.0), span),
    }
}

/// What `null` means in a list of resources.
pub(crate) fn no_resource(span: Span, whole: &Whole) -> ResourcePattern {
    let text = whole.text(Scalar { text: "null", span });
    ResourcePattern { text, span, form: ResourceForm::Nothing }
}

/// The principals that an object lists, in order. The element is not empty and names somebody under every key.
pub(crate) fn principals(node: Node<'_>) -> Result<Vec<PrincipalEntry>, Refusal> {
    let span = node.span();
    let members = draft::members(node, "Principal")?;
    let mut entries = Vec::new();
    for member in members {
        let Some(key) = PrincipalKey::named(member.name.text) else {
            return refuse(Fault::PrincipalKey(member.name.text.to_owned()), member.name.span);
        };
        let list = draft::strings(member.name.text, member.value, Nulls::Refused)?;
        if list.count() == 0 {
            return refuse(Fault::EmptyPrincipal, list.span());
        }
        for Scalar { text, span } in list.strings() {
            let Some(principal) = Principal::parse(key, text) else {
                return refuse(Fault::Principal { key, value: text.to_owned() }, span);
            };
            entries.push(PrincipalEntry { text: text.to_owned(), span, principal });
        }
    }
    if entries.is_empty() { refuse(Fault::EmptyPrincipal, span) } else { Ok(entries) }
}

/// The principals of a policy in which the text `*` may stand for everyone.
pub(crate) fn principals_or_everyone(node: Node<'_>) -> Result<Vec<PrincipalEntry>, Refusal> {
    let span = node.span();
    match node.value() {
        Value::String("*") => {
            Ok(vec![PrincipalEntry { text: "*".to_owned(), span, principal: Principal::Anyone }])
        }
        Value::Object(_) => principals(node),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            refuse(Fault::PrincipalType, span)
        }
    }
}
