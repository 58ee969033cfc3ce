//! The accounts of the organization, read.

use doorward_directory::refusal::OrganizationFault;
use doorward_gate::{Permit, Question};
use doorward_wire::ApiError;
use doorward_wire::organizations as wire;

use super::ask::{self, About, Audience};
use super::{page, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for wire::ListAccounts {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, _: &wire::ListAccountsRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_nothing(call, "organizations:ListAccounts", Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListAccountsRequest,
    ) -> Result<wire::ListAccountsResponse, ApiError> {
        let own = ask::own(call)?;
        let members = call.snapshot().members_of_organization();
        let token = input.next_token.as_deref();
        let (members, next_token) =
            page::of(call, members, |member| member.account.to_string(), token, input.max_results)?;
        let accounts = members.into_iter().map(|member| render::account(call.snapshot(), own, member));
        Ok(wire::ListAccountsResponse { accounts: Some(accounts.collect()), next_token })
    }
}

impl Operation for wire::DescribeAccount {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &wire::DescribeAccountRequest) -> Result<Vec<Question>, ApiError> {
        let about = About::account(call, ask::id(call, &input.account_id)?);
        Ok(vec![ask::question(call, "organizations:DescribeAccount", about, Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::DescribeAccountRequest,
    ) -> Result<wire::DescribeAccountResponse, ApiError> {
        let own = ask::own(call)?;
        let member = call.snapshot().member(ask::id(call, &input.account_id)?);
        let member = member.ok_or_else(|| ask::refused(call, OrganizationFault::NoSuchAccount))?;
        let account = Some(render::account(call.snapshot(), own, member));
        Ok(wire::DescribeAccountResponse { account })
    }
}
