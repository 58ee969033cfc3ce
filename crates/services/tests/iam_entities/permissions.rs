//! What each operation asks to be allowed: exactly these actions on exactly these resources, before it tells what exists.

use doorward_directory::change::boundaries::{self, Bounded};

use crate::door::{ALLOW_ALL, Door, MANAGEMENT, account, trusts};
use crate::{check, send};

/// A request, what its caller must be allowed (action and resource, after `arn:aws:iam::111111111111:`), and what comes
/// of it then.
type Row = (&'static str, &'static [(&'static str, &'static str)], &'static str);

const NO_GROUP: &str = "404 NoSuchEntity: The group with name none cannot be found.";
const NO_USER: &str = "404 NoSuchEntity: The user with name none cannot be found.";
const NO_ROLE: &str = "404 NoSuchEntity: The role with name none cannot be found.";
const NO_PROFILE: &str = "404 NoSuchEntity: Instance Profile none cannot be found.";
const NO_KEY: &str = "404 NoSuchEntity: The Access Key with id AKIAAAAAAAAAAAAAAAAA cannot be found";

/// Names are asked for in another case than they are stored in: what counts is the stored ARN.
const ROWS: &[Row] = &[
    ("CreateGroup GroupName=New Path=/p/", &[("CreateGroup", "group/p/New")], "ok"),
    ("CreateGroup GroupName=New", &[("CreateGroup", "group/New")], "ok"),
    ("GetGroup GroupName=STAFF", &[("GetGroup", "group/g/Staff")], "ok"),
    ("GetGroup GroupName=none", &[("GetGroup", "group/none")], NO_GROUP),
    ("ListGroups", &[("ListGroups", "*")], "ok"),
    ("ListGroupsForUser UserName=BOB", &[("ListGroupsForUser", "user/u/Bob")], "ok"),
    ("ListGroupsForUser UserName=none", &[("ListGroupsForUser", "user/none")], NO_USER),
    (
        "UpdateGroup GroupName=STAFF NewGroupName=Crew",
        &[("UpdateGroup", "group/g/Staff"), ("UpdateGroup", "group/g/Crew")],
        "ok",
    ),
    (
        "UpdateGroup GroupName=STAFF NewPath=/h/",
        &[("UpdateGroup", "group/g/Staff"), ("UpdateGroup", "group/h/Staff")],
        "ok",
    ),
    ("UpdateGroup GroupName=STAFF", &[("UpdateGroup", "group/g/Staff")], "ok"),
    ("UpdateGroup GroupName=none", &[("UpdateGroup", "group/none")], NO_GROUP),
    ("DeleteGroup GroupName=EMPTY", &[("DeleteGroup", "group/Empty")], "ok"),
    ("DeleteGroup GroupName=none", &[("DeleteGroup", "group/none")], NO_GROUP),
    ("AddUserToGroup GroupName=EMPTY UserName=bob", &[("AddUserToGroup", "group/Empty")], "ok"),
    ("AddUserToGroup GroupName=EMPTY UserName=none", &[("AddUserToGroup", "group/Empty")], NO_USER),
    ("RemoveUserFromGroup GroupName=STAFF UserName=bob", &[("RemoveUserFromGroup", "group/g/Staff")], "ok"),
    ("RemoveUserFromGroup GroupName=none UserName=bob", &[("RemoveUserFromGroup", "group/none")], NO_GROUP),
    (
        "CreateInstanceProfile InstanceProfileName=New Path=/p/",
        &[("CreateInstanceProfile", "instance-profile/p/New")],
        "ok",
    ),
    (
        "CreateInstanceProfile InstanceProfileName=New Tags.member.1.Key=a Tags.member.1.Value=b",
        &[("CreateInstanceProfile", "instance-profile/New"), ("TagInstanceProfile", "instance-profile/New")],
        "ok",
    ),
    ("GetInstanceProfile InstanceProfileName=WEB", &[("GetInstanceProfile", "instance-profile/i/Web")], "ok"),
    (
        "GetInstanceProfile InstanceProfileName=none",
        &[("GetInstanceProfile", "instance-profile/none")],
        NO_PROFILE,
    ),
    ("ListInstanceProfiles", &[("ListInstanceProfiles", "*")], "ok"),
    ("ListInstanceProfilesForRole RoleName=ADMIN", &[("ListInstanceProfilesForRole", "role/r/Admin")], "ok"),
    ("ListInstanceProfilesForRole RoleName=none", &[("ListInstanceProfilesForRole", "role/none")], NO_ROLE),
    (
        "DeleteInstanceProfile InstanceProfileName=BARE",
        &[("DeleteInstanceProfile", "instance-profile/Bare")],
        "ok",
    ),
    (
        "DeleteInstanceProfile InstanceProfileName=none",
        &[("DeleteInstanceProfile", "instance-profile/none")],
        NO_PROFILE,
    ),
    (
        "AddRoleToInstanceProfile InstanceProfileName=BARE RoleName=ADMIN",
        &[("AddRoleToInstanceProfile", "instance-profile/Bare"), ("PassRole", "role/r/Admin")],
        "ok",
    ),
    (
        "AddRoleToInstanceProfile InstanceProfileName=BARE RoleName=none",
        &[("AddRoleToInstanceProfile", "instance-profile/Bare"), ("PassRole", "role/none")],
        NO_ROLE,
    ),
    (
        "RemoveRoleFromInstanceProfile InstanceProfileName=WEB RoleName=admin",
        &[("RemoveRoleFromInstanceProfile", "instance-profile/i/Web")],
        "ok",
    ),
    (
        "RemoveRoleFromInstanceProfile InstanceProfileName=none RoleName=admin",
        &[("RemoveRoleFromInstanceProfile", "instance-profile/none")],
        NO_PROFILE,
    ),
    ("CreateAccessKey UserName=BOB", &[("CreateAccessKey", "user/u/Bob")], "ok"),
    ("CreateAccessKey UserName=none", &[("CreateAccessKey", "user/none")], NO_USER),
    ("CreateAccessKey", &[("CreateAccessKey", "user/asker")], "ok"),
    ("ListAccessKeys UserName=BOB", &[("ListAccessKeys", "user/u/Bob")], "ok"),
    ("ListAccessKeys UserName=none", &[("ListAccessKeys", "user/none")], NO_USER),
    ("ListAccessKeys", &[("ListAccessKeys", "user/asker")], "ok"),
    (
        "UpdateAccessKey UserName=BOB AccessKeyId=AKIAAAAAAAAAAAAAAAAA Status=Active",
        &[("UpdateAccessKey", "user/u/Bob")],
        NO_KEY,
    ),
    (
        "UpdateAccessKey AccessKeyId=AKIAAAAAAAAAAAAAAAAA Status=Active",
        &[("UpdateAccessKey", "user/asker")],
        NO_KEY,
    ),
    (
        "DeleteAccessKey UserName=BOB AccessKeyId=AKIAAAAAAAAAAAAAAAAA",
        &[("DeleteAccessKey", "user/u/Bob")],
        NO_KEY,
    ),
    ("DeleteAccessKey AccessKeyId=AKIAAAAAAAAAAAAAAAAA", &[("DeleteAccessKey", "user/asker")], NO_KEY),
    ("CreateAccountAlias AccountAlias=example", &[("CreateAccountAlias", "*")], "ok"),
    (
        "DeleteAccountAlias AccountAlias=example",
        &[("DeleteAccountAlias", "*")],
        "404 NoSuchEntity: The account alias example cannot be found.",
    ),
    ("ListAccountAliases", &[("ListAccountAliases", "*")], "ok"),
    ("GetAccountSummary", &[("GetAccountSummary", "*")], "ok"),
    ("GetAccountAuthorizationDetails", &[("GetAccountAuthorizationDetails", "*")], "ok"),
];

/// Every operation is asked for by a caller that is allowed what it needs and no more; and by callers that are allowed
/// each thing but one, that one on a neighbouring resource instead.
#[test]
fn every_operation_asks_for_what_it_does() {
    for (request, needs, outcome) in ROWS {
        for (missing, (action, resource)) in needs.iter().enumerate() {
            let door = furnished();
            let asker = door.user("asker", &[&allowing(needs, Some(missing))]);
            let outcome = send(&door, &asker, request).outcome();
            let denied = format!(
                "403 AccessDenied: User: arn:aws:iam::111111111111:user/asker is not authorized to perform: \
                 iam:{action} on resource: "
            );
            assert!(outcome.starts_with(&denied), "{request}, {resource}: {outcome}");
        }
        let door = furnished();
        let asker = door.user("asker", &[&allowing(needs, None)]);
        assert_eq!(send(&door, &asker, request).outcome(), *outcome, "{request}");
    }
}

/// What denials call the resource: what exists by kind and name, as they were asked for, whether or not it is there; what is
/// to be created, or listed, by its ARN; the account as `*`.
///
/// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.create-cluster.html>, its table of errors
#[test]
fn denials_name_resources_as_iam_does() {
    const PREFIX: &str = "arn:aws:iam::111111111111:";
    for (request, action, shown) in [
        ("CreateGroup GroupName=New Path=/p/", "CreateGroup", format!("{PREFIX}group/p/New")),
        ("GetGroup GroupName=STAFF", "GetGroup", "group STAFF".to_owned()),
        ("GetGroup GroupName=none", "GetGroup", "group none".to_owned()),
        ("ListGroups", "ListGroups", format!("{PREFIX}group/")),
        ("ListGroups PathPrefix=/g/", "ListGroups", format!("{PREFIX}group/g/")),
        ("ListUsers", "ListUsers", format!("{PREFIX}user/")),
        ("ListRoles PathPrefix=/r", "ListRoles", format!("{PREFIX}role/r")),
        ("ListInstanceProfiles", "ListInstanceProfiles", format!("{PREFIX}instance-profile/")),
        ("ListPolicies", "ListPolicies", "policy path /".to_owned()),
        ("CreateUser UserName=new", "CreateUser", format!("{PREFIX}user/new")),
        ("GetUser UserName=bob", "GetUser", "user bob".to_owned()),
        ("ListAccessKeys", "ListAccessKeys", "user asker".to_owned()),
        ("GetRole RoleName=admin", "GetRole", "role admin".to_owned()),
        (
            "GetInstanceProfile InstanceProfileName=web",
            "GetInstanceProfile",
            "instance profile web".to_owned(),
        ),
        (
            "GetPolicy PolicyArn=arn:aws:iam::aws:policy/P",
            "GetPolicy",
            "policy arn:aws:iam::aws:policy/P".to_owned(),
        ),
        ("CreatePolicy PolicyName=P PolicyDocument={}", "CreatePolicy", "policy P".to_owned()),
        ("GetAccountSummary", "GetAccountSummary", "*".to_owned()),
    ] {
        let door = furnished();
        let asker = door.user("asker", &[]);
        let denied = format!(
            "403 AccessDenied: User: arn:aws:iam::111111111111:user/asker is not authorized to perform: \
             iam:{action} on resource: {shown} because no identity-based policy allows the iam:{action} action"
        );
        assert_eq!(send(&door, &asker, request).outcome(), denied, "{request}");
    }
    let door = furnished();
    let asker =
        door.user("asker", &[&allowing(&[("AddRoleToInstanceProfile", "instance-profile/Bare")], None)]);
    let outcome =
        send(&door, &asker, "AddRoleToInstanceProfile InstanceProfileName=BARE RoleName=admin").outcome();
    assert!(
        outcome.contains(" iam:PassRole on resource: arn:aws:iam::111111111111:role/r/Admin "),
        "{outcome}"
    );
}

fn furnished() -> Door {
    let door = Door::new();
    let root = door.root();
    door.user("/u/Bob", &[]);
    door.role("/r/Admin", &trusts("arn:aws:iam::111111111111:root"), &[]);
    for request in [
        "CreateGroup GroupName=Staff Path=/g/",
        "CreateGroup GroupName=Empty",
        "AddUserToGroup GroupName=Staff UserName=bob",
        "CreateInstanceProfile InstanceProfileName=Web Path=/i/",
        "CreateInstanceProfile InstanceProfileName=Bare",
        "AddRoleToInstanceProfile InstanceProfileName=web RoleName=admin",
    ] {
        send(&door, &root, request).ok();
    }
    door
}

fn arn(resource: &str) -> String {
    if resource == "*" { resource.to_owned() } else { format!("arn:aws:iam::111111111111:{resource}") }
}

/// A policy that allows what is needed; the one at `missing` on a neighbour only.
fn allowing(needs: &[(&str, &str)], missing: Option<usize>) -> String {
    let statements = needs.iter().enumerate().map(|(at, (action, resource))| {
        let neighbour = if *resource == "*" { arn("user/x") } else { arn(&format!("{resource}x")) };
        let resource = if missing == Some(at) { neighbour } else { arn(resource) };
        format!(r#"{{"Effect":"Allow","Action":"iam:{action}","Resource":"{resource}"}}"#)
    });
    let statements = statements.collect::<Vec<_>>().join(",");
    format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#)
}

/// A condition on a key, a request, and what comes of it when everything is allowed under that condition, and filling
/// instance profiles, though not passing roles, without.
#[test]
fn what_conditions_see() {
    let boundary = r#""ArnEquals":{"iam:PermissionsBoundary":"arn:aws:iam::111111111111:policy/limit"}"#;
    let tag_user = r#""StringEquals":{"iam:ResourceTag/Team":"x","aws:ResourceTag/Team":"x"}"#;
    let tag_profile = r#""StringEquals":{"aws:ResourceTag/Team":"x"}"#;
    let iam_tag_profile = r#""StringEquals":{"iam:ResourceTag/Team":"x"}"#;
    let request_tag =
        r#""StringEquals":{"aws:RequestTag/Team":"x"},"ForAllValues:StringEquals":{"aws:TagKeys":["Team"]}"#;
    let to_machines = r#""StringEquals":{"iam:PassedToService":"ec2.amazonaws.com"},"ArnEquals":{"iam:AssociatedResourceArn":"arn:aws:ec2:*:111111111111:instance/*"}"#;
    let to_functions = r#""StringEquals":{"iam:PassedToService":"lambda.amazonaws.com"}"#;
    let elsewhere = r#""ArnEquals":{"iam:AssociatedResourceArn":"arn:aws:ec2:*:222222222222:instance/*"}"#;
    let no_boundary = r#""Null":{"iam:PermissionsBoundary":"true"}"#;
    let add = "AddRoleToInstanceProfile InstanceProfileName=Bare RoleName=Admin";
    let tagged = "CreateInstanceProfile InstanceProfileName=n Tags.member.1.Key=Team Tags.member.1.Value=";
    let (new_x, new_y) = (&format!("{tagged}x"), &format!("{tagged}y"));
    let rows: &[(&str, &str, &str)] = &[
        (tag_user, "CreateAccessKey UserName=tagged", "ok"),
        (tag_user, "CreateAccessKey UserName=bob", "AccessDenied"),
        (tag_user, "ListGroupsForUser UserName=tagged", "ok"),
        (boundary, "CreateAccessKey UserName=tagged", "AccessDenied"),
        (boundary, "ListGroupsForUser UserName=tagged", "AccessDenied"),
        (boundary, "GetUser UserName=bob", "AccessDenied"),
        (tag_profile, "GetInstanceProfile InstanceProfileName=tagged", "ok"),
        (tag_profile, "GetInstanceProfile InstanceProfileName=web", "AccessDenied"),
        (iam_tag_profile, "GetInstanceProfile InstanceProfileName=tagged", "AccessDenied"),
        (request_tag, new_x, "ok"),
        (request_tag, new_y, "AccessDenied"),
        (to_machines, add, "ok"),
        (to_functions, add, "AccessDenied"),
        (elsewhere, add, "AccessDenied"),
        (no_boundary, add, "ok"),
    ];
    for (condition, request, outcome) in rows {
        let door = furnished();
        let limit = door.managed("limit", ALLOW_ALL);
        door.tagged_user(MANAGEMENT, "tagged", &[("Team", "x")], &[]);
        door.change(|draft| {
            boundaries::put(draft, account(MANAGEMENT), Bounded::User("tagged"), &limit)?;
            boundaries::put(draft, account(MANAGEMENT), Bounded::Role("admin"), &limit)
        });
        send(
            &door,
            &door.root(),
            "CreateInstanceProfile InstanceProfileName=tagged Tags.member.1.Key=Team Tags.member.1.Value=x",
        )
        .ok();
        let policy = format!(
            r#"{{"Version":"2012-10-17","Statement":[
                {{"Effect":"Allow","Action":"iam:AddRoleToInstanceProfile","Resource":"*"}},
                {{"Effect":"Allow","Action":"iam:*","Resource":"*","Condition":{{{condition}}}}}]}}"#
        );
        let asker = door.user("asker", &[&policy]);
        let answer = send(&door, &asker, request);
        assert_eq!(answer.verdict(), *outcome, "{condition} {request}: {}", answer.message);
    }
}

/// Everybody sees their own account only, whatever the other holds under the same names.
#[test]
fn accounts_are_apart() {
    let door = furnished();
    let other = door.other_root();
    check(
        &door,
        &other,
        &[
            ("GetGroup GroupName=staff", "404 NoSuchEntity: The group with name staff cannot be found."),
            ("DeleteGroup GroupName=empty", "404 NoSuchEntity: The group with name empty cannot be found."),
            (
                "GetInstanceProfile InstanceProfileName=web",
                "404 NoSuchEntity: Instance Profile web cannot be found.",
            ),
            ("CreateGroup GroupName=staff", "ok"),
            ("CreateInstanceProfile InstanceProfileName=web", "ok"),
        ],
    );
    for request in ["ListGroups", "ListInstanceProfiles", "GetAccountAuthorizationDetails"] {
        let answer = send(&door, &other, request).ok();
        assert!(!answer.xml.contains("111111111111"), "{request}");
    }
}
