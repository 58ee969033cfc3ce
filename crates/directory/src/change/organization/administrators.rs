//! Services that the organization trusts, and accounts that administer them for it.

use doorward_policy::AccountId;

use super::{find_member, managed_by, write_itself, write_member};
use crate::change::Draft;
use crate::organization::{IAM_SERVICE, RootAccess, Standing, Trusted};
use crate::refusal::{Constraint, InvalidInput, OrganizationFault, Refusal};
use crate::snapshot::Snapshot;

/// How many services an organization trusts at most: all stand in its one record, and any name that ends as AWS's do is one.
/// AWS publishes no number.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html>
pub const TRUSTED_SERVICES_MAX: usize = 200;

/// Lets a service see the organization. It may be one of AWS's or one that is registered with the installation; that it is
/// trusted already changes nothing.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnableAWSServiceAccess.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization with all features, there is no such service, or
/// [`TRUSTED_SERVICES_MAX`] are trusted.
pub fn trust(draft: &mut Draft<'_>, management: AccountId, service: &str) -> Result<(), Refusal> {
    let mut organization = managed_by(draft, management)?;
    if organization.features != crate::organization::Features::All {
        return Err(Constraint::NotAllFeatures.into());
    }
    recognized(draft.snapshot(), service)?;
    let place = organization.services.binary_search_by(|trusted| (*trusted.service).cmp(service));
    if let Err(place) = place {
        if organization.services.len() >= TRUSTED_SERVICES_MAX {
            return Err(Constraint::TrustedServices(TRUSTED_SERVICES_MAX).into());
        }
        organization.services.insert(place, Trusted { service: service.into(), since: draft.now() });
        write_itself(draft, &organization)?;
    }
    Ok(())
}

/// Lets a service see the organization no more; one that was not trusted does not matter.
///
/// That a delegated administrator of the service stands in the way is UNCONFIRMED (distrust-administrators). Whether central
/// root access outlives the trust in IAM is UNCONFIRMED (distrust-root-access); here it ends with it.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisableAWSServiceAccess.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization, there is no such service, or an account administers it.
pub fn distrust(draft: &mut Draft<'_>, management: AccountId, service: &str) -> Result<(), Refusal> {
    let mut organization = managed_by(draft, management)?;
    recognized(draft.snapshot(), service)?;
    let administers = |trusted: &Trusted| *trusted.service == *service;
    if draft.snapshot().members_of_organization().any(|member| member.delegated.iter().any(administers)) {
        return Err(Constraint::AdministratorExists.into());
    }
    let before = organization.services.len();
    organization.services.retain(|trusted| *trusted.service != *service);
    if service == IAM_SERVICE {
        organization.root_access = RootAccess::default();
    }
    if organization.services.len() < before {
        write_itself(draft, &organization)?;
    }
    Ok(())
}

/// Lets a member administer a service for the organization: it may then read all of it.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_RegisterDelegatedAdministrator.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization, there is no such service or it is not trusted, there is no such
/// member, or it is the management account, closed, or registered.
pub fn register(
    draft: &mut Draft<'_>,
    management: AccountId,
    account: AccountId,
    service: &str,
) -> Result<(), Refusal> {
    let organization = managed_by(draft, management)?;
    recognized(draft.snapshot(), service)?;
    if account == organization.management_account {
        return Err(Constraint::ManagementAccountAdministrator.into());
    }
    let mut member = find_member(draft, account)?;
    if member.standing == Standing::Suspended {
        return Err(Constraint::ClosedAdministrator.into());
    }
    if !organization.services.iter().any(|trusted| *trusted.service == *service) {
        return Err(Constraint::ServiceAccess.into());
    }
    match member.delegated.binary_search_by(|trusted| (*trusted.service).cmp(service)) {
        Ok(_) => return Err(OrganizationFault::AlreadyRegistered.into()),
        Err(place) => {
            member.delegated.insert(place, Trusted { service: service.into(), since: draft.now() });
        }
    }
    write_itself(draft, &organization)?;
    write_member(draft, member)
}

/// Lets a member administer a service no more.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeregisterDelegatedAdministrator.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization, there is no such service or member, or it is not registered.
pub fn deregister(
    draft: &mut Draft<'_>,
    management: AccountId,
    account: AccountId,
    service: &str,
) -> Result<(), Refusal> {
    let organization = managed_by(draft, management)?;
    recognized(draft.snapshot(), service)?;
    let mut member = find_member(draft, account)?;
    let before = member.delegated.len();
    member.delegated.retain(|trusted| *trusted.service != *service);
    if member.delegated.len() == before {
        return Err(OrganizationFault::NotRegistered.into());
    }
    write_itself(draft, &organization)?;
    write_member(draft, member)
}

/// Whether a text may be the name of a service: one of AWS's by its ending, or one registered here.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html>
fn recognized(snapshot: &Snapshot, service: &str) -> Result<(), Refusal> {
    let label = |label: &str| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !label.is_empty() && label.bytes().all(plain)
    };
    let of_aws = service.strip_suffix(".amazonaws.com").is_some_and(|name| name.split('.').all(label));
    if of_aws || snapshot.service(service).is_some() {
        return Ok(());
    }
    Err(InvalidInput::Service.into())
}
