//! The tree between bytes and types: a request decoded along its shape, not yet checked against the constraints.

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;

/// A value of a request. The decoders make it along a [`Shape`](crate::shape::Shape), so its kinds agree with the shape.
#[derive(Clone, PartialEq)]
pub enum Node<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// A whole number, within the width of its shape.
    Integer(i64),
    /// A number that need not be whole.
    Double(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A point in time.
    Timestamp(Timestamp),
    /// Bytes.
    Blob(Vec<u8>),
    /// The elements in their order.
    List(Vec<Node<'a>>),
    /// The entries in the order of the request; no key twice.
    Map(Vec<(Cow<'a, str>, Node<'a>)>),
    /// One place per member of the structure shape, in its order.
    Structure(Vec<Option<Node<'a>>>),
}

/// The kind only: the value may be a password.
impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Node::Text(_) => "text",
            Node::Integer(_) => "whole number",
            Node::Double(_) => "number",
            Node::Boolean(_) => "boolean",
            Node::Timestamp(_) => "timestamp",
            Node::Blob(_) => "blob",
            Node::List(_) => "list",
            Node::Map(_) => "map",
            Node::Structure(_) => "structure",
        })
    }
}

/// A node is not of the kind its type expects. A decoded and validated node never causes it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the decoded value is not a {expected}")]
pub struct Mismatch {
    /// What the type expected.
    pub expected: &'static str,
}

/// The members of a structure, taken one after the other in the shape's order.
#[derive(Debug)]
pub struct Fields<'a>(std::vec::IntoIter<Option<Node<'a>>>);

impl<'a> Fields<'a> {
    /// The members of `node`.
    ///
    /// # Errors
    /// [`Mismatch`] when `node` is not a structure.
    pub fn of(node: Node<'a>) -> Result<Fields<'a>, Mismatch> {
        match node {
            Node::Structure(members) => Ok(Fields(members.into_iter())),
            Node::Text(_)
            | Node::Integer(_)
            | Node::Double(_)
            | Node::Boolean(_)
            | Node::Timestamp(_)
            | Node::Blob(_)
            | Node::List(_)
            | Node::Map(_) => Err(Mismatch { expected: "structure" }),
        }
    }

    /// The next member, which must have a value.
    ///
    /// # Errors
    /// [`Mismatch`] when it has none, or one of another kind.
    pub fn required<T: crate::Value>(&mut self) -> Result<T, Mismatch> {
        let node = self.0.next().flatten().ok_or(Mismatch { expected: "required member" })?;
        T::read(node)
    }

    /// The next member, which may have no value.
    ///
    /// # Errors
    /// [`Mismatch`] when its value is of another kind.
    pub fn optional<T: crate::Value>(&mut self) -> Result<Option<T>, Mismatch> {
        self.0.next().flatten().map(T::read).transpose()
    }
}
