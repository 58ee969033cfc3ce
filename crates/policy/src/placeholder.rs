//! Templates of policies and names: `@{name}` stands for a value, `"@Enabled"` says whether a statement is there.
//!
//! Not to be taken for the variables of a policy (`${aws:username}`, [`crate::template`]): those are replaced in every
//! request, these once, when the policy is made. What comes out is a policy like any other, and is read as one.
//!
//! ```
//! use doorward_policy::placeholder::{self, Values};
//!
//! let document = r#"{"Version": "2012-10-17", "Statement": [
//!   {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::@{bucket}/*"},
//!   {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*", "@Enabled": "writes"}
//! ]}"#;
//! let values = [
//!     ("bucket".into(), Values::List(vec!["photos".into(), "films".into()])),
//!     ("writes".into(), Values::One("False".into())),
//! ];
//! assert_eq!(
//!     placeholder::render(document, &values.into())?,
//!     r#"{"Version": "2012-10-17", "Statement": [
//!   {"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::photos/*","arn:aws:s3:::films/*"]}
//! ]}"#,
//! );
//! # Ok::<(), placeholder::TemplateFault>(())
//! ```
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/temporary-delegation-policy-templates.html>

use std::collections::BTreeMap;

use crate::json::{self, Member, Node, Value};
use crate::limits::PARAMETER_CHARS_MAX;
use crate::print;
use crate::span::{Position, Span};

/// What is given for one parameter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Values {
    /// One value.
    One(Box<str>),
    /// A list, which may stand only where a policy takes one, and is never empty there.
    List(Vec<Box<str>>),
}

/// Why a template gives no text with the values that are given.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateFault {
    /// The template of a document is no JSON.
    #[error("the text is not JSON at {position}: {reason}")]
    NotJson {
        /// Where.
        position: Position,
        /// What is wrong there.
        reason: String,
    },
    /// A `@{` that begins no placeholder, with the text from there on.
    #[error("`{0}` is not a placeholder: it must read @{{name}}")]
    Malformed(String),
    /// A parameter without a value.
    #[error("no value is given for parameter `{0}`")]
    Missing(Box<str>),
    /// A list of values where the policy takes one.
    #[error("parameter `{0}` is a list, and stands where there is one value only")]
    ListInText(Box<str>),
    /// A list without values: what it stands in would vanish.
    #[error("parameter `{0}` is a list without values")]
    EmptyList(Box<str>),
    /// A member whose name begins with `@`, and which is not `"@Enabled"` in a statement.
    #[error("`{0}` is not a directive: there is only `@Enabled`, in a statement")]
    Directive(String),
    /// What `"@Enabled"` says is no parameter's name.
    #[error("`@Enabled` must stand once, and be the name of a parameter, with or without `!` before it")]
    Enabled,
    /// No statement is left.
    #[error("no statement of the policy is enabled")]
    NothingLeft,
    /// The text is longer than any policy.
    #[error("the text is longer than the {PARAMETER_CHARS_MAX} bytes allowed")]
    TooLong,
}

/// The text that a pattern stands for, such as that of a name or a tag.
///
/// # Errors
/// [`TemplateFault`] with the first fault; a list may not stand in a pattern.
pub fn fill(pattern: &str, values: &BTreeMap<Box<str>, Values>) -> Result<String, TemplateFault> {
    let mut text = String::new();
    for piece in pieces(pattern)? {
        text.push_str(match piece {
            Piece::Text(text) => text,
            Piece::Placeholder(name) => one(name, values)?,
        });
        if text.len() > PARAMETER_CHARS_MAX {
            return Err(TemplateFault::TooLong);
        }
    }
    Ok(text)
}

/// The policy that a template of one stands for. Whether it is a policy that can be read is left to whoever reads it.
///
/// - A statement with `"@Enabled": "name"` is there when the value of that parameter is exactly `True`, one with
///   `"@Enabled": "!name"` when it is not. Of statements that are not there nothing else is looked at.
/// - A list gives one element for each of its values, several lists each with each, the last changing first. A list that
///   is named twice in a text gives the same value in both places.
/// - A value is part of a string, and never more: quotes and backslashes in it are escaped, placeholders in it are text.
/// - All else stays as it is written: the order, the white space, the names, and the strings without placeholders.
///
/// AWS says so of resources. That lists may stand for actions, principals and values of conditions too, and that a
/// parameter that `"@Enabled"` names must have a value, are UNCONFIRMED (template-list).
///
/// Costs time and memory in proportion to the template and to what comes out, which is [`PARAMETER_CHARS_MAX`] bytes at
/// most.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/temporary-delegation-policy-templates.html>
///
/// # Errors
/// [`TemplateFault`] with the first fault.
pub fn render(document: &str, values: &BTreeMap<Box<str>, Values>) -> Result<String, TemplateFault> {
    let tree = json::parse(document).map_err(|not| TemplateFault::NotJson {
        position: Position::at(document, not.offset),
        reason: not.fault.to_string(),
    })?;
    let mut rendering = Rendering { document, values, text: String::with_capacity(document.len()) };
    let root = tree.root();
    rendering.copy(0, root.span().start)?;
    rendering.value(root, Place::Document)?;
    rendering.copy(root.span().end, u32::MAX)?;
    Ok(rendering.text)
}

/// What a value is in the policy.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Document,
    Statements,
    Statement,
    /// Where one value or several may stand.
    Lists,
    /// Where one value stands.
    Text,
}

impl Place {
    /// What the value of a member is.
    fn of_member(self, name: &str) -> Self {
        match (self, name) {
            (Self::Document, "Statement") => Self::Statements,
            (
                Self::Statement,
                "Action" | "NotAction" | "Resource" | "NotResource" | "Principal" | "NotPrincipal"
                | "Condition",
            )
            | (Self::Lists, _) => Self::Lists,
            (Self::Document | Self::Statements | Self::Statement | Self::Text, _) => Self::Text,
        }
    }
}

/// A policy of which a part is written.
struct Rendering<'a> {
    document: &'a str,
    values: &'a BTreeMap<Box<str>, Values>,
    text: String,
}

impl Rendering<'_> {
    fn value(&mut self, node: Node<'_>, place: Place) -> Result<(), TemplateFault> {
        let Span { start, end } = node.span();
        match (node.value(), place) {
            (Value::String(text), Place::Lists) => self.strings(text, node.span(), Alone::Yes),
            (Value::String(text), _) => self.string(text, node.span()),
            (Value::Object(_), Place::Statements) => self.statement_alone(node),
            (Value::Object(members), _) => {
                let mut parts = Vec::new();
                for member in members {
                    let span = Span { start: member.name.span.start, end: member.value.span().end };
                    parts.push((span, kept(member, place)?));
                }
                self.parts(node.span(), &parts, |this, member| this.member(member, place)).map(|_| ())
            }
            (Value::Array(items), Place::Statements) => {
                let mut parts = Vec::new();
                for item in items {
                    parts.push((item.span(), self.is_there(item)?.then_some(item)));
                }
                let write = |this: &mut Self, item: &Node<'_>| this.value(*item, Place::Statement);
                let count = self.parts(node.span(), &parts, write)?;
                if count == 0 { Err(TemplateFault::NothingLeft) } else { Ok(()) }
            }
            (Value::Array(items), _) => {
                let parts: Vec<_> = items.map(|item| (item.span(), Some(item))).collect();
                self.parts(node.span(), &parts, |this, item| this.item(*item, place)).map(|_| ())
            }
            (Value::Null | Value::Bool(_) | Value::Number(_), _) => self.copy(start, end),
        }
    }

    fn statement_alone(&mut self, node: Node<'_>) -> Result<(), TemplateFault> {
        if self.is_there(node)? {
            self.value(node, Place::Statement)
        } else {
            Err(TemplateFault::NothingLeft)
        }
    }

    fn member(&mut self, member: &Member<'_>, place: Place) -> Result<(), TemplateFault> {
        self.string(member.name.text, member.name.span)?;
        self.copy(member.name.span.end, member.value.span().start)?;
        self.value(member.value, place.of_member(member.name.text))
    }

    fn item(&mut self, item: Node<'_>, place: Place) -> Result<(), TemplateFault> {
        match (item.value(), place) {
            (Value::String(text), Place::Lists) => self.strings(text, item.span(), Alone::No),
            (
                Value::String(_)
                | Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::Array(_)
                | Value::Object(_),
                _,
            ) => self.value(item, place),
        }
    }

    /// Writes the parts of an array or object that are kept, each with what stands before it in the text, and says how
    /// many there are.
    fn parts<T>(
        &mut self,
        whole: Span,
        parts: &[(Span, Option<T>)],
        write: impl Fn(&mut Self, &T) -> Result<(), TemplateFault>,
    ) -> Result<usize, TemplateFault> {
        let Some(((first, _), (last, _))) = parts.first().zip(parts.last()) else {
            return self.copy(whole.start, whole.end).map(|()| 0);
        };
        self.copy(whole.start, first.start)?;
        let (mut count, mut before) = (0, first.start);
        for (span, part) in parts {
            if let Some(part) = part {
                if count > 0 {
                    self.copy(before, span.start)?;
                }
                write(self, part)?;
                count += 1;
            }
            before = span.end;
        }
        self.copy(last.end, whole.end)?;
        Ok(count)
    }

    /// Whether a statement is in the policy.
    fn is_there(&self, statement: Node<'_>) -> Result<bool, TemplateFault> {
        let mut directives =
            statement.members().into_iter().flatten().filter(|member| member.name.text == ENABLED);
        let Some(directive) = directives.next() else { return Ok(true) };
        let said = directive.value.string().map_or("", |said| said.text);
        let (name, wanted) = said.strip_prefix('!').map_or((said, true), |name| (name, false));
        if name.is_empty() || directives.next().is_some() {
            return Err(TemplateFault::Enabled);
        }
        Ok((one(name, self.values)? == "True") == wanted)
    }

    /// Writes a string in which lists may stand: as one for each of their values, or as itself.
    fn strings(&mut self, text: &str, span: Span, alone: Alone) -> Result<(), TemplateFault> {
        let pieces = pieces(text)?;
        let lists = self.lists(&pieces)?;
        if lists.is_empty() {
            return self.string(text, span);
        }
        let count = lists.values().try_fold(1_usize, |count, list| count.checked_mul(list.len()));
        let count = count.filter(|count| *count <= PARAMETER_CHARS_MAX).ok_or(TemplateFault::TooLong)?;
        let bracketed = alone == Alone::Yes && count > 1;
        self.text.push_str(if bracketed { "[" } else { "" });
        for number in 0..count {
            self.text.push_str(if number > 0 { "," } else { "" });
            let filled = fill(text, &self.chosen(&pieces, number))?;
            self.quoted(&filled)?;
        }
        self.text.push_str(if bracketed { "]" } else { "" });
        Ok(())
    }

    /// The lists in a text, by their names.
    fn lists<'t>(&self, pieces: &[Piece<'t>]) -> Result<BTreeMap<&'t str, &[Box<str>]>, TemplateFault> {
        let mut lists = BTreeMap::new();
        for name in pieces.iter().filter_map(Piece::name) {
            match self.values.get(name) {
                Some(Values::List(list)) if list.is_empty() => {
                    return Err(TemplateFault::EmptyList(name.into()));
                }
                Some(Values::List(list)) => {
                    lists.insert(name, list.as_slice());
                }
                Some(Values::One(_)) | None => {}
            }
        }
        Ok(lists)
    }

    /// The values of a text's placeholders, with one of each list: those of the `number`th combination.
    fn chosen(&self, pieces: &[Piece<'_>], number: usize) -> BTreeMap<Box<str>, Values> {
        let mut chosen = BTreeMap::new();
        let mut rest = number;
        for name in pieces.iter().rev().filter_map(Piece::name) {
            let value = match self.values.get(name) {
                Some(Values::List(list)) if !chosen.contains_key(name) => {
                    let value = list.get(rest % list.len()).cloned();
                    rest /= list.len();
                    value
                }
                Some(Values::One(value)) => Some(value.clone()),
                Some(Values::List(_)) | None => None,
            };
            chosen.extend(value.map(|value| (name.into(), Values::One(value))));
        }
        chosen
    }

    /// Writes a string: as it is written where nothing in it is replaced.
    fn string(&mut self, text: &str, span: Span) -> Result<(), TemplateFault> {
        if !text.contains(OPENING) {
            return self.copy(span.start, span.end);
        }
        let filled = fill(text, self.values)?;
        self.quoted(&filled)
    }

    fn quoted(&mut self, text: &str) -> Result<(), TemplateFault> {
        print::string(&mut self.text, text);
        self.measured()
    }

    fn copy(&mut self, start: u32, end: u32) -> Result<(), TemplateFault> {
        let end = self.document.len().min(end as usize);
        self.text.push_str(self.document.get(start as usize..end).unwrap_or(""));
        self.measured()
    }

    const fn measured(&self) -> Result<(), TemplateFault> {
        if self.text.len() > PARAMETER_CHARS_MAX { Err(TemplateFault::TooLong) } else { Ok(()) }
    }
}

/// Whether a string stands by itself, or in an array already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alone {
    Yes,
    No,
}

/// The directive that says whether a statement is there.
const ENABLED: &str = "@Enabled";

/// What a placeholder begins with.
const OPENING: &str = "@{";

/// A member, unless it is a directive.
fn kept(member: Member<'_>, place: Place) -> Result<Option<Member<'_>>, TemplateFault> {
    let name = member.name.text;
    match place {
        Place::Statement if name == ENABLED => Ok(None),
        Place::Document | Place::Statements | Place::Statement | Place::Lists | Place::Text
            if name.starts_with('@') && !name.starts_with(OPENING) =>
        {
            Err(TemplateFault::Directive(name.to_owned()))
        }
        Place::Document | Place::Statements | Place::Statement | Place::Lists | Place::Text => {
            Ok(Some(member))
        }
    }
}

/// The one value of a parameter.
fn one<'v>(name: &str, values: &'v BTreeMap<Box<str>, Values>) -> Result<&'v str, TemplateFault> {
    match values.get(name) {
        Some(Values::One(value)) => Ok(value),
        Some(Values::List(_)) => Err(TemplateFault::ListInText(name.into())),
        None => Err(TemplateFault::Missing(name.into())),
    }
}

/// A piece of a text with placeholders.
#[derive(Clone, Copy)]
enum Piece<'t> {
    Text(&'t str),
    Placeholder(&'t str),
}

impl<'t> Piece<'t> {
    const fn name(&self) -> Option<&'t str> {
        match self {
            Self::Text(_) => None,
            Self::Placeholder(name) => Some(name),
        }
    }
}

fn pieces(text: &str) -> Result<Vec<Piece<'_>>, TemplateFault> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPENING) {
        let malformed = || TemplateFault::Malformed(format!("{OPENING}{after}"));
        let (name, after) = after.split_once('}').ok_or_else(malformed)?;
        if name.is_empty() || name.contains(['{', '@']) {
            return Err(malformed());
        }
        pieces.extend([Piece::Text(before), Piece::Placeholder(name)]);
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    Ok(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> BTreeMap<Box<str>, Values> {
        let list = |values: &[&str]| Values::List(values.iter().map(|value| (*value).into()).collect());
        let one = |value: &str| Values::One(value.into());
        BTreeMap::from([
            ("a".into(), one("x")),
            ("quoted".into(), one("\", \"Effect\": \"Allow\\")),
            ("nested".into(), one("@{a}")),
            ("yes".into(), one("True")),
            ("no".into(), one("False")),
            ("lower".into(), one("true")),
            ("l".into(), list(&["1", "2"])),
            ("m".into(), list(&["p", "q"])),
            ("single".into(), list(&["s"])),
            ("none".into(), list(&[])),
        ])
    }

    fn check(template: &str, expected: Result<&str, TemplateFault>) {
        assert_eq!(render(template, &values()), expected.map(str::to_owned), "{template}");
    }

    fn missing(name: &str) -> TemplateFault {
        TemplateFault::Missing(name.into())
    }

    #[test]
    fn patterns() {
        for (pattern, expected) in [
            ("", Ok("")),
            ("plain @ { } ${a}", Ok("plain @ { } ${a}")),
            ("@{a}", Ok("x")),
            ("-@{a}@{a}-", Ok("-xx-")),
            ("@@{a}}", Ok("@x}")),
            ("@{nested}", Ok("@{a}")),
            ("@{A}", Err(missing("A"))),
            ("@{l}", Err(TemplateFault::ListInText("l".into()))),
            ("@{single}", Err(TemplateFault::ListInText("single".into()))),
            ("a@{", Err(TemplateFault::Malformed("@{".into()))),
            ("a@{b", Err(TemplateFault::Malformed("@{b".into()))),
            ("@{}", Err(TemplateFault::Malformed("@{}".into()))),
            ("@{a@{a}}", Err(TemplateFault::Malformed("@{a@{a}}".into()))),
        ] {
            assert_eq!(fill(pattern, &values()), expected.map(str::to_owned), "{pattern}");
        }
    }

    #[test]
    fn values_are_parts_of_strings() {
        for (template, expected) in [
            (r#" {"Sid" : "@{a}" } "#, Ok(r#" {"Sid" : "x" } "#)),
            (r#"{"k@{a}": ["\u0041", "\u0041@{a}"]}"#, Ok(r#"{"kx": ["\u0041", "Ax"]}"#)),
            (r#"{"Id":"@\u007ba}"}"#, Ok(r#"{"Id":"x"}"#)),
            (r#"{"Id":"@{quoted}"}"#, Ok(r#"{"Id":"\", \"Effect\": \"Allow\\"}"#)),
            (r#"{"Id":"@{nested}"}"#, Ok(r#"{"Id":"@{a}"}"#)),
            (r#"[1, null, true, {}, [ ]]"#, Ok("[1, null, true, {}, [ ]]")),
            (r#"{"Id":"@{none such}"}"#, Err(missing("none such"))),
        ] {
            check(template, expected);
        }
    }

    #[test]
    fn lists_stand_where_policies_take_lists() {
        let list = |name: &str| Err(TemplateFault::ListInText(name.into()));
        for (statement, expected) in [
            (r#""Resource": "r/@{l}""#, Ok(r#""Resource": ["r/1","r/2"]"#)),
            (r#""Resource": "r/@{single}""#, Ok(r#""Resource": "r/s""#)),
            (r#""Resource": ["a", "r/@{l}" ,"b"]"#, Ok(r#""Resource": ["a", "r/1","r/2" ,"b"]"#)),
            (r#""Resource": "@{l}/@{m}/@{a}""#, Ok(r#""Resource": ["1/p/x","1/q/x","2/p/x","2/q/x"]"#)),
            (r#""NotResource": "@{m}@{l}""#, Ok(r#""NotResource": ["p1","p2","q1","q2"]"#)),
            (r#""Resource": "@{l}/@{m}/@{l}""#, Ok(r#""Resource": ["1/p/1","2/p/2","1/q/1","2/q/2"]"#)),
            (r#""Action": "s3:@{l}""#, Ok(r#""Action": ["s3:1","s3:2"]"#)),
            (r#""NotAction": ["s3:@{l}"]"#, Ok(r#""NotAction": ["s3:1","s3:2"]"#)),
            (r#""Principal": {"AWS": "@{l}"}"#, Ok(r#""Principal": {"AWS": ["1","2"]}"#)),
            (r#""Condition": {"O": {"k/@{a}": "@{l}"}}"#, Ok(r#""Condition": {"O": {"k/x": ["1","2"]}}"#)),
            (r#""Condition": {"O": {"k/@{l}": "v"}}"#, list("l")),
            (r#""Sid": "@{l}""#, list("l")),
            (r#""Effect": ["@{l}"]"#, list("l")),
            (r#""Resource": "@{none}""#, Err(TemplateFault::EmptyList("none".into()))),
            (r#""Resource": "@{l}@{gone}""#, Err(missing("gone"))),
        ] {
            let whole = |text: &str| format!(r#"{{"Statement": [{{{text}}}]}}"#);
            check(&whole(statement), expected.map(whole).as_deref().map_err(Clone::clone));
        }
    }

    #[test]
    fn statements_are_there_or_not() {
        let all = |text: &str| format!(r#"{{"Statement": [ {text} ], "Id": "i"}}"#);
        let gone = r#"{"Resource": ["@{gone}"], "@Enabled": "no"}"#;
        for (statements, expected) in [
            (r#"{"Sid":"1", "@Enabled":"yes"}"#, Ok(r#"{"Sid":"1"}"#)),
            (r#"{"@Enabled":"yes" , "Sid":"1"}"#, Ok(r#"{"Sid":"1"}"#)),
            (r#"{"Sid":"1","@Enabled":"yes", "Effect":"Deny"}"#, Ok(r#"{"Sid":"1", "Effect":"Deny"}"#)),
            (r#"{"@Enabled":"yes"}"#, Ok("{}")),
            (r#"{"@Enabled":"!no"}"#, Ok("{}")),
            (r#"{"@Enabled":"!lower"}"#, Ok("{}")),
            (r#"{"@Enabled":"lower"}"#, Err(TemplateFault::NothingLeft)),
            (r#"{"@Enabled":"!yes"}"#, Err(TemplateFault::NothingLeft)),
            (&format!("{gone}, {{}} , {gone}, [1] ,{gone}"), Ok("{}, [1]")),
            (r#"{"@Enabled":"gone"}"#, Err(missing("gone"))),
            (r#"{"@Enabled":"!gone"}"#, Err(missing("gone"))),
            (r#"{"@Enabled":"l"}"#, Err(TemplateFault::ListInText("l".into()))),
            (r#"{"@Enabled":""}"#, Err(TemplateFault::Enabled)),
            (r#"{"@Enabled":"!"}"#, Err(TemplateFault::Enabled)),
            (r#"{"@Enabled":true}"#, Err(TemplateFault::Enabled)),
            (r#"{"@Enabled":["yes"]}"#, Err(TemplateFault::Enabled)),
            (r#"{"@Enabled":"yes","@Enabled":"yes"}"#, Err(TemplateFault::Enabled)),
            (r#"{"@enabled":"yes"}"#, Err(TemplateFault::Directive("@enabled".into()))),
            (r#"{"Condition":{"@Enabled":"yes"}}"#, Err(TemplateFault::Directive("@Enabled".into()))),
        ] {
            check(&all(statements), expected.map(all).as_deref().map_err(Clone::clone));
        }
    }

    #[test]
    fn one_statement_stands_alone() {
        check(r#"{"Statement":{"@Enabled":"yes","Sid":"@{a}"}}"#, Ok(r#"{"Statement":{"Sid":"x"}}"#));
        check(r#"{"Statement":{"@Enabled":"no"}}"#, Err(TemplateFault::NothingLeft));
        check(r#"{"@Enabled":"yes"}"#, Err(TemplateFault::Directive("@Enabled".into())));
        check(r#"{"Statement":[]}"#, Err(TemplateFault::NothingLeft));
    }

    #[test]
    fn says_where_a_text_is_no_json() {
        let position = Position { line: 2, column: 2 };
        check("{\n ?", Err(TemplateFault::NotJson { position, reason: "expected a name in quotes".into() }));
    }

    #[test]
    fn what_comes_out_is_bounded() {
        let many = Values::List((0..20).map(|number| format!("{number}").into()).collect());
        let names = ["a", "b", "c", "d"];
        let values: BTreeMap<Box<str>, Values> =
            names.iter().map(|name| ((*name).into(), many.clone())).collect();
        for (resource, fits) in [
            ("@{a}@{b}", true),
            ("@{a}@{b}@{c}", true),
            ("@{a}@{b}@{c}+@{a}@{b}@{c}", true),
            ("@{a}@{b}@{c}@{d}", false),
        ] {
            let document = format!(r#"{{"Statement":{{"Resource":"{resource}"}}}}"#);
            let rendered = render(&document, &values);
            assert_eq!(rendered.is_ok(), fits, "{resource}");
            assert!(fits || rendered == Err(TemplateFault::TooLong), "{resource}");
        }
        let long = BTreeMap::from([("a".into(), Values::One("x".repeat(1 << 16).into()))]);
        assert_eq!(fill("@{a}@{a}", &long).map(|text| text.len()), Ok(1 << 17));
        assert_eq!(fill("@{a}@{a}.", &long), Err(TemplateFault::TooLong));
    }
}
