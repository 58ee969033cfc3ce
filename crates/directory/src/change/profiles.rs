//! Instance profiles.

use std::sync::Arc;

use doorward_policy::AccountId;

use super::{Draft, owned, roles};
use crate::identity::InstanceProfile;
use crate::keys::{Counted, Key};
use crate::name::{Name, Path};
use crate::record::Fact;
use crate::refusal::{Obstacle, Refusal};
use crate::snapshot::Entity;
use crate::tags::Tag;
use crate::unique_id::IdKind;

/// Creates an instance profile without a role.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html>
///
/// # Errors
/// [`Refusal`]: the name is taken, the quota used up, or the tags are not possible.
pub fn create(
    draft: &mut Draft<'_>,
    account: AccountId,
    name: Name,
    path: Path,
    tags: &[Tag],
) -> Result<InstanceProfile, Refusal> {
    draft.account(account)?;
    if let Some(found) = draft.snapshot().profile(account, name.as_str()) {
        return Err(Refusal::ProfileExists(found.name.to_string()));
    }
    let tags = draft.tags(tags)?;
    let limit = draft.limits().instance_profiles_per_account;
    draft.count(account, Counted::Profiles, limit, "InstanceProfilesPerAccount")?;
    let (id, created) = (draft.new_id(IdKind::InstanceProfile)?, draft.now());
    write(draft, InstanceProfile { account, id, name, path, created, role: None, tags })
}

/// Deletes an instance profile without a role.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html>
///
/// # Errors
/// [`Refusal`]: there is no such instance profile, or it has a role.
pub fn delete(draft: &mut Draft<'_>, account: AccountId, name: &str) -> Result<(), Refusal> {
    let profile = find(draft, account, name)?;
    if profile.role.is_some() {
        return Err(Refusal::InTheWay(Obstacle::InstanceProfile));
    }
    draft.delete(key(&profile));
    Ok(())
}

/// Puts a role into an instance profile that has none.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html>
///
/// # Errors
/// [`Refusal`]: there is no such instance profile or role, or it has a role.
pub fn add_role(draft: &mut Draft<'_>, account: AccountId, name: &str, role: &str) -> Result<(), Refusal> {
    let mut profile = find(draft, account, name)?;
    let role = roles::find(draft, account, role)?;
    if profile.role.is_some() {
        return Err(Refusal::Quota { name: "InstanceSessionsPerInstanceProfile", limit: 1 });
    }
    profile.role = Some(role.id);
    draft.link(roles::key(&role), role.id)?;
    write(draft, profile).map(drop)
}

/// Takes a role out of an instance profile.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html>
///
/// # Errors
/// [`Refusal`]: there is no such instance profile or role, or the role is not in it.
pub fn remove_role(draft: &mut Draft<'_>, account: AccountId, name: &str, role: &str) -> Result<(), Refusal> {
    let mut profile = find(draft, account, name)?;
    let found = roles::find(draft, account, role)?;
    if profile.role != Some(found.id) {
        return Err(Refusal::NoSuchRole(role.to_owned()));
    }
    profile.role = None;
    write(draft, profile).map(drop)
}

/// An instance profile to change.
pub(super) fn find(draft: &Draft<'_>, account: AccountId, name: &str) -> Result<InstanceProfile, Refusal> {
    let found = draft.snapshot().profile(account, name);
    found.map(owned).ok_or_else(|| Refusal::NoSuchProfile(name.to_owned()))
}

/// Writes an instance profile as it shall be.
pub(super) fn write(draft: &mut Draft<'_>, profile: InstanceProfile) -> Result<InstanceProfile, Refusal> {
    let key = key(&profile);
    draft.put(key, Fact::Profile(profile.clone()))?;
    match draft.snapshot().entity(profile.id) {
        Some(Entity::Profile(written)) => Ok(owned(written)),
        Some(Entity::User(_) | Entity::Group(_) | Entity::Role(_) | Entity::Policy(_)) | None => Ok(profile),
    }
}

fn key(profile: &InstanceProfile) -> Key {
    Key::Profile(profile.account, Arc::clone(profile.name.folded()))
}
