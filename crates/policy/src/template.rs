//! Text with policy variables in it: `arn:aws:s3:::home/${aws:username}/*`.

use crate::document::Version;
use crate::key::ContextKey;
use crate::swar;
use crate::text::Text;

/// A value or pattern as written, taken apart at its policy variables.
///
/// Variables are read only under version `2012-10-17`; in older documents the whole text is one [`Part::Text`].
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
#[derive(Clone, Debug)]
pub struct Template(Parts);

/// One part needs no list.
#[derive(Clone, Debug)]
enum Parts {
    One(Part),
    Many(Vec<Part>),
}

/// One piece of a [`Template`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// Text as written. `*` and `?` in it are wildcards where the place it stands in reads wildcards.
    Text(Text),
    /// A character that is never a wildcard: `${*}`, `${?}` or `${$}`.
    Literal(char),
    /// `${key}` or `${key, 'default'}`: replaced by the request's value, in which nothing is a wildcard.
    Variable {
        /// The context key whose value stands here.
        key: ContextKey,
        /// What stands here when the request has no such key.
        default: Option<Text>,
    },
}

impl Template {
    /// The parts in order; never two [`Part::Text`] in a row where the template was read from text; none for the empty
    /// text.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        match &self.0 {
            Parts::One(part) => std::slice::from_ref(part),
            Parts::Many(parts) => parts,
        }
    }

    /// Whether any part is a variable.
    #[must_use]
    pub fn has_variables(&self) -> bool {
        self.parts().iter().any(|part| matches!(part, Part::Variable { .. }))
    }
}

impl Default for Template {
    fn default() -> Self {
        Self(Parts::Many(Vec::new()))
    }
}

impl PartialEq for Template {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for Template {}

impl From<Vec<Part>> for Template {
    fn from(parts: Vec<Part>) -> Self {
        Self(Parts::Many(parts))
    }
}

impl FromIterator<Part> for Template {
    fn from_iter<I: IntoIterator<Item = Part>>(parts: I) -> Self {
        Self(Parts::Many(parts.into_iter().collect()))
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
        match self.parts() {
            [] => Some("".into()),
            [Part::Text(text)] => Some(text.as_str().into()),
            _ => None,
        }
    }

    /// The template of a text without variables.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self::text(text.into())
    }

    #[inline]
    fn text(text: Text) -> Self {
        if text.length() == 0 { Self::default() } else { Self(Parts::One(Part::Text(text))) }
    }

    /// Takes `text` apart at its variables: `${key}`, `${key, 'default'}`, and `${*}`, `${?}`, `${$}` for the
    /// characters themselves. A default may be empty, which is a value like any other. Under version `2008-10-17` the
    /// text is plain.
    ///
    /// What AWS does with a `${` that begins none of these is UNCONFIRMED (malformed-variable); it accepts them when a
    /// policy is written.
    /// Read as plain text such a pattern would match nothing, so that a `Deny` would silently deny nothing: it is
    /// refused instead.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
    ///
    /// # Errors
    /// [`MalformedVariable`] for a `${` that begins no variable.
    pub fn parse(text: &str, version: Version) -> Result<Self, MalformedVariable> {
        Self::of(&text.into(), version)
    }

    /// As [`Template::parse`], sharing the text.
    #[inline]
    pub(crate) fn of(text: &Text, version: Version) -> Result<Self, MalformedVariable> {
        if version == Version::V2008 || !text.may_have_dollars() {
            return Ok(Self::text(text.clone()));
        }
        Self::with_variables(text)
    }

    fn with_variables(text: &Text) -> Result<Self, MalformedVariable> {
        let written = text.as_str();
        let Some(first) = swar::find(written.as_bytes(), b'$') else {
            return Ok(Self::text(text.clone()));
        };
        let mut parts = Vec::new();
        let (mut done, mut next) = (0, Some(first));
        while let Some(start) = next {
            if written.as_bytes().get(start + 1) != Some(&b'{') {
                next = dollar(written, start + 1);
                continue;
            }
            if start > done {
                parts.push(Part::Text(text.piece(done..start)));
            }
            let (part, end) = variable(text, start + 2)
                .ok_or_else(|| MalformedVariable(written.get(start..).unwrap_or("").to_owned()))?;
            parts.push(part);
            (done, next) = (end, dollar(written, end));
        }
        if done < written.len() {
            parts.push(Part::Text(text.piece(done..written.len())));
        }
        Ok(Self(Parts::Many(parts)))
    }
}

/// Where the next `$` stands.
fn dollar(text: &str, start: usize) -> Option<usize> {
    swar::find(text.as_bytes().get(start..)?, b'$').map(|at| start + at)
}

/// Reads what stands from `start`, just after a `${`, and says where what follows the closing brace begins.
fn variable(text: &Text, start: usize) -> Option<(Part, usize)> {
    let rest = text.get(start..)?;
    let ends = |c: char| matches!(c, '}' | ',' | '{' | '\'' | '$') || c.is_whitespace();
    let length = rest.find(ends).unwrap_or(rest.len());
    let (key, rest) = rest.split_at(length);
    let end = start + length;
    if rest.starts_with('}') {
        let part = match key {
            "" => return None,
            "*" => Part::Literal('*'),
            "?" => Part::Literal('?'),
            _ => Part::Variable { key: ContextKey::of(text.piece(start..end)), default: None },
        };
        return Some((part, end + 1));
    }
    if key.is_empty() {
        return rest.starts_with("$}").then_some((Part::Literal('$'), end + 2));
    }
    let (default, rest) = rest.strip_prefix(", '")?.split_once('\'')?;
    let from = end + 3;
    let to = from + default.len();
    let key = ContextKey::of(text.piece(start..end));
    rest.starts_with('}').then(|| (Part::Variable { key, default: Some(text.piece(from..to)) }, to + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Part {
        Part::Text(text.into())
    }

    fn variable(key: &str, default: Option<&str>) -> Part {
        Part::Variable { key: ContextKey::new(key), default: default.map(Text::from) }
    }

    fn check(written: &str, expected: Option<Vec<Part>>) {
        let actual = Template::parse(written, Version::V2012).ok().map(|template| template.parts().to_vec());
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
