//! Central access to the root users of member accounts, and the sessions of `AssumeRoot`.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html>

use doorward_directory::change::keys::{self, KeyHolder};
use doorward_directory::change::mfa::{self, MfaHolder};
use doorward_directory::mfa::totp;
use doorward_directory::{Limits, Name, Path};

use crate::door::{ALLOW_ALL, Answer, Keys, MANAGEMENT, OTHER, account, allows, denies, trusting};
use crate::world::{EVERYTHING, World};

const IAM: [(&str, &str); 1] = [("ServicePrincipal", "iam.amazonaws.com")];
const AUDIT: &str = "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials";
const DELETE: &str = "arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials";
const PASSWORD: &str = "arn:aws:iam::aws:policy/root-task/IAMCreateRootUserPassword";
const ROOT: &str = "arn:aws:iam::222222222222:root";
const ENABLE: &str = "EnableOrganizationsRootSessions";
const DISABLE: &str = "DisableOrganizationsRootSessions";
const MANAGE: &str = "EnableOrganizationsRootCredentialsManagement";
const UNMANAGE: &str = "DisableOrganizationsRootCredentialsManagement";
const LIST: &str = "ListOrganizationsFeatures";
const ALL: [&str; 5] = [ENABLE, DISABLE, MANAGE, UNMANAGE, LIST];

/// An organization with a member, and root sessions.
fn world() -> World {
    let world = World::joined();
    world.ok("EnableAWSServiceAccess", &IAM);
    world.door.call(&world.admin, &format!("iam:{ENABLE}"), &[]).ok();
    world
}

fn assume(world: &World, keys: &Keys, target: &str, task: &str, more: &[(&str, &str)]) -> Answer {
    let parameters = [("TargetPrincipal", target), ("TaskPolicyArn.arn", task)];
    world.door.call(keys, "sts:AssumeRoot", &[&parameters, more].concat())
}

/// A session of the member's root user.
fn session(world: &World, task: &str) -> Keys {
    assume(world, &world.admin, OTHER, task, &[]).ok().keys()
}

/// An operation, its parameters, and what is answered.
type Asked<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

/// What each operation answers, in order; without the text of denials.
#[track_caller]
fn check(world: &World, keys: &Keys, rows: &[Asked<'_>]) {
    for (operation, parameters, expected) in rows {
        let outcome = world.door.call(keys, operation, parameters).outcome();
        let shown = outcome.strip_suffix(" action").map_or(&*outcome, |_| "denied");
        let shown = if shown.contains("explicit deny") { "denied" } else { shown };
        assert_eq!(shown, *expected, "{operation} {parameters:?}");
    }
}

#[test]
fn features_are_enabled_and_listed() {
    let world = World::joined();
    let member = world.member_admin();
    let call = |keys: &Keys, operation: &str| world.door.call(keys, &format!("iam:{operation}"), &[]);
    for operation in ALL {
        call(&member, operation).refused(
            "400 AccountNotManagementOrDelegatedAdministratorException: The account is neither the organization's \
             management account nor its delegated administrator for IAM.",
        );
        call(&world.admin, operation).refused(
            "400 ServiceAccessNotEnabledException: The organization has not enabled service access for iam.amazonaws.com.",
        );
    }
    world.ok("EnableAWSServiceAccess", &IAM);
    world.ok("RegisterDelegatedAdministrator", &[IAM[0], ("AccountId", OTHER)]);
    let refused = "400 CallerIsNotManagementAccountException: The account is not the organization's management account.";
    for (keys, operation, expected) in [
        (&world.admin, LIST, ""),
        (&world.admin, ENABLE, "RootSessions"),
        (&world.admin, ENABLE, "RootSessions"),
        (&member, MANAGE, refused),
        (&world.admin, MANAGE, "RootCredentialsManagement,RootSessions"),
        (&member, LIST, "RootCredentialsManagement,RootSessions"),
        (&member, DISABLE, "RootCredentialsManagement"),
        (&member, ENABLE, refused),
        (&member, DISABLE, "RootCredentialsManagement"),
        (&world.admin, LIST, "RootCredentialsManagement"),
        (&world.admin, UNMANAGE, ""),
        (&world.admin, UNMANAGE, ""),
    ] {
        let answer = call(keys, operation);
        if expected == refused {
            answer.refused(refused);
        } else {
            let answer = answer.ok();
            assert_eq!(answer.text("OrganizationId"), world.filled("{o}"));
            assert_eq!(answer.texts("member").join(","), expected, "{operation}");
        }
    }
    // What was enabled is gone with the trust in IAM, and with the organization.
    call(&world.admin, ENABLE).ok();
    world.ok("DeregisterDelegatedAdministrator", &[IAM[0], ("AccountId", OTHER)]);
    world.ok("DisableAWSServiceAccess", &IAM);
    world.ok("EnableAWSServiceAccess", &IAM);
    assert!(!call(&world.admin, LIST).ok().has("member"));
}

#[test]
fn without_an_organization_there_is_nothing_to_enable() {
    let billing = World::of("CONSOLIDATED_BILLING", Limits::default());
    let alone = billing.member_admin();
    for operation in ALL {
        let operation = format!("iam:{operation}");
        billing
            .door
            .call(&alone, &operation, &[])
            .refused("400 OrganizationNotFoundException: The account does not belong to an organization.");
        billing.door.call(&billing.admin, &operation, &[]).refused(
            "400 OrganizationNotInAllFeaturesModeException: The organization does not have all features enabled.",
        );
        let nobody = billing.door.user(&operation.replace(':', "-"), &[]);
        assert_eq!(billing.door.call(&nobody, &operation, &[]).verdict(), "AccessDenied");
    }
}

#[test]
fn a_session_is_the_members_root_user() {
    let world = world();
    for target in [OTHER, ROOT] {
        let answer = assume(&world, &world.admin, target, AUDIT, &[]).ok();
        assert_eq!(answer.text("Expiration"), "2026-11-22T10:15:00Z");
        assert!(!answer.has("SourceIdentity"));
        let who = world.door.call(&answer.keys(), "sts:GetCallerIdentity", &[]).ok();
        assert_eq!(
            (who.text("Arn"), who.text("Account"), who.text("UserId")),
            (ROOT.to_owned(), OTHER.to_owned(), OTHER.to_owned())
        );
    }
    for (seconds, ends) in
        [("900", "2026-11-22T10:15:00Z"), ("60", "2026-11-22T10:01:00Z"), ("0", "2026-11-22T10:00:00Z")]
    {
        let answer = assume(&world, &world.admin, OTHER, AUDIT, &[("DurationSeconds", seconds)]).ok();
        assert_eq!(answer.text("Expiration"), ends);
        let used = world.door.call(&answer.keys(), "iam:GetUser", &[]);
        assert_eq!(used.verdict(), if seconds == "0" { "ExpiredToken" } else { "ok" });
    }
    let caller = world.door.authenticate(&session(&world, AUDIT), "iam").unwrap();
    for (key, value) in [
        ("aws:assumedroot", Some("true")),
        ("aws:principalarn", Some(ROOT)),
        ("aws:principaltype", Some("Account")),
        ("aws:multifactorauthpresent", Some("false")),
        ("aws:sourceidentity", None),
    ] {
        let found = caller.context().value(key).map(|value| format!("{value:?}"));
        assert_eq!(found, value.map(|value| format!("Single({value:?})")), "{key}");
    }
    let root = world.door.authenticate(&world.door.other_root(), "iam").unwrap();
    assert!(root.context().value("aws:assumedroot").is_none());
}

#[test]
fn who_may_assume_root() {
    let world = world();
    let denied = |reason: &str| format!("403 AccessDenied: {reason}");
    let no_policy = |name: &str| {
        denied(&format!(
            "User: arn:aws:iam::111111111111:user/{name} is not authorized to perform: sts:AssumeRoot on resource: \
             {ROOT} because no identity-based policy allows the sts:AssumeRoot action"
        ))
    };
    let condition = |key: &str, value: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"sts:AssumeRoot","Resource":"*","Condition":{{"StringEquals":{{"{key}":"{value}"}}}}}}}}"#
        )
    };
    let user = |name: &str, policy: &str| world.door.user(name, &[policy]);
    let audits = user("audits", &condition("sts:TaskPolicyArn", AUDIT));
    let other = user("other", &allows("sts:AssumeRoot", "arn:aws:iam::333333333333:root"));
    let there = user("there", &condition("aws:ResourceAccount", OTHER));
    let member = world.member_admin();
    let not_administrator = denied(
        "The account is neither the organization's management account nor its delegated administrator for IAM.",
    );
    let no_member = |number: &str| {
        denied(&format!("The account {number} is not an active member account of the organization."))
    };
    let validation = |text: &str| format!("400 ValidationError: {text}");
    for (keys, target, task, expected) in [
        (&audits, OTHER, AUDIT, "ok".to_owned()),
        (&audits, OTHER, DELETE, no_policy("audits")),
        (&there, OTHER, DELETE, "ok".to_owned()),
        (&other, OTHER, AUDIT, no_policy("other")),
        (&world.door.user("nobody", &[]), OTHER, AUDIT, no_policy("nobody")),
        (&world.door.root(), OTHER, AUDIT, denied("AssumeRoot may not be called by root accounts.")),
        (&member, MANAGEMENT, AUDIT, not_administrator.clone()),
        (&member, OTHER, AUDIT, not_administrator),
        (&world.admin, MANAGEMENT, AUDIT, no_member(MANAGEMENT)),
        (&world.admin, "333333333333", AUDIT, no_member("333333333333")),
        (
            &world.admin,
            "arn:aws:iam::222222222222:user/mia",
            AUDIT,
            validation(
                "TargetPrincipal: arn:aws:iam::222222222222:user/mia is neither an account id nor the ARN of an account's root user.",
            ),
        ),
        (
            &world.admin,
            OTHER,
            "arn:aws:iam::aws:policy/AdministratorAccess",
            validation(
                "TaskPolicyArn: arn:aws:iam::aws:policy/AdministratorAccess is not the ARN of a policy for tasks of root users.",
            ),
        ),
        (
            &world.admin,
            OTHER,
            "arn:aws:iam::111111111111:policy/root-task/Own",
            validation(
                "TaskPolicyArn: arn:aws:iam::111111111111:policy/root-task/Own is not the ARN of a policy for tasks of root users.",
            ),
        ),
    ] {
        assert_eq!(assume(&world, keys, target, task, &[]).outcome(), expected, "{target} {task}");
    }
    let long = assume(&world, &world.admin, OTHER, AUDIT, &[("DurationSeconds", "901")]);
    assert_eq!(long.verdict(), "ValidationError");
    let no_task = world.door.call(&world.admin, "sts:AssumeRoot", &[("TargetPrincipal", OTHER)]);
    assert_eq!(no_task.verdict(), "ValidationError");
    // A member that administers IAM may, for others and itself, and never the management account.
    world.ok("RegisterDelegatedAdministrator", &[IAM[0], ("AccountId", OTHER)]);
    assert_eq!(assume(&world, &member, OTHER, AUDIT, &[]).outcome(), "ok");
    assert_eq!(assume(&world, &member, MANAGEMENT, AUDIT, &[]).outcome(), no_member(MANAGEMENT));
    world.door.call(&world.admin, &format!("iam:{DISABLE}"), &[]).ok();
    assert_eq!(
        assume(&world, &world.admin, OTHER, AUDIT, &[]).outcome(),
        denied("The organization has not enabled root sessions.")
    );
}

#[test]
fn an_audit_reads_what_is_the_root_users() {
    let world = world();
    let keys = session(&world, AUDIT);
    let key = world.door.other_root().id;
    check(
        &world,
        &keys,
        &[
            ("iam:GetUser", &[], "ok"),
            ("iam:ListAccessKeys", &[], "ok"),
            ("iam:GetAccessKeyLastUsed", &[("AccessKeyId", &key)], "ok"),
            ("iam:ListSigningCertificates", &[], "ok"),
            ("iam:ListMFADevices", &[], "ok"),
            ("iam:GetAccountSummary", &[], "ok"),
            (
                "iam:GetLoginProfile",
                &[],
                "404 NoSuchEntity: Login Profile for User arn:aws:iam::222222222222:root cannot be found.",
            ),
            ("iam:GetUser", &[("UserName", "mia")], "denied"),
            ("iam:ListUsers", &[], "denied"),
            ("iam:CreateAccessKey", &[], "denied"),
            ("iam:DeleteAccessKey", &[("AccessKeyId", &key)], "denied"),
            ("iam:CreateLoginProfile", &[], "denied"),
            ("iam:DeleteLoginProfile", &[], "denied"),
            ("organizations:DescribeOrganization", &[], "denied"),
        ],
    );
    for operation in
        ["GetSessionToken", "AssumeRole", "AssumeRoot", "GetFederationToken", "GetWebIdentityToken"]
    {
        let answer = world.door.call(&keys, &format!("sts:{operation}"), &[]);
        assert_eq!(
            answer.outcome(),
            format!("403 AccessDenied: Cannot call {operation} with session credentials")
        );
    }
    let refused = world.door.authenticate(&keys, "doorward").map(drop);
    assert_eq!(refused, Err("InvalidClientTokenId"));
}

#[test]
fn credentials_of_the_root_user_are_deleted() {
    let world = world();
    let (root, door) = (world.door.other_root(), &world.door);
    let own = door.change(|draft| keys::create(draft, account(OTHER), KeyHolder::Root)).key.id.to_string();
    let serial = door.change(|draft| {
        let new = mfa::create(draft, account(OTHER), Name::new("root")?, Path::root(), &[])?;
        let code = |steps: i64| new.seed.code(totp::step(draft.now()) + steps);
        let (codes, serial) = ([code(-1), code(0)], new.device.serial_number());
        mfa::enable(draft, account(OTHER), MfaHolder::Root, &serial, [&codes[0], &codes[1]])?;
        Ok(serial)
    });
    let keys = session(&world, DELETE);
    check(
        &world,
        &keys,
        &[
            ("iam:ListAccessKeys", &[], "ok"),
            ("iam:DeleteAccessKey", &[("AccessKeyId", &own)], "ok"),
            (
                "iam:DeleteAccessKey",
                &[("AccessKeyId", &own)],
                &format!("404 NoSuchEntity: The Access Key with id {own} cannot be found"),
            ),
            ("iam:DeleteAccessKey", &[("AccessKeyId", &root.id)], "ok"),
            ("iam:DeactivateMFADevice", &[("SerialNumber", &serial)], "ok"),
            (
                "iam:DeleteLoginProfile",
                &[],
                "404 NoSuchEntity: Login Profile for User arn:aws:iam::222222222222:root cannot be found.",
            ),
            ("iam:DeleteAccessKey", &[("AccessKeyId", &own), ("UserName", "mia")], "denied"),
            ("iam:CreateAccessKey", &[], "denied"),
            ("iam:GetAccountSummary", &[], "denied"),
        ],
    );
    assert_eq!(door.call(&root, "iam:GetUser", &[]).verdict(), "InvalidClientTokenId");
    assert!(!door.call(&keys, "iam:ListAccessKeys", &[]).ok().has("AccessKeyId"));
    assert!(!door.call(&keys, "iam:ListMFADevices", &[]).ok().has("SerialNumber"));
}

#[test]
fn a_password_of_the_root_user_is_not_to_be_had() {
    let world = world();
    let keys = session(&world, PASSWORD);
    check(
        &world,
        &keys,
        &[
            (
                "iam:CreateLoginProfile",
                &[],
                "501 NotImplemented: Passwords of root users are not implemented.",
            ),
            (
                "iam:CreateLoginProfile",
                &[("Password", "a-Password1")],
                "400 ValidationError: Password must be omitted when calling with an AssumeRoot session.",
            ),
            ("iam:CreateLoginProfile", &[("UserName", "mia")], "denied"),
            ("iam:GetUser", &[], "denied"),
        ],
    );
    // Outside such a session the root user must name a user.
    let must = "400 ValidationError: Must specify userName when calling with non-User credentials";
    let serial = [("SerialNumber", "arn:aws:iam::222222222222:mfa/root")];
    check(
        &world,
        &world.door.other_root(),
        &[
            ("iam:CreateLoginProfile", &[("Password", "a-Password1")], must),
            ("iam:GetLoginProfile", &[], must),
            ("iam:DeleteLoginProfile", &[], must),
            ("iam:DeactivateMFADevice", &serial, must),
        ],
    );
}

#[test]
fn the_members_guardrails_bind_it() {
    let world = world();
    let keys = session(&world, AUDIT);
    let assumed = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:AssumedRoot":"true"}}}}"#;
    for (name, policy, verdicts) in [
        ("listing", denies("iam:ListAccessKeys", "*"), ["AccessDenied", "ok", "AccessDenied"]),
        ("assumed", assumed.to_owned(), ["AccessDenied", "AccessDenied", "ok"]),
        ("all", EVERYTHING.to_owned(), ["ok", "ok", "ok"]),
    ] {
        world.control(name, &policy);
        world.attach(&format!("{{{name}}}"), OTHER);
        let found =
            [(&keys, "ListAccessKeys"), (&keys, "GetUser"), (&world.door.other_root(), "ListAccessKeys")]
                .map(|(keys, operation)| {
                    world.door.call(keys, &format!("iam:{operation}"), &[]).verdict().to_owned()
                });
        assert_eq!(found, verdicts, "{name}");
        world.detach(&format!("{{{name}}}"), OTHER);
    }
}

#[test]
fn a_source_identity_stays() {
    let world = world();
    let trust = trusting(r#""AWS":"*""#, r#"["sts:AssumeRole","sts:SetSourceIdentity"]"#);
    let role = world.door.role("operator", &trust, &[ALLOW_ALL]);
    let operator = world.door.assume_with(&world.admin, &role, &[("SourceIdentity", "ana")]);
    let answer = assume(&world, &operator, OTHER, AUDIT, &[]).ok();
    assert_eq!(answer.text("SourceIdentity"), "ana");
    let caller = world.door.authenticate(&answer.keys(), "iam").unwrap();
    assert_eq!(
        caller.session().map(|session| session.expires),
        Some(world.door.now() + jiff::SignedDuration::from_secs(900))
    );
    let found = caller.context().value("aws:sourceidentity").map(|value| format!("{value:?}"));
    assert_eq!(found.as_deref(), Some(r#"Single("ana")"#));
}

#[test]
fn sessions_end_with_what_they_stand_on() {
    type End = fn(&World);
    let ends: [End; 3] = [
        |world| drop(world.door.call(&world.admin, &format!("iam:{DISABLE}"), &[]).ok()),
        |world| drop(world.ok("DisableAWSServiceAccess", &IAM)),
        |world| drop(world.ok("RemoveAccountFromOrganization", &[("AccountId", OTHER)])),
    ];
    for (at, end) in ends.into_iter().enumerate() {
        let world = world();
        let keys = session(&world, AUDIT);
        assert_eq!(world.door.call(&keys, "iam:GetUser", &[]).verdict(), "ok");
        end(&world);
        assert_eq!(world.door.call(&keys, "iam:GetUser", &[]).verdict(), "InvalidClientTokenId", "{at}");
    }
    let world = world();
    let keys = session(&world, AUDIT);
    world.door.wait(900);
    assert_eq!(world.door.call(&keys, "iam:GetUser", &[]).verdict(), "ExpiredToken");
}
