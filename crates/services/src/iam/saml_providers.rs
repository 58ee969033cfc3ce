//! SAML providers.

use doorward_directory::change::saml::{self, NewSamlProvider, SamlChange};
use doorward_directory::provider::{Encryption, SamlPrivateKey, SamlProvider};
use doorward_directory::{Refusal, Stored};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, Secret, iam};

use super::{ask, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for iam::CreateSAMLProvider {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::CreateSAMLProviderRequest) -> Result<Vec<Question>, ApiError> {
        let arn = ask::unstored(call.account, "saml-provider", &input.name);
        let ask = |action| {
            let question = Question::new(action, arn.clone(), call.account);
            ask::with_request_tags(question, input.tags.as_deref())
        };
        let mut questions = vec![ask("iam:CreateSAMLProvider")];
        if input.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
            questions.push(ask("iam:TagSAMLProvider"));
        }
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::CreateSAMLProviderRequest,
    ) -> Result<iam::CreateSAMLProviderResponse, ApiError> {
        let new = NewSamlProvider {
            name: &ask::name(&input.name)?,
            metadata: &input.saml_metadata_document,
            encryption: encryption(input.assertion_encryption_mode.as_deref())?,
            private_key: input.add_private_key.as_ref().map(pem),
            tags: &ask::tags(input.tags),
        };
        let provider = call.change(|draft| saml::create(draft, call.account, &new))?;
        Ok(iam::CreateSAMLProviderResponse {
            saml_provider_arn: Some(provider.arn()),
            tags: render::some_sorted_tags(&provider.tags),
        })
    }
}

fn pem(secret: &Secret<String>) -> &str {
    secret.expose()
}

/// The mode of a word that the model's constraints have let through.
fn encryption(word: Option<&str>) -> Result<Option<Encryption>, ApiError> {
    match word {
        None => Ok(None),
        Some("Required") => Ok(Some(Encryption::Required)),
        Some("Allowed") => Ok(Some(Encryption::Allowed)),
        Some(_) => Err(ApiError::internal_failure()),
    }
}

/// The provider of this ARN, as this call sees it.
pub(super) fn found<'c>(call: &Call<'c>, arn: &str) -> Result<&'c Stored<SamlProvider>, ApiError> {
    let provider = call.snapshot().saml_provider_with_arn(arn);
    let own = provider.filter(|provider| provider.account == call.account);
    own.ok_or_else(|| call.refused(&Refusal::NoSuchSamlProvider(arn.to_owned())))
}

impl Operation for iam::GetSAMLProvider {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::GetSAMLProviderRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_provider(call, "iam:GetSAMLProvider", &input.saml_provider_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetSAMLProviderRequest,
    ) -> Result<iam::GetSAMLProviderResponse, ApiError> {
        let provider = found(call, &input.saml_provider_arn)?;
        let key = |key: &SamlPrivateKey| iam::SAMLPrivateKey {
            key_id: Some(key.id.to_string()),
            timestamp: Some(key.created),
        };
        let keys: Vec<_> = provider.private_keys.iter().map(key).collect();
        Ok(iam::GetSAMLProviderResponse {
            saml_provider_uuid: Some(provider.id.to_string()),
            saml_metadata_document: Some(provider.metadata.to_string()),
            create_date: Some(provider.created),
            valid_until: Some(provider.valid_until),
            tags: render::some_sorted_tags(&provider.tags),
            assertion_encryption_mode: provider.encryption.map(|mode| mode.name().to_owned()),
            private_key_list: (!keys.is_empty()).then_some(keys),
        })
    }
}

/// Shows all of them at once: there are not many, and the operation has no pages.
impl Operation for iam::ListSAMLProviders {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, _: &iam::ListSAMLProvidersRequest) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_providers(call, "iam:ListSAMLProviders", "saml-provider"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: iam::ListSAMLProvidersRequest,
    ) -> Result<iam::ListSAMLProvidersResponse, ApiError> {
        let entry = |provider: &Stored<SamlProvider>| iam::SAMLProviderListEntry {
            arn: Some(provider.arn()),
            valid_until: Some(provider.valid_until),
            create_date: Some(provider.created),
        };
        let entries = call.snapshot().saml_providers(call.account).map(entry).collect();
        Ok(iam::ListSAMLProvidersResponse { saml_provider_list: Some(entries) })
    }
}

impl Operation for iam::UpdateSAMLProvider {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::UpdateSAMLProviderRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_provider(call, "iam:UpdateSAMLProvider", &input.saml_provider_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UpdateSAMLProviderRequest,
    ) -> Result<iam::UpdateSAMLProviderResponse, ApiError> {
        let change = SamlChange {
            metadata: input.saml_metadata_document.as_deref(),
            encryption: encryption(input.assertion_encryption_mode.as_deref())?,
            add_private_key: input.add_private_key.as_ref().map(pem),
            remove_private_key: input.remove_private_key.as_deref(),
        };
        let arn = input.saml_provider_arn.as_str();
        call.change(|draft| saml::update(draft, call.account, arn, &change))?;
        Ok(iam::UpdateSAMLProviderResponse { saml_provider_arn: Some(input.saml_provider_arn) })
    }
}

impl Operation for iam::DeleteSAMLProvider {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::DeleteSAMLProviderRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_provider(call, "iam:DeleteSAMLProvider", &input.saml_provider_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteSAMLProviderRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| saml::delete(draft, call.account, &input.saml_provider_arn))?;
        Ok(Nothing {})
    }
}
