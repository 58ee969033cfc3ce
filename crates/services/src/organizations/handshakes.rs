//! Handshakes.

use doorward_directory::change::organization::handshakes::{self, Invitation};
use doorward_directory::organization::{Features, Handshake, HandshakeAction, HandshakeId, Organization};
use doorward_directory::refusal::{InvalidInput, OrganizationFault};
use doorward_directory::{Refusal, change::Draft};
use doorward_gate::{Permit, Question};
use doorward_policy::AccountId;
use doorward_wire::ApiError;
use doorward_wire::organizations as wire;

use super::ask::{self, About, Audience};
use super::{linked_role, page, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// A question about a handshake, for its parties.
fn about(call: &Call<'_>, action: &'static str, id: &str) -> Result<Vec<Question>, ApiError> {
    let about = About::handshake(call, &ask::id(call, id)?);
    Ok(vec![ask::question(call, action, about, Audience::Everyone)?])
}

/// A change of handshakes, and how it is shown.
fn changed(
    call: &Call<'_>,
    mut plan: impl FnMut(&mut Draft<'_>) -> Result<Handshake, Refusal>,
) -> Result<Option<wire::Handshake>, ApiError> {
    call.change(|draft| {
        let handshake = plan(draft)?;
        let snapshot = draft.snapshot();
        Ok(snapshot.organization().map(|own| render::handshake(snapshot, own, &handshake, call.now())))
    })
}

/// Accounts are invited by their number: those that stand alone have no address.
impl Operation for wire::InviteAccountToOrganization {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &wire::InviteAccountToOrganizationRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let about = match input.target.id.expose().parse::<AccountId>() {
            Ok(account) => About::account(call, account),
            Err(_) => About::arn("*".to_owned()),
        };
        let action = "organizations:InviteAccountToOrganization";
        let question = ask::question(call, action, about, Audience::Nobody)?;
        ask::tagging(call, question, Audience::Nobody, input.tags.as_deref())
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::InviteAccountToOrganizationRequest,
    ) -> Result<wire::InviteAccountToOrganizationResponse, ApiError> {
        ask::own(call)?;
        let by_number = Some(&input.target).filter(|target| target.r#type == "ACCOUNT");
        let account = by_number.and_then(|target| target.id.expose().parse().ok());
        let account = account.ok_or_else(|| ask::refused(call, InvalidInput::Party))?;
        let tags = ask::tags(input.tags);
        let notes = input.notes.as_ref().map(|notes| notes.expose().as_str());
        let invitation = Invitation { account, notes, tags: &tags };
        let handshake = changed(call, |draft| handshakes::invite(draft, call.account, &invitation))?;
        Ok(wire::InviteAccountToOrganizationResponse { handshake })
    }
}

impl Operation for wire::EnableAllFeatures {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, _: &wire::EnableAllFeaturesRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_nothing(call, "organizations:EnableAllFeatures", Audience::Nobody)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        _: wire::EnableAllFeaturesRequest,
    ) -> Result<wire::EnableAllFeaturesResponse, ApiError> {
        let handshake = changed(call, |draft| handshakes::enable_all_features(draft, call.account))?;
        call.change_in_parts(|draft| handshakes::ask_members(draft, call.account))?;
        Ok(wire::EnableAllFeaturesResponse { handshake })
    }
}

/// The organization's service-linked role is made in the account that accepts.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html>
impl Operation for wire::AcceptHandshake {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &wire::AcceptHandshakeRequest) -> Result<Vec<Question>, ApiError> {
        let mut questions = about(call, "organizations:AcceptHandshake", &input.handshake_id)?;
        let features = features_after(call, &ask::id(call, &input.handshake_id)?);
        questions.extend(features.and_then(|features| linked_role::question(call, features)));
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::AcceptHandshakeRequest,
    ) -> Result<wire::AcceptHandshakeResponse, ApiError> {
        let id = ask::id(call, &input.handshake_id)?;
        let handshake = changed(call, |draft| {
            let handshake = handshakes::accept(draft, call.account, &id)?;
            linked_role::ensure(draft, call.account)?;
            Ok(handshake)
        })?;
        Ok(wire::AcceptHandshakeResponse { handshake })
    }
}

/// The features that the organization has once a handshake is accepted, or will have; `None` for one that is not the
/// caller's to accept.
fn features_after(call: &Call<'_>, id: &HandshakeId) -> Option<Features> {
    let (own, handshake) = call.snapshot().organization().zip(call.snapshot().handshake(id))?;
    if handshake.recipient.unwrap_or(own.management_account) != call.account {
        return None;
    }
    Some(match handshake.action {
        HandshakeAction::Invite => own.features,
        HandshakeAction::ApproveAllFeatures | HandshakeAction::EnableAllFeatures => Features::All,
    })
}

impl Operation for wire::DeclineHandshake {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &wire::DeclineHandshakeRequest) -> Result<Vec<Question>, ApiError> {
        about(call, "organizations:DeclineHandshake", &input.handshake_id)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::DeclineHandshakeRequest,
    ) -> Result<wire::DeclineHandshakeResponse, ApiError> {
        let id = ask::id(call, &input.handshake_id)?;
        let manages = |own: &Organization| own.management_account == call.account;
        if call.snapshot().organization().is_some_and(manages) {
            call.change_in_parts(|draft| handshakes::end_parts(draft, call.account, &id))?;
        }
        let handshake = changed(call, |draft| handshakes::decline(draft, call.account, &id))?;
        Ok(wire::DeclineHandshakeResponse { handshake })
    }
}

impl Operation for wire::CancelHandshake {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &wire::CancelHandshakeRequest) -> Result<Vec<Question>, ApiError> {
        about(call, "organizations:CancelHandshake", &input.handshake_id)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::CancelHandshakeRequest,
    ) -> Result<wire::CancelHandshakeResponse, ApiError> {
        let id = ask::id(call, &input.handshake_id)?;
        call.change_in_parts(|draft| handshakes::end_parts(draft, call.account, &id))?;
        let handshake = changed(call, |draft| handshakes::cancel(draft, call.account, &id))?;
        Ok(wire::CancelHandshakeResponse { handshake })
    }
}

/// The page lets every account of the organization ask. Whether one that is no party to a handshake sees it is
/// UNCONFIRMED (handshake-of-others); here it does not.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeHandshake.html>
impl Operation for wire::DescribeHandshake {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &wire::DescribeHandshakeRequest) -> Result<Vec<Question>, ApiError> {
        about(call, "organizations:DescribeHandshake", &input.handshake_id)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::DescribeHandshakeRequest,
    ) -> Result<wire::DescribeHandshakeResponse, ApiError> {
        let id: HandshakeId = ask::id(call, &input.handshake_id)?;
        let snapshot = call.snapshot();
        let party = |handshake: &&Handshake| {
            let sender = snapshot.organization().is_some_and(|own| own.management_account == call.account);
            handshake.is_shown_at(call.now()) && (sender || handshake.recipient == Some(call.account))
        };
        let found = snapshot.organization().zip(snapshot.handshake(&id).filter(party));
        let (own, handshake) = found.ok_or_else(|| ask::refused(call, OrganizationFault::NoSuchHandshake))?;
        let handshake = Some(render::handshake(snapshot, own, handshake, call.now()));
        Ok(wire::DescribeHandshakeResponse { handshake })
    }
}

/// One page of handshakes.
fn list(
    call: &Call<'_>,
    filter: Option<&wire::HandshakeFilter>,
    mine: impl Fn(&Handshake) -> bool,
    token: Option<&str>,
    max: Option<i64>,
) -> Result<(Vec<wire::Handshake>, Option<String>), ApiError> {
    let snapshot = call.snapshot();
    let Some(own) = snapshot.organization() else { return Ok((Vec::new(), None)) };
    let asked = |handshake: &&Handshake| {
        let filter = filter.cloned().unwrap_or_default();
        let action = filter.action_type.is_none_or(|action| action == handshake.action.name());
        let parent = filter
            .parent_handshake_id
            .is_none_or(|parent| handshake.parent.as_ref().is_some_and(|own| own.as_str() == parent));
        action && parent && handshake.is_shown_at(call.now()) && mine(handshake)
    };
    let all = snapshot.handshakes().filter(asked);
    let (page, next) = page::of(call, all, |handshake| handshake.id.to_string(), token, max)?;
    let shown = page.into_iter().map(|handshake| render::handshake(snapshot, own, handshake, call.now()));
    Ok((shown.collect(), next))
}

impl Operation for wire::ListHandshakesForAccount {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &wire::ListHandshakesForAccountRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_nothing(call, "organizations:ListHandshakesForAccount", Audience::Everyone)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListHandshakesForAccountRequest,
    ) -> Result<wire::ListHandshakesForAccountResponse, ApiError> {
        let mine = |handshake: &Handshake| handshake.recipient == Some(call.account);
        let (handshakes, next_token) =
            list(call, input.filter.as_ref(), mine, input.next_token.as_deref(), input.max_results)?;
        Ok(wire::ListHandshakesForAccountResponse { handshakes: Some(handshakes), next_token })
    }
}

impl Operation for wire::ListHandshakesForOrganization {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        _: &wire::ListHandshakesForOrganizationRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_nothing(call, "organizations:ListHandshakesForOrganization", Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListHandshakesForOrganizationRequest,
    ) -> Result<wire::ListHandshakesForOrganizationResponse, ApiError> {
        ask::own(call)?;
        let (handshakes, next_token) =
            list(call, input.filter.as_ref(), |_| true, input.next_token.as_deref(), input.max_results)?;
        Ok(wire::ListHandshakesForOrganizationResponse { handshakes: Some(handshakes), next_token })
    }
}
