//! The comparisons: one value of a policy with one value of a request.

use std::cmp::Ordering;

use doorward_policy::request::Context;
use doorward_policy::{Comparison, ConditionValue};

use crate::glob::{Token, glob, plain, six_fields, substitute};
use crate::typed;

/// What comes of a comparison, before any negation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Compared {
    /// They compare as the operator wants.
    Meets,
    /// They do not.
    Misses,
    /// One of them is not of the operator's type.
    Incomparable,
}

impl Compared {
    fn when(meets: bool) -> Self {
        if meets { Self::Meets } else { Self::Misses }
    }

    /// The outcome, where `None` is a value that is not of the operator's type.
    fn typed(meets: Option<bool>) -> Self {
        meets.map_or(Self::Incomparable, Self::when)
    }
}

/// Compares as the plain form of the operator does: `StringNotEquals` as `StringEquals`. A value with a variable that
/// the request cannot fill is met by nothing.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
pub(crate) fn compare(
    comparison: Comparison,
    wanted: &ConditionValue,
    found: &str,
    context: &Context,
) -> Compared {
    if comparison.reads_variables() {
        match substitute(&wanted.template, context) {
            Some(wanted) => compare_text(comparison, &wanted, found),
            None => Compared::Misses,
        }
    } else {
        compare_typed(comparison, &wanted.text, found)
    }
}

/// The comparisons that read variables. That `Bool` does is UNCONFIRMED (bool-variable): one page says so, another
/// denies it.
fn compare_text(comparison: Comparison, wanted: &[Token], found: &str) -> Compared {
    match comparison {
        Comparison::StringEquals | Comparison::StringNotEquals => Compared::when(plain(wanted) == found),
        Comparison::StringEqualsIgnoreCase | Comparison::StringNotEqualsIgnoreCase => {
            Compared::when(lower_case(&plain(wanted)) == lower_case(found))
        }
        Comparison::StringLike | Comparison::StringNotLike => {
            Compared::when(glob(wanted, &found.chars().collect::<Vec<_>>()))
        }
        Comparison::ArnEquals | Comparison::ArnLike | Comparison::ArnNotEquals | Comparison::ArnNotLike => {
            Compared::typed(arn_like(wanted, found))
        }
        Comparison::Bool => Compared::typed(both(truth(&plain(wanted)), truth(found), |a, b| a == b)),
        Comparison::NumericEquals
        | Comparison::NumericNotEquals
        | Comparison::NumericLessThan
        | Comparison::NumericLessThanEquals
        | Comparison::NumericGreaterThan
        | Comparison::NumericGreaterThanEquals
        | Comparison::DateEquals
        | Comparison::DateNotEquals
        | Comparison::DateLessThan
        | Comparison::DateLessThanEquals
        | Comparison::DateGreaterThan
        | Comparison::DateGreaterThanEquals
        | Comparison::BinaryEquals
        | Comparison::IpAddress
        | Comparison::NotIpAddress
        | Comparison::Null => compare_typed(comparison, &plain(wanted), found),
    }
}

/// The comparisons that read no variables. Numbers and dates compare as request, operator, policy: `NumericLessThan`
/// holds when the request's value is less than the policy's.
fn compare_typed(comparison: Comparison, wanted: &str, found: &str) -> Compared {
    let numbers = |meets: fn(Ordering) -> bool| {
        Compared::typed(both(typed::number(found), typed::number(wanted), |a, b| meets(a.cmp(&b))))
    };
    let dates = |meets: fn(Ordering) -> bool| {
        Compared::typed(both(typed::instant(found), typed::instant(wanted), |a, b| meets(a.cmp(&b))))
    };
    match comparison {
        Comparison::NumericEquals | Comparison::NumericNotEquals => numbers(Ordering::is_eq),
        Comparison::NumericLessThan => numbers(Ordering::is_lt),
        Comparison::NumericLessThanEquals => numbers(Ordering::is_le),
        Comparison::NumericGreaterThan => numbers(Ordering::is_gt),
        Comparison::NumericGreaterThanEquals => numbers(Ordering::is_ge),
        Comparison::DateEquals | Comparison::DateNotEquals => dates(Ordering::is_eq),
        Comparison::DateLessThan => dates(Ordering::is_lt),
        Comparison::DateLessThanEquals => dates(Ordering::is_le),
        Comparison::DateGreaterThan => dates(Ordering::is_gt),
        Comparison::DateGreaterThanEquals => dates(Ordering::is_ge),
        Comparison::BinaryEquals => {
            if typed::is_base64(found) {
                Compared::when(wanted == found)
            } else {
                Compared::Incomparable
            }
        }
        Comparison::IpAddress | Comparison::NotIpAddress => {
            Compared::typed(both(typed::range(wanted), typed::address(found), |range, address| {
                range.contains(address)
            }))
        }
        Comparison::StringEquals
        | Comparison::StringNotEquals
        | Comparison::StringEqualsIgnoreCase
        | Comparison::StringNotEqualsIgnoreCase
        | Comparison::StringLike
        | Comparison::StringNotLike
        | Comparison::ArnEquals
        | Comparison::ArnNotEquals
        | Comparison::ArnLike
        | Comparison::ArnNotLike
        | Comparison::Bool
        | Comparison::Null => Compared::Incomparable,
    }
}

fn both<A, B>(left: Option<A>, right: Option<B>, meets: impl FnOnce(A, B) -> bool) -> Option<bool> {
    left.zip(right).map(|(left, right)| meets(left, right))
}

/// Case is folded character by character. How AWS folds beyond ASCII is UNCONFIRMED (fold-beyond-ascii).
fn lower_case(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// The two texts that `Bool` reads, in any case.
fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// `ArnLike`, and `ArnEquals`, which is the same: six fields compared one by one, each with its own wildcards, which
/// do not reach across a colon; the sixth field keeps its colons. `None` when either side has fewer than six.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN>
fn arn_like(wanted: &[Token], found: &str) -> Option<bool> {
    let characters: Vec<char> = found.chars().collect();
    let wanted = six_fields(wanted, |token| *token == Token::Exactly(':'))?;
    let found = six_fields(&characters, |character| *character == ':')?;
    Some(wanted.iter().zip(&found).all(|(wanted, found)| glob(wanted, found)))
}
