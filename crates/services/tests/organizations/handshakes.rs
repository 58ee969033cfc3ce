//! Invitations, and enabling all features.

use doorward_directory::Limits;

use crate::door::{ALLOW_ALL, MANAGEMENT, OTHER};
use crate::world::World;

const NO_HANDSHAKE: &str = "HandshakeNotFoundException: You specified a handshake that doesn't exist.";
const OTHER_ACCOUNT: (&str, &str) = ("Target", r#"json:{"Type":"ACCOUNT","Id":"222222222222"}"#);

#[test]
fn an_invitation_is_accepted() {
    let world = World::new();
    let (member, stranger) = (world.member_admin(), world.door.user("nobody", &[]));
    let sent = world.ok(
        "InviteAccountToOrganization",
        &[OTHER_ACCOUNT, ("Notes", "do come"), ("Tags", r#"json:[{"Key":"team","Value":"red"}]"#)],
    );
    world.keep("h", &sent.text("Id"));
    assert_eq!(
        sent.text("Arn"),
        world.filled("arn:aws:organizations::111111111111:handshake/{o}/invite/{h}")
    );
    assert_eq!((sent.text("State"), sent.text("Action")), ("OPEN".to_owned(), "INVITE".to_owned()));
    assert_eq!(sent.text("RequestedTimestamp"), "1795341600");
    assert_eq!(sent.text("ExpirationTimestamp"), (1_795_341_600 + 15 * 86_400).to_string());
    assert!(sent.xml.contains("<Type>NOTES</Type><Value>do come</Value>"), "{}", sent.xml);
    for shown in [
        world.ok("DescribeHandshake", &[("HandshakeId", "{h}")]),
        world.ok("ListHandshakesForOrganization", &[]),
        world.ask(&member, "DescribeHandshake", &[("HandshakeId", "{h}")]).ok(),
        world.ask(&member, "ListHandshakesForAccount", &[]).ok(),
    ] {
        assert_eq!(shown.text("Arn"), sent.text("Arn"));
    }
    world.check_admin(&[
        (
            "InviteAccountToOrganization",
            &[OTHER_ACCOUNT],
            "DuplicateHandshakeException: A handshake with the same action and target already exists.",
        ),
        ("AcceptHandshake", &[("HandshakeId", "{h}")], NO_HANDSHAKE),
        ("AcceptHandshake", &[("HandshakeId", "h-12345678")], NO_HANDSHAKE),
    ]);
    assert_eq!(
        world.ask(&stranger, "AcceptHandshake", &[("HandshakeId", "{h}")]).verdict(),
        "AccessDeniedException"
    );
    world.check(
        &member,
        &[
            ("AcceptHandshake", &[("HandshakeId", "{h}")], "ok"),
            (
                "AcceptHandshake",
                &[("HandshakeId", "{h}")],
                "HandshakeAlreadyInStateException: The handshake is already in the requested state.",
            ),
            (
                "DeclineHandshake",
                &[("HandshakeId", "{h}")],
                "InvalidHandshakeTransitionException: The handshake is ACCEPTED.",
            ),
        ],
    );
    let account = world.ok("DescribeAccount", &[("AccountId", OTHER)]);
    assert_eq!(account.text("JoinedMethod"), "INVITED");
    let tags = world.ok("ListTagsForResource", &[("ResourceId", OTHER)]);
    assert_eq!((tags.text("Key"), tags.text("Value")), ("team".to_owned(), "red".to_owned()));
    world.check_admin(&[(
        "InviteAccountToOrganization",
        &[OTHER_ACCOUNT],
        "HandshakeConstraintViolationException: The account is already a member of an organization.",
    )]);
}

#[test]
fn invitations_end() {
    let world = World::new();
    let member = world.member_admin();
    let invite = || world.keep("h", &world.ok("InviteAccountToOrganization", &[OTHER_ACCOUNT]).text("Id"));
    invite();
    world.check(&member, &[("DeclineHandshake", &[("HandshakeId", "{h}")], "ok")]);
    invite();
    world.check(
        &member,
        &[(
            "CancelHandshake",
            &[("HandshakeId", "{h}")],
            "AWSOrganizationsNotInUseException: Your account is not a member of an organization.",
        )],
    );
    world.check_admin(&[
        ("CancelHandshake", &[("HandshakeId", "{h}")], "ok"),
        (
            "CancelHandshake",
            &[("HandshakeId", "{h}")],
            "HandshakeAlreadyInStateException: The handshake is already in the requested state.",
        ),
    ]);
    world.check(
        &member,
        &[(
            "AcceptHandshake",
            &[("HandshakeId", "{h}")],
            "InvalidHandshakeTransitionException: The handshake is CANCELED.",
        )],
    );
    invite();
    world.door.wait(15 * 86_400);
    world.check(
        &member,
        &[(
            "AcceptHandshake",
            &[("HandshakeId", "{h}")],
            "InvalidHandshakeTransitionException: The handshake is EXPIRED.",
        )],
    );
    let mut states = world.ok("ListHandshakesForOrganization", &[]).texts("State");
    states.sort();
    assert_eq!(states, ["CANCELED", "DECLINED", "EXPIRED"]);
    assert_eq!(world.pages("ListHandshakesForOrganization", &[], "Arn").len(), 3);
    world.door.wait(30 * 86_400);
    assert_eq!(world.ok("ListHandshakesForOrganization", &[]).texts("State"), [""; 0]);
    world.check_admin(&[("DescribeHandshake", &[("HandshakeId", "{h}")], NO_HANDSHAKE)]);
}

#[test]
fn invitations_are_refused() {
    let limits = Limits { invitations_per_day: 1, accounts_per_organization: 3, ..Limits::default() };
    let world = World::of("ALL", limits);
    let party = "InvalidInputException: You can invite only an account of this installation, by its id (type ACCOUNT).";
    let target = |text| [("Target", text)];
    world.check_admin(&[
        ("InviteAccountToOrganization", &target(r#"json:{"Type":"EMAIL","Id":"a@example.com"}"#), party),
        (
            "InviteAccountToOrganization",
            &target(r#"json:{"Type":"ORGANIZATION","Id":"222222222222"}"#),
            party,
        ),
        ("InviteAccountToOrganization", &target(r#"json:{"Type":"ACCOUNT","Id":"333333333333"}"#), party),
        ("InviteAccountToOrganization", &target(r#"json:{"Type":"ACCOUNT","Id":"cats"}"#), party),
    ]);
    world.keep("h", &world.ok("InviteAccountToOrganization", &[OTHER_ACCOUNT]).text("Id"));
    world.check_admin(&[
        ("CreateAccount", &[("Email", "a@b.cd"), ("AccountName", "a")], "ok"),
        (
            "CreateAccount",
            &[("Email", "b@b.cd"), ("AccountName", "b")],
            "ConstraintViolationException: You have exceeded the allowed number of AWS accounts.",
        ),
        ("CancelHandshake", &[("HandshakeId", "{h}")], "ok"),
        (
            "InviteAccountToOrganization",
            &[OTHER_ACCOUNT],
            "HandshakeConstraintViolationException: You have exceeded the allowed number of invitations in one day.",
        ),
    ]);
    world.door.wait(86_400);
    world.ok("InviteAccountToOrganization", &[OTHER_ACCOUNT]);
}

#[test]
fn all_features_need_every_invited_account() {
    let world = World::of("CONSOLIDATED_BILLING", Limits::default());
    world.join();
    let member = world.door.user_in(OTHER, "mia", &[ALLOW_ALL]);
    let whole = world.ok("EnableAllFeatures", &[]);
    world.keep("whole", &whole.text("Id"));
    assert_eq!(
        (whole.text("Action"), whole.text("State")),
        ("ENABLE_ALL_FEATURES".to_owned(), "REQUESTED".to_owned())
    );
    let filter = [("Filter", r#"json:{"ActionType":"APPROVE_ALL_FEATURES"}"#)];
    let part = world.ask(&member, "ListHandshakesForAccount", &filter).ok();
    world.keep("part", &part.texts("Id").pop().unwrap_or_default());
    let arn = part.text("Arn");
    world.keep("part", arn.rsplit_once('/').unwrap().1);
    let pending = "HandshakeConstraintViolationException: The organization is already in the process of enabling all features.";
    world.check_admin(&[
        ("EnableAllFeatures", &[], pending),
        (
            "AcceptHandshake",
            &[("HandshakeId", "{whole}")],
            "InvalidHandshakeTransitionException: The handshake is REQUESTED.",
        ),
    ]);
    world.check(&member, &[("AcceptHandshake", &[("HandshakeId", "{part}")], "ok")]);
    assert_eq!(world.ok("DescribeHandshake", &[("HandshakeId", "{whole}")]).text("State"), "OPEN");
    world.check_admin(&[("AcceptHandshake", &[("HandshakeId", "{whole}")], "ok")]);
    let shown = world.ok("DescribeOrganization", &[]);
    assert_eq!(
        (shown.text("FeatureSet"), shown.text("MasterAccountId")),
        ("ALL".to_owned(), MANAGEMENT.to_owned())
    );
    world.enable("SERVICE_CONTROL_POLICY");
    world.check_admin(&[(
        "EnableAllFeatures",
        &[],
        "HandshakeConstraintViolationException: The organization already has all features enabled.",
    )]);
}

/// Another member, whatever it may do in its own account, sees no handshake that is not for it.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeHandshake.html>
#[test]
fn nobody_else_sees_a_handshake() {
    let world = World::new();
    let target = format!(r#"json:{{"Type":"ACCOUNT","Id":"{OTHER}"}}"#);
    world.keep("h", &world.ok("InviteAccountToOrganization", &[("Target", &target)]).text("Id"));
    let third = world.ok("CreateAccount", &[("Email", "a@b.cd"), ("AccountName", "a")]).text("AccountId");
    let third = world.door.user_in(&third, "third", &[ALLOW_ALL]);
    world.check(&third, &[("DescribeHandshake", &[("HandshakeId", "{h}")], NO_HANDSHAKE)]);
    world.check(&world.member_admin(), &[("DescribeHandshake", &[("HandshakeId", "{h}")], "ok")]);
}
