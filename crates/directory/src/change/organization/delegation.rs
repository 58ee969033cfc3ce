//! The policy by which an organization lets members administer it.
//!
//! Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html>

use doorward_policy::{AccountId, Document, Kind, Principal, PrincipalClause, Statement};

use super::{checked_tags, managed_by, unused, write_itself};
use crate::change::Draft;
use crate::organization::{ResourcePolicy, ResourcePolicyId, is_delegable};
use crate::refusal::{Constraint, InvalidInput, OrganizationFault, Refusal};
use crate::tags::Tag;

/// Gives the organization its resource policy, in place of the one it had, whose id and tags stay. Tags are for a new one.
///
/// Principals must be accounts: a user or role that is deleted and made anew would otherwise have what the first one had. A
/// condition on `aws:PrincipalArn` narrows them down.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_PutResourcePolicy.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization with all features, the document is not possible, or the tags are
/// not.
pub fn put(
    draft: &mut Draft<'_>,
    management: AccountId,
    content: &str,
    tags: Option<&[Tag]>,
) -> Result<ResourcePolicy, Refusal> {
    let mut organization = managed_by(draft, management)?;
    if organization.features != crate::organization::Features::All {
        return Err(Constraint::NotAllFeatures.into());
    }
    let document = Document::parse(content, Kind::Resource)
        .map_err(|malformed| InvalidInput::ResourcePolicy(malformed.detail))?;
    document.statements.iter().try_for_each(check)?;
    let text = draft.snapshot().texts().intern(Kind::Resource, content, Box::default());
    let policy = match (organization.resource_policy.take(), tags) {
        // AWS takes tags only with a new policy.
        (Some(_), Some(_)) => return Err(InvalidInput::TagsOfExisting.into()),
        (Some(before), None) => ResourcePolicy { text, ..before },
        (None, tags) => ResourcePolicy {
            id: unused(|| ResourcePolicyId::new(draft.random), |_| false)?,
            text,
            tags: checked_tags(draft, tags.unwrap_or_default())?,
        },
    };
    organization.resource_policy = Some(policy.clone());
    write_itself(draft, &organization)?;
    Ok(policy)
}

/// Takes the resource policy away.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteResourcePolicy.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization, or it has none.
pub fn delete(draft: &mut Draft<'_>, management: AccountId) -> Result<(), Refusal> {
    let mut organization = managed_by(draft, management)?;
    if organization.resource_policy.take().is_none() {
        return Err(OrganizationFault::NoResourcePolicy.into());
    }
    write_itself(draft, &organization)
}

fn check(statement: &Statement) -> Result<(), Refusal> {
    let accounts = match &statement.principal {
        Some(PrincipalClause::Principal(entries)) => {
            entries.iter().all(|entry| matches!(entry.principal, Principal::Account(_)))
        }
        Some(PrincipalClause::NotPrincipal(_)) | None => false,
    };
    if !accounts {
        return Err(InvalidInput::ResourcePolicyPrincipal.into());
    }
    let doorward_policy::ActionClause::Action(patterns) = &statement.action else {
        return Err(InvalidInput::ResourcePolicyAction("NotAction".to_owned()).into());
    };
    match patterns.iter().find(|pattern| !is_delegable(pattern.folded())) {
        Some(pattern) => Err(InvalidInput::ResourcePolicyAction(pattern.text.to_string()).into()),
        None => Ok(()),
    }
}
