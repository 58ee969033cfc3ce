//! The condition keys of each operation: those it has, and that it has no others.

use crate::door::Door;
use crate::world::*;

const USER: (&str, &str) = ("UserName", "Ana");
const ROLE: (&str, &str) = ("RoleName", "Web");
const GROUP: (&str, &str) = ("GroupName", "Ops");
const PROFILE: (&str, &str) = ("InstanceProfileName", "Box");
const POLICY: (&str, &str) = ("PolicyArn", USED);
const INLINE: (&str, &str) = ("PolicyName", "inline-0");
const DOCUMENT: (&str, &str) = ("PolicyDocument", READ);
const KEY: (&str, &str) = ("Tags.member.1.Key", "Cost");
const VALUE: (&str, &str) = ("Tags.member.1.Value", "1");
const OLD_KEY: (&str, &str) = ("TagKeys.member.1", "Team");

const OK: &str = "ok";
const DENIED: &str = "AccessDenied";

/// Someone who may do it on everything, if the condition holds: how does the request end?
fn verdict(door: &Door, operation: &str, parameters: Parameters<'_>, condition: &str) -> String {
    let policy = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"iam:{operation}","Resource":"*","Condition":{{{condition}}}}}}}"#
    );
    let keys = door.user("asker", &[&policy]);
    door.call(&keys, &format!("iam:{operation}"), parameters).verdict().to_owned()
}

fn check(condition: &str, table: &[(&str, Parameters<'_>, &str)]) {
    for (operation, parameters, expected) in table {
        let found = verdict(&world(), operation, parameters, condition);
        assert_eq!(found, *expected, "{operation} {parameters:?} if {condition}");
    }
}

#[test]
fn policy_arn() {
    let condition = format!(r#""ArnEquals":{{"iam:PolicyARN":"{USED}"}}"#);
    let spare = ("PolicyArn", SPARE);
    check(
        &condition,
        &[
            ("AttachUserPolicy", &[USER, POLICY], OK),
            ("AttachGroupPolicy", &[GROUP, POLICY], OK),
            ("AttachRolePolicy", &[ROLE, POLICY], OK),
            ("DetachUserPolicy", &[USER, POLICY], OK),
            ("DetachGroupPolicy", &[GROUP, POLICY], OK),
            ("DetachRolePolicy", &[ROLE, POLICY], OK),
            ("AttachUserPolicy", &[USER, spare], DENIED),
            ("AttachGroupPolicy", &[GROUP, spare], DENIED),
            ("AttachRolePolicy", &[ROLE, spare], DENIED),
            ("DetachUserPolicy", &[USER, spare], DENIED),
            ("DetachGroupPolicy", &[GROUP, spare], DENIED),
            ("DetachRolePolicy", &[ROLE, spare], DENIED),
            // Here the policy is the resource, not a key.
            ("GetPolicy", &[POLICY], DENIED),
        ],
    );
}

#[test]
fn permissions_boundary() {
    let condition = format!(r#""ArnEquals":{{"iam:PermissionsBoundary":"{GUARD}"}}"#);
    let (guard, spare) = (("PermissionsBoundary", GUARD), ("PermissionsBoundary", SPARE));
    check(
        &condition,
        &[
            ("AttachUserPolicy", &[USER, POLICY], OK),
            ("AttachRolePolicy", &[ROLE, POLICY], OK),
            ("DetachUserPolicy", &[USER, POLICY], OK),
            ("DetachRolePolicy", &[ROLE, POLICY], OK),
            ("PutUserPolicy", &[USER, INLINE, DOCUMENT], OK),
            ("PutRolePolicy", &[ROLE, INLINE, DOCUMENT], OK),
            ("DeleteUserPolicy", &[USER, INLINE], OK),
            ("DeleteRolePolicy", &[ROLE, INLINE], OK),
            ("DeleteUserPermissionsBoundary", &[USER], OK),
            ("DeleteRolePermissionsBoundary", &[ROLE], OK),
            ("PutUserPermissionsBoundary", &[USER, guard], OK),
            ("PutRolePermissionsBoundary", &[ROLE, guard], OK),
            // What counts is the boundary that would be, not the one that is.
            ("PutUserPermissionsBoundary", &[USER, spare], DENIED),
            ("PutRolePermissionsBoundary", &[ROLE, spare], DENIED),
            // Actions that do not know the key.
            ("GetUserPolicy", &[USER, INLINE], DENIED),
            ("ListRolePolicies", &[ROLE], DENIED),
            ("TagUser", &[USER, KEY, VALUE], DENIED),
            ("GetUser", &[USER], DENIED),
            ("GetRole", &[ROLE], OK),
            // Nobody without a boundary meets the condition.
            ("AttachUserPolicy", &[("UserName", "asker"), POLICY], DENIED),
            ("DeleteUserPermissionsBoundary", &[("UserName", "asker")], DENIED),
        ],
    );
}

#[test]
fn resource_tags() {
    let table = |policies_and_profiles| {
        [
            ("PutUserPolicy", &[USER, INLINE, DOCUMENT][..], OK),
            ("ListAttachedRolePolicies", &[ROLE], OK),
            ("TagUser", &[USER, KEY, VALUE], OK),
            ("ListRoleTags", &[ROLE], OK),
            ("GetPolicy", &[POLICY], policies_and_profiles),
            ("SetDefaultPolicyVersion", &[POLICY, ("VersionId", "v2")], policies_and_profiles),
            ("UntagInstanceProfile", &[PROFILE, OLD_KEY], policies_and_profiles),
            // Groups have no tags, and the policy that is attached is not the resource.
            ("AttachGroupPolicy", &[GROUP, POLICY], DENIED),
            ("AttachUserPolicy", &[("UserName", "asker"), POLICY], DENIED),
            ("GetPolicy", &[("PolicyArn", SPARE)], DENIED),
        ]
    };
    check(r#""StringEquals":{"aws:ResourceTag/Team":"red"}"#, &table(OK));
    // IAM's own name for the tags is for users and roles only.
    check(r#""StringEquals":{"iam:ResourceTag/Team":"red"}"#, &table(DENIED));
}

#[test]
fn request_tags() {
    let other = ("Tags.member.1.Value", "2");
    check(
        r#""StringEquals":{"aws:RequestTag/Cost":"1"},"ForAllValues:StringEquals":{"aws:TagKeys":"Cost"}"#,
        &[
            ("TagUser", &[USER, KEY, VALUE], OK),
            ("TagRole", &[ROLE, KEY, VALUE], OK),
            ("TagPolicy", &[POLICY, KEY, VALUE], OK),
            ("TagInstanceProfile", &[PROFILE, KEY, VALUE], OK),
            ("TagUser", &[USER, KEY, other], DENIED),
            ("TagRole", &[ROLE, KEY, other], DENIED),
            ("TagPolicy", &[POLICY, KEY, other], DENIED),
            ("TagInstanceProfile", &[PROFILE, KEY, other], DENIED),
            (
                "TagUser",
                &[USER, KEY, VALUE, ("Tags.member.2.Key", "More"), ("Tags.member.2.Value", "1")],
                DENIED,
            ),
            ("UntagUser", &[USER, OLD_KEY], DENIED),
        ],
    );
    check(
        r#""ForAnyValue:StringEquals":{"aws:TagKeys":"Team"}"#,
        &[
            ("UntagUser", &[USER, OLD_KEY], OK),
            ("UntagRole", &[ROLE, OLD_KEY], OK),
            ("UntagPolicy", &[POLICY, OLD_KEY], OK),
            ("UntagInstanceProfile", &[PROFILE, OLD_KEY], OK),
            ("UntagUser", &[USER, ("TagKeys.member.1", "Cost")], DENIED),
            ("UntagRole", &[ROLE, ("TagKeys.member.1", "Cost")], DENIED),
        ],
    );
}

#[test]
fn creating_with_tags_is_tagging() {
    let new = ("PolicyName", "New");
    let only_create = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:CreatePolicy","Resource":"*"}}"#;
    let both = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["iam:CreatePolicy","iam:TagPolicy"],"Resource":"*","Condition":{"StringEquals":{"aws:RequestTag/Cost":"1"}}}}"#;
    let table: [(&str, Parameters<'_>, &str); 4] = [
        (only_create, &[new, DOCUMENT, KEY, VALUE], DENIED),
        (only_create, &[new, DOCUMENT], OK),
        (both, &[new, DOCUMENT, KEY, VALUE], OK),
        (both, &[new, DOCUMENT], DENIED),
    ];
    for (policy, parameters, expected) in table {
        let door = world();
        let keys = door.user("asker", &[policy]);
        let answer = door.call(&keys, "iam:CreatePolicy", parameters);
        assert_eq!(answer.verdict(), expected, "{parameters:?} with {policy}");
    }
}
