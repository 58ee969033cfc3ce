//! Access keys of users, root users and services.

use std::sync::Arc;

use doorward_policy::AccountId;
use doorward_sigv4::{AccessKeyId, AccessKeyKind, SecretAccessKey};

use super::{Draft, accounts, exceeds, users};
use crate::access_key::{AccessKey, KeyOwner, KeyStatus, NewAccessKey};
use crate::keys::Key;
use crate::record::Fact;
use crate::refusal::Refusal;
use crate::seal::Purpose;

/// Whose access key an operation is about.
#[derive(Clone, Copy, Debug)]
pub enum KeyHolder<'a> {
    /// The account's root user's.
    Root,
    /// A user's, by name.
    User(&'a str),
}

/// Creates an access key. The answer is the only place where its secret is seen.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, or it has as many keys as it may have.
pub fn create(
    draft: &mut Draft<'_>,
    account: AccountId,
    holder: KeyHolder<'_>,
) -> Result<NewAccessKey, Refusal> {
    let owner = find(draft, account, holder)?;
    check_quota(draft, &owner)?;
    rewrite_holder(draft, account, holder)?;
    make(draft, account, owner)
}

/// An access key that comes from elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct CarriedKey<'a> {
    /// Its id there.
    pub id: AccessKeyId,
    /// Its secret.
    pub secret: &'a SecretAccessKey,
    /// Whether requests may be signed with it.
    pub status: KeyStatus,
}

/// Gives somebody an access key that they have elsewhere, so that whoever uses it need not notice.
///
/// # Errors
/// [`Refusal`], as of [`create`]; and that there is a key with the id, or that it is the id of another kind of key.
pub fn carry(
    draft: &mut Draft<'_>,
    account: AccountId,
    holder: KeyHolder<'_>,
    carried: CarriedKey<'_>,
) -> Result<(), Refusal> {
    let CarriedKey { id, secret, status } = carried;
    if id.kind() != AccessKeyKind::LongTerm {
        let reason = format!("`{id}` is the id of another kind of key");
        return Err(Refusal::InvalidValue { field: "AccessKeyId", reason });
    }
    let owner = find(draft, account, holder)?;
    check_quota(draft, &owner)?;
    rewrite_holder(draft, account, holder)?;
    let NewAccessKey { key, .. } = store(draft, account, owner, id, secret.clone())?;
    draft.put(Key::AccessKey(id), Fact::AccessKey(AccessKey { status, ..key }))
}

/// Writes whoever is to have one more of something as they are: see the rules of `change`.
pub(super) fn rewrite_holder(
    draft: &mut Draft<'_>,
    account: AccountId,
    holder: KeyHolder<'_>,
) -> Result<(), Refusal> {
    match holder {
        KeyHolder::Root => accounts::rewrite(draft, account),
        KeyHolder::User(name) => {
            let user = users::find(draft, account, name)?;
            users::write(draft, user).map(drop)
        }
    }
}

/// Switches an access key on or off.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, or the key is not its.
pub fn set_status(
    draft: &mut Draft<'_>,
    account: AccountId,
    holder: KeyHolder<'_>,
    id: &str,
    status: KeyStatus,
) -> Result<(), Refusal> {
    let key = existing(draft, account, holder, id)?;
    draft.put(Key::AccessKey(key.id), Fact::AccessKey(AccessKey { status, ..key }))
}

/// Deletes an access key.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, or the key is not its.
pub fn delete(
    draft: &mut Draft<'_>,
    account: AccountId,
    holder: KeyHolder<'_>,
    id: &str,
) -> Result<(), Refusal> {
    let key = existing(draft, account, holder, id)?;
    draft.delete(Key::AccessKey(key.id));
    draft.delete(Key::KeyUse(key.id));
    Ok(())
}

fn existing(
    draft: &Draft<'_>,
    account: AccountId,
    holder: KeyHolder<'_>,
    id: &str,
) -> Result<AccessKey, Refusal> {
    let owner = find(draft, account, holder)?;
    let key = id.parse().ok().and_then(|id| draft.snapshot().access_key(id));
    let own = key.filter(|key| key.owner == owner).cloned();
    own.ok_or_else(|| Refusal::NoSuchAccessKey(id.to_owned()))
}

/// Whose keys and certificates these are.
pub(super) fn find(
    draft: &Draft<'_>,
    account: AccountId,
    holder: KeyHolder<'_>,
) -> Result<KeyOwner, Refusal> {
    match holder {
        KeyHolder::Root if draft.snapshot().account(account).is_some() => Ok(KeyOwner::Root(account)),
        KeyHolder::Root => Err(Refusal::NoSuchAccount(account.to_string())),
        KeyHolder::User(name) => users::find(draft, account, name).map(|user| KeyOwner::User(user.id)),
    }
}

fn check_quota(draft: &Draft<'_>, owner: &KeyOwner) -> Result<(), Refusal> {
    let limit = draft.limits().access_keys_per_user;
    if exceeds(draft.snapshot().access_keys(owner).count() + 1, limit) {
        return Err(Refusal::Quota { name: "AccessKeysPerUser", limit });
    }
    Ok(())
}

/// Makes an access key whose id carries its account. The caller has written the owner.
pub(crate) fn make(
    draft: &mut Draft<'_>,
    account: AccountId,
    owner: KeyOwner,
) -> Result<NewAccessKey, Refusal> {
    let encoded = AccessKeyId::encode(AccessKeyKind::LongTerm, account.number(), *draft.random()?);
    let reason = "it has more than twelve digits".to_owned();
    let id = encoded.map_err(|_| Refusal::InvalidValue { field: "account", reason })?;
    let secret = SecretAccessKey::from_random(&*draft.random()?);
    store(draft, account, owner, id, secret)
}

/// Makes a new access key for an account's root user, as [`services::rotate`](super::services::rotate) does for a service.
///
/// # Errors
/// [`Refusal`]: there is no such account.
pub fn rotate_root(draft: &mut Draft<'_>, account: AccountId) -> Result<NewAccessKey, Refusal> {
    rewrite_holder(draft, account, KeyHolder::Root)?;
    succeed(draft, account, KeyOwner::Root(account))
}

/// Makes a new access key beside the newest that there is, and deletes the oldest where there would be too many. The caller
/// has written the owner.
pub(super) fn succeed(
    draft: &mut Draft<'_>,
    account: AccountId,
    owner: KeyOwner,
) -> Result<NewAccessKey, Refusal> {
    // Times are in whole seconds, and clocks go back; revisions do not. Those who seal keys anew keep their order.
    let view = draft.snapshot();
    let written = |key: &AccessKey| (view.revision_of(&Key::AccessKey(key.id)), key.created, key.id);
    let mut old: Vec<_> = view.access_keys(&owner).map(written).collect();
    old.sort_unstable();
    let limit = draft.limits().access_keys_per_user;
    while let Some((_, _, id)) = old.first().copied().filter(|_| exceeds(old.len() + 1, limit)) {
        draft.delete(Key::AccessKey(id));
        draft.delete(Key::KeyUse(id));
        old.remove(0);
    }
    make(draft, account, owner)
}

/// Stores an access key with a given secret, which is sealed first.
pub(crate) fn store(
    draft: &mut Draft<'_>,
    account: AccountId,
    owner: KeyOwner,
    id: AccessKeyId,
    secret: SecretAccessKey,
) -> Result<NewAccessKey, Refusal> {
    if draft.snapshot().access_key(id).is_some() {
        return Err(Refusal::AccessKeyExists(id.to_string()));
    }
    let place = Key::AccessKey(id);
    let sealed = draft.seal(Purpose::AccessKey, &place.bytes(), secret.expose().as_bytes())?;
    let (status, created, sealed_secret) = (KeyStatus::Active, draft.now(), sealed);
    let key = AccessKey { id, account, owner, status, created, sealed_secret };
    draft.put(place, Fact::AccessKey(key.clone()))?;
    let key = draft.snapshot().access_key(id).cloned().unwrap_or(key);
    Ok(NewAccessKey { key, secret })
}

/// The owner of a service's keys.
pub(super) fn of_service(name: &Arc<str>) -> KeyOwner {
    KeyOwner::Service(Arc::clone(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::*;

    const BOB: KeyHolder<'_> = KeyHolder::User("bob");

    #[test]
    fn a_keys_life() {
        let directory = started();
        directory.change(now(), |draft| add_user(draft, "bob")).unwrap();
        let (made, _) = directory.change(now(), |draft| create(draft, account(), BOB)).unwrap();
        let id = made.key.id.to_string();
        assert!(id.starts_with("AKIA"));
        assert_eq!(made.key.id.account(), Some(account().number()));
        let stored = |directory: &crate::Directory| {
            directory.snapshot().access_key(id.parse().unwrap()).cloned().unwrap()
        };
        assert_eq!(stored(&directory), made.key);
        assert_eq!(stored(&directory).secret(directory.sealer()).unwrap().expose(), made.secret.expose());
        assert_eq!(made.secret.expose().len(), 40);
        assert!(!format!("{made:?}").contains(made.secret.expose()));

        let run = |plan: &dyn Fn(&mut Draft<'_>) -> Result<(), Refusal>| outcome(&directory, plan);
        let gone = format!("NoSuchEntity: The Access Key with id {id} cannot be found");
        assert_eq!(run(&|draft| create(draft, account(), BOB).map(drop)), "ok");
        let full = "LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2";
        assert_eq!(run(&|draft| create(draft, account(), BOB).map(drop)), full);
        assert_eq!(run(&|draft| set_status(draft, account(), BOB, &id, KeyStatus::Inactive)), "ok");
        assert_eq!(stored(&directory).status, KeyStatus::Inactive);
        assert_eq!(stored(&directory).secret(directory.sealer()).unwrap().expose(), made.secret.expose());
        let root = KeyHolder::Root;
        assert_eq!(run(&|draft| set_status(draft, account(), root, &id, KeyStatus::Active)), gone);
        assert_eq!(run(&|draft| delete(draft, account(), root, &id)), gone);
        assert_eq!(run(&|draft| delete(draft, account(), BOB, &id)), "ok");
        assert_eq!(run(&|draft| delete(draft, account(), BOB, &id)), gone);
        let unknown = "NoSuchEntity: The Access Key with id x cannot be found";
        assert_eq!(run(&|draft| delete(draft, account(), BOB, "x")), unknown);
        assert_eq!(run(&|draft| create(draft, account(), root).map(drop)), "ok");
        assert_eq!(
            run(&|draft| create(draft, account(), root).map(drop)),
            full,
            "one was made at the first start"
        );
        assert_reloads(&directory);
    }

    #[test]
    fn a_secret_moved_to_another_key_does_not_open() {
        let directory = started();
        let (keys, _) = directory
            .change(now(), |draft| {
                add_user(draft, "bob")?;
                Ok([create(draft, account(), BOB)?.key, create(draft, account(), BOB)?.key])
            })
            .unwrap();
        let [one, other] = keys;
        let swapped = AccessKey { sealed_secret: other.sealed_secret, ..one };
        assert_eq!(swapped.secret(directory.sealer()).map(drop), Err(crate::seal::SealBroken));
    }
}
