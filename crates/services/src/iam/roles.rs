//! Roles and their trust policies.

use doorward_directory::change::roles::{self, NewRole, RoleUpdate};
use doorward_directory::identity::Role;
use doorward_directory::limits::ROLE_SESSION_S_MIN;
use doorward_directory::{Listing, Refusal, Stored};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam};

use super::{ask, last_used, page, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for iam::CreateRole {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::CreateRoleRequest) -> Result<Vec<Question>, ApiError> {
        let arn = ask::created(call.account, "role", input.path.as_deref(), &input.role_name);
        let ask = |action| {
            ask::with_request_tags(Question::new(action, arn.clone(), call.account), input.tags.as_deref())
        };
        let create = ask("iam:CreateRole");
        let mut questions = vec![ask::with_requested_boundary(create, input.permissions_boundary.as_deref())];
        if input.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
            questions.push(ask("iam:TagRole"));
        }
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::CreateRoleRequest,
    ) -> Result<iam::CreateRoleResponse, ApiError> {
        let tags = ask::tags(input.tags);
        let new = NewRole {
            name: ask::name(&input.role_name)?,
            path: ask::path(input.path.as_deref())?,
            trust: &input.assume_role_policy_document,
            description: input.description.as_deref(),
            max_session_s: input.max_session_duration.map(seconds).transpose()?,
            tags: &tags,
            boundary: input.permissions_boundary.as_deref(),
        };
        let role = call.change(|draft| {
            let role = roles::create(draft, call.account, &new)?;
            Ok(render::role(draft.snapshot(), &role))
        })??;
        // The answer to a creation leaves out what only `GetRole` shows.
        let role = iam::Role { max_session_duration: None, ..role };
        Ok(iam::CreateRoleResponse { role })
    }
}

/// A number of seconds that the model's constraints have let through.
fn seconds(seconds: i64) -> Result<u32, ApiError> {
    u32::try_from(seconds).map_err(|_| ApiError::internal_failure())
}

/// The role called `name`, as this call sees it.
pub(super) fn found<'c>(call: &Call<'c>, name: &str) -> Result<&'c Stored<Role>, ApiError> {
    let role = call.snapshot().role(call.account, name);
    role.ok_or_else(|| call.refused(&Refusal::NoSuchRole(name.to_owned())))
}

impl Operation for iam::GetRole {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::GetRoleRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_role(call, "iam:GetRole", &input.role_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetRoleRequest,
    ) -> Result<iam::GetRoleResponse, ApiError> {
        let stored = found(call, &input.role_name)?;
        let role = render::role(call.snapshot(), stored)?;
        let role_last_used = Some(last_used::role(call, stored.id));
        let source_role_template = render::source(stored);
        Ok(iam::GetRoleResponse { role: iam::Role { role_last_used, source_role_template, ..role } })
    }
}

impl Operation for iam::ListRoles {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::ListRolesRequest) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_list(call, "iam:ListRoles", "role", input.path_prefix.as_deref()))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListRolesRequest,
    ) -> Result<iam::ListRolesResponse, ApiError> {
        let after = page::after(input.marker.as_deref())?;
        let listing = Listing {
            path_prefix: input.path_prefix.as_deref().unwrap_or("/"),
            after: after.as_deref(),
            size: page::size(input.max_items),
        };
        let page = call.snapshot().roles(call.account, &listing);
        let roles = page.items.iter().map(|role| render::role_in_list(call.snapshot(), role));
        Ok(iam::ListRolesResponse {
            roles: roles.collect::<Result<_, _>>()?,
            is_truncated: Some(page.next.is_some()),
            marker: page.next.map(page::marker),
        })
    }
}

/// Without a duration sets that of one hour, as AWS says it does. A service-linked role keeps its own, which nobody changes.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html>, `MaxSessionDuration`
impl Operation for iam::UpdateRole {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::UpdateRoleRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_role(call, "iam:UpdateRole", &input.role_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UpdateRoleRequest,
    ) -> Result<iam::UpdateRoleResponse, ApiError> {
        let (description, asked) = (input.description.as_deref(), input.max_session_duration);
        let asked = asked.map(seconds).transpose()?;
        call.change(|draft| {
            let role = draft.snapshot().role(call.account, &input.role_name);
            let own = role.filter(|role| !role.is_service_linked()).map(|_| ROLE_SESSION_S_MIN);
            let update = RoleUpdate { description, max_session_s: asked.or(own) };
            roles::update(draft, call.account, &input.role_name, &update)
        })?;
        Ok(iam::UpdateRoleResponse {})
    }
}

impl Operation for iam::UpdateRoleDescription {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::UpdateRoleDescriptionRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_role(call, "iam:UpdateRoleDescription", &input.role_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UpdateRoleDescriptionRequest,
    ) -> Result<iam::UpdateRoleDescriptionResponse, ApiError> {
        let update = RoleUpdate { description: Some(&input.description), max_session_s: None };
        let role = call.change(|draft| {
            let role = roles::update(draft, call.account, &input.role_name, &update)?;
            Ok(render::role(draft.snapshot(), &role))
        })??;
        Ok(iam::UpdateRoleDescriptionResponse { role: Some(role) })
    }
}

impl Operation for iam::UpdateAssumeRolePolicy {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::UpdateAssumeRolePolicyRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_role(call, "iam:UpdateAssumeRolePolicy", &input.role_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UpdateAssumeRolePolicyRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| {
            roles::update_trust(draft, call.account, &input.role_name, &input.policy_document)
        })?;
        Ok(Nothing {})
    }
}

impl Operation for iam::DeleteRole {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::DeleteRoleRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_role(call, "iam:DeleteRole", &input.role_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteRoleRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| roles::delete(draft, call.account, &input.role_name))?;
        Ok(Nothing {})
    }
}
