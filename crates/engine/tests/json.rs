//! The JSON of explanations and of decoded messages, whole.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use doorward_engine::policy::explain::Claim;
use doorward_engine::policy::request::{
    Attached, Attachments, Choices, Request, Requester, Resource, Source,
};
use doorward_engine::policy::{Document, Kind};
use doorward_engine::{CompiledPolicies, Policies, decoded_message, explain, schema};
use serde_json::{Value, json};

const OBJECT: &str = "arn:aws:s3:::b/k";
const USER: &str = "arn:aws:iam::111111111111:user/ana";

fn attached(kind: Kind, name: &str, text: &str) -> Attached {
    let document = Arc::new(Document::parse(text, kind).unwrap());
    Attached { document, source: Source { name: name.into(), arn: None, attached_to: "ana".into() } }
}

fn request() -> Request {
    let account = "111111111111".parse().unwrap();
    let requester = Requester::User { account, id: "AIDAANA".into(), path: "/".into(), name: "ana".into() };
    let resource = Resource { arn: OBJECT.into(), account: Some(account) };
    Request { context: requester.context(), requester, action: "s3:GetObject".into(), resource }
}

fn evaluation(policies: &Attachments) -> Value {
    schema::evaluation(&explain(&request(), &Policies::compile(policies, Choices::default())))
}

/// What marks a piece of a text: where it stands.
fn place(text: &str, piece: &str) -> Value {
    let start = text.find(piece).unwrap();
    let before = &text[..start];
    let line_start = before.rfind('\n').map_or(0, |place| place + 1);
    json!({
        "line": before.matches('\n').count() + 1,
        "column": start - line_start + 1,
        "start": start,
        "end": start + piece.len(),
    })
}

/// One object of the members of several.
fn together(parts: &[Value]) -> Value {
    Value::Object(parts.iter().flat_map(|part| part.as_object().unwrap().clone()).collect())
}

const POLICY: &str = r#"{"uri":"inline:ana#P","name":"P","attachedTo":"ana"}"#;

#[test]
fn misses_and_remedies() {
    // A list is marked from its first value to its last.
    let marked = r#""aws:RequestTag/team": ["red", "blue""#;
    let test = format!("{marked}]");
    let resource = r#""arn:aws:s3:::c/*""#;
    let statement = format!(
        r#"{{"Sid": "Near", "Effect": "Allow", "Action": "s3:*",
  "Resource": {resource}, "Condition": {{"StringLike": {{{test}}}}}}}"#
    );
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#);
    let all = Attachments { identity: vec![attached(Kind::Inline, "P", &text)], ..Attachments::default() };
    let json = evaluation(&all);
    let policy: Value = serde_json::from_str(POLICY).unwrap();
    let missed = together(&[
        json!({"sid": "Near", "evaluatedEffect": "ALLOW", "index": 0, "policy": policy, "failures": [
            together(&[json!({"part": "RESOURCE", "wanted": ["arn:aws:s3:::c/*"], "found": [OBJECT]}), place(&text, resource)]),
            together(&[
                json!({"part": "CONDITION", "operator": "StringLike", "key": "aws:RequestTag/team",
                    "wanted": ["red", "blue"], "found": null}),
                place(&text, marked),
            ]),
        ]}),
        place(&text, &statement),
    ]);
    assert_eq!(json["checks"][0]["missedStatements"], json!([missed]));
    assert_eq!(json["checks"][0]["matchedPolicies"], json!([]));
    let grant = json!({"Effect": "Allow", "Action": "s3:GetObject", "Resource": OBJECT});
    let edit = json!({"kind": "grant", "layer": "IDENTITY_POLICY", "target": USER, "statement": grant, "nearest": missed});
    assert_eq!(json["remedy"], json!({"edits": [edit], "settings": []}));

    let text = text.replace("c/*", "b/*");
    let all = Attachments { identity: vec![attached(Kind::Inline, "P", &text)], ..Attachments::default() };
    let json = evaluation(&all);
    assert_eq!(json["remedy"]["settings"], json!([{"key": "aws:RequestTag/team", "value": "red"}]));
}

#[test]
fn matches_by_policy() {
    let test = r#""aws:username": "a*""#;
    let first = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#;
    let second = format!(
        r#"{{"Sid": "Two", "Effect": "Allow", "Action": "s3:Get*", "Resource": "*", "Condition": {{"StringLike": {{{test}}}}}}}"#
    );
    let text = format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{first},\n{second}]}}");
    let other = format!(r#"{{"Version": "2012-10-17", "Statement": [{first}]}}"#);
    let identity = vec![attached(Kind::Inline, "P", &text), attached(Kind::Inline, "Q", &other)];
    let json = evaluation(&Attachments { identity, ..Attachments::default() });
    let statement = |sid: &str, index: usize, conditions: Value, place: Value| {
        together(&[
            json!({"sid": sid, "evaluatedEffect": "ALLOW", "index": index, "conditions": conditions}),
            place,
        ])
    };
    let condition = together(&[
        json!({"part": "CONDITION", "operator": "StringLike", "key": "aws:username", "wanted": ["a*"], "found": ["ana"]}),
        place(&text, test),
    ]);
    let statements = json!([
        statement("Statement1", 0, json!([]), place(&text, first)),
        statement("Two", 1, json!([condition]), place(&text, &second)),
    ]);
    let expected = json!([
        {"uri": "inline:ana#P", "name": "P", "attachedTo": "ana", "matchedStatements": statements},
        {"uri": "inline:ana#Q", "name": "Q", "attachedTo": "ana", "matchedStatements": [
            statement("Statement1", 0, json!([]), place(&other, first)),
        ]},
    ]);
    assert_eq!(json["matchedPolicies"], expected);
    assert_eq!(json["checks"][0]["matchedPolicies"], expected);
    let edits = json["remedy"]["edits"].as_array().unwrap();
    let seen: Vec<_> = edits
        .iter()
        .map(|edit| (&edit["kind"], &edit["statement"]["policy"]["name"], &edit["statement"]["index"]))
        .collect();
    let remove = json!("remove");
    let (p, q, zero, one) = (json!("P"), json!("Q"), json!(0), json!(1));
    assert_eq!(seen, [(&remove, &p, &zero), (&remove, &p, &one), (&remove, &q, &zero)]);
}

#[test]
fn claims_have_names() {
    for (claim, name) in [
        (Claim::Account, "ACCOUNT"),
        (Claim::Role, "ROLE"),
        (Claim::Provider, "PROVIDER"),
        (Claim::Service, "SERVICE"),
        (Claim::IssuingUser, "ISSUING_USER"),
        (Claim::User, "USER"),
        (Claim::Everyone, "EVERYONE"),
        (Claim::Session, "SESSION"),
    ] {
        assert_eq!(schema::claim_name(claim), name);
    }
}

/// A denial by a resource's policy: whom it names, and on what conditions.
#[test]
fn decoded_messages_of_resource_policies() {
    let text = format!(
        r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Deny", "Principal": {{"AWS": ["{USER}", "222222222222"]}},
        "Action": "s3:*", "Resource": "*", "Condition": {{"StringLike": {{"aws:username": ["a*", "b*"]}}}}}}]}}"#
    );
    let all = Attachments { resource: Some(attached(Kind::Resource, "b", &text)), ..Attachments::default() };
    let compiled = CompiledPolicies::new(&all);
    let explanation = explain(&request(), &Policies::new(compiled.clone(), Choices::default()));
    let message = decoded_message(&request(), &compiled, &explanation);
    let items = |values: &[&str]| json!({"items": values.iter().map(|value| json!({"value": value})).collect::<Vec<Value>>()});
    let statement = &message["matchedStatements"]["items"][0];
    assert_eq!(statement["principals"], items(&[USER, "222222222222"]));
    let condition = json!({"key": "aws:username", "operator": "StringLike", "values": items(&["a*", "b*"])});
    assert_eq!(statement["conditions"], json!({"items": [condition]}));
}
