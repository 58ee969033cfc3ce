//! Inline policies of users, groups and roles.

use crate::world::*;

/// A kind of holder: its name in operations, the parameter that names it, one that the world has, and its quota.
const KINDS: [(&str, &str, &str, u32); 3] = [
    ("User", "UserName", "Ana", 2048),
    ("Group", "GroupName", "Ops", 5120),
    ("Role", "RoleName", "Web", 10_240),
];

#[test]
fn a_policys_life() {
    let door = world();
    for (kind, parameter, name, _) in KINDS {
        let [put, get, list, delete] = [
            format!("Put{kind}Policy"),
            format!("Get{kind}Policy"),
            format!("List{kind}Policies"),
            format!("Delete{kind}Policy"),
        ];
        let lower = kind.to_lowercase();
        let missing =
            |name| format!("404 NoSuchEntity: The {lower} policy with name {name} cannot be found.");
        // Found in any case, shown as stored.
        let folded = name.to_lowercase();
        let holder = (parameter, folded.as_str());
        let (new, document) = (("PolicyName", "New"), ("PolicyDocument", READ));
        check(
            &door,
            &door.root(),
            &[
                (&put, &[holder, new, ("PolicyDocument", crate::door::ALLOW_ALL)], "ok", &[]),
                (&put, &[holder, new, document], "ok", &[]),
                (
                    &get,
                    &[holder, new],
                    "ok",
                    &[(parameter, name), ("PolicyName", "New"), ("PolicyDocument", READ_ENCODED)],
                ),
                (&list, &[holder], "ok", &[("member", "New,inline-0"), ("IsTruncated", "false")]),
                // Names are told apart by case: a put replaces nothing of another spelling.
                (&get, &[holder, ("PolicyName", "new")], &missing("new"), &[]),
                (&delete, &[holder, ("PolicyName", "new")], &missing("new"), &[]),
                (&delete, &[holder, new], "ok", &[]),
                (&delete, &[holder, new], &missing("New"), &[]),
                (&get, &[holder, new], &missing("New"), &[]),
                (&list, &[holder], "ok", &[("member", "inline-0")]),
            ],
        );
    }
}

#[test]
fn refused() {
    let door = world();
    for (kind, parameter, name, characters) in KINDS {
        let [put, get, list, delete] = [
            format!("Put{kind}Policy"),
            format!("Get{kind}Policy"),
            format!("List{kind}Policies"),
            format!("Delete{kind}Policy"),
        ];
        let lower = kind.to_lowercase();
        let nobody = format!("404 NoSuchEntity: The {lower} with name nobody cannot be found.");
        let full = format!(
            "409 LimitExceeded: Maximum policy size of {characters} bytes exceeded for {lower} {name}"
        );
        let long = crate::door::allows(&format!("s3:{}", "x".repeat(characters as usize)), "*");
        let (new, document) = (("PolicyName", "New"), ("PolicyDocument", READ));
        let (there, absent) = ((parameter, name), (parameter, "nobody"));
        check(
            &door,
            &door.root(),
            &[
                (&put, &[absent, new, document], &nobody, &[]),
                (&get, &[absent, new], &nobody, &[]),
                (&list, &[absent], &nobody, &[]),
                (&delete, &[absent, new], &nobody, &[]),
                (
                    &put,
                    &[there, new, ("PolicyDocument", "{}")],
                    "400 MalformedPolicyDocument: Syntax errors in policy.",
                    &[],
                ),
                (&put, &[there, new, ("PolicyDocument", &long)], &full, &[]),
            ],
        );
    }
}
