//! Customer managed policies and their versions.

use std::sync::Arc;

use doorward_policy::limits::counted_chars;
use doorward_policy::{AccountId, Arn, Document, Kind};
use jiff::Timestamp;

use super::carried::CarriedVersion;
use super::{Draft, exceeds, owned, roles::described};
use crate::identity::SERVICE_LINKED;
use crate::keys::{Counted, Key};
use crate::managed::{ManagedPolicy, Owner, PolicyVersion, ROOT_TASK_PATH, VersionNumber};
use crate::name::{Name, Path};
use crate::record::Fact;
use crate::refusal::{Obstacle, Refusal};
use crate::tags::Tag;
use crate::unique_id::{IdKind, UniqueId};

/// A managed policy to create.
#[derive(Clone, Debug)]
pub struct NewPolicy<'a> {
    /// Unique in the account but for case.
    pub name: Name,
    /// Its path.
    pub path: Path,
    /// What its first version says.
    pub document: &'a str,
    /// Its description, for good.
    pub description: Option<&'a str>,
    /// Its tags.
    pub tags: &'a [Tag],
}

/// What a new version of a policy is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It counts from now on.
    Default,
    /// It is kept beside the one that counts.
    Spare,
}

/// Creates a managed policy with its first version.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>
///
/// # Errors
/// [`Refusal`]: the document or the tags are not possible, the name is taken, or the quota used up.
pub fn create(
    draft: &mut Draft<'_>,
    account: AccountId,
    new: &NewPolicy<'_>,
) -> Result<ManagedPolicy, Refusal> {
    draft.account(account)?;
    check_document(draft, new.document)?;
    if let Some(found) = draft.snapshot().policy(account, new.name.as_str()) {
        return Err(Refusal::PolicyExists(found.name.to_string()));
    }
    let tags = draft.tags(new.tags)?;
    draft.count(account, Counted::Policies, draft.limits().policies_per_account, "PoliciesPerAccount")?;
    let policy = ManagedPolicy {
        owner: Owner::Account(account),
        id: draft.new_id(IdKind::Policy)?,
        name: new.name.clone(),
        path: new.path.clone(),
        created: draft.now(),
        updated: draft.now(),
        description: described(new.description),
        default_version: VersionNumber(1),
        latest_version: VersionNumber(1),
        tags,
    };
    write_version(draft, &policy, VersionNumber(1), new.document)?;
    write(draft, account, policy)
}

/// Writes a managed policy with all its versions, as [`carried::policy`](super::carried::policy) has looked at them.
pub(super) fn carry(
    draft: &mut Draft<'_>,
    account: AccountId,
    new: &NewPolicy<'_>,
    versions: &[CarriedVersion<'_>],
    (default, newest): (VersionNumber, VersionNumber),
) -> Result<ManagedPolicy, Refusal> {
    let first = create(draft, account, new)?;
    let made = Key::Version(first.id, VersionNumber(1));
    draft.remove(made.clone());
    draft.written.remove(&made);
    let now = draft.now;
    for version in versions {
        check_document(draft, version.document)?;
        draft.now = Timestamp::from_second(version.created.as_second()).unwrap_or(now);
        write_version(draft, &first, version.number, version.document)?;
    }
    let updated = versions.iter().map(|version| version.created).max().unwrap_or(now);
    draft.now = now;
    let updated = Timestamp::from_second(updated.as_second()).unwrap_or(now);
    write(
        draft,
        account,
        ManagedPolicy { updated, default_version: default, latest_version: newest, ..first },
    )
}

/// Deletes a managed policy that nobody uses and that has no version besides its default.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html>
///
/// # Errors
/// [`Refusal`]: there is no such policy, it is attached or a boundary, or has more versions.
pub fn delete(draft: &mut Draft<'_>, account: AccountId, arn: &str) -> Result<(), Refusal> {
    let policy = find(draft, account, arn)?;
    let snapshot = draft.snapshot();
    if snapshot.attachment_count(account, policy.id) + snapshot.bounded_count(account, policy.id) > 0 {
        return Err(Refusal::InTheWay(Obstacle::Attachments));
    }
    if snapshot.versions(policy.id).len() > 1 {
        return Err(Refusal::InTheWay(Obstacle::Versions));
    }
    draft.delete(Key::Version(policy.id, policy.default_version));
    draft.delete_guarded(key(account, &policy), policy.id);
    Ok(())
}

/// Adds a version, whose number is one more than that of any version before it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html>
///
/// # Errors
/// [`Refusal`]: there is no such policy, the document is not possible, or there are as many versions as there may be.
pub fn create_version(
    draft: &mut Draft<'_>,
    account: AccountId,
    arn: &str,
    document: &str,
    standing: Standing,
) -> Result<PolicyVersion, Refusal> {
    let mut policy = find(draft, account, arn)?;
    check_document(draft, document)?;
    let limit = draft.limits().versions_per_policy;
    if exceeds(draft.snapshot().versions(policy.id).len() + 1, limit) {
        return Err(Refusal::TooManyVersions { limit });
    }
    policy.latest_version = VersionNumber(policy.latest_version.0 + 1);
    policy.updated = draft.now();
    if standing == Standing::Default {
        policy.default_version = policy.latest_version;
    }
    let version = write_version(draft, &policy, policy.latest_version, document)?;
    write(draft, account, policy)?;
    Ok(version)
}

/// Deletes a version that is not the default.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicyVersion.html>
///
/// # Errors
/// [`Refusal`]: there is no such policy or version, or the version is the default.
pub fn delete_version(
    draft: &mut Draft<'_>,
    account: AccountId,
    arn: &str,
    number: VersionNumber,
) -> Result<(), Refusal> {
    let policy = find(draft, account, arn)?;
    existing(draft, &policy, number)?;
    if policy.default_version == number {
        return Err(Refusal::InTheWay(Obstacle::DefaultVersion));
    }
    draft.delete(Key::Version(policy.id, number));
    // Written as it is, so that nobody makes the version the default meanwhile.
    write(draft, account, policy).map(drop)
}

/// Makes a version the one that counts, wherever the policy is attached.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetDefaultPolicyVersion.html>
///
/// # Errors
/// [`Refusal`]: there is no such policy or version.
pub fn choose_default(
    draft: &mut Draft<'_>,
    account: AccountId,
    arn: &str,
    number: VersionNumber,
) -> Result<(), Refusal> {
    let mut policy = find(draft, account, arn)?;
    existing(draft, &policy, number)?;
    policy.default_version = number;
    write(draft, account, policy).map(drop)
}

fn existing(draft: &Draft<'_>, policy: &ManagedPolicy, version: VersionNumber) -> Result<(), Refusal> {
    match draft.snapshot().version(policy.id, version) {
        Some(_) => Ok(()),
        None => Err(Refusal::NoSuchVersion { arn: policy.arn(), version: version.to_string() }),
    }
}

fn check_document(draft: &Draft<'_>, text: &str) -> Result<(), Refusal> {
    Document::parse(text, Kind::Managed)?;
    let limit = draft.limits().managed_policy_characters;
    if exceeds(counted_chars(text, Kind::Managed), limit) {
        return Err(Refusal::Quota { name: "PolicySize", limit });
    }
    Ok(())
}

fn write_version(
    draft: &mut Draft<'_>,
    policy: &ManagedPolicy,
    number: VersionNumber,
    document: &str,
) -> Result<PolicyVersion, Refusal> {
    let text = draft.snapshot().texts().intern(Kind::Managed, document, Box::default());
    let version = PolicyVersion { number, text, created: draft.now() };
    draft.put(Key::Version(policy.id, number), Fact::Version(version.clone()))?;
    Ok(draft.snapshot().version(policy.id, number).cloned().unwrap_or(version))
}

/// A policy to change.
pub(super) fn find(draft: &Draft<'_>, account: AccountId, arn: &str) -> Result<ManagedPolicy, Refusal> {
    if arn.parse::<Arn>().is_err() {
        return Err(Refusal::InvalidArn(arn.to_owned()));
    }
    match draft.snapshot().policy_with_arn(arn) {
        Some(policy) if policy.is_of(account) => Ok(owned(policy)),
        Some(policy) if policy.owner == Owner::Aws => Err(Refusal::ManagedByAws(arn.to_owned())),
        Some(_) | None => Err(Refusal::NoSuchPolicy(arn.to_owned())),
    }
}

/// A policy that is to be attached or made a boundary.
pub(super) struct Linkable {
    /// Its unique id.
    pub(super) id: UniqueId,
    /// What a customer's policy stands under. Nobody deletes a policy of AWS's.
    key: Option<Key>,
}

/// The policy of this ARN, if `account` may attach it or make it a boundary; `None` if there is none that it may use.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html>, `PolicyNotAttachable`
///
/// # Errors
/// [`Refusal`]: the policy is kept for service-linked roles or for tasks of root users. That the latter cannot be
/// attached is UNCONFIRMED (root-task-policy).
pub(super) fn linkable(
    draft: &Draft<'_>,
    account: AccountId,
    arn: &str,
) -> Result<Option<Linkable>, Refusal> {
    let found = draft.snapshot().policy_with_arn(arn).filter(|policy| policy.is_for(account));
    let Some(policy) = found else { return Ok(None) };
    match policy.owner {
        Owner::Account(_) => Ok(Some(Linkable { id: policy.id, key: Some(key(account, policy)) })),
        Owner::Aws => match policy.path.as_str() {
            SERVICE_LINKED => Err(Refusal::ServiceRolePolicy),
            ROOT_TASK_PATH => Err(Refusal::RootTaskPolicy(arn.to_owned())),
            _ => Ok(Some(Linkable { id: policy.id, key: None })),
        },
    }
}

impl Linkable {
    /// Makes the change depend on the policy: it is there, and is not deleted meanwhile.
    pub(super) fn link(self, draft: &mut Draft<'_>) -> Result<UniqueId, Refusal> {
        if let Some(key) = self.key {
            draft.link(key, self.id)?;
        }
        Ok(self.id)
    }
}

/// Writes a policy as it shall be.
pub(super) fn write(
    draft: &mut Draft<'_>,
    account: AccountId,
    policy: ManagedPolicy,
) -> Result<ManagedPolicy, Refusal> {
    draft.put(key(account, &policy), Fact::Policy(policy.clone()))?;
    Ok(draft.snapshot().policy_with_id(policy.id).map_or(policy, owned))
}

fn key(account: AccountId, policy: &ManagedPolicy) -> Key {
    Key::Policy(account, Arc::clone(policy.name.folded()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Holder, attachments};
    use crate::limits::Limits;
    use crate::testing::*;

    fn arn() -> String {
        policy_arn("p")
    }

    fn delete_numbered(draft: &mut Draft<'_>, number: u32) -> Result<(), Refusal> {
        delete_version(draft, account(), &arn(), VersionNumber(number))
    }

    #[test]
    fn a_policys_life() {
        let directory = started_with(Limits {
            policies_per_account: 1,
            versions_per_policy: 3,
            managed_policy_characters: 100,
            ..Limits::default()
        });
        check(
            &directory,
            &[
                (|draft| add_policy(draft, "p").map(drop), "ok"),
                (
                    |draft| add_policy(draft, "P").map(drop),
                    "EntityAlreadyExists: A policy called p already exists. Duplicate names are not allowed.",
                ),
                (
                    |draft| add_policy(draft, "q").map(drop),
                    "LimitExceeded: Cannot exceed quota for PoliciesPerAccount: 1",
                ),
                (
                    |draft| create_version(draft, account(), &arn(), "{}", Standing::Spare).map(drop),
                    "MalformedPolicyDocument: Syntax errors in policy.",
                ),
                (
                    |draft| {
                        let long = ANY.replace("s3:*", &format!("s3:{}", "x".repeat(100)));
                        create_version(draft, account(), &arn(), &long, Standing::Spare).map(drop)
                    },
                    "LimitExceeded: Cannot exceed quota for PolicySize: 100",
                ),
                (
                    |draft| {
                        let spaced = ANY.replace(':', &format!(":{}", " ".repeat(100)));
                        let spaced = spaced.replace(&format!("s3:{}", " ".repeat(100)), "s3:");
                        let version = create_version(draft, account(), &arn(), &spaced, Standing::Spare)?;
                        assert_eq!((version.number, version.text.text()), (VersionNumber(2), &*spaced));
                        Ok(())
                    },
                    "ok",
                ),
                (|draft| create_version(draft, account(), &arn(), DENY, Standing::Default).map(drop), "ok"),
                (
                    |draft| create_version(draft, account(), &arn(), DENY, Standing::Default).map(drop),
                    "LimitExceeded: A managed policy can have up to 3 versions. Before you create a new version, you must delete an existing version.",
                ),
                (
                    |draft| delete_numbered(draft, 3),
                    "DeleteConflict: Cannot delete the default version of a policy.",
                ),
                (
                    |draft| delete(draft, account(), &arn()),
                    "DeleteConflict: This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
                ),
                (|draft| choose_default(draft, account(), &arn(), VersionNumber(1)), "ok"),
                (|draft| delete_numbered(draft, 3), "ok"),
                (
                    |draft| delete_numbered(draft, 3),
                    "NoSuchEntity: Policy arn:aws:iam::123456789012:policy/p version v3 does not exist or is not attachable.",
                ),
                (
                    |draft| choose_default(draft, account(), &arn(), VersionNumber(3)),
                    "NoSuchEntity: Policy arn:aws:iam::123456789012:policy/p version v3 does not exist or is not attachable.",
                ),
                (
                    |draft| {
                        let version = create_version(draft, account(), &arn(), ANY, Standing::Spare)?;
                        assert_eq!(version.number, VersionNumber(4), "numbers are not used again");
                        Ok(())
                    },
                    "ok",
                ),
                (|draft| delete_numbered(draft, 4), "ok"),
                (|draft| delete_numbered(draft, 2), "ok"),
                (|draft| add_user(draft, "bob").map(drop), "ok"),
                (|draft| attachments::attach(draft, account(), Holder::User("bob"), &arn()), "ok"),
                (
                    |draft| delete(draft, account(), &arn()),
                    "DeleteConflict: Cannot delete a policy attached to entities.",
                ),
                (|draft| attachments::detach(draft, account(), Holder::User("bob"), &arn()), "ok"),
                (|draft| delete(draft, account(), &arn()), "ok"),
                (
                    |draft| delete(draft, account(), &arn()),
                    "NoSuchEntity: Policy arn:aws:iam::123456789012:policy/p was not found.",
                ),
                (
                    |draft| delete(draft, account(), "p"),
                    "ValidationError: Invalid ARN:  Could not be parsed!",
                ),
            ],
        );
    }

    #[test]
    fn policies_of_other_accounts_are_not_found() {
        let directory = started();
        let refused = outcome(&directory, |draft| {
            let other = OTHER.parse().unwrap();
            crate::change::accounts::create(draft, other, "other")?;
            add_policy(draft, "p")?;
            delete(draft, other, &arn())
        });
        assert_eq!(refused, "NoSuchEntity: Policy arn:aws:iam::123456789012:policy/p was not found.");
    }
}
