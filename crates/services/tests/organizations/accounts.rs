//! Creating, removing and closing accounts.

use doorward_directory::Limits;

use crate::door::{ALLOW_ALL, MANAGEMENT, OTHER, allows, trusts};
use crate::world::World;

const NO_ACCOUNT: &str = "AccountNotFoundException: You specified an account that doesn't exist.";

fn new<'a>(email: &'a str, name: &'a str) -> [(&'a str, &'a str); 2] {
    [("Email", email), ("AccountName", name)]
}

#[test]
fn an_account_is_created_and_entered() {
    let world = World::new();
    let status = world.ok("CreateAccount", &new("dev@example.com", "dev"));
    assert_eq!(
        (status.text("State"), status.text("AccountName")),
        ("SUCCEEDED".to_owned(), "dev".to_owned())
    );
    let account = status.text("AccountId");
    let shown = world.ok("DescribeAccount", &[("AccountId", &account)]);
    assert_eq!(shown.text("Email"), "dev@example.com");
    assert_eq!(
        (shown.text("JoinedMethod"), shown.text("Status"), shown.text("State"), shown.text("Name")),
        ("CREATED".to_owned(), "ACTIVE".to_owned(), "ACTIVE".to_owned(), "dev".to_owned())
    );
    let role = format!("arn:aws:iam::{account}:role/OrganizationAccountAccessRole");
    let session = world.door.assume(&world.admin, &role);
    world.door.call(&session, "iam:CreateUser", &[("UserName", "first")]).ok();
    let user = world.door.call(&session, "iam:GetUser", &[("UserName", "first")]).ok();
    assert_eq!(user.text("Arn"), format!("arn:aws:iam::{account}:user/first"));
    // Nobody else enters.
    let stranger = world.door.user_in(OTHER, "stranger", &[ALLOW_ALL]);
    let refused =
        world.door.call(&stranger, "sts:AssumeRole", &[("RoleArn", &role), ("RoleSessionName", "session")]);
    assert_eq!(refused.verdict(), "AccessDenied");

    let id = status.text("Id");
    let again = world.ok("DescribeCreateAccountStatus", &[("CreateAccountRequestId", &id)]);
    assert_eq!(again.text("AccountId"), account);
    let named = [("RoleName", "Enter"), ("Email", "x@example.com"), ("AccountName", "x")];
    let account = world.ok("CreateAccount", &named).text("AccountId");
    world.door.assume(&world.admin, &format!("arn:aws:iam::{account}:role/Enter"));
}

#[test]
fn accounts_that_are_not_created() {
    let world = World::of("ALL", Limits { accounts_per_organization: 3, ..Limits::default() });
    world.ok("CreateAccount", &new("dev@example.com", "dev"));
    let twice = world.ok("CreateAccount", &new("DEV@example.com", "again"));
    assert_eq!(
        (twice.text("State"), twice.text("FailureReason")),
        ("FAILED".to_owned(), "EMAIL_ALREADY_EXISTS".to_owned())
    );
    assert!(!twice.has("AccountId"));
    let failed = [("States", r#"json:["FAILED"]"#)];
    assert_eq!(world.ok("ListCreateAccountStatus", &failed).texts("Id"), [twice.text("Id")]);
    assert_eq!(world.pages("ListCreateAccountStatus", &[], "Id").len(), 2);
    world.check_admin(&[
        (
            "CreateAccount",
            &[("Email", "a@b.cd"), ("AccountName", "a"), ("RoleName", "AWSServiceRoleForCats")],
            "InvalidInputException: A role name cannot begin with the reserved prefix AWSServiceRoleFor.",
        ),
        (
            "CreateAccount",
            &[("Email", "a@b.cd"), ("AccountName", "a"), ("IamUserAccessToBilling", "DENY")],
            "InvalidInputException: IamUserAccessToBilling must be ALLOW: this server has no billing to close.",
        ),
        ("CreateAccount", &[("Email", "a@b.cd"), ("AccountName", "a"), ("IamUserAccessToBilling", "ALLOW")], "ok"),
        (
            "CreateAccount",
            &new("c@b.cd", "c"),
            "ConstraintViolationException: You have exceeded the allowed number of AWS accounts.",
        ),
        (
            "DescribeCreateAccountStatus",
            &[("CreateAccountRequestId", "car-12345678")],
            "CreateAccountStatusNotFoundException: You specified a create account request that doesn't exist.",
        ),
        ("DescribeAccount", &[("AccountId", "333333333333")], NO_ACCOUNT),
        // It exists, and stands alone.
        ("DescribeAccount", &[("AccountId", OTHER)], NO_ACCOUNT),
    ]);
}

#[test]
fn accounts_leave() {
    let world = World::joined();
    let stays =
        "MasterCannotLeaveOrganizationException: The management account cannot leave its organization.";
    let member = world.member_admin();
    world.check_admin(&[
        ("RemoveAccountFromOrganization", &[("AccountId", MANAGEMENT)], stays),
        ("LeaveOrganization", &[], stays),
        ("RemoveAccountFromOrganization", &[("AccountId", "333333333333")], NO_ACCOUNT),
        ("RemoveAccountFromOrganization", &[("AccountId", OTHER)], "ok"),
        ("RemoveAccountFromOrganization", &[("AccountId", OTHER)], NO_ACCOUNT),
    ]);
    world.join();
    world.check(
        &member,
        &[
            ("LeaveOrganization", &[], "ok"),
            (
                "LeaveOrganization",
                &[],
                "AWSOrganizationsNotInUseException: Your account is not a member of an organization.",
            ),
        ],
    );
}

#[test]
fn nobody_enters_a_closed_account() {
    let world = World::joined();
    let member = world.member_admin();
    let role = world.door.role_in(OTHER, "role", &trusts("arn:aws:iam::111111111111:root"), &[ALLOW_ALL]);
    let session = world.door.assume(&world.admin, &role);
    world.door.call(&session, "iam:ListUsers", &[]).ok();
    let enter = |role: &str| {
        let ask = [("RoleArn", role), ("RoleSessionName", "session")];
        world.door.call(&world.admin, "sts:AssumeRole", &ask).outcome().replace(role, "ROLE")
    };
    world.check_admin(&[
        (
            "CloseAccount",
            &[("AccountId", MANAGEMENT)],
            "ConstraintViolationException: You cannot close the management account.",
        ),
        ("CloseAccount", &[("AccountId", "333333333333")], NO_ACCOUNT),
        ("CloseAccount", &[("AccountId", OTHER)], "ok"),
        (
            "CloseAccount",
            &[("AccountId", OTHER)],
            "AccountAlreadyClosedException: The provided account is already closed.",
        ),
        (
            "RemoveAccountFromOrganization",
            &[("AccountId", OTHER)],
            "ConstraintViolationException: You cannot remove a closed account from its organization.",
        ),
    ]);
    assert_eq!(world.ok("DescribeAccount", &[("AccountId", OTHER)]).text("State"), "SUSPENDED");
    for keys in [&member, &session, &world.door.other_root()] {
        let answer = world.door.call(keys, "iam:ListUsers", &[]);
        assert_eq!(answer.verdict(), "InvalidClientTokenId");
        assert_eq!(world.ask(keys, "DescribeOrganization", &[]).verdict(), "UnrecognizedClientException");
    }
    let none = enter(&format!("arn:aws:iam::{OTHER}:role/none"));
    assert!(none.starts_with("403 AccessDenied"), "{none}");
    assert_eq!(enter(&role), none);
}

/// An account has the service-linked role from when it joins, and the management account when there are all features.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services.html#orgs_integrate_services-using_slrs>
#[test]
fn accounts_have_the_role_of_organizations() {
    let has_role = |world: &World, account: &str| {
        let account = account.parse().unwrap();
        let snapshot = world.door.directory().snapshot();
        let role = snapshot.role(account, "AWSServiceRoleForOrganizations").map(|role| role.arn());
        let expected = format!(
            "arn:aws:iam::{account}:role/aws-service-role/organizations.amazonaws.com/AWSServiceRoleForOrganizations"
        );
        role.map(|role| assert_eq!(role, expected)).is_some()
    };
    for (features, all) in [("ALL", true), ("CONSOLIDATED_BILLING", false)] {
        let world = World::of(features, Limits::default());
        assert_eq!(has_role(&world, MANAGEMENT), all);
        assert!(!has_role(&world, OTHER));
        world.join();
        assert!(has_role(&world, OTHER), "{features}");
        let created = world.ok("CreateAccount", &new("dev@example.com", "dev")).text("AccountId");
        assert!(has_role(&world, &created), "{features}");
    }
    // Who has it already keeps it.
    let world = World::joined();
    let before = world.door.directory().snapshot();
    let id = |snapshot: &doorward_directory::Snapshot| {
        snapshot.role(OTHER.parse().unwrap(), "AWSServiceRoleForOrganizations").unwrap().id
    };
    world.ok("RemoveAccountFromOrganization", &[("AccountId", OTHER)]);
    world.join();
    assert_eq!(id(&before), id(&world.door.directory().snapshot()));
}

/// Where the organization has all features, whoever makes an account join must be allowed to have the role made.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html>
#[test]
fn joining_needs_the_permission_to_make_the_role() {
    let denied = |account: &str| {
        format!(
            "is not authorized to perform: iam:CreateServiceLinkedRole on resource: \
             arn:aws:iam::{account}:role/aws-service-role/organizations.amazonaws.com/AWSServiceRoleForOrganizations \
             because no identity-based policy allows the iam:CreateServiceLinkedRole action"
        )
    };
    for (features, asked) in [("ALL", true), ("CONSOLIDATED_BILLING", false)] {
        let check = |answer: crate::door::Answer, account: &str| {
            if asked {
                assert_eq!(
                    (answer.status, answer.verdict()),
                    (400, "AccessDeniedException"),
                    "{}",
                    answer.xml
                );
                assert!(answer.message.ends_with(&denied(account)), "{}", answer.message);
            } else {
                answer.ok();
            }
        };
        let some = allows("organizations:*", "*");
        let role = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:CreateServiceLinkedRole","Resource":"*","Condition":{"StringEquals":{"iam:AWSServiceName":"organizations.amazonaws.com"}}}}"#;
        let world = World::of(features, Limits::default());
        let (plain, full) = (world.door.user("plain", &[&some]), world.door.user("full", &[&some, role]));
        check(world.ask(&plain, "CreateAccount", &new("a@example.com", "a")), MANAGEMENT);
        world.ask(&full, "CreateAccount", &new("b@example.com", "b")).ok();
        let target = format!(r#"json:{{"Type":"ACCOUNT","Id":"{OTHER}"}}"#);
        world.keep("h", &world.ok("InviteAccountToOrganization", &[("Target", &target)]).text("Id"));
        let plain = world.door.user_in(OTHER, "plain", &[&some]);
        let full = world.door.user_in(OTHER, "full", &[&some, role]);
        check(world.ask(&plain, "AcceptHandshake", &[("HandshakeId", "{h}")]), OTHER);
        let again = world.ask(&full, "AcceptHandshake", &[("HandshakeId", "{h}")]);
        assert_eq!(again.verdict(), if asked { "ok" } else { "HandshakeAlreadyInStateException" });
        world.ok("RemoveAccountFromOrganization", &[("AccountId", OTHER)]);

        let door = crate::door::Door::new();
        let plain = door.user("plain", &[&some]);
        let parameters = [("FeatureSet", features)];
        check(door.call(&plain, "organizations:CreateOrganization", &parameters), MANAGEMENT);
    }
}
