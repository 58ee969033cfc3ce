//! Creating accounts.

use doorward_directory::change::organization::accounts::{self, NewMember};
use doorward_directory::refusal::{Constraint, InvalidInput, OrganizationFault};
use doorward_gate::{Permit, Question};
use doorward_wire::ApiError;
use doorward_wire::organizations as wire;

use super::ask::{self, Audience};
use super::{linked_role, page, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// The account is there when this answers: the status is never `IN_PROGRESS`.
///
/// There is no billing, so `IamUserAccessToBilling` can only be what it is by default.
impl Operation for wire::CreateAccount {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &wire::CreateAccountRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_nothing(call, "organizations:CreateAccount", Audience::Nobody)?;
        let mut questions = ask::tagging(call, question, Audience::Nobody, input.tags.as_deref())?;
        let own = call.snapshot().organization();
        questions.extend(own.and_then(|own| linked_role::question(call, own.features)));
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::CreateAccountRequest,
    ) -> Result<wire::CreateAccountResponse, ApiError> {
        if input.iam_user_access_to_billing.as_deref().is_some_and(|access| access != "ALLOW") {
            return Err(ask::refused(call, InvalidInput::Billing));
        }
        let tags = ask::tags(input.tags);
        let new = NewMember {
            name: input.account_name.expose(),
            email: input.email.expose(),
            role: input.role_name.as_deref(),
            tags: &tags,
        };
        let creation = call.change(|draft| {
            let creation = accounts::create(draft, call.account, &new)?;
            if let Ok(account) = creation.outcome {
                linked_role::ensure(draft, account)?;
            }
            Ok(creation)
        })?;
        Ok(wire::CreateAccountResponse { create_account_status: Some(render::creation(&creation)) })
    }
}

/// There is no GovCloud beside this server. AWS has an answer for management accounts without an account there.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateGovCloudAccount.html#API_CreateGovCloudAccount_Errors>
impl Operation for wire::CreateGovCloudAccount {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &wire::CreateGovCloudAccountRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_nothing(call, "organizations:CreateGovCloudAccount", Audience::Nobody)?;
        ask::tagging(call, question, Audience::Nobody, input.tags.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: wire::CreateGovCloudAccountRequest,
    ) -> Result<wire::CreateGovCloudAccountResponse, ApiError> {
        ask::own(call)?;
        Err(ask::refused(call, OrganizationFault::from(Constraint::NoGovCloud)))
    }
}

impl Operation for wire::DescribeCreateAccountStatus {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &wire::DescribeCreateAccountStatusRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let action = "organizations:DescribeCreateAccountStatus";
        Ok(vec![ask::about_nothing(call, action, Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::DescribeCreateAccountStatusRequest,
    ) -> Result<wire::DescribeCreateAccountStatusResponse, ApiError> {
        ask::own(call)?;
        let creation = call.snapshot().creation(&ask::id(call, &input.create_account_request_id)?);
        let creation = creation.ok_or_else(|| ask::refused(call, OrganizationFault::NoSuchCreation))?;
        let create_account_status = Some(render::creation(creation));
        Ok(wire::DescribeCreateAccountStatusResponse { create_account_status })
    }
}

impl Operation for wire::ListCreateAccountStatus {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &wire::ListCreateAccountStatusRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_nothing(call, "organizations:ListCreateAccountStatus", Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListCreateAccountStatusRequest,
    ) -> Result<wire::ListCreateAccountStatusResponse, ApiError> {
        ask::own(call)?;
        let states = input.states.unwrap_or_default();
        let asked = |status: &wire::CreateAccountStatus| {
            states.is_empty() || status.state.as_ref().is_some_and(|state| states.contains(state))
        };
        let all = call.snapshot().creations().map(render::creation).filter(asked);
        let key = |status: &wire::CreateAccountStatus| status.id.clone().unwrap_or_default();
        let (page, next_token) = page::of(call, all, key, input.next_token.as_deref(), input.max_results)?;
        Ok(wire::ListCreateAccountStatusResponse { create_account_statuses: Some(page), next_token })
    }
}
