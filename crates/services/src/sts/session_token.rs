//! `GetSessionToken`.

use doorward_gate::session::Subject;
use doorward_gate::{Permit, Question};
use doorward_policy::request::Requester;
use doorward_wire::{ApiError, sts};

use super::issue::{Issue, issue};
use super::mfa;
use crate::call::Call;
use crate::operation::{Access, Operation};

/// How long the credentials last when the request says nothing, in seconds.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>
const SECONDS_DEFAULT: i64 = 43_200;

/// How long they last at most for an account's root user, in seconds: longer requests are cut to it.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>
pub(super) const SECONDS_ROOT_MAX: i64 = 3_600;

/// Needs no permission, but long-term credentials of a user or of the account.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html>
impl Operation for sts::GetSessionToken {
    const ACCESS: Access = Access::WriteWith("TokenCode");

    fn questions(call: &Call<'_>, input: &sts::GetSessionTokenRequest) -> Result<Vec<Question>, ApiError> {
        mfa::shown(call, input.serial_number.as_deref(), input.token_code.as_deref())?;
        Ok(vec![Question::new("sts:GetSessionToken", "*", call.account)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: sts::GetSessionTokenRequest,
    ) -> Result<sts::GetSessionTokenResponse, ApiError> {
        let asked = input.duration_seconds.unwrap_or(SECONDS_DEFAULT);
        let (subject, seconds) = match call.caller.requester() {
            Requester::Root { .. } => (Subject::Root, asked.min(SECONDS_ROOT_MAX)),
            Requester::User { id, .. } => {
                (Subject::User(id.parse().map_err(|_| ApiError::internal_failure())?), asked)
            }
            Requester::Anonymous
            | Requester::RoleSession { .. }
            | Requester::FederatedUser { .. }
            | Requester::Service { .. }
            | Requester::Federated { .. } => {
                // (Text: ours.)
                return Err(ApiError::access_denied("Cannot call GetSessionToken with these credentials"));
            }
        };
        let shown = mfa::shown(call, input.serial_number.as_deref(), input.token_code.as_deref())?;
        let mfa = shown.map(|factor| factor.use_up(call)).transpose()?;
        let issued = issue(
            call,
            Issue {
                account: call.account,
                seconds,
                mfa,
                subject,
                token_characters_min: input.minimum_session_token_size,
            },
        )?;
        Ok(sts::GetSessionTokenResponse {
            credentials: Some(issued.credentials),
            session_token_utilization: issued.token_percent,
            session_token_size: issued.token_characters,
        })
    }
}
