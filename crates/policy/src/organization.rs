//! The grammar of an organization's policies: service control policies and resource control policies.
//!
//! Sources: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html>,
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>

use crate::action::ActionClause;
use crate::document::{Effect, Statement, Version};
use crate::draft::{Draft, DraftStatement};
use crate::fault::{Fault, Refusal};
use crate::json::Value;
use crate::principal::PrincipalClause;
use crate::read::{self, refuse};
use crate::resource::{ResourceClause, ResourceForm};
use crate::text::Whole;

/// Checks a service control policy: statements as in identity-based policies, without principals. A resource pattern
/// with too few fields must have a wildcard.
pub(crate) fn service_control(
    draft: &Draft<'_>,
    whole: &Whole,
) -> Result<(Version, Vec<Statement>), Refusal> {
    let version = version_and_sids(draft)?;
    let mut statements = Vec::with_capacity(draft.statements.len());
    for draft in &draft.statements {
        for (node, name) in [(&draft.principal, "Principal"), (&draft.not_principal, "NotPrincipal")] {
            if let Some(node) = node {
                return refuse(Fault::Forbidden(name), node.span());
            }
        }
        let statement = statement(draft, None, version, whole)?;
        no_short_resource(&statement, |text| !text.contains(['*', '?']))?;
        statements.push(statement);
    }
    Ok((version, statements))
}

/// Checks a resource control policy: everyone is denied something, by name of a service, on something.
///
/// AWS's own `RCPFullAWSAccess`, the only one that allows, is accepted by its content: one statement that allows
/// everyone everything everywhere. A customer's copy of it changes nothing, since the original is attached everywhere
/// and cannot be detached.
pub(crate) fn resource_control(
    draft: &Draft<'_>,
    whole: &Whole,
) -> Result<(Version, Vec<Statement>), Refusal> {
    let version_span = draft.version.as_ref().map_or(draft.span, |version| version.span);
    let version = version_and_sids(draft)?;
    if version == Version::V2008 {
        return refuse(Fault::OldVersion, version_span);
    }
    let mut statements = Vec::with_capacity(draft.statements.len());
    for draft in &draft.statements {
        if let Some(node) = &draft.not_principal {
            return refuse(Fault::Forbidden("NotPrincipal"), node.span());
        }
        let Some(node) = draft.principal else {
            return refuse(Fault::NoPrincipal, draft.span);
        };
        match node.value() {
            Value::String("*") => {}
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => return refuse(Fault::MustBeEveryone, node.span()),
        }
        let principal = PrincipalClause::Principal(read::principals_or_everyone(node)?);
        statements.push(statement(draft, Some(principal), version, whole)?);
    }
    if !is_full_access(&statements) {
        statements.iter().try_for_each(denial)?;
    }
    Ok((version, statements))
}

/// Whether this is what `RCPFullAWSAccess` says.
fn is_full_access(statements: &[Statement]) -> bool {
    let [Statement { effect: Effect::Allow, action, resource, conditions, .. }] = statements else {
        return false;
    };
    let every_action =
        matches!(action, ActionClause::Action(list) if matches!(&list[..], [one] if one.text == "*"));
    let everywhere = matches!(
        resource,
        Some(ResourceClause::Resource(list)) if matches!(&list[..], [one] if one.form == ResourceForm::Any)
    );
    every_action && everywhere && conditions.is_empty()
}

/// Checks what a customer's resource control policy may say.
fn denial(statement: &Statement) -> Result<(), Refusal> {
    if statement.effect != Effect::Deny {
        return refuse(Fault::MustDeny, statement.span);
    }
    let ActionClause::Action(actions) = &statement.action else {
        return refuse(Fault::Forbidden("NotAction"), statement.span);
    };
    for pattern in actions {
        if pattern.folded() == "*" {
            return refuse(Fault::ActionOfEveryService(pattern.text.to_string()), pattern.span);
        }
    }
    no_short_resource(statement, |_| true)
}

fn version_and_sids(draft: &Draft<'_>) -> Result<Version, Refusal> {
    let version = read::version(draft)?;
    if draft.statements.is_empty() {
        return refuse(Fault::NoStatement, draft.span);
    }
    read::sids_are_plain(&draft.statements)?;
    read::sids_differ(&draft.statements)?;
    Ok(version)
}

fn statement(
    draft: &DraftStatement<'_>,
    principal: Option<PrincipalClause>,
    version: Version,
    whole: &Whole,
) -> Result<Statement, Refusal> {
    let effect = read::effect(draft)?;
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
        principal,
        action,
        resource: Some(resource),
        conditions,
        span: draft.span,
    })
}

/// Refuses resource patterns with too few fields of which `refused` says so.
fn no_short_resource(statement: &Statement, refused: impl Fn(&str) -> bool) -> Result<(), Refusal> {
    for pattern in statement.resource.iter().flat_map(ResourceClause::patterns) {
        if matches!(pattern.form, ResourceForm::Short(_)) && refused(&pattern.text) {
            return refuse(Fault::ResourceFields(pattern.text.to_string()), pattern.span);
        }
    }
    Ok(())
}
