//! What is asked to be allowed: actions, resources and condition keys of the service authorization reference.

use crate::door::{MANAGEMENT, OTHER, allows};
use crate::world::{EVERYTHING, World};

/// An operation, its parameters, and the resources that it asks about.
type Asked<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str]);

/// Whoever is allowed exactly this does it; whoever is allowed the same on another resource does not.
#[track_caller]
fn check(world: &World, number: usize, operation: &str, parameters: &[(&str, &str)], resources: &[&str]) {
    let action = format!("organizations:{operation}");
    let statements = |resources: &[String]| -> Vec<String> {
        resources.iter().map(|resource| allows(&action, resource)).collect()
    };
    let exact: Vec<String> = resources.iter().map(|resource| world.filled(resource)).collect();
    for (place, resource) in exact.iter().enumerate() {
        if resource == "*" {
            continue;
        }
        let mut other = exact.clone();
        other[place] = format!("{resource}x");
        let policies = statements(&other);
        let policies: Vec<&str> = policies.iter().map(String::as_str).collect();
        let keys = world.door.user(&format!("other-{number}-{place}"), &policies);
        let refused = world.ask(&keys, operation, parameters);
        assert_eq!(refused.verdict(), "AccessDeniedException", "{operation}");
        assert!(
            refused.message.contains(&format!("perform: {action} on resource: {resource} ")),
            "{}",
            refused.message
        );
    }
    let policies = statements(&exact);
    let policies: Vec<&str> = policies.iter().map(String::as_str).collect();
    let keys = world.door.user(&format!("exact-{number}"), &policies);
    let answer = world.ask(&keys, operation, parameters);
    assert_eq!(answer.outcome(), "ok", "{operation}");
}

#[test]
fn resources_are_those_of_the_reference() {
    const ROOT: &str = "arn:aws:organizations::111111111111:root/{o}/{root}";
    const UNIT: &str = "arn:aws:organizations::111111111111:ou/{o}/{unit}";
    const POLICY: &str = "arn:aws:organizations::111111111111:policy/{o}/service_control_policy/{policy}";
    const ACCOUNT: &str = "arn:aws:organizations::111111111111:account/{o}/111111111111";
    let world = World::new();
    world.unit("{root}", "unit");
    world.control("policy", EVERYTHING);
    let tags = ("Tags", r#"json:[{"Key":"a","Value":""}]"#);
    let to_unit =
        [("AccountId", MANAGEMENT), ("SourceParentId", "{root}"), ("DestinationParentId", "{unit}")];
    let rows: [Asked<'_>; 18] = [
        ("DescribeOrganization", &[], &["*"]),
        ("ListAccounts", &[], &["*"]),
        ("DescribeAccount", &[("AccountId", MANAGEMENT)], &[ACCOUNT]),
        ("ListAccountsForParent", &[("ParentId", "{root}")], &[ROOT]),
        ("ListOrganizationalUnitsForParent", &[("ParentId", "{unit}")], &[UNIT]),
        ("DescribeOrganizationalUnit", &[("OrganizationalUnitId", "{unit}")], &[UNIT]),
        ("UpdateOrganizationalUnit", &[("OrganizationalUnitId", "{unit}"), ("Name", "new")], &[UNIT]),
        ("CreateOrganizationalUnit", &[("ParentId", "{unit}"), ("Name", "inner")], &[UNIT]),
        ("ListParents", &[("ChildId", MANAGEMENT)], &[ACCOUNT]),
        ("MoveAccount", &to_unit, &[ACCOUNT, ROOT, UNIT]),
        ("DescribePolicy", &[("PolicyId", "{policy}")], &[POLICY]),
        ("AttachPolicy", &[("PolicyId", "{policy}"), ("TargetId", "{unit}")], &[POLICY, UNIT]),
        (
            "ListPoliciesForTarget",
            &[("TargetId", MANAGEMENT), ("Filter", "SERVICE_CONTROL_POLICY")],
            &[ACCOUNT],
        ),
        ("ListTargetsForPolicy", &[("PolicyId", "{policy}")], &[POLICY]),
        ("DetachPolicy", &[("PolicyId", "{policy}"), ("TargetId", "{unit}")], &[POLICY, UNIT]),
        ("EnablePolicyType", &[("RootId", "{root}"), ("PolicyType", "RESOURCE_CONTROL_POLICY")], &[ROOT]),
        ("TagResource", &[("ResourceId", "{unit}"), tags], &[UNIT]),
        ("DeletePolicy", &[("PolicyId", "{policy}")], &[POLICY]),
    ];
    for (number, (operation, parameters, resources)) in rows.into_iter().enumerate() {
        check(&world, number, operation, parameters, resources);
    }
}

#[test]
fn policies_are_told_apart_by_type_and_tag() {
    let world = World::new();
    let when = |key: &str, value: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"organizations:*","Resource":"*","Condition":{{"StringEquals":{{"{key}":"{value}"}}}}}}}}"#
        )
    };
    let typed = world.door.user("typed", &[&when("organizations:PolicyType", "SERVICE_CONTROL_POLICY")]);
    assert_eq!(world.ask(&typed, "DescribePolicy", &[("PolicyId", "p-FullAWSAccess")]).verdict(), "ok");
    let other = world.ask(&typed, "DescribePolicy", &[("PolicyId", "p-RCPFullAWSAccess")]);
    assert_eq!(other.verdict(), "AccessDeniedException");
    world.unit("{root}", "red");
    world.unit("{root}", "blue");
    let tags = r#"json:[{"Key":"team","Value":"red"}]"#;
    world.ok("TagResource", &[("ResourceId", "{red}"), ("Tags", tags)]);
    let tagged = world.door.user("tagged", &[&when("aws:ResourceTag/team", "red")]);
    let describe = |unit| world.ask(&tagged, "DescribeOrganizationalUnit", &[("OrganizationalUnitId", unit)]);
    assert_eq!(describe("{red}").verdict(), "ok");
    assert_eq!(describe("{blue}").verdict(), "AccessDeniedException");
    let service = world.door.user("service", &[&when("organizations:ServicePrincipal", "sso.amazonaws.com")]);
    let trust = |name| world.ask(&service, "EnableAWSServiceAccess", &[("ServicePrincipal", name)]);
    assert_eq!(trust("sso.amazonaws.com").verdict(), "ok");
    assert_eq!(trust("config.amazonaws.com").verdict(), "AccessDeniedException");
}

/// Who stands alone learns nothing of an organization: neither by the texts of denials, nor by conditions on its tags.
#[test]
fn strangers_see_nothing() {
    let world = World::new();
    world.unit("{root}", "unit");
    world.control("policy", EVERYTHING);
    let tags = r#"json:[{"Key":"team","Value":"red"}]"#;
    world.ok("TagResource", &[("ResourceId", "{unit}"), ("Tags", tags)]);
    let when = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"organizations:*","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"red"}}}}"#;
    let stranger = world.door.user_in(OTHER, "stranger", &[when]);
    let target = r#"json:{"Type":"ACCOUNT","Id":"222222222222"}"#;
    let sent = world.ok("InviteAccountToOrganization", &[("Target", target)]).text("Id");
    let third = world.ok("CreateAccount", &[("Email", "a@b.cd"), ("AccountName", "a")]).text("AccountId");
    let third = world.door.user_in(&third, "third", &[]);
    for (keys, operation, parameters) in [
        (&stranger, "DescribeOrganizationalUnit", vec![("OrganizationalUnitId", "{unit}")]),
        (&stranger, "DescribePolicy", vec![("PolicyId", "{policy}")]),
        (&stranger, "DescribeAccount", vec![("AccountId", MANAGEMENT)]),
        (&stranger, "ListTagsForResource", vec![("ResourceId", "{unit}")]),
        (&stranger, "ListChildren", vec![("ParentId", "{root}"), ("ChildType", "ACCOUNT")]),
        (&third, "DescribeHandshake", vec![("HandshakeId", &*sent)]),
    ] {
        let refused = world.ask(keys, operation, &parameters);
        assert_eq!(refused.verdict(), "AccessDeniedException", "{operation}");
        assert!(refused.message.contains("on resource: * because"), "{}", refused.message);
    }
}
