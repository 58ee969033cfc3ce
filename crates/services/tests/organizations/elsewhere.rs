//! What AWS has beside this server: GovCloud, billing, and management policies. Each is refused as AWS refuses whoever has
//! none of it.

use crate::door::{Keys, OTHER, allows};
use crate::world::World;

const NO_POLICY: &str = "EffectivePolicyNotFoundException: There is no effective policy of this type.";
const NO_TRANSFER: &str =
    "ResponsibilityTransferNotFoundException: You specified a transfer that doesn't exist.";
const NO_ORGANIZATION: &str =
    "AWSOrganizationsNotInUseException: Your account is not a member of an organization.";
const NO_PERMISSION: &str = "AccessDeniedException: You don't have permissions to access this resource.";
const TAG_POLICY: (&str, &str) = ("PolicyType", "TAG_POLICY");
const BILLING: (&str, &str) = ("Type", "BILLING");
const TRANSFER: (&str, &str) = ("Id", "rt-12345678");
const INVITED: [(&str, &str); 4] = [
    BILLING,
    ("Target", r#"json:{"Type":"ACCOUNT","Id":"444444444444"}"#),
    ("StartTimestamp", "json:1798761600"),
    ("SourceName", "transfer"),
];
const GOVERNED: [(&str, &str); 2] = [("AccountName", "gov"), ("Email", "gov@example.com")];

/// Every request with what the management account is answered.
fn check(world: &World, keys: &Keys, otherwise: Option<&str>) {
    let expected = |own: &'static str| otherwise.unwrap_or(own).to_owned();
    for (operation, parameters, own) in [
        (
            "CreateGovCloudAccount",
            &GOVERNED[..],
            "ConstraintViolationException: The management account has no associated account in the AWS GovCloud (US) Region.",
        ),
        ("ListAccountsWithInvalidEffectivePolicy", &[TAG_POLICY], NO_POLICY),
        ("ListEffectivePolicyValidationErrors", &[TAG_POLICY, ("AccountId", OTHER)], NO_POLICY),
        (
            "InviteOrganizationToTransferResponsibility",
            &INVITED,
            "HandshakeConstraintViolationException: Billing transfer is not available for this account.",
        ),
        ("DescribeResponsibilityTransfer", &[TRANSFER], NO_TRANSFER),
        ("UpdateResponsibilityTransfer", &[TRANSFER, ("Name", "new")], NO_TRANSFER),
        ("TerminateResponsibilityTransfer", &[TRANSFER], NO_TRANSFER),
        ("ListInboundResponsibilityTransfers", &[BILLING, TRANSFER], NO_TRANSFER),
        ("ListInboundResponsibilityTransfers", &[BILLING], "ok"),
        ("ListOutboundResponsibilityTransfers", &[BILLING, ("MaxResults", "json:1")], "ok"),
    ] {
        world.check(keys, &[(operation, parameters, &expected(own))]);
    }
}

#[test]
fn there_is_none_of_it() {
    let world = World::joined();
    check(&world, &world.admin, None);
    check(&world, &world.member_admin(), Some(NO_PERMISSION));
    world.check_admin(&[
        (
            "ListEffectivePolicyValidationErrors",
            &[TAG_POLICY, ("AccountId", "333333333333")],
            "AccountNotFoundException: You specified an account that doesn't exist.",
        ),
        (
            "ListOutboundResponsibilityTransfers",
            &[BILLING, ("NextToken", "x")],
            "InvalidInputException: You provided an invalid NextToken.",
        ),
    ]);
    for (operation, parameters, reason) in [
        ("CreateGovCloudAccount", &GOVERNED[..], "MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED"),
        ("InviteOrganizationToTransferResponsibility", &INVITED, "TARGET_ACCOUNT_VALIDATION_FAILURE"),
    ] {
        assert_eq!(world.ask(&world.admin, operation, parameters).text("Reason"), reason);
    }
    for operation in ["ListInboundResponsibilityTransfers", "ListOutboundResponsibilityTransfers"] {
        let answer = world.ok(operation, &[BILLING]);
        assert!(answer.has("ResponsibilityTransfers") && !answer.has("NextToken") && !answer.has("Id"));
    }
}

#[test]
fn nor_without_an_organization() {
    let world = World::new();
    check(&world, &world.member_admin(), Some(NO_ORGANIZATION));
}

#[test]
fn tags_are_asked_about() {
    let world = World::new();
    let tags = [("Tags", r#"json:[{"Key":"team","Value":"red"}]"#)];
    let operations =
        [("CreateGovCloudAccount", &GOVERNED[..]), ("InviteOrganizationToTransferResponsibility", &INVITED)];
    for (operation, parameters) in operations {
        let keys = world.door.user(operation, &[&allows(&format!("organizations:{operation}"), "*")]);
        let verdict = |parameters: &[(&str, &str)]| world.ask(&keys, operation, parameters).code;
        assert_ne!(verdict(parameters), "AccessDeniedException");
        assert_eq!(verdict(&[parameters, &tags].concat()), "AccessDeniedException");
    }
}
