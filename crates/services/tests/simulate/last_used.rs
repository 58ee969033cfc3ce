//! When access keys and roles were last used.

use crate::check;
use crate::door::{ALLOW_ALL, Door, MANAGEMENT, OTHER, account, allows, trusts};

#[test]
fn access_keys() {
    let door = Door::new();
    let root = door.root();
    let ana = door.user("ana", &[&allows("sqs:*", "*")]);
    let ask = [("AccessKeyId", ana.id.as_str())];
    let last = |fields: [&str; 3]| {
        let [date, service, region] = fields;
        let answer = door.call(&root, "iam:GetAccessKeyLastUsed", &ask);
        let shown =
            [("LastUsedDate", date), ("ServiceName", service), ("Region", region), ("UserName", "ana")];
        check(&answer, &shown);
    };
    last(["-", "N/A", "N/A"]);
    door.call(&ana, "sts:GetCallerIdentity", &[]).ok();
    last(["2026-11-22T10:00:00Z", "sts", "us-east-1"]);
    door.wait(3600);
    // An attempt counts, whatever comes of it; one with a wrong signature does not.
    door.call(&ana, "iam:ListUsers", &[]).refused(
        "403 AccessDenied: User: arn:aws:iam::111111111111:user/ana is not authorized to perform: iam:ListUsers on \
         resource: arn:aws:iam::111111111111:user/ because no identity-based policy allows the iam:ListUsers action",
    );
    last(["2026-11-22T11:00:00Z", "iam", "us-east-1"]);
    door.wait(3600);
    let forged = crate::door::Keys { secret: root.secret.clone(), ..ana.clone() };
    assert_eq!(door.call(&forged, "sts:GetCallerIdentity", &[]).verdict(), "SignatureDoesNotMatch");
    last(["2026-11-22T11:00:00Z", "iam", "us-east-1"]);
    // The same once it is written to the store.
    assert!(door.directory().save_uses(door.now()).unwrap() >= 2);
    last(["2026-11-22T11:00:00Z", "iam", "us-east-1"]);
    // Temporary credentials are not the key.
    let token = door.call(&ana, "sts:GetSessionToken", &[]).ok().keys();
    door.wait(600);
    door.call(&token, "sts:GetCallerIdentity", &[]).ok();
    last(["2026-11-22T12:00:00Z", "sts", "us-east-1"]);
}

#[test]
fn who_may_ask_about_which_key() {
    let door = Door::new();
    let own = door.user("own", &[&allows("iam:GetAccessKeyLastUsed", "arn:aws:iam::111111111111:user/own")]);
    let admin = door.user("admin", &[ALLOW_ALL]);
    let foreign = door.user_in(OTHER, "foreign", &[ALLOW_ALL]);
    let service = door.service_in(MANAGEMENT, "ci.example.internal");
    let (root, none) = (door.root(), "AKIAIOSFODNN7EXAMPLE");
    for (name, keys, id, outcome) in [
        ("own", &own, &*own.id, "ok"),
        ("own", &own, &admin.id, "AccessDenied"),
        ("own", &own, &foreign.id, "AccessDenied"),
        ("own", &own, none, "AccessDenied"),
        ("admin", &admin, &own.id, "ok"),
        ("admin", &admin, &root.id, "ok"),
        ("admin", &admin, &service.id, "ok"),
        ("admin", &admin, &foreign.id, "NoSuchEntity"),
        ("admin", &admin, none, "NoSuchEntity"),
        ("foreign", &foreign, &own.id, "NoSuchEntity"),
    ] {
        let answer = door.call(keys, "iam:GetAccessKeyLastUsed", &[("AccessKeyId", id)]);
        assert_eq!(answer.verdict(), outcome, "{name} about {id}");
    }
    door.call(&admin, "iam:GetAccessKeyLastUsed", &[("AccessKeyId", none)])
        .refused("404 NoSuchEntity: The Access Key with id AKIAIOSFODNN7EXAMPLE cannot be found");
}

#[test]
fn roles() {
    let door = Door::new();
    let (root, ana) = (door.root(), door.user("ana", &[ALLOW_ALL]));
    let role = door.role("web", &trusts("arn:aws:iam::111111111111:user/ana"), &[]);
    let shown = |date: &str, region: &str| {
        let answer = door.call(&root, "iam:GetRole", &[("RoleName", "web")]);
        check(&answer, &[("LastUsedDate", date), ("Region", region)]);
        let answer = door.call(&root, "iam:GetAccountAuthorizationDetails", &[("Filter.member.1", "Role")]);
        check(&answer, &[("LastUsedDate", date), ("Region", region)]);
    };
    shown("-", "-");
    // To become it is not to use it.
    let session = door.assume(&ana, &role);
    shown("-", "-");
    door.wait(60);
    door.call(&session, "sts:GetCallerIdentity", &[]).ok();
    shown("2026-11-22T10:01:00Z", "us-east-1");
    door.directory().save_uses(door.now()).unwrap();
    door.wait(400 * 24 * 3600);
    shown("2026-11-22T10:01:00Z", "us-east-1");
    door.wait(1);
    shown("-", "-");
    assert!(door.directory().snapshot().role(account(MANAGEMENT), "web").is_some());
}
