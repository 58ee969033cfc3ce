//! How a report of last access is stored.

use std::sync::Arc;

use doorward_policy::AccountId;
use minicbor::{Decode, Encode};

use super::{Reason, time, unique_id};
use crate::reports::{AccessReport, Granularity, ReportFailure, ReportSubject};

#[derive(Encode, Decode)]
pub(super) struct ReportRecord<'b> {
    #[b(0)]
    requester: &'b str,
    #[n(1)]
    created_s: i64,
    #[b(2)]
    subject: SubjectRecord<'b>,
    #[b(3)]
    services: Vec<&'b str>,
}

#[derive(Encode, Decode)]
enum SubjectRecord<'b> {
    #[n(0)]
    Services(#[b(0)] &'b str),
    #[n(1)]
    Actions(#[b(0)] &'b str),
    #[n(2)]
    Organization {
        #[b(0)]
        path: &'b str,
        #[b(1)]
        policy: Option<&'b str>,
        #[b(2)]
        failure: Option<&'b str>,
    },
}

impl<'b> ReportRecord<'b> {
    pub(super) fn of(report: &'b AccessReport) -> Self {
        Self {
            requester: &report.requester,
            created_s: report.created.as_second(),
            subject: match &report.subject {
                ReportSubject::Entity { id, granularity: Granularity::Service } => {
                    SubjectRecord::Services(id.as_str())
                }
                ReportSubject::Entity { id, granularity: Granularity::Action } => {
                    SubjectRecord::Actions(id.as_str())
                }
                ReportSubject::Organization { path, policy, failure } => SubjectRecord::Organization {
                    path,
                    policy: policy.as_deref(),
                    failure: failure.map(ReportFailure::code),
                },
            },
            services: report.services.iter().map(|service| &**service).collect(),
        }
    }

    pub(super) fn read(self, account: AccountId, id: &Arc<str>) -> Result<AccessReport, Reason> {
        let entity = |id: &str, granularity| -> Result<ReportSubject, Reason> {
            Ok(ReportSubject::Entity { id: unique_id(id)?, granularity })
        };
        Ok(AccessReport {
            account,
            id: Arc::clone(id),
            requester: self.requester.into(),
            created: time(self.created_s)?,
            subject: match self.subject {
                SubjectRecord::Services(id) => entity(id, Granularity::Service),
                SubjectRecord::Actions(id) => entity(id, Granularity::Action),
                SubjectRecord::Organization { path, policy, failure } => Ok(ReportSubject::Organization {
                    path: path.into(),
                    policy: policy.map(Into::into),
                    failure: failure.map(read_failure).transpose()?,
                }),
            }?,
            services: self.services.iter().map(|service| Box::from(*service)).collect(),
        })
    }
}

fn read_failure(code: &str) -> Result<ReportFailure, Reason> {
    let failure = ReportFailure::ALL.into_iter().find(|failure| failure.code() == code);
    failure.ok_or_else(|| format!("`{code}` is no failure of a report"))
}
