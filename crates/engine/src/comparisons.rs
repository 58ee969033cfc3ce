//! How one value of a request compares with the values of a policy.

use std::cmp::Ordering;
use std::net::IpAddr;

use doorward_policy::request::Context;
use doorward_policy::value::{self, Instant, Network, Number, NumberBuf};
use doorward_policy::{Comparison, ConditionValue, Part, Template};

use crate::bytes::Words;
use crate::pattern::Pattern;
use crate::quick::Quick;
use crate::slots::{Reading, millionths};

/// The values of a test, parsed by the type of its operator. Negation is not looked at here: `StringNotEquals` wants
/// what `StringEquals` wants.
#[derive(Debug)]
pub(crate) enum Wanted {
    /// Plain text, compared as it is.
    Words(Words),
    /// Text, or text patterns, compared as they are.
    Text(Box<[Pattern]>),
    /// Text compared without regard to case.
    Folded(Box<[Pattern]>),
    /// Numbers.
    Number(Numbers),
    /// Instants; `None` where the policy's value is none.
    Date(Relation, Box<[Option<Instant>]>),
    /// `true` or `false`, perhaps from variables.
    Bool(Truths),
    /// Base64 text.
    Binary(Box<[Box<str>]>),
    /// Ranges of addresses; `None` where the policy's value is none.
    Address(Box<[Option<Network>]>),
    /// ARN patterns.
    Arn(Box<[ArnValue]>),
}

/// Numbers to compare with.
#[derive(Debug)]
pub(crate) struct Numbers {
    relation: Relation,
    /// `None` where the policy's value is no number.
    wanted: Box<[Option<NumberBuf>]>,
    /// The same in millionths, where all of them are small enough.
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

/// An ARN pattern as a condition compares it: six fields, none of whose wildcards crosses a colon, but for the sixth.
#[derive(Debug)]
pub(crate) enum ArnValue {
    /// Without variables, split once and for all.
    Fields(Box<[Pattern; 6]>),
    /// With variables, whose values may hold colons: split for each request.
    Template(Template),
    /// Fewer than six fields: no ARN.
    Malformed,
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
        let exact = || values.iter().map(|value| Pattern::exact_template(&value.template)).collect();
        let wild = || values.iter().map(|value| Pattern::wild_template(&value.template)).collect();
        match comparison {
            Comparison::StringEquals | Comparison::StringNotEquals => {
                let words: Option<Vec<_>> = values.iter().map(|value| value.template.plain_text()).collect();
                words.map_or_else(|| Self::Text(exact()), |words| Self::Words(Words::new(words)))
            }
            Comparison::StringLike | Comparison::StringNotLike => Self::Text(wild()),
            Comparison::StringEqualsIgnoreCase | Comparison::StringNotEqualsIgnoreCase => {
                Self::Folded(exact())
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
            Comparison::Bool => Self::Bool(Truths::new(exact())),
            Comparison::BinaryEquals => {
                Self::Binary(values.iter().map(|value| value.text.as_str().into()).collect())
            }
            Comparison::IpAddress | Comparison::NotIpAddress => {
                Self::Address(values.iter().map(|value| Network::parse(&value.text)).collect())
            }
            Comparison::ArnEquals
            | Comparison::ArnNotEquals
            | Comparison::ArnLike
            | Comparison::ArnNotLike => {
                Self::Arn(values.iter().map(|value| ArnValue::compile(&value.template)).collect())
            }
            // Presence is not a comparison of values: nothing equals it.
            Comparison::Null => Self::Text(Box::default()),
        }
    }

    /// Compares one value of a request with all values of the test.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
    pub(crate) fn compare(&self, value: &str, context: &Context) -> Outcome {
        match self {
            Self::Words(words) => Outcome::of(words.hold(value)),
            Self::Text(patterns) => Outcome::of(patterns.iter().any(|one| one.matches(value, context))),
            Self::Folded(patterns) => {
                Outcome::of(patterns.iter().any(|one| one.equals_folded(value, context)))
            }
            Self::Number(Numbers { relation, wanted, .. }) => {
                let holds = |found: &Number<'_>, one: &NumberBuf| relation.holds(found.cmp(&one.as_number()));
                typed(Number::parse(value).as_ref(), wanted, holds)
            }
            Self::Date(relation, wanted) => {
                typed(Instant::parse(value).as_ref(), wanted, |found, one| relation.holds(found.cmp(one)))
            }
            Self::Address(wanted) => {
                typed(value.parse::<IpAddr>().ok().as_ref(), wanted, |found, one| one.contains(*found))
            }
            Self::Bool(Truths { wanted, .. }) => {
                let found = value::boolean(value);
                Outcome::over(wanted.iter().map(|one| same_bool(found, one, context)))
            }
            Self::Binary(wanted) => binary(value, wanted),
            Self::Arn(wanted) => {
                let found = fields(value);
                Outcome::over(wanted.iter().map(|one| one.compare(found.as_ref(), context)))
            }
        }
    }
}

impl Wanted {
    /// How these values want the request's value read.
    pub(crate) const fn reading(&self) -> Reading {
        match self {
            Self::Number(Numbers { millionths: Some(_), .. }) => Reading::Number,
            Self::Date(..) => Reading::Date,
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
            Self::Number(Numbers { relation, millionths: Some(wanted), .. }) => {
                Quick::Millionths { relation: *relation, wanted: wanted.clone(), negated }
            }
            Self::Bool(Truths { outcomes: Some(outcomes), .. }) => Quick::Truth(outcomes.map(passes)),
            Self::Date(relation, wanted) => {
                let wanted: Option<Box<[Instant]>> = wanted.iter().copied().collect();
                wanted.map_or(Quick::None, |wanted| Quick::Dates { relation: *relation, wanted, negated })
            }
            Self::Address(wanted) => {
                let wanted: Option<Box<[Network]>> = wanted.iter().copied().collect();
                wanted.map_or(Quick::None, |wanted| Quick::addresses(&wanted, negated))
            }
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

/// The outcome of a value of a type against wanted values of that type, either of which may not be of it.
fn typed<F, W>(found: Option<&F>, wanted: &[Option<W>], matches: impl Fn(&F, &W) -> bool) -> Outcome {
    Outcome::over(wanted.iter().map(|one| match (found, one) {
        (Some(found), Some(one)) => Outcome::of(matches(found, one)),
        (None, _) | (_, None) => Outcome::INCOMPARABLE,
    }))
}

fn same_bool(found: Option<bool>, wanted: &Pattern, context: &Context) -> Outcome {
    let Some(text) = wanted.resolved(context) else { return Outcome::MISS };
    match (found, value::boolean(&text)) {
        (Some(found), Some(wanted)) => Outcome::of(found == wanted),
        (None, _) | (_, None) => Outcome::INCOMPARABLE,
    }
}

/// The Base64 texts are compared, not the bytes that they stand for.
fn binary(value: &str, wanted: &[Box<str>]) -> Outcome {
    if is_base64(value) {
        return Outcome::of(wanted.iter().any(|one| **one == *value));
    }
    if wanted.is_empty() { Outcome::MISS } else { Outcome::INCOMPARABLE }
}

/// Whether the text is Base64 with the standard alphabet, padded.
fn is_base64(text: &str) -> bool {
    let digits = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    text.len().is_multiple_of(4) && digits.bytes().all(is_digit)
}

fn numbers(relation: Relation, values: &[ConditionValue]) -> Wanted {
    Wanted::Number(Numbers {
        relation,
        wanted: values.iter().map(|value| Number::parse(&value.text).map(Number::to_buf)).collect(),
        millionths: values.iter().map(|value| millionths(&value.text)).collect(),
    })
}

fn dates(relation: Relation, values: &[ConditionValue]) -> Wanted {
    Wanted::Date(relation, values.iter().map(|value| Instant::parse(&value.text)).collect())
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

/// The six fields of an ARN, split at its first five colons.
fn fields(text: &str) -> Option<[&str; 6]> {
    let mut split = text.splitn(6, ':');
    let mut fields = [""; 6];
    for field in &mut fields {
        *field = split.next()?;
    }
    Some(fields)
}

impl ArnValue {
    fn compile(template: &Template) -> Self {
        if template.has_variables() {
            return Self::Template(template.clone());
        }
        split(template).map_or(Self::Malformed, |fields| {
            Self::Fields(Box::new(fields.map(|field| Pattern::wild_template(&field))))
        })
    }

    fn compare(&self, found: Option<&[&str; 6]>, context: &Context) -> Outcome {
        let whole;
        let fields = match self {
            Self::Malformed => return Outcome::INCOMPARABLE,
            Self::Fields(fields) => &**fields,
            Self::Template(template) => {
                let Some(template) = resolve(template, context) else { return Outcome::MISS };
                let Some(fields) = split(&template) else { return Outcome::INCOMPARABLE };
                whole = fields.map(|field| Pattern::wild_template(&field));
                &whole
            }
        };
        let Some(found) = found else { return Outcome::INCOMPARABLE };
        Outcome::of(fields.iter().zip(found).all(|(wanted, found)| wanted.matches(found, context)))
    }
}

/// The template with its variables replaced by literal characters; `None` where one cannot be resolved.
fn resolve(template: &Template, context: &Context) -> Option<Template> {
    let mut parts = Vec::new();
    for part in template.parts() {
        match part {
            Part::Text(_) | Part::Literal(_) => parts.push(part.clone()),
            Part::Variable { .. } => {
                let variable = Pattern::exact_template(&Template::from(vec![part.clone()]));
                parts.extend(variable.resolved(context)?.chars().map(Part::Literal));
            }
        }
    }
    Some(parts.into())
}

/// The template, which has no variables, split at its first five colons; `None` where it has fewer.
fn split(template: &Template) -> Option<[Template; 6]> {
    let mut fields: [Vec<Part>; 6] = Default::default();
    let mut colons = 0;
    for part in template.parts() {
        let mut put = |part: Part| {
            if let Some(field) = fields.get_mut(colons) {
                field.push(part);
            }
        };
        match part {
            Part::Literal(':') if colons < 5 => colons += 1,
            Part::Literal(_) | Part::Variable { .. } => put(part.clone()),
            Part::Text(text) => {
                let mut pieces = text.splitn(6 - colons, ':');
                if let Some(first) = pieces.next() {
                    put(Part::Text(first.into()));
                }
                for piece in pieces {
                    colons += 1;
                    if let Some(field) = fields.get_mut(colons) {
                        field.push(Part::Text(piece.into()));
                    }
                }
            }
        }
    }
    (colons == 5).then(|| fields.map(Template::from))
}
