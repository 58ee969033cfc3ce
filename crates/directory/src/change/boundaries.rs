//! Permissions boundaries.

use doorward_policy::AccountId;

use super::{Draft, policies, roles, users};
use crate::refusal::Refusal;
use crate::unique_id::UniqueId;

/// Whose boundary an operation is about, by name.
#[derive(Clone, Copy, Debug)]
pub enum Bounded<'a> {
    /// A user's.
    User(&'a str),
    /// A role's.
    Role(&'a str),
}

/// Makes a managed policy someone's permissions boundary, in place of the one there was.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html>
///
/// # Errors
/// [`Refusal`]: there is no such user or role, or no such policy in its account.
pub fn put(
    draft: &mut Draft<'_>,
    account: AccountId,
    bounded: Bounded<'_>,
    arn: &str,
) -> Result<(), Refusal> {
    match bounded {
        Bounded::User(name) => {
            let mut user = users::find(draft, account, name)?;
            user.boundary = Some(choose(draft, account, arn)?);
            users::write(draft, user).map(drop)
        }
        Bounded::Role(name) => {
            let mut role = roles::changeable(draft, account, name)?;
            role.boundary = Some(choose(draft, account, arn)?);
            roles::write(draft, role).map(drop)
        }
    }
}

/// Takes someone's permissions boundary away; nothing happens if there is none. (What AWS answers then is not
/// documented.)
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html>
///
/// # Errors
/// [`Refusal`]: there is no such user or role.
pub fn delete(draft: &mut Draft<'_>, account: AccountId, bounded: Bounded<'_>) -> Result<(), Refusal> {
    match bounded {
        Bounded::User(name) => {
            let mut user = users::find(draft, account, name)?;
            match user.boundary.take() {
                Some(_) => users::write(draft, user).map(drop),
                None => Ok(()),
            }
        }
        Bounded::Role(name) => {
            let mut role = roles::changeable(draft, account, name)?;
            match role.boundary.take() {
                Some(_) => roles::write(draft, role).map(drop),
                None => Ok(()),
            }
        }
    }
}

/// Links to the managed policy that shall be a boundary.
pub(super) fn choose(draft: &mut Draft<'_>, account: AccountId, arn: &str) -> Result<UniqueId, Refusal> {
    let policy = policies::linkable(draft, account, arn)?;
    policy.ok_or_else(|| Refusal::NoSuchBoundary(arn.to_owned()))?.link(draft)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::policies;
    use crate::testing::*;

    #[test]
    fn boundaries_come_and_go() {
        let directory = started();
        check(
            &directory,
            &[
                (|draft| add_user(draft, "bob").map(drop), "ok"),
                (|draft| add_role(draft, "ci", &open_trust()).map(drop), "ok"),
                (|draft| add_policy(draft, "p").map(drop), "ok"),
                (|draft| put(draft, account(), Bounded::User("bob"), &policy_arn("p")), "ok"),
                (|draft| put(draft, account(), Bounded::User("bob"), &policy_arn("p")), "ok"),
                (|draft| put(draft, account(), Bounded::Role("ci"), &policy_arn("p")), "ok"),
                (
                    |draft| put(draft, account(), Bounded::Role("ci"), &policy_arn("P")),
                    "NoSuchEntity: Scope ARN: arn:aws:iam::123456789012:policy/P does not exist or is not attachable.",
                ),
                (
                    |draft| put(draft, account(), Bounded::Role("none"), &policy_arn("p")),
                    "NoSuchEntity: The role with name none cannot be found.",
                ),
                (
                    |draft| policies::delete(draft, account(), &policy_arn("p")),
                    "DeleteConflict: Cannot delete a policy attached to entities.",
                ),
                (|draft| delete(draft, account(), Bounded::Role("ci")), "ok"),
                (|draft| delete(draft, account(), Bounded::Role("ci")), "ok"),
                // A user takes its boundary with it.
                (|draft| users::delete(draft, account(), "bob"), "ok"),
                (|draft| policies::delete(draft, account(), &policy_arn("p")), "ok"),
            ],
        );
    }
}
