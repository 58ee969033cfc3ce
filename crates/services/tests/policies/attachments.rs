//! Attaching managed policies to users, groups and roles.

use doorward_directory::Limits;

use crate::world::*;

const KINDS: [(&str, &str, &str); 3] =
    [("User", "UserName", "Ana"), ("Group", "GroupName", "Ops"), ("Role", "RoleName", "Web")];

#[test]
fn attached_listed_and_detached() {
    let door = world();
    for (kind, parameter, name) in KINDS {
        let [attach, detach, list] = [
            format!("Attach{kind}Policy"),
            format!("Detach{kind}Policy"),
            format!("ListAttached{kind}Policies"),
        ];
        let folded = name.to_lowercase();
        let holder = (parameter, folded.as_str());
        let spare = ("PolicyArn", SPARE);
        check(
            &door,
            &door.root(),
            &[
                (&attach, &[holder, spare], "ok", &[]),
                (&attach, &[holder, spare], "ok", &[]),
                (
                    &list,
                    &[holder],
                    "ok",
                    &[
                        ("PolicyName", "Spare,Used"),
                        ("PolicyArn", &format!("{SPARE},{USED}")),
                        ("IsTruncated", "false"),
                    ],
                ),
                (&list, &[holder, ("PathPrefix", "/p/")], "ok", &[("PolicyName", "Used")]),
                (&list, &[holder, ("PathPrefix", "/x/")], "ok", &[("PolicyName", "")]),
                (&detach, &[holder, spare], "ok", &[]),
                (
                    &detach,
                    &[holder, spare],
                    "404 NoSuchEntity: Policy arn:aws:iam::111111111111:policy/Spare was not found.",
                    &[],
                ),
                (&list, &[holder], "ok", &[("PolicyName", "Used")]),
            ],
        );
    }
}

#[test]
fn refused() {
    let door = world_with(Limits {
        policies_per_user: 1,
        policies_per_group: 1,
        policies_per_role: 1,
        ..Limits::default()
    });
    for (kind, parameter, name) in KINDS {
        let [attach, detach, list] = [
            format!("Attach{kind}Policy"),
            format!("Detach{kind}Policy"),
            format!("ListAttached{kind}Policies"),
        ];
        let nobody =
            format!("404 NoSuchEntity: The {} with name nobody cannot be found.", kind.to_lowercase());
        let full = format!("409 LimitExceeded: Cannot exceed quota for PoliciesPer{kind}: 1");
        let not_attachable =
            |arn: &str| format!("404 NoSuchEntity: Policy {arn} does not exist or is not attachable.");
        let not_found = |arn: &str| format!("404 NoSuchEntity: Policy {arn} was not found.");
        let (there, absent) = ((parameter, name), (parameter, "nobody"));
        let malformed = "400 ValidationError: Invalid ARN:  Could not be parsed!";
        // A policy is found under its own spelling only.
        let respelled = "arn:aws:iam::111111111111:policy/spare";
        check(
            &door,
            &door.root(),
            &[
                (&attach, &[absent, ("PolicyArn", SPARE)], &nobody, &[]),
                (&detach, &[absent, ("PolicyArn", SPARE)], &nobody, &[]),
                (&list, &[absent], &nobody, &[]),
                (&attach, &[there, ("PolicyArn", SPARE)], &full, &[]),
                (&attach, &[there, ("PolicyArn", respelled)], &not_attachable(respelled), &[]),
                (&attach, &[there, ("PolicyArn", FOREIGN)], &not_attachable(FOREIGN), &[]),
                (&attach, &[there, ("PolicyArn", MANAGED_BY_AWS)], &full, &[]),
                (&attach, &[there, ("PolicyArn", "policy/Spare-is-no-arn")], malformed, &[]),
                (&detach, &[there, ("PolicyArn", FOREIGN)], &not_found(FOREIGN), &[]),
                (&detach, &[there, ("PolicyArn", MANAGED_BY_AWS)], &not_found(MANAGED_BY_AWS), &[]),
                (&detach, &[there, ("PolicyArn", "policy/Spare-is-no-arn")], malformed, &[]),
            ],
        );
    }
}
