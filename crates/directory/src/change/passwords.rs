//! Login profiles of users, and the password policy of an account.

use doorward_policy::AccountId;

use super::{Draft, users};
use crate::identity::User;
use crate::keys::Key;
use crate::password::{LoginProfile, NewPassword, PasswordHash, PasswordPolicy, is_admitted};
use crate::record::Fact;
use crate::refusal::Refusal;

/// Whether the user must choose another password when it next signs in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reset {
    /// It must.
    Required,
    /// It need not.
    NotRequired,
}

/// Gives a user its first password.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, it has a password, or the account's policy does not admit this one.
pub fn create(
    draft: &mut Draft<'_>,
    account: AccountId,
    name: &str,
    new: &NewPassword<'_>,
    reset: Reset,
) -> Result<LoginProfile, Refusal> {
    let user = users::find(draft, account, name)?;
    if draft.snapshot().login_profile(user.id).is_some() {
        return Err(Refusal::LoginProfileExists(user.name.to_string()));
    }
    admit(draft, &user, new)?;
    let (id, now) = (user.id, draft.now());
    let login = LoginProfile {
        created: now,
        changed: now,
        reset_required: reset == Reset::Required,
        sealed_hash: new.hash.sealed(draft, id)?,
        sealed_previous: Vec::new(),
    };
    draft.put(Key::Login(id), Fact::Login(login.clone()))?;
    // Written as it is: see the rules of `change`.
    users::write(draft, user)?;
    Ok(draft.snapshot().login_profile(id).map_or(login, |stored| LoginProfile::clone(stored)))
}

/// Gives a user another password, or changes whether it must choose one; what is `None` stays.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, it has no password, or the account's policy does not admit this one.
pub fn update(
    draft: &mut Draft<'_>,
    account: AccountId,
    name: &str,
    new: Option<&NewPassword<'_>>,
    reset: Option<Reset>,
) -> Result<(), Refusal> {
    let user = users::find(draft, account, name)?;
    let mut login = find(draft, &user)?;
    if let Some(new) = new {
        admit(draft, &user, new)?;
        replace(draft, &user, &mut login, new)?;
    }
    if let Some(reset) = reset {
        login.reset_required = reset == Reset::Required;
    }
    draft.put(Key::Login(user.id), Fact::Login(login))
}

/// Takes a user's password away.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, or it has no password.
pub fn delete(draft: &mut Draft<'_>, account: AccountId, name: &str) -> Result<(), Refusal> {
    let user = users::find(draft, account, name)?;
    find(draft, &user)?;
    draft.delete(Key::Login(user.id));
    Ok(())
}

/// Says what an account asks of its users' passwords, in place of what it asked before. Passwords that are there stay.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html>
///
/// # Errors
/// [`Refusal`]: there is no such account.
pub fn put_policy(draft: &mut Draft<'_>, account: AccountId, policy: PasswordPolicy) -> Result<(), Refusal> {
    draft.account(account)?;
    draft.put(Key::PasswordPolicy(account), Fact::PasswordPolicy(policy))
}

/// Goes back to the default.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html>
///
/// # Errors
/// [`Refusal`]: the account has no policy of its own.
pub fn delete_policy(draft: &mut Draft<'_>, account: AccountId) -> Result<(), Refusal> {
    if draft.snapshot().password_policy(account).is_none() {
        return Err(Refusal::NoPasswordPolicyToDelete);
    }
    draft.delete(Key::PasswordPolicy(account));
    Ok(())
}

fn find(draft: &Draft<'_>, user: &User) -> Result<LoginProfile, Refusal> {
    let found = draft.snapshot().login_profile(user.id).map(|login| LoginProfile::clone(login));
    found.ok_or_else(|| Refusal::NoSuchLoginProfile(user.name.to_string()))
}

/// Checks what may have changed since the password was hashed: the account's policy, and the passwords that it was
/// compared with.
fn admit(draft: &mut Draft<'_>, user: &User, new: &NewPassword<'_>) -> Result<(), Refusal> {
    let snapshot = draft.snapshot();
    let policy = snapshot.password_policy(user.account).map(|policy| &**policy);
    let account = snapshot.account(user.account);
    let account = account.ok_or_else(|| Refusal::NoSuchAccount(user.account.to_string()))?;
    if !is_admitted(account, policy, new.text) {
        return Err(Refusal::PasswordPolicy);
    }
    // By its salt: the same password may have been sealed anew meanwhile.
    let present = snapshot.login_profile(user.id);
    let present = present.map(|login| PasswordHash::opened(draft.sealer(), user.id, &login.sealed_hash));
    if present.transpose()?.map(|hash| hash.salt()) != new.compared
        || policy.is_some_and(|policy| policy.remembered() > new.remembered)
    {
        return Err(Refusal::PasswordChanging(user.name.to_string()));
    }
    draft.rely(Key::PasswordPolicy(user.account));
    Ok(())
}

fn replace(
    draft: &mut Draft<'_>,
    user: &User,
    login: &mut LoginProfile,
    new: &NewPassword<'_>,
) -> Result<(), Refusal> {
    let before = std::mem::replace(&mut login.sealed_hash, new.hash.sealed(draft, user.id)?);
    login.sealed_previous.insert(0, before);
    login.sealed_previous.truncate(new.remembered);
    login.changed = draft.now();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Directory;
    use crate::password::Verdict;
    use crate::testing::*;

    const RIGHT: &str = "Correct-horse-1";

    /// Prepares a password as it is done before a change, and changes it.
    fn set(directory: &Directory, text: &str, reset: Option<Reset>) -> String {
        let snapshot = directory.snapshot();
        let bob = snapshot.user(account(), "bob").unwrap();
        let first = snapshot.login_profile(bob.id).is_none();
        let new = match directory.new_password(&snapshot, bob, text) {
            Ok(new) => new,
            Err(refusal) => return format!("{}: {refusal}", refusal.code()),
        };
        outcome(directory, |draft| match reset {
            Some(reset) if first => create(draft, account(), "bob", &new, reset).map(drop),
            Some(_) | None => update(draft, account(), "bob", Some(&new), reset),
        })
    }

    fn verdict(directory: &Directory, text: &str, later_days: i64) -> Verdict {
        let snapshot = directory.snapshot();
        let now = now() + jiff::SignedDuration::from_hours(24 * later_days);
        directory
            .verify_password(&snapshot, snapshot.user(account(), "bob").map(|bob| &**bob), text, now)
            .unwrap()
    }

    fn policy(directory: &Directory, policy: PasswordPolicy) {
        assert_eq!(outcome(directory, |draft| put_policy(draft, account(), policy)), "ok");
    }

    fn with_bob() -> Directory {
        let directory = started();
        directory.change(now(), |draft| add_user(draft, "bob").map(drop)).unwrap();
        directory
    }

    #[test]
    fn a_passwords_life() {
        let directory = with_bob();
        assert_eq!(verdict(&directory, RIGHT, 0), Verdict::Wrong);
        assert_eq!(
            set(&directory, "weak", Some(Reset::Required)),
            "PasswordPolicyViolation: Password does not conform to the account password policy."
        );
        assert_eq!(set(&directory, RIGHT, Some(Reset::Required)), "ok");
        assert_eq!(verdict(&directory, RIGHT, 0), Verdict::MustChange);
        assert_eq!(verdict(&directory, "Correct-horse-2", 0), Verdict::Wrong);
        assert_eq!(set(&directory, "Correct-horse-2", None), "ok");
        assert_eq!(verdict(&directory, "Correct-horse-2", 0), Verdict::MustChange);
        assert_eq!(set(&directory, RIGHT, Some(Reset::NotRequired)), "ok");
        assert_eq!(verdict(&directory, RIGHT, 10_000), Verdict::Right);
        check(
            &directory,
            &[
                (
                    |draft| users::delete(draft, account(), "bob"),
                    "DeleteConflict: Cannot delete entity, must delete login profile first.",
                ),
                (|draft| delete(draft, account(), "bob"), "ok"),
                (
                    |draft| delete(draft, account(), "bob"),
                    "NoSuchEntity: Login Profile for User bob cannot be found.",
                ),
                (
                    |draft| update(draft, account(), "bob", None, Some(Reset::Required)),
                    "NoSuchEntity: Login Profile for User bob cannot be found.",
                ),
                (|draft| users::delete(draft, account(), "bob"), "ok"),
                (
                    |draft| delete(draft, account(), "bob"),
                    "NoSuchEntity: The user with name bob cannot be found.",
                ),
            ],
        );
        assert_eq!(
            directory.verify_password(&directory.snapshot(), None, RIGHT, now()).unwrap(),
            Verdict::Wrong
        );
    }

    #[test]
    fn earlier_passwords_are_refused_as_long_as_they_are_remembered() {
        const USED: &str =
            "PasswordPolicyViolation: Password does not conform to the account password policy.";
        let directory = with_bob();
        policy(&directory, PasswordPolicy { reuse_prevention: Some(2), ..PasswordPolicy::default() });
        assert_eq!(set(&directory, "first-one", Some(Reset::NotRequired)), "ok");
        for (text, expected) in [
            ("first-one", USED),
            ("second-one", "ok"),
            ("first-one", USED),
            ("third-one", "ok"),
            ("first-one", USED),
            ("second-one", USED),
            ("fourth-one", "ok"),
            ("third-one", USED),
            ("first-one", "ok"),
        ] {
            assert_eq!(set(&directory, text, None), expected, "{text}");
        }
        let snapshot = directory.snapshot();
        let bob = snapshot.user(account(), "bob").unwrap().id;
        assert_eq!(snapshot.login_profile(bob).unwrap().sealed().count(), 3);
        assert_reloads(&directory);
        policy(&directory, PasswordPolicy::default());
        assert_eq!(set(&directory, "first-one", None), "ok");
        assert_eq!(directory.snapshot().login_profile(bob).unwrap().sealed().count(), 1);
    }

    #[test]
    fn what_changes_while_a_password_is_hashed_counts() {
        let directory = with_bob();
        assert_eq!(set(&directory, RIGHT, Some(Reset::NotRequired)), "ok");
        let snapshot = directory.snapshot();
        let bob = snapshot.user(account(), "bob").unwrap();
        let prepared = |text| directory.new_password(&snapshot, bob, text).unwrap();
        let (new, weak) = (prepared("Correct-horse-2"), prepared("Correct-1"));
        assert_eq!(format!("{new:?}"), "NewPassword(redacted)");
        let change = |new: &NewPassword<'_>| {
            outcome(&directory, |draft| update(draft, account(), "bob", Some(new), None))
        };
        policy(&directory, PasswordPolicy { length_min: 10, ..PasswordPolicy::default() });
        assert_eq!(
            change(&weak),
            "PasswordPolicyViolation: Password does not conform to the account password policy."
        );
        let changing = "EntityTemporarilyUnmodifiable: Login Profile for User bob cannot be modified while it is being changed.";
        policy(&directory, PasswordPolicy { reuse_prevention: Some(1), ..PasswordPolicy::default() });
        assert_eq!(change(&new), changing);
        policy(&directory, PasswordPolicy::default());
        assert_eq!(set(&directory, "Correct-horse-3", None), "ok");
        assert_eq!(change(&new), changing);
        assert_eq!(verdict(&directory, "Correct-horse-3", 0), Verdict::Right);
    }

    #[test]
    fn passwords_expire_gently_or_hard() {
        let directory = with_bob();
        let gentle = PasswordPolicy { age_days_max: Some(90), ..PasswordPolicy::default() };
        policy(&directory, gentle);
        assert_eq!(set(&directory, RIGHT, Some(Reset::NotRequired)), "ok");
        assert_eq!(verdict(&directory, RIGHT, 89), Verdict::Right);
        assert_eq!(verdict(&directory, RIGHT, 90), Verdict::MustChange);
        assert_eq!(verdict(&directory, "Correct-horse-2", 90), Verdict::Wrong);
        policy(&directory, PasswordPolicy { hard_expiry: Some(true), ..gentle });
        assert_eq!(verdict(&directory, RIGHT, 89), Verdict::Right);
        assert_eq!(verdict(&directory, RIGHT, 90), Verdict::Expired);
        check(
            &directory,
            &[
                (|draft| delete_policy(draft, account()), "ok"),
                (
                    |draft| delete_policy(draft, account()),
                    "NoSuchEntity: The account policy with name PasswordPolicy cannot be found.",
                ),
                (
                    |draft| put_policy(draft, OTHER.parse().unwrap(), PasswordPolicy::default()),
                    "NoSuchEntity: The account 210987654321 cannot be found.",
                ),
            ],
        );
        assert_eq!(verdict(&directory, RIGHT, 90), Verdict::Right);
    }
}
