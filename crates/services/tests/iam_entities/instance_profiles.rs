//! Instance profiles and the roles in them.

use doorward_directory::Limits;
use doorward_policy::request::Choices;

use crate::door::{ALLOW_ALL, Door, trusting};
use crate::{BEGINNING, check, pages, send};

fn for_machines() -> String {
    trusting(r#""Service":"ec2.amazonaws.com""#, r#""sts:AssumeRole""#)
}

#[test]
fn an_instance_profiles_life() {
    let limits = Limits { instance_profiles_per_account: 2, tags_per_entity: 1, ..Limits::default() };
    let door = Door::with(0, limits, Choices::default());
    door.role("one", &for_machines(), &[]);
    door.role("two", &for_machines(), &[]);
    check(
        &door,
        &door.root(),
        &[
            ("CreateInstanceProfile InstanceProfileName=Web Path=/fleet/", "ok"),
            (
                "CreateInstanceProfile InstanceProfileName=web",
                "409 EntityAlreadyExists: Instance Profile Web already exists.",
            ),
            (
                "CreateInstanceProfile InstanceProfileName=x Tags.member.1.Key=a Tags.member.1.Value=1 Tags.member.2.Key=A Tags.member.2.Value=2",
                "400 InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            ),
            (
                "CreateInstanceProfile InstanceProfileName=x Tags.member.1.Key=aws:a Tags.member.1.Value=1",
                "400 InvalidInput: The tag key aws:a is invalid. Tag keys that start with aws: are reserved.",
            ),
            (
                "CreateInstanceProfile InstanceProfileName=x Tags.member.1.Key=a Tags.member.1.Value=1 Tags.member.2.Key=b Tags.member.2.Value=2",
                "409 LimitExceeded: The number of tags has reached the maximum limit.",
            ),
            ("CreateInstanceProfile InstanceProfileName=second", "ok"),
            (
                "CreateInstanceProfile InstanceProfileName=third",
                "409 LimitExceeded: Cannot exceed quota for InstanceProfilesPerAccount: 2",
            ),
            (
                "GetInstanceProfile InstanceProfileName=none",
                "404 NoSuchEntity: Instance Profile none cannot be found.",
            ),
            (
                "AddRoleToInstanceProfile InstanceProfileName=none RoleName=one",
                "404 NoSuchEntity: Instance Profile none cannot be found.",
            ),
            (
                "AddRoleToInstanceProfile InstanceProfileName=web RoleName=none",
                "404 NoSuchEntity: The role with name none cannot be found.",
            ),
            ("AddRoleToInstanceProfile InstanceProfileName=WEB RoleName=ONE", "ok"),
            (
                "AddRoleToInstanceProfile InstanceProfileName=web RoleName=two",
                "409 LimitExceeded: Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
            ),
            (
                "DeleteInstanceProfile InstanceProfileName=web",
                "409 DeleteConflict: Cannot delete entity, must remove roles from instance profile first.",
            ),
            (
                "RemoveRoleFromInstanceProfile InstanceProfileName=web RoleName=two",
                "404 NoSuchEntity: The role with name two cannot be found.",
            ),
            (
                "RemoveRoleFromInstanceProfile InstanceProfileName=none RoleName=one",
                "404 NoSuchEntity: Instance Profile none cannot be found.",
            ),
            (
                "RemoveRoleFromInstanceProfile InstanceProfileName=web RoleName=none",
                "404 NoSuchEntity: The role with name none cannot be found.",
            ),
            ("RemoveRoleFromInstanceProfile InstanceProfileName=web RoleName=one", "ok"),
            ("DeleteInstanceProfile InstanceProfileName=web", "ok"),
            (
                "DeleteInstanceProfile InstanceProfileName=web",
                "404 NoSuchEntity: Instance Profile web cannot be found.",
            ),
            (
                "ListInstanceProfilesForRole RoleName=none",
                "404 NoSuchEntity: The role with name none cannot be found.",
            ),
            ("ListInstanceProfilesForRole RoleName=one Marker=x", "400 ValidationError: Invalid Marker."),
            ("ListInstanceProfiles Marker=x", "400 ValidationError: Invalid Marker."),
        ],
    );
}

#[test]
fn instance_profiles_are_shown_with_their_role() {
    let door = Door::new();
    let root = door.root();
    door.role("/machines/One", &for_machines(), &[ALLOW_ALL]);
    let create = "CreateInstanceProfile InstanceProfileName=Web Path=/fleet/ Tags.member.1.Key=Team Tags.member.1.Value=x";
    let made = send(&door, &root, create).ok();
    assert_eq!((made.text("Roles"), made.text("Key")), (String::new(), "Team".to_owned()));
    send(&door, &root, "AddRoleToInstanceProfile InstanceProfileName=web RoleName=one").ok();
    let shown = send(&door, &root, "GetInstanceProfile InstanceProfileName=WEB").ok();
    let listed = send(&door, &root, "ListInstanceProfiles PathPrefix=/fleet/").ok();
    let of_role = send(&door, &root, "ListInstanceProfilesForRole RoleName=ONE").ok();
    let arns = [
        "arn:aws:iam::111111111111:instance-profile/fleet/Web",
        "arn:aws:iam::111111111111:role/machines/One",
    ];
    for answer in [&shown, &listed, &of_role] {
        assert_eq!(answer.text("InstanceProfileName"), "Web");
        assert_eq!(answer.text("InstanceProfileId"), made.text("InstanceProfileId"));
        assert!(answer.text("InstanceProfileId").starts_with("AIPA"));
        assert_eq!(answer.text("CreateDate"), BEGINNING);
        assert_eq!(sorted(answer.texts("Arn")), arns);
        assert_eq!(answer.text("RoleName"), "One");
        assert!(answer.text("AssumeRolePolicyDocument").starts_with("%7B%22Version%22"));
        assert!(!answer.has("MaxSessionDuration"));
    }
    assert_eq!(shown.text("Key"), "Team");
    assert!(!listed.has("Tags") && !of_role.has("Tags"), "lists leave tags out");
    assert!(!send(&door, &root, "ListInstanceProfiles PathPrefix=/other/").ok().has("InstanceProfileName"));
    assert!(
        send(&door, &root, "DeleteRole RoleName=one")
            .outcome()
            .contains("must remove roles from instance profile")
    );
}

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_unstable();
    texts
}

#[test]
fn lists_come_in_pages() {
    let door = Door::new();
    let root = door.root();
    door.role("one", &for_machines(), &[]);
    for name in ["e", "B", "c", "D", "a"] {
        send(&door, &root, &format!("CreateInstanceProfile InstanceProfileName={name}")).ok();
        send(&door, &root, &format!("AddRoleToInstanceProfile InstanceProfileName={name} RoleName=one")).ok();
    }
    for request in ["ListInstanceProfiles", "ListInstanceProfilesForRole RoleName=one"] {
        let seen = pages(&door, &root, request, "InstanceProfileName", || ());
        assert_eq!(seen, [vec!["a", "B"], vec!["c", "D"], vec!["e"]], "{request}");
    }
}
