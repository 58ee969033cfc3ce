//! Lists come page by page, each item once, whatever changes meanwhile.

use crate::door::Door;
use crate::world::*;

/// Reads a list in pages of `size`, doing `meanwhile` after the first: what it held, by the elements of a name.
fn pages(
    door: &Door,
    operation: &str,
    parameters: Parameters<'_>,
    element: &str,
    size: usize,
    meanwhile: impl FnOnce(&Door),
) -> Vec<String> {
    let (mut all, mut meanwhile, size_text) = (Vec::new(), Some(meanwhile), size.to_string());
    let mut marker: Option<String> = None;
    loop {
        let mut parameters = [parameters, &[("MaxItems", size_text.as_str())]].concat();
        parameters.extend(marker.iter().map(|marker| ("Marker", marker.as_str())));
        let answer = door.call(&door.root(), &format!("iam:{operation}"), &parameters).ok();
        let items = answer.texts(element);
        assert!(items.len() <= size, "{operation}: {items:?}");
        all.extend(items);
        let truncated = answer.text("IsTruncated") == "true";
        assert_eq!(answer.has("Marker"), truncated, "{operation}: {}", answer.xml);
        if !truncated {
            return all;
        }
        marker = Some(answer.text("Marker"));
        if let Some(meanwhile) = meanwhile.take() {
            meanwhile(door);
        }
    }
}

#[test]
fn every_list_comes_in_pages() {
    let door = world();
    let root = door.root();
    let (user, group, role) = (("UserName", "Ana"), ("GroupName", "Ops"), ("RoleName", "Web"));
    let (profile, policy) = (("InstanceProfileName", "Box"), ("PolicyArn", USED));
    for (kind, holder) in [("User", user), ("Group", group), ("Role", role)] {
        for name in ["b", "A", "c"] {
            let parameters = [holder, ("PolicyName", name), ("PolicyDocument", READ)];
            door.call(&root, &format!("iam:Put{kind}Policy"), &parameters).ok();
        }
        door.call(&root, &format!("iam:Attach{kind}Policy"), &[holder, ("PolicyArn", SPARE)]).ok();
    }
    for (kind, here) in [("User", user), ("Role", role), ("Policy", policy), ("InstanceProfile", profile)] {
        for key in ["b", "A", "c"] {
            let parameters = [here, ("Tags.member.1.Key", key), ("Tags.member.1.Value", "x")];
            door.call(&root, &format!("iam:Tag{kind}"), &parameters).ok();
        }
    }
    door.call(&root, "iam:CreatePolicyVersion", &[policy, ("PolicyDocument", READ)]).ok();
    let (inline, attached, tags) = ("A,b,c,inline-0", "Spare,Used", "A,Team,b,c");
    let table: [(&str, Parameters<'_>, &str, &str); 12] = [
        ("ListPolicies", &[("Scope", "Local")], "PolicyName", "Guard,Spare,Used"),
        ("ListPolicies", &[("OnlyAttached", "true")], "PolicyName", "Spare,Used"),
        ("ListPolicyVersions", &[policy], "VersionId", "v3,v2,v1"),
        ("ListUserPolicies", &[user], "member", inline),
        ("ListGroupPolicies", &[group], "member", inline),
        ("ListRolePolicies", &[role], "member", inline),
        ("ListAttachedUserPolicies", &[user], "PolicyName", attached),
        ("ListAttachedGroupPolicies", &[group], "PolicyName", attached),
        ("ListAttachedRolePolicies", &[role], "PolicyName", attached),
        ("ListUserTags", &[user], "Key", tags),
        ("ListRoleTags", &[role], "Key", tags),
        ("ListPolicyTags", &[policy], "Key", tags),
    ];
    for (operation, parameters, element, expected) in table {
        for size in 1..4 {
            let found = pages(&door, operation, parameters, element, size, |_| ()).join(",");
            assert_eq!(found, expected, "{operation} {parameters:?}");
        }
    }
    assert_eq!(pages(&door, "ListInstanceProfileTags", &[profile], "Key", 3, |_| ()).join(","), tags);
    // Across groups, roles and users; every item has a name, and lies in a `member`.
    let entities = pages(&door, "ListEntitiesForPolicy", &[policy], "member", 1, |_| ());
    let named: Vec<_> = entities.iter().map(|entity| entity.contains("Name>")).collect();
    assert_eq!(named, [true; 3], "{entities:?}");
    for (entity, name) in entities.iter().zip(["Ops", "Web", "Ana"]) {
        assert!(entity.contains(&format!("Name>{name}</")), "{entity}");
    }
}

#[test]
fn what_goes_and_comes_moves_nothing() {
    let door = world();
    let found = pages(&door, "ListPolicies", &[("Scope", "Local")], "PolicyName", 1, |door| {
        // The one just seen goes, one before it comes, and one after it comes.
        let user = |name| [("UserName", "Ana"), ("PermissionsBoundary", name)];
        door.call(&door.root(), "iam:PutUserPermissionsBoundary", &user(SPARE)).ok();
        let role = [("RoleName", "Web"), ("PermissionsBoundary", SPARE)];
        door.call(&door.root(), "iam:PutRolePermissionsBoundary", &role).ok();
        door.call(&door.root(), "iam:DeletePolicy", &[("PolicyArn", GUARD)]).ok();
        door.managed("Before", READ);
        door.managed("Later", READ);
    });
    assert_eq!(found, ["Guard", "Later", "Spare", "Used"]);
    let tags = |key| [("UserName", "Ana"), ("Tags.member.1.Key", key), ("Tags.member.1.Value", "x")];
    for key in ["Zone", "Area"] {
        door.call(&door.root(), "iam:TagUser", &tags(key)).ok();
    }
    let found = pages(&door, "ListUserTags", &[("UserName", "Ana")], "Key", 1, |door| {
        door.call(&door.root(), "iam:UntagUser", &[("UserName", "Ana"), ("TagKeys.member.1", "Area")]).ok();
    });
    assert_eq!(found, ["Area", "Team", "Zone"]);
}

/// The longest keys that may be given still lead from page to page.
#[test]
fn long_keys() {
    let door = world();
    let keys: Vec<String> = ["a", "b", "c"].map(|last| format!("{}{last}", "語".repeat(127))).into();
    for key in &keys {
        let parameters = [("UserName", "Ana"), ("Tags.member.1.Key", key), ("Tags.member.1.Value", "x")];
        door.call(&door.root(), "iam:TagUser", &parameters).ok();
    }
    let mut found = pages(&door, "ListUserTags", &[("UserName", "Ana")], "Key", 1, |_| ());
    found.sort();
    assert_eq!(found, [vec!["Team".to_owned()], keys].concat());
}

#[test]
fn strange_markers_are_refused() {
    let door = world();
    let (user, policy, marker) = (("UserName", "Ana"), ("PolicyArn", USED), ("Marker", "strange"));
    for (operation, parameters) in [
        ("ListPolicies", &[marker][..]),
        ("ListPolicyVersions", &[policy, marker]),
        ("ListEntitiesForPolicy", &[policy, marker]),
        ("ListUserPolicies", &[user, marker]),
        ("ListAttachedUserPolicies", &[user, marker]),
        ("ListUserTags", &[user, marker]),
    ] {
        let expected = "400 ValidationError: Invalid Marker.";
        check(&door, &door.root(), &[(operation, parameters, expected, &[])]);
    }
}
