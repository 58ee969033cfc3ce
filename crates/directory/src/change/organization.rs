//! The organization: making and deleting it, and the tree in it.
//!
//! Every change to the organization writes its own record as well, so that two changes never pass each other: names stay
//! unique among siblings, nothing is put into a unit that is being deleted, and quotas hold exactly.

use doorward_policy::AccountId;

use super::{Draft, exceeds};
use crate::keys::Key;
use crate::keys::organization::Place;
use crate::organization::{
    Attached, Features, JoinedMethod, Member, Organization, OrganizationId, Parent, PolicyTypeState,
    PolicyTypes, RootAccess, RootId, Standing, Target, UnitId,
};
use crate::record::Fact;
use crate::record::organization::OrganizationFact;
use crate::refusal::{Constraint, InvalidInput, OrganizationFault, Refusal};
use crate::tags::{Tag, TagFault, Tags};

pub mod accounts;
pub mod administrators;
pub mod delegation;
pub mod handshakes;
pub mod policies;
pub mod root_access;
pub mod tags;
pub mod units;

/// How many records of invitations and created accounts are deleted in one transaction.
const CLEARED_AT_ONCE_MAX: usize = 100;

/// How far a change has come that may be too much for one transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// There is more to do first: the function that says so is to be called again.
    Unfinished,
    /// What is left fits into one transaction.
    Done,
}

impl Progress {
    /// Having done `at_once` of so many things.
    fn of(things: usize, at_once: usize) -> Self {
        if things > at_once { Self::Unfinished } else { Self::Done }
    }
}

/// How often a new id is drawn before it is given up: ids are long, and none was ever drawn twice.
const DRAWS_MAX: usize = 8;

/// Makes the organization, with this account as its management account and first member. Service control policies are
/// enabled where it has all features.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html>
///
/// # Errors
/// [`Refusal`]: the account is a member, or is not the one that the installation was made with.
pub fn create(
    draft: &mut Draft<'_>,
    account: AccountId,
    features: Features,
) -> Result<Organization, Refusal> {
    draft.account(account)?;
    if draft.snapshot().member(account).is_some() {
        return Err(OrganizationFault::AlreadyInOrganization.into());
    }
    let first = draft.snapshot().installation().map(|installation| installation.management_account);
    if first != Some(account) {
        return Err(OrganizationFault::NotTheFirstAccount.into());
    }
    let service_control = match features {
        Features::All => PolicyTypeState { enabled: true, times: 1 },
        Features::ConsolidatedBilling => PolicyTypeState::default(),
    };
    let organization = Organization {
        id: OrganizationId::new(draft.random)?,
        management_account: account,
        root: RootId::new(draft.random)?,
        created: draft.now(),
        features,
        types: PolicyTypes { service_control, resource_control: PolicyTypeState::default() },
        root_tags: Tags::default(),
        root_attached: Attached::default(),
        services: Vec::new(),
        resource_policy: None,
        root_access: RootAccess::default(),
    };
    write_itself(draft, &organization)?;
    write_member(draft, joining(draft, account, JoinedMethod::Invited))?;
    Ok(organization)
}

/// Forgets so much of what an organization that is about to be deleted remembers of invitations and created accounts that the
/// rest fits into the transaction of [`delete`]. Nothing is forgotten that would.
///
/// # Errors
/// As [`delete`].
pub fn clear(draft: &mut Draft<'_>, account: AccountId) -> Result<Progress, Refusal> {
    let organization = deletable(draft, account)?;
    let places = remembered(draft);
    if places.len() <= CLEARED_AT_ONCE_MAX {
        return Ok(Progress::Done);
    }
    write_itself(draft, &organization)?;
    let progress = Progress::of(places.len() - CLEARED_AT_ONCE_MAX, CLEARED_AT_ONCE_MAX);
    for place in places.into_iter().take(CLEARED_AT_ONCE_MAX) {
        draft.delete(Key::Organization(place));
    }
    Ok(progress)
}

/// Deletes the organization, of which nothing but the management account may be left. What it remembers of invitations and
/// created accounts goes with it. Where that is much, [`clear`] comes first.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteOrganization.html>
///
/// # Errors
/// [`Refusal`]: there is none, the account does not manage it, or it has other members, units or policies.
pub fn delete(draft: &mut Draft<'_>, account: AccountId) -> Result<(), Refusal> {
    deletable(draft, account)?;
    for place in remembered(draft) {
        draft.delete(Key::Organization(place));
    }
    draft.delete(Key::Organization(Place::Member(account)));
    draft.delete(Key::Organization(Place::Itself));
    Ok(())
}

fn deletable(draft: &Draft<'_>, account: AccountId) -> Result<Organization, Refusal> {
    let organization = managed_by(draft, account)?;
    let view = draft.snapshot();
    let units = view.units().next().is_some();
    if view.members_of_organization().len() > 1 || units || view.control_policies().len() > 0 {
        return Err(OrganizationFault::OrganizationNotEmpty.into());
    }
    Ok(organization)
}

/// Where the organization's memory of invitations and created accounts stands.
fn remembered(draft: &Draft<'_>) -> Vec<Place> {
    let view = draft.snapshot();
    let handshakes = view.handshakes().map(|handshake| Place::Handshake(handshake.id.clone()));
    let creations = view.creations().map(|creation| Place::Creation(creation.id.clone()));
    handshakes.chain(creations).collect()
}

/// The organization that an account belongs to.
pub(super) fn of_member(draft: &Draft<'_>, account: AccountId) -> Result<Organization, Refusal> {
    let view = draft.snapshot();
    let member = view.organization().filter(|_| view.member(account).is_some());
    member.cloned().ok_or_else(|| OrganizationFault::NotInUse.into())
}

/// The organization that an account manages.
pub(super) fn managed_by(draft: &Draft<'_>, account: AccountId) -> Result<Organization, Refusal> {
    let organization = of_member(draft, account)?;
    if organization.management_account == account {
        Ok(organization)
    } else {
        Err(OrganizationFault::NotTheManagementAccount.into())
    }
}

/// The organization that this account may change: it is a member, and the gate has let it through.
pub(super) fn administered_by(draft: &Draft<'_>, account: AccountId) -> Result<Organization, Refusal> {
    of_member(draft, account)
}

/// A new member, under the root.
fn joining(draft: &Draft<'_>, account: AccountId, method: JoinedMethod) -> Member {
    Member {
        account,
        parent: Parent::Root,
        joined: draft.now(),
        method,
        email: None,
        standing: Standing::Active,
        tags: Tags::default(),
        attached: Attached::default(),
        delegated: Vec::new(),
    }
}

fn write_itself(draft: &mut Draft<'_>, organization: &Organization) -> Result<(), Refusal> {
    let fact = OrganizationFact::Itself(Box::new(organization.clone()));
    draft.put(Key::Organization(Place::Itself), Fact::Organization(fact))
}

fn write_member(draft: &mut Draft<'_>, member: Member) -> Result<(), Refusal> {
    let key = Key::Organization(Place::Member(member.account));
    draft.put(key, Fact::Organization(OrganizationFact::Member(member)))
}

fn find_member(draft: &Draft<'_>, account: AccountId) -> Result<Member, Refusal> {
    draft.snapshot().member(account).cloned().ok_or_else(|| OrganizationFault::NoSuchAccount.into())
}

/// The place of a text: the root's id, or a unit's.
fn parent(draft: &Draft<'_>, organization: &Organization, id: &str) -> Option<Parent> {
    if organization.root.as_str() == id {
        return Some(Parent::Root);
    }
    let unit: UnitId = id.parse().ok()?;
    draft.snapshot().unit(&unit).map(|unit| Parent::Unit(unit.id.clone()))
}

/// The root, unit or account that a text names, if there is one.
#[must_use]
pub fn target(snapshot: &crate::Snapshot, id: &str) -> Option<Target> {
    let organization = snapshot.organization()?;
    if organization.root.as_str() == id {
        return Some(Target::Root);
    }
    if let Ok(unit) = id.parse::<UnitId>() {
        return snapshot.unit(&unit).map(|unit| Target::Unit(unit.id.clone()));
    }
    let account: AccountId = id.parse().ok()?;
    snapshot.member(account).map(|member| Target::Account(member.account))
}

/// Tags as an organization takes them.
///
/// AWS tells keys apart by case here. Two that differ in nothing else are refused, as IAM does: policies do not tell them
/// apart.
fn checked_tags(draft: &Draft<'_>, tags: &[Tag]) -> Result<Tags, Refusal> {
    let tags = Tags::new(tags.to_vec()).map_err(tag_fault)?;
    if exceeds(tags.len(), draft.limits().tags_per_entity) {
        return Err(Constraint::Tags.into());
    }
    Ok(tags)
}

fn tag_fault(fault: TagFault) -> Refusal {
    match fault {
        TagFault::Duplicate(_) => InvalidInput::DuplicateTag.into(),
        TagFault::Reserved(key) => InvalidInput::ReservedTag(key.into()).into(),
    }
}

/// An id that is not taken.
fn unused<T>(
    mut draw: impl FnMut() -> Result<T, crate::random::NoRandomness>,
    taken: impl Fn(&T) -> bool,
) -> Result<T, Refusal> {
    for _ in 0..DRAWS_MAX {
        let id = draw()?;
        if !taken(&id) {
            return Ok(id);
        }
    }
    Err(Refusal::ConcurrentModification)
}

#[cfg(test)]
mod tests;
