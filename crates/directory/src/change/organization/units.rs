//! Organizational units.

use doorward_policy::AccountId;

use super::{administered_by, checked_tags, managed_by, parent, unused, write_itself};
use crate::change::{Draft, exceeds};
use crate::keys::Key;
use crate::keys::organization::Place;
use crate::organization::{Attached, Parent, Unit, UnitId};
use crate::record::Fact;
use crate::record::organization::OrganizationFact;
use crate::refusal::{Constraint, OrganizationFault, Refusal};
use crate::snapshot::UNIT_DEPTH_MAX;
use crate::tags::Tag;

/// Creates a unit under the root or in a unit. However high the quota is set, no unit stands deeper than [`UNIT_DEPTH_MAX`].
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganizationalUnit.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization, there is no such parent, a sibling has the name, or a quota is
/// used up.
pub fn create(
    draft: &mut Draft<'_>,
    account: AccountId,
    parent_id: &str,
    name: &str,
    tags: &[Tag],
) -> Result<Unit, Refusal> {
    let organization = managed_by(draft, account)?;
    let parent = parent(draft, &organization, parent_id).ok_or(OrganizationFault::NoSuchParent)?;
    let tags = checked_tags(draft, tags)?;
    let view = draft.snapshot();
    let above = view.units_down_to(&parent).ok_or(OrganizationFault::NoSuchParent)?;
    if exceeds(above.len() + 1, draft.limits().unit_depth) || above.len() >= UNIT_DEPTH_MAX {
        return Err(Constraint::Depth.into());
    }
    if exceeds(view.units().count() + 1, draft.limits().units_per_organization) {
        return Err(Constraint::Units.into());
    }
    no_sibling(draft, &parent, name)?;
    let id =
        unused(|| UnitId::new(&organization.root, draft.random), |id| draft.snapshot().unit(id).is_some())?;
    let unit = Unit { id, parent, name: name.into(), tags, attached: Attached::default() };
    write_itself(draft, &organization)?;
    write(draft, unit.clone())?;
    Ok(unit)
}

/// Calls a unit otherwise.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdateOrganizationalUnit.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization, there is no such unit, or a sibling has the name.
pub fn rename(
    draft: &mut Draft<'_>,
    account: AccountId,
    id: &UnitId,
    name: Option<&str>,
) -> Result<Unit, Refusal> {
    let organization = managed_by(draft, account)?;
    let mut unit = find(draft, id)?;
    if let Some(name) = name.filter(|name| **name != *unit.name) {
        no_sibling(draft, &unit.parent, name)?;
        unit.name = name.into();
        write_itself(draft, &organization)?;
        write(draft, unit.clone())?;
    }
    Ok(unit)
}

/// Deletes a unit in which nothing is left.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteOrganizationalUnit.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization, there is no such unit, or something is in it.
pub fn delete(draft: &mut Draft<'_>, account: AccountId, id: &UnitId) -> Result<(), Refusal> {
    let organization = managed_by(draft, account)?;
    let unit = find(draft, id)?;
    let here = Parent::Unit(unit.id.clone());
    let view = draft.snapshot();
    let holds = view.units().any(|other| other.parent == here)
        || view.members_of_organization().any(|member| member.parent == here);
    if holds {
        return Err(OrganizationFault::UnitNotEmpty.into());
    }
    write_itself(draft, &organization)?;
    draft.delete(Key::Organization(Place::Unit(unit.id)));
    Ok(())
}

/// Changes a unit that is there, by whoever may administer it.
pub(super) fn edit(
    draft: &mut Draft<'_>,
    account: AccountId,
    id: &UnitId,
    change: impl FnOnce(&mut Unit) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let organization = administered_by(draft, account)?;
    let mut unit = draft.snapshot().unit(id).cloned().ok_or(OrganizationFault::NoSuchTarget)?;
    change(&mut unit)?;
    write_itself(draft, &organization)?;
    write(draft, unit)
}

fn find(draft: &Draft<'_>, id: &UnitId) -> Result<Unit, Refusal> {
    draft.snapshot().unit(id).cloned().ok_or_else(|| OrganizationFault::NoSuchUnit.into())
}

fn no_sibling(draft: &Draft<'_>, parent: &Parent, name: &str) -> Result<(), Refusal> {
    let taken = draft.snapshot().units().any(|unit| unit.parent == *parent && *unit.name == *name);
    if taken { Err(OrganizationFault::DuplicateUnit.into()) } else { Ok(()) }
}

fn write(draft: &mut Draft<'_>, unit: Unit) -> Result<(), Refusal> {
    let key = Key::Organization(Place::Unit(unit.id.clone()));
    draft.put(key, Fact::Organization(OrganizationFact::Unit(unit)))
}
