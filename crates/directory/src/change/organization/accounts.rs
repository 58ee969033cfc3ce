//! The accounts of the organization: creating, moving, removing and closing them.

use doorward_policy::AccountId;
use jiff::SignedDuration;

use super::{
    checked_tags, find_member, handshakes, joining, managed_by, of_member, parent, unused, write_itself,
    write_member,
};
use crate::change::{Draft, Holder, accounts, attachments, exceeds, roles};
use crate::keys::Key;
use crate::keys::organization::Place;
use crate::name::{Name, Path};
use crate::organization::{
    Creation, CreationFailure, CreationId, JoinedMethod, Member, Organization, Standing,
};
use crate::random::{NoRandomness, Random};
use crate::record::Fact;
use crate::record::organization::OrganizationFact;
use crate::refusal::{Constraint, InvalidInput, OrganizationFault, Refusal};
use crate::tags::Tag;

/// The role by which the management account enters a new account, where no other name is given.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html>
pub const ACCESS_ROLE: &str = "OrganizationAccountAccessRole";

/// How the names of service-linked roles begin.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html#API_CreateAccount_Errors>
const RESERVED_ROLE_PREFIX: &str = "AWSServiceRoleFor";

/// What the role may do.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html>
const ADMINISTRATOR_ACCESS: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

/// For how long a request to create an account is remembered. How long AWS remembers them is not published.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How many requests to create an account are remembered at most: the oldest are forgotten first. AWS publishes no number.
pub const CREATIONS_MAX: usize = 1000;

/// How many of them are forgotten at once at most: more than are added, and little enough for one transaction.
const FORGOTTEN_AT_ONCE_MAX: usize = 32;

/// An account to create.
#[derive(Clone, Copy, Debug)]
pub struct NewMember<'a> {
    /// Its name, 1 to 50 characters.
    pub name: &'a str,
    /// Its owner's address.
    pub email: &'a str,
    /// The name of the role by which the management account enters; [`ACCESS_ROLE`] where none is given.
    pub role: Option<&'a str>,
    /// The tags of its membership.
    pub tags: &'a [Tag],
}

/// Creates an account, as a member under the root, with a role that lets the management account in. It is there at once.
/// That another member has the address is no refusal, but a creation that failed. Requests of long ago are forgotten on this
/// occasion.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization, there would be too many members, or the role's name or the tags
/// are not possible.
pub fn create(
    draft: &mut Draft<'_>,
    management: AccountId,
    new: &NewMember<'_>,
) -> Result<Creation, Refusal> {
    let organization = managed_by(draft, management)?;
    let role = new.role.unwrap_or(ACCESS_ROLE);
    if role.to_ascii_lowercase().starts_with(&RESERVED_ROLE_PREFIX.to_ascii_lowercase()) {
        return Err(InvalidInput::RoleName.into());
    }
    let tags = checked_tags(draft, new.tags)?;
    if exceeds(occupied(draft) + 1, draft.limits().accounts_per_organization) {
        return Err(Constraint::Accounts.into());
    }
    write_itself(draft, &organization)?;
    forget(draft);
    let email =
        |member: &Member| member.email.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(new.email));
    let outcome = if draft.snapshot().members_of_organization().any(email) {
        Err(CreationFailure::EmailAlreadyExists)
    } else {
        let account = made(draft, management, new.name, role)?;
        let member = joining(draft, account, JoinedMethod::Created);
        write_member(draft, Member { email: Some(new.email.into()), tags, ..member })?;
        Ok(account)
    };
    let id = unused(|| CreationId::new(draft.random), |id| draft.snapshot().creation(id).is_some())?;
    let creation = Creation { id: id.clone(), name: new.name.into(), requested: draft.now(), outcome };
    let fact = Fact::Organization(OrganizationFact::Creation(creation.clone()));
    draft.put(Key::Organization(Place::Creation(id)), fact)?;
    Ok(creation)
}

/// Forgets requests of long ago, and the oldest where there are too many.
fn forget(draft: &mut Draft<'_>) {
    let now = draft.now();
    let mut creations: Vec<&Creation> = draft.snapshot().creations().collect();
    creations.sort_by_key(|creation| creation.requested);
    let old = creations.iter().filter(|creation| now.duration_since(creation.requested) > REMEMBERED).count();
    let too_many = (creations.len() + 1).saturating_sub(CREATIONS_MAX);
    let forgotten = creations.into_iter().take(old.max(too_many).min(FORGOTTEN_AT_ONCE_MAX));
    let ids: Vec<CreationId> = forgotten.map(|creation| creation.id.clone()).collect();
    for id in ids {
        draft.delete(Key::Organization(Place::Creation(id)));
    }
}

/// The account itself, and the role in it.
fn made(draft: &mut Draft<'_>, management: AccountId, name: &str, role: &str) -> Result<AccountId, Refusal> {
    let account = unused(|| drawn(draft.random), |account| draft.snapshot().account(*account).is_some())?;
    accounts::create(draft, account, name)?;
    let trust = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::{management}:root"}},"Action":"sts:AssumeRole"}}]}}"#
    );
    let new = roles::NewRole {
        name: Name::new(role)?,
        path: Path::root(),
        trust: &trust,
        description: None,
        max_session_s: None,
        tags: &[],
        boundary: None,
    };
    roles::create(draft, account, &new)?;
    attachments::attach(draft, account, Holder::Role(role), ADMINISTRATOR_ACCESS)?;
    Ok(account)
}

/// A random account id of twelve digits, the first not zero, as AWS's are.
fn drawn(random: &dyn Random) -> Result<AccountId, NoRandomness> {
    /// How many ids there are whose first digit is not zero, and the smallest of them.
    const IDS: u64 = 900_000_000_000;
    const FIRST: u64 = 100_000_000_000;
    let mut bytes = [0; 8];
    random.fill(&mut bytes)?;
    AccountId::new(FIRST + u64::from_be_bytes(bytes) % IDS)
        .ok_or_else(|| NoRandomness("an account id has twelve digits".to_owned()))
}

/// How many places of the organization are taken: by members, closed ones too, and by invitations without an answer.
pub(super) fn occupied(draft: &Draft<'_>) -> usize {
    use crate::organization::HandshakeAction::Invite;
    let view = draft.snapshot();
    let invited = view
        .handshakes()
        .filter(|handshake| handshake.action == Invite && handshake.is_pending_at(draft.now()))
        .count();
    view.members_of_organization().len() + invited
}

/// Moves an account from one place of the organization to another.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization, there is no such member, it does not stand there, or there is no
/// such destination.
pub fn relocate(
    draft: &mut Draft<'_>,
    management: AccountId,
    account: AccountId,
    source: &str,
    destination: &str,
) -> Result<(), Refusal> {
    let organization = managed_by(draft, management)?;
    let mut member = find_member(draft, account)?;
    let from = parent(draft, &organization, source);
    let to = parent(draft, &organization, destination).ok_or(OrganizationFault::NoSuchDestination)?;
    if from.is_none_or(|from| from != member.parent) {
        return Err(OrganizationFault::NoSuchSource.into());
    }
    if member.parent == to {
        return Err(OrganizationFault::DuplicateAccount.into());
    }
    member.parent = to;
    write_itself(draft, &organization)?;
    write_member(draft, member)
}

/// Removes an account from the organization: it stands alone from then on.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_RemoveAccountFromOrganization.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization, there is no such member, or it is the management account, a
/// delegated administrator or closed.
pub fn remove(draft: &mut Draft<'_>, management: AccountId, account: AccountId) -> Result<(), Refusal> {
    let organization = managed_by(draft, management)?;
    let member = find_member(draft, account)?;
    depart(draft, &organization, &member)
}

/// Takes an account out of its organization, by itself.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html>
///
/// # Errors
/// [`Refusal`]: the account is no member, or is the management account or a delegated administrator.
pub fn leave(draft: &mut Draft<'_>, account: AccountId) -> Result<(), Refusal> {
    let organization = of_member(draft, account)?;
    let member = find_member(draft, account)?;
    depart(draft, &organization, &member)
}

fn depart(draft: &mut Draft<'_>, organization: &Organization, member: &Member) -> Result<(), Refusal> {
    if member.account == organization.management_account {
        return Err(OrganizationFault::ManagementAccountStays.into());
    }
    if !member.delegated.is_empty() {
        return Err(Constraint::AdministratorStays.into());
    }
    if member.standing == Standing::Suspended {
        return Err(Constraint::ClosedAccountStays.into());
    }
    write_itself(draft, organization)?;
    draft.delete(Key::Organization(Place::Member(member.account)));
    // Nobody waits for its consent any more.
    handshakes::open_whole(draft)
}

/// Closes an account. It stays a member, and nobody in it is let in any more.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CloseAccount.html>
///
/// # Errors
/// [`Refusal`]: the account does not manage an organization with all features, there is no such member, or it is the
/// management account, a delegated administrator or closed.
pub fn close(draft: &mut Draft<'_>, management: AccountId, account: AccountId) -> Result<(), Refusal> {
    let organization = managed_by(draft, management)?;
    let mut member = find_member(draft, account)?;
    if account == organization.management_account {
        return Err(Constraint::ManagementAccountCloses.into());
    }
    if organization.features != crate::organization::Features::All {
        return Err(Constraint::NotAllFeatures.into());
    }
    if member.standing == Standing::Suspended {
        return Err(OrganizationFault::AlreadyClosed.into());
    }
    if !member.delegated.is_empty() {
        return Err(Constraint::AdministratorStays.into());
    }
    member.standing = Standing::Suspended;
    write_itself(draft, &organization)?;
    write_member(draft, member)
}
