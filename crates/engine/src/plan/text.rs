//! Resource patterns as bytes: the form in which a plan keeps them, compares them and searches with them.

use doorward_policy::request::Context;
use doorward_policy::resource::ResourceForm;
use doorward_policy::{Kind, Part, Template, Text};

use crate::pattern::Pattern;
use crate::plans::is_principal_tag;
use crate::resources::short_counts;

/// Stands for `*` in an encoded pattern. Never a byte of UTF-8.
pub(crate) const RUN: u8 = 0xff;

/// Stands for `?` in an encoded pattern. Never a byte of UTF-8.
pub(crate) const ONE: u8 = 0xfe;

/// Stands on either side of the two bytes that number a variable in an encoded pattern. Never a byte of UTF-8.
pub(crate) const VARIABLE: u8 = 0xfd;

/// What a resource pattern comes to.
#[derive(Debug)]
pub(crate) enum Shape {
    /// It covers every resource.
    Any,
    /// It covers none.
    Nothing,
    /// It covers the resources whose whole text matches these bytes, in which [`RUN`] and [`ONE`] are wildcards that
    /// nothing stops.
    Plain(Box<[u8]>),
    /// It must be matched field by field, or holds variables; no resource matches that does not begin with this text.
    Complex(Box<[u8]>),
}

impl Shape {
    /// The shape of a pattern in a policy of the kind.
    ///
    /// Fields are matched one by one, but a `*` at the end of a field may run past colons, the rest of the pattern then
    /// being matched as plain text. So where the first field with a wildcard ends in `*`, and there are no variables,
    /// the whole pattern is plain text: what matches field by field matches so too.
    ///
    /// `tags` stand for the variables that are principal tags, where they are known.
    pub(crate) fn of(form: &ResourceForm, text: &str, kind: Kind, tags: Option<&Context>) -> Self {
        match form {
            ResourceForm::Any => Self::Any,
            ResourceForm::Nothing => Self::Nothing,
            ResourceForm::Arn { head, tail } => Self::of_arn(head.fields().into_iter(), tail, tags),
            ResourceForm::Short(fields) if short_counts(text, kind) => {
                let missing = std::iter::repeat_n("*", 5usize.saturating_sub(fields.len()));
                Self::of_arn(fields.iter().map(Text::as_str).chain(missing), &Template::plain("*"), tags)
            }
            ResourceForm::Short(_) => Self::Nothing,
        }
    }

    fn of_arn<'a>(head: impl Iterator<Item = &'a str>, tail: &Template, tags: Option<&Context>) -> Self {
        let mut bytes = Vec::new();
        let mut stopped = None;
        for field in head {
            let wild = field.contains(['*', '?']);
            if wild && stopped.is_none() {
                stopped = Some(!field.ends_with('*'));
            }
            encode(field, &mut bytes);
            bytes.push(b':');
        }
        for part in tail.parts() {
            match part {
                Part::Text(text) => encode(text, &mut bytes),
                Part::Literal(character) => {
                    bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                }
                Part::Variable { key, default } => match tags.filter(|_| is_principal_tag(key.folded())) {
                    Some(tags) => match Pattern::resolve(key, default.as_deref(), tags) {
                        Some(text) => bytes.extend_from_slice(text.as_bytes()),
                        None => return Self::Nothing,
                    },
                    None => return Self::Complex(literal(&bytes).into()),
                },
            }
        }
        if stopped == Some(true) {
            return Self::Complex(literal(&bytes).into());
        }
        Self::Plain(bytes.into())
    }
}

/// Appends text in which `*` and `?` are wildcards. Several `*` in a row are one.
pub(crate) fn encode(text: &str, into: &mut Vec<u8>) {
    for byte in text.bytes() {
        match byte {
            b'*' if into.last() == Some(&RUN) => {}
            b'*' => into.push(RUN),
            b'?' => into.push(ONE),
            _ => into.push(byte),
        }
    }
}

/// What stands before the first wildcard.
pub(crate) fn literal(pattern: &[u8]) -> &[u8] {
    let end = pattern.iter().position(|byte| *byte >= VARIABLE).unwrap_or(pattern.len());
    pattern.get(..end).unwrap_or_default()
}

/// What stands behind the last wildcard or variable.
fn literal_end(pattern: &[u8]) -> &[u8] {
    let start = pattern.iter().rposition(|byte| *byte >= VARIABLE).map_or(0, |place| place + 1);
    pattern.get(start..).unwrap_or_default()
}

/// A part of an encoded pattern between two `*`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Symbol<'p> {
    /// Exactly these bytes, which are whole characters.
    Text(&'p [u8]),
    /// Any character.
    One,
    /// The value of the variable with this number.
    Variable(usize),
}

/// The symbols of an encoded pattern without `*`, which can be read from both ends.
#[derive(Clone, Debug)]
pub(crate) struct Symbols<'p>(pub(crate) &'p [u8]);

impl<'p> Iterator for Symbols<'p> {
    type Item = Symbol<'p>;

    fn next(&mut self) -> Option<Symbol<'p>> {
        let text = literal(self.0);
        if let Some((text, rest)) = self.0.split_at_checked(text.len()).filter(|(text, _)| !text.is_empty()) {
            self.0 = rest;
            return Some(Symbol::Text(text));
        }
        let (symbol, rest) = match self.0 {
            [ONE, rest @ ..] => (Symbol::One, rest),
            [VARIABLE, low, high, VARIABLE, rest @ ..] => (Symbol::Variable(place(*low, *high)), rest),
            _ => return None,
        };
        self.0 = rest;
        Some(symbol)
    }
}

impl DoubleEndedIterator for Symbols<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let start = self.0.len() - literal_end(self.0).len();
        if let Some((rest, text)) = self.0.split_at_checked(start).filter(|(_, text)| !text.is_empty()) {
            self.0 = rest;
            return Some(Symbol::Text(text));
        }
        let (symbol, rest) = match self.0 {
            [rest @ .., ONE] => (Symbol::One, rest),
            [rest @ .., VARIABLE, low, high, VARIABLE] => (Symbol::Variable(place(*low, *high)), rest),
            _ => return None,
        };
        self.0 = rest;
        Some(symbol)
    }
}

/// The number of a variable, seven bits in each byte.
fn place(low: u8, high: u8) -> usize {
    usize::from(high) << 7 | usize::from(low)
}

/// How many variables can be numbered.
const VARIABLES_MAX: usize = 1 << 14;

/// Appends a variable by its number; `false` where there are too many.
pub(crate) fn encode_variable(number: usize, into: &mut Vec<u8>) -> bool {
    let [low, high] = [number & 0x7f, number >> 7 & 0x7f].map(|bits| bits as u8);
    into.extend_from_slice(&[VARIABLE, low, high, VARIABLE]);
    number < VARIABLES_MAX
}
