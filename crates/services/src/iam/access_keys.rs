//! Access keys of users and of the account's root user.
//!
//! A request that names no user is about the caller's own keys: those of the user that calls, or of the root user.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html>

use doorward_directory::access_key::{KeyOwner, KeyStatus};
use doorward_directory::change::keys::{self, KeyHolder};
use doorward_gate::{Permit, Question};
use doorward_policy::request::Requester;
use doorward_wire::{ApiError, Nothing, Secret, iam};

use super::{ask, page, render, users};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// The name of the user whose keys a request is about; `None` for the root user, which has no name.
///
/// # Errors
/// AWS's `ValidationError` when no user is named and the caller is neither a user nor the root user.
pub(super) fn owner(call: &Call<'_>, named: Option<&str>) -> Result<Option<String>, ApiError> {
    if named.is_none() && matches!(call.caller.requester(), Requester::Root { .. }) {
        return Ok(None);
    }
    ask::named_or_calling_user(call, named).map(Some)
}

/// The one question about the keys, or certificates, of a user or the root user.
///
/// # Errors
/// As [`owner`].
pub(super) fn question(
    call: &Call<'_>,
    action: &'static str,
    named: Option<&str>,
) -> Result<Vec<Question>, ApiError> {
    Ok(vec![match owner(call, named)? {
        Some(name) => ask::about_user(call, action, &name),
        None => ask::about_root(call, action),
    }])
}

/// Refuses a request that names no user and was signed with a user's temporary credentials: to list and to update keys the
/// name is needed then. The root user has none.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html>
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html>
fn with_long_term_key(call: &Call<'_>, named: Option<&str>) -> Result<(), ApiError> {
    let session = call.caller.session().is_some() && call.caller.user_name().is_some();
    if named.is_none() && session { Err(ask::no_user_named()) } else { Ok(()) }
}

/// Whose they are, by name.
pub(super) fn holder(name: Option<&str>) -> KeyHolder<'_> {
    name.map_or(KeyHolder::Root, KeyHolder::User)
}

/// The one answer that shows a secret. A root user's key has an empty user name.
impl Operation for iam::CreateAccessKey {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::CreateAccessKeyRequest) -> Result<Vec<Question>, ApiError> {
        question(call, "iam:CreateAccessKey", input.user_name.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::CreateAccessKeyRequest,
    ) -> Result<iam::CreateAccessKeyResponse, ApiError> {
        let name = owner(call, input.user_name.as_deref())?;
        let (new, user_name) = call.change(|draft| {
            let new = keys::create(draft, call.account, holder(name.as_deref()))?;
            let user = name.as_deref().and_then(|name| draft.snapshot().user(call.account, name));
            Ok((new, user.map(|user| user.name.to_string())))
        })?;
        Ok(iam::CreateAccessKeyResponse {
            access_key: iam::AccessKey {
                user_name: user_name.unwrap_or_default(),
                access_key_id: new.key.id.to_string(),
                status: new.key.status.name().to_owned(),
                secret_access_key: Secret::new(new.secret.expose().to_owned()),
                create_date: Some(new.key.created),
            },
        })
    }
}

impl Operation for iam::ListAccessKeys {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::ListAccessKeysRequest) -> Result<Vec<Question>, ApiError> {
        with_long_term_key(call, input.user_name.as_deref())?;
        question(call, "iam:ListAccessKeys", input.user_name.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListAccessKeysRequest,
    ) -> Result<iam::ListAccessKeysResponse, ApiError> {
        let name = owner(call, input.user_name.as_deref())?;
        let user = name.map(|name| users::found(call, &name)).transpose()?;
        let owner = user.map_or(KeyOwner::Root(call.account), |user| KeyOwner::User(user.id));
        let keys = call.snapshot().access_keys(&owner);
        let (keys, next) =
            page::of(keys, |key| key.id.to_string(), input.marker.as_deref(), input.max_items)?;
        let shown = keys.into_iter().map(|key| render::access_key(key, user.map(|user| &**user)));
        Ok(iam::ListAccessKeysResponse {
            access_key_metadata: shown.collect(),
            is_truncated: Some(next.is_some()),
            marker: next,
        })
    }
}

impl Operation for iam::UpdateAccessKey {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::UpdateAccessKeyRequest) -> Result<Vec<Question>, ApiError> {
        status(&input.status)?;
        with_long_term_key(call, input.user_name.as_deref())?;
        question(call, "iam:UpdateAccessKey", input.user_name.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UpdateAccessKeyRequest,
    ) -> Result<Nothing, ApiError> {
        let name = owner(call, input.user_name.as_deref())?;
        let status = status(&input.status)?;
        call.change(|draft| {
            keys::set_status(draft, call.account, holder(name.as_deref()), &input.access_key_id, status)
        })?;
        Ok(Nothing {})
    }
}

/// A status that a key can be given. The model has a third, `Expired`, which no request can ask for.
pub(super) fn status(text: &str) -> Result<KeyStatus, ApiError> {
    let statuses = [KeyStatus::Active, KeyStatus::Inactive];
    statuses.into_iter().find(|status| status.name() == text).ok_or_else(|| {
        ApiError::validation_error(
            "1 validation error detected: Value at 'status' failed to satisfy constraint: \
             Member must satisfy enum value set: [Active, Inactive]",
        )
    })
}

impl Operation for iam::DeleteAccessKey {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::DeleteAccessKeyRequest) -> Result<Vec<Question>, ApiError> {
        question(call, "iam:DeleteAccessKey", input.user_name.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteAccessKeyRequest,
    ) -> Result<Nothing, ApiError> {
        let name = owner(call, input.user_name.as_deref())?;
        call.change(|draft| {
            keys::delete(draft, call.account, holder(name.as_deref()), &input.access_key_id)
        })?;
        Ok(Nothing {})
    }
}
