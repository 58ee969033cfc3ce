//! Tags, on everything that can have them.

use doorward_directory::Limits;

use crate::door::{OTHER, allows};
use crate::world::{EVERYTHING, World};

const NO_TARGET: &str = "TargetNotFoundException: You specified a target that doesn't exist.";

#[test]
fn everything_taggable_is_tagged() {
    let world = World::joined();
    world.unit("{root}", "unit");
    world.control("policy", EVERYTHING);
    let content = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"222222222222"},"Action":"organizations:ListRoots","Resource":"*"}]}"#;
    world.keep("rp", &world.ok("PutResourcePolicy", &[("Content", content)]).text("Id"));
    for resource in ["{root}", "{unit}", OTHER, "{policy}", "{rp}"] {
        let tags = r#"json:[{"Key":"team","Value":"red"},{"Key":"cost","Value":""}]"#;
        world.ok("TagResource", &[("ResourceId", resource), ("Tags", tags)]);
        let tags = r#"json:[{"Key":"team","Value":"blue"}]"#;
        world.ok("TagResource", &[("ResourceId", resource), ("Tags", tags)]);
        let listed = world.ok("ListTagsForResource", &[("ResourceId", resource)]);
        assert_eq!(
            (listed.texts("Key"), listed.texts("Value")),
            (vec!["cost".into(), "team".into()], vec!["".into(), "blue".into()]),
            "{resource}"
        );
        world.ok("UntagResource", &[("ResourceId", resource), ("TagKeys", r#"json:["cost","none"]"#)]);
        assert_eq!(world.ok("ListTagsForResource", &[("ResourceId", resource)]).texts("Key"), ["team"]);
    }
}

#[test]
fn tags_are_refused() {
    let world = World::of("ALL", Limits { tags_per_entity: 2, ..Limits::default() });
    let three = r#"json:[{"Key":"a","Value":""},{"Key":"b","Value":""},{"Key":"c","Value":""}]"#;
    let request = |resource, tags| [("ResourceId", resource), ("Tags", tags)];
    let one = r#"json:[{"Key":"a","Value":""}]"#;
    let pattern = "InvalidInputException: You provided a value that does not match the required pattern.";
    world.check_admin(&[
        (
            "TagResource",
            &request("{root}", three),
            "ConstraintViolationException: You have exceeded the allowed number of tags.",
        ),
        (
            "TagResource",
            &request("{root}", r#"json:[{"Key":"a","Value":""},{"Key":"A","Value":""}]"#),
            "InvalidInputException: Tag keys must be unique among the tags attached to the same entity.",
        ),
        (
            "TagResource",
            &request("{root}", r#"json:[{"Key":"aws:a","Value":""}]"#),
            "InvalidInputException: The tag key aws:a is reserved for system tags.",
        ),
        ("TagResource", &request("r-abcd0000", one), NO_TARGET),
        ("TagResource", &request("ou-abcd-12345678", one), NO_TARGET),
        ("TagResource", &request(OTHER, one), NO_TARGET),
        ("TagResource", &request("p-12345678", one), NO_TARGET),
        ("TagResource", &request("rp-12345678", one), NO_TARGET),
        ("TagResource", &request("p-FullAWSAccess", one), pattern),
        ("UntagResource", &[("ResourceId", "p-12345678"), ("TagKeys", r#"json:["a"]"#)], NO_TARGET),
        ("ListTagsForResource", &[("ResourceId", "p-FullAWSAccess")], pattern),
        ("ListTagsForResource", &[("ResourceId", OTHER)], NO_TARGET),
    ]);
}

#[test]
fn creating_with_tags_asks_for_tagging_too() {
    let world = World::new();
    let tags = ("Tags", r#"json:[{"Key":"team","Value":"red"}]"#);
    let requests: [(&str, Vec<(&str, &str)>); 3] = [
        ("CreateOrganizationalUnit", vec![("ParentId", "{root}"), ("Name", "u")]),
        ("CreateAccount", vec![("Email", "a@b.cd"), ("AccountName", "a")]),
        (
            "CreatePolicy",
            vec![
                ("Type", "SERVICE_CONTROL_POLICY"),
                ("Name", "p"),
                ("Description", ""),
                ("Content", EVERYTHING),
            ],
        ),
    ];
    for (number, (operation, parameters)) in requests.into_iter().enumerate() {
        let action = format!("organizations:{operation}");
        let (own, role) = (allows(&action, "*"), allows("iam:CreateServiceLinkedRole", "*"));
        let without = world.door.user(&format!("without-{number}"), &[&own, &role]);
        let tagging = allows("organizations:TagResource", "*");
        let with = world.door.user(&format!("with-{number}"), &[&own, &role, &tagging]);
        let mut tagged = parameters.clone();
        tagged.push(tags);
        let refused = world.ask(&without, operation, &tagged);
        assert_eq!(refused.verdict(), "AccessDeniedException", "{operation}");
        assert!(refused.message.contains("organizations:TagResource"), "{}", refused.message);
        world.ask(&with, operation, &tagged).ok();
    }
}
