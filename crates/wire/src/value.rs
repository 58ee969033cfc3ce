//! The one trait between Rust values and encodings: read from a [`Node`], written to a [`Sink`].

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::node::{Mismatch, Node};
use crate::secret::Secret;
use crate::shape::{ErrorShape, OperationShape, Sensitivity, StructureShape};

/// A value that can be read from a request and written to an answer. Structures get it from the generated tables.
pub trait Value: Sized {
    /// Makes the value of a decoded and validated node.
    ///
    /// # Errors
    /// [`Mismatch`] when the node is of another kind.
    fn read(node: Node<'_>) -> Result<Self, Mismatch>;

    /// Tells `sink` the value.
    fn write(&self, sink: &mut dyn Sink);
}

/// A structure of a service model.
pub trait Structure: Value {
    /// Its shape.
    fn shape() -> &'static StructureShape;
}

/// An operation of a service model, such as [`iam::CreateRole`](crate::iam::CreateRole).
pub trait Operation {
    /// What a request carries.
    type Input: Structure;
    /// What an answer carries.
    type Output: Structure;

    /// Its shape.
    fn shape() -> &'static OperationShape;

    /// Whether the model lists `error` for this operation.
    fn may_answer(error: &ErrorShape) -> bool {
        Self::shape().errors.contains(&error)
    }
}

/// Takes values in the order they are written. Encoders implement it.
pub trait Sink {
    /// Makes room for about so many bytes more. Whoever writes much and knows it saves the copies that growing takes.
    fn reserve(&mut self, bytes: usize);
    /// A text. A secret one must not be shown to anybody but the caller.
    fn text(&mut self, value: &str, sensitivity: Sensitivity);
    /// A whole number.
    fn integer(&mut self, value: i64);
    /// A number.
    fn double(&mut self, value: f64);
    /// `true` or `false`.
    fn boolean(&mut self, value: bool);
    /// A point in time.
    fn timestamp(&mut self, value: Timestamp);
    /// Bytes. Secret ones must not be shown to anybody but the caller.
    fn blob(&mut self, value: &[u8], sensitivity: Sensitivity);
    /// Begins a structure, a list or a map.
    fn open(&mut self, container: Container);
    /// Ends it.
    fn close(&mut self, container: Container);
    /// Begins a member of a structure, called `name` on the wire.
    fn open_member(&mut self, name: &'static str);
    /// Ends it.
    fn close_member(&mut self, name: &'static str);
    /// Begins an element of a list.
    fn open_element(&mut self);
    /// Ends it.
    fn close_element(&mut self);
    /// Begins an entry of a map.
    fn open_entry(&mut self, key: &str);
    /// Ends it.
    fn close_entry(&mut self);
}

/// What holds other values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// Members by name.
    Structure,
    /// Elements in order.
    List,
    /// Entries by key.
    Map,
}

/// Writes the members of an output one after the other, in the model's order, for whoever does not hold all of it.
///
/// The names are those of the output's shape; another one is a fault that every answer would show.
pub struct Members<'s> {
    sink: &'s mut dyn Sink,
}

impl<'s> Members<'s> {
    /// Begins an output of about so many bytes.
    pub fn begin(sink: &'s mut dyn Sink, bytes: usize) -> Self {
        sink.reserve(bytes);
        sink.open(Container::Structure);
        Self { sink }
    }

    /// Writes a member that may have no value; then nothing is written.
    pub fn value<T: Value>(&mut self, name: &'static str, value: Option<&T>) {
        if let Some(value) = value {
            required(self.sink, name, value);
        }
    }

    /// Writes a list. Holds one of its elements at a time.
    ///
    /// # Errors
    /// That of the first element that there is none for; what was written until then is to be thrown away.
    pub fn list<T: Element, E>(
        &mut self,
        name: &'static str,
        elements: impl IntoIterator<Item = Result<T, E>>,
    ) -> Result<(), E> {
        self.sink.open_member(name);
        self.sink.open(Container::List);
        for element in elements {
            let element = element?;
            self.sink.open_element();
            element.write(self.sink);
            self.sink.close_element();
        }
        self.sink.close(Container::List);
        self.sink.close_member(name);
        Ok(())
    }

    /// Ends the output.
    pub fn end(self) {
        self.sink.close(Container::Structure);
    }
}

/// Writes a member that always has a value.
pub(crate) fn required<T: Value>(sink: &mut dyn Sink, name: &'static str, value: &T) {
    sink.open_member(name);
    value.write(sink);
    sink.close_member(name);
}

/// Writes a member that may have no value; then nothing is written.
pub(crate) fn optional<T: Value>(sink: &mut dyn Sink, name: &'static str, value: &Option<T>) {
    if let Some(value) = value {
        required(sink, name, value);
    }
}

/// Implements [`Value`] for a type that one node holds.
macro_rules! leaf {
    ($type:ty, $expected:literal, $pattern:pat => $read:expr, |$value:ident, $sink:ident| $write:expr) => {
        impl Value for $type {
            fn read(node: Node<'_>) -> Result<Self, Mismatch> {
                match node {
                    $pattern => Ok($read),
                    _ => Err(Mismatch { expected: $expected }),
                }
            }

            fn write(&self, $sink: &mut dyn Sink) {
                let $value = self;
                $write
            }
        }
    };
}

leaf!(String, "text", Node::Text(text) => text.into_owned(), |value, sink| sink.text(value, Sensitivity::Public));
leaf!(i64, "whole number", Node::Integer(number) => number, |value, sink| sink.integer(*value));
leaf!(f64, "number", Node::Double(number) => number, |value, sink| sink.double(*value));
leaf!(bool, "boolean", Node::Boolean(truth) => truth, |value, sink| sink.boolean(*value));
leaf!(Timestamp, "timestamp", Node::Timestamp(time) => time, |value, sink| sink.timestamp(*value));
leaf!(Vec<u8>, "blob", Node::Blob(bytes) => bytes, |value, sink| sink.blob(value, Sensitivity::Public));
leaf!(Secret<String>, "text", Node::Text(text) => Secret::new(text.into_owned()),
    |value, sink| sink.text(value.expose(), Sensitivity::Secret));
leaf!(Secret<Vec<u8>>, "blob", Node::Blob(bytes) => Secret::new(bytes),
    |value, sink| sink.blob(value.expose(), Sensitivity::Secret));

/// A list element; `u8` is not one, so that `Vec<u8>` is a blob and nothing else.
pub trait Element: Value {}

impl Element for String {}
impl Element for i64 {}
impl<T: Structure> Element for T {}

impl<T: Element> Value for Vec<T> {
    fn read(node: Node<'_>) -> Result<Self, Mismatch> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "one kind fits, all others do not")]
        match node {
            Node::List(elements) => elements.into_iter().map(T::read).collect(),
            _ => Err(Mismatch { expected: "list" }),
        }
    }

    fn write(&self, sink: &mut dyn Sink) {
        sink.open(Container::List);
        for element in self {
            sink.open_element();
            element.write(sink);
            sink.close_element();
        }
        sink.close(Container::List);
    }
}

impl<T: Value> Value for BTreeMap<String, T> {
    fn read(node: Node<'_>) -> Result<Self, Mismatch> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "one kind fits, all others do not")]
        match node {
            Node::Map(entries) => {
                entries.into_iter().map(|(key, value)| Ok((key.into_owned(), T::read(value)?))).collect()
            }
            _ => Err(Mismatch { expected: "map" }),
        }
    }

    fn write(&self, sink: &mut dyn Sink) {
        sink.open(Container::Map);
        for (key, value) in self {
            sink.open_entry(key);
            value.write(sink);
            sink.close_entry();
        }
        sink.close(Container::Map);
    }
}

/// The input or output of an operation that has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nothing {}

impl Value for Nothing {
    fn read(node: Node<'_>) -> Result<Self, Mismatch> {
        crate::node::Fields::of(node).map(|_| Nothing {})
    }

    fn write(&self, sink: &mut dyn Sink) {
        sink.open(Container::Structure);
        sink.close(Container::Structure);
    }
}

impl Structure for Nothing {
    fn shape() -> &'static StructureShape {
        static SHAPE: StructureShape =
            StructureShape { name: "Nothing", members: &[], kind: crate::shape::StructureKind::Record };
        &SHAPE
    }
}
