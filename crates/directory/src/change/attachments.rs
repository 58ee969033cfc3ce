//! Attaching managed policies to users, groups and roles.

use doorward_policy::{AccountId, Arn};

use super::{Draft, Holder, exceeds, groups, policies, roles, users};
use crate::refusal::Refusal;
use crate::unique_id::UniqueId;

/// Attaches a managed policy; nothing happens if it is attached.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachUserPolicy.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, group, role or policy, or as many policies are attached as may be.
pub fn attach(
    draft: &mut Draft<'_>,
    account: AccountId,
    holder: Holder<'_>,
    arn: &str,
) -> Result<(), Refusal> {
    let limits = *draft.limits();
    match holder {
        Holder::User(name) => {
            let mut user = users::find(draft, account, name)?;
            if !add(draft, account, arn, &mut user.attached, ("PoliciesPerUser", limits.policies_per_user))? {
                return Ok(());
            }
            users::write(draft, user).map(drop)
        }
        Holder::Group(name) => {
            let mut group = groups::find(draft, account, name)?;
            if !add(
                draft,
                account,
                arn,
                &mut group.attached,
                ("PoliciesPerGroup", limits.policies_per_group),
            )? {
                return Ok(());
            }
            groups::write(draft, group).map(drop)
        }
        Holder::Role(name) => {
            let mut role = roles::changeable(draft, account, name)?;
            if !add(draft, account, arn, &mut role.attached, ("PoliciesPerRole", limits.policies_per_role))? {
                return Ok(());
            }
            roles::write(draft, role).map(drop)
        }
    }
}

/// Detaches a managed policy.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachUserPolicy.html>
///
/// # Errors
/// [`Refusal`]: there is no such user, group or role, or the policy is not attached to it.
pub fn detach(
    draft: &mut Draft<'_>,
    account: AccountId,
    holder: Holder<'_>,
    arn: &str,
) -> Result<(), Refusal> {
    match holder {
        Holder::User(name) => {
            let mut user = users::find(draft, account, name)?;
            remove(draft, arn, &mut user.attached)?;
            users::write(draft, user).map(drop)
        }
        Holder::Group(name) => {
            let mut group = groups::find(draft, account, name)?;
            remove(draft, arn, &mut group.attached)?;
            groups::write(draft, group).map(drop)
        }
        Holder::Role(name) => {
            let mut role = roles::changeable(draft, account, name)?;
            remove(draft, arn, &mut role.attached)?;
            roles::write(draft, role).map(drop)
        }
    }
}

/// Adds a policy to those attached; `false` if it is among them already.
fn add(
    draft: &mut Draft<'_>,
    account: AccountId,
    arn: &str,
    attached: &mut Vec<UniqueId>,
    (name, limit): (&'static str, u32),
) -> Result<bool, Refusal> {
    parsed(arn)?;
    let policy = policies::linkable(draft, account, arn)?;
    let policy = policy.ok_or_else(|| Refusal::NotAttachable(arn.to_owned()))?;
    if attached.contains(&policy.id) {
        return Ok(false);
    }
    attached.push(policy.id);
    if exceeds(attached.len(), limit) {
        return Err(Refusal::Quota { name, limit });
    }
    policy.link(draft)?;
    Ok(true)
}

fn remove(draft: &Draft<'_>, arn: &str, attached: &mut Vec<UniqueId>) -> Result<(), Refusal> {
    parsed(arn)?;
    let id = draft.snapshot().policy_with_arn(arn).map(|policy| policy.id);
    let place = id.and_then(|id| attached.iter().position(|other| *other == id));
    match place {
        Some(place) => {
            attached.remove(place);
            Ok(())
        }
        None => Err(Refusal::NoSuchPolicy(arn.to_owned())),
    }
}

fn parsed(arn: &str) -> Result<(), Refusal> {
    arn.parse::<Arn>().map(drop).map_err(|_| Refusal::InvalidArn(arn.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::testing::*;

    fn twice(draft: &mut Draft<'_>, holder: Holder<'_>) -> Result<(), Refusal> {
        attach(draft, account(), holder, &policy_arn("p"))?;
        attach(draft, account(), holder, &policy_arn("p"))
    }

    #[test]
    fn attaching_and_detaching() {
        let limits =
            Limits { policies_per_user: 1, policies_per_group: 1, policies_per_role: 1, ..Limits::default() };
        check(
            &started_with(limits),
            &[
                (|draft| add_user(draft, "u").map(drop), "ok"),
                (|draft| add_group(draft, "g").map(drop), "ok"),
                (|draft| add_role(draft, "r", &open_trust()).map(drop), "ok"),
                (|draft| add_policy(draft, "p").map(drop), "ok"),
                (|draft| add_policy(draft, "q").map(drop), "ok"),
                (|draft| twice(draft, Holder::User("u")), "ok"),
                (|draft| twice(draft, Holder::Group("g")), "ok"),
                (|draft| twice(draft, Holder::Role("r")), "ok"),
                (
                    |draft| attach(draft, account(), Holder::User("u"), &policy_arn("q")),
                    "LimitExceeded: Cannot exceed quota for PoliciesPerUser: 1",
                ),
                (
                    |draft| attach(draft, account(), Holder::Group("g"), &policy_arn("q")),
                    "LimitExceeded: Cannot exceed quota for PoliciesPerGroup: 1",
                ),
                (
                    |draft| attach(draft, account(), Holder::Role("r"), &policy_arn("q")),
                    "LimitExceeded: Cannot exceed quota for PoliciesPerRole: 1",
                ),
                (
                    |draft| attach(draft, account(), Holder::User("u"), "arn:aws:iam::aws:policy/NoSuch"),
                    "NoSuchEntity: Policy arn:aws:iam::aws:policy/NoSuch does not exist or is not attachable.",
                ),
                (
                    |draft| attach(draft, account(), Holder::User("u"), "p"),
                    "ValidationError: Invalid ARN:  Could not be parsed!",
                ),
                (
                    |draft| detach(draft, account(), Holder::User("u"), &policy_arn("q")),
                    "NoSuchEntity: Policy arn:aws:iam::123456789012:policy/q was not found.",
                ),
                (|draft| detach(draft, account(), Holder::User("u"), &policy_arn("p")), "ok"),
                (
                    |draft| detach(draft, account(), Holder::User("u"), &policy_arn("p")),
                    "NoSuchEntity: Policy arn:aws:iam::123456789012:policy/p was not found.",
                ),
                (
                    |draft| detach(draft, account(), Holder::User("none"), &policy_arn("p")),
                    "NoSuchEntity: The user with name none cannot be found.",
                ),
                (
                    |draft| {
                        let policy = draft.snapshot().policy(account(), "p").unwrap().id;
                        let holders: Vec<_> = draft
                            .snapshot()
                            .attachments(account(), policy)
                            .map(|holder| holder.name().to_owned())
                            .collect();
                        assert_eq!(holders, ["g", "r"]);
                        Ok(())
                    },
                    "ok",
                ),
            ],
        );
    }
}
