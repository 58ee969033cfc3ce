//! `CreateDelegationRequest`: a provider fills in one of its templates and asks.

use std::collections::BTreeMap;

use doorward_directory::change::delegation::{self, NewDelegation};
use doorward_directory::delegation::provider::Provider;
use doorward_directory::delegation::{Parameter, ParameterValue, Permission, Sender};
use doorward_gate::{Permit, Question};
use doorward_policy::placeholder::{self, Values};
use doorward_policy::{Document, Kind};
use doorward_wire::{ApiError, iam};

use super::ask;
use crate::call::Call;
use crate::operation::{Access, Operation};

/// The type of a parameter with one value.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyParameter.html>
pub(super) const STRING: &str = "string";

/// The type of a parameter with any number of values.
pub(super) const STRING_LIST: &str = "stringList";

/// The request has no id yet, so the question is about all of the account's. The answer has no link to a console: there is
/// no page that it could lead to.
impl Operation for iam::CreateDelegationRequest {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::CreateDelegationRequestRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let resource = ask::unstored(call.account, "delegation-request", "*");
        let question = Question::new("iam:CreateDelegationRequest", resource, call.account)
            .with("iam:NotificationChannel", &input.notification_channel)
            .with("iam:DelegationDuration", &input.session_duration.to_string());
        Ok(vec![match &input.permissions.policy_template_arn {
            Some(arn) => question.with("iam:TemplateArn", arn),
            None => question,
        }])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::CreateDelegationRequestRequest,
    ) -> Result<iam::CreateDelegationRequestResponse, ApiError> {
        let provider = provider(call)?;
        if !provider.topics.contains_key(input.notification_channel.as_str()) {
            let text = format!("{} is no topic of this provider.", input.notification_channel);
            return Err(invalid(call, &format!("The NotificationChannel {text}")));
        }
        let permission = permission(call, provider, &input.permissions)?;
        // The model's constraints let nothing else through.
        let owner_account = input.owner_account_id.as_deref().map(str::parse).transpose();
        let owner_account = owner_account.map_err(|_| ApiError::internal_failure())?;
        let session_s = u32::try_from(input.session_duration).map_err(|_| ApiError::internal_failure())?;
        let new = NewDelegation {
            requestor_name: &provider.name,
            workflow: &input.requestor_workflow_id,
            description: &input.description,
            message: input.request_message.as_deref(),
            permission: &permission,
            redirect_url: input.redirect_url.as_deref(),
            channel: &input.notification_channel,
            session_s,
            sender: if input.only_send_by_owner == Some(true) { Sender::Owner } else { Sender::Anyone },
            owner_account,
        };
        let request = call.change(|draft| delegation::create(draft, call.account, &new))?;
        Ok(iam::CreateDelegationRequestResponse {
            console_deep_link: None,
            delegation_request_id: Some(request.id.to_string()),
        })
    }
}

/// The provider that the caller's account is. What AWS answers to other accounts is UNCONFIRMED (delegation-texts).
fn provider<'c>(call: &Call<'c>) -> Result<&'c Provider, ApiError> {
    call.gate.providers().get(&call.account).ok_or_else(|| {
        ApiError::access_denied(format!("Account {} is not registered as a product provider.", call.account))
    })
}

/// What is asked for, the template filled in.
fn permission(
    call: &Call<'_>,
    provider: &Provider,
    asked: &iam::DelegationPermission,
) -> Result<Permission, ApiError> {
    let arn = asked.policy_template_arn.as_deref();
    let arn = arn.ok_or_else(|| invalid(call, "Permissions must have a PolicyTemplateArn."))?;
    let template = provider.templates.get(arn);
    let template = template.ok_or_else(|| {
        invalid(call, &format!("The PolicyTemplateArn {arn} is no template of this provider."))
    })?;
    let parameters = asked.parameters.iter().flatten().map(|given| parameter(call, given));
    let parameters: Vec<Parameter> = parameters.collect::<Result<_, _>>()?;
    let mut values = BTreeMap::new();
    for Parameter { name, value } in &parameters {
        let quoted = [format!("@{{{name}}}"), format!("\"{name}\""), format!("\"!{name}\"")];
        if !quoted.iter().any(|place| template.contains(place)) {
            return Err(invalid(call, &format!("The template has no place for the parameter {name}.")));
        }
        let value = match value {
            ParameterValue::One(value) => Values::One(value.clone()),
            ParameterValue::List(values) => Values::List(values.clone()),
        };
        if values.insert(name.clone(), value).is_some() {
            return Err(invalid(call, &format!("The parameter {name} is given twice.")));
        }
    }
    let policy = placeholder::render(template, &values)
        .map_err(|fault| invalid(call, &format!("The template cannot be filled in: {fault}.")))?;
    Document::parse(&policy, Kind::Session).map_err(|fault| {
        invalid(call, &format!("The template does not come to a policy: {}", fault.message))
    })?;
    Ok(Permission { template: arn.into(), parameters, policy: policy.into() })
}

fn parameter(call: &Call<'_>, given: &iam::PolicyParameter) -> Result<Parameter, ApiError> {
    let name = given.name.as_deref().ok_or_else(|| invalid(call, "A parameter must have a Name."))?;
    let values = given.values.as_deref().unwrap_or_default();
    let value = match (given.r#type.as_deref(), values) {
        (Some(STRING), [value]) => ParameterValue::One(value.as_str().into()),
        (Some(STRING), values) => {
            let text =
                format!("The parameter {name} of type string must have one value, got {}.", values.len());
            return Err(invalid(call, &text));
        }
        (Some(_), []) => {
            return Err(invalid(call, &format!("The parameter {name} must have at least one value.")));
        }
        // The model's constraints let no other word through.
        (Some(_), values) => ParameterValue::List(values.iter().map(|value| value.as_str().into()).collect()),
        (None, _) => return Err(invalid(call, &format!("The parameter {name} must have a Type."))),
    };
    Ok(Parameter { name: name.into(), value })
}

fn invalid(call: &Call<'_>, text: &str) -> ApiError {
    call.fault("InvalidInput", text)
}
