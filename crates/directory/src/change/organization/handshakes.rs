//! Handshakes: inviting accounts, and enabling all features.
//!
//! Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_invites.html>

use doorward_policy::AccountId;
use jiff::{SignedDuration, Timestamp};

use super::{accounts, checked_tags, joining, managed_by, unused, write_itself, write_member};
use crate::change::{Draft, exceeds};
use crate::keys::Key;
use crate::keys::organization::Place;
use crate::organization::{
    Features, Handshake, HandshakeAction, HandshakeId, HandshakeState, JoinedMethod, Member, Organization,
};
use crate::record::Fact;
use crate::record::organization::OrganizationFact;
use crate::refusal::{HandshakeConstraint, InvalidInput, OrganizationFault, Refusal};
use crate::tags::{Tag, Tags};

/// An account to invite.
#[derive(Clone, Copy, Debug)]
pub struct Invitation<'a> {
    /// The account.
    pub account: AccountId,
    /// What the sender has to say.
    pub notes: Option<&'a str>,
    /// The tags that the account gets when it joins.
    pub tags: &'a [Tag],
}

/// Invites an account of the installation. Handshakes that are no longer shown are forgotten on this occasion.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization, there is no such account to invite, it is a member or invited
/// already, there would be too many, or the tags are not possible.
pub fn invite(
    draft: &mut Draft<'_>,
    management: AccountId,
    invitation: &Invitation<'_>,
) -> Result<Handshake, Refusal> {
    let organization = managed_by(draft, management)?;
    let now = draft.now();
    let view = draft.snapshot();
    if view.account(invitation.account).is_none() {
        return Err(InvalidInput::Party.into());
    }
    if view.member(invitation.account).is_some() {
        return Err(HandshakeConstraint::AlreadyMember.into());
    }
    if enabling(draft).is_some() {
        return Err(HandshakeConstraint::InviteDisabled.into());
    }
    let same = |handshake: &Handshake| {
        handshake.recipient == Some(invitation.account) && handshake.is_pending_at(now)
    };
    if view.handshakes().any(same) {
        return Err(OrganizationFault::DuplicateHandshake.into());
    }
    if exceeds(accounts::occupied(draft) + 1, draft.limits().accounts_per_organization) {
        return Err(HandshakeConstraint::Accounts.into());
    }
    let day_ago = now.checked_sub(SignedDuration::from_hours(24)).unwrap_or(now);
    let sent = view
        .handshakes()
        .filter(|handshake| handshake.action == HandshakeAction::Invite && handshake.requested > day_ago);
    if exceeds(sent.count() + 1, draft.limits().invitations_per_day) {
        return Err(HandshakeConstraint::Rate.into());
    }
    let tags = checked_tags(draft, invitation.tags)?;
    write_itself(draft, &organization)?;
    forget(draft);
    let handshake = new(draft, HandshakeAction::Invite, Some(invitation.account))?;
    write(draft, Handshake { notes: invitation.notes.map(Into::into), tags, ..handshake })
}

/// Begins to enable all features: every invited account has to agree, and then the management account once more.
///
/// Accounts that the organization created do not have to agree. Which handshake the management account accepts in the end the
/// pages tell in two ways (`ENABLE_ALL_FEATURES` and `APPROVE_ALL_FEATURES`): UNCONFIRMED (enable-all-features). Here it is
/// the one of `ENABLE_ALL_FEATURES`, which this returns and which is open once everybody has agreed; the accounts accept
/// those of `APPROVE_ALL_FEATURES`.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnableAllFeatures.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization, it has all features, or this is under way.
pub fn enable_all_features(draft: &mut Draft<'_>, management: AccountId) -> Result<Handshake, Refusal> {
    let organization = managed_by(draft, management)?;
    if organization.features == Features::All {
        return Err(HandshakeConstraint::AllFeatures.into());
    }
    if enabling(draft).is_some() {
        return Err(HandshakeConstraint::Pending.into());
    }
    write_itself(draft, &organization)?;
    let asked = |member: &&Member| member.method == JoinedMethod::Invited && member.account != management;
    let invited: Vec<AccountId> =
        draft.snapshot().members_of_organization().filter(asked).map(|member| member.account).collect();
    let whole = new(draft, HandshakeAction::EnableAllFeatures, None)?;
    let state = if invited.is_empty() { HandshakeState::Open } else { HandshakeState::Requested };
    let whole = write(draft, Handshake { state, ..whole })?;
    for account in invited {
        let part = new(draft, HandshakeAction::ApproveAllFeatures, Some(account))?;
        write(draft, Handshake { parent: Some(whole.id.clone()), ..part })?;
    }
    Ok(whole)
}

/// Accepts a handshake: an invited account becomes a member, and the organization, once the last has agreed, gets its features.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html>
///
/// # Errors
/// [`Refusal`]: there is no such handshake for the account, it has ended, others have to accept first, or the account is a
/// member by now.
pub fn accept(draft: &mut Draft<'_>, account: AccountId, id: &HandshakeId) -> Result<Handshake, Refusal> {
    let (organization, handshake) = received(draft, account, id)?;
    pending(&handshake, HandshakeState::Accepted, draft.now())?;
    match handshake.action {
        HandshakeAction::Invite => join(draft, &organization, account, &handshake.tags)?,
        HandshakeAction::ApproveAllFeatures => write_itself(draft, &organization)?,
        HandshakeAction::EnableAllFeatures => {
            let approved = draft
                .snapshot()
                .handshakes()
                .filter(|part| part.parent.as_ref() == Some(&handshake.id))
                .all(|part| is_agreed(draft, part));
            if !approved {
                return Err(OrganizationFault::InvalidTransition(HandshakeState::Requested.name()).into());
            }
            write_itself(draft, &Organization { features: Features::All, ..organization })?;
        }
    }
    let handshake = end(draft, handshake, HandshakeState::Accepted)?;
    if let Some(parent) = handshake.parent.clone() {
        open_whole(draft, &parent)?;
    }
    Ok(handshake)
}

/// Declines a handshake.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeclineHandshake.html>
///
/// # Errors
/// [`Refusal`]: there is no such handshake for the account, or it has ended.
pub fn decline(draft: &mut Draft<'_>, account: AccountId, id: &HandshakeId) -> Result<Handshake, Refusal> {
    let (organization, handshake) = received(draft, account, id)?;
    pending(&handshake, HandshakeState::Declined, draft.now())?;
    write_itself(draft, &organization)?;
    end(draft, handshake, HandshakeState::Declined)
}

/// Takes a handshake back, and those that are part of it.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CancelHandshake.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization, there is no such handshake, or it has ended.
pub fn cancel(draft: &mut Draft<'_>, management: AccountId, id: &HandshakeId) -> Result<Handshake, Refusal> {
    let organization = managed_by(draft, management)?;
    let handshake = find(draft, id)?;
    pending(&handshake, HandshakeState::Canceled, draft.now())?;
    write_itself(draft, &organization)?;
    let now = draft.now();
    let part = |part: &&Handshake| part.parent.as_ref() == Some(&handshake.id) && part.is_pending_at(now);
    let parts: Vec<Handshake> = draft.snapshot().handshakes().filter(part).cloned().collect();
    for part in parts {
        end(draft, part, HandshakeState::Canceled)?;
    }
    end(draft, handshake, HandshakeState::Canceled)
}

/// The handshake by which all features are being enabled.
fn enabling<'d>(draft: &'d Draft<'_>) -> Option<&'d Handshake> {
    let now = draft.now();
    draft.snapshot().handshakes().find(|handshake| {
        handshake.action == HandshakeAction::EnableAllFeatures && handshake.is_pending_at(now)
    })
}

/// Whether an invited account's part is done: it has agreed, or is no member any more.
fn is_agreed(draft: &Draft<'_>, part: &Handshake) -> bool {
    let member = part.recipient.is_some_and(|account| draft.snapshot().member(account).is_some());
    part.state == HandshakeState::Accepted || !member
}

/// Opens the whole once all its parts are agreed to.
fn open_whole(draft: &mut Draft<'_>, id: &HandshakeId) -> Result<(), Refusal> {
    let whole = find(draft, id)?;
    let all = draft
        .snapshot()
        .handshakes()
        .filter(|part| part.parent.as_ref() == Some(id))
        .all(|part| is_agreed(draft, part));
    if all && whole.state == HandshakeState::Requested {
        write(draft, Handshake { state: HandshakeState::Open, ..whole })?;
    }
    Ok(())
}

fn join(
    draft: &mut Draft<'_>,
    organization: &Organization,
    account: AccountId,
    tags: &Tags,
) -> Result<(), Refusal> {
    if draft.snapshot().member(account).is_some() {
        return Err(HandshakeConstraint::AlreadyMember.into());
    }
    write_itself(draft, organization)?;
    let member = joining(draft, account, JoinedMethod::Invited);
    write_member(draft, Member { tags: tags.clone(), ..member })
}

/// A handshake, as the account that has to answer it sees it.
fn received(
    draft: &Draft<'_>,
    account: AccountId,
    id: &HandshakeId,
) -> Result<(Organization, Handshake), Refusal> {
    let missing = || Refusal::from(OrganizationFault::NoSuchHandshake);
    let handshake = find(draft, id)?;
    let organization = draft.snapshot().organization().cloned().ok_or_else(missing)?;
    let recipient = handshake.recipient.unwrap_or(organization.management_account);
    if recipient == account { Ok((organization, handshake)) } else { Err(missing()) }
}

/// The handshake must wait for an answer. An enabling of all features may be taken back or declined before it is open.
fn pending(handshake: &Handshake, to: HandshakeState, now: Timestamp) -> Result<(), Refusal> {
    let state = handshake.state_at(now);
    if handshake.is_pending_at(now) {
        Ok(())
    } else if state == to {
        Err(OrganizationFault::HandshakeAlreadyInState.into())
    } else {
        Err(OrganizationFault::InvalidTransition(state.name()).into())
    }
}

fn new(
    draft: &Draft<'_>,
    action: HandshakeAction,
    recipient: Option<AccountId>,
) -> Result<Handshake, Refusal> {
    let now = draft.now();
    let expires = now.checked_add(SignedDuration::from_hours(24 * action.days())).unwrap_or(Timestamp::MAX);
    Ok(Handshake {
        id: unused(|| HandshakeId::new(draft.random), |id| draft.snapshot().handshake(id).is_some())?,
        action,
        recipient,
        requested: now,
        expires,
        state: HandshakeState::Open,
        ended: None,
        notes: None,
        tags: Tags::default(),
        parent: None,
    })
}

fn end(draft: &mut Draft<'_>, handshake: Handshake, state: HandshakeState) -> Result<Handshake, Refusal> {
    let ended = Some(draft.now());
    write(draft, Handshake { state, ended, ..handshake })
}

/// Forgets the handshakes that are no longer shown.
fn forget(draft: &mut Draft<'_>) {
    let now = draft.now();
    let old = draft.snapshot().handshakes().filter(|handshake| !handshake.is_shown_at(now));
    let old: Vec<HandshakeId> = old.map(|handshake| handshake.id.clone()).collect();
    for id in old {
        draft.delete(Key::Organization(Place::Handshake(id)));
    }
}

fn find(draft: &Draft<'_>, id: &HandshakeId) -> Result<Handshake, Refusal> {
    let shown = draft.snapshot().handshake(id).filter(|handshake| handshake.is_shown_at(draft.now()));
    shown.cloned().ok_or_else(|| OrganizationFault::NoSuchHandshake.into())
}

fn write(draft: &mut Draft<'_>, handshake: Handshake) -> Result<Handshake, Refusal> {
    let id = handshake.id.clone();
    let fact = Fact::Organization(OrganizationFact::Handshake(handshake.clone()));
    draft.put(Key::Organization(Place::Handshake(id.clone())), fact)?;
    Ok(draft.snapshot().handshake(&id).cloned().unwrap_or(handshake))
}
