//! Every operation asks for its own action on the ARN that its resource is stored under, and on nothing else.

use doorward_services::table::row;
use doorward_wire::iam;

use crate::door::allows;
use crate::world::*;

/// An operation, parameters with which it succeeds, and the ARN it asks about. Names are in another case than stored.
type Row = (&'static str, Parameters<'static>, &'static str);

const USER: (&str, &str) = ("UserName", "ana");
const GROUP: (&str, &str) = ("GroupName", "ops");
const ROLE: (&str, &str) = ("RoleName", "WEB");
const PROFILE: (&str, &str) = ("InstanceProfileName", "box");
const POLICY: (&str, &str) = ("PolicyArn", USED);
const OTHER_POLICY: (&str, &str) = ("PolicyArn", SPARE);
const INLINE: (&str, &str) = ("PolicyName", "inline-0");
const DOCUMENT: (&str, &str) = ("PolicyDocument", READ);
const BOUNDARY: (&str, &str) = ("PermissionsBoundary", SPARE);
const KEY: (&str, &str) = ("Tags.member.1.Key", "Cost");
const VALUE: (&str, &str) = ("Tags.member.1.Value", "1");
const OLD_KEY: (&str, &str) = ("TagKeys.member.1", "Team");
const V2: (&str, &str) = ("VersionId", "v2");

const TABLE: [Row; 47] = [
    ("AttachGroupPolicy", &[GROUP, OTHER_POLICY], OPS),
    ("AttachRolePolicy", &[ROLE, OTHER_POLICY], WEB),
    ("AttachUserPolicy", &[USER, OTHER_POLICY], ANA),
    (
        "CreatePolicy",
        &[("PolicyName", "New"), ("Path", "/n/"), DOCUMENT],
        "arn:aws:iam::111111111111:policy/n/New",
    ),
    ("CreatePolicyVersion", &[POLICY, DOCUMENT, ("SetAsDefault", "true")], USED),
    ("DeleteGroupPolicy", &[GROUP, INLINE], OPS),
    ("DeletePolicy", &[OTHER_POLICY], SPARE),
    ("DeletePolicyVersion", &[POLICY, V2], USED),
    ("DeleteRolePermissionsBoundary", &[ROLE], WEB),
    ("DeleteRolePolicy", &[ROLE, INLINE], WEB),
    ("DeleteUserPermissionsBoundary", &[USER], ANA),
    ("DeleteUserPolicy", &[USER, INLINE], ANA),
    ("DetachGroupPolicy", &[GROUP, POLICY], OPS),
    ("DetachRolePolicy", &[ROLE, POLICY], WEB),
    ("DetachUserPolicy", &[USER, POLICY], ANA),
    ("GetGroupPolicy", &[GROUP, INLINE], OPS),
    ("GetPolicy", &[POLICY], USED),
    ("GetPolicyVersion", &[POLICY, V2], USED),
    ("GetRolePolicy", &[ROLE, INLINE], WEB),
    ("GetUserPolicy", &[USER, INLINE], ANA),
    ("ListAttachedGroupPolicies", &[GROUP], OPS),
    ("ListAttachedRolePolicies", &[ROLE], WEB),
    ("ListAttachedUserPolicies", &[USER], ANA),
    ("ListEntitiesForPolicy", &[POLICY], USED),
    ("ListGroupPolicies", &[GROUP], OPS),
    ("ListInstanceProfileTags", &[PROFILE], BOX),
    ("ListPolicies", &[], "*"),
    ("ListPolicyTags", &[POLICY], USED),
    ("ListPolicyVersions", &[POLICY], USED),
    ("ListRolePolicies", &[ROLE], WEB),
    ("ListRoleTags", &[ROLE], WEB),
    ("ListUserPolicies", &[USER], ANA),
    ("ListUserTags", &[USER], ANA),
    ("PutGroupPolicy", &[GROUP, INLINE, DOCUMENT], OPS),
    ("PutRolePermissionsBoundary", &[ROLE, BOUNDARY], WEB),
    ("PutRolePolicy", &[ROLE, INLINE, DOCUMENT], WEB),
    ("PutUserPermissionsBoundary", &[USER, BOUNDARY], ANA),
    ("PutUserPolicy", &[USER, INLINE, DOCUMENT], ANA),
    ("SetDefaultPolicyVersion", &[POLICY, V2], USED),
    ("TagInstanceProfile", &[PROFILE, KEY, VALUE], BOX),
    ("TagPolicy", &[POLICY, KEY, VALUE], USED),
    ("TagRole", &[ROLE, KEY, VALUE], WEB),
    ("TagUser", &[USER, KEY, VALUE], ANA),
    ("UntagInstanceProfile", &[PROFILE, OLD_KEY], BOX),
    ("UntagPolicy", &[POLICY, OLD_KEY], USED),
    ("UntagRole", &[ROLE, OLD_KEY], WEB),
    ("UntagUser", &[USER, OLD_KEY], ANA),
];

#[test]
fn who_may_do_it_there_may_do_it() {
    for (operation, parameters, resource) in TABLE {
        assert!(row(iam::SERVICE.operation(operation).unwrap()).is_some(), "{operation} is not there");
        let door = world();
        check(&door, &allowed(&door, operation, resource), &[(operation, parameters, "ok", &[])]);
    }
}

#[test]
fn who_may_do_it_elsewhere_may_not() {
    for (operation, parameters, resource) in TABLE {
        let door = world();
        let elsewhere = match resource.rsplit_once('/') {
            None => vec![ANA.to_owned()],
            // A neighbour, the spelling of the request, and the way to another path.
            Some((path, name)) => {
                vec![
                    format!("{resource}x"),
                    format!("{path}/{}", name.to_lowercase()),
                    format!("{path}/x/{name}"),
                ]
            }
        };
        for (number, elsewhere) in elsewhere.iter().enumerate() {
            let policy = allows(&format!("iam:{operation}"), elsewhere);
            let keys = door.user(&format!("asker-{number}"), &[&policy]);
            let answer = door.call(&keys, &format!("iam:{operation}"), parameters);
            assert_eq!(answer.verdict(), "AccessDenied", "{operation} on {resource}, allowed on {elsewhere}");
        }
    }
}

#[test]
fn who_may_do_everything_else_may_not() {
    for (operation, parameters, _) in TABLE {
        let door = world();
        let others = format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","NotAction":"iam:{operation}","Resource":"*"}}}}"#
        );
        let keys = door.user("asker", &[&others]);
        let answer = door.call(&keys, &format!("iam:{operation}"), parameters);
        assert_eq!(answer.verdict(), "AccessDenied", "{operation}");
    }
}

/// What does not exist is asked about under the ARN it would have; only then is it said that it does not exist.
#[test]
fn existence_is_told_only_to_those_who_may_ask() {
    let nobody = ("UserName", "nobody");
    let at = |rest: &str| format!("arn:aws:iam::111111111111:{rest}");
    let user = "404 NoSuchEntity: The user with name nobody cannot be found.";
    let group = "404 NoSuchEntity: The group with name nobody cannot be found.";
    let role = "404 NoSuchEntity: The role with name nobody cannot be found.";
    let profile = "404 NoSuchEntity: Instance Profile nobody cannot be found.";
    let foreign = "404 NoSuchEntity: Policy arn:aws:iam::222222222222:policy/Foreign was not found.";
    let table: [(&str, Parameters<'_>, String, &str); 6] = [
        ("ListUserPolicies", &[nobody], at("user/nobody"), user),
        ("PutGroupPolicy", &[("GroupName", "nobody"), INLINE, DOCUMENT], at("group/nobody"), group),
        ("ListRoleTags", &[("RoleName", "nobody")], at("role/nobody"), role),
        (
            "ListInstanceProfileTags",
            &[("InstanceProfileName", "nobody")],
            at("instance-profile/nobody"),
            profile,
        ),
        ("GetPolicy", &[("PolicyArn", FOREIGN)], FOREIGN.to_owned(), foreign),
        ("DeletePolicy", &[("PolicyArn", FOREIGN)], FOREIGN.to_owned(), foreign),
    ];
    for (operation, parameters, resource, outcome) in table {
        let door = world();
        let neighbour = door.user("neighbour", &[&allows("iam:*", &format!("{resource}x"))]);
        let answer = door.call(&neighbour, &format!("iam:{operation}"), parameters);
        assert_eq!(answer.verdict(), "AccessDenied", "{operation}");
        check(&door, &allowed(&door, operation, &resource), &[(operation, parameters, outcome, &[])]);
    }
}
