//! Central access to the root users of member accounts.

use doorward_policy::AccountId;

use super::write_itself;
use crate::change::Draft;
use crate::organization::{Organization, RootFeature};
use crate::refusal::{Refusal, RootAccessFault};

/// Enables a feature; one that is enabled stays so.
///
/// Whether a delegated administrator may is UNCONFIRMED (root-access-enabled-by); here only the management account does.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOrganizationsRootSessions.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage the organization's central root access, or is not its management account.
pub fn enable(
    draft: &mut Draft<'_>,
    account: AccountId,
    feature: RootFeature,
) -> Result<Organization, Refusal> {
    let mut organization = draft.snapshot().root_access(account)?.clone();
    if organization.management_account != account {
        return Err(RootAccessFault::NotTheManagementAccount.into());
    }
    set(draft, &mut organization, feature, true)?;
    Ok(organization)
}

/// Disables a feature; one that is not enabled does not matter.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DisableOrganizationsRootSessions.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage the organization's central root access.
pub fn disable(
    draft: &mut Draft<'_>,
    account: AccountId,
    feature: RootFeature,
) -> Result<Organization, Refusal> {
    let mut organization = draft.snapshot().root_access(account)?.clone();
    set(draft, &mut organization, feature, false)?;
    Ok(organization)
}

fn set(
    draft: &mut Draft<'_>,
    organization: &mut Organization,
    feature: RootFeature,
    enabled: bool,
) -> Result<(), Refusal> {
    let before = std::mem::replace(organization.root_access.of_mut(feature), enabled);
    if before == enabled { Ok(()) } else { write_itself(draft, organization) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::organization::{self, administrators};
    use crate::organization::{Features, IAM_SERVICE};
    use crate::testing::*;

    #[test]
    fn features_come_and_go_and_reload() {
        let directory = started();
        let run = |plan: &dyn Fn(&mut Draft<'_>) -> Result<Organization, Refusal>| {
            directory
                .change(now(), |draft| plan(draft))
                .map(|(made, _)| made.root_access)
                .map_err(|e| e.code())
        };
        let sessions = |draft: &mut Draft<'_>| enable(draft, account(), RootFeature::Sessions);
        assert_eq!(run(&sessions), Err("OrganizationNotFoundException"));
        directory.change(now(), |draft| organization::create(draft, account(), Features::All)).unwrap();
        assert_eq!(run(&sessions), Err("ServiceAccessNotEnabledException"));
        directory.change(now(), |draft| administrators::trust(draft, account(), IAM_SERVICE)).unwrap();
        for _ in 0..2 {
            assert!(run(&sessions).unwrap().sessions);
        }
        let both = run(&|draft| enable(draft, account(), RootFeature::CredentialsManagement)).unwrap();
        assert!(RootFeature::ALL.iter().all(|feature| both.has(*feature)));
        assert_reloads(&directory);
        for _ in 0..2 {
            let left = run(&|draft| disable(draft, account(), RootFeature::CredentialsManagement)).unwrap();
            assert!(left.sessions && !left.credentials_management);
        }
        // Whoever trusts IAM again finds nothing enabled.
        directory.change(now(), |draft| administrators::distrust(draft, account(), IAM_SERVICE)).unwrap();
        directory.change(now(), |draft| administrators::trust(draft, account(), IAM_SERVICE)).unwrap();
        let left = directory.snapshot().root_access(account()).unwrap().root_access;
        assert!(!RootFeature::ALL.iter().any(|feature| left.has(*feature)));
        assert_reloads(&directory);
    }
}
