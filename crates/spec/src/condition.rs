//! Conditions: whether a statement's tests hold in a request's context.

use doorward_policy::request::{Context, ContextValue};
use doorward_policy::{Comparison, ConditionTest, ConditionValue, Qualifier};

use crate::compare::{Compared, compare};

/// Whether all tests of a statement hold. None at all hold.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html>
pub(crate) fn all_hold(tests: &[ConditionTest], context: &Context) -> bool {
    tests.iter().all(|test| holds(test, context))
}

/// What a request has under a key.
enum Found<'a> {
    /// Nothing, or a list of nothing.
    Missing,
    /// The value of a single-valued key.
    Single(&'a str),
    /// At least one value of a multivalued key.
    Multiple(&'a [String]),
}

fn look_up<'a>(test: &ConditionTest, context: &'a Context) -> Found<'a> {
    match context.value(test.key.folded()) {
        None => Found::Missing,
        Some(ContextValue::Single(value)) => Found::Single(value),
        Some(ContextValue::Multiple(values)) if values.is_empty() => Found::Missing,
        Some(ContextValue::Multiple(values)) => Found::Multiple(values),
    }
}

/// Whether one test holds.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
fn holds(test: &ConditionTest, context: &Context) -> bool {
    let found = look_up(test, context);
    if test.operator.comparison == Comparison::Null {
        return null_holds(&test.values, &found);
    }
    match test.operator.qualifier {
        None => plain_holds(test, &found, context),
        Some(Qualifier::ForAllValues) => for_all_values_holds(test, &found, context),
        Some(Qualifier::ForAnyValue) => for_any_value_holds(test, &found, context),
    }
}

/// `Null`: `true` wants the key missing, `false` wants it present. A qualifier changes nothing.
///
/// UNCONFIRMED (null-empty-text): an empty text is present.
/// UNCONFIRMED (null-other-text): texts other than those two want nothing that could be.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null>
fn null_holds(wanted: &[ConditionValue], found: &Found<'_>) -> bool {
    let missing = matches!(found, Found::Missing);
    wanted.iter().any(|value| match value.text.as_str() {
        "true" => missing,
        "false" => !missing,
        _ => false,
    })
}

/// No qualifier. A missing key fails a positive comparison and passes a negated one, and passes both with `IfExists`.
/// A multivalued key passes neither: such keys need a qualifier. UNCONFIRMED (multivalued-plain) for the negated.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
fn plain_holds(test: &ConditionTest, found: &Found<'_>, context: &Context) -> bool {
    match found {
        Found::Missing => test.operator.if_exists || test.operator.comparison.is_negated(),
        Found::Multiple(_) => false,
        Found::Single(value) => passes(test, value, context),
    }
}

/// `ForAllValues`: every value of the request must pass. Holds when there is none, and when the only one is empty.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
fn for_all_values_holds(test: &ConditionTest, found: &Found<'_>, context: &Context) -> bool {
    match found {
        Found::Missing | Found::Single("") => true,
        Found::Single(value) => passes(test, value, context),
        Found::Multiple(values) => values.iter().all(|value| passes(test, value, context)),
    }
}

/// `ForAnyValue`: some value of the request must pass. A missing key fails it, negated or not; negated, that is
/// UNCONFIRMED (for-any-value-negated). That `IfExists` turns this round is UNCONFIRMED (set-if-exists): it follows from
/// what `IfExists` means.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
fn for_any_value_holds(test: &ConditionTest, found: &Found<'_>, context: &Context) -> bool {
    match found {
        Found::Missing => test.operator.if_exists,
        Found::Single(value) => passes(test, value, context),
        Found::Multiple(values) => values.iter().any(|value| passes(test, value, context)),
    }
}

/// Whether one value of the request passes: it meets some value of the policy, or, negated, it meets none.
///
/// A value that is not of the operator's type passes neither way; nor, negated, does any value of the request when a
/// value of the policy is not of that type. UNCONFIRMED (value-type) for the negated.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>
fn passes(test: &ConditionTest, found: &str, context: &Context) -> bool {
    let outcomes: Vec<Compared> =
        test.values.iter().map(|value| compare(test.operator.comparison, value, found, context)).collect();
    if test.operator.comparison.is_negated() {
        outcomes.iter().all(|outcome| *outcome == Compared::Misses)
    } else {
        outcomes.contains(&Compared::Meets)
    }
}
