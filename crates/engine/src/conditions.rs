//! Whether the conditions of a statement hold.

use doorward_policy::request::{Context, ContextValue};
use doorward_policy::{Comparison, ConditionTest, ConditionValue, Operator, Qualifier};

use crate::comparisons::{Outcome, Wanted};

/// One test of a `Condition`, compiled: its key folded, its values parsed.
#[derive(Debug)]
pub(crate) struct Test {
    key: Box<str>,
    qualifier: Option<Qualifier>,
    if_exists: bool,
    negated: bool,
    wanted: Asked,
}

/// What a test asks of its key.
#[derive(Debug)]
enum Asked {
    /// `Null`: whether any value is `true`, and whether any is `false`.
    Presence { missing: bool, present: bool },
    /// Everything else: how the request's values compare with these.
    Values(Wanted),
}

impl Test {
    pub(crate) fn compile(test: &ConditionTest) -> Self {
        let Operator { qualifier, comparison, if_exists } = test.operator;
        let says = |text: &str| test.values.iter().any(|value: &ConditionValue| value.text == text);
        let wanted = if comparison == Comparison::Null {
            Asked::Presence { missing: says("true"), present: says("false") }
        } else {
            Asked::Values(Wanted::compile(comparison, &test.values))
        };
        Self { key: test.key.folded().into(), qualifier, if_exists, negated: comparison.is_negated(), wanted }
    }

    /// Whether the test holds in `context`. A missing key is looked at first, then several values under a plain
    /// operator, which never match; then the values are compared.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
    pub(crate) fn holds(&self, context: &Context) -> bool {
        let values = Values::of(context.value(&self.key));
        let wanted = match &self.wanted {
            Asked::Presence { missing, present } => {
                return match values {
                    Values::Missing => *missing,
                    Values::One(_) | Values::Several(_) => *present,
                };
            }
            Asked::Values(wanted) => wanted,
        };
        let passes = |value: &str| self.passes(wanted.compare(value, context));
        match (self.qualifier, values) {
            (None, Values::Missing) => self.if_exists || self.negated,
            (None, Values::One(value)) => passes(value),
            (None, Values::Several(_)) => false,
            (Some(Qualifier::ForAllValues), Values::Missing | Values::One("")) => true,
            (Some(Qualifier::ForAnyValue), Values::Missing) => self.if_exists,
            (Some(Qualifier::ForAllValues | Qualifier::ForAnyValue), Values::One(value)) => passes(value),
            (Some(Qualifier::ForAllValues), Values::Several(values)) => {
                values.iter().all(|value| passes(value))
            }
            (Some(Qualifier::ForAnyValue), Values::Several(values)) => {
                values.iter().any(|value| passes(value))
            }
        }
    }

    /// Whether a request's value that compares like this passes. A value that cannot be compared passes no operator,
    /// the negated ones included. UNCONFIRMED by AWS's documentation for the negated.
    const fn passes(&self, outcome: Outcome) -> bool {
        if self.negated { !outcome.hit && !outcome.incomparable } else { outcome.hit }
    }
}

/// The values of a key in a request.
enum Values<'a> {
    /// No such key, or an empty list.
    Missing,
    One(&'a str),
    Several(&'a [String]),
}

impl<'a> Values<'a> {
    fn of(value: Option<&'a ContextValue>) -> Self {
        match value {
            None => Self::Missing,
            Some(ContextValue::Single(value)) => Self::One(value),
            Some(ContextValue::Multiple(values)) if values.is_empty() => Self::Missing,
            Some(ContextValue::Multiple(values)) => Self::Several(values),
        }
    }
}
