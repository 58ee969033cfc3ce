//! Second factors at STS: `SerialNumber` and `TokenCode`.

use doorward_services::table::{Parameters, row};
use doorward_wire::answer::Format;
use doorward_wire::form::Form;
use doorward_wire::{Operation as _, iam, sts};

use crate::door::{ALLOW_ALL, Answer, Device, Door, Keys, trusts};
use crate::send;

const WRONG: &str =
    "403 AccessDenied: MultiFactorAuthentication failed with invalid MFA one time pass code. ";
const NOT_THEIRS: &str = "403 AccessDenied: MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.";
const HALF: &str = "403 AccessDenied: MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.";
const TEAM: &str = "arn:aws:iam::111111111111:role/team";

fn token(door: &Door, keys: &Keys, serial: &str, code: &str) -> Answer {
    door.call(keys, "sts:GetSessionToken", &[("SerialNumber", serial), ("TokenCode", code)])
}

fn assume(door: &Door, keys: &Keys, device: &Device, code: &str) -> Answer {
    let parameters = [
        ("RoleArn", TEAM),
        ("RoleSessionName", "session"),
        ("SerialNumber", &*device.serial),
        ("TokenCode", code),
    ];
    door.call(keys, "sts:AssumeRole", &parameters)
}

/// A trust policy that lets the account's users assume the role under a condition.
fn trusting_if(condition: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::111111111111:root"}},"Action":"sts:AssumeRole","Condition":{condition}}}}}"#
    )
}

#[test]
fn a_session_token_with_a_second_factor_opens_iam() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let phone = door.device_of("ana", "phone");
    let code = phone.code(door.now(), 1);
    let session = token(&door, &ana, &phone.serial, &code).ok().keys();
    assert_eq!(send(&door, &session, "ListUsers").verdict(), "ok");
    let without = door.call(&ana, "sts:GetSessionToken", &[]).ok().keys();
    assert_eq!(send(&door, &without, "ListUsers").verdict(), "InvalidClientTokenId");
    // The policies see the second factor, and how long ago it was shown.
    let recent = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"},"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}}}}"#;
    let bob = door.user("bob", &[recent]);
    let tablet = door.device_of("bob", "tablet");
    assert_eq!(send(&door, &bob, "ListUsers").verdict(), "AccessDenied");
    let session = token(&door, &bob, &tablet.serial, &tablet.code(door.now(), 1)).ok().keys();
    assert_eq!(send(&door, &session, "ListUsers").verdict(), "ok");
    door.wait(3_599);
    assert_eq!(send(&door, &session, "ListUsers").verdict(), "ok");
    door.wait(1);
    assert_eq!(send(&door, &session, "ListUsers").verdict(), "AccessDenied");
}

#[test]
fn a_code_counts_once_whatever_it_is_shown_for() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let phone = door.device_of("ana", "phone");
    door.role("team", &trusts("arn:aws:iam::111111111111:root"), &[]);
    let next = |steps| phone.code(door.now(), steps);
    token(&door, &ana, &phone.serial, &next(0)).refused(WRONG);
    let code = next(1);
    token(&door, &ana, &phone.serial, &code).ok();
    token(&door, &ana, &phone.serial, &code).refused(WRONG);
    assume(&door, &ana, &phone, &code).refused(WRONG);
    door.wait(60);
    let (older, newer) = (next(-1), next(0));
    assert_eq!(older, code);
    assume(&door, &ana, &phone, &newer).ok();
    assume(&door, &ana, &phone, &newer).refused(WRONG);
    token(&door, &ana, &phone.serial, &newer).refused(WRONG);
    // What is refused for another reason uses nothing up.
    door.wait(30);
    let code = next(0);
    let parameters = [
        ("RoleArn", TEAM),
        ("RoleSessionName", "session"),
        ("SerialNumber", &*phone.serial),
        ("TokenCode", &*code),
        ("DurationSeconds", "43200"),
    ];
    assert_eq!(door.call(&ana, "sts:AssumeRole", &parameters).verdict(), "ValidationError");
    assume(&door, &ana, &phone, &code).ok();
}

#[test]
fn what_is_no_second_factor() {
    let door = Door::new();
    let (ana, bob) = (door.user("ana", &[ALLOW_ALL]), door.user("bob", &[ALLOW_ALL]));
    let phone = door.device_of("ana", "phone");
    let spare = door.device("spare");
    door.role("team", &trusts("arn:aws:iam::111111111111:root"), &[ALLOW_ALL]);
    let code = phone.code(door.now(), 1);
    for (keys, serial, code, expected) in [
        (&ana, &*phone.serial, "12345x", "ValidationError"),
        (&ana, &*spare.serial, &*spare.code(door.now(), 1), NOT_THEIRS),
        (&bob, &*phone.serial, &*code, NOT_THEIRS),
        (&door.root(), &*phone.serial, &*code, NOT_THEIRS),
        (&door.other_root(), &*phone.serial, &*code, NOT_THEIRS),
        (&ana, "arn:aws:iam::111111111111:mfa/Phone", &*code, NOT_THEIRS),
        (&ana, "arn:aws:iam::111111111111:user/ana", &*code, NOT_THEIRS),
        (&ana, "GAHT12345678", &*code, NOT_THEIRS),
    ] {
        let answer = token(&door, keys, serial, code);
        assert!(
            [answer.outcome(), answer.code.clone()].contains(&expected.to_owned()),
            "{serial}: {}",
            answer.outcome()
        );
    }
    for operation in ["sts:GetSessionToken", "sts:AssumeRole"] {
        let role = [("RoleArn", TEAM), ("RoleSessionName", "session")];
        for half in [("SerialNumber", &*phone.serial), ("TokenCode", &*code)] {
            let mut parameters = if operation == "sts:AssumeRole" { role.to_vec() } else { Vec::new() };
            parameters.push(half);
            door.call(&ana, operation, &parameters).refused(HALF);
        }
    }
    // A session can show none, whoever's it is.
    let session = door.assume(&ana, TEAM);
    assume(&door, &session, &phone, &code).refused(NOT_THEIRS);
    let session = door.call(&ana, "sts:GetSessionToken", &[]).ok().keys();
    assume(&door, &session, &phone, &code).refused(NOT_THEIRS);
    // After all that the code still counts.
    assume(&door, &ana, &phone, &code).ok();
    // A device that was taken away, or whose user is gone, counts for nothing.
    send(&door, &ana, &format!("DeactivateMFADevice SerialNumber={}", phone.serial)).ok();
    door.wait(60);
    token(&door, &ana, &phone.serial, &phone.code(door.now(), 0)).refused(NOT_THEIRS);
}

#[test]
fn a_role_that_asks_for_a_second_factor() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let phone = door.device_of("ana", "phone");
    let plain = [("RoleArn", TEAM), ("RoleSessionName", "session")];
    let present = r#"{"Bool":{"aws:MultiFactorAuthPresent":"true"}}"#;
    let age = |seconds| format!(r#"{{"NumericLessThan":{{"aws:MultiFactorAuthAge":"{seconds}"}}}}"#);
    for condition in [present.to_owned(), age(1)] {
        let role = door.role("team", &trusting_if(&condition), &[ALLOW_ALL]);
        assert_eq!(door.call(&ana, "sts:AssumeRole", &plain).verdict(), "AccessDenied");
        door.wait(60);
        let session = assume(&door, &ana, &phone, &phone.code(door.now(), 0)).ok().keys();
        // The role's own session has shown none.
        assert_eq!(
            door.call(&session, "sts:AssumeRole", &[("RoleArn", &*role), ("RoleSessionName", "session")])
                .verdict(),
            "AccessDenied"
        );
        // A session token that was made with one will do as well, as long as it is fresh.
        door.wait(60);
        let token = token(&door, &ana, &phone.serial, &phone.code(door.now(), 0)).ok().keys();
        assert_eq!(door.call(&token, "sts:AssumeRole", &plain).verdict(), "ok");
        door.wait(10);
        let later = if condition == present { "ok" } else { "AccessDenied" };
        assert_eq!(door.call(&token, "sts:AssumeRole", &plain).verdict(), later);
        send(&door, &door.root(), "DeleteRolePolicy RoleName=team PolicyName=inline-0").ok();
        send(&door, &door.root(), "DeleteRole RoleName=team").ok();
    }
}

#[test]
fn the_root_users_second_factor() {
    let door = Door::new();
    let (root, phone) = (door.root(), door.device("phone"));
    let request = format!(
        "EnableMFADevice UserName=111111111111 SerialNumber={} AuthenticationCode1={} AuthenticationCode2={}",
        phone.serial,
        phone.code(door.now(), -1),
        phone.code(door.now(), 0)
    );
    send(&door, &root, &request).ok();
    let session = token(&door, &root, &phone.serial, &phone.code(door.now(), 1)).ok().keys();
    assert_eq!(send(&door, &session, "ListUsers").verdict(), "ok");
}

#[test]
fn only_what_shows_a_code_waits_for_the_disk() {
    for (shape, body, writes) in [
        (sts::AssumeRole::shape(), "RoleArn=x", false),
        (sts::AssumeRole::shape(), "RoleArn=x&TokenCode=123456", true),
        (sts::AssumeRole::shape(), "TokenCode=1&TokenCode=2", true),
        (sts::GetSessionToken::shape(), "SerialNumber=x", false),
        (sts::GetSessionToken::shape(), "TokenCode=", true),
        (sts::GetCallerIdentity::shape(), "TokenCode=123456", false),
        (iam::ChangePassword::shape(), "", true),
        (iam::GetLoginProfile::shape(), "", false),
    ] {
        let form = Form::parse("", body.as_bytes()).unwrap();
        assert_eq!(
            row(shape).unwrap().waits(Parameters::Query { form: &form, format: Format::Xml }),
            writes,
            "{} {body}",
            shape.name
        );
    }
}

#[test]
fn guesses_close_the_device() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let phone = door.device_of("ana", "phone");
    door.wait(60);
    let right = phone.code(door.now(), 0);
    let wrong = if right == "000000" { "111111" } else { "000000" };
    for _ in 0..5 {
        token(&door, &ana, &phone.serial, wrong).refused(WRONG);
    }
    token(&door, &ana, &phone.serial, &right).refused(WRONG);
    door.wait(30);
    token(&door, &ana, &phone.serial, &phone.code(door.now(), 0)).ok();
}
