//! Service and resource control policies, and what they are attached to.

use doorward_policy::limits::counted_chars;
use doorward_policy::{AccountId, Document};

use super::{administered_by, checked_tags, target, units, unused, write_itself, write_member};
use crate::change::{Draft, exceeds};
use crate::keys::Key;
use crate::keys::organization::Place;
use crate::organization::{Attached, ControlPolicy, Features, Organization, PolicyId, PolicyKind, Target};
use crate::record::Fact;
use crate::record::organization::OrganizationFact;
use crate::refusal::{Constraint, InvalidInput, MalformedText, OrganizationFault, Refusal};
use crate::tags::Tag;
use crate::text::PolicyText;

/// A policy to create.
#[derive(Clone, Copy, Debug)]
pub struct NewControlPolicy<'a> {
    /// Its type.
    pub kind: PolicyKind,
    /// Its name, unique among those of its type.
    pub name: &'a str,
    /// What it is for.
    pub description: &'a str,
    /// Its document.
    pub content: &'a str,
    /// Its tags.
    pub tags: &'a [Tag],
}

/// What to change of a policy; the rest stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct ControlPolicyUpdate<'a> {
    /// The new name.
    pub name: Option<&'a str>,
    /// The new description.
    pub description: Option<&'a str>,
    /// The new document.
    pub content: Option<&'a str>,
}

/// Enables a type of policy. What AWS attaches everywhere is attached everywhere, and nothing else.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnablePolicyType.html>
///
/// # Errors
/// [`Refusal`]: the account is no member, there is no such root, the organization has no policies, or the type is enabled.
pub fn enable_type(
    draft: &mut Draft<'_>,
    account: AccountId,
    root: &str,
    kind: PolicyKind,
) -> Result<Organization, Refusal> {
    let mut organization = with_root(draft, account, root)?;
    available(&organization, kind)?;
    let state = organization.types.of_mut(kind);
    if state.enabled {
        return Err(OrganizationFault::TypeAlreadyEnabled.into());
    }
    state.enabled = true;
    state.times = state.times.saturating_add(1);
    write_itself(draft, &organization)?;
    Ok(organization)
}

/// Disables a type of policy. Its policies stay, and are attached to nothing any more.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/disable-policy-type.html>
///
/// # Errors
/// [`Refusal`]: the account is no member, there is no such root, or the type is not enabled.
pub fn disable_type(
    draft: &mut Draft<'_>,
    account: AccountId,
    root: &str,
    kind: PolicyKind,
) -> Result<Organization, Refusal> {
    let mut organization = with_root(draft, account, root)?;
    let state = organization.types.of_mut(kind);
    if !state.enabled {
        return Err(OrganizationFault::TypeNotEnabled.into());
    }
    state.enabled = false;
    write_itself(draft, &organization)?;
    Ok(organization)
}

fn with_root(draft: &Draft<'_>, account: AccountId, root: &str) -> Result<Organization, Refusal> {
    let organization = administered_by(draft, account)?;
    if organization.root.as_str() == root {
        Ok(organization)
    } else {
        Err(OrganizationFault::NoSuchRoot.into())
    }
}

fn available(organization: &Organization, kind: PolicyKind) -> Result<(), Refusal> {
    match organization.features {
        Features::All => Ok(()),
        Features::ConsolidatedBilling => {
            Err(OrganizationFault::TypeNotAvailable(kind.name().to_owned()).into())
        }
    }
}

/// Creates a policy, attached to nothing.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html>
///
/// # Errors
/// [`Refusal`]: the account is no member, the organization has no policies, the name is taken, the document is not possible, or
/// a quota is used up.
pub fn create(
    draft: &mut Draft<'_>,
    account: AccountId,
    new: &NewControlPolicy<'_>,
) -> Result<ControlPolicy, Refusal> {
    let organization = administered_by(draft, account)?;
    available(&organization, new.kind)?;
    let tags = checked_tags(draft, new.tags)?;
    let text = checked(draft, new.kind, new.content)?;
    no_namesake(draft, new.kind, new.name)?;
    let limits = draft.limits();
    let limit = match new.kind {
        PolicyKind::ServiceControl => limits.service_control_policies_per_organization,
        PolicyKind::ResourceControl => limits.resource_control_policies_per_organization,
    };
    let count = draft.snapshot().control_policies().filter(|policy| policy.kind == new.kind).count();
    if exceeds(count + 1, limit) {
        return Err(Constraint::Policies.into());
    }
    let taken = |id: &PolicyId| draft.snapshot().control_policy(id).is_some();
    let policy = ControlPolicy {
        id: unused(|| PolicyId::new(draft.random), taken)?,
        kind: new.kind,
        name: new.name.into(),
        description: new.description.into(),
        text,
        tags,
    };
    write_itself(draft, &organization)?;
    write(draft, policy.clone())?;
    Ok(policy)
}

/// Changes a policy. What it says counts at once, wherever it is attached.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdatePolicy.html>
///
/// # Errors
/// [`Refusal`]: the account is no member, there is no such policy or AWS manages it, the name is taken, or the document is not
/// possible.
pub fn update(
    draft: &mut Draft<'_>,
    account: AccountId,
    id: &PolicyId,
    update: &ControlPolicyUpdate<'_>,
) -> Result<ControlPolicy, Refusal> {
    edit(draft, account, id, OrganizationFault::NoSuchPolicy, |draft, policy| {
        if let Some(name) = update.name.filter(|name| **name != *policy.name) {
            no_namesake(draft, policy.kind, name)?;
            policy.name = name.into();
        }
        if let Some(description) = update.description {
            policy.description = description.into();
        }
        if let Some(content) = update.content {
            policy.text = checked(draft, policy.kind, content)?;
        }
        Ok(())
    })
}

/// Deletes a policy that is attached to nothing.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeletePolicy.html>
///
/// # Errors
/// [`Refusal`]: the account is no member, there is no such policy, AWS manages it, or it is attached.
pub fn delete(draft: &mut Draft<'_>, account: AccountId, id: &PolicyId) -> Result<(), Refusal> {
    let organization = administered_by(draft, account)?;
    let policy = find(draft, id, OrganizationFault::NoSuchPolicy)?;
    if !targets(draft.snapshot(), id).is_empty() {
        return Err(OrganizationFault::PolicyInUse.into());
    }
    write_itself(draft, &organization)?;
    draft.delete(Key::Organization(Place::Policy(policy.id)));
    Ok(())
}

/// Attaches a policy. It counts at once.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html>
///
/// # Errors
/// [`Refusal`]: the account is no member, there is no such policy or target, the type is not enabled, it is attached there, or
/// as many are as may be.
pub fn attach(
    draft: &mut Draft<'_>,
    account: AccountId,
    id: &PolicyId,
    target_id: &str,
) -> Result<(), Refusal> {
    let (organization, kind, target) = both(draft, account, id, target_id)?;
    let limit = match kind {
        PolicyKind::ServiceControl => draft.limits().service_control_policies_per_target,
        PolicyKind::ResourceControl => draft.limits().resource_control_policies_per_target,
    };
    relist(draft, account, &organization, &target, kind, |mut policies| {
        if policies.contains(id) {
            return Err(OrganizationFault::DuplicateAttachment.into());
        }
        if exceeds(policies.len() + 1, limit) {
            return Err(Constraint::Attachments.into());
        }
        policies.push(id.clone());
        Ok(policies)
    })
}

/// Detaches a policy. It no longer counts, at once. A target keeps one service control policy at least, and every target the
/// resource control policy that AWS attaches everywhere.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DetachPolicy.html>
///
/// # Errors
/// [`Refusal`]: the account is no member, there is no such policy or target, the type is not enabled, it is not attached there,
/// or has to stay.
pub fn detach(
    draft: &mut Draft<'_>,
    account: AccountId,
    id: &PolicyId,
    target_id: &str,
) -> Result<(), Refusal> {
    let (organization, kind, target) = both(draft, account, id, target_id)?;
    if *id == PolicyId::resource_full_access() {
        return Err(InvalidInput::NotDetachable.into());
    }
    relist(draft, account, &organization, &target, kind, |mut policies| {
        let Some(place) = policies.iter().position(|policy| policy == id) else {
            return Err(OrganizationFault::NotAttached.into());
        };
        if policies.len() == 1 && kind == PolicyKind::ServiceControl {
            return Err(Constraint::LastAttachment.into());
        }
        policies.remove(place);
        Ok(policies)
    })
}

/// The targets that a policy is attached to, ordered by id: accounts, units, the root. Looks at every target, and allocates for
/// those found only.
#[must_use]
pub fn targets(snapshot: &crate::Snapshot, id: &PolicyId) -> Vec<Target> {
    let Some((organization, policy)) = snapshot.organization().zip(snapshot.control_policy(id)) else {
        return Vec::new();
    };
    let everywhere = policy.kind.everywhere();
    let holds = |attached: &Attached| attached.holds(&organization.types, policy.kind, &everywhere, id);
    let root = holds(&organization.root_attached).then_some(Target::Root);
    let units = snapshot.units().filter(|unit| holds(&unit.attached));
    let members = snapshot.members_of_organization().filter(|member| holds(&member.attached));
    members
        .map(|member| Target::Account(member.account))
        .chain(units.map(|unit| Target::Unit(unit.id.clone())))
        .chain(root)
        .collect()
}

/// The organization, a policy's type and a target, of which policies may be attached.
fn both(
    draft: &Draft<'_>,
    account: AccountId,
    id: &PolicyId,
    target_id: &str,
) -> Result<(Organization, PolicyKind, Target), Refusal> {
    let organization = administered_by(draft, account)?;
    let policy = draft.snapshot().control_policy(id).ok_or(OrganizationFault::NoSuchPolicy)?;
    let target = target(draft.snapshot(), target_id).ok_or(OrganizationFault::NoSuchTarget)?;
    if !organization.types.of(policy.kind).enabled {
        return Err(OrganizationFault::TypeNotEnabled.into());
    }
    Ok((organization.clone(), policy.kind, target))
}

fn relist(
    draft: &mut Draft<'_>,
    account: AccountId,
    organization: &Organization,
    target: &Target,
    kind: PolicyKind,
    change: impl FnOnce(Vec<PolicyId>) -> Result<Vec<PolicyId>, Refusal>,
) -> Result<(), Refusal> {
    let types = organization.types;
    let edit = |attached: &mut Attached| {
        let policies = change(attached.policies(&types, kind))?;
        attached.set(&types, kind, policies);
        Ok(())
    };
    match target {
        Target::Root => {
            let mut organization = organization.clone();
            edit(&mut organization.root_attached)?;
            write_itself(draft, &organization)
        }
        Target::Unit(id) => units::edit(draft, account, id, |unit| edit(&mut unit.attached)),
        Target::Account(id) => {
            let mut member = super::find_member(draft, *id)?;
            edit(&mut member.attached)?;
            write_itself(draft, organization)?;
            write_member(draft, member)
        }
    }
}

/// Changes a policy of the organization's own.
pub(super) fn edit(
    draft: &mut Draft<'_>,
    account: AccountId,
    id: &PolicyId,
    missing: OrganizationFault,
    change: impl FnOnce(&Draft<'_>, &mut ControlPolicy) -> Result<(), Refusal>,
) -> Result<ControlPolicy, Refusal> {
    let organization = administered_by(draft, account)?;
    let mut policy = find(draft, id, missing)?;
    change(draft, &mut policy)?;
    write_itself(draft, &organization)?;
    write(draft, policy.clone())?;
    Ok(policy)
}

fn find(draft: &Draft<'_>, id: &PolicyId, missing: OrganizationFault) -> Result<ControlPolicy, Refusal> {
    if id.is_managed() {
        return Err(InvalidInput::Immutable.into());
    }
    draft.snapshot().control_policy(id).cloned().ok_or_else(|| missing.into())
}

/// A document that is a policy of its type.
fn checked(draft: &Draft<'_>, kind: PolicyKind, content: &str) -> Result<PolicyText, Refusal> {
    let limit = draft.limits().control_policy_characters;
    if exceeds(counted_chars(content, kind.grammar()), limit) {
        return Err(Constraint::Content(limit).into());
    }
    Document::parse(content, kind.grammar())
        .map_err(|malformed| OrganizationFault::Malformed(MalformedText(malformed)))?;
    Ok(draft.snapshot().texts().intern(kind.grammar(), content, Box::default()))
}

fn no_namesake(draft: &Draft<'_>, kind: PolicyKind, name: &str) -> Result<(), Refusal> {
    let own = draft.snapshot().control_policies().any(|policy| policy.kind == kind && *policy.name == *name);
    if own || *kind.managed().name == *name {
        return Err(OrganizationFault::DuplicatePolicy.into());
    }
    Ok(())
}

fn write(draft: &mut Draft<'_>, policy: ControlPolicy) -> Result<(), Refusal> {
    let key = Key::Organization(Place::Policy(policy.id.clone()));
    draft.put(key, Fact::Organization(OrganizationFact::Policy(policy)))
}
