//! Patterns with wildcards, and policy variables put into them.

use doorward_policy::request::{Context, ContextValue};
use doorward_policy::{Part, Template};

/// One element of a pattern.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Token {
    /// Exactly this character.
    Exactly(char),
    /// `?`: any one character.
    One,
    /// `*`: any run of characters, the empty one included.
    Any,
}

/// Whether the whole text is what the pattern describes.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
pub(crate) fn glob(pattern: &[Token], text: &[char]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        ([Token::One, rest @ ..], [_, later @ ..]) => glob(rest, later),
        ([Token::Exactly(wanted), rest @ ..], [found, later @ ..]) => wanted == found && glob(rest, later),
        ([Token::Any, ..], _) => glob_by_places(pattern, text),
        _ => false,
    }
}

/// The same, going through the pattern once: what is kept is up to which places the text can have been read. Trying each
/// way of reading on its own would never end where there are many `*`.
fn glob_by_places(pattern: &[Token], text: &[char]) -> bool {
    let mut read_to: Vec<bool> = std::iter::once(true).chain(text.iter().map(|_| false)).collect();
    for token in pattern {
        let fits = |found: &char| match token {
            Token::Exactly(wanted) => wanted == found,
            Token::One | Token::Any => true,
        };
        if *token == Token::Any {
            let mut earlier = false;
            for place in &mut read_to {
                earlier |= *place;
                *place = earlier;
            }
        } else {
            let next = read_to.iter().zip(text).map(|(read, found)| *read && fits(found));
            read_to = std::iter::once(false).chain(next).collect();
        }
        if !read_to.contains(&true) {
            return false;
        }
    }
    read_to.last() == Some(&true)
}

/// The pattern that a text with wildcards in it stands for.
pub(crate) fn pattern(text: &str) -> Vec<Token> {
    text.chars()
        .map(|character| match character {
            '*' => Token::Any,
            '?' => Token::One,
            other => Token::Exactly(other),
        })
        .collect()
}

/// The pattern that a text without wildcards stands for.
fn literal(text: &str) -> Vec<Token> {
    text.chars().map(Token::Exactly).collect()
}

/// The pattern that a template stands for in this request, or `None` when it has a variable without a value.
///
/// UNCONFIRMED (variable-literal): what comes from a variable is literal, a `*` in a tag's value no wildcard.
/// UNCONFIRMED (variable-empty): an empty value and an empty default are values.
/// UNCONFIRMED (variable-multivalued-default): a multivalued key fills no variable, whatever the default.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
pub(crate) fn substitute(template: &Template, context: &Context) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    for part in template.parts() {
        match part {
            Part::Text(text) => tokens.extend(pattern(text)),
            Part::Literal(character) => tokens.push(Token::Exactly(*character)),
            Part::Variable { key, default } => {
                let value = match context.value(key.folded()) {
                    Some(ContextValue::Single(value)) => value.as_str(),
                    Some(ContextValue::Multiple(values)) if !values.is_empty() => return None,
                    Some(ContextValue::Multiple(_)) | None => default.as_deref()?,
                };
                tokens.extend(literal(value));
            }
        }
    }
    Some(tokens)
}

/// The text that a pattern is written as, for operators in which wildcards are plain characters.
pub(crate) fn plain(tokens: &[Token]) -> String {
    tokens
        .iter()
        .map(|token| match token {
            Token::Exactly(character) => *character,
            Token::One => '?',
            Token::Any => '*',
        })
        .collect()
}

/// Splits into exactly six fields at the first five colons, or `None` when there are fewer.
pub(crate) fn six_fields<T: Clone>(whole: &[T], is_colon: impl Fn(&T) -> bool) -> Option<[Vec<T>; 6]> {
    let fields: Vec<Vec<T>> = whole.splitn(6, is_colon).map(<[T]>::to_vec).collect();
    fields.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
        for (written, text, expected) in [
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("*", "a/b:c", true),
            ("?", "", false),
            ("?", "a", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("a*c", "ac", true),
            ("a*b*c", "axxbyybc", true),
            ("a*b*c", "axxbyyb", false),
            ("**", "x", true),
            ("A", "a", false),
        ] {
            let characters: Vec<char> = text.chars().collect();
            assert_eq!(glob(&pattern(written), &characters), expected, "`{written}` on `{text}`");
        }
    }
}
