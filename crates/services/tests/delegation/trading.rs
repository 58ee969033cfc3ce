//! `GetDelegatedAccessToken`, and what its credentials are good for.

use doorward_directory::change::{self, boundaries};

use crate::door::{ALLOW_ALL, Answer, Door, Keys, MANAGEMENT, OTHER, account, allows, denies, trusts};

const PHOTO: &str = "arn:aws:s3:::photos/cat";

fn world() -> (Door, Keys) {
    let mut door = Door::new();
    door.register_provider(OTHER);
    let product = door.user_in(OTHER, "product", &[ALLOW_ALL]);
    (door, product)
}

/// A request for this policy that somebody of the management account has accepted and sent.
fn accepted(door: &Door, approver: &Keys, policy: &str) -> String {
    let id = door.delegation(OTHER, MANAGEMENT, policy, "a");
    let parameters = [("DelegationRequestId", id.as_str())];
    door.call(approver, "iam:AcceptDelegationRequest", &parameters).ok();
    door.call(&door.root(), "iam:SendDelegationToken", &parameters).ok();
    id
}

fn trade(door: &Door, keys: &Keys, token: &str) -> Answer {
    door.call(keys, "sts:GetDelegatedAccessToken", &[("TradeInToken", token)])
}

fn delegated(door: &Door, product: &Keys, approver: &Keys, policy: &str) -> (Keys, String) {
    let id = accepted(door, approver, policy);
    let answer = trade(door, product, &door.exchange_token(&id)).ok();
    (answer.keys(), answer.text("AssumedPrincipal"))
}

#[test]
fn a_session_is_its_approvers_within_what_was_asked_for() {
    let (door, product) = world();
    let get = allows("s3:*", "arn:aws:s3:::photos/*");
    let user = door.user("user", &[&allows("s3:GetObject", "*"), &allows("iam:*", "*")]);
    let boundary = door.managed("boundary", ALLOW_ALL);
    door.change(|draft| {
        boundaries::put(draft, account(MANAGEMENT), boundaries::Bounded::User("user"), &boundary)
    });
    let role = door.role("role", &trusts("arn:aws:iam::111111111111:root"), &[ALLOW_ALL]);
    let session = door.assume(&door.user("admin", &[ALLOW_ALL]), &role);
    let identity = "because no identity-based policy allows the s3:PutObject action";
    let beyond = "because no session policy allows the s3:GetObject action";
    for (who, approver, arn, put) in [
        ("user", &user, "arn:aws:iam::111111111111:user/user", identity),
        ("root", &door.root(), "arn:aws:iam::111111111111:root", "ok"),
        ("role", &session, "arn:aws:sts::111111111111:assumed-role/role/session", "ok"),
    ] {
        let (keys, assumed) = delegated(&door, &product, approver, &get);
        assert_eq!(assumed, arn, "{who}");
        assert_eq!(door.call(&keys, "sts:GetCallerIdentity", &[]).ok().text("Arn"), arn, "{who}");
        assert_eq!(door.ask(&keys, "s3:GetObject", PHOTO), "ok", "{who}");
        assert_eq!(door.ask(&keys, "s3:PutObject", PHOTO), put, "{who}");
        assert_eq!(door.ask(&keys, "s3:GetObject", "arn:aws:s3:::films/cat"), beyond, "{who}");
        let denied = door.call(&keys, "iam:ListUsers", &[]).verdict().to_owned();
        assert_eq!(denied, "AccessDenied", "{who}: IAM is asked, and not allowed");
        for operation in ["sts:GetSessionToken", "sts:GetFederationToken"] {
            let refused = door.call(&keys, operation, &[("Name", "name")]).outcome();
            let expected =
                format!("403 AccessDenied: Cannot call {} with session credentials", &operation[4..]);
            assert_eq!(refused, expected, "{who}");
        }
        assert_eq!(door.authenticate(&keys, "doorward").err(), Some("InvalidClientTokenId"), "{who}");
    }
}

/// The permissions are the approver's of now, not those of when it accepted.
#[test]
fn what_the_approver_loses_the_session_loses() {
    let (door, product) = world();
    let user = door.user("user", &[ALLOW_ALL]);
    let id = accepted(&door, &user, &allows("s3:GetObject", "*"));
    let token = door.exchange_token(&id);
    let keys = trade(&door, &product, &token).ok().keys();
    assert_eq!(door.ask(&keys, "s3:GetObject", PHOTO), "ok");
    door.call(
        &door.root(),
        "iam:PutUserPolicy",
        &[("UserName", "user"), ("PolicyName", "deny"), ("PolicyDocument", &denies("s3:*", "*"))],
    )
    .ok();
    assert_eq!(door.ask(&keys, "s3:GetObject", PHOTO), "with an explicit deny in an identity-based policy");
    door.change(|draft| {
        let (here, holder) = (account(MANAGEMENT), change::Holder::User("user"));
        for name in ["inline-0", "deny"] {
            change::inline::delete(draft, here, holder, name)?;
        }
        change::keys::delete(draft, here, change::keys::KeyHolder::User("user"), &user.id)?;
        change::users::delete(draft, here, "user")
    });
    assert_eq!(door.ask(&keys, "s3:GetObject", PHOTO), "InvalidClientTokenId");
    trade(&door, &product, &token)
        .refused("403 AccessDenied: The approver arn:aws:iam::111111111111:user/user is no longer there.");
}

#[test]
fn tokens_are_traded_in_again_and_again_until_the_end() {
    let (door, product) = world();
    let id = accepted(&door, &door.root(), &allows("s3:GetObject", "*"));
    let token = door.exchange_token(&id);
    let first = trade(&door, &product, &token).ok();
    assert_eq!(first.text("Expiration"), "2026-11-22T11:00:00Z");
    assert!(first.text("PackedPolicySize").parse::<u32>().unwrap() > 0);
    door.wait(3_000);
    let second = trade(&door, &product, &token).ok();
    assert_eq!(second.text("Expiration"), "2026-11-22T11:00:00Z");
    assert_ne!(first.text("AccessKeyId"), second.text("AccessKeyId"));
    for answer in [&first, &second] {
        assert_eq!(door.ask(&answer.keys(), "s3:GetObject", PHOTO), "ok");
    }
    door.wait(599);
    trade(&door, &product, &token).ok();
    door.wait(1);
    trade(&door, &product, &token)
        .refused("400 ExpiredTradeInTokenException: The trade-in token has expired.");
    assert_eq!(door.ask(&second.keys(), "s3:GetObject", PHOTO), "ExpiredToken");
}

#[test]
fn only_the_provider_trades_in_and_only_its_token() {
    let (door, product) = world();
    let id = accepted(&door, &door.root(), &allows("s3:GetObject", "*"));
    let token = door.exchange_token(&id);
    let not_valid = "403 AccessDenied: The trade-in token is not valid.";
    let admin = door.user("admin", &[ALLOW_ALL]);
    trade(&door, &admin, &token).refused(not_valid);
    for wrong in ["x", &token[1..], "Dwx1.AAAA"] {
        trade(&door, &product, wrong).refused(not_valid);
    }
    trade(&Door::seeded(9), &Door::seeded(9).root(), &token).refused(not_valid);
    let none = door.user_in(OTHER, "none", &[]);
    trade(&door, &none, &token).refused(
        "403 AccessDenied: User: arn:aws:iam::222222222222:user/none is not authorized to perform: \
         sts:GetDelegatedAccessToken because no identity-based policy allows the sts:GetDelegatedAccessToken action",
    );
}

/// A session acts in its approver's name, and must not widen what it was given.
#[test]
fn a_session_accepts_and_releases_nothing() {
    let (door, product) = world();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let own = door.delegation(OTHER, MANAGEMENT, ALLOW_ALL, "");
    let parameters = [("DelegationRequestId", own.as_str())];
    door.call(&ana, "iam:AssociateDelegationRequest", &parameters).ok();
    let (narrow, _) = delegated(&door, &product, &ana, &allows("s3:GetObject", "*"));
    for operation in ["GetDelegationRequest", "RejectDelegationRequest", "AcceptDelegationRequest"] {
        let verdict = door.call(&narrow, &format!("iam:{operation}"), &parameters).verdict().to_owned();
        assert_eq!(verdict, "AccessDenied", "{operation}");
    }
    let (wide, _) = delegated(&door, &product, &ana, ALLOW_ALL);
    door.call(&wide, "iam:AcceptDelegationRequest", &parameters)
        .refused("400 InvalidInput: These credentials cannot accept a delegation request.");
}

/// What a resource grants to a user by name is not for whoever acts in its name beyond what was asked for.
#[test]
fn grants_to_the_user_by_name_do_not_widen_a_session() {
    let (door, product) = world();
    let user = door.user("user", &[ALLOW_ALL]);
    let trust = trusts("arn:aws:iam::111111111111:user/user");
    let role = door.role("target", &trust, &[ALLOW_ALL]);
    let assume = [("RoleArn", role.as_str()), ("RoleSessionName", "session")];
    door.call(&user, "sts:AssumeRole", &assume).ok();
    let (narrow, _) = delegated(&door, &product, &user, &allows("s3:GetObject", "*"));
    assert_eq!(door.call(&narrow, "sts:AssumeRole", &assume).verdict(), "AccessDenied");
    let (wide, _) = delegated(&door, &product, &user, &allows("sts:AssumeRole", "*"));
    door.call(&wide, "sts:AssumeRole", &assume).ok();
}

/// A session of a role hands on in a chain what the role's session would have.
#[test]
fn tags_and_source_identity_go_on() {
    let (door, product) = world();
    let trust = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]}}"#;
    let role = door.role("role", trust, &[ALLOW_ALL]);
    let next = door.role("next", trust, &[ALLOW_ALL]);
    let more = [
        ("Tags.member.1.Key", "team"),
        ("Tags.member.1.Value", "red"),
        ("TransitiveTagKeys.member.1", "team"),
        ("SourceIdentity", "ana"),
    ];
    let session = door.assume_with(&door.user("admin", &[ALLOW_ALL]), &role, &more);
    let (keys, _) = delegated(&door, &product, &session, ALLOW_ALL);
    let chained = door.assume(&keys, &next);
    for (who, keys) in [("delegated", &keys), ("chained", &chained)] {
        let caller = door.authenticate(keys, "s3").unwrap();
        let single = |key: &str| format!("{:?}", caller.context().value(key));
        assert!(single("aws:principaltag/team").contains("red"), "{who}");
        assert!(single("aws:sourceidentity").contains("ana"), "{who}");
    }
}
