//! `GetSessionToken` and `GetFederationToken`, and what their credentials are good for.

use doorward_directory::change::{boundaries, keys as access_keys, users};

use crate::cast::{Cast, Pairs};
use crate::door::{ALLOW_ALL, Door, Keys, MANAGEMENT, account, allows, denies, trusts};

const BUCKET: &str = "arn:aws:s3:::bucket/key";

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html>
#[test]
fn what_each_kind_of_credentials_may_call() {
    let cast = Cast::new();
    let admin = cast.door.user("admin", &[ALLOW_ALL]);
    let role = cast.door.role("role", &trusts("*"), &[ALLOW_ALL]);
    let session_token = cast.door.call(&admin, "sts:GetSessionToken", &[]).ok().keys();
    let root_token = cast.door.call(&cast.door.root(), "sts:GetSessionToken", &[]).ok().keys();
    let federation = [("Name", "fred"), ("Policy", ALLOW_ALL)];
    let federated = cast.door.call(&admin, "sts:GetFederationToken", &federation).ok().keys();
    let root_federated = cast.door.call(&cast.door.root(), "sts:GetFederationToken", &federation).ok().keys();
    let session = cast.door.assume(&admin, &role);
    let invalid = "403 InvalidClientTokenId: The security token included in the request is invalid.";
    let no = |operation: &str| format!("403 AccessDenied: Cannot call {operation} with session credentials");
    let calls: &[(&str, &[(&str, &str)])] = &[
        ("sts:GetCallerIdentity", &[]),
        ("sts:AssumeRole", &[("RoleArn", &role), ("RoleSessionName", "session")]),
        ("sts:GetSessionToken", &[]),
        ("sts:GetFederationToken", &[("Name", "next")]),
        ("sts:GetAccessKeyInfo", &[("AccessKeyId", &admin.id)]),
        ("iam:ListUsers", &[]),
    ];
    let ok = || "ok".to_owned();
    let root = "403 AccessDenied: Roles may not be assumed by root accounts.".to_owned();
    let rows = [
        ("user", &admin, [ok(), ok(), ok(), ok(), ok(), ok()]),
        ("root", &cast.door.root(), [ok(), root.clone(), ok(), ok(), ok(), ok()]),
        (
            "session token",
            &session_token,
            [
                ok(),
                ok(),
                no("GetSessionToken"),
                no("GetFederationToken"),
                no("GetAccessKeyInfo"),
                invalid.to_owned(),
            ],
        ),
        (
            "root's session token",
            &root_token,
            [
                ok(),
                root,
                no("GetSessionToken"),
                no("GetFederationToken"),
                no("GetAccessKeyInfo"),
                invalid.to_owned(),
            ],
        ),
        (
            "federated",
            &federated,
            [
                ok(),
                no("AssumeRole"),
                no("GetSessionToken"),
                no("GetFederationToken"),
                no("GetAccessKeyInfo"),
                invalid.to_owned(),
            ],
        ),
        (
            "root's federated",
            &root_federated,
            [
                ok(),
                no("AssumeRole"),
                no("GetSessionToken"),
                no("GetFederationToken"),
                no("GetAccessKeyInfo"),
                invalid.to_owned(),
            ],
        ),
        ("role", &session, [ok(), ok(), no("GetSessionToken"), no("GetFederationToken"), ok(), ok()]),
    ];
    for (who, keys, expected) in rows {
        for ((operation, parameters), expected) in calls.iter().zip(expected) {
            assert_eq!(cast.door.call(keys, operation, parameters).outcome(), expected, "{who} {operation}");
        }
    }
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html>
#[test]
fn a_session_token_needs_no_permission_and_brings_none() {
    let door = Door::new();
    let nobody = door.user("nobody", &[&denies("*", "*")]);
    let token = door.call(&nobody, "sts:GetSessionToken", &[]).ok().keys();
    assert_eq!(door.ask(&token, "s3:GetObject", BUCKET), "with an explicit deny in an identity-based policy");
    let reader = door.user("reader", &[&allows("s3:GetObject", "*")]);
    let token = door.call(&reader, "sts:GetSessionToken", &[]).ok().keys();
    assert_eq!(door.ask(&token, "s3:GetObject", BUCKET), "ok");
    let none = "because no identity-based policy allows the s3:PutObject action";
    assert_eq!(door.ask(&token, "s3:PutObject", BUCKET), none);
    let root = door.call(&door.root(), "sts:GetSessionToken", &[]).ok().keys();
    assert_eq!(door.ask(&root, "s3:PutObject", BUCKET), "ok");
    // They are the user's, as it is now.
    let answer = door.call(&token, "sts:GetCallerIdentity", &[]).ok();
    assert_eq!(answer.text("Arn"), "arn:aws:iam::111111111111:user/reader");
    let service = door.service_in(MANAGEMENT, "ci.example.internal");
    door.call(&service, "sts:GetSessionToken", &[]).refused(
        "403 AccessDenied: User: ci.example.internal is not authorized to perform: sts:GetSessionToken because no \
         resource-based policy allows the sts:GetSessionToken action",
    );
}

/// The user's policies and those passed, both; without any passed, nothing.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html>
#[test]
fn a_federated_user_has_what_both_allow() {
    let door = Door::new();
    let (get, put) = (allows("s3:GetObject", "*"), allows("s3:PutObject", "*"));
    let federate = allows("sts:GetFederationToken", "*");
    let reader = door.user("reader", &[&get, &federate]);
    let managed = door.managed("get", &get);
    let get_and_put = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"*"}}"#;
    let (session, identity) =
        ("because no session policy allows the ", "because no identity-based policy allows the ");
    let no = |why: &str, action: &str| format!("{why}s3:{action} action");
    let ok = || "ok".to_owned();
    let root = door.root();
    let deny = denies("s3:GetObject", "*");
    let rows: &[(&Keys, Pairs<'_>, [String; 2])] = &[
        (&reader, &[], [no(session, "GetObject"), no(identity, "PutObject")]),
        (&reader, &[("Policy", &get)], [ok(), no(identity, "PutObject")]),
        (&reader, &[("Policy", get_and_put)], [ok(), no(identity, "PutObject")]),
        (&reader, &[("Policy", &put)], [no(session, "GetObject"), no(identity, "PutObject")]),
        (&reader, &[("PolicyArns.member.1.arn", &managed)], [ok(), no(identity, "PutObject")]),
        (
            &reader,
            &[("Policy", &deny), ("PolicyArns.member.1.arn", &managed)],
            ["with an explicit deny in a session policy".to_owned(), no(identity, "PutObject")],
        ),
        (&root, &[], [no(session, "GetObject"), no(session, "PutObject")]),
        (&root, &[("Policy", &get)], [ok(), no(session, "PutObject")]),
    ];
    for (keys, more, expected) in rows {
        let mut parameters = vec![("Name", "fred")];
        parameters.extend(*more);
        let answer = door.call(keys, "sts:GetFederationToken", &parameters).ok();
        assert_eq!(answer.text("FederatedUserId"), "111111111111:fred");
        assert_eq!(answer.text("Arn"), "arn:aws:sts::111111111111:federated-user/fred");
        let federated = answer.keys();
        let answers = ["s3:GetObject", "s3:PutObject"].map(|action| door.ask(&federated, action, BUCKET));
        assert_eq!(answers, *expected, "{more:?}");
        let answer = door.call(&federated, "sts:GetCallerIdentity", &[]).ok();
        assert_eq!(answer.text("Arn"), "arn:aws:sts::111111111111:federated-user/fred");
        assert_eq!(answer.text("UserId"), "111111111111:fred");
    }
}

/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html>
#[test]
fn a_federated_user_depends_on_the_user_that_made_it() {
    let door = Door::new();
    let maker = door.tagged_user(MANAGEMENT, "maker", &[("team", "red")], &[ALLOW_ALL]);
    let team = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::bucket/${aws:PrincipalTag/team}"}}"#;
    let passing = |tags: &[(&str, &str)]| {
        let mut parameters = vec![("Name", "fred"), ("Policy", team)];
        parameters.extend(tags);
        door.call(&maker, "sts:GetFederationToken", &parameters).ok().keys()
    };
    let plain = passing(&[]);
    let blue = passing(&[("Tags.member.1.Key", "Team"), ("Tags.member.1.Value", "blue")]);
    let may = |keys, key: &str| door.ask(keys, "s3:GetObject", &format!("arn:aws:s3:::bucket/{key}")) == "ok";
    assert_eq!((may(&plain, "red"), may(&plain, "blue")), (true, false), "the user's tags");
    assert_eq!((may(&blue, "red"), may(&blue, "blue")), (false, true), "the session's tags");
    let boundary = door.managed("boundary", &allows("sts:*", "*"));
    door.change(|draft| {
        boundaries::put(draft, account(MANAGEMENT), boundaries::Bounded::User("maker"), &boundary)
    });
    let bounded = door.ask(&plain, "s3:GetObject", "arn:aws:s3:::bucket/red");
    assert_eq!(bounded, "because no permissions boundary allows the s3:GetObject action");
    door.change(|draft| {
        boundaries::delete(draft, account(MANAGEMENT), boundaries::Bounded::User("maker"))?;
        let key = maker.id.as_str();
        access_keys::delete(draft, account(MANAGEMENT), access_keys::KeyHolder::User("maker"), key)?;
        doorward_directory::change::inline::delete(
            draft,
            account(MANAGEMENT),
            doorward_directory::change::Holder::User("maker"),
            "inline-0",
        )
    });
    let none = door.ask(&plain, "s3:GetObject", "arn:aws:s3:::bucket/red");
    assert_eq!(none, "because no identity-based policy allows the s3:GetObject action");
    door.change(|draft| users::delete(draft, account(MANAGEMENT), "maker"));
    assert_eq!(door.ask(&plain, "s3:GetObject", "arn:aws:s3:::bucket/red"), "InvalidClientTokenId");
}

/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html>
#[test]
fn making_a_federated_user_needs_permission_on_it() {
    let door = Door::new();
    let fred = "arn:aws:sts::111111111111:federated-user/fred";
    let maker = door.user("maker", &[&allows("sts:GetFederationToken", fred)]);
    let tag = [("Name", "fred"), ("Tags.member.1.Key", "team"), ("Tags.member.1.Value", "red")];
    let who =
        "403 AccessDenied: User: arn:aws:iam::111111111111:user/maker is not authorized to perform: sts:";
    let because = "because no identity-based policy allows the sts:";
    let freda = format!("{who}GetFederationToken on resource: {fred}a {because}GetFederationToken action");
    let tagging = format!("{who}TagSession on resource: {fred} {because}TagSession action");
    let rows: &[(&[(&str, &str)], &str)] =
        &[(&[("Name", "fred")], "ok"), (&[("Name", "freda")], &freda), (&tag, &tagging)];
    for (parameters, expected) in rows {
        assert_eq!(door.call(&maker, "sts:GetFederationToken", parameters).outcome(), *expected);
    }
    let tagger = door.user("tagger", &[&allows("sts:*", fred)]);
    door.call(&tagger, "sts:GetFederationToken", &tag).ok();
    for name in ["f", "fred fred", &"f".repeat(33)] {
        let answer = door.call(&tagger, "sts:GetFederationToken", &[("Name", name)]);
        assert_eq!(answer.verdict(), "ValidationError", "{name}");
    }
}

/// What makes accounts and service principals takes no credentials that IAM does not take.
#[test]
fn the_administrative_door_is_as_guarded_as_iam() {
    let door = Door::new();
    let admin = door.user("admin", &[ALLOW_ALL]);
    let role = door.role("role", &trusts("*"), &[ALLOW_ALL]);
    let federation = [("Name", "fred"), ("Policy", ALLOW_ALL)];
    let rows = [
        (door.root(), true),
        (door.assume(&admin, &role), true),
        (door.call(&door.root(), "sts:GetSessionToken", &[]).ok().keys(), false),
        (door.call(&door.root(), "sts:GetFederationToken", &federation).ok().keys(), false),
        (door.call(&admin, "sts:GetFederationToken", &federation).ok().keys(), false),
        (admin, true),
    ];
    for (number, (keys, admitted)) in rows.iter().enumerate() {
        assert_eq!(door.authenticate(keys, "doorward").is_ok(), *admitted, "row {number}");
        assert!(door.authenticate(keys, "s3").is_ok(), "row {number}");
    }
}

/// A token is as long as it was asked to be, up to the longest there is, and still opens.
#[test]
fn tokens_are_as_long_as_asked_for() {
    let door = Door::new();
    let admin = door.user("admin", &[ALLOW_ALL]);
    for (asked, least) in [("0", 1), ("1000", 1000), ("4095", 4095), ("4096", 4096)] {
        let answer = door.call(&admin, "sts:GetSessionToken", &[("MinimumSessionTokenSize", asked)]).ok();
        let length = answer.text("SessionToken").len();
        assert!((least..=4096).contains(&length), "{asked}: {length}");
        assert_eq!(answer.text("SessionTokenSize"), length.to_string());
        door.call(&answer.keys(), "sts:GetCallerIdentity", &[]).ok();
    }
}

/// Fifty tags of a good length fit, as they are documented to.
#[test]
fn fifty_session_tags_fit() {
    let door = Door::new();
    let admin = door.user("admin", &[ALLOW_ALL]);
    let values: Vec<(String, String)> = (0..50)
        .flat_map(|n| {
            let at = n + 1;
            let key = (format!("Tags.member.{at}.Key"), format!("department-number-{n:02}"));
            [key, (format!("Tags.member.{at}.Value"), "engineering and research ".repeat(4))]
        })
        .collect();
    let mut parameters = vec![("Name", "fred")];
    parameters.extend(values.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    let keys = door.call(&admin, "sts:GetFederationToken", &parameters).ok().keys();
    door.call(&keys, "sts:GetCallerIdentity", &[]).ok();
}
