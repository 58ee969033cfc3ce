//! Answers of the query protocol in XML.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use crate::shape::Sensitivity;
use crate::value::{Container, Sink, Value};

/// Writes XML elements into a string.
#[derive(Debug, Default)]
pub struct XmlWriter {
    out: String,
    /// The length of `out` just after the last opening tag: nothing has been written into that element yet.
    opened_at: usize,
}

impl XmlWriter {
    /// An empty document.
    pub fn new() -> XmlWriter {
        XmlWriter { out: String::with_capacity(1024), opened_at: 0 }
    }

    /// Opens an element, with the namespace of its content when there is one to declare.
    pub fn open_tag(&mut self, name: &str, namespace: Option<&str>) {
        self.out.extend(["<", name]);
        if let Some(namespace) = namespace {
            self.out.push_str(" xmlns=\"");
            escape(namespace, &mut self.out);
            self.out.push('"');
        }
        self.out.push('>');
        self.opened_at = self.out.len();
    }

    /// Closes an element; one that stayed empty becomes `<name/>`.
    pub fn close_tag(&mut self, name: &str) {
        if self.opened_at == self.out.len() && self.out.ends_with('>') {
            self.out.pop();
            self.out.push_str("/>");
        } else {
            self.out.extend(["</", name, ">"]);
        }
    }

    /// Writes an element that holds a text.
    pub fn element(&mut self, name: &str, text: &str) {
        self.open_tag(name, None);
        escape(text, &mut self.out);
        self.close_tag(name);
    }

    /// Writes the members of a structure, without an element around them.
    pub fn value<T: Value>(&mut self, value: &T) {
        value.write(self);
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }
}

impl Sink for XmlWriter {
    fn reserve(&mut self, bytes: usize) {
        self.out.reserve(bytes);
    }

    fn text(&mut self, value: &str, _: Sensitivity) {
        escape(value, &mut self.out);
    }

    fn integer(&mut self, value: i64) {
        self.out.push_str(&value.to_string());
    }

    fn double(&mut self, value: f64) {
        self.out.push_str(&value.to_string());
    }

    fn boolean(&mut self, value: bool) {
        self.out.push_str(if value { "true" } else { "false" });
    }

    fn timestamp(&mut self, value: Timestamp) {
        self.out.push_str(&iso_8601(value));
    }

    fn blob(&mut self, value: &[u8], _: Sensitivity) {
        STANDARD.encode_string(value, &mut self.out);
    }

    fn open(&mut self, _: Container) {}

    fn close(&mut self, _: Container) {}

    fn open_member(&mut self, name: &'static str) {
        self.open_tag(name, None);
    }

    fn close_member(&mut self, name: &'static str) {
        self.close_tag(name);
    }

    fn open_element(&mut self) {
        self.open_tag("member", None);
    }

    fn close_element(&mut self) {
        self.close_tag("member");
    }

    fn open_entry(&mut self, key: &str) {
        self.open_tag("entry", None);
        self.element("key", key);
        self.open_tag("value", None);
    }

    fn close_entry(&mut self) {
        self.close_tag("value");
        self.close_tag("entry");
    }
}

/// `2024-01-31T12:00:00Z`: whole seconds, UTC.
pub(crate) fn iso_8601(time: Timestamp) -> String {
    if time.subsec_nanosecond() == 0 {
        // Most times that are kept are whole seconds, which is how they print themselves.
        return time.to_string();
    }
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Writes `text` so that an XML 1.0 parser reads the same text back. A carriage return is written as a reference,
/// because parsers turn a bare one into a line feed. Characters XML 1.0 cannot carry, not even as references, become
/// U+FFFD.
///
/// Source: <https://www.w3.org/TR/xml/#charsets>.
fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    // The bytes looked for begin a character, so every split is at a boundary.
    while let Some((plain, from)) = rest
        .bytes()
        .position(|byte| SPECIAL.get(usize::from(byte)) == Some(&true))
        .and_then(|at| rest.split_at_checked(at))
    {
        out.push_str(plain);
        let mut characters = from.chars();
        match characters.next() {
            Some('&') => out.push_str("&amp;"),
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('"') => out.push_str("&quot;"),
            Some('\r') => out.push_str("&#xD;"),
            Some('\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}') => {
                out.push('\u{FFFD}');
            }
            other => out.extend(other),
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
}

/// Whether a character that begins with this byte may have to be escaped. U+FFFE and U+FFFF begin with EF.
static SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0u8;
    loop {
        if let Some(place) = special.as_mut_slice().split_at_mut(byte as usize).1.first_mut() {
            let control = byte < 0x20 && byte != b'\n' && byte != b'\t';
            *place = control || matches!(byte, b'&' | b'<' | b'>' | b'"' | 0xEF);
        }
        match byte.checked_add(1) {
            Some(next) => byte = next,
            None => break special,
        }
    }
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped() {
        let rows = [
            ("plain", "plain"),
            ("<a href=\"x\">&amp;</a>", "&lt;a href=&quot;x&quot;&gt;&amp;amp;&lt;/a&gt;"),
            ("it's", "it's"),
            ("a\r\nb\tc", "a&#xD;\nb\tc"),
            ("\0\u{1}\u{B}\u{1F}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("\u{7F}\u{85}\u{FFFE}\u{FFFF}", "\u{7F}\u{85}\u{FFFD}\u{FFFD}"),
            ("日本 🦀", "日本 🦀"),
            ("]]>", "]]&gt;"),
        ];
        for (text, expected) in rows {
            let mut out = String::new();
            escape(text, &mut out);
            assert_eq!(out, expected, "{text:?}");
        }
    }

    #[test]
    fn times_are_whole_seconds_in_utc() {
        let rows = [
            ("2024-01-31T12:00:00Z", "2024-01-31T12:00:00Z"),
            ("2024-01-31T12:00:00.999Z", "2024-01-31T12:00:00Z"),
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
            ("2024-01-31T12:00:00+02:00", "2024-01-31T10:00:00Z"),
        ];
        for (given, expected) in rows {
            assert_eq!(iso_8601(given.parse().unwrap()), expected);
        }
    }
}
