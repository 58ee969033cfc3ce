//! Handshakes: inviting accounts, and enabling all features.
//!
//! Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_invites.html>

use std::collections::BTreeSet;

use doorward_policy::AccountId;
use jiff::{SignedDuration, Timestamp};

use super::{Progress, accounts, checked_tags, joining, managed_by, unused, write_itself, write_member};
use crate::change::{Draft, exceeds};
use crate::keys::Key;
use crate::keys::organization::Place;
use crate::organization::{
    Features, Handshake, HandshakeAction, HandshakeId, HandshakeState, JoinedMethod, Member, Organization,
};
use crate::record::Fact;
use crate::record::organization::OrganizationFact;
use crate::refusal::{HandshakeConstraint, InvalidInput, OrganizationFault, Refusal};
use crate::snapshot::Snapshot;
use crate::tags::{Tag, Tags};

/// How many handshakes are forgotten at once at most: more than are added, and little enough for one transaction.
const FORGOTTEN_AT_ONCE_MAX: usize = 32;

/// How many parts of one handshake are sent, or taken back, in one transaction.
const PARTS_AT_ONCE_MAX: usize = 64;

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

/// Begins to enable all features: every invited account has to agree, and then the management account once more. The first of
/// them are asked at once, the rest by [`ask_members`]; nothing is enabled before the last has been asked and agrees. Handshakes
/// that are no longer shown are forgotten on this occasion.
///
/// Accounts that the organization created do not have to agree. Which handshake the management account accepts in the end the
/// pages tell in two ways (`ENABLE_ALL_FEATURES` and `APPROVE_ALL_FEATURES`): UNCONFIRMED (enable-all-features). Here it is
/// the one of `ENABLE_ALL_FEATURES`, which this returns and which is open once everybody has agreed; the accounts accept
/// those of `APPROVE_ALL_FEATURES`. Whoever joins meanwhile, by an invitation of before, has to agree as well.
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
    forget(draft);
    let whole = new(draft, HandshakeAction::EnableAllFeatures, None)?;
    let alone = invited(draft.snapshot()).next().is_none();
    let state = if alone { HandshakeState::Open } else { HandshakeState::Requested };
    let whole = write(draft, Handshake { state, ..whole })?;
    ask_some(draft, &whole)?;
    Ok(whole)
}

/// Asks further invited accounts to agree that all features are enabled, where that is under way.
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization.
pub fn ask_members(draft: &mut Draft<'_>, management: AccountId) -> Result<Progress, Refusal> {
    let organization = managed_by(draft, management)?;
    let Some(whole) = enabling(draft).cloned() else { return Ok(Progress::Done) };
    if unasked(draft.snapshot(), &whole).is_empty() {
        return Ok(Progress::Done);
    }
    write_itself(draft, &organization)?;
    ask_some(draft, &whole)
}

/// Sends some of the parts of a whole that were not sent.
fn ask_some(draft: &mut Draft<'_>, whole: &Handshake) -> Result<Progress, Refusal> {
    let unasked = unasked(draft.snapshot(), whole);
    let progress = Progress::of(unasked.len(), PARTS_AT_ONCE_MAX);
    for account in unasked.into_iter().take(PARTS_AT_ONCE_MAX) {
        ask(draft, whole, account)?;
    }
    Ok(progress)
}

/// Sends one part of a whole. It can be answered as long as the whole.
fn ask(draft: &mut Draft<'_>, whole: &Handshake, account: AccountId) -> Result<(), Refusal> {
    let part = new(draft, HandshakeAction::ApproveAllFeatures, Some(account))?;
    write(draft, Handshake { parent: Some(whole.id.clone()), expires: whole.expires, ..part }).map(drop)
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
            if !all_agree(draft.snapshot(), &handshake.id) {
                return Err(OrganizationFault::InvalidTransition(HandshakeState::Requested.name()).into());
            }
            write_itself(draft, &Organization { features: Features::All, ..organization })?;
        }
    }
    let handshake = end(draft, handshake, HandshakeState::Accepted)?;
    open_whole(draft)?;
    Ok(handshake)
}

/// Declines a handshake, which takes back those that are part of it. Where these are many, [`end_parts`] comes first.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeclineHandshake.html>
///
/// # Errors
/// [`Refusal`]: there is no such handshake for the account, or it has ended.
pub fn decline(draft: &mut Draft<'_>, account: AccountId, id: &HandshakeId) -> Result<Handshake, Refusal> {
    let (organization, handshake) = received(draft, account, id)?;
    pending(&handshake, HandshakeState::Declined, draft.now())?;
    write_itself(draft, &organization)?;
    end_some_parts(draft, &handshake)?;
    end(draft, handshake, HandshakeState::Declined)
}

/// Takes a handshake back, and those that are part of it. Where these are many, [`end_parts`] comes first.
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
    end_some_parts(draft, &handshake)?;
    end(draft, handshake, HandshakeState::Canceled)
}

/// Takes back so many parts of a handshake, which the management account is about to take back or decline, that the rest fits
/// into the transaction of that.
///
/// # Errors
/// As [`cancel`].
pub fn end_parts(
    draft: &mut Draft<'_>,
    management: AccountId,
    id: &HandshakeId,
) -> Result<Progress, Refusal> {
    let organization = managed_by(draft, management)?;
    let handshake = find(draft, id)?;
    if pending_parts(draft, &handshake).len() <= PARTS_AT_ONCE_MAX {
        return Ok(Progress::Done);
    }
    pending(&handshake, HandshakeState::Canceled, draft.now())?;
    write_itself(draft, &organization)?;
    end_some_parts(draft, &handshake)
}

fn end_some_parts(draft: &mut Draft<'_>, whole: &Handshake) -> Result<Progress, Refusal> {
    let parts = pending_parts(draft, whole);
    let progress = Progress::of(parts.len(), PARTS_AT_ONCE_MAX);
    for part in parts.into_iter().take(PARTS_AT_ONCE_MAX) {
        end(draft, part, HandshakeState::Canceled)?;
    }
    Ok(progress)
}

fn pending_parts(draft: &Draft<'_>, whole: &Handshake) -> Vec<Handshake> {
    let parts = draft.snapshot().handshakes().filter(|part| part.parent.as_ref() == Some(&whole.id));
    parts.filter(|part| part.is_pending_at(draft.now())).cloned().collect()
}

/// The handshake by which all features are being enabled.
fn enabling<'d>(draft: &'d Draft<'_>) -> Option<&'d Handshake> {
    let now = draft.now();
    draft.snapshot().handshakes().find(|handshake| {
        handshake.action == HandshakeAction::EnableAllFeatures && handshake.is_pending_at(now)
    })
}

/// The members that have to agree: those that were invited, by account.
fn invited(view: &Snapshot) -> impl Iterator<Item = AccountId> {
    let management = view.organization().map(|organization| organization.management_account);
    let asked =
        move |member: &&Member| member.method == JoinedMethod::Invited && Some(member.account) != management;
    view.members_of_organization().filter(asked).map(|member| member.account)
}

/// Those that have to agree and were never asked.
fn unasked(view: &Snapshot, whole: &Handshake) -> Vec<AccountId> {
    let parts = view.handshakes().filter(|part| part.parent.as_ref() == Some(&whole.id));
    let asked: BTreeSet<AccountId> = parts.filter_map(|part| part.recipient).collect();
    invited(view).filter(|account| !asked.contains(account)).collect()
}

/// Whether everybody who has to agree has. Whoever joined later, or was not asked yet, has not.
fn all_agree(view: &Snapshot, whole: &HandshakeId) -> bool {
    let parts = view.handshakes().filter(|part| part.parent.as_ref() == Some(whole));
    let accepted = parts.filter(|part| part.state == HandshakeState::Accepted);
    let agreed: BTreeSet<AccountId> = accepted.filter_map(|part| part.recipient).collect();
    invited(view).all(|account| agreed.contains(&account))
}

/// Opens the handshake by which all features are being enabled once all agree, or closes it where somebody has joined.
pub(super) fn open_whole(draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let Some(whole) = enabling(draft).cloned() else { return Ok(()) };
    let all = all_agree(draft.snapshot(), &whole.id);
    let state = if all { HandshakeState::Open } else { HandshakeState::Requested };
    if whole.state != state {
        write(draft, Handshake { state, ..whole })?;
    }
    Ok(())
}

/// Makes an account a member. Where all features are being enabled, it has to agree to that as well.
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
    write_member(draft, Member { tags: tags.clone(), ..member })?;
    let Some(whole) = enabling(draft).cloned() else { return Ok(()) };
    let now = draft.now();
    let stands = |part: &Handshake| {
        let counts = part.state == HandshakeState::Accepted || part.is_pending_at(now);
        part.parent.as_ref() == Some(&whole.id) && part.recipient == Some(account) && counts
    };
    if draft.snapshot().handshakes().any(stands) { Ok(()) } else { ask(draft, &whole, account) }
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

/// Forgets handshakes that are no longer shown. None is forgotten while all features are being enabled: that needs to know who
/// has agreed.
fn forget(draft: &mut Draft<'_>) {
    if enabling(draft).is_some() {
        return;
    }
    let now = draft.now();
    let old = draft.snapshot().handshakes().filter(|handshake| !handshake.is_shown_at(now));
    let old: Vec<HandshakeId> =
        old.take(FORGOTTEN_AT_ONCE_MAX).map(|handshake| handshake.id.clone()).collect();
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
