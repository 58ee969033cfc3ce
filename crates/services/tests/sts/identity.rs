//! `GetCallerIdentity` and `GetAccessKeyInfo`.

use crate::cast::{Cast, SERVICE};
use crate::door::{Ask, Door, MANAGEMENT, OTHER, denies, trusts};

/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
#[test]
fn everyone_learns_who_they_are() {
    let cast = Cast::new();
    let pathed = cast.door.role("/team/red/pathed", &trusts("*"), &[]);
    let id = |name: &str| {
        let snapshot = cast.door.directory().snapshot();
        let user = snapshot.user(name_account(name), name).map(|user| user.id);
        user.or_else(|| snapshot.role(name_account(name), name).map(|role| role.id)).unwrap().to_string()
    };
    let pathed_session = cast.door.assume(cast.keys("ana"), &pathed);
    let session = |role: &str| {
        (format!("{}:session", id(role)), format!("arn:aws:sts::{MANAGEMENT}:assumed-role/{role}/session"))
    };
    let user = |account: &str, name: &str| (id(name), format!("arn:aws:iam::{account}:user/{name}"));
    let root = |account: &str| (account.to_owned(), format!("arn:aws:iam::{account}:root"));
    let service = (SERVICE.to_owned(), format!("arn:aws:iam::{MANAGEMENT}:service/{SERVICE}"));
    let rows = [
        (cast.keys("root"), MANAGEMENT, root(MANAGEMENT)),
        (cast.keys("other-root"), OTHER, root(OTHER)),
        (cast.keys("ana"), MANAGEMENT, user(MANAGEMENT, "ana")),
        (cast.keys("ana-token"), MANAGEMENT, user(MANAGEMENT, "ana")),
        (cast.keys("olga"), OTHER, user(OTHER, "olga")),
        (cast.keys("hop"), MANAGEMENT, session("hop")),
        (&pathed_session, MANAGEMENT, session("pathed")),
        (cast.keys("ci"), MANAGEMENT, service),
    ];
    for (keys, account, (id, arn)) in rows {
        let answer = cast.door.call(keys, "sts:GetCallerIdentity", &[]).ok();
        let found = ["Account", "UserId", "Arn"].map(|name| answer.text(name));
        assert_eq!(found, [account.to_owned(), id, arn]);
    }
}

fn name_account(name: &str) -> doorward_policy::AccountId {
    crate::door::account(if matches!(name, "olga" | "otto") { OTHER } else { MANAGEMENT })
}

/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
#[test]
fn no_policy_can_keep_it_from_them() {
    let door = Door::new();
    let deny = denies("*", "*");
    let udo = door.user("udo", &[&deny]);
    let role = door.role("reader", &trusts("*"), &[&deny]);
    let ana = door.user("ana", &[]);
    let session = door.assume_with(&ana, &role, &[("Policy", &deny)]);
    for keys in [&udo, &session] {
        door.call(keys, "sts:GetCallerIdentity", &[]).ok();
    }
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/programming.html>
#[test]
fn json_for_those_who_ask_for_it() {
    let door = Door::new();
    let root = door.root();
    let headers = [("accept", "application/json")];
    let answer = door.send(&Ask { headers: &headers, ..Ask::of(&root, "sts:GetCallerIdentity", &[]) }).ok();
    assert_eq!(
        answer.xml,
        "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"UserId\":\"111111111111\",\
         \"Account\":\"111111111111\",\"Arn\":\"arn:aws:iam::111111111111:root\"},\
         \"ResponseMetadata\":{\"RequestId\":\"request-id\"}}}"
    );
}

/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html>
#[test]
fn a_key_tells_its_account() {
    let cast = Cast::new();
    let admin = cast.door.root();
    let (ana, olga, hop) = (&cast.keys("ana").id, &cast.keys("olga").id, &cast.keys("hop").id);
    let rows = [
        (ana.as_str(), MANAGEMENT),
        (hop, MANAGEMENT),
        (olga, OTHER),
        (&cast.door.other_root().id, OTHER),
        // Published sample; it need not be a key of ours.
        ("ASIAQNZGKIQY56JQ7WML", "029608264753"),
    ];
    for (key, account) in rows {
        let answer = cast.door.call(&admin, "sts:GetAccessKeyInfo", &[("AccessKeyId", key)]).ok();
        assert_eq!(answer.text("Account"), account, "{key}");
    }
    for wrong in ["AKIA", "akiaqnzgkiqy56jq7wml", "AKIAQNZGKIQY56JQ7WM1", "AIDAQNZGKIQY56JQ7WML"] {
        let answer = cast.door.call(&admin, "sts:GetAccessKeyInfo", &[("AccessKeyId", wrong)]);
        assert_eq!(answer.verdict(), "ValidationError", "{wrong}: {}", answer.outcome());
    }
    cast.door.call(cast.keys("bea"), "sts:GetAccessKeyInfo", &[("AccessKeyId", ana)]).refused(
        "403 AccessDenied: User: arn:aws:iam::111111111111:user/bea is not authorized to perform: \
         sts:GetAccessKeyInfo because no identity-based policy allows the sts:GetAccessKeyInfo action",
    );
}
