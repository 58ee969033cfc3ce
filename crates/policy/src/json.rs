//! JSON with places: the tree of a text in which every value and every name knows where it stands.
//!
//! Strict RFC 8259, one pass, no recursion deeper than [`DEPTH_MAX`]. Unlike a general reader it keeps what a policy
//! language must not lose: members that share a name stay visible, in their order; numbers stay as they were written.
//!
//! The tree is one list, in the order of the text: sixteen bytes for each value and each name, and no allocation but the
//! list's own and those of strings with escapes.
//!
//! Source: <https://www.rfc-editor.org/rfc/rfc8259>

mod scan;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use crate::effort;
use crate::span::Span;
use crate::text::Scalar;

/// How deep arrays and objects may nest. The deepest policy needs six levels
/// (document, statements, statement, condition, operator, values); the rest is room for error messages to be about
/// the grammar rather than about depth.
pub(crate) const DEPTH_MAX: usize = 32;

/// A text as a tree.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    text: &'a str,
    entries: Vec<Entry>,
    /// The strings that have escapes, without them.
    unescaped: Vec<String>,
}

/// A value or a name.
#[derive(Clone, Copy, Debug)]
struct Entry {
    kind: EntryKind,
    start: u32,
    end: u32,
    /// Of an array or object: the entry after its last one. Of a string with escapes: its place among those.
    link: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum EntryKind {
    Null,
    True,
    False,
    Number,
    Plain,
    Escaped,
    Array,
    Object,
}

/// One value of a tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'t> {
    tree: &'t Tree<'t>,
    index: usize,
}

/// What a JSON value can be.
#[derive(Clone, Debug)]
pub(crate) enum Value<'t> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, exactly as written.
    Number(&'t str),
    /// A string without its quotes, escapes resolved.
    String(&'t str),
    /// `[…]`.
    Array(Items<'t>),
    /// `{…}`: the members as written, those that share a name included.
    Object(Members<'t>),
}

/// One `"name": value` of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member<'t> {
    /// The name, escapes resolved, and where it stands.
    pub(crate) name: Scalar<'t>,
    /// The value.
    pub(crate) value: Node<'t>,
}

/// Why a text is not JSON, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct NotJson {
    /// What is wrong.
    pub(crate) fault: Fault,
    /// The byte at which it shows.
    pub(crate) offset: u32,
}

/// What can be wrong with a text that should be JSON.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error("unexpected end of text")]
    End,
    #[error("expected a value")]
    Value,
    #[error("expected a name in quotes")]
    Name,
    #[error("expected a colon")]
    Colon,
    #[error("expected a comma or the closing bracket")]
    Comma,
    #[error("malformed number")]
    Number,
    #[error("unknown escape")]
    Escape,
    #[error("lone surrogate")]
    Surrogate,
    #[error("control character in a string")]
    Control,
    #[error("nested deeper than 32 levels")]
    Depth,
    #[error("text after the value")]
    Trailing,
    #[error("text longer than 4 GiB")]
    Length,
}

/// Reads `text` as one JSON value, in one pass.
///
/// # Errors
/// [`NotJson`] with the first fault.
pub(crate) fn parse(text: &str) -> Result<Tree<'_>, NotJson> {
    scan::tree(text)
}

impl<'t> Tree<'t> {
    /// The value that the text is.
    pub(crate) fn root(&'t self) -> Node<'t> {
        Node { tree: self, index: 0 }
    }

    #[inline]
    fn slice(&self, start: u32, end: u32) -> &str {
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    fn unescaped(&self, entry: Entry) -> &str {
        self.unescaped.get(entry.link as usize).map_or("", String::as_str)
    }

    #[inline]
    fn entry(&self, index: usize) -> Entry {
        // A tree has an entry at least, and indexes come from it.
        self.entries.get(index).copied().unwrap_or(Entry { kind: EntryKind::Null, start: 0, end: 0, link: 0 })
    }
}

impl<'t> Node<'t> {
    /// Where it stands: strings with their quotes, arrays and objects with their brackets.
    #[inline]
    pub(crate) fn span(self) -> Span {
        let Entry { start, end, .. } = self.tree.entry(self.index);
        Span { start, end }
    }

    /// What it is.
    #[inline]
    pub(crate) fn value(self) -> Value<'t> {
        let entry = self.tree.entry(self.index);
        match entry.kind {
            EntryKind::Null => Value::Null,
            EntryKind::True => Value::Bool(true),
            EntryKind::False => Value::Bool(false),
            EntryKind::Number => Value::Number(self.tree.slice(entry.start, entry.end)),
            EntryKind::Plain => Value::String(self.tree.slice(entry.start + 1, entry.end - 1)),
            EntryKind::Escaped => Value::String(self.tree.unescaped(entry)),
            EntryKind::Array => Value::Array(self.inside(entry)),
            EntryKind::Object => Value::Object(Members(self.inside(entry))),
        }
    }

    fn inside(self, entry: Entry) -> Items<'t> {
        Items { tree: self.tree, next: self.index + 1, end: entry.link as usize }
    }

    /// The string that it is, if it is one.
    #[inline]
    pub(crate) fn string(self) -> Option<Scalar<'t>> {
        let entry = self.tree.entry(self.index);
        let text = match entry.kind {
            EntryKind::Plain => self.tree.slice(entry.start + 1, entry.end - 1),
            EntryKind::Escaped => self.tree.unescaped(entry),
            EntryKind::Null
            | EntryKind::True
            | EntryKind::False
            | EntryKind::Number
            | EntryKind::Array
            | EntryKind::Object => return None,
        };
        Some(Scalar { text, span: Span { start: entry.start, end: entry.end } })
    }

    /// The members of the object that it is, if it is one.
    #[inline]
    pub(crate) fn members(self) -> Option<Members<'t>> {
        let entry = self.tree.entry(self.index);
        (entry.kind == EntryKind::Object).then(|| Members(self.inside(entry)))
    }

    /// Whether it is a string.
    #[inline]
    pub(crate) fn is_string(self) -> bool {
        matches!(self.tree.entry(self.index).kind, EntryKind::Plain | EntryKind::Escaped)
    }

    /// How many values and names it has inside.
    pub(crate) fn inner_count(self) -> usize {
        self.tree.entry(self.index).after(self.index).saturating_sub(self.index + 1)
    }

    /// The items of the array that it is, or itself alone.
    #[inline]
    pub(crate) fn one_or_many(self) -> Items<'t> {
        let entry = self.tree.entry(self.index);
        match entry.kind {
            EntryKind::Array => self.inside(entry),
            EntryKind::Null
            | EntryKind::True
            | EntryKind::False
            | EntryKind::Number
            | EntryKind::Plain
            | EntryKind::Escaped
            | EntryKind::Object => Items { tree: self.tree, next: self.index, end: entry.after(self.index) },
        }
    }
}

impl Entry {
    /// The entry after the one at `index`, which is this one, and all that belongs to it.
    #[inline]
    fn after(self, index: usize) -> usize {
        match self.kind {
            EntryKind::Array | EntryKind::Object => self.link as usize,
            EntryKind::Null
            | EntryKind::True
            | EntryKind::False
            | EntryKind::Number
            | EntryKind::Plain
            | EntryKind::Escaped => index + 1,
        }
    }
}

/// The items of an array, in order.
#[derive(Clone, Debug)]
pub(crate) struct Items<'t> {
    tree: &'t Tree<'t>,
    next: usize,
    end: usize,
}

impl Items<'_> {
    /// No fewer than there are; exactly so many where no item is an array or an object.
    pub(crate) fn at_most(&self) -> usize {
        self.end.saturating_sub(self.next)
    }
}

impl<'t> Iterator for Items<'t> {
    type Item = Node<'t>;

    #[inline]
    fn next(&mut self) -> Option<Node<'t>> {
        effort::took(1);
        if self.next >= self.end {
            return None;
        }
        let node = Node { tree: self.tree, index: self.next };
        self.next = self.tree.entry(self.next).after(self.next);
        Some(node)
    }
}

/// The members of an object, in order.
#[derive(Clone, Debug)]
pub(crate) struct Members<'t>(Items<'t>);

impl<'t> Iterator for Members<'t> {
    type Item = Member<'t>;

    #[inline]
    fn next(&mut self) -> Option<Member<'t>> {
        let Self(Items { tree, next, end }) = self;
        effort::took(1);
        if next >= end {
            return None;
        }
        // A name is one entry, and its value begins with the next.
        let value = *next + 1;
        let name = Node { tree, index: *next }.string()?;
        *next = tree.entry(value).after(value);
        Some(Member { name, value: Node { tree, index: value } })
    }
}

/// Up to so many members are compared each with each.
const FEW: usize = 12;

impl<'t> Members<'t> {
    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.at_most() == 0
    }

    #[inline]
    fn is_at_most_one(&self) -> bool {
        let Items { tree, next: name, end } = self.0;
        name >= end || tree.entry(name + 1).after(name + 1) >= end
    }

    /// The first member, in the order of the text, that has the name of one before it. Costs no allocation for a few
    /// members, and time in proportion to the text for many.
    #[inline]
    pub(crate) fn duplicate(&self) -> Option<Member<'t>> {
        if self.is_at_most_one() {
            return None;
        }
        self.duplicate_of_several()
    }

    fn duplicate_of_several(&self) -> Option<Member<'t>> {
        let mut few = [""; FEW];
        for (count, member) in self.clone().enumerate() {
            let (before, rest) = few.split_at_mut_checked(count)?;
            let Some(place) = rest.first_mut() else {
                return self.duplicate_of_many();
            };
            if before.contains(&member.name.text) {
                return Some(member);
            }
            *place = member.name.text;
        }
        None
    }

    fn duplicate_of_many(&self) -> Option<Member<'t>> {
        let mut seen = HashSet::new();
        self.clone().find(|member| !seen.insert(member.name.text))
    }
}
