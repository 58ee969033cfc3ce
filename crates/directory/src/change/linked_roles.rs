//! Service-linked roles: made and deleted for a service, and changed by nobody else.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html>

use std::sync::Arc;

use doorward_catalog::service_linked_roles::{self, ServiceLink, Suffix};
use doorward_policy::AccountId;
use jiff::SignedDuration;

use super::{Draft, exceeds, roles, trust::trust};
use crate::account::Account;
use crate::identity::{Role, SERVICE_LINKED};
use crate::keys::Key;
use crate::limits::ROLE_SESSION_S_MIN;
use crate::linked::{LinkedDeletion, Outcome};
use crate::name::{Name, Path};
use crate::properties::RoleManager;
use crate::record::Fact;
use crate::refusal::Refusal;
use crate::snapshot::Listing;
use crate::tags::Tags;
use crate::unique_id::IdKind;

/// The longest name of a role, in characters.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length>
const NAME_CHARACTERS_MAX: usize = 64;

/// How long a deletion can be asked about. How long AWS remembers them is not published.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How many deletions are forgotten at once at most.
const FORGOTTEN_AT_ONCE_MAX: usize = 32;

/// The role that is linked to the role manager, by which it makes roles from templates.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_role-manager_enable-use.html>
pub const ROLE_MANAGER: NewLinkedRole<'_> =
    NewLinkedRole { service: "role-manager.iam.amazonaws.com", suffix: None, description: None };

/// How many deletions an account remembers at most: the oldest are forgotten first. AWS publishes no number.
pub const DELETIONS_PER_ACCOUNT_MAX: usize = 1000;

/// How many service-linked roles an account has at most. AWS publishes no number, and counts them towards none of its quotas;
/// but suffixes make as many as anybody likes, and an account that has them all would be slow to show. It holds up to the few
/// that are made at the same moment.
pub const LINKED_ROLES_PER_ACCOUNT_MAX: u32 = 1000;

/// A service-linked role to create.
#[derive(Clone, Copy, Debug)]
pub struct NewLinkedRole<'a> {
    /// The principal of the service, case included.
    pub service: &'a str,
    /// What tells it from others of the service.
    pub suffix: Option<&'a str>,
    /// Its description.
    pub description: Option<&'a str>,
}

impl NewLinkedRole<'_> {
    /// The path that the role will have.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{SERVICE_LINKED}{}/", self.service)
    }

    /// The name that the role will have; `None` if the service is not known to have one.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        let link = service_linked_roles::of(self.service)?;
        Some(match self.suffix {
            Some(suffix) => format!("{}_{suffix}", link.role),
            None => link.role.to_owned(),
        })
    }
}

/// Creates the role of a service, with the trust policy and the managed policy that the service needs. Such roles are made
/// whatever the quota of roles says.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceLinkedRole.html>
///
/// # Errors
/// [`Refusal`]: the service is not known, its roles have no suffix, the name is too long or taken, or there are
/// [`LINKED_ROLES_PER_ACCOUNT_MAX`].
pub fn create(draft: &mut Draft<'_>, account: AccountId, new: &NewLinkedRole<'_>) -> Result<Role, Refusal> {
    draft.account(account)?;
    let unknown = || Refusal::NoLinkedRole(new.service.to_owned());
    let link = service_linked_roles::of(new.service).ok_or_else(unknown)?;
    if new.suffix.is_some() && link.suffix == Suffix::Refused {
        return Err(Refusal::SuffixNotAllowed(new.service.to_owned()));
    }
    let name = new.name().ok_or_else(unknown)?;
    if name.chars().count() > NAME_CHARACTERS_MAX {
        let reason = format!("the role would have a name of more than {NAME_CHARACTERS_MAX} characters");
        return Err(Refusal::InvalidValue { field: "customSuffix", reason });
    }
    if let Some(found) = draft.snapshot().role(account, &name) {
        return Err(Refusal::LinkedRoleExists(found.name.to_string()));
    }
    let linked = Listing { path_prefix: SERVICE_LINKED, ..Listing::ALL };
    let limit = LINKED_ROLES_PER_ACCOUNT_MAX;
    if exceeds(draft.snapshot().roles(account, &linked).items.len() + 1, limit) {
        return Err(Refusal::Quota { name: "ServiceLinkedRolesPerAccount", limit });
    }
    let policy = draft.snapshot().policy_with_arn(&policy_arn(link));
    let attached = policy.map(|policy| policy.id).ok_or_else(unknown)?;
    let role = Role {
        account,
        id: draft.new_id(IdKind::Role)?,
        name: Name::new(&name)?,
        path: Path::new(&new.path())?,
        created: draft.now(),
        trust: trust(draft, account, &trust_policy(link))?,
        description: roles::described(new.description),
        max_session_s: ROLE_SESSION_S_MIN,
        tags: Tags::default(),
        boundary: None,
        attached: vec![attached],
        source: None,
    };
    roles::write(draft, role)
}

/// Makes sure that the role of a service is there, without a suffix.
///
/// # Errors
/// [`Refusal`]: as [`create`]; a role of that name that is not the service's stands in the way.
pub fn ensure(draft: &mut Draft<'_>, account: AccountId, new: &NewLinkedRole<'_>) -> Result<(), Refusal> {
    let found = new.name().and_then(|name| draft.snapshot().role(account, &name));
    if found.is_some_and(|role| role.path.as_str() == new.path()) {
        return Ok(());
    }
    create(draft, account, new).map(drop)
}

/// Deletes a service-linked role with the policy that it has, and remembers that for a week. That of the role manager stays
/// while that is enabled: then the deletion is remembered as one that failed.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_role-manager_enable-use.html>
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html>
///
/// # Errors
/// [`Refusal`]: there is no such role, or it is not linked to a service. What AWS answers to the latter is
/// UNCONFIRMED (linked-deletion-of-other-role).
pub fn delete(draft: &mut Draft<'_>, account: AccountId, name: &str) -> Result<LinkedDeletion, Refusal> {
    let role = roles::find(draft, account, name)?;
    if !role.is_service_linked() {
        return Err(Refusal::NoSuchRole(name.to_owned()));
    }
    forget(draft, account);
    let id: Arc<str> = uuid(*draft.random()?).into();
    let submitted = draft.now();
    let outcome = if is_used(draft, &role) { Outcome::InUse } else { Outcome::Deleted };
    let (path, name) = (role.path.clone(), role.name.clone());
    let deletion = LinkedDeletion { id: Arc::clone(&id), path, name, submitted, outcome };
    draft.put(Key::LinkedDeletion(account, Arc::clone(&id)), Fact::LinkedDeletion(deletion.clone()))?;
    match outcome {
        Outcome::Deleted => {
            draft.delete_guarded(roles::key(&role), role.id);
            draft.delete(Key::RoleUse(role.id));
        }
        // Whoever enables or disables the role manager meanwhile writes the account.
        Outcome::InUse => draft.rely(Key::Account(account)),
    }
    Ok(draft.snapshot().linked_deletion(account, &id).cloned().unwrap_or(deletion))
}

/// Whether the service uses the role: the role manager does while it is enabled.
fn is_used(draft: &Draft<'_>, role: &Role) -> bool {
    let enabled = |account: &Account| account.role_manager == RoleManager::Enabled;
    role.path.as_str() == ROLE_MANAGER.path() && draft.snapshot().account(role.account).is_some_and(enabled)
}

/// Forgets deletions that nobody needs to ask about any more, and the oldest where there are too many.
fn forget(draft: &mut Draft<'_>, account: AccountId) {
    let now = draft.now();
    let old = |deletion: &&LinkedDeletion| now.duration_since(deletion.submitted) > REMEMBERED;
    let mut deletions: Vec<&LinkedDeletion> = draft.snapshot().linked_deletions(account).collect();
    deletions.sort_by_key(|deletion| deletion.submitted);
    let too_many = (deletions.len() + 1).saturating_sub(DELETIONS_PER_ACCOUNT_MAX);
    let forgotten = deletions.iter().filter(|deletion| old(deletion)).count().max(too_many);
    let deletions = deletions.into_iter().take(forgotten.min(FORGOTTEN_AT_ONCE_MAX));
    let keys: Vec<Key> = deletions.map(|old| Key::LinkedDeletion(account, Arc::clone(&old.id))).collect();
    for key in keys {
        draft.delete(key);
    }
}

fn policy_arn(link: &ServiceLink) -> String {
    format!("arn:aws:iam::aws:policy{SERVICE_LINKED}{}", link.policy)
}

/// In the form in which AWS shows it.
fn trust_policy(link: &ServiceLink) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Action":["sts:AssumeRole"],"Principal":{{"Service":["{}"]}},"Effect":"Allow"}}]}}"#,
        link.service
    )
}

/// A random UUID of these bytes.
fn uuid(bytes: [u8; 16]) -> String {
    let number = u128::from_be_bytes(bytes);
    let number = number & !(0xf << 76) & !(0b11 << 62) | 4 << 76 | 0b10 << 62;
    let digits = format!("{number:032x}");
    let mut text = String::with_capacity(36);
    for (place, digit) in digits.chars().enumerate() {
        if matches!(place, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::boundaries::{self, Bounded};
    use crate::change::roles::RoleUpdate;
    use crate::change::tags::{self as tagging, Tagged};
    use crate::change::{Holder, attachments, inline, profiles};
    use crate::limits::Limits;
    use crate::testing::*;
    use crate::usage::Used;

    const AUTO_SCALING: &str = "AWSServiceRoleForAutoScaling";
    const PROTECTED: &str = "UnmodifiableEntity: Cannot perform the operation on the protected role \
                             'AWSServiceRoleForAutoScaling' - this role is only modifiable by AWS";

    fn made(draft: &mut Draft<'_>, service: &str, suffix: Option<&str>) -> Result<(), Refusal> {
        create(draft, account(), &NewLinkedRole { service, suffix, description: None }).map(drop)
    }

    #[test]
    fn made_for_known_services() {
        check(
            &started_with(Limits { roles_per_account: 0, ..Limits::default() }),
            &[
                (|draft| made(draft, "autoscaling.amazonaws.com", None), "ok"),
                (|draft| made(draft, "autoscaling.amazonaws.com", Some("x")), "ok"),
                (
                    |draft| made(draft, "autoscaling.amazonaws.com", Some("X")),
                    "InvalidInput: Service role name AWSServiceRoleForAutoScaling_x has been taken in this account, please try a different suffix.",
                ),
                (
                    |draft| made(draft, "autoscaling.amazonaws.com", Some(&"x".repeat(60))),
                    "ValidationError: The specified value for customSuffix is invalid: the role would have a name of more than 64 characters.",
                ),
                (
                    |draft| made(draft, "batch.amazonaws.com", Some("x")),
                    "InvalidInput: Custom suffix is not allowed for batch.amazonaws.com",
                ),
                (
                    |draft| made(draft, "ec2.amazonaws.com", None),
                    "InvalidInput: The service ec2.amazonaws.com is not known to have a service-linked role.",
                ),
                (
                    |draft| {
                        let role = draft.snapshot().role(account(), AUTO_SCALING).unwrap();
                        assert_eq!(
                            role.arn(),
                            "arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/\
                             AWSServiceRoleForAutoScaling"
                        );
                        let permissions = draft.snapshot().role_permissions(role.id).unwrap().unwrap();
                        let arns: Vec<_> =
                            permissions.identity.iter().filter_map(|one| one.source.arn.clone()).collect();
                        assert_eq!(
                            arns,
                            ["arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy"]
                        );
                        Ok(())
                    },
                    "ok",
                ),
            ],
        );
    }

    #[test]
    fn every_known_service_can_have_its_role() {
        let directory = started();
        for link in service_linked_roles::ALL {
            assert_eq!(outcome(&directory, |draft| made(draft, link.service, None)), "ok", "{link:?}");
        }
    }

    #[test]
    fn changed_by_nobody_but_for_description_and_tags() {
        let directory = started();
        let update = |description, max_session_s| RoleUpdate { description, max_session_s };
        assert_eq!(outcome(&directory, |draft| made(draft, "autoscaling.amazonaws.com", None)), "ok");
        check(
            &directory,
            &[
                (|draft| add_policy(draft, "p").map(drop), "ok"),
                (|draft| profiles::create(draft, account(), name("web"), Path::root(), &[]).map(drop), "ok"),
                (|draft| roles::delete(draft, account(), AUTO_SCALING), PROTECTED),
                (|draft| roles::update_trust(draft, account(), AUTO_SCALING, &open_trust()), PROTECTED),
                (
                    |draft| {
                        attachments::attach(
                            draft,
                            account(),
                            Holder::Role(AUTO_SCALING),
                            &crate::testing::policy_arn("p"),
                        )
                    },
                    PROTECTED,
                ),
                (
                    |draft| {
                        let arn = "arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy";
                        attachments::detach(draft, account(), Holder::Role(AUTO_SCALING), arn)
                    },
                    PROTECTED,
                ),
                (
                    |draft| inline::put(draft, account(), Holder::Role(AUTO_SCALING), &name("i"), ANY),
                    PROTECTED,
                ),
                (|draft| inline::delete(draft, account(), Holder::Role(AUTO_SCALING), "i"), PROTECTED),
                (
                    |draft| {
                        boundaries::put(
                            draft,
                            account(),
                            Bounded::Role(AUTO_SCALING),
                            &crate::testing::policy_arn("p"),
                        )
                    },
                    PROTECTED,
                ),
                (|draft| boundaries::delete(draft, account(), Bounded::Role(AUTO_SCALING)), PROTECTED),
                (|draft| profiles::add_role(draft, account(), "web", AUTO_SCALING), PROTECTED),
                (
                    |draft| tagging::put(draft, account(), Tagged::Role(AUTO_SCALING), &tags(&[("a", "b")])),
                    "ok",
                ),
            ],
        );
        let updated =
            |update| outcome(&directory, |draft| roles::update(draft, account(), AUTO_SCALING, &update));
        assert_eq!(updated(update(None, Some(7200))), PROTECTED);
        assert_eq!(updated(update(Some("mine"), None)), "ok");
    }

    #[test]
    fn deleted_and_remembered_for_a_week() {
        let directory = started();
        let delete_at = |at| {
            directory.change(at, |draft| made(draft, "autoscaling.amazonaws.com", None)).unwrap();
            directory.change(at, |draft| delete(draft, account(), "awsserviceroleforautoscaling")).unwrap().0
        };
        let known = |deletion: &LinkedDeletion| {
            directory.snapshot().linked_deletion(account(), &deletion.id) == Some(deletion)
        };
        let start = now().round(jiff::Unit::Second).unwrap();
        let first = delete_at(start);
        assert_eq!(first.id.len(), 36);
        let task = format!(
            "task/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling/{}",
            first.id
        );
        assert_eq!(first.task(), task);
        assert!(directory.snapshot().role(account(), AUTO_SCALING).is_none());
        let second = delete_at(start + REMEMBERED);
        assert!(known(&first) && known(&second));
        let third = delete_at(start + REMEMBERED + SignedDuration::from_secs(2));
        assert!(!known(&first) && known(&second) && known(&third));
        assert_reloads(&directory);
        check(
            &directory,
            &[
                (|draft| add_role(draft, "own", &open_trust()).map(drop), "ok"),
                (
                    |draft| delete(draft, account(), "own").map(drop),
                    "NoSuchEntity: The role with name own cannot be found.",
                ),
                (
                    |draft| delete(draft, account(), "none").map(drop),
                    "NoSuchEntity: The role with name none cannot be found.",
                ),
            ],
        );
    }

    #[test]
    fn its_last_use_goes_with_it() {
        let directory = started();
        directory.change(now(), |draft| made(draft, "autoscaling.amazonaws.com", None)).unwrap();
        let used = Used::Role(directory.snapshot().role(account(), AUTO_SCALING).unwrap().id);
        directory.note_use(used, "s3", "eu-west-1", now());
        directory.save_uses(now()).unwrap();
        assert!(directory.snapshot().stored_use(used).is_some());
        directory.change(now(), |draft| delete(draft, account(), AUTO_SCALING)).unwrap();
        assert!(directory.snapshot().stored_use(used).is_none());
        assert_reloads(&directory);
    }

    #[test]
    fn suffixes_and_deletions_have_an_end() {
        let directory = started();
        for some in (0..LINKED_ROLES_PER_ACCOUNT_MAX).collect::<Vec<_>>().chunks(50) {
            let make = |draft: &mut Draft<'_>| {
                let mut numbers = some.iter();
                numbers.try_for_each(|number| {
                    made(draft, "autoscaling.amazonaws.com", Some(&number.to_string()))
                })
            };
            assert_eq!(outcome(&directory, make), "ok");
        }
        let full = "LimitExceeded: Cannot exceed quota for ServiceLinkedRolesPerAccount: 1000";
        assert_eq!(outcome(&directory, |draft| made(draft, "batch.amazonaws.com", None)), full);
        let delete_at = |number: u32| {
            let name = format!("{AUTO_SCALING}_{number}");
            let at = now() + SignedDuration::from_secs(i64::from(number));
            directory.change(at, |draft| delete(draft, account(), &name)).unwrap().0
        };
        let first: Vec<_> = (0..2).map(delete_at).collect();
        (2..LINKED_ROLES_PER_ACCOUNT_MAX).for_each(|number| drop(delete_at(number)));
        let known =
            || first.iter().map(|old| directory.snapshot().linked_deletion(account(), &old.id).is_some());
        assert!(known().all(|known| known));
        directory.change(now(), |draft| made(draft, "autoscaling.amazonaws.com", Some("0"))).unwrap();
        delete_at(0);
        assert_eq!(known().collect::<Vec<_>>(), [false, true]);
        assert_eq!(directory.snapshot().linked_deletions(account()).count(), DELETIONS_PER_ACCOUNT_MAX);
        assert_reloads(&directory);
    }

    #[test]
    fn uuids_say_that_they_are_random() {
        assert_eq!(uuid([0; 16]), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }
}
