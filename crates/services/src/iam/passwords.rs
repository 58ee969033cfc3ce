//! Passwords of users.
//!
//! A request that names no user is about the caller's own password, where it is a user. The root user must name a user, but
//! in a session of `AssumeRoot`, which asks about the root user's own password. It has none here, and cannot be given one:
//! there is no console to sign in to with it.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_admin-change-user.html>

use doorward_directory::change::passwords::{self, Reset};
use doorward_directory::identity::User;
use doorward_directory::password::{LoginProfile, NewPassword};
use doorward_directory::{Refusal, Stored};
use doorward_gate::{Permit, Question};
use doorward_policy::request::Requester;
use doorward_wire::{ApiError, Nothing, Secret, errors, iam};

use super::{ask, password_policy, users};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// Whether a request is about the password of a member account's root user.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html>, `UserName`
fn asks_about_root(call: &Call<'_>, named: Option<&str>) -> bool {
    named.is_none() && call.caller.is_root_session()
}

/// The answer about a password that the root user does not have. (What AWS calls the root user here is not documented.)
fn no_root_password(call: &Call<'_>) -> ApiError {
    call.refused(&Refusal::NoSuchLoginProfile(format!("arn:aws:iam::{}:root", call.account)))
}

fn question(call: &Call<'_>, action: &'static str, named: Option<&str>) -> Result<Vec<Question>, ApiError> {
    if asks_about_root(call, named) {
        return Ok(vec![ask::about_root(call, action)]);
    }
    let name = ask::named_or_calling_user(call, named)?;
    Ok(vec![ask::about_user(call, action, &name)])
}

/// The login profile of a user, as this call sees it.
fn found<'c>(call: &Call<'c>, user: &User) -> Result<&'c Stored<LoginProfile>, ApiError> {
    let login = call.snapshot().login_profile(user.id);
    login.ok_or_else(|| call.refused(&Refusal::NoSuchLoginProfile(user.name.to_string())))
}

fn shown(user: &User, login: &LoginProfile) -> iam::LoginProfile {
    iam::LoginProfile {
        user_name: user.name.to_string(),
        create_date: login.created,
        password_reset_required: Some(login.reset_required),
    }
}

fn reset(required: bool) -> Reset {
    if required { Reset::Required } else { Reset::NotRequired }
}

/// The password, checked and hashed before the change is planned.
fn hashed<'p>(
    call: &Call<'_>,
    user: &User,
    password: &'p Secret<String>,
) -> Result<NewPassword<'p>, ApiError> {
    let new = call.directory().new_password(call.snapshot(), user, password.expose());
    new.map_err(|refusal| call.refused(&refusal))
}

impl Operation for iam::CreateLoginProfile {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::CreateLoginProfileRequest) -> Result<Vec<Question>, ApiError> {
        if call.caller.is_root_session() {
            if input.password.is_some() {
                return Err(ApiError::validation_error(
                    "Password must be omitted when calling with an AssumeRoot session.",
                ));
            }
        } else if input.password.is_none() {
            return Err(ApiError::validation_error(
                "1 validation error detected: Value at 'password' failed to satisfy constraint: \
                 Member must not be null",
            ));
        }
        question(call, "iam:CreateLoginProfile", input.user_name.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::CreateLoginProfileRequest,
    ) -> Result<iam::CreateLoginProfileResponse, ApiError> {
        if asks_about_root(call, input.user_name.as_deref()) {
            let message = "Passwords of root users are not implemented.";
            return Err(ApiError::new(&errors::NOT_IMPLEMENTED, message));
        }
        let name = ask::named_or_calling_user(call, input.user_name.as_deref())?;
        let user = users::found(call, &name)?;
        if call.snapshot().login_profile(user.id).is_some() {
            return Err(call.refused(&Refusal::LoginProfileExists(user.name.to_string())));
        }
        let password = input.password.ok_or_else(ApiError::internal_failure)?;
        let new = hashed(call, user, &password)?;
        let reset = reset(input.password_reset_required == Some(true));
        let login =
            call.change(|draft| passwords::create(draft, call.account, user.name.as_str(), &new, reset))?;
        Ok(iam::CreateLoginProfileResponse { login_profile: shown(user, &login) })
    }
}

impl Operation for iam::GetLoginProfile {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::GetLoginProfileRequest) -> Result<Vec<Question>, ApiError> {
        question(call, "iam:GetLoginProfile", input.user_name.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetLoginProfileRequest,
    ) -> Result<iam::GetLoginProfileResponse, ApiError> {
        if asks_about_root(call, input.user_name.as_deref()) {
            return Err(no_root_password(call));
        }
        let name = ask::named_or_calling_user(call, input.user_name.as_deref())?;
        let user = users::found(call, &name)?;
        Ok(iam::GetLoginProfileResponse { login_profile: shown(user, found(call, user)?) })
    }
}

/// What the request leaves out stays: a request with neither password nor `PasswordResetRequired` changes nothing.
impl Operation for iam::UpdateLoginProfile {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::UpdateLoginProfileRequest) -> Result<Vec<Question>, ApiError> {
        question(call, "iam:UpdateLoginProfile", Some(&input.user_name))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UpdateLoginProfileRequest,
    ) -> Result<Nothing, ApiError> {
        let user = users::found(call, &input.user_name)?;
        found(call, user)?;
        let new = input.password.as_ref().map(|password| hashed(call, user, password)).transpose()?;
        let reset = input.password_reset_required.map(reset);
        call.change(|draft| passwords::update(draft, call.account, user.name.as_str(), new.as_ref(), reset))?;
        Ok(Nothing {})
    }
}

impl Operation for iam::DeleteLoginProfile {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::DeleteLoginProfileRequest) -> Result<Vec<Question>, ApiError> {
        question(call, "iam:DeleteLoginProfile", input.user_name.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteLoginProfileRequest,
    ) -> Result<Nothing, ApiError> {
        if asks_about_root(call, input.user_name.as_deref()) {
            return Err(no_root_password(call));
        }
        let name = ask::named_or_calling_user(call, input.user_name.as_deref())?;
        call.change(|draft| passwords::delete(draft, call.account, &name))?;
        Ok(Nothing {})
    }
}

/// Needs `iam:ChangePassword` on oneself, or an account that lets its users change their own passwords. An expired password
/// can be replaced in this way also where the account says that only an administrator replaces it in the console.
///
/// With which code a wrong old password is refused is UNCONFIRMED (change-password-old); here with `AccessDenied`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_enable-user-change.html>
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PasswordPolicy.html>, `HardExpiry`
impl Operation for iam::ChangePassword {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, _: &iam::ChangePasswordRequest) -> Result<Vec<Question>, ApiError> {
        let Ok(name) = calling_user(call) else {
            // Whoever is no user has no password, and is told so if it may change anyone's.
            return Ok(ask::about_account(call, "iam:ChangePassword"));
        };
        let question = ask::about_user(call, "iam:ChangePassword", name);
        Ok(vec![question.with_policy(password_policy::granted(call))])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ChangePasswordRequest,
    ) -> Result<Nothing, ApiError> {
        let user = users::found(call, calling_user(call)?)?;
        let login = found(call, user)?;
        let checked =
            call.directory().check_password(user.id, login, input.old_password.expose(), call.now());
        checked.map_err(|refusal| call.refused(&refusal))?;
        let new = hashed(call, user, &input.new_password)?;
        let reset = Some(Reset::NotRequired);
        call.change(|draft| passwords::update(draft, call.account, user.name.as_str(), Some(&new), reset))?;
        Ok(Nothing {})
    }
}

/// The name of the user that calls.
///
/// # Errors
/// `InvalidUserType` for any other caller. (Text: ours.)
fn calling_user<'c>(call: &Call<'c>) -> Result<&'c str, ApiError> {
    match call.caller.requester() {
        Requester::User { name, .. } => Ok(name),
        Requester::Anonymous
        | Requester::Root { .. }
        | Requester::RoleSession { .. }
        | Requester::FederatedUser { .. }
        | Requester::Service { .. }
        | Requester::Federated { .. } => {
            Err(call.fault("InvalidUserType", "Only IAM Users can change their own password"))
        }
    }
}
