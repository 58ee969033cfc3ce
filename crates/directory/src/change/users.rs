//! Users.

use std::sync::Arc;

use doorward_policy::AccountId;

use super::{Draft, boundaries, owned};
use crate::access_key::KeyOwner;
use crate::identity::User;
use crate::keys::{Counted, Key};
use crate::mfa::MfaOwner;
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
/// [`Refusal`]: there is no such user, or it has keys, a password, MFA devices, policies or memberships.
pub fn delete(draft: &mut Draft<'_>, account: AccountId, name: &str) -> Result<(), Refusal> {
    let user = find(draft, account, name)?;
    let obstacle = if !user.attached.is_empty() {
        Some(Obstacle::AttachedPolicies)
    } else if draft.snapshot().inline(user.id).len() > 0 {
        Some(Obstacle::InlinePolicies)
    } else if !draft.no_keys(&KeyOwner::User(user.id)) {
        Some(Obstacle::AccessKeys)
    } else if draft.snapshot().signing_certificates(&KeyOwner::User(user.id)).len() > 0 {
        Some(Obstacle::SigningCertificates)
    } else if draft.snapshot().ssh_keys(user.id).len() > 0
        || draft.snapshot().service_credentials(user.id).len() > 0
    {
        Some(Obstacle::Referenced)
    } else if draft.snapshot().login_profile(user.id).is_some() {
        Some(Obstacle::LoginProfile)
    } else if draft.snapshot().mfa_devices_of(MfaOwner::User(user.id)).len() > 0 {
        Some(Obstacle::MfaDevices)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Holder, attachments, groups, inline, keys};
    use crate::limits::Limits;
    use crate::snapshot::Listing;
    use crate::testing::*;

    type Operation = fn(&mut Draft<'_>) -> Result<(), Refusal>;

    const NONE: UserUpdate = UserUpdate { name: None, path: None };

    #[test]
    fn a_users_life() {
        let directory = started();
        check(
            &directory,
            &[
                (|draft| add_user(draft, "Bob").map(drop), "ok"),
                (
                    |draft| add_user(draft, "bob").map(drop),
                    "EntityAlreadyExists: User with name Bob already exists.",
                ),
                (|draft| add_user(draft, "alice").map(drop), "ok"),
                (
                    |draft| {
                        let rename = UserUpdate { name: Some(name("ALICE")), ..NONE };
                        update(draft, account(), "bob", &rename).map(drop)
                    },
                    "EntityAlreadyExists: User with name alice already exists.",
                ),
                (
                    |draft| {
                        let recase = UserUpdate { name: Some(name("BOB")), ..NONE };
                        update(draft, account(), "bob", &recase).map(drop)
                    },
                    "ok",
                ),
                (
                    |draft| {
                        let both = UserUpdate { name: Some(name("carol")), path: Some(path("/staff/")) };
                        update(draft, account(), "bob", &both).map(drop)
                    },
                    "ok",
                ),
                (
                    |draft| update(draft, account(), "bob", &NONE).map(drop),
                    "NoSuchEntity: The user with name bob cannot be found.",
                ),
                (
                    |draft| delete(draft, account(), "bob"),
                    "NoSuchEntity: The user with name bob cannot be found.",
                ),
                (|draft| delete(draft, account(), "Carol"), "ok"),
                (
                    |draft| {
                        let elsewhere = OTHER.parse().unwrap();
                        let (name, path) = (name("x"), Path::root());
                        create(draft, elsewhere, &NewUser { name, path, tags: &[], boundary: None }).map(drop)
                    },
                    "NoSuchEntity: The account 210987654321 cannot be found.",
                ),
            ],
        );
        let snapshot = directory.snapshot();
        let left: Vec<_> =
            snapshot.users(account(), &Listing::ALL).items.iter().map(|user| user.arn()).collect();
        assert_eq!(left, ["arn:aws:iam::123456789012:user/alice"]);
        assert_eq!(snapshot.user(account(), "alice").unwrap().created.to_string(), "2026-11-22T10:00:00Z");
    }

    #[test]
    fn nothing_may_be_left_when_a_user_goes() {
        const CONFLICT: &str = "DeleteConflict: Cannot delete entity, must";
        let directory = started();
        let steps: [(Operation, Operation, &str); 4] = [
            (
                |draft| attachments::attach(draft, account(), Holder::User("bob"), &policy_arn("p")),
                |draft| attachments::detach(draft, account(), Holder::User("bob"), &policy_arn("p")),
                "detach all policies first.",
            ),
            (
                |draft| inline::put(draft, account(), Holder::User("bob"), &name("own"), ANY),
                |draft| inline::delete(draft, account(), Holder::User("bob"), "own"),
                "delete policies first.",
            ),
            (
                |draft| keys::create(draft, account(), keys::KeyHolder::User("bob")).map(drop),
                |draft| {
                    let bob = draft.snapshot().user(account(), "bob").unwrap().id;
                    let key =
                        draft.snapshot().access_keys(&KeyOwner::User(bob)).next().unwrap().id.to_string();
                    keys::delete(draft, account(), keys::KeyHolder::User("bob"), &key)
                },
                "delete access keys first.",
            ),
            (
                |draft| groups::add_member(draft, account(), "g", "bob"),
                |draft| groups::remove_member(draft, account(), "g", "bob"),
                "remove users from group first.",
            ),
        ];
        check(
            &directory,
            &[
                (|draft| add_user(draft, "bob").map(drop), "ok"),
                (|draft| add_group(draft, "g").map(drop), "ok"),
                (|draft| add_policy(draft, "p").map(drop), "ok"),
            ],
        );
        for (link, unlink, reason) in steps {
            assert_eq!(outcome(&directory, link), "ok");
            let refused = outcome(&directory, |draft| delete(draft, account(), "bob"));
            assert_eq!(refused, format!("{CONFLICT} {reason}"));
            assert_eq!(outcome(&directory, unlink), "ok");
        }
        assert_eq!(outcome(&directory, |draft| delete(draft, account(), "bob")), "ok");
        assert_reloads(&directory);
    }

    #[test]
    fn a_rename_keeps_everything() {
        let directory = started();
        let before = directory.change(now(), |draft| {
            add_group(draft, "g")?;
            add_policy(draft, "p")?;
            let new = NewUser {
                name: name("bob"),
                path: path("/a/"),
                tags: &tags(&[("Team", "x")]),
                boundary: Some(&policy_arn("p")),
            };
            let user = create(draft, account(), &new)?;
            groups::add_member(draft, account(), "g", "bob")?;
            attachments::attach(draft, account(), Holder::User("bob"), &policy_arn("p"))?;
            inline::put(draft, account(), Holder::User("bob"), &name("own"), ANY)?;
            keys::create(draft, account(), keys::KeyHolder::User("bob"))?;
            Ok(user)
        });
        let id = before.unwrap().0.id;
        let update = UserUpdate { name: Some(name("Robert")), path: Some(path("/b/")) };
        let renamed =
            directory.change(now(), |draft| super::update(draft, account(), "bob", &update)).unwrap().0;
        let snapshot = directory.snapshot();
        assert_eq!((renamed.id, renamed.arn().as_str()), (id, "arn:aws:iam::123456789012:user/b/Robert"));
        assert_eq!(snapshot.user(account(), "bob"), None);
        let user = snapshot.user(account(), "robert").unwrap();
        assert_eq!((user.tags.value("team"), user.groups.len(), user.attached.len()), (Some("x"), 1, 1));
        let group = snapshot.group(account(), "g").unwrap().id;
        assert_eq!(snapshot.members(group).map(|user| user.name.as_str()).collect::<Vec<_>>(), ["Robert"]);
        assert_eq!(snapshot.inline(id).len(), 1);
        assert_eq!(snapshot.access_keys(&KeyOwner::User(id)).count(), 1);
        let permissions = snapshot.user_permissions(id).unwrap().unwrap();
        assert_eq!((permissions.identity.len(), permissions.boundary.is_some()), (2, true));
        assert_reloads(&directory);
    }

    #[test]
    fn quotas_and_tags() {
        let directory =
            started_with(Limits { users_per_account: 2, tags_per_entity: 2, ..Limits::default() });
        check(
            &directory,
            &[
                (|draft| add_user(draft, "a").map(drop), "ok"),
                (
                    |draft| {
                        let tags = tags(&[("a", ""), ("b", ""), ("c", "")]);
                        let (name, path) = (name("b"), Path::root());
                        create(draft, account(), &NewUser { name, path, tags: &tags, boundary: None })
                            .map(drop)
                    },
                    "LimitExceeded: The number of tags has reached the maximum limit.",
                ),
                (
                    |draft| {
                        let tags = tags(&[("a", ""), ("A", "")]);
                        let (name, path) = (name("b"), Path::root());
                        create(draft, account(), &NewUser { name, path, tags: &tags, boundary: None })
                            .map(drop)
                    },
                    "InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive.",
                ),
                (|draft| add_user(draft, "b").map(drop), "ok"),
                (
                    |draft| add_user(draft, "c").map(drop),
                    "LimitExceeded: Cannot exceed quota for UsersPerAccount: 2",
                ),
                (|draft| delete(draft, account(), "a"), "ok"),
                (|draft| add_user(draft, "c").map(drop), "ok"),
            ],
        );
    }
}
