//! The keys that a request must tell for its decision to be certain: no fewer, and no more.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use doorward_engine::policy::request::{
    Attached, Attachments, Choices, Request, Requester, Resource, Source,
};
use doorward_engine::policy::{Document, Kind};
use doorward_engine::{Policies, open_keys};

/// The open keys of a request that tells `aws:username` and `told`, under these statements.
fn check(statements: &str, expected: &[&str]) {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
    let document = Arc::new(Document::parse(&text, Kind::Inline).unwrap());
    let source = Source { name: "P".into(), arn: None, attached_to: "ana".into() };
    let all = Attachments { identity: vec![Attached { document, source }], ..Attachments::default() };
    let account = "111111111111".parse().unwrap();
    let requester = Requester::User { account, id: "AIDAANA".into(), path: "/".into(), name: "ana".into() };
    let mut context = requester.context();
    context.put("told", "v");
    let resource = Resource { arn: "arn:aws:s3:::b/k".into(), account: Some(account) };
    let request = Request { context, requester, action: "s3:GetObject".into(), resource };
    let open = open_keys(&request, &Policies::compile(&all, Choices::default()));
    let open: Vec<&str> = open.iter().map(|key| key.as_str()).collect();
    assert_eq!(open, expected, "{statements}");
}

fn statement(resource: &str, conditions: &str) -> String {
    format!(
        r#"{{"Effect":"Allow","Action":"s3:Get*","Resource":{resource},"Condition":{{"StringEquals":{{{conditions}}}}}}}"#
    )
}

#[test]
fn keys_are_open_where_they_may_matter() {
    for (resource, conditions, expected) in [
        (r#""*""#, r#""one":"v""#, &["one"][..]),
        (r#""*""#, r#""one":"v","two":"v""#, &["one", "two"]),
        (r#""*""#, r#""told":"v""#, &[]),
        (r#""*""#, r#""told":"v","one":"v""#, &["one"]),
        (r#""*""#, r#""one":"v","told":"v""#, &["one"]),
        (r#""*""#, r#""told":"w","one":"v""#, &[]),
        (r#""*""#, r#""one":"v","told":"w""#, &[]),
        (r#""*""#, r#""told":"${one}""#, &["one"]),
        (r#""*""#, r#""told":"${aws:username}""#, &[]),
        (r#""arn:aws:s3:::c/*""#, r#""one":"v""#, &[]),
        (r#""arn:aws:s3:::b/*""#, r#""one":"v""#, &["one"]),
        (r#""arn:aws:s3:::b/${one}""#, r#""told":"v""#, &["one"]),
        (r#""arn:aws:s3:::b/${one}""#, r#""told":"w""#, &[]),
        (r#""arn:aws:s3:::b/${one}""#, r#""two":"v""#, &["one", "two"]),
        (r#""arn:aws:s3:::c/${told}""#, r#""one":"v""#, &[]),
        (r#"["arn:aws:s3:::b/k","arn:aws:s3:::b/${one}"]"#, r#""told":"v""#, &["one"]),
    ] {
        check(&statement(resource, conditions), expected);
    }
    check(
        &format!("{},{}", statement(r#""*""#, r#""one":"v""#), statement(r#""*""#, r#""two":"v""#)),
        &["one", "two"],
    );
    check(r#"{"Effect":"Allow","Action":"s3:Put*","Resource":"*","Condition":{"Bool":{"one":"true"}}}"#, &[]);
}
