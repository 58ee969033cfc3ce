//! Patterns compiled for matching: text, `*`, `?` and policy variables.

use std::sync::OnceLock;

use crate::plan::glob::Glob;
use crate::plan::set::{PatternSet, PatternSetBuilder, Scratch};
use crate::plan::text::{ONE, RUN};
use doorward_policy::request::{Context, ContextValue};
use doorward_policy::{ContextKey, Part, Template};

/// A pattern, compiled. Matching allocates nothing, but for the first long text, and takes at most as many steps as text
/// and pattern are long together, whatever the pattern, and for `?` a sixty-fourth of their product; where there are
/// variables, or characters beyond ASCII, it allocates for each long text.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// Never two [`Piece::Text`] in a row, never an empty one, never two [`Piece::Run`] in a row.
    pieces: Box<[Piece]>,
    /// The same for long texts, made when the first comes.
    glob: OnceLock<Option<Box<Glob>>>,
    /// The same for long texts for which there is no glob, or which are not ASCII.
    set: OnceLock<Option<Box<PatternSet>>>,
}

/// From how many steps on, at worst, a text counts as long.
const STEPS_MAX: usize = 1_024;

#[derive(Debug)]
enum Piece {
    /// Exactly this text.
    Text(Box<str>),
    /// `?`: exactly one character.
    One,
    /// `*`: any run of characters, the empty one included.
    Run,
    /// The request's value of a key; nothing in it is a wildcard.
    Variable(Variable),
}

/// A policy variable in a pattern.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Variable {
    /// The key's folded name.
    key: Box<str>,
    key_hash: u64,
    default: Option<Box<str>>,
}

impl Variable {
    pub(crate) fn new(key: &ContextKey, default: Option<&str>) -> Self {
        Self { key: key.folded().into(), key_hash: key.hash(), default: default.map(Into::into) }
    }

    /// What stands here in a request.
    pub(crate) fn resolve<'a>(&'a self, context: &'a Context) -> Option<&'a str> {
        resolve(context.value_hashed(self.key_hash, &self.key), self.default.as_deref())
    }
}

/// What a variable stands for: its key's value, the default where the key is missing, or `None` where it cannot be
/// resolved. A multivalued key cannot stand in a variable, default or no default.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
fn resolve<'a>(value: Option<&'a ContextValue>, default: Option<&'a str>) -> Option<&'a str> {
    match value {
        Some(ContextValue::Single(value)) => Some(value),
        Some(ContextValue::Multiple(values)) if !values.is_empty() => None,
        Some(ContextValue::Multiple(_)) | None => default,
    }
}

impl Pattern {
    /// The pattern of `text`, in which `*` and `?` are wildcards and nothing is a variable.
    pub(crate) fn wild(text: &str) -> Self {
        let mut pieces = Pieces::default();
        pieces.wild(text);
        pieces.finish()
    }

    /// The pattern of `template`, in whose text `*` and `?` are wildcards.
    pub(crate) fn wild_template(template: &Template) -> Self {
        let mut pieces = Pieces::default();
        pieces.wild_template(template);
        pieces.finish()
    }

    /// The pattern of `template`, in whose text nothing is a wildcard.
    pub(crate) fn exact_template(template: &Template) -> Self {
        let mut pieces = Pieces::default();
        for part in template.parts() {
            match part {
                Part::Text(text) => pieces.text(text),
                Part::Literal(character) => pieces.character(*character),
                Part::Variable { key, default } => pieces.variable(key, default.as_deref()),
            }
        }
        pieces.finish()
    }

    /// The pattern `head` (wildcards, no variables), a colon after each, then `tail`.
    pub(crate) fn joined(head: &[&str], tail: &Template) -> Self {
        let mut pieces = Pieces::default();
        for field in head {
            pieces.wild(field);
            pieces.text(":");
        }
        pieces.wild_template(tail);
        pieces.finish()
    }

    /// What a variable stands for in a context; `None` where it cannot be resolved.
    pub(crate) fn resolve<'a>(
        key: &ContextKey,
        default: Option<&'a str>,
        context: &'a Context,
    ) -> Option<&'a str> {
        resolve(context.value_hashed(key.hash(), key.folded()), default)
    }

    /// Whether anything in the pattern depends on the request.
    pub(crate) fn has_variables(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Variable(_)))
    }

    /// Whether every variable can be resolved. A pattern with one that cannot matches nothing.
    pub(crate) fn is_resolved(&self, context: &Context) -> bool {
        self.pieces.iter().all(|piece| match piece {
            Piece::Variable(variable) => variable.resolve(context).is_some(),
            Piece::Text(_) | Piece::One | Piece::Run => true,
        })
    }

    /// Whether the pattern matches the whole of `text`, compared character by character.
    pub(crate) fn matches(&self, text: &str, context: &Context) -> bool {
        match &*self.pieces {
            [] => text.is_empty(),
            [Piece::Text(only)] => **only == *text,
            [Piece::Run] => true,
            [Piece::Text(start), Piece::Run] => text.starts_with(&**start),
            several if text.len() * several.len() > STEPS_MAX => self.matches_long(text, context),
            _ => self.is_resolved(context) && self.search(text, context),
        }
    }

    fn matches_long(&self, text: &str, context: &Context) -> bool {
        if let Some(glob) = self.glob.get_or_init(|| self.as_glob().map(Box::new))
            // In a glob `?` is a byte.
            && (!glob.has_one() || text.is_ascii())
        {
            return glob.matches(text.as_bytes());
        }
        match self.set.get_or_init(|| self.as_set().map(Box::new)) {
            Some(set) => set.matches_any(text, context, &mut Scratch::default()),
            None => self.is_resolved(context) && self.search(text, context),
        }
    }

    /// The pattern as bytes; `None` where there are variables.
    fn as_glob(&self) -> Option<Glob> {
        let mut bytes = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => bytes.extend_from_slice(text.as_bytes()),
                Piece::One => bytes.push(ONE),
                Piece::Run => bytes.push(RUN),
                Piece::Variable(_) => return None,
            }
        }
        Some(Glob::new(&bytes))
    }

    /// The pattern as a set of itself alone; `None` where there are more variables than can be numbered.
    fn as_set(&self) -> Option<PatternSet> {
        let mut builder = PatternSetBuilder::default();
        let mut bytes = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => bytes.extend_from_slice(text.as_bytes()),
                Piece::One => bytes.push(ONE),
                Piece::Run => bytes.push(RUN),
                Piece::Variable(variable) => {
                    builder.variable(variable.clone(), &mut bytes).then_some(())?;
                }
            }
        }
        builder.add_encoded(&bytes);
        Some(builder.build())
    }

    /// Whether the pattern, which has no wildcards, is `text` when both are folded to lower case.
    pub(crate) fn equals_folded(&self, text: &str, context: &Context) -> bool {
        let written = self.pieces.iter().flat_map(|piece| piece.fixed(context).unwrap_or("").chars());
        self.is_resolved(context)
            && written.flat_map(char::to_lowercase).eq(text.chars().flat_map(char::to_lowercase))
    }

    /// The text that the pattern, which has no wildcards, stands for; `None` where a variable cannot be resolved.
    /// Allocates where there is more than one piece.
    pub(crate) fn resolved<'a>(&'a self, context: &'a Context) -> Option<std::borrow::Cow<'a, str>> {
        match &*self.pieces {
            [] => Some("".into()),
            [only] => only.fixed(context).map(Into::into),
            several => {
                let texts: Option<String> = several.iter().map(|piece| piece.fixed(context)).collect();
                texts.map(Into::into)
            }
        }
    }

    /// Goes through text and pieces side by side. Where they part, it goes back to the last `*` alone and lets that
    /// swallow more: earlier ones never need to.
    fn search(&self, text: &str, context: &Context) -> bool {
        let mut pieces = &*self.pieces;
        let mut rest = text;
        let mut retry: Option<(&[Piece], &str)> = None;
        loop {
            match step(pieces, rest, context) {
                Step::On(left, unread) => {
                    (pieces, rest) = (left, unread);
                    continue;
                }
                Step::Run([]) => return true,
                Step::Run(after) => {
                    retry = Some((after, rest));
                    pieces = after;
                    continue;
                }
                Step::Done => return true,
                Step::Stuck => {}
            }
            let Some((after, from)) = retry else { return false };
            let Some(next) = next_start(after, from, context) else { return false };
            retry = Some((after, next));
            (pieces, rest) = (after, next);
        }
    }
}

/// What one piece does to the text left.
enum Step<'p, 't> {
    /// It matched; these are left.
    On(&'p [Piece], &'t str),
    /// A `*`, and what follows it.
    Run(&'p [Piece]),
    /// Both ended.
    Done,
    /// It does not match here.
    Stuck,
}

fn step<'p, 't>(pieces: &'p [Piece], rest: &'t str, context: &Context) -> Step<'p, 't> {
    let Some((piece, left)) = pieces.split_first() else {
        return if rest.is_empty() { Step::Done } else { Step::Stuck };
    };
    let unread = match piece {
        Piece::Run => return Step::Run(left),
        Piece::One => without_first(rest),
        Piece::Text(_) | Piece::Variable(_) => piece.fixed(context).and_then(|text| rest.strip_prefix(text)),
    };
    unread.map_or(Step::Stuck, |unread| Step::On(left, unread))
}

/// Where, after the start of `from`, the pieces behind a `*` may match next.
fn next_start<'t>(after: &[Piece], from: &'t str, context: &Context) -> Option<&'t str> {
    let next = without_first(from)?;
    match after.first().and_then(|piece| piece.fixed(context)) {
        Some(text) => next.find(text).and_then(|index| next.get(index..)),
        None => Some(next),
    }
}

fn without_first(text: &str) -> Option<&str> {
    let mut characters = text.chars();
    characters.next().map(|_| characters.as_str())
}

impl Piece {
    /// The text that the piece stands for, unless it is a wildcard or cannot be resolved.
    fn fixed<'a>(&'a self, context: &'a Context) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Variable(variable) => variable.resolve(context),
            Self::One | Self::Run => None,
        }
    }
}

/// Pieces being put together.
#[derive(Default)]
struct Pieces {
    pieces: Vec<Piece>,
    text: String,
}

impl Pieces {
    fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn character(&mut self, character: char) {
        self.text.push(character);
    }

    fn wild(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '*' => self.run(),
                '?' => self.push(Piece::One),
                _ => self.character(character),
            }
        }
    }

    fn wild_template(&mut self, template: &Template) {
        for part in template.parts() {
            match part {
                Part::Text(text) => self.wild(text),
                Part::Literal(character) => self.character(*character),
                Part::Variable { key, default } => self.variable(key, default.as_deref()),
            }
        }
    }

    fn variable(&mut self, key: &ContextKey, default: Option<&str>) {
        self.push(Piece::Variable(Variable::new(key, default)));
    }

    fn run(&mut self) {
        if !(self.text.is_empty() && matches!(self.pieces.last(), Some(Piece::Run))) {
            self.push(Piece::Run);
        }
    }

    fn push(&mut self, piece: Piece) {
        self.end_text();
        self.pieces.push(piece);
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.pieces.push(Piece::Text(std::mem::take(&mut self.text).into_boxed_str()));
        }
    }

    fn finish(mut self) -> Pattern {
        self.end_text();
        Pattern { pieces: self.pieces.into_boxed_slice(), glob: OnceLock::new(), set: OnceLock::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, text: &str, matches: bool) {
        let context = Context::default();
        assert_eq!(Pattern::wild(pattern).matches(text, &context), matches, "`{pattern}` on `{text}`");
    }

    #[test]
    fn wildcards() {
        for (pattern, text, matches) in [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("*", "a:/b", true),
            ("**", "x", true),
            ("?", "", false),
            ("?", "\u{e9}", true),
            ("?", "ab", false),
            ("a?c", "a/c", true),
            ("a?c", "ac", false),
            ("a*", "a", true),
            ("a*", "ba", false),
            ("*a", "aba", true),
            ("*ab*cd", "xabyabzcd", true),
            ("*ab*cd", "xabcde", false),
            ("a*b?c*d", "aXbYbZcWd", true),
            ("a*b?c*d", "aXbYbcWd", false),
            ("*?", "", false),
            ("?*?", "a", false),
            ("?*?", "ab", true),
            ("*aab", "aaaab", true),
        ] {
            check(pattern, text, matches);
        }
    }

    #[test]
    fn hostile_patterns_stay_cheap() {
        let pattern = "*a?".repeat(300) + "b";
        check(&pattern, &"a".repeat(20_000), false);
    }

    #[test]
    fn long_texts_match_as_short_ones_do() {
        let (long, foreign) = ("ab".repeat(2_000), "a\u{e9}".repeat(2_000));
        for (pattern, text, matches) in [
            ("*aba?a*", long.as_str(), true),
            ("*aba?b*", &long, false),
            ("a*b*b", &long, true),
            ("a*b*a", &long, false),
            ("*a?a?*", &foreign, true),
            ("*a??a*", &foreign, false),
            ("a*\u{e9}", &foreign, true),
        ] {
            check(pattern, text, matches);
        }
        check(&"?".repeat(4_000), &long, true);
        check(&"?".repeat(4_000), &foreign, true);
        check(&("?".repeat(4_000) + "*?"), &foreign, false);
    }

    fn template(parts: &[(&str, &str)]) -> Template {
        let parts = parts.iter().map(|&(kind, text)| match kind {
            "text" => Part::Text(text.into()),
            "literal" => Part::Literal(text.chars().next().unwrap()),
            "variable" => Part::Variable { key: ContextKey::new(text), default: None },
            _ => Part::Variable { key: ContextKey::new(kind), default: Some(text.into()) },
        });
        parts.collect()
    }

    #[test]
    fn variables_are_replaced_by_plain_text() {
        let mut context = Context::default();
        context.put("k", "a*");
        context.put_all("many", vec!["x".into()]);
        context.put_all("empty", vec![]);
        for (parts, text, wild, exact) in [
            (&[("variable", "K"), ("text", "*")][..], "a*", true, false),
            (&[("variable", "K"), ("text", "*")], "a**", true, true),
            (&[("variable", "K")], "ab", false, false),
            (&[("variable", "none"), ("text", "*")], "x", false, false),
            (&[("none", "x")], "x", true, true),
            (&[("none", "")], "", true, true),
            (&[("k", "x")], "x", false, false),
            (&[("many", "x")], "x", false, false),
            (&[("empty", "x")], "x", true, true),
            (&[("text", "a"), ("literal", "*"), ("text", "b")], "a*b", true, true),
            (&[("text", "a"), ("literal", "*"), ("text", "b")], "axb", false, false),
        ] {
            let template = template(parts);
            assert_eq!(Pattern::wild_template(&template).matches(text, &context), wild, "{parts:?} {text}");
            assert_eq!(Pattern::exact_template(&template).matches(text, &context), exact, "{parts:?} {text}");
        }
    }

    /// Such a pattern is compared step by step, however long the text is.
    #[test]
    fn more_variables_than_can_be_numbered_are_read() {
        let keys: Vec<String> = (0..=1 << 14).map(|number| format!("k{number}")).collect();
        let parts: Vec<(&str, &str)> = keys.iter().map(|key| ("variable", key.as_str())).collect();
        let pattern = Pattern::wild_template(&template(&parts));
        let mut context = Context::default();
        keys.iter().for_each(|key| context.put(key, ""));
        context.put("k16384", "abcde");
        assert!(pattern.matches("abcde", &context));
        assert!(!pattern.matches("abcdf", &context));
        assert!(!pattern.matches("abcde", &Context::default()));
    }
}
