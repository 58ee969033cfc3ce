//! Temporary delegation: from a provider's request to the release of its token.
//!
//! UNASSIGNED, once associated, is ASSIGNED; accepted there, or put before an administrator (PENDING_APPROVAL) and accepted
//! then, ACCEPTED; and with the token released FINALIZED. Whatever has an owner and is not final can be rejected.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-temporary-delegation.html>

use std::sync::Arc;

use doorward_policy::AccountId;

use super::{Draft, reports};
use crate::delegation::notice::{Event, Notice};
use crate::delegation::{
    Approval, Approver, DelegationRequest, Identity, Permission, ROOT_SESSION_S_MAX, Sender, State,
    workflow_digest,
};
use crate::keys::delegation::Place;
use crate::keys::{Counted, Key};
use crate::record::Fact;
use crate::record::delegation::DelegationFact;
use crate::refusal::{DelegationFault, Refusal};

/// How many requests are cleared up in one transaction.
pub const SWEPT_MAX: usize = 32;

/// A request to create.
#[derive(Clone, Debug)]
pub struct NewDelegation<'a> {
    /// What the provider is called.
    pub requestor_name: &'a str,
    /// What the provider calls the request.
    pub workflow: &'a str,
    /// What it is for.
    pub description: &'a str,
    /// What the provider says about this one.
    pub message: Option<&'a str>,
    /// What is asked for, the template filled in.
    pub permission: &'a Permission,
    /// Where the provider's own page is.
    pub redirect_url: Option<&'a str>,
    /// The topic for notices.
    pub channel: &'a str,
    /// How long the session lasts, in seconds.
    pub session_s: u32,
    /// Who may release the token.
    pub sender: Sender,
    /// The account that it is for, if for one.
    pub owner_account: Option<AccountId>,
}

/// Creates a request of the provider that has the account `requestor`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateDelegationRequest.html>
///
/// # Errors
/// [`Refusal`]: there is no such account, the policy is too long, the workflow has a request, or there are too many.
pub fn create(
    draft: &mut Draft<'_>,
    requestor: AccountId,
    new: &NewDelegation<'_>,
) -> Result<DelegationRequest, Refusal> {
    draft.account(requestor)?;
    if let Some(owner) = new.owner_account
        && draft.snapshot().account(owner).is_none()
    {
        return Err(DelegationFault::NoSuchOwnerAccount(owner.to_string()).into());
    }
    let (characters, limit) =
        (new.permission.policy.chars().count(), draft.limits().delegated_policy_characters);
    if super::exceeds(characters, limit) {
        return Err(DelegationFault::PolicyTooLong { characters, limit }.into());
    }
    if draft.snapshot().has_workflow(&Place::Request(requestor, workflow_digest(new.workflow))) {
        return Err(DelegationFault::WorkflowExists(new.workflow.to_owned()).into());
    }
    let limit = draft.limits().delegation_requests_per_provider;
    draft.count(requestor, Counted::DelegationRequests, limit, "DelegationRequestsPerProvider")?;
    let now = draft.now();
    let request = DelegationRequest {
        id: reports::uuid(*draft.random()?).into(),
        requestor,
        requestor_name: new.requestor_name.into(),
        workflow: new.workflow.into(),
        description: new.description.into(),
        message: new.message.map(Into::into),
        permission: new.permission.clone(),
        redirect_url: new.redirect_url.map(Into::into),
        channel: new.channel.into(),
        session_s: new.session_s,
        sender: new.sender,
        owner_account: new.owner_account,
        owner: None,
        approval: None,
        state: State::Unassigned,
        entered: now,
        created: now,
        updated: now,
        notes: None,
        rejection: None,
        notices: 0,
    };
    write(draft, request)
}

/// Makes whoever calls the request's owner, and its account the owner's account.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AssociateDelegationRequest.html>
///
/// # Errors
/// [`Refusal`]: there is no such request for the account, or it has an owner.
pub fn associate(
    draft: &mut Draft<'_>,
    account: AccountId,
    caller: &Identity,
    id: &str,
) -> Result<(), Refusal> {
    let mut request = in_state(draft, account, id, "associated", &[State::Unassigned], "UNASSIGNED")?;
    request.owner_account = Some(account);
    request.owner = Some(caller.clone());
    enter(draft, request, State::Assigned)
}

/// Puts a request before an administrator, with a note. Whether that can be done again is UNCONFIRMED (delegation-update-again);
/// here it cannot.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateDelegationRequest.html>
///
/// # Errors
/// [`Refusal`]: there is no such request for the account, or it is in another state.
pub fn update(
    draft: &mut Draft<'_>,
    account: AccountId,
    id: &str,
    notes: Option<&str>,
) -> Result<(), Refusal> {
    let mut request = in_state(draft, account, id, "updated", &[State::Assigned], "ASSIGNED")?;
    request.notes = notes.map(Into::into);
    enter(draft, request, State::PendingApproval)
}

/// Accepts a request, as an identity whose permissions bound it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AcceptDelegationRequest.html>
///
/// # Errors
/// [`Refusal`]: there is no such request for the account, it is in another state, or too long for a root user.
pub fn accept(
    draft: &mut Draft<'_>,
    account: AccountId,
    id: &str,
    approval: &Approval,
) -> Result<(), Refusal> {
    let from = [State::Assigned, State::PendingApproval];
    let mut request = in_state(draft, account, id, "accepted", &from, "ASSIGNED or PENDING_APPROVAL")?;
    let (session_s, max_s) = (request.session_s, ROOT_SESSION_S_MAX);
    if approval.approver == Approver::Root && session_s > max_s {
        return Err(DelegationFault::TooLongForRoot { session_s, max_s }.into());
    }
    request.approval = Some(approval.clone());
    enter(draft, request, State::Accepted)
}

/// Rejects a request, and says why.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RejectDelegationRequest.html>
///
/// # Errors
/// [`Refusal`]: there is no such request for the account, or it is in another state.
pub fn reject(
    draft: &mut Draft<'_>,
    account: AccountId,
    id: &str,
    reason: Option<&str>,
) -> Result<(), Refusal> {
    let from = [State::Assigned, State::PendingApproval, State::Accepted];
    let allowed = "ASSIGNED, PENDING_APPROVAL or ACCEPTED";
    let mut request = in_state(draft, account, id, "rejected", &from, allowed)?;
    request.rejection = reason.map(Into::into);
    enter(draft, request, State::Rejected)
}

/// Releases the token of an accepted request: the provider is told that it is final, and then given the token.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SendDelegationToken.html>
///
/// # Errors
/// [`Refusal`]: there is no such request for the account, it is in another state, or only its owner may.
pub fn send(draft: &mut Draft<'_>, account: AccountId, caller: &Identity, id: &str) -> Result<(), Refusal> {
    let request = in_state(draft, account, id, "sent", &[State::Accepted], "ACCEPTED")?;
    if request.sender == Sender::Owner && request.owner.as_ref() != Some(caller) {
        return Err(DelegationFault::NotTheOwner(id.to_owned()).into());
    }
    let mut request = entered(draft, request, State::Finalized)?;
    tell(draft, &mut request, Event::ExchangeToken)?;
    write(draft, request).map(drop)
}

/// Writes that requests have expired, and tells their providers; forgets those that can be read no more. Says whether there
/// may be more to do.
///
/// # Errors
/// [`Refusal`].
pub fn sweep(draft: &mut Draft<'_>) -> Result<bool, Refusal> {
    let now = draft.now();
    let is_due =
        |request: &&DelegationRequest| request.state_at(now) != request.state || request.is_forgotten(now);
    let due: Vec<DelegationRequest> =
        draft.snapshot().delegation_requests().filter(is_due).take(SWEPT_MAX).cloned().collect();
    let more = due.len() == SWEPT_MAX;
    for mut request in due {
        if request.state_at(now) != request.state {
            let expired = request.expires();
            (request.state, request.entered, request.updated) = (State::Expired, expired, expired);
            tell(draft, &mut request, Event::StateChange(State::Expired))?;
            write(draft, request)?;
        } else {
            forget(draft, &request);
        }
    }
    Ok(more)
}

/// Forgets a request, and notices about it that could not be delivered until now.
fn forget(draft: &mut Draft<'_>, request: &DelegationRequest) {
    for number in draft.snapshot().notices_about(&request.id) {
        draft.delete(Key::Delegation(Place::Notice(Arc::clone(&request.id), number)));
    }
    draft.delete(key(request));
}

/// Forgets a notice that was delivered.
///
/// # Errors
/// [`Refusal`].
pub fn delivered(draft: &mut Draft<'_>, notice: &Notice) -> Result<(), Refusal> {
    if draft.snapshot().notices_about(&notice.request).contains(&notice.number) {
        draft.delete(Key::Delegation(Place::Notice(Arc::clone(&notice.request), notice.number)));
    }
    Ok(())
}

/// A request that the account can see, in one of these states now.
fn in_state(
    draft: &Draft<'_>,
    account: AccountId,
    id: &str,
    done: &'static str,
    from: &[State],
    allowed: &'static str,
) -> Result<DelegationRequest, Refusal> {
    let now = draft.now();
    let found = draft.snapshot().delegation_request(id);
    let request = found.filter(|request| request.is_shown_to(account) && !request.is_forgotten(now));
    let request = request.ok_or_else(|| DelegationFault::NoSuchRequest(id.to_owned()))?;
    let state = request.state_at(now);
    if !from.contains(&state) {
        return Err(DelegationFault::WrongState { state, done, allowed }.into());
    }
    Ok(request.clone())
}

/// Writes that a request has come into a state, and tells its provider.
fn enter(draft: &mut Draft<'_>, request: DelegationRequest, state: State) -> Result<(), Refusal> {
    let request = entered(draft, request, state)?;
    write(draft, request).map(drop)
}

fn entered(
    draft: &mut Draft<'_>,
    mut request: DelegationRequest,
    state: State,
) -> Result<DelegationRequest, Refusal> {
    (request.state, request.entered, request.updated) = (state, draft.now(), draft.now());
    tell(draft, &mut request, Event::StateChange(state))?;
    Ok(request)
}

/// Adds a notice about a request, which the caller goes on to write.
fn tell(draft: &mut Draft<'_>, request: &mut DelegationRequest, event: Event) -> Result<(), Refusal> {
    request.notices = request.notices.saturating_add(1);
    let (number, at) = (request.notices, request.updated);
    let notice = Notice { request: Arc::clone(&request.id), number, event, at };
    let place = Place::Notice(Arc::clone(&request.id), number);
    draft.put(Key::Delegation(place), Fact::Delegation(DelegationFact::Notice(notice)))
}

fn write(draft: &mut Draft<'_>, request: DelegationRequest) -> Result<DelegationRequest, Refusal> {
    let id = Arc::clone(&request.id);
    let fact = DelegationFact::Request(Box::new(request.clone()));
    draft.put(key(&request), Fact::Delegation(fact))?;
    Ok(draft.snapshot().delegation_request(&id).cloned().unwrap_or(request))
}

fn key(request: &DelegationRequest) -> Key {
    Key::Delegation(Place::Request(request.requestor, request.place()))
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::*;
    use crate::delegation::token;
    use crate::delegation::{Parameter, ParameterValue};
    use crate::limits::Limits;
    use crate::testing::*;
    use crate::{Directory, change::accounts};

    const OWNER: &str = "arn:aws:iam::123456789012:user/ana";
    const PROVIDER: &str = "222222222222";

    fn provider() -> AccountId {
        PROVIDER.parse().unwrap()
    }

    fn identity(arn: &str) -> Identity {
        Identity { arn: arn.into(), id: arn.into() }
    }

    fn approval(approver: Approver) -> Approval {
        Approval { identity: identity(OWNER), approver }
    }

    fn permission() -> Permission {
        let list = ParameterValue::List(vec!["a".into(), "b".into()]);
        Permission {
            template: "arn:aws:iam::aws:delegation-template/example.com/Read".into(),
            parameters: vec![
                Parameter { name: "bucketNames".into(), value: list },
                Parameter { name: "prefix".into(), value: ParameterValue::One("x".into()) },
            ],
            policy: ANY.into(),
        }
    }

    fn make(
        directory: &Directory,
        workflow: &str,
        session_s: u32,
        sender: Sender,
        owner_account: Option<&str>,
    ) -> Result<DelegationRequest, String> {
        let new = NewDelegation {
            requestor_name: "Example",
            workflow,
            description: "to look",
            message: Some("again"),
            permission: &permission(),
            redirect_url: Some("https://example.com"),
            channel: "arn:aws:sns:us-east-1:222222222222:delegation",
            session_s,
            sender,
            owner_account: owner_account.map(|account| account.parse().unwrap()),
        };
        let made = directory.change(now(), |draft| create(draft, provider(), &new));
        made.map(|(request, _)| request).map_err(|refusal| format!("{}: {refusal}", refusal.code()))
    }

    fn directory(limits: Limits) -> Directory {
        let directory = started_with(limits);
        for (id, name) in [(PROVIDER, "provider"), (OTHER, "other")] {
            let id = id.parse().unwrap();
            directory.change(now(), |draft| accounts::create(draft, id, name)).unwrap();
        }
        directory
    }

    fn request(directory: &Directory) -> DelegationRequest {
        make(directory, "workflow", 3600, Sender::Anyone, None).unwrap()
    }

    /// One step after the other, each by the second that it is taken at: `a`ssociate, `u`pdate, a`c`cept, `r`eject, `s`end.
    fn walk(directory: &Directory, id: &str, steps: &[(char, i64)]) -> String {
        for (step, seconds) in steps {
            let at = now() + SignedDuration::from_secs(*seconds);
            let done = directory.change(at, |draft| match step {
                'a' => associate(draft, account(), &identity(OWNER), id),
                'u' => update(draft, account(), id, Some("please")),
                'c' => accept(draft, account(), id, &approval(Approver::Root)),
                'r' => reject(draft, account(), id, Some("no")),
                _ => send(draft, account(), &identity(OWNER), id),
            });
            if let Err(refusal) = done {
                return format!("{step}: {}: {refusal}", refusal.code());
            }
        }
        directory.snapshot().delegation_request(id).unwrap().state.name().to_owned()
    }

    fn events(directory: &Directory) -> Vec<Event> {
        directory.snapshot().notices().map(|notice| notice.event).collect()
    }

    #[test]
    fn requests_go_their_way_and_no_other() {
        let day = 24 * 3600;
        let wrong = |step, state, done, allowed| {
            format!(
                "{step}: InvalidInput: A delegation request in the state {state} cannot be {done}: it must be in the state {allowed}."
            )
        };
        let open = "ASSIGNED, PENDING_APPROVAL or ACCEPTED";
        for (steps, expected) in [
            (&[][..], "UNASSIGNED".to_owned()),
            (&[('a', 1)], "ASSIGNED".to_owned()),
            (&[('a', 1), ('u', 2)], "PENDING_APPROVAL".to_owned()),
            (&[('a', 1), ('c', 2)], "ACCEPTED".to_owned()),
            (&[('a', 1), ('u', 2), ('c', 3), ('s', 4)], "FINALIZED".to_owned()),
            (&[('a', 1), ('r', 2)], "REJECTED".to_owned()),
            (&[('a', 1), ('u', 2), ('r', 3)], "REJECTED".to_owned()),
            (&[('a', 1), ('c', 2), ('r', 3)], "REJECTED".to_owned()),
            (&[('a', 1), ('a', 2)], wrong('a', "ASSIGNED", "associated", "UNASSIGNED")),
            (&[('u', 1)], wrong('u', "UNASSIGNED", "updated", "ASSIGNED")),
            (&[('a', 1), ('u', 2), ('u', 3)], wrong('u', "PENDING_APPROVAL", "updated", "ASSIGNED")),
            (&[('c', 1)], wrong('c', "UNASSIGNED", "accepted", "ASSIGNED or PENDING_APPROVAL")),
            (&[('r', 1)], wrong('r', "UNASSIGNED", "rejected", open)),
            (&[('a', 1), ('s', 2)], wrong('s', "ASSIGNED", "sent", "ACCEPTED")),
            (&[('a', 1), ('c', 2), ('s', 3), ('s', 4)], wrong('s', "FINALIZED", "sent", "ACCEPTED")),
            (&[('a', 1), ('c', 2), ('s', 3), ('r', 4)], wrong('r', "FINALIZED", "rejected", open)),
            (
                &[('a', 1), ('r', 2), ('c', 3)],
                wrong('c', "REJECTED", "accepted", "ASSIGNED or PENDING_APPROVAL"),
            ),
            (&[('a', day - 1)], "ASSIGNED".to_owned()),
            (&[('a', day)], wrong('a', "EXPIRED", "associated", "UNASSIGNED")),
            (&[('a', 0), ('c', 7 * day - 1)], "ACCEPTED".to_owned()),
            (&[('a', 0), ('c', 7 * day)], wrong('c', "EXPIRED", "accepted", "ASSIGNED or PENDING_APPROVAL")),
            (
                &[('a', 0), ('c', 14 * day)],
                "c: NoSuchEntity: The delegation request with id ID cannot be found.".to_owned(),
            ),
        ] {
            let directory = directory(Limits::default());
            let id = request(&directory).id;
            assert_eq!(walk(&directory, &id, steps).replace(&*id, "ID"), expected, "{steps:?}");
            assert_reloads(&directory);
        }
    }

    #[test]
    fn providers_are_told() {
        let directory = directory(Limits::default());
        let id = request(&directory).id;
        assert_eq!(walk(&directory, &id, &[('a', 1), ('u', 2), ('c', 3), ('s', 4)]), "FINALIZED");
        let states = [State::Assigned, State::PendingApproval, State::Accepted, State::Finalized];
        let mut expected: Vec<Event> = states.into_iter().map(Event::StateChange).collect();
        expected.push(Event::ExchangeToken);
        assert_eq!(events(&directory), expected);

        let snapshot = directory.snapshot();
        let request = snapshot.delegation_request(&id).unwrap();
        let messages: Vec<String> =
            snapshot.notices().map(|notice| notice.message(request, directory.sealer()).unwrap()).collect();
        assert_eq!(
            messages[0],
            format!(
                r#"{{"OwnerAccountId":"{ACCOUNT}","RequestId":"{id}","RequestorWorkflowId":"workflow","State":"ASSIGNED","Type":"StateChange","UpdatedAt":"2026-11-22T10:00:01.750Z"}}"#
            )
        );
        let last: serde_json::Value = serde_json::from_str(&messages[4]).unwrap();
        assert_eq!((&last["Type"], &last["State"]), (&"ExchangeToken".into(), &"FINALIZED".into()));
        assert_eq!(last["ExpiresAt"], "2026-11-22T11:00:04.000Z");
        let token = token::open(last["ExchangeToken"].as_str().unwrap(), directory.sealer()).unwrap();
        let expires: Timestamp = "2026-11-22T11:00:04Z".parse().unwrap();
        assert_eq!(token, token::TradeIn { provider: provider(), request: (*id).into(), expires });

        let first = snapshot.notices().next().unwrap().clone();
        for _ in 0..2 {
            directory.change(now(), |draft| delivered(draft, &first)).unwrap();
            assert_eq!(events(&directory), expected[1..]);
        }
        assert_reloads(&directory);
    }

    #[test]
    fn tokens_are_those_of_this_installation() {
        let directory = directory(Limits::default());
        let id = request(&directory).id;
        let sealed = |directory: &Directory| {
            let snapshot = directory.snapshot();
            token::seal(snapshot.delegation_request(&id).unwrap(), directory.sealer())
        };
        assert!(sealed(&directory).is_err(), "it was not released");
        walk(&directory, &id, &[('a', 1), ('c', 3), ('s', 4)]);
        let token = sealed(&directory).unwrap();
        assert!(token::open(&token.token, directory.sealer()).is_ok());
        assert!(!format!("{token:?}").contains(&token.token));
        for wrong in ["", "Dwx1.", "x", &token.token[1..], &token.token[..token.token.len() - 1]] {
            assert_eq!(token::open(wrong, directory.sealer()), Err(token::NotAToken), "{wrong}");
        }
        assert_eq!(token::open(&"D".repeat(2000), directory.sealer()), Err(token::NotAToken));
    }

    #[test]
    fn what_happens_to_nothing_expires_and_is_forgotten() {
        let directory = directory(Limits::default());
        let id = request(&directory).id;
        let swept = |hours: i64| {
            let at = now() + SignedDuration::from_hours(hours);
            assert!(!directory.change(at, sweep).unwrap().0);
            directory.snapshot().delegation_request(&id).map(|request| (request.state, request.expires()))
        };
        let expired = now() + SignedDuration::from_hours(24);
        assert_eq!(swept(23), Some((State::Unassigned, expired)));
        assert_eq!(events(&directory), []);
        assert_eq!(swept(30), Some((State::Expired, expired)));
        assert_eq!(swept(24 * 8 - 1), Some((State::Expired, expired)));
        assert_eq!(events(&directory), [Event::StateChange(State::Expired)]);
        assert_reloads(&directory);
        assert_eq!(swept(24 * 8), None);
        assert_eq!(events(&directory), [], "given up with the request");
        assert_reloads(&directory);
        assert!(
            make(&directory, "workflow", 3600, Sender::Anyone, None).is_ok(),
            "the workflow is free again"
        );
    }

    #[test]
    fn a_sweep_is_bounded() {
        let directory = directory(Limits::default());
        for number in 0..=SWEPT_MAX {
            make(&directory, &format!("workflow{number}"), 3600, Sender::Anyone, None).unwrap();
        }
        let late = now() + SignedDuration::from_hours(25);
        assert!(directory.change(late, sweep).unwrap().0);
        assert!(!directory.change(late, sweep).unwrap().0);
        assert_eq!(events(&directory).len(), SWEPT_MAX + 1);
        let later = late + SignedDuration::from_hours(24 * 8);
        while directory.change(later, sweep).unwrap().0 {}
        assert_eq!(directory.snapshot().delegation_requests().count(), 0);
        assert_reloads(&directory);
    }

    #[test]
    fn requests_are_for_the_account_that_they_name() {
        let directory = directory(Limits::default());
        let id = make(&directory, "workflow", 3600, Sender::Anyone, Some(OTHER)).unwrap().id;
        let missing = format!("a: NoSuchEntity: The delegation request with id {id} cannot be found.");
        assert_eq!(walk(&directory, &id, &[('a', 1)]), missing);
        let open = make(&directory, "another", 3600, Sender::Anyone, None).unwrap().id;
        assert_eq!(walk(&directory, &open, &[('a', 1)]), "ASSIGNED");
        let other = OTHER.parse().unwrap();
        let late = directory.change(now(), |draft| associate(draft, other, &identity("x"), &open));
        assert_eq!(late.unwrap_err().code(), "NoSuchEntity");
        let owned = |account| {
            let snapshot = directory.snapshot();
            snapshot
                .owned_delegation_requests(account)
                .map(|request| request.id.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!((owned(account()), owned(other)), (vec![open.to_string()], vec![]));
    }

    #[test]
    fn some_are_for_the_owner_alone_to_send() {
        let directory = directory(Limits::default());
        for (workflow, sender, expected) in
            [("anyone", Sender::Anyone, "ok".to_owned()), ("owner", Sender::Owner, "AccessDenied".to_owned())]
        {
            let id = make(&directory, workflow, 3600, sender, None).unwrap().id;
            walk(&directory, &id, &[('a', 1), ('c', 2)]);
            let sent = directory.change(now(), |draft| send(draft, account(), &identity("other"), &id));
            let code = sent.map_or_else(|refusal| refusal.code().to_owned(), |_| "ok".to_owned());
            assert_eq!(code, expected, "{workflow}");
        }
    }

    #[test]
    fn approvers_are_kept_and_root_approves_four_hours() {
        let directory = directory(Limits::default());
        let role = Approver::Role {
            role: "AROACKCEVSQ6C2EXAMPLE".parse().unwrap(),
            session: "s".into(),
            tags: vec![("team".to_owned(), "red".to_owned())],
            transitive: vec!["team".to_owned()],
            source_identity: Some("ana".into()),
        };
        let user = Approver::User("AIDACKCEVSQ6C2EXAMPLE".parse().unwrap());
        for (session_s, approver, accepted) in [
            (14_400, Approver::Root, true),
            (14_401, Approver::Root, false),
            (43_200, user, true),
            (43_200, role, true),
        ] {
            let id = make(&directory, &format!("{session_s}{approver:?}"), session_s, Sender::Anyone, None);
            let id = id.unwrap().id;
            walk(&directory, &id, &[('a', 1)]);
            let approval = approval(approver);
            let done = directory.change(now(), |draft| accept(draft, account(), &id, &approval));
            assert_eq!(done.is_ok(), accepted, "{approval:?}");
            let kept = directory.snapshot().delegation_request(&id).unwrap().approval.clone();
            assert_eq!(kept, accepted.then_some(approval));
        }
        assert_reloads(&directory);
    }

    #[test]
    fn what_cannot_be_created_is_refused() {
        let limits = Limits { delegation_requests_per_provider: 2, ..Limits::default() };
        let directory = directory(limits);
        let make = |workflow, owner| {
            make(&directory, workflow, 3600, Sender::Anyone, owner)
                .map_or_else(|text| text, |_| "ok".to_owned())
        };
        assert_eq!(make("one", None), "ok");
        assert_eq!(
            make("one", None),
            "EntityAlreadyExists: A delegation request with the requestor workflow id one already exists."
        );
        assert_eq!(
            make("two", Some("999999999999")),
            "InvalidInput: The owner account 999999999999 does not exist."
        );
        assert_eq!(make("two", Some(ACCOUNT)), "ok");
        assert!(make("three", None).starts_with("LimitExceeded: "), "{}", make("three", None));
        assert_reloads(&directory);

        let short = self::directory(Limits { delegated_policy_characters: 50, ..Limits::default() });
        let refused = self::make(&short, "long", 3600, Sender::Anyone, None).unwrap_err();
        assert_eq!(
            refused,
            format!("LimitExceeded: The permission policy has {} characters, 50 are allowed.", ANY.len())
        );
    }
}
