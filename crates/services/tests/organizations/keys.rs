//! The condition keys that come of an organization.

use crate::door::{Ask, MANAGEMENT, OTHER};
use crate::world::World;

/// A policy that allows everything where the organization's keys are so.
fn when(conditions: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{{conditions}}}}}}}"#
    )
}

#[test]
fn principals_and_resources_know_their_organization() {
    let world = World::joined();
    world.unit("{root}", "a");
    world.relocate("{root}", "{a}");
    let rows = [
        ("mine", OTHER, r#""StringEquals":{"aws:PrincipalOrgID":"{o}"}"#, "ok"),
        ("paths", OTHER, r#""ForAnyValue:StringEquals":{"aws:PrincipalOrgPaths":"{o}/{root}/{a}/"}"#, "ok"),
        ("below", OTHER, r#""ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"{o}/{root}/*"}"#, "ok"),
        ("owner", OTHER, r#""StringEquals":{"aws:ResourceOrgID":"{o}"}"#, "ok"),
        ("owned", OTHER, r#""ForAnyValue:StringEquals":{"aws:ResourceOrgPaths":"{o}/{root}/{a}/"}"#, "ok"),
        ("top", MANAGEMENT, r#""ForAnyValue:StringEquals":{"aws:PrincipalOrgPaths":"{o}/{root}/"}"#, "ok"),
        ("other", OTHER, r#""StringEquals":{"aws:PrincipalOrgID":"o-1234567890"}"#, "AccessDenied"),
        ("none", OTHER, r#""Null":{"aws:PrincipalOrgID":"true"}"#, "AccessDenied"),
    ];
    for (name, account, conditions, expected) in rows {
        let user = world.door.user_in(account, name, &[&when(&world.filled(conditions))]);
        assert_eq!(world.door.call(&user, "iam:ListUsers", &[]).verdict(), expected, "{name}");
    }
    let alone = world.door.user_in(OTHER, "alone", &[&when(r#""Null":{"aws:PrincipalOrgID":"true"}"#)]);
    assert_eq!(world.door.call(&alone, "iam:ListUsers", &[]).verdict(), "AccessDenied");
    world.ok("RemoveAccountFromOrganization", &[("AccountId", OTHER)]);
    assert_eq!(world.door.call(&alone, "iam:ListUsers", &[]).verdict(), "ok");
}

/// A service that acts for a member says for which; whether it is one, the directory knows.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceorgid>
#[test]
fn a_service_acts_for_the_organization() {
    let world = World::joined();
    let service = world.door.service_in(MANAGEMENT, "ci.example.internal");
    let trust = world.filled(
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ci.example.internal"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceOrgID":"{o}"},"ForAnyValue:StringEquals":{"aws:SourceOrgPaths":"{o}/{root}/"}}}}"#,
    );
    let role = world.door.role("role", &trust, &[]);
    let parameters = [("RoleArn", &*role), ("RoleSessionName", "session")];
    let assume = |headers: &[(&str, &str)]| {
        let ask = Ask { headers, ..Ask::of(&service, "sts:AssumeRole", &parameters) };
        world.door.send(&ask).verdict().to_owned()
    };
    assert_eq!(assume(&[("x-amz-source-account", OTHER)]), "ok");
    assert_eq!(assume(&[("x-amz-source-account", "333333333333")]), "AccessDenied");
    assert_eq!(assume(&[]), "AccessDenied");
    world.ok("RemoveAccountFromOrganization", &[("AccountId", OTHER)]);
    assert_eq!(assume(&[("x-amz-source-account", OTHER)]), "AccessDenied");
}
