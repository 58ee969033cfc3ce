//! `CreateDelegationRequest`.

use crate::door::delegating::{TEMPLATE_ARN, topic};
use crate::door::{ALLOW_ALL, Answer, Door, Keys, MANAGEMENT, OTHER, denies};

type Change<'a> = (&'a str, Option<&'a str>);

const BASE: [(&str, &str); 12] = [
    ("Description", "to look"),
    ("Permissions.PolicyTemplateArn", TEMPLATE_ARN),
    ("Permissions.Parameters.member.1.Name", "bucketName"),
    ("Permissions.Parameters.member.1.Type", "stringList"),
    ("Permissions.Parameters.member.1.Values.member.1", "photos"),
    ("Permissions.Parameters.member.1.Values.member.2", "films"),
    ("Permissions.Parameters.member.2.Name", "isWriter"),
    ("Permissions.Parameters.member.2.Type", "string"),
    ("Permissions.Parameters.member.2.Values.member.1", "False"),
    ("RequestorWorkflowId", "workflow"),
    ("NotificationChannel", "arn:aws:sns:us-east-1:222222222222:delegation"),
    ("SessionDuration", "3600"),
];

/// The request, with some parameters changed, left out or added.
fn create(door: &Door, keys: &Keys, changes: &[Change<'_>]) -> Answer {
    let changed = |name: &str| changes.iter().any(|(other, _)| *other == name);
    let mut parameters: Vec<_> = BASE.into_iter().filter(|(name, _)| !changed(name)).collect();
    parameters.extend(changes.iter().filter_map(|(name, value)| Some((*name, (*value)?))));
    door.call(keys, "iam:CreateDelegationRequest", &parameters)
}

fn provider() -> (Door, Keys) {
    let mut door = Door::new();
    door.register_provider(OTHER);
    let keys = door.user_in(OTHER, "product", &[ALLOW_ALL]);
    (door, keys)
}

#[test]
fn a_template_is_filled_in_and_shown() {
    let (door, product) = provider();
    let more = [
        ("RequestMessage", Some("again")),
        ("RedirectUrl", Some("https://example.com/x?a=b")),
        ("OnlySendByOwner", Some("true")),
    ];
    let made = create(&door, &product, &more).ok();
    let id = made.text("DelegationRequestId");
    assert!(!made.has("ConsoleDeepLink"));
    let ana = door.user("ana", &[ALLOW_ALL]);
    let shown = door.call(&ana, "iam:GetDelegationRequest", &[("DelegationRequestId", &id)]).ok();
    for (name, expected) in [
        ("DelegationRequestId", id.as_str()),
        ("Description", "to look"),
        ("RequestMessage", "again"),
        ("PolicyTemplateArn", TEMPLATE_ARN),
        ("State", "UNASSIGNED"),
        ("RequestorId", OTHER),
        ("RequestorName", "Example"),
        ("SessionDuration", "3600"),
        ("RedirectUrl", "https://example.com/x?a=b"),
        ("OnlySendByOwner", "true"),
        ("CreateDate", "2026-11-22T10:00:00Z"),
        ("UpdatedTime", "2026-11-22T10:00:00Z"),
        ("ExpirationTime", "2026-11-23T10:00:00Z"),
    ] {
        assert_eq!(shown.text(name), expected, "{name}");
    }
    let policy = shown.text("PermissionPolicy");
    assert!(policy.contains(r#"["arn:aws:s3:::photos/*","arn:aws:s3:::films/*"]"#), "{policy}");
    assert!(!policy.contains("PutObject") && !policy.contains('@'), "{policy}");
    assert_eq!(shown.texts("Name"), ["bucketName", "isWriter"]);
    assert_eq!(shown.texts("Type"), ["stringList", "string"]);
    for name in
        ["OwnerAccountId", "OwnerId", "ApproverId", "Notes", "RejectionReason", "PermissionCheckStatus"]
    {
        assert!(!shown.has(name), "{name}");
    }
}

#[test]
fn what_cannot_be_asked_for_is_refused() {
    const NAME: &str = "Permissions.Parameters.member.1.Name";
    const TYPE: &str = "Permissions.Parameters.member.1.Type";
    const VALUE: &str = "Permissions.Parameters.member.1.Values.member.1";
    const SECOND: &str = "Permissions.Parameters.member.1.Values.member.2";
    const OTHER_NAME: &str = "Permissions.Parameters.member.2.Name";
    const CHANNEL: &str = "NotificationChannel";
    let (door, product) = provider();
    create(&door, &product, &[]).ok();
    let again = [("RequestorWorkflowId", Some("another"))];
    let long = "b".repeat(1_100);
    for (changes, expected) in [
        (
            vec![],
            "409 EntityAlreadyExists: A delegation request with the requestor workflow id workflow already exists.",
        ),
        (
            vec![("OwnerAccountId", Some("999999999999"))],
            "400 InvalidInput: The owner account 999999999999 does not exist.",
        ),
        (
            vec![(CHANNEL, Some("arn:aws:sns:us-east-1:111111111111:delegation"))],
            "400 InvalidInput: The NotificationChannel arn:aws:sns:us-east-1:111111111111:delegation is no topic of this provider.",
        ),
        (
            vec![("Permissions.PolicyTemplateArn", None)],
            "400 InvalidInput: Permissions must have a PolicyTemplateArn.",
        ),
        (
            vec![("Permissions.PolicyTemplateArn", Some("arn:aws:iam::aws:delegation-template/x"))],
            "400 InvalidInput: The PolicyTemplateArn arn:aws:iam::aws:delegation-template/x is no template of this provider.",
        ),
        (vec![(NAME, None)], "400 InvalidInput: A parameter must have a Name."),
        (vec![(TYPE, None)], "400 InvalidInput: The parameter bucketName must have a Type."),
        (
            vec![(TYPE, Some("string"))],
            "400 InvalidInput: The parameter bucketName of type string must have one value, got 2.",
        ),
        (
            vec![(VALUE, None), (SECOND, None)],
            "400 InvalidInput: The parameter bucketName must have at least one value.",
        ),
        (
            vec![(NAME, Some("unknown"))],
            "400 InvalidInput: The template has no place for the parameter unknown.",
        ),
        (
            vec![(OTHER_NAME, Some("bucketName"))],
            "400 InvalidInput: The parameter bucketName is given twice.",
        ),
        (vec![(VALUE, Some(&long)), (SECOND, Some(&long))], "409 LimitExceeded: The permission policy has "),
        (vec![("SessionDuration", Some("299"))], "400 ValidationError: "),
        (vec![("SessionDuration", Some("43201"))], "400 ValidationError: "),
    ] {
        let changes: Vec<_> =
            if changes.is_empty() { changes } else { changes.into_iter().chain(again).collect() };
        let outcome = create(&door, &product, &changes).outcome();
        assert!(outcome.starts_with(expected), "{outcome}\nnot: {expected}");
    }
    let missing = [
        "Permissions.Parameters.member.2.Name",
        "Permissions.Parameters.member.2.Type",
        "Permissions.Parameters.member.2.Values.member.1",
    ];
    let changes: Vec<_> = missing.map(|name| (name, None)).into_iter().chain(again).collect();
    create(&door, &product, &changes).refused(
        "400 InvalidInput: The template cannot be filled in: no value is given for parameter `isWriter`.",
    );
    create(&door, &product, &again).ok();
}

#[test]
fn only_providers_ask_and_policies_say_for_what() {
    let (door, product) = provider();
    let ana = door.user("ana", &[ALLOW_ALL]);
    create(&door, &ana, &[])
        .refused("403 AccessDenied: Account 111111111111 is not registered as a product provider.");
    let resource = format!("arn:aws:iam::{OTHER}:delegation-request/*");
    let none = door.user_in(OTHER, "none", &[]);
    create(&door, &none, &[]).refused(&format!(
        "403 AccessDenied: User: arn:aws:iam::{OTHER}:user/none is not authorized to perform: iam:CreateDelegationRequest on \
         resource: {resource} because no identity-based policy allows the iam:CreateDelegationRequest action"
    ));
    for (number, (key, value)) in [
        ("iam:TemplateArn", TEMPLATE_ARN.to_owned()),
        ("iam:NotificationChannel", topic(OTHER)),
        ("iam:DelegationDuration", "3600".to_owned()),
    ]
    .into_iter()
    .enumerate()
    {
        let allow = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"iam:CreateDelegationRequest","Resource":"{resource}","Condition":{{"StringEquals":{{"{key}":"{value}"}}}}}}}}"#
        );
        let name = format!("exact{number}");
        let exact = door.user_in(OTHER, &name, &[&allow]);
        let workflow = [("RequestorWorkflowId", Some(name.as_str()))];
        assert_eq!(create(&door, &exact, &workflow).outcome(), "ok", "{key}");
        let other = door.user_in(OTHER, &format!("other{number}"), &[&allow.replace(&value, "0")]);
        assert_eq!(create(&door, &other, &workflow).verdict(), "AccessDenied", "{key}");
    }
    let denied = door.user_in(OTHER, "denied", &[ALLOW_ALL, &denies("iam:CreateDelegationRequest", "*")]);
    assert_eq!(create(&door, &denied, &[]).verdict(), "AccessDenied");
    assert_eq!(create(&door, &product, &[("OwnerAccountId", Some(MANAGEMENT))]).outcome(), "ok");
}
