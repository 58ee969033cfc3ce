//! What an account asks of its users' passwords.

use crate::door::{Door, MANAGEMENT};
use crate::{check, send};

const WEAK: &str = "400 PasswordPolicyViolation: Password does not conform to the account password policy.";

#[test]
fn a_policys_life() {
    let door = Door::new();
    let root = door.root();
    let none =
        format!("404 NoSuchEntity: The Password Policy with domain name {MANAGEMENT} cannot be found.");
    let nothing_to_delete = "404 NoSuchEntity: The account policy with name PasswordPolicy cannot be found.";
    check(
        &door,
        &root,
        &[
            ("GetAccountPasswordPolicy", &none),
            ("DeleteAccountPasswordPolicy", nothing_to_delete),
            (
                "UpdateAccountPasswordPolicy MinimumPasswordLength=12 RequireSymbols=true RequireNumbers=true RequireUppercaseCharacters=true RequireLowercaseCharacters=true AllowUsersToChangePassword=true MaxPasswordAge=90 PasswordReusePrevention=24 HardExpiry=true",
                "ok",
            ),
        ],
    );
    let shown = send(&door, &root, "GetAccountPasswordPolicy").ok();
    for (name, value) in [
        ("MinimumPasswordLength", "12"),
        ("RequireSymbols", "true"),
        ("RequireNumbers", "true"),
        ("RequireUppercaseCharacters", "true"),
        ("RequireLowercaseCharacters", "true"),
        ("AllowUsersToChangePassword", "true"),
        ("ExpirePasswords", "true"),
        ("MaxPasswordAge", "90"),
        ("PasswordReusePrevention", "24"),
        ("HardExpiry", "true"),
    ] {
        assert_eq!(shown.text(name), value, "{name}");
    }
    // What is left out goes back to its default.
    send(&door, &root, "UpdateAccountPasswordPolicy RequireNumbers=true").ok();
    let shown = send(&door, &root, "GetAccountPasswordPolicy").ok();
    for (name, value) in [
        ("MinimumPasswordLength", "6"),
        ("RequireSymbols", "false"),
        ("RequireNumbers", "true"),
        ("RequireUppercaseCharacters", "false"),
        ("RequireLowercaseCharacters", "false"),
        ("AllowUsersToChangePassword", "false"),
        ("ExpirePasswords", "false"),
    ] {
        assert_eq!(shown.text(name), value, "{name}");
    }
    for name in ["MaxPasswordAge", "PasswordReusePrevention", "HardExpiry"] {
        assert!(!shown.has(name), "{name}");
    }
    check(
        &door,
        &door.other_root(),
        &[("GetAccountPasswordPolicy", &none.replace(MANAGEMENT, crate::door::OTHER))],
    );
    check(
        &door,
        &root,
        &[
            ("DeleteAccountPasswordPolicy", "ok"),
            ("DeleteAccountPasswordPolicy", nothing_to_delete),
            ("GetAccountPasswordPolicy", &none),
        ],
    );
}

#[test]
fn what_the_model_bounds() {
    let door = Door::new();
    for (request, at) in [
        ("MinimumPasswordLength=5", "minimumPasswordLength"),
        ("MinimumPasswordLength=129", "minimumPasswordLength"),
        ("MaxPasswordAge=0", "maxPasswordAge"),
        ("MaxPasswordAge=1096", "maxPasswordAge"),
        ("PasswordReusePrevention=0", "passwordReusePrevention"),
        ("PasswordReusePrevention=25", "passwordReusePrevention"),
    ] {
        let answer = send(&door, &door.root(), &format!("UpdateAccountPasswordPolicy {request}"));
        assert_eq!((answer.status, answer.verdict()), (400, "ValidationError"), "{request}");
        assert!(answer.message.contains(&format!("'{at}'")), "{}", answer.message);
    }
}

#[test]
fn it_holds_for_every_new_password() {
    let door = Door::new();
    let root = door.root();
    let ana = door.user("ana", &[crate::door::ALLOW_ALL]);
    check(
        &door,
        &root,
        &[
            (
                "UpdateAccountPasswordPolicy MinimumPasswordLength=10 RequireNumbers=true PasswordReusePrevention=1",
                "ok",
            ),
            ("CreateLoginProfile UserName=ana Password=tooshort1", WEAK),
            ("CreateLoginProfile UserName=ana Password=longenough", WEAK),
            ("CreateLoginProfile UserName=ana Password=longenough1", "ok"),
            ("UpdateLoginProfile UserName=ana Password=longenough1", WEAK),
        ],
    );
    check(
        &door,
        &ana,
        &[
            ("ChangePassword OldPassword=longenough1 NewPassword=longenough1", WEAK),
            ("ChangePassword OldPassword=longenough1 NewPassword=longenough2", "ok"),
            ("ChangePassword OldPassword=longenough2 NewPassword=longenough1", WEAK),
            ("ChangePassword OldPassword=longenough2 NewPassword=longenough3", "ok"),
            ("ChangePassword OldPassword=longenough3 NewPassword=longenough1", "ok"),
        ],
    );
}
