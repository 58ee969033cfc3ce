//! `AssumeRoleWithWebIdentity` and `AssumeRoleWithSAML`, which nobody signs.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::door::{ALLOW_ALL, Ask, Door, Signing, trusting};
use crate::{NO_SAML, OIDC, SAML, furnished};

const ROLE: &str = "arn:aws:iam::111111111111:role/p/Ci";

fn token(claims: &str) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.{}", part(r#"{"alg":"RS256"}"#), part(claims), part("signature"))
}

/// A door with providers, and a role that trusts them both.
fn trusted() -> Door {
    let door = furnished();
    let both = format!(r#""Federated":["{OIDC}","{SAML}"]"#);
    door.role(
        "/p/Ci",
        &trusting(&both, r#"["sts:AssumeRoleWithWebIdentity","sts:AssumeRoleWithSAML"]"#),
        &[],
    );
    door
}

/// Sends a request unsigned, its parameters replaced by or joined with others.
#[track_caller]
fn check(door: &Door, operation: &str, parameters: &[(&str, &str)], other: &[(&str, &str)], expected: &str) {
    let kept = parameters.iter().filter(|(name, _)| !other.iter().any(|(own, _)| own == name));
    let sent: Vec<(&str, &str)> = kept.chain(other).filter(|(_, value)| !value.is_empty()).copied().collect();
    let root = door.root();
    for signing in [Signing::Unsigned, Signing::Header] {
        let answer = door.send(&Ask { signing, ..Ask::of(&root, operation, &sent) });
        assert_eq!(answer.outcome(), expected, "{operation} {other:?}");
    }
}

#[test]
fn web_identity_is_checked_step_by_step() {
    let door = trusted();
    let good = token(r#"{"iss":"https://idp.example/realm","aud":"app","sub":"somebody"}"#);
    let parameters = [("RoleArn", ROLE), ("RoleSessionName", "session"), ("WebIdentityToken", good.as_str())];
    let check = |other: &[(&str, &str)], expected: &str| {
        check(&door, "sts:AssumeRoleWithWebIdentity", &parameters, other, expected);
    };
    const DENIED: &str = "403 AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity";
    check(&[], "501 NotImplemented: Verifying web identity tokens is not implemented.");
    check(&[("Policy", "{}")], "400 MalformedPolicyDocument: Syntax errors in policy.");
    check(
        &[("ProviderId", "www.amazon.com")],
        "501 NotImplemented: The parameter ProviderId of AssumeRoleWithWebIdentity is not implemented.",
    );
    for opaque in ["opaque", "a.b.c"] {
        check(
            &[("WebIdentityToken", opaque)],
            "400 InvalidIdentityToken: The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
        );
    }
    // A role that is written otherwise is as good as none.
    for arn in [
        "arn:aws:iam::111111111111:role/p/none",
        "arn:aws:iam::111111111111:role/Ci",
        "arn:aws:iam::111111111111:role/p/ci",
        "arn:aws:iam::222222222222:role/p/Ci",
        "arn:aws:iam::111111111111:user/p/Ci",
        "no arn, but long enough for one",
    ] {
        check(&[("RoleArn", arn)], DENIED);
    }
    check(
        &[("DurationSeconds", "3601")],
        "400 ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
    // Which policies the account has is told to nobody without a proof.
    door.managed("there", ALLOW_ALL);
    for policy in ["there", "none"] {
        check(
            &[("PolicyArns.member.1.arn", &format!("arn:aws:iam::111111111111:policy/{policy}"))],
            "501 NotImplemented: Verifying web identity tokens is not implemented.",
        );
    }
    for (issuer, shown) in [
        (r#""https://idp.example/realm/""#, "https://idp.example/realm/"),
        (r#""https://IDP.example/realm""#, "https://IDP.example/realm"),
        (r#""http://idp.example/realm""#, "http://idp.example/realm"),
        (r#""idp.example/realm""#, "idp.example/realm"),
    ] {
        check(
            &[("WebIdentityToken", &token(&format!(r#"{{"iss":{issuer}}}"#)))],
            &format!("400 InvalidIdentityToken: No OpenIDConnect provider found in your account for {shown}"),
        );
    }
    check(&[("WebIdentityToken", &token("{}"))], "400 InvalidIdentityToken: Missing a required claim: iss");
}

#[test]
fn the_provider_has_to_be_of_the_roles_account() {
    let door = trusted();
    let elsewhere = trusting(r#""AWS":"*""#, r#""sts:AssumeRole""#);
    let role = door.role_in("222222222222", "other", &elsewhere, &[]);
    let good = token(r#"{"iss":"https://idp.example/realm"}"#);
    let parameters =
        [("RoleArn", role.as_str()), ("RoleSessionName", "session"), ("WebIdentityToken", good.as_str())];
    check(
        &door,
        "sts:AssumeRoleWithWebIdentity",
        &parameters,
        &[],
        "400 InvalidIdentityToken: No OpenIDConnect provider found in your account for https://idp.example/realm",
    );
}

#[test]
fn saml_is_checked_step_by_step() {
    let door = trusted();
    let response = STANDARD.encode(r#"<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"/>"#);
    let parameters = [("RoleArn", ROLE), ("PrincipalArn", SAML), ("SAMLAssertion", response.as_str())];
    let check = |other: &[(&str, &str)], expected: &str| {
        check(&door, "sts:AssumeRoleWithSAML", &parameters, other, expected);
    };
    check(&[], "501 NotImplemented: Verifying SAML responses is not implemented.");
    check(
        &[("PolicyArns.member.1.arn", "arn:aws:iam::111111111111:policy/none")],
        "501 NotImplemented: Verifying SAML responses is not implemented.",
    );
    check(
        &[("SAMLAssertion", "<no base64/>")],
        "400 InvalidIdentityToken: Invalid SAML response: it is not UTF-8 in base64",
    );
    check(
        &[("SAMLAssertion", &STANDARD.encode("<!DOCTYPE a><a/>"))],
        "400 InvalidIdentityToken: Invalid SAML response: it has a document type declaration",
    );
    check(
        &[("RoleArn", "arn:aws:iam::111111111111:role/p/none")],
        "403 AccessDenied: Not authorized to perform sts:AssumeRoleWithSAML",
    );
    for arn in [NO_SAML, OIDC, "no arn, but long enough for one"] {
        check(&[("PrincipalArn", arn)], "400 InvalidIdentityToken: Specified provider doesn't exist.");
    }
    check(
        &[("DurationSeconds", "3601")],
        "400 ValidationError: Requested DurationSeconds exceeds MaxSessionDuration set for this role.",
    );
}
