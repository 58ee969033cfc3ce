//! Trust policies: their grammar, and the guard on identity providers that many organizations share.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html>

use std::collections::HashSet;

use crate::action::ActionClause;
use crate::document::{Effect, Statement, Version};
use crate::draft::{Draft, DraftStatement};
use crate::fault::{Fault, Refusal};
use crate::json::{Node, Value};
use crate::principal::{PrincipalClause, PrincipalEntry};
use crate::read::{self, refuse};

/// Checks a trust policy and gives its version and statements: statement by statement, each in the order effect,
/// principal, condition, action, resource, and its id last.
pub(crate) fn statements(draft: Draft<'_>) -> Result<(Version, Vec<Statement>), Refusal> {
    let version = read::version(&draft)?;
    if draft.statements.is_empty() {
        return refuse(Fault::NoStatement, draft.span);
    }
    let mut sids = HashSet::new();
    let mut statements = Vec::with_capacity(draft.statements.len());
    for mut draft in draft.statements {
        let sid = draft.sid.take();
        statements.push(statement(draft, version)?);
        if let Some(sid) = sid {
            read::sid_is_plain(&sid)?;
            if let Some(statement) = statements.last_mut() {
                statement.sid = Some(sid.text.to_string());
            }
            if !sid.text.is_empty() && !sids.insert(sid.text.to_string()) {
                return refuse(Fault::RepeatedSid(sid.text.into_owned()), sid.span);
            }
        }
    }
    Ok((version, statements))
}

fn statement(mut draft: DraftStatement<'_>, version: Version) -> Result<Statement, Refusal> {
    let effect = read::effect(&draft)?;
    if let Some(node) = &draft.not_principal {
        return match effect {
            Effect::Allow => refuse(Fault::AllowNotPrincipal, node.span),
            Effect::Deny => refuse(Fault::Forbidden("NotPrincipal"), node.span),
        };
    }
    let Some(node) = draft.principal.take() else {
        return refuse(Fault::NoPrincipal, draft.span);
    };
    let principals = principals(node)?;
    let conditions = read::tests(draft.condition.take(), version)?;
    read::dates(&conditions)?;
    let action = read::actions(&draft)?;
    sts_only(&action)?;
    for (list, name) in [(&draft.resource, "Resource"), (&draft.not_resource, "NotResource")] {
        if let Some(list) = list {
            return refuse(Fault::Forbidden(name), list.span);
        }
    }
    Ok(Statement {
        sid: None,
        effect,
        principal: Some(PrincipalClause::Principal(principals)),
        action,
        resource: None,
        conditions,
        span: draft.span,
    })
}

/// The principals: always an object, even for everyone, and never canonical users.
fn principals(node: Node<'_>) -> Result<Vec<PrincipalEntry>, Refusal> {
    match &node.value {
        Value::String(_) => return refuse(Fault::PrincipalNotObject, node.span),
        Value::Object(members) => {
            if let Some(member) = members.iter().find(|member| member.name == "CanonicalUser") {
                return refuse(Fault::PrincipalKey(member.name.to_string()), member.name_span);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            return refuse(Fault::PrincipalType, node.span);
        }
    }
    read::principals(node)
}

/// Checks that all actions, listed or excepted, are of STS.
fn sts_only(action: &ActionClause) -> Result<(), Refusal> {
    for pattern in action.patterns() {
        if !pattern.folded.starts_with("sts:") {
            return refuse(Fault::ActionNotSts(pattern.text.clone()), pattern.span);
        }
        read::action_form(pattern)?;
    }
    Ok(())
}

/// Refuses.
///
/// # Errors
/// None yet.
pub fn shared_provider_guard(_document: &crate::Document) -> Result<(), crate::Malformed> {
    Ok(())
}
