//! The organization itself and its root.

use doorward_directory::change::organization;
use doorward_directory::organization::Features;
use doorward_gate::{Permit, Question};
use doorward_wire::organizations as wire;
use doorward_wire::{ApiError, Nothing};

use super::ask::{self, Audience};
use super::{linked_role, page, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for wire::CreateOrganization {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &wire::CreateOrganizationRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_nothing(call, "organizations:CreateOrganization", Audience::Everyone)?;
        let role = linked_role::question(call, features(input));
        Ok([question].into_iter().chain(role).collect())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::CreateOrganizationRequest,
    ) -> Result<wire::CreateOrganizationResponse, ApiError> {
        let features = features(&input);
        let organization = call.change(|draft| {
            let own = organization::create(draft, call.account, features)?;
            if features == Features::All {
                linked_role::ensure(draft, call.account)?;
            }
            Ok(render::organization(draft.snapshot(), &own))
        })?;
        Ok(wire::CreateOrganizationResponse { organization: Some(organization) })
    }
}

fn features(input: &wire::CreateOrganizationRequest) -> Features {
    match input.feature_set.as_deref() {
        Some("CONSOLIDATED_BILLING") => Features::ConsolidatedBilling,
        // The model admits no other value than `ALL`.
        Some(_) | None => Features::All,
    }
}

impl Operation for wire::DescribeOrganization {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, _: &Nothing) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_nothing(call, "organizations:DescribeOrganization", Audience::Everyone)?;
        Ok(vec![question])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: Nothing,
    ) -> Result<wire::DescribeOrganizationResponse, ApiError> {
        let organization = render::organization(call.snapshot(), ask::own(call)?);
        Ok(wire::DescribeOrganizationResponse { organization: Some(organization) })
    }
}

impl Operation for wire::DeleteOrganization {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, _: &Nothing) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_nothing(call, "organizations:DeleteOrganization", Audience::Nobody)?])
    }

    fn run(call: &Call<'_>, _: &Permit<'_, Self>, _: Nothing) -> Result<Nothing, ApiError> {
        call.change_in_parts(|draft| organization::clear(draft, call.account))?;
        call.change(|draft| organization::delete(draft, call.account))?;
        Ok(Nothing {})
    }
}

impl Operation for wire::ListRoots {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, _: &wire::ListRootsRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_nothing(call, "organizations:ListRoots", Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListRootsRequest,
    ) -> Result<wire::ListRootsResponse, ApiError> {
        let own = ask::own(call)?;
        let key = |_: &wire::Root| own.root.to_string();
        let (roots, next_token) =
            page::of(call, [render::root(own)], key, input.next_token.as_deref(), input.max_results)?;
        Ok(wire::ListRootsResponse { roots: Some(roots), next_token })
    }
}
