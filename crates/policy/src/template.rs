//! Text with policy variables in it: `arn:aws:s3:::home/${aws:username}/*`.

use crate::document::Version;
use crate::key::ContextKey;

/// A value or pattern as written, taken apart at its policy variables.
///
/// Variables are read only under version `2012-10-17`; in older documents the whole text is one [`Part::Text`].
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Template {
    /// The parts in order; never two [`Part::Text`] in a row; empty for the empty text.
    pub parts: Vec<Part>,
}

/// One piece of a [`Template`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// Text as written. `*` and `?` in it are wildcards where the place it stands in reads wildcards.
    Text(String),
    /// A character that is never a wildcard: `${*}`, `${?}` or `${$}`.
    Literal(char),
    /// `${key}` or `${key, 'default'}`: replaced by the request's value, in which nothing is a wildcard.
    Variable {
        /// The context key whose value stands here.
        key: ContextKey,
        /// What stands here when the request has no such key.
        default: Option<String>,
    },
}

impl Template {
    /// Whether any part is a variable.
    #[must_use]
    pub fn has_variables(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Variable { .. }))
    }
}

/// A `${` that begins no policy variable, with the text from there to the end of what was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a policy variable: it must read ${{key}} or ${{key, 'default'}}")]
pub struct MalformedVariable(pub String);

impl Template {
    /// The text that the template stands for in every request, where nothing in it is replaced and no character is escaped.
    #[must_use]
    pub fn plain_text(&self) -> Option<Box<str>> {
        match &self.parts[..] {
            [] => Some("".into()),
            [Part::Text(text)] => Some(text.as_str().into()),
            _ => None,
        }
    }

    /// The template of a text without variables.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        let parts = if text.is_empty() { Vec::new() } else { vec![Part::Text(text.to_owned())] };
        Self { parts }
    }

    /// Takes `text` apart at its variables: `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for the
    /// characters themselves. A default may be empty, which is a value like any other. Under version `2008-10-17` the
    /// text is plain.
    ///
    /// What AWS does with a `${` that begins none of these is not documented; it accepts them when a policy is written.
    /// Read as plain text such a pattern would match nothing, so that a `Deny` would silently deny nothing: it is
    /// refused instead.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
    ///
    /// # Errors
    /// [`MalformedVariable`] for a `${` that begins no variable.
    pub fn parse(text: &str, version: Version) -> Result<Self, MalformedVariable> {
        match version {
            Version::V2008 => return Ok(Self::plain(text)),
            Version::V2012 => {}
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            let malformed = || MalformedVariable(format!("${{{after}"));
            let (part, left) = variable(after).ok_or_else(malformed)?;
            parts.push(part);
            rest = left;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Ok(Self { parts })
    }
}

/// Reads what follows `${`, and gives what follows the closing brace.
fn variable(text: &str) -> Option<(Part, &str)> {
    let key_end = text.find(|c: char| matches!(c, '}' | ',' | '{' | '\'' | '$') || c.is_whitespace());
    let (key, rest) = text.split_at(key_end.unwrap_or(text.len()));
    if let Some(left) = rest.strip_prefix('}') {
        return match key {
            "" => None,
            "*" => Some((Part::Literal('*'), left)),
            "?" => Some((Part::Literal('?'), left)),
            _ => Some((Part::Variable { key: ContextKey::new(key), default: None }, left)),
        };
    }
    if key.is_empty() {
        return rest.strip_prefix("$}").map(|left| (Part::Literal('$'), left));
    }
    let (default, left) = rest.strip_prefix(", '")?.split_once('\'')?;
    let part = Part::Variable { key: ContextKey::new(key), default: Some(default.to_owned()) };
    Some((part, left.strip_prefix('}')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Part {
        Part::Text(text.to_owned())
    }

    fn variable(key: &str, default: Option<&str>) -> Part {
        Part::Variable { key: ContextKey::new(key), default: default.map(str::to_owned) }
    }

    fn check(written: &str, expected: Option<Vec<Part>>) {
        let actual = Template::parse(written, Version::V2012).ok().map(|template| template.parts);
        assert_eq!(actual, expected, "{written}");
    }

    #[test]
    fn takes_text_apart_at_its_variables() {
        for (written, parts) in [
            ("", vec![]),
            ("home", vec![text("home")]),
            ("$", vec![text("$")]),
            ("a$b{c}", vec![text("a$b{c}")]),
            ("${aws:username}", vec![variable("AWS:UserName", None)]),
            ("b/${aws:username}/*", vec![text("b/"), variable("aws:username", None), text("/*")]),
            ("${a}${b}", vec![variable("a", None), variable("b", None)]),
            (
                "a${*}b${?}${$}{x}",
                vec![
                    text("a"),
                    Part::Literal('*'),
                    text("b"),
                    Part::Literal('?'),
                    Part::Literal('$'),
                    text("{x}"),
                ],
            ),
            ("${aws:PrincipalTag/team, 'none'}", vec![variable("aws:PrincipalTag/team", Some("none"))]),
            ("${k, ''}", vec![variable("k", Some(""))]),
            ("${k, 'a, }b ${x}'}c", vec![variable("k", Some("a, }b ${x}")), text("c")]),
            ("$${k}", vec![text("$"), variable("k", None)]),
        ] {
            check(written, Some(parts));
        }
    }

    #[test]
    fn refuses_what_begins_no_variable() {
        for written in [
            "${",
            "${}",
            "${a",
            "a${a b}",
            "${a,'b'}",
            "${a,  'b'}",
            "${a, b}",
            "${a, 'b}",
            "${a, 'b' }",
            "${a, \"b\"}",
            "${, 'b'}",
            "${${a}}",
            "${$",
            "${ a}",
            "${'a'}",
            "${a, 'b''c'}",
        ] {
            check(written, None);
        }
    }

    #[test]
    fn older_documents_have_no_variables() {
        assert_eq!(Template::parse("${a", Version::V2008), Ok(Template::plain("${a")));
    }
}
