//! Tags of the root, units, members, policies and the resource policy.

use doorward_policy::AccountId;

use super::{administered_by, find_member, policies, tag_fault, units, write_itself, write_member};
use crate::change::{Draft, exceeds};
use crate::organization::{PolicyId, Target};
use crate::refusal::{Constraint, OrganizationFault, Refusal};
use crate::snapshot::Snapshot;
use crate::tags::{Tag, Tags};

/// What is tagged.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tagged {
    /// The root, a unit or a member.
    Target(Target),
    /// A policy of the organization's own.
    Policy(PolicyId),
    /// The resource policy.
    ResourcePolicy,
}

impl Tagged {
    /// What a text names, if there is such a thing. Policies that AWS manages have no tags.
    #[must_use]
    pub fn named(snapshot: &Snapshot, id: &str) -> Option<Self> {
        if let Some(target) = super::target(snapshot, id) {
            return Some(Self::Target(target));
        }
        let resource_policy = snapshot.organization().and_then(|own| own.resource_policy.as_ref());
        if resource_policy.is_some_and(|policy| policy.id.as_str() == id) {
            return Some(Self::ResourcePolicy);
        }
        let policy: PolicyId = id.parse().ok()?;
        snapshot.control_policies().find(|own| own.id == policy).map(|own| Self::Policy(own.id.clone()))
    }

    /// Its tags; `None` if it is not there.
    #[must_use]
    pub fn tags<'s>(&self, snapshot: &'s Snapshot) -> Option<&'s Tags> {
        Some(match self {
            Self::Target(Target::Root) => &snapshot.organization()?.root_tags,
            Self::Target(Target::Unit(id)) => &snapshot.unit(id)?.tags,
            Self::Target(Target::Account(account)) => &snapshot.member(*account)?.tags,
            Self::Policy(id) => &snapshot.control_policy(id)?.tags,
            Self::ResourcePolicy => &snapshot.organization()?.resource_policy.as_ref()?.tags,
        })
    }
}

/// Puts tags on something, over those with the same keys.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_TagResource.html>
///
/// # Errors
/// [`Refusal`]: the account is no member, it is not there, a key is reserved or given twice, or there would be too many.
pub fn put(draft: &mut Draft<'_>, account: AccountId, tagged: &Tagged, tags: &[Tag]) -> Result<(), Refusal> {
    let limit = draft.limits().tags_per_entity;
    edit(draft, account, tagged, |before| {
        let after = before.with(&Tags::new(tags.to_vec()).map_err(tag_fault)?);
        if exceeds(after.len(), limit) { Err(Constraint::Tags.into()) } else { Ok(after) }
    })
}

/// Takes the tags with these keys away; keys that are not there do not matter.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UntagResource.html>
///
/// # Errors
/// [`Refusal`]: the account is no member, or it is not there.
pub fn remove(
    draft: &mut Draft<'_>,
    account: AccountId,
    tagged: &Tagged,
    keys: &[&str],
) -> Result<(), Refusal> {
    edit(draft, account, tagged, |before| Ok(before.without(keys)))
}

fn edit(
    draft: &mut Draft<'_>,
    account: AccountId,
    tagged: &Tagged,
    change: impl FnOnce(&Tags) -> Result<Tags, Refusal>,
) -> Result<(), Refusal> {
    let mut organization = administered_by(draft, account)?;
    match tagged {
        Tagged::Target(Target::Root) => {
            organization.root_tags = change(&organization.root_tags)?;
            write_itself(draft, &organization)
        }
        Tagged::Target(Target::Unit(id)) => units::edit(draft, account, id, |unit| {
            unit.tags = change(&unit.tags)?;
            Ok(())
        }),
        Tagged::Target(Target::Account(id)) => {
            let mut member = find_member(draft, *id)?;
            member.tags = change(&member.tags)?;
            write_itself(draft, &organization)?;
            write_member(draft, member)
        }
        Tagged::Policy(id) => {
            policies::edit(draft, account, id, OrganizationFault::NoSuchTarget, |_, policy| {
                policy.tags = change(&policy.tags)?;
                Ok(())
            })
            .map(drop)
        }
        Tagged::ResourcePolicy => {
            let missing = || Refusal::from(OrganizationFault::NoSuchTarget);
            let policy = organization.resource_policy.as_mut().ok_or_else(missing)?;
            policy.tags = change(&policy.tags)?;
            write_itself(draft, &organization)
        }
    }
}
