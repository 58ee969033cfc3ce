use std::sync::Barrier;

use super::*;
use crate::change::accounts as plain_accounts;
use crate::directory::Directory;
use crate::limits::Limits;
use crate::organization::{PolicyKind, Unit};
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
