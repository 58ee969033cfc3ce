//! JSON: answers of every service that speaks it, and requests of the JSON protocols.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};

use crate::error::ApiError;
use crate::node::Node;
use crate::rules;
use crate::shape::{IntegerShape, ListShape, MapShape, Sensitivity, Shape, StructureShape, Width};
use crate::validate;
use crate::value::{Container, Operation, Sink, Structure, Value};

/// How times are written in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// A number of seconds since 1970: JSON 1.1, and the query services asked for `application/json`.
    /// Source: <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>.
    EpochSeconds,
    /// A text such as `2024-01-31T12:00:00Z`: services whose model says `timestampFormat: iso8601`.
    Iso8601,
}

/// Writes JSON into a string.
#[derive(Debug)]
pub struct JsonWriter {
    out: String,
    times: Times,
}

impl JsonWriter {
    /// An empty document.
    pub fn new(times: Times) -> JsonWriter {
        JsonWriter { out: String::with_capacity(1024), times }
    }

    /// Begins an object.
    pub fn open_object(&mut self) {
        self.out.push('{');
    }

    /// Ends an object.
    pub fn close_object(&mut self) {
        self.out.push('}');
    }

    /// Writes the key of an object's next member.
    pub fn key(&mut self, name: &str) {
        if !self.out.ends_with(['{', '[']) {
            self.out.push(',');
        }
        self.string(name);
        self.out.push(':');
    }

    /// Writes a text.
    pub fn string(&mut self, text: &str) {
        self.out.push('"');
        let mut rest = text;
        let special = |byte: u8| byte < 0x20 || matches!(byte, b'"' | b'\\');
        // The bytes looked for are characters of their own, so every split is at a boundary.
        while let Some((plain, from)) =
            rest.bytes().position(special).and_then(|at| rest.split_at_checked(at))
        {
            self.out.push_str(plain);
            let mut characters = from.chars();
            match characters.next() {
                Some('"') => self.out.push_str("\\\""),
                Some('\\') => self.out.push_str("\\\\"),
                Some('\n') => self.out.push_str("\\n"),
                Some('\r') => self.out.push_str("\\r"),
                Some('\t') => self.out.push_str("\\t"),
                Some(other) => self.out.push_str(&format!("\\u{:04x}", u32::from(other))),
                None => {}
            }
            rest = characters.as_str();
        }
        self.out.push_str(rest);
        self.out.push('"');
    }

    /// Writes a value.
    pub fn value<T: Value>(&mut self, value: &T) {
        value.write(self);
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }
}

impl Sink for JsonWriter {
    fn reserve(&mut self, bytes: usize) {
        self.out.reserve(bytes);
    }

    fn text(&mut self, value: &str, _: Sensitivity) {
        self.string(value);
    }

    fn integer(&mut self, value: i64) {
        self.out.push_str(&value.to_string());
    }

    fn double(&mut self, value: f64) {
        self.out.push_str(&if value.is_finite() { value.to_string() } else { format!("\"{value}\"") });
    }

    fn boolean(&mut self, value: bool) {
        self.out.push_str(if value { "true" } else { "false" });
    }

    fn timestamp(&mut self, value: Timestamp) {
        match self.times {
            Times::EpochSeconds => self.integer(value.as_second()),
            Times::Iso8601 => self.string(&crate::xml::iso_8601(value)),
        }
    }

    fn blob(&mut self, value: &[u8], _: Sensitivity) {
        self.out.push('"');
        STANDARD.encode_string(value, &mut self.out);
        self.out.push('"');
    }

    fn open(&mut self, container: Container) {
        self.out.push(match container {
            Container::Structure | Container::Map => '{',
            Container::List => '[',
        });
    }

    fn close(&mut self, container: Container) {
        self.out.push(match container {
            Container::Structure | Container::Map => '}',
            Container::List => ']',
        });
    }

    fn open_member(&mut self, name: &'static str) {
        self.key(name);
    }

    fn close_member(&mut self, _: &'static str) {}

    fn open_element(&mut self) {
        if !self.out.ends_with('[') {
            self.out.push(',');
        }
    }

    fn close_element(&mut self) {}

    fn open_entry(&mut self, key: &str) {
        self.key(key);
    }

    fn close_entry(&mut self) {}
}

/// Decodes the JSON body of a request and checks it against the constraints of its shape. An empty body stands for an
/// empty object. A member the shape does not have, a key given twice and a value of another type are refused: what
/// would be ignored could be a misspelt guard.
///
/// # Errors
/// `SerializationException` for a body that is not such a document; the service's validation error for
/// constraints.
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/CommonErrors.html>.
pub fn decode<T: Structure>(body: &[u8]) -> Result<T, ApiError> {
    let node = tree::<T>(body)?;
    let violations = validate::violations(T::shape(), &node);
    if !violations.is_empty() {
        return Err(ApiError::validation_exception(validate::message(&violations, validate::Echo::Hidden)));
    }
    T::read(node).map_err(|_| ApiError::internal_failure())
}

/// Decodes the JSON body of a request for an operation, as [`decode`]; constraints that it breaks are answered as the
/// operation's service does.
///
/// # Errors
/// As [`decode`]; of Organizations `InvalidInputException` for constraints.
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html#API_CreatePolicy_Errors>.
pub fn decode_operation<O: Operation>(body: &[u8]) -> Result<O::Input, ApiError> {
    let node = tree::<O::Input>(body)?;
    let violations = validate::violations(O::Input::shape(), &node);
    if !violations.is_empty() {
        return Err(rules::json_refusal(O::shape(), &violations));
    }
    O::Input::read(node).map_err(|_| ApiError::internal_failure())
}

/// The tree that a body says, along a shape.
fn tree<T: Structure>(body: &[u8]) -> Result<Node<'_>, ApiError> {
    let body = if body.is_empty() { b"{}" } else { body };
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let seed = Along(&Shape::Structure(T::shape));
    seed.deserialize(&mut deserializer)
        .and_then(|node| deserializer.end().map(|()| node))
        .map_err(|error| ApiError::serialization(error.to_string()))
}

/// Reads JSON along a shape.
#[derive(Clone, Copy)]
struct Along<'s>(&'s Shape);

impl<'de> DeserializeSeed<'de> for Along<'_> {
    type Value = Node<'de>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Along<'_> {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Shape::Text(_) => "a string",
            Shape::Integer(IntegerShape { width: Width::Bits32, .. }) => "a whole number of 32 bits",
            Shape::Integer(IntegerShape { width: Width::Bits64, .. }) => "a whole number of 64 bits",
            Shape::Double => "a number",
            Shape::Boolean => "true or false",
            Shape::Timestamp => "a number of seconds or an ISO 8601 string",
            Shape::Blob(_) => "a base64 string",
            Shape::List(_) => "a list",
            Shape::Map(_) | Shape::Structure(_) => "an object",
        })
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Node<'de>, E> {
        match self.0 {
            Shape::Boolean => Ok(Node::Boolean(value)),
            Shape::Text(_)
            | Shape::Integer(_)
            | Shape::Double
            | Shape::Timestamp
            | Shape::Blob(_)
            | Shape::List(_)
            | Shape::Map(_)
            | Shape::Structure(_) => Err(E::invalid_type(serde::de::Unexpected::Bool(value), &self)),
        }
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Node<'de>, E> {
        let refused = || E::invalid_value(serde::de::Unexpected::Signed(value), &self);
        match self.0 {
            Shape::Integer(shape) => Ok(Node::Integer(fit(shape, value).ok_or_else(refused)?)),
            Shape::Double => {
                let exact = i32::try_from(value).map_err(|_| refused())?;
                Ok(Node::Double(f64::from(exact)))
            }
            Shape::Timestamp => Ok(Node::Timestamp(Timestamp::from_second(value).map_err(|_| refused())?)),
            Shape::Text(_)
            | Shape::Boolean
            | Shape::Blob(_)
            | Shape::List(_)
            | Shape::Map(_)
            | Shape::Structure(_) => Err(E::invalid_type(serde::de::Unexpected::Signed(value), &self)),
        }
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Node<'de>, E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => Err(E::invalid_value(serde::de::Unexpected::Unsigned(value), &self)),
        }
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Node<'de>, E> {
        match self.0 {
            Shape::Double => Ok(Node::Double(value)),
            Shape::Timestamp => timestamp_of(value).map(Node::Timestamp).map_err(E::custom),
            Shape::Text(_)
            | Shape::Integer(_)
            | Shape::Boolean
            | Shape::Blob(_)
            | Shape::List(_)
            | Shape::Map(_)
            | Shape::Structure(_) => Err(E::invalid_type(serde::de::Unexpected::Float(value), &self)),
        }
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Node<'de>, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_borrowed_str<E: serde::de::Error>(self, value: &'de str) -> Result<Node<'de>, E> {
        match self.0 {
            Shape::Text(_) => Ok(Node::Text(value.into())),
            Shape::Integer(_)
            | Shape::Double
            | Shape::Boolean
            | Shape::Timestamp
            | Shape::Blob(_)
            | Shape::List(_)
            | Shape::Map(_)
            | Shape::Structure(_) => self.visit_string(value.to_owned()),
        }
    }

    fn visit_string<E: serde::de::Error>(self, value: String) -> Result<Node<'de>, E> {
        match self.0 {
            Shape::Text(_) => Ok(Node::Text(value.into())),
            Shape::Timestamp => value
                .parse()
                .map(Node::Timestamp)
                .map_err(|_| E::invalid_value(serde::de::Unexpected::Other("text"), &self)),
            Shape::Blob(_) => STANDARD
                .decode(value.as_bytes())
                .map(Node::Blob)
                .map_err(|_| E::invalid_value(serde::de::Unexpected::Other("text"), &self)),
            Shape::Integer(_)
            | Shape::Double
            | Shape::Boolean
            | Shape::List(_)
            | Shape::Map(_)
            | Shape::Structure(_) => Err(E::invalid_type(serde::de::Unexpected::Other("string"), &self)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Node<'de>, A::Error> {
        let Shape::List(ListShape { member, .. }) = self.0 else {
            return Err(A::Error::invalid_type(serde::de::Unexpected::Seq, &self));
        };
        let mut list = Vec::new();
        while let Some(element) = elements.next_element_seed(Along(member))? {
            list.push(element);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Node<'de>, A::Error> {
        match self.0 {
            Shape::Structure(shape) => structure(shape(), entries),
            Shape::Map(shape) => map(shape, entries),
            Shape::Text(_)
            | Shape::Integer(_)
            | Shape::Double
            | Shape::Boolean
            | Shape::Timestamp
            | Shape::Blob(_)
            | Shape::List(_) => Err(A::Error::invalid_type(serde::de::Unexpected::Map, &self)),
        }
    }
}

/// Reads a value that may be `null`, which stands for an absent one.
struct Nullable<'s>(Along<'s>);

impl<'de> DeserializeSeed<'de> for Nullable<'_> {
    type Value = Option<Node<'de>>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Nullable<'_> {
    type Value = Option<Node<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.deserialize(deserializer).map(Some)
    }
}

fn structure<'de, A: MapAccess<'de>>(shape: &StructureShape, mut entries: A) -> Result<Node<'de>, A::Error> {
    let mut members: Vec<Option<Node<'de>>> = vec![None; shape.members.len()];
    let mut seen = vec![false; shape.members.len()];
    while let Some(name) = entries.next_key::<String>()? {
        let position = shape.members.iter().position(|member| member.name == name);
        let place =
            position.and_then(|at| Some((members.get_mut(at)?, seen.get_mut(at)?, shape.members.get(at)?)));
        let Some((value, seen, member)) = place else {
            return Err(A::Error::custom(format_args!("`{}` has no member `{name}`", shape.name)));
        };
        if std::mem::replace(seen, true) {
            return Err(A::Error::custom(format_args!("member `{name}` is given twice")));
        }
        *value = entries.next_value_seed(Nullable(Along(member.shape)))?;
    }
    Ok(Node::Structure(members))
}

fn map<'de, A: MapAccess<'de>>(shape: &MapShape, mut entries: A) -> Result<Node<'de>, A::Error> {
    let mut seen = std::collections::BTreeSet::new();
    let mut out = Vec::new();
    while let Some(key) = entries.next_key::<String>()? {
        if !seen.insert(key.clone()) {
            return Err(A::Error::custom(format_args!("key `{key}` is given twice")));
        }
        out.push((key.into(), entries.next_value_seed(Along(shape.value))?));
    }
    Ok(Node::Map(out))
}

/// The number, if it has the width of its shape.
pub(crate) fn fit(shape: &IntegerShape, value: i64) -> Option<i64> {
    match shape.width {
        Width::Bits32 => i32::try_from(value).ok().map(i64::from),
        Width::Bits64 => Some(value),
    }
}

/// The time `seconds` after 1970, to the millisecond.
fn timestamp_of(seconds: f64) -> Result<Timestamp, String> {
    let refused = || format!("`{seconds}` is not a time");
    let milliseconds = (seconds * 1000.0).round();
    if !milliseconds.is_finite() || milliseconds.abs() > 9e15 {
        return Err(refused());
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked: a whole number below 2^53")]
    let milliseconds = milliseconds as i64;
    Timestamp::from_millisecond(milliseconds).map_err(|_| refused())
}
