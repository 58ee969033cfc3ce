//! Trusted services and delegated administrators.

use crate::door::{MANAGEMENT, OTHER, allows};
use crate::world::World;

const CONFIG: &str = "config.amazonaws.com";
const NO_PERMISSION: &str = "AccessDeniedException: You don't have permissions to access this resource.";

#[test]
fn services_are_trusted() {
    let world = World::new();
    let unknown = "InvalidInputException: You specified an unrecognized service principal.";
    world.check_admin(&[
        ("EnableAWSServiceAccess", &[("ServicePrincipal", CONFIG)], "ok"),
        ("EnableAWSServiceAccess", &[("ServicePrincipal", CONFIG)], "ok"),
        ("EnableAWSServiceAccess", &[("ServicePrincipal", "cats.example.com")], unknown),
        ("DisableAWSServiceAccess", &[("ServicePrincipal", "cats.example.com")], unknown),
        ("DisableAWSServiceAccess", &[("ServicePrincipal", "sso.amazonaws.com")], "ok"),
    ]);
    world.door.service_in(MANAGEMENT, "cats.example.com");
    world.ok("EnableAWSServiceAccess", &[("ServicePrincipal", "cats.example.com")]);
    let services = world.pages("ListAWSServiceAccessForOrganization", &[], "ServicePrincipal");
    assert_eq!(services, ["cats.example.com", CONFIG]);
    world.ok("DisableAWSServiceAccess", &[("ServicePrincipal", "cats.example.com")]);
    assert_eq!(world.pages("ListAWSServiceAccessForOrganization", &[], "ServicePrincipal"), [CONFIG]);
}

#[test]
fn an_administrator_reads_and_does_not_write() {
    let world = World::joined();
    let member = world.member_admin();
    let request = |account| [("AccountId", account), ("ServicePrincipal", CONFIG)];
    world.check(&member, &[("ListAccounts", &[], NO_PERMISSION), ("ListRoots", &[], NO_PERMISSION)]);
    world.check_admin(&[
        (
            "RegisterDelegatedAdministrator",
            &request(OTHER),
            "ConstraintViolationException: You must enable service access before you register a delegated administrator.",
        ),
        ("EnableAWSServiceAccess", &[("ServicePrincipal", CONFIG)], "ok"),
        (
            "RegisterDelegatedAdministrator",
            &request(MANAGEMENT),
            "ConstraintViolationException: You cannot register master account/yourself as delegated administrator for your organization.",
        ),
        (
            "RegisterDelegatedAdministrator",
            &request("333333333333"),
            "AccountNotFoundException: You specified an account that doesn't exist.",
        ),
        (
            "DeregisterDelegatedAdministrator",
            &request(OTHER),
            "AccountNotRegisteredException: The provided account is not a registered delegated administrator for your organization.",
        ),
        (
            "ListDelegatedServicesForAccount",
            &[("AccountId", OTHER)],
            "AccountNotRegisteredException: The provided account is not a registered delegated administrator for your organization.",
        ),
        ("RegisterDelegatedAdministrator", &request(OTHER), "ok"),
        (
            "RegisterDelegatedAdministrator",
            &request(OTHER),
            "AccountAlreadyRegisteredException: The provided account is already a delegated administrator for your organization.",
        ),
        (
            "DisableAWSServiceAccess",
            &[("ServicePrincipal", CONFIG)],
            "ConstraintViolationException: You must first deregister the delegated administrators of the service.",
        ),
        (
            "RemoveAccountFromOrganization",
            &[("AccountId", OTHER)],
            "ConstraintViolationException: You must first deregister the account as delegated administrator.",
        ),
        (
            "CloseAccount",
            &[("AccountId", OTHER)],
            "ConstraintViolationException: You must first deregister the account as delegated administrator.",
        ),
    ]);
    assert_eq!(world.pages("ListDelegatedAdministrators", &[], "Id"), [OTHER]);
    let other_service = [("ServicePrincipal", "sso.amazonaws.com")];
    assert_eq!(world.pages("ListDelegatedAdministrators", &other_service, "Id"), [""; 0]);
    let services =
        world.pages("ListDelegatedServicesForAccount", &[("AccountId", OTHER)], "ServicePrincipal");
    assert_eq!(services, [CONFIG]);
    let limited = world.door.user_in(OTHER, "limited", &[&allows("organizations:ListRoots", "*")]);
    world.check(&limited, &[("ListRoots", &[], "ok")]);
    assert_eq!(world.ask(&limited, "ListAccounts", &[]).verdict(), "AccessDeniedException");
    world.check(
        &member,
        &[
            ("ListAccounts", &[], "ok"),
            ("ListRoots", &[], "ok"),
            ("DescribeAccount", &[("AccountId", MANAGEMENT)], "ok"),
            ("ListPolicies", &[("Filter", "SERVICE_CONTROL_POLICY")], "ok"),
            ("CreateOrganizationalUnit", &[("ParentId", "{root}"), ("Name", "x")], NO_PERMISSION),
            ("CreateAccount", &[("Email", "a@b.cd"), ("AccountName", "a")], NO_PERMISSION),
            ("AttachPolicy", &[("PolicyId", "p-FullAWSAccess"), ("TargetId", "{root}")], NO_PERMISSION),
        ],
    );
    world.ok("DeregisterDelegatedAdministrator", &request(OTHER));
    world.check(&member, &[("ListAccounts", &[], NO_PERMISSION)]);
}
