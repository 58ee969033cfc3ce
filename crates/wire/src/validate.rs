//! Constraints: what is wrong with a decoded request, all of it at once, in AWS's words.

use std::fmt;

use crate::node::Node;
use crate::path::Path;
use crate::shape::{IntegerShape, Presence, Sensitivity, Shape, StructureKind, StructureShape, TextShape};

/// One value that breaks one constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where: member names with a small first letter, such as `tags.1.member.key`.
    pub path: String,
    /// The value, where it may be shown.
    pub value: Offender,
    /// What it breaks.
    pub constraint: Constraint,
}

/// The value that breaks a constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offender {
    /// There is none.
    Absent,
    /// A value that may be shown.
    Shown(String),
    /// A sensitive one.
    Secret,
}

/// A constraint, worded as AWS words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// A required member has no value.
    NotNull,
    /// A text, list or map is too long. Texts are counted in UTF-16 units.
    LengthAtMost(u32),
    /// A text, list or map is too short. Texts are counted in UTF-16 units.
    LengthAtLeast(u32),
    /// A number is too great.
    ValueAtMost(i64),
    /// A number is too small.
    ValueAtLeast(i64),
    /// A number is outside this range, where a service names it as a whole and repeats the number.
    ValueBetween(i64, i64),
    /// A text does not match; the pattern as the model writes it.
    Pattern(&'static str),
    /// A text is not one of these.
    Values(&'static [&'static str]),
    /// Some elements of a list break one of these.
    Elements(Vec<Constraint>),
    /// Not exactly one member of a union has a value.
    OneMember,
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Constraint::NotNull => f.write_str("Member must not be null"),
            Constraint::LengthAtMost(max) => write!(f, "Member must have length less than or equal to {max}"),
            Constraint::LengthAtLeast(min) => {
                write!(f, "Member must have length greater than or equal to {min}")
            }
            Constraint::ValueAtMost(max) => write!(f, "Member must have value less than or equal to {max}"),
            Constraint::ValueAtLeast(min) => {
                write!(f, "Member must have value greater than or equal to {min}")
            }
            Constraint::ValueBetween(min, max) => {
                write!(f, "Member must have value between {min} and {max}")
            }
            Constraint::Pattern(pattern) => {
                write!(f, "Member must satisfy regular expression pattern: {pattern}")
            }
            Constraint::Values(values) => {
                write!(f, "Member must satisfy enum value set: [{}]", values.join(", "))
            }
            Constraint::Elements(constraints) => {
                f.write_str("Member must satisfy constraint: [")?;
                for (at, constraint) in constraints.iter().enumerate() {
                    write!(f, "{}{constraint}", if at == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
            Constraint::OneMember => f.write_str("Member must have exactly one member set"),
        }
    }
}

/// Whether a service repeats the offending value in its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Echo {
    /// `Value 'x' at 'roleSessionName' …`, `Value null at 'roleArn' …`.
    Shown,
    /// `Value at 'roleName' …`.
    Hidden,
}

/// The message of a validation error: `1 validation error detected: …`, `2 validation errors detected: …; …`.
pub fn message(violations: &[Violation], echo: Echo) -> String {
    let noun = if violations.len() == 1 { "error" } else { "errors" };
    let list: Vec<String> = violations.iter().map(|violation| sentence(violation, echo)).collect();
    format!("{} validation {noun} detected: {}", violations.len(), list.join("; "))
}

fn sentence(violation: &Violation, echo: Echo) -> String {
    let echo = match violation.constraint {
        Constraint::ValueBetween(..) => Echo::Shown,
        Constraint::NotNull
        | Constraint::LengthAtMost(_)
        | Constraint::LengthAtLeast(_)
        | Constraint::ValueAtMost(_)
        | Constraint::ValueAtLeast(_)
        | Constraint::Pattern(_)
        | Constraint::Values(_)
        | Constraint::Elements(_)
        | Constraint::OneMember => echo,
    };
    let value = match (echo, &violation.value) {
        (Echo::Hidden, _) | (Echo::Shown, Offender::Secret) => "Value".to_owned(),
        (Echo::Shown, Offender::Absent) => "Value null".to_owned(),
        (Echo::Shown, Offender::Shown(value)) => format!("Value '{value}'"),
    };
    format!("{value} at '{}' failed to satisfy constraint: {}", violation.path, violation.constraint)
}

/// Everything in `node` that breaks a constraint of `shape`: members in the model's order, and for one text its length
/// before its pattern. Linear in the size of the request; a valid one costs no allocation.
pub fn violations(shape: &StructureShape, node: &Node<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    check_structure(shape, node, &Path::Root, &mut found);
    found
}

fn check(shape: &Shape, node: &Node<'_>, path: &Path<'_>, found: &mut Vec<Violation>) {
    let mut broke = |constraint| {
        found.push(Violation { path: path.validation(), value: shown(shape, node), constraint });
    };
    match (shape, node) {
        (Shape::List(list), Node::List(elements)) => {
            broken_length(elements.len(), list.min, list.max).into_iter().for_each(&mut broke);
            check_elements(list.member, elements, path, found);
        }
        (Shape::Map(map), Node::Map(entries)) => {
            broken_length(entries.len(), map.min, map.max).into_iter().for_each(&mut broke);
            for (at, (key, value)) in (1..).zip(entries) {
                let entry = Path::Entry(path, at, key);
                check(map.key, &Node::Text(key.as_ref().into()), &Path::Half(&entry, "key"), found);
                check(map.value, value, &Path::Half(&entry, "value"), found);
            }
        }
        (Shape::Structure(shape), _) => check_structure(shape(), node, path, found),
        _ => broken(shape, node).into_iter().for_each(&mut broke),
    }
}

fn check_structure(shape: &StructureShape, node: &Node<'_>, path: &Path<'_>, found: &mut Vec<Violation>) {
    let Node::Structure(values) = node else { return };
    let set = values.iter().flatten().count();
    if shape.kind == StructureKind::Union && set != 1 {
        let constraint = Constraint::OneMember;
        found.push(Violation { path: path.validation(), value: Offender::Secret, constraint });
    }
    for (member, value) in shape.members.iter().zip(values) {
        let path = Path::Member(path, member.name);
        match (value, member.presence) {
            (Some(value), _) => check(member.shape, value, &path, found),
            (None, Presence::Optional) => {}
            (None, Presence::Required) => {
                let constraint = Constraint::NotNull;
                found.push(Violation { path: path.validation(), value: Offender::Absent, constraint });
            }
        }
    }
}

/// Scalars in a list are reported once for the list, with every constraint an element has; structures one by one.
fn check_elements(shape: &Shape, elements: &[Node<'_>], path: &Path<'_>, found: &mut Vec<Violation>) {
    match shape {
        Shape::List(_) | Shape::Map(_) | Shape::Structure(_) => {
            for (at, element) in (1..).zip(elements) {
                check(shape, element, &Path::Element(path, at), found);
            }
        }
        Shape::Text(_)
        | Shape::Integer(_)
        | Shape::Double
        | Shape::Boolean
        | Shape::Timestamp
        | Shape::Blob(_) => {
            if elements.iter().any(|element| !broken(shape, element).is_empty()) {
                found.push(Violation {
                    path: path.validation(),
                    value: shown_elements(shape, elements),
                    constraint: Constraint::Elements(all_constraints(shape)),
                });
            }
        }
    }
}

/// The constraints that a scalar breaks. A node of another kind than its shape breaks none; reading it fails.
fn broken(shape: &Shape, node: &Node<'_>) -> Vec<Constraint> {
    match (shape, node) {
        (Shape::Text(shape), Node::Text(text)) => broken_text(shape, text),
        (Shape::Integer(shape), Node::Integer(number)) => {
            broken_integer(shape, *number).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn broken_text(shape: &TextShape, text: &str) -> Vec<Constraint> {
    let mut broken: Vec<Constraint> =
        broken_length(text.encode_utf16().count(), shape.min, shape.max).into_iter().collect();
    if let Some(pattern) = shape.pattern
        && !pattern.matches(text)
    {
        broken.push(Constraint::Pattern(pattern.source()));
    }
    if !shape.values.is_empty() && !shape.values.contains(&text) {
        broken.push(Constraint::Values(shape.values));
    }
    broken
}

fn broken_length(length: usize, min: u32, max: u32) -> Option<Constraint> {
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    if length > max {
        Some(Constraint::LengthAtMost(max))
    } else {
        (length < min).then_some(Constraint::LengthAtLeast(min))
    }
}

fn broken_integer(shape: &IntegerShape, number: i64) -> Option<Constraint> {
    if number > shape.max {
        Some(Constraint::ValueAtMost(shape.max))
    } else {
        (number < shape.min).then_some(Constraint::ValueAtLeast(shape.min))
    }
}

/// Every constraint of a scalar: the greatest first, then the least, then the pattern, then the values.
fn all_constraints(shape: &Shape) -> Vec<Constraint> {
    match shape {
        Shape::Text(text) => [
            (text.max != u32::MAX).then_some(Constraint::LengthAtMost(text.max)),
            (text.min != 0).then_some(Constraint::LengthAtLeast(text.min)),
            text.pattern.map(|pattern| Constraint::Pattern(pattern.source())),
            (!text.values.is_empty()).then_some(Constraint::Values(text.values)),
        ]
        .into_iter()
        .flatten()
        .collect(),
        Shape::Integer(number) => {
            vec![Constraint::ValueAtMost(number.max), Constraint::ValueAtLeast(number.min)]
        }
        Shape::Double
        | Shape::Boolean
        | Shape::Timestamp
        | Shape::Blob(_)
        | Shape::List(_)
        | Shape::Map(_)
        | Shape::Structure(_) => Vec::new(),
    }
}

fn shown(shape: &Shape, node: &Node<'_>) -> Offender {
    match (shape, node) {
        (Shape::Text(shape), _) if shape.sensitivity == Sensitivity::Secret => Offender::Secret,
        (Shape::Text(_), Node::Text(text)) => Offender::Shown(text.as_ref().to_owned()),
        (Shape::Integer(_), Node::Integer(number)) => Offender::Shown(number.to_string()),
        (Shape::List(list), Node::List(elements)) => shown_elements(list.member, elements),
        _ => Offender::Secret,
    }
}

fn shown_elements(shape: &Shape, elements: &[Node<'_>]) -> Offender {
    let mut texts = Vec::new();
    for element in elements {
        match shown(shape, element) {
            Offender::Shown(text) => texts.push(text),
            Offender::Absent | Offender::Secret => return Offender::Secret,
        }
    }
    Offender::Shown(format!("[{}]", texts.join(", ")))
}
