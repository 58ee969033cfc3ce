//! Making, showing and deleting the organization.

use crate::door::{Door, MANAGEMENT, OTHER};
use crate::world::World;

#[test]
fn an_organization_begins_with_its_management_account() {
    let world = World::new();
    let shown = world.ok("DescribeOrganization", &[]);
    let (id, root) = (world.filled("{o}"), world.filled("{root}"));
    assert_eq!(shown.text("Id"), id);
    assert_eq!(shown.text("Arn"), format!("arn:aws:organizations::{MANAGEMENT}:organization/{id}"));
    assert_eq!(shown.text("FeatureSet"), "ALL");
    assert_eq!(shown.text("MasterAccountId"), MANAGEMENT);
    assert_eq!(
        shown.text("MasterAccountArn"),
        format!("arn:aws:organizations::{MANAGEMENT}:account/{id}/{MANAGEMENT}")
    );
    assert!(!shown.has("MasterAccountEmail"), "nobody has told one");
    let roots = world.ok("ListRoots", &[]);
    assert_eq!(roots.text("Name"), "Root");
    assert_eq!(roots.text("Arn"), format!("arn:aws:organizations::{MANAGEMENT}:root/{id}/{root}"));
    assert_eq!(roots.texts("Type"), ["SERVICE_CONTROL_POLICY"]);
    let accounts = world.ok("ListAccounts", &[]);
    assert_eq!(accounts.texts("Id"), [MANAGEMENT]);
    assert_eq!(accounts.text("JoinedMethod"), "INVITED");
    assert_eq!(accounts.text("JoinedTimestamp"), "1795341600");
    assert_eq!(accounts.text("Paths"), format!("<member>{id}/{root}/{MANAGEMENT}/</member>"));
}

#[test]
fn one_organization_in_one_installation() {
    let world = World::new();
    world.check_admin(&[(
        "CreateOrganization",
        &[],
        "AlreadyInOrganizationException: The provided account is already a member of an organization.",
    )]);
    world.check(
        &world.door.other_root(),
        &[(
            "CreateOrganization",
            &[],
            "AccessDeniedException: Only the management account of this installation can create its organization.",
        )],
    );
}

#[test]
fn without_an_organization_there_is_nothing() {
    let door = Door::new();
    let root = door.root();
    let not_in_use =
        "400 AWSOrganizationsNotInUseException: Your account is not a member of an organization.";
    for (operation, parameters) in [
        ("DescribeOrganization", &[][..]),
        ("DeleteOrganization", &[]),
        ("LeaveOrganization", &[]),
        ("ListAccounts", &[]),
        ("ListRoots", &[]),
        ("ListPolicies", &[("Filter", "SERVICE_CONTROL_POLICY")]),
        ("DescribeAccount", &[("AccountId", MANAGEMENT)]),
        ("CreateAccount", &[("Email", "a@example.com"), ("AccountName", "a")]),
        ("CreateOrganizationalUnit", &[("ParentId", "r-abcd"), ("Name", "a")]),
        ("TagResource", &[("ResourceId", "r-abcd"), ("Tags", r#"json:[{"Key":"a","Value":""}]"#)]),
    ] {
        door.call(&root, &format!("organizations:{operation}"), parameters).refused(not_in_use);
    }
    // Handshakes concern accounts that stand alone.
    let handshakes = door.call(&root, "organizations:ListHandshakesForAccount", &[]).ok();
    assert!(handshakes.texts("member").is_empty());
    door.call(&root, "organizations:DescribeHandshake", &[("HandshakeId", "h-12345678")])
        .refused("400 HandshakeNotFoundException: You specified a handshake that doesn't exist.");
}

#[test]
fn an_empty_organization_can_be_deleted() {
    let world = World::new();
    let not_empty = "OrganizationNotEmptyException: To delete an organization you must first remove all member accounts (except the master).";
    world.unit("{root}", "unit");
    world.check_admin(&[("DeleteOrganization", &[], not_empty)]);
    world.ok("DeleteOrganizationalUnit", &[("OrganizationalUnitId", "{unit}")]);
    world.join();
    world.check_admin(&[
        ("DeleteOrganization", &[], not_empty),
        ("RemoveAccountFromOrganization", &[("AccountId", OTHER)], "ok"),
        ("DeleteOrganization", &[], "ok"),
        (
            "DescribeOrganization",
            &[],
            "AWSOrganizationsNotInUseException: Your account is not a member of an organization.",
        ),
        ("CreateOrganization", &[], "ok"),
    ]);
    assert_eq!(world.ok("ListHandshakesForOrganization", &[]).texts("Id"), [""; 0]);
}

#[test]
fn bad_input_is_refused_with_its_reason() {
    let world = World::new();
    let refused = |operation: &str, parameters: &[(&str, &str)], reason: &str, text: &str| {
        let answer = world.ask(&world.admin, operation, parameters);
        assert_eq!(
            (answer.status, &*answer.code, &*answer.text("Reason")),
            (400, "InvalidInputException", reason)
        );
        assert!(answer.message.starts_with(text), "{}", answer.message);
    };
    refused(
        "DescribeAccount",
        &[("AccountId", "12")],
        "INVALID_PATTERN",
        "You provided a value that does not match the required pattern.",
    );
    refused(
        "DescribeAccount",
        &[],
        "INPUT_REQUIRED",
        "You must include a value for all required parameters.",
    );
    refused("ListAccounts", &[("MaxResults", "json:21")], "MAX_VALUE_EXCEEDED", "You provided a numeric");
    refused(
        "ListAccounts",
        &[("NextToken", "x")],
        "INVALID_NEXT_TOKEN",
        "You provided an invalid NextToken.",
    );
    refused("ListPolicies", &[("Filter", "CAT_POLICY")], "INVALID_ENUM", "You specified an invalid value.");
    let strange = world.ask(&world.admin, "ListAccounts", &[("Cats", "1")]);
    assert_eq!((strange.status, &*strange.code), (400, "SerializationException"));
}
