//! The shape of a document, before its values are read: which elements there are, and of which JSON types.

use std::borrow::Cow;

use crate::fault::{Fault, Refusal};
use crate::json::{self, Member, Node, Value};
use crate::span::Span;

/// A string and where it stands, quotes included.
#[derive(Clone, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) span: Span,
}

/// A string or a list of strings. `None` is a `null`, which lists of resources may hold.
#[derive(Clone, Debug)]
pub(crate) struct List<'a> {
    pub(crate) items: Vec<(Option<Cow<'a, str>>, Span)>,
    pub(crate) span: Span,
}

/// A document whose elements have the right JSON types.
pub(crate) struct Draft<'a> {
    pub(crate) version: Option<Text<'a>>,
    pub(crate) id: Option<Text<'a>>,
    pub(crate) statements: Vec<DraftStatement<'a>>,
    pub(crate) span: Span,
}

/// A statement whose elements have the right JSON types; principals and conditions are read later, because the kinds
/// of policy differ in when they look at them.
pub(crate) struct DraftStatement<'a> {
    pub(crate) sid: Option<Text<'a>>,
    pub(crate) effect: Option<Text<'a>>,
    pub(crate) principal: Option<Node<'a>>,
    pub(crate) not_principal: Option<Node<'a>>,
    pub(crate) action: Option<List<'a>>,
    pub(crate) not_action: Option<List<'a>>,
    pub(crate) resource: Option<List<'a>>,
    pub(crate) not_resource: Option<List<'a>>,
    pub(crate) condition: Option<Node<'a>>,
    pub(crate) span: Span,
}

/// One operator, one key, and its values, which are scalars.
pub(crate) struct DraftTest<'a> {
    pub(crate) operator: Text<'a>,
    pub(crate) key: Text<'a>,
    pub(crate) values: Vec<Text<'a>>,
}

fn refuse<T>(fault: Fault, span: Span) -> Result<T, Refusal> {
    Err(Refusal { fault, span })
}

/// Reads the elements of a document. Whether it has statements is left to the caller.
pub(crate) fn document(text: &str) -> Result<Draft<'_>, Refusal> {
    let root = json::parse(text).map_err(|not| {
        let span = Span { start: not.offset, end: not.offset };
        Refusal { fault: Fault::NotJson(not.fault), span }
    })?;
    let span = root.span;
    let mut draft = Draft { version: None, id: None, statements: Vec::new(), span };
    for member in members(root, "the document")? {
        match &*member.name {
            "Version" => draft.version = Some(string(member)?),
            "Id" => draft.id = Some(string(member)?),
            "Statement" => draft.statements = statements(member.value)?,
            _ => return unknown(&member),
        }
    }
    Ok(draft)
}

fn statements(node: Node<'_>) -> Result<Vec<DraftStatement<'_>>, Refusal> {
    match node.value {
        Value::Array(items) => items.into_iter().map(statement).collect(),
        Value::Object(_) => Ok(vec![statement(node)?]),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            wrong_type("Statement", "an object or an array of objects", node.span)
        }
    }
}

fn statement(node: Node<'_>) -> Result<DraftStatement<'_>, Refusal> {
    let mut draft = DraftStatement {
        sid: None,
        effect: None,
        principal: None,
        not_principal: None,
        action: None,
        not_action: None,
        resource: None,
        not_resource: None,
        condition: None,
        span: node.span,
    };
    for member in members(node, "Statement")? {
        match &*member.name {
            "Sid" => draft.sid = Some(string(member)?),
            "Effect" => draft.effect = Some(string(member)?),
            "Principal" => draft.principal = Some(member.value),
            "NotPrincipal" => draft.not_principal = Some(member.value),
            "Action" => draft.action = Some(strings("Action", member.value, Nulls::Refused)?),
            "NotAction" => draft.not_action = Some(strings("NotAction", member.value, Nulls::Refused)?),
            "Resource" => draft.resource = Some(strings("Resource", member.value, Nulls::Kept)?),
            "NotResource" => draft.not_resource = Some(strings("NotResource", member.value, Nulls::Kept)?),
            "Condition" => draft.condition = Some(member.value),
            _ => return unknown(&member),
        }
    }
    Ok(draft)
}

/// The members of an object, whose names all differ.
pub(crate) fn members<'a>(node: Node<'a>, element: &str) -> Result<Vec<Member<'a>>, Refusal> {
    let Value::Object(members) = node.value else {
        return wrong_type(element, "an object", node.span);
    };
    match json::duplicate(&members) {
        Some(member) => refuse(Fault::Repeated(member.name.to_string()), member.name_span),
        None => Ok(members),
    }
}

fn unknown<T>(member: &Member<'_>) -> Result<T, Refusal> {
    refuse(Fault::UnknownElement(member.name.to_string()), member.name_span)
}

fn wrong_type<T>(element: &str, wanted: &'static str, span: Span) -> Result<T, Refusal> {
    refuse(Fault::Type { element: element.to_owned(), wanted }, span)
}

fn string<'a>(member: Member<'a>) -> Result<Text<'a>, Refusal> {
    match member.value.value {
        Value::String(text) => Ok(Text { text, span: member.value.span }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            wrong_type(&member.name, "a string", member.value.span)
        }
    }
}

/// Whether a list of strings may hold `null`.
#[derive(Clone, Copy)]
pub(crate) enum Nulls {
    Refused,
    Kept,
}

/// Reads a string or a list of strings. `null` alone is never either.
pub(crate) fn strings<'a>(element: &str, node: Node<'a>, nulls: Nulls) -> Result<List<'a>, Refusal> {
    let span = node.span;
    let items = match node.value {
        Value::String(text) => vec![(Some(text), span)],
        Value::Array(items) => {
            items.into_iter().map(|item| string_or_null(element, item, nulls)).collect::<Result<_, _>>()?
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
            return wrong_type(element, "a string or an array of strings", span);
        }
    };
    Ok(List { items, span })
}

fn string_or_null<'a>(
    element: &str,
    node: Node<'a>,
    nulls: Nulls,
) -> Result<(Option<Cow<'a, str>>, Span), Refusal> {
    match (node.value, nulls) {
        (Value::String(text), _) => Ok((Some(text), node.span)),
        (Value::Null, Nulls::Kept) => Ok((None, node.span)),
        (
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_),
            Nulls::Refused | Nulls::Kept,
        ) => wrong_type(element, "a string or an array of strings", node.span),
    }
}

/// Reads a `Condition`: operators, each with keys, each with a scalar or a list of scalars. An operator without keys
/// tests nothing and leaves no trace, whatever its name.
pub(crate) fn conditions(node: Node<'_>) -> Result<Vec<DraftTest<'_>>, Refusal> {
    let mut tests = Vec::new();
    for operator in members(node, "Condition")? {
        let name = Text { text: operator.name, span: operator.name_span };
        for key in members(operator.value, &name.text)? {
            tests.push(DraftTest {
                operator: name.clone(),
                values: scalars(&key.name, key.value)?,
                key: Text { text: key.name, span: key.name_span },
            });
        }
    }
    Ok(tests)
}

fn scalars<'a>(key: &str, node: Node<'a>) -> Result<Vec<Text<'a>>, Refusal> {
    match node.value {
        Value::Array(items) => items.into_iter().map(|item| scalar(key, item)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            Ok(vec![scalar(key, node)?])
        }
    }
}

fn scalar<'a>(key: &str, node: Node<'a>) -> Result<Text<'a>, Refusal> {
    let text = match node.value {
        Value::String(text) => text,
        Value::Bool(true) => Cow::Borrowed("true"),
        Value::Bool(false) => Cow::Borrowed("false"),
        Value::Number(text) => Cow::Borrowed(text),
        Value::Null | Value::Array(_) | Value::Object(_) => {
            return wrong_type(key, "a string, a number, a boolean, or an array of them", node.span);
        }
    };
    Ok(Text { text, span: node.span })
}
