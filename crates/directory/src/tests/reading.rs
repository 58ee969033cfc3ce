//! Lists, permissions and the summary.

use std::sync::Arc;

use crate::change::boundaries::{self, Bounded};
use crate::change::{Holder, attachments, groups, inline, users};
use crate::limits::Limits;
use crate::snapshot::Listing;
use crate::testing::*;

#[test]
fn lists_go_page_by_page() {
    let directory = started();
    directory
        .change(now(), |draft| {
            for (text, at) in [("d", "/x/"), ("B", "/x/"), ("a", "/"), ("C", "/x/y/"), ("e", "/z/")] {
                let new = users::NewUser { name: name(text), path: path(at), tags: &[], boundary: None };
                users::create(draft, account(), &new)?;
            }
            Ok(())
        })
        .unwrap();
    let snapshot = directory.snapshot();
    let check = |path_prefix: &str, after: Option<&str>, size: usize, expected: &str, next: Option<&str>| {
        let page = snapshot.users(account(), &Listing { path_prefix, after, size });
        let names: String = page.items.iter().map(|user| user.name.as_str()).collect();
        assert_eq!((names.as_str(), page.next), (expected, next));
    };
    check("/", None, 10, "aBCde", None);
    check("/", None, 5, "aBCde", None);
    check("/", None, 2, "aB", Some("b"));
    check("/", Some("b"), 2, "Cd", Some("d"));
    check("/", Some("d"), 2, "e", None);
    check("/x/", None, 2, "BC", Some("c"));
    check("/x/", Some("c"), 2, "d", None);
    check("/none/", None, 2, "", None);
    assert!(snapshot.users(OTHER.parse().unwrap(), &Listing::ALL).items.is_empty());
}

#[test]
fn permissions_are_gathered_with_their_sources() {
    let directory = started();
    let (user, _) = directory
        .change(now(), |draft| {
            let user = add_user(draft, "bob")?;
            add_group(draft, "g")?;
            for policy in ["mine", "ours", "bound"] {
                add_policy(draft, policy)?;
            }
            groups::add_member(draft, account(), "g", "bob")?;
            attachments::attach(draft, account(), Holder::User("bob"), &policy_arn("mine"))?;
            attachments::attach(draft, account(), Holder::Group("g"), &policy_arn("ours"))?;
            inline::put(draft, account(), Holder::User("bob"), &name("own"), DENY)?;
            inline::put(draft, account(), Holder::Group("g"), &name("shared"), DENY)?;
            boundaries::put(draft, account(), Bounded::User("bob"), &policy_arn("bound"))?;
            Ok(user)
        })
        .unwrap();
    let permissions = directory.snapshot().user_permissions(user.id).unwrap().unwrap();
    let sources: Vec<_> = permissions
        .identity
        .iter()
        .map(|attached| {
            let source = &attached.source;
            (source.name.as_str(), source.arn.is_some(), source.attached_to.rsplit(':').next().unwrap())
        })
        .collect();
    assert_eq!(
        sources,
        [
            ("own", false, "user/bob"),
            ("mine", true, "user/bob"),
            ("shared", false, "group/g"),
            ("ours", true, "group/g"),
        ]
    );
    // Both inline policies say the same, as do both managed ones: each text is compiled once.
    assert!(Arc::ptr_eq(&permissions.identity[0].document, &permissions.identity[2].document));
    assert!(Arc::ptr_eq(&permissions.identity[1].document, &permissions.identity[3].document));
    assert_eq!(permissions.boundary.unwrap().source.arn, Some(policy_arn("bound")));
}

#[test]
fn an_account_in_numbers() {
    let directory = started();
    directory
        .change(now(), |draft| {
            add_user(draft, "u")?;
            add_policy(draft, "p")
        })
        .unwrap();
    let summary = directory.snapshot().account_summary(account(), &Limits::default());
    for (name, value) in [
        ("Users", 1),
        ("Groups", 0),
        ("Policies", 1),
        ("PolicyVersionsInUse", 1),
        ("AccountAccessKeysPresent", 1),
        ("AccountMFAEnabled", 0),
        ("UsersQuota", 5000),
        ("UserPolicySizeQuota", 2048),
        ("VersionsPerPolicyQuota", 5),
    ] {
        assert_eq!(summary.get(name), Some(&value), "{name}");
    }
}
