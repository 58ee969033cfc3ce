//! Walking the tree: parents, children, and the units and accounts in a place.

use doorward_directory::change::organization::target;
use doorward_directory::organization::{Parent, Target};
use doorward_directory::refusal::OrganizationFault;
use doorward_gate::{Permit, Question};
use doorward_wire::ApiError;
use doorward_wire::organizations as wire;

use super::ask::{self, About, Audience};
use super::{page, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// The place of an id.
fn place(call: &Call<'_>, id: &str) -> Result<Parent, ApiError> {
    match target(call.snapshot(), id) {
        Some(Target::Root) => Ok(Parent::Root),
        Some(Target::Unit(unit)) => Ok(Parent::Unit(unit)),
        Some(Target::Account(_)) | None => Err(ask::refused(call, OrganizationFault::NoSuchParent)),
    }
}

impl Operation for wire::ListOrganizationalUnitsForParent {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &wire::ListOrganizationalUnitsForParentRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let about = About::target(call, &input.parent_id)?;
        let action = "organizations:ListOrganizationalUnitsForParent";
        Ok(vec![ask::question(call, action, about, Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListOrganizationalUnitsForParentRequest,
    ) -> Result<wire::ListOrganizationalUnitsForParentResponse, ApiError> {
        let own = ask::own(call)?;
        let place = place(call, &input.parent_id)?;
        let units = call.snapshot().units().filter(|unit| unit.parent == place);
        let token = input.next_token.as_deref();
        let (units, next_token) =
            page::of(call, units, |unit| unit.id.to_string(), token, input.max_results)?;
        let units = units.into_iter().map(|unit| render::unit(call.snapshot(), own, unit)).collect();
        Ok(wire::ListOrganizationalUnitsForParentResponse { organizational_units: Some(units), next_token })
    }
}

impl Operation for wire::ListAccountsForParent {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &wire::ListAccountsForParentRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let about = About::target(call, &input.parent_id)?;
        Ok(vec![ask::question(call, "organizations:ListAccountsForParent", about, Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListAccountsForParentRequest,
    ) -> Result<wire::ListAccountsForParentResponse, ApiError> {
        let own = ask::own(call)?;
        let place = place(call, &input.parent_id)?;
        let members = call.snapshot().members_of_organization().filter(|member| member.parent == place);
        let token = input.next_token.as_deref();
        let (members, next_token) =
            page::of(call, members, |member| member.account.to_string(), token, input.max_results)?;
        let accounts = members.into_iter().map(|member| render::account(call.snapshot(), own, member));
        Ok(wire::ListAccountsForParentResponse { accounts: Some(accounts.collect()), next_token })
    }
}

impl Operation for wire::ListChildren {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &wire::ListChildrenRequest) -> Result<Vec<Question>, ApiError> {
        let about = About::target(call, &input.parent_id)?;
        Ok(vec![ask::question(call, "organizations:ListChildren", about, Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListChildrenRequest,
    ) -> Result<wire::ListChildrenResponse, ApiError> {
        ask::own(call)?;
        let place = place(call, &input.parent_id)?;
        let snapshot = call.snapshot();
        let ids: Vec<String> = if input.child_type == "ACCOUNT" {
            let members = snapshot.members_of_organization().filter(|member| member.parent == place);
            members.map(|member| member.account.to_string()).collect()
        } else {
            snapshot.units().filter(|unit| unit.parent == place).map(|unit| unit.id.to_string()).collect()
        };
        let (ids, next_token) =
            page::of(call, ids, String::clone, input.next_token.as_deref(), input.max_results)?;
        let child = |id| wire::Child { id: Some(id), r#type: Some(input.child_type.clone()) };
        Ok(wire::ListChildrenResponse { children: Some(ids.into_iter().map(child).collect()), next_token })
    }
}

impl Operation for wire::ListParents {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &wire::ListParentsRequest) -> Result<Vec<Question>, ApiError> {
        let about = About::target(call, &input.child_id)?;
        Ok(vec![ask::question(call, "organizations:ListParents", about, Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListParentsRequest,
    ) -> Result<wire::ListParentsResponse, ApiError> {
        let own = ask::own(call)?;
        let snapshot = call.snapshot();
        let parent = match target(snapshot, &input.child_id) {
            Some(Target::Unit(id)) => snapshot.unit(&id).map(|unit| &unit.parent),
            Some(Target::Account(account)) => snapshot.member(account).map(|member| &member.parent),
            Some(Target::Root) | None => None,
        };
        let parent = parent.ok_or_else(|| ask::refused(call, OrganizationFault::NoSuchChild))?;
        let kind = match parent {
            Parent::Root => "ROOT",
            Parent::Unit(_) => "ORGANIZATIONAL_UNIT",
        };
        let shown = wire::Parent { id: Some(parent.id(own)), r#type: Some(kind.to_owned()) };
        let token = input.next_token.as_deref();
        let (parents, next_token) = page::of(call, [shown], |_| parent.id(own), token, input.max_results)?;
        Ok(wire::ListParentsResponse { parents: Some(parents), next_token })
    }
}
