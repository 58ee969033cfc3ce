//! Versions of managed policies. Of AWS's only the default version is known.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html>

use doorward_directory::Refusal;
use doorward_directory::change::policies::{self, Standing};
use doorward_directory::managed::{PolicyVersion, VersionNumber};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam, percent_encode_document};

use super::policies::found;
use super::{ask, page, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// With `SetAsDefault`, too, the one action is enough: that is how AWS has it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html>
impl Operation for iam::CreatePolicyVersion {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::CreatePolicyVersionRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_policy(call, "iam:CreatePolicyVersion", &input.policy_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::CreatePolicyVersionRequest,
    ) -> Result<iam::CreatePolicyVersionResponse, ApiError> {
        let standing = match input.set_as_default {
            Some(true) => Standing::Default,
            Some(false) | None => Standing::Spare,
        };
        let (arn, document) = (&input.policy_arn, &input.policy_document);
        let version =
            call.change(|draft| policies::create_version(draft, call.account, arn, document, standing))?;
        let default = if standing == Standing::Default { Some(version.number) } else { None };
        Ok(iam::CreatePolicyVersionResponse {
            policy_version: Some(render::policy_version(&version, default)),
        })
    }
}

/// The number of the version called `id`. The model lets ids through that no version has, such as `v1.x`.
fn number(call: &Call<'_>, arn: &str, id: &str) -> Result<VersionNumber, ApiError> {
    id.parse().or_else(|_| {
        found(call, arn)?;
        Err(no_such_version(call, arn, id))
    })
}

fn no_such_version(call: &Call<'_>, arn: &str, id: &str) -> ApiError {
    call.refused(&Refusal::NoSuchVersion { arn: arn.to_owned(), version: id.to_owned() })
}

impl Operation for iam::GetPolicyVersion {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::GetPolicyVersionRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_policy(call, "iam:GetPolicyVersion", &input.policy_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetPolicyVersionRequest,
    ) -> Result<iam::GetPolicyVersionResponse, ApiError> {
        let policy = found(call, &input.policy_arn)?;
        let number = number(call, &input.policy_arn, &input.version_id)?;
        let version = call.snapshot().version(policy.id, number);
        let version = version.ok_or_else(|| no_such_version(call, &input.policy_arn, &input.version_id))?;
        Ok(iam::GetPolicyVersionResponse {
            policy_version: Some(iam::PolicyVersion {
                document: Some(percent_encode_document(version.text.text())),
                ..render::policy_version(version, Some(policy.default_version))
            }),
        })
    }
}

/// Lists the newest version first, without documents.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyVersion.html>
impl Operation for iam::ListPolicyVersions {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::ListPolicyVersionsRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_policy(call, "iam:ListPolicyVersions", &input.policy_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListPolicyVersionsRequest,
    ) -> Result<iam::ListPolicyVersionsResponse, ApiError> {
        let policy = found(call, &input.policy_arn)?;
        let mut versions: Vec<&PolicyVersion> = call.snapshot().versions(policy.id).collect();
        versions.reverse();
        // Counted down, so that keys grow as numbers fall.
        let key = |version: &&PolicyVersion| format!("{:010}", u32::MAX - version.number.0);
        let (versions, marker) = page::of(versions, key, input.marker.as_deref(), input.max_items)?;
        let versions = versions.into_iter();
        let versions = versions.map(|version| render::policy_version(version, Some(policy.default_version)));
        Ok(iam::ListPolicyVersionsResponse {
            versions: Some(versions.collect()),
            is_truncated: Some(marker.is_some()),
            marker,
        })
    }
}

impl Operation for iam::DeletePolicyVersion {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::DeletePolicyVersionRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_policy(call, "iam:DeletePolicyVersion", &input.policy_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeletePolicyVersionRequest,
    ) -> Result<Nothing, ApiError> {
        let number = number(call, &input.policy_arn, &input.version_id)?;
        call.change(|draft| policies::delete_version(draft, call.account, &input.policy_arn, number))?;
        Ok(Nothing {})
    }
}

impl Operation for iam::SetDefaultPolicyVersion {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::SetDefaultPolicyVersionRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_policy(call, "iam:SetDefaultPolicyVersion", &input.policy_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::SetDefaultPolicyVersionRequest,
    ) -> Result<Nothing, ApiError> {
        let number = number(call, &input.policy_arn, &input.version_id)?;
        call.change(|draft| policies::choose_default(draft, call.account, &input.policy_arn, number))?;
        Ok(Nothing {})
    }
}
