//! Passwords of users.

use doorward_directory::password::Verdict;

use crate::door::{ALLOW_ALL, BEGINNING, Door, MANAGEMENT, account, allows, denies, trusts};
use crate::{check, send};

const WEAK: &str = "400 PasswordPolicyViolation: Password does not conform to the account password policy.";
const NO_USER: &str = "404 NoSuchEntity: The user with name none cannot be found.";
const NO_LOGIN: &str = "404 NoSuchEntity: Login Profile for User Ana cannot be found.";
const NOT_A_USER: &str = "400 ValidationError: Must specify userName when calling with non-User credentials";
const OWN_ONLY: &str = "400 InvalidUserType: Only IAM Users can change their own password";
const WRONG: &str = "403 AccessDenied: The old password was incorrect.";

fn verdict(door: &Door, name: &str, text: &str) -> Verdict {
    let snapshot = door.directory().snapshot();
    let user = snapshot.user(account(MANAGEMENT), name).map(|user| &**user);
    door.directory().verify_password(&snapshot, user, text, door.now()).unwrap()
}

#[test]
fn a_login_profiles_life() {
    let door = Door::new();
    let ana = door.user("Ana", &[ALLOW_ALL]);
    let root = door.root();
    check(
        &door,
        &root,
        &[
            ("GetLoginProfile UserName=ana", NO_LOGIN),
            ("UpdateLoginProfile UserName=ana Password=Right-12", NO_LOGIN),
            ("DeleteLoginProfile UserName=ana", NO_LOGIN),
            ("CreateLoginProfile UserName=ana Password=weak", WEAK),
            (
                "CreateLoginProfile UserName=ana",
                "400 ValidationError: 1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
            ),
        ],
    );
    let made =
        send(&door, &root, "CreateLoginProfile UserName=ana Password=Right-12 PasswordResetRequired=true")
            .ok();
    assert_eq!(made.text("UserName"), "Ana");
    assert_eq!(made.text("CreateDate"), BEGINNING);
    assert_eq!(made.text("PasswordResetRequired"), "true");
    assert!(!made.xml.contains("Right-12"));
    assert_eq!(verdict(&door, "ana", "Right-12"), Verdict::MustChange);
    check(
        &door,
        &root,
        &[(
            "CreateLoginProfile UserName=ANA Password=Right-12",
            "409 EntityAlreadyExists: Login Profile for user Ana already exists.",
        )],
    );
    door.wait(60);
    check(
        &door,
        &root,
        &[
            ("UpdateLoginProfile UserName=ana PasswordResetRequired=false", "ok"),
            ("UpdateLoginProfile UserName=ana Password=weak", WEAK),
            ("UpdateLoginProfile UserName=ana Password=Left-123", "ok"),
            ("UpdateLoginProfile UserName=ana", "ok"),
        ],
    );
    assert_eq!(verdict(&door, "ana", "Right-12"), Verdict::Wrong);
    assert_eq!(verdict(&door, "ana", "Left-123"), Verdict::Right);
    let shown = send(&door, &ana, "GetLoginProfile").ok();
    assert_eq!(
        (shown.text("CreateDate"), shown.text("PasswordResetRequired")),
        (BEGINNING.to_owned(), "false".to_owned())
    );
    let user = send(&door, &ana, "GetUser").ok();
    assert!(!user.has("PasswordLastUsed"), "nobody has signed in");
    send(&door, &ana, "UpdateUser UserName=ana NewUserName=anna").ok();
    assert_eq!(verdict(&door, "anna", "Left-123"), Verdict::Right);
    check(
        &door,
        &root,
        &[
            ("DeleteLoginProfile UserName=anna", "ok"),
            (
                "DeleteLoginProfile UserName=anna",
                "404 NoSuchEntity: Login Profile for User anna cannot be found.",
            ),
        ],
    );
}

#[test]
fn whose_password_a_request_is_about() {
    let door = Door::new();
    let ana = door.user("Ana", &[ALLOW_ALL]);
    let role = door.role("admin", &trusts("arn:aws:iam::111111111111:user/Ana"), &[ALLOW_ALL]);
    let session = door.assume(&ana, &role);
    for keys in [&door.root(), &session] {
        check(
            &door,
            keys,
            &[
                ("CreateLoginProfile Password=Right-12", NOT_A_USER),
                ("GetLoginProfile", NOT_A_USER),
                ("DeleteLoginProfile", NOT_A_USER),
                ("ChangePassword OldPassword=a NewPassword=b", OWN_ONLY),
                ("CreateLoginProfile UserName=none Password=Right-12", NO_USER),
                ("UpdateLoginProfile UserName=none Password=Right-12", NO_USER),
                ("GetLoginProfile UserName=none", NO_USER),
                ("DeleteLoginProfile UserName=none", NO_USER),
            ],
        );
    }
    let elsewhere = "404 NoSuchEntity: The user with name Ana cannot be found.";
    check(
        &door,
        &door.other_root(),
        &[
            ("CreateLoginProfile UserName=Ana Password=Right-12", elsewhere),
            ("GetLoginProfile UserName=Ana", elsewhere),
        ],
    );
    check(
        &door,
        &ana,
        &[
            ("CreateLoginProfile Password=Right-12", "ok"),
            ("GetLoginProfile", "ok"),
            ("ChangePassword OldPassword=Right-12 NewPassword=Left-123", "ok"),
            ("DeleteLoginProfile", "ok"),
            ("ChangePassword OldPassword=Left-123 NewPassword=Right-12", NO_LOGIN),
        ],
    );
}

#[test]
fn permission_is_asked_on_the_user() {
    let door = Door::new();
    for (number, (action, request)) in [
        ("CreateLoginProfile", "CreateLoginProfile UserName=bob Password=Right-12"),
        ("GetLoginProfile", "GetLoginProfile UserName=bob"),
        ("UpdateLoginProfile", "UpdateLoginProfile UserName=bob Password=Left-123"),
        ("DeleteLoginProfile", "DeleteLoginProfile UserName=bob"),
    ]
    .into_iter()
    .enumerate()
    {
        if number == 0 {
            door.user("/team/bob", &[]);
        }
        let bob = "arn:aws:iam::111111111111:user/team/bob";
        let right = door.user(&format!("right{number}"), &[&allows(&format!("iam:{action}"), bob)]);
        let wrong =
            door.user(&format!("wrong{number}"), &[&allows(&format!("iam:{action}"), &format!("{bob}by"))]);
        let denied = format!(
            "403 AccessDenied: User: arn:aws:iam::111111111111:user/wrong{number} is not authorized to perform: iam:{action} on resource: user bob because no identity-based policy allows the iam:{action} action"
        );
        check(&door, &wrong, &[(request, &denied)]);
        check(&door, &right, &[(request, "ok")]);
    }
}

#[test]
fn changing_ones_own_password() {
    let own = allows("iam:ChangePassword", "arn:aws:iam::111111111111:user/${aws:username}");
    let door = Door::new();
    let (ana, bob) = (door.user("ana", &[&own]), door.user("bob", &[]));
    let root = door.root();
    for name in ["ana", "bob"] {
        send(
            &door,
            &root,
            &format!("CreateLoginProfile UserName={name} Password=Right-12 PasswordResetRequired=true"),
        )
        .ok();
    }
    check(
        &door,
        &ana,
        &[
            ("ChangePassword OldPassword=Right-11 NewPassword=Left-123", WRONG),
            ("ChangePassword OldPassword=Right-12 NewPassword=weak", WEAK),
            ("ChangePassword OldPassword=Right-12 NewPassword=Left-123", "ok"),
            ("ChangePassword OldPassword=Right-12 NewPassword=Left-123", WRONG),
        ],
    );
    assert_eq!(verdict(&door, "ana", "Left-123"), Verdict::Right);
    let request = "ChangePassword OldPassword=Right-12 NewPassword=Left-123";
    let denied = "403 AccessDenied: User: arn:aws:iam::111111111111:user/bob is not authorized to perform: iam:ChangePassword on resource: user bob because no identity-based policy allows the iam:ChangePassword action";
    check(&door, &bob, &[(request, denied)]);
    assert_eq!(verdict(&door, "bob", "Right-12"), Verdict::MustChange);
}

#[test]
fn guessing_the_old_password_closes_it_for_a_while() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    send(&door, &ana, "CreateLoginProfile Password=Right-12").ok();
    let right = "ChangePassword OldPassword=Right-12 NewPassword=Left-123";
    for _ in 0..5 {
        send(&door, &ana, "ChangePassword OldPassword=Wrong-12 NewPassword=Left-123").refused(WRONG);
    }
    send(&door, &ana, right).refused(WRONG);
    door.wait(29);
    send(&door, &ana, right).refused(WRONG);
    door.wait(1);
    send(&door, &ana, right).ok();
}

#[test]
fn an_account_may_let_its_users_change_their_passwords() {
    let door = Door::new();
    let root = door.root();
    let never = denies("iam:ChangePassword", "*");
    let (ana, bob, carol) = (door.user("ana", &[]), door.user("bob", &[&never]), door.user("carol", &[]));
    let boundary = door.managed("boundary", &allows("s3:*", "*"));
    send(&door, &root, &format!("PutUserPermissionsBoundary UserName=carol PermissionsBoundary={boundary}"))
        .ok();
    for name in ["ana", "bob", "carol"] {
        send(&door, &root, &format!("CreateLoginProfile UserName={name} Password=Right-12")).ok();
    }
    let verdicts = || {
        [&ana, &bob, &carol].map(|keys| {
            let change = send(&door, keys, "ChangePassword OldPassword=Right-12 NewPassword=Right-12");
            let read = send(&door, keys, "GetAccountPasswordPolicy");
            format!("{} {}", change.verdict(), read.verdict())
        })
    };
    assert_eq!(verdicts(), ["AccessDenied AccessDenied"; 3]);
    send(&door, &root, "UpdateAccountPasswordPolicy MinimumPasswordLength=8").ok();
    assert_eq!(verdicts(), ["AccessDenied AccessDenied"; 3]);
    send(&door, &root, "UpdateAccountPasswordPolicy AllowUsersToChangePassword=true").ok();
    assert_eq!(verdicts(), ["ok ok", "AccessDenied ok", "AccessDenied AccessDenied"]);
    // It grants nothing about others, and nothing to those that are no users.
    check(
        &door,
        &ana,
        &[(
            "UpdateLoginProfile UserName=bob Password=Left-123",
            "403 AccessDenied: User: arn:aws:iam::111111111111:user/ana is not authorized to perform: iam:UpdateLoginProfile on resource: user bob because no identity-based policy allows the iam:UpdateLoginProfile action",
        )],
    );
    let role = door.role("plain", &trusts("arn:aws:iam::111111111111:root"), &[]);
    let session = door.assume(&door.user("dora", &[ALLOW_ALL]), &role);
    assert_eq!(send(&door, &session, "GetAccountPasswordPolicy").verdict(), "AccessDenied");
}
