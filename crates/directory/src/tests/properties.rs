//! Any sequence of changes: the snapshot folded from them is the one that loading gives.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::access_key::KeyStatus;
use crate::change::boundaries::{self, Bounded};
use crate::change::keys::{self, KeyHolder};
use crate::change::policies::{self, Standing};
use crate::change::tags::{self as tagging, Tagged};
use crate::change::{Draft, Holder, accounts, attachments, groups, inline, profiles, roles, services, users};
use crate::managed::VersionNumber;
use crate::name::Path;
use crate::refusal::Refusal;
use crate::snapshot::{Entity, Listing, Snapshot};
use crate::testing::*;

/// Few names, so that changes meet; two of them the same but for case.
const NAMES: [&str; 4] = ["a", "A", "b", "c"];

/// One of the operations on some of the names.
fn apply(draft: &mut Draft<'_>, (operation, one, two): (u8, usize, usize)) -> Result<(), Refusal> {
    let (account, one, two) = (account(), NAMES[one], NAMES[two]);
    let holder = [Holder::User(two), Holder::Group(two), Holder::Role(two)][usize::from(operation) % 3];
    let bounded = [Bounded::User(two), Bounded::Role(two)][usize::from(operation) % 2];
    let arn = policy_arn(one);
    let key = draft.snapshot().access_keys_of_user(account, one);
    match operation {
        0 => add_user(draft, one).map(drop),
        1 => add_group(draft, one).map(drop),
        2 => add_role(draft, one, &trusting(&format!(r#""AWS":"arn:aws:iam::{ACCOUNT}:user/{two}""#)))
            .map(drop),
        3 => add_policy(draft, one).map(drop),
        4 => profiles::create(draft, account, name(one), Path::root(), &tags(&[(two, "x")])).map(drop),
        5 => users::delete(draft, account, one),
        6 => groups::delete(draft, account, one),
        7 => roles::delete(draft, account, one),
        8 => policies::delete(draft, account, &arn),
        9 => profiles::delete(draft, account, one),
        10..=12 => attachments::attach(draft, account, holder, &arn),
        13..=15 => attachments::detach(draft, account, holder, &arn),
        16..=18 => inline::put(draft, account, holder, &name(one), ANY),
        19..=21 => inline::delete(draft, account, holder, one),
        22..=23 => boundaries::put(draft, account, bounded, &arn),
        24..=25 => boundaries::delete(draft, account, bounded),
        26..=27 => groups::add_member(draft, account, one, two),
        28 => groups::remove_member(draft, account, one, two),
        29 => profiles::add_role(draft, account, one, two),
        30 => profiles::remove_role(draft, account, one, two),
        31 => keys::create(draft, account, KeyHolder::User(one)).map(drop),
        32 => keys::delete(draft, account, KeyHolder::User(one), &key),
        33 => keys::set_status(draft, account, KeyHolder::User(one), &key, KeyStatus::Inactive),
        34 => policies::create_version(draft, account, &arn, DENY, Standing::Default).map(drop),
        35 => policies::delete_version(draft, account, &arn, VersionNumber(1)),
        36 => policies::choose_default(draft, account, &arn, VersionNumber(1)),
        37 => {
            let update = users::UserUpdate { name: Some(name(two)), path: Some(path("/x/")) };
            users::update(draft, account, one, &update).map(drop)
        }
        38 => {
            let update = groups::GroupUpdate { name: Some(name(two)), path: None };
            groups::update(draft, account, one, &update).map(drop)
        }
        39 => tagging::put(draft, account, Tagged::User(one), &tags(&[(two, "y")])),
        40 => tagging::remove(draft, account, Tagged::User(one), &[two]),
        41 => accounts::put_alias(draft, account, &format!("alias-{}", two.to_lowercase())),
        42 => services::register(draft, account, &format!("{}.example", one.to_lowercase())).map(drop),
        43 => services::rotate(draft, &format!("{}.example", one.to_lowercase())).map(drop),
        _ => accounts::delete_alias(draft, account, &format!("alias-{}", two.to_lowercase())),
    }
}

impl Snapshot {
    /// The first access key of a user; a text that names none if it has none.
    fn access_keys_of_user(&self, account: doorward_policy::AccountId, name: &str) -> String {
        let owner = self.user(account, name).map(|user| crate::access_key::KeyOwner::User(user.id));
        let key = owner.and_then(|owner| self.access_keys(&owner).next().map(|key| key.id.to_string()));
        key.unwrap_or_default()
    }
}

/// Everything that names something names something that is there, and is named by it in turn.
fn assert_sound(snapshot: &Snapshot) {
    for user in snapshot.users(account(), &Listing::ALL).items {
        assert!(snapshot.user_permissions(user.id).unwrap().is_ok());
        assert_eq!(snapshot.entity(user.id), Some(&Entity::User(user.clone().into())));
        for group in &user.groups {
            assert!(snapshot.members(*group).any(|member| member.id == user.id));
        }
    }
    for role in snapshot.roles(account(), &Listing::ALL).items {
        assert!(snapshot.role_permissions(role.id).unwrap().is_ok());
        assert!(snapshot.trust(role).is_ok() && snapshot.trust_text(role).is_ok());
    }
    for policy in snapshot.policies(account(), &Listing::ALL).items {
        assert_eq!(
            snapshot.attachments(account(), policy.id).count(),
            snapshot.attachment_count(account(), policy.id)
        );
        assert!(snapshot.version(policy.id, policy.default_version).is_some());
    }
    for profile in snapshot.profiles(account(), &Listing::ALL).items {
        assert!(profile.role.is_none_or(|role| snapshot.role_with_id(role).is_some()));
    }
}

/// How many operations there are in [`apply`].
const OPERATIONS: u8 = 45;

#[test]
fn folding_changes_is_loading_them() {
    let step = || (0..OPERATIONS, 0..NAMES.len(), 0..NAMES.len());
    let change = prop_oneof![4 => vec(step(), 1), 1 => vec(step(), 2)];
    let succeeded = RefCell::new(BTreeSet::new());
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() });
    let result = runner.run(&vec(change, 1..160), |changes| {
        let directory = started();
        directory.change(now(), |draft| (0..5).try_for_each(|kind| apply(draft, (kind, 0, 0)))).unwrap();
        for change in &changes {
            let plan = |draft: &mut Draft<'_>| change.iter().try_for_each(|step| apply(draft, *step));
            if outcome(&directory, plan) == "ok" {
                succeeded.borrow_mut().extend(change.iter().map(|(operation, ..)| *operation));
            }
        }
        assert_reloads(&directory);
        assert_sound(&directory.snapshot());
        Ok(())
    });
    result.unwrap();
    // Operations that never came about would have shown nothing; a rare one may be missing now and then.
    let succeeded = succeeded.into_inner();
    assert!(succeeded.len() >= usize::from(OPERATIONS) - 5, "only {succeeded:?} came about");
}
