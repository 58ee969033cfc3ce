//! The source identity: set once, kept for the whole chain.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html>

use crate::cast::Cast;
use crate::door::{Keys, allows, denies, trusting, trusts};

#[test]
fn set_inherited_never_changed() {
    let cast = Cast::new();
    let trust = trusting(r#""AWS":"*""#, r#"["sts:AssumeRole","sts:SetSourceIdentity"]"#);
    let open = cast.door.role("open", &trust, &[&allows("sts:*", "*")]);
    let next = cast.door.role("next", &trust, &[&allows("sts:*", "*")]);
    let closed = cast.door.role("closed", &trusts("*"), &[]);
    let unset = cast.door.assume(cast.keys("ana"), &open);
    let set = cast.assume("ana", &open, &[("SourceIdentity", "ana@example")]).ok();
    assert_eq!(set.text("SourceIdentity"), "ana@example");
    let set = set.keys();
    let call = |keys: &Keys, role: &str, identity: Option<&str>| {
        let mut parameters = vec![("RoleArn", role), ("RoleSessionName", "session")];
        parameters.extend(identity.map(|identity| ("SourceIdentity", identity)));
        cast.door.call(keys, "sts:AssumeRole", &parameters)
    };
    let kept = call(&set, &next, None).ok();
    assert_eq!(kept.text("SourceIdentity"), "ana@example");
    let chained = kept.keys();
    let denied = |role: &str, who: &str, because: &str| {
        format!(
            "403 AccessDenied: User: {who} is not authorized to perform: sts:SetSourceIdentity on resource: {role}{because}"
        )
    };
    let (first, second) = (
        "arn:aws:sts::111111111111:assumed-role/open/session",
        "arn:aws:sts::111111111111:assumed-role/next/session",
    );
    let ana = "arn:aws:iam::111111111111:user/ana";
    let no_trust = " because no role trust policy allows the sts:SetSourceIdentity action";
    let rows = [
        (&set, &next, Some("ana@example"), "ok".to_owned()),
        (&set, &next, Some("Ana@example"), denied(&next, first, "")),
        (&chained, &open, None, "ok".to_owned()),
        (&chained, &open, Some("eva"), denied(&open, second, "")),
        (&unset, &next, Some("eva"), "ok".to_owned()),
        (&unset, &closed, None, "ok".to_owned()),
        (cast.keys("ana"), &closed, Some("ana"), denied(&closed, ana, no_trust)),
        (&set, &closed, None, denied(&closed, first, no_trust)),
    ];
    for (keys, role, identity, expected) in rows {
        assert_eq!(call(keys, role, identity).outcome(), expected, "{role} {identity:?}");
    }
    for identity in ["a", "with space", "aws:ana", "a/b"] {
        let answer = call(cast.keys("ana"), &open, Some(identity));
        assert_eq!(answer.verdict(), "ValidationError", "{identity}");
    }
    assert!(!call(&unset, &next, None).has("SourceIdentity"));
}

#[test]
fn policies_see_it() {
    let cast = Cast::new();
    let trust = |condition: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"AWS":"*"}},"Action":["sts:AssumeRole","sts:SetSourceIdentity"],"Condition":{condition}}}}}"#
        )
    };
    let only_own = trust(r#"{"StringEquals":{"sts:SourceIdentity":"${aws:username}"}}"#);
    let see = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:GetUser","Resource":"*",
        "Condition":{"StringEquals":{"aws:SourceIdentity":"ana"}}}}"#;
    let role = cast.door.role("reader", &only_own, &[see]);
    let session = cast.assume("ana", &role, &[("SourceIdentity", "ana")]).ok().keys();
    cast.door.call(&session, "iam:GetUser", &[("UserName", "ana")]).ok();
    assert_eq!(cast.assume("ana", &role, &[("SourceIdentity", "bea")]).verdict(), "AccessDenied");
    assert_eq!(cast.assume("ana", &role, &[]).verdict(), "AccessDenied");
    // At the moment it is set, the caller has none yet.
    let had = cast.door.role("had", &trust(r#"{"Null":{"aws:SourceIdentity":"false"}}"#), &[]);
    assert_eq!(cast.assume("ana", &had, &[("SourceIdentity", "ana")]).verdict(), "AccessDenied");
    // A denial of the caller's own counts as well.
    let deny = denies("sts:SetSourceIdentity", "*");
    let eva = cast.door.user("eva", &[&allows("sts:*", "*"), &deny]);
    let parameters = [("RoleArn", role.as_str()), ("RoleSessionName", "session"), ("SourceIdentity", "eva")];
    assert!(
        cast.door.call(&eva, "sts:AssumeRole", &parameters).message.ends_with("in an identity-based policy")
    );
}
