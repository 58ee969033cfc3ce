//! AWS's managed policies: attached, listed, decided with, and changed by nobody.

use crate::door::{Keys, MANAGEMENT, OTHER, allows, trusts};
use crate::world::*;

const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";
const BILLING: &str = "arn:aws:iam::aws:policy/job-function/Billing";
const SUPPORT: &str = "arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy";
const ROOT_TASK: &str = "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials";
const ABSENT: &str = "arn:aws:iam::aws:policy/Absent";

const ANA: (&str, &str) = ("UserName", "Ana");
const WEB: (&str, &str) = ("RoleName", "Web");

const fn arn(text: &str) -> (&str, &str) {
    ("PolicyArn", text)
}

#[test]
fn read() {
    let door = world();
    let version = [arn(ADMINISTRATOR), ("VersionId", "v1")];
    check(
        &door,
        &door.root(),
        &[
            (
                "GetPolicy",
                &[arn(ADMINISTRATOR)],
                "ok",
                &[
                    ("PolicyName", "AdministratorAccess"),
                    ("Arn", ADMINISTRATOR),
                    ("Path", "/"),
                    ("DefaultVersionId", "v1"),
                    ("AttachmentCount", "0"),
                    ("IsAttachable", "true"),
                    ("CreateDate", "2015-02-06T18:39:46Z"),
                ],
            ),
            ("GetPolicy", &[arn(BILLING)], "ok", &[("Path", "/job-function/")]),
            ("GetPolicy", &[arn(SUPPORT)], "ok", &[("IsAttachable", "true")]),
            (
                "GetPolicyVersion",
                &version,
                "ok",
                &[
                    ("IsDefaultVersion", "true"),
                    (
                        "Document",
                        &doorward_wire::percent_encode_document(
                            r#"{"Statement":[{"Action":"*","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}"#,
                        ),
                    ),
                ],
            ),
            (
                "GetPolicyVersion",
                &[arn(ADMINISTRATOR), ("VersionId", "v2")],
                "404 NoSuchEntity: Policy arn:aws:iam::aws:policy/AdministratorAccess version v2 does not exist or is \
                 not attachable.",
                &[],
            ),
            ("ListPolicyVersions", &[arn(ADMINISTRATOR)], "ok", &[("VersionId", "v1")]),
            ("ListPolicyTags", &[arn(ADMINISTRATOR)], "ok", &[("Key", "")]),
            ("ListEntitiesForPolicy", &[arn(ADMINISTRATOR)], "ok", &[("UserName", "")]),
            (
                "GetPolicy",
                &[arn(ABSENT)],
                "404 NoSuchEntity: Policy arn:aws:iam::aws:policy/Absent was not found.",
                &[],
            ),
            (
                "GetPolicy",
                &[arn("arn:aws:iam::aws:policy/administratoraccess")],
                "404 NoSuchEntity: Policy arn:aws:iam::aws:policy/administratoraccess was not found.",
                &[],
            ),
        ],
    );
}

#[test]
fn changed_by_nobody() {
    let door = world();
    let version = [arn(ADMINISTRATOR), ("VersionId", "v1")];
    let document = [arn(ADMINISTRATOR), ("PolicyDocument", READ)];
    let tag = [arn(ADMINISTRATOR), ("Tags.member.1.Key", "a"), ("Tags.member.1.Value", "b")];
    let untag = [arn(ADMINISTRATOR), ("TagKeys.member.1", "a")];
    let refused =
        format!("403 AccessDenied: Policy {ADMINISTRATOR} is managed by AWS and cannot be changed.");
    check(
        &door,
        &door.root(),
        &[
            ("DeletePolicy", &[arn(ADMINISTRATOR)], &refused, &[]),
            ("CreatePolicyVersion", &document, &refused, &[]),
            ("DeletePolicyVersion", &version, &refused, &[]),
            ("SetDefaultPolicyVersion", &version, &refused, &[]),
            ("TagPolicy", &tag, &refused, &[]),
            ("UntagPolicy", &untag, &refused, &[]),
            (
                "DeletePolicy",
                &[arn(ABSENT)],
                "404 NoSuchEntity: Policy arn:aws:iam::aws:policy/Absent was not found.",
                &[],
            ),
        ],
    );
}

#[test]
fn attached_and_detached_everywhere() {
    let door = world();
    for (kind, holder) in [("User", ANA), ("Group", ("GroupName", "Ops")), ("Role", WEB)] {
        let [attach, detach, list] = [
            format!("Attach{kind}Policy"),
            format!("Detach{kind}Policy"),
            format!("ListAttached{kind}Policies"),
        ];
        check(
            &door,
            &door.root(),
            &[
                (&attach, &[holder, arn(BILLING)], "ok", &[]),
                (&attach, &[holder, arn(BILLING)], "ok", &[]),
                (
                    &list,
                    &[holder],
                    "ok",
                    &[("PolicyName", "Billing,Used"), ("PolicyArn", &format!("{BILLING},{USED}"))],
                ),
                (&list, &[holder, ("PathPrefix", "/job-function/")], "ok", &[("PolicyName", "Billing")]),
                (
                    &attach,
                    &[holder, arn(SUPPORT)],
                    "400 PolicyNotAttachable: Cannot attach a Service Role Policy to a Customer Role.",
                    &[],
                ),
                (
                    &attach,
                    &[holder, arn(ROOT_TASK)],
                    &format!(
                        "400 PolicyNotAttachable: Policy {ROOT_TASK} is for tasks of root users and is not attachable."
                    ),
                    &[],
                ),
                (
                    &attach,
                    &[holder, arn(ABSENT)],
                    "404 NoSuchEntity: Policy arn:aws:iam::aws:policy/Absent does not exist or is not attachable.",
                    &[],
                ),
                (&detach, &[holder, arn(BILLING)], "ok", &[]),
                (
                    &detach,
                    &[holder, arn(BILLING)],
                    "404 NoSuchEntity: Policy arn:aws:iam::aws:policy/job-function/Billing was not found.",
                    &[],
                ),
            ],
        );
    }
}

/// An account's own policy of the same name is another policy, also for paging.
#[test]
fn the_same_name_twice() {
    let door = world();
    let own = door.managed("Billing", READ);
    for policy in [BILLING, &own] {
        door.call(&door.root(), "iam:AttachUserPolicy", &[ANA, arn(policy)]).ok();
    }
    for (operation, more) in [("ListAttachedUserPolicies", ANA), ("ListPolicies", ("OnlyAttached", "true"))] {
        let page = |marker: Option<&str>| {
            let mut parameters = vec![more, ("MaxItems", "1")];
            parameters.extend(marker.map(|marker| ("Marker", marker)));
            door.call(&door.root(), &format!("iam:{operation}"), &parameters).ok()
        };
        let first = page(None);
        let second = page(Some(&first.text("Marker")));
        for (page, expected) in [(&first, own.as_str()), (&second, BILLING)] {
            assert!(page.xml.contains(&format!(">{expected}<")), "{operation}: {}", page.xml);
        }
    }
}

#[test]
fn uses_are_counted_by_account() {
    let door = world();
    let theirs = door.user_in(OTHER, "theirs", &[]);
    for (keys, user) in [(door.root(), "Ana"), (door.other_root(), "theirs")] {
        door.call(&keys, "iam:AttachUserPolicy", &[("UserName", user), arn(ADMINISTRATOR)]).ok();
    }
    door.call(&door.root(), "iam:AttachRolePolicy", &[WEB, arn(ADMINISTRATOR)]).ok();
    let boundary = ("PermissionsBoundary", BILLING);
    door.call(&door.root(), "iam:PutUserPermissionsBoundary", &[ANA, boundary]).ok();
    let counts = |keys: &Keys, policy| {
        let answer = door.call(keys, "iam:GetPolicy", &[arn(policy)]).ok();
        format!("{} {}", answer.text("AttachmentCount"), answer.text("PermissionsBoundaryUsageCount"))
    };
    let billing = doorward_catalog::policies::named("Billing").unwrap();
    let versions = format!("v1,v{}", billing.version);
    assert_eq!(counts(&door.root(), ADMINISTRATOR), "2 0");
    assert_eq!(counts(&door.root(), BILLING), "0 1");
    assert_eq!(counts(&theirs, ADMINISTRATOR), "1 0");
    assert_eq!(counts(&theirs, BILLING), "0 0");
    check(
        &door,
        &door.root(),
        &[
            (
                "ListEntitiesForPolicy",
                &[arn(ADMINISTRATOR)],
                "ok",
                &[("UserName", "Ana"), ("RoleName", "Web")],
            ),
            ("ListEntitiesForPolicy", &[arn(BILLING)], "ok", &[("UserName", "Ana")]),
            (
                "ListPolicies",
                &[("OnlyAttached", "true")],
                "ok",
                &[("PolicyName", "AdministratorAccess,Used")],
            ),
            (
                "ListPolicies",
                &[("Scope", "AWS"), ("PolicyUsageFilter", "PermissionsBoundary")],
                "ok",
                &[("PolicyName", "Billing")],
            ),
            (
                "GetAccountAuthorizationDetails",
                &[("Filter.member.1", "AWSManagedPolicy")],
                "ok",
                &[("PolicyName", "AdministratorAccess,Billing"), ("VersionId", &versions)],
            ),
            (
                "GetAccountAuthorizationDetails",
                &[("Filter.member.1", "LocalManagedPolicy")],
                "ok",
                &[("PolicyName", "Guard,Spare,Used")],
            ),
            ("GetUser", &[ANA], "ok", &[("PermissionsBoundaryArn", BILLING)]),
        ],
    );
}

#[test]
fn pages_run_through_all_of_them() {
    let door = world();
    let (mut names, mut marker) = (Vec::new(), None::<String>);
    loop {
        let mut parameters = vec![("MaxItems", "1000")];
        parameters.extend(marker.as_deref().map(|marker| ("Marker", marker)));
        let page = door.call(&door.root(), "iam:ListPolicies", &parameters).ok();
        names.extend(page.texts("PolicyName"));
        if page.text("IsTruncated") == "false" {
            break;
        }
        marker = Some(page.text("Marker"));
    }
    // Three of the account's own.
    assert_eq!(names.len(), doorward_catalog::policies::ALL.len() + 3);
    let folded: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    assert!(folded.is_sorted_by(|one, next| one < next));
}

#[test]
fn what_they_say_is_decided_by() {
    let door = world();
    let keys = door.user("Eve", &[]);
    let eve = ("UserName", "Eve");
    let can = |action| door.ask(&keys, action, "arn:aws:s3:::b/k") == "ok";
    assert!(!can("s3:GetObject") && !can("s3:PutObject"));
    door.call(&door.root(), "iam:AttachUserPolicy", &[eve, arn(ADMINISTRATOR)]).ok();
    assert!(can("s3:GetObject") && can("s3:PutObject"));
    let boundary = ("PermissionsBoundary", MANAGED_BY_AWS);
    door.call(&door.root(), "iam:PutUserPermissionsBoundary", &[eve, boundary]).ok();
    assert!(can("s3:GetObject") && !can("s3:PutObject"));
    door.call(&door.root(), "iam:DetachUserPolicy", &[eve, arn(ADMINISTRATOR)]).ok();
    assert!(!can("s3:GetObject"));
}

#[test]
fn boundaries_are_attachable_policies() {
    let door = world();
    let put = |policy| {
        door.call(&door.root(), "iam:PutRolePermissionsBoundary", &[WEB, ("PermissionsBoundary", policy)])
    };
    put(SUPPORT).refused("400 PolicyNotAttachable: Cannot attach a Service Role Policy to a Customer Role.");
    put(ABSENT).refused(
        "404 NoSuchEntity: Scope ARN: arn:aws:iam::aws:policy/Absent does not exist or is not attachable.",
    );
    put(BILLING).ok();
}

#[test]
fn sessions_are_narrowed_by_them() {
    let door = world();
    let trust = trusts(&format!("arn:aws:iam::{MANAGEMENT}:root"));
    let role = door.role("Wide", &trust, &[&allows("s3:*", "*")]);
    let caller = door.user("caller", &[&allows("sts:AssumeRole", "*")]);
    let session = door.assume_with(&caller, &role, &[("PolicyArns.member.1.arn", MANAGED_BY_AWS)]);
    let can = |action| door.ask(&session, action, "arn:aws:s3:::b/k") == "ok";
    assert!(can("s3:GetObject") && !can("s3:PutObject"));
}

/// The policy is the condition key `iam:PolicyARN`.
#[test]
fn asked_about_by_arn() {
    let door = world();
    let only = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"iam:*","Resource":"*",
            "Condition":{{"ArnEqualsIfExists":{{"iam:PolicyARN":"{BILLING}"}}}}}}}}"#
    );
    let asker = door.user("narrow", &[&only]);
    door.call(&asker, "iam:AttachUserPolicy", &[ANA, arn(BILLING)]).ok();
    let denied = door.call(&asker, "iam:AttachUserPolicy", &[ANA, arn(ADMINISTRATOR)]);
    assert_eq!(denied.verdict(), "AccessDenied");
    // Reading one is asked about under its own ARN.
    let reader = allowed(&door, "GetPolicy", "arn:aws:iam::aws:policy/job-function/*");
    for (policy, verdict) in [(BILLING, "ok"), (ADMINISTRATOR, "AccessDenied"), (ABSENT, "AccessDenied")] {
        assert_eq!(door.call(&reader, "iam:GetPolicy", &[arn(policy)]).verdict(), verdict, "{policy}");
    }
}
