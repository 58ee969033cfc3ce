//! Account properties.

use crate::door::{Door, allows, trusts};
use crate::{allows_if, check, send};

const LINKED: &str = "AWSServiceRoleForIAMRoleManager";
const LINKED_ARN: &str = "arn:aws:iam::111111111111:role/aws-service-role/role-manager.iam.amazonaws.com/AWSServiceRoleForIAMRoleManager";
const ENABLE: &str =
    "PutAccountProperties Properties.entry.1.key=RoleManager/Enabled Properties.entry.1.value=true";
const DISABLE: &str =
    "PutAccountProperties Properties.entry.1.key=RoleManager/Enabled Properties.entry.1.value=false";

#[track_caller]
fn shows(door: &Door, value: &str) {
    let answer = send(door, &door.root(), "GetAccountProperties").ok();
    let entry = format!(
        "<Properties><entry><key>RoleManager/Enabled</key><value>{value}</value></entry></Properties>"
    );
    assert!(answer.xml.contains(&entry), "{}", answer.xml);
}

#[test]
fn put_and_shown() {
    let door = Door::new();
    let root = door.root();
    shows(&door, "false");
    check(&door, &root, &[(DISABLE, "ok")]);
    assert_eq!(send(&door, &root, &format!("GetRole RoleName={LINKED}")).verdict(), "NoSuchEntity");
    check(&door, &root, &[(ENABLE, "ok"), (ENABLE, "ok")]);
    shows(&door, "true");
    let role = send(&door, &root, &format!("GetRole RoleName={LINKED}")).ok();
    assert_eq!(role.text("Arn"), LINKED_ARN);
    let attached = send(&door, &root, &format!("ListAttachedRolePolicies RoleName={LINKED}")).ok();
    assert_eq!(
        attached.text("PolicyArn"),
        "arn:aws:iam::aws:policy/aws-service-role/AWSIAMRoleManagerServiceRolePolicy"
    );
    assert!(send(&door, &door.other_root(), "GetAccountProperties").ok().xml.contains("<value>false<"));
    check(&door, &root, &[(DISABLE, "ok"), (&format!("GetRole RoleName={LINKED}"), "ok")]);
    shows(&door, "false");
}

#[test]
fn what_is_put_is_checked() {
    let door = Door::new();
    let entry = |number: u8, key: &str, value: &str| {
        format!("Properties.entry.{number}.key={key} Properties.entry.{number}.value={value}")
    };
    let enabled = entry(1, "RoleManager/Enabled", "true");
    for (entries, expected) in [
        (
            entry(1, "Enabled", "true"),
            "400 InvalidInput: Property key must be in format Namespace/PropertyName: Enabled",
        ),
        (
            format!("{enabled} {}", entry(2, "Other/Enabled", "true")),
            "400 InvalidInput: All properties must belong to the same namespace",
        ),
        (entry(1, "Other/Enabled", "true"), "400 InvalidInput: Unsupported namespace: Other"),
        (
            entry(1, "RoleManager/Other", "true"),
            "400 InvalidInput: RoleManager namespace requires Enabled property",
        ),
        (entry(1, "RoleManager/Enabled", "True"), "400 InvalidInput: Enabled must be 'true' or 'false'"),
        (
            format!("{enabled} {}", entry(2, "RoleManager/Other", "true")),
            "400 InvalidInput: Unsupported property: RoleManager/Other",
        ),
    ] {
        check(&door, &door.root(), &[(&format!("PutAccountProperties {entries}"), expected)]);
    }
    shows(&door, "false");
}

#[test]
fn a_role_of_that_name_stands_in_the_way() {
    let door = Door::new();
    door.role(&LINKED.to_ascii_lowercase(), &trusts("*"), &[]);
    let taken = "400 InvalidInput: Service role name awsserviceroleforiamrolemanager has been taken in this account, \
                 please try a different suffix.";
    check(&door, &door.root(), &[(ENABLE, taken), (DISABLE, "ok")]);
    shows(&door, "false");
}

#[test]
fn the_linked_role_stays_while_it_is_used() {
    let door = Door::new();
    let root = door.root();
    let status = |door: &Door| {
        let task = send(door, &root, &format!("DeleteServiceLinkedRole RoleName={LINKED}")).ok();
        let task = task.text("DeletionTaskId");
        send(door, &root, &format!("GetServiceLinkedRoleDeletionStatus DeletionTaskId={task}")).ok()
    };
    check(&door, &root, &[(ENABLE, "ok")]);
    let failed = status(&door);
    assert_eq!(
        (failed.texts("Status"), failed.text("Reason").contains("The role is used by its service")),
        (vec!["FAILED".to_owned()], true),
        "{}",
        failed.xml
    );
    check(&door, &root, &[(&format!("GetRole RoleName={LINKED}"), "ok"), (DISABLE, "ok")]);
    let done = status(&door);
    assert_eq!((done.text("Status"), done.has("Reason")), ("SUCCEEDED".into(), false));
    assert_eq!(send(&door, &root, &format!("GetRole RoleName={LINKED}")).verdict(), "NoSuchEntity");
}

#[test]
fn asked_about_by_namespace_and_linked_role() {
    let door = Door::new();
    let namespace =
        |action: &str, value: &str| allows_if(action, "*", "iam:AccountPropertyNamespaces", value);
    let put = namespace("iam:PutAccountProperties", "RoleManager");
    let link = allows_if(
        "iam:CreateServiceLinkedRole",
        LINKED_ARN,
        "iam:AWSServiceName",
        "role-manager.iam.amazonaws.com",
    );
    let both = door.user("both", &[&put, &link]);
    let putter = door.user("putter", &[&put]);
    let linker = door.user("linker", &[&link]);
    let elsewhere = door.user("elsewhere", &[&namespace("iam:PutAccountProperties", "Other"), &link]);
    for (keys, enable, disable) in [
        (&both, "ok", "ok"),
        (&putter, "AccessDenied", "ok"),
        (&linker, "AccessDenied", "AccessDenied"),
        (&elsewhere, "AccessDenied", "AccessDenied"),
    ] {
        assert_eq!(send(&door, keys, ENABLE).verdict(), enable);
        assert_eq!(send(&door, keys, DISABLE).verdict(), disable);
    }
    // The role is there by now, and is asked about all the same.
    assert_eq!(send(&door, &putter, ENABLE).verdict(), "AccessDenied");
    let reader = door.user("reader", &[&namespace("iam:GetAccountProperties", "RoleManager")]);
    let other =
        door.user("other", &[&namespace("iam:GetAccountProperties", "Other"), &allows("iam:Put*", "*")]);
    for (keys, expected) in [(&reader, "ok"), (&other, "AccessDenied")] {
        assert_eq!(send(&door, keys, "GetAccountProperties").verdict(), expected);
    }
    let denied = send(&door, &linker, ENABLE).outcome();
    assert_eq!(
        denied,
        "403 AccessDenied: User: arn:aws:iam::111111111111:user/linker is not authorized to perform: \
         iam:PutAccountProperties on resource: * because no identity-based policy allows the \
         iam:PutAccountProperties action"
    );
}
