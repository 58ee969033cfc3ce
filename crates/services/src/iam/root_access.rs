//! The organization's central access to the root users of its member accounts.
//!
//! The management account enables it; a member that administers IAM for the organization may disable it and see what is
//! enabled. What it is for is `AssumeRoot`.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html>

use doorward_directory::change::organization::root_access;
use doorward_directory::organization::{Organization, RootFeature};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, iam};

use super::ask;
use crate::call::Call;
use crate::operation::{Access, Operation};

/// The organization's id, and what it has enabled.
fn shown(organization: &Organization) -> (Option<String>, Option<Vec<String>>) {
    let enabled = RootFeature::ALL.into_iter().filter(|feature| organization.root_access.has(*feature));
    let names = enabled.map(|feature| feature.name().to_owned()).collect();
    (Some(organization.id.to_string()), Some(names))
}

impl Operation for iam::EnableOrganizationsRootCredentialsManagement {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        _: &iam::EnableOrganizationsRootCredentialsManagementRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:EnableOrganizationsRootCredentialsManagement"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: iam::EnableOrganizationsRootCredentialsManagementRequest,
    ) -> Result<iam::EnableOrganizationsRootCredentialsManagementResponse, ApiError> {
        let feature = RootFeature::CredentialsManagement;
        let organization = call.change(|draft| root_access::enable(draft, call.account, feature))?;
        let (organization_id, enabled_features) = shown(&organization);
        Ok(iam::EnableOrganizationsRootCredentialsManagementResponse { organization_id, enabled_features })
    }
}

impl Operation for iam::DisableOrganizationsRootCredentialsManagement {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        _: &iam::DisableOrganizationsRootCredentialsManagementRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:DisableOrganizationsRootCredentialsManagement"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: iam::DisableOrganizationsRootCredentialsManagementRequest,
    ) -> Result<iam::DisableOrganizationsRootCredentialsManagementResponse, ApiError> {
        let feature = RootFeature::CredentialsManagement;
        let organization = call.change(|draft| root_access::disable(draft, call.account, feature))?;
        let (organization_id, enabled_features) = shown(&organization);
        Ok(iam::DisableOrganizationsRootCredentialsManagementResponse { organization_id, enabled_features })
    }
}

impl Operation for iam::EnableOrganizationsRootSessions {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        _: &iam::EnableOrganizationsRootSessionsRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:EnableOrganizationsRootSessions"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: iam::EnableOrganizationsRootSessionsRequest,
    ) -> Result<iam::EnableOrganizationsRootSessionsResponse, ApiError> {
        let feature = RootFeature::Sessions;
        let organization = call.change(|draft| root_access::enable(draft, call.account, feature))?;
        let (organization_id, enabled_features) = shown(&organization);
        Ok(iam::EnableOrganizationsRootSessionsResponse { organization_id, enabled_features })
    }
}

impl Operation for iam::DisableOrganizationsRootSessions {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        _: &iam::DisableOrganizationsRootSessionsRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:DisableOrganizationsRootSessions"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: iam::DisableOrganizationsRootSessionsRequest,
    ) -> Result<iam::DisableOrganizationsRootSessionsResponse, ApiError> {
        let feature = RootFeature::Sessions;
        let organization = call.change(|draft| root_access::disable(draft, call.account, feature))?;
        let (organization_id, enabled_features) = shown(&organization);
        Ok(iam::DisableOrganizationsRootSessionsResponse { organization_id, enabled_features })
    }
}

impl Operation for iam::ListOrganizationsFeatures {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &iam::ListOrganizationsFeaturesRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:ListOrganizationsFeatures"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: iam::ListOrganizationsFeaturesRequest,
    ) -> Result<iam::ListOrganizationsFeaturesResponse, ApiError> {
        let organization = call.snapshot().root_access(call.account);
        let organization = organization.map_err(|refusal| call.refused(&refusal))?;
        let (organization_id, enabled_features) = shown(organization);
        Ok(iam::ListOrganizationsFeaturesResponse { organization_id, enabled_features })
    }
}
