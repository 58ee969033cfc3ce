//! Reports of last access: who asked for which, and what it lists.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html>

use std::sync::Arc;

use doorward_policy::AccountId;
use jiff::{SignedDuration, Timestamp};

use crate::snapshot::{Snapshot, Stored};
use crate::unique_id::UniqueId;

/// How long a report can be read after it was asked for. How long AWS keeps them is UNCONFIRMED (report-kept).
pub const REPORT_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A report, complete when it was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccessReport {
    /// The account in which it was asked for.
    pub account: AccountId,
    /// The job's id: a UUID.
    pub id: Arc<str>,
    /// Who asked for it, as `aws:userid` says.
    pub requester: Box<str>,
    /// When, in whole seconds.
    pub created: Timestamp,
    /// What it is about.
    pub subject: ReportSubject,
    /// The namespaces of the services that it lists, ordered.
    pub services: Arc<[Box<str>]>,
}

/// What a report of last access is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReportSubject {
    /// What a user, group, role or managed policy grants.
    Entity {
        /// Its id.
        id: UniqueId,
        /// How much detail was asked for.
        granularity: Granularity,
    },
    /// What an organization's policies let through.
    Organization {
        /// The entity: `o-…/r-…/…`.
        path: Box<str>,
        /// The one policy that it is about, if any.
        policy: Option<Box<str>>,
        /// Why there is nothing to read, where it failed.
        failure: Option<ReportFailure>,
    },
}

/// Why a report over an organization failed. Codes are ours: see `report-without-organization` among the readings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReportFailure {
    /// The account belongs to no organization.
    NoOrganization,
    /// Service control policies are not enabled in it.
    PoliciesNotEnabled,
    /// Nothing in it has this path.
    NoSuchEntity,
    /// It has no service control policy of this id.
    NoSuchPolicy,
}

impl ReportFailure {
    /// Each of them.
    pub const ALL: [Self; 4] =
        [Self::NoOrganization, Self::PoliciesNotEnabled, Self::NoSuchEntity, Self::NoSuchPolicy];

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoOrganization => "OrganizationNotFoundException",
            Self::PoliciesNotEnabled => "PolicyTypeNotEnabledException",
            Self::NoSuchEntity => "EntityNotFoundException",
            Self::NoSuchPolicy => "PolicyNotFoundException",
        }
    }
}

/// How much detail a report has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Granularity {
    /// Services.
    Service,
    /// Services and tracked actions.
    Action,
}

impl Granularity {
    /// The word in requests and answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Service => "SERVICE_LEVEL",
            Self::Action => "ACTION_LEVEL",
        }
    }
}

impl AccessReport {
    /// Whether it can be read no more.
    #[must_use]
    pub fn has_expired(&self, now: Timestamp) -> bool {
        now.duration_since(self.created) >= REPORT_KEPT
    }
}

impl Snapshot {
    /// The report of this id, whoever asked for it; expired ones may be there or not.
    #[must_use]
    pub fn report(&self, account: AccountId, id: &str) -> Option<&AccessReport> {
        self.stored_report(account, id).map(|stored| &**stored)
    }

    /// All reports of an account, ordered by id.
    pub(crate) fn reports(&self, account: AccountId) -> impl Iterator<Item = &Stored<AccessReport>> {
        let from = (account, Arc::from(""));
        let of_account =
            self.all_reports().range(from..).take_while(move |((owner, _), _)| *owner == account);
        of_account.map(|(_, stored)| &**stored)
    }

    pub(crate) fn stored_report(&self, account: AccountId, id: &str) -> Option<&Stored<AccessReport>> {
        self.all_reports().get(&(account, Arc::from(id))).map(|stored| &**stored)
    }
}
