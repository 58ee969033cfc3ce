//! Reports of last access over an organization.

use doorward_directory::reports::ReportSubject;
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, iam};

use super::{found, keep, no_such_report};
use crate::call::Call;
use crate::iam::ask;
use crate::operation::{Access, Operation};

/// For the management account alone. Without an organization every report fails, and says so: whether AWS refuses the request
/// instead is UNCONFIRMED (report-without-organization), and the texts are ours. Where there is one, the report is not built yet.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateOrganizationsAccessReport.html>
impl Operation for iam::GenerateOrganizationsAccessReport {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::GenerateOrganizationsAccessReportRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let arn = ask::unstored(call.account, "access-report", &input.entity_path);
        let question = Question::new("iam:GenerateOrganizationsAccessReport", arn, call.account);
        Ok(vec![match input.organizations_policy_id.as_deref() {
            Some(policy) => question.with("iam:OrganizationsPolicyId", policy),
            None => question,
        }])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GenerateOrganizationsAccessReportRequest,
    ) -> Result<iam::GenerateOrganizationsAccessReportResponse, ApiError> {
        let installation = call.snapshot().installation();
        if installation.is_none_or(|installation| installation.management_account != call.account) {
            let message = "This operation can be called only from the organization's management account.";
            return Err(ApiError::access_denied(message));
        }
        if call.snapshot().organization().is_some() {
            return Err(ApiError::not_implemented(call.operation.name));
        }
        let policy = input.organizations_policy_id.map(String::into_boxed_str);
        let subject = ReportSubject::Organization { path: input.entity_path.into(), policy };
        let job_id = keep(call, subject, Vec::new())?;
        Ok(iam::GenerateOrganizationsAccessReportResponse { job_id })
    }
}

impl Operation for iam::GetOrganizationsAccessReport {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &iam::GetOrganizationsAccessReportRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:GetOrganizationsAccessReport"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetOrganizationsAccessReportRequest,
    ) -> Result<iam::GetOrganizationsAccessReportResponse, ApiError> {
        let report = found(call, &input.job_id)?;
        let ReportSubject::Organization { path, .. } = &report.subject else {
            return Err(no_such_report(call, &input.job_id));
        };
        super::page::after(input.marker.as_deref())?;
        let message = format!("The entity {path} cannot be found: the account belongs to no organization.");
        let code = "OrganizationNotFoundException".to_owned();
        Ok(iam::GetOrganizationsAccessReportResponse {
            job_status: "FAILED".to_owned(),
            job_creation_date: report.created,
            job_completion_date: Some(report.created),
            number_of_services_accessible: None,
            number_of_services_not_accessed: None,
            access_details: None,
            is_truncated: Some(false),
            marker: None,
            error_details: Some(iam::ErrorDetails { message, code }),
        })
    }
}
