//! `Condition`: operators, keys and values.

use crate::key::ContextKey;
use crate::span::Span;
use crate::template::Template;
use crate::text::Text;

/// One line of a `Condition`: an operator, one key, and the values it is compared with.
/// All tests of a statement must hold; the values of one test are alternatives.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html>
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConditionTest {
    /// How to compare.
    pub operator: Operator,
    /// Where the operator's name stands, quotes included.
    pub operator_span: Span,
    /// Which of the request's keys to compare.
    pub key: ContextKey,
    /// Where the key's name stands, quotes included.
    pub key_span: Span,
    /// What to compare it with; may be empty.
    pub values: Vec<ConditionValue>,
}

/// One value of a test.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConditionValue {
    /// The value as text: strings without their quotes, numbers as written, `true` or `false`.
    pub text: Text,
    /// Where it stands, quotes included.
    pub span: Span,
    /// The text taken apart at its variables, for operators that read them; otherwise one part, all text.
    pub template: Template,
}

/// A condition operator: `[ForAllValues:|ForAnyValue:]Comparison[IfExists]`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Operator {
    /// How a key with several values is read.
    pub qualifier: Option<Qualifier>,
    /// What is compared, and how.
    pub comparison: Comparison,
    /// Whether a missing key makes the test hold.
    pub if_exists: bool,
}

/// A set qualifier.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Qualifier {
    /// Every value of the request must pass; holds when there is none.
    ForAllValues,
    /// Some value of the request must pass.
    ForAnyValue,
}

/// The comparisons, by the names that policies give them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[expect(missing_docs, reason = "the names are AWS's own and say what they compare")]
pub enum Comparison {
    StringEquals,
    StringNotEquals,
    StringEqualsIgnoreCase,
    StringNotEqualsIgnoreCase,
    StringLike,
    StringNotLike,
    NumericEquals,
    NumericNotEquals,
    NumericLessThan,
    NumericLessThanEquals,
    NumericGreaterThan,
    NumericGreaterThanEquals,
    DateEquals,
    DateNotEquals,
    DateLessThan,
    DateLessThanEquals,
    DateGreaterThan,
    DateGreaterThanEquals,
    Bool,
    BinaryEquals,
    IpAddress,
    NotIpAddress,
    ArnEquals,
    ArnNotEquals,
    ArnLike,
    ArnNotLike,
    Null,
}

/// The kinds of value that comparisons are for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(missing_docs, reason = "the names are AWS's own")]
pub enum Family {
    String,
    Numeric,
    Date,
    Bool,
    Binary,
    IpAddress,
    Arn,
    Null,
}

impl Comparison {
    /// Every comparison with its name in policies.
    pub const ALL: [(Self, &'static str); 27] = [
        (Self::StringEquals, "StringEquals"),
        (Self::StringNotEquals, "StringNotEquals"),
        (Self::StringEqualsIgnoreCase, "StringEqualsIgnoreCase"),
        (Self::StringNotEqualsIgnoreCase, "StringNotEqualsIgnoreCase"),
        (Self::StringLike, "StringLike"),
        (Self::StringNotLike, "StringNotLike"),
        (Self::NumericEquals, "NumericEquals"),
        (Self::NumericNotEquals, "NumericNotEquals"),
        (Self::NumericLessThan, "NumericLessThan"),
        (Self::NumericLessThanEquals, "NumericLessThanEquals"),
        (Self::NumericGreaterThan, "NumericGreaterThan"),
        (Self::NumericGreaterThanEquals, "NumericGreaterThanEquals"),
        (Self::DateEquals, "DateEquals"),
        (Self::DateNotEquals, "DateNotEquals"),
        (Self::DateLessThan, "DateLessThan"),
        (Self::DateLessThanEquals, "DateLessThanEquals"),
        (Self::DateGreaterThan, "DateGreaterThan"),
        (Self::DateGreaterThanEquals, "DateGreaterThanEquals"),
        (Self::Bool, "Bool"),
        (Self::BinaryEquals, "BinaryEquals"),
        (Self::IpAddress, "IpAddress"),
        (Self::NotIpAddress, "NotIpAddress"),
        (Self::ArnEquals, "ArnEquals"),
        (Self::ArnNotEquals, "ArnNotEquals"),
        (Self::ArnLike, "ArnLike"),
        (Self::ArnNotLike, "ArnNotLike"),
        (Self::Null, "Null"),
    ];

    /// The name that policies use.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(comparison, _)| *comparison == self).map_or("", |(_, name)| name)
    }

    /// What kind of value it compares.
    #[must_use]
    pub const fn family(self) -> Family {
        match self {
            Self::StringEquals
            | Self::StringNotEquals
            | Self::StringEqualsIgnoreCase
            | Self::StringNotEqualsIgnoreCase
            | Self::StringLike
            | Self::StringNotLike => Family::String,
            Self::NumericEquals
            | Self::NumericNotEquals
            | Self::NumericLessThan
            | Self::NumericLessThanEquals
            | Self::NumericGreaterThan
            | Self::NumericGreaterThanEquals => Family::Numeric,
            Self::DateEquals
            | Self::DateNotEquals
            | Self::DateLessThan
            | Self::DateLessThanEquals
            | Self::DateGreaterThan
            | Self::DateGreaterThanEquals => Family::Date,
            Self::Bool => Family::Bool,
            Self::BinaryEquals => Family::Binary,
            Self::IpAddress | Self::NotIpAddress => Family::IpAddress,
            Self::ArnEquals | Self::ArnNotEquals | Self::ArnLike | Self::ArnNotLike => Family::Arn,
            Self::Null => Family::Null,
        }
    }

    /// Whether the comparison holds where its plain form does not: `…Not…`.
    #[must_use]
    pub const fn is_negated(self) -> bool {
        matches!(
            self,
            Self::StringNotEquals
                | Self::StringNotEqualsIgnoreCase
                | Self::StringNotLike
                | Self::NumericNotEquals
                | Self::DateNotEquals
                | Self::NotIpAddress
                | Self::ArnNotEquals
                | Self::ArnNotLike
        )
    }

    /// Whether `${…}` in its values is a policy variable (under version `2012-10-17`).
    #[must_use]
    pub const fn reads_variables(self) -> bool {
        matches!(
            self,
            Self::StringEquals
                | Self::StringNotEquals
                | Self::StringEqualsIgnoreCase
                | Self::StringNotEqualsIgnoreCase
                | Self::StringLike
                | Self::StringNotLike
                | Self::ArnEquals
                | Self::ArnNotEquals
                | Self::ArnLike
                | Self::ArnNotLike
                | Self::Bool
        )
    }
}

/// Why a text is not an operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a condition operator")]
pub struct NotAnOperator(pub String);

/// Names are exact, case included. `IfExists` does not go with `Null`, which asks whether the key exists.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
impl std::str::FromStr for Operator {
    type Err = NotAnOperator;

    fn from_str(text: &str) -> Result<Self, NotAnOperator> {
        let (qualifier, rest) = if let Some(rest) = text.strip_prefix("ForAllValues:") {
            (Some(Qualifier::ForAllValues), rest)
        } else if let Some(rest) = text.strip_prefix("ForAnyValue:") {
            (Some(Qualifier::ForAnyValue), rest)
        } else {
            (None, text)
        };
        let (name, if_exists) = match rest.strip_suffix("IfExists") {
            Some(name) => (name, true),
            None => (rest, false),
        };
        let comparison = Comparison::ALL.iter().find(|(_, known)| *known == name).map(|(known, _)| *known);
        match comparison {
            None => Err(NotAnOperator(text.to_owned())),
            Some(Comparison::Null) if if_exists => Err(NotAnOperator(text.to_owned())),
            Some(comparison) => Ok(Self { qualifier, comparison, if_exists }),
        }
    }
}

impl std::fmt::Display for Operator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.qualifier {
            Some(Qualifier::ForAllValues) => f.write_str("ForAllValues:")?,
            Some(Qualifier::ForAnyValue) => f.write_str("ForAnyValue:")?,
            None => {}
        }
        f.write_str(self.comparison.name())?;
        if self.if_exists { f.write_str("IfExists") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_read_as_they_are_printed() {
        for (comparison, _) in Comparison::ALL {
            for qualifier in [None, Some(Qualifier::ForAllValues), Some(Qualifier::ForAnyValue)] {
                for if_exists in [false, true] {
                    let operator = Operator { qualifier, comparison, if_exists };
                    let expected = (comparison != Comparison::Null || !if_exists).then_some(operator);
                    assert_eq!(operator.to_string().parse().ok(), expected, "{operator}");
                }
            }
        }
    }

    #[test]
    fn names_are_exact() {
        for name in [
            "",
            "StringEqual",
            "stringEquals",
            "StringEqualsifexists",
            "ForAnyValue::StringEquals",
            "ForAllValue:StringEquals",
            "ForAnyValue:",
            "IfExists",
            "StringEquals ",
            "StringEqualsIfExistsIfExists",
            "ForAnyValue:ForAllValues:Bool",
            "BinaryNotEquals",
            "ForAllValues:NullIfExists",
        ] {
            assert_eq!(name.parse::<Operator>(), Err(NotAnOperator(name.to_owned())));
        }
    }

    #[test]
    fn negated_comparisons_say_not() {
        for (comparison, name) in Comparison::ALL {
            assert_eq!(comparison.is_negated(), name.contains("Not"), "{name}");
        }
    }
}
