//! OpenID Connect providers.

use doorward_directory::change::oidc::{self, NewOidcProvider};
use doorward_directory::provider::OidcProvider;
use doorward_directory::{Refusal, Stored};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam};

use super::{ask, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// Without a list of thumbprints AWS fetches one from the provider. This server connects to nobody for it, and keeps none.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html>
impl Operation for iam::CreateOpenIDConnectProvider {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::CreateOpenIDConnectProviderRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let address = input.url.strip_prefix("https://").unwrap_or(&input.url);
        let arn = ask::unstored(call.account, "oidc-provider", address);
        let ask = |action| {
            let question = Question::new(action, arn.clone(), call.account);
            ask::with_request_tags(question, input.tags.as_deref())
        };
        let mut questions = vec![ask("iam:CreateOpenIDConnectProvider")];
        if input.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
            questions.push(ask("iam:TagOpenIDConnectProvider"));
        }
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::CreateOpenIDConnectProviderRequest,
    ) -> Result<iam::CreateOpenIDConnectProviderResponse, ApiError> {
        let new = NewOidcProvider {
            url: &input.url,
            client_ids: input.client_id_list.as_deref().unwrap_or_default(),
            thumbprints: input.thumbprint_list.as_deref().unwrap_or_default(),
            tags: &ask::tags(input.tags),
        };
        let provider = call.change(|draft| oidc::create(draft, call.account, &new))?;
        Ok(iam::CreateOpenIDConnectProviderResponse {
            open_id_connect_provider_arn: Some(provider.arn()),
            tags: render::some_sorted_tags(&provider.tags),
        })
    }
}

/// The provider of this ARN, as this call sees it.
pub(super) fn found<'c>(call: &Call<'c>, arn: &str) -> Result<&'c Stored<OidcProvider>, ApiError> {
    let provider = call.snapshot().oidc_provider_with_arn(arn);
    let own = provider.filter(|provider| provider.account == call.account);
    own.ok_or_else(|| call.refused(&Refusal::NoSuchOidcProvider(arn.to_owned())))
}

impl Operation for iam::GetOpenIDConnectProvider {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::GetOpenIDConnectProviderRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let arn = &input.open_id_connect_provider_arn;
        Ok(vec![ask::about_provider(call, "iam:GetOpenIDConnectProvider", arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetOpenIDConnectProviderRequest,
    ) -> Result<iam::GetOpenIDConnectProviderResponse, ApiError> {
        let provider = found(call, &input.open_id_connect_provider_arn)?;
        let texts = |list: &[Box<str>]| list.iter().map(|text| text.to_string()).collect();
        Ok(iam::GetOpenIDConnectProviderResponse {
            url: Some(provider.url.to_string()),
            client_id_list: Some(texts(&provider.client_ids)),
            thumbprint_list: Some(texts(&provider.thumbprints)),
            create_date: Some(provider.created),
            tags: render::some_sorted_tags(&provider.tags),
        })
    }
}

/// Shows all of them at once: there are not many, and the operation has no pages.
impl Operation for iam::ListOpenIDConnectProviders {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &iam::ListOpenIDConnectProvidersRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_providers(call, "iam:ListOpenIDConnectProviders", "oidc-provider"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: iam::ListOpenIDConnectProvidersRequest,
    ) -> Result<iam::ListOpenIDConnectProvidersResponse, ApiError> {
        let entry = |provider: &Stored<OidcProvider>| iam::OpenIDConnectProviderListEntry {
            arn: Some(provider.arn()),
        };
        let entries = call.snapshot().oidc_providers(call.account).map(entry).collect();
        Ok(iam::ListOpenIDConnectProvidersResponse { open_id_connect_provider_list: Some(entries) })
    }
}

/// Deleting one that is not there succeeds, as the page says of it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html>
impl Operation for iam::DeleteOpenIDConnectProvider {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::DeleteOpenIDConnectProviderRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let arn = &input.open_id_connect_provider_arn;
        Ok(vec![ask::about_provider(call, "iam:DeleteOpenIDConnectProvider", arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteOpenIDConnectProviderRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| oidc::delete(draft, call.account, &input.open_id_connect_provider_arn))?;
        Ok(Nothing {})
    }
}

impl Operation for iam::UpdateOpenIDConnectProviderThumbprint {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::UpdateOpenIDConnectProviderThumbprintRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let arn = &input.open_id_connect_provider_arn;
        Ok(vec![ask::about_provider(call, "iam:UpdateOpenIDConnectProviderThumbprint", arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UpdateOpenIDConnectProviderThumbprintRequest,
    ) -> Result<Nothing, ApiError> {
        let (arn, prints) = (&input.open_id_connect_provider_arn, &input.thumbprint_list);
        call.change(|draft| oidc::replace_thumbprints(draft, call.account, arn, prints))?;
        Ok(Nothing {})
    }
}

impl Operation for iam::AddClientIDToOpenIDConnectProvider {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::AddClientIDToOpenIDConnectProviderRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let arn = &input.open_id_connect_provider_arn;
        Ok(vec![ask::about_provider(call, "iam:AddClientIDToOpenIDConnectProvider", arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::AddClientIDToOpenIDConnectProviderRequest,
    ) -> Result<Nothing, ApiError> {
        let (arn, id) = (&input.open_id_connect_provider_arn, &input.client_id);
        call.change(|draft| oidc::add_client_id(draft, call.account, arn, id))?;
        Ok(Nothing {})
    }
}

impl Operation for iam::RemoveClientIDFromOpenIDConnectProvider {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::RemoveClientIDFromOpenIDConnectProviderRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let arn = &input.open_id_connect_provider_arn;
        Ok(vec![ask::about_provider(call, "iam:RemoveClientIDFromOpenIDConnectProvider", arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::RemoveClientIDFromOpenIDConnectProviderRequest,
    ) -> Result<Nothing, ApiError> {
        let (arn, id) = (&input.open_id_connect_provider_arn, &input.client_id);
        call.change(|draft| oidc::remove_client_id(draft, call.account, arn, id))?;
        Ok(Nothing {})
    }
}
