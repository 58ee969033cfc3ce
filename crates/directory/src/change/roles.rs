//! Roles.

use std::sync::Arc;

use doorward_policy::AccountId;

use super::{Draft, boundaries, owned, trust::trust};
use crate::identity::{Role, SERVICE_LINKED};
use crate::keys::{Counted, Key};
use crate::limits::{ROLE_SESSION_S_MAX, ROLE_SESSION_S_MIN};
use crate::name::{Name, Path};
use crate::record::Fact;
use crate::refusal::{Obstacle, Refusal};
use crate::tags::Tag;
use crate::unique_id::IdKind;

/// A role to create.
#[derive(Clone, Debug)]
pub struct NewRole<'a> {
    /// Unique in the account but for case.
    pub name: Name,
    /// Its path.
    pub path: Path,
    /// Its trust policy.
    pub trust: &'a str,
    /// Its description.
    pub description: Option<&'a str>,
    /// How long its sessions may last, in seconds; 3,600 where not given.
    pub max_session_s: Option<u32>,
    /// Its tags.
    pub tags: &'a [Tag],
    /// The ARN of the managed policy that shall be its boundary.
    pub boundary: Option<&'a str>,
}

/// What to change of a role; the rest stays.
#[derive(Clone, Debug, Default)]
pub struct RoleUpdate<'a> {
    /// The new description; an empty one takes it away.
    pub description: Option<&'a str>,
    /// How long its sessions may last from now on, in seconds.
    pub max_session_s: Option<u32>,
}

/// Creates a role.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
///
/// # Errors
/// [`Refusal`]: the trust policy is not possible, the name is taken, the quota used up, the path reserved, the tags or
/// the boundary are not possible.
pub fn create(draft: &mut Draft<'_>, account: AccountId, new: &NewRole<'_>) -> Result<Role, Refusal> {
    draft.account(account)?;
    let trust = trust(draft, account, new.trust)?;
    if let Some(found) = draft.snapshot().role(account, new.name.as_str()) {
        return Err(Refusal::RoleExists(found.name.to_string()));
    }
    if new.path.as_str().to_ascii_lowercase().starts_with(SERVICE_LINKED) {
        return Err(Refusal::ReservedPath(new.path.to_string()));
    }
    let max_session_s = session(new.max_session_s.unwrap_or(ROLE_SESSION_S_MIN))?;
    let tags = draft.tags(new.tags)?;
    let boundary = new.boundary.map(|arn| boundaries::choose(draft, account, arn)).transpose()?;
    draft.count(account, Counted::Roles, draft.limits().roles_per_account, "RolesPerAccount")?;
    let role = Role {
        account,
        id: draft.new_id(IdKind::Role)?,
        name: new.name.clone(),
        path: new.path.clone(),
        created: draft.now(),
        trust,
        description: described(new.description),
        max_session_s,
        tags,
        boundary,
        attached: Vec::new(),
        source: None,
    };
    write(draft, role)
}

/// Changes a role's description or how long its sessions may last.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html>
///
/// # Errors
/// [`Refusal`]: there is no such role, the duration is out of range, or is that of a service-linked role.
pub fn update(
    draft: &mut Draft<'_>,
    account: AccountId,
    name: &str,
    update: &RoleUpdate<'_>,
) -> Result<Role, Refusal> {
    // Of a service-linked role the description may be changed.
    // Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-service-linked-role.html>
    let mut role = match update.max_session_s {
        Some(_) => changeable(draft, account, name)?,
        None => find(draft, account, name)?,
    };
    if update.description.is_some() {
        role.description = described(update.description);
    }
    if let Some(seconds) = update.max_session_s {
        role.max_session_s = session(seconds)?;
    }
    write(draft, role)
}

/// Replaces a role's trust policy. Sessions that exist go on.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html>
///
/// # Errors
/// [`Refusal`]: there is no such role, it is linked to a service, or the trust policy is not possible.
pub fn update_trust(
    draft: &mut Draft<'_>,
    account: AccountId,
    name: &str,
    text: &str,
) -> Result<(), Refusal> {
    let mut role = changeable(draft, account, name)?;
    role.trust = trust(draft, account, text)?;
    write(draft, role).map(drop)
}

/// Deletes a role without policies, in no instance profile. Its permissions boundary goes with it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html>
///
/// # Errors
/// [`Refusal`]: there is no such role, it is linked to a service, has policies, or is in an instance profile.
pub fn delete(draft: &mut Draft<'_>, account: AccountId, name: &str) -> Result<(), Refusal> {
    let role = changeable(draft, account, name)?;
    let obstacle = if draft.snapshot().profiles_of(role.id).next().is_some() {
        Some(Obstacle::InstanceProfile)
    } else if !role.attached.is_empty() {
        Some(Obstacle::AttachedPolicies)
    } else if draft.snapshot().inline(role.id).len() > 0 {
        Some(Obstacle::InlinePolicies)
    } else {
        None
    };
    if let Some(obstacle) = obstacle {
        return Err(Refusal::InTheWay(obstacle));
    }
    draft.delete_guarded(key(&role), role.id);
    draft.delete(Key::RoleUse(role.id));
    Ok(())
}

fn session(seconds: u32) -> Result<u32, Refusal> {
    if (ROLE_SESSION_S_MIN..=ROLE_SESSION_S_MAX).contains(&seconds) {
        return Ok(seconds);
    }
    let reason = format!("it must be from {ROLE_SESSION_S_MIN} to {ROLE_SESSION_S_MAX} seconds");
    Err(Refusal::InvalidValue { field: "maxSessionDuration", reason })
}

/// A description as it is kept: an empty one is none.
pub(super) fn described(text: Option<&str>) -> Option<Box<str>> {
    text.filter(|text| !text.is_empty()).map(Into::into)
}

/// A role that its account may change: one that is not linked to a service.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html>
pub(super) fn changeable(draft: &Draft<'_>, account: AccountId, name: &str) -> Result<Role, Refusal> {
    let role = find(draft, account, name)?;
    if role.is_service_linked() { Err(Refusal::ProtectedRole(role.name.to_string())) } else { Ok(role) }
}

/// A role to change.
pub(super) fn find(draft: &Draft<'_>, account: AccountId, name: &str) -> Result<Role, Refusal> {
    let found = draft.snapshot().role(account, name);
    found.map(owned).ok_or_else(|| Refusal::NoSuchRole(name.to_owned()))
}

/// Writes a role as it shall be.
pub(super) fn write(draft: &mut Draft<'_>, role: Role) -> Result<Role, Refusal> {
    draft.put(key(&role), Fact::Role(role.clone()))?;
    Ok(draft.snapshot().role_with_id(role.id).map_or(role, owned))
}

pub(super) fn key(role: &Role) -> Key {
    Key::Role(role.account, Arc::clone(role.name.folded()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::{Holder, attachments, inline, profiles};
    use crate::limits::Limits;
    use crate::testing::*;

    fn placed(draft: &mut Draft<'_>, at: &str, max_session_s: Option<u32>) -> Result<(), Refusal> {
        let trust = open_trust();
        let new = NewRole {
            name: name("placed"),
            path: path(at),
            trust: &trust,
            description: Some("text"),
            max_session_s,
            tags: &[],
            boundary: None,
        };
        create(draft, account(), &new).map(drop)
    }

    #[test]
    fn a_roles_life() {
        let directory =
            started_with(Limits { roles_per_account: 2, trust_policy_characters: 200, ..Limits::default() });
        check(
            &directory,
            &[
                (|draft| add_role(draft, "CI", &open_trust()).map(drop), "ok"),
                (
                    |draft| add_role(draft, "ci", &open_trust()).map(drop),
                    "EntityAlreadyExists: Role with name CI already exists.",
                ),
                (
                    |draft| add_role(draft, "x", "{").map(drop),
                    "MalformedPolicyDocument: This policy contains invalid Json",
                ),
                (
                    |draft| {
                        let many = vec![r#""123456789012""#; 20].join(",");
                        add_role(draft, "x", &trusting(&format!(r#""AWS":[{many}]"#))).map(drop)
                    },
                    "LimitExceeded: Cannot exceed quota for ACLSizePerRole: 200",
                ),
                (
                    |draft| placed(draft, "/AWS-service-role/x/", None),
                    "InvalidInput: The path /AWS-service-role/x/ is reserved for service-linked roles.",
                ),
                (
                    |draft| placed(draft, "/", Some(3599)),
                    "ValidationError: The specified value for maxSessionDuration is invalid: it must be from 3600 to 43200 seconds.",
                ),
                (|draft| placed(draft, "/a/", Some(43_200)), "ok"),
                (
                    |draft| add_role(draft, "third", &open_trust()).map(drop),
                    "LimitExceeded: Cannot exceed quota for RolesPerAccount: 2",
                ),
                (
                    |draft| {
                        let longer = RoleUpdate { description: None, max_session_s: Some(7200) };
                        let role = update(draft, account(), "ci", &longer)?;
                        assert_eq!((role.description.as_deref(), role.max_session_s), (None, 7200));
                        let described = RoleUpdate { description: Some("d"), max_session_s: None };
                        let role = update(draft, account(), "ci", &described)?;
                        assert_eq!((role.description.as_deref(), role.max_session_s), (Some("d"), 7200));
                        let emptied = RoleUpdate { description: Some(""), max_session_s: None };
                        assert_eq!(update(draft, account(), "ci", &emptied)?.description, None);
                        Ok(())
                    },
                    "ok",
                ),
                (
                    |draft| update_trust(draft, account(), "ci", "[]"),
                    "MalformedPolicyDocument: Syntax error in policy.",
                ),
                (
                    |draft| update_trust(draft, account(), "none", &open_trust()),
                    "NoSuchEntity: The role with name none cannot be found.",
                ),
            ],
        );
    }

    #[test]
    fn nothing_may_be_left_when_a_role_goes() {
        check(
            &started(),
            &[
                (|draft| add_role(draft, "ci", &open_trust()).map(drop), "ok"),
                (|draft| add_policy(draft, "p").map(drop), "ok"),
                (|draft| attachments::attach(draft, account(), Holder::Role("ci"), &policy_arn("p")), "ok"),
                (|draft| inline::put(draft, account(), Holder::Role("ci"), &name("i"), ANY), "ok"),
                (|draft| profiles::create(draft, account(), name("web"), Path::root(), &[]).map(drop), "ok"),
                (|draft| profiles::add_role(draft, account(), "web", "ci"), "ok"),
                (
                    |draft| delete(draft, account(), "ci"),
                    "DeleteConflict: Cannot delete entity, must remove roles from instance profile first.",
                ),
                (|draft| profiles::remove_role(draft, account(), "web", "ci"), "ok"),
                (
                    |draft| delete(draft, account(), "ci"),
                    "DeleteConflict: Cannot delete entity, must detach all policies first.",
                ),
                (|draft| attachments::detach(draft, account(), Holder::Role("ci"), &policy_arn("p")), "ok"),
                (
                    |draft| delete(draft, account(), "ci"),
                    "DeleteConflict: Cannot delete entity, must delete policies first.",
                ),
                (|draft| inline::delete(draft, account(), Holder::Role("ci"), "i"), "ok"),
                (|draft| delete(draft, account(), "ci"), "ok"),
                (
                    |draft| delete(draft, account(), "ci"),
                    "NoSuchEntity: The role with name ci cannot be found.",
                ),
            ],
        );
    }
}
