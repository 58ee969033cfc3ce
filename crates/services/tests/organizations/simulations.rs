//! Simulations see where an account stands in the organization, as requests do.

use crate::door::{ALLOW_ALL, Keys, MANAGEMENT, OTHER};
use crate::world::World;

/// Allows what is asked in, or about, this organization or a place in it.
fn within(key: &str, value: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{{"ForAnyValue:StringLike":{{"{key}":"{value}"}}}}}}}}"#
    )
}

fn simulated(world: &World, keys: &Keys, policy: &str, more: &[(&str, &str)]) -> (String, String) {
    let policy = world.filled(policy);
    let parameters = [("PolicyInputList.member.1", &*policy), ("ActionNames.member.1", "s3:GetObject")];
    let answer = world.door.call(keys, "iam:SimulateCustomPolicy", &[&parameters, more].concat()).ok();
    (answer.text("EvalDecision"), answer.texts("MissingContextValues").concat())
}

#[test]
fn the_callers_place_is_known() {
    let world = World::joined();
    world.unit("{root}", "team");
    world.relocate("{root}", "{team}");
    let member = world.member_admin();
    for (keys, key, value, expected) in [
        (&world.admin, "aws:PrincipalOrgID", "{o}", "allowed"),
        (&world.admin, "aws:PrincipalOrgID", "o-abcdefghij", "implicitDeny"),
        (&world.admin, "aws:PrincipalOrgPaths", "{o}/{root}/*", "allowed"),
        (&world.admin, "aws:PrincipalOrgPaths", "{o}/{root}/{team}/*", "implicitDeny"),
        (&member, "aws:PrincipalOrgPaths", "{o}/{root}/{team}/*", "allowed"),
        (&world.admin, "aws:ResourceOrgID", "{o}", "allowed"),
        (&member, "aws:ResourceOrgPaths", "{o}/{root}/{team}/*", "allowed"),
    ] {
        let (decision, missing) = simulated(&world, keys, &within(key, value), &[]);
        assert_eq!((decision.as_str(), missing.trim()), (expected, ""), "{key} {value}");
    }
    // What the request says comes first.
    let entry = [
        ("ContextEntries.member.1.ContextKeyName", "aws:PrincipalOrgID"),
        ("ContextEntries.member.1.ContextKeyType", "string"),
        ("ContextEntries.member.1.ContextKeyValues.member.1", "o-abcdefghij"),
    ];
    let (decision, _) =
        simulated(&world, &world.admin, &within("aws:PrincipalOrgID", "o-abcdefghij"), &entry);
    assert_eq!(decision, "allowed");
    let stored = world.door.user("ana", &[&world.filled(&within("aws:PrincipalOrgID", "{o}"))]);
    drop(stored);
    let answer = world.door.call(
        &world.admin,
        "iam:SimulatePrincipalPolicy",
        &[
            ("PolicySourceArn", "arn:aws:iam::111111111111:user/ana"),
            ("ActionNames.member.1", "s3:GetObject"),
        ],
    );
    assert_eq!(answer.ok().text("EvalDecision"), "allowed");
}

#[test]
fn others_places_are_for_the_management_account_to_see() {
    let world = World::joined();
    let member = world.member_admin();
    let everyone = |account: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"AWS":"{account}"}},"Action":"s3:*","Resource":"*"}}}}"#
        )
    };
    for (keys, caller, name, owner, expected) in [
        (&world.admin, MANAGEMENT, "admin", OTHER, "allowed"),
        (&member, OTHER, "mia", MANAGEMENT, "implicitDeny"),
    ] {
        let arn_of_caller = format!("arn:aws:iam::{caller}:user/{name}");
        let arn = format!("arn:aws:sqs:us-east-1:{owner}:queue");
        let policy = everyone(caller);
        let more =
            [("ResourceArns.member.1", &*arn), ("ResourcePolicy", &policy), ("CallerArn", &arn_of_caller)];
        let (open, _) = simulated(&world, keys, ALLOW_ALL, &more);
        assert_eq!(open, "allowed", "{caller}");
        let (decision, missing) = simulated(&world, keys, &within("aws:ResourceOrgID", "{o}"), &more);
        assert_eq!(
            (decision.as_str(), missing.trim().is_empty()),
            (expected, expected == "allowed"),
            "{caller}"
        );
    }
}

#[test]
fn alone_there_is_no_place() {
    let world = World::new();
    let alone = world.member_admin();
    let (decision, missing) = simulated(&world, &alone, &within("aws:PrincipalOrgID", "*"), &[]);
    assert_eq!((decision.as_str(), missing.contains("aws:PrincipalOrgID")), ("implicitDeny", true));
}
