//! Outbound web identity federation: whether an account's identities may be proved to others.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound.html>

use doorward_directory::Refusal;
use doorward_directory::change::issuers;
use doorward_directory::issuer::Vending;
use doorward_federation::issue::{Algorithm, SigningKey};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam};

use super::ask;
use crate::call::Call;
use crate::operation::{Access, Operation};

/// Makes the account's issuer with one key of each kind, or enables it again with those it has.
impl Operation for iam::EnableOutboundWebIdentityFederation {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, _: &Nothing) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:EnableOutboundWebIdentityFederation"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: Nothing,
    ) -> Result<iam::EnableOutboundWebIdentityFederationResponse, ApiError> {
        // Issuers are never deleted: whoever has one now has one when the change is planned. RSA keys take their time, so
        // they are made before, not while others wait.
        let keys = match call.snapshot().issuer(call.account) {
            Some(_) => Vec::new(),
            None => Algorithm::ALL
                .into_iter()
                .map(SigningKey::generate)
                .collect::<Result<_, _>>()
                .map_err(|_| ApiError::internal_failure())?,
        };
        let issuer = call.change(|draft| issuers::enable(draft, call.account, &keys))?;
        Ok(iam::EnableOutboundWebIdentityFederationResponse {
            issuer_identifier: Some(call.gate.issuer_url(&issuer)),
        })
    }
}

impl Operation for iam::DisableOutboundWebIdentityFederation {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, _: &Nothing) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:DisableOutboundWebIdentityFederation"))
    }

    fn run(call: &Call<'_>, _: &Permit<'_, Self>, _: Nothing) -> Result<Nothing, ApiError> {
        call.change(|draft| issuers::disable(draft, call.account))?;
        Ok(Nothing {})
    }
}

/// Answers with `FeatureDisabled` while it is disabled, as the model lists, though it has a member that could say so.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOutboundWebIdentityFederationInfo.html>
impl Operation for iam::GetOutboundWebIdentityFederationInfo {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, _: &Nothing) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:GetOutboundWebIdentityFederationInfo"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: Nothing,
    ) -> Result<iam::GetOutboundWebIdentityFederationInfoResponse, ApiError> {
        let issuer = call.snapshot().issuer(call.account);
        let enabled = issuer.filter(|issuer| issuer.vending == Vending::Enabled);
        let issuer = enabled.ok_or_else(|| call.refused(&Refusal::FeatureDisabled))?;
        Ok(iam::GetOutboundWebIdentityFederationInfoResponse {
            issuer_identifier: Some(call.gate.issuer_url(issuer)),
            jwt_vending_enabled: Some(true),
        })
    }
}
