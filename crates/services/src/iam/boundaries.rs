//! Permissions boundaries.
//!
//! Putting one asks with the boundary that the request names as `iam:PermissionsBoundary`, taking one away with the one
//! that is in place.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>

use doorward_directory::change::boundaries::{self, Bounded};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam};

use super::ask;
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for iam::PutUserPermissionsBoundary {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::PutUserPermissionsBoundaryRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_user(call, "iam:PutUserPermissionsBoundary", &input.user_name);
        Ok(vec![ask::with_requested_boundary(question, Some(&input.permissions_boundary))])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::PutUserPermissionsBoundaryRequest,
    ) -> Result<Nothing, ApiError> {
        put(call, Bounded::User(&input.user_name), &input.permissions_boundary)
    }
}

impl Operation for iam::PutRolePermissionsBoundary {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::PutRolePermissionsBoundaryRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_role(call, "iam:PutRolePermissionsBoundary", &input.role_name);
        Ok(vec![ask::with_requested_boundary(question, Some(&input.permissions_boundary))])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::PutRolePermissionsBoundaryRequest,
    ) -> Result<Nothing, ApiError> {
        put(call, Bounded::Role(&input.role_name), &input.permissions_boundary)
    }
}

fn put(call: &Call<'_>, bounded: Bounded<'_>, arn: &str) -> Result<Nothing, ApiError> {
    call.change(|draft| boundaries::put(draft, call.account, bounded, arn))?;
    Ok(Nothing {})
}

impl Operation for iam::DeleteUserPermissionsBoundary {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::DeleteUserPermissionsBoundaryRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_user(call, "iam:DeleteUserPermissionsBoundary", &input.user_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteUserPermissionsBoundaryRequest,
    ) -> Result<Nothing, ApiError> {
        delete(call, Bounded::User(&input.user_name))
    }
}

impl Operation for iam::DeleteRolePermissionsBoundary {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::DeleteRolePermissionsBoundaryRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_role(call, "iam:DeleteRolePermissionsBoundary", &input.role_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteRolePermissionsBoundaryRequest,
    ) -> Result<Nothing, ApiError> {
        delete(call, Bounded::Role(&input.role_name))
    }
}

fn delete(call: &Call<'_>, bounded: Bounded<'_>) -> Result<Nothing, ApiError> {
    call.change(|draft| boundaries::delete(draft, call.account, bounded))?;
    Ok(Nothing {})
}
