//! Requests of the query protocol: parameters such as `Tags.member.1.Key` become typed inputs.
//!
//! Decisions where AWS documents nothing, all of them closed:
//! - A parameter the operation does not have is refused with `ValidationError`; AWS is believed to ignore it. A
//!   misspelt `PermissionsBoundary` must not create a role without one.
//! - A parameter given twice is refused with `MalformedInput`.
//! - List members are numbered from 1 without gaps and without leading zeros, in any order.
//! - `MalformedInput`, which AWS answers without a message, says what is malformed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::error::ApiError;
use crate::form::{Form, twice};
use crate::node::Node;
use crate::path::Path;
use crate::rules;
use crate::shape::{MapShape, Member, OperationShape, Shape, StructureShape};
use crate::validate;
use crate::value::{Operation, Structure as _, Value as _};

/// The greatest number of segments in a parameter's name. The deepest of the IAM model has eight.
pub const SEGMENTS_MAX: usize = 32;

/// Decodes the parameters of an operation and checks them against the constraints of its input.
///
/// # Errors
/// `MalformedInput` for parameters that cannot be read, `MissingParameter` or `ValidationError` for values that break
/// constraints.
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html>.
pub fn decode<O: Operation>(form: &Form<'_>) -> Result<O::Input, ApiError> {
    let operation = O::shape();
    let node = tree(O::Input::shape(), operation, form)?;
    check(operation, O::Input::shape(), &node)?;
    O::Input::read(node).map_err(|_| ApiError::internal_failure())
}

/// Answers whether the parameters could be decoded as [`decode`] would, for an operation known only by its shape.
///
/// # Errors
/// As [`decode`].
pub fn validate(operation: &OperationShape, form: &Form<'_>) -> Result<(), ApiError> {
    let shape = (operation.input)();
    check(operation, shape, &tree(shape, operation, form)?)
}

fn check(operation: &OperationShape, shape: &StructureShape, node: &Node<'_>) -> Result<(), ApiError> {
    let violations = validate::violations(shape, node);
    if violations.is_empty() { Ok(()) } else { Err(rules::refusal(operation, &violations)) }
}

fn tree<'f>(
    shape: &'static StructureShape,
    operation: &OperationShape,
    form: &'f Form<'_>,
) -> Result<Node<'f>, ApiError> {
    let mut root = Partial::Structure(empty_places(shape));
    for (name, value) in form.members() {
        if name.bytes().filter(|&byte| byte == b'.').count() >= SEGMENTS_MAX {
            return Err(ApiError::malformed_input(format!(
                "a parameter has more than {SEGMENTS_MAX} segments"
            )));
        }
        let parameter = Parameter { operation: operation.name, name, value };
        insert_member(&mut root, shape, name, &parameter)?;
    }
    finish_structure(root, shape, &Path::Root)
}

/// A parameter on its way into the tree.
struct Parameter<'f, 'o> {
    operation: &'o str,
    name: &'f str,
    value: &'f str,
}

impl Parameter<'_, '_> {
    fn unknown(&self) -> ApiError {
        ApiError::validation_error(format!("{} has no parameter `{}`.", self.operation, self.name))
    }
}

/// A tree still being filled, with lists by their indices.
enum Partial<'f> {
    Leaf(&'f str),
    Structure(Vec<Option<Partial<'f>>>),
    List(BTreeMap<u32, Option<Partial<'f>>>),
    Map(BTreeMap<u32, [Option<Partial<'f>>; 2]>),
}

fn empty_places<'f>(shape: &StructureShape) -> Vec<Option<Partial<'f>>> {
    shape.members.iter().map(|_| None).collect()
}

/// Puts the value where `rest`, what is left of the parameter's name, leads from a place that has `shape`.
fn insert<'f>(
    place: &mut Option<Partial<'f>>,
    shape: &Shape,
    rest: Option<&str>,
    parameter: &Parameter<'f, '_>,
) -> Result<(), ApiError> {
    let Some(rest) = rest else {
        return match place.replace(Partial::Leaf(parameter.value)) {
            Some(_) => Err(twice(parameter.name)),
            None => Ok(()),
        };
    };
    match shape {
        Shape::Structure(shape) => {
            let shape = shape();
            let members = place.get_or_insert_with(|| Partial::Structure(empty_places(shape)));
            insert_member(members, shape, rest, parameter)
        }
        Shape::List(list) => {
            let elements = place.get_or_insert_with(|| Partial::List(BTreeMap::new()));
            let (Partial::List(elements), ("member", Some(rest))) = (elements, first(rest)) else {
                return Err(parameter.unknown());
            };
            let (index, rest) = first(rest);
            let index = index_of(index, parameter.name)?;
            insert(elements.entry(index).or_default(), list.member, rest, parameter)
        }
        Shape::Map(map) => {
            let entries = place.get_or_insert_with(|| Partial::Map(BTreeMap::new()));
            let (Partial::Map(entries), ("entry", Some(rest))) = (entries, first(rest)) else {
                return Err(parameter.unknown());
            };
            let (index, rest) = first(rest);
            let [key, value] = entries.entry(index_of(index, parameter.name)?).or_default();
            match rest.map(first) {
                Some(("key", rest)) => insert(key, map.key, rest, parameter),
                Some(("value", rest)) => insert(value, map.value, rest, parameter),
                Some(_) | None => Err(parameter.unknown()),
            }
        }
        Shape::Text(_)
        | Shape::Integer(_)
        | Shape::Double
        | Shape::Boolean
        | Shape::Timestamp
        | Shape::Blob(_) => Err(parameter.unknown()),
    }
}

fn insert_member<'f>(
    structure: &mut Partial<'f>,
    shape: &StructureShape,
    rest: &str,
    parameter: &Parameter<'f, '_>,
) -> Result<(), ApiError> {
    let Partial::Structure(places) = structure else { return Err(parameter.unknown()) };
    let (name, rest) = first(rest);
    let member = shape.members.iter().zip(places).find(|(member, _)| member.name == name);
    let (member, place) = member.ok_or_else(|| parameter.unknown())?;
    insert(place, member.shape, rest, parameter)
}

/// The first segment of a name, and what is left after it.
fn first(name: &str) -> (&str, Option<&str>) {
    name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)))
}

fn index_of(text: &str, name: &str) -> Result<u32, ApiError> {
    let refused = || ApiError::malformed_input(format!("parameter `{name}`: `{text}` is not a list index"));
    let canonical = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    if !canonical {
        return Err(refused());
    }
    text.parse().map_err(|_| refused())
}

/// The node of a filled place.
fn finish<'f>(partial: Partial<'f>, shape: &Shape, path: &Path<'_>) -> Result<Node<'f>, ApiError> {
    match (shape, partial) {
        (Shape::Structure(shape), partial) => finish_structure(partial, shape(), path),
        (Shape::List(list), Partial::List(elements)) => {
            let finish_at = |(at, element): (usize, Option<Partial<'f>>)| {
                let path = Path::Element(path, at);
                finish(element.ok_or_else(|| malformed(&path))?, list.member, &path)
            };
            let elements = (1..).zip(without_gaps(elements, path, "member")?);
            Ok(Node::List(elements.map(finish_at).collect::<Result<_, _>>()?))
        }
        (Shape::List(_), Partial::Leaf("")) => Ok(Node::List(Vec::new())),
        (Shape::Map(_), Partial::Leaf("")) => Ok(Node::Map(Vec::new())),
        (Shape::Map(map), Partial::Map(entries)) => finish_map(entries, map, path),
        (_, Partial::Leaf(text)) => leaf(shape, text).ok_or_else(|| malformed(path)),
        (_, Partial::Structure(_) | Partial::List(_) | Partial::Map(_)) => Err(malformed(path)),
    }
}

fn finish_structure<'f>(
    partial: Partial<'f>,
    shape: &StructureShape,
    path: &Path<'_>,
) -> Result<Node<'f>, ApiError> {
    let Partial::Structure(places) = partial else { return Err(malformed(path)) };
    let finish_member = |(member, place): (&Member, Option<Partial<'f>>)| {
        place.map(|place| finish(place, member.shape, &Path::Member(path, member.name))).transpose()
    };
    Ok(Node::Structure(shape.members.iter().zip(places).map(finish_member).collect::<Result<_, _>>()?))
}

fn finish_map<'f>(
    entries: BTreeMap<u32, [Option<Partial<'f>>; 2]>,
    shape: &MapShape,
    path: &Path<'_>,
) -> Result<Node<'f>, ApiError> {
    let mut out: Vec<(Cow<'f, str>, Node<'f>)> = Vec::new();
    let mut seen = BTreeSet::new();
    for (at, [key, value]) in (1..).zip(without_gaps(entries, path, "entry")?) {
        let (Some(Partial::Leaf(key)), Some(value)) = (key, value) else {
            return Err(malformed(&Path::Entry(path, at, "")));
        };
        let entry = Path::Entry(path, at, key);
        if !seen.insert(key) {
            let name = Path::Half(&entry, "key").parameter();
            return Err(ApiError::malformed_input(format!("parameter `{name}`: `{key}` is given twice")));
        }
        out.push((key.into(), finish(value, shape.value, &Path::Half(&entry, "value"))?));
    }
    Ok(Node::Map(out))
}

/// The places in the order of their indices, which must be 1, 2, 3 and so on.
fn without_gaps<T>(
    places: BTreeMap<u32, T>,
    path: &Path<'_>,
    word: &str,
) -> Result<impl Iterator<Item = T> + use<T>, ApiError> {
    if let Some((expected, _)) = (1..).zip(places.keys()).find(|(expected, index)| expected != *index) {
        let path = path.parameter();
        return Err(ApiError::malformed_input(format!(
            "parameter `{path}.{word}.{expected}` is missing; lists are numbered from 1 without gaps"
        )));
    }
    Ok(places.into_values())
}

fn leaf<'f>(shape: &Shape, text: &'f str) -> Option<Node<'f>> {
    match shape {
        Shape::Text(_) => Some(Node::Text(text.into())),
        Shape::Integer(shape) => crate::json::fit(shape, text.parse().ok()?).map(Node::Integer),
        Shape::Double => text.parse().ok().map(Node::Double),
        Shape::Boolean => match text {
            "true" => Some(Node::Boolean(true)),
            "false" => Some(Node::Boolean(false)),
            _ => None,
        },
        Shape::Timestamp => text.parse().ok().map(Node::Timestamp),
        Shape::Blob(_) => STANDARD.decode(text).ok().map(Node::Blob),
        Shape::List(_) | Shape::Map(_) | Shape::Structure(_) => None,
    }
}

/// The error for a value of another type than the model's. AWS answers it with an empty message; this one names the
/// parameter, and not its value, which may be secret.
fn malformed(path: &Path<'_>) -> ApiError {
    let path = path.parameter();
    ApiError::malformed_input(format!("parameter `{path}` does not have the type the operation expects"))
}
