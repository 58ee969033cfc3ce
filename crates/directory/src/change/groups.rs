//! Groups and their members.

use std::sync::Arc;

use doorward_policy::AccountId;

use super::{Draft, exceeds, owned, users};
use crate::identity::Group;
use crate::keys::{Counted, Key};
use crate::name::{Name, Path};
use crate::record::Fact;
use crate::refusal::{Obstacle, Refusal};
use crate::unique_id::IdKind;

/// What to change of a group; the rest stays.
#[derive(Clone, Debug, Default)]
pub struct GroupUpdate {
    /// The new name.
    pub name: Option<Name>,
    /// The new path.
    pub path: Option<Path>,
}

/// Creates a group.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html>
///
/// # Errors
/// [`Refusal`]: the name is taken, or the quota used up.
pub fn create(draft: &mut Draft<'_>, account: AccountId, name: Name, path: Path) -> Result<Group, Refusal> {
    draft.account(account)?;
    if let Some(found) = draft.snapshot().group(account, name.as_str()) {
        return Err(Refusal::GroupExists(found.name.to_string()));
    }
    draft.count(account, Counted::Groups, draft.limits().groups_per_account, "GroupsPerAccount")?;
    let (id, created) = (draft.new_id(IdKind::Group)?, draft.now());
    write(draft, Group { account, id, name, path, created, attached: Vec::new() })
}

/// Renames or moves a group, which keeps its id, members and policies.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html>
///
/// # Errors
/// [`Refusal`]: there is no such group, or the new name is another's.
pub fn update(
    draft: &mut Draft<'_>,
    account: AccountId,
    name: &str,
    update: &GroupUpdate,
) -> Result<Group, Refusal> {
    let mut group = find(draft, account, name)?;
    if let Some(name) = update.name.as_ref().filter(|name| !group.name.is_written(name.as_str())) {
        match draft.snapshot().group(account, name.as_str()) {
            Some(other) if other.id != group.id => return Err(Refusal::GroupExists(other.name.to_string())),
            Some(_) | None => {}
        }
        draft.delete(key(&group));
        group.name = name.clone();
    }
    if let Some(path) = &update.path {
        group.path = path.clone();
    }
    write(draft, group)
}

/// Deletes a group without members and policies.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html>
///
/// # Errors
/// [`Refusal`]: there is no such group, or it has members or policies.
pub fn delete(draft: &mut Draft<'_>, account: AccountId, name: &str) -> Result<(), Refusal> {
    let group = find(draft, account, name)?;
    let obstacle = if draft.snapshot().members(group.id).next().is_some() {
        Some(Obstacle::Members)
    } else if !group.attached.is_empty() {
        Some(Obstacle::AttachedPolicies)
    } else if draft.snapshot().inline(group.id).len() > 0 {
        Some(Obstacle::InlinePolicies)
    } else {
        None
    };
    if let Some(obstacle) = obstacle {
        return Err(Refusal::InTheWay(obstacle));
    }
    draft.delete_guarded(key(&group), group.id);
    Ok(())
}

/// Makes a user a member; nothing happens if it is one.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html>
///
/// # Errors
/// [`Refusal`]: there is no such group or user, or the user is in as many groups as it may be.
pub fn add_member(draft: &mut Draft<'_>, account: AccountId, group: &str, user: &str) -> Result<(), Refusal> {
    let group = find(draft, account, group)?;
    let mut user = users::find(draft, account, user)?;
    if user.groups.contains(&group.id) {
        return Ok(());
    }
    user.groups.push(group.id);
    let limit = draft.limits().groups_per_user;
    if exceeds(user.groups.len(), limit) {
        return Err(Refusal::Quota { name: "GroupsPerUser", limit });
    }
    draft.link(key(&group), group.id)?;
    users::write(draft, user).map(drop)
}

/// Ends a user's membership.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html>
///
/// # Errors
/// [`Refusal`]: there is no such group or user, or the user is not a member.
pub fn remove_member(
    draft: &mut Draft<'_>,
    account: AccountId,
    group: &str,
    user: &str,
) -> Result<(), Refusal> {
    let group = find(draft, account, group)?;
    let mut user = users::find(draft, account, user)?;
    let before = user.groups.len();
    user.groups.retain(|id| *id != group.id);
    if user.groups.len() == before {
        return Err(Refusal::NotAMember { user: user.name.to_string(), group: group.name.to_string() });
    }
    users::write(draft, user).map(drop)
}

/// A group to change.
pub(super) fn find(draft: &Draft<'_>, account: AccountId, name: &str) -> Result<Group, Refusal> {
    let found = draft.snapshot().group(account, name);
    found.map(owned).ok_or_else(|| Refusal::NoSuchGroup(name.to_owned()))
}

/// Writes a group as it shall be.
pub(super) fn write(draft: &mut Draft<'_>, group: Group) -> Result<Group, Refusal> {
    draft.put(key(&group), Fact::Group(group.clone()))?;
    Ok(draft.snapshot().group_with_id(group.id).map_or(group, owned))
}

pub(super) fn key(group: &Group) -> Key {
    Key::Group(group.account, Arc::clone(group.name.folded()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Holder, attachments, inline};
    use crate::limits::Limits;
    use crate::testing::*;

    #[test]
    fn a_groups_life() {
        check(
            &started_with(Limits { groups_per_user: 1, groups_per_account: 2, ..Limits::default() }),
            &[
                (|draft| add_group(draft, "Admins").map(drop), "ok"),
                (
                    |draft| add_group(draft, "ADMINS").map(drop),
                    "EntityAlreadyExists: Group with name Admins already exists.",
                ),
                (|draft| add_group(draft, "other").map(drop), "ok"),
                (
                    |draft| add_group(draft, "third").map(drop),
                    "LimitExceeded: Cannot exceed quota for GroupsPerAccount: 2",
                ),
                (|draft| add_user(draft, "bob").map(drop), "ok"),
                (|draft| add_member(draft, account(), "admins", "BOB"), "ok"),
                (|draft| add_member(draft, account(), "admins", "bob"), "ok"),
                (
                    |draft| add_member(draft, account(), "other", "bob"),
                    "LimitExceeded: Cannot exceed quota for GroupsPerUser: 1",
                ),
                (
                    |draft| add_member(draft, account(), "none", "bob"),
                    "NoSuchEntity: The group with name none cannot be found.",
                ),
                (
                    |draft| add_member(draft, account(), "admins", "none"),
                    "NoSuchEntity: The user with name none cannot be found.",
                ),
                (
                    |draft| delete(draft, account(), "admins"),
                    "DeleteConflict: Cannot delete entity, must remove users from group first.",
                ),
                (
                    |draft| {
                        let rename = GroupUpdate { name: Some(name("staff")), path: Some(path("/x/")) };
                        update(draft, account(), "admins", &rename).map(drop)
                    },
                    "ok",
                ),
                (
                    |draft| {
                        let rename = GroupUpdate { name: Some(name("Other")), path: None };
                        update(draft, account(), "staff", &rename).map(drop)
                    },
                    "EntityAlreadyExists: Group with name other already exists.",
                ),
                (|draft| remove_member(draft, account(), "staff", "bob"), "ok"),
                (
                    |draft| remove_member(draft, account(), "staff", "bob"),
                    "NoSuchEntity: The user with name bob is not in group staff.",
                ),
                (|draft| add_policy(draft, "p").map(drop), "ok"),
                (
                    |draft| attachments::attach(draft, account(), Holder::Group("staff"), &policy_arn("p")),
                    "ok",
                ),
                (
                    |draft| delete(draft, account(), "staff"),
                    "DeleteConflict: Cannot delete entity, must detach all policies first.",
                ),
                (
                    |draft| attachments::detach(draft, account(), Holder::Group("staff"), &policy_arn("p")),
                    "ok",
                ),
                (|draft| inline::put(draft, account(), Holder::Group("staff"), &name("i"), ANY), "ok"),
                (
                    |draft| delete(draft, account(), "staff"),
                    "DeleteConflict: Cannot delete entity, must delete policies first.",
                ),
                (|draft| inline::delete(draft, account(), Holder::Group("staff"), "i"), "ok"),
                (|draft| delete(draft, account(), "staff"), "ok"),
                (
                    |draft| delete(draft, account(), "staff"),
                    "NoSuchEntity: The group with name staff cannot be found.",
                ),
            ],
        );
    }
}
