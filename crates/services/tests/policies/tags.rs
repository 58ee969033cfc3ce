//! Tags of users, roles, managed policies and instance profiles.

use doorward_directory::Limits;

use crate::world::*;

/// What is tagged: its name in operations, the parameter that names it, one that the world has, tagged `Team=red`, one that
/// it has not, and what is said then.
const KINDS: [(&str, &str, &str, &str, &str); 4] = [
    ("User", "UserName", "ana", "nobody", "The user with name nobody cannot be found."),
    ("Role", "RoleName", "web", "nobody", "The role with name nobody cannot be found."),
    ("Policy", "PolicyArn", USED, FOREIGN, "Policy arn:aws:iam::222222222222:policy/Foreign was not found."),
    ("InstanceProfile", "InstanceProfileName", "box", "nobody", "Instance Profile nobody cannot be found."),
];

fn tag<'a>(key: &'a str, value: &'a str) -> [(&'a str, &'a str); 2] {
    [("Tags.member.1.Key", key), ("Tags.member.1.Value", value)]
}

#[test]
fn put_listed_and_taken_away() {
    let door = world();
    for (kind, parameter, name, _, _) in KINDS {
        let [put, remove, list] = [format!("Tag{kind}"), format!("Untag{kind}"), format!("List{kind}Tags")];
        let here = (parameter, name);
        let two = [
            here,
            ("Tags.member.1.Key", "TEAM"),
            ("Tags.member.1.Value", ""),
            ("Tags.member.2.Key", "Cost"),
            ("Tags.member.2.Value", "a / b"),
        ];
        check(
            &door,
            &door.root(),
            &[
                (&list, &[here], "ok", &[("Key", "Team"), ("Value", "red"), ("IsTruncated", "false")]),
                // The new spelling of a key takes the old one's place; keys are listed in order.
                (&put, &two, "ok", &[]),
                (&list, &[here], "ok", &[("Key", "Cost,TEAM"), ("Value", "a / b,")]),
                (&remove, &[here, ("TagKeys.member.1", "team"), ("TagKeys.member.2", "none")], "ok", &[]),
                (&list, &[here], "ok", &[("Key", "Cost")]),
                (&remove, &[here, ("TagKeys.member.1", "Cost")], "ok", &[]),
                (&list, &[here], "ok", &[("Key", ""), ("IsTruncated", "false")]),
            ],
        );
    }
}

#[test]
fn refused() {
    let door = world_with(Limits { tags_per_entity: 2, ..Limits::default() });
    for (kind, parameter, name, absent, text) in KINDS {
        let [put, remove, list] = [format!("Tag{kind}"), format!("Untag{kind}"), format!("List{kind}Tags")];
        let (here, absent) = ((parameter, name), (parameter, absent));
        let [key, value] = tag("Cost", "1");
        let more = |key| {
            [
                here,
                tag("one", "1")[0],
                tag("one", "1")[1],
                ("Tags.member.2.Key", key),
                ("Tags.member.2.Value", "2"),
            ]
        };
        let missing = format!("404 NoSuchEntity: {text}");
        let reserved = tag("AWS:x", "1");
        check(
            &door,
            &door.root(),
            &[
                (&put, &[absent, key, value], &missing, &[]),
                (&remove, &[absent, ("TagKeys.member.1", "Team")], &missing, &[]),
                (&list, &[absent], &missing, &[]),
                (
                    &put,
                    &[here, reserved[0], reserved[1]],
                    "400 InvalidInput: The tag key AWS:x is invalid. Tag keys that start with aws: are reserved.",
                    &[],
                ),
                (
                    &put,
                    &more("ONE"),
                    "400 InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive.",
                    &[],
                ),
                (
                    &put,
                    &more("two"),
                    "409 LimitExceeded: The number of tags has reached the maximum limit.",
                    &[],
                ),
                (&list, &[here], "ok", &[("Key", "Team")]),
            ],
        );
    }
    let malformed = "400 ValidationError: Invalid ARN:  Could not be parsed!";
    let [key, value] = tag("Cost", "1");
    let no_arn = ("PolicyArn", "policy/Used-is-no-arn");
    check(
        &door,
        &door.root(),
        &[
            ("TagPolicy", &[no_arn, key, value], malformed, &[]),
            ("UntagPolicy", &[no_arn, ("TagKeys.member.1", "Team")], malformed, &[]),
            ("ListPolicyTags", &[no_arn], malformed, &[]),
        ],
    );
}
