//! Credential reports.

use doorward_policy::AccountId;

use super::Draft;
use crate::credential_report::CredentialReport;
use crate::keys::Key;
use crate::record::Fact;
use crate::refusal::Refusal;

/// What asking for a report came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Generation {
    /// There was none: the first was made.
    First,
    /// There was one that is too old: another was made.
    Another,
    /// There is one that still counts.
    Kept,
}

/// Makes an account's credential report, unless there is one of the last four hours.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html>
///
/// # Errors
/// [`Refusal`]: there is no such account, or too much of it for a report.
pub fn generate(draft: &mut Draft<'_>, account: AccountId) -> Result<Generation, Refusal> {
    draft.account(account)?;
    let generation = match draft.snapshot().credential_report(account) {
        None => Generation::First,
        Some(report) if report.is_expired(draft.now()) => Generation::Another,
        Some(_) => return Ok(Generation::Kept),
    };
    let report = CredentialReport::of(draft.snapshot(), account, draft.now())?;
    draft.put(Key::CredentialReport(account), Fact::CredentialReport(report))?;
    Ok(generation)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::credential_report::VALIDITY;
    use crate::testing::*;

    #[test]
    fn a_report_is_made_once_in_four_hours() {
        let directory = started();
        let generated = |at| directory.change(at, |draft| generate(draft, account())).unwrap().0;
        let users = || {
            let snapshot = directory.snapshot();
            snapshot.credential_report(account()).unwrap().text().unwrap().lines().count() - 2
        };
        let start = now().round(jiff::Unit::Second).unwrap();
        assert_eq!((generated(start), users()), (Generation::First, 0));
        directory.change(start, |draft| add_user(draft, "bob")).unwrap();
        assert_eq!((generated(start + VALIDITY), users()), (Generation::Kept, 0));
        let late = start + VALIDITY + SignedDuration::from_secs(1);
        assert_eq!((generated(late), users()), (Generation::Another, 1));
        assert_reloads(&directory);
        let nobody = outcome(&directory, |draft| generate(draft, OTHER.parse().unwrap()));
        assert_eq!(nobody, "NoSuchEntity: The account 210987654321 cannot be found.");
    }
}
