//! The policy by which the organization delegates its administration.

use doorward_directory::change::organization::delegation;
use doorward_directory::refusal::OrganizationFault;
use doorward_gate::{Permit, Question};
use doorward_wire::organizations as wire;
use doorward_wire::{ApiError, Nothing};

use super::ask::{self, About, Audience};
use super::render;
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for wire::PutResourcePolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &wire::PutResourcePolicyRequest) -> Result<Vec<Question>, ApiError> {
        let about = About::resource_policy(call);
        let question = ask::question(call, "organizations:PutResourcePolicy", about, Audience::Nobody)?;
        ask::tagging(call, question, Audience::Nobody, input.tags.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::PutResourcePolicyRequest,
    ) -> Result<wire::PutResourcePolicyResponse, ApiError> {
        let tags = input.tags.filter(|tags| !tags.is_empty()).map(|tags| ask::tags(Some(tags)));
        let resource_policy = call.change(|draft| {
            let policy = delegation::put(draft, call.account, &input.content, tags.as_deref())?;
            Ok(draft.snapshot().organization().map(|own| render::resource_policy(own, &policy)))
        })?;
        Ok(wire::PutResourcePolicyResponse { resource_policy })
    }
}

impl Operation for wire::DescribeResourcePolicy {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, _: &Nothing) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_nothing(call, "organizations:DescribeResourcePolicy", Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: Nothing,
    ) -> Result<wire::DescribeResourcePolicyResponse, ApiError> {
        let own = ask::own(call)?;
        let policy = own.resource_policy.as_ref();
        let policy = policy.ok_or_else(|| ask::refused(call, OrganizationFault::NoResourcePolicy))?;
        let resource_policy = Some(render::resource_policy(own, policy));
        Ok(wire::DescribeResourcePolicyResponse { resource_policy })
    }
}

impl Operation for wire::DeleteResourcePolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, _: &Nothing) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_nothing(call, "organizations:DeleteResourcePolicy", Audience::Nobody)?])
    }

    fn run(call: &Call<'_>, _: &Permit<'_, Self>, _: Nothing) -> Result<Nothing, ApiError> {
        call.change(|draft| delegation::delete(draft, call.account))?;
        Ok(Nothing {})
    }
}
