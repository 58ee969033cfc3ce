//! How one value of a request compares with the values of a policy.

pub(crate) mod arns;
mod ordered;
mod texts;

use std::cmp::Ordering;
use std::net::IpAddr;

use doorward_policy::request::Context;
use doorward_policy::value::{self, Instant, Network, Number, NumberBuf};
use doorward_policy::{Comparison, ConditionValue};

use crate::bytes::Words;
use crate::pattern::Pattern;
use crate::plan::set::{Reads, Scratch};
use crate::quick::Quick;
use crate::slots::{Reading, millionths};
use arns::Arns;
use ordered::{Networks, Ordered};
use texts::{Folded, Texts};

/// The values of a test, parsed by the type of its operator. Negation is not looked at here: `StringNotEquals` wants
/// what `StringEquals` wants.
#[derive(Debug)]
pub(crate) enum Wanted {
    /// Plain text, compared as it is.
    Words(Words),
    /// Text, or text patterns, compared as they are.
    Text(Texts),
    /// Text compared without regard to case.
    Folded(Folded),
    /// Numbers.
    Number(Numbers),
    /// Instants.
    Date(Ordered<Instant>),
    /// `true` or `false`, perhaps from variables.
    Bool(Truths),
    /// Base64 text.
    Binary(Words),
    /// Ranges of addresses.
    Address(Networks),
    /// ARN patterns.
    Arn(Arns),
}

/// Numbers to compare with.
#[derive(Debug)]
pub(crate) struct Numbers {
    wanted: Ordered<NumberBuf>,
    /// The same in millionths, where all of them are small enough and they are few.
    millionths: Option<Box<[i64]>>,
}

/// Truth values to compare with.
#[derive(Debug)]
pub(crate) struct Truths {
    wanted: Box<[Pattern]>,
    /// What comes of comparing `false` and `true`, where that does not depend on the request.
    outcomes: Option<[Outcome; 2]>,
}

/// How a request's value must stand to a policy's.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Relation {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What came of comparing one request value with all values of a test.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Outcome {
    /// Some policy value matches.
    pub(crate) hit: bool,
    /// With some policy value it cannot be compared, because one of the two is not of the operator's type.
    pub(crate) incomparable: bool,
}

impl Outcome {
    const HIT: Self = Self { hit: true, incomparable: false };
    const MISS: Self = Self { hit: false, incomparable: false };
    const INCOMPARABLE: Self = Self { hit: false, incomparable: true };

    const fn of(hit: bool) -> Self {
        if hit { Self::HIT } else { Self::MISS }
    }

    /// The outcome against all of several policy values.
    fn over(outcomes: impl Iterator<Item = Self>) -> Self {
        outcomes.fold(Self::MISS, |all, one| Self {
            hit: all.hit || one.hit,
            incomparable: all.incomparable || one.incomparable,
        })
    }
}

impl Wanted {
    pub(crate) fn compile(comparison: Comparison, values: &[ConditionValue]) -> Self {
        match comparison {
            Comparison::StringEquals | Comparison::StringNotEquals => {
                let words: Option<Vec<_>> = values.iter().map(|value| value.template.plain_text()).collect();
                let texts = || Self::Text(Texts::compile(values, Reads::Characters));
                words.map_or_else(texts, |words| Self::Words(Words::new(words)))
            }
            Comparison::StringLike | Comparison::StringNotLike => {
                Self::Text(Texts::compile(values, Reads::Wildcards))
            }
            Comparison::StringEqualsIgnoreCase | Comparison::StringNotEqualsIgnoreCase => {
                Self::Folded(Folded::compile(values))
            }
            Comparison::NumericEquals | Comparison::NumericNotEquals => numbers(Relation::Equal, values),
            Comparison::NumericLessThan => numbers(Relation::Less, values),
            Comparison::NumericLessThanEquals => numbers(Relation::LessOrEqual, values),
            Comparison::NumericGreaterThan => numbers(Relation::Greater, values),
            Comparison::NumericGreaterThanEquals => numbers(Relation::GreaterOrEqual, values),
            Comparison::DateEquals | Comparison::DateNotEquals => dates(Relation::Equal, values),
            Comparison::DateLessThan => dates(Relation::Less, values),
            Comparison::DateLessThanEquals => dates(Relation::LessOrEqual, values),
            Comparison::DateGreaterThan => dates(Relation::Greater, values),
            Comparison::DateGreaterThanEquals => dates(Relation::GreaterOrEqual, values),
            Comparison::Bool => {
                let exact = values.iter().map(|value| Pattern::exact_template(&value.template));
                Self::Bool(Truths::new(exact.collect()))
            }
            Comparison::BinaryEquals => {
                Self::Binary(Words::new(values.iter().map(|value| value.text.as_str().into()).collect()))
            }
            Comparison::IpAddress | Comparison::NotIpAddress => {
                Self::Address(Networks::new(values.iter().map(|value| Network::parse(&value.text))))
            }
            Comparison::ArnEquals
            | Comparison::ArnNotEquals
            | Comparison::ArnLike
            | Comparison::ArnNotLike => Self::Arn(Arns::compile(values)),
            // Presence is not a comparison of values: nothing equals it.
            Comparison::Null => Self::Words(Words::default()),
        }
    }

    /// Compares one value of a request with all values of the test. What `scratch` is left as, it may be given back as for the
    /// next value.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
    pub(crate) fn compare(&self, value: &str, context: &Context, scratch: &mut Option<Scratch>) -> Outcome {
        match self {
            Self::Words(words) => Outcome::of(words.hold(value)),
            Self::Text(texts) => Outcome::of(texts.has(value, context, scratch)),
            Self::Folded(folded) => Outcome::of(folded.has(value, context)),
            Self::Number(Numbers { wanted, .. }) => {
                let number = Number::parse(value);
                wanted.compare(number.as_ref(), |wanted, found| wanted.as_number().cmp(found))
            }
            Self::Date(wanted) => wanted.compare(Instant::parse(value).as_ref(), Ord::cmp),
            Self::Address(wanted) => wanted.compare(value.parse::<IpAddr>().ok()),
            Self::Bool(Truths { wanted, .. }) => {
                let found = value::boolean(value);
                Outcome::over(wanted.iter().map(|one| same_bool(found, one, context)))
            }
            Self::Binary(wanted) => binary(value, wanted),
            Self::Arn(wanted) => wanted.compare(value, context, scratch),
        }
    }
}

impl Wanted {
    /// How these values want the request's value read.
    pub(crate) const fn reading(&self) -> Reading {
        match self {
            Self::Number(Numbers { millionths: Some(_), .. }) => Reading::Number,
            Self::Date(_) => Reading::Date,
            Self::Bool(Truths { outcomes: Some(_), .. }) => Reading::Truth,
            Self::Address(_) => Reading::Address,
            Self::Words(_)
            | Self::Text(_)
            | Self::Folded(_)
            | Self::Number(_)
            | Self::Bool(_)
            | Self::Binary(_)
            | Self::Arn(_) => Reading::Text,
        }
    }

    /// About how many bytes sets of patterns take.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Text(texts) => texts.bytes(),
            Self::Arn(arns) => arns.bytes(),
            Self::Words(_)
            | Self::Folded(_)
            | Self::Number(_)
            | Self::Date(_)
            | Self::Bool(_)
            | Self::Binary(_)
            | Self::Address(_) => 0,
        }
    }

    /// The quick form of comparing one value with these. `passes` tells whether an outcome is what the operator wants, which
    /// for a plain hit is the opposite of `negated`. Where `refuses_empty` is false, the empty text passes anyway.
    pub(crate) fn quick(
        &self,
        negated: bool,
        refuses_empty: bool,
        passes: impl Fn(Outcome) -> bool,
    ) -> Quick {
        match self {
            Self::Words(words) if refuses_empty => Quick::Words { words: words.clone(), negated },
            Self::Number(Numbers { wanted, millionths: Some(millionths) }) => {
                Quick::Millionths { relation: wanted.relation(), wanted: millionths.clone(), negated }
            }
            Self::Bool(Truths { outcomes: Some(outcomes), .. }) => Quick::Truth(outcomes.map(passes)),
            Self::Date(wanted) => wanted.few().map_or(Quick::None, |few| Quick::Dates {
                relation: wanted.relation(),
                wanted: few.into(),
                negated,
            }),
            Self::Address(wanted) => wanted.few().map_or(Quick::None, |few| Quick::addresses(few, negated)),
            Self::Words(_)
            | Self::Text(_)
            | Self::Folded(_)
            | Self::Number(_)
            | Self::Bool(_)
            | Self::Binary(_)
            | Self::Arn(_) => Quick::None,
        }
    }
}

impl Truths {
    fn new(wanted: Box<[Pattern]>) -> Self {
        let nothing = Context::default();
        let outcome = |found| Outcome::over(wanted.iter().map(|one| same_bool(Some(found), one, &nothing)));
        let fixed = wanted.iter().all(|one| !one.has_variables());
        let outcomes = fixed.then(|| [outcome(false), outcome(true)]);
        Self { wanted, outcomes }
    }
}

fn same_bool(found: Option<bool>, wanted: &Pattern, context: &Context) -> Outcome {
    let Some(text) = wanted.resolved(context) else { return Outcome::MISS };
    match (found, value::boolean(&text)) {
        (Some(found), Some(wanted)) => Outcome::of(found == wanted),
        (None, _) | (_, None) => Outcome::INCOMPARABLE,
    }
}

/// The Base64 texts are compared, not the bytes that they stand for.
fn binary(value: &str, wanted: &Words) -> Outcome {
    if is_base64(value) {
        return Outcome::of(wanted.hold(value));
    }
    if wanted.sorted().is_empty() { Outcome::MISS } else { Outcome::INCOMPARABLE }
}

/// Whether the text is Base64 with the standard alphabet, padded.
fn is_base64(text: &str) -> bool {
    let digits = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    text.len().is_multiple_of(4) && digits.bytes().all(is_digit)
}

fn numbers(relation: Relation, values: &[ConditionValue]) -> Wanted {
    let numbers = values.iter().map(|value| Number::parse(&value.text).map(Number::to_buf));
    let wanted = Ordered::new(relation, numbers, |one, other| one.as_number().cmp(&other.as_number()));
    let millionths: Option<Vec<i64>> = values.iter().map(|value| millionths(&value.text)).collect();
    let millionths = millionths.map(|all| Ordered::new(relation, all.into_iter().map(Some), Ord::cmp));
    let few = millionths.as_ref().and_then(Ordered::few).map(Into::into);
    Wanted::Number(Numbers { wanted, millionths: few })
}

fn dates(relation: Relation, values: &[ConditionValue]) -> Wanted {
    Wanted::Date(Ordered::new(relation, values.iter().map(|value| Instant::parse(&value.text)), Ord::cmp))
}

impl Relation {
    pub(crate) const fn holds(self, found_to_wanted: Ordering) -> bool {
        match self {
            Self::Equal => found_to_wanted.is_eq(),
            Self::Less => found_to_wanted.is_lt(),
            Self::LessOrEqual => found_to_wanted.is_le(),
            Self::Greater => found_to_wanted.is_gt(),
            Self::GreaterOrEqual => found_to_wanted.is_ge(),
        }
    }
}
