//! Credentials of users for single services.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_service-specific-creds.html>

use doorward_directory::change::service_credentials as credentials;
use doorward_directory::identity::User;
use doorward_directory::refusal::credentials::CredentialFault;
use doorward_directory::service_credential::{Form, NewServiceCredential, ServiceCredential, ServiceKind};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, Secret, iam};
use jiff::Timestamp;

use super::access_keys::status;
use super::{ask, page, users};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// The condition keys of these operations.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#available-keys-for-iam>
const SERVICE_NAME: &str = "iam:ServiceSpecificCredentialServiceName";
const AGE_DAYS: &str = "iam:ServiceSpecificCredentialAgeDays";

/// A service, by its name in the request.
fn service(call: &Call<'_>, name: &str) -> Result<ServiceKind, ApiError> {
    let unknown = || call.refused(&CredentialFault::NoSuchCredentialService(name.to_owned()).into());
    ServiceKind::named(name).ok_or_else(unknown)
}

/// An action on a credential that the user named, or that calls, has: with the service that it is for, if it has it.
fn about_credential(
    call: &Call<'_>,
    action: &'static str,
    named: Option<&str>,
    id: &str,
) -> Result<Vec<Question>, ApiError> {
    let name = ask::named_or_calling_user(call, named)?;
    let question = ask::about_user(call, action, &name);
    let user = call.snapshot().user(call.account, &name);
    let own = user.and_then(|user| {
        call.snapshot().service_credentials(user.id).find(|credential| *credential.id == *id)
    });
    Ok(vec![match own {
        Some(credential) => question.with(SERVICE_NAME, credential.service.name()),
        None => question,
    }])
}

/// What a credential shows of itself: active or not, until its time is over.
fn shown_status(credential: &ServiceCredential, now: Timestamp) -> String {
    if credential.is_expired(now) { "Expired" } else { credential.status.name() }.to_owned()
}

/// What the service knows the user by, where its credentials are of this form.
fn alias(credential: &ServiceCredential, form: Form) -> Option<String> {
    (credential.service.form() == form).then(|| credential.alias.to_string())
}

/// A credential with its secret.
fn render(new: &NewServiceCredential, user: &str, now: Timestamp) -> iam::ServiceSpecificCredential {
    let credential = &new.credential;
    let secret = |form| (credential.service.form() == form).then(|| Secret::new(String::clone(&new.secret)));
    iam::ServiceSpecificCredential {
        create_date: credential.created,
        expiration_date: credential.expires,
        service_name: credential.service.name().to_owned(),
        service_user_name: alias(credential, Form::Password),
        service_password: secret(Form::Password),
        service_credential_alias: alias(credential, Form::Key),
        service_credential_secret: secret(Form::Key),
        service_specific_credential_id: credential.id.to_string(),
        user_name: user.to_owned(),
        status: shown_status(credential, now),
    }
}

/// A credential without its secret.
fn render_in_list(
    credential: &ServiceCredential,
    user: &User,
    now: Timestamp,
) -> iam::ServiceSpecificCredentialMetadata {
    iam::ServiceSpecificCredentialMetadata {
        user_name: user.name.to_string(),
        status: shown_status(credential, now),
        service_user_name: alias(credential, Form::Password),
        service_credential_alias: alias(credential, Form::Key),
        create_date: credential.created,
        expiration_date: credential.expires,
        service_specific_credential_id: credential.id.to_string(),
        service_name: credential.service.name().to_owned(),
    }
}

/// Shows the secret, this once.
impl Operation for iam::CreateServiceSpecificCredential {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::CreateServiceSpecificCredentialRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_user(call, "iam:CreateServiceSpecificCredential", &input.user_name)
            .with(SERVICE_NAME, &input.service_name);
        Ok(vec![match input.credential_age_days {
            Some(days) => question.with(AGE_DAYS, &days.to_string()),
            None => question,
        }])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::CreateServiceSpecificCredentialRequest,
    ) -> Result<iam::CreateServiceSpecificCredentialResponse, ApiError> {
        let service = service(call, &input.service_name)?;
        // The model allows 1 to 36,600 days.
        let days = input.credential_age_days.map(u32::try_from).transpose();
        let days = days.map_err(|_| ApiError::internal_failure())?;
        let shown = call.change(|draft| {
            let new = credentials::create(draft, call.account, &input.user_name, service, days)?;
            let user = draft.snapshot().user_with_id(new.credential.user);
            let name = user.map_or(&*input.user_name, |user| user.name.as_str());
            Ok(render(&new, name, call.now()))
        })?;
        Ok(iam::CreateServiceSpecificCredentialResponse { service_specific_credential: Some(shown) })
    }
}

/// Of one user, or of all users of the account.
///
/// UNCONFIRMED (all-credentials): which resource stands for all users; here it is `*`, which only policies for all resources
/// allow.
impl Operation for iam::ListServiceSpecificCredentials {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::ListServiceSpecificCredentialsRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let action = "iam:ListServiceSpecificCredentials";
        let question = if input.all_users == Some(true) {
            Question::new(action, "*", call.account).shown_as("*")
        } else {
            let name = ask::named_or_calling_user(call, input.user_name.as_deref())?;
            ask::about_user(call, action, &name)
        };
        Ok(vec![match &input.service_name {
            Some(service) => question.with(SERVICE_NAME, service),
            None => question,
        }])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListServiceSpecificCredentialsRequest,
    ) -> Result<iam::ListServiceSpecificCredentialsResponse, ApiError> {
        let service = input.service_name.as_deref().map(|name| service(call, name)).transpose()?;
        // A user's name cannot have a space, so names come before those that they begin, and end where it stands in a marker.
        let after = page::after(input.marker.as_deref())?.unwrap_or_default();
        let from = after.split_once(' ').map_or("", |(user, _)| user);
        let all: Box<dyn Iterator<Item = (&User, &ServiceCredential)>> = if input.all_users == Some(true) {
            if input.user_name.is_some() {
                // (Text: ours.)
                let text = "UserName and AllUsers cannot be specified together.";
                return Err(call.fault("InvalidInput", text));
            }
            Box::new(call.snapshot().all_service_credentials(call.account, from))
        } else {
            let name = ask::named_or_calling_user(call, input.user_name.as_deref())?;
            let user = users::found(call, &name)?;
            Box::new(
                call.snapshot().service_credentials(user.id).map(move |credential| (&**user, credential)),
            )
        };
        let asked = all.filter(|(_, credential)| service.is_none_or(|service| credential.service == service));
        let key = |(user, credential): &(&User, &ServiceCredential)| {
            format!("{} {}", user.name.folded(), credential.id)
        };
        let (page, next) = page::of(asked, key, input.marker.as_deref(), input.max_items)?;
        let shown = page.into_iter().map(|(user, credential)| render_in_list(credential, user, call.now()));
        Ok(iam::ListServiceSpecificCredentialsResponse {
            service_specific_credentials: Some(shown.collect()),
            marker: next.clone(),
            is_truncated: Some(next.is_some()),
        })
    }
}

impl Operation for iam::UpdateServiceSpecificCredential {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::UpdateServiceSpecificCredentialRequest,
    ) -> Result<Vec<Question>, ApiError> {
        status(&input.status)?;
        let (user, id) = (input.user_name.as_deref(), &input.service_specific_credential_id);
        about_credential(call, "iam:UpdateServiceSpecificCredential", user, id)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UpdateServiceSpecificCredentialRequest,
    ) -> Result<Nothing, ApiError> {
        let name = ask::named_or_calling_user(call, input.user_name.as_deref())?;
        let (status, id) = (status(&input.status)?, &input.service_specific_credential_id);
        call.change(|draft| credentials::set_status(draft, call.account, &name, id, status))?;
        Ok(Nothing {})
    }
}

/// Shows the new secret, this once.
impl Operation for iam::ResetServiceSpecificCredential {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::ResetServiceSpecificCredentialRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let (user, id) = (input.user_name.as_deref(), &input.service_specific_credential_id);
        about_credential(call, "iam:ResetServiceSpecificCredential", user, id)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ResetServiceSpecificCredentialRequest,
    ) -> Result<iam::ResetServiceSpecificCredentialResponse, ApiError> {
        let name = ask::named_or_calling_user(call, input.user_name.as_deref())?;
        let id = &input.service_specific_credential_id;
        let shown = call.change(|draft| {
            let new = credentials::reset(draft, call.account, &name, id)?;
            let user = draft.snapshot().user_with_id(new.credential.user);
            Ok(render(&new, user.map_or(&*name, |user| user.name.as_str()), call.now()))
        })?;
        Ok(iam::ResetServiceSpecificCredentialResponse { service_specific_credential: Some(shown) })
    }
}

impl Operation for iam::DeleteServiceSpecificCredential {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::DeleteServiceSpecificCredentialRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let (user, id) = (input.user_name.as_deref(), &input.service_specific_credential_id);
        about_credential(call, "iam:DeleteServiceSpecificCredential", user, id)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteServiceSpecificCredentialRequest,
    ) -> Result<Nothing, ApiError> {
        let name = ask::named_or_calling_user(call, input.user_name.as_deref())?;
        let id = &input.service_specific_credential_id;
        call.change(|draft| credentials::delete(draft, call.account, &name, id))?;
        Ok(Nothing {})
    }
}
