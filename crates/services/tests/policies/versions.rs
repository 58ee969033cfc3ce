//! Versions of managed policies.

use crate::world::*;

const ALL: &str = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}"#;
const USED_ARN: (&str, &str) = ("PolicyArn", USED);
const MALFORMED_ARN: &str = "400 ValidationError: Invalid ARN:  Could not be parsed!";
const MISSING_POLICY: &str = "404 NoSuchEntity: Policy arn:aws:iam::111111111111:policy/none was not found.";

fn missing(id: &str) -> String {
    format!(
        "404 NoSuchEntity: Policy arn:aws:iam::111111111111:policy/p/Used version {id} does not exist or is not attachable."
    )
}

#[test]
fn a_versions_life() {
    let door = world();
    let create = [USED_ARN, ("PolicyDocument", ALL)];
    let default = [USED_ARN, ("PolicyDocument", ALL), ("SetAsDefault", "true")];
    let version = |id| [USED_ARN, ("VersionId", id)];
    let now = ("CreateDate", "2026-11-22T10:00:07Z");
    let full = "409 LimitExceeded: A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.";
    door.wait(7);
    check(
        &door,
        &door.root(),
        &[
            (
                "CreatePolicyVersion",
                &create,
                "ok",
                &[("VersionId", "v3"), ("IsDefaultVersion", "false"), now, ("Document", "")],
            ),
            (
                "CreatePolicyVersion",
                &default,
                "ok",
                &[("VersionId", "v4"), ("IsDefaultVersion", "true"), now],
            ),
            (
                "GetPolicy",
                &[USED_ARN],
                "ok",
                &[
                    ("DefaultVersionId", "v4"),
                    ("CreateDate", "2026-11-22T10:00:00Z"),
                    ("UpdateDate", "2026-11-22T10:00:07Z"),
                ],
            ),
            (
                "GetPolicyVersion",
                &version("v4"),
                "ok",
                &[("VersionId", "v4"), ("IsDefaultVersion", "true"), now],
            ),
            (
                "GetPolicyVersion",
                &version("v1"),
                "ok",
                &[("VersionId", "v1"), ("IsDefaultVersion", "false"), ("Document", READ_ENCODED)],
            ),
            ("CreatePolicyVersion", &create, "ok", &[("VersionId", "v5")]),
            ("CreatePolicyVersion", &create, full, &[]),
            (
                "ListPolicyVersions",
                &[USED_ARN],
                "ok",
                &[
                    ("VersionId", "v5,v4,v3,v2,v1"),
                    ("IsDefaultVersion", "false,true,false,false,false"),
                    ("Document", ""),
                    ("IsTruncated", "false"),
                ],
            ),
            (
                "DeletePolicyVersion",
                &version("v4"),
                "409 DeleteConflict: Cannot delete the default version of a policy.",
                &[],
            ),
            ("SetDefaultPolicyVersion", &version("v2"), "ok", &[]),
            ("DeletePolicyVersion", &version("v4"), "ok", &[]),
            ("DeletePolicyVersion", &version("v4"), &missing("v4"), &[]),
            ("SetDefaultPolicyVersion", &version("v4"), &missing("v4"), &[]),
            ("GetPolicyVersion", &version("v4"), &missing("v4"), &[]),
            ("CreatePolicyVersion", &create, "ok", &[("VersionId", "v6")]),
            ("GetPolicy", &[USED_ARN], "ok", &[("DefaultVersionId", "v2")]),
        ],
    );
    // When it was updated is when its newest version was made, whichever is the default.
    // Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Policy.html>, `UpdateDate`
    door.wait(7);
    let updated = |date: &'static str| [("UpdateDate", date)];
    check(
        &door,
        &door.root(),
        &[
            ("SetDefaultPolicyVersion", &version("v1"), "ok", &[]),
            ("GetPolicy", &[USED_ARN], "ok", &updated("2026-11-22T10:00:07Z")),
            ("DeletePolicyVersion", &version("v2"), "ok", &[]),
            ("GetPolicy", &[USED_ARN], "ok", &updated("2026-11-22T10:00:07Z")),
            ("CreatePolicyVersion", &create, "ok", &[("VersionId", "v7")]),
            ("GetPolicy", &[USED_ARN], "ok", &updated("2026-11-22T10:00:14Z")),
        ],
    );
}

#[test]
fn refused() {
    let door = world();
    let version = |arn, id| [("PolicyArn", arn), ("VersionId", id)];
    let none = "arn:aws:iam::111111111111:policy/none";
    for operation in ["GetPolicyVersion", "DeletePolicyVersion", "SetDefaultPolicyVersion"] {
        check(
            &door,
            &door.root(),
            &[
                (operation, &version("policy/Used-is-no-arn", "v1"), MALFORMED_ARN, &[]),
                (operation, &version(none, "v1"), MISSING_POLICY, &[]),
                // The model lets these ids through.
                (operation, &version(none, "v1.x"), MISSING_POLICY, &[]),
                (operation, &version(USED, "v1.x"), &missing("v1.x"), &[]),
                (operation, &version(USED, "v99999999999"), &missing("v99999999999"), &[]),
                (operation, &version(USED, "v9"), &missing("v9"), &[]),
            ],
        );
    }
    let create = |arn, document| [("PolicyArn", arn), ("PolicyDocument", document)];
    let conflict = "409 DeleteConflict: This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.";
    check(
        &door,
        &door.root(),
        &[
            ("CreatePolicyVersion", &create("policy/Used-is-no-arn", READ), MALFORMED_ARN, &[]),
            ("CreatePolicyVersion", &create(none, READ), MISSING_POLICY, &[]),
            (
                "CreatePolicyVersion",
                &create(USED, "[]"),
                "400 MalformedPolicyDocument: Syntax errors in policy.",
                &[],
            ),
            ("ListPolicyVersions", &[("PolicyArn", "policy/Used-is-no-arn")], MALFORMED_ARN, &[]),
            ("ListPolicyVersions", &[("PolicyArn", none)], MISSING_POLICY, &[]),
            ("CreatePolicyVersion", &create(SPARE, READ), "ok", &[]),
            ("DeletePolicy", &[("PolicyArn", SPARE)], conflict, &[]),
        ],
    );
}

/// What is made the default counts at once, wherever the policy is attached.
#[test]
fn the_default_version_is_the_one_that_counts() {
    let door = world();
    let bob = door.user("bob", &[]);
    let may = crate::door::allows("iam:ListPolicies", "*");
    let arn = door.managed("Grant", READ);
    let verdict = || door.call(&bob, "iam:ListPolicies", &[]).verdict().to_owned();
    let root = door.root();
    door.call(&root, "iam:AttachUserPolicy", &[("UserName", "bob"), ("PolicyArn", &arn)]).ok();
    assert_eq!(verdict(), "AccessDenied");
    door.call(&root, "iam:CreatePolicyVersion", &[("PolicyArn", &arn), ("PolicyDocument", &may)]).ok();
    assert_eq!(verdict(), "AccessDenied");
    door.call(&root, "iam:SetDefaultPolicyVersion", &[("PolicyArn", &arn), ("VersionId", "v2")]).ok();
    assert_eq!(verdict(), "ok");
}
