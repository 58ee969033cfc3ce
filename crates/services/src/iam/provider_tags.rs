//! Tags of identity providers.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_idps.html>

use doorward_directory::change::tags::Tagged;
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam};

use super::tags::{list, put, remove};
use super::{ask, oidc_providers, saml_providers};
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for iam::TagOpenIDConnectProvider {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::TagOpenIDConnectProviderRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let question =
            ask::about_provider(call, "iam:TagOpenIDConnectProvider", &input.open_id_connect_provider_arn)?;
        Ok(vec![ask::with_request_tags(question, Some(&input.tags))])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::TagOpenIDConnectProviderRequest,
    ) -> Result<Nothing, ApiError> {
        put(call, Tagged::Oidc(&input.open_id_connect_provider_arn), input.tags)
    }
}

impl Operation for iam::UntagOpenIDConnectProvider {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::UntagOpenIDConnectProviderRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let question =
            ask::about_provider(call, "iam:UntagOpenIDConnectProvider", &input.open_id_connect_provider_arn)?;
        Ok(vec![question.with_tag_keys(input.tag_keys.clone())])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UntagOpenIDConnectProviderRequest,
    ) -> Result<Nothing, ApiError> {
        remove(call, Tagged::Oidc(&input.open_id_connect_provider_arn), &input.tag_keys)
    }
}

impl Operation for iam::ListOpenIDConnectProviderTags {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::ListOpenIDConnectProviderTagsRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_provider(
            call,
            "iam:ListOpenIDConnectProviderTags",
            &input.open_id_connect_provider_arn,
        )?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListOpenIDConnectProviderTagsRequest,
    ) -> Result<iam::ListOpenIDConnectProviderTagsResponse, ApiError> {
        let provider = oidc_providers::found(call, &input.open_id_connect_provider_arn)?;
        let (tags, marker) = list(&provider.tags, input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListOpenIDConnectProviderTagsResponse { tags, is_truncated: Some(marker.is_some()), marker })
    }
}

impl Operation for iam::TagSAMLProvider {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::TagSAMLProviderRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_provider(call, "iam:TagSAMLProvider", &input.saml_provider_arn)?;
        Ok(vec![ask::with_request_tags(question, Some(&input.tags))])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::TagSAMLProviderRequest,
    ) -> Result<Nothing, ApiError> {
        put(call, Tagged::Saml(&input.saml_provider_arn), input.tags)
    }
}

impl Operation for iam::UntagSAMLProvider {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::UntagSAMLProviderRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_provider(call, "iam:UntagSAMLProvider", &input.saml_provider_arn)?;
        Ok(vec![question.with_tag_keys(input.tag_keys.clone())])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UntagSAMLProviderRequest,
    ) -> Result<Nothing, ApiError> {
        remove(call, Tagged::Saml(&input.saml_provider_arn), &input.tag_keys)
    }
}

impl Operation for iam::ListSAMLProviderTags {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::ListSAMLProviderTagsRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_provider(call, "iam:ListSAMLProviderTags", &input.saml_provider_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListSAMLProviderTagsRequest,
    ) -> Result<iam::ListSAMLProviderTagsResponse, ApiError> {
        let provider = saml_providers::found(call, &input.saml_provider_arn)?;
        let (tags, marker) = list(&provider.tags, input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListSAMLProviderTagsResponse { tags, is_truncated: Some(marker.is_some()), marker })
    }
}
