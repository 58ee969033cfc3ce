//! Temporary delegation: product providers ask for access for a while, and accounts grant it.
//!
//! An operation asks about the request as a resource of the caller's own account, whoever made the request: those that are
//! not for the account are to it as if they were not there. A provider cannot read its requests once they are another
//! account's; that AWS lets it is UNCONFIRMED (delegation-provider-reads). Notices tell it what it needs.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-temporary-delegation.html>

mod asked;
mod check;
mod create;
mod listing;
mod steps;
mod summary;

use std::sync::{Arc, LazyLock};

use doorward_directory::delegation::{DelegationRequest, Identity, ParameterValue, Permission, Sender};
use doorward_directory::refusal::DelegationFault;
use doorward_engine::{CompiledAttached, CompiledDocument};
use doorward_gate::Question;
use doorward_policy::request::Source;
use doorward_policy::{Document, Kind};
use doorward_wire::{ApiError, iam};

use super::{ask, last_accessed};
use crate::call::Call;

/// What the owner of a request may do with it without any policy of its own. An explicit denial, the organization's
/// policies and the owner's permissions boundary hold all the same.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/temporary-delegation-initiate-request.html>
const OWNER_MAY: &str = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Resource": "*",
    "Action": ["iam:AssociateDelegationRequest", "iam:GetDelegationRequest", "iam:GetHumanReadableSummary",
               "iam:ListDelegationRequests", "iam:RejectDelegationRequest", "iam:SendDelegationToken",
               "iam:UpdateDelegationRequest"]}}"#;

/// The policy above, which goes with a question that the owner itself asks, and with no other.
static OWNERS_POLICY: LazyLock<Option<CompiledAttached>> = LazyLock::new(|| {
    let document = Document::parse(OWNER_MAY, Kind::Resource).ok()?;
    let name = "default permissions of the owner".to_owned();
    let source = Source { name, arn: None, attached_to: "delegation request".to_owned() };
    Some(CompiledAttached {
        document: Arc::new(CompiledDocument::new(Arc::new(document))),
        source: Arc::new(source),
    })
});

/// A question about a request, which may be there or not.
fn about(call: &Call<'_>, action: &'static str, id: &str) -> Question {
    let question = Question::new(action, ask::unstored(call.account, "delegation-request", id), call.account);
    match seen(call, id).and_then(|request| request.owner.as_ref()) {
        Some(owner) if is_caller(call, owner) => as_owner(call, with_owner(question, &owner.arn)),
        Some(owner) => with_owner(question, &owner.arn),
        None => question,
    }
}

fn with_owner(question: Question, arn: &str) -> Question {
    question.with("iam:DelegationRequestOwner", arn)
}

/// The same question by the owner, who may without any policy; not in a session that is held to policies of its own.
fn as_owner(call: &Call<'_>, question: Question) -> Question {
    let held = call.caller.session().is_some_and(|session| session.policies().is_some());
    question.with_policy(OWNERS_POLICY.as_ref().filter(|_| !held).cloned())
}

/// Who calls.
fn caller(call: &Call<'_>) -> Identity {
    let arn = call.caller.arn().unwrap_or_default();
    Identity { arn: arn.into(), id: last_accessed::requester(call).into() }
}

/// Whether an identity is the one that calls: by its ARN and its unique id, so that nobody who was given the name of another
/// is taken for it. A user who was renamed is another owner.
fn is_caller(call: &Call<'_>, identity: &Identity) -> bool {
    *identity == caller(call)
}

/// A request that the caller's account can see.
fn seen<'c>(call: &Call<'c>, id: &str) -> Option<&'c DelegationRequest> {
    let request = call.snapshot().delegation_request(id)?;
    (request.is_shown_to(call.account) && !request.is_forgotten(call.now())).then_some(request)
}

/// The same.
///
/// # Errors
/// `NoSuchEntity` where there is none.
fn found<'c>(call: &Call<'c>, id: &str) -> Result<&'c DelegationRequest, ApiError> {
    let refused = || call.refused(&DelegationFault::NoSuchRequest(id.to_owned()).into());
    seen(call, id).ok_or_else(refused)
}

/// A request as answers show it.
fn render(call: &Call<'_>, request: &DelegationRequest) -> iam::DelegationRequest {
    let text = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
    let boundaries = asked::boundaries(&request.permission.policy);
    iam::DelegationRequest {
        delegation_request_id: Some(request.id.to_string()),
        owner_account_id: request.owner_account.map(|account| account.to_string()),
        description: Some(request.description.to_string()),
        request_message: text(&request.message),
        permissions: Some(permission(&request.permission)),
        permission_policy: Some(request.permission.policy.to_string()),
        role_permission_restriction_arns: (!boundaries.is_empty()).then_some(boundaries),
        owner_id: request.owner.as_ref().map(|owner| owner.arn.to_string()),
        approver_id: request.approval.as_ref().map(|approval| approval.identity.arn.to_string()),
        state: Some(request.state_at(call.now()).name().to_owned()),
        expiration_time: Some(request.expires()),
        requestor_id: Some(request.requestor.to_string()),
        requestor_name: Some(request.requestor_name.to_string()),
        create_date: Some(request.created),
        session_duration: Some(request.session_s.into()),
        redirect_url: text(&request.redirect_url),
        notes: text(&request.notes),
        rejection_reason: text(&request.rejection),
        only_send_by_owner: Some(request.sender == Sender::Owner),
        updated_time: Some(request.updated),
    }
}

fn permission(permission: &Permission) -> iam::DelegationPermission {
    let parameters = permission.parameters.iter().map(|parameter| {
        let (kind, values) = match &parameter.value {
            ParameterValue::One(value) => (create::STRING, vec![value.to_string()]),
            ParameterValue::List(values) => {
                (create::STRING_LIST, values.iter().map(|value| value.to_string()).collect())
            }
        };
        iam::PolicyParameter {
            name: Some(parameter.name.to_string()),
            values: Some(values),
            r#type: Some(kind.to_owned()),
        }
    });
    iam::DelegationPermission {
        policy_template_arn: Some(permission.template.to_string()),
        parameters: Some(parameters.collect()),
    }
}
