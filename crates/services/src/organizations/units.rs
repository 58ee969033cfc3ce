//! Organizational units.

use doorward_directory::change::organization::units;
use doorward_directory::refusal::OrganizationFault;
use doorward_gate::{Permit, Question};
use doorward_wire::organizations as wire;
use doorward_wire::{ApiError, Nothing};

use super::ask::{self, About, Audience};
use super::render;
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for wire::CreateOrganizationalUnit {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &wire::CreateOrganizationalUnitRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let about = About::target(call, &input.parent_id)?;
        let question =
            ask::question(call, "organizations:CreateOrganizationalUnit", about, Audience::Nobody)?;
        ask::tagging(call, question, Audience::Nobody, input.tags.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::CreateOrganizationalUnitRequest,
    ) -> Result<wire::CreateOrganizationalUnitResponse, ApiError> {
        let tags = ask::tags(input.tags);
        let unit = call.change(|draft| {
            let unit = units::create(draft, call.account, &input.parent_id, &input.name, &tags)?;
            let own = draft.snapshot().organization();
            Ok(own.map(|own| render::unit(draft.snapshot(), own, &unit)))
        })?;
        Ok(wire::CreateOrganizationalUnitResponse { organizational_unit: unit })
    }
}

impl Operation for wire::UpdateOrganizationalUnit {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &wire::UpdateOrganizationalUnitRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let about = About::unit(call, &ask::id(call, &input.organizational_unit_id)?);
        Ok(vec![ask::question(call, "organizations:UpdateOrganizationalUnit", about, Audience::Nobody)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::UpdateOrganizationalUnitRequest,
    ) -> Result<wire::UpdateOrganizationalUnitResponse, ApiError> {
        let id = ask::id(call, &input.organizational_unit_id)?;
        let unit = call.change(|draft| {
            let unit = units::rename(draft, call.account, &id, input.name.as_deref())?;
            let own = draft.snapshot().organization();
            Ok(own.map(|own| render::unit(draft.snapshot(), own, &unit)))
        })?;
        Ok(wire::UpdateOrganizationalUnitResponse { organizational_unit: unit })
    }
}

impl Operation for wire::DeleteOrganizationalUnit {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &wire::DeleteOrganizationalUnitRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let about = About::unit(call, &ask::id(call, &input.organizational_unit_id)?);
        Ok(vec![ask::question(call, "organizations:DeleteOrganizationalUnit", about, Audience::Nobody)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::DeleteOrganizationalUnitRequest,
    ) -> Result<Nothing, ApiError> {
        let id = ask::id(call, &input.organizational_unit_id)?;
        call.change(|draft| units::delete(draft, call.account, &id))?;
        Ok(Nothing {})
    }
}

impl Operation for wire::DescribeOrganizationalUnit {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &wire::DescribeOrganizationalUnitRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let about = About::unit(call, &ask::id(call, &input.organizational_unit_id)?);
        Ok(vec![ask::question(call, "organizations:DescribeOrganizationalUnit", about, Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::DescribeOrganizationalUnitRequest,
    ) -> Result<wire::DescribeOrganizationalUnitResponse, ApiError> {
        let own = ask::own(call)?;
        let id = ask::id(call, &input.organizational_unit_id)?;
        let unit = call.snapshot().unit(&id);
        let unit = unit.ok_or_else(|| ask::refused(call, OrganizationFault::NoSuchUnit))?;
        let unit = render::unit(call.snapshot(), own, unit);
        Ok(wire::DescribeOrganizationalUnitResponse { organizational_unit: Some(unit) })
    }
}
