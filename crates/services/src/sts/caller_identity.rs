//! `GetCallerIdentity`.

use doorward_gate::{Permit, Question};
use doorward_policy::request::Requester;
use doorward_wire::{ApiError, sts};

use crate::call::Call;
use crate::operation::{Access, Operation};

/// Needs no permission: the judge allows it whatever any policy says.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
impl Operation for sts::GetCallerIdentity {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, _: &sts::GetCallerIdentityRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![Question::new("sts:GetCallerIdentity", "*", call.account)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: sts::GetCallerIdentityRequest,
    ) -> Result<sts::GetCallerIdentityResponse, ApiError> {
        Ok(sts::GetCallerIdentityResponse {
            user_id: Some(user_id(call)),
            account: Some(call.account.to_string()),
            arn: call.caller.arn(),
        })
    }
}

/// The id that goes with the ARN. For a service principal, which AWS has none for, its name.
fn user_id(call: &Call<'_>) -> String {
    match call.caller.requester() {
        Requester::User { id, .. } => id.clone(),
        Requester::RoleSession { role_id, session_name, .. } => format!("{role_id}:{session_name}"),
        Requester::FederatedUser { account, name, .. } => format!("{account}:{name}"),
        Requester::Service { names, .. } => names.first().cloned().unwrap_or_default(),
        Requester::Root { .. } | Requester::Anonymous | Requester::Federated { .. } => {
            call.account.to_string()
        }
    }
}
