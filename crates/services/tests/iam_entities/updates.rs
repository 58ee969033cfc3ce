//! What an update sets that it does not name, and what is shown of whoever has no name.

use crate::door::{Door, trusts};
use crate::send;

/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html>, `MaxSessionDuration`
#[test]
fn without_a_duration_a_role_gets_that_of_one_hour() {
    let door = Door::new();
    let root = door.root();
    door.role("web", &trusts("*"), &[]);
    send(&door, &root, "CreateServiceLinkedRole AWSServiceName=autoscaling.amazonaws.com").ok();
    for (request, duration) in [
        ("UpdateRole RoleName=web MaxSessionDuration=7200", "7200"),
        ("UpdateRoleDescription RoleName=web Description=first", "7200"),
        ("UpdateRole RoleName=web Description=second", "3600"),
        ("UpdateRole RoleName=web MaxSessionDuration=7200", "7200"),
        ("UpdateRole RoleName=web", "3600"),
    ] {
        send(&door, &root, request).ok();
        let role = send(&door, &root, "GetRole RoleName=web").ok();
        assert_eq!(role.text("MaxSessionDuration"), duration, "{request}");
    }
    // Nobody changes the duration of a service-linked role, and its description can be changed all the same.
    send(&door, &root, "UpdateRole RoleName=AWSServiceRoleForAutoScaling Description=mine").ok();
    send(&door, &root, "UpdateRole RoleName=none")
        .refused("404 NoSuchEntity: The role with name none cannot be found.");
}

#[test]
fn the_root_user_has_no_name() {
    let door = Door::new();
    let shown = send(&door, &door.root(), "GetUser").ok();
    assert_eq!(
        (shown.text("UserId"), shown.text("Arn")),
        ("111111111111".to_owned(), "arn:aws:iam::111111111111:root".to_owned())
    );
    assert!(!shown.has("UserName"), "{}", shown.xml);
}
