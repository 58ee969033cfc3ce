//! Groups and their members.

use doorward_directory::Limits;
use doorward_policy::request::Choices;

use crate::door::{ALLOW_ALL, Door};
use crate::{BEGINNING, check, pages, send};

#[test]
fn a_groups_life() {
    let limits = Limits { groups_per_account: 2, groups_per_user: 1, ..Limits::default() };
    let door = Door::with(0, limits, Choices::default());
    door.user("Bob", &[]);
    let arn = door.managed("read", ALLOW_ALL);
    let read = arn.as_str();
    let root = door.root();
    check(
        &door,
        &root,
        &[
            ("CreateGroup GroupName=Admins Path=/staff/", "ok"),
            (
                "CreateGroup GroupName=admins",
                "409 EntityAlreadyExists: Group with name Admins already exists.",
            ),
            ("CreateGroup GroupName=second", "ok"),
            ("CreateGroup GroupName=third", "409 LimitExceeded: Cannot exceed quota for GroupsPerAccount: 2"),
            ("GetGroup GroupName=none", "404 NoSuchEntity: The group with name none cannot be found."),
            ("UpdateGroup GroupName=none", "404 NoSuchEntity: The group with name none cannot be found."),
            (
                "UpdateGroup GroupName=second NewGroupName=ADMINS",
                "409 EntityAlreadyExists: Group with name Admins already exists.",
            ),
            ("UpdateGroup GroupName=second NewGroupName=Guests NewPath=/guests/", "ok"),
            (
                "AddUserToGroup GroupName=none UserName=bob",
                "404 NoSuchEntity: The group with name none cannot be found.",
            ),
            (
                "AddUserToGroup GroupName=admins UserName=none",
                "404 NoSuchEntity: The user with name none cannot be found.",
            ),
            ("AddUserToGroup GroupName=admins UserName=bob", "ok"),
            ("AddUserToGroup GroupName=admins UserName=bob", "ok"),
            (
                "AddUserToGroup GroupName=guests UserName=bob",
                "409 LimitExceeded: Cannot exceed quota for GroupsPerUser: 1",
            ),
            ("ListGroupsForUser UserName=none", "404 NoSuchEntity: The user with name none cannot be found."),
            (
                "DeleteGroup GroupName=admins",
                "409 DeleteConflict: Cannot delete entity, must remove users from group first.",
            ),
            (
                "RemoveUserFromGroup GroupName=guests UserName=bob",
                "404 NoSuchEntity: The user with name Bob is not in group Guests.",
            ),
            (
                "RemoveUserFromGroup GroupName=none UserName=bob",
                "404 NoSuchEntity: The group with name none cannot be found.",
            ),
            (
                "RemoveUserFromGroup GroupName=admins UserName=none",
                "404 NoSuchEntity: The user with name none cannot be found.",
            ),
            ("RemoveUserFromGroup GroupName=admins UserName=bob", "ok"),
        ],
    );
    door.change(|draft| {
        use doorward_directory::change::{Holder, attachments};
        attachments::attach(
            draft,
            crate::door::account(crate::door::MANAGEMENT),
            Holder::Group("admins"),
            read,
        )
    });
    check(
        &door,
        &root,
        &[
            (
                "DeleteGroup GroupName=admins",
                "409 DeleteConflict: Cannot delete entity, must detach all policies first.",
            ),
            ("DeleteGroup GroupName=GUESTS", "ok"),
            ("DeleteGroup GroupName=guests", "404 NoSuchEntity: The group with name guests cannot be found."),
        ],
    );
}

#[test]
fn a_group_with_an_inline_policy_stays() {
    let door = Door::new();
    door.group("admins", &[ALLOW_ALL], &[]);
    let conflict = "409 DeleteConflict: Cannot delete entity, must delete policies first.";
    check(&door, &door.root(), &[("DeleteGroup GroupName=admins", conflict)]);
}

#[test]
fn groups_are_shown_whole() {
    let door = Door::new();
    let root = door.root();
    door.tagged_user(crate::door::MANAGEMENT, "/team/Ana", &[("a", "b")], &[]);
    let made = send(&door, &root, "CreateGroup GroupName=Admins Path=/staff/").ok();
    send(&door, &root, "AddUserToGroup GroupName=admins UserName=ana").ok();
    let shown = send(&door, &root, "GetGroup GroupName=ADMINS").ok();
    let of_user = send(&door, &root, "ListGroupsForUser UserName=ANA").ok();
    let listed = send(&door, &root, "ListGroups PathPrefix=/staff").ok();
    for answer in [&made, &shown, &of_user, &listed] {
        assert_eq!(answer.text("GroupName"), "Admins");
        assert_eq!(answer.text("Path"), "/staff/");
        assert_eq!(answer.text("Arn"), "arn:aws:iam::111111111111:group/staff/Admins");
        assert_eq!(answer.text("CreateDate"), BEGINNING);
        assert_eq!(answer.text("GroupId"), made.text("GroupId"));
        assert!(answer.text("GroupId").starts_with("AGPA"));
    }
    assert_eq!(shown.texts("Arn")[1], "arn:aws:iam::111111111111:user/team/Ana");
    assert!(!shown.has("Tags"), "members are shown as lists show users");
    assert_eq!(shown.text("IsTruncated"), "false");
    assert!(!send(&door, &root, "ListGroups PathPrefix=/other/").ok().has("GroupName"));

    send(&door, &root, "UpdateGroup GroupName=admins NewPath=/moved/").ok();
    let moved = send(&door, &root, "GetGroup GroupName=admins").ok();
    assert_eq!(moved.text("Arn"), "arn:aws:iam::111111111111:group/moved/Admins");
    assert_eq!(moved.text("GroupId"), made.text("GroupId"));
    assert_eq!(moved.texts("UserName"), ["Ana"], "a moved group keeps its members");
}

#[test]
fn what_is_asked_wrongly() {
    let door = Door::new();
    door.group("admins", &[], &[]);
    door.user("ana", &[]);
    let marker = "400 ValidationError: Invalid Marker.";
    let range = "400 ValidationError: 1 validation error detected: Value '0' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000";
    check(
        &door,
        &door.root(),
        &[
            ("GetGroup GroupName=admins Marker=x", marker),
            ("ListGroups Marker=x", marker),
            ("ListGroupsForUser UserName=ana Marker=x", marker),
            ("ListGroups MaxItems=0", range),
        ],
    );
    for request in ["CreateGroup GroupName=a/b", "CreateGroup GroupName=ab Path=nowhere", "CreateGroup"] {
        let answer = send(&door, &door.root(), request);
        assert_eq!(answer.status, 400, "{request}: {}", answer.xml);
    }
}

#[test]
fn lists_come_in_pages() {
    let door = Door::new();
    let root = door.root();
    let names = ["ana", "Bob", "cid", "Dan", "eve"];
    for name in names {
        door.user(name, &[]);
        door.group(name, &[], &[]);
    }
    for name in names {
        send(&door, &root, &format!("AddUserToGroup GroupName=ana UserName={name}")).ok();
        send(&door, &root, &format!("AddUserToGroup GroupName={name} UserName=cid")).ok();
    }
    let two_by_two = [vec!["ana", "Bob"], vec!["cid", "Dan"], vec!["eve"]];
    for (request, element) in [
        ("ListGroups", "GroupName"),
        ("ListGroupsForUser UserName=cid", "GroupName"),
        ("GetGroup GroupName=ana", "UserName"),
    ] {
        assert_eq!(pages(&door, &root, request, element, || ()), two_by_two, "{request}");
    }
}

#[test]
fn pages_hold_still_while_members_come_and_go() {
    let door = Door::new();
    let root = door.root();
    for name in ["b", "c", "d", "e"] {
        door.user(name, &[]);
    }
    door.user("a", &[]);
    door.group("all", &[], &["b", "c", "d", "e"]);
    // After the first page its last member leaves, and one joins who would have been on it.
    let mut first = true;
    let seen = pages(&door, &root, "GetGroup GroupName=all", "UserName", || {
        if std::mem::take(&mut first) {
            send(&door, &root, "RemoveUserFromGroup GroupName=all UserName=c").ok();
            send(&door, &root, "AddUserToGroup GroupName=all UserName=a").ok();
        }
    });
    assert_eq!(seen, [["b", "c"], ["d", "e"]]);
}
