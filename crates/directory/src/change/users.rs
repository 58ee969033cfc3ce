//! Users.

use std::sync::Arc;

use doorward_policy::AccountId;

use super::{Draft, boundaries, owned};
use crate::access_key::KeyOwner;
use crate::identity::User;
use crate::keys::{Counted, Key};
use crate::name::{Name, Path};
use crate::record::Fact;
use crate::refusal::{Obstacle, Refusal};
use crate::tags::Tag;
use crate::unique_id::IdKind;

/// A user to create.
#[derive(Clone, Debug)]
pub struct NewUser<'a> {
    /// Unique in the account but for case.
    pub name: Name,
    /// Its path.
    pub path: Path,
    /// Its tags.
    pub tags: &'a [Tag],
    /// The ARN of the managed policy that shall be its boundary.
    pub boundary: Option<&'a str>,
}

/// What to change of a user; the rest stays.
#[derive(Clone, Debug, Default)]
pub struct UserUpdate {
    /// The new name.
    pub name: Option<Name>,
    /// The new path.
    pub path: Option<Path>,
}

/// Creates a user.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html>
///
/// # Errors
/// [`Refusal`]: the name is taken, the quota used up, the tags or the boundary are not possible.
pub fn create(draft: &mut Draft<'_>, account: AccountId, new: &NewUser<'_>) -> Result<User, Refusal> {
    draft.account(account)?;
    if let Some(found) = draft.snapshot().user(account, new.name.as_str()) {
        return Err(Refusal::UserExists(found.name.to_string()));
    }
    let tags = draft.tags(new.tags)?;
    let boundary = new.boundary.map(|arn| boundaries::choose(draft, account, arn)).transpose()?;
    draft.count(account, Counted::Users, draft.limits().users_per_account, "UsersPerAccount")?;
    let user = User {
        account,
        id: draft.new_id(IdKind::User)?,
        name: new.name.clone(),
        path: new.path.clone(),
        created: draft.now(),
        tags,
        boundary,
        groups: Vec::new(),
        attached: Vec::new(),
    };
    write(draft, user)
}

/// Renames or moves a user, which keeps its id and everything that belongs to it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, or the new name is another's.
pub fn update(
    draft: &mut Draft<'_>,
    account: AccountId,
    name: &str,
    update: &UserUpdate,
) -> Result<User, Refusal> {
    let mut user = find(draft, account, name)?;
    if let Some(name) = update.name.as_ref().filter(|name| !user.name.is_written(name.as_str())) {
        match draft.snapshot().user(account, name.as_str()) {
            Some(other) if other.id != user.id => return Err(Refusal::UserExists(other.name.to_string())),
            Some(_) | None => {}
        }
        draft.delete(key(&user));
        user.name = name.clone();
    }
    if let Some(path) = &update.path {
        user.path = path.clone();
    }
    write(draft, user)
}

/// Deletes a user to which nothing belongs any more. Its permissions boundary goes with it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, or it has keys, policies or memberships.
pub fn delete(draft: &mut Draft<'_>, account: AccountId, name: &str) -> Result<(), Refusal> {
    let user = find(draft, account, name)?;
    let obstacle = if !user.attached.is_empty() {
        Some(Obstacle::AttachedPolicies)
    } else if draft.snapshot().inline(user.id).len() > 0 {
        Some(Obstacle::InlinePolicies)
    } else if !draft.no_keys(&KeyOwner::User(user.id)) {
        Some(Obstacle::AccessKeys)
    } else if !user.groups.is_empty() {
        Some(Obstacle::Members)
    } else {
        None
    };
    if let Some(obstacle) = obstacle {
        return Err(Refusal::InTheWay(obstacle));
    }
    draft.delete(key(&user));
    Ok(())
}

/// A user to change.
pub(super) fn find(draft: &Draft<'_>, account: AccountId, name: &str) -> Result<User, Refusal> {
    let found = draft.snapshot().user(account, name);
    found.map(owned).ok_or_else(|| Refusal::NoSuchUser(name.to_owned()))
}

/// Writes a user as it shall be.
pub(super) fn write(draft: &mut Draft<'_>, user: User) -> Result<User, Refusal> {
    let key = key(&user);
    draft.put(key.clone(), Fact::User(user.clone()))?;
    Ok(draft.snapshot().user_with_id(user.id).map_or(user, owned))
}

pub(super) fn key(user: &User) -> Key {
    Key::User(user.account, Arc::clone(user.name.folded()))
}
