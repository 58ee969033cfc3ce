//! `GetDelegatedAccessToken`: a provider trades in its token for credentials.

use doorward_directory::Snapshot;
use doorward_directory::delegation::{Approver, DelegationRequest, token};
use doorward_gate::session::{DelegatedSession, SessionPolicies, Subject};
use doorward_gate::{Permit, Question};
use doorward_policy::AccountId;
use doorward_wire::{ApiError, sts};

use super::issue::{Issue, issue};
use super::passed;
use crate::call::Call;
use crate::operation::{Access, Operation};

/// The token can be traded in again and again; whatever is had for it ends when it does. Only identities of the provider's
/// account can. The session is its approver's: what that may no longer do, it may not either, and when the approver is
/// gone there is none.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/temporary-delegation-building-integration.html>
impl Operation for sts::GetDelegatedAccessToken {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &sts::GetDelegatedAccessTokenRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![Question::new("sts:GetDelegatedAccessToken", "*", call.account)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: sts::GetDelegatedAccessTokenRequest,
    ) -> Result<sts::GetDelegatedAccessTokenResponse, ApiError> {
        let trade = token::open(input.trade_in_token.expose(), call.directory().sealer());
        let trade = trade.ok().filter(|trade| trade.provider == call.account).ok_or_else(not_valid)?;
        let seconds = trade.expires.as_second() - call.now().as_second();
        if seconds <= 0 || trade.expires <= call.now() {
            let text = "The trade-in token has expired.";
            return Err(call.fault("ExpiredTradeInTokenException", text));
        }
        let request = call.snapshot().delegation_request(&trade.request).ok_or_else(not_valid)?;
        let own = request.requestor == call.account && request.session_ends() == Some(trade.expires);
        let granted = request.owner_account.zip(request.approval.as_ref()).filter(|_| own);
        let (account, approval) = granted.ok_or_else(not_valid)?;
        let arn = arn(call.snapshot(), account, &approval.approver).ok_or_else(|| {
            ApiError::access_denied(format!("The approver {} is no longer there.", approval.identity.arn))
        })?;
        let session = session(request, approval.approver.clone());
        let packed_policy_size = passed::packed_size(call, Some(&session.policies), &[])?;
        let subject = Subject::Delegated(session);
        let issued = issue(call, Issue { account, seconds, mfa: None, subject, token_characters_min: None })?;
        Ok(sts::GetDelegatedAccessTokenResponse {
            credentials: Some(issued.credentials),
            packed_policy_size,
            assumed_principal: Some(arn),
        })
    }
}

/// The answer to a text that is no token of this installation, and to another provider's token alike. Code and texts of this
/// operation are UNCONFIRMED (delegation-texts).
fn not_valid() -> ApiError {
    ApiError::access_denied("The trade-in token is not valid.")
}

fn session(request: &DelegationRequest, approver: Approver) -> DelegatedSession {
    let inline = Some(request.permission.policy.to_string());
    let policies = SessionPolicies { inline, managed: Vec::new() };
    DelegatedSession { approver, provider: request.requestor, policies }
}

/// The approver's ARN now; `None` when it is gone.
fn arn(snapshot: &Snapshot, account: AccountId, approver: &Approver) -> Option<String> {
    if snapshot.is_closed(account) {
        return None;
    }
    match approver {
        Approver::Root => Some(format!("arn:aws:iam::{account}:root")),
        Approver::User(id) => Some(snapshot.user_with_id(*id)?.arn()),
        Approver::Role { role, session, .. } => {
            let role = snapshot.role_with_id(*role)?;
            Some(format!("arn:aws:sts::{account}:assumed-role/{}/{session}", role.name))
        }
    }
}
