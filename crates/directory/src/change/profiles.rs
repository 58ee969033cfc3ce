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
    let role = roles::changeable(draft, account, role)?;
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

#[cfg(test)]
mod tests {
    use super::{Draft, Path, Refusal, add_role, create, delete, remove_role};
    use crate::limits::Limits;
    use crate::testing::{self, account, check, name, open_trust, started_with, tags};

    fn add(draft: &mut Draft<'_>, text: &str) -> Result<(), Refusal> {
        create(draft, account(), name(text), Path::root(), &tags(&[("a", "b")])).map(drop)
    }

    #[test]
    fn an_instance_profiles_life() {
        check(
            &started_with(Limits { instance_profiles_per_account: 1, ..Limits::default() }),
            &[
                (|draft| add(draft, "Web"), "ok"),
                (|draft| add(draft, "web"), "EntityAlreadyExists: Instance Profile Web already exists."),
                (
                    |draft| add(draft, "x"),
                    "LimitExceeded: Cannot exceed quota for InstanceProfilesPerAccount: 1",
                ),
                (|draft| testing::add_role(draft, "one", &open_trust()).map(drop), "ok"),
                (|draft| testing::add_role(draft, "two", &open_trust()).map(drop), "ok"),
                (
                    |draft| add_role(draft, account(), "web", "none"),
                    "NoSuchEntity: The role with name none cannot be found.",
                ),
                (
                    |draft| add_role(draft, account(), "none", "one"),
                    "NoSuchEntity: Instance Profile none cannot be found.",
                ),
                (|draft| add_role(draft, account(), "web", "one"), "ok"),
                (
                    |draft| add_role(draft, account(), "web", "two"),
                    "LimitExceeded: Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
                ),
                (
                    |draft| delete(draft, account(), "web"),
                    "DeleteConflict: Cannot delete entity, must remove roles from instance profile first.",
                ),
                (
                    |draft| remove_role(draft, account(), "web", "two"),
                    "NoSuchEntity: The role with name two cannot be found.",
                ),
                (|draft| remove_role(draft, account(), "web", "one"), "ok"),
                (|draft| delete(draft, account(), "WEB"), "ok"),
                (
                    |draft| delete(draft, account(), "web"),
                    "NoSuchEntity: Instance Profile web cannot be found.",
                ),
            ],
        );
    }
}
