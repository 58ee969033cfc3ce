//! From the directory's types to the answers' types.

use doorward_directory::access_key::AccessKey;
use doorward_directory::identity::{Group, InstanceProfile, Role, User};
use doorward_directory::managed::{ManagedPolicy, PolicyVersion, VersionNumber};
use doorward_directory::{Snapshot, Tags, UniqueId};
use doorward_wire::{ApiError, iam, percent_encode_document};

use crate::call::Call;
use crate::fault;

/// A user as `CreateUser` and `GetUser` show it; lists leave out tags and boundary.
pub(crate) fn user(snapshot: &Snapshot, user: &User) -> iam::User {
    iam::User {
        permissions_boundary: boundary(snapshot, user.boundary),
        tags: some_tags(&user.tags),
        ..user_in_list(user)
    }
}

/// A user as lists show it.
pub(crate) fn user_in_list(user: &User) -> iam::User {
    iam::User {
        path: user.path.to_string(),
        user_name: Some(user.name.to_string()),
        user_id: user.id.to_string(),
        arn: user.arn(),
        create_date: user.created,
        password_last_used: None,
        permissions_boundary: None,
        tags: None,
    }
}

/// Tags, left out when there are none.
pub(crate) fn some_tags(tags: &Tags) -> Option<Vec<iam::Tag>> {
    if tags.is_empty() { None } else { Some(self::tags(tags)) }
}

/// Tags ordered by key, left out when there are none.
pub(crate) fn some_sorted_tags(tags: &Tags) -> Option<Vec<iam::Tag>> {
    let mut tags = some_tags(tags)?;
    tags.sort_unstable_by(|one, other| one.key.cmp(&other.key));
    Some(tags)
}

/// Tags.
pub(crate) fn tags(tags: &Tags) -> Vec<iam::Tag> {
    tags.iter().map(|tag| iam::Tag { key: tag.key.to_string(), value: tag.value.to_string() }).collect()
}

/// The boundary of a user or role.
pub(crate) fn boundary(
    snapshot: &Snapshot,
    policy: Option<UniqueId>,
) -> Option<iam::AttachedPermissionsBoundary> {
    let policy = snapshot.policy_with_id(policy?)?;
    Some(iam::AttachedPermissionsBoundary {
        // The model lists `PermissionsBoundaryPolicy` alone; what AWS answers is this.
        // Source: <https://docs.aws.amazon.com/cli/latest/reference/iam/get-user.html>, the output of its example
        permissions_boundary_type: Some("Policy".to_owned()),
        permissions_boundary_arn: Some(policy.arn()),
    })
}

/// A role as `GetRole` shows it, but for when it was last used.
///
/// # Errors
/// `InternalFailure` when its stored trust policy cannot be read.
pub(crate) fn role(snapshot: &Snapshot, role: &Role) -> Result<iam::Role, ApiError> {
    Ok(iam::Role {
        permissions_boundary: boundary(snapshot, role.boundary),
        tags: some_tags(&role.tags),
        ..role_in_list(snapshot, role)?
    })
}

/// The template that a role was made from, as `GetRole` and `AcquireRole` show it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SourceRoleTemplate.html>
pub(crate) fn source(role: &Role) -> Option<iam::SourceRoleTemplate> {
    let source = role.source.as_deref()?;
    Some(iam::SourceRoleTemplate {
        template_arn: source.arn.to_string(),
        template_minor_version: i64::from(source.minor),
    })
}

/// A role as lists show it, without tags, boundary and last use.
///
/// # Errors
/// As [`role`].
pub(crate) fn role_in_list(snapshot: &Snapshot, role: &Role) -> Result<iam::Role, ApiError> {
    let trust = snapshot.trust_text(role).map_err(|cause| fault::unreadable(&cause))?;
    Ok(iam::Role {
        path: role.path.to_string(),
        role_name: role.name.to_string(),
        role_id: role.id.to_string(),
        arn: role.arn(),
        create_date: role.created,
        assume_role_policy_document: Some(percent_encode_document(&trust)),
        description: role.description.as_deref().map(str::to_owned),
        max_session_duration: Some(i64::from(role.max_session_s)),
        permissions_boundary: None,
        tags: None,
        role_last_used: None,
        source_role_template: None,
    })
}

/// A group.
pub(crate) fn group(group: &Group) -> iam::Group {
    iam::Group {
        path: group.path.to_string(),
        group_name: group.name.to_string(),
        group_id: group.id.to_string(),
        arn: group.arn(),
        create_date: group.created,
    }
}

/// An instance profile as `CreateInstanceProfile` and `GetInstanceProfile` show it; lists leave out tags.
///
/// # Errors
/// As [`role`].
pub(crate) fn instance_profile(
    snapshot: &Snapshot,
    profile: &InstanceProfile,
) -> Result<iam::InstanceProfile, ApiError> {
    let shown = instance_profile_in_list(snapshot, profile)?;
    Ok(iam::InstanceProfile { tags: some_tags(&profile.tags), ..shown })
}

/// An instance profile as lists show it. Its role is shown without description and session duration.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html>
///
/// # Errors
/// As [`role`].
pub(crate) fn instance_profile_in_list(
    snapshot: &Snapshot,
    profile: &InstanceProfile,
) -> Result<iam::InstanceProfile, ApiError> {
    let role = profile.role.and_then(|id| snapshot.role_with_id(id));
    let shown = |role| {
        let role = role_in_list(snapshot, role)?;
        Ok(iam::Role { description: None, max_session_duration: None, ..role })
    };
    Ok(iam::InstanceProfile {
        path: profile.path.to_string(),
        instance_profile_name: profile.name.to_string(),
        instance_profile_id: profile.id.to_string(),
        arn: profile.arn(),
        create_date: profile.created,
        roles: role.into_iter().map(|role| shown(role)).collect::<Result<_, ApiError>>()?,
        tags: None,
    })
}

/// An access key as lists show it, without its secret. A root user's has no name.
pub(crate) fn access_key(key: &AccessKey, user: Option<&User>) -> iam::AccessKeyMetadata {
    iam::AccessKeyMetadata {
        user_name: user.map(|user| user.name.to_string()),
        access_key_id: Some(key.id.to_string()),
        status: Some(key.status.name().to_owned()),
        create_date: Some(key.created),
    }
}

/// A managed policy as `GetPolicy` shows it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Policy.html>
pub(crate) fn policy(call: &Call<'_>, policy: &ManagedPolicy) -> iam::Policy {
    iam::Policy {
        description: policy.description.as_deref().map(str::to_owned),
        tags: Some(tags(&policy.tags)),
        ..policy_in_list(call, policy)
    }
}

/// A managed policy as lists show it, without description and tags. Uses in the caller's account count.
pub(crate) fn policy_in_list(call: &Call<'_>, policy: &ManagedPolicy) -> iam::Policy {
    let (snapshot, account) = (call.snapshot(), call.account);
    iam::Policy {
        attachment_count: Some(count(snapshot.attachment_count(account, policy.id))),
        permissions_boundary_usage_count: Some(count(snapshot.bounded_count(account, policy.id))),
        ..new_policy(policy)
    }
}

/// A managed policy that nobody uses yet, without description and tags.
pub(crate) fn new_policy(policy: &ManagedPolicy) -> iam::Policy {
    iam::Policy {
        policy_name: Some(policy.name.to_string()),
        policy_id: Some(policy.id.to_string()),
        arn: Some(policy.arn()),
        path: Some(policy.path.to_string()),
        default_version_id: Some(policy.default_version.to_string()),
        attachment_count: Some(0),
        permissions_boundary_usage_count: Some(0),
        is_attachable: Some(true),
        description: None,
        create_date: Some(policy.created),
        update_date: Some(policy.updated),
        tags: None,
    }
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A version of a managed policy whose default version is `default`, without its document.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyVersion.html>
pub(crate) fn policy_version(version: &PolicyVersion, default: Option<VersionNumber>) -> iam::PolicyVersion {
    iam::PolicyVersion {
        document: None,
        version_id: Some(version.number.to_string()),
        is_default_version: Some(default == Some(version.number)),
        create_date: Some(version.created),
    }
}
