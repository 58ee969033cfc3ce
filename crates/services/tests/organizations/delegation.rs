//! The policy by which the organization delegates its administration.

use crate::door::{OTHER, allows};
use crate::world::{EVERYTHING, World};

const NO_PERMISSION: &str = "AccessDeniedException: You don't have permissions to access this resource.";

/// A resource policy that lets principals do actions.
fn lets(principal: &str, actions: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{principal},"Action":{actions},"Resource":"*"}}]}}"#
    )
}

const MEMBER: &str = r#"{"AWS":"222222222222"}"#;

#[test]
fn what_is_delegated_can_be_done() {
    let world = World::joined();
    let member = world.member_admin();
    let nobody = world.door.user_in(OTHER, "nobody", &[]);
    let new = [
        ("Type", "SERVICE_CONTROL_POLICY"),
        ("Name", "of-member"),
        ("Description", ""),
        ("Content", EVERYTHING),
    ];
    world.check(&member, &[("ListAccounts", &[], NO_PERMISSION), ("CreatePolicy", &new, NO_PERMISSION)]);
    let content = lets(MEMBER, r#"["organizations:List*","organizations:CreatePolicy"]"#);
    let put = world.ok("PutResourcePolicy", &[("Content", &content)]);
    world.keep("rp", &put.text("Id"));
    assert_eq!(put.text("Arn"), world.filled("arn:aws:organizations::111111111111:resourcepolicy/{o}/{rp}"));
    assert_eq!(world.ok("DescribeResourcePolicy", &[]).text("Content"), content);
    world.check(
        &member,
        &[
            ("ListAccounts", &[], "ok"),
            ("CreatePolicy", &new, "ok"),
            ("CreateAccount", &[("Email", "a@b.cd"), ("AccountName", "a")], NO_PERMISSION),
        ],
    );
    // Both sides have to allow it.
    let limited = world.door.user_in(OTHER, "limited", &[&allows("organizations:CreatePolicy", "*")]);
    for (keys, operation, reason) in [
        (
            &nobody,
            "ListAccounts",
            "because no identity-based policy allows the organizations:ListAccounts action",
        ),
        (&limited, "ListRoots", "because no identity-based policy allows the organizations:ListRoots action"),
        (
            &member,
            "DescribeResourcePolicy",
            "because no resource-based policy allows the organizations:DescribeResourcePolicy action",
        ),
    ] {
        let refused = world.ask(keys, operation, &[]);
        assert_eq!((refused.status, refused.verdict()), (400, "AccessDeniedException"));
        assert!(refused.message.ends_with(reason), "{}", refused.message);
    }
    world.ok("DeleteResourcePolicy", &[]);
    world.check(&member, &[("ListAccounts", &[], NO_PERMISSION)]);
    let none = "ResourcePolicyNotFoundException: The organization has no resource policy.";
    world.check_admin(&[("DeleteResourcePolicy", &[], none), ("DescribeResourcePolicy", &[], none)]);
}

#[test]
fn what_cannot_be_delegated_is_refused() {
    let world = World::joined();
    let refused = |content: &str, reason: &str| {
        let answer = world.ask(&world.admin, "PutResourcePolicy", &[("Content", content)]);
        assert_eq!((&*answer.code, &*answer.text("Reason")), ("InvalidInputException", reason), "{content}");
    };
    let list = r#""organizations:ListRoots""#;
    refused("{", "INVALID_RESOURCE_POLICY_JSON");
    refused(&lets(r#""*""#, list), "INVALID_PRINCIPAL");
    refused(&lets(r#"{"AWS":"*"}"#, list), "INVALID_PRINCIPAL");
    refused(&lets(r#"{"AWS":"arn:aws:iam::222222222222:user/mia"}"#, list), "INVALID_PRINCIPAL");
    refused(&lets(r#"{"Service":"ec2.amazonaws.com"}"#, list), "INVALID_PRINCIPAL");
    for action in
        ["organizations:CreateAccount", "organizations:*", "*", "iam:ListUsers", "organizations:CreateP*"]
    {
        refused(&lets(MEMBER, &format!(r#""{action}""#)), "UNSUPPORTED_ACTION_IN_RESOURCE_POLICY");
    }
    let tags = ("Tags", r#"json:[{"Key":"a","Value":"b"}]"#);
    let content = lets(MEMBER, list);
    world.ok("PutResourcePolicy", &[("Content", &content), tags]);
    let answer = world.ask(&world.admin, "PutResourcePolicy", &[("Content", &content), tags]);
    assert_eq!(answer.verdict(), "InvalidInputException");
    let id = world.ok("PutResourcePolicy", &[("Content", &content)]).text("Id");
    assert_eq!(world.ok("ListTagsForResource", &[("ResourceId", &id)]).text("Key"), "a");
}
