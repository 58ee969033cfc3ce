//! What an account asks of its users' passwords.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html>

use std::sync::{Arc, LazyLock};

use doorward_directory::Refusal;
use doorward_directory::change::passwords;
use doorward_directory::password::{POLICY_LENGTH_MIN, PasswordPolicy};
use doorward_engine::{CompiledAttached, CompiledDocument};
use doorward_gate::{Permit, Question};
use doorward_policy::request::{Requester, Source};
use doorward_policy::{Document, Kind};
use doorward_wire::{ApiError, Nothing, iam};

use super::ask;
use crate::call::Call;
use crate::operation::{Access, Operation};

/// What every user may do in an account that lets its users change their own passwords. It is put to the judge as the
/// policy of what is asked about, and so adds to what the user's own policies allow, and takes nothing from what denies.
const GRANTED: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*",
    "Action": ["iam:ChangePassword", "iam:GetAccountPasswordPolicy"], "Resource": "*"}}"#;

/// What the account grants its users beside their policies: to read its password policy, and to change their own
/// passwords; `None` where it does not, and for callers that are no users. The caller asks it about nothing else.
///
/// Whether a permissions boundary limits it is UNCONFIRMED (own-password-boundary); here it does, as it limits what a
/// resource's policy grants to everyone.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PasswordPolicy.html>, `AllowUsersToChangePassword`
pub(super) fn granted(call: &Call<'_>) -> Option<CompiledAttached> {
    static COMPILED: LazyLock<Option<Arc<CompiledDocument>>> = LazyLock::new(|| {
        let document = Document::parse(GRANTED, Kind::Resource).ok()?;
        Some(Arc::new(CompiledDocument::new(Arc::new(document))))
    });
    let is_user = matches!(call.caller.requester(), Requester::User { .. });
    let policy = call.snapshot().password_policy(call.account).filter(|_| is_user)?;
    let document = COMPILED.clone().filter(|_| policy.users_may_change)?;
    let attached_to = format!("arn:aws:iam::{}:root", call.account);
    let source = Source { name: "account password policy".to_owned(), arn: None, attached_to };
    Some(CompiledAttached { document, source: Arc::new(source) })
}

impl Operation for iam::GetAccountPasswordPolicy {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, _: &Nothing) -> Result<Vec<Question>, ApiError> {
        let questions = ask::about_account(call, "iam:GetAccountPasswordPolicy");
        Ok(questions.into_iter().map(|question| question.with_policy(granted(call))).collect())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: Nothing,
    ) -> Result<iam::GetAccountPasswordPolicyResponse, ApiError> {
        let policy = call.snapshot().password_policy(call.account);
        let policy =
            policy.ok_or_else(|| call.refused(&Refusal::NoSuchPasswordPolicy(call.account.to_string())))?;
        Ok(iam::GetAccountPasswordPolicyResponse { password_policy: shown(policy) })
    }
}

fn shown(policy: &PasswordPolicy) -> iam::PasswordPolicy {
    iam::PasswordPolicy {
        minimum_password_length: Some(i64::from(policy.length_min)),
        require_symbols: Some(policy.symbols),
        require_numbers: Some(policy.numbers),
        require_uppercase_characters: Some(policy.uppercase),
        require_lowercase_characters: Some(policy.lowercase),
        allow_users_to_change_password: Some(policy.users_may_change),
        expire_passwords: Some(policy.age_days_max.is_some()),
        max_password_age: policy.age_days_max.map(i64::from),
        password_reuse_prevention: policy.reuse_prevention.map(i64::from),
        hard_expiry: policy.hard_expiry,
    }
}

/// Replaces the whole policy: what the request leaves out goes back to its default.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html>
impl Operation for iam::UpdateAccountPasswordPolicy {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        _: &iam::UpdateAccountPasswordPolicyRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:UpdateAccountPasswordPolicy"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UpdateAccountPasswordPolicyRequest,
    ) -> Result<Nothing, ApiError> {
        // The model's constraints have let these numbers through.
        let number = |number: Option<i64>| {
            number.map(u32::try_from).transpose().map_err(|_| ApiError::internal_failure())
        };
        let policy = PasswordPolicy {
            length_min: number(input.minimum_password_length)?.unwrap_or(POLICY_LENGTH_MIN),
            symbols: input.require_symbols == Some(true),
            numbers: input.require_numbers == Some(true),
            uppercase: input.require_uppercase_characters == Some(true),
            lowercase: input.require_lowercase_characters == Some(true),
            users_may_change: input.allow_users_to_change_password == Some(true),
            age_days_max: number(input.max_password_age)?,
            reuse_prevention: number(input.password_reuse_prevention)?,
            hard_expiry: input.hard_expiry,
        };
        call.change(|draft| passwords::put_policy(draft, call.account, policy))?;
        Ok(Nothing {})
    }
}

impl Operation for iam::DeleteAccountPasswordPolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, _: &Nothing) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:DeleteAccountPasswordPolicy"))
    }

    fn run(call: &Call<'_>, _: &Permit<'_, Self>, _: Nothing) -> Result<Nothing, ApiError> {
        call.change(|draft| passwords::delete_policy(draft, call.account))?;
        Ok(Nothing {})
    }
}
