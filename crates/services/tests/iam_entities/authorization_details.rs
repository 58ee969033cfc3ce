//! Everything in the account in one list.

use doorward_directory::change::{Holder, attachments, boundaries, policies};
use doorward_wire::{Structure as _, iam};

use crate::door::{ALLOW_ALL, Answer, Door, MANAGEMENT, account, allows, trusts};
use crate::{check, pages, send};

const ARN: &str = "arn:aws:iam::111111111111";

fn furnished() -> Door {
    let door = Door::new();
    door.tagged_user(MANAGEMENT, "/team/Ana", &[("Team", "x")], &[&allows("s3:GetObject", "*")]);
    door.user("bob", &[]);
    door.group("Staff", &[&allows("s3:ListBucket", "*")], &["ana", "bob"]);
    door.role("Admin", &trusts(&format!("{ARN}:user/team/Ana")), &[&allows("s3:PutObject", "*")]);
    let everything = door.managed("/all/Everything", ALLOW_ALL);
    let narrow = allows("s3:DeleteObject", "*");
    door.change(|draft| {
        let owner = account(MANAGEMENT);
        for holder in [Holder::User("ana"), Holder::Group("staff"), Holder::Role("admin")] {
            attachments::attach(draft, owner, holder, &everything)?;
        }
        boundaries::put(draft, owner, boundaries::Bounded::User("ana"), &everything)?;
        policies::create_version(draft, owner, &everything, &narrow, policies::Standing::Spare)
    });
    let root = door.root();
    send(&door, &root, "CreateInstanceProfile InstanceProfileName=Web").ok();
    send(&door, &root, "AddRoleToInstanceProfile InstanceProfileName=web RoleName=admin").ok();
    door
}

/// The one entry of a list.
fn entry(answer: &Answer, list: &str) -> Answer {
    Answer { xml: answer.text(list), ..answer.clone() }
}

fn encoded(document: &str) -> String {
    doorward_wire::percent_encode_document(document)
}

#[test]
fn the_members_are_those_of_the_model_in_its_order() {
    let door = furnished();
    let shape = iam::GetAccountAuthorizationDetailsResponse::shape();
    let names: Vec<&str> = shape.members.iter().map(|member| member.name).collect();
    let page = send(&door, &door.root(), "GetAccountAuthorizationDetails MaxItems=1").ok();
    let result = page.text("GetAccountAuthorizationDetailsResult");
    let found = names.iter().map(|name| result.find(&format!("<{name}")));
    let places: Vec<usize> = found.map(Option::unwrap).collect();
    assert!(places.is_sorted(), "{names:?} at {places:?}");
    let names = names.iter().map(|name| {
        result.matches(&format!("</{name}>")).count() + result.matches(&format!("<{name}/>")).count()
    });
    assert!(names.eq([1; 6]), "{result}");
}

#[test]
fn everything_is_shown() {
    let door = furnished();
    let all = send(&door, &door.root(), "GetAccountAuthorizationDetails").ok();
    assert_eq!(all.text("IsTruncated"), "false");

    let users = entry(&all, "UserDetailList");
    assert_eq!(users.texts("UserName"), ["Ana", "bob"]);
    assert_eq!(users.text("Arn"), format!("{ARN}:user/team/Ana"));
    assert_eq!(users.text("PolicyDocument"), encoded(&allows("s3:GetObject", "*")));
    assert_eq!(users.text("PermissionsBoundaryArn"), format!("{ARN}:policy/all/Everything"));
    assert_eq!(users.text("Key"), "Team");
    let lists = |name: &str| users.texts(name);
    assert_eq!(lists("GroupList"), ["<member>Staff</member>", "<member>Staff</member>"]);
    assert_eq!(lists("UserPolicyList")[1], "");
    assert_eq!(lists("AttachedManagedPolicies")[1], "");
    assert_eq!(users.text("PolicyArn"), format!("{ARN}:policy/all/Everything"));

    let groups = entry(&all, "GroupDetailList");
    assert_eq!(groups.texts("GroupName"), ["Staff"]);
    assert_eq!(groups.text("PolicyDocument"), encoded(&allows("s3:ListBucket", "*")));
    assert_eq!(groups.texts("PolicyArn"), [format!("{ARN}:policy/all/Everything")]);

    let roles = entry(&all, "RoleDetailList");
    assert_eq!(roles.text("InstanceProfileName"), "Web");
    assert_eq!(roles.texts("RoleName"), ["Admin", "Admin"], "the role, and the role in its instance profile");
    assert_eq!(roles.text("PolicyDocument"), encoded(&allows("s3:PutObject", "*")));
    assert_eq!(roles.text("AssumeRolePolicyDocument"), encoded(&trusts(&format!("{ARN}:user/team/Ana"))));
    assert!(roles.has("RoleLastUsed") && roles.has("Tags"));

    let managed = entry(&all, "Policies");
    assert_eq!(managed.texts("PolicyName"), ["Everything"]);
    assert_eq!(managed.text("Path"), "/all/");
    assert_eq!(managed.text("DefaultVersionId"), "v1");
    assert_eq!(managed.text("AttachmentCount"), "3");
    assert_eq!(managed.text("PermissionsBoundaryUsageCount"), "1");
    assert_eq!(managed.text("IsAttachable"), "true");
    assert_eq!(managed.texts("VersionId"), ["v1", "v2"]);
    assert_eq!(managed.texts("IsDefaultVersion"), ["true", "false"]);
    assert_eq!(managed.texts("Document"), [encoded(ALLOW_ALL), encoded(&allows("s3:DeleteObject", "*"))]);
}

#[test]
fn filters() {
    let door = furnished();
    for (filter, shown) in [
        (&["User"][..], &["UserDetailList"][..]),
        (&["Group"], &["GroupDetailList"]),
        (&["Role"], &["RoleDetailList"]),
        (&["LocalManagedPolicy"], &["Policies"]),
        (&["AWSManagedPolicy"], &[]),
        (&["Role", "User", "AWSManagedPolicy"], &["UserDetailList", "RoleDetailList"]),
    ] {
        let members = filter.iter().enumerate();
        let members = members.map(|(at, kind)| format!(" Filter.member.{}={kind}", at + 1));
        let request = format!("GetAccountAuthorizationDetails{}", members.collect::<String>());
        let answer = send(&door, &door.root(), &request).ok();
        for list in ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] {
            assert_eq!(!answer.text(list).is_empty(), shown.contains(&list), "{filter:?} {list}");
        }
    }
    let unknown = send(&door, &door.root(), "GetAccountAuthorizationDetails Filter.member.1=Users");
    assert_eq!((unknown.status, unknown.verdict()), (400, "ValidationError"));
}

/// Ids, which every entry has exactly one of, when instance profiles are empty.
fn names(answer: &Answer) -> Vec<String> {
    let lists = [
        ("UserDetailList", "UserName"),
        ("GroupDetailList", "GroupName"),
        ("RoleDetailList", "RoleName"),
        ("Policies", "PolicyName"),
    ];
    lists.iter().flat_map(|(list, name)| entry(answer, list).texts(name)).collect()
}

#[test]
fn pages_run_through_all_kinds() {
    let door = Door::new();
    let root = door.root();
    for name in ["u1", "U2", "u3"] {
        door.user(name, &[]);
    }
    door.group("g1", &[], &[]);
    for name in ["r1", "r2"] {
        door.role(name, &trusts(&format!("{ARN}:user/u1")), &[]);
    }
    for name in ["p1", "p2", "p3"] {
        door.managed(name, ALLOW_ALL);
    }
    let all = ["u1", "U2", "u3", "g1", "r1", "r2", "p1", "p2", "p3"];
    for size in 1..=all.len() + 1 {
        let (mut seen, mut marker, mut count) = (Vec::new(), String::new(), 0);
        loop {
            let request = format!("GetAccountAuthorizationDetails MaxItems={size}{marker}");
            let answer = send(&door, &root, &request).ok();
            let page = names(&answer);
            assert!(page.len() <= size);
            (seen, count) = ([seen, page].concat(), count + 1);
            if answer.text("IsTruncated") == "false" {
                break;
            }
            marker = format!(" Marker={}", answer.text("Marker"));
        }
        assert_eq!(seen, all, "{size}");
        assert_eq!(count, all.len().div_ceil(size), "no page is empty: {size}");
    }
    let two = pages(&door, &root, "GetAccountAuthorizationDetails Filter.member.1=Role", "RoleName", || ());
    assert_eq!(two, [["r1", "r2"]]);
}

#[test]
fn a_page_goes_on_after_what_was_deleted() {
    let door = Door::new();
    let root = door.root();
    door.group("g1", &[], &[]);
    for name in ["a", "b"] {
        send(&door, &root, &format!("CreateUser UserName={name}")).ok();
    }
    let seen = pages(&door, &root, "GetAccountAuthorizationDetails", "Arn", || {
        send(&door, &root, "DeleteUser UserName=b").ok();
        send(&door, &root, "CreateUser UserName=aa").ok();
    });
    let arn = |rest: &str| format!("{ARN}:{rest}");
    assert_eq!(seen, [vec![arn("user/a"), arn("user/b")], vec![arn("group/g1")]]);
}

#[test]
fn markers_of_other_lists_are_refused() {
    let door = furnished();
    let root = door.root();
    let foreign = send(&door, &root, "ListUsers MaxItems=1").ok().text("Marker");
    let invalid = "400 ValidationError: Invalid Marker.";
    // Ids of access keys begin with a capital.
    send(&door, &root, "CreateAccessKey").ok();
    let key = send(&door, &root, "ListAccessKeys MaxItems=1").ok().text("Marker");
    check(
        &door,
        &root,
        &[
            (&format!("GetAccountAuthorizationDetails Marker={foreign}"), invalid),
            (&format!("GetAccountAuthorizationDetails Marker={key}"), invalid),
            ("GetAccountAuthorizationDetails Marker=x", invalid),
        ],
    );
}
