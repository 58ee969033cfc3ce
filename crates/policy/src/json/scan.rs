//! From text to tree.

use super::{DEPTH_MAX, Entry, EntryKind, Fault, NotJson, Tree};
use crate::{effort, swar};

/// Reads a text. See [`super::parse`].
pub(super) fn tree(text: &str) -> Result<Tree<'_>, NotJson> {
    if u32::try_from(text.len()).is_err() {
        return Err(NotJson { fault: Fault::Length, offset: 0 });
    }
    // Policies have a name or a value every twelve bytes or more; deeper texts make the list grow.
    let entries = Vec::with_capacity(text.len() / 12 + 1);
    let mut reader =
        Reader { bytes: text.as_bytes(), at: 0, tree: Tree { text, entries, unescaped: Vec::new() } };
    let first = reader.token();
    reader.value(first, 0)?;
    if reader.token().is_some() { Err(reader.refuse(Fault::Trailing)) } else { Ok(reader.tree) }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    tree: Tree<'a>,
}

impl<'a> Reader<'a> {
    fn refuse(&self, fault: Fault) -> NotJson {
        refuse_at(fault, self.at)
    }

    fn refuse_or_end(&self, fault: Fault) -> NotJson {
        self.refuse(if self.peek().is_none() { Fault::End } else { fault })
    }

    fn peek(&self) -> Option<u8> {
        effort::took(1);
        self.bytes.get(self.at).copied()
    }

    /// Steps over white space, and says what follows.
    #[inline]
    fn token(&mut self) -> Option<u8> {
        match self.peek() {
            Some(byte) if byte > b' ' => Some(byte),
            _ => self.token_after_space(),
        }
    }

    fn token_after_space(&mut self) -> Option<u8> {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.peek()
    }

    fn slice(&self, start: usize) -> &'a str {
        self.tree.text.get(start..self.at).unwrap_or("")
    }

    fn push(&mut self, kind: EntryKind, start: usize, link: usize) {
        let (start, end, link) = (offset(start), offset(self.at), offset(link));
        self.tree.entries.push(Entry { kind, start, end, link });
    }

    /// Reads one value, which begins here with `first`.
    fn value(&mut self, first: Option<u8>, depth: usize) -> Result<(), NotJson> {
        match first {
            None => Err(self.refuse(Fault::End)),
            Some(b'"') => self.string(),
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'n') => self.word("null", EntryKind::Null),
            Some(b't') => self.word("true", EntryKind::True),
            Some(b'f') => self.word("false", EntryKind::False),
            Some(_) => Err(self.refuse(Fault::Value)),
        }
    }

    fn word(&mut self, word: &str, kind: EntryKind) -> Result<(), NotJson> {
        if !self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            return Err(self.refuse(Fault::Value));
        }
        let start = self.at;
        self.at += word.len();
        self.push(kind, start, 0);
        Ok(())
    }

    fn object(&mut self, depth: usize) -> Result<(), NotJson> {
        let (container, start) = (self.tree.entries.len(), self.at);
        self.push(EntryKind::Object, start, 0);
        let mut more = self.open(b'}', depth)?;
        while more {
            if self.token() != Some(b'"') {
                return Err(self.refuse_or_end(Fault::Name));
            }
            self.string()?;
            if self.token() != Some(b':') {
                return Err(self.refuse_or_end(Fault::Colon));
            }
            self.at += 1;
            let first = self.token();
            self.value(first, depth + 1)?;
            more = self.comma(b'}')?;
        }
        self.close(container);
        Ok(())
    }

    fn array(&mut self, depth: usize) -> Result<(), NotJson> {
        let (container, start) = (self.tree.entries.len(), self.at);
        self.push(EntryKind::Array, start, 0);
        let mut more = self.open(b']', depth)?;
        while more {
            let first = self.token();
            self.value(first, depth + 1)?;
            more = self.comma(b']')?;
        }
        self.close(container);
        Ok(())
    }

    /// Steps over an opening bracket, and over the closing one where nothing stands between them. Whether something does.
    fn open(&mut self, close: u8, depth: usize) -> Result<bool, NotJson> {
        if depth >= DEPTH_MAX {
            return Err(self.refuse(Fault::Depth));
        }
        self.at += 1;
        let empty = self.token() == Some(close);
        self.at += usize::from(empty);
        Ok(!empty)
    }

    /// Says of an array or object where it ended.
    fn close(&mut self, container: usize) {
        let (end, link) = (offset(self.at), offset(self.tree.entries.len()));
        if let Some(entry) = self.tree.entries.get_mut(container) {
            (entry.end, entry.link) = (end, link);
        }
    }

    /// Steps over a comma or the closing bracket. Whether it was a comma.
    fn comma(&mut self, close: u8) -> Result<bool, NotJson> {
        let next = self.token();
        if next != Some(b',') && next != Some(close) {
            return Err(self.refuse_or_end(Fault::Comma));
        }
        self.at += 1;
        Ok(next == Some(b','))
    }

    fn number(&mut self) -> Result<(), NotJson> {
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
        self.push(EntryKind::Number, start, 0);
        Ok(())
    }

    /// Steps over at least one digit; how many there were.
    fn digits(&mut self) -> Result<usize, NotJson> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == start { Err(self.refuse_or_end(Fault::Number)) } else { Ok(self.at - start) }
    }

    #[inline]
    fn string(&mut self) -> Result<(), NotJson> {
        let start = self.at;
        let end = swar::string_end(self.bytes, start + 1);
        if self.bytes.get(end) != Some(&b'"') {
            return self.string_with_escapes(start, end);
        }
        self.at = end + 1;
        self.push(EntryKind::Plain, start, 0);
        Ok(())
    }

    /// Reads a string that is plain up to `end`.
    #[cold]
    fn string_with_escapes(&mut self, start: usize, end: usize) -> Result<(), NotJson> {
        self.at = end;
        let text = self.escaped(start + 1)?;
        let link = self.tree.unescaped.len();
        self.tree.unescaped.push(text);
        self.push(EntryKind::Escaped, start, link);
        Ok(())
    }

    /// Reads on in a string whose content began at `start`, up to and over the closing quote.
    fn escaped(&mut self, start: usize) -> Result<String, NotJson> {
        let mut text = self.slice(start).to_owned();
        loop {
            match self.peek() {
                None => return Err(self.refuse(Fault::End)),
                Some(b'"') => break,
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(self.refuse(Fault::Control)),
            }
            let start = self.at;
            self.at = swar::string_end(self.bytes, start);
            text.push_str(self.slice(start));
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
                if !self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(b"\\u")) {
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

fn refuse_at(fault: Fault, at: usize) -> NotJson {
    NotJson { fault, offset: offset(at) }
}

/// Nothing is lost: texts are shorter than 4 GiB, and have no more values than bytes.
const fn offset(at: usize) -> u32 {
    at as u32
}
