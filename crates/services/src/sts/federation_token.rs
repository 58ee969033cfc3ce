//! `GetFederationToken`.

use doorward_gate::session::{FederatedSession, Subject};
use doorward_gate::{Permit, Question};
use doorward_policy::request::Requester;
use doorward_wire::{ApiError, sts};

use super::issue::{Issue, issue};
use super::passed;
use super::session_token::SECONDS_ROOT_MAX;
use crate::call::Call;
use crate::operation::{Access, Operation};

/// How long the credentials last when the request says nothing, in seconds.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html>
const SECONDS_DEFAULT: i64 = 43_200;

impl Operation for sts::GetFederationToken {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &sts::GetFederationTokenRequest) -> Result<Vec<Question>, ApiError> {
        let tags = passed::tags(input.tags.as_deref())?;
        let arn = arn(call, &input.name);
        let ask = |action| {
            let pairs = tags.iter().map(|(key, value)| (key.as_str(), value.as_str()));
            Question::new(action, arn.clone(), call.account).with_request_tags(pairs)
        };
        let mut questions = vec![ask("sts:GetFederationToken")];
        if !tags.is_empty() {
            questions.push(ask("sts:TagSession"));
        }
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: sts::GetFederationTokenRequest,
    ) -> Result<sts::GetFederationTokenResponse, ApiError> {
        let (issuer, seconds) = issuer(call, input.duration_seconds.unwrap_or(SECONDS_DEFAULT))?;
        let tags = passed::tags(input.tags.as_deref())?;
        let policies = passed::policies(call, call.account, input.policy, input.policy_arns)?;
        let packed_policy_size = passed::packed_size(call, policies.as_ref(), &tags)?;
        let arn = arn(call, &input.name);
        let federated_user_id = format!("{}:{}", call.account, input.name);
        let session = FederatedSession { name: input.name, issuer, tags, policies };
        let issued = issue(
            call,
            Issue {
                account: call.account,
                seconds,
                mfa: None,
                subject: Subject::Federated(session),
                token_characters_min: input.minimum_session_token_size,
            },
        )?;
        Ok(sts::GetFederationTokenResponse {
            credentials: Some(issued.credentials),
            federated_user: Some(sts::FederatedUser { federated_user_id, arn }),
            packed_policy_size,
            session_token_utilization: issued.token_percent,
            session_token_size: issued.token_characters,
        })
    }
}

fn arn(call: &Call<'_>, name: &str) -> String {
    format!("arn:aws:sts::{}:federated-user/{name}", call.account)
}

/// Who asks, `None` for the account's root user, and for how long it may.
fn issuer(call: &Call<'_>, seconds: i64) -> Result<(Option<doorward_directory::UniqueId>, i64), ApiError> {
    match call.caller.requester() {
        Requester::Root { .. } => Ok((None, seconds.min(SECONDS_ROOT_MAX))),
        Requester::User { id, .. } => {
            Ok((Some(id.parse().map_err(|_| ApiError::internal_failure())?), seconds))
        }
        Requester::Anonymous
        | Requester::RoleSession { .. }
        | Requester::FederatedUser { .. }
        | Requester::Service { .. }
        | Requester::Federated { .. } => {
            // (Text: ours.)
            Err(ApiError::access_denied("Cannot call GetFederationToken with these credentials"))
        }
    }
}
