use std::sync::Barrier;

use super::*;
use crate::change::accounts as plain_accounts;
use crate::directory::Directory;
use crate::limits::Limits;
use crate::organization::{HandshakeState, PolicyKind, Unit};
use crate::testing::*;

const EVERYTHING: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;

fn other() -> AccountId {
    OTHER.parse().unwrap()
}

/// A directory with an organization and one more account, which stands alone.
fn organized() -> Directory {
    let directory = started();
    directory
        .change(now(), |draft| {
            plain_accounts::create(draft, other(), "other")?;
            create(draft, account(), Features::All)
        })
        .unwrap();
    directory
}

fn root(directory: &Directory) -> String {
    directory.snapshot().organization().unwrap().root.to_string()
}

fn unit(directory: &Directory, parent: &str, name: &str) -> Unit {
    directory.change(now(), |draft| units::create(draft, account(), parent, name, &[])).unwrap().0
}

fn join(directory: &Directory) {
    directory
        .change(now(), |draft| {
            let invitation = handshakes::Invitation { account: other(), notes: Some("n"), tags: &[] };
            let handshake = handshakes::invite(draft, account(), &invitation)?;
            handshakes::accept(draft, other(), &handshake.id)
        })
        .unwrap();
}

#[test]
fn everything_reads_back() {
    let directory = organized();
    let root = root(&directory);
    let outer = unit(&directory, &root, "outer");
    let inner = unit(&directory, outer.id.as_str(), "inner");
    join(&directory);
    directory
        .change(now(), |draft| {
            accounts::relocate(draft, account(), other(), &root, inner.id.as_str())?;
            let new =
                accounts::NewMember { name: "own", email: "own@example.com", role: None, tags: &tags(&[("a", "b")]) };
            let creation = accounts::create(draft, account(), &new)?;
            let twice = accounts::create(draft, account(), &new)?;
            assert!(creation.outcome.is_ok() && twice.outcome.is_err());
            let new = policies::NewControlPolicy {
                kind: PolicyKind::ServiceControl,
                name: "guard",
                description: "what for",
                content: EVERYTHING,
                tags: &tags(&[("c", "d")]),
            };
            let policy = policies::create(draft, account(), &new)?;
            policies::attach(draft, account(), &policy.id, inner.id.as_str())?;
            policies::attach(draft, account(), &policy.id, &root)?;
            policies::enable_type(draft, account(), &root, PolicyKind::ResourceControl)?;
            administrators::trust(draft, account(), "config.amazonaws.com")?;
            administrators::register(draft, account(), other(), "config.amazonaws.com")?;
            let content = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"210987654321"},"Action":"organizations:ListRoots","Resource":"*"}}"#;
            delegation::put(draft, account(), content, Some(&tags(&[("e", "f")])))?;
            tags::put(draft, account(), &tags::Tagged::Target(Target::Root), &tags(&[("g", "h")]))
        })
        .unwrap();
    assert_reloads(&directory);
    let snapshot = directory.snapshot();
    let organization = snapshot.organization().unwrap();
    let path = format!("{}/{root}/{}/{}/", organization.id, outer.id, inner.id);
    assert_eq!(snapshot.path_down_to(&snapshot.member(other()).unwrap().parent), Some(path));
    let rails = snapshot.guardrails(other(), PolicyKind::ServiceControl).unwrap().unwrap();
    let levels: Vec<(&str, usize)> =
        rails.levels.iter().map(|level| (level.target.as_str(), level.policies.len())).collect();
    assert_eq!(levels, [(&*root, 2), (outer.id.as_str(), 1), (inner.id.as_str(), 2), (OTHER, 1)]);
    assert_eq!(rails.management_account, account());
}

#[test]
fn a_place_that_is_missing_is_an_error() {
    let directory = organized();
    let root = root(&directory);
    let lost = unit(&directory, &root, "lost");
    join(&directory);
    directory
        .change(now(), |draft| {
            accounts::relocate(draft, account(), other(), &root, lost.id.as_str())?;
            draft.delete(Key::Organization(Place::Unit(lost.id.clone())));
            Ok(())
        })
        .unwrap();
    let error = directory.snapshot().guardrails(other(), PolicyKind::ServiceControl).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("the organization refers to the parent of {OTHER}, which is not stored")
    );
}

#[test]
fn without_members_it_is_deleted_whole() {
    let directory = organized();
    join(&directory);
    directory
        .change(now(), |draft| {
            accounts::remove(draft, account(), other())?;
            delete(draft, account())
        })
        .unwrap();
    assert_reloads(&directory);
    let snapshot = directory.snapshot();
    assert!(snapshot.organization().is_none() && snapshot.handshakes().next().is_none());
    assert_eq!(snapshot.members_of_organization().len(), 0);
}

#[test]
fn only_its_manager_changes_it() {
    let directory = organized();
    let outcomes = [
        outcome(&directory, |draft| units::create(draft, other(), "r-abcd", "x", &[])),
        outcome(&directory, |draft| accounts::leave(draft, other())),
        outcome(&directory, |draft| create(draft, other(), Features::All)),
        outcome(&directory, |draft| create(draft, account(), Features::All)),
    ];
    assert_eq!(
        outcomes,
        [
            "AWSOrganizationsNotInUseException: Your account is not a member of an organization.",
            "AWSOrganizationsNotInUseException: Your account is not a member of an organization.",
            "AccessDeniedException: Only the management account of this installation can create its organization.",
            "AlreadyInOrganizationException: The provided account is already a member of an organization.",
        ]
    );
    join(&directory);
    assert_eq!(
        outcome(&directory, |draft| units::create(draft, other(), "r-abcd", "x", &[])),
        "AccessDeniedException: You don't have permissions to access this resource."
    );
}

#[test]
fn of_two_writers_at_once_one_has_the_name_and_none_is_lost() {
    let directory = organized();
    let root = root(&directory);
    let barrier = Barrier::new(8);
    let made: Vec<bool> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|number| {
                let (directory, root, barrier) = (&directory, &root, &barrier);
                scope.spawn(move || {
                    barrier.wait();
                    let own = format!("own-{number}");
                    directory
                        .change(now(), |draft| units::create(draft, account(), root, &own, &[]))
                        .unwrap();
                    let name = "wanted";
                    directory.change(now(), |draft| units::create(draft, account(), root, name, &[])).is_ok()
                })
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    assert_eq!(made.iter().filter(|made| **made).count(), 1);
    assert_eq!(directory.snapshot().units().count(), 9);
    assert_reloads(&directory);
}

#[test]
fn a_quota_holds_however_many_ask() {
    let directory = started_with(Limits { accounts_per_organization: 4, ..Limits::default() });
    directory.change(now(), |draft| create(draft, account(), Features::All)).unwrap();
    let made: usize = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|number| {
                let directory = &directory;
                scope.spawn(move || {
                    let email = format!("a{number}@example.com");
                    let new = accounts::NewMember { name: "own", email: &email, role: None, tags: &[] };
                    directory.change(now(), |draft| accounts::create(draft, account(), &new)).is_ok()
                })
            })
            .collect();
        writers.into_iter().map(|writer| usize::from(writer.join().unwrap())).sum()
    });
    assert_eq!((made, directory.snapshot().members_of_organization().len()), (3, 4));
}

/// Many accounts beside the first two, by number.
fn many(directory: &Directory, count: u64) -> Vec<AccountId> {
    let ids: Vec<AccountId> =
        (0..count).map(|number| AccountId::new(300_000_000_000 + number).unwrap()).collect();
    for some in ids.chunks(50) {
        let make = |draft: &mut Draft<'_>| {
            some.iter().try_for_each(|id| plain_accounts::create(draft, *id, "x").map(drop))
        };
        directory.change(now(), make).unwrap();
    }
    ids
}

fn invite(draft: &mut Draft<'_>, invited: AccountId) -> Result<crate::organization::Handshake, Refusal> {
    let invitation = handshakes::Invitation { account: invited, notes: None, tags: &[] };
    handshakes::invite(draft, account(), &invitation)
}

/// Calls a function of many transactions until it is done; says how often.
fn finish(directory: &Directory, mut plan: impl FnMut(&mut Draft<'_>) -> Result<Progress, Refusal>) -> usize {
    (1..).find(|_| directory.change(now(), &mut plan).unwrap().0 == Progress::Done).unwrap()
}

fn wide() -> Limits {
    Limits { invitations_per_day: 1_000, accounts_per_organization: 1_000, ..Limits::default() }
}

#[test]
fn what_an_organization_remembers_is_bounded_by_no_transaction() {
    let directory = started_with(wide());
    let others = many(&directory, 200);
    directory.change(now(), |draft| create(draft, account(), Features::All)).unwrap();
    for other in &others {
        directory.change(now(), |draft| invite(draft, *other)).unwrap();
    }
    // Long after they have ended, they are forgotten a few at a time.
    let later = now() + jiff::SignedDuration::from_hours(24 * 100);
    let left = || directory.snapshot().handshakes().count();
    directory.change(later, |draft| invite(draft, others[0])).unwrap();
    assert_eq!(left(), 200 - 32 + 1);
    assert_eq!(finish(&directory, |draft| clear(draft, account())), 1);
    assert_eq!(left(), 69);
    directory.change(now(), |draft| delete(draft, account())).unwrap();
    assert!(directory.snapshot().organization().is_none());
    assert_reloads(&directory);
}

#[test]
fn an_organization_that_is_not_empty_forgets_nothing() {
    let directory = started_with(wide());
    let others = many(&directory, 120);
    directory.change(now(), |draft| create(draft, account(), Features::All)).unwrap();
    for other in &others {
        directory.change(now(), |draft| invite(draft, *other)).unwrap();
    }
    let root = root(&directory);
    unit(&directory, &root, "left");
    let refused = outcome(&directory, |draft| clear(draft, account()).map(|_| ()));
    assert!(refused.starts_with("OrganizationNotEmptyException"), "{refused}");
    assert_eq!(directory.snapshot().handshakes().count(), 120);
}

/// The state of the handshake by which all features are enabled, and how many parts have each state.
fn enabling(directory: &Directory) -> (HandshakeState, [usize; 3]) {
    use crate::organization::HandshakeAction;
    let snapshot = directory.snapshot();
    let whole =
        snapshot.handshakes().find(|handshake| handshake.action == HandshakeAction::EnableAllFeatures);
    let count = |state| {
        let parts = snapshot.handshakes().filter(|part| part.parent.is_some());
        parts.filter(|part| part.state == state).count()
    };
    let states = [HandshakeState::Open, HandshakeState::Accepted, HandshakeState::Canceled];
    (whole.unwrap().state, states.map(count))
}

/// Accepts the part of a member.
fn agree(draft: &mut Draft<'_>, member: AccountId) -> Result<(), Refusal> {
    let part = |part: &&crate::organization::Handshake| {
        part.parent.is_some() && part.recipient == Some(member) && part.state == HandshakeState::Open
    };
    let id = draft.snapshot().handshakes().find(part).unwrap().id.clone();
    handshakes::accept(draft, member, &id).map(drop)
}

#[test]
fn many_members_can_be_asked_for_all_features() {
    let directory = started_with(wide());
    let others = many(&directory, 150);
    directory.change(now(), |draft| create(draft, account(), Features::ConsolidatedBilling)).unwrap();
    for other in &others {
        let member = |draft: &mut Draft<'_>| {
            let invitation = invite(draft, *other)?;
            handshakes::accept(draft, *other, &invitation.id)
        };
        directory.change(now(), member).unwrap();
    }
    let enable =
        || directory.change(now(), |draft| handshakes::enable_all_features(draft, account())).unwrap().0;
    let whole = enable();
    assert_eq!(enabling(&directory), (HandshakeState::Requested, [64, 0, 0]));
    // Nothing is enabled by those who happen to have been asked.
    for other in &others {
        let asked = directory
            .snapshot()
            .handshakes()
            .any(|part| part.parent.is_some() && part.recipient == Some(*other));
        if asked {
            directory.change(now(), |draft| agree(draft, *other)).unwrap();
        }
    }
    assert_eq!(enabling(&directory), (HandshakeState::Requested, [0, 64, 0]));
    let early = outcome(&directory, |draft| handshakes::accept(draft, account(), &whole.id));
    assert_eq!(early, "InvalidHandshakeTransitionException: The handshake is REQUESTED.");
    assert_eq!(finish(&directory, |draft| handshakes::ask_members(draft, account())), 2);
    assert_eq!(enabling(&directory), (HandshakeState::Requested, [86, 64, 0]));
    assert_eq!(finish(&directory, |draft| handshakes::ask_members(draft, account())), 1);
    assert_eq!(finish(&directory, |draft| handshakes::end_parts(draft, account(), &whole.id)), 2);
    directory.change(now(), |draft| handshakes::decline(draft, account(), &whole.id)).unwrap();
    assert_eq!(enabling(&directory), (HandshakeState::Declined, [0, 64, 86]));
    assert_reloads(&directory);
}

#[test]
fn whoever_joins_meanwhile_has_to_agree_as_well() {
    let third: AccountId = "333333333333".parse().unwrap();
    let directory = started();
    let (whole, _) = directory
        .change(now(), |draft| {
            plain_accounts::create(draft, other(), "other")?;
            plain_accounts::create(draft, third, "third")?;
            create(draft, account(), Features::ConsolidatedBilling)?;
            let first = invite(draft, other())?;
            handshakes::accept(draft, other(), &first.id)?;
            invite(draft, third)?;
            handshakes::enable_all_features(draft, account())
        })
        .unwrap();
    let run =
        |plan: &dyn Fn(&mut Draft<'_>) -> Result<(), Refusal>| assert_eq!(outcome(&directory, plan), "ok");
    let accept_invitation = |draft: &mut Draft<'_>| {
        let view = draft.snapshot();
        let id = view
            .handshakes()
            .find(|one| one.parent.is_none() && one.recipient == Some(third))
            .unwrap()
            .id
            .clone();
        handshakes::accept(draft, third, &id).map(drop)
    };
    run(&|draft| agree(draft, other()));
    assert_eq!(enabling(&directory), (HandshakeState::Open, [0, 1, 0]));
    run(&accept_invitation);
    assert_eq!(enabling(&directory), (HandshakeState::Requested, [1, 1, 0]));
    let early = outcome(&directory, |draft| handshakes::accept(draft, account(), &whole.id));
    assert_eq!(early, "InvalidHandshakeTransitionException: The handshake is REQUESTED.");
    // One who leaves is not waited for.
    run(&|draft| accounts::leave(draft, third));
    assert_eq!(enabling(&directory), (HandshakeState::Open, [1, 1, 0]));
    run(&|draft| handshakes::accept(draft, account(), &whole.id).map(drop));
    assert_eq!(directory.snapshot().organization().unwrap().features, Features::All);
    // A part of something that is over, or forgotten, is answered and no more.
    run(&|draft| {
        draft.delete(Key::Organization(Place::Handshake(whole.id.clone())));
        Ok(())
    });
    run(&|draft| agree(draft, third));
    assert_reloads(&directory);
}

#[test]
fn units_stand_in_each_other_so_deep_and_no_deeper() {
    use crate::snapshot::UNIT_DEPTH_MAX;
    let directory = started_with(Limits { unit_depth: 1_000, ..Limits::default() });
    directory.change(now(), |draft| create(draft, account(), Features::All)).unwrap();
    let mut parent = root(&directory);
    for _ in 0..UNIT_DEPTH_MAX {
        parent = unit(&directory, &parent, "x").id.to_string();
    }
    let refused = outcome(&directory, |draft| units::create(draft, account(), &parent, "x", &[]));
    assert_eq!(
        refused,
        "ConstraintViolationException: You have exceeded the allowed depth of organizational units."
    );
    let new = accounts::NewMember { name: "own", email: "own@example.com", role: None, tags: &[] };
    let (creation, _) = directory.change(now(), |draft| accounts::create(draft, account(), &new)).unwrap();
    let (member, root) = (creation.outcome.unwrap(), root(&directory));
    directory.change(now(), |draft| accounts::relocate(draft, account(), member, &root, &parent)).unwrap();
    assert!(directory.snapshot().guardrails(member, PolicyKind::ServiceControl).unwrap().is_some());
}

#[test]
fn so_many_services_are_trusted() {
    let directory = organized();
    let trust = |draft: &mut Draft<'_>, number: usize| {
        administrators::trust(draft, account(), &format!("s{number}.amazonaws.com"))
    };
    let all = 0..administrators::TRUSTED_SERVICES_MAX;
    directory.change(now(), |draft| all.clone().try_for_each(|number| trust(draft, number))).unwrap();
    let full = "ConstraintViolationException: You have exceeded the allowed 200 services with access to the organization.";
    assert_eq!(outcome(&directory, |draft| trust(draft, 200)), full);
    assert_eq!(outcome(&directory, |draft| trust(draft, 7)), "ok");
}

#[test]
fn targets_are_ordered_by_id() {
    let directory = organized();
    let root = root(&directory);
    let units = ["a", "b", "c"].map(|name| unit(&directory, &root, name).id.to_string());
    join(&directory);
    let snapshot = directory.snapshot();
    let own = snapshot.organization().unwrap();
    let everywhere = policies::targets(&snapshot, &PolicyKind::ServiceControl.everywhere());
    let ids: Vec<String> = everywhere.iter().map(|target| target.id(own)).collect();
    assert!(ids.is_sorted() && ids.len() == 3 + units.len(), "{ids:?}");
}

#[test]
fn requests_to_create_accounts_are_forgotten() {
    let directory = organized();
    let make_at = |seconds: i64| {
        let at = now() + jiff::SignedDuration::from_secs(seconds);
        let new = accounts::NewMember { name: "own", email: "own@example.com", role: None, tags: &[] };
        directory.change(at, |draft| accounts::create(draft, account(), &new)).unwrap().0.id
    };
    let known = |id| directory.snapshot().creation(id).is_some();
    let count = || directory.snapshot().creations().count();
    let ids: Vec<_> = (0..accounts::CREATIONS_MAX as i64).map(make_at).collect();
    assert!(known(&ids[0]) && count() == accounts::CREATIONS_MAX);
    make_at(2_000);
    assert!(!known(&ids[0]) && known(&ids[1]) && count() == accounts::CREATIONS_MAX);
    let later = 90 * 24 * 3_600 + 1;
    make_at(later + 10);
    assert!(ids[..=11].iter().all(|id| !known(id)) && known(&ids[12]));
    make_at(later + 2_000);
    assert!(!known(&ids[43]) && known(&ids[44]));
    assert_reloads(&directory);
}
