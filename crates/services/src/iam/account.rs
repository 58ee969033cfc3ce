//! The account: its alias, its preferences, and what it holds in numbers.

use doorward_directory::account::TokenVersion;
use doorward_directory::change::accounts;
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam};

use super::{ask, page};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// Replaces the alias that the account had: it has one at most. Giving it the alias that it has changes nothing; what AWS
/// answers then is not documented.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/account-alias-create.html>
impl Operation for iam::CreateAccountAlias {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, _: &iam::CreateAccountAliasRequest) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:CreateAccountAlias"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::CreateAccountAliasRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| accounts::put_alias(draft, call.account, &input.account_alias))?;
        Ok(Nothing {})
    }
}

impl Operation for iam::DeleteAccountAlias {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, _: &iam::DeleteAccountAliasRequest) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:DeleteAccountAlias"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteAccountAliasRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| accounts::delete_alias(draft, call.account, &input.account_alias))?;
        Ok(Nothing {})
    }
}

impl Operation for iam::ListAccountAliases {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, _: &iam::ListAccountAliasesRequest) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:ListAccountAliases"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListAccountAliasesRequest,
    ) -> Result<iam::ListAccountAliasesResponse, ApiError> {
        let alias = call.snapshot().account(call.account).and_then(|account| account.alias.as_deref());
        let aliases = alias.map(str::to_owned);
        let (account_aliases, next) =
            page::of(aliases, String::clone, input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListAccountAliasesResponse {
            account_aliases,
            is_truncated: Some(next.is_some()),
            marker: next,
        })
    }
}

/// Notes which version of session tokens the account asks of the global endpoint. Tokens are good everywhere whichever it is:
/// an installation has no regions that they could be kept out of.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetSecurityTokenServicePreferences.html>
impl Operation for iam::SetSecurityTokenServicePreferences {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        _: &iam::SetSecurityTokenServicePreferencesRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:SetSecurityTokenServicePreferences"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::SetSecurityTokenServicePreferencesRequest,
    ) -> Result<Nothing, ApiError> {
        let named = TokenVersion::named(&input.global_endpoint_token_version);
        // The model has let nothing else through.
        let version = named.ok_or_else(ApiError::internal_failure)?;
        call.change(|draft| accounts::set_token_version(draft, call.account, version))?;
        Ok(Nothing {})
    }
}

/// Shows the quotas that are in force in this installation, which its operator may have changed.
impl Operation for iam::GetAccountSummary {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, _: &Nothing) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:GetAccountSummary"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: Nothing,
    ) -> Result<iam::GetAccountSummaryResponse, ApiError> {
        let summary = call.snapshot().account_summary(call.account, call.directory().limits());
        let summary = summary.into_iter().map(|(name, number)| (name.to_owned(), number));
        Ok(iam::GetAccountSummaryResponse { summary_map: Some(summary.collect()) })
    }
}
