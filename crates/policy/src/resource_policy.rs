//! The grammar of resource-based policies and of VPC endpoint policies.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use crate::document::{Effect, Statement, Version};
use crate::draft::{Draft, DraftStatement};
use crate::fault::{Fault, Refusal};
use crate::principal::PrincipalClause;
use crate::read::{self, refuse};

/// Checks a policy that names its principals and its resources, and gives its version and statements.
pub(crate) fn statements(draft: Draft<'_>) -> Result<(Version, Vec<Statement>), Refusal> {
    let version = read::version(&draft)?;
    if draft.statements.is_empty() {
        return refuse(Fault::NoStatement, draft.span);
    }
    read::sids_differ(&draft.statements)?;
    let statements = draft.statements.into_iter().map(|draft| statement(draft, version));
    Ok((version, statements.collect::<Result<_, _>>()?))
}

fn statement(mut draft: DraftStatement<'_>, version: Version) -> Result<Statement, Refusal> {
    let effect = read::effect(&draft)?;
    let principal = principal(&mut draft, effect)?;
    let action = read::actions(&draft)?;
    read::action_forms(std::slice::from_ref(&action))?;
    let Some(resource) = read::resources(&draft, version)? else {
        return refuse(Fault::NoResource, draft.span);
    };
    let conditions = read::tests(draft.condition.take(), version)?;
    read::dates(&conditions)?;
    Ok(Statement {
        sid: draft.sid.map(|sid| sid.text.into_owned()),
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
fn principal(draft: &mut DraftStatement<'_>, effect: Effect) -> Result<PrincipalClause, Refusal> {
    match (draft.principal.take(), draft.not_principal.take(), effect) {
        (Some(_), Some(not), _) => refuse(Fault::Both("Principal", "NotPrincipal"), not.span),
        (None, None, _) => refuse(Fault::NoPrincipal, draft.span),
        (None, Some(not), Effect::Allow) => refuse(Fault::AllowNotPrincipal, not.span),
        (None, Some(not), Effect::Deny) => {
            Ok(PrincipalClause::NotPrincipal(read::principals_or_everyone(not)?))
        }
        (Some(principal), None, _) => {
            Ok(PrincipalClause::Principal(read::principals_or_everyone(principal)?))
        }
    }
}
