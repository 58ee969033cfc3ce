//! JSON with spans: the tree of a text in which every value and every name knows where it stands.
//!
//! Strict RFC 8259, one pass, no recursion deeper than [`DEPTH_MAX`]. Unlike a general reader it keeps what a policy
//! language must not lose: members that share a name stay visible, in their order; numbers stay as they were written.
//!
//! Source: <https://www.rfc-editor.org/rfc/rfc8259>

use std::borrow::Cow;

use crate::span::Span;

/// How deep arrays and objects may nest. The deepest policy needs six levels
/// (document, statements, statement, condition, operator, values); the rest is room for error messages to be about
/// the grammar rather than about depth.
pub const DEPTH_MAX: usize = 32;

/// A value and where it stands: strings with their quotes, arrays and objects with their brackets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node<'a> {
    /// What it is.
    pub value: Value<'a>,
    /// Where it stands.
    pub span: Span,
}

/// What a JSON value can be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, exactly as written.
    Number(&'a str),
    /// A string without its quotes, escapes resolved; borrowed where it has none.
    String(Cow<'a, str>),
    /// `[…]`.
    Array(Vec<Node<'a>>),
    /// `{…}`: the members as written, those that share a name included.
    Object(Vec<Member<'a>>),
}

/// One `"name": value` of an object.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member<'a> {
    /// The name, escapes resolved.
    pub name: Cow<'a, str>,
    /// Where the name stands, quotes included.
    pub name_span: Span,
    /// The value.
    pub value: Node<'a>,
}

/// Why a text is not JSON, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{fault} at offset {offset}")]
pub struct NotJson {
    /// What is wrong.
    pub fault: Fault,
    /// The byte at which it shows.
    pub offset: u32,
}

/// What can be wrong with a text that should be JSON.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The text ends too early.
    #[error("unexpected end of text")]
    End,
    /// Something stands where a value should.
    #[error("expected a value")]
    Value,
    /// An object's member does not begin with a string.
    #[error("expected a name in quotes")]
    Name,
    /// No colon between name and value.
    #[error("expected a colon")]
    Colon,
    /// Neither a comma nor the closing bracket after an item.
    #[error("expected a comma or the closing bracket")]
    Comma,
    /// A number with a leading zero, or with no digits where digits must be.
    #[error("malformed number")]
    Number,
    /// A backslash followed by something that is no escape.
    #[error("unknown escape")]
    Escape,
    /// Half of a surrogate pair without the other.
    #[error("lone surrogate")]
    Surrogate,
    /// A control character in a string.
    #[error("control character in a string")]
    Control,
    /// Arrays and objects nested deeper than [`DEPTH_MAX`].
    #[error("nested deeper than 32 levels")]
    Depth,
    /// More text after the value.
    #[error("text after the value")]
    Trailing,
    /// A text of more than 4 GiB.
    #[error("text longer than 4 GiB")]
    Length,
}

/// Reads `text` as one JSON value. Costs one pass; strings without escapes are borrowed.
///
/// # Errors
/// [`NotJson`] with the first fault.
pub fn parse(text: &str) -> Result<Node<'_>, NotJson> {
    if u32::try_from(text.len()).is_err() {
        return Err(NotJson { fault: Fault::Length, offset: 0 });
    }
    let mut reader = Reader { text, at: 0 };
    let node = reader.node(0)?;
    reader.space();
    if reader.at < text.len() { Err(reader.refuse(Fault::Trailing)) } else { Ok(node) }
}

/// The second of the first two members that share a name. Costs a sort.
#[must_use]
pub fn duplicate<'m, 'a>(members: &'m [Member<'a>]) -> Option<&'m Member<'a>> {
    let mut sorted: Vec<&Member<'_>> = members.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name).then(a.name_span.start.cmp(&b.name_span.start)));
    let repeats = sorted.windows(2).filter_map(|pair| match pair {
        [first, second] if first.name == second.name => Some(*second),
        _ => None,
    });
    repeats.min_by_key(|member| member.name_span.start)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn refuse(&self, fault: Fault) -> NotJson {
        refuse_at(fault, self.at)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn slice(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or("")
    }

    fn span(&self, start: usize) -> Span {
        span(start, self.at)
    }

    fn node(&mut self, depth: usize) -> Result<Node<'a>, NotJson> {
        self.space();
        let start = self.at;
        let value = match self.peek() {
            None => return Err(self.refuse(Fault::End)),
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b'n') => self.word("null", Value::Null)?,
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(_) => return Err(self.refuse(Fault::Value)),
        };
        Ok(Node { value, span: self.span(start) })
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>, NotJson> {
        if !self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            return Err(self.refuse(Fault::Value));
        }
        self.at += word.len();
        Ok(value)
    }

    fn object(&mut self, depth: usize) -> Result<Value<'a>, NotJson> {
        let mut members = Vec::new();
        let mut more = self.open(b'}', depth)?;
        while more {
            self.space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.refuse_or_end(Fault::Name));
            }
            let name = self.string()?;
            let name_span = self.span(start);
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.refuse_or_end(Fault::Colon));
            }
            self.at += 1;
            members.push(Member { name, name_span, value: self.node(depth + 1)? });
            more = self.comma(b'}')?;
        }
        Ok(Value::Object(members))
    }

    fn array(&mut self, depth: usize) -> Result<Value<'a>, NotJson> {
        let mut items = Vec::new();
        let mut more = self.open(b']', depth)?;
        while more {
            items.push(self.node(depth + 1)?);
            more = self.comma(b']')?;
        }
        Ok(Value::Array(items))
    }

    /// Steps over an opening bracket, and over the closing one where nothing stands between them. Whether something does.
    fn open(&mut self, close: u8, depth: usize) -> Result<bool, NotJson> {
        if depth >= DEPTH_MAX {
            return Err(self.refuse(Fault::Depth));
        }
        self.at += 1;
        self.space();
        let empty = self.peek() == Some(close);
        self.at += usize::from(empty);
        Ok(!empty)
    }

    /// Steps over a comma or the closing bracket. Whether it was a comma.
    fn comma(&mut self, close: u8) -> Result<bool, NotJson> {
        self.space();
        let next = self.peek();
        if next != Some(b',') && next != Some(close) {
            return Err(self.refuse_or_end(Fault::Comma));
        }
        self.at += 1;
        Ok(next == Some(b','))
    }

    fn refuse_or_end(&self, fault: Fault) -> NotJson {
        self.refuse(if self.peek().is_none() { Fault::End } else { fault })
    }

    fn number(&mut self) -> Result<Value<'a>, NotJson> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        let leading_zero = self.peek() == Some(b'0');
        let digits = self.digits()?;
        if leading_zero && digits > 1 {
            return Err(refuse_at(Fault::Number, start));
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(Value::Number(self.slice(start)))
    }

    /// Steps over at least one digit; how many there were.
    fn digits(&mut self) -> Result<usize, NotJson> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(self.refuse_or_end(Fault::Number)) } else { Ok(self.at - start) }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, NotJson> {
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let start = self.at;
            while matches!(self.peek(), Some(byte) if byte >= 0x20 && byte != b'"' && byte != b'\\') {
                self.at += 1;
            }
            let run = self.slice(start);
            match &mut text {
                Cow::Borrowed("") => text = Cow::Borrowed(run),
                Cow::Borrowed(_) | Cow::Owned(_) => text.to_mut().push_str(run),
            }
            match self.peek() {
                None => return Err(self.refuse(Fault::End)),
                Some(b'"') => break,
                Some(b'\\') => {
                    let character = self.escape()?;
                    text.to_mut().push(character);
                }
                Some(_) => return Err(self.refuse(Fault::Control)),
            }
        }
        self.at += 1;
        Ok(text)
    }

    fn escape(&mut self) -> Result<char, NotJson> {
        let start = self.at;
        self.at += 1;
        let character = match self.peek() {
            None => return Err(self.refuse(Fault::End)),
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(start),
            Some(_) => return Err(refuse_at(Fault::Escape, start)),
        };
        self.at += 1;
        Ok(character)
    }

    /// Reads `uXXXX`, and the second half of a pair where the first is a high surrogate.
    fn unicode(&mut self, start: usize) -> Result<char, NotJson> {
        let lone = refuse_at(Fault::Surrogate, start);
        let first = self.hex4()?;
        let code = match first {
            0xD800..=0xDBFF => {
                if !self.text.get(self.at..).is_some_and(|rest| rest.starts_with("\\u")) {
                    return Err(lone);
                }
                self.at += 1;
                let second = self.hex4()?;
                if !(0xDC00..=0xDFFF).contains(&second) {
                    return Err(lone);
                }
                0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)
            }
            code => code,
        };
        char::from_u32(code).ok_or(lone)
    }

    /// Steps over `u` and four hexadecimal digits.
    fn hex4(&mut self) -> Result<u32, NotJson> {
        self.at += 1;
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            code = code * 16 + digit.ok_or_else(|| self.refuse_or_end(Fault::Escape))?;
            self.at += 1;
        }
        Ok(code)
    }
}

fn refuse_at(fault: Fault, offset: usize) -> NotJson {
    NotJson { fault, offset: offset.try_into().unwrap_or(u32::MAX) }
}

/// `parse` refuses texts whose offsets do not fit.
fn span(start: usize, end: usize) -> Span {
    Span { start: start.try_into().unwrap_or(u32::MAX), end: end.try_into().unwrap_or(u32::MAX) }
}
