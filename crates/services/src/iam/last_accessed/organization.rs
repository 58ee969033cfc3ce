//! Reports of last access over an organization.

use doorward_directory::organization::PolicyKind;
use doorward_directory::reports::{AccessReport, ReportFailure, ReportSubject};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, iam};

use super::{entity, found, granted, keep, no_such_report};
use crate::call::Call;
use crate::fault;
use crate::iam::{ask, page};
use crate::operation::{Access, Operation};

/// What AWS asks for beside the action itself, so that nobody reads more of the organization in a report than it may read.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html>
const READS: [&str; 6] = [
    "organizations:DescribePolicy",
    "organizations:ListChildren",
    "organizations:ListParents",
    "organizations:ListPoliciesForTarget",
    "organizations:ListRoots",
    "organizations:ListTargetsForPolicy",
];

/// For the management account alone. Whoever asks must be allowed to read the organization; on which resources that is asked
/// is UNCONFIRMED (report-permissions), here on all of it.
///
/// A report that cannot be made is made, and has failed: whether AWS refuses the request instead, and with which code, is
/// UNCONFIRMED (report-without-organization), and the texts are ours.
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
        let question = match input.organizations_policy_id.as_deref() {
            Some(policy) => question.with("iam:OrganizationsPolicyId", policy),
            None => question,
        };
        let reads = call.snapshot().organization().map(|_| READS).into_iter().flatten();
        let reads = reads.flat_map(|action| ask::about_account(call, action));
        Ok(std::iter::once(question).chain(reads).collect())
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
        let policy = input.organizations_policy_id.as_deref();
        let (services, failure) = match services(call, &input.entity_path, policy)? {
            Ok(services) => (services, None),
            Err(failure) => (Vec::new(), Some(failure)),
        };
        let policy = input.organizations_policy_id.map(String::into_boxed_str);
        let subject = ReportSubject::Organization { path: input.entity_path.into(), policy, failure };
        let job_id = keep(call, subject, services)?;
        Ok(iam::GenerateOrganizationsAccessReportResponse { job_id })
    }
}

/// What the organization lets through to the entity, or why nobody can tell.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html>
fn services(
    call: &Call<'_>,
    path: &str,
    policy: Option<&str>,
) -> Result<Result<Vec<String>, ReportFailure>, ApiError> {
    let snapshot = call.snapshot();
    let Some(organization) = snapshot.organization() else { return Ok(Err(ReportFailure::NoOrganization)) };
    if !organization.types.of(PolicyKind::ServiceControl).enabled {
        return Ok(Err(ReportFailure::PoliciesNotEnabled));
    }
    let Some(target) = entity::at(snapshot, path) else { return Ok(Err(ReportFailure::NoSuchEntity)) };
    entity::services(snapshot, organization, &target, policy).map_err(|cause| fault::unreadable(&cause))
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
        let ReportSubject::Organization { path, policy, failure } = &report.subject else {
            return Err(no_such_report(call, &input.job_id));
        };
        match failure {
            Some(failure) => {
                page::after(input.marker.as_deref())?;
                Ok(failed(report, text(*failure, path, policy.as_deref()), *failure))
            }
            None => completed(report, &input),
        }
    }
}

fn failed(
    report: &AccessReport,
    message: String,
    failure: ReportFailure,
) -> iam::GetOrganizationsAccessReportResponse {
    iam::GetOrganizationsAccessReportResponse {
        job_status: "FAILED".to_owned(),
        job_creation_date: report.created,
        job_completion_date: Some(report.created),
        number_of_services_accessible: None,
        number_of_services_not_accessed: None,
        access_details: None,
        is_truncated: Some(false),
        marker: None,
        error_details: Some(iam::ErrorDetails { message, code: failure.code().to_owned() }),
    }
}

fn text(failure: ReportFailure, path: &str, policy: Option<&str>) -> String {
    match failure {
        ReportFailure::NoOrganization => {
            format!("The entity {path} cannot be found: the account belongs to no organization.")
        }
        ReportFailure::PoliciesNotEnabled => {
            "Service control policies are not enabled in the organization.".to_owned()
        }
        ReportFailure::NoSuchEntity => format!("The entity {path} cannot be found in the organization."),
        ReportFailure::NoSuchPolicy => {
            format!("The service control policy {} cannot be found.", policy.unwrap_or_default())
        }
    }
}

/// One page of a report. No access is told, so that the orders by time are those by namespace.
fn completed(
    report: &AccessReport,
    input: &iam::GetOrganizationsAccessReportRequest,
) -> Result<iam::GetOrganizationsAccessReportResponse, ApiError> {
    let count = i64::try_from(report.services.len()).map_err(|_| ApiError::internal_failure())?;
    let (asked, max) = (input.marker.as_deref(), input.max_items);
    let descending = input.sort_key.as_deref() == Some("SERVICE_NAMESPACE_DESCENDING");
    let (services, marker) = if descending {
        // Keys of pages grow: these count down to the report's beginning.
        let numbered = report.services.iter().map(|service| &**service).enumerate().rev();
        let key = |(at, _): &(usize, &str)| format!("-{:06}", report.services.len() - at);
        let (services, marker) = page::of(numbered, key, asked, max)?;
        (services.into_iter().map(|(_, service)| service).collect(), marker)
    } else {
        let services = report.services.iter().map(|service| &**service);
        page::of(services, |service| (*service).to_owned(), asked, max)?
    };
    Ok(iam::GetOrganizationsAccessReportResponse {
        job_status: super::COMPLETED.to_owned(),
        job_creation_date: report.created,
        job_completion_date: Some(report.created),
        number_of_services_accessible: Some(count),
        number_of_services_not_accessed: Some(count),
        access_details: Some(services.into_iter().map(not_accessed).collect()),
        is_truncated: Some(marker.is_some()),
        marker,
        error_details: None,
    })
}

/// A service that nobody is known to have accessed.
fn not_accessed(namespace: &str) -> iam::AccessDetail {
    iam::AccessDetail {
        service_name: granted::service_name(namespace).to_owned(),
        service_namespace: namespace.to_owned(),
        region: None,
        entity_path: None,
        last_authenticated_time: None,
        total_authenticated_entities: Some(0),
    }
}
