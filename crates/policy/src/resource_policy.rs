//! The grammar of resource-based policies and of VPC endpoint policies.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use crate::document::{Effect, Statement, Version};
use crate::draft::{Draft, DraftStatement};
use crate::fault::{Fault, Refusal};
use crate::principal::PrincipalClause;
use crate::read::{self, refuse};
use crate::text::Whole;

/// Checks a policy that names its principals and its resources, and gives its version and statements.
pub(crate) fn statements(draft: &Draft<'_>, whole: &Whole) -> Result<(Version, Vec<Statement>), Refusal> {
    let version = read::version(draft)?;
    if draft.statements.is_empty() {
        return refuse(Fault::NoStatement, draft.span);
    }
    read::sids_differ(&draft.statements)?;
    let statements = draft.statements.iter().map(|draft| statement(draft, version, whole));
    Ok((version, statements.collect::<Result<_, _>>()?))
}

fn statement(draft: &DraftStatement<'_>, version: Version, whole: &Whole) -> Result<Statement, Refusal> {
    let effect = read::effect(draft)?;
    let principal = principal(draft, effect)?;
    let action = read::actions(draft, whole)?;
    read::action_forms(std::iter::once(&action))?;
    let Some(resource) = read::resources(draft, version, whole)? else {
        return refuse(Fault::NoResource, draft.span);
    };
    let conditions = read::tests(draft.condition, version, whole)?;
    read::dates(&conditions)?;
    Ok(Statement {
        sid: draft.sid.map(|sid| whole.text(sid)),
        effect,
        principal: Some(principal),
        action,
        resource: Some(resource),
        conditions,
        span: draft.span,
    })
}

/// Exactly one of `Principal` and `NotPrincipal`, the latter in a `Deny` only.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
fn principal(draft: &DraftStatement<'_>, effect: Effect) -> Result<PrincipalClause, Refusal> {
    match (draft.principal, draft.not_principal, effect) {
        (Some(_), Some(not), _) => refuse(Fault::Both("Principal", "NotPrincipal"), not.span()),
        (None, None, _) => refuse(Fault::NoPrincipal, draft.span),
        (None, Some(not), Effect::Allow) => refuse(Fault::AllowNotPrincipal, not.span()),
        (None, Some(not), Effect::Deny) => {
            Ok(PrincipalClause::NotPrincipal(read::principals_or_everyone(not)?))
        }
        (Some(principal), None, _) => {
            Ok(PrincipalClause::Principal(read::principals_or_everyone(principal)?))
        }
    }
}
