//! Managed policies: created, read, listed, deleted.

use doorward_directory::Limits;

use crate::world::*;

const MALFORMED_ARN: &str = "400 ValidationError: Invalid ARN:  Could not be parsed!";
const NOT_AN_ARN: (&str, &str) = ("PolicyArn", "policy/Used-is-no-arn");
const NO_SUCH_SPARE: &str = "404 NoSuchEntity: Policy arn:aws:iam::111111111111:policy/Spare was not found.";

#[test]
fn created_and_read() {
    let door = world();
    let arn = "arn:aws:iam::111111111111:policy/n/New";
    let create = [
        ("PolicyName", "New"),
        ("Path", "/n/"),
        ("PolicyDocument", READ),
        ("Description", "Reads <all> & sundry"),
        ("Tags.member.1.Key", "Cost"),
        ("Tags.member.1.Value", "1"),
    ];
    let common = [
        ("PolicyName", "New"),
        ("Arn", arn),
        ("Path", "/n/"),
        ("DefaultVersionId", "v1"),
        ("AttachmentCount", "0"),
        ("PermissionsBoundaryUsageCount", "0"),
        ("IsAttachable", "true"),
        ("CreateDate", "2026-11-22T10:00:00Z"),
        ("UpdateDate", "2026-11-22T10:00:00Z"),
        ("Key", "Cost"),
        ("Value", "1"),
    ];
    // Only reading it shows the description.
    let created = [&common[..], &[("Description", "")]].concat();
    let read = [&common[..], &[("Description", "Reads <all> & sundry")]].concat();
    let again =
        "409 EntityAlreadyExists: A policy called New already exists. Duplicate names are not allowed.";
    check(
        &door,
        &door.root(),
        &[
            ("CreatePolicy", &create, "ok", &created),
            ("GetPolicy", &[("PolicyArn", arn)], "ok", &read),
            (
                "GetPolicyVersion",
                &[("PolicyArn", arn), ("VersionId", "v1")],
                "ok",
                &[("Document", READ_ENCODED)],
            ),
            ("CreatePolicy", &[("PolicyName", "NEW"), ("PolicyDocument", READ)], again, &[]),
        ],
    );
    let answer = door.call(&door.root(), "iam:GetPolicy", &[("PolicyArn", arn)]).ok();
    assert!(answer.text("PolicyId").starts_with("ANPA") && answer.text("PolicyId").len() == 21);
    let untagged = door.call(&door.root(), "iam:GetPolicy", &[("PolicyArn", SPARE)]).ok();
    assert!(untagged.has("Tags") && !untagged.has("Key"), "{}", untagged.xml);
}

#[test]
fn uses_are_counted() {
    let door = world();
    let counts = |arn| {
        let answer = door.call(&door.root(), "iam:GetPolicy", &[("PolicyArn", arn)]).ok();
        (answer.text("AttachmentCount"), answer.text("PermissionsBoundaryUsageCount"))
    };
    assert_eq!(counts(USED), ("3".into(), "0".into()));
    assert_eq!(counts(GUARD), ("0".into(), "2".into()));
}

#[test]
fn refused() {
    let door = world_with(Limits { policies_per_account: 3, ..Limits::default() });
    let long = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"s3:{}","Resource":"*"}}}}"#,
        "x".repeat(6100)
    );
    let new = |document| [("PolicyName", "New"), ("PolicyDocument", document)];
    let reserved = [
        ("PolicyName", "New"),
        ("PolicyDocument", READ),
        ("Tags.member.1.Key", "aws:x"),
        ("Tags.member.1.Value", "1"),
    ];
    let attached = "409 DeleteConflict: Cannot delete a policy attached to entities.";
    let foreign = "404 NoSuchEntity: Policy arn:aws:iam::222222222222:policy/Foreign was not found.";
    check(
        &door,
        &door.root(),
        &[
            ("CreatePolicy", &new("{}"), "400 MalformedPolicyDocument: Syntax errors in policy.", &[]),
            ("CreatePolicy", &new(&long), "409 LimitExceeded: Cannot exceed quota for PolicySize: 6144", &[]),
            (
                "CreatePolicy",
                &new(READ),
                "409 LimitExceeded: Cannot exceed quota for PoliciesPerAccount: 3",
                &[],
            ),
            (
                "CreatePolicy",
                &reserved,
                "400 InvalidInput: The tag key aws:x is invalid. Tag keys that start with aws: are reserved.",
                &[],
            ),
            ("GetPolicy", &[NOT_AN_ARN], MALFORMED_ARN, &[]),
            ("GetPolicy", &[("PolicyArn", FOREIGN)], foreign, &[]),
            ("DeletePolicy", &[NOT_AN_ARN], MALFORMED_ARN, &[]),
            ("DeletePolicy", &[("PolicyArn", FOREIGN)], foreign, &[]),
            ("DeletePolicy", &[("PolicyArn", USED)], attached, &[]),
            ("DeletePolicy", &[("PolicyArn", GUARD)], attached, &[]),
            ("DeletePolicy", &[("PolicyArn", SPARE)], "ok", &[]),
            ("DeletePolicy", &[("PolicyArn", SPARE)], NO_SUCH_SPARE, &[]),
            ("GetPolicy", &[("PolicyArn", SPARE)], NO_SUCH_SPARE, &[]),
        ],
    );
}

#[test]
fn listed() {
    let door = world();
    let policies = |parameters: Parameters<'_>| {
        door.call(&door.root(), "iam:ListPolicies", parameters).ok().texts("PolicyName").join(",")
    };
    let (permissions, boundary) =
        (("PolicyUsageFilter", "PermissionsPolicy"), ("PolicyUsageFilter", "PermissionsBoundary"));
    let table: [(Parameters<'_>, &str); 9] = [
        (&[("Scope", "Local")], "Guard,Spare,Used"),
        (&[("OnlyAttached", "true")], "Used"),
        (&[("Scope", "Local"), ("OnlyAttached", "false")], "Guard,Spare,Used"),
        (&[("Scope", "AWS"), ("OnlyAttached", "true")], ""),
        (&[permissions], "Used"),
        (&[boundary], "Guard"),
        (&[("OnlyAttached", "true"), boundary], ""),
        (&[("PathPrefix", "/p/")], "Used"),
        (&[("PathPrefix", "/x/")], ""),
    ];
    for (parameters, expected) in table {
        assert_eq!(policies(parameters), expected, "{parameters:?}");
    }
    let answer = door.call(&door.root(), "iam:ListPolicies", &[("PathPrefix", "/p/")]).ok();
    assert_eq!((answer.text("Arn"), answer.text("AttachmentCount")), (USED.into(), "3".into()));
    assert!(!answer.has("Tags") && !answer.has("Description"), "{}", answer.xml);
    let theirs = door.call(&door.other_root(), "iam:ListPolicies", &[("Scope", "Local")]).ok();
    assert_eq!(theirs.texts("PolicyName"), ["Foreign"]);
}

#[test]
fn entities() {
    let door = world();
    // Boundary and attachment at once counts once.
    door.call(&door.root(), "iam:AttachUserPolicy", &[("UserName", "Ana"), ("PolicyArn", GUARD)]).ok();
    let (used, guard) = (("PolicyArn", USED), ("PolicyArn", GUARD));
    let (permissions, boundary) =
        (("PolicyUsageFilter", "PermissionsPolicy"), ("PolicyUsageFilter", "PermissionsBoundary"));
    let filter = |kind| ("EntityFilter", kind);
    let all: [(&str, &str); 3] = [("UserName", "Ana"), ("GroupName", "Ops"), ("RoleName", "Web")];
    let some = |user, group, role| [("UserName", user), ("GroupName", group), ("RoleName", role)];
    let wrong = |kind| {
        format!("400 InvalidInput: The EntityFilter {kind} is invalid. It must be User, Role or Group.")
    };
    let operation = "ListEntitiesForPolicy";
    check(
        &door,
        &door.root(),
        &[
            (operation, &[used], "ok", &all),
            (operation, &[used, filter("User")], "ok", &some("Ana", "", "")),
            (operation, &[used, filter("Group")], "ok", &some("", "Ops", "")),
            (operation, &[used, filter("Role")], "ok", &some("", "", "Web")),
            (operation, &[used, filter("LocalManagedPolicy")], &wrong("LocalManagedPolicy"), &[]),
            (operation, &[used, filter("AWSManagedPolicy")], &wrong("AWSManagedPolicy"), &[]),
            (operation, &[used, permissions], "ok", &all),
            (operation, &[used, boundary], "ok", &some("", "", "")),
            (operation, &[used, ("PathPrefix", "/team/")], "ok", &some("Ana", "Ops", "")),
            (operation, &[guard], "ok", &some("Ana", "", "Web")),
            (operation, &[guard, permissions], "ok", &some("Ana", "", "")),
            (operation, &[guard, boundary], "ok", &some("Ana", "", "Web")),
            (operation, &[guard, boundary, filter("Role")], "ok", &some("", "", "Web")),
            (operation, &[NOT_AN_ARN], MALFORMED_ARN, &[]),
            (
                operation,
                &[("PolicyArn", FOREIGN)],
                "404 NoSuchEntity: Policy arn:aws:iam::222222222222:policy/Foreign was not found.",
                &[],
            ),
        ],
    );
    let answer = door.call(&door.root(), "iam:ListEntitiesForPolicy", &[used]).ok();
    for (name, prefix) in [("UserId", "AIDA"), ("GroupId", "AGPA"), ("RoleId", "AROA")] {
        assert!(answer.text(name).starts_with(prefix), "{}", answer.xml);
    }
}
