//! Proving identities to others: the issuer of an account, and its tokens.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use doorward_directory::change::issuers;
use doorward_directory::issuer::{KEY_LIFE, PUBLISHED_BEFORE};
use doorward_federation::issue::{Algorithm, SigningKey};
use serde_json::{Value, json};

use crate::check;
use crate::door::{ALLOW_ALL, Door, Keys, MANAGEMENT, account, allows, trusts};

const DISABLED: &str =
    "404 FeatureDisabled: Outbound web identity federation is not enabled for this account.";

/// A door behind which the management account proves its identities, with keys that are quickly made.
fn enabled() -> Door {
    let door = Door::new();
    let key = SigningKey::generate(Algorithm::Es384).unwrap();
    door.change(|draft| issuers::enable(draft, account(MANAGEMENT), std::slice::from_ref(&key)));
    door
}

const ASK: [(&str, &str); 2] = [("Audience.member.1", "app"), ("SigningAlgorithm", "ES384")];

/// Asks for a token, with more parameters; its header and its claims.
fn token(door: &Door, keys: &Keys, more: &[(&str, &str)]) -> (Value, Value) {
    let answer = door.call(keys, "sts:GetWebIdentityToken", &[&ASK[..], more].concat()).ok();
    let token = answer.text("WebIdentityToken");
    let parts: Vec<&str> = token.split('.').collect();
    let read = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    assert_eq!(parts.len(), 3);
    (read(parts[0]), read(parts[1]))
}

fn outcome(door: &Door, keys: &Keys, parameters: &[(&str, &str)]) -> String {
    door.call(keys, "sts:GetWebIdentityToken", parameters).outcome()
}

#[test]
fn it_is_enabled_and_disabled() {
    let door = Door::new();
    let root = door.root();
    check(
        &door,
        &root,
        &[
            ("GetOutboundWebIdentityFederationInfo", DISABLED),
            ("DisableOutboundWebIdentityFederation", DISABLED),
        ],
    );
    let made = door.call(&root, "iam:EnableOutboundWebIdentityFederation", &[]).ok();
    let issuer = made.text("IssuerIdentifier");
    let id = issuer.strip_prefix("http://127.0.0.1/web-identity/").unwrap();
    assert!(id.len() == 32 && !issuer.contains(MANAGEMENT), "{issuer}");
    let shown = door.call(&root, "iam:GetOutboundWebIdentityFederationInfo", &[]).ok();
    assert_eq!(
        (shown.text("IssuerIdentifier"), shown.text("JwtVendingEnabled")),
        (issuer.clone(), "true".into())
    );
    for algorithm in ["RS256", "ES384"] {
        let parameters = [("Audience.member.1", "a"), ("SigningAlgorithm", algorithm)];
        door.call(&root, "sts:GetWebIdentityToken", &parameters).ok();
    }
    check(
        &door,
        &root,
        &[
            (
                "EnableOutboundWebIdentityFederation",
                "409 FeatureEnabled: Outbound web identity federation is already enabled for this account.",
            ),
            ("DisableOutboundWebIdentityFederation", "ok"),
            ("GetOutboundWebIdentityFederationInfo", DISABLED),
        ],
    );
    assert_eq!(
        outcome(&door, &root, &ASK),
        "403 OutboundWebIdentityFederationDisabledException: \
         Outbound web identity federation is not enabled for this account."
    );
    let again = door.call(&root, "iam:EnableOutboundWebIdentityFederation", &[]).ok();
    assert_eq!(again.text("IssuerIdentifier"), issuer, "whoever trusted it still does");
}

#[test]
fn a_token_says_who_asked() {
    let door = enabled();
    let ada = door.tagged_user(MANAGEMENT, "/eng/Ada", &[("Team", "blue")], &[ALLOW_ALL]);
    let (header, claims) = token(
        &door,
        &ada,
        &[("Tags.member.1.Key", "Run"), ("Tags.member.1.Value", "7"), ("DurationSeconds", "60")],
    );
    assert_eq!((&header["alg"], &header["typ"]), (&json!("ES384"), &json!("JWT")));
    let now = door.now().as_second();
    assert_eq!(claims["sub"], "arn:aws:iam::111111111111:user/eng/Ada");
    assert_eq!(
        (&claims["aud"], &claims["iat"], &claims["exp"]),
        (&json!("app"), &json!(now), &json!(now + 60))
    );
    assert!(claims["iss"].as_str().unwrap().starts_with("http://127.0.0.1/web-identity/"));
    assert_eq!(
        claims["https://sts.amazonaws.com/"],
        json!({
            "aws_account": MANAGEMENT,
            "source_region": "us-east-1",
            "principal_tags": {"Team": "blue"},
            "request_tags": {"Run": "7"},
        })
    );
    let (_, other) = token(&door, &ada, &[("Audience.member.2", "more")]);
    assert_eq!((&other["aud"], &other["exp"]), (&json!(["app", "more"]), &json!(now + 300)));
    assert_ne!(other["jti"], claims["jti"]);
}

#[test]
fn a_session_is_named_by_its_role_and_not_outlived() {
    let door = enabled();
    let role = door.role("/ci/Deploy", &trusts("arn:aws:iam::111111111111:root"), &[ALLOW_ALL]);
    let session = door.assume(&door.user("ana", &[ALLOW_ALL]), &role);
    let (_, claims) = token(&door, &session, &[]);
    assert_eq!(claims["sub"], "arn:aws:iam::111111111111:role/ci/Deploy");
    assert_eq!(claims["https://sts.amazonaws.com/"]["original_session_exp"], "2026-11-22T11:00:00Z");
    let hour = [&ASK[..], &[("DurationSeconds", "3600")]].concat();
    door.call(&session, "sts:GetWebIdentityToken", &hour).ok();
    door.wait(1);
    let escalation = "403 SessionDurationEscalationException: The requested DurationSeconds would extend the token \
                      beyond the expiration of the calling session.";
    assert_eq!(outcome(&door, &session, &hour), escalation);
    door.wait(3_600 - 300);
    assert_eq!(outcome(&door, &session, &ASK), escalation, "the default is not cut either");
}

#[test]
fn what_is_asked_for_is_checked() {
    let door = enabled();
    let root = door.root();
    let audience = ("Audience.member.1", "app");
    for (parameters, expected) in [
        (
            vec![audience, ("SigningAlgorithm", "HS256")],
            "400 ValidationError: 1 validation error detected: Value at 'signingAlgorithm' failed to satisfy \
             constraint: Member must satisfy enum value set: [RS256, ES384]",
        ),
        (
            [&ASK[..], &[("Tags.member.1.Key", "aws:x"), ("Tags.member.1.Value", "1")]].concat(),
            "400 ValidationError: The tag key aws:x is reserved: it begins with aws:.",
        ),
    ] {
        assert_eq!(outcome(&door, &root, &parameters), expected);
    }
    for parameters in [
        vec![("SigningAlgorithm", "ES384")],
        vec![audience],
        [&ASK[..], &[("DurationSeconds", "59")]].concat(),
        [&ASK[..], &[("DurationSeconds", "3601")]].concat(),
    ] {
        assert!(outcome(&door, &root, &parameters).starts_with("400 ValidationError: "), "{parameters:?}");
    }
    let long = "x".repeat(256);
    let names: Vec<(String, String)> =
        (1..=40).map(|at| (format!("Tags.member.{at}.Key"), format!("Tags.member.{at}.Value"))).collect();
    let keys: Vec<String> = (1..=40).map(|at| format!("k{at}")).collect();
    let mut parameters = ASK.to_vec();
    for ((key, value), name) in names.iter().zip(&keys) {
        parameters.extend([(key.as_str(), name.as_str()), (value.as_str(), long.as_str())]);
    }
    assert_eq!(
        outcome(&door, &root, &parameters),
        "400 JWTPayloadSizeExceededException: The requested token payload size exceeds the maximum allowed size."
    );
}

/// A policy, the parameters after audience and algorithm, and whether a token comes of it.
#[test]
fn policies_see_what_is_asked_for() {
    let limited = |condition: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"sts:*","Resource":"*","Condition":{{{condition}}}}}}}"#
        )
    };
    let only = allows("sts:GetWebIdentityToken", "*");
    let audience = limited(r#""ForAllValues:StringEquals":{"sts:IdentityTokenAudience":["app"]}"#);
    let short = limited(r#""NumericLessThanEquals":{"sts:DurationSeconds":"300"}"#);
    let rsa = limited(r#""StringEquals":{"sts:SigningAlgorithm":"RS256"}"#);
    let tagged = limited(
        r#""StringEquals":{"aws:RequestTag/Run":"7"},"ForAllValues:StringEquals":{"aws:TagKeys":["Run"]}"#,
    );
    let tag: &[(&str, &str)] = &[("Tags.member.1.Key", "Run"), ("Tags.member.1.Value", "7")];
    let longer: &[(&str, &str)] = &[("DurationSeconds", "301")];
    let two: &[(&str, &str)] = &[("Audience.member.2", "more")];
    let denied = |action: &str| {
        format!(
            "403 AccessDenied: User: arn:aws:iam::111111111111:user/asker is not authorized to perform: sts:{action} \
             because no identity-based policy allows the sts:{action} action"
        )
    };
    for (policy, more, refused) in [
        (&only, &[][..], None),
        (&only, tag, Some("TagGetWebIdentityToken")),
        (&audience, &[], None),
        (&audience, two, Some("GetWebIdentityToken")),
        (&short, &[], None),
        (&short, longer, Some("GetWebIdentityToken")),
        (&rsa, &[], Some("GetWebIdentityToken")),
        (&tagged, tag, None),
        (&tagged, &[], Some("GetWebIdentityToken")),
    ] {
        let door = enabled();
        let asker = door.user("asker", &[policy]);
        let found = outcome(&door, &asker, &[&ASK[..], more].concat());
        let matches = match refused {
            None => found == "ok",
            Some(action) => found.replace(" on resource: *", "") == denied(action),
        };
        assert!(matches, "{policy} {more:?}: {found}");
    }
}

#[test]
fn keys_are_exchanged_without_a_gap() {
    let door = enabled();
    let root = door.root();
    let kid = || token(&door, &root, &[]).0["kid"].as_str().unwrap().to_owned();
    let published = || {
        let snapshot = door.directory().snapshot();
        let issuer = snapshot.issuer(account(MANAGEMENT)).unwrap();
        issuer.published(door.now()).map(|key| key.id.to_string()).collect::<Vec<_>>()
    };
    let first = kid();
    assert_eq!(published(), std::slice::from_ref(&first));
    door.wait((KEY_LIFE - PUBLISHED_BEFORE).as_secs());
    assert_eq!(kid(), first, "the new key is published first");
    let both = published();
    assert!(both.len() == 2 && both[0] == first);
    door.wait(PUBLISHED_BEFORE.as_secs());
    assert_eq!((kid(), published()), (both[1].clone(), both.clone()));
    door.wait(3_600 + 601);
    assert_eq!(published(), [both[1].clone()]);
}
