//! The shape of a document, before its values are read: which elements there are, and of which JSON types.

use crate::fault::{Fault, Refusal};
use crate::json::{self, Member, Members, Node, Tree, Value};
use crate::span::Span;
use crate::text::Scalar;

/// A string or a list of strings; lists of resources may hold `null`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct List<'t>(Node<'t>);

/// A document whose elements have the right JSON types.
pub(crate) struct Draft<'t> {
    pub(crate) version: Option<Scalar<'t>>,
    pub(crate) id: Option<Scalar<'t>>,
    pub(crate) statements: Vec<DraftStatement<'t>>,
    pub(crate) span: Span,
}

/// A statement whose elements have the right JSON types; principals and conditions are read later, because the kinds
/// of policy differ in when they look at them.
#[derive(Clone, Copy)]
pub(crate) struct DraftStatement<'t> {
    pub(crate) sid: Option<Scalar<'t>>,
    pub(crate) effect: Option<Scalar<'t>>,
    pub(crate) principal: Option<Node<'t>>,
    pub(crate) not_principal: Option<Node<'t>>,
    pub(crate) action: Option<List<'t>>,
    pub(crate) not_action: Option<List<'t>>,
    pub(crate) resource: Option<List<'t>>,
    pub(crate) not_resource: Option<List<'t>>,
    pub(crate) condition: Option<Node<'t>>,
    pub(crate) span: Span,
}

/// What a list of strings has.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Item<'t> {
    String(Scalar<'t>),
    /// Only in lists of resources.
    Null(Span),
}

impl<'t> List<'t> {
    pub(crate) fn span(self) -> Span {
        self.0.span()
    }

    pub(crate) fn items(self) -> impl Iterator<Item = Item<'t>> {
        self.0.one_or_many().map(|node| node.string().map_or_else(|| Item::Null(node.span()), Item::String))
    }

    pub(crate) fn strings(self) -> impl Iterator<Item = Scalar<'t>> {
        self.0.one_or_many().filter_map(Node::string)
    }

    /// How many items there are.
    pub(crate) fn count(self) -> usize {
        self.0.one_or_many().at_most()
    }
}

fn refuse<T>(fault: Fault, span: Span) -> Result<T, Refusal> {
    Err(Refusal { fault, span })
}

/// Reads a text as JSON.
pub(crate) fn tree(text: &str) -> Result<Tree<'_>, Refusal> {
    json::parse(text).map_err(|not| {
        let span = Span { start: not.offset, end: not.offset };
        Refusal { fault: Fault::NotJson(not.fault), span }
    })
}

/// Reads the elements of a document. Whether it has statements is left to the caller.
pub(crate) fn document<'t>(tree: &'t Tree<'t>) -> Result<Draft<'t>, Refusal> {
    let root = tree.root();
    let mut draft = Draft { version: None, id: None, statements: Vec::new(), span: root.span() };
    for member in members(root, "the document")? {
        match member.name.text {
            "Version" => draft.version = Some(string(&member)?),
            "Id" => draft.id = Some(string(&member)?),
            "Statement" => draft.statements = statements(member.value)?,
            _ => return unknown(&member),
        }
    }
    Ok(draft)
}

fn statements(node: Node<'_>) -> Result<Vec<DraftStatement<'_>>, Refusal> {
    match node.value() {
        Value::Array(items) => {
            let mut statements = Vec::with_capacity(items.clone().count());
            for item in items {
                statements.push(statement(item)?);
            }
            Ok(statements)
        }
        Value::Object(_) => Ok(vec![statement(node)?]),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            wrong_type("Statement", "an object or an array of objects", node.span())
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
        span: node.span(),
    };
    let members = object(node, "Statement")?;
    for member in members.clone() {
        if let Err(refusal) = draft.read(&member) {
            return Err(repeated(&members).unwrap_or(refusal));
        }
    }
    Ok(draft)
}

impl<'t> DraftStatement<'t> {
    fn read(&mut self, member: &Member<'t>) -> Result<(), Refusal> {
        let again = match member.name.text {
            "Sid" => self.sid.replace(string(member)?).is_some(),
            "Effect" => self.effect.replace(string(member)?).is_some(),
            "Principal" => self.principal.replace(member.value).is_some(),
            "NotPrincipal" => self.not_principal.replace(member.value).is_some(),
            "Action" => self.action.replace(strings("Action", member.value, Nulls::Refused)?).is_some(),
            "NotAction" => {
                self.not_action.replace(strings("NotAction", member.value, Nulls::Refused)?).is_some()
            }
            "Resource" => self.resource.replace(strings("Resource", member.value, Nulls::Kept)?).is_some(),
            "NotResource" => {
                self.not_resource.replace(strings("NotResource", member.value, Nulls::Kept)?).is_some()
            }
            "Condition" => self.condition.replace(member.value).is_some(),
            _ => return unknown(member),
        };
        if again { refuse(Fault::Repeated(member.name.text.to_owned()), member.name.span) } else { Ok(()) }
    }
}

/// The members of an object, whose names all differ.
pub(crate) fn members<'t>(node: Node<'t>, element: &str) -> Result<Members<'t>, Refusal> {
    let members = object(node, element)?;
    match repeated(&members) {
        Some(refusal) => Err(refusal),
        None => Ok(members),
    }
}

fn object<'t>(node: Node<'t>, element: &str) -> Result<Members<'t>, Refusal> {
    match node.members() {
        Some(members) => Ok(members),
        None => wrong_type(element, "an object", node.span()),
    }
}

/// What is wrong with members of one name. That comes before anything else that is wrong with them.
fn repeated(members: &Members<'_>) -> Option<Refusal> {
    let Member { name, .. } = members.duplicate()?;
    Some(Refusal { fault: Fault::Repeated(name.text.to_owned()), span: name.span })
}

fn unknown<T>(member: &Member<'_>) -> Result<T, Refusal> {
    refuse(Fault::UnknownElement(member.name.text.to_owned()), member.name.span)
}

fn wrong_type<T>(element: &str, wanted: &'static str, span: Span) -> Result<T, Refusal> {
    refuse(Fault::Type { element: element.to_owned(), wanted }, span)
}

#[inline]
fn string<'t>(member: &Member<'t>) -> Result<Scalar<'t>, Refusal> {
    match member.value.string() {
        Some(scalar) => Ok(scalar),
        None => wrong_type(member.name.text, "a string", member.value.span()),
    }
}

/// Whether a list of strings may hold `null`.
#[derive(Clone, Copy)]
pub(crate) enum Nulls {
    Refused,
    Kept,
}

/// Reads a string or a list of strings. `null` alone is never either.
pub(crate) fn strings<'t>(element: &str, node: Node<'t>, nulls: Nulls) -> Result<List<'t>, Refusal> {
    if node.is_string() {
        return Ok(List(node));
    }
    let mut others = node.one_or_many().filter(|item| !item.is_string()).peekable();
    if others.peek().is_none() {
        return Ok(List(node));
    }
    let nulls = match (node.value(), nulls) {
        (Value::Array(_), nulls) => nulls,
        (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_), _) => {
            Nulls::Refused
        }
    };
    for item in others {
        match (item.value(), nulls) {
            (Value::Null, Nulls::Kept) => {}
            (
                Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::String(_)
                | Value::Array(_)
                | Value::Object(_),
                Nulls::Refused | Nulls::Kept,
            ) => return wrong_type(element, "a string or an array of strings", item.span()),
        }
    }
    Ok(List(node))
}

/// Checks the shape of a `Condition`: operators, each with keys, each with a scalar or a list of scalars.
pub(crate) fn condition(node: Node<'_>) -> Result<(), Refusal> {
    for operator in members(node, "Condition")? {
        for key in members(operator.value, operator.name.text)? {
            key.value.one_or_many().try_for_each(|value| scalar(key.name.text, value).map(|_| ()))?;
        }
    }
    Ok(())
}

/// Reads a scalar as text.
#[inline]
pub(crate) fn scalar<'t>(key: &str, node: Node<'t>) -> Result<Scalar<'t>, Refusal> {
    match node.string() {
        Some(scalar) => Ok(scalar),
        None => scalar_without_quotes(key, node),
    }
}

fn scalar_without_quotes<'t>(key: &str, node: Node<'t>) -> Result<Scalar<'t>, Refusal> {
    let span = node.span();
    let text = match node.value() {
        Value::String(text) | Value::Number(text) => text,
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Null | Value::Array(_) | Value::Object(_) => {
            return wrong_type(key, "a string, a number, a boolean, or an array of them", span);
        }
    };
    Ok(Scalar { text, span })
}
