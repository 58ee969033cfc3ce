//! From text to tree.
//!
//! Every function takes the place where it begins and gives the one where it ends.

use super::{DEPTH_MAX, Entry, EntryKind, Fault, NotJson, Tree};
use crate::effort;
use crate::swar::Ends;

/// Reads a text. See [`super::parse`].
pub(super) fn tree(text: &str) -> Result<Tree<'_>, NotJson> {
    if u32::try_from(text.len()).is_err() {
        return Err(NotJson { fault: Fault::Length, offset: 0 });
    }
    // Policies have a name or a value every twelve bytes or more; deeper texts make the list grow.
    let entries = Vec::with_capacity(text.len() / 12 + 1);
    let ends = Ends::of(text.as_bytes());
    let mut reader =
        Reader { bytes: text.as_bytes(), ends, tree: Tree { text, entries, unescaped: Vec::new() } };
    let end = reader.value(0)?;
    let (end, _) = reader.token(end);
    if end < text.len() { Err(refuse(Fault::Trailing, end)) } else { Ok(reader.tree) }
}

struct Reader<'a> {
    bytes: &'a [u8],
    ends: Ends,
    tree: Tree<'a>,
}

/// An array or object that is not closed yet.
#[derive(Clone, Copy)]
struct Open {
    /// Its place in the list.
    entry: usize,
    /// The bracket that closes what it is in, if it is in anything.
    close: u8,
}

impl<'a> Reader<'a> {
    fn refuse_or_end<T>(&self, fault: Fault, at: usize) -> Result<T, NotJson> {
        Err(refuse(if at < self.bytes.len() { fault } else { Fault::End }, at))
    }

    /// The byte at a place; zero, which may not stand outside of strings, after the end.
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        effort::took(1);
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// Steps over white space; the byte after it.
    #[inline]
    fn token(&self, at: usize) -> (usize, u8) {
        let byte = self.byte(at);
        if byte > b' ' {
            return (at, byte);
        }
        let at = after_space(self.bytes, at);
        (at, self.byte(at))
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.tree.text.get(start..end).unwrap_or("")
    }

    #[inline]
    fn push(&mut self, kind: EntryKind, start: usize, end: usize, link: usize) {
        let (start, end, link) = (offset(start), offset(end), offset(link));
        self.tree.entries.push(Entry { kind, start, end, link });
    }

    /// Reads one value with all that is in it, which begins here or after white space.
    fn value(&mut self, start: usize) -> Result<usize, NotJson> {
        let mut open = [Open { entry: 0, close: 0 }; DEPTH_MAX];
        let (mut depth, mut close) = (0, 0);
        let (mut at, mut first) = self.token(start);
        loop {
            if close == b'}' {
                let colon = self.name(at, first)?;
                (at, first) = self.token(colon + 1);
            }
            match first {
                b'"' => at = self.string(at)?,
                b'{' | b'[' => {
                    let Some(place) = open.get_mut(depth) else {
                        return Err(refuse(Fault::Depth, at));
                    };
                    depth += 1;
                    *place = Open { entry: self.tree.entries.len(), close };
                    let kind = if first == b'{' { EntryKind::Object } else { EntryKind::Array };
                    close = if first == b'{' { b'}' } else { b']' };
                    self.push(kind, at, at, 0);
                    (at, first) = self.token(at + 1);
                    if first != close {
                        continue;
                    }
                }
                _ => at = self.scalar(first, at)?,
            }
            // What is complete here may complete what it is in.
            loop {
                let Some(last) = depth.checked_sub(1) else {
                    return Ok(at);
                };
                (at, first) = self.token(at);
                if first == b',' {
                    break;
                }
                if first != close {
                    return self.refuse_or_end(Fault::Comma, at);
                }
                at += 1;
                depth = last;
                if let Some(Open { entry, close: around }) = open.get(last).copied() {
                    close = around;
                    self.close(entry, at);
                }
            }
            (at, first) = self.token(at + 1);
        }
    }

    /// Reads a member's name, up to the colon after it.
    #[inline]
    fn name(&mut self, at: usize, first: u8) -> Result<usize, NotJson> {
        if first != b'"' {
            return self.refuse_or_end(Fault::Name, at);
        }
        let end = self.string(at)?;
        let (at, colon) = self.token(end);
        if colon == b':' { Ok(at) } else { self.refuse_or_end(Fault::Colon, at) }
    }

    /// Says of an array or object where it ended.
    fn close(&mut self, container: usize, end: usize) {
        let (end, link) = (offset(end), offset(self.tree.entries.len()));
        if let Some(entry) = self.tree.entries.get_mut(container) {
            (entry.end, entry.link) = (end, link);
        }
    }

    /// Reads a value that is no string, array or object.
    fn scalar(&mut self, first: u8, at: usize) -> Result<usize, NotJson> {
        let (kind, end) = match first {
            b'-' | b'0'..=b'9' => (EntryKind::Number, self.number(at)?),
            b'n' => (EntryKind::Null, self.word("null", at)?),
            b't' => (EntryKind::True, self.word("true", at)?),
            b'f' => (EntryKind::False, self.word("false", at)?),
            _ => return self.refuse_or_end(Fault::Value, at),
        };
        self.push(kind, at, end, 0);
        Ok(end)
    }

    fn word(&self, word: &str, at: usize) -> Result<usize, NotJson> {
        let found = self.bytes.get(at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        if found { Ok(at + word.len()) } else { Err(refuse(Fault::Value, at)) }
    }

    fn number(&self, start: usize) -> Result<usize, NotJson> {
        let whole = start + usize::from(self.byte(start) == b'-');
        let mut at = self.digits(whole)?;
        if self.byte(whole) == b'0' && at > whole + 1 {
            return Err(refuse(Fault::Number, start));
        }
        if self.byte(at) == b'.' {
            at = self.digits(at + 1)?;
        }
        if matches!(self.byte(at), b'e' | b'E') {
            at += 1;
            at = self.digits(at + usize::from(matches!(self.byte(at), b'+' | b'-')))?;
        }
        Ok(at)
    }

    /// Steps over at least one digit.
    fn digits(&self, start: usize) -> Result<usize, NotJson> {
        let mut at = start;
        while self.byte(at).is_ascii_digit() {
            at += 1;
        }
        if at == start { self.refuse_or_end(Fault::Number, at) } else { Ok(at) }
    }

    #[inline(always)]
    fn string(&mut self, start: usize) -> Result<usize, NotJson> {
        let end = self.ends.next(start + 1);
        if self.byte(end) != b'"' {
            return self.string_with_escapes(start, end);
        }
        self.push(EntryKind::Plain, start, end + 1, 0);
        Ok(end + 1)
    }

    /// Reads a string of which `plain` is the first byte that may not stand in it as it is.
    #[cold]
    fn string_with_escapes(&mut self, start: usize, plain: usize) -> Result<usize, NotJson> {
        let mut text = self.slice(start + 1, plain).to_owned();
        let mut at = plain;
        loop {
            match self.byte(at) {
                b'"' => break,
                b'\\' => {
                    let (character, end) = self.escape(at)?;
                    text.push(character);
                    at = self.ends.next(end);
                    text.push_str(self.slice(end, at));
                }
                _ => return self.refuse_or_end(Fault::Control, at),
            }
        }
        let link = self.tree.unescaped.len();
        self.tree.unescaped.push(text);
        self.push(EntryKind::Escaped, start, at + 1, link);
        Ok(at + 1)
    }

    fn escape(&self, start: usize) -> Result<(char, usize), NotJson> {
        let character = match self.byte(start + 1) {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(start),
            _ if start + 1 < self.bytes.len() => return Err(refuse(Fault::Escape, start)),
            _ => return Err(refuse(Fault::End, start + 1)),
        };
        Ok((character, start + 2))
    }

    /// Reads `\uXXXX`, and the second half of a pair where the first is a high surrogate.
    fn unicode(&self, start: usize) -> Result<(char, usize), NotJson> {
        let lone = refuse(Fault::Surrogate, start);
        let (first, mut at) = self.hex4(start + 2)?;
        let code = match first {
            0xD800..=0xDBFF => {
                if !self.bytes.get(at..).is_some_and(|rest| rest.starts_with(b"\\u")) {
                    return Err(lone);
                }
                let second;
                (second, at) = self.hex4(at + 2)?;
                if !(0xDC00..=0xDFFF).contains(&second) {
                    return Err(lone);
                }
                0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)
            }
            code => code,
        };
        Ok((char::from_u32(code).ok_or(lone)?, at))
    }

    /// Reads four hexadecimal digits.
    fn hex4(&self, start: usize) -> Result<(u32, usize), NotJson> {
        let mut code = 0;
        for at in start..start + 4 {
            let Some(digit) = char::from(self.byte(at)).to_digit(16) else {
                return self.refuse_or_end(Fault::Escape, at);
            };
            code = code * 16 + digit;
        }
        Ok((code, start + 4))
    }
}

fn after_space(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let spaces = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    effort::took(spaces);
    at + spaces
}

fn refuse(fault: Fault, at: usize) -> NotJson {
    NotJson { fault, offset: offset(at) }
}

/// Nothing is lost: texts are shorter than 4 GiB, and have no more values than bytes.
const fn offset(at: usize) -> u32 {
    at as u32
}
