//! Service-linked roles.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html>

use doorward_directory::Refusal;
use doorward_directory::change::linked_roles::{self, NewLinkedRole};
use doorward_directory::linked::Outcome;
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, iam};

use super::{ask, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// What the name of every service-linked role begins with.
const NAME_PREFIX: &str = "AWSServiceRoleFor";

/// Why a role was not deleted. The text is ours.
const IN_USE: &str = "The role is used by its service, which is enabled in this account.";

/// Asks under the ARN that the role will have, with the service as `iam:AWSServiceName`. Where the service is not known, no
/// role will be made, and the name is asked about as far as it can be told.
impl Operation for iam::CreateServiceLinkedRole {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::CreateServiceLinkedRoleRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![about(call, &new(input))])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::CreateServiceLinkedRoleRequest,
    ) -> Result<iam::CreateServiceLinkedRoleResponse, ApiError> {
        let new = new(&input);
        let role = call.change(|draft| {
            let role = linked_roles::create(draft, call.account, &new)?;
            Ok(render::role(draft.snapshot(), &role))
        })??;
        let role = iam::Role { max_session_duration: None, role_last_used: None, ..role };
        Ok(iam::CreateServiceLinkedRoleResponse { role: Some(role) })
    }
}

/// The question about making the role.
pub(crate) fn about(call: &Call<'_>, new: &NewLinkedRole<'_>) -> Question {
    let name = new.name().unwrap_or_else(|| NAME_PREFIX.to_owned());
    let arn = ask::created(call.account, "role", Some(&new.path()), &name);
    let question = Question::new("iam:CreateServiceLinkedRole", arn.clone(), call.account).shown_as(arn);
    question.with("iam:AWSServiceName", new.service)
}

fn new(input: &iam::CreateServiceLinkedRoleRequest) -> NewLinkedRole<'_> {
    NewLinkedRole {
        service: &input.aws_service_name,
        suffix: input.custom_suffix.as_deref(),
        description: input.description.as_deref(),
    }
}

impl Operation for iam::DeleteServiceLinkedRole {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::DeleteServiceLinkedRoleRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_role(call, "iam:DeleteServiceLinkedRole", &input.role_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteServiceLinkedRoleRequest,
    ) -> Result<iam::DeleteServiceLinkedRoleResponse, ApiError> {
        let deletion = call.change(|draft| linked_roles::delete(draft, call.account, &input.role_name))?;
        Ok(iam::DeleteServiceLinkedRoleResponse { deletion_task_id: deletion.task() })
    }
}

/// A deletion that was accepted is done, or has failed: `SUCCEEDED` or `FAILED`. Asks under the ARN that the role had, which the task names.
impl Operation for iam::GetServiceLinkedRoleDeletionStatus {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::GetServiceLinkedRoleDeletionStatusRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let place = input.deletion_task_id.strip_prefix("task").and_then(|rest| rest.rsplit_once('/'));
        let resource = match place {
            Some((path_and_name, _)) if path_and_name.starts_with('/') => {
                ask::created(call.account, "role", Some(path_and_name), "")
            }
            Some(_) | None => "*".to_owned(),
        };
        let shown = resource.clone();
        let action = "iam:GetServiceLinkedRoleDeletionStatus";
        Ok(vec![Question::new(action, resource, call.account).shown_as(shown)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetServiceLinkedRoleDeletionStatusRequest,
    ) -> Result<iam::GetServiceLinkedRoleDeletionStatusResponse, ApiError> {
        let task = input.deletion_task_id;
        let id = task.rsplit_once('/').map_or("", |(_, id)| id);
        let found = call.snapshot().linked_deletion(call.account, id);
        let found = found.filter(|deletion| deletion.task() == task);
        let deletion = found.ok_or_else(|| call.refused(&Refusal::NoSuchDeletion(task)))?;
        let (status, reason) = match deletion.outcome {
            Outcome::Deleted => ("SUCCEEDED", None),
            Outcome::InUse => ("FAILED", Some(IN_USE.to_owned())),
        };
        let reason = reason
            .map(|reason| iam::DeletionTaskFailureReasonType { reason: Some(reason), role_usage_list: None });
        Ok(iam::GetServiceLinkedRoleDeletionStatusResponse { status: status.to_owned(), reason })
    }
}
