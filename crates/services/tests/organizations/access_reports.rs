//! Reports of last access over an organization.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateOrganizationsAccessReport.html>

use crate::door::{Answer, MANAGEMENT, OTHER, allows, denies};
use crate::world::World;

/// What this server speaks for.
const SPOKEN: &str = "iam organizations sts";

/// The job of a report that the administrator asks for.
fn job(world: &World, path: &str, policy: Option<&str>) -> String {
    let (path, policy) = (world.filled(path), policy.map(|policy| world.filled(policy)));
    let mut parameters = vec![("EntityPath", &*path)];
    parameters.extend(policy.as_deref().map(|policy| ("OrganizationsPolicyId", policy)));
    world.door.call(&world.admin, "iam:GenerateOrganizationsAccessReport", &parameters).ok().text("JobId")
}

fn read(world: &World, job: &str, more: &[(&str, &str)]) -> Answer {
    let parameters = [&[("JobId", job)], more].concat();
    world.door.call(&world.admin, "iam:GetOrganizationsAccessReport", &parameters).ok()
}

/// The services of a report, or the code of its failure.
fn services(world: &World, path: &str, policy: Option<&str>) -> String {
    let answer = read(world, &job(world, path, policy), &[]);
    if answer.has("Code") {
        assert_eq!(answer.text("JobStatus"), "FAILED");
        assert!(!answer.has("NumberOfServicesAccessible"));
        return answer.text("Code");
    }
    let services = answer.texts("ServiceNamespace");
    assert_eq!(answer.text("JobStatus"), "COMPLETED");
    for element in ["NumberOfServicesAccessible", "NumberOfServicesNotAccessed"] {
        assert_eq!(answer.text(element), services.len().to_string());
    }
    assert!(!answer.has("LastAuthenticatedTime"));
    services.join(" ")
}

/// The other account in a unit in a unit.
fn world() -> World {
    let world = World::joined();
    world.unit("{root}", "outer");
    world.unit("{outer}", "inner");
    world.relocate("{root}", "{inner}");
    world.control("some", r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:*","s3:Get*","ec2:*"],"Resource":"*"}]}"#);
    world.control("less", &denies("ec2:*", "*"));
    world
}

#[test]
fn what_is_let_through_to_an_entity() {
    let world = world();
    let account = format!("{{o}}/{{root}}/{{outer}}/{{inner}}/{OTHER}");
    let management = format!("{{o}}/{{root}}/{MANAGEMENT}");
    let places = ["{o}/{root}", "{o}/{root}/{outer}", "{o}/{root}/{outer}/{inner}/", &account, &management];
    let check = |expected: [&str; 5]| {
        let found = places.map(|path| services(&world, path, None));
        assert_eq!(found, expected);
    };
    check([SPOKEN; 5]);
    world.attach("{some}", "{outer}");
    world.detach("p-FullAWSAccess", "{outer}");
    check([SPOKEN, "ec2 iam s3", "ec2 iam s3", "ec2 iam s3", SPOKEN]);
    world.attach("{less}", "{inner}");
    check([SPOKEN, "ec2 iam s3", "iam s3", "iam s3", SPOKEN]);
    // What is denied in part, or under conditions, may still be used.
    world.control("part", &denies("iam:Create*", "*"));
    world.control("here", &denies("iam:*", "arn:aws:iam::*:role/x"));
    world.control("sometimes", r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}}"#);
    for policy in ["{part}", "{here}", "{sometimes}"] {
        world.attach(policy, OTHER);
    }
    check([SPOKEN, "ec2 iam s3", "iam s3", "iam s3", SPOKEN]);
    world.detach("{part}", OTHER);
    world.control("all-but", r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","NotAction":["s3:*","ec2:Run*"],"Resource":"*"}}"#);
    world.attach("{all-but}", OTHER);
    check([SPOKEN, "ec2 iam s3", "iam s3", "s3", SPOKEN]);
}

#[test]
fn what_one_policy_allows() {
    let world = world();
    let account = format!("{{o}}/{{root}}/{{outer}}/{{inner}}/{OTHER}");
    let management = format!("{{o}}/{{root}}/{MANAGEMENT}");
    world.enable("RESOURCE_CONTROL_POLICY");
    for (path, policy, expected) in [
        ("{o}/{root}", "{some}", "ec2 iam s3"),
        (&account, "{some}", "ec2 iam s3"),
        (&account, "{less}", ""),
        (&account, "p-FullAWSAccess", SPOKEN),
        (&management, "{less}", SPOKEN),
        (&account, "p-nosuch00", "PolicyNotFoundException"),
        (&account, "p-RCPFullAWSAccess", "PolicyNotFoundException"),
    ] {
        assert_eq!(services(&world, path, Some(policy)), expected, "{path} {policy}");
    }
}

#[test]
fn entities_that_are_not_there() {
    let world = world();
    for path in [
        "o-abcdefghij/{root}",
        "{o}/r-abcd",
        "{o}/{root}/{inner}",
        "{o}/{root}/{outer}/ou-abcd-12345678",
        "{o}/{root}/222222222222",
        "{o}/{root}/{outer}/{inner}/333333333333",
        "{o}/{root}/{outer}/{inner}/111111111111",
        "{o}/{root}//{outer}",
    ] {
        assert_eq!(services(&world, path, None), "EntityNotFoundException", "{path}");
    }
    let answer = read(&world, &job(&world, "o-abcdefghij/r-abcd", None), &[]);
    assert_eq!(answer.text("Message"), "The entity o-abcdefghij/r-abcd cannot be found in the organization.");
    world.ok("DisablePolicyType", &[("RootId", "{root}"), ("PolicyType", "SERVICE_CONTROL_POLICY")]);
    assert_eq!(services(&world, "{o}/{root}", None), "PolicyTypeNotEnabledException");
}

#[test]
fn pages_in_both_orders() {
    let world = world();
    world.attach("{some}", "{root}");
    let job = job(&world, "{o}/{root}", None);
    for (order, expected) in [
        ("SERVICE_NAMESPACE_ASCENDING", "ec2,iam organizations,s3 sts"),
        ("SERVICE_NAMESPACE_DESCENDING", "sts,s3 organizations,iam ec2"),
        ("LAST_AUTHENTICATED_TIME_ASCENDING", "ec2,iam organizations,s3 sts"),
        ("LAST_AUTHENTICATED_TIME_DESCENDING", "ec2,iam organizations,s3 sts"),
    ] {
        let mut seen = Vec::new();
        let mut marker: Option<String> = None;
        loop {
            let mut more = vec![("SortKey", order), ("MaxItems", "2")];
            more.extend(marker.as_deref().map(|marker| ("Marker", marker)));
            let answer = read(&world, &job, &more);
            assert_eq!(answer.text("NumberOfServicesAccessible"), "5");
            seen.push(answer.texts("ServiceNamespace").join(","));
            marker = answer.has("Marker").then(|| answer.text("Marker"));
            assert_eq!(answer.text("IsTruncated"), marker.is_some().to_string());
            if marker.is_none() {
                break;
            }
        }
        assert_eq!(seen.join(" "), expected, "{order}");
    }
    for more in [("Marker", "x"), ("SortKey", "NAME")] {
        let parameters = [("JobId", &*job), more];
        let answer = world.door.call(&world.admin, "iam:GetOrganizationsAccessReport", &parameters);
        assert_eq!(answer.verdict(), "ValidationError", "{more:?}");
    }
}

#[test]
fn whoever_asks_may_read_the_organization() {
    let world = world();
    let path = world.filled("{o}/{root}");
    let ask = |name: &str, action: &str| {
        let keys = world.door.user(name, &[&allows("iam:Generate*", "*"), &allows(action, "*")]);
        world.door.call(&keys, "iam:GenerateOrganizationsAccessReport", &[("EntityPath", &path)])
    };
    assert_eq!(ask("reader", "organizations:*").outcome(), "ok");
    ask("other", "organizations:Describe*").refused(
        "403 AccessDenied: User: arn:aws:iam::111111111111:user/other is not authorized to perform: \
         organizations:ListChildren on resource: * because no identity-based policy allows the organizations:ListChildren action",
    );
}
