//! Users.

use doorward_directory::change::users::{self, NewUser, UserUpdate};
use doorward_directory::identity::User;
use doorward_directory::{Listing, Refusal, Stored};
use doorward_gate::{Permit, Question};
use doorward_policy::request::Requester;
use doorward_wire::{ApiError, Nothing, iam};

use super::{ask, page, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for iam::CreateUser {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::CreateUserRequest) -> Result<Vec<Question>, ApiError> {
        let arn = ask::created(call.account, "user", input.path.as_deref(), &input.user_name);
        let ask = |action| {
            ask::with_request_tags(Question::new(action, arn.clone(), call.account), input.tags.as_deref())
        };
        let create = ask("iam:CreateUser");
        let mut questions = vec![ask::with_requested_boundary(create, input.permissions_boundary.as_deref())];
        if input.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
            questions.push(ask("iam:TagUser"));
        }
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::CreateUserRequest,
    ) -> Result<iam::CreateUserResponse, ApiError> {
        let tags = ask::tags(input.tags);
        let new = NewUser {
            name: ask::name(&input.user_name)?,
            path: ask::path(input.path.as_deref())?,
            tags: &tags,
            boundary: input.permissions_boundary.as_deref(),
        };
        let user = call.change(|draft| {
            let user = users::create(draft, call.account, &new)?;
            Ok(render::user(draft.snapshot(), &user))
        })?;
        Ok(iam::CreateUserResponse { user: Some(user) })
    }
}

impl Operation for iam::GetUser {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::GetUserRequest) -> Result<Vec<Question>, ApiError> {
        if asks_about_root(call, input) {
            return Ok(vec![ask::about_root(call, "iam:GetUser")]);
        }
        let name = ask::named_or_calling_user(call, input.user_name.as_deref())?;
        Ok(vec![ask::about_user(call, "iam:GetUser", &name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetUserRequest,
    ) -> Result<iam::GetUserResponse, ApiError> {
        if asks_about_root(call, &input) {
            return Ok(iam::GetUserResponse { user: root(call)? });
        }
        let name = ask::named_or_calling_user(call, input.user_name.as_deref())?;
        let user = found(call, &name)?;
        Ok(iam::GetUserResponse { user: render::user(call.snapshot(), user) })
    }
}

/// Whether a `GetUser` without a name comes from the account's root user, which is answered with itself.
fn asks_about_root(call: &Call<'_>, input: &iam::GetUserRequest) -> bool {
    input.user_name.is_none() && matches!(call.caller.requester(), Requester::Root { .. })
}

/// The root user as `GetUser` shows it: the account's id is its own, and it has no name.
pub(super) fn root(call: &Call<'_>) -> Result<iam::User, ApiError> {
    let account = call.snapshot().account(call.account).ok_or_else(ApiError::internal_failure)?;
    Ok(iam::User {
        path: "/".to_owned(),
        user_name: None,
        user_id: account.id.to_string(),
        arn: format!("arn:aws:iam::{}:root", account.id),
        create_date: account.created,
        password_last_used: None,
        permissions_boundary: None,
        tags: None,
    })
}

/// The user called `name`, as this call sees it.
pub(super) fn found<'c>(call: &Call<'c>, name: &str) -> Result<&'c Stored<User>, ApiError> {
    let user = call.snapshot().user(call.account, name);
    user.ok_or_else(|| call.refused(&Refusal::NoSuchUser(name.to_owned())))
}

impl Operation for iam::ListUsers {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::ListUsersRequest) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_list(call, "iam:ListUsers", "user", input.path_prefix.as_deref()))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListUsersRequest,
    ) -> Result<iam::ListUsersResponse, ApiError> {
        let after = page::after(input.marker.as_deref())?;
        let listing = Listing {
            path_prefix: input.path_prefix.as_deref().unwrap_or("/"),
            after: after.as_deref(),
            size: page::size(input.max_items),
        };
        let page = call.snapshot().users(call.account, &listing);
        Ok(iam::ListUsersResponse {
            users: page.items.iter().map(|user| render::user_in_list(user)).collect(),
            is_truncated: Some(page.next.is_some()),
            marker: page.next.map(page::marker),
        })
    }
}

/// Needs permission on the user as it is and, where it is renamed or moved, on the user as it will be.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_rename.html>
impl Operation for iam::UpdateUser {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::UpdateUserRequest) -> Result<Vec<Question>, ApiError> {
        let mut questions = vec![ask::about_user(call, "iam:UpdateUser", &input.user_name)];
        if input.new_user_name.is_some() || input.new_path.is_some() {
            let stored = call.snapshot().user(call.account, &input.user_name);
            let path = input.new_path.as_deref().or_else(|| stored.map(|user| user.path.as_str()));
            let kept = stored.map_or(input.user_name.as_str(), |user| user.name.as_str());
            let name = input.new_user_name.as_deref().unwrap_or(kept);
            let arn = ask::created(call.account, "user", path, name);
            questions.push(Question::new("iam:UpdateUser", arn, call.account));
        }
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UpdateUserRequest,
    ) -> Result<Nothing, ApiError> {
        let update = UserUpdate {
            name: input.new_user_name.as_deref().map(ask::name).transpose()?,
            path: input.new_path.as_deref().map(|path| ask::path(Some(path))).transpose()?,
        };
        call.change(|draft| users::update(draft, call.account, &input.user_name, &update))?;
        Ok(Nothing {})
    }
}

impl Operation for iam::DeleteUser {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::DeleteUserRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_user(call, "iam:DeleteUser", &input.user_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteUserRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| users::delete(draft, call.account, &input.user_name))?;
        Ok(Nothing {})
    }
}
