//! Values that satisfy a shape's constraints, made from a seed; and every operation without its types.
#![allow(dead_code, reason = "no test uses all of it")]

use std::fmt::Write as _;

use doorward_wire::answer::{self, Answer, Format};
use doorward_wire::form::Form;
use doorward_wire::json::{JsonWriter, Times};
use doorward_wire::node::Node;
use doorward_wire::shape::{
    OperationShape, Presence, Protocol, Shape, StructureKind, StructureShape, TextShape,
};
use doorward_wire::{ApiError, Operation, Structure, Value, json, query};

/// An operation with its types erased, so that tables can hold all of them.
pub struct Row {
    pub shape: &'static OperationShape,
    /// Decodes a form into the input and writes it as JSON.
    pub decode_query: fn(&Form<'_>) -> Result<String, ApiError>,
    /// Decodes a JSON body into the input and writes it as JSON.
    pub decode_json: fn(&[u8]) -> Result<String, ApiError>,
    /// Makes an output of a node and answers with it, in the protocol of its service; the second text is the output as JSON with ISO 8601 times.
    pub answer: fn(Node<'_>, Format) -> (Answer, String),
}

impl Row {
    fn of<O: Operation>() -> Row {
        Row {
            shape: O::shape(),
            decode_query: |form| query::decode::<O>(form).map(|input| as_json(&input)),
            decode_json: |body| json::decode::<O::Input>(body).map(|input| as_json(&input)),
            answer: |node, format| {
                let output = O::Output::read(node).expect("the node was made along the shape");
                let answer = match O::shape().service.protocol {
                    Protocol::Query => answer::success::<O>(&output, format, "request-1"),
                    Protocol::Json11 | Protocol::RestJson => {
                        answer::json_success::<O>(&output, Times::EpochSeconds)
                    }
                };
                (answer, as_json(&output))
            },
        }
    }
}

/// All operations.
pub fn rows() -> Vec<Row> {
    macro_rules! iam {
        ($($name:ident)*) => { vec![$(Row::of::<doorward_wire::iam::$name>()),*] };
    }
    macro_rules! sts {
        ($($name:ident)*) => { vec![$(Row::of::<doorward_wire::sts::$name>()),*] };
    }
    macro_rules! organizations {
        ($($name:ident)*) => { vec![$(Row::of::<doorward_wire::organizations::$name>()),*] };
    }
    let mut rows = doorward_wire::every_iam_operation!(iam);
    rows.extend(doorward_wire::every_organizations_operation!(organizations));
    rows.extend(doorward_wire::every_sts_operation!(sts));
    rows
}

fn as_json<T: Structure>(value: &T) -> String {
    let mut writer = JsonWriter::new(Times::Iso8601);
    writer.value(value);
    writer.finish()
}

/// A sequence of numbers that a seed decides (SplitMix64).
pub struct Seed(pub u64);

impl Seed {
    /// A number below `bound`, which is at least 1.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// A structure whose optional members are there about two times in three. No structure or map in it is empty: the query
/// protocol cannot say that one is there and has nothing in it.
pub fn structure(shape: &StructureShape, seed: &mut Seed) -> Node<'static> {
    structure_at(0, shape, seed)
}

/// How deep structures stand in each other at most; from there on nothing that may be absent is there.
const DEPTH_MAX: u32 = 8;

fn structure_at(depth: u32, shape: &StructureShape, seed: &mut Seed) -> Node<'static> {
    let chosen = match shape.kind {
        StructureKind::Record => None,
        StructureKind::Union => Some(seed.below(shape.members.len() as u64) as usize),
    };
    let members = shape.members.iter().enumerate().map(|(at, member)| {
        let there = match chosen {
            Some(chosen) => chosen == at,
            None => member.presence == Presence::Required || depth < DEPTH_MAX && seed.below(3) > 0,
        };
        there.then(|| value(depth, member.shape, seed))
    });
    Node::Structure(members.collect())
}

fn structure_with_something(depth: u32, shape: &StructureShape, seed: &mut Seed) -> Node<'static> {
    loop {
        let node = structure_at(depth, shape, seed);
        let empty = matches!(&node, Node::Structure(members) if members.iter().all(Option::is_none));
        if !empty || shape.members.is_empty() || depth >= DEPTH_MAX {
            return node;
        }
    }
}

fn value(depth: u32, shape: &Shape, seed: &mut Seed) -> Node<'static> {
    let mut size = |min: u32, max: u32| min + seed.below(u64::from(max.min(min + 3) - min) + 1) as u32;
    match shape {
        Shape::Text(shape) => Node::Text(text(shape, seed).into()),
        Shape::Integer(shape) => {
            let span = (shape.max - shape.min) as u64;
            Node::Integer(shape.min + seed.below(span + 1) as i64)
        }
        Shape::Double => Node::Double(seed.below(1000) as f64 / 8.0),
        Shape::Boolean => Node::Boolean(seed.below(2) == 0),
        Shape::Timestamp => {
            let second = 1_700_000_000 + seed.below(100_000_000) as i64;
            Node::Timestamp(jiff::Timestamp::from_second(second).expect("within range"))
        }
        Shape::Blob(_) => Node::Blob((0..seed.below(40)).map(|_| seed.below(256) as u8).collect()),
        Shape::List(list) => {
            Node::List((0..size(list.min, list.max)).map(|_| value(depth, list.member, seed)).collect())
        }
        Shape::Map(map) => {
            let count = size(map.min.max(1), map.max);
            let mut entries: Vec<(std::borrow::Cow<'static, str>, Node<'static>)> = Vec::new();
            for _ in 0..count {
                let Node::Text(key) = value(depth, map.key, seed) else { unreachable!("keys are texts") };
                if entries.iter().all(|(other, _)| *other != key) {
                    entries.push((key, value(depth, map.value, seed)));
                }
            }
            Node::Map(entries)
        }
        Shape::Structure(shape) => structure_with_something(depth + 1, shape(), seed),
    }
}

/// Characters that some encoding has to escape, beside plain ones.
const LETTERS: [char; 28] = [
    'a', 'b', 'Z', '0', '9', '-', '_', '.', ':', '/', '=', '+', '@', ',', ' ', '&', '<', '>', '"', '\'', '%',
    '#', '\\', '\n', '\t', 'é', '日', '🦀',
];

fn text(shape: &TextShape, seed: &mut Seed) -> String {
    if !shape.values.is_empty() {
        return shape.values[seed.below(shape.values.len() as u64) as usize].to_owned();
    }
    let max = shape.max.min(shape.min.saturating_add(24));
    for attempt in 0..60_u64 {
        let length = shape.min + seed.below(u64::from(max - shape.min) + 1) as u32;
        let letters = &LETTERS[..LETTERS.len() - (attempt as usize % LETTERS.len()).min(LETTERS.len() - 1)];
        let text: String = (0..length).map(|_| letters[seed.below(letters.len() as u64) as usize]).collect();
        if fits(shape, &text) {
            return text;
        }
    }
    for length in shape.min..=max {
        let letters = |count: u32, letter: &str| letter.repeat(count as usize);
        let candidates = [
            letters(length, "0"),
            letters(length, "A"),
            format!("/{}/", letters(length.saturating_sub(2), "a")),
            format!("/{}", letters(length.saturating_sub(1), "a")),
            format!("v1{}", letters(length.saturating_sub(2), "0")),
            format!("p-{}", letters(length.saturating_sub(2), "0")),
            format!("o-{}", letters(length.saturating_sub(2), "0")),
            format!("h-{}", letters(length.saturating_sub(2), "0")),
            format!("r-{}", letters(length.saturating_sub(2), "0")),
            format!("rp-{}", letters(length.saturating_sub(3), "0")),
            format!("rt-{}", letters(length.saturating_sub(3), "0")),
            format!("car-{}", letters(length.saturating_sub(4), "0")),
            format!("ou-0123-{}", letters(length.saturating_sub(8), "0")),
            format!("{}@b.cd", letters(length.saturating_sub(5), "a")),
            "o-0123456789/r-0123".to_owned(),
            "o-0123456789/r-0123/".to_owned(),
            "arn:aws:organizations::123456789012:account/o-0123456789/123456789012".to_owned(),
            "arn:aws:organizations::123456789012:handshake/o-0123456789/invite/h-01234567".to_owned(),
            "arn:aws:organizations::123456789012:organization/o-0123456789".to_owned(),
            "arn:aws:organizations::123456789012:ou/o-0123456789/ou-0123-01234567".to_owned(),
            "arn:aws:organizations::123456789012:policy/o-0123456789/a/p-0123456789".to_owned(),
            "arn:aws:organizations::123456789012:resourcepolicy/o-0123456789/rp-0123".to_owned(),
            "arn:aws:organizations::123456789012:root/o-0123456789/r-0123".to_owned(),
            "arn:aws:organizations::123456789012:transfer/o-0123456789/billing/inbound/rt-01234567"
                .to_owned(),
            "123456789012".to_owned(),
            "/".to_owned(),
            "v1".to_owned(),
            "https://example.com/a".to_owned(),
        ];
        if let Some(found) = candidates.into_iter().find(|candidate| fits(shape, candidate)) {
            return found;
        }
    }
    panic!("no text fits {shape:?}")
}

fn fits(shape: &TextShape, text: &str) -> bool {
    let length = text.encode_utf16().count();
    length >= shape.min as usize
        && length <= shape.max as usize
        && shape.pattern.is_none_or(|pattern| pattern.matches(text))
}

/// The form that SDKs send for an input.
pub fn as_form(input: fn() -> &'static StructureShape, node: &Node<'_>) -> String {
    let mut out = String::new();
    write_form(&Shape::Structure(input), node, "", &mut out);
    out
}
fn write_form(shape: &Shape, node: &Node<'_>, path: &str, out: &mut String) {
    let leaf = |text: &str, out: &mut String| {
        let encoded = doorward_wire::percent_encode_document(text);
        _ = write!(out, "{}{path}={encoded}", if out.is_empty() { "" } else { "&" });
    };
    match (shape, node) {
        (Shape::Structure(shape), Node::Structure(values)) => {
            for (member, value) in shape().members.iter().zip(values) {
                if let Some(value) = value {
                    let dot = if path.is_empty() { "" } else { "." };
                    write_form(member.shape, value, &format!("{path}{dot}{}", member.name), out);
                }
            }
        }
        (Shape::List(_), Node::List(elements)) if elements.is_empty() => leaf("", out),
        (Shape::List(list), Node::List(elements)) => {
            for (at, element) in elements.iter().enumerate() {
                write_form(list.member, element, &format!("{path}.member.{}", at + 1), out);
            }
        }
        (Shape::Map(_), Node::Map(entries)) if entries.is_empty() => leaf("", out),
        (Shape::Map(map), Node::Map(entries)) => {
            for (at, (key, value)) in entries.iter().enumerate() {
                let entry = format!("{path}.entry.{}", at + 1);
                write_form(map.key, &Node::Text(key.clone()), &format!("{entry}.key"), out);
                write_form(map.value, value, &format!("{entry}.value"), out);
            }
        }
        (_, Node::Text(text)) => leaf(text, out),
        (_, Node::Integer(number)) => leaf(&number.to_string(), out),
        (_, Node::Boolean(truth)) => leaf(&truth.to_string(), out),
        (shape, node) => panic!("a request holds no {node:?} for {shape:?}"),
    }
}

/// A structure as JSON.
pub fn as_value(shape: &StructureShape, node: &Node<'_>) -> serde_json::Value {
    let Node::Structure(values) = node else { panic!("{node:?} is not a structure") };
    let members = shape.members.iter().zip(values);
    let set = members.filter_map(|(member, value)| Some((member, value.as_ref()?)));
    serde_json::Value::Object(
        set.map(|(member, value)| (member.name.to_owned(), value_of(member.shape, value))).collect(),
    )
}

fn value_of(shape: &Shape, node: &Node<'_>) -> serde_json::Value {
    match (shape, node) {
        (Shape::Structure(shape), node) => as_value(shape(), node),
        (Shape::List(list), Node::List(elements)) => {
            elements.iter().map(|element| value_of(list.member, element)).collect()
        }
        (Shape::Map(map), Node::Map(entries)) => entries
            .iter()
            .map(|(key, value)| (key.clone().into_owned(), value_of(map.value, value)))
            .collect(),
        (_, Node::Text(text)) => text.as_ref().into(),
        (_, Node::Integer(number)) => (*number).into(),
        (_, Node::Boolean(truth)) => (*truth).into(),
        (_, Node::Double(number)) => (*number).into(),
        (_, Node::Timestamp(time)) => time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string().into(),
        (_, Node::Blob(bytes)) => {
            use base64::Engine as _;
            base64::engine::general_purpose::STANDARD.encode(bytes).into()
        }
        (shape, node) => panic!("{node:?} does not have {shape:?}"),
    }
}
