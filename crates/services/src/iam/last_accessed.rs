//! Reports of last access: which services something may use, and when it last did.
//!
//! A report lists what permissions policies allow, and no other policies: not the resource's, the boundary's or the
//! organization's; one over an organization, what its service control policies let through. Accesses are not recorded yet, so it tells of none. It is complete when it is asked for, and kept in
//! the store, where every server of the installation finds it.
//!
//! A policy that allows all services allows those that this server speaks for, and those that policies of the same
//! subject name.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html>

mod entity;
mod granted;
mod organization;
mod subject;

use doorward_directory::change::reports::{self, NewReport};
use doorward_directory::reports::{AccessReport, Granularity, ReportSubject};
use doorward_gate::{Permit, Question};
use doorward_policy::request::ContextValue;
use doorward_wire::{ApiError, iam};

use self::subject::Subject;
use super::{ask, page};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// Who asks for a report, and may read it: a user, or one session of a role.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateServiceLastAccessedDetails.html>
pub(super) fn requester(call: &Call<'_>) -> String {
    match call.caller.requester().context().value("aws:userid") {
        Some(ContextValue::Single(id)) => id.clone(),
        Some(ContextValue::Multiple(_)) | None => call.caller.arn().unwrap_or_default(),
    }
}

/// Keeps a report that is complete; answers with its id.
fn keep(call: &Call<'_>, subject: ReportSubject, services: Vec<String>) -> Result<Option<String>, ApiError> {
    let requester = requester(call);
    let services = services.into_iter().map(String::into_boxed_str).collect();
    let new = NewReport { requester: &requester, subject, services };
    let report = call.change(|draft| reports::create(draft, call.account, &new))?;
    Ok(Some(report.id.to_string()))
}

/// The caller's own report of this id. Another's, and one that has expired, is as one that never was. With which code and
/// text AWS refuses is UNCONFIRMED (report-refused).
fn found<'c>(call: &Call<'c>, id: &str) -> Result<&'c AccessReport, ApiError> {
    let report = call.snapshot().report(call.account, id);
    let own = report.filter(|report| !report.has_expired(call.now()) && *report.requester == requester(call));
    own.ok_or_else(|| no_such_report(call, id))
}

fn no_such_report(call: &Call<'_>, id: &str) -> ApiError {
    call.fault("NoSuchEntity", format!("The report with job id {id} cannot be found."))
}

impl Operation for iam::GenerateServiceLastAccessedDetails {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::GenerateServiceLastAccessedDetailsRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let question = subject::question(call, "iam:GenerateServiceLastAccessedDetails", &input.arn)?;
        Ok(vec![question])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GenerateServiceLastAccessedDetailsRequest,
    ) -> Result<iam::GenerateServiceLastAccessedDetailsResponse, ApiError> {
        let subject = Subject::find(call, &input.arn)?;
        let services = granted::services(&subject.documents(call)?);
        // The model's constraints let no other word through.
        let action_level = input.granularity.as_deref() == Some(Granularity::Action.name());
        let granularity = if action_level { Granularity::Action } else { Granularity::Service };
        let subject = ReportSubject::Entity { id: subject.id(), granularity };
        let job_id = keep(call, subject, services)?;
        Ok(iam::GenerateServiceLastAccessedDetailsResponse { job_id })
    }
}

impl Operation for iam::GetServiceLastAccessedDetails {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &iam::GetServiceLastAccessedDetailsRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:GetServiceLastAccessedDetails"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetServiceLastAccessedDetailsRequest,
    ) -> Result<iam::GetServiceLastAccessedDetailsResponse, ApiError> {
        let report = found(call, &input.job_id)?;
        let ReportSubject::Entity { granularity, .. } = report.subject else {
            return Err(no_such_report(call, &input.job_id));
        };
        let mut services: Vec<&str> = report.services.iter().map(|service| &**service).collect();
        services.sort_by_cached_key(|service| page::short(service));
        let key = |service: &&str| page::short(service);
        let (services, next) = page::of(services, key, input.marker.as_deref(), input.max_items)?;
        Ok(iam::GetServiceLastAccessedDetailsResponse {
            job_status: COMPLETED.to_owned(),
            job_type: Some(granularity.name().to_owned()),
            job_creation_date: report.created,
            job_completion_date: report.created,
            services_last_accessed: services.into_iter().map(not_accessed).collect(),
            is_truncated: Some(next.is_some()),
            marker: next,
            error: None,
        })
    }
}

/// The status of a report that can be read.
const COMPLETED: &str = "COMPLETED";

/// A service that nobody is known to have accessed.
fn not_accessed(namespace: &str) -> iam::ServiceLastAccessed {
    iam::ServiceLastAccessed {
        service_name: granted::service_name(namespace).to_owned(),
        last_authenticated: None,
        service_namespace: namespace.to_owned(),
        last_authenticated_entity: None,
        last_authenticated_region: None,
        total_authenticated_entities: Some(0),
        tracked_actions_last_accessed: None,
    }
}

/// Lists the users and roles that have the subject's permissions now: who joined a group after the report was made is
/// among them. A service that the report does not list has nobody.
impl Operation for iam::GetServiceLastAccessedDetailsWithEntities {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &iam::GetServiceLastAccessedDetailsWithEntitiesRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:GetServiceLastAccessedDetailsWithEntities"))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetServiceLastAccessedDetailsWithEntitiesRequest,
    ) -> Result<iam::GetServiceLastAccessedDetailsWithEntitiesResponse, ApiError> {
        let report = found(call, &input.job_id)?;
        let ReportSubject::Entity { id, .. } = report.subject else {
            return Err(no_such_report(call, &input.job_id));
        };
        let is_listed = report.services.iter().any(|service| **service == *input.service_namespace);
        let mut entities = if is_listed { subject::entities(call, id) } else { Vec::new() };
        let key = |entity: &iam::EntityInfo| page::short(&entity.arn);
        entities.sort_by_cached_key(key);
        let (entities, next) = page::of(entities, key, input.marker.as_deref(), input.max_items)?;
        let details = entities
            .into_iter()
            .map(|entity_info| iam::EntityDetails { entity_info, last_authenticated: None });
        Ok(iam::GetServiceLastAccessedDetailsWithEntitiesResponse {
            job_status: COMPLETED.to_owned(),
            job_creation_date: report.created,
            job_completion_date: report.created,
            entity_details_list: details.collect(),
            is_truncated: Some(next.is_some()),
            marker: next,
            error: None,
        })
    }
}
