//! Questions about IAM's own resources.
//!
//! Policies see a resource's ARN; the texts of denials call what exists by kind and name, such as `role NAME`, and what is
//! to be created by the ARN that it will have, policies excepted.
//!
//! Source: <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.create-cluster.html>, its table of errors

use doorward_directory::{Name, Path, Refusal, Snapshot, Tag, UniqueId};
use doorward_gate::Question;
use doorward_policy::{AccountId, Arn};
use doorward_wire::{ApiError, iam};

use crate::call::Call;

/// The actions for which `iam:PermissionsBoundary` is the boundary that their user or role has now. For those that make or
/// replace it, see [`with_requested_boundary`]; no other action has the key.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html>
const KNOWS_BOUNDARY: [&str; 15] = [
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:DeleteRole",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteRolePolicy",
    "iam:DeleteUserPermissionsBoundary",
    "iam:DeleteUserPolicy",
    "iam:DetachRolePolicy",
    "iam:DetachUserPolicy",
    "iam:GetRole",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateRole",
    "iam:UpdateRoleDescription",
];

/// An action that has no resource: `*`, which denials show.
pub(crate) fn about_account(call: &Call<'_>, action: &'static str) -> Vec<Question> {
    vec![Question::new(action, "*", call.account).shown_as("*")]
}

/// The listing of everything of a kind. It has no resource either; denials show the path that is listed, as an ARN.
pub(crate) fn about_list(
    call: &Call<'_>,
    action: &'static str,
    kind: &str,
    path_prefix: Option<&str>,
) -> Vec<Question> {
    vec![Question::new(action, "*", call.account).shown_as(created(call.account, kind, path_prefix, ""))]
}

/// An action on the user called `name`: under the ARN and tags it is stored with, and its boundary where the action knows
/// it; or under the ARN it would have at the root path.
pub(crate) fn about_user(call: &Call<'_>, action: &'static str, name: &str) -> Question {
    let question = match call.snapshot().user(call.account, name) {
        Some(user) => {
            let question = Question::new(action, user.arn(), user.account);
            with_boundary(
                question.with_identity_tags(pairs(user.tags.iter())),
                call.snapshot(),
                user.boundary,
            )
        }
        None => Question::new(action, unstored(call.account, "user", name), call.account),
    };
    question.shown_as(format!("user {name}"))
}

/// An action on the role called `name`, as [`about_user`].
pub(crate) fn about_role(call: &Call<'_>, action: &'static str, name: &str) -> Question {
    let question = match call.snapshot().role(call.account, name) {
        Some(role) => {
            let question = Question::new(action, role.arn(), role.account);
            with_boundary(
                question.with_identity_tags(pairs(role.tags.iter())),
                call.snapshot(),
                role.boundary,
            )
        }
        None => Question::new(action, unstored(call.account, "role", name), call.account),
    };
    question.shown_as(format!("role {name}"))
}

/// An action on the group called `name`, which has neither tags nor boundary, otherwise as [`about_user`].
pub(crate) fn about_group(call: &Call<'_>, action: &'static str, name: &str) -> Question {
    let stored = call.snapshot().group(call.account, name);
    let arn = stored.map_or_else(|| unstored(call.account, "group", name), |group| group.arn());
    Question::new(action, arn, call.account).shown_as(format!("group {name}"))
}

/// An action on the instance profile called `name`, which has tags and no boundary, otherwise as [`about_user`].
pub(crate) fn about_profile(call: &Call<'_>, action: &'static str, name: &str) -> Question {
    let question = match call.snapshot().profile(call.account, name) {
        Some(profile) => Question::new(action, profile.arn(), profile.account)
            .with_resource_tags(pairs(profile.tags.iter())),
        None => Question::new(action, unstored(call.account, "instance-profile", name), call.account),
    };
    question.shown_as(format!("instance profile {name}"))
}

/// An action on the server certificate called `name`, as [`about_profile`].
pub(crate) fn about_server_certificate(call: &Call<'_>, action: &'static str, name: &str) -> Question {
    let question = match call.snapshot().server_certificate(call.account, name) {
        Some(certificate) => Question::new(action, certificate.arn(), call.account)
            .with_resource_tags(pairs(certificate.tags.iter())),
        None => Question::new(action, unstored(call.account, "server-certificate", name), call.account),
    };
    question.shown_as(format!("server certificate {name}"))
}

/// An action on the virtual MFA device of this serial number, which is its ARN, and has tags. One that the account does not
/// have is asked about all the same.
pub(crate) fn about_mfa_device(call: &Call<'_>, action: &'static str, serial_number: &str) -> Question {
    let question = Question::new(action, serial_number, call.account);
    let stored = call.snapshot().mfa_device(serial_number).filter(|device| device.account == call.account);
    let question = match stored {
        Some(device) => question.with_resource_tags(pairs(device.tags.iter())),
        None => question,
    };
    question.shown_as(format!("mfa device {serial_number}"))
}

/// An action on the managed policy of this ARN. One that the account does not have is asked about all the same: whether it
/// exists elsewhere is nobody's business.
///
/// # Errors
/// AWS's `ValidationError` for a text that is no ARN, which no policy could allow.
pub(crate) fn about_policy(call: &Call<'_>, action: &'static str, arn: &str) -> Result<Question, ApiError> {
    parsed(call, arn)?;
    let question = Question::new(action, arn, call.account).shown_as(format!("policy {arn}"));
    let stored = call.snapshot().policy_with_arn(arn).filter(|policy| policy.is_of(call.account));
    Ok(match stored {
        Some(policy) => question.with_resource_tags(pairs(policy.tags.iter())),
        None => question,
    })
}

/// The listing of all identity providers of a kind. It has no resource; denials show their ARNs.
pub(crate) fn about_providers(call: &Call<'_>, action: &'static str, kind: &str) -> Vec<Question> {
    vec![Question::new(action, "*", call.account).shown_as(unstored(call.account, kind, "*"))]
}

/// An action on the identity provider of this ARN, as [`about_policy`].
///
/// # Errors
/// AWS's `ValidationError` for a text that is no ARN, which no policy could allow.
pub(crate) fn about_provider(call: &Call<'_>, action: &'static str, arn: &str) -> Result<Question, ApiError> {
    parsed(call, arn)?;
    let snapshot = call.snapshot();
    let oidc = snapshot.oidc_provider_with_arn(arn).map(|stored| (stored.account, &stored.tags));
    let saml = snapshot.saml_provider_with_arn(arn).map(|stored| (stored.account, &stored.tags));
    let tags = oidc.or(saml).filter(|(owner, _)| *owner == call.account).map(|(_, tags)| tags);
    let question = Question::new(action, arn, call.account);
    Ok(question.with_resource_tags(tags.into_iter().flat_map(|tags| pairs(tags.iter()))))
}

/// The same question, with the policy that is attached or detached: `iam:PolicyARN`.
///
/// # Errors
/// As [`about_policy`].
pub(crate) fn with_policy_arn(call: &Call<'_>, question: Question, arn: &str) -> Result<Question, ApiError> {
    parsed(call, arn)?;
    Ok(question.with("iam:PolicyARN", arn))
}

fn parsed(call: &Call<'_>, arn: &str) -> Result<(), ApiError> {
    arn.parse::<Arn>().map(drop).map_err(|_| call.refused(&Refusal::InvalidArn(arn.to_owned())))
}

/// The same question, with the boundary that the resource has now, if the action knows it.
fn with_boundary(question: Question, snapshot: &Snapshot, boundary: Option<UniqueId>) -> Question {
    if !KNOWS_BOUNDARY.contains(&question.action) {
        return question;
    }
    match boundary.and_then(|id| snapshot.policy_with_id(id)) {
        Some(policy) => question.with("iam:PermissionsBoundary", &policy.arn()),
        None => question,
    }
}

/// The same question, with the boundary that the request asks for.
pub(crate) fn with_requested_boundary(question: Question, arn: Option<&str>) -> Question {
    match arn {
        Some(arn) => question.with("iam:PermissionsBoundary", arn),
        None => question,
    }
}

/// The same question, with the tags that the request passes.
pub(crate) fn with_request_tags(question: Question, tags: Option<&[iam::Tag]>) -> Question {
    question
        .with_request_tags(tags.unwrap_or_default().iter().map(|tag| (tag.key.as_str(), tag.value.as_str())))
}

/// The ARN of something that does not exist, or does not yet.
pub(crate) fn unstored(account: AccountId, kind: &str, name: &str) -> String {
    format!("arn:aws:iam::{account}:{kind}/{name}")
}

/// The ARN of something that is about to be created.
pub(crate) fn created(account: AccountId, kind: &str, path: Option<&str>, name: &str) -> String {
    format!("arn:aws:iam::{account}:{kind}{}{name}", path.unwrap_or("/"))
}

/// Tags as pairs.
pub(crate) fn pairs<'t>(tags: impl Iterator<Item = &'t Tag>) -> impl Iterator<Item = (&'t str, &'t str)> {
    tags.map(|tag| (&*tag.key, &*tag.value))
}

/// A name that the model's constraints have let through.
pub(crate) fn name(text: &str) -> Result<Name, ApiError> {
    Name::new(text).map_err(|_| ApiError::internal_failure())
}

/// A path that the model's constraints have let through; `/` when none was given.
pub(crate) fn path(text: Option<&str>) -> Result<Path, ApiError> {
    text.map_or_else(|| Ok(Path::root()), |text| Path::new(text).map_err(|_| ApiError::internal_failure()))
}

/// The user that an operation is about: the one named, or the caller.
///
/// # Errors
/// AWS's `ValidationError` when none is named and the caller is not a user.
pub(crate) fn named_or_calling_user(call: &Call<'_>, named: Option<&str>) -> Result<String, ApiError> {
    named.or_else(|| call.caller.user_name()).map(str::to_owned).ok_or_else(unnamed)
}

/// The answer to a request that would have to name a user.
pub(crate) fn unnamed() -> ApiError {
    ApiError::validation_error("Must specify userName when calling with non-User credentials")
}

/// Tags as the directory takes them.
pub(crate) fn tags(tags: Option<Vec<iam::Tag>>) -> Vec<Tag> {
    let tags = tags.unwrap_or_default().into_iter();
    tags.map(|tag| Tag { key: tag.key.into(), value: tag.value.into() }).collect()
}
