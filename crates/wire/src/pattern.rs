//! The models' regular expressions: written for Java, matched with the `regex` crate.

use std::sync::LazyLock;

use regex::Regex;

/// A pattern of the service model. It is translated and compiled when first matched.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: LazyLock<Compiled, fn() -> Compiled>,
}

/// The matcher of a pattern.
#[derive(Debug)]
pub struct Compiled {
    /// `None` when the pattern could not be translated; then nothing matches.
    regex: Option<Regex>,
    /// Two characters that must not stand side by side: what is left of `-(?!-)`.
    forbidden: Option<&'static str>,
}

impl Pattern {
    /// A pattern; `compile` must be `|| Pattern::compile(source)` with the same source.
    pub const fn new(source: &'static str, compile: fn() -> Compiled) -> Pattern {
        Pattern { source, compiled: LazyLock::new(compile) }
    }

    /// The pattern exactly as the model writes it, which is how error texts quote it.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// Whether the whole of `text` matches, as Java's `matches` asks. Linear in the length of the text. A pattern
    /// that could not be translated matches nothing; a test holds that the generated tables have none.
    pub fn matches(&self, text: &str) -> bool {
        let compiled = &*self.compiled;
        compiled.forbidden.is_none_or(|forbidden| !text.contains(forbidden))
            && compiled.regex.as_ref().is_some_and(|regex| regex.is_match(text))
    }

    /// Translates and compiles a pattern.
    pub fn compile(source: &'static str) -> Compiled {
        let (text, forbidden) = without_look_ahead(source);
        Compiled { regex: translate(&text).and_then(|text| Regex::new(&text).ok()), forbidden }
    }

    /// Whether the pattern could be translated.
    #[cfg(test)]
    pub(crate) fn is_usable(&self) -> bool {
        self.compiled.regex.is_some()
    }
}

/// `-(?!-)` says that no hyphen follows a hyphen. The `regex` crate has no look-ahead, so the condition is taken
/// out and asked separately; that is the same language because in the models such a pattern admits hyphens nowhere else
/// and never ends in one.
fn without_look_ahead(source: &str) -> (String, Option<&'static str>) {
    const NO_DOUBLE_HYPHEN: &str = "-(?!-)";
    if source.contains(NO_DOUBLE_HYPHEN) {
        (source.replace(NO_DOUBLE_HYPHEN, "-"), Some("--"))
    } else {
        (source.to_owned(), None)
    }
}

/// Rewrites what Java reads otherwise than the `regex` crate: `\w`, `\d` and `\s` are ASCII in Java. The whole text has
/// to match, and `[\s\S]` is any character at all. `None` for a pattern whose translation is not known to be right.
fn translate(source: &str) -> Option<String> {
    let source = source.replace(r"[\s\S]", "(?s:.)");
    let mut out = String::from(r"\A(?:");
    let mut in_class = false;
    let mut characters = source.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                let escaped = characters.next()?;
                match (ascii_class(escaped), in_class) {
                    (Some(class), true) => out.push_str(class),
                    (Some(class), false) => out.extend(["[", class, "]"]),
                    (None, _) if matches!(escaped, 'W' | 'D' | 'b' | 'B' | 'h' | 'v') => return None,
                    (None, true) if escaped == 'S' => return None,
                    (None, false) if escaped == 'S' => out.push_str(r"[^ \t\n\x0B\f\r]"),
                    (None, _) => out.extend(['\\', escaped]),
                }
                continue;
            }
            '[' if in_class => return None,
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        out.push(character);
    }
    out.push_str(r")\z");
    Some(out)
}

fn ascii_class(escaped: char) -> Option<&'static str> {
    match escaped {
        'w' => Some("0-9A-Za-z_"),
        'd' => Some("0-9"),
        's' => Some(r" \t\n\x0B\f\r"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::Shape;

    fn patterns_of(shape: &Shape, seen: &mut Vec<*const Shape>, found: &mut Vec<&'static Pattern>) {
        if seen.contains(&std::ptr::from_ref(shape)) {
            return;
        }
        seen.push(shape);
        match shape {
            Shape::Text(text) => found.extend(text.pattern),
            Shape::List(list) => patterns_of(list.member, seen, found),
            Shape::Map(map) => {
                patterns_of(map.key, seen, found);
                patterns_of(map.value, seen, found);
            }
            Shape::Structure(structure) => {
                for member in structure().members {
                    patterns_of(member.shape, seen, found);
                }
            }
            Shape::Integer(_) | Shape::Double | Shape::Boolean | Shape::Timestamp | Shape::Blob(_) => {}
        }
    }

    #[test]
    fn every_pattern_of_the_models_is_usable() {
        let (mut seen, mut found) = (Vec::new(), Vec::new());
        let operations = crate::iam::OPERATIONS.iter().chain(crate::organizations::OPERATIONS);
        for operation in operations.chain(crate::sts::OPERATIONS) {
            for structure in [(operation.input)(), (operation.output)()] {
                for member in structure.members {
                    patterns_of(member.shape, &mut seen, &mut found);
                }
            }
        }
        for pattern in &found {
            assert!(pattern.is_usable(), "{}", pattern.source());
        }
        assert!(found.len() > 60, "only {} patterns were found", found.len());
    }

    /// Pattern, texts it admits, texts it refuses.
    type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

    #[test]
    fn texts_match_as_in_java() {
        let rows: &[Row] = &[
            (r"[\w+=,.@-]+", &["a", "A-b_c.d@e,f=g+1"], &["", "a b", "é", "a\n", "٣"]),
            (r"[\d]+", &["123456"], &["", "12345٦", "x"]),
            (r"\d{12}", &["123456789012"], &["12345678901", "1234567890123"]),
            (r"[:\w]+", &["iam:PassRole"], &["a-b"]),
            (r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)", &["/", "/a/b/"], &["", "a", "/a", "/a b/", "//x"]),
            (r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+", &["ключ 1", "a-b"], &["", "a*b", "a\tb"]),
            (r"((/[A-Za-z0-9\.,\+@=_-]+)*)/", &["/", "/a/"], &["", "/a", "/ä/"]),
            (
                r"^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$",
                &["abc", "a-b", "a-b-c"],
                &["ab", "a--b", "-ab", "ab-", "a-", "abc\n"],
            ),
            (r"[\u0009\u000A\u000D\u0020-\u00FF]+", &["{\n\t}\r", "ÿ"], &["", "\u{0}", "Ā"]),
            (r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?", &["v1", "v10.x"], &["v0", "1", "v1x"]),
            (r"[\S]+", &[], &["a"]),
            (r"\S+", &["ab"], &["a b"]),
            (r"[\s\S]*", &["", "a b", "a\n\u{0}é"], &[]),
            (r"^(r-[0-9a-z]{4,32})|(\d{12})$", &["r-0123", "123456789012"], &["r-0123 ", "x123456789012"]),
        ];
        for &(source, admitted, refused) in rows {
            let compiled = Pattern::compile(source);
            let matches = |text: &str| {
                compiled.forbidden.is_none_or(|forbidden| !text.contains(forbidden))
                    && compiled.regex.as_ref().is_some_and(|regex| regex.is_match(text))
            };
            for text in admitted {
                assert!(matches(text), "`{source}` refuses `{text}`");
            }
            for text in refused {
                assert!(!matches(text), "`{source}` admits `{text}`");
            }
        }
    }
}
