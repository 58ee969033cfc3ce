//! What would turn a decision: the statements that are offered, word for word, and the settings.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::sync::Arc;

use doorward_engine::policy::explain::Edit;
use doorward_engine::policy::request::{
    Attached, Attachments, Choices, Request, Requester, Resource, Source,
};
use doorward_engine::policy::{Document, Kind};
use doorward_engine::{Policies, explain};

fn attached(kind: Kind, version: &str, statements: &str) -> Attached {
    let text = format!(r#"{{"Version":"{version}","Statement":[{statements}]}}"#);
    let document = Arc::new(Document::parse(&text, kind).unwrap());
    Attached { document, source: Source { name: "P".into(), arn: None, attached_to: "ana".into() } }
}

fn user() -> Requester {
    let account = "111111111111".parse().unwrap();
    Requester::User { account, id: "AIDAANA".into(), path: "/".into(), name: "ana".into() }
}

fn federated(provider: &str) -> Requester {
    Requester::Federated { provider: provider.into() }
}

/// The statements that are offered to let the requester do this.
fn grants(
    requester: Requester,
    keys: &[(&str, &str)],
    action: &str,
    arn: &str,
    policies: &Attachments,
) -> Vec<String> {
    let mut context = requester.context();
    keys.iter().for_each(|(key, value)| context.put(key, value));
    let account = "111111111111".parse().unwrap();
    let resource = Resource { arn: arn.into(), account: Some(account) };
    let request = Request { context, requester, action: action.into(), resource };
    let explanation = explain(&request, &Policies::compile(policies, Choices::default()));
    let edits = explanation.remedy.edits.into_iter();
    edits
        .map(|edit| match edit {
            Edit::Grant { statement, .. } => statement,
            Edit::Remove { .. } => panic!("nothing denies"),
        })
        .collect()
}

const ROLE: &str = "arn:aws:iam::111111111111:role/r";

/// A trust policy that lets in somebody else.
fn trust() -> Attachments {
    let statement =
        r#"{"Effect":"Allow","Principal":{"Service":"x.amazonaws.com"},"Action":"sts:AssumeRole"}"#;
    Attachments { resource: Some(attached(Kind::Trust, "2012-10-17", statement)), ..Attachments::default() }
}

#[test]
fn trust_policies_name_whoever_asks() {
    let (oidc, saml) = (
        "arn:aws:iam::111111111111:oidc-provider/idp.example/x",
        "arn:aws:iam::111111111111:saml-provider/corp",
    );
    let web = "sts:AssumeRoleWithWebIdentity";
    for (requester, keys, action, expected) in [
        (
            Requester::Anonymous,
            &[][..],
            "sts:AssumeRole",
            &[r#"{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}"#.to_owned()][..],
        ),
        (
            federated(oidc),
            &[("idp.example/x:aud", "us"), ("idp.example/x:sub", "a${b}")],
            web,
            &[format!(
                r#"{{"Effect":"Allow","Principal":{{"Federated":"{oidc}"}},"Action":"{web}","Condition":{{"StringEquals":{{"idp.example/x:aud":"us","idp.example/x:sub":"a${{$}}{{b}}"}}}}}}"#
            )],
        ),
        (
            federated(saml),
            &[("SAML:aud", "https://signin.example/saml")],
            "sts:AssumeRoleWithSAML",
            &[format!(
                r#"{{"Effect":"Allow","Principal":{{"Federated":"{saml}"}},"Action":"sts:AssumeRoleWithSAML","Condition":{{"StringEquals":{{"SAML:aud":"https://signin.example/saml"}}}}}}"#
            )],
        ),
        (
            federated("cognito-identity.amazonaws.com"),
            &[("cognito-identity.amazonaws.com:aud", "pool")],
            web,
            &[format!(
                r#"{{"Effect":"Allow","Principal":{{"Federated":"cognito-identity.amazonaws.com"}},"Action":"{web}","Condition":{{"StringEquals":{{"cognito-identity.amazonaws.com:aud":"pool"}}}}}}"#
            )],
        ),
        // Without its tenant, whoever uses the provider would be let in.
        (federated("cognito-identity.amazonaws.com"), &[], web, &[]),
    ] {
        assert_eq!(grants(requester.clone(), keys, action, ROLE, &trust()), expected, "{requester:?}");
    }
}

#[test]
fn resource_policies_name_whoever_asks() {
    let statement = r#"{"Effect":"Allow","Principal":{"AWS":"222222222222"},"Action":"s3:*","Resource":"*"}"#;
    for (version, arn, written) in [
        ("2012-10-17", "arn:aws:s3:::b/k", "arn:aws:s3:::b/k"),
        ("2012-10-17", "arn:aws:s3:::b/a*?${x}", "arn:aws:s3:::b/a${*}${?}${$}{x}"),
        ("2008-10-17", "arn:aws:s3:::b/${x}", "arn:aws:s3:::b/${x}"),
        ("2012-10-17", "*", "*"),
        ("2012-10-17", "arn:aws:s3", "*"),
        ("2012-10-17", "b/k", "*"),
    ] {
        let resource = Some(attached(Kind::Resource, version, statement));
        let policies = Attachments { resource, ..Attachments::default() };
        let expected =
            format!(r#"{{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"{written}"}}"#);
        assert_eq!(grants(Requester::Anonymous, &[], "s3:GetObject", arn, &policies), [expected], "{arn}");
    }
}

/// The settings that are offered where this condition stands in the way of an allowance, or in a denial's.
fn check_settings(
    condition: &str,
    found: Option<(&str, &str)>,
    allow: &[(&str, Option<&str>)],
    deny: &[(&str, Option<&str>)],
) {
    let all = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
    let with = |effect: &str| {
        format!(r#"{{"Effect":"{effect}","Action":"s3:*","Resource":"*","Condition":{{{condition}}}}}"#)
    };
    for (statements, expected) in [(with("Allow"), allow), (format!("{all},{}", with("Deny")), deny)] {
        let identity = vec![attached(Kind::Inline, "2012-10-17", &statements)];
        let mut context = user().context();
        found.into_iter().for_each(|(key, value)| context.put(key, value));
        let account = "111111111111".parse().unwrap();
        let resource = Resource { arn: "arn:aws:s3:::b/k".into(), account: Some(account) };
        let request = Request { context, requester: user(), action: "s3:GetObject".into(), resource };
        let policies = Attachments { identity, ..Attachments::default() };
        let explanation = explain(&request, &Policies::compile(&policies, Choices::default()));
        let settings = explanation.remedy.settings.iter();
        let settings: Vec<_> = settings.map(|one| (one.key.as_str(), one.value.as_deref())).collect();
        assert_eq!(settings, expected, "{condition} with {found:?}");
    }
}

#[test]
fn settings_come_from_what_is_wanted() {
    for (condition, found, allow, deny) in [
        (r#""StringEquals":{"k":"v"}"#, None, &[("k", Some("v"))][..], &[][..]),
        (r#""StringEquals":{"k":"v"}"#, Some(("k", "v")), &[], &[("k", Some("other"))]),
        (r#""StringNotEquals":{"k":"v"}"#, None, &[], &[("k", Some("v"))]),
        (r#""StringLike":{"k":"a?b*"}"#, None, &[("k", Some("axb"))], &[]),
        (r#""StringEquals":{"k":"${aws:username}-x"}"#, None, &[("k", Some("ana-x"))], &[]),
        (r#""StringEquals":{"k":"${none, 'd'}"}"#, None, &[("k", Some("d"))], &[]),
        (r#""StringEquals":{"k":"a${*}b"}"#, None, &[("k", Some("a*b"))], &[]),
        (r#""NumericLessThan":{"k":"5"}"#, None, &[("k", Some("4"))], &[]),
        (r#""NumericLessThan":{"k":"5"}"#, Some(("k", "1")), &[], &[("k", Some("5"))]),
        (r#""NumericGreaterThan":{"k":"5"}"#, None, &[("k", Some("6"))], &[]),
        (r#""IpAddress":{"k":"10.0.0.0/8"}"#, None, &[("k", Some("10.0.0.0"))], &[]),
        (r#""IpAddress":{"k":"10.0.0.0/8"}"#, Some(("k", "10.1.1.1")), &[], &[("k", Some("192.0.2.1"))]),
        (r#""Null":{"k":"true"}"#, Some(("k", "v")), &[("k", None)], &[]),
        (r#""Null":{"k":"false"}"#, None, &[("k", Some("false"))], &[]),
        (r#""BinaryEquals":{"k":"QQ=="}"#, None, &[("k", Some("QQ=="))], &[]),
        // Who asks and whose the resource is stand beyond the request.
        (r#""StringEquals":{"aws:username":"bob"}"#, None, &[], &[]),
        (r#""StringEquals":{"aws:PrincipalOrgID":"o-1"}"#, None, &[], &[]),
        (r#""StringEquals":{"aws:ResourceAccount":"2"}"#, None, &[], &[]),
        (r#""StringEquals":{"aws:ResourceOrgID":"o-1"}"#, None, &[], &[]),
        (r#""StringEquals":{"aws:PrincipalTag/t":"v"}"#, None, &[("aws:PrincipalTag/t", Some("v"))], &[]),
        (r#""StringEquals":{"aws:ResourceTag/t":"v"}"#, None, &[("aws:ResourceTag/t", Some("v"))], &[]),
    ] {
        check_settings(condition, found, allow, deny);
    }
}
