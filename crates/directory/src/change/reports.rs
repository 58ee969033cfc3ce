//! Reports of last access.

use std::sync::Arc;

use doorward_policy::AccountId;

use super::Draft;
use crate::keys::Key;
use crate::record::Fact;
use crate::refusal::Refusal;
use crate::reports::{AccessReport, ReportSubject};

/// How many reports one requester has at a time: a further one takes the place of its oldest. AWS publishes no number.
pub const REPORTS_PER_REQUESTER_MAX: usize = 20;

/// How many reports an account has at a time: sessions are named by whoever begins them, so requesters are as many as anybody
/// likes. A further one takes the place of the oldest of the same user or role, or of the oldest. AWS publishes no number.
pub const REPORTS_PER_ACCOUNT_MAX: usize = 1000;

/// How many reports are cleared away by a new one, at most: more than are added, and little enough for one transaction.
const CLEARED_MAX: usize = 32;

/// A report to keep.
#[derive(Clone, Debug)]
pub struct NewReport<'a> {
    /// Who asks for it, as `aws:userid` says.
    pub requester: &'a str,
    /// What it is about.
    pub subject: ReportSubject,
    /// The namespaces of the services that it lists, ordered.
    pub services: Arc<[Box<str>]>,
}

/// Keeps a report, and clears expired ones away.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateServiceLastAccessedDetails.html>
///
/// # Errors
/// [`Refusal`]: there is no such account.
pub fn create(
    draft: &mut Draft<'_>,
    account: AccountId,
    new: &NewReport<'_>,
) -> Result<AccessReport, Refusal> {
    draft.account(account)?;
    for id in superfluous(draft, account, new.requester) {
        draft.delete(Key::Report(account, id));
    }
    let report = AccessReport {
        account,
        id: uuid(*draft.random()?).into(),
        requester: new.requester.into(),
        created: draft.now(),
        subject: new.subject.clone(),
        services: Arc::clone(&new.services),
    };
    let key = Key::Report(account, Arc::clone(&report.id));
    draft.put(key, Fact::Report(report.clone()))?;
    Ok(draft.snapshot().report(account, &report.id).cloned().unwrap_or(report))
}

/// Expired reports, and the oldest where there are as many as may be. Looks at all reports of the account.
fn superfluous(draft: &Draft<'_>, account: AccountId, requester: &str) -> Vec<Arc<str>> {
    let (expired, mut standing): (Vec<_>, Vec<_>) =
        draft.snapshot().reports(account).partition(|report| report.has_expired(draft.now()));
    let too_many = (standing.len() + 1).saturating_sub(REPORTS_PER_ACCOUNT_MAX);
    standing.sort_by_key(|report| (principal(&report.requester) != principal(requester), report.created));
    let own: Vec<_> = standing.iter().filter(|report| *report.requester == *requester).collect();
    let too_many_own = (own.len() + 1).saturating_sub(REPORTS_PER_REQUESTER_MAX);
    let first = own.into_iter().take(too_many_own).map(|report| &report.id);
    let all = first.chain(standing.iter().take(too_many).map(|report| &report.id));
    // Of those that are named twice, one is left for the next time.
    let all = all.chain(expired.iter().map(|report| &report.id));
    all.take(CLEARED_MAX).cloned().collect()
}

/// Whose session a requester is: the part that it does not choose itself.
fn principal(requester: &str) -> &str {
    requester.split_once(':').map_or(requester, |(principal, _)| principal)
}

/// A random UUID, version 4.
pub(super) fn uuid(random: [u8; 16]) -> String {
    let random = u128::from_be_bytes(random);
    let marked = random & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let hex = format!("{marked:032x}");
    let mut text = String::with_capacity(36);
    for (at, digit) in hex.chars().enumerate() {
        if matches!(at, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::reports::{Granularity, REPORT_KEPT, ReportFailure};
    use crate::testing::*;

    fn new<'a>(requester: &'a str, service: &str) -> NewReport<'a> {
        let id = "AIDACKCEVSQ6C2EXAMPLE".parse().unwrap();
        NewReport {
            requester,
            subject: ReportSubject::Entity { id, granularity: Granularity::Action },
            services: [service.into()].into(),
        }
    }

    #[test]
    fn ids_are_uuids() {
        assert_eq!(uuid([0; 16]), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid([255; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }

    #[test]
    fn reports_are_kept_and_reload() {
        let directory = started();
        let organization = NewReport {
            subject: ReportSubject::Organization {
                path: "o-1/r-1".into(),
                policy: Some("p-1".into()),
                failure: Some(ReportFailure::NoSuchPolicy),
            },
            ..new("ana", "s3")
        };
        let made = directory.change(now(), |draft| {
            Ok([create(draft, account(), &new("ana", "iam"))?, create(draft, account(), &organization)?])
        });
        for report in made.unwrap().0 {
            assert_eq!(directory.snapshot().report(account(), &report.id), Some(&report));
            assert_eq!(directory.snapshot().report(OTHER.parse().unwrap(), &report.id), None);
        }
        assert_reloads(&directory);
    }

    #[test]
    fn the_oldest_make_room() {
        let directory = started();
        let make = |requester: &'static str, seconds: i64| {
            let at = now() + SignedDuration::from_secs(seconds);
            let made = directory.change(at, |draft| create(draft, account(), &new(requester, "s3")));
            made.unwrap().0.id
        };
        let there = |id: &str| directory.snapshot().report(account(), id).is_some();
        let other = make("bob", 0);
        let ids: Vec<_> = (0..REPORTS_PER_REQUESTER_MAX + 2).map(|at| make("ana", at as i64)).collect();
        assert!(there(&other) && !there(&ids[0]) && !there(&ids[1]) && ids[2..].iter().all(|id| there(id)));
        let late = make("bob", REPORT_KEPT.as_secs() + 5);
        assert!(!there(&other) && !there(&ids[5]) && there(&ids[6]) && there(&late));
        assert_reloads(&directory);
    }

    #[test]
    fn however_sessions_are_called_an_account_has_so_many() {
        let directory = started();
        let make = |requester: &str, seconds: i64| {
            let at = now() + SignedDuration::from_secs(seconds);
            directory.change(at, |draft| create(draft, account(), &new(requester, "s3"))).unwrap().0.id
        };
        let there = |id: &str| directory.snapshot().report(account(), id).is_some();
        let ana = make("ana", 0);
        let first = make("AROA:first", 1);
        for number in 2..REPORTS_PER_ACCOUNT_MAX {
            make(&format!("AROA:{number}"), number as i64);
        }
        assert!(there(&ana) && there(&first));
        make("AROA:last", 2_000);
        assert!(there(&ana) && !there(&first));
        make("bob", 2_001);
        assert!(!there(&ana));
        assert_eq!(directory.snapshot().reports(account()).count(), REPORTS_PER_ACCOUNT_MAX);
    }
}
