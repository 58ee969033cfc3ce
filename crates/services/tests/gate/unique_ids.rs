//! Trust policies name users and roles by who they are, not by what they are called.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use crate::door::{ALLOW_ALL, Door, Keys, trusts};

fn delete_user(door: &Door, name: &str, keys: &Keys) {
    let root = door.root();
    door.call(&root, "iam:DeleteAccessKey", &[("UserName", name), ("AccessKeyId", &keys.id)]).ok();
    door.call(&root, "iam:DeleteUserPolicy", &[("UserName", name), ("PolicyName", "inline-0")]).ok();
    door.call(&root, "iam:DeleteUser", &[("UserName", name)]).ok();
}

/// The trust policy as `GetRole` shows it.
fn shown(door: &Door, role: &str) -> String {
    let encoded =
        door.call(&door.root(), "iam:GetRole", &[("RoleName", role)]).ok().text("AssumeRolePolicyDocument");
    percent_decoded(&encoded)
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = |digit: Option<u8>| char::from(digit.unwrap()).to_digit(16).unwrap() as u8;
        bytes.push(if byte == b'%' { hex(rest.next()) << 4 | hex(rest.next()) } else { byte });
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_new_user_of_the_same_name_is_not_trusted() {
    let door = Door::new();
    let arn = "arn:aws:iam::111111111111:user/ana";
    let ana = door.user("ana", &[ALLOW_ALL]);
    let id = door.call(&ana, "iam:GetUser", &[]).ok().text("UserId");
    let role = door.role("reader", &trusts(arn), &[]);
    let parameters = [("RoleArn", role.as_str()), ("RoleSessionName", "session")];
    door.call(&ana, "sts:AssumeRole", &parameters).ok();
    assert_eq!(shown(&door, "reader"), trusts(arn));

    delete_user(&door, "ana", &ana);
    assert_eq!(shown(&door, "reader"), trusts(&id));
    let new = door.user("ana", &[ALLOW_ALL]);
    assert_eq!(door.call(&new, "sts:AssumeRole", &parameters).verdict(), "AccessDenied");
    assert_eq!(shown(&door, "reader"), trusts(&id), "the id stays");

    // What is shown cannot be saved again; naming the new user can.
    let update = |trust: &str| {
        let parameters = [("RoleName", "reader"), ("PolicyDocument", trust)];
        door.call(&door.root(), "iam:UpdateAssumeRolePolicy", &parameters)
    };
    update(&trusts(&id))
        .refused(&format!("400 MalformedPolicyDocument: Invalid principal in policy: \"AWS\":\"{id}\""));
    update(&trusts(arn)).ok();
    door.call(&new, "sts:AssumeRole", &parameters).ok();
}

#[test]
fn a_renamed_user_stays_trusted() {
    let door = Door::new();
    let ana = door.user("ana", &[]);
    let role = door.role("reader", &trusts("arn:aws:iam::111111111111:user/ana"), &[]);
    let rename = [("UserName", "ana"), ("NewUserName", "eva"), ("NewPath", "/team/")];
    door.call(&door.root(), "iam:UpdateUser", &rename).ok();
    door.assume(&ana, &role);
    assert_eq!(shown(&door, "reader"), trusts("arn:aws:iam::111111111111:user/team/eva"));
}

#[test]
fn a_new_role_of_the_same_name_is_not_trusted() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let start = door.role("start", &trusts("*"), &[]);
    let role = door.role("reader", &trusts(&start), &[]);
    let parameters = [("RoleArn", role.as_str()), ("RoleSessionName", "next")];
    let session = door.assume(&ana, &start);
    door.call(&session, "sts:AssumeRole", &parameters).ok();
    door.call(&door.root(), "iam:DeleteRole", &[("RoleName", "start")]).ok();
    door.role("start", &trusts("*"), &[]);
    let session = door.assume(&ana, &start);
    assert_eq!(door.call(&session, "sts:AssumeRole", &parameters).verdict(), "AccessDenied");
}

/// A session principal is a text: a new role of the same name is named by it.
#[test]
fn sessions_are_named_by_their_text() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let start = door.role("start", &trusts("*"), &[]);
    let role = door.role("reader", &trusts("arn:aws:sts::111111111111:assumed-role/start/session"), &[]);
    door.call(&door.root(), "iam:DeleteRole", &[("RoleName", "start")]).ok();
    door.role("start", &trusts("*"), &[]);
    let session = door.assume(&ana, &start);
    door.call(&session, "sts:AssumeRole", &[("RoleArn", &role), ("RoleSessionName", "next")]).ok();
}
