//! Every policy that bears on a user or a role is in force.

use doorward_directory::change::{self, Holder, boundaries::Bounded};

use crate::door::{ALLOW_ALL, Door, MANAGEMENT, account, allows, denies, trusts};

const BEA: &[(&str, &str)] = &[("UserName", "bea")];
const ARN: &str = "arn:aws:iam::111111111111:user/bea";

fn denied(who: &str, reason: &str) -> String {
    format!(
        "403 AccessDenied: User: {who} is not authorized to perform: iam:GetUser on resource: user bea {reason}"
    )
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>
#[test]
fn boundaries_limit() {
    let door = Door::new();
    door.user("bea", &[]);
    let ana = door.user("ana", &[ALLOW_ALL]);
    let session = door.assume(&ana, &door.role("reader", &trusts("*"), &[ALLOW_ALL]));
    let none = door.managed("none", &allows("s3:*", "*"));
    let get = door.managed("get", &allows("iam:Get*", "*"));
    let deny = door.managed("deny", &denies("iam:GetUser", "*"));
    let (user, role) =
        ("arn:aws:iam::111111111111:user/ana", "arn:aws:sts::111111111111:assumed-role/reader/session");
    let outside = "because no permissions boundary allows the iam:GetUser action".to_owned();
    let denies = format!("with an explicit deny in a permissions boundary: {deny}");
    for (boundary, reason) in [(&none, Some(&outside)), (&get, None), (&deny, Some(&denies))] {
        for (who, bounded, keys) in
            [(user, Bounded::User("ana"), &ana), (role, Bounded::Role("reader"), &session)]
        {
            door.change(|draft| change::boundaries::put(draft, account(MANAGEMENT), bounded, boundary));
            let expected = reason.map_or("ok".to_owned(), |reason| denied(who, reason));
            door.call(keys, "iam:GetUser", BEA).refused(&expected);
        }
    }
    for (bounded, keys) in [(Bounded::User("ana"), &ana), (Bounded::Role("reader"), &session)] {
        door.change(|draft| change::boundaries::delete(draft, account(MANAGEMENT), bounded));
        door.call(keys, "iam:GetUser", BEA).ok();
    }
}

/// A boundary alone allows nothing.
#[test]
fn boundaries_do_not_give() {
    let door = Door::new();
    door.user("bea", &[]);
    let ana = door.user("ana", &[]);
    let all = door.managed("all", ALLOW_ALL);
    door.change(|draft| change::boundaries::put(draft, account(MANAGEMENT), Bounded::User("ana"), &all));
    let reason = "because no identity-based policy allows the iam:GetUser action";
    door.call(&ana, "iam:GetUser", BEA).refused(&denied("arn:aws:iam::111111111111:user/ana", reason));
}

/// A trust policy that names a user does not lift the user's boundary: AWS's pages disagree, and this is the closed
/// reading.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html>
#[test]
fn boundaries_limit_what_trust_policies_grant() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let role = door.role("reader", &trusts("arn:aws:iam::111111111111:user/ana"), &[]);
    let parameters = [("RoleArn", role.as_str()), ("RoleSessionName", "session")];
    door.call(&ana, "sts:AssumeRole", &parameters).ok();
    let boundary = door.managed("boundary", &allows("iam:*", "*"));
    door.change(|draft| change::boundaries::put(draft, account(MANAGEMENT), Bounded::User("ana"), &boundary));
    let answer = door.call(&ana, "sts:AssumeRole", &parameters);
    let reason = "because no permissions boundary allows the sts:AssumeRole action";
    assert!(answer.message.ends_with(reason), "{}", answer.outcome());
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html>
#[test]
fn groups_give_and_take_away() {
    let door = Door::new();
    door.user("bea", &[]);
    let (ana, eva) = (door.user("ana", &[]), door.user("eva", &[ALLOW_ALL]));
    door.group("readers", &[&allows("iam:GetUser", "*")], &["ana"]);
    door.group("writers", &[], &["ana"]);
    door.group("outcasts", &[&denies("iam:GetUser", "*")], &["eva"]);
    let list = door.managed("list", &allows("iam:ListUsers", "*"));
    door.change(|draft| {
        change::attachments::attach(draft, account(MANAGEMENT), Holder::Group("writers"), &list)
    });
    door.call(&ana, "iam:GetUser", BEA).ok();
    door.call(&ana, "iam:ListUsers", &[]).ok();
    let explicit = "with an explicit deny in an identity-based policy";
    door.call(&eva, "iam:GetUser", BEA).refused(&denied("arn:aws:iam::111111111111:user/eva", explicit));
    door.call(&eva, "iam:ListUsers", &[]).ok();
    // What a group gives goes with the membership, at once and also for credentials that were made before.
    let token = door.call(&ana, "sts:GetSessionToken", &[]).ok().keys();
    assert_eq!(door.ask(&token, "iam:GetUser", ARN), "InvalidClientTokenId");
    door.change(|draft| change::groups::remove_member(draft, account(MANAGEMENT), "readers", "ana"));
    let implicit = "because no identity-based policy allows the iam:GetUser action";
    door.call(&ana, "iam:GetUser", BEA).refused(&denied("arn:aws:iam::111111111111:user/ana", implicit));
    door.call(&ana, "iam:ListUsers", &[]).ok();
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html>
#[test]
fn managed_policies_count_in_their_default_version() {
    let door = Door::new();
    door.user("bea", &[]);
    let ana = door.user("ana", &[]);
    let policy = door.managed("policy", &allows("iam:GetUser", "*"));
    door.change(|draft| {
        change::attachments::attach(draft, account(MANAGEMENT), Holder::User("ana"), &policy)
    });
    let may = || door.call(&ana, "iam:GetUser", BEA).verdict().to_owned();
    assert_eq!(may(), "ok");
    let denial = denies("iam:GetUser", "*");
    let version = |standing| {
        door.change(|draft| {
            change::policies::create_version(draft, account(MANAGEMENT), &policy, &denial, standing)
        });
    };
    version(change::policies::Standing::Spare);
    assert_eq!(may(), "ok");
    version(change::policies::Standing::Default);
    let reason = format!("with an explicit deny in an identity-based policy: {policy}");
    let expected = denied("arn:aws:iam::111111111111:user/ana", &reason);
    door.call(&ana, "iam:GetUser", BEA).refused(&expected);
    door.change(|draft| {
        change::attachments::detach(draft, account(MANAGEMENT), Holder::User("ana"), &policy)
    });
    assert_eq!(may(), "AccessDenied");
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
#[test]
fn variables_stand_for_the_caller() {
    let door = Door::new();
    let own = allows("iam:GetUser", "arn:aws:iam::111111111111:user/${aws:username}");
    let literal = own.replace("2012-10-17", "2008-10-17");
    let tagged = allows("iam:GetUser", "arn:aws:iam::111111111111:user/${aws:PrincipalTag/sees}");
    let ana = door.user("ana", &[&own]);
    let bea = door.user("bea", &[&own]);
    let eva = door.user("eva", &[&literal]);
    let star = door.tagged_user(MANAGEMENT, "star", &[("sees", "*")], &[&tagged]);
    let seer = door.tagged_user(MANAGEMENT, "seer", &[("sees", "ana")], &[&tagged]);
    let session = door.assume(&ana, &door.role("reader", &trusts("*"), &[&own]));
    let rows = [
        (&ana, "ana", "ok"),
        (&ana, "bea", "AccessDenied"),
        (&bea, "bea", "ok"),
        (&eva, "eva", "AccessDenied"),
        (&star, "ana", "AccessDenied"),
        (&seer, "ana", "ok"),
        (&seer, "seer", "AccessDenied"),
        (&session, "ana", "AccessDenied"),
    ];
    for (keys, user, expected) in rows {
        assert_eq!(
            door.call(keys, "iam:GetUser", &[("UserName", user)]).verdict(),
            expected,
            "{} {user}",
            keys.id
        );
    }
}

/// One request sees one state: what was written before it is there, also for the caller's own permissions.
#[test]
fn changes_are_seen_at_once() {
    let door = Door::new();
    let ana = door.user("ana", &[]);
    let root = door.root();
    let get = allows("iam:GetUser", "*");
    let put = [("UserName", "ana"), ("PolicyName", "get"), ("PolicyDocument", get.as_str())];
    for _ in 0..20 {
        assert_eq!(door.call(&ana, "iam:GetUser", &[]).verdict(), "AccessDenied");
        door.call(&root, "iam:PutUserPolicy", &put).ok();
        door.call(&ana, "iam:GetUser", &[]).ok();
        door.call(&root, "iam:DeleteUserPolicy", &put[..2]).ok();
    }
}
