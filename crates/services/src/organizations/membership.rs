//! Moving, removing and closing accounts, and leaving.

use doorward_directory::change::organization::accounts;
use doorward_gate::{Permit, Question};
use doorward_wire::organizations as wire;
use doorward_wire::{ApiError, Nothing};

use super::ask::{self, About, Audience};
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for wire::MoveAccount {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &wire::MoveAccountRequest) -> Result<Vec<Question>, ApiError> {
        let ask = |about| ask::question(call, "organizations:MoveAccount", about, Audience::Nobody);
        Ok(vec![
            ask(About::account(call, ask::id(call, &input.account_id)?))?,
            ask(About::target(call, &input.source_parent_id)?)?,
            ask(About::target(call, &input.destination_parent_id)?)?,
        ])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::MoveAccountRequest,
    ) -> Result<Nothing, ApiError> {
        let account = ask::id(call, &input.account_id)?;
        let (from, to) = (&input.source_parent_id, &input.destination_parent_id);
        call.change(|draft| accounts::relocate(draft, call.account, account, from, to))?;
        Ok(Nothing {})
    }
}

impl Operation for wire::RemoveAccountFromOrganization {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &wire::RemoveAccountFromOrganizationRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let about = About::account(call, ask::id(call, &input.account_id)?);
        let action = "organizations:RemoveAccountFromOrganization";
        Ok(vec![ask::question(call, action, about, Audience::Nobody)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::RemoveAccountFromOrganizationRequest,
    ) -> Result<Nothing, ApiError> {
        let account = ask::id(call, &input.account_id)?;
        call.change(|draft| accounts::remove(draft, call.account, account))?;
        Ok(Nothing {})
    }
}

impl Operation for wire::LeaveOrganization {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, _: &Nothing) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_nothing(call, "organizations:LeaveOrganization", Audience::Everyone)?])
    }

    fn run(call: &Call<'_>, _: &Permit<'_, Self>, _: Nothing) -> Result<Nothing, ApiError> {
        call.change(|draft| accounts::leave(draft, call.account))?;
        Ok(Nothing {})
    }
}

/// The account is closed when this answers: its state is never `PENDING_CLOSURE`.
impl Operation for wire::CloseAccount {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &wire::CloseAccountRequest) -> Result<Vec<Question>, ApiError> {
        let about = About::account(call, ask::id(call, &input.account_id)?);
        Ok(vec![ask::question(call, "organizations:CloseAccount", about, Audience::Nobody)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::CloseAccountRequest,
    ) -> Result<Nothing, ApiError> {
        let account = ask::id(call, &input.account_id)?;
        call.change(|draft| accounts::close(draft, call.account, account))?;
        Ok(Nothing {})
    }
}
