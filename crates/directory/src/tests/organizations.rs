//! Any sequence of changes to the organization: it stays whole, and reads back.

use std::cell::RefCell;
use std::collections::BTreeSet;

use doorward_policy::AccountId;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::change::organization::{
    self, accounts, administrators, delegation, handshakes, policies, tags as tagging, units,
};
use crate::change::{Draft, accounts as plain};
use crate::limits::Limits;
use crate::organization::{Features, HandshakeAction, PolicyKind, Target};
use crate::refusal::Refusal;
use crate::snapshot::Snapshot;
use crate::testing::*;

/// Accounts beside the first.
const ACCOUNTS: [&str; 3] = [OTHER, "333333333333", "444444444444"];
const NAMES: [&str; 3] = ["a", "b", "c"];
const EVERYTHING: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
const DENIAL: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}]}"#;
const SERVICE: &str = "config.amazonaws.com";

/// How many operations there are in [`apply`].
const OPERATIONS: u8 = 25;

/// The ids of all targets: the root first, then units, then members.
fn targets(snapshot: &Snapshot) -> Vec<String> {
    let root = snapshot.organization().map(|own| own.root.to_string());
    let units = snapshot.units().map(|unit| unit.id.to_string());
    root.into_iter()
        .chain(units)
        .chain(snapshot.members_of_organization().map(|member| member.account.to_string()))
        .collect()
}

/// One of the operations on one or two of what there is.
fn apply(draft: &mut Draft<'_>, (operation, one, two): (u8, usize, usize)) -> Result<(), Refusal> {
    let here = account();
    let other: AccountId = ACCOUNTS[one % ACCOUNTS.len()].parse().unwrap();
    let (all, view) = (targets(draft.snapshot()), draft.snapshot());
    let pick = |number: usize| all.get(number % all.len().max(1)).cloned().unwrap_or_default();
    let (target, place) = (pick(one), pick(two));
    let parent = view.member(other).zip(view.organization()).map(|(member, own)| member.parent.id(own));
    let kind = PolicyKind::ALL[two % 2];
    let root = view.organization().map(|own| own.root.to_string()).unwrap_or_default();
    let policy = view
        .control_policies()
        .nth(two % 4)
        .map_or(PolicyKind::ServiceControl.everywhere(), |own| own.id.clone());
    let unit = view.units().nth(one).map(|unit| unit.id.clone());
    let handshake = view.handshakes().nth(two).map(|handshake| (handshake.id.clone(), handshake.recipient));
    match operation {
        0 => organization::create(draft, here, [Features::All, Features::ConsolidatedBilling][one % 2])
            .map(drop),
        1 => organization::delete(draft, here),
        2..=4 => units::create(draft, here, &target, NAMES[two % 3], &[]).map(drop),
        5 => unit.map_or(Ok(()), |unit| units::delete(draft, here, &unit)),
        6 => unit.map_or(Ok(()), |unit| units::rename(draft, here, &unit, Some(NAMES[two % 3])).map(drop)),
        7..=8 => {
            let invitation = handshakes::Invitation { account: other, notes: None, tags: &[] };
            let made = handshakes::invite(draft, here, &invitation)?;
            if two % 2 == 0 { handshakes::accept(draft, other, &made.id).map(drop) } else { Ok(()) }
        }
        9 => handshake.map_or(Ok(()), |(id, recipient)| {
            handshakes::accept(draft, recipient.unwrap_or(here), &id).map(drop)
        }),
        10 => handshake.map_or(Ok(()), |(id, _)| handshakes::cancel(draft, here, &id).map(drop)),
        11 => handshakes::enable_all_features(draft, here).map(drop),
        12..=13 => accounts::relocate(draft, here, other, &parent.unwrap_or_default(), &place),
        14 => accounts::remove(draft, here, other),
        15 => accounts::leave(draft, other),
        16 => {
            let content = if kind == PolicyKind::ServiceControl { EVERYTHING } else { DENIAL };
            let name = NAMES[one % 3];
            let new = policies::NewControlPolicy { kind, name, description: "", content, tags: &[] };
            policies::create(draft, here, &new).map(drop)
        }
        17..=18 => policies::attach(draft, here, &policy, &target),
        19..=20 => policies::detach(draft, here, &policy, &target),
        21 => policies::delete(draft, here, &policy),
        22 => match one % 2 {
            0 => policies::enable_type(draft, here, &root, kind).map(drop),
            _ => policies::disable_type(draft, here, &root, kind).map(drop),
        },
        23 => match (one + two) % 4 {
            0 => administrators::trust(draft, here, SERVICE),
            1 => administrators::register(draft, here, other, SERVICE),
            2 => administrators::deregister(draft, here, other, SERVICE),
            _ => administrators::distrust(draft, here, SERVICE),
        },
        _ => match tagging::Tagged::named(draft.snapshot(), &target) {
            Some(tagged) => tagging::put(draft, here, &tagged, &tags(&[(NAMES[two % 3], "x")])),
            None => delegation::delete(draft, here),
        },
    }
}

/// The rules that span records.
fn assert_sound(snapshot: &Snapshot, limits: &Limits) {
    let Some(own) = snapshot.organization() else {
        assert_eq!((snapshot.units().count(), snapshot.members_of_organization().len()), (0, 0));
        assert_eq!((snapshot.control_policies().len(), snapshot.handshakes().count()), (0, 0));
        return;
    };
    assert!(snapshot.member(own.management_account).is_some());
    let mut names = BTreeSet::new();
    for unit in snapshot.units() {
        let depth = snapshot.units_down_to(&unit.parent).unwrap().len() + 1;
        assert!(depth <= usize::try_from(limits.unit_depth).unwrap());
        assert!(names.insert((unit.parent.clone(), unit.name.clone())), "{} has a namesake", unit.id);
    }
    for member in snapshot.members_of_organization() {
        assert!(snapshot.path_down_to(&member.parent).is_some());
        for kind in PolicyKind::ALL {
            let rails = snapshot.guardrails(member.account, kind).unwrap();
            assert_eq!(rails.is_some(), own.types.of(kind).enabled);
            for level in rails.iter().flat_map(|rails| &rails.levels) {
                assert!((1..=5).contains(&level.policies.len()), "{}", level.target);
            }
        }
        let trusted = |service: &str| own.services.iter().any(|other| *other.service == *service);
        assert!(member.delegated.iter().all(|delegated| trusted(&delegated.service)));
    }
    for kind in PolicyKind::ALL {
        let everywhere = policies::targets(snapshot, &kind.everywhere());
        assert!(own.types.of(kind).enabled || everywhere.is_empty());
        assert!(
            kind != PolicyKind::ResourceControl
                || everywhere.is_empty()
                || everywhere.contains(&Target::Root)
        );
    }
    let parts =
        snapshot.handshakes().filter(|handshake| handshake.action == HandshakeAction::ApproveAllFeatures);
    assert!(parts.into_iter().all(|part| part.parent.is_some()));
}

#[test]
fn an_organization_stays_whole() {
    let step = || (0..OPERATIONS, 0..7_usize, 0..7_usize);
    let change = prop_oneof![4 => vec(step(), 1), 1 => vec(step(), 2)];
    let succeeded = RefCell::new(BTreeSet::new());
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() });
    let limits = Limits { unit_depth: 3, invitations_per_day: 1_000, ..Limits::default() };
    let result = runner.run(&vec(change, 1..120), |changes| {
        let directory = started_with(limits);
        directory
            .change(now(), |draft| {
                for account in ACCOUNTS {
                    plain::create(draft, account.parse().unwrap(), "account")?;
                }
                organization::create(draft, account(), Features::All)
            })
            .unwrap();
        for change in &changes {
            let plan = |draft: &mut Draft<'_>| change.iter().try_for_each(|step| apply(draft, *step));
            if outcome(&directory, plan) == "ok" {
                succeeded.borrow_mut().extend(change.iter().map(|(operation, ..)| *operation));
                assert_sound(&directory.snapshot(), &limits);
            }
        }
        assert_reloads(&directory);
        Ok(())
    });
    result.unwrap();
    let succeeded = succeeded.into_inner();
    assert!(succeeded.len() >= usize::from(OPERATIONS) - 3, "only {succeeded:?} came about");
}
