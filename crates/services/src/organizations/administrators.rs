//! Services that the organization trusts, and accounts that administer them for it.

use doorward_directory::change::organization::administrators;
use doorward_directory::organization::{Member, Trusted};
use doorward_directory::refusal::OrganizationFault;
use doorward_gate::{Permit, Question};
use doorward_wire::organizations as wire;
use doorward_wire::{ApiError, Nothing};

use super::ask::{self, About, Audience};
use super::{page, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// The condition key of the service that a request is about.
const SERVICE: &str = "organizations:ServicePrincipal";

impl Operation for wire::EnableAWSServiceAccess {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &wire::EnableAWSServiceAccessRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_nothing(call, "organizations:EnableAWSServiceAccess", Audience::Nobody)?;
        Ok(vec![question.with(SERVICE, &input.service_principal)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::EnableAWSServiceAccessRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| administrators::trust(draft, call.account, &input.service_principal))?;
        Ok(Nothing {})
    }
}

impl Operation for wire::DisableAWSServiceAccess {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &wire::DisableAWSServiceAccessRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_nothing(call, "organizations:DisableAWSServiceAccess", Audience::Nobody)?;
        Ok(vec![question.with(SERVICE, &input.service_principal)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::DisableAWSServiceAccessRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| administrators::distrust(draft, call.account, &input.service_principal))?;
        Ok(Nothing {})
    }
}

impl Operation for wire::ListAWSServiceAccessForOrganization {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &wire::ListAWSServiceAccessForOrganizationRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let action = "organizations:ListAWSServiceAccessForOrganization";
        Ok(vec![ask::about_nothing(call, action, Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListAWSServiceAccessForOrganizationRequest,
    ) -> Result<wire::ListAWSServiceAccessForOrganizationResponse, ApiError> {
        let own = ask::own(call)?;
        let key = |trusted: &&Trusted| trusted.service.to_string();
        let token = input.next_token.as_deref();
        let (services, next_token) = page::of(call, &own.services, key, token, input.max_results)?;
        let enabled = services.into_iter().map(|trusted| wire::EnabledServicePrincipal {
            service_principal: Some(trusted.service.to_string()),
            date_enabled: Some(trusted.since),
        });
        Ok(wire::ListAWSServiceAccessForOrganizationResponse {
            enabled_service_principals: Some(enabled.collect()),
            next_token,
        })
    }
}

impl Operation for wire::RegisterDelegatedAdministrator {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &wire::RegisterDelegatedAdministratorRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let about = About::account(call, ask::id(call, &input.account_id)?);
        let action = "organizations:RegisterDelegatedAdministrator";
        let question = ask::question(call, action, about, Audience::Nobody)?;
        Ok(vec![question.with(SERVICE, &input.service_principal)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::RegisterDelegatedAdministratorRequest,
    ) -> Result<Nothing, ApiError> {
        let account = ask::id(call, &input.account_id)?;
        let service = &input.service_principal;
        call.change(|draft| administrators::register(draft, call.account, account, service))?;
        Ok(Nothing {})
    }
}

impl Operation for wire::DeregisterDelegatedAdministrator {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &wire::DeregisterDelegatedAdministratorRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let about = About::account(call, ask::id(call, &input.account_id)?);
        let action = "organizations:DeregisterDelegatedAdministrator";
        let question = ask::question(call, action, about, Audience::Nobody)?;
        Ok(vec![question.with(SERVICE, &input.service_principal)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::DeregisterDelegatedAdministratorRequest,
    ) -> Result<Nothing, ApiError> {
        let account = ask::id(call, &input.account_id)?;
        let service = &input.service_principal;
        call.change(|draft| administrators::deregister(draft, call.account, account, service))?;
        Ok(Nothing {})
    }
}

impl Operation for wire::ListDelegatedAdministrators {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &wire::ListDelegatedAdministratorsRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let action = "organizations:ListDelegatedAdministrators";
        let question = ask::about_nothing(call, action, Audience::Readers)?;
        Ok(vec![match &input.service_principal {
            Some(service) => question.with(SERVICE, service),
            None => question,
        }])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListDelegatedAdministratorsRequest,
    ) -> Result<wire::ListDelegatedAdministratorsResponse, ApiError> {
        let own = ask::own(call)?;
        let asked = |member: &&Member| match &input.service_principal {
            Some(service) => member.delegated.iter().any(|trusted| *trusted.service == **service),
            None => !member.delegated.is_empty(),
        };
        let members = call.snapshot().members_of_organization().filter(asked);
        let token = input.next_token.as_deref();
        let (members, next_token) =
            page::of(call, members, |member| member.account.to_string(), token, input.max_results)?;
        let all = members.into_iter().map(|member| render::administrator(call.snapshot(), own, member));
        Ok(wire::ListDelegatedAdministratorsResponse {
            delegated_administrators: Some(all.collect()),
            next_token,
        })
    }
}

impl Operation for wire::ListDelegatedServicesForAccount {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &wire::ListDelegatedServicesForAccountRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let about = About::account(call, ask::id(call, &input.account_id)?);
        let action = "organizations:ListDelegatedServicesForAccount";
        Ok(vec![ask::question(call, action, about, Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListDelegatedServicesForAccountRequest,
    ) -> Result<wire::ListDelegatedServicesForAccountResponse, ApiError> {
        ask::own(call)?;
        let member = call.snapshot().member(ask::id(call, &input.account_id)?);
        let member = member.ok_or_else(|| ask::refused(call, OrganizationFault::NoSuchAccount))?;
        if member.delegated.is_empty() {
            return Err(ask::refused(call, OrganizationFault::NotRegistered));
        }
        let key = |trusted: &&Trusted| trusted.service.to_string();
        let token = input.next_token.as_deref();
        let (services, next_token) = page::of(call, &member.delegated, key, token, input.max_results)?;
        let services = services.into_iter().map(|trusted| wire::DelegatedService {
            service_principal: Some(trusted.service.to_string()),
            delegation_enabled_date: Some(trusted.since),
        });
        Ok(wire::ListDelegatedServicesForAccountResponse {
            delegated_services: Some(services.collect()),
            next_token,
        })
    }
}
